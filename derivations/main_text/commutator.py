"""Non-commutativity at α = 1/2: the commutator of two phase-space observables."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term
from symbolic_mqb.notation.language import I, Sum, delta, exp, function, sin, sqrt, symbols
from symbolic_mqb.notation.phase_space import POSITION, position, turned
from symbolic_mqb.results import Result, eq
from symbolic_mqb.rules.sums import select, shift_index, sift, split_sum
from symbolic_mqb.rules.trigonometry import euler_sine
from symbolic_mqb.tactics.reasons import as_, identity, unfold, use

k, l, M = symbols("k l M", "nat")
m, j = symbols("m j", "int")
phi, phi2, theta = symbols("φ φ' θ", "real")

_top = k + l + 2


def _levels(body: Term, low: int = 0, high: Term = _top) -> Term:
    return Sum(body, (m, low, high))


def _raised(level: Term) -> Term:
    """level δ_{level,k} δ_{level,l} e^{i(level − 1)θ}."""
    return delta(level, k) * (level * delta(level, l) * exp(I * (level - 1) * theta))


LOWERED = Result(
    "non-commutativity-lower",
    "The part of the product of two positions that passes through the level below",
    equation="main text, after (11)",
    chain=[
        _levels((m + 1) * delta(k, m + 1) * delta(l, m + 1) * exp(I * m * theta)),
        eq(
            _levels(_raised(m), 1, _top + 1),
            by=[
                as_(_levels(_raised(m + 1))),
                identity(shift_index, 0, _top, function(m, _raised(m + 1)), 1),
            ],
        ),
        eq(
            _levels(_raised(m), 0, _top + 1),
            by=[
                as_(_levels(_raised(m), 0, 0 * k) + _levels(_raised(m), 1, _top + 1)),
                as_(Sum(_raised(m), (m, 0, 0)) + Sum(_raised(m), (m, 0 + 1, _top + 1))),
                identity(split_sum, 0, 0, _top + 1, function(m, _raised(m)), reverse=True),
            ],
        ),
        eq(
            k * delta(k, l) * exp(I * (k - 1) * theta),
            by=identity(select, 0, _top + 1, function(m, m * delta(m, l) * exp(I * (m - 1) * theta)), k),
        ),
    ],
)


def _product(first: Term, second: Term) -> Term:
    """⟨k|x̂_φ|m⟩⟨m|x̂_φ′|l⟩."""
    return turned(first, k, m, position(k, m)) * turned(second, m, l, position(m, l))


_difference = phi - phi2


def _through(level: Term) -> Term:
    """The phases on the way through a level, without those at the ends, and the other order."""
    return exp(-I * k * phi + I * l * phi2) * exp(I * level * _difference) - exp(-I * k * phi2 + I * l * phi) * exp(
        -I * level * _difference
    )


_ends = exp(-I * k * phi + I * l * phi2)
_swapped = exp(-I * k * phi2 + I * l * phi)
_lower = (m + 1) * delta(k, m + 1) * delta(l, m + 1)
_two_down = sqrt(l + 1) * sqrt(l + 2) * delta(k, l + 2) * _through(l + 1)
_two_up = sqrt(k + 1) * sqrt(k + 2) * delta(l, k + 2) * _through(k + 1)
_above = sqrt(k + 1) * sqrt(l + 1) * delta(k, l) * _through(k + 1)
_below = k * delta(k, l) * _through(k - 1)


def _phases(bra: Term, ket: Term, level: Term) -> Term:
    """`_through` a level between these ends."""
    forward = exp(-I * bra * phi + I * ket * phi2) * exp(I * level * _difference)
    return forward - exp(-I * bra * phi2 + I * ket * phi) * exp(-I * level * _difference)


def _down(bra: Term) -> Term:
    return sqrt(l + 1) * sqrt(l + 2) * _phases(bra, l, l + 1)


def _up(ket: Term) -> Term:
    return sqrt(k + 1) * sqrt(k + 2) * _phases(k, ket, k + 1)


def _same(weight: Term, bra: Term, level: Term) -> Term:
    """A diagonal element on its way through a level."""
    return weight * _phases(bra, l, level)


COMMUTATOR = Result(
    "non-commutativity",
    "The observables of two measurements do not commute in the limit: [x̂_φ, x̂_φ′] = 2i sin(φ − φ′)",
    equation="main text, after (11)",
    note="x̂_φ = U_φ†x̂U_φ. The commutator vanishes only if φ − φ′ is a multiple of π.",
    chain=[
        _levels(_product(phi, phi2) - _product(phi2, phi)),
        eq(
            _two_down + _below + _above + _two_up,
            by=[
                unfold(POSITION),
                as_(
                    _levels(delta(m, l + 1) * (sqrt(m + 1) * sqrt(l + 1) * delta(k, m + 1) * _through(m)))
                    + _ends * _levels(_lower * exp(I * m * _difference))
                    - _swapped * _levels(_lower * exp(I * m * -_difference))
                    + _levels(delta(m, k + 1) * (sqrt(k + 1) * sqrt(l + 1) * delta(m, l + 1) * _through(m)))
                    + _levels(delta(m, k + 1) * (sqrt(k + 1) * sqrt(m + 1) * delta(l, m + 1) * _through(m)))
                ),
                identity(
                    select, 0, _top, function(m, sqrt(m + 1) * sqrt(l + 1) * delta(k, m + 1) * _through(m)), l + 1
                ),
                use("non-commutativity-lower", θ=_difference),
                use("non-commutativity-lower", θ=-_difference),
                identity(
                    select, 0, _top, function(m, sqrt(k + 1) * sqrt(l + 1) * delta(m, l + 1) * _through(m)), k + 1
                ),
                identity(
                    select, 0, _top, function(m, sqrt(k + 1) * sqrt(m + 1) * delta(l, m + 1) * _through(m)), k + 1
                ),
            ],
        ),
        eq(
            2 * I * sin(_difference) * delta(k, l),
            by=[
                as_(
                    delta(k, l + 2) * _down(k)
                    + delta(k, l) * (_same(k, k, k - 1) + _same(sqrt(k + 1) * sqrt(l + 1), k, k + 1))
                    + delta(l, k + 2) * _up(l)
                ),
                identity(sift, function(j, _down(j)), k, l + 2),
                identity(sift, function(j, _same(j, j, j - 1) + _same(sqrt(j + 1) * sqrt(l + 1), j, j + 1)), k, l),
                identity(sift, function(j, _up(j)), l, k + 2),
                as_(2 * I * ((exp(I * _difference) - exp(-I * _difference)) / (2 * I)) * delta(k, l)),
                identity(euler_sine, _difference, reverse=True),
            ],
        ),
    ],
)
