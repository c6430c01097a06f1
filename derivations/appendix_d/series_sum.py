"""The finite sum over s of two such factors, and the series that it tends to: distance at most K/N."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bessel import (
    exponential_term,
    falling_power,
    front,
    growth,
    height,
    majorant,
    reach,
    sum_constant,
)
from symbolic_mqb.notation.language import Abs, Min, Series, Sum, exp, factorial, function, symbols
from symbolic_mqb.notation.measurement import N
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.exponentials import exponential_taylor
from symbolic_mqb.rules.inequalities import (
    exponential_monotone,
    modulus_of_product,
    power_bound,
    triangle,
)
from symbolic_mqb.rules.infinite_series import series_majorant, split_series
from symbolic_mqb.rules.logic import assume, definition, instantiate, rewrite, transitivity
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.reasons import ProofBy, State

g, h, r, s = symbols("g h r s", "nat")
i, k, l, p = symbols("i k l p", "int")
f1, f2, q1, q2 = symbols("f1 f2 q1 q2", "complex")
B1, B2, P1, P2 = symbols("B1 B2 P1 P2", "real")
zero, one = num(0), num(1)
small = N ** num(-1)

PAIR = Result(
    "D7-second.pair",
    "The product of two factors and of their limits",
    equation="D7",
    given=(
        one <= N,
        one <= P1,
        one <= P2,
        Abs(q1) <= B1,
        Abs(q2) <= B2,
        Abs(f1 - q1) <= P1 * B1 * small,
        Abs(f2 - q2) <= P2 * B2 * small,
    ),
    chain=[
        have(
            Abs(f1 * f2 - q1 * q2) <= 3 * P1 * P2 * B1 * B2 * small,
            by=ProofBy("f₁f₂ − q₁q₂ = (f₁ − q₁)f₂ + q₁(f₂ − q₂)", lambda state: _pair(state)),
        )
    ],
)


def _pair(state: State) -> Theorem:
    e0 = Estimates(state.given, state)
    late, size1, size2, near1, near2 = map(assume, (PAIR.given[0], *PAIR.given[3:]))
    signs = [e0.at_most(zero, bound, (1, theorem)) for bound, theorem in ((B1, size1), (B2, size2))]
    e = e0.under(*(theorem.conclusion for theorem in signs))
    below = e.at_most(small, one, (small, late))
    spread = e.at_most(P2 * B2 * small, P2 * B2, (P2 * B2, below))
    size = e.at_most(
        Abs(f2),
        2 * P2 * B2,
        (1, e.by(triangle, (f2 - q2, q2))),
        (1, near2),
        (1, size2),
        (1, spread),
        (B2, e.fact(one <= P2)),
    )
    parts = (f1 - q1) * f2, q1 * (f2 - q2)
    bound = e.at_most(
        Abs(f1 * f2 - q1 * q2),
        3 * P1 * P2 * B1 * B2 * small,
        (1, e.by(triangle, parts)),
        (1, e.by(modulus_of_product, (f1 - q1, f2))),
        (1, e.by(modulus_of_product, (q1, f2 - q2))),
        (Abs(f2), near1),
        (P1 * B1 * small, size),
        (Abs(f2 - q2), size1),
        (B1, near2),
        (P2 * B1 * B2 * small, e.fact(one <= P1)),
    )
    bound = cut_all(bound, *signs)
    return bound


_names = "z w y v"
_first, _second = symbols("z1 w1 y1 v1", "complex"), symbols("z2 w2 y2 v2", "complex")
_sizes1, _sizes2 = symbols("W1 c1 V1 ε1", "real"), symbols("W2 c2 V2 ε2", "real")


def _hypotheses(numbers: tuple[Term, ...], sizes: tuple[Term, ...]) -> tuple[Term, ...]:
    """0 ≤ c, |w| ≤ W, |z − 1 − w/N| ≤ c/N², |v| ≤ V, |y − v/N| ≤ e/N²."""
    (z, w, y, v), (W, c, V, e) = numbers, sizes
    near = Abs(z - 1 - w / N) <= c * N ** num(-2), Abs(y - v / N) <= e * N ** num(-2)
    return zero <= c, Abs(w) <= W, near[0], Abs(v) <= V, near[1]


def _factor(which: int, low: Term) -> tuple[Term, Term]:
    """A factor at finite N and its limit, for r = `low`."""
    (z, w, y, v), top = (_first, N + k) if which == 0 else (_second, N - k)
    return falling_power(top, low, z, y), exponential_term(low, w, v)


def _bounds(which: int) -> tuple[Term, Term]:
    """(H, Y) of a factor."""
    W, c, V, e = _sizes1 if which == 0 else _sizes2
    return height(W, c, k), reach(V, e, k)


def _term(index: Term) -> tuple[Term, Term]:
    """The term of the finite sum and that of the series."""
    (a, b), (c, d) = _factor(0, index + g), _factor(1, index + h)
    return a * c, b * d


def _majorant(index: Term) -> Term:
    return majorant(index, _bounds(0), _bounds(1), g, h)


def _front(factor: Term) -> tuple[Term, Theorem]:
    """The definition of the majorant's first factor, with the multiplier that puts it into factor·D_s."""
    bounds = _bounds(0), _bounds(1), g, h
    return -factor * growth(s, *bounds), definition(front(*bounds))


