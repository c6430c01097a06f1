"""C(2N, N + k)/C(2N, N) → 1: the normalisation of (D4) for N → ∞, with the rate 1/N."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Abs, binomial, factorial, function, sqrt, symbols
from symbolic_mqb.notation.measurement import N
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.inequalities import (
    at_most_modulus,
    modulus_of_product,
    product_bounds,
    root_of_square,
    sum_of_inequalities,
    telescoping,
    telescoping_product,
    triangle,
    two_sided,
)
from symbolic_mqb.rules.logic import assume, cases, instantiate
from symbolic_mqb.tactics.estimates import Estimates, by_induction, cut_all
from symbolic_mqb.tactics.reasons import ProofBy, State

j, m = symbols("j m", "nat")
i, k, l = symbols("i k l", "int")
zero, one = num(0), num(1)
Instance = tuple[tuple[Term, Term], ...]


def weight(order: Term) -> Term:
    """N!²/((N + k)! (N − k)!) = C(2N, N + k)/C(2N, N)."""
    return factorial(N) ** 2 / (factorial(N + order) * factorial(N - order))


_loss = (2 * i + 1) / (N + i + 1)
_largest = factorial(j + m) ** 2 <= factorial(j + 2 * m) * factorial(j)


def _step(e: Estimates) -> tuple[tuple[Any, Theorem], ...]:
    """(j + m + 1)² ≤ (j + 2m + 2)(j + 2m + 1)."""
    larger = e.at_most((j + m + 1) ** 2, (j + 2 * m + 2) * (j + 2 * m + 1))
    return ((j + m + 1) ** 2, assume(_largest)), (_largest.args[1], larger)


CLIMB = Result(
    "D7-central-factorials",
    "(j + m)!² ≤ (j + 2m)! j!",
    equation="D7",
    chain=[have(_largest, by=ProofBy("induction on m", lambda state: by_induction(state, m, _largest, _step)))],
)


_range = (one <= N, k >= -N, k <= N)


def _by_sign(statement: Term, label: str, values: Callable[[Term], Instance], weight: Any, state: State) -> Theorem:
    """A statement about an integer k from a result about natural numbers at these values of |k|: k ≥ 0, or −k > 0."""
    sides = []
    for size, case in ((k, zero <= k), (-k, k < 0)):
        e = Estimates((*state.given, case), state)
        theorem = e.meet(e.by(instantiate, e.lookup(label), values(size)))
        sides.append(e.at_most(*statement.args, (weight, theorem)))
    return cases(*sides)


_at_most_one = weight(k) <= one
LARGEST = Result(
    "D7-central-largest",
    "C(2N, N) is the largest of the C(2N, N + k)",
    equation="D7",
    given=_range[1:],
    chain=[
        have(
            _at_most_one,
            by=ProofBy(
                "(j + m)!² ≤ (j + 2m)! j! at m = |k| and j = N − m",
                lambda state: _by_sign(
                    _at_most_one,
                    "D7-central-factorials",
                    lambda size: ((m, size), (j, N - size)),
                    1 / (factorial(N + k) * factorial(N - k)),
                    state,
                ),
                ("D7-central-factorials",),
            ),
        )
    ],
)


def _natural(state: State) -> Theorem:
    """Π_{i<m} (1 − (2i+1)/(N+i+1)), by Bonferroni's inequality; at most 1."""
    e = Estimates(state.given, state)
    last = m - 1
    product = e.by(telescoping_product, zero, last, function(i, 1 - _loss), function(i, weight(i)))
    lower = e.by(product_bounds, zero, last, function(i, _loss), 0)
    inside = e.under(zero <= i, i <= last)
    each = inside.at_most(_loss, (2 * i + 1) / N, (_loss / N, inside.fact(zero <= i + 1)))
    losses = sum_of_inequalities(i, zero, last, each)
    squares = e.by(telescoping, zero, last, function(i, (2 * i + 1) / N), function(i, i**2 / N))
    bound, difference = m**2 / N, weight(m) - 1
    largest = e.meet(e.by(instantiate, e.lookup("D7-central-largest"), ((k, m),)))
    low = e.at_most(-bound, difference, (1, lower), (1, product), (1, losses), (1, squares))
    return two_sided(difference, low, e.at_most(difference, bound, (1, largest)))


