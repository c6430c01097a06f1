"""The directives of the domain ``mqb``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from ..render.comparison import regenerated
from ..render.printed import sections
from ..verify import VERDICTS
from .checked import Checked
from .domain import MqbDomain
from .nodes import badge, display, folded, graph, paragraph, prose, reference, title
from .result_view import erratum_body, view
from .scores import ShowScores

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ..render.comparison import Compared, Difference
    from ..render.printed import Display

_SEVERITIES = ("changes a result", "missing condition", "slip")


def register(app: Sphinx) -> None:
    """Add the directives to the domain."""
    for name, directive in (
        ("result", ShowResults),
        ("section", ShowSection),
        ("errata", ShowErrata),
        ("comparison", ShowComparison),
        ("graph", ShowGraph),
        ("trusted", ShowTrusted),
        ("verdicts", ShowVerdicts),
        ("unproved", ShowOpen),
        ("scores", ShowScores),
    ):
        app.add_directive_to_domain("mqb", name, directive)


class _Directive(SphinxDirective):
    """What the directives share: the verified book and the domain."""

    @property
    def checked(self) -> Checked:
        found = self.env.app.mqb_checked if hasattr(self.env, "app") else self.state.document.settings.env.app
        assert isinstance(found, Checked)
        return found

    @property
    def domain(self) -> MqbDomain:
        domain = self.env.get_domain("mqb")
        assert isinstance(domain, MqbDomain)
        domain.note_page(self.env.docname)
        return domain

    def picture(self, names: list[str]) -> nodes.Node:
        """What uses what, in these sections or (for an empty list) in the whole book."""
        data = self.checked.data["results"]
        by_section = self.checked.by_section()
        labels = [label for name in names or by_section for label in by_section[name]]
        edges = [(r["label"], used) for r in data for used in r["uses"]]
        if names:
            here = set(labels)
            edges = [(a, b) for a, b in edges if a in here]
            labels = [*dict.fromkeys(b for _, b in edges if b not in here), *labels]
        return graph(
            labels=labels,
            edges=edges,
            titles={r["label"]: r["title"] for r in data},
            verdicts={r["label"]: r["verdict"] for r in data},
        )

    def shown(self, label: str) -> nodes.Node:
        """The view of a label, noted as shown on this page."""
        self.domain.note(label, self.checked.declared(label).title, self.env.docname)
        return view(self.checked, label)


class ShowResults(_Directive):
    """``.. mqb:result:: LABEL …``"""

    required_arguments = 1
    optional_arguments = 100

    def run(self) -> list[nodes.Node]:
        """The views of the labels."""
        out = []
        for label in self.arguments:
            if label not in self.checked.results:
                raise self.error(f"no result is labelled {label!r}")
            out.append(self.shown(label))
        return out


class ShowSection(_Directive):
    """``.. mqb:section:: NAME``: every result of a section of the paper, in its order."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The views, and the displays that no result states."""
        name = self.arguments[0]
        section = next((s for s in sections() if s.name == name), None)
        if section is None:
            raise self.error(f"no section is named {name!r}; there are {', '.join(s.name for s in sections())}")
        labels = self.checked.by_section()[name]
        self.domain  # noqa: B018  (the page depends on the verification, even if it shows nothing yet)
        out = [self.shown(label) for label in labels]
        if not out:
            return [paragraph("Nothing of this section is in the book yet.")]
        part = nodes.section(ids=["dependencies"], names=[], classes=["mqb-dependencies"])
        part += nodes.title("", "What uses what in this section")
        part += paragraph(
            "From left to right, what is used to what uses it; results of other sections that these use are included. "
            "Each box is a link."
        )
        part += self.picture([name])
        return [*out, part]


class ShowErrata(_Directive):
    """``.. mqb:errata::``: by severity, with counterexamples."""

    def run(self) -> list[nodes.Node]:
        """A section for each severity that occurs."""
        self.domain  # noqa: B018
        out = []
        for severity in _SEVERITIES:
            found = [
                (r["label"], i, e)
                for r in self.checked.data["results"]
                for i, e in enumerate(r["erratum"] or ())
                if e["severity"] == severity
            ]
            if not found:
                continue
            section = nodes.section(ids=[nodes.make_id(f"severity-{severity}")])
            section += nodes.title("", f"{severity[0].upper()}{severity[1:]} ({len(found)})")
            for label, i, e in found:
                section += self._one(label, i, e)
            out.append(section)
        return out or [paragraph("No erratum is declared.")]

    def _one(self, label: str, i: int, e: dict[str, Any]) -> nodes.Node:
        declared = self.checked.declared(label)
        number = f"-{i + 1}" if i else ""
        part = nodes.section(ids=[nodes.make_id(f"erratum-{label}{number}")], classes=["mqb-erratum-entry"])
        part += title(f"({label}) {declared.title}")
        part += erratum_body(declared, i, e)
        return part


