"""The command line: what it prints, its exit codes, its files."""

import json
import os
import re
import signal
import subprocess
import sys
import time

import jsonschema
import pytest
from click.testing import CliRunner

from symbolic_mqb.book import Book
from symbolic_mqb.cli import cli
from symbolic_mqb.derivations import CONTENTS
from symbolic_mqb.report import schema

COMMAND = [sys.executable, "-m", "symbolic_mqb"]
LABELS = Book(CONTENTS).labels


def invoke(*arguments):
    return CliRunner().invoke(cli, [str(a) for a in arguments])


def process(*arguments, **options):
    return subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False, **options)


def without_times(data):
    if isinstance(data, dict):
        return {k: without_times(v) for k, v in data.items() if k != "seconds"}
    return [without_times(v) for v in data] if isinstance(data, list) else data


def test_help_names_every_command():
    out = invoke("--help").output
    for command in ("list", "show", "verify", "errata", "latex", "graph", "replay"):
        assert command in out
    assert invoke("verify", "--help").exit_code == 0


def test_list_holds_every_label():
    out = invoke("list").output
    first = {line.partition(":")[0] for line in out.splitlines() if not line.startswith(" ")}
    assert set(LABELS) <= first
    assert "A14" in re.search(r"^A15: .*\n(?:    .*\n)*?    uses (.*)$", out, re.MULTILINE).group(1)


@pytest.mark.parametrize("label", LABELS)
def test_show_fits_into_80_columns(label):
    result = invoke("show", label)
    assert result.exit_code == 0
    assert f"({label})" in result.output
    # a formula without a space to break at may be longer; nothing else is
    assert all(len(line) <= 80 or " " not in line.strip()[:60] for line in result.output.splitlines())


def test_show_has_the_chain_and_the_reasons():
    out = invoke("show", "A13").output
    assert "0 < ξ" in out
    assert "[gaussian integral]" in out
    assert "n: a natural number" in out


@pytest.mark.parametrize("command", [("show", "A99"), ("verify", "A99"), ("latex", "A99")])
def test_an_unknown_label_is_bad_usage(command):
    result = invoke(*command)
    assert result.exit_code == 2
    assert "no result is labelled 'A99'; did you mean A9" in result.output


def test_bad_options_are_bad_usage(tmp_path):
    assert invoke("verify", "--digits", "many").exit_code == 2
    assert invoke("verify", "--nonsense").exit_code == 2
    assert invoke("frobnicate").exit_code == 2
    missing = invoke("verify", "A12", "--json", tmp_path / "no" / "such" / "folder.json")
    assert missing.exit_code == 2
    assert "does not exist" in missing.output
    assert invoke("verify", "A12", "--json", tmp_path).exit_code == 2


def test_verify_some_labels(tmp_path):
    target = tmp_path / "report.json"
    result = invoke("verify", "A15", "--json", target)
    assert result.exit_code == 0, result.output
    assert "proved" in result.output
    assert "Trusted base" in result.output
    data = json.loads(target.read_text(encoding="utf-8"))
    jsonschema.validate(data, schema(), cls=jsonschema.Draft202012Validator)
    assert [r["label"] for r in data["results"]] == ["A12", "A13", "A14", "A15"]
    lemma = data["results"][-1]
    assert lemma["uses"] == ["A12", "A13", "A14"]
    assert lemma["lines"][2]["source"] == ["(A13)"]
    assert lemma["numeric"]["certified"]
    assert lemma["numeric"]["digits"] is None or lemma["numeric"]["digits"] >= 50
    assert data["trusted_base"]["lines_of_code"] == sum(f["lines_of_code"] for f in data["trusted_base"]["files"])
    gaussian = data["results"][1]["lines"][2]
    assert gaussian["rule"] == ["gaussian_integral"]
    assert gaussian["side_conditions"] == [r"0 < \xi"]
    assert "DLMF" in gaussian["source"][0]
    assert [p for p in tmp_path.iterdir() if p != target] == []


def test_more_digits_on_request(tmp_path):
    target = tmp_path / "report.json"
    assert invoke("verify", "A13", "--digits", 120, "--seed", 7, "--json", target).exit_code == 0
    data = json.loads(target.read_text(encoding="utf-8"))
    assert data["digits"] == 120
    assert data["seed"] == 7
    assert data["results"][0]["numeric"]["digits"] >= 120


def test_json_to_standard_output_is_json_and_nothing_else():
    result = process("verify", "A12", "--json", "-")
    assert json.loads(result.stdout)["passed"] is True
    assert result.stderr == ""


