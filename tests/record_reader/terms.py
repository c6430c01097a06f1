"""Terms of a record, read strictly: one object for each term, sorts checked, binders as de Bruijn indices."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any


class Bad(Exception):
    """The record is not one that this reader accepts."""


def need(condition: object, why: str) -> None:
    if not condition:
        raise Bad(why)


#: The operations of the reference: the kinds of their arguments, and the kind that they yield.
N, OP, ON, KET, PROP, MEAS = "number", "operator", "operatorN", "ket", "prop", "measure"
SIGNATURES: dict[str, tuple[tuple[str, ...], str]] = {
    **dict.fromkeys(("I", "pi", "euler", "infinity"), ((), N)),
    **dict.fromkeys(["exp", "log", "abs", "conj", "re", "im", "arg", "sgn", "cos", "sin", "factorial"], ((N,), N)),
    **dict.fromkeys(["pow", "min", "max", "binomial", "delta", "O"], ((N, N), N)),
    "sum": ((N, N, "lam:int"), "*"),
    "prod": ((N, N, "lam:int"), N),
    "integral": ((N, N, "lam:real"), "*"),
    "series": (("lam:nat",), N),
    "coeff": ((N, "lam:complex"), N),
    "deriv": ((N, "lam:real", N), N),
    "tuples": ((N, N, "lam:tuple"), "*"),
    "entry": ((OP, N, N), N),
    "identity": ((), OP),
    "matrix": ((N, N, N, N), OP),
    "matmul": ((OP, OP), OP),
    "adjoint": ((OP,), OP),
    "tpow": ((OP, N), ON),
    "tensor": ((N, "lam:int"), ON),
    "outer": ((KET,), ON),
    "evolved": ((ON, ON), ON),
    "trace": ((ON,), N),
    "trace_of": ((ON, ON), N),
    "braket": ((KET, ON, KET), N),
    "dicke": ((N, N), KET),
    "product_ket": ((N, N, N), KET),
    "perm": ((KET,), KET),
    "eq": (("*", "*"), PROP),
    **dict.fromkeys(("le", "lt", "ne"), ((N, N), PROP)),
    **dict.fromkeys(("is_int", "is_real"), ((N,), PROP)),
    **dict.fromkeys(("povm", "projective"), (("function", N), PROP)),
    "limit": (("lam:nat", N), PROP),
    "asymptotic": ((N, "lam:nat"), PROP),
    "density": (("lam:real",), MEAS),
    "density_on": ((N, N, "lam:real"), MEAS),
    "pushforward": ((N, N, "lam:real", "lam:real"), MEAS),
    "dirac": ((N,), MEAS),
    "law": ((N, N, "lam:tuple", "lam:tuple"), MEAS),
    "weak_limit": (("lam:nat", MEAS, N, N), PROP),
    "expectation": ((MEAS, "lam:real"), N),
    "bounded": (("lam:real", N), PROP),
}
#: What a variable of a plain sort is, and what a function symbol of a sort takes and gives.
PLAIN = {**dict.fromkeys(("nat", "int", "real", "complex"), N), "op": OP, "measure": MEAS}
FUNCTIONS = ("real->real", "nat->nat", "nat->real", "nat->complex", "nat->op", "int->complex", "int,int->complex")
SYMBOLS = {"tuple": ((N,), N), "states": ((N,), ON)}


def symbol(sort: str) -> tuple[tuple[str, ...], str] | None:
    """Arguments and value of a function symbol of this sort, by kind."""
    if sort in SYMBOLS:
        return SYMBOLS[sort]
    if sort not in FUNCTIONS:
        return None
    args, _, value = sort.partition("->")
    return tuple(PLAIN[a] for a in args.split(",")), PLAIN[value]


class Term:
    """One term; equal terms are one object, so that `is` compares them. Names of bound variables are not kept."""

    __slots__ = ("frees", "loose", "memo", "op", "parts", "remainder", "used")

    def __init__(self, op: str, parts: tuple[Any, ...]) -> None:
        self.op, self.parts = op, parts
        kids = [p for p in parts if isinstance(p, Term)]
        self.frees: frozenset[Term] = frozenset((self,)) if op == "var" else frozenset().union(*(k.frees for k in kids))
        inner = {i for k in kids for i in k.used}
        if op == "bound":
            inner = {parts[0]}
        elif op == "lam":
            inner = {i - 1 for i in inner if i}
        self.used = tuple(sorted(inner))
        self.remainder = op == "O" or (op != "asymptotic" and any(k.remainder for k in kids))
        self.loose = 1 + max(inner, default=-1)
        self.memo: str | None = None

    def __repr__(self) -> str:
        if self.op in ("num", "bound", "var"):
            return ("#" if self.op == "bound" else "") + str(self.parts[0])
        if self.op == "head":
            return f"@{self.parts[0]}"
        return f"({self.op} {' '.join(map(str, self.parts))})"


_TABLE: dict[tuple[Any, ...], Term] = {}


def make(op: str, *parts: Any) -> Term:
    """The one term of these parts; a function that meets its argument is replaced by its value."""
    if op == "app" and parts[0].op == "lam":
        inner = opened(parts[0], parts[1])
        return make("app", inner, *parts[2:]) if len(parts) > 2 else inner
    key = (op, *(id(p) if isinstance(p, Term) else p for p in parts))
    if key not in _TABLE:
        _TABLE[key] = Term(op, parts)
    return _TABLE[key]


def num(value: int | Fraction) -> Term:
    return make("num", Fraction(value))


def rebuilt(t: Term, depth: int, visit: Callable[[Term, int], Term]) -> Term:
    """The term with `visit` applied to its parts, a binder counted in `depth`."""
    deeper = depth + (t.op == "lam")
    return make(t.op, *(visit(p, deeper) if isinstance(p, Term) else p for p in t.parts))


def shifted(t: Term, by: int, depth: int = 0) -> Term:
    """The term inside `by` more binders."""
    if t.loose <= depth or not by:
        return t
    if t.op == "bound":
        return make("bound", t.parts[0] + by)
    return rebuilt(t, depth, lambda p, d: shifted(p, by, d))


def opened(function: Term, value: Term) -> Term:
    """The body of a `lam` with the value for its variable."""
    need(function.op == "lam", "a function is expected")

    def visit(t: Term, depth: int) -> Term:
        if t.loose <= depth:
            return t
        if t.op == "bound":
            n = t.parts[0]
            return shifted(value, depth) if n == depth else make("bound", n - 1) if n > depth else t
        return rebuilt(t, depth, visit)

    return visit(function.parts[1], 0)


def closed(sort: str, t: Term, v: Term) -> Term:
    """`lam` over the free variable v."""
    return make("lam", sort, substituted(shifted(t, 1), {v: make("bound", 0)}))


def substituted(t: Term, values: dict[Term, Term]) -> Term:
    """All free variables replaced at once."""
    done: dict[tuple[int, int], Term] = {}

    def visit(t: Term, depth: int) -> Term:
        if t.frees.isdisjoint(values):
            return t
        if t.op == "var":
            return shifted(values[t], depth)
        key = (id(t), depth)
        if key not in done:
            done[key] = rebuilt(t, depth, visit)
        return done[key]

    return visit(t, 0)


def flat(t: Term) -> Term:
    """The same value: sums in sums and products in products written out, numbers in a product multiplied."""
    if t.op in ("num", "var", "bound", "head"):
        return t
    parts = [flat(p) if isinstance(p, Term) else p for p in t.parts]
    if t.op in ("add", "mul"):
        parts = [q for p in parts for q in (p.parts if p.op == t.op else (p,))]
        parts = [p for p in parts if p is not num(t.op == "mul")]
        numbers = [p.parts[0] for p in parts if p.op == "num"]
        if t.op == "mul" and len(numbers) > 1:
            factor = num(math.prod(numbers))
            parts = [factor] * (factor is not num(1)) + [p for p in parts if p.op != "num"]
        if len(parts) < 2:
            return parts[0] if parts else num(t.op == "mul")
    return make(t.op, *parts)


# --- sorts -----------------------------------------------------------------------------------------------------------


def kind(t: Term, around: tuple[str, ...] = ()) -> str:
    """What the term is; Bad if it is not well formed. `around`: the sorts of the binders, innermost first."""
    if not t.loose and t.memo:
        return t.memo
    found = _kind(t, around)
    if not t.loose:
        t.memo = found
    return found


def _kind(t: Term, around: tuple[str, ...]) -> str:
    if t.op == "num":
        return N
    if t.op in ("var", "bound"):
        need(t.op == "var" or t.parts[0] < len(around), "a bound variable without its binder")
        sort = t.parts[1] if t.op == "var" else around[t.parts[0]]
        return PLAIN.get(sort) or f"function:{sort}"
    if t.op == "lam":
        return f"lam:{t.parts[0]}>{kind(t.parts[1], (t.parts[0], *around))}"
    if t.op == "head":
        return _head(t)
    kinds = [kind(p, around) for p in t.parts if isinstance(p, Term)]
    if t.op in ("add", "mul"):
        return _sum_or_product(t.op, kinds)
    if t.op == "app":
        need(kinds[0].startswith("function:"), "what is applied is not a function symbol")
        wanted, value = symbol(kinds[0][9:]) or ((), "")
        need(tuple(kinds[1:]) == wanted, "a function symbol at wrong arguments")
        return value
    if t.op == "word":
        need(len(kinds) % 2 == 0 and set(kinds) <= {N}, "a word is made of pairs of a bit and a length")
        return KET
    if t.op == "call":
        return _call(t, kinds)
    need(t.op in SIGNATURES, f"unknown operation {t.op}")
    wanted, value = SIGNATURES[t.op]
    need(len(wanted) == len(kinds), f"{t.op} takes {len(wanted)} arguments")
    for have, want in zip(kinds, wanted, strict=True):
        if want.startswith("lam:"):
            sort, _, body = have.removeprefix("lam:").partition(">")
            need(have.startswith("lam:") and sort == want[4:] and not body.startswith("lam:"), f"{t.op} takes a {want}")
        else:
            is_function = want == "function" and have.startswith("lam:")
            need(want == "*" or is_function or have.partition(":")[0] == want, f"{t.op} takes a {want}, not a {have}")
    if t.op == "eq":
        need(kinds[0] == kinds[1] and kinds[0] in (N, OP, ON, KET), "the sides of = differ in kind")
    return kinds[-1].rpartition(">")[2] if value == "*" else value


def _sum_or_product(op: str, kinds: list[str]) -> str:
    need(len(kinds) > 1 and set(kinds) <= {N, OP, ON, KET}, f"{op} of what cannot be added")
    others = [k for k in kinds if k != N]
    need(len(others) in (0, len(kinds)) if op == "add" else len(others) < 2, f"{op} of different kinds")
    return others[0] if others else N


def _head(t: Term) -> str:
    body = t.parts[2]
    need(not t.loose and not t.frees, "a definition with free variables")
    for sort in t.parts[1]:
        need(body.op == "lam" and body.parts[0] == sort, "a definition that is no function of its arguments")
        need(sort in PLAIN or symbol(sort), f"unknown sort {sort}")
        body = body.parts[1]
    return f"head>{kind(t.parts[2]).rpartition('>')[2]}"


def _call(t: Term, kinds: list[str]) -> str:
    head = t.parts[0]
    need(head.op == "head" and len(head.parts[1]) == len(kinds) - 1, "a call at another number of arguments")
    for have, sort, given in zip(kinds[1:], head.parts[1], t.parts[1:], strict=True):
        if sort in PLAIN:
            need(have == PLAIN[sort], f"a call takes a {sort}")
        else:
            needed = symbol(sort)
            lam = have.startswith("lam:") and needed and have.rpartition(">")[2] == needed[1]
            need(have == f"function:{sort}" or lam, f"a call takes a {sort}, not {given}")
    return kinds[0][5:]


# --- reading ---------------------------------------------------------------------------------------------------------

_RATIONAL = re.compile(r"(0|-?[1-9][0-9]*)(/[1-9][0-9]*)?\Z")


def read_terms(rows: Any) -> list[Term]:
    """The terms of a record, in order."""
    need(isinstance(rows, list), "terms: a list is expected")
    out: list[Term] = []
    depth: list[int] = []
    for row in rows:
        need(isinstance(row, list) and row and isinstance(row[0], str), "a term is a list that starts with a text")
        out.append(_read_term(row, out))
        depth.append(1 + max((depth[p["t"]] for p in row[1:] if isinstance(p, dict)), default=0))
        need(depth[-1] <= 200, "terms nested deeper than 200")
    return out


def reference(entry: Any, name: str, count: int) -> int:
    """The index in {"t": i} or {"s": i}, checked to point backwards."""
    need(isinstance(entry, dict) and set(entry) == {name}, f"{{{name!r}: index}} is expected")
    return index(entry[name], count)


def index(i: Any, count: int) -> int:
    need(type(i) is int and 0 <= i < count, "an index that does not point backwards")
    return int(i)


def _text(x: Any) -> str:
    need(isinstance(x, str) and x, "a name is a text")
    return str(x)


def _read_term(row: list[Any], out: list[Term]) -> Term:
    op, rest = row[0], row[1:]

    def term(entry: Any) -> Term:
        return out[reference(entry, "t", len(out))]

    need(len(rest) == {"num": 1, "var": 2, "bound": 1, "lam": 3, "head": 3}.get(op, len(rest)), f"{op}: wrong length")
    if op == "num":
        need(isinstance(rest[0], str) and _RATIONAL.match(rest[0]), "not a rational number")
        value = Fraction(rest[0])
        need(str(value) == rest[0], "a fraction that is not reduced")
        return make("num", value)
    if op == "var":
        need(_text(rest[1]) in PLAIN or symbol(rest[1]), f"unknown sort {rest[1]}")
        return make("var", _text(rest[0]), rest[1])
    if op == "bound":
        need(type(rest[0]) is int and rest[0] >= 0, "a bound variable has a number")
        return make("bound", rest[0])
    if op == "lam":
        need(_text(rest[0]) and (_text(rest[1]) in PLAIN or symbol(rest[1])), f"unknown sort {rest[1]}")
        return make("lam", rest[1], term(rest[2]))
    if op == "head":
        need(isinstance(rest[1], list), "the sorts of a definition are a list")
        return make("head", _text(rest[0]), tuple(map(_text, rest[1])), term(rest[2]))
    need(op in SIGNATURES or op in ("add", "mul", "app", "word", "call"), f"unknown operation {op}")
    parts = [term(entry) for entry in rest]
    need(len(parts) >= {"app": 2, "call": 1, "add": 2, "mul": 2}.get(op, 0), f"{op}: too few parts")
    need(op != "app" or parts[0].op != "lam", "a function at its argument is not evaluated")
    return make(op, *parts)
