"""Functions on values.

A value is exact (`int`, `fmpq`), a complex ball (`acb`), or an element of a `Tower`: a ring built
over the scalars by one more variable (a truncated power series, an exponential polynomial, …).
Exact values stay exact as long as they can, so that indices, exponents and zeros are decided.
"""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Callable
from fractions import Fraction
from math import comb, isqrt
from typing import Any

from flint import acb, arb, fmpq

from .errors import Undefined, Unsupported

Value = Any
_LARGE = 4000


class Tower:
    """An element of a ring over the values of lower level. The inner bound variable has the higher level.

    Not an `ABC`, whose isinstance is many times slower and is asked at each operation.
    """

    __slots__ = ()
    level: int

    @abstractmethod
    def plus(self, other: Value) -> Value:
        """self + other, `other` of this level or below."""

    @abstractmethod
    def times(self, other: Value) -> Value:
        """self · other, `other` of this level or below."""

    @abstractmethod
    def inverse(self) -> Value:
        """1/self."""

    @abstractmethod
    def exponential(self) -> Value:
        """e^self."""

    @abstractmethod
    def logarithm(self) -> Value:
        """The principal logarithm of self."""

    @abstractmethod
    def power(self, exponent: Value) -> Value:
        """The principal power, for an exponent of lower level that is not an integer."""

    @abstractmethod
    def conjugate(self) -> Value:
        """The complex conjugate for real values of the variable."""

    @abstractmethod
    def sign(self) -> Value:
        """The sign of a real self."""

    def integer_power(self, n: int) -> Value:
        """selfⁿ, n ≥ 0."""
        return repeated(self, n)

    def cosine(self) -> Value:
        """cos self, by Euler's formula."""
        return (exponential(self * acb(0, 1)) + exponential(self * acb(0, -1))) * fmpq(1, 2)

    def bound(self) -> arb | None:
        """A number that |self| nowhere exceeds, if one is known."""
        return None

    def sine(self) -> Value:
        """sin self, by Euler's formula."""
        return (exponential(self * acb(0, 1)) - exponential(self * acb(0, -1))) * acb(0, -0.5)

    def modulus(self) -> Value:
        """|self| = √(self · its conjugate)."""
        return power(self * self.conjugate(), fmpq(1, 2))

    def __add__(self, other: Value) -> Value:
        return other.plus(self) if isinstance(other, Tower) and other.level > self.level else self.plus(other)

    def __mul__(self, other: Value) -> Value:
        return other.times(self) if isinstance(other, Tower) and other.level > self.level else self.times(other)

    __radd__ = __add__
    __rmul__ = __mul__

    def __neg__(self) -> Value:
        return self * -1

    def __sub__(self, other: Value) -> Value:
        return self + other * -1

    def __rsub__(self, other: Value) -> Value:
        return self * -1 + other


def level_of(value: Value) -> int:
    """The level of a value: 0 for a number."""
    return value.level if isinstance(value, Tower) else 0


def is_exact(v: Value) -> bool:
    """Is v an exact rational number?"""
    return type(v) is int or type(v) is fmpq


def is_zero(v: Value) -> bool:
    """Is v exactly zero?"""
    kind = type(v)
    if kind is acb:
        return bool(v.is_zero())
    return (kind is int or kind is fmpq) and bool(v == 0)


def rational(v: int | Fraction | fmpq) -> Value:
    """An exact value: an int when it is one."""
    if type(v) is int:
        return v
    if type(v) is Fraction:
        return v.numerator if v.denominator == 1 else fmpq(v.numerator, v.denominator)
    q = fmpq(v.numerator, v.denominator) if isinstance(v, Fraction) else fmpq(v)
    return int(q.p) if q.q == 1 else q


def ball(v: Value) -> acb:
    """v as a complex ball."""
    if isinstance(v, Tower):
        raise Unsupported("a number was expected, not a function")
    return v if type(v) is acb else acb(v)


