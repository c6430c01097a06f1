"""(C9): the width and the phase of the macroscopic POVM with depolarising and with dephasing noise."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.channels import (
    DEPHASED,
    DEPOLARISED,
    Noisy,
    rate,
)
from symbolic_mqb.notation.language import Abs, I, arg, equal, exp, half, pi, sgn, symbols, unequal
from symbolic_mqb.notation.limit_law import phi
from symbolic_mqb.notation.measurement import A2, A, E, a, d, entry, tau
from symbolic_mqb.notation.operators import qubit_trace
from symbolic_mqb.results import Erratum, Result, have
from symbolic_mqb.rules.inequalities import polar
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, by_order, given_that, identity, use

(z,) = symbols("z", "complex")
(kappa,) = symbols("κ", "real")
_off = entry(A, 0, 1)
_ELEMENTS = {name: tuple(f"noise-{name}-{which}" for which in ("A01", "A00", "A2")) for name in ("pol", "pha")}


def turned(angle: Term, sign: Term) -> Term:
    """angle + (1 − sgn(sign))/2 · π."""
    return angle + (1 - sgn(sign)) / 2 * pi


def _direction(sign: int) -> list[Any]:
    """e^{i arg κz} = κz/|κz| = ±z/|z| = ±e^{i arg z}."""
    whole, inner = exp(I * arg(kappa * z)), exp(I * arg(z))
    return [
        as_(1 / Abs(kappa * z) * (Abs(kappa * z) * whole)),
        identity(polar, kappa * z, reverse=True),
        as_(sign * z / Abs(z)),
        identity(polar, z),
        as_(sign * inner),
    ]


PHASE = Result(
    "noise-phase",
    "A real factor turns the phase by 0 or by π",
    equation="C9",
    given=(unequal(z, 0), unequal(kappa, 0)),
    chain=[
        have(
            equal(exp(I * arg(kappa * z)), exp(I * turned(arg(z), kappa))),
            by=by_order(kappa, num(0), first=_direction(-1), second=_direction(1)),
        )
    ],
)


def _matrix_elements(e: Estimates, noisy: Noisy) -> tuple[Theorem, Theorem, Theorem]:
    """⟨0|A|1⟩, ⟨0|A|0⟩ and ⟨0|A^(2)|0⟩ of the noisy measurement through those of A and A^(2)."""
    off, mean, square = (e.lookup(label) for label in _ELEMENTS[noisy.name])
    return off, mean, square


def _width(noisy: Noisy, factor: Term, printed: Term) -> ProofBy:
    """s² from A₀₁′ = factor·A₀₁."""

    def derive(state: State) -> Theorem:
        e = Estimates(state.given, state)
        facts = (e.fact(tau > 0), *_matrix_elements(e, noisy))
        inside = e.under(*(x.conclusion for x in facts))
        rewritten = [given_that(x.conclusion) for x in facts[1:]]
        either = by_order(factor, num(0), first=rewritten, second=rewritten)  # |1 − λ|² = (1 − λ)²
        return cut_all(either.prove(equal(squared_width(noisy), printed), inside), *facts)

    return ProofBy("σ²/τ² − 1 for the effects Γ†(E_a)", derive, _ELEMENTS[noisy.name])


def squared_width(noisy: Noisy) -> Term:
    """s² = σ²/τ² − 1 of the noisy measurement."""
    return (entry(noisy.A2, 0, 0) - entry(noisy.A, 0, 0) ** 2) * Abs(entry(noisy.A, 0, 1)) ** num(-2) - 1


def _phase_statement(noisy: Noisy, factor: Term) -> Term:
    """e^{iφ′} = e^{i(φ + (1 − sgn(factor))/2 · π)}."""
    return equal(exp(I * arg(-entry(noisy.A, 0, 1))), exp(I * turned(phi, factor)))


def _phase(noisy: Noisy, factor: Term) -> ProofBy:
    """e^{iφ′} from A₀₁′ = factor·A₀₁."""

    def derive(state: State) -> Theorem:
        e = Estimates(state.given, state)
        off = e.lookup(_ELEMENTS[noisy.name][0])
        inside = e.under(off.conclusion)
        return cut_all(
            inside.equal(
                *_phase_statement(noisy, factor).args,
                given_that(off.conclusion),
                as_(exp(I * arg(factor * (-_off)))),
                use("noise-phase", z=-_off, κ=factor),
            ),
            off,
        )

    return ProofBy("⟨0|A|1⟩ is multiplied by a real number", derive, ("noise-phase", _ELEMENTS[noisy.name][0]))


_nonzero, _scale, _angle = unequal(_off, 0), equal(tau, Abs(_off)), equal(phi, arg(-_off))
_mean_pol = (1 - rate) * entry(A, 0, 0) + rate / 2 * qubit_trace(A)
_square_pol = (1 - rate) * entry(A2, 0, 0) + rate / 2 * qubit_trace(A2)
_width_pol = (_square_pol - _mean_pol**2) * (1 - rate) ** num(-2) * tau ** num(-2) - 1
_variance = entry(A2, 0, 0) - entry(A, 0, 0) ** 2
_width_pha = _variance * (1 - 2 * rate) ** num(-2) * tau ** num(-2) - 1


_E = {
    1: ((Fraction(1, 2), Fraction(1, 2)), (Fraction(1, 2), Fraction(1, 2))),
    2: ((Fraction(1, 2), Fraction(-1, 2)), (Fraction(-1, 2), Fraction(1, 2))),
}


def _excluded(printed: Term, noisy: Noisy, at: Any) -> Erratum:
    where = "λ = 1" if at == 1 else "λ = 1/2"
    return Erratum(
        equal(squared_width(noisy), printed),
        ((d, 2), (a, {1: -1, 2: 1}), (E, _E), (tau, 1), (phi, 0), (rate, at)),
        f"Printed for λ ∈ [0, 1]; at {where} the noisy A₀₁ vanishes, and the formulas divide by 0.",
        f"{where} is excluded: there Γ†(E_a) has no off-diagonal element left, τ = |A₀₁| = 0 for the noisy POVM, and "
        "the macroscopic variable (7) is not defined.",
        "missing condition",
    )


C9 = Result(
    "C9",
    "The width with depolarising noise",
    equation="C9",
    given=(_nonzero, _scale, unequal(rate, 1)),
    errata=(_excluded(_width_pol, DEPOLARISED, 1),),
    chain=[have(equal(squared_width(DEPOLARISED), _width_pol), by=_width(DEPOLARISED, 1 - rate, _width_pol))],
    note="μ and τ of the macroscopic variable (7) are those of the noisy POVM: ⟨0|A|0⟩ and |⟨0|A|1⟩| of Γ†(E_a).",
)

C9_PHASE = Result(
    "C9-phase",
    "The phase with depolarising noise",
    equation="C9",
    given=(_nonzero, _angle, unequal(rate, 1)),
    chain=[have(_phase_statement(DEPOLARISED, 1 - rate), by=_phase(DEPOLARISED, 1 - rate))],
    note="Phases are compared as e^{iφ}: arg is in (−π, π], and the sum on the right may lie outside.",
)

C9_DEPHASING = Result(
    "C9-dephasing",
    "The width with dephasing noise",
    equation="C9",
    given=(_nonzero, _scale, unequal(rate, half)),
    errata=(_excluded(_width_pha, DEPHASED, Fraction(1, 2)),),
    chain=[have(equal(squared_width(DEPHASED), _width_pha), by=_width(DEPHASED, 1 - 2 * rate, _width_pha))],
)

C9_DEPHASING_PHASE = Result(
    "C9-dephasing-phase",
    "The phase with dephasing noise",
    equation="C9",
    given=(_nonzero, _angle, unequal(rate, half)),
    chain=[have(_phase_statement(DEPHASED, 1 - 2 * rate), by=_phase(DEPHASED, 1 - 2 * rate))],
)
