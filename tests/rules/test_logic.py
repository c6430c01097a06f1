"""The rules of logic: what each infers, and what each refuses with which reason."""

from __future__ import annotations

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, call, defined, lam, num, substitute, var
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Abs, Integral, Sum, conj, equal, factorial, symbols, unequal
from symbolic_mqb.rules.logic import (
    assume,
    cases,
    definition,
    discharge,
    fact,
    induction,
    instantiate,
    normal_form,
    opened_variable,
    order,
    rewrite,
    symmetry,
    transitivity,
    transport,
)

k, n = symbols("k n", "nat")
i, s = symbols("i s", "int")
a, b, x, y = symbols("a b x y", "real")
z = var("z", "complex")
w = var("w", "complex")
zero, one = num(0), num(1)


def test_assume() -> None:
    theorem = assume(x <= y)
    assert (theorem.hypotheses, theorem.conclusion) == ({x <= y}, x <= y)
    with pytest.raises(Refused, match="not a statement"):
        assume(x)


def test_normal_form() -> None:
    theorem = normal_form((x + y) * (x - y), x**2 - y**2, (a > 0,))
    assert theorem.conclusion == equal((x + y) * (x - y), x**2 - y**2)
    assert theorem.hypotheses == {a > 0}
    with pytest.raises(Refused, match="not equal by algebra"):
        normal_form(x, y, ())


def test_symmetry() -> None:
    assert symmetry(assume(equal(x, y))).conclusion == equal(y, x)
    with pytest.raises(Refused, match="states 'eq', got 'le'"):
        symmetry(assume(x <= y))


def test_transitivity() -> None:
    chain = transitivity(assume(equal(x, y)), assume(equal(y, a)), assume(equal(a, b)))
    assert chain.conclusion == equal(x, b)
    assert chain.hypotheses == {equal(x, y), equal(y, a), equal(a, b)}
    with pytest.raises(Refused, match="the chain breaks"):
        transitivity(assume(equal(x, y)), assume(equal(x, a)))
    with pytest.raises(Refused, match="states 'eq'"):
        transitivity(assume(x <= y))
    with pytest.raises(Refused, match="empty chain"):
        transitivity()


def test_definition() -> None:
    square = defined("square", (x,), x**2)
    assert definition(call(square, y + 1)).conclusion == equal(call(square, y + 1), (y + 1) ** 2)
    with pytest.raises(Refused, match="not a defined symbol"):
        definition(x)


def test_instantiate() -> None:
    theorem = instantiate(assume(x <= n), ((x, n + 1), (n, k)), ())
    assert (theorem.hypotheses, theorem.conclusion) == ({n + 1 <= k}, n + 1 <= k)
    assert instantiate(assume(x <= n), ((n, i),), (i >= 0,)).hypotheses == {x <= i, i >= 0}
    for value, reason in ((i, "natural number"), (x, "integer"), (z, "integer"), (n - 1, "natural number")):
        with pytest.raises(Refused, match=reason):
            instantiate(assume(x <= n), ((n, value),), ())
    with pytest.raises(Refused, match="is real"):
        instantiate(assume(x <= n), ((x, z),), ())
    with pytest.raises(Refused, match="only a variable"):
        instantiate(assume(x <= n), ((x + 1, y),), ())
    with pytest.raises(Refused, match="must not be zero"):
        instantiate(assume(x <= n), ((x, 1 / y),), ())


def test_discharge() -> None:
    theorem = discharge(assume(x >= 0), (x > y, y >= 0))
    assert (theorem.hypotheses, theorem.conclusion) == ({x > y, y >= 0}, x >= 0)
    with pytest.raises(Refused, match="condition is not met"):
        discharge(assume(x > 0), (x >= 0,))


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (x + 1 > x, ()),
        (x**2 + Abs(y) >= 0, ()),
        (n + k >= 0, ()),
        (n >= 1, (n > 0,)),
        (x < a, (x < y, y <= a)),
        (unequal(x - y, 0), (x < y,)),
        (unequal(2 * x - 2 * y, 0), (unequal(y - x, 0),)),
        (equal(x**4, a**2), (equal(x**2, a),)),
        (Term("is_int", (n * i - 3,)), ()),
        (Term("is_real", (x * z,)), (Term("is_real", (z,)),)),
        (Sum(Abs(x), (s, 0, n)) >= 0, ()),
    ],
    ids=repr,
)
def test_fact(statement: Term, given: tuple[Term, ...]) -> None:
    assert fact(statement, given).conclusion == statement
    if given:
        with pytest.raises(Refused):
            fact(statement, ())


