"""(14) for POVMs with s > 0: the products ⟨k|x⟩⟨x|l⟩ of the levels of (B6), blurred by a Gaussian of width s.

A Gaussian of width σ, σ² = 1 + s², times a polynomial; for s → 0 it is the product itself.
"""

from __future__ import annotations

import math
from functools import reduce
from typing import Any

from symbolic_mqb.kernel.terms import Term, num, substitute
from symbolic_mqb.notation.language import (
    Integral,
    Min,
    Sum,
    binomial,
    conj,
    equal,
    factorial,
    function,
    sqrt,
    symbols,
)
from symbolic_mqb.notation.objects import He, gaussian, wave
from symbolic_mqb.results import Result, eq
from symbolic_mqb.rules.sums import split_sum
from symbolic_mqb.tactics.reasons import as_, identity, use
from symbolic_mqb.tactics.sums import written_out

k, l, m, n = symbols("k l m n", "nat")
(q,) = symbols("q", "int")
x, xp, sigma, width = symbols("x x' σ s", "real")

BLUR = (width > 0, sigma > 0, equal(sigma**2, width**2 + 1))


def _by_product(first: int, second: int, rest: Term, value: Term) -> Result:
    """He_n from He_{n−m} He_m/((n−m)! m!) = Σ_s …, whose first term is He_n/((n−m)! m!)."""
    order = first + second
    term = 1 / factorial(q) * binomial(order - 2 * q, second - q) * (He(order - 2 * q, x) / factorial(order - 2 * q))
    front = math.factorial(first) * math.factorial(second)
    single = reduce(lambda some, more: Term("add", (some, more)), (Sum(term, (q, i, i)) for i in range(second + 1)))
    merged = [identity(split_sum, 0, i, i + 1, function(q, term), reverse=True) for i in range(second)]
    written = [use(f"H_{i}", everywhere=True) for i in {2: (2, 0), 1: (2, 1)}[second]]
    product = He(first, x) * He(second, x)
    return Result(
        f"H_{order}",
        f"H_{order}(x), from a product of two of lower order",
        equation="main text, before (5)",
        chain=[
            He(order, x),
            eq(
                product - rest,
                by=[
                    as_(front * single - rest),
                    *merged,
                    use("Hermite-product", reverse=True, m=first, n=second, x=x),
                ],
            ),
            eq(value, by=written),
        ],
    )


THIRD = _by_product(2, 1, 2 * He(1, x), x**3 - 3 * x)
FOURTH = _by_product(2, 2, 4 * He(2, x) + 2 * He(0, x), x**4 - 6 * x**2 + 3)


def blurred_product(point: Any, first: Any, second: Any) -> Term:
    """∫ e^{−(x − x′)²/(2s²)}/(√(2π) s) ⟨k|x′⟩⟨x′|l⟩ dx′."""
    return Integral(gaussian(width, point - xp) * (conj(wave(xp, first)) * wave(xp, second)), xp)


_p = k + l - 2 * q
_weight = sqrt(factorial(k) * factorial(l)) / factorial(q) * binomial(_p, l - q) / (sigma**_p * factorial(_p))

#: The same as a finite sum of Gaussians of width σ times Hermite polynomials.
EXPANDED = Sum(_weight * (gaussian(sigma, x) * He(_p, x / sigma)), (q, 0, Min(k, l)))

BLURRED = Result(
    "14-blurred-product",
    "The product of two wave-functions, blurred by a Gaussian of width s, s² = σ² − 1",
    equation="14",
    given=BLUR,
    chain=[
        blurred_product(x, k, l),
        eq(
            EXPANDED,
            by=[
                use("wave-product", x=xp),
                use("A9-all", reverse=True, m=k, n=l, α=sigma, β=width, γ=1, x=x),
            ],
        ),
    ],
)


def polynomial(first: int, second: int) -> Term:
    """What multiplies the Gaussian of width σ; ((x² − 1)/√2)^n x^m of the levels for σ = 1."""
    u, square = sigma**-2, x**2 / sigma**2
    values: dict[tuple[int, int], Term] = {
        (0, 0): num(1),
        (0, 1): u * x,
        (0, 2): u * (square - 1) / sqrt(2),
        (1, 1): u * square + 1 - u,
        (1, 2): u * ((square - 3) * u + 2) / sqrt(2) * x,
        (2, 2): (square**2 - 6 * square + 3) * u**2 / 2 + 2 * (square - 1) * u + 1,
    }
    return values[first, second]


def _density(first: int, second: int) -> Result:
    orders = range(first + second, second - first - 1, -2)
    at = {k: num(first), l: num(second)}
    return Result(
        f"14-blurred-product-{first}{second}",
        f"⟨{first}|x⟩⟨x|{second}⟩ blurred",
        equation="14",
        given=BLUR,
        chain=[
            blurred_product(x, first, second),
            eq(
                Sum(substitute(_weight * (gaussian(sigma, x) * He(_p, x / sigma)), at), (q, 0, first)),
                by=use("14-blurred-product", k=first, l=second),
            ),
            eq(
                gaussian(sigma, x) * polynomial(first, second),
                by=[written_out, *(use(f"H_{order}", x=x / sigma) for order in orders)],
            ),
        ],
    )


LEVELS = ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2))
DENSITY_00, DENSITY_01, DENSITY_02, DENSITY_11, DENSITY_12, DENSITY_22 = (_density(*pair) for pair in LEVELS)
