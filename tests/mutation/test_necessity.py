"""Which hypotheses the others imply, and where they or the statement have no value without one."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from symbolic_mqb.book import Book
from symbolic_mqb.derivations import CONTENTS
from symbolic_mqb.kernel.terms import Term, call, defined, lam, num
from symbolic_mqb.mutation import mutants, trial
from symbolic_mqb.mutation.necessity import dropped, implied, proved_at, sorted_out
from symbolic_mqb.mutation.plain import refuted_at_plain, undefined_at_plain
from symbolic_mqb.mutation.trials import _by_author, _far_out, outside
from symbolic_mqb.notation.language import Abs, I, Sum, conj, equal, exp, symbols, unequal
from symbolic_mqb.notation.language import bounded as bounded_by
from symbolic_mqb.notation.measurement import POVM, PROJECTIVE, A, E, N, a, d, entry, tau
from symbolic_mqb.notation.rotor import phi
from symbolic_mqb.numerics.bench import Bench
from symbolic_mqb.numerics.points import Interval, extreme_natural, extreme_real
from symbolic_mqb.numerics.witness import check_at
from symbolic_mqb.results import Definition, Needed, Result, eq, have
from symbolic_mqb.rules import logic
from symbolic_mqb.rules.asymptotics import for_all_from
from symbolic_mqb.rules.inequalities import square_nonnegative
from symbolic_mqb.rules.logic import fact
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, algebra

x, y, c = symbols("x y c", "real")
POINTED = (
    *("B2", "B8-nonlocal", "alpha-c", "alpha-c-bound", "ML-violation", "best-state-bound-2", "best-state-bound-3"),
    *("14-mean", "14-CHSH-mean", "14-probability", "14-second-order", "loss-violation"),
    *("14-correlation", "14-violation", "14-violation-first-order"),
    "14-blurred-second-order",
    *("14-blurred-violation", "IID-power", "IID-rate", "IID-model", "noise-width", "2-positive", "A6-factors"),
    *("loss-value", "loss-POVM-detected"),
    *("D4-quotient", "D5-integrand", "D5-powers", "D5-replaced", "D7-second.factor", "D7-second.factor-size"),
    *("D7-integrand", "D7-element", "D7-second.term", "D7-second.sum", "D7-second.bessel", "D12-rate"),
    "scaling-above",
)
SMALL = bounded_by(symbols("f", "real->real")[0](y), y, x)
ANY = ProofBy("not asked", lambda state: fact(equal(x, x), state.given))
z, w, v = symbols("z w v", "complex")
j, k = symbols("j k", "int")


@pytest.fixture(scope="module")
def book():
    return Book(CONTENTS)


def without(result, hypothesis, book):
    """What a trial says of the result without the hypothesis."""
    added = Book({})
    for label in ("A-hermitian",):
        added.add(book.declared(label))
    added.add(result)
    (mutant,) = (m for m in mutants(result) if m.kind == "dropped hypothesis" and dropped(m) == hypothesis)
    return mutant, trial(mutant, added), added


def root(*given, label="root"):
    """√(x²) = x and more: the proof needs 0 ≤ x."""
    return Result(label, "A root", given=given, chain=[(x**2) ** (num(1) / 2), eq(x, by=algebra)])


def test_what_the_others_imply_is_not_needed(book):
    _, outcome, _ = without(root(x >= 1, x >= 0), x >= 0, book)
    assert (outcome.verdict, outcome.why) == ("hypothesis not needed", "it follows from the others")


def test_what_they_do_not_imply_is_needed_and_has_a_counterexample(book):
    mutant, outcome, known = without(root(x >= -1, x >= 0), x >= 0, book)
    assert implied(mutant, known.prove("root").lines, known) == ""
    assert (outcome.verdict, outcome.numbers.verdict) == ("killed", "killed")


def bounded(bound):
    """√(c²) = c by 0 ≤ c, beside |z| ≤ bound."""
    line = eq(c, by=algebra)
    return Result("bounded", "A root", given=(c >= 0, Abs(z) <= bound, N >= 1), chain=[(c**2) ** (num(1) / 2), line])


def test_the_constant_of_a_bound_on_a_modulus_is_not_negative(book):
    _, outcome, _ = without(bounded(c * N ** num(-1)), c >= 0, book)
    assert outcome.verdict == "hypothesis not needed"
    assert outcome.why == "it follows from the others: a modulus is not negative"
    assert outcome.proof.verdict == "killed"  # the proof as it stands asks for it


@pytest.mark.parametrize("bound", [-1 * c, c * x, c + 1, c**2])
def test_a_bound_whose_other_factor_is_not_positive_implies_nothing(bound, book):
    mutant, outcome, known = without(bounded(bound), c >= 0, book)
    assert implied(mutant, known.prove("bounded").lines, known) == ""
    assert outcome.verdict == "killed"


def squared(hypothesis, *given):
    """|N + k| = N + k by −N ≤ k, beside others."""
    chain = [Abs(N + k), eq(N + k, by=algebra)]
    return Result("squared", "A root", given=(hypothesis, *given), chain=chain)


def test_an_integer_is_at_most_its_square(book):
    _, outcome, _ = without(squared(k >= -N, 2 * k**2 <= N), k >= -N, book)
    assert (outcome.verdict, outcome.why) == (
        "hypothesis not needed",
        "it follows from the others: |k| ≤ k² for integers",
    )
    mutant, _, known = without(squared(k >= -N, x**2 <= N), k >= -N, book)
    assert implied(mutant, known.prove("squared").lines, known) == ""
    mutant, _, known = without(squared(k >= -N, k**2 / 2 <= N), k >= -N, book)
    assert implied(mutant, known.prove("squared").lines, known) == ""


def corner(value, measurement):
    given = (measurement, equal(entry(A, 0, 1), tau * exp(I * phi)), equal(entry(A, 1, 0), value))
    line = eq(tau * exp(I * phi) + value, by=algebra)
    return Result("corner", "The sum of the corners", given=given, chain=[entry(A, 0, 1) + entry(A, 1, 0), line])


@pytest.mark.parametrize("measurement", [POVM, PROJECTIVE])
@pytest.mark.parametrize("which", [1, 2])
def test_each_corner_of_a_hermitian_observable_implies_the_other(measurement, which, book):
    result = corner(tau * exp(-I * phi), measurement)
    _, outcome, _ = without(result, result.given[which], book)
    assert (outcome.verdict, outcome.why) == ("hypothesis not needed", "it follows from the others: A₁₀ = A₀₁*")


@pytest.mark.parametrize("equation", [equal(x, y), equal(y, x)])
def test_equals_for_equals_imply_a_hypothesis(equation, book):
    mutant, outcome, known = without(root(y > 0, equation, x > 0), x > 0, book)
    assert outcome.verdict == "hypothesis not needed"
    assert implied(mutant, known.prove("root").lines, known).startswith("it follows from the others")


def test_an_equation_of_something_else_implies_nothing(book):
    mutant, _, known = without(root(y >= 0, equal(c, x), x >= 0), x >= 0, book)
    assert implied(mutant, known.prove("root").lines, known) == ""


def test_a_corner_that_is_not_the_conjugate_does_not(book):
    result = corner(2 * tau * exp(-I * phi), POVM)
    for hypothesis in result.given[1:]:
        mutant, _, known = without(result, hypothesis, book)
        assert implied(mutant, known.prove("corner").lines, known) == ""


def test_a_statement_that_another_result_proves_is_not_needed(book):
    square = Result("square", "x² + 2x + 1 ≥ 0", chain=[have(num(0) <= (x + 1) ** 2, by=ANY)])
    result = root((x + 1) ** 2 >= 0, x >= 0, label="other")
    known = Book({})
    known.add(square)
    known.add(result)
    gone = (x + 1) ** 2 >= 0
    (mutant,) = (m for m in mutants(result) if m.kind == "dropped hypothesis" and dropped(m) == gone)
    assert trial(mutant, known).verdict == "hypothesis not needed"


def test_a_hypothesis_without_which_another_has_no_value_is_needed(book):
    line = eq(1, by=algebra)
    result = Result("quotient", "A quotient", given=(unequal(x, 0), 1 / x <= y), chain=[x / x + 0 * y, line])
    _, outcome, _ = without(result, unequal(x, 0), book)
    assert outcome.verdict == "killed"
    assert outcome.numbers.verdict == "undefined"
    safe, unsafe = sorted_out((1 / x <= y, y <= 1))
    assert (safe, unsafe) == ((y <= 1,), (1 / x <= y,))
    assert sorted_out((1 / x <= y, unequal(x, 0)))[1] == ()


def test_a_definition_is_asked_whether_what_it_defines_has_a_value(book):
    mean = call(defined("mean", (a, N), Sum(a(j), (j, 1, N)) / N), a, N)
    made = Definition("mean", "The mean", mean, given=(N >= 1,))
    _, outcome, _ = without(made, N >= 1, book)
    assert outcome.numbers.verdict == "undefined"
    assert outcome.numbers.why == "undefined where it fails: what is defined"


def test_counterexamples_are_looked_for_where_the_hypothesis_fails():
    def places(result, gone):
        (mutant,) = (m for m in mutants(result) if m.kind == "dropped hypothesis" and dropped(m) == gone)
        return outside(mutant)

    line = have(equal(x, x), by=algebra)
    result = Result("r", "r", given=(PROJECTIVE, x > 0, unequal(y, 0), equal(c, 1)), chain=[line])
    assert places(result, PROJECTIVE) == ((Term("povm", (E, d)),), ())
    assert places(result, x > 0) == ((equal(num(0), x),), (Term("lt", (x, num(0))),))
    wide = Result("w", "w", given=(x <= y,), chain=[have(equal(x + y, y + x), by=algebra)])
    beyond, nothing = Term("lt", (y, x)), equal(y, num(0))
    far = Term("lt", (y, num(Fraction(1, 64)))), Term("lt", (num(1), x))
    assert places(wide, x <= y) == ((beyond,), far, (beyond, nothing))
    assert places(Result("f", "f", given=(SMALL,), chain=[line]), SMALL) == ((), (x <= Fraction(1, 64),))
    assert places(result, unequal(y, 0)) == ((equal(y, num(0)),),)
    assert places(result, equal(c, 1)) == ((unequal(c, num(1)),),)
    blurred = Result("b", "b", given=(POVM, x > 0), chain=[line])
    sharp = (equal(num(0), x), Term("projective", (E, d)))
    assert places(blurred, x > 0) == ((equal(num(0), x),), sharp, (Term("lt", (x, num(0))),))


def test_the_conjugate_of_a_product_is_not_confused_with_it(book):
    """Only A₀₁ and A₁₀ of one observable are partners."""
    other = equal(conj(z), tau * exp(-I * phi))
    given = (POVM, equal(entry(A, 0, 1), tau * exp(I * phi)), other)
    result = Result("c", "c", given=given, chain=[entry(A, 0, 1) + 0 * z, eq(tau * exp(I * phi), by=algebra)])
    mutant, _, known = without(result, given[1], book)
    assert implied(mutant, known.prove("c").lines, known) == ""


def test_a_crash_is_reported_even_where_the_others_imply_the_hypothesis(book):
    def prove(state):
        return 1 / 0 if (x >= 0) not in state.given else fact(Abs(x) >= 0, state.given)

    result = Result("crash", "c", given=(x >= 1, x >= 0), chain=[have(Abs(x) >= 0, by=ProofBy("by both", prove))])
    _, outcome, _ = without(result, x >= 0, book)
    assert outcome.verdict == "crash"


def pointed(*points):
    """√(x²) = x for 0 ≤ x and y = 1, with the author's points for the first hypothesis."""
    given = (x >= 0, equal(y, 1), y * x >= -5)
    needs = tuple(Needed(given[0], point) for point in points)
    chain = [(x**2) ** (num(1) / 2), eq(x, by=algebra)]
    return Result("pointed", "A root", given=given, chain=chain, needs=needs)


