"""(C5)–(C8): the depolarising and the dephasing channel, their adjoints, and that these map POVMs to POVMs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symbolic_mqb.kernel.terms import Term, call
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.channels import (
    DEPHASED,
    DEPHASING,
    DEPHASING_ADJOINT,
    DEPOLARISED,
    DEPOLARISING,
    DEPOLARISING_ADJOINT,
    Noisy,
    dephased,
    depolarised,
    effect,
    rate,
    rho,
)
from symbolic_mqb.notation.language import Abs, Sum, conj, delta, equal, function, sqrt, symbols
from symbolic_mqb.notation.measurement import POVM, E, d, entry, j
from symbolic_mqb.notation.operators import (
    PAULI_X,
    PAULI_Y,
    PAULI_Z,
    TRACE,
    adjoint,
    identity,
    matrix,
    product,
    qubit_trace,
)
from symbolic_mqb.results import Definition, Line, Result, have
from symbolic_mqb.rules import logic
from symbolic_mqb.rules.inequalities import square_nonnegative
from symbolic_mqb.rules.kets import completeness, positivity
from symbolic_mqb.rules.sums import sum_of_terms
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.measurements import by_entries, hermitian_facts, introduce_povm, v0, v1
from symbolic_mqb.tactics.reasons import Derivation, ProofBy, State, as_, run, unfold
from symbolic_mqb.tactics.reasons import identity as step

(x,) = symbols("x", "real")
(z,) = symbols("z", "complex")
_RATE = (rate >= 0, rate <= 1)
#: Every Hermitian matrix of trace one.
_density = matrix(x, z, conj(z), 1 - x)


def _entrywise(statement: Term, why: str, *heads: Term) -> Line:
    """An equation between operators: the left side unfolded, and compared entry by entry."""

    def derive(state: State) -> Theorem:
        e = Estimates(state.given, state)
        reasons = [unfold(head) for head in heads]
        return by_entries(statement.args[0], statement.args[1], lambda a, b: e.meeting(a, reasons, b, []))

    return have(statement, by=ProofBy(why, derive))


def _kraus_sum(operators: tuple[Term, ...], state: Term) -> Term:
    """Σ_m K_m ρ K_m†."""
    return Term("add", tuple(product(k, state, adjoint(k)) for k in operators))


def _kraus_norm(operators: tuple[Term, ...]) -> Term:
    """Σ_m K_m†K_m."""
    return Term("add", tuple(product(adjoint(k), k) for k in operators))


_weight = sqrt(rate / 4)
_depolarising = (sqrt(1 - 3 * rate / 4) * identity, *(_weight * pauli for pauli in (PAULI_X, PAULI_Y, PAULI_Z)))
_dephasing = (sqrt(1 - rate) * identity, sqrt(rate) * PAULI_Z)

C5 = Definition(
    "C5",
    "The depolarising channel, with its Kraus operators",
    call(DEPOLARISING, rho, rate),
    given=_RATE,
    chain=(
        _entrywise(
            equal(call(DEPOLARISING, _density, rate), _kraus_sum(_depolarising, _density)),
            "the four Pauli operators with the weights 1 − 3λ/4, λ/4, λ/4, λ/4, for every ρ of trace one",
            DEPOLARISING,
        ),
        _entrywise(equal(_kraus_norm(_depolarising), identity), "Σ_m K_m†K_m = 1"),
    ),
    equation="C5",
    note="Kraus operators with Σ_m K_m†K_m = 1 make a map completely positive and trace preserving.",
)

C6 = Definition(
    "C6",
    "The dephasing channel, with its Kraus operators",
    call(DEPHASING, rho, rate),
    given=_RATE,
    chain=(
        _entrywise(
            equal(call(DEPHASING, rho, rate), _kraus_sum(_dephasing, rho)),
            "the operators √(1 − λ) and √λ Z",
            DEPHASING,
        ),
        _entrywise(equal(_kraus_norm(_dephasing), identity), "Σ_m K_m†K_m = 1"),
    ),
    equation="C6",
)


def _adjoint_relation(channel: Term, adjoint_channel: Term, state: Term) -> Line:
    """tr Γ(ρ)E = tr ρΓ†(E)."""
    left = qubit_trace(product(call(channel, state, rate), effect))
    right = qubit_trace(product(state, call(adjoint_channel, effect, rate)))

    def derive(prover: State) -> Theorem:
        e = Estimates(prover.given, prover)
        return e.meeting(left, [unfold(channel), unfold(TRACE)], right, [unfold(adjoint_channel), unfold(TRACE)])

    return have(equal(left, right), by=ProofBy("both traces written out", derive))


C7 = Definition(
    "C7",
    "The adjoint of the depolarising channel: tr Γ(ρ)E = tr ρΓ†(E) for every ρ of trace one",
    depolarised(effect),
    chain=(_adjoint_relation(DEPOLARISING, DEPOLARISING_ADJOINT, _density),),
    equation="C7",
)

C8 = Definition(
    "C8",
    "The adjoint of the dephasing channel: tr Γ(ρ)E = tr ρΓ†(E) for every ρ",
    dephased(effect),
    chain=(_adjoint_relation(DEPHASING, DEPHASING_ADJOINT, rho),),
    equation="C8",
)


def _summed(r: int, s: int) -> Term:
    """Σ_a ⟨r|E_a|s⟩."""
    return Sum(entry(E(j), r, s), (j, 1, d))


def _of_trace(r: int, s: int) -> list[Any]:
    """Σ_a ⟨r|Γ†(E_a)|s⟩ for the depolarising channel, from Σ_a ⟨r|E_a|s⟩ and Σ_a tr E_a."""
    kept = (1 - rate) * entry(E(j), r, s)
    if r != s:
        return [as_((1 - rate) * _summed(r, s)), step(completeness, E, d, r, s)]
    parts = [rate / 2 * entry(E(j), u, u) for u in (0, 1)]
    return [
        step(sum_of_terms, 1, d, function(j, kept), function(j, parts[0] + parts[1])),
        step(sum_of_terms, 1, d, function(j, parts[0]), function(j, parts[1])),
        as_((1 - rate) * _summed(r, s) + rate / 2 * _summed(0, 0) + rate / 2 * _summed(1, 1)),
        *(step(completeness, E, d, u, u, everywhere=True) for u in (0, 1)),
    ]


def _of_flip(r: int, s: int) -> list[Any]:
    """Σ_a ⟨r|Γ†(E_a)|s⟩ for the dephasing channel: Z changes the sign of what is off the diagonal."""
    sign = 1 if r == s else -1
    return [as_((1 - rate + sign * rate) * _summed(r, s)), step(completeness, E, d, r, s)]


def _depolarised_certificate(e: Estimates) -> tuple[tuple[Term, Theorem], ...]:
    """(1 − λ)⟨v|E|v⟩ + (λ/2) tr E (|v₀|² + |v₁|²)."""
    weight = rate / 2 * (entry(E(j), 0, 0) + entry(E(j), 1, 1))
    squares = tuple((weight, e.by(square_nonnegative, Abs(v))) for v in (v0, v1))
    return ((1 - rate, e.by(positivity, E, d, j, v0, v1)), *squares)


def _dephased_certificate(e: Estimates) -> tuple[tuple[Term, Theorem], ...]:
    """(1 − λ)⟨v|E|v⟩ + λ⟨Zv|E|Zv⟩."""
    return (1 - rate, e.by(positivity, E, d, j, v0, v1)), (rate, e.by(positivity, E, d, j, v0, -v1))


def _povm(
    noisy: Noisy,
    summed: Callable[[int, int], list[Any]],
    certificate: Callable[[Estimates], tuple[tuple[Term, Theorem], ...]],
    *heads: Term,
) -> Derivation:
    """Completeness, Hermiticity and positivity of Γ†(E_j) from those of E_j."""
    unfolded = [unfold(head) for head in heads]

    def complete(e: Estimates, r: int, s: int) -> Theorem:
        left = Sum(entry(noisy.noise(E(j)), r, s), (j, 1, d))
        return e.equal(left, delta(r, s), *unfolded, *summed(r, s))

    def on_effects(inside: Estimates, prove: Callable[[Estimates], Theorem]) -> Theorem:
        facts = hermitian_facts(inside, E, d, j)
        return cut_all(prove(inside.under(*(h.conclusion for h in facts))), *facts)

    def hermitian(inside: Estimates, statement: Term) -> Theorem:
        return on_effects(inside, lambda e: e.meeting(statement.args[0], unfolded, statement.args[1], unfolded))

    def positive(inside: Estimates, statement: Term) -> Theorem:
        def prove(e: Estimates) -> Theorem:
            expanded = run(unfolded, statement.args[1], e)
            bound = e.at_most(0, expanded.right, *certificate(e))
            return e.by(logic.transport, bound, (1,), logic.symmetry(expanded))

        return on_effects(inside, prove)

    def derive(state: State) -> Theorem:
        e = Estimates(state.given, state)
        return introduce_povm(e, noisy.family, d, lambda r, s: complete(e, r, s), hermitian, positive)

    return derive


C7_POVM = Result(
    "C7-POVM",
    "The depolarising channel's adjoint maps POVMs to POVMs",
    equation="C7",
    given=(POVM, *_RATE),
    chain=[
        have(
            DEPOLARISED.povm,
            by=ProofBy(
                "ΣE_a = 1 and positivity of E_a and of tr E_a",
                _povm(DEPOLARISED, _of_trace, _depolarised_certificate, DEPOLARISING_ADJOINT, TRACE),
            ),
        )
    ],
)

C8_POVM = Result(
    "C8-POVM",
    "The dephasing channel's adjoint maps POVMs to POVMs",
    equation="C8",
    given=(POVM, *_RATE),
    chain=[
        have(
            DEPHASED.povm,
            by=ProofBy(
                "ΣE_a = 1 and positivity of E_a at v and at Zv",
                _povm(DEPHASED, _of_flip, _dephased_certificate, DEPHASING_ADJOINT),
            ),
        )
    ],
)
