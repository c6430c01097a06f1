"""Mutation testing of the trusted base: every mutant of a rule or of the kernel must fail a test.

    pip install -e ".[test,mutation]"
    python benchmarks/mutate_checker.py [MODULE …] [--sample N] [--seed S] [--quick] [--json FILE]

A MODULE is one of rules/logic, kernel/terms, …; all of `rules` and `kernel` by default. cosmic-ray changes the
source, with its own operators and with those of `weakenings.py`, which delete. All weakenings are tried, and a
seeded sample of N of the others for each module. A mutant is compiled in memory, in a child process, and meets the
tests of its module and those that name the changed rule or go through every rule, then, unless --quick, all of TESTS.
It is killed if a test fails, if it cannot be imported, or if it takes more than a minute (ten, of all tests).

What no test kills must be shown equivalent in `equivalent_mutants.toml`, by its text and a reason; the rest are
printed. The exit code is 1 if one survives.
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import random
import resource
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
from cosmic_ray import plugins
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from weakenings import WEAKENINGS

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "symbolic_mqb"
TESTS = ("tests/kernel", "tests/rules", "tests/adversary")
#: What a mutant of the kernel meets besides the module's own tests.
KERNEL_TESTS = (
    "tests/adversary/test_falsehoods.py",
    "tests/kernel",
    "tests/adversary/test_every_rule.py::test_the_calls_of_the_book_are_accepted",
    "tests/adversary/test_random_terms.py",
    "tests/rules/test_functions.py",
    "tests/rules/test_logic.py",
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
    seconds: float
    why: str = ""


def _operator(name: str) -> Any:
    return WEAKENINGS[name]() if name in WEAKENINGS else plugins.get_operator(name)()


def mutants(module: str) -> Iterator[Mutant]:
    """All mutants of a module, those of a docstring or an annotation aside."""
    tree = get_ast((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))
    nodes = list(ast_nodes(tree))
    for name in (*WEAKENINGS, *CORE):
        operator, count = _operator(name), 0
        for node in nodes:
            for start, end in operator.mutation_positions(node):
                yield Mutant(module, name, count, start[0], end[0])
                count += 1


def chosen(module: str, sample: int, seed: int) -> list[Mutant]:
    """All weakenings and a seeded sample of the others, in the order of the lines."""
    everything = list(mutants(module))
    weak = [m for m in everything if m.operator in WEAKENINGS]
    others = [m for m in everything if m.operator not in WEAKENINGS]
    picked = random.Random(f"{seed} {module}").sample(others, min(sample, len(others)))
    return sorted([*weak, *picked], key=lambda m: (m.first, m.operator, m.occurrence))


def changed_lines(old: str, new: str) -> tuple[str, str]:
    """The lines that differ, without the white space around them."""
    a, b = old.splitlines(), new.splitlines()
    while a and b and a[0] == b[0]:
        a, b = a[1:], b[1:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    return " ".join(x.strip() for x in a), " ".join(x.strip() for x in b)


class _Mutated(importlib.abc.MetaPathFinder, importlib.abc.SourceLoader):
    """Imports one module from a text instead of its file."""

    def __init__(self, module: str, text: str) -> None:
        self.name, self.text = "symbolic_mqb." + module.replace("/", "."), text
        self.path = str(PACKAGE / f"{module}.py")

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if name != self.name:
            return None
        return importlib.util.spec_from_file_location(name, self.path, loader=self)

    def get_data(self, path: Any) -> bytes:
        return self.text.encode()

    def get_filename(self, fullname: str) -> str:
        return self.path


class _Chosen:
    """A plugin for pytest: of tests that go through all rules only those of these rules."""

    def __init__(self, rules: frozenset[str]) -> None:
        self.rules = rules

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Drop the tests of other rules."""
        items[:] = [t for t in items if "rule" not in getattr(t, "fixturenames", ()) or self._of_these(t)]

    def _of_these(self, test: Any) -> bool:
        return not self.rules or test.callspec.params.get("rule") in self.rules


def _pytest(places: Iterable[str], rules: frozenset[str]) -> int:
    options = ["-x", "-q", "-n", "0", "-p", "no:cacheprovider"]
    return int(pytest.main([*options, *places], plugins=[_Chosen(rules)]))


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


