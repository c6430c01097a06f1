"""The rules of qubits: compared with matrices and all 2^N amplitudes, and what each refuses."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, lam, num, var
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import I, exp, half, symbols
from symbolic_mqb.notation.measurement import POVM, PROJECTIVE, E, d, dicke, entry, projector, tensor_power, word
from symbolic_mqb.numerics.witness import check_at
from symbolic_mqb.rules.kets import (
    braket_of_dicke,
    completeness,
    exponential_of_sum,
    group_by_overlap,
    hermiticity,
    matrix_element_of_words,
    ones_zeros,
    orthogonal_effects,
    permutational_invariance,
    positivity,
    sesquilinear,
    tensor_distributes,
    tensor_scalars,
    trace_of_projector,
)

N, n = symbols("N n", "nat")
i, j, k, q, r, s = symbols("i j k q r s", "int")
x = var("x", "real")
v, w, z = symbols("v w z", "complex")
B = var("B", "op")
zero, one = num(0), num(1)
power = tensor_power(B, N)
#: (|0…0⟩ + (1 + i)|1…1⟩)(…)†: neither diagonal nor normalised.
rho = projector(word(0, N) + (1 + I) * word(1, N))
LEVELS = (r >= 0, r <= 1, s >= 0, s <= 1)

Q = Fraction
MATRIX = [[(Q(1, 2), Q(1)), (Q(2), Q(-1, 3))], [Q(-1), (Q(3, 4), Q(1, 5))]]
ONE, NOTHING = [[1, 0], [0, 1]], [[0, 0], [0, 0]]
#: Two effects that are not projectors, and an effect that never occurs.
EFFECTS = [
    [[Q(1, 2), (0, Q(1, 4))], [(0, Q(-1, 4)), Q(1, 4)]],
    NOTHING,
    [[Q(1, 2), (0, Q(-1, 4))], [(0, Q(1, 4)), Q(3, 4)]],
]
PROJECTORS = [
    [[Q(1, 2), (0, Q(-1, 2))], [(0, Q(1, 2)), Q(1, 2)]],
    [[Q(1, 2), (0, Q(1, 2))], [(0, Q(-1, 2)), Q(1, 2)]],
    NOTHING,
]
SIZES = ((0, 0, 0), (1, 0, 1), (1, 1, 1), (3, 1, 2), (3, 0, 3), (4, 3, 2), (4, 2, 2), (5, 3, 4))


def true_at(theorem: Theorem, **values: Any) -> None:
    """The hypotheses hold at the point, and the conclusion does by its definitions."""
    at = {u: values[u.args[0]] for u in theorem.conclusion.free.union(*(h.free for h in theorem.hypotheses))}
    evidence = check_at(theorem.conclusion, at, 15, theorem.hypotheses)
    assert evidence.verdict == "agrees", evidence


# -- sums, products, tensor products ------------------------------------------------------------------


def test_exponential_of_sum() -> None:
    theorem = exponential_of_sum(i, n, lam(s, z * s + I), ())
    for low, high in ((0, 3), (2, 2), (1, 0), (5, 2), (-2, 1)):
        true_at(theorem, i=low, n=high, z=(Q(1, 3), Q(2)))
    assert exponential_of_sum(zero, n, lam(s, i * s), ()).conclusion.free == {n, i}
    with pytest.raises(Refused, match="from an integer to an integer"):
        exponential_of_sum(half, n, lam(s, z * s), ())
    with pytest.raises(Refused, match="must not be zero"):
        exponential_of_sum(zero, n, lam(s, 1 / s), ())
    for function in (lam(x, x), lam(s, B)):
        with pytest.raises(Refused):
            exponential_of_sum(zero, n, function, ())


def test_tensor_scalars() -> None:
    theorem = tensor_scalars(N, lam(i, z + i), lam(i, B * i), rho, ())
    for size in range(4):
        true_at(theorem, N=size, z=(1, Q(1, 2)), B=MATRIX)
    with pytest.raises(Refused, match="natural number"):
        tensor_scalars(i, lam(i, z), lam(i, B), rho, ())
    with pytest.raises(Refused, match="expected operator, got number"):
        tensor_scalars(N, lam(i, z), lam(i, z), rho, ())
    with pytest.raises(Refused, match="expected operatorN, got operator"):
        tensor_scalars(N, lam(i, z), lam(i, B), B, ())
    for factors in (lam(i, B), lam(x, x)):
        with pytest.raises(Refused):
            tensor_scalars(N, factors, lam(i, B), rho, ())


def test_tensor_scalars_does_not_capture_the_state() -> None:
    state = projector(word(0, N) + i * word(1, N))
    true_at(tensor_scalars(N, lam(i, z + i), lam(i, B), state, ()), N=2, i=3, z=Q(1, 2), B=MATRIX)


def test_tensor_distributes() -> None:
    theorem = tensor_distributes(N, n, lam(j, exp(I * j) * E(j)), rho, ())
    for size, outcomes in ((0, 0), (0, 3), (1, 0), (2, 0), (1, 3), (2, 3), (3, 2)):
        true_at(theorem, N=size, n=outcomes, E=EFFECTS)
    with pytest.raises(Refused, match="natural number"):
        tensor_distributes(N, i, lam(j, E(j)), rho, ())
    with pytest.raises(Refused, match="natural number"):
        tensor_distributes(half, n, lam(j, E(j)), rho, ())
    with pytest.raises(Refused, match="expected operator, got number"):
        tensor_distributes(N, n, lam(j, j), rho, ())
    with pytest.raises(Refused, match="expected operatorN, got ket"):
        tensor_distributes(N, n, lam(j, E(j)), word(0, N), ())


def test_tensor_distributes_does_not_capture_the_tuple() -> None:
    outcomes = var("J", "tuple")
    family = lam(j, Term("app", (outcomes, one)) * i * E(j))
    true_at(tensor_distributes(num(2), d, family, rho, ()), J=(7, 7), i=2, d=2, N=2, E=EFFECTS)


def test_trace_of_projector() -> None:
    ket = word(0, N) + z * word(1, N)
    for size in (0, 1, 3):
        true_at(trace_of_projector(ket, power, ()), N=size, z=(0, 2), B=MATRIX)
    with pytest.raises(Refused, match="expected ket, got operatorN"):
        trace_of_projector(projector(ket), power, ())
    with pytest.raises(Refused, match="expected operatorN, got operator"):
        trace_of_projector(ket, B, ())


def test_sesquilinear() -> None:
    theorem = sesquilinear(i, n, lam(k, z + I * k), lam(k, dicke(4, k)), tensor_power(B, 4), ())
    for low, high in ((0, 2), (1, 1), (2, 4), (3, 1)):
        true_at(theorem, i=low, n=high, z=(Q(1, 2), 1), B=MATRIX)
    with pytest.raises(Refused, match="from an integer to an integer"):
        sesquilinear(zero, x, lam(k, z), lam(k, word(0, N)), power, ())
    with pytest.raises(Refused, match="expected ket, got number"):
        sesquilinear(zero, n, lam(k, z), lam(k, z), power, ())
    with pytest.raises(Refused, match="expected operatorN, got operator"):
        sesquilinear(zero, n, lam(k, z), lam(k, word(0, N)), B, ())
    with pytest.raises(Refused):
        sesquilinear(zero, n, lam(k, B), lam(k, word(0, N)), power, ())


@pytest.mark.parametrize("bound", ["k", "l"])
def test_sesquilinear_does_not_capture_its_bounds(bound: str) -> None:
    """Σ_{k=0}^{k} Σ_{l=0}^{k} is a square, not the triangle l ≤ k."""
    high = var(bound, "int")
    theorem = sesquilinear(zero, high, lam(s, 1 + s), lam(s, word(0, 1)), tensor_power(B, 1), ())
    assert theorem.right.free == {high, B}
    true_at(theorem, **{bound: 3}, B=MATRIX)
    true_at(sesquilinear(high, num(3), lam(s, 1 + s), lam(s, word(0, 1)), tensor_power(B, 1), ()), **{bound: 1}, B=ONE)


# -- words and Dicke states ---------------------------------------------------------------------------


def test_braket_of_dicke() -> None:
    theorem = braket_of_dicke(N, n, i, power, (n <= N, i >= 0, i <= N))
    for size, ones, others in SIZES:
        true_at(theorem, N=size, n=ones, i=others, B=MATRIX)
    with pytest.raises(Refused, match="expected operatorN, got operator"):
        braket_of_dicke(N, n, zero, B, (n <= N,))


def test_permutational_invariance() -> None:
    theorem = permutational_invariance(N, n, i, B, (n <= N, i >= 0, i <= N))
    for size, ones, others in SIZES:
        true_at(theorem, N=size, n=ones, i=others, B=MATRIX)
    with pytest.raises(Refused, match="expected operator, got operatorN"):
        permutational_invariance(N, n, zero, power, (n <= N,))


def test_group_by_overlap() -> None:
    theorem = group_by_overlap(N, n, i, B, (n <= N, i >= 0, i <= N))
    for size, ones, others in SIZES:
        true_at(theorem, N=size, n=ones, i=others, B=MATRIX)
    captured = group_by_overlap(N, q, zero, B, (q >= 0, q <= N))
    true_at(captured, N=3, q=2, B=MATRIX)
    with pytest.raises(Refused, match="expected operator, got operatorN"):
        group_by_overlap(N, n, zero, power, (n <= N,))


@pytest.mark.parametrize("rule", [braket_of_dicke, permutational_invariance, group_by_overlap])
def test_numbers_of_ones_lie_in_the_range(rule: Any) -> None:
    operator = power if rule is braket_of_dicke else B
    for ones, others, given in (
        (i, zero, (i <= N,)),
        (zero, i, (i <= N,)),
        (x, zero, (x >= 0, x <= N)),
        (half, zero, (N >= 1,)),
    ):
        with pytest.raises(Refused, match="natural number"):
            rule(N, ones, others, operator, given)
    for ones, others in ((n, zero), (zero, n), (N + 1, zero), (one, zero)):
        with pytest.raises(Refused, match="at most N"):
            rule(N, ones, others, operator, ())
    with pytest.raises(Refused, match="natural number"):
        rule(x, zero, zero, operator, (x >= 1,))


def test_matrix_element_of_words() -> None:
    ket = word(1, n, 0, 2, 1, N - n - 2)
    theorem = matrix_element_of_words(N, word(1, n + 2, 0, N - n - 2), ket, B, (n + 2 <= N,))
    for size, first in ((2, 0), (3, 0), (4, 1), (4, 2)):
        true_at(theorem, N=size, n=first, B=MATRIX)
    true_at(matrix_element_of_words(num(3), word(1, 0, 0, 3), word(0, 0, 1, 1, 0, 2), B, ()), B=MATRIX)
    assert matrix_element_of_words(N, word(1, N), word(0, N), B, ()).right == entry(B, 1, 0) ** N
    true_at(matrix_element_of_words(num(3), word(1, 1, 0, 2), word(1, 1, 0, 2), B, ()), B=MATRIX)
    true_at(matrix_element_of_words(N, word(1, N), word(0, N), B, ()), N=0, B=NOTHING)


WORDS: dict[str, tuple[Term, Term, Term, tuple[Term, ...], str]] = {
    "bra shorter than ket": (N, word(1, n), word(1, n, 0, N - n), (n <= N,), "bra is shorter"),
    "no bra": (N, word(), word(0, N), (), "bra is shorter"),
    "ket shorter than bra": (N, word(1, n, 0, N - n), word(1, n), (n <= N,), "do not add up"),
    "other number of letters": (N, word(1, n), word(0, n), (), "do not add up"),
    "one letter too many": (N, word(1, N + 1), word(0, N + 1), (), "do not add up"),
    "ket block over the end of a bra block": (num(4), word(1, 1, 0, 3), word(1, 2, 0, 2), (), "reaches over"),
    "blocks that need not fit": (N, word(1, n, 0, N - n), word(1, i, 0, N - i), (n <= N, i >= 0, i <= N), "over"),
    "negative block": (num(2), word(1, 2), word(1, 3, 0, -1), (), "natural number"),
    "block of negative length in the bra": (num(2), word(1, 3, 0, -1), word(1, 2), (), "natural number"),
    "N - n < 0": (N, word(1, n, 0, N - n), word(1, n, 0, N - n), (), "natural number"),
    "half a letter": (num(1), word(1, half, 0, half), word(1, half, 0, half), (), "natural number"),
    "empty ket": (zero, word(), word(), (), "a letter at least"),
    "sum of words": (N, word(1, N) + word(0, N), word(1, N), (), "two words"),
    "Dicke state": (N, word(1, N), dicke(N, 1), (), "two words"),
}


@pytest.mark.parametrize("name", WORDS)
def test_words_that_do_not_fit(name: str) -> None:
    total, bra, ket, given, reason = WORDS[name]
    with pytest.raises(Refused, match=reason):
        matrix_element_of_words(total, bra, ket, B, given)


def test_words_and_operators_on_many_qubits() -> None:
    with pytest.raises(Refused, match="expected operator, got operatorN"):
        matrix_element_of_words(N, word(1, N), word(1, N), power, ())
    assert ones_zeros(n, N) == word(1, n, 0, N - n)


# -- measurements -------------------------------------------------------------------------------------


def test_completeness() -> None:
    theorem = completeness(E, d, r, s, (POVM, *LEVELS))
    assert POVM in theorem.hypotheses
    for a in (0, 1):
        for b in (0, 1):
            true_at(theorem, E=EFFECTS, d=3, r=a, s=b)
            true_at(completeness(E, d, r, s, (PROJECTIVE, *LEVELS)), E=PROJECTORS, d=3, r=a, s=b)
    true_at(completeness(E, d, j, one, (POVM, j >= 0, j <= 1)), E=[ONE], d=1, j=1)


def test_a_measurement_without_outcomes_satisfies_nothing() -> None:
    theorem = completeness(E, zero, zero, zero, (Term("povm", (E, zero)),))
    assert theorem.hypotheses == {Term("povm", (E, zero))}
    evidence = check_at(theorem.conclusion, {E: []}, 15, theorem.hypotheses)
    assert evidence.reason == "the point does not satisfy the hypotheses"


def test_hermiticity() -> None:
    theorem = hermiticity(E, d, j, r, s, (POVM, j >= 1, j <= d, *LEVELS))
    for outcome in (1, 2, 3):
        for a, b in ((0, 0), (0, 1), (1, 0)):
            true_at(theorem, E=EFFECTS, d=3, j=outcome, r=a, s=b)
    true_at(hermiticity(E, d, one, zero, one, (PROJECTIVE, d >= 1)), E=PROJECTORS, d=3)


def test_positivity() -> None:
    theorem = positivity(E, d, j, v, w, (POVM, j >= 1, j <= d))
    projective = positivity(E, d, j, v, w, (PROJECTIVE, j >= 1, j <= d))
    for vector in ((0, 0), (1, 0), (0, (0, 1)), ((1, Q(1, 2)), (-2, 3)), (1, (0, 1)), (1, (0, -1))):
        for outcome in (1, 2, 3):
            at = {"j": outcome, "d": 3, "v": vector[0], "w": vector[1]}
            true_at(theorem, E=EFFECTS, **at)
            true_at(projective, E=PROJECTORS, **at)
    with pytest.raises(Refused, match="must not be zero"):
        positivity(E, d, j, 1 / v, w, (POVM, j >= 1, j <= d))
    with pytest.raises(Refused):
        positivity(E, d, j, B, w, (POVM, j >= 1, j <= d))


def test_orthogonal_effects() -> None:
    given = (PROJECTIVE, i >= 1, i <= d, j >= 1, j <= d, *LEVELS)
    theorem = orthogonal_effects(E, d, i, j, r, s, given)
    for first, second in ((1, 1), (1, 2), (2, 1), (3, 3), (2, 3)):
        for a, b in ((0, 0), (0, 1), (1, 0), (1, 1)):
            true_at(theorem, E=PROJECTORS, d=3, i=first, j=second, r=a, s=b)
    for missing in ((POVM, *given[1:]), given[1:], (Term("projective", (E, d + 1)), *given[1:])):
        with pytest.raises(Refused, match="not given as projective"):
            orthogonal_effects(E, d, i, j, r, s, missing)


def test_the_effects_must_be_given_as_a_measurement() -> None:
    other = Term("povm", (var("F", "nat->op"), d))
    for given in ((), (other,), (Term("povm", (E, d + 1)),)):
        with pytest.raises(Refused, match="not given as a POVM"):
            completeness(E, d, zero, zero, given)
        with pytest.raises(Refused, match="not given as a POVM"):
            hermiticity(E, d, one, zero, one, (d >= 1, *given))
        with pytest.raises(Refused, match="not given as a POVM"):
            positivity(E, d, one, v, w, (d >= 1, *given))


@pytest.mark.parametrize("measurement", [POVM, PROJECTIVE])
def test_the_outcome_lies_in_the_range(measurement: Term) -> None:
    for index, given, reason in (
        (zero, (), "at most 0"),
        (one, (), "at most d"),
        (d + 1, (), "at most d"),
        (j, (j <= d,), "at most j"),
        (j, (j >= 1,), "at most d"),
        (x, (x >= 1, x <= d), "integer"),
        (half, (), "integer"),
    ):
        with pytest.raises(Refused, match=reason):
            hermiticity(E, d, index, zero, one, (measurement, *given))
        with pytest.raises(Refused, match=reason):
            positivity(E, d, index, v, w, (measurement, *given))


def test_both_outcomes_lie_in_the_range() -> None:
    for index, reason in ((zero, "at most 0"), (d + 1, "at most d"), (i, "at most i"), (half, "integer")):
        for pair in ((index, d), (d, index)):
            with pytest.raises(Refused, match=reason):
                orthogonal_effects(E, d, *pair, zero, one, (PROJECTIVE, d >= 1))


def test_a_qubit_has_two_levels() -> None:
    for level, given, reason in (
        (num(2), (), "at most 1"),
        (num(-1), (), "natural number"),
        (half, (), "natural number"),
        (n, (), "at most 1"),
        (r, (r <= 1,), "natural number"),
        (r, (r >= 0,), "at most 1"),
        (x, (x >= 0, x <= 1), "natural number"),
    ):
        for pair in ((level, zero), (zero, level)):
            with pytest.raises(Refused, match=reason):
                completeness(E, d, *pair, (POVM, *given))
            with pytest.raises(Refused, match=reason):
                hermiticity(E, d, one, *pair, (POVM, d >= 1, *given))
            with pytest.raises(Refused, match=reason):
                orthogonal_effects(E, d, one, one, *pair, (PROJECTIVE, d >= 1, *given))
