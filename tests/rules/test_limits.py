"""The limit of a product: what the rule accepts, and what it must refuse."""

from __future__ import annotations

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.notation.language import exp, symbols
from symbolic_mqb.numerics.witness import check
from symbolic_mqb.rules.asymptotics import continuous_at_zero, limit_of_multiple
from symbolic_mqb.rules.limits import limit_of_product
from symbolic_mqb.rules.logic import assume, fact

x, t, s = symbols("x t s", "real")
N, M = symbols("N M", "nat")


def test_the_limit_of_a_product_is_the_product_of_the_limits() -> None:
    first = continuous_at_zero(lam(x, 2 + x), t, ())
    second = continuous_at_zero(lam(x, exp(x)), s, ())
    theorem = limit_of_product(first, second)
    assert theorem.conclusion.args[1] == (2 + num(0)) * exp(num(0))
    assert check(theorem.conclusion, theorem.hypotheses, digits=20, points=3).verdict == "agrees"


def test_the_hypotheses_of_both_limits_are_kept() -> None:
    claims = [assume(Term("limit", (lam(N, v / (N + 1)), num(0)))) for v in (s, t)]
    assert limit_of_product(*claims).hypotheses == claims[0].hypotheses | claims[1].hypotheses


def test_limits_in_variables_of_other_names_are_joined_without_capture() -> None:
    first = assume(Term("limit", (lam(N, s / (M + N + 1)), num(0))))
    second = assume(Term("limit", (lam(M, t / (M + N + 1)), num(0))))
    theorem = limit_of_product(first, second)
    assert {M, N} <= theorem.conclusion.free


def test_only_limits_are_multiplied() -> None:
    limit = continuous_at_zero(lam(x, 2 + x), t, ())
    with pytest.raises(Refused, match="expected a theorem that states 'limit'"):
        limit_of_product(limit, fact(num(0) <= num(1), ()))
    with pytest.raises(Refused, match="limit_of_product takes 2"):
        limit_of_product(limit)
    with pytest.raises(Refused, match=r"infinity has no value|∞ is a bound"):
        limit_of_product(limit, limit_of_multiple(Term("infinity"), limit, ()))
