"""(14): imprecise counts, of the intensity and of the particles received, are a noise added to the variable."""

from __future__ import annotations

from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Abs, Sum, sqrt, symbols
from symbolic_mqb.notation.losses import O, X_p, detected, p
from symbolic_mqb.notation.measurement import J, N, a, i, mu, tau
from symbolic_mqb.results import Result, eq, have
from symbolic_mqb.rules.inequalities import modulus_of_product, triangle
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, algebra, fold

u, v, epsilon, delta = symbols("u v ε δ", "real")
_unit = p * tau * sqrt(N)
_intensity = Sum(detected(O(i)) * a(J(i)), (i, 1, N))
_number = Sum(detected(O(i)), (i, 1, N))
_noise = (u - mu * v) / _unit

PRECISION = Result(
    "14-precision",
    "Errors u of the measured intensity and v of the number of received particles add a number to the variable (C1)",
    equation="14",
    given=(N >= 1, tau > 0, p > 0),
    chain=[
        ((_intensity + u) - mu * (_number + v)) / _unit,
        eq(Sum(detected(O(i)) * (a(J(i)) - mu), (i, 1, N)) / _unit + _noise, by=algebra),
        eq(X_p + _noise, by=fold(X_p)),
    ],
    note="With all particles received, o_i = 1 and p = 1, this is the variable of (7) at α = 1/2.",
)


def _bound(state: State) -> Theorem:
    """|u − μv| ≤ |u| + |μ||v|."""
    e = Estimates(state.given, state)
    parts = e.by(triangle, (u, -mu * v))
    product = e.by(modulus_of_product, (mu, v))
    sizes = e.fact(Abs(u) <= tau * epsilon * sqrt(N)), e.fact(Abs(v) <= tau * delta * sqrt(N))
    return e.at_most(
        Abs(_noise),
        (epsilon + Abs(mu) * delta) / p,
        *((w / _unit, t) for w, t in ((1, parts), (1, product))),
        (1 / _unit, sizes[0]),
        (Abs(mu) / _unit, sizes[1]),
    )


SIZE = Result(
    "14-precision-bound",
    "Precisions of τε√N of the intensity and τδ√N of the number of particles: a noise of at most (ε + |μ|δ)/p",
    equation="14",
    given=(N >= 1, tau > 0, p > 0, Abs(u) <= tau * epsilon * sqrt(N), Abs(v) <= tau * delta * sqrt(N)),
    chain=[have(Abs(_noise) <= (epsilon + Abs(mu) * delta) / p, by=ProofBy("the triangle inequality", _bound))],
)
