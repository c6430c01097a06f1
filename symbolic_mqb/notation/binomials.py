"""The combinatorial factors of (A3) and what is left of them for N → ∞."""

from __future__ import annotations

from fractions import Fraction

from ..kernel.terms import Term, call, defined, num, var
from .language import factorial, sqrt
from .measurement import N, entry


def falling(order: Term) -> Term:
    """N!/((N − m)! N^m) = (1 − 1/N)(1 − 2/N)…(1 − (m−1)/N)."""
    return factorial(N) / (factorial(N - order) * N**order)


def pairs(order: Term) -> Term:
    """m(m − 1)/(2N), the sum of j/N over j < m."""
    return order * (order - 1) / (2 * N)


def _ratio(order_k: Term, order_l: Term, overlap: Term) -> Term:
    inside = 1 - falling(order_k) * falling(order_l)
    return falling(order_k + order_l - overlap) * (1 - inside) ** num(Fraction(-1, 2))


def first_order(order_k: Term, order_l: Term, overlap: Term) -> Term:
    """The coefficient of 1/N in the ratio."""
    both = order_k + order_l - overlap
    return (order_k * (order_k - 1) + order_l * (order_l - 1)) / 4 - both * (both - 1) / 2


def second_order_bound(order_k: Term, order_l: Term, overlap: Term) -> Term:
    """C with |ratio − 1 − c/N| ≤ C/N²."""
    both = order_k + order_l - overlap
    single, joint = order_k * (order_k - 1) + order_l * (order_l - 1), both * (both - 1)
    return (single**2 + single * joint / 2 + 3 * joint**2 / 4) / 4


def threshold(order_k: Term, order_l: Term) -> Term:
    """From this N on the expansion holds."""
    return 1 + order_k + order_l + order_k**2 + order_l**2


def multiplicity(order_k: Term, order_l: Term, overlap: Term) -> Term:
    """√(k! l!) / (q! (k − q)! (l − q)!)."""
    below = factorial(overlap) * factorial(order_k - overlap) * factorial(order_l - overlap)
    return sqrt(factorial(order_k) * factorial(order_l)) / below


def elements(matrix: Term, order_k: Term, order_l: Term, overlap: Term, rest: Term) -> Term:
    """⟨1|𝒜|1⟩^q ⟨1|𝒜|0⟩^{k−q} ⟨0|𝒜|1⟩^{l−q} ⟨0|𝒜|0⟩^rest."""
    raised = entry(matrix, 1, 0) ** (order_k - overlap) * entry(matrix, 0, 1) ** (order_l - overlap)
    return entry(matrix, 1, 1) ** overlap * Term("mul", (raised, entry(matrix, 0, 0) ** rest))


_k, _l, _q = var("k", "nat"), var("l", "nat"), var("q", "nat")
#: F(k+l−q)/√(F(k)F(l)) with F(m) = N!/((N−m)! N^m): what (A3) leaves out in its last line.
RATIO = defined("ρ", (N, _k, _l, _q), _ratio(_k, _l, _q))


def ratio(order_k: Term, order_l: Term, overlap: Term) -> Term:
    """ρ at these indices."""
    return call(RATIO, N, order_k, order_l, overlap)


def counting_bound(order_k: Term, order_l: Term, overlap: Term) -> Term:
    """C with |ratio − 1| ≤ C/N: pairs among k + l − q particles."""
    both = order_k + order_l - overlap
    return both * (both - 1) / 2
