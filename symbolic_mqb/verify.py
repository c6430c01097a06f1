"""Verifying results: prove, write one record, replay it in a fresh process, ask the other witness.

A verdict never comes from what this process believes. A label passes only if the fresh process,
which imports the kernel and the rules only, names the label and each of its lines among the claims
that it has re-run, and if the numerical witness, which shares no code with the rules, agrees.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from .book import Book
from .evidence import Evidence, Task
from .kernel.record import read_terms
from .kernel.terms import Term
from .lanes import lanes, weight
from .processes import Prover, Replayer, Witnesses
from .proving import Failure, Progress, Proved, Summary, failure, prove
from .results import Declared, Erratum
from .tactics.rates import FromRate

#: The longest time in seconds that the system's clocks can wait for: some weeks.
LONGEST = 2e6
#: From the strongest to the weakest. A result inherits the weakest verdict of what it uses.
VERDICTS = ("proved", "corrected", "definition", "cited", "checked", "undecided", "refuted")
PASSING = VERDICTS[:4]
#: These say what a result is; only the weaker ones say something about what rests on it.
_INHERITED = VERDICTS[3:]


def _claimed_terms(data: Any) -> dict[int, Term]:
    """The terms of a record that its claims are made of, by their index there."""
    rows = data["terms"]
    todo = [i for claim in data["claims"].values() for i in (claim["statement"], *claim["given"])]
    needed: set[int] = set()
    while todo:
        i = todo.pop()
        if i not in needed:
            needed.add(i)
            todo += [part["t"] for part in rows[i][1:] if isinstance(part, dict)]
    order = sorted(needed)
    place = {old: new for new, old in enumerate(order)}
    moved = [[{"t": place[x["t"]]} if isinstance(x, dict) else x for x in rows[old]] for old in order]
    return dict(zip(order, read_terms(moved), strict=True))


def _joined(pieces: list[str]) -> dict[str, Any]:
    """The record whose pieces these are."""
    first, *others = map(json.loads, pieces)
    for data in others:
        first["terms"] += data["terms"]
        first["steps"] += data["steps"]
        first["claims"] |= data["claims"]
    whole: dict[str, Any] = first
    return whole


@dataclass
class Outcome:
    """What is known about one label."""

    label: str
    declared: Declared | None = None
    proof: Summary | None = None
    failure: Failure | None = None
    replayed: int = 0
    refusal: str = ""
    evidence: Evidence | None = None
    lines: list[Evidence] = field(default_factory=list)
    errata: list[Evidence] = field(default_factory=list)
    verdict: str = "undecided"
    because: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def uses(self) -> tuple[str, ...]:
        """The labels that the proof rests on."""
        return () if self.proof is None else self.proof.uses

    @property
    def passed(self) -> bool:
        """The verdict passes."""
        return self.verdict in PASSING

    @property
    def evidences(self) -> list[Evidence]:
        """The evidence for the statement and for the lines."""
        return ([self.evidence] if self.evidence else []) + self.lines

    def _repr_html_(self) -> str:
        from .render.jupyter import outcome_html

        return outcome_html(self)


@dataclass
class Verification:
    """The outcomes of one run, in the book's order."""

    outcomes: dict[str, Outcome]
    digits: int
    seed: int
    seconds: float = 0.0
    pieces: list[list[str]] = field(default_factory=list)

    @property
    def records(self) -> list[str]:
        """The records of the proofs, one for each process that proved."""
        return [json.dumps(_joined(pieces), ensure_ascii=False, separators=(",", ":")) for pieces in self.pieces]

    @property
    def passed(self) -> bool:
        """There is something, and all of it passes."""
        return bool(self.outcomes) and all(o.passed for o in self.outcomes.values())

    def _repr_html_(self) -> str:
        from .render.jupyter import verification_html

        return verification_html(self)


