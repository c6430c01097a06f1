"""Small wrong changes of a term, each at one place: a sign, a factor, an exponent, a limit, an index, …"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from ..kernel.errors import TermError
from ..kernel.kinds import kind
from ..kernel.signatures import NUMBER, SORTS
from ..kernel.terms import Term, num, var
from .sites import COUNTS, LIMITS, Path, Site, exchanged, named, replaced, shifted, sites, times

#: Pairs of names that are exchanged.
INDICES = (("k", "l"), ("m", "n"))
SYMBOLS = (("α", "β"), ("γ", "α"), ("σ", "τ"), ("ξ", "η"), ("x", "x'"), ("y", "z"), ("μ", "τ"), ("i", "j"))
_FACTORS = (("factor 2", num(2)), ("factor 1/2", num(Fraction(1, 2))), ("factor i", Term("I")))
_HALF_ORDER = (num(Fraction(-1, 2)), num(Fraction(1, 2)))
#: Where the value of a subterm counts as such: operation → positions of its arguments.
_VALUES = {
    "eq": (0, 1),
    "le": (0, 1),
    "lt": (0, 1),
    "ne": (0, 1),
    "limit": (1,),
    "exp": (0,),
    "log": (0,),
    "pow": (0,),
    "abs": (0,),
}
_STATEMENTS = ("eq", "le", "lt", "ne", "is_int", "is_real", "povm", "projective", "limit", "asymptotic")
_BINDERS = ("limit", "sum", "prod", "integral", "coeff", "deriv", "tuples", "tensor", "series")

Changes = Iterator[tuple[str, Term]]


@dataclass(frozen=True)
class Change:
    """One mutation of a term: its kind, where, what stood there and what stands there now."""

    kind: str
    site: Site
    new: Term
    root: Term

    @property
    def path(self) -> Path:
        """Where."""
        return self.site.path

    def __str__(self) -> str:
        old, new = (repr(named(t, self.site.binders)) for t in (self.site.term, self.new))
        return f"{old}  ⟶  {new}"


def changes(t: Term, free: frozenset[Term]) -> Iterator[Change]:
    """All mutations of a term, well formed and different from it and one another, in a fixed order.

    `free` are the variables that an exchange may bring in.
    """
    wanted, seen = kind(t), {t}
    for site in sites(t):
        for mutate in _MUTATORS:
            for what, new in mutate(site, free):
                root = replaced(t, site.path, new)
                if root not in seen and _well_formed(root, wanted):
                    seen.add(root)
                    yield Change(what, site, new, root)


def _well_formed(t: Term, wanted: str) -> bool:
    try:
        return not t.loose and kind(t) == wanted
    except TermError:
        return False


def _is_value(site: Site) -> bool:
    """The value of the subterm matters as such, so that a sign or a factor changes what is said."""
    if site.body:
        return site.above in _BINDERS
    if site.parent is None:
        return site.term.op not in _STATEMENTS
    if site.above == "call":
        return _sort_of_argument(site) in ("real", "complex")
    return site.position in _VALUES.get(site.above, ())


def _sort_of_argument(site: Site) -> str:
    """The sort that a defined symbol wants here."""
    assert site.parent is not None
    return str(site.parent.args[0].args[1][site.position - 1])


def _sign(site: Site, free: frozenset[Term]) -> Changes:
    if site.above == "add":
        yield "plus-minus", times(num(-1), site.term)
    elif _is_value(site):
        yield "sign", times(num(-1), site.term)


def _factor(site: Site, free: frozenset[Term]) -> Changes:
    if _is_value(site) or site.above == "add":
        for what, factor in _FACTORS[: 1 if site.counts else None]:
            yield what, times(factor, site.term)


def _exponent(site: Site, free: frozenset[Term]) -> Changes:
    if site.above == "pow" and site.position == 1:
        yield "exponent", shifted(site.term, 1)
        yield "exponent", shifted(site.term, -1)


def _limit(site: Site, free: frozenset[Term]) -> Changes:
    if site.position in LIMITS.get(site.above, ()) and not _infinite(site.term):
        yield "limit", shifted(site.term, 1)
        yield "limit", shifted(site.term, -1)


def _infinite(t: Term) -> bool:
    return t.op == "infinity" or (t.op == "mul" and any(map(_infinite, t.args)))


def _index(site: Site, free: frozenset[Term]) -> Changes:
    counts = site.position in COUNTS.get(site.above, ())
    if site.above == "call":
        counts = _sort_of_argument(site) in ("nat", "int")
    if counts:
        yield "index", shifted(site.term, 1)
        yield "index", shifted(site.term, -1)


def _exchange(site: Site, free: frozenset[Term]) -> Changes:
    for what, pairs in (("exchanged indices", INDICES), ("exchanged symbols", SYMBOLS)):
        for names in pairs:
            a, b = (site.leaf(name, free) for name in names)
            if a is not None and b is not None and _number(a, site) and _number(b, site):
                yield what, exchanged(site.term, a, b)


def _number(leaf: Term, site: Site) -> bool:
    sort = site.binders[-1 - leaf.args[0]][1] if leaf.op == "bound" else leaf.args[1]
    return SORTS[sort] == NUMBER


def _entry(site: Site, free: frozenset[Term]) -> Changes:
    if site.term.op == "entry":
        operator, r, s = site.term.args
        if r != s:
            yield "exchanged entries", Term("entry", (operator, s, r))
        elif r.op == "num":
            other = num(1 - r.args[0])
            yield "exchanged entries", Term("entry", (operator, other, other))


def _dropped(site: Site, free: frozenset[Term]) -> Changes:
    if site.term.op in ("conj", "factorial"):
        yield f"dropped {site.term.op}", site.term.args[0]


def _binomial(site: Site, free: frozenset[Term]) -> Changes:
    if site.term.op == "binomial":
        n, k = site.term.args
        for by in (1, -1):
            yield "binomial", Term("binomial", (shifted(n, by), k))
            yield "binomial", Term("binomial", (n, shifted(k, by)))


def _size(site: Site, free: frozenset[Term]) -> Changes:
    name = site.binders[-1 - site.term.args[0]][0] if site.term.op == "bound" else site.term.args[:1]
    if name in ("N", ("N",)) and site.term.op in ("var", "bound"):
        yield "N−1", Term("add", (site.term, num(-1)))


def _remainder(site: Site, free: frozenset[Term]) -> Changes:
    if site.term.op != "O":
        return
    g, constant = site.term.args
    large = site.leaf("N", free)
    large = var("N", "nat") if large is None else large
    for by in _HALF_ORDER:
        yield "order", Term("O", (times(Term("pow", (large, by)), g), constant))
    for by in (num(Fraction(1, 2)), num(2)):
        yield "constant", Term("O", (g, times(by, constant)))


def _relation(site: Site, free: frozenset[Term]) -> Changes:
    t = site.term
    if t.op in ("le", "lt"):
        yield "relation", Term("lt" if t.op == "le" else "le", t.args)
        yield "relation", Term(t.op, (t.args[1], t.args[0]))
    elif t.op == "ne":
        yield "relation", Term("eq", t.args)
    elif t.op == "asymptotic":
        for by in (1, -1):
            yield "threshold", Term("asymptotic", (shifted(t.args[0], by), t.args[1]))


_MUTATORS: tuple[Callable[[Site, frozenset[Term]], Changes], ...] = (
    _sign,
    _factor,
    _exponent,
    _limit,
    _index,
    _exchange,
    _entry,
    _dropped,
    _binomial,
    _size,
    _remainder,
    _relation,
)
