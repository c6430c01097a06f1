"""Each display of the paper beside the book: who states it, and each difference, named as notation or erratum.

Differences in notation are judged by reading both and stand with the display, in `printed.toml`; errata are
those that the book declares and confirms. A display without either must read the same, which is checked.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..book import Book
from ..results import Declared
from .breaking import PAGE_WIDTH, fitted
from .latex import latex
from .printed import Display, displays, main_result, printed

_TYPOGRAPHY = (
    "\\left", "\\right", "\\middle", "\\,", "\\!", "\\big", "\\Big", "{", "}", " ", "\n", "~",
)  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One difference: 'notation' or 'erratum', in words, the label that declares an erratum and its severity."""

    kind: str
    words: str
    label: str = ""
    severity: str = ""


@dataclass(frozen=True)
class Compared:
    """A display: the label that states it and its differences from the print."""

    label: str
    differences: tuple[Difference, ...]

    @property
    def kind(self) -> str:
        """'open' without a result; 'erratum' with one; 'notation'; 'the same'."""
        if not self.label:
            return "open"
        kinds = {d.kind for d in self.differences}
        return "erratum" if "erratum" in kinds else "notation" if kinds else "the same"


def compared(book: Book) -> dict[str, Compared]:
    """display → how the book's statement of it compares."""
    errata = errata_by_display(book)
    out = {}
    for label, d in displays().items():
        notation = tuple(Difference("notation", words) for words in d.differs)
        out[label] = Compared(main_result(d, book.labels) or "", (*errata.get(label, ()), *notation))
    return out


def errata_by_display(book: Book) -> dict[str, tuple[Difference, ...]]:
    """display → the errata of every result that is about it; '' → those of claims in running text."""
    out: dict[str, tuple[Difference, ...]] = {}
    for label in book.labels:
        declared = book.declared(label)
        display = printed(declared) if declared.errata else None
        for e in declared.errata:
            key = display.label if display is not None else ""
            out[key] = (*out.get(key, ()), Difference("erratum", e.explanation, label, e.severity))
    return out


def regenerated(declared: Declared, d: Display, width: float = PAGE_WIDTH) -> list[str]:
    """The LaTeX to stand beside a display: each line, if the print has several or the book states several."""
    relations = {line.relation for line in declared.lines}
    if declared.kind == "definition" or (relations != {"statement"} and "&=" not in d.latex):
        return [fitted(declared.statement, width)]
    first = [] if relations == {"statement"} or declared.first is None else [fitted(declared.first, width)]
    lines = [fitted(line.expression, width, "= " if line.relation == "eq" else "") for line in declared.lines]
    return [*first, *dict.fromkeys(lines)]


def reads_the_same(d: Display, declared: Declared) -> bool:
    """Each line of the print stands in the book's statement or derivation, spacing and braces aside."""
    ours = [_bare(latex(x)) for x in (declared.statement, *(line.expression for line in declared.lines))]
    return all(any(_bare(row) in x for x in ours) for row in _rows(d.latex))


def _rows(latex_: str) -> list[str]:
    return [row.split("&=")[-1].strip().strip("&") for row in latex_.split(r"\\")]


def _bare(text: str) -> str:
    text = text.replace("+\\infty", "\\infty")
    for sign in _TYPOGRAPHY:
        text = text.replace(sign, "")
    return text
