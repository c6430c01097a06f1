"""Terms: equality up to the names of bound variables, no capture, kinds, immutability."""

from __future__ import annotations

import copy
import pickle
from fractions import Fraction

import pytest

from symbolic_mqb.kernel import terms
from symbolic_mqb.kernel.errors import TermError
from symbolic_mqb.kernel.terms import Term, apply, at, call, defined, fresh, kind, lam, num, substitute, unfold, var
from symbolic_mqb.notation.language import Integral, Sum, symbols

n, k = symbols("n k", "nat")
s, r = symbols("s r", "int")
x, y = symbols("x y", "real")
z = var("z", "complex")


def test_terms_are_equal_up_to_the_names_of_bound_variables() -> None:
    assert Sum(x**s, (s, 0, n)) == Sum(x**r, (r, 0, n))
    assert hash(Sum(x**s, (s, 0, n))) == hash(Sum(x**r, (r, 0, n)))
    assert Sum(x**s, (s, 0, n)) != Sum(x**r, (s, 0, n))
    assert lam(x, x) != lam(var("x", "complex"), var("x", "complex"))


def test_a_variable_is_its_name_and_its_sort() -> None:
    assert var("x", "real") != var("x", "complex")
    assert lam(x, var("x", "complex")).free == {var("x", "complex")}


def test_nothing_is_evaluated() -> None:
    assert (x / x).op == "mul"
    assert (x - x).op == "add"
    assert (x <= x).op == "le"
    with pytest.raises(TermError, match="neither true nor false"):
        bool(x <= y)


def test_substitution_does_not_capture() -> None:
    inner = Sum(x * s, (s, 0, n))
    replaced = substitute(inner, {x: s})
    assert replaced.free == {s, n}
    assert replaced == Sum(s * r, (r, 0, n))
    assert replaced != Sum(s * s, (s, 0, n))


def test_substitution_leaves_bound_variables_alone() -> None:
    assert substitute(Sum(s, (s, 0, n)), {s: num(7)}) == Sum(s, (s, 0, n))
    assert substitute(Sum(s, (s, 0, s)), {s: k}) == Sum(s, (s, 0, k))


def test_substitution_is_simultaneous() -> None:
    assert substitute(x + 2 * y, {x: y, y: x}) == y + 2 * x


def test_opening_a_binder_under_another() -> None:
    double = Sum(Sum(s * r, (r, 0, s)), (s, 0, n))
    assert apply(double.args[2], k) == Sum(k * r, (r, 0, k))


def test_fresh_avoids_every_name() -> None:
    function = lam(x, x + y)
    assert fresh(function, frozenset((x, var("x′", "int")))).args[0] == "x′′"


def test_terms_cannot_be_changed() -> None:
    t = x + 1
    for name in ("op", "args", "free", "other"):
        with pytest.raises(TermError, match="immutable"):
            setattr(t, name, "mul")
    with pytest.raises((TermError, TypeError)):
        del t.op


def test_terms_survive_copying_and_pickling() -> None:
    t = Integral(x**2, (x, 0, y)) + Sum(s, (s, 0, n))
    assert copy.deepcopy(t) == t
    assert pickle.loads(pickle.dumps(t)) == t


@pytest.mark.parametrize("value", [0.5, True, "1", None, 1j])
def test_only_exact_numbers_are_numbers(value: object) -> None:
    with pytest.raises(TermError, match="exact"):
        num(value)  # type: ignore[arg-type]


def test_kinds() -> None:
    operator, ket = var("A", "op"), Term("dicke", (n, k))
    assert kind(x + 1) == "number"
    assert kind(2 * operator + operator) == "operator"
    assert kind(Sum(s * operator, (s, 0, n))) == "operator"
    assert kind(x * ket) == "ket"
    assert kind(x <= y) == "prop"
    assert kind(Term("entry", (operator, num(0), num(1)))) == "number"


