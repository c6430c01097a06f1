"""What a result uses, read from its reasons without proving anything.

A reason that is written as a function is read too: the labels that its code mentions. That can name
a label too many (never used in this case), so nothing rests on it; a proof knows what it used.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator
from typing import Any

from .book import Book
from .kernel.terms import Term
from .tactics.reasons import Use


def named(book: Book, label: str) -> tuple[str, ...]:
    """The labels that the reasons of a result name, in order."""
    found = dict.fromkeys(_walk([line.by for line in book.declared(label).lines], set()))
    known = book.labels
    out: dict[str, None] = {}
    for text, exact in found:
        if exact or text in known:
            out[text] = None
        elif len(text) > 3 and text[-1] in "-.":  # the constant part of an f-string such as f"A4-order-{n}"
            out |= dict.fromkeys(k for k in known if k.startswith(text))
    out.pop(label, None)
    return tuple(out)


def _walk(x: Any, seen: set[int]) -> Iterator[tuple[str, bool]]:
    """(text, it is a label for certain)."""
    if isinstance(x, Use):
        yield x.label, True
    elif isinstance(x, Term) or id(x) in seen:
        return
    elif isinstance(x, (list, tuple)):
        for item in x:
            yield from _walk(item, seen)
    elif dataclasses.is_dataclass(x) and not isinstance(x, type):
        for field in dataclasses.fields(x):
            yield from _walk(getattr(x, field.name), seen)
    elif isinstance(x, types.FunctionType) and not x.__module__.startswith(
        ("symbolic_mqb.rules", "symbolic_mqb.kernel")
    ):
        seen.add(id(x))
        yield from _function(x, seen)


def _function(f: types.FunctionType, seen: set[int]) -> Iterator[tuple[str, bool]]:
    for cell in f.__closure__ or ():
        yield from _walk(cell.cell_contents, seen)
    for code in _codes(f.__code__):
        for constant in code.co_consts:
            if isinstance(constant, str):
                yield constant, False
        for name in code.co_names:
            called = f.__globals__.get(name)
            if isinstance(called, types.FunctionType) and called.__module__ == f.__module__:
                yield from _walk(called, seen)


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _codes(constant)
