"""(12), (14) and the violation of macroscopic locality: two parties at α = 1/2."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, lam, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bell import D, c
from symbolic_mqb.notation.expansions import limit_rate, limit_threshold, root, superposition_rate, threshold_slope
from symbolic_mqb.notation.language import (
    Abs,
    I,
    Integral,
    Sum,
    conj,
    delta,
    exp,
    function,
    symbols,
    unequal,
)
from symbolic_mqb.notation.measurement import N, t
from symbolic_mqb.notation.objects import wave
from symbolic_mqb.notation.pair_rates import product_rate
from symbolic_mqb.notation.rotor import phi, phi_A, phi_B, s, tau_A, tau_B
from symbolic_mqb.notation.two_parties import (
    ALICE,
    BOB,
    CHOICE,
    JOINT,
    element,
    joint,
    k,
    l,
    levels,
    turned,
    turned_conjugate,
)
from symbolic_mqb.results import Citation, Definition, Result, eq, have
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.integrals import integral_termwise
from symbolic_mqb.rules.logic import instantiate, normal_form, symmetry
from symbolic_mqb.rules.sums import exchange_sums, select
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.rates import after, beside, from_rate, in_range, multiplied, named, revalued, sides_of, summed
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, convert, identity, unfold, use

x, y = symbols("x y", "real")
k5, l5 = symbols("k l", "nat")
zero, one = num(0), num(1)

STATE = Definition(
    "12",
    "The state of two parties, by the characteristic function of (X, Y) on it",
    joint,
    given=(D <= N + 1, N >= 1, unequal(tau_A, 0), unequal(tau_B, 0)),
    equation="12",
    note="On |Ψ_2N⟩ = Σ c_k |N,k⟩ ⊗ |N,k⟩ a product of operators has the expectation value "
    "Σ c_k* c_l ⟨N,k|·|N,l⟩⟨N,k|·|N,l⟩; the characteristic function of (X, Y) is that of 𝒜^{⊗N} ⊗ ℬ^{⊗N}, "
    "by (A2) for each party. That the state is normalised is (12-norm).",
)

_identity = Term("identity")

NORM = Result(
    "12-norm",
    "⟨Ψ_2N|Ψ_2N⟩ = Σ|c_k|², whatever N",
    equation="12",
    given=(D <= N + 1,),
    chain=[
        levels(conj(c(k)) * c(l) * (element(_identity) * element(_identity))),
        eq(
            levels(conj(c(k)) * c(l) * (delta(k, l) * delta(k, l))),
            by=use("Dicke-orthonormal", k=k, l=l, everywhere=True),
        ),
        eq(
            Sum(Abs(c(k)) ** 2, (k, 0, D - 1)),
            by=[
                as_(levels(delta(l, k) * (conj(c(k)) * c(l) * delta(k, l)))),
                identity(select, 0, D - 1, function(l, conj(c(k)) * c(l) * delta(k, l)), k),
            ],
        ),
    ],
)


def _overlap(point: Term) -> Term:
    return conj(wave(point, k)) * wave(point, l)


def _phases(first: Term, second: Term) -> Term:
    """e^{−ikφ} c_k* c_l e^{ilφ} at φ = φ_A + φ_B."""
    turn = first + second
    return exp(-I * k * turn) * conj(c(k)) * c(l) * exp(I * l * turn)


_value = levels(
    _phases(phi_A, phi_B) * (Integral(exp(I * s * x) * _overlap(x), x) * Integral(exp(I * t * y) * _overlap(y), y))
)


def _of(body: Term, who: tuple[tuple[Term, Term], ...]) -> Term:
    """A term on one party, at this one's measurement."""
    return substitute(body, dict(who))


_one_value = exp(-I * k * phi) * exp(I * l * phi) * Integral(exp(I * t * x) * conj(wave(x, k)) * wave(x, l), x)
_rates = _of(limit_rate(k, l), ALICE), _of(limit_rate(k, l), BOB)
_each_rate = product_rate("K_diagonal", *_rates, _of(_one_value, ALICE))
_late = _of(limit_threshold(D, D), ALICE) + _of(limit_threshold(D, D), BOB)
_rate = superposition_rate(D, _each_rate) * root


