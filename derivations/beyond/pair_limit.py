"""Independent identical pairs at α = 1/2: the limit of the macroscopic variables is a bivariate Gaussian."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Abs, I, Sum, exp, half, log, sqrt, symbols
from symbolic_mqb.notation.measurement import POVM, E, N, a, d, j, t
from symbolic_mqb.notation.pairs import (
    BOB,
    NORMALISED,
    F,
    R,
    b,
    deviation,
    e,
    gaussian_rate,
    k,
    mean_a,
    mean_b,
    one_pair,
    pair_moment,
    probability,
    psi,
    quadratic_form,
    u,
)
from symbolic_mqb.results import Needed, Result, have
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.inequalities import (
    exponential_difference,
    exponential_monotone,
    exponential_remainder,
    logarithm_remainder,
    modulus_of_product,
    nonzero_near_one,
    power_as_exponential,
    power_bound,
    root_of_square,
    triangle,
)
from symbolic_mqb.rules.logic import assume, definition, rewrite
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.rates import from_rate
from symbolic_mqb.tactics.reasons import ProofBy, State, identity

_WHERE = "main text, before (4)"
one = num(1)
root = N ** num(Fraction(-1, 2))

# -- powers of a number near 1, with explicit constants ----------------------------------------------
z, v = symbols("z v", "complex")
w = z / N
second, third = symbols("Λ2 Λ3", "real")
_close = (
    num(0) <= second,
    num(0) <= third,
    2 * Abs(z) <= second,
    6 * sqrt(N) * Abs(z + v / 2) <= third,
)
_omega = gaussian_rate(second, third)


def _late(moment: Term, rate: Term) -> Term:
    """1 + Λ₂ + ω² ≤ N."""
    return 1 + moment + rate**2 <= N


def _constant(form: Term, rate: Term) -> Term:
    """|e^{−v/2}| ω e."""
    return Abs(exp(-form / 2)) * rate * exp(one)


def _with_nonzero(es: Estimates, ne: Theorem, prove: Callable[[Estimates], Theorem]) -> Theorem:
    theorem = prove(es.under(ne.conclusion))
    return cut_all(theorem, ne)


def _power(state: State) -> Theorem:
    """With w = z/N, (1 + w)^N = exp(N log(1 + w)), and N log(1 + w) = −v/2 + W with |W| ≤ ω/√N ≤ 1."""
    late = assume(_late(second, _omega))
    some = Estimates(state.given, state)
    large = some.at_most(one, N, (1, late))
    es = some.under(large.conclusion)
    first, both = assume(_close[2]), assume(_close[3])
    small = es.at_most(Abs(w), half, (1 / (2 * N), first), (1 / (2 * N), late))
    ne = es.by(nonzero_near_one, w, small)
    return cut(_with_nonzero(es, ne, lambda e_: _near_power(e_, first, both, small)), large)


def _near_power(es: Estimates, first: Theorem, both: Theorem, small: Theorem) -> Theorem:
    rest = es.by(logarithm_remainder, w, small)
    split = es.by(triangle, (log(1 + w) - w + w**2 / 2, -(w**2) / 2))
    near = es.at_most(
        Abs(log(1 + w) - w), Fraction(5, 6) * Abs(w) ** 2, (1, split), (1, rest), (Fraction(2, 3) * Abs(w) ** 2, small)
    )
    size = es.at_most(Abs(w), second / (2 * N), (1 / (2 * N), first))
    square = es.by(power_bound, w, num(2), size)
    large = es.by(root_of_square, one, es.fact(one**2 <= N))
    inverse = es.at_most(root, one, (root, large))
    exponent = N * log(1 + w) + v / 2
    parts = es.by(triangle, (N * (log(1 + w) - w), N * (w + v / (2 * N))))
    bound = es.at_most(
        Abs(exponent),
        _omega * root,
        (1, parts),
        (N, near),
        (Fraction(5, 6) * N, square),
        (root / 6, both),
        (Fraction(5, 24) * second**2 * root, inverse),
    )
    little = es.by(root_of_square, _omega, es.at_most(_omega**2, N, (1, assume(_late(second, _omega)))))
    below = es.at_most(Abs(exponent), one, (1, bound), (root, little))
    growth, monotone = es.by(exponential_difference, exponent), exponential_monotone(below)
    factored = (exp(-v / 2), exp(exponent) - 1)
    product = es.by(modulus_of_product, factored)
    exact = es.equal((1 + w) ** N, exp(N * log(1 + w)), identity(power_as_exponential, 1 + w, N))
    modulus = rewrite(Abs((1 + w) ** N - exp(-v / 2)), (0, 0), exact, ())
    gauss = Abs(exp(-v / 2))
    return es.at_most(
        modulus.left,
        _constant(v, _omega) * root,
        (1, modulus),
        (1, product),
        (gauss, growth),
        (gauss * Abs(exponent), monotone),
        (gauss * exp(one), bound),
    )


POWER = Result(
    "IID-power",
    "(1 + z/N)^N is near e^{−v/2} if z is near −v/2",
    equation=_WHERE,
    given=(*_close, _late(second, _omega)),
    needs=(Needed(_late(second, _omega), ((N, 1), (z, -20), (v, 40), (second, 40), (third, 0))),),
    chain=[
        have(
            Abs((1 + w) ** N - exp(-v / 2)) <= _constant(v, _omega) * root,
            by=ProofBy("with w = z/N, (1 + w)^N = exp(N log(1 + w)) and log(1 + w) = w + O(w²)", _power),
        )
    ],
)

# -- the characteristic function of N pairs ------------------------------------------------------------
_MOMENTS = ("IID-total", "IID-mean-a", "IID-mean-b", "IID-second-a", "IID-second-b", "IID-mixed")
_LEMMAS = (*_MOMENTS, "IID-real-a", "IID-real-b")
_y = deviation / sqrt(N)
_p = probability(j, k)
_reals = tuple(Term("is_real", (mean,)) for mean in (mean_a, mean_b))
_second, _third = pair_moment(2), pair_moment(3)


def _remainder(es: Estimates, order: int) -> Theorem:
    """|Σ p (e^{iy} − Σ_{n<P} (iy)ⁿ/n!)| ≤ Λ_P N^{−P/2}/P!."""
    inside = es.under(one <= j, j <= d, one <= k, k <= e)
    parts = (exp(I * _y), num(-1), -I * _y, _y**2 / 2)[: order + 1]
    body, factorial = _p * Term("add", parts), (1, 1, 2, 6)[order]
    taylor = inside.by(exponential_remainder, _y, order)
    size = Abs(_p) * Abs(deviation) ** order / factorial * N ** num(Fraction(-order, 2))
    each = inside.at_most(Abs(body), size, (Abs(_p), taylor))
    row = es.under(one <= j, j <= d).sum_bound(k, 1, e, body, each)
    total = es.sum_bound(j, 1, d, Sum(body, (k, 1, e)), row)
    weight = N ** num(Fraction(-order, 2)) / factorial
    return es.at_most(total.left, pair_moment(order) * weight, (1, total), (-weight, definition(pair_moment(order))))


def _about_one_pair(es: Estimates, order: int, difference: Term) -> Theorem:
    """The same for the characteristic function of one pair, by the moments."""
    plain = Estimates((one <= N, *_reals), es.state)
    rest = _remainder(plain, order)
    same = rewrite(Abs(difference), (0,), es.equal(difference, rest.left.args[0]), ())
    factor = (1, 1, 2, 6)[order]
    return plain.at_most(same.left, pair_moment(order) / factor * N ** num(Fraction(-order, 2)), (1, same), (1, rest))


def _rate(state: State) -> Theorem:
    """The moments of one pair, then the power lemma."""
    es = Estimates(state.given, state)
    large = es.at_most(one, N, (1, assume(_threshold)))
    lemmas = [es.lookup(label) for label in _LEMMAS]
    return cut_all(_instance(es.under(large.conclusion), lemmas), *lemmas, large)


def _instance(outer: Estimates, lemmas: list[Theorem]) -> Theorem:
    es = outer.under(*(x.conclusion for x in lemmas))
    first = _about_one_pair(es, 2, one_pair - 1)
    both = _about_one_pair(es, 3, one_pair - 1 + quadratic_form / (2 * N))
    scaled = N * (one_pair - 1)
    values = ((z, scaled), (v, quadratic_form), (second, _second), (third, _third))
    zero = num(0)
    plain = Estimates((*outer.given, *_reals), outer.state)
    proofs = (
        plain.fact(zero <= _second),
        plain.fact(zero <= _third),
        plain.at_most(2 * Abs(scaled), _second, (2 * N, first)),
        plain.at_most(6 * sqrt(N) * Abs(scaled + quadratic_form / 2), _third, (6 * N ** num(Fraction(3, 2)), both)),
        assume(_threshold),
    )
    power = plain.instance(es.lookup("IID-power"), (*_close, _late(second, _omega)), values, proofs)
    return plain.at_most(Abs(one_pair**N - exp(-quadratic_form / 2)), _bound * root, (1, power))


_bound = _constant(quadratic_form, gaussian_rate(_second, _third))
_threshold = _late(_second, gaussian_rate(_second, _third))
_state = (POVM, BOB, NORMALISED)
#: One pair; Alice finds 1 with probability 9/25, else −1, Bob always 0: |χ| = 0.7 where the Gaussian is small.
_up, _down, _all = ((1, 0), (0, 0)), ((0, 0), (0, 1)), ((1, 0), (0, 1))
_three_four = {0: Fraction(3, 5), 1: 0, 2: Fraction(4, 5), 3: 0}
_alice = (N, 1), (R, 1), (psi, _three_four), (E, {1: _up, 2: _down}), (a, {1: 1, 2: -1}), (d, 2), (t, 4)
_far = (*_alice, (F, {1: _all}), (b, {1: 0}), (e, 1), (u, 0))

RATE = Result(
    "IID-rate",
    "χ_N(t, u) is within C/√N of the Gaussian exp{−(t²V_A + 2tuC + u²V_B)/2}",
    equation=_WHERE,
    given=(*_state, _threshold),
    needs=(Needed(_threshold, _far),),
    chain=[
        have(
            Abs(one_pair**N - exp(-quadratic_form / 2)) <= _bound * root,
            by=ProofBy("Taylor's theorem for one pair, whose mean is zero", _rate, ("IID-power", *_LEMMAS)),
        )
    ],
)


GAUSSIAN = Result(
    "IID-gaussian",
    "The characteristic function of (X, Y) tends to that of a bivariate Gaussian",
    equation=_WHERE,
    given=_state,
    chain=[
        have(
            Term("limit", (lam(N, one_pair**N), exp(-quadratic_form / 2))),
            by=from_rate("IID-rate"),
        )
    ],
)
