"""Non-commutativity at finite N: the commutator of two macroscopic observables between Dicke states, and its limit."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Abs, I, Sum, delta, equal, exp, function, half, sin, sqrt, symbols
from symbolic_mqb.notation.measurement import POVM, A, N, at_site, braket, dicke, entry, i
from symbolic_mqb.notation.pairs import BOB, B
from symbolic_mqb.notation.rotor import phi_A, phi_B, tau_A, tau_B
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.collective import one_body_element
from symbolic_mqb.rules.inequalities import modulus_of_product, root_of_square, triangle
from symbolic_mqb.rules.sums import sift
from symbolic_mqb.rules.trigonometry import euler_sine
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.rates import from_rate
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, identity

k, l = symbols("k l", "nat")
(j,) = symbols("j", "int")
zero, one = num(0), num(1)
_place = "main text, after (11)"

_C = Term("matmul", (A, B)) - Term("matmul", (B, A))
_scale = 1 / (N * tau_A * tau_B)
_collective = _scale * Sum(braket(dicke(N, k), at_site(_C, i, N), dicke(N, l)), (i, 1, N))
_choice = (
    POVM,
    BOB,
    equal(entry(A, 0, 1), tau_A * exp(I * phi_A)),
    equal(entry(A, 1, 0), tau_A * exp(-I * phi_A)),
    tau_A > 0,
    equal(entry(B, 0, 1), tau_B * exp(I * phi_B)),
    equal(entry(B, 1, 0), tau_B * exp(-I * phi_B)),
    tau_B > 0,
)
_angle = phi_A - phi_B
_down, _up = sqrt((l + 1) * (N - l)) / N, sqrt((k + 1) * (N - k)) / N
_tilt_A, _tilt_B = ((entry(m, 1, 1) - entry(m, 0, 0)) / size for m, size in ((A, tau_A), (B, tau_B)))
_lower = exp(-I * phi_B) * _tilt_A - exp(-I * phi_A) * _tilt_B
_upper = exp(I * phi_A) * _tilt_B - exp(I * phi_B) * _tilt_A
_limit = 2 * I * sin(_angle) * delta(k, l)
_same = _limit * (1 - 2 * k / N)
_element = _same + delta(k, l + 1) * (_down * _lower) + delta(l, k + 1) * (_up * _upper)

_elements = (
    1
    / (tau_A * tau_B)
    * (
        delta(k, l) * ((1 - k / N) * entry(_C, 0, 0) + k / N * entry(_C, 1, 1))
        + delta(k, l + 1) * (_down * entry(_C, 1, 0))
        + delta(l, k + 1) * (_up * entry(_C, 0, 1))
    )
)
_off = delta(k, l + 1) * (_down * _lower) + delta(l, k + 1) * (_up * _upper)
_positive = tuple(one <= (level + 1) * (N - level) for level in (k, l))
_steps = (
    identity(one_body_element, N, i, k, l, _C),
    identity(sift, function(j, (j * (N - l)) ** half / N * entry(_C, 1, 0)), k, l + 1),
    identity(sift, function(j, (j * (N - k)) ** half / N * entry(_C, 0, 1)), l, k + 1),
    as_(_elements),
    as_(2 * I * ((exp(I * _angle) - exp(-I * _angle)) / (2 * I)) * delta(k, l) * (1 - 2 * k / N) + _off),
    identity(euler_sine, _angle, reverse=True),
)


def _roots(es: Estimates) -> list[Theorem]:
    """1 ≤ (l + 1)(N − l) for l < N: the roots are of positive numbers."""
    return [
        es.at_most(*h.args, (level + 1, es.fact(one <= N - level))) for level, h in zip((k, l), _positive, strict=True)
    ]


def _finite(state: State) -> Theorem:
    es = Estimates(state.given, state)
    theorem = es.under(*_positive).equal(_collective, _element, *_steps)
    theorem = cut_all(theorem, *_roots(es))
    return theorem


FINITE = Result(
    "commutator-finite",
    "The commutator of two macroscopic observables at finite N, between Dicke states",
    equation=_place,
    given=(k < N, l < N, *_choice),
    note="For X̂_A = Σ_i (A_i − A₀₀)/(√N τ_A) and X̂_B alike, [X̂_A, X̂_B] = Σ_i [A, B]_i/(Nτ_Aτ_B): operators on "
    "different particles commute, and numbers commute with everything.",
    chain=[
        have(
            equal(_collective, _element),
            by=ProofBy("the one-body elements of [A, B], A₀₁ = τ_A e^{iφ_A}, B₀₁ = τ_B e^{iφ_B}", _finite),
        )
    ],
)

_constant = (
    4 * k * Abs(sin(_angle)) * delta(k, l)
    + delta(k, l + 1) * sqrt(l + 1) * Abs(_lower)
    + delta(l, k + 1) * sqrt(k + 1) * Abs(_upper)
)


#: Two summands, of which the first tends to the limit.
_distance = Abs(Term("add", (_element, -1 * _limit)))


def _bound(state: State) -> Theorem:
    """1/N ≤ 1/√N and (l + 1)(N − l) ≤ (l + 1)N."""
    es = Estimates(state.given, state)
    lemmas = _roots(es)
    inside = es.under(*_positive)
    factors = (
        (-4 * I * sin(_angle), k / N * delta(k, l)),
        (delta(k, l + 1) * _down, _lower),
        (delta(l, k + 1) * _up, _upper),
    )
    split = inside.by(triangle, tuple(u * v for u, v in factors))
    products = [inside.by(modulus_of_product, pair) for pair in factors]
    large = inside.by(root_of_square, one, inside.fact(one**2 <= N))
    roots = []
    for level in (l, k):
        root = sqrt((level + 1) * (N - level))
        roots.append(
            inside.by(
                root_of_square, root, inside.at_most(root**2, (level + 1) * N, (level + 1, inside.fact(N - level <= N)))
            )
        )
    theorem = inside.at_most(
        _distance,
        _constant * N ** (-half),
        (1, split),
        *((1, t) for t in products),
        (4 * k * Abs(sin(_angle)) * delta(k, l) / N, large),
        (delta(k, l + 1) * Abs(_lower) / N, roots[0]),
        (delta(l, k + 1) * Abs(_upper) / N, roots[1]),
    )
    theorem = cut_all(theorem, *lemmas)
    return theorem


RATE = Result(
    "commutator-rate",
    "How far the commutator at finite N is from its limit",
    equation=_place,
    given=(k + l + 1 <= N, tau_A > 0, tau_B > 0),
    chain=[
        have(
            _distance <= _constant * N ** (-half),
            by=ProofBy("1/N ≤ 1/√N and (l + 1)(N − l) ≤ (l + 1)N", _bound),
        )
    ],
)


LIMIT = Result(
    "commutator-limit",
    "For N → ∞ the commutator of (commutator-finite) becomes that of the phase-space observables",
    equation=_place,
    given=(tau_A > 0, tau_B > 0),
    chain=[
        have(
            Term("limit", (lam(N, _element), _limit)),
            by=from_rate("commutator-rate"),
        )
    ],
    note="2i sin(φ_A − φ_B)δ_kl is the commutator of (non-commutativity); the rate is 1/√N, and 1/N for k = l.",
)
