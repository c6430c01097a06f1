"""(14) for POVMs with s > 0: what a shift does to the elements of the sign of a blurred position.

With u = 1/σ² = 1/(1 + s²) the blurred products of the levels are those of (14-blurred-product-kl). Where |x| ≤ ε they
are at most what they are for s = 0, but for ⟨1|x⟩⟨x|1⟩, which does not vanish at x = 0 any more; that of the levels 2
and 2 is so for s ≤ 1/10.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bell import (
    BLURRED_SHIFTED_ELEMENT,
    blurred_element,
    blurred_shifted_element,
)
from symbolic_mqb.notation.blurred import BLUR, EXPANDED, MOST, blurred_product, exponents, factors_bound, sigma, width
from symbolic_mqb.notation.language import Abs, Integral, equal, exp, half, pi, sgn, sqrt, symbols
from symbolic_mqb.notation.objects import gaussian
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.inequalities import exponential_monotone, root_of_square, square_nonnegative, two_sided
from symbolic_mqb.rules.logic import instantiate, transitivity, transport
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, fold, unfold, use
from symbolic_mqb.tactics.second_order import LEVELS
from symbolic_mqb.tactics.shifts import SMALL, Shifted, difference, element_bound, epsilon, product, r, x

u, v = symbols("u v", "real")
k, l = symbols("k l", "nat")
zero, one = num(0), num(1)
_change = sgn(x + r) - sgn(x)
_least = Fraction(100, 101)


def _without_sigma(proof: Callable[[State], Theorem]) -> Callable[[State], Theorem]:
    """The proof at σ = √(1 + s²), for a statement without σ."""

    def proved(state: State) -> Theorem:
        e = Estimates(state.given, state)
        theorem = proof(Estimates((*state.given, *BLUR[1:]), state))
        return e.meet(e.by(instantiate, theorem, ((sigma, sqrt(width**2 + 1)),)))

    return proved


def _split(state: State) -> Theorem:
    """sgn(x + r) − sgn(x) = Σ_{j=0}^{1} (1 − 2j) sgn(x + (1 − j)r), integrated term by term."""
    e = Estimates(state.given, state)
    back, plain = use("14-blurred-product", reverse=True, x=x), blurred_element(width, k, l)
    density = blurred_product(x, k, l)
    theorem = difference(e, EXPANDED, density, lambda shift: blurred_shifted_element(width, shift, k, l), back)
    unshifted = e.equal(blurred_shifted_element(width, 0, k, l), plain, unfold(BLURRED_SHIFTED_ELEMENT), fold(plain))
    return e.by(transport, theorem, (1, 1, 1), unshifted)


DIFFERENCE = Result(
    "14-blurred-difference",
    "The matrix elements of the sign of x + r, x blurred, less those of the sign of x",
    equation="14",
    given=(width > 0,),
    chain=[
        have(
            equal(
                Integral(_change * blurred_product(x, k, l), x),
                blurred_shifted_element(width, r, k, l) - blurred_element(width, k, l),
            ),
            by=ProofBy("the integral of a sum", _without_sigma(_split), ("14-blurred-product",)),
        )
    ],
)

#: u = 1/σ² and v = x²: what is known of them, and what is only where s ≤ 1/10 and ε ≤ 1.
_range = (zero <= u, u <= 1, zero <= v)
_narrow, _near = num(_least) <= u, v <= 1


@dataclass(frozen=True)
class Coefficient:
    """A polynomial in u and v, its bound, and what proves it: multipliers of 1 − u, u − 100/101 and 1 − v."""

    value: Callable[[Any, Any], Any]
    bound: Callable[[Any, Any], Any]
    above: tuple[Any, Any, Any]
    below: tuple[Any, Any, Any]

    @property
    def narrow(self) -> bool:
        """It takes s ≤ 1/10."""
        return self.above[1] != 0 or self.below[1] != 0

    @property
    def near(self) -> bool:
        """It takes ε ≤ 1."""
        return self.above[2] != 0 or self.below[2] != 0

    @property
    def range(self) -> tuple[Term, ...]:
        """What it takes."""
        return (*_range, *[_narrow] * self.narrow, *[_near] * self.near)

    def theorem(self, state: State) -> Theorem:
        """|value| ≤ bound in the range of u and v."""
        e = Estimates(self.range, state)
        facts = {h: e.fact(h) for h in self.range}
        value, bound = self.value(u, v), self.bound(u, v)

        def weighted(weights: tuple[Any, Any, Any]) -> list[tuple[Any, Theorem]]:
            return [(w, facts[h]) for w, h in zip(weights, (u <= 1, _narrow, _near), strict=True) if h in facts]

        low = e.at_most(-bound, value, *weighted(self.below))
        return two_sided(value, low, e.at_most(value, bound, *weighted(self.above)))


COEFFICIENTS = {
    (0, 0): None,
    (0, 1): Coefficient(lambda u, v: u, lambda u, v: one, (1, 0, 0), (0, 0, 0)),
    (0, 2): Coefficient(lambda u, v: u * (u * v - 1), lambda u, v: one, (u, 0, u**2), (1, 0, 0)),
    (1, 1): Coefficient(lambda u, v: u**2 * v + (1 - u), lambda u, v: v + (1 - u), (v * (1 + u), 0, 0), (2, 0, 0)),
    (1, 2): Coefficient(
        lambda u, v: u * ((u * v - 3) * u + 2), lambda u, v: one, (u**2 + 1 - u, 0, u**3), (1 + 3 * u, 0, 0)
    ),
    (2, 2): Coefficient(
        lambda u, v: ((u * v) ** 2 - 6 * (u * v) + 3) * u**2 / 2 + 2 * (u * v - 1) * u + 1,
        lambda u, v: half,
        (u**3 * v / 2 + Fraction(199, 202), Fraction(3, 2) * (1 - u) + Fraction(5, 2) * u**2 * v, u**4 * v / 2),
        (3 * u**2 * v + 1 + (1 - u) / 2, 0, u**2),
    ),
}


@dataclass(frozen=True)
class Blurred(Shifted):
    """⟨k|x⟩⟨x|l⟩ blurred: a Gaussian of width σ times x^m 2^{−n/2} times a polynomial in u = 1/σ² and x²."""

    @property
    def label(self) -> str:
        """The result that writes the change of the element as an integral."""
        return "14-blurred-difference"

    @property
    def density(self) -> Term:
        """The blurred product."""
        return blurred_product(x, self.first, self.second)

    @property
    def bell(self) -> Term:
        """The Gaussian of width σ."""
        return gaussian(sigma, x)

    @property
    def factors(self) -> tuple[Term, ...]:
        """x, m times, the polynomial, and 2^{−n/2}."""
        coefficient = COEFFICIENTS[self.first, self.second]
        own = () if coefficient is None else (coefficient.value(sigma**-2, x**2),)
        m, n = exponents(self.first, self.second)
        return (x,) * m + own + (1 / sqrt(2),) * n

    @property
    def size(self) -> Term:
        """The bound for |x| ≤ ε."""
        return factors_bound(self.first, self.second)

    @property
    def given(self) -> tuple[Term, ...]:
        """What it takes: s > 0, |r| ≤ ε, and s ≤ 1/10 or ε ≤ 1 where the bound of its coefficient does."""
        coefficient = COEFFICIENTS[self.first, self.second]
        narrow, near = (coefficient.narrow, coefficient.near) if coefficient else (False, False)
        return (width > 0, *[width <= MOST] * narrow, *SMALL, *[epsilon <= 1] * near)

    def written(self, e: Estimates) -> Theorem:
        """The density as the product of the factors and the Gaussian."""
        known = e.meet(e.lookup(f"14-blurred-product-{self.first}{self.second}"))
        return transitivity(known, e.equal(known.right, product(self.factors) * self.bell))

    def flat(self, e: Estimates) -> Theorem:
        """The Gaussian is at most 1/√(2π), since σ ≥ 1."""
        falls = exponential_monotone(e.at_most(-((x / (sqrt(2) * sigma)) ** 2), zero))
        wide = root_of_square(one, e.at_most(one**2, sigma**2, (1, e.by(square_nonnegative, width))), ())
        front = 1 / (sqrt(2 * pi) * sigma)
        return e.at_most(self.bell, 1 / sqrt(2 * pi), (front, falls), (front, wide))

    def bounded(self, e: Estimates, square: Theorem) -> Theorem:
        """The factors from x² ≤ ε² and 0 ≤ 1/σ² ≤ 1."""
        coefficient, inverse = COEFFICIENTS[self.first, self.second], sigma**-2
        if coefficient is None:
            return e.at_most(self.modulus, self.size)
        high = e.at_most(inverse, 1, (inverse, e.at_most(1, sigma**2, (1, e.by(square_nonnegative, width)))))
        proofs = [e.at_most(0, inverse), high, e.by(square_nonnegative, x)]
        if coefficient.narrow:
            wide = e.at_most(sigma**2, Fraction(101, 100), (width + MOST, e.fact(width <= MOST)))
            proofs.append(e.at_most(num(_least), inverse, (_least * inverse, wide)))
        if coefficient.near:
            proofs.append(e.at_most(x**2, 1, (1, square), (1 + epsilon, e.fact(epsilon <= 1))))
        values = ((u, inverse), (v, x**2))
        own = e.instance(coefficient.theorem(e.state), coefficient.range, values, tuple(proofs))
        if (self.first, self.second) == (1, 1):
            narrow = e.at_most(1 - inverse, width**2, (width**2, high))
            return e.at_most(self.modulus, self.size, (1, own), (1, square), (1, narrow))
        near = e.by(root_of_square, Abs(x), e.at_most(Abs(x) ** 2, epsilon**2, (1, square)))
        m, n = exponents(self.first, self.second)
        front, largest = sqrt(2) ** (-n), coefficient.bound(inverse, x**2)
        return e.at_most(self.modulus, self.size, (front * Abs(x) ** m, own), (front * largest * m, near))


PAIRS = tuple(Blurred(*pair) for pair in LEVELS)


def _result(pair: Blurred) -> Result:
    first, second = pair.first, pair.second
    change = blurred_shifted_element(width, r, first, second) - blurred_element(width, first, second)
    return Result(
        f"14-blurred-element-{first}{second}",
        f"What a shift of at most ε does to i_{first}{second} at the blur s",
        equation="14",
        given=pair.given,
        chain=[
            have(
                Abs(change) <= pair.size * exp(half) * epsilon,
                by=ProofBy(
                    "(14-blurred-difference), integrated",
                    _without_sigma(lambda state: element_bound(pair, state)),
                    ("14-blurred-difference", f"14-blurred-product-{first}{second}"),
                ),
            )
        ],
    )


ELEMENT_00, ELEMENT_01, ELEMENT_02, ELEMENT_11, ELEMENT_12, ELEMENT_22 = map(_result, PAIRS)
