"""Points for what a result needs: other states than (B6), and local models with the four correlations of (B8)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ..kernel.terms import Term, lam, num
from .bell import AMPLITUDES, ANSWERS, BEST, answers, c, hidden, mu, phi_a, phi_b
from .language import bounded, cos, pi, sqrt, symbols

*shifts, epsilon = symbols("r r' ε", "real")
Point = tuple[tuple[Term, Any], ...]
#: The modulus of each correlation of the state (B6) at the settings of (B8).
CORRELATION = sqrt(5) / (sqrt(2) * pi)


def best_but(changed: dict[int, Any]) -> tuple[Term, Any]:
    """The amplitudes of (B6), some of them changed."""
    return c, dict(enumerate(AMPLITUDES)) | changed


#: A law with one value of λ.
ONE_VALUE = (mu, ((Fraction(1), Fraction(0)),))


def loud(noise: tuple[Term, ...], size: Term, *common: tuple[Term, Any]) -> tuple[tuple[Term, Point], ...]:
    """Of the state (B6) one outcome is shifted by 8, beyond nearly all of its values, so that its sign is known."""
    given = tuple(bounded(f(hidden), hidden, size) for f in noise)
    rest = (best_but({}), ONE_VALUE, *common)
    return tuple(
        (h, (*rest, *((f, lam(hidden, num(8 if f == one else 0))) for f in noise)))
        for one, h in zip(noise, given, strict=True)
    )


def far_off(shift: Term, value: int, *common: tuple[Term, Any]) -> Point:
    """Of the state (B6) one outcome is shifted by ±8, at the angles 0, where all shifts are to be at most 1/64."""
    still = tuple((v, 0) for v in (*shifts, phi_a, phi_b) if v != shift)
    return best_but({}), *still, (epsilon, Fraction(1, 64)), *common, (shift, value)


def strong(*common: tuple[Term, Any]) -> tuple[tuple[Term, Point], ...]:
    """One amplitude of (B6) is 50, at the angles 0, both outcomes shifted by 1."""
    rest = *((v, 1) for v in (*shifts, epsilon)), (phi_a, 0), (phi_b, 0), *common
    return tuple((h, (best_but({k: num(50)}), *rest)) for k, h in enumerate(BEST))


def models_without() -> tuple[tuple[Term, Point], ...]:
    """Without one amplitude of (B6) all correlations can vanish; one unbounded answer gives all four of (B6)."""
    silent = tuple((v, lam(hidden, num(0))) for v in answers)
    changed = -AMPLITUDES[2] / 2, num(0), -4 * AMPLITUDES[2]
    found: list[tuple[Term, Point]] = [
        (h, (best_but({k: z}), *silent, ONE_VALUE)) for (k, h), z in zip(enumerate(BEST), changed, strict=True)
    ]
    found += [(h, (best_but({}), *_unbounded(i))) for i, h in enumerate(ANSWERS)]
    return tuple(found)


def _unbounded(i: int) -> Point:
    """λ = 0 or 1. One party answers ±0.99; the other one answers at λ = 0 to one setting, at λ = 1 to the other.

    What it answers with probability 49/100 is the i-th answer, beyond 1.
    """
    first = Fraction(49 if i % 2 == 0 else 51, 100)
    size, sign = Fraction(99, 100), cos(pi * hidden)
    own = [CORRELATION / (size * p) * ((1 + z) / 2) for p, z in ((first, sign), (1 - first, -sign))]
    others = [num(size), size * sign]
    values = own + others if i < 2 else others + own
    law = ((first, Fraction(0)), (1 - first, Fraction(1)))
    return (*((v, lam(hidden, value)) for v, value in zip(answers, values, strict=True)), (mu, law))
