"""The statements about many qubits and about limits: points that satisfy them, and what is refuted."""

import pytest

from symbolic_mqb.book import Book
from symbolic_mqb.derivations import CONTENTS
from symbolic_mqb.kernel.terms import Term, lam, num, substitute
from symbolic_mqb.notation.language import Abs, I, Sum, arg, binomial, equal, exp, sqrt, symbols
from symbolic_mqb.notation.measurement import (
    POVM,
    A,
    N,
    braket,
    dicke,
    entry,
    mu,
    permutations,
    t,
    tau,
    tensor_power,
    word,
)
from symbolic_mqb.numerics.sampling import sample
from symbolic_mqb.numerics.witness import check, check_at

BOOK = Book(CONTENTS)
k, l = symbols("k l", "nat")
(q,) = symbols("q", "int")
(phi,) = symbols("φ", "real")
(B,) = symbols("𝒜", "op")
FEW = (l <= k, k + l <= N)
CHOICE = (
    POVM,
    equal(mu, entry(A, 0, 0)),
    equal(entry(A, 0, 1), -tau * exp(I * phi)),
    equal(entry(A, 1, 0), -tau * exp(-I * phi)),
)


def limit(body, value):
    return Term("limit", (lam(N, body), value))


def asymptotic(left, right, start=1):
    return Term("asymptotic", (start if isinstance(start, Term) else num(start), lam(N, equal(left, right))))


def remainder(size, constant):
    return Term("O", (size, constant))


@pytest.mark.parametrize("label", BOOK.labels)
def test_every_statement_of_the_book_agrees(label):
    declared = BOOK.declared(label)
    for claim in (*declared.claims(), declared.statement):
        evidence = check(claim, declared.given)
        assert evidence.verdict == "agrees", (claim, evidence)


# -- few qubits where all amplitudes are needed -------------------------------------------------------
def test_words_get_few_qubits_and_awkward_points():
    claim = BOOK.declared("A3").claims()[0]
    found = [(p[N], p[k], p[l]) for p in sample(claim.free, FEW, 12, 0, (claim,))]
    assert len(found) == 12
    assert all(size <= 7 for size, _, _ in found)
    assert any(ones == others > 0 for _, ones, others in found)
    assert any(ones + others == size > 0 for size, ones, others in found)
    assert any(others == 0 < ones for _, ones, others in found)
    assert any(ones > others > 0 and ones + others < size for size, ones, others in found)


def test_words_that_must_be_long_give_no_point():
    claim = BOOK.declared("A3").claims()[0]
    evidence = check(claim, (*FEW, N >= 12))
    assert (evidence.verdict, evidence.points) == ("undecided", 0)


def words(first, second):
    return equal(
        braket(dicke(N, k), tensor_power(B, N), dicke(N, l)),
        sqrt(binomial(N, first) / binomial(N, second))
        * braket(word(1, k, 0, N - k), tensor_power(B, N), permutations(word(1, l, 0, N - l))),
    )


def test_permutations_of_words():
    assert check(words(k, l), FEW).verdict == "agrees"
    assert check(words(l, k), FEW).verdict == "refuted"
    assert check(words(k, k), FEW).verdict == "refuted"


# -- sizes and angles -----------------------------------------------------------------------------------
def test_a_size_and_an_angle_follow_from_a_matrix_element():
    found = sample((tau, phi), (*CHOICE, tau > 0), 6)
    assert len(found) == 6
    for point in found:
        for h in (*CHOICE, tau > 0):
            evidence = check_at(h, point)
            assert (evidence.verdict, evidence.certified) == ("agrees", True)


def test_the_sign_of_the_size_is_as_the_hypotheses_say():
    assert len(sample((tau, phi), (*CHOICE, tau < 0), 4)) == 4
    signs = {check_at(tau > 0, p).verdict for p in sample((tau, phi), CHOICE, 8)}
    assert signs == {"agrees", "refuted"}
    assert check(tau > 0, CHOICE).verdict == "refuted"


def test_contradictory_angles_give_no_point():
    wrong = (*CHOICE[:3], equal(entry(A, 1, 0), tau * exp(-I * phi)), tau > 0)
    assert check(equal(phi, phi), wrong).points == 0


