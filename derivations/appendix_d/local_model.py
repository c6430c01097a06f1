"""(D13): the local model of the limit distributions of two parties at α = 1."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.full_coarse_graining import turn
from symbolic_mqb.notation.language import Abs, I, Sum, conj, cos, delta, equal, exp, function, pi, symbols
from symbolic_mqb.notation.rotor import (
    HIDDEN,
    K,
    L,
    angle1,
    angle2,
    c2,
    f,
    four,
    g,
    hidden,
    k,
    l,
    m,
    n,
    phi_A,
    phi_B,
)
from symbolic_mqb.results import Erratum, Result, eq, have
from symbolic_mqb.rules.circle import orthogonality
from symbolic_mqb.rules.circle_functions import periodic_shift
from symbolic_mqb.rules.intervals import interval_termwise
from symbolic_mqb.rules.logic import symmetry, transport
from symbolic_mqb.rules.sums import select
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, convert, fold, identity, unfold, use

x = symbols("x", "real")[0]
zero, one = num(0), num(1)


def _plane(body: Term) -> Term:
    """∫dϕ₁dϕ₂ body over [−π, π]²."""
    return turn(turn(body, angle2), angle1)


_tests = f(cos(angle1)) * g(cos(angle2))
_weight = exp(-I * k * phi_A - I * l * phi_B) * conj(c2(k, l)) * c2(m, n) * exp(I * m * phi_A + I * n * phi_B)
_phases = exp(I * (k - m) * angle1 + I * (l - n) * angle2)
_d12 = four(_weight * (1 / (2 * pi) ** 2) * _plane(_phases * _tests))
_amplitude = (
    1 / (2 * pi) * Sum(Sum(exp(I * k * (phi_A - angle1) + I * l * (phi_B - angle2)) * c2(k, l), (l, -L, L)), (k, -K, K))
)
_d13 = _plane(Abs(_amplitude) ** 2 * _tests)
_expanded = _plane(four(_weight * (1 / (2 * pi) ** 2) * (_phases * _tests)))

EXPANDED = Result(
    "D13-expanded",
    "The square of (D13), multiplied out and integrated term by term",
    equation="D13",
    chain=[
        _d13,
        eq(_d12, by=[as_(_expanded), *[convert(interval_termwise)] * 8]),
    ],
)

_shifted = f(cos(angle1 + phi_A)) * g(cos(angle2 + phi_B))
_local = _plane(hidden(angle1, angle2) * _shifted)
_integrand = Abs(_amplitude) ** 2 * _tests
_unprimed = 1 / (2 * pi) * Sum(Sum(exp(-I * k * angle1 - I * l * angle2) * c2(k, l), (l, -L, L)), (k, -K, K))
_table = {(i, j): int(j == 0 and i in (0, 1)) for i in (-1, 0, 1) for j in (-1, 0, 1)}

D13 = Result(
    "D13",
    "The limit distribution of two parties, tested on f(x)g(y), is that of a local model",
    equation="D13",
    errata=(
        Erratum(
            equal(Abs(_amplitude) ** 2, substitute(Abs(_amplitude) ** 2, {phi_A: zero, phi_B: zero})),
            ((K, 1), (L, 0), (c2, _table), (angle1, num(0)), (angle2, num(0)), (phi_A, pi), (phi_B, num(0))),
            "The printed distribution of λ = (ϕ₁, ϕ₂) depends on the settings through e^{ikφ_A + ilφ_B}, and the "
            "answers cos ϕ₁, cos ϕ₂ do not: as it stands it is no local model; there μ(λ) is one for all settings.",
            "The equation is right, and so is the conclusion: with ϕ₁ → ϕ₁ + φ_A, ϕ₂ → ϕ₂ + φ_B the distribution is "
            "μ(λ) = |(1/2π) Σ c_kl e^{−ikϕ₁−ilϕ₂}|², and the answers are cos(ϕ₁ + φ_A) and cos(ϕ₂ + φ_B) (last line).",
            "slip",
        ),
    ),
    chain=[
        _d12,
        eq(_d13, by=use("D13-expanded", reverse=True)),
        eq(
            _local,
            by=[
                identity(periodic_shift, function(angle2, _integrand), phi_B, reverse=True),
                identity(
                    periodic_shift,
                    function(angle1, turn(substitute(_integrand, {angle2: angle2 + phi_B}), angle2)),
                    phi_A,
                    reverse=True,
                ),
                as_(_plane(Abs(_unprimed) ** 2 * _shifted)),
                fold(hidden(angle1, angle2)),
            ],
        ),
    ],
    note="P_A(x|λ) = δ(x − cos(ϕ₁ + φ_A)) and P_B(y|λ) = δ(y − cos(ϕ₂ + φ_B)) depend on the party's own setting only, "
    "for all c_kl with finitely many k and l and all bounded Borel f and g.",
)


def _positive(state: State) -> Theorem:
    e = Estimates(state.given, state)
    square = Abs(_unprimed) ** 2
    value = e.equal(hidden(angle1, angle2), square, unfold(HIDDEN))
    return transport(e.fact(zero <= square), (1,), symmetry(value), ())


POSITIVE = Result(
    "D13-positive",
    "The distribution of the hidden variable is not negative",
    equation="D13",
    chain=[have(zero <= hidden(angle1, angle2), by=ProofBy("a square", _positive))],
)

_norm = Sum(Sum(Abs(c2(k, l)) ** 2, (l, -L, L)), (k, -K, K))
_constant = function(x, 1)

MASS = Result(
    "D13-mass",
    "The distribution of the hidden variable has the mass Σ|c_kl|²",
    equation="D13",
    chain=[
        _plane(hidden(angle1, angle2)),
        eq(
            four(conj(c2(k, l)) * c2(m, n) * (1 / (2 * pi) ** 2) * _plane(_phases)),
            by=[
                unfold(HIDDEN),
                as_(_plane(four(conj(c2(k, l)) * c2(m, n) * (1 / (2 * pi) ** 2) * _phases))),
                *[convert(interval_termwise)] * 8,
            ],
        ),
        eq(
            four(conj(c2(k, l)) * c2(m, n) * delta(m, k) * delta(n, l)),
            by=[
                as_(
                    four(
                        conj(c2(k, l))
                        * c2(m, n)
                        * (1 / (2 * pi) ** 2)
                        * turn(exp(I * (k - m) * angle1), angle1)
                        * turn(exp(I * (l - n) * angle2), angle2)
                    )
                ),
                identity(orthogonality, k, m, 1),
                identity(orthogonality, l, n, 1),
            ],
        ),
        eq(
            _norm,
            by=[
                identity(select, -L, L, function(n, conj(c2(k, l)) * c2(m, n) * delta(m, k)), l),
                identity(select, -K, K, function(m, conj(c2(k, l)) * c2(m, l)), k),
            ],
        ),
    ],
)
