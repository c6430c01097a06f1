"""The rules of inference, by name. This table is what `replay` may call, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from ..kernel.theorem import Theorem
from . import (
    asymptotics,
    calculus,
    circle,
    circle_functions,
    collective,
    complex_numbers,
    expectation,
    exponentials,
    fourier,
    half_line,
    inequalities,
    infinite_series,
    integrals,
    intervals,
    kets,
    limits,
    logic,
    measurements,
    operators,
    outcome_law,
    product_kets,
    series,
    sign,
    sums,
    trigonometry,
    tuples,
)

MODULES = (
    logic,
    series,
    sign,
    sums,
    integrals,
    calculus,
    kets,
    operators,
    measurements,
    collective,
    outcome_law,
    inequalities,
    asymptotics,
    limits,
    expectation,
    fourier,
    trigonometry,
    intervals,
    circle,
    circle_functions,
    exponentials,
    product_kets,
    half_line,
    complex_numbers,
    tuples,
    infinite_series,
)
RULES: dict[str, Callable[..., Theorem]] = {f.__name__: f for module in MODULES for f in module.RULES}
