"""Integrals of functions of an angle: periodic shifts, splitting, reflection, x = cos θ.

That the integrals are defined (real bounds in order, a bounded and piecewise continuous integrand, or a
bounded Borel function of one) is what their canonical form asks for.
"""

from __future__ import annotations

from ..kernel.errors import Refused
from ..kernel.terms import Term, apply, fresh, lam, new_variable, num, var
from ..kernel.theorem import Inference, rule
from .intervals import finite, integral
from .logic import Given, context, equation

_PI = Term("pi")
_THETA = var("θ", "real")


@rule
def periodic_shift(function: Term, c: Term, given: Given) -> Inference:
    """∫_{−π}^{π} f(u + c) du = ∫_{−π}^{π} f(u) du for a real c, if f(u + 2π) = f(u) by algebra.

    The integral of a periodic function over a period does not depend on where the period starts (DLMF 1.8.i).
    """
    ctx = context(given)
    if not ctx.real(ctx.nf(c)):
        raise Refused("an angle is shifted by a real number", c)
    whole = integral(-_PI, _PI, function)
    child, v, body = ctx.under(function)
    if not child.same(body, apply(function, v + 2 * _PI)):
        raise Refused("the integrand is not shown to be periodic", function)
    u = fresh(function, c.free)
    shifted = integral(-_PI, _PI, lam(u, apply(function, u + c)))
    finite(ctx, shifted)
    return frozenset(given), equation(shifted, whole)


@rule
def split_interval(low: Term, middle: Term, high: Term, function: Term, given: Given) -> Inference:
    """∫_a^c f = ∫_a^b f + ∫_b^c f for a ≤ b ≤ c (DLMF 1.4.11)."""
    ctx = context(given)
    pieces = [integral(*ends, function) for ends in ((low, high), (low, middle), (middle, high))]
    for t in pieces:
        finite(ctx, t)
    return frozenset(given), equation(pieces[0], pieces[1] + pieces[2])


@rule
def reflect_interval(low: Term, high: Term, function: Term, given: Given) -> Inference:
    """∫_a^b f(u) du = ∫_{−b}^{−a} f(−u) du: the substitution u → −u."""
    ctx = context(given)
    u = fresh(function, function.free)
    sides = integral(low, high, function), integral(-high, -low, lam(u, apply(function, -u)))
    for t in sides:
        finite(ctx, t)
    return frozenset(given), equation(*sides)


@rule
def cosine_substitution(low: Term, high: Term, function: Term, given: Given) -> Inference:
    """∫_{cos b}^{cos a} f(x) dx = ∫_a^b f(cos θ) sin θ dθ for 0 ≤ a ≤ b ≤ π.

    x = cos θ decreases from cos a to cos b, its derivative is −sin θ, and sin θ = |dx/dθ| is not negative
    there: the substitution that is monotone and continuously differentiable (DLMF 1.4.iv).
    """
    ctx = context(given)
    a, b = ctx.nf(low), ctx.nf(high)
    if not (ctx.nonnegative(a) and ctx.nonnegative(ctx.nf(_PI) - b)):
        raise Refused("the angles are not shown to lie between 0 and π", low)
    theta = new_variable(_THETA, function)
    x = Term("cos", (theta,))
    left = integral(Term("cos", (high,)), Term("cos", (low,)), function)
    right = integral(low, high, lam(theta, apply(function, x) * Term("sin", (theta,))))
    for t in (left, right):
        finite(ctx, t)
    return frozenset(given), equation(left, right)


@rule
def derivative_of_cosine(x: Term, given: Given) -> Inference:
    """d cos(x)/dx = −sin x for real x (DLMF 4.20.2)."""
    ctx = context(given)
    if not ctx.real(ctx.nf(x)):
        raise Refused("a derivative is taken at a real point", x)
    cosine = lam(_THETA, Term("cos", (_THETA,)))
    return frozenset(given), equation(Term("deriv", (num(1), cosine, x)), -Term("sin", (x,)))


RULES = (periodic_shift, split_interval, reflect_interval, cosine_substitution, derivative_of_cosine)
