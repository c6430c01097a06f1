"""The score: mutants chosen by a seed, tried, and counted by kind and outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib import import_module
from random import Random

from ..book import Book
from ..results import Line
from .mutant import Mutant, mutants
from .trials import CRASH, KILLED, SURVIVED, Outcome, trial

Progress = Callable[[Mutant, int, int], None]


@dataclass
class Score:
    """What came of a set of mutants. Equal for equal labels, sample and seed."""

    outcomes: list[Outcome] = field(default_factory=list)

    def __add__(self, other: Score) -> Score:
        return Score([*self.outcomes, *other.outcomes])

    def _those(self, verdict: str) -> list[Outcome]:
        return [o for o in self.outcomes if o.verdict == verdict]

    @property
    def survivors(self) -> list[Outcome]:
        """Wrong and not refused: a hole, or an equivalence that is not recognised."""
        return self._those(SURVIVED)

    @property
    def crashes(self) -> list[Outcome]:
        """Neither refused nor accepted: an exception that is no refusal."""
        return self._those(CRASH)

    @property
    def by_proof_only(self) -> list[Outcome]:
        """Killed by the proof; `why` says what keeps the numbers from seeing it."""
        return [o for o in self._those(KILLED) if o.numbers.verdict != KILLED]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each outcome."""
        return dict(sorted(Counter(o.verdict for o in self.outcomes).items()))

    @property
    def killed_by(self) -> dict[str, int]:
        """How many each witness killed."""
        out = {"proof": 0, "numbers": 0, "both": 0}
        for o in self.outcomes:
            dead = o.proof.verdict == KILLED, o.numbers.verdict == KILLED
            out["proof"] += dead[0]
            out["numbers"] += dead[1]
            out["both"] += all(dead)
        return out

    @property
    def by_kind(self) -> dict[str, dict[str, int]]:
        """The counts for each kind of mutation."""
        kinds = sorted({o.mutant.kind for o in self.outcomes})
        return {k: Score([o for o in self.outcomes if o.mutant.kind == k]).counts for k in kinds}

    @property
    def seconds(self) -> float:
        """The time spent on the mutants."""
        return sum(o.seconds for o in self.outcomes)

    @property
    def passed(self) -> bool:
        """No survivor and no crash."""
        return not self.survivors and not self.crashes


def selection(labels: Iterable[str], sample: int | None = None, seed: int = 0, *, book: Book) -> list[Mutant]:
    """The mutants of these labels, or a sample with as many of each kind as there are."""
    declared = [book.declared(label) for label in dict.fromkeys(labels)]
    lines: list[tuple[str, Line]] = [(d.label, x) for d in declared for x in d.lines]
    found: list[Mutant] = []
    for d in declared:
        found += mutants(d, [x for x in lines if x[0] != d.label], seed)
    return found if sample is None else _sampled(found, sample, Random(f"mutants {seed}"))


def _sampled(found: list[Mutant], sample: int, random: Random) -> list[Mutant]:
    """One of each kind in turn; the result in the order of the book."""
    piles: dict[str, list[int]] = {}
    for i, mutant in enumerate(found):
        piles.setdefault(mutant.kind, []).append(i)
    for kind in sorted(piles):
        random.shuffle(piles[kind])
    chosen: list[int] = []
    while len(chosen) < min(sample, len(found)):
        for kind in sorted(piles):
            if piles[kind] and len(chosen) < sample:
                chosen.append(piles[kind].pop())
    return [found[i] for i in sorted(chosen)]


def run(
    labels: Iterable[str] | None = None,
    sample: int | None = None,
    seed: int = 0,
    *,
    book: Book | None = None,
    part: tuple[int, int] = (0, 1),
    progress: Progress | None = None,
) -> Score:
    """Try the mutants of these labels (all of the book by default).

    part = (i, n) tries every n-th mutant from the i-th on, so that n processes can share the work.
    """
    book = book or Book(import_module("symbolic_mqb.derivations").CONTENTS)
    chosen = selection(book.labels if labels is None else labels, sample, seed, book=book)[part[0] :: part[1]]
    score = Score()
    for i, mutant in enumerate(chosen):
        if progress is not None:
            progress(mutant, i, len(chosen))
        score.outcomes.append(trial(mutant, book, seed))
    return score
