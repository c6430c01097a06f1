"""Collective measurements: Dicke states, one-body operators, superpositions; by brute force, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, lam, num, var
from symbolic_mqb.notation.language import I, Sum, exp, symbols
from symbolic_mqb.notation.measurement import E, at_site, d, dicke, tensor_power, word
from symbolic_mqb.numerics.witness import check_at
from symbolic_mqb.rules.collective import (
    braket_of_sum,
    contraction,
    one_body_element,
    projective_is_povm,
    split_terms,
)

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


j = var("j", "int")
F = var("F", "nat->op")
r = var("r", "nat->real")
t, x = symbols("t x", "real")
POVM = Term("povm", (E, d))
LEVELS = (POVM, k <= N, l <= N)
PHASES = Sum(exp(I * t * r(j)) * E(j), (j, 1, d))
#: A trine: three effects of rank 1 that sum to one, and the phases i, −1 and 1.
TRINE = {
    0: MATRIX,
    1: [[Q(2, 3), Q(0)], [Q(0), Q(0)]],
    2: [[Q(1, 6), Q(1, 6)], [Q(1, 6), Q(1, 2)]],
    3: [[Q(1, 6), Q(-1, 6)], [Q(-1, 6), Q(1, 2)]],
}


@pytest.mark.parametrize("size", range(5))
def test_elements_of_a_contraction_are_at_most_1_by_brute_force(size: int) -> None:
    theorem = contraction(PHASES, N, k, l, LEVELS)
    values = {1: Q(1, 3), 2: Q(-2), 3: Q(5, 4)}
    for ones in range(size + 1):
        for others in range(size + 1):
            point = {N: size, k: ones, l: others, d: 3, E: TRINE, r: values, t: Q(7, 5)}
            assert agrees(theorem.conclusion, point)


def test_a_projective_measurement_and_smaller_coefficients_will_do() -> None:
    projective = Term("projective", (E, d))
    assert contraction(PHASES, N, k, l, (projective, *LEVELS[1:])).hypotheses >= {projective}
    half = Sum(exp(I * t * r(j)) / 2 * E(j), (j, 1, d))
    assert contraction(half, N, k, l, LEVELS).right == num(1)
    assert contraction(Sum(E(j), (j, 1, d)), N, k, l, LEVELS).right == num(1)


@pytest.mark.parametrize(
    ("operator", "why"),
    [
        (Sum(2 * E(j), (j, 1, d)), "coefficient"),
        (Sum(exp(t * r(j)) * E(j), (j, 1, d)), "coefficient"),
        (Sum(r(j) * E(j), (j, 1, d)), "coefficient"),
        (Sum(j * E(j), (j, 1, d)), "coefficient"),
        (Sum(exp(I * t) * E(j), (j, 1, d + 1)), "POVM"),
        (Sum(exp(I * t) * E(j), (j, 0, d)), "outcomes"),
        (Sum(exp(I * t) * E(j), (j, 2, d)), "outcomes"),
        (Sum(exp(I * t) * E(d), (j, 1, d)), "effects"),
        (Sum(exp(I * t) * E(j + 1), (j, 1, d)), "effects"),
        (Sum(exp(I * t) * F(j), (j, 1, d)), "POVM"),
        (Sum(exp(I * t) * B, (j, 1, d)), "effects"),
        (E(1), "outcomes"),
    ],
)
def test_what_is_no_contraction_is_refused(operator: Term, why: str) -> None:
    with pytest.raises(Refused, match=why):
        contraction(operator, N, k, l, LEVELS)


def test_a_contraction_needs_the_measurement_and_the_levels() -> None:
    for missing, why in zip(LEVELS, ("POVM", "at most", "at most"), strict=True):
        with pytest.raises(Refused, match=why):
            contraction(PHASES, N, k, l, tuple(h for h in LEVELS if h != missing))
    with pytest.raises(Refused, match="natural"):
        contraction(PHASES, N, i, l, (*LEVELS, i <= N))
    with pytest.raises(Refused, match="natural"):
        contraction(PHASES, N / 2, k, l, (POVM, k <= N / 2, l <= N / 2))


def test_the_coefficients_may_not_borrow_the_bound_of_another_index() -> None:
    """0 ≤ x ≤ 1 at hand bounds x, and not what depends on the outcome."""
    given = (*LEVELS, x >= 0, x <= 1)
    assert contraction(Sum(x * E(j), (j, 1, d)), N, k, l, given).right == num(1)
    with pytest.raises(Refused, match="coefficient"):
        contraction(Sum(x * j * E(j), (j, 1, d)), N, k, l, given)
