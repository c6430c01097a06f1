"""Random terms and hypotheses: what the canonical form and the signs say is true at sample points.

`exact_values` evaluates by balls and shares no code with the kernel. A term that is accepted is
defined at every point that satisfies the hypotheses and has the value of its canonical form; a pair
that counts as equal has equal values; a sign or type that is shown holds.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

import pytest
from flint import acb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic_mqb.kernel.canonical import Context
from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.monomials import poly_term
from symbolic_mqb.kernel.polynomial import Polynomial
from symbolic_mqb.kernel.terms import Term, apply, num
from symbolic_mqb.notation.language import (
    Abs,
    I,
    Max,
    Min,
    Product,
    Sum,
    binomial,
    conj,
    equal,
    exp,
    factorial,
    half,
    pi,
    sqrt,
    symbols,
    unequal,
)

from .exact_values import Undefined, Unknown, Values, exact, holds, value

k, n = symbols("k n", "nat")
i, p = symbols("i p", "int")
x, y = symbols("x y", "real")
w, z = symbols("w z", "complex")
_NUMBERS = (0, 1, 2, -1, -2, 3, Fraction(1, 2), Fraction(-1, 2))
_REALS = (0, 0, 1, -1, 2, -2, Fraction(1, 2), Fraction(-1, 2), 3, Fraction(3, 2))
Given = tuple[Term, ...]


class Writer:
    """Writes random terms."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def leaf(self) -> Term:
        return self.random.choice([x, y, n, k, i, z, w, I, pi, sqrt(2), num(self.random.choice(_NUMBERS))])

    def exponent(self, depth: int) -> Term:
        natural = self.random.choice([n, k, i, n - 1, n - k, n + k, 2 * n, 2 * i, x, -n])
        return self.random.choice([natural, num(self.random.choice(_NUMBERS)), self.term(depth - 1)])

    def term(self, depth: int, index: Term | None = None) -> Term:
        """A term; with `index`, one in which this variable may occur."""
        pick = self.random.random()
        if depth <= 0:
            return index if index is not None and pick < 0.5 else self.leaf()
        first, second = self.term(depth - 1, index), self.term(depth - 1, index)
        if pick < 0.2:
            return first + second
        if pick < 0.4:
            return first * second
        if pick < 0.6:
            return first ** self.exponent(depth)
        if pick < 0.8:
            return Term(self.random.choice(["exp", "abs", "conj", "re", "im", "sgn", "cos", "log", "arg"]), (first,))
        if pick < 0.86:
            return Term(self.random.choice(["min", "max", "delta"]), (first, second))
        if pick < 0.9:
            return factorial(self.random.choice([n, n + 1, n + k, n - k, n - 1, k + 2, i]))
        if pick < 0.93:
            return binomial(self.random.choice([n, n + k, n - 1]), self.random.choice([k, i, n]))
        low, high = self.random.choice([num(0), num(1), k, i]), self.random.choice([n, k, num(2), i, n - 1])
        return self.random.choice([Sum, Sum, Product])(self.term(depth - 1, p), (p, low, high))

    def hypotheses(self) -> Given:
        choices = [x >= 0, x > 0, y > 0, unequal(x, 0), unequal(z, 0), k <= n, n >= 1, i <= n, k <= i, x <= y,
                   x < y, k < x, equal(x**2, y**2), equal(x, y), equal(z, I), equal(x, 0), equal(y, -x), equal(k, 0),
                   Term("is_int", (x,)), Term("is_real", (z,)), unequal(self.term(1), 0),
                   equal(self.term(1), self.term(1)), self.term(1) <= self.leaf()]  # fmt: skip
        return tuple(self.random.choice(choices) for _ in range(self.random.choice([0, 0, 1, 1, 2, 3])))

    def problem(self) -> tuple[Given, Term]:
        """Hypotheses and a term, often of a shape at which a law of powers or a sign may go wrong."""
        given_, pick, g, h = self.hypotheses(), self.random.random(), self.term(1), self.term(1)
        e = self.random.choice([half, -half, half * 3, n, i, x, z, self.leaf()])
        shapes = [conj(g**e), Abs(g**e), (g * h) ** e, (g**e) ** self.leaf(), (g**2) ** e, num(0) ** g, exp(g) ** e,
                  (exp(g) * h + exp(g) * self.leaf()) ** e, num(-2) ** e, Sum(h / g, (p, 1, i)), Abs(g) - g,
                  Min(g, h) - g]  # fmt: skip
        t = self.random.choice(shapes) if pick < 0.5 else self.term(self.random.choice([1, 2, 2, 3]))
        order = [s for s in given_ if s.op in ("le", "lt")]
        if order and pick > 0.8:
            t = order[-1].args[1] - order[-1].args[0] - self.random.choice([num(0), half, num(1)])
        if self.random.random() < 0.6:
            given_ += tuple(self.random.choice([unequal(b, 0), b > 0, b >= 0]) for b in _bases(t))
            given_ += tuple(f >= 0 for f in _exponents(t) if self.random.random() < 0.3)
        return given_[:6], t

    def points(self, hypotheses: Given, number: int = 6) -> Iterator[Values]:
        """Points that satisfy the hypotheses, awkward ones among them."""
        for _ in range(60):
            real = {v: exact(self.random.choice(_REALS)) for v in (x, y)}
            if self.random.random() < 0.3:
                real[y] = real[x] * self.random.choice([1, -1])
            natural = {v: exact(self.random.choice([0, 0, 1, 1, 2, 3])) for v in (n, k)}
            plane = {
                v: exact(self.random.choice(_REALS)) + exact(self.random.choice(_REALS)) * acb(0, 1) for v in (z, w)
            }
            at = real | natural | plane | {i: exact(self.random.choice([-2, -1, 0, 1, 2]))}
            try:
                good = all(holds(h, at) for h in hypotheses)
            except (Undefined, Unknown):
                continue
            if good:
                yield at
                number -= 1
                if not number:
                    return

    def tempting(self, t: Term) -> Term:
        """The term changed at the top by a law that holds sometimes."""
        g, a = self.term(1), t.args[0] if t.args and isinstance(t.args[0], Term) else t
        laws = [t * g / g, t + g - g, t * g**k * g ** (-k), t * x**n * x ** (-n), sqrt(t) * sqrt(t), sqrt(t**2),
                t * (x * (x + y) ** (n - 1) + y * (x + y) ** (n - 1)) / (x + y) ** n,
                t * num(0) ** g, t + 0 * g]  # fmt: skip
        if t.op == "pow":
            b, e = t.args
            laws += [b * b ** (e - 1), b ** (e + 1) / b, (1 / b) ** (-e), sqrt(b) ** (2 * e), (b**2) ** (e / 2),
                     (b * (1 + x)) ** e * (1 + x) ** (-e), num(-1) ** e * (-1 * b) ** e]  # fmt: skip
            if b.op in ("pow", "exp"):
                laws += [Term(b.op, (*b.args[:-1], b.args[-1] * e))] * 3
            if b.op == "mul":
                laws += [Term("mul", tuple(f**e for f in b.args))] * 3
        if t.op == "mul" and t.args[-1].op == "add":
            laws += [Term("add", tuple(Term("mul", (*t.args[:-1], s)) for s in t.args[-1].args))] * 3
        if t.op == "exp":
            laws += [
                exp(a / 2) ** 2,
                sqrt(exp(2 * a)),
                exp(a + pi * I * n) * num(-1) ** n,
                exp(a + pi * I * x) * I ** (-2 * x),
            ]
        if t.op == "abs":
            laws += [a, -1 * a, sqrt(a * conj(a)), sqrt(a**2), Abs(conj(a))]
        if t.op in ("conj", "abs") and a.op in ("mul", "pow", "exp", "add", "log"):
            laws += [Term(a.op, tuple(Term(t.op, (s,)) for s in a.args))] * 3
        if t.op == "factorial":
            laws += [a * factorial(a - 1), factorial(a + 2) / (a + 1) / (a + 2)]
        if t.op == "binomial":
            laws += [binomial(a, a - t.args[1]), factorial(a) / factorial(t.args[1]) / factorial(a - t.args[1])]
        if t.op in ("min", "max"):
            laws += [*t.args, a + t.args[1] - (Min if t.op == "max" else Max)(*t.args)]
        if t.op == "sum":
            low, high, body = *t.args[:2], apply(t.args[2], p)
            laws += [x * Sum(body / x, (p, low, high)), n * Sum(body / n, (p, low, high)), num(0),
                     body * (high - low + 1), Sum(Abs(p) * body / Abs(p), (p, low, high))] * 2  # fmt: skip
        return self.random.choice([law for law in laws if p not in law.free])


