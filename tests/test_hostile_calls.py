"""Hostile and clumsy calls of the public functions: each refuses at once and says what is expected."""

from fractions import Fraction

import pytest
import sympy as sp

from symbolic_mqb.book import paper
from symbolic_mqb.kernel.errors import TermError
from symbolic_mqb.notation.language import (
    Coefficient,
    Derivative,
    Expectation,
    Integral,
    Product,
    Sum,
    equal,
    function,
    symbols,
)
from symbolic_mqb.notation.objects import H
from symbolic_mqb.results import Citation, Definition, Erratum, Needed, Result, eq, have, term
from symbolic_mqb.sympy_bridge import NotApplicable, TranslationError, apply_theorem, from_sympy, to_sympy
from symbolic_mqb.tactics.reasons import algebra, by_order, convert, identity, use
from symbolic_mqb.verify import Verification, verify

(n,), (x,) = symbols("n", "nat"), symbols("x", "real")
LINE = (x + x, eq(2 * x, by=algebra))
NOT_NUMBERS = [float("nan"), float("inf"), 1.5, None, "x", [], True, 1j, object()]


@pytest.mark.parametrize("value", NOT_NUMBERS, ids=lambda v: type(v).__name__)
def test_what_is_no_exact_number_is_no_term(value):
    for build in (term, lambda v: x + v, lambda v: v * x, lambda v: H(v, x, 1), lambda v: x**v):
        with pytest.raises(TermError, match="not an exact number"):
            build(value)


BINDERS = {
    "names that are no text": (lambda: symbols(3, "nat"), "one text"),
    "names with commas": (lambda: symbols("x, y", "real"), "by blanks, not by commas"),
    "names with a comma between": (lambda: symbols("x,y", "real"), "by blanks, not by commas"),
    "no name": (lambda: symbols(" ", "real"), "each once"),
    "a name twice": (lambda: symbols("x x", "real"), "each once"),
    "an unknown sort": (lambda: symbols("n", "natural"), "unknown sort"),
    "a sum without bounds": (lambda: Sum(x, x), r"takes \(variable, low, high\)"),
    "a sum with one bound": (lambda: Sum(x, (n, 0)), r"takes \(variable, low, high\)"),
    "a sum over a real": (lambda: Sum(x, (x, 0, 1)), "sort int"),
    "a product without bounds": (lambda: Product(x, 5), r"takes \(variable, low, high\)"),
    "an integral over a number": (lambda: Integral(x, 3), "sort real"),
    "an integral with one bound": (lambda: Integral(x, (x, 0)), r"takes \(variable, low, high\)"),
    "an expectation without measure": (lambda: Expectation(x, (x,)), r"takes \(variable, measure\)"),
    "a coefficient in a real": (lambda: Coefficient(n, x, x), "sort complex"),
    "a derivative in an integer": (lambda: Derivative(n, n, x), "sort real"),
    "a function of a number": (lambda: function(3, x), "of a variable"),
    "a label that is no text": (lambda: use(5), "the label of a result"),
    "values that have no names": (lambda: use("A9", 5), "values by name"),
    "a rule that is none": (lambda: identity(None), "takes a rule"),
    "a conversion that is none": (lambda: convert(5), "takes a rule"),
    "what cannot be added": (lambda: paper().add(5), "a Result or a Definition"),
}


def test_a_name_that_python_would_change_is_given_as_text():
    assert use("A3", {"𝒜": x, "k": n}, l=n).values == {"𝒜": x, "k": n, "l": n}
    assert list(use("A3", 𝒜=x).values) == ["A"]  # as Python reads identifiers


NO_NAMES = ["2", "x+y", "e^x", "π", "i", "I", "γ_E", "∞", "_x", "x_", "x__a", "²", "x'y", "x\u0301", "\ud800"]


@pytest.mark.parametrize("name", NO_NAMES, ids=ascii)
def test_a_name_that_is_printed_as_something_else_is_refused(name):
    with pytest.raises(TermError, match=r"no name of a variable|cannot be called"):
        symbols(name, "real")
    with pytest.raises(TranslationError, match=r"no name of a variable|cannot be called"):
        from_sympy(sp.Symbol(name, real=True) + 1)


def test_names_as_the_book_writes_them_are_names():
    names = "r' x′ 𝒜 λ φ_a s_p' X\u0302 q¹ v₀ ϕ1"
    assert [v.args[0] for v in symbols(names, "real")] == names.split()
    assert symbols("i", "nat")[0].args == ("i", "nat")
    assert from_sympy(sp.Symbol("x'", real=True)) == symbols("x'", "real")[0]


@pytest.mark.parametrize("what", BINDERS)
def test_a_word_of_the_language_says_what_it_takes(what):
    call, message = BINDERS[what]
    with pytest.raises(TermError, match=message):
        call()


