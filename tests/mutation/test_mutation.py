"""Mutants of the book: the mutators themselves, what one trial says, and a seeded sample without a survivor."""

from dataclasses import replace
from itertools import chain

import pytest

from symbolic_mqb.book import Book
from symbolic_mqb.derivations import CONTENTS
from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.kinds import kind
from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.mutation import Mutant, mutants, run, selection, trial
from symbolic_mqb.mutation.equivalence import equivalence, follows, renamed
from symbolic_mqb.mutation.mutators import Change, changes
from symbolic_mqb.mutation.sites import Site, exchanged, replaced, shifted, sites
from symbolic_mqb.mutation.trials import TrialBook, rests_on, window
from symbolic_mqb.notation.language import (
    Abs,
    Coefficient,
    Integral,
    Sum,
    binomial,
    conj,
    equal,
    exp,
    factorial,
    half,
    symbols,
    unequal,
)
from symbolic_mqb.notation.measurement import E, entry
from symbolic_mqb.notation.objects import HERMITE, He
from symbolic_mqb.results import Result, eq, have
from symbolic_mqb.tactics.reasons import algebra, by_order, unfold, use

LIGHT = (
    *("A9", "A10", "A11", "A12", "A13", "A14", "A15", "A2", "A3", "A8", "A17-orthonormal", "Hermite"),
    *("A3-pairs", "A3-falling-lower", "A3-falling-upper", "A3-ratio", "A3-stirling"),
    *("A-hermitian", "variance", "variance-projective"),
)
k, l, m, n, N = symbols("k l m n N", "nat")
s, q = symbols("s q", "int")
x, xp, alpha, beta, sigma, tau = symbols("x x' α β σ τ", "real")
y, z, w = symbols("y z w", "complex")
EVERYTHING = frozenset((k, l, m, n, N, x, xp, alpha, beta, sigma, tau, y, z))


@pytest.fixture(scope="module")
def book():
    ready = Book(CONTENTS)
    for label in LIGHT:
        assert ready.prove(label).theorem is not None
    return ready


# -- the mutators -----------------------------------------------------------------------------------
REMAINDER = Term("asymptotic", (num(1), lam(N, equal(n, n + Term("O", (N ** num(-1), Abs(x)))))))
#: kind → (a term, one of its mutants of that kind).
EXAMPLES = {
    "sign": (exp(x), exp(-x)),
    "plus-minus": (x + alpha, x + -alpha),
    "factor 2": (Sum(factorial(n), (s, 0, n)), Sum(2 * factorial(n), (s, 0, n))),
    "factor 1/2": (exp(x), half * exp(x)),
    "factor i": (Integral(exp(-(x**2)), x), Integral(Term("I") * exp(-(x**2)), x)),
    "exponent": (x ** (n - 1), x**n),
    "limit": (Sum(x**s, (s, 0, n)), Sum(x**s, (s, 0, n + 1))),
    "index": (Coefficient(n, z, exp(z)), Coefficient(n + -1, z, exp(z))),
    "exchanged indices": (He(k, x) * He(l, x), He(l, x) * He(l, x)),
    "exchanged symbols": (exp(alpha * x) / beta, exp(beta * x) / beta),
    "exchanged entries": (entry(E(n), 0, 1), entry(E(n), 1, 0)),
    "dropped conj": (conj(z) * z, z * z),
    "dropped factorial": (x / factorial(n), x / n),
    "binomial": (binomial(n, k), binomial(n, k + 1)),
    "N−1": (exp(x / N), exp(x / (N + -1))),
    "order": (
        REMAINDER,
        Term(
            "asymptotic",
            (num(1), lam(N, equal(n, n + Term("O", (N**-half * N ** num(-1), Abs(x)))))),
        ),
    ),
    "constant": (
        REMAINDER,
        Term("asymptotic", (num(1), lam(N, equal(n, n + Term("O", (N ** num(-1), 2 * Abs(x))))))),
    ),
    "threshold": (REMAINDER, Term("asymptotic", (num(2), REMAINDER.args[1]))),
    "relation": (x < alpha, x <= alpha),
}


@pytest.mark.parametrize("what", EXAMPLES)
def test_each_kind_makes_a_changed_and_well_formed_term(what):
    original, expected = EXAMPLES[what]
    made = [c for c in changes(original, EVERYTHING) if c.kind == what]
    assert expected in [c.root for c in made]
    for change in made:
        assert change.root != original
        assert not change.root.loose
        assert kind(change.root) == kind(original)
        assert " ⟶ " in str(change)


def test_no_two_mutants_of_a_term_are_the_same():
    original = Sum(binomial(n, s) * He(n - s, x / alpha) ** 2, (s, 0, n))
    roots = [c.root for c in changes(original, EVERYTHING)]
    assert len(roots) == len(set(roots)) > 40
    assert original not in roots


