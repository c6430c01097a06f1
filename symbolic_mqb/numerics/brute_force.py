"""Qubits by brute force: operators and states of N qubits as vectors of length 2^N.

The first factor of a tensor product acts on the most significant bit. The int 0 stands for the zero
vector and the zero operator of any size (an empty sum).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import comb
from typing import Any

from flint import fmpq

from . import symmetric
from .errors import Undefined, Unsupported
from .scalars import Value, conjugate, is_zero, power
from .symmetric import Symmetric

_MOST_QUBITS = 10
_MOST_IMAGES = 16
Vector = list[Value]


@dataclass(frozen=True, eq=False)
class Matrix2:
    """A 2×2 operator: its entries row by row."""

    entries: tuple[Value, Value, Value, Value]

    def __add__(self, other: Any) -> Matrix2:
        if isinstance(other, Matrix2):
            return Matrix2(_four(a + b for a, b in zip(self.entries, other.entries, strict=True)))
        return self

    __radd__ = __add__

    def scaled(self, factor: Value) -> Matrix2:
        """factor·M."""
        return Matrix2(_four(a * factor for a in self.entries))

    def entry(self, row: int, column: int) -> Value:
        """⟨row|M|column⟩."""
        if row not in (0, 1) or column not in (0, 1):
            raise Undefined("a matrix element of a qubit outside {0, 1}")
        return self.entries[2 * row + column]

    def times(self, other: Matrix2) -> Matrix2:
        """The matrix product."""
        a, b, c, d = self.entries
        e, f, g, h = other.entries
        return Matrix2((a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h))

    def adjoint(self) -> Matrix2:
        """The conjugate transpose."""
        a, b, c, d = self.entries
        return Matrix2(_four(conjugate(x) for x in (a, c, b, d)))


IDENTITY = Matrix2((1, 0, 0, 1))
ZERO = Matrix2((0, 0, 0, 0))


def _four(values: Any) -> tuple[Value, Value, Value, Value]:
    a, b, c, d = values
    return a, b, c, d


@dataclass(frozen=True, eq=False)
class Ket:
    """A state of n qubits, not necessarily normalised."""

    n: int
    amplitudes: Vector

    def __add__(self, other: Any) -> Ket:
        if not isinstance(other, Ket):
            return self
        _same_size(self.n, other.n)
        return Ket(self.n, [a + b for a, b in zip(self.amplitudes, other.amplitudes, strict=True)])

    __radd__ = __add__

    def scaled(self, factor: Value) -> Ket:
        """factor·|ψ⟩."""
        return Ket(self.n, [a if is_zero(a) else a * factor for a in self.amplitudes])


@dataclass(frozen=True, eq=False)
class OperatorN:
    """An operator on n qubits, as what it does to a vector; also, if so, as Σ c|ψ⟩⟨ψ| or as Σ c M^{⊗n}."""

    n: int
    act: Callable[[Vector], Vector]
    outers: tuple[tuple[Value, Any], ...] | None = None
    powers: tuple[tuple[Value, Matrix2], ...] | None = None
    images: dict[int, tuple[Vector, Vector]] = field(default_factory=dict, init=False, repr=False)

    def image(self, vector: Vector) -> Vector:
        """M times the vector, kept for the next state on the other side; vectors are held so that ids stay theirs."""
        known = self.images.get(id(vector))
        if known is None:
            if len(self.images) >= _MOST_IMAGES:
                self.images.clear()
            known = self.images[id(vector)] = vector, self.act(vector)
        return known[1]

    def __add__(self, other: Any) -> OperatorN:
        if not isinstance(other, OperatorN):
            return self
        _same_size(self.n, other.n)
        first, second = self.act, other.act
        return OperatorN(
            self.n,
            lambda v: [a + b for a, b in zip(first(v), second(v), strict=True)],
            _joined(self.outers, other.outers),
            _joined(self.powers, other.powers),
        )

    __radd__ = __add__

    def scaled(self, factor: Value) -> OperatorN:
        """factor·M."""
        outers, powers = _scaled(self.outers, factor), _scaled(self.powers, factor)
        act = self.act
        return OperatorN(self.n, lambda v: [a if is_zero(a) else a * factor for a in act(v)], outers, powers)

    def columns(self) -> list[Vector]:
        """The matrix, column by column."""
        return [self.act(_basis(self.n, j)) for j in range(2 ** _size(self.n))]


Listed = tuple[tuple[Value, Any], ...] | None


def _joined(left: Listed, right: Listed) -> Listed:
    return None if left is None or right is None else left + right


def _scaled(listed: Listed, factor: Value) -> Listed:
    return None if listed is None else tuple((c * factor, x) for c, x in listed)


def _same_size(n: int, m: int) -> None:
    if n != m:
        raise Undefined(f"objects of {n} and {m} qubits do not combine")


def _size(n: int) -> int:
    if n < 0:
        raise Undefined("a negative number of qubits")
    if n > _MOST_QUBITS:
        raise Unsupported(f"{n} qubits are too many for brute force")
    return n


def _basis(n: int, j: int) -> Vector:
    vector: Vector = [0] * 2**n
    vector[j] = 1
    return vector


def word(pairs: Sequence[tuple[int, int]]) -> Ket:
    """|b…b b′…b′ …⟩ for (b, length) pairs; the zero vector if a length is negative."""
    n = _size(sum(length for _, length in pairs))
    if any(level not in (0, 1) for level, _ in pairs):
        raise Undefined("a level of a qubit outside {0, 1}")
    if any(length < 0 for _, length in pairs):
        return Ket(n, [0] * 2**n)
    bits = "".join(str(level) * length for level, length in pairs)
    return Ket(n, _basis(n, int(bits or "0", 2)))


def _symmetric(n: int, k: int) -> Ket:
    return Ket(n, [int(j.bit_count() == k) for j in range(2**n)])


def permutations(state: Ket) -> Ket:
    """The sum over all distinct permutations of a word."""
    support = [j for j, a in enumerate(state.amplitudes) if not is_zero(a)]
    if not support:
        return state
    if len(support) != 1 or state.amplitudes[support[0]] != 1:
        raise Unsupported("permutations of a state that is not a word")
    return _symmetric(state.n, support[0].bit_count())


def product_ket(zero: Value, one: Value, n: int) -> Ket:
    """(zero|0⟩ + one|1⟩)^{⊗n}, not normalised."""
    if n < 0:
        raise Undefined("a negative number of qubits")
    weights = [power(zero, n - m) * power(one, m) for m in range(_size(n) + 1)]
    return Ket(n, [weights[j.bit_count()] for j in range(2**n)])


def permuted_word(pairs: Sequence[tuple[int, int]]) -> Ket | Symmetric:
    """The sum of a word's distinct permutations, √C(n,k) |n,k⟩."""
    n = sum(length for _, length in pairs)
    if n <= _MOST_QUBITS:
        return permutations(word(pairs))
    if any(level not in (0, 1) or length < 0 for level, length in pairs):
        raise Undefined("a level of a qubit outside {0, 1}, or a negative number of letters")
    ones = sum(length for level, length in pairs if level)
    return Symmetric(n, {ones: power(comb(n, ones), fmpq(1, 2))})


