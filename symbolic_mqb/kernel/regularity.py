"""Which functions may be integrated, differentiated or expanded: sufficient conditions, by shape.

Entire: polynomials, exponentials of entire functions, natural powers, cos and sin, and finite sums,
products and Taylor coefficients of such. Integrable over an infinite interval: a function of at most
polynomial growth times exp of a quadratic polynomial whose leading coefficient has negative real
part. Integrable over a finite one: piecewise continuous and bounded; so are product kets, matrix
elements between kets, and finite integrals of functions of two variables that are. A symbol of the
sort real->real stands for a bounded Borel function: it may stand under an integral, and nowhere else.
The bounds of a sum and the order of a coefficient are free of the variable: δ_{v0} is an integer that is not.
"""

from __future__ import annotations

from .errors import Refused
from .polynomial import EULER, IMAGINARY, ONE, Exponent, Polynomial, Rational, as_polynomial
from .signs import Signs
from .terms import Term, num, unfold

INFINITY = Term("infinity")
MINUS_INFINITY = Term("mul", (num(-1), INFINITY))

_BOUNDED = frozenset(("cos", "sin", "sgn"))
_CONTINUOUS = frozenset(("abs", "conj", "re", "im", "min", "max"))
_KETS = frozenset(("product_ket", "braket"))


def coefficients(p: Polynomial, v: Term) -> dict[int, Polynomial] | None:
    """p as a polynomial in v, by degree; None if it is not one."""
    out: dict[int, Polynomial] = {}
    for m, c in p:
        degree = 0
        for b, e in m:
            if b == v and isinstance(e, Rational) and e.denominator == 1 and e > 0:
                degree = int(e)
            elif v in b.free or (isinstance(e, Polynomial) and _mentions(e, v)):
                return None
        rest = frozenset((b, e) for b, e in m if b != v)
        out[degree] = out.get(degree, Polynomial({})) + Polynomial({rest: c})
    return {d: q for d, q in out.items() if q}


def _mentions(p: Polynomial, v: Term) -> bool:
    return any(v in b.free or (isinstance(e, Polynomial) and _mentions(e, v)) for m in p.terms for b, e in m)


def check_smooth(ctx: Signs, p: Polynomial, v: Term, where: Term) -> None:
    """Refuse unless p is shown to be an entire function of v."""
    if not _entire(ctx, p, v):
        raise Refused(f"not shown to be an entire function of {v!r}", where)


def _entire(ctx: Signs, p: Polynomial, v: Term) -> bool:
    return all(_entire_power(ctx, b, e, v) for m in p.terms for b, e in m)


def _entire_power(ctx: Signs, b: Term, e: Exponent, v: Term) -> bool:
    if isinstance(e, Polynomial) and _mentions(e, v):
        return v not in b.free and ctx.nonzero_base(b) and _entire(ctx, e, v)
    if v not in b.free:
        return True
    if not ctx.natural_exponent(e):
        return False
    if b == v:
        return True
    if b.op == "call":
        return _entire(ctx, ctx.nf(unfold(b)), v)
    if b.op in ("add", "mul", "pow"):
        return _entire(ctx, ctx.nf(b), v)
    if b.op in ("cos", "sin"):
        return _entire(ctx, ctx.nf(b.args[0]), v)
    if b.op == "deriv" and v not in b.args[0].free | b.args[1].free:
        return _entire(ctx, ctx.nf(b.args[2]), v)
    if b.op in ("coeff", "sum"):
        function, bounds = b.args[-1], b.args[:-1]
        if any(v in x.free for x in bounds):
            return False
        child, _, body = ctx.under(function, *(bounds if b.op == "sum" else ()))
        return _entire(child, child.nf(body), v)
    return b.op == "integral" and _entire_integral(ctx, b, v)


def _entire_integral(ctx: Signs, b: Term, z: Term) -> bool:
    """∫ w(u) exp(Q(u, z)) du is entire in z if the integrand is dominated on every disk of z."""
    if b.args[:2] != (MINUS_INFINITY, INFINITY):
        return False
    child, u, body = ctx.under(b.args[2], *b.args[:2])
    try:
        check_dominated(child, child.nf(body), u, z, b)
    except Refused:
        return False
    return True


