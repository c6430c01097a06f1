"""Symmetric states of many qubits, where 2^N amplitudes are out of reach.

Only matrix elements of tensor powers are known: from Σ_k x^k √C(N,k) |N,k⟩ = (|0⟩ + x|1⟩)^{⊗N},
    √(C(N,k) C(N,l)) ⟨N,k|M^{⊗N}|N,l⟩ = [x^k y^l] (M_00 + M_01 y + M_10 x + M_11 xy)^N
                                       = C(N,k) [y^l] (M_00 + M_01 y)^{N−k} (M_10 + M_11 y)^k.
For few qubits the brute force is used instead, and the tests compare the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import fmpq

from .errors import Undefined, Unsupported
from .scalars import Value, binomial, conjugate, is_zero, power, rational

_MOST_ONES = 60


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
                norm = power(rational(fmpq(binomial(left.n, k), binomial(left.n, l))), fmpq(1, 2))
                total = total + conjugate(a) * b * factor * value * norm
    return total


def _coefficient(entries: Any, n: int, k: int, l: int) -> Value:
    """[y^l] (M_00 + M_01 y)^{n−k} (M_10 + M_11 y)^k, the product of two polynomials in y."""
    if max(k, l) > _MOST_ONES:
        raise Unsupported(f"Dicke states with {max(k, l)} ones")
    lowest = max(0, l - k)
    last = min(l, n - k)
    a, b, c, d = entries
    first, second = _powers(a, b, n - k, lowest, last), _powers(c, d, k, l - last, l - lowest)
    total: Value = 0
    for u, v in zip(first, reversed(second), strict=True):
        if not (is_zero(u) or is_zero(v)):
            total = total + u * v
    return total


def _powers(a: Value, b: Value, n: int, low: int, high: int) -> list[Value]:
    """The coefficients of y^low, …, y^high in (a + by)^n, 0 ≤ low ≤ high ≤ n."""
    return [binomial(n, j) * power(a, n - j) * power(b, j) for j in range(low, high + 1)]
