"""(D7) three ways: the exact finite sum (D7-second.exact), the limit's integral as (D7) has it, and Bessel functions.

The finite sum is over the number r of factors ⟨1|𝒜|0⟩. For N → ∞ its r-th term tends to
(itA₁₀/2τ)^r (itA₀₁/2τ)^{r+l−k}/(r!(r+l−k)!), and these add up to i^{l−k} e^{i(l−k)φ} J_{l−k}(t|A₀₁|/τ) with
φ = arg A₀₁ (DLMF 10.2.2). The numbers here are FLINT's: its Bessel function J, and for finite N up to 10⁶ its
hypergeometric function ₂F₁, of which the finite sum is a polynomial case (DLMF 15.2.4).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb, factorial
from typing import Any

import pytest
from flint import acb, acb_mat, ctx

from symbolic_mqb.book import Book
from symbolic_mqb.derivations import CONTENTS
from symbolic_mqb.kernel.terms import Term, substitute
from symbolic_mqb.notation.bessel import bessel_constant, bessel_series, bessel_wave
from symbolic_mqb.notation.full_coarse_graining import centred, element_constant, limit_integral, power
from symbolic_mqb.notation.language import equal, symbols
from symbolic_mqb.notation.measurement import N, braket, t, tau
from symbolic_mqb.numerics.evaluate import Evaluator
from symbolic_mqb.numerics.witness import check

#: (A₀₀, A₁₁, A₀₁), t and τ: the phase of A₀₁ in each quadrant, t and τ of both signs.
CASES = (
    ((Fraction(1, 3), Fraction(-1, 2)), (Fraction(3, 4), Fraction(1, 2)), Fraction(5, 4), Fraction(1)),
    ((Fraction(0), Fraction(1)), (Fraction(-1, 2), Fraction(2, 3)), Fraction(-3), Fraction(2, 3)),
    ((Fraction(-2), Fraction(1, 5)), (Fraction(-1, 3), Fraction(-1)), Fraction(2), Fraction(-3, 2)),
    ((Fraction(1), Fraction(1)), (Fraction(0), Fraction(-1)), Fraction(7), Fraction(2)),
)
Case = tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction], Fraction, Fraction]
Constant = Callable[[Term, dict[tuple[int, int], Term], Any, Any], Term]
LEVELS = ((0, 0), (0, 1), (1, 0), (2, 2), (3, -1), (-2, 2), (-1, -3))


@pytest.fixture(autouse=True)
def _precision():  # type: ignore[no-untyped-def]
    before, ctx.prec = ctx.prec, 250
    yield
    ctx.prec = before


def number(x: Fraction, y: Fraction = Fraction(0)) -> acb:
    """x + iy."""
    return acb(x.numerator) / x.denominator + acb(0, 1) * y.numerator / y.denominator


def observable(case: Case) -> acb_mat:
    """A."""
    (first, last), off, _, _ = case
    b = number(*off)
    return acb_mat(2, 2, [number(first), b, b.conjugate(), number(last)])


def rate(case: Case) -> acb:
    """it/(2τ)."""
    _, _, time, width = case
    return acb(0, 1) * number(time) / (2 * number(width))


def one_particle(case: Case, n: int) -> acb_mat:
    """exp(itA/(2Nτ)), which is 𝒜 when A is measured projectively."""
    return (observable(case) * (rate(case) / n)).exp()


def weights_ratio(n: int, k: int, l: int) -> acb:
    """√(C(2N, N+k)/C(2N, N+l)), from neighbours."""
    value = acb(1)
    for level, sign in ((k, 1), (l, -1)):
        for j in range(abs(level)):
            step = acb(n - j) / (n + j + 1)
            value = value * step if sign > 0 else value / step
    return value.sqrt()


def finite_sum(m: acb_mat, n: int, k: int, l: int, terms: int = 10**9) -> acb:
    """The right-hand side of (D7-second.exact), or its first terms, each from the one before."""
    low, high = max(0, k - l), min(n + k, n - l)
    front = acb(1)
    for count, size in ((low, n + k), (low + l - k, n - k)):  # one of the two counts is 0
        for j in range(count):
            front = front * (size - j) / (j + 1)
    down = low + l - k
    term = front * m[1, 1] ** (n + k - low) * m[1, 0] ** low * m[0, 1] ** down * m[0, 0] ** (n - l - low)
    both, total = m[1, 0] * m[0, 1] / (m[1, 1] * m[0, 0]), acb(0)
    for r in range(low, min(high, low + terms - 1) + 1):
        total += term
        term = term * both * ((n + k - r) * (n - l - r)) / ((r + 1) * (r + 1 + l - k))
    return total * weights_ratio(n, k, l)


def all_words(m: acb_mat, n: int, k: int, l: int) -> acb:
    """⟨2N, N+k|𝒜^{⊗2N}|2N, N+l⟩ from all pairs of words."""
    size, total = 2 * n, acb(0)
    for x in (x for x in range(2**size) if x.bit_count() == n + k):
        for y in (y for y in range(2**size) if y.bit_count() == n + l):
            product = acb(1)
            for bit in range(size):
                product *= m[x >> bit & 1, y >> bit & 1]
            total += product
    return total / (acb(comb(size, n + k)) * comb(size, n + l)).sqrt()


def bessel(case: Case, k: int, l: int) -> acb:
    """e^{it tr A/(2τ)} i^{l−k} e^{i(l−k)φ} J_{l−k}(t|A₀₁|/τ)."""
    A, order = observable(case), l - k
    size = acb(abs(A[0, 1]))
    argument = number(case[2]) * size / number(case[3])
    phase = (acb(0, 1) * A[0, 1] / size) ** order
    return (rate(case) * (A[0, 0] + A[1, 1])).exp() * phase * argument.bessel_j(acb(order))


def series(case: Case, k: int, l: int, terms: int = 80) -> acb:
    """e^{it tr A/(2τ)} Σ_r (itA₁₀/2τ)^r (itA₀₁/2τ)^{r+l−k}/(r!(r+l−k)!), its first terms."""
    A, total, low = observable(case), acb(0), max(0, k - l)
    for r in range(low, low + terms):
        down = r + l - k
        total += (rate(case) * A[1, 0]) ** r * (rate(case) * A[0, 1]) ** down / (factorial(r) * factorial(down))
    return (rate(case) * (A[0, 0] + A[1, 1])).exp() * total


@pytest.mark.parametrize("n", [1, 2])
def test_the_finite_sum_is_the_sum_over_all_words(n: int) -> None:
    for case in CASES:
        m = one_particle(case, n)
        for k in range(-n, n + 1):
            for l in range(-n, n + 1):
                assert abs(finite_sum(m, n, k, l) - all_words(m, n, k, l)) < 1e-60


@pytest.mark.parametrize(("k", "l"), LEVELS)
def test_the_integral_of_D7_the_series_and_the_bessel_function_agree(k: int, l: int) -> None:
    (operator,) = symbols("A", "op")
    kk, ll = symbols("k l", "int")
    (angle,) = symbols("φ", "real")
    line = limit_integral(operator, kk, ll, angle)
    for case in CASES:
        A = observable(case)
        values = {operator: A, kk: k, ll: l, t: case[2], tau: case[3]}
        integral = Evaluator(values, 40).number(line)
        assert abs(integral - bessel(case, k, l)) < 1e-38
        assert abs(series(case, k, l) - bessel(case, k, l)) < 1e-60


@pytest.mark.parametrize(("k", "l"), LEVELS)
def test_the_finite_sum_tends_to_the_bessel_function_like_1_over_n(k: int, l: int) -> None:
    for case in CASES:
        target = bessel(case, k, l)
        scaled = [abs(finite_sum(one_particle(case, n), n, k, l, terms=80) - target) * n for n in (10**4, 10**6, 10**8)]
        assert scaled[2] < 100
        assert abs(scaled[1] - scaled[2]) < 1e-4 * (1 + scaled[2])  # N·|difference| has settled
        assert abs(scaled[0] - scaled[1]) < 1e-2 * (1 + scaled[1])


def closed_form(m: acb_mat, n: int, k: int, l: int) -> acb:
    """The finite sum as its first term times ₂F₁(−N−k+u, −N+k+v; |k−l|+1; m₁₀m₀₁/(m₁₁m₀₀)), u and v its counts."""
    up = max(0, k - l)
    down = up + l - k
    first = acb(1)
    for count, size in ((up, n + k), (down, n - k)):  # one of the two counts is 0
        for j in range(count):
            first = first * (size - j) / (j + 1)
    first = first * m[1, 1] ** (n + k - up) * m[1, 0] ** up * m[0, 1] ** down * m[0, 0] ** (n - k - down)
    both = m[1, 0] * m[0, 1] / (m[1, 1] * m[0, 0])
    tops = acb(-(n + k - up)), acb(-(n - k - down))
    return first * both.hypgeom_2f1(*tops, acb(abs(k - l) + 1)) * weights_ratio(n, k, l)


@pytest.mark.parametrize("n", [4, 30, 10**3, 10**6])
@pytest.mark.parametrize(("k", "l"), LEVELS)
def test_the_finite_sum_is_a_hypergeometric_function_of_flints(n: int, k: int, l: int) -> None:
    for case in CASES:
        m = one_particle(case, n)
        value = closed_form(m, n, k, l)
        assert value.rel_accuracy_bits() > 200
        assert abs(finite_sum(m, n, k, l, terms=80) - value) < 1e-50


@pytest.mark.parametrize(("k", "l"), LEVELS)
def test_the_hypergeometric_function_tends_to_the_bessel_function_like_1_over_n(k: int, l: int) -> None:
    for case in CASES:
        target = bessel(case, k, l)
        scaled = [abs(closed_form(one_particle(case, n), n, k, l) - target) * n for n in (10**2, 10**4, 10**6)]
        assert scaled[2] < 100
        assert abs(scaled[1] - scaled[2]) < 1e-2 * (1 + scaled[2])  # N·|difference| has settled
        assert abs(scaled[0] - scaled[2]) < 1 + scaled[2]


@pytest.mark.parametrize(("k", "l"), LEVELS)
def test_the_proved_series_and_its_bessel_function_are_flints(k: int, l: int) -> None:
    (operator,) = symbols("A", "op")
    kk, ll = symbols("k l", "int")
    (index,) = symbols("s", "nat")
    lines = bessel_series(operator, kk, ll, index), bessel_wave(operator, kk, ll)
    for case in CASES:
        values = {operator: observable(case), kk: k, ll: l, t: case[2], tau: case[3]}
        for line in lines:
            value = Evaluator(values, 50).enclose(line)
            assert value.certified
            assert value.digits >= 50
            assert abs(value.ball - bessel(case, k, l)) < 1e-50


@pytest.mark.parametrize(("k", "l"), [(0, 0), (2, -1), (-1, -1)])
def test_the_matrix_element_at_a_million_pairs_of_particles(k: int, l: int) -> None:
    """The package's own evaluation of ⟨2N, N+k|𝒜^{⊗2N}|2N, N+l⟩, which knows neither sum, against ₂F₁."""
    (operator,) = symbols("A", "op")
    kk, ll = symbols("k l", "int")
    n = 10**6
    element = braket(centred(kk), power(operator), centred(ll))
    for case in CASES:
        m = one_particle(case, n)
        value = Evaluator({operator: m, N: n, kk: k, ll: l}, 20).enclose(element)
        assert value.certified
        assert abs(value.ball - closed_form(m, n, k, l)) < 1e-20


