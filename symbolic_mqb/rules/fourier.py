"""Fourier integrals of convolutions."""

from __future__ import annotations

from ..kernel.errors import Refused
from ..kernel.terms import Term, apply, lam, new_variable, var
from ..kernel.theorem import Inference, rule
from .integrals import integrable, line_integral
from .logic import Given, context, equation

_U, _X = var("u", "real"), var("x", "real")


@rule
def convolution_theorem(f: Term, g: Term, t: Term, given: Given) -> Inference:
    """∫ e^{itx} (∫ f(x−u)g(u) du) dx = ∫ e^{itu}f(u) du · ∫ e^{itu}g(u) du for real t; f and g integrable.

    Fubini's theorem: |f(x−u)g(u)| is integrable over the plane, with integral ∫|f| · ∫|g| (W. Rudin, Real and
    Complex Analysis, Theorems 8.14 and 9.2).
    """
    ctx = context(given)
    integrable(ctx, f)
    integrable(ctx, g)
    if not ctx.real(ctx.nf(t)):
        raise Refused("the Fourier variable is not shown to be real", t)
    u = new_variable(_U, f, g, t)
    x = new_variable(_X, f, g, t)
    inner = line_integral(lam(u, apply(f, x - u) * apply(g, u)))
    left = line_integral(lam(x, Term("exp", (Term("I") * t * x,)) * inner))
    sides = (line_integral(lam(u, Term("exp", (Term("I") * t * u,)) * apply(h, u))) for h in (f, g))
    return frozenset(given), equation(left, Term("mul", tuple(sides)))


RULES = (convolution_theorem,)
