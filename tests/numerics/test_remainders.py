"""The error as a share of its proved bound, at N up to 10⁹."""

from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.notation.language import Abs, equal, exp, symbols
from symbolic_mqb.numerics.remainders import SIZES, is_bound, shares

(N,) = symbols("N", "nat")
(x,) = symbols("x", "real")


def expansion(constant):
    """exp(1/N) = 1 + 1/N + O(N^−2) with this constant."""
    template = 1 + 1 / N + Term("O", (N ** num(-2), num(constant)))
    return Term("asymptotic", (num(1), lam(N, equal(exp(1 / N), template))))


def test_the_share_of_a_sharp_constant_tends_to_what_it_should():
    found = shares(expansion(1), (), points=1)
    assert [s.n for s in found] == list(SIZES)
    assert all(s.inside for s in found)
    assert abs(float(found[-1].share.mid()) - 0.5) < 1e-8  # e^h − 1 − h ~ h²/2


def test_an_error_outside_its_bound_is_told():
    from fractions import Fraction

    found = shares(expansion(Fraction(1, 4)), (), points=1)
    assert not any(s.inside for s in found)
    assert float(found[-1].share.mid()) > 1.9


def test_a_remainder_inside_an_exponential_has_no_share_and_a_threshold_is_kept():
    inside = Term("asymptotic", (num(1), lam(N, equal(exp(1 / N), exp(Term("O", (1 / N, num(1))))))))
    assert all(s.inside and s.share is None for s in shares(inside, (), points=1))
    late = Term("asymptotic", (num(5000), expansion(1).args[1]))
    assert [s.n for s in shares(late, (), points=1)] == [10**6, 10**9]


def test_an_inequality_with_n_is_a_bound_and_one_without_is_none():
    bound = Abs(exp(1 / N) - 1) <= 2 / N
    assert is_bound(bound)
    assert [s.n for s in shares(bound, (N >= 1,), points=1)] == list(SIZES)
    assert not is_bound(Abs(x) <= exp(x))
