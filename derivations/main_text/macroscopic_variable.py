"""(1), (2), (4) and (7): the macroscopic variables, their POVM and their mean."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, call, num, substitute
from symbolic_mqb.notation import full_coarse_graining
from symbolic_mqb.notation.language import Sum, delta, function, half, sqrt, symbols, unequal
from symbolic_mqb.notation.macroscopic import (
    CENTRED,
    ELEMENT,
    LEVEL,
    SCALED,
    X7,
    X,
    alpha,
    effects,
    element,
    expectation,
    mean,
    probability,
    rho,
    x,
)
from symbolic_mqb.notation.measurement import (
    POVM,
    A,
    E,
    J,
    N,
    a,
    d,
    i,
    mu,
    sum_over_tuples,
    tau,
    trace,
)
from symbolic_mqb.notation.measurement import X as XA
from symbolic_mqb.results import Definition, Needed, Result, eq, have
from symbolic_mqb.rules.collective import split_terms
from symbolic_mqb.rules.outcome_law import (
    expectation_is_nonnegative,
    marginal,
    total_probability,
    trace_of_tuples,
    tuples_of_sum,
)
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, algebra, as_, convert, fold, identity, unfold, use

j, r = symbols("j r", "int")
_one = num(1)

ONE = Definition("1", "The macroscopic variable at level α of coarse-graining", X, equation="1", given=(N >= 1, *LEVEL))

SEVEN = Definition(
    "7",
    "The macroscopic variable with a constant μ, in units of τ",
    X7,
    equation="7",
    given=(N >= 1, unequal(tau, 0), *LEVEL),
)

HALF = Result(
    "7-half",
    "(A1) is (7) at α = 1/2",
    equation="7",
    given=(N >= 1, unequal(tau, 0)),
    chain=[
        substitute(X7, {alpha: half}),
        eq(Sum(a(J(i)) - mu, (i, 1, N)) / (sqrt(N) * tau), by=unfold(SCALED)),
        eq(XA, by=fold(XA)),
    ],
)

FULL = Result(
    "7-one",
    "(D1) is (7) at α = 1 for 2N particles",
    equation="7",
    given=(N >= 1, unequal(tau, 0)),
    chain=[
        call(SCALED, a, J, 2 * N, _one, mu, tau),
        eq(1 / (tau * (2 * N)) * Sum(a(J(i)) - mu, (i, 1, 2 * N)), by=unfold(SCALED)),
        eq(full_coarse_graining.X, by=fold(full_coarse_graining.X)),
    ],
)

_outcomes = Sum(a(J(i)), (i, 1, N))
_means = Sum(mean(i), (i, 1, N))
_scale = N ** (-alpha)
_total = sum_over_tuples(probability(), J, N, d)
_parts = _scale * _outcomes * probability() + -_scale * _means * probability()

MEAN = Result(
    "1-mean",
    "The mean of (1) is zero",
    equation="1",
    given=(POVM, N >= 1),
    chain=[
        expectation(X),
        eq(
            _scale * expectation(_outcomes) - _scale * _means * _total,
            by=[
                unfold(CENTRED),
                convert(split_terms),
                as_(sum_over_tuples(_parts, J, N, d)),
                convert(split_terms),
            ],
        ),
        eq(
            _scale * Sum(expectation(a(J(i))), (i, 1, N)) - _scale * _means * _total,
            by=convert(tuples_of_sum),
        ),
        eq(
            _scale * _means - _scale * _means * _total,
            by=[identity(marginal, rho, N, E, d, i, function(j, a(j))), fold(A)],
        ),
        eq(_scale * _means - _scale * _means, by=identity(total_probability, rho, N, E, d)),
        eq(num(0), by=algebra),
    ],
)

_listed = symbols("v", "nat->real")[0]
_values = function(J, delta(X, x))
#: A measurement of one particle with one effect.
_one_outcome = (N, 1), (d, 1), (rho, 0)

POVM_ELEMENT = Definition(
    "2",
    "The POVM of the macroscopic variable",
    element,
    equation="2",
    given=(N >= 1, *LEVEL),
    note="The sum over the outcomes a_1, …, a_N with X_α = x is the sum over all outcomes with Kronecker's δ.",
)

BORN = Result(
    "2-Born-rule",
    "tr ρ E(X_α = x) is the probability of X_α = x",
    equation="2",
    given=(N >= 1,),
    chain=[
        trace(Term("app", (rho, N)), element),
        eq(
            expectation(delta(X, x)),
            by=[
                unfold(ELEMENT),
                identity(trace_of_tuples, Term("app", (rho, N)), N, d, _values, function(J, effects())),
            ],
        ),
    ],
)

NORMALISED = Result(
    "2-normalised",
    "The probabilities of all outcomes sum to one",
    equation="2",
    given=(POVM,),
    chain=[_total, eq(num(1), by=identity(total_probability, rho, N, E, d))],
)

POSITIVE = Result(
    "2-positive",
    "E(X_α = x) is positive: its expectation is ≥ 0 in every state",
    equation="2",
    given=(POVM, N >= 1),
    chain=[
        have(
            num(0) <= expectation(delta(X, x)),
            by=ProofBy(
                "products of positive effects are positive",
                lambda state: Estimates(state.given, state).by(expectation_is_nonnegative, rho, N, E, d, _values),
            ),
        )
    ],
    needs=(Needed(POVM, (*_one_outcome, (E, {1: ((-1, 0), (0, -1))}), (a, {1: 0}), (x, 0), (alpha, 1))),),
)

_R = symbols("R", "nat")[0]
_at = call(ELEMENT, E, a, d, rho, N, alpha, _listed(r))
_multiplicity = Sum(delta(X, _listed(r)), (r, 1, _R))

LISTED = Result(
    "2-list",
    "Σ_r E(X_α = v_r) for any list of values counts every outcome as often as its value is listed",
    equation="2",
    given=(N >= 1,),
    chain=[
        Sum(trace(Term("app", (rho, N)), _at), (r, 1, _R)),
        eq(Sum(expectation(delta(X, _listed(r))), (r, 1, _R)), by=use("2-Born-rule", x=_listed(r))),
        eq(
            expectation(_multiplicity),
            by=identity(tuples_of_sum, expectation(_multiplicity), reverse=True),
        ),
    ],
    note="How far the sum is from 1 for a list with values missing or listed twice is (2-list-complete).",
)
