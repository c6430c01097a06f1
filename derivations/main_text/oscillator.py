"""The oscillator in the limit: ⟨x|k⟩, H_k, the mapping (5) and P_k(x)."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, lam
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.binomials import multiplicity
from symbolic_mqb.notation.expansions import element_threshold, limit_gaussian, limit_sum
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
from symbolic_mqb.results import Result, eq, have
from symbolic_mqb.rules.asymptotics import cut, limit_from_bound
from symbolic_mqb.rules.collective import projective_is_povm
from symbolic_mqb.rules.integrals import gaussian_integral, integral_of_coefficient, integral_termwise
from symbolic_mqb.rules.series import coefficient_of_exponential
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, convert, given_that, identity, unfold, use

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

_choice = (
    equal(mu, entry(A, 0, 0)),
    equal(entry(A, 0, 1), tau * exp(I * phi)),
    equal(entry(A, 1, 0), tau * exp(-I * phi)),
    tau > 0,
)
_element = braket(dicke(N, k), tensor_power(calA, N), dicke(N, l))
_position = Integral(exp(I * t * x) * conj(wave(x, k)) * wave(x, l), x)
_value = exp(-I * k * phi) * exp(I * l * phi) * _position
_threshold = element_threshold(k, l)


def _limit(state: State) -> Theorem:
    """(A7-rate) with σ = τ and the phases of A₀₁ taken out."""
    e = Estimates((*state.given, _threshold <= N), state)
    bound = e.meet(cut(e.lookup("A7-rate"), projective_is_povm(E, d)))
    chosen = [given_that(_choice[1]), given_that(_choice[2])]
    width = e.meeting(
        entry(A2, 0, 0), [use("variance-projective", reverse=True), *chosen], tau**2 + entry(A, 0, 0) ** 2, []
    )
    inside = e.under(width.conclusion)
    same = inside.meeting(
        Abs(_element - limit_gaussian * limit_sum(k, l)),
        [given_that(width.conclusion), *chosen],
        Abs(_element - _value),
        [use("position-elements")],
    )
    whole = cut(inside.at_most(Abs(_element - _value), bound.right, (1, bound), (-1, same)), width)
    return limit_from_bound(N, _threshold, whole, state.given)


MAPPING = Result(
    "5",
    "|N, k⟩ → |k⟩ and X̂ → x̂ jointly: ⟨N,k|e^{itX̂}|N,l⟩ → ⟨k|e^{itx̂}|l⟩ up to the phases of A₀₁",
    equation="5",
    given=(PROJECTIVE, *_choice),
    chain=[
        have(
            Term("limit", (lam(N, _element), _value)),
            by=ProofBy(
                "(A7-rate) with σ = τ, and the elements of e^{itx̂}",
                _limit,
                ("A7-rate", "variance-projective", "position-elements"),
            ),
        )
    ],
)