def _powers(t: Term) -> Iterator[Term]:
    if t.op not in ("num", "var", "lam"):
        for a in t.args:
            yield from _powers(a)
    if t.op == "pow":
        yield t


def _bases(t: Term) -> list[Term]:
    return [q.args[0] for q in _powers(t) if q.args[0].op != "num"]


def _exponents(t: Term) -> list[Term]:
    return [q.args[1] for q in _powers(t) if q.args[1].op != "num"]


@pytest.fixture(autouse=True)
def _precision() -> Iterator[None]:
    before, ctx.prec = ctx.prec, 160
    yield
    ctx.prec = before


def _asked(context: Context, question: str, p_: Polynomial) -> bool:
    try:
        return bool(getattr(context, question)(p_))
    except Refused:
        return False


def _differ(a: acb, b: acb) -> bool:
    return bool(a.is_finite() and b.is_finite() and not a.overlaps(b))


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.integers(0, 10**9))
def test_a_canonical_form_has_the_value_of_the_term(seed: int) -> None:
    writer = Writer(seed)
    given_, t = writer.problem()
    try:
        context = Context(given_)
        p_ = context.nf(t)
    except Refused:
        return
    shown = {name: _asked(context, name, p_) for name in ("real", "integer", "nonnegative", "positive", "nonzero")}
    for at in writer.points(given_):
        try:
            v = value(t, at)  # Undefined here means: accepted, but it has no value
            assert not _differ(v, value(poly_term(p_), at))
        except Unknown:
            continue
        if v.is_finite():
            assert v.imag.contains(0) or not (shown["real"] or shown["nonnegative"] or shown["positive"])
            assert v.contains_integer() or not shown["integer"]
            assert not (v.real < 0) or not shown["nonnegative"]
            assert not (v.real < 0 or v == 0) or not shown["positive"]
            assert v != 0 or not shown["nonzero"]


@settings(max_examples=600, deadline=None, derandomize=True)
@given(st.integers(0, 10**9))
def test_terms_that_count_as_equal_have_equal_values(seed: int) -> None:
    writer = Writer(seed)
    given_, a = writer.problem()
    b = writer.tempting(a)
    if writer.random.random() < 0.3:
        b = writer.tempting(b)
    try:
        if not Context(given_).same(a, b):
            return
    except Refused:
        return
    for at in writer.points(given_):
        try:
            assert not _differ(value(a, at), value(b, at))
        except Unknown:
            continue


def test_the_evaluator_itself() -> None:
    at = {x: exact(Fraction(-1, 2)), n: exact(3), z: acb(0, 2)}
    assert value(Sum(p**2, (p, 1, n)), at) == 14
    assert value(num(0) ** num(0), at) == 1
    assert value(sqrt(x), at).overlaps(acb(0, 1) * acb(exact(half.args[0])).sqrt())
    assert value(Abs(z) + Max(x, n), at) == 5
    for undefined in (1 / (x + half), factorial(x), Min(z, x), num(0) ** x):
        with pytest.raises(Undefined):
            value(undefined, at)
