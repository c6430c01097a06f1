"""(6): the definition of MQB as properties to check, and that the Dicke spaces have it at α = 1/2."""

from __future__ import annotations

from typing import Any

from symbolic_mqb.kernel.terms import Term, lam, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.expansions import (
    limit_rate,
    limit_threshold,
    root,
    superposition_rate,
    threshold_slope,
    variance,
)
from symbolic_mqb.notation.language import Abs, I, Integral, Sum, conj, delta, equal, exp, function, symbols
from symbolic_mqb.notation.measurement import (
    POVM,
    PROJECTIVE,
    A,
    N,
    braket,
    c,
    calA,
    dicke,
    entry,
    mu,
    t,
    tau,
    tensor_power,
)
from symbolic_mqb.notation.objects import gaussian, wave
from symbolic_mqb.results import Result, eq, have
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.fourier import convolution_theorem
from symbolic_mqb.rules.integrals import gaussian_integral, integral_termwise
from symbolic_mqb.rules.logic import instantiate, transport
from symbolic_mqb.rules.sums import select
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.rates import about, from_rate, in_range, summed
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, convert, given_that, identity, use

k, l, D = symbols("k l D", "nat")
K, L = symbols("k l", "int")
x, xp, phi, s = symbols("x x' φ s", "real")
zero = num(0)

_choice = (
    equal(mu, entry(A, 0, 0)),
    equal(entry(A, 0, 1), tau * exp(I * phi)),
    equal(entry(A, 1, 0), tau * exp(-I * phi)),
    tau > 0,
)
_blurred = (s > 0, equal(s**2, variance / tau**2 - 1))


def superposition(element: Term) -> Term:
    """Σ_k Σ_l c_k* c_l · element."""
    return Sum(Sum(conj(c(K)) * c(L) * element, (L, 0, D - 1)), (K, 0, D - 1))


def _phases(row: Any, column: Any) -> Term:
    return exp(-I * row * phi) * exp(I * column * phi)


def _povm(row: Any, column: Any, point: Term) -> Term:
    """⟨k|U_φ† e_s(x) U_φ|l⟩ without the phases."""
    return Integral(gaussian(s, point - xp) * (conj(wave(xp, row)) * wave(xp, column)), xp)


def _element(row: Any, column: Any) -> Term:
    return braket(dicke(N, row), tensor_power(calA, N), dicke(N, column))


def _transform(row: Any, column: Any) -> Term:
    return _phases(row, column) * Integral(exp(I * t * x) * _povm(row, column, x), x)


_threshold = limit_threshold(k, l)
_noise = exp(-(s**2) * t**2 / 2)
_position = Integral(exp(I * t * x) * conj(wave(x, k)) * wave(x, l), x)

NOISE = Result(
    "6-transform",
    "The characteristic function of the limit POVM's elements",
    equation="6",
    given=(s > 0,),
    chain=[
        Integral(exp(I * t * x) * _povm(k, l, x), x),
        eq(
            Integral(exp(I * t * x) * gaussian(s, x), x) * _position,
            by=identity(
                convolution_theorem, function(x, gaussian(s, x)), function(x, conj(wave(x, k)) * wave(x, l)), t
            ),
        ),
        eq(_noise * _position, by=identity(gaussian_integral, 1 / (2 * s**2), I * t)),
    ],
)


def _distance(state: State) -> Theorem:
    """(A7-rate) with the phases of A₀₁ taken out; the Gaussian of width s is what σ² − τ² adds."""
    e = Estimates(state.given, state)
    width = e.equal(variance, tau**2 * (1 + s**2))
    reasons = [given_that(width.conclusion), given_that(_choice[1]), given_that(_choice[2])]
    other = [use("6-transform"), use("position-elements")]
    inside = e.under(width.conclusion)
    return cut(about(inside, e.meet(e.lookup("A7-rate")), _element(k, l), _transform(k, l), reasons, other), width)


ELEMENT_RATE = Result(
    "6-element-rate",
    "A matrix element and that of the limit POVM: at most C/√N apart",
    equation="6",
    given=(POVM, *_choice, *_blurred, _threshold <= N),
    chain=[
        have(
            Abs(_element(k, l) - _transform(k, l)) <= limit_rate(k, l) * root,
            by=ProofBy(
                "(A7-rate) and the convolution theorem", _distance, ("A7-rate", "position-elements", "6-transform")
            ),
        )
    ],
)

ELEMENT = Result(
    "6-element",
    "The limit of a matrix element is that of the limit POVM, for every POVM with A₀₁ ≠ 0 and s > 0",
    equation="6",
    given=(POVM, *_choice, *_blurred),
    chain=[have(Term("limit", (lam(N, _element(k, l)), _transform(k, l))), by=from_rate("6-element-rate"))],
)

_late = limit_threshold(D, D)
_summed_rate = superposition_rate(D, limit_rate(K, L)) * root


def _sum_distance(state: State, label: str, value: Term, printed: Term) -> Theorem:
    """The bound of each element, summed over k and l."""
    e = Estimates(state.given, state)
    inside = e.under(zero <= K, K <= D - 1, zero <= L, L <= D - 1)
    each = inside.by(instantiate, inside.lookup(label), ((k, K), (l, L)))
    each = inside.meet(
        cut(each, in_range(inside, limit_threshold(K, L), _late <= N, D, K, L, slope=threshold_slope(K, L, D)))
    )
    ranges = ((K, zero, D - 1), (L, zero, D - 1))
    pair = _element(K, L), substitute(value, {k: K, l: L})
    return summed(e, ranges, (conj(c(K)), c(L)), pair, each, (superposition(_element(K, L)), printed))


