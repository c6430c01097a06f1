"""Proposals for the values of free variables: awkward ones first, then seeded random ones.

All values are exact: ints, Fractions, and pairs (real, imaginary) of them.
Denominators are powers of two, so that sums and products of matrix entries stay exact in balls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from random import Random
from typing import Any

from ..kernel.terms import Term, lam, num, var

#: Indices at which function symbols have a value.
INDICES = range(-2, 15)
#: Those at which functions of integers have one.
INTEGERS = range(-10, 11)
Complex = tuple[Fraction, Fraction]
Matrix = tuple[tuple[Complex, Complex], tuple[Complex, Complex]]
_ZERO: Complex = (Fraction(0), Fraction(0))
_REALS = (
    Fraction(-3, 4),
    Fraction(1, 2),
    Fraction(0),
    Fraction(-2),
    Fraction(0),
    Fraction(5, 4),
    Fraction(1),
)
_IDENTITY: Matrix = (((Fraction(1), Fraction(0)), _ZERO), (_ZERO, (Fraction(1), Fraction(0))))


def complex_term(z: Complex) -> Term:
    """The exact complex number as a term."""
    return Term("add", (num(z[0]), Term("mul", (num(z[1]), Term("I")))))


@dataclass(frozen=True)
class Scaled(Mapping[Any, Any]):
    """The values of a function symbol times a number, as terms made when they are asked for."""

    factor: Term
    table: Mapping[Any, Any]

    def __getitem__(self, i: Any) -> Term:
        x = self.table[i]
        if not isinstance(x, Term):
            x = complex_term(x) if isinstance(x, tuple) else num(x)
        return Term("mul", (self.factor, x))

    def __iter__(self) -> Iterator[Any]:
        return iter(self.table)

    def __len__(self) -> int:
        return len(self.table)


def rows(m: Matrix) -> list[list[Any]]:
    """A matrix as rows of exact values."""
    return [[z if z[1] else z[0] for z in row] for row in m]


@lru_cache(maxsize=16)
def _dyadics(most: int, bits: int) -> tuple[Fraction, ...]:
    scale = 2**bits
    return tuple(Fraction(i, scale) for i in range(-most * scale, most * scale + 1))


def dyadic(random: Random, most: int = 2, bits: int = 3) -> Fraction:
    """A random multiple of 2^-bits in [−most, most], not 0: by rejection of random bits, as `randint` does."""
    values = _dyadics(most, bits)
    zero, width = len(values) // 2, len(values).bit_length()
    i = zero
    while i == zero or i >= len(values):
        i = random.getrandbits(width)
    return values[i]


def dyadics(random: Random, count: int, most: int = 2) -> list[Fraction]:
    """What `dyadic` gives `count` times, and the same state of `random` after it, in a few calls.

    `getrandbits(32 n)` are n of the words whose highest bits `getrandbits(width)` gives, the first one lowest; no more
    words are taken than numbers are missing.
    """
    values = _dyadics(most, 3)
    zero, width = len(values) // 2, len(values).bit_length()
    found: list[Fraction] = []
    while missing := count - len(found):
        words = random.getrandbits(32 * missing).to_bytes(4 * missing, "little")
        drawn = [top >> (8 - width) for top in words[3::4]]
        found += [values[i] for i in drawn if i != zero and i < len(values)]
    return found


def complex_numbers(random: Random, count: int) -> Iterator[Complex]:
    """Complex numbers with both parts."""
    parts = dyadics(random, 2 * count, 1)
    return zip(parts[::2], parts[1::2], strict=True)


def operators(random: Random, count: int, hermitian: bool = False) -> Iterator[Matrix]:
    """General operators, or Hermitian ones."""
    entries = complex_numbers(random, 4 * count)
    rows = zip(entries, entries, strict=True)
    general = zip(rows, rows, strict=True)
    return map(_hermitian, general) if hermitian else general


def _hermitian(m: Matrix) -> Matrix:
    """The Hermitian operator with the same upper triangle, its diagonal real."""
    (a, b), (_, d) = m
    return (((a[0], Fraction(0)), b), ((b[0], -b[1]), (d[0], Fraction(0))))


@dataclass(frozen=True)
class Interval:
    """The bounds known so far; None is no bound. A strict bound is not attained."""

    low: Fraction | None = None
    high: Fraction | None = None
    strict_low: bool = False
    strict_high: bool = False

    def narrowed(self, end: Fraction, upper: bool, strict: bool) -> Interval:
        """This interval below (or above) `end`."""
        if upper:
            if self.high is not None and (self.high, not self.strict_high) <= (end, not strict):
                return self
            return replace(self, high=end, strict_high=strict)
        if self.low is not None and (self.low, self.strict_low) >= (end, strict):
            return self
        return replace(self, low=end, strict_low=strict)


def natural(random: Random, attempt: int, position: int, bounds: Interval, least: int, spread: int) -> int | None:
    """An integer in the bounds and ≥ `least`: all lowest, different ones, all 1, random; once every second lowest."""
    low = least if bounds.low is None else floor(bounds.low) + 1 if bounds.strict_low else ceil(bounds.low)
    low = max(low, least) if least >= 0 else low
    high = low + spread
    if bounds.high is not None:
        high = min(high, ceil(bounds.high) - 1 if bounds.strict_high else floor(bounds.high))
    if low > high:
        return None
    if attempt == 0:
        return low
    if attempt == 1:
        return min(low + (3, 2, 4)[position % 3], high)
    if attempt == 2:
        return min(max(low, 1), high)
    if attempt == 4 and position % 2 == 0:
        return low
    return max(random.randint(low, high), random.randint(low, high)) if attempt % 3 else random.randint(low, high)


def real(random: Random, attempt: int, position: int, bounds: Interval) -> Fraction:
    """A real number in the bounds: by turns a special one (0, 1, an end) and a generic one."""
    special = attempt in (0, 2)
    if bounds.low is not None and bounds.high is not None:
        if special and not (bounds.strict_low if attempt == 0 else bounds.strict_high):
            return bounds.low if attempt == 0 else bounds.high
        return bounds.low + (bounds.high - bounds.low) * Fraction(random.randint(1, 15), 16)
    free = _REALS[(attempt * 2 + position) % len(_REALS)] if special else _generic(random)
    if bounds.low is not None:
        return bounds.low + (Fraction(1, 2) if bounds.strict_low and not free else abs(free))
    if bounds.high is not None:
        return bounds.high - (Fraction(1, 2) if bounds.strict_high and not free else abs(free))
    return free


def _generic(random: Random) -> Fraction:
    value = dyadic(random)
    return value if abs(value) != 1 else value * Fraction(9, 8)


_LADDER = tuple(map(Fraction, ("0", "0", "1/64", "1/2", "1", "1", "2", "8")))
_STEPS = (0, 0, 1, 2, 3, 8, 20)


def extreme_natural(random: Random, bounds: Interval, least: int | None) -> int | None:
    """An integer in the bounds and ≥ `least`, if there is one: an end, near one, or far out."""
    low = None if bounds.low is None else floor(bounds.low) + 1 if bounds.strict_low else ceil(bounds.low)
    high = None if bounds.high is None else ceil(bounds.high) - 1 if bounds.strict_high else floor(bounds.high)
    low = least if low is None else low if least is None else max(low, least)
    if low is not None and high is not None and low > high:
        return None
    step = random.choice(_STEPS)
    if low is None and high is None:
        return random.choice((step, -step))
    if high is None or (low is not None and random.random() < 0.5):
        assert low is not None
        return low + step if high is None else min(low + step, high)
    return high - step if low is None else max(high - step, low)


def extreme_real(random: Random, bounds: Interval) -> Fraction:
    """A real number in the bounds: an end, near one, or far out."""
    step = random.choice(_LADDER)
    if bounds.low is None and bounds.high is None:
        return random.choice((step, -step))
    if bounds.high is None or (bounds.low is not None and random.random() < 0.5):
        assert bounds.low is not None
        value = bounds.low + (step or (Fraction(1, 64) if bounds.strict_low else 0))
        return value if bounds.high is None else min(value, bounds.high)
    value = bounds.high - (step or (Fraction(1, 64) if bounds.strict_high else 0))
    return value if bounds.low is None else max(value, bounds.low)


def extreme_complex(random: Random) -> Complex:
    """A complex number that is 0, small or large, real or with both parts."""
    re, im = (random.choice((x, -x)) for x in random.choices(_LADDER, k=2))
    return random.choice(((re, Fraction(0)), (re, im), (Fraction(0), im)))


def complex_number(random: Random, attempt: int) -> Complex:
    """A complex number; the first has both parts."""
    if attempt == 2:
        return (dyadic(random), Fraction(0))
    return (dyadic(random, 1), dyadic(random, 1))


#: The first Chebyshev polynomials, with values in [−1, 1] on [−1, 1].
_CHEBYSHEV: tuple[Callable[[Term], Term], ...] = (
    lambda u: u,
    lambda u: 2 * u**2 - 1,
    lambda u: 4 * u**3 - 3 * u,
)
_HEIGHTS = (-7, -5, 3, 6, 7)


def real_function(random: Random, attempt: int, angular: bool = False) -> Term:
    """A function with values in [−1, 1]: c·cos(ωx + p), by turns with values in [0, 1] or a constant, at times ±2.

    For functions of the cosine of an angle (`angular`) it is a polynomial on [−2, 2] and constant on either side:
    its composition with the cosine is a trigonometric polynomial, whose integrals have a closed form.
    """
    x = var("x", "real")
    if attempt % 4 == 2:
        return lam(x, num(random.choice((1, -1, 1, -1, 1, -1, 0, 2, -2))))
    if angular:
        shape = random.choice(_CHEBYSHEV)(Term("max", (num(-1), Term("min", (num(1), x / 2)))))
    else:
        shape = Term("cos", (Term("add", (Term("mul", (num(dyadic(random)), x)), num(dyadic(random)))),))
    wave = Term("mul", (num(Fraction(random.choice(_HEIGHTS), 8)), shape))
    return lam(x, (1 + wave) / 2 if attempt % 4 == 1 else wave)


def measure(random: Random, attempt: int) -> tuple[Complex, ...]:
    """A probability measure with few atoms: pairs (weight, point), the weights positive with sum 1."""
    weights = [random.randint(1, 8) for _ in range(1 if attempt % 4 == 0 else random.randint(2, 4))]
    return tuple((Fraction(w, sum(weights)), dyadic(random, 3)) for w in weights)


def operator(random: Random, attempt: int) -> Matrix:
    """By turns general and special: ⟨0|M|0⟩ = 0, Hermitian, ⟨0|M|1⟩ = 0, a projector, the identity or rank 1."""
    general: Matrix = (
        (complex_number(random, 0), complex_number(random, 0)),
        (complex_number(random, 0), complex_number(random, 0)),
    )
    turn = attempt % 8
    (a, b), (c, d) = general
    if turn == 0:
        return ((_ZERO, b), (c, d))
    if turn == 2:
        return _hermitian(general)
    if turn == 3:
        return ((a, _ZERO), (c, d))
    if turn == 4:
        return _projector(random)[0]
    if turn == 6:
        return _IDENTITY if random.random() < 0.5 else ((_ZERO, _ZERO), (_ZERO, d))
    return general


def _projector(random: Random) -> tuple[Matrix, Matrix]:
    """|v⟩⟨v| and 1 − |v⟩⟨v| with a rational v on the sphere, off-diagonal unless on the axis."""
    p, q = random.choice(((3, 4), (1, 1), (4, 3), (5, 12), (8, 15)))
    length = p * p + q * q
    turn = random.choice(((1, 0), (0, 1), (-1, 0), (0, -1)))
    off = Fraction(p * q, length)
    b: Complex = (off * turn[0], off * turn[1])
    first: Matrix = (
        ((Fraction(p * p, length), Fraction(0)), b),
        ((b[0], -b[1]), (Fraction(q * q, length), Fraction(0))),
    )
    return first, _minus(_IDENTITY, [first])


def _minus(m: Matrix, others: list[Matrix]) -> Matrix:
    def entry(i: int, j: int) -> Complex:
        re = m[i][j][0] - sum((o[i][j][0] for o in others), Fraction(0))
        im = m[i][j][1] - sum((o[i][j][1] for o in others), Fraction(0))
        return re, im

    return ((entry(0, 0), entry(0, 1)), (entry(1, 0), entry(1, 1)))


def _effect(random: Random, size: Fraction) -> Matrix:
    """A positive matrix of trace at most `size`: G†G scaled by a power of two, G's second row small."""
    g = [complex_number(random, 0) for _ in range(4)]
    g[2:] = [(z[0] / 4, z[1] / 4) for z in g[2:]]
    a = sum((z[0] ** 2 + z[1] ** 2 for z in (g[0], g[2])), Fraction(0))
    d = sum((z[0] ** 2 + z[1] ** 2 for z in (g[1], g[3])), Fraction(0))
    b = tuple(map(sum, zip(_conjugate_times(g[0], g[1]), _conjugate_times(g[2], g[3]), strict=True)))
    scale = Fraction(1)
    while (a + d) * scale > size:
        scale /= 2
    off = (Fraction(b[0]) * scale, Fraction(b[1]) * scale)
    return (((a * scale, Fraction(0)), off), ((off[0], -off[1]), (d * scale, Fraction(0))))


def _conjugate_times(z: Complex, w: Complex) -> Complex:
    return z[0] * w[0] + z[1] * w[1], z[0] * w[1] - z[1] * w[0]


def povm(random: Random, attempt: int, d: int, projective: bool) -> list[Matrix] | None:
    """d effects that sum to 1: by turns a generic POVM and a projective one, padded with zeros."""
    if d < 1:
        return None
    zero: Matrix = ((_ZERO, _ZERO), (_ZERO, _ZERO))
    if projective or attempt % 4 == 0 < attempt:
        effects = [_IDENTITY] if d == 1 else list(_projector(random))
        effects += [zero] * (d - len(effects))
        if attempt:
            random.shuffle(effects)
        return effects
    chosen = [_effect(random, Fraction(1, d - 1)) for _ in range(d - 1)]
    return [*chosen, _minus(_IDENTITY, chosen)]
