"""The limit of the finite sum of (D7-second.exact): a Bessel function as its power series, and its constants."""

from __future__ import annotations

from typing import Any

from ..kernel.arithmetic import term
from ..kernel.terms import Term, call, defined, var
from .language import Abs, I, Max, Series, arg, binomial, exp, factorial
from .measurement import entry, t, tau
from .powers import power_constant


def reach(size: Any, rest: Any, shift: Any) -> Term:
    """Y with |v| ≤ Y and |(N+p)y| ≤ Y for |v| ≤ V and |y − v/N| ≤ e/N²."""
    value: Term = 1 + size + 2 * rest + Abs(shift) * size
    return value


def height(size: Any, rest: Any, shift: Any) -> Term:
    """H with |e^w| ≤ H and |z^{N+p−r}| ≤ (1+r)H for |w| ≤ W and |z − 1 − w/N| ≤ c/N²."""
    value: Term = exp(size) + power_constant(size, rest, 1 + Abs(shift))
    return value


def falling_power(top: Term, low: Term, flat: Term, side: Term) -> Term:
    """C(M, r) z^{M−r} y^r."""
    value: Term = binomial(top, low) * flat ** (top - low) * side**low
    return value


def exponential_term(low: Term, flat: Term, side: Term) -> Term:
    """e^w v^r/r!."""
    value: Term = exp(flat) * side**low / factorial(low)
    return value


_Y1, _Y2, _H1, _H2 = (var(name, "real") for name in ("Y1", "Y2", "H1", "H2"))
_g, _h, _s = (var(name, "nat") for name in ("g", "h", "s"))


#: 3(1+g)⁴(1+h)⁴H₁H₂, the part of the majorant that does not depend on s.
FRONT = defined("D", (_H1, _H2, _g, _h), 3 * (1 + _g) ** 4 * (1 + _h) ** 4 * _H1 * _H2)


def front(first: tuple[Term, Term], second: tuple[Term, Term], g: Any, h: Any) -> Term:
    """3(1+g)⁴(1+h)⁴H₁H₂ for (H, Y) of each factor."""
    return call(FRONT, first[0], second[0], term(g), term(h))


def growth(s: Term, first: tuple[Term, Term], second: tuple[Term, Term], g: Term, h: Term) -> Term:
    """(1+s)⁸ Y₁^{s+g} Y₂^{s+h}/((s+g)!(s+h)!), for (H, Y) of each factor."""
    reach1, reach2 = first[1], second[1]
    value: Term = (1 + s) ** 8 * (reach1 ** (s + g) / factorial(s + g)) * (reach2 ** (s + h) / factorial(s + h))
    return value


def majorant(s: Term, first: tuple[Term, Term], second: tuple[Term, Term], g: Term, h: Term) -> Term:
    """3(1+g)⁴(1+h)⁴(1+s)⁸ H₁H₂ Y₁^{s+g} Y₂^{s+h}/((s+g)!(s+h)!), for (H, Y) of each factor."""
    value: Term = front(first, second, g, h) * growth(s, first, second, g, h)
    return value


#: K with |finite sum − series| ≤ K/N.
SUM_CONSTANT = defined(
    "K_J",
    (_H1, _Y1, _H2, _Y2, _g, _h),
    Series(majorant(_s, (_H1, _Y1), (_H2, _Y2), _g, _h), _s),
)


def sum_constant(first: tuple[Term, Term], second: tuple[Term, Term], g: Any, h: Any) -> Term:
    """K for (H, Y) of both factors."""
    return call(SUM_CONSTANT, *first, *second, term(g), term(h))


def rate_of(operator: Term, r: int, s: int) -> Term:
    """(it/2τ)⟨r|A|s⟩."""
    value: Term = I * t / (2 * tau) * entry(operator, r, s)
    return value


def rate_size(operator: Term, r: int, s: int) -> Term:
    """|t/2τ| |⟨r|A|s⟩|."""
    value: Term = Abs(t) / (2 * Abs(tau)) * Abs(entry(operator, r, s))
    return value


def ups(k: Any, l: Any) -> Term:
    """max(0, k − l), the least number of particles that ⟨1|𝒜|0⟩ takes up."""
    return Max(0, k - l)


def downs(k: Any, l: Any) -> Term:
    """max(0, l − k), the least number of particles that ⟨0|𝒜|1⟩ takes down."""
    return Max(0, l - k)


def bessel_series(operator: Term, k: Any, l: Any, s: Term) -> Term:
    """e^{it tr A/2τ} Σ_{s=0}^∞ a^{s+max(0,k−l)} b^{s+max(0,l−k)}/((s+max(0,k−l))! (s+max(0,l−k))!).

    a = itA₁₀/2τ and b = itA₀₁/2τ.

    For a Hermitian A this is e^{it tr A/2τ} i^{l−k} e^{i(l−k) arg A₀₁} J_{l−k}(t|A₀₁|/τ) (DLMF 10.2.2).
    """
    up, down = s + ups(k, l), s + downs(k, l)
    body = rate_of(operator, 1, 0) ** up / factorial(up) * (rate_of(operator, 0, 1) ** down / factorial(down))
    trace = entry(operator, 0, 0) + entry(operator, 1, 1)
    front: Term = exp(I * t * trace / (2 * tau))
    return front * Series(body, s)


def factor_bounds(operator: Term, rests: dict[tuple[int, int], Term], r: int, k: Any) -> tuple[Term, Term]:
    """(H, Y) of the factor with ⟨r|𝒜|r⟩, for entries known to c_rs/N²."""
    size, side = rate_size(operator, r, r), rate_size(operator, r, 1 - r)
    return height(size, rests[r, r], k), reach(side, rests[r, 1 - r], k)


def bessel_constant(operator: Term, rests: dict[tuple[int, int], Term], k: Any, l: Any) -> Term:
    """K with |matrix element − its limit| ≤ K/N."""
    first, second = (factor_bounds(operator, rests, r, k) for r in (1, 0))
    value: Term = (1 + 4 * (term(k) ** 2 + term(l) ** 2)) * sum_constant(first, second, ups(k, l), downs(k, l))
    return value


_n, _y = var("n", "nat"), var("y", "real")
#: J_n(y) of a natural order, the Bessel function of the first kind (DLMF 10.2.2).
BESSEL = defined(
    "J",
    (_n, _y),
    Series(term(-1) ** _s * (_y / 2) ** (2 * _s + _n) / (factorial(_s) * factorial(_s + _n)), _s),
)


def bessel(n: Any, y: Any) -> Term:
    """J_n(y) for a natural number n."""
    return call(BESSEL, term(n), term(y))


def bessel_wave(operator: Term, k: Any, l: Any) -> Term:
    """e^{it tr A/2τ} i^{|k−l|} e^{i(l−k) arg A₀₁} J_{|k−l|}(t|A₀₁|/τ), the limit for a Hermitian A with A₀₁ ≠ 0."""
    off, order = entry(operator, 0, 1), Abs(term(k) - l)
    trace = entry(operator, 0, 0) + entry(operator, 1, 1)
    front: Term = exp(I * t * trace / (2 * tau)) * I**order * exp(I * (term(l) - k) * arg(off))
    return front * bessel(order, t * Abs(off) / tau)
