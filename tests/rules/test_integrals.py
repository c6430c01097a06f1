"""The rules of integrals over the real line: compared with balls, and what each refuses."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.kinds import kind
from symbolic_mqb.kernel.terms import Term, lam, num, var
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Abs, I, Integral, Sum, conj, cos, exp, log, oo, symbols
from symbolic_mqb.numerics.evaluate import enclose
from symbolic_mqb.rules.integrals import (
    derivative_of_transform,
    gaussian_integral,
    integral_of_coefficient,
    integral_termwise,
    substitution,
)

n = var("n", "nat")
i, s = symbols("i s", "int")
a, b, c, t, u, x, xi = symbols("a b c t u x ξ", "real")
w, z = symbols("w z", "complex")
bell = lam(u, (1 + u) * exp(-(u**2) + u))
series = lam(u, lam(z, exp(u * z - z**2)))


def true_at(theorem: Theorem, **values: int | Fraction) -> None:
    at = {v: values[v.args[0]] for v in theorem.conclusion.free}
    assert kind(theorem.conclusion) == "prop"
    left, right = (enclose(side, at, 20) for side in (theorem.left, theorem.right))
    assert left.digits >= 10
    assert left.ball.overlaps(right.ball)
    assert abs(left.ball - right.ball) < 1e-8


def test_gaussian_integral() -> None:
    theorem = gaussian_integral(xi, x, (xi > 0,))
    for width, slope in ((1, 0), (Fraction(1, 3), 2), (5, -1)):
        true_at(theorem, ξ=width, x=slope)
    gaussian_integral(xi**2 + 1, w, ())
    for bad in (xi, xi**2, -xi, I, w, 1 + w):
        with pytest.raises(Refused, match="ξ > 0"):
            gaussian_integral(bad, x, ())
    with pytest.raises(Refused, match="logarithm of zero"):
        gaussian_integral(num(1), log(x), ())


def test_substitution() -> None:
    theorem = substitution(bell, c, b, (c < 0,))
    for factor, shift in ((-1, 0), (-2, Fraction(1, 2))):
        true_at(theorem, c=factor, b=shift)
    for factor in (c, num(0), I, w):
        with pytest.raises(Refused, match="real c ≠ 0"):
            substitution(bell, factor, b, ())
    with pytest.raises(Refused, match="real c ≠ 0"):
        substitution(bell, num(1), I, ())
    for divergent in (num(1) + 0 * u, exp(u), exp(u**2), exp(-a * u**2), u**2, cos(u)):
        with pytest.raises(Refused, match="integrable"):
            substitution(lam(u, divergent), num(2), b, (a >= 0,))
    with pytest.raises(Refused, match="real variable"):
        substitution(lam(z, exp(-(z**2))), num(2), b, ())


def test_integral_termwise() -> None:
    theorem = integral_termwise(Integral(exp(-(u**2)) * Sum(u**s * s, (s, 0, n)), u), ())
    for high in (0, 2):
        true_at(theorem, n=high)
    with pytest.raises(Refused, match="integrable"):
        integral_termwise(Integral(Sum(u**s, (s, 0, n)), u), ())
    with pytest.raises(Refused, match="finite sum"):
        integral_termwise(Integral(exp(-(u**2)), u), ())
    with pytest.raises(Refused, match="over the real line"):
        integral_termwise(Integral(Sum(u**s, (s, 0, n)), (u, 0, 1)), ())
    with pytest.raises(Refused, match="over the real line"):
        integral_termwise(Integral(Sum(u**s, (s, 0, n)), (u, -oo, 1)), ())
    with pytest.raises(Refused, match="bounds of the sum depend"):
        integral_termwise(Integral(Sum(exp(-(u**2)), (s, 0, u)), u), ())


def test_integral_of_coefficient() -> None:
    theorem = integral_of_coefficient(num(2), lam(u, exp(-(u**2))), series, ())
    true_at(theorem)
    with pytest.raises(Refused, match="natural number"):
        integral_of_coefficient(i, lam(u, exp(-(u**2))), series, ())
    with pytest.raises(Refused, match="integrable"):
        integral_of_coefficient(n, lam(u, num(1)), series, ())
    with pytest.raises(Refused, match="entire"):
        integral_of_coefficient(n, lam(u, exp(-(u**2))), lam(u, lam(z, exp(conj(z) * u))), ())
    with pytest.raises(Refused, match="integrable"):
        integral_of_coefficient(n, lam(u, exp(-(u**2))), lam(u, lam(z, exp(z * u**2))), ())
    with pytest.raises(Refused, match="real variable"):
        integral_of_coefficient(n, lam(z, exp(-(z**2))), series, ())
    with pytest.raises(Refused, match="integrable"):
        integral_of_coefficient(n, lam(u, exp(-(u**2))), lam(u, lam(z, cos(z * u))), ())


def test_derivative_of_transform() -> None:
    theorem = derivative_of_transform(num(1), lam(t, (1 + t) * exp(-(t**2))), x, ())
    assert theorem.hypotheses == frozenset()
    for bad, reason in ((Abs(t), "integrable"), (1 / (1 + t**2), "integrable"), (exp(t), "integrable")):
        with pytest.raises(Refused, match=reason):
            derivative_of_transform(n, lam(t, bad + 0 * t), x, ())
    with pytest.raises(Refused, match="real point"):
        derivative_of_transform(n, lam(t, exp(-(t**2))), w, ())
    with pytest.raises(Refused, match="natural number"):
        derivative_of_transform(i, lam(t, exp(-(t**2))), x, ())


def test_bound_variables_are_chosen_fresh() -> None:
    theorem: Term = gaussian_integral(u**2 + 1, var("u′", "real"), ()).conclusion
    assert theorem.free == {u, var("u′", "real")}


def test_a_blurred_integral_decays_only_if_the_two_exponents_together_do() -> None:
    """∫dv e^{itv} ∫du e^{Q(u,v)} g(u): definite forms are integrable, others are refused."""
    from symbolic_mqb.notation.language import I, Integral, Sum, exp, symbols
    from symbolic_mqb.notation.objects import wave
    from symbolic_mqb.rules.logic import normal_form

    u, v, t, s = symbols("u v t s", "real")
    (k,) = symbols("k", "nat")
    (j,) = symbols("j", "int")
    given = (Term("lt", (num(0), s)),)
    good = Integral(exp(I * t * v) * Integral(exp(-((v - u) ** 2) / (2 * s**2)) * wave(u, k), u), v)
    normal_form(good, good, given)
    summed = Integral(Sum(Integral(exp(-((v - u) ** 2)) * wave(u, j), u), (j, 0, k)), v)
    normal_form(summed, summed, ())
    for wrong in (
        Integral(exp(-((v - u) ** 2)), u),  # √π for every v
        Integral(exp(-(u**2) + 2 * u * v), u),  # √π e^{v²}
        Integral(exp(-(u**2) + 2 * u * v - v**2), u),
        Integral(exp(2 * u * v - v**2) * wave(u, k), u),  # the factor may not suffice: c − b²/(4a) is not known
        Integral(exp(-(u**2) - I * v**2) * wave(u, k), u),  # oscillates in v
        Sum(Integral(exp(-((v - u) ** 2)), u), (j, 0, k)),
    ):
        with pytest.raises(Refused, match="integrable"):
            normal_form(Integral(wrong, v), Integral(wrong, v), ())
