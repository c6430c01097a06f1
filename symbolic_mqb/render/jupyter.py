"""How results, theorems, verdicts and failures look in Jupyter: HTML and LaTeX, a failing line with its difference."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from ..kernel.terms import Term, apply, fresh
from ..kernel.theorem import Theorem
from .breaking import PAGE_WIDTH, fitted, tidy
from .latex import latex
from .names import raised, script
from .reasons import reason

if TYPE_CHECKING:
    from ..proving import Failure
    from ..results import Declared
    from ..verify import Outcome, Verification


def difference(a: Term, b: Term) -> tuple[Term, Term]:
    """The smallest parts that differ, if two expressions differ in one place; else the expressions themselves."""
    if a.op == "lam" and b.op == "lam":
        v = fresh(a, b.free)
        return difference(apply(a, v), apply(b, v))
    if a.op != b.op or len(a.args) != len(b.args):
        return a, b
    apart = [(x, y) for x, y in zip(a.args, b.args, strict=True) if x != y]
    if len(apart) == 1 and all(isinstance(part, Term) for part in apart[0]):
        return difference(*apart[0])
    return a, b


def display(t: Term) -> str:
    """A displayed formula."""
    return f"\\[{escape(fitted(t, PAGE_WIDTH), quote=False)}\\]"


def inline(t: Term) -> str:
    """A formula in a sentence."""
    return f"\\({escape(tidy(latex(t)), quote=False)}\\)"


def prose(text: str) -> str:
    """Running text with its indices raised and lowered."""
    out = []
    for piece in raised(text):
        index = script(piece)
        if index is None:
            out.append(escape(piece))
        else:
            tag = "sub" if index[0] == "_" else "sup"
            out.append(f"<{tag}>{prose(index[1])}</{tag}>")
    return "".join(out)


def declared_html(declared: Declared) -> str:
    """The label, the title, the statement, the hypotheses, and the chain in a fold."""
    parts = [
        f"<p><strong>({escape(declared.label)})</strong> {prose(declared.title)}</p>",
        display(declared.statement),
    ]
    if declared.given:
        parts.append(f"<p>given {', '.join(map(inline, declared.given))}</p>")
    if declared.lines:
        rows = [display(declared.first)] if declared.first is not None and declared.kind == "result" else []
        for i, line in enumerate(declared.lines, 1):
            sign = "= " if line.relation == "eq" else ""
            shown = escape(fitted(line.expression, PAGE_WIDTH, sign), quote=False)
            rows.append(f"\\[{shown}\\]<p><small>{i}. {escape(reason(line.by))}</small></p>")
        count = f"{len(declared.lines)} line{'s' * (len(declared.lines) > 1)}"
        parts.append(f"<details><summary>{count}</summary>{''.join(rows)}</details>")
    return "".join(parts)


def declared_latex(declared: Declared) -> str:
    """The chain as a display."""
    from .document import body

    return f"$$\n{body(declared, PAGE_WIDTH)}\n$$"


def theorem_latex(theorem: Theorem) -> str:
    """hypotheses ⊢ conclusion."""
    given = ",\\; ".join(tidy(latex(h)) for h in sorted(theorem.hypotheses, key=repr))
    return f"$${given} \\;\\vdash\\; {tidy(latex(theorem.conclusion))}$$"


def failure_html(failure: Failure) -> str:
    """Where it fails, what was expected, what came out, and where the two differ."""
    line = f", line {failure.line}" if failure.line else ""
    parts = [f"<p><strong>({escape(failure.label)}){line}</strong>: {escape(failure.message)}</p>"]
    if failure.reason:
        parts.append(f"<p>reason: {escape(failure.reason)}</p>")
    shown = {k: v for k, v in failure.shown if isinstance(v, Term) and not v.loose}
    names = {"before": "line before", "expected": "this line", "got": "the reason gives"}
    parts += [f"<p>{names.get(k, k)}:</p>{display(v)}" for k, v in shown.items()]
    if "expected" in shown and "got" in shown:
        here, there = difference(shown["expected"], shown["got"])
        if not (here.loose or there.loose) and here != shown["expected"]:
            parts.append(f"<p>they differ here: {inline(here)} against {inline(there)}</p>")
    return "".join(parts)


def outcome_html(outcome: Outcome) -> str:
    """The verdict of a label, and why it fails if it does."""
    said = f"<p><strong>({escape(outcome.label)})</strong> verdict: {outcome.verdict}</p>"
    if outcome.failure is not None:
        said += failure_html(outcome.failure)
    elif outcome.because:
        said += f"<p>{escape('; '.join(outcome.because))}</p>"
    at = next((e for e in outcome.evidences if e.verdict == "refuted"), None)
    if at is not None:
        point = ", ".join(f"{name} = {value}" for name, value in at.counterexample)
        said += f"<p>false at {escape(point)}: {escape(at.left)} against {escape(at.right)}</p>"
    return said


def verification_html(verification: Verification) -> str:
    """A table of verdicts, then what does not pass."""
    rows = []
    for o in verification.outcomes.values():
        title = prose(o.declared.title if o.declared else "")
        rows.append(f"<tr>{_cell(f'({escape(o.label)})')}{_cell(o.verdict)}{_cell(title)}</tr>")
    head = f"<tr>{''.join(_cell(name, 'th') for name in ('label', 'verdict', 'title'))}</tr>"
    wrong = "".join(outcome_html(o) for o in verification.outcomes.values() if not o.passed)
    return f"<table>{head}{''.join(rows)}</table>{wrong}"


def _cell(html: str, tag: str = "td") -> str:
    return f'<{tag} style="text-align: left">{html}</{tag}>'


def register(ipython: Any) -> None:
    """Let Jupyter typeset terms and theorems as well (`%load_ext symbolic_mqb`)."""
    formatter = ipython.display_formatter.formatters["text/latex"]
    formatter.for_type(Term, lambda t: None if t.loose else f"$${tidy(latex(t))}$$")
    formatter.for_type(Theorem, theorem_latex)
