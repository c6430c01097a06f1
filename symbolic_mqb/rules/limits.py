"""Limits of products of sequences."""

from __future__ import annotations

from ..kernel.terms import Term, apply, lam
from ..kernel.theorem import Inference, Theorem, require, rule


@rule
def limit_of_product(first: Theorem, second: Theorem) -> Inference:
    """Γ ⊢ lim f(N) = v and Δ ⊢ lim g(N) = w give Γ, Δ ⊢ lim f(N)·g(N) = v·w."""
    require(first, "limit")
    require(second, "limit")
    (f, v), (g, w) = first.conclusion.args, second.conclusion.args
    n = Term("var", ("·N", "nat"))
    named = Term("lam", (f.args[0], "nat", lam(n, apply(f, n) * apply(g, n)).args[2]))
    return first.hypotheses | second.hypotheses, Term("limit", (named, v * w))


RULES = (limit_of_product,)