SUM_RATE = Result(
    "6-rate",
    "The characteristic function and that of the limit POVM: at most C/√N apart",
    equation="6",
    given=(POVM, *_choice, *_blurred, _late <= N),
    chain=[
        have(
            Abs(superposition(_element(K, L)) - superposition(_transform(K, L))) <= _summed_rate,
            by=ProofBy(
                "(6-element-rate), summed over k and l",
                lambda state: _sum_distance(state, "6-element-rate", _transform(k, l), superposition(_transform(K, L))),
                ("6-element-rate",),
            ),
        )
    ],
)


def _amplitude(level: Term, point: Term) -> Term:
    """c_k e^{ikφ}⟨x|k⟩."""
    return c(level) * exp(I * level * phi) * wave(point, level)


_psi = Sum(_amplitude(K, xp), (K, 0, D - 1))
_density = superposition(_phases(K, L) * _povm(K, L, x))


def _density_is_positive(state: State) -> Theorem:
    """P(x) = ∫ (Gaussian) |Σ_k c_k e^{ikφ}⟨x′|k⟩|² dx′."""
    e = Estimates(state.given, state)
    double = Sum(Sum(conj(_amplitude(K, xp)) * _amplitude(L, xp), (L, 0, D - 1)), (K, 0, D - 1))
    positive = e.fact(zero <= Integral(gaussian(s, x - xp) * Abs(_psi) ** 2, xp))
    same = e.meeting(
        Integral(gaussian(s, x - xp) * Abs(_psi) ** 2, xp),
        [as_(Integral(gaussian(s, x - xp) * double, xp)), convert(integral_termwise), convert(integral_termwise)],
        _density,
        [],
    )
    return transport(positive, (1,), same, state.given)


MQB = Result(
    "6",
    "The spans of Dicke states have MQB at α = 1/2, for every POVM with A₀₁ ≠ 0 and s > 0",
    equation="6",
    given=(POVM, *_choice, *_blurred),
    chain=[
        have(
            Term("limit", (lam(N, superposition(_element(K, L))), superposition(_transform(K, L)))),
            by=from_rate("6-rate"),
        ),
        have(
            zero <= _density,
            by=ProofBy("a Gaussian times |Σ_k c_k e^{ikφ}⟨x′|k⟩|² is integrated", _density_is_positive),
        ),
    ],
)

_total = superposition(
    _phases(K, L) * Integral(exp(I * zero * x) * _povm(K, L, x), x),
)
_overlap = Integral(conj(wave(x, K)) * wave(x, L), x)

COMPLETENESS = Result(
    "6-completeness",
    "The limit POVM is complete: the characteristic function of P(x) at t = 0, its total mass, is Σ|c_k|²",
    equation="6",
    given=(s > 0,),
    chain=[
        _total,
        eq(
            superposition(_phases(K, L) * _overlap),
            by=use("6-transform", k=K, l=L, t=0),
        ),
        eq(superposition(_phases(K, L) * delta(K, L)), by=use("A17-orthonormal", k=K, l=L)),
        eq(
            Sum(conj(c(K)) * c(K), (K, 0, D - 1)),
            by=[
                as_(
                    Sum(
                        Sum(delta(L, K) * (conj(c(K)) * c(L) * _phases(K, L)), (L, 0, D - 1)),
                        (K, 0, D - 1),
                    )
                ),
                identity(select, 0, D - 1, function(L, conj(c(K)) * c(L) * _phases(K, L)), K),
            ],
        ),
    ],
)

_sharp = superposition(_phases(K, L) * (conj(wave(x, K)) * wave(x, L)))
_sharp_transform = superposition(_phases(K, L) * Integral(exp(I * t * x) * conj(wave(x, K)) * wave(x, L), x))


_sharp_value = _phases(k, l) * Integral(exp(I * t * x) * conj(wave(x, k)) * wave(x, l), x)

SHARP_RATE = Result(
    "6-projective-rate",
    "The characteristic function and that of position: at most C/√N apart, for projective measurements",
    equation="6",
    given=(PROJECTIVE, *_choice, _late <= N),
    chain=[
        have(
            Abs(superposition(_element(K, L)) - _sharp_transform) <= _summed_rate,
            by=ProofBy(
                "(5-rate), summed over k and l",
                lambda state: _sum_distance(state, "5-rate", _sharp_value, _sharp_transform),
                ("5-rate",),
            ),
        )
    ],
)


def _sharp_is_positive(state: State) -> Theorem:
    """P(x) = |Σ_k c_k e^{ikφ}⟨x|k⟩|²."""
    e = Estimates(state.given, state)
    square = Abs(Sum(_amplitude(K, x), (K, 0, D - 1))) ** 2
    positive = e.fact(zero <= square)
    return transport(positive, (1,), e.equal(square, _sharp), state.given)


SHARP = Result(
    "6-projective",
    "The spans of Dicke states have MQB at α = 1/2 for projective measurements: e(x) projects on position",
    equation="6",
    given=(PROJECTIVE, *_choice),
    chain=[
        have(
            Term("limit", (lam(N, superposition(_element(K, L))), _sharp_transform)),
            by=from_rate("6-projective-rate"),
        ),
        have(zero <= _sharp, by=ProofBy("it is |Σ_k c_k e^{ikφ}⟨x|k⟩|²", _sharp_is_positive)),
    ],
)
