"""The oscillator in the limit: ⟨x|k⟩, H_k, the mapping (5) and P_k(x)."""

from __future__ import annotations

from fractions import Fraction

from symbolic_mqb.kernel.terms import Term, lam, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.binomials import multiplicity
from symbolic_mqb.notation.expansions import limit_rate, limit_threshold, root
from symbolic_mqb.notation.language import (
    Abs,
    Coefficient,
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
    quarter,
    sqrt,
    symbols,
)
from symbolic_mqb.notation.measurement import (
    A2,
    PROJECTIVE,
    A,
    E,
    N,
    a,
    braket,
    calA,
    d,
    dicke,
    entry,
    mu,
    t,
    tau,
    tensor_power,
)
from symbolic_mqb.notation.objects import HERMITE, WAVE_FUNCTION, He, wave
from symbolic_mqb.results import Erratum, Result, eq, have
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.collective import projective_is_povm
from symbolic_mqb.rules.integrals import gaussian_integral, integral_of_coefficient, integral_termwise
from symbolic_mqb.rules.logic import instantiate
from symbolic_mqb.rules.series import (
    cauchy_product,
    coefficient_of_exponential,
    coefficient_of_square,
    coefficient_scaling,
)
from symbolic_mqb.rules.sums import split_sum
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.rates import about, from_rate
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, convert, given_that, identity, unfold, use

k, l, n = symbols("k l n", "nat")
(q,) = symbols("q", "int")
x, phi = symbols("x φ", "real")
(z,) = symbols("z", "complex")

HERMITE_POLYNOMIALS = Result(
    "H_k",
    "The Hermite polynomials of the main text",
    equation="main text, before (5)",
    chain=[
        He(k, x),
        eq((-1) ** k * exp(x**2 / 2) * Derivative(k, x, exp(-(x**2) / 2)), by=use("Hermite", n=k)),
    ],
)

WAVES = Result(
    "wave-function",
    "The wave-function of the k-th excited state",
    equation="main text, before (5)",
    chain=[
        wave(x, k),
        eq(
            1 / (2 * pi) ** quarter * (1 / sqrt(factorial(k))) * exp(-(x**2) / 4) * He(k, x),
            by=unfold(WAVE_FUNCTION),
        ),
    ],
)

_order = k + l - 2 * q
_multiplicity = multiplicity(k, l, q)
_half_gauss = exp(-half * x**2)

FOURIER = Result(
    "Hermite-Fourier",
    "Fourier transform of a Hermite polynomial times e^{−x²/2}",
    equation="main text, before (5)",
    chain=[
        Integral(exp(I * t * x - half * x**2) * He(n, x), x),
        eq(
            factorial(n) * Integral(exp(I * t * x - half * x**2) * Coefficient(n, z, exp(x * z - half * z**2)), x),
            by=unfold(HERMITE),
        ),
        eq(
            factorial(n) * Coefficient(n, z, Integral(exp(I * t * x - half * x**2) * exp(x * z - half * z**2), x)),
            by=identity(
                integral_of_coefficient,
                n,
                function(x, exp(I * t * x - half * x**2)),
                function(x, function(z, exp(x * z - half * z**2))),
            ),
        ),
        eq(
            factorial(n) * sqrt(2 * pi) * exp(-(t**2) / 2) * Coefficient(n, z, exp(I * t * z)),
            by=identity(gaussian_integral, half, I * t + z),
        ),
        eq(
            sqrt(2 * pi) * exp(-(t**2) / 2) * (I * t) ** n,
            by=identity(coefficient_of_exponential, n, I * t),
        ),
    ],
)

_expanded = 1 / factorial(q) * binomial(_order, l - q) * (He(_order, x) / factorial(_order))
_root_kl = sqrt(factorial(k) * factorial(l))

