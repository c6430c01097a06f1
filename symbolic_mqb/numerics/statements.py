"""Statements at a point: true, false or undecided, from enclosures of both sides.

An equation holds at a point as far as numerics can tell iff both enclosures have the asked accuracy
and overlap; it is false iff they are disjoint. An inequality holds iff it holds for all numbers of
the balls, or for a ≤ b if the sides agree to the asked digits; it is false iff it fails for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from flint import acb, arb

from ..kernel.errors import TermError
from ..kernel.terms import NUMBER, Term, apply, kind, num, subterms
from .brute_force import Ket, Matrix2, OperatorN
from .compiler import Scope
from .errors import Undefined, Unsupported
from .evaluate import Evaluator, accuracy, precision, precisions
from .scalars import Value, as_integer, ball, conjugate, is_exact

TRUE, FALSE, UNDECIDED = "true", "false", "undecided"


@dataclass(frozen=True)
class Outcome:
    """What is known about a statement at one point."""

    verdict: str
    digits: int = 0
    certified: bool = True
    left: acb | None = None
    right: acb | None = None
    reason: str = ""


def statement(evaluator: Evaluator, prop: Term) -> Outcome:
    """The statement at the evaluator's point; raises the precision until it is decided."""
    if kind(prop) != "prop":
        raise TermError(f"not a statement: {prop!r}")
    test = _TESTS.get(prop.op)
    if test is None:
        raise TermError(f"no numerical meaning of {prop.op}")
    try:
        if prop.op in _BY_SAMPLES:
            return _BY_SAMPLES[prop.op](evaluator, prop)
        return _adaptive(evaluator, lambda scope: test(evaluator, prop, scope))
    except Undefined as error:
        return Outcome(UNDECIDED, reason=f"undefined: {error}")
    except Unsupported as error:
        return Outcome(UNDECIDED, reason=f"unsupported: {error}")


def _adaptive(evaluator: Evaluator, test: Callable[[Scope], Outcome]) -> Outcome:
    outcome = Outcome(UNDECIDED)
    for bits in precisions(evaluator.digits):
        with precision(bits):
            scope = evaluator.scope()
            outcome = test(scope)
            if scope.ledger.notes:
                outcome = replace(outcome, certified=False, reason=scope.ledger.notes[0])
        if outcome.verdict != UNDECIDED:
            break
    return outcome


def _pairs(a: Any, b: Any) -> Iterator[tuple[Value, Value]]:
    """The numbers that have to agree for two objects to be equal."""
    if isinstance(a, (Matrix2, Ket, OperatorN)) or isinstance(b, (Matrix2, Ket, OperatorN)):
        left, right = _entries(a), _entries(b)
        if left is None or right is None:
            yield from ((u, 0) for u in left or right or [])
            return
        if len(left) != len(right):
            raise Undefined("the two sides have different dimensions")
        yield from zip(left, right, strict=True)
    else:
        yield a, b


def _entries(x: Any) -> list[Value] | None:
    if isinstance(x, Matrix2):
        return list(x.entries)
    if isinstance(x, Ket):
        return x.amplitudes
    return [v for column in x.columns() for v in column] if isinstance(x, OperatorN) else None


def _compare(a: Value, b: Value, digits: int) -> Outcome:
    if is_exact(a) and is_exact(b):
        verdict = TRUE if a == b else FALSE
        return Outcome(verdict, 10**6, left=acb(a), right=acb(b))
    x, y = ball(a), ball(b)
    reached = min(accuracy(x), accuracy(y))
    if x.is_finite() and y.is_finite() and not x.overlaps(y):
        return Outcome(FALSE, reached, left=x, right=y)
    return Outcome(TRUE if reached >= digits else UNDECIDED, reached, left=x, right=y)


def _all(outcomes: Iterator[Outcome]) -> Outcome:
    """The conjunction: the first that is false, else the worst."""
    worst: Outcome | None = None
    for outcome in outcomes:
        if outcome.verdict == FALSE:
            return outcome
        if worst is None or (outcome.verdict != TRUE, -outcome.digits) > (worst.verdict != TRUE, -worst.digits):
            worst = outcome
    return worst or Outcome(TRUE, 10**6)


def _eq(e: Evaluator, prop: Term, scope: Scope) -> Outcome:
    left, right = (e.value(a, scope) for a in prop.args)
    return _all(_compare(a, b, e.digits) for a, b in _pairs(left, right))


