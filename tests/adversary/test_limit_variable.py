"""The variable of a limit is bound: nothing that does not tend to infinity with it may depend on it.

Each premise is forged, so that it brings no hypothesis of its own: what refuses is the rule's own condition. Most
premises here are true for every N, and the limit that they would give is false.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, apply, lam, num, substitute
from symbolic_mqb.notation.language import Abs, Integral, Max, Sum, equal, exp, half, pi, sqrt, symbols
from symbolic_mqb.notation.macroscopic import X, expectation
from symbolic_mqb.notation.measurement import E, J, N, d
from symbolic_mqb.rules.asymptotics import (
    for_all_from,
    from_threshold,
    introduce_remainders,
    limit_from_bound,
    weak_limit_at_point,
)
from symbolic_mqb.rules.inequalities import absolute
from symbolic_mqb.rules.intervals import weak_limit_on_interval
from symbolic_mqb.rules.limits import limit_from_rate
from symbolic_mqb.rules.logic import Given
from symbolic_mqb.rules.outcome_law import weak_limit_by_variance

from .calls import forged

x, y, u, C, q = symbols("x y u C q", "real")
M, n = symbols("M n", "nat")
i, j, k = symbols("i j k", "int")
one, zero = num(1), num(0)
late = one <= N
POSITIVE = (q > 0,)
Attempt = Callable[[], object]


def rate(
    f: Term, value: Term, constant: Term, power: Term, *hyps: Term, v: Term = N, given: tuple[Term, ...] = POSITIVE
) -> Attempt:
    """|f(N) − v| ≤ C·N^{−q} for 1 ≤ N, as a theorem that nobody proved."""
    body = apply(f, v) if f.op == "lam" else f
    premise = forged(frozenset((late, *hyps)), absolute(body - value) <= constant * v ** (-power))
    return lambda: limit_from_rate(v, f, value, constant, power, premise, given)


def bound(
    f: Term, value: Term, constant: Term, *hyps: Term, threshold: Term = one, v: Term = N, power: Term = -one
) -> Attempt:
    """|f − v| ≤ C·N^{−1} for N₀ ≤ N."""
    premise = forged(frozenset((threshold <= v, *hyps)), absolute(f + -1 * value) <= constant * v**power)
    return lambda: limit_from_bound(v, threshold, premise, ())


normal = exp(-pi * (N * u) ** 2) * N


def weak(
    density: Term, point: Term, size: Term, *hyps: Term, mass: Term = one, v: Term = N, given: tuple[Term, ...] = ()
) -> Attempt:
    """∫p = 1 and ∫p(u)|u − x|du ≤ size."""
    total = forged(frozenset((late, *hyps)), equal(Integral(density, u), mass))
    moment = forged(frozenset((late,)), Integral(density * Abs(u - point), u) <= size)
    return lambda: weak_limit_at_point(v, lam(u, density), point, total, moment, given)


flat = N * one + 0 * u


def on_interval(
    low: Term, high: Term, density: Term, point: Term, size: Term, *hyps: Term, v: Term = N, mass: Term = one
) -> Attempt:
    """∫_a^b p = 1 and ∫_a^b p(u)|u − x|du ≤ size."""
    domain = Integral(density, (u, low, high))
    total = forged(frozenset((late, *hyps)), equal(domain, mass))
    moment = forged(frozenset((late,)), Integral(density * Abs(u - point), (u, low, high)) <= size)
    return lambda: weak_limit_on_interval(v, domain, point, total, moment, (x >= 0,))


def law(
    point: Term, constant: Term, power: Term, *hyps: Term, outcomes: Term = d, given: Given = (), values: Term = X
) -> Attempt:
    """Σ (X − x)² P ≤ C·N^{−q}."""
    povm = Term("povm", (E, outcomes))
    square = substitute(expectation((values - point) ** 2), {d: outcomes})
    function = substitute(lam(J, values), {d: outcomes})
    premise = forged(frozenset((late, *hyps)), square <= constant * N ** (-power))
    more = (povm, late, q > 0, C >= 0, *given)
    return lambda: weak_limit_by_variance(N, function, point, constant, power, premise, more)


#: A true call of each, so that the attempts below fail for their own reason.
TRUE: dict[str, Attempt] = {
    "limit_from_rate": rate(lam(N, x * N ** (-q)), zero, Abs(x), q),
    "limit_from_bound": bound(x / N, zero, Abs(x)),
    "weak_limit_at_point": weak(normal, zero, C * N**-1),
    "weak_limit_by_variance": law(x, C, q),
    "weak_limit_on_interval": on_interval(zero, x, exp(u) / N, zero, C * N**-1),
}


@pytest.mark.parametrize("name", TRUE)
def test_the_calls_are_otherwise_legal(name: str) -> None:
    TRUE[name]()


FALSE: dict[str, Attempt] = {
    # |f − v| ≤ C·N^{−q} where something moves with N
    "lim_M N/(M+1) = 1, since N/(N+1) is near 1": rate(lam(M, N / (M + 1)), one, one, one),
    "lim 1 = N": rate(lam(M, one), N, C, q),
    "lim N = 0, since |N| ≤ N²·N^{-1}": rate(lam(N, N), zero, N**2, one),
    "lim 1/2 = 0 with a rate that depends on N": rate(lam(N, half), zero, one, one / N, given=(one / N > 0, late)),
    "lim 1/2 = 0, since 1/2 ≤ N^{-1/(N+1)}": rate(lam(N, half), zero, one, 1 / (N + 1), given=()),
    "a limit under a hypothesis on N": rate(lam(N, N * one), zero, C, q, N <= 5),
    "a limit under a given hypothesis on N": rate(lam(N, N * one), zero, C, q, given=(q > 0, N <= 5)),
    "a limit in a real variable": rate(lam(M, M * one), zero, C, q, v=x),
    "a limit along a number": rate(lam(M, M * one), zero, C, q, v=num(3)),
    "a rate of zero": rate(lam(N, half), zero, half, zero),
    "bound: lim 1 = N": bound(one + 0 * N, N, C),
    "bound: lim N = 0 by the constant N²": bound(N * one, zero, N**2),
    "bound: lim N = 0 for N ≥ N": bound(N * one, zero, C, threshold=N),
    "bound: a hypothesis on N": bound(N * one, zero, C, N <= 5),
    "bound: in a real variable": bound(y * one, zero, C, v=y),
    "bound: a rate of zero": bound(half * one, zero, half, power=zero),
    "bound: a rate that grows": bound(half * one, zero, half, power=one),
    "bound: a complex threshold": bound(N * one, zero, C, threshold=Term("I")),
    # densities
    "weak: the point runs": weak(normal, N * one, C * N**-1),
    "weak: the constant runs": weak(normal, zero, (C * N) * N**-1),
    "weak: under a hypothesis on N": weak(normal, zero, C * N**-1, N <= 5),
    "weak: the mass is 2": weak(normal, zero, C * N**-1, mass=num(2)),
    "weak: a complex point": weak(normal, Term("I"), C * N**-1),
    "weak: a complex density": weak(Term("I") * normal, zero, C * N**-1),
    "weak: a rate of zero": weak(normal, zero, C * N**zero),
    "weak: a rate that is no power": weak(normal, zero, C * N),
    "weak: a power of something else": weak(normal, zero, C * (N + 1) ** -one),
    "weak: in a real variable": weak(normal, zero, C * y**-1, v=y),
    "weak: along a number": weak(normal, zero, C * num(2) ** -1, v=num(2)),
    "weak: a given hypothesis on N": weak(normal, zero, C * N**-1, given=(N <= 5,)),
    "interval: the lower end runs": on_interval(-N * one, x, exp(u), zero, C * N**-1),
    "interval: the upper end runs": on_interval(zero, N * one, exp(u), zero, C * N**-1),
    "interval: the point runs": on_interval(zero, x, exp(u), N * one, C * N**-1),
    "interval: the constant runs": on_interval(zero, x, exp(u), zero, (C * N) * N**-1),
    "interval: under a hypothesis on N": on_interval(zero, x, exp(u), zero, C * N**-1, N <= 5),
    "interval: the mass is 2": on_interval(zero, x, exp(u), zero, C * N**-1, mass=num(2)),
    "interval: a density that changes sign": on_interval(zero, x, u - 1, zero, C * N**-1),
    "interval: a complex density": on_interval(zero, x, Term("I") * exp(u), zero, C * N**-1),
    "interval: a complex point": on_interval(zero, x, exp(u), Term("I"), C * N**-1),
    "interval: in a real variable": on_interval(zero, x, exp(u), zero, C * y**-1, v=y),
    "interval: along a number": on_interval(zero, x, exp(u), zero, C * num(2) ** -1, v=num(2)),
    # outcomes
    "law: the point runs": law(N * one, C, q),
    "law: the constant runs": law(zero, C * N, q, given=(C * N >= 0,)),
    "law: the rate runs": law(zero, C, q * N, given=(q * N > 0,)),
    "law: under a hypothesis on N": law(zero, C, q, N <= 5),
    "law: under a given hypothesis on N": law(zero, C, q, given=(N <= 5,)),
    "law: the rate runs, without a hypothesis": law(zero, C, 1 / (N + 1)),
    "law: a complex point": law(Term("I"), C, q),
    "law: complex values, whose squares are negative": law(zero, C, q, values=Term("I") * X),
    "law: the number of outcomes runs": law(zero, C, q, outcomes=N),
}


@pytest.mark.parametrize("name", FALSE)
def test_a_limit_that_is_none(name: str) -> None:
    with pytest.raises(Refused):
        FALSE[name]()


def test_a_statement_from_some_number_on() -> None:
    theorem = forged(frozenset(), Term("asymptotic", (x, lam(N, x <= N))))
    assert from_threshold(n, theorem).hypotheses == {x <= n}
    for v in (x, y, k, num(3), M + 1):
        with pytest.raises(Refused):
            from_threshold(v, theorem)
    own = forged(frozenset(), Term("asymptotic", (n, lam(N, n <= N))))
    with pytest.raises(Refused):
        from_threshold(n, own)
    big = forged(frozenset(), Term("asymptotic", (x, lam(N, equal(N, one + Term("O", (N * one, C)))))))
    with pytest.raises(Refused, match="there are numbers"):
        from_threshold(n, big)
    deep = forged(frozenset(), Term("asymptotic", (x, lam(N, equal(N, one + 2 * Term("O", (N * one, C)))))))
    with pytest.raises(Refused, match="there are numbers"):
        from_threshold(n, deep)


def for_all(p: Term, *hyps: Term, v: Term = N, threshold: Term = one) -> Attempt:
    """P for N₀ ≤ N, and nothing else that depends on N."""
    return lambda: for_all_from(v, threshold, forged(frozenset((threshold <= v, *hyps)), p))


def _nested(f: Term) -> Term:
    return Term("asymptotic", (one, lam(M, equal(M * N, f))))


FOR_SOME: dict[str, Attempt] = {
    "N = 3 for all N, by a hypothesis on N": for_all(equal(N, 3), equal(N, 3)),
    "N ≤ 5 for all N, as it is for N ≤ 5": for_all(N <= 5, N <= 5),
    "N ≤ 5 for all N, from another threshold": for_all(N <= 5, one + 1 <= N, N <= 5),
    "x = N for all N ≥ x, where x = N": for_all(equal(x, N), equal(x, N), threshold=x),
    "N ≤ N − 1 for all N ≥ N": for_all(N <= N - 1, threshold=N * one),
    "a threshold that is i": for_all(x >= N, threshold=Term("I")),
    "for all real y": for_all(y <= 5, v=y),
    "for all integers k": for_all(k <= 5, v=k),
    "for all values of a number": for_all(one <= 5, v=one),
    "for all M + 1": for_all(M + 1 >= 1, v=M + 1),
    "a remainder that would be the same for all N": for_all(_nested(Term("O", (N * one, C)))),
    "a remainder inside": for_all(_nested(M + 2 * Term("O", (N * one, C)))),
}


@pytest.mark.parametrize("name", FOR_SOME)
def test_what_does_not_hold_for_all(name: str) -> None:
    with pytest.raises(Refused):
        FOR_SOME[name]()


def test_what_holds_from_some_number_on_holds_of_each() -> None:
    """There and back again; a hypothesis that is not about N stays."""
    claim = N * x <= N * y
    theorem = forged(frozenset((u <= N, x <= y)), claim)
    every = for_all_from(N, u, theorem)
    assert (every.hypotheses, every.conclusion) == ({x <= y}, Term("asymptotic", (u, lam(N, claim))))
    again = from_threshold(N, every)
    assert (again.hypotheses, again.conclusion) == (theorem.hypotheses, claim)
    always = for_all_from(N, u, forged(frozenset((x <= y,)), claim))  # without the threshold it holds all the more
    assert (always.hypotheses, always.conclusion) == (every.hypotheses, every.conclusion)
    other = for_all_from(M, u, theorem)  # about one N only, which is then free
    assert other.hypotheses == theorem.hypotheses
    assert from_threshold(n, other).conclusion == claim


def remainder(template: Term, exact: Term, *bounds: Term, v: Term = N, threshold: Term = one) -> Attempt:
    made = tuple(forged(frozenset((threshold <= v,)), b) for b in bounds)
    return lambda: introduce_remainders(v, threshold, forged(frozenset(), equal(x, exact)), template, made)


def test_remainders() -> None:
    size = absolute(sqrt(N)) <= C * N
    O = Term("O", (N * one, C))
    assert remainder(one + O, one + sqrt(N), absolute(sqrt(N)) <= C * (N * one))().hypotheses == frozenset()  # type: ignore[attr-defined]
    for wrong in (
        remainder(one + Term("O", (one, N * one)), one + sqrt(N), absolute(sqrt(N)) <= (N * one) * one),
        remainder(one + Term("O", (one, sqrt(N) + C)), one + sqrt(N), absolute(sqrt(N)) <= (sqrt(N) + C) * one),
        remainder(one + O, one + sqrt(N)),
        remainder(one + O, one + sqrt(N), size, size),
        remainder(one + O, 2 + sqrt(N), size),
        remainder(one - O, one + sqrt(N), size),
        remainder(one + O, one + sqrt(N), absolute(sqrt(N)) <= C * (N * one), v=y),
        remainder(one + O, one + sqrt(N), absolute(sqrt(N)) <= C * (N * one), threshold=N * one),
        remainder(one + O, one + sqrt(N), absolute(sqrt(N)) <= C * (N * one), threshold=Term("I")),
        remainder(one + sqrt(N), one + sqrt(N), absolute(sqrt(N)) <= C * (N * one)),
    ):
        with pytest.raises(Refused):
            wrong()


def test_remainders_below_three_binders_of_one_name() -> None:
    """All indices are called s, and none of them is another."""
    s1, s2, s3 = symbols("s¹ s² s³", "int")

    def sums(body: Term, *indices: Term) -> Term:
        for v in indices:
            body = Term("sum", (zero, num(3), Term("lam", ("s", "int", lam(v, body).args[2]))))
        return body

    exact, template = sums(i * j * k / N, k, j, i), sums(Term("O", (one, C)), k, j, i)
    for second, third, good in ((s2, s3, True), (s2, s2, False), (s1, s3, False), (s1, s2, False)):
        facts = frozenset(h for v in (s1, second, third) for h in (zero <= v, v <= num(3)))
        each = forged(facts, absolute(s1 * second * third / N) <= C * one)
        attempt = lambda b=each: introduce_remainders(N, one, forged(frozenset(), equal(x, exact)), template, (b,))  # noqa: E731
        if good:
            assert attempt().hypotheses == frozenset()
        else:
            with pytest.raises(Refused, match="no bound"):
                attempt()


def test_the_variables_that_open_binders_are_reserved() -> None:
    """A free s¹ is not the s of a sum: neither in what is bounded nor in the bound."""
    s, s1 = symbols("s s¹", "int")
    facts = frozenset((zero <= s1, s1 <= num(3)))
    for inside, size in ((s1 * one, s1 * one), (s * s1, one), (s * one, s1 * one)):
        exact, template = Sum(inside / N, (s, 0, 3)), Sum(Term("O", (size, C)), (s, 0, 3))
        each = forged(facts, absolute(substitute(inside / N, {s: s1})) <= C * size)
        with pytest.raises(Refused, match="reserved"):
            introduce_remainders(N, one, forged(frozenset(), equal(x, exact)), template, (each,))


def test_the_point_of_a_weak_limit_is_not_the_variable_of_integration() -> None:
    """∫p(u)|u − u|du is 0, whatever p is; what must be small is ∫p(t)|t − u|dt."""
    mass = forged(frozenset(), equal(Integral(normal, u), one))
    ends = Integral(normal, u).args[:2]
    for distance, good in (
        (lam(x, substitute(normal, {u: x}) * Abs(x - u)), True),
        (lam(u, normal * Abs(u - u)), False),
    ):
        moment = forged(frozenset(), Term("integral", (*ends, distance)) <= C * N**-1)
        if good:
            weak_limit_at_point(N, lam(u, normal), u, mass, moment, ())
        else:
            with pytest.raises(Refused, match="expected a bound on"):
                weak_limit_at_point(N, lam(u, normal), u, mass, moment, ())
    domain = Integral(exp(u), (u, 0, 1))
    for distance, good in ((lam(x, exp(x) * Abs(x - u)), True), (lam(u, exp(u) * Abs(u - u)), False)):
        moment = forged(frozenset(), Term("integral", (zero, one, distance)) <= C * N**-1)
        attempt = lambda m=moment: weak_limit_on_interval(  # noqa: E731
            N, domain, u, forged(frozenset(), equal(domain, one)), m, ()
        )
        if good:
            attempt()
        else:
            with pytest.raises(Refused, match="expected a bound on"):
                attempt()


def test_a_bound_of_the_wrong_shape() -> None:
    """|f − v| has two terms, the second of them −v."""
    for left in (
        absolute(x / N),
        absolute(x / N + C + -1 * y),
        absolute(x / N + 2 * y),
        absolute(x / N + y),
        absolute((x / N) * (-1 * y)),
        x / N + -1 * y,
        Term("re", (x / N + -1 * y,)),
        absolute(Term("mul", (x / N, -1 * y))),
        absolute(x / N + C * y),
        absolute(x / N + Term("I") * y),
    ):
        with pytest.raises(Refused, match=r"expected a bound on \|f − v\|"):
            limit_from_bound(N, one, forged(frozenset(), left <= C * N**-1), ())
    for right in (C * N, C * Max(N, -1), C + N**-1, N**-one, C * (N + 1) ** -1, C * N ** (-x), C * num(2) ** -1):
        with pytest.raises(Refused):
            limit_from_bound(N, one, forged(frozenset(), absolute(x / N + -1 * y) <= right), ())
    several = forged(frozenset(), absolute(x / N + -1 * y * C) <= 2 * C * N ** -num(Fraction(1, 2)))
    assert limit_from_bound(N, one, several, ()).right == y * C
