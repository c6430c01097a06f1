"""Values that are kept: the same as if they were computed again, and only of what does not change."""

from fractions import Fraction
from random import Random
from typing import Any

import pytest
from flint import acb, fmpq

from symbolic_mqb.kernel.terms import Term, call, defined, lam, num, var
from symbolic_mqb.notation.language import Abs, I, Integral, Product, Sum, conj, cos, exp, oo, pi, sqrt, symbols
from symbolic_mqb.notation.objects import He, wave
from symbolic_mqb.numerics import compiler
from symbolic_mqb.numerics.bench import Bench
from symbolic_mqb.numerics.errors import Undefined
from symbolic_mqb.numerics.evaluate import Evaluator, enclose, precision
from symbolic_mqb.numerics.gaussians import Gauss, Line, Part, summed
from symbolic_mqb.numerics.memo import mirrored, through, traits
from symbolic_mqb.numerics.points import Scaled, dyadic
from symbolic_mqb.numerics.statements import statement
from symbolic_mqb.numerics.witness import AGREES, REFUTED, check

x, y = symbols("x y", "real")
n, N = symbols("n N", "nat")
(w,) = symbols("w", "complex")
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


def _integral(exponent: Term, factor: Term) -> Term:
    return Integral(exp(I * exponent * x) * exp(cos(x)) * factor, (x, -pi, pi))


@pytest.mark.parametrize(
    ("exponent", "factor", "computed"),
    [
        (k - l, num(1), 5),  # −2, …, 2
        (k - l, exp(g(k)), 9),
        (k - l, sqrt(k + 4), 9),
        (k + l, num(1), 5),
        (2 * k - l, num(1), 7),
        (k - l, exp(k - l), 5),
    ],
)
def test_an_integral_is_computed_once_for_all_indices_with_the_same_difference(
    exponent: Term, factor: Term, computed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    t = Sum(Sum(_integral(exponent, factor) * (k + 2 * l + 1), (l, 0, 2)), (k, 0, 2))
    counted: list[int] = []
    definite = compiler.integrals.definite

    def counting(*arguments: Any) -> Any:
        counted.append(1)
        return definite(*arguments)

    monkeypatch.setattr(compiler.integrals, "definite", counting)
    found = enclose(t, {g: lambda u: u}, 15)
    assert len(counted) == computed
    monkeypatch.setattr(compiler.Compiler, "_once_for_polynomials", lambda self, t, code, bound: code)
    monkeypatch.setattr(compiler, "kept", _again)
    direct = enclose(t, {g: lambda u: u}, 15)
    assert len(counted) == computed + 9
    assert found.ball.overlaps(direct.ball)
    assert min(found.digits, direct.digits) >= 15


def test_through_which_polynomials() -> None:
    body = Sum(Sum(_integral(k - l, num(1)), (l, 0, 2)), (k, 0, 2)).args[2].args[2].args[2].args[2]
    found = through(body, ("int", "int"))
    assert found is not None
    assert [(inner.op, depth) for inner, _, depth in found] == [("add", 1)]
    assert through(body, ("real", "int")) is None
    power = Sum(exp(k**2), (k, 0, 2)).args[2].args[2]
    assert [inner.op for inner, *_ in through(power, ("int",)) or ()] == ["bound"]


def test_only_what_depends_on_the_variable_has_a_mirror() -> None:
    z = exp(I * y)
    assert not mirrored(Integral(conj(z) * exp(I * x), (x, 0, 1)).args[2].args[2])
    assert mirrored(Integral(conj(z * x), (x, 0, 1)).args[2].args[2])
    assert mirrored(Integral(z * Integral(Abs(x + y), (y, 0, 1)), (x, 0, 1)).args[2].args[2])
    assert not mirrored(Integral(x * Integral(Abs(y), (y, 0, 1)), (x, 0, 1)).args[2].args[2])
    square = defined("square", (w,), conj(w) * w)
    assert mirrored(Integral(call(square, exp(I * x)), (x, 0, 1)).args[2].args[2])
    assert not mirrored(Integral(call(square, z) * x, (x, 0, 1)).args[2].args[2])
    t = Integral(call(square, (2 + I) * exp(cos(x))) * conj(z), (x, 0, 1))
    wanted = Integral(5 * exp(2 * cos(x)) * exp(-I * y), (x, 0, 1))
    assert check(Term("eq", (t, wanted))).verdict == AGREES


def test_a_bounded_function_is_decided_at_one_precision() -> None:
    f = lam(x, 4 * cos(x) ** 3 - 3 * cos(x))
    seen: list[int] = []
    evaluator = Evaluator({}, 25)
    scope = evaluator.scope
    evaluator.scope = lambda: (seen.append(1), scope())[1]  # type: ignore[method-assign]
    assert statement(evaluator, Term("bounded", (f, num(1)))).verdict == "undecided"
    assert len(seen) == 1
    assert statement(evaluator, Term("bounded", (f, num(8)))).verdict == "true"
    assert statement(evaluator, Term("bounded", (f, num(Fraction(1, 2))))).verdict == "false"


def test_scaled_values_are_made_when_they_are_asked_for() -> None:
    table = Scaled(sqrt(num(2)), {0: Fraction(3), 1: (Fraction(1), Fraction(1)), 2: x})
    assert sorted(table) == [0, 1, 2]
    assert len(table) == 3
    assert [Evaluator({x: 5}, 20).number(table[i]).overlaps(acb(2).sqrt() * v) for i, v in enumerate((3, acb(1, 1), 5))]
    assert table == Scaled(sqrt(num(2)), {0: Fraction(3), 1: (Fraction(1), Fraction(1)), 2: x})
    assert table != Scaled(sqrt(num(3)), dict(table.table))


@pytest.mark.parametrize("seed", range(20))
def test_dyadic_numbers_are_those_of_randint(seed: int) -> None:
    ours, theirs = Random(seed), Random(seed)
    for most, bits in ((2, 3), (1, 3), (3, 3)) * 20:
        wanted = 0
        while wanted == 0:
            wanted = theirs.randint(-most * 2**bits, most * 2**bits)
        assert dyadic(ours, most, bits) == Fraction(wanted, 2**bits)


def test_exponents_that_are_equal_are_collected_and_no_others() -> None:
    line = Line(2, -1, 1)
    third = acb(1) / 3  # not exact: equal to itself only
    exponents: list[Any] = [
        1,
        acb(1),
        fmpq(1, 2),
        acb(0.5),
        2**70,
        acb(2**70),
        2**70 + 1,
        third,
        third,
        acb(1) / 3,
        acb(0, 1),
    ]
    total = summed([Gauss(line, [Part(q, 0, [1])]) for q in exponents])
    counted = sorted((abs(acb(part.q1)).mid().str(20), part.polynomial[0]) for part in total.parts)
    direct = sum((Gauss(line, [Part(q, 0, [1])]) for q in exponents), 0)
    assert sum(int(p.polynomial[0]) for p in total.parts) == len(exponents)
    assert counted == sorted(
        (abs(acb(part.q1)).mid().str(20), part.polynomial[0]) for part in direct.parts if part.polynomial[0]
    )
    assert [p.polynomial[0] for p in total.parts if p.q1 is third] == [2]
    assert sorted(p.polynomial[0] for p in total.parts if not acb(p.q1).is_exact()) == [1, 2]
    assert [p.polynomial[0] for p in total.parts if p.q1 == 2**70 + 1] == [1]


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
