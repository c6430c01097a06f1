"""Rules that do not ask whether their sides are defined state what holds in the total model, for every filler.

`total_model` gives every term a value, and defined terms their own. So whatever such rules make of terms without
a value, they never prove that two different numbers are equal.
"""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, lam, num, var
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Sum, delta, equal, factorial, symbols
from symbolic_mqb.rules.collective import braket_of_sum
from symbolic_mqb.rules.kets import (
    matrix_element_of_words,
    sesquilinear,
    tensor_distributes,
    tensor_scalars,
    trace_of_projector,
)
from symbolic_mqb.rules.logic import normal_form, order, symmetry, transitivity
from symbolic_mqb.rules.operators import tensor_distributes_each, trace_after_evolution
from symbolic_mqb.rules.outcome_law import trace_of_multiple_of_sum
from symbolic_mqb.rules.sums import exchange_sums, reverse_sum, select, shift_index, sift, split_sum

from .calls import forged
from .total_model import Matrix, Model, Vector

i, j, k, r, s = symbols("i j k r s", "int")
n, d = symbols("n d", "nat")
x, y = symbols("x y", "real")
c = var("c", "nat->complex")
E, K = var("E", "nat->op"), var("K", "nat->op")
rho = var("ρ", "states")
zero, one = num(0), num(1)
bound = st.sampled_from([num(v) for v in (-2, -1, 0, 1, 2)])
#: Functions of s without a value at some s.
BODIES = (1 / s, factorial(s - 1), x**s, 1 / (s - i), s * (1 / s), (s + x) * y, delta(s, i) / s, Sum(1 / r, (r, i, s)))
body = st.sampled_from(BODIES)
FILLERS = (Fraction(0), Fraction(1), Fraction(-7, 3))


def holds(theorem: Theorem, seed: int) -> bool:
    """The equation is true in the model at random values of its variables, for all fillers."""
    assert not theorem.hypotheses
    rnd = random.Random(seed)
    values = {v: _value(v, rnd) for v in sorted(theorem.conclusion.free, key=repr)}
    for filler in FILLERS:
        model = Model(values, filler)
        left, right = (model.value(side) for side in theorem.conclusion.args)
        if left != right:
            return False
    return True


def _value(v: Term, rnd: random.Random) -> object:
    sort = v.args[1]
    if sort == "nat":
        return Fraction(rnd.randint(0, 2))
    if sort == "int":
        return Fraction(rnd.randint(-2, 2))
    if sort == "nat->op":
        table: dict[Fraction, Matrix] = {}
        return lambda m: table.setdefault(m, _matrix(rnd))
    if sort == "states":
        states: dict[Fraction, Vector] = {}
        return lambda m: states.setdefault(m, _state(m, rnd))
    if sort == "nat->complex":
        numbers: dict[Fraction, Fraction] = {}
        return lambda m: numbers.setdefault(m, Fraction(rnd.randint(-3, 3)))
    return rnd.choice([Fraction(0), Fraction(1), Fraction(-1, 2), Fraction(2)])


def _matrix(rnd: random.Random) -> Matrix:
    a, b, p, q = (Fraction(rnd.randint(-2, 2)) for _ in range(4))
    return (a, b), (p, q)


def _state(m: Fraction, rnd: random.Random) -> Vector:
    """Some operator on m particles, if m is a natural number; it need not be a state."""
    size = int(m) if m.denominator == 1 and m >= 0 else 0
    words = [tuple(Fraction(w >> p & 1) for p in range(size)) for w in range(2**size)]
    return {(v, w): Fraction(rnd.randint(-2, 2)) for v in words for w in words}


@settings(max_examples=150, deadline=None, derandomize=True)
@given(bound, bound, bound, body, st.integers(0, 99))
def test_sums_whose_terms_may_have_no_value(low: Term, high: Term, by: Term, f: Term, seed: int) -> None:
    function = lam(s, f)
    made = [
        shift_index(low, high, function, by, ()),
        reverse_sum(low, high, function, ()),
        sift(function, low, by, ()),
        sift(function, i, j, ()),
        exchange_sums(Sum(Sum(f + r, (s, low, high)), (r, by, high))),
        exchange_sums(Sum(Sum(f * r, (s, low, x)), (r, by, y))),  # bounds that need not be integers
    ]
    for attempt in (lambda: split_sum(low, by, high, function, ()), lambda: select(low, high, function, by, ())):
        try:
            made.append(attempt())
        except Refused:
            assert not _within(low, by, high)
    assert all(holds(theorem, seed) for theorem in made)


def _within(low: Term, middle: Term, high: Term) -> bool:
    a, m, b = (t.args[0] for t in (low, middle, high))
    return bool(a <= m <= b)


