"""Var(I) against α: what holds of the main text's condition α = β, and the counterexample to the rest."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Sum, function, sqrt, symbols
from symbolic_mqb.notation.macroscopic import (
    CENTRED,
    LEVEL,
    X,
    alpha,
    expectation,
    intensity,
    mean,
    probability,
    rho,
)
from symbolic_mqb.notation.measurement import POVM, E, J, N, a, d, i
from symbolic_mqb.results import Result, eq, have
from symbolic_mqb.rules.asymptotics import cut, from_threshold
from symbolic_mqb.rules.collective import split_terms
from symbolic_mqb.rules.logic import assume
from symbolic_mqb.rules.outcome_law import expectation_is_real, weak_limit_by_variance
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, algebra, as_, convert, unfold

j = symbols("j", "int")[0]
C, beta = symbols("C β", "real")
_here = "main text, after (3)"
_scale = N ** (-2 * alpha)
_means = Sum(mean(i), (i, 1, N))
_outcomes = Sum(a(J(i)), (i, 1, N))
_spread = expectation((_outcomes - _means) ** 2)

SCALING = Result(
    "variance-scaling",
    "Var(X_α) = N^{−2α} Var(I)",
    equation=_here,
    given=(POVM, N >= 1, *LEVEL),
    chain=[
        expectation(X**2),
        eq(
            _scale * _spread,
            by=[unfold(CENTRED), convert(split_terms)],
        ),
    ],
)

_rate = 2 * alpha - 2 * beta
_above = (POVM, *LEVEL, beta < alpha, C >= 0, Term("asymptotic", (num(1), lam(N, _spread <= C * N ** (2 * beta)))))
_law = Term("law", (N, d, lam(J, probability()), lam(J, X)))


def _dirac(state: State) -> Theorem:
    """Σ X² P = N^{−2α} Var(I) ≤ C N^{−2(α−β)}."""
    e = Estimates((*state.given, num(1) <= N), state)
    square = expectation((X - 0) ** 2)
    real = e.by(expectation_is_real, rho, N, E, d, lam(J, (X - 0) ** 2))
    spread = from_threshold(N, assume(_above[-1]))
    spread_is_real = e.by(expectation_is_real, rho, N, E, d, lam(J, (_outcomes - _means) ** 2))
    inside = e.under(real.conclusion, spread_is_real.conclusion)
    same = inside.meeting(square, [], expectation(X**2), [])
    scaled = inside.meet(inside.lookup("variance-scaling"))
    bound = inside.at_most(square, C * N ** (-_rate), (1, same), (1, scaled), (_scale, spread))
    bound = cut(cut(bound, real), spread_is_real)
    return weak_limit_by_variance(N, lam(J, X), num(0), C, _rate, bound, state.given)


ABOVE = Result(
    "scaling-above",
    "If Var(I) ≤ C N^{2β} and β < α the law of X_α tends to the Dirac delta at 0",
    equation=_here,
    given=_above,
    chain=[
        have(
            Term("weak_limit", (lam(N, _law), Term("dirac", (num(0),)), sqrt(C), _rate / 2)),
            by=ProofBy("Σ X² P = N^{−2α} Var(I) ≤ C N^{−2(α−β)}", _dirac, ("variance-scaling",)),
        )
    ],
)
