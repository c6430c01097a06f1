"""The document compiles with pdflatex, and so does a document that inputs the equations one by one."""

import shutil
import subprocess

import pytest
from click.testing import CliRunner

from symbolic_mqb.cli import cli

pytestmark = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")


def compiled(folder, name):
    run = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", name], cwd=folder, capture_output=True, check=False
    )
    assert run.returncode == 0, run.stdout.decode(errors="replace")[-2000:]


def test_everything_compiles(tmp_path):
    assert CliRunner().invoke(cli, ["latex", "-o", str(tmp_path)]).exit_code == 0
    compiled(tmp_path, "symbolic-mqb.tex")
    inputs = "".join(f"\\input{{equations/{p.name}}}\n" for p in sorted((tmp_path / "equations").iterdir()))
    head = "\\documentclass{article}\\usepackage{amsmath,amssymb}\\begin{document}\n"
    (tmp_path / "own.tex").write_text(head + inputs + "\\end{document}\n", encoding="utf-8")
    compiled(tmp_path, "own.tex")
