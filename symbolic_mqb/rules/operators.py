"""Operators by their entries, tensor products of sums, and channels on single particles."""

from __future__ import annotations

from ..kernel.errors import Refused
from ..kernel.functions import natural
from ..kernel.kinds import kind
from ..kernel.signatures import OPERATOR_N
from ..kernel.terms import Term, apply, lam, new_variable, num, var
from ..kernel.theorem import Inference, Theorem, require, rule
from .logic import Given, context, equation

_I, _TUPLE = var("i", "int"), var("J", "tuple")


def entries(operator: Term) -> tuple[Term, Term, Term, Term]:
    """⟨0|M|0⟩, ⟨0|M|1⟩, ⟨1|M|0⟩, ⟨1|M|1⟩."""
    a, b, c, d = (Term("entry", (operator, num(r), num(s))) for r in (0, 1) for s in (0, 1))
    return a, b, c, d


def _of_kind(t: Term, wanted: str) -> None:
    if kind(t) != wanted:
        raise Refused(f"expected {wanted}, got {kind(t)}", t)


@rule
def operator_equality(a: Term, b: Term, equalities: tuple[Theorem, ...]) -> Inference:
    """⟨r|A|s⟩ = ⟨r|B|s⟩ for (r, s) = (0,0), (0,1), (1,0), (1,1) give A = B."""
    if len(equalities) != 4:
        raise Refused("an operator on a qubit has four entries")
    hyps: frozenset[Term] = frozenset()
    for left, right, theorem in zip(entries(a), entries(b), equalities, strict=True):
        require(theorem, "eq")
        if (theorem.left, theorem.right) != (left, right):
            raise Refused(f"expected {left!r} = {right!r}", theorem.conclusion)
        hyps |= theorem.hypotheses
    return hyps, equation(a, b)


@rule
def tensor_distributes_each(n: Term, d: Term, family: Term, rho: Term, given: Given) -> Inference:
    """Σ over j₁, …, j_N ∈ {1, …, d} of tr[ρ M(1, j₁)⊗…⊗M(N, j_N)] = tr[ρ (Σ_j M(1, j))⊗…⊗(Σ_j M(N, j))].

    `family` is i ↦ (j ↦ M(i, j)). The trace and the tensor product are multilinear; the sum runs over
    all N-tuples.
    """
    natural(context(given), n, d)
    _of_kind(rho, OPERATOR_N)
    i = new_variable(_I, family, d)
    inner = apply(family, i)
    tuple_ = new_variable(_TUPLE, family, rho, n)
    each = apply(inner, Term("app", (tuple_, i)))
    left = Term("tuples", (n, d, lam(tuple_, Term("trace_of", (rho, Term("tensor", (n, lam(i, each))))))))
    total = Term("tensor", (n, lam(i, Term("sum", (num(1), d, inner)))))
    return frozenset(given), equation(left, Term("trace_of", (rho, total)))


@rule
def trace_after_evolution(n: Term, maps: Term, operators: Term, rho: Term, given: Given) -> Inference:
    """tr[(K(1)⊗…⊗K(N)) ρ (K(1)⊗…⊗K(N))† M(1)⊗…⊗M(N)] = tr[ρ K(1)†M(1)K(1)⊗…⊗K(N)†M(N)K(N)].

    The trace is cyclic, and adjoints and products of tensor products are taken factor by factor.
    """
    natural(context(given), n)
    _of_kind(rho, OPERATOR_N)
    i = new_variable(_I, maps, operators)
    k, m = apply(maps, i), apply(operators, i)
    evolved = Term("evolved", (Term("tensor", (n, maps)), rho))
    left = Term("trace_of", (evolved, Term("tensor", (n, operators))))
    inside = Term("matmul", (Term("matmul", (Term("adjoint", (k,)), m)), k))
    return frozenset(given), equation(left, Term("trace_of", (rho, Term("tensor", (n, lam(i, inside))))))


RULES = (operator_equality, tensor_distributes_each, trace_after_evolution)
