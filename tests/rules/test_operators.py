"""Entries of products, adjoints and matrices, operators by their entries, tensor products and evolution."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.kinds import kind
from symbolic_mqb.kernel.terms import Term, lam, num, var
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import I, Sum, conj, delta, equal, exp, half, symbols, unequal
from symbolic_mqb.notation.measurement import E, dicke, entry, projector, tensor, tensor_power, word
from symbolic_mqb.notation.operators import (
    PAULI_X,
    PAULI_Y,
    PAULI_Z,
    adjoint,
    evolved,
    identity,
    matrix,
    product,
    qubit_trace,
)
from symbolic_mqb.numerics.witness import check_at
from symbolic_mqb.rules.logic import definition, normal_form
from symbolic_mqb.rules.operators import entries, operator_equality, tensor_distributes_each, trace_after_evolution

N, n, d, u, w = symbols("N n d u w", "nat")
i, j, r, s = symbols("i j r s", "int")
x, y = symbols("x y", "real")
v, z = symbols("v z", "complex")
A, B, C = symbols("A B C", "op")
K = var("K", "nat->op")
Q = Fraction
FIRST = [[(Q(1, 2), Q(1)), (Q(2), Q(-1, 3))], [Q(-1), (Q(3, 4), Q(1, 5))]]
SECOND = [[(Q(0), Q(1)), Q(3)], [(Q(1, 5), Q(1, 7)), Q(-1, 2)]]
FAMILY = [FIRST, SECOND, [[0, 1], [0, 0]]]
rho = projector(word(0, N) + (1 + I) * word(1, N))


def true_at(theorem: Theorem, **values: Any) -> None:
    """The hypotheses hold at the point, and the conclusion does by its definitions."""
    at = {t: values[t.args[0]] for t in theorem.conclusion.free.union(*(h.free for h in theorem.hypotheses))}
    evidence = check_at(theorem.conclusion, at, 15, theorem.hypotheses)
    assert evidence.verdict == "agrees", evidence


@pytest.mark.parametrize(
    ("operator", "row", "column", "value"),
    [
        (matrix(1, x, z, y), 0, 1, x),
        (matrix(1, x, z, y), 1, 0, z),
        (adjoint(matrix(1, x, z, y)), 0, 1, conj(z)),
        (product(PAULI_X, PAULI_Y), 0, 0, I),
        (product(PAULI_Y, PAULI_X), 0, 0, -I),
        (product(PAULI_Z, B, PAULI_Z), 0, 1, -entry(B, 0, 1)),
        (product(PAULI_Z, B, PAULI_Z), 1, 1, entry(B, 1, 1)),
        (adjoint(product(A, B)), 0, 1, entry(product(adjoint(B), adjoint(A)), 0, 1)),
        (adjoint(z * A), 1, 0, conj(z) * entry(adjoint(A), 1, 0)),
        (product(A, product(B, C)), 1, 0, entry(product(product(A, B), C), 1, 0)),
        (product(A + B, C), 0, 0, entry(product(A, C), 0, 0) + entry(product(B, C), 0, 0)),
        (product(identity, A), 0, 1, entry(A, 0, 1)),
    ],
)
def test_entries(operator: Term, row: int, column: int, value: Term) -> None:
    theorem = normal_form(entry(operator, row, column), value + 0, ())
    true_at(theorem, x=Q(1, 2), y=3, z=(1, Q(1, 3)), A=FIRST, B=SECOND, C=FAMILY[2])


def test_entries_at_variable_levels() -> None:
    levels = (u <= 1, w <= 1)
    general = normal_form(
        entry(matrix(1, x, z, y), u, w),
        delta(u, 0) * delta(w, 0)
        + delta(u, 0) * delta(w, 1) * x
        + delta(u, 1) * delta(w, 0) * z
        + delta(u, 1) * delta(w, 1) * y,
        levels,
    )
    for first, second in ((0, 0), (0, 1), (1, 0), (1, 1)):
        true_at(general, u=first, w=second, x=2, y=3, z=5)
    with pytest.raises(Refused, match="levels 0 and 1"):
        normal_form(entry(matrix(1, x, z, y), u, w), entry(matrix(1, x, z, y), u, w), (u <= 1,))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (entry(product(A, B), 0, 0), entry(product(B, A), 0, 0)),
        (entry(product(A, B), 0, 1), entry(A, 0, 1) * entry(B, 0, 1)),
        (entry(adjoint(A), 0, 1), entry(A, 1, 0)),
        (entry(adjoint(A), 0, 1), conj(entry(A, 0, 1))),
        (entry(adjoint(product(A, B)), 0, 1), entry(product(adjoint(A), adjoint(B)), 0, 1)),
        (entry(matrix(1, x, z, y), 0, 1), z + 0),
        (qubit_trace(product(A, B)), qubit_trace(A) * qubit_trace(B)),
        (entry(product(z * A, adjoint(z * A)), 0, 0), z**2 * entry(product(A, adjoint(A)), 0, 0)),
    ],
)
def test_entries_that_differ(left: Term, right: Term) -> None:
    with pytest.raises(Refused, match="not equal"):
        normal_form(left, right, ())


def test_factors_do_not_commute_and_nothing_undefined_vanishes() -> None:
    with pytest.raises(Refused, match="not equal"):
        normal_form(product(A, B), product(B, A), ())
    with pytest.raises(Refused, match="not equal"):
        normal_form(product(A, B), product(A, adjoint(B)), ())
    nothing = A - A
    for undefined in (
        product(nothing, 1 / x * B),
        product(1 / x * B, nothing),
        adjoint(1 / x * B),
        matrix(0, 0, 0, 1 / x),
    ):
        with pytest.raises(Refused, match="must not be zero"):
            normal_form(undefined - undefined, undefined - undefined, ())
        with pytest.raises(Refused, match="must not be zero"):
            normal_form(entry(undefined, 0, 0) - entry(undefined, 0, 0), num(0), ())
    assert normal_form(product(1 / x * B, nothing), product(nothing, B), (unequal(x, 0),))


def test_wrong_kinds() -> None:
    for t in (
        Term("matmul", (A, x)),
        Term("matmul", (A, tensor_power(A, N))),
        Term("adjoint", (x,)),
        Term("matrix", (x, x, x, A)),
        Term("evolved", (A, rho)),
        Term("evolved", (tensor_power(A, N), word(0, N))),
    ):
        with pytest.raises(ValueError, match="wants"):
            kind(t)


def _by_entries(a: Term, b: Term, *given: Term) -> Theorem:
    return operator_equality(a, b, tuple(normal_form(p, q, given) for p, q in zip(entries(a), entries(b), strict=True)))


def test_operator_equality() -> None:
    true_at(_by_entries(product(PAULI_X, PAULI_Y), I * PAULI_Z))
    twirl = product(PAULI_X, B, PAULI_X) + product(PAULI_Y, B, PAULI_Y) + product(PAULI_Z, B, PAULI_Z) + B
    full = 2 * (entry(B, 0, 0) + entry(B, 1, 1)) * identity
    true_at(_by_entries(twirl, full), B=FIRST)
    assert _by_entries(x * A / x, A, unequal(x, 0)).hypotheses == {unequal(x, 0)}
    parts = tuple(normal_form(p, q, ()) for p, q in zip(entries(A + A), entries(2 * A), strict=True))
    for wrong in (parts[:3], (*parts, parts[0]), (parts[0], parts[2], parts[1], parts[3]), ()):
        with pytest.raises(Refused, match=r"expected|four entries"):
            operator_equality(A + A, 2 * A, wrong)
    with pytest.raises(Refused, match="expected"):
        operator_equality(A + A, 3 * A, parts)
    with pytest.raises(Refused):
        operator_equality(x, y, parts)


def test_tensor_distributes_each() -> None:
    family = lam(i, lam(j, (z * i + j) * E(j)))
    theorem = tensor_distributes_each(N, d, family, rho, ())
    for size, outcomes in ((0, 0), (0, 2), (1, 0), (2, 0), (1, 3), (2, 2), (3, 2)):
        true_at(theorem, N=size, d=outcomes, z=(1, Q(1, 2)), E=FAMILY)
    tuple_ = var("O", "tuple")
    inner = lam(i, lam(j, exp(I * Term("app", (tuple_, i)) * j) * E(j)))
    true_at(tensor_distributes_each(N, d, inner, rho, ()), N=2, d=2, O=(2, 1), E=FAMILY)
    captured = lam(i, lam(j, Term("app", (var("J", "tuple"), i)) * i * E(j)))
    true_at(tensor_distributes_each(num(2), d, captured, rho, ()), J=(7, 3), d=2, N=2, E=FAMILY)
    for n_, d_ in ((half, d), (N, i), (x, d)):
        with pytest.raises(Refused, match="natural number"):
            tensor_distributes_each(n_, d_, family, rho, ())
    for wrong in (lam(i, E(i)), lam(i, lam(j, j)), E, x):
        with pytest.raises(Refused):
            tensor_distributes_each(N, d, wrong, rho, ())
    for state in (word(0, N), A):
        with pytest.raises(Refused, match="expected operatorN"):
            tensor_distributes_each(N, d, family, state, ())


def test_trace_after_evolution() -> None:
    theorem = trace_after_evolution(N, lam(i, K(i)), lam(i, i * E(i)), rho, ())
    for size in (0, 1, 2, 3):
        true_at(theorem, N=size, K=FAMILY[::-1], E=FAMILY)
    state = projector(dicke(N, num(1)) + i * dicke(N, num(0)))
    true_at(trace_after_evolution(N, lam(j, i * K(j)), lam(j, E(j)), state, ()), N=2, i=3, K=FAMILY, E=FAMILY[::-1])
    with pytest.raises(Refused, match="natural number"):
        trace_after_evolution(half, lam(i, K(i)), lam(i, E(i)), rho, ())
    with pytest.raises(Refused, match="expected operatorN"):
        trace_after_evolution(N, lam(i, K(i)), lam(i, E(i)), A, ())
    for maps, operators in ((lam(i, i), lam(i, E(i))), (lam(i, K(i)), lam(i, i)), (K, lam(i, E(i)))):
        with pytest.raises(Refused):
            trace_after_evolution(N, maps, operators, rho, ())


def test_evolution_is_not_multiplication_from_one_side() -> None:
    """K ρ K† is not K ρ: at K = Z on |0⟩ + |1⟩, tr[KρK† X] = −2 and tr[Kρ X] = 0."""
    state = projector(word(0, 1) + word(1, 1))
    left = Term("trace_of", (evolved(tensor(PAULI_Z, i, 1), state), tensor(PAULI_X, i, 1)))
    assert check_at(equal(left, num(-2)), {}, 15).verdict == "agrees"
    assert check_at(equal(left, num(0)), {}, 15).verdict == "refuted"


def test_the_trace_is_a_definition() -> None:
    assert definition(qubit_trace(B)).right == entry(B, 0, 0) + entry(B, 1, 1)
    true_at(
        normal_form(
            entry(Sum(qubit_trace(E(j)) * E(j), (j, 1, 2)), 0, 0) + 0,
            entry(Sum(qubit_trace(E(j)) * E(j), (j, 1, 2)), 0, 0),
            (),
        ),
        E=FAMILY,
    )
