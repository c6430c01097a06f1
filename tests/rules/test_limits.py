"""Limits of products and from bounds with a symbolic rate: what the rules accept, and what they must refuse."""

from __future__ import annotations

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, apply, lam, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import exp, symbols
from symbolic_mqb.numerics.witness import check
from symbolic_mqb.rules.asymptotics import continuous_at_zero, limit_of_multiple
from symbolic_mqb.rules.limits import limit_from_rate, limit_of_product
from symbolic_mqb.rules.logic import assume, fact, normal_form, order

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


alpha, C = symbols("α C", "real")
ONE = num(1)


NEAR = lam(N, 1 + C * N ** (-alpha))
POSITIVE = (num(0) < alpha, num(0) <= C)


def bound(sequence: Term, value: Term, size: Term) -> Theorem:
    return assume(Term("abs", (sequence - value,)) <= size)


def near(*more: Term) -> Theorem:
    """|1 + C N^{−q} − 1| ≤ C N^{−q} for C ≥ 0, N ≥ 1."""
    given = (ONE <= N, num(0) <= C, *more)
    left, right = Term("abs", (1 + C * N ** (-alpha) - ONE,)), C * N ** (-alpha)
    return order(left <= right, ((ONE, normal_form(left, right, given)),), given)


def test_a_bound_with_a_symbolic_rate_gives_the_limit() -> None:
    theorem = limit_from_rate(N, NEAR, ONE, C, alpha, near(), POSITIVE)
    assert theorem.hypotheses == frozenset(POSITIVE)
    assert theorem.conclusion == Term("limit", (NEAR, ONE))


@pytest.mark.parametrize("given", [(), (num(0) <= alpha,), (alpha < 0,), (num(-1) < alpha,)])
def test_the_rate_must_be_positive(given: tuple[Term, ...]) -> None:
    with pytest.raises(Refused, match="go to zero"):
        limit_from_rate(N, NEAR, ONE, C, alpha, near(), given)


def test_a_complex_rate_has_no_sign() -> None:
    q = symbols("q", "complex")[0]
    with pytest.raises(Refused):
        limit_from_rate(N, lam(N, N ** (-q)), num(0), ONE, q, bound(N ** (-q), num(0), ONE * N ** (-q)), ())


FALSE_LIMITS: dict[str, tuple[Term, Term, Term, Term, tuple[Term, ...]]] = {
    "N^{1−α} → 0, with the constant N": (lam(N, N * N ** (-alpha)), num(0), N, alpha, POSITIVE),
    "2 → 1, with the rate 1/N": (lam(N, num(2)), ONE, ONE, 1 / N, (*POSITIVE, ONE <= N)),
    "2N → N": (lam(N, 2 * N), N, C, alpha, POSITIVE),
    "N → N, with a variable that is free": (lam(M, N + 0 * M), ONE, C, alpha, POSITIVE),
    "1/C → 0, for C chosen after N": (lam(N, 1 / C), num(0), C, alpha, (*POSITIVE, N <= C)),
}


@pytest.mark.parametrize("name", FALSE_LIMITS)
def test_nothing_may_depend_on_the_limit_variable(name: str) -> None:
    f, value, constant, q, given = FALSE_LIMITS[name]
    theorem = bound(apply(f, N), value, constant * N ** (-q))
    with pytest.raises(Refused, match="must not depend"):
        limit_from_rate(N, f, value, constant, q, theorem, given)


def test_a_bound_that_holds_for_large_n_only_keeps_its_hypothesis() -> None:
    with pytest.raises(Refused, match="must not depend"):
        limit_from_rate(N, NEAR, ONE, C, alpha, near(num(5) <= N), POSITIVE)


def test_another_bound_or_another_sequence_is_refused() -> None:
    for f, value, constant, q in (
        (NEAR, num(2), C, alpha),
        (NEAR, ONE, C, 2 * alpha),
        (NEAR, ONE, 2 * C, alpha),
        (lam(N, 2 + C * N ** (-alpha)), ONE, C, alpha),
        (lam(x, 1 + C * x ** (-alpha)), ONE, C, alpha),
    ):
        with pytest.raises(Refused, match="expected"):
            limit_from_rate(N, f, value, constant, q, near(), POSITIVE)
    with pytest.raises(Refused, match="expected"):
        limit_from_rate(N, NEAR, ONE, C, alpha, assume(C * N ** (-alpha) >= ONE), POSITIVE)
