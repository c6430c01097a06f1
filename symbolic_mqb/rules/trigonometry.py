"""Euler's formulas, with which the canonical form decides trigonometric identities, and bounds on π."""

from __future__ import annotations

from fractions import Fraction

from ..kernel.errors import Refused
from ..kernel.functions import natural
from ..kernel.terms import Term, num
from ..kernel.theorem import Inference, rule
from .logic import Given, context, equation

_I, _PI = Term("I"), Term("pi")


def _exponential(z: Term, sign: int) -> Term:
    """e^{±iz}."""
    return Term("exp", (num(sign) * _I * z,))


@rule
def euler_cosine(z: Term, given: Given) -> Inference:
    """cos z = (e^{iz} + e^{−iz})/2 for complex z (DLMF 4.14.2)."""
    context(given).nf(z)
    return frozenset(given), equation(Term("cos", (z,)), (_exponential(z, 1) + _exponential(z, -1)) / 2)


@rule
def euler_sine(z: Term, given: Given) -> Inference:
    """sin z = (e^{iz} − e^{−iz})/(2i) for complex z (DLMF 4.14.1)."""
    context(given).nf(z)
    return frozenset(given), equation(Term("sin", (z,)), (_exponential(z, 1) - _exponential(z, -1)) / (2 * _I))


@rule
def eighths_of_a_turn(n: Term, sign: Term, given: Given) -> Inference:
    """e^{±iπn/4} = ((1 ± i)/√2)ⁿ for natural n: cos(π/4) = sin(π/4) = 1/√2 (DLMF Table 4.17.1)."""
    ctx = context(given)
    natural(ctx, n)
    if sign not in (num(1), num(-1)):
        raise Refused("the sign is 1 or −1", sign)
    root = (1 + sign * _I) / num(2) ** Fraction(1, 2)
    return frozenset(given), equation(Term("exp", (sign * _I * _PI / 4 * n,)), root**n)


@rule
def archimedes(upper: int) -> Inference:
    """223/71 < π, and (upper) π < 22/7 (DLMF 3.12.1; Archimedes, Measurement of a Circle)."""
    if upper not in (0, 1):
        raise Refused("the upper bound is asked for by 1, the lower one by 0")
    sides = (_PI, num(Fraction(22, 7))) if upper else (num(Fraction(223, 71)), _PI)
    return frozenset(), Term("lt", sides)


RULES = (euler_cosine, euler_sine, eighths_of_a_turn, archimedes)
