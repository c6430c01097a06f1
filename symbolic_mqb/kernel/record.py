"""The record of a proof, and replaying it.

A record is JSON: a table of terms and a list of steps. A term is ["op", part, …], where a part is an
index {"t": i} of an earlier term, a string, a number of a leaf, or a list of sorts. A step is
{"rule": name, "arguments": […], "hypotheses": […], "conclusion": i}; an argument is {"t": i} for a
term, {"s": i} for an earlier step's theorem, a list, an int or a string. A claim says which statement
a label stands for and under which hypotheses: {"step": i, "statement": i, "given": [i, …]}. Replaying
calls each rule, compares what it returns with what the step says, and each claim with its step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from .errors import Refused, TermError
from .signatures import SORTS
from .terms import Term
from .theorem import Theorem

FORMAT = "symbolic-mqb record"
VERSION = 1
_MAX_STEPS = 200_000


class Writer:
    """Collects theorems, each with everything it rests on, into one record."""

    def __init__(self) -> None:
        self.terms: list[list[Any]] = []
        self.steps: list[dict[str, Any]] = []
        self.claims: dict[str, dict[str, Any]] = {}
        self._terms: dict[str, int] = {}
        self._seen: dict[int, int] = {}
        self._alive: list[Term] = []
        self._steps: dict[int, int] = {}
        self._keep: list[Theorem] = []

    def add(self, label: str, theorem: Theorem, statement: Term, given: tuple[Term, ...]) -> None:
        """Record that `theorem` proves what `label` declares: `statement` under `given`."""
        self.claims[label] = {
            "step": self._step(theorem),
            "statement": self._term(statement),
            "given": [self._term(h) for h in given],
        }

    def data(self) -> dict[str, Any]:
        """The record as JSON data."""
        return _fields(self.terms, self.steps, self.claims)

    def piece(self, terms: int = 0, steps: int = 0, claims: int = 0) -> dict[str, Any]:
        """What has come since there were so many terms, steps and claims."""
        return _fields(self.terms[terms:], self.steps[steps:], dict([*self.claims.items()][claims:]))

    def _step(self, theorem: Theorem) -> int:
        todo = [theorem]
        while todo:
            now = todo[-1]
            missing = [p for p in _premises(now.arguments) if id(p) not in self._steps]
            if id(now) in self._steps:
                todo.pop()
            elif missing:
                todo += missing
            else:
                self._steps[id(now)] = len(self.steps)
                self._keep.append(now)
                self.steps.append(self._describe(now))
        return self._steps[id(theorem)]

    def _describe(self, theorem: Theorem) -> dict[str, Any]:
        return {
            "rule": theorem.rule,
            "arguments": [self._argument(a) for a in theorem.arguments],
            "hypotheses": [self._term(h) for h in sorted(theorem.hypotheses, key=repr)],
            "conclusion": self._term(theorem.conclusion),
        }

    def _argument(self, a: Any) -> Any:
        if isinstance(a, tuple):
            return [self._argument(x) for x in a]
        if isinstance(a, Term):
            return {"t": self._term(a)}
        return {"s": self._steps[id(a)]} if isinstance(a, Theorem) else a

    def _term(self, t: Term) -> int:
        """The index of the term's row; rows keep the names of bound variables, which equality ignores."""
        known = self._seen.get(id(t))
        if known is None:
            row = [t.op, *(self._part(a) for a in t.args)]
            key = repr(row)
            if key not in self._terms:
                self._terms[key] = len(self.terms)
                self.terms.append(row)
            known = self._seen[id(t)] = self._terms[key]
            self._alive.append(t)
        return known

    def _part(self, a: Any) -> Any:
        if isinstance(a, Term):
            return {"t": self._term(a)}
        if isinstance(a, Fraction):
            return str(a)
        return list(a) if isinstance(a, tuple) else a


def _fields(terms: list[Any], steps: list[Any], claims: dict[str, Any]) -> dict[str, Any]:
    return {"format": FORMAT, "version": VERSION, "terms": terms, "steps": steps, "claims": claims}


