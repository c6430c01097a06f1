"""Side conditions at their edges: each attempt is a legal call but for one condition, and would prove a falsehood or
speak of what is not defined. Premises are forged where a true one would bring a hypothesis that refuses by itself.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.regularity import INFINITY
from symbolic_mqb.kernel.terms import Term, lam, num, substitute, var
from symbolic_mqb.notation.language import (
    Abs,
    Derivative,
    I,
    Integral,
    Sum,
    equal,
    exp,
    half,
    pi,
    sgn,
    symbols,
)
from symbolic_mqb.notation.measurement import POVM, E, d, j
from symbolic_mqb.rules.calculus import derivative_of_coefficient, derivative_of_sum, leibniz_inverted, product_rule
from symbolic_mqb.rules.circle import jordan, orthogonality
from symbolic_mqb.rules.circle_functions import cosine_substitution
from symbolic_mqb.rules.collective import braket_of_sum
from symbolic_mqb.rules.exponentials import exponential_taylor
from symbolic_mqb.rules.half_line import half_line_primitive
from symbolic_mqb.rules.inequalities import telescoping
from symbolic_mqb.rules.integrals import integral_termwise
from symbolic_mqb.rules.intervals import interval_inequality, interval_termwise
from symbolic_mqb.rules.kets import matrix_element_of_words, positivity, sesquilinear
from symbolic_mqb.rules.logic import order, rewrite

from .calls import forged

x, y, u, a, b = symbols("x y u a b", "real")
k, m, n = symbols("k m n", "nat")
r, s = symbols("r s", "int")
(z,) = symbols("z", "complex")
B = var("B", "op")
zero, one, two = num(0), num(1), num(2)
gaussian = exp(-(x**2))
word = Term("word", (one, one))
power = Term("tpow", (B, one))
on_j = (POVM, one <= j, j <= d)


def slope(primitive: Term, derivative: Term) -> Callable[[], object]:
    """∫_0^∞ f = −F(0) from F′ = f."""
    premise = forged(frozenset(), equal(Derivative(one, x, primitive), derivative))
    return lambda: half_line_primitive(x, premise, ())


def under(low: Term, high: Term, *hypotheses: Term, v: Term = u) -> Callable[[], object]:
    """∫ 0 ≤ ∫ 1 from 0 ≤ 1."""
    premise = forged(frozenset(hypotheses), zero * v <= one + zero * v)
    return lambda: interval_inequality(v, low, high, premise, (low <= high,))


ACCEPTED: dict[str, Callable[[], object]] = {
    "F = e^{-x²}": slope(gaussian, -2 * x * gaussian),
    "0 ≤ 1 on [a, b]": under(a, b, a <= u, u <= b),
    "Jordan at both ends": lambda: (jordan(pi / 2, ()), jordan(-pi / 2, ())),
    "the orders 0 and 12": lambda: (exponential_taylor(z, 0, ()), exponential_taylor(z, 12, ())),
    "no period": lambda: orthogonality(r, s, zero, ()),
    "an effect": lambda: positivity(E, d, j, z, one, on_j),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_the_calls_are_otherwise_legal(name: str) -> None:
    ACCEPTED[name]()


def test_a_frequency_may_have_the_name_of_the_angle() -> None:
    φ = var("φ", "real")
    for frequencies in ((φ, r), (r, φ)):
        theorem = orthogonality(*frequencies, one, (Term("is_int", (φ,)),))
        assert {φ, r} <= theorem.left.free


def test_a_real_point_may_have_the_name_of_the_complex_variable() -> None:
    theorem = derivative_of_coefficient(k, k, one, lam(z, one + 0 * z), z, (Term("is_real", (z,)),))
    assert z in theorem.left.free
    assert z in theorem.right.free


@pytest.mark.parametrize("bounds", [(-INFINITY, zero), (zero, INFINITY), (-INFINITY, INFINITY), (zero, one)])
def test_rewriting_below_an_integral_with_an_infinite_end(bounds: tuple[Term, Term]) -> None:
    """The ends are in order, and what is known of the variable is used: low ≤ x for the x of the integral."""
    x1 = var("x¹", "real")
    low = () if bounds[0] == -INFINITY else (bounds[0] <= x1,)
    high = () if bounds[1] == INFINITY else (x1 <= bounds[1],)
    premise = forged(frozenset((*low, *high)), equal(substitute(gaussian, {x: x1}), exp(-x1 * x1)))
    theorem = rewrite(Integral(gaussian, (x, *bounds)), (2, 2), premise, ())
    assert theorem.right == Integral(exp(-x * x), (x, *bounds))
    assert theorem.hypotheses == frozenset()


def test_a_square_of_a_modulus_is_left_after_a_certificate() -> None:
    assert order(zero <= Abs(z) ** 2, (), ()).hypotheses == frozenset()


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    # derivatives of functions that have none
    "d/dy (|y| + (−|y|)) = d|y|/dy + d(−|y|)/dy at 0": (
        lambda: derivative_of_sum(one, lam(y, Abs(y) + -1 * Abs(y)), zero, ()),
        "entire",
    ),
    "(0·|y|)′ = 0 + 0·|y|′ at 0": (lambda: product_rule(lam(y, zero * y), lam(y, Abs(y)), zero, ()), "entire"),
    "(|y|·0)′ = |y|′·0 + 0 at 0": (lambda: product_rule(lam(y, Abs(y)), lam(y, zero * y), zero, ()), "entire"),
    "0·|y|⁽ⁿ⁾ = Σ … (0·|y|)⁽ⁿ⁻ᵏ⁾ at 0": (
        lambda: leibniz_inverted(n, lam(y, zero * y), lam(y, Abs(y)), zero, ()),
        "entire",
    ),
    "|y|·0⁽ⁿ⁾ = Σ … at 0": (lambda: leibniz_inverted(n, lam(y, Abs(y)), lam(y, zero * y), zero, ()), "entire"),
    "a sum at a complex point": (lambda: derivative_of_sum(one, lam(y, y + y**2), z, ()), "real point"),
    "a derivative of order 1/2 of a sum": (lambda: derivative_of_sum(half, lam(y, y + y**2), x, ()), "natural"),
    "[z^{k+1/2}] e^{xz}": (
        lambda: derivative_of_coefficient(k, k + half, one, lam(z, one + 0 * z), x, ()),
        "natural number",
    ),
    # the half line
    "∫_0^∞ −2x e^{-x²} dx = −2 from F = 1 + e^{-x²}": (slope(1 + gaussian, -2 * x * gaussian), "integrable"),
    "F has a corner at 0": (slope(Abs(x) * gaussian, (sgn(x) - 2 * x * Abs(x)) * gaussian), "entire"),
    "F′ does not decay": (slope(gaussian, one + 0 * x), "integrable"),
    "F mentions the variable of integration besides its own": (
        lambda: half_line_primitive(
            x, forged(frozenset(), equal(Term("deriv", (one, lam(y, x * exp(-(y**2))), x)), zero * x)), ()
        ),
        "first derivative",
    ),
    "F′ at another point": (
        lambda: half_line_primitive(
            x, forged(frozenset(), equal(Derivative(one, x, gaussian, a), -2 * x * gaussian)), ()
        ),
        "first derivative",
    ),
    "F″ in place of F′": (
        lambda: half_line_primitive(x, forged(frozenset(), equal(Derivative(two, x, gaussian), gaussian)), ()),
        "first derivative",
    ),
    "e in place of F′": (
        lambda: half_line_primitive(x, forged(frozenset(), equal(exp(one), exp(one))), ()),
        "first derivative",
    ),
    "the order 13 of an expansion": (lambda: exponential_taylor(z, 13, ()), "order"),
    "the order −1 of an expansion": (lambda: exponential_taylor(z, -1, ()), "order"),
    "F in place of F′": (
        lambda: half_line_primitive(x, forged(frozenset(), equal(gaussian, gaussian)), ()),
        "first derivative",
    ),
    # angles
    "Jordan beyond π/2": (lambda: jordan(y, (y >= -pi / 2,)), "between"),
    "Jordan before −π/2": (lambda: jordan(y, (y <= pi / 2,)), "between"),
    "Jordan at a complex angle": (lambda: jordan(z, (z <= pi / 2, z >= -pi / 2)), "between"),
    "an angle below 0": (lambda: cosine_substitution(-one, one, lam(x, x), ()), "between 0 and π"),
    "an angle above π": (lambda: cosine_substitution(zero, num(4), lam(x, x), ()), "between 0 and π"),
    "half a frequency": (lambda: orthogonality(half, zero, one, ()), "integer"),
    "another half of a frequency": (lambda: orthogonality(zero, half, one, ()), "integer"),
    "half a period": (lambda: orthogonality(r, s, half, ()), "natural"),
    "a negative period": (lambda: orthogonality(r, s, -one, ()), "natural"),
    # sums
    "Σ_{s=0}^{−1} = 1/0 − 1/0": (
        lambda: telescoping(zero, -one, lam(s, 1 / (s + 1) - 1 / s), lam(s, 1 / s), ()),
        "must not be zero",
    ),
    "∫_{−1}^{1} of no terms 1/u": (
        lambda: interval_termwise(Integral(Sum(1 / u, (s, 1, 0)), (u, -1, 1)), ()),
        "must not be zero",
    ),
    "∫_0^∞ Σ = Σ ∫_{−∞}^∞": (
        lambda: integral_termwise(Integral(Sum(exp(-(u**2)) * s, (s, 0, n)), (u, 0, INFINITY)), ()),
        "over the real line",
    ),
    "∫_{−∞}^0 Σ = Σ ∫_{−∞}^∞": (
        lambda: integral_termwise(Integral(Sum(exp(-(u**2)) * s, (s, 0, n)), (u, -INFINITY, 0)), ()),
        "over the real line",
    ),
    # inequalities on an interval
    "the lower end depends on the variable": (under(u - 1, b, u - 1 <= u, u <= b), "bounds do not mention"),
    "the upper end depends on the variable": (under(a, u + 1, a <= u, u <= u + 1), "bounds do not mention"),
    "a hypothesis that is no bound": (under(a, b, a <= u, u <= b + 1), "not one of its bounds"),
    "an integer variable": (under(a, b, a <= s, s <= b, v=s), "real variable"),
    "a number for the variable": (under(a, b, v=one), "real variable"),
    # kets
    "⟨110|B⊗B|11⟩": (
        lambda: matrix_element_of_words(two, Term("word", (one, two, zero, one)), Term("word", (one, two)), B, ()),
        "do not add up",
    ),
    "⟨11|B⊗B|110⟩": (
        lambda: matrix_element_of_words(two, Term("word", (one, two)), Term("word", (one, two, zero, one)), B, ()),
        "shorter",
    ),
    "three letters for B⊗B": (
        lambda: matrix_element_of_words(two, Term("word", (one, num(3))), Term("word", (one, num(3))), B, ()),
        "do not add up",
    ),
    "a sum of kets from 1/2": (
        lambda: sesquilinear(half, n, lam(k, one + 0 * k), lam(k, word), power, ()),
        "integer",
    ),
    "a sum of kets up to 1/2": (
        lambda: sesquilinear(zero, half, lam(k, one + 0 * k), lam(k, word), power, ()),
        "integer",
    ),
    "a ket from 1/2": (
        lambda: braket_of_sum(word, power, half, n, lam(k, one + 0 * k), lam(k, word), ()),
        "integer",
    ),
    "a ket up to 1/2": (
        lambda: braket_of_sum(word, power, zero, half, lam(k, one + 0 * k), lam(k, word), ()),
        "integer",
    ),
    "a number for a ket": (
        lambda: braket_of_sum(one, power, zero, n, lam(k, one + 0 * k), lam(k, word), ()),
        "expected a ket",
    ),
    "numbers for kets": (
        lambda: braket_of_sum(word, power, zero, n, lam(k, one + 0 * k), lam(k, k * one), ()),
        "expected a ket",
    ),
    "an operator on one particle": (
        lambda: braket_of_sum(word, B, zero, n, lam(k, one + 0 * k), lam(k, word), ()),
        "operator on N particles",
    ),
    "a vector with the component 1/0": (lambda: positivity(E, d, j, 1 / zero, one, on_j), "must not be zero"),
    "a vector with another component 1/0": (lambda: positivity(E, d, j, one, 1 / zero, on_j), "must not be zero"),
    "an effect that is none": (lambda: positivity(E, d, j, one, I, (POVM, j <= d)), "not shown to be at most"),
    "the effect d + 1": (lambda: positivity(E, d, d + 1, one, I, on_j), "not shown to be at most"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_condition_that_is_not_met(name: str) -> None:
    attempt, reason = REFUSED[name]
    with pytest.raises(Refused, match=reason):
        attempt()