DECLARATIONS = {
    "no line": ({"chain": []}, "the chain has no line"),
    "an expression alone": ({"chain": [x]}, "the chain has no line"),
    "a text for a chain": ({"chain": "abc"}, "chain is a list"),
    "no chain": ({"chain": None}, "chain is a list"),
    "two expressions": ({"chain": [*LINE, x]}, "a chain holds eq"),
    "a start that is no term": ({"chain": ["x", LINE[1]]}, "not an exact number"),
    "a number for a label": ({"label": 5}, "a label is a text"),
    "an empty label": ({"label": " "}, "a label is a text"),
    "a label of two lines": ({"label": "a\nb"}, "a label is a text"),
    "a label that is no text in Unicode": ({"label": "\ud800"}, "a label is a text"),
    "no title": ({"title": None}, "the title is a text"),
    "a hypothesis that is no list": ({"given": x > 0}, "given is a list"),
    "a hypothesis that is a number": ({"given": (x,)}, "a hypothesis is a statement"),
    "a hypothesis that Python decided": ({"given": (True,)}, "a hypothesis is a statement"),
    "a label like that of a line": ({"label": "mine#1"}, "a label has no #"),
    "an equation that is no text": ({"equation": 5}, "the equation is a text"),
    "a note that is no text": ({"note": None}, "the note is a text"),
    "errata that are no list": ({"errata": 5}, "errata is a list"),
    "an erratum that is none": ({"errata": (5,)}, r"errata holds Erratum\(…\), not 5"),
    "citations that are text": ({"cites": "abc"}, "cites is a list"),
    "a citation that is none": ({"cites": (5,)}, r"cites holds Citation\(…\), not 5"),
    "points that are no list": ({"needs": 5}, "needs is a list"),
    "a point that is none": ({"needs": (5,)}, r"needs holds Needed\(…\), not 5"),
    "a line without a first expression": ({"chain": [LINE[1]]}, "before eq"),
    "a statement that a chain starts with": ({"chain": [x > 0, LINE[1]]}, "not with the statement"),
}


@pytest.mark.parametrize("what", DECLARATIONS)
def test_a_declaration_that_is_none_is_refused_where_it_is_written(what):
    change, message = DECLARATIONS[what]
    with pytest.raises(TermError, match=message):
        Result(**{"label": "mine", "title": "", "chain": LINE, **change})


LINES = {
    "a statement that Python decided": (lambda: have(x == x, by=algebra), "have takes a statement"),
    "no statement": (lambda: have(None, by=algebra), "have takes a statement"),
    "a text for a statement": (lambda: have("x > 0", by=algebra), "have takes a statement"),
    "an expression for a statement": (lambda: have(x, by=algebra), "have takes a statement"),
    "a statement for an expression": (lambda: eq(x > 0, by=algebra), "not the statement"),
    "a text for a reason": (lambda: eq(x, by="algebra"), "'algebra' is no reason"),
    "no reason": (lambda: eq(x, by=None), "None is no reason"),
    "the function instead of its value": (lambda: eq(x, by=use), "is no reason"),
    "the class of a reason": (lambda: eq(x, by=type(algebra)), "is no reason"),
    "a list in a list": (lambda: eq(x, by=[[algebra]]), "is no reason"),
    "a reason for a statement": (lambda: eq(x, by=by_order(x, 0, first=algebra, second=algebra)), "proves a statement"),
    "steps to an inequality": (lambda: have(x > 0, by=algebra), "a reason that proves a statement"),
    "no reason for an equation": (lambda: have(equal(x, x), by=use), "is no reason"),
}


@pytest.mark.parametrize("what", LINES)
def test_a_line_that_is_none_is_refused_where_it_is_written(what):
    call, message = LINES[what]
    with pytest.raises(TermError, match=message):
        call()


PRINTED = equal(x + n, 2 * x)
ERRATA = {
    "no printed form": ((None, (), "", "", "slip"), "printed form is a statement"),
    "an expression as printed": ((x, (), "", "", "slip"), "printed form is a statement"),
    "a point that is none": ((PRINTED, 5, "", "", "slip"), "pairs"),
    "a name for a variable": ((PRINTED, (("x", 1),), "", "", "slip"), "values of variables"),
    "no number": ((PRINTED, ((x, float("nan")), (n, 1)), "", "", "slip"), "nan is no exact value of x"),
    "a text for a number": ((PRINTED, ((x, "1"), (n, 1)), "", "", "slip"), "'1' is no exact value of x"),
    "half for a natural number": ((PRINTED, ((x, 1), (n, Fraction(1, 2))), "", "", "slip"), "ranges over nat"),
    "a negative natural number": ((PRINTED, ((x, 1), (n, term(-1))), "", "", "slip"), "ranges over nat"),
    "no value": ((PRINTED, ((n, 1),), "", "", "slip"), "no value for x"),
    "an explanation that is no text": ((PRINTED, ((x, 1), (n, 2)), 5, "", "slip"), "explanation is a text"),
    "a consequence that is no text": ((PRINTED, ((x, 1), (n, 2)), "", None, "slip"), "consequence is a text"),
    "another severity": ((PRINTED, ((x, 1), (n, 2)), "", "", "bad"), "one of changes a result, missing condition"),
}


