"""Places in a term: every subterm with its path and the binders above it. Binders are not opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..kernel.terms import Term, num, var

Path = tuple[int, ...]
_LEAVES = frozenset(("num", "var", "bound"))
#: The limits of a binder, and the arguments that count something: a degree, an order, the levels of a state.
LIMITS = {"sum": (0, 1), "prod": (0, 1), "integral": (0, 1), "tuples": (0, 1)}
COUNTS = {
    "coeff": (0,),
    "deriv": (0,),
    "factorial": (0,),
    "dicke": (0, 1),
    "delta": (0, 1),
    "app": (1,),
    "tpow": (1,),
}
_ALSO_COUNT = {"binomial": (0, 1), "pow": (1,), "tensor": (0,), "entry": (1, 2), "word": tuple(range(20))}


@dataclass(frozen=True)
class Site:
    """A subterm: where it stands, under which binders (name and sort, outermost first), in which term.

    `body`: it is a binder's body. `counts`: it is, or is a part of, a limit, a degree or an exponent.
    """

    path: Path
    term: Term
    binders: tuple[tuple[str, str], ...] = ()
    parent: Term | None = None
    body: bool = False
    counts: bool = False

    @property
    def position(self) -> int:
        """The number of the subterm among its parent's arguments, −1 at the top and for a binder's body."""
        return self.path[-1] if self.path and not self.body else -1

    @property
    def above(self) -> str:
        """The parent's operation, '' at the top."""
        return "" if self.parent is None else self.parent.op

    def leaf(self, name: str, free: frozenset[Term]) -> Term | None:
        """The variable that `name` means here: the innermost binder's, else a free one."""
        for depth, (hint, _) in enumerate(reversed(self.binders)):
            if hint == name:
                return Term("bound", (depth,))
        return min((v for v in free if v.args[0] == name), key=repr, default=None)


def sites(t: Term) -> Iterator[Site]:
    """All subterms from the outside in; definitions and the functions of binders are no sites."""
    yield from _walk(Site((), t))


def _walk(here: Site) -> Iterator[Site]:
    yield here
    t = here.term
    if t.op in _LEAVES:
        return
    for i, child in enumerate(t.args):
        if not isinstance(child, Term) or child.op == "head":
            continue
        if child.op == "lam":
            inside = (*here.binders, (child.args[0], child.args[1]))
            yield from _walk(Site((*here.path, i, 2), child.args[2], inside, t, body=True, counts=here.counts))
        else:
            counts = here.counts or counting(t, i)
            yield from _walk(Site((*here.path, i), child, here.binders, t, counts=counts))


def counting(t: Term, i: int) -> bool:
    """The argument counts something or bounds what counts."""
    if t.op == "call":
        return t.args[0].args[1][i - 1] in ("nat", "int")
    return any(i in table.get(t.op, ()) for table in (LIMITS, COUNTS, _ALSO_COUNT))


def replaced(t: Term, path: Path, new: Term) -> Term:
    """The term with `new` at `path`."""
    if not path:
        return new
    i = path[0]
    return Term(t.op, (*t.args[:i], replaced(t.args[i], path[1:], new), *t.args[i + 1 :]))


def exchanged(t: Term, a: Term, b: Term, depth: int = 0) -> Term:
    """The term with two variables exchanged, each free or a loose de Bruijn index."""
    if t.op in _LEAVES:
        if t == _below(a, depth):
            return _below(b, depth)
        return _below(a, depth) if t == _below(b, depth) else t
    down = depth + (t.op == "lam")
    args = tuple(exchanged(x, a, b, down) if isinstance(x, Term) and x.op != "head" else x for x in t.args)
    return t if args == t.args else Term(t.op, args)


def _below(leaf: Term, depth: int) -> Term:
    return Term("bound", (leaf.args[0] + depth,)) if leaf.op == "bound" else leaf


def named(t: Term, binders: tuple[tuple[str, str], ...], depth: int = 0) -> Term:
    """The subterm with its loose indices replaced by variables of the binders' names, to be shown."""
    if t.loose <= depth:
        return t
    if t.op == "bound":
        hint, sort = binders[depth - t.args[0] - 1]
        return var(hint, sort)
    down = depth + (t.op == "lam")
    return Term(t.op, tuple(named(a, binders, down) if isinstance(a, Term) else a for a in t.args))


def shifted(t: Term, by: int) -> Term:
    """t + by, as a person would write it."""
    if t.op == "num":
        return num(t.args[0] + by)
    if t.op != "add":
        return Term("add", (t, num(by)))
    rest = tuple(a for a in t.args if a != num(-by))
    if len(rest) == len(t.args):
        return Term("add", (*t.args, num(by)))
    return rest[0] if len(rest) == 1 else Term("add", rest)


def times(factor: Term, t: Term) -> Term:
    """factor · t in one product."""
    if factor.op == t.op == "num":
        return num(factor.args[0] * t.args[0])
    return Term("mul", (factor, *(t.args if t.op == "mul" else (t,))))
