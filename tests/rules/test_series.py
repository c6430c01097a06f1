"""The rules of Taylor coefficients: compared with exact power series, and what each refuses."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, apply, fresh, lam, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Abs, Coefficient, I, Sum, conj, exp, half, symbols
from symbolic_mqb.rules.series import (
    cauchy_product,
    coefficient_of_exponential,
    coefficient_of_power,
    coefficient_of_square,
    coefficient_of_sum_of_variables,
    coefficient_scaling,
    coefficient_shift,
    coefficient_termwise,
    derivative_scaling,
    taylor,
)

k, n = symbols("k n", "nat")
i, s = symbols("i s", "int")
x, y = symbols("x y", "real")
w, z = symbols("w z", "complex")
(u,) = symbols("y", "complex")
F = lam(z, exp(2 * z - z**2))
G = lam(z, (1 + z) * exp(-z))
real_F = lam(y, exp(2 * y - y**2))


def _symbolic(t: Term, scope: dict[Term, sympy.Expr]) -> sympy.Expr:
    """The term in SymPy, derivatives and coefficients taken by differentiation."""
    if t.op == "num":
        return sympy.Rational(t.args[0].numerator, t.args[0].denominator)
    if t.op == "var":
        return scope[t]
    if t.op in ("coeff", "deriv", "sum"):
        function = t.args[1] if t.op != "sum" else t.args[2]
        v = fresh(function, frozenset(scope))
        body = apply(function, v)
        order = _symbolic(t.args[0], scope)
        if t.op == "sum":
            high = _symbolic(t.args[1], scope)
            return sympy.Add(
                *(_symbolic(body, {**scope, v: sympy.Integer(p)}) for p in range(int(order), int(high) + 1))
            )
        u = sympy.Dummy()
        derivative = sympy.diff(_symbolic(body, {**scope, v: u}), u, int(order))
        at = 0 if t.op == "coeff" else _symbolic(t.args[2], scope)
        return derivative.subs(u, at) / (sympy.factorial(order) if t.op == "coeff" else 1)
    parts = [_symbolic(a, scope) for a in t.args]
    operations = {
        "add": sympy.Add, "mul": sympy.Mul, "pow": sympy.Pow, "exp": sympy.exp, "factorial": sympy.factorial,
        "binomial": sympy.binomial, "I": lambda: sympy.I, "delta": lambda a, b: sympy.Integer(a == b),
    }  # fmt: skip
    return operations[t.op](*parts)


def true_at(theorem: Theorem, **values: int | Fraction) -> None:
    at = {v: num(values[v.args[0]]) for v in theorem.conclusion.free}
    left, right = (_symbolic(substitute(side, at), {}) for side in (theorem.left, theorem.right))
    assert sympy.expand(left - right) == 0


def test_taylor() -> None:
    theorem = taylor(n, real_F, x, 3 * I, ())
    for order in (0, 1, 3):
        true_at(theorem, n=order, x=Fraction(1, 2))
    with pytest.raises(Refused, match="not shown to be a natural number"):
        taylor(i, real_F, x, x, ())
    with pytest.raises(Refused, match="entire"):
        taylor(n, lam(y, Abs(y)), x, x, ())
    with pytest.raises(Refused, match="entire"):
        taylor(n, lam(y, conj(y)), x, I, ())
    with pytest.raises(Refused, match="real point"):
        taylor(n, real_F, z, x, ())
    with pytest.raises(Refused, match="real point"):
        taylor(n, F, x, x, ())


def test_a_complex_variable_that_is_real_is_not_captured() -> None:
    """The point and the order may be the variable z or y of the coefficients, where they are given as real."""
    point = Term("is_real", (z,))
    assert z in taylor(n, real_F, z, num(2), (point,)).left.free
    order = (Term("is_int", (u,)), num(0) <= u)
    assert u in coefficient_of_sum_of_variables(n, u, F, order).left.free


def test_coefficient_scaling() -> None:
    theorem = coefficient_scaling(n, F, x, ())
    for order, factor in ((0, 0), (2, 0), (3, 2)):
        true_at(theorem, n=order, x=factor)
    with pytest.raises(Refused, match="complex variable"):
        coefficient_scaling(n, real_F, x, ())
    with pytest.raises(Refused, match="entire"):
        coefficient_scaling(n, lam(z, conj(z)), x, ())
    with pytest.raises(Refused, match="natural number"):
        coefficient_scaling(half, F, x, ())


def test_coefficient_of_square() -> None:
    theorem = coefficient_of_square(n, F, ())
    for order in range(3):
        true_at(theorem, n=order)
    for function, reason in ((real_F, "complex variable"), (lam(z, conj(z)), "entire"), (lam(z, Abs(z)), "entire")):
        with pytest.raises(Refused, match=reason):
            coefficient_of_square(n, function, ())
    for order in (half, n - 1, x, num(-1)):
        with pytest.raises(Refused, match="natural number"):
            coefficient_of_square(order, F, ())


def test_cauchy_product() -> None:
    theorem = cauchy_product(n, F, G, ())
    for order in range(4):
        true_at(theorem, n=order)
    with pytest.raises(Refused, match="entire"):
        cauchy_product(n, F, lam(z, Abs(z) ** 2), ())
    with pytest.raises(Refused, match="natural number"):
        cauchy_product(n - 1, F, G, ())


def test_coefficient_of_exponential() -> None:
    theorem = coefficient_of_exponential(n, x, ())
    for order, c in ((0, 0), (1, 0), (4, 3)):
        true_at(theorem, n=order, x=c)
    with pytest.raises(Refused, match="natural number"):
        coefficient_of_exponential(i, x, ())


def test_coefficient_of_power() -> None:
    theorem = coefficient_of_power(n, k, ())
    for a, b in ((0, 0), (2, 2), (1, 3), (3, 1)):
        true_at(theorem, n=a, k=b)
    with pytest.raises(Refused, match="natural number"):
        coefficient_of_power(n, i, ())


def test_coefficient_shift() -> None:
    for order, by in ((2, 2), (3, 1)):
        true_at(coefficient_shift(n, k, F, (k <= n,)), n=order, k=by)
    true_at(coefficient_shift(n, k, F, (n < k,)), n=1, k=3)
    with pytest.raises(Refused, match="neither"):
        coefficient_shift(n, k, F, ())
    with pytest.raises(Refused, match="complex variable"):
        coefficient_shift(n, k, real_F, (n < k,))


def test_coefficient_of_sum_of_variables() -> None:
    theorem = coefficient_of_sum_of_variables(n, k, F, ())
    for a, b in ((0, 0), (1, 2), (2, 1)):
        true_at(theorem, n=a, k=b)
    with pytest.raises(Refused, match="complex variable"):
        coefficient_of_sum_of_variables(n, k, real_F, ())


def test_coefficient_termwise() -> None:
    t = Coefficient(num(2), z, exp(z) * Sum(z**s * (s + 1), (s, 0, n)))
    theorem = coefficient_termwise(t, ())
    for high in (0, 1, 3):
        true_at(theorem, n=high)
    with pytest.raises(Refused, match="expected a Taylor coefficient"):
        coefficient_termwise(x, ())
    with pytest.raises(Refused, match="expected a finite sum"):
        coefficient_termwise(Coefficient(n, z, exp(z)), ())
    with pytest.raises(Refused, match="not shown to be a natural number"):
        coefficient_termwise(Coefficient(x, z, Sum(z**s, (s, 0, n))), ())
    with pytest.raises(Refused, match="bounds of the sum depend on z"):
        coefficient_termwise(Coefficient(n, z, Sum(z**s, (s, 0, z))), ())
    with pytest.raises(Refused, match="entire"):
        coefficient_termwise(Coefficient(n, z, Sum(conj(z) ** s, (s, 0, n))), ())


def test_coefficient_termwise_does_not_capture_a_prefactor_called_like_the_index() -> None:
    theorem = coefficient_termwise(Coefficient(num(1), z, s * z * Sum(s + z, (s, 0, n))), ())
    true_at(theorem, n=2, s=5)


def test_derivative_scaling() -> None:
    theorem = derivative_scaling(n, real_F, 2 * y, x, ())
    for order in (0, 1, 2):
        true_at(theorem, n=order, x=1, y=Fraction(1, 2))
    with pytest.raises(Refused, match="real factor"):
        derivative_scaling(n, real_F, I, x, ())
    with pytest.raises(Refused, match="real factor"):
        derivative_scaling(n, real_F, y, w, ())
    with pytest.raises(Refused, match="entire"):
        derivative_scaling(n, lam(y, Abs(y)), x, x, ())
