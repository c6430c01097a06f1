"""The finite sum over s of two such factors, and the series that it tends to: distance at most K/N."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bessel import (
    MARGIN,
    exponential_term,
    factor_bounds_of,
    falling_power,
    majorant,
    series_bound,
    side_rest,
    slope,
    sum_constant,
    terms_of,
)
from symbolic_mqb.notation.language import Abs, I, Min, Series, Sum, factorial, function, symbols
from symbolic_mqb.notation.measurement import N
from symbolic_mqb.notation.powers import second_order
from symbolic_mqb.results import Needed, Result, have
from symbolic_mqb.rules.inequalities import (
    modulus_of_product,
    power_bound,
    triangle,
)
from symbolic_mqb.rules.infinite_series import series_majorant, split_series
from symbolic_mqb.rules.logic import assume, cases, definition, instantiate, rewrite, transitivity
from symbolic_mqb.tactics.estimates import Estimates, both_signs, cut_all, not_zero
from symbolic_mqb.tactics.reasons import ProofBy, State

g, h, m, r, s = symbols("g h m r s", "nat")
k, p, q = symbols("k p q", "int")
f1, f2, q1, q2 = symbols("f1 f2 q1 q2", "complex")
B1, B2, P1, P2 = symbols("B1 B2 P1 P2", "real")
zero, one = num(0), num(1)
small, square = N ** num(-1), N ** num(-2)
_high = Fraction(7, 6)


def _pair(state: State) -> Theorem:
    e = Estimates(state.given, state)
    size2, size1, near1, near2 = (assume(x) for x in PAIR.given[1:])
    parts = (f1 - q1, f2), (q1, f2 - q2)
    signs = [e.at_most(zero, B1, (1, size1)), e.at_most(zero, B2, (1 / _high, size2))]
    e = e.under(*(sign.conclusion for sign in signs))
    positive = [e.at_most(zero, x.right, (1, x)) for x in (near1, near2)]
    e = e.under(*(sign.conclusion for sign in positive))
    bound = e.at_most(
        Abs(f1 * f2 - q1 * q2),
        _high * (P1 + P2) * B1 * B2 * small,
        (1, e.by(triangle, tuple(a * b for a, b in parts))),
        *((1, e.by(modulus_of_product, factors)) for factors in parts),
        (Abs(f2), near1),
        (P1 * B1 * small, size2),
        (Abs(f2 - q2), size1),
        (B1, near2),
        (B1 / 6, positive[1]),
    )
    return cut_all(bound, *positive, *signs)


PAIR = Result(
    "D7-second.pair",
    "The product of two factors and of their limits",
    equation="D7",
    given=(
        one <= N,
        Abs(f2) <= _high * B2,
        Abs(q1) <= B1,
        Abs(f1 - q1) <= P1 * B1 * small,
        Abs(f2 - q2) <= P2 * B2 * small,
    ),
    chain=[
        have(
            Abs(f1 * f2 - q1 * q2) <= _high * (P1 + P2) * B1 * B2 * small,
            by=ProofBy("f₁f₂ − q₁q₂ = (f₁ − q₁)f₂ + q₁(f₂ − q₂)", _pair),
        )
    ],
)

_names = (*symbols("ω W c V ε Y", "real"), *symbols("δ v η", "complex"))
_omegas, _deltas = symbols("ω1 ω2", "real"), symbols("δ1 δ2", "complex")
_sides, _etas = symbols("v1 v2", "complex"), symbols("η1 η2", "complex")
_frequencies, _rests = symbols("W1 W2", "real"), symbols("c1 c2", "real")
_sizes, _gaps, _reaches = symbols("V1 V2", "real"), symbols("ε1 ε2", "real"), symbols("Y1 Y2", "real")
_extras, _shifts = (g, h), (k, -k)


def _few(which: int) -> tuple[Term, ...]:
    """|ω| ≤ W, |δ| ≤ c, |v| ≤ V, |η| ≤ ε and V + 1/14 ≤ Y."""
    pairs = ((_omegas, _frequencies), (_deltas, _rests), (_sides, _sizes), (_etas, _gaps))
    return (*(Abs(x[which]) <= size[which] for x, size in pairs), _sizes[which] + MARGIN <= _reaches[which])


def _late(which: int) -> tuple[Term, Term]:
    """8(c + W²/2) ≤ N and 14G ≤ N."""
    gap = side_rest(_sizes[which], _gaps[which], k)
    return 8 * second_order(_frequencies[which], _rests[which]) <= N, 14 * gap <= N


def _factor(which: int, low: Term) -> tuple[Term, Term]:
    """A factor at finite N and its limit, for r = `low`."""
    flat = 1 + I * _omegas[which] / N + _deltas[which] * square
    side = _sides[which] / N + _etas[which] * square
    limit = exponential_term(low, I * _omegas[which], _sides[which])
    return falling_power(N + _shifts[which], low, flat, side), limit


def _bounds(which: int) -> tuple[Term, Term, Term]:
    """(a, b, Y) of a factor."""
    flat, side = (_frequencies[which], _rests[which]), (_sizes[which], _gaps[which])
    return factor_bounds_of(flat, side, _reaches[which], k)


def _term(index: Term) -> tuple[Term, Term]:
    """The term of the finite sum and that of the series."""
    (a, b), (c, d) = _factor(0, index + g), _factor(1, index + h)
    return a * c, b * d


def _majorant(index: Term) -> Term:
    return majorant(index, _bounds(0), _bounds(1), g, h)


_given = (one <= N, 8 * Abs(k) <= N, *_few(0), *_few(1), *_late(0), *_late(1))
_last = Min(N + k - g, N - k - h)


def _size(e: Estimates, which: int, low: Term, bound: Term) -> Theorem:
    """|e^{iω} v^r/r!| ≤ B^r/r! for |v| ≤ B."""
    exact, v = _factor(which, low)[1], _sides[which]
    below = assume(Abs(v) <= _sizes[which])
    wider = bound != _sizes[which]
    larger = e.at_most(Abs(v), bound, (1, below), (1, assume(_few(which)[4]))) if wider else below
    power = e.by(power_bound, v, low, larger)
    return e.at_most(Abs(exact), bound**low / factorial(low), (1 / factorial(low), power))


def _values(which: int) -> tuple[tuple[Term, Term], ...]:
    """The numbers of this factor."""
    of_this = (_omegas, _frequencies, _rests, _sizes, _gaps, _reaches, _deltas, _sides, _etas)
    return tuple(zip(_names, (x[which] for x in of_this), strict=True))


def _near(e: Estimates, label: str, which: int, low: Term) -> Theorem:
    """(D7-second.factor) or (D7-second.factor-size) for this factor."""
    values = *_values(which), (p, _shifts[which]), (r, low)
    return e.meet(e.by(instantiate, e.lookup(label), values))


def _signs(e: Estimates) -> list[Theorem]:
    """0 ≤ W, c, V, ε for both factors, and Y > 0."""
    found = []
    for which in (0, 1):
        bounds = (_frequencies, _rests, _sizes, _gaps)
        own = [e.at_most(zero, x[which], (1, assume(f))) for x, f in zip(bounds, _few(which), strict=False)]
        inside = e.under(*(theorem.conclusion for theorem in own))
        found += [*own, inside.at_most(MARGIN, _reaches[which], (1, assume(_few(which)[4])))]
    return found


def _open(e0: Estimates) -> tuple[Estimates, list[Theorem]]:
    """What the hypotheses imply: the signs, −N ≤ 8k ≤ N, and that no factor's base is 0."""
    signs = [*_signs(e0), *both_signs(e0, assume(_given[1]), k, factor=8)]
    e = e0.under(*(theorem.conclusion for theorem in signs))
    for which in (0, 1):
        near = e.meet(e.by(instantiate, e.lookup("D7-second.near-one"), _values(which)))
        signs.append(not_zero(e, near, N**2))
    return e0.under(*(theorem.conclusion for theorem in signs)), signs


