"""Terms: immutable trees that are never evaluated, with one binder.

A term is an operation and its arguments. Every quantity of the paper is such a tree, built exactly
as it is written: `x/x` stays `x/x`. The only binder is `lam`; sums, products, integrals, Taylor
coefficients and derivatives take one as an argument. Bound variables are de Bruijn indices, so two
terms that differ in the names of bound variables are equal, and substitution cannot capture. A `lam`
may stand for a function symbol: where it meets its argument, the argument takes the bound variable's
place (β-reduction), so that a function applied to an argument is never a term by itself.

A defined symbol carries its own definition (`defined`), so that a definition can neither be made
twice nor refer to itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from .arithmetic import Arithmetic
from .errors import TermError
from .signatures import SORTS


class Term(Arithmetic):
    """One node. `op` names it, `args` are terms (leaves hold plain data). Equality is α-equivalence."""

    __slots__ = ("_closed", "_hash", "_kind", "_opened", "_order", "_text", "args", "finite", "free", "loose", "op")
    op: str
    args: tuple[Any, ...]
    free: frozenset[Term]
    loose: int
    finite: bool  #: neither ∞ nor O occurs

    def __new__(cls, op: str, args: tuple[Any, ...] = ()) -> Term:
        """The term: the one that exists already, or a new one."""
        if type(args) is not tuple:
            args = tuple(args)
        key = (op, *map(id, args)) if op not in _WITH_DATA else (op, *[_part_key(a) for a in args])
        known = _shared.get(key)
        return _built(op, args, key) if known is None else known

    def __setattr__(self, name: str, value: object) -> None:
        raise TermError(f"a term is immutable: cannot set {name!r}")

    __delattr__ = __setattr__  # type: ignore[assignment]

    def __hash__(self) -> int:
        return self._hash  # type: ignore[attr-defined, no-any-return]

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Term) or self._hash != other._hash or self.op != other.op:  # type: ignore[attr-defined]
            return False
        if self.op == "lam":
            return bool(self.args[1:] == other.args[1:])
        return self.args == other.args

    def __repr__(self) -> str:
        if self._text is None:  # type: ignore[attr-defined]
            from .show import show

            object.__setattr__(self, "_text", show(self))
        return self._text  # type: ignore[attr-defined, no-any-return]

    def __reduce__(self) -> tuple[Any, ...]:
        return (Term, (self.op, self.args))


_NOTHING: frozenset[Term] = frozenset()
_LEAVES = frozenset(("num", "var", "bound"))
#: Operations whose arguments are not all terms: their keys hold the data themselves.
_WITH_DATA = _LEAVES | {"lam", "head"}
_MOST_SHARED = 1 << 17
#: Of the text of a term whose parts are shared.
_LONGEST = 10**7
#: Terms that exist, by operation and the identities of the arguments, so that most equal terms are one object.
#: An entry keeps its arguments alive: no other object has their identities. Nothing rests on a term being here.
_shared: dict[tuple[Any, ...], Term] = {}


def _part_key(a: Any) -> Any:
    """A term by identity. Plain data by type and value, so that 1, True and Fraction(1) differ; the rest is unique."""
    if type(a) is Term:
        return id(a)
    if type(a) in (str, int, Fraction) or (type(a) is tuple and all(type(x) is str for x in a)):
        return type(a), a
    return object()


def _built(op: str, args: tuple[Any, ...], key: tuple[Any, ...]) -> Term:
    """A new term, entered under its key."""
    if type(op) is not str:
        raise TermError(f"the name of an operation is a string, not {op!r}")
    t: Term = object.__new__(Term)
    put = object.__setattr__
    put(t, "op", op)
    put(t, "args", args)
    put(t, "_kind", None)
    put(t, "_text", None)
    put(t, "_order", None)
    put(t, "_opened", None)
    put(t, "_closed", None)
    finite = True
    try:
        put(t, "_hash", hash((op, args[1:] if op == "lam" else args)))
    except TypeError:
        raise TermError(f"the parts of a term are terms or names, sorts and numbers, not {args!r}") from None
    if op == "var":
        put(t, "free", frozenset((t,)))
        put(t, "loose", 0)
    elif op == "bound":
        if len(args) != 1 or type(args[0]) is not int:
            raise TermError(f"a bound variable is the number of binders between, not {args!r}")
        put(t, "free", _NOTHING)
        put(t, "loose", args[0] + 1)
    else:
        free, deep = _NOTHING, 0
        finite = op not in ("infinity", "O")
        for child in args if op != "num" else ():
            if isinstance(child, Term):
                finite = finite and child.finite
                more = child.free
                if more and more is not free and not more <= free:
                    free = more if free <= more else free | more
                if child.loose > deep:
                    deep = child.loose
        put(t, "free", free)
        put(t, "loose", deep - 1 if op == "lam" and deep else deep)
    put(t, "finite", finite)
    if len(_shared) >= _MOST_SHARED:
        _shared.clear()
    _shared[key] = t
    return t


def subterms(t: Term) -> tuple[Term, ...]:
    """The immediate subterms, in order; leaves have none."""
    if t.op in _LEAVES:
        return ()
    return tuple([a for a in t.args if isinstance(a, Term)])


def order(t: Term) -> str:
    """A text to sort by: one text for equal terms, whatever the names of their bound variables."""
    known: str | None = t._order  # type: ignore[attr-defined]
    if known is None:
        parts = [order(a) if isinstance(a, Term) else str(a) for a in (t.args[1:] if t.op == "lam" else t.args)]
        if sum(map(len, parts)) > _LONGEST:
            raise TermError(f"a term of more than {_LONGEST} letters")
        known = f"{t.op}({','.join(parts)})" if parts else t.op
        object.__setattr__(t, "_order", known)
    return known


def num(value: int | Fraction) -> Term:
    """The rational number `value`. Floats are refused: they are not exact."""
    return _small(value) if type(value) is int and -64 < value < 64 else _num(value)


@lru_cache(maxsize=128)
def _small(value: int) -> Term:
    return _num(value)


def _num(value: int | Fraction) -> Term:
    if isinstance(value, bool) or not isinstance(value, (int, Fraction)):
        raise TermError(f"{value!r} is not an exact number: use an int or a Fraction")
    return Term("num", (value if type(value) is Fraction else Fraction(value),))


def var(name: str, sort: str) -> Term:
    """A free variable. Two variables are the same only if name and sort agree."""
    if sort not in SORTS:
        raise TermError(f"unknown sort {sort!r} of {name!r}: one of {', '.join(SORTS)}")
    return Term("var", (name, sort))


def lam(variable: Term, body: Term) -> Term:
    """The function variable ↦ body, of one bound variable of the variable's sort."""
    if variable.op != "var":
        raise TermError(f"only a variable can be bound, not {variable!r}")
    if "->" in variable.args[1]:
        raise TermError(f"a function symbol cannot be bound: {variable!r}")
    return Term("lam", (variable.args[0], variable.args[1], _abstract(body, variable, 0)))


