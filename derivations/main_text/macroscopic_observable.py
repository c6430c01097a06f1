"""(4): the macroscopic observable of a projective measurement, and its relation to the macroscopic variable."""

from __future__ import annotations

from typing import Any

from symbolic_mqb.kernel.terms import Term, call, num, substitute, var
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import I, Sum, delta, equal, exp, function, half, sqrt, symbols, unequal
from symbolic_mqb.notation.macroscopic import CENTRED, alpha, effects, mean, observable
from symbolic_mqb.notation.macroscopic import X as XC
from symbolic_mqb.notation.measurement import (
    CHARACTERISTIC,
    OBSERVABLE,
    POVM,
    PROJECTIVE,
    A,
    E,
    J,
    N,
    a,
    at_site,
    d,
    entry,
    i,
    mu,
    sum_over_tuples,
    t,
    tau,
    trace,
)
from symbolic_mqb.results import Definition, Result, eq, have
from symbolic_mqb.rules.collective import split_terms
from symbolic_mqb.rules.kets import completeness, orthogonal_effects
from symbolic_mqb.rules.operators import operator_equality
from symbolic_mqb.rules.outcome_law import marginal, trace_of_multiple_of_sum, tuples_of_sum
from symbolic_mqb.rules.sums import select, split_sum
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, algebra, as_, convert, fold, given_that, identity, unfold, use

j, K, L = symbols("j k l", "int")
r, w = symbols("r w", "nat")
u, m = symbols("u m", "real")
sigma = var("σ", "states")

FOUR = Definition("4", "The macroscopic observable", observable, equation="4", given=(N >= 1,))


def _phase(time: Term, index: Term) -> Term:
    return exp(I * time * (a(index) - mu) / (sqrt(N) * tau))


def _at(time: Term) -> Term:
    return call(CHARACTERISTIC, E, a, d, N, time, mu, tau)


def _product(left: Term, right: Term) -> Term:
    """⟨r|MM′|w⟩."""
    return entry(left, r, 0) * entry(right, 0, w) + entry(left, r, 1) * entry(right, 1, w)


_both = _phase(t, K) * _phase(u, L)

GROUP = Result(
    "4-group",
    "𝒜(t)𝒜(u) = 𝒜(t + u) for projective measurements: with its derivative from (A4), 𝒜(t) = e^{it(A−μ)/(√Nτ)}",
    equation="4",
    given=(PROJECTIVE, N >= 1, unequal(tau, 0), r <= 1, w <= 1),
    chain=[
        _product(_at(t), _at(u)),
        eq(
            Sum(Sum(_both * _product(E(K), E(L)), (L, 1, d)), (K, 1, d)),
            by=unfold(CHARACTERISTIC),
        ),
        eq(
            Sum(Sum(_both * delta(K, L) * entry(E(K), r, w), (L, 1, d)), (K, 1, d)),
            by=identity(orthogonal_effects, E, d, K, L, r, w),
        ),
        eq(
            Sum(_phase(t, K) * _phase(u, K) * entry(E(K), r, w), (K, 1, d)),
            by=identity(select, 1, d, function(L, _both * entry(E(K), r, w)), K),
        ),
        eq(entry(Sum(_phase(t + u, j) * E(j), (j, 1, d)), r, w), by=algebra),
        eq(entry(_at(t + u), r, w), by=fold(_at(t + u))),
    ],
    note="The N factors of e^{itX̂} commute, so that e^{itX̂} is the tensor power of the single-particle one.",
)

_two = num(2)
_outcomes = (equal(a(1), 1), equal(a(2), -1))
_values = {d: _two}

