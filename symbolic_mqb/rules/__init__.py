"""The rules of inference, by name. This table is what `replay` may call, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from ..kernel.theorem import Theorem
from . import (
    asymptotics,
    calculus,
    circle,
    expectation,
    exponentials,
    inequalities,
    integrals,
    intervals,
    kets,
    logic,
    product_kets,
    half_line,
    series,
    sums,
    trigonometry,
)

MODULES = (
    logic,
    series,
    sums,
    integrals,
    calculus,
    kets,
    inequalities,
    asymptotics,
    expectation,
    trigonometry,
    intervals,
    circle,
    exponentials,
    product_kets,
    half_line,
)
RULES: dict[str, Callable[..., Theorem]] = {f.__name__: f for module in MODULES for f in module.RULES}