#: Kets and operators of numbers of particles that differ, are negative or no integers.
KETS = (
    Term("word", (one, k, zero, 2 - k)),
    Term("word", (one, k)),
    Term("word", (zero, n, one, k)),
    Term("word", (one, x)),
)
OPERATORS = (
    Term("tpow", (Term("app", (E, one)), n)),
    Term("tpow", (Term("app", (E, zero)), num(2))),
    Term("tensor", (n, lam(s, E(s) * (1 / s)))),
    Term("tensor", (x, lam(s, E(s)))),
    Term("tensor", (num(2), lam(s, Sum(E(r), (r, 1, s - 1))))),
)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(bound, bound, st.sampled_from(KETS), st.sampled_from(OPERATORS), st.integers(0, 99))
def test_kets_and_operators_that_do_not_fit(low: Term, high: Term, ket: Term, operator: Term, seed: int) -> None:
    kets, amplitudes, weights = lam(k, ket), lam(k, c(k) / k), lam(s, 1 / s + x)
    word = Term("word", (one, one, zero, one))
    made = [
        sesquilinear(low, high, amplitudes, kets, operator, ()),
        braket_of_sum(word, operator, low, high, amplitudes, kets, ()),
        trace_of_projector(Sum(ket, (k, low, high)), operator, ()),
        trace_of_multiple_of_sum(rho(n), x + 2, low, high, lam(s, s * operator), ()),
        tensor_scalars(n, weights, lam(s, E(s) * (1 / s)), rho(num(2)), ()),
        tensor_distributes(n, d, lam(s, E(s) * (1 / (s - 1))), rho(num(1)), ()),
        tensor_distributes_each(n, d, lam(s, lam(r, E(r) * (1 / (s - r)))), rho(n), ()),
        trace_after_evolution(n, lam(s, K(s) * (1 / x)), lam(s, E(s)), rho(num(1)), ()),
    ]
    assert all(holds(theorem, seed) for theorem in made)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(bound, st.sampled_from([zero, one, num(2), n])), min_size=1, max_size=3), st.integers(0, 99))
def test_words_of_levels_that_a_qubit_does_not_have(blocks: list[tuple[Term, Term]], seed: int) -> None:
    word = Term("word", tuple(part for block in blocks for part in block))
    bra = Term("word", (k, n + 2, one, num(2)))
    for left in (word, bra):
        size = sum((m for _, m in zip(left.args[::2], left.args[1::2], strict=True)), zero)
        try:
            theorem = matrix_element_of_words(size, left, word, E(one), ())
        except Refused:
            continue
        assert holds(theorem, seed)


def test_the_model_tells_what_is_wrong() -> None:
    """It refutes equations between undefined terms that no rule states."""
    for wrong in (equal(x * (1 / x), one), equal(Sum(1 / s, (s, 0, 2)), Sum(1 / s, (s, 1, 2)))):
        values = {x: Fraction(0)}
        sides = [[Model(values, filler).value(side) for side in wrong.args] for filler in FILLERS]
        assert any(left != right for left, right in sides)


def test_no_number_is_reached_through_terms_without_value() -> None:
    """0·(1/0) is what δ says of it in one place and in another, but neither is shown to be 0 or 1."""
    here = sift(lam(s, 1 / s), zero, one, ())
    back = transitivity(here, symmetry(here))
    assert back.left == back.right == delta(zero, one) * (1 / zero)
    for value in (zero, one):
        with pytest.raises(Refused, match="must not be zero"):
            normal_form(back.left, value, ())
    assert normal_form(here.right, zero, ()).right == zero
    with pytest.raises(Refused):
        normal_form(here.left, here.right, ())


def test_a_certificate_of_order_may_pass_through_a_term_without_value() -> None:
    """0 ≤ 1/0 ≤ x says 0 ≤ x whatever 1/0 is; of anything but the very term 1/0 it says nothing."""
    nothing = 1 / zero
    below, above = (forged(frozenset(), Term("le", sides)) for sides in ((zero, nothing), (nothing, x)))
    assert order(zero <= x, ((one, below), (one, above)), ()).conclusion == (zero <= x)
    for goal, factors in ((zero <= x, (num(2), num(2))), (zero <= 2 * x, (num(2), num(2))), (one <= x, (one, one))):
        with pytest.raises(Refused):
            order(goal, tuple(zip(factors, (below, above), strict=True)), ())
    for goal, used in ((zero <= x, (below,)), (zero <= x, (above,)), (zero <= nothing, ()), (nothing <= nothing, ())):
        with pytest.raises(Refused):
            order(goal, tuple((one, p) for p in used), ())
