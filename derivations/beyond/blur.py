"""The violation survives a blur of the limit variable: the CHSH value of (B6) for the Gaussian POVM of width s."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symbolic_mqb.kernel.terms import Term, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bell import (
    BEST,
    BLURRED_CORRELATION,
    BLURRED_ELEMENT,
    STANDARD,
    angles,
    blurred_correlation,
    blurred_element,
    c,
    chsh,
    cosines,
    settings,
)
from symbolic_mqb.notation.language import (
    Derivative,
    I,
    Integral,
    Min,
    Sum,
    binomial,
    conj,
    cos,
    equal,
    exp,
    factorial,
    function,
    oo,
    pi,
    sgn,
    sqrt,
    symbols,
)
from symbolic_mqb.notation.objects import WAVE_FUNCTION, He, gaussian, wave
from symbolic_mqb.results import Result, eq, have
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.half_line import half_line_primitive, sign_integral
from symbolic_mqb.rules.inequalities import root_of_square, square_nonnegative
from symbolic_mqb.rules.integrals import integral_termwise
from symbolic_mqb.rules.logic import symmetry, transitivity, transport
from symbolic_mqb.rules.series import derivative_scaling
from symbolic_mqb.rules.trigonometry import archimedes, euler_cosine
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.positions import same
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, convert, given_that, identity, unfold, use
from symbolic_mqb.tactics.sums import written_out

k, l, m, n = symbols("k l m n", "nat")
(q,) = symbols("q", "int")
x, xp, sigma, width, theta = symbols("x x' σ s θ", "real")

_bell = exp(-(x**2) / 2)


def _hermite(order: Term) -> Term:
    """The Gaussian of width σ times He_n(x/σ)."""
    return gaussian(sigma, x) * He(order, x / sigma)


DERIVATIVE = Result(
    "Gaussian-Hermite-derivative",
    "The derivative of a Gaussian of width σ times a Hermite polynomial",
    equation="A8",
    given=(sigma > 0,),
    chain=[
        Derivative(1, x, _hermite(n)),
        eq(
            1 / (sqrt(2 * pi) * sigma**2) * Derivative(1, x, _bell * He(n, x), x / sigma),
            by=identity(derivative_scaling, 1, function(x, _bell * He(n, x)), 1 / sigma, x),
        ),
        eq(-1 / sigma * _hermite(n + 1), by=use("Hermite-weighted", x=x / sigma)),
    ],
)


def _half_line(state: State) -> Theorem:
    theorem = half_line_primitive(x, state.lookup("Gaussian-Hermite-derivative"), state.given)
    return transitivity(theorem, same(theorem.right, -1 / (sqrt(2 * pi) * sigma) * He(n, 0), state.given))


HALF_LINE = Result(
    "Gaussian-Hermite-half-line",
    "A Gaussian of width σ times a Hermite polynomial over the half line",
    equation="A8",
    given=(sigma > 0,),
    chain=[
        have(
            equal(Integral(-1 / sigma * _hermite(n + 1), (x, 0, oo)), -1 / (sqrt(2 * pi) * sigma) * He(n, 0)),
            by=ProofBy("the fundamental theorem of calculus", _half_line, ("Gaussian-Hermite-derivative",)),
        )
    ],
)


def _folded(order: Term) -> Term:
    return _hermite(order) - gaussian(sigma, -x) * He(order, -x / sigma)


def _sign(order: Term, *lines: object) -> list[object]:
    return [
        Integral(sgn(x) * _hermite(order), x),
        eq(Integral(_folded(order), (x, 0, oo)), by=identity(sign_integral, function(x, _hermite(order)))),
        *lines,
    ]


SIGN_ODD = Result(
    "sign-Hermite-odd",
    "The sign averaged with a Gaussian of width σ times an odd Hermite polynomial: the same for every σ",
    equation="A8",
    given=(sigma > 0,),
    chain=_sign(
        2 * m + 1,
        eq(
            2 * Integral(_hermite(2 * m + 1), (x, 0, oo)),
            by=use("Hermite-parity", n=2 * m + 1, x=x / sigma),
        ),
        eq(
            sqrt(2 / pi) * He(2 * m, 0),
            by=[
                as_(-2 * sigma * Integral(-1 / sigma * _hermite(2 * m + 1), (x, 0, oo))),
                use("Gaussian-Hermite-half-line", n=2 * m),
            ],
        ),
    ),
)

SIGN_EVEN = Result(
    "sign-Hermite-even",
    "The sign averaged with a Gaussian of width σ times an even Hermite polynomial",
    equation="A8",
    given=(sigma > 0,),
    chain=_sign(2 * m, eq(num(0), by=use("Hermite-parity", n=2 * m, x=x / sigma))),
)

_blur = (width > 0, sigma > 0, equal(sigma**2, width**2 + 1))
_p = k + l - 2 * q
_weight = sqrt(factorial(k) * factorial(l)) / factorial(q) * binomial(_p, l - q) / (sigma**_p * factorial(_p))

PRODUCT = Result(
    "wave-product",
    "The product of two wave-functions",
    equation="A17",
    chain=[
        conj(wave(x, k)) * wave(x, l),
        eq(
            sqrt(factorial(k) * factorial(l)) * gaussian(1, x) * (He(k, x) / factorial(k)) * (He(l, x) / factorial(l)),
            by=unfold(WAVE_FUNCTION),
        ),
    ],
)

ELEMENT = Result(
    "blurred-element",
    "The matrix elements of the sign of a blurred position, s² = σ² − 1, as averages of the sign",
    equation="B5",
    given=_blur,
    chain=[
        blurred_element(width, k, l),
        eq(
            Sum(_weight * Integral(sgn(x) * _hermite(_p), x), (q, 0, Min(k, l))),
            by=[
                unfold(BLURRED_ELEMENT),
                use("wave-product", x=xp),
                use("A9-all", reverse=True, m=k, n=l, α=sigma, β=width, γ=1, x=x),
                convert(integral_termwise),
            ],
        ),
    ],
)


def _value(first: int, second: int, value: Term, *parts: object) -> Result:
    """i_{kl} at the blur s, from the sum over q written out."""
    return Result(
        f"blurred-{first}{second}",
        f"i_{first}{second} at the blur s² = σ² − 1",
        equation="B5",
        given=_blur,
        chain=[
            blurred_element(width, first, second),
            eq(
                Sum(
                    substitute(_weight * Integral(sgn(x) * _hermite(_p), x), {k: num(first), l: num(second)}),
                    (q, 0, min(first, second)),
                ),
                by=use("blurred-element", k=first, l=second),
            ),
            eq(value, by=[written_out, *parts]),
        ],
    )


_odd = [use("sign-Hermite-odd", m=order) for order in (0, 1)]
_at_0 = [use("Hermite-even-at-0", n=order) for order in (0, 1)]
_first, _second = sqrt(2 / pi) / sigma, 1 / sqrt(pi) * (2 / sigma - 1 / sigma**3)

VALUE_01 = _value(0, 1, _first, _odd[0], _at_0[0])
VALUE_10 = _value(1, 0, _first, _odd[0], _at_0[0])
VALUE_12 = _value(1, 2, _second, *_odd, *_at_0)
VALUE_21 = _value(2, 1, _second, *_odd, *_at_0)

#: σ and 1/σ² at the blur s.
_wide, _inverse = sqrt(1 + width**2), 1 / (1 + width**2)

EVEN = Result(
    "blurred-even",
    "The matrix elements of the sign of a blurred position vanish where k + l is even",
    equation="B5",
    given=(width > 0, k <= 2 * m),
    chain=[
        blurred_element(width, k, 2 * m - k),
        eq(
            Sum(
                substitute(_weight * Integral(sgn(x) * _hermite(2 * (m - q)), x), {sigma: _wide, l: 2 * m - k}),
                (q, 0, Min(k, 2 * m - k)),
            ),
            by=use("blurred-element", l=2 * m - k, σ=_wide),
        ),
        eq(num(0), by=use("sign-Hermite-even", m=m - q, σ=_wide)),
    ],
)

_elements = [
    *(use(f"blurred-{pair}", everywhere=True, σ=_wide) for pair in ("01", "10", "12", "21")),
    *(use("blurred-even", k=i, m=(i + j) // 2, everywhere=True) for i, j in ((0, 0), (1, 1), (2, 2), (0, 2), (2, 0))),
]


def _coherence(level: int) -> Term:
    """c_k* c_{k+1} e^{iθ} and its conjugate."""
    forward = conj(c(level)) * c(level + 1) * exp(I * theta)
    return forward + conj(c(level + 1)) * c(level) * exp(-I * theta)


_factor = 1 / (sqrt(5) * pi) * (4 * _inverse + _inverse * (2 - _inverse) ** 2)
_squares = (substitute(element, {sigma: _wide}) ** 2 for element in (_first, _second))
_coherences = sum((square * _coherence(level) for level, square in enumerate(_squares)), start=num(0))

CORRELATION = Result(
    "blurred-correlation",
    "The correlation in the state (B6) at the blur s",
    equation="B7",
    given=(*BEST, width > 0),
    chain=[
        blurred_correlation(width, theta, 3),
        eq(
            _factor * ((exp(I * theta) + exp(-I * theta)) / 2),
            by=[
                unfold(BLURRED_CORRELATION),
                written_out,
                *_elements,
                as_(_coherences),
                *(given_that(h) for h in BEST),
            ],
        ),
        eq(_factor * cos(theta), by=identity(euler_cosine, theta, reverse=True)),
    ],
)

_at = dict(zip(angles, STANDARD, strict=True))
_turns = [[substitute(settings(i, j), _at) for j in (0, 1)] for i in (0, 1)]
_parameter = chsh(lambda i, j: blurred_correlation(width, _turns[i][j], 3))
_total = _factor * (2 * sqrt(2))

VALUE = Result(
    "blurred-value",
    "The Bell–CHSH parameter of the state (B6) at the blur s",
    equation="B8",
    given=(*BEST, width > 0),
    chain=[
        _parameter,
        eq(
            _factor * substitute(cosines(), _at),
            by=[use("blurred-correlation", θ=turn) for row in _turns for turn in row],
        ),
        eq(_total, by=use("B8-angles")),
    ],
)

(v,) = symbols("v", "real")
_least = Fraction(100, 101)
_far, _more = num(_least) <= v, 2 + num(Fraction(1, 5000))


def _cubic(y: Any) -> Any:
    """4v + v(2 − v)², the factor at v = 1/σ²."""
    return 4 * y + y * (2 - y) ** 2


def _increasing(state: State) -> Theorem:
    """f(v) − f(v₀) = (v − v₀)(v² + v v₀ + v₀² − 4(v + v₀) + 8), a quadratic function of v without zeros."""
    e = Estimates(state.given, state)
    above = e.fact(_far)
    square = (v + _least / 2 - 2) ** 2
    rest = 8 - 4 * _least + _least**2 - (2 - _least / 2) ** 2
    quadratic = e.at_most(0, square + rest, (1, e.by(square_nonnegative, v + _least / 2 - 2)))
    inside = e.under(quadratic.conclusion)
    theorem = inside.at_most(_cubic(_least), _cubic(v), (square + rest, above))
    return cut(theorem, quadratic)


CUBIC = Result(
    "blurred-cubic",
    "4v + v(2 − v)² is not less beyond v = 100/101",
    equation="B8",
    given=(_far,),
    chain=[have(num(_cubic(_least)) <= _cubic(v), by=ProofBy("the difference in factors", _increasing))],
)


def _above(state: State) -> Theorem:
    """v = 1/(1 + s²) ≥ 100/101; √10 ≥ 3.1622 and π < 22/7."""
    e = Estimates(state.given, state)
    tenth, root = Fraction(1, 10), Fraction(31622, 10000)
    low = e.at_most(num(_least), _inverse, (_least * _inverse * (width + tenth), e.fact(width <= tenth)))
    cubic = e.instance(e.lookup("blurred-cubic"), (_far,), ((v, _inverse),), (low,))
    ten = root_of_square(num(root), e.fact(num(root) ** 2 <= 10), ())
    return e.at_most(
        _more,
        _total,
        (2 * sqrt(2) / (sqrt(5) * pi), cubic),
        (2 * _cubic(_least) / (5 * pi), ten),
        ((2 + Fraction(1, 5000)) / pi, archimedes(1)),
    )


def _violation(state: State) -> Theorem:
    return transport(_above(state), (1,), symmetry(state.lookup("blurred-value")), ())


VIOLATION = Result(
    "blurred-violation",
    "The violation survives every blur s ≤ 1/10",
    equation="B8",
    given=(*BEST, width > 0, width <= Fraction(1, 10)),
    chain=[
        have(
            _more <= _parameter,
            by=ProofBy("1/σ² ≥ 100/101", _violation, ("blurred-cubic", "blurred-value")),
        )
    ],
    note="(blurred-value) falls to 2 at s = 0.10479…",
)
