"""(D2): the characteristic function of the macroscopic variable at α = 1."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term
from symbolic_mqb.notation.full_coarse_graining import COLLECTIVE, X, calA, centred, power
from symbolic_mqb.notation.language import I, Sum, conj, exp, function, unequal
from symbolic_mqb.notation.measurement import (
    E,
    J,
    N,
    a,
    braket,
    d,
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
from symbolic_mqb.notation.rotor import K, c, k, l, state_sum
from symbolic_mqb.results import Result, eq
from symbolic_mqb.rules.kets import (
    exponential_of_sum,
    sesquilinear,
    tensor_distributes,
    tensor_scalars,
    trace_of_projector,
)
from symbolic_mqb.tactics.reasons import as_, fold, identity, unfold

_psi = Sum(c(k) * centred(k), (k, -K, K))
_rho = projector(_psi)
_angle = I * t * a(J(i)) / (2 * N * tau)
_offset = exp(-I * t * mu / tau)
_average = Sum(exp(I * t * a(j) / (2 * N * tau)) * E(j), (j, 1, d))
_effects = tensor(E(J(i)), i, 2 * N)


def _elements(operator: Term) -> Term:
    """Σ_{k,l} c_k* c_l ⟨2N, N+k|M|2N, N+l⟩."""
    return state_sum(conj(c(k)) * c(l) * braket(centred(k), operator, centred(l)))


D2 = Result(
    "D2",
    "The characteristic function of the macroscopic variable at α = 1",
    equation="D2",
    given=(N >= 1, unequal(tau, 0), K <= N),
    chain=[
        sum_over_tuples(exp(I * t * X) * trace(_rho, _effects), J, 2 * N, d),
        eq(
            _offset * trace(_rho, tensor_power(_average, 2 * N)),
            by=[
                unfold(COLLECTIVE),
                as_(_offset * sum_over_tuples(exp(Sum(_angle, (i, 1, 2 * N))) * trace(_rho, _effects), J, 2 * N, d)),
                identity(exponential_of_sum, 1, 2 * N, function(i, _angle)),
                identity(tensor_scalars, 2 * N, function(i, exp(_angle)), function(i, E(J(i))), _rho),
                identity(tensor_distributes, 2 * N, d, function(j, exp(I * t * a(j) / (2 * N * tau)) * E(j)), _rho),
            ],
        ),
        eq(
            _offset * _elements(power(calA)),
            by=[
                identity(trace_of_projector, _psi, tensor_power(_average, 2 * N)),
                identity(
                    sesquilinear, -K, K, function(k, c(k)), function(k, centred(k)), tensor_power(_average, 2 * N)
                ),
                fold(calA),
            ],
        ),
    ],
)
