"""The two ways in which an evaluation stops. Neither says that a statement is true or false."""

from __future__ import annotations


class Undefined(Exception):
    """The term denotes nothing at this point: 0**-1, (-1)!, a divergent integral, a missing value.

    A term with a variable that is bound outside it is not shown: the variable has no name there.
    """

    def __init__(self, reason: str, where: object = None) -> None:
        shown = where is not None and not getattr(where, "loose", False)
        super().__init__(f"{reason} in {where!r}" if shown else reason)
        self.reason = reason
        self.where = where


class Unsupported(Exception):
    """The term may well denote something, but there is no certified method for it here."""


class NotGaussian(Unsupported):
    """An integrand that is no finite sum of polynomials times exponentials of quadratics."""
