"""The objects of Appendix D: the macroscopic variable at α = 1 of 2N qubits, and Dicke states as integrals.

POVMs, outcomes and levels are those of `measurement`. The integers k and l may be negative: |2N, N + k⟩
is a Dicke state for −N ≤ k ≤ N.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from ..kernel.arithmetic import term
from ..kernel.terms import Term, call, defined, var
from .language import Abs, I, Integral, Sum, binomial, cos, exp, pi, sqrt
from .measurement import OBSERVABLE, E, J, N, a, d, dicke, entry, i, j, mu, t, tau, tensor_power
from .powers import pair_constant, pair_threshold, second_order

#: X^[2N] of (D1) at the outcomes a_{J(1)}, …, a_{J(2N)}.
COLLECTIVE = defined("X", (a, J, N, mu, tau), 1 / (tau * (2 * N)) * Sum(a(Term("app", (J, i))) - mu, (i, 1, 2 * N)))
#: 𝒜 = Σ_a E_a exp(ita/(2Nτ)), without μ: (D2) takes e^{−itμ/τ} out.
CHARACTERISTIC = defined("𝒜", (E, a, d, N, t, tau), Sum(exp(I * t * a(j) / (2 * N * tau)) * E(j), (j, 1, d)))

X = call(COLLECTIVE, a, J, N, mu, tau)
calA = call(CHARACTERISTIC, E, a, d, N, t, tau)

_p, _r, _s = var("p", "nat"), var("r", "nat"), var("s", "nat")
#: m_p(r, s) = Σ_a |⟨r|E_a|s⟩| |a/τ|^p, which the constants of the remainders are made of.
MOMENT = defined("m", (E, a, d, tau, _p, _r, _s), Sum(Abs(entry(E(j), _r, _s)) * Abs(a(j) / tau) ** _p, (j, 1, d)))


def absolute_moment(order: int, r: Any, s: Any) -> Term:
    """m_p(r, s) for the measurement of `measurement`."""
    return call(MOMENT, E, a, d, tau, term(order), term(r), term(s))


def centred(k: Any) -> Term:
    """The Dicke state |2N, N + k⟩."""
    return dicke(2 * N, N + k)


def power(operator: Term) -> Term:
    """operator^{⊗2N}."""
    return tensor_power(operator, 2 * N)


def product_ket(zero: Any, one: Any, n: Any) -> Term:
    """(zero|0⟩ + one|1⟩)^{⊗n}, not normalised."""
    return Term("product_ket", (term(zero), term(one), term(n)))


def phase_ket(angle: Term, n: Any) -> Term:
    """(|0⟩ + e^{i·angle}|1⟩)^{⊗n}."""
    return product_ket(1, exp(I * angle), n)


def turn(body: Term, angle: Term) -> Term:
    """∫_{−π}^{π} of `body` over the angle."""
    return Integral(body, (angle, -pi, pi))


def integrand(operator: Term, k: Any, angle: Term) -> Term:
    """(B₀₀ + B₀₁e^{iφ})^{N−k} (B₁₁ + B₁₀e^{−iφ})^{N+k}."""
    first = entry(operator, 0, 0) + entry(operator, 0, 1) * exp(I * angle)
    second = entry(operator, 1, 1) + entry(operator, 1, 0) * exp(-I * angle)
    value: Term = first ** (N - k) * second ** (N + k)
    return value


def half_rates(operator: Term, angle: Term) -> tuple[Term, Term]:
    """(it/2τ)(A₀₀ + A₀₁e^{iφ}) and (it/2τ)(A₁₁ + A₁₀e^{−iφ}), the logarithms of the two powers' limits."""
    rate = I * t / (2 * tau)
    first = entry(operator, 0, 0) + entry(operator, 0, 1) * exp(I * angle)
    second = entry(operator, 1, 1) + entry(operator, 1, 0) * exp(-I * angle)
    return rate * first, rate * second


def half_sizes(operator: Term) -> tuple[Term, Term]:
    """|t/2τ|(|A₀₀| + |A₀₁|) and |t/2τ|(|A₁₁| + |A₁₀|), bounds on the half rates."""
    rate = Abs(t) / (2 * Abs(tau))
    sizes = {(r, s): Abs(entry(operator, r, s)) for r in (0, 1) for s in (0, 1)}
    return rate * (sizes[0, 0] + sizes[0, 1]), rate * (sizes[1, 1] + sizes[1, 0])


def half_difference(operator: Term) -> Term:
    """|t/2τ|(|A₁₁ − A₀₀| + |A₀₁| + |A₁₀|), a bound on the difference of the half rates."""
    diagonal = Abs(entry(operator, 1, 1) - entry(operator, 0, 0))
    return Abs(t) / (2 * Abs(tau)) * (diagonal + Abs(entry(operator, 0, 1)) + Abs(entry(operator, 1, 0)))


Rests = Mapping[tuple[int, int], Term]


def _second_order(operator: Term, rests: Rests) -> Term:
    size1, size2 = half_sizes(operator)
    return second_order(size1, rests[0, 0] + rests[0, 1]) + second_order(size2, rests[1, 1] + rests[1, 0])