def test_the_whole_book_passes_and_two_runs_agree_whatever_the_hash_seed(tmp_path):
    texts, documents = [], []
    for seed in ("0", "4711"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        target = tmp_path / f"{seed}.json"
        run = process("verify", "--json", target, env=env)
        data = json.loads(target.read_text(encoding="utf-8"))
        jsonschema.validate(data, schema(), cls=jsonschema.Draft202012Validator)
        texts.append(json.dumps(without_times(data)))
        documents.append(process("latex", env=env).stdout)
    assert texts[0] == texts[1]
    assert documents[0] == documents[1]
    assert run.returncode == 0, run.stdout
    assert data["passed"]


def test_records_are_replayed_alone(tmp_path):
    record = tmp_path / "record.json"
    assert invoke("verify", "A12", "--record", record).exit_code == 0
    good = invoke("replay", record)
    assert good.exit_code == 0
    assert good.output.split()[:4] == ["A12", "A12#1", "A12#2", "A12#3"]
    data = json.loads(record.read_text(encoding="utf-8"))
    step = next(s for s in data["steps"] if s["rule"] == "coefficient_scaling")
    step["conclusion"] -= 1
    record.write_text(json.dumps(data), encoding="utf-8")
    bad = invoke("replay", record)
    assert bad.exit_code == 1
    assert "refused: step" in bad.output


def test_a_record_that_is_none(tmp_path):
    path = tmp_path / "x.json"
    path.write_text("{", encoding="utf-8")
    assert invoke("replay", path).exit_code == 1
    path.write_bytes(b"\xff\xfe\x00")
    assert invoke("replay", path).exit_code == 2
    assert invoke("replay", tmp_path / "missing.json").exit_code == 2
    assert invoke("replay", tmp_path).exit_code == 2


def test_errata():
    result = invoke("errata", "--json")
    found = json.loads(result.output)
    assert isinstance(found, list)
    assert result.exit_code == (0 if all(e["refuted"] and e["verdict"] in ("corrected", "cited") for e in found) else 1)
    for e in found:
        assert e["severity"] in ("changes a result", "missing condition", "slip")
        assert e["counterexample"]


def test_latex_of_some_labels(tmp_path):
    assert invoke("latex", "A12").output.count(r"\subsection*") == 1
    assert invoke("latex", "A12", "A13", "-o", tmp_path / "out").exit_code == 0
    assert sorted(p.name for p in (tmp_path / "out" / "equations").iterdir()) == ["A12.tex", "A13.tex"]
    (tmp_path / "file").write_text("x")
    assert invoke("latex", "-o", tmp_path / "file").exit_code == 2


def test_graph():
    out = invoke("graph").output
    assert out.startswith("digraph")
    assert '"A15" -> "A14";' in out


def test_python_dash_m_is_the_same_command():
    assert process("--version").stdout.startswith("symbolic-mqb")


def test_a_closed_pipe_is_no_error():
    run = subprocess.run(
        f"{sys.executable} -m symbolic_mqb latex | head -c 10", shell=True, capture_output=True, text=True, check=False
    )
    assert run.stderr == ""
    assert len(run.stdout) == 10


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_leaves_no_half_written_file(tmp_path):
    slow = tmp_path / "slow.py"
    slow.write_text("import time\nprint('ready', flush=True)\ntime.sleep(60)\n", encoding="utf-8")
    target = tmp_path / "report.json"
    with subprocess.Popen(
        [*COMMAND, "verify", str(slow), "--json", str(target)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout.readline() == "ready\n"
        child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=20)
    assert child.returncode == 130
    assert err.strip() == "interrupted"
    assert [p.name for p in tmp_path.iterdir()] == ["slow.py"]


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_while_proving_stops_the_children(tmp_path):
    target = tmp_path / "report.json"
    with subprocess.Popen(
        [*COMMAND, "verify", "--json", str(target)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        time.sleep(0.7)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=20)
    assert child.returncode == 130
    assert "Traceback" not in out + err
    assert list(tmp_path.iterdir()) == []


def test_alone_it_says_what_to_type_next():
    run = invoke()
    assert run.exit_code == 0
    assert "symbolic-mqb verify" in run.output
    assert all(len(line) <= 80 for line in run.output.splitlines())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell):
    run = invoke("completion", shell)
    assert run.exit_code == 0
    assert "_SYMBOLIC_MQB_COMPLETE" in run.output


def test_labels_are_completed():
    asked = {"_SYMBOLIC_MQB_COMPLETE": "bash_complete", "COMP_WORDS": "symbolic-mqb show A1", "COMP_CWORD": "2"}
    found = process(env={**os.environ, **asked}).stdout
    assert "plain,A12" in found
