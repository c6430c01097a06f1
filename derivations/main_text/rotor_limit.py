"""(15) and the mapping M at α = 1: the limit of the characteristic function, with its rate."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, lam, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.full_coarse_graining import (
    RESTS,
    bound_threshold,
    calA,
    centred,
    element_constant,
    power,
    turn,
)
from symbolic_mqb.notation.language import Abs, I, Integral, arg, conj, cos, equal, exp, half, pi, unequal
from symbolic_mqb.notation.measurement import POVM, A, N, braket, entry, mu, t, tau
from symbolic_mqb.notation.rotor import K, angle, c, density, effect, k, l, phi, state_sum, theta
from symbolic_mqb.results import Citation, Result, have
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.inequalities import polar
from symbolic_mqb.rules.logic import assume
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.rates import from_rate, revalued
from symbolic_mqb.tactics.reasons import ProofBy, State, given_that, identity, use

_where = "main text, after (15)"
_turned_effect = exp(-I * k * phi) * effect(theta, k, l) * exp(I * l * phi)
_weight = conj(c(k)) * c(l) * (1 / (2 * pi))
_chi = state_sum(_weight * turn(exp(I * (k - l) * (angle - phi) + I * t * cos(angle)), angle))

_choice = (
    POVM,
    unequal(entry(A, 0, 1), 0),
    equal(mu, half * (entry(A, 0, 0) + entry(A, 1, 1))),
    equal(tau, Abs(entry(A, 0, 1))),
    equal(phi, arg(entry(A, 0, 1))),
)
_exact = exp(-I * t * mu / tau) * state_sum(conj(c(k)) * c(l) * braket(centred(k), power(calA), centred(l)))
_fourier = Integral(exp(I * t * cos(theta)) * density(phi, theta), (theta, 0, pi))
_born = Integral(exp(I * t * cos(theta)) * state_sum(conj(c(k)) * c(l) * _turned_effect), (theta, 0, pi))


_late = substitute(bound_threshold(K, K), {tau: Abs(entry(A, 0, 1))})
_rate = state_sum(Abs(c(k)) * Abs(c(l)) * element_constant(A, RESTS, k, l)) * N ** num(-1)


def _distance(state: State) -> Theorem:
    """(D8-rate) at τ = |A₀₁|, φ = arg A₀₁, and (D10-characteristic)."""
    positive = Estimates(state.given, state).fact(tau > 0)
    e = Estimates((*state.given, tau > 0), state)
    upper = e.equal(entry(A, 0, 1), tau * exp(I * phi), identity(polar, entry(A, 0, 1)))
    written = bound_threshold(K, K)
    same = e.equal(written, _late, given_that(_choice[3]))
    late = e.at_most(written, N, (1, assume(_late <= N)), (1, same))
    inside = e.under(upper.conclusion, late.conclusion)
    theorem = inside.meet(inside.lookup("D8-rate"))
    value = e.equal(_chi, _fourier, use("D10-characteristic"))
    return cut_all(revalued(inside, theorem, _exact, value), upper, late, positive)


EQUATION_RATE = Result(
    "15-rate",
    "The characteristic function at finite N and that of cos θ, θ with the density P(θ): at most C/N apart",
    equation="15",
    given=(*_choice, _late <= N),
    chain=[
        have(
            Abs(_exact - _fourier) <= _rate,
            by=ProofBy("(D8-rate) at τ = |A₀₁|, φ = arg A₀₁, and (D10)", _distance, ("D8-rate", "D10-characteristic")),
        )
    ],
)


def levy(*hypotheses: tuple[str, str]) -> Citation:
    """Lévy's continuity theorem, its hypotheses met as stated."""
    return Citation(
        "Lévy's continuity theorem",
        "If the characteristic functions of random variables X_N converge pointwise to the characteristic function of "
        "a probability law, then X_N converges to that law in distribution.",
        hypotheses,
        "P. Billingsley, Probability and Measure, Theorem 26.3",
    )


_LEVY = levy(
    ("χ_N is the characteristic function of X_N", "(D2)"),
    ("χ_N(t) → χ(t) for every real t", "the statement"),
    ("χ is the characteristic function of cos θ, θ with the density P(θ)", "χ(t) = ∫_0^π e^{it cos θ} P(θ) dθ"),
    ("P(θ) is a probability density", "(15-positive), and (15-mass) for Σ|c_k|² = 1"),
)

EQUATION = Result(
    "15",
    "The limit distribution at α = 1: the limit variable is cos θ, θ in [0, π] with the density P(θ)",
    equation="15",
    given=_choice,
    cites=(_LEVY,),
    chain=[
        have(
            Term("limit", (lam(N, _exact), _fourier)),
            by=from_rate("15-rate", tau > 0),
        )
    ],
)


def _mapping(state: State) -> Theorem:
    """(15-rate) with ⟨ψ|U_φ† e(θ) U_φ|ψ⟩ for P(θ)."""
    positive = Estimates(state.given, state).fact(tau > 0)
    e = Estimates((*state.given, tau > 0), state)
    value = e.equal(_fourier, _born, use("15-Born", reverse=True, θ=theta))
    return cut(revalued(e, e.meet(e.lookup("15-rate")), _exact, value), positive)


MAPPING_RATE = Result(
    "MQB-rotor-rate",
    "The characteristic function at finite N and that of the rotor's POVM: at most C/N apart",
    equation=_where,
    given=(*_choice, _late <= N),
    chain=[
        have(
            Abs(_exact - _born) <= _rate,
            by=ProofBy("(15-rate) and the Born rule of the rotor", _mapping, ("15-rate", "15-Born")),
        )
    ],
)

MAPPING = Result(
    "MQB-rotor",
    "MQB at α = 1: |2N, N+k⟩ → |k⟩ and E(X) → U_φ† e(θ) U_φ, in the sense of (6), for every POVM with A₀₁ ≠ 0",
    equation=_where,
    given=_choice,
    cites=(_LEVY,),
    chain=[
        have(
            Term("limit", (lam(N, _exact), _born)),
            by=from_rate("MQB-rotor-rate", tau > 0),
        )
    ],
    note="e(θ) is a POVM by (rotor-positive) and (rotor-complete); that the spaces are isometric is "
    "(centred-orthonormal).",
)
