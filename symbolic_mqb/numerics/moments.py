"""Integrals of polynomials times exponentials of quadratics in closed form, coefficients enclosed."""

from __future__ import annotations

from flint import acb, arb, fmpq

from .errors import NotGaussian, Undefined
from .gaussians import Gauss, Part, Polynomial, summed
from .scalars import Tower, Value, exponential, inverse, is_exact, is_zero, power, repeated


def integrate(function: Gauss) -> Value:
    """∫ of an exponential polynomial over its line, in closed form with enclosed coefficients."""
    line, parts = function.line, function.parts
    return summed([_integrate_part(p, line.low, line.high) for p in parts if not all(map(_vanishes, p.polynomial))])


def _vanishes(u: Value) -> bool:
    """Is a coefficient, perhaps a function of an outer variable, exactly zero?"""
    if isinstance(u, Gauss):
        return all(_vanishes(w) for part in u.parts for w in part.polynomial)
    return is_zero(u)


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
