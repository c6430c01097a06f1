"""Points that satisfy given hypotheses: random ones, mended where a hypothesis fails."""

from __future__ import annotations

import cmath
import math
from typing import Any

from .points import _ARITHMETIC, World
from .terms import Bad, Term
from .values import Skip, product, real, times, whole

_POINTS, _TRIES = 2, 12


class Tester:
    """Tests statements; points and outcomes are kept, so that a statement is tested once."""

    __test__ = False  # pytest: this is no test

    def __init__(self) -> None:
        self.worlds: dict[frozenset[Term], list[World]] = {}
        self.outcomes: dict[tuple[frozenset[Term], Term], bool | None] = {}

    def test(self, hypotheses: frozenset[Term], statement: Term) -> bool:
        """Whether the statement was found true at some point; Bad if it is false at one."""
        if statement in hypotheses:
            return True
        key = (hypotheses, statement)
        if key not in self.outcomes:
            found = [holds(w, statement) for w in self.points(hypotheses)]
            self.outcomes[key] = None if False in found else True in found
        if self.outcomes[key] is None:
            raise Bad(f"false at a point: {statement}")
        return bool(self.outcomes[key])

    def points(self, hypotheses: frozenset[Term]) -> list[World]:
        if hypotheses not in self.worlds:
            ordered = sorted(hypotheses, key=lambda h: (_rank(h), len(repr(h)), repr(h)))
            found: list[World] = []
            for n in range(_TRIES):
                world = World(f"{n}")
                if len(found) < _POINTS and Mender(world, ordered).satisfied():
                    found.append(world)
            self.worlds[hypotheses] = found
        return self.worlds[hypotheses]


def holds(world: World, statement: Term, budget: int = 60_000) -> bool | None:
    """True or False, or None where it has no value."""
    world.budget = budget
    try:
        return bool(world.value(statement))
    except (Skip, TypeError, AttributeError, *_ARITHMETIC):
        return None


def _rank(h: Term) -> int:
    return {"povm": 0, "projective": 0, "eq": 1}.get(h.op, 2)


