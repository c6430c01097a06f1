"""Each display of the paper beside the book: who states it, and whether they differ in notation or in substance."""

from __future__ import annotations

from dataclasses import dataclass

from ..book import Book
from ..results import Declared
from .latex import latex
from .printed import Display, displays, main_result

_SPACES = ("\\left", "\\right", "\\,", "\\!", "\\big", "\\Big", "{", "}", " ", "\n", "~")


@dataclass(frozen=True)
class Compared:
    """A display: the label that states it, 'the same', 'notation', 'erratum' or 'open', and the difference in words."""

    label: str
    kind: str
    difference: str


def compared(book: Book) -> dict[str, Compared]:
    """display → how the book's statement of it compares."""
    return {label: _compare(book, d) for label, d in displays().items()}


def _compare(book: Book, d: Display) -> Compared:
    label = main_result(d, book.labels)
    if label is None:
        return Compared("", "open", "no result of the book states it yet")
    declared = book.declared(label)
    if declared.errata:
        return Compared(label, "erratum", " ".join(f"({e.severity}) {e.explanation}" for e in declared.errata))
    return _notation(d, declared)


def _notation(d: Display, declared: Declared) -> Compared:
    shown, lines = latex(declared.statement), [latex(line.expression) for line in declared.lines]
    pieces = [_bare(p) for p in _rows(d.latex)]
    ours = {_bare(x) for x in (shown, *lines)}
    if all(any(p in o for o in ours) for p in pieces):
        return Compared(declared.label, "the same", "as printed")
    return Compared(declared.label, "notation", "; ".join(_differences(d.latex, " ".join((shown, *lines)), declared)))


def _differences(theirs: str, ours: str, declared: Declared) -> list[str]:
    """What a reader sees to differ, in words."""
    out = []
    for sign, words in _SIGNS:
        if sign in theirs and sign not in ours:
            out.append(words)
    if r"\sigma" in theirs and r"\sigma" not in ours and "A_{00}^{(2)}" in ours:
        out.append("σ² is written out as A₀₀⁽²⁾ − A₀₀²")
    if r"\operatorname{is" not in theirs and any(h.op in ("povm", "projective") for h in declared.given):
        out.append("the sum over outcomes a is over the effects E₁, …, E_d with outcomes a_j")
    if r"\sum_{k,l}" in theirs and r"\sum_{k,l}" not in ours:
        out.append("the double sum over k and l is two sums with their limits")
    if "O(" in ours.replace(r"\left", "") and declared.given:
        out.append("the remainder carries its order, and the report its constant")
    return out or ["names of bound variables, order of factors, or how a fraction is drawn"]


_SIGNS = (
    (r"\xrightarrow", "a limit mapping is stated as the limit of its matrix elements"),
    (r"\to", "the arrow is stated as a typed limit"),
    (r"\delta(", "δ is a typed weak limit or push-forward"),
    (r"\hat{", "operators are given by their matrix elements"),
    (r"\underbrace", "kets are named instead of written out"),
    (r"\sim", "“~” is an equality with its factor"),
    (r"\operatorname{tr}", "the trace is written out"),
    (r"\langle a_i \rangle", "the mean is a number of its own"),
    (r"\dots", "sums with dots are written as sums"),
)


def _rows(latex_: str) -> list[str]:
    return [row.split("&=")[-1].strip().strip("&") for row in latex_.split(r"\\")]


def _bare(text: str) -> str:
    for sign in _SPACES:
        text = text.replace(sign, "")
    return text
