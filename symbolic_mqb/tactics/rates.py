"""Limits from rates: |f(N) − v| ≤ C·N^{−q} for sums, products and multiples, and the limit that follows. Untrusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..kernel.arithmetic import term
from ..kernel.errors import Refused
from ..kernel.terms import Term, apply, call, defined, lam, num, order, var
from ..kernel.theorem import Theorem
from ..rules import logic
from ..rules.asymptotics import cut, from_threshold, limit_from_bound
from ..rules.collective import projective_is_povm
from ..rules.inequalities import absolute, modulus_of_product, triangle
from ..rules.limits import limit_from_rate
from ..rules.logic import Given
from ..rules.outcome_law import weak_limit_by_variance
from ..rules.sums import sum_of_terms
from .estimates import Estimates, cut_all
from .reasons import State, Use, as_, identity, unfold, use

#: (index, low, high) of a sum.
Range = tuple[Term, Any, Any]


@dataclass(frozen=True)
class FromRate:
    """A limit from another result's bound C·N^{−q} on the distance from it, which holds from some N₀ on."""

    bound: Use
    facts: tuple[Term | Use, ...] = ()

    def prove(self, statement: Term, state: State) -> Theorem:
        """lim f(N) = v from |f(N) − v| ≤ C·N^{−q}."""
        if statement.op not in ("limit", "weak_limit"):
            raise Refused("a rate proves a limit", statement)
        given = Estimates(state.given, state)
        facts = [_at_one(given, f.label) if isinstance(f, Use) else given.fact(f) for f in self.facts]
        prove = self._weak if statement.op == "weak_limit" else self._limit
        return cut_all(prove(statement, given.under(*(fact.conclusion for fact in facts))), *facts)

    def _weak(self, statement: Term, state: Estimates) -> Theorem:
        """A weak limit from a bound on Σ(X − x)²P, whose hypothesis on each N is one on all N."""
        theorem, n = self._theorem(state)
        theorem = Estimates((*state.given, num(1) <= n), state).meet(_for_all(theorem, n, state.given))
        values, point = apply(statement.args[0], n).args[3], statement.args[1].args[0]
        q = _decay(theorem.right.args[-1])
        return weak_limit_by_variance(n, values, point, constant_of(theorem), q, theorem, state.given)

    def _theorem(self, state: State) -> tuple[Theorem, Term]:
        """The bound, and its N."""
        theorem = state.lookup(self.bound.label)
        n = next((v for v in theorem.conclusion.free if v.args == ("N", "nat")), None)
        if n is None:
            raise Refused(f"({self.bound.label}) is no bound for growing N", theorem.conclusion)
        return theorem, n

    def _limit(self, statement: Term, state: Estimates) -> Theorem:
        theorem, n = self._theorem(state)
        late = tuple(sorted((h for h in theorem.hypotheses if n in h.free), key=repr))
        theorem, threshold = _one_threshold(theorem, late, n, state)
        theorem = Estimates((*state.given, threshold <= n), state).meet(theorem)
        function, value = statement.args
        if threshold != num(1) or theorem.left != Term("abs", (apply(function, n) - value,)):
            return limit_from_bound(n, threshold, theorem, state.given)
        *constant, power = theorem.right.args
        size = constant[0] if len(constant) == 1 else Term("mul", tuple(constant))
        q = -power.args[1]
        theorem = Estimates((*state.given, num(1) <= n), state).at_most(theorem.left, size * n ** (-q), (1, theorem))
        return limit_from_rate(n, function, value, size, q, theorem, state.given)

    def words(self) -> str:
        """The reason as a person reads it."""
        return f"the rate of ({self.bound.label})"


def _for_all(theorem: Theorem, n: Term, given: Given) -> Theorem:
    """The theorem with those of its hypotheses on n met that are assumed of all n."""
    for h in given:
        if h.op == "asymptotic" and apply(h.args[1], n) in theorem.hypotheses:
            theorem = cut(theorem, from_threshold(n, logic.assume(h)))
    return theorem