def _ne(e: Evaluator, prop: Term, scope: Scope) -> Outcome:
    left, right = (e.value(a, scope) for a in prop.args)
    x, y = ball(left), ball(right)
    if not x.overlaps(y):
        return Outcome(TRUE, e.digits, left=x, right=y)
    return Outcome(FALSE if x == y else UNDECIDED, e.digits, left=x, right=y)


def _order(a: Value, b: Value, digits: int, strict: bool) -> Outcome:
    x, y = ball(a), ball(b)
    outcome = Outcome(UNDECIDED, digits, left=x, right=y)
    if not (x.imag.contains(0) and y.imag.contains(0)):
        return replace(outcome, verdict=FALSE, reason="an inequality between numbers that are not real")
    p, q = x.real, y.real
    if p < q or (not strict and p <= q):
        return replace(outcome, verdict=TRUE)
    if p > q or (strict and p >= q):
        return replace(outcome, verdict=FALSE)
    near = min(accuracy(x), accuracy(y))
    if not strict and x.overlaps(y) and near >= digits:
        return replace(outcome, verdict=TRUE, digits=near)
    return outcome


def _le(e: Evaluator, prop: Term, scope: Scope) -> Outcome:
    return _order(e.value(prop.args[0], scope), e.value(prop.args[1], scope), e.digits, strict=False)


def _lt(e: Evaluator, prop: Term, scope: Scope) -> Outcome:
    return _order(e.value(prop.args[0], scope), e.value(prop.args[1], scope), e.digits, strict=True)


def _is_int(e: Evaluator, prop: Term, scope: Scope) -> Outcome:
    value = e.value(prop.args[0], scope)
    x = ball(value)
    if as_integer(value) is not None:
        return Outcome(TRUE, 10**6, left=x)
    if not x.contains_integer():
        return Outcome(FALSE, accuracy(x), left=x)
    return Outcome(TRUE if accuracy(x) >= e.digits else UNDECIDED, accuracy(x), left=x)


def _is_real(e: Evaluator, prop: Term, scope: Scope) -> Outcome:
    x = ball(e.value(prop.args[0], scope))
    return _compare(acb(x.imag), 0, e.digits)


def _effects(e: Evaluator, prop: Term, scope: Scope) -> list[Matrix2]:
    table, d = e.value(prop.args[0], scope), as_integer(e.value(prop.args[1], scope))
    if d is None:
        raise Undefined("a number of outcomes that is not an integer", prop)
    return [table(i) for i in range(1, d + 1)]


def _povm(e: Evaluator, prop: Term, scope: Scope) -> Outcome:
    """Hermitian, E ≥ 0 by diagonal and determinant, ΣE = 1."""
    effects = _effects(e, prop, scope)
    return _all(_povm_conditions(effects, e.digits))


def _povm_conditions(effects: list[Matrix2], digits: int) -> Iterator[Outcome]:
    total: Any = Matrix2((0, 0, 0, 0))
    for m in effects:
        a, b, c, d = m.entries
        yield from (_compare(u, conjugate(v), digits) for u, v in ((a, a), (d, d), (c, b)))
        yield from (_order(0, v, digits, strict=False) for v in (a, d, a * d - b * c))
        total = total + m
    yield from (_compare(u, v, digits) for u, v in zip(total.entries, (1, 0, 0, 1), strict=True))


def _projective(e: Evaluator, prop: Term, scope: Scope) -> Outcome:
    effects = _effects(e, prop, scope)

    def conditions() -> Iterator[Outcome]:
        yield from _povm_conditions(effects, e.digits)
        for i, m in enumerate(effects):
            for j, other in enumerate(effects):
                wanted = m.entries if i == j else (0, 0, 0, 0)
                yield from (_compare(u, v, e.digits) for u, v in zip(m.times(other).entries, wanted, strict=True))

    return _all(conditions())


