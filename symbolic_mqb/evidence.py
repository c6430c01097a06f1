"""What is asked of a numerical witness and what it answers, and how a short-lived process starts.

The witness's own process imports this and the numerics, and nothing that proves.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass
from typing import Any

from .kernel.terms import Term


def spare_the_collector() -> None:
    """For a process of short life among terms without cycles: full collections would find nothing."""
    gc.freeze()
    gc.set_threshold(200_000, 20, 50)


@dataclass(frozen=True)
class Task:
    """A statement to test: at sampled points, or at the point `at`.

    `rate` is the result that bounds the distance of a limit's sequence from its value: label, statement, hypotheses.
    """

    statement: Term
    given: tuple[Term, ...]
    digits: int
    seed: int
    at: tuple[tuple[Term, Any], ...] | None = None
    rate: tuple[str, Term, tuple[Term, ...]] | None = None


@dataclass(frozen=True)
class Evidence:
    """What the numerical witness says of a statement."""

    verdict: str
    points: int = 0
    digits: int = 0
    certified: bool = False
    counterexample: tuple[tuple[str, str], ...] = ()
    left: str = ""
    right: str = ""
    reason: str = ""

    @property
    def undefined(self) -> bool:
        """The statement speaks of something undefined at the point."""
        return self.verdict != "agrees" and self.reason.startswith("undefined")
