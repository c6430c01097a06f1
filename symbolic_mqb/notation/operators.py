"""Operators on one particle: matrices, products, adjoints, traces, and what a channel does with N particles."""

from __future__ import annotations

from typing import Any

from ..kernel.arithmetic import term
from ..kernel.terms import Term, call, defined, var
from .language import I
from .measurement import entry

_B = var("B", "op")
#: tr B of an operator on one particle.
TRACE = defined("tr", (_B,), entry(_B, 0, 0) + entry(_B, 1, 1))

identity = Term("identity")


def matrix(a: Any, b: Any, c: Any, d: Any) -> Term:
    """The operator with ⟨0|M|0⟩ = a, ⟨0|M|1⟩ = b, ⟨1|M|0⟩ = c, ⟨1|M|1⟩ = d."""
    return Term("matrix", (term(a), term(b), term(c), term(d)))


def product(first: Term, *others: Term) -> Term:
    """A B …, from the left."""
    for other in others:
        first = Term("matmul", (first, other))
    return first


def adjoint(operator: Term) -> Term:
    """M†."""
    return Term("adjoint", (operator,))


def qubit_trace(operator: Term) -> Term:
    """tr M = ⟨0|M|0⟩ + ⟨1|M|1⟩."""
    return call(TRACE, operator)


def evolved(evolution: Term, state: Term) -> Term:
    """L ρ L† for operators on N particles."""
    return Term("evolved", (evolution, state))


#: The Pauli matrices; Z is the phase flip.
PAULI_X, PAULI_Y, PAULI_Z = matrix(0, 1, 1, 0), matrix(0, -I, I, 0), matrix(1, 0, 0, -1)
