"""The rules of differentiation: what they state is true at sample points, and what they refuse."""

from __future__ import annotations

from typing import Any

import mpmath
import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.kinds import kind
from symbolic_mqb.kernel.terms import Term, apply, fresh
from symbolic_mqb.notation.language import (
    Abs,
    Coefficient,
    Derivative,
    I,
    Integral,
    conj,
    cos,
    equal,
    exp,
    function,
    half,
    sgn,
    symbols,
)
from symbolic_mqb.notation.objects import He, gaussian
from symbolic_mqb.rules import RULES
from symbolic_mqb.rules.calculus import (
    derivative_of_coefficient,
    derivative_of_convolution,
    derivative_of_derivative,
    leibniz_inverted,
)

n, m = symbols("n m", "nat")
(i,) = symbols("i", "int")
x, y, u, a, b = symbols("x y u a b", "real")
z, w = symbols("z w", "complex")

Values = dict[Term, Any]


def evaluate(t: Term, values: Values) -> Any:
    """The term at a point, every operation from its definition, by mpmath."""
    if t.op == "num":
        return mpmath.mpf(t.args[0].numerator) / t.args[0].denominator
    if t.op == "var":
        return values[t]
    if t.op in ("sum", "integral", "coeff", "deriv"):
        return _binder(t, values)
    if t.op == "infinity":
        return mpmath.inf
    parts = [evaluate(p, values) for p in t.args]
    if t.op == "add":
        return mpmath.fsum(parts)
    if t.op == "mul":
        return mpmath.fprod(parts)
    table = {"pow": mpmath.power, "exp": mpmath.exp, "binomial": mpmath.binomial, "cos": mpmath.cos}
    return +mpmath.pi if t.op == "pi" else table[t.op](*parts)


def _binder(t: Term, values: Values) -> Any:
    f = next(p for p in t.args if p.op == "lam")
    v = fresh(f, frozenset(values))

    def body(point: Any) -> Any:
        return evaluate(apply(f, v), {**values, v: point})

    if t.op == "sum":
        low, high = (int(evaluate(p, values)) for p in t.args[:2])
        return mpmath.fsum(body(mpmath.mpf(j)) for j in range(low, high + 1))
    if t.op == "integral":
        return mpmath.quad(body, [-mpmath.inf, 0, mpmath.inf])
    order = int(evaluate(t.args[0], values))
    if t.op == "deriv":
        return mpmath.diff(body, evaluate(t.args[2], values), order)
    return mpmath.diff(body, 0, order) / mpmath.factorial(order)


def holds(conclusion: Term, values: Values, digits: int) -> bool:
    """Whether the two sides agree to so many digits."""
    with mpmath.workdps(2 * digits):
        left, right = (evaluate(side, values) for side in conclusion.args)
        return bool(abs(left - right) < mpmath.mpf(10) ** -digits * (1 + abs(left)))


_f = function(x, x**3 * exp(a * x) + cos(b * x))
_g = function(x, exp(-(x**2)) * (1 + x))
_point = {x: mpmath.mpf("0.7"), a: mpmath.mpf("-0.4"), b: mpmath.mpf("1.3"), w: mpmath.mpc("0.5", "-0.8")}


def _both(theorem: Any, digits: int = 15, **orders: int) -> None:
    point = {**_point, **{v: mpmath.mpf(orders[v.args[0]]) for v in (n, m) if v.args[0] in orders}}
    assert kind(theorem.conclusion) == "prop"
    assert holds(theorem.conclusion, point, digits)
    assert not holds(equal(theorem.left, 2 * theorem.right), point, digits)


@pytest.mark.parametrize("orders", [(0, 0), (0, 2), (1, 0), (2, 1), (1, 3)])
def test_derivative_of_derivative(orders: tuple[int, int]) -> None:
    _both(derivative_of_derivative(n, m, _f, x, ()), n=orders[0], m=orders[1])


@pytest.mark.parametrize("order", [0, 1, 2, 3])
def test_leibniz_inverted(order: int) -> None:
    _both(leibniz_inverted(n, _f, _g, x, ()), n=order)


def test_leibniz_inverted_with_a_parameter_named_as_the_point() -> None:
    theorem = leibniz_inverted(n, function(y, exp(x * y)), function(y, y**2 + x), x, ())
    _both(theorem, n=2)


@pytest.mark.parametrize("orders", [(0, 0), (0, 3), (1, 1), (2, 4), (3, 3)])
def test_derivative_of_coefficient(orders: tuple[int, int]) -> None:
    theorem = derivative_of_coefficient(n, m, w, function(z, exp(-half * z**2) + z), x, (n <= m,))
    _both(theorem, n=orders[0], m=orders[1])


