"""C(N+p, r) z^{N+p−r} y^r → e^{iω} v^r/r! for z = 1 + iω/N + O(N^{−2}) and y = v/N + O(N^{−2}), with its constant."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symbolic_mqb.kernel.terms import Term, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bessel import (
    MARGIN,
    exponential_term,
    factor_bounds_of,
    falling_power,
    side_rest,
    slope,
)
from symbolic_mqb.notation.language import Abs, I, binomial, exp, factorial, function, symbols, unequal
from symbolic_mqb.notation.measurement import N
from symbolic_mqb.notation.powers import second_order
from symbolic_mqb.results import Needed, Result, have
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.inequalities import (
    exponential_remainder,
    modulus_of_product,
    power_bound,
    power_difference,
    product_bounds,
    square_nonnegative,
    sum_of_inequalities,
    telescoping,
    telescoping_product,
    triangle,
    two_sided,
)
from symbolic_mqb.rules.logic import assume, cases, instantiate, rewrite
from symbolic_mqb.tactics.estimates import Estimates, both_signs, by_induction, cut_all, not_zero
from symbolic_mqb.tactics.reasons import ProofBy, State

j, m, r = symbols("j m r", "nat")
i, p = symbols("i p", "int")
z, y, v, delta, eta = symbols("z y v δ η", "complex")
omega, W, c, V, e1, Y = symbols("ω W c V ε Y", "real")
zero, one = num(0), num(1)
small, square = N ** num(-1), N ** num(-2)
_top = N + p
_descent = binomial(_top, r) * factorial(r) / _top**r
_climb = factorial(j + r) <= factorial(j) * (j + r) ** r


def _step(e: Estimates) -> tuple[tuple[Any, Theorem], ...]:
    """(j + r + 1)! ≤ (j + r + 1) j! (j + r)^r."""
    larger = e.by(power_bound, j + r, r, e.at_most(Abs(j + r), j + r + 1))
    return (j + r + 1, assume(_climb)), ((j + r + 1) * factorial(j), larger)


CLIMB = Result(
    "D7-second.climb",
    "(j + r)! ≤ j! (j + r)^r",
    equation="D7",
    chain=[have(_climb, by=ProofBy("induction on r", lambda state: by_induction(state, r, _climb, _step)))],
)


def _many(e: Estimates) -> Theorem:
    """r(r − 1) ≥ 2(r − 1) ≥ 2(N + p) ≥ 7N/4 for r > N + p."""
    steps = (r - 1, e.fact(r >= 2)), (2, e.fact(_top + 1 <= r)), (Fraction(1, 4), e.fact(8 * _top >= 7 * N))
    return e.at_most(Fraction(7, 4) * N, r * (r - 1), *steps)


def _vanishing(e: Estimates) -> Theorem:
    """1 ≤ (4/7) r(r − 1)/N for r > N + p, where C(N + p, r) = 0."""
    return e.at_most(Abs(_descent - 1), _loss, (Fraction(4, 7) * small, _many(e)))


def _falling(state: State) -> Theorem:
    """The product for r ≤ N + p, and nothing beyond."""
    e = Estimates(state.given, state)
    return cases(_product(e.under(r <= _top)), _vanishing(e.under(_top < r)))


def _product(e: Estimates) -> Theorem:
    """Π_{i<r} (1 − i/(N+p)): at least 1 − Σ i/(N+p), and at most 1."""
    last, loss, larger = r - 1, i / _top, Fraction(8, 7) * i / N
    quotient = function(i, factorial(_top) / (factorial(_top - i) * _top**i))
    product = e.by(telescoping_product, zero, last, function(i, 1 - loss), quotient)
    lower = e.by(product_bounds, zero, last, function(i, loss), 0)
    inside = e.under(zero <= i, i <= last)
    each = inside.at_most(loss, larger, (i * small / (7 * _top), inside.fact(8 * _top >= 7 * N)))
    positive = sum_of_inequalities(i, zero, last, inside.at_most(zero, larger))
    total = sum_of_inequalities(i, zero, last, each)
    squares = e.by(telescoping, zero, last, function(i, larger), function(i, Fraction(4, 7) * i * (i - 1) / N))
    climb = e.meet(e.by(instantiate, e.lookup("D7-second.climb"), ((j, _top - r),)))
    difference = _descent - 1
    low = e.at_most(-_loss, difference, (1, lower), (1, product), (1, total), (1, squares))
    weight = 1 / (factorial(_top - r) * _top**r)
    high = e.at_most(difference, _loss, (weight, climb), (1, positive), (1, squares))
    return two_sided(difference, low, high)


_loss = Fraction(4, 7) * r * (r - 1) * small

FALLING = Result(
    "D7-second.falling",
    "C(N + p, r) r!/(N + p)^r = 1 + O(1/N), with its constant",
    equation="D7",
    given=(one <= N, -8 * p <= N),
    chain=[
        have(
            Abs(_descent - 1) <= _loss,
            by=ProofBy(
                "Π_{i<r} (1 − i/(N+p)), by Bonferroni's inequality; for r > N + p there is none",
                _falling,
                ("D7-second.climb",),
            ),
        )
    ],
)

_kappa, _gap = second_order(W, c), side_rest(V, e1, p)
_few = (Abs(omega) <= W, Abs(delta) <= c, Abs(v) <= V, Abs(eta) <= e1, V + MARGIN <= Y)
_late = (one <= N, 8 * Abs(p) <= N, 8 * _kappa <= N, 14 * _gap <= N)
_close = Abs(z - 1 - I * omega / N) <= c * square, Abs(y - v / N) <= e1 * square
_written = 1 + I * omega / N + delta * square, v / N + eta * square
_a, _b, _d = _descent, z ** (_top - r), (_top * y) ** r
_bounds = factor_bounds_of((W, c), (V, e1), Y, p)
_high = Fraction(7, 6)
_factor = falling_power(_top, r, z, y)
_near = Abs(_factor - exponential_term(r, I * omega, v)) <= slope(r, _bounds) * Y**r / factorial(r) * small
_small = Abs(_factor) <= _high * Y**r / factorial(r)
_numbers = dict(zip((z, y), _written, strict=True))


_apart = I * omega / N, delta * square


def _half(state: State) -> Theorem:
    """(W + c)/N ≤ (W² + 1/4 + 2c)/N ≤ 1/2."""
    e0 = Estimates(state.given, state)
    signs = [e0.at_most(zero, size, (1, assume(h))) for size, h in zip((W, c), _few, strict=False)]
    e = e0.under(*(sign.conclusion for sign in signs))
    near = e.at_most(
        *_near_one.args,
        (1, e.by(triangle, _apart)),
        (small, assume(_few[0])),
        (square, assume(_few[1])),
        (c * square, assume(_late[0])),
        (small, e.by(square_nonnegative, W - Fraction(1, 2))),
        (small / 4, assume(_late[2])),
        (small / 4, assume(_late[0])),
    )
    return cut_all(near, *signs)


_near_one = Abs(_apart[0] + _apart[1]) <= Fraction(1, 2)

NEAR_ONE = Result(
    "D7-second.near-one",
    "1 + iω/N + O(N^{−2}) is within 1/2 of 1",
    equation="D7",
    given=(_few[0], _few[1], _late[0], _late[2]),
    chain=[have(_near_one, by=ProofBy("from N ≥ 8c + 4W² on", _half))],
)


def _signs(e: Estimates) -> list[Theorem]:
    """0 ≤ W, c, V, ε, 0 ≤ r(r − 1) and −N ≤ 8p ≤ N."""
    found = [e.at_most(zero, size, (1, assume(h))) for size, h in zip((W, c, V, e1), _few, strict=False)]
    found.append(e.by(instantiate, e.lookup("A3-pairs"), ((m, r),)))
    return [*found, *both_signs(e, assume(_late[1]), p, factor=8)]


def _main_power(e: Estimates) -> tuple[Theorem, Theorem]:
    """|z^{N+p−r} − e^{iω}| ≤ (4κ/3 + (|p| + r)W)/N and |z^{N+p−r}| ≤ 7/6."""
    turn, shift, factor = exp(I * omega / N), p - r, Fraction(4, 3)
    taylor = e.by(exponential_remainder, omega / N, 2)
    frequency = assume(_few[0])
    near = e.at_most(
        Abs(z - turn),
        _kappa * square,
        (1, e.by(triangle, (z - 1 - I * omega / N, -(turn - 1 - I * omega / N)))),
        (1, assume(_close[0])),
        (1, taylor),
        (square / 2 * (W + Abs(omega)), frequency),
    )
    rest = (z - turn) * N**2
    size = e.at_most(Abs(rest), _kappa, (N**2, near))
    few = e.at_most(8 * Abs(rest), N, (8, size), (1, e.fact(8 * _kappa <= N)))
    power = e.meet(cut(e.by(instantiate, e.lookup("D7-power"), ((delta, rest), (p, shift))), few))
    turned = exp(I * omega) * (exp(I * omega * shift / N) - 1)
    first = e.at_most(Abs(_b - turn ** (_top - r)), factor * _kappa * small, (1, power), (factor * small, size))
    modulus = e.at_most(Abs(shift), Abs(p) + r, (1, e.by(triangle, (p, -r))))
    close = e.at_most(
        Abs(_b - exp(I * omega)),
        (factor * _kappa + (Abs(p) + r) * W) * small,
        (1, e.by(triangle, (_b - turn ** (_top - r), turned))),
        (1, first),
        (1, e.by(modulus_of_product, (exp(I * omega), exp(I * omega * shift / N) - 1))),
        (1, e.by(exponential_remainder, omega * shift / N, 1)),
        (Abs(shift) * small, frequency),
        (W * small, modulus),
    )
    bound = e.at_most(
        Abs(_b),
        Fraction(7, 6),
        (1, e.by(triangle, (_b - turn ** (_top - r), turn ** (_top - r)))),
        (1, first),
        (small / 6, e.fact(8 * _kappa <= N)),
    )
    return close, bound


def _side_power(e: Estimates) -> tuple[Theorem, Theorem]:
    """|((N+p)y)^r − v^r| ≤ r Y^{r−1} G/N and |((N+p)y)^r| ≤ Y^r."""
    near, size, margin = assume(_close[1]), assume(_few[2]), assume(_few[4])
    distance = e.at_most(
        Abs(_top * y - v),
        _gap * small,
        (1, e.by(triangle, (_top * (y - v / N), p * v / N))),
        (1, e.by(modulus_of_product, (_top, y - v / N))),
        (_top, near),
        (e1 * square / 8, e.fact(8 * _top <= 9 * N)),
        (Abs(p) / N, size),
    )
    second = _limit_small(e)
    first = e.at_most(
        Abs(_top * y),
        Y,
        (1, e.by(triangle, (_top * y - v, v))),
        (1, distance),
        (1, size),
        (small / 14, assume(_late[3])),
        (1, margin),
    )
    step = e.by(power_difference, _top * y, v, r, first, second)
    close = e.at_most(Abs(_d - v**r), r * Y**r * (_gap / Y) * small, (1, step), (r * Y ** (r - 1), distance))
    return close, e.by(power_bound, _top * y, r, first)


def _positive(e: Estimates) -> Theorem:
    """Y > 0."""
    return e.at_most(MARGIN, Y, (1, assume(_few[4])), (1, e.fact(zero <= V)))


def _limit_small(e: Estimates) -> Theorem:
    """|v| ≤ Y."""
    return e.at_most(Abs(v), Y, (1, assume(_few[2])), (1, assume(_few[4])))


def _distance(e: Estimates) -> Theorem:
    """abd − e^{iω}v^r = (a − 1)bd + (b − e^{iω})d + e^{iω}(d − v^r) for r ≤ N + p."""
    near_b, size_b = _main_power(e)
    near_d, size_d = _side_power(e)
    falling, limit = e.meet(e.lookup("D7-second.falling")), exp(I * omega)
    parts = ((_a - 1, _b, _d), (_b - limit, _d), (limit, _d - v**r))
    inner = _a * _b * _d - limit * v**r
    total = e.at_most(
        Abs(inner),
        slope(r, _bounds) * Y**r * small,
        (1, e.by(triangle, tuple(Term("mul", part) for part in parts))),
        *((1, e.by(modulus_of_product, part)) for part in parts),
        (Abs(_a - 1) * Abs(_d), size_b),
        (Abs(_a - 1) * _high, size_d),
        (_high * Y**r, falling),
        (Abs(_d), near_b),
        (near_b.right, size_d),
        (1, near_d),
    )
    return _divided(e, _near, inner, total)


def _length(e: Estimates) -> Theorem:
    """|abd| ≤ 7Y^r/6 for r ≤ N + p."""
    size_b, size_d = _main_power(e)[1], _side_power(e)[1]
    climb = e.meet(e.by(instantiate, e.lookup("D7-second.climb"), ((j, _top - r),)))
    below = e.at_most(_a, one, (1 / (factorial(_top - r) * _top**r), climb))
    total = e.at_most(
        Abs(_a * _b * _d),
        _high * Y**r,
        (1, e.by(modulus_of_product, (_a, _b, _d))),
        (Abs(_b) * Abs(_d), below),
        (Abs(_d), size_b),
        (_high, size_d),
    )
    return _divided(e, _small, _a * _b * _d, total)


def _divided(e: Estimates, goal: Term, inner: Term, bound: Theorem) -> Theorem:
    """|x| ≤ B/r! from |xr!| ≤ B."""
    same = e.equal(goal.args[0].args[0], inner / factorial(r))
    modulus = rewrite(goal.args[0], (0,), same, ())
    return e.at_most(*goal.args, (1, modulus), (1 / factorial(r), bound))


def _distance_beyond(e: Estimates) -> Theorem:
    """|e^{iω}v^r| ≤ Y^r ≤ (2/3) r(r − 1) Y^r/N for r > N + p."""
    power, unit = e.by(power_bound, v, r, _limit_small(e)), Y**r / factorial(r) * small
    return e.at_most(*_near.args, (1 / factorial(r), power), (Fraction(2, 3) * unit, _many(e)))


def _core(state: State, prove: bool) -> Theorem:
    """The bound for any z ≠ 0 and y; C(N + p, r) = 0 for r > N + p."""
    e0 = Estimates((*state.given, *_close, unequal(z, 0)), state)
    signs = _signs(e0)
    e = e0.under(*(theorem.conclusion for theorem in signs))
    signs.append(_positive(e))
    e = e.under(signs[-1].conclusion)
    inside, beyond = e.under(r <= _top), e.under(_top < r)
    if prove:
        bound = cases(_distance(inside), _distance_beyond(beyond))
    else:
        bound = cases(_length(inside), beyond.at_most(*_small.args))
    return cut_all(bound, *reversed(signs))


def _derive(prove: bool) -> ProofBy:
    def derive(state: State) -> Theorem:
        outer = Estimates(state.given, state)
        away = not_zero(outer, outer.meet(state.lookup("D7-second.near-one")), N**2)
        e = Estimates((*state.given, away.conclusion), state)
        proofs = tuple(
            e.at_most(Abs(x) * square, size * square, (square, assume(Abs(x) <= size)))
            for x, size in ((delta, c), (eta, e1))
        )
        values = tuple(zip((z, y), _written, strict=True))
        return cut(e.meet(e.instance(_core(state, prove), _close, values, proofs)), away)

    uses = ("D7-second.falling",) if prove else ("D7-second.climb",)
    return ProofBy(
        "the three factors, one after the other, and C(N + p, r) = 0 beyond",
        derive,
        (*uses, "D7-second.near-one", "D7-power", "A3-pairs"),
    )


def _without(low: int) -> tuple[Needed, ...]:
    """N is 0, N + p is too large, or ω or η is; `low` is r for the last of these."""
    plain = dict.fromkeys((omega, W, delta, c, v, V, eta, e1, p, r), 0) | {N: 16, Y: 1}
    changes: tuple[tuple[Term, dict[Term, int]], ...] = (
        (_late[0], {N: 0}),
        (_late[1], {p: 10**4, omega: 1, W: 1}),
        (_late[2], {omega: 20, W: 20}),
        (_late[3], {eta: 100, e1: 100, r: low}),
    )
    return tuple(Needed(h, tuple((plain | values).items())) for h, values in changes)


FACTOR = Result(
    "D7-second.factor",
    "C(N + p, r) z^{N+p−r} y^r = e^{iω} v^r/r! + O(1/N), with its constant",
    equation="D7",
    given=(*_few, *_late),
    chain=[
        have(substitute(_near, _numbers), by=_derive(prove=True)),
    ],
    needs=_without(2),
)
FACTOR_SIZE = Result(
    "D7-second.factor-size",
    "C(N + p, r) z^{N+p−r} y^r is at most 7Y^r/(6 r!)",
    equation="D7",
    given=(*_few, *_late),
    chain=[
        have(substitute(_small, _numbers), by=_derive(prove=False)),
    ],
    needs=_without(1),
)
