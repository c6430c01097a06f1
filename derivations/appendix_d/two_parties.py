"""(D11), (D12): two parties at α = 1, the limit of their joint characteristic function."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symbolic_mqb.kernel.terms import Term, lam, num, substitute
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
    unequal,
)
from symbolic_mqb.notation.measurement import A, E, N, a, braket, d, entry, mu, t, tau, tensor_power
from symbolic_mqb.notation.pair_rates import ALICE, BOB, pair_rate, party_slope, party_threshold
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
from symbolic_mqb.results import Citation, Definition, Needed, Result, eq, have
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.inequalities import two_sided
from symbolic_mqb.rules.logic import assume, instantiate
from symbolic_mqb.rules.sums import select
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.rates import beside, from_rate, multiplied, named, sides_of, summed
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, identity, unfold, use

_half = Fraction(1, 2)
_identity, one = Term("identity"), num(1)
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


_late = party_threshold(ALICE, K, K) + party_threshold(BOB, L, L)
_rate = four(Abs(c2(k, l)) * Abs(c2(m, n)) * pair_rate) * N ** num(-1)


def _threshold(e: Estimates, who: tuple[tuple[Term, Term], ...], indices: tuple[Term, Term], size: Term) -> Theorem:
    """The threshold of one party's element for |k|, |m| ≤ K."""
    moduli = [Abs(j) for j in indices]
    slope = party_slope(who, size, *moduli)
    bounds = [(slope, two_sided(j, assume(j >= -1 * size), assume(j <= size))) for j in indices]
    own = e.at_most(party_threshold(who, size, size), N, (1, assume(_late <= N)))
    return e.at_most(party_threshold(who, *moduli), N, (1, own), *bounds)


def _below(e: Estimates) -> Theorem:
    """Bob's element is at most 1 in modulus."""
    late = [e.at_most(L, N, (1, assume(_late <= N))), e.at_most(one, N, (1, assume(_late <= N)))]
    inside = e.under(*(theorem.conclusion for theorem in late))
    theorem = inside.meet(inside.by(instantiate, e.lookup("D8-element-modulus"), (*BOB, (k, l), (l, n))))
    return cut_all(theorem, *late)


def _distance(state: State) -> Theorem:
    """The product of two elements near their limits for each k, l, m, n, summed."""
    e = Estimates(state.given, state)
    sizes = ((k, K), (l, L), (m, K), (n, L))
    ranges = tuple((index, -1 * size, size) for index, size in sizes)
    inside = e.under(*(h for index, size in sizes for h in (-1 * size <= index, index <= size)))
    both = []
    for who, row, column, size in ((ALICE, k, m, K), (BOB, l, n, L)):
        theorem = inside.by(instantiate, inside.lookup("D8-element-rate"), (*who, (k, row), (l, column)))
        both.append(inside.meet(cut(theorem, _threshold(inside, who, (row, column), size))))
    below = _below(inside)
    limit = inside.by(instantiate, inside.lookup("D8-element-size"), (*ALICE[3:], (k, k), (l, m)))
    each = named(inside, multiplied(inside, both[0], both[1], below, limit), pair_rate)
    pair = sides_of(each)
    total = summed(e, ranges, (conj(c2(k, l)), c2(m, n)), pair, each)
    near, far = sides_of(total)
    return beside(total, e.equal(bipartite, near, unfold(BIPARTITE)), e.equal(_value, far))


def _without() -> tuple[Needed, ...]:
    """σ_x for both parties, s = t = 0, N at its threshold; for one of them the one effect [[1, 1], [1, 1]] instead."""
    sharp = {1: [[_half, _half], [_half, _half]], 2: [[_half, -_half], [-_half, _half]]}
    plain: dict[Term, Any] = dict.fromkeys((s, t, K, L, phi_A, phi_B, mu_A, mu_B), 0)
    plain |= {tau_A: 1, tau_B: 1, N: 32, c2: {(0, 0): 1}}
    plain |= {E: sharp, F: sharp, a: {1: 1, 2: -1}, b: {1: 1, 2: -1}, d: 2, d_B: 2}
    found = []
    for effects, outcomes, mean in ((E, d, mu_A), (F, d_B, mu_B)):
        changed = {effects: {1: [[1, 1], [1, 1]]}, outcomes: 1, mean: 1}
        found.append(Needed(Term("povm", (effects, outcomes)), tuple((plain | changed).items())))
    return tuple(found)


D12_RATE = Result(
    "D12-rate",
    "The characteristic function of two parties and its limit: at most C/N apart",
    equation="D12",
    given=(*_choice(ALICE), *_choice(BOB), _late <= N),
    chain=[
        have(
            Abs(bipartite - _value) <= _rate,
            by=ProofBy(
                "(D8-element-rate) for both parties, the product and its limit",
                _distance,
                ("D8-element-rate", "D8-element-size", "D8-element-modulus"),
            ),
        )
    ],
    needs=_without(),
)

D12 = Result(
    "D12",
    "The limit distribution of two parties",
    equation="D12",
    given=(*_choice(ALICE), *_choice(BOB)),
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
            by=from_rate("D12-rate"),
        )
    ],
    note="(D12) tested on e^{isx+ity}: P(x, y) is the law with this characteristic function, and the double integral "
    "is a product. Tested on any f(x)g(y) it is the first line of (D13).",
)