NATURAL = Result(
    "D7-central-natural",
    "C(2N, N + m)/C(2N, N) = 1 + O(1/N) for a natural number m",
    equation="D7",
    given=(one <= N, m <= N),
    chain=[
        have(
            Abs(weight(m) - 1) <= m**2 / N,
            by=ProofBy(
                "Π_{i<m} (1 − (2i+1)/(N+i+1)), by Bonferroni's inequality; at most 1", _natural, ("D7-central-largest",)
            ),
        )
    ],
)

_near_one = Abs(weight(k) - 1) <= k**2 / N

INTEGER = Result(
    "D7-central",
    "C(2N, N + k)/C(2N, N) = 1 + O(1/N) for an integer k",
    equation="D7",
    given=_range,
    chain=[
        have(
            _near_one,
            by=ProofBy(
                "the coefficients are symmetric in k",
                lambda state: _by_sign(_near_one, "D7-central-natural", lambda size: ((m, size),), one, state),
                ("D7-central-natural",),
            ),
        )
    ],
)

_ratio = binomial(2 * N, N + k) / binomial(2 * N, N + l)


def _square(e: Estimates, j: Term) -> Theorem:
    """j ≤ j² for an integer j."""
    above, below = e.under(zero < j), e.under(j <= zero)
    return cases(below.at_most(j, j**2), above.at_most(j, j**2, (j, above.fact(j >= 1))))


def _root(state: State) -> Theorem:
    """−N ≤ k, l ≤ N, and the roots of both coefficients."""
    outer = Estimates(state.given, state)
    few = outer.fact(16 * k**2 + 16 * l**2 <= N)
    ranges = [outer.at_most(j, N, (1, few), (1, _square(outer, j))) for j in (k, -k, l, -l)]
    return cut_all(_roots(outer.under(*(lemma.conclusion for lemma in ranges))), *ranges)


def _roots(e: Estimates) -> Theorem:
    """|√x − 1|(√x + 1) = |x − 1| = |G(k) − G(l)|/G(l) for x = G(k)/G(l), with G(l) ≥ 15/16 and √x ≥ 7/8."""
    few = e.fact(16 * k**2 <= N), e.fact(16 * l**2 <= N)
    first = e.meet(e.lookup("D7-central"))
    second = e.meet(e.by(instantiate, e.lookup("D7-central"), ((k, l),)))
    modulus = e.by(at_most_modulus, 1 - weight(l))
    positive = e.at_most(Fraction(15, 16), weight(l), (1, modulus), (1, second), (1 / (16 * N), few[1]))
    product = e.by(modulus_of_product, (_ratio - 1, weight(l)))
    split = e.by(triangle, (weight(k) - 1, 1 - weight(l)))
    sizes = ((16 * c / Fraction(15), x) for c, x in ((1, split), (1, first), (1, second), (-1, product)))
    near = e.at_most(
        Abs(_ratio - 1), Fraction(16, 15) * (k**2 + l**2) / N, (Fraction(16, 15) * Abs(_ratio - 1), positive), *sizes
    )
    bound = num(Fraction(7, 8))
    below = e.by(at_most_modulus, 1 - _ratio)
    large = e.at_most(
        bound**2, _ratio, (1, below), (1, near), (Fraction(1, 15) / N, e.fact(16 * k**2 + 16 * l**2 <= N))
    )
    high = e.by(root_of_square, bound, large)
    root = e.by(modulus_of_product, (sqrt(_ratio) - 1, sqrt(_ratio) + 1))
    weight_ = Fraction(8, 15)
    return e.at_most(
        Abs(sqrt(_ratio) - 1), _bound, (-weight_, root), (weight_ * Abs(sqrt(_ratio) - 1), high), (weight_, near)
    )


_bound = Fraction(3, 5) * (k**2 + l**2) * N ** num(-1)

RATIO = Result(
    "D7-ratio",
    "√(C(2N, N + k)/C(2N, N + l)) = 1 + O(1/N), with its constant",
    equation="D7",
    given=(one <= N, 16 * k**2 + 16 * l**2 <= N),
    chain=[
        have(
            Abs(sqrt(_ratio) - 1) <= _bound,
            by=ProofBy("|√x − 1|(√x + 1) = |x − 1|, and both coefficients against C(2N, N)", _root, ("D7-central",)),
        )
    ],
)
