"""Failures in words: the result, the line, both expressions, the reason, where and why it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..book import LineFailure, UnknownLabel
from ..kernel.errors import Refused, TermError
from ..kernel.terms import Term
from .text import lines, text

if TYPE_CHECKING:
    from ..verify import Outcome


def shown(value: object) -> str:
    """A term as text, anything else as it is."""
    return text(value) if isinstance(value, Term) and not value.loose else str(value)


def failure_text(o: Outcome, width: int = 80) -> str:
    """Why a label fails, for a person; empty if it does not."""
    error = o.failure
    if error is None:
        return ""
    if isinstance(error, LineFailure) and error.label != o.label:
        return lines(f"({o.label}): it uses ({error.label}), which fails", width, 0, 2)
    parts = list(_explained(error, width, o.label))
    for i, e in enumerate(o.lines, 1):
        if e.verdict == "refuted":
            at = ", ".join(f"{name} = {value}" for name, value in e.counterexample)
            parts += _field(f"line {i} is false at", at or "any point", width)
            if e.left or e.right:
                parts += _field("there", f"{e.left} against {e.right}", width)
            break
    return "\n".join(parts)


def _explained(error: Exception, width: int, label: str) -> list[str]:
    if isinstance(error, LineFailure):
        where = f"({error.label})" + (f", line {error.line}" if error.line else "")
        out = [lines(f"{where}: {error.refusal.reason}", width, 0, 2)]
        if error.reason not in ("hypotheses", "definition"):
            out += _field("reason", error.reason, width)
        names = {"before": "line before", "expected": "this line", "got": "the reason gives"}
        for name, value in error.shown.items():
            if value is not None:
                out += _field(names.get(name, name), shown(value), width)
        if error.refusal.where is not None:
            out += _field("fails at", shown(error.refusal.where), width)
        return out
    if isinstance(error, Refused):
        at = [] if error.where is None else _field("at", shown(error.where), width)
        return [lines(f"({label}): {error.reason}", width, 0, 2), *at]
    if isinstance(error, (UnknownLabel, TermError)):
        return [lines(f"({label}): {error}", width, 0, 2)]
    where = (getattr(error, "__notes__", None) or [f"({label})"])[0]
    return [lines(f"{where}: the reason stopped with {type(error).__name__}: {error}", width, 0, 2)]


def _field(name: str, value: str, width: int) -> list[str]:
    return [lines(f"{name}: {value}", width, 2, 6)]
