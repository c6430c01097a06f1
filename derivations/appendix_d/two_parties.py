"""(D11), (D12): two parties at α = 1, the limit of their joint characteristic function."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, apply, lam, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.full_coarse_graining import centred, turn
from symbolic_mqb.notation.language import (
    Abs,
    I,
    Sum,
    conj,
    cos,
    delta,
    equal,
    exp,
    function,
    half,
    pi,
    symbols,
    unequal,
)
from symbolic_mqb.notation.measurement import A, E, N, a, braket, d, entry, mu, t, tau, tensor_power
from symbolic_mqb.notation.rotor import (
    BIPARTITE,
    F,
    K,
    L,
    angle1,
    angle2,
    b,
    bipartite,
    c2,
    d_B,
    four,
    k,
    l,
    m,
    mu_A,
    mu_B,
    n,
    phi,
    phi_A,
    phi_B,
    s,
    tau_A,
    tau_B,
)
from symbolic_mqb.results import Citation, Definition, Result, eq, have
from symbolic_mqb.rules.asymptotics import limit_of_equal, limit_of_multiple, limit_of_sum
from symbolic_mqb.rules.limits import limit_of_product
from symbolic_mqb.rules.logic import instantiate
from symbolic_mqb.rules.sums import select
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, algebra, as_, identity, unfold, use

_identity = Term("identity")
_range = (K <= N, L <= N)

D11 = Definition(
    "D11",
    "The state of two parties, by the characteristic function of (X, Y) on it",
    bipartite,
    given=(*_range, N >= 1, unequal(tau_A, 0), unequal(tau_B, 0)),
    equation="D11",
    note="On |Ψ_4N⟩ = Σ c_kl |2N, N+k⟩ ⊗ |2N, N+l⟩ a product of operators has the expectation value "
    "Σ c_kl* c_mn ⟨2N, N+k|·|2N, N+m⟩⟨2N, N+l|·|2N, N+n⟩; the characteristic function of (X, Y) is that of "
    "𝒜^{⊗2N} ⊗ ℬ^{⊗2N}, by (D2) for each party. That the state is normalised is (D11-norm).",
)


def _overlap(first: Term, second: Term) -> Term:
    return braket(centred(first), tensor_power(_identity, 2 * N), centred(second))


NORM = Result(
    "D11-norm",
    "⟨Ψ_4N|Ψ_4N⟩ = Σ|c_kl|², whatever N",
    equation="D11",
    given=_range,
    chain=[
        four(conj(c2(k, l)) * c2(m, n) * (_overlap(k, m) * _overlap(l, n))),
        eq(
            four(conj(c2(k, l)) * c2(m, n) * (delta(k, m) * delta(l, n))),
            by=[use("centred-orthonormal", k=k, l=m), use("centred-orthonormal", k=l, l=n)],
        ),
        eq(
            Sum(Sum(Abs(c2(k, l)) ** 2, (l, -L, L)), (k, -K, K)),
            by=[
                as_(four(delta(n, l) * (conj(c2(k, l)) * c2(m, n) * delta(m, k)))),
                identity(select, -L, L, function(n, conj(c2(k, l)) * c2(m, n) * delta(m, k)), l),
                identity(select, -K, K, function(m, conj(c2(k, l)) * c2(m, l)), k),
            ],
        ),
    ],
)


def _party(
    measurement: tuple[Term, Term, Term], at: Term, names: tuple[Term, Term, Term]
) -> tuple[tuple[Term, Term], ...]:
    """The values of (D8-element)'s variables for one party."""
    return tuple(zip((E, a, d, t, mu, tau, phi), (*measurement, at, *names), strict=True))


_ALICE = _party((E, a, d), s, (mu_A, tau_A, phi_A))
_BOB = _party((F, b, d_B), t, (mu_B, tau_B, phi_B))


def _choice(values: tuple[tuple[Term, Term], ...]) -> tuple[Term, ...]:
    """μ = tr A/2, A₀₁ = τe^{iφ} for one party."""
    own = (
        Term("povm", (E, d)),
        equal(mu, half * (entry(A, 0, 0) + entry(A, 1, 1))),
        equal(entry(A, 0, 1), tau * exp(I * phi)),
        unequal(tau, 0),
    )
    return tuple(substitute(h, dict(values)) for h in own)


_weight = exp(-I * k * phi_A - I * l * phi_B) * conj(c2(k, l)) * c2(m, n) * exp(I * m * phi_A + I * n * phi_B)
_value = four(
    _weight
    * (1 / (2 * pi) ** 2)
    * turn(exp(I * (k - m) * angle1) * exp(I * s * cos(angle1)), angle1)
    * turn(exp(I * (l - n) * angle2) * exp(I * t * cos(angle2)), angle2)
)


def _limit(state: State) -> Theorem:
    """The product of two limits for each k, l, m, n, summed."""
    e = Estimates(state.given, state)
    ranges = (k >= -K, k <= K, l >= -L, l <= L, m >= -K, m <= K, n >= -L, n <= L)
    inside = e.under(*ranges)
    element = inside.lookup("D8-element")
    k_D8, l_D8 = symbols("k l", "int")
    first = inside.by(instantiate, element, (*_ALICE, (k_D8, k), (l_D8, m)))
    second = inside.by(instantiate, element, (*_BOB, (k_D8, l), (l_D8, n)))
    theorem = limit_of_product(inside.meet(first), inside.meet(second))
    theorem = inside.by(limit_of_multiple, conj(c2(k, l)) * c2(m, n), theorem)
    for index, size in ((n, L), (m, K), (l, L), (k, K)):
        theorem = limit_of_sum(index, -size, size, theorem)
    late = e.under(K + L <= N)
    same = late.meeting(bipartite, [unfold(BIPARTITE)], apply(theorem.conclusion.args[0], N), algebra)
    return limit_of_equal(N, K + L, theorem, same, e.equal(theorem.conclusion.args[1], _value))


D12 = Result(
    "D12",
    "The limit distribution of two parties",
    equation="D12",
    given=(*_choice(_ALICE), *_choice(_BOB)),
    cites=(
        Citation(
            "Lévy's continuity theorem in the plane",
            "If the characteristic functions of random vectors converge pointwise to the characteristic function of a "
            "probability law, then the vectors converge to that law in distribution.",
            (
                ("χ_4N(s, t) is the characteristic function of (X, Y)", "(D11)"),
                ("it converges for all real s and t", "the statement"),
                (
                    "the limit is the characteristic function of (cos ϕ₁, cos ϕ₂)",
                    "δ(cos ϕ₁ − x) δ(cos ϕ₂ − y) at e^{isx+ity}",
                ),
                ("(ϕ₁, ϕ₂) has a probability density", "(D13), (D13-positive), and (D13-mass) for Σ|c_kl|² = 1"),
            ),
            "P. Billingsley, Probability and Measure, Section 29",
        ),
    ),
    chain=[
        have(
            Term("limit", (lam(N, bipartite), _value)),
            by=ProofBy("(D8-element) for both parties, the limit of a product", _limit, ("D8-element",)),
        )
    ],
    note="(D12) tested on e^{isx+ity}: P(x, y) is the law with this characteristic function, and the double integral "
    "is a product. Tested on any f(x)g(y) it is the first line of (D13).",
)
