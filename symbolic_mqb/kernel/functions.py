"""Which terms are values of a sort, and which `lam` are functions of a sort: defined for every argument.

A function symbol of sort `nat->R` ranges over all functions that give each natural number a value of
sort R. A `lam` is one of them only if its body is shown to be such a value for an arbitrary argument.
For `real->real`, the bounded Borel functions, it is shown to be bounded too.
"""

from __future__ import annotations

from .errors import Refused
from .kinds import kind
from .regularity import check_bounded
from .signs import Signs
from .terms import Term, num


def check_value(ctx: Signs, t: Term, sort: str, what: str) -> None:
    """Refuse unless t is shown to be defined and to lie in the sort; `what` is what it stands for."""
    if sort == "op":
        if kind(t) != "operator":
            raise Refused(f"{what} is an operator", t)
        ctx.nf(Term("entry", (t, num(0), num(0))))  # an entry asks for all that the operator is made of
        return
    if kind(t) != "number":
        raise Refused(f"{what} is a number", t)
    p = ctx.nf(t)
    if sort in ("nat", "int") and not ctx.integer(p):
        raise Refused(f"{what} is an integer, and this is not shown to be one", t)
    if sort == "nat" and not ctx.nonnegative(p):
        raise Refused(f"{what} is a natural number, and this is not shown to be ≥ 0", t)
    if sort == "real" and not ctx.real(p):
        raise Refused(f"{what} is real, and this is not shown to be real", t)


def natural(ctx: Signs, *numbers: Term) -> None:
    """Refuse unless each of the numbers is shown to be natural."""
    for n in numbers:
        p = ctx.nf(n)
        if not (ctx.integer(p) and ctx.nonnegative(p)):
            raise Refused("not shown to be a natural number", n)


def check_function(ctx: Signs, function: Term, sort: str, what: str) -> None:
    """Refuse unless the `lam` has a value of the right sort for every argument, and is bounded Borel for real->real."""
    domain, values = sort.split("->")
    if function.op != "lam" or function.args[1] != domain:
        raise Refused(f"{what} is a function of a variable of sort {domain}", function)
    child, v, body = ctx.under(function)
    check_value(child, body, values, f"each value of {what}")
    if domain == "real":
        check_bounded(child, child.nf(body), v, function)
    ctx.absorb(child)
