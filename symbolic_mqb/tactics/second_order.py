"""How far a correlation Σ c_k c_l e^{i(l − k)θ} i_kl² of three levels changes if its elements do, level by level."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..kernel.terms import Term, lam, num, var
from ..kernel.theorem import Theorem
from ..rules.expectation import bound_at
from ..rules.inequalities import absolute, at_most_modulus, modulus_of_product, triangle
from ..rules.logic import assume, instantiate
from .estimates import Estimates

r, rp = var("r", "real"), var("r'", "real")
Levels = tuple[int, int]
LEVELS: tuple[Levels, ...] = ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2))
UNEQUAL = tuple(pair for pair in LEVELS if pair[0] != pair[1])


@dataclass(frozen=True)
class Change:
    """S(r) and i of each pair of levels, the bounds B and |i| that results give, and these results."""

    shifted: Callable[[Any, int, int], Term]
    plain: Callable[[int, int], Term]
    label: str
    steps: dict[Levels, Term]
    sizes: dict[Levels, Term]
    size: Callable[[Estimates, Levels], Theorem]
    amplitudes: tuple[Term, Term, Term]
    turn: Term

    def value(self, first: int, second: int) -> Term:
        """S_kl(r)S_kl(r′) − i_kl²."""
        shifted = self.shifted(r, first, second) * self.shifted(rp, first, second)
        return shifted - self.plain(first, second) ** 2

    def bound(self, pair: Levels) -> Term:
        """2|i|B + B²."""
        return 2 * self.sizes[pair] * self.steps[pair] + self.steps[pair] ** 2

    def weighted(self, pair: Levels) -> tuple[Term, Term, Term]:
        """c_k c_l, the phases of (k, l) and (l, k), and S S′ − i²."""
        first, second = pair
        return self.amplitudes[first] * self.amplitudes[second], _phase(pair, self.turn), self.value(first, second)

    @property
    def sum(self) -> Term:
        """Σ_kl c_k c_l e^{i(l − k)θ} (S S′ − i²)."""
        return Term("add", tuple(u * v * w for u, v, w in map(self.weighted, LEVELS)))

    def bounded(self, e: Estimates, total: Term, *more: tuple[Any, Theorem]) -> Theorem:
        """|Σ| ≤ Σ c_k c_l (2|i|B + B²), each |e^{inθ} + e^{−inθ}| ≤ 2; `more` proves that this is at most `total`."""
        parts: list[tuple[Any, Theorem]] = [(1, e.by(triangle, self.sum.args)), *more]
        for pair in LEVELS:
            factors = self.weighted(pair)
            weight, phase = factors[:2]
            parts += [(1, e.by(modulus_of_product, factors)), (weight * absolute(phase), self._one(e, pair))]
            if pair[0] != pair[1]:
                parts.append((weight * self.bound(pair), e.by(triangle, phase.args)))
        return e.at_most(absolute(self.sum), total, *parts)

    def _one(self, e: Estimates, pair: Levels) -> Theorem:
        """|S S′ − i²| ≤ 2|i|B + B² with |S − i|, |S′ − i| ≤ B."""
        first, second = pair
        lemma = e.lookup(f"{self.label}-{first}{second}")
        near = [e.meet(e.by(instantiate, lemma, ((r, shift),))) for shift in (r, rp)]
        base = self.plain(first, second)
        deltas = [self.shifted(shift, first, second) - base for shift in (r, rp)]
        factors = ((deltas[0], deltas[1]), (base, deltas[0]), (base, deltas[1]))
        split = e.by(triangle, tuple(u * v for u, v in factors))
        products = [e.by(modulus_of_product, pair_) for pair_ in factors]
        step = self.steps[pair]
        return e.at_most(
            absolute(self.value(first, second)),
            self.bound(pair),
            (1, split),
            *((1, t) for t in products),
            (absolute(deltas[1]), near[0]),
            (step, near[1]),
            (absolute(base), near[0]),
            (absolute(base), near[1]),
            (2 * step, self.size(e, pair)),
        )


def _phase(pair: Levels, turn: Term) -> Term:
    """e^{inθ} + e^{−inθ}, n = l − k, or 1."""
    n = pair[1] - pair[0]
    forth, back = (Term("exp", (z * n * turn,)) for z in (Term("I"), -Term("I")))
    return forth + back if n else num(1)


def noise_range(e: Estimates, value: Term, hidden: Term, epsilon: Term) -> tuple[Theorem, Theorem]:
    """−ε ≤ R(λ) and R(λ) ≤ ε, from |R| ≤ ε for every λ; `value` is R(λ)."""
    size = e.by(bound_at, assume(Term("bounded", (lam(hidden, value), epsilon))), hidden)
    plus, minus = e.by(at_most_modulus, value), e.by(at_most_modulus, -value)
    return e.at_most(-epsilon, value, (1, minus), (1, size)), e.at_most(value, epsilon, (1, plus), (1, size))


def size_of_noise(e: Estimates, noise: Term, epsilon: Term) -> Theorem:
    """0 ≤ ε, from |R| ≤ ε for every λ, with R as a function."""
    size = e.by(bound_at, assume(Term("bounded", (noise, epsilon))), num(0))
    return e.at_most(0, epsilon, (1, size))
