"""Exact sums of products of powers: the arithmetic under the canonical form.

A `Polynomial` is a finite sum of rational multiples of monomials. A monomial is a product of powers
base**exponent, where a base is a term taken as an unanalysed atom and an exponent is a rational
number or again a `Polynomial`. Four bases are known: the imaginary unit (exponents modulo 4), e, the
prime numbers (integer parts of exponents go to the coefficient) and absolute values (of which even
powers stay as they are). Adding exponents of one base is the only law used here; where it needs a
base that is not zero, the caller has asked for that when the power was formed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from .errors import Refused
from .terms import Term

#: Numbers are ints where they can be: Python adds and hashes them many times faster than Fractions.
Number: TypeAlias = int | Fraction
Rational = (int, Fraction)
Exponent: TypeAlias = "int | Fraction | Polynomial"
Mono: TypeAlias = "frozenset[tuple[Term, Exponent]]"
_MOST_BITS = 1_000_000
IMAGINARY = Term("I")
EULER = Term("euler")
#: Bases whose exponents are reduced, so that a part of the power is a number.
_KNOWN = ("I", "num")


def plain(c: Number) -> Number:
    """The number, as an int if it is one."""
    return c.numerator if type(c) is Fraction and c.denominator == 1 else c


class Polynomial:
    """An immutable sum {monomial: coefficient}; monomials are frozensets of (base, exponent)."""

    __slots__ = ("_hash", "terms")

    def __init__(self, terms: dict[Mono, Number]) -> None:
        self.terms = terms
        self._hash: int | None = None

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset(self.terms.items()))
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Polynomial) and self.terms == other.terms)

    def __bool__(self) -> bool:
        return bool(self.terms)

    def __iter__(self) -> Iterator[tuple[Mono, Number]]:
        return iter(self.terms.items())

    def __add__(self, other: Polynomial) -> Polynomial:
        if not self.terms:
            return other
        out = dict(self.terms)
        for mono, c in other.terms.items():
            _accumulate(out, mono, c)
        return Polynomial(out)

    def scale(self, c: Number) -> Polynomial:
        """c times the sum."""
        if c == 1:
            return self
        return Polynomial({m: plain(k * c) for m, k in self.terms.items()} if c else {})

    def over(self, c: Number) -> Polynomial:
        """The sum divided by c, which is not 0."""
        return self if c == 1 else self.scale(Fraction(1, c))

    def __neg__(self) -> Polynomial:
        return self.scale(-1)

    def __sub__(self, other: Polynomial) -> Polynomial:
        out = dict(self.terms)
        for mono, c in other.terms.items():
            _accumulate(out, mono, -c)
        return Polynomial(out)

    def __mul__(self, other: Polynomial) -> Polynomial:
        mine, its = self.terms, other.terms
        if len(mine) <= 1 and (not mine or ONE_MONO in mine):
            return other.scale(mine.get(ONE_MONO, 0))
        if len(its) <= 1 and (not its or ONE_MONO in its):
            return self.scale(its.get(ONE_MONO, 0))
        out: dict[Mono, Number] = {}
        for m1, c1 in mine.items():
            for m2, c2 in its.items():
                c, mono = times(m1, m2)
                _accumulate(out, mono, c1 * c2 * c)
        return Polynomial(out)

    def constant(self) -> Number | None:
        """The value, if the sum is a rational number."""
        if not self.terms:
            return 0
        return self.terms.get(ONE_MONO) if len(self.terms) == 1 else None

    def monomial(self) -> tuple[Mono, Number] | None:
        """The only monomial and its coefficient, if there is just one."""
        return next(iter(self.terms.items())) if len(self.terms) == 1 else None

    def bases(self) -> set[Term]:
        """Every base of every monomial; exponents are not searched."""
        return {b for m in self.terms for b, _ in m}


def _accumulate(out: dict[Mono, Number], mono: Mono, c: Number) -> None:
    """Add c·mono to the sum `out`, which is still being made."""
    old = out.get(mono)
    new = c if old is None else old + c
    if type(new) is not int:
        new = plain(new)
    if new:
        out[mono] = new
    elif old is not None:
        del out[mono]


ONE_MONO: Mono = frozenset()
ZERO = Polynomial({})
ONE = Polynomial({ONE_MONO: 1})


def number(c: Number) -> Polynomial:
    """The rational number c."""
    return Polynomial({ONE_MONO: plain(c)} if c else {})


def total(parts: Iterable[Polynomial]) -> Polynomial:
    """The sum of the parts."""
    out: dict[Mono, Number] = {}
    for p in parts:
        for mono, c in p.terms.items():
            _accumulate(out, mono, c)
    return Polynomial(out)


def power(base: Term, exponent: Exponent | int) -> Polynomial:
    """base**exponent as a single monomial, brought to the known bases' own normal form."""
    if exponent and base.op not in _KNOWN:
        return Polynomial({frozenset(((base, exponent),)): 1})
    c, mono = product([(base, exponent)])
    return Polynomial({mono: c})


