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
    """

    values: dict[Term, Any]
    remainder: Callable[[Value, Value], Value] | None = None
    ledger: Ledger = field(default_factory=Ledger)
    memo: dict[Any, Any] = field(default_factory=dict)
    recent: dict[Any, Any] = field(default_factory=dict)

    def beside(self, remainder: Callable[[Value, Value], Value]) -> Scope:
        """The same values with other remainders; what is kept contains none."""
        return Scope(self.values, remainder, self.ledger, self.memo, self.recent)


def named(t: Term, code: Code) -> Code:
    """The code, with the subterm named when it is undefined."""

    def run(f: Frame) -> Any:
        try:
            return code(f)
        except Undefined as error:
            if error.where is None:
                raise Undefined(error.reason, t) from None
            raise

    return run
