"""Legal calls of every rule, as the book makes them, and calls near these: a term changed, a hypothesis dropped.

`calls.json` holds small calls of every rule, taken from the proofs of the book and, for `for_all_from`, which no
result uses, from one of its own; of a rule that no result uses any longer it keeps the calls that it had.
`python -m tests.adversary.calls` writes it again, and is to be called when a rule is new or states something
else. The premises in it are forged: theorems that nobody proved, which say what the true premises say. A changed
call is most often refused. What is accepted must be true.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from symbolic_mqb.kernel.errors import Refused, TermError
from symbolic_mqb.kernel.record import Writer, read_terms
from symbolic_mqb.kernel.signatures import SIGNATURES, SORTS
from symbolic_mqb.kernel.terms import Term, num, substitute, subterms
from symbolic_mqb.kernel.theorem import _SEAL, Theorem
from symbolic_mqb.mutation.sites import replaced, sites
from symbolic_mqb.notation.language import symbols
from symbolic_mqb.rules import RULES
from symbolic_mqb.rules.asymptotics import for_all_from
from symbolic_mqb.rules.logic import assume, instantiate, order

Arguments = tuple[Any, ...]
FILE = Path(__file__).with_name("calls.json")
_STATEMENTS = frozenset(op for op, (_, result) in SIGNATURES.items() if result == "prop")


def odd_numbers_are_positive() -> Theorem:
    """1 ≤ 2n − 1 for all n ≥ 1, the one rule that the book does not use."""
    n = symbols("n", "nat")[0]
    return for_all_from(n, num(1), order(num(1) <= 2 * n - 1, ((num(2), assume(num(1) <= n)),), ()))


def theorems(roots: list[Theorem]) -> Iterator[Theorem]:
    """The theorems and all that they were made from, each once."""
    seen: set[int] = set()
    waiting = list(roots)
    while waiting:
        t = waiting.pop()
        if id(t) in seen:
            continue
        seen.add(id(t))
        yield t
        waiting += premises(t.arguments)


def premises(x: Any) -> list[Theorem]:
    """The theorems among the arguments."""
    if isinstance(x, Theorem):
        return [x]
    return [p for a in x for p in premises(a)] if isinstance(x, tuple) else []


def size(x: Any) -> int:
    """The number of nodes of an argument."""
    if isinstance(x, Term):
        return 1 + sum(map(size, subterms(x)))
    if isinstance(x, Theorem):
        return size((x.conclusion, *x.hypotheses))
    return 1 + sum(map(size, x)) if isinstance(x, tuple) else 1


def from_the_book() -> dict[str, list[Theorem]]:
    """rule: theorems that it made in proofs of the book, of different conclusions, small calls first."""
    from symbolic_mqb.book import paper  # only here: the file of calls is read without the derivations

    book = paper()
    roots: list[Theorem] = [odd_numbers_are_positive()]
    for label in book.labels:
        proof = book.prove(label)
        roots += [t for t in (*proof.lines, proof.theorem) if t is not None]
    found: dict[str, dict[str, Theorem]] = defaultdict(dict)
    for t in theorems(roots):
        found[t.rule].setdefault(repr(t.conclusion), t)
    return {rule: sorted(made.values(), key=lambda t: (size(t.arguments), repr(t))) for rule, made in found.items()}


# -- the file of calls -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Call:
    """A call that was accepted: what the rule was given, and what it made of that."""

    rule: str
    arguments: Arguments
    hypotheses: frozenset[Term]
    conclusion: Term


def forged(hypotheses: frozenset[Term], conclusion: Term) -> Theorem:
    """A theorem that nobody proved: a rule must not trust more of a premise than what it says."""
    return Theorem(_SEAL, hypotheses, conclusion, "forged", ())


def write(path: Path = FILE, each: int = 4) -> None:
    """Write `each` small calls of every rule; premises without their proofs."""
    writer = Writer()
    for _, made in sorted((_kept() | from_the_book()).items()):
        for t in made[:each]:
            arguments = _with_forged_premises(t.arguments)
            writer._step(Theorem(_SEAL, t.hypotheses, t.conclusion, t.rule, arguments))
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in writer.terms)
    steps = ",\n".join(json.dumps(step, ensure_ascii=False) for step in writer.steps)
    path.write_text(f'{{"terms": [\n{rows}\n],\n"steps": [\n{steps}\n]}}\n', encoding="utf-8")


def _kept() -> dict[str, list[Theorem]]:
    """The calls that the file holds, each as the rule answers it now."""
    again = {rule: [attempt(rule, c.arguments) for c in calls] for rule, calls in corpus().items() if rule in RULES}
    return {rule: [t for t in made if t is not None] for rule, made in again.items()}


def _with_forged_premises(x: Any) -> Any:
    if isinstance(x, Theorem):
        return forged(x.hypotheses, x.conclusion)
    return tuple(map(_with_forged_premises, x)) if isinstance(x, tuple) else x


@lru_cache(maxsize=1)
def corpus() -> dict[str, tuple[Call, ...]]:
    """rule: the calls of the file."""
    data = json.loads(FILE.read_text(encoding="utf-8"))
    terms, made = read_terms(data["terms"]), list[Theorem]()
    found: dict[str, list[Call]] = defaultdict(list)
    for step in data["steps"]:
        hypotheses, conclusion = frozenset(terms[h] for h in step["hypotheses"]), terms[step["conclusion"]]
        made.append(forged(hypotheses, conclusion))
        if step["rule"] != "forged":
            arguments = tuple(_read(a, terms, made) for a in step["arguments"])
            found[step["rule"]].append(Call(step["rule"], arguments, hypotheses, conclusion))
    return {rule: tuple(calls) for rule, calls in found.items()}


def _read(a: Any, terms: list[Term], made: list[Theorem]) -> Any:
    if isinstance(a, list):
        return tuple(_read(x, terms, made) for x in a)
    if isinstance(a, dict):
        return terms[a["t"]] if "t" in a else made[a["s"]]
    return a


def free(x: Any) -> frozenset[Term]:
    """The free variables of an argument."""
    if isinstance(x, Term):
        return x.free
    if isinstance(x, Theorem):
        return x.conclusion.free.union(*(h.free for h in x.hypotheses))
    return frozenset().union(*map(free, x)) if isinstance(x, tuple) else frozenset()


def attempt(rule: str, arguments: Arguments) -> Theorem | None:
    """What the rule makes of the arguments; None if it refuses. Anything else that happens is a defect."""
    try:
        return RULES[rule](*arguments)
    except Refused:
        return None


def changed(x: Any, values: dict[Term, Term]) -> Any:
    """An argument with other terms for its variables, whether or not they are of the variables' sorts."""
    if isinstance(x, Term):
        return x if x.op == "head" else substitute(x, values)
    if isinstance(x, tuple):
        return tuple(changed(a, values) for a in x)
    if not isinstance(x, Theorem) or free(x).isdisjoint(values):
        return x
    return forged(frozenset(substitute(h, values) for h in x.hypotheses), substitute(x.conclusion, values))


