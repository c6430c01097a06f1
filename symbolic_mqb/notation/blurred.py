"""(14) for POVMs with s > 0: the products ⟨k|x⟩⟨x|l⟩ of two levels, blurred by a Gaussian of width s."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ..kernel.terms import Term
from .language import Integral, Min, Sum, binomial, conj, equal, factorial, sqrt, symbols
from .objects import He, gaussian, wave

k, l = symbols("k l", "nat")
(q,) = symbols("q", "int")
x, xp, sigma, width, epsilon = symbols("x x' σ s ε", "real")

#: s > 0, σ > 0 and σ² = s² + 1.
BLUR = (width > 0, sigma > 0, equal(sigma**2, width**2 + 1))
#: The largest blur that is asked about.
MOST = Fraction(1, 10)
#: The levels of (B6), each pair once.
LEVELS = ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2))


def blurred_product(point: Any, first: Any, second: Any) -> Term:
    """∫ e^{−(x − x′)²/(2s²)}/(√(2π) s) ⟨k|x′⟩⟨x′|l⟩ dx′."""
    return Integral(gaussian(width, point - xp) * (conj(wave(xp, first)) * wave(xp, second)), xp)


_p = k + l - 2 * q
_weight = sqrt(factorial(k) * factorial(l)) / factorial(q) * binomial(_p, l - q) / (sigma**_p * factorial(_p))

#: The same as a finite sum of Gaussians of width σ times Hermite polynomials.
SUMMAND = _weight * (gaussian(sigma, x) * He(_p, x / sigma))
EXPANDED = Sum(SUMMAND, (q, 0, Min(k, l)))


def factors_bound(first: int, second: int) -> Term:
    """What multiplies the Gaussian of width σ is at most this where |x| ≤ ε ≤ 1, for s ≤ 1/10."""
    if (first, second) == (1, 1):
        return epsilon**2 + width**2
    odd, root = int(first + second in (1, 3)), int(first + second in (2, 3) and first < second)
    return epsilon**odd * sqrt(2) ** (-root) / (2 if first == 2 else 1)