def integrand_constant(operator: Term, rests: Rests, k: Any) -> Term:
    """Q with |integrand − its limit| ≤ Q/N, for entries known to c_rs/N²."""
    return pair_constant(_second_order(operator, rests), Abs(term(k)), half_difference(operator))


def element_threshold(operator: Term, rests: Rests, first: Any, second: Any) -> Term:
    """From this N on a matrix element is within K/N of its limit; `first` is |k|, `second` is |l|."""
    total = rests[0, 0] + rests[0, 1] + rests[1, 1] + rests[1, 0]
    return pair_threshold(*half_sizes(operator), total, term(first) + second)


def element_constant(operator: Term, rests: Rests, k: Any, l: Any) -> Term:
    """K with |matrix element − its limit| ≤ K/N."""
    shift = Fraction(9, 8) * Abs(term(k)) * half_difference(operator)
    ratio = Fraction(3, 5) * (term(k) ** 2 + term(l) ** 2)
    return 2 * _second_order(operator, rests) + shift + ratio


def replacement_constant(operator: Term, rests: Rests) -> Term:
    """C with |⟨𝒜^{⊗2N}⟩ − ⟨(1 + itA/(2Nτ))^{⊗2N}⟩| ≤ C/N, for entries known to c_rs/N²."""
    size1, size2 = half_sizes(operator)
    total = rests[0, 0] + rests[0, 1] + rests[1, 1] + rests[1, 0]
    return 2 * total * exp(2 * (size1 + size2 + total))


def limit_integral(operator: Term, k: Any, l: Any, angle: Term) -> Term:
    """exp{it tr A/(2τ)} (1/2π) ∫dφ e^{i(k−l)φ} exp{(it/2τ)(e^{iφ}A₀₁ + e^{−iφ}A₁₀)}."""
    trace = entry(operator, 0, 0) + entry(operator, 1, 1)
    swing = exp(I * angle) * entry(operator, 0, 1) + exp(-I * angle) * entry(operator, 1, 0)
    body = exp(I * (k - l) * angle) * exp(I * t / (2 * tau) * swing)
    front: Term = exp(I * t * trace / (2 * tau))
    return front * (1 / (2 * pi)) * turn(body, angle)


#: t²m₂(r, s)/8, with which 𝒜 = 1 + itA/(2Nτ) + O(N^{−2}).
RESTS = {(r, s): t**2 / 8 * absolute_moment(2, r, s) for r in (0, 1) for s in (0, 1)}


def bound_threshold(first: Any, second: Any) -> Term:
    """`element_threshold` for 𝒜 and A."""
    return element_threshold(call(OBSERVABLE, E, a, d), RESTS, first, second)


def threshold_slope(high: Any, first: Any, second: Any) -> Term:
    """How fast `bound_threshold` grows in each index up to `high`, at least."""
    size1, size2 = half_sizes(call(OBSERVABLE, E, a, d))
    value: Term = 16 * (2 + 2 * size1 + 2 * size2 + 2 * term(high) + first + second)
    return value


def first_order(operator: Term, r: int, s: int) -> Term:
    """δ_rs + it⟨r|A|s⟩/(2Nτ)."""
    linear: Term = I * t * entry(operator, r, s) / (2 * N * tau)
    return 1 + linear if r == s else linear


def kernel(angle: Any) -> Term:
    """4^N cos^{2N}(x/2)/(2π C(2N, N)), whose limit is δ(x) in (D6)."""
    value: Term = term(4) ** N * cos(term(angle) / 2) ** (2 * N) / (2 * pi * binomial(2 * N, N))
    return value


def bilinear(entries: Callable[[int, int], Term], first: Term, second: Term) -> Term:
    """B₀₀ + e^{iφ₂}B₀₁ + e^{−iφ₁}B₁₀ + e^{i(φ₂−φ₁)}B₁₁ = (⟨0| + e^{−iφ₁}⟨1|) B (|0⟩ + e^{iφ₂}|1⟩)."""
    upper = entries(0, 0) + exp(I * second) * entries(0, 1)
    return upper + exp(-I * first) * entries(1, 0) + exp(I * (second - first)) * entries(1, 1)


def of(operator: Term) -> Callable[[int, int], Term]:
    """The matrix elements of an operator."""
    return lambda r, s: entry(operator, r, s)


def near_identity(operator: Term, rest: Term) -> Term:
    """1 + itA/(2Nτ) + Δ/N²."""
    return linearised(operator) + N ** term(-2) * rest


def linearised(operator: Term) -> Term:
    """1 + itA/(2Nτ)."""
    return Term("identity") + I * t / (2 * N * tau) * operator


def double_integrand(entries: Callable[[int, int], Term], k: Any, l: Any, first: Term, second: Term) -> Term:
    """e^{i(kφ₁−lφ₂)} e^{iN(φ₁−φ₂)}/√(C(2N, N+k)C(2N, N+l)) [B₀₀ + …]^{2N}, the integrand of (D4)."""
    roots = sqrt(binomial(2 * N, N + k) * binomial(2 * N, N + l))
    weight = exp(I * (k * first - l * second)) * (exp(I * N * (first - second)) / roots)
    return weight * bilinear(entries, first, second) ** (2 * N)
