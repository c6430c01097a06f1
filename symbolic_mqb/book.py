"""The book: which derivation file holds which label, and the proof of each, made when it is wanted."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from .kernel.errors import Refused, TermError
from .kernel.record import Writer
from .kernel.terms import Term
from .kernel.theorem import Theorem
from .results import Declared, Definition, Result
from .rules.logic import Given, context, definition, normal_form, transitivity
from .tactics.positions import narrow, same
from .tactics.reasons import run


class UnknownLabel(KeyError):
    """No result of this label."""

    def __str__(self) -> str:
        return str(self.args[0])


class LineFailure(Exception):
    """A line that its reason does not reproduce, with all that is needed to see why."""

    def __init__(self, label: str, line: int, reason: str, refusal: Refused, **shown: object) -> None:
        self.label, self.line, self.reason, self.refusal = label, line, reason, refusal
        self.shown: dict[str, object] = shown
        parts = [f"({label}) line {line}, reason '{reason}': {refusal.reason}"]
        parts += [f"  {name}: {value!r}" for name, value in shown.items() if value is not None]
        if refusal.where is not None:
            parts.append(f"  at: {refusal.where!r}")
        super().__init__("\n".join(parts))

    def __reduce__(self) -> tuple[Any, ...]:
        """How a process hands it to another one."""
        return _failed, (self.shown, self.label, self.line, self.reason, self.refusal)


def _failed(shown: dict[str, object], label: str, line: int, reason: str, refusal: Refused) -> LineFailure:
    return LineFailure(label, line, reason, refusal, **shown)


@dataclass
class Proof:
    """The theorems of one declared result: one for each line, and the whole."""

    declared: Declared
    lines: list[Theorem] = field(default_factory=list)
    theorem: Theorem | None = None
    uses: list[str] = field(default_factory=list)

    @property
    def used(self) -> tuple[Term, ...]:
        """The given hypotheses that the proof needed."""
        needed = frozenset().union(*(t.hypotheses for t in (*self.lines, self.theorem) if t is not None))
        return tuple(h for h in self.declared.given if h in needed)


class _State:
    """What a reason sees of the proof it is in."""

    def __init__(self, book: Book, proof: Proof) -> None:
        self.book, self.proof = book, proof
        self.given: Given = proof.declared.given

    def lookup(self, label: str) -> Theorem:
        if label not in self.proof.uses:
            self.proof.uses.append(label)
        theorem = self.book.prove(label).theorem
        if theorem is None:
            raise Refused(f"({label}) states nothing that could be used")
        return theorem

    def line(self, number: int) -> Theorem:
        """The theorem of an earlier line of the same result, counted from 1."""
        return self.proof.lines[number - 1]


class Book:
    """Results by label. `contents` maps each module to its labels; modules load when asked for."""

    def __init__(self, contents: Mapping[str, Iterable[str]], package: str | None = None) -> None:
        self._home = {label: module for module, labels in contents.items() for label in labels}
        self._package = package
        self._declared: dict[str, Declared] = {}
        self._proofs: dict[str, Proof] = {}
        self._failed: dict[str, BaseException] = {}
        self._open: list[str] = []

    @property
    def contents(self) -> dict[str, tuple[str, ...]]:
        """module → its labels, with absolute names, as another process would need them."""
        out: dict[str, tuple[str, ...]] = {}
        for label, module in self._home.items():
            name = importlib.util.resolve_name(module, self._package)
            out[name] = (*out.get(name, ()), label)
        return out

    def home(self, label: str) -> str | None:
        """The module that declares a label; None for one that was added."""
        return self._home.get(label)

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels, in the book's order."""
        return tuple(dict.fromkeys((*self._home, *self._declared)))

    def add(self, declared: Declared) -> None:
        """Add a result that is not in the contents (a user's own)."""
        if not isinstance(declared, Result | Definition):
            raise TermError(f"a Result or a Definition can be added, not {declared!r}")
        if declared.label in self._home or declared.label in self._declared:
            raise TermError(f"the label {declared.label!r} is taken")
        self._declared[declared.label] = declared

    def declared(self, label: str) -> Declared:
        """The declaration of a label."""
        if label not in self._declared:
            if label not in self._home:
                raise UnknownLabel(f"no result is labelled {label!r}; `list` shows the labels")
            module = importlib.import_module(self._home[label], self._package)
            for result in declarations(module):
                if self._home.get(result.label) == self._home[label]:
                    self._declared[result.label] = result
            if label not in self._declared:
                raise UnknownLabel(f"{self._home[label]} does not declare {label!r}")
        return self._declared[label]

    def prove(self, label: str) -> Proof:
        """The proof of a label, made once. `LineFailure` says where it fails."""
        if label in self._proofs:
            return self._proofs[label]
        if label in self._open:
            circle = " → ".join((*self._open[self._open.index(label) :], label))
            raise Refused(f"the results use one another in a circle: {circle}")
        if label in self._failed:
            raise self._failed[label]
        self._open.append(label)
        try:
            proof = _prove(self, self.declared(label))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a reason may raise SystemExit, too
            self._failed[label] = error
            raise
        finally:
            self._open.pop()
        self._proofs[label] = proof
        return proof

    def record(self, labels: Iterable[str], writer: Writer | None = None) -> Writer:
        """The record of the proofs of these labels, each line and each whole as a claim; `writer` is continued."""
        if isinstance(labels, str):
            raise TypeError(f"labels: a list of labels is expected, not one text; write [{labels!r}]")
        writer = writer or Writer()
        for label in labels:
            proof = self.prove(label)
            declared = proof.declared
            for i, (theorem, claim) in enumerate(zip(proof.lines, declared.claims(), strict=True), 1):
                writer.add(f"{label}#{i}", theorem, claim, declared.given)
            if proof.theorem is not None:
                writer.add(label, proof.theorem, declared.statement, declared.given)
        return writer


