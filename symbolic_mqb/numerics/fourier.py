"""Products of trigonometric polynomials Σ c_k e^{ikx} with certified coefficients, as one product of polynomials."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flint import acb, acb_poly

from .scalars import Value, is_zero

#: Σ_k c_k e^{ikx}: the lowest k and the c_k from there on.
Trigonometric = tuple[int, acb_poly]
#: Longer gaps between frequencies are not worth a polynomial.
_SPARSEST = 4


def trigonometric(parts: list[Any]) -> Trigonometric | None:
    """The coefficients, if every part is a number times e^{ikx} with a certain integer k; else None."""
    found: dict[int, Value] = {}
    for q1, q2, polynomial in parts:
        c = polynomial[0]
        k = _frequency(q1)
        if k is None or len(polynomial) != 1 or type(c) not in (acb, int) or not is_zero(q2) or k in found:
            return None
        found[k] = c
    low, high = min(found), max(found)
    if high - low > _SPARSEST * len(found):
        return None
    return low, acb_poly([found.get(k, 0) for k in range(low, high + 1)])


def _frequency(q1: Value) -> int | None:
    """k if q1 is exactly ik."""
    if is_zero(q1):
        return 0
    if type(q1) is not acb or not q1.is_exact():
        return None
    k = int(complex(q1).imag)
    return k if q1 == acb(0, k) else None


def times(a: Trigonometric, b: Trigonometric) -> Trigonometric:
    """The product."""
    return a[0] + b[0], a[1] * b[1]


def terms(a: Trigonometric) -> Iterator[tuple[Value, acb]]:
    """(ik, c_k) for each c_k that is not exactly 0, and one pair at least."""
    low, polynomial = a
    kept = [(k, c) for k, c in enumerate(polynomial.coeffs(), low) if not c.is_zero()]
    for k, c in kept or [(0, acb(0))]:
        yield acb(0, k) if k else 0, c