def _premises(arguments: Any) -> list[Theorem]:
    out: list[Theorem] = []
    for a in arguments:
        if isinstance(a, Theorem):
            out.append(a)
        elif isinstance(a, tuple):
            out += _premises(a)
    return out


class Replay:
    """The steps of a record, re-run one piece after the other, and what is claimed of them.

    A piece has the fields of a record; its indices go on where those of the piece before it end. A record is one piece.
    """

    def __init__(self, rules: Mapping[str, Callable[..., Theorem]]) -> None:
        self.claims: dict[str, Theorem] = {}
        self._rules = rules
        self._terms: list[Term] = []
        self._depths: list[int] = []
        self._theorems: list[Theorem] = []

    def take(self, data: Any) -> None:
        """Re-run every step of a piece and compare its claims. `Refused` names what fails."""
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise Refused(f"not a record: the field 'format' must be {FORMAT!r}")
        if type(data.get("version")) is not int or data["version"] != VERSION:
            raise Refused(f"version {data.get('version')!r} of the record is not {VERSION}")
        if set(data) != {"format", "version", "terms", "steps", "claims"}:
            raise Refused("a record has the fields format, version, terms, steps, claims")
        _read_terms(data["terms"], self._terms, self._depths)
        theorems = self._theorems
        if not isinstance(data["steps"], list) or len(theorems) + len(data["steps"]) > _MAX_STEPS:
            raise Refused("the steps of a record are a list of reasonable length")
        for i, step in enumerate(data["steps"], len(theorems)):
            try:
                theorems.append(_run(step, self._terms, theorems, self._rules))
            except Refused as no:
                raise Refused(f"step {i}: {no.reason}", no.where) from no
            except (TypeError, AttributeError, LookupError, ArithmeticError, ValueError, RecursionError) as error:
                raise Refused(f"step {i} is malformed: {error}") from error
        if not isinstance(data["claims"], dict):
            raise Refused("the claims of a record are label → claim")
        for label, claim in data["claims"].items():
            if label in self.claims:
                raise Refused(f"two claims of one label {label!r}")
            if not str(label).strip() or not str(label).isprintable():
                raise Refused(f"a label is one line that can be printed, not {label!r}")
            self.claims[str(label)] = _claimed(label, claim, self._terms, theorems)


def replay(data: Any, rules: Mapping[str, Callable[..., Theorem]]) -> dict[str, Theorem]:
    """Re-run every step of a record and compare its claims; label → theorem. `Refused` names what fails."""
    whole = Replay(rules)
    whole.take(data)
    return whole.claims


def _claimed(label: str, claim: Any, terms: list[Term], theorems: list[Theorem]) -> Theorem:
    shape = isinstance(claim, dict) and set(claim) == {"step", "statement", "given"}
    if not shape or not isinstance(claim["given"], list):
        raise Refused(f"the claim {label!r} has the fields step, statement, given")
    theorem: Theorem = _get(theorems, claim["step"])
    if theorem.conclusion != _get(terms, claim["statement"]):
        raise Refused(f"{label}: the step proves another statement than the claim", theorem.conclusion)
    extra = theorem.hypotheses - {_get(terms, i) for i in claim["given"]}
    if extra:
        raise Refused(f"{label}: the proof needs a hypothesis that is not given", min(extra, key=repr))
    return theorem


def _run(step: Any, terms: list[Term], theorems: list[Theorem], rules: Mapping[str, Callable[..., Theorem]]) -> Theorem:
    if not isinstance(step, dict) or set(step) != {"rule", "arguments", "hypotheses", "conclusion"}:
        raise Refused("a step has the fields rule, arguments, hypotheses, conclusion")
    if step["rule"] not in rules:
        raise Refused(f"unknown rule {step['rule']!r}")
    arguments = [_argument(a, terms, theorems) for a in step["arguments"]]
    theorem = rules[step["rule"]](*arguments)
    if theorem.conclusion != _get(terms, step["conclusion"]):
        raise Refused(f"{step['rule']} gives another conclusion than the record claims", theorem.conclusion)
    if theorem.hypotheses != frozenset(_get(terms, h) for h in step["hypotheses"]):
        raise Refused(f"{step['rule']} needs other hypotheses than the record claims", theorem.conclusion)
    return theorem


