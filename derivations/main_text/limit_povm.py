"""(8), (9), (10): the limit distribution, and the POVM that a collective measurement becomes."""

from __future__ import annotations

from fractions import Fraction

from symbolic_mqb.kernel.terms import Term, lam, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.expansions import limit_rate, limit_threshold, root, superposition_rate, variance
from symbolic_mqb.notation.language import (
    Abs,
    I,
    Integral,
    Sum,
    arg,
    conj,
    delta,
    equal,
    exp,
    pi,
    sqrt,
    symbols,
)
from symbolic_mqb.notation.limit_law import D
from symbolic_mqb.notation.measurement import POVM, PROJECTIVE, A, E, N, a, c, d, entry, mu, t, tau
from symbolic_mqb.notation.objects import gaussian, wave
from symbolic_mqb.notation.phase_space import EFFECT, effect, element, phi, s, superposition, turned, x, xp
from symbolic_mqb.notation.phase_space import k as K
from symbolic_mqb.notation.phase_space import l as L
from symbolic_mqb.results import Definition, Erratum, Result, eq, have
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.collective import projective_is_povm
from symbolic_mqb.rules.integrals import integral_termwise
from symbolic_mqb.rules.logic import transport
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.rates import about, from_rate
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, convert, unfold, use

k, l = symbols("k l", "nat")
zero = num(0)

_choice = (
    equal(mu, entry(A, 0, 0)),
    equal(entry(A, 0, 1), tau * exp(I * phi)),
    equal(entry(A, 1, 0), tau * exp(-I * phi)),
    tau > 0,
)
_blurred = (s > 0, equal(s**2, variance / tau**2 - 1))
_half, _unsharp = Fraction(1, 2), Fraction(2, 5)
#: E_± = (1 ± (4/5)σ_x)/2: A₀₁ = τ = 4/5, s = 3/4.
_effects = {1: ((_half, _unsharp), (_unsharp, _half)), 2: ((_half, -_unsharp), (-_unsharp, _half))}
_printed_angle = arg(-entry(A, 0, 1))


def _blur(bra: Term, ket: Term) -> Term:
    """∫dx′ e^{−(x−x′)²/(2s²)}/√(2πs²) ⟨k|x′⟩⟨x′|l⟩."""
    weight = exp(-((x - xp) ** 2) / (2 * s**2)) / sqrt(2 * pi * s**2)
    return Integral(weight * (conj(wave(xp, bra)) * wave(xp, ket)), xp)


def _law(angle: Term) -> Term:
    """P(x) of (8)."""
    phases = exp(-I * K * angle) * conj(c(K)) * c(L) * exp(I * L * angle)
    return Sum(Sum(phases * _blur(K, L), (L, 0, D - 1)), (K, 0, D - 1))


def _of_law(angle: Term) -> Term:
    """∫ e^{itx} P(x) dx."""
    return Integral(exp(I * t * x) * _law(angle), x)


_characteristic = superposition(element(K, L))
_plain = Integral(gaussian(s, x - xp) * (conj(wave(xp, k)) * wave(xp, l)), xp)
_late = limit_threshold(D, D)
_apart = [convert(integral_termwise), convert(integral_termwise)]


def _law_distance(state: State) -> Theorem:
    """(6-rate), the sums taken into the integral."""
    e = Estimates(state.given, state)
    return about(e, e.meet(e.lookup("6-rate")), _characteristic, _of_law(phi), (), _apart)


LAW_RATE = Result(
    "8-rate",
    "The characteristic function at finite N and that of (8): at most C/√N apart",
    equation="8",
    given=(POVM, *_choice, *_blurred, _late <= N),
    note="Only test functions e^{itx} have a rate without more: for bounded continuous functions weak convergence has "
    "none. C grows with t, and is explicit in it.",
    chain=[
        have(
            Abs(_characteristic - _of_law(phi)) <= superposition_rate(D, limit_rate(K, L)) * root,
            by=ProofBy("(6-rate), and the sums are finite", _law_distance, ("6-rate",)),
        )
    ],
)

LAW = Result(
    "8",
    "The limit distribution of the macroscopic variable at α = 1/2",
    equation="8",
    given=(POVM, *_choice, *_blurred),
    note="τ > 0 and A₀₁ = τe^{iφ} say that τ = |A₀₁| and φ = arg A₀₁. That χ_N(t) → ∫e^{itx}P(x)dx for all t is "
    "convergence in distribution, by Lévy's theorem (A8-convergence). The case s = 0 is (9-projective).",
    errata=(
        Erratum(
            Term("limit", (lam(N, _characteristic), _of_law(_printed_angle))),
            (
                (D, 2),
                (c, {0: 1, 1: 1}),
                (t, 1),
                (s, Fraction(3, 4)),
                (mu, 0),
                (tau, Fraction(4, 5)),
                (d, 2),
                (a, {1: 1, 2: -1}),
                (E, _effects),
            ),
            "φ = arg(−A₀₁) is printed, from the sign of (A8). For the unsharp σ_x and (|N,0⟩ + |N,1⟩)/√2 the print "
            "has the mean −1 of the limit variable; it is +1.",
            "φ must read arg(A₀₁): the printed P(x) is P(−x).",
            "changes a result",
        ),
    ),
    chain=[
        have(
            Term("limit", (lam(N, _characteristic), _of_law(phi))),
            by=from_rate("8-rate"),
        )
    ],
)

E10 = Definition("10", "The Gaussian POVM", effect(s, x, k, l), given=(s > 0,), equation="10")

