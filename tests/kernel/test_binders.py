"""Sums, products, integrals, expectations, coefficients, derivatives: linearity, the facts of a binder, definedness."""

from __future__ import annotations

import pytest

from symbolic_mqb.kernel.canonical import Context
from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, call, defined, lam, num, var
from symbolic_mqb.notation.language import (
    Abs,
    Coefficient,
    Derivative,
    Expectation,
    I,
    Integral,
    Product,
    Series,
    Sum,
    conj,
    cos,
    equal,
    exp,
    factorial,
    half,
    log,
    oo,
    sqrt,
    symbols,
    unequal,
)

from .cases import Case, assert_same, case

k, n = symbols("k n", "nat")
i, j, s = symbols("i j s", "int")
a, x, y = symbols("a x y", "real")
w, z = symbols("w z", "complex")
J, mu = var("J", "tuple"), var("μ", "measure")
DIRAC = Term("dirac", (y,))
UNIFORM = Term("pushforward", (num(0), num(1), lam(x, 2 * x + y), lam(x, num(1))))
RISING = Term("pushforward", (num(0), num(1), lam(x, x), lam(x, 2 * x)))


def tuples(body: Term, length: object = n, outcomes: object = k) -> Term:
    """Σ of the body over the tuples J."""
    return Term("tuples", (length + num(0), outcomes + num(0), lam(J, body)))  # type: ignore[operator]


SAME: dict[str, Case] = {
    "a root out of a sum": case(Sum(sqrt(x) * s, (s, 0, n)), sqrt(x) * Sum(s, (s, 0, n)), x >= 0),
    "a quotient out of a sum": case(Sum(s / x, (s, 0, n)), Sum(s, (s, 0, n)) / x, unequal(x, 0)),
    "a part of an exponent out of a sum": case(Sum(x ** (s + k), (s, 0, n)), x**k * Sum(x**s, (s, 0, n))),
    "a root beside a power out of a sum": case(Sum(x ** (s + half), (s, 0, n)), sqrt(x) * Sum(x**s, (s, 0, n)), x >= 0),
    "an atom out of a sum": case(
        cos(x + 2) * Sum(s, (s, 0, n)), Sum(s * cos((x**2 + 3 * x + 2) / (x + 1)), (s, 0, n)), unequal(x, -1)
    ),
    "what is defined for an index only": case(2 * Sum(s * log(n), (s, 1, n)), Sum(2 * s * log(n), (s, 1, n))),
    "an empty sum": case(Sum(s, (s, 3, 1)), 0),
    "an empty sum by a hypothesis": case(Sum(z**s * cos(z), (s, n + 2, k)), 0, k <= n),
    "a hypothesis that takes an exponent apart": case(
        Sum(x ** (s + 2), (s, -2, n)), x**2 * Sum(x**s, (s, -2, n)), unequal(x, 0)
    ),
    "a sum over tuples": case(tuples(2 * z ** J(num(1))), 2 * tuples(z ** J(num(1)))),
    "a sum over tuples, a hypothesis inside": case(tuples(Abs(x) ** J(num(1))), tuples(x ** J(num(1))), x >= 0),
    "a sum, a hypothesis inside": case(Sum(Abs(x + s), (s, 0, n)), Sum(x + s, (s, 0, n)), x >= 0),
    "a product, a hypothesis inside": case(Product(Abs(x + s), (s, 0, n)), Product(x + s, (s, 0, n)), x >= 0),
    "an integral, a hypothesis inside": case(
        Integral(Abs(x + y) ** 3, (x, 0, 1)), Integral((x + y) ** 3, (x, 0, 1)), y >= 0
    ),
    "a half-line": case(Integral(2 * exp(-(x**2)), (x, -oo, a)), 2 * Integral(exp(-(x**2)), (x, -oo, a))),
    "another half-line": case(Integral(2 * exp(-(x**2)), (x, a, oo)), 2 * Integral(exp(-(x**2)), (x, a, oo))),
    "an empty interval": case(Integral(cos(x), (x, a, a)), 0),
    "an expectation, a hypothesis inside": case(
        Expectation(cos(x * Abs(y)), (x, mu)), Expectation(cos(x * y), (x, mu)), y >= 0
    ),
    "an expectation is linear": case(Expectation(z * cos(x) + w, (x, mu)), z * Expectation(cos(x), (x, mu)) + w),
    "δ": case(Expectation(cos(x), (x, DIRAC)), cos(y)),
    "an image": case(Expectation(cos(x), (x, UNIFORM)), Integral(cos(2 * x + y), (x, 0, 1))),
    "an image, a hypothesis inside": case(
        Expectation(cos(x * Abs(a)), (x, UNIFORM)), Integral(cos((2 * x + y) * a), (x, 0, 1)), a >= 0
    ),
    "an image, a hypothesis for the bound": case(
        Expectation(exp(I * z * x), (x, UNIFORM)), Integral(exp(I * z * (2 * x + y)), (x, 0, 1)), Term("is_real", (z,))
    ),
    "an image with a density": case(Expectation(cos(x), (x, RISING)), Integral(2 * x * cos(x), (x, 0, 1))),
    "a coefficient, a hypothesis inside": case(
        Coefficient(n, z, exp(z * Abs(x))), Coefficient(n, z, exp(z * x)), x >= 0
    ),
    "a derivative, a hypothesis inside": case(
        Derivative(n, x, exp(x * Abs(y)), a), Derivative(n, x, exp(x * y), a), y >= 0
    ),
    "a series, a hypothesis inside": case(
        Series(Abs(x) ** k / factorial(k), k), Series(x**k / factorial(k), k), x >= 0
    ),
}