def dicke(n: int, k: int) -> Ket | Symmetric:
    """The normalised symmetric state of n qubits, k of them in |1⟩."""
    if not 0 <= k <= n:
        raise Undefined(f"there is no Dicke state of {n} qubits with {k} ones")
    if n > _MOST_QUBITS:
        return Symmetric(n, {k: 1})
    return _symmetric(n, k).scaled(power(comb(n, k), fmpq(-1, 2)))


def tensor_power(matrix: Matrix2, n: int) -> OperatorN:
    """M^{⊗n}; beyond the size for brute force only its elements between symmetric states are known."""
    if n <= _MOST_QUBITS:
        return replace(tensor([matrix] * n), powers=((1, matrix),))

    def act(vector: Vector) -> Vector:
        raise Unsupported(f"{n} qubits are too many for brute force")

    return OperatorN(n, act, None, ((1, matrix),))


def tensor(factors: Sequence[Matrix2]) -> OperatorN:
    """M_1 ⊗ … ⊗ M_N, applied one qubit after the other."""
    n = _size(len(factors))

    def act(vector: Vector) -> Vector:
        for i, factor in enumerate(factors):
            vector = _on_qubit(factor, vector, 1 << (n - 1 - i))
        return vector

    return OperatorN(n, act)


def _on_qubit(factor: Matrix2, vector: Vector, bit: int) -> Vector:
    a, b, c, d = factor.entries
    out: Vector = [0] * len(vector)
    for start in range(0, len(vector), 2 * bit):
        for j in range(start, start + bit):
            low, high = vector[j], vector[j + bit]
            if is_zero(low):
                if not is_zero(high):
                    out[j], out[j + bit] = b * high, d * high
            elif is_zero(high):
                out[j], out[j + bit] = a * low, c * low
            else:
                out[j], out[j + bit] = a * low + b * high, c * low + d * high
    return out


