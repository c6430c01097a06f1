"""Proved results on SymPy expressions: what is accepted, what is refused and with which condition."""

from __future__ import annotations

import pytest
import sympy as sp

from symbolic_mqb.kernel.terms import num, var
from symbolic_mqb.sympy_bridge import (
    Applied,
    AtMost,
    ConditionUnmet,
    H,
    He,
    NotApplicable,
    TranslationError,
    apply_theorem,
    from_sympy,
    to_sympy,
)
from symbolic_mqb.sympy_bridge.expansion import expand_hermite, hermite_polynomial

x, t, r = sp.symbols("x t r", real=True)
a, b, g = sp.symbols("a b g", positive=True)
n, m = sp.symbols("n m", integer=True, nonnegative=True)
s = sp.Symbol("s", integer=True)
LINE = (-sp.oo, sp.oo)


def gauss(width: sp.Expr, y: sp.Expr) -> sp.Expr:
    return sp.exp(-(y**2) / (2 * width**2)) / (sp.sqrt(2 * sp.pi) * width)


def smoothed(f: sp.Expr) -> sp.Integral:
    return sp.Integral(gauss(b, x - t) * gauss(g, t) * f, (t, *LINE))


def physicists(i: object) -> sp.Expr:
    return sp.hermite(i, t / (sp.sqrt(2) * g), evaluate=False)


def backed(applied: Applied, expression: sp.Expr) -> None:
    """The theorem says expression = new expression, from the reported conditions."""
    assert applied.theorem.left == from_sympy(expression)
    assert applied.theorem.right == from_sympy(applied.expression)
    assert {from_sympy(c) for c in applied.conditions} == applied.theorem.hypotheses


def agrees(applied: Applied, direct: sp.Expr, at: dict[sp.Symbol, object]) -> bool:
    """SymPy's own evaluation gives the same (the third witness)."""
    value = applied.expression.subs(at).doit().evalf(30)
    return bool(abs(value - direct.subs(at).evalf(30)) < sp.Float("1e-20"))


def by_moments(i: int, j: int) -> sp.Expr:
    """The lemma's integral for physicists' polynomials, from Gaussian moments alone."""
    width = sp.sqrt(b**2 + g**2)
    u = sp.Symbol("u", real=True)
    point, spread = x * g**2 / width**2, b * g / width
    y = (point + spread * u) / (sp.sqrt(2) * g)
    poly = sp.Poly(sp.expand(sp.hermite(i, y) * sp.hermite(j, y)), u)
    return gauss(width, x) * sum(c * (sp.factorial2(k - 1) if k % 2 == 0 else 0) for (k,), c in poly.terms())


@pytest.mark.parametrize(("i", "j"), [(1, 1), (2, 0), (3, 2), (2, 3), (4, 4)])
def test_lemma_on_physicists_polynomials(theorem, i: int, j: int) -> None:
    values = {"m": i, "n": 0} if j == 0 else {}
    integral = smoothed(physicists(i) * physicists(j))
    applied = apply_theorem(theorem("A9"), integral, reverse=True, **values)
    backed(applied, integral)
    assert not applied.expression.has(sp.Integral)
    assert {applied.values["m"], applied.values["n"]} == {i, j}
    assert applied.values["α"] == sp.sqrt(b**2 + g**2)
    assert agrees(applied, by_moments(i, j), {x: sp.Rational(1, 3), b: 2, g: sp.Rational(3, 2)})


@pytest.mark.parametrize(("i", "j"), [(0, 0), (1, 0), (2, 1), (3, 2), (3, 3)])
def test_lemma_on_what_sympy_has_expanded(theorem, i: int, j: int) -> None:
    y = t / (sp.sqrt(2) * g)
    integral = 1 + x * smoothed(sp.hermite(i, y) * sp.hermite(j, y))
    assert not integral.has(sp.hermite)
    hints = {} if i + j > 1 else {"gamma": g}  # t and 1 are of the form He(t/γ) for every γ
    applied = apply_theorem(theorem("A9"), integral, reverse=True, **hints)
    backed(applied, integral)
    assert applied.values["γ"] == g
    assert agrees(applied, 1 + x * by_moments(i, j), {x: sp.Rational(1, 3), b: 2, g: sp.Rational(3, 2)})


