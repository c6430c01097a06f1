"""A tiny evaluator in balls, written for these tests only: it shares no code with the kernel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import comb, factorial

from flint import acb, arb, fmpq

from symbolic_mqb.kernel.terms import Term, apply

Values = Mapping[Term, acb]
#: Terms of a series that are summed, and how small the last ones have to be.
_TERMS, _SMALL = 160, arb(10) ** -25


class Undefined(Exception):
    """The term has no value at this point: 1/0, (−1)!, log 0, min of non-real numbers."""


class Unknown(Exception):
    """The balls are too wide to decide a case."""


def exact(value: int | Fraction) -> acb:
    """A rational number as a ball (exact, if it is a dyadic number)."""
    return acb(fmpq(Fraction(value).numerator, Fraction(value).denominator))


def is_zero(v: acb) -> bool:
    """Whether v = 0; `Unknown` if the ball does not say."""
    if v == 0:
        return True
    if v.contains(0):
        raise Unknown
    return False


def integer(v: acb) -> int | None:
    """The integer that v is, or None if it is none; `Unknown` if the ball does not say."""
    if v.imag == 0 and v.real.is_exact():
        return int(v.real.unique_fmpz()) if v.real.is_integer() else None
    if v.contains_integer():
        raise Unknown
    return None


def real(v: acb) -> arb:
    """The real number v; `Undefined` if it is not real."""
    if v.imag == 0:
        return v.real
    if v.imag.contains(0):
        raise Unknown
    raise Undefined


def at_most(a: arb, b: arb) -> bool:
    """Whether a ≤ b."""
    if a == b or a < b:
        return True
    if a > b:
        return False
    raise Unknown


def value(t: Term, at: Values) -> acb:
    """The value of a term, every operation from its definition."""
    if t.op == "num":
        return exact(t.args[0])
    if t.op == "var":
        return at[t]
    if t.op in ("sum", "prod"):
        return _range(t, at)
    if t.op == "series":
        return _series(t, at)
    if t.op == "call":
        raise Unknown
    return _OPERATIONS[t.op](*(value(a, at) for a in t.args))


def _range(t: Term, at: Values) -> acb:
    low, high = (integer(value(b, at)) for b in t.args[:2])
    if low is None or high is None:
        raise Undefined
    out = acb(0 if t.op == "sum" else 1)
    for s in range(low, high + 1):
        term = value(apply(t.args[2], Term("num", (Fraction(s),))), at)
        out = out + term if t.op == "sum" else out * term
    return out


def _series(t: Term, at: Values) -> acb:
    """The first terms, and a ball for the rest if they have become small; otherwise the series has no value."""
    out, last = acb(0), [arb(1)]
    for s in range(_TERMS):
        term = value(apply(t.args[0], Term("num", (Fraction(s),))), at)
        out, last = out + term, [*last[-3:], abs(term)]
    if not all(size < _SMALL for size in last):
        raise Undefined
    return out + acb(arb(0, 2 * _SMALL), arb(0, 2 * _SMALL))


def _add(*parts: acb) -> acb:
    return sum(parts, acb(0))


def _mul(*parts: acb) -> acb:
    out = acb(1)
    for p in parts:
        out = out * p
    return out


def _pow(b: acb, e: acb) -> acb:
    try:
        n = integer(e)
    except Unknown:
        n = None
    if n is not None:
        if n < 0 and is_zero(b):
            raise Undefined
        return b**n
    if is_zero(b):
        if e.imag == 0 and e.real > 0:
            return acb(0)
        if e.imag.contains(0) and not e.real < 0:
            raise Unknown
        raise Undefined
    return (e * b.log()).exp()


def _log(z: acb) -> acb:
    if is_zero(z):
        raise Undefined
    return z.log()


def _arg(z: acb) -> acb:
    return acb(_log(z).imag)


def _sgn(z: acb) -> acb:
    if is_zero(z):
        return acb(0)
    return acb(1 if at_most(arb(0), real(z)) else -1)


def _min(a: acb, b: acb) -> acb:
    return a if at_most(real(a), real(b)) else b


def _max(a: acb, b: acb) -> acb:
    return b if at_most(real(a), real(b)) else a


def _natural(v: acb) -> int:
    n = integer(v)
    if n is None or n < 0:
        raise Undefined
    return n


def _binomial(a: acb, b: acb) -> acb:
    n, k = _natural(a), integer(b)
    if k is None:
        raise Undefined
    return acb(comb(n, k) if k >= 0 else 0)


def _delta(a: acb, b: acb) -> acb:
    return acb(1 if is_zero(a - b) else 0)


_OPERATIONS: dict[str, Callable[..., acb]] = {
    "I": lambda: acb(0, 1),
    "pi": lambda: acb(arb.pi()),
    "euler": lambda: acb(1).exp(),
    "add": _add,
    "mul": _mul,
    "pow": _pow,
    "exp": lambda z: z.exp(),
    "log": _log,
    "abs": lambda z: acb(abs(z)),
    "conj": lambda z: z.conjugate(),
    "re": lambda z: acb(z.real),
    "im": lambda z: acb(z.imag),
    "arg": _arg,
    "sgn": _sgn,
    "cos": lambda z: z.cos(),
    "sin": lambda z: z.sin(),
    "min": _min,
    "max": _max,
    "factorial": lambda n: acb(factorial(_natural(n))),
    "binomial": _binomial,
    "delta": _delta,
}


def holds(statement: Term, at: Values) -> bool:
    """Whether a statement is true at a point."""
    left, *right = (value(a, at) for a in statement.args)
    match statement.op:
        case "eq":
            return is_zero(left - right[0])
        case "ne":
            return not is_zero(left - right[0])
        case "le":
            return at_most(real(left), real(right[0]))
        case "lt":
            return not at_most(real(right[0]), real(left))
        case "is_int":
            return integer(left) is not None
        case "is_real":
            return bool(left.imag == 0)
    raise Unknown
