"""Product states and kets that are integrals: what the rules accept, and what they must refuse."""

from __future__ import annotations

import pytest

from symbolic_mqb.kernel.errors import Refused, TermError
from symbolic_mqb.kernel.kinds import kind
from symbolic_mqb.kernel.terms import Term, lam, num, var
from symbolic_mqb.notation.full_coarse_graining import phase_ket, product_ket, turn
from symbolic_mqb.notation.language import I, Integral, exp, oo, pi, symbols
from symbolic_mqb.notation.measurement import braket, dicke, entry, tensor_power
from symbolic_mqb.numerics.witness import check
from symbolic_mqb.rules.logic import normal_form
from symbolic_mqb.rules.product_kets import (
    braket_of_integrals,
    braket_of_multiples,
    braket_of_product_kets,
    dicke_state,
    product_ket_expansion,
)

k, n = symbols("k n", "nat")
i = symbols("i", "int")[0]
x, y, phi = symbols("x y φ", "real")
a, b, c, d, z = symbols("a b c d z", "complex")
(B,) = symbols("B", "op")
zero, one = num(0), num(1)
bra, ket = product_ket(a, b, n), product_ket(c, d, n)
first, second = turn(exp(I * x) * phase_ket(x, n), x), turn(phase_ket(y, n), y)


@pytest.mark.parametrize(
    "theorem",
    [
        lambda: dicke_state(n, k, (k <= n,)),
        lambda: product_ket_expansion(n, a, b, ()),
        lambda: braket_of_product_kets(n, bra, ket, B, ()),
        lambda: braket_of_multiples(z, bra, tensor_power(B, n), c, ket, ()),
        lambda: braket_of_integrals(first, tensor_power(B, n), second, ()),
    ],
)
def test_what_is_proved_is_true(theorem) -> None:
    made = theorem()
    assert check(made.conclusion, made.hypotheses).verdict == "agrees"


def test_a_conjugate_that_is_dropped_is_false() -> None:
    made = braket_of_product_kets(n, bra, ket, B, ())
    wrong = a * c * entry(B, 0, 0) + a * d * entry(B, 0, 1) + b * c * entry(B, 1, 0) + b * d * entry(B, 1, 1)
    assert check(Term("eq", (made.left, wrong**n)), ()).verdict == "refuted"


def test_sizes_are_natural_numbers_and_agree() -> None:
    with pytest.raises(Refused, match="natural"):
        product_ket_expansion(i, a, b, ())
    with pytest.raises(Refused, match="natural"):
        dicke_state(n, k, ())
    with pytest.raises(Refused, match="a product ket of n factors"):
        braket_of_product_kets(n, bra, product_ket(c, d, n + 1), B, ())
    with pytest.raises(Refused, match="a product ket of n factors"):
        braket_of_product_kets(n, bra, dicke(n, zero), B, ())
    with pytest.raises(Refused, match="not shown to be a natural number"):
        normal_form(product_ket(a, b, i), product_ket(a, b, i), ())


def test_undefined_amplitudes_are_refused() -> None:
    with pytest.raises(Refused, match="must not be zero"):
        product_ket_expansion(n, 1 / a, b, ())
    with pytest.raises(Refused, match="must not be zero"):
        braket_of_multiples(1 / z, bra, tensor_power(B, n), one, ket, ())


def test_only_kets_over_finite_intervals_pass_through_a_matrix_element() -> None:
    power = tensor_power(B, n)
    with pytest.raises(Refused, match="over a finite interval"):
        braket_of_integrals(bra, power, second, ())
    line = Integral(exp(-(x**2)) * phase_ket(x, n), x)
    with pytest.raises(Refused, match="finite interval"):
        braket_of_integrals(line, power, second, ())
    half_line = Integral(exp(-(x**2)) * product_ket(a, b, n), (x, 0, oo))
    with pytest.raises(Refused, match="expected an integral over a finite interval"):
        braket_of_integrals(half_line, power, second, ())
    pole = Integral(1 / x * phase_ket(x, n), (x, -1, 1))
    with pytest.raises(Refused, match="must not be zero"):
        braket_of_integrals(pole, power, second, ())
    backwards = Integral(phase_ket(x, n), (x, 1, 0))
    with pytest.raises(Refused, match="lower bound at or below"):
        braket_of_integrals(backwards, power, second, ())
    with pytest.raises(Refused, match="wants ket"):
        braket_of_integrals(Integral(x, (x, 0, 1)), power, second, ())


def test_no_variable_is_captured() -> None:
    """The ket's x is free: the bra's integration variable gets another name."""
    free = turn(product_ket(1, exp(I * x * y), n), y)
    theorem = braket_of_integrals(first, tensor_power(B, n), free, ())
    assert theorem.conclusion.free == {x, n, B}
    assert check(theorem.conclusion, (n <= 1,)).verdict == "agrees"


def test_an_integral_is_of_numbers_or_kets() -> None:
    with pytest.raises(TermError, match="an integral of"):
        kind(Term("integral", (zero, one, lam(x, B))))
    assert kind(first) == "ket"
    with pytest.raises(TermError):
        kind(first + one)
    with pytest.raises(TermError):
        kind(Term("abs", (first,)))


def test_a_ket_under_an_integral_is_continuous() -> None:
    jump = Integral(product_ket(1, Term("arg", (exp(I * phi),)), n), (phi, -pi, pi))
    with pytest.raises(Refused, match="integrable"):
        normal_form(jump, jump, ())
    size = Integral(product_ket(1, phi, Term("abs", (phi,))), (phi, 0, 1))
    with pytest.raises(Refused, match="natural"):
        normal_form(size, size, ())
    element = braket(phase_ket(phi, n), tensor_power(B, n), dicke(n, zero))
    normal_form(turn(element, phi), turn(element, phi), ())


def test_both_variables_of_integration_may_have_one_name() -> None:
    """⟨∫φ|M|∫φ⟩ with the same integral on both sides is a double integral in two variables."""
    (angle, other) = symbols("φ χ", "real")
    power = Term("tpow", (var("B", "op"), num(2)))
    state = Term("integral", (num(0), num(1), lam(angle, Term("product_ket", (angle, num(1), num(2))))))
    inner = Term("braket", (Term("product_ket", (angle, num(1), num(2))), power,
                            Term("product_ket", (other, num(1), num(2)))))  # fmt: skip
    single = Term("integral", (num(0), num(1), lam(angle, inner)))
    assert braket_of_integrals(state, power, state, ()).right == Term("integral", (num(0), num(1), lam(other, single)))


def test_operators_that_are_not_defined() -> None:
    undefined = 1 / num(0) * Term("identity")
    ket = Term("product_ket", (num(1), num(1), num(2)))
    with pytest.raises(Refused, match="must not be zero"):
        braket_of_product_kets(num(2), ket, ket, undefined, ())
    (angle,) = symbols("φ", "real")
    state = Term("integral", (num(0), num(1), lam(angle, Term("product_ket", (angle, num(1), num(2))))))
    with pytest.raises(Refused, match="must not be zero"):
        braket_of_integrals(state, 1 / num(0) * Term("tpow", (Term("identity"), num(2))), state, ())
