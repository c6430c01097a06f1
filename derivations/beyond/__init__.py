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
}
