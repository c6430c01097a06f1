"""(11): â† and â as differential operators, p̂ = −2i d/dx."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.notation.language import Coefficient, Derivative, I, Sum, exp, function, half, sqrt, symbols
from symbolic_mqb.notation.objects import HERMITE, WAVE_FUNCTION, He, wave
from symbolic_mqb.results import Result, eq
from symbolic_mqb.rules.calculus import product_rule
from symbolic_mqb.rules.series import cauchy_product, coefficient_of_exponential, coefficient_of_square
from symbolic_mqb.tactics.reasons import as_, fold, identity, unfold, use

(l,) = symbols("l", "nat")
(q,) = symbols("q", "int")
(z,) = symbols("z", "complex")
(x,) = symbols("x", "real")

_root = exp(-(x**2) / 4)
_bell = exp(-(x**2) / 2)


def _slope(f: Term) -> Term:
    """The derivative at x."""
    return Derivative(1, x, f)


ROOT = Result(
    "ground-state-slope",
    "The derivative of e^{−x²/4}",
    equation="11",
    chain=[
        _slope(_root),
        eq(
            exp(x**2 / 4) / 2 * _slope(_bell),
            by=[
                as_(exp(x**2 / 4) / 2 * (_slope(_root) * _root + _root * _slope(_root))),
                identity(product_rule, function(x, _root), function(x, _root), x, reverse=True),
            ],
        ),
        eq(
            -x / 2 * _root,
            by=[
                as_(-_root / 2 * ((-1) ** 1 * exp(x**2 / 2) * _slope(_bell))),
                use("Hermite", reverse=True, n=1),
                use("H_1"),
            ],
        ),
    ],
)

CREATION = Result(
    "11-creation",
    "â† = (x̂ − ip̂)/2 raises the level, with p̂ = −2i d/dx",
    equation="11",
    chain=[
        (x * wave(x, l) - I * (-2 * I * _slope(wave(x, l)))) / 2,
        eq(
            -exp(x**2 / 4) * _slope(_root * wave(x, l)),
            by=[
                as_(
                    (x / 2 + exp(x**2 / 4) * _slope(_root)) * wave(x, l)
                    - exp(x**2 / 4) * (_slope(_root) * wave(x, l) + _root * _slope(wave(x, l)))
                ),
                identity(product_rule, function(x, _root), function(x, wave(x, l)), x, reverse=True),
                use("ground-state-slope"),
            ],
        ),
        eq(
            sqrt(l + 1) * wave(x, l + 1),
            by=[unfold(WAVE_FUNCTION), use("Hermite-weighted", n=l), fold(wave(x, l + 1))],
        ),
    ],
)

ANNIHILATION = Result(
    "11-annihilation",
    "â = (x̂ + ip̂)/2 lowers the level, with p̂ = −2i d/dx",
    equation="11",
    chain=[
        (x * wave(x, l + 1) + I * (-2 * I * _slope(wave(x, l + 1)))) / 2,
        eq(
            sqrt(l + 1) * wave(x, l),
            by=[
                unfold(WAVE_FUNCTION),
                identity(product_rule, function(x, _root), function(x, He(l + 1, x)), x),
                use("ground-state-slope"),
                use("Hermite-derivative", n=l),
                fold(wave(x, l)),
            ],
        ),
    ],
)

_even = exp(-half * z**2)

ZEROTH = Result(
    "H_0",
    "H₀(x) = 1",
    equation="main text, before (5)",
    chain=[
        He(0, x),
        eq(Coefficient(0, z, exp(x * z) * _even), by=unfold(HERMITE)),
        eq(
            Sum(Coefficient(q, z, exp(x * z)) * Coefficient(0 - q, z, _even), (q, 0, 0)),
            by=identity(cauchy_product, 0, function(z, exp(x * z)), function(z, _even)),
        ),
        eq(
            num(1),
            by=[
                as_(Coefficient(0, z, exp(x * z)) * Coefficient(0, z, _even)),
                identity(coefficient_of_exponential, 0, x),
                identity(coefficient_of_square, 0, function(z, exp(-half * z))),
                identity(coefficient_of_exponential, 0, -half),
            ],
        ),
    ],
)

GROUND = Result(
    "11-ground-state",
    "â annihilates the ground state",
    equation="11",
    chain=[
        (x * wave(x, 0) + I * (-2 * I * _slope(wave(x, 0)))) / 2,
        eq(
            num(0),
            by=[unfold(WAVE_FUNCTION), use("H_0"), use("H_0", x=x), use("ground-state-slope")],
        ),
    ],
)
