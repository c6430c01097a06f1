"""C(N+p, r) z^{N+p−r} y^r → e^w v^r/r! for z = 1 + w/N + O(N^{−2}) and y = v/N + O(N^{−2}), with its constant."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bessel import exponential_term, falling_power, height, reach
from symbolic_mqb.notation.language import Abs, binomial, exp, factorial, function, symbols
from symbolic_mqb.notation.measurement import N
from symbolic_mqb.notation.powers import power_constant
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.exponentials import exponential_taylor
from symbolic_mqb.rules.inequalities import (
    exponential_monotone,
    modulus_of_product,
    power_bound,
    power_difference,
    product_bounds,
    telescoping,
    telescoping_product,
    triangle,
    two_sided,
)
from symbolic_mqb.rules.logic import assume, definition, instantiate, rewrite
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.reasons import ProofBy, State

(r,) = symbols("r", "nat")
i, p = symbols("i p", "int")
z, w, y, v = symbols("z w y v", "complex")
W, c, V, e1 = symbols("W c V ε", "real")
zero, one = num(0), num(1)
small = N ** num(-1)
_top = N + p
_descent = binomial(_top, r) * factorial(r) / _top**r
_loss = i / _top
_square = r * (1 + r) ** 2


def _falling(state: State) -> Theorem:
    """Π_{i<r} (1 − i/(N+p)), by Bonferroni's inequalities."""
    e = Estimates(state.given, state)
    last = r - 1
    quotient = function(i, factorial(_top) / (factorial(_top - i) * _top**i))
    product = e.by(telescoping_product, zero, last, function(i, 1 - _loss), quotient)
    lower, upper = (e.by(product_bounds, zero, last, function(i, _loss), side) for side in (0, 1))
    losses = e.by(telescoping, zero, last, function(i, _loss), function(i, i * (i - 1) / (2 * _top)))
    total = losses.left
    near = e.at_most(1 / _top, 2 * small, (small / _top, e.fact(2 * _top >= N)))
    most = e.at_most(r / _top, one, (1 / _top, e.fact(r <= _top)))
    falls = e.at_most(total, r**2 * small, (1, losses), (r**2 / 2, near))
    half_way = e.at_most(total, r / 2, (1, losses), (r / 2, most))
    rises = e.at_most(total**2 / 2, r**3 * small, (total / 2, half_way), (r / 4, falls))
    difference = _descent - 1
    low = e.at_most(-(_square * small), difference, (1, lower), (1, product), (1, falls))
    high = e.at_most(difference, _square * small, (1, upper), (-1, product), (1, rises))
    return two_sided(difference, low, high)


FALLING = Result(
    "D7-second.falling",
    "C(N + p, r) r!/(N + p)^r = 1 + O(1/N), with its constant",
    equation="D7",
    given=(one <= N, 2 * p >= -N, r <= _top),
    chain=[
        have(
            Abs(_descent - 1) <= _square * small,
            by=ProofBy("Π_{i<r} (1 − i/(N+p)), by Bonferroni's inequalities", _falling),
        )
    ],
)

_late = 2 * p >= -N
_near_z = Abs(z - 1 - w / N) <= c * N ** num(-2)
_near_y = Abs(y - v / N) <= e1 * N ** num(-2)
_given = (one <= N, _late, p <= N, r <= _top, zero <= c, Abs(w) <= W, _near_z, Abs(v) <= V, _near_y)
_Y, _H = reach(V, e1, p), height(W, c, p)
_a, _b, _d = _descent, z ** (_top - r), (_top * y) ** r


def _signs(e: Estimates) -> list[Theorem]:
    """0 ≤ W, 0 ≤ V, 0 ≤ e."""
    bounds = ((W, one, assume(Abs(w) <= W)), (V, one, assume(Abs(v) <= V)), (e1, N**2, assume(_near_y)))
    return [e.at_most(zero, size, (weight, theorem)) for size, weight, theorem in bounds]


def _exponential(e: Estimates) -> Theorem:
    """|e^w| ≤ e^W."""
    grows = exponential_monotone(assume(Abs(w) <= W))
    return e.at_most(Abs(exp(w)), exp(W), (1, e.by(exponential_taylor, w, 0)), (1, grows))


