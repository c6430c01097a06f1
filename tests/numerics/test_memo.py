"""Values that are kept: the same as if they were computed again, and only of what does not change."""

from fractions import Fraction
from typing import Any

import pytest
from flint import acb

from symbolic_mqb.kernel.terms import Term, num, var
from symbolic_mqb.notation.language import Integral, Product, Sum, cos, exp, oo, sqrt, symbols
from symbolic_mqb.notation.objects import He, wave
from symbolic_mqb.numerics import compiler
from symbolic_mqb.numerics.bench import Bench
from symbolic_mqb.numerics.errors import Undefined
from symbolic_mqb.numerics.evaluate import Evaluator, enclose, precision
from symbolic_mqb.numerics.memo import traits
from symbolic_mqb.numerics.statements import statement
from symbolic_mqb.numerics.witness import AGREES, REFUTED, check

x, y = symbols("x y", "real")
n, N = symbols("n N", "nat")
k, l, m = (var(name, "int") for name in "klm")
g = var("g", "real->real")

TERMS = {
    "independent inner sum": Sum(exp(k / 3) * Sum(sqrt(l + 2) * exp(x * l), (l, 0, 3)), (k, 0, 3)),
    "the inner sum depends on the outer index": Sum(exp(k / 3) * Sum(sqrt(l + k), (l, 1, 3)), (k, 0, 3)),
    "the same body under two binders": Sum(exp(k / 3), (k, 0, 3))
    * Sum(exp(l / 3) * Sum(exp(m / 3), (m, 0, l)), (l, 0, 2)),
    "a factor in each index": Sum(
        Sum(Sum(sqrt(k + 1) * sqrt(l + 2) * sqrt(k + m + 3), (m, 0, 2)), (l, 0, 2)), (k, 0, 2)
    ),
    "a product": Product(1 + exp(x) * Sum(sqrt(l + 1), (l, 0, k)), (k, 0, 3)),
    "integrals for each index": Sum(Sum(Integral(wave(x, k) * wave(x, l) * x, x) * sqrt(k + 1), (k, 0, 2)), (l, 0, 2)),
    "an integral inside one": Integral(cos(y) * exp(cos(y)) * Integral(exp(-(x**2)), (x, 0, 1)), (y, 0, 1)),
    "an integral up to the outer variable": Integral(exp(y) * Integral(exp(x), (x, 0, y)), (y, 0, 1)),
    "definitions": Sum(He(k, x) * He(k, x + 1) / (k + 1), (k, 0, 4)),
}


def _again(t: Term, code: Any, key: int, bound: tuple[str, ...]) -> Any:
    """Computed afresh each time."""
    return code if traits(t).places else lambda f: code((f[0],))


@pytest.mark.parametrize("t", TERMS.values(), ids=TERMS)
def test_a_kept_value_is_the_value(t: Term, monkeypatch: pytest.MonkeyPatch) -> None:
    at = {x: Fraction(1, 3)}
    found = enclose(t, at, 40)
    monkeypatch.setattr(compiler, "kept", _again)
    direct = enclose(t, at, 40)
    assert found.digits >= 40
    assert direct.digits >= 40
    assert found.ball.overlaps(direct.ball)
    assert found.certified
    assert direct.certified


def _calls(t: Term) -> int:
    """How often g is evaluated."""
    seen: list[Any] = []

    def value(u: Any) -> Any:
        seen.append(u)
        return u

    enclose(t, {g: value, x: Fraction(1, 3)}, 20)
    return len(seen)


@pytest.mark.parametrize(
    ("body", "calls"),
    [
        (exp(g(x)) * k * l, 1),
        (exp(g(k)) * l, 4),
        (exp(g(l)) * k, 4),
        (exp(g(k + l)), 16),
        (exp(g(k)) + exp(g(l)), 8),
    ],
)
def test_computed_once_for_each_value_of_what_it_depends_on(body: Term, calls: int) -> None:
    assert _calls(Sum(Sum(body, (l, 1, 4)), (k, 1, 4))) == calls


def test_an_integrand_is_evaluated_at_each_point_and_what_is_free_of_the_variable_once() -> None:
    inner, outer = Integral(exp(cos(y)) * exp(g(x)), (y, 0, 1)), Integral(exp(cos(y)) * exp(g(y)), (y, 0, 1))
    assert _calls(inner) == 1
    assert _calls(outer) > 10


