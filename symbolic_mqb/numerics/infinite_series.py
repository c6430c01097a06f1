"""Certified sums Σ_{s=0}^∞ f(s): a partial sum, and a bound on the tail from the form of f.

The form gives |f(s)| ≤ C·(s+1)^d·R^s/s!^j for every s ≥ 0. From s = n on, the ratio of neighbours of that
bound is at most q = ((n+2)/(n+1))^d·R/(n+1)^j, so for q < 1 the tail is at most its first term over 1 − q.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from flint import acb, arb, ctx

from ..kernel.terms import Term, subterms
from .errors import Undefined, Unsupported
from .frames import Code, Frame, Sorts
from .scalars import Value, as_integer, ball, exponential, power

_MOST_TERMS = 20_000
_STRIDE = 8
#: A ratio of neighbours from which on the tail is estimated.
_SLOWEST = 0.9


class Codes(Protocol):
    """What makes closures of terms."""

    def code(self, t: Term, bound: Sorts) -> Code:
        """The closure of a term under binders of the given sorts, innermost first."""


@dataclass(frozen=True)
class Growth:
    """|f(s)| ≤ front·(s+1)^degree·ratio^s/s!^factorials for every natural s."""

    front: arb
    degree: int = 0
    ratio: arb = arb(1)  # noqa: RUF009 - immutable
    factorials: int = 0

    def plus(self, other: Growth) -> Growth:
        """A bound for the sum."""
        return Growth(
            self.front + other.front,
            max(self.degree, other.degree),
            self.ratio.max(other.ratio),
            min(self.factorials, other.factorials),
        )

    def times(self, other: Growth) -> Growth:
        """A bound for the product."""
        return Growth(
            self.front * other.front,
            self.degree + other.degree,
            self.ratio * other.ratio,
            self.factorials + other.factorials,
        )

    def tail(self, n: int) -> arb | None:
        """A bound on Σ_{s ≥ n} |f(s)|; None if n is too small for one."""
        q = (arb(n + 2) / (n + 1)) ** self.degree * self.ratio / arb(n + 1) ** self.factorials
        if not q < _SLOWEST:
            return None
        first = self.front * arb(n + 1) ** self.degree * self.ratio**n / arb.fac_ui(n) ** self.factorials
        return first / (1 - q)


Bound = Callable[[Frame], Growth]
Line = Callable[[Frame], tuple[Value, Value]]


def total(body: Code, growth: Bound, frame: Frame) -> Value:
    """Σ_{s=0}^∞ of the body's values at the frame extended by s."""
    bound = growth((*frame, 0))
    if not bound.factorials and not bound.ratio < _SLOWEST:
        raise Unsupported("a series that is not shown to converge")
    partial: Value = 0
    for n in range(_MOST_TERMS):
        if n % _STRIDE == 0 and (tail := bound.tail(n)) is not None:
            size = abs(ball(partial)).abs_upper() + bound.front * arb(2) ** -ctx.prec
            if tail <= size * arb(2) ** -ctx.prec or tail == 0:
                radius = tail.abs_upper()
                return ball(partial) + acb(arb(0, radius), arb(0, radius))
        partial = partial + body((*frame, n))
    raise Unsupported(f"a series of more than {_MOST_TERMS} terms")


def growth(codes: Codes, t: Term, bound: Sorts) -> Bound:
    """The bound on a term as a function of the innermost bound variable, by the term's form."""
    if not _varies(t):
        value = codes.code(t, bound)
        return lambda f: Growth(abs(ball(value(f))).abs_upper())
    if t.op == "bound":
        return lambda f: Growth(arb(1), 1)
    if t.op in ("add", "mul"):
        parts = [growth(codes, a, bound) for a in t.args]
        return _joined(parts, Growth.plus if t.op == "add" else Growth.times)
    if t.op in ("abs", "conj"):
        return growth(codes, t.args[0], bound)
    if t.op == "exp":
        line = _affine(codes, t.args[0], bound)
        return lambda f: _geometric(*(exponential(v) for v in line(f)))
    if t.op == "pow":
        return _power(codes, t.args[0], t.args[1], bound)
    raise Unsupported(f"no bound is known on {t.op} along a series")


