"""The one way to make a theorem: what is no statement, no argument and no hypothesis."""

from __future__ import annotations

from typing import Any

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.notation.language import equal, symbols
from symbolic_mqb.rules.logic import assume, discharge, normal_form, transitivity

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
