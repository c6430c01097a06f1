"""What hypotheses ask of a point: which variables they solve, bound or scale.

A hypothesis `v = e` or `v**2 = e` gives v as a term in the other variables, `e = −τ e^{iφ}` gives τ and
φ; Σ… = 1 scales a function symbol; `povm` and `projective` give exact effects; bounds narrow the
proposals. All of this only guides the search: a point counts where every hypothesis is verified.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod
from typing import NamedTuple

from ..kernel.errors import TermError
from ..kernel.kinds import kind
from ..kernel.signatures import NUMBER
from ..kernel.terms import Term, num, substitute, subterms
from . import kraus

_QUBIT_OPS = frozenset(("tuples", "tpow", "tensor", "dicke", "word", "perm", "product_ket", "trace", "trace_of"))
#: What is evaluated with all 2^N amplitudes, and how many qubits the points then have at most.
_AMPLITUDE_OPS = frozenset(("tensor", "word", "perm", "product_ket", "trace"))
_MOST_QUBITS = 7


class Bound(NamedTuple):
    """variable ≤ end or, if not `upper`, end ≤ variable; not `direct` if solved from a sum."""

    variable: Term
    end: Term
    upper: bool
    strict: bool
    direct: bool


class Polar(NamedTuple):
    """value = size·e^{i·angle}, both real variables; for size < 0 the angle is that of −value."""

    size: Term
    angle: Term
    value: Term


@dataclass(frozen=True)
class Constraints:
    """The hypotheses, sorted by what they do to a proposal."""

    solved: dict[Term, Term]
    #: What is solved from a square: the value with either sign.
    roots: frozenset[Term]
    polar: tuple[Polar, ...]
    affine: dict[Term, Term]
    bounds: tuple[Bound, ...]
    measurements: dict[Term, tuple[Term, bool]]
    channels: dict[Term, Term]
    norms: tuple[tuple[Term, Term], ...]
    entries: tuple[tuple[Term, int, Term], ...]
    hypotheses: tuple[Term, ...]
    spread: int
    variables: tuple[Term, ...]
    angular: bool
    #: Sums of integrals over 2K + 1 integers each: K is at most 1.
    double: bool
    #: N and the thresholds beyond which it is chosen once the other values are known.
    late: tuple[Term, tuple[Term, ...]] | None = None
    #: Numbers are by turns at the ends of their bounds, tiny and large: for a search of counterexamples.
    extreme: bool = False

    @property
    def key(self) -> Hashable:
        """The same for constraints with the same points."""
        rest = self.spread, self.angular, self.double, self.late, self.extreme
        return self.variables, self.hypotheses, self.bounds, *rest


def read(free_variables: Iterable[Term], hypotheses: Iterable[Term], statements: Iterable[Term] = ()) -> Constraints:
    """What the hypotheses and the size of the statements ask of a point."""
    given = tuple(sorted(set(hypotheses), key=repr))
    wanted = frozenset(free_variables).union(*(h.free for h in given))
    for v in wanted:
        if v.op != "var":
            raise TermError(f"not a variable: {v!r}")
    late = _late(wanted, given, (*given, *statements))
    if late is None:
        return _read(wanted, given, (*given, *statements))
    others = tuple(h for h in given if late not in h.free)
    rest = _read(wanted - {late}, others, (*others, *statements))
    return replace(rest, late=(late, tuple(h.args[0] for h in given if late in h.free)))


def _late(variables: Iterable[Term], given: tuple[Term, ...], terms: tuple[Term, ...]) -> Term | None:
    """N, if all that is assumed of it is that it is beyond thresholds, one of them not just a sum of variables."""
    n = next((v for v in variables if v.args == ("N", "nat")), None)
    about = [h for h in given if n in h.free]
    if n is None or any(h.op != "le" or h.args[1] != n or n in h.args[0].free for h in about):
        return None
    curved = any(not operations((h.args[0],)).isdisjoint(("pow", "abs", "call")) for h in about)
    return n if curved and not _of_amplitudes(terms) else None


def _of_amplitudes(terms: Iterable[Term]) -> bool:
    """Something is evaluated with 2^N amplitudes; a word with its permutations is not, but by weights."""
    parts = _all(terms)
    symmetric = {t.args[0] for t in parts if t.op == "perm" and t.args[0].op == "word"}
    return any(t.op in _AMPLITUDE_OPS and t.op != "perm" and t not in symmetric for t in parts)


def _read(variables: frozenset[Term], given: tuple[Term, ...], all_terms: tuple[Term, ...]) -> Constraints:
    bounds: list[Bound] = []
    measurements: dict[Term, tuple[Term, bool]] = {}
    for h in given:
        if h.op in ("le", "lt"):
            bounds += _bounds(h)
        elif h.op == "bounded" and h.args[1].op == "var":
            bounds.append(Bound(h.args[1], num(0), upper=False, strict=False, direct=True))  # |f| ≤ ε
        elif h.op in ("povm", "projective"):
            for family, size in _families(h):
                before = measurements.get(family, (size, False))
                measurements[family] = (size, before[1] or h.op == "projective")
    channels = dict(filter(None, map(kraus.kraus_family, given)))
    solved, polar, affine, norms = _equations([h for h in given if h.op == "eq" and not kraus.kraus_family(h)])
    used = operations(all_terms)
    spread = 2 if "tuples" in used else 3 if used & _QUBIT_OPS else 4
    ordered = _ordered(variables, bounds)
    if used & _AMPLITUDE_OPS:
        spread = min(spread, 2) if any(b.direct and not b.upper and b.end.op == "add" for b in bounds) else spread
        bounds += [*_few_qubits(variables, bounds), *_sizes(all_terms)]
    entries = tuple(e for h in given for e in _entry(h))
    limits = tuple(bounds)
    angular = used >= {"cos", "integral"}
    double = "integral" in used and any(v.args[1].startswith("int") and "->" in v.args[1] for v in variables)
    roots = frozenset(v for h in given if (v := _squared(h)) in solved)
    return Constraints(
        solved,
        roots,
        polar,
        affine,
        limits,
        measurements,
        channels,
        norms,
        entries,
        given,
        spread,
        ordered,
        angular,
        double,
    )


def _families(h: Term) -> list[tuple[Term, Term]]:
    """(E, d) for the effects E_1, …, E_d, also of others made of them: n ↦ Γ†(E_n), or d + 1 with one for a loss."""
    family, size = h.args
    if family.op == "var":
        return [(family, size)]
    counted = [v for v in size.free if v.args[1] == "nat"]
    return [(v, counted[0]) for v in family.free if v.args[1] == "nat->op" and len(counted) == 1]


def _entry(h: Term) -> list[tuple[Term, int, Term]]:
    """(f, n, value) of a hypothesis f(n) = value for a function symbol f of natural numbers."""
    if h.op != "eq" or h.args[0].op != "app" or len(h.args[0].args) != 2 or h.args[1].free:
        return []
    symbol, index = h.args[0].args
    if index.op != "num":
        return []
    return [(symbol, int(index.args[0]), h.args[1])]


def _equations(
    equations: list[Term],
) -> tuple[dict[Term, Term], tuple[Polar, ...], dict[Term, Term], tuple[tuple[Term, Term], ...]]:
    """What the equations determine: first the simple ones, then sizes and angles, then the others."""
    solved: dict[Term, Term] = {}
    polar: list[Polar] = []
    affine: dict[Term, Term] = {}
    norms: list[tuple[Term, Term]] = []
    others: list[Term] = []
    for h in equations:
        found = _solve(h, solved)
        if found is None:
            others.append(h)
        else:
            solved[found[0]] = found[1]
    for h in others:
        known = {**solved, **{v: p.value for p in polar for v in (p.size, p.angle)}, **affine}
        angle = _polar(h, known)
        if angle is not None:
            polar.append(angle)
            continue
        affine |= _affine(h, known)
        if num(0) in h.args or _entry(h):  # no factor makes these true
            continue
        norms += [(v, h) for v in sorted(h.free, key=_order_key) if v.args[1].endswith(("complex", "->real"))]
    return solved, tuple(polar), affine, tuple(norms)


def _few_qubits(variables: frozenset[Term], bounds: Iterable[Bound]) -> list[Bound]:
    """v ≤ 7 for all numbers of things, and e ≤ 6 for every e ≤ v, so that e < v can be met."""
    counted = [v for v in sorted(variables, key=_order_key) if v.args[1] == "nat"]
    least = [b.end for b in bounds if b.direct and not b.upper and b.variable in counted]
    small = [Term("le", (t, num(_MOST_QUBITS))) for t in counted]
    small += [Term("lt", (t, num(_MOST_QUBITS))) for t in least]
    return [b for h in small for b in _bounds(h)]


def _sizes(terms: Iterable[Term]) -> list[Bound]:
    """v ≤ 7/c where there are c·v qubits."""
    sizes = {t.args[-1] for t in _all(terms) if t.op in ("tpow", "product_ket") and t.args[-1].op == "mul"}
    found = []
    for size in sorted(sizes, key=repr):
        factor, v = size.args[0], size.args[-1]
        if len(size.args) == 2 and factor.op == "num" and factor.args[0] > 0 and v.op == "var":
            found.append(Bound(v, num(Fraction(_MOST_QUBITS) / factor.args[0]), True, False, True))
    return found


def _ordered(variables: frozenset[Term], bounds: Iterable[Bound]) -> tuple[Term, ...]:
    """Numbers before function symbols; of v ≤ w first v; other bounds before what they bound, if possible."""
    waiting = sorted(variables, key=lambda v: ("->" in v.args[1], _order_key(v)))
    binding = [b for b in bounds if b.direct and not (b.upper and b.end.op == "var")]
    needs = {v: frozenset[Term]().union(*(b.end.free for b in binding if b.variable == v)) for v in waiting}
    ordered: list[Term] = []
    while waiting:
        free = [v for v in waiting if not (needs[v] & set(waiting) - {v}) or "->" in v.args[1]]
        chosen = free[0] if free else waiting[0]
        waiting.remove(chosen)
        ordered.append(chosen)
    return tuple(ordered)


def _solve(h: Term, solved: Mapping[Term, Term]) -> tuple[Term, Term] | None:
    """(v, e) for a hypothesis v = e or v**2 = e, if v is not in e nor in what e depends on."""
    for left, right in (h.args, h.args[::-1]):
        square = left.op == "pow" and left.args[1] == num(2)
        v = left.args[0] if square else left
        if v.op != "var" or "->" in v.args[1] or v in solved or v in _closure(right, solved):
            continue
        return v, (right ** num(Fraction(1, 2)) if square else right)
    return None


def _squared(h: Term) -> Term | None:
    """v for a hypothesis v**2 = e."""
    squares = [s.args[0] for s in h.args if s.op == "pow" and s.args[1] == num(2)] if h.op == "eq" else []
    return next((v for v in squares if v.op == "var"), None)


def _polar(h: Term, solved: Mapping[Term, Term]) -> Polar | None:
    """τ and φ for a hypothesis e = r·τ·exp(±iφ) between numbers, if e and r contain neither."""
    if kind(h.args[0]) != NUMBER:
        return None
    for left, right in (h.args, h.args[::-1]):
        factors = _factors(right)
        angle = next((_angle(t.args[0]) for t in factors if t.op == "exp" and _angle(t.args[0])), None)
        size = next((t for t in factors if t.op == "var" and t.args[1] == "real"), None)
        if angle is None or size is None:
            continue
        phi, backwards = angle
        rest = [t for t in factors if t.op != "exp" or _angle(t.args[0]) != angle]
        rest.remove(size)
        value = left / prod(rest, start=num(1)) if rest else left
        if phi != size and not {phi, size} & (_closure(value, solved) | solved.keys()):
            return Polar(size, phi, Term("conj", (value,)) if backwards else value)
    return None


def _angle(exponent: Term) -> tuple[Term, bool] | None:
    """φ for iφ, and whether it is −iφ."""
    factors = _factors(exponent)
    phi = [t for t in factors if t.op == "var" and t.args[1] == "real"]
    turns = [t for t in factors if t.op == "num"]
    units = [t for t in factors if t.op == "I"]
    if (len(phi), len(units)) != (1, 1) or len(factors) != 2 + len(turns):
        return None
    sign = Fraction(1)
    for t in turns:
        sign *= t.args[0]
    return (phi[0], sign < 0) if abs(sign) == 1 else None


def _factors(t: Term) -> list[Term]:
    return [f for a in t.args for f in _factors(a)] if t.op == "mul" else [t]


def _affine(h: Term, solved: Mapping[Term, Term]) -> dict[Term, Term]:
    """v = g(0)/(g(0) − g(1)) for a hypothesis left = right, right if g = left − right is affine in v."""
    for v in sorted(h.free, key=_order_key):
        if v.args[1] in ("real", "complex") and v not in solved:
            gap = h.args[0] - h.args[1]
            at_0, at_1 = substitute(gap, {v: num(0)}), substitute(gap, {v: num(1)})
            value = at_0 / (at_0 - at_1)
            if v not in _closure(value, solved):
                return {v: value}
    return {}


def _closure(t: Term, solved: Mapping[Term, Term]) -> frozenset[Term]:
    seen: set[Term] = set()
    waiting = list(t.free)
    while waiting:
        v = waiting.pop()
        if v not in seen:
            seen.add(v)
            waiting += list(solved[v].free) if v in solved else []
    return frozenset(seen)


def _bounds(h: Term) -> list[Bound]:
    """The bounds in v ≤ e, e ≤ v, v + f ≤ e, …"""
    found: list[Bound] = []
    for side, other, upper in ((h.args[0], h.args[1], True), (h.args[1], h.args[0], False)):
        summands = side.args if side.op == "add" else (side,)
        for i, v in enumerate(summands):
            if v.op == "var":
                rest = summands[:i] + summands[i + 1 :]
                bound = other - Term("add", (num(0), *rest)) if rest else other
                if v not in bound.free:
                    found.append(Bound(v, bound, upper, h.op == "lt", not rest))
    return found + _scaled_bounds(h) + _square_bounds(h)


def _square_bounds(h: Term) -> list[Bound]:
    """v ≤ √(e/c) and v ≤ √((e − rest)/c) from c·v² + rest ≤ e, the rest a sum of squares too."""
    small, large = h.args
    squares = [_square(x) for x in small.args] if small.op == "add" else []
    found = []
    for i, square in enumerate(squares):
        if square is None:
            return []
        c, v = square
        rest = Term("add", (num(0), *small.args[:i], *small.args[i + 1 :]))
        for end in (large / c, (large - rest) / c):
            if v not in end.free:
                found.append(Bound(v, end ** num(Fraction(1, 2)), True, h.op == "lt", False))
    return found


def _square(t: Term) -> tuple[Term, Term] | None:
    """(c, v) of c·v² with a number c > 0 and a variable v."""
    c, power = t.args if t.op == "mul" and len(t.args) == 2 else (num(1), t)
    good = c.op == "num" and c.args[0] > 0 and power.op == "pow" and power.args[1] == num(2)
    return (c, power.args[0]) if good and power.args[0].op == "var" else None


def _scaled_bounds(h: Term) -> list[Bound]:
    """x/f ≤ v from a hypothesis x ≤ v·f with a real variable v in front: true for f > 0, and only a proposal."""
    small, large = h.args
    if large.op != "mul" or large.args[0].op != "var" or large.args[0].args[1] != "real":
        return []
    v, end = large.args[0], small / prod(large.args[1:], start=num(1))
    return [] if v in end.free else [Bound(v, end, False, h.op == "lt", True)]


def operations(terms: Iterable[Term]) -> frozenset[str]:
    """All operations in the terms and in the definitions that they use."""
    return frozenset(t.op for t in _all(terms))


def _all(terms: Iterable[Term]) -> set[Term]:
    """All subterms, those of the definitions included."""
    seen: set[Term] = set()
    waiting = list(terms)
    while waiting:
        t = waiting.pop()
        if t not in seen:
            seen.add(t)
            waiting += (*subterms(t), t.args[2]) if t.op == "head" else subterms(t)
    return seen


def _order_key(v: Term) -> tuple[str, str]:
    return v.args[0], v.args[1]
