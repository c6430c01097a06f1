"""(12-limit) against exact values: Σ c_k |N,k⟩|N,k⟩, σ_x for Alice and (3σ_x − 4σ_y)/5 for Bob, N up to 10⁶."""

from itertools import pairwise, product
from math import comb

import pytest
from flint import acb, arb, ctx

AMPLITUDES = (2 / arb(10).sqrt(), 1 / arb(2).sqrt(), 1 / arb(10).sqrt())


@pytest.fixture(autouse=True)
def _precision():
    before, ctx.prec = ctx.prec, 300
    yield
    ctx.prec = before


def matrix(angle, phase):
    """exp(i·angle·A) for A₀₁ = e^{iφ}: cos on the diagonal, i sin e^{±iφ} beside it."""
    off = acb(0, 1) * angle.sin()
    return ((acb(angle.cos()), off * phase), (off * phase.conjugate(), acb(angle.cos())))


def element(n, k, l, m):
    """⟨n,k|M^{⊗n}|n,l⟩ from the counting of overlaps."""
    total = acb(0)
    for q in range(max(0, k + l - n), min(k, l) + 1):
        count = comb(k, q) * comb(n - k, l - q)
        total += count * m[1][1] ** q * m[1][0] ** (k - q) * m[0][1] ** (l - q) * m[0][0] ** (n - k - l + q)
    return total * (arb(comb(n, k)) / comb(n, l)).sqrt()


def brute(n, k, l, m):
    """The same from all pairs of words."""
    words = {j: [w for w in product((0, 1), repeat=n) if sum(w) == j] for j in (k, l)}
    total = acb(0)
    for bra in words[k]:
        for ket in words[l]:
            factor = acb(1)
            for r, s in zip(bra, ket, strict=True):
                factor *= m[r][s]
            total += factor
    return total / (arb(comb(n, k)) * comb(n, l)).sqrt()


def limit_element(k, l, t, phase):
    """e^{−i(k−l)φ} ∫ e^{itx} ψ_k ψ_l dx = e^{−t²/2} Σ_q √(k!l!)/(q!(k−q)!(l−q)!) (it)^{k+l−2q} e^{−i(k−l)φ}."""
    total = acb(0)
    for q in range(min(k, l) + 1):
        roots = (arb(k).fac() * arb(l).fac()).sqrt()
        total += roots / (arb(q).fac() * arb(k - q).fac() * arb(l - q).fac()) * acb(0, t) ** (k + l - 2 * q)
    return total * (-(arb(t) ** 2) / 2).exp() * phase.conjugate() ** k * phase**l


def joint(elements):
    return sum((a * b * elements(i, j) for i, a in enumerate(AMPLITUDES) for j, b in enumerate(AMPLITUDES)), acb(0))


def test_the_closed_form_is_the_sum_over_words():
    m = matrix(arb("0.3"), acb(0, -1))
    for k, l in product(range(3), repeat=2):
        assert element(4, k, l, m).overlaps(brute(4, k, l, m))


def test_the_joint_characteristic_function_tends_to_that_of_positions_at_the_rate_1_over_n():
    alice, bob, s, t = acb(1), acb(arb(3) / 5, arb(4) / 5), 1, 2
    target = joint(lambda k, l: limit_element(k, l, s, alice) * limit_element(k, l, t, bob))
    distances = []
    for n in (10**2, 10**4, 10**6):
        root = arb(n).sqrt()
        m_a, m_b = matrix(arb(s) / root, alice), matrix(arb(t) / root, bob)
        distances.append(abs(joint(lambda k, l: element(n, k, l, m_a) * element(n, k, l, m_b)) - target))  # noqa: B023
    for before, after in pairwise(distances):
        assert 50 < float((before / after).mid()) < 200  # N grows by 100, the distance falls as 1/N for A₀₀ = 0
    wrong = joint(lambda k, l: limit_element(k, l, s, -alice) * limit_element(k, l, t, bob))
    assert abs(wrong - target) > arb("0.01")  # φ = arg(−A₀₁) for one party only would not do
