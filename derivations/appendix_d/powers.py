"""z^{N+p} against e^{iω(N+p)/N} for z = e^{iω/N} + O(N^{−2}), and z₁^{N−m} z₂^{N+m} → e^{iω}, with their constants."""

from __future__ import annotations

from fractions import Fraction

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Abs, I, exp, symbols
from symbolic_mqb.notation.measurement import N
from symbolic_mqb.notation.powers import pair_constant, pair_threshold, second_order
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.exponentials import exponential_above_tangent, exponential_taylor
from symbolic_mqb.rules.inequalities import (
    exponential_difference,
    exponential_monotone,
    modulus_of_product,
    power_bound,
    power_difference,
    square_nonnegative,
    triangle,
)
from symbolic_mqb.rules.logic import assume, instantiate
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.reasons import ProofBy, State

(p,) = symbols("p", "int")
(m,) = symbols("m", "nat")
z, z1, z2, w, w1, delta, delta1, delta2 = symbols("z z1 z2 w w1 δ δ1 δ2", "complex")
omega, W, c, W1, W2, c1, c2, D = symbols("ω W c W1 W2 c1 c2 D", "real")
zero, one = num(0), num(1)
small, square = N ** num(-1), N ** num(-2)


def _exponential(e: Estimates, exponent: Term, at_most: Fraction, below: Theorem) -> Theorem:
    """e^x ≤ 1/(1 − q) from x ≤ q < 1, since 1 − q ≤ e^{−q}."""
    bound = 1 / Fraction(1 - at_most)
    tangent = e.by(exponential_above_tangent, num(-at_most))
    return e.at_most(exp(exponent), bound, (1, exponential_monotone(below)), (bound * exp(num(at_most)), tangent))


_turned = exp(I * omega / N) + delta * square


def _power(state: State) -> Theorem:
    """|zⁿ − yⁿ| ≤ n e^{n|δ|/N²}|z − y| for y = e^{iω/N}, |y| = 1, z = y + δ/N² and n = N + p."""
    e = Estimates(state.given, state)
    few, kappa = assume(8 * Abs(delta) <= N), Abs(delta)
    n, y, size = N + p, exp(I * omega / N), exp(kappa * square)
    tangent = e.by(exponential_above_tangent, kappa * square)
    first = e.at_most(Abs(_turned), size, (1, e.by(triangle, (delta * square, y))), (1, tangent))
    second = e.at_most(Abs(y), size, (1, tangent))
    step = e.by(power_difference, _turned, y, n, first, second)
    exponent, most = kappa * square * (n - 1), Fraction(9, 64)
    length = e.fact(8 * n <= 9 * N)
    below = e.at_most(exponent, most, (kappa * square / 8, length), (most * small, few))
    return e.at_most(
        Abs(_turned**n - y**n),
        Fraction(4, 3) * kappa * small,
        (1, step),
        (n * kappa * square, _exponential(e, exponent, most, below)),
        (Fraction(8, 55) * kappa * square, length),
    )


POWER = Result(
    "D7-power",
    "A power of e^{iω/N} + O(N^{−2}), with the constant of the O(1/N)",
    equation="D7",
    given=(one <= N, p >= -N, 8 * p <= N, 8 * Abs(delta) <= N),
    chain=[
        have(
            Abs(_turned ** (N + p) - exp(I * omega / N) ** (N + p)) <= Fraction(4, 3) * Abs(delta) * small,
            by=ProofBy("aⁿ − bⁿ for numbers that are hardly above 1 in modulus", _power),
        )
    ],
)

_near_given = (one <= N, Abs(w) <= W, Abs(z - 1 - w / N) <= c * square, 16 * W <= N)


def _near(state: State) -> Theorem:
    """e^{w/N} = 1 + w/N + O(W²/(2N²)), and e^{1/16} ≤ 16/15."""
    e0 = Estimates(state.given, state)
    _, small_w, near, few = map(assume, _near_given)
    signs = e0.at_most(zero, W, (1, small_w)), e0.at_most(zero, c, (N**2, near))
    e = e0.under(*(sign.conclusion for sign in signs))
    y, size = exp(w / N), Abs(w / N)
    taylor = e.by(exponential_taylor, w / N, 2)
    below = e.at_most(size, Fraction(1, 16), (small, small_w), (small / 16, few))
    grows = _exponential(e, size, Fraction(1, 16), below)
    bound = e.at_most(
        Abs(z - y),
        Fraction(16, 15) * second_order(W, c) * square,
        (1, e.by(triangle, (z - 1 - w / N, -(y - 1 - w / N)))),
        (1, near),
        (1, taylor),
        (size**2 / 2, grows),
        (Fraction(8, 15) * square * (W + Abs(w)), small_w),
    )
    return cut_all(bound, *signs)


NEAR = Result(
    "D7-near",
    "1 + w/N + O(N^{−2}) is near e^{w/N}",
    equation="D7",
    given=_near_given,
    chain=[
        have(
            Abs(z - exp(w / N)) <= Fraction(16, 15) * second_order(W, c) * square,
            by=ProofBy("Taylor's theorem", _near),
        )
    ],
)

