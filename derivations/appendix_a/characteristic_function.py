"""(A1) and (A2): the macroscopic variable and its characteristic function."""

from __future__ import annotations

from symbolic_mqb.notation.language import Abs, I, Sum, conj, exp, function, sqrt, symbols, unequal
from symbolic_mqb.notation.measurement import (
    COLLECTIVE,
    POVM,
    E,
    J,
    N,
    X,
    a,
    braket,
    c,
    calA,
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
from symbolic_mqb.results import Definition, Result, eq, have
from symbolic_mqb.rules.kets import (
    exponential_of_sum,
    sesquilinear,
    tensor_distributes,
    tensor_scalars,
    trace_of_projector,
)
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.measurements import element_at_most_one
from symbolic_mqb.tactics.reasons import ProofBy, as_, fold, identity, unfold

D, k, l = symbols("D k l", "nat")
K, L = symbols("k l", "int")

A1 = Definition("A1", "The macroscopic variable at α = 1/2", X, given=(N >= 1, unequal(tau, 0)), equation="A1")

_phase = exp(I * t * (a(j) - mu) / (sqrt(N) * tau))
_psi = Sum(c(K) * dicke(N, K), (K, 0, D - 1))
_rho = projector(_psi)
_outcome = a(J(i))
_exponents = function(i, I * t * (_outcome - mu) / (sqrt(N) * tau))

A2 = Result(
    "A2",
    "The characteristic function of the macroscopic variable",
    given=(N >= 1, unequal(tau, 0), D <= N + 1),
    equation="A2",
    chain=[
        sum_over_tuples(trace(_rho, tensor(E(J(i)), i, N)) * exp(I * t * X), J, N, d),
        eq(
            trace(_rho, tensor_power(Sum(_phase * E(j), (j, 1, d)), N)),
            by=[
                unfold(COLLECTIVE),
                as_(
                    sum_over_tuples(
                        exp(Sum(I * t * (_outcome - mu) / (sqrt(N) * tau), (i, 1, N)))
                        * trace(_rho, tensor(E(J(i)), i, N)),
                        J,
                        N,
                        d,
                    )
                ),
                identity(exponential_of_sum, 1, N, _exponents),
                identity(
                    tensor_scalars,
                    N,
                    function(i, exp(I * t * (_outcome - mu) / (sqrt(N) * tau))),
                    function(i, E(J(i))),
                    _rho,
                ),
                identity(tensor_distributes, N, d, function(j, _phase * E(j)), _rho),
            ],
        ),
        eq(
            Sum(
                Sum(
                    conj(c(K))
                    * c(L)
                    * braket(dicke(N, K), tensor_power(Sum(_phase * E(j), (j, 1, d)), N), dicke(N, L)),
                    (L, 0, D - 1),
                ),
                (K, 0, D - 1),
            ),
            by=[
                identity(trace_of_projector, _psi, tensor_power(Sum(_phase * E(j), (j, 1, d)), N)),
                identity(
                    sesquilinear,
                    0,
                    D - 1,
                    function(K, c(K)),
                    function(K, dicke(N, K)),
                    tensor_power(Sum(_phase * E(j), (j, 1, d)), N),
                ),
            ],
        ),
        eq(
            Sum(
                Sum(conj(c(K)) * c(L) * braket(dicke(N, K), tensor_power(calA, N), dicke(N, L)), (L, 0, D - 1)),
                (K, 0, D - 1),
            ),
            by=fold(calA),
        ),
    ],
)

MODULUS = Result(
    "A2-modulus",
    "A matrix element of 𝒜^{⊗N} is at most 1 in modulus",
    equation="A2",
    given=(POVM, N >= 1, unequal(tau, 0), k <= N, l <= N),
    chain=[
        have(
            Abs(braket(dicke(N, k), tensor_power(calA, N), dicke(N, l))) <= 1,
            by=ProofBy(
                "|e^{it(a−μ)/(√Nτ)}| = 1, so that 𝒜 has a norm of at most 1",
                lambda state: element_at_most_one(Estimates(state.given, state), calA, N, k, l),
            ),
        )
    ],
)
