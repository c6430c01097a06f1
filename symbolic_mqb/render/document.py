"""LaTeX of whole results: one display per equation to \\input, and a document that stands alone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..results import Declared
from .latex import latex
from .names import escape
from .reasons import reason
from .text import text

_PREAMBLE = r"""\documentclass[10pt]{article}
\usepackage[utf8]{inputenc}
\usepackage{amsmath,amssymb,graphicx}
\usepackage[a4paper,margin=15mm]{geometry}
\setlength{\parindent}{0pt}
\newsavebox{\mqbbox}
% a display that is shrunk to the width of the line if it does not fit
\newcommand{\mqbfit}[1]{\par\vspace{3pt}\sbox{\mqbbox}{$\displaystyle #1$}%
  \ifdim\wd\mqbbox>\linewidth\resizebox{\linewidth}{!}{\usebox{\mqbbox}}\else\usebox{\mqbbox}\fi\par}
\begin{document}
"""


def body(declared: Declared) -> str:
    """The chain, one line of an `aligned` for each printed relation, reasons as comments."""
    if declared.kind == "definition":
        return latex(declared.statement)
    if declared.first is None:
        return _statements(declared)
    out = [rf"& {latex(declared.first)} \\"]
    for i, line in enumerate(declared.lines, 1):
        end = "" if i == len(declared.lines) else r" \\"
        out.append(f"% {i}: {_comment(reason(line.by))}")
        out.append(rf"& \quad = {latex(line.expression)}{end}")
    return "\\begin{aligned}\n" + "\n".join(out) + "\n\\end{aligned}"


def _statements(declared: Declared) -> str:
    out = []
    for i, line in enumerate(declared.lines, 1):
        end = "" if i == len(declared.lines) else r" \\"
        out += [f"% {i}: {_comment(reason(line.by))}", f"& {latex(line.expression)}{end}"]
    return "\\begin{aligned}\n" + "\n".join(out) + "\n\\end{aligned}"


def _comment(words: str) -> str:
    return " ".join(words.split())


def equation(declared: Declared) -> str:
    """A display to \\input: needs amsmath and amssymb."""
    head = f"% ({declared.label}) {_comment(declared.title)}\n"
    given = "".join(f"% given {text(h)}\n" for h in declared.given)
    return f"{head}{given}\\begin{{equation}}\\tag{{{escape(declared.label)}}}\n{body(declared)}\n\\end{{equation}}\n"


def document(results: Iterable[Declared]) -> str:
    """A document that compiles with pdflatex and needs no other file."""
    return _PREAMBLE + "".join(_section(d) for d in results) + "\\end{document}\n"


def _section(declared: Declared) -> str:
    parts = [rf"\subsection*{{({escape(declared.label)})\quad {escape(declared.title)}}}"]
    if declared.given:
        conditions = ",\\quad ".join(f"${latex(h)}$" for h in declared.given)
        parts.append(rf"Given {conditions}.\par")
    parts += [rf"\mqbfit{{{line}}}" for line in _numbered(declared)]
    if declared.lines:
        notes = [rf"\textsuperscript{{{i}}}~{_note(line.by)}" for i, line in enumerate(declared.lines, 1)]
        parts.append(r"\par\vspace{4pt}{\footnotesize\raggedright " + "\\quad\n".join(notes) + r"\par}")
    for e in declared.errata:
        parts += [rf"\par\textit{{Erratum ({escape(e.severity)}).}} Printed:", rf"\mqbfit{{{latex(e.printed)}}}"]
        parts.append(escape(e.explanation) + r"\par")
    for c in declared.cites:
        parts.append(rf"\textit{{Cited: {escape(c.name)}}} ({escape(c.reference)}). {escape(c.statement)}\par")
    return "\n".join(parts) + "\n\n"


def _numbered(declared: Declared) -> list[str]:
    """Line by line, with the number of its reason above each sign of equality."""
    if declared.kind == "definition":
        stated = [rf"^{{{i}}}\; {latex(line.expression)}" for i, line in enumerate(declared.lines, 1)]
        return [latex(declared.statement), *stated]
    out = [] if declared.first is None else [latex(declared.first)]
    for i, line in enumerate(declared.lines, 1):
        sign = rf"\quad \overset{{{i}}}{{=}} " if line.relation == "eq" else rf"^{{{i}}}\; "
        out.append(sign + latex(line.expression))
    return out


def _note(by: object) -> str:
    reasons = by if isinstance(by, (list, tuple)) else (by,)
    return "; ".join(_mathematical(r) for r in reasons)


def _mathematical(by: object) -> str:
    """The words escaped, the terms as mathematics."""
    marks: list[str] = []

    def hold(t: object) -> str:
        marks.append(f"${latex(t)}$")  # type: ignore[arg-type]
        return f"\x00{len(marks) - 1}\x00"

    words = reason(by, hold)
    pieces = words.split("\x00")
    return "".join(escape(p) if i % 2 == 0 else marks[int(p)] for i, p in enumerate(pieces))


def file_name(label: str) -> str:
    """A file name for a label, the same on every system."""
    return re.sub(r"[^A-Za-z0-9.+-]", "_", label) + ".tex"
