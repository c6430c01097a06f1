"""(2): that the listed values are all values, each once: how far the sum of their effects is from one."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, call, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Abs, Sum, delta, function, symbols
from symbolic_mqb.notation.macroscopic import ELEMENT, X, alpha, expectation, probability, rho
from symbolic_mqb.notation.measurement import POVM, E, J, N, a, d, sum_over_tuples, trace
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.collective import split_terms
from symbolic_mqb.rules.logic import instantiate, normal_form, symmetry, transport
from symbolic_mqb.rules.outcome_law import expectation_is_nonnegative, expectation_is_real, total_probability
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, convert, identity

(r,) = symbols("r", "int")
(R,) = symbols("R", "nat")
(level,) = symbols("λ", "real")
_listed = symbols("v", "nat->real")[0]
_given = (POVM, N >= 1)
#: How often the value of X_α is listed, less one.
_times = Sum(delta(X, _listed(r)), (r, 1, R))
_surplus = _times - 1
_square = expectation(_surplus**2)
_mean = expectation(_surplus)


def _spread(state: State) -> Theorem:
    """0 ≤ Σ (z − λ)² P = Σ z² P − 2λ Σ z P + λ²."""
    e = Estimates(state.given, state)
    theorem = e.by(expectation_is_nonnegative, rho, N, E, d, function(J, Abs(_surplus - level) ** 2))
    parts = _surplus**2 * probability() + -2 * level * _surplus * probability() + level**2 * probability()
    value = e.equal(
        theorem.right,
        _square - 2 * level * _mean + level**2,
        identity(normal_form, Abs(_surplus - level) ** 2, (_surplus - level) ** 2),
        as_(sum_over_tuples(parts, J, N, d)),
        convert(split_terms),
        as_(_square - 2 * level * _mean + level**2 * sum_over_tuples(probability(), J, N, d)),
        identity(total_probability, rho, N, E, d),
    )
    return e.by(transport, theorem, (1,), value)


SPREAD = Result(
    "2-list-spread",
    "The mean of a square is not negative",
    equation="2",
    given=_given,
    chain=[
        have(num(0) <= _square - 2 * level * _mean + level**2, by=ProofBy("(z − λ)² ≥ 0 in the mean", _spread)),
    ],
)


_tr = Sum(trace(Term("app", (rho, N)), call(ELEMENT, E, a, d, rho, N, alpha, _listed(r))), (r, 1, R))


def _near_one(state: State) -> Theorem:
    """(2-list-spread) at λ = Σ z P."""
    e = Estimates(state.given, state)
    listed, spread = e.lookup("2-list"), e.lookup("2-list-spread")
    values = (_times, _surplus, _surplus**2)
    reals = [expectation_is_real(rho, N, E, d, function(J, z), e.given) for z in values]
    listed_mean = expectation(_times)
    mean = e.equal(
        _mean,
        listed_mean - 1,
        as_(sum_over_tuples(_times * probability() + -1 * probability(), J, N, d)),
        convert(split_terms),
        as_(listed_mean - sum_over_tuples(probability(), J, N, d)),
        identity(total_probability, rho, N, E, d),
    )
    inside = e.under(*(t.conclusion for t in reals))
    theorem = inside.by(instantiate, spread, ((level, _mean),))
    weight = -1 * (_mean + listed_mean - 1)
    theorem = inside.at_most((listed_mean - 1) ** 2, _square, (1, theorem), (weight, mean))
    theorem = cut_all(theorem, *reals)
    return e.by(transport, theorem, (0, 0, 0), symmetry(listed))


NEAR = Result(
    "2-list-complete",
    "The sum of the effects of the listed values is one, if each value that occurs is listed once",
    equation="2",
    given=_given,
    chain=[
        have(
            (_tr - 1) ** 2 <= _square,
            by=ProofBy("(2-list-spread) at the mean of z", _near_one, ("2-list-spread", "2-list")),
        )
    ],
    note="z = Σ_r δ(X_α, v_r) − 1 is 0 where the value of X_α is listed once; the right side is the mean of z².",
)
