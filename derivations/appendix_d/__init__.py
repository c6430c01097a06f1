"""Appendix D: macroscopic quantum behavior at α = 1."""

from __future__ import annotations

#: module → the labels it declares.
CONTENTS: dict[str, tuple[str, ...]] = {
    "symbolic_mqb.derivations.appendix_d.variable": ("D1",),
    "symbolic_mqb.derivations.appendix_d.collective_measurement": ("D2",),
    "symbolic_mqb.derivations.appendix_d.dicke_integral": ("D3-integral", "D3", "D4", "D4-quotient"),
    "symbolic_mqb.derivations.appendix_d.delta": (
        "D6-cosine",
        "D6-mass",
        "D6-range",
        "D6-second-moment",
        "D6-first-moment",
        "D6",
    ),
    "symbolic_mqb.derivations.appendix_d.circle_integral": ("D7-reduced",),
    "symbolic_mqb.derivations.appendix_d.central_binomials": ("D7-central-natural", "D7-central", "D7-ratio"),
    "symbolic_mqb.derivations.appendix_d.powers": ("D7-power", "D7-pair"),
    "symbolic_mqb.derivations.appendix_d.limit_element": ("D7-integrand", "D7-element"),
    "symbolic_mqb.derivations.appendix_d.expansion": ("D5-order", "D5-expansion"),
    "symbolic_mqb.derivations.appendix_d.integrand": ("D5-integrand",),
    "symbolic_mqb.derivations.appendix_d.limit": ("D7-bound", "D5", "D7-rate-first", "D7-rate-second", "D7"),
    "symbolic_mqb.derivations.appendix_d.dicke_sum": ("D7-second.least", "D7-second.greatest", "D7-second.exact"),
    "symbolic_mqb.derivations.appendix_d.series_factor": ("D7-second.falling", "D7-second.factor"),
    "symbolic_mqb.derivations.appendix_d.series_sum": (
        "D7-second.pair",
        "D7-second.term",
        "D7-second.sum",
        "D7-second.size",
    ),
    "symbolic_mqb.derivations.appendix_d.bessel_limit": (
        "D7-second.down",
        "D7-second.range",
        "D7-second.pairs",
        "D7-second.bound",
        "D7-second",
    ),
    "symbolic_mqb.derivations.appendix_d.bessel_integral": (
        "D7-second.circle",
        "D7-second.mirror",
        "D7-second.agree",
    ),
    "symbolic_mqb.derivations.appendix_d.characteristic_function": (
        "D8",
        "D8-element-size",
        "D8-element-rate",
        "D8-element",
        "D8-limit",
        "D9-rate",
        "D9-convergence",
    ),
    "symbolic_mqb.derivations.appendix_d.rate": ("D8-rate",),
    "symbolic_mqb.derivations.appendix_d.law": (
        "D9-positive",
        "D9-mass",
        "D9",
        "D9-characteristic",
        "D10",
        "D10-characteristic",
        "D10-jacobian",
    ),
    "symbolic_mqb.derivations.appendix_d.two_parties": ("D11", "D11-norm", "D12-rate", "D12"),
    "symbolic_mqb.derivations.appendix_d.local_model": ("D13-expanded", "D13", "D13-positive", "D13-mass"),
    "symbolic_mqb.derivations.appendix_d.local_chsh": ("D13-CHSH-sum", "D13-CHSH"),
}
