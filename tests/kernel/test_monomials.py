"""Polynomials written as terms, and what is read off their monomials."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symbolic_mqb.kernel.canonical import Context
from symbolic_mqb.kernel.monomials import content_of, factorise, floor, leading, poly_term
from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.notation.language import Abs, Sum, exp, sqrt, symbols, unequal

n, k = symbols("n k", "nat")
(s,) = symbols("s", "int")
x, y = symbols("x y", "real")
w, z = symbols("w z", "complex")


def test_a_number_stands_before_its_factors() -> None:
    assert poly_term(Context().nf(x * 2 * y)).args == (num(2), x, y)
    assert poly_term(Context().nf(x - x)) == num(0)


def test_the_leading_coefficient_is_that_of_the_first_monomial_whatever_the_coefficients() -> None:
    assert leading(Context().nf(3 * x + 5)) == 5
    assert leading(Context().nf(5 * x + 3)) == 3
    assert leading(Context().nf(3 * x)) == 3


@pytest.mark.parametrize(
    ("whole", "common", "rest"),
    [
        (x * y + x * z, x, y + z),
        (x**3 * y + x**2, x**2, x * y + 1),
        (x + y, num(1), x + y),
        (x * exp(z) + y * exp(z), exp(z), x + y),
        (x**n * y + x**n * z, x**n, y + z),
        (x / y + z / y, 1 / y, x + z),
    ],
)
def test_common_factors(whole: Term, common: Term, rest: Term) -> None:
    context = Context((unequal(y, 0),))
    head, inner = content_of(context.nf(whole))
    assert ({head: 1}, inner) == (context.nf(common).terms, context.nf(rest))


def test_a_common_exponential_leaves_a_modulus() -> None:
    assert Context().same(Abs(exp(z) * x + exp(z) * w), Abs(exp(z)) * Abs(x + w))


def test_a_power_of_a_power_of_the_index_stays_inside() -> None:
    assert {b.op for b in Context((x > 0,)).nf(Sum(x ** (num(2) ** s), (s, 0, n))).bases()} == {"sum"}


@pytest.mark.parametrize(
    ("value", "primes"),
    [(1, []), (9, [(3, 2)]), (45, [(3, 2), (5, 1)]), (Fraction(8, 35), [(2, 3), (5, -1), (7, -1)]), (121, [(11, 2)])],
)
def test_prime_factors(value: int | Fraction, primes: list[tuple[int, int]]) -> None:
    assert factorise(value) == primes


def test_roots_of_numbers() -> None:
    assert Context().same(sqrt(num(45)), 3 * sqrt(num(5)))
    assert [floor(c) for c in (2, Fraction(5, 2), Fraction(-5, 2))] == [2, 2, -3]
