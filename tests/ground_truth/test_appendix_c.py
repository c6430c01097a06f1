"""Losses and noise at finite N, from nothing but matrices and sums, against the limits of Appendix C."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import comb, factorial, pi, sqrt

import pytest
from flint import acb, arb, ctx

Matrix = tuple[tuple[complex, complex], tuple[complex, complex]]
Q = Fraction

#: A three-outcome POVM that is not projective, with complex off-diagonal elements.
OUTCOMES = (-1.0, 2.0, 0.5)
EFFECTS: tuple[Matrix, ...] = (
    ((0.5, 0.25 + 0.125j), (0.25 - 0.125j, 0.25)),
    ((0.25, -0.125j), (0.125j, 0.25)),
    ((0.25, -0.25), (-0.25, 0.5)),
)
STATE = (0.6, 0.48 - 0.36j, 0.48j + 0.2)
ONE: Matrix = ((1, 0), (0, 1))
X: Matrix = ((0, 1), (1, 0))
Y: Matrix = ((0, -1j), (1j, 0))
Z: Matrix = ((1, 0), (0, -1))


@pytest.fixture(autouse=True)
def _precision():  # type: ignore[no-untyped-def]
    before, ctx.prec = ctx.prec, 120
    yield
    ctx.prec = before


def combined(*terms: tuple[complex, Matrix]) -> Matrix:
    """Σ c M."""
    rows = [[sum(c * m[r][s] for c, m in terms) for s in (0, 1)] for r in (0, 1)]
    return ((rows[0][0], rows[0][1]), (rows[1][0], rows[1][1]))


def times(*factors: Matrix) -> Matrix:
    """The product."""
    out = ONE
    for m in factors:
        rows = [[sum(out[r][u] * m[u][s] for u in (0, 1)) for s in (0, 1)] for r in (0, 1)]
        out = ((rows[0][0], rows[0][1]), (rows[1][0], rows[1][1]))
    return out


def dagger(m: Matrix) -> Matrix:
    """M†."""
    (a, b), (c, d) = m
    return (
        (complex(a).conjugate(), complex(c).conjugate()),
        (complex(b).conjugate(), complex(d).conjugate()),
    )


def moment(effects: Sequence[Matrix], power: int) -> Matrix:
    """Σ_a a^power E_a."""
    return combined(*((a**power, e) for a, e in zip(OUTCOMES, effects, strict=True)))


def amplitudes(n: int) -> list[complex]:
    """Σ_k c_k |n, k⟩ in the 2^n words."""
    return [
        STATE[j.bit_count()] / sqrt(comb(n, j.bit_count())) if j.bit_count() < len(STATE) else 0 for j in range(2**n)
    ]


def product_mean(vector: Sequence[complex], factors: Sequence[Matrix]) -> complex:
    """⟨ψ|M₁⊗…⊗M_N|ψ⟩."""
    out = list(vector)
    for i, m in enumerate(factors):
        bit = 1 << (len(factors) - 1 - i)
        for j in range(len(out)):
            if not j & bit:
                low, high = out[j], out[j | bit]
                out[j], out[j | bit] = m[0][0] * low + m[0][1] * high, m[1][0] * low + m[1][1] * high
    return sum(complex(u).conjugate() * v for u, v in zip(vector, out, strict=True))


def element(n: int, k: int, l: int, m: Sequence[Sequence[acb]]) -> acb:
    """⟨N,k|M^{⊗N}|N,l⟩ by counting, in balls."""
    total = acb(0)
    for q in range(max(0, k + l - n), min(k, l) + 1):
        count = comb(k, q) * comb(n - k, l - q)
        powers = m[1][1] ** q * m[1][0] ** (k - q) * m[0][1] ** (l - q) * m[0][0] ** (n - k - l + q)
        total += count * powers
    return total * (arb(comb(n, k)) / comb(n, l)).sqrt()


def characteristic(n: int, matrix: Sequence[Sequence[acb]]) -> acb:
    """⟨Ψ|M^{⊗N}|Ψ⟩ for the state above."""
    rows = range(min(n + 1, len(STATE)))
    return sum(
        (acb(complex(STATE[k]).conjugate()) * acb(STATE[l]) * element(n, k, l, matrix) for k in rows for l in rows),
        acb(0),
    )


def law(t: float, phi_vector: complex, variance: float) -> complex:
    """The limit (A7): e^{iφ} = phi_vector, variance = σ²/τ² of the measurement."""
    gauss = acb(-(t**2) * variance / 2).exp()
    total = acb(0)
    for k, c in enumerate(STATE):
        for l, b in enumerate(STATE):
            terms = sum(
                (
                    acb(-1j * t) ** (k + l - 2 * q)
                    * (arb(factorial(k) * factorial(l)).sqrt() / (factorial(q) * factorial(k - q) * factorial(l - q)))
                    for q in range(min(k, l) + 1)
                ),
                acb(0),
            )
            total += acb(complex(c).conjugate()) * acb(b) * acb(phi_vector) ** (l - k) * terms
    return complex(gauss * total)


def parameters(effects: Sequence[Matrix]) -> tuple[float, float, float, complex]:
    """μ = A₀₀, τ = |A₀₁|, σ² and e^{iφ} with φ = arg(−A₀₁)."""
    first, second = moment(effects, 1), moment(effects, 2)
    mean, off = complex(first[0][0]).real, complex(first[0][1])
    return mean, abs(off), complex(second[0][0]).real - mean**2, -off / abs(off)


def weighted(phases: Sequence[acb], effects: Sequence[Matrix]) -> list[list[acb]]:
    """Σ_a z_a E_a in balls."""
    pairs = list(zip(phases, effects, strict=True))
    return [[sum((z * acb(e[r][s]) for z, e in pairs), acb(0)) for s in (0, 1)] for r in (0, 1)]


def lossy_matrix(n: int, t: float, p: float) -> list[list[acb]]:
    """Σ_a E_a (1 − p + p e^{it(a − μ)/(pτ√N)})."""
    mu, tau, _, _ = parameters(EFFECTS)
    phases = [1 - p + p * (acb(1j * t * (a - mu)) / (p * tau * arb(n).sqrt())).exp() for a in OUTCOMES]
    return [
        [sum((z * acb(e[r][s]) for z, e in zip(phases, EFFECTS, strict=True)), acb(0)) for s in (0, 1)] for r in (0, 1)
    ]


def plain_matrix(n: int, t: float, effects: Sequence[Matrix]) -> list[list[acb]]:
    """Σ_a E_a e^{it(a − μ)/(τ√N)} with the effects' own μ and τ."""
    mu, tau, _, _ = parameters(effects)
    phases = [(acb(1j * t * (a - mu)) / (tau * arb(n).sqrt())).exp() for a in OUTCOMES]
    return [
        [sum((z * acb(e[r][s]) for z, e in zip(phases, effects, strict=True)), acb(0)) for s in (0, 1)] for r in (0, 1)
    ]


