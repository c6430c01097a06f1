"""The rules of the sign: what they state, and what they refuse."""

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.notation.language import Abs, I, sgn, symbols
from symbolic_mqb.numerics.witness import AGREES, check
from symbolic_mqb.rules.logic import assume, fact
from symbolic_mqb.rules.sign import sign_bound, sign_monotone

x, y = symbols("x y", "real")
(z,) = symbols("z", "complex")


def test_the_sign_is_monotone():
    theorem = sign_monotone(fact(x <= x + 1, ()))
    assert theorem.conclusion == (sgn(x) <= sgn(x + 1))
    assert theorem.hypotheses == frozenset()
    assert check(theorem.conclusion, (), 20, 20).verdict == AGREES


def test_only_an_inequality_between_real_numbers_orders_the_signs():
    with pytest.raises(Refused, match="expected a theorem that states 'le'"):
        sign_monotone(assume(x < y))
    with pytest.raises(Refused, match="real number"):
        sign_monotone(assume(z <= y))
    with pytest.raises(Refused, match="real number"):
        sign_monotone(assume(I * x <= y))


def test_the_sign_is_at_most_one():
    assert sign_bound(x, ()).conclusion == (Abs(sgn(x)) <= num(1))
    with pytest.raises(Refused, match="real number"):
        sign_bound(z, ())
    with pytest.raises(Refused, match="must not be zero"):
        sign_bound(1 / x, ())


def test_the_order_of_signs_does_not_order_the_numbers():
    """sgn(a) ≤ sgn(b) says nothing about a ≤ b: no rule goes back."""
    with pytest.raises(Refused):
        fact(x <= y, (Term("le", (sgn(x), sgn(y))),))
