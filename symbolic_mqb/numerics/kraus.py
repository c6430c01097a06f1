"""Points for the hypothesis Σ_m K_m†K_m = 1: exact Kraus operators of channels on a qubit."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from ..kernel.terms import Term, apply, fresh, num
from .points import Complex, Matrix

_ZERO: Complex = (Fraction(0), Fraction(0))
_ONE: Complex = (Fraction(1), Fraction(0))
_UNITS = ((1, 0), (0, 1), (-1, 0), (0, -1))
_NULL: Matrix = ((_ZERO, _ZERO), (_ZERO, _ZERO))


def kraus_family(h: Term) -> tuple[Term, Term] | None:
    """(K, M) if the hypothesis is Σ_{m=1}^{M} K_m†K_m = 1."""
    if h.op != "eq" or h.args[1].op != "identity" or h.args[0].op != "sum":
        return None
    low, high, function = h.args[0].args
    v = fresh(function, frozenset())
    body = apply(function, v)
    if low != num(1) or body.op != "matmul" or body.args[0] != Term("adjoint", (body.args[1],)):
        return None
    member = body.args[1]
    family = member.args[0] if member.op == "app" and member.args[1] == v else None
    return (family, high) if family is not None and family.op == "var" else None


def proposal(random: Random, attempt: int, count: int) -> list[Matrix] | None:
    """`count` Kraus operators, by turns of a unitary, of a damping and of a mixture of unitaries."""
    if count < 1:
        return None
    turn = 0 if count == 1 else attempt % 3
    if turn == 0:
        chosen = [_unitary(random)]
    elif turn == 1:
        keep, lose = (Fraction(4, 5), Fraction(0)), (Fraction(3, 5), Fraction(0))
        chosen = [((_ONE, _ZERO), (_ZERO, keep)), ((_ZERO, lose), (_ZERO, _ZERO))]
    else:
        chosen = [_scaled(_unitary(random), Fraction(3, 5)), _scaled(_unitary(random), Fraction(4, 5))]
    chosen += [_NULL] * (count - len(chosen))
    random.shuffle(chosen)
    return chosen


def _unitary(random: Random) -> Matrix:
    """A rotation by a Pythagorean angle between two diagonal phases."""
    p, q, r = random.choice(((3, 4, 5), (4, 3, 5), (5, 12, 13), (8, 15, 17), (0, 1, 1)))
    c, s = Fraction(p, r), Fraction(q, r)
    left, right = random.choice(_UNITS), random.choice(_UNITS)

    def times(x: Fraction, *phases: tuple[int, int]) -> Complex:
        re, im = x, Fraction(0)
        for a, b in phases:
            re, im = re * a - im * b, re * b + im * a
        return re, im

    return ((times(c), times(-s, right)), (times(s, left), times(c, left, right)))


def _scaled(m: Matrix, factor: Fraction) -> Matrix:
    (a, b), (c, d) = (((z[0] * factor, z[1] * factor), (w[0] * factor, w[1] * factor)) for z, w in m)
    return ((a, b), (c, d))