def paper() -> Book:
    """The paper's results."""
    from .derivations import CONTENTS

    return Book(CONTENTS)


def declarations(module: ModuleType) -> list[Declared]:
    """The results and definitions that a module's names hold, alone or in lists, tuples, dicts; in order of writing."""
    names = {name: value for name, value in vars(module).items() if name != "__builtins__"}
    found: dict[int, Declared] = {}
    todo, seen = [iter(names.values())], {id(names)}
    while todo:
        value = next(todo[-1], todo)
        if value is todo:
            todo.pop()
        elif isinstance(value, (Result, Definition)):
            found.setdefault(id(value), value)
        elif isinstance(value, (list, tuple, dict)) and id(value) not in seen:
            seen.add(id(value))
            todo.append(iter(value.values() if isinstance(value, dict) else value))
    return list(found.values())


def _prove(book: Book, declared: Declared) -> Proof:
    proof = Proof(declared)
    state = _State(book, proof)
    try:
        clash = context(declared.given).contradictory()
    except Refused as no:
        raise LineFailure(declared.label, 0, "hypotheses", no) from no
    if clash is not None:
        shown = " and ".join(sorted(map(repr, clash)))
        raise LineFailure(declared.label, 0, "hypotheses", Refused(f"the hypotheses contradict one another: {shown}"))
    if isinstance(declared, Definition):
        proof.theorem = _defined(declared)
    for i, claim in enumerate(declared.claims(), 1):
        proof.lines.append(_line(declared, i, claim, state))
    if isinstance(declared, Result):
        whole = [t for t in proof.lines if t.conclusion.op == "eq"]
        last = declared.lines[-1]
        proof.theorem = proof.lines[-1] if last.relation == "statement" else transitivity(*whole)
    return proof


def _defined(declared: Definition) -> Theorem:
    """symbol = its meaning, which is defined under the hypotheses."""
    symbol = definition(declared.symbol)
    try:
        return transitivity(symbol, narrow(normal_form, declared.given, symbol.right, symbol.right))
    except Refused as no:
        raise LineFailure(declared.label, 0, "definition", no, symbol=declared.symbol) from no


def _line(declared: Declared, i: int, claim: Term, state: _State) -> Theorem:
    line = declared.lines[i - 1]
    words = reason_words(line.by)
    got: Term | None = None
    try:
        if line.relation == "eq":
            step = run(line.by, claim.args[0], state)
            got = step.right
            theorem = transitivity(step, same(got, claim.args[1], declared.given))
        else:
            theorem = line.by.prove(claim, state)
            got = theorem.conclusion
            if theorem.conclusion != claim:
                raise Refused("the reason proves another statement")
    except Refused as no:
        before = claim.args[0] if line.relation == "eq" else None
        raise LineFailure(declared.label, i, words, no, before=before, expected=line.expression, got=got) from no
    except UnknownLabel as unknown:
        raise LineFailure(declared.label, i, words, Refused(str(unknown)), expected=line.expression) from unknown
    except LineFailure:
        raise
    except BaseException as crash:  # not a refusal: the reason itself is broken
        crash.add_note(f"({declared.label}), line {i}")
        raise
    extra = theorem.hypotheses - set(declared.given)
    if extra:
        unmet = Refused("a condition is not among the hypotheses", min(extra, key=repr))
        raise LineFailure(declared.label, i, words, unmet, expected=line.expression)
    return theorem


def reason_words(by: object) -> str:
    """A reason, or a list of them, as a person reads it."""
    reasons = by if isinstance(by, (list, tuple)) else (by,)
    return "; ".join(r.words() if hasattr(r, "words") else str(r) for r in reasons)