class Mender:
    """Changes a world until it satisfies the hypotheses."""

    def __init__(self, world: World, hypotheses: list[Term]) -> None:
        self.world, self.hypotheses = world, hypotheses

    def satisfied(self) -> bool:
        for attempt in range(8):
            failing = [h for h in self.hypotheses if not holds(self.world, h, 20_000)]
            if not failing:
                return True
            for h in failing:
                if not holds(self.world, h, 20_000):
                    self._mend(h, attempt)
        return False

    def _set(self, v: Term, value: Any) -> None:
        self.world.values[v] = value
        self.world.forget()

    def _mend(self, h: Term, attempt: int) -> None:
        ways = [self._effects, self._polar, self._kraus, self._entry, self._norm, self._solve]
        for way in ways:
            try:
                if way(h, attempt):
                    return
            except (Skip, TypeError, AttributeError, *_ARITHMETIC):
                continue

    # --- ways to mend ------------------------------------------------------------------------------------------------

    def _effects(self, h: Term, attempt: int) -> bool:
        """Effects that sum to one: random positive ones, or projectors on two orthogonal vectors."""
        if h.op not in ("povm", "projective") or h.parts[0].op != "var":
            return False
        family, count = h.parts
        dice = self.world.dice("effects", family.parts[0], attempt)
        if count.op == "var":
            self._set(count, 2 if h.op == "projective" else dice.choice((2, 3)))
        d = whole(self.world.value(count))
        vectors = [
            (complex(dice.gauss(0, 1), dice.gauss(0, 1)), complex(dice.gauss(0, 1), dice.gauss(0, 1))) for _ in range(d)
        ]
        if h.op == "projective":
            a, b = vectors[0]
            vectors = [(a, b), (-b.conjugate(), a.conjugate()), *[(0j, 0j)] * (d - 2)]
            norm = abs(a) ** 2 + abs(b) ** 2
            effects = [times(1 / norm, _projector(v)) for v in vectors]
        else:
            raw = [_plus(_projector(v), times(dice.uniform(0.05, 0.5), ((1, 0), (0, 1)))) for v in vectors]
            total = raw[0]
            for m in raw[1:]:
                total = _plus(total, m)
            root = _inverse_root(total)
            effects = [product(product(root, m), root) for m in raw]
        for j, m in enumerate(effects, 1):
            self.world.tables[(family, j)] = m
        self.world.variable(family)
        self.world.forget()
        return True

    def _polar(self, h: Term, attempt: int) -> bool:
        """z = ± r e^{± iφ}: r and φ from z."""
        if h.op != "eq" or h.parts[1].op != "mul":
            return False
        *front, e = h.parts[1].parts
        if e.op != "exp" or e.parts[0].op != "mul" or front[-1].op != "var" or e.parts[0].parts[-1].op != "var":
            return False
        z = complex(self.world.value(h.parts[0])) * (-1 if len(front) == 2 else 1)
        self._set(front[-1], abs(z))
        self._set(e.parts[0].parts[-1], cmath.phase(z) * (-1 if len(e.parts[0].parts) == 3 else 1))
        return True

    def _kraus(self, h: Term, attempt: int) -> bool:
        """Σ K†K = 1: each K times the inverse root of the sum."""
        if h.op != "eq" or h.parts[1].op != "identity" or h.parts[0].op != "sum":
            return False
        (family,) = (v for v in h.frees if v.parts[1] == "nat->op")
        count = h.parts[0].parts[1]
        if count.op == "var" and whole(self.world.value(count)) == 0:
            self._set(count, 2)
        root = _inverse_root(self.world.value(h.parts[0]))
        for j in range(1, whole(self.world.value(count)) + 1):
            self.world.tables[(family, j)] = product(self.world.value(family)(j), root)
        self.world.forget()
        return True

    def _entry(self, h: Term, attempt: int) -> bool:
        """f(1) = x: that value of f."""
        left = h.parts[0]
        if h.op != "eq" or left.op != "app" or left.parts[0].op != "var" or left.parts[0].parts[1].startswith("real"):
            return False
        at = tuple(whole(self.world.value(p)) for p in left.parts[1:])
        self.world.tables[(left.parts[0], *at)] = self.world.value(h.parts[1])
        self.world.forget()
        return True

    def _norm(self, h: Term, attempt: int) -> bool:
        """‖c‖² = 1: c divided by its norm."""
        if h.op != "eq" or h.parts[1].op != "num":
            return False
        families = [v for v in h.frees if v.parts[1].endswith("->complex")]
        if len(families) != 1 or h.parts[0].op == "app":
            return False
        total = real(self.world.value(h.parts[0]))
        if total <= 0:
            for v in h.frees:
                if v.parts[1] == "nat":
                    self._set(v, 1 + attempt % 2)
            total = real(self.world.value(h.parts[0]))
        scale = math.sqrt(real(self.world.value(h.parts[1])) / total)
        for key in list(self.world.tables):
            if key[0] is families[0]:
                self.world.tables[key] *= scale
        self.world.forget()
        return True

    def _solve(self, h: Term, attempt: int) -> bool:
        """One number in the statement is moved until it holds, by secants."""
        if h.op not in ("eq", "le", "lt", "ne", "is_real", "is_int"):
            return False
        plain = [v for v in sorted(h.frees, key=repr) if v.parts[1] in ("nat", "int", "real", "complex")]
        alone = [v for v in plain if v in h.parts]
        dice = self.world.dice("solve", repr(h), attempt)
        dice.shuffle(plain)
        for v in (*alone, *plain):
            before = self.world.variable(v)
            if self._move(h, v, dice):
                return True
            self._set(v, before)
        return False

    def _move(self, h: Term, v: Term, dice: Any) -> bool:
        if h.op not in ("eq", "le", "lt"):
            self._set(v, real_part(dice.uniform(0.5, 2)) if v.parts[1] in ("real", "complex") else dice.randint(1, 3))
            return bool(holds(self.world, h))
        margin = 0.0 if h.op == "eq" else dice.uniform(0.02, 0.5)
        exact = v.parts[1] in ("nat", "int")

        def gap(x: float) -> float:
            self._set(v, x)
            a, b = (real(self.world.value(p)) for p in h.parts)
            return float(b) - float(a) - margin

        x0 = float(real_part(self.world.variable(v)))
        x1 = x0 + (1 if exact else 0.37)
        if exact:
            x0, x1 = round(x0), round(x1)
        g0, g1 = gap(x0), gap(x1)
        for _ in range(12):
            if abs(g1 - g0) < 1e-13 or abs(g1) < 1e-12:
                break
            x2: Any = x1 - g1 * (x1 - x0) / (g1 - g0)
            if exact:
                x2 = math.ceil(x2 - 1e-9) if (g1 - g0) / (x1 - x0) > 0 else math.floor(x2 + 1e-9)
                if x2 in (x0, x1):
                    self._set(v, x2)
                    break
            x0, g0, x1, g1 = x1, g1, x2, gap(x2)
        if exact and v.parts[1] == "nat" and self.world.variable(v) < 0:
            return False
        return abs(self.world.variable(v)) < 400 and bool(holds(self.world, h))


def real_part(x: Any) -> Any:
    return x.real if isinstance(x, complex) else x


def _plus(a: Any, b: Any) -> Any:
    return tuple(tuple(x + y for x, y in zip(r, s, strict=True)) for r, s in zip(a, b, strict=True))


def _projector(v: tuple[complex, complex]) -> Any:
    return tuple(tuple(x * y.conjugate() for y in v) for x in v)


def _inverse_root(m: Any) -> Any:
    """M^{−1/2} of a positive matrix of two rows."""
    (a, b), (c, d) = m
    s = cmath.sqrt(a * d - b * c)
    t = cmath.sqrt(a + d + 2 * s)
    root = ((a + s) / t, b / t), (c / t, (d + s) / t)
    det = root[0][0] * root[1][1] - root[0][1] * root[1][0]
    return (root[1][1] / det, -root[0][1] / det), (-root[1][0] / det, root[0][0] / det)
