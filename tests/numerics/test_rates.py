"""Limits are certified through a proved rate, and through nothing else."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symbolic_mqb.book import paper
from symbolic_mqb.kernel.terms import Term, lam, num, substitute
from symbolic_mqb.notation.language import Abs, I, exp, symbols
from symbolic_mqb.notation.measurement import N
from symbolic_mqb.numerics.rates import Rate
from symbolic_mqb.numerics.sampling import sample
from symbolic_mqb.numerics.witness import check
from symbolic_mqb.tactics.rates import FromRate

(x,) = symbols("x", "real")
SEQUENCE = exp(I * x / N)
LIMIT = Term("limit", (lam(N, SEQUENCE), num(1)))
BOUND = Abs(SEQUENCE - 1) <= Abs(x) * N ** num(-1)
LATE = num(1) <= N


def evidence(statement=BOUND, given=(LATE,), claim=LIMIT):
    return check(claim, (), rate=Rate("rate", statement, given))


def test_a_limit_within_its_rate_is_certified_and_says_how():
    found = evidence()
    assert (found.verdict, found.certified, found.digits) == ("agrees", True, 50)
    assert found.reason == "within the bound of (rate) at N = 1, 100, 1000, 1e+06, 1e+09"


def test_without_a_rate_it_is_not_certified():
    found = check(LIMIT)
    assert (found.verdict, found.certified) == ("agrees", False)


def test_a_bound_that_is_too_small_refutes():
    found = evidence(Abs(SEQUENCE - 1) <= Fraction(1, 10) * Abs(x) * N ** num(-1))
    assert found.verdict == "refuted"


def test_a_wrong_limit_is_refuted_whatever_rate_it_names():
    wrong = Term("limit", (lam(N, SEQUENCE), num(2)))
    assert evidence(Abs(SEQUENCE - 2) <= 10 * N ** num(-1), claim=wrong).verdict == "refuted"


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (Abs(exp(2 * I * x / N) - 1) <= 2 * Abs(x) * N ** num(-1), (LATE,)),  # another sequence
        (Abs(SEQUENCE - 2) <= 10 * N ** num(-1), (LATE,)),  # another value
        (Abs(SEQUENCE - 1) <= 10 * N ** num(0), (LATE,)),  # no rate
        (Abs(SEQUENCE - 1) <= 10 + N, (LATE,)),
        (Abs(SEQUENCE - 1) <= Abs(x) * N * N ** num(-1), (LATE,)),  # the constant depends on N
        (BOUND, (LATE, N <= 50)),  # not for all large N
        (BOUND, (LATE, Term("le", (N + 0, N)))),
        (BOUND, (LATE, Abs(x) <= -1)),  # a hypothesis that does not hold
    ],
)
def test_a_rate_that_proves_no_such_limit_certifies_nothing(statement, given):
    assert not evidence(statement, given).certified


def test_a_rate_is_tried_only_where_it_speaks():
    found = evidence(given=(Abs(x) ** 2 + 500 <= N,))
    assert found.certified
    assert "at N = 50" in found.reason
    assert "1000, 1e+06, 1e+09" in found.reason


def test_points_of_a_bound_lie_beyond_its_threshold():
    threshold = 40 * x**2 + 7
    points = sample((x, N), (threshold <= N,), 5)
    assert len(points) == 5
    assert all(40 * p[x] ** 2 + 7 <= p[N] for p in points)
    assert all(p[N] < 40 * p[x] ** 2 + 80 for p in points)


@pytest.mark.parametrize("label", ["5", "9", "W-variance"])
def test_the_limits_of_the_paper_are_certified_and_wrong_ones_are_not(label):
    declared = paper().declared(label)
    (line,) = declared.lines
    assert isinstance(line.by, FromRate)
    other = paper().declared(line.by.bound.label)
    rate = Rate(other.label, other.statement, other.given)
    found = check(declared.statement, declared.given, points=3, rate=rate)
    assert (found.verdict, found.certified) == ("agrees", True)
    function, value = declared.statement.args
    doubled = Term("limit", (function, 2 * value))
    assert check(doubled, declared.given, points=3, rate=rate).verdict == "refuted"
    moved = substitute(other.statement, {v: num(1) for v in other.statement.free if v.args == ("t", "real")})
    if moved != other.statement:
        assert not check(declared.statement, declared.given, points=3, rate=Rate("r", moved, other.given)).certified
