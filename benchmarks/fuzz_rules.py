"""Random calls of the rules for as long as you like: what a rule accepts must not be refuted by the numbers.

    python benchmarks/fuzz_rules.py SECONDS [--seed S] [--rule NAME] [--json FILE]

Each call is one that a proof of the book makes, with terms changed and hypotheses dropped. Most are refused. What
is accepted is evaluated by `symbolic_mqb.numerics` at points that satisfy its hypotheses. Counted for each rule:
refused, agrees (the numbers do), undefined (the statement has no value at a point: the rule then speaks of terms
that are not shown to be defined), undecided, late, crashed, refuted. The exit code is 1 if something crashed or
was refuted.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from symbolic_mqb.kernel.theorem import Theorem  # noqa: E402
from symbolic_mqb.numerics.witness import check  # noqa: E402
from tests.adversary.calls import attempt, from_the_book, near  # noqa: E402
from tests.adversary.test_random_calls import Late, at_most  # noqa: E402


def one_call(example: Theorem, r: random.Random) -> tuple[str, list[str]]:
    """(what became of one random call, what to show of it)."""
    arguments = near(r, example.arguments)
    if arguments is None:
        return "no call", []
    try:
        with at_most(3):
            theorem = attempt(example.rule, arguments)
    except Late:
        return "late", []
    except Exception as error:
        return "crashed", [repr(error), repr(arguments)]
    if theorem is None:
        return "refused", []
    seed = r.randrange(1000)
    try:
        with at_most(5):
            found = check(theorem.conclusion, theorem.hypotheses, 12, 4, seed)
    except Late:
        return "late", []
    except Exception as error:
        return "crashed", [repr(error), repr(theorem)]
    if found.verdict == "refuted":
        point = str(found.counterexample)
        return "refuted", [repr(theorem), point, f"{found.left} {found.right} {found.reason}"]
    if found.verdict == "undecided" and found.reason.startswith("undefined"):
        return "undefined", [repr(theorem), found.reason]
    return found.verdict, []


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Random calls of the rules.")
    parser.add_argument("seconds", type=float)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rule")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    book, r = from_the_book(), random.Random(options.seed)
    rules = [options.rule] if options.rule else sorted(book)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    shown: dict[str, list[list[str]]] = defaultdict(list)
    end = time.monotonic() + options.seconds
    while time.monotonic() < end:
        rule = r.choice(rules)
        verdict, words = one_call(r.choice(book[rule]), r)
        counts[rule][verdict] += 1
        if words:
            shown[f"{verdict} {rule}"].append(words)
    total = sum(counts.values(), Counter[str]())
    print("in all", dict(total), f"seed {options.seed}")
    for title, examples in sorted(shown.items()):
        print(f"\n{title}: {len(examples)}", *(w[:600] for w in min(examples, key=lambda e: len(str(e)))), sep="\n   ")
    bare = [name for name in rules if not counts[name].keys() & {"agrees", "undefined", "undecided", "refuted"}]
    print("\nno changed call accepted:", *bare)
    if options.json:
        report = {"seed": options.seed, "seconds": options.seconds, "counts": counts, "shown": shown}
        options.json.write_text(json.dumps(report, indent=1, ensure_ascii=False), encoding="utf-8")
    return int(total["refuted"] + total["crashed"] > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
