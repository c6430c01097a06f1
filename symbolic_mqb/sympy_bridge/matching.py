"""Where does a theorem apply? Values of its variables, found by comparing its left side with a term.

A search and nothing more: products are compared factor by factor, exponents and arguments as polynomials
in the bound variables, and what must agree is solved for with SymPy. The kernel checks every find.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import sympy as sp

from ..kernel.signatures import SIGNATURES
from ..kernel.terms import Term, apply, num, substitute, var
from ..notation.language import oo
from ..notation.objects import HERMITE
from .errors import TranslationError
from .from_sympy import Reader
from .names import ASSUMPTIONS
from .to_sympy import to_sympy

_PLAIN = ("num", "var", "add", "pow", "mul", "exp", "pi", "I", "euler", "infinity")
_BINDERS = tuple(op for op, (row, _) in SIGNATURES.items() if any(w.startswith("lam:") for w in row))
_MAX_BRANCHES = 64
_MAX_DEGREE = 12


@dataclass
class Equations:
    """What must vanish: comparisons of parts, and (to be used last) of the factors that are left over.

    `written_out` are Hermite polynomials of concrete index that the term holds as polynomials, if at all.
    """

    exact: list[Any] = field(default_factory=list)
    last: list[Any] = field(default_factory=list)
    written_out: list[Term] = field(default_factory=list)

    def __add__(self, other: Equations) -> Equations:
        exact = list(dict.fromkeys(self.exact + other.exact))
        return Equations(exact, self.last + other.last, self.written_out + other.written_out)

    @property
    def possible(self) -> bool:
        """Whether no number that is not zero is asked to vanish."""
        return not any(e.is_number and e.is_zero is False for e in self.exact)


@dataclass
class _Shape:
    """A product: exp(exponent) × atoms × powers of plain terms."""

    exponent: list[Term] = field(default_factory=list)
    atoms: list[Term] = field(default_factory=list)
    powers: list[tuple[Term, Term]] = field(default_factory=list)


def _shape(t: Term) -> _Shape:
    out = _Shape()
    _collect(t, num(1), out)
    return out


def _collect(t: Term, e: Term, out: _Shape) -> None:
    whole = e.op == "num" and e.args[0].denominator == 1
    if t.op == "mul" and (whole or not any(a.op in _BINDERS or a.op == "call" for a in t.args)):
        for a in t.args:
            _collect(a, e, out)
    elif t.op == "exp":
        out.exponent.append(t.args[0] if e == num(1) else e * t.args[0])
    elif t.op == "pow" and (whole or e == num(1)):
        _collect(t.args[0], t.args[1] if e == num(1) else e * t.args[1], out)
    elif t.op not in _PLAIN and whole and 0 < e.args[0] <= 8:
        out.atoms += [t] * int(e.args[0])
    else:
        out.powers.append((t, e))


class Matcher:
    """Compares patterns with terms. `symbols` maps variables to the SymPy symbols that stand for them."""

    def __init__(self, symbols: dict[Term, Any]) -> None:
        self.symbols = dict(symbols)
        self.count = 0

    def algebra(self, t: Term) -> Any:
        """The term as SymPy evaluates it."""
        for v in t.free:
            if v not in self.symbols and v.args[1] in ASSUMPTIONS:
                self.symbols[v] = sp.Dummy(v.args[0], **ASSUMPTIONS[v.args[1]])
        return evaluated(to_sympy(t, self.symbols))

    def compare(self, pattern: Term, t: Term, bound: tuple[Any, ...] = ()) -> Iterator[Equations]:
        """What must vanish for the pattern to be the term (as one part of a product), one way after another."""
        if pattern.op in _PLAIN:
            yield from self._products(pattern, t, bound, None)
        else:
            yield from self._atoms(pattern, t, bound)

    def _atoms(self, p: Term, t: Term, bound: tuple[Any, ...]) -> Iterator[Equations]:
        if p.op != t.op or len(p.args) != len(t.args) or (p.op in ("call", "app") and p.args[0] != t.args[0]):
            return
        total, functions = Equations(), None
        for a, b in zip(p.args, t.args, strict=True):
            if not isinstance(a, Term) or a.op == "head":
                continue
            if a.op == "lam":
                functions = (a, b)
            elif {a, b} & {oo, -oo}:
                if a != b:
                    return
            else:
                total = total + self._equal(a, b, bound)
        if functions is None:
            yield total
            return
        self.count += 1
        v = var(f"·{self.count}", functions[0].args[1])
        s = sp.Dummy(v.args[0], **ASSUMPTIONS.get(v.args[1], {}))
        self.symbols[v] = s
        for more in self._products(apply(functions[0], v), apply(functions[1], v), (*bound, s), v):
            yield total + more

    def _equal(self, a: Term, b: Term, bound: tuple[Any, ...], above: Any = None) -> Equations:
        """Coefficients of a − b in the bound symbols; those free of `above` are left out."""
        difference = sp.expand(self.algebra(a) - self.algebra(b))
        present = [s for s in bound if difference.has(s)]
        if not present:
            return Equations([] if above is not None or difference == 0 else [difference])
        try:
            poly = sp.Poly(sp.numer(sp.together(difference)), *present)
        except sp.PolynomialError:
            return Equations()
        keep = [c for m, c in poly.terms() if above is None or (above in present and m[present.index(above)])]
        return Equations([sp.factor(c) for c in keep])

    def _products(self, p: Term, t: Term, bound: tuple[Any, ...], v: Term | None) -> Iterator[Equations]:
        """Factor by factor; under a binder of v, up to factors that are free of v."""
        left, right = _shape(p), _shape(t)
        above = None if v is None else self.symbols[v]
        total = Equations()
        if left.exponent:
            total = total + self._equal(_sum(left.exponent), _sum(right.exponent), bound, above)
        atoms = [a for a in left.atoms if v is None or v in a.free]
        powers = [(b, e) for b, e in left.powers if v is not None and v in b.free | e.free]
        targets = [(b, e) for b, e in right.powers if v is not None and v in b.free | e.free]
        if v is None:
            total = total + self._scalars(left, right)
        for found in self._assign(atoms, right.atoms, bound):
            found = found + self._polynomials(found.written_out, right, above)
            for more in self._assign_powers(powers, targets, bound):
                if (total + found).possible:
                    yield total + found + more

    def _scalars(self, left: _Shape, right: _Shape) -> Equations:
        ours, theirs = (sp.Mul(*(self.algebra(b) ** self.algebra(e) for b, e in s.powers)) for s in (left, right))
        return Equations(last=[sp.together(ours / theirs - 1)])

    def _assign(self, atoms: list[Term], targets: list[Term], bound: tuple[Any, ...]) -> Iterator[Equations]:
        if not atoms:
            yield Equations()
            return
        tried: set[Term] = set()
        for i, t in enumerate(targets):
            if t in tried:
                continue
            tried.add(t)
            for first in filter(_possible, self._atoms(atoms[0], t, bound)):
                for rest in self._assign(atoms[1:], targets[:i] + targets[i + 1 :], bound):
                    yield first + rest
        if _may_be_expanded(atoms[0]):
            for rest in self._assign(atoms[1:], targets, bound):
                yield Equations(written_out=[atoms[0]]) + rest

    def _polynomials(self, written_out: list[Term], right: _Shape, above: Any) -> Equations:
        """Coefficients of Hermite polynomials against those of the polynomial that stands in their place."""
        theirs = self.polynomial(right, above) if written_out else None
        if theirs is None:
            return Equations()
        try:
            ours = sp.Poly(sp.expand(sp.Mul(*(self.algebra(a).doit() for a in written_out))), above)
        except sp.PolynomialError:
            return Equations()
        if ours.degree() != theirs.degree():
            return Equations([sp.S.One])
        low, high = ours.all_coeffs(), theirs.all_coeffs()
        return Equations([sp.numer(sp.together(c * high[0] - d * low[0])) for c, d in zip(low, high, strict=True)])

    def polynomial(self, shape: _Shape, v: Any) -> Any:
        """The polynomial in v among the factors of a product; None if they are not one."""
        factors = (self.algebra(b) ** self.algebra(e) for b, e in shape.powers)
        try:
            return sp.Poly(sp.expand(sp.Mul(*(f for f in factors if f.has(v)))), v)
        except sp.PolynomialError:
            return None

    def _assign_powers(
        self, powers: list[tuple[Term, Term]], targets: list[tuple[Term, Term]], bound: tuple[Any, ...]
    ) -> Iterator[Equations]:
        if not powers or len(powers) > len(targets):
            yield Equations()
            return
        (b, e), *others = powers
        for i, (c, f) in enumerate(targets):
            if b.op != c.op:
                continue
            pair = self._equal(e, f, bound) + self._equal(b, c, bound)
            if not pair.possible:
                continue
            for rest in self._assign_powers(others, targets[:i] + targets[i + 1 :], bound):
                yield pair + rest


def _may_be_expanded(t: Term) -> bool:
    """A Hermite polynomial at a concrete index may stand there as the polynomial it is."""
    return bool(t.op == "call" and t.args[0] == HERMITE and t.args[1].op == "num")


def _possible(equations: Equations) -> bool:
    return equations.possible


def _sum(terms: list[Term]) -> Term:
    return num(0) if not terms else terms[0] if len(terms) == 1 else Term("add", tuple(terms))


def evaluated(e: Any) -> Any:
    """The expression rebuilt with SymPy's own evaluation, except under binders."""
    if not e.args or getattr(e, "bound_symbols", None):
        return e
    return e.func(*map(evaluated, e.args))


