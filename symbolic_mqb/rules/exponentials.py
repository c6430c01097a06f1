"""Bounds on the exponential function."""

from __future__ import annotations

from math import factorial

from ..kernel.errors import Refused
from ..kernel.terms import Term
from ..kernel.theorem import Inference, rule
from .inequalities import absolute
from .logic import Given, context


@rule
def exponential_above_tangent(x: Term, given: Given) -> Inference:
    """1 + x ≤ e^x for real x: the tangent at 0 of a convex function lies below it."""
    ctx = context(given)
    if not ctx.real(ctx.nf(x)):
        raise Refused("not shown to be real", x)
    return frozenset(given), 1 + x <= Term("exp", (x,))


@rule
def exponential_taylor(w: Term, order: int, given: Given) -> Inference:
    """|e^w − Σ_{p<P} w^p/p!| ≤ |w|^P e^{|w|}/P! for complex w and P = 0, 1, …: Σ_{p≥P} |w|^p/p! (DLMF 4.2.19)."""
    context(given).nf(w)
    if not 0 <= order <= 12:
        raise Refused("the order of the expansion is 0, 1, …, 12")
    terms = [-(w**p) / factorial(p) for p in range(order)]
    size = absolute(w)
    bound = size**order * Term("exp", (size,)) / factorial(order)
    value = Term("exp", (w,))
    return frozenset(given), absolute(Term("add", (value, *terms)) if terms else value) <= bound


RULES = (exponential_above_tangent, exponential_taylor)
