"""Sums over all N-tuples of outcomes: independence is the distributive law."""

from __future__ import annotations

from ..kernel.errors import Refused
from ..kernel.functions import natural
from ..kernel.terms import Term, apply, lam, new_variable, num, var
from ..kernel.theorem import Inference, rule
from .logic import Given, context, equation

_I, _K, _J = var("i", "int"), var("k", "int"), var("J", "tuple")


@rule
def distribute_over_tuples(n: Term, d: Term, function: Term, given: Given) -> Inference:
    """Σ over J(1), …, J(n) ∈ {1, …, d} of Π_{i=1}^{n} f(i, J(i)) = Π_{i=1}^{n} Σ_{k=1}^{d} f(i, k).

    The distributive law, by induction on n; for n = 0 both sides are 1. `function` is i ↦ (k ↦ f(i, k)).
    """
    ctx = context(given)
    natural(ctx, n)
    natural(ctx, d)
    i = new_variable(_I, function, d)
    inner = apply(function, i)
    if function.args[1] != "int":
        raise Refused("expected a function of two integers", function)
    indices = new_variable(_J, function, n)
    right = Term("prod", (num(1), n, lam(i, Term("sum", (num(1), d, inner)))))
    ctx.nf(right)
    each = lam(i, apply(inner, Term("app", (indices, i))))
    return frozenset(given), equation(Term("tuples", (n, d, lam(indices, Term("prod", (num(1), n, each))))), right)


@rule
def product_of_equal_factors(n: Term, c: Term, given: Given) -> Inference:
    """Π_{i=1}^{n} c = cⁿ for a natural number n, 0⁰ = 1."""
    ctx = context(given)
    natural(ctx, n)
    ctx.nf(c)
    i = new_variable(_I, c)
    return frozenset(given), equation(Term("prod", (num(1), n, lam(i, c))), c**n)


@rule
def product_of_products(low: Term, high: Term, f: Term, g: Term, given: Given) -> Inference:
    """Π_{i=low}^{high} f(i) · Π_{i=low}^{high} g(i) = Π_{i=low}^{high} f(i)g(i)."""
    ctx = context(given)
    i = new_variable(_I, f, g)
    right = Term("prod", (low, high, lam(i, apply(f, i) * apply(g, i))))
    left = Term("prod", (low, high, f)) * Term("prod", (low, high, g))
    ctx.nf(left)
    return frozenset(given), equation(left, right)


RULES = (distribute_over_tuples, product_of_equal_factors, product_of_products)
