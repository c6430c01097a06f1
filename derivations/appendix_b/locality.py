"""(B2): the CHSH inequality from a local hidden-variable model, and that (B8) excludes such a model."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

from symbolic_mqb.kernel.terms import Term, lam, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bell import (
    ANSWERS,
    BEST,
    LOCAL,
    STANDARD,
    angles,
    answers,
    c,
    chsh,
    correlation,
    hidden,
    local_bell_parameter,
    local_correlation,
    local_probability,
    mu,
    settings,
)
from symbolic_mqb.notation.language import Abs, Expectation, Max, bounded, cos, equal, function, half, pi, sqrt, symbols
from symbolic_mqb.notation.models import CORRELATION, models_without
from symbolic_mqb.results import Definition, Needed, Result, eq, have
from symbolic_mqb.rules.expectation import bound_at, expectation_of_inequality
from symbolic_mqb.rules.inequalities import at_most_modulus
from symbolic_mqb.rules.logic import assume, instantiate, symmetry, transport
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, run, unfold

p, q = symbols("p q", "real->real")
(_theta,) = symbols("θ", "real")
numbers = symbols("a a' b b'", "real")
_LOW = tuple(num(-1) <= v for v in numbers)
_HIGH = tuple(v <= 1 for v in numbers)
_two = chsh(lambda i, j: numbers[i] * numbers[2 + j])


def _vertices(sign: int) -> list[tuple[int, ...]]:
    """The vertices of [−1, 1]⁴ where a(b + b′) + a′(b − b′) = −2·sign; it is ±2 at every vertex."""
    every = product((1, -1), repeat=4)
    return [v for v in every if v[0] * (v[2] + v[3]) + v[1] * (v[2] - v[3]) == -2 * sign]


def _multilinear(state: State, sign: int) -> Theorem:
    """2 − sign·B = Σ_v 4·Π(1 + v_i x_i)/2⁴ over the vertices v at which sign·B = −2: B is linear in each number."""
    e = Estimates(state.given, state)
    certificate = []
    for v in _vertices(sign):
        *first, last = (1 + vi * x for vi, x in zip(v, numbers, strict=True))
        certificate.append((first[0] * first[1] * first[2] / 4, e.fact(num(0) <= last)))
    return e.at_most(_two, 2, *certificate) if sign > 0 else e.at_most(-2, _two, *certificate)


def _pointwise(sign: int) -> Result:
    return Result(
        "B2-numbers-upper" if sign > 0 else "B2-numbers-lower",
        f"Four numbers between −1 and 1: their combination is at {'most 2' if sign > 0 else 'least −2'}",
        equation="B2",
        given=(*_LOW, *_HIGH),
        chain=[
            have(
                _two <= 2 if sign > 0 else _two >= -2,
                by=ProofBy("linear in each number, so extremal at a vertex", lambda s: _multilinear(s, sign)),
            )
        ],
    )


UPPER, LOWER = _pointwise(1), _pointwise(-1)


def _bounds(e: Estimates, answer: Term) -> tuple[Theorem, Theorem]:
    """−1 ≤ f(λ) and f(λ) ≤ 1."""
    value = answer(hidden)
    size = e.by(bound_at, assume(bounded(value, hidden, 1)), hidden)
    plus, minus = e.by(at_most_modulus, value), e.by(at_most_modulus, -value)
    return e.at_most(-1, value, (1, minus), (1, size)), e.at_most(value, 1, (1, plus), (1, size))


def _chsh(state: State, label: str) -> Theorem:
    """The bound for each value of λ, integrated."""
    e = Estimates((), state)
    values = tuple((v, f(hidden)) for v, f in zip(numbers, answers, strict=True))
    low, high = zip(*(_bounds(e, f) for f in answers), strict=True)
    each = e.instance(e.lookup(label), (*_LOW, *_HIGH), values, (*low, *high))
    total = e.by(expectation_of_inequality, mu, hidden, each)
    return (
        e.at_most(local_bell_parameter(), 2, (1, total))
        if label.endswith("upper")
        else e.at_most(-2, local_bell_parameter(), (1, total))
    )


B2 = Result(
    "B2",
    "The CHSH inequality of every local model",
    equation="B2",
    given=ANSWERS,
    chain=[
        have(
            local_bell_parameter() >= -2,
            by=ProofBy("(B2-numbers-lower), averaged", lambda s: _chsh(s, "B2-numbers-lower"), ("B2-numbers-lower",)),
        ),
        have(
            local_bell_parameter() <= 2,
            by=ProofBy("(B2-numbers-upper), averaged", lambda s: _chsh(s, "B2-numbers-upper"), ("B2-numbers-upper",)),
        ),
    ],
    needs=(
        Needed(
            ANSWERS[3],
            (
                *((v, lam(hidden, num(x))) for v, x in zip(answers, (1, -1, 1, 4), strict=True)),
                (mu, ((Fraction(1), Fraction(0)),)),
            ),
        ),
    ),
)

#: 0 ≤ p ≤ 1 and 0 ≤ q ≤ 1.
_PROBABILITIES = tuple(bounded(f(hidden) - half, hidden, half) for f in (p, q))


def _interval(e: Estimates, f: Term) -> tuple[Theorem, Theorem]:
    """0 ≤ f(λ) and f(λ) ≤ 1."""
    centred = f(hidden) - half
    size = e.by(bound_at, assume(bounded(centred, hidden, half)), hidden)
    plus, minus = e.by(at_most_modulus, centred), e.by(at_most_modulus, -centred)
    return e.at_most(0, f(hidden), (1, minus), (1, size)), e.at_most(f(hidden), 1, (1, plus), (1, size))


def _probability(state: State, label: str) -> Theorem:
    """0 ≤ p(λ)q(λ) ≤ 1, averaged."""
    e = Estimates((), state)
    (p0, p1), (q0, q1) = (_interval(e, f) for f in (p, q))
    values = ((numbers[0], p(hidden)), (numbers[2], q(hidden)))
    given, proofs = (_UNIT[1:], (q0, p1, q1)) if label.endswith("upper") else (_UNIT[:2], (p0, q0))
    each = e.instance(e.lookup(label), given, values, proofs)
    total = e.by(expectation_of_inequality, mu, hidden, each)
    value = run(unfold(LOCAL), local_probability(p, q), state)
    if label.endswith("upper"):
        return e.at_most(local_probability(p, q), 1, (1, total), (1, value))
    return e.at_most(0, local_probability(p, q), (1, total), (-1, value))


_UNIT = (num(0) <= numbers[0], num(0) <= numbers[2], numbers[0] <= 1, numbers[2] <= 1)


def _product(upper: bool) -> Result:
    first, second = numbers[0], numbers[2]

    def derive(state: State) -> Theorem:
        e = Estimates(state.given, state)
        if upper:
            return e.at_most(first * second, 1, (second, e.fact(first <= 1)), (1, e.fact(second <= 1)))
        return e.at_most(0, first * second, (first, e.fact(num(0) <= second)))

    return Result(
        "local-model-upper" if upper else "local-model-lower",
        f"The product of two probabilities is at {'most 1' if upper else 'least 0'}",
        equation="main text, after (3)",
        given=_UNIT[1:] if upper else _UNIT[:2],
        chain=[
            have(
                first * second <= 1 if upper else num(0) <= first * second,
                by=ProofBy("monotonicity", derive),
            )
        ],
    )


PRODUCT_UPPER, PRODUCT_LOWER = _product(True), _product(False)

LOCAL_MODEL = Definition(
    "local-model",
    "A local model of the limit distribution: a hidden variable λ of any law μ, and what each party answers",
    local_probability(p, q),
    equation="main text, after (3)",
    given=_PROBABILITIES,
    chain=(
        have(
            num(0) <= local_probability(p, q),
            by=ProofBy(
                "p(λ)q(λ) ≥ 0, averaged", lambda s: _probability(s, "local-model-lower"), ("local-model-lower",)
            ),
        ),
        have(
            local_probability(p, q) <= 1,
            by=ProofBy(
                "p(λ)q(λ) ≤ 1, averaged", lambda s: _probability(s, "local-model-upper"), ("local-model-upper",)
            ),
        ),
    ),
    note="λ is a real number: every standard Borel space is isomorphic to a Borel subset of the line. "
    "The outcomes are fixed: p(λ) = P_A(x|λ), q(λ) = P_B(y|λ) are the probabilities of one outcome each.",
)


def _not(f: Term) -> Term:
    """The probability of the other outcome."""
    return function(hidden, 1 - f(hidden))


CORRELATION_LOCAL = Result(
    "local-model-correlation",
    "The correlation of two ±1-valued outcomes in a local model: a = P_A(+|λ) − P_A(−|λ), b alike",
    equation="main text, after (3)",
    chain=[
        local_probability(p, q)
        - local_probability(p, _not(q))
        - local_probability(_not(p), q)
        + local_probability(_not(p), _not(q)),
        eq(
            Expectation((p(hidden) - (1 - p(hidden))) * (q(hidden) - (1 - q(hidden))), (hidden, mu)),
            by=unfold(LOCAL),
        ),
    ],
)

NORMALISED = Result(
    "local-model-normalised",
    "The probabilities of a local model sum to 1",
    equation="main text, after (3)",
    chain=[
        local_probability(p, q)
        + local_probability(p, _not(q))
        + local_probability(_not(p), q)
        + local_probability(_not(p), _not(q)),
        eq(num(1), by=unfold(LOCAL)),
    ],
)

_turns = [substitute(settings(i, j), dict(zip(angles, STANDARD, strict=True))) for i in (0, 1) for j in (0, 1)]
_local = [local_correlation(i, j) for i in (0, 1) for j in (0, 1)]


def _distance(quantum: Callable[[Term], Term]) -> Term:
    """Σ |quantum − local| over the four pairs of settings."""
    return Term("add", tuple(Abs(quantum(turn) - local) for turn, local in zip(_turns, _local, strict=True)))


def _cosine(turn: Term) -> Term:
    """The correlation of the state (B6)."""
    return sqrt(5) / pi * cos(turn)


def _apart(state: State) -> Theorem:
    """2 + 1/100 ≤ ⟨ℬ⟩_Q, ⟨ℬ⟩ ≤ 2 for the model, and their difference is at most the sum of the four distances."""
    e = Estimates(state.given, state)
    parts = [
        (1, e.by(at_most_modulus, sign * (_cosine(turn) - local)))
        for sign, turn, local in zip((1, 1, 1, -1), _turns, _local, strict=True)
    ]
    angles_at = (-sqrt(5) / pi, e.lookup("B8-angles"))
    theorem = e.at_most(
        Fraction(1, 100), _distance(_cosine), (1, e.lookup("B8-gap")), (1, e.lookup("B2")), angles_at, *parts
    )
    for i, turn in enumerate(_turns):
        value = e.by(instantiate, e.lookup("B7-correlation"), ((_theta, turn),))
        theorem = transport(theorem, (1, i, 0, 0), symmetry(value), ())
    return theorem


def _needed(*more: tuple[Term, Any]) -> tuple[Needed, ...]:
    return tuple(Needed(h, (*point, *more)) for h, point in models_without())


EXCLUDED = Result(
    "B8-nonlocal",
    "No local model comes near: the four correlations of the state (B6) are missed by 1/100 in all, at least",
    equation="B8",
    given=(*BEST, *ANSWERS),
    chain=[
        have(
            num(Fraction(1, 100)) <= _distance(lambda turn: correlation(turn, 3)),
            by=ProofBy("(B2) and (B8-gap)", _apart, ("B2", "B8-gap", "B8-angles", "B7-correlation")),
        )
    ],
    needs=_needed(),
    note="For outcomes x of a local model that are binned by their sign, a(λ) is the mean of sgn(x) at λ, so that "
    "|a(λ)| ≤ 1. (B8-gap) bounds 2√10/π − 2 = 0.01317… from below.",
)


def _worst(quantum: Callable[[Term], Term]) -> Term:
    """The largest |quantum − local| of the four pairs of settings."""
    first, second, third, fourth = _distance(quantum).args
    return Max(Max(first, second), Max(third, fourth))


def _one_apart(state: State) -> Theorem:
    """The largest of four numbers is at least a quarter of their sum."""
    e = Estimates(state.given, state)
    worst, quarter = _worst(lambda turn: correlation(turn, 3)), Fraction(1, 4)
    steps = [(num(2 * quarter), e.fact(pair <= worst)) for pair in worst.args]
    steps += [(num(quarter), e.fact(distance <= pair)) for pair in worst.args for distance in pair.args]
    return e.at_most(Fraction(1, 400), worst, (quarter, e.lookup("B8-nonlocal")), *steps)


CRITICAL = Result(
    "alpha-c",
    "Macroscopic locality fails at α = 1/2: every local model misses one of the four correlations by 1/400",
    equation="main text, before (4)",
    given=(*BEST, *ANSWERS),
    chain=[
        have(
            num(Fraction(1, 400)) <= _worst(lambda turn: correlation(turn, 3)),
            by=ProofBy("(B8-nonlocal)", _one_apart, ("B8-nonlocal",)),
        )
    ],
    needs=_needed(),
    note="These are the correlations of the limit distributions at α = 1/2, by (ML-violation).",
)

(_critical,) = symbols("α_c", "real")
_gap = Max(0, half - _critical)
_quantum = _distance(lambda turn: correlation(turn, 3)).args
_exact_above = tuple(equal(distance * _gap, 0) for distance in _quantum)


def _needed_correlations() -> tuple[Needed, ...]:
    """Answers ±√v with ab = v for all pairs of settings but one, and −v for the last pair."""
    found = []
    for missed, h in enumerate(_exact_above):
        kept = [pair for pair in range(4) if pair != missed]
        signs = next(
            s for s in product((1, -1), repeat=4) if all(s[p // 2] * s[2 + p % 2] == (1, 1, 1, -1)[p] for p in kept)
        )
        values = tuple((v, lam(hidden, s * sqrt(CORRELATION))) for v, s in zip(answers, signs, strict=True))
        best = (c, dict(enumerate((2 / sqrt(10), 1 / sqrt(2), 1 / sqrt(10)))))
        found.append(Needed(h, (best, *values, (mu, ((Fraction(1), Fraction(0)),)), (_critical, 0))))
    return tuple(found)


def _bound(state: State) -> Theorem:
    """1/100 ≤ Σ w_ij and w_ij·max(0, 1/2 − α_c) = 0, so that max(0, 1/2 − α_c) = 0."""
    e = Estimates(state.given, state)
    products = ((100, assume(h)) for h in _exact_above)
    apart = (100 * _gap, e.lookup("B8-nonlocal"))
    return e.at_most(half, _critical, apart, *products, (1, e.fact(half - _critical <= _gap)))


BOUND = Result(
    "alpha-c-bound",
    "α_c ≥ 1/2: were it less, a local model would have the limit distributions at α = 1/2",
    equation="main text, before (4)",
    given=(*BEST, *ANSWERS, *_exact_above),
    chain=[have(half <= _critical, by=ProofBy("(B8-nonlocal)", _bound, ("B8-nonlocal",)))],
    needs=(*_needed((_critical, 0)), *_needed_correlations()),
    note="α_c is a number such that locality is restored for every α > α_c. If α_c < 1/2 there are then a law μ of λ "
    "and answers a, a′, b, b′ that miss none of the four correlations at α = 1/2: the last hypotheses, of that model. "
    "If α_c ≥ 1/2 every model meets them.",
)
