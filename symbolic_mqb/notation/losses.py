"""Particle losses: each particle is detected with probability p, independently of all others."""

from __future__ import annotations

from ..kernel.terms import Term, call, defined, lam, var
from .language import I, Product, Sum, delta, exp, sqrt
from .measurement import E, J, N, a, d, i, j, mu, t, tau
from .operators import identity

p = var("p", "real")
#: The tuple of detections: its entries are 1 (lost) and 2 (detected), so that o_i is the entry less 1.
O = var("o", "tuple")
_m = var("m", "nat")


def detected(entry: Term) -> Term:
    """o_i ∈ {0, 1} for an entry of the tuple of detections."""
    return entry - 1


def weight(entry: Term) -> Term:
    """P(o_i): p for o_i = 1 and 1 − p for o_i = 0."""
    return p * detected(entry) + (1 - p) * (1 - detected(entry))


#: X_p^[N] of (C1) at the detections o and the outcomes a_{J(1)}, …, a_{J(N)}.
LOSSY_COLLECTIVE = defined(
    "X_p", (a, O, J, N, mu, tau, p), Sum(detected(O(i)) * (a(J(i)) - mu), (i, 1, N)) / (p * tau * sqrt(N))
)
#: 𝒜_p = Σ_a E_a (1 − p + p exp(it(a − μ)/(pτ√N))).
LOSSY_CHARACTERISTIC = defined(
    "𝒜_p",
    (E, a, d, N, t, mu, tau, p),
    Sum((1 - p + p * exp(I * t * (a(j) - mu) / (p * tau * sqrt(N)))) * E(j), (j, 1, d)),
)

X_p = call(LOSSY_COLLECTIVE, a, O, J, N, mu, tau, p)
calA_p = call(LOSSY_CHARACTERISTIC, E, a, d, N, t, mu, tau, p)
#: P(o_1, …, o_N).
probability = Product(weight(O(i)), (i, 1, N))


def lossy_effect(index: Term) -> Term:
    """p E_j for j ≤ d; the effect with number d + 1 is (1 − p)·1, a lost particle."""
    lost = delta(index, d + 1)
    return (1 - lost) * p * E(index) + lost * (1 - p) * identity


def lossy_outcome(index: Term) -> Term:
    """μ + (a_j − μ)/p for j ≤ d; a lost particle counts as μ."""
    return mu + (1 - delta(index, d + 1)) * (a(index) - mu) / p


#: The measurement with losses as functions of the number of the outcome.
LOSSY_EFFECTS, LOSSY_OUTCOMES = lam(_m, lossy_effect(_m)), lam(_m, lossy_outcome(_m))
#: They are positive and sum to one.
LOSSY_POVM = Term("povm", (LOSSY_EFFECTS, d + 1))
