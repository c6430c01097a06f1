"""Helpers of estimates: what they prove, and that what is false is refused."""

from fractions import Fraction

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import num
from symbolic_mqb.notation.language import Abs, exp, symbols
from symbolic_mqb.rules.logic import assume
from symbolic_mqb.tactics.estimates import Estimates, by_induction, nonnegative_on_unit_interval
from symbolic_mqb.tactics.shifts import below_a_gaussian

t, w, x = symbols("t w x", "real")
UNIT = Estimates((num(0) <= t, t <= 1), None)


def test_a_polynomial_with_bernstein_coefficients_that_are_not_negative_is_not():
    theorem = nonnegative_on_unit_interval(UNIT, t, (1, -2, Fraction(3, 2)), 4)
    assert theorem.left == num(0)
    assert theorem.hypotheses <= set(UNIT.given)


@pytest.mark.parametrize(
    ("coefficients", "degree"),
    [
        ((1, -2, Fraction(1, 2)), 4),  # negative at t = 1
        ((Fraction(-1, 10), 1), 3),  # negative at t = 0
        ((Fraction(1, 4), -1, 1), 2),  # a square with a zero inside: no degree is enough
        ((Fraction(1, 4), -1, 1), 9),
    ],
)
def test_other_polynomials_are_refused(coefficients, degree):
    with pytest.raises(Refused):
        nonnegative_on_unit_interval(UNIT, t, coefficients, degree)


def test_outside_the_interval_nothing_is_known():
    for given in ((num(0) <= t,), (t <= 1,)):
        with pytest.raises(Refused):
            nonnegative_on_unit_interval(Estimates(given, None), t, (1, -2, Fraction(3, 2)), 4)


def test_a_gaussian_times_its_exponent():
    e = Estimates((num(0) <= w,), None)
    bell = exp(-w / 2)
    first, second, third = below_a_gaussian(e, w)
    assert (first.left, second.left, third.left) == (bell, (1 + w / 2) * bell, Abs(w - 1) * bell)
    with pytest.raises(Refused):
        below_a_gaussian(Estimates((), None), w)


def test_an_inequality_by_induction_needs_its_first_case_and_its_step():
    (n,) = symbols("n", "nat")

    def by(claim, *certificate):
        return by_induction(Estimates((), None), n, claim, lambda _: certificate)

    power = n + 1 <= 2**n
    assert by(power, (2, assume(power))).conclusion == power
    for wrong in (n + 2 <= 2**n, n**2 <= 2**n):  # the first fails at 0, the second at 3
        with pytest.raises(Refused):
            by(wrong, (2, assume(wrong)))
