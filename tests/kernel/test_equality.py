"""Atoms that are equal because their arguments are, and polynomials that vanish: what is found, and what is not."""

from __future__ import annotations

import pytest

from symbolic_mqb.kernel.canonical import Context
from symbolic_mqb.kernel.terms import Term, call, defined, lam, num, var
from symbolic_mqb.notation.language import (
    Abs,
    I,
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
WORD = Term("word", (num(0), k))
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
    "a quotient without other powers, in an argument": case(
        cos(x + (x * y + x + y + 1) / (x + 1)), cos(x + y + 1), unequal(x, -1)
    ),
    "an equation in the exponent of a number": case(num(2) ** (k + half), sqrt(2) * num(2) ** n, equal(k, n)),
    "an equation in the exponent of i": case(I ** (k + 3), -I * I**n, equal(k, n)),
    "a ket out of a sum": case(Sum(s * WORD, (s, 0, n)), Sum(s, (s, 0, n)) * WORD),
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
    "factorials far from 0": case(factorial(n + 30), factorial(n + 29) * (n + 30)),
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
    "a quotient without other powers, in an argument": case(
        cos(x + (x * y + x + y + 1) / (x + 1)), cos(x + y), unequal(x, -1)
    ),
    "a multiple of a ket out of a sum": case(Sum(s * WORD, (s, 0, n)), 2 * Sum(s, (s, 0, n)) * WORD),
    "a bound that no equation gives": case(Sum(cos(s * t), (s, 0, k)), Sum(cos(s * t), (s, 0, n)), equal(x, y)),
    "powers of two classes": case((x + y) ** (3 * half), (x + y) ** 2, x + y >= 0),
    "factorials far apart": case(factorial(n + 25), factorial(n) * rising(n, 25)),  # true, and too long
    "another variable": case(cos((x**2 + 3 * x + 2) / (x + 1) - x), cos(num(2)), x > 0),  # true, and not compared
    "a modulus": case(Abs(x), x, equal(y, t)),
}


@pytest.mark.parametrize(("left", "right", "given"), NOT_THE_SAME.values(), ids=NOT_THE_SAME)
def test_not_the_same(left: Term, right: Term, given: tuple[Term, ...]) -> None:
    assert not Context(given).same(left, right)


def test_what_takes_too_many_steps_is_not_decided() -> None:
    """Σ_k B_k^{n+1} with B_k = x + B_{k−1}^n: multiplying out one power makes the next one expand."""
    base = x + Abs(x) ** n
    powers = base ** (n + 1)
    for _ in range(65):
        base = x + base**n
        powers = powers + base ** (n + 1)
    assert not Context().same(powers, base**n)


def test_equations_that_go_in_circles_are_left() -> None:
    """x⁻² = y² and y⁻² = x²: each multiplication by a power brings back another negative one."""
    context = Context((equal(x**2, y ** (-2)), equal(y**2, x ** (-2)), unequal(x, 0), unequal(y, 0)))
    assert not context.same(x ** (-2) * y ** (-2), 2 * x ** (-2))
    assert context.same(x**2 * y**2, num(1))
