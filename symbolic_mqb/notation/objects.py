"""The paper's functions. Each carries its definition; what is printed about it is proved."""

from __future__ import annotations

from typing import Any

from ..kernel.arithmetic import term
from ..kernel.terms import Term, call, defined, var
from .language import Coefficient, Derivative, exp, factorial, half, pi, quarter, sqrt

_n, _x, _a, _z = var("n", "nat"), var("x", "real"), var("a", "real"), var("z", "complex")

#: H_n(x, a) := [zⁿ] exp(xz − az²), total in a; (A10) is a theorem about it for a ≠ 0.
GENERALISED_HERMITE = defined("H", (_n, _x, _a), Coefficient(_n, _z, exp(_x * _z - _a * _z**2)))
#: He_n(x) := n! [zⁿ] exp(xz − z²/2), the probabilists' polynomial; Rodrigues' formula is a theorem.
HERMITE = defined("He", (_n, _x), factorial(_n) * Coefficient(_n, _z, exp(_x * _z - half * _z**2)))
_k = var("k", "nat")
#: ⟨x|k⟩ of (A17).
WAVE_FUNCTION = defined(
    "wave",
    (_x, _k),
    1 / (2 * pi) ** quarter * (1 / sqrt(factorial(_k))) * exp(-(_x**2) / 4) * call(HERMITE, _k, _x),
)


def H(n: Any, x: Any, a: Any) -> Term:
    """Nielsen's generalised Hermite polynomial H_n(x, a), (A10)."""
    return call(GENERALISED_HERMITE, term(n), term(x), term(a))


def He(n: Any, x: Any) -> Term:
    """The Hermite polynomial of the paper, H_n(x) there: the probabilists' He_n (DLMF 18.5.9)."""
    return call(HERMITE, term(n), term(x))


def wave(x: Any, k: Any) -> Term:
    """The oscillator's wave-function ⟨x|k⟩ of (A17)."""
    return call(WAVE_FUNCTION, term(x), term(k))


def gaussian(width: Any, x: Any) -> Term:
    """exp(−(x/(√2 w))²)/(√(2π) w), written out as the paper prints it."""
    w = term(width)
    return exp(-((term(x) / (sqrt(2) * w)) ** 2)) / (sqrt(2 * pi) * w)


def nielsen(n: Any, x: Any, a: Any) -> Term:
    """The right side of (A10), which is not defined for a = 0: (−1)ⁿ(2a)ⁿ/n! e^{x²/(4a)} dⁿ/dxⁿ e^{−x²/(4a)}."""
    order, second = term(n), term(a)
    derivative = Derivative(order, _x, exp(-(_x**2) / (4 * second)), x)
    sign: Term = (-1) ** order
    return sign * (2 * second) ** order / factorial(order) * exp(term(x) ** 2 / (4 * second)) * derivative
