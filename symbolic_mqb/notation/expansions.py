"""The terms of the expansions (A5) and (A6): limits, thresholds and the constants of the remainders."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ..kernel.arithmetic import term
from ..kernel.terms import Term, call, defined, num, var
from .binomials import counting_bound, multiplicity, ratio
from .binomials import threshold as counting_threshold
from .language import Abs, I, Max, Min, Sum, exp, sqrt
from .measurement import A2, A, E, N, a, absolute_moment, c, calA, d, entry, mu, t, tau

#: ⟨0|𝒜|0⟩.
front = entry(calA, 0, 0)
#: σ² = A^(2)₀₀ − A₀₀².
variance = entry(A2, 0, 0) - entry(A, 0, 0) ** 2
#: it√N(A₀₀ − μ)/τ − t²σ²/(2τ²).
main_exponent = I * t * sqrt(N) / tau * (entry(A, 0, 0) - mu) - t**2 * variance / (2 * tau**2)
_M1, _M2, _M3 = (absolute_moment(order, 0, 0) for order in (1, 2, 3))
#: From this N on |⟨0|𝒜|0⟩ − 1| ≤ 1/2.
front_threshold = 1 + 4 * t**2 * _M1**2
#: |log⟨0|𝒜|0⟩ − its expansion| ≤ |t|³ (M₃/6 + M₁M₂/2 + 2M₁³/3) N^{−3/2}.
log_constant = Abs(t) ** 3 * (_M3 / 6 + _M1 * _M2 / 2 + Fraction(2, 3) * _M1**3)
root = N ** num(Fraction(-1, 2))


def remainder(small: Term, constant: Term) -> Term:
    """O(small), with the constant C of |r| ≤ C·small."""
    return Term("O", (small, constant))


def exponent_constant(order_k: Term, order_l: Term) -> Term:
    """The constant of the O(1/√N) in the exponent."""
    return log_constant + 2 * (order_k + order_l) * Abs(t) * _M1


def element_threshold(order_k: Term, order_l: Term) -> Term:
    """From this N on (A6) holds."""
    return counting_threshold(order_k, order_l) + 4 * t**2 * _M1**2


#: |t|³M₃/6 + t²M₂/4: the constant of the O(1/√N) in the exponent at μ = A₀₀.
centred_exponent_constant = Abs(t) ** 3 * _M3 / 6 + t**2 * _M2 / 4
_spread = t**2 * (_M2 + absolute_moment(2, 1, 1))


def early(order_k: Term, order_l: Term) -> Term:
    """k + l + t²(M₂(0,0) + M₂(1,1)): at most √N/4 from the threshold of (A7-rate) on."""
    return order_k + order_l + _spread


def limit_threshold(order_k: Term, order_l: Term) -> Term:
    """From this N on the rate of (A7) holds: the remainder of the exponent is then at most 1/4."""
    return element_threshold(order_k, order_l) + 16 * early(order_k, order_l) ** 2 + t**6 * _M3**2


def threshold_slope(order_k: Term, order_l: Term, levels: Term) -> Term:
    """How fast the square in `limit_threshold` grows in each index up to `levels`, at least."""
    return 16 * (early(levels, levels) + early(order_k, order_l))


def size(r: int, s: int) -> Term:
    """|t| M₁(r, s), a bound on √N|⟨r|𝒜|s⟩| for r ≠ s."""
    return Abs(t) * absolute_moment(1, r, s)


def slope(bound: Term, order: Term) -> Term:
    """p X^{p−1}, with which |a^p − b^p| ≤ p X^{p−1}|a − b| for |a|, |b| ≤ X; it is 0 at p = 0 even where X = 0."""
    return order * bound ** Max(order - 1, 0)


def _sizes(order_k: Term, order_l: Term, overlap: Term) -> Term:
    """A bound on the powers of √N⟨1|𝒜|0⟩ and √N⟨0|𝒜|1⟩ in a summand."""
    return size(1, 0) ** (order_k - overlap) * size(0, 1) ** (order_l - overlap)


def off_diagonal_constant(order_k: Term, order_l: Term, overlap: Term) -> Term:
    """What the powers of √N⟨1|𝒜|0⟩ and √N⟨0|𝒜|1⟩ contribute to the O(1/√N) of a summand."""
    raised, lowered = order_k - overlap, order_l - overlap
    b, c, half_square = size(1, 0), size(0, 1), t**2 / 2
    off_b = slope(b, raised) * half_square * absolute_moment(2, 1, 0) * c**lowered
    off_c = b**raised * slope(c, lowered) * half_square * absolute_moment(2, 0, 1)
    return off_b + off_c


def summand_constant(order_k: Term, order_l: Term, overlap: Term, near: Term, diagonal: Term) -> Term:
    """The bound on a summand's error: ρ is within `near` of 1, the product of the diagonal powers within `diagonal`."""
    return (
        _sizes(order_k, order_l, overlap) * (near + diagonal) + off_diagonal_constant(order_k, order_l, overlap) * root
    )


