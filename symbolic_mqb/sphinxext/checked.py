"""One verification of the book for one build of the documentation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..book import Book, paper
from ..render.printed import arranged, sections
from ..report import report
from ..results import Declared
from ..userfile import load
from ..verify import PASSING, verify

if TYPE_CHECKING:
    from sphinx.application import Sphinx


@dataclass(frozen=True)
class Checked:
    """The book, the report of its verification, and the order of reading."""

    book: Book
    data: dict[str, Any]
    results: dict[str, dict[str, Any]]
    own: tuple[str, ...]

    def declared(self, label: str) -> Declared:
        """The declaration of a label."""
        return self.book.declared(label)

    def used_by(self, label: str) -> list[str]:
        """The labels whose proofs use this one."""
        return [r["label"] for r in self.data["results"] if label in r["uses"]]

    def by_section(self) -> dict[str, list[str]]:
        """section → its labels in reading order; your own files' results are not among them."""
        labels = [label for label in self.results if label not in self.own]
        return arranged((label, self.declared(label), self.book.home(label)) for label in labels)

    def digest(self) -> str:
        """Changes if anything that is shown does."""
        data = {k: v for k, v in self.data.items() if k != "seconds"}
        results = [{k: v for k, v in r.items() if k != "seconds"} for r in self.data["results"]]
        shown = [repr(sections()), json.dumps({**data, "results": results}, sort_keys=True)]
        return hashlib.sha256("\n".join(shown).encode()).hexdigest()


def check(files: Iterable[Path] = (), digits: int = 50) -> Checked:
    """Verify the paper's results and those of the files."""
    book = paper()
    own = [label for path in files for label in load(path, book)]
    data = report(verify(book, digits=digits))
    return Checked(book, data, {r["label"]: r for r in data["results"]}, tuple(own))


def verify_all(app: Sphinx) -> None:
    """Verify at the start of a build; a result that does not pass is a warning."""
    from sphinx.util import logging

    found = check([Path(app.confdir) / name for name in app.config.mqb_files], app.config.mqb_digits)
    for r in found.data["results"]:
        if r["verdict"] not in PASSING:
            why = r["failure"] or "; ".join(r["because"])
            logging.getLogger(__name__).warning("(%s) is %s: %s", r["label"], r["verdict"], why, type="mqb")
    app.mqb_checked = found


def outdated(app: Sphinx, env: Any, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """The pages to read again: all that show results, if any result changed."""
    domain = env.get_domain("mqb")
    digest = app.mqb_checked.digest()
    if domain.data["digest"] == digest:
        return []
    domain.data["digest"] = digest
    return sorted(set(domain.data["pages"]) & env.found_docs)
