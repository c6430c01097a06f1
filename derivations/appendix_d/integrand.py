"""(D5), pointwise: the integrand of the double integral with 𝒜 to first order, in its three printed forms."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.notation.full_coarse_graining import bilinear, first_order, of
from symbolic_mqb.notation.language import I, binomial, cos, exp, pi, sqrt, symbols, unequal
from symbolic_mqb.notation.measurement import A, E, N, a, d, t, tau
from symbolic_mqb.results import Needed, Result, eq
from symbolic_mqb.rules.logic import normal_form
from symbolic_mqb.rules.sums import power_of_product
from symbolic_mqb.rules.trigonometry import euler_cosine
from symbolic_mqb.tactics.reasons import as_, identity

k, l = symbols("k l", "int")
phi1, phi2 = symbols("φ1 φ2", "real")

_delta = phi1 - phi2
_wave = exp(I * (k * phi1 - l * phi2))
_roots = sqrt(binomial(2 * N, N + k) * binomial(2 * N, N + l))
_denominator = 1 + exp(I * (phi2 - phi1))
_turn = exp(I * _delta)
#: 1 + it/(2Nτ)A₀₀ + … + e^{i(φ₂−φ₁)}(1 + it/(2Nτ)A₁₁).
_numerator = bilinear(lambda r, s: first_order(A, r, s), phi1, phi2)
_quotient = 1 + I * t / (2 * N * tau) * (bilinear(of(A), phi1, phi2) / _denominator)


def _form(weight: Term, bracket: Term) -> Term:
    return _wave * (weight / _roots) * bracket ** (2 * N)


#: φ₂ = φ₁ + π; the measurement has one outcome, 1.
_opposite = (
    (k, 0),
    (l, 0),
    *((v, 1) for v in (N, t, tau, d)),
    (phi1, num(0)),
    (phi2, pi),
    (E, {1: [[1, 0], [0, 1]]}),
    (a, {1: 1}),
)

INTEGRAND = Result(
    "D5-integrand",
    "The integrand of (D5) in its three forms, where φ₂ − φ₁ is not ±π",
    equation="D5",
    given=(N >= 1, k >= -N, k <= N, l >= -N, l <= N, unequal(tau, 0), unequal(_denominator, 0)),
    needs=(Needed(unequal(_denominator, 0), _opposite),),
    chain=[
        _form(exp(I * N * _delta), _numerator),
        eq(
            _form((_turn * _denominator**2) ** N, _numerator / _denominator),
            by=[
                as_(_form(_turn**N * _denominator ** (2 * N), _numerator / _denominator)),
                identity(power_of_product, _turn, _denominator, 2, N, reverse=True),
            ],
        ),
        eq(
            _form((2 * (1 + cos(_delta))) ** N, _quotient),
            by=[
                identity(normal_form, _numerator / _denominator, _quotient),
                as_(_form((2 * (1 + (exp(I * _delta) + exp(-I * _delta)) / 2)) ** N, _quotient)),
                identity(euler_cosine, _delta, reverse=True),
            ],
        ),
        eq(
            _form(num(4) ** N * cos(_delta / 2) ** (2 * N), _quotient),
            by=[
                identity(euler_cosine, _delta),
                as_(_form((4 * ((exp(I * _delta / 2) + exp(-I * _delta / 2)) / 2) ** 2) ** N, _quotient)),
                identity(euler_cosine, _delta / 2, reverse=True),
            ],
        ),
    ],
)
