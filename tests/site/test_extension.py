"""Somebody else's documentation shows the paper's results and results of its own."""

import subprocess
import sys

import pytest

pytest.importorskip("sphinx", reason="needs pip install -e '.[docs]'")

MINE = """
from symbolic_mqb.notation.language import half, symbols
from symbolic_mqb.notation.objects import H
from symbolic_mqb.results import Result, eq
from symbolic_mqb.tactics.reasons import use
(n,), (x,) = symbols("n", "nat"), symbols("x", "real")
line = eq(FACTOR**n * H(n, x, half), by=use("A12", b=-1, a=half))
parity = Result("parity", "Even or odd", chain=[H(n, -x, half), line])
"""


def build(folder, page, factor="(-1)", *options):
    (folder / "conf.py").write_text(
        'extensions = ["sphinx.ext.mathjax", "symbolic_mqb.sphinxext"]\nmqb_files = ["mine.py"]\nmqb_digits = 20\n'
    )
    (folder / "mine.py").write_text(MINE.replace("FACTOR", factor))
    (folder / "index.rst").write_text(page)
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", *options, str(folder), str(folder / "out")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    index = folder / "out" / "index.html"
    return run, index.read_text(encoding="utf-8") if index.exists() else ""


def test_results_links_and_folds(tmp_path):
    run, page = build(
        tmp_path, "T\n=\n\nSee :mqb:ref:`A9`.\n\n.. mqb:result:: A9 parity\n\n.. mqb:graph:: appendix-b\n"
    )
    assert run.returncode == 0, run.stderr
    assert 'id="A9"' in page
    assert 'href="#A9"' in page
    assert "verdict: corrected" in page
    assert "verdict: proved" in page
    assert '<details class="mqb-fold">' in page
    assert "<svg" in page


def test_a_result_that_does_not_pass_breaks_the_build(tmp_path):
    run, _ = build(tmp_path, "T\n=\n\n.. mqb:result:: parity\n", "(-2)")
    assert run.returncode != 0
    assert "(parity) is refuted" in run.stderr


def test_an_unknown_label_is_an_error(tmp_path):
    run, _ = build(tmp_path, "T\n=\n\n.. mqb:result:: Z9\n\nSee :mqb:ref:`Z9`.\n")
    assert run.returncode != 0
    assert "Z9" in run.stderr
