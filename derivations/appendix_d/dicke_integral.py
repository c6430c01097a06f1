"""(D3) and (D4): Dicke states as integrals over product states, and their matrix elements."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.notation.full_coarse_graining import centred, phase_ket, power, turn
from symbolic_mqb.notation.language import I, Sum, binomial, conj, equal, exp, function, pi, sqrt, symbols, unequal
from symbolic_mqb.notation.measurement import N, braket, entry, permutations, tensor_power, word
from symbolic_mqb.results import Erratum, Needed, Result, eq
from symbolic_mqb.rules.circle import orthogonality
from symbolic_mqb.rules.intervals import interval_termwise
from symbolic_mqb.rules.product_kets import (
    braket_of_integrals,
    braket_of_multiples,
    braket_of_product_kets,
    dicke_state,
    product_ket_expansion,
)
from symbolic_mqb.rules.sums import select
from symbolic_mqb.tactics.reasons import algebra, as_, convert, identity, use

k, l, m = symbols("k l m", "int")
phi, phi1, phi2 = symbols("φ φ1 φ2", "real")
(B,) = symbols("𝒜", "op")

#: |2N, N + k⟩ and |2N, N + l⟩ exist.
_k_range = (k >= -N, k <= N)
_l_range = (l >= -N, l <= N)
_count = binomial(2 * N, N + k)


def _words(ones: Term) -> Term:
    return permutations(word(1, ones, 0, 2 * N - ones))


def _integral(level: Term, angle: Term) -> Term:
    """∫ dφ (|0⟩ + e^{iφ}|1⟩)^{⊗2N} e^{−i(N+k)φ}."""
    return turn(exp(-I * (N + level) * angle) * phase_ket(angle, 2 * N), angle)


def _prefactor(level: Term) -> Term:
    return 1 / sqrt(binomial(2 * N, N + level)) * (1 / (2 * pi))


INVERSE = Result(
    "D3-integral",
    "The integral over product states is a Dicke state",
    equation="D3",
    given=_k_range,
    chain=[
        _prefactor(k) * _integral(k, phi),
        eq(
            _prefactor(k) * turn(Sum(exp(I * (m - N - k) * phi) * _words(m), (m, 0, 2 * N)), phi),
            by=identity(product_ket_expansion, 2 * N, num(1), exp(I * phi)),
        ),
        eq(
            _prefactor(k) * Sum(turn(exp(I * (m - N - k) * phi) * _words(m), phi), (m, 0, 2 * N)),
            by=convert(interval_termwise),
        ),
        eq(
            1 / sqrt(_count) * Sum(Term("delta", (m, N + k)) * _words(m), (m, 0, 2 * N)),
            by=identity(orthogonality, m, N + k, 1),
        ),
        eq(1 / sqrt(_count) * _words(N + k), by=identity(select, 0, 2 * N, function(m, _words(m)), N + k)),
        eq(centred(k), by=identity(dicke_state, 2 * N, N + k, reverse=True)),
    ],
)

D3 = Result(
    "D3",
    "A Dicke state as an integral over product states",
    equation="D3",
    given=_k_range,
    chain=[centred(k), eq(_prefactor(k) * _integral(k, phi), by=use("D3-integral", reverse=True))],
)

_power = power(B)
_norm = 1 / (2 * pi) ** 2 * (1 / sqrt(_count * binomial(2 * N, N + l)))
_bra, _ket = phase_ket(phi1, 2 * N), phase_ket(phi2, 2 * N)
_phases = exp(I * (N + k) * phi1 - I * (N + l) * phi2)


def _double(body: Term) -> Term:
    """∫dφ₁dφ₂ over [−π, π]², φ₁ inside."""
    return turn(turn(body, phi1), phi2)


_sum = (
    entry(B, 0, 0)
    + exp(I * phi2) * entry(B, 0, 1)
    + exp(-I * phi1) * entry(B, 1, 0)
    + exp(I * (phi2 - phi1)) * entry(B, 1, 1)
)
_element = Term(
    "add",
    tuple(
        conj(x) * y * entry(B, r, s)
        for r, x in enumerate((num(1), exp(I * phi1)))
        for s, y in enumerate((num(1), exp(I * phi2)))
    ),
)
_single = braket(phase_ket(phi1, 1), tensor_power(B, num(1)), phase_ket(phi2, 1))
_roots = sqrt(_count * binomial(2 * N, N + l))
_third = exp(I * (k * phi1 - l * phi2)) * (exp(I * N * (phi1 - phi2)) / _roots) * _sum ** (2 * N)
_denominator = 1 + exp(I * (phi2 - phi1))
_fourth = (
    exp(I * (k * phi1 - l * phi2))
    * (exp(I * N * (phi1 - phi2)) * _denominator ** (2 * N) / _roots)
    * (_sum / _denominator) ** (2 * N)
)

D4 = Result(
    "D4",
    "The matrix element as a double integral",
    equation="D4",
    given=(*_k_range, *_l_range),
    errata=(
        Erratum(
            equal(_third, _fourth),
            ((N, 1), (k, 0), (l, 0), (phi1, pi), (phi2, num(0)), (B, ((1, 0), (0, 0)))),
            "The last line divides by 1 + e^{i(φ₂−φ₁)}, which is 0 for φ₂ − φ₁ = ±π, in the range of integration.",
            "None for the integrals: the lines φ₂ − φ₁ = ±π have measure 0, and the third line has no quotient. But "
            "the quotient is unbounded there, so (D5) and (D7) must not take the limit under the integral with it.",
            "missing condition",
        ),
    ),
    chain=[
        braket(centred(k), _power, centred(l)),
        eq(
            _norm * _double(exp(I * (N + k) * phi1) * braket(_bra, _power, _ket) * exp(-I * (N + l) * phi2)),
            by=[
                use("D3"),
                use("D3", k=l),
                identity(
                    braket_of_multiples, _prefactor(k), _integral(k, phi1), _power, _prefactor(l), _integral(l, phi2)
                ),
                identity(braket_of_integrals, _integral(k, phi1), _power, _integral(l, phi2)),
                identity(braket_of_multiples, exp(-I * (N + k) * phi1), _bra, _power, exp(-I * (N + l) * phi2), _ket),
            ],
        ),
        eq(
            _norm * _double(_phases * _single ** (2 * N)),
            by=[
                identity(braket_of_product_kets, 2 * N, _bra, _ket, B),
                as_(_norm * _double(_phases * (_element**1) ** (2 * N))),
                identity(braket_of_product_kets, 1, phase_ket(phi1, 1), phase_ket(phi2, 1), B, reverse=True),
            ],
        ),
        eq(
            1 / (2 * pi) ** 2 * _double(_third),
            by=identity(braket_of_product_kets, 1, phase_ket(phi1, 1), phase_ket(phi2, 1), B),
        ),
    ],
)

D4_QUOTIENT = Result(
    "D4-quotient",
    "The integrand of the last line, where φ₂ − φ₁ is not ±π",
    equation="D4",
    given=(*_k_range, *_l_range, unequal(_denominator, 0)),
    needs=(
        Needed(
            unequal(_denominator, 0),
            ((N, 1), (k, 0), (l, 0), (phi1, num(0)), (phi2, pi), (B, [[1, 0], [0, 1]])),
        ),
    ),
    chain=[_third, eq(_fourth, by=algebra)],
)
