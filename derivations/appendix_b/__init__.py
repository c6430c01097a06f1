"""Appendix B: violation of the CHSH inequality at α = 1/2."""

from __future__ import annotations

#: module → the labels it declares.
CONTENTS: dict[str, tuple[str, ...]] = {
    "symbolic_mqb.derivations.appendix_b.sign_elements": (
        "B5",
        "Hermite-parity",
        "Hermite-derivative",
        "Hermite-weighted",
        "Hermite-Wronskian",
        "Hermite-half-line",
        "Hermite-even-at-0",
        "Hermite-odd-at-0",
        "B5-symmetric",
        "B5-even",
        "B5-odd",
    ),
    "symbolic_mqb.derivations.appendix_b.correlations": (
        "B1",
        "B1-norm",
        "B3",
        "B3-elements",
        "B3-square",
        "B4",
    ),
    "symbolic_mqb.derivations.appendix_b.violation": (
        "B6",
        "B6-norm",
        "B4-dimension-3",
        "B6-integrals",
        "B7-correlation",
        "B7",
    ),
    "symbolic_mqb.derivations.appendix_b.cosines": (
        "cosine-of-sum",
        "cosine-sine-squares",
        "B8-maximum",
        "B8-angles",
        "B8-value",
        "B8-gap",
        "B8",
    ),
    "symbolic_mqb.derivations.appendix_b.locality": (
        "B2-numbers-upper",
        "B2-numbers-lower",
        "B2",
        "local-model-upper",
        "local-model-lower",
        "local-model",
        "local-model-correlation",
        "local-model-normalised",
        "B8-nonlocal",
        "alpha-c",
        "alpha-c-bound",
    ),
}
