"""The law of the outcomes of N particles in a state ρ^{[N]}: P(J) = tr[ρ E_{J(1)}⊗…⊗E_{J(N)}].

A variable of sort `states` is a sequence of density operators of 1, 2, … qubits. Under a POVM the P(J), over all
tuples J with values in {1, …, d}, are probabilities; that is all that these rules use.
"""

from __future__ import annotations

from fractions import Fraction

from ..kernel.errors import Refused
from ..kernel.functions import natural
from ..kernel.kinds import kind
from ..kernel.signatures import OPERATOR_N
from ..kernel.terms import Term, apply, fresh, lam, new_variable, num, var
from ..kernel.theorem import Inference, Theorem, require, rule
from .kets import check_measurement
from .logic import Given, context, equation
from .sums import split_off_sum, times

_I, _INDICES = var("i", "int"), var("J", "tuple")


def probability(rho: Term, n: Term, family: Term, indices: Term) -> Term:
    """tr[ρ(n) E_{J(1)} ⊗ … ⊗ E_{J(n)}] for the indices J."""
    effects = lam(_I, Term("app", (family, Term("app", (indices, _I)))))
    return Term("trace_of", (Term("app", (rho, n)), Term("tensor", (n, effects))))


def expectation(rho: Term, n: Term, family: Term, d: Term, values: Term) -> Term:
    """Σ over J of f(J) P(J)."""
    indices = new_variable(_INDICES, n, values)
    return Term("tuples", (n, d, lam(indices, apply(values, indices) * probability(rho, n, family, indices))))


def _states(rho: Term, n: Term, given: Given) -> None:
    natural(context(given), n)
    if rho.op != "var" or rho.args[1] != "states":
        raise Refused("expected a sequence of states", rho)


@rule
def total_probability(rho: Term, n: Term, family: Term, d: Term, given: Given) -> Inference:
    """Σ over J of P(J) = 1: the effects sum to one, and tr ρ = 1."""
    _states(rho, n, given)
    check_measurement(family, d, given)
    indices = new_variable(_INDICES, n)
    total = Term("tuples", (n, d, lam(indices, probability(rho, n, family, indices))))
    return frozenset(given), equation(total, num(1))


@rule
def trace_of_state(rho: Term, n: Term, given: Given) -> Inference:
    """tr[ρ(n) 1⊗…⊗1] = 1."""
    _states(rho, n, given)
    one = Term("tensor", (n, lam(_I, Term("identity"))))
    return frozenset(given), equation(Term("trace_of", (Term("app", (rho, n)), one)), num(1))


@rule
def marginal(rho: Term, n: Term, family: Term, d: Term, site: Term, values: Term, given: Given) -> Inference:
    """Σ over J of f(J(i)) P(J) = tr[ρ 1⊗…⊗(Σ_j f(j)E_j)⊗…⊗1] at particle i, 1 ≤ i ≤ N.

    The effects of all other particles sum to one. `values` is j ↦ f(j), of an integer.
    """
    _states(rho, n, given)
    ctx = context(given)
    natural(ctx, site)
    for small, large in ((num(1), site), (site, n)):
        if not ctx.nonnegative(ctx.nf(large) - ctx.nf(small)):
            raise Refused(f"not shown to be at most {large!r}", small)
    check_measurement(family, d, given)
    indices = new_variable(_INDICES, n, site, values)
    each = apply(values, Term("app", (indices, site))) * probability(rho, n, family, indices)
    j = fresh(values, values.free)
    one_body = Term("sum", (num(1), d, lam(j, apply(values, j) * Term("app", (family, j)))))
    i = new_variable(_I, site, one_body)
    place = Term("delta", (i, site))
    operator = Term("tensor", (n, lam(i, place * one_body + (1 - place) * Term("identity"))))
    right = Term("trace_of", (Term("app", (rho, n)), operator))
    return frozenset(given), equation(Term("tuples", (n, d, lam(indices, each))), right)


@rule
def expectation_is_real(rho: Term, n: Term, family: Term, d: Term, values: Term, given: Given) -> Inference:
    """Σ over J of f(J) P(J) is real, for real f: the P(J) are real."""
    _states(rho, n, given)
    check_measurement(family, d, given)
    child, _, body = context(given).under(values)
    if not child.real(child.nf(body)):
        raise Refused("the values are not shown to be real", values)
    return frozenset(given), Term("is_real", (expectation(rho, n, family, d, values),))


@rule
def expectation_is_nonnegative(rho: Term, n: Term, family: Term, d: Term, values: Term, given: Given) -> Inference:
    """0 ≤ Σ over J of f(J) P(J), for f ≥ 0: a product of positive effects is positive."""
    _states(rho, n, given)
    check_measurement(family, d, given)
    child, _, body = context(given).under(values)
    if not child.nonnegative(child.nf(body)):
        raise Refused("the values are not shown to be ≥ 0", values)
    return frozenset(given), num(0) <= expectation(rho, n, family, d, values)


