"""(C3) and (C4): the limit with particle losses. A lost particle is one more outcome of the measurement."""

from __future__ import annotations

from fractions import Fraction

from symbolic_mqb.kernel.terms import Term, call, lam, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.expansions import limit_rate, limit_threshold, root, superposition_rate, variance
from symbolic_mqb.notation.language import (
    Abs,
    I,
    Sum,
    delta,
    equal,
    exp,
    function,
    sqrt,
    unequal,
)
from symbolic_mqb.notation.limit_law import D, characteristic_limit, choice, elements, k, l, phi
from symbolic_mqb.notation.losses import (
    LOSSY_CHARACTERISTIC,
    LOSSY_EFFECTS,
    LOSSY_OUTCOMES,
    LOSSY_POVM,
    calA_p,
    lossy_effect,
    lossy_outcome,
    p,
)
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
    c,
    d,
    entry,
    j,
    mu,
    t,
    tau,
)
from symbolic_mqb.results import Erratum, Needed, Result, have
from symbolic_mqb.rules import logic
from symbolic_mqb.rules.inequalities import square_nonnegative
from symbolic_mqb.rules.kets import completeness, hermiticity, positivity
from symbolic_mqb.rules.logic import cases
from symbolic_mqb.rules.sums import split_sum
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.measurements import (
    by_entries,
    from_printed,
    hermitian_facts,
    introduce_povm,
    v0,
    v1,
)
from symbolic_mqb.tactics.rates import about, from_rate
from symbolic_mqb.tactics.reasons import ProofBy, State, algebra, as_, by_order, given_that, identity, unfold, use

zero, one = num(0), num(1)
#: The measurement with the lost particle as an outcome, in place of E, a, d.
_values = {E: LOSSY_EFFECTS, a: LOSSY_OUTCOMES, d: d + 1}
_seen = (one <= j, j <= d)


def _split(body: Term) -> object:
    """Σ_{j=1}^{d+1} = Σ_{j=1}^{d} + the lost particle."""
    return identity(split_sum, 1, d, d + 1, function(j, body))


def _povm(state: State) -> Theorem:
    """Completeness from that of E, and the two cases j ≤ d and j = d + 1."""
    e = Estimates(state.given, state)

    def complete(r: int, s: int) -> Theorem:
        old = Sum(entry(E(j), r, s), (j, 1, d))
        return e.equal(
            Sum(entry(lossy_effect(j), r, s), (j, 1, d + 1)),
            delta(r, s),
            _split(entry(lossy_effect(j), r, s)),
            as_(p * old + (1 - p) * delta(r, s)),
            identity(completeness, E, d, r, s),
        )

    def hermitian(inside: Estimates, statement: Term) -> Theorem:
        off = statement.args[0].args[1:] == (one, zero)
        kept = [as_(p * entry(E(j), 1, 0)), identity(hermiticity, E, d, j, 1, 0)] if off else algebra
        return by_order(j, d, first=kept, second=algebra).prove(statement, inside)

    def positive(inside: Estimates, statement: Term) -> Theorem:
        seen = Estimates((*state.given, *_seen), state)
        symmetric = hermitian_facts(seen, E, d, j)
        detected = inside.under(j <= d, *(h.conclusion for h in symmetric))
        first = detected.at_most(*statement.args, (p, detected.by(positivity, E, d, j, v0, v1)))
        squares = [inside.by(square_nonnegative, Abs(v)) for v in (v0, v1)]
        second = inside.under(d < j).at_most(*statement.args, *((1 - p, square) for square in squares))
        return cases(cut_all(first, *symmetric), second)

    return introduce_povm(e, LOSSY_EFFECTS, d + 1, complete, hermitian, positive)


LOSS_POVM = Result(
    "loss-POVM",
    "A lost particle is one more outcome, with the effect (1 − p)·1",
    equation="C2",
    given=(POVM, p >= 0, p <= 1),
    chain=[have(LOSSY_POVM, by=ProofBy("p ΣE_j + (1 − p) = 1, outcome by outcome", _povm))],
)


def _lossy(e: Estimates, theorem: Theorem, *values: tuple[Term, Term]) -> Theorem:
    """What holds for every POVM E, for the measurement with the lost particle as an outcome."""
    return e.meet(e.by(logic.instantiate, theorem, (*_values.items(), *values)))


def _not_above_one(state: State) -> Theorem:
    """0 ≤ ⟨0|E|0⟩ = 1 − p for the lost particle."""
    e = Estimates(state.given, state)
    lost = _lossy(e, positivity(E, d, j, one, zero, (POVM, *_seen)), (j, d + 1))
    return e.at_most(p, one, (1, lost))


