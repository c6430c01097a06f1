"""The JSON report of a verification; its schema is `report_schema.json` beside this file."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import Any

from .evidence import Evidence
from .kernel.terms import Term
from .render.latex import latex
from .render.messages import failure_text
from .render.reasons import reason
from .render.text import text
from .results import Declared
from .steps import inference, source
from .trusted import trusted_base
from .verify import Outcome, Verification

FORMAT, VERSION = "symbolic-mqb report", 1
_EXACT = 10**6
SORT_WORDS = {
    "nat": "a natural number (0, 1, 2, …)",
    "int": "an integer",
    "real": "a real number",
    "complex": "a complex number",
    "op": "an operator on a qubit",
    "tuple": "a sequence of outcomes",
    "measure": "a probability measure on the real line",
    "states": "a sequence of states of 0, 1, 2, … qubits",
    "real->real": "a bounded Borel function of a real variable",
    "nat->nat": "a sequence of natural numbers",
    "nat->real": "a sequence of real numbers",
    "nat->complex": "a sequence of complex numbers",
    "nat->op": "a sequence of operators on a qubit",
    "int->complex": "complex numbers, one for each integer",
    "int,int->complex": "complex numbers, one for each pair of integers",
}


def schema() -> dict[str, Any]:
    """The JSON schema of the report."""
    data = json.loads(files(__package__).joinpath("report_schema.json").read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


def report(v: Verification, *, typeset: bool = True) -> dict[str, Any]:
    """The report as JSON data; without `typeset` its formulas are left empty, for a summary of the verdicts."""
    write = _Writing(latex, text, reason) if typeset else _Writing(_nothing, _nothing, _nothing)
    results = [_result(o, v.digits, write) for o in v.outcomes.values()]
    rules = sorted({r for result in results for line in result["lines"] for r in line["rule"]})
    base = trusted_base()
    return {
        "format": FORMAT,
        "version": VERSION,
        "passed": v.passed,
        "seed": v.seed,
        "digits": v.digits,
        "seconds": round(v.seconds, 3),
        "versions": versions(),
        "trusted_base": {
            "files": [{"path": path, "lines_of_code": count} for path, count in base],
            "lines_of_code": sum(count for _, count in base),
        },
        "rules": {r: {"inference": inference(r), "source": source(r)} for r in rules},
        "results": results,
    }


@dataclass(frozen=True)
class _Writing:
    """How formulas and reasons are written."""

    latex: Callable[[Term], str]
    text: Callable[[Term], str]
    reason: Callable[[Any], str]


def _nothing(_: Any) -> str:
    return ""


def dump(data: dict[str, Any]) -> str:
    """The report as text: the same bytes for the same data."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def versions() -> dict[str, str]:
    """The versions that took part; SymPy and others are named without being imported."""
    out = {"python": platform.python_version()}
    for name in ("symbolic-mqb", "python-flint", "mpmath", "sympy"):
        try:
            out[name] = version(name)
        except PackageNotFoundError:
            out[name] = "not installed"
    return out


def domain(declared: Declared, write: _Writing | None = None) -> list[dict[str, str]]:
    """The free variables and what they range over."""
    write = write or _Writing(latex, text, reason)
    given = declared.given
    free = declared.statement.free.union(*(h.free for h in given))
    out = []
    for v in sorted(free, key=lambda w: (str(w.args[0]), str(w.args[1]))):
        out.append(
            {"symbol": write.latex(v), "text": write.text(v), "sort": v.args[1], "meaning": SORT_WORDS[v.args[1]]}
        )
    return out


def _result(o: Outcome, asked: int, write: _Writing) -> dict[str, Any]:
    declared = o.declared
    errata = _errata(o, write) if declared is not None else None
    return {
        "label": o.label,
        "equation": declared.equation if declared else "",
        "title": declared.title if declared else "",
        "kind": declared.kind if declared else "unknown",
        "verdict": o.verdict,
        "because": list(o.because),
        "failure": failure_text(o) if o.failure is not None else None,
        "printed": None if declared is None else errata[0]["printed"] if errata else write.latex(declared.statement),
        "statement": None if declared is None else write.latex(declared.statement),
        "domain": domain(declared, write) if declared else [],
        "hypotheses": _hypotheses(o, write),
        "lines": _lines(o, write) if declared else [],
        "lines_replayed": o.replayed,
        "uses": sorted(o.uses),
        "cites": _cites(declared) if declared else [],
        "numeric": _numeric(o.evidences, asked),
        "erratum": errata,
        "note": declared.note if declared else "",
        "seconds": round(o.seconds, 3),
    }


