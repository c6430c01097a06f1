"""(B1), (B3), (B4): the correlated state, the signs of phase-space observables, and their correlation."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term
from symbolic_mqb.notation.bell import (
    OBSERVABLE_ELEMENT,
    STATE,
    D,
    c,
    correlation,
    observable_element,
    phi_a,
    phi_b,
    sign_element,
    state,
)
from symbolic_mqb.notation.language import I, Integral, Sum, conj, delta, exp, function, sgn, symbols
from symbolic_mqb.notation.objects import wave
from symbolic_mqb.results import Definition, Result, eq
from symbolic_mqb.rules.half_line import square_of_sign
from symbolic_mqb.rules.integrals import integral_termwise
from symbolic_mqb.rules.logic import normal_form
from symbolic_mqb.rules.sums import exchange_sums, select, sift
from symbolic_mqb.tactics.reasons import convert, fold, identity, unfold, use

k, l = symbols("k l", "nat")
r, s, n = symbols("k l n", "int")
x, y, phi = symbols("x y φ", "real")

B1 = Definition("B1", "The correlated state, as a wave-function", state(x, y), equation="B1")


def _double(body: Term) -> Term:
    """Σ_k Σ_l over the levels of the state."""
    return Sum(Sum(body, (s, 0, D - 1)), (r, 0, D - 1))


def _overlap(first: Term, second: Term, point: Term) -> Term:
    return conj(wave(point, first)) * wave(point, second)


_wave = Sum(c(r) * wave(x, r) * wave(y, r), (r, 0, D - 1))
_conjugate = Sum(conj(c(r)) * conj(wave(x, r)) * conj(wave(y, r)), (r, 0, D - 1))
_apart = [convert(integral_termwise) for _ in range(4)]

NORM = Result(
    "B1-norm",
    "The norm of the correlated state",
    equation="B1",
    chain=[
        Integral(Integral(conj(state(x, y)) * state(x, y), y), x),
        eq(
            _double(
                conj(c(r)) * c(s) * Integral(_overlap(r, s, x), x) * Integral(_overlap(r, s, y), y),
            ),
            by=[
                unfold(STATE),
                identity(normal_form, conj(_wave), _conjugate),
                *_apart,
                convert(exchange_sums, takes_given=False),
            ],
        ),
        eq(
            _double(conj(c(r)) * c(s) * delta(r, s)),
            by=[
                use("A17-orthonormal", k=r, l=s, everywhere=True),
                identity(sift, function(n, delta(n, s)), r, s),
            ],
        ),
        eq(
            Sum(conj(c(r)) * c(r), (r, 0, D - 1)),
            by=identity(select, 0, D - 1, function(s, conj(c(r)) * c(s)), r),
        ),
    ],
)

B3 = Definition(
    "B3",
    "The sign of a phase-space observable, by its matrix elements",
    observable_element(phi, k, l),
    equation="B3",
)

ELEMENTS = Result(
    "B3-elements",
    "A rotation of the phase space multiplies the matrix elements by phases",
    equation="B3",
    chain=[
        observable_element(phi, k, l),
        eq(
            exp(-I * k * phi) * exp(I * l * phi) * Integral(sgn(x) * _overlap(k, l, x), x),
            by=unfold(OBSERVABLE_ELEMENT),
        ),
        eq(exp(-I * k * phi) * exp(I * l * phi) * sign_element(k, l), by=fold(sign_element(k, l))),
    ],
)

_rotated = conj(exp(I * k * phi) * wave(x, k)) * (exp(I * l * phi) * wave(x, l))

SQUARE = Result(
    "B3-square",
    "The sign of a phase-space observable is ±1-valued: its square is the identity",
    equation="B3",
    chain=[
        Integral(sgn(x) ** 2 * _rotated, x),
        eq(
            exp(-I * k * phi) * exp(I * l * phi) * Integral(_overlap(k, l, x), x),
            by=identity(square_of_sign, function(x, _rotated)),
        ),
        eq(exp(-I * k * phi) * exp(I * l * phi) * delta(k, l), by=use("A17-orthonormal")),
        eq(
            delta(k, l),
            by=identity(sift, function(r, exp(-I * r * phi) * exp(I * l * phi)), k, l),
        ),
    ],
)

_turn = phi_a + phi_b


#: (U_{φ_A} ⊗ U_{φ_B} ψ)(x, y), and its conjugate.
_turned = Sum(c(r) * (exp(I * r * phi_a) * wave(x, r)) * (exp(I * r * phi_b) * wave(y, r)), (r, 0, D - 1))
_turned_conjugate = Sum(
    conj(c(r)) * (exp(-I * r * phi_a) * conj(wave(x, r))) * (exp(-I * r * phi_b) * conj(wave(y, r))),
    (r, 0, D - 1),
)


def _state_sum(body: Term) -> Term:
    return _double(exp(-I * r * _turn) * conj(c(r)) * c(s) * exp(I * s * _turn) * body)


B4 = Result(
    "B4",
    "The correlation of the signs of two phase-space observables",
    equation="B4",
    chain=[
        Integral(Integral(sgn(x) * sgn(y) * (conj(_turned) * _turned), y), x),
        eq(
            _state_sum(Integral(sgn(x) * _overlap(r, s, x), x) * Integral(sgn(y) * _overlap(r, s, y), y)),
            by=[
                identity(normal_form, conj(_turned), _turned_conjugate),
                *_apart,
                convert(exchange_sums, takes_given=False),
            ],
        ),
        eq(
            _state_sum(sign_element(r, s) ** 2),
            by=[fold(sign_element(r, s)), fold(sign_element(r, s))],
        ),
        eq(correlation(_turn), by=fold(correlation(_turn))),
    ],
)
