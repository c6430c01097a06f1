"""Dicke matrix elements, characteristic functions and variances, by brute force on 2^N."""

import pytest

from symbolic_mqb.kernel.terms import Term, lam, num, substitute, var
from symbolic_mqb.notation.language import (
    Abs,
    Coefficient,
    I,
    Max,
    Min,
    Product,
    Sum,
    binomial,
    conj,
    delta,
    equal,
    exp,
    sqrt,
    symbols,
)
from symbolic_mqb.numerics.brute_force import Ket
from symbolic_mqb.numerics.errors import Unsupported
from symbolic_mqb.numerics.outcomes import pairs
from symbolic_mqb.numerics.symmetric import Symmetric
from symbolic_mqb.numerics.witness import check, check_at

N, k, l, d, D = symbols("N k l d D", "nat")
t, mu, tau, sigma = symbols("t mu tau sigma", "real")
B, E, a, c = var("B", "op"), var("E", "nat->op"), var("a", "nat->real"), var("c", "nat->complex")
q, i, j, r, u = symbols("q i j r u", "int")
z, w = symbols("z w", "complex")
J = var("J", "tuple")
BELOW = (k <= N, l <= N)


def entry(matrix, row, column):
    return Term("entry", (matrix, num(row), num(column)))


def dicke(size, ones):
    return Term("dicke", (size, ones))


def element(matrix, left=k, right=l):
    return Term("braket", (dicke(N, left), Term("tpow", (matrix, N)), dicke(N, right)))


FRONT = binomial(N, k) / binomial(N, l)
LEAST = Min(k, l)


def closed_A3(front=FRONT, first=(1, 0), second=(0, 1), top=LEAST):
    term = (
        binomial(k, q)
        * binomial(N - k, l - q)
        * entry(B, 1, 1) ** q
        * entry(B, *first) ** (k - q)
        * entry(B, *second) ** (l - q)
        * entry(B, 0, 0) ** (N - k - l + q)
    )
    return sqrt(front) * Sum(term, (q, Max(0, k + l - N), top))


def state(amplitude=c):
    return Sum(amplitude(j) * dicke(N, j), (j, 0, D))


def left_A2(sign=1):
    outcome = exp(sign * I * t * Sum(a(J(i)) - mu, (i, 1, N)) / (sqrt(N) * tau))
    effects = Term("tensor", (N, lam(i, E(J(i)))))
    return Term("tuples", (N, d, lam(J, Term("trace_of", (Term("outer", (state(),)), effects)) * outcome)))


def right_A2(bra=conj, power=1):
    calligraphic = Sum(exp(I * t * (a(j) - mu) / (sqrt(N) * tau)) ** power * E(j), (j, 1, d))
    inner = Sum(bra(c(r)) * c(u) * element(calligraphic, r, u), (u, 0, D))
    return Sum(inner, (r, 0, D))


GIVEN_A2 = (Term("povm", (E, d)), num(1) <= N, N <= 4, D <= N, tau > 0, num(1) <= d, d <= 3)
A1, A2 = (Sum(a(j) ** power * E(j), (j, 1, d)) for power in (1, 2))
VARIANCE = entry(A2, 0, 0) - entry(A1, 0, 0) ** 2
GIVEN_S = (Term("povm", (E, d)), equal(tau, Abs(entry(A1, 0, 1))), tau > 0, num(2) <= d, d <= 4)
PROJECTIVE = (Term("projective", (E, d)), *GIVEN_S[1:])
GENERATING = entry(B, 0, 0) + w * entry(B, 0, 1) + z * entry(B, 1, 0) + z * w * entry(B, 1, 1)
NORM = equal(Sum(Abs(c(j)) ** 2, (j, 0, D)), 1)
ONE = Term("tpow", (Term("identity"), N))
WORD = Term("word", (num(1), k, num(0), N - k))
TRUE = {
    "A3": (equal(element(B), closed_A3()), BELOW),
    "A3 by generating functions": (
        equal(
            element(B),
            Coefficient(k, z, Coefficient(l, w, GENERATING**N)) / sqrt(binomial(N, k) * binomial(N, l)),
        ),
        BELOW,
    ),
    "A2": (equal(left_A2(), right_A2()), GIVEN_A2),
    "s^2 >= 0": (num(0) <= VARIANCE / tau**2 - 1, GIVEN_S),
    "s = 0 for projective measurements": (equal(VARIANCE / tau**2, 1), PROJECTIVE),
    "normalised": (equal(Term("braket", (state(), ONE, state())), 1), (NORM, D <= N)),
    "permutations": (equal(dicke(N, k), 1 / sqrt(binomial(N, k)) * Term("perm", (WORD,))), (k <= N,)),
    "trace of a power": (equal(Term("trace", (Term("tpow", (B, N)),)), (entry(B, 0, 0) + entry(B, 1, 1)) ** N), ()),
    "a product state": (
        equal(
            Term("braket", (WORD, Term("tensor", (N, lam(i, E(i)))), WORD)),
            Product(entry(E(i), 1, 1), (i, 1, k)) * Product(entry(E(i), 0, 0), (i, k + 1, N)),
        ),
        (k <= N,),
    ),
}
FALSE = {
    "A3 off-diagonals exchanged": (equal(element(B), closed_A3(first=(0, 1), second=(1, 0))), BELOW),
    "A3 front upside down": (equal(element(B), closed_A3(front=binomial(N, l) / binomial(N, k))), BELOW),
    "A3 one term less": (equal(element(B), closed_A3(top=Min(k, l) - 1)), BELOW),
    "A2 without conjugate": (equal(left_A2(), right_A2(bra=lambda value: value)), GIVEN_A2),
    "A2 sign of t": (equal(left_A2(-1), right_A2()), GIVEN_A2),
    "A2 factor": (equal(left_A2(), right_A2(power=2)), GIVEN_A2),
    "s^2 >= 1": (num(1) <= VARIANCE / tau**2 - 1, GIVEN_S),
    "s = 0 for every measurement": (equal(VARIANCE / tau**2, 1), GIVEN_S),
    "normalised without the norm": (equal(Term("braket", (state(), ONE, state())), 1), (D <= N,)),
    "every measurement is projective": (Term("projective", (E, d)), (Term("povm", (E, d)),)),
    "bra and ket exchanged": (equal(element(B), element(B, l, k)), BELOW),
}


