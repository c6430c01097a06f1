"""What must hold for every rule, tried on calls that the book makes.

No bound variable captures a free one; no hypothesis is lost, and one on a variable that the rule binds is
refused; every part of a premise matters; other kinds of premises, terms of other kinds and numbers outside a
rule's domain are refused or, if accepted, the statement is defined. Nothing but `Refused` is ever raised.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from symbolic_mqb.kernel.errors import Refused, TermError
from symbolic_mqb.kernel.kinds import kind
from symbolic_mqb.kernel.signatures import SORTS
from symbolic_mqb.kernel.terms import Term, lam, num, substitute, var
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.mutation.sites import replaced, sites
from symbolic_mqb.rules import RULES
from symbolic_mqb.rules.logic import known

from .calls import Arguments, attempt, binders, changed, corpus, forged, free, is_given, with_variable

CALLS = corpus()
NAMES = sorted(RULES)
every_rule = pytest.mark.parametrize("rule", NAMES)
#: A statement on variables that no call uses.
EXTRA = Term("eq", (var("zq", "real"), var("zr", "real")))
#: Rules that take premises of any kind, or of several kinds that they tell apart.
#: Rules whose conclusion does not tell the constant C of a bound C·N^{−q} of its premise, the third argument.
CONSTANTS = {"limit_from_bound"}
ANY_PREMISE = {"cases", "cut", "discharge", "for_all_from", "induction", "instantiate", "order", "transport"}


def with_premises(arguments: Any, change: Any, at: tuple[int, ...] = ()) -> Iterator[tuple[Theorem, Arguments]]:
    """(a premise, the arguments with it changed) for every premise and every theorem that `change` yields of it."""
    for i, a in enumerate(arguments):
        if isinstance(a, Theorem):
            for new in change(a):
                yield a, (*arguments[:i], new, *arguments[i + 1 :])
        elif isinstance(a, tuple):
            for premise, inner in with_premises(a, change, (*at, i)):
                yield premise, (*arguments[:i], inner, *arguments[i + 1 :])


def with_terms(arguments: Any, change: Any) -> Iterator[Arguments]:
    """The arguments with one term changed, for every term and every one that `change` yields of it."""
    for i, a in enumerate(arguments):
        if isinstance(a, Term):
            for new in change(a):
                yield (*arguments[:i], new, *arguments[i + 1 :])
        elif isinstance(a, tuple) and not is_given(a):
            for inner in with_terms(a, change):
                yield (*arguments[:i], inner, *arguments[i + 1 :])


@every_rule
def test_the_calls_of_the_book_are_accepted(rule: str) -> None:
    assert rule in CALLS, "no calls of this rule: run python -m tests.adversary.calls"
    for call in CALLS[rule]:
        theorem = RULES[rule](*call.arguments)
        assert (theorem.conclusion, theorem.hypotheses) == (call.conclusion, call.hypotheses)


# -- names -----------------------------------------------------------------------------------------------


@every_rule
def test_no_free_variable_is_captured(rule: str) -> None:
    """A free variable with the name of a bound one gives the same theorem as one with any other name."""
    for call in CALLS[rule][:3]:
        for name, sort in sorted(binders(call.conclusion)):
            new, named = var("zq", sort), var(name, sort)
            if "->" in sort:
                continue
            there = changed(call.arguments, {named: var("zp", sort)})  # whatever has the name now gets another one
            for arguments in with_variable(there, new):
                expected = attempt(rule, arguments)
                if expected is not None:
                    theorem = RULES[rule](*changed(arguments, {new: named}))
                    assert theorem.conclusion == substitute(expected.conclusion, {new: named})
                    assert theorem.hypotheses == {substitute(h, {new: named}) for h in expected.hypotheses}


# -- hypotheses ------------------------------------------------------------------------------------------


@every_rule
def test_no_hypothesis_is_lost(rule: str) -> None:
    """One more hypothesis, of any premise or given, is a hypothesis of the conclusion."""
    for call in CALLS[rule]:
        more = [a for _, a in with_premises(call.arguments, lambda t: [forged(t.hypotheses | {EXTRA}, t.conclusion)])]
        if call.arguments and is_given(call.arguments[-1]) and "given" in RULES[rule].__annotations__:
            more.append((*call.arguments[:-1], (*call.arguments[-1], EXTRA)))
        for arguments in more:
            theorem = attempt(rule, arguments)
            if theorem is None:  # discharge refuses what does not follow from the given hypotheses
                assert rule == "discharge"
                continue
            assert theorem.conclusion == call.conclusion
            assert theorem.hypotheses == call.hypotheses | {EXTRA}


@every_rule
def test_no_hypothesis_on_a_variable_that_is_bound(rule: str) -> None:
    """What is proved for some values of a variable is not said of a sum, an integral or a limit over all of them."""
    for call in CALLS[rule]:
        own = {a for a in call.arguments if isinstance(a, Term) and a.op == "var"}
        for v in sorted(own - call.conclusion.free, key=repr):
            extra = Term("eq", (v, num(3)))
            for premise, arguments in with_premises(
                call.arguments, lambda t, h=extra: [forged(t.hypotheses | {h}, t.conclusion)]
            ):
                if v in free(premise):
                    assert attempt(rule, arguments) is None


# -- premises --------------------------------------------------------------------------------------------


def other_numbers(t: Theorem) -> Iterator[Theorem]:
    """Theorems that say something else: zq is added to a number somewhere in the conclusion."""
    new = var("zq", "real")
    for site in list(sites(t.conclusion))[:60]:
        if site.term.op == "bound":
            sort = site.binders[-1 - site.term.args[0]][1]
            number = SORTS.get(sort) == "number"
        else:
            number = _number(site.term, tuple(sort for _, sort in reversed(site.binders)))
        if number:
            conclusion = replaced(t.conclusion, site.path, site.term + new)
            try:
                yield forged(t.hypotheses, conclusion)
            except TermError:  # no statement any more: the name of a symbol was changed
                continue


def _number(t: Term, bound: tuple[str, ...]) -> bool:
    try:
        return kind(t, bound) == "number"
    except TermError:
        return False


@every_rule
def test_every_part_of_a_premise_matters(rule: str) -> None:
    new = var("zq", "real")
    for call in CALLS[rule]:
        for premise, arguments in with_premises(call.arguments, other_numbers):
            theorem = attempt(rule, arguments)
            assert (
                theorem is None
                or new in theorem.conclusion.free.union(*(h.free for h in theorem.hypotheses))
                or (rule in CONSTANTS and new in arguments[2].right.free)
            ), premise


#: Statements that are no equations and no inequalities.
OTHER_STATEMENTS = (
    Term("is_real", (num(0),)),
    Term("limit", (lam(var("N", "nat"), num(0)), num(0))),
    Term("asymptotic", (num(0), lam(var("N", "nat"), num(0) <= num(0)))),
    Term("bounded", (lam(var("x", "real"), num(0)), num(0))),
    Term("povm", (var("E", "nat->op"), num(1))),
    Term("weak_limit", (lam(var("N", "nat"), Term("dirac", (num(0),))), Term("dirac", (num(0),)), num(1), num(1))),
)


@every_rule
def test_every_premise_states_what_the_rule_asks_for(rule: str) -> None:
    def other_relations(t: Theorem) -> Iterator[Theorem]:
        for op in ("eq", "le", "lt", "ne"):
            conclusion = Term(op, t.conclusion.args if len(t.conclusion.args) == 2 else (num(0), num(0)))
            if t.conclusion.op != op:
                try:
                    yield forged(t.hypotheses, conclusion)
                except TermError:
                    yield forged(t.hypotheses, Term(op, (num(0), num(0))))
        yield from (forged(t.hypotheses, p) for p in OTHER_STATEMENTS if p.op != t.conclusion.op)

    for call in CALLS[rule]:
        for premise, arguments in with_premises(call.arguments, other_relations):
            assert attempt(rule, arguments) is None or rule in ANY_PREMISE, premise


# -- terms -----------------------------------------------------------------------------------------------

_X, _J, _Z = var("x", "real"), var("j", "int"), var("zq", "complex")
WRONG = (
    num(1),
    num(-1),
    num(Fraction(1, 2)),
    Term("I"),
    _Z,
    1 / var("zq", "real"),
    Term("log", (var("zq", "real"),)),
    Term("infinity"),
    lam(_X, _X),
    lam(_X, Term("pi")),
    lam(_J, _J),
    lam(_Z, _Z),
    lam(var("n", "nat"), num(1)),
    lam(_J, Term("identity")),
    Term("identity"),
    Term("tpow", (Term("identity"), num(2))),
    Term("dicke", (num(2), num(1))),
    Term("word", ()),
    Term("eq", (num(0), num(0))),
    var("f", "nat->complex"),
    var("E", "nat->op"),
    var("ρ", "states"),
    var("μ", "measure"),
    Term("dirac", (num(0),)),
    var("J", "tuple"),
)


@every_rule
def test_terms_of_all_kinds_are_refused_or_give_a_theorem(rule: str) -> None:
    """`attempt` lets nothing but `Refused` pass for a refusal, so a crash fails the test."""
    for call in CALLS[rule][:2]:
        for arguments in with_terms(call.arguments, lambda t: (w for w in WRONG if w != t)):
            _is_sound(rule, attempt(rule, arguments))


@every_rule
def test_variables_of_other_sorts(rule: str) -> None:
    """A number of another sort in place of a variable, in the premises too: refused, or a defined statement."""
    for call in CALLS[rule][:3]:
        for v in sorted(free(call.arguments), key=repr):
            for new in _others(v):
                try:
                    arguments = changed(call.arguments, {v: new})
                except TermError:
                    continue
                theorem = attempt(rule, arguments)
                if v in call.arguments and v not in call.conclusion.free.union(*(h.free for h in call.hypotheses)):
                    assert theorem is None or new.op == "var", (v, new)
                _is_sound(rule, theorem)


def _others(v: Term) -> list[Term]:
    if SORTS.get(v.args[1]) != "number":
        return []
    wider = {"nat": ("int", "real", "complex"), "int": ("real", "complex"), "real": ("complex",)}.get(v.args[1], ())
    numbers = [num(-1), num(Fraction(1, 2)), 1 / var("zq", "real")]
    return [*(var("zq", sort) for sort in wider), *numbers]


#: Rules that do not ask whether all parts are defined, since what they state holds in the total model of
#: docs/trust.rst, where an undefined number is 0: logic, finite sums and products, the algebra of kets.
TOTAL = frozenset(
    """assume cases cut definition discharge induction rewrite symmetry transitivity transport from_threshold
    exponential_monotone two_sided logarithm_bound logarithm_remainder nonzero_near_one inverse_root_bounds
    integral_termwise
    exchange_sums reverse_sum select shift_index sift split_sum
    braket_of_sum sesquilinear one_body_element operator_equality tensor_distributes tensor_distributes_each
    tensor_scalars trace_after_evolution trace_of_multiple_of_sum trace_of_projector trace_of_tuples
    completeness hermiticity marginal orthogonal_effects positivity total_probability
    expectation_is_nonnegative""".split()  # noqa: SIM905
)
#: Rules whose integrals are shown to exist by the rule itself, with more than the canonical form knows.
OWN_PROOF = frozenset(("convolution_theorem", "derivative_of_convolution"))


def _is_sound(rule: str, theorem: Theorem | None) -> None:
    """The statement is defined under its hypotheses: its sides have canonical forms."""
    if theorem is None or rule in TOTAL | OWN_PROOF or theorem.conclusion.op not in ("eq", "le", "lt", "ne"):
        return
    undefined = _undefined(theorem)
    assert not undefined, f"{theorem} is not shown to be defined: {undefined}"


def _undefined(theorem: Theorem) -> str:
    """Why a side of the statement is not shown to be defined under its hypotheses; '' if all are."""
    try:
        ctx = known(theorem.hypotheses)
        if ctx.contradictory() is None:
            for side in theorem.conclusion.args:
                ctx.nf(side)
    except Refused as no:
        return str(no)
    return ""
