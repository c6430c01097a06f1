"""A sampled point is one: each value lies in the sort of its variable, and each hypothesis really holds."""

import pytest

from symbolic_mqb.kernel.errors import TermError
from symbolic_mqb.kernel.terms import Term, lam, num, var
from symbolic_mqb.notation.channels import DEPHASED, DEPOLARISED, rate
from symbolic_mqb.notation.language import Abs, I, bounded, equal, exp, symbols
from symbolic_mqb.notation.losses import LOSSY_POVM, p
from symbolic_mqb.notation.measurement import POVM, E, d
from symbolic_mqb.numerics.compiler import Compiler
from symbolic_mqb.numerics.evaluate import Evaluator
from symbolic_mqb.numerics.sampling import sample, satisfied
from symbolic_mqb.numerics.witness import check

tau, phi, x = symbols("tau phi x", "real")
z = var("z", "complex")
k, N = symbols("k N", "nat")


def test_a_real_variable_never_gets_a_complex_value():
    # z = τ e^{2i} and z = τ e^{iφ} could both be met with a complex τ, where τ² = |τ|² fails.
    hypotheses = [equal(z, tau * exp(2 * I)), equal(z, tau * exp(I * phi))]
    assert check(equal(tau**2, Abs(tau) ** 2), hypotheses).verdict != "refuted"
    for point in sample([tau, phi, z], hypotheses, 5):
        assert Evaluator(point).number(tau).imag.contains(0)


@pytest.mark.parametrize(("v", "value"), [(tau, I * num(2)), (k, num(1) / num(2)), (k, num(-1)), (k, exp(num(1)))])
def test_a_term_that_is_no_value_of_the_variable_is_refused(v, value):
    with pytest.raises(TermError, match=r"is real, and|ranges over nat"):
        Evaluator({v: value}).number(v)
    assert not satisfied([equal(v, value)], {v: value}, 25, Compiler())


@pytest.mark.parametrize(("v", "value"), [(tau, exp(num(2))), (k, num(4) / num(2)), (z, I * exp(num(1)))])
def test_a_term_that_is_a_value_of_the_variable_is_taken(v, value):
    assert satisfied([equal(v, value)], {v: value}, 25, Compiler())


def test_a_hypothesis_about_all_large_N_refutes_and_certifies_nothing():
    # |x|/N = O(1/N) with the constant 2 holds for every N only if |x| ≤ 2, which a few N cannot tell in general.
    asymptotic = Term("asymptotic", (num(1), lam(N, equal(Abs(x) / N, num(0) + Term("O", (1 / N, num(2)))))))
    false, true = check(equal(x, x + 1), [asymptotic]), check(equal(x, x), [asymptotic])
    assert (false.verdict, false.counterexample) == ("undecided", None)
    assert "at a few N only" in false.reason
    assert (true.verdict, true.certified) == ("agrees", False)


def test_what_is_solved_from_a_square_takes_both_signs():
    assert {Evaluator(p).number(tau).real > 0 for p in sample([tau], [equal(tau**2, num(2))], 6)} == {True, False}
    assert all(Evaluator(p).number(tau).real > 0 for p in sample([tau], [equal(tau**2, num(2)), tau > 0], 6))
    assert check(equal(tau, num(2) ** (num(1) / 2)), [equal(tau**2, num(2))]).verdict == "refuted"


def test_a_power_of_no_qubits_bounds_nothing():
    n, operator = symbols("n", "nat")[0], symbols("M", "op")[0]
    power = Term("trace", (Term("tpow", (operator, num(0) * n)),))
    assert len(sample([n], [], 3, statements=[equal(power, power)])) == 3


def test_the_bound_of_a_function_is_not_negative():
    """|f| ≤ ε tells where to look beside s² + 16ε² ≤ 1/100, and leaves nothing below 0."""
    f, (s, epsilon) = symbols("f", "real->real")[0], symbols("s ε", "real")
    small, loud = s**2 + 16 * epsilon**2 <= num(1) / 100, bounded(f(s), s, epsilon)
    found = sample([epsilon], [small, loud], 20)
    assert len(found) == 20
    assert all(point[epsilon] >= 0 for point in found)
    assert sample([epsilon], [epsilon < 0, loud], 5) == []


@pytest.mark.parametrize(("made", "size"), [(DEPOLARISED.povm, rate), (DEPHASED.povm, rate), (LOSSY_POVM, p)])
def test_effects_made_of_others_are_a_povm_at_points_where_those_are(made, size):
    found = sample([E, d, size], [made, size > 0], 4)
    assert len(found) == 4
    assert all(satisfied([made, POVM], point, 25, Compiler()) for point in found)
