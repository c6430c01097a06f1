"""The one way to make a theorem: what is no statement, no argument and no hypothesis."""

from __future__ import annotations

from typing import Any

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, lam, num, var
from symbolic_mqb.kernel.theorem import proper, require, rule
from symbolic_mqb.notation.language import equal, symbols
from symbolic_mqb.rules.inequalities import exponential_remainder
from symbolic_mqb.rules.logic import assume, discharge, fact, normal_form, order, transitivity

x, y = symbols("x y", "real")
(N,) = symbols("N", "nat")
INFINITY = Term("infinity")


@pytest.mark.parametrize("parts", [(INFINITY, y), (y, INFINITY), (N * y, INFINITY + y), (INFINITY, INFINITY)])
def test_no_part_of_a_remainder_is_infinite(parts: tuple[Term, Term]) -> None:
    def expansion(*o: Term) -> Term:
        return Term("asymptotic", (num(1), lam(N, equal(x, y + Term("O", o)))))

    assert assume(expansion(N * y, y)).conclusion == expansion(N * y, y)
    with pytest.raises(Refused, match="∞ is a bound of integrals only"):
        assume(expansion(*parts))


BIG = Term("O", (N * y, y))


@pytest.mark.parametrize(
    ("expansion", "good"),
    [
        ((num(1), equal(x, y + BIG)), True),
        ((INFINITY, equal(x, y + BIG)), False),  # no number is beyond ∞
        ((num(1), equal(x + BIG, y + BIG)), False),
        ((num(1), equal(x + INFINITY, y + BIG)), False),
        ((num(1), equal(x, BIG + INFINITY)), False),
        ((num(1), equal(x, INFINITY)), False),
        ((num(1), x <= y + BIG), False),
        ((num(1), x <= y), True),
    ],
)
def test_a_remainder_stands_on_the_right_of_an_expansion(expansion: tuple[Term, Term], good: bool) -> None:
    start, body = expansion
    assert proper(Term("asymptotic", (start, lam(N, body)))) is good


def test_the_line_is_an_interval() -> None:
    def integral(low: Term, high: Term) -> Term:
        return Term("integral", (low, high, lam(x, x)))

    minus = Term("mul", (num(-1), INFINITY))
    assert all(proper(integral(*ends)) for ends in ((minus, INFINITY), (num(0), INFINITY), (minus, num(0))))
    assert not proper(integral(num(0), Term("mul", (num(1), INFINITY))))
    assert not proper(integral(num(0), INFINITY + 1))
    assert not proper(Term("sum", (num(0), INFINITY, lam(Term("var", ("s", "int")), x))))


def trivial(h: Term):  # type: ignore[no-untyped-def] # what `rule` looks at are the annotations of arguments
    """h ⊢ x = x."""
    return frozenset((h,)), equal(x, x)


def test_the_hypotheses_of_a_theorem_are_statements_too() -> None:
    weaken = rule(trivial)
    assert weaken(x > 0).hypotheses == {x > 0}
    for wrong in (x, lam(N, x > 0), x < INFINITY, Term("bound", (0,)) > 0):
        with pytest.raises(Refused):
            weaken(wrong)
    with pytest.raises(Refused, match="outside its binder"):
        weaken(Term("head", ("f", ("real",), Term("bound", (3,)))))
    with pytest.raises(Refused, match="takes 1 arguments, got 2"):
        weaken(x > 0, x > 0)


def test_a_premise_is_a_theorem_of_the_right_form() -> None:
    premise = assume(x > 0)
    assert require(premise, "lt") is premise
    for other in (x > 0, None, assume(equal(x, y))):
        with pytest.raises(Refused, match="expected a theorem"):
            require(other, "lt")


@pytest.mark.parametrize("given", [(x,), (x > 0, x), (lam(N, x),), (num(1),), x, ((x > 0,),), (assume(x > 0),)])
def test_hypotheses_are_statements(given: Any) -> None:
    with pytest.raises(Refused, match="argument 3 of normal_form is Given"):
        normal_form(x, x, given)


@pytest.mark.parametrize("wrong", [None, 1.5, [], {}, frozenset(), b"x", object(), True, False, Term])
def test_an_argument_is_a_theorem_a_term_an_integer_a_text_or_a_tuple(wrong: Any) -> None:
    for call in (lambda: transitivity(wrong), lambda: discharge(wrong, assume(x > 0)), lambda: assume(wrong)):
        with pytest.raises(Refused):
            call()
    for call in (lambda: normal_form(x, x, wrong), lambda: normal_form(x, x, (wrong,))):
        with pytest.raises(Refused, match="a rule cannot take"):
            call()


def test_a_term_that_is_nested_too_deeply_is_refused() -> None:
    deep: Term = num(1)
    for _ in range(3000):
        deep = Term("cos", (deep,))
    with pytest.raises(Refused, match="normal_form: a term is nested too deeply"):
        normal_form(deep, deep, ())
    with pytest.raises(Refused, match="assume: a term is nested too deeply"):
        assume(equal(deep, 1))


class _Given(tuple[Term, ...]):
    """Hypotheses that are there for some and not for others."""


def test_an_argument_is_of_the_very_type() -> None:
    """A subclass may answer as it likes: hypotheses to one that asks, none to the next."""
    x = symbols("x", "real")[0]
    given = (num(0) <= x,)
    assert fact(num(0) <= x, given)
    with pytest.raises(Refused, match="cannot take _Given"):
        fact(num(0) <= x, _Given(given))
    with pytest.raises(Refused, match="cannot take bool"):
        exponential_remainder(x, True, ())


def test_a_reserved_name_is_refused_among_the_arguments_too() -> None:
    reserved = var("·0", "int")
    with pytest.raises(Refused, match="reserved for binders"):
        order(num(0) <= 1, ((reserved**2, fact(num(0) <= 1, ())),), ())
    assert order(num(0) <= 1, ((num(1), fact(num(0) <= 1, ())),), ())
