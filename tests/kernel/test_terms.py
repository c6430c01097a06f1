"""Terms: equality up to the names of bound variables, no capture, kinds, immutability."""

from __future__ import annotations

import copy
import pickle
from fractions import Fraction

import pytest

from symbolic_mqb.kernel import terms
from symbolic_mqb.kernel.errors import TermError
from symbolic_mqb.kernel.kinds import kind
from symbolic_mqb.kernel.signatures import SORTS
from symbolic_mqb.kernel.terms import Term, apply, at, call, defined, fresh, lam, num, substitute, unfold, var
from symbolic_mqb.notation.language import Integral, Sum, symbols

n, k = symbols("n k", "nat")
s, r = symbols("s r", "int")
x, y = symbols("x y", "real")
z = var("z", "complex")
u = var("t", "int")
J, rho = var("J", "tuple"), var("ρ", "states")


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


# -- shared terms: equal terms are mostly one object, and nothing can be smuggled into the table ------------------


def test_equal_terms_are_one_object_and_keep_their_own_names() -> None:
    assert (x + k) is (x + k)
    assert Sum(x**s, (s, 0, n)) is Sum(x**s, (s, 0, n))
    first, second = Sum(x**s, (s, 0, n)), Sum(x**r, (r, 0, n))
    assert first == second
    assert first is not second
    assert (first.args[2].args[0], second.args[2].args[0]) == ("s", "r")


def test_data_of_another_type_is_not_taken_for_a_number() -> None:
    malformed = [Term("num", (value,)) for value in (7919, True, 7919.0, "7919")]
    for t in malformed:
        with pytest.raises(TermError, match="a number is a Fraction"):
            kind(t)
    good = Term("num", (Fraction(7919),))
    assert kind(good) == "number"
    assert all(good is not t for t in malformed)
    with pytest.raises(TermError, match="a number is a Fraction"):
        kind(Term("num", (1,)))  # 1 == Fraction(1)
    assert kind(num(1)) == "number"


def test_arguments_that_could_change_later_are_copied() -> None:
    parts = [x, var("kept", "real")]
    t = Term("add", parts)  # type: ignore[arg-type]
    parts[1] = y
    assert t.args == (x, var("kept", "real"))
    assert Term("add", (x, var("kept", "real"))) is t


class _Anything(str):
    """A name that claims to be every other one."""

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False

    def __hash__(self) -> int:
        return hash("mul")


def test_a_name_that_lies_about_equality_is_not_entered() -> None:
    fresh_part = var("not seen before", "real")
    with pytest.raises(TermError, match="string"):
        Term(_Anything("add"), (fresh_part, x))
    assert Term("mul", (fresh_part, x)).op == "mul"
    liar = Term("var", (_Anything("x"), "real"))
    assert type(var("x", "real").args[0]) is str
    assert var("x", "real") is not liar
    assert type(lam(x, x).args[0]) is str


def test_equality_does_not_rest_on_the_table() -> None:
    before = x**2 + Sum(s, (s, 0, n))
    terms._shared.clear()
    again = var("x", "real") ** 2 + Sum(s, (s, 0, n))
    assert again is not before
    assert again == before
    assert hash(again) == hash(before)


def test_the_table_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "_MOST_SHARED", len(terms._shared) + 10)
    made = [var(f"bounded{i}", "real") for i in range(40)]
    assert len(terms._shared) <= terms._MOST_SHARED
    assert all(var(f"bounded{i}", "real") == v for i, v in enumerate(made))


def test_a_binder_is_opened_by_a_variable_that_its_body_does_not_mention() -> None:
    """λx. x + y, whose bound variable is called y: only the name's own freedom keeps the two apart."""
    u, w = var("u", "real"), var("w", "real")
    function = Term("lam", ("w", "real", lam(u, u + w).args[2]))
    v = fresh(function, frozenset())
    assert v.args[0] == "w′"
    assert apply(function, v) == v + w