def _at_one(e: Estimates, label: str) -> Theorem:
    """A result at N = 1, where it has hypotheses on N."""
    theorem, n = e.lookup(label), var("N", "nat")
    return e.meet(e.by(logic.instantiate, _for_all(theorem, n, e.given), ((n, num(1)),)))


def from_rate(label: str, *facts: Term | Use) -> FromRate:
    """By the bound |f(N) − v| ≤ C·N^{−q} that `label` states; `facts` follow from the hypotheses, or are results."""
    return FromRate(use(label), facts)


def _one_threshold(theorem: Theorem, late: tuple[Term, ...], n: Term, state: State) -> tuple[Theorem, Term]:
    """The theorem under a single hypothesis on N: of several thresholds ≥ 0 the sum."""
    if not late or any(h.op != "le" or h.args[1] != n for h in late):
        raise Refused("a rate holds from some N on", theorem.conclusion)
    if len(late) == 1:
        return theorem, late[0].args[0]
    threshold = Term("add", tuple(h.args[0] for h in late))
    e = Estimates((*state.given, threshold <= n), state)
    for h in late:
        theorem = cut(theorem, e.fact(h))
    return theorem, threshold


def _decay(power: Term) -> Term:
    """q of N^{−q}, as it is written."""
    exponent = power.args[1]
    if exponent.op != "mul" or exponent.args[0] != num(-1):
        return term(-exponent)
    rest = exponent.args[1:]
    return rest[0] if len(rest) == 1 else Term("mul", rest)


def constant_of(theorem: Theorem) -> Term:
    """C of a bound C·N^{−q}."""
    parts = theorem.right.args[:-1]
    return parts[0] if len(parts) == 1 else Term("mul", parts)


def summed(
    e: Estimates,
    ranges: Sequence[Range],
    weights: Sequence[Term],
    pair: tuple[Term, Term],
    each: Theorem,
    printed: tuple[Term, Term] | None = None,
    reasons: tuple[Any, Any] = ((), ()),
) -> Theorem:
    """|Σ w·f − Σ w·v| ≤ (Σ |w| C)·N^{−q} from |f − v| ≤ C·N^{−q} at all indices; the outer range comes first.

    Of `printed` sums, the reasons lead from |Σ w·f − Σ w·v| and from their distance to one expression.
    """
    f, v, size = (_abbreviation(*x) for x in (("f", pair[0]), ("v", pair[1]), ("C", constant_of(each))))
    late = num(1) <= each.right.args[-1].args[0]
    bare = Estimates((late,), e.state)  # of f, v and C no more is asked than that they are numbers
    each = _abbreviated(_without_equations(e).under(*_bounds(ranges)), each, pair, (f, v, size))
    whole = cut_all(_summed(bare, ranges, weights, (f, v), each), e.fact(late))
    for symbol, side in ((f, 0), (v, 0), (size, 1)):
        written = unfold(symbol.args[0]).step(whole.conclusion.args[side], e)
        whole = logic.transport(whole, (side,), written, e.given)
    return whole if printed is None else about(e, whole, *printed, *reasons)


def _without_equations(e: Estimates) -> Estimates:
    """The hypotheses without equations, with which terms that only have to be defined would be compared."""
    return Estimates(tuple(h for h in e.given if h.op != "eq"), e.state)


def _bounds(ranges: Sequence[Range]) -> list[Term]:
    """low ≤ index and index ≤ high, for each index."""
    return [fact for index, low, high in ranges for fact in (term(low) <= index, index <= term(high))]


def _abbreviation(name: str, body: Term) -> Term:
    """A defined symbol for a term, in which what follows does not look."""
    parameters = tuple(sorted(body.free, key=order))
    return call(defined(name, parameters, body), *parameters)


def _abbreviated(e: Estimates, theorem: Theorem, pair: tuple[Term, Term], symbols: tuple[Term, Term, Term]) -> Theorem:
    """|f − v| ≤ C·N^{−q} with symbols for f, v and C."""
    f, v, size = symbols
    steps = [
        logic.rewrite(f - v, (0,), logic.definition(f), ()),
        logic.rewrite(pair[0] - v, (1, 1), logic.definition(v), ()),
    ]
    if steps[-1].right != theorem.left.args[0]:
        steps.append(e.equal(steps[-1].right, theorem.left.args[0]))
    spelt = logic.transitivity(*steps)
    theorem = logic.transport(theorem, (0, 0), logic.symmetry(spelt), e.given)
    return named(e, theorem, size)