def _each(state: State) -> Theorem:
    """(D7-second.pair) for the factors at s + g and s + h."""
    e, signs = _open(Estimates(state.given, state))
    lows = s + g, s + h
    sizes = [_reaches[i] ** low / factorial(low) for i, low in enumerate(lows)]
    (first, limit1), (second, limit2) = (_factor(i, low) for i, low in enumerate(lows))
    slopes = [slope(low, _bounds(i)) for i, low in enumerate(lows)]
    numbers = ((f1, first), (f2, second), (q1, limit1), (q2, limit2), (B1, sizes[0]), (B2, sizes[1]))
    proofs = (
        _near(e, "D7-second.factor-size", 1, lows[1]),
        _size(e, 0, lows[0], _reaches[0]),
        *(_near(e, "D7-second.factor", i, low) for i, low in enumerate(lows)),
    )
    values = (*numbers, (P1, slopes[0]), (P2, slopes[1]))
    theorem = e.meet(e.instance(e.lookup("D7-second.pair"), PAIR.given[1:], values, proofs))
    finite, limit = _term(s)
    return cut_all(e.at_most(Abs(finite - limit), _majorant(s) * small, (1, theorem)), *reversed(signs))


def _without() -> tuple[Needed, ...]:
    """N is 0, N + k is too large, or one of ω, δ, η is; where it is η, r is at least 1."""
    numbers = (*_omegas, *_deltas, *_sides, *_etas, *_frequencies, *_rests, *_sizes, *_gaps)
    plain = dict.fromkeys((k, s, g, h, *numbers), 0) | {N: 16} | dict.fromkeys(_reaches, MARGIN)
    changes: list[tuple[Term, dict[Term, Any]]] = [
        (_given[0], {N: 0}),
        (_given[1], {N: 126, k: 126, _etas[0]: 8, _gaps[0]: 8, g: 5}),
    ]
    for which, low in enumerate(_extras):
        frequency, rest, _, gap, _ = _few(which)
        turns, second = _late(which)
        changes += [
            (frequency, {_omegas[which]: 20}),
            (rest, {_deltas[which]: -256}),
            (gap, {_etas[which]: 1000, low: 1}),
            (turns, {_omegas[which]: 20, _frequencies[which]: 20}),
            (second, {_etas[which]: 100, _gaps[which]: 100, low: 2}),
        ]
    return tuple(Needed(hypothesis, tuple((plain | values).items())) for hypothesis, values in changes)


