"""(A7): μ = A₀₀, τ = |A₀₁| and the limit of the characteristic function."""

from __future__ import annotations

from fractions import Fraction

from symbolic_mqb.kernel.terms import Term, lam, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.binomials import multiplicity
from symbolic_mqb.notation.expansions import (
    centred_constant,
    centred_exponent_constant,
    early,
    element_threshold,
    front,
    limit_gaussian,
    limit_rate,
    limit_sum,
    limit_threshold,
    main_exponent,
    rest_constant,
    root,
    summand,
    summand_limit,
    superposition_rate,
    threshold_slope,
)
from symbolic_mqb.notation.language import Abs, I, Min, Sum, arg, conj, equal, exp, log, quarter, symbols, unequal
from symbolic_mqb.notation.measurement import (
    POVM,
    A,
    N,
    absolute_moment,
    braket,
    c,
    calA,
    dicke,
    entry,
    mu,
    t,
    tau,
    tensor_power,
)
from symbolic_mqb.results import Citation, Result, have
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.inequalities import (
    modulus_of_product,
    polar,
    root_of_square,
)
from symbolic_mqb.rules.logic import assume, definition, instantiate, rewrite
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.rates import about, from_rate, in_range, summed
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, given_that, identity, use

k, l, D = symbols("k l D", "nat")
q, K, L = symbols("q k l", "int")
(phi,) = symbols("φ", "real")
W, S, R = symbols("W S R", "complex")
zero, one = num(0), num(1)
#: The choice μ = A₀₀, τ = |A₀₁|, φ = arg(−A₀₁), written for the entries of A.
_choice = (
    equal(mu, entry(A, 0, 0)),
    equal(entry(A, 0, 1), -tau * exp(I * phi)),
    equal(entry(A, 1, 0), -tau * exp(-I * phi)),
    tau > 0,
)
_element = braket(dicke(N, k), tensor_power(calA, N), dicke(N, l))
_threshold = limit_threshold(k, l)
_gauss, _total = limit_gaussian, limit_sum(k, l)
_limit, _summand = summand_limit(k, l, q), summand(k, l, q)
_rest_body = multiplicity(k, l, q) * (_summand - _limit)
_rest = Sum(_rest_body, (q, 0, Min(k, l)))
_rest_constant = rest_constant(k, l)
_exponent = (N - k - l) * log(front) - main_exponent


def limit_element(first: Term, second: Term) -> Term:
    """e^{−t²σ²/(2τ²)} Σ_q √(k!l!)/(q!(k−q)!(l−q)!) (−it)^{k+l−2q}."""
    power = (-I * t) ** (first + second - 2 * q)
    return _gauss * Sum(multiplicity(first, second, q) * power, (q, 0, Min(first, second)))


_value = exp(-I * k * phi) * exp(I * l * phi) * limit_element(k, l)


def _small_exponent(e: Estimates) -> Theorem:
    """(|t|³M₃/6 + t²M₂/4)/√N ≤ 1/6 + 1/16 from the threshold on."""
    late, cubic = assume(_threshold <= N), Abs(t) ** 3 * absolute_moment(3, 0, 0)
    parts = [e.by(root_of_square, size, e.at_most(size**2, N, (1, late))) for size in (cubic, 4 * early(k, l))]
    weights = root / 6, root / 16
    return e.at_most(centred_exponent_constant * root, quarter, *zip(weights, parts, strict=True))


