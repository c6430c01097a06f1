"""(A1)–(A3): the macroscopic variable, its characteristic function and the Dicke matrix elements."""

from __future__ import annotations

from symbolic_mqb.notation.language import I, Max, Min, Sum, binomial, conj, exp, function, sqrt, symbols, unequal
from symbolic_mqb.notation.measurement import (
    COLLECTIVE,
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
    entry,
    i,
    j,
    mu,
    permutations,
    projector,
    sum_over_tuples,
    t,
    tau,
    tensor,
    tensor_power,
    trace,
    word,
)
from symbolic_mqb.results import Definition, Result, eq
from symbolic_mqb.rules.kets import (
    braket_of_dicke,
    exponential_of_sum,
    group_by_overlap,
    matrix_element_of_words,
    permutational_invariance,
    sesquilinear,
    tensor_distributes,
    tensor_scalars,
    trace_of_projector,
)
from symbolic_mqb.tactics.reasons import as_, fold, identity, unfold

(D,) = symbols("D", "nat")
K, L = symbols("k l", "int")
k, l = symbols("k l", "nat")
(q,) = symbols("q", "int")
(B,) = symbols("𝒜", "op")

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
                    tensor_scalars, N, function(i, exp(I * t * (_outcome - mu) / (sqrt(N) * tau))), function(i, E(J(i))), _rho
                ),
                identity(tensor_distributes, N, d, function(j, _phase * E(j)), _rho),
            ],
        ),
        eq(
            Sum(
                Sum(
                    conj(c(K)) * c(L) * braket(dicke(N, K), tensor_power(Sum(_phase * E(j), (j, 1, d)), N), dicke(N, L)),
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

_words = (word(1, k, 0, N - k), word(1, l, 0, N - l), word(1, q, 0, k - q, 1, l - q, 0, N - k - l + q))
_power = tensor_power(B, N)
_elements = entry(B, 1, 1) ** q * entry(B, 1, 0) ** (k - q) * entry(B, 0, 1) ** (l - q) * entry(B, 0, 0) ** (N - k - l + q)
_counts = binomial(k, q) * binomial(N - k, l - q)
_root = sqrt(binomial(N, k) / binomial(N, l))
_range = (q, Max(0, k + l - N), Min(k, l))

A3_GENERAL = Result(
    "A3-general",
    "Matrix elements between Dicke states, for all k, l ≤ N",
    given=(k <= N, l <= N),
    equation="A3",
    chain=[
        braket(dicke(N, k), _power, dicke(N, l)),
        eq(
            1 / sqrt(binomial(N, k) * binomial(N, l)) * braket(permutations(_words[0]), _power, permutations(_words[1])),
            by=identity(braket_of_dicke, N, k, l, _power),
        ),
        eq(
            _root * braket(_words[0], _power, permutations(_words[1])),
            by=identity(permutational_invariance, N, k, l, B),
        ),
        eq(
            _root * Sum(_counts * braket(_words[0], _power, _words[2]), _range),
            by=identity(group_by_overlap, N, k, l, B),
        ),
        eq(
            _root * Sum(_counts * _elements, _range),
            by=identity(matrix_element_of_words, N, _words[0], _words[2], B),
        ),
    ],
)
