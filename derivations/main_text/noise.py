"""Robustness: single-particle noise is absorbed in the POVM, and what it does to the width s."""

from __future__ import annotations

from fractions import Fraction

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.channels import CHANNEL_ADJOINT, THROUGH, TRACE_PRESERVING, K, M, m, through
from symbolic_mqb.notation.language import Abs, Sum, conj, function, symbols, unequal
from symbolic_mqb.notation.measurement import (
    A2,
    OBSERVABLE,
    POVM,
    PROJECTIVE,
    SECOND_MOMENT,
    A,
    E,
    J,
    N,
    a,
    c,
    d,
    dicke,
    entry,
    i,
    j,
    projector,
    sum_over_tuples,
    tensor,
    trace,
)
from symbolic_mqb.notation.operators import adjoint, evolved, product
from symbolic_mqb.results import Erratum, Needed, Result, eq, have
from symbolic_mqb.rules import logic
from symbolic_mqb.rules.collective import projective_is_povm
from symbolic_mqb.rules.kets import hermiticity
from symbolic_mqb.rules.operators import tensor_distributes_each, trace_after_evolution
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, fold, identity, unfold, use

zero = num(0)
_off, _noisy_off = entry(A, 0, 1), entry(THROUGH.A, 0, 1)


def _excess(first: Term, second: Term) -> Term:
    """σ² − τ²."""
    return entry(second, 0, 0) - entry(first, 0, 0) ** 2 - Abs(entry(first, 0, 1)) ** 2


def _square(first: Term, second: Term) -> Term:
    """s² = σ²/τ² − 1."""
    return (entry(second, 0, 0) - entry(first, 0, 0) ** 2) * Abs(entry(first, 0, 1)) ** num(-2) - 1


def _variance(state: State) -> Theorem:
    """σ² ≥ τ² for the POVM of the effects Γ†(E_a)."""
    e = Estimates(state.given, state)
    old = e.by(logic.instantiate, e.lookup("variance"), ((E, THROUGH.family),))
    theorem = cut_all(old, e.meet(e.lookup("channel-POVM")))
    unfolded = ([unfold(OBSERVABLE), unfold(SECOND_MOMENT)], [unfold(head) for head in THROUGH.heads[:2]])
    same = e.meeting(theorem.right, unfolded[0], _excess(THROUGH.A, THROUGH.A2), unfolded[1])
    return e.by(logic.transport, theorem, (1,), same)


VARIANCE = Result(
    "noise-variance",
    "σ² ≥ τ² with any channel on the particles: the width s stays defined",
    equation="main text, after (13)",
    given=(POVM, TRACE_PRESERVING),
    chain=[
        have(
            zero <= _excess(THROUGH.A, THROUGH.A2),
            by=ProofBy("σ² ≥ τ² for every POVM", _variance, ("variance", "channel-POVM")),
        )
    ],
)


def _own_conjugate(e: Estimates, moment: Term, weight: Term) -> Theorem:
    """⟨0|Σ_a weight Γ†(E_a)|0⟩ is its own conjugate, because the effects are Hermitian."""
    parts = [conj(entry(K(m), u, 0)) * entry(E(j), u, v) * entry(K(m), v, 0) for u in (0, 1) for v in (0, 1)]
    written = Sum(weight * Sum(Term("add", tuple(parts)), (m, 1, M)), (j, 1, d))
    symmetric = identity(hermiticity, E, d, j, 1, 0)
    unfolded = [unfold(moment.args[0]), unfold(CHANNEL_ADJOINT)]
    element = entry(moment, 0, 0)
    return e.meeting(
        conj(element), [*unfolded, as_(conj(written)), symmetric], element, [*unfolded, as_(written), symmetric]
    )


def _enlarged(state: State) -> Theorem:
    """s² = 0 before, and s² ≥ 0 after."""
    e = Estimates(state.given, state)
    povm = projective_is_povm(E, d)
    after = e.meet(cut_all(e.lookup("noise-variance"), povm))
    hermitian = e.meet(cut_all(e.lookup("A-hermitian"), povm))
    inside = e.under(hermitian.conclusion)
    sharp = cut_all(
        inside.equal(entry(A2, 0, 0), entry(A, 0, 0) ** 2 + Abs(_off) ** 2, use("variance-projective", reverse=True)),
        hermitian,
    )
    real = [_own_conjugate(e, x, w) for x, w in ((THROUGH.A, a(j)), (THROUGH.A2, a(j) ** 2))]
    bound = e.under(*(x.conclusion for x in real)).at_most(
        _square(A, A2),
        _square(THROUGH.A, THROUGH.A2),
        (Abs(_noisy_off) ** num(-2), after),
        (Abs(_off) ** num(-2), sharp),
    )
    return cut_all(bound, *real)


