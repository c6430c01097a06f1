"""Real and imaginary parts: what the rules say, and what they refuse."""

from fractions import Fraction

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, num, var
from symbolic_mqb.notation.language import I, conj, equal, im, re, symbols
from symbolic_mqb.rules.complex_numbers import imaginary_part, real_if_self_conjugate, real_part
from symbolic_mqb.rules.logic import assume, normal_form

(z,) = symbols("z", "complex")
(x,) = symbols("x", "real")
half = num(Fraction(1, 2))


def test_parts():
    assert real_part(z, ()).conclusion == equal(re(z), (z + conj(z)) * half)
    assert imaginary_part(z, ()).conclusion == equal(im(z), (z - conj(z)) / (2 * I))


def test_a_number_that_equals_its_conjugate_is_real():
    theorem = real_if_self_conjugate(normal_form(conj(z * conj(z)), z * conj(z), ()))
    assert theorem.conclusion == Term("is_real", (z * conj(z),))
    assert not theorem.hypotheses


def test_the_hypothesis_stays():
    theorem = real_if_self_conjugate(assume(equal(conj(z), z)))
    assert theorem.hypotheses == {equal(conj(z), z)}


@pytest.mark.parametrize(
    "statement",
    [equal(z, conj(z)), equal(conj(z), -z), equal(conj(z + 1), z), conj(x) <= x],
)
def test_other_statements_do_not_make_a_number_real(statement):
    with pytest.raises(Refused):
        real_if_self_conjugate(assume(statement))


def test_operators_are_not_real():
    matrix = var("M", "op")
    with pytest.raises(Refused):
        real_if_self_conjugate(assume(equal(matrix, matrix)))


@pytest.mark.parametrize("part", [real_part, imaginary_part])
def test_an_undefined_number_has_no_parts(part):
    with pytest.raises(Refused):
        part(1 / z, ())
    with pytest.raises(Refused):
        part(Term("infinity"), ())