@pytest.mark.parametrize(("left", "right", "given"), SAME.values(), ids=SAME)
def test_the_same(left: Term, right: Term, given: tuple[Term, ...]) -> None:
    assert_same(left, right, given)


NOT_THE_SAME: dict[str, Case] = {
    "the facts of a sum": case(Sum(Abs(s - n), (s, 0, n)), Sum(s - n, (s, 0, n))),
    "the facts of a product": case(Product(Abs(s - n), (s, 0, n)), Product(s - n, (s, 0, n))),
    "the facts of a product, beyond its first factor": case(Product(Abs(1 - s), (s, 0, n)), Product(1 - s, (s, 0, n))),
    "the number of outcomes": case(tuples(z ** J(num(1))), tuples(z ** J(num(1)), outcomes=n)),
    "the length of tuples": case(tuples(z ** J(num(1))), tuples(z ** J(num(1)), length=k)),
    "a power of zero taken apart": case(Sum(x ** (s + 1), (s, -1, n)), 0, equal(x, num(0))),  # 0⁰ is a term
    "a sum that is not empty": case(Sum(z**s * cos(z), (s, n + 1, k)), 0, k <= n + 1),
    "the facts of an integral": case(Integral(Abs(x), (x, -1, 1)), Integral(x, (x, -1, 1))),
    "the facts of an expectation": case(Expectation(Abs(cos(x)), (x, mu)), Expectation(cos(x), (x, mu))),
    "a sum that may be empty": case(Sum(num(1), (s, i, j)), j - i + 1),
    "a sum of one term": case(Sum(z**s, (s, n, n + 1)), z**n),
    "a factor of each term of a product": case(Product(2 * s, (s, 0, n)), 2 * Product(s, (s, 0, n))),
    "another point": case(Derivative(n, x, cos(x), a), Derivative(n, x, cos(x), y)),
    "another order": case(Coefficient(n, z, exp(z)), Coefficient(k, z, exp(z))),
}


@pytest.mark.parametrize(("left", "right", "given"), NOT_THE_SAME.values(), ids=NOT_THE_SAME)
def test_not_the_same(left: Term, right: Term, given: tuple[Term, ...]) -> None:
    assert not Context(given).same(left, right)


