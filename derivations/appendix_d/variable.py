"""(D1): the macroscopic variable at α = 1."""

from __future__ import annotations

from symbolic_mqb.notation.full_coarse_graining import X
from symbolic_mqb.notation.language import unequal
from symbolic_mqb.notation.measurement import N, tau
from symbolic_mqb.results import Definition

D1 = Definition("D1", "The macroscopic variable at α = 1", X, given=(N >= 1, unequal(tau, 0)), equation="D1")
