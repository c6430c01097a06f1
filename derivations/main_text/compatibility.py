"""Compatibility at α = 1: one measurement of the angle for all settings, and the joint law of two."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.full_coarse_graining import turn
from symbolic_mqb.notation.language import (
    Abs,
    I,
    Integral,
    conj,
    cos,
    equal,
    exp,
    function,
    pi,
    symbols,
)
from symbolic_mqb.notation.rotor import (
    JOINT,
    WAVE,
    angle,
    c,
    density,
    effect,
    f,
    g,
    joint,
    k,
    l,
    phi,
    phi1,
    phi2,
    rotor,
    state_sum,
    theta,
    wave_function,
)
from symbolic_mqb.results import Result, eq, have
from symbolic_mqb.rules.circle_functions import periodic_shift, reflect_interval, split_interval
from symbolic_mqb.rules.intervals import integral_of_sum, interval_termwise
from symbolic_mqb.rules.logic import transitivity
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, convert, identity, unfold, use

x = symbols("x", "real")[0]
zero = num(0)
_where = "main text, after (15)"
_pair = exp(I * (l - k) * theta) + exp(-I * (l - k) * theta)


def _folded(body: Term, reflected: Term) -> list[object]:
    """∫_{−π}^{π} is split at 0 and its left half, body at −ϕ, reflected."""
    return [
        identity(split_interval, -pi, 0, pi, function(angle, body)),
        identity(reflect_interval, -pi, 0, function(angle, body)),
        identity(integral_of_sum, 0, pi, function(angle, reflected), function(angle, body), reverse=True),
    ]


def _turned_effect(setting: Term) -> Term:
    """⟨k|U_φ† e(θ) U_φ|l⟩."""
    return exp(-I * k * setting) * effect(theta, k, l) * exp(I * l * setting)


_frequency = exp(I * (l - k) * (angle + phi))

PARENT = Result(
    "rotor-parent",
    "One measurement for all settings: the angle ϕ, the outcome of the setting φ being cos(ϕ − φ)",
    equation=_where,
    note="|ϕ⟩⟨ϕ|dϕ does not depend on φ: every U_φ† e(θ) U_φ is a function of its outcome, for all φ at once.",
    chain=[
        turn(f(cos(angle - phi)) * (conj(rotor(angle, k)) * rotor(angle, l)), angle),
        eq(
            1 / (2 * pi) * turn(f(cos(angle)) * _frequency, angle),
            by=[
                unfold(WAVE),
                identity(periodic_shift, function(angle, f(cos(angle)) * _frequency), -phi),
            ],
        ),
        eq(
            Integral(f(cos(theta)) * _turned_effect(phi), (theta, 0, pi)),
            by=[
                *_folded(f(cos(angle)) * _frequency, f(cos(angle)) * exp(I * (l - k) * (-angle + phi))),
                as_(
                    Integral(
                        f(cos(theta)) * exp(-I * k * phi) * (1 / (2 * pi) * _pair) * exp(I * l * phi), (theta, 0, pi)
                    )
                ),
                use("rotor-element", reverse=True, θ=theta),
            ],
        ),
    ],
)

_state = Abs(wave_function(angle)) ** 2


def _marginal(state: State, first: bool) -> Theorem:
    """(rotor-parent), summed over k and l."""
    e = Estimates(state.given, state)
    h, setting, tests = (f, phi1, (f, _certain)) if first else (g, phi2, (_certain, g))
    left = turn(
        h(cos(angle - setting)) * state_sum(conj(c(k)) * c(l) * (conj(rotor(angle, k)) * rotor(angle, l))), angle
    )
    summed = state_sum(conj(c(k)) * c(l) * Integral(h(cos(theta)) * _turned_effect(setting), (theta, 0, pi)))
    whole = e.equal(
        left,
        summed,
        convert(interval_termwise),
        convert(interval_termwise),
        use("rotor-parent", k=k, l=l, f=h, φ=setting),
    )
    value = e.meeting(
        joint(*tests),
        [unfold(JOINT), unfold(WAVE)],
        left,
        [unfold(WAVE)],
    )
    right = e.meeting(
        summed,
        [],
        _quantum(h, setting),
        [
            use("15-Born", reverse=True, θ=theta, φ=setting),
            convert(interval_termwise),
            convert(interval_termwise),
        ],
    )
    return transitivity(value, whole, right)


def _quantum(test: Term, setting: Term) -> Term:
    """∫ test(cos θ) P(θ) dθ for one setting."""
    return Integral(test(cos(theta)) * density(setting, theta), (theta, 0, pi))


_certain = function(x, 1)

COMPATIBLE = Result(
    "rotor-compatible",
    "All settings are compatible: a joint law of the outcomes cos(ϕ − φ₁), cos(ϕ − φ₂), with the quantum marginals",
    equation=_where,
    chain=[
        have(zero <= _state, by=ProofBy("a square", lambda state: Estimates((), state).fact(zero <= _state))),
        have(
            equal(joint(f, _certain), _quantum(f, phi1)),
            by=ProofBy("(rotor-parent) at φ₁", lambda state: _marginal(state, True), ("rotor-parent", "15-Born")),
        ),
        have(
            equal(joint(_certain, g), _quantum(g, phi2)),
            by=ProofBy("(rotor-parent) at φ₂", lambda state: _marginal(state, False), ("rotor-parent", "15-Born")),
        ),
    ],
    note="The law of the angle, |⟨ϕ|ψ⟩|²dϕ, does not depend on the settings. So cos(ϕ − φ_j) for any number of "
    "settings φ_j are random variables on one probability space, and each has the quantum law of its setting.",
)
