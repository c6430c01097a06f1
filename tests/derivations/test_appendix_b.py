"""Appendix B: the tools of its derivations, and false variants of its lines."""

from __future__ import annotations

import pytest

from symbolic_mqb.book import Book
from symbolic_mqb.derivations import CONTENTS
from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, num, substitute, var
from symbolic_mqb.notation.bell import (
    ANSWERS,
    BEST,
    STANDARD,
    angles,
    c,
    correlation,
    cosines,
    local_bell_parameter,
    sign_element,
)
from symbolic_mqb.notation.language import Sum, cos, equal, pi, sqrt, symbols
from symbolic_mqb.numerics.sampling import sample
from symbolic_mqb.numerics.witness import check
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.sums import written_out

(k,) = symbols("k", "int")
(n,) = symbols("n", "nat")
theta, x = symbols("θ x", "real")


class _Nowhere:
    given = ()

    def lookup(self, label):
        raise KeyError(label)


STATE = Estimates((), _Nowhere())


def test_sums_between_numbers_are_written_out() -> None:
    nested = Sum(Sum(c(k) * x**2, (k, 0, 1)), (var("l", "int"), 1, 3 - num(1)))
    theorem = written_out.step(nested + Sum(c(k), (k, 0, n)), STATE)
    assert not any(t.op == "sum" and t.args[1].op == "num" for t in theorem.right.args)
    assert check(theorem.conclusion).verdict == "agrees"
    for t in (Sum(c(k), (k, 0, n)), x, Sum(c(k), (k, 1, 0))):
        with pytest.raises(Refused, match="no sum"):
            written_out.step(t, STATE)


def test_points_meet_given_values_of_a_sequence() -> None:
    points = sample(frozenset({c, theta}), BEST, 5)
    assert len(points) == 5
    assert all(point[c][1] == BEST[1].args[1] for point in points)
    assert all(point[c][3] is not None for point in points)


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (equal(sign_element(1, 2), sqrt(2 / pi)), ()),
        (equal(sign_element(0, 1), -sqrt(2 / pi)), ()),
        (equal(sign_element(0, 3), num(0)), ()),  # not zero: only the levels 0, 1, 2 are meant in (B6)
        (equal(correlation(theta, 3), sqrt(5) / pi * cos(2 * theta)), BEST),
        (equal(correlation(theta, 3), 2 * sqrt(5) / pi * cos(theta)), BEST),
        (cosines() <= 2, ()),
        (local_bell_parameter() <= num(1), ANSWERS),
    ],
)
def test_false_variants_are_refuted(statement: Term, given: tuple[Term, ...]) -> None:
    assert check(statement, given, points=60).verdict == "refuted"


def test_the_cosines_are_of_sums_so_that_bob_turns_backwards() -> None:
    quarter = pi / 4
    for settings, value in ((STANDARD, 2 * sqrt(2)), ((num(0), 2 * quarter, quarter, 3 * quarter), num(0))):
        total = substitute(cosines(), dict(zip(angles, settings, strict=True)))
        assert check(equal(total, value)).verdict == "agrees"


def test_every_numbered_equation_of_appendix_b_has_a_result() -> None:
    book = Book(CONTENTS)
    assert all(book.declared(f"B{i}").equation == f"B{i}" for i in range(1, 9))
    assert {label for label in book.labels if book.declared(label).errata and label.startswith("B")} == set()