def test_order() -> None:
    premise = assume(x <= y)
    theorem = order(a**2 * x <= a**2 * y + b**2, ((a**2, premise),), ())
    assert theorem.hypotheses == {x <= y}
    equality = assume(equal(x, y))
    assert order(-a * y <= -a * x, ((a, equality),), ()).hypotheses == {equal(x, y)}
    with pytest.raises(Refused, match="multiplier"):
        order(a * x <= a * y, ((a, premise),), ())
    with pytest.raises(Refused, match="left after the certificate"):
        order(a**2 * x <= a**2 * y - 1, ((a**2, premise),), ())
    with pytest.raises(Refused, match="a ≤ b"):
        order(x < y, ((one, premise),), ())
    with pytest.raises(Refused, match="uses inequalities and equations"):
        order(x <= y, ((one, assume(unequal(x, y))),), ())
    with pytest.raises(Refused, match="real numbers"):
        order(z <= z + 1, (), ())


def test_what_is_left_of_a_certificate_may_vanish_or_be_nonnegative_by_an_equation() -> None:
    assert order((n + 1) * factorial(n) <= factorial(n + 1), (), ())
    assert order(zero <= x, (), (equal(x, y**2),)).hypotheses == {equal(x, y**2)}
    for goal in ((n + 2) * factorial(n) <= factorial(n + 1), zero <= x):
        with pytest.raises(Refused, match="left after the certificate"):
            order(goal, (), (equal(x, y),))


def test_order_takes_what_cancels_as_it_is_written() -> None:
    """A side may be a term that is not shown to be real here: its own theorem says that it is."""
    first, second = assume(z <= w), assume(w <= y)
    assert order(z <= y, ((one, first), (one, second)), ()).hypotheses == {z <= w, w <= y}
    with pytest.raises(Refused):
        order(y <= z, ((one, first), (one, second)), ())
    with pytest.raises(Refused):
        order(z <= y, ((one, first), (one, first), (one, second)), ())
    with pytest.raises(Refused):
        order(z <= y, ((num(2), first), (one, second)), ())
    with pytest.raises(Refused, match="must not be zero"):
        order(1 / x <= y, ((one, assume(1 / x <= z)), (one, assume(z <= y))), ())


def test_order_needs_one_side_that_is_real() -> None:
    with pytest.raises(Refused, match="real numbers"):
        order(z <= z, ((one, assume(zero <= x)),), ())
    with pytest.raises(Refused, match="real numbers"):
        order(z <= z + x, ((one, assume(zero <= x)),), ())
    assert order(z <= a, ((one, assume(equal(z, a))),), ()).hypotheses == {equal(z, a)}  # a is real
    assert order(a <= a + w**2, ((-w, assume(equal(w, 0))),), ())  # what is 0 may be taken any number of times
    with pytest.raises(Refused, match="real numbers"):
        order(z <= z + w, ((one, assume(equal(w, 0))),), ())
    assert order(z * conj(z) <= z * conj(z) + 1, (), ())
    given = (Term("is_real", (x * z,)),)  # (xz)* is not xz by algebra
    assert order(x * z <= x * z + 1, (), given).hypotheses == {*given}
    assert order(z <= z + x, ((one, assume(zero <= x)), (one, assume(z <= z))), ()).conclusion == (z <= z + x)


def test_rewrite() -> None:
    theorem = rewrite(x * (y + 1), (1,), normal_form(y + 1, 1 + y, ()), ())
    assert theorem.conclusion == equal(x * (y + 1), x * (1 + y))
    with pytest.raises(Refused, match="the equation starts from"):
        rewrite(x * (y + 1), (0,), normal_form(y + 1, 1 + y, ()), ())
    with pytest.raises(Refused, match="no subterm"):
        rewrite(x * (y + 1), (7,), normal_form(y + 1, 1 + y, ()), ())
    with pytest.raises(Refused, match="states 'eq'"):
        rewrite(x, (), assume(x <= y), ())