def _summed(
    e: Estimates, ranges: Sequence[Range], weights: Sequence[Term], pair: tuple[Term, Term], each: Theorem
) -> Theorem:
    """The same, without what is printed, for f and v that are short."""
    near, far = pair
    small, facts = each.right.args[-1], _bounds(ranges)
    inside = e.under(*facts)
    sizes = Term("mul", (*(_modulus(w) for w in weights), constant_of(each)))
    body = Term("mul", (*weights, near - far))
    product = inside.by(modulus_of_product, (*weights, near - far))
    weight = Term("mul", product.right.args[:-1]) if len(weights) > 1 else product.right.args[0]
    bound = inside.at_most(Term("abs", (body,)), sizes * small, (1, product), (weight, each))
    for i in reversed(range(len(ranges))):
        index, low, high = ranges[i]
        outer = e.under(*facts[: 2 * i])
        bound = outer.sum_bound(index, low, high, body, bound)
        body = _sum(body, ranges[i])
    plus, minus = Term("mul", (*weights, near)), Term("mul", (num(-1), *weights, far))
    first, second, total, steps = plus, minus, plus + minus, []
    for r in reversed(ranges):
        steps.append(identity(sum_of_terms, r[1], r[2], lam(r[0], first), lam(r[0], second)))
        first, second, total = _sum(first, r), _sum(second, r), _sum(total, r)
    value = _nested(Term("mul", (*weights, far)), ranges)
    constant = _nested(sizes, ranges)
    apart = e.equal(body, first + second, as_(total), *steps)
    same = e.equal(first + second, first - value)
    modulus = logic.rewrite(bound.left, (0,), logic.transitivity(apart, same), ())
    return e.at_most(modulus.right, constant * small, (1, bound), (-1, modulus))


def _modulus(weight: Term) -> Term:
    return Term("abs", (weight.args[0] if weight.op == "conj" else weight,))


def _sum(body: Term, r: Range) -> Term:
    return Term("sum", (term(r[1]), term(r[2]), lam(r[0], body)))


def _nested(body: Term, ranges: Sequence[Range]) -> Term:
    for r in reversed(ranges):
        body = _sum(body, r)
    return body


def about(e: Estimates, theorem: Theorem, near: Term, far: Term, reasons: Any = (), other: Any = ()) -> Theorem:
    """|g − w| ≤ B from |f − v| ≤ B: `reasons` lead from f − v, `other` from g − w to one expression."""
    same = e.meeting(theorem.left.args[0], list(reasons), near - far, list(other))
    return logic.transport(theorem, (0, 0), same, e.given)


def beside(theorem: Theorem, near: Theorem, far: Theorem) -> Theorem:
    """|g − w| ≤ B from |f − v| ≤ B, g = f and w = v."""
    theorem = logic.transport(theorem, (0, 0, 0), logic.symmetry(near), ())
    return logic.transport(theorem, (0, 0, 1, 1), logic.symmetry(far), ())


def revalued(e: Estimates, theorem: Theorem, near: Term, value: Theorem) -> Theorem:
    """|f − w| ≤ B from |f − v| ≤ B and v = w."""
    written = Term("add", (near, Term("mul", (num(-1), value.left))))
    moved = logic.transport(theorem, (0, 0), e.equal(theorem.left.args[0], written), e.given)
    moved = logic.transport(moved, (0, 0, 1, 1), value, e.given)
    if moved.left.args[0] == near - value.right:
        return moved
    return logic.transport(moved, (0, 0), e.equal(moved.left.args[0], near - value.right), e.given)


