"""With depolarising or dephasing noise the limit law is that of (A7) at the s and φ of (C9)."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, lam, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.channels import DEPHASED, DEPOLARISED, Noisy, rate
from symbolic_mqb.notation.expansions import limit_rate, limit_threshold, root, superposition_rate
from symbolic_mqb.notation.language import Abs, I, Sum, arg, conj, equal, exp, half, pi, sgn, unequal
from symbolic_mqb.notation.limit_law import D, characteristic_limit, elements, hermite_sum, k, l, phi
from symbolic_mqb.notation.measurement import A2, A, E, N, c, entry, mu, t, tau
from symbolic_mqb.notation.operators import qubit_trace
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules import logic
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.measurements import from_printed
from symbolic_mqb.tactics.rates import from_rate, revalued
from symbolic_mqb.tactics.reasons import Derivation, ProofBy, State, as_, by_order, given_that, use

_off = entry(A, 0, 1)


def _law(variance: Term, factor: Term) -> Term:
    """(A7) with s² + 1 in place of σ²/τ², and with the phase of (C9)."""
    return characteristic_limit(exp(-(t**2) * variance / 2), phi + (1 - sgn(factor)) / 2 * pi)


def _phases(direction: Term, gauss: Term) -> Term:
    """The law with e^{iφ} as a number."""
    body = direction ** (-k) * conj(c(k)) * c(l) * direction**l * (gauss * hermite_sum())
    return Sum(Sum(body, (l, 0, D - 1)), (k, 0, D - 1))


def _proof(noisy: Noisy, factor: Term, law: Term, limit: str, phase: str, labels: tuple[str, ...]) -> Derivation:
    """The rate with the noisy σ, τ and φ, each replaced by what (C9) gives."""
    off, turned = entry(noisy.A, 0, 1), exp(I * arg(-entry(noisy.A, 0, 1)))
    variance = entry(noisy.A2, 0, 0) - entry(noisy.A, 0, 0) ** 2

    def value(e: Estimates, before: Term) -> Theorem:
        moments = tuple(e.lookup(label) for label in labels)
        written = _phases(turned, exp(-(t**2) * variance * tau ** num(-2) / 2))
        reasons = [as_(written), use(phase, everywhere=True), *(given_that(x.conclusion) for x in moments[1:])]
        reasons.append(given_that(equal(tau, Abs(factor * _off))))
        inside = e.under(*(x.conclusion for x in moments))
        either = by_order(factor, num(0), first=reasons, second=reasons)  # |1 − λ|² = (1 − λ)²
        return cut_all(either.prove(equal(before, law), inside), *moments)

    def derive(state: State) -> Theorem:
        first = Estimates(state.given, state)
        nonzero = first.fact(unequal(factor * _off, 0))
        noisy_off = first.lookup(labels[0])
        present = first.by(logic.transport, nonzero, (0,), logic.symmetry(noisy_off))
        positive = cut_all(first.under(nonzero.conclusion).fact(tau > 0), nonzero)
        e = first.under(present.conclusion, positive.conclusion)
        theorem = e.by(logic.instantiate, e.lookup(limit), ((phi, arg(-off)),))
        theorem = cut_all(theorem, e.equal(arg(-off), arg(-off)), present)
        theorem = from_printed(e, theorem, *(e.lookup(label) for label in labels))
        before = theorem.left.args[0].args[1].args[1]  # the sum v of |f − v|
        final = revalued(e, theorem, elements(noisy.calA), value(e, before))
        return cut_all(final, present, positive)

    return derive


def _results(
    name: str, title: str, noisy: Noisy, mean: Term, factor: Term, variance: Term, regular: Term
) -> tuple[Result, Result]:
    """The rate, and the limit that follows from it."""
    label = {"pol": "C9-law", "pha": "C9-dephasing-law"}[name]
    limit = {"pol": "depolarised-limit-rate", "pha": "dephased-limit-rate"}[name]
    phase = {"pol": "C9-phase", "pha": "C9-dephasing-phase"}[name]
    channel = {"pol": "C7-POVM", "pha": "C8-POVM"}[name]
    labels = tuple(f"noise-{name}-{which}" for which in ("A01", "A00", "A2"))
    law, sequence = _law(variance, factor), elements(noisy.calA)
    values = {E: noisy.family}
    size, direction = equal(tau, Abs(factor * _off)), equal(phi, arg(-_off))
    given = (noisy.povm, unequal(_off, 0), direction, equal(mu, mean), size, regular)
    every = f"For every λ at which the effects Γ†(E_a) are a POVM: by ({channel}) for every POVM E and 0 ≤ λ ≤ 1."
    bound = Result(
        f"{label}-rate",
        f"{title}: at most C/√N away",
        equation="C9",
        given=(*given, substitute(limit_threshold(D, D), values) <= N),
        chain=[
            have(
                Abs(sequence - law) <= substitute(superposition_rate(D, limit_rate(k, l)), values) * root,
                by=ProofBy(
                    "σ, τ and φ of the noisy POVM by (C9)",
                    _proof(noisy, factor, law, limit, phase, labels),
                    (limit, phase, *labels),
                ),
            )
        ],
        note=every,
    )
    result = Result(
        label,
        title,
        equation="C9",
        given=given,
        chain=[have(Term("limit", (lam(N, sequence), law)), by=from_rate(f"{label}-rate", tau > 0))],
        note=f"The Gaussian is exp(−t²(s² + 1)/2) with the s² of (C9). {every}",
    )
    return bound, result


_scale = Abs(_off) ** num(-2)
_mean = (1 - rate) * entry(A, 0, 0) + rate / 2 * qubit_trace(A)
_square = (1 - rate) * entry(A2, 0, 0) + rate / 2 * qubit_trace(A2)

RATE, LAW = _results(
    "pol",
    "The limit law with depolarising noise, at the s and φ of (C9)",
    DEPOLARISED,
    _mean,
    1 - rate,
    (_square - _mean**2) * (1 - rate) ** num(-2) * _scale,
    unequal(rate, 1),
)
DEPHASING_RATE, DEPHASING_LAW = _results(
    "pha",
    "The limit law with dephasing noise, at the s and φ of (C9)",
    DEPHASED,
    entry(A, 0, 0),
    1 - 2 * rate,
    (entry(A2, 0, 0) - entry(A, 0, 0) ** 2) * (1 - 2 * rate) ** num(-2) * _scale,
    unequal(rate, half),
)
