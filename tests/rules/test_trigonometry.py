"""Euler's formulas and the bounds on π: true in balls, and enough for the addition theorems."""

from __future__ import annotations

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.kinds import kind
from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.notation.language import I, cos, exp, log, pi, sin, sqrt, symbols
from symbolic_mqb.numerics.witness import check
from symbolic_mqb.rules.logic import fact, normal_form, transitivity
from symbolic_mqb.rules.trigonometry import archimedes, eighths_of_a_turn, euler_cosine, euler_sine
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import identity

a, b, x = symbols("a b x", "real")
(z,) = symbols("z", "complex")
(n,) = symbols("n", "nat")
(i,) = symbols("i", "int")


class _Nowhere:
    given = ()

    def lookup(self, label):
        raise KeyError(label)


STATE = Estimates((), _Nowhere())


def euler(*angles: Term) -> list:
    return [identity(rule, t) for t in angles for rule in (euler_cosine, euler_sine)]


@pytest.mark.parametrize(
    "theorem",
    [euler_cosine(z, ()), euler_sine(z, ()), eighths_of_a_turn(n, num(-1), ()), eighths_of_a_turn(n, num(1), ())],
    ids=str,
)
def test_the_formulas_hold(theorem) -> None:
    assert kind(theorem.conclusion) == "prop"
    assert check(theorem.conclusion).verdict == "agrees"


def test_addition_theorem_and_pythagoras() -> None:
    left = STATE.meeting(
        cos(a + b),
        [identity(euler_cosine, a + b)],
        cos(a) * cos(b) - sin(a) * sin(b),
        euler(a, b),
    )
    assert left.hypotheses == frozenset()
    STATE.equal(cos(z) ** 2 + sin(z) ** 2, num(1), *euler(z))
    with pytest.raises(Refused, match="not equal"):
        STATE.meeting(cos(a + b), [identity(euler_cosine, a + b)], cos(a) * cos(b) + sin(a) * sin(b), euler(a, b))


def test_arguments_have_to_be_defined() -> None:
    for rule in (euler_cosine, euler_sine):
        with pytest.raises(Refused, match="logarithm"):
            rule(log(x), ())


def test_eighths_of_a_turn() -> None:
    eighths_of_a_turn(i, num(1), (i >= 0,))
    for bad in (i, x, n / 2, n - 1):
        with pytest.raises(Refused, match="natural number"):
            eighths_of_a_turn(bad, num(1), ())
    for bad in (num(2), num(0), x):
        with pytest.raises(Refused, match="1 or −1"):
            eighths_of_a_turn(n, bad, ())
    with pytest.raises(Refused, match="not equal"):
        normal_form(exp(I * pi / 4), (1 - I) / sqrt(2), ())


def test_bounds_on_pi() -> None:
    for upper in (0, 1):
        assert check(archimedes(upper).conclusion).verdict == "agrees"
    with pytest.raises(Refused, match="asked for by 1"):
        archimedes(2)
    with pytest.raises(Refused, match="not shown"):
        fact(pi < 3, (archimedes(1).conclusion,))
    with pytest.raises(Refused):
        transitivity(archimedes(1), archimedes(0))