def test_a_derived_value_is_computed_in_a_counterexample():
    evidence = check(equal(tau, 2 * Abs(entry(A, 0, 1))), (*CHOICE, tau > 0))
    assert evidence.verdict == "refuted"
    value, _, meaning = evidence.counterexample["τ"].partition(" = ")
    assert float(value) > 0
    assert "entry" in meaning


# -- limits ---------------------------------------------------------------------------------------------
ELEMENT = BOOK.declared("A7-element")
SUM = BOOK.declared("A7")
CHI = SUM.statement.args[1]


def limit_with(statement, change):
    function, value = statement.args
    return Term("limit", (function, change(value)))


WRONG = [
    lambda value: -value,
    lambda value: 2 * value,
    lambda value: I * value,
    lambda value: value + 1,
    lambda value: substitute(value, {phi: -phi}),
    lambda value: substitute(value, {phi: arg(entry(A, 0, 1))}),
    lambda value: substitute(value, {t: -t}),
    lambda value: substitute(value, {tau: 2 * tau}),
]


@pytest.mark.parametrize("declared", [ELEMENT, SUM], ids=["A7-element", "A7"])
def test_the_limit_of_the_characteristic_function(declared):
    evidence = check(declared.statement, declared.given)
    assert (evidence.verdict, evidence.certified) == ("agrees", False)
    for wrong in WRONG:
        assert check(limit_with(declared.statement, wrong), declared.given, points=8).verdict == "refuted"


def test_the_order_of_the_levels_matters():
    mutant = limit_with(ELEMENT.statement, lambda value: substitute(value, {k: l, l: k}))
    assert check(mutant, ELEMENT.given).verdict == "refuted"


def test_the_limit_of_the_characteristic_function_is_continuous_at_0():
    near, at_0 = substitute(CHI, {t: t / N}), substitute(CHI, {t: num(0)})
    assert check(limit(near, at_0), SUM.given).verdict == "agrees"
    assert check(limit(near, 2 * at_0), SUM.given).verdict == "refuted"
    assert check(limit(near, CHI), SUM.given).verdict == "refuted"


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (limit(exp(-60) * (1 + 1 / N), exp(-60)), "agrees"),
        (limit(exp(-60) * (1 + 1 / N), 2 * exp(-60)), "refuted"),
        (limit(exp(-60) * (1 + 1 / N), -exp(-60)), "refuted"),
        (limit(1 / sqrt(N), num(0)), "agrees"),
        (limit(1 + 1 / sqrt(N), 1 + num(1) / 10**5), "refuted"),
        (limit(exp(I * N), num(0)), "refuted"),
        (limit(sqrt(2) * sqrt(2) - 2 + 0 / N, num(0)), "agrees"),
    ],
)
def test_distances_are_compared_with_the_values(claim, verdict):
    assert check(claim).verdict == verdict


# -- remainders -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("left", "sign", "verdict"),
    [
        (2 + 3 / N, 1, "agrees"),
        (2 - 3 / N, 1, "agrees"),
        (2 + num(7) / 2 / N, 1, "refuted"),
        (3 / N, -1, "agrees"),
        (num(7) / 2 / N, -1, "refuted"),
    ],
)
def test_each_summand_has_its_own_remainder(left, sign, verdict):
    """Σ_q (±1)^q (1 + O_q), the constants q + 1: all of the disk of radius 3/N."""
    template = Sum(num(sign) ** q * (1 + remainder(1 / N, q + 1)), (q, 0, 1))
    assert check(asymptotic(left, template)).verdict == verdict


def test_a_start_that_is_not_real_is_undefined():
    claim = asymptotic(1 + 1 / N, 1 + remainder(1 / N, num(1)), 1 + I)
    assert check(claim).verdict == "undecided"


def test_the_elements_for_large_N_see_the_diagonal():
    """Only a matrix with ⟨0|M|1⟩ = 0 tells the sign of ⟨1|M|1⟩, all other terms being larger."""
    statement = BOOK.declared("A3-limit").statement
    assert check(statement).verdict == "agrees"
    diagonal = entry(B, 1, 1)
    assert check(_replaced(statement, diagonal, -diagonal)).verdict == "refuted"


def _replaced(term, old, new):
    if term == old:
        return new
    args = tuple(_replaced(a, old, new) if isinstance(a, Term) else a for a in term.args)
    return term if term.op == "head" else Term(term.op, args)
