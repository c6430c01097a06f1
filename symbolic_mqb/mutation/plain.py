"""Points where most numbers are 0 or 1: results with many hypotheses that no sampled point meets hold them there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from random import Random
from typing import Any

from ..kernel.terms import Term
from ..numerics.bench import Bench
from ..numerics.witness import REFUTED, Evidence, check_at

_POINTS, _FEW, _DIGITS = 4000, 500, 20
_SMALL, _LARGE = Fraction(1, 64), 10**6
_OTHER: dict[str, tuple[Any, ...]] = {
    "nat": (0, 1, 2, 3, 16, 17, 100),
    "int": (0, 1, -1, 2, -3, 5, -16, 16, 100, -100, 10**4),
    "real": (0, 1, -1, Fraction(1, 2), Fraction(1, 14), _SMALL, 100, -100, _LARGE, -_LARGE),
    "complex": (0, 1, -1, 1j, _SMALL, 2, 100, _LARGE),
}
#: What several numbers of a point may be.
_COMMON: tuple[Any, ...] = (1, 2, 100, _LARGE, _SMALL)
#: Of N.
_SIZES = (0, 1, 2, 3, 16, 16, 16, 100, 100)


def refuted_at_plain(claim: Term, given: Sequence[Term], seed: int, bench: Bench) -> Evidence | None:
    """A certified counterexample among the plain points that satisfy `given`, if there is one."""
    found = _at_plain(claim, given, _POINTS, seed, bench)
    return next((x for x in found if x.verdict == REFUTED and x.certified), None)


def undefined_at_plain(claim: Term, given: Sequence[Term], seed: int, bench: Bench) -> Evidence | None:
    """Evidence that a side has no value at one of a few plain points that satisfy `given`, if there is one."""
    found = _at_plain(claim, given, _FEW, seed, bench)
    return next((x for x in found if x.undefined), None)


def _at_plain(claim: Term, given: Sequence[Term], points: int, seed: int, bench: Bench) -> Iterator[Evidence]:
    variables = sorted(claim.free.union(*(h.free for h in given)), key=repr)
    if all(v.args[1] in _OTHER for v in variables):
        chance = Random(seed)
        for _ in range(points):
            yield check_at(claim, _point(variables, chance), _DIGITS, given, bench)


def _point(variables: Sequence[Term], chance: Random) -> dict[Term, Any]:
    often, rarely = chance.choice(((0, 1), (0, 1), (1, 0))), chance.choice((0.2, 0.4))
    common = chance.choice(_COMMON)
    return {v: _value(v, often, rarely, common, chance) for v in variables}


def _value(v: Term, often: tuple[int, int], rarely: float, common: Any, chance: Random) -> Any:
    if v.args[0] == "N":
        return chance.choice(_SIZES)
    if chance.random() >= rarely:
        return often[chance.random() < 0.25]
    if v.args[1] in ("real", "complex") and chance.random() < 0.5:
        return common
    return chance.choice(_OTHER[v.args[1]])
