"""Hostile and clumsy input of the commands: a clear message, the right exit status, nothing lost."""

import json
import math
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from symbolic_mqb.cli import cli
from symbolic_mqb.output import unwritable, write_whole

COMMAND = [sys.executable, "-m", "symbolic_mqb"]
posix = pytest.mark.skipif(os.name != "posix", reason="devices, pipes and signals of POSIX")


def invoke(*arguments):
    return CliRunner().invoke(cli, [str(a) for a in arguments])


def process(*arguments, **options):
    return subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False, **options)


# --- options ---


@pytest.mark.parametrize("seconds", ["nan", "inf", "-inf", "1e300", "0", "-1", "soon", ""])
@pytest.mark.parametrize("command", [("verify", "A12"), ("replay", "record.json")])
def test_a_time_that_no_clock_can_wait_for_is_bad_usage(command, seconds):
    run = invoke(*command, "--timeout", seconds)
    assert run.exit_code == 2
    assert "--timeout" in run.output


def test_the_longest_time_can_be_waited_for(tmp_path):
    record = tmp_path / "record.json"
    assert invoke("verify", "A12", "--timeout", "2000000", "--record", record).exit_code == 0
    assert invoke("replay", "--timeout", "2000000", "--memory", 1 << 30, record).exit_code == 0


@pytest.mark.parametrize("memory", ["63", str(10**30), "much"])
def test_a_memory_that_no_system_can_bound_is_bad_usage(memory):
    assert invoke("replay", "--memory", memory, "record.json").exit_code == 2


@pytest.mark.parametrize("label", ["", " ", "(A9)", "a9", "A9 ", "A\n9", "../A9", "\0", "é" * 1000])
@pytest.mark.parametrize("command", ["show", "verify", "latex", "mutate", "hypotheses"])
def test_an_unknown_label_is_refused_by_every_command(command, label):
    run = invoke(command, label)
    assert run.exit_code == 2, run.output
    assert run.output.strip()
    assert "Traceback" not in run.output


@pytest.mark.parametrize("arguments", [("show",), ("show", "A9", "A12"), ("replay",), ("completion",), ("graph", "A9")])
def test_too_few_and_too_many_arguments_are_bad_usage(arguments):
    assert invoke(*arguments).exit_code == 2


# --- files that cannot be written, or must not be replaced ---


def test_report_and_record_are_not_written_over_one_another(tmp_path):
    same = tmp_path / "same.json"
    (tmp_path / "link.json").symlink_to(same)
    for other in (same, tmp_path / "." / "same.json", tmp_path / "link.json"):
        run = invoke("verify", "A12", "--json", same, "--record", other)
        assert run.exit_code == 2
        assert "cannot both be written" in run.output
    assert invoke("verify", "A12", "--json", "-", "--record", "-").exit_code == 2
    assert not same.exists()


@posix
def test_a_link_is_followed_and_a_named_pipe_is_written_to(tmp_path):
    target, link, pipe = tmp_path / "target", tmp_path / "link", tmp_path / "pipe"
    target.write_text("before")
    link.symlink_to(target)
    write_whole(link, "after")
    assert link.is_symlink()
    assert target.read_text() == "after"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True) as reader:
        assert unwritable(pipe) is None
        write_whole(pipe, "through the pipe")
        assert reader.communicate(timeout=20)[0] == "through the pipe"
    assert pipe.is_fifo()


@posix
def test_a_device_is_not_replaced_by_a_file():
    run = process("verify", "A12", "--json", "/dev/stdout")
    assert run.returncode == 0
    assert json.JSONDecoder().raw_decode(run.stdout)[0]["passed"] is True
    assert invoke("verify", "A12", "--json", os.devnull).exit_code == 0
    assert not os.path.isfile(os.devnull)


def test_why_a_file_cannot_be_written(tmp_path, monkeypatch):
    assert "is a folder" in unwritable(tmp_path)
    assert "does not exist" in unwritable(tmp_path / "no" / "file")
    assert "does not exist" in unwritable(tmp_path / "no" / ".." / "no" / "file")
    assert unwritable(tmp_path / ("x" * 300))
    assert unwritable(tmp_path / "a\0b")
    assert unwritable(tmp_path / "new") is None
    assert unwritable(tmp_path / ("x" * 240)) is None
    kept = tmp_path / "kept"
    kept.write_text("x")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert "read-only" in unwritable(kept)
    assert list(tmp_path.iterdir()) == [kept]


def test_a_long_name_is_written_whole(tmp_path):
    write_whole(tmp_path / ("x" * 240), "all")
    assert [p.read_text() for p in tmp_path.iterdir()] == ["all"]


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="a folder in which nobody can write")
def test_a_folder_in_which_nothing_can_be_made_is_refused_before_any_work():
    start = time.monotonic()
    run = invoke("verify", "--json", "/proc/report.json")
    assert run.exit_code == 2
    assert "not writable" in run.output
    assert time.monotonic() - start < 5


def test_an_empty_name_is_no_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run = invoke("latex", "A12", "-o", "")
    assert run.exit_code == 2
    assert "the name of a folder is expected" in run.output
    assert not list(tmp_path.iterdir())
    assert invoke("latex", "A12", "-o", ".").exit_code == 0
    assert (tmp_path / "symbolic-mqb.tex").exists()


