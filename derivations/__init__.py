"""The paper's derivations, in its own order. A module is imported when one of its labels is wanted."""

from __future__ import annotations

#: module → the labels it declares.
CONTENTS: dict[str, tuple[str, ...]] = {
    "symbolic_mqb.derivations.appendix_a.lemma": ("A10", "A11", "A12", "A13", "A14", "A15", "A9"),
}
