"""Reasons: what an author writes after `by=`. Untrusted; each must reproduce the next line.

A reason gets the expression of the last line and returns a theorem: expression = something. What it
returns is compared with the printed next line by the kernel's canonical form, and with nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..kernel.arithmetic import term
from ..kernel.errors import Refused, TermError
from ..kernel.terms import Term
from ..kernel.theorem import Theorem
from ..rules.logic import Given, assume, cases, definition, instantiate, normal_form, rewrite, symmetry, transitivity
from .positions import Position, match, narrow, positions, replace


class State(Protocol):
    """What a reason may ask of the proof it works in."""

    @property
    def given(self) -> Given:
        """The hypotheses at hand."""

    def lookup(self, label: str) -> Theorem:
        """The theorem of another result."""


class Reason(Protocol):
    """One step from an expression."""

    def step(self, expression: Term, state: State) -> Theorem:
        """expression = …, or `Refused`."""

    def words(self) -> str:
        """The reason as a person reads it."""


#: A function that derives a statement in the proof that it is given.
Derivation = Callable[[State], Theorem]


@dataclass(frozen=True)
class Algebra:
    """The next line has the same canonical form."""

    def step(self, expression: Term, state: State) -> Theorem:
        return narrow(normal_form, state.given, expression, expression)  # type: ignore[no-any-return]

    def words(self) -> str:
        return "algebra"


algebra = Algebra()


@dataclass(frozen=True)
class Use:
    """Rewrite with another result's equation, at the first place where its left side stands."""

    label: str
    values: dict[str, Any] = field(hash=False)
    reverse: bool = False
    everywhere: bool = False

    def step(self, expression: Term, state: State) -> Theorem:
        theorem = state.lookup(self.label)
        if theorem.conclusion.op != "eq":
            raise Refused(f"{self.label} is not an equation")
        if self.reverse:
            theorem = symmetry(theorem)
        return _everywhere(expression, state, lambda here, local: self._at(here, theorem, local), self)

    def _at(self, here: Position, theorem: Theorem, local: Given) -> Theorem | None:
        if theorem.left.op not in (here.subterm.op, "mul"):
            return None
        pairs = []
        for name, value in self.values.items():
            pairs.append((free_variable(theorem, name, self.label), here.localise(term(value))))
        try:
            instance = narrow(instantiate, local, theorem, tuple(pairs)) if pairs else theorem
        except Refused as no:
            if here.opened:
                return None
            raise no
        return match(here.subterm, instance, local)

    def words(self) -> str:
        values = ", ".join(f"{k} = {v!r}" for k, v in self.values.items())
        return f"by ({self.label})" + (f" at {values}" if values else "") + (" read backwards" * self.reverse)


def use(
    label: str,
    named: Mapping[str, Any] | None = None,
    /,
    *,
    reverse: bool = False,
    everywhere: bool = False,
    **values: Any,
) -> Use:
    """Use the result `label`, its free variables (by name) at `values`, or `named` as Python spells none: 𝒜."""
    if not isinstance(label, str) or not label:
        raise TermError(f"use takes the label of a result, not {label!r}")
    _flags("use", reverse, everywhere)
    if named is not None and not isinstance(named, Mapping):
        raise TermError(f"use takes values by name, {{name: value}}, not {named!r}")
    return Use(label, {**(named or {}), **values}, reverse, everywhere)


@dataclass(frozen=True)
class Identity:
    """Rewrite with an instance of a rule that states an equation: rule(arguments, given)."""

    rule: Callable[..., Theorem]
    arguments: tuple[Any, ...]
    reverse: bool = False
    everywhere: bool = False

    def step(self, expression: Term, state: State) -> Theorem:
        made: dict[tuple[Any, ...], Theorem | Refused] = {}

        def attempt(here: Position, local: Given) -> Theorem | None:
            arguments = tuple(here.localise(term(a)) for a in self.arguments)
            key = (arguments, local)
            if key not in made:
                made[key] = self._instance(arguments, local)
            theorem = made[key]
            if isinstance(theorem, Refused):
                raise theorem
            return match(here.subterm, theorem, local)

        return _everywhere(expression, state, attempt, self)

    def _instance(self, arguments: tuple[Term, ...], local: Given) -> Theorem | Refused:
        try:
            theorem = narrow(self.rule, local, *arguments)
        except Refused as no:
            return no
        return symmetry(theorem) if self.reverse else theorem

    def words(self) -> str:
        name = self.rule.__name__.replace("_", " ")
        return name + (" read backwards" if self.reverse else "")


