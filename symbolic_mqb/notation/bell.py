"""Appendix B's objects: signs of phase-space observables, their correlations, the Bell–CHSH parameter."""

from __future__ import annotations

from typing import Any

from ..kernel.arithmetic import term
from ..kernel.terms import Term, call, defined, num, var
from .language import Abs, Expectation, I, Integral, Sum, bounded, conj, cos, equal, exp, re, sgn, sqrt
from .objects import gaussian, wave

D, c = var("D", "nat"), var("c", "nat->complex")
phi_a, phi_a2, phi_b, phi_b2 = angles = tuple(var(name, "real") for name in ("φ_A", "φ_A'", "φ_B", "φ_B'"))
#: The hidden variable λ, its law μ, and what each party answers for each of two settings.
hidden, mu = var("λ", "real"), var("μ", "measure")
local_a, local_a2, local_b, local_b2 = answers = tuple(var(name, "real->real") for name in ("a", "a'", "b", "b'"))

_k, _l, _n, _m = var("k", "nat"), var("l", "nat"), var("k", "int"), var("l", "int")
_x, _y, _phi, _theta = (var(name, "real") for name in ("x", "y", "φ", "θ"))

#: i_{kl} of (B5).
SIGN_ELEMENT = defined("i", (_k, _l), Integral(sgn(_x) * conj(wave(_x, _k)) * wave(_x, _l), _x))
#: ⟨k|A|l⟩ for A = U_φ† sgn(x) U_φ of (B3), with ⟨x|U_φ|k⟩ = e^{ikφ}⟨x|k⟩.
OBSERVABLE_ELEMENT = defined(
    "signA",
    (_phi, _k, _l),
    Integral(conj(exp(I * _k * _phi) * wave(_x, _k)) * sgn(_x) * (exp(I * _l * _phi) * wave(_x, _l)), _x),
)
#: ψ(x, y) of (B1).
STATE = defined("ψ", (_x, _y, c, D), Sum(c(_n) * wave(_x, _n) * wave(_y, _n), (_n, 0, D - 1)))


def _over_levels(elements: Term) -> Term:
    """Σ_k Σ_l e^{−ikθ} c_k* c_l e^{ilθ} times the elements of both parties at k and l."""
    body = exp(-I * _n * _theta) * conj(c(_n)) * c(_m) * exp(I * _m * _theta)
    return Sum(Sum(Term("mul", (*body.args, elements)), (_m, 0, D - 1)), (_n, 0, D - 1))


#: The correlation of (B4) at φ_A + φ_B = θ.
CORRELATION = defined(
    "AB",
    (c, D, _theta),
    _over_levels(call(SIGN_ELEMENT, _n, _m) ** 2),
)
_xp, _s = var("x'", "real"), var("s", "real")
#: i_{kl} for the blurred position of (10): sgn of the outcome x of e_s(x), s > 0.
BLURRED_ELEMENT = defined(
    "is",
    (_s, _k, _l),
    Integral(sgn(_x) * Integral(gaussian(_s, _x - _xp) * (conj(wave(_xp, _k)) * wave(_xp, _l)), _xp), _x),
)
#: The correlation of (B4) for the blurred positions.
BLURRED_CORRELATION = defined(
    "ABs",
    (_s, c, D, _theta),
    _over_levels(call(BLURRED_ELEMENT, _s, _n, _m) ** 2),
)
_r, _rp, _epsilon = var("r", "real"), var("r'", "real"), var("ε", "real")
#: ∫ sgn(x + r) ⟨k|x⟩⟨x|l⟩ dx: i_{kl} of (B5) where the outcome is shifted by r.
SHIFTED_ELEMENT = defined("ir", (_r, _k, _l), Integral(sgn(_x + _r) * (conj(wave(_x, _k)) * wave(_x, _l)), _x))


def near(point: Term, width: Term = _epsilon) -> Term:
    """sgn(x + ε) − sgn(x − ε): 2 for |x| < ε, 0 for |x| > ε."""
    value: Term = sgn(point + width) - sgn(point - width)
    return value


#: ∫ (sgn(x + ε) − sgn(x − ε)) ⟨k|x⟩⟨x|l⟩ dx: twice the part of ⟨k|l⟩ that comes from |x| ≤ ε.
NEAR_ELEMENT = defined(
    "in",
    (_epsilon, _k, _l),
    Integral(near(_x) * (conj(wave(_x, _k)) * wave(_x, _l)), _x),
)
#: The correlation of (B4) where the outcomes are shifted by r and r′: a real number, by (14-real).
SHIFTED_CORRELATION = defined(
    "ABr",
    (_r, _rp, c, D, _theta),
    re(_over_levels(call(SHIFTED_ELEMENT, _r, _n, _m) * call(SHIFTED_ELEMENT, _rp, _n, _m))),
)
#: i_{kl} for the blurred position of (10), the outcome shifted by r.
BLURRED_SHIFTED_ELEMENT = defined(
    "isr",
    (_s, _r, _k, _l),
    Integral(sgn(_x + _r) * Integral(gaussian(_s, _x - _xp) * (conj(wave(_xp, _k)) * wave(_xp, _l)), _xp), _x),
)
#: The correlation of (B4) for the blurred positions, the outcomes shifted by r and r′.
BLURRED_SHIFTED_CORRELATION = defined(
    "ABsr",
    (_s, _r, _rp, c, D, _theta),
    re(_over_levels(call(BLURRED_SHIFTED_ELEMENT, _s, _r, _n, _m) * call(BLURRED_SHIFTED_ELEMENT, _s, _rp, _n, _m))),
)
#: The amplitudes of (B6).
AMPLITUDES = (2 / sqrt(10), 1 / sqrt(2), 1 / sqrt(10))
BEST = (equal(c(0), AMPLITUDES[0]), equal(c(1), AMPLITUDES[1]), equal(c(2), AMPLITUDES[2]))
#: The answers lie between −1 and 1; those of deterministic ±1-valued observables are −1 and 1.
ANSWERS = tuple(bounded(f(hidden), hidden, 1) for f in answers)


