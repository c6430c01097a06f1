"""Seeded points that satisfy the hypotheses: proposed, completed by solving equations, and verified.

Whatever the proposal, a point counts only if the certified evaluation of every hypothesis
holds there. Values given as terms are balls that are computed again at each precision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

from flint import acb, arb, fmpq

from ..kernel.errors import TermError
from ..kernel.terms import Term, apply, lam, num
from . import kraus, points
from .compiler import Compiler
from .constraints import Constraints, Polar, read
from .errors import Undefined, Unsupported
from .evaluate import Evaluator
from .large import first_size
from .outcomes import TRUE
from .scalars import is_exact
from .statements import statement
from .states import States

Point = dict[Term, Any]
_ATTEMPTS = 60
_DIGITS = 25


def sample(
    free_variables: Iterable[Term],
    hypotheses: Iterable[Term],
    count: int,
    seed: int = 0,
    statements: Iterable[Term] = (),
    compiler: Compiler | None = None,
) -> list[Point]:
    """Up to `count` different points where every hypothesis is verified, awkward ones first.

    `statements` are not assumed; they only tell how large the numbers may be (2^N grows quickly).
    """
    return drawn(read(free_variables, hypotheses, statements), count, seed, compiler or Compiler())


def drawn(constraints: Constraints, count: int, seed: int, compiler: Compiler) -> list[Point]:
    """Up to `count` different points that meet the constraints, awkward ones first."""
    random = Random(seed)
    found: list[Point] = []
    for attempt in range(_ATTEMPTS * max(count, 1)):
        if len(found) >= count or (not constraints.variables and found):
            break
        point = _propose(constraints, random, attempt, compiler)
        if point is not None and point not in found and _holds(constraints, point, compiler):
            found.append(point)
    return found if constraints.late is None else _after_thresholds(found, *constraints.late, compiler)


def _after_thresholds(found: list[Point], n: Term, thresholds: tuple[Term, ...], compiler: Compiler) -> list[Point]:
    """The points, each with an N at or soon after the first one that the thresholds allow."""
    out = []
    for i, point in enumerate(found):
        evaluator = Evaluator(point, _DIGITS, compiler)
        try:
            first = max(first_size(evaluator, t) for t in thresholds)
        except (TermError, Unsupported, Undefined):
            continue
        out.append({**point, n: max(first, 0) + i**3})
    return out


def satisfied(hypotheses: Iterable[Term], values: Mapping[Term, Any], digits: int, compiler: Compiler) -> bool:
    """Does every hypothesis hold at the point, by certified evaluation (of one about all large N: at a few N)?"""
    evaluator = Evaluator(values, digits, compiler)
    for h in hypotheses:
        try:
            outcome = statement(evaluator, h)
        except TermError:
            return False
        if outcome.verdict != TRUE or not outcome.certified:
            return False
    return True


def _holds(constraints: Constraints, point: Point, compiler: Compiler) -> bool:
    return satisfied(constraints.hypotheses, point, _DIGITS, compiler)


def _propose(c: Constraints, random: Random, attempt: int, compiler: Compiler) -> Point | None:
    """Solved equations always; equations that may be affine in a variable at every other attempt."""
    point: Point = {}
    solved = {**c.affine, **c.solved} if attempt % 2 else c.solved
    for p in c.polar:
        solved = {**solved, **_size_and_angle(p, _range(c, p.size, point, compiler), attempt)}
    fixed = {v for v in c.variables if v in solved and not solved[v].free and v not in c.roots}
    for v in fixed:  # the bounds of others may depend on them
        point[v] = _simplified(solved[v], point, compiler)
    for position, v in enumerate(c.variables):
        if v in solved:
            continue
        value = _value(c, v, point, random, attempt, position, compiler)
        if value is None:
            return None
        point[v] = value
    for v in c.variables:
        if v in solved and v not in fixed:
            chosen = _root(c, v, solved[v], point, attempt, compiler)
            point[v] = _simplified(chosen, point, compiler) if v.args[1] in ("nat", "int") else chosen
    for v, h in c.norms:
        _scale(v, h, point, compiler)
    for v, n, value in c.entries:
        point[v] = {**point[v], n: value}
    return point


def _root(c: Constraints, v: Term, value: Term, point: Point, attempt: int, compiler: Compiler) -> Term:
    """For v² = e every third time −√e, where v may be negative; otherwise the value as it is."""
    low = _range(c, v, point, compiler).low
    return -value if v in c.roots and attempt % 3 == 2 and (low is None or low < 0) else value


def _size_and_angle(p: Polar, bounds: points.Interval, attempt: int) -> dict[Term, Term]:
    """|z| and arg z, or −|z| and arg(−z) if the size is to be negative or, by turns, may be."""
    positive = bounds.low is not None and bounds.low >= 0
    negative = bounds.high is not None and bounds.high <= 0
    size = Term("abs", (p.value,))
    if negative or (attempt % 4 > 1 and not positive):
        return {p.size: -size, p.angle: Term("arg", (-p.value,))}
    return {p.size: size, p.angle: Term("arg", (p.value,))}


def _simplified(t: Term, point: Point, compiler: Compiler) -> Any:
    value = _exact(t, point, compiler)
    return t if value is None else (int(value) if value.denominator == 1 else value)


def _value(
    c: Constraints, v: Term, point: Point, random: Random, attempt: int, position: int, compiler: Compiler
) -> Any:
    sort = v.args[1]
    if sort == "real->real":
        return _below(c, v, points.real_function(random, attempt, c.angular), point, compiler)
    if sort == "measure":
        return points.measure(random, attempt)
    if sort == "states":
        return States(attempt)
    if "->" in sort:
        return _table(c, v, point, random, attempt, compiler)
    bounds = _range(c, v, point, compiler)
    if c.extreme and sort in ("nat", "int", "real", "complex"):
        return _extreme(sort, random, bounds)
    if sort in ("nat", "int"):
        return points.natural(random, attempt, position, bounds, 0 if sort == "nat" else -2, _spread(c, v))
    if sort == "real":
        return points.real(random, attempt, position, bounds)
    if sort == "complex":
        return points.complex_number(random, attempt)
    if sort == "tuple":
        return tuple(1 if attempt == 0 else random.randint(1, 2) for _ in points.INDICES)
    if sort == "op":
        return points.rows(points.operator(random, attempt))
    raise Unsupported(f"no sample values of sort {sort}")


def _extreme(sort: str, random: Random, bounds: points.Interval) -> Any:
    if sort == "complex":
        return points.extreme_complex(random)
    if sort == "real":
        return points.extreme_real(random, bounds)
    return points.extreme_natural(random, bounds, 0 if sort == "nat" else None)


def _below(c: Constraints, v: Term, function: Term, point: Point, compiler: Compiler) -> Term:
    """The function times C for a hypothesis |v(x)| ≤ C < 1 on all x; what is proposed has values in [−1, 1]."""
    x = Term("var", ("x", "real"))
    for h in c.hypotheses:
        if h.op == "bounded" and apply(h.args[0], x) == Term("app", (v, x)) and h.args[1].free <= point.keys():
            size = _exact(h.args[1], point, compiler)
            if size is not None and 0 <= size < 1:
                return lam(x, num(size) * apply(function, x))
    return function


def _spread(c: Constraints, v: Term) -> int:
    outcomes = any(v == size for size, _ in c.measurements.values())
    return min(c.spread, 1) if c.double and v.args[1] == "nat" and not outcomes else c.spread


def _range(c: Constraints, v: Term, point: Point, compiler: Compiler) -> points.Interval:
    bounds = points.Interval()
    for b in c.bounds:
        if b.variable == v and b.end.free <= point.keys():
            value = _exact(b.end, point, compiler)
            bounds = bounds if value is None else bounds.narrowed(value, b.upper, b.strict)
    return bounds


def _exact(t: Term, point: Point, compiler: Compiler) -> Fraction | None:
    """The number as a Fraction, the middle of its ball if it is not exact."""
    known = t.args[0] if t.op == "num" else point.get(t)
    if isinstance(known, int | Fraction):
        return Fraction(known)
    needed = {v: x for v, x in point.items() if v in t.free}
    try:
        evaluator = Evaluator(needed, _DIGITS, compiler)
        value = evaluator.value(t, evaluator.scope())
    except (Undefined, Unsupported, TermError):
        return None
    if type(value) is acb:
        if not value.is_finite() or not value.real.mid().is_finite():
            return None
        value = _rounded(value.real)
    return Fraction(int(fmpq(value).p), int(fmpq(value).q)) if is_exact(value) else None


def _rounded(x: arb) -> fmpq:
    if x.is_exact():
        return x.fmpq()
    scaled = (x * 2**20).mid().floor().unique_fmpz()
    return fmpq(scaled if scaled is not None else 0, 2**20)


def _table(c: Constraints, v: Term, point: Point, random: Random, attempt: int, compiler: Compiler) -> Any:
    sort = v.args[1].split("->")[1]
    if sort == "op":
        operators = points.operators(random, len(points.INDICES), attempt % 2 == 1)
        table = {i: points.rows(m) for i, m in zip(points.INDICES, operators, strict=True)}
        if v in c.measurements:
            size, projective = c.measurements[v]
            d = _exact(size, point, compiler)
            effects = None if d is None or d.denominator != 1 else points.povm(random, attempt, int(d), projective)
            if effects is None:
                return None
            table.update({i + 1: points.rows(e) for i, e in enumerate(effects)})
        if v in c.channels:
            count = _exact(c.channels[v], point, compiler)
            maps = None if count is None or count.denominator != 1 else kraus.proposal(random, attempt, int(count))
            if maps is None:
                return None
            table.update({i + 1: points.rows(k) for i, k in enumerate(maps)})
        return table
    if sort == "complex":
        line = points.INTEGERS if v.args[1].startswith("int") else points.INDICES
        indices: Sequence[Any] = list(product(line, repeat=2)) if "," in v.args[1] else line
        last = points.INDICES.stop  # four vectors of two qubits have 16 amplitudes, the last one at 15
        extra = {last: points.complex_number(Random(last), 0)} if indices is points.INDICES else {}
        return dict(zip(indices, points.complex_numbers(random, len(indices)), strict=True)) | extra
    if sort == "nat":
        return {i: random.randint(0, 3) for i in points.INDICES}
    if attempt % 4 == 1 and any(h.op == "eq" and num(0) in h.args for h in c.hypotheses):
        # something is to vanish: A₀₁ does if all outcomes have one value
        return dict.fromkeys(points.INDICES, points.dyadic(random))
    return dict(zip(points.INDICES, points.dyadics(random, len(points.INDICES)), strict=True))


def _scale(v: Term, h: Term, point: Point, compiler: Compiler) -> None:
    """Multiply the values of v by √(right/left), which makes a quadratic form equal to `right`."""
    left, right = (_exact(side, point, compiler) for side in h.args)
    if left is None or right is None or left * right <= 0 or left == right:
        return
    factor = num(right / left) ** num(Fraction(1, 2))
    if isinstance(point[v], Mapping):
        point[v] = points.Scaled(factor, point[v])
