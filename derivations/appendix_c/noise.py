"""Noise on single particles is absorbed in the POVM: for every channel, and the limit law of the noisy measurement."""

from __future__ import annotations

from typing import Any

from symbolic_mqb.kernel.terms import Term, call, lam, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.channels import (
    CHANNEL_ADJOINT,
    DEPHASED,
    DEPOLARISED,
    THROUGH,
    TRACE_PRESERVING,
    K,
    M,
    Noisy,
    m,
    through,
)
from symbolic_mqb.notation.expansions import limit_rate, limit_threshold, root, superposition_rate
from symbolic_mqb.notation.language import Abs, Sum, conj, delta, exp, function
from symbolic_mqb.notation.limit_law import D, characteristic_limit, choice, elements, k, l
from symbolic_mqb.notation.measurement import (
    CHARACTERISTIC,
    OBSERVABLE,
    POVM,
    SECOND_MOMENT,
    E,
    N,
    a,
    d,
    entry,
    j,
    mu,
    t,
    tau,
)
from symbolic_mqb.notation.operators import adjoint, product
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules import logic
from symbolic_mqb.rules.inequalities import sum_of_inequalities
from symbolic_mqb.rules.kets import completeness, positivity
from symbolic_mqb.rules.sums import sum_of_terms
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.measurements import (
    LEVELS,
    from_printed,
    hermitian_facts,
    introduce_povm,
    v0,
    v1,
)
from symbolic_mqb.tactics.rates import about, from_rate
from symbolic_mqb.tactics.reasons import Derivation, ProofBy, State, as_, given_that, identity, run, unfold

one = num(1)
_unfolded = [unfold(CHANNEL_ADJOINT)]


def _weight(u: int, v: int, r: int, s: int) -> Term:
    """⟨u|K_m|r⟩* ⟨v|K_m|s⟩."""
    return conj(entry(K(m), u, r)) * entry(K(m), v, s)


def _complete(e: Estimates, r: int, s: int) -> Theorem:
    """Σ_a Σ_m ⟨r|K_m†E_aK_m|s⟩ = Σ_m ⟨r|K_m†K_m|s⟩ = δ_rs."""
    sums = [Sum(_weight(u, v, r, s), (m, 1, M)) * Sum(entry(E(j), u, v), (j, 1, d)) for u, v in LEVELS]
    kept = [_weight(u, u, r, s) for u in (0, 1)]
    return e.equal(
        Sum(entry(through(E(j)), r, s), (j, 1, d)),
        delta(r, s),
        *_unfolded,
        as_(Term("add", tuple(sums))),
        *(identity(completeness, E, d, u, v) for u, v in LEVELS),
        as_(Sum(kept[0], (m, 1, M)) + Sum(kept[1], (m, 1, M))),
        identity(sum_of_terms, 1, M, function(m, kept[0]), function(m, kept[1]), reverse=True),
        as_(entry(Sum(product(adjoint(K(m)), K(m)), (m, 1, M)), r, s)),
        given_that(TRACE_PRESERVING),
    )


def _on_effects(inside: Estimates, prove: Any) -> Theorem:
    facts = hermitian_facts(inside, E, d, j)
    return cut_all(prove(inside.under(*(h.conclusion for h in facts))), *facts)


def _hermitian(inside: Estimates, statement: Term) -> Theorem:
    return _on_effects(inside, lambda e: e.meeting(statement.args[0], _unfolded, statement.args[1], _unfolded))


def _positive(inside: Estimates, statement: Term) -> Theorem:
    """⟨v|Γ†(E)|v⟩ = Σ_m ⟨K_m v|E|K_m v⟩."""
    image = [entry(K(m), u, 0) * v0 + entry(K(m), u, 1) * v1 for u in (0, 1)]

    def prove(e: Estimates) -> Theorem:
        each = e.under(one <= m, m <= M).by(positivity, E, d, j, *image)
        total = sum_of_inequalities(m, one, M, each)
        expanded = run(_unfolded, statement.args[1], e)
        bound = e.at_most(0, expanded.right, (1, total))
        return e.by(logic.transport, bound, (1,), logic.symmetry(expanded))

    return _on_effects(inside, prove)


def _povm(state: State) -> Theorem:
    e = Estimates(state.given, state)
    return introduce_povm(e, THROUGH.family, d, lambda r, s: _complete(e, r, s), _hermitian, _positive)


CHANNEL_POVM = Result(
    "channel-POVM",
    "The adjoint of every channel maps POVMs to POVMs",
    equation="main text, after (13)",
    given=(POVM, TRACE_PRESERVING),
    chain=[
        have(
            THROUGH.povm,
            by=ProofBy("Σ_m K_m†K_m = 1, and ⟨v|K†EK|v⟩ = ⟨Kv|E|Kv⟩", _povm),
        )
    ],
)


