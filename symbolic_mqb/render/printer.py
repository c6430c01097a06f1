"""What the LaTeX and the terminal rendering share: where parentheses go, signs, fractions, scopes.

A printer turns a term into a `Piece`: its text, how tightly it binds, and whether it is open to the
right (a sum's body extends as far as it can). `wrap` puts parentheses wherever a reader could
otherwise take the text for another term. Nothing is evaluated or reordered: every factor and every
summand stands where the author wrote it, except that a run of inverse factors becomes the
denominator of the run of factors before it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from ..kernel.kinds import kind
from ..kernel.signatures import KET
from ..kernel.terms import Term, apply, fresh, num

ADD, MUL, POW, ATOM = range(4)
_INFINITY = Term("infinity")
_MINUS_INFINITY = Term("mul", (num(-1), _INFINITY))
#: Operations on kets and qubits, whose arguments are printed between bars or as operators.
_RELATIONS = ("eq", "le", "lt", "ne")


@dataclass(frozen=True)
class Piece:
    """A rendered term: its text, how tightly it binds, whether it is open to the right.

    `slashed` is a quotient on one line, for use below a fraction bar, where there is one.
    """

    text: str
    level: int = ATOM
    opens: bool = False
    slashed: str = ""


class Printer(ABC):
    """The walk over a term. Subclasses say how each construct looks."""

    plus, minus, comma = " + ", " - ", ", "

    def __call__(self, t: Term) -> str:
        """The text of the term."""
        return self.piece(t).text

    def piece(self, t: Term) -> Piece:
        """The rendered term."""
        method: Callable[[Term], Piece] | None = getattr(self, f"op_{t.op}", None)
        return method(t) if method else self.function(t.op, [self(a) for a in t.args if isinstance(a, Term)])

    def wrap(self, t: Term, level: int, last: bool = True) -> str:
        """The text, in parentheses where it binds less than `level` or swallows what follows."""
        piece = self.piece(t)
        return self.paren(piece.text) if piece.level < level or (piece.opens and not last) else piece.text

    # -- how things look ---------------------------------------------------------------------------
    @abstractmethod
    def paren(self, text: str) -> str:
        """In parentheses."""

    @abstractmethod
    def name(self, name: str) -> str:
        """A symbol's name."""

    @abstractmethod
    def fraction(self, above: str, below: Piece, above_is: Piece) -> Piece:
        """A quotient."""

    @abstractmethod
    def power(self, base: str, exponent: Term) -> str:
        """A power of a base that is ready."""

    @abstractmethod
    def root(self, t: Term) -> Piece:
        """A square root."""

    @abstractmethod
    def join(self, factors: list[str]) -> str:
        """A product of factors."""

    @abstractmethod
    def function(self, op: str, arguments: list[str]) -> Piece:
        """A function of this name at arguments."""

    @abstractmethod
    def scope(self, op: str, t: Term, variable: str, body: str) -> str:
        """A sum, product, integral, coefficient, derivative or tensor product over its body."""

    @abstractmethod
    def relation(self, op: str) -> str:
        """The sign of a relation."""

    # -- numbers and variables ---------------------------------------------------------------------
    def op_num(self, t: Term) -> Piece:
        """A rational number."""
        value: Fraction = t.args[0]
        if value < 0:
            return Piece(self.minus.strip() + self.op_num(num(-value)).text, ADD)
        if value.denominator == 1:
            return Piece(str(value))
        above = Piece(str(value.numerator))
        return replace(self.fraction(above.text, Piece(str(value.denominator)), above), level=MUL)

    def op_var(self, t: Term) -> Piece:
        """A variable."""
        return Piece(self.name(t.args[0]))

    def op_bound(self, t: Term) -> Piece:
        """A bound variable outside its binder, which only an error can show."""
        return Piece(f"#{t.args[0]}")

    def op_head(self, t: Term) -> Piece:
        """A defined symbol without arguments."""
        return Piece(self.name(t.args[0]))

    # -- arithmetic --------------------------------------------------------------------------------
    def op_add(self, t: Term) -> Piece:
        """A sum of terms, with their signs."""
        text, opens = "", False
        for i, a in enumerate(t.args):
            last = i == len(t.args) - 1
            positive = negated(a)
            sign = (self.minus if i else self.minus.strip()) if positive is not None else self.plus if i else ""
            text += sign + self.summand(a if positive is None else positive, last)
            opens = self.piece(a).opens
        return Piece(text, ADD, opens)

    def summand(self, t: Term, last: bool) -> str:
        """A term of a sum, in parentheses where it would swallow the next one."""
        return self.wrap(t, MUL, last)

    def op_mul(self, t: Term) -> Piece:
        """A product; runs of inverse factors become denominators."""
        positive = negated(t)
        if positive is not None:
            inner = self.piece(positive)
            return Piece(self.minus.strip() + self.wrap(positive, MUL), ADD, inner.opens)
        return self.product(t.args)

    def product(self, factors: tuple[Term, ...]) -> Piece:
        """The factors one after another, those with negative exponents below a fraction bar."""
        runs = _runs(factors)
        pieces = [self._run(above, below, i == len(runs) - 1) for i, (above, below) in enumerate(runs)]
        if len(pieces) == 1:
            return pieces[0]
        return Piece(self.join([p.text for p in pieces]), MUL, pieces[-1].opens)

    def _run(self, above: list[Term], below: list[Term], last: bool) -> Piece:
        if not below:
            return self._factors(above, last)
        while len(above) > 1 and above[0] == num(1):
            above = above[1:]
        numerator = self.piece(above[0]) if len(above) == 1 else self._factors(above, True)
        denominator = self.piece(below[0]) if len(below) == 1 else self._factors(below, True)
        return self.fraction(numerator.text, denominator, numerator)

    def _factors(self, factors: list[Term], last: bool) -> Piece:
        end = len(factors) - 1
        texts = [self.wrap(f, MUL, last and i == end) for i, f in enumerate(factors)]
        if len(factors) == 1:
            inner = self.piece(factors[0])
            wrapped = texts[0] != inner.text
            return Piece(texts[0], ATOM if wrapped else inner.level, inner.opens and not wrapped)
        return Piece(self.join(texts), MUL, last and self.piece(factors[-1]).opens)

    def op_pow(self, t: Term) -> Piece:
        """A power, a root, or a fraction for a negative exponent."""
        base, exponent = t.args
        inverse = inverted(t)
        if inverse is not None:
            return self.fraction("1", self.piece(inverse), Piece("1"))
        if exponent.op == "num" and exponent.args[0] == Fraction(1, 2):
            return self.root(base)
        return Piece(self.power(self.wrap(base, ATOM, False), exponent), POW)

    # -- binders -----------------------------------------------------------------------------------
    def _scope(self, t: Term) -> Piece:
        function = next(a for a in t.args if a.op == "lam")
        v = fresh(function, frozenset())
        body = apply(function, v)
        return Piece(self.scope(t.op, t, self.name(v.args[0]), self.wrap(body, MUL)), MUL, True)

    op_sum = op_prod = op_integral = op_expectation = op_coeff = op_tensor = op_tuples = op_series = _scope

    def op_deriv(self, t: Term) -> Piece:
        """A derivative: of the body in its own variable, or at another point behind a bar."""
        order, function, point = t.args
        v = fresh(function, frozenset())
        here = v == point
        v = v if here else fresh(function, point.free)
        inner = self.scope("deriv", order, self.name(v.args[0]), self.wrap(apply(function, v), MUL))
        if here:
            return Piece(inner, MUL, True)
        return self.evaluated(inner, self.name(v.args[0]), self(point))

    @abstractmethod
    def evaluated(self, text: str, variable: str, point: str) -> Piece:
        """text at variable = point."""

    def op_lam(self, t: Term) -> Piece:
        """A function without a binder around it."""
        v = fresh(t, frozenset())
        return Piece(f"{self.name(v.args[0])} {self.relation('maps')} {self(apply(t, v))}", ADD, True)

    # -- statements --------------------------------------------------------------------------------
    def _relation(self, t: Term) -> Piece:
        return Piece(f"{self(t.args[0])} {self.relation(t.op)} {self(t.args[1])}", ADD)

    op_eq = op_le = op_lt = op_ne = _relation

    def op_limit(self, t: Term) -> Piece:
        """lim of a sequence = a value."""
        v = fresh(t.args[0], frozenset())
        body = self.wrap(apply(t.args[0], v), MUL)
        return Piece(
            f"{self.scope('limit', t, self.name(v.args[0]), body)} {self.relation('eq')} {self(t.args[1])}", ADD
        )

    def op_weak_limit(self, t: Term) -> Piece:
        """μ_N → μ weakly, with its rate."""
        family, target, constant, q = t.args
        v = fresh(family, frozenset())
        name = self.name(v.args[0])
        rate = self(constant * v ** (-q))
        return Piece(self.weakly(self(apply(family, v)), self(target), name, rate), ADD)

    @abstractmethod
    def weakly(self, measure: str, target: str, variable: str, rate: str) -> str:
        """Weak convergence and its rate."""

    def op_density(self, t: Term) -> Piece:
        """p(u) du."""
        v = fresh(t.args[0], frozenset())
        return Piece(self.measure(self.wrap(apply(t.args[0], v), MUL), self.name(v.args[0])), MUL)

    def op_density_on(self, t: Term) -> Piece:
        """p(u) du on an interval."""
        low, high, density = t.args
        return Piece(f"{self(Term('density', (density,)))}{self.on}[{self(low)}, {self(high)}]", ADD)

    on, image = " on ", ", the image under "

    def op_pushforward(self, t: Term) -> Piece:
        """The image of p(u) du on an interval under a function."""
        low, high, function, density = t.args
        return Piece(f"{self(Term('density_on', (low, high, density)))}{self.image}{self(function)}", ADD)

    def op_product_ket(self, t: Term) -> Piece:
        """(a|0⟩ + b|1⟩)^{⊗n}, without the exponent for n = 1."""
        return self.product_state(t.args[0], t.args[1], t.args[2], "ket")

    def product_state(self, zero: Term, one: Term, size: Term, side: str) -> Piece:
        """The product state as a ket or a bra, whose coefficients are given."""
        text = self.paren(self.plus.join(self._amplitude(z, i, side) for i, z in enumerate((zero, one))))
        return Piece(text if size == num(1) else self.tensor_power(text, size), POW)

    def _amplitude(self, z: Term, level: int, side: str) -> str:
        return ("" if z == num(1) else self.wrap(z, MUL, False)) + self.level(level, side)

    @abstractmethod
    def level(self, level: int, side: str) -> str:
        """|0⟩, |1⟩, ⟨0| or ⟨1|."""

    @abstractmethod
    def tensor_power(self, text: str, size: Term) -> str:
        """A tensor power of what is ready."""

    @abstractmethod
    def measure(self, density: str, variable: str) -> str:
        """A density as a measure."""

    def op_law(self, t: Term) -> Piece:
        """The law of X(J) for the tuple J of outcomes."""
        v = fresh(t.args[3], t.args[2].free)
        return Piece(f"{self.law_sign}[{self(apply(t.args[3], v))}]")

    law_sign = "law"

    def op_dirac(self, t: Term) -> Piece:
        """δ_x."""
        return Piece(f"{self.delta_sign}_{{{self(t.args[0])}}}")

    delta_sign = "δ"

    def op_bounded(self, t: Term) -> Piece:
        """|f| ≤ C for every real value of the variable."""
        v = fresh(t.args[0], t.args[1].free)
        statement = self(Term("abs", (apply(t.args[0], v),)) <= t.args[1])
        return Piece(self.everywhere(statement, self.name(v.args[0])), ADD)

    @abstractmethod
    def everywhere(self, statement: str, variable: str) -> str:
        """A statement for every real value of a variable."""

    def op_asymptotic(self, t: Term) -> Piece:
        """A statement for all N from a threshold on."""
        v = fresh(t.args[1], frozenset())
        statement = self(apply(t.args[1], v))
        return Piece(self.threshold(statement, self.name(v.args[0]), self(t.args[0])), ADD)

    @abstractmethod
    def threshold(self, statement: str, variable: str, bound: str) -> str:
        """A statement from a threshold on."""


