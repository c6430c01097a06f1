"""(A4): the expansion of 𝒜 in powers of N^{−1/2}, with explicit remainders."""

from __future__ import annotations

from fractions import Fraction

from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.expansions import remainder
from symbolic_mqb.notation.language import Abs, I, Sum, delta, equal, exp, sqrt, symbols, unequal
from symbolic_mqb.notation.measurement import (
    A2,
    CHARACTERISTIC,
    OBSERVABLE,
    POVM,
    SECOND_MOMENT,
    A,
    E,
    N,
    a,
    absolute_moment,
    calA,
    d,
    entry,
    j,
    mu,
    t,
    tau,
)
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.inequalities import exponential_remainder
from symbolic_mqb.rules.kets import completeness
from symbolic_mqb.rules.logic import definition, opened_variable
from symbolic_mqb.tactics.estimates import Estimates, expand, local
from symbolic_mqb.tactics.reasons import Derivation, ProofBy, State, as_, identity, unfold

r, s = symbols("r s", "nat")

_y = t * (a(j) - mu) / (sqrt(N) * tau)
_reduced = t * (a(j) - mu) / tau
_E = entry(E(j), r, s)
_small = N ** num(Fraction(-3, 2))
_cubic = Abs(_reduced) ** 3 / 6
_rest = exp(I * _y) - 1 - I * _y + _y**2 / 2


def _first_line(rest: Term) -> Term:
    bracket = 1 + I * t * (a(j) - mu) / (sqrt(N) * tau) - t**2 / 2 * (a(j) - mu) ** 2 / (N * tau**2) + rest
    return Sum(_E * bracket, (j, 1, d))


def _second_line(first: Term, second: Term, unit: Term, rest: Term) -> Term:
    linear = I * t / (sqrt(N) * tau) * (first - mu * unit)
    quadratic = t**2 / (2 * N * tau**2) * (second - 2 * mu * first + mu**2 * unit)
    return unit + linear - quadratic + rest


_total = Sum(Abs(_E) * Abs(_reduced) ** 3, (j, 1, d)) / 6
_remainder = Sum(_E * _rest, (j, 1, d))
_sums = (Sum(a(j) * _E, (j, 1, d)), Sum(a(j) ** 2 * _E, (j, 1, d)))
_entries = (entry(A, r, s), entry(A2, r, s))


def _statement(template: Term) -> Term:
    return Term("asymptotic", (num(1), lam(N, equal(entry(calA, r, s), template))))


def _each(e: Estimates) -> Theorem:
    """|e^{iy} − 1 − iy + y²/2| ≤ |t(a − μ)/τ|³/6 · N^{−3/2} for one outcome."""
    taylor = e.by(exponential_remainder, _y, 3)
    return e.at_most(Abs(_rest), _cubic * _small, (1, taylor))


def _prove_first(state: State) -> Theorem:
    e = Estimates((*state.given, num(1) <= N), state)
    exact = e.equal(entry(calA, r, s), _first_line(_rest), unfold(CHARACTERISTIC))
    template = _first_line(remainder(_small, _cubic))
    inner = opened_variable(template.args[2], 0)
    return expand(N, 1, exact, template, local(_each(e.under(num(1) <= j, j <= d)), (j, inner)))


def remainder_bound(e: Estimates) -> Theorem:
    """|Σ_j ⟨r|E_j|s⟩(e^{iy_j} − 1 − iy_j + y_j²/2)| ≤ C·N^{−3/2}."""
    inside = e.under(num(1) <= j, j <= d)
    each = inside.at_most(Abs(_E * _rest), Abs(_E) * _cubic * _small, (Abs(_E), _each(inside)))
    total = e.sum_bound(j, 1, d, _E * _rest, each)
    return e.at_most(Abs(_remainder), _total * _small, (1, total))


def _prove_second(state: State) -> Theorem:
    e = Estimates((*state.given, num(1) <= N), state)
    unit = Sum(_E, (j, 1, d))
    exact = e.equal(
        entry(calA, r, s),
        _second_line(*_sums, delta(r, s), _remainder),
        unfold(CHARACTERISTIC),
        as_(_second_line(*_sums, unit, _remainder)),
        identity(completeness, E, d, r, s, everywhere=True),
    )
    template = _second_line(*_sums, delta(r, s), remainder(_small, _total))
    return expand(N, 1, exact, template, remainder_bound(e))


def exact_expansion(e: Estimates) -> Theorem:
    """⟨r|𝒜|s⟩ = its second-order expansion in A and A^(2) plus the remainder, exactly."""
    return e.meeting(
        entry(calA, r, s),
        [
            unfold(CHARACTERISTIC),
            as_(_second_line(*_sums, Sum(_E, (j, 1, d)), _remainder)),
            identity(completeness, E, d, r, s, everywhere=True),
        ],
        _second_line(*_entries, delta(r, s), _remainder),
        [unfold(OBSERVABLE), unfold(SECOND_MOMENT)],
    )


