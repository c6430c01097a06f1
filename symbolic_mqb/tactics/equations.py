"""An equation as a statement of its own, proved by the reasons of a chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..kernel.terms import Term
from ..kernel.theorem import Theorem
from .reasons import State, prove_equation


@dataclass(frozen=True)
class Steps:
    """Prove an equation by the reasons of a chain, from its left side to its right side."""

    reasons: tuple[Any, ...]

    def prove(self, statement: Term, state: State) -> Theorem:
        """The equation."""
        return prove_equation(statement, self.reasons, state)

    def words(self) -> str:
        """The reasons, one after another."""
        return "; ".join(r.words() for r in self.reasons)
