"""(B6)–(B8): a state of dimension 3 that violates the CHSH inequality."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.notation.bell import (
    BEST,
    CORRELATION,
    STATE,
    bell_parameter,
    c,
    correlation,
    cosines,
    settings,
    sign_element,
    state,
)
from symbolic_mqb.notation.language import (
    I,
    Integral,
    Sum,
    conj,
    cos,
    equal,
    exp,
    pi,
    sqrt,
    symbols,
)
from symbolic_mqb.notation.objects import wave
from symbolic_mqb.results import Line, Result, eq, have
from symbolic_mqb.rules.trigonometry import euler_cosine
from symbolic_mqb.tactics.reasons import ProofBy, given_that, identity, prove_equation, unfold, use
from symbolic_mqb.tactics.sums import written_out

x, y, theta = symbols("x y θ", "real")
(s,) = symbols("k", "int")
_amplitudes = [given_that(h) for h in BEST]

B6 = Result(
    "B6",
    "The state that violates the CHSH inequality",
    equation="B6",
    given=BEST,
    chain=[
        state(x, y, 3),
        eq(
            2 / sqrt(10) * wave(x, 0) * wave(y, 0)
            + 1 / sqrt(2) * wave(x, 1) * wave(y, 1)
            + 1 / sqrt(10) * wave(x, 2) * wave(y, 2),
            by=[unfold(STATE), written_out, *_amplitudes],
        ),
    ],
)

NORM = Result(
    "B6-norm",
    "The state is normalised",
    equation="B6",
    given=BEST,
    chain=[
        Integral(Integral(conj(state(x, y, 3)) * state(x, y, 3), y), x),
        eq(Sum(conj(c(s)) * c(s), (s, 0, 2)), by=use("B1-norm", D=3)),
        eq(num(1), by=[written_out, *_amplitudes]),
    ],
)

_elements = [
    use("B5-symmetric", k=1, l=0),
    use("B5-symmetric", k=1, l=2),
    *(use("B5-odd", a=first, b=0, everywhere=True) for first in (0, 1)),
    *(use("B5-even", k=k, m=(k + l) // 2, everywhere=True) for k, l in ((0, 0), (1, 1), (2, 2), (0, 2), (2, 0))),
]


def _coherences(angle: Term) -> Term:
    """(2/π)(c₀*c₁e^{iθ} + c.c.) + (1/π)(c₁*c₂e^{iθ} + c.c.)."""
    first = conj(c(0)) * c(1) * exp(I * angle) + conj(c(1)) * c(0) * exp(-I * angle)
    second = conj(c(1)) * c(2) * exp(I * angle) + conj(c(2)) * c(1) * exp(-I * angle)
    return 2 / pi * first + 1 / pi * second


DIMENSION_3 = Result(
    "B4-dimension-3",
    "The correlation in a state of dimension 3",
    equation="B4",
    chain=[
        correlation(theta, 3),
        eq(_coherences(theta), by=[unfold(CORRELATION), written_out, *_elements]),
    ],
)


def _element(first: int, second: int, value: Term, *by: object) -> Line:
    """i_{kl} = value."""
    statement = equal(sign_element(first, second), value)
    return have(statement, by=ProofBy("(B5)", lambda state: prove_equation(statement, by, state), _B5))


_B5 = ("B5-symmetric", "B5-odd", "B5-even")
_first, _second = sqrt(2 / pi), 1 / sqrt(pi)
_odd = [use("B5-odd", a=first, b=0) for first in (0, 1)]

INTEGRALS = Result(
    "B6-integrals",
    "The matrix elements of the sign between the levels of the state: i₀₁, i₁₀, i₁₂, i₂₁ and no others",
    equation="B6",
    chain=[
        _element(0, 1, _first, _odd[0]),
        _element(1, 0, _first, use("B5-symmetric", k=1, l=0), _odd[0]),
        _element(2, 1, _second, _odd[1]),
        _element(1, 2, _second, use("B5-symmetric", k=1, l=2), _odd[1]),
        *(
            _element(k, l, num(0), use("B5-even", k=k, m=(k + l) // 2))
            for k, l in ((0, 0), (1, 1), (2, 2), (0, 2), (2, 0))
        ),
    ],
)

CORRELATION_B6 = Result(
    "B7-correlation",
    "The correlation in the state (B6)",
    equation="B7",
    given=BEST,
    chain=[
        correlation(theta, 3),
        eq(_coherences(theta), by=use("B4-dimension-3")),
        eq(sqrt(5) / pi * ((exp(I * theta) + exp(-I * theta)) / 2), by=_amplitudes),
        eq(sqrt(5) / pi * cos(theta), by=identity(euler_cosine, theta, reverse=True)),
    ],
)

_pairs = ((0, 0), (0, 1), (1, 0), (1, 1))

B7 = Result(
    "B7",
    "The Bell–CHSH parameter of the state (B6)",
    equation="B7",
    given=BEST,
    chain=[
        bell_parameter(3),
        eq(sqrt(5) / pi * cosines(), by=[use("B7-correlation", θ=settings(i, j)) for i, j in _pairs]),
    ],
)