@pytest.mark.parametrize("order", [0, 1, 2])
def test_derivative_of_convolution(order: int) -> None:
    f = function(x, (1 + x**2) * exp(-2 * x**2))
    _both(derivative_of_convolution(n, f, function(x, x * exp(-(x**2) + b * x)), x, ()), digits=6, n=order)


def test_one_factor_of_a_convolution_need_not_be_smooth() -> None:
    theorem = derivative_of_convolution(n, function(x, Abs(x) * exp(-(x**2))), _g, x, ())
    assert theorem.conclusion.op == "eq"


_REFUSALS = [
    (derivative_of_derivative, (i, n, _f, x, ()), "natural number"),
    (derivative_of_derivative, (n, i, _f, x, ()), "natural number"),
    (derivative_of_derivative, (n, m, _f, w, ()), "real point"),
    (derivative_of_derivative, (n, m, function(x, Abs(x)), x, ()), "entire"),
    (derivative_of_derivative, (n, m, function(x, x**half), x, ()), "base of a power"),
    (derivative_of_derivative, (n, m, function(z, z**2), x, ()), "real variable"),
    (derivative_of_derivative, (n, m, x, x, ()), "expected a function"),
    (leibniz_inverted, (i, _f, _g, x, ()), "natural number"),
    (leibniz_inverted, (n, function(x, sgn(x)), _g, x, ()), "entire|sign"),
    (leibniz_inverted, (n, _f, function(x, 1 / x), x, ()), "base of a power"),
    (leibniz_inverted, (n, _f, function(z, z), x, ()), "real variable"),
    (leibniz_inverted, (n, _f, _g, I * x, ()), "real point"),
    (derivative_of_coefficient, (n, m, w, function(z, z), x, ()), "at most that of the coefficient"),
    (derivative_of_coefficient, (i, m, w, function(z, z), x, (i <= m,)), "natural number"),
    (derivative_of_coefficient, (n, m, w, function(z, conj(z)), x, (n <= m,)), "entire"),
    (derivative_of_coefficient, (n, m, w, function(y, conj(y)), x, (n <= m,)), "complex variable"),
    (derivative_of_coefficient, (n, m, w, function(z, 1 / (1 + z)), x, (n <= m,)), "base of a power"),
    (derivative_of_coefficient, (n, m, 1 / w, function(z, z), x, (n <= m,)), "base of a power"),
    (derivative_of_coefficient, (n, m, w, function(z, z), w, (n <= m,)), "real point"),
    (derivative_of_convolution, (i, _g, _g, x, ()), "natural number"),
    (derivative_of_convolution, (n, function(x, x**2), _g, x, ()), "integrable"),
    (derivative_of_convolution, (n, _g, function(x, x**2), x, ()), "integrable"),
    (derivative_of_convolution, (n, _g, function(x, exp(-a * x**2)), x, ()), "integrable"),
    (derivative_of_convolution, (n, _g, function(x, exp(-(x**2)) * Abs(x)), x, ()), "polynomials times Gaussians"),
    (derivative_of_convolution, (n, _g, function(x, exp(-(x**2)) * cos(exp(x**2))), x, ()), "polynomials times"),
    (derivative_of_convolution, (n, _g, function(x, exp(-(x**2)) * x**m), x, ()), "polynomials times Gaussians"),
    (derivative_of_convolution, (n, _g, function(z, exp(-(z**2))), x, ()), "real variable"),
    (derivative_of_convolution, (n, function(z, exp(-(z**2))), _g, x, ()), "real variable"),
    (derivative_of_convolution, (n, _g, _g, w, ()), "real point"),
]


@pytest.mark.parametrize(("rule", "arguments", "reason"), _REFUSALS)
def test_refusals(rule: Any, arguments: tuple[Any, ...], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        rule(*arguments)


def test_a_width_that_is_positive_by_hypothesis() -> None:
    wide = function(x, gaussian(a, x))
    with pytest.raises(Refused):
        derivative_of_convolution(n, wide, wide, x, ())
    theorem = derivative_of_convolution(n, wide, wide, x, (a > 0,))
    assert theorem.hypotheses == {a > 0}
    inside = Integral(gaussian(a, x - u) * gaussian(a, u), u)
    assert theorem.left == Derivative(n, x, inside)


def test_appell_property_is_an_instance() -> None:
    body = Coefficient(m, z, exp(w * x * z) * exp(-half * z**2))
    theorem = derivative_of_coefficient(n, m, w, function(z, exp(-half * z**2)), x, (n <= m,))
    assert theorem.left == Derivative(n, x, body)
    assert theorem.left != Derivative(n, x, He(m, x))


def test_registered_for_replay() -> None:
    for rule in (derivative_of_derivative, leibniz_inverted, derivative_of_coefficient, derivative_of_convolution):
        assert RULES[rule.__name__] is rule
