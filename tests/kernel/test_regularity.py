"""What is refused as not integrable, not bounded, not dominated: each function here is, or may be, none of that."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symbolic_mqb.kernel.canonical import Context
from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.polynomial import power
from symbolic_mqb.kernel.regularity import (
    INFINITY,
    MINUS_INFINITY,
    check_bounded,
    check_dominated,
    check_integrable,
    coefficients,
)
from symbolic_mqb.kernel.terms import Term, call, defined, lam, num, var
from symbolic_mqb.notation.language import (
    Abs,
    Coefficient,
    Derivative,
    I,
    Integral,
    Max,
    Series,
    Sum,
    conj,
    cos,
    delta,
    exp,
    factorial,
    oo,
    sgn,
    sin,
    sqrt,
    symbols,
)
from symbolic_mqb.rules.integrals import integrable
from symbolic_mqb.rules.series import entire

u, v, x, b = symbols("u v x b", "real")
t, z = symbols("t z", "complex")
f = var("f", "real->real")
k, n, s = symbols("k n s", "nat")
(j,) = symbols("j", "int")
POSITIVE = (b > 0,)
A = var("A", "op")


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
        exp(-(u**2) + u**3),
        exp(-(u**2)) / (exp(-3 * u**2) + exp(-5 * u**2)),
        exp(-(u**2)) * Coefficient(n, z, cos(z * exp(u**2))),
        exp(-(u**2)) * (u + exp(u**2)) ** n,
        exp(-(u**2)) * Sum(u**j * exp(j * u**2), (j, 1, n)),
        exp(-(u**2)) * Coefficient(n, z, exp(z * exp(u**2) + z**2)),
        exp(-(u**2)) * Coefficient(n, z, exp(exp(u**2) + z * u)),
        exp(-(u**2)) * Coefficient(n, z, exp(u**4 + z * u)),
        exp(-(u**2)) * Coefficient(n, z, exp(z * cos(z * u))),
        exp(-(x + I * t) * u**2),  # t is complex: x + it may have a negative real part
        Sum(exp(-j * u**2), (j, 1, 1 + delta(u, 0))),
        Sum(exp(-j * u**2) + cos(j * u), (j, 1, n)),
    ],
)
def test_not_integrable_over_the_line(body: Term) -> None:
    with pytest.raises(Refused, match="integrable"):
        _integrable(body, *POSITIVE)


def test_integrable_over_the_line() -> None:
    _integrable(exp(-(u**2)) * u**n)
    _integrable(exp(-b * u**2 + u), *POSITIVE)
    _integrable(exp(-(u**2)) * Coefficient(n, z, exp(z * u) * cos(z)))
    _integrable(Sum(exp(-j * u**2) * u**j, (j, 1, n)))
    _integrable(exp(-(1 + I * x) * u**2))
    _integrable(conj(call(defined("F", (x,), exp(I * x - x**2)), u)))


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


def test_an_indefinite_form_is_not_integrable() -> None:
    slow = call(defined("G", (y,), exp(-(y**2) / 1000)), x)
    _integrable(Integral(exp(-(x**2) - u**2 + 2 * u * x) * slow, x))
    _integrable(Integral(exp(-(x**2) - u**2 + 2 * u * x) * slow, (x, 0, 1)))
    _integrable(Integral(exp(-(x**2) - u**2 + 5 * I * u * x) * slow, x))
    with pytest.raises(Refused, match="integrable"):
        _integrable(Integral(exp(-(x**2) - u**2 + u * x * 21 / 10) * slow, x))
    for more, bounds in ((x * u**2, x), (u * cos(x), (x, 0, 1))):
        with pytest.raises(Refused, match="integrable"):
            _integrable(Integral(exp(-((x - u) ** 2) + more) * slow, bounds))


def test_a_factor_may_undo_the_decay_of_an_integral() -> None:
    slow, other = (call(defined("G", (y,), exp(-(y**2) / 1000)), v) for v in (x, w))
    steep = call(defined("F", (y,), exp(y**4)), u)
    inner = Integral(exp(-(w**2) + x * w * 12 / 5) * other, w)  # about e^{1.44 x²}
    context = Context()
    context.nf(Integral(exp(-2 * (x - u) ** 2) * slow * inner, x))
    for body in (
        Integral(exp(-((x - u) ** 2)) * slow, x) * steep,
        Integral(exp(-2 * (x - u) ** 2) * slow * inner, x),
    ):
        with pytest.raises(Refused, match="integrable"):
            _integrable(body)


def test_integrals_between_finite_bounds() -> None:
    context, kets = Context(), Term("product_ket", (cos(x), sin(x), n))
    matrix = Term("matrix", (delta(x, 0), num(0), num(0), num(1)))
    for good in (
        sqrt(x + 1),
        Derivative(n, u, exp(u**2), x),
        Sum(Abs(j - x), (j, 0, n)),
        Integral(cos(u * x), (u, 0, 1)),
        Term("braket", (kets, Term("tpow", (A, n)), kets)),
    ):
        context.nf(Integral(good, (x, 0, 1)))
    for body in (
        delta(x, 0),
        num(2) ** delta(x, 0),
        Derivative(delta(x, 0), u, exp(u**2), x),
        Term("braket", (kets, Term("tpow", (A, n)), Term("product_ket", (cos(x), delta(x, 0), n)))),
        Term("braket", (kets, Term("tpow", (matrix, n)), kets)),
        Term("braket", (Term("product_ket", (cos(x), delta(x, 0), n)), Term("tpow", (A, n)), kets)),
        Integral(exp(-(u**2) * (1 + x**2)), u),  # not dominated for complex x
        Integral(exp(-(u**2) * (1 + x**2)), (u, 0, oo)),
    ):
        with pytest.raises(Refused, match="integrable"):
            context.nf(Integral(body, (x, 0, 1)))


def test_an_integral_is_entire_if_its_integrand_is() -> None:
    Context().nf(Coefficient(n, z, Integral(exp(-(u**2) + u * z), u)))
    with pytest.raises(Refused, match="entire"):
        Context().nf(Coefficient(n, z, Integral(exp(-(u**2) + u * conj(z)), u)))


def test_coefficients_are_those_of_natural_powers() -> None:
    ctx = Context((u > 0,))
    assert coefficients(ctx.nf(u ** (num(3) / 2)), u) is None
    assert coefficients(ctx.nf(1 / u), u) is None
    assert coefficients(ctx.nf(u**n), u) is None
    assert coefficients(ctx.nf(u**3 * x + u), u) == {3: ctx.nf(x), 1: ctx.nf(num(1))}


def test_bounded_functions() -> None:
    _bounded(Sum(cos(j * x), (j, 0, n)))
    _bounded(Integral(exp(-(u**2)) * sgn(u + x), u))
    _bounded(f(cos(x)))


@pytest.mark.parametrize(
    "body",
    [
        Max(cos(x), x),
        f(delta(x, 0)),
        cos(x * delta(x, 0)),
        sqrt(1 + x**2),
        Integral(Abs(u + x), (u, 0, 1)),
        Integral(exp(-(u**2)) * sgn(u + x) * sgn(u + delta(x, 0)), u),
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
    outer, variable, inner = Context().under(lam(u, lam(x, exp(-(u**2) * (1 + x**2)))), MINUS_INFINITY, INFINITY)
    child, other, opened = outer.under(inner)
    with pytest.raises(Refused, match="dominate"):  # for x = 2i it grows
        check_dominated(child, child.nf(opened), variable, other, opened)
    with pytest.raises(Refused, match="mixes"):
        _dominated(exp(-(u**2)) * (1 + u * z) ** n)


def _jump(variable: Term) -> Term:
    """Σ_{j=1}^{1+δ} j with δ = 1 where the variable is 0: an integer bound that is not free of it."""
    return Sum(j, (j, 1, 1 + delta(variable, 0)))


def test_an_integer_may_depend_on_a_real_or_complex_variable() -> None:
    """1 + 2δ_{v0} is a jump: neither entire nor continuous, and no exponential makes it so."""
    ctx = Context()
    with pytest.raises(Refused):
        entire(ctx, lam(z, _jump(z)))
    with pytest.raises(Refused):
        entire(ctx, lam(z, Coefficient(delta(z, 0), z, exp(z))))
    entire(ctx, lam(z, Sum(j * z, (j, 1, 5))))
    for body in (_jump(u) * exp(-(u**2)), Coefficient(delta(u, 0), z, exp(u * z)) * exp(-(u**2))):
        with pytest.raises(Refused):
            _integrable(body)
    _integrable(Sum(j * u**2, (j, 1, 5)) * exp(-(u**2)))
    with pytest.raises(Refused):
        _bounded(Sum(j * sgn(x), (j, 1, 1 + delta(x, 0))))
    _bounded(Sum(j * sgn(x), (j, 1, 5)))


@pytest.mark.parametrize(
    "body",
    [_jump(v), Sum(j, (j, delta(v, 0), 5)), var("r", "nat->real")(delta(v, 0))],
)
def test_what_jumps_with_the_variable_is_not_integrated_over_an_interval(body: Term) -> None:
    with pytest.raises(Refused, match="integrable"):
        Context().nf(Integral(body, (v, -1, 1)))


def test_every_term_of_a_defined_symbol_has_to_decay() -> None:
    both, one = exp(-(u**2)) + exp(-2 * u**2), exp(-(u**2)) + 1
    _integrable(call(defined("f", (u,), both), u))
    with pytest.raises(Refused):
        _integrable(call(defined("f", (u,), one), u))


def test_a_root_of_what_decays_decays_and_its_inverse_does_not() -> None:
    line = (MINUS_INFINITY, INFINITY)
    for e in (Fraction(1), Fraction(1, 2)):
        check_integrable(Context(), power(_bell, e), x, line, _bell)
    with pytest.raises(Refused, match="integrable"):
        check_integrable(Context(), power(_bell, Fraction(-1, 2)), x, line, _bell)


def test_a_coefficient_keeps_what_its_exponent_is_at_zero() -> None:
    """[zⁿ] exp(u⁴ + zu) = e^{u⁴} uⁿ/n!, also where the normal form has not taken e^{u⁴} out of it."""
    bell, line = Context().nf(exp(-(u**2))), (MINUS_INFINITY, INFINITY)
    for exponent in (z * u, z**2 + z * u**3):
        value = Coefficient(n, z, exp(exponent))
        check_integrable(Context(), bell * power(value, 1), u, line, value)
    value = Coefficient(n, z, exp(u**4 + z * u))
    with pytest.raises(Refused, match="integrable"):
        check_integrable(Context(), bell * power(value, 1), u, line, value)


def test_the_half_line_on_the_left_is_infinite_too() -> None:
    Context().nf(Integral(exp(-(x**2)), (x, -oo, 0)))
    with pytest.raises(Refused, match="integrable"):
        Context().nf(Integral(cos(x), (x, -oo, 0)))


def test_every_term_is_dominated() -> None:
    _dominated(exp(-(u**2) + z * u) + exp(-2 * u**2))
    with pytest.raises(Refused, match="integrable"):
        _dominated(exp(-(u**2) + z * u) + cos(u))


def test_a_power_is_entire_in_its_exponent_if_the_base_is_fixed_and_not_zero() -> None:
    Context((b > 0,)).nf(Derivative(n, u, b ** (u**2), x))
    for base, given in ((b, (b >= 0,)), (Abs(u) + 1, ())):
        with pytest.raises(Refused, match="entire"):
            Context(given).nf(Derivative(n, u, base ** (u**2), x))


def _gauss(width: int, v: Term) -> Term:
    """A symbol for e^{−v²/width}, which is not opened."""
    return call(defined("G", (y,), exp(-(y**2) / width)), v)


@pytest.mark.parametrize(
    "body",
    [
        exp(-(1 + I * t) * u**2),  # t is complex: the real part is 1 − Im t
        exp(-(u**2)) * num(2) ** (num(2) ** u),
        exp(-3 * u**2 / 2) * Integral((exp(-(x**2) + 2 * u * x) + exp(-(x**2) + 4 * u * x)) * _gauss(1000, x), x),
        exp(-(u**2)) * call(defined("F", (y,), y * exp(y**4)), u),
        exp(-3 * u**2 / 2) * Integral(exp(-(x**2) + 2 * u * x) * _gauss(1000, x), x) ** 2,
        Integral(exp(-((x - cos(u)) ** 2)) * _gauss(1, x), x),
        Integral(exp(-((x - u) ** 2)) * _gauss(1, x) + exp(-(x**2) + 3 * u * x) * _gauss(1, x), x),
        Integral(exp(I * u * x) * _gauss(1, x), (x, 0, 1)),  # about 1/u
        Sum(Integral(exp(-j * (x - u) ** 2) * _gauss(1, x), x), (j, 1, 1 + delta(u, 0))),
        Sum(Integral(exp(-j * (x - u) ** 2) * _gauss(1, x), x) + cos(j * u), (j, 1, n)),
    ],
)
def test_what_only_seems_to_decay_is_not_integrable(body: Term) -> None:
    with pytest.raises(Refused, match="integrable"):
        _integrable(body)


def test_what_decays_beside_numbers_and_powers_is_integrable() -> None:
    near = Integral(exp(-((x - u) ** 2)) * _gauss(1, x), x)
    _integrable(exp(-3 * u**2 / 2) * Integral(exp(-(x**2) + 2 * u * x) * _gauss(1000, x), x))
    _integrable(near * Integral(exp(-(w**2)) * _gauss(1, w), w))
    _integrable(Integral(exp(-((x - u) ** 2)) * _gauss(1, x) * x**n, x))
    _integrable(Sum(Integral(exp(-j * (x - u) ** 2) * _gauss(1, x), x), (j, 1, n)))


def test_what_is_not_shown_to_be_bounded() -> None:
    _bounded(exp(I * x))
    _bounded(cos(x) ** n)
    _bounded(Integral(exp(-(u**2)) * sgn(u**2 + x), u))
    for body in (
        I ** (I * x),  # e^{−πx/2}
        exp(I * x * delta(x, 0)),
        Integral(exp(-(u**2)) * sgn(cos(u) + x), u),
        Integral(exp(-(u**2)) * sgn(u * x), u),
        Integral(exp(-(u**2)) * sgn(u + x) ** n, u),
    ):
        with pytest.raises(Refused, match="bounded"):
            _bounded(body)


@pytest.mark.parametrize("body", [2 ** (num(2) ** s), (s + 1) ** s, (s + 1) ** (num(3) / 2), 1 / (s + 1)])
def test_factors_that_are_not_shown_to_grow_geometrically(body: Term) -> None:
    Context().nf(Series((s + 1) ** 2 * 2**s / factorial(s), s))
    with pytest.raises(Refused, match="summable"):
        Context().nf(Series(body / factorial(s), s))


@pytest.mark.parametrize(
    "body",
    [
        num(2) ** (x + delta(x, 0)),
        Abs(x - b + delta(x, 0)),
        call(defined("F", (y,), y * delta(y, 0)), x),
        Sum(j * delta(x, j), (j, 0, n)),
        Integral(u * Abs(u - b + delta(x, 0)), (u, 0, 1)),
    ],
)
def test_every_part_of_an_integrand_is_continuous(body: Term) -> None:
    Context().nf(Integral(1 / (Abs(x - b) + 1), (x, 0, 1)))
    with pytest.raises(Refused, match="integrable"):
        Context().nf(Integral(body, (x, 0, 1)))


def test_natural_powers_of_a_factorial_are_summed() -> None:
    Context().nf(Series(factorial(s) ** -2, s))
    with pytest.raises(Refused, match="summable"):
        Context().nf(Series(factorial(s) ** (num(-3) / 2), s))
