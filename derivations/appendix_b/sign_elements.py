"""(B5) in closed form: the matrix elements of sgn(x) between the oscillator's states."""

from __future__ import annotations

from typing import Any

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bell import SIGN_ELEMENT, sign_element
from symbolic_mqb.notation.language import (
    Coefficient,
    Derivative,
    Integral,
    conj,
    equal,
    exp,
    factorial,
    function,
    half,
    oo,
    pi,
    sgn,
    sqrt,
    symbols,
)
from symbolic_mqb.notation.objects import HERMITE, WAVE_FUNCTION, He, wave
from symbolic_mqb.results import Definition, Result, eq, have
from symbolic_mqb.rules.calculus import (
    derivative_of_coefficient,
    derivative_of_derivative,
    derivative_of_sum,
    product_rule,
)
from symbolic_mqb.rules.half_line import half_line_primitive, sign_integral
from symbolic_mqb.rules.logic import transitivity
from symbolic_mqb.rules.series import coefficient_of_exponential, coefficient_of_square, coefficient_scaling
from symbolic_mqb.tactics.positions import same
from symbolic_mqb.tactics.reasons import ProofBy, State, algebra, as_, fold, identity, unfold, use

a, b, k, l, m, n = symbols("a b k l m n", "nat")
(x,) = symbols("x", "real")
(z,) = symbols("z", "complex")

B5 = Definition("B5", "The matrix elements of the sign of the position", sign_element(k, l), equation="B5")

_bell = exp(-(x**2) / 2)
_kernel = exp(x * z - half * z**2)

PARITY = Result(
    "Hermite-parity",
    "The Hermite polynomials are even or odd",
    equation="B5",
    chain=[
        He(n, -x),
        eq(factorial(n) * Coefficient(n, z, exp(x * (-1 * z) - half * (-1 * z) ** 2)), by=unfold(HERMITE)),
        eq(
            factorial(n) * (-1) ** n * Coefficient(n, z, _kernel),
            by=identity(coefficient_scaling, n, function(z, _kernel), -1),
        ),
        eq((-1) ** n * He(n, x), by=fold(He(n, x))),
    ],
)

DERIVATIVE = Result(
    "Hermite-derivative",
    "The derivative of a Hermite polynomial",
    equation="B5",
    chain=[
        Derivative(1, x, He(n + 1, x)),
        eq(
            factorial(n + 1) * Coefficient(n, z, _kernel),
            by=[
                unfold(HERMITE),
                identity(derivative_of_coefficient, 1, n + 1, 1, function(z, exp(-half * z**2)), x),
            ],
        ),
        eq((n + 1) * He(n, x), by=fold(He(n, x))),
    ],
)

WEIGHTED = Result(
    "Hermite-weighted",
    "The derivative of a Hermite polynomial times its Gaussian",
    equation="B5",
    chain=[
        Derivative(1, x, _bell * He(n, x)),
        eq((-1) ** n * Derivative(1, x, Derivative(n, x, _bell)), by=use("Hermite", x=x)),
        eq(
            (-1) ** n * Derivative(n + 1, x, _bell),
            by=identity(derivative_of_derivative, 1, n, function(x, _bell), x),
        ),
        eq(-_bell * He(n + 1, x), by=use("Hermite", reverse=True, n=n + 1)),
    ],
)

_primitive = _bell * He(k, x) * He(l + 1, x) - _bell * He(l, x) * He(k + 1, x)

WRONSKIAN = Result(
    "Hermite-Wronskian",
    "A primitive of the product of two Hermite polynomials with their Gaussian",
    equation="B5",
    chain=[
        Derivative(1, x, _primitive),
        eq(
            Derivative(1, x, _bell * He(k, x) * He(l + 1, x)) - Derivative(1, x, _bell * He(l, x) * He(k + 1, x)),
            by=identity(derivative_of_sum, 1, function(x, _primitive), x),
        ),
        eq(
            Derivative(1, x, _bell * He(k, x)) * He(l + 1, x)
            + _bell * He(k, x) * Derivative(1, x, He(l + 1, x))
            - Derivative(1, x, _bell * He(l, x)) * He(k + 1, x)
            - _bell * He(l, x) * Derivative(1, x, He(k + 1, x)),
            by=[
                identity(product_rule, function(x, _bell * He(k, x)), function(x, He(l + 1, x)), x),
                identity(product_rule, function(x, _bell * He(l, x)), function(x, He(k + 1, x)), x),
            ],
        ),
        eq(
            (l - k) * _bell * He(k, x) * He(l, x),
            by=[
                use("Hermite-weighted", n=k),
                use("Hermite-weighted", n=l),
                use("Hermite-derivative", n=l),
                use("Hermite-derivative", n=k),
            ],
        ),
    ],
)


_at_zero = He(l, 0) * He(k + 1, 0) - He(k, 0) * He(l + 1, 0)


