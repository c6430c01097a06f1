"""`symbolic-mqb mutate`: the tally, the exit status, and what it says of a mutant that nobody kills."""

import json
import pickle

import pytest
from click.testing import CliRunner

from symbolic_mqb.book import LineFailure
from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.mutate_command import hypotheses, mutate, necessity, summary
from symbolic_mqb.mutation.parallel import Row, Tally, tally
from symbolic_mqb.numerics.witness import NO_POINT
from symbolic_mqb.processes import Workers


def row(verdict, by="", why="", found="x = 1"):
    return Row("A14", "x  ⟶  −x", "sign", verdict, by, why, 1, found)


def test_the_same_rows_with_one_process_and_with_two():
    one, two = (tally(["A10", "A11"], 20, 7, jobs) for jobs in (1, 2))
    assert one == two
    assert len(one.rows) == 20
    assert one.count("killed") + one.count("equivalent") + one.count("hypothesis not needed") == 20
    assert one.bad == ()


def test_a_worker_that_fails_or_dies_is_no_answer():
    with Workers("mutation.worker", 1) as workers:
        assert len(workers.submit((("A11",), 3, 0, None, range(2))).result(60)) == 2
        with pytest.raises(IndexError):
            workers.submit((("A11",), 3, 0, None, range(5, 6))).result(60)
    with Workers("no_such_module", 1) as workers, pytest.raises(RuntimeError, match="ended with status"):
        workers.submit(()).result(60)


def test_another_seed_chooses_other_mutants():
    assert tally(["A10"], 10, 0, 1).rows != tally(["A10"], 10, 1, 1).rows


def test_a_survivor_and_a_crash_are_shown_and_counted():
    found = Tally((row("killed", "both"), row("killed", "proof", "blunt: no"), row("survived"), row("crash")))
    assert [r.verdict for r in found.bad] == ["survived", "crash"]
    assert found.reasons == {"blunt": 1}
    text = summary(found)
    assert "     1 survived" in text
    assert "survived: (A14), line 1, sign: x" in text


def test_the_command_reports_and_writes(tmp_path):
    target = tmp_path / "tally.json"
    run = CliRunner().invoke(mutate, ["A11", "--sample", "8", "--jobs", "1", "--json", str(target)])
    assert run.exit_code == 0
    assert "8 mutants tried" in run.output
    assert json.loads(target.read_text())["mutants"] == 8


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["A99"], "no result is labelled 'A99'"),
        (["--sample", "0"], "Invalid value"),
        (["--jobs", "0"], "Invalid value"),
    ],
)
def test_bad_usage_is_refused(arguments, why):
    run = CliRunner().invoke(mutate, arguments)
    assert run.exit_code == 2
    assert why in run.output


def test_each_hypothesis_is_needed_or_not_or_open():
    run = CliRunner().invoke(hypotheses, ["A9", "A13", "--jobs", "1"])
    assert run.exit_code == 0
    assert "(A13) 0 < ξ: needed" in run.output
    assert necessity(row("killed", "both")) == ("needed", " (fails at x = 1)")
    assert necessity(row("hypothesis not needed"))[0] == "not needed"
    assert necessity(row("killed", "proof"))[0] == "open"
    assert "where it fails and the others hold" in necessity(row("killed", "proof", found=NO_POINT))[1]


def test_of_a_result_that_is_not_proved_no_variant_is_tried(monkeypatch):
    def failing(*_):
        raise LineFailure("A9", 2, "algebra", Refused("no"))

    monkeypatch.setattr("symbolic_mqb.mutate_command._tally", failing)
    run = CliRunner().invoke(hypotheses, ["A9", "--jobs", "1"])
    assert run.exit_code == 1
    assert (
        run.output == "Error: only proved results have variants to try; not proved: (A9) line 2, reason 'algebra': no\n"
    )


def test_what_does_not_hold_in_a_process_is_told_in_another():
    told = LineFailure("A9", 2, "algebra", Refused("no", "there"), expected="x")
    again = pickle.loads(pickle.dumps(told))
    assert (str(again), again.line, again.refusal.where) == (str(told), 2, "there")
