"""What follows from the hypotheses about one polynomial: real, integer, its sign, not zero.

Everything here is sufficient and nothing is complete: `False` means "not shown". The two sources are
the signs of the single factors and Fourier–Motzkin elimination, with products of powers as unknowns.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Self

from .linear import Inequality, connected, contradiction
from .polynomial import IMAGINARY, ONE_MONO, Exponent, Mono, Number, Polynomial, Rational, as_polynomial, number, power
from .questions import Questions, tracked
from .terms import Term, unfold

_REAL_OPS = frozenset(
    ("abs", "re", "im", "arg", "sgn", "factorial", "binomial", "min", "max", "delta", "pi", "euler", "num")
)


class Signs(Questions):
    """The facts and the questions. `canonical.Context` adds the normal form to it."""

    inequalities: list[Inequality]
    nonzeros: list[tuple[Polynomial, Term]]
    reals: list[tuple[Polynomial, Term]]
    integers: list[tuple[Polynomial, Term]]

    def nf(self, t: Term) -> Polynomial:
        """The term as a polynomial in atoms."""
        raise NotImplementedError

    def under(self, function: Term, *bounds: Term) -> tuple[Self, Term, Term]:
        """(a context inside the binder, its variable, the opened body)."""
        raise NotImplementedError

    def absorb(self, child: Signs) -> None:
        """Take over the hypotheses a child used."""
        raise NotImplementedError

    def content(self, p: Polynomial) -> tuple[Mono, Polynomial]:
        """p = the product of its common factors × the rest."""
        raise NotImplementedError

    def effect_sign(self, base: Term) -> bool:
        """The base is a diagonal element of a POVM's effect."""
        raise NotImplementedError

    def hermitian_trace(self, base: Term) -> bool:
        """The base is the expectation of a product of Hermitian operators in a state."""
        raise NotImplementedError

    # -- types -------------------------------------------------------------------------------------
    @tracked
    def integer(self, p: Polynomial) -> bool:
        """p is an integer: integer coefficients, integer bases, natural exponents."""
        return all(
            c.denominator == 1 and all(self._integer_base(b) and self.natural_exponent(e) for b, e in m) for m, c in p
        ) or self._stated(self.integers, p)

    @tracked
    def _integer_base(self, b: Term) -> bool:
        if b.op == "var":
            return b.args[1] in ("nat", "int") or self._stated(self.integers, power(b, 1))
        if b.op in ("min", "max"):
            return all(self.integer(self.nf(a)) for a in b.args)
        if b.op == "app":
            return b.args[0].args[1] in ("tuple", "nat->nat")
        return b.op in ("factorial", "binomial", "delta", "num")

    @tracked
    def natural_exponent(self, e: Exponent) -> bool:
        """The exponent is a natural number."""
        if isinstance(e, Rational):
            return e.denominator == 1 and e >= 0
        return self.integer(e) and self.nonnegative(e)

    @tracked
    def integer_exponent(self, e: Exponent) -> bool:
        """The exponent is an integer."""
        return e.denominator == 1 if isinstance(e, Rational) else self.integer(e)

    @tracked
    def real(self, p: Polynomial) -> bool:
        """p is real: every factor of every monomial is."""
        return all(all(self._real_power(b, e) for b, e in m) for m, _ in p) or self._stated(self.reals, p)

    def _real_power(self, b: Term, e: Exponent) -> bool:
        if b == IMAGINARY:
            return isinstance(e, Polynomial) and self.integer(e.scale(Fraction(1, 2)))
        if not self.real_base(b):
            return False
        if isinstance(e, Rational) and self.nonnegative_base(b):
            return True
        return self.integer_exponent(e) or (self.positive_base(b) and self.real(as_polynomial(e)))

    @tracked
    def real_base(self, b: Term) -> bool:
        """The base is a real number."""
        if b.op in _REAL_OPS or self._stated(self.reals, power(b, 1)):
            return True
        if b.op == "var":
            return b.args[1] in ("nat", "int", "real")
        if b.op == "app":
            return b.args[0].args[1] in ("nat->real", "nat->nat", "tuple", "real->real")
        if b.op in ("cos", "sin"):
            return self.real(self.nf(b.args[0]))
        if b.op == "add":
            return self.real(self.nf(b))
        if b.op == "entry":
            if b.args[0].op == "call":
                return self.real(self.nf(Term("entry", (unfold(b.args[0]), *b.args[1:]))))
            return self.effect_sign(b)
        if b.op == "trace_of":
            return self.hermitian_trace(b)
        if b.op in ("sum", "integral", "coeff", "prod", "deriv", "expectation", "series"):
            return self._real_body(b)
        if b.op == "call":
            return self.real(self.nf(unfold(b)))
        return b.op == "log" and self.positive(self.nf(b.args[0]))

    def _real_body(self, b: Term) -> bool:
        function = next(a for a in b.args if a.op == "lam")
        if b.op == "coeff":  # a Taylor coefficient at 0 is real if the function is real on the reals
            function = Term("lam", (function.args[0], "real", function.args[2]))
        child, _, body = self.under(function, *(b.args[:2] if b.op in ("sum", "prod", "integral") else ()))
        good = child.real(child.nf(body))
        if good:
            self.absorb(child)
        return good

    # -- signs -------------------------------------------------------------------------------------
    @tracked
    def nonnegative(self, p: Polynomial) -> bool:
        """p >= 0."""
        c = p.constant()
        if c is not None:
            return c >= 0
        if self._by_signs(p, False):
            return True
        return self._eliminate(p, False) or self._eliminate_cleared(p, False) or self._either(p, self.nonnegative)

    @tracked
    def positive(self, p: Polynomial) -> bool:
        """p > 0."""
        c = p.constant()
        if c is not None:
            return c > 0
        if self._by_signs(p, True):
            return True
        if self._eliminate(p, True) or self._eliminate_cleared(p, True):
            return True
        return any(self._proportional(p, q, h) for q, h in self.nonzeros) and self.nonnegative(p)

    def _either(self, p: Polynomial, ask: Callable[[Polynomial], bool]) -> bool:
        """The answer for p, because it is the same whichever argument a minimum or maximum equals."""
        extremum = next((b for b in sorted(p.bases(), key=repr) if b.op in ("min", "max")), None)
        if extremum is None or any(e != 1 for m in p.terms for b, e in m if b == extremum):
            return False
        rest = Polynomial({m: c for m, c in p if all(b != extremum for b, _ in m)})
        slope = Polynomial({m - {(extremum, 1)}: c for m, c in p if any(b == extremum for b, _ in m)})
        return all(ask(rest + slope * self.nf(a)) for a in extremum.args)

    def _eliminate_cleared(self, p: Polynomial, strict: bool) -> bool:
        """Elimination after multiplying by positive bases that occur with negative exponents."""
        lowest: dict[Term, Number] = {}
        for m in p.terms:
            for b, e in m:
                if isinstance(e, Rational) and e < 0:
                    lowest[b] = min(lowest.get(b, e), e)
        cleared = p
        for b, e in lowest.items():
            if self.positive_base(b):
                cleared = cleared * power(b, -e)
        if cleared == p:
            return False
        whole = self._written_out(cleared)
        return self._by_signs(whole, strict) or self._eliminate(cleared, strict) or self._eliminate(whole, strict)

    def _by_signs(self, p: Polynomial, strict: bool) -> bool:
        """p >= 0 (p > 0), since every term is, and one is positive."""
        if not all(k > 0 and self._mono_sign(m, False) for m, k in p):
            return False
        return not strict or any(self._mono_sign(m, True) for m, _ in p)

    def _written_out(self, p: Polynomial) -> Polynomial:
        """p with the natural powers of sums multiplied out."""
        out = Polynomial({})
        for m, c in p:
            sums = [(b, int(e)) for b, e in m if b.op == "add" and isinstance(e, Rational) and e in (1, 2, 3)]
            term = Polynomial({m - set(sums): c})
            for b, e in sums:
                for _ in range(e):
                    term = term * self.nf(b)
            out = out + term
        return out

    @tracked
    def nonzero(self, p: Polynomial) -> bool:
        """p != 0: a nonzero number, a product of nonzero factors, a sign, an odd integer, or a hypothesis."""
        c = p.constant()
        if c is not None:
            return c != 0
        rest = p.terms.get(ONE_MONO, 0)
        if rest % 2 and self.integer((p - number(rest)).scale(Fraction(1, 2))):
            return True
        single = p.monomial()
        if single is not None and all(self.nonzero_base(b) for b, _ in single[0]):
            return True
        if any(self._proportional(p, q, h) for q, h in self.nonzeros):
            return True
        if self.positive(p) or self.positive(-p):
            return True
        factors, other = self.content(p)
        return all(self.nonzero_base(b) for b, _ in factors) and self.nonzero(other)

    @tracked
    def nonzero_base(self, b: Term) -> bool:
        """The base is not zero."""
        if b.op in ("euler", "pi", "I", "num", "factorial"):
            return True
        if b.op in ("abs", "conj"):
            return self.nonzero(self.nf(b.args[0]))
        if any(self._proportional(power(b, 1), q, h) for q, h in self.nonzeros):
            return True
        if b.op == "add":
            p = self.nf(b)
            return self.nonzero(p)
        return self.positive_base(b) or self.positive(power(b, 1).scale(-1))

    def _proportional(self, p: Polynomial, q: Polynomial, h: Term) -> bool:
        """p is a nonzero rational multiple of q, which h says is not zero."""
        if len(p.terms) != len(q.terms):
            return False
        mono, c = next(iter(p.terms.items()))
        if mono in q.terms and p == q.scale(Fraction(c) / q.terms[mono]):
            self.used.add(h)
            return True
        return False

    def _stated(self, facts: list[tuple[Polynomial, Term]], p: Polynomial) -> bool:
        for q, h in facts:
            if p == q:
                self.used.add(h)
                return True
        return False

    @tracked
    def _mono_sign(self, m: Mono, strict: bool) -> bool:
        """The monomial is >= 0 (> 0 where strict)."""
        return all(self._power_sign(b, e, strict) for b, e in m)

    @tracked
    def _power_sign(self, b: Term, e: Exponent, strict: bool) -> bool:
        if b == IMAGINARY:
            return False
        even = Fraction(e) / 2 if isinstance(e, Rational) else e.scale(Fraction(1, 2))
        if self.integer_exponent(even) and self.real_base(b):
            return not strict or self.nonzero_base(b)
        if not (isinstance(e, Rational) or self.real(e)):
            return False
        if self.positive_base(b):
            return True
        return not strict and self.nonnegative_base(b)

    @tracked
    def nonnegative_base(self, b: Term) -> bool:
        """The base is >= 0."""
        if self._atomic(b, False):
            return True
        if b.op == "add":
            return self.nonnegative(self.nf(b))
        return self._eliminate(power(b, 1), False)

    @tracked
    def positive_base(self, b: Term) -> bool:
        """The base is > 0."""
        if self._atomic(b, True):
            return True
        if b.op == "add":
            return self.positive(self.nf(b))
        if b.op == "abs":
            return self.nonzero(self.nf(b.args[0]))
        return self._eliminate(power(b, 1), True)

    @tracked
    def _atomic(self, b: Term, strict: bool) -> bool:
        """The sign that an operation has by itself."""
        if b.op in ("pi", "euler", "factorial", "num"):
            return True
        if strict:
            return False
        if b.op == "app":
            return b.args[0].args[1] in ("tuple", "nat->nat")
        if b.op in ("sum", "prod", "integral", "expectation"):
            return self._nonnegative_body(b)
        if b.op == "entry":
            return self.effect_sign(b)
        if b.op == "call":
            return self.nonnegative(self.nf(unfold(b)))
        if b.op in ("min", "max"):
            return all(self.nonnegative(self.nf(a)) for a in b.args)
        return b.op in ("abs", "binomial", "delta") or (b.op == "var" and b.args[1] == "nat")

    def _nonnegative_body(self, b: Term) -> bool:
        child, _, body = self.under(b.args[-1], *(b.args[:2] if b.op != "expectation" else ()))
        good = child.nonnegative(child.nf(body))
        if good:
            self.absorb(child)
        return good

    # -- linear arithmetic ---------------------------------------------------------------------------
    @tracked
    def _eliminate(self, p: Polynomial, strict: bool) -> bool:
        """p >= 0 (p > 0) because its negation contradicts the known inequalities."""
        if not self._related(p):
            return False
        whole = self.integer(p)
        negated = -p if strict else -p - number(1 if whole else 0)
        rows: list[Inequality] = [(negated, not strict and not whole, frozenset())]
        rows += self.inequalities
        unknowns = connected(rows, [m for m in p.terms if m])
        rows = [r for r in rows if not r[0].terms.keys().isdisjoint(unknowns)]
        for m in unknowns:
            single = next(iter(m)) if len(m) == 1 else None
            if single is not None and single[0].op in ("min", "max"):
                rows += self._extremum(single[0])
        below = {m for p, _, _ in rows for m, c in p.terms.items() if c < 0}
        for m in unknowns:  # a sign m >= 0 cancels nothing but negative multiples of m
            if m in below and all(self._plain_sign(b, e) for b, e in m):
                rows.append((Polynomial({m: 1}), False, frozenset()))
        found = contradiction(rows)
        if found is None:
            return False
        self.used |= found
        return True

    def _related(self, p: Polynomial) -> bool:
        """Some inequality, or the bounds of an extremum, speak of the unknowns of p."""
        unknowns = [m for m in p.terms if m]
        if any(not q.terms.keys().isdisjoint(unknowns) for q, _, _ in self.inequalities):
            return True
        return any(b.op in ("min", "max") for b in p.bases())

    @tracked
    def _plain_sign(self, b: Term, e: Exponent) -> bool:
        """b**e >= 0 without elimination: an even power of a real number, or by the operation itself."""
        if not isinstance(e, Rational):
            return False
        return (e % 2 == 0 and self.real_base(b)) or self._atomic(b, False)

    def contradictory(self) -> frozenset[Term] | None:
        """Hypotheses that exclude one another, if elimination finds some."""
        return contradiction(self.inequalities)

    def tighten(self, p: Polynomial, strict: bool, hyps: frozenset[Term]) -> Inequality:
        """p > 0 as p − 1 >= 0 for a polynomial of integer variables with integer coefficients."""
        if strict and all(
            c.denominator == 1 and all(b.op == "var" and b.args[1] in ("nat", "int") and e == 1 for b, e in m)
            for m, c in p
        ):
            return p - number(1), False, hyps
        return p, strict, hyps

    def _extremum(self, b: Term) -> list[Inequality]:
        sign = 1 if b.op == "min" else -1
        whole = power(b, 1)
        return [((self.nf(a) - whole).scale(sign), False, frozenset()) for a in b.args]  # the arguments are real