def check_dominated(ctx: Signs, p: Polynomial, u: Term, z: Term, where: Term) -> None:
    """Refuse unless p is shown entire in z and, on each disk of z, below one integrable function of u.

    Each term is exp(Q) times a function of u and one of z, of at most polynomial growth, with Q a
    polynomial, quadratic in u with a leading coefficient that is free of z and of negative real part.
    """
    check_smooth(ctx, p, z, where)
    if not all(_decays(ctx, m, u) for m in p.terms):
        raise Refused(f"not shown to be integrable in {u!r}", where)
    for m in p.terms:
        for b, e in m:
            if b == EULER:
                parts = coefficients(as_polynomial(e), u) or {}
                if any(coefficients(q, z) is None or (d == 2 and _mentions(q, z)) for d, q in parts.items()):
                    raise Refused("the Gaussian is not shown to dominate for all z in a disk", where)
            elif u in b.free and z in b.free:
                raise Refused("a factor mixes the integration variable and z outside the exponent", b)


def check_integrable(ctx: Signs, p: Polynomial, v: Term, bounds: tuple[Term, ...], where: Term) -> None:
    """Refuse unless p is shown to be absolutely integrable in v between the bounds."""
    low, high = bounds
    ends = (MINUS_INFINITY, INFINITY)
    if low not in ends and high not in ends:
        good = all(_continuous_power(ctx, b, e, v) for m in p.terms for b, e in m)
    else:
        good = all(_decays(ctx, m, v) for m in p.terms)
    if not good:
        raise Refused(f"not shown to be integrable in {v!r}", where)


def check_summable(ctx: Signs, p: Polynomial, s: Term, where: Term) -> None:
    """Refuse unless Σ over s = 0, 1, 2, … of each monomial of p is shown to converge absolutely.

    A monomial is at most C·s^d·R^s times its decaying factors, of which there is at least one: 1/(αs + β)!^j or
    [z^{αs+β}]F of an entire F, α a positive integer. Both are below C·r^s for every r > 0 (Stirling; Cauchy).
    """
    for m in p.terms:
        decaying = {(b, e) for b, e in m if _falls_faster_than_powers(ctx, b, e, s)}
        if not decaying or not all(_at_most_geometric(ctx, b, e, s) for b, e in m - decaying):
            raise Refused(f"not shown to be summable over {s!r}", where)


def _falls_faster_than_powers(ctx: Signs, b: Term, e: Exponent, s: Term) -> bool:
    """1/(αs + β)!^j, or [z^{αs+β}]F^j with F free of s, for natural j ≥ 1 and α ≥ 1."""
    if b.op not in ("factorial", "coeff") or (b.op == "coeff" and s in b.args[1].free):
        return False
    parts = coefficients(ctx.nf(b.args[0]), s) or {}
    slope = parts[1].constant() if max(parts, default=0) == 1 else None
    power = e if b.op == "coeff" else -e
    steep = slope is not None and slope.denominator == 1 and slope >= 1
    return steep and isinstance(power, Rational) and power.denominator == 1 and power >= 1


def _at_most_geometric(ctx: Signs, b: Term, e: Exponent, s: Term) -> bool:
    """b^{αs+β} with b, α, β free of s, or a natural power of a polynomial in s."""
    if s in b.free:
        natural = isinstance(e, Rational) and e.denominator == 1 and e >= 1
        return natural and coefficients(ctx.nf(b), s) is not None
    return max(coefficients(as_polynomial(e), s) or {9: ONE}) <= 1


def check_bounded(ctx: Signs, p: Polynomial, v: Term, where: Term) -> None:
    """Refuse unless p is shown to be a bounded Borel function of v on the real line."""
    if not _bounded(ctx, p, v):
        raise Refused(f"not shown to be a bounded function of {v!r}", where)


def _bounded(ctx: Signs, p: Polynomial, v: Term) -> bool:
    return all(_bounded_power(ctx, b, e, v) for m in p.terms for b, e in m)


