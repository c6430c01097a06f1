"""The canonical form of each operation: what it is the same as, what it is not, and where it is not defined."""

from __future__ import annotations

import pytest

from symbolic_mqb.kernel.canonical import Context
from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, num, var
from symbolic_mqb.notation.language import (
    Abs,
    I,
    Sum,
    arg,
    binomial,
    conj,
    cos,
    delta,
    exp,
    factorial,
    half,
    pi,
    re,
    sgn,
    sin,
    sqrt,
    symbols,
    unequal,
)

from .cases import Case, assert_same, case

k, n = symbols("k n", "nat")
i, s = symbols("i s", "int")
x, y = symbols("x y", "real")
w, z = symbols("w z", "complex")
A, E, f, g = var("A", "int,int->complex"), var("E", "nat->op"), var("f", "nat->complex"), var("g", "real->real")
S = Sum(z**s, (s, 0, n))
MATRIX = Term("matrix", (x, z, w, y))
PRODUCT_REAL = Term("is_real", (w * z,))


def entry(operator: Term, row: Term, column: Term) -> Term:
    """⟨row|operator|column⟩."""
    return Term("entry", (operator, row, column))


SAME: dict[str, Case] = {
    "0!": case(factorial(num(0)), 1),
    "5!": case(factorial(num(5)), 120),
    "C(5, 2)": case(binomial(num(5), num(2)), 10),
    "C(n, −1)": case(binomial(n, num(-1)), 0),
    "C(n, k) beyond n": case(binomial(n, k), 0, k > n),
    "cosine, half turns": case(cos(x + pi * n), (-1) ** n * cos(x)),
    "sine, half turns": case(sin(x - 3 * pi), -sin(x)),
    "cosine is even": case(cos(-x), cos(x)),
    "sine is odd": case(sin(y - x), -sin(x - y)),
    "cosine is even, a fraction": case(cos(-x / 3), cos(x / 3)),
    "sine is odd, a fraction": case(sin(-x / 3), -sin(x / 3)),
    "cosine at a half turn": case(cos(pi * n), (-1) ** n),
    "sine at a half turn": case(sin(pi * n), 0),
    "the sign of a positive number": case(sgn(x), 1, x > 0),
    "the sign of a negative number": case(sgn(x), -1, x < 0),
    "the sign of zero": case(sgn(x - x), 0),
    "the modulus of what is not positive": case(Abs(x - y), y - x, x <= y),
    "the modulus of a multiple": case(Abs(2 * x + 2), 2 * Abs(x + 1)),
    "the modulus of a negative multiple": case(Abs(-2 * x * z - 2 * z), 2 * Abs(z) * Abs(x + 1)),
    "the modulus of i times a sum": case(Abs(I * x + I), Abs(x + 1)),
    "the modulus of a modulus": case(Abs(Abs(z) * w), Abs(z) * Abs(w)),
    "the modulus of a root": case(Abs(sqrt(z)), sqrt(Abs(z)), unequal(z, 0)),
    "the modulus of a conjugate": case(Abs(conj(z)), Abs(z)),
    "the modulus of a turn": case(Abs(exp(I * w * z)), 1, PRODUCT_REAL),
    "the modulus of a complex power": case(Abs(2 * z**w) ** 2, 4 * z**w * conj(z**w), unequal(z, 0)),
    "the modulus of the square of a real number": case(Abs(x**2 * z), x**2 * Abs(z)),
    "the modulus of the square of a complex number": case(Abs(z**2), Abs(z) ** 2),
    "the conjugate of a root": case(conj(sqrt(x)), sqrt(x), x >= 0),
    "the conjugate of one over a root": case(conj(1 / sqrt(x)), 1 / sqrt(x), x >= 0, unequal(x, 0)),
    "the conjugate of i": case(conj(I**n), (-I) ** n),
    "the conjugate of a sum": case(conj(S), Sum(conj(z) ** s, (s, 0, n))),
    "the conjugate of the square of a sum": case(conj(S**2), conj(S) ** 2),
    "an entry of a matrix": case(entry(MATRIX, num(0), num(1)), z),
    "an entry of a product": case(entry(Term("matmul", (MATRIX, MATRIX)), num(0), num(0)), x**2 + z * w),
    "an entry of an adjoint": case(entry(Term("adjoint", (MATRIX,)), num(1), num(0)), conj(z)),
    "an entry of a sum": case(entry(2 * MATRIX + Term("identity"), num(1), num(1)), 2 * y + 1),
    "the real part of a real number": case(re(x), x),
    "δ of what is not zero": case(delta(x, y), 0, x < y),
    "δ of what has one value left": case(delta(i, n + 1), 1, n < i, i <= n + 1),
    "δ of a multiple": case(delta(2 * x, 2 * y), delta(x, y)),
}


@pytest.mark.parametrize(("left", "right", "given"), SAME.values(), ids=SAME)
def test_the_same(left: Term, right: Term, given: tuple[Term, ...]) -> None:
    assert_same(left, right, given)


