"""The rules of N → ∞: compared at N = 10², 10³, 10⁶, what each refuses, and falsehoods they must not prove."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, apply, call, defined, lam, num, var
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import (
    Abs,
    Integral,
    Max,
    Product,
    Sum,
    equal,
    exp,
    symbols,
    unequal,
)
from symbolic_mqb.numerics.evaluate import enclose
from symbolic_mqb.numerics.witness import check_at
from symbolic_mqb.rules.asymptotics import (
    cut,
    for_all_from,
    introduce_remainders,
    limit_from_bound,
    weak_limit_at_point,
)
from symbolic_mqb.rules.logic import (
    assume,
    definition,
    fact,
    instantiate,
    normal_form,
    order,
    rewrite,
    symmetry,
    transitivity,
)

K, N, n = symbols("K N n", "nat")
i, k, q, s = symbols("i k q s", "int")
u, x, y = symbols("u x y", "real")
w, z = symbols("w z", "complex")
q1, y2 = symbols("q¹ y²", "int")
x1 = var("x¹", "real")
zero, one = num(0), num(1)
late = (one <= N,)
SIZES = (10**2, 10**3, 10**6)
Q = Fraction


def big(g: Term, constant: Term) -> Term:
    """O(g) with the constant of its bound."""
    return Term("O", (g, constant))


def distance(f: Term, v: Term) -> Term:
    """|f − v| as `limit_from_bound` reads it."""
    return Term("abs", (Term("add", (f, Term("mul", (num(-1), v)))),))


def converges(theorem: Theorem, rate: Fraction | int, constant: int, **values: Any) -> None:
    """|f(N) − v| ≤ C·N^(−p) at N = 10², 10³, 10⁶, and the witness agrees."""
    function, value = theorem.conclusion.args
    at = {v: values[v.args[0]] for v in theorem.conclusion.free}
    for size in SIZES:
        gap = enclose(Abs(apply(function, num(size)) - value), at, 20).ball.abs_upper()
        assert gap <= constant * float(size) ** -float(rate) * (1 + 1e-9)
    assert check_at(theorem.conclusion, at, 15, theorem.hypotheses).verdict == "agrees"


def _with_remainders(t: Term, factor: int) -> Term:
    """The template with factor·C·g for each O(g, C)."""
    if t.op == "O":
        return Term("mul", (num(factor), *t.args))
    return Term(t.op, tuple(_with_remainders(a, factor) if isinstance(a, Term) else a for a in t.args))


def expands(theorem: Theorem, **values: Any) -> None:
    """|left − T(0)| ≤ T(Cg) − T(0) for a template that grows with its remainders, and the witness agrees."""
    at = {v: values[v.args[0]] for v in theorem.conclusion.free}
    for size in SIZES:
        left, template = apply(theorem.conclusion.args[1], num(size)).args
        plain, most = (_with_remainders(template, factor) for factor in (0, 1))
        evidence = check_at(Abs(left - plain) <= most - plain, at, 15)
        assert evidence.verdict == "agrees", evidence
    assert check_at(theorem.conclusion, at, 15, theorem.hypotheses).verdict == "agrees"


# -- cut ----------------------------------------------------------------------------------------------


def test_cut() -> None:
    theorem = cut(fact(x <= y + 1, (x <= y, u >= 0)), fact(x <= y, (x <= u, u <= y)))
    assert theorem.hypotheses == {u >= 0, x <= u, u <= y}
    for low, middle, high in ((0, 0, 0), (-3, 1, Q(5, 2))):
        at = {x: low, u: middle, y: high}
        assert check_at(theorem.conclusion, at, 15, theorem.hypotheses).verdict == "agrees"
    for lemma in (y <= x, x < y, x <= y + 0, x <= u):
        with pytest.raises(Refused, match="not a hypothesis of the theorem"):
            cut(assume(x <= y), assume(lemma))


# -- remainders ---------------------------------------------------------------------------------------

exact = normal_form(x * (N + 1) / N, x + x / N, late)
bound = fact(Abs(x / N) <= Abs(x) * (1 / N), late)
template = x + big(1 / N, Abs(x))


def test_introduce_remainders() -> None:
    theorem = introduce_remainders(N, one, exact, template, (bound,))
    assert theorem.hypotheses == frozenset()
    assert theorem.conclusion == Term("asymptotic", (one, lam(N, equal(x * (N + 1) / N, template))))
    for value in (0, 1, Q(-7, 3)):
        expands(theorem, x=value)


def test_introduce_remainders_keeps_the_other_hypotheses() -> None:
    right = normal_form(exact.left, exact.right, (*late, u >= 0))
    theorem = introduce_remainders(N, one, right, template, (bound,))
    assert theorem.hypotheses == {u >= 0}


def test_remainders_under_binders() -> None:
    """Σ_{s≤n} s(1 + 1/N) = Σ (s + O(1/N)), |s/N| ≤ n/N because 0 ≤ s ≤ n."""
    total = Sum(s * (N + 1) / N, (s, 0, n))
    right = normal_form(total, Sum(s + s / N, (s, 0, n)), late)
    s1 = var("s¹", "int")
    facts = (zero <= s1, s1 <= n)
    each = order(Abs(s1 / N) <= n * (1 / N), ((1 / N, assume(s1 <= n)),), (*late, *facts))
    theorem = introduce_remainders(N, one, right, Sum(s + big(1 / N, n), (s, 0, n)), (each,))
    assert theorem.hypotheses == frozenset()
    for high in (0, 1, 4):
        expands(theorem, n=high)
    with pytest.raises(Refused, match="more of a bound variable"):
        introduce_remainders(N, one, right, Sum(s + big(1 / N, n), (s, 0, n)), (_more(each, s1 <= 1),))
    longer = normal_form(Sum(s + s / N, (s, 0, n + 1)), Sum(s + s / N, (s, 0, n + 1)), late)
    with pytest.raises(Refused, match="more of a bound variable"):
        introduce_remainders(N, one, longer, Sum(s + big(1 / N, n), (s, 0, n + 1)), (each,))


def _more(theorem: Theorem, hypothesis: Term) -> Theorem:
    """The theorem with one more hypothesis."""
    return instantiate(theorem, (), (*sorted(theorem.hypotheses, key=repr), hypothesis))


def test_one_bound_may_serve_twice() -> None:
    right = normal_form(2 * x + 2 * x / N, Term("add", (exact.right, exact.right)), late)
    theorem = introduce_remainders(N, one, right, Term("add", (template, template)), (bound,))
    expands(theorem, x=Q(-2, 3))


REMAINDERS: dict[str, tuple[Term, Term, Theorem, Term, tuple[Theorem, ...], str]] = {
    "a limit in an integer": (i, one, exact, template, (bound,), "natural number"),
    "a limit in a number": (one, one, exact, template, (bound,), "natural number"),
    "a threshold that depends on N": (N, N - 1, exact, template, (bound,), "the threshold does not depend"),
    "a constant that depends on N": (
        N,
        one,
        exact,
        x + big(one, Abs(x) / N),
        (fact(Abs(x / N) <= Abs(x) / N * one, late),),
        "constant of an O depends",
    ),
    "no bound": (N, one, exact, template, (), "no bound is given"),
    "a bound of another order": (N, one, exact, x + big(1 / N**2, Abs(x)), (bound,), "no bound is given"),
    "a bound with another constant": (N, one, exact, x + big(1 / N, 2 * Abs(x)), (bound,), "no bound is given"),
    "a bound on something else": (N, one, exact, template, (assume(Abs(x) <= Abs(x) / N),), "no bound is given"),
    "a bound that is strict": (N, one, exact, template, (assume(Abs(x / N) < Abs(x) * (1 / N)),), "no bound is given"),
    "a bound without use": (N, one, exact, template, (bound, fact(zero <= one, ())), "not used by any O"),
    "a bound without any O": (N, one, exact, x + x / N, (bound,), "not used by any O"),
    "another form": (N, one, exact, x * big(1 / N, Abs(x)), (bound,), "does not have the form"),
    "one summand more": (N, one, exact, x + x / N + big(1 / N, Abs(x)), (bound,), "does not have the form"),
    "another main term": (N, one, exact, y + big(1 / N, Abs(x)), (bound,), "differs outside its remainders"),
    "another number": (
        N,
        one,
        normal_form(x + 1, x + 1, ()),
        Term("add", (big(one, Abs(x)), num(2))),
        (fact(Abs(x) <= Abs(x) * one, ()),),
        "differs outside its remainders",
    ),
    "an inequality": (N, one, assume(x <= y), template, (bound,), "states 'eq', got 'le'"),
    "a hypothesis on N": (
        N,
        one,
        normal_form(exact.left, exact.right, (*late, n >= N)),
        template,
        (bound,),
        "more than 1 ≤ N",
    ),
    "a hypothesis on N of a bound": (N, one, exact, template, (_more(bound, N >= 7),), "more than 1 ≤ N"),
    "a threshold that is not real": (
        N,
        z,
        normal_form(x, x, (z <= N,)),
        big(one, Abs(x)),
        (fact(Abs(x) <= Abs(x) * one, ()),),
        "threshold is not shown to be real",
    ),
    "a threshold below what the bound needs": (N, zero, exact, template, (bound,), "more than 0 ≤ N"),
    "a hypothesis on a bound variable": (
        N,
        one,
        normal_form(exact.left, exact.right, (*late, x1 >= 0)),
        template,
        (bound,),
        "not a fact of its binder",
    ),
    "a binder of another sort": (
        N,
        one,
        assume(equal(y, Sum(s, (s, 0, n)))),
        Term("sum", (zero, n, lam(x, big(one, one)))),
        (bound,),
        "binds another variable|needs a function",
    ),
}


@pytest.mark.parametrize("name", REMAINDERS)
def test_remainders_that_are_refused(name: str) -> None:
    variable, threshold, equation, wanted, bounds, reason = REMAINDERS[name]
    with pytest.raises(Refused, match=reason):
        introduce_remainders(variable, threshold, equation, wanted, bounds)


def test_a_threshold_that_is_real_by_hypothesis() -> None:
    given = (z <= N, Term("is_real", (z,)))
    theorem = introduce_remainders(
        N, z, normal_form(x, x, given), big(one, Abs(x)), (fact(Abs(x) <= Abs(x) * one, ()),)
    )
    assert theorem.hypotheses == {Term("is_real", (z,))}


# -- for all N ----------------------------------------------------------------------------------------


def test_for_all_from() -> None:
    """(N + 1)·x ≤ 2N·x for all N ≥ 1, where x ≥ 0."""
    given = (*late, x >= 0)
    each = order((N + 1) * x <= 2 * N * x, ((x, assume(one <= N)),), given)
    theorem = for_all_from(N, one, each)
    assert theorem.hypotheses == {x >= 0}
    assert theorem.conclusion == Term("asymptotic", (one, lam(N, (N + 1) * x <= 2 * N * x)))
    for value in (0, 1, Q(7, 3)):
        assert check_at(theorem.conclusion, {x: value}, 15, theorem.hypotheses).verdict == "agrees"
    assert check_at(theorem.conclusion, {x: -1}, 15).verdict == "refuted"
    for variable, threshold, premise, reason in (
        (i, one, fact(i <= i, ()), "must not depend on the natural number"),
        (N, zero, each, "must not depend on the natural number"),
        (N, N * one, each, "must not depend on the natural number"),
        (N, z, fact(x <= x, ()), "threshold is not shown to be real"),
        (n, one, introduce_remainders(N, one, exact, template, (bound,)), "not the same for all N"),
    ):
        with pytest.raises(Refused, match=reason):
            for_all_from(variable, threshold, premise)


# -- remainders: falsehoods ---------------------------------------------------------------------------


def test_a_free_variable_called_like_an_inner_index() -> None:
    """Σ_{q≤y²} Σ_{s=0}^{0} max(0, q − s): q ≤ y² is about the free y², not about the s opened as y²."""
    inner = Term("lam", ("y", "int", lam(s, Max(zero, q - s)).args[2]))
    total = Sum(Term("sum", (zero, zero, inner)), (q, 0, y2))
    wanted = Sum(Term("sum", (zero, zero, Term("lam", ("y", "int", big(one, zero))))), (q, 0, y2))
    nothing = fact(Abs(Max(zero, q1 - y2)) <= zero * one, (q1 <= y2,))
    with pytest.raises(Refused, match="reserved one is in use"):
        introduce_remainders(N, one, normal_form(total, total, ()), wanted, (nothing,))


def test_a_free_variable_called_like_the_outer_index() -> None:
    total = Sum(Max(zero, q - q1), (q, 0, 3))
    nothing = fact(Abs(Max(zero, q1 - q1)) <= zero * one, ())
    wanted = Sum(big(one, zero), (q, 0, 3))
    with pytest.raises(Refused, match="reserved one is in use"):
        introduce_remainders(N, one, normal_form(total, total, ()), wanted, (nothing,))


def test_the_facts_of_an_integral_that_runs_backwards() -> None:
    """∫_1^0 1 dx + u = ∫_1^0 O(1, 0) dx + u, from 1 ≤ x ≤ 0."""
    backwards = rewrite(Integral(one + 0 * x, (x, 1, 0)) + (u + 0), (1,), normal_form(u + 0, u, ()), ())
    absurd = order(Abs(one + 0 * x1) <= zero * one, ((one, assume(one <= x1)), (one, assume(x1 <= zero))), ())
    wanted = Term("add", (Integral(big(one, zero), (x, 1, 0)), u))
    with pytest.raises(Refused, match="under sums and products only"):
        introduce_remainders(N, one, backwards, wanted, (absurd,))


def test_a_remainder_inside_a_definition() -> None:
    """f(m) = max(0, −m) vanishes for natural m, but f(−3) = 3."""
    m, m1 = symbols("m m¹", "nat")
    f = call(defined("f", (m,), Max(zero, -m)), num(-3))

    wanted = call(defined("f", (m,), big(one, zero)), num(-3))
    nothing = fact(Abs(Max(zero, -m1)) <= zero * one, ())
    with pytest.raises(Refused, match="does not have the form"):
        introduce_remainders(N, one, normal_form(f, f, ()), wanted, (nothing,))


@pytest.mark.parametrize("body", [Term("infinity"), big(one, one)])
def test_what_is_no_number_does_not_become_one_by_a_definition(body: Term) -> None:
    """∞ − ∞ = 0 and O(1) − O(1) = 0."""

    symbol = call(defined("c", (), body))
    attempts: tuple[Callable[[], Theorem], ...] = (
        lambda: definition(symbol),
        lambda: normal_form(symbol - symbol, zero, ()),
        lambda: rewrite(body + (x + 0), (1,), normal_form(x + 0, x, ()), ()),
        lambda: assume(equal(body - body, zero)),
    )
    for attempt in attempts:
        with pytest.raises(Refused, match="O stands on the right of an expansion only"):
            attempt()


@pytest.mark.parametrize("low", [zero, q])
def test_a_constant_that_runs_with_N(low: Term) -> None:
    """Σ_{q≤N} Σ_{s=q}^{q} s = N(N + 1)/2 is not Σ Σ O(1): the constant s is at most q, and that at most N."""
    s2 = var("s²", "int")
    total = Sum(Sum(s, (s, low, q)), (q, 0, N))
    given = (low if low == zero else q1) <= s2, zero <= q1
    itself = fact(Abs(s2) <= s2 * one, given)
    with pytest.raises(Refused, match="runs with the limit variable"):
        introduce_remainders(
            N, one, normal_form(total, total, ()), Sum(Sum(big(one, s), (s, low, q)), (q, 0, N)), (itself,)
        )


def test_a_remainder_that_is_bounded_for_a_part_of_the_range_only() -> None:
    """Σ_{s=0}^{n} s is not Σ O(1, 1) because s ≤ 1 for some s; nor is a factor of an empty product."""
    s1 = var("s¹", "int")
    few = fact(Abs(s1) <= one * one, (zero <= s1, s1 <= 1))
    for binder in (Sum, Product):
        t = binder(s, (s, 0, n))
        with pytest.raises(Refused, match="more of a bound variable"):
            introduce_remainders(N, one, normal_form(t, t, ()), binder(big(one, one), (s, 0, n)), (few,))


def test_facts_of_one_binder_do_not_hold_in_another() -> None:
    """Two sums that both open s¹: only the first one has s ≤ 1."""
    s1 = var("s¹", "int")
    few = fact(Abs(s1) <= one * one, (zero <= s1, s1 <= 1))
    t = Sum(s, (s, 0, 1)) + Sum(s, (s, 0, 5))
    wanted = Sum(big(one, one), (s, 0, 1)) + Sum(big(one, one), (s, 0, 5))
    with pytest.raises(Refused, match="more of a bound variable"):
        introduce_remainders(N, one, assume(equal(y, t)), wanted, (few,))


# -- limits -------------------------------------------------------------------------------------------

slow = fact(distance(z + z / N, z) <= Term("mul", (Abs(z), N ** num(-1))), late)


def test_limit_from_bound() -> None:
    theorem = limit_from_bound(N, one, slow, ())
    assert theorem.hypotheses == frozenset()
    assert theorem.conclusion == Term("limit", (lam(N, z + z / N), z))
    for value, size in ((0, 0), (1, 1), ((3, -4), 5)):
        converges(theorem, 1, size, z=value)
    root = N ** num(Q(-1, 2))
    slower = limit_from_bound(N, one, fact(distance(2 * x + root, 2 * x) <= Term("mul", (one, root)), late), ())
    assert slower.conclusion.args[1] == 2 * x
    converges(slower, Q(1, 2), 1, x=Q(-7, 3))


def bounded(left: Term, constant: Term, power: Term, *given: Term) -> Theorem:
    """left ≤ C·N^p for N ≥ 1."""
    return fact(left <= Term("mul", (constant, power)), (*late, *given))


def test_limits_that_are_refused() -> None:
    flat, last = distance(z, z), N ** num(-1)
    plus = Abs(Term("add", (zero, zero)))
    for left in (Abs(z - z + 0), Abs(z - z) * 0, zero + 0 * N, plus, Abs(0 * z), Abs(Term("add", (-z, z)))):
        with pytest.raises(Refused, match="expected a bound on"):
            limit_from_bound(N, one, bounded(left, Abs(z), last), ())
    for right in (zero, N ** num(-1), Abs(z) * 2, Term("mul", (N ** num(-1), one)), 2 * (one / N) * 1):
        with pytest.raises(Refused, match="of the form"):
            limit_from_bound(N, one, fact(flat <= right, late), ())
    for power in (N ** num(0), N ** num(1), N**n, N ** (-n), N ** (-x)):
        with pytest.raises(Refused, match="does not go to zero"):
            limit_from_bound(N, one, bounded(flat, one, power, x > 0), ())
    for constant in (N, Abs(z) * N, exp(N + 0)):
        with pytest.raises(Refused, match="must not depend on the variable"):
            limit_from_bound(N, one, bounded(flat, constant, last), ())
    with pytest.raises(Refused, match="must not depend on the variable"):
        limit_from_bound(N, one, bounded(distance(z * N, z * N), one, last), ())
    for given in ((n >= N,), (N >= 2,), (unequal(N, 5),)):
        with pytest.raises(Refused, match="must not depend on the variable"):
            limit_from_bound(N, one, bounded(flat, one, last, *given), ())
        with pytest.raises(Refused, match="must not depend on the variable"):
            limit_from_bound(N, one, slow, given)
    with pytest.raises(Refused, match="must not depend on the variable"):
        limit_from_bound(N, N, bounded(flat, one, last, N <= N), ())
    with pytest.raises(Refused, match="must not depend on the variable"):
        limit_from_bound(N, num(2), slow, ())
    with pytest.raises(Refused, match="threshold is not shown to be real"):
        limit_from_bound(N, w, fact(flat <= Term("mul", (one, last)), (w <= N, w >= 1)), ())


def test_limits_in_what_is_no_natural_number() -> None:
    for variable in (i, x):
        far = fact(distance(z, z) <= Term("mul", (one, variable ** num(-1))), (variable >= 1,))
        with pytest.raises(Refused, match="must not depend on the variable"):
            limit_from_bound(variable, one, far, ())
    with pytest.raises(Refused, match="states 'le', got 'eq'"):
        limit_from_bound(N, one, assume(equal(distance(z, z), one / N)), ())


def test_weak_limit_at_point() -> None:
    """What tests/rules/test_weak_limit.py leaves: the variable, the hypotheses, the shapes of the premises."""
    bell = exp(-(u**2))
    mass = assume(equal(Integral(bell, u), one))
    moment = Integral(bell * Abs(u - x), u)

    def attempt(reason: str, **other: Any) -> None:
        at = {"n": N, "p": lam(u, bell), "x": x, "mass": mass, "moment": None, **other}
        first = at["moment"] or assume(moment <= Term("mul", (y, at["n"] ** num(-1))))
        with pytest.raises(Refused, match=reason):
            weak_limit_at_point(at["n"], at["p"], at["x"], at["mass"], first, ())

    attempt("must not depend on the variable")  # the bound on the moment is a hypothesis on N
    attempt("limit is in a natural number", n=i)
    attempt("point not to be real", x=z)
    attempt("point not to be real", p=lam(u, -bell))
    attempt("integrable", p=lam(u, one))
    attempt("integrable", p=lam(u, exp(u)))
    attempt("states 'eq', got 'le'", mass=assume(Integral(bell, u) <= 1))
    attempt("states 'le', got 'eq'", moment=assume(equal(moment, y / N)))
    attempt("expected ∫p = 1", mass=assume(equal(Integral(bell, (u, 0, 1)), one)))
    attempt("expected a bound on", moment=assume(Integral(bell * (u - x), u) <= Term("mul", (y, N ** num(-1)))))
    attempt("of the form C", moment=assume(moment <= y))
    attempt("does not go to zero", moment=assume(moment <= Term("mul", (y, N ** (-y)))))


def test_limits_are_no_equations() -> None:
    limit = limit_from_bound(N, one, slow, ())
    expansion = introduce_remainders(N, one, exact, template, (bound,))
    for theorem in (limit, expansion):
        with pytest.raises(Refused, match="states 'eq'"):
            symmetry(theorem)
        with pytest.raises(Refused, match="states 'eq'"):
            transitivity(theorem)
        with pytest.raises(Refused, match="states 'eq'"):
            rewrite(z, (), theorem, ())
        with pytest.raises(Refused, match="states 'eq'"):
            introduce_remainders(N, one, theorem, template, (bound,))
