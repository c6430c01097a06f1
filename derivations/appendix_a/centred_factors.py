"""The factors of a matrix element at μ = A₀₀, where ⟨0|𝒜|0⟩ = 1 + O(1/N): bounds C/√N with sharp constants."""

from __future__ import annotations

from fractions import Fraction

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.expansions import (
    centred_constant,
    centred_exponent_constant,
    early,
    element_threshold,
    front,
    limit_threshold,
    main_exponent,
    root,
    size,
    summand,
    summand_limit,
)
from symbolic_mqb.notation.language import Abs, I, equal, exp, half, log, quarter, sqrt, symbols, unequal
from symbolic_mqb.notation.measurement import A2, POVM, A, N, absolute_moment, calA, entry, mu, t, tau
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.exponentials import exponential_above_tangent, exponential_taylor
from symbolic_mqb.rules.inequalities import (
    exponential_difference,
    exponential_monotone,
    logarithm_bound,
    logarithm_remainder,
    modulus_of_product,
    root_of_square,
    triangle,
)
from symbolic_mqb.rules.logic import assume, instantiate, transport
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.reasons import ProofBy, State

k, l, q, r, s = symbols("k l q r s", "nat")
W, S, R = symbols("W S R", "complex")
zero, one = num(0), num(1)
_u = front - 1
_M2, _M3 = absolute_moment(2, 0, 0), absolute_moment(3, 0, 0)
_quadratic = t**2 * (entry(A2, 0, 0) - entry(A, 0, 0) ** 2) / (2 * N * tau**2)
_given = (POVM, unequal(tau, 0), equal(mu, entry(A, 0, 0)), limit_threshold(k, l) <= N)


def _order(e: Estimates, order: int, level: int) -> Theorem:
    """(A4) to this order at r = s."""
    return e.meet(e.by(instantiate, e.lookup(f"A4-order-{order}"), ((r, num(level)), (s, num(level)))))


def _centred(e: Estimates, theorem: Theorem, z: Term) -> Theorem:
    """|z| ≤ B from |z′| ≤ B, where z′ is z at μ = A₀₀."""
    return transport(theorem, (0, 0), e.equal(theorem.left.args[0], z), e.given)


def _late(e: Estimates) -> Theorem:
    """4(k + l + …) ≤ √N."""
    four = 4 * early(k, l)
    return e.by(root_of_square, four, e.at_most(four**2, N, (1, assume(_given[-1]))))


def _exponent_bound(e: Estimates, ne: Theorem) -> Theorem:
    """N(log(1+u) − u + u²/2) − Nu²/2 + N(u + t²σ²/(2Nτ²)) − (k+l)log(1+u) for u = ⟨0|𝒜|0⟩ − 1 = O(1/N)."""
    first, second = _order(e, 0, 0), _order(e, 1, 0)
    twice = 2 * Abs(t) * absolute_moment(1, 0, 0)
    root_size = e.by(root_of_square, twice, e.fact(twice**2 <= N))
    small = e.at_most(Abs(_u), half, (1, first), (root / 2, root_size))
    square = t**2 * _M2 / (2 * N)
    near = e.at_most(Abs(_u), square, (1, _centred(e, second, _u)))
    inside = e.under(ne.conclusion)
    parts = (
        N * (log(1 + _u) - _u + _u**2 / 2),
        -N * _u**2 / 2,
        N * (_u + _quadratic),
        -(k + l) * log(1 + _u),
    )
    exponent = (N - k - l) * log(front) + N * _quadratic
    bound = inside.at_most(
        Abs(exponent),
        centred_exponent_constant * root,
        (1, inside.by(triangle, parts)),
        (N, inside.by(logarithm_remainder, _u, small)),
        (Fraction(2, 3) * N * Abs(_u) ** 2, small),
        (N / 2, inside.by(modulus_of_product, (_u, _u))),
        (Fraction(5, 6) * N * (Abs(_u) + square), near),
        (N, _centred(e, _order(e, 2, 0), _u + _quadratic)),
        (k + l, inside.by(logarithm_bound, _u, small)),
        (2 * (k + l), near),
        (t**2 * _M2 / (4 * N), _late(e)),
    )
    return _centred(inside, bound, (N - k - l) * log(front) - main_exponent)


def _exponent(state: State) -> Theorem:
    e0 = Estimates(state.given, state)
    late = e0.at_most(element_threshold(k, l), N, (1, assume(_given[-1])))
    e = e0.under(late.conclusion)
    ne = e.meet(e.lookup("A5-nonzero"))
    return cut_all(_exponent_bound(e, ne), ne, late)


