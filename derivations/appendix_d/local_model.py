"""(D11)–(D13): two parties at α = 1, and the local model of their limit distributions."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.notation.full_coarse_graining import turn
from symbolic_mqb.notation.language import Abs, I, Sum, conj, cos, exp, pi, symbols
from symbolic_mqb.notation.rotor import (
    K,
    L,
    angle1,
    angle2,
    c2,
    f,
    g,
    hidden,
    k,
    l,
    m,
    n,
    phi_A,
    phi_B,
)
from symbolic_mqb.results import Result, eq
from symbolic_mqb.rules.intervals import interval_termwise
from symbolic_mqb.tactics.reasons import as_, convert, use

x = symbols("x", "real")[0]
zero, one = num(0), num(1)


def _four(body: Term) -> Term:
    """Σ_{klmn} body; k, m from −K to K, l, n from −L to L."""
    return Sum(Sum(Sum(Sum(body, (n, -L, L)), (m, -K, K)), (l, -L, L)), (k, -K, K))


def _plane(body: Term) -> Term:
    """∫dϕ₁dϕ₂ body over [−π, π]²."""
    return turn(turn(body, angle2), angle1)


_tests = f(cos(angle1)) * g(cos(angle2))
_weight = exp(-I * k * phi_A - I * l * phi_B) * conj(c2(k, l)) * c2(m, n) * exp(I * m * phi_A + I * n * phi_B)
_phases = exp(I * (k - m) * angle1 + I * (l - n) * angle2)
_d12 = _four(_weight * (1 / (2 * pi) ** 2) * _plane(_phases * _tests))
_amplitude = (
    1 / (2 * pi) * Sum(Sum(exp(I * k * (phi_A - angle1) + I * l * (phi_B - angle2)) * c2(k, l), (l, -L, L)), (k, -K, K))
)
_d13 = _plane(Abs(_amplitude) ** 2 * _tests)
_expanded = _plane(_four(_weight * (1 / (2 * pi) ** 2) * (_phases * _tests)))

EXPANDED = Result(
    "D13-expanded",
    "The square of (D13), multiplied out and integrated term by term",
    equation="D13",
    chain=[
        _d13,
        eq(_d12, by=[as_(_expanded), *[convert(interval_termwise)] * 8]),
    ],
)

_local = _plane(hidden(angle1, angle2) * (f(cos(angle1 + phi_A)) * g(cos(angle2 + phi_B))))

D13 = Result(
    "D13",
    "The limit distribution of two parties is that of a local model",
    equation="D13",
    chain=[
        _d12,
        eq(_d13, by=use("D13-expanded", reverse=True)),
        eq(
            _local,
            by=[
                as_(_d13),
            ],
        ),
    ],
)
