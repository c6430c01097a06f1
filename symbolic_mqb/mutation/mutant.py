"""Mutants of a declared result: one printed expression, hypothesis, reason or the order of lines changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from ..kernel.terms import Term
from ..results import Declared, Line, Result
from .mutators import Change, changes

#: So many foreign reasons are tried on each line.
_FOREIGN = 4


@dataclass(frozen=True)
class Mutant:
    """A declaration with one wrong thing in it.

    `line` is the number of the changed line, 0 for the chain's first expression and for a hypothesis.
    `change` is the change of that expression, if an expression was changed; `note` tells any other.
    """

    label: str
    line: int
    kind: str
    declared: Declared
    original: Declared
    change: Change | None = None
    note: str = ""

    @property
    def description(self) -> str:
        """What was changed, as a person reads it."""
        return self.note if self.change is None else str(self.change)

    def __str__(self) -> str:
        where = f"line {self.line}" if self.line else "hypothesis" if "hypothesis" in self.kind else "first expression"
        return f"({self.label}) {where}, {self.kind}: {self.description}"


Foreign = Sequence[tuple[str, Line]]


def mutants(declared: Declared, foreign: Foreign = (), seed: int = 0) -> Iterator[Mutant]:
    """All mutants of a declaration, in a fixed order.

    `foreign` are lines of other results, by label, whose reasons are tried; `seed` chooses among them.
    """
    if isinstance(declared, Result):
        yield from _expressions(declared)
        yield from _orders(declared)
        yield from _reasons(declared, foreign, seed)
    yield from _hypotheses(declared)


def _variables(declared: Declared) -> frozenset[Term]:
    """The free variables of the declaration."""
    first = frozenset[Term]() if declared.first is None else declared.first.free
    return first.union(*(x.expression.free for x in declared.lines), *(h.free for h in declared.given))


def _expressions(declared: Result) -> Iterator[Mutant]:
    free, chain = _variables(declared), list(declared.chain)
    shift = 0 if declared.first is not None else 1
    for i, item in enumerate(chain):
        expression = item.expression if isinstance(item, Line) else declared.first
        assert expression is not None
        for change in changes(expression, free):
            new = replace(item, expression=change.root) if isinstance(item, Line) else change.root
            yield _mutant(declared, i + shift, change.kind, [*chain[:i], new, *chain[i + 1 :]], change=change)


def _mutant(declared: Result, line: int, kind: str, chain: list[Any], **told: Any) -> Mutant:
    return Mutant(declared.label, line, kind, replace(declared, chain=tuple(chain)), declared, **told)


def _orders(declared: Result) -> Iterator[Mutant]:
    start = len(declared.chain) - len(declared.lines)
    for i in range(start, len(declared.chain)):
        for j in range(i + 1, len(declared.chain)):
            chain = list(declared.chain)
            chain[i], chain[j] = chain[j], chain[i]
            low, high = i - start + 1, j - start + 1
            if chain[i] != chain[j]:
                yield _mutant(declared, low, "exchanged lines", chain, note=f"lines {low} and {high} exchanged")


def _reasons(declared: Result, foreign: Foreign, seed: int) -> Iterator[Mutant]:
    start = len(declared.chain) - len(declared.lines)
    own = [(declared.label, line) for line in declared.lines]
    for i, line in enumerate(declared.lines):
        fits = [(label, x) for label, x in (*own, *foreign) if x.relation == line.relation and x.by != line.by]
        random = Random(f"{seed} {declared.label} {i}")
        for label, other in random.sample(fits, min(_FOREIGN, len(fits))):
            chain = list(declared.chain)
            chain[start + i] = replace(line, by=other.by)
            note = f"the reason is one of ({label}): {_words(other.by)}"
            yield _mutant(declared, i + 1, "reason", chain, note=note)


def _words(by: Any) -> str:
    reasons = by if isinstance(by, (list, tuple)) else (by,)
    return "; ".join(r.words() for r in reasons)


def _hypotheses(declared: Declared) -> Iterator[Mutant]:
    for i, h in enumerate(declared.given):
        before, after = declared.given[:i], declared.given[i + 1 :]
        less = replace(declared, given=(*before, *after))
        yield Mutant(declared.label, 0, "dropped hypothesis", less, declared, note=f"without {h!r}")
        if h.op == "lt":
            wider = replace(declared, given=(*before, Term("le", h.args), *after))
            yield Mutant(declared.label, 0, "weaker hypothesis", wider, declared, note=f"with ≤ in {h!r}")
