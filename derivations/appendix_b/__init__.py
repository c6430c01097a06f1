"""Appendix B: violation of the CHSH inequality at α = 1/2."""

from __future__ import annotations

#: module → the labels it declares.
CONTENTS: dict[str, tuple[str, ...]] = {}
