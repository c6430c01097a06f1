"""The matrix element for N → ∞ with an explicit O(1/N), for operators that are 1 + itA/(2Nτ) + O(N^{−2})."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symbolic_mqb.kernel.terms import Term, lam, num, subterms
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.full_coarse_graining import (
    centred,
    element_constant,
    element_threshold,
    first_order,
    half_difference,
    half_rates,
    half_sizes,
    integrand,
    integrand_constant,
    limit_integral,
    near_identity,
    power,
    turn,
)
from symbolic_mqb.notation.language import Abs, I, binomial, exp, pi, re, sqrt, symbols, unequal
from symbolic_mqb.notation.measurement import POVM, A, E, N, a, braket, d, entry, t, tau
from symbolic_mqb.notation.powers import pair_threshold
from symbolic_mqb.results import Needed, Result, have
from symbolic_mqb.rules.circle import orthogonality
from symbolic_mqb.rules.complex_numbers import real_part
from symbolic_mqb.rules.inequalities import modulus_of_product, triangle
from symbolic_mqb.rules.intervals import integral_of_sum, interval_inequality, modulus_of_integral
from symbolic_mqb.rules.logic import assume, cases, rewrite, transport
from symbolic_mqb.tactics.estimates import Estimates, both_signs, cut_all
from symbolic_mqb.tactics.reasons import ProofBy, State, identity, use

k, l = symbols("k l", "int")
(m,) = symbols("m", "nat")
(phi,) = symbols("φ", "real")
B, Delta = symbols("𝒜 Δ", "op")
w1, delta1, delta2 = symbols("w1 δ1 δ2", "complex")
omega, W1, W2, c1, c2, D = symbols("ω W1 W2 c1 c2 D", "real")
zero, one = num(0), num(1)
small = N ** num(-1)
levels = ((0, 0), (0, 1), (1, 0), (1, 1))
#: |⟨r|𝒜|s⟩ − δ_rs − it⟨r|A|s⟩/(2Nτ)| ≤ c_rs N^{−2}.
rests = {(r, s): symbols(f"c{r}{s}", "real")[0] for r, s in levels}
entries = {(r, s): Abs(entry(B, r, s) - first_order(A, r, s)) <= rests[r, s] * N ** num(-2) for r, s in levels}
#: 1 + itA/(2Nτ) + Δ/N² with |Δ_rs| ≤ c_rs.
_written = near_identity(A, Delta)
_small = {level: Abs(entry(Delta, *level)) <= rests[level] for level in levels}
_rates, _sizes = half_rates(A, phi), half_sizes(A)
_values = (
    entry(B, 0, 0) + entry(B, 0, 1) * exp(I * phi),
    entry(B, 1, 1) + entry(B, 1, 0) * exp(-I * phi),
)
_sums = rests[0, 0] + rests[0, 1], rests[1, 1] + rests[1, 0]
_off = entry(A, 0, 1) * exp(I * phi)
#: The frequency of the limit: w₁ + w₂ = iω.
_omega = t / (2 * tau) * (entry(A, 0, 0) + entry(A, 1, 1) + 2 * re(_off))
_limit = exp(_rates[0] + _rates[1])
_threshold = pair_threshold(*_sizes, _sums[0] + _sums[1], Abs(k))


def _same(e: Estimates, a: Term, b: Term) -> Theorem:
    """a = b by A₁₀ = A₀₁* and 2 Re z = z + z*."""
    reasons: list[list[Any]] = [[], []]
    for side, found in zip((a, b), reasons, strict=True):
        parts = _parts(side)
        if re(_off) in parts:
            found.append(identity(real_part, _off, everywhere=True))
        if entry(A, 1, 0) in parts:
            found.append(use("A-hermitian", everywhere=True))
    return e.meeting(a, reasons[0], b, reasons[1])


def _parts(x: Term) -> set[Term]:
    """All subterms."""
    return {x}.union(*(_parts(y) for y in subterms(x)))


def _bounded(e: Estimates) -> tuple[Theorem, Theorem, Theorem]:
    """|w₁| ≤ W₁, |w₂| ≤ W₂ and |w₂ − w₁| ≤ D for the two half rates."""
    scale = Abs(t) / (2 * Abs(tau))
    upper, lower = entry(A, 0, 1) * exp(I * phi), entry(A, 1, 0) * exp(-I * phi)
    first, second = (
        e.at_most(Abs(_rates[i]), _sizes[i], (scale, e.by(triangle, parts)))
        for i, parts in enumerate(((entry(A, 0, 0), upper), (entry(A, 1, 1), lower)))
    )
    parts = entry(A, 1, 1) - entry(A, 0, 0), lower, -upper
    apart = e.at_most(Abs(_rates[1] - _rates[0]), half_difference(A), (scale, e.by(triangle, parts)))
    return first, second, apart


def _near(e: Estimates, which: int) -> Theorem:
    """|z − 1 − w/N| ≤ c/N² for z = 𝒜₀₀ + 𝒜₀₁e^{iφ}, or 𝒜₁₁ + 𝒜₁₀e^{−iφ}."""
    diagonal, other = ((0, 0), (0, 1)) if which == 0 else ((1, 1), (1, 0))
    phase = exp(I * phi) if which == 0 else exp(-I * phi)
    parts = entry(B, *diagonal) - first_order(A, *diagonal), (entry(B, *other) - first_order(A, *other)) * phase
    return e.at_most(
        Abs(_values[which] - 1 - _rates[which] / N),
        _sums[which] * N ** num(-2),
        (1, e.by(triangle, parts)),
        (1, assume(entries[diagonal])),
        (1, assume(entries[other])),
    )


def _ordered(e: Estimates, first: int, shift: Term) -> Theorem:
    """(D7-pair), the number of index `first` to the power N − m and the other to the power N + m."""
    second = 1 - first
    rate = I * _omega - _rates[first]
    rest = [(_values[i] - 1 - v / N) * N**2 for i, v in ((first, _rates[first]), (second, rate))]
    bounded, near = _bounded(e), (_near(e, first), _near(e, second))
    goals = (
        (Abs(_rates[first]), _sizes[first], bounded[first], one),
        (Abs(rate), _sizes[second], bounded[second], one),
        (Abs(rest[0]), _sums[first], near[0], N**2),
        (Abs(rest[1]), _sums[second], near[1], N**2),
        (Abs(rate - _rates[first]), half_difference(A), bounded[2], one),
    )
    proofs = tuple(
        e.at_most(left, size, (scale, proof), (1, _same(e, left, scale * proof.left)))
        for left, size, proof, scale in goals
    )
    values = (
        *((w1, _rates[first]), (omega, _omega), (delta1, rest[0]), (delta2, rest[1])),
        *((W1, _sizes[first]), (W2, _sizes[second]), (c1, _sums[first]), (c2, _sums[second])),
        *((D, half_difference(A)), (m, shift)),
    )
    w2 = I * omega - w1
    hypotheses = (
        *(Abs(w1) <= W1, Abs(w2) <= W2, Abs(delta1) <= c1, Abs(delta2) <= c2, Abs(w2 - w1) <= D),
        pair_threshold(W1, W2, c1 + c2, m) <= N,
    )
    pair = e.meet(e.instance(e.lookup("D7-pair"), hypotheses, values, (*proofs, assume(_threshold <= N))))
    turned = integrand(B, k, phi) - exp(I * _omega)
    bound = e.at_most(Abs(turned), integrand_constant(A, rests, k) * small, (1, pair))
    return transport(bound, (0, 0, 1, 1), _same(e, exp(I * _omega), _limit), e.given)


def _signs(e: Estimates) -> list[Theorem]:
    """0 ≤ c_rs."""
    return [e.at_most(zero, rests[level], (1, assume(_small[level]))) for level in levels]


def _integrand(state: State) -> Theorem:
    """k ≥ 0, or −k > 0, for any 𝒜, and then for this one."""
    signs = _signs(Estimates(state.given, state))
    e = Estimates(state.given, state).under(*(sign.conclusion for sign in signs))
    late = assume(_threshold <= N)
    facts = [*signs, e.at_most(one, N, (1, late)), *both_signs(e, late, k)]
    inside = tuple(fact.conclusion for fact in facts)
    sides, given = ((0, k, zero <= k), (1, -k, k < 0)), (*state.given, *inside, *entries.values())
    theorem = cases(*(_ordered(Estimates((*given, case), state), which, size) for which, size, case in sides))
    e = Estimates((*state.given, *inside), state)
    proofs = tuple(
        e.at_most(
            Abs(entry(_written, *level) - first_order(A, *level)),
            rests[level] * N ** num(-2),
            (N ** num(-2), assume(_small[level])),
        )
        for level in levels
    )
    written = e.meet(e.instance(theorem, tuple(entries.values()), ((B, _written),), proofs))
    return cut_all(written, *reversed(facts))


_common = (POVM, unequal(tau, 0), *_small.values())


def _far_apart(*indices: Term) -> tuple[Needed, ...]:
    """t = 0, N at the threshold for c_rs = 0, and one element of Δ is large; k such that it counts."""
    still: dict[Term, Any] = {E: {1: [[1, 0], [0, 1]]}, a: {1: 0}, d: 1, tau: 1}
    still |= dict.fromkeys((t, phi, k, *indices, *rests.values()), 0)
    found = []
    for row, column in levels:
        large = tuple(tuple(1000 * int((i, j) == (row, column)) for j in (0, 1)) for i in (0, 1))
        level = row - column if indices else 0
        at = still | {Delta: large, k: level, N: 16 * (1 + abs(level)) ** 2}
        found.append(Needed(_small[row, column], tuple(at.items())))
    return tuple(found)


INTEGRAND = Result(
    "D7-integrand",
    "The integrand tends to its limit uniformly in the angle",
    equation="D7",
    given=(*_common, _threshold <= N),
    chain=[
        have(
            Abs(integrand(_written, k, phi) - _limit) <= integrand_constant(A, rests, k) * small,
            by=ProofBy(
                "z₁^{N−k} z₂^{N+k} = e^{w₁+w₂} + O(1/N), for k ≥ 0 and for k < 0",
                _integrand,
                ("D7-pair", "A-hermitian"),
            ),
        )
    ],
    needs=_far_apart(),
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
    waves = _wave * integrand(_written, k, phi), -_wave * _limit
    product = e.by(modulus_of_product, (_wave, integrand(_written, k, phi) - _limit))
    pointwise = e.at_most(Abs(waves[0] + waves[1]), near.right, (1, product), (1, near))
    mean = _mean(e, waves[0] + waves[1], near.right, pointwise)
    split = e.by(integral_of_sum, -pi, pi, lam(phi, waves[0]), lam(phi, waves[1]))
    inner = mean.left.args[0].args
    apart = transport(mean, (0, 0, len(inner) - 1), split, ())
    return e.at_most(Abs(_factor * (turn(waves[0], phi) - turn(_wave * _limit, phi))), near.right, (1, apart))


def _limit_size(e: Estimates) -> Theorem:
    """|I| ≤ 1."""
    body = _wave * _limit
    product = e.by(modulus_of_product, (_wave, _limit))
    turned = rewrite(Abs(_limit), (0,), _same(e, _limit, exp(I * _omega)), ())
    return _mean(e, body, one, e.at_most(Abs(body), one, (1, product), (1, turned)))


_value = limit_integral(A, k, l, phi)
_matrix_element = braket(centred(k), power(_written), centred(l))


_late = element_threshold(A, rests, Abs(k), Abs(l))


def _facts(e: Estimates) -> list[Theorem]:
    """1 ≤ N, −N ≤ k, l ≤ N, 16k² + 16l² ≤ N and the threshold of (D7-integrand)."""
    late, found = assume(_late <= N), _signs(e)
    e = e.under(*(fact.conclusion for fact in found))
    found += [e.at_most(one, N, (1, late)), *both_signs(e, late, k, l)]
    found.append(e.at_most(16 * k**2 + 16 * l**2, N, (1, late)))
    return [*found, e.at_most(_threshold, N, (1, late))]


def _element(state: State) -> Theorem:
    """|r·I_N − I| ≤ |r||I_N − I| + |r − 1||I|."""
    e0 = Estimates(state.given, state)
    facts = _facts(e0)
    e = e0.under(*(fact.conclusion for fact in facts))
    ratio, near, size = e.meet(e.lookup("D7-ratio")), _difference(e), _limit_size(e)
    rho = Fraction(3, 5) * (k**2 + l**2)
    finite = _factor * turn(_wave * integrand(_written, k, phi), phi)
    limit = _factor * turn(_wave * _limit, phi)
    few = e.fact(16 * k**2 + 16 * l**2 <= N)
    at_most = e.at_most(
        Abs(_ratio),
        Fraction(83, 80),
        (1, e.by(triangle, (_ratio - 1, one))),
        (1, ratio),
        (Fraction(3, 80) * small, few),
    )
    parts = _ratio * (finite - limit), (_ratio - 1) * limit
    total = e.at_most(
        Abs(_ratio * finite - limit),
        element_constant(A, rests, k, l) * small,
        (1, e.by(triangle, parts)),
        (1, e.by(modulus_of_product, (_ratio, finite - limit))),
        (1, e.by(modulus_of_product, (_ratio - 1, limit))),
        (Abs(finite - limit), at_most),
        (Fraction(83, 80), near),
        (Abs(limit), ratio),
        (rho * small, size),
    )
    exact = e.equal(_matrix_element - _value, _ratio * finite - limit, use("D7-reduced", {"𝒜": _written}))
    modulus = rewrite(Abs(_matrix_element - _value), (0,), exact, ())
    return cut_all(e.at_most(modulus.left, total.right, (1, modulus), (1, total)), *reversed(facts))


ELEMENT = Result(
    "D7-element",
    "The matrix element and its limit, with the constant of the O(1/N)",
    equation="D7",
    given=(*_common, _late <= N),
    chain=[
        have(
            Abs(_matrix_element - _value) <= element_constant(A, rests, k, l) * small,
            by=ProofBy(
                "|r·I_N − I| ≤ |r||I_N − I| + |r − 1||I|, r the ratio of the normalisations",
                _element,
                ("D7-reduced", "D7-ratio", "D7-integrand", "A-hermitian"),
            ),
        )
    ],
    needs=_far_apart(l),
)
