"""The double integral of (D4) with one integral done: no quotient, and nothing to exchange with a limit."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term
from symbolic_mqb.notation.full_coarse_graining import centred, integrand, power, turn
from symbolic_mqb.notation.language import I, Sum, binomial, exp, function, pi, sqrt, symbols
from symbolic_mqb.notation.measurement import N, braket, entry
from symbolic_mqb.results import Result, eq
from symbolic_mqb.rules.circle import orthogonality
from symbolic_mqb.rules.intervals import interval_termwise
from symbolic_mqb.rules.sums import binomial_theorem, select
from symbolic_mqb.tactics.reasons import as_, convert, identity, use

k, l, m = symbols("k l m", "int")
phi1, phi2 = symbols("φ1 φ2", "real")
(B,) = symbols("𝒜", "op")

_norm = 1 / (2 * pi) ** 2 * (1 / sqrt(binomial(2 * N, N + k) * binomial(2 * N, N + l)))
_outer, _inner = exp(-I * (N + l) * phi2), exp(I * (N + k) * phi1)
#: 𝒜₀₀ + e^{iφ₂}𝒜₀₁, 𝒜₁₁ + e^{−iφ₂}𝒜₁₀ and the phase between them.
_first = entry(B, 0, 0) + entry(B, 0, 1) * exp(I * phi2)
_second = entry(B, 1, 1) + entry(B, 1, 0) * exp(-I * phi2)
_phase = exp(I * (phi2 - phi1))


def _term(index: Term) -> Term:
    """C(2N, m) e^{imφ₂} times both powers."""
    powers = _first ** (2 * N - index) * _second**index
    return binomial(2 * N, index) * exp(I * index * phi2) * powers


REDUCED = Result(
    "D7-reduced",
    "The matrix element as a single integral",
    equation="D7",
    given=(k >= -N, k <= N, l >= -N, l <= N),
    chain=[
        braket(centred(k), power(B), centred(l)),
        eq(
            _norm * turn(_outer * turn(_inner * (_first + _phase * _second) ** (2 * N), phi1), phi2),
            by=use("D4"),
        ),
        eq(
            _norm * turn(_outer * Sum(_term(m) * turn(exp(I * (N + k - m) * phi1), phi1), (m, 0, 2 * N)), phi2),
            by=[
                identity(binomial_theorem, 2 * N, _first, _phase, _second),
                convert(interval_termwise),
            ],
        ),
        eq(
            _norm * turn(_outer * (2 * pi) * _term(N + k), phi2),
            by=[
                identity(orthogonality, N + k, m, 1),
                as_(_norm * turn(_outer * (2 * pi) * Sum(Term("delta", (m, N + k)) * _term(m), (m, 0, 2 * N)), phi2)),
                identity(select, 0, 2 * N, function(m, _term(m)), N + k),
            ],
        ),
        eq(
            sqrt(binomial(2 * N, N + k) / binomial(2 * N, N + l))
            * (1 / (2 * pi) * turn(exp(I * (k - l) * phi2) * integrand(B, k, phi2), phi2)),
            by=as_(
                sqrt(binomial(2 * N, N + k) / binomial(2 * N, N + l))
                * (1 / (2 * pi) * turn(exp(I * (k - l) * phi2) * integrand(B, k, phi2), phi2))
            ),
        ),
    ],
)
