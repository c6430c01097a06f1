"""Mutation testing of the checker: what the weakenings make of a piece of code, and what is counted as killed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from symbolic_mqb.rules import RULES

pytest.importorskip("cosmic_ray")

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def checker():
    sys.path.insert(0, str(BENCHMARKS))
    try:
        import mutate_checker
    finally:
        sys.path.remove(str(BENCHMARKS))
    return mutate_checker


def made(checker, operator, text):
    """All that an operator makes of a text."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.mutating import mutate_code

    kind = checker.WEAKENINGS[operator]
    count = sum(len(list(kind().mutation_positions(node))) for node in ast_nodes(get_ast(text)))
    return [mutate_code(text, kind(), i) for i in range(count)]


@pytest.mark.parametrize(
    ("operator", "text", "expected"),
    [
        ("DropRaise", "if x:\n    raise Refused('no')\n", ["if x:\n    pass\n"]),
        ("DropCall", "def f():\n    '''Doc.'''\n    ctx.nf(x)\n", ["def f():\n    '''Doc.'''\n    pass\n"]),
        ("DropCall", "y = ctx.nf(x)\n", []),
        ("DropOperand", "if a and b and c: pass\n", [f"if {w}: pass\n" for w in ("b and c", "a and c", "a and b")]),
        ("DropOperand", "h = a | b\n", ["h = b\n", "h = a \n"]),
        ("DropOperand", "def f(x: int | None) -> int | None:\n    y: int | None = x\n", []),
        ("DropElement", "h = frozenset((*given, p))\n", ["h = frozenset(( p,))\n", "h = frozenset((*given,))\n"]),
        ("DropElement", "t = (a, b)\n", []),
        ("ForgetFree", "i = new_variable(_I, f, g)\n", ["i = new_variable(_I, g)\n", "i = new_variable(_I, f)\n"]),
        ("ForgetFree", "u = fresh(f, f.free)\n", ["u = fresh(f, frozenset())\n"]),
        ("ForgetFree", "u = other(f, g)\n", []),
        ("ExchangeQuantifier", "x = all(y)\n", ["x = any(y)\n"]),
    ],
)
def test_a_weakening_takes_something_away(checker, operator, text, expected):
    assert [x.split() for x in made(checker, operator, text)] == [x.split() for x in expected]


def test_the_mutants_of_a_module_are_the_same_each_time(checker):
    first, second = (checker.chosen("rules/sums", 5, 3) for _ in range(2))
    assert first == second
    assert first != checker.chosen("rules/sums", 5, 4)
    assert sum(m.operator not in checker.WEAKENINGS for m in first) == 5
    old = first[0].path.read_text(encoding="utf-8")
    assert all(m.source() != old for m in first)
    for m in first:
        before, after = checker.changed_lines(old, m.source())
        assert before != after


def test_an_earlier_run_counts_where_every_mutant_of_one_text_was_killed(checker, tmp_path):
    first, second = checker.chosen("rules/sums", 2, 3, 0)

    def entry(mutant, verdict):
        before, after = checker.changed_lines(mutant.path.read_text(encoding="utf-8"), mutant.source())
        made = {"module": mutant.module, "operator": mutant.operator}
        return {"mutant": made, "verdict": verdict, "before": before, "after": after}

    def earlier(*trials):
        (tmp_path / "report.json").write_text(json.dumps({"trials": trials}), encoding="utf-8")
        return checker.Earlier([tmp_path / "report.json"])

    assert earlier(entry(first, "killed")).killed(first, first.source()).verdict == "killed"
    assert earlier(entry(first, "killed")).killed(second, second.source()) is None
    assert earlier(entry(first, "survived")).killed(first, first.source()) is None
    assert earlier(entry(first, "killed"), entry(first, "survived")).killed(first, first.source()) is None


def test_a_module_has_changed_if_its_code_has_not_if_its_imports_or_comments_have(checker):
    code = "from a import b\n\n\ndef f(x):\n    return x + 1\n"
    same = "from c import b\nimport d\n\n\n# more\ndef f(x):\n    return x + 1  # one\n"
    assert checker._code(same) == checker._code(code)
    assert checker._code(code.replace("+", "-")) != checker._code(code)
    assert checker._code(code + "\n\nf(2)\n") != checker._code(code) != checker._code("")


def test_the_size_of_a_cache_is_no_mutant(checker):
    lines = (checker.PACKAGE / "kernel/terms.py").read_text(encoding="utf-8").splitlines()
    caches = {i for i, line in enumerate(lines, 1) if "maxsize=" in line}
    assert caches
    assert not caches & {m.first for m in checker.mutants("kernel/terms")}


