"""The objects of Appendix D: the macroscopic variable at α = 1 of 2N qubits, and Dicke states as integrals.

POVMs, outcomes and levels are those of `measurement`. The integers k and l may be negative: |2N, N + k⟩
is a Dicke state for −N ≤ k ≤ N.
"""

from __future__ import annotations

from typing import Any

from ..kernel.arithmetic import term
from ..kernel.terms import Term, call, defined, var
from .language import Abs, I, Integral, Sum, exp, pi
from .measurement import E, J, N, a, d, dicke, entry, i, j, mu, t, tau, tensor_power

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
