"""Beyond the print: results that the paper draws on without proving them."""

from __future__ import annotations

#: module → the labels it declares.
CONTENTS: dict[str, tuple[str, ...]] = {
    "symbolic_mqb.derivations.beyond.best_state": (
        "best-state-phases",
        "best-state-bound-3",
        "best-state-bound-2",
        "B4-dimension-2",
        "best-state",
        "best-state-dimension-2",
    ),
    "symbolic_mqb.derivations.beyond.blur": (
        "Gaussian-Hermite-derivative",
        "Gaussian-Hermite-half-line",
        "sign-Hermite-odd",
        "sign-Hermite-even",
        "wave-product",
        "blurred-element",
        "blurred-01",
        "blurred-10",
        "blurred-12",
        "blurred-21",
        "blurred-even",
        "blurred-correlation",
        "blurred-value",
        "blurred-cubic",
        "blurred-violation",
    ),
    "symbolic_mqb.derivations.beyond.bell_losses": ("loss-value", "loss-violation"),
    "symbolic_mqb.derivations.beyond.pair_law": (
        "IID-state",
        "IID-probability",
        "IID-total",
        "IID-mean-a",
        "IID-mean-b",
        "IID-second-a",
        "IID-second-b",
        "IID-mixed",
        "IID-positive",
        "IID-real-a",
        "IID-real-b",
        "IID-real-second-a",
        "IID-real-second-b",
        "IID-real-mixed",
        "IID-characteristic",
    ),
    "symbolic_mqb.derivations.beyond.pair_limit": ("IID-power", "IID-rate", "IID-gaussian"),
    "symbolic_mqb.derivations.beyond.local_model": (
        "IID-effects",
        "IID-excess-a",
        "IID-excess-b",
        "IID-cross",
    ),
}
