"""The matrix element for N → ∞ with an explicit O(1/N), for operators that are 1 + itA/(2Nτ) + O(N^{−2})."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.full_coarse_graining import (
    centred,
    element_constant,
    first_order,
    half_rates,
    half_sizes,
    integrand,
    integrand_constant,
    limit_integral,
    power,
    turn,
)
from symbolic_mqb.notation.language import Abs, I, binomial, exp, pi, sqrt, symbols, unequal
from symbolic_mqb.notation.measurement import N, braket, entry, t, tau
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.circle import orthogonality
from symbolic_mqb.rules.exponentials import exponential_taylor
from symbolic_mqb.rules.inequalities import exponential_monotone, modulus_of_product, triangle
from symbolic_mqb.rules.intervals import integral_of_sum, interval_inequality, modulus_of_integral
from symbolic_mqb.rules.logic import assume, rewrite, transport
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, use

k, l, p = symbols("k l p", "int")
(phi,) = symbols("φ", "real")
A, B = symbols("A 𝒜", "op")
z, w, w1, w2, f1, f2 = symbols("z w w1 w2 f1 f2", "complex")
W, c, W1, W2, C1, C2 = symbols("W c W1 W2 C1 C2", "real")
zero, one = num(0), num(1)
small = N ** num(-1)
levels = ((0, 0), (0, 1), (1, 0), (1, 1))
#: |⟨r|𝒜|s⟩ − δ_rs − it⟨r|A|s⟩/(2Nτ)| ≤ c_rs N^{−2}.
rests = {(r, s): symbols(f"c{r}{s}", "real")[0] for r, s in levels}
entries = {(r, s): Abs(entry(B, r, s) - first_order(A, r, s)) <= rests[r, s] * N ** num(-2) for r, s in levels}
_signs = tuple(zero <= rests[level] for level in levels)
_range = (one <= N, k >= -N, k <= N)
_rates, _sizes = half_rates(A, phi), half_sizes(A)


def _bounded(e: Estimates) -> tuple[Theorem, Theorem]:
    """|w| ≤ |t/2τ|(|A₀₀| + |A₀₁|) and |t/2τ|(|A₁₁| + |A₁₀|) for the two half rates."""
    scale = Abs(t) / (2 * Abs(tau))
    turns = (entry(A, 0, 0), entry(A, 0, 1) * exp(I * phi)), (entry(A, 1, 1), entry(A, 1, 0) * exp(-I * phi))
    first, second = (
        e.at_most(Abs(_rates[i]), _sizes[i], (scale, e.by(triangle, parts))) for i, parts in enumerate(turns)
    )
    return first, second


def _half(e: Estimates, which: int) -> Theorem:
    """|z^{N∓k} − e^w| ≤ C/N for z = 𝒜₀₀ + 𝒜₀₁e^{iφ}, or 𝒜₁₁ + 𝒜₁₀e^{−iφ}."""
    diagonal, other = ((0, 0), (0, 1)) if which == 0 else ((1, 1), (1, 0))
    phase = exp(I * phi) if which == 0 else exp(-I * phi)
    shift = -k if which == 0 else k
    value = entry(B, *diagonal) + entry(B, *other) * phase
    rate, size, rest = _rates[which], _sizes[which], rests[diagonal] + rests[other]
    parts = entry(B, *diagonal) - first_order(A, *diagonal), (entry(B, *other) - first_order(A, *other)) * phase
    near = e.at_most(
        Abs(value - 1 - rate / N),
        rest * N ** num(-2),
        (1, e.by(triangle, parts)),
        (1, assume(entries[diagonal])),
        (1, assume(entries[other])),
    )
    bounded = _bounded(e)[which]
    values = ((z, value), (w, rate), (W, size), (c, rest), (p, shift))
    hypotheses = (Abs(w) <= W, Abs(z - 1 - w / N) <= c * N ** num(-2))
    return e.meet(e.instance(e.lookup("D7-power"), hypotheses, values, (bounded, near)))


def _limit(angle: Term) -> Term:
    """e^{w₁+w₂}, the limit of the integrand."""
    first, second = half_rates(A, angle)
    return exp(first + second)


def _integrand(state: State) -> Theorem:
    """Both powers and their product."""
    e = Estimates(state.given, state)
    near = tuple(_half(e, which) for which in (0, 1))
    bounded = _bounded(e)
    constants = tuple(theorem.right.args[0] for theorem in near)
    values = (
        (f1, near[0].left.args[0].args[0]),
        (f2, near[1].left.args[0].args[0]),
        (w1, _rates[0]),
        (w2, _rates[1]),
        (W1, _sizes[0]),
        (W2, _sizes[1]),
        (C1, constants[0]),
        (C2, constants[1]),
    )
    hypotheses = (
        Abs(w1) <= W1,
        Abs(w2) <= W2,
        Abs(f1 - exp(w1)) <= C1 * small,
        Abs(f2 - exp(w2)) <= C2 * small,
    )
    pair = e.meet(e.instance(e.lookup("D7-pair"), hypotheses, values, (*bounded, *near)))
    return e.at_most(Abs(integrand(B, k, phi) - _limit(phi)), integrand_constant(A, rests, k) * small, (1, pair))


_given = (*_range, unequal(tau, 0), *_signs, *entries.values())

INTEGRAND = Result(
    "D7-integrand",
    "The integrand tends to its limit uniformly in the angle",
    equation="D7",
    given=_given,
    chain=[
        have(
            Abs(integrand(B, k, phi) - _limit(phi)) <= integrand_constant(A, rests, k) * small,
            by=ProofBy(
                "(1 + w/N + O(N^{−2}))^{N±k} = e^w + O(1/N) for both powers", _integrand, ("D7-power", "D7-pair")
            ),
        )
    ],
)

_ratio = sqrt(binomial(2 * N, N + k) / binomial(2 * N, N + l))
_wave = exp(I * (k - l) * phi)
_factor = 1 / (2 * pi)


def _mean(e: Estimates, body: Term, bound: Term, pointwise: Theorem) -> Theorem:
    """|(1/2π)∫ body| ≤ bound from |body| ≤ bound."""
    modulus = e.by(modulus_of_integral, -pi, pi, lam(phi, body))
    sizes = e.by(interval_inequality, phi, -pi, pi, pointwise)
    length = e.by(orthogonality, zero, zero, one)
    whole = modulus.left.args[0]
    return e.at_most(Abs(_factor * whole), bound, (_factor, modulus), (_factor, sizes), (_factor * bound, length))


def _difference(e: Estimates) -> Theorem:
    """|I_N − I| ≤ Q/N for the integrals of the integrand and of its limit."""
    near = e.meet(e.lookup("D7-integrand"))
    waves = _wave * integrand(B, k, phi), -_wave * _limit(phi)
    product = e.by(modulus_of_product, (_wave, integrand(B, k, phi) - _limit(phi)))
    pointwise = e.at_most(Abs(waves[0] + waves[1]), near.right, (1, product), (1, near))
    mean = _mean(e, waves[0] + waves[1], near.right, pointwise)
    split = e.by(integral_of_sum, -pi, pi, lam(phi, waves[0]), lam(phi, waves[1]))
    inner = mean.left.args[0].args
    apart = transport(mean, (0, 0, len(inner) - 1), split, ())
    return e.at_most(Abs(_factor * (turn(waves[0], phi) - turn(_wave * _limit(phi), phi))), near.right, (1, apart))


def _limit_size(e: Estimates) -> Theorem:
    """|I| ≤ e^{W₁+W₂}."""
    first, second = _bounded(e)
    total = _rates[0] + _rates[1]
    grows = exponential_monotone(
        e.at_most(Abs(total), _sizes[0] + _sizes[1], (1, e.by(triangle, _rates)), (1, first), (1, second))
    )
    body = _wave * _limit(phi)
    pointwise = e.at_most(
        Abs(body),
        exp(_sizes[0] + _sizes[1]),
        (1, e.by(modulus_of_product, (_wave, _limit(phi)))),
        (1, e.by(exponential_taylor, total, 0)),
        (1, grows),
    )
    return _mean(e, body, pointwise.right, pointwise)


_value = limit_integral(A, k, l, phi)
_matrix_element = braket(centred(k), power(B), centred(l))


def _element(state: State) -> Theorem:
    """|r·I_N − I| ≤ |r||I_N − I| + |r − 1||I|."""
    e = Estimates(state.given, state)
    ratio, near, size = e.meet(e.lookup("D7-ratio")), _difference(e), _limit_size(e)
    rho = 2 * (k**2 + l**2)
    finite = _factor * turn(_wave * integrand(B, k, phi), phi)
    limit = _factor * turn(_wave * _limit(phi), phi)
    at_most = e.at_most(
        Abs(_ratio), 1 + rho, (1, e.by(triangle, (_ratio - 1, one))), (1, ratio), (rho * small, e.fact(one <= N))
    )
    parts = _ratio * (finite - limit), (_ratio - 1) * limit
    total = e.at_most(
        Abs(_ratio * finite - limit),
        element_constant(A, rests, k, l) * small,
        (1, e.by(triangle, parts)),
        (1, e.by(modulus_of_product, (_ratio, finite - limit))),
        (1, e.by(modulus_of_product, (_ratio - 1, limit))),
        (Abs(finite - limit), at_most),
        (1 + rho, near),
        (Abs(limit), ratio),
        (rho * small, size),
    )
    exact = e.equal(_matrix_element - _value, _ratio * finite - limit, use("D7-reduced"))
    modulus = rewrite(Abs(_matrix_element - _value), (0,), exact, ())
    return e.at_most(modulus.left, total.right, (1, modulus), (1, total))


ELEMENT = Result(
    "D7-element",
    "The matrix element and its limit, with the constant of the O(1/N)",
    equation="D7",
    given=(*_given, k**2 <= N, l >= -N, l <= N, 2 * l**2 <= N),
    chain=[
        have(
            Abs(_matrix_element - _value) <= element_constant(A, rests, k, l) * small,
            by=ProofBy(
                "|r·I_N − I| ≤ |r||I_N − I| + |r − 1||I|, r the ratio of the normalisations",
                _element,
                ("D7-reduced", "D7-ratio", "D7-integrand"),
            ),
        )
    ],
)
