"""Theorems, and the one way to make them.

`@rule` turns a function that returns (hypotheses, conclusion) into a rule of inference: the result
becomes a `Theorem` that remembers the rule and its arguments. Nothing else can make a `Theorem`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from .errors import Refused, TermError
from .kinds import kind
from .signatures import PROP
from .terms import Term, num

_INFINITY = Term("infinity")
_MINUS_INFINITY = Term("mul", (num(-1), _INFINITY))
_SEAL = object()
Premises = tuple[Any, ...]


class Theorem:
    """hypotheses ⊢ conclusion, for all values of the free variables, each in its sort."""

    __slots__ = ("arguments", "conclusion", "hypotheses", "rule")
    hypotheses: frozenset[Term]
    conclusion: Term
    rule: str
    arguments: Premises

    def __init__(self, seal: object, hyps: frozenset[Term], concl: Term, rule: str, arguments: Premises) -> None:
        if seal is not _SEAL:
            raise TermError("a theorem is made by a rule of inference only")
        for p in (*hyps, concl):
            if kind(p) != PROP:
                raise TermError(f"{p!r} is not a statement")
            if not proper(p):
                raise TermError("∞ is a bound of integrals only, and O stands on the right of an expansion only")
        if any(v.args[0].startswith("·") for v in concl.free.union(*(h.free for h in hyps))):
            raise TermError("names that start with · are reserved for binders")
        put = object.__setattr__
        put(self, "hypotheses", hyps)
        put(self, "conclusion", concl)
        put(self, "rule", rule)
        put(self, "arguments", arguments)

    def __setattr__(self, name: str, value: object) -> None:
        raise TermError("a theorem is immutable")

    def __repr__(self) -> str:
        return f"{', '.join(sorted(map(repr, self.hypotheses)))} ⊢ {self.conclusion!r}"

    @property
    def left(self) -> Term:
        """The left side of an equation or inequality."""
        return self.conclusion.args[0]  # type: ignore[no-any-return]

    @property
    def right(self) -> Term:
        """The right side of an equation or inequality."""
        return self.conclusion.args[1]  # type: ignore[no-any-return]


def proper(t: Term) -> bool:
    """Whether ∞ and O occur only where they mean something: in bounds of integrals, in expansions."""
    return t.finite or _proper(t)


@lru_cache(maxsize=65536)
def _proper(t: Term) -> bool:
    if t.op in ("infinity", "O"):
        return False
    parts = [a for a in t.args if isinstance(a, Term)]
    if t.op == "integral":
        parts = [a for a in parts if a not in (_INFINITY, _MINUS_INFINITY)]
    if t.op == "asymptotic" and parts[1].args[2].op == "eq":
        left, right = parts[1].args[2].args
        return proper(parts[0]) and proper(left) and _template(right)
    return all(proper(a) for a in parts)


def _template(t: Term) -> bool:
    if t.op == "O":
        return all(proper(a) for a in t.args)
    return (
        proper(t)
        if t.op in ("head", "integral", "infinity")
        else all(_template(a) for a in t.args if isinstance(a, Term))
    )


Inference = tuple[frozenset[Term], Term]


def rule(function: Callable[..., Inference]) -> Callable[..., Theorem]:
    """Make `function` a rule. Its arguments are theorems, terms, ints, strings and tuples of these."""

    code = function.__code__
    count = None if code.co_flags & 0x04 else code.co_argcount  # 0x04: takes *arguments

    annotations = [str(v) for k, v in function.__annotations__.items() if k != "return"]

    @wraps(function)
    def infer(*arguments: Any) -> Theorem:
        if count is not None and len(arguments) != count:
            raise Refused(f"{function.__name__} takes {count} arguments, got {len(arguments)}")
        try:
            for i, a in enumerate(arguments):
                _check_argument(a)
                wanted = annotations[min(i, len(annotations) - 1)]
                if not _fits(a, wanted):
                    raise Refused(f"argument {i + 1} of {function.__name__} is {wanted}, not {a!r}")
            hyps, concl = function(*arguments)
            return Theorem(_SEAL, frozenset(hyps), concl, function.__name__, arguments)
        except TermError as error:
            raise Refused(f"{function.__name__}: {error}") from error
        except RecursionError:
            raise Refused(f"{function.__name__}: a term is nested too deeply") from None

    return infer


def _fits(a: Any, annotation: str) -> bool:
    """Whether an argument has the shape of a rule's annotation."""
    if annotation == "Given":
        return isinstance(a, tuple) and all(isinstance(h, Term) and kind(h) == PROP for h in a)
    if annotation.startswith("tuple["):
        inner = annotation[6:-1]
        if not isinstance(a, tuple):
            return False
        if inner.endswith(", ..."):
            return all(_fits(x, inner[:-5]) for x in a)
        parts = inner.split(", ")
        return len(a) == len(parts) and all(_fits(x, part) for x, part in zip(a, parts, strict=True))
    wanted = {"Term": Term, "Theorem": Theorem, "int": int}[annotation]
    return isinstance(a, wanted)


def _check_argument(a: Any) -> None:
    if type(a) is tuple:  # no subclass, here and below: it could say one thing now and another later
        for inner in a:
            _check_argument(inner)
    elif type(a) is Term:
        if any(v.args[0].startswith("·") for v in a.free):
            raise Refused("names that start with · are reserved for binders", a)
        if a.loose:
            raise Refused("a rule was given a term with a bound variable outside its binder", a)
        if a.op != "head":
            try:
                kind(a)
            except TermError as error:
                raise Refused(f"not a well-formed term: {error}") from error
    elif type(a) not in (Theorem, int, str):
        raise Refused(f"a rule cannot take {type(a).__name__}")


def require(theorem: object, op: str) -> Theorem:
    """The argument, if it is a theorem that states an `op`."""
    if not isinstance(theorem, Theorem):
        raise Refused(f"expected a theorem, got {theorem!r}")
    if theorem.conclusion.op != op:
        raise Refused(f"expected a theorem that states '{op}', got '{theorem.conclusion.op}'", theorem.conclusion)
    return theorem
