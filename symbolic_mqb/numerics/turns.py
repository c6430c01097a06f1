"""e^{iπq} for a rational q that can be read off the exponent: exactly ±1 and ±i where q says so."""

from __future__ import annotations

from fractions import Fraction

from flint import acb, fmpq

from ..kernel.terms import Term

#: A polynomial in i and π: exponents → coefficient.
_Powers = dict[tuple[int, int], Fraction]


def half_turns(exponent: Term) -> acb | None:
    """e^{iπq} if the exponent is iπq by sums and products of numbers, i and π; None if it is not."""
    powers = _polynomial(exponent)
    if powers is None or powers.keys() - {(1, 1)}:
        return None
    q = powers.get((1, 1), Fraction(0))
    return acb(fmpq(q.numerator, q.denominator)).exp_pi_i()


def _polynomial(t: Term) -> _Powers | None:
    if t.op == "num":
        return {(0, 0): t.args[0]} if t.args[0] else {}
    if t.op in ("I", "pi"):
        return {(int(t.op == "I"), int(t.op == "pi")): Fraction(1)}
    if t.op not in ("add", "mul"):
        return None
    parts = [_polynomial(a) for a in t.args]
    total: _Powers = {} if t.op == "add" else {(0, 0): Fraction(1)}
    for part in parts:
        if part is None:
            return None
        total = _plus(total, part) if t.op == "add" else _times(total, part)
    return total


def _plus(a: _Powers, b: _Powers) -> _Powers:
    return {k: c for k in a.keys() | b.keys() if (c := a.get(k, Fraction(0)) + b.get(k, Fraction(0)))}


def _times(a: _Powers, b: _Powers) -> _Powers:
    total: _Powers = {}
    for (i, p), c in a.items():
        for (j, q), e in b.items():
            turns, power = divmod(i + j, 2)
            total = _plus(total, {(power, p + q): c * e * (-1) ** turns})
    return total