_range = (one <= N, 2 * k >= -N, 2 * k <= N)
_numbers = (*_hypotheses(_first, _sizes1), *_hypotheses(_second, _sizes2))
_last = Min(N + k - g, N - k - h)


def _size(e: Estimates, which: int, low: Term) -> Theorem:
    """|e^w v^r/r!| ≤ H Y^r/r!."""
    (_, w, _, v), (W, _, V, _) = (_first, _sizes1) if which == 0 else (_second, _sizes2)
    H, Y = _bounds(which)
    exact = _factor(which, low)[1]
    power = e.by(power_bound, v, low, e.at_most(Abs(v), Y, (1, assume(Abs(v) <= V))))
    grows = exponential_monotone(assume(Abs(w) <= W))
    first = e.at_most(Abs(exp(w)), H, (1, e.by(exponential_taylor, w, 0)), (1, grows))
    return e.at_most(
        Abs(exact), H * Y**low / factorial(low), (Abs(v) ** low / factorial(low), first), (H / factorial(low), power)
    )


def _near(e: Estimates, which: int, low: Term) -> Theorem:
    """(D7-second.factor) for this factor."""
    from_names = (*symbols("z w y v", "complex"), *symbols("W c V ε", "real"))
    to = (*(_first if which == 0 else _second), *(_sizes1 if which == 0 else _sizes2))
    values = (*zip(from_names, to, strict=True), (p, k if which == 0 else -k), (r, low))
    return e.meet(e.by(instantiate, e.lookup("D7-second.factor"), values))


def _signs(e: Estimates) -> list[Theorem]:
    """0 ≤ W, 0 ≤ V, 0 ≤ e for both factors."""
    found = []
    for (_, w, y, v), (W, _, V, e_) in ((_first, _sizes1), (_second, _sizes2)):
        near = Abs(y - v / N) <= e_ * N ** num(-2)
        for size, weight, bound in ((W, one, Abs(w) <= W), (V, one, Abs(v) <= V), (e_, N**2, near)):
            found.append(e.at_most(zero, size, (weight, assume(bound))))
    return found


def _each(state: State) -> Theorem:
    """(D7-second.pair) for the factors at s + g and s + h; 1 + s + g ≤ (1 + s)(1 + g)."""
    e0 = Estimates(state.given, state)
    signs = _signs(e0)
    e = e0.under(*(theorem.conclusion for theorem in signs))
    proofs, values = [], []
    for which, (f, q, B, P), extra in ((0, (f1, q1, B1, P1), g), (1, (f2, q2, B2, P2), h)):
        low = s + extra
        H, Y = _bounds(which)
        bound, weight = H * Y**low / factorial(low), ((1 + s) * (1 + extra)) ** 4
        finite, limit = _factor(which, low)
        near = _near(e, which, low)
        wide = e.at_most(
            Abs(finite - limit), weight * bound * small, (1, near), (bound * small, e.fact((1 + low) ** 4 <= weight))
        )
        values += [(f, finite), (q, limit), (B, bound), (P, weight)]
        proofs.append((_size(e, which, low), wide))
    hypotheses = PAIR.given[3:]
    given = tuple(proof for pair in zip(*proofs, strict=True) for proof in pair)
    theorem = e.meet(e.instance(e.lookup("D7-second.pair"), hypotheses, tuple(values), given))
    finite, limit = _term(s)
    return cut_all(e.at_most(Abs(finite - limit), _majorant(s) * small, (1, theorem), _front(small)), *signs)


