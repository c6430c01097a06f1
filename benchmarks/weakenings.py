"""Mutations that weaken a checker: a side condition dropped, a hypothesis lost, a name no longer kept apart.

They are operators for cosmic-ray (https://cosmic-ray.readthedocs.io), which has none that deletes. Each of
them takes something away: a `raise`, a call made for its refusal, an operand of and/or/|, an element of a
tuple of hypotheses, an argument of a function that looks for an unused variable, the strictness of all/any.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import parso
from cosmic_ray.operators.operator import Operator

Position = tuple[tuple[int, int], tuple[int, int]]
#: Functions that return a variable which their arguments do not mention, and how many arguments come before these.
_FRESH = {"new_variable": 1, "fresh": 1}


def _code(text: str) -> Any:
    return parso.parse(text)


def _in_annotation(node: Any) -> bool:
    """Annotations are not evaluated, and a mutant of one is the same program."""
    below, above = node, node.parent
    while above is not None and above.type not in ("simple_stmt", "suite", "file_input"):
        if above.type in ("tfpdef", "annassign") or (above.type == "funcdef" and below is above.annotation):
            return True
        below, above = above, above.parent
    return False


class Weakening(Operator):
    """An operator that knows all texts a node may become."""

    def texts(self, node: Any) -> list[str]:
        """What the node may become, with the white space before it."""
        raise NotImplementedError

    def mutation_positions(self, node: Any) -> Iterator[Position]:
        """One position for each text."""
        for _ in self.texts(node):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        """The node's place, taken by the text."""
        return _code(self.texts(node)[index])

    @classmethod
    def examples(cls) -> tuple[Any, ...]:
        """None: the tests of this module have them."""
        return ()


class DropRaise(Weakening):
    """`raise Refused(…)` becomes `pass`."""

    def texts(self, node: Any) -> list[str]:
        bare = node.type == "keyword" and node.value == "raise" and node.parent.type != "raise_stmt"
        if node.type == "raise_stmt" or bare:
            return [f"{node.get_first_leaf().prefix}pass"]
        return []


class DropCall(Weakening):
    """A statement that is a call, made for what it refuses or adds, becomes `pass`."""

    def texts(self, node: Any) -> list[str]:
        call = node.type == "atom_expr" and node.children[-1].type == "trailer" and node.parent.type == "simple_stmt"
        return [f"{node.get_first_leaf().prefix}pass"] if call else []


class DropOperand(Weakening):
    """`a and b` becomes `a` or `b`; likewise `a or b` and `a | b`."""

    def texts(self, node: Any) -> list[str]:
        if node.type not in ("and_test", "or_test", "expr") or _in_annotation(node):
            return []
        if node.type == "expr" and any(x.value != "|" for x in node.children[1::2]):
            return []
        word = node.children[1].get_code()
        operands = [x.get_code() for x in node.children[::2]]
        left = [word.join(operands[:i] + operands[i + 1 :]) for i in range(len(operands))]
        return [text if text[:1].isspace() else f" {text}" for text in left]


class DropElement(Weakening):
    """`(*given, hypothesis)` becomes `(*given,)` or `(hypothesis,)`."""

    def texts(self, node: Any) -> list[str]:
        if node.type not in ("testlist_comp", "exprlist", "testlist_star_expr") or _in_annotation(node):
            return []
        elements = [x for x in node.children if getattr(x, "value", "") != ","]
        if len(elements) != len(node.children[::2]) or all(x.type != "star_expr" for x in elements):
            return []
        texts = [x.get_code() for x in elements]
        return [",".join(texts[:i] + texts[i + 1 :]) + "," for i in range(len(texts))]


class ForgetFree(Weakening):
    """A function that looks for an unused variable is not told of one term."""

    def texts(self, node: Any) -> list[str]:
        if node.type != "arglist" or node.parent.type != "trailer":
            return []
        name = node.parent.get_previous_sibling()
        if name is None or name.type != "name" or name.value not in _FRESH:
            return []
        arguments = [x.get_code() for x in node.children if getattr(x, "value", "") != ","]
        kept = _FRESH[name.value]
        if name.value == "fresh":  # fresh(function, variables to avoid)
            return [f"{arguments[0]}, frozenset()"]
        return [",".join(arguments[:i] + arguments[i + 1 :]) for i in range(kept, len(arguments))]


class ExchangeQuantifier(Weakening):
    """`all` becomes `any`, and `any` becomes `all`."""

    def texts(self, node: Any) -> list[str]:
        if node.type != "name" or node.value not in ("all", "any"):
            return []
        after = node.get_next_sibling()
        if after is None or after.type != "trailer":
            return []
        return [node.prefix + {"all": "any", "any": "all"}[node.value]]


WEAKENINGS: dict[str, type[Weakening]] = {
    kind.__name__: kind for kind in (DropRaise, DropCall, DropOperand, DropElement, ForgetFree, ExchangeQuantifier)
}
