"""(A8) and (A16): from the limit of the characteristic function to the Born rule of an oscillator."""

from __future__ import annotations

from symbolic_mqb.notation.language import (
    Derivative,
    I,
    Integral,
    Min,
    Sum,
    binomial,
    conj,
    equal,
    exp,
    factorial,
    function,
    half,
    pi,
    sqrt,
    symbols,
)
from symbolic_mqb.notation.measurement import c
from symbolic_mqb.notation.objects import WAVE_FUNCTION, H, He, gaussian, wave
from symbolic_mqb.results import Result, eq, have
from symbolic_mqb.rules.integrals import derivative_of_transform, gaussian_integral, integral_termwise
from symbolic_mqb.rules.series import derivative_scaling
from symbolic_mqb.tactics.reasons import algebra, as_, by_order, convert, fold, identity, unfold, use

m, n, D = symbols("m n D", "nat")
k, l, q, s = symbols("k l q s", "int")
x, xp, t, sigma, tau, phi, width, alpha, beta, gamma = symbols("x x' t σ τ φ s α β γ", "real")

_gauss = exp(-(t**2) * sigma**2 / (2 * tau**2))
_given = (sigma > 0, tau > 0)
_density = exp(-(tau**2) * x**2 / (2 * sigma**2)) / (sqrt(2 * pi) * sigma / tau)

TRANSFORM = Result(
    "A8-transform",
    "Fourier transform of a Gaussian times (−it)ⁿ, by Rodrigues' formula",
    equation="A8",
    given=_given,
    chain=[
        1 / (2 * pi) * Integral((-I * t) ** n * exp(-I * x * t) * _gauss, t),
        eq(
            1 / (2 * pi) * Derivative(n, x, Integral(exp(-I * x * t) * _gauss, t)),
            by=identity(derivative_of_transform, n, function(t, _gauss), x),
        ),
        eq(
            Derivative(n, x, _density),
            by=identity(gaussian_integral, sigma**2 / (2 * tau**2), -I * x),
        ),
        eq(
            (tau / sigma) ** n / (sqrt(2 * pi) * sigma / tau) * Derivative(n, x, exp(-(x**2) / 2), tau * x / sigma),
            by=identity(derivative_scaling, n, function(x, exp(-(x**2) / 2)), tau / sigma, x),
        ),
        eq(
            (-1) ** n * (tau / sigma) ** n * _density * He(n, tau * x / sigma),
            by=[
                as_(
                    (-1) ** n
                    * (tau / sigma) ** n
                    * _density
                    * (
                        (-1) ** n
                        * exp((tau * x / sigma) ** 2 / 2)
                        * Derivative(n, x, exp(-(x**2) / 2), tau * x / sigma)
                    )
                ),
                use("Hermite", reverse=True, x=tau * x / sigma),
            ],
        ),
    ],
)

_root = sqrt(factorial(k) * factorial(l))
_multiplicity = _root / (factorial(q) * factorial(k - q) * factorial(l - q))
_order = k + l - 2 * q


def _state_sum(angle, body):  # type: ignore[no-untyped-def]
    """Σ_{k,l} e^{−ik·angle} c_k* c_l e^{il·angle} · body."""
    term = exp(-I * k * angle) * conj(c(k)) * c(l) * exp(I * l * angle) * body
    return Sum(Sum(term, (l, 0, D - 1)), (k, 0, D - 1))


_chi = _state_sum(phi, _gauss * Sum(_multiplicity * (-I * t) ** _order, (q, 0, Min(k, l))))
_arg = tau * x / sigma

_density_n = Derivative(_order, x, _density)
_hermite = He(_order, _arg)
_regrouped = Sum(
    _root / factorial(q) * binomial(_order, l - q) * (tau / sigma) ** _order * (_hermite / factorial(_order)),
    (q, 0, Min(k, l)),
)

