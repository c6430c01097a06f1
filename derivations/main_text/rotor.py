"""The rotor at α = 1: its wave-functions and POVM, (15), the mapping M, and the compatibility of all settings."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.full_coarse_graining import centred, turn
from symbolic_mqb.notation.language import (
    Abs,
    I,
    Integral,
    Sum,
    conj,
    cos,
    delta,
    equal,
    exp,
    function,
    pi,
    sin,
    sqrt,
    symbols,
)
from symbolic_mqb.notation.measurement import N, braket, tensor_power
from symbolic_mqb.notation.rotor import (
    DENSITY,
    EFFECT,
    WAVE,
    K,
    angle,
    c,
    density,
    effect,
    k,
    l,
    phi,
    rotor,
    state_sum,
    theta,
    turned,
    wave_function,
)
from symbolic_mqb.results import Definition, Erratum, Result, eq, have
from symbolic_mqb.rules.circle import orthogonality
from symbolic_mqb.rules.circle_functions import reflect_interval, split_interval
from symbolic_mqb.rules.inequalities import square_nonnegative
from symbolic_mqb.rules.intervals import integral_of_sum, interval_termwise
from symbolic_mqb.rules.logic import instantiate, symmetry, transport
from symbolic_mqb.rules.sums import select
from symbolic_mqb.rules.trigonometry import euler_cosine, euler_sine
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import Derivation, ProofBy, State, algebra, as_, convert, fold, identity, unfold, use

x = symbols("x", "real")[0]
zero, one = num(0), num(1)
_where = "main text, after (15)"
_one = Term("identity")

ISOMORPHISM = Result(
    "centred-orthonormal",
    "The Dicke states |2N, N+k⟩ are orthonormal: |2N, N+k⟩ ↦ |2(N+1), N+1+k⟩ extends to an isometry",
    equation=_where,
    given=(k >= -N, k <= N, l >= -N, l <= N),
    chain=[
        braket(centred(k), tensor_power(_one, 2 * N), centred(l)),
        eq(delta(N + k, N + l), by=use("Dicke-orthonormal", N=2 * N, k=N + k, l=N + l)),
        eq(delta(k, l), by=algebra),
    ],
)


def _explicit(point: Term, level: Term) -> Term:
    """e^{ikϕ}/√(2π)."""
    return 1 / sqrt(2 * pi) * exp(I * level * point)


def _by_definition(point: Term) -> Derivation:
    return lambda state: Estimates(state.given, state).equal(rotor(point, k), _explicit(point, k), unfold(WAVE))


WAVES = Definition(
    "rotor-wave",
    "The wave-functions of the quantum rotor",
    rotor(angle, k),
    equation=_where,
    chain=(
        have(equal(rotor(theta, k), _explicit(theta, k)), by=ProofBy("definition", _by_definition(theta))),
        have(equal(rotor(-theta, k), _explicit(-theta, k)), by=ProofBy("definition", _by_definition(-theta))),
    ),
    note="The circle −π < ϕ ≤ π is covered by ±θ, 0 ≤ θ ≤ π. That the |k⟩ are orthonormal is (rotor-orthonormal).",
)

ORTHONORMAL = Result(
    "rotor-orthonormal",
    "The eigenstates of the rotor are orthonormal",
    equation=_where,
    chain=[
        turn(conj(rotor(angle, k)) * rotor(angle, l), angle),
        eq(1 / (2 * pi) * turn(exp(I * (l - k) * angle), angle), by=unfold(WAVE)),
        eq(delta(k, l), by=identity(orthogonality, l, k, 1)),
    ],
)

EFFECTS = Definition(
    "rotor-effect",
    "e(θ) = |θ⟩⟨θ| + |−θ⟩⟨−θ|, by its matrix elements",
    effect(theta, k, l),
    equation=_where,
    note="e(θ)dθ is the effect of the outcome x = cos θ in dθ. As a density in x it is e(x) = e(θ)/|dx/dθ|, "
    "(D10-jacobian); the paper writes e(x) and e(θ) for the same POVM.",
)

_pair = exp(I * (l - k) * theta) + exp(-I * (l - k) * theta)

ELEMENT = Result(
    "rotor-element",
    "⟨k|e(θ)|l⟩ in closed form",
    equation=_where,
    chain=[effect(theta, k, l), eq(1 / (2 * pi) * _pair, by=[unfold(EFFECT), unfold(WAVE)])],
)

_quadratic = state_sum(conj(c(k)) * effect(theta, k, l) * c(l))


def _effect_is_positive(state: State) -> Theorem:
    """⟨ψ|e(θ)|ψ⟩ = |⟨θ|ψ⟩|² + |⟨−θ|ψ⟩|²."""
    e = Estimates(state.given, state)
    squares = [Abs(wave_function(point)) for point in (theta, -theta)]
    total = squares[0] ** 2 + squares[1] ** 2
    value = e.meeting(total, [unfold(WAVE)], _quadratic, [use("rotor-element", k=k, l=l)])
    return transport(e.fact(zero <= total), (1,), value, state.given)


EFFECT_POSITIVE = Result(
    "rotor-positive",
    "⟨ψ|e(θ)|ψ⟩ ≥ 0",
    equation=_where,
    chain=[
        have(
            zero <= _quadratic, by=ProofBy("⟨ψ|e(θ)|ψ⟩ = |⟨θ|ψ⟩|² + |⟨−θ|ψ⟩|²", _effect_is_positive, ("rotor-element",))
        ),
    ],
)


_diagonal = conj(rotor(angle, k)) * rotor(angle, l)
_mirrored = conj(rotor(-angle, k)) * rotor(-angle, l)

COMPLETE = Result(
    "rotor-complete",
    "∫_0^π e(θ) dθ = 1",
    equation=_where,
    chain=[
        Integral(effect(theta, k, l), (theta, 0, pi)),
        eq(
            turn(_diagonal, angle),
            by=[
                unfold(EFFECT),
                as_(Integral(_mirrored + _diagonal, (angle, 0, pi))),
                identity(integral_of_sum, 0, pi, function(angle, _mirrored), function(angle, _diagonal)),
                as_(Integral(_mirrored, (angle, -zero, pi)) + Integral(_diagonal, (angle, 0, pi))),
                identity(reflect_interval, -pi, 0, function(angle, _diagonal), reverse=True),
                identity(split_interval, -pi, 0, pi, function(angle, _diagonal), reverse=True),
            ],
        ),
        eq(delta(k, l), by=use("rotor-orthonormal")),
    ],
)


def _turned_effect(setting: Term) -> Term:
    """⟨k|U_φ† e(θ) U_φ|l⟩."""
    return exp(-I * k * setting) * effect(theta, k, l) * exp(I * l * setting)


def _projectors(first: Term, second: Term) -> Term:
    """⟨k| (|first⟩⟨first| + |second⟩⟨second|) |l⟩."""
    return conj(rotor(first, k)) * rotor(first, l) + conj(rotor(second, k)) * rotor(second, l)


def _written(point: Term) -> Term:
    """⟨k|point⟩⟨point|l⟩ with the wave-functions written out."""
    return conj(_explicit(point, k)) * _explicit(point, l)


TURNED = Result(
    "rotor-turned",
    "U_φ† e(θ) U_φ = |θ+φ⟩⟨θ+φ| + |−θ+φ⟩⟨−θ+φ|",
    equation=_where,
    errata=(
        Erratum(
            equal(_turned_effect(phi), _projectors(theta - phi, -theta - phi)),
            ((k, 0), (l, 1), (theta, 0), (phi, pi / 2)),
            "With ⟨ϕ|k⟩ = e^{ikϕ}/√(2π) and U_φ = Σ e^{ikφ}|k⟩⟨k|, U_φ†|θ⟩ is |θ+φ⟩; the print has |θ−φ⟩.",
            "(15) and the mapping M are right. The angles of the projectors are ±θ + φ, so the outcome of the setting "
            "φ is cos(ϕ − φ) at the angle ϕ. That all settings are compatible does not depend on the sign.",
            "slip",
        ),
    ),
    chain=[
        _turned_effect(phi),
        eq(
            _projectors(theta + phi, -theta + phi),
            by=[
                unfold(EFFECT),
                unfold(WAVE),
                as_(_written(theta + phi) + _written(-theta + phi)),
                *(fold(rotor(point + phi, level)) for point in (theta, -theta) for level in (k, l)),
            ],
        ),
    ],
)

BORN = Result(
    "15-Born",
    "⟨ψ|U_φ† e(θ) U_φ|ψ⟩ is P(θ) of (15)",
    equation="15",
    chain=[
        state_sum(conj(c(k)) * c(l) * _turned_effect(phi)),
        eq(density(phi, theta), by=[unfold(EFFECT), unfold(WAVE), fold(density(phi, theta))]),
    ],
)


def _density_is_positive(state: State) -> Theorem:
    """P(θ) = |Σ c_l e^{il(φ+θ)}|²/(2π) + |Σ c_l e^{il(φ−θ)}|²/(2π)."""
    e = Estimates(state.given, state)
    sums = [Abs(Sum(c(l) * exp(I * l * (phi + point)), (l, -K, K))) for point in (theta, -theta)]
    total = (sums[0] ** 2 + sums[1] ** 2) / (2 * pi)
    return transport(e.fact(zero <= total), (1,), symmetry(e.equal(density(phi, theta), total, unfold(DENSITY))), ())


POSITIVE = Result(
    "15-positive",
    "P(θ) ≥ 0",
    equation="15",
    chain=[
        have(
            zero <= density(phi, theta),
            by=ProofBy("P(θ) = (|Σ c_l e^{il(φ+θ)}|² + |Σ c_l e^{il(φ−θ)}|²)/(2π)", _density_is_positive),
        ),
    ],
)

MASS = Result(
    "15-mass",
    "P(θ) is normalised on [0, π] if Σ|c_k|² = 1",
    equation="15",
    chain=[
        Integral(density(phi, theta), (theta, 0, pi)),
        eq(
            state_sum(turned(phi) * Integral(effect(theta, k, l), (theta, 0, pi))),
            by=[
                use("15-Born", reverse=True, θ=theta),
                convert(interval_termwise),
                convert(interval_termwise),
            ],
        ),
        eq(state_sum(turned(phi) * delta(l, k)), by=use("rotor-complete", k=k, l=l)),
        eq(Sum(Abs(c(k)) ** 2, (k, -K, K)), by=identity(select, -K, K, function(l, turned(phi)), k)),
    ],
)


def _half_angle(state: State) -> Theorem:
    """1 − cos θ = 2 sin²(θ/2)."""
    e = Estimates(state.given, state)
    value = e.meeting(
        1 - cos(theta), identity(euler_cosine, theta), 2 * sin(theta / 2) ** 2, identity(euler_sine, theta / 2)
    )
    return e.at_most(cos(theta), 1, (-1, value), (2, e.by(square_nonnegative, sin(theta / 2))))


SUPPORT = Result(
    "15-support",
    "The limit variable x = cos θ lies in [−1, 1]",
    equation="15",
    chain=[
        have(cos(theta) <= 1, by=ProofBy("1 − cos θ = 2 sin²(θ/2)", _half_angle)),
        have(cos(theta) >= -1, by=ProofBy("the same at θ + π", lambda state: _opposite(state))),
    ],
)


def _opposite(state: State) -> Theorem:
    e = Estimates(state.given, state)
    theorem = instantiate(_half_angle(state), ((theta, theta + pi),), ())
    return e.at_most(-1, cos(theta), (1, theorem))