def outer(state: Ket | Symmetric) -> OperatorN:
    """|ψ⟩⟨ψ|."""

    def act(vector: Vector) -> Vector:
        if isinstance(state, Symmetric):
            raise Unsupported(f"{state.n} qubits are too many for brute force")
        overlap = _inner(state.amplitudes, vector)
        return [a if is_zero(a) else a * overlap for a in state.amplitudes]

    return OperatorN(state.n, act, ((1, state),))


def evolved(evolution: Any, state: Any) -> Any:
    """L ρ L† for ρ = Σ c|ψ⟩⟨ψ|."""
    if not (isinstance(evolution, OperatorN) and isinstance(state, OperatorN)):
        return 0
    _same_size(evolution.n, state.n)
    if state.outers is None or any(isinstance(ket, Symmetric) for _, ket in state.outers):
        raise Unsupported("the evolution of an operator that is not given by amplitudes")
    parts = [outer(Ket(state.n, evolution.act(ket.amplitudes))).scaled(c) for c, ket in state.outers]
    return sum(parts[1:], parts[0]) if parts else 0


def _inner(left: Vector, right: Vector) -> Value:
    total: Value = 0
    for a, b in zip(left, right, strict=True):
        if not is_zero(a) and not is_zero(b):
            total = total + conjugate(a) * b
    return total


def braket(left: Any, operator: Any, right: Any) -> Value:
    """⟨ψ|M|φ⟩."""
    if not all(isinstance(x, (Ket, Symmetric, OperatorN)) for x in (left, operator, right)):
        return 0
    _same_size(left.n, right.n)
    _same_size(left.n, operator.n)
    if isinstance(left, Symmetric) and isinstance(right, Symmetric):
        return symmetric.braket(left, operator.powers, right)
    return _inner(left.amplitudes, operator.image(right.amplitudes))


def trace(operator: Any) -> Value:
    """tr M."""
    total: Value = 0
    if isinstance(operator, OperatorN):
        for j, column in enumerate(operator.columns()):
            total = total + column[j]
    return total


def trace_of(state: Any, operator: Any) -> Value:
    """tr[ρ M]; for ρ = Σ c|ψ⟩⟨ψ| as Σ c⟨ψ|M|ψ⟩."""
    if not (isinstance(state, OperatorN) and isinstance(operator, OperatorN)):
        return 0
    _same_size(state.n, operator.n)
    total: Value = 0
    if state.outers is not None:
        for c, ket in state.outers:
            total = total + c * braket(ket, operator, ket)
        return total
    for j, column in enumerate(operator.columns()):
        total = total + state.act(column)[j]
    return total