def test_an_authors_point_is_a_counterexample_where_the_others_hold_and_the_statement_fails(book):
    result = pointed(((x, Fraction(-9, 2)), (y, 1)))
    mutant, outcome, _ = without(result, result.given[0], book)
    assert (outcome.numbers.verdict, outcome.numbers.why) == ("killed", "x = -9/2, y = 1")
    assert _by_author(mutant, mutant.declared.claims(), book, Bench()) == outcome.numbers


@pytest.mark.parametrize(
    "point",
    [
        ((x, -1), (y, 2)),  # another hypothesis fails
        ((x, -6), (y, 1)),  # a third one fails
        ((x, 3), (y, 1)),  # the statement holds
        ((x, -1),),  # a value is missing
    ],
)
def test_any_other_point_of_an_author_says_nothing(point, book):
    result = pointed(point)
    (mutant,) = (m for m in mutants(result) if m.kind == "dropped hypothesis" and dropped(m) == result.given[0])
    assert _by_author(mutant, mutant.declared.claims(), book, Bench()) is None


def test_an_authors_point_may_be_where_the_statement_says_nothing(book):
    nonzero = unequal(x - 7, 0)
    result = Result("pole", "A quotient", given=(nonzero,), chain=[(x - 7) / (x - 7), eq(num(1), by=algebra)], needs=())
    pointed_at = replace(result, needs=(Needed(nonzero, ((x, 7),)),))
    mutant, outcome, _ = without(pointed_at, nonzero, book)
    assert outcome.numbers.verdict == "undefined"
    assert outcome.numbers.why.startswith("undefined")
    assert _by_author(mutant, mutant.declared.claims(), book, Bench()) == outcome.numbers
    (plain,) = (m for m in mutants(result) if m.kind == "dropped hypothesis")
    assert _by_author(plain, plain.declared.claims(), book, Bench()) is None