def negated(t: Term) -> Term | None:
    """−t, if t is written with a minus sign in front."""
    if t.op == "num" and t.args[0] < 0:
        return num(-t.args[0])
    if t.op != "mul" or t.args[0].op != "num" or t.args[0].args[0] >= 0:
        return None
    rest = t.args[1:]
    if t.args[0].args[0] != -1:
        return Term("mul", (num(-t.args[0].args[0]), *rest))
    if inverted(rest[0]) is not None:
        return Term("mul", (num(1), *rest))
    return rest[0] if len(rest) == 1 else Term("mul", rest)


def inverted(t: Term) -> Term | None:
    """1/t, if t is a power with a negative rational exponent."""
    if t.op != "pow" or t.args[1].op != "num" or t.args[1].args[0] >= 0:
        return None
    e = -t.args[1].args[0]
    return t.args[0] if e == 1 else Term("pow", (t.args[0], num(e)))


def _runs(factors: tuple[Term, ...]) -> list[tuple[list[Term], list[Term]]]:
    """(numerator, denominator) of each run: factors, then the inverse factors that follow them."""
    runs: list[tuple[list[Term], list[Term]]] = [([], [])]
    for f in factors:
        inverse = inverted(f)
        if inverse is not None:
            runs[-1][1].append(inverse)
            if not runs[-1][0]:
                runs[-1][0].append(num(1))
        else:
            if runs[-1][1]:
                runs.append(([], []))
            runs[-1][0].append(f)
    return runs


