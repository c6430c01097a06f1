"""Falsehoods about signs, moduli, Kronecker's δ, measurements made of others, and channels."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from symbolic_mqb.book import paper
from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, lam, num, var
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.channels import THROUGH, TRACE_PRESERVING, K, M, m
from symbolic_mqb.notation.language import (
    Abs,
    I,
    Sum,
    arg,
    conj,
    delta,
    exp,
    half,
    pi,
    sgn,
    sqrt,
    symbols,
    unequal,
)
from symbolic_mqb.notation.losses import LOSSY_EFFECTS, LOSSY_OUTCOMES, lossy_effect, p
from symbolic_mqb.notation.measurement import A2, POVM, A, E, N, a, d, entry, j
from symbolic_mqb.notation.operators import identity, matrix
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.kets import completeness, positivity
from symbolic_mqb.rules.logic import discharge, fact, instantiate, normal_form, order

i, k = symbols("i k", "int")
n = var("n", "nat")
x, y = symbols("x y", "real")
v, w, z = symbols("v w z", "complex")
zero, one = num(0), num(1)
Attempt = Callable[[], object]


def same(left: Term, right: Term, *given: Term) -> Attempt:
    """The attempt to prove left = right by algebra."""
    return lambda: normal_form(left + zero, right + zero, given)


def follows(statement: Term, *given: Term) -> Attempt:
    """The attempt to prove a statement by signs and linear arithmetic."""
    return lambda: fact(statement, given)


FALSE: dict[str, tuple[Attempt, str]] = {
    # Kronecker's δ
    "δ_ik = 1 for i ≤ k": (same(delta(i, k), one, i <= k), "not equal"),
    "δ_ik = 1 for i ≤ k + 1, k ≤ i": (same(delta(i, k), one, i <= k + 1, k <= i), "not equal"),
    "δ_ik = 0 for i ≤ k": (same(delta(i, k), zero, i <= k), "not equal"),
    "δ = 1 between two real bounds": (same(delta(i, k), one, i <= x, x <= k), "not equal"),
    # signs and moduli
    "|x| = −x": (same(Abs(x), -x), "not equal"),
    "|x| = −x for x ≤ 1": (same(Abs(x), -x, x <= 1), "not equal"),
    "|z| = −z for Re z ≤ 0": (same(Abs(z), -z, Term("re", (z,)) <= 0), "not equal"),
    "|xy| = xy for x ≤ 0": (same(Abs(x * y), x * y, x <= 0), "not equal"),
    "|xy| = −xy for x ≤ 0": (same(Abs(x * y), -x * y, x <= 0), "not equal"),
    "1/|x| = −1/x for x ≤ 0": (same(1 / Abs(x), -1 / x, x <= 0), "must not be zero"),
    "sgn x = 1 for x ≥ 0": (same(sgn(x), one, x >= 0), "not equal"),
    "sgn x = −1 for x ≤ 0": (same(sgn(x), -one, x <= 0), "not equal"),
    "sgn x = ±1 for x ≠ 0": (same(sgn(x), one, unequal(x, 0)), "not equal"),
    "sgn 0 = 1": (same(sgn(x - x), one), "not equal"),
    "sgn z for complex z": (same(sgn(z), sgn(z)), "real number"),
    "x > 0 because x ≠ 0": (follows(x > 0, unequal(x, 0)), "not shown"),
    "x > 0 because x ≥ 0 and y ≠ 0": (follows(x > 0, x >= 0, unequal(y, 0)), "not shown"),
    "−x > 0 because x ≥ 0 and x ≠ 0": (follows(-x > 0, x >= 0, unequal(x, 0)), "not shown"),
    # products that vanish
    "x(1 − y) ≠ 0 because x ≠ 0": (same(x * (1 - y) / (x - x * y), one, unequal(x, 0)), "must not be zero"),
    "x(1 − y) ≠ 0 because y ≠ 1": (same(x * (1 - y) / (x - x * y), one, unequal(y, 1)), "must not be zero"),
    "x + xy ≠ 0 because x ≠ 0, y ≠ 0": (
        same(one / (x + x * y), one / (x + x * y), unequal(x, 0), unequal(y, 0)),
        "zero",
    ),
    # roots of numbers that are not negative
    "conj √x = √x": (same(conj(sqrt(x)), sqrt(x)), "must not be zero"),
    "conj √x = √x for x ≠ 0": (same(conj(sqrt(x)), sqrt(x), unequal(x, 0)), "not equal"),
    "conj √(1−x) = √(1−x) for x ≤ 2": (same(conj(sqrt(1 - x)), sqrt(1 - x), x <= 2, unequal(x, 1)), "not equal"),
    "√(1−x) is real for x ≠ 1": (follows(Term("is_real", (sqrt(1 - x),)), unequal(x, 1)), "not shown"),
    # the phase of a product
    "arg(xz) = arg z": (same(arg(x * z), arg(z), unequal(x, 0), unequal(z, 0)), "not equal"),
    "arg(−z) = arg z + π": (same(arg(-z), arg(z) + pi, unequal(z, 0)), "not equal"),
    "e^{i arg(−z)} = e^{i arg z}": (same(exp(I * arg(-z)), exp(I * arg(z)), unequal(z, 0)), "not equal"),
    # measurements
    "the effect d + 1 of a POVM": (follows(entry(E(d + 1), 0, 0) >= 0, POVM), "not shown"),
    "⟨0|E|1⟩ is real": (same(conj(entry(E(j), 0, 1)), entry(E(j), 0, 1), POVM, j >= 1, j <= d), "not equal"),
    "completeness of d + 1 effects": (lambda: completeness(E, d + 1, zero, zero, (POVM,)), "not given as a POVM"),
    "the lossy family is the POVM E": (
        lambda: completeness(E, d, zero, zero, (Term("povm", (LOSSY_EFFECTS, d + 1)),)),
        "not given as a POVM",
    ),
    "losses at p > 1 are positive": (
        follows(entry(lossy_effect(d + 1), 0, 0) >= 0, POVM, p >= 0),
        "not shown",
    ),
    # K†K = 1 is about the sum
    "K₁†K₁ = 1": (
        same(Sum(entry(K(m), 0, 0) * conj(entry(K(m), 0, 0)), (m, 1, M)), one, TRACE_PRESERVING),
        "not equal",
    ),
    "⟨v|M|v⟩ is real for every M": (
        lambda: order(zero <= conj(v) * w * entry(E(j), 0, 1), (), (POVM, j >= 1, j <= d)),
        "not shown to be ≥ 0",
    ),
    "⟨v|M|w⟩ is at most itself": (
        lambda: order(Term("le", (conj(v) * w * entry(E(j), 0, 1),) * 2), (), (POVM, j >= 1, j <= d)),
        "between real numbers",
    ),
}


@pytest.mark.parametrize("name", FALSE)
def test_a_falsehood_is_refused(name: str) -> None:
    attempt, reason = FALSE[name]
    with pytest.raises(Refused, match=reason):
        attempt()


def test_what_is_true_nearby() -> None:
    for attempt in (
        same(delta(i, k), one, i <= k, k <= i),
        same(delta(i, k), one, i < k + 1, k <= i),
        same(Abs(x), -x, x <= 0),
        same(Abs(x * y), -x * Abs(y), x <= 0),
        same(sgn(x), -one, x <= 0, unequal(x, 0)),
        same(sgn(x - x), zero),
        same(one / (x - x * y), one / x / (1 - y), unequal(x, 0), unequal(y, 1)),
        same(conj(sqrt(1 - x)), sqrt(1 - x), x <= 1),
        follows(x > 0, x >= 0, unequal(x, 0)),
    ):
        assert attempt()


def _instance(theorem: Theorem, *given: Term) -> Theorem:
    return instantiate(theorem, ((E, LOSSY_EFFECTS), (a, LOSSY_OUTCOMES), (d, d + 1)), given)


def test_a_theorem_about_povms_keeps_its_hypothesis_at_another_family() -> None:
    """σ² ≥ τ² for the lossy family needs that this is a POVM; that E is one does not discharge it."""
    theorem = _instance(paper().prove("variance").theorem, p > 0)
    family = Term("povm", (LOSSY_EFFECTS, d + 1))
    assert family in theorem.hypotheses
    with pytest.raises(Refused, match="not met"):
        discharge(theorem, (POVM, p > 0))
    with pytest.raises(Refused, match="not a hypothesis"):
        cut(theorem, paper().prove("channel-POVM").theorem)
    lossy = paper().prove("loss-POVM").theorem
    assert discharge(cut(theorem, lossy), (POVM, p > 0, p <= 1)).hypotheses == {POVM, p > 0, p <= 1}


def test_outcomes_of_the_lossy_measurement_need_p() -> None:
    """μ + (a − μ)/p is no number at p = 0."""
    with pytest.raises(Refused, match="must not be zero"):
        _instance(paper().prove("variance").theorem)


def test_the_count_of_the_outcomes_is_not_free() -> None:
    """The lossy effects are a POVM with d + 1 outcomes, not with d."""
    lossy = paper().prove("loss-POVM").theorem
    other = instantiate(paper().prove("variance").theorem, ((E, LOSSY_EFFECTS),), ())
    with pytest.raises(Refused, match="not a hypothesis"):
        cut(other, lossy)


def test_a_family_that_depends_on_n_is_another_family_for_each_n() -> None:
    """A limit theorem at E = E_N keeps N free beside the limit variable: it says nothing of the diagonal N."""
    limit = paper().prove("A7").theorem
    family = lam(
        n, delta(n, 1) * (half + 1 / (2 * (N + 1))) * identity + delta(n, 2) * (half - 1 / (2 * (N + 1))) * identity
    )
    theorem = instantiate(limit, ((E, family),), ())
    assert N in theorem.conclusion.free
    assert N not in limit.conclusion.free
    assert N in theorem.conclusion.args[0].free  # not captured by the limit's own variable


def test_channels_need_all_of_the_kraus_operators() -> None:
    """Positivity of Γ†(E) is that of E at Kv; completeness needs Σ K†K = 1."""
    theorem = paper().prove("channel-POVM").theorem
    assert TRACE_PRESERVING in theorem.hypotheses
    with pytest.raises(Refused):
        discharge(theorem, (POVM,))
    halved = instantiate(theorem, ((K, lam(n, half * identity)), (M, one)), ())
    false = next(h for h in halved.hypotheses if h.op == "eq")
    with pytest.raises(Refused, match="not equal"):
        normal_form(entry(false.args[0], 0, 0), entry(false.args[1], 0, 0), ())


def test_an_operator_that_is_no_effect_has_no_sign() -> None:
    with pytest.raises(Refused, match="not shown"):
        fact(entry(matrix(x, z, conj(z), y), 0, 0) >= 0, (x * y >= Abs(z) ** 2,))
    with pytest.raises(Refused, match="at most"):
        positivity(E, d, d + 1, v, w, (POVM,))
    with pytest.raises(Refused, match="not shown"):
        fact(entry(A2, 0, 0) >= 0, ())
    with pytest.raises(Refused, match="not shown"):
        fact(entry(THROUGH.A, 0, 0) >= 0, (POVM, TRACE_PRESERVING))
    assert fact(Term("is_real", (entry(A, 0, 0),)), (POVM,))
