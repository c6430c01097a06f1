"""Statements as SymPy objects that SymPy never decides.

They are `Basic` and not `Boolean`: `Equation(x, x)` stays, where `Eq(x, x)` becomes `True` and
`m >= 0` is lost on a nonnegative symbol.
"""

from __future__ import annotations

from typing import Any, ClassVar

import sympy as sp

from .base import Printed, checked


class Statement(Printed, sp.Basic):  # type: ignore[misc]
    """A statement that SymPy never decides. `relational()` is SymPy's own relation, which may evaluate."""

    sign: ClassVar[str] = ""

    def __new__(cls, *args: Any) -> Any:
        """The statement, undecided; TypeError if the number of arguments is wrong."""
        return sp.Basic.__new__(cls, *checked(cls, args))

    def _sympystr(self, printer: Any) -> str:
        if not self.sign:
            return f"{type(self).__name__}({', '.join(printer.doprint(a) for a in self.args)})"
        return f" {self.sign} ".join(printer.doprint(a) for a in self.args)

    def __bool__(self) -> bool:
        raise TypeError(f"{self} is a statement, neither true nor false in Python")

    def relational(self) -> Any:
        """SymPy's relation; it may turn into `true` or `false` at once."""
        make = {"eq": sp.Eq, "le": sp.Le, "lt": sp.Lt, "ne": sp.Ne}.get(self.term_op)
        if make is None:
            raise TypeError(f"SymPy has no relation for {type(self).__name__}")
        return make(*self.args)


class Equation(Statement):
    """The statement a = b."""

    term_op, sign, template = "eq", "=", "{0} = {1}"


class AtMost(Statement):
    """The statement a ≤ b."""

    term_op, sign, template = "le", "<=", r"{0} \leq {1}"


class Less(Statement):
    """The statement a < b."""

    term_op, sign, template = "lt", "<", "{0} < {1}"


class Unequal(Statement):
    """The statement a ≠ b."""

    term_op, sign, template = "ne", "!=", r"{0} \neq {1}"


class IsInteger(Statement):
    """The statement a ∈ ℤ."""

    term_op, template = "is_int", r"{0} \in \mathbb{{Z}}"


class IsReal(Statement):
    """The statement a ∈ ℝ."""

    term_op, template = "is_real", r"{0} \in \mathbb{{R}}"


class Bounded(Statement):
    """The statement |f(x)| ≤ C for every real x: Bounded(x, f(x), C)."""

    term_op, variable_at = "bounded", 0
    template = r"\left|{1}\right| \leq {2} \quad \text{{for all }} {0} \in \mathbb{{R}}"


class Povm(Statement):
    """The statement that E_1, …, E_d are a POVM: Povm(E, d)."""

    term_op, template = "povm", r"\left({0}_j\right)_{{j=1}}^{{{1}}} \text{{ is a POVM}}"


class ProjectiveMeasurement(Statement):
    """The statement that E_1, …, E_d is a projective measurement."""

    term_op, template = "projective", r"\left({0}_j\right)_{{j=1}}^{{{1}}} \text{{ is a projective measurement}}"


class TendsTo(Statement):
    """The statement f(N) → v as N → ∞: TendsTo(N, f(N), v)."""

    term_op, variable_at, template = "limit", 0, r"{1} \xrightarrow[{0} \to \infty]{{}} {2}"


class Eventually(Statement):
    """An asymptotic statement in N, with the number that goes with it: Eventually(c, N, statement)."""

    term_op, variable_at, template = "asymptotic", 1, r"{2} \qquad ({1} \to \infty,\ {0})"


class WeakLimit(Statement):
    """Probability measures tend weakly to one, with the rate C·N^(−q): WeakLimit(N, μ_N, μ, C, q)."""

    term_op, variable_at = "weak_limit", 0
    template = r"{1} \xrightarrow[{0} \to \infty]{{w}} {2} \quad (\text{{rate }} {3} {0}^{{-{4}}})"
