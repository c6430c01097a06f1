"""Collective measurements: what makes a sum over outcome tuples a probability distribution."""

from __future__ import annotations

from fractions import Fraction

from ..kernel.errors import Refused
from ..kernel.terms import KET, OPERATOR_N, Term, apply, fresh, kind, lam, num, var
from ..kernel.theorem import Inference, rule
from .kets import braket, ones_zeros
from .logic import Given, context, equation
from .series import natural

_K = var("k", "int")


@rule
def projective_is_povm(family: Term, d: Term) -> Inference:
    """A projective measurement is a POVM: orthogonal projectors that sum to one are positive."""
    hypothesis = Term("projective", (family, d))
    return frozenset((hypothesis,)), Term("povm", (family, d))


@rule
def dicke_state(n: Term, k: Term, given: Given) -> Inference:
    """|N,k⟩ = C(N,k)^{−1/2} (|1…10…0⟩ + perm), for natural k ≤ N: the definition."""
    ctx = context(given)
    natural(ctx, n)
    natural(ctx, k)
    if not ctx.nonnegative(ctx.nf(n) - ctx.nf(k)):
        raise Refused(f"not shown to be at most {n!r}", k)
    right = Term("binomial", (n, k)) ** num(Fraction(-1, 2)) * Term("perm", (ones_zeros(k, n),))
    return frozenset(given), equation(Term("dicke", (n, k)), right)


@rule
def braket_of_sum(
    bra: Term, operator: Term, low: Term, high: Term, amplitudes: Term, kets: Term, given: Given
) -> Inference:
    """⟨φ|M|Ψ⟩ = Σ_k c_k ⟨φ|M|φ_k⟩ for Ψ = Σ_{k=low}^{high} c_k|φ_k⟩."""
    ctx = context(given)
    if not (ctx.integer(ctx.nf(low)) and ctx.integer(ctx.nf(high))):
        raise Refused("a sum runs from an integer to an integer", low)
    k = fresh(lam(_K, _K), frozenset().union(*(x.free for x in (bra, operator, low, high, amplitudes, kets))))
    for ket in (bra, apply(kets, k)):
        if kind(ket) != KET:
            raise Refused("expected a ket", ket)
    if kind(operator) != OPERATOR_N:
        raise Refused("expected an operator on N particles", operator)
    state = Term("sum", (low, high, lam(k, apply(amplitudes, k) * apply(kets, k))))
    right = Term("sum", (low, high, lam(k, apply(amplitudes, k) * braket(bra, operator, apply(kets, k)))))
    return frozenset(given), equation(braket(bra, operator, state), right)


RULES = (projective_is_povm, dicke_state, braket_of_sum)
