"""What a terminal shows is legible at 80 columns, without colour and read aloud line by line."""

import os
import pty
import re
import subprocess
import sys
import unicodedata

import pytest
from click.testing import CliRunner

from symbolic_mqb.book import paper
from symbolic_mqb.cli import cli
from symbolic_mqb.render.show import show
from symbolic_mqb.render.tables import contents, errata

DRAWN = re.compile(r"[\u2500-\u259f]|\x1b")


def output(*arguments):
    return CliRunner().invoke(cli, arguments).output


def columns(line):
    return sum(not unicodedata.combining(c) for c in line)


def too_wide(text):
    """Lines wider than 80 columns that a space before it would have broken."""
    return [line for line in text.splitlines() if columns(line) > 80 and " " in line.strip()[:-1]]


@pytest.mark.parametrize("label", paper().labels)
def test_show_fits_and_says_each_thing_in_words(label):
    declared = paper().declared(label)
    shown = show(declared)
    assert not too_wide(shown)
    assert not DRAWN.search(shown)
    assert shown.startswith(f"({label})  ")
    assert shown.count("Erratum (") == len(declared.errata)
    assert len(re.findall(r"^ *\d+  ", shown, re.MULTILINE)) >= len(declared.lines)


def test_show_does_not_say_the_statement_twice():
    shown = show(paper().declared("mean-nonlinear"))
    assert shown.count("the statement above") == 1
    assert shown.count("≠") == 1


def test_a_verdict_is_a_word():
    shown = output("verify", "A9", "--jobs", "1")
    assert not DRAWN.search(shown)
    assert not too_wide(shown)
    rows = {line.split()[0]: line.split()[1] for line in shown.splitlines() if line.strip()}
    assert rows["label"] == "verdict"
    assert rows["A9"] == "corrected"
    assert "results pass" in shown


def test_no_colour_where_none_is_wanted():
    """On a terminal with NO_COLOR no escape sequence is sent; without it, the words are the same."""
    plain, coloured = (on_a_terminal(extra) for extra in ({"NO_COLOR": "1"}, {}))
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", plain)
    bare = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\d+\.\d+")
    assert bare.sub("", coloured).split() == bare.sub("", plain).split()


def on_a_terminal(extra):
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS")}
    environment |= {"TERM": "xterm-256color", "COLUMNS": "80", **extra}
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "symbolic_mqb", "verify", "A11", "--jobs", "1"]
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, env=environment) as run:
        os.close(theirs)
        out = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            out += piece
        assert run.wait() == 0
    os.close(ours)
    return out.decode()


def test_the_list_reads_from_top_to_bottom():
    shown = output("list")
    assert not DRAWN.search(shown)
    assert not too_wide(shown)
    heads = [line for line in shown.splitlines() if not line.startswith(" ")]
    assert [line.partition(": ")[0] for line in heads] == list(paper().labels)
    long = contents([("A1", "definition", "word " * 30, "B1, B2")])
    assert long[0].splitlines()[1].startswith("    word")
    assert long[0].endswith("(definition)")
    assert long[1] == "    uses B1, B2"


def test_errata_are_labelled_parts():
    erratum = {"severity": "slip", "explanation": "wrong " * 20, "refuted": False, "counterexample": {"x": "1"}}
    erratum |= {"sides": ["0", "1"], "why": "", "printed_text": "a", "corrected_text": "b", "consequence": "none"}
    report = {"results": [{"label": "A9", "hypotheses": [{"text": "0 < α"}], "erratum": [erratum]}]}
    text = "\n".join(errata(report))
    assert not too_wide(text)
    assert "NOT CONFIRMED" in text
    for words in (
        "(A9) slip:",
        "printed: a",
        "fails at x = 1: 0 against 1",
        "proved: b   if 0 < α",
        "consequence: none",
    ):
        assert words in text


def test_a_newcomer_is_told_what_to_type():
    shown = output()
    assert not too_wide(shown)
    assert not DRAWN.search(shown)
    named = re.findall(r"^  symbolic-mqb ([a-z]+)", shown, re.MULTILINE)
    assert {"verify", "show", "list", "errata", "latex", "completion"} <= set(named)
    assert set(named) <= set(cli.commands)
