"""The Lemma (A9) again, by the heat semigroup: Gaussians are convolved and differentiated.

By Rodrigues' formula each term of the sum is a derivative of a Gaussian of width α. That Gaussian is
the convolution of those of widths β and γ, the derivatives may act on the factor of width γ alone,
and there Leibniz' formula, read backwards, turns their sum into the product of the two polynomials.
No generalised Hermite polynomial, and no generating function of a product, occurs.
"""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term
from symbolic_mqb.notation.language import (
    Coefficient,
    Derivative,
    Integral,
    Sum,
    binomial,
    equal,
    exp,
    factorial,
    function,
    half,
    symbols,
)
from symbolic_mqb.notation.objects import HERMITE, He, gaussian
from symbolic_mqb.results import Result, eq
from symbolic_mqb.rules.calculus import (
    derivative_of_coefficient,
    derivative_of_convolution,
    derivative_of_derivative,
    leibniz_inverted,
)
from symbolic_mqb.rules.integrals import gaussian_integral, integral_termwise
from symbolic_mqb.rules.series import taylor
from symbolic_mqb.tactics.reasons import algebra, fold, identity, unfold, use

k, m, n = symbols("k m n", "nat")
s, j = symbols("s k", "int")
x, xp, y, u = symbols("x x' y u", "real")
alpha, beta, gamma = symbols("α β γ", "real")
(z,) = symbols("z", "complex")

RODRIGUES = Result(
    "A9-second.rodrigues",
    "Derivatives of a Gaussian",
    given=(gamma > 0,),
    chain=[
        Derivative(n, x, gaussian(gamma, x)),
        eq(
            factorial(n) / (-gamma) ** n * Coefficient(n, z, gaussian(gamma, x - gamma * z)),
            by=identity(taylor, n, function(x, gaussian(gamma, x)), x, -gamma, reverse=True),
        ),
        eq(
            gaussian(gamma, x)
            * (-1 / gamma) ** n
            * (factorial(n) * Coefficient(n, z, exp(x / gamma * z - half * z**2))),
            by=algebra,
        ),
        eq(gaussian(gamma, x) * (-1 / gamma) ** n * He(n, x / gamma), by=fold(He(n, x / gamma))),
    ],
)

APPELL = Result(
    "A9-second.appell",
    "Derivatives of a Hermite polynomial",
    given=(gamma > 0, k <= m),
    chain=[
        Derivative(k, x, He(m, x / gamma)),
        eq(
            factorial(m) * Derivative(k, x, Coefficient(m, z, exp(1 / gamma * x * z) * exp(-half * z**2))),
            by=unfold(HERMITE),
        ),
        eq(
            factorial(m) / gamma**k * Coefficient(m - k, z, exp(1 / gamma * x * z) * exp(-half * z**2)),
            by=identity(derivative_of_coefficient, k, m, 1 / gamma, function(z, exp(-half * z**2)), x),
        ),
        eq(
            factorial(m)
            / (factorial(m - k) * gamma**k)
            * (factorial(m - k) * Coefficient(m - k, z, exp(x / gamma * z - half * z**2))),
            by=algebra,
        ),
        eq(
            factorial(m) / (factorial(m - k) * gamma**k) * He(m - k, x / gamma),
            by=fold(He(m - k, x / gamma)),
        ),
    ],
)

SEMIGROUP = Result(
    "A9-second.semigroup",
    "The convolution of two Gaussians",
    given=(alpha > 0, beta > 0, gamma > 0, equal(alpha**2, beta**2 + gamma**2)),
    chain=[
        Integral(gaussian(beta, x - xp) * gaussian(gamma, xp), xp),
        eq(
            gaussian(alpha, x),
            by=identity(gaussian_integral, alpha**2 / (2 * beta**2 * gamma**2), x / beta**2),
        ),
    ],
)

_p = m + n - 2 * s
_share = 1 / (factorial(s) * factorial(m - s) * factorial(n - s))
_hermite = function(x, He(m, x / gamma))
_gauss = function(x, gaussian(gamma, x))


def _products(point: Term) -> Term:
    """m! n! times the sum that the product of two Hermite polynomials is."""
    weighted: Term = _share * gaussian(gamma, point) * He(_p, point / gamma)
    whole: Term = factorial(m) * factorial(n) * Sum(weighted, (s, 0, n))
    return whole