def identity(
    rule: Callable[..., Theorem], *arguments: Any, reverse: bool = False, everywhere: bool = False
) -> Identity:
    """Use a rule's identity at these arguments; bound variables are meant by name."""
    _callable(rule, "identity")
    _flags("identity", reverse, everywhere)
    return Identity(rule, arguments, reverse, everywhere)


@dataclass(frozen=True)
class Hypothesis:
    """Rewrite with an equation among the hypotheses, everywhere."""

    equation: Term
    everywhere = True

    def step(self, expression: Term, state: State) -> Theorem:
        if self.equation not in state.given:
            raise Refused("not among the hypotheses", self.equation)
        theorem = assume(self.equation)
        return _everywhere(expression, state, lambda here, local: match(here.subterm, theorem, local), self)

    def words(self) -> str:
        return f"by hypothesis, {self.equation!r}"


def given_that(equation: Term) -> Hypothesis:
    """By an equation that the result assumes."""
    _operation(equation, "eq", "given_that takes an equation such as equal(x, y)")
    return Hypothesis(equation)


@dataclass(frozen=True)
class Convert:
    """Apply a rule of the form t ↦ (t = t′) at the first subterm that it accepts."""

    rule: Callable[..., Theorem]
    takes_given: bool = True

    def step(self, expression: Term, state: State) -> Theorem:
        return _everywhere(expression, state, self._at, self)

    everywhere = False

    def _at(self, here: Position, local: Given) -> Theorem | None:
        if self.takes_given:
            return narrow(self.rule, local, here.subterm)  # type: ignore[no-any-return]
        return self.rule(here.subterm)

    def words(self) -> str:
        return self.rule.__name__.replace("_", " ")


def convert(rule: Callable[..., Theorem], *, takes_given: bool = True) -> Convert:
    """Apply a rule that rewrites a term as a whole."""
    _callable(rule, "convert")
    return Convert(rule, takes_given)


@dataclass(frozen=True)
class Unfold:
    """Replace a defined symbol by its definition, wherever it stands."""

    head: Term

    def step(self, expression: Term, state: State) -> Theorem:
        theorem: Theorem | None = None
        while True:
            hit = next(
                (p for p in positions(expression) if p.subterm.op == "call" and p.subterm.args[0] == self.head), None
            )
            if hit is None:
                break
            theorem = _then(theorem, rewrite(expression, hit.path, definition(hit.subterm), ()))
            expression = theorem.right
        if theorem is None:
            raise Refused(f"{self.head!r} does not occur in {expression!r}")
        return theorem

    def words(self) -> str:
        return f"definition of {self.head!r}"


def unfold(head: Term) -> Unfold:
    """By the definition of a symbol, everywhere."""
    _operation(head, "head", "unfold takes a defined symbol without arguments such as HERMITE")
    return Unfold(head)


@dataclass(frozen=True)
class Fold:
    """Write a subterm as a defined symbol."""

    symbol: Term

    def step(self, expression: Term, state: State) -> Theorem:
        def attempt(here: Position, local: Given) -> Theorem | None:
            return match(here.subterm, symmetry(definition(here.localise(self.symbol))), local)

        return _everywhere(expression, state, attempt, self)

    everywhere = False

    def words(self) -> str:
        return f"definition of {self.symbol.args[0]!r}"


def fold(symbol: Term) -> Fold:
    """Recognise the definition of `symbol` (a defined symbol at its arguments)."""
    _operation(symbol, "call", "fold takes a defined symbol at its arguments such as He(n, x)")
    return Fold(symbol)


@dataclass(frozen=True)
class Reshape:
    """Write the expression in another algebraic form before the next reason."""

    form: Term

    def step(self, expression: Term, state: State) -> Theorem:
        return narrow(normal_form, state.given, expression, self.form)  # type: ignore[no-any-return]

    def words(self) -> str:
        return f"written as {self.form!r}"


def as_(form: Any) -> Reshape:
    """The same by algebra, as `form`."""
    return Reshape(term(form))


@dataclass(frozen=True)
class ByOrder:
    """Prove an equation in two cases, a ≤ b and b < a."""

    a: Term
    b: Term
    first: tuple[Any, ...]
    second: tuple[Any, ...]

    def prove(self, statement: Term, state: State) -> Theorem:
        """The statement, from both cases."""
        low, high = self.a <= self.b, self.b < self.a
        one = prove_equation(statement, self.first, _Local(state, (*state.given, low)))
        two = prove_equation(statement, self.second, _Local(state, (*state.given, high)))
        if low not in one.hypotheses:
            return one
        return two if high not in two.hypotheses else cases(one, two)

    def words(self) -> str:
        return f"if {self.a!r} ≤ {self.b!r}: {_all_words(self.first)}; otherwise: {_all_words(self.second)}"