A8 = Result(
    "A8",
    "The limit distribution as a sum over Hermite polynomials",
    equation="A8",
    given=_given,
    chain=[
        1 / (2 * pi) * Integral(exp(-I * x * t) * _chi, t),
        eq(
            _state_sum(phi, Sum(_multiplicity * _density_n, (q, 0, Min(k, l)))),
            by=[
                convert(integral_termwise),
                convert(integral_termwise),
                convert(integral_termwise),
                identity(derivative_of_transform, _order, function(t, _gauss), x),
                identity(gaussian_integral, sigma**2 / (2 * tau**2), -I * x),
            ],
        ),
        eq(
            _state_sum(
                phi + pi, Sum(_multiplicity * _density * (tau / sigma) ** _order * _hermite, (q, 0, Min(k, l)))
            ),
            by=[
                identity(
                    derivative_scaling,
                    _order,
                    function(x, exp(-(x**2) / 2)),
                    tau / sigma,
                    x,
                ),
                use("Hermite", reverse=True, n=_order, x=tau * x / sigma),
            ],
        ),
        eq(_state_sum(phi + pi, _density * _regrouped), by=algebra),
    ],
)



def _amplitude(level, point):  # type: ignore[no-untyped-def]
    """exp(−x²/4) He_k(x) / ((2π)^{1/4} √k!), the bracket of (A16)."""
    return exp(-(point**2) / 4) * He(level, point) / ((2 * pi) ** (half * half) * sqrt(factorial(level)))


_lemma_sum = Sum(
    1 / factorial(q) * binomial(_order, l - q) * (1 / (sigma / tau)) ** _order
    * (He(_order, x / (sigma / tau)) / factorial(_order)),
    (q, 0, Min(k, l)),
)
_blurred = Integral(
    gaussian(width, x - xp) * gaussian(1, xp) * (He(k, xp) / factorial(k)) * (He(l, xp) / factorial(l)), xp
)

A16 = Result(
    "A16",
    "The limit distribution is the Born rule of an oscillator, blurred by a Gaussian",
    equation="A16",
    given=(*_given, width > 0, equal(width**2, sigma**2 / tau**2 - 1)),
    chain=[
        _state_sum(phi, _density * _regrouped),
        eq(
            _state_sum(phi, _root * _blurred),
            by=[
                as_(_state_sum(phi, _root * gaussian(sigma / tau, x) * _lemma_sum)),
                use("A9-all", m=k, n=l, α=sigma / tau, β=width, γ=1),
            ],
        ),
        eq(
            _state_sum(phi, Integral(gaussian(width, x - xp) * conj(_amplitude(k, xp)) * _amplitude(l, xp), xp)),
            by=algebra,
        ),
        eq(
            _state_sum(phi, Integral(gaussian(width, x - xp) * conj(wave(xp, k)) * wave(xp, l), xp)),
            by=[fold(wave(xp, k)), fold(wave(xp, l))],
        ),
    ],
)

A16_PROJECTIVE = Result(
    "A16-projective",
    "For s = 0 (projective measurements) the limit distribution is the Born rule itself",
    equation="A16",
    given=(*_given, equal(sigma, tau)),
    chain=[
        _state_sum(phi, _density * _regrouped),
        eq(
            _state_sum(phi, _root * gaussian(1, x) * (He(k, x) / factorial(k)) * (He(l, x) / factorial(l))),
            by=[
                as_(
                    _state_sum(
                        phi,
                        _root
                        * gaussian(1, x)
                        * Sum(1 / factorial(q) * binomial(_order, l - q) * (He(_order, x) / factorial(_order)), (q, 0, Min(k, l))),
                    )
                ),
                use("Hermite-product", reverse=True, m=k, n=l),
            ],
        ),
        eq(_state_sum(phi, conj(_amplitude(k, x)) * _amplitude(l, x)), by=algebra),
        eq(_state_sum(phi, conj(wave(x, k)) * wave(x, l)), by=[fold(wave(x, k)), fold(wave(x, l))]),
    ],
)
