"""What an author declares: results as data. Declaring proves nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .kernel import arithmetic
from .kernel.errors import TermError
from .kernel.kinds import kind
from .kernel.terms import Term


def term(value: Any) -> Term:
    """An expression as a term: terms, exact numbers and SymPy expressions (which are translated)."""
    if type(value).__module__.partition(".")[0] in ("sympy", "symbolic_mqb") and not isinstance(value, Term):
        from .sympy_bridge import from_sympy

        return from_sympy(value)
    return arithmetic.term(value)


@dataclass(frozen=True)
class Line:
    """One printed relation. `relation` is 'eq' (= the line before) or 'statement' (stands alone)."""

    relation: str
    expression: Term
    by: Any


def eq(expression: Any, by: Any) -> Line:
    """The next line of a chain: = expression (a term or a SymPy expression), by a reason or several."""
    return Line("eq", term(expression), by)


def have(statement: Term, by: Any) -> Line:
    """A statement of its own (an inequality, an expansion, a limit), by a reason that proves it."""
    return Line("statement", statement, by)


@dataclass(frozen=True)
class Erratum:
    """An error of the print.

    `printed` is the statement as printed, `counterexample` a point (variable, value) that refutes it
    (or where it is not defined), `severity` one of 'changes a result', 'missing condition', 'slip'.
    """

    printed: Term
    counterexample: tuple[tuple[Term, Any], ...]
    explanation: str
    consequence: str
    severity: str


@dataclass(frozen=True)
class Needed:
    """Why a result has a hypothesis: a point where all others hold, and the statement fails or has no value.

    The numerics check both before it counts. A sequence of states is written as a natural number: 0 is |0…0⟩, 1 is
    (|0…0⟩ + i|1…1⟩)/√2, others are mixtures. What the others say of all N no number settles: `by` are reasons that
    prove it there, as after `by=` in a line, with the values that are terms in place.
    """

    hypothesis: Term
    at: tuple[tuple[Term, Any], ...]
    by: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Citation:
    """An external theorem: its statement, hypotheses and reference, and how each hypothesis is met."""

    name: str
    statement: str
    hypotheses: tuple[tuple[str, str], ...]
    reference: str


class _Shown:
    """How a declaration shows itself in Jupyter."""

    def _repr_html_(self) -> str:
        from .render.jupyter import declared_html

        return declared_html(self)  # type: ignore[arg-type]

    def _repr_latex_(self) -> str:
        from .render.jupyter import declared_latex

        return declared_latex(self)  # type: ignore[arg-type]


def _check(declared: Any) -> None:
    """A label of one line, a title, a sequence of lines, hypotheses that are statements."""
    label = declared.label
    if not isinstance(label, str) or not label.strip() or not label.isprintable():
        raise TermError(f"a label is a text of one line, not {label!r}")
    if not isinstance(declared.title, str):
        raise TermError(f"({label}): the title is a text, not {declared.title!r}")
    for name in ("chain", "given"):
        value = getattr(declared, name)
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise TermError(f"({label}): {name} is a list, not {value!r}")
    for h in declared.given:
        if not isinstance(h, Term) or kind(h) != "prop":
            raise TermError(f"({label}): a hypothesis is a statement such as x > 0 or equal(x, y), not {h!r}")


@dataclass(frozen=True)
class Result(_Shown):
    """A labelled statement with its derivation.

    `chain` starts with an expression followed by `eq` lines, or consists of `have` lines; the result
    is then first = last, or the last statement. `equation` is the printed equation it belongs to; `needs` gives
    points for hypotheses without which it is false, where `symbolic-mqb hypotheses` may not find one.
    """

    label: str
    title: str
    chain: Sequence[Any]
    given: tuple[Term, ...] = ()
    equation: str = ""
    errata: tuple[Erratum, ...] = ()
    cites: tuple[Citation, ...] = ()
    note: str = ""
    needs: tuple[Needed, ...] = ()

    def __post_init__(self) -> None:
        """Refuse at once what is no declaration, where the author wrote it."""
        _check(self)
        if not any(isinstance(x, Line) for x in self.chain):
            raise TermError(f"({self.label}): the chain has no line: give an expression and eq(…), or have(…)")
        if not isinstance(self.chain[0], Line):
            term(self.chain[0])
        for x in self.chain[1:]:
            if not isinstance(x, Line):
                raise TermError(f"({self.label}): after the first expression a chain holds eq(…) or have(…), not {x!r}")

    @property
    def kind(self) -> str:
        """'result'."""
        return "result"

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines with reasons."""
        return tuple(x for x in self.chain if isinstance(x, Line))

    @property
    def first(self) -> Term | None:
        """The expression that the chain starts from, if it is a chain of equations."""
        return None if isinstance(self.chain[0], Line) else term(self.chain[0])

    @property
    def statement(self) -> Term:
        """What the result says."""
        last = self.lines[-1]
        return Term("eq", (self.first, last.expression)) if last.relation == "eq" else last.expression

    def sympy(self) -> tuple[Any, ...]:
        """The statement of each line as an unevaluated SymPy expression."""
        from .sympy_bridge import to_sympy

        return tuple(to_sympy(claim) for claim in self.claims())

    def claims(self) -> tuple[Term, ...]:
        """The statement of each line, in order."""
        out, previous = [], self.first
        for line in self.lines:
            if line.relation == "eq":
                out.append(Term("eq", (previous, line.expression)))
                previous = line.expression
            else:
                out.append(line.expression)
        return tuple(out)


@dataclass(frozen=True)
class Definition(_Shown):
    """A symbol that the paper introduces: symbol := meaning, with what makes it well defined.

    The meaning must be defined under `given`; `chain` may hold `have` lines on well-definedness.
    """

    label: str
    title: str
    symbol: Term
    given: tuple[Term, ...] = ()
    chain: tuple[Line, ...] = ()
    equation: str = ""
    errata: tuple[Erratum, ...] = ()
    cites: tuple[Citation, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse at once what is no declaration, where the author wrote it."""
        _check(self)
        if not isinstance(self.symbol, Term) or self.symbol.op != "call":
            raise TermError(f"({self.label}): a defined symbol at its arguments is expected, not {self.symbol!r}")
        for x in self.chain:
            if not isinstance(x, Line):
                raise TermError(f"({self.label}): a definition's chain holds have(…), not {x!r}")

    @property
    def kind(self) -> str:
        """'definition'."""
        return "definition"

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines on well-definedness."""
        return self.chain

    @property
    def first(self) -> Term | None:
        """The symbol."""
        return self.symbol

    @property
    def statement(self) -> Term:
        """symbol = its definition."""
        from .kernel.terms import unfold

        return Term("eq", (self.symbol, unfold(self.symbol)))

    def claims(self) -> tuple[Term, ...]:
        """The statements on well-definedness."""
        return tuple(line.expression for line in self.chain)


Declared = Result | Definition
