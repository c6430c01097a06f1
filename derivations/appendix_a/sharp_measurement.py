"""s → 0: the Gaussian of (10) and (A16) tends weakly to the position projector's δ."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Abs, Coefficient, Integral, exp, function, pi, sqrt, symbols
from symbolic_mqb.notation.measurement import N
from symbolic_mqb.notation.objects import gaussian
from symbolic_mqb.results import Result, eq, have
from symbolic_mqb.rules.asymptotics import weak_limit_at_point
from symbolic_mqb.rules.inequalities import integral_of_inequality, square_nonnegative
from symbolic_mqb.rules.integrals import gaussian_integral, integral_of_coefficient
from symbolic_mqb.rules.logic import instantiate
from symbolic_mqb.rules.series import coefficient_of_exponential, coefficient_of_square
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, algebra, as_, identity

u, s = symbols("u s", "real")
(z,) = symbols("z", "complex")

MASS = Result(
    "Gaussian-mass",
    "The Gaussian of width s has mass 1",
    equation="A16",
    given=(s > 0,),
    chain=[
        Integral(gaussian(s, u), u),
        eq(
            1 / (sqrt(2 * pi) * s) * sqrt(2 * pi * s**2),
            by=[
                as_(1 / (sqrt(2 * pi) * s) * Integral(exp(-1 / (2 * s**2) * u**2 + 0 * u), u)),
                identity(gaussian_integral, 1 / (2 * s**2), 0),
            ],
        ),
        eq(num(1), by=algebra),
    ],
)

SECOND = Result(
    "Gaussian-second-moment",
    "The Gaussian of width s has variance s²",
    equation="A16",
    given=(s > 0,),
    chain=[
        Integral(gaussian(s, u) * u**2, u),
        eq(
            2 * Integral(gaussian(s, u) * Coefficient(2, z, exp(u * z)), u),
            by=[
                as_(2 * Integral(gaussian(s, u) * (u**2 / 2), u)),
                identity(coefficient_of_exponential, 2, u, reverse=True),
            ],
        ),
        eq(
            2 * Coefficient(2, z, Integral(gaussian(s, u) * exp(u * z), u)),
            by=identity(integral_of_coefficient, 2, function(u, gaussian(s, u)), function(u, function(z, exp(u * z)))),
        ),
        eq(2 * Coefficient(2, z, exp(s**2 / 2 * z**2)), by=identity(gaussian_integral, 1 / (2 * s**2), z)),
        eq(
            2 * Coefficient(1, z, exp(s**2 / 2 * z)),
            by=identity(coefficient_of_square, 1, function(z, exp(s**2 / 2 * z))),
        ),
        eq(s**2, by=identity(coefficient_of_exponential, 1, s**2 / 2)),
    ],
)


def _first_moment(state: State) -> Theorem:
    """|u| ≤ (u²/s + s)/2, integrated with the Gaussian."""
    e = Estimates(state.given, state)
    square = e.by(square_nonnegative, Abs(u) - s)
    weight = gaussian(s, u)
    pointwise = e.at_most(weight * Abs(u), weight * (u**2 / s + s) / 2, (weight / (2 * s), square))
    total = e.by(integral_of_inequality, u, pointwise)
    mass, second = e.meet(e.lookup("Gaussian-mass")), e.meet(e.lookup("Gaussian-second-moment"))
    return e.at_most(total.left, s, (1, total), (s / 2, mass), (1 / (2 * s), second))


FIRST = Result(
    "Gaussian-first-moment",
    "∫ |u| over the Gaussian of width s is at most s",
    equation="A16",
    given=(s > 0,),
    chain=[
        have(
            Integral(gaussian(s, u) * Abs(u), u) <= s,
            by=ProofBy("|u| ≤ (u²/s + s)/2", _first_moment, ("Gaussian-mass", "Gaussian-second-moment")),
        )
    ],
)

_density = gaussian(s / N, u)


def _weak(state: State) -> Theorem:
    """The moments at width s/N."""
    e = Estimates((*state.given, num(1) <= N), state)
    values = ((s, s / N),)
    mass = e.meet(e.by(instantiate, e.lookup("Gaussian-mass"), values))
    first = e.meet(e.by(instantiate, e.lookup("Gaussian-first-moment"), values))
    bound = e.at_most(Integral(_density * Abs(u - 0), u), s * N ** num(-1), (1, first))
    return weak_limit_at_point(N, lam(u, _density), num(0), mass, bound, state.given)


WEAK = Result(
    "A16-weak",
    "s → 0: the Gaussian tends weakly to δ",
    equation="A16",
    given=(s > 0,),
    chain=[
        have(
            Term(
                "weak_limit",
                (lam(N, Term("density", (lam(u, _density),))), Term("dirac", (num(0),)), s, num(1)),
            ),
            by=ProofBy("mass 1 and ∫|u| ≤ s/N", _weak, ("Gaussian-mass", "Gaussian-first-moment")),
        )
    ],
)