# -- losses ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 2, 3])
def test_every_detection_and_outcome_counted(n: int) -> None:
    """χ_p(t) as Σ over o and a of e^{itX_p} P(o) tr[ρ E_{a_1}⊗…⊗E_{a_N}], all 2^N·3^N terms."""
    t, p = 0.7, 0.6
    mu, tau, _, _ = parameters(EFFECTS)
    total, vector = 0j, amplitudes(n)
    for a in product(range(3), repeat=n):
        mean = product_mean(vector, [EFFECTS[j] for j in a])
        for o in product((0, 1), repeat=n):
            x = sum(seen * (OUTCOMES[j] - mu) for seen, j in zip(o, a, strict=True)) / (p * tau * sqrt(n))
            weight = p ** sum(o) * (1 - p) ** (n - sum(o))
            total += complex(acb(1j * t * x).exp()) * weight * mean
    assert abs(total - complex(characteristic(n, lossy_matrix(n, t, p)))) < 1e-12


@pytest.mark.parametrize("p", [1.0, 0.8, 0.5])
def test_the_variance_with_losses_is_divided_by_p_once(p: float) -> None:
    """The distance to the limit with σ²/p falls like N^{−1/2}; with the printed σ²/p³ it does not fall."""
    t = 0.6
    _, tau, variance, phase = parameters(EFFECTS)
    limit = law(t, phase, variance / (p * tau**2))
    printed = law(t, phase, variance / (p**3 * tau**2))
    sizes = (10**2, 10**4, 10**6)
    values = [complex(characteristic(n, lossy_matrix(n, t, p))) for n in sizes]
    distances = [abs(v - limit) for v in values]
    assert distances[-1] < 0.02
    for n, distance in zip(sizes, distances, strict=True):
        assert distance < 12 / sqrt(n)
    assert 8 < distances[0] / distances[1] < 12
    assert 8 < distances[1] / distances[2] < 12
    if p < 1:
        assert abs(values[-1] - printed) > 0.03


