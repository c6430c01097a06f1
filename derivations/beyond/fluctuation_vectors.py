"""The vectors (A − ⟨A⟩)⊗1 ψ_m and 1⊗(B − ⟨B⟩) ψ_m of a pair state: their lengths and inner products.

Their inner products are the covariances of both parties' outcomes, and their squared lengths at most the variances:
what a measurement that is not projective adds to them is not negative.
"""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import (
    Sum,
    conj,
    delta,
    equal,
    function,
    symbols,
)
from symbolic_mqb.notation.measurement import A2, OBSERVABLE, POVM, SECOND_MOMENT, A, E, a, d, entry, j
from symbolic_mqb.notation.pairs import (
    B2,
    BOB,
    ONE,
    PAIR_TRACE,
    VECTOR_A,
    VECTOR_B,
    B,
    F,
    R,
    amplitude,
    b,
    e,
    m,
    over_components,
    pair_trace,
    r,
    s,
    vector_a,
    vector_b,
)
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.inequalities import sum_of_inequalities
from symbolic_mqb.rules.kets import completeness, positivity
from symbolic_mqb.rules.logic import instantiate, symmetry, transport
from symbolic_mqb.rules.sums import split_sum
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.reasons import ProofBy, Reason, State, given_that, identity, unfold

_WHERE = "main text, before (4)"
_LEVELS = ((0, 0), (0, 1), (1, 0), (1, 1))
zero, one = num(0), num(1)
phi0, phi1 = symbols("φ0 φ1", "complex")
phi = (phi0, phi1)
mu, nu = symbols("μ ν", "real")


def _cut_all(theorem: Theorem, *lemmas: Theorem) -> Theorem:
    theorem = cut_all(theorem, *lemmas)
    return theorem


def _row(x: int) -> Term:
    """⟨x|A|φ⟩."""
    return entry(A, x, 0) * phi0 + entry(A, x, 1) * phi1


_square = Term("add", tuple(conj(_row(x)) * _row(x) for x in (0, 1)))
_second = Term("add", tuple(conj(phi[x]) * phi[y] * entry(A2, x, y) for x, y in _LEVELS))


def _matrix_lemmas(es: Estimates) -> list[Theorem]:
    """Σ_j E_j = 1, Σ_j a_j E_j = A, Σ_j a_j² E_j = A^(2), entry by entry."""
    out = []
    for x, y in _LEVELS:
        effect = entry(E(j), x, y)
        out.append(es.equal(Sum(effect, (j, 1, d)), delta(x, y), identity(completeness, E, d, x, y)))
        for weight, matrix, head in ((a(j), A, OBSERVABLE), (a(j) ** 2, A2, SECOND_MOMENT)):
            total = es.equal(entry(matrix, x, y), Sum(weight * effect, (j, 1, d)), unfold(head))
            out.append(symmetry(total))
    return out


def _hermitian(es: Estimates, bob: bool = False) -> list[Theorem]:
    """A₁₀ = A₀₁* and A₁₀* = A₀₁, or the same for B."""
    first = es.lookup("A-hermitian")
    if bob:
        first = es.by(instantiate, first, ((E, F), (a, b), (d, e)))
    inside = es.under(first.conclusion)
    matrix = B if bob else A
    second = inside.equal(conj(entry(matrix, 1, 0)), entry(matrix, 0, 1), given_that(first.conclusion))
    return [first, cut(second, first)]


def _effects(state: State) -> Theorem:
    """0 ≤ Σ_j ⟨v_j|E_j|v_j⟩ with v_j = (a_j − A)φ."""
    es = Estimates(state.given, state)
    inside = es.under(one <= j, j <= d)
    each = inside.by(positivity, E, d, j, *(a(j) * phi[x] - _row(x) for x in (0, 1)))
    total = sum_of_inequalities(j, one, d, each)
    lemmas = [*_matrix_lemmas(es), *_hermitian(es)]
    known = es.under(*(x.conclusion for x in lemmas))
    value = _cut_all(known.equal(total.right, _second - _square), *lemmas)
    return es.by(transport, es.by(transport, total, (1,), value), (0,), es.equal(total.left, zero))


EFFECTS = Result(
    "IID-effects",
    "⟨φ|A²|φ⟩ ≤ ⟨φ|A^(2)|φ⟩ for every vector φ of one qubit",
    equation=_WHERE,
    given=(POVM,),
    chain=[
        have(
            zero <= _second - _square,
            by=ProofBy("0 ≤ Σ_a ⟨v_a|E_a|v_a⟩ for v_a = (a − A)φ", _effects, ("A-hermitian",)),
        )
    ],
)


