"""The canonical form: what the kernel accepts as "the same by algebra", given hypotheses.

`Context(hypotheses)` turns a term into a `Polynomial` in atoms, refusing every term that it cannot
show to be defined: a power needs a natural exponent or a base that is not zero, a factorial a natural
number, an integral an integrable function. Two terms are equal if their difference vanishes after
multiplying by denominators (not zero, since the term was defined) and writing the factorials of one
class through the smallest. `used` collects the hypotheses that mattered.
"""

from __future__ import annotations

from functools import lru_cache

from .errors import Refused
from .functions import check_function
from .polynomial import (
    EULER,
    IMAGINARY,
    ONE,
    ZERO,
    Exponent,
    Number,
    Polynomial,
    Rational,
    add_exponents,
    as_polynomial,
    number,
    plain,
    power,
    product,
    scale_exponent,
    split_constant,
    total,
)
from .regularity import INFINITY, MINUS_INFINITY, check_bounded, check_integrable, check_smooth, check_summable
from .signs import Mono, Signs
from .terms import Term, apply, kind, lam, num, order, subterms, unfold, var

_MAX_EXPANSION, _MAX_DEPTH = 24, 10
_LEAVES = frozenset(("num", "var", "I", "pi", "euler"))
_MANY_FORMS = frozenset(("factorial", "binomial", "min", "max", "abs", "delta"))
_ENDS = (INFINITY, MINUS_INFINITY)
_PLAIN = ("function", "tuple", "measure", "states")
_RELATIONS = ("eq", "le", "lt", "ne", "is_int", "is_real", "povm", "projective")


