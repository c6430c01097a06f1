"""(A3), last line: the binomial coefficients for N → ∞, with the 1/N term and an explicit remainder."""

from __future__ import annotations

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
    telescoping,
    telescoping_product,
    triangle,
    two_sided,
)
from symbolic_mqb.rules.logic import assume, cases, definition, instantiate, symmetry, transport
from symbolic_mqb.tactics.estimates import Estimates, expand
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
    """0 ≤ 1 − fg ≤ u + v and (u+v) − (u+v)²/2 ≤ 1 − fg."""
    e = Estimates(state.given, state)
    f1, g1 = _ones(e)
    total = u + v
    product = 1 - f * g
    upper_f, upper_g = assume(_fg[1]), assume(_fg[3])
    return {
        "positive": e.at_most(0, product, (1, f1), (f, g1)),
        "upper": e.at_most(product, total, (f, assume(_fg[2])), (1, assume(_fg[0])), (v, f1)),
        "lower": e.at_most(
            total - total**2 / 2,
            product,
            (f, upper_g),
            (1 - v + v**2 / 2, upper_f),
            (u**2 * v / 4, e.fact(v <= 1)),
        ),
    }


def _product_result(name: str, statement: Term) -> Result:
    words = {"positive": "0 ≤ 1 − fg", "upper": "1 − fg ≤ u + v", "lower": "1 − fg ≥ (u+v) − (u+v)²/2"}[name]
    derive = ProofBy("products of the given bounds", lambda state: _product_facts(state)[name])
    return Result(
        f"A3-product-{name}", words, equation="A3", given=(*_uv, *_fg, *_positive), chain=[have(statement, by=derive)]
    )


PRODUCT_POSITIVE = _product_result("positive", zero <= 1 - f * g)
PRODUCT_UPPER = _product_result("upper", 1 - f * g <= u + v)
PRODUCT_LOWER = _product_result("lower", u + v - (u + v) ** 2 / 2 <= 1 - f * g)

_ratio_given = (
    zero <= p,
    1 - w <= p,
    p <= 1 - w + w**2 / 2,
    zero <= w,
    zero <= s,
    s <= half,
    zero <= x,
    x <= s,
    s - s**2 / 2 <= x,
    1 + x / 2 <= y,
    y <= 1 + x / 2 + x**2,
)
_main = 1 + s / 2 - w
_error = s**2 + w * s / 2 + 3 * w**2 / 4


def _ratio(state: State) -> Theorem:
    e = Estimates(state.given, state)
    h = [assume(statement) for statement in _ratio_given]
    p_low, p_high, x_s, x_low, y_low, y_high = h[1], h[2], h[7], h[8], h[9], h[10]
    x_half = e.fact(x <= half)
    upper = e.at_most(
        p * y - _main,
        _error,
        (p, y_high),
        (1 + x / 2 + x**2, p_high),
        (half, x_s),
        (x + s, x_s),
        (w**2 / 4, x_half),
        (w**2 / 2 * (x + half), x_half),
    )
    lower = e.at_most(-_error, p * y - _main, (p, y_low), (1 + x / 2, p_low), (half, x_low), (w / 2, x_s))
    return two_sided(p * y - _main, lower, upper)


RATIO = Result(
    "A3-ratio",
    "The ratio p/√(fg) to first order, in real variables",
    equation="A3",
    given=_ratio_given,
    chain=[have(Abs(p * y - _main) <= _error, by=ProofBy("products of the given bounds", _ratio))],
)


def ratio_bound(e: Estimates) -> Theorem:
    """|ratio − (1 + c/N)| ≤ C/N² for N ≥ 1 + k + l + k² + l² and q ≤ k, l."""
    both = k + l - q

    def at(label: str, *values: tuple[Term, Term]) -> Theorem:
        return e.meet(e.by(instantiate, e.lookup(label), values))

    def facts(order: Term) -> tuple[Theorem, Theorem, Theorem]:
        sign = e.at_most(0, pairs(order), (1 / (2 * N), at("A3-pairs", (m, order))))
        return at("A3-falling-lower", (m, order)), at("A3-falling-upper", (m, order)), sign

    (lk, uk, sk), (ll, ul, sl), (lp, up, sp) = facts(k), facts(l), facts(both)
    S = pairs(k) + pairs(l)
    small = e.at_most(S, half, (1 / (2 * N), e.fact(k * (k - 1) + l * (l - 1) <= N)))
    values = ((u, pairs(k)), (v, pairs(l)), (f, falling(k)), (g, falling(l)))
    product_proofs = (sk, sl, small, lk, uk, ll, ul, e.fact(zero <= falling(k)), e.fact(zero <= falling(l)))
    names = ("positive", "upper", "lower")
    positive, upper, lower = (
        e.instance(e.lookup(f"A3-product-{name}"), (*_uv, *_fg, *_positive), values, product_proofs) for name in names
    )
    inside = 1 - falling(k) * falling(l)
    positive = e.at_most(0, inside, (1, positive))
    x_half = e.at_most(inside, half, (1, upper), (1, small))
    low = e.by(inverse_root_bounds, inside, positive, x_half, 0)
    high = e.by(inverse_root_bounds, inside, positive, x_half, 1)
    sign_s = e.at_most(0, S, (1, sk), (1, sl))
    point = ((p, falling(both)), (w, pairs(both)), (s, S), (x, inside), (y, (1 - inside) ** num(Fraction(-1, 2))))
    proofs = (e.fact(zero <= falling(both)), lp, up, sp, sign_s, small, positive, upper, lower, low, high)
    whole = e.instance(e.lookup("A3-ratio"), _ratio_given, point, proofs)
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


def relative_bound(e: Estimates) -> Theorem:
    """|ratio − 1| ≤ (|c| + C)/N."""
    main = first_order(k, l, q) / N
    rest = ratio(k, l, q) - (1 + main)
    split = e.by(triangle, (main, rest))
    large = e.fact(one <= N)
    return e.at_most(
        Abs(ratio(k, l, q) - 1),
        counting_bound(k, l, q) * N ** num(-1),
        (1, split),
        (N, ratio_bound(e)),
        (Abs(rest), large),
        (-(N ** num(-1)), definition(counting_bound(k, l, q))),
    )


def _relative(state: State) -> Theorem:
    return relative_bound(Estimates(state.given, state))


RELATIVE = Result(
    "A3-relative",
    "The ratio is 1 + O(1/N), with the constant",
    equation="A3",
    given=(q <= k, q <= l, threshold(k, l) <= N),
    chain=[
        have(
            Abs(ratio(k, l, q) - 1) <= counting_bound(k, l, q) * N ** num(-1),
            by=ProofBy("(A3-stirling) and the triangle inequality", _relative, _ratio_uses),
        )
    ],
)
