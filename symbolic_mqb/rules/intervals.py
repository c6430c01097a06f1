"""Integrals over finite intervals: additivity, finite sums, moduli, inequalities, and weak limits.

That an integral is defined (real bounds in order, a bounded and piecewise continuous integrand) is what
its canonical form asks for.
"""

from __future__ import annotations

from ..kernel.canonical import Context
from ..kernel.errors import Refused
from ..kernel.regularity import INFINITY, MINUS_INFINITY
from ..kernel.terms import Term, apply, fresh, lam, num
from ..kernel.theorem import Inference, Theorem, require, rule
from .asymptotics import rate
from .inequalities import absolute
from .logic import Given, context, equation
from .sums import split_off_sum, times


def integral(low: Term, high: Term, function: Term) -> Term:
    """∫_{low}^{high} of a function."""
    return Term("integral", (low, high, function))


def finite(ctx: Context, t: Term) -> None:
    """Refuse unless t is an integral over a finite interval that is shown to be defined."""
    if t.op != "integral" or {MINUS_INFINITY, INFINITY} & set(t.args[:2]):
        raise Refused("expected an integral over a finite interval", t)
    ctx.nf(t)


@rule
def integral_of_sum(low: Term, high: Term, f: Term, g: Term, given: Given) -> Inference:
    """∫ (f + g) = ∫ f + ∫ g over [low, high], for f and g bounded and piecewise continuous there."""
    ctx = context(given)
    for function in (f, g):
        finite(ctx, integral(low, high, function))
    u = fresh(f, g.free)
    left = integral(low, high, lam(u, apply(f, u) + apply(g, u)))
    return frozenset(given), equation(left, integral(low, high, f) + integral(low, high, g))


@rule
def interval_termwise(t: Term, given: Given) -> Inference:
    """∫_a^b g(u) Σ_s f_s(u) du = Σ_s ∫_a^b g(u) f_s(u) du, a finite sum; bounds free of u, each g·f_s integrable."""
    if t.op != "integral":
        raise Refused("expected an integral over a finite interval", t)
    low, high, function = t.args
    u = fresh(function, t.free)
    others, inner = split_off_sum(apply(function, u))
    ctx = context(given)
    finite(ctx, t)
    if any(u in b.free for b in inner.args[:2]):
        raise Refused("the bounds of the sum depend on the variable of integration", t)
    child, opened, _ = ctx.under(inner.args[2], *inner.args[:2])
    finite(child, integral(low, high, lam(u, times(others, apply(inner.args[2], opened)))))
    s = fresh(inner.args[2], t.free)
    each = integral(low, high, lam(u, times(others, apply(inner.args[2], s))))
    return frozenset(given), equation(t, Term("sum", (*inner.args[:2], lam(s, each))))


@rule
def modulus_of_integral(low: Term, high: Term, function: Term, given: Given) -> Inference:
    """|∫ f| ≤ ∫ |f| over [low, high], for f bounded and piecewise continuous there."""
    ctx = context(given)
    u = fresh(function, function.free)
    sizes = integral(low, high, lam(u, absolute(apply(function, u))))
    for t in (integral(low, high, function), sizes):
        finite(ctx, t)
    return frozenset(given), absolute(integral(low, high, function)) <= sizes


@rule
def interval_inequality(u: Term, low: Term, high: Term, theorem: Theorem, given: Given) -> Inference:
    """Γ, low ≤ u, u ≤ high ⊢ f(u) ≤ g(u), u real and not free in Γ:  Γ ⊢ ∫ f ≤ ∫ g over [low, high]."""
    require(theorem, "le")
    if u.op != "var" or u.args[1] != "real" or u in low.free | high.free:
        raise Refused("the variable of integration is a real variable that the bounds do not mention", u)
    hyps = (theorem.hypotheses - {low <= u, u <= high}) | frozenset(given)
    if any(u in h.free for h in hyps):
        raise Refused("a hypothesis on the variable of integration is not one of its bounds", u)
    sides = tuple(integral(low, high, lam(u, side)) for side in (theorem.left, theorem.right))
    for t in sides:
        finite(context(given), t)
    return hyps, Term("le", sides)


@rule
def weak_limit_on_interval(
    n: Term, domain: Term, point: Term, mass: Theorem, moment: Theorem, given: Given
) -> Inference:
    """Densities p_N ≥ 0 on [a, b] with ∫p_N = 1 and ∫p_N(u)|u − x|du ≤ C·N^{−q}, q > 0, tend weakly to δ_x.

    `domain` is ∫_a^b p_N(u)du. The statement: |∫_a^b p_N f − f(x)| ≤ L·C·N^{−q} for all N ≥ 1 and every
    bounded f with Lipschitz constant L, since |f(u) − f(x)| ≤ L|u − x| (P. Billingsley, Convergence of
    Probability Measures, Theorem 2.1). The only hypothesis on N is 1 ≤ N.
    """
    require(mass, "eq")
    require(moment, "le")
    ctx = context((*given, num(1) <= n))
    finite(ctx, domain)
    low, high, density = domain.args
    child, _, body = ctx.under(density, low, high)
    if not (child.nonnegative(child.nf(body)) and ctx.real(ctx.nf(point))):
        raise Refused("the density is not shown to be ≥ 0, or the point not to be real", density)
    u = fresh(density, point.free)
    if mass.left != domain or mass.right != num(1):
        raise Refused("expected ∫p = 1", mass.conclusion)
    if moment.left != integral(low, high, lam(u, apply(density, u) * absolute(u - point))):
        raise Refused("expected a bound on ∫p(u)|u − x|du", moment.conclusion)
    constant, q = rate(moment.right, n, ctx)
    hyps = (mass.hypotheses | moment.hypotheses | frozenset(given)) - {num(1) <= n}
    if n.op != "var" or n.args[1] != "nat" or any(n in x.free for x in (low, high, point, constant, *hyps)):
        raise Refused("the interval, the point, the constant and the hypotheses must not depend on the variable", n)
    measure = Term("density_on", (low, high, density))
    return hyps, Term("weak_limit", (lam(n, measure), Term("dirac", (point,)), constant, num(q)))


RULES = (
    integral_of_sum,
    interval_termwise,
    modulus_of_integral,
    interval_inequality,
    weak_limit_on_interval,
)
