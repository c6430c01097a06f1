"""α = 1 at finite N, from nothing but matrices and exact sums, against (15) and the local model of (D13)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb

import pytest
from flint import acb, acb_mat, arb, ctx

#: A₀₁ = |A₀₁|e^{iφ} with φ ≠ 0; A is a three-outcome measurement's first moment.
OUTCOMES = (Fraction(-1), Fraction(2), Fraction(1, 2))
EFFECTS = (
    ((Fraction(1, 2), (Fraction(1, 4), Fraction(1, 8))), Fraction(1, 4)),
    ((Fraction(1, 4), (Fraction(0), Fraction(-1, 8))), Fraction(1, 4)),
    ((Fraction(1, 4), (Fraction(-1, 4), Fraction(0))), Fraction(1, 2)),
)
State = dict[int, tuple[Fraction, Fraction]]
#: c₋₁, c₀, c₁ with Σ|c_k|² = 1.
STATE: State = {-1: (Fraction(2, 7), Fraction(-3, 7)), 0: (Fraction(0), Fraction(-6, 7)), 1: (Fraction(0), Fraction(0))}
OTHER: State = {-1: (Fraction(1, 3), Fraction(0)), 0: (Fraction(0), Fraction(2, 3)), 1: (Fraction(2, 3), Fraction(0))}


@pytest.fixture(autouse=True)
def _precision():  # type: ignore[no-untyped-def]
    before, ctx.prec = ctx.prec, 200
    yield
    ctx.prec = before


def complex_of(z: tuple[Fraction, Fraction]) -> acb:
    """The number."""
    return acb(arb(z[0].numerator) / z[0].denominator, arb(z[1].numerator) / z[1].denominator)


def real_of(x: Fraction) -> acb:
    """The number."""
    return acb(x.numerator) / x.denominator


def total(weight: Callable[[Fraction], acb]) -> acb_mat:
    """Σ_a weight(a) E_a."""
    sums = [acb(0)] * 4
    for a, ((first, off), last) in zip(OUTCOMES, EFFECTS, strict=True):
        b = complex_of(off)
        for i, entry in enumerate((real_of(first), b, b.conjugate(), real_of(last))):
            sums[i] += weight(a) * entry
    return acb_mat(2, 2, sums)


def choice() -> tuple[acb, acb, acb]:
    """μ = tr A/2, τ = |A₀₁|, φ = arg A₀₁."""
    first = total(real_of)
    return (first[0, 0] + first[1, 1]) / 2, acb(abs(first[0, 1])), acb(first[0, 1].arg())


def one_particle(t: acb, n: int) -> acb_mat:
    """Σ_a E_a exp(it(a − μ)/(2Nτ))."""
    mu, tau, _ = choice()
    return total(lambda a: (acb(0, 1) * t * (real_of(a) - mu) / (2 * n * tau)).exp())


def element(m: acb_mat, n: int, k: int, l: int) -> acb:
    """⟨2N, N+k|M^{⊗2N}|2N, N+l⟩: words with N+l ones, j of which stay ones, in closed form."""
    size, high, low = 2 * n, n + k, n + l
    terms = acb(0)
    first = max(0, high + low - size)
    term = None
    for j in range(first, min(high, low) + 1):
        if term is None:
            front = acb(comb(low, j)) * comb(size - low, high - j)
            term = (
                front * m[1, 1] ** j * m[0, 1] ** (low - j) * m[1, 0] ** (high - j) * m[0, 0] ** (size - low - high + j)
            )
        else:  # the ratio of neighbouring terms
            ratio = acb((low - j + 1) * (high - j + 1)) / (j * (size - low - high + j))
            term = term * ratio * m[1, 1] * m[0, 0] / (m[0, 1] * m[1, 0])
        terms += term
    return terms * (acb(comb(size, low)) / comb(size, high)).sqrt()


def coefficient(m: acb_mat, n: int, k: int, l: int) -> acb:
    """The same as a coefficient of (m₀₀ + m₀₁z)^{N−k}(m₁₁ + m₁₀/z)^{N+k}, by an integral over |z| = 1: for large N."""

    def integrand(angle: acb, _: bool) -> acb:
        z = (acb(0, 1) * angle).exp()
        return z ** (k - l) * (m[0, 0] + m[0, 1] * z) ** (n - k) * (m[1, 1] + m[1, 0] / z) ** (n + k)

    whole = acb.integral(integrand, -acb.pi(), acb.pi()) / (2 * acb.pi())
    return whole * (acb(comb(2 * n, n + k)) / comb(2 * n, n + l)).sqrt() if n < 10**4 else whole * ratio(n, k, l)


def ratio(n: int, k: int, l: int) -> acb:
    """√(C(2N, N+k)/C(2N, N+l)) from neighbours."""
    value = acb(1)
    for j in range(abs(l)):
        value = value * (n + j + 1) / (n - j)
    for j in range(abs(k)):
        value = value * (n - j) / (n + j + 1)
    return value.sqrt()


def exact(t: acb, n: int, state: State, of: Callable[..., acb] = element) -> acb:
    """χ_N(t) on Σ c_k|2N, N+k⟩."""
    m = one_particle(t, n)
    c = {k: complex_of(z) for k, z in state.items() if any(z)}
    return sum((c[k].conjugate() * c[l] * of(m, n, k, l) for k in c for l in c), acb(0))


def limit(t: acb, state: State, sign: int = 1) -> acb:
    """∫_0^π e^{it cos θ} P(θ) dθ with P(θ) as (15) prints it."""
    c = {k: complex_of(z) for k, z in state.items()}
    i, phi = acb(0, 1), choice()[2] * sign

    def integrand(theta: acb, _: bool) -> acb:
        value = acb(0)
        for k in c:
            for l in c:
                wave = (-i * (k - l) * theta).exp() + (i * (k - l) * theta).exp()
                value += (-i * k * phi).exp() * c[k].conjugate() * c[l] * (i * l * phi).exp() * wave
        return (i * t * theta.cos()).exp() * value / (2 * acb.pi())

    return acb.integral(integrand, 0, acb.pi())


def brute_force(t: acb, n: int, state: State) -> acb:
    """χ_N(t) in the 2^{2N} words."""
    size, m = 2 * n, one_particle(t, n)
    c = {k: complex_of(z) for k, z in state.items()}
    vector = [
        c[j.bit_count() - n] / acb(comb(size, j.bit_count())).sqrt() if j.bit_count() - n in c else acb(0)
        for j in range(2**size)
    ]
    out = list(vector)
    for bit in (1 << i for i in range(size)):
        for j in range(2**size):
            if not j & bit:
                low, high = out[j], out[j | bit]
                out[j], out[j | bit] = m[0, 0] * low + m[0, 1] * high, m[1, 0] * low + m[1, 1] * high
    return sum((x.conjugate() * y for x, y in zip(vector, out, strict=True)), acb(0))


@pytest.mark.parametrize("n", [1, 2, 3])
def test_the_closed_form_is_the_sum_over_all_words(n: int) -> None:
    t = acb(5) / 4
    assert abs(exact(t, n, STATE) - brute_force(t, n, STATE)) < 1e-40


@pytest.mark.parametrize("l", [-1, 0, 1])
def test_the_integral_is_the_closed_form(l: int) -> None:
    m = one_particle(acb(2), 40)
    assert abs(element(m, 40, 1, l) - coefficient(m, 40, 1, l)) < 1e-40


@pytest.mark.parametrize("state", [STATE, OTHER])
@pytest.mark.parametrize("t", [Fraction(5, 4), Fraction(-3)])
def test_the_characteristic_function_tends_to_that_of_15_like_1_over_n(t: Fraction, state: State) -> None:
    at, target = real_of(t), limit(real_of(t), state)
    scaled = [abs(exact(at, n, state, coefficient) - target) * n for n in (10**3, 10**6)]
    assert scaled[0] > 1e-3
    assert abs(scaled[0] / scaled[1] - 1) < 0.01  # N·|χ_N − χ| has settled: the rate is 1/N


def test_the_other_sign_of_phi_is_not_the_limit() -> None:
    t = acb(5) / 4
    right, wrong = limit(t, OTHER), limit(t, OTHER, sign=-1)
    finite = exact(t, 400, OTHER, coefficient)
    assert abs(finite - right) < 0.01
    assert abs(finite - wrong) > 0.05


def test_the_mass_is_one() -> None:
    assert abs(limit(acb(0), OTHER) - 1) < 1e-40