def test_a_mutant_is_killed_by_a_test_that_fails_and_survives_otherwise():
    """In a process of its own, with the tests of one small module."""
    script = """
import sys
sys.path.insert(0, "benchmarks")
import mutate_checker as checker
old = (checker.PACKAGE / "rules/sign.py").read_text(encoding="utf-8")
class Session:
    def pytest_runtestloop(self, session):
        for text in (old, old.replace("<= num(1)", "<= num(2)"), old.replace('require(theorem, "le")', "pass")):
            print(checker.survives("rules/sign", text, session.items), file=sys.stderr)
        return True
checker.pytest.main(["-q", "-n", "0", "-p", "no:cacheprovider", "tests/rules/test_sign.py"], plugins=[Session()])
"""
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=BENCHMARKS.parent, capture_output=True, text=True, check=True
    )
    assert run.stderr.split() == ["True", "False", "False"]


def test_a_mutant_reaches_what_is_decorated_and_what_is_imported_elsewhere():
    """Questions hold the code that `tracked` gave them, rules that of `rule`; a constant is bound to several names."""
    script = """
import sys
sys.path.insert(0, "benchmarks")
import mutate_checker as checker
from symbolic_mqb.kernel import equality
from symbolic_mqb.kernel.canonical import Context
from symbolic_mqb.kernel.polynomial import ONE
from symbolic_mqb.rules import RULES
def seen(module, before, after, ask):
    def work():
        text = (checker.PACKAGE / f"{module}.py").read_text(encoding="utf-8")
        assert before in text
        checker.transplant(module, text.replace(before, after))
        return int(ask())
    print(checker.in_child(work, 60))
def refused():
    try:
        RULES["symmetry"]()
    except IndexError:  # of a rule that does not count its arguments
        return False
    except Exception as error:
        return "takes 1 " in str(error)
for after in ("return c >= 0", "return c < 0"):
    seen("kernel/signs", "return c >= 0", after, lambda: Context().nonnegative(ONE))
for after in ("if good else _NO", "if not good else _NO"):
    seen("kernel/questions", "if good else _NO", after, lambda: Context().nonnegative(ONE))
for after in ("!= count", "== count"):
    seen("kernel/theorem", "!= count", after, refused)
for after in ("MAX_EXPANSION = 24", "MAX_EXPANSION = 25"):
    seen("kernel/powers", "MAX_EXPANSION = 24", after, lambda: equality.MAX_EXPANSION == 24)
"""
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=BENCHMARKS.parent, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["1", "0"] * 4


class Collected:
    """A collected test, as far as the choice of tests looks at it."""

    def __init__(self, path, rule=None):
        self.path, self.nodeid = BENCHMARKS.parent / path, f"{path}::test"
        if rule:
            self.callspec = type("Callspec", (), {"params": {"rule": rule}})


def test_the_tests_of_a_mutant_are_those_of_its_rule(checker):
    mutants = {m.first: m for m in checker.mutants("rules/sums")}
    rules = {checker.rules_of(m) for m in mutants.values()}
    assert frozenset({"split_sum"}) in rules
    assert max(map(len, rules)) > 5  # a part of several rules
    some = next(m for m in mutants.values() if checker.rules_of(m) == {"split_sum"})
    every = "tests/adversary/test_every_rule.py"
    tests = [Collected(every, "select"), Collected(every, "split_sum"), Collected("tests/rules/test_sums.py")]
    tests += [Collected("tests/rules/test_sign.py"), Collected("tests/adversary/test_falsehoods.py")]
    tests += [Collected("tests/rules/test_sums.py", RULES[name]) for name in ("select", "split_sum")]
    choice = checker.Choice(tests)
    assert choice.tests_for(some) == [tests[2], tests[6], tests[1], tests[4]]
    kernel = next(iter(checker.mutants("kernel/signs")))
    assert not checker.rules_of(kernel)
    assert choice.tests_for(kernel) == [tests[4]]


def test_tests_that_fail_without_a_mutant_kill_none(checker, monkeypatch):
    """A red test, or tests that take too long, would count every mutant as killed."""
    mutant = next(iter(checker.mutants("rules/sums")))
    old = mutant.path.read_text(encoding="utf-8")
    tests = [Collected("tests/rules/test_sums.py")]
    for good, refused in ((True, False), (False, True)):
        asked = []

        def survives(module, text, tests, seconds, good=good, asked=asked):
            asked.append(text)
            return good and text == old

        monkeypatch.setattr(checker, "survives", survives)
        choice = checker.Choice(tests)
        for _ in range(2):
            if refused:
                with pytest.raises(checker.FailsAnyway, match="do not pass as it is, within 60 s"):
                    choice.survives(mutant, "x", tests, 60)
            else:
                assert choice.survives(mutant, "x", tests, 60) is False
        assert asked.count(old) == 1
        assert checker.trial(mutant, choice, {}).verdict == "killed" if good else True


def test_an_equivalent_mutant_is_one_of_code_that_exists_and_says_why(checker):
    """What is called equivalent stands in the source still; a line that changes is to be judged again."""
    known = checker.known_equivalents()
    assert known
    for (module, before, after), why in known.items():
        text = (checker.PACKAGE / f"{module}.py").read_text(encoding="utf-8")
        assert before in " ".join(line.strip() for line in text.splitlines())
        assert after != before
        assert len(why) > 20