def test_the_exact_variance_in_the_state_without_ones() -> None:
    """⟨X_p²⟩ on |N,0⟩ is σ²/(pτ²) for every N, in rational numbers: the detections are independent."""
    p, outcomes, weights = Q(1, 2), (Q(-1), Q(2), Q(1, 2)), (Q(1, 2), Q(1, 4), Q(1, 4))
    mu = sum(a * w for a, w in zip(outcomes, weights, strict=True))
    sigma2 = sum(a * a * w for a, w in zip(outcomes, weights, strict=True)) - mu**2
    for n in (1, 2, 3):
        second = Q(0)
        for a in product(range(3), repeat=n):
            for o in product((0, 1), repeat=n):
                weight = p ** sum(o) * (1 - p) ** (n - sum(o))
                for j in a:
                    weight *= weights[j]
                total = sum(seen * (outcomes[j] - mu) for seen, j in zip(o, a, strict=True))
                second += weight * total**2 / (p**2 * n)
        assert second == sigma2 / p != sigma2 / p**3


def _chsh(width2: float) -> float:
    """⟨B⟩ of the state (B6) at the angles of (B8), each position blurred by a Gaussian of variance width2."""
    c = (2 / sqrt(10), 1 / sqrt(2), 1 / sqrt(10))
    low, high = _blurred_sign(0, 1, width2), _blurred_sign(1, 2, width2)
    return 2 * sqrt(2) * (2 * c[0] * c[1] * low**2 + 2 * c[1] * c[2] * high**2)


def _blurred_sign(k: int, l: int, width2: float) -> float:
    """∫ erf(x/(√2 s)) ⟨k|x⟩⟨x|l⟩ dx, the mean of sgn(x + noise), integrated with certified balls."""
    hermite = (lambda x: acb(1), lambda x: x, lambda x: x * x - 1)
    norm = (arb(2) * arb.pi() * factorial(k) * factorial(l)).sqrt()
    width = arb(width2).sqrt()

    def integrand(x: acb, _: bool) -> acb:
        return (x / (arb(2).sqrt() * width)).erf() * hermite[k](x) * hermite[l](x) * (-x * x / 2).exp() / norm

    return float(acb.integral(integrand, -15, 15).real)


def test_the_loss_that_the_bell_violation_tolerates() -> None:
    """CHSH > 2 needs p > 0.9892 with the width 1/p − 1, and would need p > 0.9964 with the printed 1/p³ − 1."""
    for p in (0.5, 0.9, 0.99):
        u2 = p
        closed = 2 * sqrt(2) / (pi * sqrt(5)) * u2 * (4 + (2 - u2) ** 2)
        assert abs(_chsh(1 / p - 1) - closed) < 1e-10
    assert _chsh(1 / 0.9891 - 1) < 2 < _chsh(1 / 0.9892 - 1)
    assert _chsh(1 / 0.9963**3 - 1) < 2 < _chsh(1 / 0.9964**3 - 1)


# -- noise ----------------------------------------------------------------------------------------------


def depolarising(rate: float) -> list[Matrix]:
    """The four Kraus operators."""
    weight = sqrt(rate / 4)
    return [combined((sqrt(1 - 3 * rate / 4), ONE)), *(combined((weight, m)) for m in (X, Y, Z))]


def dephasing(rate: float) -> list[Matrix]:
    """The two Kraus operators."""
    return [combined((sqrt(1 - rate), ONE)), combined((sqrt(rate), Z))]


def noisy(kraus: Sequence[Matrix]) -> list[Matrix]:
    """Σ_m K_m† E_a K_m for each effect."""
    return [combined(*((1, times(dagger(k), e, k)) for k in kraus)) for e in EFFECTS]


