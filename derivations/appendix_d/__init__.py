"""Appendix D: macroscopic quantum behavior at α = 1."""

from __future__ import annotations

#: module → the labels it declares.
CONTENTS: dict[str, tuple[str, ...]] = {
    "symbolic_mqb.derivations.appendix_d.variable": ("D1",),
    "symbolic_mqb.derivations.appendix_d.dicke_integral": ("D3-integral", "D3", "D4", "D4-quotient"),
}
