"""Series Σ_{s=0}^∞ f(s); that one converges absolutely is what its canonical form asks for."""

from __future__ import annotations

from ..kernel.errors import Refused
from ..kernel.functions import natural
from ..kernel.terms import Term, apply, fresh, lam, new_variable, num, var
from ..kernel.theorem import Inference, Theorem, require, rule
from .inequalities import absolute
from .logic import Given, context, equation
from .series import coeff, complex_entire

_S, _PHI = var("s", "nat"), var("φ", "real")


def series(function: Term) -> Term:
    """Σ_{s=0}^∞ of a function of a natural number."""
    return Term("series", (function,))


@rule
def split_series(n: Term, function: Term, given: Given) -> Inference:
    """Σ_{s=0}^∞ f(s) = Σ_{s=0}^{n−1} f(s) + Σ_{s=0}^∞ f(s + n) for a natural number n; f summable."""
    ctx = context(given)
    natural(ctx, n)
    ctx.nf(series(function))
    s = fresh(function, n.free)
    head = Term("sum", (num(0), n - 1, Term("lam", (function.args[0], "int", function.args[2]))))
    return frozenset(given), equation(series(function), head + series(lam(s, apply(function, s + n))))


@rule
def series_majorant(s: Term, theorem: Theorem, given: Given) -> Inference:
    """Γ ⊢ |f(s)| ≤ M(s), s a natural number not free in Γ:  Γ ⊢ |Σ_{s=0}^∞ f(s)| ≤ Σ_{s=0}^∞ M(s), both summable."""
    require(theorem, "le")
    hyps = theorem.hypotheses | frozenset(given)
    if s.op != "var" or s.args[1] != "nat" or any(s in h.free for h in hyps):
        raise Refused("the index is a natural number that no hypothesis mentions", s)
    if theorem.left.op != "abs":
        raise Refused("expected a bound on |f(s)|", theorem.conclusion)
    total, majorant = series(lam(s, theorem.left.args[0])), series(lam(s, theorem.right))
    for t in (total, majorant):
        context(given).nf(t)
    return hyps, absolute(total) <= majorant


@rule
def circle_product(f: Term, g: Term, given: Given) -> Inference:
    """∫_{−π}^{π} F(e^{iφ})G(e^{−iφ}) dφ = 2π Σ_{s=0}^∞ [z^s]F · [z^s]G, for F and G entire.

    Both Taylor series converge absolutely on |z| = 1, so their product does, uniformly in φ, and is integrated
    term by term: ∫ e^{i(s−r)φ} dφ = 2πδ_{sr} (Parseval, DLMF 1.8.6).
    """
    ctx = context(given)
    complex_entire(ctx, f)
    complex_entire(ctx, g)
    phi, s = new_variable(_PHI, f, g), new_variable(_S, f, g)
    pi, turn = Term("pi"), Term("I") * phi
    body = apply(f, Term("exp", (turn,))) * apply(g, Term("exp", (-turn,)))
    right = 2 * pi * series(lam(s, coeff(s, f) * coeff(s, g)))
    return frozenset(given), equation(Term("integral", (-pi, pi, lam(phi, body))), right)


RULES = (split_series, series_majorant, circle_product)
