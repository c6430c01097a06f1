"""``.. mqb:scores:: FILE``: the numbers that runs have measured, from a file that the runs wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from .nodes import paragraph


class ShowScores(SphinxDirective):
    """Each run in the file (relative to the source folder): its numbers, command, date, commit and machine."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """A section for each run."""
        name = self.arguments[0]
        path = Path(self.env.srcdir) / name
        self.env.note_dependency(name)
        try:
            runs = json.loads(path.read_text(encoding="utf-8"))["runs"]
            return [self._one(r) for r in runs] or [paragraph("No run is recorded.")]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise self.error(f"{name} is no file of scores: {error!r}") from error

    def _one(self, run: dict[str, Any]) -> nodes.Node:
        part = nodes.section(ids=[nodes.make_id(f"scores-{run['name']}")], classes=["mqb-scores"])
        part += nodes.title("", run["title"])
        table = nodes.bullet_list()
        for what, number in run["numbers"].items():
            item = nodes.list_item()
            item += paragraph(f"{what}: ", nodes.strong("", str(number)))
            table += item
        part += table
        scope = "" if run["scope"] == "all" else f" Restricted to {run['scope']}."
        state = "" if run["clean"] else " with uncommitted changes"
        m = run["machine"]
        part += paragraph(
            nodes.literal("", run["command"]),
            f", on {run['date'][:10]}, at commit {run['commit']}{state}, {run['seconds']:.0f} s on {m['cores']} cores "
            f"of {m['processor']}, {m['system']}, Python {m['python']}.{scope}",
            classes=("mqb-caption",),
        )
        return part