def test_a_point_for_one_hypothesis_says_nothing_about_another(book):
    result = replace(pointed(), needs=(Needed(equal(y, 1), ((x, -1), (y, 1))),))
    (mutant,) = (m for m in mutants(result) if m.kind == "dropped hypothesis" and dropped(m) == result.given[0])
    assert _by_author(mutant, mutant.declared.claims(), book, Bench()) is None


@pytest.mark.parametrize("label", POINTED)
def test_every_point_that_the_book_gives_is_a_certified_counterexample(label, book):
    declared = book.declared(label)
    assert declared.needs
    for needed in declared.needs:
        others = tuple(h for h in declared.given if h != needed.hypothesis)
        assert len(others) == len(declared.given) - 1
        others = tuple(h for h in others if not proved_at(h, needed, book))
        found = [check_at(claim, dict(needed.at), 20, others) for claim in declared.claims()]
        assert any((f.verdict, f.certified) == ("refuted", True) or f.undefined for f in found), needed.hypothesis
        assert not any(
            check_at(claim, dict(needed.at), 20, declared.given).verdict == "refuted" for claim in declared.claims()
        )


FOR_ALL = Term("asymptotic", (num(1), lam(N, N * (x + c) ** 2 >= 0 * N)))


def square_of(z, *given):
    """0 ≤ N·z² for all N ≥ 1."""

    def prove(state):
        e = Estimates((*state.given, *given, N >= 1), state)
        return for_all_from(N, num(1), e.at_most(0 * N, N * z**2, (N, square_nonnegative(z, e.given))))

    return ProofBy("a square", prove)