def _without_losses(state: State) -> Theorem:
    """What the lossy effects are as a POVM, divided by p."""
    e = Estimates(state.given, state)

    def complete(r: int, s: int) -> Theorem:
        old, unit = Sum(entry(E(j), r, s), (j, 1, d)), delta(r, s)
        total = _lossy(e, completeness(E, d, num(r), num(s), (POVM,)))
        parts = e.equal(total.left, p * old + (1 - p) * unit, _split(entry(lossy_effect(j), r, s)))
        whole = logic.transitivity(logic.symmetry(parts), total)
        inside = e.under(whole.conclusion)
        spread = whole.left / p - (1 - p) / p * unit
        return cut_all(inside.equal(old, unit, as_(spread), given_that(whole.conclusion)), whole)

    def hermitian(inside: Estimates, statement: Term) -> Theorem:
        single, conjugate = statement.args
        whole = _lossy(inside, hermiticity(E, d, j, *single.args[1:], (POVM, *_seen)))
        near = inside.under(whole.conclusion)
        reasons = [as_(whole.left / p), given_that(whole.conclusion)]
        return cut_all(near.equal(single, conjugate, *reasons), whole)

    def positive(inside: Estimates, statement: Term) -> Theorem:
        whole = _lossy(inside, positivity(E, d, j, v0, v1, (POVM, *_seen)))
        return inside.at_most(*statement.args, (1 / p, whole))

    return introduce_povm(e, E, d, complete, hermitian, positive)


_nothing = ((0, 0), (0, 0))

DETECTED_POVM = Result(
    "loss-POVM-detected",
    "If the measurement with the lost particle as an outcome is a POVM, then p ≤ 1, and that without losses is one",
    equation="C2",
    given=(LOSSY_POVM, p > 0),
    needs=(Needed(p > 0, ((d, 1), (E, {1: _nothing, 2: _nothing}), (p, 0))),),  # all particles are lost
    chain=[
        have(p <= 1, by=ProofBy("the effect (1 − p)·1 is positive", _not_above_one)),
        have(POVM, by=ProofBy("E_j is 1/p times an effect, and ΣE_j = (1 − (1 − p))/p", _without_losses)),
    ],
)

_outcomes = Sum(exp(I * t * (lossy_outcome(j) - mu) / (sqrt(N) * tau)) * lossy_effect(j), (j, 1, d + 1))


def _operator(state: State) -> Theorem:
    """Entry by entry, Σ_a ⟨r|E_a|s⟩ = δ_rs."""
    e = Estimates(state.given, state)
    phase = exp(I * t * (a(j) - mu) / (p * sqrt(N) * tau))

    def prove(left: Term, right: Term) -> Theorem:
        r, s = left.args[1:]
        single = entry(E(j), r, s)
        middle = p * Sum(phase * single, (j, 1, d)) + (1 - p) * delta(r, s)
        return e.meeting(
            left,
            [
                unfold(LOSSY_CHARACTERISTIC),
                as_(p * Sum(phase * single, (j, 1, d)) + (1 - p) * Sum(single, (j, 1, d))),
                identity(completeness, E, d, r, s),
            ],
            right,
            [_split(exp(I * t * (lossy_outcome(j) - mu) / (sqrt(N) * tau)) * lossy_effect(j)), as_(middle)],
        )

    return by_entries(calA_p, _outcomes, prove)


LOSS_OPERATOR = Result(
    "loss-operator",
    "𝒜_p is the 𝒜 of (A2) for the measurement with the lost particle as an outcome",
    equation="C2",
    given=(POVM, N >= 1, unequal(tau, 0), p > 0),
    chain=[
        have(equal(calA_p, _outcomes), by=ProofBy("1 − p + p e^{it(a−μ)/(pτ√N)} summed over the outcomes", _operator))
    ],
)

#: A and A^(2) of the measurement with losses.
_A_lossy = call(OBSERVABLE, LOSSY_EFFECTS, LOSSY_OUTCOMES, d + 1)
_A2_lossy = call(SECOND_MOMENT, LOSSY_EFFECTS, LOSSY_OUTCOMES, d + 1)


def _sums(r: int, s: int) -> tuple[Term, Term, Term]:
    """Σ_a a^m ⟨r|E_a|s⟩ for m = 0, 1, 2."""
    single = entry(E(j), r, s)
    return Sum(single, (j, 1, d)), Sum(a(j) * single, (j, 1, d)), Sum(a(j) ** 2 * single, (j, 1, d))