def _prove_third(state: State) -> Theorem:
    e = Estimates((*state.given, num(1) <= N), state)
    template = _second_line(*_entries, delta(r, s), remainder(_small, _total))
    return expand(N, 1, exact_expansion(e), template, remainder_bound(e))


A4 = Result(
    "A4",
    "Expansion of 𝒜 in powers of N^{−1/2}",
    equation="A4",
    given=(POVM, unequal(tau, 0), r <= 1, s <= 1),
    chain=[
        have(
            _statement(_first_line(remainder(_small, _cubic))), by=ProofBy("Taylor's theorem for exp(iy)", _prove_first)
        ),
        have(
            _statement(_second_line(*_sums, delta(r, s), remainder(_small, _total))),
            by=ProofBy("summed over the outcomes, Σ_a E_a = 1", _prove_second),
        ),
        have(
            _statement(_second_line(*_entries, delta(r, s), remainder(_small, _total))),
            by=ProofBy("the matrices A = Σ_a a E_a and A^(2) = Σ_a a² E_a", _prove_third),
        ),
    ],
)


def _taylor_part(order: int) -> Term:
    """Σ_{p<P} (iy)^p/p!, written out."""
    parts = (num(1), I * _y, -(_y**2) / 2)
    return parts[0] if order == 1 else Term("add", parts[:order])


def _sum_part(order: int, first: Term, second: Term, unit: Term) -> Term:
    """The same summed over the outcomes with ⟨r|E_a|s⟩."""
    linear = I * t / (sqrt(N) * tau) * (first - mu * unit)
    quadratic = t**2 / (2 * N * tau**2) * (second - 2 * mu * first + mu**2 * unit)
    return (unit, unit + linear, unit + linear - quadratic)[order - 1]


def _bound(order: int) -> Term:
    """|t|^P/P! · M_P(r, s) · N^{−P/2} with M_P(r, s) = Σ_a |⟨r|E_a|s⟩| |(a − μ)/τ|^P."""
    return Abs(t) ** order / FACTORIAL[order] * absolute_moment(order, r, s) * N ** num(Fraction(-order, 2))


FACTORIAL = {1: 1, 2: 2, 3: 6}


def _prove_bound(order: int) -> Derivation:
    def derive(state: State) -> Theorem:
        e = Estimates(state.given, state)
        inside = e.under(num(1) <= j, j <= d)
        rest = exp(I * _y) - _taylor_part(order)
        taylor = inside.by(exponential_remainder, _y, order)
        weight = Abs(_E)
        size = Abs(_y) ** order / FACTORIAL[order]
        total = e.sum_bound(j, 1, d, _E * rest, inside.at_most(Abs(_E * rest), weight * size, (weight, taylor)))
        same = e.meeting(
            Abs(entry(calA, r, s) - _sum_part(order, *_entries, delta(r, s))),
            [unfold(CHARACTERISTIC), *([unfold(OBSERVABLE)] * (order > 1)), *([unfold(SECOND_MOMENT)] * (order > 2))],
            total.left,
            [
                as_(Abs(Sum(exp(I * _y) * _E, (j, 1, d)) - _sum_part(order, *_sums, Sum(_E, (j, 1, d))))),
                identity(completeness, E, d, r, s, everywhere=True),
            ],
        )
        moment = definition(absolute_moment(order, r, s))
        weight = Abs(t) ** order / FACTORIAL[order] * N ** num(Fraction(-order, 2))
        return e.at_most(same.left, _bound(order), (1, total), (1, same), (-weight, moment))

    return derive


def _bound_result(order: int, title: str) -> Result:
    statement = Abs(entry(calA, r, s) - _sum_part(order, *_entries, delta(r, s))) <= _bound(order)
    return Result(
        f"A4-order-{order - 1}",
        title,
        equation="A4",
        given=(POVM, unequal(tau, 0), r <= 1, s <= 1, N >= 1),
        chain=[
            have(statement, by=ProofBy("Taylor's theorem for exp(iy), summed with |⟨r|E_a|s⟩|", _prove_bound(order)))
        ],
    )


A4_ZERO = _bound_result(1, "⟨r|𝒜|s⟩ = δ_rs + O(N^{−1/2}) with its constant")
A4_ONE = _bound_result(2, "⟨r|𝒜|s⟩ to first order in N^{−1/2}, the constant of the remainder")
A4_TWO = _bound_result(3, "⟨r|𝒜|s⟩ to second order in N^{−1/2}, the constant of the remainder")
