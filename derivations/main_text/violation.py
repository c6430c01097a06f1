"""Violation of macroscopic locality at α = 1/2: the limit distributions themselves have no local model."""

from __future__ import annotations

from fractions import Fraction

from symbolic_mqb.kernel.terms import Term, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bell import ANSWERS, BEST, STANDARD, D, angles, local_correlation, phi_a, phi_b
from symbolic_mqb.notation.language import Abs, Integral, Max, conj, sgn, symbols
from symbolic_mqb.notation.two_parties import turned
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.logic import instantiate, symmetry, transport
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State

x, y = symbols("x y", "real")
_dimension = num(3)
_pairs = [(i, j) for i in (0, 1) for j in (0, 1)]
_at = dict(zip(angles, STANDARD, strict=True))


def _settings(i: int, j: int) -> tuple[Term, Term]:
    """φ_A and φ_B of a pair of settings."""
    return _at[angles[i]], _at[angles[2 + j]]


def _signs(i: int, j: int) -> Term:
    """∫∫ sgn(x) sgn(y) P(x, y) dx dy for the limit distribution P of a pair of settings."""
    wave = substitute(turned(x, y, *_settings(i, j)), {D: _dimension})
    return Integral(Integral(sgn(x) * sgn(y) * (conj(wave) * wave), y), x)


def _worst() -> Term:
    distances = [Abs(_signs(i, j) - local_correlation(i, j)) for i, j in _pairs]
    return Max(Max(*distances[:2]), Max(*distances[2:]))


def _violation(state: State) -> Theorem:
    """(alpha-c), its correlations written as means over the limit distributions by (B4)."""
    e = Estimates(state.given, state)
    theorem, b4 = e.lookup("alpha-c"), e.lookup("B4")
    for i, j in _pairs:
        first, second = _settings(i, j)
        value = e.by(instantiate, b4, ((phi_a, first), (phi_b, second), (D, _dimension)))
        theorem = transport(theorem, (1, i, j, 0, 0), symmetry(value), state.given)
    return theorem


VIOLATION = Result(
    "ML-violation",
    "Macroscopic locality is violated at α = 1/2: no local model has the limit distributions of (12)",
    equation="main text, Violation of ML",
    given=(*BEST, *ANSWERS),
    chain=[
        have(
            num(Fraction(1, 400)) <= _worst(),
            by=ProofBy("(alpha-c) and (B4)", _violation, ("alpha-c", "B4")),
        )
    ],
    note="P(x, y) = |(U_φA ⊗ U_φB ψ)(x, y)|² is the limit distribution of (12-limit) and (correlated-state) for "
    "projective measurements, |ψ⟩ the state (B6), the four settings 45° apart. A local model P(x, y) = "
    "∫dλ μ(λ) P_A(x|λ) P_B(y|λ) would give the means a(λ), b(λ) of sgn(x), sgn(y), with |a|, |b| ≤ 1. Hence "
    "α_c ≥ 1/2, since locality is restored for α > α_c.",
)
