"""Closures for operators and kets, evaluated by brute force."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from ..kernel.terms import Term
from . import brute_force
from .errors import Undefined, Unsupported
from .frames import Code, Frame, Sorts, named
from .scalars import Value, integer
from .symmetric import Symmetric

_MOST_FACTORS = 20


class QubitCode(ABC):
    """The part of the compiler that knows operators and kets."""

    @abstractmethod
    def code(self, t: Term, bound: Sorts) -> Code:
        """The closure of a term under binders of the given sorts."""

    def _entry(self, t: Term, bound: Sorts) -> Code:
        matrix, row, column = (self.code(a, bound) for a in t.args)

        def entry(f: Frame) -> Any:
            m = matrix(f)
            i, j = integer(row(f)), integer(column(f))
            return (brute_force.ZERO if type(m) is int else m).entry(i, j)

        return named(t, entry)

    def _identity(self, t: Term, bound: Sorts) -> Code:
        return lambda f: brute_force.IDENTITY

    def _matrix(self, t: Term, bound: Sorts) -> Code:
        codes = [self.code(a, bound) for a in t.args]

        def matrix(f: Frame) -> Any:
            a, b, c, d = (code(f) for code in codes)
            return brute_force.Matrix2((a, b, c, d))

        return matrix

    def _matmul(self, t: Term, bound: Sorts) -> Code:
        left, right = (self.code(a, bound) for a in t.args)
        return lambda f: _matrix(left(f)).times(_matrix(right(f)))

    def _adjoint(self, t: Term, bound: Sorts) -> Code:
        matrix = self.code(t.args[0], bound)
        return lambda f: _matrix(matrix(f)).adjoint()

    def _evolved(self, t: Term, bound: Sorts) -> Code:
        evolution, state = (self.code(a, bound) for a in t.args)
        return named(t, lambda f: brute_force.evolved(evolution(f), state(f)))

    def _tpow(self, t: Term, bound: Sorts) -> Code:
        matrix, size = (self.code(a, bound) for a in t.args)
        return named(t, lambda f: brute_force.tensor_power(_matrix(matrix(f)), _power(size(f))))

    def _tensor(self, t: Term, bound: Sorts) -> Code:
        size, body = self.code(t.args[0], bound), self.code(t.args[1].args[2], ("int", *bound))
        return named(
            t,
            lambda f: brute_force.tensor([_matrix(body((*f, i))) for i in range(1, _count(size(f)) + 1)]),
        )

    def _outer(self, t: Term, bound: Sorts) -> Code:
        state = self.code(t.args[0], bound)

        def outer(f: Frame) -> Any:
            ket = state(f)
            return brute_force.outer(ket) if isinstance(ket, (brute_force.Ket, Symmetric)) else 0

        return outer

    def _trace(self, t: Term, bound: Sorts) -> Code:
        operator = self.code(t.args[0], bound)
        return lambda f: brute_force.trace(operator(f))

    def _trace_of(self, t: Term, bound: Sorts) -> Code:
        state, operator = (self.code(a, bound) for a in t.args)
        return named(t, lambda f: brute_force.trace_of(state(f), operator(f)))

    def _braket(self, t: Term, bound: Sorts) -> Code:
        left, operator, right = (self.code(a, bound) for a in t.args)
        return named(t, lambda f: brute_force.braket(left(f), operator(f), right(f)))

    def _dicke(self, t: Term, bound: Sorts) -> Code:
        size, ones = (self.code(a, bound) for a in t.args)
        return named(t, lambda f: brute_force.dicke(integer(size(f)), integer(ones(f))))

    def _product_ket(self, t: Term, bound: Sorts) -> Code:
        zero, one, size = (self.code(a, bound) for a in t.args)
        return named(t, lambda f: brute_force.product_ket(zero(f), one(f), _power(size(f))))

    def _word(self, t: Term, bound: Sorts) -> Code:
        codes = [self.code(a, bound) for a in t.args]

        def word(f: Frame) -> Any:
            values = [integer(c(f)) for c in codes]
            return brute_force.word(list(zip(values[::2], values[1::2], strict=True)))

        return named(t, word)

    def _perm(self, t: Term, bound: Sorts) -> Code:
        if t.args[0].op == "word":
            codes = [self.code(a, bound) for a in t.args[0].args]

            def symmetric(f: Frame) -> Any:
                values = [integer(c(f)) for c in codes]
                return brute_force.permuted_word(list(zip(values[::2], values[1::2], strict=True)))

            return named(t, symmetric)
        state = self.code(t.args[0], bound)

        def permute(f: Frame) -> Any:
            ket = state(f)
            return brute_force.permutations(ket) if isinstance(ket, brute_force.Ket) else 0

        return permute


def integral_of_kets(
    function: Callable[[Any], Any], integrate: Callable[[Callable[[Any], list[Value]]], list[Value]], point: Value
) -> Any:
    """An integral of kets, amplitude by amplitude; the kets' number of qubits is found at one point."""
    sample = function(point)
    if type(sample) is int:
        return 0
    if not isinstance(sample, brute_force.Ket):
        raise Unsupported("an integral of kets that are not given by amplitudes")
    return brute_force.Ket(sample.n, integrate(lambda x: function(x).amplitudes))


def _matrix(m: Any) -> brute_force.Matrix2:
    return brute_force.ZERO if type(m) is int else m


def _power(v: Value) -> int:
    n = integer(v, "a number of qubits")
    if n < 0:
        raise Undefined("a negative number of qubits")
    return n


def _count(v: Value) -> int:
    n = _power(v)
    if n > _MOST_FACTORS:
        raise Unsupported(f"{n} qubits are too many for brute force")
    return n
