"""Questions to the hypotheses: asked once, with what a positive answer rests on.

Every positive answer leaves the hypotheses it used in `used`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from .errors import Refused
from .terms import Term

_NO: tuple[bool, frozenset[Term]] = (False, frozenset())
F = TypeVar("F", bound=Callable[..., bool])


class Questions:
    """The answers that are known, the hypotheses used so far, and what is known outside the binder."""

    used: set[Term]
    answers: dict[tuple[Any, ...], tuple[bool, frozenset[Term]]]
    outer: Questions | None


def tracked(method: F) -> F:
    """A question: asked once, and its failed attempts leave no trace in `used`."""
    name = method.__name__

    @wraps(method)
    def ask(self: Questions, *args: Any) -> bool:
        key = (name, *args)
        known = self.answers.get(key)
        outer = self.outer
        while known is None and outer is not None:  # what holds outside a binder holds inside
            above = outer.answers.get(key)
            if above is not None and above[0]:
                known = self.answers[key] = above
            outer = outer.outer
        if known is None:
            before = self.used
            self.used = set()
            self.answers[key] = _NO  # a question that leads back to itself is not answered
            try:
                good = method(self, *args)
            except Refused:  # a part that is not shown to be defined
                good = False
            known = self.answers[key] = (True, frozenset(self.used)) if good else _NO
            self.used = before
        if known[1]:
            self.used |= known[1]
        return known[0]

    return ask  # type: ignore[return-value]
