"""Is a changed expression the same after all? By the kernel's normal form, or by certified numerics."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..kernel.errors import Refused, TermError
from ..kernel.kinds import kind
from ..kernel.terms import Term, apply, at, fresh, subterms
from ..numerics.witness import AGREES, check
from ..rules.logic import Given, equation, fact, facts_at, normal_form
from ..tactics.reasons import Unfold
from .sites import Path, exchanged

#: So many points, each to so many digits, make two expressions numerically the same.
POINTS, DIGITS = 60, 50
#: … where there are only integers, of which there are not that many small ones.
_FEWER = 8
_VALUES = ("number", "operator", "operatorN", "ket")

Pair = tuple[Term, Term, Given]


def equivalence(original: Term, mutated: Term, path: Path, given: Given, seed: int = 0) -> str:
    """How the two, different at `path` only, are known to say the same; '' if they are not known to."""
    pairs = list(_along(original, mutated, path, given))
    for a, b, facts in reversed(pairs):
        if _same(a, b, facts):
            return "normal form"
    for a, b, facts in reversed(pairs):
        if _same_unfolded(a, b, facts):
            return "definitions and normal form"
    closed = [p for p in pairs if p[2] == given]
    if closed and defined(closed[0][1], given) and _numerically(*closed[0], seed):
        return f"certified numerics, {DIGITS} digits at {POINTS} points"
    return ""


def _along(a: Term, b: Term, path: Path, given: Given) -> Iterator[Pair]:
    """The two subterms at each step of the path that are values, binders opened with what they tell."""
    if kind(a) in _VALUES and kind(b) in _VALUES:
        yield a, b, given
    if path and a.op == b.op:
        yield from _along(*_below(a, b, path, given))


def _below(a: Term, b: Term, path: Path, given: Given) -> tuple[Term, Term, Path, Given]:
    """One step down the path, a binder opened with a new variable."""
    inner_a, inner_b = at(a, path[:1]), at(b, path[:1])
    if inner_a.op != "lam":
        return inner_a, inner_b, path[1:], given
    v = fresh(inner_a, inner_b.free.union(*(h.free for h in given)))
    return apply(inner_a, v), apply(inner_b, v), path[2:], (*given, *_facts(a, v))


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


def _same_unfolded(a: Term, b: Term, given: Given) -> bool:
    """The same once all definitions are opened; a template with its remainders is no value, and refused."""
    try:
        return _same(_unfolded(a), _unfolded(b), given)
    except Refused:
        return False


def renamed(original: Term, mutated: Term, given: Given) -> bool:
    """The mutated statement is the original with two variables of one sort exchanged, as in the hypotheses."""
    for a, b in combinations(sorted(original.free, key=repr), 2):
        if a.args[1] == b.args[1] and exchanged(original, a, b) == mutated:
            return all(h in given or _holds(h, given) for h in (exchanged(h, a, b) for h in given))
    return False


def defined(t: Term, given: Given) -> bool:
    """The kernel knows the value to be defined, or it is a statement."""
    return kind(t) not in _VALUES or _same(t, t, given)


def follows(original: Term, mutated: Term, path: Path, given: Given) -> bool:
    """The mutated inequality or asymptotic statement says no more than the original."""
    if original.op != mutated.op or original.op not in ("le", "asymptotic"):
        return False
    if original.op == "le":
        (a, b), (c, d) = original.args, mutated.args
        return _at_most(b - a, d - c, given)
    if original.args[1] == mutated.args[1]:
        return _at_most(original.args[0], mutated.args[0], given)
    return any(_at_most(*pair, facts) for pair, facts in _remainders(original, mutated, path, given))


def in_bound(claim: Term, path: Path) -> bool:
    """The place is in the bound of a remainder, in a threshold or in a side of an inequality."""
    if claim.op in ("le", "lt"):
        return True
    if claim.op != "asymptotic":
        return False
    return path[:1] == (0,) or not path or any(at(claim, path[:i]).op == "O" for i in range(2, len(path) + 1))


def _remainders(a: Term, b: Term, path: Path, given: Given) -> Iterator[tuple[tuple[Term, Term], Given]]:
    """The bounds C·g of the remainder in which the two differ."""
    if a.op == b.op == "O":
        (g, c), (h, d) = a.args, b.args
        yield (g * c, h * d), given
    elif path and a.op == b.op:
        inner_a, inner_b, rest, facts = _below(a, b, path, given)
        yield from _remainders(inner_a, inner_b, rest, facts)


def _at_most(small: Term, large: Term, given: Given) -> bool:
    return _holds(Term("le", (small, large)), given)


def _holds(statement: Term, given: Given) -> bool:
    try:
        fact(statement, given)
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
    discrete = all(v.args[1] in ("nat", "int") for v in a.free | b.free)
    enough = found.points >= (_FEWER if discrete else POINTS) or not (a.free | b.free)
    return found.verdict == AGREES and found.certified and found.digits >= DIGITS and enough
