"""What the paper uses of POVMs: A is Hermitian, σ ≥ τ, and σ = τ for projective measurements."""

from __future__ import annotations

from typing import Any

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Abs, Sum, conj, delta, equal, function
from symbolic_mqb.notation.measurement import (
    A2,
    OBSERVABLE,
    POVM,
    PROJECTIVE,
    SECOND_MOMENT,
    A,
    E,
    a,
    d,
    entry,
    i,
    j,
)
from symbolic_mqb.results import Result, eq, have
from symbolic_mqb.rules.inequalities import sum_of_inequalities
from symbolic_mqb.rules.kets import completeness, hermiticity, orthogonal_effects, positivity
from symbolic_mqb.rules.sums import select
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import Derivation, ProofBy, State, algebra, as_, fold, identity, unfold


def _meeting(left: Term, from_left: list[Any], right: Term, from_right: list[Any]) -> Derivation:
    """left = right, both sides led to one expression."""
    return lambda state: Estimates(state.given, state).meeting(left, from_left, right, from_right)


def _sum_of(r: int, s: int) -> Term:
    """Σ_a a⟨r|E_a|s⟩."""
    return Sum(a(j) * entry(E(j), r, s), (j, 1, d))


HERMITIAN = Result(
    "A-hermitian",
    "A₁₀ = A₀₁*",
    given=(POVM,),
    chain=[
        have(
            equal(entry(A, 1, 0), conj(entry(A, 0, 1))),
            by=ProofBy(
                "⟨1|E_a|0⟩ = ⟨0|E_a|1⟩*, and the outcomes are real",
                _meeting(
                    entry(A, 1, 0),
                    [unfold(OBSERVABLE), as_(_sum_of(1, 0)), identity(hermiticity, E, d, j, 1, 0)],
                    conj(entry(A, 0, 1)),
                    [unfold(OBSERVABLE)],
                ),
            ),
        )
    ],
)

_mean, _off = _sum_of(0, 0), _sum_of(0, 1)
_shift = a(j) - _mean


def _quadratic(u00: Term, u01: Term, u10: Term, u11: Term) -> Term:
    """Σ_a ⟨v_a|E_a|v_a⟩ expanded, u_rs standing for Σ_a ⟨r|E_a|s⟩."""
    second = Sum(a(j) ** 2 * entry(E(j), 0, 0), (j, 1, d))
    diagonal = second - 2 * _mean**2 + _mean**2 * u00 + _off * conj(_off) * u11
    return diagonal - conj(_off) * (_off - _mean * u01) - _off * (_sum_of(1, 0) - _mean * u10)


def _variance(state: State) -> Theorem:
    """0 ≤ Σ_a ⟨v_a|E_a|v_a⟩ for v_a = (a − A)|0⟩."""
    e = Estimates(state.given, state)
    inside = e.under(num(1) <= j, j <= d)
    each = inside.by(positivity, E, d, j, _shift, -conj(_off))
    total = sum_of_inequalities(j, num(1), d, each)
    value = e.equal(
        total.right,
        Sum(a(j) ** 2 * entry(E(j), 0, 0), (j, 1, d)) - _mean**2 - _off * conj(_off),
        as_(_quadratic(*(Sum(entry(E(j), r, s), (j, 1, d)) for r in (0, 1) for s in (0, 1)))),
        *(identity(completeness, E, d, r, s) for r in (0, 1) for s in (0, 1)),
        identity(hermiticity, E, d, j, 1, 0),
    )
    goal = entry(A2, 0, 0) - entry(A, 0, 0) ** 2 - Abs(entry(A, 0, 1)) ** 2
    unfolded = e.meeting(goal, [unfold(OBSERVABLE), unfold(SECOND_MOMENT)], value.right, [])
    return e.at_most(0, goal, (1, total), (1, value), (-1, unfolded))


VARIANCE = Result(
    "variance",
    "σ² ≥ τ² for every POVM: s² = σ²/τ² − 1 ≥ 0",
    given=(POVM,),
    chain=[
        have(
            num(0) <= entry(A2, 0, 0) - entry(A, 0, 0) ** 2 - Abs(entry(A, 0, 1)) ** 2,
            by=ProofBy("Σ_a ⟨v_a|E_a|v_a⟩ ≥ 0 for v_a = (a − A)|0⟩", _variance),
        )
    ],
)

_both = a(i) * a(j)
_single = entry(E(i), 0, 0)

PROJECTIVE_VARIANCE = Result(
    "variance-projective",
    "σ² = τ² for every projective measurement: s = 0",
    given=(PROJECTIVE,),
    chain=[
        entry(A, 0, 0) * entry(A, 0, 0) + entry(A, 0, 1) * entry(A, 1, 0),
        eq(
            Sum(
                Sum(
                    _both * (_single * entry(E(j), 0, 0) + entry(E(i), 0, 1) * entry(E(j), 1, 0)),
                    (j, 1, d),
                ),
                (i, 1, d),
            ),
            by=unfold(OBSERVABLE),
        ),
        eq(
            Sum(Sum(_both * delta(i, j) * _single, (j, 1, d)), (i, 1, d)),
            by=identity(orthogonal_effects, E, d, i, j, 0, 0),
        ),
        eq(Sum(a(i) ** 2 * _single, (i, 1, d)), by=identity(select, 1, d, function(j, _both * _single), i)),
        eq(entry(Sum(a(j) ** 2 * E(j), (j, 1, d)), 0, 0), by=algebra),
        eq(entry(A2, 0, 0), by=fold(A2)),
    ],
)
