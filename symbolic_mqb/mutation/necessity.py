"""Is a hypothesis needed? What the others imply is not; where it fails they, or the statement, may have no value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import product
from math import prod

from ..book import Book
from ..kernel.arithmetic import term
from ..kernel.canonical import Context
from ..kernel.errors import Refused, TermError
from ..kernel.terms import Term, num, substitute, subterms
from ..kernel.theorem import Theorem
from ..notation.measurement import OBSERVABLE
from ..numerics.bench import Bench
from ..numerics.witness import check
from ..results import Needed
from ..rules import logic
from ..rules.asymptotics import cut
from ..rules.collective import projective_is_povm
from ..tactics.estimates import Estimates
from ..tactics.measurements import carried
from ..tactics.reasons import as_, given_that, use
from .mutant import Mutant
from .plain import undefined_at_plain

_HERMITIAN = "A-hermitian"
_POINTS, _DIGITS = 5, 20
_ANYTHING = Term("eq", (num(0), num(0)))


@dataclass(frozen=True)
class AtHand:
    """The results of a book, under some hypotheses."""

    given: tuple[Term, ...]
    book: Book

    def lookup(self, label: str) -> Theorem:
        """What another result states, or `Refused`."""
        theorem = self.book.prove(label).theorem
        if theorem is None:
            raise Refused(f"({label}) states nothing")
        return theorem


def dropped(mutant: Mutant) -> Term | None:
    """The hypothesis that the mutant lacks, or has in a weaker form."""
    kept = set(mutant.declared.given)
    return next((h for h in mutant.original.given if h not in kept), None)


def implied(mutant: Mutant, lines: Sequence[Theorem], book: Book) -> str:
    """How every line is proved without the hypothesis, because the others imply it; '' if they are not known to."""
    gone = dropped(mutant)
    if gone is None:
        return ""
    given = mutant.declared.given
    state = Estimates(given, AtHand(given, book))
    known = [label for label in book.labels if book.declared(label).statement == gone and label != mutant.label]
    ways: tuple[tuple[str, Callable[[Term, Estimates], Theorem | None]], ...] = (
        ("it follows from the others", _fact),
        ("it follows from the others: a modulus is not negative", _by_a_bound),
        ("it follows from the others: |k| ≤ k² for integers", _by_a_square),
        ("it follows from the others: A₁₀ = A₀₁*", _by_symmetry),
        ("it follows from the others: equals for equals", _by_an_equation),
        *((f"({label}) proves it", partial(_by_a_result, label=label)) for label in known),
    )
    for way, attempt in ways:
        try:
            lemma = attempt(gone, state)
            theorems = [cut(t, lemma) if gone in t.hypotheses else t for t in lines] if lemma else []
        except (Refused, TermError):
            continue
        if theorems and all(t.hypotheses <= set(given) for t in theorems):
            return way
    return ""


def _fact(gone: Term, e: Estimates) -> Theorem | None:
    return e.fact(gone)


def _by_a_bound(gone: Term, e: Estimates) -> Theorem | None:
    """0 ≤ C from |u| ≤ C·w with w > 0."""
    if gone.op != "le" or gone.args[0] != num(0):
        return None
    for h in e.given:
        factors = h.args[1].args if h.op == "le" and h.args[1].op == "mul" else h.args[1:]
        if h.op != "le" or gone.args[1] not in factors:
            continue
        rest = list(factors)
        rest.remove(gone.args[1])
        try:
            return e.at_most(*gone.args, (1 / prod(rest, start=num(1)), logic.assume(h)))
        except Refused:
            continue
    return None


def _by_a_square(gone: Term, e: Estimates) -> Theorem | None:
    """k ≤ N or −N ≤ k from k² ≤ N, or 16k² + 16l² ≤ N."""
    whole = [v for v in gone.free if v.args[1] in ("int", "nat")] if gone.op == "le" else []
    for v, h in product(sorted(whole, key=repr), e.given):
        if h.op != "le" or not any(v**2 in (t, *t.args) for t in (h.args[0], *h.args[0].args) if isinstance(t, Term)):
            continue
        above, below = e.under(num(0) < v), e.under(v < num(0))
        steps = (above.fact(num(1) <= v), below.fact(num(1) <= -v))
        positive = above.at_most(v, v**2, (v, steps[0]))
        negative = below.at_most(-v, v**2, (-v, steps[1]))
        upper = logic.cases(e.under(v <= num(0)).at_most(v, v**2), positive)
        lower = logic.cases(e.under(num(0) <= v).at_most(-v, v**2), negative)
        for square in (upper, lower):
            try:
                return e.at_most(*gone.args, (1, logic.assume(h)), (1, square))
            except Refused:
                continue
    return None


def _by_a_result(gone: Term, e: Estimates, label: str) -> Theorem | None:
    """It is what another result says."""
    return e.meet(e.lookup(label))


def _by_symmetry(gone: Term, e: Estimates) -> Theorem | None:
    """One of A₀₁ = z and A₁₀ = z* from the other, since A is Hermitian."""
    if gone.op != "eq" or gone.args[0].op != "entry" or gone.args[0].args[0].op != "call":
        return None
    observable, row, column = gone.args[0].args
    other = Term("entry", (observable, column, row))
    partner = next((h for h in e.given if h.op == "eq" and h.args[0] == other), None)
    if observable.args[0] != OBSERVABLE or partner is None:
        return None
    at = dict(zip("Ead", observable.args[1:], strict=True))
    effects = Term("povm", (at["E"], at["d"]))
    inside = e.under(effects)
    if row == num(1):
        theorem = inside.equal(*gone.args, use(_HERMITIAN, **at), given_that(partner))
    else:
        twice = as_(Term("conj", (Term("conj", (gone.args[0],)),)))
        theorem = inside.equal(*gone.args, twice, use(_HERMITIAN, reverse=True, **at), given_that(partner))
    return theorem if effects in e.given else cut(theorem, projective_is_povm(at["E"], at["d"]))


def _by_an_equation(gone: Term, e: Estimates) -> Theorem | None:
    """It is another hypothesis with one side of an equation in place of the other."""
    equations = [logic.assume(h) for h in e.given if h.op == "eq"]
    both = (*equations, *map(logic.symmetry, equations))
    for equality, h in product(both, e.given):
        try:
            found = carried(e, h, equality)
        except (LookupError, Refused):
            continue
        if found.conclusion == gone:
            return found
    return None


def proved_at(hypothesis: Term, needed: Needed, book: Book) -> bool:
    """A reason that the author gives proves what the hypothesis says at this point, without hypotheses."""
    numbers = {v: term(x) for v, x in needed.at if isinstance(x, (Term, int, Fraction)) and v.args[1] != "states"}
    closed = {v: t for v, t in numbers.items() if not t.free}
    statement = substitute(hypothesis, closed)
    for reason in needed.by:
        try:
            theorem = reason.prove(statement, AtHand((), book))
            values = tuple((v, closed[v]) for v in sorted(theorem.conclusion.free, key=repr) if v in closed)
            theorem = logic.instantiate(theorem, values, ())
        except (Refused, TermError):
            continue
        if theorem.conclusion == statement and not theorem.hypotheses:
            return True
    return False


def possible(conditions: tuple[Term, ...], bench: Bench) -> bool:
    """There is a point where they hold."""
    return not conditions or check(_ANYTHING, conditions, points=1, bench=bench).points > 0


def valueless(mutant: Mutant, where: Sequence[tuple[Term, ...]], seed: int, bench: Bench) -> str:
    """'undefined: …' if, where the hypothesis fails, another hypothesis or a part of a definition has no value."""
    for (part, others, name), conditions in product(_parts(mutant), where):
        found = check(part, (*others, *conditions), points=_POINTS, digits=_DIGITS, seed=seed, bench=bench)
        if found.undefined or (not found.points and undefined_at_plain(part, (*others, *conditions), seed, bench)):
            return f"undefined where it fails: {name}"
    return ""


def _parts(mutant: Mutant) -> Iterator[tuple[Term, tuple[Term, ...], str]]:
    """What may have no value without the hypothesis, the other hypotheses, and its name."""
    declared, gone = mutant.declared, dropped(mutant)
    safe, unsafe = sorted_out(declared.given)
    for h in unsafe:
        yield h, safe, f"the hypothesis {h!r}"
    for h in safe:
        if gone is not None and gone.free & h.free:
            yield h, tuple(x for x in safe if x != h), f"the hypothesis {h!r}"
    if declared.kind == "definition":
        yield declared.statement, safe, "what is defined"
        for t in _numbers(declared.statement.args[1]):
            yield Term("eq", (t, t)), safe, f"{t!r} in what is defined"


def _numbers(t: Term) -> list[Term]:
    """The quotients and powers in a term that depend on no bound variable."""
    inside = [x for a in subterms(t) for x in _numbers(a)]
    return [t, *inside] if t.op in ("pow", "factorial", "log") and not t.loose and t.free else inside


def sorted_out(given: tuple[Term, ...]) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """The hypotheses that are known to have a meaning, and those that the kernel refuses beside them."""
    safe: tuple[Term, ...] = ()
    waiting = list(given)
    while waiting:
        left = [h for h in waiting if not _meant(safe, h)]
        safe += tuple(h for h in waiting if h not in left and _meant(safe, h))
        if len(left) == len(waiting):
            break
        waiting = left
    return safe, tuple(waiting)


def _meant(safe: tuple[Term, ...], h: Term) -> bool:
    try:
        Context((*safe, h))
    except (Refused, TermError):
        return False
    return True
