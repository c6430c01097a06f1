"""What users write in SymPy: what it means, and what is refused with which words."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import pytest
import sympy as sp

from symbolic_mqb.kernel.terms import Term, num, var
from symbolic_mqb.notation import language as w
from symbolic_mqb.notation.objects import He
from symbolic_mqb.rules.logic import context
from symbolic_mqb.sympy_bridge import (
    TaylorCoefficient,
    TranslationError,
    WeierstrassTransform,
    from_sympy,
    notice,
    to_sympy,
)
from symbolic_mqb.sympy_bridge.functions import He as SympyHe

x, t = sp.symbols("x t", real=True)
z = sp.Symbol("z")
n, m = sp.symbols("n m", integer=True, nonnegative=True)
s = sp.Symbol("s", integer=True)
f = sp.Function("f")
p = sp.Symbol("p", positive=True)
e = sp.Symbol("e", even=True)
LINE = (-sp.oo, sp.oo)
X, N = var("x", "real"), var("n", "nat")


def same(a: Term, b: Term) -> bool:
    return bool(context(()).same(a, b))


def test_python_numbers() -> None:
    assert from_sympy(3) == num(3)
    assert from_sympy(Fraction(1, 3)) == num(Fraction(1, 3)) == from_sympy(sp.Rational(1, 3))
    assert from_sympy(X) is X


@pytest.mark.parametrize(
    ("symbol", "sort"),
    [
        (sp.Symbol("v", integer=True, nonnegative=True), "nat"),
        (sp.Symbol("v", integer=True, positive=True), "nat"),
        (sp.Symbol("v", prime=True), "nat"),
        (sp.Symbol("v", integer=True), "int"),
        (sp.Symbol("v", positive=True), "real"),
        (sp.Symbol("v", real=True), "real"),
        (sp.Symbol("v", imaginary=True), "complex"),
        (sp.Symbol("v"), "complex"),
    ],
)
def test_sorts(symbol: sp.Symbol, sort: str) -> None:
    assert from_sympy(symbol) == var("v", sort)


def test_ordinary_expressions() -> None:
    assert same(from_sympy(sp.sqrt(2) * x**2 / 3 - sp.exp(x)), w.sqrt(2) * X**2 / 3 - w.exp(X))
    assert same(from_sympy(sp.binomial(n, 2) * sp.factorial(n)), w.binomial(N, 2) * w.factorial(N))
    assert from_sympy(sp.Integral(sp.exp(-(t**2)), (t, -sp.oo, sp.oo))).op == "integral"
    assert from_sympy(sp.Sum(s, (s, 0, n), (n, 0, 3))) == from_sympy(sp.Sum(sp.Sum(s, (s, 0, n)), (n, 0, 3)))
    assert from_sympy(sp.Derivative(sp.exp(x), (x, 2))) == w.Derivative(2, X, w.exp(X))
    point = sp.Subs(sp.Derivative(sp.exp(x), (x, 2)), x, 0)
    assert from_sympy(point) == w.Derivative(2, X, w.exp(X), 0)
    assert from_sympy(f(n)) == var("f", "nat->complex")(N)
    assert from_sympy(sp.Function("f", real=True)(n)) == var("f", "nat->real")(N)
    assert from_sympy(sp.Ge(x, 1)) == (num(1) <= X)
    assert from_sympy(sp.Gt(x, 1)) == (num(1) < X)
    assert from_sympy(sp.Max(x, t, 1)).op == "max"


def test_signs_that_the_range_shows() -> None:
    assert from_sympy(sp.Integral(sp.exp(-p), (p, 0, sp.oo))).op == "integral"
    assert from_sympy(sp.Sum(n, (n, 0, m))).op == "sum"
    assert from_sympy(sp.Sum(s, (s, -m, m))).op == "sum"


def test_physicists_hermite() -> None:
    expected = num(2) ** (w.half * N) * He(N, w.sqrt(2) * X)
    assert from_sympy(sp.hermite(n, x)) == expected
    assert from_sympy(sp.functions.special.polynomials.hermite_prob(n, x)) == He(N, X)
    for i in range(6):
        by_he = 2 ** sp.Rational(i, 2) * SympyHe(i, sp.sqrt(2) * x).doit()
        assert sp.expand(by_he - sp.hermite(i, x)) == 0


def test_bound_symbols_may_share_a_name() -> None:
    plain, real = sp.Symbol("x"), x
    both = sp.Integral(plain * real, (plain, 0, 1))
    v = var("x′", "real")
    assert from_sympy(both) == w.Integral(v * X, (v, 0, 1))
    dummy = sp.Dummy("x", real=True)
    assert from_sympy(sp.Integral(dummy * x, (dummy, 0, 1))) == w.Integral(X * v, (v, 0, 1))
    assert same(from_sympy(sp.Sum(sp.Dummy("q", integer=True), (s, 0, 1))), 2 * var("q", "int"))


REFUSED = [
    (1.5, "Rational"),
    (sp.Float("0.1") * x, r"0\.1000.*Rational"),
    ("x + 1", "not parsed"),
    (True, "bool"),
    (sp.Piecewise((x, x > 0), (0, True)), "Piecewise.*branch"),
    (sp.tan(x), "tan"),
    (sp.gamma(x), "factorial"),
    (sp.Eq(x, x), "Equation"),
    (sp.Integral(x, x), "bounds"),
    (sp.Sum(s, (s, 5, 1)), "differently"),
    (sp.Derivative(f(z), z), "real=True|natural"),
    (sp.Derivative(sp.exp(z), z), "real=True"),
    (f(x), "natural number"),
    (sp.Function("f")(n, m), "one natural number"),
    (sp.nan, "denominator"),
    (sp.zoo * 1, "denominator"),
    (sp.Symbol("x") + sp.Symbol("x", positive=True), "different symbols"),
    (sp.Symbol("A", commutative=False), "OperatorSymbol"),
    (sp.Matrix([[1]]), "OperatorSymbol"),
    (sp.MatrixSymbol("A", 2, 2)[0, 1], "has no counterpart"),
    (sp.Limit(x, x, 0), "TendsTo"),
    (sp.Sum(sp.Symbol("q", integer=False), (sp.Symbol("q", integer=False), 0, 1)), "declared otherwise"),
    (sp.Integral(sp.I, (sp.Symbol("q", imaginary=True), 0, 1)), "declared otherwise"),
    (sp.Lambda((x, t), x), "one variable"),
    (sp.Integral(p, (p, *LINE)), "declared positive"),
    (sp.Integral(sp.Abs(p), (p, -1, 1)), "declared positive"),
    (sp.Integral(sp.sin(sp.pi * s) + s, (s, 0, 1)), "real numbers here"),
    (sp.Sum(sp.Abs(n), (n, -3, 3)), "declared nonnegative"),
    (sp.Sum((-1) ** e, (e, 0, 3)), "integers here"),
    (TaylorCoefficient(n, x, sp.conjugate(x)), "complex numbers here"),
    (WeierstrassTransform(p, p, x, 1), "declared positive"),
    (object(), "no SymPy expression"),
]


@pytest.mark.parametrize(
    ("expression", "words"), REFUSED, ids=[f"{i}-{type(e).__name__}" for i, (e, _) in enumerate(REFUSED)]
)
def test_refused(expression: object, words: str) -> None:
    with pytest.raises(TranslationError, match=words):
        from_sympy(expression)


def test_the_part_at_fault_is_named() -> None:
    with pytest.raises(TranslationError) as caught:
        from_sympy(1 + sp.Integral(sp.tan(t) * t, (t, 0, 1)))
    assert caught.value.expression == sp.tan(t)


def test_notice() -> None:
    assert "gone" in notice(x + 1)[0]
    assert "decided" in notice(sp.Eq(x, x))[0]
    assert any("polynomial" in line for line in notice(sp.Integral(sp.hermite(2, t), (t, 0, 1))))
    assert any("Rational" in line for line in notice(x * 0.5))
    with sp.evaluate(False):
        kept = (x - 1) / (x - 1)
    assert not notice(kept)
    assert not notice(x)


def test_the_package_does_not_import_sympy() -> None:
    code = "import sys, symbolic_mqb; sys.exit('sympy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_under_evaluate_false() -> None:
    with sp.evaluate(False):
        kept = x / x + sp.Integral(sp.exp(-(t**2)), (t, -sp.oo, sp.oo))
        term = from_sympy(kept)
        assert from_sympy(to_sympy(term)) == term
    assert from_sympy(kept) == term
    assert term.args[0] == X * X ** num(-1) or term.args[1] == X * X ** num(-1)
