"""(14): noise changes the correlations of the state (B6) in second order of its size ε only.

The product ⟨k|x⟩⟨x|l⟩ is e^{−x²/2}/√(2π) times x^m ((x² − 1)/√2)^n, so that between 0 and −r it is at most
ε^m 2^{−n/2}/√(2π), for n = 2 if ε² ≤ 2; beyond, the change of that element is at most 1. The elements of the sign
that are not zero in (B6) have m = 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bell import SHIFTED_ELEMENT, shifted_element, sign_element
from symbolic_mqb.notation.language import Abs, Integral, conj, equal, exp, half, pi, sgn, sqrt, symbols
from symbolic_mqb.notation.objects import WAVE_FUNCTION, wave
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.inequalities import (
    root_of_square,
)
from symbolic_mqb.rules.logic import transitivity, transport
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, fold, unfold, use
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
_root_e = exp(half)


def _split(state: State) -> Theorem:
    """sgn(x + r) − sgn(x) = Σ_{j=0}^{1} (1 − 2j) sgn(x + (1 − j)r), integrated term by term."""
    e = Estimates(state.given, state)
    overlap = conj(wave(x, k)) * wave(x, l)
    theorem = difference(e, overlap, overlap, lambda shift: shifted_element(shift, k, l))
    unshifted = e.equal(shifted_element(0, k, l), sign_element(k, l), unfold(SHIFTED_ELEMENT), fold(sign_element(k, l)))
    return e.by(transport, theorem, (1, 1, 1), unshifted)


DIFFERENCE = Result(
    "14-difference",
    "The matrix elements of the sign of x + r, less those of the sign of x",
    equation="14",
    chain=[
        have(
            equal(Integral(change * (conj(wave(x, k)) * wave(x, l)), x), shifted_element(r, k, l) - sign_element(k, l)),
            by=ProofBy("the integral of a sum", _split),
        )
    ],
)


@dataclass(frozen=True)
class Pair(Shifted):
    """⟨k|x⟩⟨x|l⟩ = e^{−x²/2}/√(2π) · x^m ((x² − 1)/√2)^n."""

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
    def expanded(self) -> Term:
        """⟨k|x⟩⟨x|l⟩."""
        return self.density

    @property
    def back(self) -> tuple[Any, ...]:
        """It is the density itself."""
        return ()

    @property
    def bell(self) -> Term:
        """e^{−x²/2}/√(2π)."""
        return exp(-(x**2) / 2) / sqrt(2 * pi)

    def written(self, e: Estimates) -> Theorem:
        """The density as the product of the factors and the Gaussian."""
        reasons = [unfold(WAVE_FUNCTION), *(use(f"H_{level}", everywhere=True) for level in self.levels)]
        return e.equal(self.density, product(self.factors) * self.bell, *reasons)

    @property
    def size(self) -> Term:
        """ε^m 2^{−n/2}."""
        return epsilon**self.m * sqrt(2) ** (-self.n)

    def lower(self, e: Estimates, square: Theorem) -> Theorem:
        """|x^m ((x² − 1)/√2)^n| e^{−x²/2} ≤ ε^m 2^{−n/2} from x² ≤ ε², for n = 2 if ε² ≤ 2."""
        near = e.by(root_of_square, Abs(x), e.at_most(Abs(x) ** 2, epsilon**2, (1, square)))
        one, _, other = below_a_gaussian(e, x**2)
        height, bell = 1 / sqrt(2 * pi), exp(-(x**2) / 2)
        if not self.n:
            power = (0, 1, Abs(x) + epsilon)[self.m]
            weights = (power * bell * height, near), (self.size * height, one)
        elif self.n == 1:
            weights = (self.m * height / sqrt(2), near), (Abs(x) ** self.m * height / sqrt(2), other)
        else:
            above = e.at_most(x**2, 2, (1, square), (1, e.fact(epsilon**2 <= 2)))
            weights = (x**2 * height / 2 * bell, above), (height / 2, one)
        return e.at_most(self.modulus * self.bell, self.size * height, *weights)

    def far(self, e: Estimates, at: Theorem) -> Theorem | None:
        """For n = 2 the change is at most 1."""
        if self.n < 2:
            return None
        level, element = self.first, sign_element(self.first, self.second)
        mass = e.equal(Integral(self.density, x), one, use("A17-orthonormal", k=level, l=level))
        balance = e.equal(Integral(sgn(x) * self.density, x), zero, fold(element), use("B5-even", k=level, m=level))
        written = self.written(e)
        value = transitivity(written, e.equal(written.right, Abs(x**2 - 1) ** 2 / 2 * self.bell))
        return beyond_one(e, self, at_most_one(e, self, at, value, mass, balance))


PAIRS = (Pair(0, 0, 0, 0), Pair(0, 1, 1, 0), Pair(0, 2, 0, 1), Pair(1, 1, 2, 0), Pair(1, 2, 1, 1), Pair(2, 2, 0, 2))


def _result(pair: Pair) -> Result:
    first, second = pair.first, pair.second
    distance = Abs(shifted_element(r, first, second) - sign_element(first, second))
    used = (*(f"H_{level}" for level in pair.levels), *(("A17-orthonormal", "B5-even") if pair.n == 2 else ()))
    return Result(
        f"14-element-{first}{second}",
        f"What a shift of at most ε does to i_{first}{second}: order {('ε', 'ε²', 'ε³')[pair.m]}",
        equation="14",
        given=SMALL,
        chain=[
            have(
                distance <= pair.size * _root_e * epsilon,
                by=ProofBy(
                    "(14-difference), integrated", lambda state: element_bound(pair, state), ("14-difference", *used)
                ),
            )
        ],
    )


ELEMENT_00, ELEMENT_01, ELEMENT_02, ELEMENT_11, ELEMENT_12, ELEMENT_22 = (_result(pair) for pair in PAIRS)
