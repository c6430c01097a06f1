"""Equality, hypotheses, instantiation, congruence, induction and cases."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from ..kernel.canonical import Context, binder_facts
from ..kernel.errors import Refused
from ..kernel.functions import check_function, check_value
from ..kernel.polynomial import ZERO, Polynomial
from ..kernel.regularity import INFINITY, MINUS_INFINITY
from ..kernel.terms import Term, apply, at, lam, num, substitute, unfold
from ..kernel.theorem import Inference, Theorem, require, rule

Given = tuple[Term, ...]
_ONE = num(1)


@lru_cache(maxsize=256)
def context(given: Given) -> Context:
    """A context for questions with yes or no as the answer; results never leave it."""
    return Context(given)


def known(hypotheses: frozenset[Term]) -> Context:
    """A context for hypotheses as a theorem holds them."""
    return context(tuple(sorted(hypotheses, key=repr)))


def equation(left: Term, right: Term) -> Term:
    """The statement left = right."""
    return Term("eq", (left, right))


@rule
def assume(statement: Term) -> Inference:
    """P ⊢ P."""
    return frozenset((statement,)), statement


@rule
def normal_form(a: Term, b: Term, given: Given) -> Inference:
    """Γ ⊢ a = b, if both are defined under Γ and their difference has canonical form 0."""
    if not context(given).same(a, b):
        raise Refused(f"not equal by algebra: {a!r}  and  {b!r}")
    return frozenset(given), equation(a, b)


@rule
def symmetry(theorem: Theorem) -> Inference:
    """Γ ⊢ a = b  gives  Γ ⊢ b = a."""
    require(theorem, "eq")
    return theorem.hypotheses, equation(theorem.right, theorem.left)


@rule
def transitivity(*theorems: Theorem) -> Inference:
    """Γ ⊢ a = b, Δ ⊢ b = c, …  give  Γ, Δ, … ⊢ a = c, …; the middle terms must be the same term."""
    hyps: frozenset[Term] = frozenset()
    for i, t in enumerate(theorems):
        require(t, "eq")
        if i and theorems[i - 1].right != t.left:
            raise Refused(f"the chain breaks: {theorems[i - 1].right!r} is not {t.left!r}")
        hyps |= t.hypotheses
    if not theorems:
        raise Refused("an empty chain proves nothing")
    return hyps, equation(theorems[0].left, theorems[-1].right)


@rule
def definition(t: Term) -> Inference:
    """⊢ f(a, …) = the body of f's definition at a, …: a defined symbol carries its definition."""
    return frozenset(), equation(t, unfold(t))


@rule
def instantiate(theorem: Theorem, values: tuple[tuple[Term, Term], ...], given: Given) -> Inference:
    """Γ ⊢ P  gives  Γ[v:=t], given ⊢ P[v:=t], if each t lies in the sort of its v under `given`.

    For a function symbol t is another one or a `lam` that `check_function` accepts: P holds for all
    functions of the sort, so for this one. What the body mentions besides its variable is free in the
    result; no binder of P can capture it, and each argument takes its place by β-reduction.
    """
    ctx = context(given)
    if any(len(pair) != 2 for pair in values):
        raise Refused("instantiation takes pairs of a variable and its value")
    for v, t in values:
        if v.op != "var":
            raise Refused("only a variable can be instantiated", v)
        check_sort(ctx, v, t)
    mapping = dict(values)
    if len(mapping) != len(values):
        raise Refused("a variable was given two values")
    hyps = frozenset(substitute(h, mapping) for h in theorem.hypotheses)
    return hyps | frozenset(given), substitute(theorem.conclusion, mapping)


def check_sort(ctx: Context, v: Term, t: Term) -> None:
    """Refuse unless the term t is a value that the variable v may take."""
    sort = v.args[1]
    if t.op == "var" and t.args[1] == sort:
        return
    if sort in ("tuple", "measure", "states") or ("->" in sort and t.op != "lam"):
        raise Refused(f"{v!r} stands for {sort}, not for {t!r}")
    if "->" in sort:
        check_function(ctx, t, sort, repr(v))
    else:
        check_value(ctx, t, sort, repr(v))


@rule
def discharge(theorem: Theorem, given: Given) -> Inference:
    """Γ ⊢ P  gives  given ⊢ P, if every hypothesis in Γ follows from `given`."""
    ctx = context(given)
    for h in sorted(theorem.hypotheses, key=repr):
        if h not in given and not holds(ctx, h):
            raise Refused("a condition is not met by the hypotheses", h)
    return frozenset(given), theorem.conclusion


def holds(ctx: Context, h: Term) -> bool:
    """Whether the statement follows from the context by signs and algebra."""
    if h.op == "eq":
        return ctx.same(*h.args)
    if h.op in ("le", "lt", "ne"):
        difference = ctx.nf(h.args[1]) - ctx.nf(h.args[0])
        if h.op != "ne" and not all(ctx.real(ctx.nf(x)) for x in h.args):
            return False
        ask = {"le": ctx.nonnegative, "lt": ctx.positive, "ne": ctx.nonzero}[h.op]
        return ask(difference) or ask(ctx.reduced(difference))
    if h.op == "is_int":
        return ctx.integer(ctx.nf(h.args[0]))
    return h.op == "is_real" and ctx.real(ctx.nf(h.args[0]))


