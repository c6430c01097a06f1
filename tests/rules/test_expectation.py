"""Expectations over a hidden variable and bounds on the whole line: what is proved and what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symbolic_mqb.kernel.errors import Refused, TermError
from symbolic_mqb.kernel.kinds import kind
from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.notation.language import (
    Abs,
    Expectation,
    I,
    Integral,
    Max,
    Min,
    Sum,
    bounded,
    conj,
    cos,
    equal,
    exp,
    log,
    sgn,
    symbols,
)
from symbolic_mqb.numerics.witness import check, check_at
from symbolic_mqb.rules.expectation import bound_at, bounded_everywhere, expectation_of_inequality
from symbolic_mqb.rules.inequalities import at_most_modulus, square_nonnegative
from symbolic_mqb.rules.logic import assume, fact, instantiate, normal_form

lam_, x, y, C = symbols("λ x y C", "real")
(z,) = symbols("z", "complex")
(k,) = symbols("k", "int")
(n,) = symbols("n", "nat")
f, g = symbols("f g", "real->real")
mu, nu = symbols("μ ν", "measure")


def mean(body: object, measure: Term = mu) -> Term:
    return Expectation(body, (lam_, measure))


def test_the_expectation_is_linear_and_normalised() -> None:
    total = mean(2 * f(lam_) - z * g(lam_) * f(lam_) + 3)
    normal_form(total, 2 * mean(f(lam_)) - z * mean(f(lam_) * g(lam_)) + 3, ())
    normal_form(mean(conj(f(lam_))), mean(f(lam_)), ())
    normal_form(Abs(mean(f(lam_) ** 2)), mean(f(lam_) ** 2), ())
    normal_form(mean(Sum(f(lam_) ** k, (k, 0, n))), mean(Sum(f(lam_) ** k, (k, 0, n))), ())
    assert check(equal(total, 2 * mean(f(lam_)) - z * mean(f(lam_) * g(lam_)) + 3)).verdict == "agrees"
    assert check(equal(mean(f(lam_) * g(lam_)), mean(f(lam_)) * mean(g(lam_)))).verdict == "refuted"
    assert check(equal(mean(f(lam_)), mean(f(lam_), nu))).verdict == "refuted"


@pytest.mark.parametrize(
    "body", [f(lam_), f(cos(lam_)), f(f(lam_)) * cos(3 * lam_), sgn(lam_), Min(1, Max(-1, f(lam_))), Abs(f(lam_) - 1)]
)
def test_bounded_bodies(body: Term) -> None:
    normal_form(mean(body), mean(body), ())


@pytest.mark.parametrize(
    "body", [lam_, lam_**2, exp(lam_), exp(-(lam_**2)), Abs(lam_), cos(I * lam_), Sum(lam_, (k, 0, n)), Min(lam_, 1)]
)
def test_a_body_that_is_not_shown_bounded_is_refused(body: Term) -> None:
    with pytest.raises(Refused, match="bounded function"):
        normal_form(mean(body), mean(body), ())


def test_undefined_bodies_are_refused() -> None:
    for body, reason in ((1 / f(lam_), "must not be zero"), (log(f(lam_)), "logarithm"), (f(z * lam_), "real number")):
        with pytest.raises(Refused, match=reason):
            normal_form(mean(body), mean(body), ())


def test_different_functions_points_and_measures_stay_apart() -> None:
    for a, b in ((mean(f(lam_)), mean(g(lam_))), (f(x), f(y)), (f(x), g(x)), (mean(f(lam_)), mean(f(lam_), nu))):
        with pytest.raises(Refused, match="not equal"):
            normal_form(a, b, ())
    with pytest.raises(Refused, match="not equal"):
        normal_form(mean(f(lam_) * g(lam_)), mean(f(lam_)) * mean(g(lam_)), ())
    dirac = Term("expectation", (Term("dirac", (x,)), lam(lam_, f(lam_))))
    normal_form(dirac, f(x), ())
    density = Term("expectation", (Term("density", (lam(x, f(x)),)), lam(lam_, f(lam_))))
    with pytest.raises(Refused, match="is a variable"):
        normal_form(density, density, ())


def test_a_symbol_for_a_bounded_borel_function_is_no_more_than_that() -> None:
    normal_form(Integral(f(x) * exp(-(x**2)), x), Integral(exp(-(x**2)) * f(x), x), ())
    normal_form(Integral(f(cos(x)), (x, 0, 1)), Integral(f(cos(x)), (x, 0, 1)), ())
    with pytest.raises(Refused, match="integrable"):
        normal_form(Integral(f(x), x), Integral(f(x), x), ())
    body = Term("deriv", (num(1), lam(x, f(x)), num(0)))
    with pytest.raises(Refused, match="entire"):
        normal_form(body, body, ())
    with pytest.raises(Refused, match="not shown"):
        fact(f(x) <= 1, ())
    with pytest.raises(Refused, match="not shown"):
        fact(Term("is_int", (f(x),)), ())
    with pytest.raises(Refused, match="stands for"):
        instantiate(assume(bounded(f(x), x, 1)), ((f, x),), ())
    with pytest.raises(TermError, match="cannot be bound"):
        lam(f, num(1))
    with pytest.raises(TermError):
        kind(f(x) + f)


def test_monotonicity() -> None:
    square = square_nonnegative(f(lam_), ())
    theorem = expectation_of_inequality(mu, lam_, square, ())
    assert theorem.conclusion == (mean(num(0)) <= mean(f(lam_) ** 2))
    assert check(theorem.conclusion).verdict == "agrees"
    with pytest.raises(Refused, match="no hypothesis mentions"):
        expectation_of_inequality(mu, lam_, assume(f(lam_) <= g(lam_)), ())
    with pytest.raises(Refused, match="no hypothesis mentions"):
        expectation_of_inequality(mu, lam_, square, (lam_ <= 0,))
    with pytest.raises(Refused, match="real variable"):
        expectation_of_inequality(mu, k, square, ())
    with pytest.raises(Refused, match="bounded function"):
        expectation_of_inequality(mu, lam_, square_nonnegative(lam_, ()), ())
    with pytest.raises(Refused, match="measure"):
        expectation_of_inequality(x, lam_, square, ())
    with pytest.raises(Refused, match="real numbers"):
        expectation_of_inequality(mu, lam_, assume(I * x <= z), ())
    with pytest.raises(Refused, match="'le'"):
        expectation_of_inequality(mu, lam_, normal_form(f(lam_), f(lam_), ()), ())


def test_bounds_on_the_line() -> None:
    hypothesis = bounded(f(lam_), lam_, C)
    theorem = bound_at(assume(hypothesis), x, ())
    assert theorem.conclusion == (Abs(f(x)) <= C)
    assert theorem.hypotheses == {hypothesis}
    again = bounded_everywhere(x, theorem)
    assert again.conclusion == hypothesis
    assert check(theorem.conclusion, [bounded(f(lam_), lam_, 1), equal(C, 1)]).verdict == "agrees"
    with pytest.raises(Refused, match="real points"):
        bound_at(assume(hypothesis), z, ())
    with pytest.raises(Refused, match="must not be zero"):
        bound_at(assume(bounded(1 / lam_, lam_, C)), num(0), ())
    with pytest.raises(Refused, match="no hypothesis mentions"):
        bounded_everywhere(x, assume(Abs(f(x)) <= 1))
    with pytest.raises(Refused, match="does not depend"):
        bounded_everywhere(x, at_most_modulus(Abs(x), ()))
    with pytest.raises(Refused, match="modulus"):
        bounded_everywhere(x, at_most_modulus(f(x), ()))


def test_the_witness_evaluates_functions_and_measures() -> None:
    at = {f: lam(x, cos(2 * x)), mu: ((Fraction(1, 4), 0), (Fraction(3, 4), 1)), C: Fraction(1, 2)}
    assert check_at(equal(mean(f(lam_)), num(Fraction(1, 4)) + num(Fraction(3, 4)) * cos(2)), at).verdict == "agrees"
    assert check_at(bounded(f(lam_), lam_, 1), at).verdict == "agrees"
    assert check_at(bounded(f(lam_), lam_, C), at).verdict == "refuted"
    assert check_at(equal(Integral(f(x) * exp(-(x**2)), x), Integral(cos(2 * x) * exp(-(x**2)), x)), at).certified


_BELL = exp(-(x**2))


def _with_sign(argument: object, weight: Term = _BELL) -> Term:
    """∫ sgn(argument) weight dx."""
    return Integral(sgn(argument) * weight, x)


@pytest.mark.parametrize(
    "body",
    [
        _with_sign(x + f(lam_)),
        _with_sign(x + lam_),
        _with_sign(x**3 - 2 * x + f(cos(lam_)) * g(lam_)),
        _with_sign(x + f(lam_)) * _with_sign(x + g(lam_)) * f(lam_),
        Integral(sgn(x + f(lam_)) * sgn(x - f(lam_)) * x**2 * exp(-(x**2) + I * y * x), x),
        Sum(_with_sign(x + k + f(lam_)), (k, 0, n)),
    ],
)
def test_integrals_with_signs_that_the_hidden_variable_moves_are_bounded(body: Term) -> None:
    normal_form(mean(body), mean(body), ())


@pytest.mark.parametrize(
    "body",
    [
        lam_ * _with_sign(x + lam_),  # a factor that is not bounded
        Integral(exp(-(x**2) + lam_ * x), x),  # e^{λ²/4} is not bounded
        Integral(exp(-((x - lam_) ** 2)), x),  # bounded, but not by its shape
        Integral(sgn(x + lam_) * exp(-(lam_**2) * x**2), x),  # diverges at λ = 0
        Integral(sgn(x + lam_) * exp(-(1 + lam_**2) * x**2), x),
        Integral(sgn(x + lam_) * lam_ * exp(-(x**2)) + sgn(x) * exp(-(x**2)), x),
        _with_sign(x + lam_, num(1)),  # diverges
        _with_sign(x + lam_, x**2),
        _with_sign(x * lam_),  # mixed, though bounded
        _with_sign(x + f(x * lam_)),
        Integral(cos(lam_ * x) * exp(-(x**2)), x),
        Integral(sgn(x + lam_) * exp(-(x**2)), (x, 0, 1)),
        Integral(Integral(sgn(x + lam_ + y) * exp(-(x**2) - y**2), x), y),
    ],
)
def test_other_integrals_under_an_expectation_are_refused(body: Term) -> None:
    with pytest.raises(Refused):
        normal_form(mean(body), mean(body), ())


def test_the_mean_of_such_an_integral_is_the_weighted_sum_of_its_values() -> None:
    body = _with_sign(x + f(lam_))
    assert check(equal(mean(2 * body + 1), 2 * mean(body) + 1)).verdict == "agrees"
    assert check(equal(mean(body), _with_sign(x + mean(f(lam_))))).verdict == "refuted"
    with pytest.raises(Refused):  # the mean does not go through the sign
        normal_form(mean(body), _with_sign(x + mean(f(lam_))), ())
    with pytest.raises(Refused):
        normal_form(mean(body), _with_sign(x), ())