w2 = I * omega - w1
_written = 1 + w1 / N + delta1 * square, 1 + w2 / N + delta2 * square
_numbers, _sizes = ((z1, w1), (z2, w2)), ((W1, c1), (W2, c2))
_late = pair_threshold(W1, W2, c1 + c2, m)
_few = tuple(Abs(v) <= V for v, V in ((w1, W1), (w2, W2), (delta1, c1), (delta2, c2)))
_given = (*_few, Abs(w2 - w1) <= D, _late <= N)
#: The same of numbers of which no more is known.
_close = tuple(Abs(x - 1 - v / N) <= q * square for (x, v), (_, q) in zip(_numbers, _sizes, strict=True))
_kappa = second_order(W1, c1) + second_order(W2, c2)
_y1, _y2 = exp(w1 / N), exp(w2 / N)
_turn = exp(I * omega / N)


def _facts(e: Estimates) -> list[Theorem]:
    """What the threshold says of each number: it is ≥ 0, and at most N/16."""
    found = [e.at_most(zero, size, (1, assume(_given[i]))) for i, size in enumerate((W1, W2, c1, c2))]
    e = e.under(*(fact.conclusion for fact in found))
    late = assume(_late <= N)
    found += [e.at_most(16 * size, N, (1, late)) for size in (one, m, W1, W2, c1, c2)]
    return [*found, e.at_most(one, N, (1, late))]


def _distances(e: Estimates) -> list[Theorem]:
    """(D7-near) for both numbers."""
    out = []
    for (x, v), (V, q) in zip(_numbers, _sizes, strict=True):
        out.append(e.meet(e.by(instantiate, e.lookup("D7-near"), ((z, x), (w, v), (W, V), (c, q)))))
    return out


def _product(e: Estimates, near: list[Theorem]) -> Theorem:
    """|z₁z₂ − e^{iω/N}| ≤ (16/15)²κ/N², as (z₁ − y₁)z₂ + y₁(z₂ − y₂)."""
    sixteen = e.fact(16 * W1 <= N), e.fact(16 * W2 <= N), e.fact(16 * c2 <= N)
    limit, at_most = Fraction(16, 15), Fraction(1, 16)
    small_w = [assume(_given[i]) for i in (0, 1)]
    below = e.at_most(Abs(w1 / N), at_most, (small, small_w[0]), (small / 16, sixteen[0]))
    first = e.at_most(
        Abs(_y1), limit, (1, e.by(exponential_taylor, w1 / N, 0)), (1, _exponential(e, Abs(w1 / N), at_most, below))
    )
    second = e.at_most(
        Abs(z2),
        limit,
        (1, e.by(triangle, (z2 - 1 - w2 / N, one, w2 / N))),
        (1, assume(_close[1])),
        (small, small_w[1]),
        (small / 16, sixteen[1]),
        (square / 16, sixteen[2]),
        (small / 256, e.fact(N >= 16)),
    )
    parts = ((z1 - _y1) * z2, _y1 * (z2 - _y2))
    return e.at_most(
        Abs(z1 * z2 - _turn),
        limit**2 * _kappa * square,
        (1, e.by(triangle, parts)),
        *((1, e.by(modulus_of_product, factors)) for factors in ((z1 - _y1, z2), (_y1, z2 - _y2))),
        (Abs(z1 - _y1), second),
        (limit, near[0]),
        (Abs(z2 - _y2), first),
        (limit, near[1]),
    )


def _side(e: Estimates, near: Theorem) -> tuple[Theorem, Theorem]:
    """|z₂^{2m}| ≤ 128/123 and |z₂^{2m} − y₂^{2m}| ≤ (1/8)(128/123)(16/15)κ₂/N."""
    rate = (W2 + c2 / N) / N
    size, power, at_most = exp(rate), 2 * m, Fraction(5, 128)
    tangent, small_w = e.by(exponential_above_tangent, rate), assume(_given[1])
    first = e.at_most(
        Abs(z2),
        size,
        (1, e.by(triangle, (z2 - 1 - w2 / N, one, w2 / N))),
        (1, assume(_close[1])),
        (small, small_w),
        (1, tangent),
    )
    grows = exponential_monotone(e.at_most(Abs(w2 / N), rate, (small, small_w)))
    second = e.at_most(Abs(_y2), size, (1, e.by(exponential_taylor, w2 / N, 0)), (1, grows))
    few = e.fact(16 * m <= N)
    mixed = e.at_most(32 * 2 * m * W2, N, (1, assume(_late <= N)), (16, e.by(square_nonnegative, W2 - m)))
    below = e.at_most(
        power * rate,
        at_most,
        (small / 32, mixed),
        (2 * c2 * N ** num(-2) / 16, few),
        (small / 128, e.fact(16 * c2 <= N)),
    )
    bound = _exponential(e, power * rate, at_most, below)
    powered = e.at_most(Abs(z2**power), Fraction(128, 123), (1, e.by(power_bound, z2, power, first)), (1, bound))
    step = e.by(power_difference, z2, _y2, power, first, second)
    shorter = exponential_monotone(e.at_most((power - 1) * rate, power * rate))
    near_bound = near.right
    close = e.at_most(
        Abs(z2**power - _y2**power),
        Fraction(1, 8) * Fraction(128, 123) * near_bound * N,
        (1, step),
        (power * size ** (power - 1), near),
        (power * near_bound, shorter),
        (power * near_bound, bound),
        (Fraction(1, 8) * Fraction(128, 123) * near_bound, few),
    )
    return powered, close


