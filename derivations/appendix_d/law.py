"""(D9) and (D10): the law of the limit variable is that of cos ϕ, for an angle ϕ with the density p."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.full_coarse_graining import turn
from symbolic_mqb.notation.language import (
    Abs,
    Derivative,
    Expectation,
    I,
    Integral,
    Sum,
    conj,
    cos,
    equal,
    exp,
    function,
    pi,
    sin,
    symbols,
)
from symbolic_mqb.notation.measurement import t
from symbolic_mqb.notation.rotor import (
    K,
    angle,
    angle_density,
    c,
    density,
    k,
    l,
    law,
    phi,
    state_sum,
    theta,
    turned,
)
from symbolic_mqb.results import Erratum, Result, eq, have
from symbolic_mqb.rules.circle import orthogonality
from symbolic_mqb.rules.circle_functions import (
    cosine_substitution,
    derivative_of_cosine,
    reflect_interval,
    split_interval,
)
from symbolic_mqb.rules.inequalities import square_nonnegative
from symbolic_mqb.rules.intervals import integral_of_sum, interval_termwise
from symbolic_mqb.rules.sums import select
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, algebra, as_, convert, fold, identity, use

x = symbols("x", "real")[0]
(f,) = symbols("f", "real->real")
zero = num(0)
_p = angle_density(phi, angle)
_amplitude = Sum(c(l) * exp(I * l * (phi - angle)), (l, -K, K))


def _positive(state: State) -> Theorem:
    """p = |Σ c_l e^{il(φ−ϕ)}|²/(2π)."""
    e = Estimates(state.given, state)
    return e.at_most(0, _p, (1 / (2 * pi), e.by(square_nonnegative, Abs(_amplitude))))


POSITIVE = Result(
    "D9-positive",
    "The density of the angle is not negative",
    equation="D9",
    chain=[have(zero <= _p, by=ProofBy("p = |Σ c_l e^{il(φ−ϕ)}|²/(2π)", _positive))],
)

MASS = Result(
    "D9-mass",
    "The density of the angle has the mass Σ|c_k|²",
    equation="D9",
    chain=[
        turn(_p, angle),
        eq(
            1 / (2 * pi) * state_sum(turned(phi) * turn(exp(I * (k - l) * angle), angle)),
            by=[convert(interval_termwise), convert(interval_termwise)],
        ),
        eq(state_sum(turned(phi) * Term("delta", (l, k))), by=identity(orthogonality, k, l, 1)),
        eq(
            Sum(Abs(c(k)) ** 2, (k, -K, K)),
            by=identity(select, -K, K, function(l, turned(phi)), k),
        ),
    ],
)


def _printed(body: Term) -> Term:
    """Σ c_k* c_l (1/2π) ∫dϕ e^{i(k−l)(ϕ−φ)} · body."""
    return state_sum(conj(c(k)) * c(l) * (1 / (2 * pi)) * turn(exp(I * (k - l) * (angle - phi)) * body, angle))


def _image(body: Term) -> Term:
    """Σ e^{−ikφ} c_k* c_l e^{ilφ} (1/2π) ∫dϕ e^{i(k−l)ϕ} · body."""
    return state_sum(turned(phi) * (1 / (2 * pi)) * turn(exp(I * (k - l) * angle) * body, angle))


def _termwise(body: Term) -> list[object]:
    """∫ f dP is an integral over the angle, taken term by term."""
    return [as_(turn(body * _p, angle)), convert(interval_termwise), convert(interval_termwise)]


D9 = Result(
    "D9",
    "The law of the limit variable, tested on bounded Borel functions",
    equation="D9",
    note="∫dt e^{−ixt} e^{it cos ϕ} = 2πδ(cos ϕ − x) is a distribution: P(x) is the image of the density of the angle "
    "under cos, and δ(cos ϕ − x) gives f(cos ϕ) on a function f(x). That this law has the characteristic function "
    "(D8), and so is the limit, are (D9-characteristic) and (D9-convergence).",
    chain=[
        Expectation(f(x), (x, law(phi))),
        eq(_printed(f(cos(angle))), by=_termwise(f(cos(angle)))),
        eq(_image(f(cos(angle))), by=algebra),
    ],
)

_wave = exp(I * t * x)

CHARACTERISTIC = Result(
    "D9-characteristic",
    "The characteristic function of this law is that of (D8)",
    equation="D9",
    chain=[
        Expectation(_wave, (x, law(phi))),
        eq(_printed(exp(I * t * cos(angle))), by=_termwise(exp(I * t * cos(angle)))),
    ],
)


def _tested(body: Term) -> Term:
    """∫_0^π dθ body · Σ e^{−ikφ} c_k* c_l e^{ilφ} (e^{i(k−l)θ} + e^{−i(k−l)θ})/(2π)."""
    folded = state_sum(turned(phi) * ((exp(I * (k - l) * theta) + exp(-I * (k - l) * theta)) / (2 * pi)))
    return Integral(body * folded, (theta, 0, pi))


def _fold(body: Term) -> list[object]:
    """[−π, π] is split at 0 and the left half reflected."""
    whole = function(angle, body * angle_density(phi, angle))
    left = function(angle, body * angle_density(phi, -angle))
    return [
        as_(turn(body * _p, angle)),
        identity(split_interval, -pi, 0, pi, whole),
        identity(reflect_interval, -pi, 0, whole),
        identity(integral_of_sum, 0, pi, left, whole, reverse=True),
    ]


_branch = exp(I * (k - l) * theta) / Abs(sin(theta)) + exp(-I * (k - l) * theta) / Abs(sin(theta))

D10 = Result(
    "D10",
    "The law of the limit variable as a density of θ, x = cos θ",
    equation="D10",
    errata=(
        Erratum(
            equal(
                Derivative(1, theta, cos(theta)) * state_sum(turned(phi) * (1 / (2 * pi)) * _branch),
                state_sum(turned(phi) * ((exp(I * (k - l) * theta) + exp(-I * (k - l) * theta)) / (2 * pi))),
            ),
            ((K, 0), (c, {0: 1}), (phi, 0), (theta, pi / 2)),
            "Densities transform with |dx/dθ| = sin θ; the printed dx/dθ = −sin θ would make P(θ) negative. On the two "
            "branches ϕ = ±θ the integral over δ(cos ϕ − cos θ) gives 1/|sin θ| each.",
            "None for the last line, which is right.",
            "slip",
        ),
    ),
    chain=[
        Expectation(f(x), (x, law(phi))),
        eq(_image(f(cos(angle))), by=use("D9")),
        eq(_tested(f(cos(theta))), by=[use("D9", reverse=True), *_fold(f(cos(angle)))]),
    ],
)

CHARACTERISTIC_FOLDED = Result(
    "D10-characteristic",
    "The characteristic function (D8) as an integral over θ",
    equation="D10",
    chain=[
        _printed(exp(I * t * cos(angle))),
        eq(
            Integral(exp(I * t * cos(theta)) * density(phi, theta), (theta, 0, pi)),
            by=[
                use("D9-characteristic", reverse=True),
                *_fold(exp(I * t * cos(angle))),
                as_(_tested(exp(I * t * cos(theta)))),
                fold(density(phi, theta)),
            ],
        ),
    ],
)

JACOBIAN = Result(
    "D10-jacobian",
    "A density in x becomes one in θ, x = cos θ, with |dx/dθ|",
    equation="D10",
    chain=[
        Integral(f(x), (x, -1, 1)),
        eq(
            Integral(f(cos(theta)) * sin(theta), (theta, 0, pi)),
            by=[as_(Integral(f(x), (x, cos(pi), cos(zero)))), identity(cosine_substitution, 0, pi, function(x, f(x)))],
        ),
        eq(
            -Integral(f(cos(theta)) * Derivative(1, theta, cos(theta)), (theta, 0, pi)),
            by=[
                as_(-Integral(f(cos(theta)) * (-sin(theta)), (theta, 0, pi))),
                identity(derivative_of_cosine, theta, reverse=True),
            ],
        ),
    ],
)
