"""Fourier–Motzkin elimination: what contradicts, in which order the unknowns go, and where it gives up."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symbolic_mqb.kernel.linear import Inequality, _cheapest, connected, contradiction
from symbolic_mqb.kernel.polynomial import Mono, Polynomial, number, power
from symbolic_mqb.kernel.terms import Term
from symbolic_mqb.notation.language import symbols

x, y, z = symbols("x y z", "real")
X, Y, Z = (power(v, 1) for v in (x, y, z))


def row(p: Polynomial, *hypotheses: Term, strict: bool = False) -> Inequality:
    """p >= 0, or p > 0, because of the hypotheses."""
    return p, strict, frozenset(hypotheses)


def mono(p: Polynomial) -> Mono:
    """The one monomial of a polynomial."""
    (m,) = p.terms
    return m


def test_the_ends_of_an_interval_may_coincide_unless_one_is_excluded() -> None:
    low, high = x >= 1, x <= 1
    for first, second in ((False, False), (True, False), (False, True), (True, True)):
        rows = [row(X - number(1), low, strict=first), row(number(1) - X, high, strict=second)]
        assert contradiction(rows) == (frozenset((low, high)) if first or second else None)
    assert contradiction([row(X - number(2), low), row(number(1) - X, high)]) == {low, high}


def test_the_unknowns_that_matter_are_those_that_share_an_inequality() -> None:
    rows = [row(X - Y), row(Y - number(1)), row(Z - number(1))]
    assert connected(rows, [mono(X)]) == [mono(X), mono(Y)]
    assert connected(rows, [mono(Z)]) == [mono(Z)]


@pytest.mark.parametrize("sign", [1, -1])
def test_the_unknown_that_makes_the_fewest_rows_goes_first(sign: int) -> None:
    """x stands in 2·2 pairs of rows, y in 1·3; which of the signs is the rarer does not matter."""
    rows = [row(p.scale(sign)) for p in (X + Y, X + Y.scale(2), -X + Y.scale(3), -X - Y)]
    assert _cheapest(rows) == (rows, mono(Y))


@pytest.mark.parametrize("sign", [1, -1])
def test_a_row_that_no_other_can_cancel_is_left_out(sign: int) -> None:
    rows = [row(X - number(1)), row(number(2) - X)]
    assert _cheapest([*rows, row(Z.scale(sign) + X)]) == (rows, mono(X))
    assert _cheapest([row(Z.scale(sign) + Y), row(-Y)]) == ([], None)  # first z, then what y stood in with it


@pytest.mark.parametrize("more", [0, 1])
def test_elimination_gives_up_beyond_400_rows(more: int) -> None:
    rows = [row(X - number(c)) for c in range(1, 21)] + [row(number(Fraction(1, c + 1)) - X) for c in range(1, 21)]
    found = contradiction(rows + [row(number(5))] * more)
    assert found == (None if more else frozenset())
