"""Random calls of every rule: what a rule accepts is not refuted by the numbers.

Each call is one of the book's with terms changed or hypotheses dropped, seeded by the rule's name. The other
witness evaluates what was accepted at points that satisfy the hypotheses; it shares no code with the rules.
`benchmarks/fuzz_rules.py` does the same for as long as one likes.
"""

from __future__ import annotations

import random
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.numerics.witness import check
from symbolic_mqb.rules import RULES

from .calls import attempt, corpus, near

TRIES, SECONDS = 16, 0.5
#: What is compared at single points; limits are extrapolated by the other witness, not enclosed.
POINTWISE = ("eq", "le", "lt", "ne", "is_real", "bounded")


class Late(BaseException):
    """The numbers take too long."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise `Late` after so many seconds; inside FLINT's integration it turns up as a SystemError."""
    fired = []

    def late(*_: object) -> None:
        fired.append(True)
        raise Late

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except SystemError as error:
        if not fired:
            raise
        raise Late from error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def accepted(rule: str, tries: int) -> Iterator[Theorem]:
    """Theorems from random calls; a call that does not end in a theorem or a refusal raises what it raised."""
    r = random.Random(rule)
    for _ in range(tries):
        arguments = near(r, r.choice(corpus()[rule]).arguments)
        theorem = None if arguments is None else attempt(rule, arguments)
        if theorem is not None:
            yield theorem


@pytest.mark.parametrize("rule", sorted(RULES))
def test_what_is_accepted_is_not_refuted(rule: str) -> None:
    for seed, theorem in enumerate(accepted(rule, TRIES)):
        if theorem.conclusion.op in POINTWISE:
            try:
                with at_most(SECONDS):
                    found = check(theorem.conclusion, theorem.hypotheses, 12, 3, seed)
            except Late:
                continue
            assert found.verdict != "refuted", (theorem, found)


def test_most_rules_accept_some_of_the_random_calls() -> None:
    """Otherwise the test above would not test anything."""
    made: Callable[[str], bool] = lambda rule: next(accepted(rule, 3 * TRIES), None) is not None  # noqa: E731
    assert sum(map(made, RULES)) > 0.9 * len(RULES)
