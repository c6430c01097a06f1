"""(14) for POVMs with s > 0: the correlation of the signs of two blurred outcomes, each shifted by noise."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bell import (
    BLURRED_ELEMENT,
    BLURRED_SHIFTED_CORRELATION,
    BLURRED_SHIFTED_ELEMENT,
    blurred_element,
    blurred_shifted_correlation,
    blurred_shifted_element,
    c,
    phi_a,
    phi_b,
)
from symbolic_mqb.notation.language import I, Integral, conj, equal, exp, sgn, symbols
from symbolic_mqb.notation.phase_space import EFFECT, effect
from symbolic_mqb.notation.phase_space import turned as between
from symbolic_mqb.notation.two_parties import k, l, levels
from symbolic_mqb.results import Result, eq, have
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.complex_numbers import real_if_self_conjugate
from symbolic_mqb.rules.logic import symmetry
from symbolic_mqb.rules.sums import exchange_sums
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, convert, fold, unfold, use
from symbolic_mqb.tactics.sums import termwise

x, y, r, rp, width = symbols("x y r r' s", "real")
kn, ln = symbols("k l", "nat")
turn = phi_a + phi_b
_positive = (width > 0,)
_weight = exp(-I * k * turn) * conj(c(k)) * c(l) * exp(I * l * turn)
_elements = blurred_shifted_element(width, r, k, l) * blurred_shifted_element(width, rp, k, l)
_total = levels(_weight * _elements)

SYMMETRIC = Result(
    "14-blurred-symmetric",
    "The matrix elements of the shifted sign of a blurred position are symmetric",
    equation="14",
    given=_positive,
    chain=[
        blurred_shifted_element(width, r, kn, ln),
        eq(
            blurred_shifted_element(width, r, ln, kn),
            by=[unfold(BLURRED_SHIFTED_ELEMENT), fold(blurred_shifted_element(width, r, ln, kn))],
        ),
    ],
)

UNSHIFTED = Result(
    "blurred-symmetric",
    "The matrix elements of the sign of a blurred position are symmetric",
    equation="B5",
    given=_positive,
    chain=[
        blurred_element(width, kn, ln),
        eq(
            blurred_element(width, ln, kn),
            by=[unfold(BLURRED_ELEMENT), fold(blurred_element(width, ln, kn))],
        ),
    ],
)

REAL = Result(
    "14-blurred-real",
    "The correlation of two shifted signs of blurred positions is a real number",
    equation="14",
    given=_positive,
    chain=[
        conj(_total),
        eq(
            levels(exp(I * k * turn) * c(k) * conj(c(l)) * exp(-I * l * turn) * _elements),
            by=as_(levels(exp(I * k * turn) * c(k) * conj(c(l)) * exp(-I * l * turn) * _elements)),
        ),
        eq(
            _total,
            by=[
                convert(exchange_sums, takes_given=False),
                use("14-blurred-symmetric", r=r, k=k, l=l),
                use("14-blurred-symmetric", r=rp, k=k, l=l),
            ],
        ),
    ],
)


def _real_value(state: State) -> Theorem:
    """The double sum is the correlation, its real part."""
    e = Estimates(state.given, state)
    real = real_if_self_conjugate(e.lookup("14-blurred-real"))
    symbol = blurred_shifted_correlation(width, r, rp, turn)
    value = e.under(real.conclusion).equal(symbol, _total, unfold(BLURRED_SHIFTED_CORRELATION))
    return symmetry(cut(value, real))


VALUE = Result(
    "14-blurred-value",
    "The correlation of two shifted signs of blurred positions, with its double sum in full",
    equation="14",
    given=_positive,
    chain=[
        have(
            equal(_total, blurred_shifted_correlation(width, r, rp, turn)),
            by=ProofBy("(14-blurred-real)", _real_value, ("14-blurred-real",)),
        )
    ],
)


def _of(setting: Term, point: Term) -> Term:
    """⟨k|U_φ† e_s(x) U_φ|l⟩."""
    return between(setting, k, l, effect(width, point, k, l))


_law = levels(conj(c(k)) * c(l) * (_of(phi_a, x) * _of(phi_b, y)))

SHIFTED = Result(
    "14-blurred-shifted",
    "The correlation of the signs of x + r and y + r′ for the limit distribution of POVMs with s > 0",
    equation="14",
    given=_positive,
    chain=[
        Integral(sgn(x + r) * Integral(sgn(y + rp) * _law, y), x),
        eq(
            levels(
                _weight
                * (Integral(sgn(x + r) * effect(width, x, k, l), x) * Integral(sgn(y + rp) * effect(width, y, k, l), y))
            ),
            by=[termwise(2), termwise(2)],
        ),
        eq(
            _total,
            by=[
                unfold(EFFECT),
                fold(blurred_shifted_element(width, r, k, l)),
                fold(blurred_shifted_element(width, rp, k, l)),
            ],
        ),
        eq(blurred_shifted_correlation(width, r, rp, turn), by=use("14-blurred-value")),
    ],
    note="The limit distribution of two equal widths s on Σ c_k |k⟩ ⊗ |k⟩ is that of (general-limit), c_kl = c_k δ_kl.",
)
