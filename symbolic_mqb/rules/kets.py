"""Qubits: effects, N-fold tensor products and Dicke states, by counting and permutational invariance.

A `word` (b₁, n₁, b₂, n₂, …) is the product ket |b₁…b₁b₂…b₂…⟩ with n₁ letters b₁, then n₂ letters b₂;
`perm` of a word is the sum of its distinct permutations, printed |1…10…0⟩ + perm.
"""

from __future__ import annotations

from fractions import Fraction

from ..kernel.canonical import Context
from ..kernel.errors import Refused
from ..kernel.functions import natural
from ..kernel.kinds import kind
from ..kernel.signatures import KET, OPERATOR, OPERATOR_N
from ..kernel.terms import Term, apply, lam, new_variable, num, var
from ..kernel.theorem import Inference, rule
from .logic import Given, context, equation

_I, _J, _K, _L, _Q = (var(name, "int") for name in ("i", "j", "k", "l", "q"))


def _of_kind(t: Term, wanted: str) -> None:
    if kind(t) != wanted:
        raise Refused(f"expected {wanted}, got {kind(t)}", t)


def _at_most(ctx: Context, small: Term, large: Term) -> None:
    if not ctx.nonnegative(ctx.nf(large) - ctx.nf(small)):
        raise Refused(f"not shown to be at most {large!r}", small)


def braket(bra: Term, operator: Term, ket: Term) -> Term:
    """⟨bra|operator|ket⟩."""
    return Term("braket", (bra, operator, ket))


def ones_zeros(ones: Term, total: Term) -> Term:
    """|1…10…0⟩ with `ones` ones among `total` letters."""
    return Term("word", (num(1), ones, num(0), total - ones))


@rule
def exponential_of_sum(low: Term, high: Term, function: Term, given: Given) -> Inference:
    """exp(Σ_{i=low}^{high} f(i)) = Π_{i=low}^{high} exp(f(i)) (DLMF 4.8.4)."""
    ctx = context(given)
    ctx.nf(Term("sum", (low, high, function)))
    i = new_variable(_I, function)
    left = Term("exp", (Term("sum", (low, high, function)),))
    right = Term("prod", (low, high, lam(i, Term("exp", (apply(function, i),)))))
    return frozenset(given), equation(left, right)


@rule
def tensor_scalars(n: Term, factors: Term, operators: Term, rho: Term, given: Given) -> Inference:
    """Π_{i=1}^{N} f(i) · tr[ρ M(1)⊗…⊗M(N)] = tr[ρ f(1)M(1)⊗…⊗f(N)M(N)]."""
    natural(context(given), n)
    i = new_variable(_I, factors, operators)
    _of_kind(apply(operators, i), OPERATOR)
    _of_kind(rho, OPERATOR_N)
    product = Term("prod", (num(1), n, factors))
    left = product * Term("trace_of", (rho, Term("tensor", (n, operators))))
    scaled = lam(i, apply(factors, i) * apply(operators, i))
    return frozenset(given), equation(left, Term("trace_of", (rho, Term("tensor", (n, scaled)))))


@rule
def tensor_distributes(n: Term, d: Term, family: Term, rho: Term, given: Given) -> Inference:
    """Σ over j₁, …, j_N ∈ {1, …, d} of tr[ρ M(j₁)⊗…⊗M(j_N)] = tr[ρ (Σ_j M(j))^{⊗N}].

    The trace and the tensor product are multilinear; the sum runs over all N-tuples.
    """
    natural(context(given), n, d)
    _of_kind(apply(family, _J), OPERATOR)
    _of_kind(rho, OPERATOR_N)
    tuple_ = new_variable(var("J", "tuple"), family, rho, n)
    i = new_variable(_I, family)
    each = Term("tensor", (n, lam(i, apply(family, Term("app", (tuple_, i))))))
    left = Term("tuples", (n, d, lam(tuple_, Term("trace_of", (rho, each)))))
    total = Term("sum", (num(1), d, family))
    return frozenset(given), equation(left, Term("trace_of", (rho, Term("tpow", (total, n)))))


@rule
def trace_of_projector(ket: Term, operator: Term, given: Given) -> Inference:
    """tr[|Ψ⟩⟨Ψ| M] = ⟨Ψ|M|Ψ⟩."""
    _of_kind(ket, KET)
    _of_kind(operator, OPERATOR_N)
    left = Term("trace_of", (Term("outer", (ket,)), operator))
    return frozenset(given), equation(left, braket(ket, operator, ket))


