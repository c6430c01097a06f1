"""Outputs that close, are full or cannot be written, and inputs without an end: one line, the right exit status."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from symbolic_mqb.cli import cli

MQB = f"{sys.executable} -m symbolic_mqb"
MINE = """
from symbolic_mqb.notation.language import *
from symbolic_mqb.results import Result, eq
from symbolic_mqb.tactics.reasons import algebra
(x,) = symbols("x", "real")
good = Result("good", "", chain=[x + x, eq(2 * x, by=algebra)])
"""
pytestmark = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="devices of Linux")


def shell(line, **options):
    return subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False, **options)


def invoke(*arguments):
    return CliRunner().invoke(cli, [str(a) for a in arguments])


@pytest.fixture
def mine(tmp_path):
    def write(body="", name="mine.py"):
        path = tmp_path / name
        path.write_text(MINE + body, encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("command", ["verify A12", "list", "--help"])
def test_a_closed_pipe_is_no_refutation(command):
    run = shell(f"set -o pipefail; {MQB} {command} | true")
    assert (run.returncode, run.stderr) == (141, "")
    assert shell(f"set -o pipefail; {MQB} {command} | cat").returncode == 0


@pytest.mark.parametrize("where", ["1</dev/null", ">/dev/full", ">/dev/full 2>/dev/full"])
@pytest.mark.parametrize("module", ["symbolic_mqb list", "symbolic_mqb.reference"])
def test_an_output_that_cannot_be_written_is_said_in_a_line(module, where):
    run = shell(f"{sys.executable} -m {module} {where}")
    assert run.returncode == 2
    assert "2>" in where or run.stderr.startswith("Error: cannot write the output")
    assert len(run.stderr.splitlines()) <= 1


def test_what_only_standard_error_misses_changes_no_outcome(tmp_path):
    record = tmp_path / "record.json"
    assert shell(f"{MQB} verify A12 --record {record} 2>/dev/full").returncode == 0
    assert shell(f"{MQB} replay {record} 2>/dev/full").returncode == 0
    assert shell(f"{MQB} show A99 2>/dev/full").returncode == 2


@pytest.mark.parametrize("words", [{}, {"COMP_WORDS": "x"}, {"COMP_WORDS": "x", "COMP_CWORD": "x"}])
def test_a_shell_that_asks_for_completion_without_words(words):
    run = shell(MQB, env={**os.environ, "_SYMBOLIC_MQB_COMPLETE": "bash_complete", **words})
    assert run.returncode == 2
    assert run.stderr.startswith("Error: a shell that asks for completion")


def test_a_record_without_an_end_is_refused(tmp_path):
    run = invoke("replay", "--memory", 64, "/dev/zero")
    assert run.exit_code == 2
    assert "longer than 64 MiB" in run.output
    small = shell(f"ulimit -v 400000; {MQB} replay /dev/zero")
    assert small.returncode == 2
    assert small.stderr.strip() == "Error: there is not enough memory"
    record = tmp_path / "record.json"
    assert invoke("verify", "A12", "--record", record).exit_code == 0
    assert shell(f"cat {record} | {MQB} replay /dev/stdin").returncode == 0


def test_a_limit_of_the_system_below_the_one_asked_for_is_kept(tmp_path):
    record = tmp_path / "record.json"
    assert invoke("verify", "A12", "--record", record).exit_code == 0
    assert shell(f"ulimit -v 2000000; ulimit -t 100; {MQB} replay {record}").returncode == 0
    assert shell(f"ulimit -v 2000000; {MQB} replay --memory 64 /dev/zero").returncode == 2
    data = json.loads(record.read_text(encoding="utf-8"))
    record.write_text(json.dumps({**data, "steps": []}), encoding="utf-8")
    assert shell(f"ulimit -v 2000000; {MQB} replay {record}").returncode == 1


def test_a_label_of_a_record_is_one_printable_line(tmp_path):
    record = tmp_path / "record.json"
    assert invoke("verify", "A12", "--record", record).exit_code == 0
    data = json.loads(record.read_text(encoding="utf-8"))
    for label in ("A12\nA13", "\x1b[2J", " "):
        claims = {**data["claims"], label: data["claims"]["A12"]}
        record.write_text(json.dumps({**data, "claims": claims}), encoding="utf-8")
        run = invoke("replay", record)
        assert run.exit_code == 1
        assert run.output == f"refused: a label is one line that can be printed, not {label!r}\n"
    record.write_text(json.dumps({**data, "claims": {"é": data["claims"]["A12"]}}), encoding="utf-8")
    assert invoke("replay", record).output.startswith("é\n")


# --- a user's file and its streams ---


def test_the_derivation_file_is_not_written_over(mine, tmp_path):
    path = mine()
    (tmp_path / "link.json").symlink_to(path)
    for option in ("--json", "--record"):
        for name in (path, tmp_path / "." / "mine.py", tmp_path / "link.json"):
            run = invoke("verify", path, option, name)
            assert run.exit_code == 2
            assert "it is the derivation file to be verified" in " ".join(run.output.split())
    assert path.read_text(encoding="utf-8") == MINE
    assert invoke("verify", path, "--json", tmp_path / "new.json").exit_code == 0


@pytest.mark.parametrize("option", ["--json", "--record"])
def test_what_a_file_prints_is_not_among_the_data(mine, option):
    run = shell(f"{MQB} verify {mine('print(123)')} {option} -")
    assert run.returncode == 0
    assert json.JSONDecoder().raw_decode(run.stdout)[0]
    assert run.stderr == "123\n"


def test_a_file_that_closes_or_replaces_standard_output(mine):
    run = shell(f"{MQB} verify {mine('import sys; sys.stdout.close()')}")
    assert run.returncode == 2
    assert run.stderr.strip() == "Error: the derivation file closes standard output, where the verdicts go"
    for body in ("sys.stdout = sys.stderr = None", "sys.stderr.close()"):
        run = shell(f"{MQB} verify {mine('import sys; ' + body)}")
        assert run.returncode == 0
        assert "good" in run.stdout


def test_a_file_that_changes_the_folder_changes_no_name_of_ours(mine, tmp_path, monkeypatch):
    (tmp_path / "other").mkdir()
    path = mine("import os; os.chdir('other')")
    monkeypatch.chdir(tmp_path)
    assert invoke("verify", path.name, "--json", "report.json").exit_code == 0
    assert (tmp_path / "report.json").exists()
    assert not list((tmp_path / "other").iterdir())


# --- names ---


def test_names_of_files_that_are_none(mine, tmp_path):
    path, text = mine(), mine(name="mine.txt")
    again = invoke("verify", path, path)
    assert again.exit_code == 2
    assert "the file is given twice" in " ".join(again.output.split())
    for name in ("", f"{tmp_path}/new/"):
        run = invoke("verify", path, "--json", name)
        assert run.exit_code == 2
        assert "the name of a file is expected" in run.output
    run = subprocess.run([*MQB.split(), "verify", text.name], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "the name of a derivation file ends in .py" in run.stderr


def test_latex_names_the_path_that_is_in_the_way_and_leaves_nothing(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "equations").write_text("x")
    run = invoke("latex", "A12", "-o", out)
    assert run.exit_code == 2
    assert f"{out}/equations: File exists" in run.output.replace("\n", "")
    (out / "equations").unlink()
    (out / "equations" / "A13.tex").mkdir(parents=True)
    assert invoke("latex", "A12", "A13", "-o", out).exit_code == 2
    assert [p.name for p in out.iterdir()] == ["equations"]
    assert [p.name for p in (out / "equations").iterdir()] == ["A13.tex"]


# --- the start ---


@pytest.mark.parametrize(("module", "status"), [("symbolic_mqb.cli", 130), ("symbolic_mqb.none", 0)])
def test_ctrl_c_while_the_command_line_is_imported(module, status):
    program = (
        "import sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, path, target=None):\n"
        f"        if name == {module!r}: raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Finder())\n"
        "from symbolic_mqb.__main__ import main\n"
        "main()\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (status, "interrupted\n" if status else "")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-16"])
def test_the_reference_is_printed_in_any_encoding(encoding):
    run = shell(f"{MQB}.reference | wc -l", env={**os.environ, "PYTHONIOENCODING": encoding})
    assert run.stderr == ""
    assert int(run.stdout) > 100
