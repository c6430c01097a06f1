"""Symmetric states of many qubits, where 2^N amplitudes are out of reach.

Only matrix elements of tensor powers are known: from Σ_k x^k √C(N,k) |N,k⟩ = (|0⟩ + x|1⟩)^{⊗N},
    √(C(N,k) C(N,l)) ⟨N,k|M^{⊗N}|N,l⟩ = [x^k y^l] (M_00 + M_01 y + M_10 x + M_11 xy)^N.
For few qubits the brute force is used instead, and the tests compare the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import fmpq

from .errors import Undefined, Unsupported
from .scalars import Value, binomial, conjugate, power
from .series import Series

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
        table = _elements(matrix.entries, left.n, max(left.weights), max(right.weights))
        for k, a in left.weights.items():
            for l, b in right.weights.items():
                norm = power(binomial(left.n, k) * binomial(left.n, l), fmpq(-1, 2))
                total = total + conjugate(a) * b * factor * table[k][l] * norm
    return total


def _elements(entries: Any, n: int, k: int, l: int) -> list[list[Value]]:
    """The coefficients of x^i y^j, i ≤ k and j ≤ l, of (M_00 + M_01 y + M_10 x + M_11 xy)^n."""
    if max(k, l) > _MOST_ONES:
        raise Unsupported(f"Dicke states with {max(k, l)} ones")
    x, y = 10**6, 10**6 + 1
    a, b, c, d = entries
    inner = [Series(y, [u, v, *[0] * l][: l + 1], False) for u, v in ((a, b), (c, d))]
    polynomial = Series(x, [*inner, *[0] * k][: k + 1], False)
    return [_row(row, l) for row in power(polynomial, n).coefficients]


def _row(row: Value, l: int) -> list[Value]:
    return row.coefficients if isinstance(row, Series) else [row, *[0] * l]
