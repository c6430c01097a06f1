"""The rules of infinite series: compared with functions of FLINT's, and what each refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest
from flint import acb, ctx

from symbolic_mqb.kernel.canonical import Context
from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import (
    Abs,
    Coefficient,
    I,
    Integral,
    Max,
    Series,
    Sum,
    binomial,
    conj,
    equal,
    exp,
    factorial,
    function,
    half,
    symbols,
    unequal,
)
from symbolic_mqb.numerics.evaluate import Evaluator
from symbolic_mqb.rules.exponentials import exponential_above_tangent
from symbolic_mqb.rules.infinite_series import circle_product, series_majorant, split_series
from symbolic_mqb.rules.logic import assume, normal_form, order, rewrite, symmetry
from symbolic_mqb.rules.series import coefficient_of_exponential

k, n, r, s = symbols("k n r s", "nat")
i, l = symbols("i l", "int")
u, x = symbols("u x", "real")
a, b, z = symbols("a b z", "complex")
(p,) = symbols("p", "nat->real")
exponential = z**s / factorial(s)
bessel = b**s / factorial(s) * (a ** (s + k) / factorial(s + k))
POINTS = (
    {a: (1, 2), b: (Fraction(-1, 2), 1), z: (2, -1), k: 0, n: 0, x: 3},
    {a: (0, 0), b: (3, 0), z: (0, 0), k: 2, n: 3, x: Fraction(-1, 2)},
    {a: (-2, Fraction(1, 3)), b: (0, 1), z: (-7, 4), k: 5, n: 1, x: 0},
)


@pytest.fixture(autouse=True)
def _precision() -> Iterator[None]:
    before, ctx.prec = ctx.prec, 240
    yield
    ctx.prec = before


def agree(theorem: Theorem) -> None:
    """Both sides have one value at each point."""
    for values in POINTS:
        here = {v: w for v, w in values.items() if v in theorem.conclusion.free}
        left, right = (Evaluator(here, 40).enclose(side) for side in theorem.conclusion.args)
        assert left.digits >= 40
        assert right.digits >= 40
        assert left.ball.overlaps(right.ball)


def test_the_exponential_series_is_the_exponential_function() -> None:
    for values in POINTS:
        value = Evaluator({z: values[z]}, 50).enclose(Series(exponential, s))
        assert value.certified
        assert value.digits >= 50
        assert value.ball.overlaps(acb(*values[z]).exp())


def test_a_bessel_series_is_flints() -> None:
    y = Fraction(7, 3)
    term = (-1) ** s * (num(y) / 2) ** (2 * s + k) / (factorial(s) * factorial(s + k))
    for degree in (0, 1, 4):
        value = Evaluator({k: degree}, 50).enclose(Series(term, s))
        assert value.ball.overlaps((acb(7) / 3).bessel_j(acb(degree)))
        assert value.digits >= 50


@pytest.mark.parametrize("body", [exponential, bessel, (1 + s) ** 3 * z**s / factorial(2 * s + 1)])
def test_a_series_is_its_first_terms_and_the_rest(body: Term) -> None:
    for at in (num(0), num(1), k, k + 2):
        agree(split_series(at, function(s, body), ()))


def test_the_rest_starts_where_the_head_ends() -> None:
    theorem = split_series(num(1), function(s, exponential), ())
    head, rest = theorem.right.args
    assert normal_form(head, num(1), ())
    assert normal_form(rest, Series(z ** (s + 1) / factorial(s + 1), s), ())
    with pytest.raises(Refused):
        normal_form(rest, Series(exponential, s), ())


@pytest.mark.parametrize(
    ("f", "g"),
    [
        (z**k * exp(b * z), exp(a * z)),
        (exp(a * z - z**2), (1 + z) ** 2),
        (num(1) + 0 * z, exp(b * z)),
        (z**2, z**3),
    ],
)
def test_the_mean_over_the_circle(f: Term, g: Term) -> None:
    theorem = circle_product(function(z, f), function(z, g), ())
    for values in POINTS:
        here = {v: w for v, w in values.items() if v in theorem.conclusion.free}
        left = Evaluator(here, 30).number(theorem.left)
        evaluator = Evaluator(here, 30)
        products = [evaluator.number(Coefficient(j, z, f)) * evaluator.number(Coefficient(j, z, g)) for j in range(90)]
        assert abs(left - 2 * acb.pi() * sum(products, acb(0))) < 1e-25


def test_a_bound_on_each_term_bounds_the_series() -> None:
    each = order(Abs(exponential) <= Abs(z) ** s / factorial(s), (), ())
    theorem = series_majorant(s, each, ())
    assert theorem.conclusion == (Abs(Series(exponential, s)) <= Series(Abs(z) ** s / factorial(s), s))
    assert theorem.hypotheses == frozenset()
    for values in POINTS:
        left, right = (Evaluator({z: values[z]}, 30).number(side) for side in theorem.conclusion.args)
        assert left.real <= right.real


ACCEPTED = {
    "shifted factorials": z ** (s + k) / factorial(s + k),
    "Max in an exponent": z ** (s + Max(0, l)) / factorial(s + Max(0, l)),
    "an imaginary rate": exp(I * x * s) / factorial(2 * s),
    "a polynomial": (s + x) ** 3 * z**s / factorial(s),
    "Taylor coefficients": z**s * Coefficient(s, a, exp(a - a**2)),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_summable(name: str) -> None:
    form = Context(()).nf(Series(ACCEPTED[name], s))
    assert form == Context(()).nf(2 * Series(ACCEPTED[name] / 2, s))


#: Not summable, or not defined for every s, or not shown to be.
NOT_SHOWN = {
    "geometric": z**s,
    "geometric, with a coefficient": half**s,
    "factorial": factorial(s) * z**s,
    "C(2s, s)": factorial(2 * s) / factorial(s) ** 2 * z**s,
    "ratio of factorials": factorial(s) / factorial(2 * s),
    "a square in the exponent": z ** (s**2) / factorial(s),
    "a square in exp": exp(x * s**2) / factorial(s),
    "s^s": s**s / factorial(s),
    "no s in the factorial": z**s / factorial(n),
    "a slope that may be 0": z**s / factorial(n * s),
    "a power of the factorial that may be 0": z**s / factorial(s) ** n,
    "a negative slope": z**s / factorial(n - s),
    "undefined at s = 0": z**s / factorial(s - 1),
    "a negative power of 0 at s = 0": z ** (s - 1) / factorial(s),
    "a division by 0 at s = 0": 1 / (s * factorial(s)),
    "a division by 0 at s = n": 1 / ((s - n) * factorial(s)),
    "a term that is undefined for s > n": binomial(n - s, 0) / factorial(s),
    "an arbitrary function": p(s) / factorial(s),
    "coefficients of a function that moves": Coefficient(s, z, exp(s * z)),
    "coefficients of a function that is not entire": Coefficient(s, z, 1 / (1 - z)),
    "one term not summable": exponential + half**s,
    "divergent, and 0 only in the limit": exponential * s ** (s - n),
    "harmonic": 1 / (s + 1),
}


@pytest.mark.parametrize("name", NOT_SHOWN)
def test_not_shown_to_be_summable(name: str) -> None:
    with pytest.raises(Refused):
        Context(()).nf(Series(NOT_SHOWN[name], s))
    with pytest.raises(Refused):
        split_series(num(0), function(s, NOT_SHOWN[name]), ())


def test_a_condition_makes_a_term_defined() -> None:
    t = Series(z ** (s - 1) / factorial(s), s)
    assert Context((unequal(z, 0),)).nf(t)


each_bound = order(Abs(exponential) <= Abs(z) ** s / factorial(s), (), ())
tangent = exponential_above_tangent(x, ())
REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "a split at −1": (lambda: split_series(num(-1), function(s, exponential), ()), "natural number"),
    "a split at an integer": (lambda: split_series(l, function(s, exponential), ()), "natural number"),
    "a split at 1/2": (lambda: split_series(half, function(s, exponential), ()), "natural number"),
    "a function of an integer": (
        lambda: split_series(k, function(i, z ** Max(0, i) / factorial(Max(0, i))), ()),
        "summable",
    ),
    "a hypothesis on the index": (
        lambda: series_majorant(s, assume(Abs(exponential) <= 1 / factorial(s)), ()),
        "no hypothesis mentions",
    ),
    "a hypothesis on the index among those given": (
        lambda: series_majorant(s, each_bound, (num(1) <= s,)),
        "no hypothesis mentions",
    ),
    "an index that is an integer": (
        lambda: series_majorant(i, order(Abs(x) <= Abs(x), (), ()), ()),
        "natural number",
    ),
    "a majorant that is not summable": (
        lambda: series_majorant(s, order(Abs(exponential) <= Abs(z) ** s / factorial(s) + half**s, (), ()), ()),
        "summable",
    ),
    "a constant majorant": (
        lambda: series_majorant(s, order(Abs(0 * exponential) <= num(1), (), ()), ()),
        "summable",
    ),
    "both sides not summable": (
        lambda: series_majorant(s, order(Abs(z**s) <= Abs(z) ** s, (), ()), ()),
        "summable",
    ),
    "a bound without modulus": (lambda: series_majorant(s, tangent, ()), "expected a bound on"),
    "an equation": (lambda: series_majorant(s, normal_form(exponential, exponential, ()), ()), "states 'le'"),
    "F not entire": (lambda: circle_product(function(z, 1 / z), function(z, exp(z)), ()), "must not be zero"),
    "F with a pole on the circle": (
        lambda: circle_product(function(z, 1 / (1 - z)), function(z, z), ()),
        "must not be zero",
    ),
    "G conjugates": (lambda: circle_product(function(z, z), function(z, conj(z)), ()), "entire"),
    "a negative power": (lambda: circle_product(function(z, z**l), function(z, exp(z)), ()), "must not be zero"),
    "F of a real variable": (lambda: circle_product(function(x, exp(x)), function(z, z), ()), "complex variable"),
    "a shifted index": (
        lambda: normal_form(Series(exponential, s), Series(z ** (s + 1) / factorial(s + 1), s), ()),
        "not equal",
    ),
    "a finite sum for the series": (
        lambda: normal_form(Series(exponential, s), Sum(z**i / factorial(i), (i, 0, n)), ()),
        "not equal",
    ),
    "divergent minus divergent": (lambda: normal_form(Series(z**s, s) - Series(z**s, s), num(0), ()), "summable"),
    "0 times divergent": (lambda: normal_form(0 * Series(z**s, s), num(0), ()), "summable"),
    "a complex series between ≤": (lambda: order(Series(exponential, s) <= Series(exponential, s), (), ()), "real"),
    "a real series below 0": (lambda: order(Series(x**s / factorial(s), s) <= 0, (), ()), "not shown"),
    "an equation that holds for s ≥ 1 only, under a series": (
        lambda: rewrite(
            Series(num(0) ** s * exponential, s),
            (0, 2),
            _zero_power(),
            (),
        ),
        "not a fact that its binder gives",
    ),
    "an entire function of z": (
        lambda: normal_form(*[Coefficient(n, z, Series(exponential, s))] * 2, ()),
        "entire",
    ),
    "an integral of a series": (
        lambda: normal_form(*[Integral(Series(u**s / factorial(s), s), (u, 0, 1))] * 2, ()),
        "integrable",
    ),
    "∞ as a bound of a sum": (
        lambda: assume(equal(Term("sum", (num(0), Term("infinity"), lam(i, z**i))), num(1))),
        "∞ is a bound",
    ),
    "a divergent series among the hypotheses": (
        lambda: normal_form(num(1), num(1), (equal(Series(num(1) + 0 * s, s), x),)),
        "not well defined",
    ),
}


def _zero_power() -> Theorem:
    """1 ≤ s ⊢ 0^s·z^s/s! = 0 at the name with which a series is opened."""
    (opened,) = symbols("s¹", "nat")
    left = num(0) ** opened * (z**opened / factorial(opened))
    return normal_form(left, num(0), (num(1) <= opened,))


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    attempt, reason = REFUSED[name]
    with pytest.raises(Refused, match=reason):
        attempt()


def test_a_rewrite_under_a_series() -> None:
    (opened,) = symbols("s¹", "nat")
    theorem = symmetry(coefficient_of_exponential(opened, z, ()))
    done = rewrite(Series(exponential, s), (0, 2), theorem, ())
    assert done.conclusion == equal(Series(exponential, s), Series(Coefficient(s, b, exp(z * b)), s))
    assert done.hypotheses == frozenset()


def test_the_part_of_a_series_keeps_the_name_of_its_index() -> None:
    head = split_series(n, lam(r, 1 / factorial(r)), ()).right.args[0]
    assert (head.op, head.args[2].args[:2]) == ("sum", ("r", "int"))