def as_integer(v: Value) -> int | None:
    """v as an int if it is exactly one."""
    if type(v) is int:
        return v
    if type(v) is fmpq:
        return int(v.p) if v.q == 1 else None
    if type(v) is acb and v.is_exact():
        n = v.unique_fmpz()
        return None if n is None else int(n)
    return None


def integer(v: Value, meaning: str = "an index") -> int:
    """v as an int; an index that is not certainly an integer makes the term undefined."""
    n = v if type(v) is int else as_integer(v)
    if n is None:
        raise Undefined(f"{meaning} is not an integer")
    return n


def real_part(v: Value) -> arb:
    """The ball of a real number."""
    if is_exact(v):
        return arb(v)
    b = ball(v)
    if not b.imag.contains(0):
        raise Undefined("a real number was expected")
    return b.real


def exponential(v: Value) -> Value:
    """e^v."""
    if type(v) is acb:
        return 1 if v.is_zero() else v.exp()
    if isinstance(v, Tower):
        return v.exponential()
    return 1 if is_zero(v) else acb(v).exp()


def logarithm(v: Value) -> Value:
    """The principal logarithm."""
    if isinstance(v, Tower):
        return v.logarithm()
    if is_zero(v):
        raise Undefined("the logarithm of 0")
    return 0 if is_exact(v) and v == 1 else acb(v).log()


def cosine(v: Value) -> Value:
    """cos v."""
    if isinstance(v, Tower):
        return v.cosine()
    return 1 if is_zero(v) else acb(v).cos()


def sine(v: Value) -> Value:
    """sin v."""
    if isinstance(v, Tower):
        return v.sine()
    return 0 if is_zero(v) else acb(v).sin()


def inverse(v: Value) -> Value:
    """1/v."""
    if isinstance(v, Tower):
        return v.inverse()
    if is_zero(v):
        raise Undefined("a division by 0")
    return 1 / v if type(v) is acb else rational(fmpq(1) / v)


def repeated(base: Value, n: int) -> Value:
    """baseⁿ by repeated squaring, n ≥ 0."""
    result: Value = 1
    while n:
        if n & 1:
            result = result * base
        n >>= 1
        if n:
            base = base * base
    return result


def power(base: Value, exponent: Value) -> Value:
    """The principal power; integer exponents by multiplication, with 0⁰ = 1."""
    n = exponent if type(exponent) is int else as_integer(exponent)
    if n is not None:
        return base**n if type(base) is acb and n >= 0 else _integer_power(base, n)
    if isinstance(exponent, Tower):
        return exponential(exponent * logarithm(base))
    if isinstance(base, Tower):
        return base.power(exponent)
    return _scalar_power(base, exponent)


def _integer_power(base: Value, n: int) -> Value:
    if isinstance(base, Tower):
        return (base if n >= 0 else base.inverse()).integer_power(abs(n))
    if n < 0 and is_zero(base):
        raise Undefined("a negative power of 0")
    if type(base) is acb:
        return base**n
    if type(base) is int and n >= 0 and n * base.bit_length() <= _LARGE:
        return base**n
    if abs(n) * int(fmpq(base).height_bits()) > _LARGE and abs(base) != 1:
        return acb(base) ** n
    return rational(fmpq(base) ** n)


def _scalar_power(base: Value, exponent: Value) -> Value:
    if is_zero(base):
        if ball(exponent).real > 0:
            return 0
        raise Undefined("a power of 0 whose exponent is not positive")
    if is_exact(exponent) and exponent.q == 2:
        root = _square_root(base)
        return _integer_power(root, int(exponent.p))
    return ball(base).pow(acb(exponent))


def _square_root(v: Value) -> Value:
    if is_exact(v) and v > 0:
        q = fmpq(v)
        p, r = isqrt(int(q.p)), isqrt(int(q.q))
        if p * p == q.p and r * r == q.q:
            return rational(fmpq(p, r))
    return acb(v).sqrt()


def conjugate(v: Value) -> Value:
    """The complex conjugate."""
    if is_exact(v):
        return v
    return v.conjugate() if isinstance(v, (Tower, acb)) else v


