"""Mutation testing of the trusted base: every mutant of a rule or of the kernel must fail a test.

    pip install -e ".[test,mutation]"
    python benchmarks/mutate_checker.py [MODULE …] [--sample N] [--weakenings N] [--seed S] [--quick] [--json FILE]
                                        [--earlier FILE …] [--since COMMIT]

A MODULE is one of rules/logic, kernel/signs, …; all of `rules` and of PARTS by default. cosmic-ray changes the source,
with its own operators and with those of `weakenings.py`, which delete. All weakenings are tried, and a seeded sample of
N of the others for each module. The tests are collected once; for each mutant a child process gets the changed code and
runs the tests of its module and those that call the changed rule or go through every rule (a part of the kernel meets
KERNEL), first those that killed the mutants before; then, unless --quick, all. A mutant is killed if a test fails or
crashes, or takes more than twenty seconds of CPU time (ten minutes for all tests). The same tests must pass, in the
same time, on the code as it is: where they do not, nothing is counted as killed, and the run ends.

With --earlier, what was killed in the run of an earlier report is not tried again if the same text is changed in the
same way: tests are added, seldom taken away, and a run of all mutants takes hours. The report says how many these are.

With --since, only the modules are tried whose code, imports aside, is another one than at that commit.

What no test kills must be shown equivalent in `equivalent_mutants.toml`, by its text and a reason; the rest are
printed. The exit code is 1 if one survives.
"""

from __future__ import annotations

import argparse
import ast
import json
import mmap
import os
import random
import re
import resource
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from cosmic_ray import plugins
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from hypothesis import Phase, settings
from transplant import transplant
from weakenings import WEAKENINGS

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "symbolic_mqb"
TESTS = ("tests/kernel", "tests/rules", "tests/adversary")
#: The parts of the kernel.
PARTS = (
    *("kernel/questions", "kernel/linear", "kernel/signs", "kernel/regularity", "kernel/functions"),
    *("kernel/powers", "kernel/equality", "kernel/operations", "kernel/binders", "kernel/canonical"),
    *("kernel/monomials", "kernel/polynomial", "kernel/terms", "kernel/signatures", "kernel/kinds"),
    *("kernel/theorem", "kernel/record"),
)
#: What a mutant of the kernel meets first.
KERNEL = (
    "tests/kernel",
    "test_falsehoods",
    "test_random_terms",
    "test_functions.py",
    "test_logic.py",
    "test_intervals.py",
    "test_integrals.py",
    "test_half_line.py",
    "test_infinite_series.py",
    "test_the_calls_of_the_book_are_accepted",
)
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.toml")
#: Of cosmic-ray's operators those whose mutants a reader of the rules could take for the rule.
CORE = (
    *(f"core/ReplaceComparisonOperator_{a}_{b}" for a, b in (("Lt", "LtE"), ("LtE", "Lt"), ("Gt", "GtE"))),
    *(f"core/ReplaceComparisonOperator_{a}_{b}" for a, b in (("GtE", "Gt"), ("Eq", "NotEq"), ("NotEq", "Eq"))),
    *(f"core/ReplaceBinaryOperator_{a}_{b}" for a, b in (("Add", "Sub"), ("Sub", "Add"), ("Mul", "Div"))),
    *(f"core/ReplaceBinaryOperator_{a}_{b}" for a, b in (("Div", "Mul"), ("Pow", "Mul"))),
    "core/ReplaceUnaryOperator_Delete_USub",
    "core/ReplaceUnaryOperator_Delete_Not",
    "core/AddNot",
    "core/ReplaceAndWithOr",
    "core/ReplaceOrWithAnd",
    "core/ReplaceTrueWithFalse",
    "core/ReplaceFalseWithTrue",
    "core/ReplaceBreakWithContinue",
    "core/NumberReplacer",
    "core/ZeroIterationForLoop",
)


@dataclass(frozen=True)
class Mutant:
    """One change: which operator, at which of its places, on which lines."""

    module: str
    operator: str
    occurrence: int
    first: int
    last: int

    @property
    def path(self) -> Path:
        """The file that is changed."""
        return PACKAGE / f"{self.module}.py"

    def source(self) -> str:
        """The changed text."""
        text: str | None = mutate_code(self.path.read_text(encoding="utf-8"), _operator(self.operator), self.occurrence)
        assert text is not None
        return text


