"""Integrals with a sign and over the half line, and the derivatives they need: proved in balls, refused otherwise."""

from __future__ import annotations

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, lam, num, var
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import (
    Abs,
    Derivative,
    I,
    Integral,
    conj,
    cos,
    equal,
    exp,
    log,
    oo,
    sgn,
    symbols,
    unequal,
)
from symbolic_mqb.notation.objects import He, wave
from symbolic_mqb.numerics.witness import check
from symbolic_mqb.rules.calculus import derivative_of_sum, product_rule
from symbolic_mqb.rules.half_line import half_line_primitive, sign_integral, square_of_sign
from symbolic_mqb.rules.logic import assume, fact, normal_form, symmetry
from tests.adversary.calls import forged

k, n = symbols("k n", "nat")
(i,) = symbols("i", "int")
a, x, y = symbols("a x y", "real")
z, w = symbols("z w", "complex")
g = var("g", "real->real")
bell = exp(-(x**2))
odd = (1 + x + x**3) * bell


def holds(theorem: Theorem, *given: Term) -> None:
    assert check(theorem.conclusion, given, digits=30).verdict == "agrees"


@pytest.mark.parametrize("rule", [sign_integral, square_of_sign])
def test_integrals_with_a_sign(rule) -> None:
    for body in (odd, z * odd + I * bell, exp(-(x**2) + a * x), conj(wave(x, n)) * wave(x, 2), Abs(x) * bell):
        holds(rule(lam(x, body), ()))
    rule(lam(x, g(x) * bell), ())
    for divergent in (num(1) + 0 * x, x, exp(x), exp(x**2), cos(x), sgn(x), exp(-a * x**2), 0 * g(x) + 1):
        with pytest.raises(Refused, match="integrable"):
            rule(lam(x, divergent), ())
    with pytest.raises(Refused, match="must not be zero"):
        rule(lam(x, bell / x), ())
    with pytest.raises(Refused, match="real variable"):
        rule(lam(z, exp(-(z**2))), ())


def test_the_square_of_a_sign_is_one_almost_everywhere_only() -> None:
    for false in (equal(sgn(x) ** 2, 1), equal(sgn(x) * sgn(x), 1)):
        with pytest.raises(Refused, match="not equal"):
            normal_form(*false.args, ())
    with pytest.raises(Refused, match="not equal"):
        normal_form(Integral(sgn(x) * bell, x), Integral(bell, x), ())


def primitive_of(function: Term) -> Theorem:
    """d/dx function, by algebra: its own derivative."""
    left = Derivative(1, x, function)
    return normal_form(left, left, ())


def test_the_primitive_of_a_gaussian_moment() -> None:
    """∫_0^∞ −2x e^{−x²} dx = −1, with the derivative taken by a theorem that is a premise here."""
    derivative = equal(Derivative(1, x, exp(-(x**2))), -2 * x * exp(-(x**2)))
    theorem = half_line_primitive(x, forged(frozenset(), derivative), ())
    assert theorem.right == -exp(-(num(0) ** 2))
    holds(theorem)


def test_a_primitive_on_the_half_line() -> None:
    theorem = product_rule(lam(x, num(1) + 0 * x), lam(x, bell), x, ())
    with pytest.raises(Refused, match="integrable"):  # the derivative stays a derivative: not shown to decay
        half_line_primitive(x, theorem, ())
    with pytest.raises(Refused, match="no hypothesis mentions"):
        half_line_primitive(x, assume(equal(Derivative(1, x, bell), bell)), ())
    with pytest.raises(Refused, match="no hypothesis mentions"):
        half_line_primitive(x, theorem, (x > 0,))
    with pytest.raises(Refused, match="first derivative"):
        half_line_primitive(x, symmetry(normal_form(x + 0, x, ())), ())
    with pytest.raises(Refused, match="first derivative"):  # neither a derivative nor of three arguments
        half_line_primitive(x, normal_form(exp(1), exp(1), ()), ())
    with pytest.raises(Refused, match="first derivative"):
        half_line_primitive(y, theorem, ())
    second = Derivative(2, x, bell)
    with pytest.raises(Refused, match="first derivative"):
        half_line_primitive(x, normal_form(second, second, ()), ())
    with pytest.raises(Refused, match="real variable"):
        half_line_primitive(n, theorem, ())


def test_a_primitive_that_does_not_vanish_at_infinity_is_refused() -> None:
    for function in (x, num(1) + 0 * x, cos(x), x + bell):
        with pytest.raises(Refused, match="integrable"):
            half_line_primitive(x, primitive_of(function), ())


def test_linearity_of_derivatives_and_the_product_rule() -> None:
    holds(derivative_of_sum(n, lam(x, bell + x**2 * z - cos(x)), y, ()))
    holds(product_rule(lam(x, bell * He(n, x)), lam(x, x**2 + z), y, ()))
    with pytest.raises(Refused, match="expected a sum"):
        derivative_of_sum(n, lam(x, bell), y, ())
    with pytest.raises(Refused, match="natural number"):
        derivative_of_sum(i, lam(x, bell + x), y, ())
    for rule_call in (
        lambda: derivative_of_sum(n, lam(x, bell + Abs(x)), y, ()),
        lambda: derivative_of_sum(n, lam(x, g(x) - g(x)), y, ()),
        lambda: product_rule(lam(x, Abs(x)), lam(x, Abs(x)), y, ()),
        lambda: product_rule(lam(x, sgn(x)), lam(x, x), y, ()),
        lambda: product_rule(lam(x, conj(x) * I), lam(x, g(x)), y, ()),
    ):
        with pytest.raises(Refused, match=r"entire|real number"):
            rule_call()
    with pytest.raises(Refused, match="real point"):
        product_rule(lam(x, x), lam(x, x), z, ())
    with pytest.raises(Refused, match="real variable"):
        product_rule(lam(z, z), lam(z, z), y, ())
    with pytest.raises(Refused, match="logarithm"):
        product_rule(lam(x, x), lam(x, x), log(y), ())


def test_derivatives_may_be_differentiated_again() -> None:
    inner = Derivative(1, x, Derivative(n, x, bell))
    normal_form(inner, inner, ())
    mixed = Derivative(1, x, Derivative(n, y, exp(x * y), x))
    with pytest.raises(Refused, match="entire"):
        normal_form(mixed, mixed, ())


def test_an_odd_integer_is_not_zero() -> None:
    fact(unequal(2 * n + 1 - 2 * k, 0), ())
    fact(unequal(4 * i * n - 3, 0), ())
    for even in (2 * n - 2 * k, 2 * n + 2 - 2 * k, n + 1 - k, 2 * x + 1, 2 * z + 1, i / 2 + 1, 2 * (n / 2) + 1 - k):
        with pytest.raises(Refused, match="not shown"):
            fact(unequal(even, 0), ())


def test_the_line_and_the_half_line_stay_apart() -> None:
    with pytest.raises(Refused, match="not equal"):
        normal_form(Integral(bell, x), 2 * Integral(bell, (x, 0, oo)), ())