def test_lemma_with_symbolic_indices(theorem) -> None:
    integral = smoothed(sp.hermite(m, t / (sp.sqrt(2) * g)) * sp.hermite(n, t / (sp.sqrt(2) * g)))
    applied = apply_theorem(theorem("A9"), integral, reverse=True, given=[n <= m, sp.Eq(a**2, b**2 + g**2)])
    backed(applied, integral)
    assert applied.values["α"] == a
    assert agrees(
        applied.__class__(applied.expression.subs({m: 3, n: 2, a: sp.sqrt(b**2 + g**2)}), *_rest(applied)),
        by_moments(3, 2),
        {x: sp.Rational(1, 3), b: 2, g: sp.Rational(3, 2)},
    )
    swapped = apply_theorem(theorem("A9"), integral, reverse=True, given=[AtMost(m, n)])
    assert swapped.values["m"] == n


def _rest(applied: Applied) -> tuple[object, ...]:
    return applied.theorem, applied.conditions, applied.values


def test_lemma_forwards(theorem) -> None:
    terms = sp.binomial(m + n - 2 * s, n - s) / sp.factorial(s) * (g / a) ** (m + n - 2 * s)
    closed = gauss(a, x) * sp.Sum(terms * He(m + n - 2 * s, x / a) / sp.factorial(m + n - 2 * s), (s, 0, n))
    applied = apply_theorem(theorem("A9"), closed, given=[n <= m, sp.Eq(a**2, b**2 + g**2)])
    backed(applied, closed)
    assert applied.values["β"] == b
    assert applied.expression.has(sp.Integral)


REFUSED = [
    ({}, [], "needs n <= m"),
    ({}, [n < m - 1, sp.Ne(b, g)], None),
]


@pytest.mark.parametrize(("values", "given", "words"), REFUSED)
def test_order_of_the_indices_is_needed(theorem, values, given, words) -> None:
    integral = smoothed(He(m, t / g) * He(n, t / g))
    if words is None:
        backed(apply_theorem(theorem("A9"), integral, reverse=True, given=given, **values), integral)
        return
    with pytest.raises(ConditionUnmet, match=words) as caught:
        apply_theorem(theorem("A9"), integral, reverse=True, given=given, **values)
    assert caught.value.conditions == (AtMost(n, m),)


def test_positive_width_is_needed(theorem) -> None:
    integral = sp.Integral(H(n, t, x) * sp.exp(-r * t**2 + 3 * t), (t, *LINE))
    with pytest.raises(ConditionUnmet, match="needs 0 < r"):
        apply_theorem(theorem("A13"), integral)
    applied = apply_theorem(theorem("A13"), integral, given=[r > 0])
    backed(applied, integral)
    for i in range(4):
        at = {n: i, r: 2, x: sp.Rational(1, 3)}
        u = sp.Symbol("u", real=True)
        # ∫ f(t) exp(−2t² + 3t) dt by the moments of the Gaussian around 3/4 with variance 1/4
        poly = sp.Poly(H(i, sp.Rational(3, 4) + u / 2, sp.Rational(1, 3)).doit(), u)
        moments = sum(c * (sp.factorial2(k - 1) if k % 2 == 0 else 0) for (k,), c in poly.terms())
        direct = sp.sqrt(sp.pi / 2) * sp.exp(sp.Rational(9, 8)) * moments
        assert sp.simplify(applied.expression.subs(at).doit() - direct) == 0


def test_nonzero_parameter_is_needed(theorem) -> None:
    with pytest.raises(ConditionUnmet, match=r"needs r != 0"):
        apply_theorem(theorem("A10"), H(n, x, r))
    nonzero = sp.Symbol("r", real=True, nonzero=True)
    applied = apply_theorem(theorem("A10"), H(n, x, nonzero))
    assert applied.expression.has(sp.Derivative)
    backed(applied, H(n, x, nonzero))


