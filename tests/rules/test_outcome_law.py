"""The law of the outcomes of N particles in any state: by brute force, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from symbolic_mqb.kernel.canonical import Context
from symbolic_mqb.kernel.errors import Refused, TermError
from symbolic_mqb.kernel.terms import Term, lam, num, substitute, var
from symbolic_mqb.notation.language import Sum, delta, exp, symbols
from symbolic_mqb.notation.macroscopic import X, expectation, mean, probability, rho
from symbolic_mqb.notation.measurement import POVM, E, J, N, a, at_site, d, i, sum_over_tuples, tensor
from symbolic_mqb.numerics.states import States
from symbolic_mqb.numerics.witness import check, check_at
from symbolic_mqb.rules.asymptotics import from_threshold
from symbolic_mqb.rules.logic import assume, instantiate, normal_form
from symbolic_mqb.rules.outcome_law import expectation as outcome_expectation
from symbolic_mqb.rules.outcome_law import (
    expectation_is_nonnegative,
    expectation_is_real,
    marginal,
    total_probability,
    trace_of_multiple_of_sum,
    trace_of_state,
    trace_of_tuples,
    tuples_of_sum,
    weak_limit_by_variance,
)

Q = Fraction
alpha, C, x, t = symbols("α C x t", "real")
j, s = symbols("j s", "int")
z = symbols("z", "complex")[0]
EFFECTS = [
    [[Q(1, 2), (0, Q(1, 4))], [(0, Q(-1, 4)), Q(1, 4)]],
    [[Q(1, 2), (0, Q(-1, 4))], [(0, Q(1, 4)), Q(3, 4)]],
]
POINTS: list[dict[Term, Any]] = [
    {rho: States(seed), N: size, d: 2, E: EFFECTS, a: [Q(1), Q(-1, 2)], s: max(size, 1)}
    for seed in (0, 1, 5)
    for size in (0, 1, 2, 3)
]


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_total_probability(point: dict[Term, Any]) -> None:
    assert check_at(total_probability(rho, N, E, d, (POVM,)).conclusion, point).verdict == "agrees"


@pytest.mark.parametrize("point", [p for p in POINTS if p[N]], ids=str)
def test_marginals(point: dict[Term, Any]) -> None:
    theorem = marginal(rho, N, E, d, s, lam(j, a(j) ** 2 - 3), (POVM, s >= 1, s <= N))
    assert check_at(theorem.conclusion, point).verdict == "agrees"


def test_a_particle_may_be_numbered_by_an_outcome_of_others() -> None:
    """The site J(1) is that of a free J, not of the tuple that is summed over."""
    site = Term("app", (J, num(1)))
    theorem = marginal(rho, N, E, d, site, lam(j, a(j)), (POVM, site >= 1, site <= N))
    assert J in theorem.left.free
    assert J in theorem.right.free
    of_as_many = marginal(rho, site, E, d, s, lam(j, a(j)), (POVM, s >= 1, s <= site))
    of_any_number = marginal(rho, N, E, d, s, lam(j, a(j)), (POVM, s >= 1, s <= N))
    assert of_as_many.conclusion == substitute(of_any_number.conclusion, {N: site})


def test_probabilities_need_a_povm_and_states() -> None:
    for refused in (
        lambda: total_probability(rho, N, E, d, ()),
        lambda: total_probability(rho, N, E, d + 1, (POVM,)),
        lambda: marginal(rho, N, E, d, s, lam(j, a(j)), (s >= 1, s <= N)),
        lambda: expectation_is_real(rho, N, E, d, lam(J, num(1)), ()),
        lambda: expectation_is_nonnegative(rho, N, E, d, lam(J, num(1)), ()),
    ):
        with pytest.raises(Refused, match="POVM"):
            refused()
    with pytest.raises(Refused, match="sequence of states"):
        total_probability(E, N, E, d, (POVM,))
    with pytest.raises(Refused, match="natural"):
        total_probability(rho, N - 1, E, d, (POVM,))


def test_the_number_of_particles_is_natural() -> None:
    for n in (x, N + num(Q(1, 2))):
        given = (POVM, s >= 1, s <= n, x >= 0)
        for refused in (
            lambda n=n, given=given: marginal(rho, n, E, d, s, lam(j, a(j)), given),
            lambda n=n, given=given: expectation_is_real(rho, n, E, d, lam(J, num(1)), given[:1]),
            lambda n=n, given=given: expectation_is_nonnegative(rho, n, E, d, lam(J, num(1)), given[:1]),
            lambda n=n, given=given: trace_of_tuples(
                Term("app", (rho, N)), n, d, lam(J, num(1)), lam(J, tensor(E(J(i)), i, N)), ()
            ),
            lambda n=n, given=given: trace_of_tuples(
                Term("app", (rho, N)), N, n, lam(J, num(1)), lam(J, tensor(E(J(i)), i, N)), ()
            ),
        ):
            with pytest.raises(Refused, match="natural"):
                refused()
    with pytest.raises(Refused, match="natural"):
        marginal(rho, N, E, d, num(Q(3, 2)), lam(j, a(j)), (POVM, N >= 2))


def test_a_marginal_needs_a_particle() -> None:
    for given in ((POVM, s >= 1), (POVM, s <= N), (POVM, s >= 0, s <= N)):
        with pytest.raises(Refused, match="not shown to be"):
            marginal(rho, N, E, d, s, lam(j, a(j)), given)


def test_expectations_of_complex_or_negative_values() -> None:
    assert expectation_is_real(rho, N, E, d, lam(J, a(J(1))), (POVM,)).conclusion.op == "is_real"
    with pytest.raises(Refused, match="real"):
        expectation_is_real(rho, N, E, d, lam(J, z * a(J(1))), (POVM,))
    with pytest.raises(Refused, match="≥ 0"):
        expectation_is_nonnegative(rho, N, E, d, lam(J, a(J(1))), (POVM,))
    theorem = expectation_is_nonnegative(rho, N, E, d, lam(J, a(J(1)) ** 2), (POVM,))
    assert check(theorem.conclusion, (*theorem.hypotheses, N >= 1)).verdict == "agrees"


def test_sums_leave_sums_over_tuples() -> None:
    theorem = tuples_of_sum(expectation(Sum(a(J(i)), (i, 1, N))), ())
    assert theorem.right.op == "sum"
    assert check_at(theorem.conclusion, POINTS[6]).verdict == "agrees"
    with pytest.raises(Refused, match="depend on the tuple"):
        tuples_of_sum(sum_over_tuples(Sum(a(i), (i, 1, J(1))), J, N, d), ())
    with pytest.raises(Refused, match="over tuples"):
        tuples_of_sum(Sum(Sum(a(i), (i, 1, s)), (s, 1, N)), ())


def test_the_trace_is_linear() -> None:
    state, effects = Term("app", (rho, N)), tensor(E(J(i)), i, N)
    theorem = trace_of_tuples(state, N, d, lam(J, delta(a(J(1)), 1)), lam(J, effects), ())
    assert check_at(theorem.conclusion, POINTS[6]).verdict == "agrees"
    with pytest.raises(Refused, match="operators on N"):
        trace_of_tuples(state, N, d, lam(J, num(1)), lam(J, num(1)), ())


def test_the_trace_of_a_state_and_of_a_sum() -> None:
    state = Term("app", (rho, N))
    for point in POINTS:
        assert check_at(trace_of_state(rho, N, ()).conclusion, point).verdict == "agrees"
        theorem = trace_of_multiple_of_sum(state, x, num(1), N, lam(s, at_site(E(1), s, N)), ())
        assert check_at(theorem.conclusion, {**point, x: Q(2, 3)}).verdict == "agrees"
    with pytest.raises(Refused, match="sequence of states"):
        trace_of_state(E, N, ())
    for factor, low, high, why in (
        (x, num(Q(1, 2)), N, "integer"),
        (x, num(1), num(Q(1, 2)), "integer"),
        (1 / x, num(1), N, "zero"),
    ):
        with pytest.raises(Refused, match=why):
            trace_of_multiple_of_sum(state, factor, low, high, lam(s, at_site(E(1), s, N)), ())
    with pytest.raises(Refused, match="operators on N"):
        trace_of_multiple_of_sum(state, x, num(1), N, lam(s, a(s)), (s >= 0,))


def test_a_sum_over_tuples_is_linear_in_the_canonical_form() -> None:
    assert normal_form(expectation(x * a(J(1))), x * expectation(a(J(1))), ()).hypotheses == frozenset()
    with pytest.raises(Refused, match="not equal"):
        normal_form(expectation(a(J(1))), a(1) * expectation(num(1)), ())
    with pytest.raises(Refused, match="zero"):
        normal_form(expectation(x**-1), x**-1 * expectation(num(1)), ())


def test_a_state_is_a_variable() -> None:
    theorem = total_probability(rho, N, E, d, (POVM,))
    with pytest.raises((Refused, TermError), match="stands for"):
        instantiate(theorem, ((rho, E),), ())


# -- which expectations of products are real -------------------------------------------------------
def test_means_are_real_under_a_povm_only() -> None:
    assert Context((POVM,)).real(Context((POVM,)).nf(mean(s)))
    assert not Context(()).real(Context(()).nf(mean(s)))


@pytest.mark.parametrize(
    "operator",
    [z * Term("identity"), E(s), E(d + 1), E(num(0)), var("B", "op"), Term("matmul", (E(num(1)), E(num(2))))],
    ids=repr,
)
def test_other_operators_are_not_taken_for_hermitian(operator: Term) -> None:
    given = (POVM, d >= 2, s >= 0)
    value = Term("trace_of", (Term("app", (rho, N)), tensor(operator, i, N)))
    assert not Context(given).real(Context(given).nf(value))
    other = Term("trace_of", (Term("app", (rho, N + 1)), tensor(Term("identity"), i, N)))
    assert not Context(given).real(Context(given).nf(other))


# -- the weak limit --------------------------------------------------------------------------------
SQUARE = expectation((X - 0) ** 2)
SMALL = Term("le", (SQUARE, C * N ** (-alpha)))
FOR_ALL = Term("asymptotic", (num(1), lam(N, SMALL)))
GIVEN = (POVM, alpha > 0, alpha <= 1, C >= 0)


def test_a_small_variance_gives_a_weak_limit() -> None:
    bound = from_threshold(N, assume(FOR_ALL))
    theorem = weak_limit_by_variance(N, lam(J, X), num(0), C, alpha, bound, GIVEN)
    assert theorem.conclusion.op == "weak_limit"
    assert theorem.hypotheses == {*GIVEN, FOR_ALL}


def test_a_bound_at_one_size_is_no_weak_limit() -> None:
    with pytest.raises(Refused, match="must not depend"):
        weak_limit_by_variance(N, lam(J, X), num(0), C, alpha, assume(SMALL), GIVEN)


def test_what_a_weak_limit_needs() -> None:
    bound = from_threshold(N, assume(FOR_ALL))
    for given, why in (
        (GIVEN[1:], "POVM"),
        (GIVEN[:1] + GIVEN[2:], "go to zero|powers|POVM|not"),
        (GIVEN[:3], "go to zero"),
    ):
        with pytest.raises(Refused, match=why):
            weak_limit_by_variance(N, lam(J, X), num(0), C, alpha, bound, given)
    with pytest.raises(Refused, match="expected a bound"):
        weak_limit_by_variance(N, lam(J, X), num(1), C, alpha, bound, GIVEN)
    with pytest.raises(Refused, match="expected a bound"):
        weak_limit_by_variance(N, lam(J, X), num(0), C / 2, alpha, bound, GIVEN)
    with pytest.raises(Refused, match="expected a bound"):
        weak_limit_by_variance(N, lam(J, X / 2), num(0), C, alpha, bound, GIVEN)


def test_a_free_tuple_is_not_the_one_that_is_summed_over() -> None:
    """Σ_J (a(J(1)) − J(2))² P(J) is a sum over the J(2) too, not one for a given J(2)."""
    K = var("K", "tuple")

    def tends(left: Term, values: Term, point: object) -> Term:
        small = Term("le", (left, C * N ** (-alpha)))
        bound = from_threshold(N, assume(Term("asymptotic", (num(1), lam(N, small)))))
        return weak_limit_by_variance(N, lam(K, values), point, C, alpha, bound, GIVEN).conclusion

    for inside, values, point in (
        (a(J(1)) - J(2), a(K(1)), J(2)),
        (a(J(1)) - J(2) - 0, a(K(1)) - J(2), num(0)),
        (a(J(1)) - J(2), a(K(1)), K(2)),
    ):
        with pytest.raises(Refused, match="expected a bound"):
            tends(expectation(inside**2), values, point)
    assert J in tends(outcome_expectation(rho, N, E, d, lam(K, (a(K(1)) - J(2)) ** 2)), a(K(1)), J(2)).free


def test_a_weak_limit_is_of_outcomes_of_a_state() -> None:
    projector, state, product = Term("outer", (Term("dicke", (N, N)),)), Term("app", (rho, N)), tensor(E(J(i)), i, N)
    traces = [Term("trace_of", pair) for pair in ((projector, product), (state, projector), (product, product))]
    traces.append(Term("trace_of", (state, tensor(Term("identity"), i, N))))
    for summand in (x, x * a(J(1)), *traces):
        small = Term("le", (sum_over_tuples(summand, J, N, d), C * N ** (-alpha)))
        bound = from_threshold(N, assume(Term("asymptotic", (num(1), lam(N, small)))))
        with pytest.raises(Refused, match=r"expected Σ|expected the effects"):
            weak_limit_by_variance(N, lam(J, X), num(0), C, alpha, bound, GIVEN)


def test_a_constant_that_runs_with_n_gives_no_weak_limit() -> None:
    running = Term("le", (SQUARE, (C * N) * N ** (-alpha)))
    bound = from_threshold(N, assume(Term("asymptotic", (num(1), lam(N, running)))))
    with pytest.raises(Refused, match="must not depend"):
        weak_limit_by_variance(N, lam(J, X), num(0), C * N, alpha, bound, GIVEN)


def test_for_all_sizes_is_read_at_one_size() -> None:
    theorem = from_threshold(N, assume(FOR_ALL))
    assert theorem.conclusion == SMALL
    assert theorem.hypotheses == {FOR_ALL, num(1) <= N}
    remainder = Term("asymptotic", (num(1), lam(N, Term("eq", (exp(t) / N, Term("O", (1 / N, C)))))))
    with pytest.raises(Refused, match="remainders"):
        from_threshold(N, assume(remainder))
    shifted = Term("asymptotic", (N, lam(var("n", "nat"), num(0) <= C)))
    with pytest.raises(Refused, match="variable"):
        from_threshold(N, assume(shifted))


def test_sampled_states_are_states() -> None:
    for seed in range(5):
        for n in range(4):
            columns = States(seed)(n).columns()
            assert abs(sum((columns[k][k] for k in range(2**n)), 0) - 1) < 1e-12
    assert str(States(0)) != str(States(1))
    assert probability().op == "trace_of"


@pytest.mark.parametrize(("under_the_root", "good"), [(2 * N - 1, True), (2 * N - 3, False)])
def test_the_outcomes_are_real_for_every_size_from_1_on(under_the_root: Term, good: bool) -> None:
    """√(2N − 3) is real from N = 2 on only."""
    values = under_the_root ** num(Q(1, 2)) * a(J(1))
    small = Term("le", (outcome_expectation(rho, N, E, d, lam(J, (values - 0) ** 2)), C * N ** (-alpha)))
    bound = from_threshold(N, assume(Term("asymptotic", (num(1), lam(N, small)))))
    if good:
        assert weak_limit_by_variance(N, lam(J, values), num(0), C, alpha, bound, GIVEN).conclusion.op == "weak_limit"
    else:
        with pytest.raises(Refused, match="not shown to be real"):
            weak_limit_by_variance(N, lam(J, values), num(0), C, alpha, bound, GIVEN)
