"""What the paper prints: its displays, section by section, and where a result of the book belongs.

The formulas are data, in `printed.toml` beside this file; they are shown next to what is proved, and
nothing is decided by them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ..results import Declared

_NUMBER = re.compile(r"\(?\b([A-D]?\d+)\b\)?")
_PACKAGES = {
    "appendix_a": "appendix-a",
    "appendix_b": "appendix-b",
    "appendix_c": "appendix-c",
    "appendix_d": "appendix-d",
    "beyond": "beyond",
}


@dataclass(frozen=True)
class Display:
    """A displayed formula: its number or name, where it stands, its LaTeX, the results that state it.

    `differs` names each difference in notation from the book's statement, as judged by a reader of both.
    """

    label: str
    latex: str
    where: str = ""
    shown_by: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()

    @property
    def numbered(self) -> bool:
        """The paper gives it a number."""
        return not self.where

    @property
    def place(self) -> str:
        """How a reader finds it."""
        return self.where or f"({self.label})"

    @property
    def typeset(self) -> str:
        """LaTeX for mathematics mode: several lines are aligned."""
        return f"\\begin{{aligned}}\n{self.latex}\n\\end{{aligned}}" if "&" in self.latex else self.latex


@dataclass(frozen=True)
class Section:
    """A section of the paper with its displays."""

    name: str
    part: str
    title: str
    displays: tuple[Display, ...]
    words: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The title with the part that it belongs to."""
        return self.title if self.part in ("Main text", "Beyond") else f"{self.part}: {self.title}"


def _display(d: dict[str, Any]) -> Display:
    shown, differs = tuple(d.get("shown_by", ())), tuple(d.get("differs", ()))
    return Display(d["label"], d["latex"].strip(), d.get("where", ""), shown, differs)


@cache
def sections() -> tuple[Section, ...]:
    """The sections of the paper in its order, and one for what goes beyond it."""
    data = tomllib.loads(files(__package__).joinpath("printed.toml").read_text(encoding="utf-8"))
    return tuple(
        Section(
            s["name"],
            s["part"],
            s["title"],
            tuple(map(_display, s.get("display", ()))),
            tuple(s.get("words", ())),
        )
        for s in data["section"]
    )


def displays() -> dict[str, Display]:
    """Every display by its label."""
    return {d.label: d for s in sections() for d in s.displays}


def printed(declared: Declared) -> Display | None:
    """The display that a result is about, if it is about one."""
    known = displays()
    if declared.label in known:
        return known[declared.label]
    stated = next((d for d in known.values() if declared.label in d.shown_by), None)
    return stated or known.get(declared.equation)


def main_result(display: Display, book: Iterable[str]) -> str | None:
    """The label of the result that states a display."""
    labels = set(book)
    for label in (*display.shown_by, display.label):
        if label in labels:
            return label
    return None


def section_of(declared: Declared, module: str | None) -> str:
    """The name of the section that shows a result: where its display stands, else as its `equation` says."""
    package = next((name for part, name in _PACKAGES.items() if part in (module or "").split(".")), None)
    display = printed(declared)
    home = {d.label: s.name for s in sections() for d in s.displays}
    if display is not None and package != "beyond":
        return home[display.label]
    stands = declared.equation
    if package and (package == "beyond" or "main text" not in stands):
        return package
    for s in sections():
        if any(w.lower() in stands.lower() for w in s.words):
            return s.name
    order = list(home)
    for number in _NUMBER.findall(stands):
        if number in home:
            place = order.index(number) - ("before" in stands and number in order[1:])
            return home[order[place]]
    return package or "setup"


def arranged(labels: Iterable[tuple[str, Declared, str | None]]) -> dict[str, list[str]]:
    """section → its labels: those of a display where it stands in the paper, the others after what they belong to."""
    out: dict[str, list[str]] = {s.name: [] for s in sections()}
    order = {label: i for i, label in enumerate(displays())}
    rows = []
    last = -1
    for i, (label, declared, module) in enumerate(labels):
        display = printed(declared)
        last = order[display.label] if display is not None else last
        rows.append((section_of(declared, module), last, label != (display.label if display else ""), i, label))
    for section, _, _, _, label in sorted(rows):
        out[section].append(label)
    return out
