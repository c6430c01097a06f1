"""The Dicke states: orthonormality, the isomorphisms between their spans, P_k(x) and (5)."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term
from symbolic_mqb.notation.language import (
    Max,
    Min,
    Sum,
    binomial,
    conj,
    delta,
    equal,
    function,
    sqrt,
    symbols,
)
from symbolic_mqb.notation.measurement import N, braket, c, dicke, tensor_power
from symbolic_mqb.results import Result, eq, have
from symbolic_mqb.rules.collective import braket_of_sum
from symbolic_mqb.rules.kets import sesquilinear
from symbolic_mqb.rules.sums import select, sift
from symbolic_mqb.tactics.reasons import algebra, as_, by_order, identity, use

k, l, n, D = symbols("k l n D", "nat")
q, K, L, s = symbols("q k l s", "int")
(x,) = symbols("x", "real")
(z,) = symbols("z", "complex")

_one = Term("identity")
_bare = tensor_power(_one, N)
_root = sqrt(binomial(N, k) / binomial(N, l))
_words = binomial(k, q) * binomial(N - k, l - q)
_low = Max(0, k + l - N)

_overlap = _root * Sum(_words * (delta(q, k) * delta(q, l)), (q, _low, Min(k, l)))

OVERLAP = Result(
    "Dicke-overlap",
    "The sum that is left of (A3) for 𝒜 = 1",
    equation="main text, Dicke states",
    given=(k <= N, l <= N),
    chain=[
        have(
            equal(_overlap, delta(k, l)),
            by=by_order(
                k,
                l,
                first=[
                    as_(_root * Sum(delta(q, k) * (_words * delta(q, l)), (q, _low, k))),
                    identity(select, _low, k, function(q, _words * delta(q, l)), k),
                    as_(delta(k, l) * (_root * binomial(N - k, l - k))),
                    identity(sift, function(s, sqrt(binomial(N, s) / binomial(N, l)) * binomial(N - s, l - s)), k, l),
                ],
                second=algebra,
            ),
        )
    ],
)

ORTHONORMAL = Result(
    "Dicke-orthonormal",
    "The Dicke states of N particles are orthonormal",
    equation="main text, Dicke states",
    given=(k <= N, l <= N),
    chain=[
        braket(dicke(N, k), _bare, dicke(N, l)),
        eq(_overlap, by=use("A3-general", {"𝒜": _one})),
        eq(delta(k, l), by=use("Dicke-overlap")),
    ],
)

_state = Sum(c(K) * dicke(N, K), (K, 0, D - 1))
_next = Sum(c(K) * dicke(N + 1, K), (K, 0, D - 1))


def _norm(n: Term) -> Term:
    """⟨Ψ_n|Ψ_n⟩ for Ψ_n = Σ_k c_k|n, k⟩."""
    state = Sum(c(K) * dicke(n, K), (K, 0, D - 1))
    return braket(state, tensor_power(_one, n), state)


def _double(element: Term) -> Term:
    """Σ_k Σ_l c_k* c_l · element."""
    return Sum(Sum(conj(c(K)) * c(L) * element, (L, 0, D - 1)), (K, 0, D - 1))


NORM = Result(
    "Dicke-norm",
    "⟨Ψ_N|Ψ_N⟩ = Σ|c_k|² for superpositions of Dicke states, whatever N",
    equation="main text, Definition of MQB",
    given=(D <= N + 1,),
    chain=[
        _norm(N),
        eq(
            _double(braket(dicke(N, K), _bare, dicke(N, L))),
            by=identity(sesquilinear, 0, D - 1, function(K, c(K)), function(K, dicke(N, K)), _bare),
        ),
        eq(_double(delta(K, L)), by=use("Dicke-orthonormal", k=K, l=L)),
        eq(
            Sum(conj(c(K)) * c(K), (K, 0, D - 1)),
            by=identity(select, 0, D - 1, function(L, conj(c(K)) * c(L)), K),
        ),
    ],
)

ISOMORPHISMS = Result(
    "isomorphism-chain",
    "|N, k⟩ ↦ |N+1, k⟩ extends to an isometry of the spans: M^N ≅ M^{N+1} ≅ …",
    equation="main text, Definition of MQB",
    given=(D <= N + 1,),
    chain=[
        _norm(N),
        eq(Sum(conj(c(K)) * c(K), (K, 0, D - 1)), by=use("Dicke-norm")),
        eq(_norm(N + 1), by=use("Dicke-norm", reverse=True, N=N + 1)),
    ],
    note="A linear map that preserves norms is injective, so the images of |N, 0⟩, …, |N, D−1⟩ are again D "
    "orthonormal vectors. Inner products follow from norms by polarisation.",
)

_superposition = Sum(c(K) * dicke(N, K), (K, 0, D - 1))

AMPLITUDES = Result(
    "basis-maps",
    "The amplitudes of Ψ_N are the same for all N: ⟨N, k|Ψ_N⟩ = c_k",
    equation="main text, Definition of MQB",
    given=(D <= N + 1, k <= D - 1),
    chain=[
        braket(dicke(N, k), _bare, _superposition),
        eq(
            Sum(c(K) * braket(dicke(N, k), _bare, dicke(N, K)), (K, 0, D - 1)),
            by=identity(braket_of_sum, dicke(N, k), _bare, 0, D - 1, function(K, c(K)), function(K, dicke(N, K))),
        ),
        eq(Sum(c(K) * delta(k, K), (K, 0, D - 1)), by=use("Dicke-orthonormal", l=K)),
        eq(
            c(k),
            by=[
                as_(Sum(delta(K, k) * c(K), (K, 0, D - 1))),
                identity(select, 0, D - 1, function(K, c(K)), k),
            ],
        ),
    ],
)