def element_constant(order_k: Term, order_l: Term, overlap: Term) -> Term:
    """The constant of the O(1/√N) in the q-th summand of (A6)."""
    diagonal = overlap * Abs(t) * (absolute_moment(1, 1, 1) + absolute_moment(1, 0, 0))
    near = counting_bound(order_k, order_l, overlap) + diagonal
    return _sizes(order_k, order_l, overlap) * near + off_diagonal_constant(order_k, order_l, overlap)


def centred_constant(order_k: Term, order_l: Term, overlap: Term) -> Term:
    """The same at μ = A₀₀, from the threshold of (A7-rate) on."""
    near = (order_k + order_l) / 8 + overlap * Abs(t) * Abs(entry(A, 1, 1) - mu) / Abs(tau)
    return _sizes(order_k, order_l, overlap) * near + off_diagonal_constant(order_k, order_l, overlap)


def summand(order_k: Term, order_l: Term, overlap: Term) -> Term:
    """ρ ⟨1|𝒜|1⟩^q (√N⟨1|𝒜|0⟩)^{k−q} (√N⟨0|𝒜|1⟩)^{l−q} ⟨0|𝒜|0⟩^q, the multiplicity left out."""
    first, second = sqrt(N) * entry(calA, 1, 0), sqrt(N) * entry(calA, 0, 1)
    outer = ratio(order_k, order_l, overlap) * entry(calA, 1, 1) ** overlap
    return outer * first ** (order_k - overlap) * second ** (order_l - overlap) * entry(calA, 0, 0) ** overlap


def element_limit(r: int, s: int) -> Term:
    """it⟨r|A|s⟩/τ, the limit of √N⟨r|𝒜|s⟩ for r ≠ s."""
    return I * t * entry(A, r, s) / tau


def summand_limit(order_k: Term, order_l: Term, overlap: Term) -> Term:
    """(it⟨1|A|0⟩/τ)^{k−q} (it⟨0|A|1⟩/τ)^{l−q}."""
    return element_limit(1, 0) ** (order_k - overlap) * element_limit(0, 1) ** (order_l - overlap)


#: e^{−t²σ²/(2τ²)}.
limit_gaussian = exp(-(t**2) * variance / (2 * tau**2))
_q = var("q", "int")


def limit_sum(order_k: Term, order_l: Term) -> Term:
    """Σ_q √(k!l!)/(q!(k−q)!(l−q)!) (it⟨1|A|0⟩/τ)^{k−q} (it⟨0|A|1⟩/τ)^{l−q}."""
    body = multiplicity(order_k, order_l, _q) * summand_limit(order_k, order_l, _q)
    return Sum(body, (_q, 0, Min(order_k, order_l)))


def rest_constant(order_k: Term, order_l: Term) -> Term:
    """The constants of the O(1/√N) at μ = A₀₀, summed over q with their multiplicities."""
    body = multiplicity(order_k, order_l, _q) * centred_constant(order_k, order_l, _q)
    return Sum(body, (_q, 0, Min(order_k, order_l)))


_k, _l = var("k", "nat"), var("l", "nat")
#: C with |⟨N,k|𝒜^{⊗N}|N,l⟩ − e^{−t²σ²/(2τ²)} Σ_q …| ≤ C/√N at μ = A₀₀.
LIMIT_RATE = defined(
    "C",
    (E, a, d, t, mu, tau, _k, _l),
    Abs(limit_gaussian) * Fraction(4, 3) * (centred_exponent_constant * Abs(limit_sum(_k, _l)) + rest_constant(_k, _l)),
)


def limit_rate(order_k: Any, order_l: Any) -> Term:
    """C at these indices."""
    return call(LIMIT_RATE, E, a, d, t, mu, tau, term(order_k), term(order_l))


def superposition_rate(levels: Term, rate: Term) -> Term:
    """Σ_{k,l} |c_k||c_l| C_kl over the levels below `levels`: the constant for a superposition; `rate` is C_kl."""
    first, second = var("k", "int"), var("l", "int")
    return Sum(Sum(Abs(c(first)) * Abs(c(second)) * rate, (second, 0, levels - 1)), (first, 0, levels - 1))
