"""(1 + w/N + O(N^{−2}))^{N+p} → e^w with an explicit constant, and products of two such powers."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Abs, exp, symbols
from symbolic_mqb.notation.measurement import N
from symbolic_mqb.notation.powers import power_constant, product_constant
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.exponentials import exponential_above_tangent, exponential_taylor
from symbolic_mqb.rules.inequalities import (
    exponential_difference,
    exponential_monotone,
    modulus_of_product,
    power_difference,
    triangle,
    two_sided,
)
from symbolic_mqb.rules.logic import assume, definition
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.reasons import ProofBy, State

(p,) = symbols("p", "int")
z, w, w1, w2, f1, f2 = symbols("z w w1 w2 f1 f2", "complex")
W, c, W1, W2, C1, C2 = symbols("W c W1 W2 C1 C2", "real")
zero, one = num(0), num(1)
small = N ** num(-1)

#: The hypotheses of the power's limit.
POWER_GIVEN = (
    one <= N,
    p >= -N,
    p <= N,
    zero <= c,
    Abs(w) <= W,
    Abs(z - 1 - w / N) <= c * N ** num(-2),
)


def _sizes(e: Estimates) -> tuple[Theorem, Theorem]:
    """|z| ≤ e^{(W+c)/N} and |e^{w/N}| ≤ e^{(W+c)/N}."""
    at_least_one, small_w, near = (assume(POWER_GIVEN[i]) for i in (0, 4, 5))
    size = exp((W + c) / N)
    split = e.by(triangle, (z - 1 - w / N, one, w / N))
    tangent = e.by(exponential_above_tangent, (W + c) / N)
    first = e.at_most(
        Abs(z), size, (1, split), (1, near), (1 / N, small_w), (c * N ** num(-2), at_least_one), (1, tangent)
    )
    modulus = e.by(exponential_taylor, w / N, 0)
    grows = exponential_monotone(e.at_most(Abs(w / N), (W + c) / N, (1 / N, small_w)))
    return first, e.at_most(Abs(exp(w / N)), size, (1, modulus), (1, grows))


def _distance(e: Estimates) -> Theorem:
    """|z − e^{w/N}| ≤ (c + W²e^W/2)/N²."""
    at_least_one, small_w, near = (assume(POWER_GIVEN[i]) for i in (0, 4, 5))
    y = exp(w / N)
    split = e.by(triangle, (z - 1 - w / N, -(y - 1 - w / N)))
    taylor = e.by(exponential_taylor, w / N, 2)
    below = e.at_most(Abs(w / N), W, (1 / N, small_w), (W / N, at_least_one))
    grows = exponential_monotone(below)
    half_square = N ** num(-2) / 2
    return e.at_most(
        Abs(z - y),
        (c + W**2 * exp(W) / 2) * N ** num(-2),
        (1, split),
        (1, near),
        (1, taylor),
        (half_square * exp(Abs(w / N)) * (W + Abs(w)), small_w),
        (half_square * W**2, grows),
    )


def _shifted(e: Estimates) -> Theorem:
    """|e^{w(N+p)/N} − e^w| ≤ |p|We^{2W}/N."""
    small_w = assume(POWER_GIVEN[4])
    factor = exp(w * p / N)
    product = e.by(modulus_of_product, (exp(w), factor - 1))
    first = e.by(exponential_taylor, w, 0)
    rest = e.by(exponential_difference, w * p / N)
    shift = two_sided(p, assume(POWER_GIVEN[1]), assume(POWER_GIVEN[2]))
    below = e.at_most(Abs(w * p / N), W, (Abs(w) / N, shift), (1, small_w))
    grows, growth = exponential_monotone(below), exponential_monotone(small_w)
    size = Abs(w * p / N)
    return e.at_most(
        Abs(exp(w) * (factor - 1)),
        Abs(p) * W * exp(2 * W) * small,
        (1, product),
        (Abs(factor - 1), first),
        (Abs(factor - 1), growth),
        (exp(W), rest),
        (exp(W) * size, grows),
        (exp(2 * W) * Abs(p) / N, small_w),
    )


def _power(state: State) -> Theorem:
    e0 = Estimates(state.given, state)
    nonnegative = e0.at_most(zero, W, (1, assume(POWER_GIVEN[4])))
    e = e0.under(nonnegative.conclusion)
    first, second = _sizes(e)
    n, y = N + p, exp(w / N)
    step = e.by(power_difference, z, y, n, first, second)
    exponent = e.at_most((W + c) / N * (n - 1), 2 * (W + c), ((W + c) / N, e.fact(p <= N + 1)))
    grows = exponential_monotone(exponent)
    distance, rest = _distance(e), _shifted(e)
    bound = distance.right
    powers = e.at_most(
        Abs(z**n - y**n),
        2 * exp(2 * (W + c)) * (c + W**2 * exp(W) / 2) * small,
        (1, step),
        (n * first.right ** (n - 1), distance),
        (n * bound, grows),
        (exp(2 * (W + c)) * bound, e.fact(n <= 2 * N)),
    )
    split = e.by(triangle, (z**n - y**n, exp(w) * (exp(w * p / N) - 1)))
    total = e.at_most(
        Abs(z**n - exp(w)),
        power_constant(W, c, p) * small,
        (1, split),
        (1, powers),
        (1, rest),
        (-small, definition(power_constant(W, c, p))),
    )
    return cut_all(total, nonnegative)


POWER = Result(
    "D7-power",
    "(1 + w/N + O(N^{−2}))^{N+p} = e^w + O(1/N), with its constant",
    equation="D7",
    given=POWER_GIVEN,
    chain=[
        have(
            Abs(z ** (N + p) - exp(w)) <= power_constant(W, c, p) * small,
            by=ProofBy("against e^{w/N} to the same power", _power),
        )
    ],
)

PAIR_GIVEN = (
    one <= N,
    Abs(w1) <= W1,
    Abs(w2) <= W2,
    Abs(f1 - exp(w1)) <= C1 * small,
    Abs(f2 - exp(w2)) <= C2 * small,
)


def _pair(state: State) -> Theorem:
    """f₁f₂ − g₁g₂ = (f₁ − g₁)f₂ + g₁(f₂ − g₂)."""
    e0 = Estimates(state.given, state)
    at_least_one, small1, small2, near1, near2 = map(assume, PAIR_GIVEN)
    nonnegative = e0.at_most(zero, C2, (N, near2))
    e = e0.under(nonnegative.conclusion)
    g1, g2 = exp(w1), exp(w2)
    first, second = (e.by(exponential_taylor, v, 0) for v in (w1, w2))
    grow1, grow2 = exponential_monotone(small1), exponential_monotone(small2)
    size = e.at_most(
        Abs(f2),
        exp(W2) + C2,
        (1, e.by(triangle, (f2 - g2, g2))),
        (1, near2),
        (1, second),
        (1, grow2),
        (C2 * small, at_least_one),
    )
    parts = (f1 - g1) * f2, g1 * (f2 - g2)
    split = e.by(triangle, parts)
    total = e.at_most(
        Abs(f1 * f2 - exp(w1 + w2)),
        product_constant(W1, W2, C1, C2) * small,
        (1, split),
        (1, e.by(modulus_of_product, (f1 - g1, f2))),
        (1, e.by(modulus_of_product, (g1, f2 - g2))),
        (Abs(f2), near1),
        (Abs(f2 - g2), first),
        (Abs(f2 - g2), grow1),
        (exp(W1), near2),
        (C1 * small, size),
    )
    return cut_all(total, nonnegative)


PAIR = Result(
    "D7-pair",
    "A product of two such powers",
    equation="D7",
    given=(*PAIR_GIVEN, zero <= C1),
    chain=[
        have(
            Abs(f1 * f2 - exp(w1 + w2)) <= product_constant(W1, W2, C1, C2) * small,
            by=ProofBy("one factor after the other", _pair),
        )
    ],
)
