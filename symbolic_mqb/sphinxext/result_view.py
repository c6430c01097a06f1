"""One result on a page: verdict, print, statement, hypotheses, derivation, evidence, errata, citations."""

from __future__ import annotations

from typing import Any

from docutils import nodes

from ..kernel.terms import Term
from ..render.breaking import PAGE_WIDTH, fitted, tidy
from ..render.latex import latex
from ..render.printed import printed
from ..render.reasons import reason
from ..render.tables import digits
from ..results import Declared
from .checked import Checked
from .domain import anchor
from .nodes import badge, display, folded, inline, paragraph, prose, reference, references, title


def view(checked: Checked, label: str) -> nodes.section:
    """The section that shows a result."""
    declared, data = checked.declared(label), checked.results[label]
    section = nodes.section(ids=[anchor(label)], classes=["mqb-result"], names=[])
    section += title(f"({label}) {declared.title}")
    section += _status(declared, data)
    section += _sides(declared, data)
    section += _conditions(declared, data)
    section += [_erratum(declared, i, e) for i, e in enumerate(data["erratum"] or ())]
    if declared.lines:
        section += folded(_summary(declared, data), *_derivation(declared, data))
    section += folded("Evidence and place in the book", *_evidence(checked, data))
    section += [_citation(c) for c in data["cites"]]
    if declared.note:
        section += paragraph(*prose(declared.note))
    return section


def _status(declared: Declared, data: dict[str, Any]) -> nodes.Node:
    pieces: list[nodes.Node | str] = [badge(data["verdict"])]
    if declared.equation and declared.equation != declared.label:
        pieces.append(f" belongs to {_place(declared.equation)}")
    if data["because"]:
        pieces.append(f" ({'; '.join(data['because'])})")
    return paragraph(*pieces, classes=("mqb-status",))


def _place(equation: str) -> str:
    short = equation.replace("-", "").isalnum()
    return f"equation ({equation})" if short else equation


def _sides(declared: Declared, data: dict[str, Any]) -> nodes.Node:
    """As printed beside as rederived."""
    both = nodes.container(classes=["mqb-sides"])
    shown = printed(declared)
    if shown is not None and (shown.label == declared.label or declared.label in shown.shown_by):
        left = nodes.container(classes=["mqb-side", "mqb-printed"])
        left += paragraph("As printed", f", {shown.place}" if shown.where else "", classes=("mqb-caption",))
        left += display(shown.typeset)
        both += left
    right = nodes.container(classes=["mqb-side", "mqb-proved-side"])
    caption = "As defined" if declared.kind == "definition" else "As rederived"
    right += paragraph(caption, classes=("mqb-caption",))
    right += display(fitted(declared.statement, PAGE_WIDTH))
    both += right
    return both


def _conditions(declared: Declared, data: dict[str, Any]) -> list[nodes.Node]:
    out = []
    kinds: dict[str, list[str]] = {}
    for d in data["domain"]:
        kinds.setdefault(d["meaning"], []).append(d["symbol"])
    if kinds:
        pieces: list[nodes.Node | str] = ["For all "]
        for i, (meaning, symbols) in enumerate(kinds.items()):
            pieces.append("; " if i else "")
            pieces += [inline(", ".join(symbols)), f": {meaning}"]
        out.append(paragraph(*pieces, "."))
    if declared.given:
        pieces = ["Given "]
        for i, (h, used) in enumerate(zip(declared.given, data["hypotheses"], strict=True)):
            pieces += [", " if i else "", inline(tidy(latex(h)))]
            if used["used"] is False:
                pieces.append(" (not needed by the proof)")
        out.append(paragraph(*pieces, "."))
    return out


def _summary(declared: Declared, data: dict[str, Any]) -> str:
    count = len(declared.lines)
    what = "Derivation" if declared.kind == "result" else "Why it is well defined"
    return f"{what}: {count} line{'s' * (count > 1)}, {data['lines_replayed']} replayed in a fresh process"


