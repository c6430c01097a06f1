"""(A8) and (A16): from the limit of the characteristic function to the Born rule of an oscillator."""

from __future__ import annotations

from fractions import Fraction

from symbolic_mqb.kernel.terms import Term
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
    pi,
    quarter,
    sqrt,
    symbols,
)
from symbolic_mqb.notation.measurement import c
from symbolic_mqb.notation.objects import He, gaussian, wave
from symbolic_mqb.results import Erratum, Result, eq
from symbolic_mqb.rules.integrals import derivative_of_transform, gaussian_integral, integral_termwise
from symbolic_mqb.rules.series import derivative_scaling
from symbolic_mqb.tactics.reasons import algebra, as_, convert, fold, identity, use

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


def _state_sum(angle: Term, body: Term) -> Term:
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
    errata=(
        Erratum(
            equal(
                1 / (2 * pi) * Integral(exp(-I * x * t) * _chi, t),
                _state_sum(phi, Sum(_multiplicity * (-1) ** _order * _density_n, (q, 0, Min(k, l)))),
            ),
            ((D, 2), (c, {0: 1, 1: 1}), (x, 1), (sigma, 1), (tau, 1), (phi, 0)),
            "F[(it)ⁿf] = dⁿ/dxⁿ F[f] holds for the kernel e^{+ixt}, but the distribution whose characteristic "
            "function is χ(t) = ⟨e^{itX}⟩ is (1/2π)∫e^{−ixt}χ(t)dt, for which F[(−it)ⁿf] = dⁿ/dxⁿ F[f]. "
            "The printed (−1)^{k+l−2q} turns P(x) into P(−x).",
            "In (8), (9), (11) and (A16), φ = arg(−A₀₁) must read φ = arg(A₀₁) = arg(−A₀₁) + π: the mean of the "
            "limit variable has the wrong sign. For A = σ_x and (|N,0⟩ + |N,1⟩)/√2 the mean is +1, not −1. "
            "The CHSH value is unchanged, since every local angle moves by π.",
            "changes a result",
        ),
    ),
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
            _state_sum(phi + pi, Sum(_multiplicity * _density * (tau / sigma) ** _order * _hermite, (q, 0, Min(k, l)))),
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


def _amplitude(level: Term, point: Term) -> Term:
    """exp(−x²/4) He_k(x) / ((2π)^{1/4} √k!), the bracket of (A16)."""
    return exp(-(point**2) / 4) * He(level, point) / ((2 * pi) ** quarter * sqrt(factorial(level)))


_lemma_sum = Sum(
    1
    / factorial(q)
    * binomial(_order, l - q)
    * (1 / (sigma / tau)) ** _order
    * (He(_order, x / (sigma / tau)) / factorial(_order)),
    (q, 0, Min(k, l)),
)
_blurred = Integral(
    gaussian(width, x - xp) * gaussian(1, xp) * (He(k, xp) / factorial(k)) * (He(l, xp) / factorial(l)), xp
)


def _printed(level: Term) -> Term:
    """The bracket of (A16) as printed, with x in place of x′ in the exponential."""
    return exp(-(x**2) / 4) * He(level, xp) / ((2 * pi) ** quarter * sqrt(factorial(level)))


A16 = Result(
    "A16",
    "The limit distribution is the Born rule of an oscillator, blurred by a Gaussian",
    equation="A16",
    given=(*_given, width > 0, equal(width**2, sigma**2 / tau**2 - 1)),
    errata=(
        Erratum(
            equal(
                _state_sum(phi, _root * _blurred),
                _state_sum(phi, Integral(gaussian(width, x - xp) * conj(_printed(k)) * _printed(l), xp)),
            ),
            (
                (D, 1),
                (c, {0: 1}),
                (x, 1),
                (sigma, Fraction(5, 4)),
                (tau, 1),
                (width, Fraction(3, 4)),
                (phi, 0),
            ),
            "The second line prints e^{−x²/4} inside the integral over x′; it must be e^{−x′²/4}.",
            "None: the third line is right.",
            "slip",
        ),
        Erratum(
            equal(_state_sum(phi, _density * _regrouped), _state_sum(phi, _root * _blurred)),
            ((D, 1), (c, {0: 1}), (x, 1), (sigma, 1), (tau, 1), (width, 0), (phi, 0)),
            "For projective measurements s = 0 and the printed Gaussian divides by s.",
            "The case s = 0 is (A16-projective): P(x) is the Born rule itself, from (A14) in place of (A9).",
            "missing condition",
        ),
    ),
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
                        * Sum(
                            1 / factorial(q) * binomial(_order, l - q) * (He(_order, x) / factorial(_order)),
                            (q, 0, Min(k, l)),
                        ),
                    )
                ),
                use("Hermite-product", reverse=True, m=k, n=l),
            ],
        ),
        eq(_state_sum(phi, conj(_amplitude(k, x)) * _amplitude(l, x)), by=algebra),
        eq(_state_sum(phi, conj(wave(x, k)) * wave(x, l)), by=[fold(wave(x, k)), fold(wave(x, l))]),
    ],
)
