"""Appendix C: particle losses and noise channels."""

from __future__ import annotations

#: module → the labels it declares.
CONTENTS: dict[str, tuple[str, ...]] = {
    "symbolic_mqb.derivations.appendix_c.losses": ("C1", "C2", "C2-elements"),
    "symbolic_mqb.derivations.appendix_c.loss_limit": (
        "loss-POVM",
        "loss-POVM-detected",
        "loss-operator",
        "C3-rate",
        "C3",
    ),
    "symbolic_mqb.derivations.appendix_c.loss_law": ("C4", "loss-rescaled"),
    "symbolic_mqb.derivations.appendix_c.channels": ("C5", "C6", "C7", "C8", "C7-POVM", "C8-POVM"),
    "symbolic_mqb.derivations.appendix_c.noise": (
        "channel-POVM",
        "noise-limit-rate",
        "noise-limit",
        "depolarised-limit-rate",
        "depolarised-limit",
        "dephased-limit-rate",
        "dephased-limit",
    ),
    "symbolic_mqb.derivations.appendix_c.noisy_moments": (
        "noise-pol-A01",
        "noise-pol-A00",
        "noise-pol-A2",
        "noise-pha-A01",
        "noise-pha-A00",
        "noise-pha-A2",
    ),
    "symbolic_mqb.derivations.appendix_c.noise_parameters": (
        "noise-phase",
        "C9",
        "C9-phase",
        "C9-dephasing",
        "C9-dephasing-phase",
    ),
    "symbolic_mqb.derivations.appendix_c.noisy_law": (
        "C9-law-rate",
        "C9-law",
        "C9-dephasing-law-rate",
        "C9-dephasing-law",
    ),
    "symbolic_mqb.derivations.appendix_c.broadening": ("C9-broadening", "C9-dephasing-broadening"),
}
