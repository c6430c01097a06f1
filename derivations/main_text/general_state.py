"""Beyond (12): any state Σ c_kl |N,k⟩ ⊗ |N,l⟩ and any measurements of two parties at α = 1/2."""

from __future__ import annotations

from dataclasses import dataclass

from symbolic_mqb.kernel.terms import Term, lam, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bell import D, c
from symbolic_mqb.notation.expansions import limit_rate, limit_threshold, root, threshold_slope, variance
from symbolic_mqb.notation.language import Abs, I, Integral, Sum, conj, delta, equal, exp, function, symbols, unequal
from symbolic_mqb.notation.measurement import POVM, PROJECTIVE, A, E, N, a, d, entry, mu, t, tau
from symbolic_mqb.notation.objects import wave
from symbolic_mqb.notation.pair_rates import product_rate
from symbolic_mqb.notation.phase_space import effect
from symbolic_mqb.notation.phase_space import s as width
from symbolic_mqb.notation.phase_space import turned as between
from symbolic_mqb.notation.rotor import F, b, c2, d_B, mu_A, mu_B, phi, phi_A, phi_B, s, tau_A, tau_B
from symbolic_mqb.notation.two_parties import (
    D_A,
    D_B,
    GENERAL,
    calA,
    calB,
    element,
    four,
    general,
    joint,
    k,
    l,
    m,
    n,
    s_A,
    s_B,
)
from symbolic_mqb.results import Definition, Result, eq, have
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.logic import instantiate
from symbolic_mqb.rules.sums import select
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.rates import after, beside, from_rate, in_range, multiplied, named, sides_of, summed
from symbolic_mqb.tactics.reasons import ProofBy, State, algebra, as_, fold, identity, unfold, use
from symbolic_mqb.tactics.sums import termwise

x, y = symbols("x y", "real")
k9, l9 = symbols("k l", "nat")
zero, one = num(0), num(1)
_place = "main text, after (12)"
_identity = Term("identity")
_levels = (D_A <= N + 1, D_B <= N + 1)

STATE = Definition(
    "general-state",
    "A general state of two parties, by the characteristic function of (X, Y) on it",
    general,
    given=(*_levels, N >= 1, unequal(tau_A, 0), unequal(tau_B, 0)),
    equation=_place,
    note="On Σ c_kl |N,k⟩ ⊗ |N,l⟩, k < D_A and l < D_B, a product of operators has the expectation value "
    "Σ c_kl* c_mn ⟨N,k|·|N,m⟩⟨N,l|·|N,n⟩. The state (12) has c_kl = c_k δ_kl.",
)

NORM = Result(
    "general-state-norm",
    "The norm of a general state: Σ|c_kl|², whatever N",
    equation=_place,
    given=_levels,
    chain=[
        four(conj(c2(k, l)) * c2(m, n) * (element(_identity, k, m) * element(_identity, l, n))),
        eq(
            four(conj(c2(k, l)) * c2(m, n) * (delta(k, m) * delta(l, n))),
            by=[use("Dicke-orthonormal", k=k, l=m), use("Dicke-orthonormal", k=l, l=n)],
        ),
        eq(
            Sum(Sum(Abs(c2(k, l)) ** 2, (l, 0, D_B - 1)), (k, 0, D_A - 1)),
            by=[
                as_(four(delta(n, l) * (conj(c2(k, l)) * c2(m, n) * delta(m, k)))),
                identity(select, 0, D_B - 1, function(n, conj(c2(k, l)) * c2(m, n) * delta(m, k)), l),
                identity(select, 0, D_A - 1, function(m, conj(c2(k, l)) * c2(m, l)), k),
            ],
        ),
    ],
)

_choice = (
    equal(mu, entry(A, 0, 0)),
    equal(entry(A, 0, 1), tau * exp(I * phi)),
    equal(entry(A, 1, 0), tau * exp(-I * phi)),
    tau > 0,
)


