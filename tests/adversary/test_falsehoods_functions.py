"""Function symbols outside of their domain: a theorem about f(3/2) or f(−1) must hold for any values there.

A symbol f of natural numbers stands for every `lam` that has a value for each natural number. Outside, a `lam` has
any value that its body gives: nothing may be known of f there, and two `lam` that agree on the natural numbers are
not the same to a definition that looks elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, call, defined, lam, num, var
from symbolic_mqb.notation.language import Abs, I, Sum, conj, cos, delta, half, symbols
from symbolic_mqb.rules.logic import assume, definition, fact, instantiate, normal_form, rewrite, transport

f, g, h = (var(name, "nat->complex") for name in "fgh")
bounded = var("b", "real->real")
E, rho = var("E", "nat->op"), var("ρ", "states")
n, d, N = symbols("n d N", "nat")
i = var("i", "int")
u, x = symbols("u x", "real")
one = num(1)
POVM = Term("povm", (E, d))

#: f(−1), f(1/2) and b(i).
BELOW = defined("F", (f,), f(num(-1)))
BETWEEN = defined("G", (f,), f(half))
BESIDE = defined("H", (bounded,), bounded(I))
#: Σ_{s=1}^{n} f(s) looks nowhere else; the kernel does not try to know that.
INSIDE = defined("S", (f, n), Sum(f(i), (i, 1, n)))


def real_trace(effect: Term, *given: Term) -> Callable[[], object]:
    """tr[ρ M⊗…⊗M] is real."""
    tensor = Term("tensor", (N, lam(i, effect)))
    statement = Term("is_real", (Term("trace_of", (Term("app", (rho, N)), tensor)),))
    return lambda: fact(statement, (POVM, *given))


def pair(head: Term, first: Term, second: Term, *more: Term) -> Callable[[], object]:
    """The symbol at two functions that agree where they have to be defined."""
    return lambda: normal_form(call(head, first, *more), call(head, second, *more), ())


_modulus, _itself = lam(n, Abs(n)), lam(n, n)
_twice = lam(u, cos(conj(u) + u)), lam(u, cos(2 * u))
FALSE: dict[str, Callable[[], object]] = {
    "tr[ρ E_{3/2}] is real": real_trace(E(num(Fraction(3, 2))), d >= 2),
    "tr[ρ E_x] is real for 1 ≤ x ≤ d": real_trace(E(x), x >= 1, x <= d),
    "tr[ρ E_0] is real": real_trace(E(num(0)), d >= 1),
    "|−1| = −1": pair(BELOW, _modulus, _itself),
    "δ_{1,1} = 0": pair(BETWEEN, lam(n, delta(2 * n, 1)), lam(n, num(0))),
    "cosh 0 = cosh 2": pair(BESIDE, *_twice),
    "Σ|s| = Σs, read as any symbol": pair(INSIDE, _modulus, _itself, d),
    "|−1| = −1, inside a sum": lambda: normal_form(
        Sum(call(BELOW, _modulus) * i, (i, 1, n)), Sum(call(BELOW, _itself) * i, (i, 1, n)), ()
    ),
    "|−1| = −1, by an equation among the hypotheses": lambda: transport(
        assume(call(BELOW, _modulus) <= x), (0, 1, 2), normal_form(Abs(n), n, ()), ()
    ),
}
_opened = {name: var(f"{name}¹", sort) for name, sort in (("n", "nat"), ("u", "real"))}
REWRITTEN = {
    "|n| = n": (call(BELOW, _modulus), (1, 2), Abs(_opened["n"]), _opened["n"]),
    "cos(u* + u) = cos 2u": (
        call(BESIDE, _twice[0]),
        (1, 2),
        cos(conj(_opened["u"]) + _opened["u"]),
        cos(2 * _opened["u"]),
    ),
    "|n| = n, in a factor": (x * call(BELOW, _modulus), (1, 1, 2), Abs(_opened["n"]), _opened["n"]),
}


@pytest.mark.parametrize("name", FALSE)
def test_nothing_is_known_of_a_function_outside_of_its_domain(name: str) -> None:
    with pytest.raises(Refused):
        FALSE[name]()


@pytest.mark.parametrize("name", REWRITTEN)
def test_a_function_that_a_definition_may_take_anywhere_is_not_rewritten(name: str) -> None:
    target, path, left, right = REWRITTEN[name]
    with pytest.raises(Refused, match="a function that is given to it"):
        rewrite(target, path, normal_form(left, right, ()), ())


def test_what_is_known_of_it_inside() -> None:
    """Effects of a measurement, the same `lam` by another name, and numbers beside it."""
    real_trace(E(num(2)), d >= 2)()
    real_trace(E(x), x >= 1, x <= d, Term("is_int", (x,)))()
    m = var("m", "nat")
    pair(BELOW, _modulus, lam(m, Abs(m)))()
    pair(INSIDE, _modulus, _modulus, d)()
    assert normal_form(call(INSIDE, _itself, d + d), call(INSIDE, _itself, 2 * d), ()).hypotheses == frozenset()
    equation = normal_form(d + d, 2 * d, ())
    assert rewrite(call(INSIDE, f, d + d), (2,), equation, ()).right == call(INSIDE, f, 2 * d)


def test_a_definition_has_the_value_of_its_body_for_every_function() -> None:
    """f(−1) is a number that nobody knows: the value of a `lam` there is one."""
    known = definition(call(BELOW, f))
    assert known.right == f(num(-1))
    assert instantiate(known, ((f, _modulus),), ()).right == Abs(num(-1))
    with pytest.raises(Refused):  # f(−1) itself has no canonical form
        normal_form(known.right, known.right, ())
