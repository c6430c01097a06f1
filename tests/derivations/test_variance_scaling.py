"""What is assumed of all N in (scaling-above) can be proved and cut, as a user would for a measurement of their own."""

from __future__ import annotations

import pytest

from symbolic_mqb.book import paper
from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, apply, lam, num, substitute, var
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Sum, symbols
from symbolic_mqb.notation.macroscopic import alpha, probability, rho
from symbolic_mqb.notation.measurement import OBSERVABLE, POVM, E, J, N, a, d, i, sum_over_tuples
from symbolic_mqb.numerics.witness import check
from symbolic_mqb.rules.asymptotics import cut, for_all_from
from symbolic_mqb.rules.logic import instantiate
from symbolic_mqb.rules.outcome_law import marginal, total_probability
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import as_, identity, unfold

v = symbols("v", "real")[0]
C, beta = symbols("C β", "real")
#: All outcomes are v.
ALIKE = lam(var("j", "nat"), v)


def above() -> tuple[Theorem, Term]:
    """(scaling-above) for outcomes that are all v, with C = β = 0, and its hypothesis about all N."""
    theorem = paper().prove("scaling-above").theorem
    assert theorem is not None
    theorem = instantiate(theorem, ((a, ALIKE), (C, num(0)), (beta, num(0))), (POVM, alpha > 0))
    (assumed,) = (h for h in theorem.hypotheses if h.op == "asymptotic")
    return theorem, assumed


def no_spread(assumed: Term, *given: Term) -> Theorem:
    """Var(I) = 0 at N, since the mean of each outcome is v."""
    e = Estimates((POVM, N >= 1, *given), None)  # type: ignore[arg-type]
    spread, bound = apply(assumed.args[1], N).args
    mean = v * sum_over_tuples(probability(), J, N, d)
    square = (Sum(v, (i, 1, N)) - Sum(mean, (i, 1, N))) ** 2
    vanishes = e.equal(
        spread,
        num(0),
        unfold(OBSERVABLE),
        identity(marginal, rho, N, E, d, i, lam(var("j", "int"), v), reverse=True),
        as_(sum_over_tuples(square * probability(), J, N, d)),
        identity(total_probability, rho, N, E, d),
    )
    return e.at_most(spread, bound, (1, vanishes))


def test_a_hypothesis_about_all_sizes_is_proved_and_cut() -> None:
    theorem, assumed = above()
    limit = cut(theorem, for_all_from(N, num(1), no_spread(assumed)))
    assert limit.hypotheses == {POVM, alpha > 0}
    assert limit.conclusion == substitute(
        paper().declared("scaling-above").claims()[0], {a: ALIKE, C: num(0), beta: num(0)}
    )
    assert check(limit.conclusion, limit.hypotheses, points=2, digits=15).verdict == "agrees"


def test_a_proof_for_some_sizes_only_is_not_enough() -> None:
    _, assumed = above()
    with pytest.raises(Refused, match="must not depend on the natural number"):
        for_all_from(N, num(1), no_spread(assumed, N <= 7))
