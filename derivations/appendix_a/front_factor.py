"""(A5): the factor ⟨0|𝒜|0⟩^{N−k−l} for N → ∞, with explicit remainders."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.expansions import (
    exponent_constant,
    front,
    front_threshold,
    log_constant,
    main_exponent,
    remainder,
    root,
)
from symbolic_mqb.notation.language import Abs, I, Sum, equal, exp, half, log, sqrt, symbols, unequal
from symbolic_mqb.notation.measurement import (
    A2,
    OBSERVABLE,
    POVM,
    A,
    E,
    N,
    a,
    absolute_moment,
    d,
    entry,
    j,
    mu,
    t,
    tau,
)
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.inequalities import (
    logarithm_bound,
    logarithm_remainder,
    modulus_of_product,
    nonzero_near_one,
    power_as_exponential,
    power_bound,
    root_of_square,
    triangle,
    triangle_sum,
)
from symbolic_mqb.rules.kets import completeness
from symbolic_mqb.rules.logic import definition, instantiate
from symbolic_mqb.tactics.estimates import Estimates, cut_all, expand
from symbolic_mqb.tactics.reasons import Derivation, ProofBy, State, as_, identity, unfold

k, l, r, s = symbols("k l r s", "nat")

_u = front - 1
_A, _A2 = entry(A, 0, 0), entry(A2, 0, 0)
_M1, _M2, _M3 = (absolute_moment(order, 0, 0) for order in (1, 2, 3))
_linear = I * t * (_A - mu) / (sqrt(N) * tau)
_quadratic = t**2 * (_A2 - 2 * mu * _A + mu**2) / (2 * N * tau**2)
_square = t**2 * (_A - mu) ** 2 / (2 * N * tau**2)
_third = _linear - _quadratic + _square
_cubic = Abs(t) ** 3 * _M3 / 6
_h3 = N ** num(Fraction(-3, 2))


def _moment(e: Estimates, order: int) -> Theorem:
    """(A4) to this order at r = s = 0."""
    return e.meet(e.by(instantiate, e.lookup(f"A4-order-{order}"), ((r, num(0)), (s, num(0)))))


def _small(e: Estimates) -> Theorem:
    """|⟨0|𝒜|0⟩ − 1| ≤ |t| M₁ N^{−1/2}."""
    return e.at_most(Abs(_u), Abs(t) * _M1 * root, (1, _moment(e, 0)))


def _half(e: Estimates) -> Theorem:
    """|⟨0|𝒜|0⟩ − 1| ≤ 1/2 from the threshold on."""
    size = 2 * Abs(t) * _M1
    large = e.by(root_of_square, size, e.fact(size**2 <= N))
    return e.at_most(Abs(_u), half, (1, _small(e)), (root / 2, large))


def _mean(e: Estimates) -> Theorem:
    """|A₀₀ − μ|/|τ| ≤ M₁."""
    term = entry(E(j), 0, 0) * ((a(j) - mu) / tau)
    sizes = e.by(triangle_sum, num(1), d, lam(j, term))
    same = e.meeting(
        Abs((_A - mu) / tau),
        [unfold(OBSERVABLE)],
        sizes.left,
        [
            as_(Abs((Sum(a(j) * entry(E(j), 0, 0), (j, 1, d)) - mu * Sum(entry(E(j), 0, 0), (j, 1, d))) / tau)),
            identity(completeness, E, d, 0, 0),
        ],
    )
    return e.at_most(same.left, _M1, (1, sizes), (1, same), (-1, definition(_M1)))


def _difference_of_squares(e: Estimates) -> Theorem:
    """|u² − b²| ≤ (t²M₂/(2N))·(2|t|M₁/√N), with b the linear term."""
    minus, plus = _u - _linear, _u + _linear
    first = e.at_most(Abs(minus), t**2 * _M2 / (2 * N), (1, _moment(e, 1)))
    weight = Abs(t) * root
    second = e.at_most(
        Abs(plus),
        2 * Abs(t) * _M1 * root,
        (1, e.by(triangle, (_u, _linear))),
        (1, _small(e)),
        (weight, _mean(e)),
    )
    product = e.by(modulus_of_product, (minus, plus))
    return e.at_most(product.left, first.right * second.right, (Abs(plus), first), (first.right, second), (1, product))


def log_bound(e: Estimates) -> Theorem:
    """|log⟨0|𝒜|0⟩ − (b − … + …)| ≤ C·N^{−3/2}."""
    return _with_nonzero(e, _log_bound)


def _with_nonzero(e: Estimates, prove: Callable[[Estimates], Theorem]) -> Theorem:
    """What follows once ⟨0|𝒜|0⟩ ≠ 0 is known, which holds from the threshold on."""
    ne = nonzero(e)
    theorem = prove(e.under(ne.conclusion))
    return cut_all(theorem, ne)


def _log_bound(e: Estimates) -> Theorem:
    small = _half(e)
    rest = e.by(logarithm_remainder, _u, small)
    cube = e.by(power_bound, _u, num(3), _small(e))
    parts = (log(1 + _u) - _u + _u**2 / 2, _u - _linear + _quadratic, -half * ((_u - _linear) * (_u + _linear)))
    split = e.by(triangle, parts)
    return e.at_most(
        Abs(log(front) - _third),
        log_constant * _h3,
        (1, split),
        (1, rest),
        (Fraction(2, 3), cube),
        (1, _moment(e, 2)),
        (half, _difference_of_squares(e)),
    )


def nonzero(e: Estimates) -> Theorem:
    """⟨0|𝒜|0⟩ ≠ 0 from the threshold on."""
    return e.by(nonzero_near_one, _u, _half(e))


def exponential_form(e: Estimates, expression: Term) -> Theorem:
    """⟨0|𝒜|0⟩^{N−k−l} = expression, which is exp{(N−k−l) log⟨0|𝒜|0⟩} by algebra."""
    step = identity(power_as_exponential, front, N - k - l)
    return _with_nonzero(e, lambda inside: inside.equal(front ** (N - k - l), expression, step))


def exponent_bound(e: Estimates) -> Theorem:
    """|(N−k−l) log⟨0|𝒜|0⟩ − (it√N(A₀₀−μ)/τ − t²σ²/(2τ²))| ≤ C·N^{−1/2}."""
    return _with_nonzero(e, _exponent_bound)


def _exponent_bound(e: Estimates) -> Theorem:
    split = e.by(triangle, (N * (log(front) - _third), -(k + l) * log(front)))
    logarithm = e.by(logarithm_bound, _u, _half(e))
    return e.at_most(
        Abs((N - k - l) * log(front) - main_exponent),
        exponent_constant(k, l) * root,
        (1, split),
        (N, _log_bound(e)),
        (k + l, logarithm),
        (2 * (k + l), _small(e)),
    )


def _lines(first: Term, second: Term, third: Term) -> tuple[Term, ...]:
    """The four right sides of (A5)."""
    power = N - k - l
    return (
        exp(power * log(front)),
        exp(power * log(1 + _linear - _quadratic + first)),
        exp(power * (_third + second)),
        exp(main_exponent + third),
    )


_templates = _lines(remainder(_h3, _cubic), remainder(_h3, log_constant), remainder(root, exponent_constant(k, l)))
_exact = _lines(front - (1 + _linear - _quadratic), log(front) - _third, (N - k - l) * log(front) - main_exponent)


def _statement(template: Term) -> Term:
    return Term("asymptotic", (front_threshold, lam(N, equal(front ** (N - k - l), template))))


def _derive(line: int) -> Derivation:
    def derive(state: State) -> Theorem:
        e = Estimates((*state.given, front_threshold <= N), state)
        exact = exponential_form(e, _exact[line])
        if line == 0:
            return expand(N, front_threshold, exact, _templates[0])
        if line == 1:
            third = e.at_most(Abs(front - (1 + _linear - _quadratic)), _cubic * _h3, (1, _moment(e, 2)))
            return expand(N, front_threshold, exact, _templates[1], third)
        return expand(N, front_threshold, exact, _templates[line], (log_bound if line == 2 else exponent_bound)(e))

    return derive


_orders = ("A4-order-0", "A4-order-1", "A4-order-2")
_reasons = (
    "⟨0|𝒜|0⟩ ≠ 0 from the threshold on",
    "(A4)",
    "log(1 + u) = u − u²/2 + O(u³)",
    "multiplied out, σ² = A^(2)₀₀ − A₀₀²",
)

A5 = Result(
    "A5",
    "The factor ⟨0|𝒜|0⟩^{N−k−l}",
    equation="A5",
    given=(POVM, unequal(tau, 0)),
    chain=[have(_statement(_templates[i]), by=ProofBy(_reasons[i], _derive(i), _orders)) for i in range(4)],
)

_given = (POVM, unequal(tau, 0), front_threshold <= N)


def _front_is_not_zero(state: State) -> Theorem:
    return _with_nonzero(Estimates(state.given, state), lambda e: e.fact(unequal(front, 0)))


def _exponent(state: State) -> Theorem:
    return exponent_bound(Estimates(state.given, state))


A5_NONZERO = Result(
    "A5-nonzero",
    "⟨0|𝒜|0⟩ ≠ 0 from the threshold on",
    equation="A5",
    given=_given,
    chain=[have(unequal(front, 0), by=ProofBy("|⟨0|𝒜|0⟩ − 1| ≤ 1/2", _front_is_not_zero, _orders[:1]))],
)
A5_EXPONENT = Result(
    "A5-exponent",
    "The exponent of ⟨0|𝒜|0⟩^{N−k−l}, with the constant of its remainder",
    equation="A5",
    given=_given,
    chain=[
        have(
            Abs((N - k - l) * log(front) - main_exponent) <= exponent_constant(k, l) * root,
            by=ProofBy("(A5) with its constants", _exponent, _orders),
        )
    ],
)
