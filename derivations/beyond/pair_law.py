"""Independent identical pairs: the joint law of one pair's outcomes, its moments, its characteristic function.

The state of N pairs is ρ_AB^{⊗N}, so the outcomes of the pairs are independent with one law p(j, k), and the
trace of a tensor product is the product of the traces. Everything here holds for every pair state of two
qubits and every two POVMs with finitely many outcomes.
"""

from __future__ import annotations

from itertools import product

from symbolic_mqb.kernel.terms import Term, call, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import I, Product, Sum, conj, delta, equal, exp, function, sqrt, symbols
from symbolic_mqb.notation.measurement import (
    A2,
    COLLECTIVE,
    OBSERVABLE,
    POVM,
    SECOND_MOMENT,
    A,
    E,
    J,
    N,
    a,
    d,
    entry,
    j,
    sum_over_tuples,
    t,
)
from symbolic_mqb.notation.pairs import (
    B2,
    BOB,
    NORMALISED,
    ONE,
    PAIR_TRACE,
    PROBABILITY,
    B,
    F,
    K,
    R,
    X,
    Y,
    amplitude,
    b,
    deviation,
    e,
    k,
    m,
    mean_a,
    mean_b,
    n,
    pair_trace,
    probability,
    u,
)
from symbolic_mqb.results import Definition, Result, eq, have
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.complex_numbers import real_if_self_conjugate
from symbolic_mqb.rules.inequalities import sum_of_inequalities
from symbolic_mqb.rules.kets import completeness, exponential_of_sum, hermiticity
from symbolic_mqb.rules.logic import definition, instantiate, symmetry, transitivity, transport
from symbolic_mqb.rules.tuples import distribute_over_tuples, product_of_equal_factors, product_of_products
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.reasons import Derivation, ProofBy, Reason, State, as_, given_that, identity, unfold

_WHERE = "main text, before (4)"
_MEASUREMENTS = (POVM, BOB)
_LEVELS = tuple(product((0, 1), repeat=2))
_p = probability(j, k)

STATE = Definition(
    "IID-state",
    "The pair state ρ_AB, by the expectation values tr ρ_AB P⊗Q",
    pair_trace(Term("var", ("P", "op")), Term("var", ("Q", "op"))),
    equation=_WHERE,
    note="Every density matrix of two qubits is Σ_m |ψ_m⟩⟨ψ_m| with ⟨rs|ψ_m⟩ = ψ(4m + 2r + s), m = 0, …, R − 1 "
    "(spectral theorem; R = 4 is enough).",
)


def _both(body: Term) -> Term:
    """Σ_j Σ_k of the body."""
    return Sum(Sum(body, (k, 1, e)), (j, 1, d))


def _effects(family: Term, weight: Term, index: Term, count: Term, row: int, column: int) -> Term:
    """Σ_j w_j ⟨row|E_j|column⟩."""
    return Sum(weight * entry(family(index), row, column), (index, 1, count))


def _grouped(x: int, y: int, front: Term, done: bool = False) -> Term:
    """Σ_m ⟨ψ_m|A^(x)⊗B^(y)|ψ_m⟩, the sums over one party's outcomes in front; the other's may be done: δ."""
    weight_a, weight_b = (num(1), a(j), a(j) ** 2)[x], (num(1), b(k), b(k) ** 2)[y]
    terms = []
    for outer in _LEVELS:
        inside = []
        for inner in _LEVELS:
            (r, v), (s, w) = (outer, inner) if front == E else (inner, outer)
            alice, bob = _effects(E, weight_a, j, d, r, v), _effects(F, weight_b, k, e, s, w)
            other = delta(*inner) if done else bob if front == E else alice
            inside.append(conj(amplitude(m, r, s)) * amplitude(m, v, w) * other)
        first = _effects(E, weight_a, j, d, *outer) if front == E else _effects(F, weight_b, k, e, *outer)
        terms.append(first * Term("add", tuple(inside)))
    return Sum(Term("add", tuple(terms)), (m, 0, R - 1))


