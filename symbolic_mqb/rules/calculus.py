"""Differentiation: of products, of Taylor coefficients, of convolutions with a Gaussian.

`deriv(n, F, x)` is F⁽ⁿ⁾(x), for F of a real variable that is shown to extend to an entire function.
"""

from __future__ import annotations

from ..kernel.canonical import Context
from ..kernel.errors import Refused
from ..kernel.functions import natural
from ..kernel.polynomial import EULER, Polynomial
from ..kernel.regularity import INFINITY, MINUS_INFINITY, check_integrable, coefficients
from ..kernel.terms import Term, apply, lam, new_variable, num, var
from ..kernel.theorem import Inference, rule
from .integrals import integrable, line_integral
from .logic import Given, context, equation
from .series import coeff, complex_entire, entire

_K, _Y, _U, _Z = var("k", "int"), var("y", "real"), var("u", "real"), var("z", "complex")


def derivative(n: Term, function: Term, x: Term) -> Term:
    """F⁽ⁿ⁾(x)."""
    return Term("deriv", (n, function, x))


def real_entire(ctx: Context, function: Term) -> None:
    """Refuse unless the function is one of a real variable and shown to be entire."""
    entire(ctx, function)
    if function.args[1] != "real":
        raise Refused("a derivative is taken of a function of a real variable", function)


def real_point(ctx: Context, x: Term) -> None:
    """Refuse unless x is shown to be real."""
    if not ctx.real(ctx.nf(x)):
        raise Refused("a derivative is taken at a real point", x)


@rule
def derivative_of_derivative(j: Term, k: Term, function: Term, x: Term, given: Given) -> Inference:
    """dʲ/dxʲ (dᵏ/dxᵏ F)(x) = F⁽ʲ⁺ᵏ⁾(x), for F entire and x real: the definition of higher derivatives."""
    ctx = context(given)
    natural(ctx, j)
    natural(ctx, k)
    real_entire(ctx, function)
    real_point(ctx, x)
    y = new_variable(_Y, function, k)
    left = derivative(j, lam(y, derivative(k, function, y)), x)
    return frozenset(given), equation(left, derivative(j + k, function, x))


@rule
def derivative_of_sum(n: Term, function: Term, x: Term, given: Given) -> Inference:
    """dⁿ/dxⁿ (F₁ + F₂ + …)(x) = F₁⁽ⁿ⁾(x) + F₂⁽ⁿ⁾(x) + …, each F entire, x real."""
    ctx = context(given)
    natural(ctx, n)
    real_point(ctx, x)
    y = new_variable(_Y, function)
    body = apply(function, y) if function.op == "lam" else function
    if body.op != "add":
        raise Refused("expected a sum of functions", function)
    terms = [lam(y, a) for a in body.args]
    for f in terms:
        real_entire(ctx, f)
    right = Term("add", tuple(derivative(n, f, x) for f in terms))
    return frozenset(given), equation(derivative(n, function, x), right)


@rule
def product_rule(f: Term, g: Term, x: Term, given: Given) -> Inference:
    """(f·g)′(x) = f′(x) g(x) + f(x) g′(x), for f and g entire, x real (DLMF 1.4.9)."""
    ctx = context(given)
    real_entire(ctx, f)
    real_entire(ctx, g)
    real_point(ctx, x)
    y, one = new_variable(_Y, f, g), num(1)
    left = derivative(one, lam(y, apply(f, y) * apply(g, y)), x)
    return frozenset(given), equation(left, derivative(one, f, x) * apply(g, x) + apply(f, x) * derivative(one, g, x))


