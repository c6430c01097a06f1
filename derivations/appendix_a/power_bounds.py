"""|aⁿ − bⁿ| ≤ n X^{n−1}|a − b| for |a|, |b| ≤ X, where X may be 0 and n may be 0."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.expansions import slope
from symbolic_mqb.notation.language import Abs, symbols
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.inequalities import modulus_of_product, power_bound, triangle
from symbolic_mqb.rules.logic import assume, induction
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.reasons import ProofBy, State

(n,) = symbols("n", "nat")
a, b = symbols("a b", "complex")
(X,) = symbols("X", "real")
zero, one = num(0), num(1)
_given = (Abs(a) <= X, Abs(b) <= X)
_next = Abs(a ** (n + 1) - b ** (n + 1)) <= (n + 1) * X**n * Abs(a - b)


def _step(e: Estimates) -> Theorem:
    """a^{n+2} − b^{n+2} = a(a^{n+1} − b^{n+1}) + b^{n+1}(a − b)."""
    first, second = map(assume, _given)
    before, power = a ** (n + 1) - b ** (n + 1), b ** (n + 1)
    goal = substitute(_next, {n: n + 1})
    return e.at_most(
        goal.args[0],
        goal.args[1],
        (1, e.by(triangle, (a * before, power * (a - b)))),
        (1, e.by(modulus_of_product, (a, before))),
        (1, e.by(modulus_of_product, (power, a - b))),
        (Abs(before), first),
        (X, assume(_next)),
        (Abs(a - b), e.by(power_bound, b, n + 1, second)),
    )


def _by_induction(state: State) -> Theorem:
    e0 = Estimates(state.given, state)
    positive = e0.at_most(0, X, (1, assume(_given[0])))
    e = e0.under(positive.conclusion)
    base = substitute(_next, {n: zero})
    return cut_all(induction(n, e.at_most(*base.args), _step(e.under(_next))), positive)


SUCCESSOR = Result(
    "A6-power-successor",
    "The difference of two powers with an exponent n + 1",
    equation="A6",
    given=_given,
    chain=[have(_next, by=ProofBy("induction on n", _by_induction))],
)


_all = Abs(a**n - b**n) <= slope(X, n) * Abs(a - b)


def _with_zero(state: State) -> Theorem:
    """n = 0, or n = m + 1."""
    e = Estimates(state.given, state)
    none, after = (substitute(_all, {n: value}) for value in (zero, n + 1))
    step = e.under(_all).at_most(*after.args, (1, e.meet(e.lookup("A6-power-successor"))))
    return induction(n, e.at_most(*none.args), step)


POWER = Result(
    "A6-power",
    "The difference of two powers",
    equation="A6",
    given=_given,
    chain=[
        have(
            _all,
            by=ProofBy("n = 0, or n = m + 1", _with_zero, ("A6-power-successor",)),
        )
    ],
)