def survives(module: str, text: str, places: Iterable[str], rules: frozenset[str], seconds: int) -> bool:
    """Whether these tests pass with the mutated module; of tests that go through all rules those of `rules`."""

    def work() -> int:
        sys.meta_path.insert(0, _Mutated(module, text))
        return _pytest(places, rules)

    return in_child(work, seconds) == 0


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


def tests_for(mutant: Mutant, rules: frozenset[str]) -> list[str]:
    """The module's own tests and those of every rule; of the other files of tests those that name one of the rules."""
    part, name = mutant.module.split("/")
    own = f"tests/{part}/test_{name}.py"
    if not rules:
        return [p for p in (own, *KERNEL_TESTS) if (ROOT / p.split("::")[0]).exists()]
    files = [str(p.relative_to(ROOT)) for t in TESTS for p in sorted((ROOT / t).glob("test_*.py"))]
    naming = [f for f in files if any(r in (ROOT / f).read_text(encoding="utf-8") for r in rules) or f == own]
    return [*sorted(naming, key=lambda f: f != own), "tests/adversary/test_every_rule.py"]


def trial(mutant: Mutant, known: dict[tuple[str, str, str], str], confirm: bool = True) -> Trial:
    """Try one mutant: the tests chosen for it and, to confirm, what they let pass meets all tests."""
    start = time.monotonic()
    text = mutant.source()
    before, after = changed_lines(mutant.path.read_text(encoding="utf-8"), text)
    why = known.get((mutant.module, before, after), "")
    if why:
        return Trial(mutant, "equivalent", before, after, 0.0, why)
    try:
        compile(text, str(mutant.path), "exec")
    except SyntaxError:
        return Trial(mutant, "not a program", before, after, 0.0)
    rules = rules_of(mutant)
    alive = survives(mutant.module, text, tests_for(mutant, rules), rules, 60)
    if alive and confirm:
        alive = survives(mutant.module, text, TESTS, frozenset(), 600)
    return Trial(mutant, "survived" if alive else "killed", before, after, time.monotonic() - start)


def known_equivalents() -> dict[tuple[str, str, str], str]:
    """(module, before, after): why the two are the same checker."""
    if not EQUIVALENT.exists():
        return {}
    entries = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))["mutant"]
    return {(e["module"], e["before"], e["after"]): e["why"] for e in entries}


def _modules() -> list[str]:
    files = [p for part in ("rules", "kernel") for p in sorted((PACKAGE / part).glob("*.py"))]
    return [str(p.relative_to(PACKAGE).with_suffix("")) for p in files if p.name not in ("__init__.py", "show.py")]


def _preload(modules: list[str]) -> None:
    """What no mutant changes is imported once, before the children are made."""
    import hypothesis  # noqa: F401

    if all(m.startswith("rules/") for m in modules):
        import symbolic_mqb.kernel.canonical
        import symbolic_mqb.notation.language
        import symbolic_mqb.numerics.witness  # noqa: F401
    assert not any(m.startswith("symbolic_mqb.rules") for m in sys.modules)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Mutation testing of the trusted base.")
    parser.add_argument("modules", nargs="*", default=_modules())
    parser.add_argument("--sample", type=int, default=20, help="mutants of cosmic-ray's own operators for each module")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="survivors do not meet the tests of other lines")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    os.chdir(ROOT)
    _preload(options.modules)
    known = known_equivalents()
    trials: list[Trial] = []
    for module in options.modules:
        for mutant in chosen(module, options.sample, options.seed):
            done = trial(mutant, known, not options.quick)
            trials.append(done)
            if done.verdict == "survived":
                print(f"{module}:{mutant.first} {mutant.operator}\n  - {done.before}\n  + {done.after}", flush=True)
        counts = Counter(t.verdict for t in trials if t.mutant.module == module)
        print(module, dict(counts), flush=True)
    total = Counter(t.verdict for t in trials)
    print("in all", dict(total), f"seed {options.seed}, sample {options.sample}")
    if options.json:
        report = {
            "seed": options.seed,
            "sample": options.sample,
            "counts": total,
            "trials": [asdict(t) for t in trials],
        }
        options.json.write_text(json.dumps(report, indent=1, ensure_ascii=False), encoding="utf-8")
    return int(total["survived"] > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