POSITION = Result(
    "position-elements",
    "The matrix elements ⟨k|e^{itx̂}|l⟩ of the oscillator",
    equation="main text, before (5)",
    chain=[
        Integral(exp(I * t * x) * conj(wave(x, k)) * wave(x, l), x),
        eq(
            _root_kl
            / sqrt(2 * pi)
            * Integral(exp(I * t * x - half * x**2) * ((He(k, x) / factorial(k)) * (He(l, x) / factorial(l))), x),
            by=unfold(WAVE_FUNCTION),
        ),
        eq(
            _root_kl / sqrt(2 * pi) * Integral(exp(I * t * x - half * x**2) * Sum(_expanded, (q, 0, Min(k, l))), x),
            by=use("Hermite-product", m=k, n=l, x=x),
        ),
        eq(
            Sum(
                _multiplicity / sqrt(2 * pi) * Integral(exp(I * t * x - half * x**2) * He(_order, x), x),
                (q, 0, Min(k, l)),
            ),
            by=convert(integral_termwise),
        ),
        eq(
            exp(-(t**2) / 2) * Sum(_multiplicity * (I * t) ** _order, (q, 0, Min(k, l))),
            by=use("Hermite-Fourier", n=_order),
        ),
    ],
)

_even = exp(-half * z**2)
_odd_half = half * Coefficient(1, z, _even)

FIRST = Result(
    "H_1",
    "H₁(x) = x",
    equation="main text, before (5)",
    chain=[
        He(1, x),
        eq(Coefficient(1, z, exp(x * z) * _even), by=unfold(HERMITE)),
        eq(
            Sum(Coefficient(q, z, exp(x * z)) * Coefficient(1 - q, z, _even), (q, 0, 1)),
            by=identity(cauchy_product, 1, function(z, exp(x * z)), function(z, _even)),
        ),
        eq(
            Coefficient(1, z, _even) + x * Coefficient(0, z, _even),
            by=[
                identity(split_sum, 0, 0, 1, function(q, Coefficient(q, z, exp(x * z)) * Coefficient(1 - q, z, _even))),
                as_(
                    Coefficient(0, z, exp(x * z)) * Coefficient(1, z, _even)
                    + Coefficient(1, z, exp(x * z)) * Coefficient(0, z, _even)
                ),
                identity(coefficient_of_exponential, 0, x),
                identity(coefficient_of_exponential, 1, x),
            ],
        ),
        eq(
            x * Coefficient(0, z, _even),
            by=[
                as_(_odd_half + (_odd_half + x * Coefficient(0, z, _even))),
                identity(coefficient_scaling, 1, function(z, _even), -1),
            ],
        ),
        eq(
            x,
            by=[
                identity(coefficient_of_square, 0, function(z, exp(-half * z))),
                identity(coefficient_of_exponential, 0, -half),
            ],
        ),
    ],
)

_choice = (
    equal(mu, entry(A, 0, 0)),
    equal(entry(A, 0, 1), tau * exp(I * phi)),
    equal(entry(A, 1, 0), tau * exp(-I * phi)),
    tau > 0,
)
_element = braket(dicke(N, k), tensor_power(calA, N), dicke(N, l))
_position = Integral(exp(I * t * x) * conj(wave(x, k)) * wave(x, l), x)
_value = exp(-I * k * phi) * exp(I * l * phi) * _position
_threshold = limit_threshold(k, l)


_rate = limit_rate(k, l) * root


def _distance(state: State) -> Theorem:
    """(A7-rate) with σ = τ and the phases of A₀₁ taken out."""
    e = Estimates(state.given, state)
    bound = e.meet(cut(e.lookup("A7-rate"), projective_is_povm(E, d)))
    chosen = [given_that(_choice[1]), given_that(_choice[2])]
    width = e.meeting(
        entry(A2, 0, 0), [use("variance-projective", reverse=True), *chosen], tau**2 + entry(A, 0, 0) ** 2, []
    )
    reasons = [given_that(width.conclusion), *chosen]
    near = about(e.under(width.conclusion), bound, _element, _value, reasons, [use("position-elements")])
    return cut(near, width)


