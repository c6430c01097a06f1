"""Mutation of the book: is every wrong variant of a printed line refused, and refuted by the numbers?"""

from .mutants import Mutant, mutants
from .score import Score, run, selection
from .trial import Outcome, trial

__all__ = ["Mutant", "Outcome", "Score", "mutants", "run", "selection", "trial"]