def test_a_definition_with_a_free_variable_has_no_kind() -> None:
    u, w = var("u", "real"), var("w", "real")
    head = Term("head", ("f", ("real",), lam(u, u * w)))
    with pytest.raises(TermError, match="the definition of f has free variables"):
        kind(Term("call", (head, u)))


def test_equality_does_not_rest_on_the_hash() -> None:
    first, second = Term("sin", (var("hashed", "real"),)), Term("cos", (var("hashed", "real"),))
    own = hash(second)
    object.__setattr__(second, "_hash", hash(first))
    try:
        assert first != second
    finally:
        object.__setattr__(second, "_hash", own)


def test_only_closed_terms_are_put_in() -> None:
    loose = Term("bound", (0,))
    with pytest.raises(TermError, match="closed value"):
        apply(lam(x, x + y), loose)
    for values in ({x: loose}, {x: loose, y: num(1)}, {y: num(1), x: loose}):
        with pytest.raises(TermError, match="only closed terms"):
            substitute(x + y, values)


def test_a_body_is_opened_at_the_depth_where_it_stands() -> None:
    """One node under one binder and under two: what was made of it for the one is not taken for the other."""
    body, value = Term("bound", (0,)) + 2 * Term("bound", (1,)), y + 5
    outer = apply(Term("lam", ("a", "real", body)), value)
    inner = apply(Term("lam", ("a", "real", Term("deriv", (n, Term("lam", ("b", "real", body)), x)))), value)
    assert outer == Term("add", (value, 2 * Term("bound", (1,))))
    assert inner.args[1] == lam(x, x + 2 * value)


class _Name(str):
    """A text that could say one thing now and another later."""


def test_what_is_not_well_formed() -> None:
    body = lam(x, x).args[2]
    for wrong, reason in (
        (Term("lam", ("x", "banana", body)), "sort of its variable"),
        (Term("lam", ("x", "real", body, body)), "sort of its variable"),
        (Term("word", (num(0), n, num(1), Term("identity"))), "a word is a sequence"),
        (Term("app", (var("E", "nat->op"), Term("identity"))), "takes numbers"),
        (Term("call", (Term("head", ("f", ("real",), lam(x, x))), y, y)), "wrong number of arguments"),
        (Term("call", (Term("head", ("f", ("banana",), lam(x, x))), y)), "of known sorts"),
        (Term("call", (Term("head", ("f", (_Name("real"),), lam(x, x))), y)), "of known sorts"),
        (Term("call", (Term("head", (_Name("f"), ("real",), lam(x, x))), y)), "has a name"),
        (Term("var", (_Name("x"), "real")), "a name and a known sort"),
        (Term("var", ("x", _Name("real"))), "a name and a known sort"),
        (Term("lam", (None, "real", body)), "the name and the sort"),
        (Term("lam", (_Name("x"), "real", body)), "the name and the sort"),
        (Term("lam", ("x", _Name("real"), body)), "the name and the sort"),
        (Term("call", (Term("head", ("f", 5, lam(x, x))), y)), "wrong number of arguments"),
        (Term("call", (Term("head", ("f", lam(x, x))), y)), "only a defined symbol"),
        (Term("call", (x, y, y, y, y)), "only a defined symbol"),
        (Term("call", (Term("num", ("f", ("real",), lam(x, x))), y)), "only a defined symbol"),
        (Term("call", ()), "only a defined symbol"),
        (Term("app", ()), "takes numbers"),
        (Term("app", (x, y)), "not a function symbol"),
        (Term("app", (call(defined("f", (J,), J), J), n)), "a function symbol is a variable"),
        (Term("app", (call(defined("f", (rho,), rho), rho), n)), "a function symbol is a variable"),
        (Term("povm", (call(defined("f", (x,), lam(n, Term("identity"))), x), n)), "no function symbol"),
        (Term("povm", (call(defined("f", (), lam(n, Term("identity")))), n)), "no function symbol"),
        (Term("lam", ("f", "nat->op", Term("app", (body, num(1))))), "a number or a tuple"),
        (Term("lam", ("f", "states", num(1))), "a number or a tuple"),
        (Term("call", (Term("head", ("f", ("real",), x)), y)), "the definition of f is malformed"),
        (Term("sum", (num(0), n, lam(x, x))), "of a variable of sort int"),
    ):
        with pytest.raises(TermError, match=reason):
            kind(wrong)
    indices, other = var("J", "tuple"), var("J′", "tuple")
    ket, operator = Term("dicke", (n, k)), Term("tpow", (Term("identity"), n))
    for wrong in (
        Term("lam", ("x", "real", "y")),
        Term("add", (indices, other)),
        Term("add", (ket, operator)),
    ):
        with pytest.raises(TermError):
            kind(wrong)


