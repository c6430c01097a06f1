"""(13): the broadening of the Gaussian POVM by particle losses."""

from __future__ import annotations

from fractions import Fraction

from symbolic_mqb.kernel.terms import Term
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import equal, exp, symbols
from symbolic_mqb.notation.limit_law import D, characteristic_limit, phi
from symbolic_mqb.notation.losses import p
from symbolic_mqb.notation.measurement import c, t
from symbolic_mqb.results import Erratum, Result, eq, have
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, algebra

sigma, tau, width = symbols("σ τ s_p", "real")

_sharp = exp(-(t**2) / 2)


def _noisy(square: Term) -> Term:
    """The sharp law (σ = τ) with an independent Gaussian of variance `square` added."""
    return characteristic_limit(exp(-(t**2) * square / 2) * _sharp)


_lossy = characteristic_limit(exp(-(t**2) * sigma**2 / (2 * p * tau**2)))

BROADENING = Result(
    "13",
    "Losses add an independent Gaussian noise of variance s_p² = σ²/(pτ²) − 1 to the sharp law",
    equation="13",
    given=(tau > 0, p > 0, equal(width**2, sigma**2 / (p * tau**2) - 1)),
    errata=(
        Erratum(
            equal(_lossy, _noisy(sigma**2 / (p**3 * tau**2) - 1)),
            ((D, 1), (c, {0: 1}), (t, 1), (sigma, 1), (tau, 1), (p, Fraction(1, 2)), (phi, 0), (width, 1)),
            "The limit law with losses, (C3), has the variance σ²/p in place of σ². The sentence before (13) says so "
            "(x → x/p together with σ² → σ²/p), and x/p already is the variable of (C1); (13) divides by p² once more.",
            "s_p² = σ²/(pτ²) − 1. For projective measurements 1/p − 1 in place of 1/p³ − 1: s_p = 1 and not √7 at "
            "p = 1/2, and s_p ≈ √(1 − p) and not √(3(1 − p)) for few losses. The macroscopic statistics are three "
            "times as robust against losses as printed.",
            "changes a result",
        ),
    ),
    chain=[_lossy, eq(_noisy(width**2), by=algebra)],
)


def _wider(state: State) -> Theorem:
    """1/p ≥ 1."""
    e = Estimates(state.given, state)
    return e.at_most(sigma**2 / tau**2 - 1, sigma**2 / (p * tau**2) - 1, (sigma**2 / (p * tau**2), e.fact(p <= 1)))


WIDER = Result(
    "13-wider",
    "Losses never shrink the width: s² ≤ s_p²",
    equation="13",
    given=(tau > 0, p > 0, p <= 1),
    chain=[
        have(sigma**2 / tau**2 - 1 <= sigma**2 / (p * tau**2) - 1, by=ProofBy("p ≤ 1", _wider)),
    ],
)