def _components(body: Term) -> list[Reason]:
    """Σ over r and s of the body, written out."""
    return [
        identity(split_sum, 0, 0, 1, function(r, Sum(body, (s, 0, 1)))),
        identity(split_sum, 0, 0, 1, function(s, body), everywhere=True),
    ]


_alice, _bob = vector_a(mu), vector_b(nu)


def _excess(mean: Term, first: Term, second: Term, unit: Term, vector: Term) -> Term:
    """tr ρ_AB (A^(2) − 2μA + μ²) − Σ |vector|²."""
    return second - 2 * mean * first + mean**2 * unit - over_components(conj(vector) * vector)


_unit = pair_trace(ONE, ONE)
_excess_a = _excess(mu, pair_trace(A, ONE), pair_trace(A2, ONE), _unit, _alice)
_excess_b = _excess(nu, pair_trace(ONE, B), pair_trace(ONE, B2), _unit, _bob)


def _summed(
    es: Estimates, vector: tuple[Term, Term], index: Term, lemmas: list[Theorem], goal: Term, steps: list[Reason]
) -> Theorem:
    """(IID-effects) in each of the vectors, summed over m and over the other party's index."""
    inside = es.under(zero <= m, m <= R - 1, zero <= index, index <= 1)
    effects = inside.lookup("IID-effects")
    swap = ((E, F), (a, b), (d, e)) if index == r else ()
    each = inside.by(instantiate, effects, (*swap, *zip(phi, vector, strict=True)))
    row = sum_of_inequalities(index, zero, one, each)
    total = sum_of_inequalities(m, zero, R - 1, row)
    known = es.under(*(x.conclusion for x in lemmas))
    split = identity(split_sum, 0, 0, 1, function(index, each.right))
    value = _cut_all(known.meeting(total.right, [split], goal, [*steps, unfold(PAIR_TRACE)]), *lemmas)
    return es.by(transport, es.by(transport, total, (1,), value), (0,), es.equal(total.left, zero))


def _noise_of_alice(state: State) -> Theorem:
    es = Estimates(state.given, state)
    steps = [*_components(conj(_alice) * _alice), unfold(VECTOR_A)]
    vector = amplitude(m, 0, s), amplitude(m, 1, s)
    return _summed(es, vector, s, _hermitian(es), _excess_a, steps)


def _noise_of_bob(state: State) -> Theorem:
    es = Estimates(state.given, state)
    steps = [*_components(conj(_bob) * _bob), unfold(VECTOR_B)]
    vector = amplitude(m, r, 0), amplitude(m, r, 1)
    return _summed(es, vector, r, _hermitian(es, True), _excess_b, steps)


_uses = ("IID-effects", "A-hermitian")
EXCESS_A = Result(
    "IID-excess-a",
    "Σ |⟨rs|(A − μ)⊗1|ψ_m⟩|² ≤ tr ρ_AB (A^(2) − 2μA + μ²)⊗1",
    equation=_WHERE,
    given=(POVM,),
    chain=[have(zero <= _excess_a, by=ProofBy("(IID-effects) in each vector ψ_m", _noise_of_alice, _uses))],
)
EXCESS_B = Result(
    "IID-excess-b",
    "Σ |⟨rs|1⊗(B − ν)|ψ_m⟩|² ≤ tr ρ_AB 1⊗(B^(2) − 2νB + ν²)",
    equation=_WHERE,
    given=(BOB,),
    chain=[have(zero <= _excess_b, by=ProofBy("(IID-effects) in each vector ψ_m", _noise_of_bob, _uses))],
)


def _cross(state: State) -> Theorem:
    """A ⊗ 1 and 1 ⊗ B commute, so the inner product is real."""
    es = Estimates(state.given, state)
    lemmas = [*_hermitian(es), *_hermitian(es, True)]
    known = es.under(*(x.conclusion for x in lemmas))
    steps = [*_components(_inner), unfold(VECTOR_A), unfold(VECTOR_B)]
    return _cut_all(known.meeting(over_components(_inner), steps, _product, [unfold(PAIR_TRACE)]), *lemmas)


_inner = conj(_alice) * _bob + conj(_bob) * _alice
_product = 2 * (pair_trace(A, B) - mu * pair_trace(ONE, B) - nu * pair_trace(A, ONE) + mu * nu * _unit)
CROSS = Result(
    "IID-cross",
    "The inner products of the fluctuation vectors are the quantum covariances",
    equation=_WHERE,
    given=(POVM, BOB),
    chain=[
        have(
            equal(over_components(_inner), _product),
            by=ProofBy("A⊗1 and 1⊗B are Hermitian and commute", _cross, ("A-hermitian",)),
        )
    ],
)
