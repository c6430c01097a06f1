"""The Lemma (A9) by the paper's own route: generalised Hermite polynomials, (A10)–(A15)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.notation.language import (
    Coefficient,
    Derivative,
    Integral,
    Min,
    Sum,
    binomial,
    equal,
    exp,
    factorial,
    function,
    half,
    pi,
    sqrt,
    symbols,
    unequal,
)
from symbolic_mqb.notation.objects import GENERALISED_HERMITE, H, He, gaussian, nielsen
from symbolic_mqb.results import Erratum, Result, eq, have
from symbolic_mqb.rules.integrals import gaussian_integral, integral_of_coefficient, integral_termwise, substitution
from symbolic_mqb.rules.series import (
    cauchy_product,
    coefficient_of_exponential,
    coefficient_of_sum_of_variables,
    coefficient_scaling,
    coefficient_shift,
    coefficient_termwise,
    taylor,
)
from symbolic_mqb.rules.sums import split_sum
from symbolic_mqb.tactics.reasons import algebra, as_, by_order, convert, fold, identity, unfold, use

k, m, n = symbols("k m n", "nat")
(s,) = symbols("s", "int")
x, xp, u = symbols("x x' u", "real")
a, b, alpha, beta, gamma, xi, eta = symbols("a b α β γ ξ η", "real")
y, z = symbols("y z", "complex")

A10 = Result(
    "A10",
    "Generalised Hermite polynomials: Nielsen's formula",
    given=(unequal(a, 0),),
    equation="A10",
    chain=[
        H(n, x, a),
        eq(Coefficient(n, z, exp(x * z - a * z**2)), by=unfold(GENERALISED_HERMITE)),
        eq(exp(x**2 / (4 * a)) * Coefficient(n, z, exp(-((x - 2 * a * z) ** 2) / (4 * a))), by=algebra),
        eq(
            (-1) ** n * (2 * a) ** n / factorial(n) * exp(x**2 / (4 * a)) * Derivative(n, x, exp(-(x**2) / (4 * a))),
            by=identity(taylor, n, function(x, exp(-(x**2) / (4 * a))), x, -2 * a),
        ),
    ],
)

A11 = Result(
    "A11",
    "H_n(x, 1/2) is He_n(x)/n!",
    equation="A11",
    chain=[
        H(n, x, half),
        eq(Coefficient(n, z, exp(x * z - half * z**2)), by=unfold(GENERALISED_HERMITE)),
        eq(
            1 / factorial(n) * He(n, x),
            by=[as_(1 / factorial(n) * (factorial(n) * Coefficient(n, z, exp(x * z - half * z**2)))), fold(He(n, x))],
        ),
    ],
)

A12 = Result(
    "A12",
    "Scaling of the generalised Hermite polynomials",
    equation="A12",
    errata=(
        Erratum(
            equal(nielsen(n, b * x, b**2 * a), b**n * nielsen(n, x, a)),
            ((n, 1), (b, 0), (x, 1), (a, 1)),
            "Printed for all real b, but (A10) divides by its second argument, which is b²a = 0 at b = 0.",
            "With H_n(x, a) as the coefficient of zⁿ in exp(xz − az²) the property holds for all b; "
            "(A10) is then a theorem for a ≠ 0. Nothing that follows changes.",
            "missing condition",
        ),
    ),
    chain=[
        H(n, b * x, b**2 * a),
        eq(Coefficient(n, z, exp(b * x * z - b**2 * a * z**2)), by=unfold(GENERALISED_HERMITE)),
        eq(
            b**n * Coefficient(n, z, exp(x * z - a * z**2)),
            by=identity(coefficient_scaling, n, function(z, exp(x * z - a * z**2)), b),
        ),
        eq(b**n * H(n, x, a), by=fold(H(n, x, a))),
    ],
)

A13 = Result(
    "A13",
    "Gaussian integral of a generalised Hermite polynomial",
    given=(xi > 0,),
    equation="A13",
    errata=(
        Erratum(
            equal(
                Integral(nielsen(n, x, a) * exp(-xi * x**2 + eta * x), x),
                sqrt(pi / xi) * exp(eta**2 / (4 * xi)) * nielsen(n, eta / (2 * xi), a - 1 / (4 * xi)),
            ),
            ((n, 1), (a, half), (xi, half), (eta, 1)),
            "The right side needs H_n at a − 1/(4ξ), where (A10) is not defined if a = 1/(4ξ).",
            "Harmless with H_n(x, a) as the coefficient of zⁿ in exp(xz − az²), which is total in a.",
            "missing condition",
        ),
    ),
    chain=[
        Integral(H(n, x, a) * exp(-xi * x**2 + eta * x), x),
        eq(
            Integral(exp(-xi * x**2 + eta * x) * Coefficient(n, z, exp(x * z - a * z**2)), x),
            by=unfold(GENERALISED_HERMITE),
        ),
        eq(
            Coefficient(n, z, Integral(exp(-xi * x**2 + eta * x) * exp(x * z - a * z**2), x)),
            by=identity(
                integral_of_coefficient,
                n,
                function(x, exp(-xi * x**2 + eta * x)),
                function(x, function(z, exp(x * z - a * z**2))),
            ),
        ),
        eq(
            Coefficient(n, z, sqrt(pi / xi) * exp((eta + z) ** 2 / (4 * xi) - a * z**2)),
            by=identity(gaussian_integral, xi, eta + z),
        ),
        eq(
            sqrt(pi / xi)
            * exp(eta**2 / (4 * xi))
            * Coefficient(n, z, exp(eta / (2 * xi) * z - (a - 1 / (4 * xi)) * z**2)),
            by=algebra,
        ),
        eq(
            sqrt(pi / xi) * exp(eta**2 / (4 * xi)) * H(n, eta / (2 * xi), a - 1 / (4 * xi)),
            by=fold(H(n, eta / (2 * xi), a - 1 / (4 * xi))),
        ),
    ],
)

_F = exp(x / gamma * (y + z) - a * (y + z) ** 2)
_f = function(z, exp(x / gamma * z - a * z**2))
_p = m + n - 2 * s
_power = (2 * a) ** s / factorial(s)

A14 = Result(
    "A14",
    "Product of two generalised Hermite polynomials",
    given=(unequal(gamma, 0), n <= m),
    equation="A14",
    chain=[
        H(m, x / gamma, a) * H(n, x / gamma, a),
        eq(
            Coefficient(m, y, exp(x / gamma * y - a * y**2)) * Coefficient(n, z, exp(x / gamma * z - a * z**2)),
            by=unfold(GENERALISED_HERMITE),
        ),
        eq(Coefficient(n, z, Coefficient(m, y, exp(2 * a * z * y) * _F)), by=algebra),
        eq(
            Coefficient(n, z, Sum(Coefficient(s, y, exp(2 * a * z * y)) * Coefficient(m - s, y, _F), (s, 0, m))),
            by=identity(cauchy_product, m, function(y, exp(2 * a * z * y)), function(y, _F)),
        ),
        eq(
            Coefficient(n, z, Sum((2 * a * z) ** s / factorial(s) * Coefficient(m - s, y, _F), (s, 0, m))),
            by=identity(coefficient_of_exponential, s, 2 * a * z),
        ),
        eq(
            Sum(_power * Coefficient(n, z, z**s * Coefficient(m - s, y, _F)), (s, 0, m)),
            by=convert(coefficient_termwise),
        ),
        eq(
            Sum(_power * Coefficient(n, z, z**s * Coefficient(m - s, y, _F)), (s, 0, n))
            + Sum(_power * Coefficient(n, z, z**s * Coefficient(m - s, y, _F)), (s, n + 1, m)),
            by=identity(split_sum, 0, n, m, function(s, _power * Coefficient(n, z, z**s * Coefficient(m - s, y, _F)))),
        ),
        eq(
            Sum(_power * Coefficient(n - s, z, Coefficient(m - s, y, _F)), (s, 0, n)),
            by=identity(coefficient_shift, n, s, function(z, Coefficient(m - s, y, _F)), everywhere=True),
        ),
        eq(
            Sum(_power * binomial(_p, n - s) * Coefficient(_p, z, exp(x / gamma * z - a * z**2)), (s, 0, n)),
            by=identity(coefficient_of_sum_of_variables, n - s, m - s, _f),
        ),
        eq(Sum(_power * binomial(_p, n - s) * H(_p, x / gamma, a), (s, 0, n)), by=fold(H(_p, x / gamma, a))),
    ],
)

_weight = _power * binomial(_p, n - s)
_lemma = (alpha > 0, beta > 0, gamma > 0, n <= m, equal(alpha**2, beta**2 + gamma**2))
_exponent = exp(-(alpha**2) / (2 * beta**2) * u**2 + gamma * x / beta**2 * u)

A15 = Result(
    "A15",
    "Weierstrass transform of a product of generalised Hermite polynomials",
    given=_lemma,
    equation="A15",
    errata=(
        Erratum(
            equal(
                Integral(gaussian(beta, x - xp) * gaussian(gamma, xp) * H(m, xp / gamma, a) * H(n, xp / gamma, a), xp),
                gaussian(alpha, x)
                * Sum(
                    _weight
                    * (gamma / alpha) ** _p
                    * nielsen(_p, x / alpha, half + (2 * a - 1) * alpha**2 / (2 * gamma**2)),
                    (s, 0, n),
                ),
            ),
            ((m, 1), (n, 0), (x, 1), (alpha, 5), (beta, 3), (gamma, 4), (a, num(Fraction(9, 50)))),
            "For a = (1 − γ²/α²)/2 the last line needs H_p at second argument 0, where (A10) is not defined.",
            "Harmless at a = 1/2, which is all that the lemma uses, and with the total definition of H_n(x, a).",
            "missing condition",
        ),
    ),
    chain=[
        Integral(gaussian(beta, x - xp) * gaussian(gamma, xp) * H(m, xp / gamma, a) * H(n, xp / gamma, a), xp),
        eq(
            Integral(gaussian(beta, x - xp) * gaussian(gamma, xp) * Sum(_weight * H(_p, xp / gamma, a), (s, 0, n)), xp),
            by=use("A14", x=xp),
        ),
        eq(
            exp(-((x / (sqrt(2) * beta)) ** 2))
            / (2 * pi * beta)
            * Sum(_weight * Integral(_exponent * H(_p, u, a), u), (s, 0, n)),
            by=[
                convert(integral_termwise),
                identity(
                    substitution,
                    function(xp, gaussian(beta, x - xp) * gaussian(gamma, xp) * _weight * H(_p, xp / gamma, a)),
                    gamma,
                    0,
                ),
            ],
        ),
        eq(
            exp(-((x / (sqrt(2) * beta)) ** 2))
            / (2 * pi * beta)
            * Sum(
                _weight
                * sqrt(2 * pi * beta**2 / alpha**2)
                * exp((gamma * x / (sqrt(2) * alpha * beta)) ** 2)
                * H(_p, gamma * x / alpha**2, a - beta**2 / (2 * alpha**2)),
                (s, 0, n),
            ),
            by=use("A13", n=_p, ξ=alpha**2 / (2 * beta**2), η=gamma * x / beta**2),
        ),
        eq(
            gaussian(alpha, x)
            * Sum(
                _weight * (gamma / alpha) ** _p * H(_p, x / alpha, half + (2 * a - 1) * alpha**2 / (2 * gamma**2)),
                (s, 0, n),
            ),
            by=use("A12", n=_p, b=gamma / alpha, x=x / alpha, a=half + (2 * a - 1) * alpha**2 / (2 * gamma**2)),
        ),
    ],
)


def lemma_sum(first: Term, second: Term, last: Any) -> Term:
    """The left side of the lemma, for the indices m = first and n = second, s up to `last`."""
    p = first + second - 2 * s
    weight = 1 / factorial(s) * binomial(p, second - s) * (gamma / alpha) ** p
    return gaussian(alpha, x) * Sum(weight * (He(p, x / alpha) / factorial(p)), (s, 0, last))


def lemma_integral(first: Term, second: Term) -> Term:
    """The right side of the lemma."""
    hermite = (He(first, xp / gamma) / factorial(first)) * (He(second, xp / gamma) / factorial(second))
    return Integral(gaussian(beta, x - xp) * gaussian(gamma, xp) * hermite, xp)


A9 = Result(
    "A9",
    "Lemma: the Weierstrass transform of a product of Hermite polynomials",
    given=_lemma,
    equation="A9",
    errata=(
        Erratum(
            equal(lemma_sum(m, n, n), lemma_integral(m, n)),
            ((m, 0), (n, 0), (x, 0), (alpha, 5), (beta, 3), (gamma, -4)),
            "Printed for any constants with α² = β² + γ²; the prefactors 1/(√(2π)α), 1/(√(2π)β), 1/(√(2π)γ) "
            "make the two sides differ in sign unless αβγ > 0, and β = 0 is not defined.",
            "The lemma is used with positive widths only. The limit β = 0 (s = 0, projective measurements) "
            "needs (A14) in its place.",
            "missing condition",
        ),
    ),
    chain=[
        lemma_sum(m, n, n),
        eq(
            gaussian(alpha, x)
            * Sum(1 / factorial(s) * binomial(_p, n - s) * (gamma / alpha) ** _p * H(_p, x / alpha, half), (s, 0, n)),
            by=use("A11", reverse=True, n=_p, x=x / alpha),
        ),
        eq(
            Integral(
                gaussian(beta, x - xp) * gaussian(gamma, xp) * H(m, xp / gamma, half) * H(n, xp / gamma, half), xp
            ),
            by=use("A15", reverse=True, a=half),
        ),
        eq(lemma_integral(m, n), by=[use("A11", n=m, x=xp / gamma), use("A11", n=n, x=xp / gamma)]),
    ],
)

A9_ALL = Result(
    "A9-all",
    "The lemma without n ≤ m: the sum runs to the smaller index",
    given=(alpha > 0, beta > 0, gamma > 0, equal(alpha**2, beta**2 + gamma**2)),
    equation="A9",
    chain=[
        have(
            equal(lemma_sum(m, n, Min(m, n)), lemma_integral(m, n)),
            by=by_order(n, m, first=use("A9"), second=[as_(lemma_sum(n, m, m)), use("A9", m=n, n=m)]),
        ),
    ],
)

PRODUCT = Result(
    "Hermite-product",
    "The lemma's limit β = 0: (A14) at a = 1/2, for all m and n",
    equation="A14",
    chain=[
        have(
            equal(
                (He(m, x) / factorial(m)) * (He(n, x) / factorial(n)),
                Sum(1 / factorial(s) * binomial(_p, n - s) * (He(_p, x) / factorial(_p)), (s, 0, Min(m, n))),
            ),
            by=by_order(
                n,
                m,
                first=[
                    as_((1 / factorial(m) * He(m, x)) * (1 / factorial(n) * He(n, x))),
                    use("A11", reverse=True, everywhere=True, n=m),
                    use("A11", reverse=True),
                    use("A14", a=half, γ=1),
                    use("A11", n=_p),
                ],
                second=[
                    as_((1 / factorial(n) * He(n, x)) * (1 / factorial(m) * He(m, x))),
                    use("A11", reverse=True),
                    use("A11", reverse=True, n=m),
                    use("A14", a=half, γ=1, m=n, n=m),
                    use("A11", n=m + n - 2 * s),
                ],
            ),
        ),
    ],
)
