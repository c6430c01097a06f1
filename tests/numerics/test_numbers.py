"""Enclosures of numbers: integrals, series, exactness, precision, and what is undefined."""

from fractions import Fraction

import pytest
from flint import acb, arb, ctx

from symbolic_mqb.kernel.errors import TermError
from symbolic_mqb.kernel.terms import Term, num, var
from symbolic_mqb.notation.language import (
    Abs,
    Coefficient,
    Derivative,
    I,
    Integral,
    Min,
    Sum,
    arg,
    binomial,
    conj,
    cos,
    delta,
    exp,
    factorial,
    log,
    oo,
    pi,
    re,
    sgn,
    sin,
    sqrt,
    symbols,
)
from symbolic_mqb.notation.objects import He, wave
from symbolic_mqb.numerics.errors import Undefined, Unsupported
from symbolic_mqb.numerics.evaluate import Evaluator, enclose, precision

x, y, t, phi = symbols("x y t phi", "real")
n, N = symbols("n N", "nat")
z, w = symbols("z w", "complex")
s = var("s", "int")
f = var("f", "nat->complex")

EQUAL = {
    "a sign splits the line": (Integral(sgn(x) * wave(x, 0) * wave(x, 1), x), sqrt(2 / pi)),
    "i_12 of (B5)": (Integral(sgn(x) * wave(x, 1) * wave(x, 2), x), 1 / sqrt(pi)),
    "a modulus splits the line": (Integral(Abs(x) * exp(-(x**2)), x), num(1)),
    "a half line": (Integral(x**3 * exp(-x), (x, 0, oo)), num(6)),
    "half a Gaussian": (Integral(x**2 * exp(-(x**2)), (x, 0, oo)), sqrt(pi) / 4),
    "an interval of a Gaussian": (
        Integral(x * exp(-(x**2)), (x, -1, 2)),
        (exp(num(-1)) - exp(num(-4))) / 2,
    ),
    "bounds in the wrong order": (Integral(x**2, (x, 1, 0)), num(Fraction(-1, 3))),
    "a trigonometric polynomial": (
        Integral(4**3 * cos(phi / 2) ** 6 * exp(I * phi), (phi, -pi, pi)),
        30 * pi,
    ),
    "a square of a modulus": (Integral(Abs(exp(I * phi) + 2 * exp(-I * phi)) ** 2, (phi, -pi, pi)), 10 * pi),
    "ball quadrature": (Integral(1 / (1 + x**2), (x, -1, 1)), pi / 2),
    "ball quadrature with a root": (Integral(sqrt(1 + x), (x, 0, 3)), num(Fraction(14, 3))),
    "ball quadrature of a modulus": (Integral(Abs(1 / (x + 2 * I)) ** 2, (x, -2, 2)), pi / 4),
    "a double integral": (
        Integral(exp(-(x**2)) * Integral(exp(-((x - y) ** 2)) * y, y), x),
        num(0),
    ),
    "orthonormal": (Integral(wave(x, 5) * conj(wave(x, 5)), x), num(1)),
    "a derivative of quadrature": (
        Derivative(2, t, Integral(exp(I * t * cos(phi)), (phi, -pi, pi)), num(0)),
        -pi,
    ),
    "a mixed coefficient": (Coefficient(2, z, Coefficient(3, w, exp(z * w**2 + w))), num(0)),
    "a nested coefficient": (Coefficient(2, z, Coefficient(3, w, (1 + z + w) ** 5)), num(10)),
    "a derivative": (Derivative(3, x, sin(x) * x, num(0)), num(0)),
    "Hermite": (He(4, num(2)), num(-5)),
    "the least": (Integral(Min(x, 1 - x), (x, 0, 1)), num(Fraction(1, 4))),
    "zero to the zero": (num(0) ** 0, num(1)),
    "a principal root": (num(-4) ** Fraction(1, 2), 2 * I),
    "a principal argument": (arg(num(-3)), pi),
    "an empty sum": (Sum(1 / s, (s, 1, 0)), num(0)),
    "a binomial outside": (binomial(num(2), num(3)), num(0)),
    "delta": (delta(num(2), num(3)), num(0)),
    "a real part": (re(exp(I * pi / 3)), num(Fraction(1, 2))),
}


@pytest.mark.parametrize("name", EQUAL)
def test_certified_values(name):
    left, right = (enclose(side, {}, 40) for side in EQUAL[name])
    assert left.certified
    assert left.ball.overlaps(right.ball)
    assert min(left.digits, right.digits) >= 40
    with precision(200):
        assert not left.ball.overlaps(right.ball + acb(arb(10) ** -30))


UNDEFINED = {
    "a negative power of 0": num(0) ** -1,
    "1/(x - x)": 1 / (num(2) - num(2)),
    "a negative factorial": factorial(num(-1)),
    "the logarithm of 0": log(num(0)),
    "a divergent integral": Integral(exp(x**2), x),
    "an oscillating integral": Integral(exp(I * x), x),
    "a fractional index": binomial(num(Fraction(1, 2)), num(1)),
    "a pole in a coefficient": Coefficient(1, z, 1 / z),
    "a missing value": f(num(7)),
}


@pytest.mark.parametrize("name", UNDEFINED)
def test_undefined_terms_name_the_subterm(name):
    with pytest.raises(Undefined):
        enclose(UNDEFINED[name], {f: [1, 2]}, 30)


def test_the_undefined_subterm_is_named():
    with pytest.raises(Undefined, match=r"0\*\*-1"):
        enclose(1 + x * num(0) ** -1, {x: 2}, 30)


def test_a_conjugate_of_a_complex_variable_has_no_coefficients():
    with pytest.raises(Unsupported):
        enclose(Coefficient(1, z, conj(z)), {}, 30)


def test_an_uncertified_integral_says_so():
    result = enclose(Integral(exp(-(x**2)) / (1 + x**2), x), {}, 20)
    assert not result.certified
    assert abs(result.ball - acb("1.3432934216467351704")) < 1e-15


def test_precision_adapts_to_cancellation():
    t0 = (1 + num(10) ** -80) ** Fraction(1, 3) - 1
    result = enclose(t0, {}, 50)
    assert result.digits >= 50
    assert result.ball.overlaps(acb(arb(10) ** -80 / 3 - arb(10) ** -160 / 9))


def test_precision_is_restored():
    before = ctx.prec
    enclose(exp(num(1)), {}, 200)
    assert ctx.prec == before


def test_values_may_be_terms_in_other_variables():
    evaluator = Evaluator({x: sqrt(y), y: Fraction(1, 2)}, 60)
    assert evaluator.enclose(x**2 - y).digits >= 60
    with pytest.raises(TermError, match="refer to each other"):
        Evaluator({x: y + 1, y: x}, 20).number(x)


@pytest.mark.parametrize("value", [0.5, True, "1", 1j, None])
def test_inexact_values_are_refused(value):
    with pytest.raises(TermError):
        enclose(x + 1, {x: value}, 20)


@pytest.mark.parametrize("value", [-1, Fraction(1, 2)])
def test_a_natural_number_is_one(value):
    with pytest.raises(TermError):
        enclose(n + 1, {n: value}, 20)


def test_functions_as_lists_mappings_and_callables():
    for table in ([2, 3], {1: 2, 2: 3}, lambda i: i + 1):
        assert enclose(f(num(1)) * f(num(2)), {f: table}, 20).ball == 6


def test_infinity_is_no_number():
    with pytest.raises(TermError):
        enclose(Term("infinity") + 1, {}, 20)