def verify(
    book: Book,
    labels: Iterable[str] | None = None,
    *,
    digits: int = 50,
    seed: int = 0,
    jobs: int | None = None,
    timeout: float | None = None,
    progress: Progress | None = None,
) -> Verification:
    """Verify these labels (all of the book by default) and everything that they rest on.

    Up to `jobs` processes test the numerics; half as many prove, and as many replay what is proved while it grows.
    `jobs` = 1 gives one record.
    A label whose proof, or a statement whose numerics, takes more than `timeout` seconds is undecided.
    Raises TypeError or ValueError, before any work, for options that mean nothing.
    """
    _check(labels, digits, seed, jobs, timeout)
    start = time.perf_counter()
    run = _Run(book, digits, seed, timeout, progress or (lambda *_: None))
    wanted = list(dict.fromkeys(book.labels if labels is None else labels))
    if not wanted:
        raise ValueError("labels: there is nothing to verify")
    with ExitStack() as stack:
        run.prove(wanted, min(2, os.cpu_count() or 1) if jobs is None else jobs, stack)
        run.collect()
    run.judge()
    order = [label for label in book.labels if label in run.outcomes]
    order += [label for label in run.outcomes if label not in order]
    outcomes = {label: run.outcomes[label] for label in order}
    return Verification(outcomes, digits, seed, time.perf_counter() - start, run.pieces)


def _check(labels: object, digits: object, seed: object, jobs: object, timeout: object) -> None:
    """Refuse options that mean nothing."""
    if isinstance(labels, str):
        raise TypeError(f"labels: a list of labels is expected, not one text; write [{labels!r}]")
    for name, value, least in (("digits", digits, 1), ("seed", seed, None), ("jobs", 1 if jobs is None else jobs, 1)):
        if not isinstance(value, int) or isinstance(value, bool):
            raise TypeError(f"{name}: an integer is expected, not {value!r}")
        if least is not None and value < least:
            raise ValueError(f"{name}: {value} is less than {least}")
    if timeout is None:
        return
    if not isinstance(timeout, int | float) or isinstance(timeout, bool):
        raise TypeError(f"timeout: a number of seconds is expected, not {timeout!r}")
    if not 0 < timeout <= LONGEST:
        raise ValueError(f"timeout: {timeout} is not between 0 and {LONGEST:g} seconds")


