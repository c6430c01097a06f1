"""The paper's quantum objects: POVMs, collective variables, Dicke states and their matrix elements.

A POVM has outcomes a_1, …, a_d (any real numbers) with effects E_1, …, E_d on a qubit; a sum over
outcomes a is the sum over j = 1, …, d. Levels are 0 and 1: ⟨r|M|s⟩ is `entry(M, r, s)`.
"""

from __future__ import annotations

from typing import Any

from ..kernel.arithmetic import term
from ..kernel.terms import Term, call, defined, var
from .language import Abs, I, Sum, exp, sqrt

N, d = var("N", "nat"), var("d", "nat")
j, i = var("j", "int"), var("i", "int")
E, a, c = var("E", "nat->op"), var("a", "nat->real"), var("c", "nat->complex")
J = var("J", "tuple")
t, mu, tau = var("t", "real"), var("μ", "real"), var("τ", "real")

#: The measurement's effects are positive and sum to one.
POVM = Term("povm", (E, d))
#: … and are orthogonal projectors.
PROJECTIVE = Term("projective", (E, d))


def entry(operator: Any, r: Any, s: Any) -> Term:
    """⟨r|operator|s⟩ for a qubit operator."""
    return Term("entry", (operator, term(r), term(s)))


def dicke(n: Any, k: Any) -> Term:
    """The Dicke state |N, k⟩: the normalised sum of the words with k ones."""
    return Term("dicke", (term(n), term(k)))


def word(*blocks: Any) -> Term:
    """|b₁…b₁b₂…b₂…⟩ from (letter, length, letter, length, …)."""
    return Term("word", tuple(term(b) for b in blocks))


def permutations(ket: Term) -> Term:
    """A word plus its distinct permutations."""
    return Term("perm", (ket,))


def tensor_power(operator: Term, n: Any) -> Term:
    """operator^{⊗N}."""
    return Term("tpow", (operator, term(n)))


def tensor(operator: Term, index: Term, n: Any) -> Term:
    """⊗_{index=1}^{N} operator."""
    from ..kernel.terms import lam

    return Term("tensor", (term(n), lam(index, operator)))


def projector(ket: Term) -> Term:
    """|ket⟩⟨ket|."""
    return Term("outer", (ket,))


def trace(rho: Term, operator: Term) -> Term:
    """tr[ρ M]."""
    return Term("trace_of", (rho, operator))


def braket(bra: Term, operator: Term, ket: Term) -> Term:
    """⟨bra|M|ket⟩."""
    return Term("braket", (bra, operator, ket))


def sum_over_tuples(body: Term, indices: Term, n: Any, outcomes: Any) -> Term:
    """Σ over all (J(1), …, J(N)) with values in 1, …, d."""
    from ..kernel.terms import lam

    return Term("tuples", (term(n), term(outcomes), lam(indices, body)))


#: A = Σ_a a E_a.
OBSERVABLE = defined("A", (E, a, d), Sum(a(j) * E(j), (j, 1, d)))
#: A^(2) = Σ_a a² E_a.
SECOND_MOMENT = defined("A2", (E, a, d), Sum(a(j) ** 2 * E(j), (j, 1, d)))
#: 𝒜 = Σ_a E_a exp(it(a − μ)/(√N τ)).
CHARACTERISTIC = defined(
    "𝒜", (E, a, d, N, t, mu, tau), Sum(exp(I * t * (a(j) - mu) / (sqrt(N) * tau)) * E(j), (j, 1, d))
)
#: X^[N] of (A1) at the outcomes a_{J(1)}, …, a_{J(N)}.
COLLECTIVE = defined("X", (a, J, N, mu, tau), Sum(a(Term("app", (J, i))) - mu, (i, 1, N)) / (sqrt(N) * tau))

A = call(OBSERVABLE, E, a, d)
A2 = call(SECOND_MOMENT, E, a, d)
calA = call(CHARACTERISTIC, E, a, d, N, t, mu, tau)
X = call(COLLECTIVE, a, J, N, mu, tau)


_p, _r, _s = var("p", "nat"), var("r", "nat"), var("s", "nat")
#: M_p(r, s) = Σ_a |⟨r|E_a|s⟩| |(a − μ)/τ|^p, which the constants of the remainders are made of.
MOMENT = defined(
    "M", (E, a, d, mu, tau, _p, _r, _s), Sum(Abs(entry(E(j), _r, _s)) * Abs((a(j) - mu) / tau) ** _p, (j, 1, d))
)


def absolute_moment(order: int, r: Any, s: Any) -> Term:
    """M_p(r, s) for the measurement of this module."""
    return call(MOMENT, E, a, d, mu, tau, term(order), term(r), term(s))


def at_site(operator: Any, site: Any, n: Any) -> Term:
    """1⊗…⊗M⊗…⊗1 with M at particle `site` of N."""
    from ..kernel.terms import fresh, lam

    m, where, count = term(operator), term(site), term(n)
    index = fresh(lam(i, i), m.free | where.free | count.free)
    place = Term("delta", (index, where))
    return Term("tensor", (count, lam(index, place * m + (1 - place) * Term("identity"))))


#: |W⟩ = (|10…0⟩ + |010…0⟩ + … + |0…01⟩)/√N.
W_STATE = defined("W", (N,), 1 / sqrt(N) * permutations(word(1, 1, 0, N - 1)))
W = call(W_STATE, N)
