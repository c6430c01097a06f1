"""The W state: its characteristic function exactly, the expansion, the limit with its rate, and P(x)."""

from __future__ import annotations

from fractions import Fraction

from symbolic_mqb.kernel.terms import Term, apply, call, lam, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.binomials import elements, multiplicity
from symbolic_mqb.notation.expansions import limit_rate, limit_threshold, root, summand_limit
from symbolic_mqb.notation.language import (
    Abs,
    I,
    Integral,
    Sum,
    binomial,
    delta,
    equal,
    exp,
    factorial,
    function,
    half,
    pi,
    sqrt,
    symbols,
)
from symbolic_mqb.notation.measurement import (
    A2,
    CHARACTERISTIC,
    COLLECTIVE,
    MOMENT,
    POVM,
    PROJECTIVE,
    W_STATE,
    A,
    E,
    J,
    N,
    W,
    a,
    at_site,
    braket,
    d,
    dicke,
    entry,
    i,
    j,
    mu,
    projector,
    sum_over_tuples,
    t,
    tau,
    tensor,
    tensor_power,
    trace,
)
from symbolic_mqb.notation.objects import He
from symbolic_mqb.results import Definition, Erratum, Result, eq, have
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.collective import one_body_element, projective_is_povm
from symbolic_mqb.rules.inequalities import exponential_remainder, modulus_of_product, triangle
from symbolic_mqb.rules.kets import (
    exponential_of_sum,
    tensor_distributes,
    tensor_scalars,
    trace_of_projector,
)
from symbolic_mqb.rules.logic import instantiate, rewrite
from symbolic_mqb.rules.product_kets import dicke_state
from symbolic_mqb.rules.sums import split_sum
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.rates import about, from_rate
from symbolic_mqb.tactics.reasons import ProofBy, State, algebra, as_, fold, identity, unfold, use

s, q = symbols("s q", "int")
k, l, s_ = symbols("k l s", "nat")
x, sigma = symbols("x σ", "real")
(z,) = symbols("z", "complex")
(B,) = symbols("𝒜", "op")
zero, one = num(0), num(1)
_here = "main text, W state"

W_DEFINITION = Definition("W-state", "The W state", W, given=(N >= 1,), equation=_here)

W_DICKE = Result(
    "W-Dicke",
    "The W state is the Dicke state |N, 1⟩",
    equation=_here,
    given=(N >= 1,),
    chain=[W, eq(dicke(N, 1), by=[unfold(W_STATE), identity(dicke_state, N, 1, reverse=True)])],
)


def closed(matrix: Term) -> Term:
    """⟨0|𝒜|0⟩^{N−2} [⟨1|𝒜|1⟩⟨0|𝒜|0⟩ + (N − 1)⟨1|𝒜|0⟩⟨0|𝒜|1⟩]."""
    diagonal = entry(matrix, 1, 1) * entry(matrix, 0, 0)
    return entry(matrix, 0, 0) ** (N - 2) * (diagonal + (N - 1) * entry(matrix, 1, 0) * entry(matrix, 0, 1))


_words = binomial(1, q) * binomial(N - 1, 1 - q)
_by_q = _words * elements(B, one, one, q, N - 2 + q)

ELEMENT = Result(
    "W-element",
    "⟨W|𝒜^{⊗N}|W⟩ for any 𝒜",
    equation=_here,
    given=(N >= 2,),
    chain=[
        braket(W, tensor_power(B, N), W),
        eq(braket(dicke(N, 1), tensor_power(B, N), dicke(N, 1)), by=use("W-Dicke", everywhere=True)),
        eq(closed(B), by=[use("A3-general", k=1, l=1), identity(split_sum, 0, 0, 1, function(q, _by_q))]),
    ],
)

_mean = (1 - 1 / N) * entry(A, 0, 0) + 1 / N * entry(A, 1, 1)
_site = at_site(A, s, N)
_sharp = {1: ((half, half), (half, half)), 2: ((half, -half), (-half, half))}
_spin = ((d, 2), (a, {1: 1, 2: -1}), (E, _sharp))
#: 𝒜 of (A2) with ⟨A⟩ in place of μ and τ = 1.
_A = call(CHARACTERISTIC, E, a, d, N, t, _mean, one)

MEAN = Result(
    "W-mean",
    "The mean ⟨A⟩ of each particle of the W state",
    equation=_here,
    given=(N >= 1, s >= 1, s <= N),
    errata=(
        Erratum(
            equal(braket(W, _site, W), (1 - 1 / N) * entry(_A, 0, 0) + 1 / N * entry(_A, 1, 1)),
            ((N, 2), (s, 1), (t, 1), *_spin),
            "The print has the elements of 𝒜 = e^{it(A−⟨A⟩)/√N} where those of A must stand: 𝒜₀₀ → 1 for N → ∞, "
            "and at A = σ_x the mean is 0.",
            "None: the limit that follows is taken with the elements of A.",
            "slip",
        ),
    ),
    chain=[
        braket(W, _site, W),
        eq(braket(dicke(N, 1), _site, dicke(N, 1)), by=use("W-Dicke", everywhere=True)),
        eq(_mean, by=identity(one_body_element, N, s, 1, 1, A)),
    ],
)

