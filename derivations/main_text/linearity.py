"""Why the mean ⟨a_i⟩ in (1) breaks linearity, and what a constant μ in (7) repairs."""

from __future__ import annotations

from collections.abc import Callable

from symbolic_mqb.kernel.terms import Term, call, defined, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import I, Sum, conj, exp, half, pi, sqrt, symbols, unequal
from symbolic_mqb.notation.measurement import (
    CHARACTERISTIC,
    E,
    N,
    a,
    braket,
    c,
    calA,
    d,
    dicke,
    entry,
    mu,
    t,
    tau,
    tensor_power,
)
from symbolic_mqb.results import Definition, Result, eq, have
from symbolic_mqb.rules.collective import split_terms
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, convert, unfold, use

D = symbols("D", "nat")[0]
K, L = symbols("k l", "int")
m = symbols("m", "real")[0]
b = symbols("b", "nat->complex")[0]
_here = "main text, before (7)"


def _element(matrix: Term) -> Term:
    return braket(dicke(N, K), tensor_power(matrix, N), dicke(N, L))


def _form(first: Term, second: Term, matrix: Term = calA) -> Term:
    """Σ_k Σ_l first* second ⟨N,k|𝒜^{⊗N}|N,l⟩, the two amplitudes as functions of k and of l."""
    return Sum(Sum(conj(first) * second * _element(matrix), (L, 0, D - 1)), (K, 0, D - 1))


#: χ(t) on Σ_k c_k|N,k⟩, the left side of (6) as a characteristic function.
PHI = defined("Φ", (c, D, E, a, d, N, t, mu, tau), _form(c(K), c(L)))
PROPERTY = Definition(
    "MQB",
    "Macroscopic quantum behavior: ⟨Ψ_N|E(X)|Ψ_N⟩ as a characteristic function",
    call(PHI, c, D, E, a, d, N, t, mu, tau),
    equation="main text, Definition of MQB",
    given=(N >= 1, unequal(tau, 0), D <= N + 1),
    note="The sequence of spaces has MQB at order α if for every measurement there are e_kl(x) with, for all D, c, t, "
    "(i) Φ → Σ c_k* c_l ∫ e^{itx} e_kl(x) dx, (ii) 0 ≤ Σ c_k* c_l e_kl(x), (iii) ∫ e_kl(x) dx = δ_kl. "
    "These are the lines of (6), (6-completeness) and (6-projective); (isomorphism-chain) are the maps.",
)

_sum_and_difference = _form(c(K) + b(K), c(L) + b(L)) + _form(c(K) - b(K), c(L) - b(L))


def _expanded(sign: int) -> Term:
    """The double sum for c ± b, multiplied out."""
    products = (
        conj(c(K)) * c(L),
        sign * conj(c(K)) * b(L),
        sign * conj(b(K)) * c(L),
        conj(b(K)) * b(L),
    )
    body = Term("add", tuple(p * _element(calA) for p in products))
    return Sum(Sum(body, (L, 0, D - 1)), (K, 0, D - 1))


PARALLELOGRAM = Result(
    "mu-linearity",
    "With a constant μ the law is a quadratic form in the state: the parallelogram identity",
    equation=_here,
    given=(N >= 1, unequal(tau, 0), D <= N + 1),
    chain=[
        _sum_and_difference,
        eq(
            2 * _form(c(K), c(L)) + 2 * _form(b(K), b(L)),
            by=[as_(_expanded(1) + _expanded(-1)), *[convert(split_terms)] * 4],
        ),
    ],
)

_shifted = substitute(calA, {mu: m})
_phase = exp(I * t * sqrt(N) * (mu - m) / tau)


def _shift(state: State) -> Theorem:
    """Every factor 𝒜 carries the phase e^{it(μ−m)/(√Nτ)}, and there are N of them."""
    e = Estimates(state.given, state)
    return e.meeting(
        _form(c(K), c(L), _shifted),
        [use("A3-general", {"𝒜": _shifted, "k": K, "l": L}), unfold(CHARACTERISTIC)],
        _phase * _form(c(K), c(L)),
        [use("A3-general", {"𝒜": calA, "k": K, "l": L}), unfold(CHARACTERISTIC)],
    )


SHIFT = Result(
    "mean-shift",
    "Another centre m in place of μ shifts X by √N(μ − m)/τ",
    equation=_here,
    given=(N >= 1, unequal(tau, 0), D <= N + 1),
    chain=[
        have(
            Term("eq", (_form(c(K), c(L), _shifted), _phase * _form(c(K), c(L)))),
            by=ProofBy("each of the N factors carries the phase e^{it(μ−m)/(√Nτ)}", _shift, ("A3-general",)),
        )
    ],
    note="With m = ⟨a⟩, itself a quadratic form in c, the phase is not linear in the state.",
)

_flip = Term("matrix", (num(0), num(1), num(1), num(0)))
_cosine, _sine = (exp(I * t) + exp(-I * t)) / 2, (exp(I * t) - exp(-I * t)) / 2
_turn = Term("matrix", (_cosine, _sine, _sine, _cosine))


def _mean_removed(expectation: Callable[[Term], Term]) -> Term:
    """e^{−it⟨σ_x⟩}⟨ψ|e^{itσ_x}|ψ⟩ for one particle, from the expectation value of a matrix in |ψ⟩."""
    return exp(-I * t * expectation(_flip)) * expectation(_turn)


def _superposed(sign: int) -> Term:
    """On (|0⟩ ± |1⟩)/√2."""

    def expectation(m: Term) -> Term:
        corner, mixed = entry(m, 0, 0) + entry(m, 1, 1), entry(m, 0, 1) + entry(m, 1, 0)
        return half * (corner + mixed if sign > 0 else corner - mixed)

    return _mean_removed(expectation)


_plus, _minus = _superposed(1), _superposed(-1)


def _level(r: int) -> Term:
    """The mean in |r⟩, taken away."""
    return _mean_removed(lambda m: entry(m, r, r))


_zero, _one = _level(0), _level(1)

NONLINEAR = Result(
    "mean-nonlinear",
    "With the mean in place of μ the law is no quadratic form in the state: the parallelogram identity fails",
    equation=_here,
    chain=[
        have(
            unequal(substitute(_plus + _minus, {t: pi}), substitute(_zero + _one, {t: pi})),
            by=ProofBy(
                "for σ_x on |0⟩, |1⟩ and (|0⟩ ± |1⟩)/√2 at t = π the sides are 2 and −2",
                lambda state: Estimates(state.given, state).fact(
                    unequal(substitute(_plus + _minus, {t: pi}), substitute(_zero + _one, {t: pi}))
                ),
            ),
        )
    ],
    note="N = 1, τ = 1. On (|0⟩ ± |1⟩)/√2 the outcome is certain, so X = 0; on |0⟩ and |1⟩ it is ±1 with equal weight.",
)
