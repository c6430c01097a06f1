"""Verifying results: prove, write one record, replay it in a fresh process, ask the other witness.

A verdict never comes from what this process believes. A label passes only if the fresh process,
which imports the kernel and the rules only, names the label and each of its lines among the claims
that it has re-run, and if the numerical witness, which shares no code with the rules, agrees.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from .book import Book, LineFailure, Proof, UnknownLabel
from .kernel.errors import Refused, TermError
from .processes import Evidence, Replayer, Task, Witnesses
from .results import Declared, Erratum

#: From the strongest to the weakest. A result inherits the weakest verdict of what it uses.
VERDICTS = ("proved", "corrected", "definition", "cited", "checked", "undecided", "refuted")
PASSING = VERDICTS[:4]
#: These say what a result is; only the weaker ones say something about what rests on it.
_INHERITED = VERDICTS[3:]
Progress = Callable[[str, int, int], None]


@dataclass
class Outcome:
    """What is known about one label."""

    label: str
    declared: Declared | None = None
    proof: Proof | None = None
    failure: Exception | None = None
    replayed: int = 0
    refusal: str = ""
    evidence: Evidence | None = None
    lines: list[Evidence] = field(default_factory=list)
    errata: list[Evidence] = field(default_factory=list)
    verdict: str = "undecided"
    because: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def uses(self) -> list[str]:
        """The labels that the proof rests on."""
        return [] if self.proof is None else self.proof.uses

    @property
    def passed(self) -> bool:
        """The verdict passes."""
        return self.verdict in PASSING

    @property
    def evidences(self) -> list[Evidence]:
        """The evidence for the statement and for the lines."""
        return ([self.evidence] if self.evidence else []) + self.lines


@dataclass
class Verification:
    """The outcomes of one run, in the book's order."""

    outcomes: dict[str, Outcome]
    digits: int
    seed: int
    seconds: float = 0.0
    record: str = ""

    @property
    def passed(self) -> bool:
        """Everything passes."""
        return all(o.passed for o in self.outcomes.values())


def verify(
    book: Book,
    labels: Iterable[str] | None = None,
    *,
    digits: int = 50,
    seed: int = 0,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Verification:
    """Verify these labels (all of the book by default) and everything that they rest on."""
    start = time.perf_counter()
    run = _Run(book, digits, seed, progress or (lambda *_: None))
    with ExitStack() as stack:
        replayer = stack.enter_context(Replayer())
        witnesses = stack.enter_context(Witnesses(jobs))
        run.prove(list(book.labels if labels is None else labels), witnesses)
        record = run.replay(replayer)
        run.collect()
    run.judge()
    order = [label for label in book.labels if label in run.outcomes]
    order += [label for label in run.outcomes if label not in order]
    outcomes = {label: run.outcomes[label] for label in order}
    return Verification(outcomes, digits, seed, time.perf_counter() - start, record)


class _Run:
    def __init__(self, book: Book, digits: int, seed: int, progress: Progress) -> None:
        self.book, self.digits, self.seed, self.progress = book, digits, seed, progress
        self.outcomes: dict[str, Outcome] = {}
        self._pending: dict[str, tuple[Future[Evidence] | None, list[Future[Evidence]], list[Future[Evidence]]]] = {}

    # -- proving -----------------------------------------------------------------------------------
    def prove(self, labels: list[str], witnesses: Witnesses) -> None:
        """Prove each label and what it uses; submit every statement to the witness."""
        waiting = list(dict.fromkeys(labels))
        done = 0
        while waiting:
            label = waiting.pop(0)
            if label in self.outcomes:
                continue
            self.progress(label, done, done + len(waiting) + 1)
            outcome = self.outcomes[label] = Outcome(label)
            self._prove(outcome, witnesses)
            done += 1
            waiting += [used for used in outcome.uses if used not in self.outcomes]

    def _prove(self, outcome: Outcome, witnesses: Witnesses) -> None:
        start = time.perf_counter()
        try:
            outcome.declared = self.book.declared(outcome.label)
            self._submit(outcome.declared, witnesses)
            outcome.proof = self.book.prove(outcome.label)
        except (LineFailure, Refused, TermError, UnknownLabel) as no:
            outcome.failure = no
        except Exception as crash:  # a reason that crashes proves nothing; it must not stop the others
            outcome.failure = crash
        outcome.seconds = time.perf_counter() - start

    def _submit(self, declared: Declared, witnesses: Witnesses) -> None:
        def ask(statement: Any, given: Any) -> Future[Evidence]:
            return witnesses.submit(Task(statement, given, self.digits, self.seed))

        whole = None if declared.kind == "definition" else ask(declared.statement, declared.given)
        lines = [ask(claim, declared.given) for claim in declared.claims()]
        errata = [
            witnesses.submit(Task(e.printed, _kept(e, declared), self.digits, self.seed, e.counterexample))
            for e in declared.errata
        ]
        self._pending[declared.label] = (whole, lines, errata)

    # -- replaying ---------------------------------------------------------------------------------
    def replay(self, replayer: Replayer) -> str:
        """Write one record, have it re-run, and count what the fresh process accepts."""
        proved = [o.label for o in self.outcomes.values() if o.proof is not None]
        text = json.dumps(self.book.record(proved).data(), ensure_ascii=False, separators=(",", ":"))
        replayer.send(text)
        self.progress("replay", len(proved), len(proved))
        self._match(text, proved)
        answer = replayer.answer()
        if "refused" not in answer:
            self._accept(proved, set(answer["claims"]))
        else:
            self._one_by_one(proved, str(answer["refused"]))
        return text

    def _one_by_one(self, proved: list[str], reason: str) -> None:
        """The record is refused: find the labels whose own records are."""
        for label in proved:
            with Replayer() as fresh:
                fresh.send(json.dumps(self.book.record([label]).data()))
                answer = fresh.answer()
            self._accept([label], set(answer.get("claims", ())))
            if "refused" in answer:
                self.outcomes[label].refusal = str(answer["refused"])
        if len(proved) > 1 and not any(self.outcomes[label].refusal for label in proved):
            for label in proved:
                self.outcomes[label].refusal = reason

    def _match(self, text: str, proved: list[str]) -> None:
        """The record that was sent says what is declared: its terms, read back, are the statements."""
        from .kernel.record import _read_terms

        data = json.loads(text)
        terms = _read_terms(data["terms"])
        for label in proved:
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


def _kept(erratum: Erratum, declared: Declared) -> tuple[Any, ...]:
    """The hypotheses under which the print is to be refuted: all that it states itself."""
    return () if erratum.severity == "missing condition" else declared.given


def _judge(outcome: Outcome) -> None:
    if outcome.failure is not None or outcome.declared is None:
        outcome.verdict = "refuted"
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
    elif any(not (e.verdict == "refuted" or e.undefined) for e in outcome.errata):
        outcome.verdict = "undecided"
        outcome.because.append("an erratum's counterexample does not refute the printed form")
    elif outcome.declared.cites:
        outcome.verdict = "cited"
    elif outcome.declared.errata:
        outcome.verdict = "corrected"
    else:
        outcome.verdict = "definition" if outcome.declared.kind == "definition" else "proved"


def _where(outcome: Outcome, verdict: str) -> list[str]:
    """The places where the evidence is this, with the falsifying point or the reason."""
    named = [("the statement", outcome.evidence)] if outcome.evidence else []
    named += [(f"line {i}", e) for i, e in enumerate(outcome.lines, 1)]
    return [f"{name}{point(e)}" for name, e in named if e is not None and e.verdict == verdict]


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
