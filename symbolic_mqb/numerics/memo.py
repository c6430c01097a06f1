"""What a subterm depends on, so that its value is computed once for all values of what it does not depend on.

A subterm under binders mentions some of the bound variables only. Its value in a scope is a function of the
values of those: it is kept under them, and found again by the next term of an outer sum, by the next point of an
outer integral, and, if it mentions none of them, by the other side and by the other lines of a derivation.
Nothing is moved: a subterm is evaluated where it stands and only when it is needed, so that what is undefined
stays so. Remainders O(…) have a value of their own at each occurrence and are never kept.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from ..kernel.terms import Term, subterms
from .frames import Code, Frame, Sorts

_CONJUGATING = frozenset(
    ("conj", "re", "im", "abs", "arg", "sgn", "min", "max", "braket", "trace_of", "outer", "adjoint", "evolved")
)
#: What takes no longer than finding a kept value.
_CHEAP = frozenset(("num", "var", "bound", "I", "pi", "infinity", "identity", "head", "lam", "O")) | frozenset(
    ("add", "mul", "app", "entry", "conj", "re", "im", "min", "max", "delta", "sgn")
)
#: So many cheap operations take longer.
_MANY = 8
#: Variables that take the same value again in another round of an outer sum; a point of an integral never returns.
_REPEATING = frozenset(("int", "nat"))
#: Values kept under the identity of balls and functions; then they are forgotten.
_MOST_RECENT = 4096


class Traits(NamedTuple):
    """What matters about a term before it is evaluated.

    `places`: the de Bruijn indices of the bound variables that it mentions and does not bind; `costly`: its value is
    worth keeping; `conjugates`: it or a definition in it conjugates something; `remainder`: it contains an O(…);
    `binds`: it contains a binder; `size`: its nodes.
    """

    places: frozenset[int]
    costly: bool
    conjugates: bool
    remainder: bool
    binds: bool
    size: int


_NOTHING: frozenset[int] = frozenset()


@lru_cache(maxsize=2**16)
def traits(t: Term) -> Traits:
    """The traits of a term."""
    if t.op == "bound":
        return Traits(frozenset((t.args[0],)), False, False, False, False, 1)
    parts = [traits(a) for a in subterms(t)]
    if t.op == "head":
        parts = [traits(t.args[2])]
    places = _NOTHING.union(*(p.places for p in parts)) if t.loose else _NOTHING
    if t.op == "lam":
        places = frozenset(i - 1 for i in places if i)
    size = 1 + sum(p.size for p in parts)
    cheap = t.op in _CHEAP or (t.op == "pow" and t.args[1].op == "num" and t.args[1].args[0].denominator == 1)
    return Traits(
        places,
        not cheap or size >= _MANY or any(p.costly for p in parts),
        t.op in _CONJUGATING or any(p.conjugates for p in parts),
        t.op == "O" or any(p.remainder for p in parts),
        t.op == "lam" or any(p.binds for p in parts),
        size,
    )


def mirrored(t: Term, index: int = 0) -> bool:
    """Does the body t of an integral conjugate anything that depends on the variable of this index?"""
    about = traits(t)
    if index not in about.places or not about.conjugates:
        return False
    if t.op in _CONJUGATING or (t.op == "call" and traits(t.args[0]).conjugates):
        return True
    return any(mirrored(a, index + (t.op == "lam")) for a in subterms(t))


def through(t: Term, bound: Sorts, depth: int = 0) -> frozenset[tuple[Term, Sorts, int]] | None:
    """The polynomials in bound integers through which alone t depends on what is bound around it: k − l, say.

    Each with the sorts bound around it, `depth` of them inside t; None if t depends on it in another way.
    """
    places = traits(t).places
    if all(i < depth for i in places):
        return frozenset()
    if min(places) >= depth and all(bound[i] == "int" for i in places) and _polynomial(t):
        return frozenset(((t, bound, depth),))
    found: frozenset[tuple[Term, Sorts, int]] = frozenset()
    for a in subterms(t):
        inside = (t.args[1], *bound) if t.op == "lam" else bound
        more = through(a, inside, depth + (t.op == "lam"))
        if more is None:
            return None
        found |= more
    return found if subterms(t) else None


def _polynomial(t: Term) -> bool:
    return t.op in ("num", "bound") or (t.op in ("add", "mul") and all(map(_polynomial, subterms(t))))


def kept(t: Term, code: Code, key: int, bound: Sorts) -> Code:
    """The code, with its value kept under the values of what t depends on, where it can be found again.

    `key` names the term among all that are kept; `bound` are the sorts of the variables bound around t.
    """
    about = traits(t)
    keep = about.costly and not about.remainder
    if not about.places:
        return _constant(code, key, t.free) if keep else (lambda f: code((f[0],))) if about.binds else code
    if not keep:
        return code
    if 0 in about.places and (bound[0] not in _REPEATING or (t.op != "call" and len(about.places) == len(bound))):
        return code  # it changes with everything around it
    return _function(code, key, tuple(len(bound) - i for i in sorted(about.places)))


def _constant(code: Code, key: int, free: frozenset[Term]) -> Code:
    def cached(f: Frame) -> Any:
        scope = f[0]
        if scope.outer is not None:
            scope = scope.home(free)
        memo = scope.memo
        if key not in memo:
            memo[key] = code((scope,))
        return memo[key]

    return cached


def _function(code: Code, key: int, places: tuple[int, ...]) -> Code:
    """Integers are known by value; balls, functions and the like by identity, and held so that it stays theirs."""

    def by_identity(f: Frame) -> Any:
        scope = f[0]
        memo = scope.memo
        values: list[Any] = []
        named: list[Any] = [key]
        for i in places:
            v = f[i]
            values.append(v)
            if type(v) is int:
                named.append(v)
            else:
                named.append((id(v),))
                memo = scope.recent
        at = tuple(named)
        found = memo.get(at)
        if found is None:
            found = code(f), values
            if len(memo) >= _MOST_RECENT and memo is scope.recent:
                memo.clear()
            memo[at] = found
        return found[0]

    return _by_value(code, key, places, by_identity)


def _by_value(code: Code, key: int, places: tuple[int, ...], otherwise: Code) -> Code:
    """The code for one and for two integers, which are most: the same without lists."""
    if len(places) > 2:
        return otherwise
    first, last = places[0], places[-1]

    def of_one(f: Frame) -> Any:
        v = f[first]
        if type(v) is not int:
            return otherwise(f)
        memo, at = f[0].memo, (key, v)
        found = memo.get(at)
        if found is None:
            found = memo[at] = code(f), v
        return found[0]

    def of_two(f: Frame) -> Any:
        v, w = f[first], f[last]
        if type(v) is not int or type(w) is not int:
            return otherwise(f)
        memo, at = f[0].memo, (key, v, w)
        found = memo.get(at)
        if found is None:
            found = memo[at] = code(f), v
        return found[0]

    return of_one if len(places) == 1 else of_two