def by_order(a: Any, b: Any, *, first: Any, second: Any) -> ByOrder:
    """Two cases: `first` are the reasons for a ≤ b, `second` those for b < a."""
    return ByOrder(term(a), term(b), _listed(first), _listed(second))


def prove_equation(statement: Term, reasons: Any, state: State) -> Theorem:
    """left = right, where the reasons lead from the left side to the right."""
    step = run(reasons, statement.args[0], state)
    if step.right == statement.args[1]:
        return step
    return transitivity(step, narrow(normal_form, state.given, step.right, statement.args[1]))


@dataclass(frozen=True)
class ProofBy:
    """Prove a statement by a function that derives it: (state) → theorem; `uses` names the results it looks up."""

    description: str
    derive: Derivation
    uses: tuple[str, ...] = ()

    def prove(self, statement: Term, state: State) -> Theorem:
        """The theorem that the function derives."""
        return self.derive(state)

    def words(self) -> str:
        return self.description


def _callable(rule: Any, word: str) -> None:
    if not callable(rule):
        raise TermError(f"{word} takes a rule, not {rule!r}")


def _operation(value: Any, op: str, wanted: str) -> None:
    if not isinstance(value, Term) or value.op != op:
        raise TermError(f"{wanted}, not {value!r}")


def _flags(word: str, reverse: Any, everywhere: Any) -> None:
    if not isinstance(reverse, bool) or not isinstance(everywhere, bool):
        raise TermError(f"{word}: reverse and everywhere are True or False, not {reverse!r} and {everywhere!r}")


def _listed(reasons: Any) -> tuple[Any, ...]:
    return tuple(reasons) if isinstance(reasons, (list, tuple)) else (reasons,)


def _all_words(reasons: tuple[Any, ...]) -> str:
    return ", ".join(r.words() for r in reasons)


@dataclass
class _Local:
    state: State
    given: Given

    def lookup(self, label: str) -> Theorem:
        return self.state.lookup(label)


def run(reasons: Any, expression: Term, state: State) -> Theorem:
    """One reason after another: expression = the last one's result."""
    theorem: Theorem | None = None
    for reason in reasons if isinstance(reasons, (list, tuple)) else (reasons,):
        step = reason.step(expression if theorem is None else theorem.right, state)
        theorem = _then(theorem, step)
    if theorem is None:
        raise Refused("a line needs a reason")
    return theorem


def _then(first: Theorem | None, second: Theorem) -> Theorem:
    return second if first is None else transitivity(first, second)


def free_variable(theorem: Theorem, name: str, label: str) -> Term:
    """The theorem's free variable of this name."""
    free = theorem.conclusion.free.union(*(h.free for h in theorem.hypotheses))
    hits = sorted((v for v in free if v.args[0] == name), key=repr)
    if len(hits) != 1:
        names = ", ".join(sorted({v.args[0] for v in free}))
        raise Refused(f"({label}) has {'no' if not hits else 'more than one'} variable {name!r}; it has {names}")
    return hits[0]


def _everywhere(
    expression: Term, state: State, attempt: Callable[[Position, Given], Theorem | None], reason: Any
) -> Theorem:
    """The attempt at the first position where it succeeds, or at all from the outside in."""
    total: Theorem | None = None
    refusal: Refused | None = None
    done: set[tuple[int, ...]] = set()
    again = True
    while again:
        again = False
        for here in positions(expression):
            if any(here.path[: len(d)] == d for d in done):
                continue
            try:
                found = attempt(here, (*state.given, *here.facts))
            except Refused as no:
                if refusal is None or refusal.reason.startswith("expected"):
                    refusal = no  # a rule that met its shape says more than one that did not
                continue
            if found is None:
                continue
            step = replace(expression, here, found, state.given)
            total, expression = _then(total, step), step.right
            done.add(here.path)
            again = bool(getattr(reason, "everywhere", False))
            break
    if total is None:
        why = f" ({refusal.reason})" if refusal else ""
        raise Refused(f"'{reason.words()}' does not apply to {expression!r}{why}", refusal and refusal.where)
    return total