def _half_line(state: State) -> Theorem:
    theorem = half_line_primitive(x, state.lookup("Hermite-Wronskian"), ())
    return transitivity(theorem, same(theorem.right, _at_zero, ()))


HALF_LINE = Result(
    "Hermite-half-line",
    "The product of two Hermite polynomials with their Gaussian over the half line",
    equation="B5",
    chain=[
        have(
            equal(Integral((l - k) * _bell * He(k, x) * He(l, x), (x, 0, oo)), _at_zero),
            by=ProofBy("the fundamental theorem of calculus", _half_line, ("Hermite-Wronskian",)),
        )
    ],
)

EVEN_AT_ZERO = Result(
    "Hermite-even-at-0",
    "He_{2n}(0)",
    equation="B5",
    chain=[
        He(2 * n, 0),
        eq(factorial(2 * n) * Coefficient(2 * n, z, exp(-half * z**2)), by=unfold(HERMITE)),
        eq(
            factorial(2 * n) * Coefficient(n, z, exp(-half * z)),
            by=identity(coefficient_of_square, n, function(z, exp(-half * z))),
        ),
        eq((-1) ** n * factorial(2 * n) / (2**n * factorial(n)), by=identity(coefficient_of_exponential, n, -half)),
    ],
)

ODD_AT_ZERO = Result(
    "Hermite-odd-at-0",
    "He_{2n+1}(0)",
    equation="B5",
    chain=[
        He(2 * n + 1, 0),
        eq(half * He(2 * n + 1, 0) + half * He(2 * n + 1, -num(0)), by=algebra),
        eq(
            half * He(2 * n + 1, 0) + half * (-1) ** (2 * n + 1) * He(2 * n + 1, 0),
            by=use("Hermite-parity", n=2 * n + 1, x=0),
        ),
        eq(num(0), by=algebra),
    ],
)


def _weight(first: Term, second: Term) -> Term:
    """1/√(2π k! l!)."""
    return 1 / sqrt(2 * pi) * (1 / sqrt(factorial(first) * factorial(second)))


def _folded(first: Term, second: Term) -> Term:
    """The integrand without the sign and the constants, minus its reflection."""
    return _bell * He(first, x) * He(second, x) - _bell * He(first, -x) * He(second, -x)


def _opening(first: Term, second: Term) -> list[Any]:
    """i_{kl} as an integral over the half line."""
    product = _bell * He(first, x) * He(second, x)
    return [
        sign_element(first, second),
        eq(
            _weight(first, second) * Integral(sgn(x) * product, x),
            by=[unfold(SIGN_ELEMENT), unfold(WAVE_FUNCTION)],
        ),
        eq(
            _weight(first, second) * Integral(_folded(first, second), (x, 0, oo)),
            by=identity(sign_integral, function(x, product)),
        ),
    ]


SYMMETRIC = Result(
    "B5-symmetric",
    "The matrix elements of the sign are symmetric",
    equation="B5",
    chain=[
        sign_element(k, l),
        eq(
            Integral(sgn(x) * conj(wave(x, l)) * wave(x, k), x),
            by=unfold(SIGN_ELEMENT),
        ),
        eq(sign_element(l, k), by=fold(sign_element(l, k))),
    ],
)

EVEN = Result(
    "B5-even",
    "The matrix elements of the sign vanish where k + l is even",
    equation="B5",
    given=(k <= 2 * m,),
    chain=[
        *_opening(k, 2 * m - k),
        eq(num(0), by=[use("Hermite-parity", n=k, x=x), use("Hermite-parity", n=2 * m - k, x=x)]),
    ],
)

_k, _l = 2 * a, 2 * b + 1
_root = sqrt(factorial(_k) * factorial(_l))

ODD = Result(
    "B5-odd",
    "The matrix elements of the sign where k + l is odd, in closed form",
    equation="B5",
    chain=[
        *_opening(_k, _l),
        eq(
            2 * _weight(_k, _l) * Integral(_bell * He(_k, x) * He(_l, x), (x, 0, oo)),
            by=[use("Hermite-parity", n=_k, x=x), use("Hermite-parity", n=_l, x=x)],
        ),
        eq(
            -2 * _weight(_k, _l) / (_l - _k) * He(_k, 0) * He(_l + 1, 0),
            by=[
                as_(2 * _weight(_k, _l) / (_l - _k) * Integral((_l - _k) * _bell * He(_k, x) * He(_l, x), (x, 0, oo))),
                use("Hermite-half-line", k=_k, l=_l),
                use("Hermite-odd-at-0", n=b),
            ],
        ),
        eq(
            sqrt(2 / pi) * ((-1) ** (a + b) / (_l - _k)) * (_root / (2 ** (a + b) * factorial(a) * factorial(b))),
            by=[use("Hermite-even-at-0", n=a), use("Hermite-even-at-0", n=b + 1)],
        ),
    ],
)
