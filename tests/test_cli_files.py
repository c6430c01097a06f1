"""A user's own derivation file: accepted when it is right, refused with the reason when it is not."""

import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from symbolic_mqb.cli import cli

HEAD = """
from symbolic_mqb.notation.language import *
from symbolic_mqb.notation.objects import H, He, gaussian
from symbolic_mqb.results import Definition, Result, eq, have
from symbolic_mqb.rules.integrals import gaussian_integral, integral_of_coefficient
from symbolic_mqb.tactics.reasons import algebra, as_, identity, use

k, m, n = symbols("k m n", "nat")
(s,) = symbols("s", "int")
x, xp, xi, eta, a, alpha, beta, gamma = symbols("x x' ξ η a α β γ", "real")
(z,) = symbols("z", "complex")
p = m + n - 2 * s
lemma = (alpha > 0, beta > 0, gamma > 0, n <= m, equal(alpha**2, beta**2 + gamma**2))
product = (He(m, xp/gamma)/factorial(m)) * (He(n, xp/gamma)/factorial(n))
left = Integral(gaussian(beta, x - xp) * gaussian(gamma, xp) * product, xp)

def right(coefficient, top):
    weight = coefficient / factorial(s) * binomial(p, n - s) * (gamma/alpha)**p
    return gaussian(alpha, x) * Sum(weight * (He(p, x/alpha)/factorial(p)), (s, 0, top))
"""  # fmt: skip


@pytest.fixture
def check(tmp_path):
    def run(body, *options):
        path = tmp_path / "mine.py"
        path.write_text(HEAD + body, encoding="utf-8")
        return CliRunner().invoke(cli, ["verify", str(path), *options])

    return run


def flat(text):
    return " ".join(text.split())


def test_a_correct_file_is_accepted(check):
    result = check(
        'again = Result("again", "", given=lemma, chain=[left, eq(right(1, n), by=use("A9", reverse=True))])'
    )
    assert result.exit_code == 0, result.output
    assert re.search(r"again +proved +1/1", result.output)


