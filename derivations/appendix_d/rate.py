"""The rate of (D8): the characteristic function at finite N is within C/N of its limit."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.full_coarse_graining import (
    RESTS,
    bound_threshold,
    calA,
    centred,
    element_constant,
    limit_integral,
    power,
    threshold_slope,
    turn,
)
from symbolic_mqb.notation.language import Abs, I, Sum, conj, cos, equal, exp, function, half, pi, unequal
from symbolic_mqb.notation.measurement import POVM, A, N, braket, entry, mu, t, tau
from symbolic_mqb.notation.rotor import K, angle, c, k, l, phi, state_sum
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.inequalities import modulus_of_product, two_sided
from symbolic_mqb.rules.logic import assume, rewrite, symmetry, transitivity
from symbolic_mqb.rules.sums import sum_of_terms
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, identity, use

small = N ** num(-1)
_choice = (
    POVM,
    equal(mu, half * (entry(A, 0, 0) + entry(A, 1, 1))),
    equal(entry(A, 0, 1), tau * exp(I * phi)),
    unequal(tau, 0),
)
_late = bound_threshold(K, K) <= N
_phase = exp(-I * t * mu / tau)
_element = braket(centred(k), power(calA), centred(l))
_value = limit_integral(A, k, l, angle)
_chi = state_sum(
    conj(c(k)) * c(l) * (1 / (2 * pi)) * turn(exp(I * (k - l) * (angle - phi) + I * t * cos(angle)), angle)
)
_exact = _phase * state_sum(conj(c(k)) * c(l) * _element)
_body = conj(c(k)) * c(l) * (_element - _value)
_bound = Abs(c(k)) * Abs(c(l)) * element_constant(A, RESTS, k, l) * small
#: C of C/N.
_constant = state_sum(Abs(c(k)) * Abs(c(l)) * element_constant(A, RESTS, k, l))


def _threshold(e: Estimates) -> Theorem:
    """The threshold of (D7-bound) for |k|, |l| ≤ K."""
    slope = threshold_slope(K, Abs(k), Abs(l))
    sizes = [(slope, two_sided(j, assume(j >= -1 * K), assume(j <= K))) for j in (k, l)]
    return e.at_most(bound_threshold(Abs(k), Abs(l)), N, (1, assume(_late)), *sizes)


def _each(e: Estimates) -> Theorem:
    """|c_k* c_l (element − limit)| ≤ |c_k||c_l| K_kl/N, by (D7-bound)."""
    late = _threshold(e)
    theorem = cut(e.under(late.conclusion).meet(e.lookup("D7-bound")), late)
    product = e.by(modulus_of_product, (conj(c(k)), c(l), _element - _value))
    return e.at_most(Abs(_body), _bound, (1, product), (Abs(c(k)) * Abs(c(l)), theorem))


def _row(body: Term) -> Term:
    return Sum(body, (l, -K, K))


def _rate(state: State) -> Theorem:
    """The bound of (D7-bound) for each k and l, summed; |e^{−itμ/τ}| = 1."""
    e = Estimates(state.given, state)
    ranges = (k >= -1 * K, k <= K, l >= -1 * K, l <= K)
    each = _each(e.under(*ranges))
    rows = e.under(*ranges[:2]).sum_bound(l, -1 * K, K, _body, each)
    total = e.sum_bound(k, -1 * K, K, _row(_body), rows)
    near, far = conj(c(k)) * c(l) * _element, -(conj(c(k)) * c(l) * _value)
    parts = state_sum(near), state_sum(far)
    apart = e.equal(
        state_sum(_body),
        parts[0] + parts[1],
        as_(state_sum(near + far)),
        identity(sum_of_terms, -K, K, function(l, near), function(l, far)),
        identity(sum_of_terms, -K, K, function(k, _row(near)), function(k, _row(far))),
    )
    limit = e.equal(_chi, -(_phase * parts[1]), use("D8", reverse=True))
    replaced = rewrite(_exact - _chi, (1, 1), limit, ())
    difference = transitivity(
        replaced,
        e.equal(replaced.right, _phase * (parts[0] + parts[1])),
        rewrite(_phase * (parts[0] + parts[1]), (1,), symmetry(apart), ()),
    )
    modulus = rewrite(Abs(_exact - _chi), (0,), difference, ())
    product = e.by(modulus_of_product, (_phase, state_sum(_body)))
    return e.at_most(Abs(_exact - _chi), _constant * small, (1, modulus), (1, product), (1, total))


RATE = Result(
    "D8-rate",
    "How far the characteristic function at finite N is from (D8)",
    equation="D8",
    given=(*_choice, _late),
    chain=[
        have(
            Abs(_exact - _chi) <= _constant * small,
            by=ProofBy("(D7-bound) for each k and l, summed", _rate, ("D7-bound", "D8")),
        )
    ],
)
