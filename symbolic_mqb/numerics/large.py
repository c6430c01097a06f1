"""Statements about large N: limits (a witness only) and asymptotic equations with explicit bounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import count, pairwise

from flint import acb, arb

from ..kernel.kinds import kind
from ..kernel.signatures import NUMBER, OPERATOR
from ..kernel.terms import Term, apply, fresh, subterms
from .constraints import operations
from .errors import Unsupported
from .evaluate import COARSE, Evaluator, accuracy
from .frames import Scope
from .outcomes import FALSE, TRUE, UNDECIDED, Outcome, adaptive, conjunction, pairs
from .scalars import Value, ball, real_part

#: N₁, N₂ and perhaps an N₃ for what N₁ and N₂ leave open; smaller ones if f is not computable there.
_LIMIT_SIZES = ((10**8, 10**12, 10**16), (10**3, 10**6), (100, 2000), (50, 500))
#: What has 2^N entries or d^N summands.
_OF_ALL_OUTCOMES = frozenset(("tuples", "tensor", "tpow"))
#: Relative to the values, so small a distance is none.
_NOTHING = arb(10) ** -15


def limit(e: Evaluator, prop: Term) -> Outcome:
    """|f(N) − v| shrinks at least like N^(−1/4) between two large N: a witness, not a certificate."""
    small = e.coarse(COARSE)
    target = small.number(prop.args[1])
    v, body = opened(e, prop.args[0])
    reason = "not computable at large N"
    for sizes in _LIMIT_SIZES:
        try:
            outcome = _limit_from(small, v, body, target, sizes)
        except Unsupported as error:
            reason = str(error)
            continue
        if outcome is not None:
            return outcome
    return Outcome(UNDECIDED, certified=False, reason=reason)


def _limit_from(e: Evaluator, v: Term, body: Term, target: acb, sizes: tuple[int, ...]) -> Outcome | None:
    """The outcome at the first two neighbouring sizes that decide; None if a value is not finite."""
    outcome = None
    values = [e.at_size(v, sizes[0]).number(body)]
    for pair in pairwise(sizes):
        values.append(e.at_size(v, pair[1]).number(body))
        if not all(value.is_finite() for value in (target, *values)):
            return None
        outcome = _approach(values[-2:], target, pair)
        if outcome.verdict != UNDECIDED:
            break
    return outcome


def _approach(values: list[acb], target: acb, sizes: tuple[int, int]) -> Outcome:
    """From f(N₁), f(N₂) and v. Refuted: f has settled elsewhere, or is not small and not nearer than before."""
    near, far = (abs(value - target) for value in values)
    scale, step = abs(target) + abs(values[1]), abs(values[1] - values[0])
    factor = (arb(sizes[1]) / sizes[0]) ** (arb(1) / 4)
    outcome = Outcome(UNDECIDED, certified=False, left=values[1], right=target)
    where = f"between N = {sizes[0]} and {sizes[1]}"
    zero = values[1].contains(0) and target.contains(0) and far < _NOTHING
    if zero or far < scale * _NOTHING or far * factor < near:
        digits = accuracy(acb(arb(0, far.abs_upper())), 20)
        return replace(outcome, verdict=TRUE, digits=digits, reason=f"the distance to the limit shrinks {where}")
    if step * 10 < far:
        return replace(outcome, verdict=FALSE, reason=f"the values settle elsewhere {where}")
    if far * 2 > near and far > arb(10) ** -4:
        return replace(outcome, verdict=FALSE, reason=f"the distance to the limit does not shrink {where}")
    return replace(outcome, reason=f"the distance to the limit does not shrink enough {where}")


def asymptotic(e: Evaluator, prop: Term) -> Outcome:
    """The left side lies in the template whose remainders range over the disks of radius C·g."""
    start = max(first_size(e, prop.args[0]), 1)
    sizes = dict.fromkeys((start, start + 1, start + 7, *(max(start, 10**p) for p in (2, 3, 6, 9))))
    outcomes: list[Outcome] = []
    skipped = ""
    v, equation = opened(e, prop.args[1])
    if equation.op in ("le", "lt"):
        near = operations((equation,)) & _OF_ALL_OUTCOMES
        return conjunction(e.at_size(v, n).statement(equation) for n in (list(sizes)[:2] if near else sizes))
    if equation.op != "eq" or kind(equation.args[0]) not in (NUMBER, OPERATOR):
        raise Unsupported("an asymptotic statement that is no equation between numbers or operators")
    for n in sizes:
        point = e.at_size(v, n)
        try:
            outcomes.append(adaptive(point, partial(within, point, equation), few=affine(equation.args[1]) == 1))
        except Unsupported as error:
            skipped = str(error)
    if not outcomes:
        return Outcome(UNDECIDED, reason=skipped)
    return conjunction(iter(outcomes))


def opened(e: Evaluator, function: Term) -> tuple[Term, Term]:
    """The function of N with a free variable for N, so that it is compiled once for all N."""
    v = fresh(function, frozenset(e.values))
    return v, apply(function, v)


def first_size(e: Evaluator, t: Term) -> int:
    """The least integer that is certainly not below the given start."""
    n = real_part(e.enclose(t).ball).upper().ceil().unique_fmpz()
    if n is None:
        raise Unsupported("an asymptotic statement whose start is not computable")
    return int(n)


def within(e: Evaluator, equation: Term, scope: Scope) -> Outcome:
    """Whether the left side lies in the template at this N; with one O a summand, its distance and what is allowed."""
    left, template = e.value(equation.args[0], scope), equation.args[1]
    if kind(template) == NUMBER and affine(template) == 1:
        return _within_disk(e, ball(left), template, scope)
    scope.remainder = _square
    right = e.value(template, scope)
    return conjunction(_contained(ball(a), ball(b), e.digits) for a, b in pairs(left, right))


def _contained(left: acb, right: acb, digits: int) -> Outcome:
    outcome = Outcome(UNDECIDED, accuracy(left), left=left, right=right)
    if not right.is_finite():
        return outcome
    if not left.overlaps(right):
        return replace(outcome, verdict=FALSE)
    return replace(outcome, verdict=TRUE) if accuracy(left) >= digits else outcome


def _square(size: Value, constant: Value) -> acb:
    radius = (abs(ball(size)) * abs(ball(constant))).abs_upper()
    return acb(arb(0, radius), arb(0, radius))


def _within_disk(e: Evaluator, left: acb, template: Term, scope: Scope) -> Outcome:
    """For T(r) = T_0 + Σ r_i T_i with |r_i| ≤ C_i g_i (one r_i for each summand): is |left − T_0| ≤ Σ |T_i| C_i g_i?"""
    radii: list[arb] = []

    def zero(size: Value, constant: Value) -> Value:
        radii.append(abs(ball(size)) * abs(ball(constant)))
        return 0

    main = ball(e.value(template, scope.beside(zero)))
    distance, allowed = abs(left - main), arb(0)
    for i, radius in enumerate(radii):
        shifted = ball(e.value(template, scope.beside(_unit(i))))
        allowed += abs(shifted - main) * radius
    outcome = Outcome(UNDECIDED, e.digits, left=acb(distance), right=acb(allowed))
    if distance <= allowed:
        return replace(outcome, verdict=TRUE)
    if distance > allowed:
        return replace(outcome, verdict=FALSE, reason="the remainder is larger than its bound")
    if min(accuracy(acb(distance)), accuracy(acb(allowed))) >= e.digits:
        return replace(outcome, verdict=TRUE)
    return outcome


def _unit(i: int) -> Callable[[Value, Value], Value]:
    """The remainders r_i = 1 and all others 0, in the order of evaluation."""
    units = (int(i == j) for j in count())
    return lambda size, constant: next(units)


def affine(t: Term) -> int:
    """How many remainders a template contains, if it is a polynomial of degree 1 in each; else 2."""
    if t.op == "O":
        return 1
    below = [affine(a) for a in subterms(t)]
    if t.op == "add":
        return min(sum(below), 2)
    if t.op == "mul":
        return min(sum(below), 2)
    return 2 if any(below) else 0
