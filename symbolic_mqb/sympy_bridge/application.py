"""Proved results applied to SymPy expressions: the new expression, and the theorem that allows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import Any

import sympy as sp

from ..kernel.arithmetic import term
from ..kernel.errors import Refused
from ..kernel.kinds import kind
from ..kernel.monomials import poly_term
from ..kernel.polynomial import Polynomial, plain, product, scale_exponent
from ..kernel.signatures import PROP
from ..kernel.terms import Term, num, subterms
from ..kernel.theorem import Theorem
from ..rules.logic import context, holds, instantiate, rewrite, symmetry, transitivity
from ..tactics.positions import Position, match, narrow, positions, replace, same
from .errors import ConditionUnmet, NotApplicable, TranslationError
from .expansion import expand_hermite
from .from_sympy import Reader
from .matching import Pattern, find_values, indices_by_degree
from .names import ASSUMPTIONS, ascii_name
from .to_sympy import to_sympy

Given = tuple[Term, ...]


@dataclass(frozen=True)
class Applied:
    """`expression` = the user's expression, because of `theorem`, whose hypotheses are `conditions`.

    `values` are those of the applied result's variables, by name.
    """

    expression: Any
    theorem: Theorem
    conditions: tuple[Any, ...]
    values: dict[str, Any]


def apply_theorem(
    theorem: Theorem,
    expression: Any,
    *,
    given: Iterable[Any] = (),
    reverse: bool = False,
    at: Mapping[str, Any] | None = None,
    **values: Any,
) -> Applied:
    """Replace the first place where the theorem's left side stands by its right side.

    The left side (the right one with `reverse`) is found modulo algebra and up to factors; values of the
    theorem's variables are inferred, or given by name as keywords (`alpha=`, `xp=` for x′) or in `at`.
    What is known: the symbols' assumptions (sorts and signs) and `given`, relations of SymPy's or of the
    bridge. `ConditionUnmet` says which condition does not follow, `NotApplicable` that the left side was
    not found, `TranslationError` what has no counterpart.
    """
    if not isinstance(theorem, Theorem):
        raise TypeError(f"a theorem is expected, such as paper().prove('A9').theorem, not {theorem!r}")
    if theorem.conclusion.op != "eq":
        raise NotApplicable(f"only an equation can be applied, and this states {to_sympy(theorem.conclusion)}")
    return _Application(symmetry(theorem) if reverse else theorem, expression, given).run({**(at or {}), **values})


def facts_of(symbol: Any, v: Term) -> tuple[Term, ...]:
    """What a symbol's assumptions say beyond the sort of its variable: its sign."""
    zero = num(0)
    if symbol.is_positive:
        return (Term("lt", (zero, v)),)
    if symbol.is_negative:
        return (Term("lt", (v, zero)),)
    out: tuple[Term, ...] = ()
    if v.args[1] in ("int", "real") and symbol.is_nonnegative:
        out = (Term("le", (zero, v)),)
    elif symbol.is_nonpositive:
        out = (Term("le", (v, zero)),)
    return (*out, Term("ne", (v, zero))) if symbol.is_nonzero else out


