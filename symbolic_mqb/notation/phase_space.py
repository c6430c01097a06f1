"""The oscillator of the limit: the Gaussian POVM e_s(x) of (10), position and momentum by their matrix elements."""

from __future__ import annotations

from typing import Any

from ..kernel.arithmetic import term
from ..kernel.terms import Term, call, defined, var
from .language import I, Integral, Sum, conj, delta, exp, pi, sqrt
from .limit_law import D
from .measurement import N, braket, c, calA, dicke, tensor_power
from .objects import wave

k, l = var("k", "int"), var("l", "int")
x, xp, s, phi = var("x", "real"), var("x'", "real"), var("s", "real"), var("φ", "real")
_k, _l = var("k", "nat"), var("l", "nat")

#: ⟨k|e_s(x)|l⟩ of (10).
EFFECT = defined(
    "e_s",
    (s, x, _k, _l),
    1 / sqrt(2 * pi * s**2) * Integral(exp(-((x - xp) ** 2) / (2 * s**2)) * (conj(wave(xp, _k)) * wave(xp, _l)), xp),
)
#: ⟨k|x̂|l⟩ for x̂ = â + â†, with ⟨k|â|l⟩ = √l δ_{k,l−1}.
POSITION = defined("x̂", (_k, _l), sqrt(_l + 1) * delta(_k, _l + 1) + sqrt(_k + 1) * delta(_l, _k + 1))
#: ⟨k|p̂|l⟩ for p̂ = −i(â − â†), so that [x̂, p̂] = 2i.
MOMENTUM = defined("p̂", (_k, _l), I * sqrt(_l + 1) * delta(_k, _l + 1) - I * sqrt(_k + 1) * delta(_l, _k + 1))


def effect(width: Any, point: Any, bra: Any, ket: Any) -> Term:
    """⟨k|e_s(x)|l⟩."""
    return call(EFFECT, term(width), term(point), term(bra), term(ket))


def position(bra: Any, ket: Any) -> Term:
    """⟨k|x̂|l⟩."""
    return call(POSITION, term(bra), term(ket))


def momentum(bra: Any, ket: Any) -> Term:
    """⟨k|p̂|l⟩."""
    return call(MOMENTUM, term(bra), term(ket))


def turned(setting: Any, bra: Any, ket: Any, body: Term) -> Term:
    """⟨k|U_φ†·U_φ|l⟩ = e^{−ikφ}·e^{ilφ} for U_φ = e^{iφk̂}."""
    return exp(-I * bra * setting) * body * exp(I * ket * setting)


def superposition(body: Term) -> Term:
    """Σ_k Σ_l c_k* c_l body over the levels of the state."""
    return Sum(Sum(conj(c(k)) * c(l) * body, (l, 0, D - 1)), (k, 0, D - 1))


def element(bra: Any, ket: Any) -> Term:
    """⟨N,k|𝒜^{⊗N}|N,l⟩."""
    return braket(dicke(N, bra), tensor_power(calA, N), dicke(N, ket))
