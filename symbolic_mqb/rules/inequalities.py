"""Inequalities with explicit constants: moduli, remainders, finite sums and products."""

from __future__ import annotations

from fractions import Fraction
from math import factorial

from ..kernel.canonical import Context
from ..kernel.errors import Refused
from ..kernel.functions import natural
from ..kernel.terms import Term, apply, fresh, lam, num, var
from ..kernel.theorem import Inference, Theorem, require, rule
from .integrals import integrable, line_integral
from .logic import Given, context, equation, known

_S = var("s", "int")


def absolute(z: Term) -> Term:
    """|z|."""
    return Term("abs", (z,))


def _real(ctx: Context, *terms: Term) -> None:
    for t in terms:
        if not ctx.real(ctx.nf(t)):
            raise Refused("not shown to be real", t)


def integer_bounds(low: Term, high: Term, hypotheses: frozenset[Term]) -> None:
    """Refuse unless a sum's bounds are shown to be integers."""
    ctx = known(hypotheses)
    for bound in (low, high):
        if not ctx.integer(ctx.nf(bound)):
            raise Refused("a sum runs from an integer to an integer", bound)


def _modulus(theorem: Theorem, z: Term) -> Term:
    """The bound B of a theorem |z| ≤ B."""
    require(theorem, "le")
    if theorem.left != absolute(z):
        raise Refused(f"expected a bound on |{z!r}|", theorem.conclusion)
    return theorem.right


@rule
def triangle(terms: tuple[Term, ...], given: Given) -> Inference:
    """|z₁ + z₂ + …| ≤ |z₁| + |z₂| + …"""
    ctx = context(given)
    for z in terms:
        ctx.nf(z)
    if len(terms) < 2:
        raise Refused("the triangle inequality is about two terms at least")
    right = Term("add", tuple(absolute(z) for z in terms))
    return frozenset(given), absolute(Term("add", terms)) <= right


@rule
def triangle_sum(low: Term, high: Term, function: Term, given: Given) -> Inference:
    """|Σ_s f(s)| ≤ Σ_s |f(s)|, a finite sum."""
    total = Term("sum", (low, high, function))
    context(given).nf(total)
    s = fresh(function, function.free)
    return frozenset(given), absolute(total) <= Term("sum", (low, high, lam(s, absolute(apply(function, s)))))


@rule
def modulus_of_product(factors: tuple[Term, ...], given: Given) -> Inference:
    """|z₁·z₂·…| = |z₁|·|z₂|·…"""
    ctx = context(given)
    for z in factors:
        ctx.nf(z)
    if len(factors) < 2:
        raise Refused("a product has two factors at least")
    right = Term("mul", tuple(absolute(z) for z in factors))
    return frozenset(given), equation(absolute(Term("mul", factors)), right)


@rule
def sum_of_inequalities(j: Term, low: Term, high: Term, theorem: Theorem) -> Inference:
    """Γ, low ≤ j, j ≤ high ⊢ f(j) ≤ g(j), j an integer not free in Γ:  Γ ⊢ Σ f(j) ≤ Σ g(j)."""
    require(theorem, "le")
    if j.op != "var" or j.args[1] != "int" or j in low.free | high.free:
        raise Refused("the index is an integer variable that the bounds do not mention", j)
    hyps = theorem.hypotheses - {low <= j, j <= high}
    if any(j in h.free for h in hyps):
        raise Refused("a hypothesis on the index is not one of its bounds", j)
    integer_bounds(low, high, hyps)
    left, right = (Term("sum", (low, high, lam(j, side))) for side in (theorem.left, theorem.right))
    return hyps, left <= right


@rule
def integral_of_inequality(u: Term, theorem: Theorem, given: Given) -> Inference:
    """Γ ⊢ f(u) ≤ g(u), u real and not free in Γ: Γ ⊢ ∫f(u)du ≤ ∫g(u)du over the real line, both integrable."""
    require(theorem, "le")
    if u.op != "var" or u.args[1] != "real" or any(u in h.free for h in (*theorem.hypotheses, *given)):
        raise Refused("the variable of integration is a real variable that no hypothesis mentions", u)
    for side in (theorem.left, theorem.right):
        integrable(context(given), lam(u, side))
    sides = (line_integral(lam(u, side)) for side in (theorem.left, theorem.right))
    return theorem.hypotheses | frozenset(given), Term("le", tuple(sides))


@rule
def square_nonnegative(x: Term, given: Given) -> Inference:
    """0 ≤ x² for real x."""
    _real(context(given), x)
    return frozenset(given), num(0) <= x**2


@rule
def at_most_modulus(z: Term, given: Given) -> Inference:
    """z ≤ |z| for real z."""
    _real(context(given), z)
    return frozenset(given), z <= absolute(z)


