"""Mutation of the book: is every wrong variant of a printed line refused, and refuted by the numbers?"""

from .mutant import Mutant, mutants
from .score import Score, run, selection
from .trials import Outcome, trial

__all__ = ["Mutant", "Outcome", "Score", "mutants", "run", "selection", "trial"]