def add_exponents(a: Exponent, b: Exponent) -> Exponent:
    """a + b, a number again when it is one."""
    if not (isinstance(a, Polynomial) or isinstance(b, Polynomial)):
        return plain(a + b)
    total = as_polynomial(a) + as_polynomial(b)
    c = total.constant()
    return total if c is None else c


def scale_exponent(a: Exponent, b: Exponent) -> Exponent:
    """a·b, a number again when it is one."""
    if not (isinstance(a, Polynomial) or isinstance(b, Polynomial)):
        return plain(a * b)
    total = as_polynomial(a) * as_polynomial(b)
    c = total.constant()
    return total if c is None else c


def as_polynomial(e: Exponent) -> Polynomial:
    """An exponent as a polynomial."""
    return e if isinstance(e, Polynomial) else number(e)


def split_constant(e: Exponent) -> tuple[Number, Exponent]:
    """(the rational constant term of e, the rest)."""
    if not isinstance(e, Polynomial):
        return e, 0
    c = e.terms.get(ONE_MONO, 0)
    rest = e - number(c) if c else e
    return c, (rest if rest else 0)


@lru_cache(maxsize=16384)
def times(m1: Mono, m2: Mono) -> tuple[Number, Mono]:
    """The product of two monomials: a coefficient and a monomial."""
    if not m1:
        return 1, m2
    if not m2:
        return 1, m1
    return product([*m1, *m2])


def product(
    factors: Iterable[tuple[Term, Exponent]],
) -> tuple[Number, Mono]:
    """The product of powers: exponents of one base are added, known bases reduced."""
    powers: dict[Term, Exponent] = {}
    for base, e in factors:
        old = powers.get(base)
        powers[base] = e if old is None else add_exponents(old, e)
    coefficient: Number = 1
    for base in powers:
        if base.op in _KNOWN:
            c, powers[base] = _reduce(base, powers[base])
            coefficient *= c
    return coefficient, frozenset([entry for entry in powers.items() if entry[1]])


def _reduce(base: Term, e: Exponent) -> tuple[Number, Exponent]:
    """i: multiples of integers modulo 4, with a sign for i². Primes: the integer part out."""
    if base.op == "I" and type(e) is int:
        return 1 - (e & 2), e & 1
    c, rest = split_constant(e)
    if base.op == "num":
        whole = c.numerator // c.denominator
        return integer_power(base.args[0], whole), add_exponents(c - whole, rest)
    if isinstance(rest, Polynomial):
        reduced = {m: k % 4 if _integral(m) else k for m, k in rest}
        rest = add_exponents(Polynomial({m: k for m, k in reduced.items() if k}), 0)
    if c.denominator != 1:
        return 1, add_exponents(c, rest)
    left = c.numerator % 4
    return (1, add_exponents(left, rest)) if left < 2 else (-1, add_exponents(left - 2, rest))


def integer_power(c: Number, n: int) -> Number:
    """cⁿ, if it is no number of millions of bits."""
    if abs(n) * (max(c.numerator.bit_length(), c.denominator.bit_length()) - 1) > _MOST_BITS:
        raise Refused(f"the exponent {n} makes a number too long")
    return plain(Fraction(c) ** n)


def _integral(mono: Mono) -> bool:
    """Whether the monomial is a product of integer variables."""
    return all(
        b.op == "var" and b.args[1] in ("nat", "int") and isinstance(e, Rational) and e.denominator == 1 and e > 0
        for b, e in mono
    )
