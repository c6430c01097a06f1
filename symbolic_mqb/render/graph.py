"""What uses what, as a picture: a layered drawing in SVG, each label a link. Nothing else is needed to draw it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

_WIDTH, _HEIGHT, _GAP = 170, 22, 56


def layers(labels: Iterable[str], edges: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Labels in columns: each stands to the right of all that it uses; rows follow their neighbours."""
    labels = list(labels)
    uses: dict[str, list[str]] = {label: [] for label in labels}
    for a, b in edges:
        if a in uses and b in uses:
            uses[a].append(b)
    depth: dict[str, int] = {}

    def of(label: str) -> int:
        if label not in depth:
            depth[label] = 0  # a circle, which the book refuses, would end here
            depth[label] = 1 + max((of(u) for u in uses[label]), default=-1)
        return depth[label]

    users: dict[str, list[str]] = {label: [] for label in labels}
    for a, linked in uses.items():
        for b in linked:
            users[b].append(a)
    columns: list[list[str]] = [[] for _ in range(1 + max(map(of, labels), default=-1))]
    for label in sorted(labels, key=of, reverse=True):  # close to the first that uses it
        depth[label] = max(of(label), min((depth[u] for u in users[label]), default=1 + of(label)) - 1)
    for label in labels:
        columns[depth[label]].append(label)
    for _ in range(4):
        _sweep(columns, uses)
        _sweep(columns[::-1], users)
    return columns


def _sweep(columns: list[list[str]], neighbours: Mapping[str, list[str]]) -> None:
    """Order each column by the mean height of its neighbours in the columns before it."""
    height = {label: i / max(1, len(column) - 1) for column in columns for i, label in enumerate(column)}
    for column in columns:
        middle = {
            label: sum(height[n] for n in neighbours[label]) / len(neighbours[label])
            if neighbours[label]
            else height[label]
            for label in column
        }
        column.sort(key=lambda label: middle[label])
        height.update({label: i / max(1, len(column) - 1) for i, label in enumerate(column)})


def svg(
    labels: Iterable[str],
    edges: Iterable[tuple[str, str]],
    links: Mapping[str, str],
    titles: Mapping[str, str],
    verdicts: Mapping[str, str],
) -> str:
    """The picture: from left to right, what is used to what uses it."""
    labels, edges = list(labels), list(edges)
    linked = {x for edge in edges for x in edge}
    columns = layers([label for label in labels if label in linked], edges)
    alone = [label for label in labels if label not in linked]
    tall = max(map(len, columns), default=0)
    per_row = max(1, len(columns))
    place = {
        label: (x * (_WIDTH + _GAP), (y + (tall - len(column)) / 2) * (_HEIGHT + 8))
        for x, column in enumerate(columns)
        for y, label in enumerate(column)
    }
    for i, label in enumerate(alone):
        place[label] = (i % per_row * (_WIDTH + _GAP), (tall + 1 + i // per_row) * (_HEIGHT + 8))
    width = max((x for x, _ in place.values()), default=0) + _WIDTH
    height = max((y for _, y in place.values()), default=0) + _HEIGHT
    parts = [
        f'<div class="mqb-graph" tabindex="0" role="region" aria-label="Dependency graph">'
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 {width + 8:.0f} {height + 8:.0f}" '
        f'width="{width + 8:.0f}" height="{height + 8:.0f}" role="group" aria-label="What uses what: '
        f'{len(labels)} results, {len(edges)} uses">'
    ]
    parts += [_edge(place[b], place[a], a, b) for a, b in edges if a in place and b in place]
    parts += [_box(label, place[label], links, titles, verdicts) for label in place]
    return "\n".join([*parts, "</svg></div>"])


def _edge(start: tuple[float, float], end: tuple[float, float], user: str, used: str) -> str:
    x1, y1 = start[0] + _WIDTH, start[1] + _HEIGHT / 2
    x2, y2 = end[0], end[1] + _HEIGHT / 2
    bend = max(30.0, (x2 - x1) / 2)
    return (
        f'<path class="mqb-edge" d="M{x1:.0f},{y1:.0f} C{x1 + bend:.0f},{y1:.0f} {x2 - bend:.0f},{y2:.0f} '
        f'{x2:.0f},{y2:.0f}" data-from="{escape(used)}" data-to="{escape(user)}"/>'
    )


def _box(
    label: str,
    at: tuple[float, float],
    links: Mapping[str, str],
    titles: Mapping[str, str],
    verdicts: Mapping[str, str],
) -> str:
    x, y = at
    verdict = verdicts.get(label, "")
    box = (
        f'<g class="mqb-node mqb-{escape(verdict)}" data-label="{escape(label)}">'
        f"<title>({escape(label)}) {escape(titles.get(label, ''))}: {escape(verdict)}</title>"
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{_WIDTH}" height="{_HEIGHT}" rx="4"/>'
        f'<text x="{x + _WIDTH / 2:.0f}" y="{y + 15:.0f}" text-anchor="middle">{escape(label)}</text></g>'
    )
    return f'<a href="{escape(links[label])}">{box}</a>' if label in links else box
