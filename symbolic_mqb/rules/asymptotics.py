"""N → ∞: statements with remainders O(g) whose constants are explicit, and limits.

`asymptotic(N₀, N ↦ (f = template))` says: for every N ≥ N₀ there are numbers r, one for each O(g, C)
in the template (one for each value of the bound variables around it), with |r| ≤ C·g and f equal to
the template with the r in the places of the O(g, C). C and N₀ do not depend on N.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..kernel.canonical import Context
from ..kernel.errors import Refused
from ..kernel.regularity import INFINITY, MINUS_INFINITY
from ..kernel.terms import Term, apply, fresh, lam, num, subterms
from ..kernel.theorem import Inference, Theorem, require, rule
from .inequalities import absolute
from .integrals import integrable, line_integral
from .logic import Given, context, equation, facts_at, known, opened_variable

#: How the variables end with which binders are opened.
_OPENED = "¹²³⁴⁵⁶⁷⁸⁹"


@rule
def cut(theorem: Theorem, lemma: Theorem) -> Inference:
    """Γ, P ⊢ Q and Δ ⊢ P give Γ, Δ ⊢ Q."""
    if lemma.conclusion not in theorem.hypotheses:
        raise Refused("the lemma is not a hypothesis of the theorem", lemma.conclusion)
    return (theorem.hypotheses - {lemma.conclusion}) | lemma.hypotheses, theorem.conclusion


@rule
def introduce_remainders(
    n: Term, threshold: Term, exact: Theorem, template: Term, bounds: tuple[Theorem, ...]
) -> Inference:
    """From f = F[r₁, r₂, …] and |r_i| ≤ C_i·g_i: asymptotic(N₀, N ↦ (f = F[O(g₁, C₁), O(g₂, C₂), …])).

    The only hypothesis on N is N₀ ≤ N; a bound under a binder may use the facts of the binder.
    """
    require(exact, "eq")
    if n.op != "var" or n.args[1] != "nat" or n in threshold.free:
        raise Refused("the limit is in a natural number, and the threshold does not depend on it", n)
    used: list[Theorem] = []
    walk = _Walk(n, bounds, template.free | exact.right.free, used)
    walk.fill(template, exact.right, (), frozenset())
    if {id(b) for b in bounds} != {id(b) for b in used}:
        raise Refused("a bound is not used by any O in the template")
    hyps = exact.hypotheses.union(*(_outer(b) for b in bounds)) - {threshold <= n}
    for h in hyps:
        if n in h.free:
            raise Refused(f"a hypothesis on {n!r} is more than {threshold!r} ≤ {n!r}", h)
        if _opened_in(h):
            raise Refused("a hypothesis on a bound variable is not a fact of its binder", h)
    _real_threshold(threshold, hyps)
    return hyps, Term("asymptotic", (threshold, lam(n, equation(exact.left, template))))


def _real_threshold(threshold: Term, hypotheses: frozenset[Term]) -> None:
    """N₀ ≤ N is true from some N on only if N₀ is a real number."""
    ctx = known(hypotheses)
    if not ctx.real(ctx.nf(threshold)):
        raise Refused("the threshold is not shown to be real", threshold)


def _opened_in(h: Term) -> set[Term]:
    return {v for v in h.free if v.args[0][-1:] in _OPENED}


def _outer(bound: Theorem) -> frozenset[Term]:
    return frozenset(h for h in bound.hypotheses if not _opened_in(h))


@dataclass(frozen=True)
class _Walk:
    """Template and exact expression walked together; at each O the bound on what stands there is found."""

    n: Term
    bounds: tuple[Theorem, ...]
    reserved: frozenset[Term]
    used: list[Theorem]

    def fill(self, template: Term, exact: Term, opened: tuple[Term, ...], facts: frozenset[Term]) -> None:
        """Refuse unless `template` is `exact` with bounded remainders in the places of the O."""
        if template.op == "O":
            self._bounded(template, exact, facts)
            return
        if template == exact:
            return
        if template.op != exact.op or len(template.args) != len(exact.args) or template.op == "head":
            raise Refused(f"the template does not have the form of {exact!r}", template)
        for a, b in zip(template.args, exact.args, strict=True):
            if not isinstance(a, Term) or not isinstance(b, Term):
                if a != b:
                    raise Refused("the template differs outside its remainders", template)
            elif a.op == "lam":
                self._under(template, exact, a, b, opened, facts)
            else:
                self.fill(a, b, opened, facts)

    def _bounded(self, template: Term, exact: Term, facts: frozenset[Term]) -> None:
        g, constant = template.args
        wandering, before = {self.n}, 0
        while len(wandering) > before:  # an index runs with N if a bound of its binder does
            before = len(wandering)
            wandering |= {v for h in facts if not wandering.isdisjoint(h.free) for v in _opened_in(h)}
        if not wandering.isdisjoint(constant.free):
            raise Refused("the constant of an O depends on what runs with the limit variable", constant)
        wanted = absolute(exact) <= constant * g
        for b in self.bounds:
            if b.conclusion == wanted:
                extra = b.hypotheses - _outer(b) - facts
                if extra:
                    raise Refused("a bound uses more of a bound variable than its binder gives", min(extra, key=repr))
                self.used.append(b)
                return
        raise Refused("no bound is given for a remainder", wanted)

    def _under(
        self, template: Term, exact: Term, a: Term, b: Term, opened: tuple[Term, ...], facts: frozenset[Term]
    ) -> None:
        v = opened_variable(a, len(opened))
        if template.op not in ("sum", "prod"):
            raise Refused("a remainder stands under sums and products only", template)
        if v in self.reserved:
            raise Refused("the template binds another variable, or a reserved one is in use", template)
        self.fill(apply(a, v), apply(b, v), (*opened, v), facts | frozenset(facts_at(exact, v)))


def _has_remainder(t: Term) -> bool:
    return t.op == "O" or any(_has_remainder(a) for a in subterms(t))


@rule
def limit_from_bound(n: Term, threshold: Term, theorem: Theorem, given: Given) -> Inference:
    """Γ, N₀ ≤ N ⊢ |f(N) − v| ≤ C·N^{−p}, p > 0, N not free in Γ, v, C, N₀:  Γ ⊢ lim_{N→∞} f(N) = v."""
    require(theorem, "le")
    left, right = theorem.left, theorem.right
    if left.op != "abs" or left.args[0].op != "add" or len(left.args[0].args) != 2:
        raise Refused("expected a bound on |f − v|", left)
    f, minus_v = left.args[0].args
    if minus_v.op != "mul" or minus_v.args[0].op != "num" or minus_v.args[0].args[0] != -1:
        raise Refused("expected a bound on |f − v|", left)
    v = minus_v.args[1] if len(minus_v.args) == 2 else Term("mul", minus_v.args[1:])
    constant, _ = rate(right, n, context(given))
    hyps = (theorem.hypotheses | frozenset(given)) - {threshold <= n}
    if n.op != "var" or n.args[1] != "nat" or any(n in x.free for x in (v, threshold, constant, *hyps)):
        raise Refused("the limit, the constant, the threshold and the hypotheses must not depend on the variable", n)
    _real_threshold(threshold, hyps)
    return hyps, Term("limit", (lam(n, f), v))


@rule
def weak_limit_at_point(n: Term, density: Term, point: Term, mass: Theorem, moment: Theorem, given: Given) -> Inference:
    """Densities p_N ≥ 0 with ∫p_N = 1 and ∫p_N(u)|u − x|du ≤ C·N^{−q}, q > 0, tend weakly to δ_x.

    The statement: |∫p_N f − f(x)| ≤ L·C·N^{−q} for all N ≥ 1 and every bounded f with Lipschitz constant
    L, since |f(u) − f(x)| ≤ L|u − x|. That is weak convergence (P. Billingsley, Convergence of Probability
    Measures, Theorem 2.1), with a rate. `density` is u ↦ p_N(u); the only hypothesis on N is 1 ≤ N.
    """
    require(mass, "eq")
    require(moment, "le")
    if n.op != "var" or n.args[1] != "nat":
        raise Refused("the limit is in a natural number", n)
    ctx = context((*given, num(1) <= n))
    integrable(ctx, density)
    child, _, body = ctx.under(density, MINUS_INFINITY, INFINITY)
    if not (child.nonnegative(child.nf(body)) and ctx.real(ctx.nf(point))):
        raise Refused("the density is not shown to be ≥ 0, or the point not to be real", density)
    u = fresh(density, point.free)
    p = apply(density, u)
    if mass.left != line_integral(lam(u, p)) or mass.right != num(1):
        raise Refused("expected ∫p = 1", mass.conclusion)
    if moment.left != line_integral(lam(u, p * absolute(u - point))):
        raise Refused("expected a bound on ∫p(u)|u − x|du", moment.conclusion)
    constant, q = rate(moment.right, n, ctx)
    hyps = (mass.hypotheses | moment.hypotheses | frozenset(given)) - {num(1) <= n}
    if any(n in x.free for x in (point, constant, *hyps)):
        raise Refused("the point, the constant and the hypotheses must not depend on the variable", n)
    measure = Term("density", (density,))
    return hyps, Term("weak_limit", (lam(n, measure), Term("dirac", (point,)), constant, num(q)))


def rate(bound: Term, n: Term, ctx: Context) -> tuple[Term, Fraction]:
    """(C, q) of a bound C·N^{−q}, q > 0."""
    if bound.op != "mul" or bound.args[-1].op != "pow" or bound.args[-1].args[0] != n:
        raise Refused("expected a bound of the form C·N^{−q}", bound)
    exponent = ctx.nf(bound.args[-1].args[1]).constant()
    if exponent is None or exponent >= 0:
        raise Refused("the bound does not go to zero", bound)
    constant = bound.args[:-1]
    return (constant[0] if len(constant) == 1 else Term("mul", constant)), -Fraction(exponent)


@rule
def from_threshold(n: Term, theorem: Theorem) -> Inference:
    """asymptotic(N₀, N ↦ P(N)) without remainders, "P(N) for all N ≥ N₀", gives N₀ ≤ n ⊢ P(n)."""
    require(theorem, "asymptotic")
    threshold, function = theorem.conclusion.args
    if n.op != "var" or n.args[1] != "nat" or n in threshold.free:
        raise Refused("expected a variable for the natural number", n)
    statement = apply(function, n)
    if any(_has_remainder(a) for a in statement.args):
        raise Refused("a statement with remainders says that there are numbers, not which", statement)
    return theorem.hypotheses | {threshold <= n}, statement


@rule
def for_all_from(n: Term, threshold: Term, theorem: Theorem) -> Inference:
    """Γ, N₀ ≤ n ⊢ P(n), n not free in Γ, N₀, and no remainder in P: Γ ⊢ asymptotic(N₀, N ↦ P(N))."""
    hyps = theorem.hypotheses - {threshold <= n}
    if n.op != "var" or n.args[1] != "nat" or any(n in x.free for x in (threshold, *hyps)):
        raise Refused("the threshold and the other hypotheses must not depend on the natural number", n)
    if any(_has_remainder(a) for a in theorem.conclusion.args):
        raise Refused("what a remainder stands for is not the same for all N", theorem.conclusion)
    _real_threshold(threshold, hyps)
    return hyps, Term("asymptotic", (threshold, lam(n, theorem.conclusion)))


RULES = (
    cut,
    from_threshold,
    for_all_from,
    introduce_remainders,
    limit_from_bound,
    weak_limit_at_point,
)
