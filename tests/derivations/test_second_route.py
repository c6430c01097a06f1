"""The lemma (A9) has two proofs, and they share no application of a rule.

What is compared: every inference of both proofs down to its leaves, except the plumbing of logic
(chaining, rewriting in context, instantiating, discharging, turning an equation around) and the
canonical form, which says nothing about Gaussians or Hermite polynomials. An application is a rule
with its arguments; the hypotheses it was given are left out, so that the same step under other
hypotheses would count as shared.

What *is* shared, and unavoidably so: the statement; the plumbing and the canonical form; the
definition of He_n (opened at other arguments); and, at other arguments, two rules on integrals, the
Gaussian integral and the exchange of an integral with a finite sum.

The exact matrix element at α = 1 has two expressions as well: the integral (D7-reduced), on which the
limit (D7) rests, and the finite sum (D7-second.exact), which comes from (A3-general) and knows no
integral. They are equal, from the same hypotheses, and their proofs have no rule in common.

So has the limit: (D7) is an integral, (D7-second) a power series. Both rest on four estimates that are not about
the matrix element as such: 𝒜 = 1 + itA/(2Nτ) + O(N^{−2}), (1 + w/N + …)^{N+p} → e^w, and the central binomial
coefficients. No statement of the second proof has an integral in it. (D7-second.agree) compares the two limits
without either proof.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from symbolic_mqb.book import Book, LineFailure
from symbolic_mqb.derivations import CONTENTS
from symbolic_mqb.kernel.record import replay
from symbolic_mqb.kernel.terms import Term, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import symbols
from symbolic_mqb.notation.measurement import A
from symbolic_mqb.results import Result, eq
from symbolic_mqb.rules import RULES
from symbolic_mqb.tactics.reasons import algebra

PLUMBING = {"transitivity", "rewrite", "normal_form", "instantiate", "discharge", "symmetry"}
SECOND = CONTENTS["symbolic_mqb.derivations.appendix_a.lemma_second_route"]
AT_ALPHA_ONE = CONTENTS["symbolic_mqb.derivations.appendix_d.dicke_sum"]
BESSEL = tuple(
    label
    for module in ("series_factor", "series_sum", "bessel_limit", "bessel_integral")
    for label in CONTENTS[f"symbolic_mqb.derivations.appendix_d.{module}"]
)


@cache
def book() -> Book:
    return Book(CONTENTS)


def inferences(label: str) -> list[Theorem]:
    """Every theorem that the proof of a label consists of."""
    whole = book().prove(label).theorem
    assert whole is not None
    found: dict[int, Theorem] = {}
    todo: list[Any] = [whole]
    while todo:
        now = todo.pop()
        if isinstance(now, tuple):
            todo += now
        elif isinstance(now, Theorem) and id(now) not in found:
            found[id(now)] = now
            todo += now.arguments
    return list(found.values())


def application(theorem: Theorem) -> tuple[Any, ...]:
    """The rule and its arguments without the hypotheses, which come last where a rule takes them."""
    arguments = theorem.arguments
    code = getattr(RULES[theorem.rule], "__wrapped__").__code__  # noqa: B009
    if "given" in code.co_varnames[: code.co_argcount]:
        arguments = arguments[:-1]
    return theorem.rule, *(a.conclusion if isinstance(a, Theorem) else a for a in arguments)


def applications(label: str) -> set[tuple[Any, ...]]:
    return {application(t) for t in inferences(label) if t.rule not in PLUMBING}


def test_both_prove_the_same_statement_from_the_same_hypotheses() -> None:
    first, second = (book().prove(label).theorem for label in ("A9", "A9-second"))
    assert first is not None
    assert second is not None
    assert first.conclusion == second.conclusion
    assert first.hypotheses == second.hypotheses == set(book().declared("A9").given)


def test_no_application_of_a_rule_is_shared() -> None:
    first, second = applications("A9"), applications("A9-second")
    assert len(first) > 10
    assert len(second) > 8
    assert not first & second


def test_no_equation_is_shared_but_the_lemma() -> None:
    """Plumbing and algebra included: no equation of one proof is a step of the other."""
    first, second = ({t.conclusion for t in inferences(label)} for label in ("A9", "A9-second"))
    lemma = book().declared("A9").statement
    assert first & second <= {lemma, Term("eq", (lemma.args[1], lemma.args[0]))}


def test_the_rules_that_occur_in_both_are_the_ones_the_docstring_names() -> None:
    first, second = ({key[0] for key in applications(label)} for label in ("A9", "A9-second"))
    assert first & second == {"definition", "gaussian_integral", "integral_termwise"}


def used(label: str) -> set[str]:
    """The results that the proof of a label rests on, itself included."""
    proof = book().prove(label)
    return {label}.union(*(used(other) for other in proof.uses))


def test_neither_uses_a_result_of_the_other() -> None:
    assert used("A9-second") == set(SECOND)
    assert not used("A9") & used("A9-second")


def test_the_sum_and_the_integral_are_the_same_matrix_element_under_the_same_hypotheses() -> None:
    first, second = (book().prove(label).theorem for label in ("D7-reduced", "D7-second.exact"))
    assert first is not None
    assert second is not None
    assert first.left == second.left
    assert first.hypotheses == second.hypotheses == set(book().declared("D7-second.exact").given)


@pytest.mark.parametrize("label", ["D4", "D7-reduced", "D7"])
def test_the_sum_shares_nothing_with_the_integrals(label: str) -> None:
    first, second = applications(label), applications("D7-second.exact")
    assert len(second) > 7
    assert not first & second
    assert {key[0] for key in first} & {key[0] for key in second} <= {"cases"}
    assert used("D7-second.exact") == {"A3-general", *AT_ALPHA_ONE}
    assert not used(label) & used("D7-second.exact")
    of_integral, of_sum = ({t.conclusion for t in inferences(x)} for x in (label, "D7-second.exact"))
    assert not of_integral & of_sum


#: The results on which both routes to the limit rest.
ESTIMATES = {
    *("D5-order", "D7-power", "D7-ratio"),
    *("D7-central", "D7-central-natural", "D7-central-largest", "D7-central-factorials"),
}
#: Rules on inequalities and the like, which both routes apply to estimates of the same quantities.
ORDER = {"assume", "at_most_modulus", "exponential_monotone", "exponential_taylor", "fact", "square_nonnegative"}


def has_integral(t: Term) -> bool:
    return t.op == "integral" or any(has_integral(a) for a in t.args if isinstance(a, Term))


def test_both_routes_to_the_limit_share_estimates_only() -> None:
    assert used("D7") & used("D7-second") == ESTIMATES
    assert not any(has_integral(t.conclusion) for t in inferences("D7-second"))
    assert any(has_integral(t.conclusion) for t in inferences("D7"))
    estimates = set().union(*(applications(label) for label in ESTIMATES))
    shared = (applications("D7") & applications("D7-second")) - estimates
    assert {key[0] for key in shared} <= ORDER | {"triangle"}


def test_the_series_is_the_integral_by_neither_route() -> None:
    agree = book().prove("D7-second.agree").theorem
    first, second = (book().prove(label).theorem for label in ("D7", "D7-second"))
    assert agree is not None
    assert first is not None
    assert second is not None
    assert first.conclusion.args[0] == second.conclusion.args[0]
    assert used("D7-second.agree") == {"D7-second.agree", "D7-second.circle", "D7-second.mirror"}
    left, right = (substitute(side, {symbols("A", "op")[0]: A}) for side in agree.conclusion.args)
    assert (left, right) == (first.conclusion.args[1], second.conclusion.args[1])


@pytest.mark.parametrize("labels", [SECOND, AT_ALPHA_ONE, BESSEL])
def test_replay(labels: tuple[str, ...]) -> None:
    claims = replay(book().record(labels).data(), RULES)
    assert set(labels) <= set(claims)


def _mutant(label: str, **changes: Any) -> Book:
    """A book in which the result `label` is changed."""
    others = {module: [x for x in labels if x != label] for module, labels in CONTENTS.items()}
    changed = Book(others)
    declared = book().declared(label)
    assert isinstance(declared, Result)
    changed.add(replace(declared, **changes))
    return changed


@pytest.mark.parametrize("label", [*SECOND, *AT_ALPHA_ONE])
def test_every_hypothesis_is_needed(label: str) -> None:
    given = book().declared(label).given
    assert book().prove(label).used == given
    for h in given:
        with pytest.raises(LineFailure):
            _mutant(label, given=tuple(g for g in given if g != h)).prove(label)


@pytest.mark.parametrize("label", [*SECOND, *AT_ALPHA_ONE])
def test_a_line_with_a_factor_is_refused(label: str) -> None:
    chain = tuple(book().declared(label).chain)
    for i in range(1, len(chain)):
        changed = (*chain[:i], eq(2 * chain[i].expression, by=chain[i].by), *chain[i + 1 :])
        with pytest.raises(LineFailure):
            _mutant(label, chain=changed).prove(label)


@pytest.mark.parametrize("label", ["A9-second", "D7-second.exact"])
def test_lines_in_another_order_are_refused(label: str) -> None:
    chain = list(book().declared(label).chain)
    for i in range(2, len(chain)):
        changed = chain.copy()
        changed[i - 1], changed[i] = changed[i], changed[i - 1]
        with pytest.raises(LineFailure):
            _mutant(label, chain=tuple(changed)).prove(label)


@pytest.mark.parametrize("label", [*SECOND, *AT_ALPHA_ONE])
def test_algebra_alone_is_refused_where_another_reason_is_named(label: str) -> None:
    chain = tuple(book().declared(label).chain)
    for i in (i for i in range(1, len(chain)) if chain[i].by != algebra):
        changed = (*chain[:i], eq(chain[i].expression, by=algebra), *chain[i + 1 :])
        with pytest.raises(LineFailure):
            _mutant(label, chain=changed).prove(label)
