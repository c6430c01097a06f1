"""A model in which every term has a value, with exact rational numbers.

What is not defined gets a value all the same: a number is `filler` (1/0, the factorial of −1, a negative power of
0), a sum or a tensor product whose bounds are no integers is 0, and so is a matrix element at a level that is
neither 0 nor 1. Kets and operators of different numbers of
particles are added in the direct sum over all numbers of particles, so ⟨φ|M|ψ⟩ and tr[ρM] have values whatever
they are made of. A defined symbol has the value of its body. On defined terms the model says what is true. An
equation that a rule states without asking whether its sides are defined holds in this model, for every filler; so
no chain of such equations leads from one defined number to another.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from math import comb, factorial
from typing import Any

from symbolic_mqb.kernel.terms import Term, apply, num

#: A vector: {key: coefficient}. The keys of kets are words, those of operators pairs of words.
Vector = dict[Any, Fraction]
Matrix = tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction]]
Values = Mapping[Term, Any]


class Model:
    """Values of the free variables: numbers, matrices, functions of a number, vectors for `states`."""

    def __init__(self, values: Values, filler: Fraction) -> None:
        self.values, self.filler = values, filler

    def number(self, t: Term) -> Fraction:
        """The value of a number."""
        value = getattr(self, f"_{t.op}")(t)
        assert isinstance(value, Fraction), t
        return value

    def vector(self, t: Term) -> Vector:
        """The value of a ket or of an operator on N particles; an empty sum of them is the number 0 in this model."""
        value = self.value(t)
        return value if isinstance(value, dict) else {}

    def matrix(self, t: Term) -> Matrix:
        """The value of an operator on one particle."""
        value: Matrix = getattr(self, f"_{t.op}")(t)
        return value

    def value(self, t: Term) -> Any:
        """The value of any term."""
        return getattr(self, f"_{t.op}")(t)

    def integer(self, t: Term) -> int | None:
        """The value, if it is an integer."""
        n = self.number(t)
        return int(n) if n.denominator == 1 else None

    def _num(self, t: Term) -> Fraction:
        return Fraction(t.args[0])

    def _var(self, t: Term) -> Any:
        return self.values[t]

    def _app(self, t: Term) -> Any:
        return self.values[t.args[0]](*map(self.number, t.args[1:]))

    def _add(self, t: Term) -> Any:
        parts = [self.value(a) for a in t.args]
        total = parts[0]
        for p in parts[1:]:
            total = _plus(total, p)
        return total

    def _mul(self, t: Term) -> Any:
        parts = [self.value(a) for a in t.args]
        factor = Fraction(1)
        for p in parts:
            factor *= p if isinstance(p, Fraction) else 1
        others = [p for p in parts if not isinstance(p, Fraction)]
        return _times(factor, others[0]) if others else factor

    def _pow(self, t: Term) -> Fraction:
        base, e = self.number(t.args[0]), self.integer(t.args[1])
        return self.filler if e is None or (not base and e < 0) else base**e

    def _conj(self, t: Term) -> Fraction:
        return self.number(t.args[0])

    def _factorial(self, t: Term) -> Fraction:
        n = self.integer(t.args[0])
        return self.filler if n is None or n < 0 else Fraction(factorial(n))

    def _binomial(self, t: Term) -> Fraction:
        n, k = map(self.integer, t.args)
        if n is None or k is None or n < 0:
            return self.filler
        return Fraction(comb(n, k) if k >= 0 else 0)

    def _delta(self, t: Term) -> Fraction:
        return Fraction(self.number(t.args[0]) == self.number(t.args[1]))

    def _entry(self, t: Term) -> Fraction:
        r, s = map(self.integer, t.args[1:])
        inside = r is not None and s is not None and {r, s} <= {0, 1}
        return self.matrix(t.args[0])[r][s] if inside else Fraction(0)  # type: ignore[index]

    def _sum(self, t: Term) -> Any:
        low, high = map(self.integer, t.args[:2])
        total: Any = Fraction(0)
        for i in range(low, high + 1) if low is not None and high is not None else ():
            total = _plus(total, self.value(apply(t.args[2], num(i))))
        return total

    def _prod(self, t: Term) -> Fraction:
        low, high = map(self.integer, t.args[:2])
        total = Fraction(1)
        for i in range(low, high + 1) if low is not None and high is not None else ():
            total *= self.number(apply(t.args[2], num(i)))
        return total

    def _tuples(self, t: Term) -> Fraction:
        n, d = map(self.integer, t.args[:2])
        total, hint = Fraction(0), Term("var", ("·T", "tuple"))
        for j in product(range(1, d + 1), repeat=n) if n is not None and d is not None and n >= 0 else ():
            inside = Model({**self.values, hint: lambda i, j=j: self._letter(j, i)}, self.filler)
            total += inside.number(apply(t.args[2], hint))
        return total

    def _letter(self, j: tuple[int, ...], i: Fraction) -> Fraction:
        """J(i): a natural number, also where the tuple has no entry."""
        return Fraction(j[int(i) - 1]) if i.denominator == 1 and 1 <= i <= len(j) else Fraction(0)

    # -- one particle ------------------------------------------------------------------------------------

    def _identity(self, t: Term) -> Matrix:
        return (Fraction(1), Fraction(0)), (Fraction(0), Fraction(1))

    def _adjoint(self, t: Term) -> Matrix:
        (a, b), (c, d) = self.matrix(t.args[0])
        return (a, c), (b, d)

    def _matmul(self, t: Term) -> Matrix:
        x, y = map(self.matrix, t.args)
        row = [[x[r][0] * y[0][s] + x[r][1] * y[1][s] for s in (0, 1)] for r in (0, 1)]
        return (row[0][0], row[0][1]), (row[1][0], row[1][1])

    # -- many particles ----------------------------------------------------------------------------------

    def _word(self, t: Term) -> Vector:
        letters: list[Fraction] = []
        for letter, length in zip(t.args[::2], t.args[1::2], strict=True):
            n = self.integer(length)
            if n is None or n < 0:
                return {}
            letters += [self.number(letter)] * n
        return {tuple(letters): Fraction(1)}

    def _tensor(self, t: Term) -> Vector:
        n = self.integer(t.args[0])
        if n is None or n < 0:
            return {}
        factors = [self.value(apply(t.args[1], num(i + 1))) for i in range(n)]
        return _tensor([f if isinstance(f, tuple) else _ZERO for f in factors])

    def _tpow(self, t: Term) -> Vector:
        n, m = self.integer(t.args[1]), self.value(t.args[0])
        return {} if n is None or n < 0 else _tensor([m if isinstance(m, tuple) else _ZERO] * n)

    def _outer(self, t: Term) -> Vector:
        psi = self.vector(t.args[0])
        return {(v, w): a * b for v, a in psi.items() for w, b in psi.items()}

    def _evolved(self, t: Term) -> Vector:
        k, rho = map(self.vector, t.args)
        return _product(_product(k, rho), {(w, v): c for (v, w), c in k.items()})

    def _trace_of(self, t: Term) -> Fraction:
        rho, m = map(self.vector, t.args)
        return sum((c * m.get((w, v), Fraction(0)) for (v, w), c in rho.items()), Fraction(0))

    def _braket(self, t: Term) -> Fraction:
        bra, m, ket = map(self.vector, t.args)
        return sum((bra.get(v, Fraction(0)) * c * ket.get(w, Fraction(0)) for (v, w), c in m.items()), Fraction(0))


_ZERO: Matrix = ((Fraction(0), Fraction(0)), (Fraction(0), Fraction(0)))


def _plus(a: Any, b: Any) -> Any:
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return a + b
    if isinstance(a, Fraction) or isinstance(b, Fraction):  # the empty sum of vectors or matrices
        return b if isinstance(a, Fraction) else a
    if isinstance(a, tuple):
        return tuple(tuple(x + y for x, y in zip(r, s, strict=True)) for r, s in zip(a, b, strict=True))
    return {k: a.get(k, Fraction(0)) + b.get(k, Fraction(0)) for k in a.keys() | b.keys()}


def _times(c: Fraction, a: Any) -> Any:
    return {k: c * x for k, x in a.items()} if isinstance(a, dict) else tuple(tuple(c * x for x in row) for row in a)


def _tensor(factors: list[Matrix]) -> Vector:
    out: Vector = {((), ()): Fraction(1)}
    for m in factors:
        out = {
            ((*v, Fraction(r)), (*w, Fraction(s))): c * m[r][s]
            for (v, w), c in out.items()
            for r in (0, 1)
            for s in (0, 1)
        }
    return out


def _product(a: Vector, b: Vector) -> Vector:
    out: Vector = {}
    for (v, w), x in a.items():
        for (p, q), y in b.items():
            if w == p:
                out[v, q] = out.get((v, q), Fraction(0)) + x * y
    return out
