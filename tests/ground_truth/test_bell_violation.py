"""The CHSH value of N qubits a side against its limit 2√10/π, and the sign's matrix elements against (B5).

The collective variable is Σ a_i of a spin component with A₀₀ = 0, binned by its sign; N is odd, so that no
outcome is 0. Between Dicke states, sgn(Σ σ_x) has the matrix elements E[sgn(u) K_k K_l]/√(C(N,k)C(N,l)),
with u = Σ a_i of N fair coins and the Krawtchouk polynomials K_0 = 1, K_1 = u, K_2 = (u² − N)/2, …
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from math import comb

import pytest
from flint import acb, arb, ctx, fmpq

from symbolic_mqb.kernel.terms import Term
from symbolic_mqb.notation.bell import (
    BEST,
    STANDARD,
    angles,
    bell_parameter,
    blurred_element,
    c,
    sign_element,
)
from symbolic_mqb.numerics.evaluate import enclose

AMPLITUDES = {0: BEST[0].args[1], 1: BEST[1].args[1], 2: BEST[2].args[1]}
LIMIT = 2 * arb(10).sqrt() / arb.pi()


@pytest.fixture(autouse=True)
def _precision():
    before, ctx.prec = ctx.prec, 200
    yield
    ctx.prec = before


def krawtchouk(k: int, size: int, m: int) -> int:
    """K_k at m: the coefficient of z^k in (1 + z)^{N−m} (1 − z)^m."""
    return sum((-1) ** j * comb(m, j) * comb(size - m, k - j) for j in range(k + 1))


def element(size: int, k: int, l: int) -> arb:
    """⟨N,k|sgn(Σσ_x)|N,l⟩, the sum over the outcomes of N coins."""
    total = sum(
        (1 if 2 * m < size else -1) * comb(size, m) * krawtchouk(k, size, m) * krawtchouk(l, size, m)
        for m in range(size + 1)
        if 2 * m != size
    )
    return arb(fmpq(total, 2**size)) / arb(comb(size, k) * comb(size, l)).sqrt()


def closed_elements(size: int) -> tuple[arb, arb]:
    """⟨N,0|sgn|N,1⟩ and ⟨N,1|sgn|N,2⟩ for odd N, telescoped: Σ_{m ≤ M} C(N,m)(N−2m) = (M+1) C(N,M+1), …"""
    m = (size + 1) // 2
    middle, u = arb.bin_uiui(size, m) * m / arb(2) ** (size - 1), size - 2 * m
    second = middle * (arb(fmpq(u * u + size, 2)) + u)
    return middle / arb(size).sqrt(), second / (arb(size) * comb(size, 2)).sqrt()


def chsh(first: arb, second: arb) -> arb:
    """2√2 (2 c₀c₁ s₀₁² + 2 c₁c₂ s₁₂²) with the amplitudes of (B6)."""
    c0, c1, c2 = 2 / arb(10).sqrt(), 1 / arb(2).sqrt(), 1 / arb(10).sqrt()
    return 2 * arb(2).sqrt() * 2 * c1 * (c0 * first**2 + c2 * second**2)


def brute_force_elements(size: int, phase: acb, levels: int) -> list[list[acb]]:
    """⟨N,k|sgn(Σ A_i)|N,l⟩ with all 2^N outcomes, A = ((0, z), (z*, 0)), |z| = 1.

    The eigenvectors are (1, ± z*)/√2; the amplitude of |N,k⟩ is that of its words with k ones.
    """
    rows = [[acb(0)] * levels for _ in range(levels)]
    for outcome in product((1, -1), repeat=size):
        # ⟨a|N,k⟩ = 2^{−N/2} C(N,k)^{−1/2} e_k(a_1 z, …), the elementary symmetric polynomial
        symmetric = [acb(1)] + [acb(0)] * (levels - 1)
        for a in outcome:
            for k in range(levels - 1, 0, -1):
                symmetric[k] = symmetric[k] + symmetric[k - 1] * (a * phase)
        sign = (sum(outcome) > 0) - (sum(outcome) < 0)
        for k in range(levels):
            for l in range(levels):
                rows[k][l] = rows[k][l] + sign * symmetric[k].conjugate() * symmetric[l]
    return [
        [rows[k][l] / (arb(2) ** size * arb(comb(size, k) * comb(size, l)).sqrt()) for l in range(levels)]
        for k in range(levels)
    ]


def turn(angle: Term) -> acb:
    """e^{iφ}."""
    return (acb(0, 1) * enclose(angle, {}).ball).exp()


@pytest.mark.parametrize("size", [3, 5, 7])
def test_the_bell_parameter_by_brute_force(size: int) -> None:
    amplitudes = [enclose(AMPLITUDES[k], {}).ball for k in range(3)]
    parties = [brute_force_elements(size, turn(angle), 3) for angle in STANDARD]

    def correlation(a: int, b: int) -> acb:
        pairs = ((k, l) for k in range(3) for l in range(3))
        return sum((amplitudes[k] * amplitudes[l] * parties[a][k][l] * parties[b][k][l] for k, l in pairs), acb(0))

    value = correlation(0, 2) + correlation(0, 3) + correlation(1, 2) - correlation(1, 3)
    expected = chsh(element(size, 0, 1), element(size, 1, 2))
    assert value.overlaps(acb(expected))
    assert abs(value - expected) < 1e-30


@pytest.mark.parametrize("size", [3, 9, 101])
def test_the_closed_sums(size: int) -> None:
    for closed, summed in zip(closed_elements(size), (element(size, 0, 1), element(size, 1, 2)), strict=True):
        assert closed.overlaps(summed)


def test_the_limit_and_its_rate() -> None:
    values = {size: chsh(*closed_elements(size)) for size in (101, 1001, 10001, 100001, 1000001)}
    limit = enclose(bell_parameter(3), {c: AMPLITUDES, **dict(zip(angles, STANDARD, strict=True))}).ball
    assert limit.overlaps(acb(LIMIT))
    scaled = [size * (value - LIMIT) for size, value in values.items()]
    assert all(x > 0 for x in scaled)  # from above: the violation is larger for finite odd N
    assert abs(scaled[-1] - 3 * LIMIT / 10) < 1e-5  # B_N = (2√10/π)(1 + 3/(10 N) + …)
    assert all(abs(x / scaled[-1] - 1) < 40 / size for size, x in zip(values, scaled, strict=True))  # rate 1/N
    assert all(value > 2 for value in values.values())


@pytest.mark.parametrize(("k", "l"), [(0, 1), (1, 2), (0, 3), (2, 3), (1, 4), (0, 2), (1, 1), (3, 5)])
def test_the_elements_of_the_sign(k: int, l: int) -> None:
    target = enclose(sign_element(k, l), {}, 30).ball.real
    errors = [size * abs(element(size, k, l) - target) for size in (51, 201, 801)]
    assert all(x < 40 for x in errors)
    if (k + l) % 2 == 0:
        assert all(x.contains(0) or x < 1e-25 for x in errors)


def counts(n: int, chance: float) -> list[float]:
    """The binomial distribution."""
    return [comb(n, j) * chance**j * (1 - chance) ** (n - j) for j in range(n + 1)]


def averaged(size: int, k: int, l: int, mean_sign: Callable[[int], float]) -> float:
    """⟨N,k|sgn|N,l⟩ if the mean of the sign is known for each number m of outcomes −1 of σ_x."""
    total = sum(
        comb(size, m) * krawtchouk(k, size, m) * krawtchouk(l, size, m) / 2**size * mean_sign(m)
        for m in range(size + 1)
    )
    return total / (comb(size, k) * comb(size, l)) ** 0.5


def unsharp_element(size: int, k: int, l: int, sharpness: float) -> float:
    """E_± = (1 ± ησ_x)/2: each outcome of σ_x is read wrongly with probability (1 − η)/2."""
    wrong = (1 - sharpness) / 2

    def mean_sign(m: int) -> float:
        right, up = counts(size - m, 1 - wrong), counts(m, wrong)
        tail = [sum(up[j:]) for j in range(m + 2)]
        most = sum(w * tail[min(max((size + 1) // 2 - i, 0), m + 1)] for i, w in enumerate(right))
        return 2 * most - 1

    return averaged(size, k, l, mean_sign)


def lossy_element(size: int, k: int, l: int, detected: float) -> float:
    """Each outcome of σ_x is seen with probability p, and is 0 otherwise."""

    def mean_sign(m: int) -> float:
        up, down = counts(size - m, detected), counts(m, detected)
        below = [sum(down[:j]) for j in range(size + 2)]
        return sum(w * (below[i] - (1 - below[i + 1])) for i, w in enumerate(up))

    return averaged(size, k, l, mean_sign)


@pytest.mark.parametrize(("k", "l"), [(0, 1), (1, 2), (0, 2)])
@pytest.mark.parametrize(
    ("element_of", "parameter", "width"),
    [(unsharp_element, 0.8, Fraction(3, 4)), (lossy_element, 0.64, Fraction(3, 4))],
)
def test_unsharp_and_lossy_measurements_blur_the_sign(element_of, parameter, width, k: int, l: int) -> None:
    """s² = σ²/τ² − 1 = 1/η² − 1 and s² = 1/p − 1, the corrected (13): the same blur for η² = p."""
    target = float(enclose(blurred_element(width, k, l), {}, 30).ball.real)
    errors = [size * abs(element_of(size, k, l, parameter) - target) for size in (21, 61, 101)]
    assert all(e < 0.2 for e in errors)
    assert abs(errors[1] - errors[2]) < 0.02
