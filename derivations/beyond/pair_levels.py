"""Independent identical pairs at every level α: above 1/2 the macroscopic variables tend to 0; the CHSH bound."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, lam, num, substitute, var
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bell import answers, chsh, hidden, mu
from symbolic_mqb.notation.language import Abs, Expectation, I, Product, Sum, bounded, equal, exp, function, half
from symbolic_mqb.notation.macroscopic import SCALED, alpha
from symbolic_mqb.notation.measurement import POVM, J, N, d, j, sum_over_tuples, t
from symbolic_mqb.notation.pairs import (
    BOB,
    NORMALISED,
    K,
    X_level,
    Y_level,
    deviation,
    e,
    k,
    mean_a,
    mean_b,
    n,
    one_pair_level,
    pair_moment,
    probability,
    u,
)
from symbolic_mqb.results import Result, eq, have
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.expectation import bound_at, bounded_everywhere
from symbolic_mqb.rules.inequalities import exponential_remainder, modulus_of_product, power_difference
from symbolic_mqb.rules.kets import exponential_of_sum
from symbolic_mqb.rules.logic import assume, definition, instantiate, rewrite
from symbolic_mqb.rules.tuples import distribute_over_tuples, product_of_equal_factors, product_of_products
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.rates import from_rate
from symbolic_mqb.tactics.reasons import ProofBy, State, identity, unfold, use

_WHERE = "main text, before (4)"
one = num(1)
_p = probability(j, k)
_y = deviation / N**alpha
_state = (POVM, BOB, NORMALISED)
_reals = tuple(Term("is_real", (mean,)) for mean in (mean_a, mean_b))
_real_labels = ("IID-real-a", "IID-real-b")

# -- the characteristic function at any level ----------------------------------------------------------------
_pairs = Product(probability(J(n), K(n)), (n, 1, N))
_at = substitute(_y, {j: J(n), k: K(n)})
_phase = exp(I * _y)


def _tuples(body: Term) -> Term:
    return sum_over_tuples(sum_over_tuples(body, K, N, e), J, N, d)


_factors = function(n, probability(J(n), K(n))), function(n, exp(I * _at))
CHARACTERISTIC = Result(
    "IID-characteristic-level",
    "The characteristic function of (X_α, Y_α) on N independent pairs, exactly, for every α",
    equation=_WHERE,
    given=(one <= N,),
    chain=[
        _tuples(_pairs * exp(I * (t * X_level + u * Y_level))),
        eq(_tuples(_pairs * exp(Sum(I * _at, (n, 1, N)))), by=unfold(SCALED)),
        eq(
            _tuples(Product(probability(J(n), K(n)) * exp(I * _at), (n, 1, N))),
            by=[
                identity(exponential_of_sum, 1, N, function(n, I * _at)),
                identity(product_of_products, 1, N, *_factors),
            ],
        ),
        eq(
            Product(one_pair_level, (n, 1, N)),
            by=[
                identity(distribute_over_tuples, N, e, function(n, function(k, substitute(_p * _phase, {j: J(n)})))),
                identity(distribute_over_tuples, N, d, function(n, function(j, Sum(_p * _phase, (k, 1, e))))),
            ],
        ),
        eq(one_pair_level**N, by=identity(product_of_equal_factors, N, one_pair_level)),
    ],
)


# -- how near to 1 -------------------------------------------------------------------------------------------
def _cut_all(theorem: Theorem, *lemmas: Theorem) -> Theorem:
    theorem = cut_all(theorem, *lemmas)
    return theorem


def _over_outcomes(es: Estimates, body: Term, each: Theorem) -> Theorem:
    """|Σ_j Σ_k body| ≤ Σ_j Σ_k bound."""
    row = es.under(one <= j, j <= d).sum_bound(k, 1, e, body, each)
    return es.sum_bound(j, 1, d, Sum(body, (k, 1, e)), row)


_outcomes = (one <= j, j <= d, one <= k, k <= e)


def _size(state: State) -> Theorem:
    """|p| = p by 0 ≤ p."""
    es = Estimates(state.given, state)
    positive = es.lookup("IID-positive")
    return cut(es.under(positive.conclusion).equal(Abs(_p), _p), positive)


SIZE = Result(
    "IID-size",
    "The probabilities of one pair are their moduli",
    equation=_WHERE,
    given=(POVM, BOB, *_outcomes),
    chain=[have(equal(Abs(_p), _p), by=ProofBy("0 ≤ p", _size, ("IID-positive",)))],
)


def _modulus(state: State) -> Theorem:
    """|p e^{iy}| = |p| = p, which sums to 1."""
    es = Estimates(state.given, state)
    reals = [es.lookup(label) for label in _real_labels]
    known = es.under(*_reals)
    inside = known.under(*_outcomes)
    each = inside.at_most(Abs(_p * _phase), Abs(_p), (1, inside.by(modulus_of_product, (_p, _phase))))
    total = _over_outcomes(known, _p * _phase, each)
    sizes = known.equal(total.right, Sum(Sum(_p, (k, 1, e)), (j, 1, d)), use("IID-size", j=j, k=k))
    sums = (1, sizes), (1, es.lookup("IID-total")), (1, assume(NORMALISED))
    return _cut_all(known.at_most(total.left, 1, (1, total), *sums), *reals)


MODULUS = Result(
    "IID-modulus",
    "The characteristic function of one pair is at most 1 in modulus",
    equation=_WHERE,
    given=(*_state, one <= N),
    chain=[
        have(
            Abs(one_pair_level) <= 1,
            by=ProofBy("p ≥ 0, Σ p = 1", _modulus, ("IID-size", "IID-total", *_real_labels)),
        )
    ],
)

_second = pair_moment(2)
_MOMENTS = ("IID-total", "IID-mean-a", "IID-mean-b")


def _near_one(es: Estimates, lemmas: list[Theorem]) -> Theorem:
    """|f − 1| ≤ Λ₂ N^{−2α}/2: the mean of the deviation is 0."""
    plain = Estimates((one <= N, *_reals), es.state)
    inside = plain.under(one <= j, j <= d, one <= k, k <= e)
    taylor = inside.by(exponential_remainder, _y, 2)
    body = _p * (exp(I * _y) - 1 - I * _y)
    size = Abs(_p) * Abs(deviation) ** 2 / 2 * N ** (-2 * alpha)
    total = _over_outcomes(plain, body, inside.at_most(Abs(body), size, (Abs(_p), taylor)))
    known = es.under(*_reals, *(x.conclusion for x in lemmas))
    same = rewrite(Abs(one_pair_level - 1), (0,), known.equal(one_pair_level - 1, total.left.args[0]), ())
    weight = N ** (-2 * alpha) / 2
    return plain.at_most(same.left, _second * weight, (1, same), (1, total), (-weight, definition(_second)))


def _rate(state: State) -> Theorem:
    """|f^N − 1| ≤ N |f − 1| for |f| ≤ 1."""
    es = Estimates(state.given, state)
    reals = [es.lookup(label) for label in _real_labels]
    moments = [es.lookup(label) for label in _MOMENTS]
    near = _near_one(es, moments)
    inside = es.under(*_reals)
    power = inside.by(power_difference, one_pair_level, one, N, es.lookup("IID-modulus"), es.fact(Abs(one) <= 1))
    theorem = inside.at_most(Abs(one_pair_level**N - 1), _bound, (1, power), (N, near))
    return _cut_all(theorem, *moments, *reals)


_bound = _second / 2 * N ** (1 - 2 * alpha)
ABOVE = Result(
    "IID-above",
    "The characteristic function of (X_α, Y_α) is within Λ₂N^{1−2α}/2 of 1, that of the point (0, 0)",
    equation=_WHERE,
    given=(*_state, one <= N),
    chain=[
        have(
            Abs(one_pair_level**N - 1) <= _bound,
            by=ProofBy("|f^N − 1| ≤ N|f − 1| for |f| ≤ 1", _rate, (*_MOMENTS, *_real_labels, "IID-modulus")),
        )
    ],
    note="For α ≤ 1/2 the bound is true and says nothing.",
)


DIRAC = Result(
    "IID-Dirac",
    "For α > 1/2 the characteristic function of (X_α, Y_α) tends to 1: the variables tend to the point (0, 0)",
    equation=_WHERE,
    given=(*_state, half < alpha),
    chain=[
        have(
            Term("limit", (lam(N, one_pair_level**N), one)),
            by=from_rate("IID-above"),
        )
    ],
    note="This holds for all real t and u, whatever the pair state and the measurements, and the Dirac law is local. "
    "With (IID-local) at α = 1/2: α_c ≤ 1/2 for independent pairs.",
)

# -- CHSH ------------------------------------------------------------------------------------------------
_bins = tuple(var(name, "real->real") for name in ("f", "f'", "g", "g'"))
_values = tuple(var(name, "real->real") for name in ("x", "x'", "y", "y'"))
_z = var("z", "real")


def _answers(sign: int) -> list[Term]:
    """±f(x(λ)), ±f′(x′(λ)), g(y(λ)), g′(y′(λ))."""
    bodies = [f(v(hidden)) for f, v in zip(_bins, _values, strict=True)]
    return bodies if sign > 0 else [-bodies[0], -bodies[1], *bodies[2:]]


_parameter = chsh(
    lambda m, n: Expectation(_bins[m](_values[m](hidden)) * _bins[2 + n](_values[2 + n](hidden)), (hidden, mu))
)


def _chsh(state: State, sign: int) -> Theorem:
    """(B2) with the answers ±f(x(λ)), g(y(λ)), which lie between −1 and 1."""
    es = Estimates((), state)
    bodies = _answers(sign)
    values = tuple((answer, function(hidden, body)) for answer, body in zip(answers, bodies, strict=True))
    theorem = es.by(instantiate, state.lookup("B2"), values)
    for f, v, body in zip(_bins, _values, bodies, strict=True):
        size = es.by(bound_at, assume(bounded(f(_z), _z, 1)), v(hidden))
        theorem = cut(theorem, bounded_everywhere(hidden, es.at_most(Abs(body), 1, (1, size))))
    return es.at_most(_parameter, 2, (1, theorem)) if sign > 0 else es.at_most(-2, _parameter, (1, theorem))


CHSH = Result(
    "IID-CHSH",
    "The CHSH inequality for every binning of variables x(λ), x′(λ), y(λ), y′(λ) of one hidden variable",
    equation=_WHERE,
    given=tuple(bounded(f(_z), _z, 1) for f in _bins),
    chain=[
        have(
            _parameter >= -2,
            by=ProofBy("(B2) for −f(x(λ)), −f′(x′(λ)), g(y(λ)), g′(y′(λ))", lambda s: _chsh(s, -1), ("B2",)),
        ),
        have(
            _parameter <= 2,
            by=ProofBy("(B2) for f(x(λ)), f′(x′(λ)), g(y(λ)), g′(y′(λ))", lambda s: _chsh(s, 1), ("B2",)),
        ),
    ],
    note="x and x′ are Alice's variables for her two settings, y and y′ Bob's, as (IID-local) gives them for one and "
    "the same λ, which is a real number as in (local-model). The bins f, f′, g, g′ are any functions with values in "
    "[−1, 1], so ±1-valued ones too. Independent pairs violate no CHSH inequality in the limit at α = 1/2.",
)
