"""Appendix A: the law of a collective measurement at α = 1/2."""

from __future__ import annotations

#: module → the labels it declares.
CONTENTS: dict[str, tuple[str, ...]] = {
    "symbolic_mqb.derivations.appendix_a.lemma": (
        "A10",
        "A11",
        "A12",
        "A13",
        "A14",
        "A15",
        "A9",
        "A9-all",
        "Hermite-product",
    ),
    "symbolic_mqb.derivations.appendix_a.lemma_second_route": (
        "A9-second.rodrigues",
        "A9-second.appell",
        "A9-second.semigroup",
        "A9-second.product",
        "A9-second",
    ),
    "symbolic_mqb.derivations.appendix_a.characteristic_function": ("A1", "A2", "A2-modulus"),
    "symbolic_mqb.derivations.appendix_a.hermite": ("Hermite", "A17", "A17-orthonormal"),
    "symbolic_mqb.derivations.appendix_a.distribution": ("A8-transform", "A8", "A16", "A16-projective"),
    "symbolic_mqb.derivations.appendix_a.expansions": ("A4", "A4-order-0", "A4-order-1", "A4-order-2"),
    "symbolic_mqb.derivations.appendix_a.stirling": (
        "A3-pairs",
        "A3-falling-lower",
        "A3-falling-upper",
        "A3-product-positive",
        "A3-product-upper",
        "A3-product-lower",
        "A3-ratio",
        "A3-ratio-relative",
        "A3-stirling",
        "A3-relative",
    ),
    "symbolic_mqb.derivations.appendix_a.matrix_element": ("A3", "A3-general", "A3-limit"),
    "symbolic_mqb.derivations.appendix_a.front_factor": ("A5", "A5-nonzero", "A5-exponent"),
    "symbolic_mqb.derivations.appendix_a.power_bounds": ("A6-power-successor", "A6-power"),
    "symbolic_mqb.derivations.appendix_a.limit_element": ("A6-factors", "A6-summand", "A6", "A6-exact"),
    "symbolic_mqb.derivations.appendix_a.variance": ("A-hermitian", "variance", "variance-projective"),
    "symbolic_mqb.derivations.appendix_a.continuity": ("A8-continuity",),
    "symbolic_mqb.derivations.appendix_a.centred_factors": ("A7-exponent", "A7-summand", "A7-perturbed"),
    "symbolic_mqb.derivations.appendix_a.limit": (
        "A7-rate",
        "A7-element-rate",
        "A7-element",
        "A7-sum-rate",
        "A7",
        "A8-convergence",
    ),
    "symbolic_mqb.derivations.appendix_a.sharp_measurement": (
        "Gaussian-mass",
        "Gaussian-second-moment",
        "Gaussian-first-moment",
        "A16-weak",
    ),
}