@dataclass(frozen=True)
class Trial:
    """What became of a mutant: killed, equivalent or survived; `before` and `after` are the changed lines."""

    mutant: Mutant
    verdict: str
    before: str
    after: str
    why: str = ""


def _operator(name: str) -> Any:
    return WEAKENINGS[name]() if name in WEAKENINGS else plugins.get_operator(name)()


def mutants(module: str) -> Iterator[Mutant]:
    """All mutants of a module, those of a docstring, an annotation or the size of a cache aside."""
    tree = get_ast((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))
    nodes = list(ast_nodes(tree))
    for name in (*WEAKENINGS, *CORE):
        operator, count = _operator(name), 0
        for node in nodes:
            for start, end in operator.mutation_positions(node):
                if not _size_of_cache(node):
                    yield Mutant(module, name, count, start[0], end[0])
                count += 1


def _size_of_cache(node: Any) -> bool:
    """The node is n in `maxsize=n`, which decides how long something takes and nothing else."""
    parent = node.parent
    return parent is not None and parent.type == "argument" and parent.get_first_leaf().value == "maxsize"


def chosen(module: str, sample: int, seed: int, weakenings: int | None = None) -> list[Mutant]:
    """All weakenings, or a seeded sample of them, and one of the others, in the order of the lines."""
    everything, r = list(mutants(module)), random.Random(f"{seed} {module}")
    weak = [m for m in everything if m.operator in WEAKENINGS]
    others = [m for m in everything if m.operator not in WEAKENINGS]
    picked = r.sample(others, min(sample, len(others)))
    if weakenings is not None:
        weak = r.sample(weak, min(weakenings, len(weak)))
    return sorted([*weak, *picked], key=lambda m: (m.first, m.operator, m.occurrence))