def real(v: Value) -> Value:
    """The real part."""
    if is_exact(v):
        return v
    return acb(v.real) if type(v) is acb else (v + conjugate(v)) * fmpq(1, 2)


def imaginary(v: Value) -> Value:
    """The imaginary part."""
    if is_exact(v):
        return 0
    return acb(v.imag) if type(v) is acb else (v - conjugate(v)) * acb(0, -0.5)


def modulus(v: Value) -> Value:
    """|v|."""
    if isinstance(v, Tower):
        return v.modulus()
    if is_exact(v):
        return abs(v)
    return acb(abs(v.real)) if v.imag.is_zero() else acb(abs(v))


def certainly_real(v: Value) -> bool:
    """Is v a number with imaginary part exactly 0?"""
    return is_exact(v) or (type(v) is acb and bool(v.imag.is_zero()))


def argument(v: Value) -> Value:
    """arg v ∈ (−π, π]; zero has none."""
    if isinstance(v, Tower):
        raise Unsupported("the argument of a function")
    if is_zero(v):
        raise Undefined("the argument of 0")
    if is_exact(v) and v > 0:
        return 0
    return acb(acb(v).arg())


def sign(v: Value) -> Value:
    """sgn of a real number."""
    if isinstance(v, Tower):
        return v.sign()
    if is_exact(v):
        return (v > 0) - (v < 0)
    x = real_part(v)
    if x > 0:
        return 1
    return -1 if x < 0 else acb(x.sgn())


def extremum(a: Value, b: Value, larger: bool) -> Value:
    """min(a, b) or max(a, b) of real numbers."""
    if isinstance(a, Tower) or isinstance(b, Tower):
        for x, y in ((a, b), (b, a)):
            decided = _extremum_by_size(x, y, larger)
            if decided is not None:
                return decided
        half_gap = modulus(a - b) * (1 if larger else -1)
        return (a + b + half_gap) * fmpq(1, 2)
    if is_exact(a) and is_exact(b):
        return max(a, b) if larger else min(a, b)
    x, y = real_part(a), real_part(b)
    return acb(x.max(y) if larger else x.min(y))


def _extremum_by_size(a: Value, b: Value, larger: bool) -> Value | None:
    """The extremum of a bounded function a and a number b that lies beyond its bound."""
    size = a.bound() if isinstance(a, Tower) else None
    if size is None or isinstance(b, Tower):
        return None
    if real_part(b) > size:
        return b if larger else a
    return (a if larger else b) if real_part(b) < -size else None


def factorial(v: Value) -> Value:
    """n!; undefined for negative n."""
    n = integer(v, "the argument of a factorial")
    if n < 0:
        raise Undefined("the factorial of a negative number")
    return math.factorial(n) if n <= _LARGE else acb(arb.fac_ui(n))


def binomial(n: Value, k: Value) -> Value:
    """C(n, k), zero unless 0 ≤ k ≤ n."""
    upper, lower = integer(n, "the argument of a binomial"), integer(k, "the argument of a binomial")
    if not 0 <= lower <= upper:
        return 0
    lower = min(lower, upper - lower)
    return comb(upper, lower) if lower <= _LARGE else acb(arb.bin_uiui(upper, lower))


def delta(a: Value, b: Value) -> Value:
    """Kronecker's δ; undecided balls are refused."""
    if is_exact(a) and is_exact(b):
        return int(a == b)
    x, y = ball(a), ball(b)
    if not x.overlaps(y):
        return 0
    if x == y:
        return 1
    raise Unsupported("equality of two balls inside δ")


UNARY: dict[str, Callable[[Value], Value]] = {
    "exp": exponential,
    "log": logarithm,
    "abs": modulus,
    "conj": conjugate,
    "re": real,
    "im": imaginary,
    "arg": argument,
    "sgn": sign,
    "cos": cosine,
    "sin": sine,
    "factorial": factorial,
}
BINARY: dict[str, Callable[[Value, Value], Value]] = {
    "pow": power,
    "min": lambda a, b: extremum(a, b, larger=False),
    "max": lambda a, b: extremum(a, b, larger=True),
    "binomial": binomial,
    "delta": delta,
}
