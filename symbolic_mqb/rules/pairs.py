"""Two qubits in the hands of two parties: effects of a product measurement."""

from __future__ import annotations

from itertools import product

from ..kernel.errors import Refused
from ..kernel.terms import NUMBER, Term, kind, num
from ..kernel.theorem import Inference, rule
from .kets import _outcome, measurement_hypothesis
from .logic import Given, context


@rule
def product_positivity(
    first: Term, d: Term, j: Term, second: Term, e: Term, k: Term, vector: tuple[Term, ...], given: Given
) -> Inference:
    """0 ≤ ⟨w|E_j⊗F_k|w⟩ for effects of two POVMs, 1 ≤ j ≤ d, 1 ≤ k ≤ e, and w = (w₀₀, w₀₁, w₁₀, w₁₁) complex.

    E⊗F = (√E⊗√F)² with Hermitian roots: the tensor product of positive matrices is positive.
    """
    hypotheses = measurement_hypothesis(first, d, given), measurement_hypothesis(second, e, given)
    ctx = context(given)
    _outcome(ctx, j, d)
    _outcome(ctx, k, e)
    if len(vector) != 4 or any(kind(w) != NUMBER for w in vector):
        raise Refused("a vector of two qubits has four complex components")
    for w in vector:
        ctx.nf(w)
    one, two = Term("app", (first, j)), Term("app", (second, k))
    terms = [
        Term("conj", (vector[2 * r + s],))
        * vector[2 * v + w]
        * Term("entry", (one, num(r), num(v)))
        * Term("entry", (two, num(s), num(w)))
        for r, v, s, w in product((0, 1), repeat=4)
    ]
    return frozenset((*given, *hypotheses)), Term("le", (num(0), Term("add", tuple(terms))))


RULES = (product_positivity,)