def _moment(x: int, y: int, right: Term) -> Derivation:
    """Σ_j Σ_k a_j^x b_k^y p(j, k) = tr ρ_AB A^(x)⊗B^(y), A^(0) = 1."""
    opened: list[Reason] = [unfold(PROBABILITY), unfold(PAIR_TRACE)]
    if not x:
        opened += [as_(_grouped(x, y, E)), *(identity(completeness, E, d, r, v) for r, v in _LEVELS)]
    if not y:
        opened += [as_(_grouped(x, y, F, not x)), *(identity(completeness, F, e, s, w) for s, w in _LEVELS)]
    names = [unfold(OBSERVABLE)] * (1 in (x, y)) + [unfold(SECOND_MOMENT)] * (2 in (x, y))

    def derive(state: State) -> Theorem:
        es = Estimates(state.given, state)
        return es.meeting(_both(_weight(x, y) * _p if x or y else _p), opened, right, [unfold(PAIR_TRACE), *names])

    return derive


def _weight(x: int, y: int) -> Term:
    factors = [f for f in ((None, a(j), a(j) ** 2)[x], (None, b(k), b(k) ** 2)[y]) if f is not None]
    return factors[0] if len(factors) == 1 else Term("mul", tuple(factors)) if factors else num(1)


def _moment_result(label: str, title: str, x: int, y: int, right: Term) -> Result:
    body = _weight(x, y) * _p if x or y else _p
    by = ProofBy("Σ_a E_a = 1 and Σ_b F_b = 1, A^(n) = Σ_a aⁿ E_a", _moment(x, y, right))
    return Result(label, title, equation=_WHERE, given=_MEASUREMENTS, chain=[have(equal(_both(body), right), by=by)])


TOTAL = _moment_result("IID-total", "The probabilities of one pair sum to tr ρ_AB", 0, 0, pair_trace(ONE, ONE))
MEAN_A = _moment_result("IID-mean-a", "⟨a⟩ = tr ρ_AB A⊗1", 1, 0, mean_a)
MEAN_B = _moment_result("IID-mean-b", "⟨b⟩ = tr ρ_AB 1⊗B", 0, 1, mean_b)
SECOND_A = _moment_result("IID-second-a", "⟨a²⟩ = tr ρ_AB A^(2)⊗1", 2, 0, pair_trace(A2, ONE))
SECOND_B = _moment_result("IID-second-b", "⟨b²⟩ = tr ρ_AB 1⊗B^(2)", 0, 2, pair_trace(ONE, B2))
MIXED = _moment_result("IID-mixed", "⟨ab⟩ = tr ρ_AB A⊗B", 1, 1, pair_trace(A, B))


#: The vector of (IID-product-positive).
_components = symbols("w00 w01 w10 w11", "complex")


def _positive(state: State) -> Theorem:
    """0 ≤ ⟨ψ_m|E_j⊗F_k|ψ_m⟩, summed over m."""
    es = Estimates(state.given, state)
    inside = es.under(num(0) <= m, m <= R - 1)
    vector = tuple(amplitude(m, r, s) for r, s in product((0, 1), repeat=2))
    each = inside.by(instantiate, inside.lookup("IID-product-positive"), tuple(zip(_components, vector, strict=True)))
    total = sum_of_inequalities(m, num(0), R - 1, each)
    nothing = es.equal(total.left, num(0))
    outer = definition(_p)
    meaning = transitivity(outer, definition(outer.right))
    return es.by(transport, es.by(transport, total, (0,), nothing), (1,), symmetry(meaning))


_outcomes = (num(1) <= j, j <= d, num(1) <= k, k <= e)
POSITIVE = Result(
    "IID-positive",
    "The probabilities of one pair are not negative",
    equation=_WHERE,
    given=(*_MEASUREMENTS, *_outcomes),
    chain=[have(num(0) <= _p, by=ProofBy("E_j⊗F_k ≥ 0, in each vector ψ_m", _positive, ("IID-product-positive",)))],
)

_first, _second = symbols("j k", "nat")
PROBABILITIES = Definition(
    "IID-probability",
    "p(j, k), the joint probability of the outcomes of one pair",
    probability(_first, _second),
    equation=_WHERE,
    given=(*_MEASUREMENTS, NORMALISED, num(1) <= _first, _first <= d, num(1) <= _second, _second <= e),
)