def test_indices_are_exchanged_below_their_binders():
    K, L = symbols("k l", "int")
    free = Sum(x**K, (K, 0, l))
    roots = [c.root for c in changes(free, EVERYTHING) if c.kind == "exchanged indices"]
    assert roots == [Sum(x**K, (K, 0, k)), Sum(x**l, (K, 0, l))]
    nested = Sum(Sum(x**K * xp**L, (L, 0, n)), (K, 0, m))
    inner = [c.root for c in changes(nested, frozenset()) if c.kind == "exchanged indices"]
    assert Sum(Sum(x**L * xp**K, (L, 0, n)), (K, 0, m)) in inner
    assert Sum(Sum(x**K * xp**K, (L, 0, n)), (K, 0, m)) in inner


def test_sites_replace_and_shift():
    t = Sum(x**s, (s, 0, n))
    assert all(replaced(t, site.path, site.term) == t for site in sites(t))
    assert [site.counts for site in sites(t)][:3] == [False, True, True]
    assert shifted(n - 1, 1) == n
    assert shifted(num(2), -1) == num(1)
    assert exchanged(m + n, m, n) == n + m
    assert Site((), t).leaf("s", frozenset()) is None


# -- mutants of a declaration --------------------------------------------------------------------------
PLAIN = Result(
    "plain",
    "Two lines",
    given=(x > 0, unequal(alpha, 0)),
    chain=[
        He(n, x) / alpha + x / x,
        eq(He(n, x) / alpha + 1, by=algebra),
        eq(factorial(n) * Coefficient(n, z, exp(x * z - half * z**2)) / alpha + 1, by=unfold(HERMITE)),
    ],
)


@pytest.fixture
def small():
    made = Book({})
    made.add(PLAIN)
    return made


def test_lines_hypotheses_and_reasons_are_mutated():
    third = by_order(x, 1, first=use("third"), second=use("third"))
    foreign = [("other", eq(x, by=use("other"))), ("third", have(x < 1, by=third))]
    found = list(mutants(PLAIN, foreign))
    by_kind = {what: [f for f in found if f.kind == what] for what in {f.kind for f in found}}
    assert {f.line for f in found if f.change is not None} == {0, 1, 2}
    assert [f.note for f in by_kind["dropped hypothesis"]] == ["without 0 < x", "without α != 0"]
    assert [f.declared.given[0] for f in by_kind["weaker hypothesis"]] == [x >= 0]
    assert len(by_kind["exchanged lines"]) == 1
    assert len(by_kind["reason"]) == 4
    assert not any("third" in f.description for f in by_kind["reason"])
    assert all(f.original is PLAIN and f.declared != PLAIN for f in found)


def test_the_identity_is_recognised_as_equivalent(small):
    root = PLAIN.lines[0].expression
    same = Mutant("plain", 1, "identity", PLAIN, PLAIN, Change("identity", Site((), root), root, root))
    outcome = trial(same, small)
    assert (outcome.verdict, outcome.why) == ("equivalent", "normal form")
    assert outcome.proof.verdict == "passed"


def _with_line(i, expression):
    chain = list(PLAIN.chain)
    chain[i] = replace(chain[i], expression=expression)
    change = Change("by hand", Site((), PLAIN.chain[i].expression), expression, expression)
    return Mutant("plain", i, "by hand", replace(PLAIN, chain=tuple(chain)), PLAIN, change)


def test_a_wrong_line_is_killed_by_both_witnesses_and_the_line_is_named(small):
    outcome = trial(_with_line(1, He(n, x) / alpha + 2), small)
    assert (outcome.verdict, outcome.proof.verdict, outcome.numbers.verdict) == ("killed", "killed", "killed")
    assert outcome.proof.line == 1


def test_a_line_written_otherwise_is_equivalent(small):
    outcome = trial(_with_line(2, 1 + He(n, x) / alpha), small)
    assert (outcome.verdict, outcome.why) == ("equivalent", "definitions and normal form")


def test_hypotheses_that_matter_are_killed_and_others_are_not_needed(small):
    idle = replace(PLAIN, given=(*PLAIN.given, beta > 0), label="idle")
    small.add(idle)
    verdicts = {o.mutant.note: o for o in (trial(m, small) for m in mutants(idle) if "hypothesis" in m.kind)}
    assert verdicts["without 0 < β"].verdict == "hypothesis not needed"
    assert verdicts["without 0 < x"].verdict == "killed"
    assert verdicts["without 0 < x"].numbers.verdict in ("undefined", "killed")


def test_an_exception_that_is_no_refusal_is_a_crash(small):
    chain = (PLAIN.chain[0], replace(PLAIN.lines[0], by=[_Broken()]), PLAIN.lines[1])
    broken = Mutant("plain", 1, "reason", replace(PLAIN, chain=chain), PLAIN, note="broken")
    outcome = trial(broken, small)
    assert outcome.verdict == "crash"
    assert "ZeroDivisionError" in outcome.why


class _Broken:
    def step(self, expression, state):
        raise ZeroDivisionError("by a reason")

    def words(self):
        return "broken"


def test_a_reason_that_still_proves_the_line_survives_unless_it_is_the_same_rule(small):
    other = (PLAIN.chain[0], replace(PLAIN.lines[0], by=[algebra, algebra]), PLAIN.lines[1])
    outcome = trial(Mutant("plain", 1, "reason", replace(PLAIN, chain=other), PLAIN), small)
    assert (outcome.verdict, outcome.why) == ("equivalent", "the same rules, worded otherwise")


