"""α = 1: false variants of (D8)–(D13) and (15) fail, and how the objects read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from symbolic_mqb.book import Book
from symbolic_mqb.derivations import CONTENTS
from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, num, substitute
from symbolic_mqb.notation.language import Integral, cos, equal, pi
from symbolic_mqb.notation.rotor import (
    angle,
    angle1,
    angle2,
    density,
    effect,
    hidden,
    k,
    l,
    law,
    phi,
    phi1,
    phi_A,
    phi_B,
    rotor,
    theta,
)
from symbolic_mqb.numerics.witness import check
from symbolic_mqb.render.latex import latex
from symbolic_mqb.render.text import text
from symbolic_mqb.rules.logic import normal_form


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(CONTENTS)


VARIANTS: dict[str, tuple[str, Callable[[Term], Term]]] = {
    "the angle of (D10) with the other sign": ("D10", lambda t: equal(substitute(t.args[0], {phi: -phi}), t.args[1])),
    "(D10) without its factor": ("D10", lambda t: equal(2 * t.args[0], t.args[1])),
    "(D8) with the other sign of t": ("D8", lambda t: equal(t.args[0], -1 * t.args[1])),
    "(D13) with the settings in one place only": (
        "D13",
        lambda t: equal(t.args[0], substitute(t.args[1], {phi_A: num(0)})),
    ),
    "(D13) with the settings exchanged": (
        "D13",
        lambda t: equal(t.args[0], substitute(t.args[1], {phi_A: phi_B, phi_B: phi_A})),
    ),
    "(D13) with a setting turned back": ("D13", lambda t: equal(t.args[0], substitute(t.args[1], {phi_B: -phi_B}))),
    "twice the mass": ("D13-mass", lambda t: equal(t.args[0], 2 * t.args[1])),
    "half the completeness": ("rotor-complete", lambda t: equal(t.args[0], t.args[1] / 2)),
    "the rotor's effect at the wrong angle": (
        "rotor-turned",
        lambda t: equal(t.args[0], substitute(t.args[1], {phi: -phi})),
    ),
    "the marginal of the other setting": (
        "rotor-parent",
        lambda t: equal(t.args[0], substitute(t.args[1], {phi: phi + pi / 2})),
    ),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_false_variants_are_refuted_and_not_proved(book: Book, name: str) -> None:
    label, change = VARIANTS[name]
    declared = book.declared(label)
    wrong = change(declared.statement)
    assert check(declared.statement, declared.given, digits=20, points=3).verdict == "agrees"
    assert check(wrong, declared.given, digits=20, points=8).verdict == "refuted"
    with pytest.raises(Refused):
        normal_form(*wrong.args, declared.given)


def test_the_printed_hidden_variable_depends_on_the_settings(book: Book) -> None:
    """What the erratum of (D13) says: the corrected μ(λ) mentions no setting, the printed one mentions both."""
    printed = book.declared("D13").errata[0].printed
    assert {phi_A, phi_B} <= printed.args[0].free
    assert not {phi_A, phi_B} & hidden(angle1, angle2).free


@pytest.mark.parametrize(
    ("term", "shown", "typeset"),
    [
        (rotor(-theta, k), "⟨−θ|k⟩", r"\langle -\theta|k\rangle"),
        (effect(theta, k, l), "⟨k|e(θ)|l⟩", r"\langle k|e\left(\theta\right)|l\rangle"),
        (density(phi, theta), "P(θ)", r"P\left(\theta\right)"),
        (hidden(angle1, angle2), "μ(ϕ1, ϕ2)", r"\mu\left(\phi_{1}, \phi_{2}\right)"),
        (density(phi1, theta), "P(c, K, φ1, θ)", r"P\left(c, K, \varphi_{1}, \theta\right)"),
    ],
)
def test_how_the_objects_read(term: Term, shown: str, typeset: str) -> None:
    assert text(term) == shown
    assert latex(term) == typeset


def test_the_law_is_the_image_of_a_density_under_cos() -> None:
    body = Term("pushforward", (-pi, pi, Integral(cos(angle), angle).args[2], Integral(num(1), angle).args[2]))
    assert "the image under ϕ ↦ cos(ϕ)" in text(body)
    assert "the image under" in latex(body)
    assert text(law(phi)) == "P_X"
