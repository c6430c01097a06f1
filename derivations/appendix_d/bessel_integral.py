"""The two routes to (D7) meet: the power series of the Bessel function is the integral over the angle."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term
from symbolic_mqb.notation.bessel import bessel, bessel_series, bessel_wave, rate_of
from symbolic_mqb.notation.full_coarse_graining import limit_integral, turn
from symbolic_mqb.notation.language import (
    Abs,
    I,
    Series,
    arg,
    equal,
    exp,
    factorial,
    function,
    pi,
    symbols,
    unequal,
)
from symbolic_mqb.notation.measurement import POVM, E, d, entry, t, tau
from symbolic_mqb.notation.measurement import A as observable
from symbolic_mqb.notation.measurement import a as outcomes
from symbolic_mqb.results import Definition, Needed, Result, eq, have
from symbolic_mqb.rules.circle_functions import reflect_interval
from symbolic_mqb.rules.inequalities import polar
from symbolic_mqb.rules.infinite_series import circle_product, split_series
from symbolic_mqb.rules.series import coefficient_of_exponential, coefficient_shift
from symbolic_mqb.tactics.reasons import Reason, as_, by_order, fold, identity, use

m, s = symbols("m s", "nat")
k, l = symbols("k l", "int")
(i,) = symbols("s", "int")
a, b, z = symbols("a b z", "complex")
(phi,) = symbols("φ", "real")
(A,) = symbols("A", "op")
_mean = 1 / (2 * pi)
_up, _down = function(z, z**m * exp(b * z)), function(z, exp(a * z))


def _swing(first: Term, second: Term) -> Term:
    """exp(b e^{iφ} + a e^{−iφ})."""
    return exp(first * exp(I * phi) + second * exp(-I * phi))


_products = Term("coeff", (s, _up)) * Term("coeff", (s, _down))

CIRCLE = Result(
    "D7-second.circle",
    "The mean of e^{imφ} exp(b e^{iφ} + a e^{−iφ}) over the circle, as a series",
    equation="D7",
    chain=[
        _mean * turn(exp(I * m * phi) * _swing(b, a), phi),
        eq(
            Series(b**s / factorial(s) * (a ** (s + m) / factorial(s + m)), s),
            by=[
                as_(_mean * turn(exp(I * phi) ** m * exp(b * exp(I * phi)) * exp(a * exp(-I * phi)), phi)),
                identity(circle_product, _up, _down),
                as_(Series(_products, s)),
                identity(split_series, m, function(s, _products)),
                identity(coefficient_shift, i, m, function(z, exp(b * z))),
                identity(coefficient_shift, s + m, m, function(z, exp(b * z))),
                identity(coefficient_of_exponential, s + m, a),
                identity(coefficient_of_exponential, s + m - m, b),
            ],
        ),
    ],
)

MIRROR = Result(
    "D7-second.mirror",
    "The same with e^{−imφ}",
    equation="D7",
    chain=[
        _mean * turn(exp(-I * m * phi) * _swing(b, a), phi),
        eq(
            _mean * turn(exp(I * m * phi) * _swing(a, b), phi),
            by=identity(reflect_interval, -pi, pi, function(phi, exp(-I * m * phi) * _swing(b, a))),
        ),
        eq(
            Series(b ** (s + m) / factorial(s + m) * (a**s / factorial(s)), s),
            by=use("D7-second.circle", a=b, b=a),
        ),
    ],
)

_rates = {"a": rate_of(A, 1, 0), "b": rate_of(A, 0, 1)}
_trace = exp(I * t * (entry(A, 0, 0) + entry(A, 1, 1)) / (2 * tau))


def _case(sign: int, order: Term, label: str) -> list[Reason]:
    """One of the two cases: e^{±imφ} with a natural m."""
    wave = exp(sign * I * order * phi) * _swing(_rates["b"], _rates["a"])
    return [as_(_trace * (_mean * turn(wave, phi))), use(label, _rates, m=order)]


AGREE = Result(
    "D7-second.agree",
    "The integral in (D7) is the power series of the Bessel function",
    equation="D7",
    given=(unequal(tau, 0),),
    chain=[
        have(
            equal(limit_integral(A, k, l, phi), bessel_series(A, k, l, s)),
            by=by_order(k, l, first=_case(-1, l - k, "D7-second.mirror"), second=_case(1, k - l, "D7-second.circle")),
        )
    ],
)


(u, x) = symbols("u x", "real")
_wave = I * x * u

BESSEL_FUNCTION = Definition(
    "D7-second.J", "The Bessel function of a natural order, as its power series", bessel(m, x), equation="D7"
)

WAVE = Result(
    "D7-second.wave",
    "The series at conjugate rates is a Bessel function",
    equation="D7",
    chain=[
        Series((_wave * exp(-I * phi)) ** s / factorial(s) * ((_wave * exp(I * phi)) ** (s + m) / factorial(s + m)), s),
        eq(
            I**m * exp(I * m * phi) * bessel(m, 2 * x * u),
            by=[
                as_(
                    I**m
                    * exp(I * m * phi)
                    * Series((-1) ** s * (2 * x * u / 2) ** (2 * s + m) / (factorial(s) * factorial(s + m)), s)
                ),
                fold(bessel(m, 2 * x * u)),
            ],
        ),
    ],
)

_off = entry(observable, 0, 1)
_polar: list[Reason] = [
    use("A-hermitian", everywhere=True),
    identity(polar, _off, everywhere=True),
]


def _direction(sign: int, order: Term) -> list[Reason]:
    """One of the two cases of the sign of l − k, which is ±n with a natural n."""
    return [*_polar, use("D7-second.wave", m=order, u=Abs(_off), x=t / (2 * tau), φ=sign * arg(_off))]


#: A₀₁ = 0, which has no argument.
_diagonal = {E: {1: [[1, 0], [0, 1]]}, outcomes: {1: 0}, d: 1, tau: 1, t: 0, k: 0, l: 0}

BESSEL_WAVE = Result(
    "D7-second.bessel",
    "The limit of a matrix element as a Bessel function",
    equation="D7",
    given=(POVM, unequal(tau, 0), unequal(_off, 0)),
    chain=[
        have(
            equal(bessel_series(observable, k, l, s), bessel_wave(observable, k, l)),
            by=by_order(k, l, first=_direction(1, l - k), second=_direction(-1, k - l)),
        )
    ],
    needs=(Needed(unequal(_off, 0), tuple(_diagonal.items())),),
)
