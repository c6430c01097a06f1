"""Appendix C: particle losses and noise channels."""

from __future__ import annotations

#: module → the labels it declares.
CONTENTS: dict[str, tuple[str, ...]] = {
    "symbolic_mqb.derivations.appendix_c.losses": ("C1", "C2", "C2-elements"),
}
