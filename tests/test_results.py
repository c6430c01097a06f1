"""Declaring results: SymPy expressions as lines, statements as SymPy expressions, and what is refused."""

from pathlib import Path
from typing import Any

import pytest
import sympy

from symbolic_mqb.book import Book, LineFailure
from symbolic_mqb.derivations import CONTENTS
from symbolic_mqb.notation.language import equal
from symbolic_mqb.render.reasons import reason
from symbolic_mqb.results import Result, eq, have
from symbolic_mqb.sympy_bridge import TranslationError, from_sympy
from symbolic_mqb.tactics.reasons import algebra, as_, use
from symbolic_mqb.verify import verify

x = sympy.Symbol("x", real=True)


def proved(result: Result) -> Book:
    book = Book({})
    book.add(result)
    book.prove(result.label)
    return book


def test_lines_may_be_sympy_expressions() -> None:
    proved(Result("square", "", chain=[(x + 1) ** 2, eq(x**2 + 2 * x + 1, by=algebra)]))


def test_a_false_line_in_sympy_is_refused() -> None:
    with pytest.raises(LineFailure, match="not equal by algebra"):
        proved(Result("square", "", chain=[(x + 1) ** 2, eq(x**2 + x + 1, by=algebra)]))


def test_an_equation_of_its_own_is_proved_by_the_reasons_of_a_chain() -> None:
    square = Result("square", "", chain=[(x + 1) ** 2, eq(x**2 + 2 * x + 1, by=algebra)])
    book = proved(square)
    v = from_sympy(x)
    shifted = equal((v + 2) ** 2, (v + 1) ** 2 + 2 * (v + 1) + 1)
    book.add(Result("mine", "", chain=[have(shifted, by=[as_((v + 1 + 1) ** 2), use("square", x=v + 1)])]))
    book.add(Result("sympy", "", chain=[have(sympy.Eq(x + x, 2 * x, evaluate=False), by=algebra)]))
    book.add(Result("false", "", chain=[have(equal(v + v, 3 * v), by=algebra)]))
    outcomes = verify(book, ["mine", "sympy", "false"], jobs=1).outcomes
    assert [outcomes[label].verdict for label in ("mine", "sympy", "false")] == ["proved", "proved", "refuted"]
    assert outcomes["mine"].uses == ("square",)
    assert reason(book.declared("mine").lines[0].by) == "written as (x + 1 + 1)²; by (square) at x = x + 1"
    with pytest.raises(LineFailure, match="not equal by algebra"):
        book.prove("false")


def test_a_float_from_sympy_is_refused_by_name() -> None:
    with pytest.raises(TranslationError, match=r"0\.5"):
        eq(x * sympy.Float(0.5), by=algebra)


def test_every_statement_and_line_of_the_book_is_a_sympy_expression_and_comes_back() -> None:
    book = Book(CONTENTS)
    for label in book.labels:
        declared = book.declared(label)
        if isinstance(declared, Result):
            assert [from_sympy(e) for e in declared.sympy()] == list(declared.claims())


def test_the_readme_applies_the_lemma_to_an_integral_of_sympys_own() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    code = next(block for block in readme.split("```python")[1:] if "apply_theorem" in block).partition("```")[0]
    space: dict[str, Any] = {}
    exec(code, space)
    point = {space["x"]: sympy.Rational(1, 2)}
    found, given = (sympy.N(e.subs(point).doit()) for e in (space["done"].expression, space["integral"]))
    assert abs(found - given) < 1e-12
    assert abs(found) > 1e-3