def test_rewrite_below_a_binder() -> None:
    s1 = var("s¹", "int")
    positive = normal_form(Abs(s1), s1, (num(2) <= s1,))
    theorem = rewrite(Sum(Abs(s), (s, 2, n)), (2, 2), positive, ())
    assert theorem.conclusion == equal(Sum(Abs(s), (s, 2, n)), Sum(s, (s, 2, n)))
    assert theorem.hypotheses == frozenset()
    with pytest.raises(Refused, match="bound variable is not a fact"):
        rewrite(Sum(Abs(s), (s, 1, n)), (2, 2), positive, ())
    with pytest.raises(Refused, match="into its body"):
        rewrite(Sum(Abs(s), (s, 2, n)), (2, 0), positive, ())


def test_rewrite_below_two_binders() -> None:
    """The facts of both binders hold, and a variable of either has no other hypotheses."""
    r = var("r", "int")
    s1, r2 = var("s¹", "int"), var("r²", "int")
    target = Sum(Sum(Abs(r), (r, s, n)), (s, 2, n))
    theorem = rewrite(target, (2, 2, 2, 2), normal_form(Abs(r2), r2, (num(2) <= s1, s1 <= r2)), ())
    assert theorem.conclusion == equal(target, Sum(Sum(r, (r, s, n)), (s, 2, n)))
    assert theorem.hypotheses == frozenset()
    for given in ((num(2) <= r2,), (num(1) <= s1, s1 <= r2)):
        with pytest.raises(Refused, match="bound variable is not a fact"):
            rewrite(target, (2, 2, 2, 2), normal_form(Abs(r2), r2, given), ())
    with pytest.raises(Refused, match="reserved for opening"):
        rewrite(r2 * target, (1, 2, 2, 2, 2), normal_form(Abs(r2), r2, (num(2) <= s1, s1 <= r2)), ())


def _step(statement: Term, multiplier: int) -> Theorem:
    """P(n) ⊢ P(n+1) for an inequality, from P(n) times a number."""
    goal = substitute(statement, {n: n + 1})
    return order(goal, ((num(multiplier), assume(statement)),), ())


def test_induction() -> None:
    statement = one <= num(2) ** n
    base, step = fact(one <= num(2) ** zero, ()), _step(statement, 2)
    theorem = induction(n, base, step)
    assert (theorem.hypotheses, theorem.conclusion) == (frozenset(), statement)
    with pytest.raises(Refused, match="base and step"):
        induction(n, fact(one <= num(2) ** one, ()), step)
    with pytest.raises(Refused, match="base and step"):
        induction(n, base, base)
    with pytest.raises(Refused, match="natural number"):
        induction(i, base, step)
    with pytest.raises(Refused, match="still mentions"):
        induction(n, base, discharge(step, (statement, n <= k)))


def test_cases() -> None:
    statement = Abs(x) >= x
    first, second = fact(statement, (x <= zero,)), fact(statement, (zero < x,))
    theorem = cases(first, second)
    assert (theorem.hypotheses, theorem.conclusion) == (frozenset(), statement)
    always = fact(one >= 0, ())
    zero_or_not = cases(discharge(always, (equal(x, 0),)), discharge(always, (unequal(x, 0),)))
    assert zero_or_not.hypotheses == frozenset()
    with pytest.raises(Refused, match="different statements"):
        cases(first, fact(one >= 0, ()))
    with pytest.raises(Refused, match="exclude and exhaust"):
        cases(first, fact(statement, (one < x,)))
    with pytest.raises(Refused, match="exclude and exhaust"):
        cases(second, first)