class ShowComparison(_Directive):
    """``.. mqb:comparison::``: each display of the paper, what states it, and how the two differ."""

    def run(self) -> list[nodes.Node]:
        """Counts, a table for each section of the paper, and the errata of claims without a display."""
        from ..render.comparison import compared, errata_by_display

        self.domain  # noqa: B018
        rows = compared(self.checked.book)
        kinds = [row.kind for row in rows.values()]
        counts = ", ".join(f"{kind}: {kinds.count(kind)}" for kind in dict.fromkeys(("the same", *sorted(kinds))))
        out: list[nodes.Node] = [paragraph(f"{len(rows)} displays. {counts}.")]
        for s in sections():
            if not s.displays:
                continue
            part = nodes.section(ids=[nodes.make_id(f"compared-{s.name}")])
            part += nodes.title("", s.heading)
            for d in s.displays:
                part += self._entry(d, rows[d.label])
            out.append(part)
        claims = errata_by_display(self.checked.book).get("", ())
        if claims:
            part = nodes.section(ids=["compared-claims"])
            part += nodes.title("", "Claims in running text")
            part += _differences(claims)
            out.append(part)
        return out

    def _entry(self, d: Display, row: Compared) -> nodes.Node:
        entry = nodes.container(classes=["mqb-compared"])
        pieces: list[nodes.Node | str] = [nodes.strong("", f"({d.label}) " if d.numbered else f"{d.label}, {d.where} ")]
        if row.label:
            pieces += ["stated by ", reference(row.label), ". "]
            pieces += [badge(self.checked.results[row.label]["verdict"]), " "]
        words = {"open": "No result states it yet.", "the same": "As printed.", "erratum": "Erratum."}
        entry += paragraph(*pieces, words.get(row.kind, "Notation."))
        if row.differences:
            entry += _differences(row.differences)
        shown = [paragraph("As printed", classes=("mqb-caption",)), display(d.typeset)]
        if row.label:
            shown.append(paragraph("As regenerated", classes=("mqb-caption",)))
            shown += [display(x) for x in regenerated(self.checked.declared(row.label), d)]
        entry += folded("Both formulas", *shown)
        return entry


def _differences(found: tuple[Difference, ...]) -> nodes.Node:
    """A list: each difference named as notation or erratum."""
    out = nodes.bullet_list()
    for d in found:
        kind = f"Erratum ({d.severity}): " if d.kind == "erratum" else "Notation: "
        out += _item(nodes.strong("", kind), *prose(d.words), *((" ", reference(d.label)) if d.label else ()))
    return out


class ShowGraph(_Directive):
    """``.. mqb:graph:: [SECTION …]``: what uses what, of everything or of sections."""

    optional_arguments = 20

    def run(self) -> list[nodes.Node]:
        """The picture's node, drawn when all pages are read."""
        self.domain  # noqa: B018
        return [self.picture(self.arguments)]


class ShowTrusted(_Directive):
    """``.. mqb:trusted::``: the files of the trusted base and the rules, with their sources."""

    def run(self) -> list[nodes.Node]:
        """Two lists."""
        self.domain  # noqa: B018
        base = self.checked.data["trusted_base"]
        files = nodes.bullet_list()
        for f in base["files"]:
            files += _item(nodes.literal("", f["path"]), f": {f['lines_of_code']} lines of code")
        rules = nodes.definition_list(classes=["mqb-rules"])
        for name, rule in self.checked.data["rules"].items():
            item = nodes.definition_list_item()
            item += nodes.term("", "", nodes.literal("", name))
            meaning = nodes.definition()
            meaning += paragraph(rule["inference"])
            item += meaning
            rules += item
        count = f"{base['lines_of_code']} lines of code in {len(base['files'])} files, of this build:"
        said = f"The {len(self.checked.data['rules'])} rules that the lines of the book name"
        return [paragraph(count), files, folded(said, rules)]


class ShowVerdicts(_Directive):
    """``.. mqb:verdicts::``: how many results have which verdict, and the versions that took part."""

    def run(self) -> list[nodes.Node]:
        """A list."""
        self.domain  # noqa: B018
        data = self.checked.data
        out = nodes.bullet_list()
        for verdict in VERDICTS:
            count = sum(r["verdict"] == verdict for r in data["results"])
            if count:
                out += _item(badge(verdict), f" {count}")
        parts = ", ".join(f"{name} {version}" for name, version in data["versions"].items())
        run = f"Seed {data['seed']}, {data['digits']} digits asked; {parts}."
        return [out, paragraph(run, classes=("mqb-caption",))]


class ShowOpen(_Directive):
    """``.. mqb:unproved::``: the displays of the paper that no result of the book states."""

    def run(self) -> list[nodes.Node]:
        """A list, or that there is none."""
        from ..render.printed import main_result

        self.domain  # noqa: B018
        missing = [d for s in sections() for d in s.displays if main_result(d, self.checked.results) is None]
        if not missing:
            return [paragraph("Every display of the paper is stated by a result.")]
        out = nodes.bullet_list()
        for d in missing:
            out += _item(f"({d.label})" if d.numbered else f"{d.label}, {d.where}")
        return [out]


def _item(*pieces: nodes.Node | str) -> nodes.Node:
    item = nodes.list_item()
    item += paragraph(*pieces)
    return item
