"""The canonical form: what the kernel accepts as "the same by algebra", given hypotheses.

`Context(hypotheses)` turns a term into a `Polynomial` in atoms, refusing every term that it cannot
show to be defined: a power needs a natural exponent or a base that is not zero, a factorial a natural
number, an integral an integrable function. Two terms are equal if their difference vanishes after
multiplying by denominators (not zero, since the term was defined) and writing the factorials of one
class through the smallest. `used` collects the hypotheses that mattered.
"""

from __future__ import annotations

from typing import Self

from .binders import Binders
from .errors import Refused
from .kinds import kind
from .monomials import content_of, leaf
from .polynomial import ONE, Exponent, Mono, Number, Polynomial, Rational, plain, product, total
from .regularity import INFINITY, MINUS_INFINITY
from .signs import Signs
from .terms import Term, apply, num, unfold, var

_MAX_DEPTH = 10
_LEAVES = frozenset(("num", "var", "I", "pi", "euler"))
_RELATIONS = ("eq", "le", "lt", "ne", "is_int", "is_real", "povm", "projective")


class Context(Binders):
    """Hypotheses made ready: rewriting by equalities, inequalities, nonzero and type facts."""

    def __init__(self, hypotheses: tuple[Term, ...] = ()) -> None:
        self.used = set()
        self.answers = {}
        self.outer = None
        self.depth = 0
        self.inequalities, self.nonzeros, self.reals, self.integers = [], [], [], []
        self.reductions: list[tuple[Term, int, Polynomial, Term]] = []
        self.measurements: list[tuple[Term, Term, Term]] = []
        self._cache: dict[Term, tuple[Polynomial, frozenset[Term]]] = {}
        self._atoms: dict[str, dict[Term, None]] = {}
        self._unequal: set[tuple[Term, Term]] = set()
        self._children: dict[tuple[str, tuple[Term, ...]], tuple[Self, Term]] = {}
        self.assume(hypotheses)

    def assume(self, hypotheses: tuple[Term, ...]) -> None:
        """Add hypotheses; one that speaks of an undefined term is refused."""
        waiting = [h for h in hypotheses if h.op in _RELATIONS]
        while waiting:
            left: list[Term] = []
            for h in waiting:
                before = self.used
                self.used = set()
                try:
                    self._assume(h)
                except Refused as no:
                    left.append(h)
                    refusal = no
                self.used = before
            if len(left) == len(waiting):
                raise Refused(f"the hypothesis {left[0]!r} is not well defined: {refusal.reason}", refusal.where)
            waiting = left
            self._cache.clear()
            self.answers.clear()
            self._children.clear()

    def _assume(self, h: Term) -> None:
        if h.op in ("povm", "projective"):
            self.measurements.append((h.args[0], h.args[1], h))
        elif h.op == "is_int":
            self.integers.append((self.nf(h.args[0]), h))
        elif h.op == "is_real":
            self.reals.append((self.nf(h.args[0]), h))
        elif h.op == "eq":
            self._orient(h)
        else:
            difference = self.nf(h.args[1]) - self.nf(h.args[0])
            if h.op == "ne":
                self.nonzeros.append((difference, h))
            else:
                self.inequalities.append(self.tighten(difference, h.op == "lt", frozenset((h, *self.used))))

    def _orient(self, h: Term) -> None:
        left = self.nf(h.args[0]).monomial() if kind(h.args[0]) == "number" else None
        if left is None or left[1] != 1 or len(left[0]) != 1:
            return
        base, e = next(iter(left[0]))
        right = self.nf(h.args[1])
        if not isinstance(e, Rational) or e.denominator != 1 or e <= 0:
            return
        if base not in right.bases():
            self.reductions.append((base, int(e), right, h))

    # -- binders -------------------------------------------------------------------------------------
    def under(self, function: Term, *bounds: Term) -> tuple[Self, Term, Term]:
        """(a context inside the binder, its variable, the opened body)."""
        if function.op != "lam":
            raise Refused("expected a function of one variable", function)
        sort = function.args[1]
        known = self._children.get((sort, bounds))
        if known is None:
            known = self._children[(sort, bounds)] = self._child(function, *bounds)
        child, v = known
        child.used = set()
        return child, v, apply(function, v)

    def _child(self, function: Term, *bounds: Term) -> tuple[Self, Term]:
        """A context inside the binder with the facts that its bounds give, the same for every body."""
        if self.depth >= _MAX_DEPTH:
            raise Refused("binders are nested too deeply", function)
        v = var(f"·{self.depth}", function.args[1])
        child = type(self).__new__(type(self))
        child.used, child.answers, child.outer, child.depth = set(), {}, self, self.depth + 1
        child.inequalities, child.nonzeros = list(self.inequalities), list(self.nonzeros)
        child.reals, child.integers = list(self.reals), list(self.integers)
        child.reductions, child.measurements = list(self.reductions), list(self.measurements)
        child._cache, child._unequal = {}, set()
        child._atoms = {}
        child._children = {}
        child.assume(binder_facts(v, *bounds))
        return child, v

    def absorb(self, child: Signs) -> None:
        """Take over the hypotheses a child used, without the facts of its own binder."""
        own = f"·{self.depth}"
        self.used |= {h for h in child.used if all(v.args[0] != own for v in h.free)}

    def content(self, p: Polynomial) -> tuple[Mono, Polynomial]:
        """p = the product of its common factors × the rest."""
        return content_of(p)

    def effect_sign(self, base: Term) -> bool:
        """⟨r|E_j|r⟩ is real and not negative, because E is a POVM with 1 ≤ j ≤ d."""
        return bool(base.args[1] == base.args[2]) and self._effect(base.args[0])

    def _effect(self, effect: Term) -> bool:
        """The operator is E_j with an integer j, 1 ≤ j ≤ d, for a POVM E."""
        if effect.op != "app":
            return False
        for family, d, h in self.measurements:
            j = self.nf(effect.args[1])
            among = self.integer(j) and self.nonnegative(j - ONE) and self.nonnegative(self.nf(d) - j)
            if effect.args[0] == family and among:
                self.used.add(h)
                return True
        return False

    def hermitian_trace(self, base: Term) -> bool:
        """tr[ρ M(1)⊗…⊗M(n)] is real, because ρ and every M(i) are Hermitian."""
        state, operator = base.args
        if state.op != "app" or state.args[1] != operator.args[0]:
            return False
        child, _, body = self.under(operator.args[1], num(1), operator.args[0])
        good = child._hermitian(body)
        if good:
            self.absorb(child)
        return good

    def _hermitian(self, m: Term) -> bool:
        """The operator on one particle is a real combination of effects and the identity."""
        if m.op == "call":
            return self._hermitian(unfold(m))
        if m.op == "sum":
            child, _, body = self.under(m.args[2], *m.args[:2])
            good = child._hermitian(body)
            if good:
                self.absorb(child)
            return good
        if m.op in ("add", "mul"):
            return all(self._hermitian(a) if kind(a) == "operator" else self.real(self.nf(a)) for a in m.args)
        return m.op == "identity" or self._effect(m)

    # -- the normal form -----------------------------------------------------------------------------
    def nf(self, t: Term) -> Polynomial:
        """The term as a polynomial in atoms; refused if it is not shown to be defined."""
        if t.op in _LEAVES:
            return leaf(t)
        hit = self._cache.get(t)
        if hit is None:
            before = self.used
            self.used = set()
            p = self._reduce(self._nf(t))
            hit = self._cache[t] = (p, frozenset(self.used))
            self.used = before
        if hit[1]:
            self.used |= hit[1]
        return hit[0]

    def _nf(self, t: Term) -> Polynomial:
        handler = getattr(self, f"_nf_{t.op}", None)
        if handler is not None:
            return handler(t)  # type: ignore[no-any-return]
        if t.op in ("O", "infinity", "bound", "lam", "head"):
            raise Refused(f"{t.op} has no value by itself", t)
        return self._atom(t)

    def _nf_add(self, t: Term) -> Polynomial:
        return total([self.nf(a) for a in t.args])

    def _nf_mul(self, t: Term) -> Polynomial:
        factors: list[tuple[Term, Exponent]] = []
        c: Number = 1
        sums = ONE
        for a in t.args:
            p = self.nf(a)
            single = p.monomial()
            if single is None:
                sums = sums * p
            else:
                factors += single[0]
                c = c * single[1]
        k, mono = product(factors)
        return Polynomial({mono: plain(c * k)}) * sums


def binder_facts(v: Term, *bounds: Term) -> tuple[Term, ...]:
    """What is known of a bound variable: low ≤ v ≤ high, infinite ends aside."""
    if not bounds:
        return ()
    low, high = bounds
    facts = () if low == MINUS_INFINITY else (Term("le", (low, v)),)
    return facts if high == INFINITY else (*facts, Term("le", (v, high)))
