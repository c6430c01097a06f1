"""Product states (a|0⟩ + b|1⟩)^{⊗n}, and kets that are integrals.

The states are not normalised; a and b are any complex numbers. A word's ones and zeros are those of `kets`.
"""

from __future__ import annotations

from fractions import Fraction

from ..kernel.errors import Refused
from ..kernel.functions import natural
from ..kernel.regularity import INFINITY, MINUS_INFINITY
from ..kernel.terms import Term, apply, fresh, lam, new_variable, num, var
from ..kernel.theorem import Inference, rule
from .kets import braket, ones_zeros
from .logic import Given, context, equation

_M = var("m", "int")


def product_ket(a: Term, b: Term, n: Term) -> Term:
    """(a|0⟩ + b|1⟩)^{⊗n}."""
    return Term("product_ket", (a, b, n))


@rule
def dicke_state(n: Term, k: Term, given: Given) -> Inference:
    """|n,k⟩ = C(n,k)^{−1/2} (|1…10…0⟩ + perm), 0 ≤ k ≤ n: the definition of the Dicke states."""
    ctx = context(given)
    natural(ctx, k)
    natural(ctx, n - k)
    words = Term("perm", (ones_zeros(k, n),))
    return frozenset(given), equation(
        Term("dicke", (n, k)), 1 / Term("binomial", (n, k)) ** num(Fraction(1, 2)) * words
    )


@rule
def product_ket_expansion(n: Term, a: Term, b: Term, given: Given) -> Inference:
    """(a|0⟩ + b|1⟩)^{⊗n} = Σ_{m=0}^{n} a^{n−m} b^m (|1^m 0^{n−m}⟩ + perm).

    The tensor product is multilinear; the words with m ones have the coefficient a^{n−m} b^m.
    """
    ctx = context(given)
    natural(ctx, n)
    for z in (a, b):
        ctx.nf(z)
    m = new_variable(_M, n, a, b)
    term = a ** (n - m) * b**m * Term("perm", (ones_zeros(m, n),))
    return frozenset(given), equation(product_ket(a, b, n), Term("sum", (num(0), n, lam(m, term))))


@rule
def braket_of_product_kets(n: Term, bra: Term, ket: Term, matrix: Term, given: Given) -> Inference:
    """⟨φ^{⊗n}|B^{⊗n}|ψ^{⊗n}⟩ = (a*c B₀₀ + a*d B₀₁ + b*c B₁₀ + b*d B₁₁)ⁿ for φ = a|0⟩ + b|1⟩, ψ = c|0⟩ + d|1⟩.

    `bra` and `ket` are φ^{⊗n} and ψ^{⊗n}.
    """
    ctx = context(given)
    natural(ctx, n)
    for state in (bra, ket):
        if state.op != "product_ket" or state.args[2] != n:
            raise Refused("expected a product ket of n factors", state)
    element = Term(
        "add",
        tuple(
            Term("conj", (bra.args[r],)) * ket.args[s] * Term("entry", (matrix, num(r), num(s)))
            for r in (0, 1)
            for s in (0, 1)
        ),
    )
    ctx.nf(element)
    return frozenset(given), equation(braket(bra, Term("tpow", (matrix, n)), ket), element**n)


@rule
def braket_of_multiples(f: Term, bra: Term, operator: Term, g: Term, ket: Term, given: Given) -> Inference:
    """⟨fφ|M|gψ⟩ = f*·g·⟨φ|M|ψ⟩ for numbers f, g."""
    ctx = context(given)
    for z in (f, g):
        ctx.nf(z)
    for state in (bra, ket):
        ctx.nf(state)
    right = Term("conj", (f,)) * g * braket(bra, operator, ket)
    return frozenset(given), equation(braket(f * bra, operator, g * ket), right)


@rule
def braket_of_integrals(bra: Term, operator: Term, ket: Term, given: Given) -> Inference:
    """⟨∫φ(x)dx|M|∫ψ(y)dy⟩ = ∫dy ∫dx ⟨φ(x)|M|ψ(y)⟩ for continuous φ, ψ on finite intervals, low ≤ high.

    The space is finite-dimensional, so the integrals are those of the components, and a sesquilinear
    form passes through them; `bra` and `ket` are the two integrals, and no variable is captured.
    """
    ctx = context(given)
    for integral in (bra, ket):
        if integral.op != "integral" or {MINUS_INFINITY, INFINITY} & set(integral.args[:2]):
            raise Refused("expected an integral over a finite interval", integral)
        ctx.nf(integral)
    x = fresh(bra.args[2], operator.free | ket.free)
    y = fresh(ket.args[2], bra.free | operator.free | {x})
    inner = braket(apply(bra.args[2], x), operator, apply(ket.args[2], y))
    right = Term("integral", (*ket.args[:2], lam(y, Term("integral", (*bra.args[:2], lam(x, inner))))))
    ctx.nf(right)
    return frozenset(given), equation(braket(bra, operator, ket), right)


RULES = (
    dicke_state,
    product_ket_expansion,
    braket_of_product_kets,
    braket_of_multiples,
    braket_of_integrals,
)
