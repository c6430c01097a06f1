"""The lemma and (A10)–(A14): true as corrected, and every mutant refuted."""

import pytest

from symbolic_mqb.kernel.terms import var
from symbolic_mqb.notation.language import (
    Coefficient,
    Derivative,
    Integral,
    Sum,
    binomial,
    equal,
    exp,
    factorial,
    half,
    pi,
    sqrt,
    symbols,
    unequal,
)
from symbolic_mqb.notation.objects import H, He, gaussian
from symbolic_mqb.numerics.witness import check

m, n = symbols("m n", "nat")
x, a, b, xi, eta = symbols("x a b xi eta", "real")
alpha, beta, gamma = symbols("alpha beta gamma", "real")
y, s, z = var("y", "real"), var("s", "int"), var("z", "complex")
p = m + n - 2 * s
WIDTHS = (alpha > 0, beta > 0, gamma > 0, equal(alpha**2, beta**2 + gamma**2))
LEMMA = (n <= m, *WIDTHS)


def weight(base):
    return base / factorial(s) * binomial(p, n - s)


ONE = weight(1)


def left_A9(sign=1, top=n, factor=ONE, ratio=gamma / alpha, width=alpha):
    hermite = He(p, x / alpha) / factorial(p)
    return sign * gaussian(width, x) * Sum(factor * ratio**p * hermite, (s, 0, top))


RIGHT_A9 = Integral(
    gaussian(beta, x - y) * gaussian(gamma, y) * (He(m, y / gamma) / factorial(m)) * (He(n, y / gamma) / factorial(n)),
    y,
)
LEFT_A15 = Integral(gaussian(beta, x - y) * gaussian(gamma, y) * H(m, y / gamma, a) * H(n, y / gamma, a), y)


def right_A15(base=2 * a, scale=2 * gamma**2):
    shifted = half + (2 * a - 1) * alpha**2 / scale
    return gaussian(alpha, x) * Sum(weight(base**s) * (gamma / alpha) ** p * H(p, x / alpha, shifted), (s, 0, n))


def integral_A13(argument=eta / (2 * xi), index=a - 1 / (4 * xi), width=xi):
    left = Integral(H(n, x, a) * exp(-xi * x**2 + eta * x), x)
    return equal(left, sqrt(pi / width) * exp(eta**2 / (4 * xi)) * H(n, argument, index))


def product_A14(base=2 * a, top=n):
    return equal(H(m, x, a) * H(n, x, a), Sum(weight(base**s) * H(p, x, a), (s, 0, top)))


def rodrigues_A10(base=2 * a, sign=-1):
    derivative = Derivative(n, x, exp(-(x**2) / (4 * a)))
    return equal(H(n, x, a), sign**n * base**n / factorial(n) * exp(x**2 / (4 * a)) * derivative)


TRUE = {
    "A9": (equal(left_A9(), RIGHT_A9), LEMMA),
    "A10": (rodrigues_A10(), (unequal(a, 0),)),
    "A11": (equal(H(n, x, half), He(n, x) / factorial(n)), ()),
    "A12": (equal(H(n, b * x, b**2 * a), b**n * H(n, x, a)), ()),
    "A13": (integral_A13(), (xi > 0,)),
    "A14": (product_A14(), (n <= m,)),
    "A15": (equal(LEFT_A15, right_A15()), LEMMA),
    "gaussian integral": (
        equal(Integral(exp(-xi * y**2 + eta * y), y), sqrt(pi / xi) * exp(eta**2 / (4 * xi))),
        (xi > 0,),
    ),
    "coefficient of an integral": (
        equal(
            Integral(exp(-xi * y**2) * Coefficient(n, z, exp(y * z - a * z**2)), y),
            Coefficient(n, z, Integral(exp(-xi * y**2) * exp(y * z - a * z**2), y)),
        ),
        (xi > 0,),
    ),
}
FALSE = {
    "A9 sign": (equal(left_A9(sign=-1), RIGHT_A9), LEMMA),
    "A9 factor 2": (equal(left_A9(sign=2), RIGHT_A9), LEMMA),
    "A9 one term less": (equal(left_A9(top=n - 1), RIGHT_A9), LEMMA),
    "A9 ratio upside down": (equal(left_A9(ratio=alpha / gamma), RIGHT_A9), LEMMA),
    "A9 another width": (equal(left_A9(width=beta), RIGHT_A9), LEMMA),
    "A9 another index": (equal(left_A9(factor=1 / factorial(s) * binomial(p, n)), RIGHT_A9), LEMMA),
    "A9 without the relation of the widths": (equal(left_A9(), RIGHT_A9), (n <= m, *WIDTHS[:3])),
    "A10 sign": (rodrigues_A10(sign=1), (unequal(a, 0),)),
    "A10 factor": (rodrigues_A10(base=a), (unequal(a, 0),)),
    "A11": (equal(H(n, x, half), He(n, x)), ()),
    "A12": (equal(H(n, b * x, b * a), b**n * H(n, x, a)), ()),
    "A12 exponent": (equal(H(n, b * x, b**2 * a), b ** (n + 1) * H(n, x, a)), ()),
    "A13 argument": (integral_A13(argument=eta / xi), (xi > 0,)),
    "A13 index": (integral_A13(index=a + 1 / (4 * xi)), (xi > 0,)),
    "A13 factor": (integral_A13(width=2 * xi), (xi > 0,)),
    "A14 factor": (product_A14(base=a), (n <= m,)),
    "A14 sign": (product_A14(base=-2 * a), (n <= m,)),
    "A15 factor": (equal(LEFT_A15, right_A15(base=a)), LEMMA),
    "A15 index": (equal(LEFT_A15, right_A15(scale=gamma**2)), LEMMA),
    "gaussian integral": (
        equal(Integral(exp(-xi * y**2 + eta * y), y), sqrt(pi / xi) * exp(-(eta**2) / (4 * xi))),
        (xi > 0,),
    ),
}


@pytest.mark.parametrize("name", TRUE)
def test_true_statements_agree(name):
    evidence = check(*TRUE[name])
    assert evidence.verdict == "agrees"
    assert evidence.certified
    assert evidence.points == 5
    assert evidence.digits >= 50


@pytest.mark.parametrize("name", FALSE)
def test_mutants_are_refuted(name):
    evidence = check(*FALSE[name])
    assert evidence.verdict == "refuted"
    assert evidence.certified
    assert evidence.counterexample
    assert evidence.left != evidence.right


def test_more_digits_on_request():
    assert check(*TRUE["A9"], digits=300, points=3).digits >= 300
