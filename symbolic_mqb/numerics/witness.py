"""Numerical evidence for a statement: both sides at sampled points that satisfy the hypotheses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from flint import acb, arb

from ..kernel.errors import TermError
from ..kernel.kinds import kind
from ..kernel.terms import Term, substitute
from .bench import Bench
from .errors import Undefined, Unsupported
from .evaluate import Evaluator, require_integer, require_values
from .outcomes import FALSE, TRUE, UNDECIDED, Outcome
from .rates import Rate, through
from .sampling import satisfied
from .statements import statement
from .states import States

AGREES, REFUTED, OPEN = "agrees", "refuted", "undecided"
NO_POINT = "no sampled point satisfies the hypotheses"
#: From here on a number of digits means that both sides are exact.
_EXACT = 10**5


@dataclass(frozen=True)
class Evidence:
    """What the second witness says.

    `points` were tried, `agreeing` of them agree; `digits` is the least number of digits to which two
    sides agree. When refuted, `counterexample` is the point and `left`, `right` are the enclosures.
    """

    verdict: str
    points: int = 0
    agreeing: int = 0
    digits: int = 0
    certified: bool = False
    counterexample: dict[str, str] | None = field(default=None, hash=False)
    left: str = ""
    right: str = ""
    reason: str = ""

    @property
    def undefined(self) -> bool:
        """The evidence is open because a side is not defined."""
        return self.verdict == OPEN and self.reason.startswith("undefined")


def check(
    claim: Term,
    hypotheses: Iterable[Term] = (),
    digits: int = 50,
    points: int = 5,
    seed: int = 0,
    rate: Rate | None = None,
    bench: Bench | None = None,
    extreme: bool = False,
) -> Evidence:
    """Test a statement at points that satisfy the hypotheses; one certified failure refutes it.

    A limit is certified at most through a `rate` that is proved elsewhere. A `bench` that is kept for several
    statements saves what they have in common. `extreme` points have numbers at the ends of what is allowed, tiny
    and large ones.
    """
    given = _require_statements(claim, hypotheses)
    for name, value, least in (("digits", digits, 1), ("points", points, 1), ("seed", seed, None)):
        require_integer(name, value, least)
    if rate is not None and not isinstance(rate, Rate):
        raise TypeError(f"rate: a Rate is expected, not {rate!r}")
    try:
        sampled = (bench or Bench()).evaluators(claim, given, digits, points, seed, extreme)
    except Unsupported as error:
        return Evidence(OPEN, reason=str(error))
    if not sampled:
        return Evidence(OPEN, reason=NO_POINT)
    outcomes: list[Outcome] = []
    for evaluator in sampled:
        outcome = _under(given, statement(evaluator, claim))
        if rate is not None:
            outcome = through(rate, evaluator, claim, outcome)
        outcomes.append(outcome)
        if outcome.verdict == FALSE:
            return _refutation(outcome, len(outcomes), claim, given, evaluator.values)
    return _summary(outcomes, digits)


def check_at(
    claim: Term,
    values: Mapping[Term, Any],
    digits: int = 50,
    hypotheses: Iterable[Term] = (),
    bench: Bench | None = None,
) -> Evidence:
    """Test a statement at one given point; the hypotheses, if any, must hold there."""
    given = _require_statements(claim, hypotheses)
    require_values(values)
    require_integer("digits", digits, 1)
    missing = claim.free.union(*(h.free for h in given)) - values.keys()
    if missing:
        return Evidence(OPEN, reason=f"no value for {', '.join(sorted(map(repr, missing)))}")
    closed = {v: x for v, x in values.items() if isinstance(x, Term) and x.op != "lam" and not x.free}
    exact = substitute(claim, closed)  # so that e^{iφ} is exact at φ = π
    compiler = (bench or Bench()).compiler
    if not satisfied(given, values, min(digits, 25), compiler):
        return Evidence(OPEN, reason="the point does not satisfy the hypotheses")
    outcome = _under(given, statement(Evaluator(values, digits, compiler), exact))
    if outcome.verdict == FALSE:
        return _refutation(outcome, 1, claim, given, values)
    return _summary([outcome], digits)


def _require_statements(claim: Term, hypotheses: Iterable[Term]) -> tuple[Term, ...]:
    """The hypotheses, all of them statements as the claim is."""
    if isinstance(hypotheses, str | Term) or not isinstance(hypotheses, Iterable):
        raise TermError(f"hypotheses are a list of statements, not {hypotheses!r}")
    given = tuple(hypotheses)
    for t in (claim, *given):
        if not isinstance(t, Term) or kind(t) != "prop":
            raise TermError(f"not a statement: {t!r}")
    return given


def _under(hypotheses: tuple[Term, ...], outcome: Outcome) -> Outcome:
    """A hypothesis about all large N is known at a few N only: such a point certifies and refutes nothing."""
    if not any(h.op == "asymptotic" for h in hypotheses):
        return outcome
    if outcome.verdict == FALSE:
        return Outcome(UNDECIDED, certified=False, reason="a hypothesis about all large N is known at a few N only")
    return replace(outcome, certified=False)


def _summary(outcomes: list[Outcome], digits: int) -> Evidence:
    agreeing = [o for o in outcomes if o.verdict == TRUE]
    certified = all(o.certified for o in outcomes)
    reached = min(o.digits if o.digits < _EXACT else digits for o in outcomes)
    if len(agreeing) == len(outcomes):
        notes = [o.reason for o in outcomes if o.reason]
        return Evidence(AGREES, len(outcomes), len(agreeing), reached, certified, reason=notes[0] if notes else "")
    first = next(o for o in outcomes if o.verdict != TRUE)
    reason = first.reason or f"only {first.digits} of {digits} digits could be reached"
    left, right = _text_of(first.left), _text_of(first.right)
    return Evidence(OPEN, len(outcomes), len(agreeing), reached, False, None, left, right, reason)


def _refutation(
    outcome: Outcome, tried: int, claim: Term, given: tuple[Term, ...], values: Mapping[Term, Any]
) -> Evidence:
    shown = readable(values, claim.free.union(*(h.free for h in given)))
    left, right = _text_of(outcome.left), _text_of(outcome.right)
    return Evidence(REFUTED, tried, tried - 1, 0, outcome.certified, shown, left, right, outcome.reason)


def _text_of(x: acb | None) -> str:
    """The digits that the enclosure fixes, 15 at most: 0.457833361771502 - 0.915666723543220i."""
    if x is None:
        return ""
    if not x.is_finite():
        return str(x.str(15))
    re, im = (_digits(part) for part in (x.real, x.imag))
    if im == "0":
        return re
    sign = "-" if im.startswith("-") else "+"
    return f"{im}i" if re == "0" else f"{re} {sign} {im.removeprefix('-')}i"


def _digits(x: arb) -> str:
    """The digits of a real number; of one that may be 0 the enclosure, or 0 if that is within 10⁻¹⁵."""
    if x == 0 or (x.contains(0) and x.abs_upper() < arb(10) ** -15):
        return "0"
    return str(x.str(15)) if x.contains(0) else str(x.str(15, radius=False))


def readable(values: Mapping[Term, Any], variables: Iterable[Term]) -> dict[str, str]:
    """The point by names; of a function symbol its first values. A value that is a term is also computed."""
    shown: dict[str, str] = {}
    for v in sorted(variables, key=lambda w: (w.args[0], w.args[1])):
        if v not in values:
            continue
        x = values[v]
        if v.args[1] == "measure":
            shown[repr(v)] = " + ".join(f"{_text(weight)}·δ({_text(point)})" for weight, point in x)
        elif isinstance(x, Mapping):
            shown[repr(v)] = "; ".join(f"{_text(i)}: {_text(x[i])}" for i in _first(x))
        elif v.args[1] == "states" and isinstance(x, int):
            shown[repr(v)] = str(States(x))
        elif isinstance(x, Term) and x.op not in ("lam", "num"):
            shown[repr(v)] = f"{_number(x, values)} = {x!r}"
        else:
            shown[repr(v)] = _text(x)
    return shown


def _first(family: Mapping[Any, Any]) -> list[Any]:
    """The indices 0, …, 4, or the first five pairs of indices."""
    return [i for i in range(5) if i in family] or list(family)[:5]


def _number(t: Term, values: Mapping[Term, Any]) -> str:
    try:
        return str(Evaluator(values, 20).number(t).str(12, radius=False))
    except (Undefined, Unsupported, TermError):
        return "undefined"


def _text(x: Any) -> str:
    if isinstance(x, tuple) and len(x) == 2 and all(isinstance(part, Fraction) for part in x):
        return f"{x[0]}{'-' if x[1] < 0 else '+'}{abs(x[1])}i" if x[1] else str(x[0])
    if isinstance(x, (list, tuple)):
        return "[" + ", ".join(_text(e) for e in x) + "]"
    return str(x)
