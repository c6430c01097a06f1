"""The common parts of the bridge's own SymPy classes: printing by template, and bound variables."""

from __future__ import annotations

from typing import Any, ClassVar

import sympy as sp

from ..kernel.signatures import SIGNATURES


class Printed:
    """Printing by `template`, and the place of a bound variable (its body comes next), if there is one."""

    __slots__ = ()
    term_op: ClassVar[str] = ""
    template: ClassVar[str] = ""
    variable_at: ClassVar[int | None] = None
    args: Any

    def _latex(self, printer: Any, exp: Any = None) -> str:
        text = self.template.format(*(printer.doprint(a) for a in self.args))
        return text if exp is None else rf"\left({text}\right)^{{{exp}}}"

    @property
    def bound_symbols(self) -> list[Any]:
        """The bound variable, if the operation has one."""
        return [] if self.variable_at is None else [self.args[self.variable_at]]

    @property
    def free_symbols(self) -> set[Any]:
        """Symbols that occur, the bound variable in its body aside."""
        out: set[Any] = set()
        for i, a in enumerate(self.args):
            if self.variable_at is None or i not in (self.variable_at, self.variable_at + 1):
                out |= a.free_symbols
        return out | (self.body.free_symbols - set(self.bound_symbols) if self.variable_at is not None else set())

    @property
    def body(self) -> Any:
        """What stands under the bound variable."""
        return self.args[-1 if self.variable_at is None else self.variable_at + 1]

    def _eval_subs(self, old: Any, new: Any) -> Any:
        """Substitution in the free occurrences; the bound variable is renamed if `new` mentions it."""
        if self.variable_at is None:
            return None
        at, v, body = self.variable_at, self.args[self.variable_at], self.body
        args = [a._subs(old, new) for a in self.args]
        args[at] = v
        if old == v:
            args[at + 1] = body
        elif v in getattr(new, "free_symbols", ()):
            args[at] = sp.Dummy(v.name, **v._assumptions_orig)
            args[at + 1] = body._subs(v, args[at])._subs(old, new)
        return type(self)(*args)


def checked(cls: Any, args: tuple[Any, ...]) -> list[Any]:
    """The arguments as SymPy objects, strings refused, of the number that the operation takes."""
    out = [sp.sympify(a, strict=True) for a in args]
    if sp.nan in out:
        raise ValueError(f"{cls.__name__} takes no nan, which is no number")
    if cls.term_op in SIGNATURES:
        wanted = sum(2 if w.startswith("lam:") else 1 for w in SIGNATURES[cls.term_op][0])
        if len(out) != wanted:
            raise TypeError(f"{cls.__name__} takes {wanted} arguments, got {len(out)}")
    if cls.variable_at is not None and not isinstance(out[cls.variable_at], sp.Symbol):
        raise TypeError(f"{cls.__name__} runs over a symbol, not over {out[cls.variable_at]}")
    return out


class Notation(Printed, sp.Expr):  # type: ignore[misc]
    """An expression of the paper's own notation; a number unless a subclass says otherwise."""

    is_commutative = True

    def __new__(cls, *args: Any) -> Any:
        """A node with these arguments, unevaluated; TypeError if their number is wrong."""
        return sp.Expr.__new__(cls, *checked(cls, args))
