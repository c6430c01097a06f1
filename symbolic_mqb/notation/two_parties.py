"""Two parties at α = 1/2: the characteristic function of (X, Y) on Σ_k c_k |N,k⟩ ⊗ |N,k⟩, and the state in the limit.

Alice's measurement is E, a, d with μ_A and τ_A, Bob's is F, b, d_B with μ_B and τ_B.
"""

from __future__ import annotations

from ..kernel.terms import Term, call, defined, substitute, var
from .bell import D, c
from .language import I, Sum, conj, equal, exp
from .measurement import (
    CHARACTERISTIC,
    PROJECTIVE,
    A,
    E,
    N,
    a,
    braket,
    d,
    dicke,
    entry,
    mu,
    t,
    tau,
    tensor_power,
)
from .objects import wave
from .rotor import F, b, c2, d_B, mu_A, mu_B, phi, phi_A, phi_B, s, tau_A, tau_B

k, l, m, n = var("k", "int"), var("l", "int"), var("m", "int"), var("n", "int")
#: The numbers of levels of the general state, and the widths of the parties' Gaussian POVMs.
D_A, D_B, s_A, s_B = var("D_A", "nat"), var("D_B", "nat"), var("s_A", "real"), var("s_B", "real")

#: (E, a, d, t, μ, τ, φ) of the results on one party, at Alice's and at Bob's measurement.
OWN = (E, a, d, t, mu, tau, phi)
ALICE = tuple(zip(OWN, (E, a, d, s, mu_A, tau_A, phi_A), strict=True))
BOB = tuple(zip(OWN, (F, b, d_B, t, mu_B, tau_B, phi_B), strict=True))


def choice(values: tuple[tuple[Term, Term], ...]) -> tuple[Term, ...]:
    """A projective measurement, μ = A₀₀, A₀₁ = τe^{iφ} with τ > 0, for one party."""
    upper, lower = tau * exp(I * phi), tau * exp(-I * phi)
    own = (PROJECTIVE, equal(mu, entry(A, 0, 0)), equal(entry(A, 0, 1), upper), equal(entry(A, 1, 0), lower), tau > 0)
    return tuple(substitute(h, dict(values)) for h in own)


#: What (12-limit) assumes of both measurements.
CHOICE = (*choice(ALICE), *choice(BOB))

#: 𝒜 and ℬ: each party's Σ_a E_a e^{it(a − μ)/(√N τ)}.
calA = call(CHARACTERISTIC, E, a, d, N, s, mu_A, tau_A)
calB = call(CHARACTERISTIC, F, b, d_B, N, t, mu_B, tau_B)


def element(operator: Term, bra: Term = k, ket: Term = l) -> Term:
    """⟨N,k|M^{⊗N}|N,l⟩."""
    return braket(dicke(N, bra), tensor_power(operator, N), dicke(N, ket))


def levels(body: Term) -> Term:
    """Σ_{k,l} body over the levels of the state."""
    return Sum(Sum(body, (l, 0, D - 1)), (k, 0, D - 1))


#: χ_2N(s, t) = ⟨Ψ_2N|𝒜^{⊗N} ⊗ ℬ^{⊗N}|Ψ_2N⟩ on the state (12).
JOINT = defined(
    "χ_2N",
    (c, D, N, E, a, d, mu_A, tau_A, F, b, d_B, mu_B, tau_B, s, t),
    levels(conj(c(k)) * c(l) * (element(calA) * element(calB))),
)
joint = call(JOINT, c, D, N, E, a, d, mu_A, tau_A, F, b, d_B, mu_B, tau_B, s, t)


def turned(x: Term, y: Term, first: Term = phi_A, second: Term = phi_B) -> Term:
    """(U_{φ_A} ⊗ U_{φ_B} ψ)(x, y) for |ψ⟩ = Σ_k c_k |k⟩ ⊗ |k⟩."""
    body = c(k) * (exp(I * k * first) * wave(x, k)) * (exp(I * k * second) * wave(y, k))
    return Sum(body, (k, 0, D - 1))


def turned_conjugate(x: Term, y: Term, first: Term = phi_A, second: Term = phi_B) -> Term:
    """The conjugate of `turned`, term by term."""
    body = conj(c(k)) * (exp(-I * k * first) * conj(wave(x, k))) * (exp(-I * k * second) * conj(wave(y, k)))
    return Sum(body, (k, 0, D - 1))


def four(body: Term) -> Term:
    """Σ_{klmn} body, k and m over Alice's levels, l and n over Bob's."""
    return Sum(Sum(Sum(Sum(body, (n, 0, D_B - 1)), (m, 0, D_A - 1)), (l, 0, D_B - 1)), (k, 0, D_A - 1))


#: χ_Ψ(s, t) on the general state Σ_{kl} c_kl |N,k⟩ ⊗ |N,l⟩.
GENERAL = defined(
    "χ_Ψ",
    (c2, D_A, D_B, N, E, a, d, mu_A, tau_A, F, b, d_B, mu_B, tau_B, s, t),
    four(conj(c2(k, l)) * c2(m, n) * (element(calA, k, m) * element(calB, l, n))),
)
general = call(GENERAL, c2, D_A, D_B, N, E, a, d, mu_A, tau_A, F, b, d_B, mu_B, tau_B, s, t)