@rule
def fact(statement: Term, given: Given) -> Inference:
    """Γ ⊢ P for an inequality, type or equation that follows from Γ by signs and linear arithmetic."""
    if not holds(context(given), statement):
        raise Refused("not shown from the hypotheses", statement)
    return frozenset(given), statement


@rule
def order(goal: Term, certificate: tuple[tuple[Term, Theorem], ...], given: Given) -> Inference:
    """Γ ⊢ a ≤ b, because b − a = Σ λᵢ(rᵢ − lᵢ) + p with Γᵢ ⊢ lᵢ ≤ rᵢ, λᵢ ≥ 0 and p ≥ 0.

    A Positivstellensatz certificate, checked by expansion; a theorem l = r may have any λ. Since b − a is
    real, b is if a is: it is enough that one of them is real, as the sides of an inequality are.
    """
    if goal.op != "le":
        raise Refused("a certificate of order proves a statement a ≤ b", goal)
    ctx, hyps = context(given), frozenset(given)
    for side in goal.args:
        ctx.nf(side)
    for factor, premise in certificate:
        if premise.conclusion.op not in ("le", "lt", "eq"):
            raise Refused("a certificate of order uses inequalities and equations", premise.conclusion)
        equal = premise.conclusion.op == "eq"
        if not (equal or shown_nonnegative(ctx, factor)):
            raise Refused("a multiplier is not shown to be ≥ 0", factor)
        hyps |= premise.hypotheses
    sides = {x for _, p in certificate if p.conclusion.op != "eq" for x in p.conclusion.args}
    if sides.isdisjoint(goal.args) and not any(_own_conjugate(ctx, x) for x in goal.args):
        raise Refused("an inequality is between real numbers", goal)
    if not _nonnegative_remainder(ctx, _remainder(ctx, goal, certificate)):
        raise Refused("what is left after the certificate is not shown to be ≥ 0", goal)
    return hyps, goal


def _remainder(ctx: Context, goal: Term, certificate: tuple[tuple[Term, Theorem], ...]) -> Polynomial:
    """(b − a) − Σ λᵢ(rᵢ − lᵢ); what cancels as it is written, as in a ≤ c because a ≤ b ≤ c, is not expanded."""
    count = Counter({goal.args[1]: 1})
    count[goal.args[0]] -= 1
    rest = ZERO
    for factor, premise in certificate:
        if factor == _ONE:
            count[premise.right] -= 1
            count[premise.left] += 1
        else:
            rest = rest - ctx.nf(factor) * (ctx.nf(premise.right) - ctx.nf(premise.left))
    for t, times in count.items():
        rest = rest + ctx.nf(t).scale(times) if times else rest
    return rest


def _own_conjugate(ctx: Context, z: Term) -> bool:
    """z is real: by its factors, or because z* = z by algebra under the hypotheses."""
    p = ctx.nf(z)
    return ctx.real(p) or ctx.vanishes(ctx.nf(Term("conj", (z,))) - p)


def shown_nonnegative(ctx: Context, t: Term) -> bool:
    """t ≥ 0, as a product, sum or natural power of such terms or by its canonical form."""
    if ctx.nonnegative(ctx.nf(t)):
        return True
    return t.op in ("mul", "add") and all(shown_nonnegative(ctx, a) for a in t.args)


def _nonnegative_remainder(ctx: Context, p: Polynomial) -> bool:
    return ctx.vanishes(p) or ctx.nonnegative(p) or ctx.nonnegative(ctx.reduced(p))


@rule
def rewrite(target: Term, path: tuple[int, ...], theorem: Theorem, given: Given) -> Inference:
    """Γ ⊢ a = b  gives  Γ′ ⊢ C[a] = C[b], where C is `target` with its hole at `path`.

    Binders on the path are opened with variables named by `path_variables`; hypotheses of Γ about
    them must be the facts that the binder gives (low ≤ s ≤ high) and are then dropped. A finite
    integral gives its facts only if `given` shows low ≤ high.
    """
    require(theorem, "eq")
    new, facts, opened = _replace(target, path, theorem, (), given)
    hyps = frozenset(h for h in theorem.hypotheses if h not in facts)
    for h in hyps | frozenset(given):
        if not h.free.isdisjoint(opened):
            raise Refused("a hypothesis on a bound variable is not a fact that its binder gives", h)
    if not target.free.isdisjoint(opened):
        raise Refused("the target uses a variable that is reserved for opening binders", target)
    return hyps | frozenset(given), equation(target, new)


