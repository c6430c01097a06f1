"""The combination of cosines in (B7): its maximum 2√2, where it is attained, and (B8)."""

from __future__ import annotations

from fractions import Fraction

from symbolic_mqb.kernel.terms import Term, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bell import BEST, STANDARD, angles, bell_parameter, cosines, settings
from symbolic_mqb.notation.language import I, cos, exp, pi, sin, sqrt, symbols
from symbolic_mqb.results import Result, eq, have
from symbolic_mqb.rules.inequalities import root_of_square, square_nonnegative
from symbolic_mqb.rules.logic import instantiate, symmetry, transport
from symbolic_mqb.rules.trigonometry import archimedes, eighths_of_a_turn, euler_cosine, euler_sine
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, algebra, identity, use

a, b, theta = symbols("a b θ", "real")


def _euler(*points: Term) -> list[object]:
    return [identity(rule, t, everywhere=True) for t in points for rule in (euler_cosine, euler_sine)]


ADDITION = Result(
    "cosine-of-sum",
    "The addition theorem of the cosine",
    equation="B7",
    chain=[
        cos(a + b),
        eq((exp(I * (a + b)) + exp(-I * (a + b))) / 2, by=identity(euler_cosine, a + b)),
        eq(
            (exp(I * a) + exp(-I * a)) / 2 * ((exp(I * b) + exp(-I * b)) / 2)
            - (exp(I * a) - exp(-I * a)) / (2 * I) * ((exp(I * b) - exp(-I * b)) / (2 * I)),
            by=algebra,
        ),
        eq(
            cos(a) * cos(b) - sin(a) * sin(b),
            by=[identity(rule, t, reverse=True) for t in (a, b) for rule in (euler_cosine, euler_sine)],
        ),
    ],
)

PYTHAGORAS = Result(
    "cosine-sine-squares",
    "cos² + sin² = 1",
    equation="B7",
    chain=[cos(theta) ** 2 + sin(theta) ** 2, eq(num(1), by=_euler(theta))],
)


def _tsirelson(state: State) -> Theorem:
    """2√2 − (c₁₁ + c₁₂ + c₂₁ − c₂₂) = (|u − (v + v′)/√2|² + |u′ − (v − v′)/√2|²)/√2 for unit vectors."""
    e = Estimates(state.given, state)
    root = sqrt(2)
    (u, w, v, v2) = ((cos(t), sin(t)) for t in angles)
    gaps = (
        u[0] - (v[0] + v2[0]) / root,
        u[1] + (v[1] + v2[1]) / root,
        w[0] - (v[0] - v2[0]) / root,
        w[1] + (v[1] - v2[1]) / root,
    )
    squares = [(1 / root, e.by(square_nonnegative, gap)) for gap in gaps]
    unit = e.lookup("cosine-sine-squares")
    units = [(1 / root, e.by(instantiate, unit, ((theta, t),))) for t in angles]
    addition = e.lookup("cosine-of-sum")
    sums = [
        (-1 if i == j == 1 else 1, e.by(instantiate, addition, ((a, angles[i]), (b, angles[2 + j]))))
        for i in (0, 1)
        for j in (0, 1)
    ]
    return e.at_most(cosines(), 2 * root, *squares, *units, *sums)


MAXIMUM = Result(
    "B8-maximum",
    "The combination of cosines is at most 2√2",
    equation="B8",
    chain=[
        have(
            cosines() <= 2 * sqrt(2),
            by=ProofBy("a sum of squares", _tsirelson, ("cosine-sine-squares", "cosine-of-sum")),
        )
    ],
)

_at = dict(zip(angles, STANDARD, strict=True))
_standard = substitute(cosines(), _at)
_points = [substitute(settings(i, j), _at) for i in (0, 1) for j in (0, 1)]

ATTAINED = Result(
    "B8-angles",
    "The angles 45° apart attain 2√2",
    equation="B8",
    chain=[
        _standard,
        eq(
            2 * sqrt(2),
            by=[
                *(identity(euler_cosine, t) for t in _points),
                *(identity(eighths_of_a_turn, n, sign, everywhere=True) for n in (1, 3) for sign in (1, -1)),
            ],
        ),
    ],
    note="The cosines are of sums of angles, so Bob turns backwards: with 0, 90° for Alice it is −45°, 45° for him. "
    "With 45°, 135° the combination is 0.",
)
_value = 2 * sqrt(10) / pi


_more = 2 + num(Fraction(1, 100))


def _gap(state: State) -> Theorem:
    """√10 > 3.16 and π < 22/7."""
    e = Estimates(state.given, state)
    root = root_of_square(num(Fraction(316, 100)), e.fact(num(Fraction(316, 100)) ** 2 <= 10), ())
    return e.at_most(_more, _value, (2 / pi, root), (Fraction(201, 100) / pi, archimedes(1)))


GAP = Result(
    "B8-gap",
    "2√10/π is above 2 by 1/100 at least",
    equation="B8",
    chain=[have(_more <= _value, by=ProofBy("√10 > 3.16 and π < 22/7", _gap))],
)

VALUE = Result(
    "B8-value",
    "The Bell–CHSH parameter at the standard angles",
    equation="B8",
    given=BEST,
    chain=[
        substitute(bell_parameter(3), _at),
        eq(sqrt(5) / pi * _standard, by=use("B7", {v.args[0]: t for v, t in _at.items()})),
        eq(_value, by=use("B8-angles")),
    ],
)

_parameter = substitute(bell_parameter(3), _at)


def _violation(state: State) -> Theorem:
    return transport(state.lookup("B8-gap"), (1,), symmetry(state.lookup("B8-value")), ())


B8 = Result(
    "B8",
    "The Bell inequality is violated",
    equation="B8",
    given=BEST,
    chain=[
        _parameter,
        eq(_value, by=use("B8-value")),
        have(_more <= _parameter, by=ProofBy("(B8-gap)", _violation, ("B8-gap", "B8-value"))),
    ],
)