def test_a_value_outside_its_sort(theorem) -> None:
    z = sp.Symbol("z")
    with pytest.raises((ConditionUnmet, NotApplicable)):
        apply_theorem(theorem("A11"), H(n, z, sp.S.Half))
    with pytest.raises(ConditionUnmet, match="0 <= s"):
        apply_theorem(theorem("A11"), H(s, x, sp.S.Half))
    assert apply_theorem(theorem("A11"), H(s, x, sp.S.Half), given=[s >= 0]).conditions == (AtMost(0, s),)


def test_values_given_and_inferred(theorem) -> None:
    applied = apply_theorem(theorem("A12"), H(n, 2 * x, 3), b=2)
    backed(applied, H(n, 2 * x, 3))
    assert applied.values == {"n": n, "x": x, "a": sp.Rational(3, 4), "b": 2}
    assert sp.expand(applied.expression.subs(n, 5).doit() - H(5, 2 * x, 3).doit()) == 0
    with pytest.raises(NotApplicable, match="was not found"):
        apply_theorem(theorem("A12"), H(n, 2 * x, 3), b=2, x=2 * x)
    with pytest.raises(NotApplicable, match="no variable w"):
        apply_theorem(theorem("A12"), H(n, 2 * x, 3), w=2)


def test_under_a_sum(theorem) -> None:
    k = sp.Symbol("k", integer=True, nonnegative=True)
    total = sp.Sum(H(k, x, sp.S.Half), (k, 0, n))
    applied = apply_theorem(theorem("A11"), total)
    backed(applied, total)
    assert sp.expand(applied.expression.subs(n, 3).doit() - total.subs(n, 3).doit()) == 0
    low = sp.Sum(H(s, x, sp.S.Half), (s, -1, n))
    with pytest.raises(NotApplicable):
        apply_theorem(theorem("A11"), low)


def test_not_applicable(theorem) -> None:
    with pytest.raises(NotApplicable, match="was not found"):
        apply_theorem(theorem("A9"), sp.Integral(sp.exp(-(t**2)), (t, *LINE)))
    with pytest.raises(NotApplicable, match="was not found"):
        apply_theorem(theorem("A9"), smoothed(physicists(2) * physicists(1)), reverse=True, m=3, n=1, gamma=g)
    with pytest.raises(TranslationError, match="Rational"):
        apply_theorem(theorem("A11"), H(n, 0.5 * x, sp.S.Half))
    with pytest.raises(ConditionUnmet, match="contradicts"):
        apply_theorem(theorem("A11"), H(n, x, sp.S.Half), given=[n + 1 <= m, m <= n])


def test_a_wrong_integral_is_not_rewritten(theorem) -> None:
    for wrong in (
        gauss(b, x - t) * gauss(g, t) * He(m, t / g) * He(n, t / b),
        gauss(b, x - t) * He(m, t / g) * He(n, t / g) * t,
    ):
        with pytest.raises(NotApplicable):
            apply_theorem(theorem("A9"), sp.Integral(wrong, (t, *LINE)), reverse=True, given=[n <= m])


@pytest.mark.parametrize("i", range(9))
def test_hermite_polynomials_are_theorems(i: int) -> None:
    X = var("x", "real")
    found = hermite_polynomial(i, X, ())
    assert not found.hypotheses
    left, right = to_sympy(found.left), to_sympy(found.right)
    assert sp.expand(left.doit() - right.doit()) == 0
    hermite_prob = sp.functions.special.polynomials.hermite_prob
    assert sp.expand(right.doit() - hermite_prob(i, to_sympy(X))) == 0


def test_expanding_leaves_symbolic_indices(theorem) -> None:
    assert expand_hermite(theorem("Hermite"), ()) is None
    with pytest.raises(Exception, match="real"):
        hermite_polynomial(2, var("z", "complex"), ())
    with pytest.raises(Exception, match="0 to 24"):
        hermite_polynomial(25, num(1), ())
