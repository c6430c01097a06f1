"""Values f(x) of an integrand at a complex ball x, for certified quadrature on a finite interval.

Next to f(x) goes its mirror, the conjugate of f at the conjugate of x: a holomorphic function that
is the conjugate of f on the real axis. So |f|² and Re f are integrated as holomorphic functions.
With `analytic` set, a ball that meets a branch cut gives a non-finite value, as acb.integral demands.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import acb

from .errors import Unsupported
from .scalars import (
    Tower,
    Value,
    ball,
    certainly_real,
    conjugate,
    cosine,
    exponential,
    inverse,
    logarithm,
    power,
    sign,
    sine,
)


class Holomorphic(Tower):
    """f(x) with its mirror; the mirror is None when the integrand conjugates nothing."""

    __slots__ = ("analytic", "level", "mirror", "value")

    def __init__(self, level: int, value: Value, mirror: Value, analytic: bool) -> None:
        self.level = level
        self.value = value
        self.mirror = mirror
        self.analytic = analytic

    def _map(self, function: Callable[[Value], Value]) -> Holomorphic:
        value = function(self.value)
        if self.mirror is self.value:
            return self.like(value, value)  # real on the real axis: one computation for both
        return self.like(value, None if self.mirror is None else function(self.mirror))

    def like(self, value: Value, mirror: Value) -> Holomorphic:
        """Another function of the same variable."""
        return Holomorphic(self.level, value, mirror, self.analytic)

    def _other(self, other: Value) -> tuple[Value, Value]:
        """The other factor or summand and its mirror, the same object if it is real on the real axis."""
        if type(other) is Holomorphic and other.level == self.level:
            return other.value, other.mirror
        return other, other if self.mirror is None or certainly_real(other) else conjugate(other)

    def plus(self, other: Value) -> Holomorphic:
        """self + other."""
        first, mirrored = self.value, self.mirror
        value, mirror = self._other(other)
        total = first + value
        if mirrored is None or (mirrored is first and mirror is value):
            return Holomorphic(self.level, total, None if mirrored is None else total, self.analytic)
        return Holomorphic(self.level, total, mirrored + mirror, self.analytic)

    def times(self, other: Value) -> Holomorphic:
        """self · other."""
        first, mirrored = self.value, self.mirror
        value, mirror = self._other(other)
        total = first * value
        if mirrored is None or (mirrored is first and mirror is value):
            return Holomorphic(self.level, total, None if mirrored is None else total, self.analytic)
        return Holomorphic(self.level, total, mirrored * mirror, self.analytic)

    def inverse(self) -> Holomorphic:
        """1/self."""
        return self._map(inverse)

    def exponential(self) -> Holomorphic:
        """e^self."""
        return self._map(exponential)

    def cosine(self) -> Holomorphic:
        """cos self."""
        return self._map(cosine)

    def sine(self) -> Holomorphic:
        """sin self."""
        return self._map(sine)

    def integer_power(self, n: int) -> Holomorphic:
        """selfⁿ, n ≥ 0."""
        return self._map(lambda v: power(v, n))

    def logarithm(self) -> Holomorphic:
        """log self."""
        return self._map(lambda v: logarithm(self._checked(v)))

    def power(self, exponent: Value) -> Holomorphic:
        """The principal power, for an exponent that is no integer."""
        value = power(self._checked(self.value), exponent)
        if self.mirror is None:
            return self.like(value, None)
        return self.like(value, power(self._checked(self.mirror), conjugate(exponent)))

    def conjugate(self) -> Holomorphic:
        """The conjugate for real values of the variable."""
        if self.mirror is None:
            raise Unsupported("a conjugate in an integrand")
        return self.like(self.mirror, self.value)

    def sign(self) -> Value:
        """The sign of a real function."""
        if isinstance(self.value, Tower):
            return sign(self._checked(self.value))
        s = ball(self.value).real_sgn(analytic=self.analytic)
        return self.like(s, s)

    def _checked(self, v: Value) -> Value:
        """v, or a non-finite ball where v may lie on the branch cut (−∞, 0]."""
        if not self.analytic:
            return v
        if isinstance(v, Holomorphic):
            return Holomorphic(v.level, v.value, v.mirror, True)
        b = ball(v)
        return acb("nan") if b.imag.contains(0) and not b.real > 0 else b