@dataclass(frozen=True)
class Party:
    """One party's measurement: `sharp` is a projective one, else any POVM with s > 0."""

    sharp: bool
    values: tuple[tuple[Term, Term], ...]
    setting: Term
    spread: Term
    at: Term

    @property
    def label(self) -> str:
        """The single-party result."""
        return "9-projective-rate" if self.sharp else "9-rate"

    def own(self, body: Term) -> Term:
        """A term about one party, at this one's measurement."""
        return substitute(body, {v: value for v, value in self.values if not (self.sharp and v == width)})

    def limit(self, bra: Term, ket: Term) -> Term:
        """∫ e^{itx} ⟨bra|U_φ† e(x) U_φ|ket⟩ dx."""
        return Integral(exp(I * self.at * x) * self.effect(x, bra, ket), x)

    @property
    def given(self) -> tuple[Term, ...]:
        """What (9) assumes, for this party."""
        blurred = (width > 0, equal(width**2, variance / tau**2 - 1))
        own = (PROJECTIVE, *_choice) if self.sharp else (POVM, *_choice, *blurred)
        return tuple(substitute(h, dict(self.values)) for h in own)

    def effect(self, point: Term, bra: Term, ket: Term) -> Term:
        """⟨bra|U_φ† e(point) U_φ|ket⟩."""
        body = conj(wave(point, bra)) * wave(point, ket) if self.sharp else effect(self.spread, point, bra, ket)
        return between(self.setting, bra, ket, body)


def _alice(sharp: bool) -> Party:
    values = zip((E, a, d, t, mu, tau, phi, width), (E, a, d, s, mu_A, tau_A, phi_A, s_A), strict=True)
    return Party(sharp, tuple(values), phi_A, s_A, s)


def _bob(sharp: bool) -> Party:
    values = zip((E, a, d, t, mu, tau, phi, width), (F, b, d_B, t, mu_B, tau_B, phi_B, s_B), strict=True)
    return Party(sharp, tuple(values), phi_B, s_B, t)


def _law(first: Party, second: Party) -> Term:
    """P(x, y) = Σ c_kl* c_mn ⟨k|U† e(x) U|m⟩⟨l|U† e(y) U|n⟩."""
    return four(conj(c2(k, l)) * c2(m, n) * (first.effect(x, k, m) * second.effect(y, l, n)))


def _of_law(first: Party, second: Party) -> Term:
    """∫∫ e^{isx + ity} P(x, y) dy dx."""
    return Integral(exp(I * s * x) * Integral(exp(I * t * y) * _law(first, second), y), x)


def _each_rate(first: Party, second: Party) -> Term:
    """The constant for the product of two elements."""
    constants = first.own(limit_rate(k, m)), second.own(limit_rate(l, n))
    return product_rate(("K", "K_mixed", "K_sharp")[first.sharp + second.sharp], *constants, first.limit(k, m))


def _late(first: Party, second: Party) -> Term:
    return first.own(limit_threshold(D_A, D_A)) + second.own(limit_threshold(D_B, D_B))


def _distance(state: State, first: Party, second: Party) -> Theorem:
    """The product of two elements near their limits for each k, l, m and n, summed."""
    e = Estimates(state.given, state)
    ranges = ((k, zero, D_A - 1), (l, zero, D_B - 1), (m, zero, D_A - 1), (n, zero, D_B - 1))
    inside = e.under(*(fact for i, low, high in ranges for fact in (low <= i, i <= high)))
    both = []
    for party, bra, ket, count in ((first, k, m, D_A), (second, l, n, D_B)):
        own = [(v, value) for v, value in party.values if not (party.sharp and v == width)]
        theorem = inside.by(instantiate, inside.lookup(party.label), (*own, (k9, bra), (l9, ket)))
        threshold = party.own(limit_threshold(bra, ket))
        slope = party.own(threshold_slope(bra, ket, count))
        late = in_range(inside, threshold, _late(first, second) <= N, count, bra, ket, slope=slope)
        both.append(inside.meet(cut(theorem, late)))
    modulus = inside.by(instantiate, inside.lookup("A2-modulus"), (*own, (k9, bra), (l9, ket)))  # for Bob, the last one
    below = after(inside, modulus, late)
    each = named(inside, multiplied(inside, both[0], both[1], below), _each_rate(first, second))
    pair = sides_of(each)
    total = summed(e, ranges, (conj(c2(k, l)), c2(m, n)), pair, each)
    return beside(total, unfold(GENERAL).step(general, e), _termwise(first, second, sides_of(total)[1], state))


