"""A `lam` for a function symbol: β-reduction, and only functions that have a value of the sort everywhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from random import Random
from typing import Any

import pytest

from symbolic_mqb.kernel.canonical import Context
from symbolic_mqb.kernel.errors import Refused, TermError
from symbolic_mqb.kernel.functions import check_function
from symbolic_mqb.kernel.kinds import kind
from symbolic_mqb.kernel.record import Writer, replay
from symbolic_mqb.kernel.terms import Term, call, defined, lam, num, substitute, subterms, unfold, var
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Abs, I, Sum, binomial, conj, equal, exp, factorial, symbols, unequal
from symbolic_mqb.notation.measurement import OBSERVABLE, E, a, d, entry, j
from symbolic_mqb.numerics.evaluate import Evaluator
from symbolic_mqb.numerics.scalars import as_integer
from symbolic_mqb.rules import RULES
from symbolic_mqb.rules.kets import completeness, positivity
from symbolic_mqb.rules.logic import assume, definition, fact, instantiate, normal_form, rewrite

m, n, N = symbols("m n N", "nat")
i, q = symbols("i q", "int")
x, y = symbols("x y", "real")
(z,) = symbols("z", "complex")
(B,) = symbols("B", "op")
f, g = symbols("f g", "nat->nat")
c = var("c", "nat->complex")
total = Sum(a(j), (j, 1, n))
REFLEXIVE = normal_form(total, total, ())
IDENTITY = Term("identity")


def put(function: Term, value: Term, *given: Term, theorem: Theorem = REFLEXIVE) -> Theorem:
    """The theorem with the value for the function symbol."""
    return instantiate(theorem, ((function, value),), given)


def test_the_argument_takes_the_place_of_the_bound_variable() -> None:
    assert put(a, lam(m, m + x)).left == Sum(j + x, (j, 1, n))
    nested = normal_form(Sum(Sum(a(i + q), (q, 0, i)), (i, 0, n)), Sum(Sum(a(q + i), (q, 0, i)), (i, 0, n)), ())
    inner = put(a, lam(m, Sum(q * m, (q, 0, m))), theorem=nested).left
    assert inner == Sum(Sum(Sum(q * (i + j), (q, 0, i + j)), (j, 0, i)), (i, 0, n))


def test_nothing_is_captured() -> None:
    """A variable of the body keeps its meaning under a binder of the same name."""
    theorem = put(a, lam(m, j * m))
    assert theorem.left == Sum(j * i, (i, 1, n)) != Sum(j * j, (j, 1, n))
    assert j in theorem.left.free
    stepped = put(a, lam(m, a(m + 1)), theorem=assume(equal(a(num(0)), x)))
    assert stepped.conclusion == equal(a(num(0) + 1), x)
    assert stepped.hypotheses == {stepped.conclusion}


def test_the_limit_variable_is_no_variable_of_the_body() -> None:
    """N in the body is another N than the one that tends to infinity."""
    zero = assume(Term("limit", (lam(N, a(n) / N), num(0))))
    theorem = put(a, lam(m, N * m), theorem=zero)
    assert N in theorem.conclusion.free
    assert theorem.conclusion.args[0] == lam(m, Term("mul", (N * n, m**-1)))
    assert theorem.hypotheses == {Term("limit", (lam(m, Term("mul", (N * n, m**-1))), num(0)))}


@pytest.mark.parametrize(
    ("function", "value", "reason"),
    [
        (a, lam(m, 1 / m), "must not be zero"),
        (a, lam(m, 1 / x), "must not be zero"),
        (a, lam(m, 1 / (m - n)), "must not be zero"),
        (a, lam(m, factorial(m - 1)), "natural number"),
        (a, lam(m, binomial(m - 1, num(2))), "natural number"),
        (a, lam(m, I * m), "not shown to be real"),
        (a, lam(m, z), "not shown to be real"),
        (a, lam(m, c(m)), "not shown to be real"),
        (a, lam(m, c(m - 1) * conj(c(m - 1))), "natural number"),
        (a, lam(i, i), "of a variable of sort nat"),
        (a, lam(x, x), "of a variable of sort nat"),
        (a, lam(m, E(m)), "is a number"),
        (a, lam(m, Term("limit", (lam(N, N), m))), "is a number"),
        (a, lam(m, lam(n, m)), "is a number"),
        (a, var("b", "nat->complex"), "stands for"),
        (a, n, "stands for"),
        (E, lam(m, m), "is an operator"),
        (E, lam(m, E(m - 1)), "natural number"),
        (E, lam(m, 1 / x * B), "must not be zero"),
        (E, lam(m, Sum(1 / (q - 1) * B, (q, 0, m))), "must not be zero"),
        (f, lam(m, m - 1), "not shown to be ≥ 0"),
        (f, lam(m, m / 2), "not shown to be one"),
        (f, lam(m, Abs(x)), "not shown to be one"),
        (c, lam(m, 1 / (z - m)), "must not be zero"),
        (B, 1 / x * IDENTITY, "must not be zero"),
        (B, x, "is an operator"),
    ],
)
def test_values_that_are_no_functions_of_the_sort(function: Term, value: Term, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        put(function, value)


def test_a_value_may_need_a_hypothesis_and_then_keeps_it() -> None:
    theorem = put(a, lam(m, m / x), unequal(x, 0))
    assert theorem.hypotheses == {unequal(x, 0)}
    assert put(a, lam(m, 1 / (m + 1))).left == Sum(1 / (j + 1), (j, 1, n))
    assert put(f, lam(m, m + 1), theorem=normal_form(f(n), f(n), ())).left == n + 1
    for useless in (unequal(x, 1), unequal(y, 0)):
        with pytest.raises(Refused, match="must not be zero"):
            put(a, lam(m, m / x), useless)


def test_a_hypothesis_on_the_bound_variable_says_nothing() -> None:
    """m ≥ 1 is about another m than the argument of the function."""
    with pytest.raises(Refused, match="must not be zero"):
        put(a, lam(m, 1 / m), m >= 1)


def test_reality_of_a_symbol_does_not_reach_complex_functions() -> None:
    real = normal_form(conj(a(n)), a(n), ())
    assert put(a, lam(m, m * x), theorem=real).right == n * x
    with pytest.raises(Refused, match="not shown to be real"):
        put(a, lam(m, I), theorem=real)
    assert put(a, lam(m, Abs(c(m))), theorem=real).right == Abs(c(n))


def test_a_function_before_its_argument_is_never_a_term() -> None:
    redex = Term("app", (lam(m, m), n))
    with pytest.raises(TermError, match="a function symbol is a variable"):
        kind(redex)
    with pytest.raises(Refused, match="well-formed"):
        normal_form(redex, n, ())
    with pytest.raises(Refused, match="a function symbol is a variable"):
        completeness(lam(m, IDENTITY), d, num(0), num(0), (Term("povm", (lam(m, IDENTITY), d)),))
    with pytest.raises(Refused, match="a function symbol is a variable"):
        positivity(lam(m, IDENTITY), d, num(1), x, y, (Term("povm", (lam(m, IDENTITY), d)), d >= 1))


def test_functions_as_arguments_of_defined_symbols() -> None:
    both = call(OBSERVABLE, lam(m, x * IDENTITY), lam(m, 2 * a(m)), d)
    assert unfold(both) == Sum(Term("mul", (2 * a(j), x * IDENTITY)), (j, 1, d))
    half_open = Sum(entry(call(OBSERVABLE, lam(m, q * E(m)), a, d), 0, 0), (q, 0, n))
    assert put(a, lam(m, m + 1), theorem=normal_form(half_open, half_open, ())).left == Sum(
        entry(call(OBSERVABLE, lam(m, q * E(m)), lam(m, m + 1), d), 0, 0), (q, 0, n)
    )
    opened = rewrite(
        half_open,
        (2, 2, 0),
        definition(call(OBSERVABLE, lam(m, var("q¹", "int") * E(m)), a, d)),
        (),
    )
    assert opened.right == Sum(entry(Sum(Term("mul", (a(j), q * E(j))), (j, 1, d)), 0, 0), (q, 0, n))


@pytest.mark.parametrize(
    "arguments",
    [
        (a, E, d),
        (E, E, d),
        (lam(m, m), a, d),
        (E, lam(i, i), d),
        (lam(i, E(i)), a, d),
        (E, lam(m, E(m)), d),
        (E, lam(m, lam(n, m)), d),
        (E, m, d),
    ],
)
def test_arguments_of_the_wrong_type(arguments: tuple[Term, ...]) -> None:
    with pytest.raises(TermError):
        kind(call(OBSERVABLE, *arguments))
    with pytest.raises(Refused):
        definition(call(OBSERVABLE, *arguments))


def test_an_undefined_function_is_no_argument() -> None:
    for family, outcomes in ((lam(m, 1 / x * E(m)), a), (E, lam(m, 1 / m)), (E, lam(m, I * m))):
        undefined = entry(call(OBSERVABLE, family, outcomes, d), 0, 0)
        with pytest.raises(Refused, match=r"must not be zero|not shown to be real"):
            normal_form(undefined - undefined, num(0), ())


def test_a_measurement_is_a_family_of_operators() -> None:
    for wrong in (a, lam(m, m), lam(x, B), n):
        with pytest.raises((TermError, Refused)):
            assume(Term("povm", (wrong, d)))
    assert put(E, lam(m, x * IDENTITY), theorem=assume(Term("povm", (E, d)))).hypotheses == {
        Term("povm", (lam(n, x * IDENTITY), d))
    }


def test_signs_of_a_measurement_are_those_of_its_own_family() -> None:
    other = Term("povm", (lam(m, E(m)), d))
    with pytest.raises(Refused, match="not shown"):
        fact(entry(E(num(1)), 0, 0) >= 0, (other, d >= 1))


def test_replay_refuses_another_function() -> None:
    """The record of an instance holds the function; changed, it gives another conclusion or is refused."""
    theorem = put(a, lam(m, m + x))
    writer = Writer()
    writer.add("it", theorem, theorem.conclusion, ())
    data = json.loads(json.dumps(writer.data()))
    assert replay(data, RULES)["it"].conclusion == theorem.conclusion
    for row, changed in _tampered(data["terms"]):
        spoiled = json.loads(json.dumps(data))
        spoiled["terms"][row] = changed
        with pytest.raises(Refused):
            replay(spoiled, RULES)


def _tampered(rows: list[Any]) -> list[tuple[int, Any]]:
    """Each row of a `lam` with another sort, and each bound index moved."""
    out: list[tuple[int, Any]] = []
    for at, row in enumerate(rows):
        if row[0] == "lam":
            out.append((at, ["lam", row[1], "int" if row[2] == "nat" else "nat", row[3]]))
        if row[0] == "bound":
            out.append((at, ["bound", row[1] + 1]))
    assert len(out) >= 3
    return out


_s = var("s", "nat")
#: Σ_{r≤s} h(r) and Σ_{r≤s} h(r + s), functions of a function.
_h, _r = var("h", "nat->nat"), var("r", "int")
SUMMED = defined("S", (_h, _s), Sum(_h(_r), (_r, 0, _s)))
SHIFTED = defined("T", (_h, _s), Sum(_h(_r + _s) * call(SUMMED, _h, _s), (_r, 0, _s)))


def _random_term(random: Random, scope: list[Term], depth: int) -> Term:
    """A number built from f, sums, and functions of functions, in natural variables."""
    choice = random.randrange(7) if depth else random.randrange(2)
    if choice == 0:
        return num(random.randrange(3))
    if choice == 1:
        return random.choice(scope)
    parts = [_random_term(random, scope, depth - 1) for _ in range(2)]
    if choice == 2:
        return parts[0] + parts[1]
    if choice == 3:
        return parts[0] * parts[1]
    if choice == 4:
        return f(parts[0])
    v = random.choice((var("q", "int"), var("j", "int")) if choice == 5 else (var("k", "nat"), var("j", "nat")))
    body = _random_term(random, [*scope, v], depth - 1)
    if choice == 5:
        return Sum(body, (v, 0, random.choice(scope)))
    return call(random.choice((SUMMED, SHIFTED)), lam(v, body), random.choice(scope))


def _integer(t: Term, values: Mapping[Term, Any]) -> int | None:
    evaluator = Evaluator(values, 10)
    return as_integer(evaluator.value(t, evaluator.scope()))


def _unfolded(t: Term) -> Term:
    """Every closed defined symbol replaced by its definition."""
    if t.op == "call" and not t.loose:
        return _unfolded(unfold(t))
    if not subterms(t) or t.op == "head":
        return t
    return Term(t.op, tuple(_unfolded(x) if isinstance(x, Term) else x for x in t.args))


@pytest.mark.parametrize("seed", range(40))
def test_substitution_means_what_it_says(seed: int) -> None:
    """The value of t[f := λ] is that of t where f is the function λ, for random nested t and λ."""
    random = Random(seed)
    t = _random_term(random, [n], 4)
    body = _random_term(random, [n, m], 2)
    point = {n: 2, f: lambda i: i + 1}
    inner = {i: _integer(body, {**point, m: i}) for i in range(60)}
    expected = _integer(t, {n: 2, f: lambda i: inner[i] if i in inner else _integer(body, {**point, m: i})})
    replaced = substitute(t, {f: lam(m, body)})
    assert _integer(replaced, point) == expected
    assert _integer(_unfolded(replaced), point) == expected


def test_only_a_bounded_expression_is_taken_for_a_bounded_borel_function() -> None:
    h, other = var("h", "real->real"), var("g", "real->real")
    theorem = assume(equal(h(x), y))
    assert instantiate(theorem, ((h, lam(x, 1 - other(x))),), ()).conclusion == equal(1 - other(x), y)
    assert instantiate(theorem, ((h, lam(x, num(0))),), ()).conclusion == equal(num(0), y)
    for value, reason in (
        (lam(x, x), "bounded function"),
        (lam(x, exp(-(x**2))), "bounded function"),
        (lam(x, 1 / x), "must not be zero"),
        (lam(x, I * other(x)), "is real"),
        (lam(m, num(1)), "variable of sort real"),
    ):
        with pytest.raises(Refused, match=reason):
            instantiate(theorem, ((h, value),), ())


@pytest.mark.parametrize("value", [Term("pi"), num(1), n, x, Term("infinity")])
def test_what_is_no_lam_is_no_function(value: Term) -> None:
    for sort in ("nat->real", "real->real"):
        with pytest.raises(Refused, match="is a function of a variable of sort"):
            check_function(Context(()), value, sort, "it")


def test_the_hypotheses_that_a_function_needs_are_told() -> None:
    """Those outside its binder, not what its own variable is known for."""
    given = (x > 0, y > 0)
    for body, needed in ((1 / x, {x > 0}), (1 / (m + 1), set()), (m / (x * y), set(given))):
        ctx = Context(given)
        check_function(ctx, lam(m, body), "nat->real", "it")
        assert ctx.used == needed
