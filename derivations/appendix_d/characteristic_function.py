"""(D8): the characteristic function in the limit at α = 1."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.full_coarse_graining import (
    RESTS,
    bound_threshold,
    calA,
    centred,
    element_constant,
    limit_integral,
    power,
    turn,
)
from symbolic_mqb.notation.language import (
    Abs,
    Expectation,
    I,
    conj,
    cos,
    equal,
    exp,
    function,
    half,
    pi,
    symbols,
    unequal,
)
from symbolic_mqb.notation.measurement import POVM, A, N, braket, entry, mu, t, tau
from symbolic_mqb.notation.rotor import K, angle, c, k, l, law, phi, state_sum
from symbolic_mqb.results import Citation, Result, eq, have
from symbolic_mqb.rules.circle import orthogonality
from symbolic_mqb.rules.circle_functions import periodic_shift
from symbolic_mqb.rules.inequalities import modulus_of_product
from symbolic_mqb.rules.intervals import interval_inequality, modulus_of_integral
from symbolic_mqb.rules.trigonometry import euler_cosine
from symbolic_mqb.tactics.estimates import Estimates, both_signs, cut_all
from symbolic_mqb.tactics.measurements import element_at_most_one
from symbolic_mqb.tactics.rates import from_rate, revalued
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, given_that, identity, use

(x,) = symbols("x", "real")
_upper = equal(entry(A, 0, 1), tau * exp(I * phi))
#: The choice μ = tr A/2, A₀₁ = τe^{iφ}.
_choice = (POVM, equal(mu, half * (entry(A, 0, 0) + entry(A, 1, 1))), _upper, unequal(tau, 0))
_weight = conj(c(k)) * c(l)
_shifted = angle + phi


def _swing(exponent: Term) -> Term:
    """Σ c_k* c_l (1/2π) ∫dϕ e^{i(k−l)ϕ} e^{exponent}."""
    return state_sum(_weight * (1 / (2 * pi)) * turn(exp(I * (k - l) * angle) * exp(exponent), angle))


_exponential = _swing(I * t / 2 * (exp(I * _shifted) + exp(-I * _shifted)))
_cosine = _swing(I * t * cos(_shifted))
chi = state_sum(_weight * (1 / (2 * pi)) * turn(exp(I * (k - l) * (angle - phi) + I * t * cos(angle)), angle))

D8 = Result(
    "D8",
    "The limit of the characteristic function, at μ = tr A/2 and A₀₁ = τe^{iφ}",
    equation="D8",
    given=_choice,
    chain=[
        exp(-I * t * mu / tau) * state_sum(_weight * limit_integral(A, k, l, angle)),
        eq(_exponential, by=[given_that(_choice[1]), use("A-hermitian"), given_that(_upper)]),
        eq(_cosine, by=identity(euler_cosine, _shifted, reverse=True)),
        eq(
            chi,
            by=identity(
                periodic_shift,
                function(angle, exp(I * (k - l) * (angle - phi) + I * t * cos(angle))),
                phi,
            ),
        ),
    ],
)

_value = 1 / (2 * pi) * turn(exp(I * (k - l) * (angle - phi) + I * t * cos(angle)), angle)
_bare = braket(centred(k), power(calA), centred(l))


_phase = exp(-I * t * mu / tau)
threshold = bound_threshold(Abs(k), Abs(l))
_constant = element_constant(A, RESTS, k, l)
small = N ** num(-1)


def _element(state: State) -> Theorem:
    """(D7-bound), with the steps of (D8) for one pair k, l."""
    e = Estimates(state.given, state)
    bound, limit = e.meet(e.lookup("D7-bound")), limit_integral(A, k, l, phi)
    ranges = both_signs(e, e.fact(threshold <= N), k, l)
    inside = e.under(*(theorem.conclusion for theorem in ranges))
    product = inside.by(modulus_of_product, (_phase, _bare - limit))
    turned = inside.at_most(product.left, bound.right, (1, product), (1, bound))
    value = e.equal(
        _phase * limit,
        _value,
        given_that(_choice[1]),
        use("A-hermitian"),
        given_that(_upper),
        as_(1 / (2 * pi) * turn(exp(I * (k - l) * angle) * exp(I * t * _euler), angle)),
        identity(euler_cosine, _shifted, reverse=True),
        identity(periodic_shift, function(angle, exp(I * (k - l) * (angle - phi) + I * t * cos(angle))), phi),
    )
    theorem = revalued(inside, turned, _phase * _bare, value)
    theorem = cut_all(theorem, *ranges)
    return theorem


_euler = (exp(I * _shifted) + exp(-I * _shifted)) / 2


def _size(state: State) -> Theorem:
    """The integrand has modulus 1."""
    e = Estimates(state.given, state)
    body = exp(I * (k - l) * (angle - phi) + I * t * cos(angle))
    modulus = e.by(modulus_of_integral, -pi, pi, lam(angle, body))
    sizes = e.by(interval_inequality, angle, -pi, pi, e.at_most(Abs(body), 1))
    length, scale = e.by(orthogonality, num(0), num(0), num(1)), 1 / (2 * pi)
    return e.at_most(Abs(_value), 1, (scale, modulus), (scale, sizes), (scale, length))


D8_ELEMENT_SIZE = Result(
    "D8-element-size",
    "The limit of a matrix element is at most 1 in modulus",
    equation="D8",
    chain=[have(Abs(_value) <= 1, by=ProofBy("the integrand has modulus 1", _size))],
)


def _contracted(state: State) -> Theorem:
    """|e^{−itμ/τ}| = 1 and |⟨…⟩| ≤ 1."""
    e = Estimates(state.given, state)
    product = e.by(modulus_of_product, (_phase, _bare))
    return e.at_most(product.left, 1, (1, product), (1, element_at_most_one(e, calA, 2 * N, N + k, N + l)))


D8_ELEMENT_MODULUS = Result(
    "D8-element-modulus",
    "A matrix element is at most 1 in modulus",
    equation="D8",
    given=(POVM, N >= 1, unequal(tau, 0), k >= -N, k <= N, l >= -N, l <= N),
    chain=[
        have(
            Abs(_phase * _bare) <= 1,
            by=ProofBy("|e^{ita/(2Nτ)}| = 1, so that 𝒜 has a norm of at most 1", _contracted),
        )
    ],
)

D8_ELEMENT_RATE = Result(
    "D8-element-rate",
    "One matrix element and its limit: at most C/N apart",
    equation="D8",
    given=(*_choice, threshold <= N),
    chain=[
        have(
            Abs(_phase * _bare - _value) <= _constant * small,
            by=ProofBy("(D7-bound), Euler's formula and a shift of the angle", _element, ("D7-bound", "A-hermitian")),
        )
    ],
)

D8_ELEMENT = Result(
    "D8-element",
    "The limit of one matrix element, at μ = tr A/2 and A₀₁ = τe^{iφ}",
    equation="D8",
    given=_choice,
    chain=[
        have(
            Term("limit", (lam(N, _phase * _bare), _value)),
            by=from_rate("D8-element-rate"),
        ),
    ],
)

#: χ_N(t) = e^{−itμ/τ} Σ c_k* c_l ⟨2N, N+k|𝒜^{⊗2N}|2N, N+l⟩, (D2).
exact = exp(-I * t * mu / tau) * state_sum(_weight * braket(centred(k), power(calA), centred(l)))


D8_LIMIT = Result(
    "D8-limit",
    "The characteristic function of the macroscopic variable tends to (D8)",
    equation="D8",
    given=_choice,
    chain=[
        have(Term("limit", (lam(N, exact), chi)), by=from_rate("D8-rate")),
    ],
)

LEVY = Citation(
    "Lévy's continuity theorem",
    "If the characteristic functions of random variables X_N converge pointwise to the characteristic function of a "
    "probability law, then X_N converges to that law in distribution.",
    (
        ("χ_N is the characteristic function of X_N", "(D2)"),
        ("χ_N(t) → χ(t) for every real t", "(D8-limit)"),
        ("χ is the characteristic function of the law P(x) of (D9)", "(D9-characteristic)"),
        ("P(x) is a probability law", "(D9-positive), and (D9-mass) for Σ|c_k|² = 1"),
    ),
    "P. Billingsley, Probability and Measure, Theorem 26.3",
)


def _law_distance(state: State) -> Theorem:
    """(D8-rate), the value by (D9-characteristic)."""
    e = Estimates(state.given, state)
    value = e.equal(chi, _of_law, use("D9-characteristic", reverse=True))
    return revalued(e, e.meet(e.lookup("D8-rate")), exact, value)


_of_law = Expectation(exp(I * t * x), (x, law(phi)))

_late = bound_threshold(K, K)
_whole = state_sum(Abs(c(k)) * Abs(c(l)) * _constant) * small

CONVERGENCE_RATE = Result(
    "D9-rate",
    "The characteristic function of the macroscopic variable and that of (D9): at most C/N apart",
    equation="D9",
    given=(*_choice, _late <= N),
    chain=[
        have(
            Abs(exact - _of_law) <= _whole,
            by=ProofBy(
                "(D8) is the characteristic function of the law", _law_distance, ("D8-rate", "D9-characteristic")
            ),
        )
    ],
)

CONVERGENCE = Result(
    "D9-convergence",
    "The macroscopic variable converges in distribution to the law of (D9)",
    equation="D9",
    given=_choice,
    cites=(LEVY,),
    chain=[
        have(
            Term("limit", (lam(N, exact), _of_law)),
            by=from_rate("D9-rate"),
        )
    ],
)