def named_ket(t: Term) -> bool:
    """A defined symbol that is a ket, such as the W state."""
    if t.op != "call":
        return False
    inner: tuple[str, ...] = ()
    body = t.args[0].args[2]
    for sort in t.args[0].args[1]:
        inner, body = (sort, *inner), body.args[2]
    return kind(body, inner) == KET


def default_arguments(t: Term) -> bool:
    """A defined symbol stands at the variables that its definition is written in."""
    body = t.args[0].args[2]
    for value in t.args[1:]:
        if value.op != "var" or value.args != body.args[:2]:
            return False
        body = body.args[2]
    return True


def bob(t: Term) -> bool:
    """A or A^(2) for the measurement of the second party, which is written B."""
    return t.args[0].args[0] in ("A", "A2") and [x.args[:1] for x in t.args[1:]] == [("F",), ("b",), ("e",)]


def fluctuation(t: Term) -> bool:
    """A component of a party's fluctuation vector, at its own measurement and state."""
    own = {"g": ["ψ", "E", "a", "d"], "h": ["ψ", "F", "b", "e"]}.get(t.args[0].args[0])
    return own is not None and len(t.args) == 9 and [x.args[0] for x in t.args[1:5]] == own


def party(t: Term) -> str | None:
    """X or Y for a party's macroscopic variable on independent pairs, with its own outcomes and mean, and τ = 1."""
    if t.args[0].args[0] != "X" or len(t.args) not in (6, 7) or t.args[-1] != num(1):
        return None
    mean = t.args[-2]
    if mean.op != "call" or mean.args[0].args[0] != "tr_AB":
        return None
    own = [x.args[0] for x in t.args[1:3] if x.op == "var"]
    alice = own == ["a", "J"] and mean.args[4].op == "identity"
    matrix = mean.args[3 if alice else 4]
    if matrix.op != "call" or matrix.args[0].args[0] != "A":
        return None
    if alice:
        return "X" if default_arguments(matrix) else None
    return "Y" if own == ["b", "K"] and mean.args[3].op == "identity" and bob(matrix) else None


