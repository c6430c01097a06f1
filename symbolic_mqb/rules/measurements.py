"""What makes a family of operators a measurement."""

from __future__ import annotations

from ..kernel.errors import Refused
from ..kernel.functions import check_function
from ..kernel.kinds import kind
from ..kernel.signatures import FUNCTION
from ..kernel.terms import Term, apply, lam, num
from ..kernel.theorem import Inference, Theorem, require, rule
from .logic import Given, context, equation
from .operators import entries


def effect(family: Term, j: Term) -> Term:
    """E_j of a function symbol or of a `lam`."""
    return apply(family, j) if family.op == "lam" else Term("app", (family, j))


def expectation(operator: Term, v0: Term, v1: Term) -> Term:
    """⟨v|M|v⟩ for v = (v₀, v₁), as Σ_{r,s} v_r* v_s ⟨r|M|s⟩."""
    vectors = [(r, s) for r in (v0, v1) for s in (v0, v1)]
    summands = [Term("conj", (r,)) * s * m for (r, s), m in zip(vectors, entries(operator), strict=True)]
    return Term("add", tuple(summands))


@rule
def povm(
    family: Term,
    d: Term,
    variables: tuple[Term, Term, Term],
    complete: tuple[Theorem, ...],
    hermitian: tuple[Theorem, ...],
    positive: Theorem,
    given: Given,
) -> Inference:
    """Effects that are Hermitian, positive and sum to one form a POVM: E₁, …, E_d.

    `variables` are j, v₀, v₁: an integer and two complex numbers that nothing else mentions. Premises:
    Σ_{j=1}^{d} ⟨r|E_j|s⟩ = δ_rs for (r, s) = (0,0), (0,1), (1,0), (1,1); and, on the hypotheses 1 ≤ j and
    j ≤ d, ⟨r|E_j|s⟩ = ⟨s|E_j|r⟩* for (r, s) = (0,0), (1,0), (1,1) and 0 ≤ ⟨v|E_j|v⟩ for v = (v₀, v₁).
    """
    j, v0, v1 = variables
    ctx = context(given)
    count = ctx.nf(d)
    if not (ctx.integer(count) and ctx.nonnegative(count)):
        raise Refused("the number of outcomes is a natural number", d)
    if kind(family) != FUNCTION:
        raise Refused("expected a family of operators", family)
    if family.op == "lam":
        check_function(ctx, family, "nat->op", "the family")
    if [x.op for x in variables] != ["var"] * 3 or (j.args[1], v0.args[1], v1.args[1]) != ("int", "complex", "complex"):
        raise Refused("the variables are an integer and two complex numbers", j)
    one = effect(family, j)
    a, b, c, last = entries(one)
    wanted = [
        equation(Term("sum", (num(1), d, lam(j, e))), Term("delta", (num(i // 2), num(i % 2))))
        for i, e in enumerate((a, b, c, last))
    ]
    _match(complete, wanted)
    _match(hermitian, [equation(x, Term("conj", (y,))) for x, y in ((a, a), (c, b), (last, last))])
    if require(positive, "le").conclusion != (num(0) <= expectation(one, v0, v1)):
        raise Refused("expected 0 ≤ ⟨v|E_j|v⟩", positive.conclusion)
    range_ = {num(1) <= j, j <= d}
    hyps = frozenset(given).union(*(t.hypotheses for t in complete))
    hyps |= frozenset().union(*(t.hypotheses - range_ for t in (*hermitian, positive)))
    if len(set(variables)) != 3 or any(x in p.free for x in variables for p in (*hyps, family, d)):
        raise Refused("the variables must occur in no hypothesis, and differ", j)
    return hyps, Term("povm", (family, d))


def _match(theorems: tuple[Theorem, ...], wanted: list[Term]) -> None:
    if len(theorems) != len(wanted):
        raise Refused(f"expected {len(wanted)} theorems, got {len(theorems)}")
    for theorem, statement in zip(theorems, wanted, strict=True):
        if theorem.conclusion != statement:
            raise Refused(f"expected {statement!r}", theorem.conclusion)


RULES = (povm,)
