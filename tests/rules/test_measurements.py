"""The rule that introduces a POVM: what it accepts, and what it refuses."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, lam, num, var
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Abs, I, Sum, conj, delta, equal, half, symbols
from symbolic_mqb.notation.measurement import POVM, E, d
from symbolic_mqb.notation.operators import identity, matrix
from symbolic_mqb.rules.kets import completeness, hermiticity, positivity
from symbolic_mqb.rules.logic import assume, fact, normal_form, order, transitivity
from symbolic_mqb.rules.measurements import effect, expectation, povm
from symbolic_mqb.rules.operators import entries
from symbolic_mqb.rules.sums import split_sum
from tests.adversary.calls import attempt, changed, corpus, forged, free

m, n = symbols("m n", "nat")
j, i = symbols("j i", "int")
x, y = symbols("x y", "real")
v, w, z = symbols("v w z", "complex")
one, zero = num(1), num(0)
RANGE = (one <= j, j <= num(2))
SHARP = (x >= 0, x <= 1)
#: x·1 and (1 − x)·1, as a function that is defined for every j.
COIN = lam(m, (x * delta(m, 1) + (1 - x) * delta(m, 2)) * identity)


def _complete(family: Term, count: Term, *given: Term) -> tuple[Theorem, ...]:
    sums = [Sum(e, (j, 1, count)) for e in entries(effect(family, j))]
    return tuple(
        normal_form(total, delta(num(r), num(s)), given)
        for total, (r, s) in zip(sums, ((0, 0), (0, 1), (1, 0), (1, 1)), strict=True)
    )


def _hermitian(family: Term, *given: Term) -> tuple[Theorem, ...]:
    a, b, c, e = entries(effect(family, j))
    return tuple(normal_form(p, conj(q), given) for p, q in ((a, a), (c, b), (e, e)))


def _splits() -> tuple[Theorem, ...]:
    """Σ over two outcomes, one after the other."""
    out = []
    for e, (r, s) in zip(entries(effect(COIN, j)), ((0, 0), (0, 1), (1, 0), (1, 1)), strict=True):
        split = split_sum(one, one, num(2), lam(j, e), ())
        out.append(transitivity(split, normal_form(split.right, delta(num(r), num(s)), ())))
    return tuple(out)


def _positive(family: Term, weight: Term, *given: Term) -> Theorem:
    """0 ≤ ⟨v|E_j|v⟩ = weight·(|v₀|² + |v₁|²)."""
    certificate = tuple((weight, fact(zero <= Abs(u) ** 2, ())) for u in (v, w))
    return order(zero <= expectation(effect(family, j), v, w), certificate, given)


def _positive_coin() -> Theorem:
    return _positive(COIN, x * delta(j, 1) + (1 - x) * delta(j, 2), *SHARP, *RANGE)


def coin(**changes: Any) -> Theorem:
    """povm(COIN, 2), with some arguments of the rule changed."""
    arguments: dict[str, Any] = {
        "family": COIN,
        "d": num(2),
        "variables": (j, v, w),
        "complete": _splits(),
        "hermitian": _hermitian(COIN, *RANGE),
        "positive": _positive_coin(),
        "given": SHARP,
        **changes,
    }
    return povm(*arguments.values())


def test_a_coin_is_a_measurement() -> None:
    theorem = coin()
    assert theorem.conclusion == Term("povm", (COIN, num(2)))
    assert theorem.hypotheses == set(SHARP)


def test_a_measurement_is_one() -> None:
    """From the properties of a POVM back to the POVM."""
    local = (POVM, one <= j, j <= d)
    levels = ((0, 0), (0, 1), (1, 0), (1, 1))
    theorem = povm(
        E,
        d,
        (j, v, w),
        tuple(completeness(E, d, num(r), num(s), (POVM,)) for r, s in levels),
        tuple(hermiticity(E, d, j, num(r), num(s), local) for r, s in ((0, 0), (1, 0), (1, 1))),
        positivity(E, d, j, v, w, local),
        (POVM,),
    )
    assert theorem.conclusion == POVM
    assert theorem.hypotheses == {POVM}


def _assumed(family: Term, count: Term, *extra: Term) -> tuple[Any, ...]:
    """The premises of the rule as bare assumptions, `extra` added to that of positivity."""
    e = effect(family, j)
    a, b, c, last = entries(e)
    complete = tuple(
        assume(equal(Sum(p, (j, 1, count)), delta(*map(num, rs))))
        for p, rs in zip((a, b, c, last), ((0, 0), (0, 1), (1, 0), (1, 1)), strict=True)
    )
    hermitian = tuple(assume(equal(p, conj(q))) for p, q in ((a, a), (c, b), (last, last)))
    return complete, hermitian, assume(zero <= expectation(e, v, w))


def test_a_property_at_one_index_or_vector_is_not_enough() -> None:
    """Hypotheses on j, v₀ or v₁ beyond 1 ≤ j ≤ d stay, and are refused."""
    complete, hermitian, positive = _assumed(E, d)
    with pytest.raises(Refused, match="occur in no hypothesis"):
        povm(E, d, (j, v, w), complete, hermitian, positive, ())
    local = (POVM, one <= j, j <= d)
    sound = (
        tuple(completeness(E, d, num(r), num(s), (POVM,)) for r, s in ((0, 0), (0, 1), (1, 0), (1, 1))),
        tuple(hermiticity(E, d, j, num(r), num(s), local) for r, s in ((0, 0), (1, 0), (1, 1))),
        positivity(E, d, j, v, w, local),
    )
    for extra in ((j <= one,), (j >= 2,), (equal(v, 0),), (equal(w, v),), (Term("is_real", (v,)),)):
        narrowed = positivity(E, d, j, v, w, (*local, *extra))
        with pytest.raises(Refused, match="occur in no hypothesis"):
            povm(E, d, (j, v, w), sound[0], sound[1], narrowed, ())
    with pytest.raises(Refused, match="occur in no hypothesis"):
        povm(E, d, (j, v, w), *sound, (one <= j,))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"d": num(1)}, "expected"),
        ({"d": num(3)}, "expected"),
        ({"d": half}, "natural number"),
        ({"d": x}, "natural number"),
        ({"variables": (i, v, w)}, "expected"),
        ({"variables": (m, v, w)}, "an integer and two complex numbers"),
        ({"variables": (j, x, w)}, "an integer and two complex numbers"),
        ({"variables": (j, v, v)}, "expected"),
        ({"variables": (j, w, v)}, "expected"),
        ({"variables": (one, v, w)}, "an integer and two complex numbers"),
        ({"family": E}, "expected"),
        ({"family": lam(m, x * identity)}, "expected"),
        ({"family": lam(m, m)}, "operator"),
        ({"family": lam(m, 1 / m * identity)}, "must not be zero"),
        ({"family": identity}, "family of operators"),
        ({"family": var("a", "nat->real")}, "not a statement|expected|wants"),
        ({"given": (x <= 1,)}, None),
    ],
)
def test_changed_arguments(changes: dict[str, Any], reason: str | None) -> None:
    if reason is None:
        assert coin(**changes).hypotheses == set(SHARP)
        return
    with pytest.raises(Refused, match=reason):
        coin(**changes)


def test_missing_and_exchanged_premises() -> None:
    complete, hermitian = _splits(), _hermitian(COIN, *RANGE)
    for changes in (
        {"complete": complete[:3]},
        {"complete": (complete[0], complete[2], complete[1], complete[3])},
        {"complete": (complete[3], *complete[1:])},
        {"hermitian": hermitian[:2]},
        {"hermitian": ()},
        {"hermitian": (hermitian[1], hermitian[0], hermitian[2])},
        {"positive": fact(zero <= one, ())},
        {"positive": complete[0]},
    ):
        with pytest.raises(Refused, match="expected"):
            coin(**changes)


def test_a_weight_that_is_negative_somewhere_is_refused() -> None:
    signed = lam(m, (delta(m, 1) * 2 - delta(m, 2)) * identity)
    with pytest.raises(Refused, match="multiplier"):
        _positive(signed, delta(j, 1) * 2 - delta(j, 2), *RANGE)
    with pytest.raises(Refused, match="multiplier"):
        _positive(COIN, x * delta(j, 1) + (1 - x) * delta(j, 2), x >= 0, *RANGE)
    with pytest.raises(Refused, match="what is left"):
        _positive(COIN, x * delta(j, 1), *SHARP, *RANGE)


def test_a_number_that_is_not_its_conjugate_is_in_no_inequality() -> None:
    """⟨v|E|v⟩ is real for a Hermitian E only."""
    for family, given in ((lam(m, I * identity), ()), (E, (one <= j,)), (lam(m, half * matrix(1, 1, 0, 1)), ())):
        value = expectation(effect(family, j), v, w)
        with pytest.raises(Refused, match="what is left"):
            order(zero <= value, (), given)
        with pytest.raises(Refused, match="between real numbers"):
            order(value <= value + 1, (), given)
    with pytest.raises(Refused, match="between real numbers"):
        order(z <= z + 1, (), ())
    with pytest.raises(Refused, match="what is left"):
        order(zero <= z, (), ())
    assert order(zero <= z, ((one, assume(zero <= z)),), ()).hypotheses == {zero <= z}  # P ⊢ P
    assert order(zero <= z + conj(z), ((one, assume(zero <= z + conj(z))),), ())


def test_an_empty_measurement_does_not_exist() -> None:
    with pytest.raises(Refused, match="not equal"):
        _complete(COIN, zero)


def test_the_variables_of_a_measurement_are_apart() -> None:
    """Neither a number of outcomes below 0, nor variables that are one another, or that the family or d mentions."""
    for call in corpus()["povm"]:
        family, size, (j_, v0, v1), *_ = call.arguments
        assert attempt("povm", call.arguments) is not None
        changes = [{v1: v0}, {v0: v1}]
        changes += [
            {w: v} for w in free((family, size)) for v in (j_, v0, v1) if w.args[1] in ("nat", "real", "complex")
        ]
        changes += [{size: value} for value in (num(-1), num(Fraction(1, 2))) if size.op == "var"]
        for values in changes:
            assert attempt("povm", changed(call.arguments, values)) is None, values


def test_what_is_shown_for_one_vector_or_one_outcome_makes_no_measurement() -> None:
    """The family and the number of outcomes are those of no vector and of no outcome, whatever is shown of them."""
    (m,), (index,), (v0, v1, w) = symbols("m", "nat"), symbols("j", "int"), symbols("v0 v1 w", "complex")
    zero, one = num(0), num(1)

    def shown(family: Term, size: Term) -> Any:
        a, b, c, last = entries(effect(family, index))
        complete = tuple(
            forged(frozenset(), equal(Sum(e, (index, 1, size)), delta(num(i // 2), num(i % 2))))
            for i, e in enumerate((a, b, c, last))
        )
        hermitian = tuple(forged(frozenset(), equal(x, conj(y))) for x, y in ((a, a), (c, b), (last, last)))
        positive = forged(frozenset(), zero <= expectation(effect(family, index), v0, v1))
        return lambda: povm(family, size, (index, v0, v1), complete, hermitian, positive, ())

    assert shown(lam(m, matrix(one, zero, zero, w)), one)().hypotheses == frozenset()
    for v in (v0, v1):
        with pytest.raises(Refused, match="must occur in no hypothesis"):
            shown(lam(m, matrix(one, zero, zero, v)), one)()
    with pytest.raises(Refused, match="must occur in no hypothesis"):
        shown(lam(m, identity), index**2)()