def _argument(a: Any, terms: list[Term], theorems: list[Theorem]) -> Any:
    if isinstance(a, list):
        return tuple(_argument(x, terms, theorems) for x in a)
    if isinstance(a, dict):
        if set(a) == {"t"}:
            return _get(terms, a["t"])
        if set(a) == {"s"}:
            return _get(theorems, a["s"])
        raise Refused("an argument refers to a term or to an earlier step")
    return a  # the rule refuses what is no int and no str


def _get(table: list[Any], i: Any) -> Any:
    if isinstance(i, bool) or not isinstance(i, int) or not 0 <= i < len(table):
        raise Refused(f"{i!r} does not refer to anything that comes before")
    return table[i]


def read_terms(rows: Any) -> list[Term]:
    """The table of terms of a record, each checked as it is built."""
    terms: list[Term] = []
    _read_terms(rows, terms, [])
    return terms


def _read_terms(rows: Any, terms: list[Term], depths: list[int]) -> None:
    """Add the terms of these rows, and how deeply each is nested."""
    if not isinstance(rows, list) or len(terms) + len(rows) > _MAX_STEPS * 10:
        raise Refused("the terms of a record are a list of reasonable length")
    for i, row in enumerate(rows, len(terms)):
        try:
            parts = [_read_part(a, terms) for a in row[1:]]
            depth = 1 + max((depths[a["t"]] for a in row[1:] if isinstance(a, dict)), default=0)
            terms.append(_checked(Term(_text(row[0]), tuple(parts))))
        except (TermError, TypeError, ValueError, KeyError, IndexError, ZeroDivisionError) as error:
            raise Refused(f"term {i} is malformed: {error}") from error
        if depth > 200:
            raise Refused(f"term {i} is nested too deeply")
        depths.append(depth)


def _read_part(a: Any, terms: list[Term]) -> Any:
    if isinstance(a, dict):
        return _get(terms, a["t"]) if set(a) == {"t"} else _text(None)
    if isinstance(a, list):
        return tuple(_text(x) for x in a)
    return a


def _text(a: Any) -> str:
    if not isinstance(a, str):
        raise TermError(f"{a!r} is not a name")
    return a


def _checked(t: Term) -> Term:
    """A term read from outside: its leaves are checked here, the rest by `kind` when a rule takes it."""
    if t.op == "num":
        if len(t.args) != 1 or len(_text(t.args[0])) > 5000:
            raise TermError("a number is written as p or p/q")
        return Term("num", (Fraction(t.args[0]),))
    if t.op == "var":
        if len(t.args) != 2 or _text(t.args[1]) not in SORTS or not _text(t.args[0]):
            raise TermError("a variable has a name and a known sort")
    elif t.op == "bound":
        if len(t.args) != 1 or isinstance(t.args[0], bool) or not isinstance(t.args[0], int) or t.args[0] < 0:
            raise TermError("a bound variable has an index")
    elif t.op == "lam":
        if len(t.args) != 3 or _text(t.args[1]) not in SORTS or not isinstance(t.args[2], Term):
            raise TermError("a binder has a name, a sort and a body")
        _text(t.args[0])
    elif t.op == "head":
        if len(t.args) != 3 or not isinstance(t.args[1], tuple) or not isinstance(t.args[2], Term):
            raise TermError("a defined symbol has a name, sorts and a body")
        if not all(_text(sort) in SORTS for sort in t.args[1]):
            raise TermError(f"a defined symbol takes known sorts, not {t.args[1]!r}")
        _text(t.args[0])
    elif not all(isinstance(a, Term) for a in t.args):
        raise TermError(f"the arguments of {t.op} are terms")
    return t