COMPLETE = Result(
    "10-complete",
    "The Gaussian POVM is complete",
    equation="10",
    given=(s > 0,),
    chain=[
        Integral(effect(s, x, k, l), x),
        eq(
            Integral(conj(wave(x, k)) * wave(x, l), x),
            by=[unfold(EFFECT), as_(Integral(exp(I * zero * x) * _plain, x)), use("6-transform", t=0)],
        ),
        eq(delta(k, l), by=use("A17-orthonormal")),
    ],
)


def _positive(state: State) -> Theorem:
    """Σ c_k* c_l ⟨k|e_s(x)|l⟩ = ∫ (Gaussian) |Σ_k c_k⟨x′|k⟩|² dx′."""
    e = Estimates(state.given, state)
    psi = Sum(c(K) * wave(xp, K), (K, 0, D - 1))
    weight = exp(-((x - xp) ** 2) / (2 * s**2)) / sqrt(2 * pi * s**2)
    double = superposition(conj(wave(xp, K)) * wave(xp, L))
    squared = Integral(weight * Abs(psi) ** 2, xp)
    same = e.meeting(
        squared,
        [as_(Integral(weight * double, xp)), convert(integral_termwise), convert(integral_termwise)],
        superposition(effect(s, x, K, L)),
        [unfold(EFFECT)],
    )
    return transport(e.fact(zero <= squared), (1,), same, state.given)


POSITIVE = Result(
    "10-positive",
    "The Gaussian POVM is positive",
    equation="10",
    given=(s > 0,),
    note="For s → 0 e_s(x) becomes |x⟩⟨x|, by (10-sharp).",
    chain=[
        have(
            zero <= superposition(effect(s, x, K, L)),
            by=ProofBy("a Gaussian times |Σ_k c_k⟨x′|k⟩|² is integrated", _positive),
        )
    ],
)

_mapped = Integral(exp(I * t * x) * turned(phi, k, l, effect(s, x, k, l)), x)


_element_rate = limit_rate(k, l) * root
_threshold = limit_threshold(k, l)


def _map(state: State) -> Theorem:
    """(6-element-rate), e_s written out."""
    e = Estimates(state.given, state)
    return about(e, e.meet(e.lookup("6-element-rate")), element(k, l), _mapped, (), [unfold(EFFECT)])


MAPPING_RATE = Result(
    "9-rate",
    "A matrix element and that of U_φ† e_s(x) U_φ: at most C/√N apart",
    equation="9",
    given=(POVM, *_choice, *_blurred, _threshold <= N),
    chain=[
        have(
            Abs(element(k, l) - _mapped) <= _element_rate,
            by=ProofBy("(6-element-rate) and (10)", _map, ("6-element-rate",)),
        )
    ],
)

MAPPING = Result(
    "9",
    "|N, k⟩ → |k⟩ and E(X) → U_φ† e_s(x) U_φ, for every POVM with A₀₁ ≠ 0 and s > 0",
    equation="9",
    given=(POVM, *_choice, *_blurred),
    errata=(
        Erratum(
            Term("limit", (lam(N, element(k, l)), substitute(_mapped, {phi: _printed_angle}))),
            (
                (k, 1),
                (l, 0),
                (t, 1),
                (s, Fraction(3, 4)),
                (mu, 0),
                (tau, Fraction(4, 5)),
                (d, 2),
                (a, {1: 1, 2: -1}),
                (E, _effects),
            ),
            "With φ = arg(−A₀₁), as defined after (8), the elements with k − l odd have the wrong sign.",
            "φ must read arg(A₀₁).",
            "changes a result",
        ),
    ),
    chain=[have(Term("limit", (lam(N, element(k, l)), _mapped)), by=from_rate("9-rate"))],
)

_sharp = Integral(exp(I * t * x) * turned(phi, k, l, conj(wave(x, k)) * wave(x, l)), x)


def _map_when_sharp(state: State) -> Theorem:
    e = Estimates(state.given, state)
    return about(e, e.meet(e.lookup("5-rate")), element(k, l), _sharp)


SHARP_RATE = Result(
    "9-projective-rate",
    "A matrix element and that of U_φ† |x⟩⟨x| U_φ: at most C/√N apart, for projective measurements",
    equation="9",
    given=(PROJECTIVE, *_choice, _threshold <= N),
    chain=[have(Abs(element(k, l) - _sharp) <= _element_rate, by=ProofBy("(5-rate)", _map_when_sharp, ("5-rate",)))],
)

SHARP = Result(
    "9-projective",
    "For projective measurements e_s(x) is the projector |x⟩⟨x|: E(X) → U_φ† |x⟩⟨x| U_φ",
    equation="9",
    given=(PROJECTIVE, *_choice),
    chain=[have(Term("limit", (lam(N, element(k, l)), _sharp)), by=from_rate("9-projective-rate"))],
)


def _widths(state: State) -> Theorem:
    """(variance-projective) and A₁₀ = A₀₁*: a projective measurement is a POVM."""
    e = Estimates((*state.given, POVM), state)
    same = e.equal(variance, Abs(entry(A, 0, 1)) ** 2, use("variance-projective", reverse=True), use("A-hermitian"))
    return cut(same, projective_is_povm(E, d))


WIDTHS = Result(
    "projective-widths",
    "For projective measurements σ² = τ² = |A₀₁|²: s = 0",
    equation="main text, after (10)",
    given=(PROJECTIVE,),
    chain=[
        have(
            equal(variance, Abs(entry(A, 0, 1)) ** 2),
            by=ProofBy("(variance-projective) and A₁₀ = A₀₁*", _widths, ("variance-projective", "A-hermitian")),
        )
    ],
)
