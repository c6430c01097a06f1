"""The rules of finite sums: what each states is true for small bounds, and what each refuses."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, apply, lam, num, substitute, var
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Sum, delta, half, symbols
from symbolic_mqb.rules.sums import (
    exchange_sums,
    power_of_product,
    reverse_sum,
    select,
    shift_index,
    sift,
    split_off_sum,
    split_sum,
    sum_of_terms,
)

m, n = symbols("m n", "nat")
i, j, r, s = symbols("i j r s", "int")
x = var("x", "real")
square = lam(s, s**2 + 3 * s)
zero = num(0)


def value(t: Term) -> Fraction:
    """The exact value of a closed term."""
    if t.op == "num":
        return Fraction(t.args[0])
    if t.op == "sum":
        low, high = (int(value(b)) for b in t.args[:2])
        return sum((value(apply(t.args[2], num(p))) for p in range(low, high + 1)), Fraction(0))
    parts = [value(a) for a in t.args]
    if t.op == "delta":
        return Fraction(parts[0] == parts[1])
    if t.op == "mul":
        out = Fraction(1)
        for p in parts:
            out *= p
        return out
    return sum(parts, Fraction(0)) if t.op == "add" else parts[0] ** int(parts[1])


def true_at(theorem: Theorem, **values: int) -> None:
    at = {v: num(values[v.args[0]]) for v in theorem.conclusion.free}
    assert value(substitute(theorem.left, at)) == value(substitute(theorem.right, at))


def test_split_sum() -> None:
    theorem = split_sum(zero, m, n, square, (m <= n,))
    for a, b in ((0, 0), (0, 3), (2, 5), (4, 4)):
        true_at(theorem, m=a, n=b)
    true_at(split_sum(zero, num(-1), n, square, ()), n=3)
    with pytest.raises(Refused, match="lie in the range"):
        split_sum(zero, m, n, square, ())
    with pytest.raises(Refused, match="lie in the range"):
        split_sum(num(1), num(-1), n, square, ())
    with pytest.raises(Refused, match="integers"):
        split_sum(zero, half, num(1), square, ())
    with pytest.raises(Refused, match="needs a function"):
        split_sum(zero, m, n, lam(x, x), (m <= n,))


def test_bounds_and_indices_that_are_no_integers() -> None:
    for attempt in (
        lambda: select(zero, half, square, zero, ()),
        lambda: select(-half, n, square, zero, ()),
        lambda: select(zero, n, square, half, (n >= 1,)),
        lambda: sift(square, i, half, ()),
        lambda: sift(square, half, i, ()),
    ):
        with pytest.raises(Refused, match="integer"):
            attempt()


def test_exchanged_sums_do_not_capture_the_outer_bounds() -> None:
    """Σ_{s=i}^{r} Σ_{r=0}^{2} (s + 2r), where the r and i of the bounds are free."""
    for low, high in ((zero, r), (r, num(2)), (i, r)):
        theorem = exchange_sums(Sum(Sum(s + 2 * r, (r, 0, 2)), (s, low, high)))
        assert theorem.left.free == theorem.right.free
        true_at(theorem, r=1, i=-1)


def test_exchanged_sums_of_one_name_stay_apart() -> None:
    """Σ_{s=0}^{1} Σ_{s=0}^{2} s = Σ_{s=0}^{2} Σ_{s=0}^{1} s, each s that of the sum over three values."""
    theorem = exchange_sums(Sum(Sum(s, (s, 0, 2)), (s, 0, 1)))
    assert value(theorem.left) == value(theorem.right) == 6


def test_a_power_of_a_product_is_defined_on_both_sides() -> None:
    y = var("y", "real")
    for given in ((Term("ne", (x, zero)),), (Term("ne", (y, zero)),)):  # x⁻¹y is defined at y = 0, (x·y⁻¹)⁻¹ is not
        with pytest.raises(Refused, match="must not be zero"):
            power_of_product(x, y, num(-1), num(-1), given)
    assert power_of_product(x, y, num(-1), num(-1), (Term("ne", (x, zero)), Term("ne", (y, zero))))
    nonzero = Term("ne", (x * y**i, zero))
    with pytest.raises(Refused, match="must not be zero"):
        power_of_product(x, y, i, num(-1), (nonzero,))
    with pytest.raises(Refused, match="must not be zero"):
        power_of_product(x, y, num(2), num(-1), (Term("ne", (x * y**2, zero)),))


def test_sum_of_terms() -> None:
    theorem = sum_of_terms(i, n, square, lam(s, 2 - s), ())
    for low, high in ((0, 3), (-2, 2), (1, 0), (5, 2)):
        true_at(theorem, i=low, n=high)
    for low, high, f, g, reason in (
        (half, n, square, square, "integer"),
        (zero, x, square, square, "integer"),
        (zero, n, lam(s, 1 / s), square, "must not be zero"),
        (zero, n, square, lam(s, 1 / s), "must not be zero"),
        (zero, n, lam(x, x), square, "needs a function"),
        (zero, n, square, lam(x, x), "needs a function"),
    ):
        with pytest.raises(Refused, match=reason):
            sum_of_terms(low, high, f, g, ())


def test_shift_index() -> None:
    theorem = shift_index(zero, n, square, i, ())
    for d in (-3, 0, 2):
        true_at(theorem, n=4, i=d)
    with pytest.raises(Refused, match="shifted by an integer"):
        shift_index(zero, n, square, half, ())


def test_shift_index_does_not_capture_the_shift() -> None:
    assert shift_index(zero, n, square, s, ()).right.free == {n, s}
    true_at(shift_index(zero, n, square, s, ()), n=2, s=5)


def test_reverse_sum() -> None:
    theorem = reverse_sum(i, n, square, ())
    for low, high in ((0, 3), (2, 2), (-2, 1), (3, 0)):
        true_at(theorem, i=low, n=high)
    with pytest.raises(Refused, match="integers"):
        reverse_sum(half, n, square, ())


def test_select() -> None:
    theorem = select(zero, n, square, m, (m <= n,))
    for a, b in ((0, 0), (2, 5), (5, 5)):
        true_at(theorem, m=a, n=b)
    with pytest.raises(Refused, match="lie in the range"):
        select(zero, n, square, m, ())
    with pytest.raises(Refused, match="integer"):
        select(zero, n, square, half, (num(1) <= n,))


def test_sift() -> None:
    theorem = sift(square, i, j, ())
    assert theorem.left == delta(i, j) * (i**2 + 3 * i)
    for a, b in ((1, 1), (1, 2)):
        true_at(theorem, i=a, j=b)
    with pytest.raises(Refused, match="compares integers"):
        sift(square, x, j, ())


def test_exchange_sums() -> None:
    double = Sum(Sum(s**2 * r + s, (r, 1, m)), (s, 0, n))
    theorem = exchange_sums(double)
    assert theorem.hypotheses == frozenset()
    for a, b in ((0, 0), (2, 3), (3, 0)):
        true_at(theorem, m=a, n=b)
    with pytest.raises(Refused, match="rectangle"):
        exchange_sums(Sum(Sum(r, (r, 0, s)), (s, 0, n)))
    with pytest.raises(Refused, match="double sum"):
        exchange_sums(x)
    with pytest.raises(Refused, match="double sum"):
        exchange_sums(Sum(s, (s, 0, n)))


def test_a_power_of_a_product_is_taken_factor_by_factor() -> None:
    from symbolic_mqb.rules.sums import power_of_product

    y = var("y", "real")
    theorem = power_of_product(x, y, num(2), n, ())
    assert theorem.conclusion == Term("eq", ((x * y ** num(2)) ** n, x**n * y ** (num(2) * n)))
    with pytest.raises(Refused, match="must not be zero"):  # x = 0 and a negative power
        power_of_product(x, y, num(2), j, ())
    with pytest.raises(Refused, match="must not be zero"):
        power_of_product(x, y, num(-1), n, ())
    with pytest.raises(Refused, match="not shown to be an integer"):  # (x·y²)^{1/2} ≠ x^{1/2}·y for x > 0 > y
        power_of_product(x, y, num(2), half, (num(0) < x,))


def test_a_sum_over_tuples_is_linear_and_keeps_what_depends_on_the_tuple() -> None:
    from symbolic_mqb.notation.measurement import J, a, d, sum_over_tuples
    from symbolic_mqb.rules.logic import normal_form

    N = var("N", "nat")
    outcome = a(Term("app", (J, num(1))))
    left = sum_over_tuples(x * outcome, J, N, d)
    normal_form(left, x * sum_over_tuples(outcome, J, N, d), ())
    for wrong in (outcome * sum_over_tuples(x, J, N, d), sum_over_tuples(outcome, J, N, d) + x):
        with pytest.raises(Refused):
            normal_form(left, wrong, ())
    with pytest.raises(Refused, match="not equal"):  # Σ over tuples of 1 is d^N, not 1
        normal_form(sum_over_tuples(x, J, N, d), x, ())


def test_a_sum_is_taken_out_wherever_it_stands_among_the_factors() -> None:
    total, x, y = Sum(s, (s, 0, n)), var("x", "real"), var("y", "real")
    assert split_off_sum(total) == ((), total)
    for others in ((total, x, y), (x, total, y), (x, y, total), (total, x), (x, total)):
        assert split_off_sum(Term("mul", others)) == (tuple(t for t in others if t != total), total)
    nested = Term("mul", (x, Term("mul", (total, y))))
    assert split_off_sum(nested) == ((x, y), total)
    for none in (x, x * y, x + total):
        with pytest.raises(Refused, match="expected a finite sum"):
            split_off_sum(none)