def _hypotheses(o: Outcome, write: _Writing) -> list[dict[str, Any]]:
    if o.declared is None:
        return []
    used = None if o.proof is None else o.proof.used
    return [
        {"latex": write.latex(h), "text": write.text(h), "used": None if used is None else h in used}
        for h in o.declared.given
    ]


def _lines(o: Outcome, write: _Writing) -> list[dict[str, Any]]:
    assert o.declared is not None
    out = []
    for i, line in enumerate(o.declared.lines):
        step = None if o.proof is None else o.proof.lines[i]
        rules = () if step is None else step.rules
        words = write.reason(line.by)
        sources = [f"({label})" for label in o.uses if f"({label})" in words]
        out.append(
            {
                "number": i + 1,
                "relation": line.relation,
                "latex": write.latex(line.expression),
                "text": write.text(line.expression),
                "reason": words,
                "rule": list(rules),
                "source": sources + [s for s in (source(r) for r in rules) if s],
                "side_conditions": [] if step is None else [write.latex(h) for h in step.used],
                "numeric": _numeric(o.lines[i : i + 1], None),
            }
        )
    return out


def _cites(declared: Declared) -> list[dict[str, Any]]:
    return [
        {
            "name": c.name,
            "statement": c.statement,
            "hypotheses": [{"hypothesis": h, "met": met} for h, met in c.hypotheses],
            "reference": c.reference,
        }
        for c in declared.cites
    ]


def _numeric(evidences: list[Evidence], asked: int | None) -> dict[str, Any] | None:
    if not evidences:
        return None
    order = ("agrees", "undecided", "refuted")
    worst = max(evidences, key=lambda e: order.index(e.verdict) if e.verdict in order else 1)
    reached = min(e.digits for e in evidences)
    data: dict[str, Any] = {
        "verdict": worst.verdict,
        "digits": None if reached >= _EXACT else reached,
        "exact": reached >= _EXACT,
        "points": min(e.points for e in evidences),
        "certified": all(e.certified for e in evidences),
    }
    if asked is not None:
        data["asked_digits"] = asked
        data["reason"] = worst.reason
    if worst.verdict == "refuted":
        data["counterexample"] = dict(worst.counterexample)
        data["sides"] = [worst.left, worst.right]
    return data


def _errata(o: Outcome, write: _Writing) -> list[dict[str, Any]] | None:
    assert o.declared is not None
    out = []
    evidences: list[Evidence] | list[None] = o.errata or [None] * len(o.declared.errata)
    for erratum, evidence in zip(o.declared.errata, evidences, strict=True):
        out.append(
            {
                "printed": write.latex(erratum.printed),
                "printed_text": write.text(erratum.printed),
                "corrected": write.latex(o.declared.statement),
                "corrected_text": write.text(o.declared.statement),
                "counterexample": {text(v): value_text(x) for v, x in erratum.counterexample},
                "refuted": evidence is not None and (evidence.verdict == "refuted" or evidence.undefined),
                "sides": [] if evidence is None else [evidence.left, evidence.right],
                "why": "" if evidence is None else evidence.reason,
                "explanation": erratum.explanation,
                "consequence": erratum.consequence,
                "severity": erratum.severity,
            }
        )
    return out or None


def value_text(x: Any) -> str:
    """A value of a counterexample as text."""
    if isinstance(x, Term):
        return text(x)
    if isinstance(x, dict):
        return "{" + ", ".join(f"{k}: {value_text(v)}" for k, v in sorted(x.items(), key=lambda kv: str(kv[0]))) + "}"
    if isinstance(x, (list, tuple)):
        return "[" + ", ".join(value_text(e) for e in x) + "]"
    return str(x)
