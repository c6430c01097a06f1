"""Statements at a point: true, false or undecided, from enclosures of both sides.

An equation holds at a point as far as numerics can tell iff both enclosures have the asked accuracy
and overlap; it is false iff they are disjoint. An inequality holds iff it holds for all numbers of
the balls, or for a ≤ b if the sides agree to the asked digits; it is false iff it fails for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from flint import acb, arb, fmpq

from ..kernel.errors import TermError
from ..kernel.kinds import kind
from ..kernel.terms import Term
from .brute_force import Matrix2
from .errors import Undefined, Unsupported
from .evaluate import Evaluator, accuracy
from .frames import Scope
from .large import asymptotic, limit
from .outcomes import FALSE, TRUE, UNDECIDED, Outcome, adaptive, conjunction, pairs
from .scalars import Value, as_integer, ball, conjugate, is_exact, modulus
from .weak import consequences

_EXACT = 10**6


def statement(evaluator: Evaluator, prop: Term) -> Outcome:
    """The statement at the evaluator's point; raises the precision until it is decided."""
    if kind(prop) != "prop":
        raise TermError(f"not a statement: {prop!r}")
    if prop.op not in _LARGE and prop.op not in _TESTS:
        raise TermError(f"no numerical meaning of {prop.op}")
    try:
        if prop.op in _LARGE:
            return _LARGE[prop.op](evaluator, prop)
        test = _TESTS[prop.op]
        most = 1 if prop.op == "bounded" else None  # no precision makes the image of the whole line smaller
        return adaptive(evaluator, lambda scope: test(evaluator, prop, scope), most, prop.op in ("le", "lt"))
    except Undefined as error:
        return Outcome(UNDECIDED, reason=f"undefined: {error}")
    except Unsupported as error:
        return Outcome(UNDECIDED, reason=f"unsupported: {error}")
    except RecursionError:
        return Outcome(UNDECIDED, reason="unsupported: a sum of too many operators")


def _compare(a: Value, b: Value, digits: int) -> Outcome:
    if is_exact(a) and is_exact(b):
        verdict = TRUE if a == b else FALSE
        return Outcome(verdict, _EXACT, left=acb(a), right=acb(b))
    x, y = ball(a), ball(b)
    reached = min(accuracy(x), accuracy(y))
    if x.is_finite() and y.is_finite() and not x.overlaps(y):
        return Outcome(FALSE, reached, left=x, right=y)
    return Outcome(TRUE if reached >= digits else UNDECIDED, reached, left=x, right=y)


def _eq(e: Evaluator, prop: Term, scope: Scope) -> Outcome:
    left, right = (e.value(a, scope) for a in prop.args)
    return conjunction(_compare(a, b, e.digits) for a, b in pairs(left, right))


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
        return Outcome(TRUE, _EXACT, left=x)
    if not x.contains_integer():
        return Outcome(FALSE, accuracy(x), left=x)
    return Outcome(TRUE if accuracy(x) >= e.digits else UNDECIDED, accuracy(x), left=x)


def _is_real(e: Evaluator, prop: Term, scope: Scope) -> Outcome:
    x = ball(e.value(prop.args[0], scope))
    return _compare(acb(x.imag), 0, e.digits)


def _bounded(e: Evaluator, prop: Term, scope: Scope) -> Outcome:
    """|f| ≤ C by an enclosure of f on the whole line, refuted by a point of it."""
    function, constant = prop.args
    code, bound = e.compiler.code(function.args[2], ("real",)), e.value(constant, scope)
    for x in (acb(arb(0, "inf")), *(fmpq(n, 8) for n in range(-40, 41))):
        value = modulus(code((scope, x)))
        outcome = _order(value, bound, e.digits, strict=False)
        if outcome.verdict == (FALSE if is_exact(x) else TRUE):
            return outcome
    return Outcome(UNDECIDED, reason="a bound on the whole line that its enclosure does not show")


def _effects(e: Evaluator, prop: Term, scope: Scope) -> list[Matrix2]:
    table, d = e.value(prop.args[0], scope), as_integer(e.value(prop.args[1], scope))
    if d is None:
        raise Undefined("a number of outcomes that is not an integer", prop)
    effects = (table(i) for i in range(1, d + 1))
    return [Matrix2((0, 0, 0, 0)) if type(m) is int else m for m in effects]  # an empty sum is the int 0


def _povm(e: Evaluator, prop: Term, scope: Scope) -> Outcome:
    """Hermitian, E ≥ 0 by diagonal and determinant, ΣE = 1."""
    effects = _effects(e, prop, scope)
    return conjunction(_povm_conditions(effects, e.digits))


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

    return conjunction(conditions())


def _weak_limit(e: Evaluator, prop: Term) -> Outcome:
    """The rate for cos and sin, which are bounded with Lipschitz constant 1, and the mass, at some N; q > 0."""
    if statement(e, prop.args[3] <= 0).verdict == TRUE:
        raise Undefined("a weak limit has a rate N^{−q} with q > 0", prop)
    claims = consequences(prop, frozenset(e.values))
    return conjunction(statement(e.at_size(n, size), claim) for n, size, claim in claims)


_LARGE: dict[str, Callable[[Evaluator, Term], Outcome]] = {
    "limit": limit,
    "asymptotic": asymptotic,
    "weak_limit": _weak_limit,
}
_TESTS: dict[str, Any] = {
    "eq": _eq,
    "ne": _ne,
    "le": _le,
    "lt": _lt,
    "is_int": _is_int,
    "is_real": _is_real,
    "povm": _povm,
    "projective": _projective,
    "bounded": _bounded,
}