@pytest.mark.parametrize("what", ERRATA)
def test_an_erratum_that_is_none_is_refused_where_it_is_written(what):
    values, message = ERRATA[what]
    with pytest.raises(TermError, match=message):
        Erratum(*values)


def test_a_citation_or_a_point_that_is_none_is_refused_where_it_is_written():
    for values in ((1, 2, 3, 4), ("a", "b", ((1, 2),), "c"), ("a", "b", "cd", "c"), ("a", "b", (), None)):
        with pytest.raises(TermError, match="a citation"):
            Citation(*values)
    for hypothesis, at in ((5, ()), (x > 0, 5), (x > 0, (("x", 1),))):
        with pytest.raises(TermError, match=r"what is needed|the point of"):
            Needed(hypothesis, at)
    erratum = Erratum(PRINTED, ((x, Fraction(1, 2)), (n, 2)), "", "", "slip")
    cited = Citation("a", "b", (("c", "d"),), "e")
    mine = Result(
        "mine", "", LINE, given=(x > 0,), errata=(erratum,), cites=(cited,), needs=(Needed(x > 0, ((x, 0),)),)
    )
    assert mine.errata == (erratum,)


def test_a_definition_that_is_none_is_refused_where_it_is_written():
    with pytest.raises(TermError, match="a defined symbol"):
        Definition("mine", "", x)
    with pytest.raises(TermError, match="holds have"):
        Definition("mine", "", H(n, x, 1), chain=(x,))
    with pytest.raises(TermError, match="holds have"):
        Definition("mine", "", H(n, x, 1), chain=(eq(x, by=algebra),))
    assert Definition("mine", "", H(n, x, 1), chain=(have(equal(x, x), by=algebra),)).kind == "definition"


OPTIONS = {
    "a text for labels": ({"labels": "A12"}, TypeError, r"write \['A12'\]"),
    "no digits": ({"digits": 0}, ValueError, "digits"),
    "digits that are no integer": ({"digits": float("nan")}, TypeError, "digits"),
    "digits as text": ({"digits": "50"}, TypeError, "digits"),
    "a seed as text": ({"seed": "a"}, TypeError, "seed"),
    "a seed with a fraction": ({"seed": 1.5}, TypeError, "seed"),
    "no processes": ({"jobs": 0}, ValueError, "jobs"),
    "true processes": ({"jobs": True}, TypeError, "jobs"),
    "a time that is no number": ({"timeout": float("nan")}, ValueError, "timeout"),
    "no time": ({"timeout": 0}, ValueError, "timeout"),
    "infinite time": ({"timeout": float("inf")}, ValueError, "timeout"),
    "time as text": ({"timeout": "5"}, TypeError, "timeout"),
}


@pytest.mark.parametrize("what", OPTIONS)
def test_options_of_verify_that_mean_nothing_are_refused_before_any_work(what):
    options, error, message = OPTIONS[what]
    with pytest.raises(error, match=message):
        verify(paper(), **{"labels": ["A12"], **options})


def test_an_unknown_label_among_labels_is_no_pass():
    for label in ("zz", None, 5):
        found = verify(paper(), [label])
        assert not found.passed
    with pytest.raises(TypeError, match="list of labels"):
        paper().record("A12")


@pytest.mark.parametrize("labels", [[], (), iter(())])
def test_nothing_to_verify_is_no_pass(labels):
    with pytest.raises(ValueError, match="nothing to verify"):
        verify(paper(), labels)
    assert not Verification({}, 50, 0).passed


def test_the_bridge_says_what_it_takes():
    with pytest.raises(TypeError, match="a theorem is expected"):
        apply_theorem(None, sp.Symbol("x"))
    for statement in (sp.Eq(sp.Symbol("x"), 1), sp.Symbol("x", real=True) > 0):
        with pytest.raises(NotApplicable, match="a statement: apply the theorem to one of its sides"):
            apply_theorem(paper().prove("A9").theorem, statement, reverse=True)
    for value in (sp.nan, sp.zoo, sp.Float(0.1), None, "x + 1", sp.Matrix([[1]]), sp.true, (1, 2)):
        with pytest.raises(TranslationError):
            from_sympy(value)
    for value in (None, 3, sp.Symbol("x")):
        with pytest.raises(TranslationError, match="no term"):
            to_sympy(value)
    deep = sp.Symbol("x", real=True)
    for _ in range(1500):
        deep = sp.sin(deep, evaluate=False)
    with pytest.raises(TranslationError, match="too deeply"):
        from_sympy(deep)