def _main_power(e: Estimates) -> tuple[Theorem, Theorem]:
    """|z^{N+p−r} − e^w| ≤ (1+r)C/N and |z^{N+p−r}| ≤ (1+r)H."""
    shift = p - r
    whole = e.meet(e.by(instantiate, e.lookup("D7-power"), ((p, shift),)))
    modulus = e.at_most(Abs(shift), Abs(p) + r, (1, e.by(triangle, (p, -r))))
    grown = 1 + Abs(p)
    constants = definition(power_constant(W, c, shift)), definition(power_constant(W, c, grown))
    near = e.at_most(
        Abs(_b - exp(w)),
        (1 + r) * power_constant(W, c, grown) * small,
        (1, whole),
        (small, constants[0]),
        (small * W * exp(2 * W), modulus),
        (-(1 + r) * small, constants[1]),
    )
    size = e.at_most(
        Abs(_b),
        (1 + r) * _H,
        (1, e.by(triangle, (_b - exp(w), exp(w)))),
        (1, near),
        (1, _exponential(e)),
        (near.right * N, e.at_most(small, one, (small, e.fact(one <= N)))),
    )
    return near, size


def _side_power(e: Estimates) -> tuple[Theorem, Theorem, Theorem]:
    """|((N+p)y)^r − v^r| ≤ rY^r/N, |((N+p)y)^r| ≤ Y^r and |v^r| ≤ Y^r."""
    near, size = assume(_near_y), assume(Abs(v) <= V)
    parts = _top * (y - v / N), p * v / N
    step_size = 2 * e1 + Abs(p) * V
    gap = step_size * small
    distance = e.at_most(
        Abs(_top * y - v),
        gap,
        (1, e.by(triangle, parts)),
        (1, e.by(modulus_of_product, (_top, y - v / N))),
        (_top, near),
        (e1 * N ** num(-2), e.fact(_top <= 2 * N)),
        (Abs(p) / N, size),
    )
    second = e.at_most(Abs(v), _Y, (1, size))
    first = e.at_most(
        Abs(_top * y),
        _Y,
        (1, e.by(triangle, (_top * y - v, v))),
        (1, distance),
        (1, size),
        (gap, e.fact(one <= N)),
    )
    step = e.by(power_difference, _top * y, v, r, first, second)
    slope = r * _Y ** (r - 1)
    close = e.at_most(
        Abs(_d - v**r), r * _Y**r * small, (1, step), (slope, distance), (slope * small, e.at_most(step_size, _Y))
    )
    return close, e.by(power_bound, _top * y, r, first), e.by(power_bound, v, r, second)


def _factor(state: State) -> Theorem:
    """abd − e^w v^r = (a − 1)bd + (b − e^w)d + e^w(d − v^r)."""
    e0 = Estimates(state.given, state)
    signs = _signs(e0)
    e = e0.under(*(theorem.conclusion for theorem in signs))
    falling = e.meet(e.lookup("D7-second.falling"))
    near_b, size_b = _main_power(e)
    near_d, size_d, _ = _side_power(e)
    parts = (_a - 1) * _b * _d, (_b - exp(w)) * _d, exp(w) * (_d - v**r)
    products = [
        (1, e.by(modulus_of_product, factors)) for factors in ((_a - 1, _b, _d), (_b - exp(w), _d), (exp(w), _d - v**r))
    ]
    total = e.at_most(
        Abs(Term("add", parts)),
        (1 + r) ** 4 * _H * _Y**r * small,
        (1, e.by(triangle, parts)),
        *products,
        (Abs(_b) * Abs(_d), falling),
        (_square * small * Abs(_d), size_b),
        (_square * small * (1 + r) * _H, size_d),
        (Abs(_d), near_b),
        (near_b.right, size_d),
        (Abs(_d - v**r), _exponential(e)),
        (exp(W), near_d),
    )
    difference = falling_power(_top, r, z, y) - exponential_term(r, w, v)
    exact = e.equal(difference, Term("add", parts) / factorial(r))
    modulus = rewrite(Abs(difference), (0,), exact, ())
    bound = e.at_most(
        Abs(difference), (1 + r) ** 4 * _H * _Y**r / factorial(r) * small, (1, modulus), (1 / factorial(r), total)
    )
    bound = cut_all(bound, *signs)
    return bound


FACTOR = Result(
    "D7-second.factor",
    "C(N + p, r) z^{N+p−r} y^r = e^w v^r/r! + O(1/N), with its constant",
    equation="D7",
    given=_given,
    chain=[
        have(
            Abs(falling_power(_top, r, z, y) - exponential_term(r, w, v))
            <= (1 + r) ** 4 * _H * _Y**r / factorial(r) * small,
            by=ProofBy("the three factors, one after the other", _factor, ("D7-second.falling", "D7-power")),
        )
    ],
)