MAPPING_RATE = Result(
    "5-rate",
    "⟨N,k|e^{itX̂}|N,l⟩ and ⟨k|e^{itx̂}|l⟩ up to the phases of A₀₁: at most C/√N apart",
    equation="5",
    given=(PROJECTIVE, *_choice, _threshold <= N),
    chain=[
        have(
            Abs(_element - _value) <= _rate,
            by=ProofBy(
                "(A7-rate) with σ = τ, and the elements of e^{itx̂}",
                _distance,
                ("A7-rate", "variance-projective", "position-elements"),
            ),
        )
    ],
)

_tilted = {
    1: ((Fraction(9, 10), Fraction(3, 10)), (Fraction(3, 10), Fraction(1, 10))),
    2: ((Fraction(1, 10), Fraction(-3, 10)), (Fraction(-3, 10), Fraction(9, 10))),
}
_unscaled = substitute(_element, {mu: entry(A, 0, 0), tau: num(1)})

MAPPING = Result(
    "5",
    "|N, k⟩ → |k⟩ and X̂ → x̂ jointly: ⟨N,k|e^{itX̂}|N,l⟩ → ⟨k|e^{itx̂}|l⟩ up to the phases of A₀₁",
    equation="5",
    given=(PROJECTIVE, *_choice),
    errata=(
        Erratum(
            Term("limit", (lam(N, _unscaled), _position)),
            ((k, 1), (l, 0), (t, 1), (d, 2), (a, {1: 1, 2: -1}), (E, _tilted)),
            "With X̂ of (4), which is not divided by τ = |A₀₁|, the elements tend to those of e^{itx̂} only if A₀₁ = 1, "
            "that is for A = σ_x. For A = (3σ_x + 4σ_z)/5 the element ⟨N,1|e^{iX̂}|N,0⟩ tends to (3i/5)e^{−9/50}, "
            "not to i e^{−1/2}.",
            "X̂ → |A₀₁| x̂ with the phase of A₀₁ in the basis: X̂ must be that of (7) with τ = |A₀₁|, and "
            "|N, k⟩ → e^{ikφ}|k⟩ with φ = arg A₀₁.",
            "missing condition",
        ),
    ),
    chain=[
        have(
            Term("limit", (lam(N, _element), _value)),
            by=from_rate("5-rate"),
        )
    ],
)

_density = exp(-(x**2) / 2) * He(k, x) ** 2 / (sqrt(2 * pi) * factorial(k))
_law = Integral(exp(I * t * x) * _density, x)


_diagonal = substitute(_element, {l: k})


def _law_distance(state: State) -> Theorem:
    """(5-rate) at l = k, where the phases cancel."""
    e = Estimates(state.given, state)
    bound = e.meet(e.by(instantiate, e.lookup("5-rate"), ((l, k),)))
    return about(e, bound, _diagonal, _law, [unfold(WAVE_FUNCTION)])


P_K_RATE = Result(
    "P_k-rate",
    "The characteristic function of the Dicke state |N, k⟩ and that of P_k: at most C/√N apart",
    equation="main text, before (5)",
    given=(PROJECTIVE, *_choice, limit_threshold(k, k) <= N),
    chain=[
        have(
            Abs(_diagonal - _law) <= limit_rate(k, k) * root,
            by=ProofBy("(5-rate) at l = k, where the phases cancel", _law_distance, ("5-rate",)),
        )
    ],
)

P_K = Result(
    "P_k",
    "The limit distribution of the Dicke state |N, k⟩ has the density e^{−x²/2}H_k(x)²/(√(2π) k!) = |⟨x|k⟩|²",
    equation="main text, before (5)",
    given=(PROJECTIVE, *_choice),
    chain=[have(Term("limit", (lam(N, _diagonal), _law)), by=from_rate("P_k-rate"))],
)

BORN = Result(
    "P_k-Born-rule",
    "The distribution of the Dicke state |N, k⟩ is that of position in the k-th excited state",
    equation="main text, before (5)",
    chain=[
        conj(wave(x, k)) * wave(x, k),
        eq(_density, by=unfold(WAVE_FUNCTION)),
    ],
)
