"""Dividing labels among processes so that each proves about as much."""

from __future__ import annotations

import math

from .book import Book
from .kernel.terms import Term, subterms
from .proving import closure


def lanes(book: Book, labels: list[str], count: int) -> list[list[str]]:
    """At most `count` groups, each in the order of `labels`, of about the same work with all that they use.

    A lane proves what its labels use by itself: of two lanes that need one result, both prove it. So a label
    that others use goes with each of them, and the heaviest labels that no other uses are dealt out first.
    """
    if count < 2 or len(labels) < 8:
        return [labels]
    below = {label: frozenset(closure(book, [label])) for label in labels}
    used = {u for label, whole in below.items() for u in whole if u != label}
    work = {label: math.sqrt(weight(book, label)) for label in set().union(*below.values())}
    tops = [label for label in labels if label not in used] or labels
    tops.sort(key=lambda label: (-sum(work[u] for u in below[label]), labels.index(label)))
    shares: list[set[str]] = [set() for _ in range(min(count, len(tops)))]
    for top in tops:
        min(shares, key=lambda share: sum(work[u] for u in share | below[top])).update(below[top])
    return [[label for label in labels if label in share] for share in shares]


def weight(book: Book, label: str) -> int:
    """About how much work a label is: the size of its claims."""
    try:
        declared = book.declared(label)
        return sum(map(_size, declared.claims()), 1)
    except Exception:
        return 1


def _size(t: Term) -> int:
    return 1 + sum(_size(a) for a in subterms(t) if a.op != "head")
