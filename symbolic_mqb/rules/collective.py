"""Collective measurements: what makes a sum over outcome tuples a probability distribution."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from ..kernel.errors import Refused
from ..kernel.functions import natural
from ..kernel.kinds import kind
from ..kernel.signatures import KET, OPERATOR, OPERATOR_N
from ..kernel.terms import Term, apply, fresh, lam, new_variable, num, var
from ..kernel.theorem import Inference, rule
from .kets import braket, check_measurement
from .logic import Given, context, equation

_I, _K = var("i", "int"), var("k", "int")
_HALF = num(Fraction(1, 2))


@rule
def projective_is_povm(family: Term, d: Term) -> Inference:
    """A projective measurement is a POVM: orthogonal projectors that sum to one are positive."""
    hypothesis = Term("projective", (family, d))
    return frozenset((hypothesis,)), Term("povm", (family, d))


@rule
def contraction(operator: Term, n: Term, k: Term, l: Term, given: Given) -> Inference:
    """|⟨n,k|(Σ_{j=1}^d u_j E_j)^{⊗n}|n,l⟩| ≤ 1 for a POVM E, |u_j| ≤ 1 and k, l ≤ n.

    |⟨φ|Σ u_j E_j|χ⟩| ≤ Σ √⟨φ|E_j|φ⟩ √⟨χ|E_j|χ⟩ ≤ ‖φ‖‖χ‖, by Cauchy and Schwarz twice: the operator has norm ≤ 1. So
    have its tensor powers, and Dicke states have norm 1.
    """
    ctx = context(given)
    for m in (n, k, l):
        natural(ctx, m)
    for level in (k, l):
        if not ctx.nonnegative(ctx.nf(n) - ctx.nf(level)):
            raise Refused(f"not shown to be at most {n!r}", level)
    if operator.op != "sum" or operator.args[0] != num(1):
        raise Refused("expected a sum over the outcomes 1, …, d", operator)
    child, j, body = ctx.under(operator.args[2], *operator.args[:2])
    effect = body.args[-1] if body.op == "mul" else body
    if effect.op != "app" or effect.args[1:] != (j,):
        raise Refused("expected a sum of multiples of the effects", operator)
    check_measurement(effect.args[0], operator.args[1], given)
    size = Term("abs", (prod(body.args[:-1] if body.op == "mul" else (), start=num(1)),))
    if not child.nonnegative(child.nf(num(1)) - child.nf(size)):
        raise Refused("a coefficient is not shown to be at most 1 in modulus", size)
    modulus = Term("abs", (braket(Term("dicke", (n, k)), Term("tpow", (operator, n)), Term("dicke", (n, l))),))
    ctx.nf(modulus)
    return frozenset(given), modulus <= num(1)


@rule
def braket_of_sum(
    bra: Term, operator: Term, low: Term, high: Term, amplitudes: Term, kets: Term, given: Given
) -> Inference:
    """⟨φ|M|Ψ⟩ = Σ_k c_k ⟨φ|M|φ_k⟩ for Ψ = Σ_{k=low}^{high} c_k|φ_k⟩."""
    ctx = context(given)
    if not (ctx.integer(ctx.nf(low)) and ctx.integer(ctx.nf(high))):
        raise Refused("a sum runs from an integer to an integer", low)
    k = new_variable(_K, bra, operator, amplitudes, kets)
    for ket in (bra, apply(kets, k)):
        if kind(ket) != KET:
            raise Refused("expected a ket", ket)
    if kind(operator) != OPERATOR_N:
        raise Refused("expected an operator on N particles", operator)
    state = Term("sum", (low, high, lam(k, apply(amplitudes, k) * apply(kets, k))))
    right = Term("sum", (low, high, lam(k, apply(amplitudes, k) * braket(bra, operator, apply(kets, k)))))
    return frozenset(given), equation(braket(bra, operator, state), right)


@rule
def one_body_element(n: Term, site: Term, k: Term, l: Term, operator: Term, given: Given) -> Inference:
    """⟨N,k|M_i|N,l⟩ = δ_{kl}((1 − k/N)M₀₀ + (k/N)M₁₁) + δ_{k,l+1}√(k(N−l))/N·M₁₀ + δ_{l,k+1}√(l(N−k))/N·M₀₁.

    M_i = 1⊗…⊗M⊗…⊗1 with M at particle i, 1 ≤ i ≤ N; k, l ≤ N. Of the C(N,k) words with k ones a fraction
    k/N has a one at i; C(N−1,l) pairs of words differ at i alone, with l ones in common elsewhere, and
    C(N−1,l)/√(C(N,l+1)C(N,l)) = √((l+1)(N−l))/N (the elements of a collective spin).
    """
    ctx = context(given)
    for m in (n, k, l, site):
        natural(ctx, m)
    for small, large in ((num(1), site), (site, n), (k, n), (l, n)):
        if not ctx.nonnegative(ctx.nf(large) - ctx.nf(small)):
            raise Refused(f"not shown to be at most {large!r}", small)
    if kind(operator) != OPERATOR:
        raise Refused("expected an operator on one particle", operator)
    i = new_variable(_I, site, operator)
    place = Term("delta", (i, site))
    one_body = Term("tensor", (n, lam(i, place * operator + (1 - place) * Term("identity"))))

    def entry(r: int, s: int) -> Term:
        return Term("entry", (operator, num(r), num(s)))

    same = Term("delta", (k, l)) * ((1 - k / n) * entry(0, 0) + k / n * entry(1, 1))
    up = Term("delta", (k, l + 1)) * ((k * (n - l)) ** _HALF / n * entry(1, 0))
    down = Term("delta", (l, k + 1)) * ((l * (n - k)) ** _HALF / n * entry(0, 1))
    return frozenset(given), equation(braket(Term("dicke", (n, k)), one_body, Term("dicke", (n, l))), same + up + down)


@rule
def split_terms(t: Term, given: Given) -> Inference:
    """Σ (f + g + …) = Σ f + Σ g + …, for a finite sum over integers or over tuples."""
    if t.op not in ("sum", "tuples"):
        raise Refused("expected a finite sum", t)
    context(given).nf(t)
    v = fresh(t.args[2], t.free)
    body = apply(t.args[2], v)
    if body.op != "add":
        raise Refused("expected a sum of sums", t)
    parts = tuple(Term(t.op, (*t.args[:2], lam(v, f))) for f in body.args)
    return frozenset(given), equation(t, Term("add", parts))


RULES = (split_terms, one_body_element, projective_is_povm, contraction, braket_of_sum)
