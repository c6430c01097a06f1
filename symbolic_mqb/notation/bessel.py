"""The limit of the finite sum of (D7-second.exact): a Bessel function as its power series, and its constants."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from ..kernel.arithmetic import term
from ..kernel.terms import Term, call, defined, var
from .language import Abs, I, Max, Series, arg, binomial, exp, factorial
from .measurement import entry, t, tau
from .powers import second_order

#: What Y is larger than V by, so that |(N+p)y| ≤ Y for |v| ≤ V and y = v/N + O(N^{−2}).
MARGIN = Fraction(1, 14)


def side_rest(size: Any, rest: Any, shift: Any) -> Term:
    """G with |(N+p)y − v| ≤ G/N for |v| ≤ V and |y − v/N| ≤ ε/N², where 8|p| ≤ N."""
    value: Term = Fraction(9, 8) * term(rest) + Abs(shift) * size
    return value


def factor_bounds_of(flat: tuple[Any, Any], side: tuple[Any, Any], reach: Term, shift: Any) -> tuple[Term, Term, Term]:
    """(a, b, Y), with which a factor's error is at most (2r(r−1)/3 + ar + b) Y^r/r!/N; `flat` is W, c, `side` V, ε."""
    W, c = flat
    return W + side_rest(*side, shift) / reach, Fraction(4, 3) * second_order(W, c) + Abs(shift) * W, reach


def slope(low: Term, bounds: tuple[Term, Term, Term]) -> Term:
    """2r(r−1)/3 + ar + b."""
    return Fraction(2, 3) * low * (low - 1) + bounds[0] * low + bounds[1]


def falling_power(top: Term, low: Term, flat: Term, side: Term) -> Term:
    """C(M, r) z^{M−r} y^r."""
    value: Term = binomial(top, low) * flat ** (top - low) * side**low
    return value


def exponential_term(low: Term, flat: Term, side: Term) -> Term:
    """e^w v^r/r!."""
    value: Term = exp(flat) * side**low / factorial(low)
    return value


def terms_of(s: Term, first: Term, second: Term, g: Any, h: Any) -> Term:
    """Y₁^{s+g} Y₂^{s+h}/((s+g)!(s+h)!)."""
    value: Term = first ** (s + g) / factorial(s + g) * (second ** (s + h) / factorial(s + h))
    return value


Bounds = tuple[Term, Term, Term]


def majorant(s: Term, first: Bounds, second: Bounds, g: Any, h: Any) -> Term:
    """7/6 times the slopes at s + g and s + h times the terms, for (a, b, Y) of each factor."""
    total = slope(s + g, first) + slope(s + h, second)
    return Fraction(7, 6) * total * terms_of(s, first[2], second[2], g, h)


_s, _g, _h = (var(name, "nat") for name in "sgh")
_first = var("a1", "real"), var("b1", "real"), var("Y1", "real")
_second = var("a2", "real"), var("b2", "real"), var("Y2", "real")
#: K with |finite sum − series| ≤ K/N.
SUM_CONSTANT = defined("K_J", (*_first, *_second, _g, _h), Series(majorant(_s, _first, _second, _g, _h), _s))
#: Σ_s V₁^{s+g} V₂^{s+h}/((s+g)!(s+h)!), a bound on the series.
SERIES_BOUND = defined("I_J", (_first[2], _second[2], _g, _h), Series(terms_of(_s, _first[2], _second[2], _g, _h), _s))


def sum_constant(first: Bounds, second: Bounds, g: Any, h: Any) -> Term:
    """K for (a, b, Y) of both factors."""
    return call(SUM_CONSTANT, *first, *second, term(g), term(h))


def series_bound(first: Term, second: Term, g: Any, h: Any) -> Term:
    """The bound on the series for |v| ≤ V of both factors."""
    return call(SERIES_BOUND, first, second, term(g), term(h))


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


def factor_bounds(operator: Term, rests: Mapping[tuple[int, int], Term], r: int, k: Any) -> Bounds:
    """(a, b, Y) of the factor with ⟨r|𝒜|r⟩, for entries known to c_rs/N²."""
    size, side = rate_size(operator, r, r), rate_size(operator, r, 1 - r)
    return factor_bounds_of((size, rests[r, r]), (side, rests[r, 1 - r]), side + MARGIN, k)


def bessel_constant(operator: Term, rests: Mapping[tuple[int, int], Term], k: Any, l: Any) -> Term:
    """K with |matrix element − its limit| ≤ K/N."""
    first, second = (factor_bounds(operator, rests, r, k) for r in (1, 0))
    pairs = ups(k, l), downs(k, l)
    size = series_bound(rate_size(operator, 1, 0), rate_size(operator, 0, 1), *pairs)
    near: Term = Fraction(83, 80) * sum_constant(first, second, *pairs)
    return near + Fraction(3, 5) * (term(k) ** 2 + term(l) ** 2) * size


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
