"""(14) for POVMs with s > 0: the products ⟨k|x⟩⟨x|l⟩ of the levels of (B6), blurred by a Gaussian of width s.

A Gaussian of width σ, σ² = 1 + s², times a polynomial; for s → 0 it is the product itself.
"""

from __future__ import annotations

import math
from functools import reduce

from symbolic_mqb.kernel.terms import Term, num, substitute
from symbolic_mqb.notation.blurred import BLUR, EXPANDED, SUMMAND, blurred_product, k, l, q, sigma, width, x, xp
from symbolic_mqb.notation.language import Sum, binomial, factorial, function, sqrt, symbols
from symbolic_mqb.notation.objects import He, gaussian
from symbolic_mqb.results import Result, eq
from symbolic_mqb.rules.sums import split_sum
from symbolic_mqb.tactics.reasons import as_, identity, use
from symbolic_mqb.tactics.second_order import LEVELS
from symbolic_mqb.tactics.sums import written_out

m, n = symbols("m n", "nat")


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
                Sum(substitute(SUMMAND, at), (q, 0, first)),
                by=use("14-blurred-product", k=first, l=second),
            ),
            eq(
                gaussian(sigma, x) * polynomial(first, second),
                by=[written_out, *(use(f"H_{order}", x=x / sigma) for order in orders)],
            ),
        ],
    )


DENSITY_00, DENSITY_01, DENSITY_02, DENSITY_11, DENSITY_12, DENSITY_22 = (_density(*pair) for pair in LEVELS)
