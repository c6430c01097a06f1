"""Integrals over finite intervals and periods: what the rules accept, and what they must refuse."""

from __future__ import annotations

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.notation.language import Abs, I, Integral, Sum, cos, delta, equal, exp, oo, pi, sgn, symbols, unequal
from symbolic_mqb.numerics.witness import check
from symbolic_mqb.rules.asymptotics import from_threshold
from symbolic_mqb.rules.circle import jordan, orthogonality
from symbolic_mqb.rules.exponentials import exponential_above_tangent, exponential_taylor
from symbolic_mqb.rules.inequalities import triangle
from symbolic_mqb.rules.intervals import (
    integral_of_sum,
    interval_inequality,
    interval_termwise,
    modulus_of_integral,
    weak_limit_on_interval,
)
from symbolic_mqb.rules.logic import assume, fact, normal_form
from symbolic_mqb.rules.sums import binomial_theorem

m, n = symbols("m n", "int")
N, p = symbols("N p", "nat")
s = symbols("s", "int")[0]
x, y, u, a, b = symbols("x y u a b", "real")
z, w = symbols("z w", "complex")
zero, one = num(0), num(1)


def between(body: Term, low: Term = zero, high: Term = one, v: Term = u) -> Term:
    return Integral(body, (v, low, high))


@pytest.mark.parametrize(
    "theorem",
    [
        lambda: orthogonality(m, n, p, ()),
        lambda: integral_of_sum(zero, one, lam(u, exp(z * u)), lam(u, Abs(u)), ()),
        lambda: modulus_of_integral(zero, one, lam(u, exp(I * x * u)), ()),
        lambda: jordan(x, (-pi / 2 <= x, x <= pi / 2)),
        lambda: exponential_above_tangent(x, ()),
        lambda: exponential_taylor(z, 0, ()),
        lambda: exponential_taylor(z, 2, ()),
        lambda: exponential_taylor(z, 3, ()),
        lambda: binomial_theorem(p, z, z + 1, w, ()),
        lambda: interval_termwise(between(u**2 * Sum(exp(I * s * u), (s, 0, p))), ()),
        lambda: interval_inequality(u, zero, one, fact(u**2 <= u**2 + 1, ()), ()),
    ],
)
def test_what_is_proved_is_true(theorem) -> None:
    made = theorem()
    assert check(made.conclusion, made.hypotheses).verdict == "agrees"


def test_the_frequencies_and_periods_are_integers() -> None:
    with pytest.raises(Refused, match="frequency is not shown to be an integer"):
        orthogonality(x, n, one, ())
    with pytest.raises(Refused, match="not shown to be a natural number"):
        orthogonality(m, n, num(1) / 2, ())
    with pytest.raises(Refused, match="not shown to be a natural number"):
        orthogonality(m, n, n, ())


def test_the_variable_of_a_period_is_not_captured() -> None:
    phi = symbols("φ", "int")[0]
    theorem = orthogonality(phi, zero, one, ())
    assert phi in theorem.conclusion.free
    assert theorem.right == 2 * pi * delta(phi, 0)


def test_an_integral_over_the_line_or_backwards_is_no_integral_over_an_interval() -> None:
    with pytest.raises(Refused, match="over a finite interval"):
        integral_of_sum(zero, oo, lam(u, exp(-u)), lam(u, -exp(-u)), ())
    with pytest.raises(Refused, match="over a finite interval"):
        modulus_of_integral(-oo, oo, lam(u, exp(-(u**2))), ())
    with pytest.raises(Refused, match="lower bound at or below"):
        modulus_of_integral(one, zero, lam(u, u), ())
    with pytest.raises(Refused, match="lower bound at or below"):
        modulus_of_integral(a, b, lam(u, u), ())
    with pytest.raises(Refused, match="runs between real numbers"):
        modulus_of_integral(zero, z, lam(u, u), ())


def test_infinity_minus_infinity() -> None:
    """∫_{−1}^{1} 1/u and ∫ −1/u do not cancel, and no part of an undefined integral is split off."""
    for f, g in ((1 / u, -1 / u), (u, 1 / u)):
        with pytest.raises(Refused, match="must not be zero"):
            integral_of_sum(-one, one, lam(u, f), lam(u, g), ())
    with pytest.raises(Refused, match="must not be zero"):
        interval_termwise(between(Sum(u ** (s - 1), (s, 0, 1)), -one), ())


def test_termwise_needs_a_finite_sum_whose_bounds_do_not_move() -> None:
    with pytest.raises(Refused, match="an integer to an integer"):
        interval_termwise(between(Sum(u**2, (s, 0, x))), ())
    with pytest.raises(Refused, match="expected a finite sum"):
        interval_termwise(between(exp(u)), ())
    moving = between(Sum(u, (s, 0, Term("sgn", (u,)))))
    with pytest.raises(Refused):
        interval_termwise(moving, ())


def test_termwise_captures_nothing() -> None:
    """∫ s Σ_s u^s du with a free s outside the sum."""
    total = between(s * Sum(u**s, (s, 0, 2)))
    theorem = interval_termwise(total, ())
    assert s in theorem.conclusion.free
    assert check(theorem.conclusion, ()).verdict == "agrees"


def test_an_inequality_is_integrated_only_with_the_facts_of_its_interval() -> None:
    bounded = fact(u <= 1, (u <= one,))
    theorem = interval_inequality(u, zero, one, bounded, ())
    assert not theorem.hypotheses
    with pytest.raises(Refused, match="not one of its bounds"):
        interval_inequality(u, zero, num(2), bounded, ())
    with pytest.raises(Refused, match="not one of its bounds"):
        interval_inequality(u, zero, one, assume(u <= 0), ())
    with pytest.raises(Refused, match="the bounds do not mention"):
        interval_inequality(u, zero, u, bounded, ())
    with pytest.raises(Refused, match="lower bound at or below"):
        interval_inequality(u, one, zero, fact(u <= 0, (u <= zero,)), ())
    square = triangle((1 / u, u), (u > 0,))
    with pytest.raises(Refused, match="not one of its bounds"):
        interval_inequality(u, zero, one, square, ())