# -- random changes --------------------------------------------------------------------------------------


def random_number(r: random.Random, variables: list[Term]) -> Term:
    """A small number, a variable or a little of both."""
    small = [num(0), num(1), num(-1), num(2), num(Fraction(1, 2)), Term("I"), Term("pi")]
    pool = small + [v for v in variables if SORTS.get(v.args[1]) == "number"] * 2
    a, b = r.choice(pool), r.choice(pool)
    made: list[tuple[float, Callable[[], Term]]] = [
        (0.5, lambda: a),
        (0.65, lambda: a + b),
        (0.8, lambda: a * b),
        (0.85, lambda: -a),
        (0.9, lambda: a ** num(r.choice([2, -1]))),
        (0.93, lambda: Term("conj", (a,))),
        (0.96, lambda: Term("abs", (a,))),
        (1.0, lambda: Term("exp", (a,))),
    ]
    which = r.random()
    return next(make for limit, make in made if which <= limit)()


def random_term(r: random.Random, t: Term, variables: list[Term]) -> Term:
    """The term with something else at one of its places."""
    if t.op == "head":
        return t
    if t.op == "lam":
        return Term("lam", (*t.args[:2], random_term(r, t.args[2], variables)))
    site = r.choice(list(sites(t)))
    return replaced(t, site.path, random_number(r, variables))


