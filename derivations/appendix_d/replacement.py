"""(D5): what it changes to replace 𝒜 by 1 + itA/(2Nτ), with a constant that holds from small N on."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.full_coarse_graining import (
    centred,
    first_order,
    half_rates,
    half_sizes,
    integrand,
    linearised,
    power,
    replacement_constant,
    turn,
)
from symbolic_mqb.notation.language import Abs, I, binomial, conj, equal, exp, pi, sqrt, symbols, unequal
from symbolic_mqb.notation.measurement import N, braket, entry, t, tau
from symbolic_mqb.notation.operators import adjoint
from symbolic_mqb.results import Needed, Result, have
from symbolic_mqb.rules.circle import orthogonality
from symbolic_mqb.rules.exponentials import exponential_above_tangent
from symbolic_mqb.rules.inequalities import (
    exponential_monotone,
    modulus_of_product,
    power_bound,
    power_difference,
    root_of_square,
    triangle,
)
from symbolic_mqb.rules.intervals import integral_of_sum, interval_inequality, modulus_of_integral
from symbolic_mqb.rules.logic import assume, cases, instantiate, rewrite, transitivity, transport
from symbolic_mqb.rules.operators import operator_equality
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.reasons import ProofBy, State, use

k, l = symbols("k l", "int")
(phi,) = symbols("φ", "real")
A, B = symbols("A 𝒜", "op")
z1, z2, y1, y2 = symbols("z1 z2 y1 y2", "complex")
S1, S2, c1, c2 = symbols("S1 S2 c1 c2", "real")
zero, one = num(0), num(1)
small, square = N ** num(-1), N ** num(-2)
_range = (one <= N, k >= -N, k <= N)
_pairs = ((z1, y1, S1, c1, N - k), (z2, y2, S2, c2, N + k))
_given = tuple(
    h for z, y, S, c, _ in _pairs for h in (Abs(z) <= exp(S / N), Abs(y) <= exp(S / N), Abs(z - y) <= c * square)
)
_signs = (zero <= S1, zero <= S2)


def _one_power(e: Estimates, which: int) -> tuple[Theorem, Theorem, Theorem]:
    """|zⁿ|, |yⁿ| ≤ e^{2S} and |zⁿ − yⁿ| ≤ 2c e^{2S}/N for n = N ∓ k ≤ 2N."""
    z, y, S, c, n = _pairs[which]
    first, second, near = (assume(h) for h in _given[3 * which : 3 * which + 3])
    length = e.fact(n <= 2 * N)
    grows = exponential_monotone(e.at_most(S / N * n, 2 * S, (S / N, length)))
    shorter = exponential_monotone(e.at_most(S / N * (n - 1), S / N * n))
    sizes = [
        e.at_most(Abs(x**n), exp(2 * S), (1, e.by(power_bound, x, n, h)), (1, grows))
        for x, h in ((z, first), (y, second))
    ]
    step = e.by(power_difference, z, y, n, first, second)
    close = e.at_most(
        Abs(z**n - y**n),
        2 * c * exp(2 * S) * small,
        (1, step),
        (n * exp(S / N) ** (n - 1), near),
        (n * c * square, shorter),
        (n * c * square, grows),
        (c * exp(2 * S) * square, length),
    )
    return sizes[0], sizes[1], close


def _powers(state: State) -> Theorem:
    """z₁ᵐz₂ⁿ − y₁ᵐy₂ⁿ = (z₁ᵐ − y₁ᵐ)z₂ⁿ + y₁ᵐ(z₂ⁿ − y₂ⁿ)."""
    e0 = Estimates(state.given, state)
    signs = [e0.at_most(zero, c, (N**2, assume(_given[3 * i + 2]))) for i, c in enumerate((c1, c2))]
    e = e0.under(*(sign.conclusion for sign in signs))
    (_, size1, close1), (size2, _, close2) = _one_power(e, 0), _one_power(e, 1)
    parts = (z1 ** (N - k) - y1 ** (N - k), z2 ** (N + k)), (y1 ** (N - k), z2 ** (N + k) - y2 ** (N + k))
    total = e.at_most(
        Abs(z1 ** (N - k) * z2 ** (N + k) - y1 ** (N - k) * y2 ** (N + k)),
        2 * (c1 + c2) * exp(2 * (S1 + S2)) * small,
        (1, e.by(triangle, tuple(a * b for a, b in parts))),
        *((1, e.by(modulus_of_product, factors)) for factors in parts),
        (Abs(parts[0][0]), size2),
        (exp(2 * S2), close1),
        (Abs(parts[1][1]), size1),
        (exp(2 * S1), close2),
    )
    return cut_all(total, *signs)


def _without() -> tuple[Needed, ...]:
    """One of the four numbers is too large, or small with a negative power; or c or S is too small."""
    alike = dict.fromkeys((N, z1, z2, y1, y2), 1) | dict.fromkeys((k, S1, S2, c1, c2), 0)
    changes: list[tuple[Term, dict[Term, Any]]] = []
    for which, (z, y, S, c, _) in enumerate(_pairs):
        other, first, second, near = _pairs[1 - which], *_given[3 * which : 3 * which + 3]
        order = 1 if which == 0 else -1
        changes += [(h, {N: 16, x: 2, c: 256}) for h, x in ((first, z), (second, y))]
        changes += [(near, {z: 0}), (_range[2 - which], {k: 6 * order, z: Fraction(1, 64), c: 1})]
        changes.append((_signs[which], {k: order, S: -1000, z: 0, y: 0, other[1]: 0, other[3]: 1}))
    return tuple(Needed(h, tuple((alike | values).items())) for h, values in changes)


POWERS = Result(
    "D5-powers",
    "Products of powers of numbers that are O(N^{−2}) apart",
    equation="D5",
    given=(*_range, *_signs, *_given),
    chain=[
        have(
            Abs(z1 ** (N - k) * z2 ** (N + k) - y1 ** (N - k) * y2 ** (N + k))
            <= 2 * (c1 + c2) * exp(2 * (S1 + S2)) * small,
            by=ProofBy("one factor after the other", _powers),
        )
    ],
    needs=_without(),
)

_ranges = (*_range, l >= -N, l <= N)


def _element(row: Term, operator: Term, column: Term) -> Term:
    return braket(centred(row), power(operator), centred(column))


def _swapped(state: State) -> Theorem:
    """(A3-general) on both sides, for k ≤ l and for l < k."""
    sides = _element(k, B, l), conj(_element(l, adjoint(B), k))
    uses = (
        use("A3-general", N=2 * N, k=N + k, l=N + l),
        use("A3-general", {"𝒜": adjoint(B)}, N=2 * N, k=N + l, l=N + k),
    )
    orders = (Estimates((*state.given, case), state) for case in (k <= l, l < k))
    return cases(*(e.meeting(sides[0], [uses[0]], sides[1], [uses[1]]) for e in orders))


ADJOINT = Result(
    "D5-adjoint",
    "The matrix element of the adjoint",
    equation="D5",
    given=_ranges[1:],
    chain=[
        have(
            equal(_element(k, B, l), conj(_element(l, adjoint(B), k))),
            by=ProofBy("(A3) is symmetric in k and l", _swapped, ("A3-general",)),
        )
    ],
)

_counts = binomial(2 * N, N + k), binomial(2 * N, N + l)
_ratio = sqrt(_counts[0] / _counts[1])

_levels = ((0, 0), (0, 1), (1, 0), (1, 1))
_rests = {(r, s): symbols(f"c{r}{s}", "real")[0] for r, s in _levels}
_entries = {(r, s): Abs(entry(B, r, s) - first_order(A, r, s)) <= _rests[r, s] * square for r, s in _levels}
_linear = linearised(A)
_sums = _rests[0, 0] + _rests[0, 1], _rests[1, 1] + _rests[1, 0]
_sizes = half_sizes(A)


def _values(operator: Term) -> tuple[Term, Term]:
    """⟨0|·|0⟩ + ⟨0|·|1⟩e^{iφ} and ⟨1|·|1⟩ + ⟨1|·|0⟩e^{−iφ}."""
    first = entry(operator, 0, 0) + entry(operator, 0, 1) * exp(I * phi)
    return first, entry(operator, 1, 1) + entry(operator, 1, 0) * exp(-I * phi)


def _bounds(e: Estimates, which: int) -> tuple[Theorem, Theorem, Theorem]:
    """|z|, |y| ≤ e^{(W+c)/N} and |z − y| ≤ c/N² for 𝒜 and 1 + itA/(2Nτ)."""
    diagonal, other = ((0, 0), (0, 1)) if which == 0 else ((1, 1), (1, 0))
    phase = exp(I * phi) if which == 0 else exp(-I * phi)
    z, y = (_values(x)[which] for x in (B, _linear))
    rate, W, c = half_rates(A, phi)[which], _sizes[which], _sums[which]
    scale = Abs(t) / (2 * Abs(tau))
    rate_size = e.at_most(Abs(rate), W, (scale, e.by(triangle, (entry(A, *diagonal), entry(A, *other) * phase))))
    parts = entry(B, *diagonal) - first_order(A, *diagonal), (entry(B, *other) - first_order(A, *other)) * phase
    near = e.at_most(
        Abs(z - y),
        c * square,
        (1, e.by(triangle, parts)),
        (1, assume(_entries[diagonal])),
        (1, assume(_entries[other])),
    )
    rise = (W + c) / N
    tangent = e.by(exponential_above_tangent, rise)
    below = e.at_most(Abs(y), 1 + W / N, (1, e.by(triangle, (one, rate / N))), (small, rate_size))
    second = e.at_most(Abs(y), exp(rise), (1, below), (1, tangent))
    first = e.at_most(
        Abs(z),
        exp(rise),
        (1, e.by(triangle, (z - y, y))),
        (1, near),
        (1, below),
        (1, tangent),
        (c * square, assume(one <= N)),
    )
    return first, second, near


def _integrand(e: Estimates) -> Theorem:
    """(D5-powers) for both operators."""
    proofs = (*_bounds(e, 0), *_bounds(e, 1))
    (z, y), sizes = (_values(x) for x in (B, _linear)), [W + c for W, c in zip(_sizes, _sums, strict=True)]
    values = (
        (z1, z[0]),
        (z2, z[1]),
        (y1, y[0]),
        (y2, y[1]),
        (S1, sizes[0]),
        (S2, sizes[1]),
        (c1, _sums[0]),
        (c2, _sums[1]),
    )
    return e.meet(e.instance(e.lookup("D5-powers"), _given, values, proofs))


_wave, _factor = exp(I * (k - l) * phi), 1 / (2 * pi)


def _mean(e: Estimates, near: Theorem) -> Theorem:
    """|(1/2π)∫ e^{i(k−l)φ}(f − g)| ≤ C/N from |f − g| ≤ C/N."""
    first, second = _wave * integrand(B, k, phi), -_wave * integrand(_linear, k, phi)
    product = e.by(modulus_of_product, (_wave, integrand(B, k, phi) - integrand(_linear, k, phi)))
    pointwise = e.at_most(Abs(first + second), near.right, (1, product), (1, near))
    modulus = e.by(modulus_of_integral, -pi, pi, lam(phi, first + second))
    sizes = e.by(interval_inequality, phi, -pi, pi, pointwise)
    length = e.by(orthogonality, zero, zero, one)
    split = e.by(integral_of_sum, -pi, pi, lam(phi, first), lam(phi, second))
    apart = transport(modulus, (0, 0), split, ())
    whole = _factor * (turn(first, phi) - turn(_wave * integrand(_linear, k, phi), phi))
    return e.at_most(Abs(whole), near.right, (_factor, apart), (_factor, sizes), (_factor * near.right, length))


_elements = tuple(_element(k, x, l) for x in (B, _linear))
_bound = Abs(_elements[0] - _elements[1]) <= replacement_constant(A, _rests) * small


def _ordered(e: Estimates) -> Theorem:
    """r|I − I′| with r ≤ 1, where C(2N, N + k) ≤ C(2N, N + l)."""
    mean = _mean(e, _integrand(e))
    square_ = e.at_most(_ratio**2, one, (1 / _counts[1], assume(_counts[0] <= _counts[1])))
    ratio = e.by(root_of_square, _ratio, square_)
    whole = mean.left.args[0]
    uses = [use("D7-reduced", {"𝒜": x}) for x in (B, _linear)]
    exact = e.equal(_elements[0] - _elements[1], _ratio * whole, *uses)
    return e.at_most(
        *_bound.args,
        (1, rewrite(_bound.args[0], (0,), exact, ())),
        (1, e.by(modulus_of_product, (_ratio, whole))),
        (Abs(whole), ratio),
        (1, mean),
    )


def _same_modulus(e: Estimates, z: Term) -> Theorem:
    """|z*| = |z|."""
    return e.by(instantiate, e.equal(Abs(conj(z1)), Abs(z1)), ((z1, z),))


def _turned(e: Estimates, theorem: Theorem) -> Theorem:
    """The bound for 𝒜† and −A†, k and l exchanged: (1 + itA/(2Nτ))† = 1 − itA†/(2Nτ)."""
    first, other = adjoint(_linear), linearised(-adjoint(A))
    same = operator_equality(first, other, tuple(e.equal(entry(first, *x), entry(other, *x)) for x in _levels))
    swap = (_rests[0, 1], _rests[1, 0]), (_rests[1, 0], _rests[0, 1])
    values = ((k, l), (l, k), (A, -adjoint(A)), (B, adjoint(B)), *swap)
    hypotheses = tuple(_entries[level] for level in _levels)
    mirrors = [
        (_entries[column, row], _same_modulus(e, _entries[column, row].args[0].args[0])) for row, column in _levels
    ]
    proofs = tuple(e.at_most(m.left, h.args[1], (1, m), (1, assume(h))) for h, m in mirrors)
    near = e.meet(e.instance(theorem, hypotheses, values, proofs))
    mirrored = e.meet(e.lookup("D5-adjoint"))
    linear = transport(e.meet(e.by(instantiate, e.lookup("D5-adjoint"), ((B, _linear),))), (1, 0, 1, 0), same, ())
    step = rewrite(_bound.args[0], (0, 0), mirrored, ())
    modulus = transitivity(step, rewrite(step.right, (0, 1, 1), linear, ()))
    turned = _same_modulus(e, near.left.args[0])
    return e.at_most(*_bound.args, (1, modulus), (1, e.equal(modulus.right, turned.left)), (1, turned), (1, near))


def _replaced(state: State) -> Theorem:
    """C(2N, N + k) ≤ C(2N, N + l), or the other way round and the adjoint."""
    e0 = Estimates(state.given, state)
    facts = [e0.at_most(zero, _rests[level], (N**2, assume(_entries[level]))) for level in _levels]
    e = e0.under(*(fact.conclusion for fact in facts))
    first = _ordered(e.under(_counts[0] <= _counts[1]))
    second = _turned(e.under(_counts[1] < _counts[0]), first)
    return cut_all(cases(first, second), *facts)


def _far_apart() -> tuple[Needed, ...]:
    """A = 0 and one element of 𝒜 far from that of the unit matrix; k such that it counts."""
    plain = dict.fromkeys((l, t, *_rests.values()), 0) | {N: 1, tau: 1, A: ((0, 0), (0, 0))}
    found = []
    for row, column in _levels:
        far = tuple(tuple(100 if (i, j) == (row, column) else int(i == j) for j in (0, 1)) for i in (0, 1))
        found.append(Needed(_entries[row, column], tuple((plain | {B: far, k: row - column}).items())))
    return tuple(found)


REPLACED = Result(
    "D5-replaced",
    "The matrix elements of 𝒜 and of 1 + itA/(2Nτ), with the constant of the O(1/N)",
    equation="D5",
    given=(*_ranges, unequal(tau, 0), *_entries.values()),
    chain=[
        have(
            _bound,
            by=ProofBy(
                "the integrals of (D7-reduced), for 𝒜 or for 𝒜†", _replaced, ("D5-powers", "D5-adjoint", "D7-reduced")
            ),
        )
    ],
    needs=_far_apart(),
)
