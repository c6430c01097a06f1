"""(C1) and (C2): the macroscopic variable with particle losses and its characteristic function."""

from __future__ import annotations

from fractions import Fraction

from symbolic_mqb.kernel.terms import Term
from symbolic_mqb.kernel.terms import unfold as meaning
from symbolic_mqb.notation.language import I, Sum, conj, equal, exp, function, sqrt, symbols, unequal
from symbolic_mqb.notation.losses import (
    LOSSY_COLLECTIVE,
    O,
    X_p,
    calA_p,
    detected,
    p,
    probability,
    weight,
)
from symbolic_mqb.notation.measurement import (
    E,
    J,
    N,
    X,
    a,
    braket,
    c,
    d,
    dicke,
    i,
    j,
    mu,
    projector,
    sum_over_tuples,
    t,
    tau,
    tensor,
    tensor_power,
    trace,
)
from symbolic_mqb.results import Definition, Erratum, Result, eq
from symbolic_mqb.rules.kets import (
    exponential_of_sum,
    sesquilinear,
    tensor_distributes,
    tensor_scalars,
    trace_of_projector,
)
from symbolic_mqb.rules.operators import tensor_distributes_each
from symbolic_mqb.rules.sums import split_sum
from symbolic_mqb.tactics.reasons import as_, fold, identity, unfold

(D,) = symbols("D", "nat")
K, L = symbols("k l", "int")
o = symbols("o", "int")[0]

_given = (N >= 1, unequal(tau, 0), unequal(p, 0))

C1 = Definition(
    "C1",
    "The macroscopic variable with particle losses",
    X_p,
    given=_given,
    equation="C1",
    errata=(
        Erratum(
            equal(X_p, meaning(X_p)),
            ((N, 1), (a, {1: 1}), (O, (2,)), (J, (1,)), (mu, 0), (tau, 1), (p, 0)),
            "Printed for p ∈ [0, 1]; at p = 0 no particle is detected and the rescaled variable divides by 0.",
            "p ∈ (0, 1] throughout Appendix C and in (13).",
            "missing condition",
        ),
    ),
)

_psi = Sum(c(K) * dicke(N, K), (K, 0, D - 1))
_rho = projector(_psi)


def _phase(seen: Term, outcome: Term) -> Term:
    """exp(it o(a − μ)/(pτ√N))."""
    return exp(I * t * detected(seen) * (outcome - mu) / (p * tau * sqrt(N)))


def _exponent(seen: Term, outcome: Term) -> Term:
    return I * t * detected(seen) * (outcome - mu) / (p * tau * sqrt(N))


def _member(seen: Term, index: Term) -> Term:
    """P(o) exp(it o(a_j − μ)/(pτ√N)) E_j."""
    return weight(seen) * (_phase(seen, a(index)) * E(index))


_effects = trace(_rho, tensor(E(J(i)), i, N))
_each = Sum(_member(o, j), (j, 1, d))
_bracket = Sum((1 - p + p * exp(I * t * (a(j) - mu) / (p * tau * sqrt(N)))) * E(j), (j, 1, d))


def _over_all(body: Term) -> Term:
    """Σ over the detections and over the outcomes."""
    return sum_over_tuples(sum_over_tuples(body, J, N, d), O, N, 2)


C2 = Result(
    "C2",
    "The characteristic function with particle losses",
    equation="C2",
    given=(*_given, D <= N + 1),
    errata=(
        Erratum(
            equal(
                _over_all(exp(I * t * X) * probability * _effects),
                trace(_rho, tensor_power(_bracket, N)),
            ),
            (
                (N, 1),
                (D, 1),
                (c, {0: 1}),
                (d, 1),
                (a, {1: 1}),
                (E, {1: ((1, 0), (0, 1))}),
                (mu, 0),
                (tau, 1),
                (t, 1),
                (p, Fraction(1, 2)),
            ),
            "The first line has e^{itX^{[N]}} (as transcribed), where X^{[N]} is the variable of (A1), which knows "
            "nothing of losses; it must be e^{itX_p^{[N]}} with the variable of (C1).",
            "None: the second line is right.",
            "slip",
        ),
    ),
    chain=[
        _over_all(exp(I * t * X_p) * probability * _effects),
        eq(
            trace(_rho, tensor_power(_bracket, N)),
            by=[
                unfold(LOSSY_COLLECTIVE),
                as_(_over_all(exp(Sum(_exponent(O(i), a(J(i))), (i, 1, N))) * probability * _effects)),
                identity(exponential_of_sum, 1, N, function(i, _exponent(O(i), a(J(i))))),
                identity(
                    tensor_scalars,
                    N,
                    function(i, _phase(O(i), a(J(i)))),
                    function(i, E(J(i))),
                    _rho,
                ),
                identity(
                    tensor_scalars,
                    N,
                    function(i, weight(O(i))),
                    function(i, _phase(O(i), a(J(i))) * E(J(i))),
                    _rho,
                ),
                identity(tensor_distributes_each, N, d, function(i, function(j, _member(O(i), j))), _rho),
                identity(tensor_distributes, N, 2, function(o, _each), _rho),
                identity(split_sum, 1, 1, 2, function(o, _each)),
            ],
        ),
        eq(trace(_rho, tensor_power(calA_p, N)), by=fold(calA_p)),
    ],
)

ELEMENTS = Result(
    "C2-elements",
    "The characteristic function with losses on a superposition of Dicke states",
    equation="C2",
    given=(D <= N + 1,),
    chain=[
        trace(_rho, tensor_power(calA_p, N)),
        eq(
            Sum(
                Sum(conj(c(K)) * c(L) * braket(dicke(N, K), tensor_power(calA_p, N), dicke(N, L)), (L, 0, D - 1)),
                (K, 0, D - 1),
            ),
            by=[
                identity(trace_of_projector, _psi, tensor_power(calA_p, N)),
                identity(sesquilinear, 0, D - 1, function(K, c(K)), function(K, dicke(N, K)), tensor_power(calA_p, N)),
            ],
        ),
    ],
)
