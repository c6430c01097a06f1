"""Beyond the print: results that the paper draws on without proving them."""

from __future__ import annotations

#: module → the labels it declares.
CONTENTS: dict[str, tuple[str, ...]] = {}