def apply(function: Term, value: Term) -> Term:
    """The body of a `lam` with `value` (closed) for its bound variable."""
    if function.op != "lam" or value.loose:
        raise TermError("apply needs a function and a closed value")
    return _open(function.args[2], value, 0)


def fresh(function: Term, avoid: frozenset[Term]) -> Term:
    """A variable for opening `function` that occurs neither in `avoid` nor in the function."""
    if function.op != "lam":
        raise TermError(f"expected a function of one variable, not {function!r}")
    hint, sort = function.args[0], function.args[1]
    name = hint
    taken = {v.args[0] for v in avoid | function.free}
    while name in taken:
        name += "′"
    return var(name, sort)


def new_variable(name: Term, *terms: Term) -> Term:
    """A variable of this name and sort that none of the terms mentions."""
    return fresh(lam(name, name), frozenset().union(*(t.free for t in terms)))


def substitute(t: Term, values: Mapping[Term, Term]) -> Term:
    """Replace free variables by closed terms. Bound variables are untouched by construction."""
    if any(v.loose for v in values.values()):
        raise TermError("only closed terms can be substituted")
    return _substitute(t, dict(values))


def defined(name: str, params: tuple[Term, ...], body: Term) -> Term:
    """The head of a defined symbol: name(params) := body. Apply it with `call`."""
    loose = body.free - set(params)
    if loose:
        raise TermError(f"the definition of {name} has free variables {sorted(map(repr, loose))}")
    sorts = tuple(p.args[1] for p in params)
    inner = body
    for p in reversed(params):
        inner = Term("lam", (p.args[0], p.args[1], _abstract(inner, p, 0)))
    return Term("head", (name, sorts, inner))


