"""The arithmetic under the canonical form."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic_mqb.kernel.canonical import Context
from symbolic_mqb.kernel.polynomial import (
    EULER,
    IMAGINARY,
    ONE,
    ZERO,
    Polynomial,
    add_exponents,
    as_polynomial,
    number,
    plain,
    power,
    scale_exponent,
    split_constant,
)
from symbolic_mqb.kernel.terms import num, var
from symbolic_mqb.notation.language import I, symbols

x, y = var("x", "real"), var("y", "real")
n, k, i = var("n", "nat"), var("k", "nat"), var("i", "int")
two = num(2)


def poly(v: object) -> Polynomial:
    return power(v, 1)  # type: ignore[arg-type]


small = st.integers(-3, 3).map(lambda c: number(Fraction(c, 2)))
polynomials = st.recursive(
    st.one_of(small, st.sampled_from([poly(x), poly(y), poly(IMAGINARY), power(x, poly(n)), power(x, -1)])),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda p: p[0] + p[1]), st.tuples(inner, inner).map(lambda p: p[0] * p[1])
    ),
    max_leaves=5,
)


@settings(max_examples=60, deadline=None)
@given(polynomials, polynomials, polynomials)
def test_the_laws_of_a_ring(a: Polynomial, b: Polynomial, c: Polynomial) -> None:
    assert a + b == b + a
    assert a * b == b * a
    assert (a + b) + c == a + (b + c)
    assert (a * b) * c == a * (b * c)
    assert a * (b + c) == a * b + a * c
    assert a - a == ZERO
    assert a * ONE == a
    assert hash(a + b) == hash(b + a)


def test_exponents_of_one_base_add() -> None:
    assert power(x, poly(n)) * power(x, -1) == power(x, poly(n) - ONE)
    assert power(x, poly(n)) * power(x, -poly(n)) == ONE
    assert power(x, Fraction(1, 2)) * power(x, Fraction(1, 2)) == poly(x)


def test_powers_of_different_bases_stay_apart() -> None:
    assert power(x, poly(n)) * power(y, poly(n)) != power(x, poly(n))


@pytest.mark.parametrize(("exponent", "value"), [(2, number(-1)), (4, ONE), (-2, number(-1)), (6, number(-1))])
def test_powers_of_i(exponent: int, value: Polynomial) -> None:
    assert power(IMAGINARY, exponent) == value


def test_i_to_multiples_of_four_times_an_integer() -> None:
    assert power(IMAGINARY, poly(n).scale(4)) == ONE
    assert power(IMAGINARY, (poly(n) * poly(i)).scale(8)) == ONE
    assert power(IMAGINARY, poly(n).scale(2)) != ONE
    assert power(IMAGINARY, poly(x).scale(4)) != ONE
    assert power(IMAGINARY, power(n, -1).scale(4)) != ONE


def test_whole_powers_of_primes_become_coefficients() -> None:
    assert power(two, 3) == number(8)
    assert power(two, Fraction(3, 2)) == power(two, Fraction(1, 2)).scale(2)
    assert power(two, Fraction(-1, 2)) == power(two, Fraction(1, 2)).scale(Fraction(1, 2))
    assert power(two, poly(n) + ONE) == power(two, poly(n)).scale(2)


def test_zero_coefficients_vanish() -> None:
    assert not (poly(x) - poly(x))
    assert not poly(x).scale(0)
    assert ZERO.constant() == 0
    assert ONE.constant() == 1
    assert (poly(x) + ONE).constant() is None


def test_a_monomial_is_one_term() -> None:
    assert poly(x).scale(3).monomial() == (frozenset({(x, Fraction(1))}), 3)
    assert (poly(x) + ONE).monomial() is None
    assert ZERO.monomial() is None


def test_exponents_collapse_to_numbers() -> None:
    assert add_exponents(poly(n), -poly(n)) == 0
    assert isinstance(add_exponents(poly(n), -poly(n)), int)
    assert scale_exponent(poly(n), Fraction(0)) == 0
    assert split_constant(poly(n) + number(3)) == (3, poly(n))
    assert as_polynomial(Fraction(2)) == number(2)


def test_e_is_a_base_like_others() -> None:
    assert power(EULER, poly(x)) * power(EULER, -poly(x)) == ONE


def test_a_sum_that_is_a_number_has_no_rest() -> None:
    assert split_constant(number(3)) == (3, 0)


def test_powers_of_i_to_multiples_of_products() -> None:
    context, (n, k), x = Context(), symbols("n k", "nat"), var("x", "real")
    assert context.same(I ** (5 * n * k), I ** (n * k))
    assert context.same(I ** (9 * n / 2), I ** (n / 2))
    assert not context.same(I ** (5 * n * x), I ** (n * x))
    assert not context.same(I ** (3 * n), I**n)
    assert context.nf(I ** (5 * n**k)) != context.nf(I ** (n**k))  # the exponent is a power: not reduced


def test_powers_of_i_are_reduced_for_integers_only() -> None:
    """i^{4n} = 1 for an integer n; for its root, or for a real x, it is not."""
    root = power(n, Fraction(1, 2))
    assert power(IMAGINARY, poly(n).scale(4)) == ONE
    for exponent in (root.scale(4), poly(x).scale(4)):
        assert power(IMAGINARY, exponent) != ONE


@pytest.mark.parametrize("shift", [2, 3, 6, 7, -1, -2])
def test_i_squared_is_minus_one_beside_a_symbol_in_the_exponent(shift: int) -> None:
    assert power(IMAGINARY, poly(n) + number(shift)) == power(IMAGINARY, poly(n) + number(shift - 2)).scale(-1)
    assert power(IMAGINARY, poly(n) + number(shift)) == power(IMAGINARY, poly(n)) * power(IMAGINARY, shift)


def test_whole_numbers_are_ints_whatever_they_were_made_of() -> None:
    assert type(plain(Fraction(2))) is int
    assert type(plain(Fraction(1, 2))) is Fraction
    halves = number(Fraction(1, 2)) + number(Fraction(1, 2))
    assert type(halves.constant()) is int


def test_nothing_is_divided_by_zero() -> None:
    assert number(6).over(3) == number(2)
    with pytest.raises(ZeroDivisionError):
        ONE.over(0)