def test_transport() -> None:
    theorem = transport(assume(x + 1 <= y), (0, 0), assume(equal(x, a)), ())
    assert (theorem.hypotheses, theorem.conclusion) == ({x + 1 <= y, equal(x, a)}, a + 1 <= y)
    with pytest.raises(Refused, match="the equation starts from"):
        transport(assume(x + 1 <= y), (1,), assume(equal(x, a)), ())
    with pytest.raises(Refused, match="under a binder"):
        transport(assume(equal(Sum(s * x, (s, 0, n)), x)), (0, 2, 2, 1), assume(equal(x, a)), ())
    with pytest.raises(Refused, match="states 'eq'"):
        transport(assume(x <= y), (0,), assume(x <= a), ())


def test_functions_are_values_of_function_symbols_only() -> None:
    family = var("f", "nat->real")
    theorem = assume(equal(Term("app", (family, n)), x))
    other = var("g", "nat->real")
    assert instantiate(theorem, ((family, other),), ()).conclusion == equal(Term("app", (other, n)), x)
    assert instantiate(theorem, ((family, lam(n, n)),), ()).conclusion == equal(n, x)
    for value in (n, var("E", "nat->op"), lam(i, n), lam(x, x)):
        with pytest.raises(Refused, match=r"stands for|is a function of a variable of sort nat"):
            instantiate(theorem, ((family, value),), ())


def test_a_function_with_a_malformed_body_is_refused_before_a_rule_looks_at_it() -> None:
    """Found by random calls: a `lam` was not checked, and some rules then crashed on what cannot be applied."""
    from symbolic_mqb.kernel.terms import Term, num
    from symbolic_mqb.rules import RULES

    body = Term("app", (Term("pi"), Term("bound", (0,))))
    function = Term("lam", ("x", "real", body))
    for name, arguments in (
        ("cosine_substitution", (num(0), Term("pi"), function, ())),
        ("reflect_interval", (num(0), num(1), function, ())),
    ):
        with pytest.raises(Refused, match="not a well-formed term"):
            RULES[name](*arguments)


def test_powers_of_i_with_a_symbol_in_the_exponent() -> None:
    """i² = −1 and i³ = −i are taken out of iᵃ⁺ⁿ, and nothing else is."""
    i, m = Term("I"), var("m", "nat")
    for a, sign, b in ((2, -1, 0), (3, -1, 1), (4, 1, 0), (5, 1, 1), (-1, -1, 1), (-2, -1, 0)):
        normal_form(i ** (m + a), num(sign) * i ** (m + b), ())
        for wrong in (num(-sign) * i ** (m + b), num(sign) * i ** (m + b - 1), num(sign) * i ** (m + b + 1)):
            with pytest.raises(Refused):
                normal_form(i ** (m + a), wrong, ())


def test_a_broken_chain_names_where_it_breaks() -> None:
    first, second = assume(equal(a, b)), assume(equal(b, x))
    with pytest.raises(Refused, match="the chain breaks: x is not y"):
        transitivity(first, second, assume(equal(y, a)))
    assert transitivity(first, second).conclusion == equal(a, x)


def test_the_facts_of_an_integral_need_bounds_in_order() -> None:
    """∫_x^0 |u| du with x ≥ 0: the integrand is not to be rewritten by 0 ≤ u."""
    u = var("u", "real")
    at = opened_variable(lam(u, u), 0)
    for low, high, good in ((zero, x, True), (x, zero, False)):
        modulus = normal_form(Abs(at), at, (low <= at, at <= high) if good else (zero <= at,))
        target = Integral(Abs(u), (u, low, high))
        if good:
            assert rewrite(target, (2, 2), modulus, (zero <= x,)).right == Integral(u, (u, low, high))
        else:
            with pytest.raises(Refused, match="not shown to be in order"):
                rewrite(target, (2, 2), modulus, (zero <= x,))


def test_what_is_rewritten_keeps_the_names_of_its_bound_variables() -> None:
    at = opened_variable(lam(s, s), 0)
    theorem = rewrite(Sum(s + s, (s, 0, n)), (2, 2), normal_form(at + at, 2 * at, ()), ())
    assert theorem.right.args[2].args[:2] == ("s", "int")


def test_nine_binders_are_opened_and_no_more() -> None:
    assert opened_variable(lam(s, s), 8) == var("s⁹", "int")
    with pytest.raises(Refused, match="nine binders at most"):
        opened_variable(lam(s, s), 9)
