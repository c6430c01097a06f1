"""Weak limits: the rule's conditions, the statement's meaning, and that it is no other kind of statement."""

from fractions import Fraction

import pytest

from symbolic_mqb.book import Book, paper
from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Abs, Integral, half, symbols
from symbolic_mqb.notation.measurement import N
from symbolic_mqb.notation.objects import gaussian
from symbolic_mqb.numerics.witness import check
from symbolic_mqb.rules.asymptotics import weak_limit_at_point
from symbolic_mqb.rules.logic import assume, discharge, instantiate, transitivity

u, s, x = symbols("u s x", "real")
density = gaussian(s / N, u)
given = (s > 0,)


@pytest.fixture(scope="module")
def book() -> Book:
    return paper()


def moments(book: Book) -> tuple[Theorem, Theorem]:
    local = (*given, num(1) <= N)
    mass, first = (
        discharge(instantiate(theorem, ((s, s / N),), local), local)
        for label in ("Gaussian-mass", "Gaussian-first-moment")
        if (theorem := book.prove(label).theorem) is not None
    )
    return mass, first


def weak(density: Term, point: Term, constant: Term, q: Term) -> Term:
    return Term("weak_limit", (lam(N, Term("density", (lam(u, density),))), Term("dirac", (point,)), constant, q))


def test_the_statement_is_tested_by_its_consequences(book: Book) -> None:
    assert check(book.declared("A16-weak").statement, given).verdict == "agrees"


@pytest.mark.parametrize(
    "wrong",
    [
        weak(density, num(1), s, num(1)),  # another point
        weak(2 * density, num(0), s, num(1)),  # mass 2
        weak(density, num(0), s, num(2)),  # too fast
        weak(gaussian(s * N, u), num(0), s, num(1)),  # it spreads
    ],
)
def test_wrong_weak_limits_are_refuted_by_numerics(wrong: Term) -> None:
    assert check(wrong, given).verdict == "refuted"


@pytest.mark.parametrize("q", [0, -1])
def test_a_weak_limit_whose_rate_does_not_decay_says_nothing(q: int) -> None:
    found = check(weak(density, num(0), s, num(q)), given)
    assert found.undefined
    assert "q > 0" in found.reason


def test_the_bound_has_to_go_to_zero(book: Book) -> None:
    mass, _ = moments(book)
    flat = assume(Integral(density * Abs(u - 0), u) <= s * N ** num(0))
    with pytest.raises(Refused, match="does not go to zero"):
        weak_limit_at_point(N, lam(u, density), num(0), mass, flat, given)


def test_the_moment_is_about_the_point(book: Book) -> None:
    mass, first = moments(book)
    with pytest.raises(Refused, match=r"expected a bound on ∫p\(u\)\|u − x\|du"):
        weak_limit_at_point(N, lam(u, density), num(1), mass, first, given)


def test_the_mass_is_one(book: Book) -> None:
    _, first = moments(book)
    two = assume(Term("eq", (Integral(2 * density, u), num(1))))
    with pytest.raises(Refused, match="expected ∫p = 1"):
        weak_limit_at_point(N, lam(u, density), num(0), two, first, given)


def test_a_density_that_changes_sign_is_refused() -> None:
    signed = density * u
    mass = assume(Term("eq", (Integral(signed, u), num(1))))
    bound = assume(Integral(signed * Abs(u - 0), u) <= s * N ** num(-1))
    with pytest.raises(Refused, match="not shown to be ≥ 0"):
        weak_limit_at_point(N, lam(u, signed), num(0), mass, bound, given)


def test_a_constant_that_depends_on_N_is_refused(book: Book) -> None:
    mass, _ = moments(book)
    bound = assume(Integral(density * Abs(u - 0), u) <= (s * N) * N ** num(-1))
    with pytest.raises(Refused, match="must not depend"):
        weak_limit_at_point(N, lam(u, density), num(0), mass, bound, given)


def test_a_weak_limit_is_neither_a_limit_nor_an_equation(book: Book) -> None:
    theorem = book.prove("A16-weak").theorem
    assert theorem is not None
    with pytest.raises(Refused, match="expected a theorem that states 'eq'"):
        transitivity(theorem)


def test_the_density_is_positive_from_the_first_N_on(book: Book) -> None:
    """√(N − 3/2)·p is not, at N = 1; the bound of a weak limit is one for every N ≥ 1."""
    mass, first = moments(book)
    for least, why in ((Fraction(3, 2), "the base of a power must not be zero"), (half, "expected ∫p = 1")):
        with pytest.raises(Refused, match=why):
            weak_limit_at_point(N, lam(u, (N - least) ** half * density), num(0), mass, first, given)
