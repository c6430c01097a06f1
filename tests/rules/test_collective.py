"""Collective measurements: Dicke states, one-body operators, superpositions; by brute force, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, lam, num, var
from symbolic_mqb.notation.language import symbols
from symbolic_mqb.notation.measurement import E, at_site, d, dicke, tensor_power, word
from symbolic_mqb.numerics.witness import check_at
from symbolic_mqb.rules.collective import braket_of_sum, one_body_element, projective_is_povm, split_terms

N, n, k, l, s = symbols("N n k l s", "nat")
i, K = symbols("i K", "int")
c = var("c", "nat->complex")
B = var("B", "op")
Q = Fraction
MATRIX = [[(Q(1, 2), Q(1)), (Q(2), Q(-1, 3))], [Q(-1), (Q(3, 4), Q(1, 5))]]
INSIDE = (k <= N, l <= N, s >= 1, s <= N)


def agrees(statement: Term, point: dict[Term, Any]) -> bool:
    """Both sides at the point, by all 2^N amplitudes."""
    return check_at(statement, point).verdict == "agrees"


@pytest.mark.parametrize("size", range(1, 6))
def test_one_body_elements_by_brute_force(size: int) -> None:
    theorem = one_body_element(N, s, k, l, B, INSIDE)
    for ones in range(size + 1):
        for others in range(size + 1):
            for place in {1, size // 2 + 1, size}:
                assert agrees(theorem.conclusion, {N: size, s: place, k: ones, l: others, B: MATRIX})


def test_one_body_elements_need_a_particle_and_levels() -> None:
    for missing in INSIDE:
        with pytest.raises(Refused, match="not shown"):
            one_body_element(N, s, k, l, B, tuple(h for h in INSIDE if h != missing))
    with pytest.raises(Refused, match="natural"):
        one_body_element(N, s / 2, k, l, B, INSIDE)
    with pytest.raises(Refused, match="one particle"):
        one_body_element(N, s, k, l, tensor_power(B, N), INSIDE)


def test_the_site_is_not_captured() -> None:
    theorem = one_body_element(N, i, k, l, B, (k <= N, l <= N, i >= 1, i <= N))
    assert i in theorem.conclusion.free
    assert theorem.left.args[1] == at_site(B, i, N)
    assert agrees(theorem.conclusion, {N: 3, i: 2, k: 1, l: 2, B: MATRIX})


def test_superpositions_by_brute_force() -> None:
    power = tensor_power(B, N)
    theorem = braket_of_sum(dicke(N, l), power, num(0), N, lam(K, c(K)), lam(K, dicke(N, K)), (l <= N,))
    values = {0: Q(1, 2), 1: (Q(0), Q(1)), 2: Q(-1), 3: Q(1, 3)}
    for size in range(4):
        assert agrees(theorem.conclusion, {N: size, l: size // 2, B: MATRIX, c: values})


def test_superpositions_need_kets_and_integers() -> None:
    power = tensor_power(B, N)
    with pytest.raises(Refused, match="integer"):
        braket_of_sum(word(0, N), power, num(Q(1, 2)), N, lam(K, c(K)), lam(K, dicke(N, K)), ())
    with pytest.raises(Refused, match="ket"):
        braket_of_sum(word(0, N), power, num(0), N, lam(K, c(K)), lam(K, c(K)), ())
    with pytest.raises(Refused, match="ket"):
        braket_of_sum(power, power, num(0), N, lam(K, c(K)), lam(K, dicke(N, K)), ())


def test_the_index_of_a_superposition_is_not_captured() -> None:
    """A bra that mentions the variable k itself: the sum's own index is another one."""
    k_ = var("k", "int")
    theorem = braket_of_sum(
        dicke(N, k_), tensor_power(B, N), num(0), N, lam(K, c(K)), lam(K, dicke(N, K)), (k_ >= 0, k_ <= N)
    )
    assert k_ in theorem.right.free


def test_a_projective_measurement_is_a_povm_under_its_hypothesis() -> None:
    theorem = projective_is_povm(E, d)
    assert theorem.conclusion == Term("povm", (E, d))
    assert theorem.hypotheses == {Term("projective", (E, d))}
    for family, size in ((d, d), (num(1), d), (E, E), (var("f", "nat->real"), d), (E, Term("identity"))):
        with pytest.raises(Refused):
            projective_is_povm(family, size)


def test_a_sum_of_sums_is_split() -> None:
    t = Term("sum", (num(0), N, lam(K, c(K) + 2 * c(K + 1) - 1)))
    theorem = split_terms(t, ())
    assert theorem.right.op == "add"
    assert agrees(theorem.conclusion, {N: 2, c: {0: Q(1, 2), 1: (Q(0), Q(1)), 2: Q(-1), 3: Q(1, 3)}})
    with pytest.raises(Refused, match="sum of sums"):
        split_terms(Term("sum", (num(0), N, lam(K, c(K) * 2))), ())
    with pytest.raises(Refused, match="finite sum"):
        split_terms(Term("prod", (num(0), N, lam(K, c(K) + 2))), ())
    with pytest.raises(Refused, match="zero"):
        split_terms(Term("sum", (num(0), N, lam(K, K**-1 + 1))), ())
