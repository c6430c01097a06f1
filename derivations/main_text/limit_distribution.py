"""(3): the bipartite distribution, and what its limit is."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Sum, equal, function, symbols
from symbolic_mqb.notation.macroscopic import (
    BOB,
    LEVEL,
    F,
    alice,
    joint,
    joint_characteristic,
    pair_effect,
    pair_probability,
    rho,
)
from symbolic_mqb.notation.measurement import POVM, E, J, N, d, entry, i, sum_over_tuples, tensor, trace
from symbolic_mqb.results import Definition, Result, eq, have
from symbolic_mqb.rules.collective import split_terms
from symbolic_mqb.rules.kets import completeness
from symbolic_mqb.rules.operators import operator_equality, tensor_distributes_each
from symbolic_mqb.rules.outcome_law import trace_of_state
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, convert, identity, use

(j,) = symbols("j", "int")
(theta,) = symbols("θ", "real")

THREE = Definition(
    "3",
    "The distribution of both parties' macroscopic variables at finite N",
    joint,
    equation="3",
    given=(N >= 1, *LEVEL),
    note="P(x, y) of (3) is its limit in distribution: the law whose characteristic function is the limit of that of "
    "(3-characteristic) for all real t, u (equivalent to weak convergence by Lévy's continuity theorem), as in "
    "(12-convergence) and (IID-local).",
)

CHARACTERISTIC = Definition(
    "3-characteristic",
    "The characteristic function of both parties' macroscopic variables",
    joint_characteristic,
    equation="3",
    given=(N >= 1, *LEVEL),
)

_mixed = Sum(theta * E(j) + (1 - theta) * F(j), (j, 1, d))


def _entries(state: State) -> Theorem:
    """θΣE_j + (1 − θ)ΣF_j, element by element."""
    e = Estimates(state.given, state)
    equalities = []
    for p, q in ((0, 0), (0, 1), (1, 0), (1, 1)):
        element = entry(_mixed, p, q)
        sums = [Sum(entry(family(j), p, q), (j, 1, d)) for family in (E, F)]
        steps = [
            as_(Sum(theta * entry(E(j), p, q) + (1 - theta) * entry(F(j), p, q), (j, 1, d))),
            convert(split_terms),
            as_(theta * sums[0] + (1 - theta) * sums[1]),
            identity(completeness, E, d, p, q),
            identity(completeness, F, d, p, q),
        ]
        equalities.append(e.equal(element, entry(Term("identity"), p, q), *steps))
    return operator_equality(_mixed, Term("identity"), tuple(equalities))


MIXED = Result(
    "3-effects",
    "θE_j + (1 − θ)F_j sum to one",
    equation="3",
    given=(POVM, BOB),
    chain=[have(equal(_mixed, Term("identity")), by=ProofBy("ΣE_j = ΣF_j = 1", _entries))],
)

_both = Term("app", (rho, 2 * N))
_family = function(i, function(j, pair_effect(i, j)))

NORMALISED = Result(
    "3-normalised",
    "The probabilities of both parties' outcomes sum to one",
    equation="3",
    given=(POVM, BOB),
    chain=[
        sum_over_tuples(pair_probability(), J, 2 * N, d),
        eq(
            trace(_both, tensor(Sum(pair_effect(i, j), (j, 1, d)), i, 2 * N)),
            by=identity(tensor_distributes_each, 2 * N, d, _family, _both),
        ),
        eq(trace(_both, tensor(Term("identity"), i, 2 * N)), by=use("3-effects", θ=alice(i))),
        eq(1, by=identity(trace_of_state, rho, 2 * N)),
    ],
)
