"""The macroscopic variables of the main text at any level α of coarse-graining, and their POVM.

ρ is a sequence of N-particle states ρ^{[N]}; POVMs and outcomes are those of `measurement`.
"""

from __future__ import annotations

from typing import Any

from ..kernel.arithmetic import term
from ..kernel.terms import Term, call, defined, num, var
from .language import Sum, delta, half
from .measurement import A, E, J, N, a, at_site, d, i, mu, sum_over_tuples, tau, tensor, trace

rho = var("ρ", "states")
alpha, x = var("α", "real"), var("x", "real")
#: 0 ≤ α ≤ 1.
LEVEL = (num(0) <= alpha, alpha <= num(1))


def probability(indices: Any = J) -> Term:
    """tr[ρ^{[N]} E_{J(1)} ⊗ … ⊗ E_{J(N)}]."""
    return trace(Term("app", (rho, N)), effects(indices))


def effects(indices: Any = J) -> Term:
    """E_{J(1)} ⊗ … ⊗ E_{J(N)}."""
    return tensor(E(Term("app", (indices, i))), i, N)


def mean(site: Any) -> Term:
    """⟨a_i⟩ = tr[ρ^{[N]} A_i]."""
    return trace(Term("app", (rho, N)), at_site(A, site, N))


def expectation(value: Any) -> Term:
    """Σ over the outcomes J of value · tr[ρ^{[N]} E_{J(1)} ⊗ … ⊗ E_{J(N)}]."""
    return sum_over_tuples(term(value) * probability(), J, N, d)


#: I = Σ_i a_i.
INTENSITY = defined("I", (a, J, N), Sum(a(Term("app", (J, i))), (i, 1, N)))
#: X_α of (1).
CENTRED = defined("X", (E, a, d, rho, J, N, alpha), N ** (-alpha) * Sum(a(Term("app", (J, i))) - mean(i), (i, 1, N)))
#: X_α of (7).
SCALED = defined("X", (a, J, N, alpha, mu, tau), 1 / (tau * N**alpha) * Sum(a(Term("app", (J, i))) - mu, (i, 1, N)))
X = call(CENTRED, E, a, d, rho, J, N, alpha)
X7 = call(SCALED, a, J, N, alpha, mu, tau)
intensity = call(INTENSITY, a, J, N)
#: E(X_α = x) of (2).
ELEMENT = defined("E_X", (E, a, d, rho, N, alpha, x), sum_over_tuples(delta(X, x) * effects(), J, N, d))
element = call(ELEMENT, E, a, d, rho, N, alpha, x)
#: X̂ of (4).
OBSERVABLE_HALF = defined(
    "X̂", (E, a, d, rho, N), N ** (-half) * Sum(at_site(A - mean(i) * Term("identity"), i, N), (i, 1, N))
)
observable = call(OBSERVABLE_HALF, E, a, d, rho, N)