@rule
def two_sided(z: Term, lower: Theorem, upper: Theorem) -> Inference:
    """−b ≤ z and z ≤ b give |z| ≤ b."""
    require(lower, "le")
    require(upper, "le")
    if upper.left != z or lower.right != z or lower.left != -upper.right:
        raise Refused("expected −b ≤ z and z ≤ b", upper.conclusion)
    return lower.hypotheses | upper.hypotheses, absolute(z) <= upper.right


@rule
def exponential_remainder(y: Term, order: int, given: Given) -> Inference:
    """|e^{iy} − Σ_{p<P} (iy)^p/p!| ≤ |y|^P/P! for real y and P = 1, 2, 3, … (Taylor's theorem)."""
    _real(context(given), y)
    if not 1 <= order <= 12:
        raise Refused("the order of the expansion is 1, 2, …, 12")
    iy = Term("I") * y
    terms = [-(iy**p) / factorial(p) for p in range(order)]
    difference = Term("add", (Term("exp", (iy,)), *terms))
    return frozenset(given), absolute(difference) <= absolute(y) ** order / factorial(order)


@rule
def logarithm_remainder(u: Term, small: Theorem, given: Given) -> Inference:
    """|u| ≤ 1/2 gives |log(1+u) − u + u²/2| ≤ (2/3)|u|³: Σ_{n≥3} |u|ⁿ/n ≤ |u|³/(3(1 − |u|)) (DLMF 4.6.1)."""
    _half(small, u)
    difference = Term("log", (1 + u,)) - u + u**2 / 2
    return small.hypotheses | frozenset(given), absolute(difference) <= Fraction(2, 3) * absolute(u) ** 3


@rule
def logarithm_bound(u: Term, small: Theorem, given: Given) -> Inference:
    """|u| ≤ 1/2 gives |log(1+u)| ≤ 2|u|: Σ_{n≥1} |u|ⁿ/n ≤ |u|/(1 − |u|) (DLMF 4.6.1)."""
    _half(small, u)
    return small.hypotheses | frozenset(given), absolute(Term("log", (1 + u,))) <= 2 * absolute(u)


@rule
def nonzero_near_one(u: Term, small: Theorem, given: Given) -> Inference:
    """|u| ≤ 1/2 gives 1 + u ≠ 0."""
    _half(small, u)
    return small.hypotheses | frozenset(given), Term("ne", (1 + u, num(0)))


def _half(small: Theorem, u: Term) -> None:
    if _modulus(small, u) != num(Fraction(1, 2)):
        raise Refused("expected the bound 1/2", small.conclusion)


@rule
def power_as_exponential(z: Term, n: Term, given: Given) -> Inference:
    """zⁿ = exp(n log z) for z ≠ 0 and an integer n (DLMF 4.2.26)."""
    ctx = context(given)
    if not (ctx.integer(ctx.nf(n)) and ctx.nonzero(ctx.nf(z))):
        raise Refused("expected an integer power of a number that is not zero", z)
    return frozenset(given), equation(z**n, Term("exp", (n * Term("log", (z,)),)))


@rule
def exponential_difference(w: Term, given: Given) -> Inference:
    """|e^w − 1| ≤ |w| e^{|w|}."""
    context(given).nf(w)
    size = absolute(w)
    return frozenset(given), absolute(Term("exp", (w,)) - 1) <= size * Term("exp", (size,))


@rule
def exponential_monotone(theorem: Theorem) -> Inference:
    """a ≤ b gives e^a ≤ e^b."""
    require(theorem, "le")
    return theorem.hypotheses, Term("exp", (theorem.left,)) <= Term("exp", (theorem.right,))


@rule
def polar(z: Term, given: Given) -> Inference:
    """z = |z| e^{i arg z} for z ≠ 0 (DLMF 1.9.7)."""
    ctx = context(given)
    if not ctx.nonzero(ctx.nf(z)):
        raise Refused("zero has no argument", z)
    return frozenset(given), equation(z, absolute(z) * Term("exp", (Term("I") * Term("arg", (z,)),)))


@rule
def power_difference(a: Term, b: Term, n: Term, first: Theorem, second: Theorem, given: Given) -> Inference:
    """|aⁿ − bⁿ| ≤ n M^{n−1} |a − b| if |a| ≤ M, |b| ≤ M, M > 0 and n is a natural number.

    aⁿ − bⁿ = (a − b) Σ_{i<n} a^i b^{n−1−i}; for n = 0 both sides are 0.
    """
    ctx = context(given)
    natural(ctx, n)
    for number in (a, b):
        ctx.nf(number)
    size = _modulus(first, a)
    if _modulus(second, b) != size or not ctx.positive(ctx.nf(size)):
        raise Refused("both numbers need the same positive bound", size)
    hyps = first.hypotheses | second.hypotheses | frozenset(given)
    return hyps, absolute(a**n - b**n) <= n * size ** (n - 1) * absolute(a - b)


@rule
def power_bound(z: Term, n: Term, theorem: Theorem, given: Given) -> Inference:
    """|z| ≤ B gives |z|ⁿ ≤ Bⁿ for a natural number n."""
    natural(context(given), n)
    return theorem.hypotheses | frozenset(given), absolute(z) ** n <= _modulus(theorem, z) ** n


