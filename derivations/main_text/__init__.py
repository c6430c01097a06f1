"""The main text: macroscopic variables, macroscopic quantum behavior and what follows from the appendices."""

from __future__ import annotations

#: module → the labels it declares.
CONTENTS: dict[str, tuple[str, ...]] = {}
