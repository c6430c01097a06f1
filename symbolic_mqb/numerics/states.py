"""Sequences of density operators for the numerics: exact mixtures, the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from flint import acb, fmpq

from .brute_force import Ket, OperatorN, outer
from .errors import Undefined, Unsupported
from .scalars import Value

_MOST_QUBITS = 6


@dataclass(frozen=True)
class States:
    """ρ(0), ρ(1), …: for seed 0 |0…0⟩, for seed 1 (|0…0⟩ + i|1…1⟩)/√2, else random mixtures of two vectors."""

    seed: int

    def __call__(self, n: int) -> OperatorN:
        """The density operator of n qubits."""
        if n < 0:
            raise Undefined("a negative number of qubits")
        if n > _MOST_QUBITS:
            raise Unsupported(f"no state of {n} qubits is sampled")
        size = 2**n
        if self.seed == 0:
            return outer(Ket(n, [int(j == 0) for j in range(size)]))
        if self.seed == 1:
            ends: list[Value] = [int(j == 0) for j in range(size)]
            ends[-1] = acb(0, 1) if n else 1
            return outer(Ket(n, ends)).scaled(fmpq(1, 2) if n else 1)
        random = Random(f"{self.seed} {n}")
        return _random_vector(random, n).scaled(fmpq(1, 3)) + _random_vector(random, n).scaled(fmpq(2, 3))

    def __str__(self) -> str:
        return ("|0…0⟩⟨0…0|", "the projector on (|0…0⟩ + i|1…1⟩)/√2")[self.seed] if self.seed < 2 else "random mixtures"


def _random_vector(random: Random, n: int) -> OperatorN:
    """|ψ⟩⟨ψ|/⟨ψ|ψ⟩ for Gaussian integers as amplitudes."""
    parts = [(random.randint(-3, 3), random.randint(-3, 3)) for _ in range(2**n)]
    parts[0] = (parts[0][0], 1)
    norm = sum(re * re + im * im for re, im in parts)
    return outer(Ket(n, [acb(re, im) if im else re for re, im in parts])).scaled(fmpq(1, norm))
