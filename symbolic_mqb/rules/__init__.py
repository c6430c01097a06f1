"""The rules of inference, by name. This table is what `replay` may call, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from ..kernel.theorem import Theorem
from . import asymptotics, calculus, expectation, inequalities, integrals, kets, logic, series, sums, trigonometry

MODULES = (logic, series, sums, integrals, calculus, kets, inequalities, asymptotics, expectation, trigonometry)
RULES: dict[str, Callable[..., Theorem]] = {f.__name__: f for module in MODULES for f in module.RULES}
