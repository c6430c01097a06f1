"""Records with one thing changed, to see what the reader refuses by itself."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

from .terms import SIGNATURES, Bad, kind, read_terms

#: Operations that take and give the same kinds may stand for one another.
_ALIKE: dict[str, list[str]] = {"add": ["mul"], "mul": ["add"]}
for _op, _signature in SIGNATURES.items():
    _ALIKE[_op] = [q for q in SIGNATURES if q != _op and SIGNATURES[q] == _signature]


def stated(record: dict[str, Any]) -> list[Any]:
    """What a record states: its terms, its claims, the hypotheses and the conclusion of each step."""
    steps = [(step["hypotheses"], step["conclusion"]) for step in record["steps"]]
    return [record["terms"], record["claims"], steps]


class Mutator:
    """Changes a record at one place; every change is drawn from the seeded dice."""

    def __init__(self, record: dict[str, Any], seed: int) -> None:
        self.record, self.dice = record, random.Random(seed)
        self.kinds: dict[str, list[int]] = {}
        self.by_index: list[str] = []
        for i, t in enumerate(read_terms(record["terms"])):
            try:
                found = kind(t) if not t.loose else "open"
            except Bad:
                found = "open"
            self.by_index.append(found)
            self.kinds.setdefault(found, []).append(i)
        self.used = sorted(self._used())

    def _used(self) -> set[int]:
        """The terms that the steps refer to, at once or not."""
        todo = [i for s in self.record["steps"] for i in (*s["hypotheses"], s["conclusion"])]
        found: set[int] = set()
        while todo:
            i = todo.pop()
            if i not in found:
                found.add(i)
                todo += [p["t"] for p in self.record["terms"][i] if isinstance(p, dict)]
        return found

    def mutants(self, count: int) -> Iterator[tuple[str, dict[str, Any]]]:
        """What was changed, and the record with it."""
        ways = (self._term, self._term, self._conclusion, self._hypothesis, self._argument, self._argument, self._claim)
        made = 0
        while made < count:
            way = ways[made % len(ways)]
            before = self.record
            self.record = {
                **before,
                "terms": list(before["terms"]),
                "steps": list(before["steps"]),
                "claims": dict(before["claims"]),
            }
            said = way()
            mutant, self.record = self.record, before
            if said:
                made += 1
                yield said, mutant

    def _like(self, i: int) -> int | None:
        """Another term of the kind of term i."""
        others = [j for j in self.kinds[self.by_index[i]] if j != i]
        return self.dice.choice(others) if others else None

    # --- terms -------------------------------------------------------------------------------------------------------

    def _term(self) -> str:
        i = self.dice.choice(self.used)
        row = copy.deepcopy(self.record["terms"][i])
        parts = [k for k, p in enumerate(row) if isinstance(p, dict)]
        op = row[0]
        if op == "num":
            row[1] = self.dice.choice([x for x in ("0", "1", "2", "-1", "1/2", "3", "-2", "5/7") if x != row[1]])
        elif op == "bound":
            row[1] = row[1] + 1 if row[1] == 0 or self.dice.random() < 0.5 else row[1] - 1
        elif op in ("var", "lam"):
            k = self.dice.choice((1, 2)) if op == "var" else 2
            row[k] = self.dice.choice([x for x in ("x", "real", "int", "nat", "complex", "op") if x != row[k]])
        else:
            row = self._operation(row, op, parts)
        if row is None or row == self.record["terms"][i]:
            return ""
        self.record["terms"][i] = row
        return f"term {i}: {self._short(i, row)}"

    def _short(self, i: int, row: list[Any]) -> str:
        return f"{row} (the kind of {self.by_index[i]})"

    def _operation(self, row: list[Any], op: str, parts: list[int]) -> list[Any] | None:
        which = self.dice.randrange(4)
        if which == 0 and _ALIKE.get(op):
            row[0] = self.dice.choice(_ALIKE[op])
        elif which == 1 and len(parts) > 1:
            a, b = self.dice.sample(parts, 2)
            row[a], row[b] = row[b], row[a]
        elif which == 2 and op in ("add", "mul") and len(parts) > 2:
            del row[self.dice.choice(parts)]
        elif parts:
            k = self.dice.choice(parts)
            j = self._like(row[k]["t"])
            if j is None:
                return None
            row[k] = {"t": j}
        return row

    # --- steps and claims --------------------------------------------------------------------------------------------

    def _step(self) -> tuple[int, dict[str, Any]]:
        n = self.dice.randrange(len(self.record["steps"]))
        self.record["steps"][n] = copy.deepcopy(self.record["steps"][n])
        return n, self.record["steps"][n]

    def _conclusion(self) -> str:
        n, step = self._step()
        step["conclusion"] = self._like(step["conclusion"])
        return f"step {n} ({step['rule']}): another conclusion"

    def _hypothesis(self) -> str:
        n, step = self._step()
        hypotheses = step["hypotheses"]
        if hypotheses and self.dice.random() < 0.5:
            hypotheses.remove(self.dice.choice(hypotheses))
            return f"step {n} ({step['rule']}): a hypothesis less"
        new = self.dice.choice(self.kinds["prop"])
        if new in hypotheses:
            return ""
        hypotheses.append(new)
        return f"step {n} ({step['rule']}): a hypothesis more"

    def _argument(self) -> str:
        n, step = self._step()
        places: list[tuple[Any, int]] = []

        def collect(row: Any) -> None:
            for k, a in enumerate(row):
                places.append((row, k))
                if isinstance(a, list):
                    collect(a)

        collect(step["arguments"])
        if self.dice.random() < 0.1:
            step["rule"] = self.dice.choice(self.record["steps"])["rule"]
            return f"step {n}: another rule"
        row, k = self.dice.choice(places)
        a = row[k]
        if isinstance(a, dict) and "t" in a:
            row[k] = {"t": self._like(a["t"])}
        elif isinstance(a, dict):
            others = [m for m in range(n) if m != a["s"]]
            row[k] = {"s": self.dice.choice(others)} if others else {"s": n}
        elif isinstance(a, list):
            row[k] = a[:-1] if a else [{"t": self.dice.choice(self.kinds["prop"])}]
        else:
            row[k] = a + self.dice.choice((-1, 1))
        if self.record["steps"][n] == step and row[k] == a:
            return ""
        return f"step {n} ({step['rule']}): another argument"

    def _claim(self) -> str:
        label = self.dice.choice(sorted(self.record["claims"]))
        claim = copy.deepcopy(self.record["claims"][label])
        which = self.dice.choice(("step", "statement", "given"))
        if which == "given" and claim["given"]:
            claim["given"].remove(self.dice.choice(claim["given"]))
        elif which == "step":
            claim["step"] = self.dice.randrange(len(self.record["steps"]))
        else:
            claim["statement"] = self._like(claim["statement"])
        if claim == self.record["claims"][label]:
            return ""
        self.record["claims"][label] = claim
        return f"claim {label}: another {which}"
