"""(B2): the CHSH inequality from a local hidden-variable model, and that (B8) excludes such a model."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from symbolic_mqb.kernel.terms import Term, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bell import (
    ANSWERS,
    BEST,
    LOCAL,
    STANDARD,
    angles,
    answers,
    bell_parameter,
    chsh,
    correlation,
    hidden,
    local_bell_parameter,
    local_correlation,
    local_probability,
    mu,
    settings,
)
from symbolic_mqb.notation.language import Abs, Expectation, bounded, half, symbols
from symbolic_mqb.results import Definition, Result, eq, have
from symbolic_mqb.rules.expectation import bound_at, expectation_of_inequality
from symbolic_mqb.rules.inequalities import at_most_modulus
from symbolic_mqb.rules.logic import assume
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, unfold

p, q = symbols("p q", "real->real")
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
                _two <= 2 if sign > 0 else -2 <= _two,
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
    return e.at_most(local_bell_parameter(), 2, (1, total)) if label.endswith("upper") else e.at_most(
        -2, local_bell_parameter(), (1, total)
    )


B2 = Result(
    "B2",
    "The CHSH inequality of every local model",
    equation="B2",
    given=ANSWERS,
    chain=[
        have(
            -2 <= local_bell_parameter(),
            by=ProofBy("(B2-numbers-lower), averaged", lambda s: _chsh(s, "B2-numbers-lower"), ("B2-numbers-lower",)),
        ),
        have(
            local_bell_parameter() <= 2,
            by=ProofBy("(B2-numbers-upper), averaged", lambda s: _chsh(s, "B2-numbers-upper"), ("B2-numbers-upper",)),
        ),
    ],
)