def _hermitian(es: Estimates, head: Term, effects: Term, outcomes: Term, count: Term) -> tuple[Theorem, Theorem]:
    """M₁₀ = M₀₁* and M₁₀* = M₀₁ for M = Σ_j w_j E_j with real w_j."""
    matrix = call(head, effects, outcomes, count)
    weight = outcomes(j) if head == OBSERVABLE else outcomes(j) ** 2
    lower = Sum(weight * entry(effects(j), 1, 0), (j, 1, count))
    steps = [unfold(head), as_(lower), identity(hermiticity, effects, count, j, 1, 0)]
    first = es.meeting(entry(matrix, 1, 0), steps, conj(entry(matrix, 0, 1)), [unfold(head)])
    inside = es.under(first.conclusion)
    second = inside.equal(conj(entry(matrix, 1, 0)), entry(matrix, 0, 1), given_that(first.conclusion))
    return first, cut(second, first)


def _self_conjugate(first: Term, second: Term) -> Derivation:
    """z* = z by ⟨r|E|s⟩* = ⟨s|E|r⟩."""

    def derive(state: State) -> Theorem:
        es = Estimates(state.given, state)
        z = pair_trace(first, second)
        lemmas = [lemma for x in (first, second) if x != ONE for lemma in _hermitian(es, *x.args)]
        inside = es.under(*(x.conclusion for x in lemmas))
        theorem = inside.meeting(conj(z), [unfold(PAIR_TRACE)], z, [unfold(PAIR_TRACE)])
        theorem = cut_all(theorem, *lemmas)
        return real_if_self_conjugate(theorem)

    return derive


def _real(label: str, title: str, first: Term, second: Term) -> Result:
    given = ((POVM,) if first != ONE else ()) + ((BOB,) if second != ONE else ())
    by = ProofBy("⟨r|E_a|s⟩* = ⟨s|E_a|r⟩, and the outcomes are real", _self_conjugate(first, second))
    claim = Term("is_real", (pair_trace(first, second),))
    return Result(label, title, equation=_WHERE, given=given, chain=[have(claim, by=by)])


REAL_A = _real("IID-real-a", "⟨a⟩ is real", A, ONE)
REAL_B = _real("IID-real-b", "⟨b⟩ is real", ONE, B)
REAL_AA = _real("IID-real-second-a", "⟨a²⟩ is real", A2, ONE)
REAL_BB = _real("IID-real-second-b", "⟨b²⟩ is real", ONE, B2)
REAL_AB = _real("IID-real-mixed", "⟨ab⟩ is real", A, B)

_phase = exp(I * deviation / sqrt(N))
_pairs = Product(probability(J(n), K(n)), (n, 1, N))
_at = substitute(deviation, {j: J(n), k: K(n)})


def _tuples(body: Term) -> Term:
    return sum_over_tuples(sum_over_tuples(body, K, N, e), J, N, d)


_each = probability(J(n), K(n)) * exp(I * _at / sqrt(N))
_single = _both(_p * _phase)

CHARACTERISTIC = Result(
    "IID-characteristic",
    "The characteristic function of (X, Y) on N independent pairs, exactly",
    equation=_WHERE,
    given=(num(1) <= N,),
    chain=[
        _tuples(_pairs * exp(I * (t * X + u * Y))),
        eq(
            _tuples(_pairs * exp(Sum(I * _at / sqrt(N), (n, 1, N)))),
            by=unfold(COLLECTIVE),
        ),
        eq(
            _tuples(Product(_each, (n, 1, N))),
            by=[
                identity(exponential_of_sum, 1, N, function(n, I * _at / sqrt(N))),
                identity(
                    product_of_products,
                    1,
                    N,
                    function(n, probability(J(n), K(n))),
                    function(n, exp(I * _at / sqrt(N))),
                ),
            ],
        ),
        eq(
            Product(_single, (n, 1, N)),
            by=[
                identity(
                    distribute_over_tuples,
                    N,
                    e,
                    function(n, function(k, substitute(_p * _phase, {j: J(n)}))),
                ),
                identity(distribute_over_tuples, N, d, function(n, function(j, Sum(_p * _phase, (k, 1, e))))),
            ],
        ),
        eq(_single**N, by=identity(product_of_equal_factors, N, _single)),
    ],
)
