"""Integer, real, not zero, the sign: what is shown, from which hypotheses, and what is not, since it is false."""

from __future__ import annotations

from contextlib import suppress

import pytest

from symbolic_mqb.kernel.canonical import Context
from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, lam, num, var
from symbolic_mqb.notation.language import (
    Abs,
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
    exp,
    factorial,
    half,
    log,
    pi,
    sin,
    symbols,
    unequal,
)

k, n = symbols("k n", "nat")
i, j, s = symbols("i j s", "int")
a, t, x, y = symbols("a t x y", "real")
w, z = symbols("w z", "complex")
c, d = var("c", "nat->complex"), var("d", "nat->nat")
E, J = var("E", "nat->op"), var("J", "tuple")
M, minus_M = Min(x, y), Min(-k, -n)
EFFECT = Term("entry", (E(k), num(0), num(0)))
POVM = Term("povm", (E, n))
TUPLES = Term("tuples", (n, n, lam(J, z ** J(num(1)))))
Case = tuple[str, Term, tuple[Term, ...]]


def case(question: str, term: object, *given: Term) -> Case:
    return question, term + num(0), given  # type: ignore[operator]


def is_int(v: Term) -> Term:
    return Term("is_int", (v,))


def is_real(v: Term) -> Term:
    return Term("is_real", (v,))


def answer(question: str, term: Term, context: Context) -> bool:
    """The answer to a question about a term."""
    return bool(getattr(context, question)(context.nf(term)))


SHOWN: dict[str, Case] = {
    "integers are closed": case("integer", i * j**2 * factorial(n) - 3 * binomial(n, k) + Min(i, n) + d(n) * J(n)),
    "a power of an integer": case("integer", i**k),
    "a stated integer": case("integer", x * n, is_int(x)),
    "a stated integer that is a sum": case("integer", x + y, is_int(x + y)),
    "reals are closed": case("real", x * i**2 * Abs(z) + cos(x) * sin(y) - Max(x, y) ** 2 + d(n)),
    "a root of what is not negative": case("real", x**half, x >= 0),
    "one over a root": case("real", x ** (-half), x >= 0, unequal(x, 0)),
    "a real power of what is positive": case("real", x**y, x > 0),
    "i to an even power": case("real", I ** (2 * n)),
    "a stated real variable": case("real", z * x, is_real(z)),
    "a stated real value": case("real", c(n), is_real(c(n))),
    "a stated real logarithm": case("real", log(x), is_real(log(x)), unequal(x, 0)),
    "a stated real sum": case("real", w + z, is_real(w + z)),
    "the logarithm of what is positive": case("real", log(x), x > 0),
    "a sum of reals": case("real", Sum(z**s, (s, 0, n)), is_real(z)),
    "a derivative": case("real", Derivative(n, x, cos(x**2), y)),
    "an integral of what is real": case("real", Integral(cos(z * x), (x, 0, a)), is_real(z), a >= 0),
    "an order": case("nonnegative", x - y, y <= x),
    "a chain": case("positive", x - y, y <= t, t < x),
    "integers have gaps": case("nonnegative", n - k - 1, k < n),
    "naturals": case("nonnegative", n + d(n) + J(n)),
    "an even power": case("nonnegative", x**2 + z**4, is_real(z)),
    "an even power of what is not zero": case("positive", x**2, unequal(x, 0)),
    "the square of a modulus": case("nonnegative", Abs(z) ** 2),
    "a modulus": case("positive", Abs(z), unequal(z, 0)),
    "the sum of factors": case("positive", x * y + pi, x > 0, y > 0),
    "both arguments of a minimum": case("nonnegative", Min(x, y), x >= 0, y >= 0),
    "a minimum is below": case("nonnegative", n - Min(n, k)),
    "whichever the minimum equals": case("nonnegative", Min(x, y) - t, t <= x, t <= y),
    "a denominator": case("positive", x / a - y / a, a > 0, y < x),
    "a denominator, not strictly": case("nonnegative", x / a - y / a, a > 0, y <= x),
    "a denominator, π not cancelled": case("nonnegative", pi / a - y / a, a > 0, y <= pi),
    "a denominator that is a sum": case("nonnegative", n - n**2 / (n + 1)),
    "its square": case("nonnegative", n - n**3 * (n + 1) ** (-2)),
    "its third power": case("nonnegative", n - n**4 * (n + 1) ** (-3)),
    "a denominator beside a root": case("nonnegative", pi**half - y / t, t > 0, y <= t * pi**half),
    "a square as denominator": case("nonnegative", (y - x) * (a + 2) ** (-2) + 1, x <= y, a > -2),
    "a square that is a term": case("nonnegative", t, t >= x**2 * y**2),
    "a sum of what is not negative": case("nonnegative", Sum(x**s, (s, 0, n)), x >= 0),
    "a product of what is not negative": case("nonnegative", Product(x + s**2, (s, 0, n)), x >= 0),
    "an effect": case("nonnegative", EFFECT, POVM, num(1) <= k, k <= n),
    "odd": case("nonzero", 2 * i * j - 3),
    "no integer": case("nonzero", 2 * i + half),
    "stated": case("nonzero", 2 * x, unequal(x, 0)),
    "a multiple of what is stated": case("nonzero", 4 * x + 6 * y, unequal(2 * x + 3 * y, 0)),
    "a product of what is not zero": case("nonzero", x * Abs(z) * factorial(n), unequal(x, 0), unequal(z, 0)),
    "a common factor": case("nonzero", x * y + x * t, unequal(x, 0), unequal(y + t, 0)),
    "a conjugate": case("nonzero", conj(z), unequal(z, 0)),
    "a sign": case("nonzero", x, x < 0),
}


