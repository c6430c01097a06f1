"""The main text: macroscopic variables, macroscopic quantum behavior and what follows from the appendices."""

from __future__ import annotations

#: module → the labels it declares.
CONTENTS: dict[str, tuple[str, ...]] = {
    "symbolic_mqb.derivations.main_text.macroscopic_variable": (
        "1",
        "1-mean",
        "2",
        "2-Born-rule",
        "2-normalised",
        "2-positive",
        "2-list",
        "7",
        "7-half",
        "7-one",
    ),
    "symbolic_mqb.derivations.main_text.variance_scaling": (
        "variance-scaling",
        "scaling-above",
        "scaling-below",
        "scaling-mixture",
        "scaling-counterexample",
    ),
    "symbolic_mqb.derivations.main_text.dicke_states": (
        "Dicke-overlap",
        "Dicke-orthonormal",
        "Dicke-norm",
        "isomorphism-chain",
    ),
    "symbolic_mqb.derivations.main_text.oscillator": (
        "H_k",
        "wave-function",
        "Hermite-Fourier",
        "position-elements",
        "H_1",
        "5",
        "P_k",
        "P_k-Born-rule",
    ),
    "symbolic_mqb.derivations.main_text.macroscopic_quantum_behavior": (
        "6-transform",
        "6-element",
        "6",
        "6-completeness",
        "6-projective",
    ),
    "symbolic_mqb.derivations.main_text.linearity": ("MQB", "mu-linearity", "mean-shift", "mean-nonlinear"),
    "symbolic_mqb.derivations.main_text.w_state": (
        "W-state",
        "W-Dicke",
        "W-element",
        "W-mean",
        "W-characteristic",
        "W-expansion",
        "W-rate",
        "W-variance",
        "W-limit",
        "W-distribution",
    ),
    "symbolic_mqb.derivations.main_text.losses": ("13", "13-wider"),
    "symbolic_mqb.derivations.main_text.noise": ("noise-absorbed", "noise-variance", "noise-width"),
}