def _distance(state: State) -> Theorem:
    """The product of two elements near their limits for each k and l, summed."""
    e = Estimates(state.given, state)
    inside = e.under(zero <= k, k <= D - 1, zero <= l, l <= D - 1)
    both = []
    for who in (ALICE, BOB):
        theorem = inside.by(instantiate, inside.lookup("5-rate"), (*who, (k5, k), (l5, l)))
        slope = _of(threshold_slope(k, l, D), who)
        late = in_range(inside, _of(limit_threshold(k, l), who), _late <= N, D, k, l, slope=slope)
        both.append(inside.meet(cut(theorem, late)))
    modulus = inside.by(instantiate, inside.lookup("A2-modulus"), (*who, (k5, k), (l5, l)))  # for Bob, the last one
    below = after(inside, modulus, late)
    each = named(inside, multiplied(inside, both[0], both[1], below), _each_rate)
    pair = sides_of(each)
    ranges = ((k, zero, D - 1), (l, zero, D - 1))
    total = summed(e, ranges, (conj(c(k)), c(l)), pair, each)
    near, far = sides_of(total)
    return beside(total, e.equal(joint, near, unfold(JOINT)), e.equal(_value, far))


LIMIT_RATE = Result(
    "12-rate",
    "The characteristic function of both measurements and its limit: at most C/√N apart",
    equation="12",
    given=(*CHOICE, _late <= N),
    chain=[
        have(
            Abs(joint - _value) <= _rate,
            by=ProofBy(
                "the product of (5-rate) for both parties, summed over k and l", _distance, ("5-rate", "A2-modulus")
            ),
        )
    ],
)

LIMIT = Result(
    "12-limit",
    "Both measurements become phase-space observables of the oscillators",
    equation="12",
    given=CHOICE,
    chain=[
        have(
            Term("limit", (lam(N, joint), _value)),
            by=from_rate("12-rate"),
        )
    ],
)

_apart = [convert(integral_termwise) for _ in range(4)]
_law = Integral(Integral(exp(I * s * x) * exp(I * t * y) * (conj(turned(x, y)) * turned(x, y)), y), x)

CORRELATED = Result(
    "correlated-state",
    "The limit is the characteristic function of positions in |ψ⟩ = Σ_k c_k |k⟩ ⊗ |k⟩, turned by φ_A and φ_B",
    equation="main text, after (12)",
    chain=[
        _law,
        eq(
            _value,
            by=[
                identity(normal_form, conj(turned(x, y)), turned_conjugate(x, y)),
                *_apart,
                convert(exchange_sums, takes_given=False),
            ],
        ),
    ],
)


def _law_distance(state: State) -> Theorem:
    """(12-rate), its value read as a characteristic function by (correlated-state)."""
    e = Estimates(state.given, state)
    return revalued(e, e.meet(e.lookup("12-rate")), joint, symmetry(e.lookup("correlated-state")))


LAW_RATE = Result(
    "12-law-rate",
    "The characteristic function of X and Y on the state (12) and that of the limit distribution: at most C/√N apart",
    equation="12",
    given=(*CHOICE, _late <= N),
    chain=[
        have(
            Abs(joint - _law) <= _rate,
            by=ProofBy("(12-rate) and (correlated-state)", _law_distance, ("12-rate", "correlated-state")),
        )
    ],
)

LAW = Result(
    "12-law",
    "The limit distribution of X and Y on the state (12) is |(U_φA ⊗ U_φB ψ)(x, y)|²",
    equation="12",
    given=CHOICE,
    chain=[
        have(
            Term("limit", (lam(N, joint), _law)),
            by=from_rate("12-law-rate"),
        )
    ],
    note="The limit of the characteristic function for all real s and t is convergence in distribution, by Lévy's "
    "theorem (A8-convergence).",
)

CRAMER_LEVY = Citation(
    "Lévy's continuity theorem in the plane",
    "Random pairs (X_N, Y_N) tend to a pair (x, y) in distribution if and only if their characteristic functions "
    "converge pointwise to that of (x, y).",
    (
        ("χ_2N is the characteristic function of (X_N, Y_N)", "(12), by (A2) for each party"),
        ("χ_2N(s, t) → χ(s, t) for all real s and t", "line 1"),
        (
            "χ is the characteristic function of a pair (x, y)",
            "it is written as that of the density |(U_φA ⊗ U_φB ψ)(x, y)|², which is ≥ 0 and has the mass Σ|c_k|², "
            "(B1-norm), 1 for a normalised state",
        ),
    ),
    "P. Billingsley, Probability and Measure, Theorem 29.4",
)


CONVERGENCE = Result(
    "12-convergence",
    "Convergence in distribution: (X, Y) on the state (12) to the positions in the state turned by φ_A and φ_B",
    equation="3",
    given=CHOICE,
    cites=(CRAMER_LEVY,),
    chain=[
        have(Term("limit", (lam(N, joint), _law)), by=from_rate("12-law-rate")),
    ],
)
