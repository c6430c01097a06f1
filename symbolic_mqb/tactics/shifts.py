"""How far a shift of the position changes ∫ sgn(x) p(x) dx, for p a Gaussian times bounded factors.

Where sgn(x + r) and sgn(x) differ, x lies between 0 and −r: there x² ≤ ε², so that e^{1/2 − 2(x + r/2)²/ε²} ≥ 1 bounds
the change by an integral that does not depend on where the signs change.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

from ..kernel.terms import Term, lam, num, var
from ..kernel.theorem import Theorem
from ..rules.asymptotics import cut
from ..rules.exponentials import exponential_above_tangent
from ..rules.inequalities import (
    absolute,
    at_most_modulus,
    exponential_monotone,
    integral_of_inequality,
    modulus_of_product,
    root_of_square,
    square_nonnegative,
    triangle,
    two_sided,
)
from ..rules.integrals import gaussian_integral, integral_termwise, line_integral
from ..rules.logic import cases, instantiate, rewrite, symmetry, transitivity
from ..rules.sign import sign, sign_bound
from .estimates import Estimates
from .reasons import State, as_, convert, fold, identity
from .sums import written_out

x, r, epsilon = (var(name, "real") for name in ("x", "r", "ε"))
_k, _l, _j = var("k", "nat"), var("l", "nat"), var("j", "int")
zero, one, _HALF = num(0), num(1), num(Fraction(1, 2))
#: sgn(x + r) − sgn(x).
change = sign(x + r) - sign(x)
#: −ε ≤ r ≤ ε.
SMALL = (-epsilon <= r, r <= epsilon)


def _exp(z: Term) -> Term:
    return Term("exp", (z,))


_exponent = _HALF - 2 * (x + r / 2) ** 2 / epsilon**2
_root_e = _exp(_HALF)
_width = (2 * Term("pi")) ** _HALF


def product(factors: Iterable[Term]) -> Term:
    """The product of the factors, 1 if there are none."""
    return prod(factors, start=one)


@dataclass(frozen=True)
class Shifted(ABC):
    """A density of the levels k and l: a Gaussian times factors, bounded where |x| ≤ ε, perhaps for ε² ≤ 2."""

    first: int
    second: int

    @property
    @abstractmethod
    def label(self) -> str:
        """The result that writes the change of the element as an integral."""

    @property
    @abstractmethod
    def density(self) -> Term:
        """What is integrated against the sign."""

    @property
    @abstractmethod
    def expanded(self) -> Term:
        """The same as `density`, in the form that the canonical form shows to be integrable."""

    @property
    @abstractmethod
    def back(self) -> tuple[Any, ...]:
        """Reasons for density, from `expanded`."""

    @property
    @abstractmethod
    def bell(self) -> Term:
        """The Gaussian."""

    @property
    @abstractmethod
    def factors(self) -> tuple[Term, ...]:
        """What multiplies the Gaussian."""

    @property
    @abstractmethod
    def size(self) -> Term:
        """A bound of the modulus of the factors' product."""

    @property
    def modulus(self) -> Term:
        """The product of the moduli of the factors."""
        return product(map(absolute, self.factors))

    @abstractmethod
    def written(self, e: Estimates) -> Theorem:
        """density = product of the factors · Gaussian."""

    @abstractmethod
    def lower(self, e: Estimates, square: Theorem) -> Theorem:
        """modulus · Gaussian ≤ size/√(2π), from x² ≤ ε²."""

    def far(self, e: Estimates, at: Theorem) -> Theorem | None:
        """|at.right| ≤ bound for 2 < ε², if `lower` takes ε² ≤ 2; at is ∫ (sgn(x + r) − sgn(x)) p(x) dx = right."""
        return None


def below_a_gaussian(e: Estimates, w: Term) -> tuple[Theorem, Theorem, Theorem]:
    """e^{−w/2} is at most 1, (1 + w/2)e^{−w/2} too, and |w − 1|e^{−w/2}, for w ≥ 0.

    The last by e^{w/2} ≥ (1 + w/4)² = w − 1 + (w/4 − 1)² + 1.
    """
    bell, quarter, y = _exp(-w / 2), _exp(w / 4), w - 1
    half, tangent = (e.by(exponential_above_tangent, z) for z in (w / 2, w / 4))
    weight = bell * (quarter + 1 + w / 4)
    above = e.at_most(y * bell, 1, (weight, tangent), (bell, e.by(square_nonnegative, w / 4 - 1)))
    below = e.at_most(-1, y * bell, (bell, half))
    near = e.at_most(absolute(y) * bell, 1, (1, two_sided(y * bell, below, above)))
    return e.at_most(bell, 1, (bell, half)), e.at_most((1 + w / 2) * bell, 1, (bell, half)), near