def changed_lines(old: str, new: str) -> tuple[str, str]:
    """The lines that differ, without the white space around them."""
    a, b = old.splitlines(), new.splitlines()
    while a and b and a[0] == b[0]:
        a, b = a[1:], b[1:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    return " ".join(x.strip() for x in a), " ".join(x.strip() for x in b)


def in_child(work: Any, seconds: int) -> int:
    """The exit code of the work, done in a silent child process; negative if it takes more seconds of CPU time."""
    pid = os.fork()
    if not pid:
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        code = 70
        try:
            code = work()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


#: Shared with the child process: which of its tests it is at.
_AT = mmap.mmap(-1, 4)


def survives(module: str, text: str, tests: list[Any], seconds: int = 60) -> bool:
    """Whether these tests of a pytest session pass with the mutated module."""

    def work() -> int:
        transplant(module, text)
        for i, (test, after) in enumerate(zip(tests, [*tests[1:], None], strict=True)):
            _AT[:4] = i.to_bytes(4, "big")
            reports = runtestprotocol(test, nextitem=after, log=False)
            if any(report.failed for report in reports):
                return 1
        return 0

    _AT[:4] = bytes(4)
    return in_child(work, seconds) == 0


class FailsAnyway(Exception):
    """Tests fail on the code as it is, so that they tell nothing about a mutant."""


def rules_of(mutant: Mutant) -> frozenset[str]:
    """The rule that is changed, or all rules of the module if it is a part of several; none for the kernel."""
    if not mutant.module.startswith("rules/"):
        return frozenset()
    names: dict[str, tuple[int, int]] = {}
    for node in ast.parse(mutant.path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and any(getattr(d, "id", "") == "rule" for d in node.decorator_list):
            names[node.name] = (node.lineno, node.end_lineno or node.lineno)
    hit = {name for name, (start, end) in names.items() if start <= mutant.first <= end}
    return frozenset(hit or names)


class Choice:
    """The tests of a session, and which of them a mutant meets: its module's own first."""

    def __init__(self, tests: list[Any]) -> None:
        self.tests = tests
        self.texts = {t.path: t.path.read_text(encoding="utf-8") for t in tests}
        self._pass: dict[tuple[str, ...], bool] = {}
        self._killers: dict[str, int] = {}

    def survives(self, mutant: Mutant, text: str, tests: list[Any], seconds: int) -> bool:
        """Whether the tests pass with the mutant; if not, they must pass without it."""
        if survives(mutant.module, text, tests, seconds):
            return True
        self._killers[tests[int.from_bytes(_AT[:4], "big")].nodeid] = max(self._killers.values(), default=0) + 1
        key = (mutant.module, str(seconds), *sorted(t.nodeid for t in tests))
        if key not in self._pass:
            self._pass[key] = survives(mutant.module, mutant.path.read_text(encoding="utf-8"), tests, seconds)
        if not self._pass[key]:
            raise FailsAnyway(f"{mutant.module}: its {len(tests)} tests do not pass as it is, within {seconds} s")
        return False

    def tests_for(self, mutant: Mutant) -> list[Any]:
        """Of a rule: its own tests, those of every rule at this one, and files of tests that call it; else KERNEL."""
        rules = rules_of(mutant)
        own = f"test_{mutant.module.split('/')[1]}.py"
        if rules:
            chosen = [t for t in self.tests if self._about(t, rules, own)]
        else:
            chosen = [t for t in self.tests if t.path.name == own or any(k in t.nodeid for k in KERNEL)]
        return sorted(chosen, key=lambda t: self._turn(t, own))

    def _turn(self, test: Any, own: str) -> tuple[bool, int, bool]:
        """The slow tests last, and among the others first what killed last, then the module's own."""
        return "random" in test.path.name, -self._killers.get(test.nodeid, 0), test.path.name != own

    def _about(self, test: Any, rules: frozenset[str], own: str) -> bool:
        parameter = test.callspec.params.get("rule") if hasattr(test, "callspec") else None
        if parameter is not None:
            return getattr(parameter, "__name__", parameter) in rules
        called = "|".join(map(re.escape, sorted(rules)))
        return test.path.name == own or re.search(rf"\b({called})\(", self.texts[test.path]) is not None


def trial(mutant: Mutant, choice: Choice, known: dict[tuple[str, str, str], str], confirm: bool = True) -> Trial:
    """Try one mutant: the tests chosen for it and, to confirm, what they let pass meets all tests."""
    text = mutant.source()
    before, after = changed_lines(mutant.path.read_text(encoding="utf-8"), text)
    why = known.get((mutant.module, before, after), "")
    if why:
        return Trial(mutant, "equivalent", before, after, why)
    try:
        compile(text, str(mutant.path), "exec")
    except SyntaxError:
        return Trial(mutant, "not a program", before, after)
    tests = choice.tests_for(mutant)
    alive = choice.survives(mutant, text, tests, 20)
    if alive and confirm and len(tests) < len(choice.tests):
        alive = choice.survives(mutant, text, choice.tests, 600)
    return Trial(mutant, "survived" if alive else "killed", before, after)


def known_equivalents() -> dict[tuple[str, str, str], str]:
    """(module, before, after): why the two are the same checker."""
    if not EQUIVALENT.exists():
        return {}
    entries = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))["mutant"]
    return {(e["module"], e["before"], e["after"]): e["why"] for e in entries}


def _modules() -> list[str]:
    rules = [f"rules/{p.stem}" for p in sorted((PACKAGE / "rules").glob("*.py")) if p.name != "__init__.py"]
    return [*rules, *PARTS]


class Earlier:
    """What became of mutants in earlier runs, by what is changed into what."""

    def __init__(self, reports: list[Path]) -> None:
        self._verdicts: dict[tuple[str, ...], list[str]] = {}
        for path in reports:
            for t in json.loads(path.read_text(encoding="utf-8"))["trials"]:
                key = (t["mutant"]["module"], t["mutant"]["operator"], t["before"], t["after"])
                self._verdicts.setdefault(key, []).append(t["verdict"])

    def killed(self, mutant: Mutant, text: str) -> Trial | None:
        """The earlier trial, if this change was tried and killed wherever it was made."""
        before, after = changed_lines(mutant.path.read_text(encoding="utf-8"), text)
        found = set(self._verdicts.get((mutant.module, mutant.operator, before, after), ()))
        return Trial(mutant, "killed", before, after, "in an earlier run") if found == {"killed"} else None


