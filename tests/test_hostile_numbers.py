"""Hostile and clumsy calls of the numerics, the printers and the SymPy classes: each says what is expected."""

import pytest
import sympy as sp

from symbolic_mqb import sympy_bridge as bridge
from symbolic_mqb.kernel.errors import TermError
from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.notation.language import equal, symbols
from symbolic_mqb.notation.objects import HERMITE, He
from symbolic_mqb.numerics.evaluate import enclose
from symbolic_mqb.numerics.witness import check, check_at
from symbolic_mqb.render.latex import latex
from symbolic_mqb.render.text import text
from symbolic_mqb.results import Definition, Erratum, Result, eq
from symbolic_mqb.sympy_bridge import TranslationError, from_sympy
from symbolic_mqb.tactics.reasons import algebra, as_, fold, given_that, identity, unfold, use

(n,), (x,), (M,) = symbols("n", "nat"), symbols("x", "real"), symbols("M", "op")
X = sp.Symbol("X")
CLAIM = equal(x + x, 2 * x)
CORNER = Term("entry", (M, num(0), num(0)))
LONG = 10**100000


@pytest.mark.parametrize("digits", [0, -5, float("nan"), "50", True, 1.5, None])
def test_a_number_of_digits_that_is_none_is_refused(digits):
    for call in (
        lambda: check(CLAIM, digits=digits),
        lambda: check_at(CLAIM, {x: 1}, digits=digits),
        lambda: enclose(x, {x: 1}, digits),
    ):
        with pytest.raises((TypeError, ValueError), match="digits: "):
            call()


CALLS = {
    "a hypothesis that is no list": (lambda: check(CLAIM, x > 0), TermError, "hypotheses are a list"),
    "hypotheses at a point": (lambda: check_at(CLAIM, {x: 1}, hypotheses=5), TermError, "hypotheses are a list"),
    "a rate that is none": (lambda: check(CLAIM, rate=5), TypeError, "a Rate is expected"),
    "a seed that is none": (lambda: check(CLAIM, seed=float("nan")), TypeError, "seed: an integer"),
    "no points": (lambda: check(CLAIM, points=0), ValueError, "points: 0 is less than 1"),
    "values by name": (lambda: check_at(CLAIM, {"x": 1}), TermError, "given by variable, as"),
    "values without variables": (lambda: enclose(x, 5), TermError, "given by variable, as"),
    "nothing to enclose": (lambda: enclose(None, {}), TermError, "a term that is a number"),
    "an operator to enclose": (lambda: enclose(M, {M: [[1, 0], [0, 1]]}), TermError, "a term that is a number"),
    "a statement to enclose": (lambda: enclose(x > 0, {x: 1}), TermError, "a term that is a number"),
    "a row that is none": (lambda: enclose(CORNER, {M: [[1, 0], 5]}), TermError, "not a 2×2 matrix"),
    "nothing in LaTeX": (lambda: latex(None), TermError, "a term can be printed"),
    "nothing as text": (lambda: text(5), TermError, "a term can be printed"),
    "nothing in SymPy's LaTeX": (lambda: bridge.latex(None), TranslationError, "no SymPy expression"),
    "an index nan": (lambda: bridge.He(sp.nan, X), ValueError, "natural number as its index"),
    "a value nan": (lambda: bridge.H(2, X, float("nan")), ValueError, "nan, which is no number"),
    "minus one particle": (lambda: bridge.Dicke(-1, 5), ValueError, "as the number of particles, not -1"),
    "a run that is a pair": (lambda: bridge.Word((2, 3)), TypeError, "run after run"),
    "a run without length": (lambda: bridge.Word(0), TypeError, "run after run"),
    "a run of length -1": (lambda: bridge.Word(0, -1), ValueError, "as a length, not -1"),
    "an entry nan": (lambda: bridge.MatrixOperator(sp.nan, 0, 0, 1), ValueError, "takes no nan"),
    "no hypothesis": (lambda: given_that(None), TermError, "takes an equation"),
    "a hypothesis that is no equation": (lambda: given_that(x > 0), TermError, "takes an equation"),
    "the name of a symbol": (lambda: unfold("H"), TermError, "a defined symbol without arguments"),
    "a variable for a symbol": (lambda: fold(x), TermError, "a defined symbol at its arguments"),
    "a text for a form": (lambda: as_("x"), TermError, "not an exact number"),
    "an empty label": (lambda: use(""), TermError, "the label of a result"),
    "a text for a direction": (lambda: use("A9", reverse="no"), TermError, "True or False"),
    "a number for everywhere": (lambda: identity(len, everywhere=1), TermError, "True or False"),
    "nan to translate": (lambda: from_sympy(float("nan")), TranslationError, "nan is no number"),
    "a long number of SymPy": (lambda: from_sympy(sp.Integer(10) ** 10**6), TranslationError, "too long"),
}


@pytest.mark.parametrize("what", CALLS)
def test_a_call_that_means_nothing_says_what_is_expected(what):
    call, error, message = CALLS[what]
    with pytest.raises(error, match=message):
        call()


def test_the_same_calls_that_mean_something_are_answered():
    assert check(CLAIM, [x > 0], digits=1, points=1, seed=-1).verdict == "agrees"
    assert check_at(CLAIM, {x: 1}, hypotheses=(h for h in [x > 0])).verdict == "agrees"
    assert enclose(CORNER, {M: ((1, 0), (0, 1))}).ball == 1
    assert bridge.Dicke(n := sp.Symbol("n"), 5).args == (n, 5)
    assert bridge.Word(1, n, 0, 2).args == (1, n, 0, 2)
    assert (bridge.He(n, sp.oo).args, bridge.MatrixOperator(n, 0, 0, 1).args[0]) == ((n, sp.oo), n)
    assert given_that(CLAIM).equation == CLAIM
    assert (unfold(HERMITE).head, fold(He(2, x)).symbol, as_(1).form) == (HERMITE, He(2, x), num(1))


def test_a_number_that_is_too_long_to_be_written_is_refused_where_it_is_written():
    for change in (
        {"chain": [LONG * x, eq(LONG * x, by=algebra)]},
        {"given": (x < LONG,)},
        {"errata": (Erratum(equal(x, LONG), ((x, 1),), "", "", "slip"),)},
    ):
        with pytest.raises(TermError, match="4000 digits is too long"):
            Result(**{"label": "long", "title": "", "chain": [x, eq(x, by=algebra)], **change})
    with pytest.raises(TermError, match="4000 digits is too long"):
        Definition("long", "", He(2, LONG * x))
    shorter = num(10**3900)
    assert Result("long", "", chain=[shorter, eq(shorter, by=algebra)]).first == shorter
    assert from_sympy(sp.Integer(10) ** 3900) == shorter
