"""Numbers and statements at a point, in balls, with a precision that adapts to the asked digits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any

from flint import acb, acb_mat, arb, ctx, fmpq, fmpz

from ..kernel.errors import TermError
from ..kernel.kinds import kind
from ..kernel.signatures import NUMBER
from ..kernel.terms import Term, apply, num
from .brute_force import Matrix2
from .compiler import Compiler
from .errors import Undefined
from .frames import Scope
from .scalars import Value, ball, is_exact, rational
from .states import States

if TYPE_CHECKING:
    from .outcomes import Outcome

_BITS = 3.3219280948873623
_DOUBLINGS = 5
#: The digits that show a trend.
COARSE = 20


@dataclass(frozen=True)
class Enclosure:
    """A ball that contains the number, and how many digits of the number it fixes."""

    ball: acb
    digits: int
    certified: bool


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Balls of this many bits inside the block; the precision before it is restored."""
    before = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = before


def precisions(digits: int) -> list[int]:
    """The bits to try, one after the other, for the asked number of digits."""
    first = ceil(digits * _BITS) + 40
    return [first * 2**i for i in range(_DOUBLINGS)]


def rough(digits: int) -> list[int]:
    """The same for what fewer digits decide, as most inequalities: `COARSE` of them are tried first."""
    return [bits for bits in precisions(COARSE)[:1] if digits > COARSE] + precisions(digits)


def accuracy(value: acb, limit: int = 10**6) -> int:
    """Digits fixed by a ball: relative ones, or absolute ones if it contains 0."""
    if not value.is_finite():
        return 0
    radius = value.rad()
    if radius == 0:
        return limit
    bits: float = -float(radius.log() / arb(2).log())
    if not value.contains(0):
        bits = max(bits, float(value.rel_accuracy_bits()))
    return int(max(0, min(limit, bits / _BITS)))  # of an enormous ball the bits are −∞ as a float


class Evaluator:
    """Evaluates terms at fixed values of their free variables.

    `values` gives an int, Fraction, fmpq, arb, acb or exact pair (re, im) for a number, an acb_mat (or rows) for an
    operator, and a callable, a mapping or a list (from index 1) for a function symbol, a function x ↦ body for
    one of a real variable, pairs (weight, point) for a measure. A value may
    also be a term in the other variables; it is evaluated afresh at each precision.
    """

    def __init__(self, values: Mapping[Term, Any], digits: int = 50, compiler: Compiler | None = None) -> None:
        self.values = dict(values)
        self.digits = digits
        self.compiler = compiler or Compiler()
        self._scopes: dict[int, Scope] = {}
        self._sized: dict[tuple[Term, Any], dict[int, Scope]] = {}
        self._outer: tuple[Evaluator, frozenset[Term]] | None = None
        self._others: dict[tuple[tuple[Term, Any] | None, int], Evaluator] = {}

    def at_size(self, v: Term, n: int) -> Evaluator:
        """The evaluator with n for v; one for each, so that the next statement finds the values of this one."""
        return self._other((v, n), self.digits)

    def coarse(self, digits: int) -> Evaluator:
        """An evaluator at the same point for at most so many digits."""
        return self._other(None, min(digits, self.digits))

    def _other(self, changed: tuple[Term, Any] | None, digits: int) -> Evaluator:
        if (changed, digits) not in self._others:
            values = dict([*self.values.items(), *([changed] if changed else [])])
            other = self._others[changed, digits] = Evaluator(values, digits, self.compiler)
            if changed:
                other._scopes = self._sized.setdefault(changed, {})
                other._outer = self, _dependent(values, changed[0])
            else:
                other._scopes, other._sized = self._scopes, self._sized
        return self._others[changed, digits]

    def scope(self) -> Scope:
        """The values at the current precision, with what has been computed from them unless it is uncertified."""
        known = self._scopes.get(ctx.prec)
        if known is not None and not known.ledger.notes:
            known.remainder, known.ledger.evaluations = None, 0
            return known
        scope = self._scopes[ctx.prec] = self._new_scope()
        return scope

    def _new_scope(self) -> Scope:
        scope, waiting = Scope({}), dict(self.values)
        if self._outer is not None:
            outer, changed = self._outer[0].scope(), self._outer[1]
            same = {v: x for v, x in outer.values.items() if v not in changed}
            scope = Scope(same, ledger=outer.ledger, outer=outer, changed=changed)
            waiting = {v: x for v, x in waiting.items() if v in changed}
        while waiting:
            ready = [v for v, x in waiting.items() if not isinstance(x, Term) or x.free.isdisjoint(waiting)]
            if not ready:
                raise TermError(f"the values of {', '.join(map(repr, waiting))} refer to each other")
            for v in ready:
                scope.values[v] = self._ground(waiting.pop(v), v, scope)
        return scope

    def value(self, t: Term, scope: Scope) -> Any:
        """The value of a term in a scope: exact, a ball, an operator or a ket."""
        try:
            return self.compiler.value(t, scope)
        except (ZeroDivisionError, OverflowError) as error:
            raise Undefined(str(error), t) from None

    def statement(self, prop: Term) -> Outcome:
        """Is the statement true at this point?"""
        from .statements import statement

        return statement(self, prop)

    def number(self, t: Term) -> acb:
        """A ball that contains the number, fixing the asked digits if any precision does."""
        return self.enclose(t).ball

    def enclose(self, t: Term) -> Enclosure:
        """Raise the precision until the asked digits are reached; report what was reached."""
        best: Enclosure | None = None
        for bits in precisions(self.digits):
            with precision(bits):
                scope = self.scope()
                value = ball(self.value(t, scope))
                best = Enclosure(value, accuracy(value), not scope.ledger.notes)
            if best.digits >= self.digits:
                break
        assert best is not None
        return best

    def _ground(self, x: Any, v: Term, scope: Scope) -> Any:
        sort = v.args[1]
        if sort == "real->real":
            return self._ground_real_function(x, v, scope)
        if sort == "measure":
            return tuple(
                (self._ground_number(w, v, "real", scope), self._ground_number(p, v, "real", scope)) for w, p in x
            )
        if sort == "states":
            return States(x) if isinstance(x, int) else x
        if "->" in sort:
            return self._ground_function(x, v, sort.split("->")[1], scope)
        if sort == "tuple":
            return tuple(int(i) for i in x)
        return self._ground_operator(x, v, scope) if sort == "op" else self._ground_number(x, v, sort, scope)

    def _ground_number(self, x: Any, v: Term, sort: str, scope: Scope) -> Value:
        if type(x) is Fraction and sort in ("real", "complex"):
            return rational(x)
        if isinstance(x, Term):
            return _of_sort(self.value(x, scope), v, sort)
        if isinstance(x, tuple) and len(x) == 2 and sort == "complex":
            re, im = (self._ground_number(part, v, "real", scope) for part in x)
            return acb(re, im) if is_exact(re) and is_exact(im) else ball(re) + ball(im) * acb(0, 1)
        if isinstance(x, bool) or not isinstance(x, (int, Fraction, fmpq, fmpz, arb, acb)):
            raise TermError(f"the value {x!r} of {v!r} is not exact and no ball")
        if isinstance(x, fmpz):
            x = int(x)
        exact = isinstance(x, (int, Fraction, fmpq))
        return _of_sort(rational(x) if exact else acb(x), v, sort)

    def _ground_operator(self, x: Any, v: Term, scope: Scope) -> Any:
        if isinstance(x, Term):
            return self.value(x, scope)
        rows = x.tolist() if isinstance(x, acb_mat) else x
        if not isinstance(rows, Sequence) or [len(r) if isinstance(r, Sequence) else 0 for r in rows] != [2, 2]:
            raise TermError(f"the value of {v!r} is not a 2×2 matrix")
        a, b, c, d = (self._ground_number(e, v, "complex", scope) for row in rows for e in row)
        return Matrix2((a, b, c, d))

    def _ground_real_function(self, x: Any, v: Term, scope: Scope) -> Callable[[Value], Value]:
        """A function of a real variable from a term x ↦ body, or from a callable."""
        if isinstance(x, Term) and x.op == "lam" and x.args[1] == "real":
            code = self.compiler.code(x.args[2], ("real",))
            return lambda value: code((scope, value))
        if not callable(x):
            raise TermError(f"the value of {v!r} is not a function of a real variable")
        function: Callable[[Value], Value] = x
        return function

    def _ground_function(self, x: Any, v: Term, sort: str, scope: Scope) -> Callable[[Any], Any]:
        known: dict[Any, Any] = {}

        def fetch(i: Any) -> Any:
            if isinstance(x, Term) and x.op == "lam" and isinstance(i, int):
                return apply(x, num(i))
            if callable(x):
                return x(i)
            if isinstance(x, Mapping):
                if i in x:
                    return x[i]
            elif isinstance(i, int) and 1 <= i <= len(x):
                return x[i - 1]
            raise Undefined(f"no value for {v!r} at {i}")

        def function(i: Any) -> Any:
            if i not in known:
                raw = fetch(i)
                ground = self._ground_operator if sort == "op" else None
                known[i] = ground(raw, v, scope) if ground else self._ground_number(raw, v, sort, scope)
            return known[i]

        return function


