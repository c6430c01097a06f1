"""(A3), last line: the binomial coefficients for N → ∞, with the 1/N term and an explicit remainder."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.binomials import (
    counting_bound,
    falling,
    first_order,
    pairs,
    ratio,
    second_order_bound,
    threshold,
)
from symbolic_mqb.notation.expansions import remainder
from symbolic_mqb.notation.language import Abs, equal, function, half, symbols
from symbolic_mqb.notation.measurement import N
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.inequalities import (
    inverse_root_bounds,
    product_bounds,
    square_nonnegative,
    telescoping,
    telescoping_product,
    two_sided,
)
from symbolic_mqb.rules.logic import assume, cases, definition, instantiate, symmetry, transport
from symbolic_mqb.tactics.estimates import Estimates, cut_all, expand
from symbolic_mqb.tactics.reasons import Derivation, ProofBy, State

k, l, m, q = symbols("k l m q", "nat")
(i,) = symbols("i", "int")
f, g, p, u, v, w, x, y, s = symbols("f g p u v w x y s", "real")
zero, one = num(0), num(1)


def _falling_bound(upper: int) -> Derivation:
    def derive(state: State) -> Theorem:
        e = Estimates(state.given, state)
        last = m - 1
        product = e.by(telescoping_product, zero, last, function(i, 1 - i / N), function(i, falling(i)))
        total = e.by(telescoping, zero, last, function(i, i / N), function(i, pairs(i)))
        bounds = e.by(product_bounds, zero, last, function(i, i / N), upper)
        S = pairs(m)
        if not upper:
            return e.at_most(1 - S, falling(m), (1, bounds), (1, product), (1, total))
        weight = (total.left + S) / 2 - 1
        return e.at_most(falling(m), 1 - S + S**2 / 2, (1, bounds), (-1, product), (weight, total))

    return derive


LOWER = Result(
    "A3-falling-lower",
    "1 − m(m−1)/(2N) ≤ N!/((N−m)! N^m)",
    equation="A3",
    given=(m <= N, one <= N),
    chain=[have(1 - pairs(m) <= falling(m), by=ProofBy("Bonferroni's inequality and telescoping", _falling_bound(0)))],
)
UPPER = Result(
    "A3-falling-upper",
    "N!/((N−m)! N^m) ≤ 1 − S + S²/2 with S = m(m−1)/(2N)",
    equation="A3",
    given=(m <= N, one <= N),
    chain=[
        have(
            falling(m) <= 1 - pairs(m) + pairs(m) ** 2 / 2,
            by=ProofBy("Bonferroni's inequality and telescoping", _falling_bound(1)),
        )
    ],
)


def _pairs_nonnegative(state: State) -> Theorem:
    e = Estimates((*state.given, one <= m), state)
    first = e.at_most(0, m * (m - 1), (m, e.fact(zero <= m - 1)))
    e = Estimates((*state.given, m < one), state)
    second = e.at_most(0, m * (m - 1), (1, e.fact(m <= zero)))
    return cases(first, second)


PAIRS = Result(
    "A3-pairs",
    "m(m − 1) ≥ 0 for every natural number m",
    equation="A3",
    chain=[have(zero <= m * (m - 1), by=ProofBy("m = 0 or m ≥ 1", _pairs_nonnegative))],
)

_uv = (zero <= u, zero <= v, u + v <= half)
_fg = (1 - u <= f, f <= 1 - u + u**2 / 2, 1 - v <= g, g <= 1 - v + v**2 / 2)
_positive = (zero <= f, zero <= g)


def _ones(e: Estimates) -> tuple[Theorem, Theorem]:
    """f ≤ 1 and g ≤ 1."""
    half_u, half_v = e.fact(u <= half), e.fact(v <= half)
    return (
        e.at_most(f, 1, (1, assume(_fg[1])), (u / 2, half_u)),
        e.at_most(g, 1, (1, assume(_fg[3])), (v / 2, half_v)),
    )


def _product_facts(state: State) -> dict[str, Theorem]:
    """0 ≤ 1 − fg and (u+v) − (u+v)²/2 ≤ 1 − fg."""
    e = Estimates(state.given, state)
    f1, g1 = _ones(e)
    total = u + v
    product = 1 - f * g
    upper_f, upper_g = assume(_fg[1]), assume(_fg[3])
    return {
        "positive": e.at_most(0, product, (1, f1), (f, g1)),
        "lower": e.at_most(
            total - total**2 / 2,
            product,
            (f, upper_g),
            (1 - v + v**2 / 2, upper_f),
            (u**2 * v / 4, e.fact(v <= 1)),
        ),
    }


def _product_result(name: str, words: str, statement: Term) -> Result:
    derive = ProofBy("products of the given bounds", lambda state: _product_facts(state)[name])
    return Result(
        f"A3-product-{name}", words, equation="A3", given=(*_uv, *_fg, *_positive), chain=[have(statement, by=derive)]
    )


def _upper(state: State) -> Theorem:
    """fg ≥ (1 − u)(1 − v) for u ≤ 1, and fg ≥ 0 ≥ 1 − u for u > 1."""
    few, many = (Estimates((*state.given, h), state) for h in (u <= 1, one < u))
    return cases(
        few.at_most(1 - f * g, u + v, (g, assume(_fg[0])), (1 - u, assume(_fg[2]))),
        many.at_most(1 - f * g, u + v, (1, many.fact(one <= u))),
    )


PRODUCT_POSITIVE = _product_result("positive", "0 ≤ 1 − fg", zero <= 1 - f * g)
PRODUCT_UPPER = Result(
    "A3-product-upper",
    "1 − fg ≤ u + v",
    equation="A3",
    given=(*_uv[:2], _fg[0], _fg[2], *_positive),
    chain=[have(1 - f * g <= u + v, by=ProofBy("u ≤ 1 or u > 1", _upper))],
)
PRODUCT_LOWER = _product_result("lower", "1 − fg ≥ (u+v) − (u+v)²/2", u + v - (u + v) ** 2 / 2 <= 1 - f * g)

_ratio_given = (
    1 - w <= p,
    p <= 1 - w + w**2 / 2,
    zero <= w,
    zero <= s,
    s <= half,
    x <= s,
    s - s**2 / 2 <= x,
    1 + x / 2 <= y,
    y <= 1 + x / 2 + x**2,
)
_main = 1 + s / 2 - w
_error = s**2 + w * s / 2 + 3 * w**2 / 4


def _ratio(state: State) -> Theorem:
    """p y between (1 − w)y₁ and (1 − w + w²/2)y₂, y₁ ≤ y ≤ y₂ the bounds of y, or the other way round for p < 0."""
    p_low, p_high, _, _, s_half, x_s, x_low, y_low, y_high = map(assume, _ratio_given)
    some = Estimates(state.given, state)
    positive = some.at_most(0, x, (1, x_low), (s / 2, s_half))
    e = some.under(positive.conclusion)
    x_half = e.at_most(x, half, (1, x_s), (1, s_half))
    plus, minus = e.under(zero <= p), e.under(p < zero)
    above = (half, x_s), (w**2 / 4, x_half)
    most = plus.at_most(
        p * y - _main,
        _error,
        *((p, y_high), (1 + x / 2 + x**2, p_high), (x + s, x_s), (w**2 / 2 * (x + half), x_half), *above),
    )
    below = minus.at_most(p * y - _main, _error, (-p, y_low), (1 + x / 2, p_high), *above)
    steps = (half, x_low), (w / 2, x_s)
    least = plus.at_most(-_error, p * y - _main, (p, y_low), (1 + x / 2, p_low), *steps)
    square = half, e.by(square_nonnegative, w * x - x)
    rest = square, (w**2 / 2 * (x + half), x_half)
    other = minus.at_most(-_error, p * y - _main, (-p, y_high), (1 + x / 2 + x**2, p_low), *steps, *rest)
    return cut_all(two_sided(p * y - _main, cases(least, other), cases(most, below)), positive)


RATIO = Result(
    "A3-ratio",
    "The ratio p/√(fg) to first order, in real variables",
    equation="A3",
    given=_ratio_given,
    chain=[have(Abs(p * y - _main) <= _error, by=ProofBy("products of the given bounds", _ratio))],
)


_relative_given = (
    1 - w <= p,
    p <= 1 - w + w**2 / 2,
    w <= one,
    zero <= x,
    x <= half,
    x <= 2 * w,
    1 + x / 2 <= y,
    y <= 1 + x / 2 + x**2,
)


def _relative_ratio(state: State) -> Theorem:
    """1 − w ≤ p ≤ py, and py ≤ p(1 + 2w) ≤ 1 + w."""
    e = Estimates(state.given, state)
    p_low, p_high, w_one, _, x_half, x_w, y_low, y_high = map(assume, _relative_given)
    positive = e.at_most(0, w, (half, x_w), (half, assume(_relative_given[3])))
    sign = e.at_most(0, p, (1, p_low), (1, w_one))
    e = e.under(positive.conclusion, sign.conclusion)
    lower = e.at_most(-w, p * y - 1, (p, y_low), (1, p_low))
    upper = e.at_most(p * y - 1, w, (p, y_high), (p * x, x_half), (p, x_w), (1 + 2 * w, p_high), (w**2, w_one))
    return cut_all(two_sided(p * y - 1, lower, upper), positive, sign)


RELATIVE_RATIO = Result(
    "A3-ratio-relative",
    "The ratio p/√(fg) is near 1, in real variables",
    equation="A3",
    given=_relative_given,
    chain=[have(Abs(p * y - 1) <= w, by=ProofBy("products of the given bounds", _relative_ratio))],
)


def _at(e: Estimates, label: str, *values: tuple[Term, Term]) -> Theorem:
    return e.meet(e.by(instantiate, e.lookup(label), values))


def _falling_facts(e: Estimates, order: Term) -> tuple[Theorem, Theorem, Theorem]:
    """Both of (A3-falling), and S ≥ 0."""
    sign = e.at_most(0, pairs(order), (1 / (2 * N), _at(e, "A3-pairs", (m, order))))
    return _at(e, "A3-falling-lower", (m, order)), _at(e, "A3-falling-upper", (m, order)), sign


_both, _S = k + l - q, pairs(k) + pairs(l)
_inside = 1 - falling(k) * falling(l)
_values = ((p, falling(_both)), (w, pairs(_both)), (x, _inside), (y, (1 - _inside) ** num(Fraction(-1, 2))))


@dataclass(frozen=True)
class _Root:
    """0 ≤ S ≤ 1/2, 0 ≤ x ≤ S, S − S²/2 ≤ x ≤ 1/2, and 1/√(1−x) from both sides: S = S_k + S_l, x = 1 − F(k)F(l)."""

    sum_sign: Theorem
    sum_half: Theorem
    positive: Theorem
    upper: Theorem
    lower: Theorem
    half: Theorem
    low: Theorem
    high: Theorem


def _root(e: Estimates) -> _Root:
    (lk, uk, sk), (ll, ul, sl) = _falling_facts(e, k), _falling_facts(e, l)
    small = e.at_most(_S, half, (1 / (2 * N), e.fact(k * (k - 1) + l * (l - 1) <= N)))
    values = ((u, pairs(k)), (v, pairs(l)), (f, falling(k)), (g, falling(l)))
    proofs = (sk, sl, small, lk, uk, ll, ul, e.fact(zero <= falling(k)), e.fact(zero <= falling(l)))
    positive, upper, lower = (
        e.instance(e.lookup(f"A3-product-{name}"), (*_uv, *_fg, *_positive), values, proofs)
        for name in ("positive", "upper", "lower")
    )
    positive = e.at_most(0, _inside, (1, positive))
    x_half = e.at_most(_inside, half, (1, upper), (1, small))
    low, high = (e.by(inverse_root_bounds, _inside, positive, x_half, side) for side in (0, 1))
    return _Root(e.at_most(0, _S, (1, sk), (1, sl)), small, positive, upper, lower, x_half, low, high)


def ratio_bound(e: Estimates) -> Theorem:
    """|ratio − (1 + c/N)| ≤ C/N² for N ≥ 1 + k + l + k² + l² and q ≤ k, l."""
    root, (lp, up, sp) = _root(e), _falling_facts(e, _both)
    proofs = (
        *(lp, up, sp, root.sum_sign, root.sum_half),
        *(root.upper, root.lower, root.low, root.high),
    )
    whole = e.instance(e.lookup("A3-ratio"), _ratio_given, (*_values, (s, _S)), proofs)
    symbol = definition(ratio(k, l, q))
    goal = Abs(symbol.right - (1 + first_order(k, l, q) / N))
    bound = e.at_most(goal, second_order_bound(k, l, q) * N ** num(-2), (1, whole))
    return transport(bound, (0, 0, 0), symmetry(symbol), ())


def _expansion(state: State) -> Theorem:
    e = Estimates((*state.given, threshold(k, l) <= N), state)
    main = 1 + first_order(k, l, q) / N
    exact = e.equal(ratio(k, l, q), main + (ratio(k, l, q) - main))
    return expand(
        N, threshold(k, l), exact, main + remainder(N ** num(-2), second_order_bound(k, l, q)), ratio_bound(e)
    )


_ratio_uses = (
    "A3-pairs",
    "A3-falling-lower",
    "A3-falling-upper",
    "A3-product-positive",
    "A3-product-upper",
    "A3-product-lower",
    "A3-ratio",
)

STIRLING = Result(
    "A3-stirling",
    "The binomial coefficients' ratio: 1/N coefficient and remainder, for symbolic k, l, q",
    equation="A3",
    given=(q <= k, q <= l),
    chain=[
        have(
            Term(
                "asymptotic",
                (
                    threshold(k, l),
                    lam(
                        N,
                        equal(
                            ratio(k, l, q),
                            1 + first_order(k, l, q) / N + remainder(N ** num(-2), second_order_bound(k, l, q)),
                        ),
                    ),
                ),
            ),
            by=ProofBy("(A3-falling) for k, l and k + l − q, and the square root", _expansion, _ratio_uses),
        )
    ],
)


def _squares(e: Estimates) -> Theorem:
    """M(M − 1) ≤ 2N for M = k + l − q ≤ k + l, since (k + l)² ≤ 2k² + 2l²."""
    square, late = e.by(square_nonnegative, k - l), e.fact(threshold(k, l) <= N)
    return e.at_most(_both * (_both - 1), 2 * N, (1, square), (2, late), (1 + q, assume(q <= k)))


def _relative(state: State) -> Theorem:
    """1 − F(k)F(l) ≤ S_k + S_l ≤ 2S_M for M = k + l − q ≥ k, l."""
    e = Estimates(state.given, state)
    root, (lp, up, _) = _root(e), _falling_facts(e, _both)
    rest = [(1 / (2 * N), _at(e, "A3-pairs", (m, order))) for order in (k - q, l - q)]
    rest += [(k / N, assume(q <= l)), (l / N, assume(q <= k))]
    below = e.at_most(_inside, 2 * pairs(_both), (1, root.upper), *rest)
    w_one = e.at_most(pairs(_both), one, (1 / (2 * N), _squares(e)))
    proofs = (lp, up, w_one, root.positive, root.half, below, root.low, root.high)
    whole = e.instance(e.lookup("A3-ratio-relative"), _relative_given, _values, proofs)
    symbol = definition(ratio(k, l, q))
    bound = e.at_most(Abs(symbol.right - 1), counting_bound(k, l, q) * N ** num(-1), (1, whole))
    return transport(bound, (0, 0, 0), symmetry(symbol), ())


_relative_uses = (*(label for label in _ratio_uses if label != "A3-ratio"), "A3-ratio-relative")

RELATIVE = Result(
    "A3-relative",
    "The ratio is 1 + O(1/N), with the constant",
    equation="A3",
    given=(q <= k, q <= l, threshold(k, l) <= N),
    chain=[
        have(
            Abs(ratio(k, l, q) - 1) <= counting_bound(k, l, q) * N ** num(-1),
            by=ProofBy("(A3-falling) for k, l and k + l − q, and the square root", _relative, _relative_uses),
        )
    ],
)
