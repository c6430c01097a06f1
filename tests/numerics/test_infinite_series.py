"""Certified sums to infinity: against FLINT's functions, with an honest radius, and what has no bound."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest
from flint import acb, arb, ctx

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.notation.language import Abs, I, Series, Sum, binomial, conj, cos, exp, factorial, symbols
from symbolic_mqb.numerics.errors import Undefined, Unsupported
from symbolic_mqb.numerics.evaluate import Evaluator
from symbolic_mqb.numerics.infinite_series import Growth

k, n, s = symbols("k n s", "nat")
(x,) = symbols("x", "real")
(z,) = symbols("z", "complex")
(i,) = symbols("i", "int")
Z = acb(Fraction(-3, 4).numerator, 0) / 4 + acb(0, 2)
VALUES = {z: (Fraction(-3, 4), 2), x: Fraction(5, 2), k: 3, n: 0}


@pytest.fixture(autouse=True)
def _precision() -> Iterator[None]:
    before, ctx.prec = ctx.prec, 300
    yield
    ctx.prec = before


def flint(name: str) -> acb:
    y = acb(5) / 2
    return {
        "e^z": Z.exp(),
        "a shifted factorial": (Z.exp() - 1 - Z - Z**2 / 2) / Z**3,
        "cosh": y.cosh(),
        "Touchard": (y + 3 * y**2 + y**3) * y.exp(),
        "an exponential rate": (acb(0, 1) * y).exp().exp(),
        "I_3": y.bessel_i(acb(3)),
        "e^{|z|}": acb(abs(Z)).exp(),
        "at 0": acb(1),
        "a sum of two": Z.exp() + y.exp(),
        "a conjugate": Z.conjugate().exp(),
        "a geometric series": acb(2),
        "a negative slope": (1 / Z).exp() * Z**3,
        "two of them": Z.exp() * y.exp(),
    }[name]


TERMS = {
    "e^z": z**s / factorial(s),
    "a shifted factorial": z**s / factorial(s + k),
    "cosh": x ** (2 * s) / factorial(2 * s),
    "Touchard": s**3 * x**s / factorial(s),
    "an exponential rate": exp(I * x * s) / factorial(s),
    "I_3": (x / 2) ** (2 * s + k) / (factorial(s) * factorial(s + k)),
    "e^{|z|}": Abs(z**s) / factorial(s),
    "at 0": num(0) ** s / factorial(s),
    "a sum of two": (z**s + x**s) / factorial(s),
    "a conjugate": conj(z**s) / factorial(s),
    "a geometric series": num(Fraction(1, 2)) ** s,
    "a negative slope": z ** (k - s) / factorial(s),
    "two of them": z**s / factorial(s) * Series(x**n / factorial(n), n),
}


@pytest.mark.parametrize("name", TERMS)
@pytest.mark.parametrize("digits", [20, 50, 70])
def test_the_value_is_enclosed(name: str, digits: int) -> None:
    value = Evaluator(VALUES, digits).enclose(Series(TERMS[name], s))
    assert value.certified
    assert value.digits >= digits
    assert value.ball.overlaps(flint(name))


def test_the_radius_holds_the_tail() -> None:
    """At low precision few terms are summed; what is left out is inside the ball."""
    ctx.prec = 400
    exact = acb(40).exp()
    for bits in (30, 60, 120):
        ctx.prec = bits
        value = Evaluator({}, 1).compiler.value(Series(num(40) ** s / factorial(s), s), Evaluator({}, 1).scope())
        ctx.prec = 400
        assert value.contains(exact)
        assert value.rad() > 0


def test_a_tail_is_bounded_from_where_the_terms_fall() -> None:
    growth = Growth(arb(1), 0, arb(10), 1)
    assert growth.tail(5) is None
    for start in (20, 30):
        bound = growth.tail(start)
        assert bound is not None
        rest = sum((arb(10) ** j / arb.fac_ui(j) for j in range(start, start + 200)), arb(0))
        assert rest < bound < 3 * rest


@pytest.mark.parametrize(
    "body",
    [
        1 + 0 * s,
        factorial(s) * x**s,
        x ** (s**2) / factorial(s),
        s**s / factorial(s),
        binomial(2 * s, s) / factorial(s),
        cos(s) / factorial(s),
        Sum(x**i, (i, 0, s)) / factorial(s),
        x**s / factorial(0 * s + 3),
        1 / (s + 1),
    ],
)
def test_without_a_bound_there_is_no_value(body: Term) -> None:
    with pytest.raises(Unsupported):
        Evaluator(VALUES, 20).enclose(Series(body, s))


@pytest.mark.parametrize("body", [z**s / factorial(s - 1), num(0) ** (s - 1) / factorial(s), z**s / factorial(s + x)])
def test_a_term_without_a_value(body: Term) -> None:
    with pytest.raises(Undefined):
        Evaluator(VALUES, 20).enclose(Series(body, s))