class Session:
    """A plugin for pytest that, in place of running the tests, tries the mutants on them."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.trials: list[Trial] = []
        self.failure = ""

    def pytest_runtestloop(self, session: Any) -> bool:
        """Try every mutant; the lines of those that survive are printed as they are found."""
        known, choice, earlier = known_equivalents(), Choice(session.items), Earlier(self.options.earlier)
        for module in self.options.modules:
            for mutant in chosen(module, self.options.sample, self.options.seed, self.options.weakenings):
                try:
                    done = earlier.killed(mutant, mutant.source()) or trial(
                        mutant, choice, known, not self.options.quick
                    )
                except FailsAnyway as no:
                    self.failure = str(no)
                    print(no, file=sys.stderr, flush=True)
                    return True
                self.trials.append(done)
                if done.verdict == "survived":
                    where = f"{module}:{mutant.first} {mutant.operator}"
                    print(f"{where}\n  - {done.before}\n  + {done.after}", file=sys.stderr, flush=True)
            counts = Counter(t.verdict for t in self.trials if t.mutant.module == module)
            print(module, dict(counts), file=sys.stderr, flush=True)
        return True


def _changed(since: str) -> set[str]:
    """The modules whose code, imports aside, is another one than at this commit."""
    git = ["git", "-C", str(PACKAGE), "diff", "--name-only", "--relative", since, "--", "kernel", "rules"]
    names = subprocess.run(git, capture_output=True, text=True, check=True).stdout.splitlines()
    there = [n for n in names if (PACKAGE / n).exists()]
    return {n.removesuffix(".py") for n in there if _code((PACKAGE / n).read_text("utf-8")) != _code(_text(since, n))}


def _text(commit: str, name: str) -> str:
    """The text of a module at a commit; none if it was not there."""
    show = ["git", "-C", str(PACKAGE), "show", f"{commit}:./{name}"]
    return subprocess.run(show, capture_output=True, text=True, check=False).stdout


def _code(text: str) -> str:
    """What a module does, without its imports and comments."""
    tree = ast.parse(text)
    tree.body = [node for node in tree.body if not isinstance(node, (ast.Import, ast.ImportFrom))]
    return ast.dump(tree)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Mutation testing of the trusted base.")
    parser.add_argument("modules", nargs="*", default=_modules())
    parser.add_argument("--sample", type=int, default=20, help="mutants of cosmic-ray's own operators for each module")
    parser.add_argument("--weakenings", type=int, help="weakenings for each module; all of them by default")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="survivors do not meet the tests of other rules")
    parser.add_argument("--earlier", type=Path, nargs="*", default=[], help="reports whose killed mutants are kept")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--since", help="a commit: only the modules whose code has changed since then")
    options = parser.parse_args(arguments)
    if options.since:
        changed = _changed(options.since)
        options.modules = [m for m in options.modules if m in changed]
    os.chdir(ROOT)
    settings.register_profile("busy machine", deadline=None, phases=(Phase.explicit, Phase.generate))
    settings.load_profile("busy machine")
    session = Session(options)
    pytest.main(["-q", "-s", "-n", "0", "-p", "no:cacheprovider", *TESTS], plugins=[session])
    if session.failure:
        return 2
    total = Counter(t.verdict for t in session.trials)
    sizes = {
        "seed": options.seed,
        "sample": options.sample,
        "weakenings": "all" if options.weakenings is None else options.weakenings,
    }
    sizes["killed in an earlier run"] = sum(t.why == "in an earlier run" for t in session.trials)
    print("in all", dict(total), sizes)
    if options.json:
        report = {**sizes, "counts": total, "trials": [asdict(t) for t in session.trials]}
        options.json.write_text(json.dumps(report, indent=1, ensure_ascii=False), encoding="utf-8")
    return int(not session.trials or total["survived"] > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
