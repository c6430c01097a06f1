"""Polynomials written as terms, and what is read off their monomials: content, first coefficient, variables."""

from __future__ import annotations

from functools import lru_cache

from .errors import Refused
from .polynomial import (
    EULER,
    IMAGINARY,
    Exponent,
    Mono,
    Number,
    Polynomial,
    Rational,
    number,
    power,
    product,
    scale_exponent,
)
from .terms import Term, num, order

_LARGEST_DIVISOR = 10**6


@lru_cache(maxsize=4096)
def leaf(t: Term) -> Polynomial:
    """The polynomial of a number, a variable or a constant, whatever the hypotheses."""
    return number(t.args[0]) if t.op == "num" else power(t, 1)


def poly_term(p: Polynomial) -> Term:
    """The polynomial as a term, its parts in a fixed order."""
    parts = sorted((mono_term(m, c) for m, c in p), key=order)
    if not parts:
        return num(0)
    return parts[0] if len(parts) == 1 else Term("add", tuple(parts))


@lru_cache(maxsize=16384)
def mono_term(m: Mono, c: Number) -> Term:
    """c·m as a term, its factors in a fixed order."""
    factors = sorted((power_term(b, e) for b, e in m), key=order)
    if c != 1 or not factors:
        factors.insert(0, num(c))
    return factors[0] if len(factors) == 1 else Term("mul", tuple(factors))


def power_term(b: Term, e: Exponent) -> Term:
    """b**e as a term; a power of e as exp."""
    if e == 1:
        return b
    exponent = num(e) if isinstance(e, Rational) else poly_term(e)
    return Term("exp", (exponent,)) if b == EULER else Term("pow", (b, exponent))


def exponent(p: Polynomial) -> Exponent:
    """p as an exponent: a number if it is one."""
    c = p.constant()
    return p if c is None else c


def floor(c: Number) -> int:
    """The largest integer that is at most c."""
    return c.numerator // c.denominator


def leading(p: Polynomial) -> Number:
    """The coefficient of the first monomial in the fixed order."""
    if len(p.terms) == 1:
        return next(iter(p.terms.values()))
    return min(((order(mono_term(m, 1)), c) for m, c in p), key=lambda entry: entry[0])[1]


def content_of(p: Polynomial) -> tuple[Mono, Polynomial]:
    """(the common factors and denominators with constant exponents, the rest)."""
    monos = [dict(m) for m in p.terms]
    common: list[tuple[Term, Exponent]] = []
    for b in sorted(p.bases() - {IMAGINARY}, key=order):
        exponents = [m.get(b, 0) for m in monos]
        constants = [e for e in exponents if isinstance(e, Rational)]
        if len(constants) == len(exponents):
            common.append((b, min(constants)))
        elif all(e == exponents[0] for e in exponents):
            common.append((b, exponents[0]))
    k1, head = product(common)
    k2, inverse = product([(b, scale_exponent(e, -1)) for b, e in common])
    return head, p * Polynomial({inverse: k1 * k2})  # 2^{1/2} and its inverse (1/2)·2^{1/2}: the numbers count


def involving(e: Exponent, v: Term) -> Exponent:
    """The part of an exponent whose monomials involve v."""
    if isinstance(e, Rational):
        return 0
    return exponent(Polynomial({m: c for m, c in e if mono_involves(m, v)}))


def mono_involves(m: Mono, v: Term) -> bool:
    """Whether v occurs in the monomial, exponents included."""
    return any(v in b.free or involving(e, v) != 0 for b, e in m)


def factorise(c: Number) -> list[tuple[int, int]]:
    """The positive number c as a product of primes with integer exponents; refused if it has two large ones."""
    out: list[tuple[int, int]] = []
    for value, sign in ((c.numerator, 1), (c.denominator, -1)):
        p = 2
        while p * p <= value:
            if p > _LARGEST_DIVISOR:
                raise Refused(f"the prime factors of {value} are not found, and a power needs them")
            k = 0
            while value % p == 0:
                value, k = value // p, k + 1
            if k:
                out.append((p, sign * k))
            p += 1
        if value > 1:
            out.append((value, sign))
    return out
