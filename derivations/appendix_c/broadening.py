"""Depolarising and dephasing noise never shrink the width, whatever the POVM."""

from __future__ import annotations

from fractions import Fraction

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.channels import rate
from symbolic_mqb.notation.language import Sum, half, unequal
from symbolic_mqb.notation.measurement import A2, OBSERVABLE, POVM, SECOND_MOMENT, A, E, a, d, entry, j, tau
from symbolic_mqb.notation.operators import TRACE, qubit_trace
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.inequalities import square_nonnegative, sum_of_inequalities
from symbolic_mqb.rules.kets import completeness
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, identity, run, unfold

zero, one = num(0), num(1)
_given = (POVM, tau > 0, rate >= 0)


def _variance(r: int) -> Term:
    """The variance of the outcome in the state |r⟩."""
    return entry(A2, r, r) - entry(A, r, r) ** 2


_sharp = _variance(0) * tau ** num(-2) - 1
_mean = (1 - rate) * entry(A, 0, 0) + rate / 2 * qubit_trace(A)
_square = (1 - rate) * entry(A2, 0, 0) + rate / 2 * qubit_trace(A2)
#: s² with depolarising and with dephasing noise, as printed in (C9).
_depolarised_width = (_square - _mean**2) * (1 - rate) ** num(-2) * tau ** num(-2) - 1
_dephased_width = _variance(0) * (1 - 2 * rate) ** num(-2) * tau ** num(-2) - 1


def _nonnegative_variance(e: Estimates, r: int) -> Theorem:
    """0 ≤ Σ_a (a − ⟨r|A|r⟩)² ⟨r|E_a|r⟩."""
    single, mean = entry(E(j), r, r), entry(A, r, r)
    inside = e.under(one <= j, j <= d)
    each = inside.at_most(0, (a(j) - mean) ** 2 * single, (single, inside.by(square_nonnegative, a(j) - mean)))
    total = sum_of_inequalities(j, one, d, each)
    sums = [Sum(weight * single, (j, 1, d)) for weight in (a(j) ** 2, a(j), one)]
    value = e.meeting(
        total.right,
        [as_(sums[0] - 2 * mean * sums[1] + mean**2 * sums[2]), identity(completeness, E, d, r, r), unfold(OBSERVABLE)],
        _variance(r),
        [unfold(SECOND_MOMENT), unfold(OBSERVABLE)],
    )
    return e.at_most(0, _variance(r), (1, total), (1, value))


def _depolarised(state: State) -> Theorem:
    """σ′² − (1 − λ)²σ² = λ(1 − λ)σ² + λ·(the variance of the mixture) + λ(1 − λ)(⟨0|A|0⟩ − tr A/2)²."""
    e = Estimates(state.given, state)
    first, second = (_nonnegative_variance(e, r) for r in (0, 1))
    apart = e.by(square_nonnegative, entry(A, 0, 0) - entry(A, 1, 1))
    once, twice = ((1 - rate) ** num(-n) * tau ** num(-2) for n in (1, 2))
    traces = run([unfold(TRACE)], _depolarised_width, e)
    bound = e.at_most(
        _sharp,
        traces.right,
        (Term("mul", (rate, once)), first),
        (Term("mul", (rate, num(Fraction(1, 2)), twice)), first),
        (Term("mul", (rate, num(Fraction(1, 2)), twice)), second),
        (Term("mul", (rate, num(Fraction(1, 4)), twice)), apart),
        (Term("mul", (rate, num(Fraction(1, 4)), once)), apart),
    )
    return e.at_most(_sharp, _depolarised_width, (1, bound), (-1, traces))


def _dephased(state: State) -> Theorem:
    """(1 − 2λ)^{−2} − 1 = 4λ(1 − λ)(1 − 2λ)^{−2}."""
    e = Estimates(state.given, state)
    scale = (1 - 2 * rate) ** num(-2) * tau ** num(-2)
    weight = Term("mul", (num(4), rate, 1 - rate, scale))
    return e.at_most(_sharp, _dephased_width, (weight, _nonnegative_variance(e, 0)))


BROADENING = Result(
    "C9-broadening",
    "Depolarising noise never shrinks the width: s² ≤ s_pol²",
    equation="main text, after (13)",
    given=(*_given, rate < 1),
    chain=[
        have(
            _sharp <= _depolarised_width,
            by=ProofBy("the variance of a mixture is at least the mixed variance", _depolarised),
        )
    ],
)

DEPHASING_BROADENING = Result(
    "C9-dephasing-broadening",
    "Dephasing noise never shrinks the width: s² ≤ s_pha²",
    equation="main text, after (13)",
    given=(*_given, rate <= 1, unequal(rate, half)),
    chain=[have(_sharp <= _dephased_width, by=ProofBy("(1 − 2λ)² ≤ 1", _dephased))],
)
