"""One mutant before both witnesses: does the proof refuse it, and do the numbers refute it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from time import perf_counter

from ..book import Book, LineFailure, Proof, UnknownLabel
from ..kernel.errors import Refused
from ..kernel.kinds import kind
from ..kernel.signatures import NUMBER
from ..kernel.terms import Term, num
from ..kernel.theorem import Theorem
from ..numerics.bench import Bench
from ..numerics.constraints import operations
from ..numerics.witness import AGREES, OPEN, REFUTED, Evidence, check, check_at, readable
from ..results import Declared, Line, Result
from ..steps import rules_of
from ..tactics.reasons import ProofBy, State
from .equivalence import POINTS, defined, equivalence, follows, in_bound, renamed
from .mutant import Mutant
from .necessity import dropped, implied, possible, proved_at, valueless
from .plain import refuted_at_plain, undefined_at_plain

KILLED, EQUIVALENT, NOT_NEEDED, SURVIVED, CRASH = "killed", "equivalent", "hypothesis not needed", "survived", "crash"
PASSED, NOT_ASKED, UNDEFINED = "passed", "not asked", "undefined"
_FEW, _DIGITS, _LARGE = 5, 20, 10**18
_TINY = Fraction(1, 64)
#: Of a sum, so that no mutant takes minutes.
_MOST_TERMS = 2000
#: Points with extreme numbers, for claims about numbers alone.
_EXTREME, _SCALAR = 150, ("nat", "int", "real", "complex", "op")
_COSTLY = frozenset(("series", "integral", "tpow", "tuples", "limit", "weak_limit"))
_TELLING = (UNDEFINED, OPEN, PASSED, NOT_ASKED)
_VERDICTS = {REFUTED: KILLED, OPEN: OPEN, AGREES: PASSED}


@dataclass(frozen=True)
class Witnessed:
    """What one witness says: 'killed', 'passed', 'crash' or, numbers only, 'undecided', 'undefined', 'not asked'.

    'undefined': at a point that satisfies the hypotheses a side is not defined. That is no refutation of
    an equation, but it says why there is none.
    """

    verdict: str
    why: str = ""
    line: int = 0


@dataclass(frozen=True)
class Outcome:
    """What came of a mutant. `why` tells how it is equivalent, or why a witness cannot see it."""

    mutant: Mutant
    verdict: str
    proof: Witnessed
    numbers: Witnessed
    why: str = ""
    seconds: float = field(default=0.0, compare=False)

    def __str__(self) -> str:
        told = f"proof: {self.proof.verdict} {self.proof.why}; numbers: {self.numbers.verdict} {self.numbers.why}"
        return f"{self.verdict}: {self.mutant}\n    {told}" + (f"\n    {self.why}" if self.why else "")


class TrialBook(Book):
    """A book in which one result is declared otherwise; all others are as proved in `base`."""

    def __init__(self, base: Book, declared: Declared) -> None:
        super().__init__({})
        self.base, self.tried = base, declared.label
        self.add(declared)

    def prove(self, label: str) -> Proof:
        """The proof of the changed result, or the proof that the base has."""
        if label == self.tried:
            return super().prove(label)
        if rests_on(self.base, label, self.tried):
            raise Refused(f"the results use one another in a circle: {self.tried} → {label} → {self.tried}")
        return self.base.prove(label)


def rests_on(book: Book, label: str, other: str) -> bool:
    """The proof of `label` uses `other`, directly or not."""
    seen: set[str] = set()
    waiting = [label]
    while waiting:
        now = waiting.pop()
        if now not in seen:
            seen.add(now)
            waiting += book.prove(now).uses
    return other in seen


@dataclass(frozen=True)
class _Known:
    """A proof that does not look at the statement: what it proves is known from the original."""

    theorem: Theorem

    def prove(self, statement: Term, state: State) -> Theorem:
        return self.theorem

    def words(self) -> str:
        return "as in the original"


def trial(mutant: Mutant, book: Book, seed: int = 0) -> Outcome:
    """Try a mutant. The original must be proved; `book` keeps the proofs for the next mutant."""
    start = perf_counter()
    original = book.prove(mutant.label)
    proof, theorem = _by_proof(mutant, book, original)
    how = "" if proof.verdict == CRASH else _implied(mutant, original, book)
    if how:  # no point can refute what follows from the rest
        return Outcome(mutant, NOT_NEEDED, proof, Witnessed(NOT_ASKED, how), how, perf_counter() - start)
    numbers = _by_numbers(mutant, book, seed)
    verdict, why = _judged(mutant, proof, numbers, theorem, original, seed)
    return Outcome(mutant, verdict, proof, numbers, why, perf_counter() - start)


def _implied(mutant: Mutant, original: Proof, book: Book) -> str:
    """How a dropped hypothesis follows from the others; '' if it is not known to."""
    return implied(mutant, original.lines, book) if mutant.kind == "dropped hypothesis" else ""


# -- by proof ----------------------------------------------------------------------------------------
def _by_proof(mutant: Mutant, book: Book, original: Proof) -> tuple[Witnessed, Sequence[Theorem]]:
    declared, first = window(mutant, original)
    try:
        lines = TrialBook(book, declared).prove(mutant.label).lines
    except LineFailure as no:
        line = no.line + first - 1 if no.line else 0
        return Witnessed(KILLED, no.refusal.reason, line), ()
    except (Refused, UnknownLabel) as no:
        return Witnessed(KILLED, str(no)), ()
    except Exception as crash:  # a defect of a reason or of the kernel: counted, never a refusal
        return Witnessed(CRASH, f"{type(crash).__name__}: {crash}"), ()
    return Witnessed(PASSED), lines


def window(mutant: Mutant, original: Proof) -> tuple[Declared, int]:
    """The part of the mutated chain that differs from the original, as a declaration, and its first line.

    A line whose claim, reason and hypotheses are those of the original has the original's theorem.
    """
    declared, before = mutant.declared, mutant.original
    if declared.given != before.given or not isinstance(declared, Result):
        return declared, 1
    claims, lines = declared.claims(), declared.lines
    old = list(zip(before.claims(), (x.by for x in before.lines), strict=True))
    changed = [i for i, c in enumerate(claims) if c != old[i][0] or lines[i].by is not old[i][1]]
    if not changed or len({x.relation for x in lines}) > 1:
        changed = [0, len(lines) - 1]
    low, high = changed[0], changed[-1]
    part: list[Term | Line] = [_with_known(lines[i], i, before, original) for i in range(low, high + 1)]
    if declared.first is not None:
        part.insert(0, claims[low].args[0])
    return replace(declared, chain=tuple(part)), low + 1


def _with_known(line: Line, i: int, before: Declared, original: Proof) -> Line:
    unchanged = isinstance(line.by, ProofBy) and line.by is before.lines[i].by
    return replace(line, by=_Known(original.lines[i])) if unchanged else line


# -- by numbers --------------------------------------------------------------------------------------
def _by_numbers(mutant: Mutant, book: Book, seed: int) -> Witnessed:
    if mutant.kind in ("reason", "exchanged lines"):
        return Witnessed(NOT_ASKED, "what the lines say is as true as before")
    claims, before = mutant.declared.claims(), mutant.original.claims()
    given, bench = mutant.declared.given, Bench(_MOST_TERMS)
    asked = [(i, c) for i, c in enumerate(claims, 1) if given != mutant.original.given or c != before[i - 1]]
    told = _by_author(mutant, [claim for _, claim in asked], book, bench)
    if told is not None:
        return told
    found = [Witnessed(NOT_ASKED, "there is no statement to test")]
    places = [where for where in outside(mutant) if possible(where, bench)]
    for i, claim in asked:
        for where in places:
            found.append(_asked(claim, (*given, *where), i, seed, bench))
            if found[-1].verdict in (KILLED, CRASH):
                return found[-1]
    told = min(found, key=lambda said: _TELLING.index(said.verdict))
    if told.verdict == UNDEFINED:
        return told
    far = _far_out(mutant, [claim for _, claim in asked], places, seed, bench)
    if far is not None:
        return far
    if mutant.kind == "dropped hypothesis":
        lost = valueless(mutant, places, seed, bench) or _valueless_claim([c for _, c in asked], given, seed, bench)
        told = Witnessed(UNDEFINED, lost) if lost else told
    return told


def _valueless_claim(claims: Sequence[Term], given: tuple[Term, ...], seed: int, bench: Bench) -> str:
    """'undefined: …' if a claim that costs little has no value at a plain point."""
    cheap = (claim for claim in claims if not operations([claim]) & _COSTLY)
    found = (undefined_at_plain(claim, given, seed, bench) for claim in cheap)
    return next((x.reason for x in found if x is not None), "")


def _by_author(mutant: Mutant, claims: Sequence[Term], book: Book, bench: Bench) -> Witnessed | None:
    """What fails without a hypothesis at the points that the author gives: the claim, certified, or its meaning."""
    if mutant.kind != "dropped hypothesis" or not isinstance(mutant.original, Result):
        return None
    given, gone = mutant.declared.given, dropped(mutant)
    needs = [needed for needed in mutant.original.needs if needed.hypothesis == gone]
    points = [(dict(n.at), tuple(h for h in given if not proved_at(h, n, book))) for n in needs]
    for claim, (values, unproved) in product(claims, points):
        try:
            found = check_at(claim, values, _DIGITS, unproved, bench)
        except Exception as crash:  # as in `_asked`
            return Witnessed(CRASH, f"{type(crash).__name__}: {crash}")
        if found.verdict == REFUTED and found.certified:
            return Witnessed(KILLED, _point(readable(values, values)))
        if found.undefined:
            return Witnessed(UNDEFINED, found.reason)
    return None


def _far_out(
    mutant: Mutant, claims: Sequence[Term], places: Sequence[tuple[Term, ...]], seed: int, bench: Bench
) -> Witnessed | None:
    """A counterexample without a hypothesis among extreme and plain points, for claims that cost little there."""
    given = mutant.declared.given
    if mutant.kind != "dropped hypothesis" or operations(claims) & _COSTLY:
        return None
    for claim in claims:
        if any(v.args[1] not in _SCALAR for v in claim.free.union(*(h.free for h in given))):
            continue
        try:
            for where in dict.fromkeys((*places, ())):
                found = check(claim, (*given, *where), _DIGITS, _EXTREME, seed, bench=bench, extreme=True)
                if found.verdict == REFUTED and found.certified:
                    return Witnessed(KILLED, _said(found))
            plain = refuted_at_plain(claim, given, seed, bench)
        except Exception as crash:  # as in `_asked`
            return Witnessed(CRASH, f"{type(crash).__name__}: {crash}")
        if plain is not None:
            return Witnessed(KILLED, _said(plain))
    return None


def outside(mutant: Mutant) -> tuple[tuple[Term, ...], ...]:
    """Where to look for a counterexample: where a dropped hypothesis fails, its boundary first."""
    gone = dropped(mutant)
    if gone is not None and gone.op == "projective":
        return (Term("povm", gone.args),), ()
    if gone is not None and gone.op == "bounded":
        return (), (gone.args[1] <= _TINY,)
    if gone is None or gone.op not in ("le", "lt", "eq", "ne") or kind(gone.args[0]) != NUMBER:
        return ((),)
    a, b = gone.args
    border, beyond = Term("eq", (a, b)), Term("lt", (b, a))
    sharp = [Term("projective", h.args) for h in mutant.declared.given if h.op == "povm"]
    edge = ((border,), *((border, h) for h in sharp))  # s = 0 for projective measurements
    if gone.op == "eq":
        return ((Term("ne", (a, b)),),)
    if gone.op == "ne" or mutant.kind == "weaker hypothesis":
        return edge
    return (*(edge if gone.op == "lt" else ()), (beyond,), *_far_beyond(gone))


def _far_beyond(gone: Term) -> Iterator[tuple[Term, ...]]:
    """Places where a ≤ b fails by much: b small and a large, and where the numbers in b vanish."""
    a, b = gone.args
    if not a.free or not b.free or b.free & a.free:
        return
    yield Term("lt", (b, num(_TINY))), Term("lt", (num(1), a))
    nothing = [Term("eq", (v, num(0))) for v in sorted(b.free, key=repr) if v.args[1] == "real"]
    if nothing:
        yield Term("lt", (b, a)), *nothing


def _asked(claim: Term, given: tuple[Term, ...], line: int, seed: int, bench: Bench) -> Witnessed:
    """A few points, more points, and points with a large N, until one refutes the claim."""
    told = Witnessed(NOT_ASKED)
    for statement, conditions, points in ((claim, given, _FEW), (claim, given, POINTS), *_far(claim, given)):
        try:
            found = check(statement, conditions, _DIGITS, points, seed, bench=bench)
        except Exception as crash:  # a defect of the witness: counted, neither agreement nor refutation
            return Witnessed(CRASH, f"{type(crash).__name__}: {crash}", line)
        if found.verdict == REFUTED:
            return Witnessed(KILLED, _said(found), line)
        if statement is claim and conditions is given:
            told = Witnessed(UNDEFINED if found.undefined else _VERDICTS[found.verdict], _said(found), line)
        if not found.points:  # nor will more attempts find a point
            break
    return told


def _far(claim: Term, given: tuple[Term, ...]) -> Iterator[tuple[Term, tuple[Term, ...], int]]:
    """What the claim says of large N only, where a wrong term stands out against the remainders."""
    if claim.op == "asymptotic":
        start, function = claim.args
        yield Term("asymptotic", (Term("add", (start, num(_LARGE))), function)), given, _FEW
    elif claim.op in ("le", "lt"):
        for v in sorted((v for v in claim.free if v.args[0] == "N"), key=repr):
            yield claim, (*given, Term("le", (num(_LARGE), v))), _FEW


def _said(found: Evidence) -> str:
    if found.verdict == REFUTED:
        return _point(found.counterexample or {})
    return found.reason or f"true at {found.agreeing} points"


def _point(shown: dict[str, str]) -> str:
    return ", ".join(f"{k} = {v}" for k, v in sorted(shown.items()))


# -- the verdict -------------------------------------------------------------------------------------
def _judged(
    mutant: Mutant, proof: Witnessed, numbers: Witnessed, lines: Sequence[Theorem], original: Proof, seed: int
) -> tuple[str, str]:
    if CRASH in (proof.verdict, numbers.verdict):
        return CRASH, proof.why if proof.verdict == CRASH else numbers.why
    if numbers.verdict == KILLED:
        return (KILLED, "") if proof.verdict == KILLED else (SURVIVED, "the proof passes, the numbers refute it")
    if mutant.kind.endswith("hypothesis") and proof.verdict == PASSED:
        return NOT_NEEDED, "the proof does not use it"
    how = _equivalent(mutant, proof, lines, original, seed)
    if how:
        return EQUIVALENT, how
    if proof.verdict == KILLED:
        return KILLED, _unseen(mutant, numbers)
    return SURVIVED, "the proof passes"


def _unseen(mutant: Mutant, numbers: Witnessed) -> str:
    """Why the numbers do not see what the proof refuses."""
    if numbers.verdict == NOT_ASKED:
        return numbers.why
    if numbers.verdict != PASSED:
        return f"the numbers are {numbers.verdict}: {numbers.why}"
    if mutant.change is None:
        return f"no counterexample among the points: {numbers.why}"
    before, after = _claims(mutant)
    given, path = mutant.declared.given, mutant.change.path
    if follows(before, after, path, given):
        return "a weaker statement: it follows from the original"
    if in_bound(before, path):
        return f"the change is in a bound, which is not sharp; {numbers.why}"
    if not defined(mutant.change.root, given):
        return f"the kernel does not know the changed expression to be defined; {numbers.why}"
    return f"the points do not tell them apart: {numbers.why}"


def _claims(mutant: Mutant) -> tuple[Term, Term]:
    """The claim that the change is in, in the original and in the mutant."""
    i = max(mutant.line - 1, 0)
    return mutant.original.claims()[i], mutant.declared.claims()[i]


def _equivalent(mutant: Mutant, proof: Witnessed, lines: Sequence[Theorem], original: Proof, seed: int) -> str:
    """How the mutant is known to say the same as the original."""
    if mutant.change is not None:
        if renamed(*_claims(mutant), mutant.declared.given):
            return "the same statement with two variables renamed"
        return equivalence(_expression(mutant), mutant.change.root, mutant.change.path, mutant.declared.given, seed)
    if proof.verdict == PASSED and mutant.kind == "exchanged lines":
        same = sorted(map(repr, mutant.declared.claims())) == sorted(map(repr, mutant.original.claims()))
        return "the same statements in another order, each with its own proof" if same else ""
    if proof.verdict == PASSED and mutant.kind == "reason":
        known = {id(t) for t in original.lines if t is not original.lines[mutant.line - 1]}
        same = rules_of(lines[0], set()) == rules_of(original.lines[mutant.line - 1], known)
        return "the same rules, worded otherwise" if same else ""
    return ""


def _expression(mutant: Mutant) -> Term:
    """The original of the changed expression."""
    first = mutant.original.first
    if mutant.line == 0:
        assert first is not None
        return first
    return mutant.original.lines[mutant.line - 1].expression


__all__ = ["Outcome", "TrialBook", "Witnessed", "rests_on", "trial", "window"]