_c, _s = Fraction(4, 5), Fraction(3, 5)
_diagonal, _mixed = (Fraction(37, 50), Fraction(13, 50)), Fraction(7, 100)
#: E_± = (1 ± n·σ/2)/2 with n = (7, 0, 24)/25, and a rotation that turns n to the x axis.
_point = (
    (d, 2),
    (a, {1: 1, 2: -1}),
    (E, {1: ((_diagonal[0], _mixed), (_mixed, _diagonal[1])), 2: ((_diagonal[1], -_mixed), (-_mixed, _diagonal[0]))}),
    (M, 1),
    (K, {1: ((_c, _s), (-_s, _c))}),
)

#: The same rotation after a measurement of σ_z.
_upright = tuple((v, {1: ((1, 0), (0, 0)), 2: ((0, 0), (0, 1))} if v == E else value) for v, value in _point)

WIDTH = Result(
    "noise-width",
    "Noise enlarges the width of a projective measurement: s² = 0 before, s² ≥ 0 after",
    equation="main text, after (13)",
    given=(PROJECTIVE, TRACE_PRESERVING, unequal(_off, 0), unequal(_noisy_off, 0)),
    needs=(Needed(unequal(_off, 0), _upright),),
    errata=(
        Erratum(
            _square(A, A2) <= _square(THROUGH.A, THROUGH.A2),
            _point,
            "Noise is said to act incoherently by enlarging the width s. For POVMs that are not projective it may "
            "shrink s: here a unitary channel turns the unsharp spin measurement (1 ± n·σ/2)/2 towards the x axis, and "
            "s² = (1 − η²)/(η² sin²θ), η = 1/2, falls from 1875/49 to 3.",
            "True for projective measurements, where s = 0 before, and for depolarising and dephasing noise with any "
            "POVM (C9-broadening, C9-dephasing-broadening). In general σ² ≥ τ² is all that holds.",
            "missing condition",
        ),
    ),
    chain=[
        have(
            _square(A, A2) <= _square(THROUGH.A, THROUGH.A2),
            by=ProofBy(
                "σ = τ for projective measurements, and σ ≥ τ for every POVM",
                _enlarged,
                ("noise-variance", "A-hermitian", "variance-projective"),
            ),
        )
    ],
)

D = symbols("D", "nat")[0]
_k = symbols("k", "int")[0]
_choices = symbols("m", "tuple")[0]
_rho = projector(Sum(c(_k) * dicke(N, _k), (_k, 0, D - 1)))


def _sandwich(choice: Term) -> Term:
    """K† E_a K for the i-th particle's outcome a."""
    return product(adjoint(K(choice)), E(J(i)), K(choice))


ABSORBED = Result(
    "noise-absorbed",
    "Channels on the particles are the same as the noisy POVM, for every outcome of the N particles",
    equation="C8",
    given=(D <= N + 1,),
    chain=[
        sum_over_tuples(trace(evolved(tensor(K(_choices(i)), i, N), _rho), tensor(E(J(i)), i, N)), _choices, N, M),
        eq(
            trace(_rho, tensor(Sum(_sandwich(m), (m, 1, M)), i, N)),
            by=[
                identity(trace_after_evolution, N, function(i, K(_choices(i))), function(i, E(J(i))), _rho),
                identity(tensor_distributes_each, N, M, function(i, function(m, _sandwich(m))), _rho),
            ],
        ),
        eq(trace(_rho, tensor(through(E(J(i))), i, N)), by=fold(through(E(J(i))))),
    ],
    note="Γ^{⊗N}(ρ) = Σ (K_{m_1}⊗…⊗K_{m_N}) ρ (K_{m_1}⊗…⊗K_{m_N})†, summed over all m_1, …, m_N.",
)
