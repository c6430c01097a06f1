"""(14) for POVMs with s > 0: the products ⟨k|x⟩⟨x|l⟩ of two levels, blurred by a Gaussian of width s."""

from __future__ import annotations

from typing import Any

from ..kernel.terms import Term
from .language import Integral, Min, Sum, binomial, conj, equal, factorial, sqrt, symbols
from .objects import He, gaussian, wave

k, l = symbols("k l", "nat")
(q,) = symbols("q", "int")
x, xp, sigma, width, epsilon = symbols("x x' σ s ε", "real")

#: s > 0, σ > 0 and σ² = s² + 1.
BLUR = (width > 0, sigma > 0, equal(sigma**2, width**2 + 1))


def blurred_product(point: Any, first: Any, second: Any) -> Term:
    """∫ e^{−(x − x′)²/(2s²)}/(√(2π) s) ⟨k|x′⟩⟨x′|l⟩ dx′."""
    return Integral(gaussian(width, point - xp) * (conj(wave(xp, first)) * wave(xp, second)), xp)


_p = k + l - 2 * q
_weight = sqrt(factorial(k) * factorial(l)) / factorial(q) * binomial(_p, l - q) / (sigma**_p * factorial(_p))

#: The same as a finite sum of Gaussians of width σ times Hermite polynomials.
SUMMAND = _weight * (gaussian(sigma, x) * He(_p, x / sigma))
EXPANDED = Sum(SUMMAND, (q, 0, Min(k, l)))


def exponents(first: int, second: int) -> tuple[int, int]:
    """(m, n) of the factors x^m 2^{−n/2} that multiply the Gaussian of width σ and a polynomial in 1/σ² and x²."""
    return (first + second) % 2, int(second == 2 and first < 2)


def factors_bound(first: int, second: int) -> Term:
    """What multiplies the Gaussian of width σ is at most this where |x| ≤ ε."""
    if (first, second) == (1, 1):
        return epsilon**2 + width**2
    m, n = exponents(first, second)
    return epsilon**m * sqrt(2) ** (-n) / (2 if first == 2 else 1)