def sign_element(k: Any, l: Any) -> Term:
    """i_{kl}."""
    return call(SIGN_ELEMENT, term(k), term(l))


def observable_element(angle: Any, k: Any, l: Any) -> Term:
    """⟨k|U_φ† sgn(x) U_φ|l⟩."""
    return call(OBSERVABLE_ELEMENT, term(angle), term(k), term(l))


def state(x: Any, y: Any, dimension: Any = D) -> Term:
    """ψ(x, y) of Σ_k c_k |k⟩|k⟩ with k < dimension."""
    return call(STATE, term(x), term(y), c, term(dimension))


def correlation(angle: Any, dimension: Any = D) -> Term:
    """⟨AB⟩_Q at φ_A + φ_B = angle."""
    return call(CORRELATION, c, term(dimension), term(angle))


def blurred_element(width: Any, k: Any, l: Any) -> Term:
    """i_{kl} at the blur s = width."""
    return call(BLURRED_ELEMENT, term(width), term(k), term(l))


def blurred_correlation(width: Any, angle: Any, dimension: Any = D) -> Term:
    """⟨AB⟩_Q at the blur s = width and φ_A + φ_B = angle."""
    return call(BLURRED_CORRELATION, term(width), c, term(dimension), term(angle))


def shifted_element(shift: Any, k: Any, l: Any) -> Term:
    """∫ sgn(x + shift) ⟨k|x⟩⟨x|l⟩ dx."""
    return call(SHIFTED_ELEMENT, term(shift), term(k), term(l))


def near_element(width: Any, k: Any, l: Any) -> Term:
    """∫ (sgn(x + width) − sgn(x − width)) ⟨k|x⟩⟨x|l⟩ dx."""
    return call(NEAR_ELEMENT, term(width), term(k), term(l))


def near_probability(dimension: Any = D) -> Term:
    """Σ_k |c_k|² ∫ (sgn(x + ε) − sgn(x − ε)) |⟨x|k⟩|² dx = 2P(|x| ≤ ε), for either party."""
    return Sum(Abs(c(_n)) ** 2 * near_element(_epsilon, _n, _n), (_n, 0, term(dimension) - 1))


def shifted_correlation(first: Any, second: Any, angle: Any, dimension: Any = D) -> Term:
    """⟨AB⟩_Q for outcomes shifted by `first` and `second`, at φ_A + φ_B = angle."""
    return call(SHIFTED_CORRELATION, term(first), term(second), c, term(dimension), term(angle))


def blurred_shifted_element(width: Any, shift: Any, k: Any, l: Any) -> Term:
    """i_{kl} at the blur s = width, the outcome shifted by `shift`."""
    return call(BLURRED_SHIFTED_ELEMENT, term(width), term(shift), term(k), term(l))


def blurred_shifted_correlation(width: Any, first: Any, second: Any, angle: Any, dimension: Any = D) -> Term:
    """⟨AB⟩_Q at the blur s = width for outcomes shifted by `first` and `second`, at φ_A + φ_B = angle."""
    return call(BLURRED_SHIFTED_CORRELATION, term(width), term(first), term(second), c, term(dimension), term(angle))


def chsh(pair: Any) -> Term:
    """pair(1, 1) + pair(1, 2) + pair(2, 1) − pair(2, 2)."""
    out: Term = pair(0, 0) + pair(0, 1) + pair(1, 0) - pair(1, 1)
    return out


def settings(i: int, j: int) -> Term:
    """φ_A^{(i)} + φ_B^{(j)}, counted from 0."""
    total: Term = angles[i] + angles[2 + j]
    return total


def cosines() -> Term:
    """c₁₁ + c₁₂ + c₂₁ − c₂₂ of (B7)."""
    return chsh(lambda i, j: cos(settings(i, j)))


def bell_parameter(dimension: Any = D) -> Term:
    """⟨ℬ⟩_Q at the four angles."""
    return chsh(lambda i, j: correlation(settings(i, j), dimension))


def local_correlation(i: int, j: int) -> Term:
    """∫ a_i(λ) b_j(λ) dμ(λ)."""
    return Expectation(answers[i](hidden) * answers[2 + j](hidden), (hidden, mu))


def local_bell_parameter() -> Term:
    """⟨ℬ⟩ of a local model."""
    return chsh(local_correlation)


#: P(x, y) of a local model at two outcomes: p = P_A(x|·) and q = P_B(y|·).
_p, _q = var("p", "real->real"), var("q", "real->real")
LOCAL = defined("P", (mu, _p, _q), Expectation(_p(hidden) * _q(hidden), (hidden, mu)))


def local_probability(first: Term, second: Term) -> Term:
    """∫ P_A(x|λ) P_B(y|λ) dμ(λ) at two outcomes, with the probabilities of these as functions of λ."""
    return call(LOCAL, mu, first, second)


#: The angles of (B8): 45° apart.
_quarter = Term("pi") / 4
STANDARD = (num(0), Term("pi") / 2, -_quarter, _quarter)