def _first_moment(e: Estimates, r: int, s: int) -> Theorem:
    """⟨r|A′|s⟩ = ⟨r|A|s⟩: the outcomes are rescaled about μ."""
    total, first, _ = _sums(r, s)
    return e.meeting(
        entry(_A_lossy, r, s),
        [
            unfold(OBSERVABLE),
            _split(lossy_outcome(j) * lossy_effect(j)),
            as_(p * mu * total + first - mu * total + mu * (1 - p) * delta(r, s)),
            identity(completeness, E, d, r, s, everywhere=True),
        ],
        entry(A, r, s),
        [unfold(OBSERVABLE)],
    )


def _second_moment(e: Estimates) -> Theorem:
    """⟨0|A′^(2)|0⟩ = σ²/p + μ², for μ = A₀₀."""
    total, first, second = _sums(0, 0)
    spread = (second - 2 * mu * first + mu**2 * total) / p
    return e.meeting(
        entry(_A2_lossy, 0, 0),
        [
            unfold(SECOND_MOMENT),
            _split(lossy_outcome(j) ** 2 * lossy_effect(j)),
            as_(p * mu**2 * total + 2 * mu * first - 2 * mu**2 * total + spread + mu**2 * (1 - p)),
            identity(completeness, E, d, 0, 0, everywhere=True),
        ],
        (entry(A2, 0, 0) - 2 * mu * entry(A, 0, 0) + mu**2) / p + 2 * mu * entry(A, 0, 0) - mu**2,
        [unfold(OBSERVABLE), unfold(SECOND_MOMENT)],
    )


_given = (LOSSY_POVM, *choice(entry(A, 0, 0), entry(A, 0, 1), mu, tau), p > 0)
_every = (
    "That the effects with the lost particle are a POVM means that the E_j are one and p ≤ 1: (loss-POVM) and "
    "(loss-POVM-detected)."
)


def _law(power: Term) -> Term:
    """The right side of (C3) with the variance σ²/power."""
    return characteristic_limit(exp(-(t**2) * variance / (2 * power * tau**2)))


_late = substitute(limit_threshold(D, D), _values)
_rate = substitute(superposition_rate(D, limit_rate(k, l)), _values) * root


def _distance(state: State) -> Theorem:
    """(A7-sum-rate) for the measurement with the lost particle as an outcome."""
    positive = Estimates(state.given, state).fact(tau > 0)
    detected = Estimates(state.given, state).meet(state.lookup("loss-POVM-detected"))
    e = Estimates((*state.given, tau > 0, POVM), state)
    theorem = e.by(logic.instantiate, e.lookup("A7-sum-rate"), tuple(_values.items()))
    mean, second = _first_moment(e, 0, 0), _second_moment(e)
    theorem = from_printed(e, theorem, mean, _first_moment(e, 0, 1))
    inside = e.under(mean.conclusion, second.conclusion)
    reasons = [unfold(CHARACTERISTIC), given_that(mean.conclusion), given_that(second.conclusion)]
    theorem = about(inside, theorem, elements(calA_p), _law(p), reasons, [use("loss-operator")])
    return cut_all(theorem, mean, second, positive, detected)


C3_RATE = Result(
    "C3-rate",
    "The characteristic function with particle losses and its limit: at most C/√N apart",
    equation="C3",
    given=(*_given, _late <= N),
    chain=[
        have(
            Abs(elements(calA_p) - _law(p)) <= _rate,
            by=ProofBy(
                "(A7) with the lost particle as one more outcome: A′ = A, σ′² = σ²/p",
                _distance,
                ("A7-sum-rate", "loss-POVM-detected", "loss-operator"),
            ),
        )
    ],
    note=_every,
)

#: A measurement of −X: A₀₁ = −1, φ = 0, σ = τ = 1; E_3 has the factor 0.
_half = Fraction(1, 2)
_flip = {1: ((_half, _half), (_half, _half)), 2: ((_half, -_half), (-_half, _half)), 3: _nothing}

C3 = Result(
    "C3",
    "The limit of the characteristic function with particle losses",
    equation="C3",
    given=_given,
    errata=(
        Erratum(
            Term("limit", (lam(N, elements(calA_p)), _law(p**3))),
            (
                (D, 1),
                (c, {0: 1}),
                (d, 2),
                (a, {1: -1, 2: 1}),
                (E, _flip),
                (mu, 0),
                (tau, 1),
                (phi, 0),
                (t, 1),
                (p, _half),
            ),
            "The rescaled outcome o(a − μ)/p of a particle has the variance pσ²/p² = σ²/p; the print has σ²/p³, as if "
            "the variable of (C1) were divided by p twice.",
            "In (C3), (C4) and (13) σ²/(p³τ²) must read σ²/(pτ²): at p = 1/2 the limit's variance is 2, not 8.",
            "changes a result",
        ),
    ),
    chain=[
        have(
            Term("limit", (lam(N, elements(calA_p)), _law(p))),
            by=from_rate("C3-rate", tau > 0),
        )
    ],
    note=_every,
)
