"""Random series: what the canonical form accepts converges, with the value of the canonical form."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from flint import acb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic_mqb.kernel.canonical import Context
from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.monomials import poly_term
from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.notation.language import Abs, I, Series, Sum, binomial, conj, delta, exp, factorial, symbols, unequal

from .exact_values import Undefined, Unknown, Values, exact, value

k, n, s = symbols("k n s", "nat")
(p,) = symbols("p", "int")
x, y = symbols("x y", "real")
(z,) = symbols("z", "complex")
HYPOTHESES = (x > 0, unequal(z, 0), k <= n, n >= 1, unequal(x, 0), x >= 0)


@pytest.fixture(autouse=True)
def _precision() -> Iterator[None]:
    before, ctx.prec = ctx.prec, 200
    yield
    ctx.prec = before


def body(pick: random.Random) -> Term:
    """A product of factors that grow, decay, oscillate or are not defined everywhere."""
    line = pick.choice([s, s, s + 1, s + k, 2 * s, n * s, s - 1, s + n - k, 0 * s + n, -s + n, s**2])
    grows = [x**line, z**line, (x + z) ** line, exp(z * line), exp(x * s**2), s**k, (s + 1) ** 3, (s + x) ** 2, s,
             factorial(s), num(-1) ** line, s**s, I**s, Abs(s - n), delta(s, k), conj(z**s), binomial(n, k),
             1 / (s + 1), 1 / s, Sum(x**p, (p, 0, s)), Series(z**n / factorial(n), n),
             num(0) ** line, x**line - x**s]  # fmt: skip
    decays = [1 / factorial(s), 1 / factorial(line), 1 / factorial(line) ** 2, 1 / factorial(s) ** n,
              1 / (factorial(s) * factorial(s + k)), factorial(s) / factorial(2 * s), num(1)]  # fmt: skip
    factors = [pick.choice(decays), *(pick.choice(grows) for _ in range(pick.randint(0, 2)))]
    term = factors[0]
    for factor in factors[1:]:
        term = term * factor
    return term + pick.choice([num(0), 1 / factorial(s), x**s]) if pick.random() < 0.2 else term


def points(pick: random.Random, hypotheses: tuple[Term, ...]) -> Iterator[Values]:
    from .exact_values import holds

    for _ in range(20):
        at = {v: exact(pick.choice([0, 1, -1, 2, -2])) for v in (x, y)}
        at |= {v: exact(pick.choice([0, 0, 1, 2, 3])) for v in (k, n)}
        at[z] = exact(pick.choice([0, 1, -1])) + exact(pick.choice([0, 1, -2])) * acb(0, 1)
        try:
            if all(holds(h, at) for h in hypotheses):
                yield at
        except (Undefined, Unknown):
            continue


def accepted(seed: int) -> bool:
    """Whether the series is accepted; then it has the value of its canonical form at every point."""
    pick = random.Random(seed)
    given_ = tuple(pick.choice(HYPOTHESES) for _ in range(pick.randint(0, 2)))
    t = Series(body(pick), s)
    try:
        form = poly_term(Context(given_).nf(t))
    except Refused:
        return False
    for at in points(pick, given_):
        try:
            a, b = value(t, at), value(form, at)
        except Unknown:
            continue
        assert a.overlaps(b), (t, at)
    return True


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.integers(0, 10**9))
def test_what_is_accepted_converges(seed: int) -> None:
    accepted(seed)


def test_many_are_accepted_and_many_refused() -> None:
    good = sum(accepted(seed) for seed in range(200))
    assert 40 < good < 160
