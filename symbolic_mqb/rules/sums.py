"""Finite sums with symbolic bounds."""

from __future__ import annotations

from ..kernel.errors import Refused
from ..kernel.functions import natural
from ..kernel.terms import Term, apply, fresh, lam, new_variable, num, var
from ..kernel.theorem import Inference, rule
from .logic import Given, context, equation

_S = var("s", "int")


def _sum(low: Term, high: Term, function: Term) -> Term:
    return Term("sum", (low, high, function))


def split_off_sum(body: Term) -> tuple[tuple[Term, ...], Term]:
    """(the other factors, the last factor that is a sum) of a sum or of a product with one."""
    if body.op == "sum":
        return (), body
    factors = _flat(body) if body.op == "mul" else ()
    for i in range(len(factors) - 1, -1, -1):
        if factors[i].op == "sum":
            return factors[:i] + factors[i + 1 :], factors[i]
    raise Refused("expected a finite sum, alone or as a factor", body)


def _flat(product: Term) -> tuple[Term, ...]:
    return tuple(f for a in product.args for f in (_flat(a) if a.op == "mul" else (a,)))


def times(factors: tuple[Term, ...], last: Term) -> Term:
    """The product, one node."""
    return Term("mul", (*factors, *(last.args if last.op == "mul" else (last,)))) if factors else last


@rule
def split_sum(low: Term, middle: Term, high: Term, function: Term, given: Given) -> Inference:
    """Σ_{low}^{high} = Σ_{low}^{middle} + Σ_{middle+1}^{high}, for low − 1 ≤ middle ≤ high."""
    ctx = context(given)
    a, m, b = (ctx.nf(x) for x in (low, middle, high))
    if not all(ctx.integer(p) for p in (a, m, b)):
        raise Refused("the bounds of a sum are integers", middle)
    if not (ctx.nonnegative(m - a + ctx.nf(num(1))) and ctx.nonnegative(b - m)):
        raise Refused("the point of splitting is not shown to lie in the range", middle)
    right = _sum(low, middle, function) + _sum(middle + 1, high, function)
    return frozenset(given), equation(_sum(low, high, function), right)


@rule
def shift_index(low: Term, high: Term, function: Term, by: Term, given: Given) -> Inference:
    """Σ_{s=low}^{high} f(s) = Σ_{s=low+d}^{high+d} f(s − d), for an integer d."""
    ctx = context(given)
    if not all(ctx.integer(ctx.nf(x)) for x in (low, high, by)):
        raise Refused("an index is shifted by an integer", by)
    s = new_variable(_S, function, by)
    right = _sum(low + by, high + by, lam(s, apply(function, s - by)))
    return frozenset(given), equation(_sum(low, high, function), right)


@rule
def reverse_sum(low: Term, high: Term, function: Term, given: Given) -> Inference:
    """Σ_{s=low}^{high} f(s) = Σ_{s=low}^{high} f(low + high − s)."""
    ctx = context(given)
    if not all(ctx.integer(ctx.nf(x)) for x in (low, high)):
        raise Refused("the bounds of a sum are integers", low)
    s = new_variable(_S, function, low, high)
    right = _sum(low, high, lam(s, apply(function, low + high - s)))
    return frozenset(given), equation(_sum(low, high, function), right)


@rule
def select(low: Term, high: Term, function: Term, j: Term, given: Given) -> Inference:
    """Σ_{s=low}^{high} δ_{sj} f(s) = f(j), for an integer j with low ≤ j ≤ high."""
    ctx = context(given)
    p, a, b = ctx.nf(j), ctx.nf(low), ctx.nf(high)
    if not (ctx.integer(p) and ctx.integer(a) and ctx.integer(b)):
        raise Refused("the index to select is not shown to be an integer", j)
    if not (ctx.nonnegative(p - a) and ctx.nonnegative(b - p)):
        raise Refused("the index to select is not shown to lie in the range", j)
    s = new_variable(_S, function, j)
    left = _sum(low, high, lam(s, Term("delta", (s, j)) * apply(function, s)))
    return frozenset(given), equation(left, apply(function, j))


@rule
def sift(function: Term, i: Term, j: Term, given: Given) -> Inference:
    """δ_{ij} f(i) = δ_{ij} f(j), for integers i, j."""
    ctx = context(given)
    if not (ctx.integer(ctx.nf(i)) and ctx.integer(ctx.nf(j))):
        raise Refused("Kronecker's δ compares integers", i)
    delta = Term("delta", (i, j))
    return frozenset(given), equation(delta * apply(function, i), delta * apply(function, j))


@rule
def exchange_sums(t: Term) -> Inference:
    """Σ_s Σ_r f(s, r) = Σ_r Σ_s f(s, r), where the inner bounds do not depend on s."""
    if t.op != "sum":
        raise Refused("expected a double sum", t)
    s = fresh(t.args[2], t.free)
    inner = apply(t.args[2], s)
    if inner.op != "sum" or any(s in b.free for b in inner.args[:2]):
        raise Refused("expected a double sum over a rectangle", t)
    r = fresh(inner.args[2], t.free | {s})
    body = _sum(t.args[0], t.args[1], lam(s, apply(inner.args[2], r)))
    return frozenset(), equation(t, _sum(inner.args[0], inner.args[1], lam(r, body)))


@rule
def sum_of_terms(low: Term, high: Term, f: Term, g: Term, given: Given) -> Inference:
    """Σ_s (f(s) + g(s)) = Σ_s f(s) + Σ_s g(s), finite sums from low to high."""
    ctx = context(given)
    for function in (f, g):
        ctx.nf(_sum(low, high, function))
    s = fresh(f, g.free)
    left = _sum(low, high, lam(s, apply(f, s) + apply(g, s)))
    return frozenset(given), equation(left, _sum(low, high, f) + _sum(low, high, g))


@rule
def binomial_theorem(n: Term, a: Term, u: Term, b: Term, given: Given) -> Inference:
    """(a + u·b)ⁿ = Σ_{m=0}^{n} C(n,m) a^{n−m} u^m b^m for a natural number n and complex a, u, b (DLMF 1.2.2)."""
    ctx = context(given)
    natural(ctx, n)
    for z in (a, u, b):
        ctx.nf(z)
    m = new_variable(var("m", "int"), n, a, u, b)
    term = Term("binomial", (n, m)) * a ** (n - m) * u**m * b**m
    return frozenset(given), equation((a + u * b) ** n, _sum(num(0), n, lam(m, term)))


@rule
def power_of_product(u: Term, v: Term, j: Term, n: Term, given: Given) -> Inference:
    """(u·v^j)ⁿ = uⁿ·v^{jn} for integers j, n where both sides are defined."""
    ctx = context(given)
    for exponent in (j, n):
        if not ctx.integer(ctx.nf(exponent)):
            raise Refused("an exponent is not shown to be an integer", exponent)
    left, right = (u * v**j) ** n, u**n * v ** (j * n)
    ctx.nf(left)
    ctx.nf(right)
    return frozenset(given), equation(left, right)


RULES = (
    split_sum,
    shift_index,
    reverse_sum,
    select,
    sift,
    exchange_sums,
    sum_of_terms,
    binomial_theorem,
    power_of_product,
)