def _dependent(values: Mapping[Term, Any], v: Term) -> frozenset[Term]:
    """v and the variables whose values are terms that depend on it."""
    found = {v}
    while True:
        more = {u for u, x in values.items() if isinstance(x, Term) and u not in found and not x.free.isdisjoint(found)}
        if not more:
            return frozenset(found)
        found |= more


def _of_sort(value: Value, v: Term, sort: str) -> Value:
    """The value, if it can be one of the variable: a variable in a counterexample has a value of its sort."""
    if type(value) is fmpq:
        value = rational(value)
    if sort in ("nat", "int") and (type(value) is not int or (sort == "nat" and value < 0)):
        raise TermError(f"{v!r} ranges over {sort}, and {value!r} is no such number")
    if sort == "real" and not is_exact(value) and not value.imag.contains(0):
        raise TermError(f"{v!r} is real, and {value!r} is not")
    return value


def enclose(t: Term, values: Mapping[Term, Any], digits: int = 50) -> Enclosure:
    """The number `t` at the given values, to the asked digits if possible."""
    if not isinstance(t, Term) or kind(t) != NUMBER:
        raise TermError(f"a term that is a number can be enclosed, not {t!r}")
    require_values(values)
    require_integer("digits", digits, 1)
    return Evaluator(values, digits).enclose(t)


def require_values(values: object) -> None:
    """Refuse what is no mapping from variables."""
    if not isinstance(values, Mapping):
        raise TermError(f"values are given by variable, as {{x: 1}}, not as {values!r}")
    for v in values:
        if not isinstance(v, Term) or v.op != "var":
            raise TermError(f"values are given by variable, as {{x: 1}} with x from symbols('x', 'real'), not by {v!r}")


def require_integer(name: str, value: object, least: int | None = None) -> None:
    """Refuse an option that is no integer, or less than it can be."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name}: an integer is expected, not {value!r}")
    if least is not None and value < least:
        raise ValueError(f"{name}: {value} is less than {least}")