#: Defined symbols that are written with indices: how many of the last arguments these are.
_INDEXED = {"M": 3, "p": 2, "Λ": 1, "m": 3, "ρ": 3, "κ": 3, "C": 2, "i": 2}


def indices(t: Term) -> tuple[Term, ...]:
    """The arguments to show as indices, if all the others are those that the definition is written in."""
    count = _INDEXED.get(t.args[0].args[0], 0)
    body = t.args[0].args[2]
    for value in t.args[1 : len(t.args) - count]:
        if value.op != "var" or value.args != body.args[:2]:
            return ()
        body = body.args[2]
    return tuple(t.args[len(t.args) - count :]) if count else ()


def own_arguments(t: Term) -> tuple[Term, ...]:
    """The arguments after those at the front that are the definition's own, if these begin with a measurement E, a."""
    body, values = t.args[0].args[2], t.args[1:]
    if not values or body.args[1] not in ("nat->op", "nat->real"):
        return values
    for i, value in enumerate(values):
        if value.op != "var" or value.args != body.args[:2]:
            return values[i:]
        body = body.args[2]
    return ()


#: Defined symbols that are functions of their first argument; the others are parameters.
_OF_FIRST = ("Γ_pol", "Γ_pha", "Γ_pol†", "Γ_pha†", "Γ", "Γ†")


def of_first(t: Term) -> Term | None:
    """The argument to show, if the symbol is a function of its first and the others are those of its definition."""
    if t.args[0].args[0] not in _OF_FIRST:
        return None
    body = t.args[0].args[2].args[2]
    for value in t.args[2:]:
        if value.op != "var" or value.args != body.args[:2]:
            return None
        body = body.args[2]
    argument: Term = t.args[1]
    return argument


#: (name, number of arguments) of defined symbols written with their last arguments only: how many these are.
_AT_POINTS = {("P", 4): 1, ("μ", 5): 2}


def points(t: Term) -> tuple[Term, ...]:
    """The arguments to show, if all the others are those that the definition is written in."""
    values = t.args[1:]
    count = _AT_POINTS.get((t.args[0].args[0], len(values)), 0)
    body = t.args[0].args[2]
    for value in values[:-count] if count else ():
        if value.op != "var" or value.args != body.args[:2]:
            return ()
        body = body.args[2]
    return tuple(values[-count:]) if count else ()


def whole_line(t: Term) -> bool:
    """An integral over the real line."""
    return bool(t.args[0] == _MINUS_INFINITY and t.args[1] == _INFINITY)


def conjugated(t: Term) -> tuple[Term, Term]:
    """The coefficients of the bra of a product ket; a number is its own conjugate."""
    zero, one = (z if z.op == "num" else Term("conj", (z,)) for z in t.args[:2])
    return zero, one
