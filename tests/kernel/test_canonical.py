"""The canonical form: for each law a pair of what is accepted and what is refused."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest

from symbolic_mqb.kernel.canonical import Context
from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, lam, num, var
from symbolic_mqb.notation.language import (
    Abs,
    Coefficient,
    Derivative,
    I,
    Integral,
    Max,
    Min,
    Product,
    Sum,
    binomial,
    conj,
    cos,
    delta,
    equal,
    exp,
    factorial,
    log,
    pi,
    sqrt,
    symbols,
    unequal,
)

k, m, n = symbols("k m n", "nat")
i, j, r, s = symbols("i j r s", "int")
a, t, u, x, y = symbols("a t u x y", "real")
w, z = symbols("w z", "complex")
E = var("E", "nat->op")
Pair = tuple[Term, Term, tuple[Term, ...]]


def pair(left: object, right: object, *given: Term) -> Pair:
    return left + num(0), right + num(0), given  # type: ignore[operator]


ACCEPTED: dict[str, Pair] = {
    "ring": pair((x + y) ** 2, x**2 + 2 * x * y + y**2),
    "cancel": pair(x / x, 1, unequal(x, 0)),
    "fractions": pair(1 / x + 1 / y, (x + y) / (x * y), x > 0, y < 0),
    "denominators": pair((x**2 - 1) / (x - 1), x + 1, x > 1),
    "0^0": pair(num(0) ** 0, 1),
    "0^n": pair(num(0) ** n, delta(n, 0)),
    "powers": pair(x**k * x ** (n - k), x**n, k <= n),
    "powers of products": pair((x * y) ** n, x**n * y**n),
    "powers of powers": pair((x**n) ** m, x ** (n * m)),
    "roots": pair(sqrt(x * y), sqrt(x) * sqrt(y), x > 0, y > 0),
    "root of a square": pair(sqrt(x**2), x, x >= 0),
    "a positive factor of a root": pair(sqrt(4 * z), 2 * sqrt(z), unequal(z, 0)),
    "the exponential law": pair(exp(x + z), exp(x) * exp(z)),
    "2πin": pair(exp(2 * pi * I * n), 1),
    "πin/2": pair(exp(pi * I * n / 2), I**n),
    "√-1": pair(sqrt(num(-1)), I),
    "i^4n": pair(I ** (4 * n), 1),
    "|x|": pair(Abs(x), x, x >= 0),
    "|z|²": pair(Abs(z) ** 2, z * conj(z)),
    "|zw|": pair(Abs(z * w), Abs(z) * Abs(w)),
    "|-z|": pair(Abs(-z), Abs(z)),
    "|e^{ix}|": pair(Abs(exp(I * x)), 1),
    "|e^z|": pair(Abs(exp(x + I * y)), exp(x)),
    "conj": pair(conj(z * w + I), conj(z) * conj(w) - I),
    "conj conj": pair(conj(conj(z)), z),
    "conj e^z": pair(conj(exp(z)), exp(conj(z))),
    "conj of real": pair(conj(x * cos(x)), x * cos(x)),
    "factorials": pair(factorial(n + 2), (n + 2) * (n + 1) * factorial(n)),
    "n (n-1)!": pair(n * factorial(n - 1), factorial(n), n >= 1),
    "binomial": pair(binomial(n, k), factorial(n) / (factorial(k) * factorial(n - k)), k <= n),
    "binomial outside": pair(binomial(n, n + 1), 0),
    "Pascal": pair(binomial(n + 1, k), binomial(n, k) + binomial(n, k - 1), k >= 1, k <= n),
    "delta": pair(delta(n, n + 1), 0),
    "delta is symmetric": pair(delta(k, n), delta(n, k)),
    "min": pair(Min(x, y), x, x <= y),
    "max": pair(Max(k, n), n, k <= n),
    "empty sum": pair(Sum(1 / s, (s, 3, 2)), 0),
    "one term": pair(Sum(x**s, (s, n, n)), x**n),
    "a factor out": pair(Sum(x * y**s, (s, 0, n)), x * Sum(y**s, (s, 0, n))),
    "sums of one kind": pair(Sum(s + x**s, (s, 0, n)), Sum(x**r + r, (r, 0, n))),
    "constant terms": pair(Sum(x, (s, 1, n)), n * x),
    "facts of the index": pair(Sum(Abs(s), (s, 0, n)), Sum(s, (s, 0, n))),
    "division by the index": pair(Sum(s / s, (s, 1, n)), n),
    "a factor out of an integral": pair(Integral(y * a * exp(-(x**2)), x), a * Integral(y * exp(-(x**2)), x)),
    "facts of the integral": pair(Integral(Abs(x), (x, 0, y)), Integral(x, (x, 0, y)), y >= 0),
    "coefficient is linear": pair(
        Coefficient(n, z, x * exp(z) + z), x * Coefficient(n, z, exp(z)) + Coefficient(n, z, z)
    ),
    "derivative is linear": pair(Derivative(n, x, 3 * exp(x)), 3 * Derivative(n, x, exp(x))),
    "bodies up to algebra": pair(Integral(exp(-((x + 1) ** 2)), x), Integral(exp(-(x**2) - 2 * x - 1), x)),
    "arguments up to algebra": pair(cos((x + 1) ** 2), cos(x**2 + 2 * x + 1)),
    "an equation": pair(x**3, x * y, equal(x**2, y)),
    "α² = β² + γ²": pair((x**2 + y**2) / a**2, 1, equal(a**2, x**2 + y**2), a > 0),
    "exponents by an equation": pair(x**k, x**n, equal(k, n)),
    "entries are linear": pair(
        Term("entry", (2 * Term("app", (E, n)) + Term("identity"), num(0), num(1))),
        2 * Term("entry", (Term("app", (E, n)), num(0), num(1))),
    ),
    "empty product of facts": pair(Product(Abs(s), (s, 1, n)), Product(s, (s, 1, n))),
}


@pytest.mark.parametrize(("left", "right", "given"), ACCEPTED.values(), ids=ACCEPTED)
def test_accepted(left: Term, right: Term, given: tuple[Term, ...]) -> None:
    context = Context(given)
    assert context.same(left, right)
    assert context.used == set(given)


@pytest.mark.parametrize(("left", "right", "given"), ACCEPTED.values(), ids=ACCEPTED)
def test_off_by_one_is_not(left: Term, right: Term, given: tuple[Term, ...]) -> None:
    assert not Context(given).same(left, right + 1)


@pytest.mark.parametrize(
    ("left", "right", "given"), [p for p in ACCEPTED.values() if p[2]], ids=[k for k, p in ACCEPTED.items() if p[2]]
)
def test_without_the_hypotheses_it_is_not(left: Term, right: Term, given: tuple[Term, ...]) -> None:
    with suppress(Refused):
        assert not Context().same(left, right)


@pytest.mark.parametrize(
    ("undefined", "reason"),
    [
        (1 / x, "must not be zero"),
        (x**a, "must not be zero"),
        (log(x), "logarithm of zero"),
        (factorial(n - 1), "natural number"),
        (binomial(i, 2), "natural number"),
        (Min(z, 0), "real numbers"),
        (Sum(s, (s, 0, x)), "integer"),
        (Product(s, (s, 0, x)), "integer"),
        (Integral(num(1), x), "integrable"),
        (Integral(x, (x, 1, 0)), "lower bound"),
        (Coefficient(n, z, Abs(z)), "entire"),
        (Coefficient(n - 1, z, z), "natural number"),
        (Derivative(n, x, x**2, z), "real point"),
        (Term("dicke", (k, n)), "Dicke"),
        (Term("infinity"), "no value"),
    ],
    ids=repr,
)
def test_undefined_terms_have_no_canonical_form(undefined: Term, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        Context().nf(undefined)


def test_a_hypothesis_must_be_defined() -> None:
    with pytest.raises(Refused, match="not well defined"):
        Context((1 / x < 2,))
    assert Context((1 / x < 2, unequal(x, 0))).nonzero(Context().nf(x)) is True


def test_the_hypotheses_used_are_tracked() -> None:
    given = (x > 0, y > 0, equal(a, x))
    ctx = Context(given)
    assert ctx.same(x / x, num(1))
    assert ctx.used == {x > 0}


def test_the_order_of_the_hypotheses_does_not_matter() -> None:
    """What was said of a term before all hypotheses were known is not kept."""
    given = (Abs(x) <= 1, Sum(Abs(x + s), (s, 0, n)) <= 1, x >= 0)
    for hypotheses in (given, given[::-1]):
        context = Context(hypotheses)
        assert context.same(Abs(x), x)
        assert context.same(Sum(cos(Abs(x + s)), (s, 0, n)), Sum(cos(x + s), (s, 0, n)))


def test_the_first_hypothesis_that_is_not_defined_is_named() -> None:
    with pytest.raises(Refused, match=re.escape(f"the hypothesis {1 / x < 2!r} is not well defined")):
        Context((1 / x < 2, 1 / y < 2))


@pytest.mark.parametrize(
    ("equation", "left", "right"),
    [
        (equal(2 * x, y), x, y),  # a multiple is not rewritten
        (equal(1 / x, y), x, y),  # nor is an inverse: x = y·x² has no end
        (equal(x**2, x**3 + y), x**2, y),  # nor what stands on the right again
        (equal(x + y, a), x, a),
        (equal(x * y, a), x, a),
        (equal(sqrt(x), y), x, y),
    ],
)
def test_an_equation_rewrites_a_power_of_one_base(equation: Term, left: Term, right: Term) -> None:
    assert not Context((equation, x > 0)).same(left, right)


def test_a_function_has_an_inside() -> None:
    with pytest.raises(Refused, match="function of one variable"):
        Context().under(x)


def test_hypotheses_inside_a_binder_come_out_and_its_own_facts_do_not() -> None:
    context = Context((pi <= 4,))
    assert context.same(Sum(Abs(4 - pi + s), (s, 0, n)), Sum(4 - pi + s, (s, 0, n)))
    assert context.used == {pi <= 4}
    assert context.same(Sum(Abs(n - s), (s, 0, n)), Sum(n - s, (s, 0, n)))
    assert context.used == {pi <= 4}


EFFECT = Term("app", (E, k))
_POVM = (Term("povm", (E, n)), num(1) <= k, k <= n)


def expectation(body: Term, particles: Term = m) -> Term:
    """tr[ρ(m) M(1)⊗…⊗M(m)], each factor the body."""
    state = Term("app", (var("ρ", "states"), particles))
    return Term("trace_of", (state, Term("tensor", (m, lam(s, body)))))


@pytest.mark.parametrize("body", [EFFECT, x * EFFECT + Term("identity"), Sum(cos(x * j) * EFFECT, (j, 0, n))])
def test_the_expectation_of_hermitian_operators_is_real(body: Term) -> None:
    context = Context(_POVM)
    assert context.real(context.nf(expectation(body)))
    assert context.used == set(_POVM)
    for h in _POVM:
        weaker = Context(tuple(g for g in _POVM if g is not h))
        assert not weaker.real(weaker.nf(expectation(body)))


def test_the_effects_may_be_those_of_the_particles() -> None:
    given = (Term("povm", (E, n)), m <= n)
    assert Context(given).real(Context(given).nf(expectation(E(s))))
    assert not Context(given).real(Context(given).nf(expectation(E(s - 1))))  # E(0) is no effect
    assert not Context(given[:1]).real(Context(given[:1]).nf(expectation(E(s))))


@pytest.mark.parametrize(
    "value",
    [
        expectation(z * EFFECT),
        expectation(EFFECT + z * Term("identity")),
        expectation(Sum(z * EFFECT, (s, 0, n))),
        expectation(EFFECT, n),
        expectation(var("A", "op")),
        Term("trace_of", (Term("app", (var("ρ", "states"), m)), Term("tpow", (EFFECT, m)))),
    ],
)
def test_the_expectation_of_other_operators_is_not_shown_to_be_real(value: Term) -> None:
    context = Context(_POVM)
    assert not context.real(context.nf(value))


def test_one_context_does_not_teach_another() -> None:
    assert Context((x >= 0,)).same(Abs(x), x)
    assert not Context().same(Abs(x), x)
    assert not Context((y >= 0,)).same(Abs(x), x)


def test_contradictory_hypotheses_are_seen() -> None:
    assert Context((x > 0, x < 0)).contradictory() == {x > 0, x < 0}
    assert Context((x >= 0, x <= 0)).contradictory() is None
    assert Context((n > 0, n < 1)).contradictory() is not None


def test_integrals_over_the_line_and_over_intervals_are_compared() -> None:
    context = Context()
    line = Integral(exp(-(x**2)), x)
    interval = Integral(exp(-(x**2)) / (1 + x**2), (x, -pi, pi))
    assert not context.same(line, interval)
    assert not context.same(interval, line)


_ROOT = sqrt(2)
_COMMON_ROOTS = [
    # (left, its value, what it is not): a number to a fractional power is common to all terms of a sum
    ((_ROOT * x + _ROOT) * (1 / (_ROOT * x + _ROOT)), num(1), num(1) / 2),
    (Abs((x**2 - 1) / _ROOT), Abs(x**2 - 1) / _ROOT, _ROOT * Abs(x**2 - 1)),
    (1 / (x / _ROOT + 1 / _ROOT), _ROOT / (x + 1), _ROOT / (2 * x + 2)),
    (sqrt(_ROOT * x + _ROOT), sqrt(_ROOT) * sqrt(x + 1), sqrt(_ROOT) * sqrt(2 * x + 2)),
    (1 / (x / sqrt(6) + y / sqrt(6)), sqrt(6) / (x + y), sqrt(6) / (6 * x + 6 * y)),
    (
        Abs(num(12) ** (num(1) / 3) * (z + 1)),
        num(12) ** (num(1) / 3) * Abs(z + 1),
        Abs(z + 1) / num(12) ** (num(1) / 3),
    ),
    (1 / (pi / _ROOT * x + pi / _ROOT), _ROOT / (pi * (x + 1)), _ROOT / (2 * pi * (x + 1))),
]


@pytest.mark.parametrize(("left", "right", "wrong"), _COMMON_ROOTS)
def test_a_root_common_to_all_terms_of_a_sum_is_taken_out_with_its_number(left: Term, right: Term, wrong: Term) -> None:
    """2^{−1/2} is (1/2)·2^{1/2} in canonical form: the 1/2 must not be lost where a sum is divided by 2^{1/2}."""
    ctx = Context((x > 0, y > 0))
    assert ctx.same(left, right)
    assert not ctx.same(left, wrong)


def test_binders_are_nested_ten_deep() -> None:
    nested = cos(x)
    for _ in range(10):
        nested = Product(nested, (s, 0, n))
    Context().nf(nested)
    with pytest.raises(Refused, match="nested too deeply"):
        Context().nf(Product(nested, (s, 0, n)))


def test_variables_of_one_name_and_two_sorts_are_two() -> None:
    """conj is an entire function of a real variable, and not of a complex one."""
    one, other = var("v", "real"), var("v", "complex")
    context = Context()
    context.nf(Derivative(n, one, conj(one), x))
    with pytest.raises(Refused, match="entire"):
        context.nf(Coefficient(n, other, conj(other)))


def test_an_inequality_rests_on_what_makes_it_defined() -> None:
    given = (unequal(x, 0), y <= 1 / x, 1 / x <= t)
    context = Context(given)
    assert context.nonnegative(context.nf(t - y))
    assert context.used == set(given)


def test_an_expectation_in_a_state_that_is_no_symbol_is_not_shown_real() -> None:
    """Of one that is a symbol, and of a Hermitian operator, it is."""
    one, state = Term("tensor", (n, lam(i, Term("identity")))), Term("app", (var("ρ", "states"), n))
    pure = Term("outer", (Term("dicke", (n, num(0))),))
    context = Context()
    assert context.real(context.nf(Term("trace_of", (state, one))))
    assert not context.real(context.nf(Term("trace_of", (pure, one))))