@pytest.mark.parametrize(
    "ill_formed",
    [
        var("A", "op") * var("A", "op"),
        var("A", "op") + x,
        var("A", "op") ** num(2),
        Term("exp", (var("A", "op"),)),
        (x <= y) + x,
        Term("le", (x, var("A", "op"))),
        Term("eq", (x, var("A", "op"))),
        Term("sum", (num(0), n, lam(x, x))),
        Term("sum", (num(0), n, lam(s, x <= y))),
        Term("integral", (num(0), n, lam(s, s))),
        Term("coeff", (n, lam(x, x))),
        Term("app", (x, n)),
        Term("bound", (0,)),
        Term("sum", (num(0), n, Term("lam", ("s", "int", Term("bound", (1,)))))),
        Term("sum", (num(0), n, Term("lam", ("s", "int", Term("bound", (-1,)))))),
        Term("pow", (x,)),
        Term("nonsense", (x,)),
    ],
    ids=lambda t: t.op,
)
def test_ill_formed_terms_have_no_kind(ill_formed: Term) -> None:
    with pytest.raises(TermError):
        kind(ill_formed)


def test_the_kind_of_a_subterm_is_not_remembered_from_another_binder() -> None:
    body = Term("bound", (0,))
    assert kind(Term("sum", (num(0), n, Term("lam", ("s", "int", body))))) == "number"
    with pytest.raises(TermError):
        kind(body)


def test_a_definition_unfolds_at_its_arguments() -> None:
    f = defined("f", (x, n), Sum(x**s, (s, 0, n)))
    assert unfold(call(f, y, k)) == Sum(y**r, (r, 0, k))
    assert unfold(call(f, y + s, k)) == Sum((y + s) ** r, (r, 0, k))


def test_a_definition_has_no_other_free_variables() -> None:
    with pytest.raises(TermError, match="free variables"):
        defined("f", (x,), x + y)


def test_a_definition_takes_its_own_number_of_arguments() -> None:
    f = defined("f", (x,), x)
    with pytest.raises(TermError, match="does not take"):
        call(f, x, y)
    with pytest.raises(TermError, match="not a defined symbol"):
        unfold(x)


def test_paths() -> None:
    assert at(x + y * 2, (1, 0)) == y
    for path in ((5,), (0, 0), (-1,)):
        with pytest.raises(TermError, match="no subterm"):
            at(x + y, path)


@pytest.mark.parametrize("variable", [num(1), x + y, var("E", "nat->op")])
def test_only_variables_of_numbers_and_tuples_are_bound(variable: Term) -> None:
    with pytest.raises(TermError):
        lam(variable, x)


def test_numbers_are_fractions() -> None:
    assert num(2).args == (Fraction(2),)
    assert num(Fraction(4, 2)) == num(2)


def test_what_is_written_alike_is_one_object() -> None:
    assert lam(s, x + s) is lam(s, x + s)
    assert pickle.loads(pickle.dumps(x + y)) is x + y
    other = lam(r, x + r)
    assert other == lam(s, x + s)
    assert other.args[0] == "r"  # an equal function keeps the name that it was given


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (num(1), Term("num", (1,))),
        (num(1), Term("num", (True,))),
        (num(1), Term("num", (1.0,))),
        (Term("bound", (1,)), Term("bound", (True,))),
    ],
)
def test_data_that_python_calls_equal_is_not_taken_for_the_right_data(good: Term, bad: Term) -> None:
    assert good is not bad
    assert type(good.args[0]) is not type(bad.args[0])


def test_a_full_table_is_emptied_and_equality_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    before = lam(s, x * s + 17)
    monkeypatch.setattr(terms, "_MOST_TERMS", 1)
    after = [lam(r, x * r + i) for i in range(30)]
    assert after[17] == before
    assert len(set(after)) == 30
    assert substitute(after[3], {x: y}) == lam(s, y * s + 3)