def _shift(e: Estimates) -> Theorem:
    """|e^{iω}(e^{m(w₂−w₁)/N} − 1)| ≤ (64/63) m D/N."""
    shift, at_most = m * (w2 - w1) / N, Fraction(1, 64)
    split = e.by(triangle, (w2, -w1))
    mixed = e.at_most(4 * m * (W1 + W2), (W1 + W2 + m) ** 2, (1, e.by(square_nonnegative, W1 + W2 - m)))
    below = e.at_most(
        Abs(shift),
        at_most,
        (m * small, split),
        *((m * small, assume(_given[i])) for i in (0, 1)),
        (small / 4, mixed),
        (small / 64, assume(_late <= N)),
    )
    return e.at_most(
        Abs(exp(I * omega) * (exp(shift) - 1)),
        Fraction(64, 63) * m * D * small,
        (1, e.by(modulus_of_product, (exp(I * omega), exp(shift) - 1))),
        (1, e.by(exponential_difference, shift)),
        (Abs(shift), _exponential(e, Abs(shift), at_most, below)),
        (Fraction(64, 63) * m * small, assume(_given[4])),
    )


def _main(e: Estimates, product: Theorem) -> Theorem:
    """(D7-power) for z₁z₂."""
    rest, limit = (z1 * z2 - _turn) * N**2, product.right * N**2
    size = e.at_most(Abs(rest), limit, (N**2, product))
    most = e.at_most(8 * limit, N, (1, assume(_late <= N)))
    few = e.at_most(8 * Abs(rest), N, (8, size), (1, most))
    theorem = e.by(instantiate, e.lookup("D7-power"), ((delta, rest), (p, -m)))
    bound = e.meet(cut(theorem, few))
    same = e.equal(bound.left, Abs((z1 * z2) ** (N - m) - _turn ** (N - m)))
    return e.at_most(same.right, Fraction(4, 3) * limit * small, (1, bound), (-1, same), (Fraction(4, 3) * small, size))


def _powers(first: Term, second: Term) -> Term:
    return first ** (N - m) * second ** (N + m)


def _pair(state: State) -> Theorem:
    """(Zⁿ − Yⁿ)z₂^{2m} + Yⁿ(z₂^{2m} − y₂^{2m}) + (Yⁿy₂^{2m} − e^{iω}) for Z = z₁z₂, Y = e^{iω/N} and n = N − m."""
    e0 = Estimates(state.given, state)
    facts = _facts(e0)
    e = e0.under(*(fact.conclusion for fact in facts), *_close)
    near = _distances(e)
    n, power = N - m, 2 * m
    product = _product(e, near)
    main = _main(e, product)
    size, close = _side(e, near[1])
    shift = _shift(e)
    last = exp(I * omega) * (exp(m * (w2 - w1) / N) - 1)
    parts = ((z1 * z2) ** n - _turn**n) * z2**power, _turn**n * (z2**power - _y2**power), last
    bound = e.at_most(
        Abs(_powers(z1, z2) - exp(I * omega)),
        pair_constant(_kappa, m, D) * small,
        (1, e.by(triangle, parts)),
        (1, e.by(modulus_of_product, ((z1 * z2) ** n - _turn**n, z2**power))),
        (1, e.by(modulus_of_product, (_turn**n, z2**power - _y2**power))),
        (Abs((z1 * z2) ** n - _turn**n), size),
        (Fraction(128, 123), main),
        (1, close),
        (1, shift),
    )
    e = e0.under(*(fact.conclusion for fact in facts))
    proofs = tuple(
        e.at_most(Abs(d) * square, q * square, (square, assume(Abs(d) <= q))) for d, q in ((delta1, c1), (delta2, c2))
    )
    written = e.meet(e.instance(bound, _close, tuple(zip((z1, z2), _written, strict=True)), proofs))
    return cut_all(written, *reversed(facts))


PAIR = Result(
    "D7-pair",
    "A product of two such powers whose rates add up to an imaginary number",
    equation="D7",
    given=_given,
    chain=[
        have(
            Abs(_powers(*_written) - exp(I * omega)) <= pair_constant(_kappa, m, D) * small,
            by=ProofBy("(z₁z₂)^{N−m} z₂^{2m}, one factor after the other", _pair, ("D7-near", "D7-power")),
        )
    ],
)
