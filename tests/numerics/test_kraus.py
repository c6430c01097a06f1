"""Exact Kraus operators for the hypothesis Σ K†K = 1, and operators and evolutions by brute force."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from symbolic_mqb.kernel.terms import Term, lam, num, substitute, var
from symbolic_mqb.notation.channels import TRACE_PRESERVING, K, M, m
from symbolic_mqb.notation.language import I, Sum, equal, symbols
from symbolic_mqb.notation.measurement import E, entry, i, j, projector, tensor, word
from symbolic_mqb.notation.operators import PAULI_Y, adjoint, evolved, identity, matrix, product
from symbolic_mqb.numerics.kraus import kraus_family, proposal
from symbolic_mqb.numerics.sampling import sample
from symbolic_mqb.numerics.witness import check, check_at

(n,) = symbols("n", "nat")


def _times(z: tuple[Fraction, Fraction], w: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    """z* w."""
    return z[0] * w[0] + z[1] * w[1], z[0] * w[1] - z[1] * w[0]


@pytest.mark.parametrize("count", [1, 2, 3, 5])
@pytest.mark.parametrize("attempt", range(12))
def test_proposals_preserve_the_trace(count: int, attempt: int) -> None:
    operators = proposal(Random(attempt), attempt, count)
    assert operators is not None
    assert len(operators) == count
    for r in (0, 1):
        for s in (0, 1):
            parts = [_times(k[u][r], k[u][s]) for k in operators for u in (0, 1)]
            assert (sum(x for x, _ in parts), sum(y for _, y in parts)) == (int(r == s), 0)


def test_no_channel_has_no_kraus_operators() -> None:
    assert proposal(Random(0), 0, 0) is None


def test_only_the_hypothesis_itself_is_recognised() -> None:
    assert kraus_family(TRACE_PRESERVING) == (K, M)
    body = product(adjoint(K(m)), K(m))
    for other in (
        equal(Sum(body, (m, 0, M)), identity),
        equal(Sum(body, (m, 1, M)), PAULI_Y),
        equal(Sum(product(K(m), adjoint(K(m))), (m, 1, M)), identity),
        equal(Sum(product(adjoint(K(m + 1)), K(m + 1)), (m, 1, M)), identity),
        equal(identity, Sum(body, (m, 1, M))),
        Term("povm", (K, M)),
        num(0) <= num(1),
    ):
        assert kraus_family(other) is None


def test_sampled_points_are_channels() -> None:
    points = sample((K, M), (TRACE_PRESERVING,), 5)
    assert len(points) == 5
    for point in points:
        assert check_at(TRACE_PRESERVING, point, 25).verdict == "agrees"
    false = equal(Sum(product(K(m), adjoint(K(m))), (m, 1, M)), identity)
    assert check(false, (TRACE_PRESERVING,), 15, points=8).verdict == "refuted"


def test_functions_have_values() -> None:
    family = lam(n, (n + 1) * matrix(1, I, -I, 2))
    claim = equal(entry(Sum(E(j), (j, 1, 2)), 0, 1), 5 * I)
    assert check(substitute(claim, {E: family}), ()).verdict == "agrees"
    assert check(Term("povm", (lam(n, num(Fraction(1, 2)) * identity), num(2))), ()).verdict == "agrees"
    assert check(Term("povm", (lam(n, num(Fraction(1, 2)) * identity), num(3))), ()).verdict == "refuted"


def test_evolution_by_brute_force() -> None:
    """Y|0⟩ = i|1⟩: the evolved projector is that on |1⟩."""
    state, size = projector(word(0, 2)), num(2)
    flipped = evolved(tensor(PAULI_Y, i, size), state)
    for operator, value in ((matrix(0, 0, 0, 1), 1), (matrix(1, 0, 0, 0), 0)):
        claim = equal(Term("trace_of", (flipped, tensor(operator, i, size))), num(value))
        assert check_at(claim, {}, 20).verdict == "agrees"
    unsupported = Term("trace_of", (evolved(flipped, tensor(PAULI_Y, i, size)), state))
    assert check_at(equal(unsupported, num(0)), {}, 20).verdict == "undecided"
    assert var("K", "nat->op") == K
