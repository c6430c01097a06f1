"""A limit certified through a proved rate: |f(N) − v| ≤ C·N^{−q} by enclosures, from its own f and v, at growing N.

Values at a few N never decide a limit. A bound that goes to zero does, if it holds for all large N; that it does
is proved elsewhere, and what is tested here is the bound itself, with enclosures of both its sides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from ..kernel.terms import Term, apply, fresh, lam, num
from .errors import Undefined, Unsupported
from .evaluate import Evaluator
from .large import first_size
from .outcomes import FALSE, TRUE, UNDECIDED, Outcome, conjunction
from .sampling import satisfied
from .weak import consequences

#: The sizes at which a bound is tried, where it speaks of them, besides the first one.
SIZES = (10**2, 10**3, 10**6, 10**9)
#: At fewer sizes than these nothing is called certified.
_LEAST = 2


@dataclass(frozen=True)
class Rate:
    """The statement |f(N) − v| ≤ C·N^{−q} of the result `label`, and its hypotheses."""

    label: str
    statement: Term
    given: tuple[Term, ...]


def through(rate: Rate, e: Evaluator, prop: Term, found: Outcome) -> Outcome:
    """The outcome for a limit, `found` from its values alone, with what its rate says at this point."""
    if found.verdict != TRUE or prop.op not in ("limit", "weak_limit"):
        return found
    try:
        outcomes = _tried(rate, e, prop) if prop.op == "limit" else _tried_weakly(rate, e, prop)
    except (Unsupported, Undefined) as error:
        return replace(found, reason=f"({rate.label}): {error}")
    whole = conjunction(iter(outcomes.values()))
    if whole.verdict == TRUE:
        where = ", ".join(f"{n:g}" if n >= 10**5 else str(n) for n in outcomes)
        reason = f"within the bound of ({rate.label}) at N = {where}"
        return replace(whole, certified=all(o.certified for o in outcomes.values()), reason=reason)
    if whole.verdict == FALSE:
        return replace(whole, reason=f"outside the bound of ({rate.label})")
    return replace(found, reason=f"({rate.label}) is not decided: {whole.reason}")


def _tried(rate: Rate, e: Evaluator, prop: Term) -> dict[int, Outcome]:
    """The outcomes at those sizes that the rate speaks of and where its sides are computable."""
    n = _variable(rate)
    if any(h.op == "asymptotic" for h in rate.given):
        raise Unsupported("a hypothesis about all large N is known at a few N only")
    if not _about(rate.statement, prop, n):
        raise Unsupported("it is not about the function and the value of the limit")
    if not _vanishes(rate.statement.args[1], e, n):
        raise Unsupported("its bound is not of the form C·N^{−q} with q > 0")
    start = _first(rate, e, n)
    outcomes, skipped = {}, "no size"
    for size in sorted({start, *(s for s in SIZES if s > start)}):
        try:
            outcome = e.at_size(n, size).statement(rate.statement)
        except (Unsupported, Undefined) as error:
            skipped = str(error)
            continue
        if outcome.verdict == UNDECIDED and outcome.reason.startswith("unsupported"):
            skipped = outcome.reason
            continue
        outcomes[size] = outcome
    if len(outcomes) < _LEAST:
        raise Unsupported(f"its sides are not computable at {_LEAST} sizes: {skipped}")
    return outcomes


def _tried_weakly(rate: Rate, e: Evaluator, prop: Term) -> dict[int, Outcome]:
    """The same for Σ(X − x)²P ≤ C²·N^{−2q} and what the weak limit says at this N, under the hypotheses at this N."""
    n = _variable(rate)
    if not _about_law(rate.statement, prop, n, e):
        raise Unsupported("it is not about the law and the rate of the weak limit")
    found: dict[int, list[Outcome]] = {}
    for v, size, claim in consequences(prop, frozenset(e.values)):
        here = e.at_size(n, size)
        if size not in found:
            if not satisfied(rate.given, here.values, e.digits, e.compiler):
                raise Unsupported(f"a hypothesis of it does not hold at N = {size}")
            found[size] = [here.statement(rate.statement)]
        found[size].append(e.at_size(v, size).statement(claim))
    return {size: conjunction(iter(outcomes)) for size, outcomes in found.items()}


def _about_law(statement: Term, prop: Term, n: Term, e: Evaluator) -> bool:
    """The statement bounds the second moment of the weak limit's law about its point, at twice the rate."""
    family, target, constant, q = prop.args
    law, bound = apply(family, n), statement.args[-1]
    if n in prop.free or statement.op != "le" or law.op != "law" or not _vanishes(bound, e, n):
        return False
    count, outcomes, weight, value = law.args
    indices = fresh(weight, law.free | {n})
    square = (apply(value, indices) - target.args[0]) ** 2 * apply(weight, indices)
    if statement.args[0] != Term("tuples", (count, outcomes, lam(indices, square))):
        return False
    *size, power = bound.args
    root = Term("mul", tuple(size)) ** num(Fraction(1, 2)) if len(size) > 1 else size[0] ** num(Fraction(1, 2))
    same = Term("eq", (constant, root)), Term("eq", (-2 * q, power.args[1]))
    return all(e.statement(x).verdict == TRUE for x in same)


def _variable(rate: Rate) -> Term:
    """The variable N of the bound."""
    found = [v for v in rate.statement.free if v.args == ("N", "nat")]
    if len(found) != 1:
        raise Unsupported("it is no statement about N")
    return found[0]


def _about(statement: Term, prop: Term, n: Term) -> bool:
    """The statement is |f(N) − v| ≤ … for the f and the v of the limit."""
    if n in prop.free or statement.op != "le" or statement.args[0].op != "abs":
        return False
    f, v = apply(prop.args[0], n), prop.args[1]
    distance = statement.args[0].args[0]
    return distance in (f - v, Term("add", (f, Term("mul", (num(-1), v)))))


def _vanishes(bound: Term, e: Evaluator, n: Term) -> bool:
    """The bound is C·N^{−q}, C does not depend on N, and q > 0."""
    *constant, power = bound.args if bound.op == "mul" else (bound,)
    if power.op != "pow" or power.args[0] != n or any(n in t.free for t in (*constant, power.args[1])):
        return False
    return e.statement(Term("lt", (power.args[1], num(0)))).verdict == TRUE


def _first(rate: Rate, e: Evaluator, n: Term) -> int:
    """The first N from which the hypotheses hold for all N: each N₀ ≤ N, the others at the point."""
    start = 1
    for h in rate.given:
        if n not in h.free:
            if not satisfied((h,), e.values, e.digits, e.compiler):
                raise Unsupported("a hypothesis of it is not shown at the point")
        elif h.op == "le" and h.args[1] == n and n not in h.args[0].free:
            start = max(start, first_size(e, h.args[0]))
        else:
            raise Unsupported("it assumes more of N than N₀ ≤ N")
    return start