class _Run:
    def __init__(self, book: Book, digits: int, seed: int, timeout: float | None, progress: Progress) -> None:
        self.book, self.digits, self.seed, self.timeout, self.progress = book, digits, seed, timeout, progress
        self.outcomes: dict[str, Outcome] = {}
        self.pieces: list[list[str]] = []
        self._sent: list[tuple[Proved, Replayer]] = []
        self._pending: dict[str, tuple[Future[Evidence] | None, list[Future[Evidence]], list[Future[Evidence]]]] = {}

    # -- proving -----------------------------------------------------------------------------------
    def prove(self, labels: list[str], jobs: int, stack: ExitStack) -> None:
        """Prove the labels in lanes; replay each lane's record as soon as it is there."""
        own = [label for label in labels if self.book.home(label) is None]
        shares = lanes(self.book, [label for label in labels if label not in own], max(1, jobs // 2))
        shares[0] = [*own, *shares[0]]
        others = [stack.enter_context(Prover(self.book.contents, share, self.timeout)) for share in shares[1:]]
        replayers = [stack.enter_context(Replayer(pieces=True)) for _ in shares]
        witnesses = stack.enter_context(Witnesses(jobs, self.timeout))
        for label in labels:
            self._submit(label, witnesses)
        proved = prove(self.book, shares[0], self.progress, self.timeout, replayers[0].feed)
        self._replay(proved, replayers[0], witnesses)
        for other, replayer in zip(others, replayers[1:], strict=True):
            proved = other.answer()
            for piece in proved.pieces:
                replayer.feed(piece)
            self._replay(proved, replayer, witnesses)
        for proved, replayer in self._sent:
            self._read(proved, replayer)

    def _submit(self, label: str, witnesses: Witnesses) -> None:
        """Ask the other witness about every statement of a label."""
        if label in self.outcomes:
            return
        outcome = self.outcomes[label] = Outcome(label)
        try:
            declared = outcome.declared = self.book.declared(label)
        except Exception as error:
            outcome.failure = failure(label, error)
            return

        rates = _rates(self.book, declared)
        whole = [] if declared.kind == "definition" else [declared.statement]
        tasks = [
            Task(s, declared.given, self.digits, self.seed, rate=rates.get(s)) for s in (*whole, *declared.claims())
        ]
        tasks += [
            Task(e.printed, _kept(e, declared), self.digits, self.seed, e.counterexample) for e in declared.errata
        ]
        found = witnesses.together(tasks, weight(self.book, label))  # a result of one line states that line
        lines = found[len(whole) : len(found) - len(declared.errata)]
        self._pending[label] = (found[0] if whole else None, lines, found[len(found) - len(declared.errata) :])

    # -- replaying ---------------------------------------------------------------------------------
    def _replay(self, proved: Proved, replayer: Replayer, witnesses: Witnesses) -> None:
        """A lane's record is with its fresh process: take over what the lane says about itself."""
        replayer.end()
        for label in proved.seconds:
            self._submit(label, witnesses)  # what is used was perhaps not asked for
            outcome = self.outcomes[label]
            outcome.seconds += proved.seconds[label]
            outcome.proof = outcome.proof or proved.summaries.get(label)
            outcome.failure = outcome.failure or proved.failures.get(label)
        self.pieces.append(proved.pieces)
        self._sent.append((proved, replayer))

    def _read(self, proved: Proved, replayer: Replayer) -> None:
        """What the fresh process has re-run, of what the record was meant to say."""
        labels = list(proved.summaries)
        self.progress("replay", len(labels), len(labels))
        self._match(_joined(proved.pieces), labels)
        answer = replayer.answer()
        if "refused" not in answer:
            self._accept(labels, set(answer["claims"]))
        else:
            self._one_by_one(labels, str(answer["refused"]))

    def _one_by_one(self, labels: list[str], reason: str) -> None:
        """The record is refused: find the labels whose own records are."""
        for label in labels:
            with Replayer() as fresh:
                fresh.send(json.dumps(self.book.record([label]).data()))
                answer = fresh.answer()
            self._accept([label], set(answer.get("claims", ())))
            if "refused" in answer:
                self.outcomes[label].refusal = str(answer["refused"])
        if len(labels) > 1 and not any(self.outcomes[label].refusal for label in labels):
            for label in labels:
                self.outcomes[label].refusal = reason

    def _match(self, data: dict[str, Any], labels: list[str]) -> None:
        """The record that was sent says what is declared: its terms, read back, are the statements."""
        terms = _claimed_terms(data)
        for label in labels:
            declared = self.outcomes[label].declared
            assert declared is not None
            wanted = {f"{label}#{i}": claim for i, claim in enumerate(declared.claims(), 1)}
            wanted[label] = declared.statement
            for name, statement in wanted.items():
                claim = data["claims"].get(name)
                if claim is None or terms[claim["statement"]] != statement:
                    self.outcomes[label].refusal = f"the record does not state {name} as it is declared"
                elif not {terms[h] for h in claim["given"]} <= set(declared.given):
                    self.outcomes[label].refusal = f"the record assumes more for {name} than is declared"

    def _accept(self, labels: list[str], claims: set[str]) -> None:
        for label in labels:
            outcome = self.outcomes[label]
            assert outcome.declared is not None
            count = len(outcome.declared.claims())
            outcome.replayed = sum(f"{label}#{i}" in claims for i in range(1, count + 1))
            if (label not in claims or outcome.replayed < count) and not outcome.refusal:
                outcome.refusal = "the fresh process did not re-run every line"

    # -- the other witness, and the verdict --------------------------------------------------------
    def collect(self) -> None:
        """Wait for the evidence."""
        for i, (label, (whole, lines, errata)) in enumerate(self._pending.items()):
            self.progress(f"numerics {label}", i, len(self._pending))
            outcome = self.outcomes[label]
            outcome.evidence = whole.result() if whole else None
            outcome.lines = [f.result() for f in lines]
            outcome.errata = [f.result() for f in errata]

    def judge(self) -> None:
        """The verdict of each label, first on its own, then with what it uses."""
        for outcome in self.outcomes.values():
            _judge(outcome)
        changed = True
        while changed:
            moved = [_inherit(o, self.outcomes) for o in self.outcomes.values()]
            changed = any(moved)


def _rates(book: Book, declared: Declared) -> dict[Term, tuple[str, Term, tuple[Term, ...]]]:
    """The limits among the lines, each with the result whose bound proves it."""
    found = {}
    for claim, line in zip(declared.claims(), declared.lines, strict=True):
        if isinstance(line.by, FromRate):
            other = book.declared(line.by.bound.label)
            found[claim] = (other.label, other.statement, tuple(other.given))
    return found


def _kept(erratum: Erratum, declared: Declared) -> tuple[Any, ...]:
    """The hypotheses under which the print is to be refuted: all that it states itself."""
    return () if erratum.severity == "missing condition" else declared.given


def _judge(outcome: Outcome) -> None:
    if outcome.failure is not None or outcome.declared is None:
        late = outcome.failure is not None and outcome.failure.late
        outcome.verdict = "undecided" if late else "refuted"
        return
    if outcome.refusal:
        outcome.verdict = "refuted"
        outcome.because.append(f"replay: {outcome.refusal}")
        return
    found = {e.verdict for e in outcome.evidences}
    if "refuted" in found:
        outcome.verdict = "refuted"
        outcome.because += [f"numerics refute {where}" for where in _where(outcome, "refuted")]
    elif found - {"agrees"}:
        outcome.verdict = "undecided"
        outcome.because += [f"numerics do not decide {where}" for where in _where(outcome, "undecided")]
    elif unrefuted := _unrefuted(outcome):
        outcome.verdict = "undecided"
        outcome.because += [f"an erratum's counterexample does not refute the printed form: {w}" for w in unrefuted]
    elif outcome.declared.cites:
        outcome.verdict = "cited"
    elif outcome.declared.errata:
        outcome.verdict = "corrected"
    else:
        outcome.verdict = "definition" if outcome.declared.kind == "definition" else "proved"


def _unrefuted(outcome: Outcome) -> list[str]:
    """Why the point of an erratum does not refute what is printed, for each one."""
    assert outcome.declared is not None
    out = []
    for erratum, e in zip(outcome.declared.errata, outcome.errata, strict=True):
        if e.verdict == "agrees":
            out.append(f"it holds at {', '.join(f'{v!r} = {x}' for v, x in erratum.counterexample)}")
        elif e.verdict != "refuted" and not e.undefined:
            out.append(e.reason)
    return out


def _where(outcome: Outcome, verdict: str) -> list[str]:
    """The places where the evidence is this, with the falsifying point or the reason."""
    named = [("the statement", outcome.evidence)] if outcome.evidence else []
    named += [(f"line {i}", e) for i, e in enumerate(outcome.lines, 1)]
    places: dict[str, list[str]] = {}
    for name, e in named:
        if e is not None and e.verdict == verdict:
            places.setdefault(point(e), []).append(name)
    return [", ".join(names) + why for why, names in places.items()]


def point(e: Evidence) -> str:
    """Where a statement fails, or why nothing is decided, as the end of a sentence."""
    if e.verdict == "refuted":
        at = ", ".join(f"{name} = {value}" for name, value in e.counterexample)
        sides = f": {e.left} against {e.right}" if e.left or e.right else ""
        return f" at {at}{sides}" if at else sides
    return f": {e.reason}" if e.reason else ""


def _inherit(outcome: Outcome, outcomes: dict[str, Outcome]) -> bool:
    """Take over the weakest verdict of what is used; whether that changed anything."""
    changed = False
    for label in outcome.uses:
        used = outcomes.get(label)
        if used is None or used.verdict not in _INHERITED:
            continue
        if VERDICTS.index(used.verdict) > VERDICTS.index(outcome.verdict):
            outcome.verdict = used.verdict
            outcome.because.append(f"it uses ({label}), which is {used.verdict}")
            changed = True
    return changed
