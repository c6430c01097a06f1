"""How high the products ⟨k|x⟩⟨x|l⟩ of the levels of (B6) are, blurred by a Gaussian: (14) for POVMs with s > 0.

With t = 1/σ, w = x²/σ² and g = e^{−w/2} they are t g/√(2π) times a polynomial in t and w, and x for k + l odd. The
bounds are those that hold at σ = 1; for the levels 2 and 2, where x² ≤ 2 only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..kernel.terms import Term, num, var
from ..kernel.theorem import Theorem
from ..rules.inequalities import absolute, at_most_modulus, square_nonnegative, two_sided
from .estimates import Estimates, nonnegative_on_unit_interval
from .reasons import State
from .second_order import Levels

t, w, g = (var(name, "real") for name in "twg")
zero, one, half = num(0), num(1), num(Fraction(1, 2))
#: What is known of t, w and g.
RANGE = (zero <= t, t <= 1, zero <= w, zero <= g, g <= 1, (1 + w / 2) * g <= 1, absolute(w - 1) * g <= 1)
#: x² ≤ 2.
NARROW = w <= 2 * t**2

Certificate = tuple[tuple[Any, Theorem], ...]


@dataclass(frozen=True)
class Height:
    """A polynomial, what its product with t g is at most, and the proof of both inequalities."""

    polynomial: Callable[[Any, Any], Any]
    bound: Callable[[Any, Any], Any]
    above: Callable[[Estimates], Certificate]
    below: Callable[[Estimates], Certificate]
    narrow: bool = False

    @property
    def range(self) -> tuple[Term, ...]:
        """What it takes."""
        return (*RANGE, NARROW) if self.narrow else RANGE

    def theorem(self, state: State) -> Theorem:
        """|polynomial t g| ≤ bound."""
        e = Estimates(self.range, state)
        value, bound = self.polynomial(t, w) * t * g, self.bound(t, w)
        return two_sided(value, e.at_most(-bound, value, *self.below(e)), e.at_most(value, bound, *self.above(e)))


def _one(e: Estimates, weight: Any) -> tuple[Any, Theorem]:
    """weight·(1 − t)."""
    return weight, e.fact(t <= 1)


def _bell(e: Estimates, weight: Any) -> tuple[Any, Theorem]:
    """weight·(1 − g)."""
    return weight, e.fact(g <= 1)


def _near(e: Estimates, weight: Any, way: int) -> Certificate:
    """weight·(1 ∓ (w − 1)g)."""
    return (weight, e.fact(RANGE[-1])), (weight * g, e.by(at_most_modulus, way * (w - 1)))


def _powers(degree: int) -> Any:
    """1 + t + … + t^degree."""
    return sum((t**i for i in range(1, degree + 1)), start=one)


def _second(t: Any, w: Any) -> Any:
    """2⟨2|x⟩² at the blur: t⁴(w − 1)² + 4t²(1 − t²)w + 2(1 − t²)²."""
    return ((w**2 - 6 * w + 3) * t**4 + 4 * (w - 1) * t**2 + 2) / 2


def _second_above(e: Estimates) -> Certificate:
    """1 + w/2 − 2t·(polynomial) = (1 − t)(q + 2t² − w) + w b + t⁵w(2t² − w), with q, b ≥ 0 for 0 ≤ t ≤ 1."""
    q = nonnegative_on_unit_interval(e, t, (1, -1, -3, 3, 3), 7)
    b = nonnegative_on_unit_interval(e, t, (Fraction(3, 2), -1, 0, -4, 0, 6, 0, -2), 9)
    narrow = e.fact(NARROW)
    weights = (one, e.fact(RANGE[5])), (g * (1 - t), q), (g * w, b), (g * (1 - t), narrow), (g * t**5 * w, narrow)
    return tuple((half * weight, theorem) for weight, theorem in weights)


HEIGHTS: dict[Levels, Height] = {
    (0, 0): Height(lambda t, w: one, lambda t, w: one, lambda e: (_bell(e, t), _one(e, 1)), lambda e: ()),
    (0, 1): Height(lambda t, w: t**2, lambda t, w: one, lambda e: (_bell(e, t**3), _one(e, _powers(2))), lambda e: ()),
    (0, 2): Height(
        lambda t, w: t**2 * (w - 1),
        lambda t, w: one,
        lambda e: (*_near(e, t**3, 1), _one(e, _powers(2))),
        lambda e: (*_near(e, t**3, -1), _one(e, _powers(2))),
    ),
    (1, 1): Height(
        lambda t, w: t**2 * w + 1 - t**2,
        lambda t, w: t**2 * w + 1 - t**2,
        lambda e: (_one(e, t**2 * w + (1 - t) * (1 + t)), _bell(e, t**3 * w + t * (1 - t) * (1 + t))),
        lambda e: (_one(e, (1 + t) * (1 + t * g)),),
    ),
    (1, 2): Height(
        lambda t, w: t**2 * (t**2 * (w - 1) + 2 * (1 - t**2)),
        lambda t, w: one,
        lambda e: (*_near(e, t**5, 1), _bell(e, 2 * t**3 * (1 - t) * (1 + t)), _one(e, 1 + t * (1 - t) * (1 + t) ** 2)),
        lambda e: (*_near(e, t**5, -1), _one(e, _powers(4) + 2 * t**3 * g * (1 + t))),
    ),
    (2, 2): Height(
        _second,
        lambda t, w: half,
        _second_above,
        lambda e: (
            (t**5 * g / 2, e.by(square_nonnegative, w - 1)),
            _one(e, (2 * t**3 * g * w + (1 - t) * (1 + t) * t * g) * (1 + t)),
        ),
        narrow=True,
    ),
}
