"""Symmetric states of many qubits, where 2^N amplitudes are out of reach.

Only matrix elements of tensor powers are known: from Σ_k x^k √C(N,k) |N,k⟩ = (|0⟩ + x|1⟩)^{⊗N},
    √(C(N,k) C(N,l)) ⟨N,k|M^{⊗N}|N,l⟩ = [x^k y^l] (M_00 + M_01 y + M_10 x + M_11 xy)^N
                                       = C(N,k) [y^l] (M_00 + M_01 y)^{N−k} (M_10 + M_11 y)^k.
For few qubits the brute force is used instead, and the tests compare the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any

from flint import acb, arb, ctx, fmpq

from .errors import Undefined, Unsupported
from .scalars import Value, ball, binomial, conjugate, is_zero, power, rational

_MOST_TERMS = 400


@dataclass(frozen=True, eq=False)
class Symmetric:
    """Σ_k weights[k] |n,k⟩."""

    n: int
    weights: dict[int, Value]

    def __add__(self, other: Any) -> Symmetric:
        if not isinstance(other, Symmetric):
            return self
        if self.n != other.n:
            raise Undefined(f"states of {self.n} and {other.n} qubits do not combine")
        keys = self.weights.keys() | other.weights.keys()
        return Symmetric(self.n, {k: self.weights.get(k, 0) + other.weights.get(k, 0) for k in sorted(keys)})

    __radd__ = __add__

    def scaled(self, factor: Value) -> Symmetric:
        """factor·|ψ⟩."""
        return Symmetric(self.n, {k: a * factor for k, a in self.weights.items()})


def braket(left: Symmetric, powers: tuple[tuple[Value, Any], ...] | None, right: Symmetric) -> Value:
    """⟨ψ|M|φ⟩ for M = Σ c B^{⊗n}."""
    if powers is None:
        raise Unsupported(f"an operator on {left.n} qubits that is no tensor power")
    total: Value = 0
    for factor, matrix in powers:
        for k, a in left.weights.items():
            for l, b in right.weights.items():
                value = _coefficient(matrix.entries, left.n, k, l)
                norm = power(_ratio(left.n, k, l), fmpq(1, 2))
                total = total + conjugate(a) * b * factor * value * norm
    return total


def _ratio(n: int, k: int, l: int) -> Value:
    """C(n, k)/C(n, l), exactly."""
    if k < l:
        return rational(1 / fmpq(_ratio(n, l, k)))
    if k - l > _MOST_TERMS:
        raise Unsupported("Dicke states with very different numbers of ones")
    return rational(fmpq(prod(range(n - k + 1, n - l + 1)), prod(range(l + 1, k + 1))))


def _coefficient(entries: Any, n: int, k: int, l: int) -> Value:
    """[y^l] (M_00 + M_01 y)^{n−k} (M_10 + M_11 y)^k, the product of two polynomials in y."""
    lowest, last = max(0, l - k), min(l, n - k)
    if last - lowest > _MOST_TERMS:
        return _convergent(tuple(ball(v) for v in entries), n, k, l)
    a, b, c, d = entries
    first, second = _powers(a, b, n - k, lowest, last), _powers(c, d, k, l - last, l - lowest)
    total: Value = 0
    for u, v in zip(first, reversed(second), strict=True):
        if not (is_zero(u) or is_zero(v)):
            total = total + u * v
    return total


def _convergent(entries: tuple[acb, ...], n: int, k: int, l: int) -> acb:
    """The same sum over j = the exponent of M_01, from its lowest value on, with a bound on what is left out.

    Neighbouring terms have the ratio (n−k−j)(l−j)/((j+1)(k−l+j+1)) · M_01 M_10/(M_00 M_11), whose modulus
    decreases with j. Once it is below 1/2, the rest is at most the last term.
    """
    a, b, c, d = entries
    j = max(0, l - k)
    term = acb(arb(binomial(n - k, j))) * acb(arb(binomial(k, l - j))) * a ** (n - k - j) * b**j
    term *= c ** (k - l + j) * d ** (l - j)
    step = b * c / (a * d)
    total = acb(0)
    for _ in range(_MOST_TERMS):
        total += term
        if term.is_zero():
            return total
        ratio = step * (n - k - j) * (l - j) / ((j + 1) * (k - l + j + 1))
        if abs(ratio) < arb(0.5) and abs(term) < abs(total) * arb(2) ** (-ctx.prec):
            radius = abs(term).abs_upper()
            return total + acb(arb(0, radius), arb(0, radius))
        term *= ratio
        j += 1
    raise Unsupported("a matrix element with too many terms")


def _powers(a: Value, b: Value, n: int, low: int, high: int) -> list[Value]:
    """The coefficients of y^low, …, y^high in (a + by)^n, 0 ≤ low ≤ high ≤ n."""
    return [binomial(n, j) * power(a, n - j) * power(b, j) for j in range(low, high + 1)]
