"""A result as a person reads it in a terminal of 80 columns, without colour."""

from __future__ import annotations

from ..report import domain, value_text
from ..results import Citation, Declared, Erratum
from .reasons import reason
from .text import lines, text


def show(declared: Declared, width: int = 80) -> str:
    """The statement, its hypotheses and domain, the chain with its reasons, citations and errata."""
    out = [lines(f"({declared.label})  {declared.title}", width), ""]
    out += [lines(text(declared.statement), width, 2), ""]
    out += _conditions(declared, width)
    if declared.lines:
        out += ["Derivation" if declared.kind == "result" else "Well defined because", *_chain(declared, width), ""]
    for c in declared.cites:
        out += [*_citation(c, width), ""]
    for e in declared.errata:
        out += [*_erratum(e, width), ""]
    if declared.note:
        out += [lines(declared.note, width), ""]
    return "\n".join(out).rstrip() + "\n"


def _conditions(declared: Declared, width: int) -> list[str]:
    out = []
    by_sort: dict[str, list[str]] = {}
    for d in domain(declared):
        by_sort.setdefault(d["meaning"], []).append(d["text"])
    if by_sort:
        words = "; ".join(f"{', '.join(names)}: {meaning}" for meaning, names in by_sort.items())
        out.append(lines(f"for all {words}", width, 2))
    if declared.given:
        out.append(lines(f"with {', '.join(text(h) for h in declared.given)}", width, 2))
    return [*out, ""] if out else []


def _chain(declared: Declared, width: int) -> list[str]:
    out = []
    if declared.first is not None and declared.kind == "result":
        out.append(lines(text(declared.first), width, 4))
    for number, line in enumerate(declared.lines, 1):
        sign = "= " if line.relation == "eq" else ""
        again = declared.kind == "result" and not sign and line.expression == declared.statement
        shown = "the statement above" if again else text(line.expression)
        out.append(lines(f"{number:>2}  {sign}{shown}", width, 0, 8))
        out.append(lines(f"[{reason(line.by)}]", width, 8, 9))
    return out


def _citation(c: Citation, width: int) -> list[str]:
    out = [lines(f"Cited: {c.name} ({c.reference})", width), lines(c.statement, width, 2)]
    return out + [lines(f"- {h}: {met}", width, 2) for h, met in c.hypotheses]


def _erratum(e: Erratum, width: int) -> list[str]:
    at = ", ".join(f"{text(v)} = {value_text(x)}" for v, x in e.counterexample)
    return [
        f"Erratum ({e.severity})",
        lines(f"printed: {text(e.printed)}", width, 2, 6),
        lines(f"fails at: {at}", width, 2, 6),
        lines(e.explanation, width, 2),
        lines(f"consequence: {e.consequence}", width, 2),
    ]