def test_nothing_is_computed_before_it_is_needed() -> None:
    undefined = sqrt(num(2)) / (x - x)
    assert enclose(Sum(k * undefined, (k, 1, 0)), {x: 1}).ball == 0
    with pytest.raises(Undefined):
        enclose(Sum(k * undefined, (k, 1, 1)), {x: 1})
    with pytest.raises(Undefined):  # 1/(k − 2) at the second value, though not at the first
        enclose(Sum(Sum(exp(1 / (k - 2)) * l, (l, 1, 2)), (k, 1, 3)), {})


def test_each_remainder_has_a_value_of_its_own() -> None:
    r = Term("O", (num(1), num(1)))
    t = Sum(exp(r) * k + exp(r), (k, 1, 2))
    assert traits(t).remainder
    drawn = iter(range(10))
    evaluator = Evaluator({}, 20)
    scope = evaluator.scope().beside(lambda size, constant: next(drawn))
    with precision(100):
        value = evaluator.value(t, scope)
        wanted = acb(0).exp() + acb(1).exp() + 2 * acb(2).exp() + acb(3).exp()
        assert value.overlaps(wanted)
    assert next(drawn) == 4


def test_what_a_term_depends_on() -> None:
    body = Sum(Sum(sqrt(k + l) * N, (l, 1, 2)), (k, 1, 2)).args[2].args[2]  # under the binder of k
    assert traits(body).places == {0}
    assert traits(body.args[2].args[2]).places == {0, 1}
    assert not traits(Sum(k, (k, 1, 2))).places


LINES = [
    Term("eq", (Sum(k * x, (k, 0, n)), x * n * (n + 1) / 2)),
    Term("eq", (x * n * (n + 1) / 2, x * (n**2 + n) / 2)),
    Term("eq", (x * (n**2 + n) / 2, x * (n**2 - n) / 2)),
    Term("le", (Sum(k, (k, 0, n)), exp(n))),
]


def test_a_bench_changes_no_evidence() -> None:
    given = (Term("lt", (num(0), x)), Term("le", (num(1), n)))
    alone = [check(claim, given) for claim in LINES]
    assert [e.verdict for e in alone] == [AGREES, AGREES, REFUTED, AGREES]
    for order in (LINES, LINES[::-1]):
        bench = Bench()
        shared = [check(claim, given, bench=bench) for claim in order]
        assert shared == [alone[LINES.index(claim)] for claim in order]


def test_a_bench_reaches_the_digits_that_are_asked_for() -> None:
    bench = Bench()
    claim = Term("eq", (exp(x) * exp(x), exp(2 * x)))
    for digits in (20, 90, 40):
        assert digits <= check(claim, (), digits, bench=bench).digits < digits + 20


def test_points_are_shared_by_statements_with_the_same_hypotheses_only() -> None:
    bench = Bench()
    positive = (Term("lt", (num(0), x)),)
    first = bench.evaluators(LINES[0], positive, 50, 5, 0)
    assert bench.evaluators(LINES[1], positive, 50, 5, 0) is first
    assert bench.evaluators(LINES[1], (), 50, 5, 0) is not first
    assert bench.evaluators(LINES[1], positive, 50, 5, 1) is not first


def test_an_uncertified_value_stays_one_and_taints_no_other_statement() -> None:
    floating = Integral(exp(-(x**2)) / (1 + x**2), (x, -oo, oo))
    bench = Bench()
    uncertain = Term("eq", (floating * y, y * floating))
    certain = Term("eq", (exp(y) * exp(y), exp(2 * y)))
    found = [check(claim, (), 20, bench=bench) for claim in (uncertain, certain, uncertain, certain)]
    assert [e.certified for e in found] == [False, True, False, True]


def test_sizes_share_the_point() -> None:
    e = Evaluator({x: 1}, 30)
    assert e.at_size(N, 5) is e.at_size(N, 5)
    assert e.at_size(N, 5).values == {x: 1, N: 5}
    assert e.at_size(N, 6).number(N * x) == 6
    assert e.coarse(20).digits == 20
    assert e.coarse(99).digits == 30
    assert statement(e.at_size(N, 5), Term("eq", (N, num(5)))).verdict == "true"
