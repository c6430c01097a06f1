"""A second reader of the record of a proof, written from its documentation alone: `python -m record_reader FILE`.

It imports nothing of symbolic_mqb. A record (docs/record.md) is read strictly, each step is done again as far as
`logic.py` and `rules.txt` say how, and what a step claims is evaluated at random points (`points.py`).
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from .hypotheses import Tester
from .logic import LOGIC, TAKES_CONCLUSION, Claim, Done
from .schema import apply, read_table
from .terms import Bad, Term, index, kind, need, read_terms, reference


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    need(len({key for key, _ in pairs}) == len(pairs), "a field occurs twice")
    return dict(pairs)


def _refuse(text: str) -> Any:
    raise Bad(f"{text} is not an integer")


def read(text: str) -> dict[str, Any]:
    """The JSON object, with integers for numbers and each field once."""
    try:
        record = json.loads(text, object_pairs_hook=_no_duplicates, parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, RecursionError) as e:
        raise Bad(f"not JSON: {e}") from e
    fields(record, "format", "version", "terms", "steps", "claims")
    need(record["format"] == "symbolic-mqb record", "not a record")
    need(type(record["version"]) is int and record["version"] == 1, "another version of the format")
    return dict(record)


def fields(found: Any, *names: str) -> None:
    need(isinstance(found, dict) and sorted(found) == sorted(names), f"the fields {', '.join(names)} are expected")


class Reader:
    """Reads records. What was tested once is not tested again when a later record holds it, too."""

    def __init__(self, tester: Any = None) -> None:
        self.table = read_table(Path(__file__).with_name("rules.txt"))
        self.tester = tester
        self.counts: Counter[str] = Counter()
        self.by_rule: dict[str, Counter[str]] = {}

    def check(self, record: dict[str, Any]) -> None:
        """Nothing, if the record is accepted; Bad, which names the step, if not."""
        self.counts.clear()
        terms = read_terms(record["terms"])
        need(isinstance(record["steps"], list), "steps: a list is expected")
        need(len(record["steps"]) <= 200_000, "more than 200 000 steps")
        done: list[Claim] = []
        for i, step in enumerate(record["steps"]):
            try:
                done.append(self._step(step, terms, done))
            except Bad as e:
                rule = step.get("rule") if isinstance(step, dict) else None
                raise Bad(f"step {i} ({rule}): {e}") from e
        need(isinstance(record["claims"], dict), "claims: an object is expected")
        for label, claim in record["claims"].items():
            need(label.strip() and label.isprintable(), "a label is a line that can be printed")
            try:
                self._claim(claim, terms, done)
            except Bad as e:
                raise Bad(f"claim {label}: {e}") from e

    def _claim(self, claim: Any, terms: list[Term], done: list[Claim]) -> None:
        fields(claim, "step", "statement", "given")
        proved = done[index(claim["step"], len(done))]
        need(isinstance(claim["given"], list), "given: a list is expected")
        given = {proposition(terms, i) for i in claim["given"]}
        need(proved.conclusion is proposition(terms, claim["statement"]), "the step proves another statement")
        need(proved.hypotheses <= given, "the step needs a hypothesis that is not given")

    def _step(self, step: Any, terms: list[Term], done: list[Claim]) -> Claim:
        fields(step, "rule", "arguments", "hypotheses", "conclusion")
        need(isinstance(step["hypotheses"], list) and isinstance(step["arguments"], list), "a list is expected")
        hypotheses = [proposition(terms, i) for i in step["hypotheses"]]
        need(len(set(hypotheses)) == len(hypotheses), "a hypothesis occurs twice")
        claim = Claim(frozenset(hypotheses), proposition(terms, step["conclusion"]))
        arguments = [argument(a, terms, done) for a in step["arguments"]]
        again, how = self._again(step["rule"], arguments, claim)
        need(again.conclusion is claim.conclusion, "the conclusion is not what the rule gives")
        need(again.hypotheses == claim.hypotheses, "the hypotheses are not what the rule gives")
        self.counts[how] += 1
        self.by_rule.setdefault(step["rule"], Counter())[how] += 1
        return claim

    def _again(self, rule: Any, arguments: list[Any], claim: Claim) -> tuple[Claim, str]:
        need(isinstance(rule, str) and (rule in LOGIC or rule in self.table), f"unknown rule {rule!r}")
        if rule in LOGIC:
            try:
                extra = (claim.conclusion,) if LOGIC[rule] in TAKES_CONCLUSION else ()
                found: Done = LOGIC[rule](*map(_tupled, arguments), *extra)
            except (TypeError, AttributeError, ValueError, IndexError) as e:
                raise Bad(f"arguments of another kind than the rule takes ({e})") from e
            whole, statements = True, []
        else:
            found, whole = apply(self.table[rule], arguments, claim.conclusion)
            statements = [(claim.hypotheses, claim.conclusion)]
        tested = [self._test(*s) for s in (*statements, *found.presupposed)]
        if rule in LOGIC:
            return found.claim, "done again" if all(tested) else "done again, its condition taken on trust"
        form = "its form done again" if whole else "its form done again in part"
        return found.claim, f"tested at random points, {form}" if all(tested) else f"only {form}"

    def _test(self, hypotheses: frozenset[Term], statement: Term) -> bool:
        return bool(self.tester and self.tester.test(hypotheses, statement))


def proposition(terms: list[Term], i: Any) -> Term:
    """The term of this index, which states something."""
    found = terms[index(i, len(terms))]
    need(not found.loose and kind(found) == "prop", "a statement is expected")
    need(not found.remainder, "O has a meaning only in a statement about all N from some N on")
    return found


def argument(a: Any, terms: list[Term], done: list[Claim], depth: int = 0) -> Any:
    """A term, what a step proves, an integer, a text or a list of these."""
    if isinstance(a, dict):
        if "s" in a:
            return done[reference(a, "s", len(done))]
        found = terms[reference(a, "t", len(terms))]
        need(not found.loose, "a bound variable without its binder")
        kind(found)
        return found
    if isinstance(a, list):
        need(depth < 10, "arguments nested too deep")
        return [argument(b, terms, done, depth + 1) for b in a]
    need(type(a) in (int, str), "an argument of another kind")
    return a


def _tupled(a: Any) -> Any:
    return tuple(map(_tupled, a)) if type(a) is list else a


def main(path: str) -> int:
    """0 if the record is accepted, 1 if not; prints how each step was checked."""
    reader = Reader(Tester())
    try:
        record = read(Path(path).read_text(encoding="utf-8"))
        reader.check(record)
    except (Bad, OSError, UnicodeDecodeError, RecursionError) as e:
        print(f"refused: {e}")
        return 1
    total = sum(reader.counts.values())
    if not record["claims"]:
        print("refused: the record claims nothing")
        return 1
    print(f"accepted: {total} steps")
    for how, count in reader.counts.most_common():
        print(f"{count:7} {100 * count / total:5.1f} %  {how}")
    return 0