def _moments(e: Estimates, noisy: Noisy) -> tuple[Theorem, Theorem, Theorem]:
    """⟨0|A|1⟩, ⟨0|A|0⟩ and ⟨0|A^(2)|0⟩ of (A7) for the family Γ†(E), as the symbols of the noisy measurement."""

    def moment(head: Term, printed: Term, level: int) -> Theorem:
        old = entry(call(head, noisy.family, a, d), 0, level)
        return e.meeting(old, [unfold(head)], entry(printed, 0, level), [unfold(printed.args[0])])

    return moment(OBSERVABLE, noisy.A, 1), moment(OBSERVABLE, noisy.A, 0), moment(SECOND_MOMENT, noisy.A2, 0)


def _variance(noisy: Noisy) -> Term:
    """σ² of the noisy measurement."""
    return entry(noisy.A2, 0, 0) - entry(noisy.A, 0, 0) ** 2


def _law(noisy: Noisy) -> Term:
    return characteristic_limit(exp(-(t**2) * _variance(noisy) / (2 * tau**2)))


def _of_family(t: Term, noisy: Noisy) -> Term:
    """The term with the family Γ†(E) in place of E."""
    return substitute(t, {E: noisy.family})


def _distance(noisy: Noisy, povm: tuple[str, ...]) -> Derivation:
    """(A7-sum-rate) for the noisy measurement, which is a POVM by hypothesis or by another result."""

    def derive(state: State) -> Theorem:
        positive = Estimates(state.given, state).fact(tau > 0)
        e = Estimates((*state.given, tau > 0), state)
        theorem = e.by(logic.instantiate, e.lookup("A7-sum-rate"), ((E, noisy.family),))
        theorem = cut_all(theorem, *(e.meet(e.lookup(label)) for label in povm))
        moments = _moments(e, noisy)
        theorem = from_printed(e, theorem, *moments)
        inside = e.under(*(x.conclusion for x in moments))
        reasons = [unfold(CHARACTERISTIC), *(given_that(x.conclusion) for x in moments[1:])]
        near = about(inside, theorem, elements(noisy.calA), _law(noisy), reasons, [unfold(noisy.heads[2])])
        return cut_all(near, *moments, positive)

    return derive


def _limit_results(
    label: str,
    title: str,
    noisy: Noisy,
    given: tuple[Term, ...],
    equation: str,
    povm: tuple[str, ...] = (),
    note: str = "",
) -> tuple[Result, Result]:
    """The rate, and the limit that follows from it."""
    given = (*given, *choice(entry(noisy.A, 0, 0), entry(noisy.A, 0, 1), mu, tau))
    sequence, law = elements(noisy.calA), _law(noisy)
    bound = _of_family(superposition_rate(D, limit_rate(k, l)), noisy) * root
    rate = Result(
        f"{label}-rate",
        f"{title}: at most C/√N away",
        equation=equation,
        given=(*given, _of_family(limit_threshold(D, D), noisy) <= N),
        chain=[
            have(
                Abs(sequence - law) <= bound,
                by=ProofBy("(A7-sum-rate) for the effects Γ†(E_a)", _distance(noisy, povm), ("A7-sum-rate", *povm)),
            )
        ],
        note=note,
    )
    limit = Result(
        label,
        title,
        equation=equation,
        given=given,
        chain=[have(Term("limit", (lam(N, sequence), law)), by=from_rate(f"{label}-rate", tau > 0))],
        note=note,
    )
    return rate, limit


NOISE_RATE, NOISE_LIMIT = _limit_results(
    "noise-limit",
    "The limit law with any channel on the particles: only s and φ change",
    THROUGH,
    (POVM, TRACE_PRESERVING),
    "main text, after (13)",
    ("channel-POVM",),
)
DEPOLARISED_RATE, DEPOLARISED_LIMIT = _limit_results(
    "depolarised-limit",
    "The limit law with depolarising noise",
    DEPOLARISED,
    (DEPOLARISED.povm,),
    "C9",
    note="For every λ at which the effects Γ†(E_a) are a POVM: by (C7-POVM) for every POVM E and 0 ≤ λ ≤ 1.",
)
DEPHASED_RATE, DEPHASED_LIMIT = _limit_results(
    "dephased-limit",
    "The limit law with dephasing noise",
    DEPHASED,
    (DEPHASED.povm,),
    "C9",
    note="For every λ at which the effects Γ†(E_a) are a POVM: by (C8-POVM) for every POVM E and 0 ≤ λ ≤ 1.",
)
