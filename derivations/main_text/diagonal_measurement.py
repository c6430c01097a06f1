"""(6) for A₀₁ = 0, where τ = |A₀₁| is not available: the limit POVM is a Gaussian times the identity."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, lam
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.binomials import multiplicity
from symbolic_mqb.notation.expansions import limit_gaussian, limit_rate, limit_threshold, root
from symbolic_mqb.notation.language import (
    Abs,
    Min,
    Sum,
    delta,
    equal,
    factorial,
    function,
    sqrt,
    symbols,
    unequal,
)
from symbolic_mqb.notation.measurement import POVM, A, N, braket, calA, dicke, entry, mu, tau, tensor_power
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.sums import select, sift
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.rates import about, from_rate
from symbolic_mqb.tactics.reasons import ProofBy, State, algebra, as_, by_order, given_that, identity, use

k, l = symbols("k l", "nat")
q, s = symbols("q s", "int")

_weight = multiplicity(k, l, q)
_overlap = Sum(_weight * (delta(q, k) * delta(q, l)), (q, 0, Min(k, l)))

OVERLAP = Result(
    "6-diagonal-sum",
    "The sum that is left of (A6) for A₀₁ = 0",
    equation="6",
    chain=[
        have(
            equal(_overlap, delta(k, l)),
            by=by_order(
                k,
                l,
                first=[
                    as_(Sum(delta(q, k) * (_weight * delta(q, l)), (q, 0, k))),
                    identity(select, 0, k, function(q, _weight * delta(q, l)), k),
                    as_(delta(k, l) * (sqrt(factorial(k) * factorial(l)) / (factorial(k) * factorial(l - k)))),
                    identity(
                        sift,
                        function(s, sqrt(factorial(s) * factorial(l)) / (factorial(s) * factorial(l - s))),
                        k,
                        l,
                    ),
                ],
                second=algebra,
            ),
        )
    ],
)

_choice = (
    unequal(tau, 0),
    equal(mu, entry(A, 0, 0)),
    equal(entry(A, 0, 1), 0),
    equal(entry(A, 1, 0), 0),
)
_element = braket(dicke(N, k), tensor_power(calA, N), dicke(N, l))
_value = limit_gaussian * delta(k, l)
_threshold = limit_threshold(k, l)


def _distance(state: State) -> Theorem:
    """(A7-rate), where only q = k = l is left."""
    e = Estimates(state.given, state)
    only = [given_that(_choice[2]), as_(_element - limit_gaussian * _overlap), use("6-diagonal-sum")]
    return about(e, e.meet(e.lookup("A7-rate")), _element, _value, only)


RATE = Result(
    "6-diagonal-rate",
    "For A₀₁ = 0: a matrix element and its limit are at most C/√N apart",
    equation="6",
    given=(POVM, *_choice, _threshold <= N),
    chain=[
        have(
            Abs(_element - _value) <= limit_rate(k, l) * root,
            by=ProofBy("(A7-rate), where only q = k = l is left", _distance, ("A7-rate", "6-diagonal-sum")),
        )
    ],
)

DIAGONAL = Result(
    "6-diagonal",
    "For A₀₁ = 0 and any τ ≠ 0: X tends to a Gaussian of variance σ²/τ², whatever the state",
    equation="6",
    given=(POVM, *_choice),
    chain=[have(Term("limit", (lam(N, _element), _value)), by=from_rate("6-diagonal-rate"))],
    note="The limit POVM is e(x) = 1·exp(−τ²x²/(2σ²))/(√(2π) σ/τ), or δ(x)·1 if σ = 0.",
)
