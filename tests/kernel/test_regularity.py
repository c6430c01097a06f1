"""What is refused as not integrable, not bounded, not dominated: each function here is, or may be, none of that."""

from __future__ import annotations

import pytest

from symbolic_mqb.kernel.canonical import Context
from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.regularity import INFINITY, MINUS_INFINITY, check_bounded, check_dominated, coefficients
from symbolic_mqb.kernel.terms import Term, call, defined, lam
from symbolic_mqb.notation.language import Abs, Integral, Sum, cos, delta, exp, sgn, symbols
from symbolic_mqb.rules.integrals import integrable

u, v, x, b = symbols("u v x b", "real")
(z,) = symbols("z", "complex")
k, n = symbols("k n", "nat")
(j,) = symbols("j", "int")
POSITIVE = (b > 0,)


def _integrable(body: Term, *given: Term) -> None:
    integrable(Context(given), lam(u, body))


def _bounded(body: Term) -> None:
    child, variable, opened = Context().under(lam(x, body))
    check_bounded(child, child.nf(opened), variable, body)


def _dominated(body: Term) -> None:
    outer, variable, inner = Context().under(lam(u, lam(z, body)), MINUS_INFINITY, INFINITY)
    child, other, opened = outer.under(inner)
    check_dominated(child, child.nf(opened), variable, other, body)


def test_a_cosine_is_no_coefficient() -> None:
    ctx = Context()
    assert coefficients(ctx.nf(u * cos(x)), u) is not None
    assert coefficients(ctx.nf(u * cos(u)), u) is None


@pytest.mark.parametrize(
    "body",
    [
        b ** (-(u**2)),  # grows for b < 1
        exp(-(u**2)) * b ** (-(u**2)),  # grows for b = e^{-2}
        exp(-(u**2) * cos(u)),
        Sum(exp(-j * u**2) + cos(j * u), (j, 1, n)),
    ],
)
def test_not_integrable_over_the_line(body: Term) -> None:
    with pytest.raises(Refused, match="integrable"):
        _integrable(body, *POSITIVE)


def test_integrable_over_the_line() -> None:
    _integrable(exp(-(u**2)) * u**n)
    _integrable(exp(-b * u**2 + u), *POSITIVE)
    _integrable(Sum(exp(-j * u**2) * u**j, (j, 1, n)))


y, w = symbols("y w", "real")
_bell = call(defined("G", (y,), exp(-(y**2))), x)


def test_what_grows_with_the_outer_variable_is_not_integrable() -> None:
    steep = call(defined("F", (y, w), y * exp(w**4)), x, u)
    _integrable(Integral(exp(-((x - u) ** 2)) * _bell, x))
    with pytest.raises(Refused, match="integrable"):
        _integrable(Integral(exp(-((x - u) ** 2)) * _bell * steep, x))


def test_a_degenerate_form_needs_a_factor_that_decays() -> None:
    """∫∫ e^{-(x-u)²} x dx du does not exist: the inner integral is √π u."""
    with pytest.raises(Refused):
        _integrable(Integral(exp(-((x - u) ** 2)) * x, x))


def test_bounded_functions() -> None:
    _bounded(Sum(cos(j * x), (j, 0, n)))
    _bounded(Integral(exp(-(u**2)) * sgn(u + x), u))


@pytest.mark.parametrize(
    "body",
    [
        cos(delta(x, 0)),  # the difference of numbers is no Borel function that is known
        Integral(exp(-(u**2)) * sgn(u + x) * Abs(u + x), u),
        Integral(exp(-(u**2)) * sgn(u + delta(x, 0)), u),
    ],
)
def test_not_shown_to_be_bounded(body: Term) -> None:
    with pytest.raises(Refused, match="bounded"):
        _bounded(body)


def test_domination_in_a_disk() -> None:
    _dominated(exp(-(u**2) + u * z) * z**k)
    with pytest.raises(Refused, match="dominate"):
        _dominated(exp(-(u**2) + u * exp(z)))
    with pytest.raises(Refused, match="mixes"):
        _dominated(exp(-(u**2)) * (1 + u * z) ** n)