def random_call(r: random.Random, arguments: Arguments, variables: list[Term]) -> Arguments:
    """The arguments with one of them changed."""
    if not arguments:
        return arguments
    i = r.randrange(len(arguments))
    return (*arguments[:i], _random_argument(r, arguments[i], variables), *arguments[i + 1 :])


def _random_argument(r: random.Random, a: Any, variables: list[Term]) -> Any:
    if isinstance(a, Term):
        return random_term(r, a, variables)
    if isinstance(a, Theorem):
        own = sorted((v for v in free(a) if SORTS.get(v.args[1]) == "number"), key=repr)
        try:  # a premise of a random call must be true
            return instantiate(a, ((r.choice(own), random_number(r, variables)),), ()) if own else a
        except (Refused, TermError):
            return a
    if isinstance(a, tuple) and a:
        if r.random() < 0.4:
            j = r.randrange(len(a))
            return a[:j] + a[j + 1 :]
        return random_call(r, a, variables)
    return a + r.choice([-1, 1, 2]) if type(a) is int else a


def near(r: random.Random, arguments: Arguments) -> Arguments | None:
    """The arguments of a call, changed once, twice or three times; None if that is no call."""
    variables = sorted(free(arguments), key=repr)
    try:
        for _ in range(r.choice([1, 1, 2, 3])):
            arguments = random_call(r, arguments, variables)
    except TermError:
        return None
    return arguments


# -- names -----------------------------------------------------------------------------------------------


def binders(t: Term) -> set[tuple[str, str]]:
    """(name, sort) of every bound variable, those of definitions aside."""
    if t.op == "head":
        return set()
    own = {(t.args[0], t.args[1])} if t.op == "lam" else set()
    return own.union(*map(binders, subterms(t))) if subterms(t) else own


def with_variable(arguments: Arguments, v: Term) -> Iterator[Arguments]:
    """The call with the number v in place of a variable, or as a factor of what a term or a `lam` gives.

    Where a sort is lost (a natural number becomes a real one) or a factor might vanish, a hypothesis says so.
    """
    for w in sorted(free(arguments), key=repr):
        if w.args[1] == v.args[1] or (w.args[1] in ("nat", "int", "real", "complex") and SORTS[v.args[1]] == "number"):
            given = (num(0) <= v,) if w.args[1] == "nat" and v.args[1] != "nat" else ()
            if w.args[1] in ("nat", "int") and v.args[1] in ("real", "complex"):
                given = (*given, Term("is_int", (v,)))
            try:
                yield _with_given(changed(arguments, {w: v}), given)
            except TermError:
                continue
    factor = Term("app", (v, num(1))) if v.args[1] == "tuple" else v
    for i, a in enumerate(arguments):
        if isinstance(a, Term) and a.op != "head" and v not in a.free:
            new = (*arguments[:i], multiplied(a, factor), *arguments[i + 1 :])
            yield new
            if factor == v:
                yield _with_given(new, (num(0) < v,))


def _with_given(arguments: Arguments, more: tuple[Term, ...]) -> Arguments:
    """The call with more hypotheses, if it takes any."""
    last = len(arguments) - 1
    return tuple((*a, *more) if i == last and is_given(a) else a for i, a in enumerate(arguments))


def is_given(a: Any) -> bool:
    """The argument is a tuple of statements."""
    return isinstance(a, tuple) and all(isinstance(h, Term) and h.op in _STATEMENTS for h in a)


def multiplied(t: Term, factor: Term) -> Term:
    """factor · t, or the function x ↦ factor · t(x)."""
    if t.op == "lam":
        return Term("lam", (*t.args[:2], multiplied(t.args[2], factor)))
    return Term("mul", (factor, t))


if __name__ == "__main__":
    write()
