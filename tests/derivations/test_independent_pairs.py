"""Independent pairs: false variants of their results are refuted and not proved, and how the new objects read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from symbolic_mqb.book import Book
from symbolic_mqb.derivations import CONTENTS
from symbolic_mqb.kernel.terms import Term, call, num, substitute
from symbolic_mqb.notation.language import equal
from symbolic_mqb.notation.macroscopic import alpha
from symbolic_mqb.notation.measurement import COLLECTIVE, J, N, a, mu, t
from symbolic_mqb.notation.pairs import X, X_level, Y, Y_level, mean_a, mean_b, noise_a, noise_b, u
from symbolic_mqb.numerics.witness import check
from symbolic_mqb.render.latex import latex
from symbolic_mqb.render.text import text


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(CONTENTS)


VARIANTS: dict[str, tuple[str, Callable[[Term], Term]]] = {
    "half the normalisation": ("IID-total", lambda s: equal(s.args[0], s.args[1] / 2)),
    "the second moment as the square of the mean": ("IID-second-a", lambda s: equal(s.args[0], mean_a**2)),
    "no excess noise at Alice": ("IID-quadratic", lambda s: equal(s.args[0], s.args[1] - t**2 * noise_a)),
    "no excess noise at Bob": ("IID-quadratic", lambda s: equal(s.args[0], s.args[1] - u**2 * noise_b)),
    "the covariance with the other sign": ("IID-quadratic", lambda s: equal(s.args[0], substitute(s.args[1], {t: -t}))),
    "a model without Bob": ("IID-model", lambda s: equal(s.args[0], substitute(s.args[1], {u: num(0)}))),
    "the rate N^{−2α} above 1/2": ("IID-above", lambda s: s.args[0] <= s.args[1] / N**2),
    "a modulus of at most 1/2": ("IID-modulus", lambda s: s.args[0] <= s.args[1] / 2),
    "the characteristic function at another level": (
        "IID-characteristic-level",
        lambda s: equal(s.args[0], substitute(s.args[1], {alpha: alpha + 1})),
    ),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_false_variants_are_refuted(book: Book, name: str) -> None:
    label, change = VARIANTS[name]
    declared = book.declared(label)
    assert check(declared.statement, declared.given, digits=20, points=3).verdict == "agrees"
    assert check(change(declared.statement), declared.given, digits=20, points=8).verdict == "refuted"


@pytest.mark.parametrize(
    ("term", "shown", "typeset"),
    [
        (X, "X", "X"),
        (Y, "Y", "Y"),
        (X_level, "X_{α}", r"X_{\alpha}"),
        (Y_level, "Y_{α}", r"Y_{\alpha}"),
    ],
)
def test_how_the_variables_read(term: Term, shown: str, typeset: str) -> None:
    assert text(term) == shown
    assert latex(term) == typeset


def test_a_variable_with_another_mean_shows_it() -> None:
    assert "μ" in text(call(COLLECTIVE, a, J, N, mu, num(1)))
    assert "B" in text(call(COLLECTIVE, a, J, N, mean_b, num(1)))