@dataclass(frozen=True)
class Pattern:
    """A theorem's left side with its variables set apart from the user's, and what is asked of them."""

    left: Term
    variables: dict[Term, Term]
    hypotheses: tuple[Term, ...]

    @staticmethod
    def of(left: Term, hypotheses: frozenset[Term], free: frozenset[Term]) -> Pattern:
        """Rename every variable v of the theorem to ?v."""
        apart = {v: var("?" + v.args[0], v.args[1]) for v in free}
        hyps = tuple(substitute(h, apart) for h in sorted(hypotheses, key=repr))
        return Pattern(substitute(left, apart), apart, hyps)

    def unknowns(self) -> dict[Term, Any]:
        """A SymPy symbol for each variable of numbers, positive where a hypothesis 0 < v says so."""
        out = {}
        for v in self.variables.values():
            if v.args[1] in ASSUMPTIONS:
                positive = Term("lt", (num(0), v)) in self.hypotheses
                kind = {"positive": True} if positive and v.args[1] == "real" else ASSUMPTIONS[v.args[1]]
                out[v] = sp.Dummy(v.args[0], **kind)
        return out


def indices_by_degree(
    pattern: Pattern, t: Term, known: dict[Term, Term], symbols: dict[Term, Any]
) -> Iterator[dict[Term, Term]]:
    """Indices that He_m(…) He_n(…) in the pattern's integral may have, if t holds a polynomial instead."""
    if pattern.left.op != "integral" or t.op != "integral":
        return
    v = var("·0", "real")
    calls = [a for a in _shape(apply(pattern.left.args[2], v)).atoms if a.op == "call" and a.args[0] == HERMITE]
    indices = [a.args[1] for a in calls]
    shape = _shape(apply(t.args[2], v))
    if not indices or any(i in known or i.op != "var" for i in indices) or any(v in a.free for a in shape.atoms):
        return
    matcher = Matcher({**symbols, v: sp.Dummy("v", real=True)})
    found = matcher.polynomial(shape, matcher.symbols[v])
    if found is None or found.degree() > _MAX_DEGREE:
        return
    for choice in product(range(found.degree(), -1, -1), repeat=len(indices)):
        if sum(choice) == found.degree():
            yield {i: num(c) for i, c in zip(indices, choice, strict=True)}