@rule
def tuples_of_sum(t: Term, given: Given) -> Inference:
    """Σ over J of g(J) Σ_s f(J, s) = Σ_s Σ over J of g(J) f(J, s), bounds free of J."""
    if t.op != "tuples":
        raise Refused("expected a sum over tuples", t)
    context(given).nf(t)
    indices = fresh(t.args[2], t.free)
    others, inner = split_off_sum(apply(t.args[2], indices))
    if any(indices in b.free for b in inner.args[:2]):
        raise Refused("the bounds of the inner sum depend on the tuple", t)
    s = fresh(inner.args[2], t.free)
    each = Term("tuples", (*t.args[:2], lam(indices, times(others, apply(inner.args[2], s)))))
    return frozenset(given), equation(t, Term("sum", (*inner.args[:2], lam(s, each))))


@rule
def trace_of_tuples(rho: Term, n: Term, d: Term, weights: Term, operators: Term, given: Given) -> Inference:
    """tr[ρ Σ_J w(J) M(J)] = Σ_J w(J) tr[ρ M(J)]: the trace is linear."""
    ctx = context(given)
    natural(ctx, n)
    natural(ctx, d)
    indices = new_variable(_INDICES, rho, weights, operators)
    operator = apply(operators, indices)
    if kind(operator) != OPERATOR_N:
        raise Refused("expected operators on N particles", operator)
    total = Term("tuples", (n, d, lam(indices, apply(weights, indices) * operator)))
    each = apply(weights, indices) * Term("trace_of", (rho, operator))
    return frozenset(given), equation(Term("trace_of", (rho, total)), Term("tuples", (n, d, lam(indices, each))))


@rule
def trace_of_multiple_of_sum(rho: Term, c: Term, low: Term, high: Term, operators: Term, given: Given) -> Inference:
    """tr[ρ c Σ_{i=low}^{high} M(i)] = c Σ_i tr[ρ M(i)]: the trace is linear."""
    ctx = context(given)
    ctx.nf(c)
    if not (ctx.integer(ctx.nf(low)) and ctx.integer(ctx.nf(high))):
        raise Refused("a sum runs from an integer to an integer", low)
    i = new_variable(_I, rho, operators)
    operator = apply(operators, i)
    if kind(operator) != OPERATOR_N:
        raise Refused("expected operators on N particles", operator)
    total = c * Term("sum", (low, high, lam(i, operator)))
    right = c * Term("sum", (low, high, lam(i, Term("trace_of", (rho, operator)))))
    return frozenset(given), equation(Term("trace_of", (rho, total)), right)


@rule
def weak_limit_by_variance(
    n: Term, values: Term, point: Term, constant: Term, q: Term, theorem: Theorem, given: Given
) -> Inference:
    """Σ_J (X(J) − x)² P(J) ≤ C·N^{−q} for all N ≥ 1, q > 0: the law of X under P tends weakly to δ_x.

    The rate: |Σ_J f(X(J)) P(J) − f(x)| ≤ L·√C·N^{−q/2} for every bounded f with Lipschitz constant L, since
    Σ|X − x|P ≤ (Σ(X − x)²P)^{1/2} (Lyapunov). The only hypothesis on N is 1 ≤ N.
    """
    require(theorem, "le")
    if n.op != "var" or n.args[1] != "nat" or theorem.right != constant * n ** (-q):
        raise Refused("expected a bound C·N^{−q}", theorem.conclusion)
    rho, family, d = _law(theorem.left)
    check_measurement(family, d, given)
    ctx = context((*given, num(1) <= n))
    child, _, body = ctx.under(values)
    if not (child.real(child.nf(body)) and ctx.real(ctx.nf(point))):
        raise Refused("the values or the point are not shown to be real", values)
    indices = new_variable(_INDICES, values, point)
    square = lam(indices, (apply(values, indices) - point) ** 2)
    if theorem.left != expectation(rho, n, family, d, square):
        raise Refused("expected a bound on Σ (X − x)² P", theorem.conclusion)
    if not (ctx.nonnegative(ctx.nf(constant)) and ctx.positive(ctx.nf(q))):
        raise Refused("the bound is not shown to go to zero", theorem.right)
    hyps = (theorem.hypotheses | frozenset(given)) - {num(1) <= n}
    if any(n in x.free for x in (point, constant, q, *hyps)):
        raise Refused("the point, the constant, the outcomes and the hypotheses must not depend on the variable", n)
    law = Term("law", (n, d, lam(indices, probability(rho, n, family, indices)), values))
    root = constant ** num(Fraction(1, 2))
    return hyps, Term("weak_limit", (lam(n, law), Term("dirac", (point,)), root, q / 2))


def _law(t: Term) -> tuple[Term, Term, Term]:
    """(ρ, E, d) of a sum over tuples whose summand ends with P(J), as far as it is one."""
    if t.op != "tuples":
        raise Refused("expected a sum over the outcomes of all particles", t)
    body = apply(t.args[2], _INDICES)
    last = body.args[-1] if body.op == "mul" else body
    if last.op != "trace_of" or last.args[0].op != "app" or last.args[1].op != "tensor":
        raise Refused("expected Σ f(J) P(J)", t)
    effects = last.args[1].args[1]
    effect = apply(effects, _I)
    if effect.op != "app":
        raise Refused("expected the effects of a measurement", effect)
    return last.args[0].args[0], effect.args[0], t.args[1]


RULES = (
    total_probability,
    trace_of_state,
    marginal,
    expectation_is_real,
    expectation_is_nonnegative,
    tuples_of_sum,
    trace_of_tuples,
    trace_of_multiple_of_sum,
    weak_limit_by_variance,
)
