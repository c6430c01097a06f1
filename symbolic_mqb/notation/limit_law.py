"""The terms of (A7) and (A8): superpositions of Dicke states, and the limit of their characteristic function."""

from __future__ import annotations

from ..kernel.terms import Term, var
from .binomials import multiplicity
from .language import Abs, I, Min, Sum, arg, conj, equal, exp, unequal
from .measurement import N, braket, c, dicke, t, tensor_power

D = var("D", "nat")
k, l, q = var("k", "int"), var("l", "int"), var("q", "int")
phi = var("φ", "real")


def elements(operator: Term) -> Term:
    """Σ_{k,l} c_k* c_l ⟨N,k|operator^{⊗N}|N,l⟩, the characteristic function at finite N."""
    element = braket(dicke(N, k), tensor_power(operator, N), dicke(N, l))
    return Sum(Sum(conj(c(k)) * c(l) * element, (l, 0, D - 1)), (k, 0, D - 1))


def state_sum(angle: Term, body: Term) -> Term:
    """Σ_{k,l} e^{−ik·angle} c_k* c_l e^{il·angle} · body."""
    summand = exp(-I * k * angle) * conj(c(k)) * c(l) * exp(I * l * angle) * body
    return Sum(Sum(summand, (l, 0, D - 1)), (k, 0, D - 1))


def hermite_sum(time: Term = t) -> Term:
    """Σ_q √(k!l!)/(q!(k−q)!(l−q)!) (−it)^{k+l−2q}."""
    return Sum(multiplicity(k, l, q) * (-I * time) ** (k + l - 2 * q), (q, 0, Min(k, l)))


def characteristic_limit(gauss: Term, angle: Term = phi) -> Term:
    """Σ_{k,l} e^{−ik·angle} c_k* c_l e^{il·angle} gauss Σ_q √(k!l!)/(q!(k−q)!(l−q)!) (−it)^{k+l−2q}."""
    return state_sum(angle, gauss * hermite_sum())


def choice(mean: Term, off: Term, mu: Term, tau: Term) -> tuple[Term, ...]:
    """off ≠ 0, μ = mean, τ = |off| and φ = arg(−off): what (A7) assumes of A₀₀ and A₀₁."""
    return unequal(off, 0), equal(mu, mean), equal(tau, Abs(off)), equal(phi, arg(-off))
