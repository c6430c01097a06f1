"""The expansion 𝒜_rs = δ_rs + itA_rs/(2Nτ) + O(N^{−2}) that (D5) introduces, with its constant."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.full_coarse_graining import CHARACTERISTIC, absolute_moment, calA
from symbolic_mqb.notation.language import Abs, I, Sum, delta, equal, exp, function, symbols, unequal
from symbolic_mqb.notation.measurement import OBSERVABLE, POVM, A, E, N, a, d, entry, j, t, tau
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.inequalities import exponential_remainder
from symbolic_mqb.rules.kets import completeness
from symbolic_mqb.rules.logic import definition
from symbolic_mqb.rules.sums import sum_of_terms
from symbolic_mqb.tactics.estimates import Estimates, expand
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, identity, unfold

r, s = symbols("r s", "nat")

_y = t * a(j) / (2 * N * tau)
_E = entry(E(j), r, s)
_rest = exp(I * _y) - 1 - I * _y
_second = N ** num(-2)
_linear = delta(r, s) + I * t * entry(A, r, s) / (2 * N * tau)
_constant = t**2 / 8 * absolute_moment(2, r, s)


def _bound(state: State) -> Theorem:
    """|e^{iy} − 1 − iy| ≤ y²/2, summed with |⟨r|E_a|s⟩|."""
    e = Estimates(state.given, state)
    inside = e.under(num(1) <= j, j <= d)
    each = inside.at_most(
        Abs(_E * _rest), Abs(_E) * (Abs(_y) ** 2 / 2), (Abs(_E), inside.by(exponential_remainder, _y, 2))
    )
    total = e.sum_bound(j, 1, d, _E * _rest, each)
    outcomes = Sum(a(j) * _E, (j, 1, d))
    phases, rest = exp(I * _y) * _E, -_E
    linear = I * t * outcomes / (2 * N * tau)
    same = e.meeting(
        Abs(entry(calA, r, s) - _linear),
        [unfold(CHARACTERISTIC), unfold(OBSERVABLE)],
        total.left,
        [
            as_(Abs(Sum(phases + rest, (j, 1, d)) - linear)),
            identity(sum_of_terms, 1, d, function(j, phases), function(j, rest)),
            as_(Abs(Sum(phases, (j, 1, d)) - Sum(_E, (j, 1, d)) - linear)),
            identity(completeness, E, d, r, s, everywhere=True),
        ],
    )
    moment = definition(absolute_moment(2, r, s))
    return e.at_most(same.left, _constant * _second, (1, total), (1, same), (-(t**2) / 8 * _second, moment))


ORDER = Result(
    "D5-order",
    "𝒜_rs to first order in 1/N, the constant of the remainder",
    equation="text before (D5)",
    given=(POVM, unequal(tau, 0), r <= 1, s <= 1, N >= 1),
    chain=[
        have(
            Abs(entry(calA, r, s) - _linear) <= _constant * _second,
            by=ProofBy("|e^{iy} − 1 − iy| ≤ y²/2, summed with |⟨r|E_a|s⟩|", _bound),
        )
    ],
)


def _expansion(state: State) -> Theorem:
    e = Estimates((*state.given, num(1) <= N), state)
    rest = entry(calA, r, s) - _linear
    exact = e.equal(entry(calA, r, s), _linear + rest)
    return expand(N, 1, exact, _linear + Term("O", (_second, _constant)), e.meet(e.lookup("D5-order")))


EXPANSION = Result(
    "D5-expansion",
    "The expansion 𝒜_rs = δ_rs + itA_rs/(2Nτ) + O(N^{−2})",
    equation="text before (D5)",
    given=(POVM, unequal(tau, 0), r <= 1, s <= 1),
    chain=[
        have(
            Term(
                "asymptotic",
                (num(1), lam(N, equal(entry(calA, r, s), _linear + Term("O", (_second, _constant))))),
            ),
            by=ProofBy("(D5-order)", _expansion, ("D5-order",)),
        )
    ],
)
