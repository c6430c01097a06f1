"""The limit (D7) by the second route: the finite sum over the off-diagonal factors tends to a Bessel function."""

from __future__ import annotations

from fractions import Fraction

from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bessel import (
    MARGIN,
    bessel_constant,
    bessel_series,
    downs,
    falling_power,
    rate_of,
    rate_size,
    side_rest,
    ups,
)
from symbolic_mqb.notation.full_coarse_graining import RESTS, bound_threshold, calA, centred, first_order, power
from symbolic_mqb.notation.language import (
    Abs,
    I,
    Max,
    Min,
    Sum,
    binomial,
    equal,
    function,
    sqrt,
    symbols,
    unequal,
)
from symbolic_mqb.notation.measurement import POVM, A, N, braket, entry, t, tau
from symbolic_mqb.notation.powers import second_order
from symbolic_mqb.results import Result, eq, have
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.inequalities import modulus_of_product, square_nonnegative, triangle
from symbolic_mqb.rules.logic import cases, instantiate, rewrite
from symbolic_mqb.rules.sums import shift_index
from symbolic_mqb.tactics.estimates import Estimates, both_signs, cut_all
from symbolic_mqb.tactics.rates import from_rate
from symbolic_mqb.tactics.reasons import ProofBy, State, algebra, as_, by_order, identity, use

k, l, i, q = symbols("k l i q", "int")
g, h, r, s = symbols("g h r s", "nat")
(B,) = symbols("𝒜", "op")
zero, one = num(0), num(1)
small = N ** num(-1)
_up, _down = ups(k, l), downs(k, l)
_low, _high = Max(0, k - l), Min(N + k, N - l)
_last = Min(N + k - _up, N - k - _down)
_root = sqrt(binomial(2 * N, N + k) / binomial(2 * N, N + l))


def _by_cases(e: Estimates, statement: Term, *splits: tuple[Term, Term]) -> Theorem:
    """An equation in all cases a ≤ b and b < a of these pairs."""
    if not splits:
        return e.equal(*statement.args)
    (a, b), *rest = splits
    first = _by_cases(e.under(a <= b), statement, *rest)
    if (a <= b) not in first.hypotheses:
        return first
    second = _by_cases(e.under(b < a), statement, *rest)
    return second if (b < a) not in second.hypotheses else cases(first, second)


DOWN = Result(
    "D7-second.down",
    "The least number of particles that ⟨0|𝒜|1⟩ takes down",
    equation="D7",
    chain=[have(equal(_up + l - k, _down), by=by_order(k, l, first=algebra, second=algebra))],
)

_range_statement = equal(_high - _low, _last)

RANGE = Result(
    "D7-second.range",
    "The greatest number of further pairs",
    equation="D7",
    chain=[
        have(
            _range_statement,
            by=ProofBy(
                "in the cases k ≤ l or l < k, k + l ≤ 0 or 0 < k + l",
                lambda state: _by_cases(Estimates(state.given, state), _range_statement, (k, l), (k + l, zero)),
            ),
        )
    ],
)


def _summand(up: Term, down: Term) -> Term:
    """The term of (D7-second.exact), one factor for each direction."""
    first = falling_power(N + k, up, entry(B, 1, 1), entry(B, 1, 0))
    return first * falling_power(N - k, down, entry(B, 0, 0), entry(B, 0, 1))


def _finite(index: Term, last: Term) -> Term:
    return Sum(_summand(index + _up, index + _down), (index, 0, last))


_shifted = Sum(_summand(i + _low, i + _low + l - k), (i, _low - _low, _high - _low))

SHIFTED = Result(
    "D7-second.pairs",
    "The finite sum over the number of pairs of off-diagonal factors",
    equation="D7",
    given=(k >= -N, k <= N, l >= -N, l <= N),
    chain=[
        braket(centred(k), power(B), centred(l)),
        eq(
            _root * _finite(i, _last),
            by=[
                use("D7-second.exact"),
                as_(_root * Sum(_summand(q, q + l - k), (q, _low, _high))),
                identity(shift_index, _low, _high, function(q, _summand(q, q + l - k)), -_low),
                as_(_root * Sum(_summand(i + _low, i + (_low + l - k)), (i, 0, _high - _low))),
                use("D7-second.range"),
                use("D7-second.down", everywhere=True),
            ],
        ),
    ],
)

_levels = ((0, 0), (0, 1), (1, 0), (1, 1))
#: From this N on |2N, N + k⟩ and |2N, N + l⟩ exist and the bound holds.
threshold = bound_threshold(Abs(k), Abs(l))
_element = braket(centred(k), power(calA), centred(l))
_value = bessel_series(A, k, l, s)
_constant = bessel_constant(A, RESTS, k, l)
_given = (POVM, unequal(tau, 0))


def _ranges(e: Estimates) -> list[Theorem]:
    """1 ≤ N, −N ≤ k, l ≤ N, 8|k| ≤ N, 16k² + 16l² ≤ N and the thresholds of (D7-second.sum), from the threshold."""
    late = e.fact(threshold <= N)
    sizes = (one, 8 * Abs(k), 16 * k**2 + 16 * l**2)
    found = [*(e.at_most(size, N, (1, late)) for size in sizes), *both_signs(e, late, k, l)]
    for row in (0, 1):
        size, side = rate_size(A, row, row), rate_size(A, row, 1 - row)
        gap = side_rest(side, RESTS[row, 1 - row], k)
        mixed = e.by(square_nonnegative, Abs(k) - side)
        found.append(e.at_most(8 * second_order(size, RESTS[row, row]), N, (1, late)))
        found.append(e.at_most(14 * gap, N, (1, late), (7, mixed)))
    return found


