"""(11) and non-commutativity: the phase-space observables of the limit."""

from __future__ import annotations

from symbolic_mqb.notation.language import (
    I,
    cos,
    delta,
    equal,
    exp,
    function,
    sin,
    sqrt,
    symbols,
)
from symbolic_mqb.notation.phase_space import POSITION, momentum, position, turned
from symbolic_mqb.results import Definition, Erratum, Result, eq
from symbolic_mqb.rules.sums import sift
from symbolic_mqb.rules.trigonometry import euler_cosine, euler_sine
from symbolic_mqb.tactics.reasons import as_, fold, identity, unfold

k, l, n = symbols("k l n", "nat")
m, j = symbols("m j", "int")
x, phi, phi2 = symbols("x φ φ'", "real")

X11 = Definition(
    "11-position",
    "The position x̂ = â + â† by its matrix elements",
    position(k, l),
    equation="11",
    note="These are the units of (A17), mω/ħ = 1/2: (11-creation) and (11-annihilation) say that x·⟨x|l⟩ has them.",
)
P11 = Definition(
    "11-momentum",
    "The momentum p̂ = −i(â − â†) by its matrix elements, so that [x̂, p̂] = 2i",
    momentum(k, l),
    equation="11",
    note="On the wave-functions p̂ = −2i d/dx: (11-creation), (11-annihilation) and (11-ground-state).",
)

_up = sqrt(l + 1) * delta(k, l + 1)
_down = sqrt(k + 1) * delta(l, k + 1)

TURNED = Result(
    "11",
    "The phase-space observable U_φ† x̂ U_φ",
    equation="11",
    errata=(
        Erratum(
            equal(turned(phi, k, l, position(k, l)), position(k, l) * cos(phi) + momentum(k, l) * sin(phi)),
            ((k, 1), (l, 0), (phi, 1)),
            "With U_φ = e^{iφk̂}, as defined after (9), U_φ†âU_φ = âe^{iφ}, so U_φ†x̂U_φ = x̂ cos φ − p̂ sin φ for "
            "p̂ = −i(â − â†), the momentum of the oscillator with [x̂, p̂] = 2i. The printed + needs p̂ = i(â − â†), "
            "with [x̂, p̂] = −2i.",
            "With φ = arg A₀₁ it is σ_x → x̂ and σ_y → p̂. In units with [x̂, p̂] = i (p̂ = −i d/dx) and (A17)'s x̂ the "
            "second term is −2p̂ sin φ.",
            "changes a result",
        ),
    ),
    chain=[
        turned(phi, k, l, position(k, l)),
        eq(
            exp(-I * phi) * _up + exp(I * phi) * _down,
            by=[
                unfold(POSITION),
                as_(
                    delta(k, l + 1) * (exp(-I * k * phi) * exp(I * l * phi) * sqrt(l + 1))
                    + delta(l, k + 1) * (exp(I * l * phi) * exp(-I * k * phi) * sqrt(k + 1))
                ),
                identity(sift, function(j, exp(-I * j * phi) * exp(I * l * phi) * sqrt(l + 1)), k, l + 1),
                identity(sift, function(j, exp(I * j * phi) * exp(-I * k * phi) * sqrt(k + 1)), l, k + 1),
            ],
        ),
        eq(
            (_up + _down) * cos(phi) - (I * _up - I * _down) * sin(phi),
            by=[
                as_(
                    (_up + _down) * ((exp(I * phi) + exp(-I * phi)) / 2)
                    - (I * _up - I * _down) * ((exp(I * phi) - exp(-I * phi)) / (2 * I))
                ),
                identity(euler_cosine, phi, reverse=True),
                identity(euler_sine, phi, reverse=True),
            ],
        ),
        eq(
            position(k, l) * cos(phi) - momentum(k, l) * sin(phi),
            by=[fold(position(k, l)), fold(momentum(k, l))],
        ),
    ],
)
