"""What a term denotes: a number, an operator, a ket, a statement, …; what is not well formed denotes nothing."""

from __future__ import annotations

from fractions import Fraction

from .errors import TermError
from .signatures import FUNCTION, INSIDE, KET, NUMBER, OPERATOR, OPERATOR_N, POLYMORPHIC, SIGNATURES, SORTS, TUPLE
from .terms import Term

#: What a `lam` may bind; a definition binds its parameters of any sort.
_BOUND = frozenset(sort for sort, what in SORTS.items() if what in (NUMBER, TUPLE))


def kind(t: Term, bound: tuple[str, ...] = ()) -> str:
    """What the term denotes; raises TermError if any part of it is not well formed."""
    scope = bound[: t.loose]  # what else is bound does not occur in t
    known: tuple[tuple[str, ...], str] | None = t._kind  # type: ignore[attr-defined]
    if known is None or known[0] != scope:
        known = scope, _kind(t, scope)
        object.__setattr__(t, "_kind", known)
    return known[1]


def _kind(t: Term, bound: tuple[str, ...]) -> str:
    op, args = t.op, t.args
    if op == "num":
        if len(args) != 1 or type(args[0]) is not Fraction:
            raise TermError("a number is a Fraction")
        return NUMBER
    if op == "var":
        if len(args) != 2 or not _plain(args) or args[1] not in SORTS:
            raise TermError("a variable has a name and a known sort")
        return SORTS[args[1]]
    whole = len(args) == 3 and _plain(args[:2]) and type(args[2]) is Term
    if op == "lam" and not (whole and args[1] in _BOUND):
        raise TermError("a function has the name and the sort of its variable, a number or a tuple, and a body")
    if op not in ("bound", "lam") and not all(isinstance(a, Term) for a in args):
        raise TermError(f"the arguments of {op} are terms")
    if op == "bound":
        if not 0 <= args[0] < len(bound):
            raise TermError("a bound variable outside its binder")
        return SORTS[bound[args[0]]]
    if op in ("add", "mul"):
        return _arithmetic_kind(t, [kind(a, bound) for a in args])
    if op == "lam":
        kind(args[2], (args[1], *bound))
        return FUNCTION
    if op == "app":
        return _application_kind(t, bound)
    if op == "call":
        return _call_kind(t, bound)
    if op == "word":
        if len(args) % 2 or any(kind(a, bound) != NUMBER for a in args):
            raise TermError("a word is a sequence of (level, length) pairs")
        return KET
    if op not in SIGNATURES:
        raise TermError(f"unknown operation {op!r}")
    return _signature_kind(t, bound)


def _plain(names: tuple[object, ...]) -> bool:
    """Texts, and of no subclass, which could be one name now and another later."""
    return all(type(name) is str for name in names)


def _arithmetic_kind(t: Term, kinds: list[str]) -> str:
    if len(kinds) < 2:
        raise TermError(f"{t.op} needs at least two arguments")
    others = {k for k in kinds if k != NUMBER}
    if not others <= set(POLYMORPHIC) or len(others) > 1:
        raise TermError(f"cannot {t.op} {' and '.join(kinds)}")
    if others and t.op == "add" and NUMBER in kinds:
        raise TermError(f"cannot add a number to {others.pop()}")
    if others and t.op == "mul" and len(kinds) - kinds.count(NUMBER) != 1:
        raise TermError("a product holds at most one operator or ket")
    return others.pop() if others else NUMBER


def _application_kind(t: Term, bound: tuple[str, ...]) -> str:
    if len(t.args) < 2 or t.args[0].op not in ("var", "bound"):
        raise TermError("a function symbol is a variable, and takes numbers")
    head = t.args[0]
    if any(kind(a, bound) != NUMBER for a in t.args[1:]):
        raise TermError("a function symbol takes numbers")
    sort = bound[head.args[0]] if head.op == "bound" else head.args[1]
    if len(t.args) != 2 + sort.partition("->")[0].count(","):
        raise TermError("a function symbol with the wrong number of arguments")
    if kind(head, bound) == TUPLE:
        return NUMBER
    if kind(head, bound) == "states":
        return OPERATOR_N
    if "->" in sort:
        return SORTS[sort.split("->")[1]]
    raise TermError(f"{head!r} is not a function symbol")


def _call_kind(t: Term, bound: tuple[str, ...]) -> str:
    if not t.args or t.args[0].op != "head" or len(t.args[0].args) != 3:
        raise TermError("only a defined symbol can be called")
    head = t.args[0]
    name, sorts, body = head.args
    if type(sorts) is not tuple or len(sorts) != len(t.args) - 1:
        raise TermError("a defined symbol with the wrong number of arguments")
    if not _plain((name, *sorts)) or not SORTS.keys() >= set(sorts):
        raise TermError("a defined symbol has a name, and parameters of known sorts")
    inner: tuple[str, ...] = ()
    for sort, value in zip(sorts, t.args[1:], strict=True):
        wanted = SORTS[sort]
        if kind(value, bound) != wanted or (wanted == FUNCTION and _type(value, bound) != _type_of_sort(sort)):
            raise TermError(f"{head.args[0]} wants {sort if wanted == FUNCTION else wanted}, got {value!r}")
        if body.op != "lam" or body.args[1] != sort:
            raise TermError(f"the definition of {head.args[0]} is malformed")
        inner = (sort, *inner)
        body = body.args[2]
    if head.free:
        raise TermError(f"the definition of {head.args[0]} has free variables")
    return kind(body, inner)


def _type(function: Term, bound: tuple[str, ...]) -> tuple[str, str]:
    """(the sort of the argument, the kind of the values) of a function symbol or of a `lam`."""
    if function.op == "lam":
        return function.args[1], kind(function.args[2], (function.args[1], *bound))
    if function.op not in ("var", "bound"):
        raise TermError(f"{function!r} is no function symbol")
    return _type_of_sort(bound[function.args[0]] if function.op == "bound" else function.args[1])


def _type_of_sort(sort: str) -> tuple[str, str]:
    domain, values = sort.split("->")
    return domain, SORTS[values]


def _signature_kind(t: Term, bound: tuple[str, ...]) -> str:
    wanted, result = SIGNATURES[t.op]
    if len(t.args) != len(wanted):
        raise TermError(f"{t.op} takes {len(wanted)} arguments, got {len(t.args)}")
    poly: str | None = None
    for a, w in zip(t.args, wanted, strict=True):
        if w.startswith("lam:"):
            whole = a.op == "lam" and kind(a, bound) == FUNCTION  # before its parts are read
            sort, got = _type(a, bound) if whole else ("", "")
            if sort != w[4:]:
                raise TermError(f"{t.op} needs a function of a variable of sort {w[4:]}")
            w = INSIDE.get(t.op, NUMBER)
            if t.op == "integral" and got not in (NUMBER, KET):
                raise TermError(f"an integral of {got}")
        else:
            got = kind(a, bound)
        if w == "*":
            if got not in POLYMORPHIC or (poly or got) != got:
                raise TermError(f"{t.op} of {got}")
            poly = got
        elif got != w or (w == FUNCTION and _type(a, bound) != ("nat", OPERATOR)):
            raise TermError(f"{t.op} wants {w}, got the {got} {a!r}")
    return poly if result == "*" and poly else result
