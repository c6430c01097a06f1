"""Terms as closures. Each term is walked once; the closures take a frame (scope, bound values …).

The frame grows by one value under each binder, so de Bruijn index i at depth d is frame[d − i].
A subterm without bound variables is computed once per scope.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

from flint import acb

from ..kernel.errors import TermError
from ..kernel.kinds import kind
from ..kernel.signatures import KET, NUMBER
from ..kernel.terms import Term, unfold
from . import infinite_series, integrals, series
from .errors import Undefined, Unsupported
from .frames import Code, Frame, Scope, Sorts, named, named_binary, named_unary
from .memo import kept, mirrored, through
from .qubits import QubitCode, integral_of_kets
from .scalars import BINARY, UNARY, Value, integer, level_of, power, rational
from .turns import half_turns

#: Of a finite sum or product.
MOST_TERMS = 50_000
_MOST_TUPLES = 100_000


def _product(codes: list[Code]) -> Code:
    if len(codes) == 1:
        return codes[0]
    if len(codes) == 2:
        first, second = codes
        return lambda f: first(f) * second(f)
    if len(codes) == 3:
        first, second, third = codes
        return lambda f: first(f) * second(f) * third(f)
    if not codes:
        return lambda f: 1
    first, *rest = codes

    def multiply(f: Frame) -> Any:
        total = first(f)
        for c in rest:
            total = total * c(f)
        return total

    return multiply


def _next_level(frame: Frame) -> int:
    return 2 + max((level_of(v) for v in frame[1:]), default=0)


class Compiler(QubitCode):
    """Compiles terms; heads of definitions and constant subterms are shared between its terms.

    Sums and products of more than `most_terms` terms are not supported.
    """

    def __init__(self, most_terms: int = MOST_TERMS) -> None:
        self.most_terms = most_terms
        self._keys: dict[Term, int] = {}
        self._codes: dict[tuple[Term, Sorts], Code] = {}

    @property
    def size(self) -> int:
        """How many terms are compiled."""
        return len(self._codes)

    def value(self, t: Term, scope: Scope) -> Any:
        """The value of a closed term: exact, a ball, an operator or a ket."""
        code = self._codes.get((t, ()))
        if code is None:
            kind(t)
            code = self.code(t, ())
        return code((scope,))

    def code(self, t: Term, bound: Sorts) -> Code:
        """The closure of a term under binders of the given sorts, innermost first."""
        if not t.loose:
            bound = ()  # it is evaluated in a frame of its own
        known = self._codes.get((t, bound))
        if known is None:
            key = self._keys.setdefault(t, len(self._keys))
            known = self._codes[t, bound] = kept(t, self._built(t, bound), key, bound)
        return known

    def _built(self, t: Term, bound: Sorts) -> Code:
        if t.op in UNARY or t.op in BINARY:
            return self._elementary(t, bound)
        build = getattr(self, f"_{t.op}", None)
        if build is None:
            raise TermError(f"{t.op} has no numerical value")
        made: Code = build(t, bound)
        return made

    def _num(self, t: Term, bound: Sorts) -> Code:
        value = rational(t.args[0])
        return lambda f: value

    def _I(self, t: Term, bound: Sorts) -> Code:
        return lambda f: acb(0, 1)

    def _pi(self, t: Term, bound: Sorts) -> Code:
        return lambda f: acb.pi()

    def _euler(self, t: Term, bound: Sorts) -> Code:
        return lambda f: acb(1).exp()

    def _var(self, t: Term, bound: Sorts) -> Code:
        def look_up(f: Frame) -> Any:
            try:
                return f[0].values[t]
            except KeyError:
                raise Undefined(f"no value for {t!r}") from None

        return look_up

    def _bound(self, t: Term, bound: Sorts) -> Code:
        i = len(bound) - t.args[0]
        return lambda f: f[i]

    def _add(self, t: Term, bound: Sorts) -> Code:
        first, *rest = (self.code(a, bound) for a in t.args)
        if len(rest) == 1:
            second = rest[0]
            return lambda f: first(f) + second(f)

        def add(f: Frame) -> Any:
            total = first(f)
            for c in rest:
                total = total + c(f)
            return total

        return add

    def _mul(self, t: Term, bound: Sorts) -> Code:
        objects = [a for a in t.args if kind(a, bound) != NUMBER]
        numbers = [self.code(a, bound) for a in t.args if kind(a, bound) == NUMBER]

        multiply = _product(numbers)
        if not objects:
            return multiply
        thing = self.code(objects[0], bound)

        def scale(f: Frame) -> Any:
            value = thing(f)
            return value if type(value) is int else value.scaled(multiply(f))

        return scale

    def _elementary(self, t: Term, bound: Sorts) -> Code:
        codes = [self.code(a, bound) for a in t.args]
        if t.op in UNARY:
            turned = half_turns(t.args[0]) if t.op == "exp" else None
            if turned is not None:
                return lambda f: half_turns(t.args[0])
            return named_unary(t, UNARY[t.op], codes[0])
        square = self._square_of_modulus(t, bound)
        if square is not None:
            return square
        return named_binary(t, BINARY[t.op], codes[0], codes[1])

    def _square_of_modulus(self, t: Term, bound: Sorts) -> Code | None:
        """|z|^(2p) as (z z̄)^p: exact, and analytic in an integration variable."""
        if t.op != "pow" or t.args[0].op != "abs" or t.args[1].op != "num":
            return None
        p = t.args[1].args[0] / 2
        if p.denominator != 1 or p <= 0:
            return None
        code, conjugate = self.code(t.args[0].args[0], bound), UNARY["conj"]

        def square(f: Frame) -> Any:
            z = code(f)
            return power(z * conjugate(z), int(p))

        return square

    def _app(self, t: Term, bound: Sorts) -> Code:
        function, argument = self.code(t.args[0], bound), self.code(t.args[1], bound)
        head = t.args[0]
        if len(t.args) == 3:
            second = self.code(t.args[2], bound)
            return named(t, lambda f: function(f)((integer(argument(f)), integer(second(f)))))
        if (bound[head.args[0]] if head.op == "bound" else head.args[1]) == "real->real":
            return named(t, lambda f: function(f)(argument(f)))

        def apply(f: Frame) -> Any:
            table, i = function(f), integer(argument(f))
            if callable(table):
                return table(i)
            if not 1 <= i <= len(table):
                raise Undefined(f"the index {i} is out of range")
            return table[i - 1]

        return named(t, apply)

    def _lam(self, t: Term, bound: Sorts) -> Code:
        """A function that stands for a function symbol: a Python function of its argument."""
        body = self.code(t.args[2], (t.args[1], *bound))
        return lambda f: lambda argument: body((*f, argument))

    def _call(self, t: Term, bound: Sorts) -> Code:
        head = t.args[0]
        body = head.args[2]
        for _ in head.args[1]:
            body = body.args[2]
        inner = self.code(body, tuple(reversed(head.args[1])))
        codes = [self.code(a, bound) for a in t.args[1:]]
        return lambda f: inner((f[0], *(c(f) for c in codes)))

    def _range(self, t: Term, bound: Sorts) -> tuple[Callable[[Frame], range], Code]:
        low, high = self.code(t.args[0], bound), self.code(t.args[1], bound)
        body = self.code(t.args[2].args[2], ("int", *bound))

        def indices(f: Frame) -> range:
            values = range(integer(low(f), "a bound"), integer(high(f), "a bound") + 1)
            if len(values) > self.most_terms:
                raise Unsupported(f"a sum or product of {len(values)} terms")
            return values

        return indices, body

    def _sum(self, t: Term, bound: Sorts) -> Code:
        indices, body = self._range(t, bound)

        def add(f: Frame) -> Any:
            total: Any = 0
            for i in indices(f):
                total = total + body((*f, i))
            return total

        return add

    def _series(self, t: Term, bound: Sorts) -> Code:
        inside, body = ("nat", *bound), t.args[0].args[2]
        code, growth = self.code(body, inside), infinite_series.growth(self, body, inside)
        return named(t, lambda f: infinite_series.total(code, growth, f))

    def _prod(self, t: Term, bound: Sorts) -> Code:
        indices, body = self._range(t, bound)

        def multiply(f: Frame) -> Any:
            total: Any = 1
            for i in indices(f):
                total = total * body((*f, i))
            return total

        return multiply

    def _tuples(self, t: Term, bound: Sorts) -> Code:
        length, size = self.code(t.args[0], bound), self.code(t.args[1], bound)
        body = self.code(t.args[2].args[2], ("tuple", *bound))

        def add(f: Frame) -> Any:
            n, d = integer(length(f)), integer(size(f))
            if n < 0:
                raise Undefined("tuples of negative length", t)
            if d > 1 and (n > 20 or d**n > _MOST_TUPLES):
                raise Unsupported(f"{d}^{n} tuples")
            total: Any = 0
            for values in product(range(1, d + 1), repeat=n):
                total = total + body((*f, values))
            return total

        return add

    def _integral(self, t: Term, bound: Sorts) -> Code:
        low, high = self._end(t.args[0], bound), self._end(t.args[1], bound)
        integrand = t.args[2].args[2]
        body, mirror = self.code(integrand, ("real", *bound)), mirrored(integrand)
        of_kets = kind(integrand, ("real", *bound)) == KET

        def integral(f: Frame) -> Any:
            a, b = low(f), high(f)
            if a == "+" or b == "-":
                raise Undefined("an integral from +∞ or to −∞")
            lower, upper = (None if a == "-" else a), (None if b == "+" else b)
            level, ledger = _next_level(f), f[0].ledger
            if not of_kets:
                return integrals.definite(lambda x: body((*f, x)), lower, upper, level, mirror, ledger)
            if lower is None or upper is None:
                raise Unsupported("an integral of kets over an infinite interval")
            ends = (lower, upper, level, mirror, ledger)
            return integral_of_kets(lambda x: body((*f, x)), lambda g: integrals.componentwise(g, *ends), a)

        return self._once_for_polynomials(t, named(t, integral), bound)

    def _once_for_polynomials(self, t: Term, code: Code, bound: Sorts) -> Code:
        """Computed once for all bound integers with the same values of the polynomials in them that t mentions."""
        found = through(t, bound)
        if not found or all(inner.op == "bound" for inner, *_ in found):
            return code
        key = self._keys.setdefault(Term("once", (t,)), len(self._keys))
        values = [(self.code(inner, around), (None,) * depth) for inner, around, depth in found]

        def cached(f: Frame) -> Any:
            at = (key, *[_hashable(value((*f, *unused))) for value, unused in values])
            memo = f[0].memo
            if at not in memo:
                memo[at] = code(f)
            return memo[at]

        return cached

    def _end(self, t: Term, bound: Sorts) -> Code:
        """A bound of an integral: its value, or the sign of an infinite one."""
        if t.op == "infinity":
            return lambda f: "+"
        if t.op == "mul" and any(a.op == "infinity" for a in t.args):
            factors = [a for a in t.args if a.op != "infinity"]
            if len(factors) == len(t.args) - 1 and all(a.op == "num" and a.args[0] for a in factors):
                negative = sum(a.args[0] < 0 for a in factors) % 2
                return lambda f: "-" if negative else "+"
        return self.code(t, bound)

    def _infinity(self, t: Term, bound: Sorts) -> Code:
        raise TermError("infinity is only the end of an integral, not a number")

    def _expectation(self, t: Term, bound: Sorts) -> Code:
        """The measures at hand have finitely many atoms: (weight, point) each."""
        body = self.code(t.args[1].args[2], ("real", *bound))
        image = unfold(t.args[0]) if t.args[0].op == "call" else t.args[0]
        if image.op == "pushforward":
            return named(t, self._expectation_of_image(image, body, bound))
        measure = self.code(t.args[0], bound)

        def expectation(f: Frame) -> Any:
            total: Any = 0
            for weight, point in measure(f):
                total = total + weight * body((*f, point))
            return total

        return expectation

    def _expectation_of_image(self, image: Term, function: Code, bound: Sorts) -> Code:
        """∫ f(g(u)) p(u) du."""
        low, high = (self.code(a, bound) for a in image.args[:2])
        g, density = (self.code(a.args[2], ("real", *bound)) for a in image.args[2:])

        def expectation(f: Frame) -> Any:
            def integrand(u: Value) -> Value:
                inside = (*f, u)
                return function((*f, g(inside))) * density(inside)

            return integrals.definite(integrand, low(f), high(f), _next_level(f), True, f[0].ledger)

        return expectation

    def _dirac(self, t: Term, bound: Sorts) -> Code:
        point = self.code(t.args[0], bound)
        return lambda f: [(1, point(f))]

    def _coeff(self, t: Term, bound: Sorts) -> Code:
        order = self.code(t.args[0], bound)
        body = self.code(t.args[1].args[2], ("complex", *bound))

        def coefficient(f: Frame) -> Any:
            n = _order(order(f))
            return series.coefficient(lambda z: body((*f, z)), n, _next_level(f))

        return named(t, coefficient)

    def _deriv(self, t: Term, bound: Sorts) -> Code:
        order, point = self.code(t.args[0], bound), self.code(t.args[2], bound)
        body = self.code(t.args[1].args[2], ("real", *bound))

        def derivative(f: Frame) -> Any:
            n = _order(order(f))
            return series.derivative(lambda x: body((*f, x)), n, point(f), _next_level(f))

        return named(t, derivative)

    def _O(self, t: Term, bound: Sorts) -> Code:
        size, constant = self.code(t.args[0], bound), self.code(t.args[1], bound)

        def remainder(f: Frame) -> Any:
            if f[0].remainder is None:
                raise Undefined("O(…) has a meaning only in an asymptotic statement", t)
            return f[0].remainder(size(f), constant(f))

        return remainder


def _hashable(v: Value) -> Any:
    """A key for an exact number."""
    return v if type(v) is int else (int(v.p), int(v.q))


def _order(v: Value) -> int:
    n = integer(v, "an order")
    if n < 0:
        raise Undefined("a coefficient or derivative of negative order")
    if n > 500:
        raise Unsupported(f"a series to order {n}")
    return n
