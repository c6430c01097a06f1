"""(14) for POVMs with s > 0: what a shift does to the elements of the sign of a blurred position.

With σ² = 1 + s² the blurred products of the levels are those of (14-blurred-product-kl). Where |x| ≤ ε they have the
bounds that they have for s = 0, but for ⟨1|x⟩⟨x|1⟩, which does not vanish at x = 0 any more. That of the levels 2 and 2
has it for ε² ≤ 2; beyond, the change of its element is at most 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from symbolic_mqb.kernel.terms import Term, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bell import (
    BLURRED_SHIFTED_ELEMENT,
    blurred_element,
    blurred_shifted_element,
)
from symbolic_mqb.notation.blurred import BLUR, EXPANDED, blurred_product, exponents, factors_bound, sigma, width
from symbolic_mqb.notation.language import Abs, Integral, equal, exp, half, pi, sgn, sqrt, symbols
from symbolic_mqb.notation.objects import gaussian
from symbolic_mqb.notation.phase_space import EFFECT, effect
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.inequalities import root_of_square, square_nonnegative
from symbolic_mqb.rules.logic import instantiate, transitivity, transport
from symbolic_mqb.tactics.blurred_heights import HEIGHTS, Height, g, t, w
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, fold, unfold, use
from symbolic_mqb.tactics.second_order import LEVELS
from symbolic_mqb.tactics.shifts import (
    SMALL,
    Shifted,
    at_most_one,
    below_a_gaussian,
    beyond_one,
    change,
    difference,
    element_bound,
    epsilon,
    product,
    r,
    x,
)

k, l = symbols("k l", "nat")
zero, one = num(0), num(1)


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
                Integral(change * blurred_product(x, k, l), x),
                blurred_shifted_element(width, r, k, l) - blurred_element(width, k, l),
            ),
            by=ProofBy("the integral of a sum", _without_sigma(_split), ("14-blurred-product",)),
        )
    ],
)

#: t = 1/σ and w = x²/σ² of (blurred_heights), and e^{−w/2}.
_at = (1 / sigma, x**2 / sigma**2)
_gauss = exp(-_at[1] / 2)


@dataclass(frozen=True)
class Blurred(Shifted):
    """⟨k|x⟩⟨x|l⟩ blurred: a Gaussian of width σ times x^m 2^{−n/2} times a polynomial in 1/σ² and x²/σ²."""

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
        m, n = exponents(self.first, self.second)
        return (x,) * m + (self.height.polynomial(*_at),) + (1 / sqrt(2),) * n

    @property
    def height(self) -> Height:
        """How high the density is."""
        return HEIGHTS[self.first, self.second]

    @property
    def expanded(self) -> Term:
        """A Gaussian of width σ times a sum of Hermite polynomials."""
        return substitute(EXPANDED, {k: num(self.first), l: num(self.second)})

    @property
    def back(self) -> tuple[Any, ...]:
        """What the sum is."""
        return (use("14-blurred-product", reverse=True, everywhere=True, x=x, k=self.first, l=self.second),)

    @property
    def size(self) -> Term:
        """The bound for |x| ≤ ε."""
        return factors_bound(self.first, self.second)

    def written(self, e: Estimates) -> Theorem:
        """The density as the product of the factors and the Gaussian."""
        known = e.meet(e.lookup(f"14-blurred-product-{self.first}{self.second}"))
        return transitivity(known, e.equal(known.right, product(self.factors) * self.bell))

    def lower(self, e: Estimates, square: Theorem) -> Theorem:
        """The factors times the Gaussian, from x² ≤ ε²."""
        least = e.at_most(one**2, sigma**2, (1, e.by(square_nonnegative, width)))
        root = e.by(root_of_square, one, least)
        bell, spread, around = below_a_gaussian(e, _at[1])
        below = e.at_most(1 / sigma, 1, (1 / sigma, root))
        proofs = [e.at_most(0, 1 / sigma), below, e.at_most(0, _at[1]), e.at_most(0, _gauss), bell, spread, around]
        if self.height.narrow:
            proofs.append(
                e.at_most(x**2 / sigma**2, 2 / sigma**2, (sigma**-2, square), (sigma**-2, e.fact(epsilon**2 <= 2)))
            )
        values = tuple(zip((t, w, g), (*_at, _gauss), strict=True))
        own = e.instance(self.height.theorem(e.state), self.height.range, values, tuple(proofs))
        m, n = exponents(self.first, self.second)
        front = 1 / sqrt(2 * pi) * sqrt(2) ** (-n)
        if (self.first, self.second) == (1, 1):
            rest = (
                (front * sigma**-4, square),
                (front * epsilon**2 * (1 + 1 / sigma) * (1 + sigma**-2), below),
                (front * width**2 * (1 + 1 / sigma), below),
            )
            return e.at_most(self.modulus * self.bell, self.size / sqrt(2 * pi), (front, own), *rest)
        near = e.by(root_of_square, Abs(x), e.at_most(Abs(x) ** 2, epsilon**2, (1, square)))
        weights = (front * Abs(x) ** m, own), (front * self.height.bound(*_at) * m, near)
        return e.at_most(self.modulus * self.bell, self.size / sqrt(2 * pi), *weights)

    def far(self, e: Estimates, at: Theorem) -> Theorem | None:
        """For the levels 2 and 2 the change is at most 1."""
        if not self.height.narrow:
            return None
        level = self.first
        element, complete = blurred_element(width, level, level), Integral(effect(width, x, level, level), x)
        mass = e.meeting(Integral(self.density, x), (), complete, [unfold(EFFECT)])
        mass = transitivity(mass, e.equal(mass.right, one, use("10-complete", k=level, l=level)))
        balance = e.equal(
            Integral(sgn(x) * self.density, x), zero, fold(element), use("blurred-even", k=level, m=level)
        )
        known, square = self.written(e), _at[1]
        positive = (Abs(square - 1) ** 2 + 4 * width**2 * square + 2 * width**4) / (2 * sigma**4)
        value = transitivity(known, e.equal(known.right, positive * self.bell))
        return beyond_one(e, self, at_most_one(e, self, at, value, mass, balance))


PAIRS = tuple(Blurred(*pair) for pair in LEVELS)


def _result(pair: Blurred) -> Result:
    first, second = pair.first, pair.second
    distance = Abs(blurred_shifted_element(width, r, first, second) - blurred_element(width, first, second))
    far = ("14-blurred-product", "10-complete", "blurred-even") if pair.height.narrow else ()
    return Result(
        f"14-blurred-element-{first}{second}",
        f"What a shift of at most ε does to i_{first}{second} at the blur s",
        equation="14",
        given=(width > 0, *SMALL),
        chain=[
            have(
                distance <= pair.size * exp(half) * epsilon,
                by=ProofBy(
                    "(14-blurred-difference), integrated",
                    _without_sigma(lambda state: element_bound(pair, state)),
                    ("14-blurred-difference", f"14-blurred-product-{first}{second}", *far),
                ),
            )
        ],
    )


ELEMENT_00, ELEMENT_01, ELEMENT_02, ELEMENT_11, ELEMENT_12, ELEMENT_22 = map(_result, PAIRS)
