"""When two terms are the same by algebra: atoms that are provably equal, and polynomials that vanish."""

from __future__ import annotations

from functools import lru_cache

from .errors import Refused
from .functions import check_function
from .monomials import exponent, floor, poly_term
from .polynomial import (
    ONE,
    ZERO,
    Exponent,
    Number,
    Polynomial,
    add_exponents,
    as_polynomial,
    number,
    power,
    split_constant,
)
from .powers import MAX_EXPANSION, Powers
from .terms import Term, apply, order, subterms

_MANY_FORMS = frozenset(("factorial", "binomial", "min", "max", "abs", "delta"))


class Equality(Powers):
    """Atoms, and the question whether a polynomial is zero."""

    _atoms: dict[str, dict[Term, None]]
    _unequal: set[tuple[Term, Term]]

    def _atom(self, t: Term, ready: bool = False) -> Polynomial:
        """The term as one base, the same base as every atom that is provably equal to it."""
        if not ready:
            t = self._canonical_arguments(t)
        if t.op == "word":
            return power(t, 1)
        known = self._atoms.setdefault(t.op, {})
        if t in known:
            return power(t, 1)
        for other in known:
            if self._comparable(t, other) and (t, other) not in self._unequal:
                if self._same_atom(t, other):
                    return power(other, 1)
                self._unequal.add((t, other))
        known[t] = None
        return power(t, 1)

    def _comparable(self, t: Term, other: Term) -> bool:
        """Without equations, canonical terms of different variables are not even compared."""
        if self.reductions:
            return True
        return t.free == other.free and (_has_other_forms(t) or _has_other_forms(other))

    def _canonical_arguments(self, t: Term) -> Term:
        args = []
        for sort, a in zip(t.args[0].args[1], t.args[1:], strict=True) if t.op == "call" else ():
            if a.op == "lam":
                check_function(self, a, sort, "the argument of a defined symbol")
        for a in t.args:
            args.append(a if a.op in ("head", "lam") else poly_term(self.nf(a)))
        return Term(t.op, tuple(args))

    def _same_atom(self, t: Term, other: Term) -> bool:
        """Equal arguments, and equal bodies under the binder."""
        if len(t.args) != len(other.args):
            return False
        before = self.used
        self.used = set(before)
        try:
            if all(self._same_argument(t, a, b) for a, b in zip(t.args, other.args, strict=True)):
                return True
        except Refused:  # a body that is not shown to be defined is not shown to be the same
            pass
        self.used = before
        return False

    def _same_argument(self, t: Term, a: Term, b: Term) -> bool:
        if a == b:
            return True
        if a.op == "lam" and t.op == "call":
            return False  # its definition may take the function outside of its domain, where it is any other
        if a.op == "lam" and a.args[1] == b.args[1]:
            bounds = t.args[:2] if t.op in ("sum", "prod", "integral") else ()
            child, v, body = self.under(a, *bounds)
            same = child.same(body, apply(b, v))
            if same:
                self.absorb(child)
            return same
        return self.same(a, b)  # refused for what has no value: another function or definition, ∞

    def same(self, a: Term, b: Term) -> bool:
        """a = b by algebra under the hypotheses."""
        return self.vanishes(self.nf(a) - self.nf(b))

    # -- zero ------------------------------------------------------------------------------------------
    def vanishes(self, p: Polynomial) -> bool:
        """The polynomial is zero once denominators are cleared and factorials of a class unified."""
        for _ in range(64):
            p = self._reduce(p, True)
            if not p:
                return True
            cleared = self._clear(self._unify_exponents(self._unify_factorials(p)))
            if cleared == p:
                cleared = self._without_inverses(p)
            if cleared == p:
                return False
            p = cleared
        return False

    def _without_inverses(self, p: Polynomial) -> Polynomial:
        """p times a power of a reducible base that is not zero, so that no negative power of it is left."""
        for base, _, _, _ in self.reductions:
            low = min(split_constant(dict(m).get(base, 0))[0] for m in p.terms)
            if low < 0 and self.nonzero_base(base):
                return p * power(base, -low)
        return p

    def _clear(self, p: Polynomial) -> Polynomial:
        """Take out the smallest power of every sum that occurs as a base, and expand the others.

        Exponents that differ by an integer form a class. A base that is not zero is divided out of all
        terms at once; otherwise each class is written through its own smallest power.
        """
        for base in sorted((b for b in p.bases() if b.op == "add"), key=order):
            parts = [split_constant(dict(m).get(base, 0)) for m in p.terms]
            classes = [(rest, c - floor(c)) for c, rest in parts]
            if self.nonzero_base(base):
                classes = [(0, 0)] * len(parts)
            low: dict[tuple[Exponent, Number], int] = {}
            for key, (c, _) in zip(classes, parts, strict=True):
                low[key] = min(low.get(key, floor(c)), floor(c))
            if all(floor(c) == low[key] for key, (c, _) in zip(classes, parts, strict=True)):
                continue
            body = self.nf(base)
            out = ZERO
            for (m, k), (c, rest), key in zip(p, parts, classes, strict=True):
                extra = floor(c) - low[key]
                bare = frozenset((b, e) for b, e in m if b != base)
                left = power(base, add_exponents(c - extra, rest))
                out = out + Polynomial({bare: k}) * left * self._power(body, extra)
            p = out
        return p

    def _unify_exponents(self, p: Polynomial) -> Polynomial:
        """Write exponents of one base that are equal under the hypotheses as the same polynomial."""
        if not self.reductions:
            return p
        known: dict[Term, list[Polynomial]] = {}
        out = ZERO
        for m, c in p:
            factors: list[tuple[Term, Exponent]] = []
            for b, e in m:
                if isinstance(e, Polynomial):
                    reps = known.setdefault(b, [])
                    hit = next((r for r in reps if self.vanishes(r - e)), None)
                    if hit is None:
                        reps.append(e)
                    factors.append((b, hit or e))
                else:
                    factors.append((b, e))
            out = out + Polynomial({frozenset(factors): c})
        return out

    def _unify_factorials(self, p: Polynomial) -> Polynomial:
        """(n + 2)! = (n + 2)(n + 1)·n! where both occur, n the smallest of the class."""
        classes: dict[Exponent, list[tuple[Number, Term]]] = {}
        for b in sorted((b for b in p.bases() if b.op == "factorial"), key=order):
            c, rest = split_constant(exponent(self.nf(b.args[0])))
            classes.setdefault(rest, []).append((c, b))
        values: dict[Term, tuple[Term, Polynomial]] = {}
        for rest, members in classes.items():
            low, base = min(members, key=lambda entry: entry[0])
            for c, b in members:
                if b != base and c - low <= MAX_EXPANSION:
                    rising = ONE
                    for j in range(1, int(c - low) + 1):
                        rising = rising * (as_polynomial(rest) + number(low + j))
                    values[b] = (base, rising)
        if not values:
            return p
        out = ZERO
        for m, k in p:
            term = number(k)
            for b, e in m:
                base, rising = values.get(b, (b, ONE))
                term = term * power(base, e) * (self._power(rising, e) if b in values else ONE)
            out = out + term
        return out


@lru_cache(maxsize=16384)
def _has_other_forms(t: Term) -> bool:
    """Whether a canonical term may equal another one: through factorials, denominators, extrema and the like."""
    if t.op in _MANY_FORMS or (t.op == "pow" and t.args[0].op == "add"):
        return True
    return any(_has_other_forms(a) for a in subterms(t))
