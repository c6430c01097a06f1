"""Exponential polynomials Σ P_j(x) exp(q_1 x + q_2 x²) of one real integration variable x.

The coefficients of P_j and q are values of lower level. Sums, products, exponentials of quadratic
polynomials and conjugates stay in this class; anything else raises `NotGaussian`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from flint import acb, arb, fmpq

from .errors import NotGaussian, Undefined
from .scalars import Tower, Value, conjugate, exponential, inverse, is_exact, is_zero, power, real_part, repeated

_MOST_TERMS = 300
Polynomial = list[Value]


@dataclass(frozen=True)
class Line:
    """The interval of integration; an infinite end is None. `breaks` are where some sign changes."""

    level: int
    low: Value | None
    high: Value | None
    breaks: tuple[Value, ...] = field(default=())


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

    __slots__ = ("level", "line", "parts")

    def __init__(self, line: Line, parts: list[Part]) -> None:
        if len(parts) > _MOST_TERMS:
            raise NotGaussian("too many different exponentials")
        self.line = line
        self.level = line.level
        self.parts = parts

    def plus(self, other: Value) -> Gauss:
        parts = list(self.parts)
        for new in self._coerce(other).parts:
            _collect(parts, new)
        return Gauss(self.line, parts)

    def times(self, other: Value) -> Gauss:
        if not (isinstance(other, Gauss) and other.level == self.level):
            return Gauss(self.line, [p._replace(polynomial=[u * other for u in p.polynomial]) for p in self.parts])
        parts: list[Part] = []
        for p in self.parts:
            for r in other.parts:
                product = multiply_polynomials(p.polynomial, r.polynomial)
                _collect(parts, Part(p.q1 + r.q1, p.q2 + r.q2, product))
        return Gauss(self.line, parts)

    def exponential(self) -> Gauss:
        p = self._polynomial()
        if len(p) > 3:
            raise NotGaussian("the exponential of a polynomial of degree above 2")
        q0, q1, q2 = p + [0] * (3 - len(p))
        return Gauss(self.line, [Part(q1, q2, [exponential(q0)])])

    def inverse(self) -> Gauss:
        return self._pure_power(-1)

    def power(self, exponent: Value) -> Gauss:
        """(c e^Q)^p = c^p e^{pQ} where c > 0 and Q is real."""
        part = self._single()
        constant = part.polynomial[0]
        if not all(is_exact(v) or (type(v) is acb and v.imag.is_zero()) for v in (part.q1, part.q2, constant)):
            raise NotGaussian("a fractional power of a function that may not be positive")
        if not (is_zero(constant) or real_part(constant) > 0):
            raise NotGaussian("a fractional power of a function that may not be positive")
        return self._pure_power(exponent)

    def conjugate(self) -> Gauss:
        parts = [Part(conjugate(p.q1), conjugate(p.q2), [conjugate(u) for u in p.polynomial]) for p in self.parts]
        return Gauss(self.line, parts)

    def sign(self) -> Value:
        """The sign of c_1 x + c_0 on the interval; splits the interval where it changes."""
        p = self._polynomial()
        if len(p) > 2 or any(isinstance(v, Tower) for v in p):
            raise NotGaussian("the sign of a function that is not linear")
        c0, c1 = p if len(p) == 2 else (p[0], 0)
        if is_zero(c1):
            raise NotGaussian("the sign of a constant function")
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
        raise NotGaussian("a logarithm")


def _less(a: Value, b: Value) -> bool:
    return bool(real_part(a) < real_part(b))


def _collect(parts: list[Part], new: Part) -> None:
    for i, p in enumerate(parts):
        if same(p.q1, new.q1) and same(p.q2, new.q2):
            parts[i] = p._replace(polynomial=add_polynomials(p.polynomial, new.polynomial))
            return
    parts.append(new)


def integrate(function: Gauss) -> Value:
    """∫ of an exponential polynomial over its line, in closed form with enclosed coefficients."""
    total: Value = 0
    for part in function.parts:
        if all(is_zero(u) for u in part.polynomial):
            continue
        total = total + _integrate_part(part, function.line.low, function.line.high)
    return total


def _integrate_part(part: Part, low: Value | None, high: Value | None) -> Value:
    if is_zero(part.q2):
        return _integrate_linear(part, low, high)
    if low is None and high is None:
        return _whole_line(part)
    return _by_error_function(part, low, high)


def leading(v: Value) -> Value:
    """The number at the origin of all series variables in v."""
    coefficients = getattr(v, "coefficients", None)
    if coefficients is not None:
        return leading(coefficients[0])
    if isinstance(v, Tower):
        raise NotGaussian("a quadratic exponent that depends on another variable")
    return v


def _decay(q2: Value) -> None:
    lead = leading(q2)
    r = arb(lead) if is_exact(lead) else lead.real
    if r >= 0:
        raise Undefined("a divergent integral")
    if not r < 0:
        raise NotGaussian("a Gaussian whose decay is not certain")


def _shift(p: Polynomial, c: Value) -> Polynomial:
    """P(x + c), by Horner's scheme."""
    out: Polynomial = []
    for u in reversed(p):
        shifted: Polynomial = [0, *out]
        for i, v in enumerate(out):
            shifted[i] = shifted[i] + v * c
        shifted[0] = shifted[0] + u
        out = shifted
    return out