SQUARE = Result(
    "4-square",
    "A² = 1 for a projective measurement with the outcomes ±1",
    equation="4",
    given=(substitute(PROJECTIVE, _values), *_outcomes, r <= 1, w <= 1),
    chain=[
        _product(substitute(A, _values), substitute(A, _values)),
        eq(
            Sum(Sum(a(K) * a(L) * _product(E(K), E(L)), (L, 1, 2)), (K, 1, 2)),
            by=unfold(OBSERVABLE),
        ),
        eq(
            Sum(Sum(a(K) * a(L) * delta(K, L) * entry(E(K), r, w), (L, 1, 2)), (K, 1, 2)),
            by=identity(orthogonal_effects, E, 2, K, L, r, w),
        ),
        eq(
            Sum(a(K) ** 2 * entry(E(K), r, w), (K, 1, 2)),
            by=identity(select, 1, 2, function(L, a(K) * a(L) * entry(E(K), r, w)), K),
        ),
        eq(
            a(1) ** 2 * entry(E(1), r, w) + a(2) ** 2 * entry(E(2), r, w),
            by=identity(split_sum, 1, 1, 2, function(K, a(K) ** 2 * entry(E(K), r, w))),
        ),
        eq(
            Sum(entry(E(j), r, w), (j, 1, 2)),
            by=[
                *(given_that(h) for h in _outcomes),
                as_(Sum(entry(E(j), r, w), (j, 1, 1)) + Sum(entry(E(j), r, w), (j, 2, 2))),
                identity(split_sum, 1, 1, 2, function(j, entry(E(j), r, w)), reverse=True),
            ],
        ),
        eq(delta(r, w), by=identity(completeness, E, 2, r, w)),
    ],
)

_centred = Sum((a(j) - m) * E(j), (j, 1, d))
_shifted = A - m * Term("identity")


def _entries(state: State) -> Theorem:
    """The four elements agree: Σ_a ⟨r|E_a|s⟩ = δ_rs."""
    e = Estimates(state.given, state)
    pairs = [(p, q) for p in (0, 1) for q in (0, 1)]
    equalities = []
    for p, q in pairs:
        element = Sum(entry(E(j), p, q), (j, 1, d))
        moments = Sum(a(j) * entry(E(j), p, q), (j, 1, d))
        equalities.append(
            e.meeting(
                entry(_centred, p, q),
                [
                    as_(Sum(a(j) * entry(E(j), p, q) + -m * entry(E(j), p, q), (j, 1, d))),
                    convert(split_terms),
                    as_(moments - m * element),
                    identity(completeness, E, d, p, q),
                ],
                entry(_shifted, p, q),
                [unfold(OBSERVABLE)],
            )
        )
    return operator_equality(_centred, _shifted, tuple(equalities))


OPERATOR = Result(
    "4-operator",
    "Σ_a (a − m)E_a = A − m",
    equation="4",
    given=(POVM,),
    chain=[have(equal(_centred, _shifted), by=ProofBy("Σ_a E_a = 1", _entries))],
)

_X = substitute(XC, {alpha: half})
_sigma = Term("app", (sigma, N))
_root = N ** (-half)


def _one_body(operator: Any) -> Term:
    """N^{−1/2} Σ_i tr[σ M_i]."""
    return _root * Sum(trace(_sigma, at_site(operator, i, N)), (i, 1, N))


EXPECTATION = Result(
    "4-expectation",
    "X̂ = Σ_X X E(X): the expectation of X̂ in any state σ is that of (1)",
    equation="4",
    given=(POVM, N >= 1),
    chain=[
        sum_over_tuples(_X * trace(_sigma, effects()), J, N, d),
        eq(
            _root * Sum(sum_over_tuples((a(J(i)) - mean(i)) * trace(_sigma, effects()), J, N, d), (i, 1, N)),
            by=[unfold(CENTRED), convert(tuples_of_sum)],
        ),
        eq(
            _one_body(Sum((a(j) - mean(i)) * E(j), (j, 1, d))),
            by=identity(marginal, sigma, N, E, d, i, function(j, a(j) - mean(i))),
        ),
        eq(_one_body(A - mean(i) * Term("identity")), by=use("4-operator", m=mean(i))),
        eq(
            trace(_sigma, observable),
            by=[
                identity(
                    trace_of_multiple_of_sum,
                    _sigma,
                    _root,
                    1,
                    N,
                    function(i, at_site(A - mean(i) * Term("identity"), i, N)),
                    reverse=True,
                ),
                fold(observable),
            ],
        ),
    ],
)