class Context(Signs):
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
        self._children: dict[tuple[str, tuple[Term, ...]], tuple[Context, Term]] = {}
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
        if not any(base == b or base in b.free for b in right.bases()):
            self.reductions.append((base, int(e), right, h))

    # -- binders -------------------------------------------------------------------------------------
    def under(self, function: Term, *bounds: Term) -> tuple[Context, Term, Term]:
        """(a context inside the binder, its variable, the opened body)."""
        if function.op != "lam":
            raise Refused("expected a function of one variable", function)
        sort = function.args[1]
        known = self._children.get((sort, bounds))
        if known is None:
            known = self._children[(sort, bounds)] = self._child(function, *bounds)
        child, v = known
        child.used = set()
        return child, v, opened(function, v)

    def _child(self, function: Term, *bounds: Term) -> tuple[Context, Term]:
        """A context inside the binder with the facts that its bounds give, the same for every body."""
        if self.depth >= _MAX_DEPTH:
            raise Refused("binders are nested too deeply", function)
        v = var(f"·{self.depth}", function.args[1])
        child = Context.__new__(Context)
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
        return _content(p)

    def effect_sign(self, base: Term) -> bool:
        """⟨r|E_j|r⟩ is real and not negative, because E is a POVM with 1 ≤ j ≤ d."""
        return bool(base.args[1] == base.args[2]) and self._effect(base.args[0])

    def _effect(self, effect: Term) -> bool:
        """The operator is E_j with 1 ≤ j ≤ d for a POVM E."""
        if effect.op != "app":
            return False
        for family, d, h in self.measurements:
            j = self.nf(effect.args[1])
            if effect.args[0] == family and self.nonnegative(j - ONE) and self.nonnegative(self.nf(d) - j):
                self.used.add(h)
                return True
        return False

    def hermitian_trace(self, base: Term) -> bool:
        """tr[ρ M(1)⊗…⊗M(n)] is real, because ρ and every M(i) are Hermitian."""
        state, operator = base.args
        if state.op != "app" or operator.op != "tensor" or state.args[1] != operator.args[0]:
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
            return _leaf(t)
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

    def _nf_exp(self, t: Term) -> Polynomial:
        z = self.nf(t.args[0])
        return self._euler(z)

    def _euler(self, z: Polynomial) -> Polynomial:
        """e**z, with e**(iπn/2) for integers n turned into a power of i."""
        turn = frozenset(((IMAGINARY, 1), (Term("pi"), 1)))
        quarter = Polynomial(
            {m - turn: c * 2 for m, c in z if turn <= m and self.integer(Polynomial({m - turn: c * 2}))}
        )
        rest = Polynomial({m: c for m, c in z if not (turn <= m and m - turn in quarter.terms)})
        return power(EULER, _exponent(rest)) * power(IMAGINARY, _exponent(quarter))

    def _nf_pow(self, t: Term) -> Polynomial:
        base, e = self.nf(t.args[0]), _exponent(self.nf(t.args[1]))
        if not (
            self.natural_exponent(e)
            or self.nonzero(base)
            or (self.nonnegative(base) and self.nonnegative(as_polynomial(e)))
        ):
            raise Refused("the base of a power must not be zero unless the exponent is a natural number", t)
        return self._power(base, e)

    def _power(self, base: Polynomial, e: Exponent) -> Polynomial:
        if isinstance(e, Rational) and e.denominator == 1 and 0 <= e <= _MAX_EXPANSION:
            out = ONE
            for _ in range(int(e)):
                out = self._reduce(out * base)
            return out
        if not base:
            return self.nf(Term("delta", (poly_term(as_polynomial(e)), num(0))))
        single = base.monomial()
        if single is not None:
            return self._power_mono(*single, e)
        common, rest = _content(base)
        if self.integer_exponent(e) or (self._all_positive(common)):
            lead = _leading(rest)
            if not self.integer_exponent(e):
                lead = max(lead, -lead)
            head = self._power_mono(common, lead, e)
            return head * power(poly_term(rest.over(lead)), e)
        return power(poly_term(base), e)

    def _all_positive(self, m: Mono) -> bool:
        return all(self.positive_base(b) and self.real(as_polynomial(e)) for b, e in m)

    def _power_mono(self, m: Mono, c: Number, e: Exponent) -> Polynomial:
        """(c·m)**e: factor by factor where the law holds, the rest as one atom."""
        whole = self.integer_exponent(e)
        factors: list[tuple[Term, Exponent]] = []
        if whole and c < 0:
            factors.append((IMAGINARY, scale_exponent(e, 2)))
            c = -c
        out, rest = ONE, ONE
        for b, k in m:
            if whole or (self.positive_base(b) and self.real(as_polynomial(k))) or self._root_law(b, k, e):
                factors.append((b, scale_exponent(k, e)))
            else:
                rest = rest * power(b, k)
        if c < 0 and rest == ONE:  # (−1)**e = i**(2e) for the principal power
            factors.append((IMAGINARY, scale_exponent(e, 2)))
            c = -c
        if c > 0:
            factors += [(num(p), scale_exponent(k, e)) for p, k in _factorise(c)]
        else:
            rest = rest.scale(c)
        k, mono = product(factors)
        out = Polynomial({mono: k})
        return out if rest == ONE else out * power(poly_term(rest), e)

    def _root_law(self, b: Term, k: Exponent, e: Exponent) -> bool:
        """(b**k)**e = b**(k·e) for b >= 0 and k, e > 0."""
        return self.nonnegative_base(b) and self.positive(as_polynomial(k)) and self.positive(as_polynomial(e))

    def _nf_factorial(self, t: Term) -> Polynomial:
        n = self.nf(t.args[0])
        if not (self.integer(n) and self.nonnegative(n)):
            raise Refused("a factorial needs a natural number", t)
        c = n.constant()
        if c is not None and c <= 20:
            out = 1
            for j in range(2, int(c) + 1):
                out *= j
            return number(out)
        return power(Term("factorial", (poly_term(n),)), 1)

    def _nf_binomial(self, t: Term) -> Polynomial:
        n, k = self.nf(t.args[0]), self.nf(t.args[1])
        if not (self.integer(n) and self.nonnegative(n) and self.integer(k)):
            raise Refused("a binomial coefficient needs a natural number over an integer", t)
        if self.nonnegative(k) and self.nonnegative(n - k):
            top, low, rest = (Term("factorial", (poly_term(p),)) for p in (n, k, n - k))
            return self.nf(top) * self._power(self.nf(low) * self.nf(rest), -1)
        if self.positive(-k) or self.positive(k - n):
            return ZERO
        return self._atom(t)

    def _natural(self, n: Term) -> None:
        p = self.nf(n)
        if not (self.integer(p) and self.nonnegative(p)):
            raise Refused("not shown to be a natural number", n)

    def _nf_app(self, t: Term) -> Polynomial:
        domain = str(t.args[0].args[-1]).partition("->")[0]
        if domain == "real":
            if not self.real(self.nf(t.args[1])):
                raise Refused("a function of a real variable is taken at a real number", t)
        elif domain in ("int", "int,int"):
            if not all(self.integer(self.nf(a)) for a in t.args[1:]):
                raise Refused("a function of integers is taken at integers", t)
        else:
            self._natural(t.args[1])
        return self._atom(t)

    def _nf_cos(self, t: Term) -> Polynomial:
        """cos(z + πn) = (−1)ⁿ cos z and sin(z + πn) = (−1)ⁿ sin z for integers n; cos is even, sin odd (DLMF 4.16)."""
        turn, z = frozenset(((Term("pi"), 1),)), self.nf(t.args[0])
        halves = Polynomial({m - turn: c for m, c in z if turn <= m and self.integer(Polynomial({m - turn: c}))})
        rest = Polynomial({m: c for m, c in z if not (turn <= m and m - turn in halves.terms)})
        sign = power(IMAGINARY, scale_exponent(_exponent(halves), 2))
        if not rest:
            return sign if t.op == "cos" else ZERO
        if _leading(rest) < 0:
            rest, sign = -rest, sign if t.op == "cos" else -sign
        return sign * self._atom(Term(t.op, (poly_term(rest),)))

    _nf_sin = _nf_cos

    def _nf_sgn(self, t: Term) -> Polynomial:
        p = self.nf(t.args[0])
        if not self.real(p):
            raise Refused("the sign is that of a real number", t)
        if not p:
            return ZERO
        if self.positive(p):
            return ONE
        return -ONE if self.positive(-p) else self._atom(t)

    def _nf_arg(self, t: Term) -> Polynomial:
        if not self.nonzero(self.nf(t.args[0])):
            raise Refused("zero has no argument", t)
        return self._atom(t)

    def _nf_dicke(self, t: Term) -> Polynomial:
        n, k = self.nf(t.args[0]), self.nf(t.args[1])
        if not (self.integer(n) and self.integer(k) and self.nonnegative(k) and self.nonnegative(n - k)):
            raise Refused("a Dicke state |N, k⟩ needs 0 ≤ k ≤ N", t)
        return self._atom(t)

    def _nf_product_ket(self, t: Term) -> Polynomial:
        self._natural(t.args[2])
        return self._atom(t)

    def _nf_abs(self, t: Term) -> Polynomial:
        p = self.nf(t.args[0])
        if self.nonnegative(p):
            return p
        if self.nonnegative(-p):
            return -p
        single = p.monomial()
        if single is None:
            if all((IMAGINARY, 1) in m for m in p.terms):
                p = p * power(IMAGINARY, 3)  # |−i| = 1
            common, rest = _content(p)
            lead = _leading(rest)
            inner = Term("abs", (poly_term(rest.over(lead)),))
            if not common and lead == 1:
                return power(inner, 1)
            return self.nf(Term("abs", (_mono_term(common, max(lead, -lead)),))) * self.nf(inner)
        out = number(max(single[1], -single[1]))
        for b, e in single[0]:
            out = out * self._abs_power(b, e)
        return out

    def _abs_power(self, b: Term, e: Exponent) -> Polynomial:
        if b == IMAGINARY and self.real(as_polynomial(e)):
            return ONE
        if b.op == "conj" and self.integer_exponent(e):
            return self.nf(Term("abs", (_power_term(b.args[0], e),)))
        if b == EULER:
            z = as_polynomial(e)
            real = Polynomial({m: c for m, c in z if self.real(Polynomial({m: c}))})
            if all(self._imaginary(m) for m in (z - real).terms):
                return power(EULER, _exponent(real))
        elif self.positive_base(b) and self.real(as_polynomial(e)):
            return power(b, e)
        elif self.integer_exponent(e) and self.nonnegative(power(b, 1).scale(-1)):
            return self._power(power(b, 1).scale(-1), e)
        elif self.real(as_polynomial(e)) and b.op != "abs" and self.integer_exponent(e):
            even = isinstance(e, Rational) and e % 2 == 0
            return power(b, e) if even and self.real_base(b) else power(Term("abs", (b,)), e)
        return power(Term("abs", (poly_term(power(b, e)),)), 1)

    def _imaginary(self, m: Mono) -> bool:
        """i times something real."""
        rest = m - {(IMAGINARY, 1)}
        return rest != m and self.real(Polynomial({rest: 1}))

    def _nf_conj(self, t: Term) -> Polynomial:
        out = ZERO
        for m, c in self.nf(t.args[0]):
            term = number(c)
            for b, e in m:
                term = term * self._conj_power(b, e)
            out = out + term
        return out

    def _conj_power(self, b: Term, e: Exponent) -> Polynomial:
        if b == IMAGINARY and self.integer_exponent(e):
            return power(b, e) * self._power(number(-1), e)
        bar = _exponent(self.nf(Term("conj", (poly_term(as_polynomial(e)),)))) if isinstance(e, Polynomial) else e
        if self.positive_base(b):
            return power(b, bar)
        if isinstance(e, Rational) and e > 0 and self.nonnegative_base(b):
            return power(b, e)
        if self.integer_exponent(e):
            if self.real_base(b):
                return power(b, e)
            if b.op == "conj":
                return self._power(self.nf(b.args[0]), e)
            if b.op == "sum" and e == 1:
                _, v, body = self.under(b.args[2], *b.args[:2])
                return self.nf(Term("sum", (*b.args[:2], lam(v, Term("conj", (body,))))))
            return power(Term("conj", (b,)), e)
        return power(Term("conj", (poly_term(power(b, e)),)), 1)

    def _nf_re(self, t: Term) -> Polynomial:
        p = self.nf(t.args[0])
        return p if self.real(p) else power(Term("re", (poly_term(p),)), 1)

    def _nf_log(self, t: Term) -> Polynomial:
        if not self.nonzero(self.nf(t.args[0])):
            raise Refused("the logarithm of zero is not defined", t)
        if self.nf(t.args[0]) == ONE:
            return ZERO
        return self._atom(t)

    def _nf_delta(self, t: Term) -> Polynomial:
        d = self.nf(t.args[0]) - self.nf(t.args[1])
        if not d:
            return ONE
        if self.nonzero(d):
            return ZERO
        if self.nonnegative(d) and self.nonnegative(-d):  # the hypotheses leave one value, as d < j ≤ d + 1 does
            return ONE
        monic = poly_term(d.over(_leading(d)))  # δ depends on whether the difference is 0, no more
        return self._atom(Term("delta", (monic, num(0))))

    def _nf_min(self, t: Term) -> Polynomial:
        a, b = (self.nf(x) for x in t.args)
        if not (self.real(a) and self.real(b)):
            raise Refused("the smaller or larger of two numbers needs real numbers", t)
        low, high = (a, b) if t.op == "min" else (b, a)
        if self.nonnegative(high - low):
            return a
        return b if self.nonnegative(low - high) else self._atom(t)

    _nf_max = _nf_min

    def _nf_entry(self, t: Term) -> Polynomial:
        """⟨r|·|s⟩ goes through sums, multiples, products and adjoints of operators down to the entries of matrices."""
        m, r, s = t.args
        for level in (r, s):
            self._natural(level)
            if not self.nonnegative(ONE - self.nf(level)):
                raise Refused("a qubit has the levels 0 and 1", level)
        if m.op == "identity":
            return self.nf(Term("delta", (r, s)))
        if m.op == "matrix":
            return self._nf_entry_of_matrix(m, r, s)
        if m.op == "adjoint":
            return self.nf(Term("conj", (Term("entry", (m.args[0], s, r)),)))
        if m.op == "matmul":
            first, second = m.args
            middle = [Term("entry", (first, r, num(u))) * Term("entry", (second, num(u), s)) for u in (0, 1)]
            return self.nf(middle[0] + middle[1])
        if m.op in ("add", "mul"):
            split = [Term("entry", (a, r, s)) if kind(a) == "operator" else a for a in m.args]
            return self.nf(Term(m.op, tuple(split)))
        if m.op == "sum":
            _, v, body = self.under(m.args[2], *m.args[:2])
            return self.nf(Term("sum", (*m.args[:2], lam(v, Term("entry", (body, r, s))))))
        return self._atom(t)

    def _nf_entry_of_matrix(self, m: Term, r: Term, s: Term) -> Polynomial:
        """Σ_{u,v} δ_ru δ_vs m_uv; all four entries must be defined."""
        entries, total = [self.nf(a) for a in m.args], ZERO
        for i, p in enumerate(entries):
            row, column = (self.nf(Term("delta", (x, num(u)))) for x, u in ((r, i // 2), (s, i % 2)))
            total = total + row * column * p
        return total

    def _nf_matmul(self, t: Term) -> Polynomial:
        """An operator by itself: factors do not commute, and one that vanishes makes the product vanish."""
        factors = [self.nf(a) for a in t.args]
        return self._atom(t) if all(factors) else ZERO

    _nf_adjoint = _nf_matmul

    # -- binders as atoms ------------------------------------------------------------------------------
    def _nf_sum(self, t: Term) -> Polynomial:
        low, high = self.nf(t.args[0]), self.nf(t.args[1])
        if not (self.integer(low) and self.integer(high)):
            raise Refused("a sum runs from an integer to an integer", t)
        length = high - low + ONE
        if not length or self.nonnegative(-length):
            return ZERO
        if length == ONE:
            return self.nf(apply(t.args[2], poly_term(low)))
        child, v, body = self.under(t.args[2], t.args[0], t.args[1])
        p = child.nf(body)
        self.absorb(child)
        bounds = poly_term(low), poly_term(high)
        out = ZERO
        for free, rest in self._split(p, v, child).items():
            if rest == ONE and self.nonnegative(length):
                out = out + self._mono(free) * length
            else:
                out = out + self._mono(free) * self._binder("sum", bounds, v, rest)
        return out

    def _nf_series(self, t: Term) -> Polynomial:
        """Σ_{s=0}^∞ f(s), each monomial of f(s) absolutely summable: so linear in f."""
        child, v, body = self.under(t.args[0])
        p = child.nf(body)
        check_summable(child, p, v, t)
        self.absorb(child)
        out = ZERO
        for free, rest in self._split(p, v, child).items():
            out = out + self._mono(free) * self._binder("series", (), v, rest)
        return out

    def _nf_prod(self, t: Term) -> Polynomial:
        if not all(self.integer(self.nf(a)) for a in t.args[:2]):
            raise Refused("a product runs from an integer to an integer", t)
        child, v, body = self.under(t.args[2], t.args[0], t.args[1])
        p = child.nf(body)
        self.absorb(child)
        return self._binder("prod", tuple(poly_term(self.nf(a)) for a in t.args[:2]), v, p)

    def _nf_tuples(self, t: Term) -> Polynomial:
        for a in t.args[:2]:
            self._natural(a)
        child, v, body = self.under(t.args[2])
        p = child.nf(body)
        self.absorb(child)
        bounds = tuple(poly_term(self.nf(a)) for a in t.args[:2])
        out = ZERO
        for free, rest in self._split(p, v, child).items():
            out = out + self._mono(free) * self._binder("tuples", bounds, v, rest)
        return out

    def _nf_integral(self, t: Term) -> Polynomial:
        low, high = t.args[:2]
        for bound in (low, high):
            if bound not in (MINUS_INFINITY, INFINITY) and not self.real(self.nf(bound)):
                raise Refused("an integral runs between real numbers", bound)
        if low != MINUS_INFINITY and high != INFINITY and not self.nonnegative(self.nf(high) - self.nf(low)):
            raise Refused("an integral needs its lower bound at or below its upper bound", t)
        child, v, body = self.under(t.args[2], low, high)
        bounds = tuple(b if b in (INFINITY, MINUS_INFINITY) else poly_term(self.nf(b)) for b in (low, high))
        p = child.nf(body)
        check_integrable(child, p, v, bounds, t)
        self.absorb(child)
        if bounds[0] == bounds[1]:
            return ZERO
        out = ZERO
        for free, rest in self._split(p, v, child).items():
            out = out + self._mono(free) * self._binder("integral", bounds, v, rest)
        return out

    def _nf_expectation(self, t: Term) -> Polynomial:
        """∫ f(λ) dμ(λ) is linear in f, and 1 for f = 1: μ is a probability measure; ∫ f dδ_x = f(x)."""
        if t.args[0].op == "dirac" and self.real(self.nf(t.args[0].args[0])):
            return self.nf(apply(t.args[1], t.args[0].args[0]))
        if t.args[0].op in ("pushforward", "call"):
            return self._expectation_of_image(t.args[0], t.args[1])
        if t.args[0].op != "var":
            raise Refused("the measure of an expectation is a variable, an image, or δ_x with a real x", t)
        child, v, body = self.under(t.args[1])
        p = child.nf(body)
        check_bounded(child, p, v, t)
        self.absorb(child)
        out = ZERO
        for free, rest in self._split(p, v, child).items():
            for m, c in rest:  # every term is bounded
                one = Polynomial({m: 1})
                mean = one if one == ONE else self._binder("expectation", t.args[:1], v, one)
                out = out + self._mono(free) * mean.scale(c)
        return out

    def _expectation_of_image(self, measure: Term, function: Term) -> Polynomial:
        """∫ f dμ = ∫_a^b f(g(u)) p(u) du for the image μ of p(u)du on [a, b] under a real g, and a bounded f."""
        image = unfold(measure) if measure.op == "call" else measure
        if image.op != "pushforward":
            raise Refused("expected the image of a density on an interval", measure)
        low, high, g, density = image.args
        child, v, body = self.under(function)
        check_bounded(child, child.nf(body), v, function)
        self.absorb(child)
        inside, u, point = self.under(g, low, high)
        if not inside.real(inside.nf(point)):
            raise Refused("a measure on the real line is an image under a real function", g)
        self.absorb(inside)
        return self.nf(Term("integral", (low, high, lam(u, apply(function, point) * apply(density, u)))))

    def _nf_coeff(self, t: Term) -> Polynomial:
        n = self.nf(t.args[0])
        if not (self.integer(n) and self.nonnegative(n)):
            raise Refused("a Taylor coefficient has a natural number as its order", t)
        child, v, body = self.under(t.args[1])
        p = child.nf(body)
        check_smooth(child, p, v, t)
        self.absorb(child)
        out = ZERO
        for free, rest in self._split(p, v, child).items():
            out = out + self._mono(free) * self._binder("coeff", (poly_term(n),), v, rest)
        return out

    def _nf_deriv(self, t: Term) -> Polynomial:
        n, x = self.nf(t.args[0]), self.nf(t.args[2])
        if not (self.integer(n) and self.nonnegative(n) and self.real(x)):
            raise Refused("a derivative has a natural number as its order and a real point", t)
        child, v, body = self.under(t.args[1])
        p = child.nf(body)
        check_smooth(child, p, v, t)
        self.absorb(child)
        out = ZERO
        for free, rest in self._split(p, v, child).items():
            inner = self._binder("deriv", (poly_term(n),), v, rest, (poly_term(x),))
            out = out + self._mono(free) * inner
        return out

    def _mono(self, m: tuple[Mono, Number]) -> Polynomial:
        """What came out of a binder, in the atoms of this context."""
        p = Polynomial({m[0]: m[1]})
        simple = all(not subterms(b) and isinstance(e, Rational) and e.denominator == 1 and e > 0 for b, e in m[0])
        return p if simple else self.nf(poly_term(p))

    def _split(self, p: Polynomial, v: Term, child: Context) -> dict[tuple[Mono, Number], Polynomial]:
        """Each monomial as (factors free of v) × (the rest); one entry for each free factor."""
        out: dict[tuple[Mono, Number], Polynomial] = {}
        for m, c in p:
            free: list[tuple[Term, Exponent]] = []
            rest: list[tuple[Term, Exponent]] = []
            for b, e in m:
                if v in b.free:
                    rest.append((b, e))
                    continue
                inner = _involving(e, v)
                outer = add_exponents(e, scale_exponent(inner, -1))
                mixed = inner != 0 and outer != 0
                if (mixed and not child.separable(b, inner, outer)) or not self._defined(b, outer):
                    rest.append((b, e))
                    continue
                free.append((b, outer))
                rest.append((b, inner))
            (k1, head), (k2, tail) = product(free), product(rest)
            key = (head, 1)
            out[key] = out.get(key, ZERO) + Polynomial({tail: c * k1 * k2})
        scaled: dict[tuple[Mono, Number], Polynomial] = {}
        for (head, _), rest_poly in out.items():
            lead = _leading(rest_poly) if rest_poly else 1
            if rest_poly:
                scaled[(head, lead)] = rest_poly.over(lead)
        return scaled

    def separable(self, b: Term, first: Exponent, second: Exponent) -> bool:
        """b**(first + second) = b**first · b**second: b is not zero, or both are natural numbers."""
        return self.nonzero_base(b) or (self.natural_exponent(first) and self.natural_exponent(second))

    def _defined(self, b: Term, e: Exponent) -> bool:
        """Whether b**e is defined outside a binder too: the facts of an empty range do not count."""
        if not subterms(b) and isinstance(e, Rational) and e.denominator == 1 and e >= 0:
            return True
        before = self.used
        self.used = set(before)
        try:
            self.nf(_power_term(b, e))
        except Refused:
            self.used = before
            return False
        return True

    def _binder(
        self, op: str, before: tuple[Term, ...], v: Term, body: Polynomial, after: tuple[Term, ...] = ()
    ) -> Polynomial:
        return self._atom(Term(op, (*before, lam(v, poly_term(body)), *after)), ready=True)

    # -- atoms -----------------------------------------------------------------------------------------
    def _atom(self, t: Term, ready: bool = False) -> Polynomial:
        """The term as one base, the same base as every atom that is provably equal to it."""
        if not subterms(t):
            return power(t, 1)
        if not ready:
            t = self._canonical_arguments(t)
        if t.op in ("word",):
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
            plain = a.op in ("head", "lam", "bound") or kind(a) in _PLAIN
            args.append(a if plain else poly_term(self.nf(a)))
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

    def _same_argument(self, t: Term, a: object, b: object) -> bool:
        if a == b:
            return True
        if not (isinstance(a, Term) and isinstance(b, Term)):
            return False
        if a.op == "lam" and b.op == "lam" and a.args[1] == b.args[1]:
            bounds = t.args[:2] if t.op in ("sum", "prod", "integral") else ()
            child, v, body = self.under(a, *bounds)
            same = child.same(body, opened(b, v))
            if same:
                self.absorb(child)
            return same
        if any(x.op in ("lam", "head") or x in _ENDS or "->" in str(x.args[1:2]) for x in (a, b)):
            return False
        return bool(kind(a) == kind(b) == "number") and self.same(a, b)

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
                return self._reductions_with_symbolic_powers(p)
            p = cleared
        return False

    def _reductions_with_symbolic_powers(self, p: Polynomial) -> bool:
        """Multiply by powers of a reducible base until no negative power of it is left."""
        for base, _, _, h in self.reductions:
            low = min((split_constant(dict(m).get(base, 0))[0] for m in p.terms), default=0)
            if low < 0 and low.denominator == 1 and self.nonzero_base(base):
                again = self._reduce(p * power(base, -low), True)
                if again != p * power(base, -low) or not again:
                    self.used.add(h)
                    return self.vanishes(again)
        return False

    def _clear(self, p: Polynomial) -> Polynomial:
        """Take out the smallest power of every sum that occurs as a base, and expand the others.

        Exponents that differ by an integer form a class. A base that is not zero is divided out of all
        terms at once; otherwise each class is written through its own smallest power.
        """
        for base in sorted((b for b in p.bases() if b.op == "add"), key=order):
            parts = [split_constant(dict(m).get(base, 0)) for m in p.terms]
            classes = [(rest, c - _floor(c)) for c, rest in parts]
            if self.nonzero_base(base):
                classes = [(0, 0)] * len(parts)
            low: dict[tuple[Exponent, Number], int] = {}
            for key, (c, _) in zip(classes, parts, strict=True):
                low[key] = min(low.get(key, _floor(c)), _floor(c))
            if all(_floor(c) == low[key] for key, (c, _) in zip(classes, parts, strict=True)):
                continue
            body = self.nf(base)
            out = ZERO
            whole = len(low) == 1  # one class: its smallest power is a factor of everything
            for (m, k), (c, rest), key in zip(p, parts, classes, strict=True):
                extra = _floor(c) - low[key]
                bare = frozenset((b, e) for b, e in m if b != base)
                left = power(base, add_exponents(c - (_floor(c) if whole else extra), rest))
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
                    hit = next((r for r in reps if r == e or self.vanishes(r - e)), None)
                    if hit is None:
                        reps.append(e)
                    factors.append((b, hit or e))
                else:
                    factors.append((b, e))
            k, mono = product(factors)
            out = out + Polynomial({mono: c * k})
        return out

    def _unify_factorials(self, p: Polynomial) -> Polynomial:
        """(n + 2)! = (n + 2)(n + 1)·n! where both occur, n the smallest of the class."""
        classes: dict[Exponent, list[tuple[Number, Term]]] = {}
        for b in sorted((b for b in p.bases() if b.op == "factorial"), key=order):
            c, rest = split_constant(_exponent(self.nf(b.args[0])))
            classes.setdefault(rest, []).append((c, b))
        values: dict[Term, tuple[Term, Polynomial]] = {}
        for rest, members in classes.items():
            low, base = min(members, key=lambda entry: entry[0])
            for c, b in members:
                if b != base and (c - low).denominator == 1 and c - low <= _MAX_EXPANSION:
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

    def reduced(self, p: Polynomial) -> Polynomial:
        """p rewritten by the equations among the hypotheses."""
        return self._reduce(p, True)

    def _reduce(self, p: Polynomial, equations: bool = False) -> Polynomial:
        """|x|² = x² for a real atom; if asked for, |z|² = z·conj(z) and the hypotheses base**k = right."""
        if not (equations and self.reductions) and not _has_modulus(p):
            return p
        for _ in range(64):
            for m, c in p:
                step = self._reducible(m, equations)
                if step is not None:
                    bare, right = step
                    p = (p - Polynomial({m: c})) + Polynomial({bare: c}) * right
                    break
            else:
                return p
        raise Refused("rewriting by the equations among the hypotheses does not end")

    def _plain_real(self, z: Term) -> bool:
        """A real number that is not a sum: its square shows its sign as well as that of |z| does."""
        return z.op != "add" and self.real_base(z)

    def _reducible(self, m: Mono, equations: bool) -> tuple[Mono, Polynomial] | None:
        for base, k, right, h in self.reductions if equations else ():
            for b, e in m:
                if b == base and k == 1:
                    self.used.add(h)
                    return frozenset(x for x in m if x[0] != b), self._power(right, e)
                if b == base:
                    c, rest = split_constant(e)
                    if c >= k and (rest == 0 or self.nonzero_base(b)):
                        self.used.add(h)
                        left = add_exponents(e, -k)
                        return frozenset(x for x in m if x[0] != b) | ({(b, left)} if left != 0 else set()), right
        for b, e in m:
            if b.op == "abs" and isinstance(e, Rational) and e >= 2 and (equations or self._plain_real(b.args[0])):
                z = self.nf(b.args[0])
                right = z * self.nf(Term("conj", (b.args[0],)))
                left = e - 2
                return frozenset(x for x in m if x[0] != b) | ({(b, left)} if left else set()), right
        return None


@lru_cache(maxsize=32768)
def opened(function: Term, v: Term) -> Term:
    """The body of a `lam` at the variable of its context: one term for equal functions."""
    return apply(function, v)


def binder_facts(v: Term, *bounds: Term) -> tuple[Term, ...]:
    """What is known of a bound variable: low ≤ v ≤ high, infinite ends aside."""
    if not bounds:
        return ()
    low, high = bounds
    facts = () if low == MINUS_INFINITY else (Term("le", (low, v)),)
    return facts if high == INFINITY else (*facts, Term("le", (v, high)))


@lru_cache(maxsize=4096)
def _leaf(t: Term) -> Polynomial:
    """The polynomial of a number, a variable or a constant, whatever the hypotheses."""
    return number(t.args[0]) if t.op == "num" else power(t, 1)


@lru_cache(maxsize=16384)
def _has_other_forms(t: Term) -> bool:
    """Whether a canonical term may equal another one: through factorials, denominators, extrema and the like."""
    if t.op in _MANY_FORMS or (t.op == "pow" and t.args[0].op == "add"):
        return True
    return any(_has_other_forms(a) for a in subterms(t))


def _has_modulus(p: Polynomial) -> bool:
    for m in p.terms:
        for b, _ in m:
            if b.op == "abs":
                return True
    return False


def poly_term(p: Polynomial) -> Term:
    """The polynomial as a term, its parts in a fixed order."""
    parts = sorted((_mono_term(m, c) for m, c in p), key=order)
    if not parts:
        return num(0)
    return parts[0] if len(parts) == 1 else Term("add", tuple(parts))


@lru_cache(maxsize=16384)
def _mono_term(m: Mono, c: Number) -> Term:
    factors = sorted((_power_term(b, e) for b, e in m), key=order)
    if c != 1 or not factors:
        factors.insert(0, num(c))
    return factors[0] if len(factors) == 1 else Term("mul", tuple(factors))


def _power_term(b: Term, e: Exponent) -> Term:
    if e == 1:
        return b
    exponent = num(e) if isinstance(e, Rational) else poly_term(e)
    return Term("exp", (exponent,)) if b == EULER else Term("pow", (b, exponent))


def _exponent(p: Polynomial) -> Exponent:
    c = p.constant()
    return p if c is None else c


def _floor(c: Number) -> int:
    return c.numerator // c.denominator


def _leading(p: Polynomial) -> Number:
    """The coefficient of the first monomial in the fixed order."""
    if len(p.terms) == 1:
        return next(iter(p.terms.values()))
    return min(((order(_mono_term(m, 1)), c) for m, c in p), key=lambda entry: entry[0])[1]


def _content(p: Polynomial) -> tuple[Mono, Polynomial]:
    """(the common factors and denominators with constant exponents, the rest)."""
    monos = [dict(m) for m in p.terms]
    common: list[tuple[Term, Exponent]] = []
    for b in sorted(p.bases() - {IMAGINARY}, key=order):
        exponents = [m.get(b, 0) for m in monos]
        constants = [e for e in exponents if isinstance(e, Rational)]
        if len(constants) == len(exponents) and min(constants):
            common.append((b, min(constants)))
        elif b == EULER and all(e == exponents[0] for e in exponents):
            common.append((b, exponents[0]))
    k1, head = product(common)
    k2, inverse = product([(b, scale_exponent(e, -1)) for b, e in common])
    return head, p * Polynomial({inverse: k1 * k2})  # 2^{1/2} and its inverse (1/2)·2^{1/2}: the numbers count


def _involving(e: Exponent, v: Term) -> Exponent:
    """The part of an exponent whose monomials involve v."""
    if isinstance(e, Rational):
        return 0
    return _exponent(Polynomial({m: c for m, c in e if mono_involves(m, v)}))


def mono_involves(m: Mono, v: Term) -> bool:
    """Whether v occurs in the monomial, exponents included."""
    return any(v in b.free or _involving(e, v) != 0 for b, e in m)


def _factorise(c: Number) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for value, sign in ((c.numerator, 1), (c.denominator, -1)):
        p = 2
        while p * p <= value:
            k = 0
            while value % p == 0:
                value, k = value // p, k + 1
            if k:
                out.append((p, sign * k))
            p += 1
        if value > 1:
            out.append((value, sign))
    return out
