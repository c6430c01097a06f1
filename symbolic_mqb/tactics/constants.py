"""Bounds of numbers: powers of e, and roots."""

from __future__ import annotations

from fractions import Fraction

from ..kernel.terms import Term, num
from ..kernel.theorem import Theorem
from ..rules.inequalities import absolute, at_most_modulus, exponential_difference, power_bound, root_of_square
from ..rules.trigonometry import archimedes
from .estimates import Estimates


def _exp(z: Term) -> Term:
    return Term("exp", (z,))


def _root(z: Term) -> Term:
    return z ** num(Fraction(1, 2))


def powers_of_e(e: Estimates) -> tuple[Theorem, Theorem]:
    """√e ≤ (32/31)¹⁶ and e ≤ (32/31)³²: e^w − 1 ≤ w e^w at w = 1/32."""
    w = num(Fraction(1, 32))
    steps = (
        (Fraction(32, 31), e.by(exponential_difference, w)),
        (Fraction(32, 31), e.by(at_most_modulus, _exp(w) - 1)),
    )
    above = e.at_most(absolute(_exp(w)), Fraction(32, 31), *steps)
    return e.by(power_bound, _exp(w), num(16), above), e.by(power_bound, _exp(w), num(32), above)


def roots(e: Estimates) -> tuple[Theorem, Theorem, Theorem]:
    """√10 ≥ 3.1622, √(10/π) ≤ 1.785 and √5 ≤ 2.24."""
    ten, over, five = (num(Fraction(*x)) for x in ((31622, 10000), (1785, 1000), (224, 100)))
    ratio = _root(num(10)) / _root(Term("pi"))
    square = e.at_most(ratio**2, over**2, (over**2 / Term("pi"), archimedes(0)))
    return (
        root_of_square(ten, e.fact(ten**2 <= 10), ()),
        root_of_square(ratio, square, ()),
        root_of_square(_root(num(5)), e.at_most(_root(num(5)) ** 2, five**2), ()),
    )
