"""What a result uses, read from its reasons without proving anything."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from .book import Book
from .kernel.terms import Term
from .tactics.reasons import ProofBy, Use


def named(book: Book, label: str) -> tuple[str, ...]:
    """The labels that the reasons of a result name, in order."""
    return tuple(dict.fromkeys(_walk([line.by for line in book.declared(label).lines])))


def _walk(reason: Any) -> Iterator[str]:
    if isinstance(reason, Use):
        yield reason.label
    elif isinstance(reason, ProofBy):
        yield from reason.uses
    elif isinstance(reason, (list, tuple)):
        for item in reason:
            yield from _walk(item)
    elif dataclasses.is_dataclass(reason) and not isinstance(reason, (type, Term)):
        for field in dataclasses.fields(reason):
            yield from _walk(getattr(reason, field.name))