_phases = function(i, I * t * (a(J(i)) - _mean) / (sqrt(N) * one))
_law = trace(projector(W), tensor(E(J(i)), i, N))

CHI = Result(
    "W-characteristic",
    "The characteristic function of the macroscopic observable on the W state",
    equation=_here,
    given=(N >= 2,),
    chain=[
        sum_over_tuples(_law * exp(I * t * call(COLLECTIVE, a, J, N, _mean, one)), J, N, d),
        eq(
            trace(projector(W), tensor_power(_A, N)),
            by=[
                unfold(COLLECTIVE),
                as_(sum_over_tuples(exp(Sum(apply(_phases, i), (i, 1, N))) * _law, J, N, d)),
                identity(exponential_of_sum, 1, N, _phases),
                identity(tensor_scalars, N, function(i, exp(apply(_phases, i))), function(i, E(J(i))), projector(W)),
                identity(
                    tensor_distributes,
                    N,
                    d,
                    function(j, exp(I * t * (a(j) - _mean) / (sqrt(N) * one)) * E(j)),
                    projector(W),
                ),
                fold(_A),
            ],
        ),
        eq(braket(W, tensor_power(_A, N), W), by=identity(trace_of_projector, W, tensor_power(_A, N))),
        eq(closed(_A), by=use("W-element", {"𝒜": _A})),
    ],
)

r, u = symbols("r u", "nat")
_unit = delta(r, u)


def _expansion(factor: Term) -> Term:
    """𝒜 − 1 − it(A − ⟨A⟩)/√N + factor·t²(A − ⟨A⟩)²/N between ⟨r| and |u⟩; A² is A^(2) for projectors."""
    linear = I * t / sqrt(N) * (entry(A, r, u) - _mean * _unit)
    square = entry(A2, r, u) - 2 * _mean * entry(A, r, u) + _mean**2 * _unit
    return entry(_A, r, u) - (_unit + linear - factor * t**2 / N * square)


_third = call(MOMENT, E, a, d, _mean, one, num(3), r, u)
_cubic = Abs(t) ** 3 / 6 * _third * N ** num(Fraction(-3, 2))


def _expand(state: State) -> Theorem:
    """(A4) at μ = ⟨A⟩ and τ = 1."""
    e = Estimates(state.given, state)
    values = ((s_, u), (mu, _mean), (tau, one))
    bound = e.by(instantiate, cut(e.lookup("A4-order-2"), projective_is_povm(E, d)), values)
    return e.at_most(Abs(_expansion(half)), _cubic, (1, e.meet(bound)))


EXPANSION = Result(
    "W-expansion",
    "𝒜 to second order in N^{−1/2}, with the constant of the remainder",
    equation=_here,
    given=(PROJECTIVE, N >= 1, r <= 1, u <= 1),
    errata=(
        Erratum(
            Abs(_expansion(one)) <= _cubic,
            ((N, 10**6), (r, 0), (u, 0), (t, 1), *_spin),
            "The second-order term of the exponential series is −t²(A−⟨A⟩)²/(2N); the 1/2 is missing, and what is left "
            "is of order 1/N, not N^{−3/2}.",
            "None: χ(t) → e^{−σ²t²/2}(1 − σ²t²) is right; with the printed term it would be e^{−σ²t²}(1 − σ²t²).",
            "slip",
        ),
    ),
    chain=[
        have(
            Abs(_expansion(half)) <= _cubic,
            by=ProofBy("(A4) at μ = ⟨A⟩ and τ = 1, its remainder bounded", _expand, ("A4-order-2",)),
        )
    ],
)

_centred = call(CHARACTERISTIC, E, a, d, N, t, entry(A, 0, 0), one)
_variance = entry(A2, 0, 0) - entry(A, 0, 0) ** 2
_off = entry(A, 1, 0) * entry(A, 0, 1)
_limit = exp(-(t**2) * _variance / 2) * (1 - t**2 * _off)
_at = {mu: entry(A, 0, 0), tau: one}
_threshold = substitute(limit_threshold(one, one), _at)
_shift = t * (entry(A, 0, 0) - entry(A, 1, 1)) * root
_constant = substitute(limit_rate(one, one), _at) + Abs(t) * Abs(entry(A, 0, 0) - entry(A, 1, 1)) * Abs(_limit)
_chi, _chi0 = braket(W, tensor_power(_A, N), W), braket(W, tensor_power(_centred, N), W)


