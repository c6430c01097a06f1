"""The tables of the command line, drawn with rich; plain and 80 columns wide when piped."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .text import lines

_COLOURS = {
    "proved": "green",
    "corrected": "green",
    "definition": "green",
    "cited": "cyan",
    "checked": "yellow",
    "undecided": "yellow",
    "refuted": "bold red",
}


def console(width: int = 80) -> Console:
    """Standard output: as wide as the terminal, or of a fixed width in a pipe."""
    return Console() if sys.stdout.isatty() else Console(width=width, color_system=None)


def _table(*columns: tuple[str, Any]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, options in columns:
        table.add_column(name, **options)
    return table


_LABEL: dict[str, Any] = {"no_wrap": True}
_NUMBER: dict[str, Any] = {"justify": "right", "no_wrap": True}


def contents(rows: Iterable[tuple[str, str, str, str]], width: int = 80) -> list[str]:
    """label and title; the kind, if it is a definition; what it uses. Read from top to bottom, no columns."""
    out = []
    for label, kind, title, uses in rows:
        out.append(lines(f"{label}: {title}" + (" (definition)" if kind == "definition" else ""), width, 0, 4))
        if uses:
            out.append(lines(f"uses {uses}", width, 4, 6))
    return out


def verdicts(report: dict[str, Any]) -> Table:
    """label, verdict, lines replayed, digits, time."""
    table = _table(
        ("label", _LABEL), ("verdict", _LABEL), ("lines", _NUMBER), ("digits", _NUMBER), ("seconds", _NUMBER)
    )
    for r in report["results"]:
        verdict = Text(r["verdict"], style=_COLOURS[r["verdict"]])
        replayed = f"{r['lines_replayed']}/{len(r['lines'])}" if r["lines"] else "–"
        table.add_row(Text(r["label"]), verdict, replayed, digits(r["numeric"]), f"{r['seconds']:.2f}")
    return table


def digits(numeric: dict[str, Any] | None) -> str:
    """The digits reached, marked where they are not certified."""
    if numeric is None:
        return "–"
    if numeric["verdict"] == "refuted":
        return "refuted"
    if numeric["verdict"] != "agrees":
        return "undecided"
    reached = "exact" if numeric["exact"] else str(numeric["digits"])
    return reached if numeric["certified"] else f"{reached} (not certified)"


def failures(report: dict[str, Any], width: int = 80) -> list[str]:
    """What does not pass, and why."""
    out = []
    for r in report["results"]:
        if r["failure"]:
            out.append(r["failure"])
        elif r["verdict"] in ("checked", "undecided", "refuted"):
            why = "; ".join(r["because"])
            out.append(lines(f"({r['label']}) is {r['verdict']}: {why}", width, 0, 2))
    return out


def citations(report: dict[str, Any], width: int = 80) -> list[str]:
    """The external theorems, with their hypotheses and how each is met."""
    seen: dict[str, list[str]] = {}
    held: dict[str, dict[str, Any]] = {}
    for r in report["results"]:
        for c in r["cites"]:
            seen.setdefault(c["name"], []).append(r["label"])
            held[c["name"]] = c
    out = []
    for name, labels in seen.items():
        c = held[name]
        out.append(lines(f"{name}, used by {', '.join(labels)} ({c['reference']})", width, 2, 4))
        out.append(lines(c["statement"], width, 4, 4))
        out += [lines(f"- {h['hypothesis']}: {h['met']}", width, 4, 6) for h in c["hypotheses"]]
    return out


def errata(report: dict[str, Any], width: int = 80, full: bool = True) -> list[str]:
    """The errors of the print."""
    out = []
    for r in report["results"]:
        for e in r["erratum"] or ():
            state = "" if e["refuted"] else "  NOT CONFIRMED"
            out.append(lines(f"({r['label']}) {e['severity']}: {e['explanation']}{state}", width, 2, 4))
            if full:
                at = ", ".join(f"{k} = {v}" for k, v in e["counterexample"].items())
                sides = f": {e['sides'][0]} against {e['sides'][1]}" if any(e["sides"]) else ""
                why = f": {e['why']}" if e["why"] and not sides else ""
                out.append(lines(f"printed: {e['printed_text']}", width, 4, 8))
                out.append(lines(f"fails at {at}{sides}{why}", width, 4, 8))
                given = ", ".join(h["text"] for h in r["hypotheses"])
                proved = e["corrected_text"] + (f"   if {given}" if given else "")
                out.append(lines(f"proved: {proved}", width, 4, 8))
                out += [lines(f"consequence: {e['consequence']}", width, 4, 8), ""]
    return out
