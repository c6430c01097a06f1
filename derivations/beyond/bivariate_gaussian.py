"""The bivariate Gaussian with covariance matrix ((V, C), (C, W)), V·W − C² = D > 0: density and transform."""

from __future__ import annotations

from symbolic_mqb.notation.language import I, Integral, exp, pi, sqrt, symbols
from symbolic_mqb.results import Result, eq
from symbolic_mqb.rules.integrals import gaussian_integral
from symbolic_mqb.tactics.reasons import as_, identity

x, y, t, u, V, C, D = symbols("x y t u V C D", "real")
#: W, from V·W = C² + D.
W = (C**2 + D) / V

_density = exp(-(W * x**2 - 2 * C * x * y + V * y**2) / (2 * D)) / (2 * pi * sqrt(D))
_slope = C * x / D + I * u

DENSITY = Result(
    "IID-density",
    "The limit's density if V_A V_B > C²: the bivariate Gaussian has the characteristic function of (IID-gaussian)",
    equation="main text, before (4)",
    given=(V > 0, D > 0),
    note="V = V_A, D = V_A V_B − C², so V_B = (C² + D)/V. For D = 0 the limit has no density in the plane: "
    "it lies on a line (or, if V_A = V_B = 0, at a point), and its characteristic function is the same expression.",
    chain=[
        Integral(Integral(_density * exp(I * (t * x + u * y)), y), x),
        eq(
            Integral(
                exp(-W * x**2 / (2 * D) + I * t * x)
                / (2 * pi * sqrt(D))
                * (sqrt(2 * pi * D / V) * exp(_slope**2 * D / (2 * V))),
                x,
            ),
            by=identity(gaussian_integral, V / (2 * D), _slope),
        ),
        eq(
            exp(-(t**2 * V + 2 * t * u * C + u**2 * W) / 2),
            by=[
                as_(
                    exp(-(u**2) * D / (2 * V))
                    / sqrt(2 * pi * V)
                    * Integral(exp(-(1 / (2 * V)) * x**2 + I * (t + u * C / V) * x), x)
                ),
                identity(gaussian_integral, 1 / (2 * V), I * (t + u * C / V)),
            ],
        ),
    ],
)
