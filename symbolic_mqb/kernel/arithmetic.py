"""Python's operators as constructors of terms. They build and never evaluate."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from .errors import TermError

if TYPE_CHECKING:
    from .terms import Term


def term(value: Any) -> Term:
    """`value` as a term: terms stay, ints and Fractions become numbers, all else is refused."""
    return value if isinstance(value, terms.Term) else terms.num(value)


def _node(op: str, *args: Any) -> Term:
    return terms.Term(op, tuple([term(a) for a in args]))


def _joined(op: str, left: Any, right: Any) -> Term:
    """left op right, one node for a chain a op b op c."""
    left, right = term(left), term(right)
    return _node(op, *(left.args if left.op == op else (left,)), right)


class Arithmetic:
    """Mixed into `Term`."""

    __slots__ = ()

    def __add__(self, other: Any) -> Term:
        return _joined("add", self, other)

    def __radd__(self, other: Any) -> Term:
        return _joined("add", other, self)

    def __sub__(self, other: Any) -> Term:
        return _joined("add", self, -term(other))

    def __rsub__(self, other: Any) -> Term:
        return _joined("add", other, -term(self))

    def __mul__(self, other: Any) -> Term:
        return _joined("mul", self, other)

    def __rmul__(self, other: Any) -> Term:
        return _joined("mul", other, self)

    def __truediv__(self, other: Any) -> Term:
        return _joined("mul", self, _node("pow", other, -1))

    def __rtruediv__(self, other: Any) -> Term:
        return _joined("mul", other, _node("pow", self, -1))

    def __pow__(self, other: Any) -> Term:
        return _node("pow", self, other)

    def __rpow__(self, other: Any) -> Term:
        return _node("pow", other, self)

    def __neg__(self) -> Term:
        me = term(self)
        if me.op == "num":
            return term(Fraction(-me.args[0]))
        return _joined("mul", -1, me) if me.op != "mul" else _node("mul", -1, *me.args)

    def __le__(self, other: Any) -> Term:
        return _node("le", self, other)

    def __lt__(self, other: Any) -> Term:
        return _node("lt", self, other)

    def __ge__(self, other: Any) -> Term:
        return _node("le", other, self)

    def __gt__(self, other: Any) -> Term:
        return _node("lt", other, self)

    def __call__(self, *arguments: Any) -> Term:
        """The function symbol at its arguments: c(k), or c(k, l)."""
        return _node("app", self, *arguments)

    def __bool__(self) -> bool:
        raise TermError(f"{self!r} is a statement, neither true nor false in Python; write bounds one by one")


from . import terms  # noqa: E402 - terms are made of this module's class
