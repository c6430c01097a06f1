"""E ⊗ F ≥ 0 for effects of two measurements, from the positivity of each."""

from __future__ import annotations

from itertools import product

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Abs, conj, equal, half, sqrt, symbols, unequal
from symbolic_mqb.notation.measurement import POVM, E, d, entry, j
from symbolic_mqb.notation.pairs import BOB, F, e, k
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.complex_numbers import real_if_self_conjugate
from symbolic_mqb.rules.inequalities import at_most_modulus
from symbolic_mqb.rules.kets import hermiticity, positivity
from symbolic_mqb.rules.logic import cases
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.reasons import ProofBy, State, given_that

#: w = (w₀₀, w₀₁, w₁₀, w₁₁).
w = symbols("w00 w01 w10 w11", "complex")
zero, one = num(0), num(1)
_pair = E(j), F(k)
_outcomes = (one <= j, j <= d, one <= k, k <= e)
_a, _b, _d = (entry(E(j), r, s) for r, s in ((0, 0), (0, 1), (1, 1)))


def quadratic(first: Term, second: Term, vector: tuple[Term, ...]) -> Term:
    """⟨w|P⊗Q|w⟩."""
    return Term(
        "add",
        tuple(
            conj(vector[2 * r + s]) * vector[2 * v + x] * entry(first, r, v) * entry(second, s, x)
            for r, v, s, x in product((0, 1), repeat=4)
        ),
    )


_form = quadratic(*_pair, w)


def _hermitian(es: Estimates) -> list[Theorem]:
    """M₁₀ = M₀₁* and M₁₀* = M₀₁ for both effects."""
    out = []
    for family, count, index in ((E, d, j), (F, e, k)):
        first = es.by(hermiticity, family, count, index, one, zero)
        inside = es.under(first.conclusion)
        upper, lower = entry(family(index), 0, 1), entry(family(index), 1, 0)
        second = inside.equal(conj(lower), upper, given_that(first.conclusion))
        out += [first, cut(second, first)]
    return out


def _cut_all(theorem: Theorem, lemmas: list[Theorem]) -> Theorem:
    theorem = cut_all(theorem, *lemmas)
    return theorem


def _positive_corner(es: Estimates, lower: bool) -> Theorem:
    """0 < E₀₀: E₀₀⟨w|E⊗F|w⟩ = ⟨v|F|v⟩ + det E ⟨w₁|F|w₁⟩ for v = E₀₀w₀ + E₀₁w₁; with 0 < E₁₁ the same from below."""
    corner, off, other = (_d, conj(_b), w[:2]) if lower else (_a, _b, w[2:])
    own = w[2:] if lower else w[:2]
    alice = es.by(positivity, E, d, j, *((_d, -off) if lower else (off, -_a)))
    determinant = es.at_most(0, _a * _d - Abs(_b) ** 2, (1 / corner, alice))
    inside = es.under(determinant.conclusion)
    first = inside.by(positivity, F, e, k, *(corner * own[s] + off * other[s] for s in (0, 1)))
    root = sqrt(determinant.right)
    second = inside.by(positivity, F, e, k, *(root * z for z in other))
    return cut(inside.at_most(0, _form, (1 / corner, first), (1 / corner, second)), determinant)


def _no_corner(es: Estimates) -> Theorem:
    """E₀₀ ≤ 0 and E₁₁ ≤ 0: then E₀₁ = 0, since −2|E₀₁|² is at least 0, and ⟨w|E⊗F|w⟩ = 0."""
    diagonal = es.under(equal(_b, zero))
    bar = diagonal.equal(conj(_b), zero, given_that(equal(_b, zero)))
    inside = diagonal.under(bar.conclusion)
    bob = [inside.by(positivity, F, e, k, *part) for part in (w[:2], w[2:])]
    first = cut(inside.at_most(0, _form, (_a, bob[0]), (_d, bob[1])), bar)
    other = es.under(unequal(_b, zero))
    size = Abs(_b) ** 2
    alice = other.at_most(0, size * _a - 2 * size + _d, (1, other.by(positivity, E, d, j, -_b, one)))
    corners = (half, other.fact(_a <= 0)), (1 / (2 * size), other.fact(_d <= 0))
    absurd = other.at_most(0, -1, (1 / (2 * size), alice), *corners)
    negative = -1 * _form
    real = real_if_self_conjugate(other.equal(conj(negative), negative))
    below = cut(other.under(real.conclusion).by(at_most_modulus, negative), real)
    return cases(first, other.at_most(0, _form, (Abs(negative), absurd), (1, below)))


def _derive(state: State) -> Theorem:
    es = Estimates(state.given, state)
    lemmas = _hermitian(es)
    known = es.under(*(x.conclusion for x in lemmas))
    small = known.under(_a <= zero)
    rest = cases(_no_corner(small.under(_d <= zero)), _positive_corner(small.under(zero < _d), True))
    return _cut_all(cases(rest, _positive_corner(known.under(zero < _a), False)), lemmas)


PRODUCT = Result(
    "IID-product-positive",
    "E_a ⊗ F_b is positive",
    equation="main text, before (4)",
    given=(POVM, BOB, *_outcomes),
    chain=[have(zero <= _form, by=ProofBy("the positivity of E_a and of F_b", _derive))],
)
