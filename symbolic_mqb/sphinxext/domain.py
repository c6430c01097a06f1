"""The domain ``mqb``: where each label is shown, and links to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode


def anchor(label: str) -> str:
    """The label as an anchor of a page."""
    return re.sub(r"[^A-Za-z0-9.-]", "_", label)


class MqbDomain(Domain):
    """Results and definitions by label."""

    name = "mqb"
    label = "checked derivations"
    object_types = {"result": ObjType("result", "ref")}  # noqa: RUF012  (Sphinx's own type)
    roles = {"ref": XRefRole(warn_dangling=True)}  # noqa: RUF012
    dangling_warnings = {"ref": "no page shows a result labelled (%(target)s)"}  # noqa: RUF012
    initial_data = {"results": {}, "pages": [], "digest": ""}  # noqa: RUF012
    data_version = 1

    def note(self, label: str, title: str, docname: str) -> None:
        """A label is shown on this page."""
        self.data["results"].setdefault(label, (docname, title))

    def note_page(self, docname: str) -> None:
        """This page depends on the verification."""
        if docname not in self.data["pages"]:
            self.data["pages"].append(docname)

    def clear_doc(self, docname: str) -> None:
        """Forget what a page showed."""
        shown = self.data["results"]
        for label in [label for label, (doc, _) in shown.items() if doc == docname]:
            del shown[label]
        self.data["pages"] = [p for p in self.data["pages"] if p != docname]

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        """Take over what another reading process found."""
        for label, (doc, title) in otherdata["results"].items():
            if doc in docnames:
                self.note(label, title, doc)
        for page in otherdata["pages"]:
            if page in docnames:
                self.note_page(page)

    def resolve_xref(
        self, env: Any, fromdocname: str, builder: Any, typ: str, target: str, node: Any, contnode: Any
    ) -> Any:
        """The link to a label."""
        found = self.data["results"].get(target)
        if found is None:
            return None
        docname, title = found
        if not node.get("refexplicit"):
            contnode = nodes.inline(f"({target})", f"({target})", classes=["mqb-ref"])
        return make_refnode(builder, fromdocname, docname, anchor(target), contnode, f"({target}) {title}")

    def resolve_any_xref(
        self, env: Any, fromdocname: str, builder: Any, target: str, node: Any, contnode: Any
    ) -> list[tuple[str, Any]]:
        """The link for ``:any:``."""
        found = self.resolve_xref(env, fromdocname, builder, "ref", target, node, contnode)
        return [("mqb:ref", found)] if found is not None else []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """For the search and for other projects."""
        for label, (docname, title) in self.data["results"].items():
            yield label, f"({label}) {title}", "result", docname, anchor(label), 1
