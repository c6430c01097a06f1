"""Is a changed expression the same after all? By the kernel's normal form, or by certified numerics."""

from __future__ import annotations

from collections.abc import Iterator

from ..kernel.errors import Refused, TermError
from ..kernel.terms import Term, apply, at, fresh, kind, subterms
from ..numerics.witness import AGREES, check
from ..rules.logic import Given, equation, facts_at, normal_form
from ..tactics.reasons import Unfold
from .sites import Path

#: So many points, each to so many digits, make two expressions numerically the same.
POINTS, DIGITS = 12, 50
_VALUES = ("number", "operator", "operatorN", "ket")

Pair = tuple[Term, Term, Given]


def equivalence(original: Term, mutated: Term, path: Path, given: Given, seed: int = 0) -> str:
    """How the two, different at `path` only, are known to say the same; '' if they are not known to."""
    pairs = list(_along(original, mutated, path, given))
    for a, b, facts in reversed(pairs):
        if _same(a, b, facts):
            return "normal form"
    for a, b, facts in reversed(pairs):
        if _same(_unfolded(a), _unfolded(b), facts):
            return "definitions and normal form"
    closed = [p for p in pairs if p[2] == given]
    if closed and _numerically(*closed[0], seed):
        return f"certified numerics, {DIGITS} digits at {POINTS} points"
    return ""


def _along(a: Term, b: Term, path: Path, given: Given) -> Iterator[Pair]:
    """The two subterms at each step of the path that are values, binders opened with what they tell."""
    if kind(a) in _VALUES and kind(b) in _VALUES:
        yield a, b, given
    if not path or at(a, path[:1]).op != at(b, path[:1]).op:
        return
    inner_a, inner_b = at(a, path[:1]), at(b, path[:1])
    if inner_a.op != "lam":
        yield from _along(inner_a, inner_b, path[1:], given)
        return
    v = fresh(inner_a, inner_b.free.union(*(h.free for h in given)))
    yield from _along(apply(inner_a, v), apply(inner_b, v), path[2:], (*given, *_facts(a, v)))


def _facts(t: Term, v: Term) -> Given:
    """What holds for every value of a binder's variable that matters."""
    if t.op == "asymptotic":
        return (Term("le", (t.args[0], v)),)
    return () if t.op == "integral" else facts_at(t, v)


def _same(a: Term, b: Term, given: Given) -> bool:
    try:
        normal_form(a, b, given)
    except Refused:
        return False
    return True


def _unfolded(t: Term) -> Term:
    """All definitions opened."""
    while heads := sorted(_heads(t), key=repr):
        t = Unfold(heads[0]).step(t, None).right  # type: ignore[arg-type]
    return t


def _heads(t: Term) -> set[Term]:
    found = {t.args[0]} if t.op == "call" else set()
    return found.union(*(_heads(a) for a in subterms(t) if a.op != "head"))


def _numerically(a: Term, b: Term, given: Given, seed: int) -> bool:
    try:
        found = check(equation(a, b), given, DIGITS, POINTS, seed)
    except TermError:
        return False
    enough = found.points >= POINTS or not (a.free | b.free)
    return found.verdict == AGREES and found.certified and found.digits >= DIGITS and enough
