"""What statements share that are tested one after the other: compiled terms, sampled points, values at a point.

The lines of a derivation stand under the same hypotheses, mostly have the same variables, and the right side of
one is the left side of the next. So they are tested at the same points, which are searched once, and a term has
its value at a point once. A verdict is never kept.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import Any

from ..kernel.terms import Term
from .compiler import MOST_TERMS, Compiler
from .constraints import read
from .evaluate import Evaluator
from .sampling import Point, drawn

_MOST_CODES = 100_000
_MOST_POINTS = 256
#: The values at a point take more memory than the point.
_MOST_EVALUATORS = 8


class Bench:
    """Shared by the statements that are tested with it; the evidence for each is what it is without.

    Finite sums of more than `most_terms` terms have no value.
    """

    def __init__(self, most_terms: int = MOST_TERMS) -> None:
        self._compiler = Compiler(most_terms)
        self._points: dict[Hashable, list[Point]] = {}
        self._evaluators: dict[Hashable, list[Evaluator]] = {}

    @property
    def compiler(self) -> Compiler:
        """The compiler, a new one when the old one has grown large."""
        if self._compiler.size > _MOST_CODES:
            self._compiler = Compiler(self._compiler.most_terms)
            self._evaluators.clear()
        return self._compiler

    def evaluators(
        self, claim: Term, given: tuple[Term, ...], digits: int, count: int, seed: int, extreme: bool = False
    ) -> list[Evaluator]:
        """Evaluators at up to `count` points where the hypotheses are verified."""
        compiler = self.compiler
        constraints = replace(read(claim.free, given, (claim,)), extreme=extreme)
        key = constraints.key, count, seed
        if key not in self._points:
            _forget(self._points, _MOST_POINTS)
            self._points[key] = drawn(constraints, count, seed, compiler)
        at = *key, digits
        if at not in self._evaluators:
            _forget(self._evaluators, _MOST_EVALUATORS)
            self._evaluators[at] = [Evaluator(point, digits, compiler) for point in self._points[key]]
        return self._evaluators[at]


def _forget(kept: dict[Hashable, Any], most: int) -> None:
    """Make room for one more."""
    while len(kept) >= most:
        del kept[next(iter(kept))]
