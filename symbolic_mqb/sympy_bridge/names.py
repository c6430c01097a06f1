"""Variables of terms and symbols of SymPy: a sort is a set of assumptions, and back."""

from __future__ import annotations

import unicodedata
from typing import Any

import sympy as sp

from .errors import TranslationError
from .objects import MeasureSymbol, OperatorSymbol, StatesSymbol, TupleSymbol

#: The assumptions of a SymPy symbol that ranges over a sort.
ASSUMPTIONS: dict[str, dict[str, bool]] = {
    "nat": {"integer": True, "nonnegative": True},
    "int": {"integer": True},
    "real": {"real": True},
    "complex": {"complex": True},
}


def symbol(name: str, sort: str) -> Any:
    """The SymPy symbol of this name that ranges over a sort of numbers, operators or tuples."""
    if sort == "op":
        return OperatorSymbol(name)
    if sort == "tuple":
        return TupleSymbol(name)
    if sort == "measure":
        return MeasureSymbol(name)
    if sort == "states":
        return StatesSymbol(name)
    return sp.Symbol(name, **ASSUMPTIONS[sort])


def sort_of(s: Any) -> str:
    """The sort of a SymPy symbol, read from its assumptions; complex if there are none."""
    if isinstance(s, OperatorSymbol):
        return "op"
    if isinstance(s, TupleSymbol):
        return "tuple"
    if isinstance(s, MeasureSymbol):
        return "measure"
    if isinstance(s, StatesSymbol):
        return "states"
    if not s.is_commutative:
        raise TranslationError(f"{s} does not commute: an operator on one particle is OperatorSymbol({s.name!r})", s)
    if s.is_infinite:
        raise TranslationError(f"{s} is infinite; variables are finite, and the end of a range is oo", s)
    if s.is_integer:
        return "nat" if s.is_nonnegative else "int"
    return "real" if s.is_real else "complex"


def ascii_name(name: str) -> str:
    """`name` as a keyword is typed: Greek letters by their names, primes as the letter p (x' is xp)."""
    return "".join("p" if c in "'′" else _greek(c) or c for c in name)


def latex_name(name: str) -> str | None:
    """The LaTeX of a name with Greek letters or primes; None where SymPy's own does."""
    body = name.rstrip("'′")
    primes = "'" * (len(name) - len(body))
    stem, _, index = body.partition("_")
    if not (primes or any(_greek(c) for c in body)):
        return None
    stem = "".join("\\" + g if (g := _greek(c)) else c for c in stem)
    return stem + primes + (f"_{{{index}}}" if index else "")


def _greek(c: str) -> str:
    words = unicodedata.name(c, "").split()
    if words[:3] == ["GREEK", "SMALL", "LETTER"] and len(words) == 4:
        return {"LAMDA": "lambda"}.get(words[3], words[3].lower())
    if words[:3] == ["GREEK", "CAPITAL", "LETTER"] and len(words) == 4:
        return {"LAMDA": "Lambda"}.get(words[3], words[3].capitalize())
    return {"ϕ": "phi", "ϵ": "epsilon"}.get(c, "")
