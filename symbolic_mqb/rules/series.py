"""Taylor coefficients [zⁿ] at 0 of entire functions, and derivatives.

[zⁿ]F means F⁽ⁿ⁾(0)/n!; `coeff(n, F)` in terms. Each rule asks that its functions are shown entire.
"""

from __future__ import annotations

from ..kernel.canonical import Context
from ..kernel.errors import Refused
from ..kernel.functions import natural
from ..kernel.kinds import kind
from ..kernel.regularity import check_smooth
from ..kernel.terms import Term, apply, fresh, lam, new_variable, num, var
from ..kernel.theorem import Inference, rule
from .logic import Given, context, equation
from .sums import split_off_sum, times

_Z, _Y, _S = var("z", "complex"), var("y", "complex"), var("s", "int")


def complex_entire(ctx: Context, function: Term) -> None:
    """Refuse unless the function, of a complex variable, is shown to be entire."""
    if function.op != "lam" or function.args[1] != "complex":
        raise Refused("expected a function of a complex variable", function)
    entire(ctx, function)


def entire(ctx: Context, function: Term) -> None:
    """Refuse unless the function, of a real or complex variable, is shown to be entire."""
    if function.op != "lam" or function.args[1] not in ("real", "complex"):
        raise Refused("expected a function of a real or complex variable", function)
    child, v, body = ctx.under(_complex(function))
    if kind(body) != "number":
        raise Refused("expected a function with numbers as values", function)
    check_smooth(child, child.nf(body), v, function)


def coeff(n: Term, function: Term) -> Term:
    """[zⁿ] of a function."""
    return Term("coeff", (n, function))


def _complex(function: Term) -> Term:
    return Term("lam", (function.args[0], "complex", function.args[2]))


@rule
def taylor(n: Term, function: Term, x: Term, c: Term, given: Given) -> Inference:
    """[zⁿ] F(x + c·z) = cⁿ/n! · F⁽ⁿ⁾(x), for F entire and x real (Taylor's theorem, DLMF 1.10.i)."""
    ctx = context(given)
    natural(ctx, n)
    entire(ctx, function)
    if not ctx.real(ctx.nf(x)) or function.args[1] != "real":
        raise Refused("the derivative is taken at a real point of a function of a real variable", x)
    ctx.nf(c)
    z = new_variable(_Z, function, x, c)
    left = coeff(n, lam(z, apply(_complex(function), x + c * z)))
    return frozenset(given), equation(left, c**n / Term("factorial", (n,)) * Term("deriv", (n, function, x)))


@rule
def coefficient_scaling(n: Term, function: Term, b: Term, given: Given) -> Inference:
    """[zⁿ] F(b·z) = bⁿ [zⁿ] F(z), for F entire and any b, 0⁰ = 1."""
    ctx = context(given)
    natural(ctx, n)
    complex_entire(ctx, function)
    ctx.nf(b)
    z = new_variable(_Z, function, b)
    return frozenset(given), equation(coeff(n, lam(z, apply(function, b * z))), b**n * coeff(n, function))


@rule
def cauchy_product(n: Term, f: Term, g: Term, given: Given) -> Inference:
    """[zⁿ] F(z)G(z) = Σ_{s=0}^{n} [z^s]F · [z^{n−s}]G, for F, G entire (DLMF 1.9.vi)."""
    ctx = context(given)
    natural(ctx, n)
    complex_entire(ctx, f)
    complex_entire(ctx, g)
    z, s = new_variable(_Z, f, g), new_variable(_S, n, f, g)
    left = coeff(n, lam(z, apply(f, z) * apply(g, z)))
    return frozenset(given), equation(left, Term("sum", (num(0), n, lam(s, coeff(s, f) * coeff(n - s, g)))))


@rule
def coefficient_of_exponential(n: Term, c: Term, given: Given) -> Inference:
    """[zⁿ] exp(c·z) = cⁿ/n! (DLMF 4.2.19)."""
    ctx = context(given)
    natural(ctx, n)
    ctx.nf(c)
    z = new_variable(_Z, c)
    left = coeff(n, lam(z, Term("exp", (c * z,))))
    return frozenset(given), equation(left, c**n / Term("factorial", (n,)))


