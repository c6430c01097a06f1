"""(10) for s → 0: the Gaussian of e_s(x), as a density of x′, tends weakly to δ at x."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Abs, Integral, exp, function, pi, sqrt, symbols
from symbolic_mqb.notation.measurement import N
from symbolic_mqb.notation.objects import gaussian
from symbolic_mqb.notation.phase_space import s, x, xp
from symbolic_mqb.results import Result, eq, have
from symbolic_mqb.rules.asymptotics import weak_limit_at_point
from symbolic_mqb.rules.integrals import substitution
from symbolic_mqb.rules.logic import instantiate
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, identity, use

(u,) = symbols("u", "real")


def _weight(width: Term) -> Term:
    """e^{−(x−x′)²/(2s²)}/√(2πs²), which multiplies |x′⟩⟨x′| in (10)."""
    return exp(-((x - xp) ** 2) / (2 * width**2)) / sqrt(2 * pi * width**2)


MASS = Result(
    "10-mass",
    "The weights of |x′⟩⟨x′| in e_s(x) sum to one",
    equation="10",
    given=(s > 0,),
    chain=[
        Integral(_weight(s), xp),
        eq(
            Integral(gaussian(s, u), u),
            by=[as_(Integral(gaussian(s, xp - x), xp)), identity(substitution, function(u, gaussian(s, u - x)), 1, x)],
        ),
        eq(num(1), by=use("Gaussian-mass")),
    ],
)

DISTANCE = Result(
    "10-distance",
    "… and x′ is at a distance of at most s from x in the mean",
    equation="10",
    given=(s > 0,),
    chain=[
        Integral(_weight(s) * Abs(xp - x), xp),
        eq(
            Integral(gaussian(s, u) * Abs(u), u),
            by=[
                as_(Integral(gaussian(s, xp - x) * Abs(xp - x), xp)),
                identity(substitution, function(u, gaussian(s, u - x) * Abs(u - x)), 1, x),
            ],
        ),
    ],
)

_density = _weight(s / N)


def _weak(state: State) -> Theorem:
    """Mass and mean distance at width s/N."""
    e = Estimates((*state.given, num(1) <= N), state)
    values = ((s, s / N),)
    mass, distance, first = (
        e.meet(e.by(instantiate, e.lookup(label), values))
        for label in ("10-mass", "10-distance", "Gaussian-first-moment")
    )
    bound = e.at_most(distance.left, s * N ** num(-1), (1, distance), (1, first))
    return weak_limit_at_point(N, lam(xp, _density), x, mass, bound, state.given)


WEAK = Result(
    "10-sharp",
    "s → 0: the weights of |x′⟩⟨x′| in e_{s/N}(x) tend weakly to δ(x′ − x), e_s(x) to |x⟩⟨x|",
    equation="10",
    given=(s > 0,),
    chain=[
        have(
            Term("weak_limit", (lam(N, Term("density", (lam(xp, _density),))), Term("dirac", (x,)), s, num(1))),
            by=ProofBy("mass 1 and mean distance s/N", _weak, ("10-mass", "10-distance", "Gaussian-first-moment")),
        )
    ],
    note="For every bounded f with Lipschitz constant L, the mean of f(x′) is within Ls/N of f(x): so is "
    "⟨k|e_{s/N}(x)|l⟩ of ⟨k|x⟩⟨x|l⟩, f(x′) = ⟨k|x′⟩⟨x′|l⟩ being bounded with a bounded derivative.",
)
