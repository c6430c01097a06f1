"""Constants in the estimate of z^{N+p} against e^w, for z = 1 + w/N + O(N^{−2})."""

from __future__ import annotations

from typing import Any

from ..kernel.arithmetic import term
from ..kernel.terms import Term, call, defined, var
from .language import Abs, exp

_W, _c, _p = var("W", "real"), var("c", "real"), var("p", "int")
#: |z^{N+p} − e^w| ≤ C/N for |z − 1 − w/N| ≤ c/N², |w| ≤ W and |p| ≤ N.
POWER_CONSTANT = defined(
    "C_exp", (_W, _c, _p), 2 * exp(2 * (_W + _c)) * (_c + _W**2 * exp(_W) / 2) + Abs(_p) * _W * exp(2 * _W)
)


def power_constant(size: Any, rest: Any, shift: Any) -> Term:
    """C at W, c and p."""
    return call(POWER_CONSTANT, term(size), term(rest), term(shift))


def product_constant(size1: Term, size2: Term, first: Term, second: Term) -> Term:
    """Q with |f₁f₂ − e^{w₁+w₂}| ≤ Q/N for |f_i − e^{w_i}| ≤ C_i/N and |w_i| ≤ W_i."""
    return first * (exp(size2) + second) + exp(size1) * second
