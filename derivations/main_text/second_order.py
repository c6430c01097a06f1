"""(14): noise changes the correlations of the state (B6) in second order of its size ε only.

The product ⟨k|x⟩⟨x|l⟩ is e^{−x²/2}/√(2π) times x^m ((x² − 1)/√2)^n, so that between 0 and −r it is at most
ε^m 2^{−n/2}/√(2π). The elements of the sign that are not zero in (B6) have m = 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod
from typing import Any

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bell import SHIFTED_ELEMENT, shifted_element, sign_element
from symbolic_mqb.notation.language import Abs, Integral, Sum, conj, equal, exp, half, pi, sgn, sqrt, symbols
from symbolic_mqb.notation.objects import WAVE_FUNCTION, wave
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.inequalities import (
    at_most_modulus,
    exponential_monotone,
    integral_of_inequality,
    modulus_of_product,
    root_of_square,
    square_nonnegative,
    triangle,
    two_sided,
)
from symbolic_mqb.rules.integrals import gaussian_integral, integral_termwise
from symbolic_mqb.rules.logic import cases, instantiate, symmetry, transitivity, transport
from symbolic_mqb.rules.sign import sign_bound
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, convert, fold, identity, unfold, use
from symbolic_mqb.tactics.sums import written_out

x, r, epsilon = symbols("x r ε", "real")
k, l = symbols("k l", "nat")
(q,) = symbols("q", "int")
zero, one = num(0), num(1)
_change = sgn(x + r) - sgn(x)
_exponent = half - 2 * (x + r / 2) ** 2 / epsilon**2
small = (-epsilon <= r, r <= epsilon, epsilon > 0, epsilon <= 1)
_root_e = exp(half)


def _split(state: State) -> Theorem:
    """sgn(x + r) − sgn(x) = Σ_{q=0}^{1} (1 − 2q) sgn(x + (1 − q)r), integrated term by term."""
    e = Estimates(state.given, state)
    overlap = conj(wave(x, k)) * wave(x, l)
    both = Integral(Sum((1 - 2 * q) * sgn(x + (1 - q) * r), (q, 0, 1)) * overlap, x)
    apart = (as_(Integral(Sum((1 - 2 * q) * sgn(x + (1 - q) * r) * overlap, (q, 0, 1)), x)), convert(integral_termwise))
    terms = Sum((1 - 2 * q) * shifted_element((1 - q) * r, k, l), (q, 0, 1))
    first = e.equal(both, Integral(_change * overlap, x), written_out)
    each = as_(Sum((1 - 2 * q) * Integral(sgn(x + (1 - q) * r) * overlap, x), (q, 0, 1)))
    second = e.equal(both, terms, *apart, each, fold(shifted_element((1 - q) * r, k, l)))
    third = e.equal(terms, shifted_element(r, k, l) - shifted_element(0, k, l), written_out)
    unshifted = e.equal(shifted_element(0, k, l), sign_element(k, l), unfold(SHIFTED_ELEMENT), fold(sign_element(k, l)))
    theorem = transitivity(symmetry(first), second, third)
    return e.by(transport, theorem, (1, 1, 1), unshifted)


DIFFERENCE = Result(
    "14-difference",
    "The matrix elements of the sign of x + r, less those of the sign of x",
    equation="14",
    chain=[
        have(
            equal(
                Integral(_change * (conj(wave(x, k)) * wave(x, l)), x), shifted_element(r, k, l) - sign_element(k, l)
            ),
            by=ProofBy("the integral of a sum", _split),
        )
    ],
)


def product(factors: Iterable[Term]) -> Term:
    """The product of the factors, 1 if there are none."""
    return prod(factors, start=one)


@dataclass(frozen=True)
class Pair:
    """⟨k|x⟩⟨x|l⟩ = e^{−x²/2}/√(2π) · x^m ((x² − 1)/√2)^n."""

    first: int
    second: int
    m: int
    n: int

    @property
    def levels(self) -> tuple[int, ...]:
        """The levels, each once, the higher first."""
        return tuple(sorted({self.first, self.second}, reverse=True))

    @property
    def factors(self) -> tuple[Term, ...]:
        """x, m times, and (x² − 1)/√2, n times."""
        return (x,) * self.m + ((x**2 - 1) / sqrt(2),) * self.n

    @property
    def label(self) -> str:
        """The result that writes the change of the element as an integral."""
        return "14-difference"

    @property
    def density(self) -> Term:
        """⟨k|x⟩⟨x|l⟩."""
        return conj(wave(x, self.first)) * wave(x, self.second)

    @property
    def bell(self) -> Term:
        """e^{−x²/2}/√(2π)."""
        return exp(-(x**2) / 2) / sqrt(2 * pi)

    def written(self, e: Estimates) -> Theorem:
        """The density as the product of the factors and the Gaussian."""
        reasons = [unfold(WAVE_FUNCTION), *(use(f"H_{level}", everywhere=True) for level in self.levels)]
        return e.equal(self.density, product(self.factors) * self.bell, *reasons)

    def flat(self, e: Estimates) -> Theorem:
        """The Gaussian is at most 1/√(2π)."""
        falls = exponential_monotone(e.at_most(-(x**2) / 2, zero))
        return e.at_most(self.bell, 1 / sqrt(2 * pi), (1 / sqrt(2 * pi), falls))

    @property
    def modulus(self) -> Term:
        """|x|^m |(x² − 1)/√2|^n."""
        return product(map(Abs, self.factors))

    @property
    def size(self) -> Term:
        """ε^m 2^{−n/2}, its bound for |x| ≤ ε ≤ 1."""
        return epsilon**self.m * sqrt(2) ** (-self.n)

    def bounded(self, e: Estimates, square: Theorem) -> Theorem:
        """|x^m ((x² − 1)/√2)^n| ≤ ε^m 2^{−n/2} from x² ≤ ε²."""
        near = e.by(root_of_square, Abs(x), e.at_most(Abs(x) ** 2, epsilon**2, (1, square)))
        y = x**2 - 1
        below = e.at_most(-one, y)
        above = e.at_most(y, one, (1, square), (1 + epsilon, e.fact(epsilon <= 1)))
        other = two_sided(y, below, above)
        weights: dict[tuple[int, int], tuple[Any, Any]] = {
            (0, 0): (0, 0),
            (1, 0): (1, 0),
            (2, 0): (Abs(x) + epsilon, 0),
            (0, 1): (0, 1 / sqrt(2)),
            (0, 2): (0, (Abs(y) + 1) / 2),
            (1, 1): (Abs(y) / sqrt(2), epsilon / sqrt(2)),
        }
        one_, two_ = weights[self.m, self.n]
        return e.at_most(self.modulus, self.size, (one_, near), (two_, other))


PAIRS = (Pair(0, 0, 0, 0), Pair(0, 1, 1, 0), Pair(0, 2, 0, 1), Pair(1, 1, 2, 0), Pair(1, 2, 1, 1), Pair(2, 2, 0, 2))


def _between(e: Estimates, pair: Pair, weight: Term, fact: Term) -> Theorem:
    """x(x + r) ≤ 0: the change of the sign is at most 2, x² ≤ r² ≤ ε², and the exponential is at least 1."""
    product = e.at_most(x * (x + r), 0, (weight, e.fact(fact)))
    width = e.at_most(r**2, epsilon**2, (epsilon + r, e.fact(r <= epsilon)))
    above = exponential_monotone(e.at_most(0, _exponent, (2 / epsilon**2, product), (1 / (2 * epsilon**2), width)))
    square = e.at_most(x**2, epsilon**2, (1, width), (1, e.by(square_nonnegative, x + r)), (2, product))
    sizes = [e.by(triangle, (sgn(x + r), -1 * sgn(x))), *(e.by(sign_bound, z) for z in (x + r, x))]
    two = e.at_most(Abs(_change), 2, *((1, t) for t in sizes))
    height = 1 / sqrt(2 * pi)
    return e.at_most(
        *_pointwise(pair).args,
        (pair.modulus * pair.bell, two),
        (2 * pair.bell, pair.bounded(e, square)),
        (2 * pair.size, pair.flat(e)),
        (2 * pair.size * height, above),
    )


def _pointwise(pair: Pair) -> Term:
    """|sgn(x + r) − sgn(x)| |⟨k|x⟩⟨x|l⟩| ≤ 2 ε^m 2^{−n/2} e^{1/2 − 2(x + r/2)²/ε²}/√(2π)."""
    return Abs(_change) * (pair.modulus * pair.bell) <= 2 * pair.size / sqrt(2 * pi) * exp(_exponent)


def _everywhere(e: Estimates, pair: Pair) -> Theorem:
    """By the signs of x and x + r."""
    y = x + r

    def same(*facts: Term) -> Theorem:
        return e.under(*facts).fact(_pointwise(pair))

    def between(weight: Term, fact: Term, *facts: Term) -> Theorem:
        return _between(e.under(*facts), pair, weight, fact)

    right, left = zero <= x, x < zero
    above, below = zero <= y, y < zero
    corner = cases(between(x, y <= 0, zero < x, above, y <= zero), same(zero < x, above, zero < y))
    outer = cases(between(y, x <= 0, right, above, x <= zero), corner)
    return cases(
        cases(outer, between(x, y <= 0, right, below)), cases(between(y, x <= 0, left, above), same(left, below))
    )


def _half(e: Estimates, pair: Pair, sign: int) -> Theorem:
    """±∫ (sgn(x + r) − sgn(x)) ⟨k|x⟩⟨x|l⟩ dx ≤ √e ε^{m+1} 2^{−n/2}."""
    value = pair.written(e)
    z = sign * _change * (product(pair.factors) * pair.bell)
    parts = (sign * _change, *pair.factors, pair.bell)
    modulus = e.by(modulus_of_product, parts)
    each = e.at_most(
        sign * _change * pair.density,
        _pointwise(pair).args[1],
        (sign * _change, value),
        (1, e.by(at_most_modulus, z)),
        (1, modulus),
        (1, _everywhere(e, pair)),
    )
    total = integral_of_inequality(x, each, e.given)
    spread = e.equal(
        total.right,
        pair.size * _root_e * epsilon,
        as_(_front(pair) * Integral(exp(-(2 / epsilon**2) * x**2 + -(2 * r / epsilon**2) * x), x)),
        identity(gaussian_integral, 2 / epsilon**2, -(2 * r / epsilon**2)),
    )
    return e.at_most(total.left, spread.right, (1, total), (1, spread))


def _front(pair: Pair) -> Term:
    """What multiplies the Gaussian in x of the majorant."""
    return 2 * pair.size / sqrt(2 * pi) * exp(half - r**2 / (2 * epsilon**2))


def element_bound(pair: Pair, state: State) -> Theorem:
    """|shifted − unshifted| ≤ √e ε times the bound of the polynomial."""
    bound = pair.size * _root_e * epsilon
    e = Estimates(state.given, state)
    difference = e.lookup(pair.label)
    at = e.by(instantiate, difference, ((k, num(pair.first)), (l, num(pair.second))))
    minus, plus = (_half(e, pair, sign) for sign in (-1, 1))
    below = e.at_most(-bound, at.right, (1, minus), (1, at))
    return two_sided(at.right, below, e.at_most(at.right, bound, (1, plus), (-1, at)))


def _result(pair: Pair) -> Result:
    first, second = pair.first, pair.second
    change = shifted_element(r, first, second) - sign_element(first, second)
    levels = tuple(f"H_{level}" for level in pair.levels)
    return Result(
        f"14-element-{first}{second}",
        f"What a shift of at most ε does to i_{first}{second}: order {('ε', 'ε²', 'ε³')[pair.m]}",
        equation="14",
        given=small,
        chain=[
            have(
                Abs(change) <= pair.size * _root_e * epsilon,
                by=ProofBy(
                    "(14-difference), integrated", lambda state: element_bound(pair, state), ("14-difference", *levels)
                ),
            )
        ],
    )


ELEMENT_00, ELEMENT_01, ELEMENT_02, ELEMENT_11, ELEMENT_12, ELEMENT_22 = (_result(pair) for pair in PAIRS)