@rule
def coefficient_of_power(n: Term, p: Term, given: Given) -> Inference:
    """[zⁿ] z^p = δ_{np} for natural numbers n, p."""
    ctx = context(given)
    natural(ctx, n)
    natural(ctx, p)
    z = new_variable(_Z, p)
    return frozenset(given), equation(coeff(n, lam(z, z**p)), Term("delta", (n, p)))


@rule
def coefficient_of_square(n: Term, function: Term, given: Given) -> Inference:
    """[z^{2n}] F(z²) = [zⁿ] F(z), for F entire."""
    ctx = context(given)
    natural(ctx, n)
    complex_entire(ctx, function)
    z = new_variable(_Z, function)
    return frozenset(given), equation(coeff(2 * n, lam(z, apply(function, z**2))), coeff(n, function))


@rule
def coefficient_shift(n: Term, s: Term, function: Term, given: Given) -> Inference:
    """[zⁿ] z^s F(z) = [z^{n−s}] F for s ≤ n, and 0 for s > n; F entire."""
    ctx = context(given)
    natural(ctx, n)
    natural(ctx, s)
    complex_entire(ctx, function)
    z = new_variable(_Z, function, s)
    left = coeff(n, lam(z, z**s * apply(function, z)))
    if ctx.nonnegative(ctx.nf(n) - ctx.nf(s)):
        return frozenset(given), equation(left, coeff(n - s, function))
    if ctx.positive(ctx.nf(s) - ctx.nf(n)):
        return frozenset(given), equation(left, num(0))
    raise Refused("neither s ≤ n nor s > n is shown", s)


@rule
def coefficient_of_sum_of_variables(i: Term, j: Term, function: Term, given: Given) -> Inference:
    """[y^i][z^j] F(y + z) = C(i+j, i) [z^{i+j}] F, for F entire (binomial theorem, DLMF 1.2.2)."""
    ctx = context(given)
    natural(ctx, i)
    natural(ctx, j)
    complex_entire(ctx, function)
    y = new_variable(_Y, function, j)
    z = new_variable(_Z, function, y)
    left = coeff(i, lam(y, coeff(j, lam(z, apply(function, y + z)))))
    return frozenset(given), equation(left, Term("binomial", (i + j, i)) * coeff(i + j, function))


@rule
def coefficient_termwise(t: Term, given: Given) -> Inference:
    """[zⁿ] g(z) Σ_s F_s(z) = Σ_s [zⁿ] g(z)F_s(z), a finite sum with bounds free of z, all entire."""
    if t.op != "coeff":
        raise Refused("expected a Taylor coefficient", t)
    n, function = t.args
    z = new_variable(_Z, function)
    others, inner = split_off_sum(apply(function, z))
    if any(z in b.free for b in inner.args[:2]):
        raise Refused("the bounds of the sum depend on z", t)
    ctx = context(given)
    natural(ctx, n)
    entire(ctx, function)
    s = fresh(inner.args[2], n.free.union(*(f.free for f in others)))
    each = coeff(n, lam(z, times(others, apply(inner.args[2], s))))
    return frozenset(given), equation(t, Term("sum", (*inner.args[:2], lam(s, each))))


@rule
def derivative_scaling(n: Term, function: Term, c: Term, x: Term, given: Given) -> Inference:
    """dⁿ/dxⁿ F(c·x) = cⁿ F⁽ⁿ⁾(c·x), for F entire, c and x real."""
    ctx = context(given)
    natural(ctx, n)
    entire(ctx, function)
    if function.args[1] != "real" or not (ctx.real(ctx.nf(c)) and ctx.real(ctx.nf(x))):
        raise Refused("the chain rule here is for a real factor and a real point", c)
    y = new_variable(var("y", "real"), function, c)
    left = Term("deriv", (n, lam(y, apply(function, c * y)), x))
    return frozenset(given), equation(left, c**n * Term("deriv", (n, function, c * x)))


RULES = (
    taylor,
    coefficient_scaling,
    cauchy_product,
    coefficient_of_exponential,
    coefficient_of_power,
    coefficient_of_square,
    coefficient_shift,
    coefficient_of_sum_of_variables,
    coefficient_termwise,
    derivative_scaling,
)
