"""The paper's derivations, in its own order. A module is imported when one of its labels is wanted."""

from __future__ import annotations

from . import appendix_a, appendix_b, appendix_c, appendix_d, beyond, main_text

#: module → the labels it declares.
CONTENTS: dict[str, tuple[str, ...]] = {
    **main_text.CONTENTS,
    **appendix_a.CONTENTS,
    **appendix_b.CONTENTS,
    **appendix_c.CONTENTS,
    **appendix_d.CONTENTS,
    **beyond.CONTENTS,
}