@rule
def sesquilinear(low: Term, high: Term, amplitudes: Term, kets: Term, operator: Term, given: Given) -> Inference:
    """⟨Ψ|M|Ψ⟩ = Σ_k Σ_l c_k* c_l ⟨φ_k|M|φ_l⟩ for Ψ = Σ_{k=low}^{high} c_k|φ_k⟩."""
    ctx = context(given)
    if not (ctx.integer(ctx.nf(low)) and ctx.integer(ctx.nf(high))):
        raise Refused("a sum runs from an integer to an integer", low)
    k = new_variable(_K, low, high, amplitudes, kets, operator)
    l_ = new_variable(_L, amplitudes, kets, operator)
    _of_kind(apply(kets, k), KET)
    _of_kind(operator, OPERATOR_N)
    state = Term("sum", (low, high, lam(k, apply(amplitudes, k) * apply(kets, k))))
    term = (
        Term("conj", (apply(amplitudes, k),))
        * apply(amplitudes, l_)
        * braket(apply(kets, k), operator, apply(kets, l_))
    )
    right = Term("sum", (low, high, lam(k, Term("sum", (low, high, lam(l_, term))))))
    return frozenset(given), equation(braket(state, operator, state), right)


@rule
def braket_of_dicke(n: Term, k: Term, l: Term, operator: Term, given: Given) -> Inference:
    """⟨N,k|M|N,l⟩ = (C(N,k)C(N,l))^{−1/2} (⟨1…10…0| + perm) M (|1…10…0⟩ + perm), for k, l ≤ N.

    The definition of the Dicke states: C(N,k)^{−1/2} times the sum of all words with k ones.
    """
    ctx = context(given)
    natural(ctx, n, k, l)
    _at_most(ctx, k, n)
    _at_most(ctx, l, n)
    _of_kind(operator, OPERATOR_N)
    left = braket(Term("dicke", (n, k)), operator, Term("dicke", (n, l)))
    counts = Term("binomial", (n, k)) * Term("binomial", (n, l))
    bra, ket = (Term("perm", (ones_zeros(m, n),)) for m in (k, l))
    return frozenset(given), equation(left, 1 / counts ** num(Fraction(1, 2)) * braket(bra, operator, ket))


@rule
def permutational_invariance(n: Term, k: Term, l: Term, matrix: Term, given: Given) -> Inference:
    """(⟨1^k 0…0| + perm) B^{⊗N} |S⟩ = C(N,k) ⟨1^k 0…0| B^{⊗N} |S⟩ with |S⟩ = |1^l 0…0⟩ + perm.

    B^{⊗N} and |S⟩ are invariant under permutations of the qubits, so the C(N,k) words of the bra
    contribute equally.
    """
    ctx = context(given)
    natural(ctx, n, k, l)
    _at_most(ctx, k, n)
    _at_most(ctx, l, n)
    _of_kind(matrix, OPERATOR)
    power, ket = Term("tpow", (matrix, n)), Term("perm", (ones_zeros(l, n),))
    left = braket(Term("perm", (ones_zeros(k, n),)), power, ket)
    right = Term("binomial", (n, k)) * braket(ones_zeros(k, n), power, ket)
    return frozenset(given), equation(left, right)


@rule
def group_by_overlap(n: Term, k: Term, l: Term, matrix: Term, given: Given) -> Inference:
    """⟨1^k 0^{N−k}| B^{⊗N} (|1^l 0^{N−l}⟩ + perm), its words gathered by the number q of ones among the first k.

    = Σ_{q=max(0,k+l−N)}^{min(k,l)} C(k,q) C(N−k,l−q) ⟨1^k 0^{N−k}| B^{⊗N} |1^q 0^{k−q} 1^{l−q} 0^{N−k−l+q}⟩:
    words of one class differ by permutations within the first k and the last N − k qubits, which leave
    bra and operator unchanged, and each class has C(k,q) C(N−k,l−q) words.
    """
    ctx = context(given)
    natural(ctx, n, k, l)
    _at_most(ctx, k, n)
    _at_most(ctx, l, n)
    _of_kind(matrix, OPERATOR)
    q, power = new_variable(_Q, n, k, l, matrix), Term("tpow", (matrix, n))
    left = braket(ones_zeros(k, n), power, Term("perm", (ones_zeros(l, n),)))
    word = Term("word", (num(1), q, num(0), k - q, num(1), l - q, num(0), n - k - l + q))
    count = Term("binomial", (k, q)) * Term("binomial", (n - k, l - q))
    low, high = Term("max", (num(0), k + l - n)), Term("min", (k, l))
    right = Term("sum", (low, high, lam(q, count * braket(ones_zeros(k, n), power, word))))
    return frozenset(given), equation(left, right)


