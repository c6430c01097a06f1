"""LaTeX read back by a parser says what the statement says; what is changed in it is told apart."""

import pytest

from symbolic_mqb.book import paper
from symbolic_mqb.render.comparison import compared
from symbolic_mqb.render.latex import latex
from tests.render.readback import Unread, outcome, same

pytest.importorskip("latex2sympy2_extended", reason="needs pip install -e '.[test]'")

#: The statements of the paper's displays, of which at least this share must be read.
DISPLAYED = sorted({row.label for row in compared(paper()).values() if row.label})
SHARE = 0.8


def statement(label):
    return paper().declared(label).statement


def test_the_displays_read_back_say_the_same():
    found = {label: outcome(statement(label)) for label in DISPLAYED}
    assert not [label for label, what in found.items() if what == "differs"]
    unread = {label: why for label, why in found.items() if why != "same"}
    assert len(unread) <= (1 - SHARE) * len(found), unread


#: (label, what is changed in its LaTeX, into what): another sign, index, bound, symbol, factor, bracket.
CHANGES = [
    ("A14", r"{s!}", r"{n!}"),
    ("A14", r"\binom{m + n - 2 s}{n - s}", r"\binom{m + n - 2 s}{n + s}"),
    ("A14", r"\sum_{s=0}^{n}", r"\sum_{s=0}^{m}"),
    ("A14", r"\sum_{s=0}^{n}", r"\sum_{s=1}^{n}"),
    ("A14", r"\left(2 a\right)^{s}", r"2 a^{s}"),
    ("A13", r"e^{-\xi x^{2} + \eta x}", r"e^{-\xi x^{2} - \eta x}"),
    ("A13", r"\frac{1}{4 \xi}", r"\frac{1}{2 \xi}"),
    ("A13", r"\sqrt{\frac{\pi}{\xi}}", r"\frac{\pi}{\xi}"),
    ("A13", r"\int_{-\infty}^{\infty} dx\, H_{n}", r"\int_{0}^{\infty} dx\, H_{n}"),
    ("A10", r"\frac{d^{n}}{dx^{n}}", r"\frac{d^{n}}{da^{n}}"),
    ("A7", r"c_{k}^{*} c_{l}", r"c_{k} c_{l}"),
    ("A7", r"\langle N,k|", r"\langle N,l|"),
    ("A7", r"\left(-i t\right)", r"\left(i t\right)"),
    ("A7", r"\min\left(k, l\right)", r"\max\left(k, l\right)"),
    ("B5", r"\langle k|x\rangle", r"\langle x|k\rangle"),
    ("B5", r"\langle x|l\rangle", r"\langle x|k\rangle"),
    ("A17", r"\frac{x^{2}}{4}", r"\frac{x^{2}}{2}"),
    ("A17", r"^{1/4}", r"^{1/2}"),
    ("A8-transform", r"\frac{\tau^{2} x^{2}}{2 \sigma^{2}}", r"\frac{\sigma^{2} x^{2}}{2 \tau^{2}}"),
    ("15", r"N + k", r"N - k"),
]


@pytest.mark.parametrize(("label", "old", "new"), CHANGES)
def test_a_change_is_told_apart(label, old, new):
    source = latex(statement(label))
    assert old in source
    assert same(source, statement(label))
    assert not same(source.replace(old, new, 1), statement(label))


def test_what_has_no_words_is_not_guessed():
    for source in (r"|\psi\rangle = x", r"q = x", r"x", r"x = \left( y", r"H_{n}(x, a) \sim y"):
        with pytest.raises(Unread):
            same(source, statement("A14"))


def test_another_way_to_write_it_is_the_same():
    source = latex(statement("A14"))
    turned = source.replace(r"\frac{\left(2 a\right)^{s}}{s!}", r"\frac{1}{s!} \left(a \cdot 2\right)^{s}")
    assert turned != source
    assert same(turned, statement("A14"))
    renamed = source.replace("s", "r").replace(r"\rum", r"\sum")
    assert same(renamed, statement("A14"))