TERM = Result(
    "D7-second.term",
    "A term of the finite sum and the term of the series",
    equation="D7",
    given=_given,
    chain=[
        have(
            Abs(_term(s)[0] - _term(s)[1]) <= _majorant(s) * small,
            by=ProofBy(
                "both factors",
                _each,
                ("D7-second.factor", "D7-second.factor-size", "D7-second.pair", "D7-second.near-one"),
            ),
        )
    ],
    needs=_without(),
)

_K, _I = sum_constant(_bounds(0), _bounds(1), g, h), series_bound(_sizes[0], _sizes[1], g, h)
_index = (zero <= q, q <= _last)


def _head(e: Estimates) -> Theorem:
    """|Σ_{s≤u} (finite term − limit)| ≤ Σ_{s≤u} D_s/N."""
    inside = e.under(*_index)
    each = inside.meet(inside.by(instantiate, inside.lookup("D7-second.term"), ((s, q),)))
    return e.sum_bound(q, zero, _last, _term(q)[0] - _term(q)[1], each)


def _limit_size(e: Estimates, first: Term, second: Term) -> Theorem:
    """|limit| ≤ B₁^{s+g}B₂^{s+h}/((s+g)!(s+h)!) for |v| ≤ B."""
    limits = [_factor(which, s + extra)[1] for which, extra in enumerate(_extras)]
    sizes = [_size(e, which, s + _extras[which], bound) for which, bound in enumerate((first, second))]
    return e.at_most(
        Abs(limits[0] * limits[1]),
        terms_of(s, first, second, g, h),
        (1, e.by(modulus_of_product, tuple(limits))),
        (Abs(limits[1]), sizes[0]),
        (sizes[0].right, sizes[1]),
    )


