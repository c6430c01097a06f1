"""The document compiles with pdflatex and stays on its pages, and each equation compiles alone."""

import os
import shutil
import subprocess

import pytest
from click.testing import CliRunner

from symbolic_mqb.book import paper
from symbolic_mqb.cli import cli
from symbolic_mqb.render.document import FRAGMENT_PACKAGES
from symbolic_mqb.render.pdf import warnings

pytestmark = pytest.mark.skipif(
    shutil.which("pdflatex") is None and not os.environ.get("CI"), reason="pdflatex is not installed"
)


def compiled(folder, name):
    run = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", name], cwd=folder, capture_output=True, check=False
    )
    assert run.returncode == 0, run.stdout.decode(errors="replace")[-2000:]
    return run.stdout.decode(errors="replace")


def test_the_pdf_has_every_label_and_nothing_off_the_page(tmp_path):
    run = CliRunner().invoke(cli, ["latex", "--pdf", "-o", str(tmp_path)])
    assert run.exit_code == 0, run.output
    assert "warning" not in run.output.lower(), run.output
    assert (tmp_path / "symbolic-mqb.pdf").stat().st_size > 100_000
    source = (tmp_path / "symbolic-mqb.tex").read_text(encoding="utf-8")
    assert source.count(r"\subsection*") == len(paper().labels)
    assert "[U+" not in source


def test_every_equation_compiles_alone(tmp_path):
    assert CliRunner().invoke(cli, ["latex", "-o", str(tmp_path)]).exit_code == 0
    files = sorted((tmp_path / "equations").iterdir())
    assert len(files) == len(paper().labels)
    head = f"\\documentclass{{article}}{FRAGMENT_PACKAGES}\\begin{{document}}\n"
    pages = "\\clearpage\n".join(f"\\input{{equations/{p.name}}}\n" for p in files)  # each on a page of its own
    (tmp_path / "own.tex").write_text(head + pages + "\\end{document}\n", encoding="utf-8")
    compiled(tmp_path, "own.tex")
    (tmp_path / "one.tex").write_text(head + f"\\input{{equations/{files[0].name}}}\n\\end{{document}}\n")
    compiled(tmp_path, "one.tex")


def test_what_matters_in_a_log():
    log = "Overfull \\hbox (0.4pt too wide) in x\nOverfull \\hbox (12.5pt too wide) in y\n"
    log += "LaTeX Warning: Reference undefined.\n"
    assert warnings(log) == ["Overfull \\hbox (12.5pt too wide) in y", "LaTeX Warning: Reference undefined."]
