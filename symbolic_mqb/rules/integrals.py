"""Integrals over the real line of polynomially growing functions times Gaussians."""

from __future__ import annotations

from fractions import Fraction

from ..kernel.canonical import Context
from ..kernel.errors import Refused
from ..kernel.functions import natural
from ..kernel.regularity import INFINITY, MINUS_INFINITY, check_dominated, check_integrable
from ..kernel.terms import Term, apply, fresh, lam, new_variable, num, var
from ..kernel.theorem import Inference, rule
from .logic import Given, context, equation
from .sums import split_off_sum, times

_U, _Z = var("u", "real"), var("z", "complex")


def line_integral(function: Term) -> Term:
    """∫_{−∞}^{∞} of a function."""
    return Term("integral", (MINUS_INFINITY, INFINITY, function))


def integrable(ctx: Context, function: Term) -> None:
    """Refuse unless the function of a real variable is shown integrable over the real line."""
    if function.op != "lam" or function.args[1] != "real":
        raise Refused("expected a function of a real variable", function)
    child, v, body = ctx.under(function, MINUS_INFINITY, INFINITY)
    check_integrable(child, child.nf(body), v, (MINUS_INFINITY, INFINITY), function)


def _line(t: Term) -> tuple[Term, Term]:
    """(a fresh variable, the opened integrand) of an integral over the real line."""
    if t.op != "integral" or t.args[0] != MINUS_INFINITY or t.args[1] != INFINITY:
        raise Refused("expected an integral over the real line", t)
    u = new_variable(_U, t)
    return u, apply(t.args[2], u)


@rule
def gaussian_integral(xi: Term, eta: Term, given: Given) -> Inference:
    """∫ exp(−ξu² + ηu) du = √(π/ξ) exp(η²/(4ξ)), for ξ > 0 and complex η (DLMF 7.7.3 completed)."""
    ctx = context(given)
    if not ctx.positive(ctx.nf(xi)):
        raise Refused("a Gaussian integral needs ξ > 0, and this is not shown to be positive", xi)
    ctx.nf(eta)
    u = new_variable(_U, xi, eta)
    left = line_integral(lam(u, Term("exp", (-xi * u**2 + eta * u,))))
    right = (Term("pi") / xi) ** num(Fraction(1, 2)) * Term("exp", (eta**2 / (4 * xi),))
    return frozenset(given), equation(left, right)


@rule
def substitution(function: Term, c: Term, d: Term, given: Given) -> Inference:
    """∫ f(x) dx = |c| ∫ f(c·u + d) du over the real line, for real c ≠ 0 and d; f integrable."""
    ctx = context(given)
    integrable(ctx, function)
    p = ctx.nf(c)
    if not (ctx.real(p) and ctx.nonzero(p) and ctx.real(ctx.nf(d))):
        raise Refused("a substitution x = c·u + d needs real c ≠ 0 and real d", c)
    u = new_variable(_U, function, c, d)
    right = Term("abs", (c,)) * line_integral(lam(u, apply(function, c * u + d)))
    return frozenset(given), equation(line_integral(function), right)


@rule
def integral_termwise(t: Term, given: Given) -> Inference:
    """∫ g(u) Σ_s f_s(u) du = Σ_s ∫ g(u) f_s(u) du: a finite sum, bounds free of u, each g·f_s integrable."""
    u, body = _line(t)
    others, inner = split_off_sum(body)
    if any(u in b.free for b in inner.args[:2]):
        raise Refused("the bounds of the sum depend on the variable of integration", t)
    s = fresh(inner.args[2], body.free)
    child, opened, _ = context(given).under(inner.args[2], *inner.args[:2])
    integrable(child, lam(u, times(others, apply(inner.args[2], opened))))
    each = line_integral(lam(u, times(others, apply(inner.args[2], s))))
    return frozenset(given), equation(t, Term("sum", (*inner.args[:2], lam(s, each))))


@rule
def integral_of_coefficient(n: Term, weight: Term, function: Term, given: Given) -> Inference:
    """∫ w(u) [zⁿ]G(u, z) du = [zⁿ] ∫ w(u) G(u, z) du.

    `function` is u ↦ (z ↦ G(u, z)). Each term of w·G is exp(Q) times a polynomial in u and z, Q
    quadratic in u with a leading coefficient that is free of z and has negative real part: then w·G
    is dominated by one integrable function for z in any disk, and Fubini's theorem applies to
    Cauchy's formula for the coefficient.
    """
    ctx = context(given)
    if function.op != "lam" or weight.op != "lam" or {function.args[1], weight.args[1]} != {"real"}:
        raise Refused("expected functions of a real variable", weight)
    natural(ctx, n)
    u = new_variable(_U, function, weight, n)
    inner = apply(function, u)
    if inner.op != "lam" or inner.args[1] != "complex":
        raise Refused("expected a function of a real and a complex variable", weight)
    z = new_variable(_Z, function, weight)
    body = apply(weight, u) * apply(inner, z)
    _check_dominated(ctx, lam(u, lam(z, body)))
    left = line_integral(lam(u, apply(weight, u) * Term("coeff", (n, inner))))
    right = Term("coeff", (n, lam(z, line_integral(lam(u, body)))))
    return frozenset(given), equation(left, right)


def _check_dominated(ctx: Context, function: Term) -> None:
    outer, u, inner = ctx.under(function, MINUS_INFINITY, INFINITY)
    child, z, body = outer.under(inner)
    check_dominated(child, child.nf(body), u, z, function)


@rule
def derivative_of_transform(n: Term, function: Term, x: Term, given: Given) -> Inference:
    """∫ (−it)ⁿ e^{−ixt} f(t) dt = dⁿ/dxⁿ ∫ e^{−ixt} f(t) dt, for f polynomially growing times a Gaussian.

    Every derivative of the integrand in x is dominated by |t|ⁿ|f(t)|, which is integrable.
    """
    ctx = context(given)
    order = ctx.nf(n)
    if not (ctx.integer(order) and ctx.nonnegative(order) and ctx.real(ctx.nf(x))):
        raise Refused("a derivative has a natural number as its order and a real point", n)
    integrable(ctx, function)
    t = new_variable(var("t", "real"), function, n, x)
    minus_i = -Term("I")
    integrable(ctx, lam(t, (minus_i * t) ** n * apply(function, t)))
    y = new_variable(var("x", "real"), function)
    left = line_integral(lam(t, (minus_i * t) ** n * Term("exp", (minus_i * x * t,)) * apply(function, t)))
    transform = line_integral(lam(t, Term("exp", (minus_i * y * t,)) * apply(function, t)))
    return frozenset(given), equation(left, Term("deriv", (n, lam(y, transform), x)))


RULES = (gaussian_integral, substitution, integral_termwise, integral_of_coefficient, derivative_of_transform)
