"""Which tests call each rule: how many make it accept, how many make it refuse, written by hand or for every rule.

    python benchmarks/rule_tests.py [--markdown]

The tests of rules, kernel and adversary run with rules that count. Prints a line for each rule: tests by hand in
which it accepts and in which it refuses, such tests of the adversary, and calls of the tests that go through every
rule (accepted/refused). The exit code is 1 if a rule has no acceptance or no refusal by hand.
"""

from __future__ import annotations

import functools
import os
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
TESTS = ("tests/rules", "tests/adversary", "tests/kernel")
#: Tests that go through every rule: what they try is not chosen for the rule.
EVERY = ("test_every_rule", "test_random_calls")


class Recorder:
    """A plugin for pytest that knows the running test, and a decorator in place of `rule`."""

    def __init__(self) -> None:
        self.test = ""
        self.accepted: dict[str, set[str]] = defaultdict(set)
        self.refused: dict[str, set[str]] = defaultdict(set)

    def pytest_runtest_logstart(self, nodeid: str, location: Any) -> None:
        """Remember the test."""
        self.test = nodeid

    def counting(self, rule: Callable[..., Any]) -> Callable[..., Any]:
        """The decorator, whose rules tell what they did."""

        def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
            infer = rule(function)

            @functools.wraps(infer)
            def counted(*arguments: Any) -> Any:
                try:
                    theorem = infer(*arguments)
                except Exception:
                    self.refused[function.__name__].add(self.test)
                    raise
                self.accepted[function.__name__].add(self.test)
                return theorem

            return counted

        return decorate


def by_hand(tests: set[str], part: str = "") -> int:
    """How many of the tests were written for what they call."""
    return sum(part in t and bool(t) and not any(name in t for name in EVERY) for t in tests)


def for_every_rule(tests: set[str]) -> int:
    """How many of the tests go through every rule."""
    return sum(any(name in t for name in EVERY) for t in tests)


def main(arguments: list[str]) -> int:
    os.chdir(ROOT)
    import symbolic_mqb.kernel.theorem as theorem

    recorder = Recorder()
    theorem.rule = recorder.counting(theorem.rule)
    if pytest.main(["-q", "-n", "0", "-p", "no:cacheprovider", *TESTS], plugins=[recorder]) != 0:
        return 1
    from symbolic_mqb.rules import RULES

    row = "| {} | {} | {} | {} | {}/{} |" if "--markdown" in arguments else "{:36} {:5} {:5} {:5}   {}/{}"
    print(row.format("rule", "accepts", "refuses", "adversary", "every rule", ""))
    bare = []
    for name in RULES:
        yes, no = recorder.accepted[name], recorder.refused[name]
        adversary = by_hand(yes | no, "tests/adversary")
        print(row.format(name, by_hand(yes), by_hand(no), adversary, for_every_rule(yes), for_every_rule(no)))
        if not (by_hand(yes) and by_hand(no)):
            bare.append(name)
    print(f"{len(RULES)} rules; without an acceptance or a refusal by hand: {', '.join(bare) or 'none'}")
    return int(bool(bare))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
