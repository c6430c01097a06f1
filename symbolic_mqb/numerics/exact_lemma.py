"""The lemma (A9) at given m and n, exactly: both sides as polynomials with integer coefficients.

A spot check that needs neither the proof nor an integral evaluated by anybody. Both sides of (A9) are
exp(−x²/2α²)/(√(2π) α) times a polynomial in x. Multiplied by m! n! γ^{m+n} α^{2(m+n)} it has integer
coefficients in x, α², β² and γ², and is homogeneous in x², α², β², γ²; so rational squares are first
brought to integers.

The left side comes from the coefficients of He_p alone, the right side from the moments of the
Gaussian of mean γ²x/α² and variance β²γ²/α² that the two Gaussians under the integral multiply to.
Beyond the table of Hermite coefficients the two sides have no code in common.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb, factorial, lcm


@lru_cache(maxsize=1024)
def hermite_coefficients(n: int) -> tuple[int, ...]:
    """The coefficients h of He_n(x) = Σ_j h_j x^{n−2j}, by He_{n+1} = x He_n − n He_{n−1}."""
    before: tuple[int, ...] = (0,)
    here: tuple[int, ...] = (1,)
    for k in range(n):
        longer = (*here, 0) if k % 2 else here
        shifted = (0, *before[: len(longer) - 1])
        before, here = here, tuple(a - k * b for a, b in zip(longer, shifted, strict=True))
    return here


@lru_cache(maxsize=1024)
def gaussian_moments(k: int, variance: int) -> tuple[int, ...]:
    """The coefficients of E(X + x)^k = Σ_j c_j x^{k−2j}, X a Gaussian of this variance and mean 0.

    c_j is the variance to the power j times the number of ways to pair 2j of k things.
    """
    out, double = [], 1
    for j in range(k // 2 + 1):
        out.append(comb(k, 2 * j) * double * variance**j)
        double *= 2 * j + 1
    return tuple(out)


@lru_cache(maxsize=64)
def _powers(base: int, last: int) -> tuple[int, ...]:
    return tuple(base**k for k in range(last + 1))


@dataclass(frozen=True)
class LemmaInstance:
    """(A9) at natural m, n (in any order) and rational β² > 0, γ² > 0, with α² = β² + γ²."""

    m: int
    n: int
    beta_squared: Fraction | int = 1
    gamma_squared: Fraction | int = 1

    def __post_init__(self) -> None:
        if min(self.m, self.n) < 0:
            raise ValueError(f"m and n are natural numbers, not {self.m} and {self.n}")
        if min(self.beta_squared, self.gamma_squared) <= 0:
            raise ValueError("β² and γ² are positive")

    def _integers(self) -> tuple[int, int, int]:
        """(β²d, γ²d, d) for the least common denominator d."""
        b, g = self.beta_squared, self.gamma_squared
        d = lcm(b.denominator, g.denominator)
        return b.numerator * (d // b.denominator), g.numerator * (d // g.denominator), d

    def left(self) -> tuple[int, ...]:
        """The sum over Hermite polynomials: entry i belongs to x^{m+n−2i}."""
        return self._left(*self._integers()[:2])

    def right(self) -> tuple[int, ...]:
        """The integral of the product, from Gaussian moments: entry i belongs to x^{m+n−2i}."""
        return self._right(*self._integers()[:2])

    def holds(self) -> bool:
        """Whether the two sides are the same polynomial."""
        b, g, _ = self._integers()
        return self._left(b, g) == self._right(b, g)

    def _left(self, b: int, g: int) -> tuple[int, ...]:
        total = self.m + self.n
        alphas, gammas = _powers(b + g, total), _powers(g, total)
        out = [0] * (total // 2 + 1)
        weight = 1  # m! n! / (s! (m−s)! (n−s)!)
        for s in range(min(self.m, self.n) + 1):
            c = weight * gammas[total - s] * alphas[s]
            for i, h in enumerate(hermite_coefficients(total - 2 * s), s):
                out[i] += c * h
            weight = weight * (self.m - s) * (self.n - s) // (s + 1)
        return tuple(alpha * c for alpha, c in zip(alphas, out, strict=False))

    def _right(self, b: int, g: int) -> tuple[int, ...]:
        total = self.m + self.n
        alphas, gammas = _powers(b + g, total), _powers(g, total)
        product = [0] * (total // 2 + 1)
        second = hermite_coefficients(self.n)
        for i, p in enumerate(hermite_coefficients(self.m)):
            for j, q in enumerate(second, i):
                product[j] += p * q
        out = [0] * (total // 2 + 1)
        for i, coefficient in enumerate(product):
            # ⟨x'^k⟩ = (γ²/α²)^k E(X + x)^k for k = m + n − 2i and X of variance α²β²/γ², times γ^{2i}
            c = coefficient * alphas[i]
            for j, moment in enumerate(gaussian_moments(total - 2 * i, b), i):
                out[j] += c * moment
        return tuple(gammas[total - i] * alphas[i] * c for i, c in enumerate(out))

    def polynomial(self, side: tuple[int, ...]) -> dict[int, Fraction]:
        """A side of (A9) without its Gaussian and times γ^{m+n}: {power of x: coefficient}."""
        b, g, d = self._integers()
        total = self.m + self.n
        scale = factorial(self.m) * factorial(self.n) * (b + g) ** total
        return {total - 2 * i: Fraction(c, scale * d**i) for i, c in enumerate(side) if c}


def instances(
    last: int, beta_squared: Fraction | int = 1, gamma_squared: Fraction | int = 1
) -> Iterator[LemmaInstance]:
    """All instances with n ≤ m ≤ last."""
    for m in range(last + 1):
        for n in range(m + 1):
            yield LemmaInstance(m, n, beta_squared, gamma_squared)
