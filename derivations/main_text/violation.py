"""Violation of macroscopic locality at α = 1/2: the limit distributions themselves have no local model."""

from __future__ import annotations

from fractions import Fraction

from symbolic_mqb.kernel.terms import Term, lam, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bell import ANSWERS, BEST, STANDARD, D, angles, chsh, local_correlation, phi_a, phi_b
from symbolic_mqb.notation.language import Abs, I, Integral, Max, conj, exp, sgn, symbols
from symbolic_mqb.notation.measurement import E, N, a, d, t
from symbolic_mqb.notation.models import models_without
from symbolic_mqb.notation.rotor import F, b, d_B, mu_A, mu_B, phi_A, phi_B, s, tau_A, tau_B
from symbolic_mqb.notation.two_parties import CHOICE, joint, turned
from symbolic_mqb.results import Needed, Result, have
from symbolic_mqb.rules.logic import instantiate, symmetry, transport
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.rates import from_rate
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


_psi = turned(x, y)
_measured = have(
    Term("limit", (lam(N, joint), Integral(Integral(exp(I * s * x) * exp(I * t * y) * (conj(_psi) * _psi), y), x))),
    by=from_rate("12-law-rate"),
)


def _by_b4(theorem: Theorem, paths: list[tuple[int, ...]], state: State) -> Theorem:
    """The four correlations of a statement, written as means over the limit distributions."""
    for (i, j), path in zip(_pairs, paths, strict=True):
        first, second = _settings(i, j)
        values = ((phi_a, first), (phi_b, second), (D, _dimension))
        value = Estimates(state.given, state).by(instantiate, state.lookup("B4"), values)
        theorem = transport(theorem, path, symmetry(value), state.given)
    return theorem


_more = 2 + num(Fraction(1, 100))
_parameter = chsh(_signs)


def _chsh(state: State) -> Theorem:
    """(B8), its correlations written as means over the limit distributions by (B4)."""
    theorem = transport(state.lookup("B8-gap"), (1,), symmetry(state.lookup("B8-value")), ())
    return _by_b4(theorem, [(1, 0), (1, 1), (1, 2), (1, 3, 1)], state)


CHSH = Result(
    "ML-CHSH",
    "The Bell–CHSH parameter of the limit distributions of (12): 2√10/π, above 2 by 1/100 at least",
    equation="main text, Violation of ML",
    given=(*BEST, *CHOICE),
    chain=[
        _measured,
        have(
            _more <= _parameter,
            by=ProofBy("(B8-gap), (B8-value) and (B4)", _chsh, ("B8-gap", "B8-value", "B4")),
        ),
    ],
    note="The first line is the limit distribution P(x, y) of the measured X and Y, for every state (12) and each pair "
    "of settings φ_A, φ_B; the second has its means of sgn(x) sgn(y) for the state (B6) and the settings of (B8).",
)


def _violation(state: State) -> Theorem:
    """(alpha-c), its correlations written as means over the limit distributions by (B4)."""
    return _by_b4(state.lookup("alpha-c"), [(1, i, j, 0, 0) for i, j in _pairs], state)


_half = (Fraction(1, 2), Fraction(0))
_minus = (Fraction(-1, 2), Fraction(0))
_outcomes = {1: [[_half, _half], [_half, _half]], 2: [[_half, _minus], [_minus, _half]]}
#: Both parties measure σ_x.
_sigma_x = (
    *((v, _outcomes) for v in (E, F)),
    *((v, {1: 1, 2: -1}) for v in (a, b)),
    *((v, 2) for v in (d, d_B)),
    *((v, 0) for v in (mu_A, mu_B, phi_A, phi_B)),
    *((v, 1) for v in (tau_A, tau_B)),
)

VIOLATION = Result(
    "ML-violation",
    "Macroscopic locality is violated at α = 1/2: no local model has the limit distributions of (12)",
    equation="main text, Violation of ML",
    given=(*BEST, *ANSWERS, *CHOICE),
    chain=[
        _measured,
        have(
            num(Fraction(1, 400)) <= _worst(),
            by=ProofBy("(alpha-c) and (B4)", _violation, ("alpha-c", "B4")),
        ),
    ],
    needs=tuple(Needed(h, (*point, *_sigma_x, (s, 1), (t, 1))) for h, point in models_without()),
    note="A local model P(x, y) = ∫dλ μ(λ) P_A(x|λ) P_B(y|λ) would give the means a(λ), b(λ) of sgn(x), sgn(y), with "
    "|a|, |b| ≤ 1. The sum of the four correlations is (ML-CHSH), that α_c ≥ 1/2 is (alpha-c-bound).",
)
