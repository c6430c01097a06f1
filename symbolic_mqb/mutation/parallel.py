"""Trying mutants in several processes, each with a book of its own; what comes back is plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from ..book import Book
from ..processes import Workers
from .mutant import Mutant
from .score import selection
from .trials import CRASH, EQUIVALENT, KILLED, NOT_NEEDED, SURVIVED, trial

Progress = Callable[[str, int, int], None]

#: Mutants handed to a process at a time: few enough for a steady progress bar.
_CHUNK = 12


@dataclass(frozen=True)
class Row:
    """What came of one mutant, in words. `by` is 'both', 'proof', 'numerics' or '' if nothing killed it.

    `found` is the point that refutes it, or else what the numerics say.
    """

    label: str
    change: str
    kind: str
    verdict: str
    by: str
    why: str
    line: int
    found: str

    def __str__(self) -> str:
        where = f", line {self.line}" if self.line else ""
        return f"({self.label}){where}, {self.kind}: {self.change}"


@dataclass(frozen=True)
class Tally:
    """The rows of a run and what they add up to."""

    rows: tuple[Row, ...]

    def count(self, verdict: str, by: str | None = None) -> int:
        """How many mutants had this verdict, and were killed by this witness if `by` is given."""
        return sum(r.verdict == verdict and by in (None, r.by) for r in self.rows)

    @property
    def reasons(self) -> dict[str, int]:
        """Why the numerics did not see what only the proof killed, by kind of reason."""
        alone = (
            r.why.partition(":")[0].partition(";")[0] for r in self.rows if r.verdict == KILLED and r.by == "proof"
        )
        return dict(Counter(alone).most_common())

    @property
    def bad(self) -> tuple[Row, ...]:
        """Survivors and crashes."""
        return tuple(r for r in self.rows if r.verdict in (SURVIVED, CRASH))

    def data(self) -> dict[str, object]:
        """The tally as plain data, for a report."""
        return {
            "mutants": len(self.rows),
            "killed by proof and numerics": self.count(KILLED, "both"),
            "killed by proof only": self.count(KILLED, "proof"),
            "why the numerics could not see them": self.reasons,
            "equivalent": self.count(EQUIVALENT),
            "hypothesis not needed": self.count(NOT_NEEDED),
            "survived": self.count(SURVIVED),
            "crashed": self.count(CRASH),
            "not killed": [vars(r) for r in self.bad],
        }


def tally(
    labels: Sequence[str],
    sample: int | None,
    seed: int,
    jobs: int,
    progress: Progress | None = None,
    kind: str | None = None,
) -> Tally:
    """Try the mutants of these labels of the paper in `jobs` processes; the same arguments give the same rows.

    `kind` restricts them to one kind of mutation.
    """
    total = len(_chosen(tuple(labels), sample, seed, kind))
    spans = [range(low, min(low + _CHUNK, total)) for low in range(0, total, _CHUNK)]
    found: dict[int, tuple[Row, ...]] = {}
    with Workers("mutation.worker", jobs) as workers:
        waiting = {workers.submit((tuple(labels), sample, seed, kind, span)): span for span in spans}
        for done in as_completed(waiting):
            span = waiting[done]
            found[span.start] = done.result()
            if progress is not None:
                progress(found[span.start][-1].label, sum(map(len, found.values())), total)
    return Tally(tuple(row for start in sorted(found) for row in found[start]))


@lru_cache(maxsize=1)
def _book() -> Book:
    return Book(import_module("symbolic_mqb.derivations").CONTENTS)


@lru_cache(maxsize=1)
def _chosen(labels: tuple[str, ...], sample: int | None, seed: int, kind: str | None) -> tuple[Mutant, ...]:
    return tuple(m for m in selection(labels, sample, seed, book=_book()) if kind in (None, m.kind))


def attempt(
    labels: tuple[str, ...], sample: int | None, seed: int, kind: str | None, span: Iterable[int]
) -> tuple[Row, ...]:
    """The rows of these mutants, by their numbers among those that the arguments choose."""
    return tuple(_rows(_chosen(labels, sample, seed, kind), span, seed))


def _rows(mutants: Sequence[Mutant], span: Iterable[int], seed: int) -> Iterator[Row]:
    for i in span:
        o = trial(mutants[i], _book(), seed)
        dead = (o.proof.verdict == KILLED, o.numbers.verdict == KILLED)
        by = {(True, True): "both", (True, False): "proof", (False, True): "numerics"}.get(dead, "")
        said = o.mutant.description, o.mutant.kind, o.verdict, by, o.why, o.mutant.line, o.numbers.why
        yield Row(o.mutant.label, *said)