NOT_THE_SAME: dict[str, Case] = {
    "0!": case(factorial(num(0)), 0),
    "C(n, k) from 1": case(binomial(n, k), 0, k >= 1),
    "C(n, i) up to n": case(binomial(n, i), 0, i <= n),
    "cosine, a part of a turn": case(cos(y + pi * x), (-1) ** x * cos(y)),
    "cosine, a part of a turn left out": case(cos(y + pi * x), cos(y)),
    "sine, a part of a turn left out": case(sin(y + pi * x / 2), sin(y)),
    "sine is not even": case(sin(y - x), sin(x - y)),
    "the sign of a number that may be zero": case(sgn(x), 1, x >= 0),
    "a factor of a modulus": case(Abs(2 * x + 2), Abs(x + 1)),
    "the modulus of an exponential": case(Abs(exp(I * x + z)), 1),
    "the modulus of a complex turn": case(Abs(exp(I * z)), 1),
    "the modulus of a complex power": case(Abs(z**w), z**w * conj(z**w), unequal(z, 0)),
    "the modulus of a square": case(Abs(z**2), z**2),
    "the modulus of a real number": case(Abs(x), x),
    "the conjugate of the square of a sum": case(conj(S**2), conj(S)),
    "the conjugate of a root": case(conj(sqrt(x)), sqrt(x), x < 0),
    "the real part": case(re(z), z),
    "δ with two values left": case(delta(i, n + 1), 1, n < i, i <= n + 2),
}


@pytest.mark.parametrize(("left", "right", "given"), NOT_THE_SAME.values(), ids=NOT_THE_SAME)
def test_not_the_same(left: Term, right: Term, given: tuple[Term, ...]) -> None:
    assert not Context(given).same(left, right)


UNDEFINED: dict[str, tuple[Term, tuple[Term, ...]]] = {
    "the factorial of a real number": (factorial(x), (x >= 0,)),
    "C of a real number": (binomial(x, k), (x >= 0,)),
    "C over a real number": (binomial(n, x), ()),
    "a function of naturals at an integer": (f(i), ()),
    "a function of naturals at a real number": (f(x), (x >= 0,)),
    "a function of integers at a real number": (A(i, x), ()),
    "a function of integers at a real number first": (A(x, i), ()),
    "a function of reals at a complex number": (g(z), ()),
    "the sign of a complex number": (sgn(z), ()),
    "the argument of zero": (arg(z), ()),
    "|N, k⟩ of a real N": (Term("dicke", (x, k)), (k <= x,)),
    "|N, k⟩ of a real k": (Term("dicke", (n, x)), (x >= 0, x <= n)),
    "|N, k⟩ of a negative k": (Term("dicke", (n, i)), (i <= n,)),
    "|N, k⟩ beyond N": (Term("dicke", (n, k)), ()),
    "a negative number of particles": (Term("product_ket", (z, w, i)), ()),
    "a level beyond 1": (Term("entry", (E(n), num(0), num(2))), ()),
    "a level below 0": (Term("entry", (E(n), num(-1), num(0))), ()),
    "half a level": (Term("entry", (E(n), num(0), half)), ()),
}


@pytest.mark.parametrize(("term", "given"), UNDEFINED.values(), ids=UNDEFINED)
def test_not_defined(term: Term, given: tuple[Term, ...]) -> None:
    context = Context(given)
    with pytest.raises(Refused):
        context.nf(term)


def test_large_factorials_are_not_multiplied_out() -> None:
    assert Context().nf(factorial(num(20))).constant() == 2432902008176640000
    assert Context().nf(factorial(num(21))).constant() is None


def test_a_product_of_operators_vanishes_with_any_of_its_factors() -> None:
    zero = num(0) * E(n)
    assert not Context().nf(Term("matmul", (zero, E(n))))
    assert not Context().nf(Term("matmul", (E(n), zero)))
    assert Context().nf(Term("matmul", (E(n), E(n))))


@pytest.mark.parametrize("place", [(num(r), num(c)) for r in (0, 1) for c in (0, 1)], ids=repr)
@pytest.mark.parametrize(
    "operator",
    [
        *(Term("matrix", (*(x,) * u, 1 / y, *(x,) * (3 - u))) for u in range(4)),
        Term("identity") / y,
        Term("matmul", (E(n), MATRIX / y)),
        Term("matmul", (MATRIX / y, E(n))),
        Term("adjoint", (E(n) + Term("identity") / y,)),
        Sum(s / y * Term("identity"), (s, 0, n)),
    ],
    ids=repr,
)
def test_each_entry_asks_for_all_that_the_operator_is_made_of(operator: Term, place: tuple[Term, Term]) -> None:
    Context((unequal(y, 0),)).nf(entry(operator, *place))
    with pytest.raises(Refused):
        Context().nf(entry(operator, *place))


def test_only_what_is_a_multiple_of_a_half_turn_leaves_a_cosine() -> None:
    assert Context().same(cos(pi * n + n), (-1 + num(0)) ** n * cos(n))
    assert not Context().same(cos(pi * n + n), (-1 + num(0)) ** n)


def test_complex_powers_of_what_is_not_positive() -> None:
    """|z̄^i| = e^{arg z} and |z^i| = e^{−arg z}; |x^i| = e^{−π} for x < 0; x^z has the conjugate x^{z̄} for x > 0."""
    assert Context((unequal(z, 0),)).same(Abs(conj(z) ** 2), Abs(z**2))
    assert not Context((unequal(z, 0),)).same(Abs(conj(z) ** I), Abs(z**I))
    assert Context((x < 0,)).same(Abs(x**3), (-x) ** 3)
    assert not Context((x < 0,)).same(Abs(x**I), (-x) ** I)
    given = (x >= 0, unequal(x, 0))
    assert Context(given).same(conj(x**half), x**half)
    assert not Context(given).same(conj(x**z), x**z)