def _bounded_power(ctx: Signs, b: Term, e: Exponent, v: Term) -> bool:
    if isinstance(e, Polynomial) and _mentions(e, v):
        return b == EULER and _phase(ctx, e, v)
    if v not in b.free:
        return True
    if not ctx.natural_exponent(e):
        return False
    if b.op in _BOUNDED:
        p = ctx.nf(b.args[0])
        return ctx.real(p) and _borel(ctx, p, v)
    if b.op == "app":
        return _borel_value(ctx, b, v)
    if b.op == "call":
        return _bounded(ctx, ctx.nf(unfold(b)), v)
    if b.op == "sum" and all(v not in x.free for x in b.args[:2]):
        child, _, body = ctx.under(b.args[2], *b.args[:2])
        return _bounded(child, child.nf(body), v)
    if b.op in ("add", "mul", "pow"):
        return _bounded(ctx, ctx.nf(b), v)
    if b.op == "integral":
        return _bounded_integral(ctx, b, v)
    return b.op in _CONTINUOUS and all(_bounded(ctx, ctx.nf(a), v) for a in b.args)


def _bounded_integral(ctx: Signs, b: Term, v: Term) -> bool:
    """∫ g(u) Π sgn(p(u) + h(v)) du over the line: at most ∫ |g|, and Borel in v by Fubini's theorem.

    g is free of v and integrable, as the whole is; p is a polynomial, h a Borel function: the signs are jointly Borel.
    """
    if b.args[:2] != (MINUS_INFINITY, INFINITY):
        return False
    child, u, body = ctx.under(b.args[2], *b.args[:2])
    for m in child.nf(body).terms:
        moving = frozenset((base, e) for base, e in m if _mentions(Polynomial({frozenset(((base, e),)): 1}), v))
        if not all(base.op == "sgn" and isinstance(e, Rational) for base, e in moving):
            return False
        if not all(_apart(child, child.nf(base.args[0]), u, v) for base, _ in moving):
            return False
    return True


def _apart(ctx: Signs, p: Polynomial, u: Term, v: Term) -> bool:
    """A polynomial in u alone plus a real Borel function of v alone."""
    of_u = Polynomial({m: c for m, c in p if not _mentions(Polynomial({m: c}), v)})
    of_v = p - of_u
    return coefficients(of_u, u) is not None and not _mentions(of_v, u) and _borel(ctx, of_v, v)


def _phase(ctx: Signs, e: Polynomial, v: Term) -> bool:
    """The terms of the exponent that mention v are i times a real Borel function: the modulus does not depend on v."""
    moving = Polynomial({m: c for m, c in e if _mentions(Polynomial({m: c}), v)})
    turn = Polynomial({frozenset(((IMAGINARY, 1),)): 1})
    return ctx.real(moving * turn) and _borel(ctx, moving, v)


def _borel(ctx: Signs, p: Polynomial, v: Term) -> bool:
    """Piecewise continuous on every bounded interval, or a Borel function of such a function."""
    return all(_continuous_power(ctx, b, e, v) for m in p.terms for b, e in m)


def _borel_value(ctx: Signs, b: Term, v: Term) -> bool:
    """f(g(v)) of a symbol f for a bounded Borel function, g shown to be a Borel function."""
    return b.args[0].args[1:] == ("real->real",) and _borel(ctx, ctx.nf(b.args[1]), v)


def _decays(ctx: Signs, m: frozenset[tuple[Term, Exponent]], v: Term) -> bool:
    """exp(quadratic, leading coefficient with negative real part) times exp(linear) and polynomial growth."""
    if _decaying_transform(ctx, m, v, Polynomial({})):
        return True
    gaussian = False
    for b, e in m:
        if b == EULER and _gaussian(ctx, e, v):
            gaussian = True
        elif b == EULER:
            parts = coefficients(as_polynomial(e), v)
            if parts is None or max(parts) > 1:
                return False
        elif v in b.free and _decaying_power(ctx, b, e, v):
            gaussian = True
        elif not _grows_polynomially(ctx, b, e, v):
            return False
    return gaussian