class _Application:
    """One theorem, one expression, and what is known."""

    def __init__(self, theorem: Theorem, expression: Any, given: Iterable[Any]) -> None:
        self.reader = Reader()
        self.theorem = theorem
        self.term = self.reader.translate(expression)
        if self.term.op != "lam" and kind(self.term) == PROP:
            raise NotApplicable(f"{expression} is a statement: apply the theorem to one of its sides")
        stated = [self._statement(h) for h in given]
        self.unmet: list[tuple[Term, ...]] = []
        self.stated = tuple(stated)

    def _statement(self, h: Any) -> Term:
        t = self.reader.translate(h)
        if t.op not in ("eq", "le", "lt", "ne", "is_int", "is_real"):
            raise TranslationError(f"{h} is no relation: `given` takes relations such as Le(n, m)", h)
        return t

    def run(self, values: Mapping[str, Any]) -> Applied:
        """The application, at the first position where it succeeds."""
        known = {v: self._value(x) for v, x in self._named(values).items()}
        given = self._given()
        if context(given).contradictory() is not None:
            raise ConditionUnmet("what is given contradicts itself", ())
        for here in positions(self.term):
            if not _may_stand(self.theorem.left, here.subterm):
                continue
            for found in self._candidates(here, known, given):
                applied = self._attempt(here, found, given)
                if applied is not None:
                    return applied
        if self.unmet:
            simplest = min(self.unmet, key=lambda hyps: len(repr(hyps)))
            conditions = tuple(to_sympy(h, self._symbols()) for h in simplest)
            raise ConditionUnmet(f"needs {' and '.join(map(str, conditions))}", conditions)
        left = to_sympy(self.theorem.left)
        hint = "" if known else "; values of the theorem's variables can be given by name"
        raise NotApplicable(f"{left} was not found in {to_sympy(self.term, self._symbols())}{hint}")

    def _given(self) -> Given:
        facts = [f for s, v in self.reader.symbols.items() if isinstance(s, sp.Symbol) for f in facts_of(s, v)]
        return tuple(dict.fromkeys((*self.stated, *facts)))

    def _symbols(self) -> dict[Term, Any]:
        return {v: s for s, v in self.reader.symbols.items()}

    def _value(self, x: Any) -> Term:
        return term(x) if isinstance(x, Term) else self.reader.translate(x)

    def _variables(self) -> frozenset[Term]:
        t = self.theorem
        return t.conclusion.free.union(*(h.free for h in t.hypotheses))

    def _named(self, values: Mapping[str, Any]) -> dict[Term, Any]:
        variables = self._variables()
        out = {}
        for name, x in values.items():
            hits = [v for v in variables if name in (v.args[0], ascii_name(v.args[0]))]
            if len(hits) != 1:
                names = ", ".join(sorted(v.args[0] for v in variables))
                raise NotApplicable(
                    f"the theorem has {'no' if not hits else 'more than one'} variable {name}; it has {names}"
                )
            out[hits[0]] = x
        return out

    def _candidates(self, here: Position, known: dict[Term, Term], given: Given) -> Any:
        variables = self._variables()
        fixed = {v: here.localise(x) for v, x in known.items()}
        if fixed.keys() >= variables:
            yield fixed
            return
        pattern = Pattern.of(self.theorem.left, self.theorem.hypotheses, variables)
        back = {apart: v for v, apart in pattern.variables.items()}
        local = (*given, *here.facts)
        symbols = _solver_symbols(here.subterm, (*given, *here.facts))
        apart = {pattern.variables[v]: x for v, x in fixed.items()}
        for extra in chain(({},), indices_by_degree(pattern, here.subterm, apart, symbols)):
            for values in find_values(pattern, here.subterm, {**apart, **extra}, symbols, local):
                if len(values) == len(variables):
                    yield {back[v]: x for v, x in values.items()}

    def _attempt(self, here: Position, values: dict[Term, Term], given: Given) -> Applied | None:
        local = (*given, *here.facts)
        pairs = tuple(sorted(values.items(), key=lambda p: repr(p[0])))
        try:
            instance = narrow(instantiate, local, self.theorem, pairs) if pairs else self.theorem
        except Refused as no:
            self._sorts(pairs, local, no)
            return None
        unmet = tuple(h for h in sorted(instance.hypotheses, key=repr) if not _follows(h, local))
        if unmet:
            self._note(here, instance, unmet, local)
            return None
        try:
            found = fit(here.subterm, instance, local)
            if found is None:
                return None
            whole = replace(self.term, here, found, given)
        except Refused:
            return None
        symbols = self._symbols()
        conditions = tuple(to_sympy(h, symbols) for h in sorted(whole.hypotheses, key=repr))
        shown = {v.args[0]: to_sympy(x, symbols) for v, x in pairs}
        return Applied(to_sympy(whole.right, symbols), whole, conditions, shown)

    def _sorts(self, pairs: tuple[tuple[Term, Term], ...], local: Given, no: Refused) -> None:
        """Note which value is not shown to lie in its variable's sort."""
        for v, x in pairs:
            want = {
                "nat": (Term("is_int", (x,)), Term("le", (num(0), x))),
                "int": (Term("is_int", (x,)),),
                "real": (Term("is_real", (x,)),),
            }.get(v.args[1], ())
            unmet = tuple(h for h in want if not _follows(h, local))
            if unmet:
                self.unmet.append(unmet)

    def _note(self, here: Position, instance: Theorem, unmet: tuple[Term, ...], local: Given) -> None:
        """Keep conditions that would make the theorem apply here."""
        opened = {v for _, v in here.opened}
        try:
            fits = fit(here.subterm, instance, (*local, *unmet)) is not None
        except Refused:
            fits = False
        if fits and not any(h.free & opened for h in unmet):
            self.unmet.append(unmet)


def fit(t: Term, instance: Theorem, local: Given) -> Theorem | None:
    """t = t with the instance's left side replaced, He_n at concrete n written out if need be."""
    found = match(t, instance, local)
    if found is None:
        written = expand_hermite(instance, local)
        if written is not None:
            found = match(t, written, local) or _multiple(t, written, local)
    return found


def _multiple(t: Term, instance: Theorem, local: Given) -> Theorem | None:
    """t = factor·left = factor·right, the factor found by comparing a term of each canonical form."""
    ctx = context(local)
    whole, part = ctx.nf(t), ctx.nf(instance.left)
    for factor in _ratios(whole, part):
        try:
            reshaped = same(t, Term("mul", (factor, instance.left)), local)
        except Refused:
            continue
        return transitivity(reshaped, rewrite(reshaped.right, (1,), instance, ()))
    return None


def _ratios(whole: Polynomial, part: Polynomial) -> Iterator[Term]:
    """Quotients of two terms that share a binder."""
    for m, c in part:
        shared = next((b for b, _ in m if b.op in ("integral", "sum", "coeff", "deriv")), None)
        inverse = [(b, scale_exponent(e, Fraction(-1))) for b, e in m]
        for w, d in whole if shared is not None else ():
            if any(b == shared for b, _ in w):
                k, mono = product([*w, *inverse])
                yield poly_term(Polynomial({mono: plain(Fraction(k * d) / c)}))


def _follows(h: Term, local: Given) -> bool:
    if h in local:
        return True
    try:
        return holds(context(local), h)
    except Refused:
        return False


def _may_stand(left: Term, t: Term) -> bool:
    """Whether the theorem's left side could be this subterm, by the outermost operation."""
    return left.op == t.op or (left.op == "mul" and t.op in {a.op for a in subterms(left)})


def _solver_symbols(t: Term, given: Given) -> dict[Term, Any]:
    """A SymPy symbol for each variable of t and of what is given, positive where that is given."""
    variables = t.free.union(*(h.free for h in given)) if given else t.free
    out = {}
    for v in sorted(variables, key=repr):
        if v.args[1] in ASSUMPTIONS:
            extra = {"positive": True} if Term("lt", (num(0), v)) in given else {}
            out[v] = sp.Dummy(v.args[0], **{**ASSUMPTIONS[v.args[1]], **extra})
    return out
