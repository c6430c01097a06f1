"""Powers of polynomials, and rewriting by the equations among the hypotheses.

A law of exponents is used only where it holds: for integer exponents, for positive bases, for roots of what is
not negative.
"""

from __future__ import annotations

from .errors import Refused
from .monomials import content_of, exponent, factorise, leading, poly_term
from .polynomial import (
    EULER,
    IMAGINARY,
    ONE,
    Exponent,
    Mono,
    Number,
    Polynomial,
    Rational,
    add_exponents,
    as_polynomial,
    integer_power,
    power,
    product,
    scale_exponent,
    split_constant,
)
from .signs import Signs
from .terms import Term, num

MAX_EXPANSION = 24


class Powers(Signs):
    """e^z, the powers of polynomials, and the equations base**k = right."""

    reductions: list[tuple[Term, int, Polynomial, Term]]

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
        return power(EULER, exponent(rest)) * power(IMAGINARY, exponent(quarter))

    def _nf_pow(self, t: Term) -> Polynomial:
        base, e = self.nf(t.args[0]), exponent(self.nf(t.args[1]))
        if not (
            self.natural_exponent(e)
            or self.nonzero(base)
            or (self.nonnegative(base) and self.nonnegative(as_polynomial(e)))
        ):
            raise Refused("the base of a power must not be zero unless the exponent is a natural number", t)
        return self._power(base, e)

    def _power(self, base: Polynomial, e: Exponent) -> Polynomial:
        if isinstance(e, Rational) and e.denominator == 1 and 0 <= e <= MAX_EXPANSION:
            out = ONE
            for _ in range(int(e)):
                out = self._reduce(out * base)
            return out
        if not base:
            return self.nf(Term("delta", (poly_term(as_polynomial(e)), num(0))))
        single = base.monomial()
        if single is not None:
            return self._power_mono(*single, e)
        common, rest = content_of(base)
        if self.integer_exponent(e) or (self._all_positive(common)):
            lead = leading(rest)
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
        rest = ONE
        for b, k in m:
            if whole or (self.positive_base(b) and self.real(as_polynomial(k))) or self._root_law(b, k):
                factors.append((b, scale_exponent(k, e)))
            else:
                rest = rest * power(b, k)
        if c < 0 and rest == ONE:  # (−1)**e = i**(2e) for the principal power
            factors.append((IMAGINARY, scale_exponent(e, 2)))
            c = -c
        plain_power: Number = 1
        if isinstance(e, Rational) and e.denominator == 1:
            plain_power = integer_power(c, int(e))
        elif c > 0:
            factors += [(num(p), scale_exponent(k, e)) for p, k in factorise(c)]
        else:
            rest = rest.scale(c)
        k, mono = product(factors)
        out = Polynomial({mono: k * plain_power})
        return out if rest == ONE else out * power(poly_term(rest), e)

    def _root_law(self, b: Term, k: Exponent) -> bool:
        """(b**k)**e = b**(k·e) for b >= 0 and k > 0: where b is 0, the power is defined for e >= 0 only."""
        return self.nonnegative_base(b) and self.positive(as_polynomial(k))

    def reduced(self, p: Polynomial) -> Polynomial:
        """p rewritten by the equations among the hypotheses."""
        return self._reduce(p, True)

    def _reduce(self, p: Polynomial, equations: bool = False) -> Polynomial:
        """|x|² = x² for a real atom; if asked for, |z|² = z·conj(z) and the hypotheses base**k = right."""
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