@pytest.mark.parametrize("constant", [element_constant, bessel_constant])
@pytest.mark.parametrize(("k", "l"), LEVELS)
def test_the_distance_is_below_the_proved_constant(k: int, l: int, constant: Constant) -> None:
    """K of (D7-element) and of (D7-second.bound), at the smallest c_rs that 𝒜 at this N allows."""
    (operator,) = symbols("A", "op")
    kk, ll = symbols("k l", "int")
    rests = {(r, s): symbols(f"c{r}{s}", "real")[0] for r in (0, 1) for s in (0, 1)}
    bound = constant(operator, rests, kk, ll)
    for case in CASES:
        for n in (50, 10**4):
            A, m = observable(case), one_particle(case, n)
            values = {operator: A, kk: k, ll: l, t: case[2], tau: case[3]}
            for (r, s), name in rests.items():
                values[name] = acb(abs(m[r, s] - (1 if r == s else 0) - rate(case) * A[r, s] / n) * n**2)
            distance = abs(finite_sum(m, n, k, l, terms=80) - bessel(case, k, l)) * n
            assert distance <= Evaluator(values, 20).number(bound).real


def test_the_conjugate_phase_is_not_the_limit() -> None:
    case = CASES[0]
    assert abs(finite_sum(one_particle(case, 400), 400, 1, 0) - bessel(case, 1, 0)) < 0.01
    assert abs(finite_sum(one_particle(case, 400), 400, 1, 0) - bessel(case, 0, 1)) > 0.05


@pytest.mark.parametrize("which", ["low", "high", "twice"])
def test_false_variants_of_the_finite_sum_are_refuted(which: str) -> None:
    declared = Book(CONTENTS).declared("D7-second.exact")
    left, right = declared.statement.args
    root, whole = right.args[0], right.args[-1]
    assert whole.op == "sum"
    low, high, function = whole.args
    changed = {
        "low": Term("sum", (low + 1, high, function)),
        "high": Term("sum", (low, high - 1, function)),
        "twice": 2 * whole,
    }[which]
    assert check(declared.statement, declared.given, digits=20, points=3).verdict == "agrees"
    assert check(equal(left, root * changed), declared.given, digits=20, points=8).verdict == "refuted"


def test_the_levels_exchanged_are_refuted() -> None:
    declared = Book(CONTENTS).declared("D7-second.exact")
    k, l, x = symbols("k l x", "int")
    left, right = declared.statement.args
    exchanged = substitute(substitute(substitute(right, {k: x}), {l: k}), {x: l})
    assert check(equal(left, exchanged), declared.given, digits=20, points=8).verdict == "refuted"
