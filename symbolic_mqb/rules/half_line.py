"""Integrals with the sign of the variable, and over the half line from 0 to ∞."""

from __future__ import annotations

from ..kernel.errors import Refused
from ..kernel.regularity import INFINITY
from ..kernel.terms import Term, apply, lam, new_variable, num, var
from ..kernel.theorem import Inference, Theorem, require, rule
from .calculus import real_entire
from .integrals import integrable, line_integral
from .logic import Given, context, equation

_X = var("x", "real")


def half_line_integral(function: Term) -> Term:
    """∫_0^∞ of a function."""
    return Term("integral", (num(0), INFINITY, function))


@rule
def sign_integral(function: Term, given: Given) -> Inference:
    """∫ sgn(x) f(x) dx = ∫_0^∞ (f(x) − f(−x)) dx, f integrable: split at 0 and reflect the left half."""
    integrable(context(given), function)
    x = new_variable(_X, function)
    left = line_integral(lam(x, Term("sgn", (x,)) * apply(function, x)))
    return frozenset(given), equation(left, half_line_integral(lam(x, apply(function, x) - apply(function, -x))))


@rule
def square_of_sign(function: Term, given: Given) -> Inference:
    """∫ sgn(x)² f(x) dx = ∫ f(x) dx, f integrable: sgn(x)² = 1 but at the one point 0."""
    integrable(context(given), function)
    x = new_variable(_X, function)
    left = line_integral(lam(x, Term("sgn", (x,)) ** 2 * apply(function, x)))
    return frozenset(given), equation(left, line_integral(function))


@rule
def half_line_primitive(x: Term, derivative: Theorem, given: Given) -> Inference:
    """Γ ⊢ F′(x) = f(x) for every real x gives ∫_0^∞ f(x) dx = −F(0), F entire, F and f decaying.

    The fundamental theorem of calculus (DLMF 1.4.24) on [0, R], R → ∞: both functions are of at most
    polynomial growth times a Gaussian, so F(R) → 0 and f is integrable.
    """
    require(derivative, "eq")
    left = derivative.left
    if x.op != "var" or x.args[1] != "real" or any(x in h.free for h in (*derivative.hypotheses, *given)):
        raise Refused("the variable of integration is a real variable that no hypothesis mentions", x)
    if left.op != "deriv" or left.args[0] != num(1) or left.args[2] != x or x in left.args[1].free:
        raise Refused("expected a first derivative at the variable of integration", left)
    ctx, primitive, function = context(given), left.args[1], lam(x, derivative.right)
    real_entire(ctx, primitive)
    integrable(ctx, primitive)
    integrable(ctx, function)
    return derivative.hypotheses | frozenset(given), equation(half_line_integral(function), -apply(primitive, num(0)))


RULES = (sign_integral, square_of_sign, half_line_primitive)
