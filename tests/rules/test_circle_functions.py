"""Integrals of functions of an angle, images of densities, functions of integers: what is proved, what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from symbolic_mqb.kernel.canonical import Context
from symbolic_mqb.kernel.errors import Refused, TermError
from symbolic_mqb.kernel.kinds import kind
from symbolic_mqb.kernel.terms import Term, call, defined, lam, num, var
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import (
    Abs,
    Expectation,
    I,
    Integral,
    Sum,
    cos,
    equal,
    exp,
    oo,
    pi,
    sgn,
    sin,
    symbols,
)
from symbolic_mqb.numerics.witness import check
from symbolic_mqb.rules.circle_functions import (
    cosine_substitution,
    derivative_of_cosine,
    periodic_shift,
    reflect_interval,
    split_interval,
)
from symbolic_mqb.rules.expectation import expectation_of_inequality
from symbolic_mqb.rules.logic import fact, instantiate, normal_form

k, l = symbols("k l", "int")
(K,) = symbols("K", "nat")
u, x, y, a, b = symbols("u x y a b", "real")
(z,) = symbols("z", "complex")
f, g = symbols("f g", "real->real")
c, c2 = var("c", "int->complex"), var("c", "int,int->complex")
(mu,) = symbols("μ", "measure")
zero, one = num(0), num(1)


def turn(body: Term, v: Term = u) -> Term:
    return Integral(body, (v, -pi, pi))


def image(function: Term, density: Term, low: Term = -pi, high: Term = pi) -> Term:
    return Term("pushforward", (low, high, lam(u, function), lam(u, density)))


@pytest.mark.parametrize(
    "theorem",
    [
        lambda: periodic_shift(lam(u, exp(I * (k - l) * u + I * x * cos(u))), y, ()),
        lambda: periodic_shift(lam(u, f(cos(u)) * g(sin(2 * u))), y, ()),
        lambda: periodic_shift(lam(u, Abs(Sum(c(k) * exp(I * k * u), (k, -K, K))) ** 2), u, ()),
        lambda: split_interval(zero, x, one, lam(u, exp(z * u)), (x >= 0, x <= 1)),
        lambda: reflect_interval(zero, one, lam(u, exp(z * u)), ()),
        lambda: reflect_interval(-pi, zero, lam(u, f(cos(u)) * exp(I * k * u)), ()),
        lambda: cosine_substitution(zero, pi, lam(x, x**2 + 3), ()),
        lambda: cosine_substitution(zero, pi / 2, lam(x, exp(x)), (cos(pi / 2) <= 1,)),
        lambda: derivative_of_cosine(x, ()),
    ],
)
def test_what_is_proved_is_true(theorem: Callable[[], Theorem]) -> None:
    made = theorem()
    assert check(made.conclusion, made.hypotheses, digits=30, points=4).verdict == "agrees"


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "∫ (u + c) = ∫ u over [−π, π]": (lambda: periodic_shift(lam(u, u), y, ()), "not shown to be periodic"),
    "∫ e^{i(u+c)/2} = ∫ e^{iu/2}": (lambda: periodic_shift(lam(u, exp(I * u / 2)), y, ()), "not shown to be periodic"),
    "∫ e^{ix(u+c)} = ∫ e^{ixu} for a real x": (
        lambda: periodic_shift(lam(u, exp(I * x * u)), y, ()),
        "not shown to be periodic",
    ),
    "∫ cos(u/2 + c/2) = ∫ cos(u/2)": (lambda: periodic_shift(lam(u, cos(u / 2)), y, ()), "not shown to be periodic"),
    "a period in a hypothesis about the variable": (
        lambda: periodic_shift(lam(u, u), y, (equal(u, 0),)),
        "not shown to be periodic",
    ),
    "a complex shift": (lambda: periodic_shift(lam(u, f(cos(u))), z, ()), "shifted by a real number"),
    "a shift over the line": (lambda: periodic_shift(lam(u, 1 / u), y, ()), "must not be zero"),
    "∫_0^1 = ∫_0^2 + ∫_2^1": (lambda: split_interval(zero, num(2), one, lam(u, u), ()), "lower bound at or below"),
    "∫_0^1 = ∫_0^x + ∫_x^1 for any x": (lambda: split_interval(zero, x, one, lam(u, u), ()), "lower bound"),
    "a split of a divergent integral": (lambda: split_interval(zero, one, oo, lam(u, one), ()), "over a finite"),
    "a reflection of a divergent integral": (lambda: reflect_interval(zero, oo, lam(u, one), ()), "over a finite"),
    "a reflection with the bounds exchanged": (lambda: reflect_interval(one, zero, lam(u, u), ()), "lower bound"),
    "a reflection across a pole": (lambda: reflect_interval(-one, one, lam(u, 1 / u), ()), "must not be zero"),
    "x = cos θ beyond [0, π], where it is not monotone": (
        lambda: cosine_substitution(zero, 2 * pi, lam(x, x), ()),
        "between 0 and π",
    ),
    "x = cos θ on [−π, 0], where sin θ ≤ 0": (
        lambda: cosine_substitution(-pi, zero, lam(x, x), ()),
        "between 0 and π",
    ),
    "x = cos θ with a pole inside": (lambda: cosine_substitution(zero, pi, lam(x, 1 / x), ()), "must not be zero"),
    "the derivative of cos at a complex point": (lambda: derivative_of_cosine(z, ()), "at a real point"),
}


@pytest.mark.parametrize("falsehood", REFUSED)
def test_falsehoods_are_refused(falsehood: str) -> None:
    attempt, reason = REFUSED[falsehood]
    with pytest.raises(Refused, match=reason):
        attempt()


def test_the_shifted_variable_is_not_captured() -> None:
    theorem = periodic_shift(lam(u, exp(I * k * u)), u, ())
    assert u in theorem.left.free
    assert u not in theorem.right.free


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (cos(x + 2 * pi * k), cos(x)),
        (cos(x + pi), -cos(x)),
        (cos(-x), cos(x)),
        (sin(-x), -sin(x)),
        (sin(x - pi * k), (-1) ** k * sin(x)),
        (cos(pi), num(-1)),
        (sin(zero), zero),
        (cos(y - x), cos(x - y)),
        (sin(z + 3 * pi), -sin(z)),
    ],
)
def test_cosine_and_sine_are_periodic_even_and_odd(left: Term, right: Term) -> None:
    theorem = normal_form(left, right, ())
    assert check(theorem.conclusion, (), digits=30).verdict == "agrees"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (cos(x + pi * y), cos(x)),
        (cos(x + pi / 2), cos(x)),
        (cos(x + pi * k), cos(x)),
        (sin(-x), sin(x)),
        (sin(x + pi), sin(x)),
        (cos(x + pi**2), -cos(x)),
        (cos(x + 2 * pi * I), cos(x)),
        (cos(x + pi * k / 2), cos(x)),
    ],
)
def test_false_periods(left: Term, right: Term) -> None:
    with pytest.raises(Refused, match="not equal by algebra"):
        normal_form(left, right, ())


def test_the_expectation_of_an_image_is_an_integral_over_the_interval() -> None:
    law = image(cos(u), Abs(c(1)) ** 2 / (2 * pi))
    whole = Expectation(f(x), (x, law))
    theorem = normal_form(whole, turn(f(cos(u)) * (Abs(c(1)) ** 2 / (2 * pi))), ())
    assert check(theorem.conclusion, (), digits=30).verdict == "agrees"
    named = call(defined("μ_c", (c,), law), c)
    assert normal_form(Expectation(f(x), (x, named)), whole, ())


def test_falsehoods_about_images() -> None:
    with pytest.raises(Refused, match="not equal by algebra"):  # no image is a probability measure by itself
        normal_form(Expectation(one, (x, image(cos(u), one))), one, ())
    with pytest.raises(Refused, match="bounded"):
        normal_form(Expectation(x, (x, image(cos(u), one))), zero, ())
    with pytest.raises(Refused, match="real function"):
        normal_form(Expectation(f(x), (x, image(z * u, one))), zero, ())
    with pytest.raises(Refused, match="must not be zero"):
        normal_form(Expectation(f(x), (x, image(cos(u), 1 / u))), zero, ())
    with pytest.raises(Refused, match="integrable"):
        normal_form(Expectation(f(x), (x, image(cos(u), one, zero, oo))), zero, ())
    with pytest.raises(Refused, match="lower bound at or below"):
        normal_form(Expectation(f(x), (x, image(cos(u), one, one, zero))), zero, ())
    with pytest.raises(Refused, match="an image"):
        normal_form(Expectation(f(x), (x, Term("density_on", (zero, one, lam(u, one))))), zero, ())
    with pytest.raises(Refused, match="measure of an expectation is a variable"):  # the density may be negative
        expectation_of_inequality(image(cos(u), -one), x, fact(zero <= one, ()), ())
    with pytest.raises(Refused, match="stands for measure"):
        instantiate(normal_form(Expectation(one, (x, mu)), one, ()), ((mu, image(cos(u), one)),), ())


def test_waves_are_bounded_and_other_exponentials_are_not() -> None:
    assert normal_form(Expectation(exp(I * y * x + z), (x, mu)), exp(z) * Expectation(exp(I * y * x), (x, mu)), ())
    for body in (exp(x), exp(z * x), exp(I * x * z), exp(I * x + x), exp(Expectation(f(y), (y, mu)) * x)):
        with pytest.raises(Refused, match="bounded"):
            normal_form(Expectation(body, (x, mu)), zero, ())


def test_functions_of_integers() -> None:
    assert Context(()).same(c(k + l), c(l + k))
    assert Context(()).same(c2(k, l), c2(k + 0, l))
    with pytest.raises(Refused, match="not equal by algebra"):
        normal_form(c2(k, l), c2(l, k), ())
    for bad in (c(x), c2(k, x), c(num(1) / 2)):
        with pytest.raises(Refused, match="taken at integers"):
            Context(()).nf(bad)
    for wrong in (c(k, l), c2(k), Term("app", (c,)), f(x, y)):
        with pytest.raises(TermError, match=r"wrong number|takes numbers"):
            kind(wrong)
    theorem = normal_form(c(k) + c(l), c(l) + c(k), ())
    assert instantiate(theorem, ((c, lam(k, exp(I * k))),), ()).left == exp(I * k) + exp(I * l)
    for value in (lam(K, num(1)), lam(k, num(1) / k)):
        with pytest.raises(Refused, match=r"variable of sort|must not be zero"):
            instantiate(theorem, ((c, value),), ())
    with pytest.raises(Refused):
        instantiate(normal_form(c2(k, l), c2(k, l), ()), ((c2, lam(k, num(1))),), ())


def test_a_function_with_a_jump_is_no_periodic_one() -> None:
    with pytest.raises(Refused, match="not shown to be periodic"):
        periodic_shift(lam(u, sgn(u)), x, ())