def _termwise(first: Party, second: Party, value: Term, state: State) -> Theorem:
    """∫∫ e^{isx + ity} P(x, y) dy dx, integrated term by term; only the widths have to be known."""
    e = Estimates(tuple(party.spread > 0 for party in (first, second) if not party.sharp), state)
    law = _of_law(first, second)
    return e.equal(law, value, termwise(4), termwise(4))


def _general(label: str, title: str, first: Party, second: Party) -> tuple[Result, Result]:
    """The rate, and the limit that follows from it."""
    uses = (*dict.fromkeys((first.label, second.label)), "A2-modulus")
    given = (*first.given, *second.given)
    law = _of_law(first, second)
    rate = Result(
        f"{label}-rate",
        f"{title}: at most C/√N away",
        equation=_place,
        given=(*given, _late(first, second) <= N),
        chain=[
            have(
                Abs(general - law) <= four(Abs(c2(k, l)) * Abs(c2(m, n)) * _each_rate(first, second)) * root,
                by=ProofBy(
                    "the product of (9) for both parties, summed over k, l, m and n",
                    lambda state: _distance(state, first, second),
                    uses,
                ),
            )
        ],
    )
    limit = Result(
        label,
        title,
        equation=_place,
        given=given,
        chain=[have(Term("limit", (lam(N, general), law)), by=from_rate(f"{label}-rate"))],
    )
    return rate, limit


UNSHARP_RATE, UNSHARP = _general(
    "general-limit",
    "Any state, any POVMs with s > 0: the limit distribution is that of e_s(x) ⊗ e_s(y), turned, on Σ c_kl |k⟩ ⊗ |l⟩",
    _alice(False),
    _bob(False),
)
SHARP_RATE, SHARP = _general(
    "general-limit-projective",
    "… for projective measurements of both parties: that of their phase-space observables",
    _alice(True),
    _bob(True),
)
MIXED_RATE, MIXED = _general(
    "general-limit-mixed",
    "… for a POVM with s > 0 of Alice and a projective measurement of Bob",
    _alice(False),
    _bob(True),
)

_amplitudes = conj(c(k) * delta(k, l)) * (c(m) * delta(m, n))
_body = element(calA, k, m) * element(calB, l, n)
#: Σ_m c_k* c_m ⟨N,k|𝒜|N,m⟩⟨N,l|ℬ|N,m⟩.
_row = Sum(conj(c(k)) * c(m) * (element(calA, k, m) * element(calB, l, m)), (m, 0, D - 1))


def _square(body: Term) -> Term:
    """Σ_{klmn} body, all levels below D."""
    return substitute(four(body), {D_A: D, D_B: D})


DIAGONAL = Result(
    "general-state-diagonal",
    "For c_kl = c_k δ_kl this is the state (12)",
    equation="12",
    given=(D <= N + 1, N >= 1, unequal(tau_A, 0), unequal(tau_B, 0)),
    chain=[
        _square(_amplitudes * _body),
        eq(
            joint,
            by=[
                as_(_square(delta(n, m) * (conj(c(k)) * delta(k, l) * c(m) * _body))),
                identity(select, 0, D - 1, function(n, conj(c(k)) * delta(k, l) * c(m) * _body), m),
                as_(Sum(Sum(delta(l, k) * _row, (l, 0, D - 1)), (k, 0, D - 1))),
                identity(select, 0, D - 1, function(l, _row), k),
                fold(joint),
            ],
        ),
    ],
)

_amplitude = Sum(
    Sum(c2(k, l) * (exp(I * k * phi_A) * wave(x, k)) * (exp(I * l * phi_B) * wave(y, l)), (l, 0, D_B - 1)),
    (k, 0, D_A - 1),
)

BORN = Result(
    "general-Born-rule",
    "For projective measurements the limit distribution is |(U_φA ⊗ U_φB ψ)(x, y)|², ψ = Σ c_kl |k⟩ ⊗ |l⟩",
    equation=_place,
    chain=[
        _law(_alice(True), _bob(True)),
        eq(Abs(_amplitude) ** 2, by=algebra),
    ],
)
