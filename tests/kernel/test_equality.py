"""Atoms that are equal because their arguments are, and polynomials that vanish: what is found, and what is not."""

from __future__ import annotations

import pytest

from symbolic_mqb.kernel.canonical import Context
from symbolic_mqb.kernel.terms import Term, call, defined, lam, num, var
from symbolic_mqb.notation.language import (
    Abs,
    Integral,
    Sum,
    cos,
    equal,
    exp,
    factorial,
    half,
    oo,
    sqrt,
    symbols,
    unequal,
)

from .cases import Case, assert_same, case

k, n = symbols("k n", "nat")
s = var("s", "int")
t, x, y = symbols("t x y", "real")
E, F = symbols("E F", "nat->op")
COUNTED = defined("tr", (E, n), Term("entry", (E(n), num(0), num(0))))


def rising(n: Term, count: int) -> Term:
    """(n + 1)(n + 2)⋯(n + count)."""
    out = num(1)
    for j in range(1, count + 1):
        out = out * (n + j)
    return out


SAME: dict[str, Case] = {
    "a quotient in an argument": case(cos((x**2 + 3 * x + 2) / (x + 1)), cos(x + 2), unequal(x, -1)),
    "the same, the other way round": case(cos(x + 2), cos((x**2 + 3 * x + 2) / (x + 1)), unequal(x, -1)),
    "an equation in an argument": case(cos(x), cos(y), equal(x, y)),
    "an equation below a binder": case(Sum(cos(s * x), (s, 0, n)), Sum(cos(s * y), (s, 0, n)), equal(x, y)),
    "an equation in an exponent below a binder": case(
        Sum(exp(s * x), (s, 0, n)), Sum(exp(s * y), (s, 0, n)), equal(x, y)
    ),
    "an equation in a bound": case(Sum(cos(s * t), (s, 0, k)), Sum(cos(s * t), (s, 0, n)), equal(k, n)),
    "an equation in an index": case(call(COUNTED, E, k), call(COUNTED, E, n), equal(k, n)),
    "an equation for a denominator": case(1 / x, x / y, equal(x**2, y), unequal(x, 0), unequal(y, 0)),
    "two equations for one number": case(
        x ** (-2), t ** (-2), equal(x**2, y), equal(t**2, y), unequal(x, 0), unequal(t, 0)
    ),
    "powers that differ by one": case((x + y) ** (3 * half), x * sqrt(x + y) + y * sqrt(x + y), x + y >= 0),
    "powers that differ by one, in a denominator": case(
        1 / sqrt(x + y) - x / (x + y) ** (3 * half), y * (x + y) ** (-3 * half), x + y > 0
    ),
    "factorials": case(factorial(n + 24), factorial(n) * rising(n, 24)),
    "a factorial below a binder": case(Sum(factorial(s + 1) / (s + 1), (s, 0, n)), Sum(factorial(s), (s, 0, n))),
}


@pytest.mark.parametrize(("left", "right", "given"), SAME.values(), ids=SAME)
def test_the_same(left: Term, right: Term, given: tuple[Term, ...]) -> None:
    assert_same(left, right, given)


NOT_THE_SAME: dict[str, Case] = {
    "another function": case(call(COUNTED, E, n), call(COUNTED, F, n), equal(x, y)),
    "a function and a symbol": case(
        call(COUNTED, E, n), call(COUNTED, lam(k, E(k) + Term("identity")), n), equal(x, y)
    ),
    "another word": case(
        Term("trace", (Term("outer", (Term("word", (num(0), k)),)),)),
        Term("trace", (Term("outer", (Term("word", (num(0), n)),)),)),
    ),
    "another end": case(Integral(exp(-(x**2)), (x, -oo, 0)), Integral(exp(-(x**2)), x), equal(t, y)),
    "a bound that no equation gives": case(Sum(cos(s * t), (s, 0, k)), Sum(cos(s * t), (s, 0, n)), equal(x, y)),
    "powers of two classes": case((x + y) ** (3 * half), (x + y) ** 2, x + y >= 0),
    "factorials far apart": case(factorial(n + 25), factorial(n) * rising(n, 25)),  # true, and too long
    "another variable": case(cos((x**2 + 3 * x + 2) / (x + 1) - x), cos(num(2)), x > 0),  # true, and not compared
    "a modulus": case(Abs(x), x, equal(y, t)),
}


@pytest.mark.parametrize(("left", "right", "given"), NOT_THE_SAME.values(), ids=NOT_THE_SAME)
def test_not_the_same(left: Term, right: Term, given: tuple[Term, ...]) -> None:
    assert not Context(given).same(left, right)
