"""Failures in words: the result, the line, both expressions, the reason, where and why it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..kernel.terms import Term
from .text import lines, text

if TYPE_CHECKING:
    from ..proving import Failure
    from ..verify import Outcome


def shown(value: object) -> str:
    """A term as text, anything else as it is."""
    return text(value) if isinstance(value, Term) and not value.loose else str(value)


def failure_text(o: Outcome, width: int = 80) -> str:
    """Why a label fails, for a person; empty if it does not."""
    if o.failure is None:
        return ""
    if o.failure.line and o.failure.label != o.label:
        return lines(f"({o.label}): it uses ({o.failure.label}), which fails", width, 0, 2)
    parts = _explained(o.failure, width)
    for i, e in enumerate(o.lines, 1):
        if e.verdict == "refuted":
            at = ", ".join(f"{name} = {value}" for name, value in e.counterexample)
            parts += _field(f"line {i} is false at", at or "any point", width)
            if e.left or e.right:
                parts += _field("there", f"{e.left} against {e.right}", width)
            break
    return "\n".join(parts)


def _explained(failure: Failure, width: int) -> list[str]:
    where = f"({failure.label})" + (f", line {failure.line}" if failure.line else "")
    if failure.crash:
        return [lines(f"{where}: the reason stopped with {failure.crash}: {failure.message}", width, 0, 2)]
    out = [lines(f"{where}: {failure.message}", width, 0, 2)]
    if failure.line:
        out += _field("reason", failure.reason, width)
    names = {"before": "line before", "expected": "this line", "got": "the reason gives"}
    for name, value in failure.shown:
        if value is not None:
            out += _field(names.get(name, name), shown(value), width)
    return out if failure.where is None else out + _field("fails at", shown(failure.where), width)


def _field(name: str, value: str, width: int) -> list[str]:
    return [lines(f"{name}: {value}", width, 2, 6)]