UNDEFINED: dict[str, tuple[Term, tuple[Term, ...]]] = {
    "a sum from a real number": (Sum(s, (s, x, n)), ()),
    "a product to a real number": (Product(s, (s, 0, x)), ()),
    "a series of powers": (Series(x**k, k), ()),
    "a series of factorials": (Series(factorial(2 * k) / factorial(k), k), ()),
    "tuples of negative length": (tuples(z ** J(num(1)), length=i), ()),
    "tuples of a negative number of outcomes": (tuples(z ** J(num(1)), outcomes=i), ()),
    "an integral between complex numbers": (Integral(cos(x), (x, 0, z)), ()),
    "an integral from above": (Integral(cos(x), (x, y, a)), (a < y,)),
    "an expectation of what is not bounded": (Expectation(x, (x, mu)), ()),
    "δ of a complex number": (Expectation(cos(x), (x, Term("dirac", (z,)))), ()),
    "a measure that is no image": (Expectation(cos(x), (x, call(defined("ν", (y,), DIRAC), y))), ()),
    "a density": (Expectation(cos(x), (x, Term("density", (lam(x, exp(-(x**2))),)))), ()),
    "an image under a complex function": (
        Expectation(cos(x), (x, Term("pushforward", (num(0), num(1), lam(x, z * x), lam(x, num(1)))))),
        (),
    ),
    "half a coefficient": (Coefficient(half, z, exp(z)), ()),
    "a coefficient below 0": (Coefficient(i, z, exp(z)), ()),
    "a coefficient of a conjugate": (Coefficient(n, z, conj(z)), ()),
    "half a derivative": (Derivative(half, x, cos(x), y), ()),
    "a derivative below 0": (Derivative(i, x, cos(x), y), ()),
    "a derivative of a modulus": (Derivative(n, x, Abs(x), y), ()),
    "a derivative at a complex point": (Derivative(n, x, cos(x), z), ()),
}


@pytest.mark.parametrize(("term", "given"), UNDEFINED.values(), ids=UNDEFINED)
def test_not_defined(term: Term, given: tuple[Term, ...]) -> None:
    context = Context(given)
    with pytest.raises(Refused):
        context.nf(term)


def test_what_is_defined_for_an_index_only_stays_inside() -> None:
    """For i < 1 the sum is empty, and √i need not be defined."""
    assert {b.op for b in Context().nf(Sum(s * sqrt(i), (s, 1, i))).bases()} == {"sum"}
    assert {b.op for b in Context((i >= 0,)).nf(Sum(s * sqrt(i), (s, 1, i))).bases()} == {"sum", "var"}


def test_what_takes_a_power_apart_is_a_hypothesis_used() -> None:
    """The powers are natural ones; that x is not 0 makes them x²·xˢ, and then x = 0 is used."""
    context = Context((unequal(x, 0), equal(x, num(0))))
    assert context.same(Sum(x ** (s + 2), (s, -2, n)), num(0))
    assert context.used == {unequal(x, 0), equal(x, num(0))}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (Sum(x * cos(a) * s, (s, 0, n)), x * cos(y) * Sum(s, (s, 0, n))),
        (Sum(exp(x * cos(a)) * s, (s, 0, n)), exp(x * cos(y)) * Sum(s, (s, 0, n))),
    ],
)
def test_what_comes_out_of_a_binder_is_written_in_the_atoms_outside(left: Term, right: Term) -> None:
    context = Context((equal(a, y),))
    assert context.same(right, right)
    assert context.same(left, right)
    assert not Context().same(left, right)


def test_what_an_integral_over_a_point_and_an_image_rest_on() -> None:
    at_a_point, image = Context((unequal(z, 0),)), Context((Term("is_real", (z,)),))
    at_a_point.nf(Integral(1 / z, (x, y, y)))
    assert at_a_point.used == {unequal(z, 0)}
    law = Term("pushforward", (num(0), num(1), lam(x, z * x), lam(x, num(1))))
    image.nf(Term("expectation", (law, lam(y, cos(y)))))
    assert image.used == {Term("is_real", (z,))}
    with pytest.raises(Refused, match="real function"):
        Context().nf(Term("expectation", (law, lam(y, cos(y)))))