def test_two_runs_that_write_to_one_folder_at_once_leave_whole_files(tmp_path):
    arguments = [*COMMAND, "latex", "A12", "A13", "A14", "-o", str(tmp_path / "both")]
    runs = [subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    for run in runs:
        assert run.communicate(timeout=120) == (b"", b"")
        assert run.returncode == 0
    assert invoke("latex", "A12", "A13", "A14", "-o", tmp_path / "alone").exit_code == 0
    made = {p.relative_to(tmp_path / "both"): p.read_text() for p in (tmp_path / "both").rglob("*.tex")}
    assert made == {p.relative_to(tmp_path / "alone"): p.read_text() for p in (tmp_path / "alone").rglob("*.tex")}
    assert not list((tmp_path / "both").rglob(".*"))


# --- streams ---


@pytest.mark.parametrize("command", [("list",), ("show", "A9"), ("latex", "A12"), ("completion", "bash")])
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device that is always full")
def test_a_full_disk_is_said_in_one_line(command):
    with open("/dev/full", "w") as full:
        run = subprocess.run([*COMMAND, *command], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert run.returncode == 2
    assert len(run.stderr.strip().splitlines()) == 1
    assert run.stderr.startswith("Error: cannot write the output")


@posix
@pytest.mark.parametrize("closed", [">&-", ">&- 2>&-", "< /dev/null >&-"])
def test_closed_streams_are_no_error(closed):
    line = f"{sys.executable} -m symbolic_mqb list {closed}"
    run = subprocess.run(line, shell=True, stderr=subprocess.PIPE, text=True, check=False)
    assert run.returncode == 0
    assert run.stderr == ""


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
@pytest.mark.parametrize("command", [("list",), ("show", "A9")])
def test_an_old_encoding_is_no_error(command, encoding):
    env = {**os.environ, "PYTHONIOENCODING": encoding}
    run = subprocess.run([*COMMAND, *command], env=env, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr
    assert b"A9" in run.stdout


OLD = [{"PYTHONIOENCODING": e} for e in ("ascii", "latin-1", "utf-16")]
OLD.append({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})


@pytest.mark.parametrize("setting", OLD, ids=lambda setting: setting.get("PYTHONIOENCODING", "C"))
def test_an_old_encoding_changes_no_verdict(setting, tmp_path):
    env, record = {**os.environ, **setting}, tmp_path / "record.json"
    run = subprocess.run([*COMMAND, "verify", "A13", "--record", record], env=env, capture_output=True, check=False)
    assert run.returncode == 0, run.stdout
    assert any(ord(c) > 127 for c in record.read_text(encoding="utf-8"))
    assert subprocess.run([*COMMAND, "replay", record], env=env, capture_output=True, check=False).returncode == 0
    record.write_text(record.read_text(encoding="utf-8").replace("gaussian_integral", "gaussian"), encoding="utf-8")
    run = subprocess.run([*COMMAND, "replay", record], env=env, capture_output=True, check=False)
    assert run.returncode == 1
    assert "refused: step" in run.stdout.decode(setting.get("PYTHONIOENCODING", "utf-8"))


@posix
@pytest.mark.parametrize("command", ["list", "show A9", "errata", "completion bash", "hypotheses A13"])
def test_a_pipe_that_closes_after_one_line_is_no_error(command):
    line = f"{sys.executable} -m symbolic_mqb {command} | head -n 1"
    run = subprocess.run(line, shell=True, capture_output=True, text=True, check=False)
    assert run.stderr == ""
    assert len(run.stdout.splitlines()) == 1


# --- Ctrl-C ---


@posix
@pytest.mark.parametrize(
    "command", [("mutate", "A12", "A13", "A14"), ("hypotheses", "A9", "A15"), ("errata",), ("graph",)]
)
def test_ctrl_c_in_the_middle_ends_everything_at_once(command, tmp_path):
    with subprocess.Popen([*COMMAND, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as child:
        time.sleep(4)
        if child.poll() is None:
            child.send_signal(signal.SIGINT)
        # the streams end only when every process that holds them has: also the workers
        _, err = child.communicate(timeout=25)
    assert child.returncode in (130, 0)
    assert b"Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def _works(pid):
    """The process is there, and not only its entry that nobody has taken away."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="processes as Linux lists them")
@pytest.mark.parametrize(("number", "status", "said"), [("SIGTERM", -15, b""), ("SIGINT", 130, b"interrupted\n")])
def test_workers_end_with_the_command_and_say_nothing(number, status, said, tmp_path):
    command = [*COMMAND, "mutate", "A9", "--jobs", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as child:
        children = []
        while len(children) < 2:
            time.sleep(0.1)
            children = [p for t in Path(f"/proc/{child.pid}/task").glob("*/children") for p in t.read_text().split()]
        time.sleep(1.5)  # they are at work
        child.send_signal(getattr(signal, number))
        _, err = child.communicate(timeout=20)
    assert (child.returncode, err) == (status, said)
    end = time.monotonic() + 10
    while any(map(_works, children)):
        assert time.monotonic() < end
        time.sleep(0.1)


def test_the_options_that_are_numbers_are_numbers():
    assert math.isnan(float("nan"))  # what click's range alone lets through
    assert invoke("verify", "A12", "--digits", "nan").exit_code == 2
    assert invoke("verify", "A12", "--seed", "nan").exit_code == 2
    assert invoke("mutate", "A12", "--sample", "0").exit_code == 2
    assert invoke("verify", "A12", "--seed", -(10**40)).exit_code == 0
