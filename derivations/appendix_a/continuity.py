"""(A8): the limit of the characteristic function is continuous at t = 0, with an explicit constant."""

from __future__ import annotations

from fractions import Fraction

from symbolic_mqb.kernel.terms import Term, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.binomials import multiplicity
from symbolic_mqb.notation.expansions import limit_gaussian, superposition_rate, variance
from symbolic_mqb.notation.language import Abs, I, Min, Sum, conj, exp, quarter, symbols
from symbolic_mqb.notation.limit_law import D, hermite_sum, k, l, phi, q
from symbolic_mqb.notation.measurement import POVM, N, c, t, tau
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.inequalities import modulus_of_product, power_difference
from symbolic_mqb.rules.logic import assume, rewrite
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.rates import summed
from symbolic_mqb.tactics.reasons import ProofBy, State

W, S, R = symbols("W S R", "complex")
zero, one = num(0), num(1)
small = N ** num(-1)
#: |t| σ²/(2τ²) |t|, the exponent of the Gaussian.
_exponent = Abs(t**2 * variance / (2 * tau**2))
_order = k + l - 2 * q
_slope = _order * (1 + Abs(t)) ** (_order - 1) * Abs(t)
_rest = Sum(multiplicity(k, l, q) * _slope, (q, 0, Min(k, l)))
_at_zero = hermite_sum(zero)
_constant = Fraction(4, 3) * _exponent * Abs(_at_zero) + Fraction(4, 3) * _rest
_weights = exp(-I * k * phi) * conj(c(k)) * c(l) * exp(I * l * phi)
_chi = Sum(Sum(_weights * limit_gaussian * hermite_sum(), (l, 0, D - 1)), (k, 0, D - 1))
_near, _far = (substitute(_chi, {t: time}) for time in (t / N, zero))
_phases = exp(-I * k * phi), exp(I * l * phi)


def _power(e: Estimates) -> Theorem:
    """|(−it/N)^p − 0^p| ≤ p(1 + |t|)^{p−1}|t|/N."""
    inside = e.under(zero <= q, q <= Min(k, l))
    z = -I * t / N
    size = inside.at_most(Abs(z), 1 + Abs(t), (Abs(t), inside.fact(small <= one)))
    step = inside.by(power_difference, z, zero, _order, size, inside.fact(Abs(zero) <= 1 + Abs(t)))
    body = multiplicity(k, l, q) * (z**_order - zero**_order)
    each = inside.at_most(Abs(body), multiplicity(k, l, q) * _slope * small, (multiplicity(k, l, q), step))
    total = e.sum_bound(q, zero, Min(k, l), body, each)
    return e.at_most(total.left, _rest * small, (1, total))


def _element(e: Estimates) -> Theorem:
    """e^W (S + R) − S with S the sum at t = 0."""
    rest = _power(e)
    difference, sum_ = rest.left.args[0], _at_zero
    exponent = -((t / N) ** 2) * variance / (2 * tau**2)
    size = e.at_most(Abs(exponent), _exponent * small, (_exponent * small, e.fact(small <= one)))
    below = e.at_most(Abs(exponent), quarter, (1, size), (small / 4, assume(1 + 4 * _exponent <= N)))
    values = ((W, exponent), (S, sum_), (R, difference))
    near = e.instance(e.lookup("A7-perturbed"), (Abs(W) <= quarter,), values, (below,))
    factor = Fraction(4, 3)
    near = e.at_most(near.left, _constant * small, (1, near), (factor * Abs(sum_), size), (factor, rest))
    product = e.by(modulus_of_product, (*_phases, near.left.args[0]))
    return e.at_most(product.left, _constant * small, (1, product), (1, near))


def _continuous(state: State) -> Theorem:
    e = Estimates(state.given, state)
    ranges = ((k, zero, D - 1), (l, zero, D - 1))
    inside = e.under(*(fact for i, low, high in ranges for fact in (low <= i, i <= high)))
    each = _element(inside)
    near, far = (
        Term("mul", (*_phases, substitute(limit_gaussian * hermite_sum(), {t: time}))) for time in (t / N, zero)
    )
    split = inside.equal(each.left.args[0], near - far)
    each = inside.at_most(Abs(near - far), each.right, (1, each), (-1, rewrite(each.left, (0,), split, ())))
    return summed(e, ranges, (conj(c(k)), c(l)), (near, far), each, (_near, _far))


CONTINUITY = Result(
    "A8-continuity",
    "The limit of the characteristic function is continuous at t = 0: χ(t/N) and χ(0) are at most C/N apart",
    equation="A8",
    given=(POVM, tau > 0, 1 + 4 * _exponent <= N),
    chain=[
        have(
            Abs(_near - _far) <= superposition_rate(D, _constant) * small,
            by=ProofBy("e^{−s²σ²/(2τ²)} and (−is)^p are near their values at s = 0", _continuous, ("A7-perturbed",)),
        )
    ],
)