def _element_bound(outer: Estimates) -> Theorem:
    """|matrix element − its limit| ≤ C/√N."""
    late = outer.at_most(element_threshold(k, l), N, (1, assume(_threshold <= N)))
    e = outer.under(late.conclusion)
    inside = outer.under(zero <= q, q <= Min(k, l))
    overlap = symbols("q", "nat")[0]
    summand = inside.meet(inside.by(instantiate, inside.lookup("A7-summand"), ((overlap, q),)))
    weight = multiplicity(k, l, q)
    each = inside.at_most(Abs(_rest_body), weight * centred_constant(k, l, q) * root, (weight, summand))
    total = outer.sum_bound(q, zero, Min(k, l), _rest_body, each)
    rest = e.at_most(total.left, _rest_constant * root, (1, total))
    exponent = outer.meet(e.lookup("A7-exponent"))
    ne = e.meet(e.lookup("A5-nonzero"))
    values = ((W, _exponent), (S, _total), (R, _rest))
    with_front = e.under(ne.conclusion)
    small = with_front.at_most(Abs(_exponent), quarter, (1, exponent), (1, _small_exponent(outer)))
    near = with_front.instance(with_front.lookup("A7-perturbed"), (Abs(W) <= quarter,), values, (small,))
    difference = exp(_exponent) * (_total + _rest) - _total
    exact = with_front.meeting(_difference, [use("A6-exact")], _gauss * difference, [])
    modulus = rewrite(Abs(_difference), (0,), exact, ())
    product = with_front.by(modulus_of_product, (_gauss, difference))
    constant = definition(limit_rate(k, l))
    whole = with_front.at_most(
        Abs(_difference),
        _rate,
        (1, modulus),
        (1, product),
        (Abs(_gauss), near),
        (Fraction(4, 3) * Abs(_gauss) * Abs(_total), exponent),
        (Fraction(4, 3) * Abs(_gauss), rest),
        (-root, constant),
    )
    whole = cut_all(whole, *(ne, late))
    return whole


_difference = _element - _gauss * _total
_rate = limit_rate(k, l) * root
_element_uses = ("A6-exact", "A7-summand", "A7-exponent", "A5-nonzero", "A7-perturbed")

A7_RATE = Result(
    "A7-rate",
    "A matrix element and its limit at μ = A₀₀: the constant of the remainder, for every POVM",
    equation="A7",
    given=(POVM, unequal(tau, 0), _choice[0], _threshold <= N),
    chain=[
        have(
            Abs(_difference) <= _rate,
            by=ProofBy(
                "(A6) at μ = A₀₀, the remainders bounded by C/√N",
                lambda state: _element_bound(Estimates(state.given, state)),
                _element_uses,
            ),
        )
    ],
)


def _rate_of_element(state: State) -> Theorem:
    e = Estimates(state.given, state)
    chosen = [given_that(_choice[1]), given_that(_choice[2])]
    return about(e, e.meet(e.lookup("A7-rate")), _element, _value, chosen)


ELEMENT_RATE = Result(
    "A7-element-rate",
    "A matrix element and its limit at A₀₁ = −τe^{iφ}: at most C/√N apart",
    equation="A7",
    given=(POVM, *_choice, _threshold <= N),
    chain=[
        have(
            Abs(_element - _value) <= _rate,
            by=ProofBy("(A6) at μ = A₀₀, the remainders bounded by C/√N", _rate_of_element, ("A7-rate",)),
        )
    ],
)

A7_ELEMENT = Result(
    "A7-element",
    "The limit of a matrix element",
    equation="A7",
    given=(POVM, *_choice),
    chain=[have(Term("limit", (lam(N, _element), _value)), by=from_rate("A7-element-rate"))],
)

_given = (
    POVM,
    unequal(entry(A, 0, 1), 0),
    equal(mu, entry(A, 0, 0)),
    equal(tau, Abs(entry(A, 0, 1))),
    equal(phi, arg(-entry(A, 0, 1))),
)


def _chosen(e: Estimates) -> tuple[Theorem, Theorem]:
    """A₀₁ = −τe^{iφ} and A₁₀ = −τe^{−iφ}."""
    upper = e.equal(entry(A, 0, 1), -tau * exp(I * phi), as_(-1 * (-entry(A, 0, 1))), identity(polar, -entry(A, 0, 1)))
    inside = e.under(upper.conclusion)
    lower = inside.equal(entry(A, 1, 0), -tau * exp(-I * phi), use("A-hermitian"), given_that(upper.conclusion))
    return upper, cut_all(lower, upper)


