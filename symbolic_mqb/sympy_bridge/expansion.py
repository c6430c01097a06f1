"""He_n at a concrete index is its polynomial: theorems from the generating function, by the kernel's rules.

SymPy writes `hermite(3, x)` as a polynomial as soon as it is built. To apply a result that speaks of He_3
there, the polynomial must be proved equal to He_3: from [y^{n+1}][z] F(y+z) = (n+2) [z^{n+2}] F with
F(z) = exp(xz − z²/2) follows He_{n+2} = x He_{n+1} − (n+1) He_n, and He_0 = 1, He_1 = x.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import factorial as ordinary_factorial

from ..kernel.errors import Refused
from ..kernel.terms import Term, lam, num, var
from ..kernel.theorem import Theorem
from ..notation.language import Coefficient, binomial, exp, factorial, half
from ..notation.objects import HERMITE, He
from ..rules.logic import definition, instantiate, opened_variable, rewrite, symmetry, transitivity
from ..rules.series import (
    cauchy_product,
    coefficient_of_exponential,
    coefficient_of_sum_of_variables,
    coefficient_scaling,
    coefficient_shift,
)
from ..rules.sums import split_sum
from ..tactics.positions import narrow, positions, replace, same

_x, _c, _n = var("x", "real"), var("c", "complex"), var("n", "nat")
_y, _z = var("y", "complex"), var("z", "complex")
_ZERO, _ONE = num(0), num(1)
_LARGEST = 24
Given = tuple[Term, ...]


def hermite_polynomial(n: int, y: Term, given: Given) -> Theorem:
    """given ⊢ He_n(y) = its polynomial in y, for 0 ≤ n ≤ 24 and y shown to be real."""
    if not 0 <= n <= _LARGEST:
        raise Refused(f"polynomials are written out for indices from 0 to {_LARGEST}", num(n))
    return narrow(instantiate, given, _polynomial(n), ((_x, y),))  # type: ignore[no-any-return]


def expand_hermite(theorem: Theorem, given: Given) -> Theorem | None:
    """a = b with every He_n of a concrete index in a written out as a polynomial; None if there is none."""
    start, total = theorem.left, None
    while True:
        current = start if total is None else total.right
        here = next((p for p in positions(current) if _is_concrete(p.subterm)), None)
        if here is None:
            break
        _, n, y = here.subterm.args
        step = replace(current, here, hermite_polynomial(int(n.args[0]), y, (*given, *here.facts)), given)
        total = step if total is None else transitivity(total, step)
    return None if total is None else transitivity(symmetry(total), theorem)


def _is_concrete(t: Term) -> bool:
    if t.op != "call" or t.args[0] != HERMITE or t.args[1].op != "num":
        return False
    n = t.args[1].args[0]
    return bool(n.denominator == 1 and 0 <= n <= _LARGEST)


def _chain(start: Term, *steps: Theorem | Term) -> Theorem:
    """start = … = the last step, by algebra between a step and the left side of the next."""
    total = same(start, start, ())
    for step in steps:
        target = step.left if isinstance(step, Theorem) else step
        total = transitivity(total, same(total.right, target, ()))
        if isinstance(step, Theorem):
            total = transitivity(total, step)
    return total


def _rewritten(t: Term, *places: tuple[tuple[int, ...], Theorem]) -> Theorem:
    """t = t with theorems used at paths, one after the other."""
    total = same(t, t, ())
    for path, theorem in places:
        total = transitivity(total, rewrite(total.right, path, theorem, ()))
    return total


def _at_zero(f: Term, value: Term) -> Theorem:
    """[z⁰] f = 1 for an entire f with f(0·z) = exp(0·z)."""
    scaled = coefficient_scaling(_ZERO, f, _ZERO, ())
    return _chain(value, symmetry(scaled), coefficient_of_exponential(_ZERO, _ZERO, ()), _ONE)


@cache
def _linear() -> Theorem:
    """[z] exp(cz) exp(−z²/2) = c."""
    f, g = lam(_z, exp(_c * _z)), lam(_z, exp(-half * _z**2))
    first, last = (Term("coeff", (i, g)) for i in (_ONE, _ZERO))
    odd = _chain(first, coefficient_scaling(_ONE, g, num(-1), ()), -first)
    none = _chain(first, _rewritten(half * first + half * first, ((1, 1), odd)), _ZERO)
    product = cauchy_product(_ONE, f, g, ())
    parts = split_sum(_ZERO, _ZERO, _ONE, product.right.args[2], ())
    written = Term("coeff", (_ZERO, f)) * first + Term("coeff", (_ONE, f)) * last
    places = (
        ((0, 0), coefficient_of_exponential(_ZERO, _c, ())),
        ((0, 1), none),
        ((1, 0), coefficient_of_exponential(_ONE, _c, ())),
        ((1, 1), _at_zero(g, last)),
    )
    return _chain(product.left, product, parts, _rewritten(written, *places), _c)


@cache
def _recurrence() -> Theorem:
    """He_{n+2}(x) = x He_{n+1}(x) − (n+1) He_n(x)."""
    body = lam(_z, exp(_x * _z - half * _z**2))
    coefficient = {i: Term("coeff", (_n + i if i else _n, body)) for i in range(3)}
    theorem = coefficient_of_sum_of_variables(_n + 1, _ONE, body, ())
    inner = Coefficient(1, _z, exp((_x - _y) * _z) * exp(-half * _z**2))
    split = Coefficient(_n + 1, _y, exp(_x * _y - half * _y**2) * inner)
    v = opened_variable(split.args[1], 0)
    linear = instantiate(_linear(), ((_c, _x - v),), ())
    shift = coefficient_shift(_n + 1, _ONE, body, ())
    shifted = _rewritten(_x * coefficient[1] + num(-1) * shift.left, ((1, 1), shift))
    three = _chain(
        binomial(_n + 2, _n + 1) * coefficient[2], symmetry(theorem), rewrite(split, (1, 2, 1), linear, ()), shifted
    )
    written = factorial(_n + 1) * three.left
    up, middle, low = (definition(He(_n + i if i else _n, _x)) for i in (2, 1, 0))
    folded = Term("add", (Term("mul", (_x, middle.right)), Term("mul", (num(-1), _n + 1, low.right))))
    back = _rewritten(folded, ((0, 1), symmetry(middle)), ((1, 2), symmetry(low)))
    return _chain(up.left, up, rewrite(written, (1,), three, ()), back)


@cache
def _polynomial(n: int) -> Theorem:
    """He_n(x) = its polynomial."""
    unfolded = definition(He(n, _x))
    if n == 0:
        value = unfolded.right.args[1]
        return _chain(unfolded.left, unfolded, _rewritten(unfolded.right, ((1,), _at_zero(value.args[1], value))), _ONE)
    if n == 1:
        linear = instantiate(_linear(), ((_c, _x),), ())
        return _chain(unfolded.left, unfolded, linear, _x)
    step = instantiate(_recurrence(), ((_n, num(n - 2)),), ())
    written = _x * He(n - 1, _x) - num(n - 1) * He(n - 2, _x)
    back = _rewritten(written, ((0, 1), _polynomial(n - 1)), ((1, 2), _polynomial(n - 2)))
    return _chain(He(n, _x), step, back, _terms(n))


def _terms(n: int) -> Term:
    """Σ_j n!/(j!(n−2j)!) (−1/2)^j x^{n−2j}, term by term."""
    f = ordinary_factorial
    parts = [num(Fraction((-1) ** j * f(n), 2**j * f(j) * f(n - 2 * j))) * _x ** (n - 2 * j) for j in range(n // 2 + 1)]
    return parts[0] if len(parts) == 1 else Term("add", tuple(parts))
