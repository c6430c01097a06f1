"""A and A^(2) with depolarising and with dephasing noise: the matrix elements that (C9) is made of."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.channels import (
    DEPHASED,
    DEPHASING_ADJOINT,
    DEPOLARISED,
    DEPOLARISING_ADJOINT,
    rate,
)
from symbolic_mqb.notation.language import Sum, equal, function
from symbolic_mqb.notation.measurement import A2, OBSERVABLE, SECOND_MOMENT, A, E, a, d, entry, j
from symbolic_mqb.notation.operators import TRACE, qubit_trace
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.sums import sum_of_terms
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, identity, unfold

#: The noisy operator's counterpart, its definition and the weight of an outcome.
_FIRST, _SECOND = (A, OBSERVABLE, a(j)), (A2, SECOND_MOMENT, a(j) ** 2)


def _depolarised(noisy: Term, row: tuple[Term, Term, Term], level: int) -> tuple[Term, ProofBy]:
    """⟨0|Σ weight Γ†(E_a)|level⟩ = (1 − λ)⟨0|·|level⟩ + (λ/2) tr(·) δ."""
    of, head, weight = row
    kept = (1 - rate) * entry(of, 0, level)
    printed = kept if level else kept + rate / 2 * qubit_trace(of)
    diagonal = [rate / 2 * weight * entry(E(j), u, u) for u in (0, 1)]
    first, second = (1 - rate) * weight * entry(E(j), 0, 0), diagonal[0] + diagonal[1]
    split = [
        as_(Sum(first + second, (j, 1, d))),
        identity(sum_of_terms, 1, d, function(j, first), function(j, second)),
        identity(sum_of_terms, 1, d, function(j, diagonal[0]), function(j, diagonal[1])),
    ]

    def derive(state: State) -> Theorem:
        return Estimates(state.given, state).meeting(
            entry(noisy, 0, level),
            [unfold(noisy.args[0]), unfold(DEPOLARISING_ADJOINT), unfold(TRACE), *([] if level else split)],
            printed,
            [*([] if level else [unfold(TRACE)]), unfold(head)],
        )

    return equal(entry(noisy, 0, level), printed), ProofBy("Γ†(E) = (1 − λ)E + (λ/2) tr E, outcome by outcome", derive)


def _dephased(noisy: Term, row: tuple[Term, Term, Term], level: int) -> tuple[Term, ProofBy]:
    """⟨0|Σ weight Γ†(E_a)|level⟩ = ⟨0|·|0⟩ or (1 − 2λ)⟨0|·|1⟩."""
    of, head, _ = row
    printed = (1 - 2 * rate) * entry(of, 0, 1) if level else entry(of, 0, 0)

    def derive(state: State) -> Theorem:
        return Estimates(state.given, state).meeting(
            entry(noisy, 0, level), [unfold(noisy.args[0]), unfold(DEPHASING_ADJOINT)], printed, [unfold(head)]
        )

    return equal(entry(noisy, 0, level), printed), ProofBy("ZEZ changes the sign off the diagonal", derive)


def _result(label: str, title: str, proved: tuple[Term, ProofBy]) -> Result:
    return Result(label, title, equation="C9", chain=[have(*proved)])


POL_OFF = _result("noise-pol-A01", "⟨0|A|1⟩ with depolarising noise", _depolarised(DEPOLARISED.A, _FIRST, 1))
POL_MEAN = _result("noise-pol-A00", "⟨0|A|0⟩ with depolarising noise", _depolarised(DEPOLARISED.A, _FIRST, 0))
POL_SQUARE = _result("noise-pol-A2", "⟨0|A^(2)|0⟩ with depolarising noise", _depolarised(DEPOLARISED.A2, _SECOND, 0))
PHA_OFF = _result("noise-pha-A01", "⟨0|A|1⟩ with dephasing noise", _dephased(DEPHASED.A, _FIRST, 1))
PHA_MEAN = _result("noise-pha-A00", "⟨0|A|0⟩ with dephasing noise", _dephased(DEPHASED.A, _FIRST, 0))
PHA_SQUARE = _result("noise-pha-A2", "⟨0|A^(2)|0⟩ with dephasing noise", _dephased(DEPHASED.A2, _SECOND, 0))
