"""Constants in the estimate of z₁^{N−m} z₂^{N+m} against e^{w₁+w₂}, for z = 1 + w/N + O(N^{−2})."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ..kernel.arithmetic import term
from ..kernel.terms import Term


def second_order(size: Any, rest: Any) -> Term:
    """c + W²/2, nearly the constant of |z − e^{w/N}| ≤ …/N² for |w| ≤ W and |z − 1 − w/N| ≤ c/N²."""
    return term(rest) + term(size) ** 2 / 2


def pair_threshold(size1: Term, size2: Term, rest: Term, shift: Term) -> Term:
    """From this N on the estimate holds: W₁ + W₂ + m + 1 ≤ √N/4 and c₁ + c₂ ≤ N/16, more or less."""
    return 16 * (1 + size1 + size2 + shift) ** 2 + 16 * rest


def pair_constant(second: Term, shift: Term, difference: Term) -> Term:
    """C with |z₁^{N−m} z₂^{N+m} − e^{w₁+w₂}| ≤ C/N for |w₂ − w₁| ≤ D."""
    return Fraction(7, 4) * second + Fraction(15, 14) * shift * difference