@pytest.mark.parametrize("name", TRUE)
def test_true_statements_agree(name):
    evidence = check(*TRUE[name])
    assert evidence.verdict == "agrees"
    assert evidence.certified
    assert evidence.points == 5


@pytest.mark.parametrize("name", FALSE)
def test_mutants_are_refuted(name):
    evidence = check(*FALSE[name])
    assert evidence.verdict == "refuted"
    assert evidence.certified


MATRIX = [[Term("I") + 1, num(2)], [num(3) - 2 * Term("I"), num(-1)]]


def at(size, ones, others):
    return {N: size, k: ones, l: others, B: MATRIX}


@pytest.mark.parametrize("size", range(7))
def test_every_matrix_element_of_a_few_qubits(size):
    for ones in range(size + 1):
        for others in range(size + 1):
            assert check_at(equal(element(B), closed_A3()), at(size, ones, others)).verdict == "agrees"


def test_the_printed_range_of_q_needs_k_plus_l_at_most_N():
    """For q from 0 the exponent N − k − l + q is negative, which is undefined where ⟨0|B|0⟩ = 0."""
    printed = substitute(closed_A3(), {})
    start = printed.args[1].args[0]
    naive = Term("mul", (printed.args[0], Term("sum", (num(0), *printed.args[1].args[1:]))))
    assert start.op == "max"
    values = {**at(3, 3, 2), B: [[0, 2], [3, 1]]}
    assert check_at(equal(element(B), closed_A3()), values).verdict == "agrees"
    evidence = check_at(equal(element(B), naive), values)
    assert evidence.verdict == "undecided"
    assert "negative power of 0" in evidence.reason


def test_a_dicke_state_with_too_many_ones_is_undefined():
    assert "undefined" in check_at(equal(element(B), closed_A3()), at(2, 3, 0)).reason


def test_a_word_of_negative_length_is_the_zero_vector():
    word = Term("word", (num(1), num(-1), num(0), num(3)))
    zero = equal(Term("braket", (word, Term("tpow", (B, num(2))), word)), 0)
    assert check_at(zero, {B: MATRIX}).verdict == "agrees"


def test_many_qubits_agree_with_brute_force_where_both_reach():
    """The generating function of `symmetric` against 2^N, and against the closed sum for large N."""
    from flint import acb

    from symbolic_mqb.numerics.brute_force import Matrix2, dicke, tensor_power
    from symbolic_mqb.numerics.brute_force import braket as element_of
    from symbolic_mqb.numerics.symmetric import braket

    matrix = Matrix2((acb(1, 1), 2, acb(3, -2), -1))
    for size in range(1, 6):
        for ones in range(size + 1):
            for others in range(size + 1):
                slow = element_of(dicke(size, ones), tensor_power(matrix, size), dicke(size, others))
                fast = braket(Symmetric(size, {ones: 1}), ((1, matrix),), Symmetric(size, {others: 1}))
                assert acb(slow).overlaps(acb(fast))
    for size in (11, 1000, 10**6):
        assert check_at(equal(element(B), closed_A3()), at(size, 3, 2)).verdict == "agrees"
        assert check_at(equal(element(B), 2 * closed_A3()), at(size, 3, 2)).verdict == "refuted"


def test_a_sum_of_too_many_operators_is_undecided():
    """Each partial sum is a function that calls the one before."""
    rho, many = var("ρ", "states"), num(1728)
    power = Term("tpow", (B, num(1)))
    total = Sum(j * power, (j, 1, many))
    state = Term("app", (rho, num(1)))
    claim = equal(Term("trace_of", (state, total)), many * (many + 1) / 2 * Term("trace_of", (state, power)))
    found = check(claim, (), 20, 1)
    assert found.verdict in ("agrees", "undecided")


def test_symmetric_states_of_many_qubits_are_compared():
    """A sum that picks a level is that level if it reaches it, and 0 if not: 2^N amplitudes are out of reach."""
    n, level = symbols("n", "nat")[0], symbols("s", "int")[0]
    picked = Sum(delta(level, n) * dicke(2 * n, level), (level, 2, 2 * n))
    assert check_at(equal(picked, dicke(2 * n, n)), {n: 20}).verdict == "agrees"
    assert check_at(equal(picked, dicke(2 * n, n + 1)), {n: 20}).verdict == "refuted"
    late = Sum(delta(level, n) * dicke(2 * n, level), (level, n + 1, 2 * n))
    assert check_at(equal(late, dicke(2 * n, n)), {n: 20}).verdict == "refuted"
    with pytest.raises(Unsupported, match="written out"):
        list(pairs(Symmetric(20, {1: 1}), Ket(1, [1, 0])))