def opened_variable(function: Term, depth: int) -> Term:
    """The variable with which `rewrite` opens the binder at this depth of a path."""
    if depth >= 9:
        raise Refused("rewriting goes below nine binders at most", function)
    return Term("var", (f"{function.args[0].rstrip('¹²³⁴⁵⁶⁷⁸⁹')}{'¹²³⁴⁵⁶⁷⁸⁹'[depth]}", function.args[1]))


def facts_at(t: Term, v: Term) -> tuple[Term, ...]:
    """What a binder tells of its variable."""
    return binder_facts(v, *t.args[:2]) if t.op in ("sum", "prod", "integral") else ()


def _replace(
    t: Term, path: tuple[int, ...], theorem: Theorem, opened: tuple[Term, ...], given: Given
) -> tuple[Term, frozenset[Term], frozenset[Term]]:
    if not path:
        if t != theorem.left:
            raise Refused(f"the equation starts from {theorem.left!r}, but here stands {t!r}")
        return theorem.right, frozenset(), frozenset()
    child = at(t, path[:1])
    if child.op == "head" or (child.op == "lam" and t.op == "call"):
        raise Refused("neither a definition nor a function that is given to it can be rewritten", child)
    if child.op != "lam":
        new, facts, names = _replace(child, path[1:], theorem, opened, given)
    else:
        if t.op == "integral" and t.args[0] != MINUS_INFINITY and t.args[1] != INFINITY:
            ctx = context(given)
            if not ctx.nonnegative(ctx.nf(t.args[1]) - ctx.nf(t.args[0])):
                raise Refused("the bounds of an integral are not shown to be in order", t)
        v = opened_variable(child, len(opened))
        body, facts, names = _replace(apply(child, v), path[2:], theorem, (*opened, v), given)
        if path[1:2] != (2,):
            raise Refused("a path goes from a binder into its body", t)
        new, facts, names = lam(v, body), facts | frozenset(facts_at(t, v)), names | {v}
        new = Term("lam", (child.args[0], *new.args[1:]))
    i = path[0]
    return Term(t.op, (*t.args[:i], new, *t.args[i + 1 :])), facts, names


@rule
def induction(n: Term, base: Theorem, step: Theorem) -> Inference:
    """Γ ⊢ P(0) and Δ, P(n) ⊢ P(n+1), n a natural number not free in Γ, Δ: then Γ, Δ ⊢ P(n)."""
    if n.op != "var" or n.args[1] != "nat":
        raise Refused("induction is over a natural number", n)
    statement = _predecessor(n, base, step)
    hyps = base.hypotheses | (step.hypotheses - {statement})
    if any(n in h.free for h in hyps):
        raise Refused(f"a hypothesis still mentions {n!r}")
    return hyps, statement


def _predecessor(n: Term, base: Theorem, step: Theorem) -> Term:
    """The P among the step's hypotheses that fits: P(n+1) is its conclusion, P(0) the base's."""
    successor = Term("add", (n, num(1)))
    for h in step.hypotheses:
        if substitute(h, {n: successor}) == step.conclusion and substitute(h, {n: num(0)}) == base.conclusion:
            return h
    raise Refused("base and step are not P(0) and P(n) ⊢ P(n+1) of one statement P", step.conclusion)


@rule
def cases(first: Theorem, second: Theorem) -> Inference:
    """Γ, a ≤ b ⊢ P and Δ, b < a ⊢ P give Γ, Δ ⊢ P for real a, b; likewise a = b and a ≠ b."""
    if first.conclusion != second.conclusion:
        raise Refused("the two cases prove different statements")
    for h in sorted(first.hypotheses, key=repr):
        if h.op in ("le", "eq"):
            other = Term("lt", (h.args[1], h.args[0])) if h.op == "le" else Term("ne", h.args)
            if other in second.hypotheses:
                rest = (first.hypotheses - {h}) | (second.hypotheses - {other})
                if h.op == "le":
                    ctx = context(tuple(sorted(rest, key=repr)))
                    if not all(ctx.real(ctx.nf(x)) for x in h.args):
                        raise Refused("cases by order need real numbers", h)
                return rest, first.conclusion
    raise Refused("the hypotheses of the two cases do not exclude and exhaust one another")


@rule
def transport(theorem: Theorem, path: tuple[int, ...], equality: Theorem, given: Given) -> Inference:
    """Γ ⊢ P[a] and Δ ⊢ a = b give Γ, Δ ⊢ P[b], at `path` of P; not under a binder."""
    require(equality, "eq")
    walk = theorem.conclusion
    for i in path:
        walk = at(walk, (i,))
        if walk.op in ("lam", "head"):
            raise Refused("a conclusion is not rewritten under a binder", walk)
    new, _, _ = _replace(theorem.conclusion, path, equality, (), given)
    return theorem.hypotheses | equality.hypotheses | frozenset(given), new


RULES = (
    assume,
    normal_form,
    symmetry,
    transitivity,
    definition,
    instantiate,
    discharge,
    fact,
    order,
    rewrite,
    induction,
    cases,
    transport,
)
