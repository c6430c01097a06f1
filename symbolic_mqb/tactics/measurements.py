"""Helpers for proofs about one measurement made from another: losses, noise. Untrusted."""

from __future__ import annotations

from collections.abc import Callable

from ..kernel.terms import Term, at, num, subterms, var
from ..kernel.theorem import Theorem
from ..rules import logic
from ..rules.asymptotics import cut
from ..rules.collective import contraction
from ..rules.kets import hermiticity
from ..rules.measurements import effect, expectation, povm
from ..rules.operators import entries, operator_equality
from .estimates import Estimates

j, v0, v1 = var("j", "int"), var("v₀", "complex"), var("v₁", "complex")
LEVELS = ((0, 0), (0, 1), (1, 0), (1, 1))


def introduce_povm(
    e: Estimates,
    family: Term,
    count: Term,
    complete: Callable[[int, int], Theorem],
    hermitian: Callable[[Estimates, Term], Theorem],
    positive: Callable[[Estimates, Term], Theorem],
) -> Theorem:
    """povm(family, count) from proofs of its properties; the last two are given the facts 1 ≤ j ≤ count."""
    inside = e.under(num(1) <= j, j <= count)
    a, b, c, last = entries(effect(family, j))
    pairs = ((a, a), (c, b), (last, last))
    return povm(
        family,
        count,
        (j, v0, v1),
        tuple(complete(r, s) for r, s in LEVELS),
        tuple(hermitian(inside, logic.equation(x, Term("conj", (y,)))) for x, y in pairs),
        positive(inside, num(0) <= expectation(effect(family, j), v0, v1)),
        e.given,
    )


def hermitian_facts(e: Estimates, family: Term, count: Term, index: Term) -> tuple[Theorem, Theorem]:
    """⟨1|E_j|0⟩ = ⟨0|E_j|1⟩* and ⟨1|E_j|0⟩* = ⟨0|E_j|1⟩, ready to rewrite an expectation and its conjugate."""
    return (
        e.by(hermiticity, family, count, index, num(1), num(0)),
        logic.symmetry(e.by(hermiticity, family, count, index, num(0), num(1))),
    )


def by_entries(a: Term, b: Term, prove: Callable[[Term, Term], Theorem]) -> Theorem:
    """A = B from a proof that the entries agree."""
    return operator_equality(a, b, tuple(prove(x, y) for x, y in zip(entries(a), entries(b), strict=True)))


def carried(e: Estimates, hypothesis: Term, equality: Theorem) -> Theorem:
    """The hypothesis with the equation's left side, where it first stands, replaced by the right side."""
    return logic.transport(logic.assume(hypothesis), _path(hypothesis, equality.left), equality, e.given)


def _path(t: Term, part: Term) -> tuple[int, ...]:
    waiting: list[tuple[int, ...]] = [()]
    while waiting:
        path = waiting.pop(0)
        here = at(t, path)
        if here == part:
            return path
        if here.op not in ("num", "var", "bound", "lam", "head"):
            waiting += [(*path, i) for i, a in enumerate(here.args) if isinstance(a, Term)]
    raise LookupError(f"{part!r} does not occur in {t!r}")


def element_at_most_one(e: Estimates, operator: Term, n: Term, k: Term, l: Term) -> Theorem:
    """|⟨n,k|𝒜^{⊗n}|n,l⟩| ≤ 1 for a defined symbol 𝒜 = Σ_j u_j E_j with |u_j| ≤ 1."""
    meaning = logic.definition(operator)
    theorem = e.by(contraction, meaning.right, n, k, l)
    modulus = logic.transport(theorem, (0, 0, 1, 0), logic.symmetry(meaning), e.given)
    return e.meet(modulus)


def from_printed(e: Estimates, theorem: Theorem, *equalities: Theorem) -> Theorem:
    """The theorem with hypotheses about left sides of equations met by those about the right sides."""
    for h in sorted(theorem.hypotheses, key=repr):
        for equality in equalities:
            if h not in e.given and _occurs(equality.left, h):
                printed = _exchanged(h, equality.left, equality.right)
                theorem = cut(theorem, carried(e, printed, logic.symmetry(equality)))
    return theorem


def _occurs(part: Term, t: Term) -> bool:
    return t == part or any(_occurs(part, x) for x in subterms(t) if x.op not in ("lam", "head"))


def _exchanged(t: Term, old: Term, new: Term) -> Term:
    if t == old:
        return new
    if not subterms(t) or t.op in ("lam", "head"):
        return t
    return Term(t.op, tuple(_exchanged(x, old, new) if isinstance(x, Term) else x for x in t.args))
