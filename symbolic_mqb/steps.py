"""What a line's theorem rests on: the rules applied in it, their sources, the labels it uses."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

from .kernel.theorem import Theorem
from .rules import RULES

#: Rules that only carry a step to its place; named alone, a line is algebra or a use of a label.
CARRIERS = frozenset(
    (
        "transitivity",
        "symmetry",
        "rewrite",
        "instantiate",
        "discharge",
        "assume",
        "transport",
        "definition",
        "normal_form",
    )
)
_SOURCE = re.compile(r"\(([^()]*(?:DLMF|NIST|theorem|lemma)[^()]*(?:\([^()]*\)[^()]*)*)\)")


def rules_of(theorem: Theorem, known: set[int]) -> list[str]:
    """The rules applied in a line, most telling first; theorems in `known` (by id) are not entered."""
    names = list(dict.fromkeys(t.rule for t in _walk(theorem, known)))
    telling = [n for n in names if n not in CARRIERS]
    if telling:
        return telling
    return [n for n in ("definition", "normal_form") if n in names] or names[:1]


def _walk(theorem: Theorem, known: set[int]) -> Iterator[Theorem]:
    todo, seen = [theorem], set(known)
    while todo:
        now = todo.pop()
        if id(now) in seen:
            continue
        seen.add(id(now))
        yield now
        todo += reversed(list(_premises(now.arguments)))


def _premises(arguments: Any) -> Iterator[Theorem]:
    for a in arguments:
        if isinstance(a, Theorem):
            yield a
        elif isinstance(a, tuple):
            yield from _premises(a)


def inference(rule: str) -> str:
    """The inference that a rule makes: its docstring."""
    doc = inspect.getdoc(RULES[rule]) if rule in RULES else None
    return " ".join((doc or "").split())


def source(rule: str) -> str | None:
    """Where the rule's inference is found: what its docstring cites, if anything."""
    hit = _SOURCE.search(inference(rule))
    return hit.group(1) if hit else None
