"""Proving labels and summing up what came of it as plain data that can cross to another process."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from .book import Book, LineFailure, Proof
from .deadline import OutOfTime, within
from .kernel.errors import Refused
from .kernel.record import Writer
from .kernel.terms import Term
from .steps import rules_of
from .uses import named

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class LineSummary:
    """The rules applied in a line and the given hypotheses that it needed."""

    rules: tuple[str, ...]
    used: tuple[Term, ...]


@dataclass(frozen=True)
class Summary:
    """What a proof rests on."""

    uses: tuple[str, ...]
    used: tuple[Term, ...]
    lines: tuple[LineSummary, ...]


@dataclass(frozen=True)
class Failure:
    """Why there is no proof. `crash` names the exception if a reason broke instead of refusing.

    `late`: it is not known whether there is one, since the time was up.
    """

    label: str
    message: str
    line: int = 0
    reason: str = ""
    shown: tuple[tuple[str, object], ...] = ()
    where: object = None
    crash: str = ""
    late: bool = False


@dataclass
class Proved:
    """What came of a list of labels and all that they use; `pieces` are those of one record."""

    summaries: dict[str, Summary] = field(default_factory=dict)
    failures: dict[str, Failure] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    pieces: list[str] = field(default_factory=list)


#: A piece of the record is handed on once it has so many steps.
_PIECE = 400


class _Record:
    """The record of what is proved, handed on in pieces while it grows."""

    def __init__(self, book: Book, proofs: dict[str, Proof], hand_on: Callable[[str], None]) -> None:
        self._book, self._proofs, self._hand_on = book, proofs, hand_on
        self._writer, self._sent = Writer(), (0, 0, 0)
        self._added: set[str] = set()
        self.pieces: list[str] = []

    def add(self, label: str) -> None:
        """The proof of a label, after those that it uses."""
        if label in self._added or label not in self._proofs:
            return
        self._added.add(label)
        for used in self._proofs[label].uses:
            self.add(used)
        self._book.record([label], self._writer)
        if len(self._writer.steps) - self._sent[1] >= _PIECE:
            self.flush()

    def flush(self) -> None:
        """Hand on what is not handed on yet."""
        writer = self._writer
        text = json.dumps(writer.piece(*self._sent), ensure_ascii=False, separators=(",", ":"))
        self._sent = len(writer.terms), len(writer.steps), len(writer.claims)
        self.pieces.append(text)
        self._hand_on(text)


def prove(
    book: Book,
    labels: Iterable[str],
    progress: Progress | None = None,
    timeout: float | None = None,
    hand_on: Callable[[str], None] = lambda _: None,
) -> Proved:
    """Prove the labels and what they use; one record of everything that has a proof.

    `timeout` limits the seconds of each label; `hand_on` takes each piece of the record as soon as it is there.
    """
    with _without_collections():
        return _prove(book, labels, progress, timeout, hand_on)


@contextmanager
def _without_collections() -> Iterator[None]:
    """Terms have no cycles: the collector would walk all of them again and again and find next to nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _prove(
    book: Book,
    labels: Iterable[str],
    progress: Progress | None,
    timeout: float | None,
    hand_on: Callable[[str], None],
) -> Proved:
    out = Proved()
    proofs: dict[str, Proof] = {}
    record = _Record(book, proofs, hand_on)
    wanted = dict.fromkeys(labels)
    waiting = closure(book, list(wanted))
    while waiting:
        label = waiting.pop(0)
        if label in out.seconds:
            continue
        if progress is not None:
            progress(label, len(out.seconds), len(out.seconds) + len(waiting) + 1)
        start = time.perf_counter()
        try:
            with within(timeout):
                proofs[label] = book.prove(label)
            waiting += proofs[label].uses
            if label in wanted:
                record.add(label)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # also a reason that crashes or exits: it must not stop the others
            out.failures[label] = failure(label, error)
        out.seconds[label] = time.perf_counter() - start
    _keep_reached(out, proofs, list(wanted))
    known = {id(p.theorem) for p in proofs.values() if p.theorem is not None}
    out.summaries = {label: _summary(p, known) for label, p in proofs.items()}
    for label in proofs:
        record.add(label)
    record.flush()
    out.pieces = record.pieces
    return out


def closure(book: Book, labels: list[str]) -> list[str]:
    """The labels and what their reasons name, what is used first: each time is then a result's own."""
    out: dict[str, None] = {}
    entered: set[str] = set()

    def enter(label: str) -> None:
        if label in entered:
            return
        entered.add(label)
        try:
            below = named(book, label)
        except Exception:  # a label that cannot be read; proving it says why
            below = ()
        for used in below:
            if used in book.labels:
                enter(used)
        out[label] = None

    for label in labels:
        enter(label)
    return list(out)


def _keep_reached(out: Proved, proofs: dict[str, Proof], wanted: list[str]) -> None:
    """Forget labels that the reasons name but no proof used."""
    reached: set[str] = set()
    todo = list(wanted)
    while todo:
        label = todo.pop()
        if label not in reached:
            reached.add(label)
            todo += proofs[label].uses if label in proofs else []
            failed = out.failures.get(label)
            todo += [failed.label] if failed is not None and failed.label in out.seconds else []
    for label in [known for known in out.seconds if known not in reached]:
        del out.seconds[label]
        out.failures.pop(label, None)
        proofs.pop(label, None)


def _summary(proof: Proof, known: set[int]) -> Summary:
    lines, before = [], set(known)
    for theorem in proof.lines:
        rules = rules_of(theorem, before - {id(theorem)})
        lines.append(LineSummary(tuple(rules), tuple(h for h in proof.declared.given if h in theorem.hypotheses)))
        before.add(id(theorem))
    return Summary(tuple(proof.uses), proof.used, tuple(lines))


def failure(label: str, error: BaseException) -> Failure:
    """An exception as plain data."""
    if isinstance(error, LineFailure):
        no = error.refusal
        return Failure(
            error.label, no.reason, error.line, error.reason, tuple(map(_plain, error.shown.items())), _term(no.where)
        )
    if isinstance(error, Refused):
        return Failure(label, error.reason, where=_term(error.where))
    notes: list[str] = getattr(error, "__notes__", [])
    line = next((int(n.rpartition(" ")[2]) for n in notes if n.startswith(f"({label}), line ")), 0)
    if isinstance(error, OutOfTime):
        return Failure(label, str(error), line, late=True)
    if type(error).__module__.startswith("symbolic_mqb."):
        return Failure(label, str(error))
    return Failure(label, str(error), line, crash=type(error).__name__)


def _plain(item: tuple[str, object]) -> tuple[str, object]:
    return item[0], _term(item[1])


def _term(value: object) -> object:
    """Terms stay, anything else becomes text."""
    return value if value is None or isinstance(value, Term) else str(value)
