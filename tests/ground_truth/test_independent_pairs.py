"""Independent pairs against exact finite-N values: the Gaussian limit, its rate, its local model.

Nothing here imports a rule, a tactic or the notation: states, measurements and laws are written out again.
"""

from __future__ import annotations

from itertools import pairwise, product
from math import asin, factorial, pi, sqrt
from typing import Any

import pytest
from flint import acb, arb, ctx

#: Two unnormalised vectors (ψ₀₀, ψ₀₁, ψ₁₀, ψ₁₁) of an entangled mixed state of trace 1.
STATE = [[0.6, 0.1j, -0.2, 0.5], [0.3j, 0.2, 0.4, -0.22360679774997896j]]
#: Three effects that are not projectors, and two; both sum to 1.
ALICE = (
    [
        [[0.5, 0.2], [0.2, 0.3]],
        [[0.25, -0.1 + 0.05j], [-0.1 - 0.05j, 0.4]],
        [[0.25, -0.1 - 0.05j], [-0.1 + 0.05j, 0.3]],
    ],
    [1.0, -1.5, 0.25],
)
BOB = ([[[0.7, 0.1j], [-0.1j, 0.35]], [[0.3, -0.1j], [0.1j, 0.65]]], [2.0, -1.0])
T, U = 0.75, -0.5


def expectation(first: Any, second: Any) -> complex:
    """tr ρ P⊗Q."""
    return sum(
        complex(v[2 * r + s]).conjugate() * v[2 * x + y] * first[r][x] * second[s][y]
        for v in STATE
        for r, x, s, y in product((0, 1), repeat=4)
    )


def law() -> list[tuple[float, float, float]]:
    """(p, a, b) for each pair of outcomes."""
    return [(expectation(E, F).real, a, b) for (E, a) in zip(*ALICE, strict=True) for (F, b) in zip(*BOB, strict=True)]


def moments() -> tuple[float, float, float, float, float]:
    """⟨a⟩, ⟨b⟩, V_A, V_B, C."""
    rows = law()
    a, b = sum(p * x for p, x, _ in rows), sum(p * y for p, _, y in rows)
    va = sum(p * (x - a) ** 2 for p, x, _ in rows)
    vb = sum(p * (y - b) ** 2 for p, _, y in rows)
    return a, b, va, vb, sum(p * (x - a) * (y - b) for p, x, y in rows)


def deviations() -> list[tuple[float, float]]:
    """(p, t(a − ⟨a⟩) + u(b − ⟨b⟩))."""
    a, b, *_ = moments()
    return [(p, T * (x - a) + U * (y - b)) for p, x, y in law()]


def characteristic(n: int) -> acb:
    """χ_N(t, u), a power with 60 digits."""
    one: acb = acb(0)
    for p, z in deviations():
        one += acb(p) * (acb(0, 1) * acb(z) / acb(n).sqrt()).exp()
    return one**n


def gaussian() -> acb:
    """exp{−(t²V_A + 2tuC + u²V_B)/2}."""
    _, _, va, vb, c = moments()
    return (-acb(T * T * va + 2 * T * U * c + U * U * vb) / 2).exp()


def bound() -> float:
    """|e^{−v/2}| ω e^ω, ω = Λ₃/6 + 5Λ₂²/24: the proved constant of 1/√N."""
    second, third = (sum(p * abs(z) ** n for p, z in deviations()) for n in (2, 3))
    omega = arb(third) / 6 + arb(5) * arb(second) ** 2 / 24
    return float(abs(gaussian()) * omega * omega.exp())


@pytest.fixture(autouse=True)
def digits() -> Any:
    """Sixty digits."""
    before, ctx.dps = ctx.dps, 60
    yield
    ctx.dps = before


def test_the_law_is_a_probability():
    assert sum(p for p, _, _ in law()) == pytest.approx(1, abs=1e-14)
    assert all(p > 0 for p, _, _ in law())


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_all_amplitudes_of_the_pairs(n: int):
    """⟨e^{i(tX+uY)}⟩ in ρ^{⊗N}, from Σ_{m₁…m_N} ⟨ψ_{m₁}…|⊗(Σ e^{…}E⊗F)|ψ_{m₁}…⟩ with all 4^N amplitudes."""
    a, b, *_ = moments()
    operator = [[0j] * 4 for _ in range(4)]
    for (E, x), (F, y) in product(zip(*ALICE, strict=True), zip(*BOB, strict=True)):
        phase = complex(acb(0, (T * (x - a) + U * (y - b)) / sqrt(n)).exp())
        for r, v, s, w in product((0, 1), repeat=4):
            operator[2 * r + s][2 * v + w] += phase * E[r][v] * F[s][w]
    total = 0j
    for vectors in product(STATE, repeat=n):
        psi = {k: _product(complex(vectors[i][k[i]]) for i in range(n)) for k in product(range(4), repeat=n)}
        image = psi
        for i in range(n):
            image = {k: sum(operator[k[i]][x] * image[(*k[:i], x, *k[i + 1 :])] for x in range(4)) for k in image}
        total += sum(psi[k].conjugate() * image[k] for k in psi)
    assert abs(total - complex(characteristic(n))) < 1e-12


