"""The rules that only move what is proved: each is done again, exactly, from the premises and the arguments."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

from .terms import Bad, Term, kind, make, need, opened, substituted


class Claim(NamedTuple):
    """Hypotheses and conclusion of a step."""

    hypotheses: frozenset[Term]
    conclusion: Term


class Done(NamedTuple):
    """What a rule gives, and what it presupposes: (hypotheses, statement) pairs that are to be tested."""

    claim: Claim
    presupposed: tuple[tuple[frozenset[Term], Term], ...] = ()


def sides(claim: Claim) -> tuple[Term, Term]:
    """a, b of Γ ⊢ a = b."""
    need(claim.conclusion.op == "eq", "an equation is expected")
    return claim.conclusion.parts


def assume(statement: Term) -> Done:
    return Done(Claim(frozenset((statement,)), statement))


def symmetry(theorem: Claim) -> Done:
    a, b = sides(theorem)
    return Done(Claim(theorem.hypotheses, make("eq", b, a)))


def transitivity(*theorems: Claim) -> Done:
    need(theorems, "no premise")
    pairs = [sides(t) for t in theorems]
    need(all(p[1] is q[0] for p, q in itertools.pairwise(pairs)), "the middle terms differ")
    return Done(Claim(frozenset().union(*(t.hypotheses for t in theorems)), make("eq", pairs[0][0], pairs[-1][1])))


def cut(theorem: Claim, lemma: Claim) -> Done:
    return Done(Claim(theorem.hypotheses - {lemma.conclusion} | lemma.hypotheses, theorem.conclusion))


def discharge(theorem: Claim, given: tuple[Term, ...]) -> Done:
    all_given = frozenset(given)
    rest = tuple((all_given, h) for h in sorted(theorem.hypotheses - all_given, key=repr))
    return Done(Claim(all_given, theorem.conclusion), rest)


def definition(t: Term) -> Done:
    need(t.op == "call", "no defined symbol")
    body = t.parts[0].parts[2]
    for value in t.parts[1:]:
        body = opened(body, value)
    return Done(Claim(frozenset(), make("eq", t, body)))


#: What a value of a sort satisfies; complex numbers need nothing.
_IN_SORT: dict[str, Callable[[Term], tuple[Term, ...]]] = {
    "real": lambda v: (make("is_real", v),),
    "int": lambda v: (make("is_int", v),),
    "nat": lambda v: (make("is_int", v), make("le", make("num", Fraction(0)), v)),
}


def instantiate(theorem: Claim, values: tuple[tuple[Term, Term], ...], given: tuple[Term, ...]) -> Done:
    table, rest = {}, []
    for v, value in values:
        need(v.op == "var" and v not in table, "a variable is instantiated, once")
        sort = v.parts[1]
        if kind(v).startswith("function:"):
            lam, sorts = value, sort.partition("->")[0].split(",")
            while lam.op == "lam" and sorts and lam.parts[0] == sorts[0]:
                lam, sorts = lam.parts[1], sorts[1:]
            need(kind(value) == kind(v) or (value.op == "lam" and not sorts), f"not a {sort}")
        else:
            need(kind(value) == kind(v), f"not a {sort}")
            rest += [(frozenset(given), p) for p in _IN_SORT.get(sort, lambda _: ())(value)]
        table[v] = value
    gamma = frozenset(substituted(h, table) for h in theorem.hypotheses)
    return Done(Claim(gamma | frozenset(given), substituted(theorem.conclusion, table)), tuple(rest))


def cases(first: Claim, second: Claim) -> Done:
    need(first.conclusion is second.conclusion, "the two cases prove different statements")
    found = [
        (p, q)
        for p in first.hypotheses
        for q in second.hypotheses
        if (p.op == "le" and q is make("lt", *p.parts[::-1])) or (p.op == "eq" and q is make("ne", *p.parts))
    ]
    need(found, "no complementary hypotheses")
    p, q = found[0]
    need(len(found) == 1, "two pairs of complementary hypotheses")
    return Done(Claim(first.hypotheses - {p} | second.hypotheses - {q}, first.conclusion))


def induction(n: Term, base: Claim, step: Claim, conclusion: Term) -> Done:
    need(n.op == "var" and n.parts[1] == "nat", "induction is over a natural number")
    need(base.conclusion is substituted(conclusion, {n: make("num", Fraction(0))}), "the base is not P(0)")
    after = substituted(conclusion, {n: make("add", n, make("num", Fraction(1)))})
    need(step.conclusion is after and conclusion in step.hypotheses, "the step is not from P(n) to P(n + 1)")
    gamma = base.hypotheses | step.hypotheses - {conclusion}
    need(not any(n in h.frees for h in gamma), "a hypothesis on the variable of the induction")
    return Done(Claim(gamma, conclusion))


# --- equations at a place --------------------------------------------------------------------------------------------


class _Binder(NamedTuple):
    sort: str
    outer: Term  # the operation that binds
    depth: int  # binders around `outer`


def _walk(t: Term, path: tuple[int, ...]) -> tuple[Term, list[_Binder]]:
    """The part at the path, and the binders on the way; a step into a `lam` is 2, its body (0 is name, 1 sort)."""
    binders: list[_Binder] = []
    above = t
    for i in path:
        if t.op == "lam":
            need(i == 2 and above.op != "call", "a path through a binder goes to its body")
            binders.append(_Binder(t.parts[0], above, len(binders)))
            t = t.parts[1]
        else:
            need(t.op != "head" and 0 <= i < len(t.parts) and isinstance(t.parts[i], Term), "a path out of the term")
            above, t = t, t.parts[i]
    return t, binders


def _put(t: Term, path: tuple[int, ...], new: Term) -> Term:
    if not path:
        return new
    i = path[0] - (t.op == "lam")
    return make(t.op, *t.parts[:i], _put(t.parts[i], path[1:], new), *t.parts[i + 1 :])


def _match(inside: Term, outside: Term, found: dict[int, Term], depth: int = 0) -> bool:
    """`outside` is `inside` with its loose bound variables named; `found`: which by which variable."""
    if inside.loose <= depth:
        return inside is outside
    if inside.op == "bound":
        return outside.op == "var" and found.setdefault(inside.parts[0] - depth, outside) is outside
    if inside.op != outside.op or len(inside.parts) != len(outside.parts):
        return False
    deeper = depth + (inside.op == "lam")
    return all(
        _match(p, q, found, deeper) if isinstance(p, Term) and isinstance(q, Term) else p == q
        for p, q in zip(inside.parts, outside.parts, strict=True)
    )


def _named(t: Term, names: dict[int, Term], depth: int = 0) -> Term:
    """The loose bound variables replaced by the variables that stand for them."""
    if t.loose <= depth:
        return t
    if t.op == "bound":
        need(t.parts[0] - depth in names, "a bound variable that has no name")
        return names[t.parts[0] - depth]
    deeper = depth + (t.op == "lam")
    return make(t.op, *(_named(p, names, deeper) if isinstance(p, Term) else p for p in t.parts))


def rewrite(target: Term, path: tuple[int, ...], theorem: Claim, given: tuple[Term, ...], conclusion: Term) -> Done:
    hole, binders = _walk(target, path)
    a, b = sides(theorem)
    names: dict[int, Term] = {}
    need(_match(hole, a, names), "the left side is not what stands at the path")
    need(conclusion.op == "eq" and conclusion.parts[0] is target, "the left side is not the target")
    new, _ = _walk(conclusion.parts[1], path)
    need(_match(new, b, names), "the right side is not what was put at the path")
    need(conclusion.parts[1] is _put(target, path, new), "something else was changed, too")
    free = target.frees | frozenset().union(*(g.frees for g in given))
    _name_the_rest(names, binders, theorem, free)
    opened_by = list(names.values())
    need(len(set(opened_by)) == len(opened_by), "two binders with one name")
    for i, v in names.items():
        need(i < len(binders) and v.parts[1] == binders[-1 - i].sort, "a variable of another sort than its binder")
    kept, rest = set(given), []
    for h in sorted(theorem.hypotheses, key=repr):
        mine = [v for v in opened_by if v in h.frees]
        if not mine:
            kept.add(h)
            continue
        need(not any(v in free for v in mine), "a name of a binder that is used outside")
        rest += _binder_fact(h, names, binders, frozenset(given))
    need(free.isdisjoint(opened_by), "a name of a binder that is used outside")
    return Done(Claim(frozenset(kept), conclusion), tuple(rest))


def _name_the_rest(names: dict[int, Term], binders: list[_Binder], theorem: Claim, free: frozenset[Term]) -> None:
    """Binders that the equation does not mention are known by the facts that they give, outermost first."""
    for i in reversed(range(len(binders))):
        outer = binders[-1 - i].outer
        if i in names or outer.op not in ("sum", "prod", "integral"):
            continue
        low, high = outer.parts[:2]
        around = {j - i - 1: w for j, w in names.items() if j > i}
        sort = binders[-1 - i].sort
        known = {v for h in theorem.hypotheses for v in h.frees - free if v.parts[1] == sort}
        for v in sorted(known, key=repr):
            facts = []
            for bound, order in ((low, lambda b, v=v: make("le", b, v)), (high, lambda b, v=v: make("le", v, b))):
                if all(k in around for k in bound.used):
                    facts.append(order(_named(bound, around)))
            if v not in names.values() and any(f in theorem.hypotheses for f in facts):
                names[i] = v
                break


def _binder_fact(
    h: Term, names: dict[int, Term], binders: list[_Binder], given: frozenset[Term]
) -> list[tuple[frozenset[Term], Term]]:
    """Nothing, if h is low ≤ s or s ≤ high of a sum; that low ≤ high is presupposed, if of an integral."""
    for i, v in names.items():
        binder = binders[-1 - i]
        if binder.outer.op not in ("sum", "prod", "integral"):
            continue
        around = {j - i - 1: w for j, w in names.items() if j > i}
        low, high = (_named(p, around) for p in binder.outer.parts[:2])
        if h in (make("le", low, v), make("le", v, high)):
            return [(given, make("le", low, high))] if binder.outer.op == "integral" else []
    raise Bad("a hypothesis about a bound variable that its binder does not give")


def transport(theorem: Claim, path: tuple[int, ...], equality: Claim, given: tuple[Term, ...]) -> Done:
    hole, binders = _walk(theorem.conclusion, path)
    a, b = sides(equality)
    need(not binders and hole is a, "the left side is not what stands at the path")
    return Done(Claim(theorem.hypotheses | equality.hypotheses | frozenset(given), _put(theorem.conclusion, path, b)))


#: Rule: how it is done again. `rewrite` and `induction` look at the conclusion for names that are not arguments.
TAKES_CONCLUSION = (rewrite, induction)
LOGIC: dict[str, Callable[..., Any]] = {
    f.__name__: f  # type: ignore[attr-defined]
    for f in (
        assume,
        symmetry,
        transitivity,
        cut,
        discharge,
        definition,
        instantiate,
        cases,
        induction,
        rewrite,
        transport,
    )
}
