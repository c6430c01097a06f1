"""Laws of exponents, and equations among the hypotheses: where they hold, and where they do not."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symbolic_mqb.kernel.canonical import Context
from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.notation.language import Abs, I, Integral, conj, equal, exp, half, pi, quarter, sqrt, symbols, unequal

from .cases import Case, assert_same, case

k, n = symbols("k n", "nat")
t, x, y = symbols("t x y", "real")
w, z = symbols("w z", "complex")


SAME: dict[str, Case] = {
    "a power of i beside a power of e": case(exp(pi * I * n / 2 + n), I**n * exp(n)),
    "an exponent that is no integer stays one of e": case(
        Integral(exp(-(x**2) + pi * I * x / 2), x), Integral(exp(pi * I * x / 2 - x**2), x)
    ),
    "a factor out of an integer power": case((x * y + x * t) ** n, x**n * (y + t) ** n),
    "a factor out of a root": case(sqrt(x * y + x * t), sqrt(x) * sqrt(y + t), x > 0, unequal(y + t, 0)),
    "a sign out of an integer power": case((-x - 1) ** n, (-1) ** n * (x + 1) ** n),
    "a fraction out of an integer power": case((x / 2) ** n, x**n * num(2) ** (-n)),
    "powers of a fraction": case((num(1) / 2) ** x * num(2) ** x, 1),
    "a root of a power": case((x ** (3 * half)) ** half, x ** (3 * quarter), x >= 0),
    "one over a root of a root": case(sqrt(x) ** (-half), x ** (-quarter), x >= 0, unequal(x, 0)),
    "an equation in a power": case(x**n, (y + 1) ** n, equal(x, y + 1)),
    "an equation for a square": case(x**5, y**2 * x, equal(x**2, y)),
    "an equation with a number": case(x**4, 1, equal(x**2, num(1))),
    "an equation in a symbolic power": case(x ** (n + 2), y * x**n, equal(x**2, y), unequal(x, 0)),
    "a power of a modulus": case(Abs(x) ** (5 * half), x**2 * sqrt(Abs(x))),
    "half a turn": case(exp(pi * I), -1),
    "a quarter of a turn": case(exp(pi * I / 2 + x), I * exp(x)),
    "the square of a modulus": case(Abs(z) ** 2, z * conj(z)),
}


@pytest.mark.parametrize(("left", "right", "given"), SAME.values(), ids=SAME)
def test_the_same(left: Term, right: Term, given: tuple[Term, ...]) -> None:
    assert_same(left, right, given)


NOT_THE_SAME: dict[str, Case] = {
    "a power of i beside a power of e": case(exp(pi * I * n / 2 + n), I**n),
    "a negative factor of a root": case(sqrt(x * y + x * t), sqrt(x) * sqrt(y + t), x < 0, unequal(y + t, 0)),
    "a sign of a root": case(sqrt(-x - 1), I * sqrt(x + 1), x < -1),
    "a root of a square": case(sqrt(z**2), z, unequal(z, 0)),
    "a fraction of a turn": case(exp(pi * I / 4), I * half),
    "half a turn": case(exp(pi * I), 1),
    "the sign of a fraction in a root": case(sqrt(-z / 2), sqrt(z / 2), unequal(z, 0)),
    "a root of a product": case(sqrt(w * z), sqrt(w) * sqrt(z), unequal(w, 0), unequal(z, 0)),
    "0^0 by an equation": case(x ** (3 - k), 0, equal(x**2, num(0)), k <= 3),
    "a power of a modulus": case(Abs(x) ** (5 * half), x**2),
    "the square of a complex number": case(Abs(z) ** 2, z**2),
}


@pytest.mark.parametrize(("left", "right", "given"), NOT_THE_SAME.values(), ids=NOT_THE_SAME)
def test_not_the_same(left: Term, right: Term, given: tuple[Term, ...]) -> None:
    assert not Context(given).same(left, right)


def test_an_even_power_of_the_modulus_of_a_real_number_has_no_modulus() -> None:
    assert Context().nf(Abs(x) ** 2) == Context().nf(x**2)


def test_rewriting_by_an_equation_ends() -> None:
    context = Context((equal(x**2, y),))
    assert context.reduced(context.nf(x**126)) == context.nf(y**63)
    with pytest.raises(Refused, match="does not end"):
        context.reduced(context.nf(x**128))
    context = Context((equal(x**2, num(1)),))
    assert context.reduced(context.nf(x**4)) == context.nf(num(1))


def test_high_powers_of_sums_are_not_multiplied_out() -> None:
    assert len(Context().nf((x + 1) ** 24).terms) == 25
    assert len(Context().nf((x + 1) ** 25).terms) == 1


def test_a_root_takes_out_common_factors_only_if_all_are_positive() -> None:
    """√(xz(1+w)) = √(xz)·√(1+w) fails at z = 1 + w = −1; √(x(1+w)) = √x·√(1+w) holds."""
    given = (x > 0, unequal(z, 0), unequal(1 + w, 0))
    assert Context(given).same(sqrt(x + x * w), sqrt(x) * sqrt(1 + w))
    assert not Context(given).same(sqrt(x * z + x * z * w), sqrt(x * z) * sqrt(1 + w))


HUGE = 10**40 + 1
TOO_LONG = {
    "2 to the 10¹²": num(2) ** 10**12,
    "2 to the 1000001": num(2) ** 1_000_001,
    "1/2 to the 1000001": num(Fraction(1, 2)) ** 1_000_001,
    "6 to the 10⁹": num(6) ** 10**9,
    "2 to the −10³⁰": num(2) ** -(10**30),
    "3/2 to the 10⁷": num(Fraction(3, 2)) ** 10**7,
    "2 to the n + 10¹²": num(2) ** (n + 10**12),
    "(2x) to the 10⁹": (2 * x) ** 10**9,
}


@pytest.mark.parametrize("name", TOO_LONG)
def test_a_power_that_is_too_long_a_number_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="makes a number too long"):
        Context().nf(TOO_LONG[name])


def test_a_high_power_that_is_no_long_number() -> None:
    assert Context().same(num(1) ** 10**30, num(1))
    assert Context().same(num(-1) ** (10**30 + 1), num(-1))
    assert Context().same(x**10**9 * x, x ** (10**9 + 1))
    assert Context().same(num(2) ** 999_999 * 2, num(2) ** 1_000_000)


def test_a_root_of_a_number_needs_its_prime_factors_and_a_whole_power_does_not() -> None:
    with pytest.raises(Refused, match="the prime factors of 588235294117647058823529411764705882353"):
        Context().nf(num(HUGE) ** half)
    with pytest.raises(Refused, match="the prime factors of 1000006000009"):
        Context().nf(num(1000003**2) ** half)  # the smallest prime above 10⁶
    assert Context().same(num(10**12 + 39) ** half * num(10**12 + 39) ** half, num(10**12 + 39))  # a prime
    assert Context().same(num(HUGE) ** 3, num(HUGE**3))
    assert Context().same((HUGE * x) ** 2, num(HUGE**2) * x**2)
    assert Context().same(num(Fraction(1, HUGE)) ** -2, num(HUGE**2))
    assert Context().same(num(999983**2 * 4) ** half, num(2 * 999983))  # the largest prime below 10⁶
    assert Context().same(num(12 * 10**40) ** half, 2 * 10**20 * num(3) ** half)
