"""Formulas are broken into lines that fit, and lose nothing by it."""

import re

import pytest

from symbolic_mqb.book import paper
from symbolic_mqb.render.breaking import fitted, rows_of
from symbolic_mqb.render.graph import layers, svg
from symbolic_mqb.render.latex import latex
from symbolic_mqb.render.measure import em
from symbolic_mqb.render.printed import arranged, displays, main_result, sections

WIDTH = 40


def plain(text):
    return re.sub(r"\\(left|right|Bigl|Bigr|times|cdot|quad)(?![a-z])|\s|&|\\\\|\\(begin|end)\{aligned\}", "", text)


@pytest.mark.parametrize("label", paper().labels)
def test_broken_lines_fit_and_say_the_same(label):
    declared = paper().declared(label)
    for t in (declared.statement, *(line.expression for line in declared.lines)):
        rows = rows_of(t, WIDTH)
        assert all(row.count("{") - row.count(r"\{") == row.count("}") - row.count(r"\}") for row in rows)
        if len(rows) == 1:
            assert plain(rows[0]) == plain(latex(t))
        if r"\frac{1}" not in "".join(rows):  # a wide quotient is drawn as 1/d times the rest
            assert plain(fitted(t, WIDTH)).replace(r"\exp\{", "") == plain(latex(t)).replace(r"\exp\{", "") or any(
                r"\exp" in row for row in rows
            )


def test_widths_are_ordered():
    assert em(r"\frac{a}{b}") < em("a + b") < em(r"\sum_{k=0}^{n} a + b")
    assert em(r"\binom{N}{k}") > em(r"\frac{N}{k}")
    assert em(r"\underbrace{1\dots 1}_{k}") > em("1")


def test_the_sixty_two_numbered_equations_are_there():
    numbered = [d.label for d in displays().values() if d.numbered]
    wanted = [str(i) for i in range(1, 16)] + [
        f"{letter}{i}" for letter, count in (("A", 17), ("B", 8), ("C", 9), ("D", 13)) for i in range(1, count + 1)
    ]
    assert numbered == wanted
    assert all(
        d.latex.count("{") - d.latex.count(r"\{") == d.latex.count("}") - d.latex.count(r"\}")
        for d in displays().values()
    )


def test_every_result_has_its_place():
    book = paper()
    placed = arranged((label, book.declared(label), book.home(label)) for label in book.labels)
    assert sorted(label for labels in placed.values() for label in labels) == sorted(book.labels)
    assert set(placed) == {s.name for s in sections()}
    a = placed["appendix-a"]
    assert a.index("A1") < a.index("A2") < a.index("A3") < a.index("A16")
    assert main_result(displays()["A9"], book.labels) == "A9"


def test_the_graph_runs_from_left_to_right():
    columns = layers("abcd", [("b", "a"), ("c", "b"), ("d", "a")])
    at = {label: i for i, column in enumerate(columns) for label in column}
    assert at["a"] < at["b"] < at["c"]
    assert at["a"] < at["d"]
    picture = svg("ab", [("b", "a")], {"a": "p.html#a"}, {"a": "A <title>"}, {"a": "proved"})
    assert '<a href="p.html#a">' in picture
    assert "A &lt;title&gt;" in picture
