"""Expectations over a hidden variable: an arbitrary probability measure μ on the real line.

`expectation(μ, f)` is ∫ f(λ) dμ(λ) for a bounded Borel function f. A hidden variable in any standard
Borel space is no more general, since such a space is isomorphic to a Borel subset of the line
(A. S. Kechris, Classical Descriptive Set Theory, Theorem 15.6). That the expectation is linear, and 1
for f = 1, is part of the canonical form. `bounded(f, C)` says |f(x)| ≤ C for every real x.
"""

from __future__ import annotations

from ..kernel.errors import Refused
from ..kernel.terms import Term, apply, lam
from ..kernel.theorem import Inference, Theorem, require, rule
from .logic import Given, context


def expectation(measure: Term, function: Term) -> Term:
    """∫ f(λ) dμ(λ)."""
    return Term("expectation", (measure, function))


@rule
def expectation_of_inequality(measure: Term, v: Term, theorem: Theorem, given: Given) -> Inference:
    """Γ ⊢ f(λ) ≤ g(λ), λ real and not free in Γ: Γ ⊢ ∫ f dμ ≤ ∫ g dμ for bounded real f, g (monotonicity)."""
    require(theorem, "le")
    if v.op != "var" or v.args[1] != "real" or any(v in h.free for h in (*theorem.hypotheses, *given)):
        raise Refused("the hidden variable is a real variable that no hypothesis mentions", v)
    if measure.op != "var":
        raise Refused("the measure of an expectation is a variable", measure)
    ctx = context(given)
    sides = tuple(expectation(measure, lam(v, side)) for side in (theorem.left, theorem.right))
    for side in sides:
        if not ctx.real(ctx.nf(side)):
            raise Refused("an inequality is between real numbers", side)
    return theorem.hypotheses | frozenset(given), Term("le", sides)


@rule
def bound_at(theorem: Theorem, x: Term, given: Given) -> Inference:
    """Γ ⊢ |f(y)| ≤ C for every real y  gives  Γ ⊢ |f(x)| ≤ C, for a real x; f is defined on the real line."""
    require(theorem, "bounded")
    function, constant = theorem.conclusion.args
    ctx = context(given)
    child, _, body = ctx.under(function)
    child.nf(body)
    if not ctx.real(ctx.nf(x)):
        raise Refused("a bound on the real line holds at real points", x)
    return theorem.hypotheses | frozenset(given), Term("abs", (apply(function, x),)) <= constant


@rule
def bounded_everywhere(v: Term, theorem: Theorem) -> Inference:
    """Γ ⊢ |f(y)| ≤ C, y a real variable not free in Γ and C: Γ ⊢ |f(y)| ≤ C for every real y."""
    require(theorem, "le")
    if v.op != "var" or v.args[1] != "real" or any(v in h.free for h in theorem.hypotheses):
        raise Refused("the variable is a real variable that no hypothesis mentions", v)
    if theorem.left.op != "abs" or v in theorem.right.free:
        raise Refused("expected a bound on a modulus that does not depend on the variable", theorem.conclusion)
    return theorem.hypotheses, Term("bounded", (lam(v, theorem.left.args[0]), theorem.right))


RULES = (expectation_of_inequality, bound_at, bounded_everywhere)
