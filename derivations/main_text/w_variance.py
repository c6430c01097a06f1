"""The W state: the variance of one particle's outcome tends to σ², with its rate."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Abs
from symbolic_mqb.notation.measurement import A2, A, N, entry
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.inequalities import modulus_of_product, triangle
from symbolic_mqb.rules.logic import rewrite
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.rates import from_rate
from symbolic_mqb.tactics.reasons import ProofBy, State

one = num(1)
_here = "main text, W state"
_mean = (1 - 1 / N) * entry(A, 0, 0) + 1 / N * entry(A, 1, 1)
_variance = entry(A2, 0, 0) - entry(A, 0, 0) ** 2
_second = (1 - 1 / N) * entry(A2, 0, 0) + 1 / N * entry(A2, 1, 1)
_spread = _second - _mean**2
_lower = entry(A2, 1, 1) - entry(A2, 0, 0) + 2 * entry(A, 0, 0) * (entry(A, 0, 0) - entry(A, 1, 1))
_gap = entry(A, 0, 0) - entry(A, 1, 1)
_distance = Term("add", (_spread, Term("mul", (num(-1), _variance))))


_slope = (Abs(_lower) + Abs(_gap) ** 2) * N ** num(-1)


def _variance_distance(state: State) -> Theorem:
    """⟨A²⟩ − ⟨A⟩² − σ² = (…)/N − (A₀₀ − A₁₁)²/N²."""
    e = Estimates(state.given, state)
    parts = (_lower, 1 / N), (_gap, _gap, -(N ** num(-2)))
    terms = tuple(Term("mul", p) for p in parts)
    difference = rewrite(Abs(_distance), (0,), e.equal(_distance, Term("add", terms)), ())
    products = [(1, e.by(modulus_of_product, p)) for p in parts]
    smaller = (Abs(_gap) ** 2, e.fact(N ** num(-2) <= N ** num(-1)))
    return e.at_most(difference.left, _slope, (1, difference), (1, e.by(triangle, terms)), *products, smaller)


SPREAD_RATE = Result(
    "W-variance-rate",
    "⟨A²⟩ − ⟨A⟩² on the W state and σ²: at most C/N apart",
    equation=_here,
    given=(one <= N,),
    chain=[
        have(
            Abs(_distance) <= _slope,
            by=ProofBy("the means of (W-mean); the difference is of order 1/N", _variance_distance),
        )
    ],
)

SPREAD = Result(
    "W-variance",
    "⟨A²⟩ − ⟨A⟩² on the W state tends to σ² = ⟨0|A²|0⟩ − ⟨0|A|0⟩²",
    equation=_here,
    chain=[
        have(
            Term("limit", (lam(N, _spread), _variance)),
            by=from_rate("W-variance-rate"),
        )
    ],
)
