"""Functions of an angle: exponentials e^{inφ} over whole periods, cosine and sine."""

from __future__ import annotations

from ..kernel.errors import Refused
from ..kernel.functions import natural
from ..kernel.terms import Term, lam, new_variable, num, var
from ..kernel.theorem import Inference, rule
from .logic import Given, context, equation

_PHI = var("φ", "real")


@rule
def orthogonality(m: Term, n: Term, periods: Term, given: Given) -> Inference:
    """∫_{−πp}^{πp} e^{i(m−n)φ} dφ = 2πp·δ_{mn} for integers m, n and a natural number p of periods (DLMF 1.8.i)."""
    ctx = context(given)
    for frequency in (m, n):
        if not ctx.integer(ctx.nf(frequency)):
            raise Refused("a frequency is not shown to be an integer", frequency)
    natural(ctx, periods)
    end = Term("pi") * periods if periods != num(1) else Term("pi")
    phi = new_variable(_PHI, m, n)
    left = Term("integral", (-end, end, lam(phi, Term("exp", (Term("I") * (m - n) * phi,)))))
    return frozenset(given), equation(left, 2 * end * Term("delta", (m, n)))


@rule
def jordan(y: Term, given: Given) -> Inference:
    """(2y/π)² ≤ 1 − cos²y for −π/2 ≤ y ≤ π/2: Jordan's inequality 2|y|/π ≤ |sin y| (DLMF 4.18.1), squared."""
    ctx = context(given)
    p, quarter = ctx.nf(y), ctx.nf(Term("pi") / 2)
    if not (ctx.real(p) and ctx.nonnegative(p + quarter) and ctx.nonnegative(quarter - p)):
        raise Refused("the angle is not shown to lie between −π/2 and π/2", y)
    return frozenset(given), (2 * y / Term("pi")) ** 2 <= 1 - Term("cos", (y,)) ** 2


RULES = (orthogonality, jordan)