def _decaying_transform(ctx: Signs, m: frozenset[tuple[Term, Exponent]], v: Term, outer: Polynomial) -> bool:
    """e^{q(v)} ∫ e^{Q(u, v)} g(u) du, over the line or less, perhaps in finite sums, times polynomial growth in v.

    g decays and q + Q is a negative definite form; `outer` is the part of q that was met before.
    """
    inner = [b for b, e in m if b.op in ("integral", "sum") and e == 1 and v in b.free]
    if len(inner) != 1:
        return False
    bounds, function = inner[0].args[:2], inner[0].args[2]
    for base, e in m:
        if base == EULER:
            outer = outer + as_polynomial(e)
        elif base != inner[0] and not _grows_polynomially(ctx, base, e, v):
            return False
    child, u, body = ctx.under(function, *bounds)
    terms = child.nf(body).terms
    if inner[0].op == "integral":
        return all(_definite(child, mono, outer, u, v) for mono in terms)
    return all(v not in x.free for x in bounds) and all(_decaying_transform(child, mono, v, outer) for mono in terms)


def _definite(ctx: Signs, m: frozenset[tuple[Term, Exponent]], outer: Polynomial, u: Term, v: Term) -> bool:
    """a·u² + b·uv + c·v² + linear terms with a ≤ 0, 4ac ≥ b², c < 0 (b real or imaginary), a factor decays in u."""
    exponent, decays = outer, False
    for base, e in m:
        if base == EULER:
            exponent = exponent + as_polynomial(e)
        elif v in base.free or (isinstance(e, Polynomial) and _mentions(e, v)):
            return False
        elif u in base.free and _decaying_power(ctx, base, e, u):
            decays = True
        elif not _grows_polynomially(ctx, base, e, u):
            return False
    form = {d: coefficients(q, u) for d, q in (coefficients(exponent, v) or {3: ONE}).items()}
    if any(q is None or d + max(q) > 2 for d, q in form.items()):
        return False
    a, b, c = (((form.get(d) or {}).get(2 - d) or Polynomial({})) for d in (0, 1, 2))
    definite = ctx.nonnegative(-a) and ctx.nonnegative((a * c).scale(4) - b * b) and ctx.positive(-c)
    return decays and definite


def _decaying_power(ctx: Signs, b: Term, e: Exponent, v: Term) -> bool:
    """A positive power of a defined symbol, of a conjugate or of a finite sum, every term of which decays."""
    if not (isinstance(e, Rational) and e > 0):
        return False
    if b.op == "sum" and all(v not in x.free for x in b.args[:2]):
        child, _, body = ctx.under(b.args[2], *b.args[:2])
        return all(_decays(child, m, v) for m in child.nf(body).terms)
    if b.op not in ("call", "conj"):
        return False
    inner = ctx.nf(unfold(b) if b.op == "call" else b.args[0])
    return all(_decays(ctx, m, v) for m in inner.terms)


def _gaussian(ctx: Signs, e: Exponent, v: Term) -> bool:
    """The exponent is a quadratic polynomial whose leading coefficient has negative real part."""
    parts = coefficients(as_polynomial(e), v)
    if parts is None or max(parts) > 2 or 2 not in parts:
        return False
    return ctx.positive(-_real_part(ctx, parts[2]))


def _real_part(ctx: Signs, p: Polynomial) -> Polynomial:
    """p without those monomials that are i times something real."""
    imaginary = {m: c for m, c in p if (IMAGINARY, 1) in m and ctx.real(Polynomial({m - {(IMAGINARY, 1)}: c}))}
    return p - Polynomial(imaginary)