def _product(factors: Any) -> complex:
    out = 1 + 0j
    for x in factors:
        out *= x
    return out


@pytest.mark.parametrize("n", [10, 10**2, 10**4, 10**6])
def test_the_proved_rate(n: int):
    assert float(abs(characteristic(n) - gaussian())) <= bound() / sqrt(n)


def test_the_order_of_the_rate_is_one_half():
    far, near = (float(abs(characteristic(n) - gaussian())) for n in (10**4, 10**6))
    assert far / near == pytest.approx(10, rel=0.03)


def fluctuation(matrix: Any, mean: float, alice: bool) -> list[complex]:
    """The components of (A − ⟨A⟩)⊗1 (or 1⊗(B − ⟨B⟩)) on each vector of the state."""
    out = []
    for v in STATE:
        for r, s in product((0, 1), repeat=2):
            image = sum(matrix[r][x] * v[2 * x + s] if alice else matrix[s][x] * v[2 * r + x] for x in (0, 1))
            out.append(image - mean * v[2 * r + s])
    return out


def observable(effects: Any, outcomes: Any) -> Any:
    return [[sum(x * e[r][s] for e, x in zip(effects, outcomes, strict=True)) for s in (0, 1)] for r in (0, 1)]


def test_the_hidden_variable_has_the_covariances_of_the_limit():
    a, b, va, vb, c = moments()
    g = fluctuation(observable(*ALICE), a, True)
    h = fluctuation(observable(*BOB), b, False)
    assert sum((x.conjugate() * y).real for x, y in zip(g, h, strict=True)) == pytest.approx(c, abs=1e-13)
    assert 0 < sum(abs(x) ** 2 for x in g) < va
    assert 0 < sum(abs(x) ** 2 for x in h) < vb


def chsh_of_signs(n: int, correlation: float) -> float:
    """4⟨sgn X sgn Y⟩ for n pairs (n odd) with unbiased ±1 outcomes of this correlation, exactly."""
    alike = (1 + correlation) / 2
    total = 0.0
    for up in range(n + 1):  # a = +1 up times; then b = +1 in `kept` of these and `turned` of the others
        for kept in range(up + 1):
            for turned in range(n - up + 1):
                weight = factorial(n) // (factorial(kept) * factorial(up - kept))
                weight //= factorial(turned) * factorial(n - up - turned)
                same = kept + n - up - turned
                sign = (1 if 2 * up > n else -1) * (1 if 2 * (kept + turned) > n else -1)
                total += sign * weight / 2**n * alike**same * (1 - alike) ** (n - same)
    return 4 * total


def test_signs_of_the_singlet_violate_for_one_pair_and_reach_the_local_bound_in_the_limit():
    best = 1 / sqrt(2)
    limit = 4 * 2 / pi * asin(best)
    assert limit == pytest.approx(2, abs=1e-14)
    assert chsh_of_signs(1, best) == pytest.approx(2 * sqrt(2))
    values = [chsh_of_signs(n, best) for n in (1, 3, 7, 15, 31)]
    assert all(x > y > 2 for x, y in pairwise(values))
    assert values[-1] - 2 < 0.05


def at_level(n: int, level: float) -> float:
    """|χ_N(t, u) − 1| at the level α."""
    one: acb = acb(0)
    for p, z in deviations():
        one += acb(p) * (acb(0, 1) * acb(z) / acb(n) ** acb(level)).exp()
    return float(abs(one**n - 1))


@pytest.mark.parametrize("level", [0.5, 0.6, 0.75, 1.0])
def test_above_one_half_everything_tends_to_a_point(level: float):
    second = sum(p * z**2 for p, z in deviations())
    for n in (1, 10, 10**3, 10**6):
        assert at_level(n, level) <= second / 2 * n ** (1 - 2 * level) + 1e-12
    if level > 0.6:  # the bound is the leading term
        assert at_level(10**6, level) == pytest.approx(second / 2 * 10 ** (6 * (1 - 2 * level)), rel=0.01)