def test_a_term_is_no_other_object() -> None:
    assert x != 5
    assert num(5) != 5
    assert x + y != (x, y)


def test_names_made_of_pieces_are_one_name() -> None:
    assert var("".join(("al", "pha")), "real") is var("".join(("a", "lpha")), "real")


def test_a_term_knows_whether_infinity_or_a_remainder_occurs() -> None:
    assert all(t.finite for t in (x, num(1), Term("pi"), Sum(x**s, (s, 0, n))))
    assert not any(t.finite for t in (Term("infinity"), x + Term("infinity"), lam(x, Term("O", (x, num(1))))))


def test_the_text_to_sort_by_knows_sorts_and_no_names_of_bound_variables() -> None:
    assert terms.order(lam(s, s)) == terms.order(lam(r, r))
    assert terms.order(lam(s, num(1))) != terms.order(lam(x, num(1)))


def test_a_definition_keeps_the_names_of_its_variables() -> None:
    body = defined("f", (x, n), x**n).args[2]
    assert (body.args[0], body.args[2].args[0]) == ("x", "n")


def test_a_path_ends_where_the_arguments_end() -> None:
    assert at(x + y, (1,)) == y
    with pytest.raises(TermError, match="no subterm"):
        at(x + y, (2,))


def test_what_a_binder_was_opened_with_before_does_not_matter() -> None:
    function = lam(z, z + y)
    assert apply(function, x) == x + y
    assert apply(function, apply(function, x)).args == (x + y, y)


def test_an_argument_with_a_binder_of_its_own_is_moved_below_another() -> None:
    """f(Σ_s s·r) below Σ_r and below a binder of f's body: the index s stays its own binder's."""
    c = var("c", "nat->complex")
    inner = Sum(s * r, (s, 0, n))
    whole = Sum(c(inner), (r, 0, k))
    function = lam(n, Sum(n + s, (s, 0, 2)))
    assert substitute(whole, {c: function}) == Sum(Sum(inner + u, (u, 0, 2)), (r, 0, k))
    assert substitute(whole, {c: function}) != Sum(Sum(Sum(u * r, (s, 0, n)) + u, (u, 0, 2)), (r, 0, k))


def test_a_removed_binder_leaves_the_others_around_it() -> None:
    """(λz. bound 1) at x is the variable of the binder around: bound 0."""
    assert terms._beta(Term("bound", (1,)), x, 0) == Term("bound", (0,))
    assert terms._beta(Term("bound", (0,)), x, 0) == x


@pytest.mark.parametrize("name", [5, None, ("x",)])
def test_a_variable_has_a_name(name: object) -> None:
    assert kind(Term("var", ("x", "real"))) == "number"
    with pytest.raises(TermError, match="a name and a known sort"):
        kind(Term("var", (name, "real")))


def test_a_wrong_argument_is_named_with_what_was_wanted() -> None:
    number, function = defined("f", (x,), x), defined("g", (var("c", "nat->complex"),), num(1))
    with pytest.raises(TermError, match="f wants number, got"):
        kind(call(number, Term("identity")))
    with pytest.raises(TermError, match="g wants nat->complex, got"):
        kind(call(function, var("u", "real->real")))


