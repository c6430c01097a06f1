"""The commutator of two macroscopic variables at α = 1/2: all 2^N amplitudes against (non-commutativity)."""

from __future__ import annotations

from cmath import exp, phase
from itertools import combinations
from math import comb, sin, sqrt

import pytest

Matrix = tuple[tuple[complex, complex], tuple[complex, complex]]
X: Matrix = ((0, 1), (1, 0))
Y: Matrix = ((0, -1j), (1j, 0))
TILTED: Matrix = ((0.48, 0.6 * exp(0.7j)), (0.6 * exp(-0.7j), -0.48))


def dicke(n: int, k: int) -> list[complex]:
    """The amplitudes of |N, k⟩, bit i of the index for particle i."""
    amplitudes = [0j] * 2**n
    for excited in combinations(range(n), k):
        amplitudes[sum(1 << i for i in excited)] = comb(n, k) ** -0.5
    return amplitudes


def apply(a: Matrix, vector: list[complex], n: int) -> list[complex]:
    """Σ_i (A_i − A₀₀)/(√N |A₀₁|) on a vector of N qubits."""
    out = [0j] * 2**n
    scale = 1 / (sqrt(n) * abs(a[0][1]))
    for index, amplitude in enumerate(vector):
        for i in range(n):
            bit = index >> i & 1
            out[index] += scale * (a[bit][bit] - a[0][0]) * amplitude
            out[index ^ (1 << i)] += scale * a[1 - bit][bit] * amplitude
    return out


def commutator(a: Matrix, b: Matrix, n: int, k: int, l: int) -> complex:
    """⟨N,k|[X_A, X_B]|N,l⟩."""
    ket, bra = dicke(n, l), dicke(n, k)
    ab, ba = apply(a, apply(b, ket, n), n), apply(b, apply(a, ket, n), n)
    return sum(z.conjugate() * (u - v) for z, u, v in zip(bra, ab, ba, strict=True))


@pytest.mark.parametrize("n", [2, 4, 8])
def test_the_commutator_of_sigma_x_and_sigma_y(n: int) -> None:
    """(1/N) Σ [σ_x, σ_y] = (2i/N) Σ σ_z: 2i(1 − 2k/N) on |N, k⟩, which tends to [x̂, p̂] = 2i at the rate 1/N."""
    for k in range(3):
        assert abs(commutator(X, Y, n, k, k) - 2j * (1 - 2 * k / n)) < 1e-12
        assert abs(commutator(X, Y, n, k, (k + 1) % 3)) < 1e-12


def test_the_commutator_of_two_settings_tends_to_that_of_the_phase_space_observables() -> None:
    """2i sin(φ − φ′) δ_kl with φ = arg A₀₁, for a tilted measurement and σ_y."""
    limit = 2j * sin(phase(TILTED[0][1]) - phase(Y[0][1]))
    for k, l in ((0, 0), (1, 1), (0, 1)):
        distances = [abs(commutator(TILTED, Y, n, k, l) - (limit if k == l else 0)) for n in (4, 8)]
        assert distances[1] < 0.75 * distances[0] + 1e-12
        assert distances[1] < 4 / sqrt(8)


@pytest.mark.parametrize(("n", "k", "l"), [(3, 0, 0), (4, 1, 2), (6, 3, 2), (7, 2, 2), (6, 1, 3)])
def test_the_commutator_of_the_sums_is_the_sum_of_the_commutators(n: int, k: int, l: int) -> None:
    """(commutator-finite), its right side, against X_A X_B − X_B X_A on all 2^N amplitudes."""
    first, second = phase(TILTED[0][1]), phase(Y[0][1])
    tilts = [(m[1][1] - m[0][0]) / abs(m[0][1]) for m in (TILTED, Y)]
    lower = exp(-1j * second) * tilts[0] - exp(-1j * first) * tilts[1]
    upper = exp(1j * first) * tilts[1] - exp(1j * second) * tilts[0]
    expected = 2j * sin(first - second) * (1 - 2 * k / n) * (k == l)
    expected += (k == l + 1) * sqrt((l + 1) * (n - l)) / n * lower + (l == k + 1) * sqrt((k + 1) * (n - k)) / n * upper
    assert abs(commutator(TILTED, Y, n, k, l) - expected) < 1e-12