PRODUCT = Result(
    "A9-second.product",
    "A Gaussian times two Hermite polynomials, by Leibniz' formula read backwards",
    given=(gamma > 0, n <= m),
    chain=[
        gaussian(gamma, x) * He(m, x / gamma) * He(n, x / gamma),
        eq(
            (-gamma) ** n * (He(m, x / gamma) * Derivative(n, x, gaussian(gamma, x))),
            by=use("A9-second.rodrigues", reverse=True),
        ),
        eq(
            (-gamma) ** n
            * Sum(
                (-1) ** s
                * binomial(n, s)
                * (factorial(m) / (factorial(m - s) * gamma**s))
                * Derivative(n - s, y, He(m - s, y / gamma) * gaussian(gamma, y), x),
                (s, 0, n),
            ),
            by=[identity(leibniz_inverted, n, _hermite, _gauss, x), use("A9-second.appell", k=j, x=y)],
        ),
        eq(
            factorial(m)
            * factorial(n)
            * Sum(
                _share
                * (-gamma) ** _p
                * Derivative(n - s, y, gaussian(gamma, y) * (-1 / gamma) ** (m - s) * He(m - s, y / gamma), x),
                (s, 0, n),
            ),
            by=algebra,
        ),
        eq(
            factorial(m)
            * factorial(n)
            * Sum(_share * (-gamma) ** _p * Derivative(_p, x, gaussian(gamma, x)), (s, 0, n)),
            by=[
                use("A9-second.rodrigues", reverse=True, n=m - s, x=y),
                identity(derivative_of_derivative, n - s, m - s, _gauss, x),
            ],
        ),
        eq(_products(x), by=use("A9-second.rodrigues", n=_p)),
    ],
)

A9_SECOND = Result(
    "A9-second",
    "Lemma: the Weierstrass transform of a product of Hermite polynomials, by the heat semigroup",
    given=(alpha > 0, beta > 0, gamma > 0, n <= m, equal(alpha**2, beta**2 + gamma**2)),
    equation="A9",
    chain=[
        gaussian(alpha, x)
        * Sum(
            1 / factorial(s) * binomial(_p, n - s) * (gamma / alpha) ** _p * (He(_p, x / alpha) / factorial(_p)),
            (s, 0, n),
        ),
        eq(
            Sum(_share * (-gamma) ** _p * (gaussian(alpha, x) * (-1 / alpha) ** _p * He(_p, x / alpha)), (s, 0, n)),
            by=algebra,
        ),
        eq(
            Sum(_share * (-gamma) ** _p * Derivative(_p, x, gaussian(alpha, x)), (s, 0, n)),
            by=use("A9-second.rodrigues", reverse=True, n=_p, γ=alpha),
        ),
        eq(
            Sum(
                _share * (-gamma) ** _p * Derivative(_p, x, Integral(gaussian(beta, x - xp) * gaussian(gamma, xp), xp)),
                (s, 0, n),
            ),
            by=use("A9-second.semigroup", reverse=True, x=x),
        ),
        eq(
            Sum(
                _share
                * (-gamma) ** _p
                * Integral(gaussian(beta, x - xp) * gaussian(gamma, xp) * (-1 / gamma) ** _p * He(_p, xp / gamma), xp),
                (s, 0, n),
            ),
            by=[
                identity(derivative_of_convolution, _p, function(x, gaussian(beta, x)), _gauss, x),
                use("A9-second.rodrigues", n=_p, x=u),
            ],
        ),
        eq(
            Integral(gaussian(beta, x - xp) / (factorial(m) * factorial(n)) * _products(xp), xp),
            by=identity(integral_termwise, Integral(gaussian(beta, x - xp) * _products(xp), xp), reverse=True),
        ),
        eq(
            Integral(
                gaussian(beta, x - xp)
                * gaussian(gamma, xp)
                * ((He(m, xp / gamma) / factorial(m)) * (He(n, xp / gamma) / factorial(n))),
                xp,
            ),
            by=use("A9-second.product", reverse=True, x=xp),
        ),
    ],
)