TERM = Result(
    "D7-second.term",
    "A term of the finite sum and the term of the series",
    equation="D7",
    given=(*_range, s + g <= N + k, s + h <= N - k, *_numbers),
    chain=[
        have(
            Abs(_term(s)[0] - _term(s)[1]) <= _majorant(s) * small,
            by=ProofBy("both factors", _each, ("D7-second.factor", "D7-second.pair")),
        )
    ],
)

_K = sum_constant(_bounds(0), _bounds(1), g, h)
_index = (zero <= i, i <= _last)


def _head(e: Estimates) -> Theorem:
    """|Σ_{s≤u} (finite term − limit)| ≤ Σ_{s≤u} D_s/N."""
    inside = e.under(*_index)
    each = inside.meet(inside.by(instantiate, e.lookup("D7-second.term"), ((s, i),)))
    return e.sum_bound(i, zero, _last, _term(i)[0] - _term(i)[1], each)


def _limit_size(e: Estimates) -> Theorem:
    """|limit| ≤ H₁H₂Y₁^{s+g}Y₂^{s+h}/((s+g)!(s+h)!)."""
    limits = [_factor(which, s + extra)[1] for which, extra in ((0, g), (1, h))]
    sizes = [_size(e, which, s + extra) for which, extra in ((0, g), (1, h))]
    return e.at_most(
        Abs(limits[0] * limits[1]),
        sizes[0].right * sizes[1].right,
        (1, e.by(modulus_of_product, tuple(limits))),
        (Abs(limits[1]), sizes[0]),
        (sizes[0].right, sizes[1]),
    )


def _tail_term(e: Estimates) -> Theorem:
    """|limit| ≤ D_s/N for N ≤ 2(s + g + h)."""
    product, late = _limit_size(e), e.fact(2 * (s + g + h) >= N)
    weight = product.right * small
    return e.at_most(product.left, _majorant(s) * small, (1, product), (weight, late), _front(small))


def _sum(state: State) -> Theorem:
    """|Σ_{s≤u} f_s − Σ_s q_s| ≤ |Σ_{s≤u} (f_s − q_s)| + |Σ_{s>u} q_s|."""
    e0 = Estimates(state.given, state)
    signs = _signs(e0)
    e = e0.under(*(theorem.conclusion for theorem in signs))
    head = _head(e)
    late = 2 * (s + g + h) >= N
    far = _tail_term(e.under(late))
    shifted = e.by(instantiate, far, ((s, s + (_last + 1)),))
    majorised = e.by(series_majorant, s, e.meet(shifted))
    limit = e.by(split_series, _last + 1, function(s, _term(s)[1]))
    bound = e.by(split_series, _last + 1, function(s, _majorant(s) * small))
    finite = Sum(_term(i)[0], (i, zero, _last))
    near, rest = Sum(_term(i)[0] - _term(i)[1], (i, zero, _last)), limit.right.args[1]
    whole = finite - limit.left
    apart = rewrite(whole, (1, 1), limit, ())
    exact = transitivity(apart, e.equal(apart.right, near - rest))
    modulus = rewrite(Abs(whole), (0,), exact, ())
    total = e.at_most(
        Abs(whole),
        _K * small,
        (1, modulus),
        (1, e.by(triangle, (near, -rest))),
        (1, head),
        (1, majorised),
        (-1, bound),
        (-small, definition(_K)),
    )
    return cut_all(total, *signs)


SUM = Result(
    "D7-second.sum",
    "The finite sum and the series, with the constant of the O(1/N)",
    equation="D7",
    given=(*_range, g <= N + k, h <= N - k, *_numbers),
    chain=[
        have(
            Abs(Sum(_term(i)[0], (i, zero, _last)) - Series(_term(s)[1], s)) <= _K * small,
            by=ProofBy("term by term up to the last, and the tail of the series", _sum, ("D7-second.term",)),
        )
    ],
)


def _series(state: State) -> Theorem:
    """|limit| ≤ D_s for every s, summed."""
    e0 = Estimates(state.given, state)
    signs = _signs(e0)
    e = e0.under(*(theorem.conclusion for theorem in signs))
    product = _limit_size(e)
    each = e.at_most(product.left, _majorant(s), (1, product), _front(one))
    total = e.by(series_majorant, s, each)
    return cut_all(e.at_most(total.left, _K, (1, total), (-1, definition(_K))), *signs)


SIZE = Result(
    "D7-second.size",
    "The series is bounded by the same constant",
    equation="D7",
    given=(one <= N, *_numbers),
    chain=[have(Abs(Series(_term(s)[1], s)) <= _K, by=ProofBy("term by term", _series))],
)