def multiplied(e: Estimates, first: Theorem, second: Theorem, below: Theorem, size: Theorem | None = None) -> Theorem:
    """|fg − vw| ≤ (C + |v|D)·N^{−q} from |f − v| ≤ C·N^{−q}, |g − w| ≤ D·N^{−q} and |g| ≤ 1.

    fg − vw = (f − v)g + v(g − w). A bound |v| ≤ V, if given, stands for |v|.
    """
    small = first.right.args[-1]
    letters = [var(name, "complex") for name in "fvCgwD"]
    f, v, c, g, w, d = letters
    largest = absolute(v) if size is None else var("V", "complex")
    given: Given = (absolute(f - v) <= c * small, absolute(g - w) <= d * small, absolute(g) <= 1)
    values = [*sides_of(first), constant_of(first), *sides_of(second), constant_of(second)]
    proofs = [first, second, below]
    if size is not None:
        given, letters = (*given, absolute(v) <= largest), [*letters, largest]
        values, proofs = [*values, size.right], [*proofs, size]
    late = (num(1) <= small.args[0],)
    lemma = _product(Estimates((*late, *given), e.state), [logic.assume(h) for h in given], largest)
    pairs = tuple(zip(letters, values, strict=True))
    return e.meet(_without_equations(e).instance(lemma, given, pairs, tuple(proofs)))


def _product(e: Estimates, proofs: Sequence[Theorem], largest: Term) -> Theorem:
    """The bound for numbers of which no more is known."""
    first, second, below = proofs[:3]
    (f, v), (g, w) = sides_of(first), sides_of(second)
    c, d, small = constant_of(first), constant_of(second), first.right.args[-1]
    parts = ((f - v), g), (v, (g - w))
    goal = Term("abs", (Term("add", (f * g, Term("mul", (num(-1), v * w)))),))
    split = e.by(triangle, tuple(Term("mul", p) for p in parts))
    same = logic.rewrite(goal, (0,), e.equal(goal.args[0], split.left.args[0]), ())
    signs = [e.at_most(0, x, (1 / small, theorem)) for x, theorem in ((c, first), (d, second))]
    whole = e.under(*(sign.conclusion for sign in signs)).at_most(
        goal,
        (c + largest * d) * small,
        (1, same),
        (1, split),
        *((1, e.by(modulus_of_product, p)) for p in parts),
        (absolute(g), first),
        (c * small, below),
        (absolute(v), second),
        *((d * small, size) for size in proofs[3:]),
    )
    whole = cut_all(whole, *signs)
    return whole


def after(e: Estimates, theorem: Theorem, late: Theorem) -> Theorem:
    """The theorem with its own thresholds met by `late`, which states that a larger one is at most N."""
    for h in sorted(theorem.hypotheses, key=repr):
        if h not in e.given and h.op == "le" and h.args[1] == late.right:
            theorem = cut(theorem, e.at_most(*h.args, (1, late)))
        elif h.op == "povm" and Term("projective", h.args) in e.given:
            theorem = cut(theorem, projective_is_povm(*h.args))
    return e.meet(theorem)


def named(e: Estimates, theorem: Theorem, constant: Term) -> Theorem:
    """The bound C·N^{−q} with C as a defined symbol, so that what follows does not look into it."""
    small, meaning = theorem.right.args[-1], logic.definition(constant)
    if meaning.right * small == theorem.right:
        return logic.transport(theorem, (1, 0), logic.symmetry(meaning), e.given)
    return e.at_most(theorem.left, constant * small, (1, theorem), (-small, meaning))


def sides_of(theorem: Theorem) -> tuple[Term, Term]:
    """f and v of |f − v| ≤ B."""
    f, minus = theorem.left.args[0].args
    v = minus.args[1:]
    return f, v[0] if len(v) == 1 else Term("mul", v)


def in_range(e: Estimates, small: Term, late: Term, count: Term, *indices: Term, slope: Any = 0) -> Theorem:
    """small ≤ N from late ≤ N, where late is small with `count` for the indices 0 ≤ j ≤ count − 1.

    What is not j + j² in small grows with j at least by `slope`.
    """
    bounds = tuple((count + j + slope, logic.assume(j <= count - 1)) for j in indices)  # j² + j ≤ count² − count
    return e.at_most(small, late.args[1], (1, logic.assume(late)), *bounds)
