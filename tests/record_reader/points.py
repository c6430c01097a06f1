"""Statements tested at random points that satisfy their hypotheses."""

from __future__ import annotations

import cmath
import itertools
import math
import random
import zlib
from collections.abc import Callable
from typing import Any

from .terms import Term
from .values import (
    PLAIN,
    Factors,
    Skip,
    add,
    circle,
    close,
    dagger,
    dense,
    integrate,
    kinked,
    not_analytic,
    product,
    real,
    times,
    whole,
)

_ARITHMETIC = (OverflowError, ZeroDivisionError, ValueError, RecursionError)
_KEPT = frozenset(
    (
        "call",
        "coeff",
        "series",
        "deriv",
        "sum",
        "prod",
        "integral",
        "tuples",
        "braket",
        "trace_of",
        "expectation",
        "pow",
        "exp",
    )
)
_BUDGET = 60_000


class World:
    """A value for each free variable, made when it is first asked for; functions get their values point by point."""

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self.values: dict[Term, Any] = {}
        self.tables: dict[tuple[Any, ...], Any] = {}
        self.memo: dict[Any, Any] = {}
        self.budget = _BUDGET

    def forget(self) -> None:
        """After a value was changed."""
        self.memo = {}

    def dice(self, *key: Any) -> random.Random:
        return random.Random(zlib.crc32(f"{self.seed}/{key}".encode()))

    # --- variables ---------------------------------------------------------------------------------------------------

    def variable(self, v: Term) -> Any:
        if v not in self.values:
            name, sort = v.parts
            dice = self.dice(name, sort)
            if "->" in sort or sort in ("tuple", "states"):
                self.values[v] = self._function(v)
            elif sort == "measure":
                weights = [dice.random() for _ in range(3)]
                atoms = [(dice.uniform(-2, 2), w / sum(weights)) for w in weights]
                self.values[v] = lambda f: sum(w * f(x) for x, w in atoms)
            else:
                self.values[v] = _random(sort, dice)
        return self.values[v]

    def _function(self, v: Term) -> Callable[..., Any]:
        name, sort = v.parts
        if sort.startswith("real->"):
            dice = self.dice(name)
            turn, shift = dice.uniform(0.5, 1.5), dice.uniform(0, 6)
            centre, size = (0.5, 0.5) if dice.random() < 0.4 else (0.0, 1.0)
            return lambda x: centre + size * (cmath.cos if isinstance(x, complex) else math.cos)(turn * x + shift)

        def value(*at: Any) -> Any:
            key = (v, *map(whole, at))
            if key not in self.tables:
                self.tables[key] = self._made(sort, self.dice(name, *key[1:]), key[1:])
            return self.tables[key]

        return value

    def _made(self, sort: str, dice: random.Random, at: tuple[int, ...]) -> Any:
        if sort == "tuple":
            return dice.randint(1, 2)
        if sort == "states":
            if not 0 <= at[0] <= 4:
                raise Skip
            rows = tuple(tuple(_random("complex", dice) for _ in range(1 << at[0])) for _ in range(1 << at[0]))
            rho = product(rows, dagger(rows))
            return times(1 / sum(rho[i][i] for i in range(len(rho))).real, rho)
        return _random(sort.partition("->")[2], dice)

    # --- terms -------------------------------------------------------------------------------------------------------

    def value(self, t: Term, env: tuple[Any, ...] = ()) -> Any:
        """What t is worth; env: the values of the bound variables, innermost first."""
        op, parts = t.op, t.parts
        if op == "num":
            return parts[0].numerator if parts[0].denominator == 1 else parts[0]
        if op == "bound":
            return env[parts[0]]
        if op == "var":
            return self.variable(t)
        if op == "lam":
            return lambda x: self.value(parts[1], (x, *env))
        if op not in _KEPT and t.loose:
            return self._value(t, env)
        key = (id(t), *(env[i] for i in t.used))
        try:
            if key not in self.memo:
                self.memo[key] = self._value(t, env)
            return self.memo[key]
        except TypeError:  # a function among the bound variables cannot be a key
            return self._value(t, env)

    def _value(self, t: Term, env: tuple[Any, ...]) -> Any:
        op, parts = t.op, t.parts
        self.budget -= 1
        if self.budget < 0:
            raise Skip
        special = getattr(self, f"do_{op}", None)
        if special:
            return special(t, env)
        values = [self.value(p, env) for p in parts]
        if op == "add":
            values = [dense(x) for x in values]
            total = values[0]
            for x in values[1:]:
                total = add(total, x)
            if isinstance(total, float | complex) and abs(total) < 1e-11 * max(map(abs, values)):
                return 0.0  # what is left is rounding
            return total
        if op == "mul":
            total = 1
            rest: Any = None
            for x in values:
                if isinstance(x, tuple | Factors):
                    rest = x
                else:
                    total *= x
            return total if rest is None else times(total, rest)
        if op not in PLAIN:
            raise Skip
        return PLAIN[op](*values)

    def do_app(self, t: Term, env: tuple[Any, ...]) -> Any:
        function, *at = (self.value(p, env) for p in t.parts)
        return function(*at) if t.parts[0].op != "lam" else self._curried(function, at)

    @staticmethod
    def _curried(function: Any, at: list[Any]) -> Any:
        for x in at:
            function = function(x)
        return function

    def do_call(self, t: Term, env: tuple[Any, ...]) -> Any:
        body = t.parts[0].parts[2]
        inner: tuple[Any, ...] = ()
        for p in t.parts[1:]:
            x = self.value(p, env)
            inner = (x, *inner)
            body = body.parts[1]
        return self.value(body, inner)

    def _range(self, t: Term, env: tuple[Any, ...]) -> list[Any]:
        low, high = whole(self.value(t.parts[0], env)), whole(self.value(t.parts[1], env))
        if high - low > 200:
            raise Skip
        function = self.value(t.parts[2], env)
        return [dense(function(i)) for i in range(low, high + 1)]

    def do_sum(self, t: Term, env: tuple[Any, ...]) -> Any:
        return self._total(self._range(t, env))

    @staticmethod
    def _total(terms: list[Any]) -> Any:
        if not terms:
            return 0
        total = terms[0]
        for x in terms[1:]:
            total = add(total, x)
        return total

    def do_series(self, t: Term, env: tuple[Any, ...]) -> Any:
        function, total, size = self.value(t.parts[0], env), 0, 0.0
        for s in range(60):
            x = function(s)
            total, size = total + x, max(size, abs(x))
            if s > 8 and abs(x) < 1e-14 * size:
                return total
        raise Skip

    def do_prod(self, t: Term, env: tuple[Any, ...]) -> Any:
        return math.prod(self._range(t, env))

    def do_tuples(self, t: Term, env: tuple[Any, ...]) -> Any:
        n, d = whole(self.value(t.parts[0], env)), whole(self.value(t.parts[1], env))
        if n > 6 or d**n > 81:
            raise Skip
        function = self.value(t.parts[2], env)
        rows = itertools.product(range(1, d + 1), repeat=n)
        return self._total([dense(function(lambda i, row=row: _at(row, i))) for row in rows])

    def do_integral(self, t: Term, env: tuple[Any, ...]) -> Any:
        low, high = (float(real(self.value(p, env))) for p in t.parts[:2])
        return integrate(self.value(t.parts[2], env), low, high, not kinked(t.parts[2]))

    def do_coeff(self, t: Term, env: tuple[Any, ...]) -> Any:
        if not_analytic(t.parts[1]):
            raise Skip
        return circle(self.value(t.parts[1], env), whole(self.value(t.parts[0], env)))

    def do_deriv(self, t: Term, env: tuple[Any, ...]) -> Any:
        if not_analytic(t.parts[1]):
            raise Skip
        n, at = whole(self.value(t.parts[0], env)), self.value(t.parts[2], env)
        function = self.value(t.parts[1], env)
        return circle(lambda z: function(at + z), n) * math.factorial(n)

    def do_expectation(self, t: Term, env: tuple[Any, ...]) -> Any:
        return self.value(t.parts[0], env)(self.value(t.parts[1], env))

    # --- measures: what an expectation makes of a function -----------------------------------------------------------

    def do_dirac(self, t: Term, env: tuple[Any, ...]) -> Any:
        x = self.value(t.parts[0], env)
        return lambda f: f(x)

    def do_density(self, t: Term, env: tuple[Any, ...]) -> Any:
        p = self.value(t.parts[0], env)
        return lambda f: integrate(lambda x: f(x) * p(x), -math.inf, math.inf, False)

    def do_density_on(self, t: Term, env: tuple[Any, ...]) -> Any:
        low, high, p = (self.value(q, env) for q in t.parts)
        return lambda f: integrate(lambda x: f(x) * p(x), float(low), float(high), False)

    def do_pushforward(self, t: Term, env: tuple[Any, ...]) -> Any:
        low, high, to, p = (self.value(q, env) for q in t.parts)
        return lambda f: integrate(lambda x: f(to(x)) * p(x), float(low), float(high), False)

    # --- statements --------------------------------------------------------------------------------------------------

    def do_eq(self, t: Term, env: tuple[Any, ...]) -> bool:
        a, b = (dense(self.value(p, env)) for p in t.parts)
        if isinstance(a, tuple) != isinstance(b, tuple):  # an empty sum of operators is worth 0
            a, b = (x if isinstance(x, tuple) else times(0, y) for x, y in ((a, b), (b, a)))
        return close(a, b)

    def do_le(self, t: Term, env: tuple[Any, ...]) -> bool:
        a, b = (real(self.value(p, env)) for p in t.parts)
        return bool(a <= b) or close(a, b)

    def do_lt(self, t: Term, env: tuple[Any, ...]) -> bool:
        a, b = (real(self.value(p, env)) for p in t.parts)
        return bool(a < b)

    def do_ne(self, t: Term, env: tuple[Any, ...]) -> bool:
        return not close(*(self.value(p, env) for p in t.parts))

    def do_is_real(self, t: Term, env: tuple[Any, ...]) -> bool:
        x = complex(self.value(t.parts[0], env))
        return abs(x.imag) <= 1e-7 * (1 + abs(x))

    def do_is_int(self, t: Term, env: tuple[Any, ...]) -> bool:
        x = self.value(t.parts[0], env)
        return self.do_is_real(t, env) and close(real(x), round(real(x)))

    def _effects(self, t: Term, env: tuple[Any, ...]) -> list[Any]:
        family, d = (self.value(p, env) for p in t.parts)
        if not 0 <= whole(d) <= 20:
            raise Skip
        return [family(j) for j in range(1, whole(d) + 1)]

    def do_povm(self, t: Term, env: tuple[Any, ...]) -> bool:
        effects = self._effects(t, env)
        positive = all(
            close(dagger(m), m)
            and real(m[0][0] + m[1][1]) > -1e-9
            and real(m[0][0] * m[1][1] - m[0][1] * m[1][0]) > -1e-9
            for m in effects
        )
        return positive and bool(effects) and close(self._total(effects), ((1, 0), (0, 1)))

    def do_projective(self, t: Term, env: tuple[Any, ...]) -> bool:
        return self.do_povm(t, env) and all(close(product(m, m), m) for m in self._effects(t, env))

    def do_bounded(self, t: Term, env: tuple[Any, ...]) -> bool:
        f, c = (self.value(p, env) for p in t.parts)
        return all(abs(f(x)) <= real(c) + 1e-9 for x in (-3.1, -1.2, -0.4, 0.0, 0.3, 1.0, 2.2, 4.5))

    def do_asymptotic(self, t: Term, env: tuple[Any, ...]) -> bool:
        start, f = (self.value(p, env) for p in t.parts)
        return all(f(max(0, math.ceil(real(start))) + k) for k in (0, 1, 3))

    def do_limit(self, t: Term, env: tuple[Any, ...]) -> bool:
        f, v = (self.value(p, env) for p in t.parts)
        first, later = (abs(f(n) - v) for n in (40, 160))
        return bool(later <= 0.75 * first or later < 1e-6)


def _at(row: tuple[int, ...], i: Any) -> int:
    i = whole(i)
    if not 1 <= i <= len(row):
        raise Skip
    return row[i - 1]


def _random(sort: str, dice: random.Random) -> Any:
    if sort == "nat":
        return dice.choice((1, 2, 0, 3, 2))
    if sort == "int":
        return dice.randint(-2, 3)
    if sort == "real":
        return dice.uniform(0.3, 1.4) * dice.choice((1, 1, -1))
    if sort == "op":
        return tuple(tuple(_random("complex", dice) for _ in range(2)) for _ in range(2))
    return complex(dice.uniform(-1, 1), dice.uniform(-1, 1))
