"""Where closures find values: a frame is (scope, bound values …), the innermost bound value last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..kernel.terms import Term
from .errors import Undefined
from .integrals import Ledger
from .scalars import Value

Frame = tuple[Any, ...]
Code = Callable[[Frame], Any]
Sorts = tuple[str, ...]


@dataclass
class Scope:
    """The values of the free variables at the current precision, and what has been computed from them.

    `memo` keeps the values of terms, `recent` those of terms with bound variables, under what they were computed from.
    `outer` is the scope in which only the values of `changed` differ: what mentions none of them has its value there.
    Both have one ledger.
    """

    values: dict[Term, Any]
    remainder: Callable[[Value, Value], Value] | None = None
    ledger: Ledger = field(default_factory=Ledger)
    memo: dict[Any, Any] = field(default_factory=dict)
    recent: dict[Any, Any] = field(default_factory=dict)
    outer: Scope | None = None
    changed: frozenset[Term] = frozenset()

    def beside(self, remainder: Callable[[Value, Value], Value]) -> Scope:
        """The same values with other remainders; what is kept contains none."""
        return Scope(self.values, remainder, self.ledger, self.memo, self.recent, self.outer, self.changed)

    def home(self, free: frozenset[Term]) -> Scope:
        """The outermost scope in which a term with these free variables has the same value."""
        scope = self
        while scope.outer is not None and free.isdisjoint(scope.changed):
            scope = scope.outer
        return scope


def named(t: Term, code: Code) -> Code:
    """The code, with the subterm named when it is undefined."""

    def run(f: Frame) -> Any:
        try:
            return code(f)
        except Undefined as error:
            raise _located(error, t) from None

    return run


def named_unary(t: Term, function: Callable[[Value], Value], argument: Code) -> Code:
    """`named` for a function of one value, in one call."""

    def run(f: Frame) -> Any:
        try:
            return function(argument(f))
        except Undefined as error:
            raise _located(error, t) from None

    return run


def named_binary(t: Term, function: Callable[[Value, Value], Value], left: Code, right: Code) -> Code:
    """`named` for a function of two values, in one call."""

    def run(f: Frame) -> Any:
        try:
            return function(left(f), right(f))
        except Undefined as error:
            raise _located(error, t) from None

    return run


def _located(error: Undefined, t: Term) -> Undefined:
    """The innermost subterm that is undefined is the one that is named."""
    return Undefined(error.reason, t) if error.where is None else error