def _limit(e: Evaluator, prop: Term) -> Outcome:
    """|f(N) − v| at N = 10³ and 10⁶ shrinks at least like N^(−1/4): a witness, not a certificate."""
    function, value = prop.args
    small = Evaluator(e.values, min(e.digits, 20), e.compiler)
    target = small.number(value)
    gaps = [small.number(apply(function, num(n))) - target for n in (10**3, 10**6)]
    near, far = (abs(g) for g in gaps)
    outcome = Outcome(UNDECIDED, certified=False, left=gaps[1] + target, right=target)
    if not (near.is_finite() and far.is_finite()):
        return replace(outcome, reason="not computable at N = 10^6")
    if far < arb(10) ** -15 or far * 5 < near:
        return replace(outcome, verdict=TRUE, reason="the distance to the limit shrinks")
    if far * 2 > near and far > arb(10) ** -4:
        return replace(outcome, verdict=FALSE, reason="the distance to the limit does not shrink")
    return outcome


def _asymptotic(e: Evaluator, prop: Term) -> Outcome:
    """The left side lies in the template whose remainders range over the disks of radius C·g."""
    start = as_integer(e.value(prop.args[0], e.scope()))
    if start is None:
        raise Undefined("an asymptotic statement that starts at no integer", prop)
    start = max(start, 1)
    sizes = dict.fromkeys((start, start + 1, start + 7, max(start, 10**3), max(start, 10**6)))
    outcomes: list[Outcome] = []
    skipped = ""
    for n in sizes:
        equation = apply(prop.args[1], num(n))
        if equation.op != "eq" or kind(equation.args[0]) != NUMBER:
            raise Unsupported("an asymptotic statement that is no equation between numbers")
        try:
            outcomes.append(_adaptive(e, lambda scope, q=equation: _within(e, q, scope)))  # type: ignore[misc]
        except Unsupported as error:
            skipped = str(error)
    if not outcomes:
        return Outcome(UNDECIDED, reason=skipped)
    return _all(iter(outcomes))


def _within(e: Evaluator, equation: Term, scope: Scope) -> Outcome:
    left = ball(e.value(equation.args[0], scope))
    template = equation.args[1]
    if _affine(template) == 1:
        return _within_disk(e, left, template, scope)
    scope.remainder = _square
    right = ball(e.value(template, scope))
    outcome = Outcome(UNDECIDED, accuracy(left), left=left, right=right)
    if not right.is_finite():
        return outcome
    if not left.overlaps(right):
        return replace(outcome, verdict=FALSE)
    return replace(outcome, verdict=TRUE) if accuracy(left) >= e.digits else outcome


def _square(size: Value, constant: Value) -> acb:
    radius = (abs(ball(size)) * abs(ball(constant))).abs_upper()
    return acb(arb(0, radius), arb(0, radius))


def _within_disk(e: Evaluator, left: acb, template: Term, scope: Scope) -> Outcome:
    """For T(r) = T_0 + r·T_1 with |r| ≤ Cg: is |left − T_0| ≤ |T_1| C g?"""
    radius: list[arb] = []

    def zero(size: Value, constant: Value) -> Value:
        radius.append(abs(ball(size)) * abs(ball(constant)))
        return 0

    fresh = (Scope(scope.values, zero, scope.ledger), Scope(scope.values, lambda g, c: 1, scope.ledger))
    main, shifted = (ball(e.value(template, s)) for s in fresh)
    distance, allowed = abs(left - main), abs(shifted - main) * radius[0]
    outcome = Outcome(UNDECIDED, accuracy(left), left=acb(distance), right=acb(allowed))
    if distance <= allowed:
        return replace(outcome, verdict=TRUE)
    if distance > allowed:
        return replace(outcome, verdict=FALSE, reason="the remainder is larger than its bound")
    if min(accuracy(acb(distance)), accuracy(acb(allowed))) >= e.digits:
        return replace(outcome, verdict=TRUE)
    return outcome


def _affine(t: Term) -> int:
    """How many remainders a template contains, if it is a polynomial of degree 1 in each; else 2."""
    if t.op == "O":
        return 1
    below = [_affine(a) for a in subterms(t)]
    if t.op == "add":
        return min(sum(below), 2)
    if t.op == "mul":
        return min(sum(below), 2)
    return 2 if any(below) else 0


_BY_SAMPLES: dict[str, Callable[[Evaluator, Term], Outcome]] = {"limit": _limit, "asymptotic": _asymptotic}
_TESTS: dict[str, Any] = {
    "eq": _eq,
    "ne": _ne,
    "le": _le,
    "lt": _lt,
    "is_int": _is_int,
    "is_real": _is_real,
    "povm": _povm,
    "projective": _projective,
    **_BY_SAMPLES,
}
