"""Every limit of the book follows from a rate of its own, which says from which N on it holds."""

from __future__ import annotations

import pytest

from symbolic_mqb.book import paper
from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.numerics.remainders import SIZES, shares
from symbolic_mqb.tactics.rates import FromRate

BOOK = paper()
LIMITS = [
    (label, claim, line)
    for label in BOOK.labels
    for claim, line in zip(BOOK.declared(label).claims(), BOOK.declared(label).lines, strict=True)
    if claim.op in ("limit", "weak_limit")
]
#: Weak limits whose statement has the rate in it, and whose measure is known at every N.
EXPLICIT = frozenset(
    label for label, claim, line in LIMITS if claim.op == "weak_limit" and not isinstance(line.by, FromRate)
)
#: Limits that are proved and whose numerics have no certified bound yet: each is to get a rate.
WITHOUT = frozenset({"commutator-limit", "12-convergence"})


def test_there_are_limits():
    assert len(LIMITS) > 30
    assert len(EXPLICIT) < 5


@pytest.mark.parametrize(
    ("label", "claim", "line"), LIMITS, ids=[f"{label}-{i}" for i, (label, *_) in enumerate(LIMITS)]
)
def test_a_limit_names_its_rate(label, claim, line):
    if label in EXPLICIT or (label in WITHOUT and not isinstance(line.by, FromRate)):
        return
    assert isinstance(line.by, FromRate)
    rate = BOOK.declared(line.by.bound.label)
    assert rate.statement.op == "le"
    assert rate.statement.args[1].args[-1].op == "pow"
    assert any(h.op == "le" and h.args[1].args == ("N", "nat") for h in rate.given)


@pytest.mark.parametrize("label", ["5-rate", "12-rate", "C9-dephasing-law-rate", "A8-continuity"])
def test_a_rate_is_kept_at_every_size_and_not_by_a_hopeless_bound(label):
    declared = BOOK.declared(label)
    found = shares(declared.statement, declared.given, points=3)
    assert found
    assert {s.n for s in found} <= set(SIZES)
    assert all(s.inside for s in found)
    assert max(s.share for s in found) > 10**-6


def test_a_bound_that_vanishes_is_not_kept():
    declared = BOOK.declared("5-rate")
    left, right = declared.statement.args
    nothing = Term("le", (left, num(0) * right))
    assert not all(s.inside for s in shares(nothing, declared.given, points=3))
