"""The second reader accepts the book's records, and refuses by itself what was changed in them."""

from __future__ import annotations

import ast
import copy
import json
import subprocess
import sys
from pathlib import Path

import pytest

from symbolic_mqb.book import paper
from symbolic_mqb.kernel.terms import Term
from symbolic_mqb.numerics.evaluate import enclose
from symbolic_mqb.replay import check as replay
from symbolic_mqb.rules import RULES

from .hypotheses import Tester
from .logic import LOGIC
from .mutants import Mutator, stated
from .reader import Reader, read
from .terms import SIGNATURES, Bad
from .values import PLAIN

HERE = Path(__file__).parent
LABELS = ["A9", "A14", "D6"]


@pytest.mark.parametrize("constant", ["I", "pi", "euler"])
def test_a_constant_is_the_number_that_the_numerics_take_for_it(constant):
    """So that a reader, the numerics and the print speak of one number."""
    ours = enclose(Term(constant), {}, 15).ball
    assert abs(complex(ours) - PLAIN[constant]()) < 1e-15


@pytest.fixture(scope="module")
def record():
    return json.loads(json.dumps(paper().record(LABELS).data()))


@pytest.fixture(scope="module")
def reader(record):
    """A reader that has accepted the record: what it tested there it does not test again."""
    found = Reader(Tester())
    found.check(record)
    return found


def test_the_reader_shares_no_code_with_the_package():
    for path in HERE.glob("*.py"):
        if path.name == Path(__file__).name:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.level == 1 or node.module.partition(".")[0] in sys.stdlib_module_names
            elif isinstance(node, ast.Import):
                assert all(a.name in sys.stdlib_module_names for a in node.names)


def test_the_reader_knows_every_rule_and_operation_and_no_others():
    from symbolic_mqb.kernel.signatures import SIGNATURES as OURS

    assert set(Reader().table) | set(LOGIC) == set(RULES)
    assert SIGNATURES == OURS


def test_the_records_are_accepted_and_most_steps_done_again_or_tested(record):
    reader = Reader(Tester())
    reader.check(record)
    total = sum(reader.counts.values())
    assert total == len(record["steps"])
    assert reader.counts["done again"] > 0.5 * total
    assert sum(n for how, n in reader.counts.items() if how.startswith("only")) < 0.05 * total


def test_mutants_are_refused_and_the_few_others_are_proofs_or_close_to_one(record, reader):
    """The share is printed with `pytest -s`; a survivor that `replay` accepts, too, is another valid record.

    One that states the same, with a reason changed into one that the reader sees nothing false in, proves nothing else.
    """
    refused, valid, same, missed = 0, [], [], []
    for change, mutant in Mutator(record, seed=1).mutants(140):
        try:
            reader.check(mutant)
        except Bad:
            refused += 1
            continue
        if "claims" in replay(json.dumps(mutant)):
            valid.append(change)
        else:
            (same if stated(mutant) == stated(record) else missed).append(change)
    print(f"{refused} refused; {len(valid)} are valid records; {same} state the same; not refused: {missed}")
    wrong = refused + len(missed)
    assert refused >= 0.95 * wrong
    assert len(valid) + len(same) <= 0.05 * (wrong + len(valid) + len(same))


def test_what_a_record_states_is_not_its_reasons(record):
    def reason(r):
        _first(r, "normal_form")["arguments"].append(1)

    def conclusion(r):
        _first(r, "normal_form")["conclusion"] = 0

    assert stated(_changed(record, reason)) == stated(record)
    assert stated(_changed(record, conclusion)) != stated(record)


def _changed(record, change):
    out = copy.deepcopy(record)
    change(out)
    return out


def _first(record, rule):
    return next(s for s in record["steps"] if s["rule"] == rule)


TARGETED = {
    "an extra field": lambda r: r.update(more=1),
    "a step with an extra field": lambda r: r["steps"][0].update(more=1),
    "another version": lambda r: r.update(version=2),
    "true for 1": lambda r: r.update(version=True),
    "a term that points at itself": lambda r: r["terms"].__setitem__(5, ["exp", {"t": 5}]),
    "a fraction that is not reduced": lambda r: r["terms"].append(["num", "2/4"]),
    "minus zero": lambda r: r["terms"].append(["num", "-0"]),
    "an unknown operation": lambda r: r["terms"].append(["tan", {"t": 0}]),
    "a function at its argument": lambda r: r["terms"].append(["app", {"t": _lam(r)}, {"t": 0}]),
    "an unknown rule": lambda r: r["steps"][0].update(rule="trust_me"),
    "a step that uses itself": lambda r: _first(r, "transitivity")["arguments"].append({"s": len(r["steps"])}),
    "one argument too many": lambda r: _first(r, "normal_form")["arguments"].append(1),
    "a hypothesis twice": lambda r: _with_hypothesis(r)["hypotheses"].append(_with_hypothesis(r)["hypotheses"][0]),
    "a claim without its hypotheses": lambda r: _used(r).update(given=[]),
    "a claim of a step that does not exist": lambda r: r["claims"]["A9"].update(step=len(r["steps"])),
}


def _lam(record):
    return next(i for i, t in enumerate(record["terms"]) if t[0] == "lam")


def _with_hypothesis(record):
    return next(s for s in record["steps"] if s["hypotheses"])


def _used(record):
    return next(c for c in record["claims"].values() if record["steps"][c["step"]]["hypotheses"])


@pytest.mark.parametrize("what", TARGETED)
def test_a_record_that_is_not_one_is_refused(record, reader, what):
    mutant = _changed(record, TARGETED[what])
    with pytest.raises(Bad):
        reader.check(read(json.dumps(mutant)))


@pytest.mark.parametrize("text", ['{"format": 1, "format": 1}', '{"version": 1.0}', '{"version": NaN}', "[" * 5000, ""])
def test_what_is_not_such_an_object_is_refused(text):
    with pytest.raises(Bad):
        read(text)


def test_a_consistent_change_of_a_number_in_statement_and_proof_is_refused(record, reader):
    """Every step that mentions the number changes with it; only its meaning can tell."""
    half = next(i for i, t in enumerate(record["terms"]) if t == ["num", "1/2"])
    with pytest.raises(Bad):
        reader.check(_changed(record, lambda r: r["terms"].__setitem__(half, ["num", "1/3"])))


def test_the_command_accepts_and_refuses(record, tmp_path):
    path = tmp_path / "record.json"
    for change, code, word in ((lambda r: None, 0, "accepted"), (lambda r: r.update(version=2), 1, "refused")):
        path.write_text(json.dumps(_changed(record, change)))
        command = [sys.executable, "-m", "record_reader", str(path)]
        run = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True)
        assert run.returncode == code, run.stderr
        assert word in run.stdout
