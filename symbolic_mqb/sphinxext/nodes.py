"""The pieces that a page is made of: folds, the graph, links to labels, mathematics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

from ..render.graph import svg
from ..render.names import raised, script
from .domain import anchor

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class fold(nodes.General, nodes.Element):
    """Content that is opened by its summary; other builders than HTML show it open."""


class graph(nodes.General, nodes.Element):
    """The picture of what uses what; links are known once every page is read."""


def register(app: Sphinx) -> None:
    """Tell Sphinx how the pieces look."""
    plain = (_nothing, _nothing)
    app.add_node(fold, html=(_open_fold, _close_fold), latex=plain, text=plain, man=plain, texinfo=plain)
    app.add_node(graph, html=plain, latex=plain, text=plain, man=plain, texinfo=plain)


def _nothing(self: Any, node: nodes.Element) -> None:
    pass


def _open_fold(self: Any, node: nodes.Element) -> None:
    self.body.append(f'<details class="mqb-fold"><summary>{self.encode(node["summary"])}</summary>\n')


def _close_fold(self: Any, node: nodes.Element) -> None:
    self.body.append("</details>\n")


def folded(summary: str, *content: nodes.Node) -> nodes.Node:
    """A fold with its content."""
    node = fold(summary=summary)
    node += list(content)
    return node


def display(latex: str, *classes: str) -> nodes.Node:
    """A display that scrolls sideways if it is too wide."""
    box = nodes.container(classes=["mqb-display", *classes])
    box += nodes.math_block(latex, latex, nowrap=False, number=None, label=None, docname="")
    return box


def inline(latex: str) -> nodes.Node:
    """A formula in a sentence."""
    return nodes.math(latex, latex)


def reference(label: str) -> nodes.Node:
    """A link to a label, resolved when every page is read."""
    node = addnodes.pending_xref(
        "", refdomain="mqb", reftype="ref", reftarget=label, refexplicit=False, refwarn=False, classes=["mqb-link"]
    )
    node += nodes.inline(f"({label})", f"({label})", classes=["mqb-ref"])
    return node


def references(labels: list[str]) -> list[nodes.Node]:
    """Links with commas between them."""
    out: list[nodes.Node] = []
    for i, label in enumerate(labels):
        out += [nodes.Text(", ")] if i else []
        out.append(reference(label))
    return out


def paragraph(*pieces: nodes.Node | str, classes: tuple[str, ...] = ()) -> nodes.Node:
    """A paragraph of text and nodes."""
    node = nodes.paragraph(classes=list(classes))
    node += [nodes.Text(p) if isinstance(p, str) else p for p in pieces]
    return node


def prose(text: str) -> list[nodes.Node | str]:
    """Running text of the book: its a_i, e^{itX} and U_φ† with indices raised and lowered."""
    out: list[nodes.Node | str] = []
    for piece in raised(text):
        index = script(piece)
        if index is not None:
            node = nodes.subscript() if index[0] == "_" else nodes.superscript()
            node += [nodes.Text(p) if isinstance(p, str) else p for p in prose(index[1])]
            out.append(node)
        elif out and isinstance(out[-1], str):
            out[-1] += piece
        else:
            out.append(piece)
    return out


def title(text: str) -> nodes.title:
    """A heading, with indices lowered."""
    node = nodes.title(text, "")
    node += [nodes.Text(p) if isinstance(p, str) else p for p in prose(text)]
    return node


def badge(verdict: str) -> nodes.Node:
    """The verdict as a word in a coloured frame; the word itself is what a screen reader says."""
    return nodes.inline(f"verdict: {verdict}", f"verdict: {verdict}", classes=["mqb-badge", f"mqb-{verdict}"])


def resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Draw the graphs, now that it is known where each label is shown."""
    for node in list(doctree.findall(graph)):
        if app.builder.format != "html":
            node.replace_self([])
            continue
        shown = app.env.get_domain("mqb").data["results"]
        links = {
            label: f"{app.builder.get_relative_uri(docname, shown[label][0])}#{anchor(label)}"
            for label in node["labels"]
            if label in shown
        }
        picture = svg(node["labels"], node["edges"], links, node["titles"], node["verdicts"])
        node.replace_self(nodes.raw("", picture, format="html"))
