"""The document as a PDF, by the pdflatex of this machine."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path


class NoPdf(Exception):
    """pdflatex is missing or refuses the document."""


def pdf(source: str, target: Path) -> list[str]:
    """Compile the LaTeX source to `target`; the warnings that matter (empty if all is well)."""
    program = shutil.which("pdflatex")
    if program is None:
        raise NoPdf("pdflatex is not installed (on Debian: texlive-latex-recommended, texlive-latex-extra, lmodern)")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "document.tex").write_text(source, encoding="utf-8")
        for _ in range(3):  # references and the table of contents settle
            run = subprocess.run(
                [program, "-interaction=nonstopmode", "-halt-on-error", "document.tex"],
                cwd=folder,
                capture_output=True,
                check=False,
            )
            if run.returncode:
                raise NoPdf("pdflatex stopped:\n" + run.stdout.decode(errors="replace")[-1500:])
        log = (Path(folder) / "document.log").read_text(encoding="utf-8", errors="replace")
        shutil.copy(Path(folder) / "document.pdf", target)
    return warnings(log)


def warnings(log: str) -> list[str]:
    """What in a log matters: text off the page by more than a point, undefined references, LaTeX's own warnings."""
    found = [m.group(0) for m in re.finditer(r"Overfull \\hbox \((\d+\.\d+)pt.*", log) if float(m.group(1)) > 1.0]
    return found + re.findall(r"(?:LaTeX|Package \w+) Warning: .*", log)