REFUSED = {
    "wrong coefficient in the lemma": (
        'bad = Result("bad", "", given=lemma, chain=[left, eq(right(2, n), by=use("A9", reverse=True))])',
        ["(bad), line 1", "not equal by algebra", "reason: by (A9) read backwards", "line 1 is false at"],
    ),
    "lemma true for n at most 3 only": (
        'bad = Result("bad", "", given=lemma, chain=[left, eq(right(1, Min(n, num(3))), by=use("A9", reverse=True))])',
        ["(bad), line 1", "not equal by algebra", "the reason gives"],
    ),
    "an integral exchanged with a coefficient without a bound": (
        "w, G = function(x, num(1)), function(x, function(z, exp(x * z)))\n"
        'bad = Result("bad", "", chain=[Integral(Coefficient(n, z, exp(x * z)), x),'
        " eq(Coefficient(n, z, Integral(exp(x * z), x)), by=identity(integral_of_coefficient, n, w, G))])",
        ["(bad), line 1", "reason: integral of coefficient", "does not apply"],
    ),
    "a Gaussian integral with ξ not positive": (
        'bad = Result("bad", "", chain=[Integral(exp(-xi * x**2 + eta * x), x),'
        " eq(sqrt(pi / xi) * exp(eta**2 / (4 * xi)), by=identity(gaussian_integral, xi, eta))])",
        ["(bad), line 1", "needs ξ > 0", "fails at: ξ"],
    ),
    "circular labels": (
        'one = Result("one", "", chain=[x + x, eq(2 * x, by=use("two"))])\n'
        'two = Result("two", "", chain=[x + x, eq(2 * x, by=use("one"))])',
        ["in a circle: two → one → two"],
    ),
    "an unknown label": (
        'bad = Result("bad", "", chain=[x + x, eq(2 * x, by=use("A99"))])',
        ["(bad), line 1: no result is labelled 'A99'"],
    ),
    "contradictory hypotheses": (
        'bad = Result("bad", "", given=(x > 1, x < 0), chain=[x + x, eq(2 * x, by=algebra)])',
        ["(bad): the hypotheses contradict one another", "1 < x", "x < 0"],
    ),
    "lines in another order": (
        'bad = Result("bad", "", chain=[H(n, half * x, a / 4), eq(half**n * H(n, x, a), by=algebra)])',
        ["(bad), line 1", "reason: algebra"],
    ),
    "the likeliest first equation": (
        'bad = Result("bad", "", chain=[have(equal(x + x, 3 * x), by=algebra)])',
        ["(bad), line 1: not equal by algebra", "reason: algebra"],
    ),
    "a reason that crashes": (
        'bad = Result("bad", "", chain=[x + x, eq(2 * x, by=identity(lambda v, given: 1 / 0, x))])',
        ["(bad), line 1: the reason stopped with ZeroDivisionError"],
    ),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_wrong_file_is_refused_with_the_reason(check, name):
    body, reasons = REFUSED[name]
    result = check("from symbolic_mqb.kernel.terms import num\n" + body)
    assert result.exit_code == 1, result.output
    output = flat(result.output)
    for reason in reasons:
        assert reason in output, result.output
    assert "Traceback" not in output


@pytest.mark.parametrize("kind", ["SystemExit", "GeneratorExit", "KeyboardInterrupt"])
def test_a_reason_that_ends_the_program_proves_nothing(check, kind):
    result = check(
        "from symbolic_mqb.results import have\n"
        "class R:\n    words = lambda self: 'r'\n"
        f"    def prove(self, claim, state): raise {kind}\n"
        'bad = Result("bad", "", chain=[have(x**2 >= 0, by=R())])\n'
        'good = Result("good", "", chain=[x + x, eq(2 * x, by=algebra)])'
    )
    assert result.exit_code == 1, result.output
    if kind != "KeyboardInterrupt":  # that is the user's own Ctrl-C, which ends the run
        assert f"(bad), line 1: the reason stopped with {kind}" in flat(result.output)
        assert re.search(r"good +proved", result.output)


def test_a_condition_that_is_not_given_is_named(check):
    result = check('bad = Result("bad", "", chain=[left, eq(right(1, n), by=use("A9", reverse=True))])')
    assert result.exit_code == 1
    assert "refuted" in result.output


def test_duplicate_labels_are_refused(check):
    twice = 'a1 = Result("mine", "", chain=[x + x, eq(2 * x, by=algebra)])\n'
    result = check(twice + twice.replace("a1", "a2"))
    assert result.exit_code == 2
    assert "the label 'mine' is taken" in flat(result.output)
    paper = check('a1 = Result("A9", "", chain=[x + x, eq(2 * x, by=algebra)])')
    assert paper.exit_code == 2
    assert "the label 'A9' is taken" in flat(paper.output)


UNUSABLE = {
    "def f(:\n": "not Python",
    "x = 1 / 0\n": "ZeroDivisionError",
    "x = x + 1.5\n": "is not an exact number",
    "raise SystemExit(0)\n": "SystemExit",
    "raise GeneratorExit\n": "GeneratorExit",
    "class Own(BaseException): pass\nraise Own('mine')\n": "Own: mine",
    "raise MemoryError\n": "MemoryError",
    "result = None\n": "declares no result",
    "import no_such_module\n": "No module named",
}


@pytest.mark.parametrize("body", sorted(UNUSABLE))
def test_an_unusable_file_is_bad_usage(check, body):
    result = check(body)
    assert result.exit_code == 2
    assert UNUSABLE[body] in flat(result.output)
    assert "Traceback" not in result.output
    if "declares" not in UNUSABLE[body]:
        assert re.search(r"mine\.py:\d+", result.output)


def test_an_unreadable_file_is_bad_usage(tmp_path):
    for path in (tmp_path / "missing.py", tmp_path):
        result = CliRunner().invoke(cli, ["verify", str(path)])
        assert result.exit_code == 2
        assert str(path.name) in flat(result.output).replace(" ", "")
    binary = tmp_path / "binary.py"
    binary.write_bytes(b"\xff\xfe\x00\x01")
    assert CliRunner().invoke(cli, ["verify", str(binary)]).exit_code == 2


def test_the_tutorial_of_the_readme_verifies(tmp_path):
    readme = Path(__file__).resolve().parent.parent / "README.md"
    blocks = re.findall(r"```python\n(.*?)```", readme.read_text(encoding="utf-8"), re.DOTALL)
    tutorial = next(b for b in blocks if "Result(" in b)
    path = tmp_path / "mine.py"
    path.write_text(tutorial, encoding="utf-8")
    result = CliRunner().invoke(cli, ["verify", str(path)])
    assert result.exit_code == 0, result.output
    assert len([line for line in tutorial.splitlines() if line.strip() and "import" not in line]) <= 5


ONE = 'Result("{0}", "", chain=[x + x, eq({1} * x, by=algebra)])\n'
LOST = {
    "a name bound twice": "r = " + ONE.format("one", 3) + "r = " + ONE.format("two", 2),
    "one label, another statement": "r = " + ONE.format("one", 3) + "r = " + ONE.format("one", 2),
    "made by a function": "def f():\n    " + ONE.format("one", 3) + "f()\nr = " + ONE.format("two", 2),
    "in an object": "class C: one = " + ONE.format("one", 3) + "r = " + ONE.format("two", 2),
    "nothing else": ONE.format("one", 2),
    "a draft with an erratum": "import dataclasses\n"
    "r = Result('one', '', chain=[x, eq(1 * x, by=algebra)], errata=(Erratum(x > 0, ((x, 0),), '', '', 'slip'),))\n"
    "r = dataclasses.replace(r, errata=())\n",
}


@pytest.mark.parametrize("name", sorted(LOST))
def test_a_result_that_no_name_holds_is_not_passed_over(check, name):
    run = check("from symbolic_mqb.results import Erratum\n" + LOST[name])
    assert run.exit_code == 2, run.output
    assert "no name of the file holds the result (one) that is made here" in flat(run.output)
    assert re.search(r"mine\.py:\d+", run.output)


def test_results_in_lists_and_dicts_are_verified(check):
    good, bad = ONE.format("good", 2).strip(), ONE.format("bad", 3).strip()
    draft = "import dataclasses\ndraft = " + ONE.format("draft", 2) + "draft = dataclasses.replace(draft, note='!')\n"
    run = check(f"both = {{'a': [{good}], 'b': ({bad},)}}\nboth['c'] = both\n{draft}")
    assert run.exit_code == 1
    assert re.search(r"good +proved.*\n.*bad +refuted.*\n.*draft +proved", run.output)


@pytest.mark.parametrize(
    "body",
    ["while True: pass\n", "import time\nwhile True:\n    try: time.sleep(60)\n    except Exception: pass\n"],
)
def test_a_file_that_does_not_end_is_stopped(check, body):
    run = check(body, "--timeout", "0.5")
    assert run.exit_code == 2
    assert "the file ran longer than 0.5 s" in flat(run.output)


def test_a_file_is_run_as_python_runs_it(tmp_path):
    good = "r = " + ONE.format("good", 2)
    kinds = "from __future__ import annotations\nfrom dataclasses import dataclass, KW_ONLY\n"
    kinds += "@dataclass\nclass C:\n    a: int\n    _: KW_ONLY\n    b: int = 1\nimport typing\n"
    latin = HEAD.replace("ξ η a α β γ", "u v a d e f") + good
    bodies = {
        "bom": b"\xef\xbb\xbf" + (HEAD + good).encode(),
        "cookie": b"# coding: latin-1\ntext = '\xe9'\nassert len(text) == 1\n" + latin.encode(),
        "dataclass": (kinds + HEAD + good).encode(),
        "annotations": (HEAD + "def f(a: int): pass\nassert f.__annotations__['a'] is int\n" + good).encode(),
    }  # fmt: skip
    for name, body in bodies.items():
        path = tmp_path / f"{name}.py"
        path.write_bytes(body)
        run = CliRunner().invoke(cli, ["verify", str(path)])
        assert run.exit_code == 0, run.output
    for body, why in ((b"# coding: nonsense\n", "nonsense"), (b"x = '\0'", "null bytes"), (b"x = '\xe9'", "utf-8")):
        path.write_bytes(body)
        run = CliRunner().invoke(cli, ["verify", str(path)])
        assert run.exit_code == 2
        assert why in flat(run.output)
        assert "None" not in run.output


def test_each_file_imports_what_is_beside_it(tmp_path):
    paths = []
    for name, factor in (("one", 2), ("two", 3)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "helper.py").write_text(f"factor = {factor}\n", encoding="utf-8")
        paths.append(tmp_path / name / "mine.py")
        paths[-1].write_text(HEAD + "from helper import factor\nr = " + ONE.format(name, "factor"), encoding="utf-8")
    before = list(sys.path)
    run = CliRunner().invoke(cli, ["verify", *map(str, paths)])
    assert re.search(r"one +proved.*\n.*two +refuted", run.output)
    assert sys.path == before
    assert "helper" not in sys.modules


def test_a_file_does_not_leave_its_name_behind(check):
    check('again = Result("again", "", chain=[x + x, eq(2 * x, by=algebra)])')
    assert not any(name.startswith("symbolic_mqb_user") for name in sys.modules)