def _order(e: Estimates, first: int, second: int) -> Theorem:
    """|⟨r|𝒜|s⟩ − δ_rs − itA_rs/(2Nτ)| ≤ t²m₂(r, s)/8 · N^{−2}."""
    theorem = e.meet(e.by(instantiate, e.lookup("D5-order"), ((r, num(first)), (s, num(second)))))
    distance = Abs(entry(calA, first, second) - first_order(A, first, second))
    return e.at_most(distance, RESTS[first, second] * N ** num(-2), (1, theorem))


def _row(row: int) -> tuple[tuple[Term, Term], ...]:
    """The values of the numbers in (D7-second.sum) for the factor with ⟨r|𝒜|r⟩."""
    index = "1" if row == 1 else "2"
    omega, W, c, V, e, Y = (symbols(name + index, "real")[0] for name in "ωWcVεY")
    delta, v, eta = (symbols(name + index, "complex")[0] for name in "δvη")
    flat, side, frequency = entry(calA, row, row), entry(calA, row, 1 - row), t * entry(A, row, row) / (2 * tau)
    size = rate_size(A, row, 1 - row)
    return (
        *((omega, frequency), (delta, (flat - 1 - I * frequency / N) * N**2), (v, rate_of(A, row, 1 - row))),
        *((eta, (side - rate_of(A, row, 1 - row) / N) * N**2), (W, rate_size(A, row, row)), (c, RESTS[row, row])),
        *((V, size), (e, RESTS[row, 1 - row]), (Y, size + MARGIN)),
    )


def _instance(e: Estimates, label: str) -> Theorem:
    """The result at the entries of 𝒜 and A, its conditions on them met by (D5-order)."""
    values = ((g, _up), (h, _down), *_row(1), *_row(0))
    theorem = e.lookup(label)
    used = [pair for pair in values if pair[0] in theorem.conclusion.free.union(*(x.free for x in theorem.hypotheses))]
    theorem = e.by(instantiate, theorem, tuple(used))
    for row, column in _levels:
        near = _order(e, row, column)
        for hypothesis in sorted(theorem.hypotheses, key=repr):
            if hypothesis.args[0].op == "abs" and entry(calA, row, column) in _parts(hypothesis.args[0]):
                theorem = cut(theorem, e.at_most(*hypothesis.args, (N**2, near)))
    return e.meet(theorem)


def _parts(x: Term) -> set[Term]:
    return {x}.union(*(_parts(a) for a in x.args if isinstance(a, Term)))


def _bound(state: State) -> Theorem:
    """|R·F − S| ≤ |R||F − S| + |R − 1||S|."""
    outer = Estimates(state.given, state)
    ranges = _ranges(outer)
    e = outer.under(*(theorem.conclusion for theorem in ranges))
    near, size, ratio = _instance(e, "D7-second.sum"), _instance(e, "D7-second.size"), e.meet(e.lookup("D7-ratio"))
    rho, most = Fraction(3, 5) * (k**2 + l**2), Fraction(83, 80)
    finite, limit = near.left.args[0].args[0], size.left.args[0]
    parts = _root * (finite - limit), (_root - 1) * limit
    few = e.fact(16 * k**2 + 16 * l**2 <= N)
    spread = e.at_most(
        Abs(_root), most, (1, e.by(triangle, (_root - 1, one))), (1, ratio), (Fraction(3, 80) * small, few)
    )
    total = e.at_most(
        Abs(parts[0] + parts[1]),
        _constant * small,
        (1, e.by(triangle, parts)),
        (1, e.by(modulus_of_product, (_root, finite - limit))),
        (1, e.by(modulus_of_product, (_root - 1, limit))),
        (Abs(finite - limit), spread),
        (most, near),
        (Abs(limit), ratio),
        (rho * small, size),
    )
    exact = e.equal(_element - _value, parts[0] + parts[1], use("D7-second.pairs", {"𝒜": calA}))
    modulus = rewrite(Abs(_element - _value), (0,), exact, ())
    bound = e.at_most(Abs(_element - _value), _constant * small, (1, modulus), (1, total))
    bound = cut_all(bound, *ranges)
    return bound


BOUND = Result(
    "D7-second.bound",
    "The matrix element of 𝒜 and the Bessel series, with the constant of the O(1/N)",
    equation="D7",
    given=(*_given, threshold <= N),
    chain=[
        have(
            Abs(_element - _value) <= _constant * small,
            by=ProofBy(
                "|R·F − S| ≤ |R||F − S| + |R − 1||S|, R the ratio of the normalisations",
                _bound,
                ("D7-second.pairs", "D7-second.sum", "D7-second.size", "D7-ratio", "D5-order"),
            ),
        )
    ],
)


LIMIT = Result(
    "D7-second",
    "The limit of a matrix element as the power series of a Bessel function, for all integers k and l",
    equation="D7",
    given=_given,
    note="This route has no integral: it goes from (A3) to the finite sum over the pairs of off-diagonal factors, and "
    "from there to the series term by term, with one bound on all tails. (D7-second.agree) shows that the series is "
    "the integral in (D7).",
    chain=[
        have(
            Term("limit", (lam(N, _element), _value)),
            by=from_rate("D7-second.bound"),
        )
    ],
)
