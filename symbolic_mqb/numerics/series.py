"""Truncated power series c_0 + c_1 z + … + c_n zⁿ over the values of lower level.

Every operation is exact modulo z^{n+1}, so a Taylor coefficient of an expression is read off after
evaluating the expression at the series z. Coefficients may themselves be series or functions of
an integration variable: that is how nested coefficients, derivatives and integrals are evaluated.
"""

from __future__ import annotations

from collections.abc import Callable
from math import factorial

from flint import fmpq

from .errors import Unsupported
from .scalars import (
    Tower,
    Value,
    as_integer,
    certainly_real,
    conjugate,
    exponential,
    inverse,
    is_zero,
    logarithm,
    power,
    sign,
)


class Series(Tower):
    """One truncated series; `real` says that its variable is real, so that conjugation is defined."""

    __slots__ = ("coefficients", "level", "real")

    def __init__(self, level: int, coefficients: list[Value], real: bool) -> None:
        self.level = level
        self.coefficients = coefficients
        self.real = real

    def like(self, coefficients: list[Value]) -> Series:
        """A series in the same variable."""
        return Series(self.level, coefficients, self.real)

    def plus(self, other: Value) -> Series:
        """self + other."""
        if isinstance(other, Series) and other.level == self.level:
            return self.like([a + b for a, b in zip(self.coefficients, other.coefficients, strict=True)])
        return self.like([self.coefficients[0] + other, *self.coefficients[1:]])

    def times(self, other: Value) -> Series:
        """self · other."""
        if not (isinstance(other, Series) and other.level == self.level):
            return self.like([a if is_zero(a) else a * other for a in self.coefficients])
        left = [(i, a) for i, a in enumerate(self.coefficients) if not is_zero(a)]
        right = [(j, b) for j, b in enumerate(other.coefficients) if not is_zero(b)]
        out: list[Value] = [0] * len(self.coefficients)
        for i, a in left:
            for j, b in right:
                if i + j >= len(out):
                    break
                out[i + j] = out[i + j] + a * b
        return self.like(out)

    def exponential(self) -> Series:
        """e^a from e' = a'e; the factor exp(a_0) is multiplied in at the end."""
        head, *tail = self.coefficients
        out: list[Value] = [1]
        for k in range(1, len(self.coefficients)):
            total: Value = 0
            for j in range(1, k + 1):
                if not is_zero(tail[j - 1]) and not is_zero(out[k - j]):
                    total = total + tail[j - 1] * out[k - j] * j
            out.append(total * fmpq(1, k) if not is_zero(total) else 0)
        factor = exponential(head)
        return self.like([a if is_zero(a) else a * factor for a in out])

    def logarithm(self) -> Series:
        """log a from l'a = a'."""
        a = self.coefficients
        out, scale = [logarithm(a[0])], inverse(a[0])
        for k in range(1, len(a)):
            total = a[k] * k
            for j in range(1, k):
                total = total - out[j] * a[k - j] * j
            out.append(total * scale * fmpq(1, k))
        return self.like(out)

    def inverse(self) -> Series:
        """1/self."""
        return self.power(-1)

    def power(self, exponent: Value) -> Series:
        """a^p from a b' = p a' b, for a_0 ≠ 0 (Miller's recurrence)."""
        a = self.coefficients
        scale, out = inverse(a[0]), [power(a[0], exponent)]
        for k in range(1, len(a)):
            total: Value = 0
            for j in range(1, k + 1):
                if not is_zero(a[j]):
                    total = total + a[j] * out[k - j] * (exponent * j - (k - j))
            out.append(total * scale * fmpq(1, k) if not is_zero(total) else 0)
        return self.like(out)

    def conjugate(self) -> Series:
        """The conjugate for real values of the variable."""
        if not self.real:
            raise Unsupported("the conjugate of a complex variable is not analytic")
        return self.like([conjugate(a) for a in self.coefficients])

    def modulus(self) -> Value:
        """|self|: sgn(self)·self for a real function, else the square root of self times its conjugate."""
        if self.real and all(certainly_real(a) for a in self.coefficients):
            return self * self.sign()
        return super().modulus()

    def sign(self) -> Value:
        """The sign near a point where the function is not 0: it is locally constant."""
        if not self.real:
            raise Unsupported("the sign of a complex variable")
        value = sign(self.coefficients[0])
        if as_integer(value) in (1, -1):
            return value
        raise Unsupported("a sign at a point where the function may vanish")


def coefficient(function: Callable[[Value], Value], n: int, level: int) -> Value:
    """[zⁿ] function(z) at z = 0."""
    return _expand(function, 0, n, level, real=False)


def derivative(function: Callable[[Value], Value], n: int, point: Value, level: int) -> Value:
    """The n-th derivative of a function of a real variable at `point`, n!·[zⁿ] function(point + z)."""
    result = _expand(function, point, n, level, real=True)
    return result if is_zero(result) else result * factorial(n)


def _expand(function: Callable[[Value], Value], point: Value, n: int, level: int, real: bool) -> Value:
    variable = Series(level, ([point, 1] + [0] * n)[: n + 1], real)
    result = function(variable)
    if isinstance(result, Series) and result.level == level:
        return result.coefficients[n]
    return result if n == 0 else 0
