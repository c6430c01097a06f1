"""Cases of what is the same by algebra: a left and a right side under hypotheses."""

from __future__ import annotations

from symbolic_mqb.kernel.canonical import Context
from symbolic_mqb.kernel.terms import Term, num

Case = tuple[Term, Term, tuple[Term, ...]]


def case(left: object, right: object, *given: Term) -> Case:
    """left and right, each a term even if it is written as a number, under the hypotheses."""
    return left + num(0), right + num(0), given  # type: ignore[operator]


def assert_same(left: Term, right: Term, given: tuple[Term, ...]) -> None:
    """Both are the same, and that rests on all of the hypotheses."""
    context = Context(given)
    assert context.same(left, right)
    assert context.used == set(given)
