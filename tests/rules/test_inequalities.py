"""The rules of inequalities: compared with balls at many points, edges included, and what each refuses."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, lam, num, var
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Abs, I, equal, exp, half, log, sqrt, symbols, unequal
from symbolic_mqb.numerics.witness import check_at
from symbolic_mqb.rules.inequalities import (
    at_most_modulus,
    exponential_difference,
    exponential_monotone,
    exponential_remainder,
    integral_of_inequality,
    inverse_root_bounds,
    logarithm_bound,
    logarithm_remainder,
    modulus_of_product,
    nonzero_near_one,
    polar,
    power_as_exponential,
    power_bound,
    power_difference,
    product_bounds,
    root_of_square,
    square_nonnegative,
    sum_of_inequalities,
    telescoping,
    telescoping_product,
    triangle,
    triangle_sum,
    two_sided,
)
from symbolic_mqb.rules.logic import assume, fact, order

N, m, n = symbols("N m n", "nat")
h, i, j, s = symbols("h i j s", "int")
a, t, x, y = symbols("a t x y", "real")
u, w, z = symbols("u w z", "complex")
M = var("M", "op")
zero, one = num(0), num(1)
small = assume(Abs(u) <= half)

Q = Fraction
#: On the edge |u| = 1/2 and inside; (−3 + 4i)/10 has modulus 1/2.
DISK = (Q(1, 2), Q(-1, 2), (0, Q(1, 2)), (0, Q(-1, 2)), (Q(-3, 10), Q(4, 10)), 0, (Q(-1, 8), Q(1, 9)), Q(-1, 10**6))
PLANE = (0, 1, -1, (0, 1), (0, -3), (-2, Q(1, 7)), (Q(5, 2), -2))
LINE = (0, 1, -1, Q(1, 2), Q(-7, 3), 30, Q(1, 10**6))


def true_at(theorem: Theorem, **values: Any) -> None:
    """The hypotheses hold at the point, and the conclusion does by its definitions."""
    at = {v: values[v.args[0]] for v in theorem.conclusion.free.union(*(h.free for h in theorem.hypotheses))}
    evidence = check_at(theorem.conclusion, at, 15, theorem.hypotheses)
    assert evidence.verdict == "agrees", evidence


# -- moduli -------------------------------------------------------------------------------------------


def test_triangle() -> None:
    theorem = triangle((z, w, I * x), ())
    for first in PLANE:
        true_at(theorem, z=first, w=(1, -1), x=-2)
        true_at(theorem, z=first, w=first, x=0)
    for few in ((), (z,)):
        with pytest.raises(Refused, match="two terms"):
            triangle(few, ())
    with pytest.raises(Refused, match="must not be zero"):
        triangle((1 / z, w), ())
    with pytest.raises(Refused):
        triangle((M, M), ())


def test_triangle_sum() -> None:
    theorem = triangle_sum(i, n, lam(s, z**2 * s + I), ())
    for low, high in ((0, 3), (-3, 2), (2, 2), (1, 0), (4, 1)):
        for value in PLANE:
            true_at(theorem, i=low, n=high, z=value)
    assert triangle_sum(zero, n, lam(s, s * j), ()).conclusion.free == {n, j}
    with pytest.raises(Refused, match="from an integer to an integer"):
        triangle_sum(zero, x, lam(s, z * s), ())
    with pytest.raises(Refused, match="must not be zero"):
        triangle_sum(zero, n, lam(s, z / s), ())
    for function in (lam(x, x), lam(s, M * s)):
        with pytest.raises(Refused):
            triangle_sum(zero, n, function, ())


def test_modulus_of_product() -> None:
    theorem = modulus_of_product((z, w, z), ())
    for value in PLANE:
        true_at(theorem, z=value, w=(2, Q(1, 3)))
    for few in ((), (z,)):
        with pytest.raises(Refused, match="two factors"):
            modulus_of_product(few, ())
    with pytest.raises(Refused, match="logarithm of zero"):
        modulus_of_product((log(z), w), ())


def test_at_most_modulus() -> None:
    for value in LINE:
        true_at(at_most_modulus(x, ()), x=value)
    for bad in (z, I, I * x, 1 + z):
        with pytest.raises(Refused, match="not shown to be real"):
            at_most_modulus(bad, ())


def test_two_sided() -> None:
    theorem = two_sided(x, assume(-y <= x), assume(x <= y))
    assert theorem.hypotheses == {-y <= x, x <= y}
    for size in (0, Q(1, 3), 5):
        for value in (size, -size, size * Q(2, 3)):
            true_at(theorem, x=value, y=size)
    true_at(two_sided(x, assume(num(-2) <= x), assume(x <= 2)), x=-2)
    for lower, upper in (
        (y <= x, x <= y),
        (-y <= x, x <= y + 1),
        (-y <= x, x <= a),
        (-y <= a, x <= y),
        (-y <= x, a <= y),
        (x <= -y, x <= y),
    ):
        with pytest.raises(Refused, match="expected −b ≤ z and z ≤ b"):
            two_sided(x, assume(lower), assume(upper))
    with pytest.raises(Refused, match="states 'le', got 'lt'"):
        two_sided(x, assume(-y < x), assume(x <= y))
    with pytest.raises(Refused, match="states 'le', got 'eq'"):
        two_sided(x, assume(-y <= x), assume(equal(x, y)))


def test_sum_of_inequalities() -> None:
    theorem = sum_of_inequalities(j, i, n, order(j * x <= n * x, ((x, assume(j <= n)),), (x >= 0,)))
    assert theorem.hypotheses == {x >= 0}
    for low, high in ((0, 3), (-2, 2), (3, 3), (1, 0), (5, 2)):
        for value in (0, Q(1, 3)):
            true_at(theorem, i=low, n=high, x=value)
    lower = sum_of_inequalities(j, zero, n, assume(zero <= j))
    assert lower.hypotheses == frozenset()
    true_at(lower, n=0)
    true_at(lower, n=3)
    for bound in (j >= -1, j <= n + 1, j <= x, Abs(j) <= n):
        with pytest.raises(Refused, match="not one of its bounds"):
            sum_of_inequalities(j, zero, n, assume(bound))
    for bounds in ((j, n), (zero, j + 1)):
        with pytest.raises(Refused, match="the bounds do not mention"):
            sum_of_inequalities(j, *bounds, fact(zero <= one, ()))
    for index in (n, x, j + 1, one):
        with pytest.raises(Refused, match="integer variable"):
            sum_of_inequalities(index, zero, n, fact(zero <= one, ()))
    for bounds in ((half, n), (zero, x), (zero, z)):
        with pytest.raises(Refused, match="from an integer to an integer"):
            sum_of_inequalities(j, *bounds, fact(zero <= one, ()))
    with pytest.raises(Refused, match="states 'le', got 'lt'"):
        sum_of_inequalities(j, zero, n, assume(zero < one))


def test_integral_of_inequality() -> None:
    bell = exp(-(t**2) + x * t)
    theorem = integral_of_inequality(t, fact(zero <= bell * t**2, ()), ())
    scaled = integral_of_inequality(t, order(bell <= y * bell, ((bell, assume(one <= y)),), ()), ())
    assert scaled.hypotheses == {one <= y}
    for value in (0, 1, Q(-1, 2)):
        true_at(theorem, x=value)
        for factor in (1, 2):
            true_at(scaled, x=value, y=factor)
    for hypothesis in (t <= one, zero <= t, bell <= one):
        with pytest.raises(Refused, match="no hypothesis mentions"):
            integral_of_inequality(t, assume(hypothesis), ())
    with pytest.raises(Refused, match="no hypothesis mentions"):
        integral_of_inequality(t, fact(zero <= bell, ()), (t >= 0,))
    for variable in (n, u, t + 1):
        with pytest.raises(Refused, match="a real variable"):
            integral_of_inequality(variable, fact(zero <= bell, ()), ())
    for side in (one, t**2, exp(t**2), exp(t)):
        with pytest.raises(Refused, match="integrable"):
            integral_of_inequality(t, fact(zero <= side, ()), ())
    with pytest.raises(Refused, match="states 'le'"):
        integral_of_inequality(t, assume(zero < x), ())


# -- exponentials and logarithms ----------------------------------------------------------------------


def test_exponential_remainder() -> None:
    for terms in (1, 2, 3, 12):
        theorem = exponential_remainder(y, terms, ())
        for value in LINE:
            true_at(theorem, y=value)
    for terms in (0, -1, 13):
        with pytest.raises(Refused, match="order of the expansion"):
            exponential_remainder(y, terms, ())
    for bad in (z, I * y, I):
        with pytest.raises(Refused, match="not shown to be real"):
            exponential_remainder(bad, 2, ())
    with pytest.raises(Refused, match="must not be zero"):
        exponential_remainder(1 / y, 2, ())


def test_logarithm_of_a_number_near_one() -> None:
    for rule in (logarithm_remainder, logarithm_bound, nonzero_near_one):
        theorem = rule(u, small, (x >= 0,))
        assert theorem.hypotheses == {Abs(u) <= half, x >= 0}
        for value in DISK:
            true_at(theorem, u=value, x=0)


@pytest.mark.parametrize("rule", [logarithm_remainder, logarithm_bound, nonzero_near_one])
def test_the_bound_is_one_half(rule: Callable[..., Theorem]) -> None:
    for bound in (one, num(Q(51, 100)), num(Q(1, 4)), x, Term("pow", (num(2), num(-1)))):
        with pytest.raises(Refused, match="expected the bound 1/2"):
            rule(u, assume(Abs(u) <= bound), (x <= half,))
    for other in (Abs(w) <= half, u <= half, Abs(u) ** 2 <= half, half <= Abs(u)):
        with pytest.raises(Refused, match="expected a bound on"):
            rule(u, assume(other), ())
    with pytest.raises(Refused, match="states 'le', got 'lt'"):
        rule(u, assume(Abs(u) < half), ())


def test_power_as_exponential() -> None:
    theorem = power_as_exponential(z, i, (unequal(z, 0),))
    for value in PLANE[1:]:
        for exponent in (-3, -1, 0, 1, 4):
            true_at(theorem, z=value, i=exponent)
    true_at(power_as_exponential(num(-2), n, ()), n=3)
    for base, index in ((z, i), (zero, n), (num(2), x), (num(2), half), (num(2), z), (x, n)):
        with pytest.raises(Refused, match="expected an integer power"):
            power_as_exponential(base, index, ())


def test_exponential_difference() -> None:
    for value in (*PLANE, *DISK):
        true_at(exponential_difference(w, ()), w=value)
    with pytest.raises(Refused, match="must not be zero"):
        exponential_difference(1 / w, ())


def test_exponential_monotone() -> None:
    theorem = exponential_monotone(assume(x <= y))
    for low, high in ((0, 0), (-5, 1), (Q(1, 3), Q(1, 2)), (-30, -29)):
        true_at(theorem, x=low, y=high)
    for other in (x < y, equal(x, y), unequal(x, y)):
        with pytest.raises(Refused, match="states 'le'"):
            exponential_monotone(assume(other))


def test_polar() -> None:
    theorem = polar(z, (unequal(z, 0),))
    for value in PLANE[1:]:
        true_at(theorem, z=value)
    true_at(polar(num(-3), ()))
    for bad in (z, zero, x, z - w):
        with pytest.raises(Refused, match="zero has no argument"):
            polar(bad, (unequal(w, 0), x >= 0))


# -- powers and roots ---------------------------------------------------------------------------------


def test_power_difference() -> None:
    theorem = power_difference(z, w, n, assume(Abs(z) <= x), assume(Abs(w) <= x), (x > 0,))
    assert theorem.hypotheses == {Abs(z) <= x, Abs(w) <= x, x > 0}
    for exponent in (0, 1, 2, 5):
        for left, right in ((0, 0), (0, 2), (2, -2), ((0, 2), (0, -2)), ((1, 1), (1, -1)), (Q(1, 3), (0, 1))):
            true_at(theorem, z=left, w=right, n=exponent, x=2)
    first, second = assume(Abs(z) <= x), assume(Abs(w) <= x)
    for given in ((), (x >= 0,), (unequal(x, 0),)):
        with pytest.raises(Refused, match="the same positive bound"):
            power_difference(z, w, n, first, second, given)
    with pytest.raises(Refused, match="the same positive bound"):
        power_difference(z, w, n, first, assume(Abs(w) <= y), (x > 0, y > 0))
    with pytest.raises(Refused, match="the same positive bound"):
        power_difference(z, w, n, first, assume(Abs(w) <= 1 * x), (x > 0,))
    for index in (i, num(-1), half, x):
        with pytest.raises(Refused, match="natural number"):
            power_difference(z, w, index, first, second, (x > 0,))
    with pytest.raises(Refused, match="expected a bound on"):
        power_difference(w, z, n, first, second, (x > 0,))


def test_power_difference_of_a_number_that_may_be_undefined() -> None:
    small = assume(Abs(1 / z) <= x), assume(Abs(w) <= x)
    with pytest.raises(Refused, match="must not be zero"):
        power_difference(1 / z, w, n, *small, (x > 0,))
    with pytest.raises(Refused, match="must not be zero"):
        power_difference(w, 1 / z, n, *reversed(small), (x > 0,))
    assert power_difference(1 / z, w, n, *small, (x > 0, unequal(z, 0))).hypotheses >= {unequal(z, 0)}


def test_power_bound() -> None:
    theorem = power_bound(z, n, assume(Abs(z) <= x), ())
    for exponent in (0, 1, 3):
        for value, size in ((0, 0), (0, 1), ((0, -2), 2), (-3, 3)):
            true_at(theorem, z=value, x=size, n=exponent)
    for index in (i, num(-1), half, x):
        with pytest.raises(Refused, match="natural number"):
            power_bound(z, index, assume(Abs(z) <= x), ())
    for other in (Abs(w) <= x, x <= y):
        with pytest.raises(Refused, match="expected a bound on"):
            power_bound(z, n, assume(other), ())


def test_root_of_square() -> None:
    theorem = root_of_square(x, assume(x**2 <= y), ())
    for value, size in ((0, 0), (2, 4), (-2, 4), (-3, 10), (Q(1, 2), Q(1, 3))):
        true_at(theorem, x=value, y=size)
    with pytest.raises(Refused, match="not shown to be real"):
        root_of_square(z, assume(z**2 <= y), ())
    for other in (x * x <= y, x**3 <= y, y**2 <= x, x <= y**2):
        with pytest.raises(Refused, match="bound on the square"):
            root_of_square(x, assume(other), ())


def test_square_nonnegative() -> None:
    for value in LINE:
        true_at(square_nonnegative(x - 1, ()), x=value)
    for bad in (z, I, I * x):
        with pytest.raises(Refused, match="not shown to be real"):
            square_nonnegative(bad, ())


def test_inverse_root_bounds() -> None:
    premises = assume(zero <= x), assume(x <= half)
    for upper in (0, 1):
        theorem = inverse_root_bounds(x, *premises, upper, ())
        for value in (0, Q(1, 2), Q(1, 4), Q(499, 1000), Q(1, 10**6)):
            true_at(theorem, x=value)
    for low, high in (
        (zero <= x, x <= one),
        (zero <= x, x <= num(Q(51, 100))),
        (num(-1) <= x, x <= half),
        (zero <= y, x <= half),
        (zero < x, x <= half),
        (zero <= x, x < half),
        (x <= half, zero <= x),
        (zero <= x, Abs(x) <= half),
    ):
        with pytest.raises(Refused, match="expected 0 ≤ x and x ≤ 1/2"):
            inverse_root_bounds(x, assume(low), assume(high), 1, ())


# -- finite sums and products -------------------------------------------------------------------------

RANGES = ((0, 4), (0, 0), (2, 3), (1, 0), (4, 0))


def test_product_bounds() -> None:
    for upper in (0, 1):
        given = (i >= 0, n <= N, N >= 1)
        theorem = product_bounds(i, n, lam(s, s / N), upper, given)
        assert theorem.hypotheses == set(given)
        constant = product_bounds(i, n, lam(s, x + 0 * s), upper, (x >= 0, x <= 1))
        for low, high in RANGES:
            for size in (max(high, 1), high + 3):
                true_at(theorem, i=low, n=high, N=size)
            for value in (0, 1, Q(1, 2)):
                true_at(constant, i=low, n=high, x=value)
        for high in range(5):  # every factor of the product is 0
            true_at(product_bounds(one, n, lam(s, one + 0 * s), upper, ()), n=high)
    for function in (x * one, one + 1 / (1 + s**2), -1 / (1 + s**2), s, z * 0 + z):
        with pytest.raises(Refused, match="between 0 and 1"):
            product_bounds(zero, n, lam(s, function), 1, (x >= 0,))
    with pytest.raises(Refused, match="from an integer to an integer"):
        product_bounds(half, n, lam(s, half + 0 * s), 1, ())
    with pytest.raises(Refused, match="must not be zero"):
        product_bounds(zero, n, lam(s, 1 / s), 1, ())
    with pytest.raises(Refused):
        product_bounds(zero, n, lam(x, half), 1, ())


def test_telescoping() -> None:
    theorem = telescoping(i, h, lam(s, 2 * s + z), lam(s, s**2 - s + z * s), (i <= h + 1,))
    for low, high in ((0, 4), (-3, -1), (2, 2), (3, 2)):
        true_at(theorem, i=low, h=high, z=(1, Q(1, 2)))
    with pytest.raises(Refused, match="differences of the primitive"):
        telescoping(zero, n, lam(s, s), lam(s, s**2), ())
    with pytest.raises(Refused):
        telescoping(zero, n, lam(x, 2 * x), lam(x, x**2 - x), ())


def test_telescoping_product() -> None:
    theorem = telescoping_product(i, h, lam(s, (s + 2) / (s + 1)), lam(s, s + 1), (i >= 0, i <= h + 1))
    for low, high in ((0, 4), (2, 2), (1, 0), (0, -1), (3, 5)):
        true_at(theorem, i=low, h=high)
    theorem = telescoping_product(i, h, lam(s, z + 0 * s), lam(s, z**s), (i <= h + 1, unequal(z, 0)))
    for low, high in ((0, 4), (-2, -2), (-1, -2), (-3, 1)):
        true_at(theorem, i=low, h=high, z=(1, Q(1, 2)))
    with pytest.raises(Refused, match="ratios of the primitive"):
        telescoping_product(zero, n, lam(s, s + 1), lam(s, s + 1), ())
    for primitive in (lam(s, 0 * s), lam(s, s * 0 + z - z)):
        with pytest.raises(Refused, match="not shown to be nonzero"):
            telescoping_product(zero, n, lam(s, s + 1), primitive, ())
    with pytest.raises(Refused, match="not shown to be nonzero"):
        telescoping_product(zero, n, lam(s, x + 0 * s), lam(s, y * x**s), (x > 0,))


@pytest.mark.parametrize(
    ("rule", "function", "primitive"),
    [(telescoping, lam(s, one + 0 * s), lam(s, s)), (telescoping_product, lam(s, num(2) + 0 * s), lam(s, num(2) ** s))],
)
def test_telescoping_needs_a_range_in_order(rule: Any, function: Term, primitive: Term) -> None:
    for low, high, given in (
        (i, h, ()),
        (i, h, (i <= h + 2,)),
        (num(2), zero, ()),
        (n, zero, ()),
        (zero, x, (x >= 0,)),
        (half, n, (n >= 1,)),
    ):
        with pytest.raises(Refused, match="integer bounds with low ≤ high"):
            rule(low, high, function, primitive, given)
    assert rule(one, zero, function, primitive, ()).hypotheses == frozenset()


@pytest.mark.parametrize("wrong", [zero, n, sqrt(n), Abs(z), exp(z)])
def test_what_is_no_function_is_refused(wrong: Term) -> None:
    attempts: tuple[Callable[[], Theorem], ...] = (
        lambda: triangle_sum(zero, n, wrong, ()),
        lambda: product_bounds(zero, n, wrong, 1, ()),
        lambda: telescoping(zero, n, wrong, lam(s, s), ()),
        lambda: telescoping(zero, n, lam(s, s), wrong, ()),
        lambda: telescoping_product(zero, n, wrong, lam(s, s), ()),
    )
    for attempt in attempts:
        with pytest.raises(Refused):
            attempt()
