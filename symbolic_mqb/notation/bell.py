"""Appendix B's objects: signs of phase-space observables, their correlations, the Bell–CHSH parameter."""

from __future__ import annotations

from typing import Any

from ..kernel.arithmetic import term
from ..kernel.terms import Term, call, defined, var
from .language import I, Integral, conj, exp, sgn
from .objects import wave

_k, _l, _D = var("k", "nat"), var("l", "nat"), var("D", "nat")
_r, _s = var("k", "int"), var("l", "int")
_x, _phi, _theta = var("x", "real"), var("φ", "real"), var("θ", "real")
_c = var("c", "nat->complex")
_angles = tuple(var(name, "real") for name in ("φ_A", "φ_A'", "φ_B", "φ_B'"))

#: i_{kl} of (B5).
SIGN_ELEMENT = defined("i", (_k, _l), Integral(sgn(_x) * conj(wave(_x, _k)) * wave(_x, _l), _x))
#: ⟨k|A|l⟩ for A = U_φ† sgn(x) U_φ, with ⟨x|U_φ|k⟩ = e^{ikφ}⟨x|k⟩: (B3).
OBSERVABLE_ELEMENT = defined(
    "signA",
    (_phi, _k, _l),
    Integral(conj(exp(I * _k * _phi) * wave(_x, _k)) * sgn(_x) * exp(I * _l * _phi) * wave(_x, _l), _x),
)


def sign_element(k: Any, l: Any) -> Term:
    """i_{kl}."""
    return call(SIGN_ELEMENT, term(k), term(l))


def observable_element(angle: Any, k: Any, l: Any) -> Term:
    """⟨k|U_φ† sgn(x) U_φ|l⟩."""
    return call(OBSERVABLE_ELEMENT, term(angle), term(k), term(l))