def _tail_term(e: Estimates, start: Term) -> Theorem:
    """|limit| ≤ D_s/N from s = `start` on, where the finite terms vanish: C(N+k, s+g) = 0 or C(N−k, s+h) = 0."""
    index = s + start
    theorem = e.meet(e.by(instantiate, e.lookup("D7-second.term"), ((s, index),)))
    first, second = _last.args
    goal = Abs(_term(index)[1]) <= _majorant(index) * small
    inside = (Estimates((case, *e.given), e.state) for case in (first <= second, second < first))
    return cases(*(own.at_most(*goal.args, (1, theorem)) for own in inside))


def _apart(e: Estimates) -> Theorem:
    """|Σ_{s≤u} f_s − Σ_s q_s| ≤ |Σ_{s≤u} (f_s − q_s)| + |Σ_{s>u} q_s| for u ≥ −1."""
    head = _head(e)
    majorised = e.by(series_majorant, s, _tail_term(e, _last + 1))
    limit = e.by(split_series, _last + 1, function(s, _term(s)[1]))
    bound = e.by(split_series, _last + 1, function(s, _majorant(s) * small))
    near, rest = Sum(_term(q)[0] - _term(q)[1], (q, zero, _last)), limit.right.args[1]
    modulus, whole = rewrite(_whole, (1, 1), limit, ()), _distance.args[0]
    exact = transitivity(modulus, e.equal(modulus.right, near - rest))
    return e.at_most(
        *_distance.args,
        (1, rewrite(whole, (0,), exact, ())),
        (1, e.by(triangle, (near, -rest))),
        (1, head),
        (1, majorised),
        (-1, bound),
        (-small, definition(_K)),
    )


def _empty(e: Estimates) -> Theorem:
    """All finite terms vanish for u < −1."""
    majorised = e.by(series_majorant, s, _tail_term(e, zero))
    return e.at_most(*_distance.args, (1, majorised), (-small, definition(_K)))


def _sum(state: State) -> Theorem:
    """With and without finite terms."""
    e, signs = _open(Estimates(state.given, state))
    bound = cases(_apart(e.under(zero <= _last + 1)), _empty(e.under(_last + 1 < zero)))
    return cut_all(bound, *reversed(signs))


_whole = Sum(_term(q)[0], (q, zero, _last)) - Series(_term(s)[1], s)
_distance = Abs(_whole) <= _K * small

SUM = Result(
    "D7-second.sum",
    "The finite sum and the series, with the constant of the O(1/N)",
    equation="D7",
    given=_given,
    chain=[
        have(
            _distance,
            by=ProofBy(
                "term by term, where the finite sum has terms 0 after the last",
                _sum,
                ("D7-second.term", "D7-second.near-one"),
            ),
        )
    ],
    needs=_without(),
)


_sided = tuple(_few(which)[2] for which in (0, 1))


def _series(state: State) -> Theorem:
    """The bound on each term, summed."""
    e0 = Estimates(state.given, state)
    signs = [e0.at_most(zero, size, (1, assume(h))) for size, h in zip(_sizes, _sided, strict=True)]
    e = e0.under(*(sign.conclusion for sign in signs))
    total = e.by(series_majorant, s, _limit_size(e, *_sizes))
    return cut_all(e.at_most(total.left, _I, (1, total), (-1, definition(_I))), *signs)


SIZE = Result(
    "D7-second.size",
    "A bound on the series",
    equation="D7",
    given=_sided,
    chain=[have(Abs(Series(_term(s)[1], s)) <= _I, by=ProofBy("term by term", _series))],
)
