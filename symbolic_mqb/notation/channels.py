"""Noise channels on single particles, their adjoints, and the noisy measurements."""

from __future__ import annotations

from ..kernel.terms import Term, call, defined, lam, var
from .language import I, Sum, equal, exp, half, sqrt
from .measurement import E, N, a, d, j, mu, t, tau
from .operators import PAULI_Z, adjoint, identity, product, qubit_trace

rate = var("λ", "real")
rho, effect = var("ρ", "op"), var("E_a", "op")
K, M = var("K", "nat->op"), var("M", "nat")
m = var("m", "int")
_n = var("n", "nat")

#: Γ_pol(ρ) = (1 − λ)ρ + λ·1/2.
DEPOLARISING = defined("Γ_pol", (rho, rate), (1 - rate) * rho + rate * (half * identity))
#: Γ_pha(ρ) = (1 − λ)ρ + λ ZρZ.
DEPHASING = defined("Γ_pha", (rho, rate), (1 - rate) * rho + rate * product(PAULI_Z, rho, PAULI_Z))
#: Γ_pol†(E) = (1 − λ)E + λ (1/2) tr E.
DEPOLARISING_ADJOINT = defined(
    "Γ_pol†", (effect, rate), (1 - rate) * effect + rate * (half * qubit_trace(effect) * identity)
)
#: Γ_pha†(E) = (1 − λ)E + λ ZEZ.
DEPHASING_ADJOINT = defined("Γ_pha†", (effect, rate), (1 - rate) * effect + rate * product(PAULI_Z, effect, PAULI_Z))
#: Γ†(E) = Σ_m K_m† E K_m for a channel with Kraus operators K_1, …, K_M.
CHANNEL_ADJOINT = defined("Γ†", (effect, K, M), Sum(product(adjoint(K(m)), effect, K(m)), (m, 1, M)))

#: Σ_m K_m†K_m = 1: the channel preserves the trace.
TRACE_PRESERVING = equal(Sum(product(adjoint(K(m)), K(m)), (m, 1, M)), identity)


def depolarised(operator: Term) -> Term:
    """Γ_pol†(operator)."""
    return call(DEPOLARISING_ADJOINT, operator, rate)


def dephased(operator: Term) -> Term:
    """Γ_pha†(operator)."""
    return call(DEPHASING_ADJOINT, operator, rate)


def through(operator: Term) -> Term:
    """Γ†(operator) for the channel with Kraus operators K_m."""
    return call(CHANNEL_ADJOINT, operator, K, M)


_PARAMETERS = {"pol": (rate,), "pha": (rate,), "Γ": (K, M)}
_MAPS = {"pol": depolarised, "pha": dephased, "Γ": through}


class Noisy:
    """The measurement of Γ†(E_1), …, Γ†(E_d): its family, that it is a POVM, and A, A^(2), 𝒜 made of it."""

    def __init__(self, name: str) -> None:
        noise, own = _MAPS[name], _PARAMETERS[name]
        self.name = name
        self.noise = noise
        self.family = lam(_n, noise(E(_n)))
        self.povm = Term("povm", (self.family, d))
        self.heads = tuple(
            defined(f"{stem}_{name}", parameters, Sum(weight * noise(E(j)), (j, 1, d)))
            for stem, parameters, weight in (
                ("A", (E, a, d, *own), a(j)),
                ("A2", (E, a, d, *own), a(j) ** 2),
                ("𝒜", (E, a, d, N, t, mu, tau, *own), exp(I * t * (a(j) - mu) / (sqrt(N) * tau))),
            )
        )
        self.A, self.A2 = (call(head, E, a, d, *own) for head in self.heads[:2])
        self.calA = call(self.heads[2], E, a, d, N, t, mu, tau, *own)


DEPOLARISED, DEPHASED, THROUGH = Noisy("pol"), Noisy("pha"), Noisy("Γ")