def find_values(
    pattern: Pattern, t: Term, known: dict[Term, Term], symbols: dict[Term, Any], given: tuple[Term, ...]
) -> Iterator[dict[Term, Term]]:
    """Values for all variables of the pattern, so far as it may be the term `t`.

    `known` are values already decided (by ?-variable), `symbols` SymPy symbols for the variables of t.
    """
    unknowns = {v: s for v, s in pattern.unknowns().items() if v not in known}
    matcher = Matcher({**symbols, **unknowns})
    fixed = {v: x for v, x in known.items() if v in pattern.variables.values()}
    left = substitute(pattern.left, fixed)
    conditions = [substitute(h, fixed) for h in pattern.hypotheses if h.op == "eq"]
    facts = [_difference(matcher, h) for h in given if h.op == "eq"]
    reader = {s: v for v, s in matcher.symbols.items() if v not in unknowns}
    seen: set[Any] = set()
    for n, equations in enumerate(matcher.compare(left, t)):
        if n >= _MAX_BRANCHES:
            return
        tiers = [equations.exact, equations.last, [_difference(matcher, h) for h in conditions]]
        for solution in _solutions(tiers, tuple(unknowns.values()), list(symbols.values()), facts):
            try:
                values = {v: Reader(reader).translate(solution[s]) for v, s in unknowns.items() if s in solution}
            except TranslationError:
                continue
            key = frozenset(values.items())
            if key not in seen:
                seen.add(key)
                yield {**fixed, **values}


