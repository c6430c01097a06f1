"""Reasons about finite sums. Untrusted."""

from __future__ import annotations

from dataclasses import dataclass

from ..kernel.errors import Refused
from ..kernel.terms import Term, apply, num
from ..kernel.theorem import Theorem
from ..rules.integrals import integral_termwise
from ..rules.logic import Given, facts_at, opened_variable, rewrite, transitivity
from ..rules.sums import split_sum
from .positions import Position, narrow, positions, replace, same
from .reasons import State


@dataclass(frozen=True)
class WrittenOut:
    """Write out every sum whose bounds are numbers."""

    def step(self, expression: Term, state: State) -> Theorem:
        """expression = the same with its sums of known length as sums of terms."""
        total: Theorem | None = None
        while (hit := next((p for p in positions(expression) if _known(p.subterm)), None)) is not None:
            step = replace(expression, hit, _terms(hit, state), state.given)
            total = step if total is None else transitivity(total, step)
            expression = step.right
        if total is None:
            raise Refused("there is no sum between numbers to write out", expression)
        return total

    def words(self) -> str:
        """The reason as a person reads it."""
        return "the sum written out"


written_out = WrittenOut()


@dataclass(frozen=True)
class Termwise:
    """Integrate nested sums over the real line term by term: `count` sums come out of the integral."""

    count: int

    def step(self, expression: Term, state: State) -> Theorem:
        """expression = the same with the sums before the first integral over as many."""
        refusal: Refused | None = None
        for here in positions(expression):
            if here.subterm.op == "integral":
                try:
                    apart = _apart(here.subterm, (*state.given, *here.facts), self.count)
                except Refused as no:
                    refusal = refusal or no
                else:
                    return replace(expression, here, apart, state.given)
        raise refusal or Refused("there is no integral of a sum", expression)

    def words(self) -> str:
        """The reason as a person reads it."""
        return integral_termwise.__name__.replace("_", " ") + (f", {self.count} sums" if self.count > 1 else "")


def termwise(count: int = 1) -> Termwise:
    """The first integral of `count` nested sums, term by term."""
    return Termwise(count)


def _apart(integral: Term, given: Given, count: int) -> Theorem:
    """∫ Σ … Σ f = Σ … Σ ∫ f: each sum comes out inside of those before it."""
    theorem: Theorem = narrow(integral_termwise, given, integral)
    if count == 1:
        return theorem
    total = theorem.right
    index = opened_variable(total.args[2], 0)
    lowest = facts_at(total, index)[:1]  # the levels are natural numbers; how many there are does not matter
    inner = _apart(apply(total.args[2], index), (*given, *lowest), count - 1)
    return transitivity(theorem, rewrite(total, (2, 2), inner, ()))


def _known(t: Term) -> bool:
    if t.op != "sum":
        return False
    first, last = t.args[0], _last(t)
    return first.op == "num" and last is not None and last >= first.args[0]


def _last(t: Term) -> int | None:
    """The upper bound, if it is a sum of integers."""
    parts = t.args[1].args if t.args[1].op == "add" else (t.args[1],)
    return sum(int(p.args[0]) for p in parts) if all(p.op == "num" for p in parts) else None


def _terms(here: Position, state: State) -> Theorem:
    """Σ_{s=a}^{b} f(s) = f(a) + Σ_{s=a+1}^{b} f(s), as it stands."""
    t = here.subterm
    low, high, function = t.args
    first, last = int(low.args[0]), _last(t)
    if last == first:
        return same(t, apply(function, low), (*state.given, *here.facts))
    rest = Term("sum", (num(first + 1), high, function))
    split = narrow(split_sum, state.given, low, low, high, function)
    return transitivity(split, same(split.right, apply(function, low) + rest, (*state.given, *here.facts)))