def beside_all_sizes(by, point=((x, -3), (c, 2))):
    """√(x²) = x for x ≥ 0, beside a hypothesis about all N, with the author's point for the first."""
    result = Result(
        "sized",
        "A root",
        given=(x >= 0, FOR_ALL),
        chain=[(x**2) ** (num(1) / 2), eq(x, by=algebra)],
        needs=(Needed(x >= 0, point, by),),
    )
    return result, next(m for m in mutants(result) if m.kind == "dropped hypothesis" and dropped(m) == (x >= 0))


@pytest.mark.parametrize("z", [x + c, num(-3) + num(2)])
def test_a_reason_proves_what_is_assumed_of_all_sizes_at_the_authors_point(z, book):
    """In general, or of the numbers there."""
    result, mutant = beside_all_sizes((square_of(z),))
    found = _by_author(mutant, mutant.declared.claims(), book, Bench())
    assert (found.verdict, found.why) == ("killed", "c = 2, x = -3")
    assert proved_at(FOR_ALL, result.needs[0], book)
    assert not proved_at(FOR_ALL, replace(result.needs[0], by=()), book)


@pytest.mark.parametrize(
    "by",
    [
        (),
        (square_of(x),),  # of another number
        (square_of(x + c, c >= 2),),  # under a hypothesis of its own
        (ProofBy("assumed", lambda _: logic.assume(FOR_ALL)),),
        (ProofBy("refused", lambda _: fact(x <= c, ())),),
    ],
)
def test_without_a_proof_it_is_known_at_a_few_sizes_only(by, book):
    result, mutant = beside_all_sizes(by)
    assert not proved_at(FOR_ALL, result.needs[0], book)
    assert _by_author(mutant, mutant.declared.claims(), book, Bench()) is None


