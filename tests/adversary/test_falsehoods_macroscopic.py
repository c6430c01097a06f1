"""Falsehoods about sums over tuples, laws of outcomes, Kronecker's δ and integrals of wave-functions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from symbolic_mqb.kernel.canonical import Context
from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, lam, num, var
from symbolic_mqb.notation.language import I, Integral, Sum, delta, exp, half, symbols
from symbolic_mqb.notation.macroscopic import expectation, mean, probability, rho
from symbolic_mqb.notation.measurement import POVM, E, J, N, a, at_site, d, i, sum_over_tuples, tensor, trace
from symbolic_mqb.notation.objects import wave
from symbolic_mqb.rules.collective import one_body_element, split_terms
from symbolic_mqb.rules.fourier import convolution_theorem
from symbolic_mqb.rules.logic import fact, normal_form
from symbolic_mqb.rules.outcome_law import expectation_is_nonnegative, marginal, total_probability, tuples_of_sum

x, y, t = symbols("x y t", "real")
j, s = symbols("j s", "int")
k = symbols("k", "nat")[0]
B = var("B", "op")
one = num(1)


def same(left: Term, right: Term, *given: Term) -> Callable[[], object]:
    """An attempt to prove left = right by algebra."""
    return lambda: normal_form(left, right, given)


FALSE: dict[str, Callable[[], object]] = {
    "δ(x, 1) = δ(x, 2)": same(delta(x, 1), delta(x, 2)),
    "δ(x, y) = δ(x, −y)": same(delta(x, y), delta(x, -y)),
    "δ(x, 0) = 0": same(delta(x, 0), num(0)),
    "δ(1/x, 0) = 0 at x = 0": same(delta(1 / x, 0), num(0)),
    "δ(x, y)·x = δ(x, y)": same(delta(x, y) * x, delta(x, y)),
    "Σ over tuples of 1 is 1": same(sum_over_tuples(one, J, N, d), one),
    "Σ over tuples of 1 is d": same(sum_over_tuples(one, J, N, d), d),
    "Σ f·Σ g = Σ fg over tuples": same(expectation(a(J(1))) * expectation(a(J(2))), expectation(a(J(1)) * a(J(2)))),
    "a factor that depends on the tuple leaves the sum": same(expectation(a(J(1))), a(1) * expectation(one)),
    "1/x leaves an empty sum over tuples": same(sum_over_tuples(1 / x, J, N, d), sum_over_tuples(one, J, N, d) / x),
    "E[a²] = E[a]²": same(expectation(a(J(1)) ** 2), expectation(a(J(1))) ** 2),
    "tr ρ E = 1 for one outcome": same(probability(), one, POVM),
    "the mean is the same at every particle": same(mean(s), mean(s + 1), POVM, s >= 1, s + 1 <= N),
    "e^x is integrable": lambda: normal_form(Integral(exp(x), x), Integral(exp(x), x), ()),
    "e^{ix²} is integrable": lambda: normal_form(Integral(exp(I * x**2), x), num(0), ()),
    "e^{x²/2}⟨x|k⟩² is integrable": same(
        Integral(exp(x**2 / 2) * wave(x, k) ** 2, x), Integral(exp(x**2 / 2) * wave(x, k) ** 2, x)
    ),
    "e^{x²}⟨x|k⟩ is integrable": same(Integral(exp(x**2) * wave(x, k), x), Integral(exp(x**2) * wave(x, k), x)),
    "∫ e^{x}⟨x|k⟩ = ∫ ⟨x|k⟩": same(Integral(exp(x) * wave(x, k), x), Integral(wave(x, k), x)),
    "a wave-function at y makes e^x integrable": same(
        Integral(exp(x) * wave(y, k), x), Integral(exp(x) * wave(y, k), x)
    ),
    "the convolution theorem for a constant": lambda: convolution_theorem(lam(x, one), lam(x, exp(-(x**2))), t, ()),
    "a mean is positive": lambda: fact(num(0) <= mean(one), (POVM, N >= 1)),
    "an expectation is positive": lambda: expectation_is_nonnegative(rho, N, E, d, lam(J, a(J(1))), (POVM,)),
    "−1 has a positive expectation": lambda: expectation_is_nonnegative(rho, N, E, d, lam(J, num(-1)), (POVM,)),
    "half a particle has a marginal": lambda: marginal(rho, N, E, d, num(Fraction(1, 2)), lam(j, a(j)), (POVM, N >= 1)),
    "the probabilities of half the outcomes sum to one": lambda: total_probability(rho, N, E, d / 2, (POVM,)),
    "|N, N+1⟩ has a one-body element": lambda: one_body_element(N, s, N + 1, N, B, (s >= 1, s <= N)),
    "a product splits like a sum": lambda: split_terms(Sum(a(j) * 2, (j, 1, d)), ()),
    "a sum whose length depends on the tuple is taken out": lambda: tuples_of_sum(
        sum_over_tuples(Sum(one, (j, 1, J(1))), J, N, d), ()
    ),
}


@pytest.mark.parametrize("falsehood", FALSE)
def test_a_falsehood_is_refused(falsehood: str) -> None:
    with pytest.raises(Refused):
        FALSE[falsehood]()


def test_the_tuple_of_a_law_is_not_captured() -> None:
    """Values that mention another tuple called J: the law's own tuple is named apart."""
    theorem = marginal(rho, N, E, d, s, lam(j, a(j) + a(J(1))), (POVM, s >= 1, s <= N))
    assert J in theorem.left.free
    assert J in theorem.right.free


def test_atoms_with_undefined_bodies_are_not_the_same() -> None:
    """Two traces whose tensor factors cannot be read are compared as they are written, and no crash."""
    context = Context((POVM,))
    first = trace(Term("app", (rho, N)), tensor(E(J(i)), i, N))
    second = trace(Term("app", (rho, N)), at_site(E(1), s, N))
    assert not context.same(first, second)
    assert context.same(first, first)


def test_what_is_true_of_the_same_kind() -> None:
    """δ depends on whether the difference is 0; a factor free of the tuple leaves the sum; e^x times a Gaussian."""
    normal_form(delta(x, y), delta(2 * y, 2 * x), ())
    normal_form(delta(k - 3, 0), delta(3, k), ())
    normal_form(expectation(x * a(J(1))), x * expectation(a(J(1))), ())
    shifted = Integral(exp(x) * wave(x, k), x)
    normal_form(shifted, Integral(exp(half) * (exp(-half) * exp(x) * wave(x, k)), x), ())
