"""Helpers for proofs of estimates: they call rules with the hypotheses at hand. Untrusted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Any

from ..kernel.arithmetic import term
from ..kernel.terms import Term, lam, new_variable, num, substitute, var
from ..kernel.theorem import Theorem
from ..rules import inequalities as bounds
from ..rules import logic
from ..rules.asymptotics import cut, introduce_remainders
from ..rules.logic import Given
from .positions import same
from .reasons import State, prove_equation, run


@dataclass(frozen=True)
class Estimates:
    """Rules at fixed hypotheses; `state` gives other results."""

    given: Given
    state: State

    def lookup(self, label: str) -> Theorem:
        """The theorem of another result."""
        return self.state.lookup(label)

    def under(self, *facts: Term) -> Estimates:
        """The same with more hypotheses."""
        return Estimates((*self.given, *facts), self.state)

    def equal(self, a: Term, b: Term, *reasons: Any) -> Theorem:
        """a = b by reasons, or by algebra."""
        return prove_equation(term(a).__class__("eq", (a, b)), reasons, self) if reasons else same(a, b, self.given)

    def meeting(self, a: Term, from_a: Any, b: Term, from_b: Any) -> Theorem:
        """a = b, where reasons lead from both sides to expressions that are the same by algebra."""
        left, right = (run(reasons, t, self) if reasons else None for t, reasons in ((a, from_a), (b, from_b)))
        middle = same(a if left is None else left.right, b if right is None else right.right, self.given)
        chain = (left, middle, right and logic.symmetry(right))
        return logic.transitivity(*(step for step in chain if step is not None))

    def at_most(self, small: Any, large: Any, *certificate: tuple[Any, Theorem]) -> Theorem:
        """small ≤ large from inequalities with multipliers ≥ 0 (and equations with any)."""
        pairs = tuple((term(weight), theorem) for weight, theorem in certificate)
        return logic.order(term(small) <= term(large), pairs, self.given)

    def fact(self, statement: Term) -> Theorem:
        """A statement that follows from the hypotheses by signs and linear arithmetic."""
        return logic.fact(statement, self.given)

    def by(self, rule: Callable[..., Theorem], *arguments: Any) -> Theorem:
        """rule(*arguments, given)."""
        return rule(*arguments, self.given)

    def meet(self, theorem: Theorem) -> Theorem:
        """The theorem with its hypotheses discharged from those at hand."""
        return logic.discharge(theorem, self.given)

    def instance(
        self,
        theorem: Theorem,
        hypotheses: Given,
        values: tuple[tuple[Term, Term], ...],
        proofs: tuple[Theorem, ...],
    ) -> Theorem:
        """The theorem at these values, each of its inequalities among the hypotheses cut against a proof of it."""
        theorem = self.by(logic.instantiate, theorem, values)
        for hypothesis, proof in zip(hypotheses, proofs, strict=True):
            statement = substitute(hypothesis, dict(values))
            if statement in theorem.hypotheses and statement not in self.given:
                theorem = cut(theorem, self.at_most(statement.args[0], statement.args[1], (1, proof)))
        return theorem

    def sum_bound(self, index: Term, low: Any, high: Any, body: Term, each: Theorem) -> Theorem:
        """|Σ body| ≤ Σ bound, from |body| ≤ bound for every index."""
        total = bounds.sum_of_inequalities(index, term(low), term(high), each)
        triangle = self.by(bounds.triangle_sum, term(low), term(high), lam(index, body))
        return self.at_most(triangle.left, total.right, (1, triangle), (1, total))


def by_induction(
    state: State, n: Term, claim: Term, step: Callable[[Estimates], tuple[tuple[Any, Theorem], ...]]
) -> Theorem:
    """An inequality for every natural number n; `step` gives the certificate of the next one, on the inequality."""
    base, goal = (substitute(claim, {n: value}) for value in (num(0), n + 1))
    inside = Estimates((*state.given, claim), state)
    first = Estimates(state.given, state).at_most(*base.args)
    return logic.induction(n, first, inside.at_most(*goal.args, *step(inside)))


def nonnegative_on_unit_interval(e: Estimates, t: Term, coefficients: Sequence[Any], degree: int) -> Theorem:
    """0 ≤ Σ_i a_i t^i where 0 ≤ t ≤ 1, if the Bernstein coefficients of this degree are not negative.

    The polynomial is Σ_i b_i (n choose i) t^i (1 − t)^{n − i}, b_i = Σ_{j ≤ i} (i choose j)/(n choose j) a_j.
    """
    exact = [Fraction(a) for a in coefficients]
    b = [sum(Fraction(comb(i, j), comb(degree, j)) * a for j, a in enumerate(exact)) for i in range(degree + 1)]
    weights = (Term("mul", (term(comb(degree, i) * b[i]), t**i, *[1 - t] * (degree - i - 1))) for i in range(degree))
    total = sum((a * t**i for i, a in enumerate(exact)), start=term(0))
    return e.at_most(0, total, *((weight, e.fact(t <= 1)) for weight in weights))


def both_signs(e: Estimates, late: Theorem, *indices: Term, factor: int = 1) -> list[Theorem]:
    """nj ≤ N and −nj ≤ N, from a bound … ≤ N that contains n|j|."""
    signed = [x for j in indices for x in (j, -j)]
    return [e.at_most(factor * x, late.right, (1, late), (factor, e.by(bounds.at_most_modulus, x))) for x in signed]


def not_zero(e: Estimates, near: Theorem, scale: Term) -> Theorem:
    """s(1 + u) ≠ 0 for s ≠ 0, from |u| ≤ 1/2; with s as a common denominator it is how a power's base is written."""
    apart = e.by(bounds.nonzero_near_one, near.left.args[0], near)
    z = new_variable(var("z", "complex"), *e.given)
    scaled = e.under(Term("ne", (z, num(0)))).fact(Term("ne", (scale * z, num(0))))
    return cut(e.by(logic.instantiate, scaled, ((z, apart.conclusion.args[0]),)), apart)


def cut_all(theorem: Theorem, *lemmas: Theorem) -> Theorem:
    """The theorem without those of its hypotheses that the lemmas prove."""
    for lemma in lemmas:
        if lemma.conclusion in theorem.hypotheses:
            theorem = cut(theorem, lemma)
    return theorem


def local(theorem: Theorem, *names: tuple[Term, Term]) -> Theorem:
    """The theorem with free variables renamed, as `rewrite` and O-templates name bound ones."""
    return logic.instantiate(theorem, names, ())


def expand(variable: Term, threshold: Any, exact: Theorem, template: Term, *bound: Theorem) -> Theorem:
    """The asymptotic statement from the exact equation and the bounds of its remainders."""
    return introduce_remainders(variable, term(threshold), exact, template, tuple(bound))
