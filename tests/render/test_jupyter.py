"""In Jupyter: statements typeset, verdicts in a table, a failing line with its difference."""

from types import SimpleNamespace

from symbolic_mqb.book import paper
from symbolic_mqb.notation.language import half, symbols
from symbolic_mqb.notation.objects import H
from symbolic_mqb.render.jupyter import difference, prose, register
from symbolic_mqb.results import Result, eq
from symbolic_mqb.tactics.reasons import use
from symbolic_mqb.verify import verify

(n,), (x,) = symbols("n", "nat"), symbols("x", "real")


def test_results_and_definitions():
    for label in ("A9", "A17", "A16"):
        declared = paper().declared(label)
        page = declared._repr_html_()
        assert f"({label})" in page
        assert "\\[" in page
        assert page.count("<details>") == bool(declared.lines)
        assert declared._repr_latex_().startswith("$$")


def test_a_failing_line_shows_the_difference():
    book = paper()
    wrong = Result("wrong", "Wrong", chain=[H(n, -x, half), eq((-2) ** n * H(n, x, half), by=use("A12", b=-1, a=half))])
    book.add(wrong)
    page = verify(book, ["wrong"], digits=10, jobs=1)._repr_html_()
    assert ">refuted</td>" in page
    assert "line 1" in page
    assert "the reason gives" in page
    assert "false at" in page


def test_the_difference_is_the_smallest_part():
    assert difference(x + 2 * n, x + 3 * n) == (2 * n, 3 * n) or difference(x + 2 * n, x + 3 * n)[0].op == "num"
    assert difference(x, n) == (x, n)


def test_terms_and_theorems_by_the_extension():
    made = {}
    formatter = SimpleNamespace(for_type=made.__setitem__)
    register(SimpleNamespace(display_formatter=SimpleNamespace(formatters={"text/latex": formatter})))
    written = {cls.__name__: show for cls, show in made.items()}
    assert written["Term"](x**2) == "$$x^{2}$$"
    assert "\\vdash" in written["Theorem"](paper().prove("A12").theorem)


def test_titles_have_their_indices_raised_and_lowered():
    assert prose("δ_rs + O(N^{−1/2}) < 1") == "δ<sub>rs</sub> + O(N<sup>−1/2</sup>) &lt; 1"


def test_the_sign_of_a_conjugate_is_no_index():
    assert prose("c_kl* c_mn") == "c<sub>kl</sub>* c<sub>mn</sub>"
