"""The canonical form of each operation that binds nothing: factorials, moduli, conjugates, signs, entries."""

from __future__ import annotations

from math import factorial

from .equality import Equality
from .errors import Refused
from .kinds import kind
from .monomials import content_of, exponent, leading, mono_term, poly_term, power_term
from .polynomial import (
    EULER,
    IMAGINARY,
    ONE,
    ZERO,
    Exponent,
    Mono,
    Polynomial,
    Rational,
    as_polynomial,
    number,
    power,
    scale_exponent,
)
from .terms import Term, lam, num


class Operations(Equality):
    """`_nf_op` is the canonical form of the operation op, refused where it is not shown to be defined."""

    def _nf_factorial(self, t: Term) -> Polynomial:
        n = self.nf(t.args[0])
        if not (self.integer(n) and self.nonnegative(n)):
            raise Refused("a factorial needs a natural number", t)
        c = n.constant()
        if c is not None and c <= 20:
            return number(factorial(int(c)))
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
        domain = t.args[0].args[1].partition("->")[0]
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
        sign = power(IMAGINARY, scale_exponent(exponent(halves), 2))
        if not rest:
            return sign if t.op == "cos" else ZERO
        if leading(rest) < 0:
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
            common, rest = content_of(p)
            lead = leading(rest)
            inner = Term("abs", (poly_term(rest.over(lead)),))
            if not common and lead == 1:
                return power(inner, 1)
            return self.nf(Term("abs", (mono_term(common, lead),))) * self.nf(inner)
        out = number(max(single[1], -single[1]))
        for b, e in single[0]:
            out = out * self._abs_power(b, e)
        return out

    def _abs_power(self, b: Term, e: Exponent) -> Polynomial:
        if b == IMAGINARY and self.real(as_polynomial(e)):
            return ONE
        if b.op == "conj" and self.integer_exponent(e):
            return self.nf(Term("abs", (power_term(b.args[0], e),)))
        if b == EULER:
            z = as_polynomial(e)
            real = Polynomial({m: c for m, c in z if self.real(Polynomial({m: c}))})
            if all(self._imaginary(m) for m in (z - real).terms):
                return power(EULER, exponent(real))
        elif self.positive_base(b) and self.real(as_polynomial(e)):
            return power(b, e)
        elif self.integer_exponent(e) and self.nonnegative(power(b, 1).scale(-1)):
            return self._power(power(b, 1).scale(-1), e)
        elif self.real(as_polynomial(e)):
            even = isinstance(e, Rational) and e % 2 == 0
            return power(b, e) if b.op == "abs" or (even and self.real_base(b)) else power(Term("abs", (b,)), e)
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
        bar = exponent(self.nf(Term("conj", (poly_term(as_polynomial(e)),)))) if isinstance(e, Polynomial) else e
        if self.positive_base(b):
            return power(b, bar)
        if isinstance(e, Rational) and self.nonnegative_base(b):
            return power(b, e)
        if self.integer_exponent(e):
            if self.real_base(b):
                return power(b, e)
            if b.op == "conj":
                return self._power(self.nf(b.args[0]), e)
            if b.op == "sum":
                _, v, body = self.under(b.args[2], *b.args[:2])
                return self._power(self.nf(Term("sum", (*b.args[:2], lam(v, Term("conj", (body,)))))), e)
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
        monic = poly_term(d.over(leading(d)))  # δ depends on whether the difference is 0, no more
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