@rule
def root_of_square(a: Term, theorem: Theorem, given: Given) -> Inference:
    """a² ≤ b gives a ≤ √b for real a."""
    require(theorem, "le")
    _real(context(given), a)
    if theorem.left != a**2:
        raise Refused("expected a bound on the square", theorem.conclusion)
    return theorem.hypotheses | frozenset(given), a <= theorem.right ** num(Fraction(1, 2))


@rule
def product_bounds(low: Term, high: Term, function: Term, upper: int, given: Given) -> Inference:
    """For 0 ≤ f(s) ≤ 1 and S = Σ f(s): 1 − S ≤ Π (1 − f(s)), and (upper) Π (1 − f(s)) ≤ 1 − S + S²/2.

    Bonferroni's inequalities for independent events, by induction on the number of factors.
    """
    ctx = context(given)
    child, _, body = ctx.under(function, low, high)
    p = child.nf(body)
    if not (child.nonnegative(p) and child.nonnegative(child.nf(num(1)) - p)):
        raise Refused("the numbers are not shown to lie between 0 and 1", function)
    s = fresh(function, function.free)
    product = Term("prod", (low, high, lam(s, 1 - apply(function, s))))
    total = Term("sum", (low, high, function))
    ctx.nf(total)
    if upper:
        return frozenset(given), product <= 1 - total + total**2 / 2
    return frozenset(given), 1 - total <= product


@rule
def telescoping(low: Term, high: Term, function: Term, primitive: Term, given: Given) -> Inference:
    """Σ_{s=low}^{high} f(s) = G(high+1) − G(low), if G(s+1) − G(s) = f(s); low ≤ high + 1."""
    ctx = context(given)
    child, s, body = ctx.under(function, low, high)
    if not child.same(apply(primitive, s + 1) - apply(primitive, s), body):
        raise Refused("the differences of the primitive are not the terms of the sum", primitive)
    _ordered(ctx, low, high)
    right = apply(primitive, high + 1) - apply(primitive, low)
    ctx.nf(right)
    return frozenset(given), equation(Term("sum", (low, high, function)), right)


@rule
def telescoping_product(low: Term, high: Term, function: Term, primitive: Term, given: Given) -> Inference:
    """Π_{s=low}^{high} f(s) = G(high+1)/G(low), if G(s+1) = f(s)G(s) and G(low) ≠ 0; low ≤ high + 1."""
    ctx = context(given)
    child, s, body = ctx.under(function, low, high)
    if not child.same(apply(primitive, s + 1), body * apply(primitive, s)):
        raise Refused("the ratios of the primitive are not the factors of the product", primitive)
    _ordered(ctx, low, high)
    if not ctx.nonzero(ctx.nf(apply(primitive, low))):
        raise Refused("the primitive is not shown to be nonzero at the lower bound", low)
    right = apply(primitive, high + 1) / apply(primitive, low)
    return frozenset(given), equation(Term("prod", (low, high, function)), right)


def _ordered(ctx: Context, low: Term, high: Term) -> None:
    a, b = ctx.nf(low), ctx.nf(high)
    if not (ctx.integer(a) and ctx.integer(b) and ctx.nonnegative(b - a + ctx.nf(num(1)))):
        raise Refused("expected integer bounds with low ≤ high + 1", high)


@rule
def inverse_root_bounds(x: Term, positive: Theorem, small: Theorem, upper: int, given: Given) -> Inference:
    """0 ≤ x ≤ 1/2 gives 1 + x/2 ≤ (1 − x)^{−1/2}, and (upper) (1 − x)^{−1/2} ≤ 1 + x/2 + x².

    Squared and multiplied by 1 − x: x²(3 + x)/4 ≥ 0 and x²(5 − 5x − 4x³)/4 ≥ 0 on [0, 1/2].
    """
    if positive.conclusion != (num(0) <= x) or small.conclusion != (x <= num(Fraction(1, 2))):
        raise Refused("expected 0 ≤ x and x ≤ 1/2", small.conclusion)
    root = (1 - x) ** num(Fraction(-1, 2))
    hyps = positive.hypotheses | small.hypotheses | frozenset(given)
    return hyps, (root <= 1 + x / 2 + x**2) if upper else (1 + x / 2 <= root)


RULES = (
    triangle,
    triangle_sum,
    modulus_of_product,
    sum_of_inequalities,
    integral_of_inequality,
    square_nonnegative,
    at_most_modulus,
    two_sided,
    exponential_remainder,
    logarithm_remainder,
    logarithm_bound,
    nonzero_near_one,
    power_as_exponential,
    exponential_difference,
    exponential_monotone,
    polar,
    power_difference,
    power_bound,
    root_of_square,
    product_bounds,
    telescoping,
    telescoping_product,
    inverse_root_bounds,
)