def test_jordan_holds_to_a_quarter_turn_only() -> None:
    for given in ((), (-pi / 2 <= x,), (-pi <= x, x <= pi)):
        with pytest.raises(Refused, match="between −π/2 and π/2"):
            jordan(x, given)
    with pytest.raises(Refused, match="between −π/2 and π/2"):
        jordan(z, ())
    assert check((2 * x / pi) ** 2 <= 1 - cos(x) ** 2, (-pi <= x, x <= pi)).verdict == "refuted"


def test_the_tangent_lies_below_for_real_numbers_only() -> None:
    with pytest.raises(Refused, match="not shown to be real"):
        exponential_above_tangent(z, ())
    with pytest.raises(Refused, match="order of the expansion"):
        exponential_taylor(z, -1, ())


def test_the_binomial_theorem_needs_a_natural_exponent() -> None:
    for exponent in (n, num(-1), num(1) / 2, x):
        with pytest.raises(Refused, match="not shown to be a natural number"):
            binomial_theorem(exponent, z, w, w, ())
    with pytest.raises(Refused, match="must not be zero"):
        binomial_theorem(p, w, 1 / z, w, ())


def test_a_double_integral_needs_a_bounded_inner_one() -> None:
    inner = between(1 / (1 + u * x), v=u)
    with pytest.raises(Refused, match="must not be zero"):
        normal_form(between(inner, v=x, low=-one), zero, ())
    with pytest.raises(Refused, match="integrable"):
        normal_form(between(Integral(exp(-(u**2)) * Abs(x), u) ** (num(1) / 2), v=x), zero, ())
    moving = Integral(Integral(sgn(u - x), (u, 0, x)), (x, 0, 1))
    with pytest.raises(Refused, match="integrable"):
        normal_form(moving, moving, ())
    fixed = Integral(Integral(exp(I * u * x), (u, 0, 1)), (x, 0, 1))
    normal_form(fixed, fixed, ())


#: A constant density, which tends to no point mass.
flat = between(num(1) / 2 + zero * N, -one, one)


def test_the_constant_density_is_no_delta() -> None:
    mass = assume(equal(flat, 1))
    moment = assume(between((num(1) / 2 + zero * N) * Abs(u - zero), -one, one) <= num(1) / 2 * N ** num(0))
    with pytest.raises(Refused, match="does not go to zero"):
        weak_limit_on_interval(N, flat, zero, mass, moment, ())


def test_a_density_of_either_sign_or_of_another_mass_is_refused() -> None:
    signed = between(u * N, -one, one)
    moment = assume(between(u * N * Abs(u - zero), -one, one) <= one * N ** num(-1))
    with pytest.raises(Refused, match="not shown to be ≥ 0"):
        weak_limit_on_interval(N, signed, zero, assume(equal(signed, 1)), moment, ())
    with pytest.raises(Refused, match="expected ∫p = 1"):
        weak_limit_on_interval(N, flat, zero, assume(equal(flat, 2)), moment, ())
    line = Integral(exp(-(u**2)), u)
    with pytest.raises(Refused, match="over a finite interval"):
        weak_limit_on_interval(N, line, zero, assume(equal(line, 1)), moment, ())


def test_an_interval_or_a_constant_that_runs_with_N_is_refused() -> None:
    body = num(1) / 2 + 0 * u
    moving = between(body, -one, N)
    bound = assume(between(body * Abs(u - zero), -one, N) <= one * N ** num(-1))
    with pytest.raises(Refused, match="must not depend"):
        weak_limit_on_interval(N, moving, zero, assume(equal(moving, 1)), bound, ())
    growing = assume(between(body * Abs(u - zero), -one, one) <= N * N ** num(-1))
    still = between(body, -one, one)
    with pytest.raises(Refused, match="must not depend"):
        weak_limit_on_interval(N, still, zero, assume(equal(still, 1)), growing, ())


def test_integrals_at_points_where_the_integrand_is_undefined() -> None:
    with pytest.raises(Refused, match="must not be zero"):
        modulus_of_integral(zero, one, lam(u, 1 / u), (unequal(u, 0),))


@pytest.mark.parametrize(("factor", "good"), [(2 * N - 1, True), (2 * N - 3, False)])
def test_a_density_is_not_negative_for_every_size_from_1_on(factor: Term, good: bool) -> None:
    """2N − 3 is positive from N = 2 on only."""
    density = factor + 0 * u
    claims = (equal(between(density), 1), between(density * Abs(u - zero)) <= one * N ** num(-1))
    mass, moment = (from_threshold(N, assume(Term("asymptotic", (one, lam(N, c))))) for c in claims)
    if good:
        assert weak_limit_on_interval(N, between(density), zero, mass, moment, ()).conclusion.op == "weak_limit"
    else:
        with pytest.raises(Refused, match="not shown to be ≥ 0"):
            weak_limit_on_interval(N, between(density), zero, mass, moment, ())


def test_the_bounds_of_a_sum_do_not_mention_the_variable_even_if_it_cancels() -> None:
    with pytest.raises(Refused, match="depend on the variable"):
        interval_termwise(between(Sum(u**2, (s, 0, u - u))), ())
    with pytest.raises(Refused, match="depend on the variable"):
        interval_termwise(between(Sum(u**2, (s, u - u, 0))), ())
    assert interval_termwise(between(Sum(u**s, (s, 0, p))), ()).right.op == "sum"
