"""The macroscopic variables of the main text at any level α of coarse-graining, and their POVM.

ρ is a sequence of N-particle states ρ^{[N]}; POVMs and outcomes are those of `measurement`.
"""

from __future__ import annotations

from typing import Any

from ..kernel.arithmetic import term
from ..kernel.terms import Term, call, defined, num, var
from .language import I, Sum, delta, exp, half
from .measurement import OBSERVABLE, A, E, J, N, a, at_site, d, i, mu, sum_over_tuples, tau, tensor, trace

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

# -- two parties: the first N of 2N particles are Alice's, the others Bob's ---------------------------
#: Bob's effects and outcomes, as many as Alice's (effects may be 0).
F, b = var("F", "nat->op"), var("b", "nat->real")
BOB = Term("povm", (F, d))
t, u, y = var("t", "real"), var("u", "real"), var("y", "real")


def alice(site: Any) -> Term:
    """1 for the particles 1, …, N, and 0 for N + 1, …, 2N."""
    return (1 + Term("sgn", (2 * N + 1 - 2 * term(site),))) / 2


def pair_effect(site: Any, outcome: Any) -> Term:
    """E_j at Alice's particles, F_j at Bob's."""
    return alice(site) * E(outcome) + (1 - alice(site)) * F(outcome)


def pair_probability(indices: Any = J) -> Term:
    """tr ρ^{[2N]} E_{J(1)}⊗…⊗E_{J(N)}⊗F_{J(N+1)}⊗…⊗F_{J(2N)}."""
    return trace(Term("app", (rho, 2 * N)), tensor(pair_effect(i, Term("app", (indices, i))), i, 2 * N))


def _pair_mean(observable: Term, site: Any) -> Term:
    return trace(Term("app", (rho, 2 * N)), at_site(observable, site, 2 * N))


_AB = call(OBSERVABLE, F, b, d)
#: X_α and Y_α at the outcomes of all 2N particles.
PAIR_X = defined(
    "X",
    (E, a, d, rho, J, N, alpha),
    N ** (-alpha) * Sum(a(Term("app", (J, i))) - _pair_mean(A, i), (i, 1, N)),
)
PAIR_Y = defined(
    "Y",
    (F, b, d, rho, J, N, alpha),
    N ** (-alpha) * Sum(b(Term("app", (J, i))) - _pair_mean(_AB, i), (i, N + 1, 2 * N)),
)
pair_x, pair_y = call(PAIR_X, E, a, d, rho, J, N, alpha), call(PAIR_Y, F, b, d, rho, J, N, alpha)


def pair_expectation(value: Any) -> Term:
    """Σ over the outcomes of all 2N particles of value · probability."""
    return sum_over_tuples(term(value) * pair_probability(), J, 2 * N, d)


#: tr ρ^{[2N]} E(X = x)⊗E(Y = y).
JOINT = defined("P", (E, F, a, b, d, rho, N, alpha, x, y), pair_expectation(delta(pair_x, x) * delta(pair_y, y)))
#: Its characteristic function.
JOINT_CHARACTERISTIC = defined(
    "χ", (E, F, a, b, d, rho, N, alpha, t, u), pair_expectation(exp(I * (t * pair_x + u * pair_y)))
)
joint = call(JOINT, E, F, a, b, d, rho, N, alpha, x, y)
joint_characteristic = call(JOINT_CHARACTERISTIC, E, F, a, b, d, rho, N, alpha, t, u)