def _difference(matcher: Matcher, h: Term) -> Any:
    return matcher.algebra(h.args[0]) - matcher.algebra(h.args[1])


def _solutions(
    tiers: list[list[Any]], unknowns: tuple[Any, ...], candidates: list[Any], facts: list[Any]
) -> Iterator[dict[Any, Any]]:
    """Solve one equation in one unknown after another, earlier tiers first."""
    step = _next(tiers, unknowns)
    if step is None:
        yield {}
        return
    tier, equation, u = step
    values = _user_values(equation, u, candidates, facts) if tier == len(tiers) - 1 else []
    for value in (*values, *(x for x in _roots(equation, u) if x not in values)):
        inner = [[_settled(e, u, value) for e in t] for t in tiers]
        if any(e.is_number and e.is_zero is False for e in inner[0]):
            continue
        for rest in _solutions(inner, tuple(w for w in unknowns if w != u), candidates, facts):
            yield {u: value, **rest}


def _settled(e: Any, u: Any, value: Any) -> Any:
    return sp.expand(e.subs(u, value)) if e.has(u) else e


def _next(tiers: list[list[Any]], unknowns: tuple[Any, ...]) -> tuple[int, Any, Any] | None:
    """The simplest equation with a single unknown, from the first tier that has one."""
    for i, tier in enumerate(tiers):
        ready: list[tuple[int, int, Any, Any]] = []
        for e in tier:
            inside = [u for u in unknowns if e.has(u)]
            if len(inside) == 1:
                ready.append((sp.count_ops(e), len(ready), e, inside[0]))
        if ready:
            _, _, e, u = min(ready, key=lambda r: r[:2])
            return i, e, u
    return None


def _roots(equation: Any, u: Any) -> list[Any]:
    try:
        found = sp.solve(equation, u)
    except (NotImplementedError, TypeError, ValueError):
        return []
    found = [sp.simplify(x) for x in found]
    return [
        x
        for x in found
        if not (u.is_positive and x.is_positive is False) and not (u.is_integer and x.is_integer is False)
    ]


def _user_values(equation: Any, u: Any, candidates: list[Any], facts: list[Any]) -> list[Any]:
    """The user's own symbols that solve a condition because a given equation says so."""
    out = []
    for c in candidates:
        rest = sp.expand(equation.subs(u, c))
        if rest == 0 or any(sp.expand(rest - f) == 0 or sp.expand(rest + f) == 0 for f in facts):
            out.append(c)
    return out
