"""What a result uses, read from its reasons without proving it; proved only where they are opaque."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator
from typing import Any

from .book import Book
from .kernel.terms import Term
from .results import Declared
from .tactics.reasons import Use


def uses(book: Book, label: str) -> tuple[str, ...]:
    """The labels that the reasons of a result name, in order."""
    declared = book.declared(label)
    found: list[str] = []
    for item in _walk([line.by for line in declared.lines]):
        if item is None:
            return _proved(book, declared)
        found.append(item)
    return tuple(dict.fromkeys(found))


def _walk(x: Any) -> Iterator[str | None]:
    """Labels; None for a function whose use of labels cannot be read."""
    if isinstance(x, Use):
        yield x.label
    elif isinstance(x, Term):
        return
    elif isinstance(x, (list, tuple)):
        for item in x:
            yield from _walk(item)
    elif dataclasses.is_dataclass(x) and not isinstance(x, type):
        for field in dataclasses.fields(x):
            yield from _walk(getattr(x, field.name))
    elif isinstance(x, types.FunctionType) and not x.__module__.startswith("symbolic_mqb.rules"):
        yield None


def _proved(book: Book, declared: Declared) -> tuple[str, ...]:
    try:
        return tuple(book.prove(declared.label).uses)
    except Exception:  # `verify` says what is wrong with it; a table of contents need not
        return ("?",)