@pytest.mark.parametrize(("question", "term", "given"), SHOWN.values(), ids=SHOWN)
def test_shown_from_these_hypotheses(question: str, term: Term, given: tuple[Term, ...]) -> None:
    context = Context(given)
    assert answer(question, term, context)
    assert context.used == set(given)


@pytest.mark.parametrize(("question", "term", "given"), [c for c in SHOWN.values() if c[2]])
def test_not_shown_without_one_of_them(question: str, term: Term, given: tuple[Term, ...]) -> None:
    for h in given:
        with suppress(Refused):
            assert not answer(question, term, Context(tuple(g for g in given if g is not h)))


NOT_SHOWN: dict[str, Case] = {
    "half an integer": case("integer", i / 2),
    "an integer to an integer": case("integer", i**j, unequal(i, 0)),
    "a minimum with a real number": case("integer", Min(i, a)),
    "the square of what is an integer": case("integer", x, is_int(x**2)),
    "i to three times an integer": case("real", I ** (3 * n)),
    "a root of what is negative": case("real", x**half, x < 0),
    "a complex power": case("real", x**z, x > 0),
    "a cosine": case("real", cos(z)),
    "the square of what is real": case("real", z, is_real(z**2)),
    "the logarithm of what is negative": case("real", log(x), x < 0),
    "a sum over tuples": case("real", TUPLES, n > 0),
    "a sum of complex numbers": case("real", Sum(z**s, (s, 0, n))),
    "the square of a complex number": case("nonnegative", z**2),
    "one argument of a minimum": case("nonnegative", Min(x, y), x >= 0),
    "a minimum and its square": case("nonnegative", -minus_M - minus_M**2),
    "a minimum and a multiple of it": case("nonnegative", Min(k, n) - 5 * k * Min(k, n)),
    "a denominator of unknown sign": case("nonnegative", (y - x) / a + 1 / (t + 2), x <= y, a > 0, unequal(t, -2)),
    "a factor of unknown sign": case("nonnegative", t, t >= x * y**2),
    "above a power that may be odd": case("nonnegative", t, t >= x**n),
    "above a complex square": case("nonnegative", t, t >= z**2),
    "gaps of fractions": case("nonnegative", n / 2 + k / 3 - 1, n / 2 + k / 3 > 0),
    "gaps of inverses": case("nonnegative", 1 / n - 1, unequal(n, 0), 1 / n > 0),
    "gaps of real multiples": case("nonnegative", n * x - 1, n * x > 0),
    "an entry of an operator": case("nonnegative", EFFECT, num(1) <= k, k <= n),
    "an entry of an operator that is no effect": case(
        "nonnegative", Term("entry", (var("A", "op"), num(0), num(0))), POVM, num(1) <= k, k <= n
    ),
    "an entry of no effect": case("nonnegative", EFFECT, POVM, k <= n),
    "an entry of an effect of another family": case(
        "nonnegative", EFFECT, Term("povm", (var("F", "nat->op"), n)), num(1) <= k, k <= n
    ),
    "an entry beside the diagonal": case(
        "nonnegative", Term("entry", (E(k), num(0), num(1))), POVM, num(1) <= k, k <= n
    ),
    "a natural number": case("positive", n),
    "a square": case("positive", x**2),
    "a quotient of what may be 0": case("positive", x / a - y / a, a > 0, y <= x),
    "even": case("nonzero", 2 * i + 4),
    "the other variable": case("nonzero", x, unequal(y, 0)),
    "a multiple that is not constant": case("nonzero", x * y, unequal(x, 0)),
    "δ": case("nonzero", delta(k, n)),
    "an exponential": case("real", exp(z)),
}


@pytest.mark.parametrize(("question", "term", "given"), NOT_SHOWN.values(), ids=NOT_SHOWN)
def test_not_shown(question: str, term: Term, given: tuple[Term, ...]) -> None:
    assert not answer(question, term, Context(given))
