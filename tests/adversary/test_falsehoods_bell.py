"""Falsehoods about hidden variables, signs, half lines and Bell inequalities that legal calls must not prove."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, call, defined, lam, num, var
from symbolic_mqb.notation.bell import ANSWERS, BEST, bell_parameter, correlation, hidden, local_a, local_b, mu
from symbolic_mqb.notation.language import (
    Abs,
    Derivative,
    Expectation,
    I,
    Integral,
    Sum,
    bounded,
    conj,
    cos,
    equal,
    exp,
    oo,
    pi,
    sgn,
    sin,
    sqrt,
    symbols,
    unequal,
)
from symbolic_mqb.notation.objects import He
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.expectation import bound_at, bounded_everywhere, expectation_of_inequality
from symbolic_mqb.rules.half_line import half_line_primitive, sign_integral, square_of_sign
from symbolic_mqb.rules.inequalities import at_most_modulus, square_nonnegative
from symbolic_mqb.rules.logic import assume, fact, instantiate, normal_form, order
from symbolic_mqb.rules.trigonometry import archimedes, euler_cosine

k, n = symbols("k n", "nat")
s = var("s", "int")
a, x, y = symbols("a x y", "real")
z = var("z", "complex")
f, g = symbols("f g", "real->real")
nu = var("ν", "measure")
bell = exp(-(x**2))
one = defined("one", (x,), num(1) + 0 * x)
tail = defined("tail", (x, a), exp(-a * x**2))
Attempt = Callable[[], object]


def mean(body: Term, measure: Term = mu) -> Term:
    return Expectation(body, (hidden, measure))


def same(left: Term, right: Term, *given: Term) -> Attempt:
    return lambda: normal_form(left, right, given)


def primitive(function: Term) -> object:
    """∫_0^∞ F′ = −F(0), from F′ = F′."""
    left = Derivative(1, x, function)
    return half_line_primitive(x, normal_form(left, left, ()), ())


def renamed_bound() -> object:
    """From |f(x)| ≤ C(x), where C depends on x, that |f| is bounded by it everywhere."""
    return bounded_everywhere(x, at_most_modulus(Abs(f(x)), ()))


FALSEHOODS: dict[str, tuple[Attempt, str]] = {
    # expectations
    "E[fg] = E[f]E[g]": (same(mean(f(hidden) * g(hidden)), mean(f(hidden)) * mean(g(hidden))), "not equal"),
    "E[f]² = E[f²]": (same(mean(f(hidden)) ** 2, mean(f(hidden) ** 2)), "not equal"),
    "E[f] = f(0)": (same(mean(f(hidden)), f(num(0))), "not equal"),
    "E_μ[f] = E_ν[f]": (same(mean(f(hidden)), mean(f(hidden), nu)), "not equal"),
    "E[λ] = E[λ], without a first moment": (same(mean(hidden), mean(hidden)), "bounded function"),
    "E[λ] − E[λ] = 0": (same(mean(hidden) - mean(hidden), num(0)), "bounded function"),
    "E[e^{iλz}] for complex z": (same(mean(exp(I * hidden * z)), mean(exp(I * hidden * z))), "bounded function"),
    "E[cos(zλ)] for complex z": (same(mean(cos(z * hidden)), mean(cos(z * hidden))), "bounded function"),
    "E[1/(f² + 1/x)] at x = 0": (same(mean(1 / x * f(hidden)), 1 / x * mean(f(hidden))), "must not be zero"),
    "E[f] ≤ E[g] from f(λ) ≤ g(λ) at one λ": (
        lambda: expectation_of_inequality(mu, hidden, assume(f(hidden) <= g(hidden)), ()),
        "no hypothesis mentions",
    ),
    "E[f] ≤ 1 for every f": (lambda: fact(mean(f(hidden)) <= 1, ()), "not shown"),
    "E[f] ≥ 0 for every f": (lambda: fact(num(0) <= mean(f(hidden)), ()), "not shown"),
    # bounds on the line
    "|f| ≤ 1 for every f": (lambda: fact(Abs(f(x)) <= 1, ()), "not shown"),
    "|f(i)| ≤ C": (lambda: bound_at(assume(bounded(f(hidden), hidden, 1)), I, ()), "real points"),
    "|1/0| ≤ C": (lambda: bound_at(assume(bounded(1 / hidden, hidden, 1)), num(0), ()), "must not be zero"),
    "a bound that moves with the point": (renamed_bound, "does not depend"),
    "x² is a bounded function": (lambda: instantiate(assume(equal(f(y), 0)), ((f, lam(x, x**2)),), ()), "bounded"),
    "a bound follows from a bound elsewhere": (
        lambda: bounded_everywhere(x, bound_at(assume(bounded(f(hidden), hidden, x)), y, ())),
        "no hypothesis mentions",
    ),
    # signs
    "sgn(x)² = 1 at x = 0": (same(sgn(x) ** 2, num(1)), "not equal"),
    "|sgn(x)| = 1 at x = 0": (same(Abs(sgn(x)), num(1)), "not equal"),
    "sgn(x) x = |x| by itself": (same(sgn(x) * x, Abs(x)), "not equal"),
    "sgn(xy) = sgn(x) sgn(y)": (same(sgn(x * y), sgn(x) * sgn(y)), "not equal"),
    "sgn(z) of a complex number": (same(sgn(z), sgn(z)), "real number"),
    "sgn(x) ≠ 0": (lambda: fact(unequal(sgn(x), 0), ()), "not shown"),
    "∫ sgn(x) = 0": (lambda: sign_integral(lam(x, num(1) + 0 * x), ()), "integrable"),
    "∫ sgn(x)² x = ∫ x": (lambda: square_of_sign(lam(x, x), ()), "integrable"),
    "∫ sgn(x) one(x) dx, by a name for 1": (lambda: sign_integral(lam(x, call(one, x)), ()), "integrable"),
    "∫ e^{−ax²} dx, by a name": (lambda: square_of_sign(lam(x, call(tail, x, a)), ()), "integrable"),
    "∫ e^{−x²} e^{x²} dx, by a name": (
        lambda: square_of_sign(lam(x, call(tail, x, num(1)) * exp(x**2)), ()),
        "integrable",
    ),
    "∫ e^{−x²}/e^{−x²} dx, by a name": (
        lambda: square_of_sign(lam(x, call(tail, x, num(1)) / call(tail, x, num(1))), ()),
        "must not be zero",
    ),
    "∫ Σ_{s ≤ n} x^s dx": (lambda: square_of_sign(lam(x, Sum(x**s, (s, 0, n))), ()), "integrable"),
    # the half line
    "∫_0^∞ 1 dx = 0 from F = x": (lambda: primitive(x), "integrable"),
    "∫_0^∞ cos = 0 from F = sin": (lambda: primitive(sin(x)), "integrable"),
    "∫_0^∞ f = −|0|e⁰ from F = |x|e^{−x²}": (lambda: primitive(Abs(x) * bell), "entire"),
    "∫_0^∞ F′ for F = e^{−ax²}": (lambda: primitive(exp(-a * x**2)), "integrable"),
    "F′ = 0 by hypothesis at one x": (
        lambda: half_line_primitive(x, assume(equal(Derivative(1, x, bell), 0)), ()),
        "no hypothesis mentions",
    ),
    "∫_{−∞}^{∞} = 2∫_0^∞": (same(Integral(bell, x), 2 * Integral(bell, (x, 0, oo))), "not equal"),
    # numbers
    "an even integer is not zero": (lambda: fact(unequal(2 * n - 2 * k, 0), ()), "not shown"),
    "2x + 1 ≠ 0 for real x": (lambda: fact(unequal(2 * x + 1, 0), ()), "not shown"),
    "π = 22/7": (lambda: fact(num(22) / 7 <= pi, (archimedes(1).conclusion,)), "not shown"),
    "|z* w| = |z w| = z w": (same(Abs(conj(z) * x), z * x), "not equal"),
    "|√z*| = √|z|": (same(Abs(sqrt(conj(z))), sqrt(z), unequal(z, 0)), "not equal"),
    "cos x = e^{ix}": (lambda: normal_form(euler_cosine(x, ()).right, exp(I * x), ()), "not equal"),
    "He_n(−x) = He_n(x) for every n": (same(He(n, -x), He(n, x)), "not equal"),
    # Bell
    "⟨ab⟩ + … ≤ 2 without |a| ≤ 1": (
        lambda: order(mean(local_a(hidden) * local_b(hidden)) <= 2, (), ()),
        "not shown",
    ),
    "a local correlation below 1, from the bounds alone": (
        lambda: order(mean(local_a(hidden) * local_b(hidden)) <= 1, (), ANSWERS),
        "not shown",
    ),
    "⟨ℬ⟩_Q is real by itself": (lambda: fact(Term("is_real", (bell_parameter(3),)), BEST), "not shown"),
    "⟨AB⟩ is symmetric in c and c*": (
        same(correlation(x, 3), conj(correlation(x, 3))),
        "not equal",
    ),
    "a square is not negative, so E of it is at most 0": (
        lambda: cut(
            expectation_of_inequality(mu, hidden, square_nonnegative(f(hidden), ()), ()), assume(num(0) <= num(1))
        ),
        "not a hypothesis",
    ),
}


@pytest.mark.parametrize("name", FALSEHOODS)
def test_refused(name: str) -> None:
    attempt, reason = FALSEHOODS[name]
    with pytest.raises(Refused, match=reason):
        attempt()