EXPONENT = Result(
    "A7-exponent",
    "The exponent of ⟨0|𝒜|0⟩^{N−k−l} at μ = A₀₀, with the constant of its remainder",
    equation="A7",
    given=_given,
    chain=[
        have(
            Abs((N - k - l) * log(front) - main_exponent) <= centred_exponent_constant * root,
            by=ProofBy(
                "(A4), and log(1 + u) = u + O(u²) for u = O(1/N)",
                _exponent,
                ("A4-order-0", "A4-order-1", "A4-order-2", "A5-nonzero"),
            ),
        )
    ],
)

_summand, _limit = summand(k, l, q), summand_limit(k, l, q)


def _summand_bound(state: State) -> Theorem:
    """(A6-summand); what is O(1/N) of the ratio and the diagonal elements is at most (k+l)/(8√N) together."""
    e0_ = Estimates(state.given, state)
    late = e0_.at_most(element_threshold(k, l), N, (1, assume(_given[-1])))
    e = e0_.under(late.conclusion)
    linear = Abs(t) * Abs(entry(A, 1, 1) - mu) / Abs(tau) * root
    upper_rest, lower_rest = (t**2 * absolute_moment(2, level, level) / (2 * N) for level in (1, 0))
    mean = I * t * (entry(A, 1, 1) - mu) / (sqrt(N) * tau)
    split = e.by(triangle, (entry(calA, 1, 1) - 1 - mean, mean))
    near, upper, lower = (
        e.meet(e.lookup("A3-relative")),
        e.at_most(Abs(entry(calA, 1, 1) - 1), linear + upper_rest, (1, split), (1, _order(e, 1, 1))),
        e.at_most(Abs(entry(calA, 0, 0) - 1), lower_rest, (1, _centred(e, _order(e, 1, 0), entry(calA, 0, 0) - 1))),
    )
    theorem = e.meet(e.lookup("A6-summand"))
    sum_ = near.right + q * upper_rest + q * lower_rest
    both = (k + l) / (2 * N)
    small = e.at_most(
        sum_,
        (k + l) / 8 * root,
        (both / 4, _late(e)),
        ((1 + q) / (2 * N), assume(q <= k)),
        (t**2 / (2 * N) * (absolute_moment(2, 0, 0) + absolute_moment(2, 1, 1)), assume(q <= k)),
    )
    sizes = size(1, 0) ** (k - q) * size(0, 1) ** (l - q)
    bound = e.at_most(
        Abs(_summand - _limit),
        centred_constant(k, l, q) * root,
        (1, theorem),
        (sizes, near),
        (sizes * q, upper),
        (sizes * q, lower),
        (sizes, small),
    )
    return cut_all(bound, late)


SUMMAND = Result(
    "A7-summand",
    "A summand of the matrix element and its limit at μ = A₀₀",
    equation="A7",
    given=(*_given, q <= k, q <= l),
    chain=[
        have(
            Abs(_summand - _limit) <= centred_constant(k, l, q) * root,
            by=ProofBy("(A6-summand)", _summand_bound, ("A6-summand", "A3-relative", "A4-order-1")),
        )
    ],
)

_bound = Fraction(4, 3) * (Abs(W) * Abs(S) + Abs(R))


def _perturbed(state: State) -> Theorem:
    """e^W(S + R) − S = (e^W − 1)S + e^W R, and e^{|W|} ≤ e^{1/4} ≤ 4/3."""
    e = Estimates(state.given, state)
    parts = ((exp(W) - 1) * S, exp(W) * R)
    below = exponential_monotone(assume(Abs(W) <= quarter))
    tangent = e.by(exponential_above_tangent, -quarter)
    growth = e.at_most(exp(Abs(W)), Fraction(4, 3), (1, below), (Fraction(4, 3) * exp(quarter), tangent))
    return e.at_most(
        Abs(exp(W) * (S + R) - S),
        _bound,
        (1, e.by(triangle, parts)),
        *((1, e.by(modulus_of_product, factors)) for factors in ((exp(W) - 1, S), (exp(W), R))),
        (Abs(S), e.by(exponential_difference, W)),
        (Abs(S) * Abs(W), growth),
        (Abs(R), e.by(exponential_taylor, W, 0)),
        (Abs(R), growth),
    )


PERTURBED = Result(
    "A7-perturbed",
    "e^W (S + R) is near S for small W and R",
    equation="A7",
    given=(Abs(W) <= quarter,),
    chain=[
        have(
            Abs(exp(W) * (S + R) - S) <= _bound,
            by=ProofBy("(e^W − 1)S + e^W R and |e^W − 1| ≤ |W| e^{|W|}", _perturbed),
        )
    ],
)