_late = limit_threshold(D, D)


def _rate_of_sum(state: State) -> Theorem:
    """The bound of each element, summed."""
    positive = Estimates(state.given, state).fact(tau > 0)
    e = Estimates((*state.given, tau > 0), state)
    inside = e.under(zero <= K, K <= D - 1, zero <= L, L <= D - 1)
    each = inside.by(instantiate, inside.lookup("A7-element-rate"), ((k, K), (l, L)))
    for lemma in (
        *_chosen(e),
        in_range(inside, limit_threshold(K, L), _late <= N, D, K, L, slope=threshold_slope(K, L, D)),
    ):
        each = cut(each, lemma)
    each = inside.meet(each)
    pair = substitute(_element, {k: K, l: L}), substitute(_value, {k: K, l: L})
    ranges = ((K, zero, D - 1), (L, zero, D - 1))
    return cut(summed(e, ranges, (conj(c(K)), c(L)), pair, each, (_sum, _chi)), positive)


_sum = Sum(
    Sum(conj(c(K)) * c(L) * braket(dicke(N, K), tensor_power(calA, N), dicke(N, L)), (L, 0, D - 1)), (K, 0, D - 1)
)
_power = (-I * t) ** (K + L - 2 * q)
_chi = Sum(
    Sum(
        exp(-I * K * phi)
        * conj(c(K))
        * c(L)
        * exp(I * L * phi)
        * _gauss
        * Sum(multiplicity(K, L, q) * _power, (q, 0, Min(K, L))),
        (L, 0, D - 1),
    ),
    (K, 0, D - 1),
)

SUM_RATE = Result(
    "A7-sum-rate",
    "The characteristic function and its limit: at most C/√N apart",
    equation="A7",
    given=(*_given, _late <= N),
    chain=[
        have(
            Abs(_sum - _chi) <= superposition_rate(D, limit_rate(K, L)) * root,
            by=ProofBy("(A7-element-rate), summed over k and l", _rate_of_sum, ("A7-element-rate", "A-hermitian")),
        )
    ],
)

A7 = Result(
    "A7",
    "The characteristic function in the limit",
    equation="A7",
    given=_given,
    chain=[have(Term("limit", (lam(N, _sum), _chi)), by=from_rate("A7-sum-rate", tau > 0))],
)

LEVY = Citation(
    "Lévy's continuity theorem",
    "If the characteristic functions χ_N of random variables X_N converge pointwise to a function χ that is "
    "continuous at 0, then χ is the characteristic function of a random variable X, and X_N → X in distribution.",
    (
        ("χ_N is the characteristic function of X_N", "(A2)"),
        ("χ_N(t) → χ(t) for every real t", "(A7)"),
        ("χ is continuous at 0", "line 2, at the rate of (A8-continuity)"),
    ),
    "P. Billingsley, Probability and Measure, Theorem 26.3",
)
INVERSION = Citation(
    "Fourier inversion for characteristic functions",
    "If a characteristic function χ is absolutely integrable, the distribution has the density "
    "P(x) = (1/2π)∫ e^{−ixt} χ(t) dt.",
    (("χ is absolutely integrable", "the integral of (A8) is defined: a polynomial times a Gaussian"),),
    "P. Billingsley, Probability and Measure, equation (26.20)",
)


CONVERGENCE = Result(
    "A8-convergence",
    "Convergence in distribution: from the limit of the characteristic function to the density P(x)",
    equation="A8",
    given=_given,
    cites=(LEVY, INVERSION),
    chain=[
        have(Term("limit", (lam(N, _sum), _chi)), by=from_rate("A7-sum-rate", tau > 0)),
        have(
            Term("limit", (lam(N, substitute(_chi, {t: t / N})), substitute(_chi, {t: zero}))),
            by=from_rate("A8-continuity", tau > 0),
        ),
    ],
)