def _rate(state: State) -> Theorem:
    """χ − L = e^{iθ}(χ₀ − L) + (e^{iθ} − 1)L with χ₀ at μ = A₀₀ and θ = √N(A₀₀ − ⟨A⟩)t."""
    e = Estimates(state.given, state)
    phase, near = exp(I * _shift), _chi0 - _limit
    shifted = e.meeting(
        _chi,
        [use("W-element", {"𝒜": _A}), unfold(CHARACTERISTIC)],
        phase * _chi0,
        [use("W-element", {"𝒜": _centred}), unfold(CHARACTERISTIC)],
    )
    parts = (phase * near, (phase - 1) * _limit)
    split = e.by(triangle, parts)
    difference = rewrite(Abs(_chi - _limit), (0, 0), shifted, ())
    bound = e.meet(e.by(instantiate, e.lookup("A7-rate"), ((k, one), (l, one), (mu, entry(A, 0, 0)), (tau, one))))
    value = e.meeting(
        bound.left,
        [identity(split_sum, 0, 0, 1, function(q, _second_order))],
        Abs(near),
        [use("W-Dicke", everywhere=True)],
    )
    return e.at_most(
        Abs(_chi - _limit),
        _constant * root,
        (1, difference),
        (1, split),
        (1, e.by(modulus_of_product, parts[0].args)),
        (1, e.by(modulus_of_product, parts[1].args)),
        (1, bound),
        (-1, value),
        (Abs(_limit), e.by(exponential_remainder, _shift, 1)),
    )


_second_order = substitute(multiplicity(one, one, q) * summand_limit(one, one, q), _at)

RATE = Result(
    "W-rate",
    "χ(t) and its limit: the constant of the remainder, for every POVM",
    equation=_here,
    given=(POVM, _threshold <= N),
    chain=[
        have(
            Abs(_chi - _limit) <= _constant * root,
            by=ProofBy(
                "(A7-rate) at A₀₀, and e^{iθ} for the shift of the centre by (A₁₁ − A₀₀)/N",
                _rate,
                ("A7-rate", "W-element", "W-Dicke"),
            ),
        )
    ],
)

_sigma2 = equal(sigma**2, _variance)
_value = exp(-(sigma**2) * t**2 / 2) * (1 - sigma**2 * t**2)


def _sharp_distance(state: State) -> Theorem:
    """(W-rate) for a projective measurement: A₁₀A₀₁ = σ²."""
    e = Estimates(state.given, state)
    bound = e.meet(cut(e.lookup("W-rate"), projective_is_povm(E, d)))
    second = entry(A2, 0, 0)
    width = e.meeting(second, [use("variance-projective", reverse=True)], entry(A, 0, 0) ** 2 + _off, [])
    return cut(about(e.under(width.conclusion), bound, _chi, _value), width)


LIMIT_RATE = Result(
    "W-limit-rate",
    "χ(t) and e^{−σ²t²/2}(1 − σ²t²) for projective measurements: at most C/√N apart",
    equation=_here,
    given=(PROJECTIVE, _sigma2, _threshold <= N),
    chain=[
        have(
            Abs(_chi - _value) <= _constant * root,
            by=ProofBy("(W-rate), and A₁₀A₀₁ = σ²", _sharp_distance, ("W-rate", "variance-projective")),
        )
    ],
)

LIMIT = Result(
    "W-limit",
    "χ(t) → e^{−σ²t²/2}(1 − σ²t²) for projective measurements",
    equation=_here,
    given=(PROJECTIVE, _sigma2),
    chain=[have(Term("limit", (lam(N, _chi), _value)), by=from_rate("W-limit-rate"))],
)

_gauss = exp(-(t**2) * sigma**2 / 2)
_transform = 1 / (2 * pi) * Integral(exp(-I * x * t) * _value, t)
_density = exp(-(x**2) / (2 * sigma**2)) / (sqrt(2 * pi) * sigma)


def _moment(order: int) -> Term:
    """(1/2π) ∫ (−it)ⁿ e^{−ixt} e^{−σ²t²/2} dt."""
    return 1 / (2 * pi) * Integral((-I * t) ** order * exp(-I * x * t) * exp(-(t**2) * sigma**2 / (2 * one**2)), t)


_term = 1 / factorial(q) * binomial(2 - 2 * q, 1 - q) * (He(2 - 2 * q, x / sigma) / factorial(2 - 2 * q))


def _open(index: int) -> Term:
    """The sum over this index alone."""
    return Sum(_term, (q, index, index))


DISTRIBUTION = Result(
    "W-distribution",
    "The limit distribution of the W state",
    equation=_here,
    given=(sigma > 0,),
    chain=[
        _transform,
        eq(_moment(0) + sigma**2 * _moment(2), by=algebra),
        eq(
            _density * (He(0, x / sigma) + He(2, x / sigma)),
            by=[
                use("A8-transform", n=0, σ=sigma, τ=1),
                use("A8-transform", n=2, σ=sigma, τ=1),
            ],
        ),
        eq(
            _density * He(1, x / sigma) ** 2,
            by=[
                as_(_density * (_open(0) + _open(1))),
                identity(split_sum, 0, 0, 1, function(q, _term), reverse=True),
                use("Hermite-product", reverse=True, m=1, n=1, x=x / sigma),
            ],
        ),
        eq(
            1 / sqrt(2 * pi * sigma**2) * (x**2 / sigma**2) * exp(-(x**2) / (2 * sigma**2)),
            by=use("H_1", everywhere=True, x=x / sigma),
        ),
    ],
)
