"""How many particles may be lost before the violation of (B8) is: the blur is s² = 1/p − 1 by the corrected (13)."""

from __future__ import annotations

from fractions import Fraction

from symbolic_mqb.kernel.terms import num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bell import BEST, STANDARD, angles, blurred_correlation, chsh, settings
from symbolic_mqb.notation.language import equal, pi, sqrt, symbols
from symbolic_mqb.notation.models import best_but
from symbolic_mqb.results import Needed, Result, eq, have
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.inequalities import root_of_square
from symbolic_mqb.rules.logic import assume
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, given_that, use

width, p = symbols("s p", "real")

_at = dict(zip(angles, STANDARD, strict=True))
_parameter = chsh(lambda i, j: blurred_correlation(width, substitute(settings(i, j), _at), 3))
_value = 2 * sqrt(2) / (sqrt(5) * pi) * (4 * p + p * (2 - p) ** 2)
_given = (*BEST, width > 0, p > 0, equal(width**2, 1 / p - 1))

_no_blur = Needed(_given[3], (best_but({}), (width, 0), (p, 1)))

VALUE = Result(
    "loss-value",
    "The Bell–CHSH parameter of (B6) where each particle is detected with probability p",
    equation="13",
    given=_given,
    chain=[_parameter, eq(_value, by=[use("blurred-value"), given_that(_given[-1])])],
    needs=(_no_blur,),
    note="For projective measurements and a known number of received particles; 0 < s means p < 1.",
)

_least, _more = num(Fraction(100, 101)), 2 + num(Fraction(1, 5000))
#: The blur where one particle in 101 is lost.
_most = num(Fraction(1, 10))


def _narrow(state: State) -> Theorem:
    """s² = 1/p − 1 ≤ 1/100."""
    e = Estimates(state.given, state)
    few = e.fact(_least <= p)
    square = e.at_most(width**2, _most**2, (1, assume(_given[-1])), (1 / (_least * p), few))
    low = e.at_most(width, _most, (1, e.by(root_of_square, width, square)))
    return cut(e.under(low.conclusion).meet(e.lookup("blurred-violation")), low)


VIOLATION = Result(
    "loss-violation",
    "The violation survives the loss of one particle in 101",
    equation="13",
    given=(*_given, _least <= p),
    chain=[have(_more <= _parameter, by=ProofBy("s² = 1/p − 1 ≤ 1/100", _narrow, ("blurred-violation",)))],
    needs=(_no_blur, Needed(BEST[1], (best_but({1: num(0)}), (p, Fraction(100, 101)), (width, Fraction(1, 10))))),
    note="(loss-value) falls to 2 at p = 0.98913…; with the printed s² = 1/p³ − 1 it would at p = 0.99636….",
)
