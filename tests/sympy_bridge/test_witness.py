"""The third witness: SymPy's own evaluation at concrete indices agrees with results of the book."""

from __future__ import annotations

import itertools

import pytest
import sympy as sp

from symbolic_mqb.book import Book
from symbolic_mqb.notation.language import equal
from symbolic_mqb.sympy_bridge import to_sympy

NUMBERS = [sp.Rational(3, 2), sp.Rational(5, 7), sp.Rational(-2, 3), sp.Rational(7, 4), sp.Rational(11, 5)]


def closed(e: sp.Expr) -> sp.Expr:
    """Evaluated without any integral of SymPy's: polynomials times Gaussians go by moments."""
    return e.replace(sp.Integral, lambda f, bounds: line_integral(f.doit(), bounds[0])).doit()


def line_integral(f: sp.Expr, v: sp.Symbol) -> sp.Expr:
    """∫ of a polynomial times exp(quadratic) over the real line."""
    total = sp.S.Zero
    for part in sp.Add.make_args(sp.expand(f, power_exp=False, mul=True)):
        part = sp.powsimp(part, force=True, combine="exp")
        exponent = sum((e.args[0] for e in part.atoms(sp.exp) if e.has(v)), sp.S.Zero)
        rest = sp.expand(part / sp.exp(exponent))
        quadratic = sp.Poly(sp.expand(exponent), v)
        c, d, e0 = (quadratic.coeff_monomial(v**k) for k in (2, 1, 0))
        u = sp.Dummy("u")
        mean, spread = -d / (2 * c), sp.sqrt(-1 / (2 * c))
        poly = sp.Poly(sp.expand(rest.subs(v, mean + spread * u)), u)
        moments = sum(k * (sp.factorial2(j - 1) if j % 2 == 0 else 0) for (j,), k in poly.terms())
        total += sp.sqrt(sp.pi / -c) * sp.exp(e0 - d**2 / (4 * c)) * moments
    return total


def points(statement: sp.Basic) -> list[dict[sp.Symbol, object]]:
    naturals = sorted((v for v in statement.free_symbols if v.is_integer), key=str)
    others = sorted((v for v in statement.free_symbols if not v.is_integer), key=str)
    values = {v: abs(w) if v.name in "αβγξ" else w for v, w in zip(others, NUMBERS, strict=False)}
    by_name = {v.name: v for v in others}
    if {"α", "β", "γ"} <= by_name.keys():
        values[by_name["α"]] = sp.sqrt(values[by_name["β"]] ** 2 + values[by_name["γ"]] ** 2)
    chosen = list(itertools.product(range(4), repeat=len(naturals)))
    out = [dict(zip(naturals, c, strict=True)) for c in chosen]
    ordered = [p for p in out if _at(p, "n") <= _at(p, "m")] if len(naturals) == 2 else out
    return [{**p, **values} for p in ordered][:8]


def _at(point: dict[sp.Symbol, object], name: str) -> int:
    return next((int(v) for s, v in point.items() if s.name == name), 0)


def disagreement(statement: sp.Basic) -> dict[sp.Symbol, object] | None:
    """A point where the sides differ, if there is one among the samples."""
    left, right = statement.args
    for point in points(statement):
        # a derivative in x must be taken before x has a value
        indices = {s: v for s, v in point.items() if s.is_integer}
        sides = [e.xreplace(indices) for e in (left, right)]
        values = [closed(e.doit() if e.has(sp.Derivative) else e) for e in sides]
        numbers = [sp.expand(v.doit()).subs(point).evalf(30) for v in values]
        if abs(numbers[0] - numbers[1]) > sp.Float("1e-20"):
            return point
    return None


@pytest.mark.parametrize("label", ["A10", "A11", "A12", "A13", "A14", "A15", "A9", "Hermite", "Hermite-product"])
def test_sympy_agrees(book: Book, label: str) -> None:
    assert disagreement(to_sympy(book.declared(label).statement)) is None


@pytest.mark.parametrize("label", ["A10", "A12", "A13", "A9"])
def test_sympy_refutes_what_is_wrong(book: Book, label: str) -> None:
    left, right = book.declared(label).statement.args
    assert disagreement(to_sympy(equal(left, 2 * right))) is not None
    assert disagreement(to_sympy(equal(left, -right))) is not None