def call(head: Term, *values: Term) -> Term:
    """The defined symbol applied to its arguments, unexpanded."""
    if head.op != "head" or len(head.args[1]) != len(values):
        raise TermError(f"{head!r} does not take {len(values)} arguments")
    return Term("call", (head, *values))


@lru_cache(maxsize=4096)
def unfold(t: Term) -> Term:
    """The definition's body at the arguments of a `call`."""
    if t.op != "call":
        raise TermError(f"{t!r} is not a defined symbol")
    body: Term = t.args[0].args[2]
    for value in t.args[1:]:
        body = _open(body.args[2], value, 0)
    return body


def at(t: Term, path: tuple[int, ...]) -> Term:
    """The subterm at `path`, a sequence of argument positions; binders are not opened."""
    for i in path:
        if not 0 <= i < len(t.args) or not isinstance(t.args[i], Term):
            raise TermError(f"no subterm at {path}")
        t = t.args[i]
    return t


def _abstract(t: Term, v: Term, depth: int) -> Term:
    if v not in t.free:
        return t
    if t.op == "var":
        return Term("bound", (depth,))
    last = t._closed  # type: ignore[attr-defined]
    if last is not None and last[0] is v and last[1] == depth:
        return last[2]  # type: ignore[no-any-return]
    down = depth + (t.op == "lam")
    new = Term(t.op, tuple([_abstract(a, v, down) if isinstance(a, Term) else a for a in t.args]))
    object.__setattr__(t, "_closed", (v, depth, new))
    return new


def _open(t: Term, value: Term, depth: int) -> Term:
    if t.loose <= depth:
        return t
    if t.op == "bound":
        return value if t.args[0] == depth else t
    last = t._opened  # type: ignore[attr-defined]
    if last is not None and last[0] is value and last[1] == depth:
        return last[2]  # type: ignore[no-any-return]
    down = depth + (t.op == "lam")
    parts = [_open(a, value, down) if isinstance(a, Term) and a.loose > down else a for a in t.args]
    new = _node(t.op, tuple(parts))
    object.__setattr__(t, "_opened", (value, depth, new))
    return new


def _substitute(t: Term, values: dict[Term, Term]) -> Term:
    if t.free.isdisjoint(values):
        return t
    if t.op == "var":
        return values.get(t, t)
    return _node(t.op, tuple([_substitute(a, values) if isinstance(a, Term) else a for a in t.args]))


def _node(op: str, args: tuple[Any, ...]) -> Term:
    """The node; a function that has come to stand before its argument is applied to it."""
    if op == "app" and args[0].op == "lam" and len(args) == 2:
        return _beta(args[0].args[2], args[1], 0)
    return Term(op, args)


def _beta(body: Term, value: Term, depth: int) -> Term:
    """`body` with `value`, which may mention bound variables around it, for the variable of the removed binder."""
    if body.loose <= depth:
        return body
    if body.op == "bound":
        index = body.args[0]
        return _lift(value, depth, 0) if index == depth else Term("bound", (index - 1,))
    down = depth + (body.op == "lam")
    return _node(body.op, tuple([_beta(a, value, down) if isinstance(a, Term) else a for a in body.args]))


def _lift(t: Term, by: int, depth: int) -> Term:
    """The term, moved below `by` more binders."""
    if not by or t.loose <= depth:
        return t
    if t.op == "bound":
        return Term("bound", (t.args[0] + by,))
    down = depth + (t.op == "lam")
    return Term(t.op, tuple([_lift(a, by, down) if isinstance(a, Term) else a for a in t.args]))
