"""An author's reason in words, its terms printed by whoever asks: as text or as LaTeX."""

from __future__ import annotations

from collections.abc import Callable

from ..book import reason_words
from ..kernel.terms import Term
from ..tactics.equations import Steps
from ..tactics.reasons import ByOrder, Fold, Reshape, Unfold, Use
from .text import text

Show = Callable[[Term], str]


def reason(by: object, show: Show = text) -> str:
    """A reason, or a list of them, as a person reads it."""
    if isinstance(by, (list, tuple)):
        return "; ".join(reason(r, show) for r in by)
    if isinstance(by, Steps):
        return reason(by.reasons, show)
    if isinstance(by, Use):
        return _use(by, show)
    if isinstance(by, Reshape):
        return f"written as {show(by.form)}"
    if isinstance(by, Unfold):
        return f"definition of {show(by.head)}"
    if isinstance(by, Fold):
        return f"definition of {show(by.symbol)}"
    if isinstance(by, ByOrder):
        first, second = (", ".join(reason(r, show) for r in part) for part in (by.first, by.second))
        return f"if {show(by.a)} ≤ {show(by.b)}: {first}; otherwise: {second}"
    try:
        return reason_words(by)
    except Exception:  # a user's own reason may not know how to describe itself
        return type(by).__name__


def _use(by: Use, show: Show) -> str:
    values = []
    for name, value in by.values.items():
        shown = show(value) if isinstance(value, Term) else str(value)
        values.append(f"{show(Term('var', (name, 'real')))} = {shown}")
    at = f" at {', '.join(values)}" if values else ""
    return f"by ({by.label}){at}" + (" read backwards" if by.reverse else "")
