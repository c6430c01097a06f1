"""Limits from bounds with a symbolic rate: what the rules accept, and what they must refuse."""

from __future__ import annotations

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, apply, lam, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import symbols
from symbolic_mqb.rules.limits import limit_from_rate
from symbolic_mqb.rules.logic import assume, normal_form, order

x, t, s = symbols("x t s", "real")
N, M = symbols("N M", "nat")


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