@rule
def leibniz_inverted(n: Term, f: Term, g: Term, x: Term, given: Given) -> Inference:
    """f·g⁽ⁿ⁾ = Σ_{k=0}^{n} (−1)ᵏ C(n,k) dⁿ⁻ᵏ/dxⁿ⁻ᵏ (f⁽ᵏ⁾·g) at x, for f and g entire, x real.

    Leibniz' formula (DLMF 1.4.12) solved for its term without derivatives of f: as operators on
    pairs of factors, d/dx on the second factor is d/dx on the product minus d/dx on the first, these
    two commute, and the binomial theorem gives the n-th power of the difference.
    """
    ctx = context(given)
    natural(ctx, n)
    real_entire(ctx, f)
    real_entire(ctx, g)
    real_point(ctx, x)
    k = new_variable(_K, n, f, g, x)
    y = new_variable(_Y, f, g)
    inner = derivative(n - k, lam(y, derivative(k, f, y) * apply(g, y)), x)
    right = Term("sum", (num(0), n, lam(k, num(-1) ** k * Term("binomial", (n, k)) * inner)))
    return frozenset(given), equation(apply(f, x) * derivative(n, g, x), right)


@rule
def derivative_of_coefficient(k: Term, n: Term, c: Term, function: Term, x: Term, given: Given) -> Inference:
    """dᵏ/dxᵏ [zⁿ] e^{cxz} F(z) = cᵏ [zⁿ⁻ᵏ] e^{cxz} F(z), for natural k ≤ n, any c, F entire, x real.

    Both are finite sums: [zⁿ] e^{cxz}F(z) = Σ_j (cx)ʲ/j! · [zⁿ⁻ʲ]F, differentiated term by term.
    """
    ctx = context(given)
    natural(ctx, k)
    natural(ctx, n)
    if not ctx.nonnegative(ctx.nf(n) - ctx.nf(k)):
        raise Refused("the order of the derivative is not shown to be at most that of the coefficient", k)
    complex_entire(ctx, function)
    real_point(ctx, x)
    ctx.nf(c)
    z = new_variable(_Z, c, function, x)
    y = new_variable(_Y, c, function, n)
    left = derivative(k, lam(y, coeff(n, lam(z, Term("exp", (c * y * z,)) * apply(function, z)))), x)
    right = c**k * coeff(n - k, lam(z, Term("exp", (c * x * z,)) * apply(function, z)))
    return frozenset(given), equation(left, right)


@rule
def derivative_of_convolution(p: Term, f: Term, g: Term, x: Term, given: Given) -> Inference:
    """dᵖ/dxᵖ ∫ f(x−u) g(u) du = ∫ f(x−u) g⁽ᵖ⁾(u) du, f integrable, g a polynomial times Gaussians.

    Substituting u → x − u, the integrand is f(u) g(x−u). Each derivative of g is again a polynomial
    times Gaussians, so bounded on the real line by some C_j; |f(u) g⁽ʲ⁾(x−u)| ≤ C_j |f(u)| is an
    integrable bound that is free of x, and the derivatives pass under the integral.
    """
    ctx = context(given)
    natural(ctx, p)
    real_point(ctx, x)
    integrable(ctx, f)
    _check_gaussian(ctx, g)
    u = new_variable(_U, f, g, p, x)
    y = new_variable(_Y, f, g)
    left = derivative(p, lam(y, line_integral(lam(u, apply(f, y - u) * apply(g, u)))), x)
    right = line_integral(lam(u, apply(f, x - u) * derivative(p, g, u)))
    return frozenset(given), equation(left, right)


def _check_gaussian(ctx: Context, function: Term) -> None:
    """Refuse unless each term is a polynomial times exp(quadratic), leading coefficient Re < 0."""
    if function.op != "lam" or function.args[1] != "real":
        raise Refused("expected a function of a real variable", function)
    child, v, body = ctx.under(function, MINUS_INFINITY, INFINITY)
    p = child.nf(body)
    check_integrable(child, p, v, (MINUS_INFINITY, INFINITY), function)
    for m, c in p:
        rest = Polynomial({frozenset((b, e) for b, e in m if b != EULER): c})
        if coefficients(rest, v) is None:
            raise Refused("expected polynomials times Gaussians, all of whose derivatives are bounded", function)


RULES = (
    derivative_of_derivative,
    derivative_of_sum,
    product_rule,
    leibniz_inverted,
    derivative_of_coefficient,
    derivative_of_convolution,
)
