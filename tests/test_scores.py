"""No number in the documentation without a run behind it: the file of scores, its form, and who writes it."""

import copy
import importlib.util
import json
import sys
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def scores():
    spec = importlib.util.spec_from_file_location("scores", ROOT / "benchmarks" / "scores.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["scores"] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def entry(scores):
    (verify,) = (m for m in scores.MEASURES if m.name == "verify")
    return scores.measured(verify, ("A11",))


def test_the_file_in_the_documentation_has_the_form(scores):
    data = scores.valid(json.loads(scores.SCORES.read_text(encoding="utf-8")))
    names = [r["name"] for r in data["runs"]]
    assert len(names) == len(set(names))
    assert set(names) <= {m.name for m in scores.MEASURES}


def test_a_run_writes_its_numbers_with_where_they_come_from(scores, entry):
    assert entry["numbers"]["results"] == entry["numbers"]["pass"] >= 1
    assert entry["numbers"]["trusted lines of code"] > 1000
    assert entry["command"].startswith("python -m symbolic_mqb verify --json FILE")
    assert entry["scope"] == "A11"
    assert entry["exit"] == 0
    scores.valid({"format": 1, "runs": [entry]})


@pytest.mark.parametrize("part", ["commit", "date", "machine", "command", "numbers", "clean"])
def test_a_number_without_its_run_is_refused(scores, entry, part):
    without = copy.deepcopy(entry)
    del without[part]
    with pytest.raises(jsonschema.ValidationError):
        scores.valid({"format": 1, "runs": [without]})


@pytest.mark.parametrize(("part", "value"), [("commit", "main"), ("date", "today"), ("numbers", {}), ("seconds", -1)])
def test_what_is_no_run_is_refused(scores, entry, part, value):
    with pytest.raises(jsonschema.ValidationError):
        scores.valid({"format": 1, "runs": [{**entry, part: value}]})


def test_a_later_run_takes_the_place_of_the_earlier(scores, entry):
    other = {**entry, "name": "speed"}
    data = scores.merged({"format": 1, "runs": [other]}, entry)
    assert [r["name"] for r in data["runs"]] == ["verify", "speed"]
    again = scores.merged(data, {**entry, "seconds": 1})
    assert [r["seconds"] for r in again["runs"]] == [1, entry["seconds"]]


def test_numbers_are_read_from_what_the_commands_say(scores):
    assert scores.fuzzed("x\n12 inputs: {'refused': 9, 'accepted': 3}\n") == {
        "inputs tried": 12,
        "refused": 9,
        "accepted": 3,
    }
    assert scores.tried({"counts": {"killed": 5, "survived": 1}}) == {"tried": 6, "killed": 5, "survived": 1}
    assert scores.tried({"counts": {"a": {"refused": 5}, "b": {"refused": 1}}}) == {"tried": 6, "refused": 6}
    sizes = [{"N": 100, "inside": True, "share": 0.5}, {"N": 1000, "inside": False, "share": None}]
    found = scores.remainders({"rows": [{"label": "A4", "line": 1, "sizes": sizes}]})
    assert found["errors outside their bound"] == 1
    assert found["largest share of a bound taken up"] == 0.5
    row = {
        "name": "verify",
        "other": "import",
        "ratio": 2.0,
        "smallest": 1,
        "largest": 3,
        "target": "≤ 1",
        "met": False,
    }
    assert scores.speed([row]) == {"verify, against import": "2 (1 … 3); target ≤ 1, missed"}
    exact = {"digits": 0, "exact": True, "certified": True}
    ball, float_ = {"digits": 40, "exact": False, "certified": True}, {"digits": 9, "exact": False, "certified": False}
    reached = scores.digits({"digits": 50, "results": [{"numeric": n} for n in (exact, ball, float_, None)]})
    assert reached["fewest certified digits"] == 40
    assert reached["certified to all digits asked"] == 0
    assert (reached["exact"], reached["not certified"]) == (1, 1)


def test_every_measure_is_a_command_of_the_project(scores):
    shown = CliRunner().invoke(scores.main, ["--list"])
    assert shown.exit_code == 0
    for m in scores.MEASURES:
        assert m.name in shown.output
        for part in m.command:
            assert not part.startswith("benchmarks/") or (ROOT / part).exists(), part


def test_the_score_of_the_checker_says_what_an_earlier_run_killed(scores):
    report = {"counts": {"killed": 3, "survived": 1}, "killed in an earlier run": 2}
    assert scores.tested(report) == {"tried": 4, "killed": 3, "survived": 1, "killed in an earlier run": 2}
    assert "--earlier" not in next(m for m in scores.MEASURES if m.name == "checker").command
