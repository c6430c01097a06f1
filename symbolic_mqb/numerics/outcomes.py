"""What can be known about a statement at one point, and how outcomes combine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from flint import acb

from .brute_force import Ket, Matrix2, OperatorN
from .errors import Undefined, Unsupported
from .evaluate import Evaluator, precision, precisions, rough
from .frames import Scope
from .scalars import Value, is_zero
from .symmetric import Symmetric

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


def adaptive(
    evaluator: Evaluator, test: Callable[[Scope], Outcome], most: int | None = None, few: bool = False
) -> Outcome:
    """The outcome of a test at the first precision that decides it, else at the highest, or at the last of `most`.

    `few`: the test asks which of two numbers is larger, which mostly takes few digits.
    """
    outcome = Outcome(UNDECIDED)
    for bits in (rough if few else precisions)(evaluator.digits)[:most]:
        with precision(bits):
            scope = evaluator.scope()
            outcome = test(scope)
            if scope.ledger.notes:
                outcome = replace(outcome, certified=False, reason=scope.ledger.notes[0])
        if outcome.verdict != UNDECIDED:
            break
    return outcome


def pairs(a: Any, b: Any) -> Iterator[tuple[Value, Value]]:
    """The numbers that have to agree for two objects to be equal."""
    if isinstance(a, Symmetric) or isinstance(b, Symmetric):
        yield from _weights(a, b)
    elif isinstance(a, (Matrix2, Ket, OperatorN)) or isinstance(b, (Matrix2, Ket, OperatorN)):
        left, right = _entries(a), _entries(b)
        if left is None or right is None:
            yield from ((u, 0) for u in left or right or [])
            return
        if len(left) != len(right):
            raise Undefined("the two sides have different dimensions")
        yield from zip(left, right, strict=True)
    else:
        yield a, b


def _weights(a: Any, b: Any) -> Iterator[tuple[Value, Value]]:
    """The weights of two symmetric states of as many qubits; of an empty sum, which is the number 0, they are 0."""
    if any(not isinstance(x, Symmetric) and (isinstance(x, (Ket, OperatorN)) or not is_zero(x)) for x in (a, b)):
        raise Unsupported("a symmetric state beside one that is written out")
    left, right = (x.weights if isinstance(x, Symmetric) else {} for x in (a, b))
    if isinstance(a, Symmetric) and isinstance(b, Symmetric) and a.n != b.n:
        raise Undefined("the two sides have different dimensions")
    yield from ((left.get(k, 0), right.get(k, 0)) for k in sorted(left.keys() | right.keys()))


def _entries(x: Any) -> list[Value] | None:
    if isinstance(x, Matrix2):
        return list(x.entries)
    if isinstance(x, Ket):
        return x.amplitudes
    return [v for column in x.columns() for v in column] if isinstance(x, OperatorN) else None


def conjunction(outcomes: Iterator[Outcome]) -> Outcome:
    """The conjunction: the first that is false, else the worst."""
    worst: Outcome | None = None
    for outcome in outcomes:
        if outcome.verdict == FALSE:
            return outcome
        if worst is None or (outcome.verdict != TRUE, -outcome.digits) > (worst.verdict != TRUE, -worst.digits):
            worst = outcome
    return worst or Outcome(TRUE, 10**6)