def test_a_proof_that_passes_what_the_numbers_refute_is_a_survivor(small, monkeypatch):
    monkeypatch.setattr(TrialBook, "prove", lambda self, label: small.prove("plain"))
    outcome = trial(_with_line(1, He(n, x) / alpha + 2), small)
    assert outcome.verdict == "survived"


def test_the_original_must_pass_first():
    wrong = replace(PLAIN, chain=(PLAIN.chain[0], eq(He(n, x), by=algebra)))
    made = Book({})
    made.add(wrong)
    with pytest.raises(Exception, match="line 1"):
        trial(next(mutants(wrong)), made)


def test_a_circle_through_the_mutant_is_refused(book):
    assert rests_on(book, "A9", "A11")
    assert not rests_on(book, "A11", "A9")
    with pytest.raises(Refused, match="circle"):
        TrialBook(book, book.declared("A11")).prove("A9")


def test_equivalence_below_binders_uses_what_they_tell():
    a, b = (Sum(t, (s, 1, n)) for t in (s / s, s**0))
    assert equivalence(a, b, (2, 2), ()) == "normal form"
    assert equivalence(a, Sum(2 * s / s, (s, 1, n)), (2, 2), ()) == ""
    assert equivalence(Sum(x**s, (s, 0, n)), Sum(x**s, (s, 0, n + 1)), (1,), ()) == ""
    assert equivalence(Abs(z * w) ** 2, Abs(w * z) ** 2, (0, 0), ()) == "normal form"


def test_a_template_with_a_definition_in_it_is_no_value_to_compare():
    remainder = Term("O", (1 / N, num(1)))
    a, b = He(n, x) + remainder, He(n, x) - remainder
    assert equivalence(a, b, (1,), ()) == ""


def test_numerics_show_an_equivalence_only_of_what_is_defined():
    a, b = (Sum(x**s * Coefficient(n, z, z**s * exp(z)), (s, 0, end)) for end in (n, n + 1))
    assert equivalence(a, b, (1,), ()).startswith("certified")
    assert equivalence(x**n, x**n * x / x, (), ()) == ""


def test_a_statement_with_variables_renamed_is_the_same():
    assert renamed(equal(x**m, x**n), equal(x**n, x**m), ())
    assert renamed(equal(x**m, x**n), equal(x**n, x**m), (m >= 1, n >= 1))
    assert not renamed(equal(x**m, x**n), equal(x**n, x**m), (m >= 1,))
    assert not renamed(equal(x**m, x**n), equal(x**m, x**m), ())


def test_a_weaker_statement_is_known_to_follow():
    assert follows(x <= alpha, x <= alpha + 1, (1,), ())
    assert not follows(x <= alpha, x <= alpha - 1, (1,), ())
    weaker = {"constant": [num(2)], "threshold": [num(2)]}
    for change in changes(REMAINDER, EVERYTHING):
        if change.kind in ("constant", "threshold"):
            o = change.root.args[0] if change.kind == "threshold" else change.new.args[1].args[0]
            assert follows(REMAINDER, change.root, change.path, (N >= 1,)) is (o in weaker[change.kind])


# -- the book ------------------------------------------------------------------------------------------
def test_a_window_of_the_chain_says_what_the_whole_chain_says(book):
    for mutant in selection(("A11", "A12", "A13", "Hermite", "A3-pairs"), 40, 3, book=book):
        short, _ = window(mutant, book.prove(mutant.label))
        verdicts = []
        for declared in (short, mutant.declared):
            try:
                TrialBook(book, declared).prove(mutant.label)
                verdicts.append("passed")
            except Exception as error:
                verdicts.append(type(error).__name__)
        assert verdicts[0] == verdicts[1], str(mutant)


def test_a_sample_is_deterministic_and_can_be_shared():
    made = Book(CONTENTS)
    whole = run(("A11", "Hermite"), 24, 5, book=made)
    again = run(("A11", "Hermite"), 24, 5)
    parts = [run(("A11", "Hermite"), 24, 5, book=made, part=(i, 2)) for i in (0, 1)]
    assert [str(o) for o in whole.outcomes] == [str(o) for o in again.outcomes]
    assert sorted(map(str, whole.outcomes)) == sorted(map(str, chain(*(p.outcomes for p in parts))))
    assert (parts[0] + parts[1]).counts == whole.counts


def test_a_seeded_sample_of_the_book_has_no_survivor_and_no_crash(book):
    score = run(LIGHT, 120, 0, book=book)
    assert len(score.outcomes) == 120
    assert not score.survivors, "\n".join(map(str, score.survivors))
    assert not score.crashes, "\n".join(map(str, score.crashes))
    assert score.passed
    assert len(score.by_kind) >= 20
    assert score.killed_by["proof"] >= 100
    for outcome in score.by_proof_only:
        assert outcome.why
    for outcome in score.outcomes:
        if outcome.mutant.change is not None and outcome.proof.verdict == "killed":
            assert outcome.proof.line in (outcome.mutant.line, outcome.mutant.line + 1)
