"""The ways in which the bridge says no."""

from __future__ import annotations


class TranslationError(ValueError):
    """A SymPy expression that has no counterpart among the terms.

    `expression` is the subexpression at fault; the message names it and says what would be right.
    """

    def __init__(self, message: str, expression: object = None) -> None:
        super().__init__(message)
        self.expression = expression


class NotApplicable(ValueError):
    """A theorem whose left side does not stand in the expression."""


class ConditionUnmet(NotApplicable):
    """A theorem that would apply if `conditions` (statements) held; none of them follows from what is known."""

    def __init__(self, message: str, conditions: tuple[object, ...]) -> None:
        super().__init__(message)
        self.conditions = conditions