def _grows_polynomially(ctx: Signs, b: Term, e: Exponent, v: Term) -> bool:
    if isinstance(e, Polynomial) and _mentions(e, v):
        return b == EULER and _gaussian(ctx, e, v)
    if v not in b.free:
        return True
    if not ctx.natural_exponent(e):
        return False
    if b == v:
        return True
    if b.op in ("cos", "sin"):
        return ctx.real(ctx.nf(b.args[0]))
    if b.op == "sgn":
        return True
    if b.op == "app":
        return _borel_value(ctx, b, v)
    if b.op == "call":
        b = unfold(b)
        return all(_grows_polynomially(ctx, b2, e2, v) for m in ctx.nf(b).terms for b2, e2 in m)
    if b.op in ("add", "mul", "pow", "abs", "conj", "re", "im"):
        inner = ctx.nf(b if b.op in ("add", "mul", "pow") else b.args[0])
        return all(_grows_polynomially(ctx, b2, e2, v) for m in inner.terms for b2, e2 in m)
    if b.op == "coeff":
        return _polynomial_coefficient(ctx, b, v)
    if b.op == "sum" and all(v not in x.free for x in b.args[:2]):
        child, _, body = ctx.under(b.args[2], *b.args[:2])
        return all(_grows_polynomially(child, b2, e2, v) for m in child.nf(body).terms for b2, e2 in m)
    return False


def _polynomial_coefficient(ctx: Signs, b: Term, v: Term) -> bool:
    """[zⁿ] exp(P(v, z)) with P polynomial in both and P(v, 0) = 0 is a polynomial in v."""
    if v in b.args[0].free:
        return False
    child, z, body = ctx.under(b.args[1])
    for m in child.nf(body).terms:
        for base, e in m:
            if base == EULER:
                parts = coefficients(as_polynomial(e), z)
                if parts is None or 0 in parts or any(coefficients(q, v) is None for q in parts.values()):
                    return False
            elif not _grows_polynomially(child, base, e, v):
                return False
    return True


def _continuous_power(ctx: Signs, b: Term, e: Exponent, v: Term) -> bool:
    """Piecewise continuous and bounded: the power is defined everywhere on the closed interval."""
    if isinstance(e, Polynomial) and not all(_continuous_power(ctx, b2, e2, v) for m in e.terms for b2, e2 in m):
        return False
    if v not in b.free:
        return True
    if not (ctx.integer_exponent(e) or ctx.positive_base(b)):
        return False
    if b.op in _BOUNDED:
        return True
    if b.op == "app":
        return _borel_value(ctx, b, v)
    if b.op in _CONTINUOUS or b.op in ("add", "mul", "pow"):
        inner = [ctx.nf(b)] if b.op in ("add", "mul", "pow") else [ctx.nf(a) for a in b.args]
        return all(_continuous_power(ctx, b2, e2, v) for q in inner for m in q.terms for b2, e2 in m)
    if b.op in _KETS:
        return _continuous_ket(ctx, b, v)
    if b.op == "call":
        return all(_continuous_power(ctx, b2, e2, v) for m in ctx.nf(unfold(b)).terms for b2, e2 in m)
    if b.op == "sum" and all(v not in x.free for x in b.args[:2]):
        child, _, body = ctx.under(b.args[2], *b.args[:2])
        return all(_continuous_power(child, b2, e2, v) for m in child.nf(body).terms for b2, e2 in m)
    return _continuous_integral(ctx, b, v) or _entire_power(ctx, b, 1, v)


def _continuous_ket(ctx: Signs, b: Term, v: Term) -> bool:
    """(x|0⟩ + y|1⟩)^{⊗n} with continuous x and y, ⟨φ|M|ψ⟩ with continuous φ and ψ; n and M free of v."""
    moving, fixed = ((b.args[0], b.args[2]), b.args[1]) if b.op == "braket" else (b.args[:2], b.args[2])
    if v in fixed.free:
        return False
    return all(_continuous_power(ctx, b2, e2, v) for a in moving for m in ctx.nf(a).terms for b2, e2 in m)


def _continuous_integral(ctx: Signs, b: Term, v: Term) -> bool:
    """∫ f(u, v) du between finite bounds free of v, f bounded and piecewise continuous on the rectangle."""
    if b.op != "integral" or {MINUS_INFINITY, INFINITY} & set(b.args[:2]) or any(v in x.free for x in b.args[:2]):
        return False
    child, _, body = ctx.under(b.args[2], *b.args[:2])
    return all(_continuous_power(child, b2, e2, v) for m in child.nf(body).terms for b2, e2 in m)
