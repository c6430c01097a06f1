"""(D6) and (D7) against exact values: the moments of the kernel, the matrix element for N up to 10⁴."""

from itertools import pairwise

import pytest
from flint import acb, arb, ctx, fmpq, fmpz


def moment(n):
    """∫ K sin²(x/2) dx on [−π, π] exactly: 1 − 4^N/C(2N,N) · C(2N+2,N+1)/4^{N+1}."""
    ratio = fmpq(fmpz(2 * n + 2).bin_uiui(2 * n + 2, n + 1), fmpz.bin_uiui(2 * n, n)) / 4
    return 1 - ratio


@pytest.mark.parametrize("n", [1, 2, 10, 1000])
def test_the_mean_of_the_squared_sine_is_exact(n):
    assert moment(n) == fmpq(1, 2 * n + 2)


def element(n, k, l, b):
    """⟨2n, n+k|B^{⊗2n}|2n, n+l⟩ as the closed sum over overlaps, in balls."""
    total = acb(0)
    for r in range(max(0, k - l), n + 1):
        if n + k - r < 0 or n - l - r < 0 or r + l - k < 0 or r > n + k:
            continue
        count = arb(fmpz.bin_uiui(n + k, r)) * arb(fmpz.bin_uiui(n - k, r + l - k))
        if r > 60 or count == 0:
            break
        total += acb(count) * b[3] ** (n + k - r) * b[2] ** r * b[1] ** (r + l - k) * b[0] ** (n - l - r)
    return total * (arb(fmpz.bin_uiui(2 * n, n + k)) / arb(fmpz.bin_uiui(2 * n, n + l))).sqrt()


def test_the_matrix_element_tends_to_a_bessel_function_at_the_proved_rate():
    ctx.prec = 200
    t, (k, l) = arb(1), (2, -1)
    limit = acb(0, 1) ** (k - l) * acb(t).bessel_j(acb(abs(k - l)))  # A = σ_x, τ = 1: i^{|k−l|} J_{|k−l|}(t)
    distances = []
    for n in (10, 100, 1000, 10000):
        angle = t / (2 * n)  # exp(itσ_x/(2N)) = cos + iσ_x sin
        b = [acb(angle.cos()), acb(0, 1) * angle.sin(), acb(0, 1) * angle.sin(), acb(angle.cos())]
        distances.append(abs(element(n, k, l, b) - limit))
    rates = [float(a.mid()) / float(b.mid()) for a, b in pairwise(distances)]
    assert all(5 < rate < 20 for rate in rates)  # 1/N: a factor of 10 each
    assert distances[-1] < arb("0.001")