def _derivation(declared: Declared, data: dict[str, Any]) -> list[nodes.Node]:
    out: list[nodes.Node] = []
    if declared.first is not None and declared.kind == "result" and declared.lines[0].relation == "eq":
        out.append(display(fitted(declared.first, PAGE_WIDTH)))
    for line, shown in zip(declared.lines, data["lines"], strict=True):
        sign = "= " if line.relation == "eq" else ""
        if declared.kind == "result" and not sign and line.expression == declared.statement:
            out.append(paragraph("The statement above.", classes=("mqb-line",)))
        else:
            out.append(display(fitted(line.expression, PAGE_WIDTH, sign), "mqb-line"))
        pieces: list[nodes.Node | str] = [f"{shown['number']}. ", *words(line.by)]
        if shown["side_conditions"]:
            pieces.append("; needs ")
            for i, h in enumerate(shown["side_conditions"]):
                pieces += [", " if i else "", inline(h)]
        pieces.append(f". Rules: {', '.join(shown['rule'])}" if shown["rule"] else "")
        pieces.append(f". Numerics: {digits(shown['numeric'])} digits." if shown["numeric"] else "")
        out.append(paragraph(*pieces, classes=("mqb-reason",)))
    return out


def words(by: Any) -> list[nodes.Node | str]:
    """A reason, its terms as mathematics."""
    held: list[nodes.Node | str] = []

    def hold(t: Term) -> str:
        held.append(inline(tidy(latex(t))))
        return f"\x00{len(held) - 1}\x00"

    pieces = reason(by, hold).split("\x00")
    out: list[nodes.Node | str] = []
    for i, p in enumerate(pieces):
        out += prose(p) if i % 2 == 0 else [held[int(p)]]
    return out


def _evidence(checked: Checked, data: dict[str, Any]) -> list[nodes.Node]:
    numeric = data["numeric"]
    out = []
    if numeric:
        out.append(
            paragraph(
                f"Evaluated from its definitions at {numeric['points']} or more points: "
                f"{digits(numeric)} digits, {numeric['asked_digits']} asked. "
                + ("Every value is exact or a certified enclosure." if numeric["certified"] else "")
                + (f" {numeric['reason']}" if numeric["reason"] else "")
            )
        )
    for words_, labels in (("Uses ", data["uses"]), ("Used by ", checked.used_by(data["label"]))):
        out.append(paragraph(words_, *(references(labels) if labels else ["nothing"]), "."))
    return out


def _erratum(declared: Declared, i: int, e: dict[str, Any]) -> nodes.Node:
    box = nodes.admonition(classes=["mqb-erratum"])
    box += nodes.title("", f"Erratum: {e['severity']}")
    box += erratum_body(declared, i, e)
    return box


def erratum_body(declared: Declared, i: int, e: dict[str, Any]) -> list[nodes.Node]:
    """The printed statement, what is wrong, the counterexample, what follows."""
    erratum = declared.errata[i]
    at = ", ".join(f"{k} = {v}" for k, v in e["counterexample"].items())
    sides = f": {e['sides'][0]} against {e['sides'][1]}" if any(e["sides"]) else f": {e['why']}" if e["why"] else ""
    state = "" if e["refuted"] else " This run did not confirm it."
    return [
        paragraph("The print says", classes=("mqb-caption",)),
        display(fitted(erratum.printed, PAGE_WIDTH)),
        paragraph(*prose(e["explanation"])),
        paragraph(nodes.strong("", "It fails at "), f"{at}{sides}.{state}"),
        paragraph(nodes.strong("", "Consequence: "), *prose(e["consequence"])),
        paragraph(nodes.strong("", "Proved instead: "), reference(declared.label)),
    ]


def _citation(c: dict[str, Any]) -> nodes.Node:
    box = nodes.admonition(classes=["mqb-citation"])
    box += nodes.title("", f"Cited: {c['name']}")
    box += paragraph(*prose(f"{c['statement']} ({c['reference']})"))
    items = nodes.bullet_list()
    for h in c["hypotheses"]:
        item = nodes.list_item()
        item += paragraph(*prose(f"{h['hypothesis']}: {h['met']}"))
        items += item
    box += items
    return box
