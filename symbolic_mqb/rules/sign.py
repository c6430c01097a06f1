"""The sign of a real number: −1, 0 or 1."""

from __future__ import annotations

from ..kernel.errors import Refused
from ..kernel.terms import Term, num
from ..kernel.theorem import Inference, Theorem, require, rule
from .inequalities import absolute
from .logic import Given, context, known


def sign(x: Term) -> Term:
    """sgn(x)."""
    return Term("sgn", (x,))


@rule
def sign_monotone(theorem: Theorem) -> Inference:
    """Γ ⊢ a ≤ b gives Γ ⊢ sgn(a) ≤ sgn(b), for real a and b."""
    require(theorem, "le")
    ctx = known(theorem.hypotheses)
    for side in (theorem.left, theorem.right):
        if not ctx.real(ctx.nf(side)):
            raise Refused("the sign is that of a real number", side)
    return theorem.hypotheses, sign(theorem.left) <= sign(theorem.right)


@rule
def sign_bound(x: Term, given: Given) -> Inference:
    """|sgn(x)| ≤ 1 for real x."""
    context(given).nf(sign(x))
    return frozenset(given), absolute(sign(x)) <= num(1)


RULES = (sign_monotone, sign_bound)
