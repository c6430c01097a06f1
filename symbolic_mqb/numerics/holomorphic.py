"""Values f(x) of an integrand at a complex ball x, for certified quadrature on a finite interval.

Next to f(x) goes its mirror, the conjugate of f at the conjugate of x: a holomorphic function that
is the conjugate of f on the real axis. So |f|² and Re f are integrated as holomorphic functions.
With `analytic` set, a ball that meets a branch cut gives a non-finite value, as acb.integral demands.
"""

from __future__ import annotations

from flint import acb

from .errors import Unsupported
from .scalars import Tower, Value, ball, conjugate, cosine, exponential, inverse, logarithm, power, sign, sine


class Holomorphic(Tower):
    """f(x) with its mirror; the mirror is None when the integrand conjugates nothing."""

    __slots__ = ("analytic", "level", "mirror", "value")

    def __init__(self, level: int, value: Value, mirror: Value, analytic: bool) -> None:
        self.level = level
        self.value = value
        self.mirror = mirror
        self.analytic = analytic

    def like(self, value: Value, mirror: Value) -> Holomorphic:
        """Another function of the same variable."""
        return Holomorphic(self.level, value, mirror, self.analytic)

    def _other(self, other: Value) -> tuple[Value, Value]:
        if isinstance(other, Holomorphic) and other.level == self.level:
            return other.value, other.mirror
        return other, None if self.mirror is None else conjugate(other)

    def plus(self, other: Value) -> Holomorphic:
        value, mirror = self._other(other)
        return self.like(self.value + value, None if self.mirror is None else self.mirror + mirror)

    def times(self, other: Value) -> Holomorphic:
        value, mirror = self._other(other)
        return self.like(self.value * value, None if self.mirror is None else self.mirror * mirror)

    def inverse(self) -> Holomorphic:
        return self.like(inverse(self.value), None if self.mirror is None else inverse(self.mirror))

    def exponential(self) -> Holomorphic:
        return self.like(exponential(self.value), None if self.mirror is None else exponential(self.mirror))

    def cosine(self) -> Holomorphic:
        return self.like(cosine(self.value), None if self.mirror is None else cosine(self.mirror))

    def sine(self) -> Holomorphic:
        return self.like(sine(self.value), None if self.mirror is None else sine(self.mirror))

    def integer_power(self, n: int) -> Holomorphic:
        return self.like(power(self.value, n), None if self.mirror is None else power(self.mirror, n))

    def logarithm(self) -> Holomorphic:
        return self.like(
            logarithm(self._checked(self.value)),
            None if self.mirror is None else logarithm(self._checked(self.mirror)),
        )

    def power(self, exponent: Value) -> Holomorphic:
        value = power(self._checked(self.value), exponent)
        if self.mirror is None:
            return self.like(value, None)
        return self.like(value, power(self._checked(self.mirror), conjugate(exponent)))

    def conjugate(self) -> Holomorphic:
        if self.mirror is None:
            raise Unsupported("a conjugate in an integrand")
        return self.like(self.mirror, self.value)

    def sign(self) -> Value:
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
