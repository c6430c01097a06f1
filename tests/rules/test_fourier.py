"""The convolution theorem: against both integrals, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import lam, num
from symbolic_mqb.notation.language import I, exp, symbols
from symbolic_mqb.numerics.witness import check_at
from symbolic_mqb.rules.fourier import convolution_theorem

u, t, x, a = symbols("u t x a", "real")
z = symbols("z", "complex")[0]
narrow, wide = lam(u, u * exp(-3 * u**2)), lam(u, (1 + I * u) * exp(-(u**2) + u))


def test_both_sides_agree() -> None:
    theorem = convolution_theorem(narrow, wide, t, ())
    for point in (0, 1, Fraction(-3, 2)):
        assert check_at(theorem.conclusion, {t: point}, 30).verdict == "agrees"


def test_the_functions_must_be_integrable() -> None:
    for bad in (lam(u, num(1)), lam(u, exp(u**2)), lam(u, exp(I * u**2)), lam(u, exp(-u)), lam(u, exp(-a * u**2))):
        with pytest.raises(Refused, match="integrable"):
            convolution_theorem(bad, wide, t, ())
        with pytest.raises(Refused, match="integrable"):
            convolution_theorem(narrow, bad, t, ())


def test_the_fourier_variable_is_real() -> None:
    with pytest.raises(Refused, match="real"):
        convolution_theorem(narrow, wide, z, ())


def test_no_variable_is_captured() -> None:
    """A function that mentions x and t that is called u: the bound variables are others."""
    theorem = convolution_theorem(lam(a, x * exp(-(a**2))), wide, u, ())
    assert {x, u} <= theorem.left.free
    assert check_at(theorem.conclusion, {x: 2, u: Fraction(1, 2)}, 30).verdict == "agrees"
