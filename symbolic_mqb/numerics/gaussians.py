"""Exponential polynomials Σ P_j(x) exp(q_1 x + q_2 x²) of one real integration variable x.

The coefficients of P_j and q are values of lower level. Sums, products, exponentials of quadratic
polynomials and conjugates stay in this class; anything else raises `NotGaussian`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import Any, NamedTuple

from flint import acb, arb, fmpq

from . import fourier
from .errors import NotGaussian, Unsupported
from .scalars import (
    Tower,
    Value,
    certainly_real,
    conjugate,
    exponential,
    inverse,
    is_zero,
    power,
    real_part,
    repeated,
)

_MOST_TERMS = 5000
_MOST_PRODUCTS = 40_000
#: The highest power under two integrals: the work grows with its cube.
_MOST_NESTED = 46
#: From so many products of exponentials on a product of polynomials is faster.
_DENSE = 8
_UNKNOWN = object()
Polynomial = list[Value]


@dataclass(frozen=True)
class Line:
    """The interval of integration; an infinite end is None."""

    level: int
    low: Value | None
    high: Value | None


class Split(Exception):
    """The sign of a linear function of the variable of `level` changes at `root`, inside the interval."""

    def __init__(self, level: int, root: Value) -> None:
        super().__init__("the integrand is piecewise")
        self.level = level
        self.root = root


class Part(NamedTuple):
    """P(x) exp(q1·x + q2·x²)."""

    q1: Value
    q2: Value
    polynomial: Polynomial


def same(a: Value, b: Value) -> bool:
    """Are the two values certainly the same number?"""
    if a is b:
        return True
    if isinstance(a, Tower) or isinstance(b, Tower):
        return False
    return bool(a == b)


def identical(a: Value, b: Value) -> bool:
    """The same number, or the same ball from the same computation."""
    if same(a, b):
        return True
    if type(a) is not acb or type(b) is not acb:
        return False
    return bool(a.mid() == b.mid() and a.rad() == b.rad())


def add_polynomials(a: Polynomial, b: Polynomial) -> Polynomial:
    """a + b."""
    if len(a) < len(b):
        a, b = b, a
    return [u + v for u, v in zip(a, b, strict=False)] + a[len(b) :]


def multiply_polynomials(a: Polynomial, b: Polynomial) -> Polynomial:
    """a·b."""
    if len(a) == 1:
        return [u if is_zero(u) else u * a[0] for u in b]
    out: Polynomial = [0] * (len(a) + len(b) - 1)
    for i, u in enumerate(a):
        if not is_zero(u):
            for j, v in enumerate(b):
                if not is_zero(v):
                    out[i + j] = out[i + j] + u * v
    return out


class Gauss(Tower):
    """A finite sum of `Part`s over one `Line`."""

    __slots__ = ("_coefficients", "level", "line", "parts")

    def __init__(self, line: Line, parts: list[Part]) -> None:
        if len(parts) > _MOST_TERMS:
            raise NotGaussian("too many different exponentials")
        self.line = line
        self.level = line.level
        self.parts = parts
        self._coefficients: Any = _UNKNOWN

    def plus(self, other: Value) -> Gauss:
        """self + other."""
        return Gauss(self.line, _collected([*self.parts, *self._coerce(other).parts]))

    def times(self, other: Value) -> Gauss:
        """self · other."""
        if not (isinstance(other, Gauss) and other.level == self.level):
            return Gauss(self.line, [Part(p.q1, p.q2, [u * other for u in p.polynomial]) for p in self.parts])
        if len(self.parts) * len(other.parts) > _MOST_PRODUCTS:
            raise NotGaussian("too many different exponentials")
        if len(self.parts) > 1 and len(other.parts) > 1 and len(self.parts) * len(other.parts) >= _DENSE:
            left, right = self._trigonometric(), other._trigonometric()
            if left is not None and right is not None:
                return self._of(fourier.times(left, right))
        products = [
            Part(_sum(p.q1, r.q1), _sum(p.q2, r.q2), multiply_polynomials(p.polynomial, r.polynomial))
            for p in self.parts
            for r in other.parts
        ]
        shifted = len(self.parts) == 1 or len(other.parts) == 1  # different exponents stay different
        return Gauss(self.line, products if shifted else _collected(products))

    def _trigonometric(self) -> fourier.Trigonometric | None:
        """Its coefficients as a trigonometric polynomial, looked for once."""
        if self._coefficients is _UNKNOWN:
            self._coefficients = fourier.trigonometric(self.parts)
        found: fourier.Trigonometric | None = self._coefficients
        return found

    def _of(self, coefficients: fourier.Trigonometric) -> Gauss:
        result = Gauss(self.line, [Part(q1, 0, [c]) for q1, c in fourier.terms(coefficients)])
        result._coefficients = coefficients
        return result

    def integer_power(self, n: int) -> Value:
        """By the binomial theorem for the sum of two exponentials, else by repeated squaring."""
        if len(self.parts) != 2 or any(len(p.polynomial) != 1 for p in self.parts) or n < 3:
            return repeated(self, n)
        (a, b, (u,)), (c, d, (v,)) = self.parts
        if n > _MOST_NESTED and (isinstance(u, Tower) or isinstance(v, Tower)):
            raise Unsupported(f"the power {n} under two integrals")
        if n >= _MOST_TERMS:
            raise NotGaussian("too many different exponentials")
        lefts, rights = _powers(u, n), _powers(v, n)
        parts = []
        for k in range(n + 1):
            height = lefts[k] * rights[n - k] * comb(n, k)
            parts.append(Part(a * k + c * (n - k), b * k + d * (n - k), [height]))
        return Gauss(self.line, parts)  # different exponents, since those of the two summands are

    def exponential(self) -> Gauss:
        """e^self."""
        p = self._polynomial()
        if len(p) > 3:
            raise NotGaussian("the exponential of a polynomial of degree above 2")
        q0, q1, q2 = p + [0] * (3 - len(p))
        return Gauss(self.line, [Part(q1, q2, [exponential(q0)])])

    def bound(self) -> arb | None:
        """Σ |c_j| for Σ c_j e^{i q_j x} with real q_j."""
        total = arb(0)
        for part in self.parts:
            constant = len(part.polynomial) == 1 and not isinstance(part.polynomial[0], Tower)
            if not constant or not is_zero(part.q2) or not _imaginary(part.q1):
                return None
            total += abs(acb(part.polynomial[0]))
        return total.abs_upper()

    def inverse(self) -> Gauss:
        """1/self."""
        return self._pure_power(-1)

    def power(self, exponent: Value) -> Gauss:
        """(c e^Q)^p = c^p e^{pQ} where c > 0 and Q is real."""
        part = self._single()
        constant = part.polynomial[0]
        if not all(certainly_real(v) for v in (part.q1, part.q2, constant)):
            raise NotGaussian("a fractional power of a function that may not be positive")
        if not (is_zero(constant) or real_part(constant) > 0):
            raise NotGaussian("a fractional power of a function that may not be positive")
        return self._pure_power(exponent)

    def conjugate(self) -> Gauss:
        """The conjugate for real values of the variable."""
        parts = [Part(conjugate(p.q1), conjugate(p.q2), [conjugate(u) for u in p.polynomial]) for p in self.parts]
        return Gauss(self.line, parts)

    def modulus(self) -> Value:
        """|self|: sgn(self)·self for a real function, else the square root of self times its conjugate."""
        if all(certainly_real(v) for p in self.parts for v in (p.q1, p.q2, *p.polynomial)):
            try:
                return self * self.sign()
            except NotGaussian:
                pass
        return super().modulus()

    def sign(self) -> Value:
        """The sign of c_1 x + c_0 on the interval; splits the interval where it changes."""
        p = self._polynomial()
        if len(p) > 2 or any(isinstance(v, Tower) for v in p):
            raise NotGaussian("the sign of a function that is not linear")
        c0, c1 = p if len(p) == 2 else (p[0], 0)
        if is_zero(c1):
            raise NotGaussian("the sign of a constant function")
        if not (certainly_real(c0) and certainly_real(c1)):
            raise NotGaussian("the sign of a function that may not be real")
        slope = real_part(c1)
        direction = 1 if slope > 0 else -1 if slope < 0 else 0
        if direction == 0:
            raise NotGaussian("a slope of unknown sign")
        root = c0 * inverse(c1) * -1
        return direction * self._side(root)

    def _side(self, root: Value) -> int:
        """+1 if the interval lies to the right of the root, −1 if to the left."""
        low, high = self.line.low, self.line.high
        if low is not None and (identical(low, root) or _less(root, low)):
            return 1
        if high is not None and (identical(high, root) or _less(high, root)):
            return -1
        if (low is None or _less(low, root)) and (high is None or _less(root, high)):
            raise Split(self.level, root)
        raise NotGaussian("a change of sign too near to the end of the interval")

    def _coerce(self, other: Value) -> Gauss:
        if isinstance(other, Gauss) and other.level == self.level:
            return other
        return Gauss(self.line, [Part(0, 0, [other])])

    def _polynomial(self) -> Polynomial:
        """The polynomial, if there is no exponential."""
        if len(self.parts) == 1 and is_zero(self.parts[0].q1) and is_zero(self.parts[0].q2):
            p = list(self.parts[0].polynomial)
            while len(p) > 1 and is_zero(p[-1]):
                p.pop()
            return p
        raise NotGaussian("an exponential where a polynomial is needed")

    def _single(self) -> Part:
        if len(self.parts) != 1 or any(not is_zero(u) for u in self.parts[0].polynomial[1:]):
            raise NotGaussian("a power of a sum of exponentials or of a polynomial")
        return self.parts[0]

    def _pure_power(self, exponent: Value) -> Gauss:
        part = self._single()
        return Gauss(
            self.line,
            [Part(part.q1 * exponent, part.q2 * exponent, [power(part.polynomial[0], exponent)])],
        )

    def logarithm(self) -> Gauss:
        """log self."""
        raise NotGaussian("a logarithm")


def _imaginary(q: Value) -> bool:
    return not isinstance(q, Tower) and bool(acb(q).real.is_zero())


def _less(a: Value, b: Value) -> bool:
    return bool(real_part(a) < real_part(b))


def _sum(a: Value, b: Value) -> Value:
    """a + b, the same object if the other is 0, so that equal exponents are recognised."""
    return a if is_zero(b) else b if is_zero(a) else a + b


def _powers(u: Value, n: int) -> list[Value]:
    out: list[Value] = [1]
    for _ in range(n):
        out.append(out[-1] * u)
    return out


def near(q: Value) -> object:
    """Equal for equal numbers, and quick; different numbers may share it."""
    if type(q) is acb:
        return complex(q) if q.is_finite() else ("object", id(q))
    if type(q) is fmpq:
        return int(q.p), int(q.q)
    return q if type(q) is int else ("object", id(q))


def _collected(parts: list[Part]) -> list[Part]:
    """One part for each exponent: exact numbers are compared by value, balls and functions are equal to themselves."""
    if len(parts) < 2:
        return parts
    found: dict[tuple[object, object], list[list[Part]]] = {}
    for p in parts:
        key = near(p.q1), near(p.q2)
        groups = found.setdefault(key, [])
        for group in groups:
            if same(group[0].q1, p.q1) and same(group[0].q2, p.q2):
                group.append(p)
                break
        else:
            groups.append([p])
    return [_merged(group) for groups in found.values() for group in groups]


def _merged(group: list[Part]) -> Part:
    if len(group) == 1:
        return group[0]
    q1, q2, polynomial = group[0]
    for p in group[1:]:
        polynomial = add_polynomials(polynomial, p.polynomial)
    return Part(q1, q2, polynomial)


def summed(values: list[Value]) -> Value:
    """The sum; exponentials that several summands share are looked for once."""
    level = max((v.level for v in values if isinstance(v, Tower)), default=0)
    gauss = [v for v in values if isinstance(v, Gauss) and v.level == level]
    if len(gauss) < 2:
        return sum(values[1:], values[0]) if values else 0
    joined: Value = Gauss(gauss[0].line, _collected([p for v in gauss for p in v.parts]))
    for v in values:
        if not (isinstance(v, Gauss) and v.level == level):
            joined = joined + v
    return joined