def difference(e: Estimates, written: Term, density: Term, at: Callable[[Term], Term], *back: Any) -> Theorem:
    """∫ (sgn(x + r) − sgn(x)) p(x) dx = S(r) − S(0) for S(r) = ∫ sgn(x + r) p(x) dx, the symbol `at`.

    `density` is p as it is printed, `written` the form in which the canonical form shows it integrable, and the
    reasons `back` lead from this to that.
    """
    turned, sides = (1 - 2 * _j) * sign(x + (1 - _j) * r), (1 - 2 * _j) * at((1 - _j) * r)
    both, inside = (line_integral(lam(x, t)) for t in (_two(turned) * written, _two(turned * written)))
    apart = _two((1 - 2 * _j) * line_integral(lam(x, sign(x + (1 - _j) * r) * written)))
    first = e.equal(both, line_integral(lam(x, change * density)), written_out, *back)
    steps = as_(inside), convert(integral_termwise), as_(apart), *back, fold(at((1 - _j) * r))
    second = e.equal(both, _two(sides), *steps)
    third = e.equal(_two(sides), at(r) - at(zero), written_out)
    return transitivity(symmetry(first), second, third)


def _two(body: Term) -> Term:
    """The sum over j = 0, 1."""
    return Term("sum", (zero, one, lam(_j, body)))


def _between(e: Estimates, pair: Shifted, weight: Term, fact: Term) -> Theorem:
    """x(x + r) ≤ 0: the change of the sign is at most 2, x² ≤ r² ≤ ε², and the exponential is at least 1."""
    product = e.at_most(x * (x + r), 0, (weight, e.fact(fact)))
    width = e.at_most(r**2, epsilon**2, (epsilon + r, e.fact(r <= epsilon)))
    above = exponential_monotone(e.at_most(0, _exponent, (2 / epsilon**2, product), (1 / (2 * epsilon**2), width)))
    square = e.at_most(x**2, epsilon**2, (1, width), (1, e.by(square_nonnegative, x + r)), (2, product))
    sizes = [e.by(triangle, (sign(x + r), -1 * sign(x))), *(e.by(sign_bound, z) for z in (x + r, x))]
    two = e.at_most(absolute(change), 2, *((1, t) for t in sizes))
    height = 1 / _width
    return e.at_most(
        *_pointwise(pair).args,
        (pair.modulus * pair.bell, two),
        (2, pair.lower(e, square)),
        (2 * pair.size * height, above),
    )


def _pointwise(pair: Shifted) -> Term:
    """|sign(x + r) − sign(x)| |⟨k|x⟩⟨x|l⟩| ≤ 2 ε^m 2^{−n/2} e^{1/2 − 2(x + r/2)²/ε²}/√(2π)."""
    return absolute(change) * (pair.modulus * pair.bell) <= 2 * pair.size / _width * _exp(_exponent)


def _everywhere(e: Estimates, pair: Shifted) -> Theorem:
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


def _half(e: Estimates, pair: Shifted, sign: int) -> Theorem:
    """±∫ (sign(x + r) − sign(x)) ⟨k|x⟩⟨x|l⟩ dx ≤ √e ε^{m+1} 2^{−n/2}."""
    value = pair.written(e)
    z = sign * change * (product(pair.factors) * pair.bell)
    parts = (sign * change, *pair.factors, pair.bell)
    modulus = e.by(modulus_of_product, parts)
    each = e.at_most(
        sign * change * pair.density,
        _pointwise(pair).args[1],
        (sign * change, value),
        (1, e.by(at_most_modulus, z)),
        (1, modulus),
        (1, _everywhere(e, pair)),
    )
    total = integral_of_inequality(x, each, e.given)
    spread = e.equal(
        total.right,
        pair.size * _root_e * epsilon,
        as_(_front(pair) * line_integral(lam(x, _exp(-(2 / epsilon**2) * x**2 + -(2 * r / epsilon**2) * x)))),
        identity(gaussian_integral, 2 / epsilon**2, -(2 * r / epsilon**2)),
    )
    return e.at_most(total.left, spread.right, (1, total), (1, spread))


def _front(pair: Shifted) -> Term:
    """What multiplies the Gaussian in x of the majorant."""
    return 2 * pair.size / _width * _exp(_HALF - r**2 / (2 * epsilon**2))


def element_bound(pair: Shifted, state: State) -> Theorem:
    """|shifted − unshifted| ≤ √e ε times the bound of the polynomial; ε is not negative, since −ε ≤ r ≤ ε."""
    e = Estimates(state.given, state)
    at = e.by(instantiate, e.lookup(pair.label), ((_k, num(pair.first)), (_l, num(pair.second))))
    wide = e.at_most(0, epsilon, (_HALF, e.fact(-epsilon <= r)), (_HALF, e.fact(r <= epsilon)))
    inside = e.under(zero <= epsilon)
    moved = inside.under(Term("ne", (r, zero)))
    shifted = cases(_no_room(moved.under(epsilon <= 0), pair, at.right), _moved(moved.under(epsilon > 0), pair, at))
    return cut(cases(_unmoved(inside.under(Term("eq", (r, zero))), pair, at), shifted), wide)


