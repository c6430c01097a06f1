"""Appendix C: particle losses and noise channels."""

from __future__ import annotations

#: module → the labels it declares.
CONTENTS: dict[str, tuple[str, ...]] = {}