@rule
def matrix_element_of_words(n: Term, bra: Term, ket: Term, matrix: Term, given: Given) -> Inference:
    """⟨b₁^{n₁}b₂^{n₂}…|B^{⊗N}|c₁^{n₁}c₂^{n₂}…⟩ = Π_i ⟨b_i|B|c_i⟩^{n_i} for N = n₁ + n₂ + …

    The bra's blocks may be longer: a bra block is split where the ket's block ends.
    """
    ctx = context(given)
    _of_kind(matrix, OPERATOR)
    if bra.op != "word" or ket.op != "word":
        raise Refused("expected two words", bra)
    if not ket.args:
        raise Refused("a word has a letter at least", ket)
    blocks = list(zip(ket.args[::2], ket.args[1::2], strict=True))
    left_blocks = [[b, m] for b, m in zip(bra.args[::2], bra.args[1::2], strict=True)]
    natural(ctx, n, *(m for _, m in blocks), *(m for _, m in left_blocks))
    factors, at = [], 0
    for letter, length in blocks:
        if at >= len(left_blocks):
            raise Refused("the bra is shorter than the ket", bra)
        other, remaining = left_blocks[at]
        rest = ctx.nf(remaining) - ctx.nf(length)
        if not ctx.nonnegative(rest):
            raise Refused("a block of the ket reaches over the end of a block of the bra", length)
        factors.append(Term("entry", (matrix, other, letter)) ** length)
        left_blocks[at][1] = remaining - length
        at += not rest
    total = sum((ctx.nf(m) for _, m in blocks), ctx.nf(num(0)))
    if at != len(left_blocks) or total != ctx.nf(n):
        raise Refused("the blocks do not add up to N letters on both sides", ket)
    left = braket(bra, Term("tpow", (matrix, n)), ket)
    return frozenset(given), equation(left, Term("mul", tuple(factors)) if len(factors) > 1 else factors[0])


@rule
def completeness(family: Term, d: Term, r: Term, s: Term, given: Given) -> Inference:
    """Σ_{j=1}^{d} ⟨r|E_j|s⟩ = δ_{rs} for a POVM E₁, …, E_d on a qubit and r, s ∈ {0, 1}."""
    check_measurement(family, d, given)
    ctx = context(given)
    _levels(ctx, r, s)
    j = new_variable(_J, r, s)
    total = Term("sum", (num(1), d, lam(j, Term("entry", (Term("app", (family, j)), r, s)))))
    return frozenset(given), equation(total, Term("delta", (r, s)))


@rule
def hermiticity(family: Term, d: Term, j: Term, r: Term, s: Term, given: Given) -> Inference:
    """⟨r|E_j|s⟩ = ⟨s|E_j|r⟩* for an effect of a POVM, 1 ≤ j ≤ d."""
    check_measurement(family, d, given)
    ctx = context(given)
    _outcome(ctx, j, d)
    _levels(ctx, r, s)
    effect = Term("app", (family, j))
    right = Term("conj", (Term("entry", (effect, s, r)),))
    return frozenset(given), equation(Term("entry", (effect, r, s)), right)


@rule
def positivity(family: Term, d: Term, j: Term, v0: Term, v1: Term, given: Given) -> Inference:
    """0 ≤ ⟨v|E_j|v⟩ for an effect of a POVM, 1 ≤ j ≤ d, and v = (v₀, v₁) complex."""
    check_measurement(family, d, given)
    ctx = context(given)
    _outcome(ctx, j, d)
    effect, vector = Term("app", (family, j)), (v0, v1)
    terms = [
        Term("conj", (vector[r],)) * vector[s] * Term("entry", (effect, num(r), num(s))) for r in (0, 1) for s in (0, 1)
    ]
    ctx.nf(v0)
    ctx.nf(v1)
    return frozenset(given), Term("le", (num(0), Term("add", tuple(terms))))


@rule
def orthogonal_effects(family: Term, d: Term, i: Term, j: Term, r: Term, s: Term, given: Given) -> Inference:
    """Σ_{u∈{0,1}} ⟨r|E_i|u⟩⟨u|E_j|s⟩ = δ_{ij} ⟨r|E_i|s⟩ for a projective measurement."""
    hypothesis = Term("projective", (family, d))
    if hypothesis not in given:
        raise Refused("the measurement is not given as projective", hypothesis)
    ctx = context(given)
    _outcome(ctx, i, d)
    _outcome(ctx, j, d)
    _levels(ctx, r, s)

    def entry(index: Term, a: Term, b: Term) -> Term:
        return Term("entry", (Term("app", (family, index)), a, b))

    left = entry(i, r, num(0)) * entry(j, num(0), s) + entry(i, r, num(1)) * entry(j, num(1), s)
    return frozenset(given), equation(left, Term("delta", (i, j)) * entry(i, r, s))


def check_measurement(family: Term, d: Term, given: Given) -> None:
    """Refuse unless the family is given as a POVM; a projective measurement is one."""
    if all(Term(op, (family, d)) not in given for op in ("povm", "projective")):
        raise Refused("the effects are not given as a POVM", Term("povm", (family, d)))


def _outcome(ctx: Context, j: Term, d: Term) -> None:
    if not ctx.integer(ctx.nf(j)):
        raise Refused("an outcome's index is an integer", j)
    _at_most(ctx, num(1), j)
    _at_most(ctx, j, d)


def _levels(ctx: Context, *levels: Term) -> None:
    for r in levels:
        natural(ctx, r)
        _at_most(ctx, r, num(1))


RULES = (
    exponential_of_sum,
    tensor_scalars,
    tensor_distributes,
    trace_of_projector,
    sesquilinear,
    braket_of_dicke,
    permutational_invariance,
    group_by_overlap,
    matrix_element_of_words,
    completeness,
    hermiticity,
    positivity,
    orthogonal_effects,
)
