"""Independent identical pairs of qubits: a pair state, both parties' measurements, the joint law of outcomes.

A pair state is ρ_AB = Σ_{m=0}^{R−1} |ψ_m⟩⟨ψ_m| with vectors that are not normalised one by one; by the
spectral theorem every density matrix is of this form (R = 4 is enough), and positivity needs no condition.
The amplitude ⟨rs|ψ_m⟩ is ψ(4m + 2r + s). Alice's measurement is that of `measurement` (E_j, a_j, d); Bob's
has effects F_1, …, F_e and outcomes b_1, …, b_e.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

from ..kernel.arithmetic import term
from ..kernel.terms import Term, call, defined, num, var
from .language import Abs, I, Sum, conj, exp, sqrt
from .macroscopic import SCALED, alpha
from .measurement import A2, COLLECTIVE, OBSERVABLE, SECOND_MOMENT, A, E, J, N, a, d, entry, j, t

F, b, e = var("F", "nat->op"), var("b", "nat->real"), var("e", "nat")
K, k, u = var("K", "tuple"), var("k", "int"), var("u", "real")
#: The number of a pair; i is the imaginary unit.
n = var("n", "int")
psi, R, m = var("ψ", "nat->complex"), var("R", "nat"), var("m", "int")
r, s = var("r", "int"), var("s", "int")

#: Bob's effects are positive and sum to one.
BOB = Term("povm", (F, e))
ONE = Term("identity")
#: B = Σ_b b F_b and B^(2) = Σ_b b² F_b.
B, B2 = call(OBSERVABLE, F, b, e), call(SECOND_MOMENT, F, b, e)

_LEVELS = (0, 1)
_P, _Q = var("P", "op"), var("Q", "op")


def amplitude(index: Any, row: Any, column: Any) -> Term:
    """⟨rs|ψ_m⟩ = ψ(4m + 2r + s)."""
    return psi(4 * term(index) + 2 * term(row) + term(column))


def _expectation(first: Term, second: Term) -> Term:
    """⟨ψ_m|P⊗Q|ψ_m⟩."""
    return Term(
        "add",
        tuple(
            conj(amplitude(m, x, y)) * amplitude(m, v, w) * entry(first, x, v) * entry(second, y, w)
            for x, v, y, w in product(_LEVELS, repeat=4)
        ),
    )


#: tr ρ_AB P⊗Q.
PAIR_TRACE = defined("tr_AB", (psi, R, _P, _Q), Sum(_expectation(_P, _Q), (m, 0, R - 1)))


def pair_trace(first: Term, second: Term) -> Term:
    """tr ρ_AB P⊗Q = Σ_m ⟨ψ_m|P⊗Q|ψ_m⟩."""
    return call(PAIR_TRACE, psi, R, first, second)


#: The state is normalised: tr ρ_AB = 1.
NORMALISED = Term("eq", (pair_trace(ONE, ONE), num(1)))

_j, _k = var("j", "nat"), var("k", "nat")
#: p(j, k) = tr ρ_AB E_j⊗F_k.
PROBABILITY = defined("p", (psi, R, E, F, _j, _k), pair_trace(E(_j), F(_k)))


def probability(first: Any, second: Any) -> Term:
    """p(j, k): the probability of the outcomes a_j and b_k for one pair."""
    return call(PROBABILITY, psi, R, E, F, term(first), term(second))


#: ⟨a⟩ and ⟨b⟩.
mean_a, mean_b = pair_trace(A, ONE), pair_trace(ONE, B)
#: Σ_a a² tr ρ_AB E_a⊗1 − ⟨a⟩², the same for b, and ⟨ab⟩ − ⟨a⟩⟨b⟩.
variance_a = pair_trace(A2, ONE) - mean_a**2
variance_b = pair_trace(ONE, B2) - mean_b**2
covariance = pair_trace(A, B) - mean_a * mean_b
#: X and Y at α = 1/2.
X = call(COLLECTIVE, a, J, N, mean_a, num(1))
Y = call(COLLECTIVE, b, K, N, mean_b, num(1))
#: t²V_A + 2tuC + u²V_B.
quadratic_form = t**2 * variance_a + 2 * t * u * covariance + u**2 * variance_b
#: t(a_j − ⟨a⟩) + u(b_k − ⟨b⟩).
deviation = t * (a(j) - mean_a) + u * (b(k) - mean_b)

_order = var("n", "nat")
#: Λ_n = Σ_{a,b} p(a, b) |t(a − ⟨a⟩) + u(b − ⟨b⟩)|ⁿ, which the constants of the remainders are made of.
PAIR_MOMENT = defined(
    "Λ",
    (psi, R, E, a, d, F, b, e, t, u, _order),
    Sum(Sum(Abs(probability(j, k)) * Abs(deviation) ** _order, (k, 1, e)), (j, 1, d)),
)


def pair_moment(order: int) -> Term:
    """Λ_n."""
    return call(PAIR_MOMENT, psi, R, E, a, d, F, b, e, t, u, term(order))


#: The characteristic function of one pair at (t, u)/√N.
one_pair = Sum(Sum(probability(j, k) * exp(I * deviation / sqrt(N)), (k, 1, e)), (j, 1, d))
#: X_α and Y_α, and the characteristic function of one pair at (t, u)/N^α.
X_level = call(SCALED, a, J, N, alpha, mean_a, num(1))
Y_level = call(SCALED, b, K, N, alpha, mean_b, num(1))
one_pair_level = Sum(Sum(probability(j, k) * exp(I * (deviation / N**alpha)), (k, 1, e)), (j, 1, d))


def gaussian_rate(second: Any, third: Any) -> Term:
    """ω = Λ₃/6 + 5Λ₂²/24: |N log f + v/2| ≤ ω/√N."""
    return term(third) / 6 + Fraction(5, 24) * term(second) ** 2


# -- the local model: fluctuations as vectors --------------------------------------------------------------
_mean = var("μ", "real")
_m, _r, _s = var("m", "nat"), var("r", "nat"), var("s", "nat")
_here = amplitude(_m, _r, _s)
#: g_{mrs} = ⟨rs|(A − μ)⊗1|ψ_m⟩.
VECTOR_A = defined(
    "g",
    (psi, E, a, d, _mean, _m, _r, _s),
    entry(A, _r, 0) * amplitude(_m, 0, _s) + entry(A, _r, 1) * amplitude(_m, 1, _s) - _mean * _here,
)
#: h_{mrs} = ⟨rs|1⊗(B − μ)|ψ_m⟩.
VECTOR_B = defined(
    "h",
    (psi, F, b, e, _mean, _m, _r, _s),
    entry(B, _s, 0) * amplitude(_m, _r, 0) + entry(B, _s, 1) * amplitude(_m, _r, 1) - _mean * _here,
)


def vector_a(mean: Term) -> Term:
    """g_{mrs} at this mean."""
    return call(VECTOR_A, psi, E, a, d, mean, m, r, s)


def vector_b(mean: Term) -> Term:
    """h_{mrs} at this mean."""
    return call(VECTOR_B, psi, F, b, e, mean, m, r, s)


def over_components(body: Term) -> Term:
    """Σ over m, r and s."""
    return Sum(Sum(Sum(body, (s, 0, 1)), (r, 0, 1)), (m, 0, R - 1))


g, h = vector_a(mean_a), vector_b(mean_b)
#: ε_A = V_A − ⟨(A − ⟨A⟩)²⟩: what a measurement that is not projective adds to the variance.
NOISE_A = defined("ε_A", (psi, R, E, a, d), variance_a - over_components(conj(g) * g))
NOISE_B = defined("ε_B", (psi, R, F, b, e), variance_b - over_components(conj(h) * h))
noise_a, noise_b = call(NOISE_A, psi, R, E, a, d), call(NOISE_B, psi, R, F, b, e)
