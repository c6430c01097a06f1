"""Hermite polynomials as the main text defines them, and the oscillator's wave-functions (A17)."""

from __future__ import annotations

from symbolic_mqb.notation.language import (
    Coefficient,
    Derivative,
    Integral,
    conj,
    delta,
    exp,
    factorial,
    function,
    half,
    pi,
    sqrt,
    symbols,
)
from symbolic_mqb.notation.objects import HERMITE, WAVE_FUNCTION, H, He, wave
from symbolic_mqb.results import Definition, Result, eq
from symbolic_mqb.rules.integrals import gaussian_integral, integral_of_coefficient
from symbolic_mqb.rules.series import coefficient_of_exponential, coefficient_of_power
from symbolic_mqb.rules.sums import sift
from symbolic_mqb.tactics.reasons import identity, unfold, use

k, l, n = symbols("k l n", "nat")
(j,) = symbols("j", "int")
(x,) = symbols("x", "real")
y, z = symbols("y z", "complex")

RODRIGUES = Result(
    "Hermite",
    "Rodrigues' formula, the main text's definition of H_k(x)",
    chain=[
        He(n, x),
        eq(factorial(n) * H(n, x, half), by=use("A11", reverse=True)),
        eq((-1) ** n * exp(x**2 / 2) * Derivative(n, x, exp(-(x**2) / 2)), by=use("A10", a=half)),
    ],
)

A17 = Definition("A17", "The oscillator's wave-functions", wave(x, k), equation="A17")

_g = exp(-half * x**2)
_kernel = exp(x * z - half * z**2)
_both = exp(x * y - half * y**2 + x * z - half * z**2)

ORTHONORMAL = Result(
    "A17-orthonormal",
    "The wave-functions are orthonormal",
    equation="A17",
    chain=[
        Integral(conj(wave(x, k)) * wave(x, l), x),
        eq(
            1 / sqrt(2 * pi) * (1 / sqrt(factorial(k) * factorial(l))) * Integral(_g * He(k, x) * He(l, x), x),
            by=unfold(WAVE_FUNCTION),
        ),
        eq(
            sqrt(factorial(k) * factorial(l))
            / sqrt(2 * pi)
            * Integral(_g * Coefficient(l, z, Coefficient(k, y, _both)), x),
            by=unfold(HERMITE),
        ),
        eq(
            sqrt(factorial(k) * factorial(l))
            / sqrt(2 * pi)
            * Coefficient(l, z, Coefficient(k, y, Integral(_g * _both, x))),
            by=[
                identity(
                    integral_of_coefficient,
                    l,
                    function(x, _g),
                    function(x, function(z, Coefficient(k, y, _both))),
                ),
                identity(
                    integral_of_coefficient,
                    k,
                    function(x, _g * _kernel),
                    function(x, function(y, exp(x * y - half * y**2))),
                ),
            ],
        ),
        eq(
            sqrt(factorial(k) * factorial(l)) * Coefficient(l, z, Coefficient(k, y, exp(y * z))),
            by=identity(gaussian_integral, half, y + z),
        ),
        eq(
            sqrt(factorial(k) * factorial(l)) / factorial(k) * Coefficient(l, z, z**k),
            by=identity(coefficient_of_exponential, k, z),
        ),
        eq(sqrt(factorial(k) * factorial(l)) / factorial(k) * delta(k, l), by=identity(coefficient_of_power, l, k)),
        eq(
            delta(k, l),
            by=identity(sift, function(j, sqrt(factorial(j) * factorial(l)) / factorial(j)), k, l),
        ),
    ],
)
