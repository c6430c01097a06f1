"""Limits from bounds whose rate is a symbol."""

from __future__ import annotations

from ..kernel.errors import Refused
from ..kernel.terms import Term, apply, num
from ..kernel.theorem import Inference, Theorem, require, rule
from .logic import Given, context


@rule
def limit_from_rate(
    n: Term, function: Term, value: Term, constant: Term, q: Term, theorem: Theorem, given: Given
) -> Inference:
    """Γ, 1 ≤ N ⊢ |f(N) − v| ≤ C·N^{−q}, q > 0, N not free in Γ, f, v, C, q:  Γ ⊢ lim_{N→∞} f(N) = v.

    `function` is N ↦ f(N). For N ≥ 1 the power N^{−q} tends to 0 for every real q > 0 (DLMF 4.4.20 with x = log N).
    """
    require(theorem, "le")
    if function.op != "lam" or function.args[1] != "nat":
        raise Refused("expected a function of a natural number", function)
    if theorem.left != Term("abs", (apply(function, n) - value,)) or theorem.right != constant * n ** (-q):
        raise Refused("expected |f − v| ≤ C·N^{−q}", theorem.conclusion)
    ctx = context(given)
    if not ctx.positive(ctx.nf(q)):
        raise Refused("the bound is not shown to go to zero", theorem.right)
    hyps = (theorem.hypotheses | frozenset(given)) - {num(1) <= n}
    if n.op != "var" or n.args[1] != "nat" or any(n in x.free for x in (function, value, constant, q, *hyps)):
        raise Refused("the limit, the constant, the rate and the hypotheses must not depend on the variable", n)
    return hyps, Term("limit", (function, value))


RULES = (limit_from_rate,)