def test_a_proof_of_one_hypothesis_leaves_the_others(book):
    result, mutant = beside_all_sizes((square_of(x + c),), ((x, 3), (c, 2)))  # where the statement holds
    assert _by_author(mutant, mutant.declared.claims(), book, Bench()) is None
    more = replace(result, given=(*result.given, c >= 3))
    with_more = next(m for m in mutants(more) if m.kind == "dropped hypothesis" and dropped(m) == (x >= 0))
    assert _by_author(with_more, with_more.declared.claims(), book, Bench()) is None


def test_the_values_of_a_proof_are_of_their_sorts(book):
    """0 ≤ N·k² holds for integers k; nothing is said of k = 1/2."""
    claim = Term("asymptotic", (num(1), lam(N, N * k**2 >= 0 * N)))
    prove = (square_of(k),)
    assert proved_at(claim, Needed(x >= 0, ((k, 3),), prove), book)
    assert not proved_at(claim, Needed(x >= 0, ((k, Fraction(1, 2)),), prove), book)


def far(hypothesis, *others):
    """|zwv| ≤ 8c, given the hypothesis and others."""
    result = Result("far", "f", given=(hypothesis, *others), chain=[have(Abs(z * w * v) <= 8 * c, by=ANY)])
    (mutant,) = (m for m in mutants(result) if m.kind == "dropped hypothesis" and dropped(m) == hypothesis)
    return _far_out(mutant, mutant.declared.claims(), outside(mutant), 0, Bench())


def test_far_out_a_needed_hypothesis_has_a_counterexample_and_one_that_is_not_has_none():
    bounds = Abs(z) <= 2, Abs(w) <= 2, Abs(v) <= 2, equal(c, 1)
    for needed in bounds[:3]:
        found = far(needed, *(h for h in bounds if h != needed))
        assert found is not None
        assert found.verdict == "killed"
    assert far(Abs(v) <= 3, *bounds) is None
    assert far(Abs(v) <= 3, *bounds[:2], Abs(v) <= 1, equal(c, 1)) is None


def test_numbers_far_out_stay_inside_their_bounds():
    random = Random(1)
    for low, high in ((None, None), (0, None), (None, -3), (2, 5)):
        ends = Interval(*(None if b is None else Fraction(b) for b in (low, high)))
        for _ in range(50):
            n, r = extreme_natural(random, ends, None), extreme_real(random, ends)
            assert all((low is None or low <= value) and (high is None or value <= high) for value in (n, r))
    assert extreme_natural(random, Interval(Fraction(3), Fraction(2)), 0) is None
    assert extreme_real(random, Interval(low=Fraction(0), strict_low=True)) > 0


def test_a_plain_point_refutes_a_claim_with_many_hypotheses(book):
    given = book.declared("D7-second.factor").given
    (claim,) = book.declared("D7-second.factor").claims()
    for gone in given[:5]:
        others = tuple(h for h in given if h != gone)
        found = refuted_at_plain(claim, others, 0, Bench())
        assert found is not None, gone
        assert found.certified, gone
    assert refuted_at_plain(claim, given, 0, Bench()) is None


def test_plain_points_tell_where_a_side_has_no_value():
    claim, given = Abs(x / N) <= c, (Abs(x) <= c, Abs(z) <= c, 8 * c <= N)
    assert undefined_at_plain(claim, given, 0, Bench()) is not None
    assert undefined_at_plain(claim, (*given, num(1) <= N), 0, Bench()) is None


def test_plain_points_are_of_numbers_only():
    assert refuted_at_plain(equal(entry(A, 0, 0), 0), (), 0, Bench()) is None


def test_one_of_several_squares_bounds_an_integer(book):
    claim = k - j <= 2 * N
    given = (-1 * j <= N, k <= N, 16 * j**2 + 16 * k**2 <= N)
    by = ProofBy("both are at most N", lambda state: fact(claim, state.given))
    result = Result("squares", "Two integers", given=given, chain=[have(claim, by=by)])
    for h in given[:2]:
        _, outcome, _ = without(result, h, book)
        assert (outcome.verdict, outcome.why) == (
            "hypothesis not needed",
            "it follows from the others: |k| ≤ k² for integers",
        )
