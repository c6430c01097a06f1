"""The limits of the main text against exact values at finite N: the W state, Dicke states, variance scaling."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import comb, exp, factorial, pi, sqrt

import pytest
from flint import acb, arb

from symbolic_mqb.kernel.terms import num
from symbolic_mqb.notation.expansions import element_threshold, limit_rate
from symbolic_mqb.notation.measurement import A, E, N, a, d, entry, mu, t, tau
from symbolic_mqb.numerics.evaluate import Evaluator

Q = Fraction
#: A = (3σ_x + 4σ_z)/5: A₀₀ = 4/5, A₀₁ = 3/5 = σ.
MEAN, OFF = Q(4, 5), Q(3, 5)
EFFECTS = [
    [[Q(9, 10), Q(3, 10)], [Q(3, 10), Q(1, 10)]],
    [[Q(1, 10), Q(-3, 10)], [Q(-3, 10), Q(9, 10)]],
]
SIZES = (10, 10**2, 10**3, 10**4, 10**5, 10**6)


def ball(x: Fraction) -> acb:
    """A rational number."""
    return acb(x.numerator) / x.denominator


def factor(angle: acb) -> tuple[acb, acb, acb]:
    """The elements 00, 01, 11 of e^{i·angle·A} = cos + iA sin, since A² = 1."""
    c, s = angle.cos(), acb(0, 1) * angle.sin()
    return c + s * ball(MEAN), s * ball(OFF), c - s * ball(MEAN)


def w_characteristic(n: int, time: Fraction) -> acb:
    """⟨W|e^{itX̂}|W⟩ with the centre ⟨A⟩ = (1 − 1/N)A₀₀ + A₁₁/N, N particles, exactly."""
    angle = ball(time) / acb(n).sqrt()
    a00, a01, a11 = factor(angle)
    centre = MEAN - 2 * MEAN / n
    phase = (-acb(0, 1) * angle * n * ball(centre)).exp()
    return phase * a00 ** (n - 2) * (a11 * a00 + (n - 1) * a01 * a01)


def w_limit(time: Fraction) -> acb:
    """e^{−σ²t²/2}(1 − σ²t²)."""
    square = ball(OFF * OFF * time * time)
    return (-square / 2).exp() * (1 - square)


@pytest.mark.parametrize("n", range(2, 9))
def test_the_w_state_by_brute_force(n: int) -> None:
    """All 2^N amplitudes: Σ over outcomes of e^{itX} |⟨outcomes|W⟩|²."""
    time, centre = 1.3, float(MEAN - 2 * MEAN / n)
    plus, minus = (sqrt(0.9), sqrt(0.1)), (-sqrt(0.1), sqrt(0.9))
    total = 0j
    for outcomes in product((0, 1), repeat=n):
        vectors = [(plus, minus)[o] for o in outcomes]
        zeros = 1.0
        for v in vectors:
            zeros *= v[0]
        amplitude = sum(zeros / v[0] * v[1] for v in vectors) / sqrt(n)
        x = sum(1 - 2 * o - centre for o in outcomes) / sqrt(n)
        total += complex(acb(0, time * x).exp()) * amplitude**2
    assert abs(complex(w_characteristic(n, Q(13, 10))) - total) < 1e-12


def test_the_w_state_tends_to_its_limit_at_the_proved_rate() -> None:
    for time in (Q(1), Q(-5, 2)):
        errors = [abs(w_characteristic(n, time) - w_limit(time)) for n in SIZES]
        assert all(error * arb(n).sqrt() < 1 for n, error in zip(SIZES, errors, strict=True))
        assert errors[-1] * arb(10) ** Q(5, 2) < errors[0] * 2  # five decades at N^{−1/2} or better
        # the printed expansion, without the 1/2 in its second order, would give another limit
        square = ball(OFF * OFF * time * time)
        assert abs(w_characteristic(10**6, time) - (-square).exp() * (1 - square)) > arb("0.05")


def test_the_proved_constant_of_the_w_state() -> None:
    """(W-rate) at N = 10⁶: the distance is below C/√N, and the threshold is small."""
    values = {E: EFFECTS, a: [1, -1], d: 2, t: 1, N: 10**6, mu: entry(A, 0, 0), tau: 1}
    evaluator = Evaluator(values, 30)
    constant = evaluator.number(limit_rate(num(1), num(1))).real
    shift = abs(w_limit(Q(1))) * Q(8, 5).numerator / Q(8, 5).denominator
    assert abs(w_characteristic(10**6, Q(1)) - w_limit(Q(1))) * 1000 < constant + shift
    assert evaluator.number(element_threshold(num(1), num(1))).real < 100


def density(k: int, x: float) -> float:
    """e^{−x²/2} He_k(x)²/(√(2π) k!)."""
    he = [1.0, x]
    for j in range(1, k + 1):
        he.append(x * he[j] - j * he[j - 1])
    return exp(-x * x / 2) * he[k] ** 2 / (sqrt(2 * pi) * factorial(k))


def krawtchouk(n: int, k: int, m: int) -> int:
    """Σ_j (−1)^j C(m, j) C(n−m, k−j): the amplitude of m outcomes −1 of σ_x on |N, k⟩, up to a factor."""
    return sum((-1) ** j * comb(m, j) * comb(n - m, k - j) for j in range(k + 1))


@pytest.mark.parametrize("k", range(4))
def test_the_law_of_a_dicke_state_tends_to_the_hermite_density(k: int) -> None:
    """σ_x on |N, k⟩: P(X = (N − 2m)/√N) = C(N,m) K_k(m)²/(2^N C(N,k)), compared with ∫ of the density."""
    distances = []
    for n in (50, 200, 800):
        probabilities = [Q(comb(n, m) * krawtchouk(n, k, m) ** 2, 2**n * comb(n, k)) for m in range(n + 1)]
        assert sum(probabilities) == 1
        step = 2 / sqrt(n)
        distances.append(
            sum(abs(float(p) - step * density(k, (n - 2 * m) / sqrt(n))) for m, p in enumerate(probabilities))
        )
    assert distances[0] > distances[1] > distances[2]
    assert distances[2] < 0.05


def test_the_variance_condition_is_not_necessary() -> None:
    """X = N^{−α} or N^{−α}(1 − 2N) with weight 1/(2N): Var(I) = 2N − 1, and X → 0 at α = 3/8."""
    for n in (10, 10**3, 10**6):
        far = Q(1, 2 * n)
        mean = (1 - far) * n - far * n
        assert (1 - far) * n**2 + far * n**2 - mean**2 == 2 * n - 1
        assert mean == n - 1
    n, time = 10**8, 2.0
    scale = n ** (-3 / 8)
    chi = (1 - 1 / (2 * n)) * acb(0, time * scale).exp() + acb(0, time * scale * (1 - 2 * n)).exp() / (2 * n)
    assert abs(chi - 1) < (time + 1) * scale
    assert n ** (-3 / 4) * (2 * n - 1) > 100


def test_above_the_variance_the_limit_is_dirac() -> None:
    """Independent spins: Var(I) = N, and at α = 3/4 > 1/2 the mean of |X| is at most N^{−1/4}."""
    for n in (10, 100, 1000):
        first = sum(Q(comb(n, m), 2**n) * abs(n - 2 * m) for m in range(n + 1))
        assert float(first) * n ** (-3 / 4) <= n ** (-1 / 4)
