"""Real and imaginary parts through the complex conjugate."""

from __future__ import annotations

from fractions import Fraction

from ..kernel.errors import Refused
from ..kernel.terms import Term, num
from ..kernel.theorem import Inference, Theorem, require, rule
from .logic import Given, context, equation


@rule
def real_if_self_conjugate(theorem: Theorem) -> Inference:
    """Γ ⊢ z* = z gives Γ ⊢ z is real (DLMF 1.9.11)."""
    require(theorem, "eq")
    z = theorem.right
    if theorem.left != Term("conj", (z,)):
        raise Refused("expected an equation z* = z between numbers", theorem.conclusion)
    return theorem.hypotheses, Term("is_real", (z,))


@rule
def real_part(z: Term, given: Given) -> Inference:
    """Re z = (z + z*)/2 (DLMF 1.9.2, 1.9.11)."""
    context(given).nf(z)
    return frozenset(given), equation(Term("re", (z,)), (z + Term("conj", (z,))) * num(Fraction(1, 2)))


@rule
def imaginary_part(z: Term, given: Given) -> Inference:
    """Im z = (z − z*)/(2i) (DLMF 1.9.2, 1.9.11)."""
    context(given).nf(z)
    return frozenset(given), equation(Term("im", (z,)), (z - Term("conj", (z,))) / (2 * Term("I")))


RULES = (real_if_self_conjugate, real_part, imaginary_part)
