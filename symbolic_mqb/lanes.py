"""Dividing labels among processes so that results that use one another are proved together."""

from __future__ import annotations

from .book import Book
from .kernel.terms import Term, subterms
from .uses import named


def lanes(book: Book, labels: list[str], count: int) -> list[list[str]]:
    """At most `count` groups, the heaviest first, each in the order of `labels`."""
    if count < 2 or len(labels) < 8:
        return [labels]
    groups = _components(book, labels)
    weights = {label: weight(book, label) for label in labels}
    groups.sort(key=lambda g: (-sum(weights[label] for label in g), labels.index(g[0])))
    out: list[list[str]] = [[] for _ in range(min(count, len(groups)))]
    for group in groups:
        min(out, key=lambda lane: sum(weights[label] for label in lane)).extend(group)
    return [sorted(lane, key=labels.index) for lane in out]


def _components(book: Book, labels: list[str]) -> list[list[str]]:
    """Labels connected by what their reasons name."""
    leader = {label: label for label in labels}

    def find(label: str) -> str:
        while leader[label] != label:
            label = leader[label]
        return label

    for label in labels:
        for used in _links(book, label):
            if used in leader:
                leader[find(used)] = find(label)
    groups: dict[str, list[str]] = {}
    for label in labels:
        groups.setdefault(find(label), []).append(label)
    return list(groups.values())


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
