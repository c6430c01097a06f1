"""The bosonic algebra after (11): [â, â†] = 1, [x̂, p̂] = 2i and x̂_φ = âe^{iφ} + â†e^{−iφ}."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term
from symbolic_mqb.notation.language import I, Sum, delta, exp, function, sqrt, symbols
from symbolic_mqb.notation.phase_space import MOMENTUM, POSITION, momentum, position, turned
from symbolic_mqb.results import Result, eq
from symbolic_mqb.rules.sums import select, shift_index, sift, split_sum
from symbolic_mqb.rules.trigonometry import euler_cosine, euler_sine
from symbolic_mqb.tactics.reasons import algebra, as_, identity, unfold, use

k, l = symbols("k l", "nat")
m, j = symbols("m j", "int")
(phi,) = symbols("φ", "real")

_high = k + l + 2


def _raised(bra: Term, ket: Term) -> Term:
    """⟨k|â†|l⟩ = √(l+1) δ_{k,l+1}."""
    return sqrt(ket + 1) * delta(bra, ket + 1)


def _lowered(bra: Term, ket: Term) -> Term:
    """⟨k|â|l⟩ = √(k+1) δ_{l,k+1}."""
    return sqrt(bra + 1) * delta(ket, bra + 1)


_down_up = sqrt(k + 1) * sqrt(l + 1) * delta(m, l + 1)
_up_down = delta(k, m + 1) * ((m + 1) * delta(l, m + 1))
_level = j * delta(l, j)
_bosons = _lowered(k, m) * _raised(m, l) - _raised(k, m) * _lowered(m, l)

BOSONS = Result(
    "bosonic-algebra",
    "[â, â†] = 1 between all levels of the oscillator",
    equation="main text, after (11)",
    note="⟨k|â|m⟩ and ⟨k|â†|m⟩ vanish unless |k − m| = 1, so the sum over all m ends at k + l + 2.",
    chain=[
        Sum(_bosons, (m, 0, _high)),
        eq(Sum(delta(m, k + 1) * _down_up, (m, 0, _high)) - Sum(_up_down, (m, 0, _high)), by=algebra),
        eq(
            sqrt(k + 1) * sqrt(l + 1) * delta(k, l) - Sum(_up_down, (m, 0, _high)),
            by=identity(select, 0, _high, function(m, _down_up), k + 1),
        ),
        eq(
            (k + 1) * delta(k, l) - Sum(delta(k, j) * _level, (j, 0, _high + 1)),
            by=[
                as_(sqrt(k + 1) * (delta(k, l) * sqrt(l + 1)) - Sum(_up_down, (m, 0, _high))),
                identity(sift, function(j, sqrt(j + 1)), k, l, reverse=True),
                identity(shift_index, 0, _high, function(m, _up_down), 1),
                as_(
                    (k + 1) * delta(k, l)
                    - (Sum(delta(k, j) * _level, (j, 0, 0)) + Sum(delta(k, j) * _level, (j, 1, _high + 1)))
                ),
                identity(split_sum, 0, 0, _high + 1, function(j, delta(k, j) * _level), reverse=True),
            ],
        ),
        eq(
            delta(k, l),
            by=[
                as_((k + 1) * delta(k, l) - Sum(delta(j, k) * _level, (j, 0, _high + 1))),
                identity(select, 0, _high + 1, function(j, _level), k),
            ],
        ),
    ],
)

CANONICAL = Result(
    "canonical-commutator",
    "[x̂, p̂] = 2i between all levels of the oscillator",
    equation="main text, after (11)",
    chain=[
        Sum(position(k, m) * momentum(m, l) - momentum(k, m) * position(m, l), (m, 0, _high)),
        eq(2 * I * Sum(_bosons, (m, 0, _high)), by=[unfold(POSITION), unfold(MOMENTUM), algebra]),
        eq(2 * I * delta(k, l), by=use("bosonic-algebra")),
    ],
)


def _observable(angle: Term, bra: Term, ket: Term) -> Term:
    """⟨k|U_φ† x̂ U_φ|l⟩."""
    return turned(angle, bra, ket, position(bra, ket))


LADDER = Result(
    "11-ladder",
    "U_φ† x̂ U_φ = â e^{iφ} + â† e^{−iφ}",
    equation="11",
    chain=[
        _observable(phi, k, l),
        eq(
            exp(I * phi) * _lowered(k, l) + exp(-I * phi) * _raised(k, l),
            by=[
                use("11"),
                unfold(POSITION),
                unfold(MOMENTUM),
                identity(euler_cosine, phi),
                identity(euler_sine, phi),
            ],
        ),
    ],
)
