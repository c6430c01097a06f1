"""Linear arithmetic: Fourier–Motzkin elimination, with products of powers as unknowns."""

from __future__ import annotations

from .polynomial import ONE_MONO, Mono, Polynomial
from .terms import Term

#: p >= 0, or p > 0 where strict, with the hypotheses that say so.
Inequality = tuple[Polynomial, bool, frozenset[Term]]
_LIMIT = 400


def connected(rows: list[Inequality], seed: list[Mono]) -> list[Mono]:
    """The unknowns that share an inequality with the goal's, directly or not, in a fixed order."""
    found, apart = dict.fromkeys(seed), rows
    while True:
        near = [row for row in apart if not found.keys().isdisjoint(row[0].terms)]
        if not near:
            return list(found)
        apart = [row for row in apart if found.keys().isdisjoint(row[0].terms)]
        for p, _, _ in near:
            found.update(dict.fromkeys(m for m in p.terms if m))


def contradiction(rows: list[Inequality]) -> frozenset[Term] | None:
    """Fourier–Motzkin: the hypotheses behind 0 > 0 or a negative number >= 0, or None."""
    new = rows
    while True:
        for p, strict, hyps in new:
            c = p.constant()
            if c is not None and (c < 0 or (strict and c == 0)):
                return hyps
        rows, unknown = _cheapest(rows)
        if unknown is None:
            return None
        low = [r for r in rows if r[0].terms.get(unknown, 0) > 0]
        high = [r for r in rows if r[0].terms.get(unknown, 0) < 0]
        rows = [r for r in rows if unknown not in r[0].terms]
        if len(rows) + len(low) * len(high) > _LIMIT:
            return None
        new = []
        for p, s1, h1 in low:
            for q, s2, h2 in high:
                joined = p.scale(-q.terms[unknown]) + q.scale(p.terms[unknown])
                new.append((joined, s1 or s2, h1 | h2))
        rows += new


def _cheapest(rows: list[Inequality]) -> tuple[list[Inequality], Mono | None]:
    """The rows without those that no other can cancel, and the unknown whose elimination makes the fewest new rows."""
    while True:
        counts: dict[Mono, list[int]] = {}
        for p, _, _ in rows:
            for m, c in p.terms.items():
                sides = counts.get(m)
                if sides is None:
                    sides = counts[m] = [0, 0]
                sides[c > 0] += 1
        counts.pop(ONE_MONO, None)
        alone = [m for m, sides in counts.items() if not (sides[0] and sides[1])]
        if not alone:
            return rows, min(counts, key=lambda m: counts[m][0] * counts[m][1], default=None)
        rows = [r for r in rows if r[0].terms.keys().isdisjoint(alone)]