def at_most_one(e: Estimates, pair: Shifted, at: Theorem, value: Theorem, mass: Theorem, balance: Theorem) -> Theorem:
    """|∫ (sgn(x + r) − sgn(x)) p(x) dx| ≤ 1: `value` writes p so that p ≥ 0 is seen, ∫ p = 1 and ∫ sgn(x) p = 0."""
    unit = e.at_most(sign(x + r), 1, (1, e.by(at_most_modulus, sign(x + r))), (1, e.by(sign_bound, x + r)))
    least = e.at_most(-1, sign(x + r), (1, e.by(at_most_modulus, -sign(x + r))), (1, e.by(sign_bound, x + r)))

    def half(way: int, side: Theorem) -> Theorem:
        """±∫ (sgn(x + r) − sgn(x)) p ≤ 1 from ±sgn(x + r) ≤ 1."""
        rest = (1 - way * sign(x)) * pair.density
        weight = way * change - (1 - way * sign(x))
        each = e.at_most(way * change * pair.density, rest, (weight, value), (value.right, side))
        total = integral_of_inequality(x, each, e.given)
        return e.at_most(total.left, one, (1, total), (1, _apart(e, pair, way)), (1, mass), (-way, balance))

    minus, plus = half(-1, least), half(1, unit)
    below = e.at_most(-1, at.right, (1, minus), (1, at))
    return two_sided(at.right, below, e.at_most(at.right, 1, (1, plus), (-1, at)))


def beyond_one(e: Estimates, pair: Shifted, small: Theorem) -> Theorem:
    """|z| ≤ √e ε/2 for ε² > 2, from |z| ≤ 1: √e ≥ 3/2 and ε ≥ 7/5."""
    root = num(Fraction(7, 5))
    wide = e.by(root_of_square, root, e.at_most(root**2, epsilon**2, (1, e.fact(epsilon**2 > 2))))
    large = e.by(exponential_above_tangent, _HALF)
    return e.at_most(small.left, _bound(pair), (1, small), (epsilon / 2, large), (Fraction(3, 4), wide))


def _apart(e: Estimates, pair: Shifted, way: int) -> Theorem:
    """∫ (1 ∓ sgn(x)) p dx = Σ_{j=0}^{1} ∫ (∓sgn(x))^j p dx = ∫ p dx ∓ ∫ sgn(x) p dx."""
    p, turned = pair.expanded, (-way * sign(x)) ** _j
    both, inside = (line_integral(lam(x, t)) for t in (_two(turned) * p, _two(turned * p)))
    parts, last = (line_integral(lam(x, q)) - way * line_integral(lam(x, sign(x) * q)) for q in (p, pair.density))
    together = e.equal(both, line_integral(lam(x, (1 - way * sign(x)) * pair.density)), written_out, *pair.back)
    apart = e.equal(both, last, as_(inside), convert(integral_termwise), written_out, as_(parts), *pair.back)
    return transitivity(symmetry(together), apart)


def _bound(pair: Shifted) -> Term:
    return pair.size * _root_e * epsilon


def _moved(e: Estimates, pair: Shifted, at: Theorem) -> Theorem:
    """|at.right| ≤ bound for ε > 0."""
    far = epsilon**2 > 2
    rough = pair.far(e.under(far), at)
    return _near(e, pair, at) if rough is None else cases(_near(e.under(epsilon**2 <= 2), pair, at), rough)


def _near(e: Estimates, pair: Shifted, at: Theorem) -> Theorem:
    """|at.right| ≤ bound where the density is small between 0 and −r."""
    minus, plus = (_half(e, pair, sign) for sign in (-1, 1))
    below = e.at_most(-_bound(pair), at.right, (1, minus), (1, at))
    return two_sided(at.right, below, e.at_most(at.right, _bound(pair), (1, plus), (-1, at)))


def _unmoved(e: Estimates, pair: Shifted, at: Theorem) -> Theorem:
    """|at.right| ≤ bound for r = 0, where sgn(x + r) − sgn(x) vanishes."""
    nothing = transitivity(symmetry(at), e.equal(at.left, zero))
    return e.at_most(absolute(at.right), _bound(pair), (1, e.by(rewrite, absolute(at.right), (0,), nothing)))


def _no_room(e: Estimates, pair: Shifted, change: Term) -> Theorem:
    """|change| ≤ bound for r ≠ 0 and ε ≤ 0, since then r² ≤ 0."""
    square = e.at_most(r**2, 0, (epsilon + r, e.fact(r <= epsilon)), (epsilon, e.fact(epsilon <= 0)))
    return e.at_most(absolute(change), _bound(pair), (absolute(change) / r**2, square))