def _joined(parts: list[Bound], join: Callable[[Growth, Growth], Growth]) -> Bound:
    def joined(f: Frame) -> Growth:
        result = parts[0](f)
        for part in parts[1:]:
            result = join(result, part(f))
        return result

    return joined


def _power(codes: Codes, base: Term, exponent: Term, bound: Sorts) -> Bound:
    """b^{αs+β} with b free of s; a natural power of a bounded base; inverse powers of factorials."""
    if not _varies(base):
        value, line = codes.code(base, bound), _affine(codes, exponent, bound)

        def geometric(f: Frame) -> Growth:
            b, (slope, offset) = value(f), line(f)
            return _geometric(power(b, slope), power(b, offset))

        return geometric
    if _varies(exponent):
        raise Unsupported("a power along a series whose base and exponent both vary")
    whole = codes.code(exponent, bound)
    if base.op == "mul":
        return _joined([_power(codes, a, exponent, bound) for a in base.args], Growth.times)
    if base.op == "factorial":
        line = _affine(codes, base.args[0], bound)
        return lambda f: _inverse_factorial(line(f), as_integer(whole(f)))
    inner = growth(codes, base, bound)
    return lambda f: _natural_power(inner(f), as_integer(whole(f)))


def _geometric(slope: Value, offset: Value) -> Growth:
    """offset·slope^s."""
    return Growth(abs(ball(offset)).abs_upper(), 0, abs(ball(slope)).abs_upper())


def _inverse_factorial(line: tuple[Value, Value], order: int | None) -> Growth:
    """1/(αs + β)!^j ≤ 1/s!^j for integers α ≥ 1, β ≥ 0."""
    slope, offset = (as_integer(v) for v in line)
    if slope is None or offset is None or offset < 0:
        raise Undefined("the factorial of a number that is not natural")
    if order is None or order > 0 or slope < 1:
        raise Unsupported("no bound is known on a factorial along a series")
    return Growth(arb(1), 0, arb(1), -order)


def _natural_power(inner: Growth, order: int | None) -> Growth:
    if order is None or order < 0:
        raise Unsupported("no bound is known on an inverse along a series")
    result = Growth(arb(1))
    for _ in range(order):
        result = result.times(inner)
    return result


def _affine(codes: Codes, t: Term, bound: Sorts) -> Line:
    """(α, β) of t = αs + β."""
    if not _varies(t):
        value = codes.code(t, bound)
        return lambda f: (0, value(f))
    if t.op == "bound":
        return lambda f: (1, 0)
    if t.op == "add":
        lines = [_affine(codes, a, bound) for a in t.args]
        return lambda f: _sum([line(f) for line in lines])
    moving = [a for a in t.args if isinstance(a, Term) and _varies(a)]
    if t.op != "mul" or len(moving) != 1:
        raise Unsupported("an exponent that is not linear along a series")
    line = _affine(codes, moving[0], bound)
    factors = [codes.code(a, bound) for a in t.args if a is not moving[0]]

    def scaled(f: Frame) -> tuple[Value, Value]:
        slope, offset = line(f)
        for factor in factors:
            slope, offset = slope * factor(f), offset * factor(f)
        return slope, offset

    return scaled


def _sum(lines: list[tuple[Value, Value]]) -> tuple[Value, Value]:
    slope: Value = 0
    offset: Value = 0
    for a, b in lines:
        slope, offset = slope + a, offset + b
    return slope, offset


def _varies(t: Term, depth: int = 0) -> bool:
    """Whether the term mentions the innermost bound variable."""
    if t.op == "bound":
        return bool(t.args[0] == depth)
    return t.loose > depth and any(_varies(a, depth + (t.op == "lam")) for a in subterms(t))
