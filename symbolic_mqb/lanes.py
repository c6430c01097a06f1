"""Dividing labels among processes so that each proves about as much."""

from __future__ import annotations

import math

from .book import Book
from .kernel.terms import Term, subterms
from .uses import named


def lanes(book: Book, labels: list[str], count: int) -> list[list[str]]:
    """At most `count` groups, each in the order of `labels`, of about the same work with all that they use.

    A lane proves what its labels use by itself: of two lanes that need one result, both prove it. So a label
    that others use goes with each of them, and the heaviest labels that no other uses are dealt out first.
    """
    if count < 2 or len(labels) < 8:
        return [labels]
    below = _closures(book, labels)
    used = {u for label, whole in below.items() for u in whole if u != label}
    work = {label: math.sqrt(weight(book, label)) for label in set().union(*below.values())}
    tops = [label for label in labels if label not in used] or labels
    tops.sort(key=lambda label: (-sum(work[u] for u in below[label]), labels.index(label)))
    shares: list[set[str]] = [set() for _ in range(min(count, len(tops)))]
    for top in tops:
        min(shares, key=lambda share: sum(work[u] for u in share | below[top])).update(below[top])
    return [[label for label in labels if label in share] for share in shares]


def _closures(book: Book, labels: list[str]) -> dict[str, frozenset[str]]:
    """Each label with all that its reasons name, and what theirs name."""
    found: dict[str, frozenset[str]] = {}

    def enter(label: str, above: frozenset[str]) -> frozenset[str]:
        if label not in found:
            rest = [enter(u, above | {label}) for u in _links(book, label) if u not in above and u != label]
            found[label] = frozenset((label,)).union(*rest)
        return found[label]

    for label in labels:
        enter(label, frozenset())
    return {label: found[label] for label in labels}


def _links(book: Book, label: str) -> tuple[str, ...]:
    try:
        return named(book, label)
    except Exception:  # an unknown or unusable label belongs nowhere; proving it says why
        return ()


def weight(book: Book, label: str) -> int:
    """About how much work a label is: the size of its claims."""
    try:
        declared = book.declared(label)
        return sum(map(_size, declared.claims()), 1)
    except Exception:
        return 1


def _size(t: Term) -> int:
    return 1 + sum(_size(a) for a in subterms(t) if a.op != "head")