def test_a_tuple_of_sorts_is_itself() -> None:
    """1 and True are equal, and so are tuples of them."""
    one, true = (Term("head", ("f", (flag,), x)) for flag in (1, True))
    assert type(one.args[1][0]) is int
    assert type(true.args[1][0]) is bool
    mixed = [Term("head", ("f", ("real", flag), x)).args[1][1] for flag in (1, True)]
    assert [type(flag) for flag in mixed] == [int, bool]


def test_what_is_no_function_no_symbol_or_of_no_sort() -> None:
    for make in (lambda: var("x", "number"), lambda: fresh(x, frozenset()), lambda: call(x, y, y, y, y)):
        with pytest.raises(TermError):
            make()


def test_a_symbol_of_two_indices_is_not_replaced_by_a_function_of_one() -> None:
    pair = var("c", "int,int->complex")
    with pytest.raises(TermError):
        kind(substitute(pair(s, r), {pair: lam(s, num(2) * s)}))


def test_a_definition_may_have_parameters_of_all_sorts() -> None:
    every = tuple(var(f"p{i}", sort) for i, sort in enumerate(SORTS))
    assert kind(call(defined("f", every, num(1)), *every)) == "number"


def test_a_function_has_a_name_a_sort_and_a_body_wherever_it_stands() -> None:
    body = lam(s, s).args[2]
    for wrong in (("s", "int", body, num(1)), ("s", "int"), ("s",), (), (5, "int", body), ("s", "int", "body")):
        with pytest.raises(TermError):
            kind(Term("sum", (num(1), n, Term("lam", wrong))))
    assert kind(Term("sum", (num(1), n, Term("lam", ("s", "int", body))))) == "number"
    with pytest.raises(TermError, match="of a variable of sort nat"):  # a symbol has no body to be opened
        kind(Term("series", (var("c", "nat->complex"),)))


def test_parts_that_are_neither_terms_nor_plain_data() -> None:
    for op, args, reason in (
        ("var", ("x", ["real"]), "the parts of a term"),
        ("exp", ([1],), "the parts of a term"),
        ("bound", (0.0,), "number of binders"),
        ("bound", (True,), "number of binders"),
        ("bound", (), "number of binders"),
        ("bound", (0, 1), "number of binders"),
    ):
        with pytest.raises(TermError, match=reason):
            Term(op, args)


def test_a_text_that_doubles_with_each_step_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    t: Term = x
    for _ in range(60):
        t = Term("min", (t, t + 1))
    with pytest.raises(TermError, match="more than 10000000 letters"):
        terms.order(t)
    long = Sum(x, (s, 0, n))
    monkeypatch.setattr(terms, "_LONGEST", 10)
    with pytest.raises(TermError, match="more than 10 letters"):
        terms.order(long + 7)
    assert terms.order(num(12345678)) == "num(12345678)"
    monkeypatch.setattr(terms, "_LONGEST", 12)
    assert terms.order(Term("cos", (var("xy", "real"),))) == "cos(var(xy,real))"  # of just so many letters
    with pytest.raises(TermError, match="more than 12 letters"):
        terms.order(Term("cos", (var("xyz", "real"),)))


ILL_FORMED = {
    "an operator among two indices": (
        Term("app", (var("c", "int,int->complex"), s, Term("identity"))),
        "takes numbers",
    ),
    "two arguments for one": (Term("app", (var("c", "nat->complex"), n, k)), "wrong number of arguments"),
    "a definition of another sort": (Term("call", (Term("head", ("f", ("real",), lam(z, z))), x)), "is malformed"),
    "an integral of an operator": (Integral(Term("identity"), (x, 0, 1)), "an integral of operator"),
}


@pytest.mark.parametrize(("term", "why"), ILL_FORMED.values(), ids=ILL_FORMED)
def test_what_has_no_kind_says_why(term: Term, why: str) -> None:
    with pytest.raises(TermError, match=why):
        kind(term)
