"""The lemma at given indices, exactly: the two sides agree, mean what they say, and refute what is false."""

from __future__ import annotations

from fractions import Fraction
from math import comb, factorial

import mpmath
import pytest

from symbolic_mqb.numerics.exact_lemma import LemmaInstance, gaussian_moments, hermite_coefficients, instances

SQUARES = [(1, 1), (16, 9), (Fraction(1, 3), Fraction(2, 5)), (Fraction(7, 2), Fraction(1, 9))]


@pytest.mark.parametrize(("beta_squared", "gamma_squared"), SQUARES)
def test_all_instances(beta_squared: Fraction | int, gamma_squared: Fraction | int) -> None:
    every = list(instances(12, beta_squared, gamma_squared))
    assert len(every) == 91
    assert all(one.holds() for one in every)
    assert all(one.left() == one.right() for one in every)


def test_the_order_of_the_indices_does_not_matter() -> None:
    assert LemmaInstance(3, 5, 2, 7).holds()
    assert LemmaInstance(3, 5, 2, 7).left() == LemmaInstance(5, 3, 2, 7).right()


def test_larger_indices() -> None:
    assert LemmaInstance(40, 40, Fraction(1, 2), Fraction(3, 7)).holds()


@pytest.mark.parametrize(("m", "n"), [(0, 0), (1, 0), (1, 1), (3, 2), (4, 4), (2, 5)])
@pytest.mark.parametrize(("beta_squared", "gamma_squared"), SQUARES[1:3])
def test_the_polynomial_is_the_integral(
    m: int, n: int, beta_squared: Fraction | int, gamma_squared: Fraction | int
) -> None:
    """Against the right side of (A9) as printed, by quadrature, with mpmath's own Hermite polynomials."""
    instance = LemmaInstance(m, n, beta_squared, gamma_squared)
    with mpmath.workdps(25):
        beta, gamma = (mpmath.sqrt(mpmath.mpf(v.numerator) / v.denominator) for v in (beta_squared, gamma_squared))
        alpha, x = mpmath.hypot(beta, gamma), mpmath.mpf("0.83")

        def gaussian(width: mpmath.mpf, at: mpmath.mpf) -> mpmath.mpf:
            return mpmath.exp(-(at**2) / (2 * width**2)) / (mpmath.sqrt(2 * mpmath.pi) * width)

        def he(k: int, at: mpmath.mpf) -> mpmath.mpf:
            return mpmath.hermite(k, at / mpmath.sqrt(2)) / mpmath.sqrt(2) ** k / mpmath.factorial(k)

        def integrand(u: mpmath.mpf) -> mpmath.mpf:
            return gaussian(beta, x - u) * gaussian(gamma, u) * he(m, u / gamma) * he(n, u / gamma)

        integral = mpmath.quad(integrand, [-mpmath.inf, -1, 1, mpmath.inf])
        terms = instance.polynomial(instance.right()).items()
        value = mpmath.fsum(mpmath.mpf(c.numerator) / c.denominator * x**k for k, c in terms)
        assert abs(gaussian(alpha, x) * value / gamma ** (m + n) - integral) < mpmath.mpf(10) ** -15


def _left(m: int, n: int, g: int, a: int, mutation: str) -> dict[int, Fraction]:
    """The left side of (A9) once more, term by term as printed, with one thing changed."""
    out: dict[int, Fraction] = {}
    last = min(m, n) - (mutation == "last term lost")
    for s in range(last + 1):
        p = m + n - 2 * s
        weight = Fraction(comb(p, n - s), factorial(s) * factorial(p))
        weight *= {"sign": (-1) ** s, "factor": 2**s, "index": Fraction(1, s + 1)}.get(mutation, 1)
        for j, h in enumerate(hermite_coefficients(p)):
            scale = Fraction(g) ** (m + n - s) / Fraction(a) ** (p - j + (mutation == "exponent"))
            out[p - 2 * j] = out.get(p - 2 * j, Fraction(0)) + weight * h * scale
    return {k: c for k, c in out.items() if c}


@pytest.mark.parametrize("mutation", ["sign", "factor", "index", "exponent", "last term lost"])
def test_a_changed_lemma_is_refuted(mutation: str) -> None:
    for m, n in [(1, 1), (3, 2), (6, 4)]:
        instance = LemmaInstance(m, n, 2, 3)
        right = instance.polynomial(instance.right())
        assert _left(m, n, 3, 5, "") == right
        assert _left(m, n, 3, 5, mutation) != right


def test_other_widths_are_refuted() -> None:
    """α² = β² + γ² is needed: the left side at other squares is another polynomial."""
    left, right = LemmaInstance(2, 1, 2, 3), LemmaInstance(2, 1, 3, 3)
    assert left.polynomial(left.left()) != right.polynomial(right.right())


def test_hermite_coefficients_and_moments() -> None:
    assert [hermite_coefficients(k) for k in range(5)] == [(1,), (1,), (1, -1), (1, -3), (1, -6, 3)]
    assert gaussian_moments(4, 2) == (1, 12, 12)


@pytest.mark.parametrize("arguments", [(-1, 0), (0, -1), (1, 1, 0, 1), (1, 1, 1, -2)])
def test_outside_the_domain(arguments: tuple[int, ...]) -> None:
    with pytest.raises(ValueError):
        LemmaInstance(*arguments)