def _evolve(vector: Sequence[complex], maps: Sequence[Matrix]) -> list[complex]:
    out = list(vector)
    for i, m in enumerate(maps):
        bit = 1 << (len(maps) - 1 - i)
        for j in range(len(out)):
            if not j & bit:
                low, high = out[j], out[j | bit]
                out[j], out[j | bit] = m[0][0] * low + m[0][1] * high, m[1][0] * low + m[1][1] * high
    return out


@pytest.mark.parametrize("kraus", [depolarising(0.3), dephasing(0.7), [((0.8, -0.6j), (0.6, 0.8j))]])
@pytest.mark.parametrize("n", [1, 2])
def test_noise_on_the_state_is_noise_on_the_effects(kraus: list[Matrix], n: int) -> None:
    """Σ over all Kraus strings acting on |Ψ⟩, every outcome string measured, against the noisy POVM."""
    t, effects, vector = 0.7, noisy(kraus), amplitudes(n)
    mu, tau, _, _ = parameters(effects)
    total = 0j
    for choice in product(kraus, repeat=n):
        state = _evolve(vector, choice)
        for a in product(range(3), repeat=n):
            x = sum(OUTCOMES[j] - mu for j in a) / (tau * sqrt(n))
            total += complex(acb(1j * t * x).exp()) * product_mean(state, [EFFECTS[j] for j in a])
    assert abs(total - complex(characteristic(n, plain_matrix(n, t, effects)))) < 1e-12


def test_width_and_phase_of_the_two_channels() -> None:
    """(C9) against the noisy effects themselves."""
    mu, tau, variance, phase = parameters(EFFECTS)
    first, second = moment(EFFECTS, 1), moment(EFFECTS, 2)
    trace1, trace2 = (complex(m[0][0] + m[1][1]).real for m in (first, second))
    for rate in (0.1, 0.4, 0.6, 0.9):
        _, tau1, variance1, phase1 = parameters(noisy(depolarising(rate)))
        mean = (1 - rate) * mu + rate / 2 * trace1
        square = (1 - rate) * complex(second[0][0]).real + rate / 2 * trace2
        assert abs(variance1 / tau1**2 - (square - mean**2) / ((1 - rate) ** 2 * tau**2)) < 1e-12
        assert abs(phase1 - phase) < 1e-12
        _, tau2, variance2, phase2 = parameters(noisy(dephasing(rate)))
        assert abs(variance2 / tau2**2 - variance / ((1 - 2 * rate) ** 2 * tau**2)) < 1e-11
        assert abs(phase2 - (phase if rate < 0.5 else -phase)) < 1e-12


@pytest.mark.parametrize("kraus", [depolarising(0.3), dephasing(0.7)])
def test_the_limit_with_noise(kraus: list[Matrix]) -> None:
    """The noisy characteristic function tends to (A7) with the noisy σ, τ and φ, like N^{−1/2}."""
    t, effects = 0.6, noisy(kraus)
    _, tau, variance, phase = parameters(effects)
    limit = law(t, phase, variance / tau**2)
    distances = [abs(complex(characteristic(n, plain_matrix(n, t, effects))) - limit) for n in (10**2, 10**4, 10**6)]
    assert distances[2] < 0.02
    assert 6 < distances[0] / distances[1] < 14
    assert 8 < distances[1] / distances[2] < 12


def test_a_channel_that_shrinks_the_width() -> None:
    """(1 ± n·σ/2)/2 turned to the x axis: s² = 1875/49 before and 3 after."""
    c, s = Q(4, 5), Q(3, 5)
    effects = [((Q(37, 50), Q(7, 100)), (Q(7, 100), Q(13, 50))), ((Q(13, 50), Q(-7, 100)), (Q(-7, 100), Q(37, 50)))]
    k = ((c, s), (-s, c))
    turned = [
        [[sum(k[u][r] * e[u][v] * k[v][q] for u in (0, 1) for v in (0, 1)) for q in (0, 1)] for r in (0, 1)]
        for e in effects
    ]
    widths = []
    for family in (effects, turned):
        mean, off = (family[0][0][x] - family[1][0][x] for x in (0, 1))
        widths.append((1 - mean**2) / off**2 - 1)
    assert widths == [Q(1875, 49), 3]
