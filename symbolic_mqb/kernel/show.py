"""One-line text of a term, for error messages and `repr`. Nothing is decided by it."""

from __future__ import annotations

from .terms import Term, apply, fresh, subterms

_INFIX = {"eq": " = ", "le": " <= ", "lt": " < ", "ne": " != "}


def show(t: Term) -> str:
    """The term in infix notation, bound variables by name, nothing evaluated."""
    op, args = t.op, t.args
    if op == "num":
        return str(args[0])
    if op == "var":
        return str(args[0])
    if op == "bound":
        return f"#{args[0]}"
    if op == "add":
        return "(" + " + ".join(repr(a) for a in args) + ")"
    if op == "mul":
        return "*".join(repr(a) for a in args)
    if op == "pow":
        return f"{_factor(args[0])}**{_factor(args[1])}"
    if op in _INFIX:
        return repr(args[0]) + _INFIX[op] + repr(args[1])
    if op == "lam":
        if t.loose:
            return f"({args[0]} -> {args[2]!r})"
        v = fresh(t, frozenset())
        return f"({v.args[0]} -> {apply(t, v)!r})"
    if op == "call":
        return f"{args[0].args[0]}({', '.join(repr(a) for a in args[1:])})"
    if op == "head":
        return str(args[0])
    if op == "app":
        return f"{args[0]!r}[{', '.join(map(repr, args[1:]))}]"
    inner = subterms(t)
    return op if not inner else f"{op}({', '.join(repr(a) for a in inner)})"


def _factor(t: Term) -> str:
    text = repr(t)
    return f"({text})" if t.op in ("mul", "pow") or (t.op == "num" and "/" in text) else text
