"""The canonical form of what binds a variable: linear where the sum, the integral or the coefficient is.

Factors free of the variable come out, and the rest is one atom.
"""

from __future__ import annotations

from typing import Self

from .errors import Refused
from .monomials import involving, leading, poly_term, power_term
from .operations import Operations
from .polynomial import (
    ONE,
    ZERO,
    Exponent,
    Mono,
    Number,
    Polynomial,
    Rational,
    add_exponents,
    product,
    scale_exponent,
    total,
)
from .regularity import INFINITY, MINUS_INFINITY, check_bounded, check_integrable, check_smooth, check_summable
from .terms import Term, apply, lam, subterms, unfold


class Binders(Operations):
    """Sums, products, integrals, expectations, Taylor coefficients and derivatives."""

    def _nf_sum(self, t: Term) -> Polynomial:
        low, high = self.nf(t.args[0]), self.nf(t.args[1])
        if not (self.integer(low) and self.integer(high)):
            raise Refused("a sum runs from an integer to an integer", t)
        length = high - low + ONE
        if self.nonnegative(-length):
            return ZERO
        if length == ONE:
            return self.nf(apply(t.args[2], poly_term(low)))
        child, v, body = self.under(t.args[2], t.args[0], t.args[1])
        p = child.nf(body)
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
        return self._linear("series", (), v, self._split(p, v, child))

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
        bounds = tuple(poly_term(self.nf(a)) for a in t.args[:2])
        return self._linear("tuples", bounds, v, self._split(p, v, child))

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
        return self._linear("integral", bounds, v, self._split(p, v, child))

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
        return self._linear("coeff", (poly_term(n),), v, self._split(p, v, child))

    def _nf_deriv(self, t: Term) -> Polynomial:
        n, x = self.nf(t.args[0]), self.nf(t.args[2])
        if not (self.integer(n) and self.nonnegative(n) and self.real(x)):
            raise Refused("a derivative has a natural number as its order and a real point", t)
        child, v, body = self.under(t.args[1])
        p = child.nf(body)
        check_smooth(child, p, v, t)
        return self._linear("deriv", (poly_term(n),), v, self._split(p, v, child), (poly_term(x),))

    def _linear(
        self,
        op: str,
        before: tuple[Term, ...],
        v: Term,
        parts: dict[tuple[Mono, Number], Polynomial],
        after: tuple[Term, ...] = (),
    ) -> Polynomial:
        """The operation of a sum of products: of each, the factors free of the variable times an atom of the rest."""
        return total(self._mono(free) * self._binder(op, before, v, rest, after) for free, rest in parts.items())

    def _mono(self, m: tuple[Mono, Number]) -> Polynomial:
        """What came out of a binder, in the atoms of this context."""
        p = Polynomial({m[0]: m[1]})
        simple = all(not subterms(b) and isinstance(e, Rational) for b, e in m[0])
        return p if simple else self.nf(poly_term(p))

    def _split(self, p: Polynomial, v: Term, child: Self) -> dict[tuple[Mono, Number], Polynomial]:
        """Each monomial as (factors free of v) × (the rest); one entry for each free factor."""
        self.absorb(child)
        out: dict[Mono, Polynomial] = {}
        for m, c in p:
            free: list[tuple[Term, Exponent]] = []
            rest: list[tuple[Term, Exponent]] = []
            for b, e in m:
                if v in b.free:
                    rest.append((b, e))
                    continue
                inner = involving(e, v)
                outer = add_exponents(e, scale_exponent(inner, -1))
                apart = child.separable(b, inner)
                self.absorb(child)
                if not apart or not self._defined(b, outer):
                    rest.append((b, e))
                    continue
                free.append((b, outer))
                rest.append((b, inner))
            (k1, head), (k2, tail) = product(free), product(rest)
            out[head] = out.get(head, ZERO) + Polynomial({tail: c * k1 * k2})
        scaled: dict[tuple[Mono, Number], Polynomial] = {}
        for head, rest_poly in out.items():
            if rest_poly:
                lead = leading(rest_poly)
                scaled[(head, lead)] = rest_poly.over(lead)
        return scaled

    def separable(self, b: Term, first: Exponent) -> bool:
        """b**(first + second) = b**first · b**second, both defined: b is not zero, or the first a natural number."""
        return self.natural_exponent(first) or self.nonzero_base(b)

    def _defined(self, b: Term, e: Exponent) -> bool:
        """Whether b**e is defined outside a binder too: the facts of an empty range do not count."""
        before = self.used
        self.used = set(before)
        try:
            self.nf(power_term(b, e))
        except Refused:
            self.used = before
            return False
        return True

    def _binder(
        self, op: str, before: tuple[Term, ...], v: Term, body: Polynomial, after: tuple[Term, ...] = ()
    ) -> Polynomial:
        return self._atom(Term(op, (*before, lam(v, poly_term(body)), *after)), ready=True)
