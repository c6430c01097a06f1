"""What an author declares: results as data. Declaring proves nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .kernel import arithmetic
from .kernel.errors import TermError
from .kernel.kinds import kind
from .kernel.signatures import PROP, SIGNATURES
from .kernel.terms import Term

#: Python writes no integer of more than 4300 digits.
_MOST_BITS = 13_300
TOO_LONG = "a number of more than 4000 digits is too long to be written: let a variable stand for it"
SEVERITIES = ("changes a result", "missing condition", "slip")


def term(value: Any) -> Term:
    """An expression as a term: terms, exact numbers and SymPy expressions (which are translated)."""
    if _from_sympy(value):
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
    value = term(expression)
    if _states(value):
        raise TermError(f"eq takes the expression that the line before equals, not the statement {value!r}")
    _require_steps(by, "eq", value)
    return Line("eq", value, by)


def have(statement: Any, by: Any) -> Line:
    """A statement of its own (an inequality, an expansion, a limit), by a reason that proves it.

    An equation may also have the reasons of a chain, which lead from its left side to its right side.
    """
    value = term(statement) if _from_sympy(statement) else statement
    if not isinstance(value, Term) or not _states(value):
        raise TermError(f"have takes a statement such as equal(x, y) or x > 0, not {value!r} (x == y is Python's own)")
    if not isinstance(by, type) and callable(getattr(by, "prove", None)):
        return Line("statement", value, by)
    if value.op != "eq":
        raise TermError(f"have({value!r}, by=…): a reason that proves a statement is expected, not {by!r}")
    _require_steps(by, "have", value)
    from .tactics.equations import Steps

    return Line("statement", value, Steps(tuple(by) if isinstance(by, (list, tuple)) else (by,)))


def too_long(value: Fraction) -> bool:
    """Whether a number has too many digits to be written."""
    return max(value.numerator.bit_length(), value.denominator.bit_length()) > _MOST_BITS


def _require_short(terms: Iterable[Term], label: str) -> None:
    """Refuse numbers that are too long: they could not be shown, nor written into a record."""
    waiting, seen = list(terms), set()
    while waiting:
        t = waiting.pop()
        if t.op == "num" and too_long(t.args[0]):
            raise TermError(f"({label}): {TOO_LONG}")
        for a in t.args:
            if type(a) is Term and id(a) not in seen:
                seen.add(id(a))
                waiting.append(a)


def _from_sympy(value: Any) -> bool:
    module: str = type(value).__module__
    return module.partition(".")[0] in ("sympy", "symbolic_mqb") and not isinstance(value, Term)


def _states(t: Term) -> bool:
    """Whether the term is a statement, by its outermost operation."""
    return t.op in SIGNATURES and SIGNATURES[t.op][1] == PROP


def _require_steps(by: Any, word: str, value: Term) -> None:
    """Refuse what leads from no expression to another one."""
    for reason in by if isinstance(by, (list, tuple)) else (by,):
        if isinstance(reason, type) or not callable(getattr(reason, "step", None)):
            what = "proves a statement: write have(equal(…), by=…)" if hasattr(reason, "prove") else "is no reason"
            raise TermError(
                f"{word}({value!r}, by=…): {reason!r} {what}; a reason is algebra, use('A9', n=2), … or a list of them"
            )


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

    def __post_init__(self) -> None:
        """Refuse at once what is no erratum, where the author wrote it."""
        if not isinstance(self.printed, Term) or not _states(self.printed):
            raise TermError(f"an erratum's printed form is a statement such as equal(x, y), not {self.printed!r}")
        _require_point(self.counterexample, "an erratum's counterexample")
        for v, x in self.counterexample:
            if not _may_be(v.args[1], x):
                raise TermError(
                    f"an erratum's counterexample: {x!r} is no exact value of {v!r}, which ranges over {v.args[1]}"
                )
        missing = self.printed.free - {v for v, _ in self.counterexample}
        if missing:
            names = ", ".join(sorted(map(repr, missing)))
            raise TermError(f"an erratum's counterexample has no value for {names} of {self.printed!r}")
        _require_texts(self, "an erratum", "explanation", "consequence")
        if self.severity not in SEVERITIES:
            raise TermError(f"an erratum's severity is one of {', '.join(SEVERITIES)}, not {self.severity!r}")


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

    def __post_init__(self) -> None:
        """Refuse at once what is no point, where the author wrote it."""
        if not isinstance(self.hypothesis, Term) or not _states(self.hypothesis):
            raise TermError(f"what is needed is a hypothesis such as x > 0, not {self.hypothesis!r}")
        _require_point(self.at, "the point of a needed hypothesis")


@dataclass(frozen=True)
class Citation:
    """An external theorem: its statement, hypotheses and reference, and how each hypothesis is met."""

    name: str
    statement: str
    hypotheses: tuple[tuple[str, str], ...]
    reference: str

    def __post_init__(self) -> None:
        """Refuse at once what is no citation, where the author wrote it."""
        _require_texts(self, "a citation", "name", "statement", "reference")
        pairs = self.hypotheses
        if not _listed(pairs) or not all(_listed(p) and len(p) == 2 and all(map(_text, p)) for p in pairs):
            raise TermError(f"a citation's hypotheses are pairs of texts (hypothesis, how it is met), not {pairs!r}")


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _listed(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _require_texts(declared: Any, what: str, *names: str) -> None:
    for name in names:
        if not _text(getattr(declared, name)):
            raise TermError(f"{what}: the {name} is a text, not {getattr(declared, name)!r}")


def _require_point(point: Any, what: str) -> None:
    """Pairs of a variable and a value."""
    if not _listed(point) or not all(_listed(p) and len(p) == 2 for p in point):
        raise TermError(f"{what} is made of pairs (variable, value), not {point!r}")
    for v, _ in point:
        if not isinstance(v, Term) or v.op != "var":
            raise TermError(f"{what} gives values of variables, not of {v!r}")


def _may_be(sort: str, x: Any) -> bool:
    """Whether a value can be one of a variable of this sort; of functions, operators, … the numerics judge."""
    if isinstance(x, Term):
        return x.op != "num" or _may_be(sort, x.args[0])
    if sort == "complex" and isinstance(x, tuple):
        return len(x) == 2 and all(_may_be("real", part) for part in x)
    if x is None or isinstance(x, (str, float)):
        return False
    if sort not in ("nat", "int", "real", "complex"):
        return True
    exact = isinstance(x, (int, Fraction)) and not isinstance(x, bool)
    return exact and (sort in ("real", "complex") or (x == int(x) and (sort == "int" or x >= 0)))


class _Shown:
    """How a declaration shows itself in Jupyter."""

    def _repr_html_(self) -> str:
        from .render.jupyter import declared_html

        return declared_html(self)  # type: ignore[arg-type]

    def _repr_latex_(self) -> str:
        from .render.jupyter import declared_latex

        return declared_latex(self)  # type: ignore[arg-type]


def _check(declared: Any) -> None:
    """A label of one line, texts, a sequence of lines, hypotheses that are statements, errata and citations."""
    label = declared.label
    if not isinstance(label, str) or not label.strip() or not label.isprintable():
        raise TermError(f"a label is a text of one line, not {label!r}")
    if "#" in label:
        raise TermError(f"a label has no #, which stands before the number of a line as in A1#2: {label!r}")
    _require_texts(declared, f"({label})", "title", "equation", "note")
    for name in ("chain", "given", "errata", "cites"):
        if not _listed(getattr(declared, name)):
            raise TermError(f"({label}): {name} is a list, not {getattr(declared, name)!r}")
    for h in declared.given:
        if not isinstance(h, Term) or kind(h) != "prop":
            raise TermError(f"({label}): a hypothesis is a statement such as x > 0 or equal(x, y), not {h!r}")
    _require_all(declared, "errata", Erratum)
    _require_all(declared, "cites", Citation)


def _require_all(declared: Any, name: str, cls: type) -> None:
    for x in getattr(declared, name):
        if not isinstance(x, cls):
            raise TermError(f"({declared.label}): {name} holds {cls.__name__}(…), not {x!r}")


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
        if not _listed(self.needs):
            raise TermError(f"({self.label}): needs is a list, not {self.needs!r}")
        _require_all(self, "needs", Needed)
        if self.first is None and self.lines[0].relation == "eq":
            raise TermError(f"({self.label}): before eq(…) there is an expression that it equals")
        if self.first is not None and _states(self.first):
            raise TermError(f"({self.label}): a chain starts with an expression, not with the statement {self.first!r}")
        for x in self.chain[1:]:
            if not isinstance(x, Line):
                raise TermError(f"({self.label}): after the first expression a chain holds eq(…) or have(…), not {x!r}")

        _require_short((*self.claims(), *self.given, *(e.printed for e in self.errata)), self.label)

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
            if not isinstance(x, Line) or x.relation != "statement":
                raise TermError(f"({self.label}): a definition's chain holds have(…), not {x!r}")
        _require_short((self.symbol, *self.claims(), *self.given, *(e.printed for e in self.errata)), self.label)

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
