"""Where in an expression an equation can be used: every subterm, with its binders opened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..kernel.errors import Refused
from ..kernel.terms import Term, apply, num, substitute
from ..kernel.theorem import Theorem
from ..rules.logic import Given, context, discharge, facts_at, normal_form, opened_variable, rewrite, transitivity

_HEADS = frozenset(("call", "integral", "coeff", "deriv", "braket", "sum"))


class Position(NamedTuple):
    """A subterm with its path, the variables its binders were opened with, and their facts."""

    path: tuple[int, ...]
    subterm: Term
    opened: tuple[tuple[str, Term], ...]
    facts: Given

    def localise(self, t: Term) -> Term:
        """An author's term, its bound variables (by name and sort) replaced by the opened ones."""
        names = {}
        for hint, v in self.opened:
            names[Term("var", (hint, v.args[1]))] = v
        return substitute(t, names) if names else t


def positions(t: Term) -> Iterator[Position]:
    """All subterms from the outside in, binders opened as `rewrite` opens them."""
    waiting = [Position((), t, (), ())]
    while waiting:
        here = waiting.pop()
        yield here
        if here.subterm.op not in ("num", "var", "bound"):
            waiting += reversed(_inside(*here))


def _inside(path: tuple[int, ...], t: Term, opened: tuple[tuple[str, Term], ...], facts: Given) -> list[Position]:
    out = []
    for i, child in enumerate(t.args):
        if not isinstance(child, Term) or child.op == "head" or (child.op == "lam" and t.op == "call"):
            continue
        if child.op == "lam":
            v = opened_variable(child, len(opened))
            body = apply(child, v)
            out.append(Position((*path, i, 2), body, (*opened, (child.args[0], v)), (*facts, *facts_at(t, v))))
        else:
            out.append(Position((*path, i), child, opened, facts))
    return out


def narrow(prove, given: Given, *arguments):  # type: ignore[no-untyped-def]
    """prove(*arguments, given) with only those hypotheses that mattered, if that goes through."""
    ctx = context(given)
    ctx.used = set()
    theorem = prove(*arguments, given)
    used = tuple(h for h in given if h in ctx.used)
    if used == given:
        return theorem
    try:
        return prove(*arguments, used)
    except Refused:
        return theorem


def same(a: Term, b: Term, given: Given) -> Theorem:
    """a = b by algebra, from the hypotheses that matter."""
    return narrow(normal_form, given, a, b)  # type: ignore[no-any-return]


def replace(expression: Term, here: Position, theorem: Theorem, given: Given) -> Theorem:
    """expression = the same with `theorem`'s left side, which stands at `here`, replaced."""
    local = (*given, *here.facts)
    if not theorem.hypotheses <= set(local):
        theorem = narrow(discharge, local, theorem)
    return narrow(rewrite, given, expression, here.path, theorem)  # type: ignore[no-any-return]


def match(subterm: Term, theorem: Theorem, given: Given) -> Theorem | None:
    """subterm = the subterm with an instance of the theorem's left side rewritten, or None.

    The left side is found modulo algebra: as the subterm itself, as some of the factors of a
    product, or as the subterm up to a factor.
    """
    left = theorem.left
    if subterm == left:
        return theorem
    if left.op == "mul" and subterm.op == "mul":
        found = _factors(subterm, left, given)
    elif left.op == subterm.op:
        found = _up_to_factor(subterm, left, given)
    elif left.op == "mul" and subterm.op in _HEADS:
        found = _as_part(subterm, left, given)
    else:
        return None
    if found is None:
        return None
    try:
        reshaped = same(subterm, found, given)
    except Refused:
        return None
    if found == left:
        return transitivity(reshaped, theorem)
    inside = rewrite(found, (len(found.args) - 1,), theorem, ())
    return transitivity(reshaped, inside)


def _equal(a: Term, b: Term, given: Given) -> bool:
    try:
        return context(given).same(a, b)
    except Refused:
        return False


def _flat(product: Term) -> list[Term]:
    """The factors, nested products opened."""
    return [f for a in product.args for f in (_flat(a) if a.op == "mul" else (a,))]


def _factors(subterm: Term, left: Term, given: Given) -> Term | None:
    rest = _flat(subterm)
    for factor in _flat(left):
        hit = next((a for a in rest if a == factor), None)
        if hit is None:
            hit = next((a for a in rest if a.op == factor.op and _equal(a, factor, given)), None)
        if hit is None:
            return left if _equal(subterm, left, given) else None
        rest.remove(hit)
    return Term("mul", (*rest, left)) if rest else left


def _as_part(subterm: Term, left: Term, given: Given) -> Term | None:
    """The left side is the subterm times other factors: divide by them."""
    for i, factor in enumerate(left.args):
        if factor.op == subterm.op and _equal(factor, subterm, given):
            others = left.args[:i] + left.args[i + 1 :]
            return Term("mul", (*(Term("pow", (f, num(-1))) for f in others), left))
    return None


def _up_to_factor(subterm: Term, left: Term, given: Given) -> Term | None:
    if _equal(subterm, left, given):
        return left
    if left.op not in ("integral", "sum", "coeff", "deriv"):
        return None
    from fractions import Fraction

    from ..kernel.monomials import poly_term
    from ..kernel.polynomial import Polynomial, plain, product, scale_exponent

    ctx = context(given)
    try:
        whole, part = ctx.nf(subterm).monomial(), ctx.nf(left).monomial()
    except Refused:
        return None
    if whole is None or part is None:
        return None
    inverse = [(b, scale_exponent(e, Fraction(-1))) for b, e in part[0]]
    c, mono = product([*whole[0], *inverse])
    if any(b.op == left.op for b, _ in mono):
        return None
    return Term("mul", (poly_term(Polynomial({mono: plain(c * Fraction(whole[1]) / part[1])})), left))