def _whole_line(part: Part) -> Value:
    """With x = u + x_0, x_0 = −q_1/(2q_2): ∫ u^{2j} e^{q_2 u²} du = √(π/−q_2) (2j−1)!!/(−2q_2)^j."""
    _decay(part.q2)
    half_width = inverse(part.q2 * -2)
    centre = part.q1 * half_width
    polynomial = part.polynomial if is_zero(part.q1) else _shift(part.polynomial, centre)
    moment: Value = 1
    total: Value = 0
    for j in range(0, len(polynomial), 2):
        if j:
            moment = moment * half_width * (j - 1)
        total = total + polynomial[j] * moment
    height = exponential(part.q1 * centre * fmpq(1, 2))
    return total * height * power(half_width * (2 * acb.pi()), fmpq(1, 2))


def _integrate_linear(part: Part, low: Value | None, high: Value | None) -> Value:
    """∫ P e^{q_1 x}: an antiderivative of the same form, e^{q_1 x} R with R' + q_1 R = P."""
    if is_zero(part.q1):
        if low is None or high is None:
            raise Undefined("a divergent integral")
        r = [0] + [u * fmpq(1, i + 1) for i, u in enumerate(part.polynomial)]
        return _value(r, high) - _value(r, low)
    rate = leading(part.q1)
    if ball_contains_zero(rate):
        raise NotGaussian("an exponent that may vanish")
    scale, r = inverse(part.q1), [0] * len(part.polynomial)
    above: Value = 0
    for i in reversed(range(len(part.polynomial))):
        r[i] = (part.polynomial[i] - above * (i + 1)) * scale
        above = r[i]
    return _end(part.q1, r, high, 1) - _end(part.q1, r, low, -1)


def ball_contains_zero(v: Value) -> bool:
    """May the number v be 0?"""
    return is_zero(v) if is_exact(v) else bool(v.contains(0))


def _end(q1: Value, r: Polynomial, end: Value | None, side: int) -> Value:
    if end is not None:
        return _value(r, end) * exponential(q1 * end)
    lead = leading(q1)
    rate = (arb(lead) if is_exact(lead) else lead.real) * side
    if rate >= 0:
        raise Undefined("a divergent integral")
    if not rate < 0:
        raise NotGaussian("an exponential whose decay is not certain")
    return 0


def _value(p: Polynomial, x: Value) -> Value:
    total: Value = 0
    for u in reversed(p):
        total = total * x + u
    return total


def _by_error_function(part: Part, low: Value | None, high: Value | None) -> Value:
    """M_k = ∫ x^k e^Q: M_0 by erf and 2 q_2 M_{k+1} = [x^k e^Q] − q_1 M_k − k M_{k−1}."""
    if isinstance(part.q1, Tower) or isinstance(part.q2, Tower):
        raise NotGaussian("an error function of a function")
    if low is None or high is None:
        _decay(part.q2)
    if ball_contains_zero(part.q2):
        raise NotGaussian("a quadratic exponent that may vanish")
    q1, q2 = acb(part.q1), acb(part.q2)
    root = (-q2).sqrt()
    centre = q1 / (-2 * q2)
    ends = [(end, side) for end, side in ((high, 1), (low, -1))]
    spread = sum((side * (acb(side) if end is None else ((end - centre) * root).erf()) for end, side in ends), acb(0))
    moments: list[Value] = [spread * acb.pi().sqrt() / (2 * root) * (q1 * centre / 2).exp()]
    for k in range(len(part.polynomial) - 1):
        total = q1 * moments[k] * -1
        if k:
            total = total - moments[k - 1] * k
        for end, side in ends:
            if end is not None:
                total = total + side * repeated(end, k) * (q1 * end + q2 * end * end).exp()
        moments.append(total / (2 * q2))
    value: Value = 0
    for u, m in zip(part.polynomial, moments, strict=True):
        value = value + u * m
    return value
