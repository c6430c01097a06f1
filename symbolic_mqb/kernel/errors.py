"""The two ways in which the kernel says no."""

from __future__ import annotations


class TermError(ValueError):
    """A term that cannot be built: a wrong kind, a wrong number of arguments, an unknown symbol."""


class Refused(Exception):
    """A rule that does not apply, or a side condition that the hypotheses do not discharge.

    `reason` is the sentence shown to the author; `where` is the deepest term that failed, if any.
    A refusal is the only exception that counts as a rejection: anything else is a defect.
    """

    def __init__(self, reason: str, where: object = None) -> None:
        super().__init__(reason if where is None else f"{reason}: {where}")
        self.reason = reason
        self.where = where
