"""How sharp a proved bound is: the error as a share of what the bound allows, at growing N."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from flint import arb

from ..kernel.errors import TermError
from ..kernel.terms import Term
from .compiler import Compiler
from .errors import Undefined, Unsupported
from .evaluate import Evaluator
from .large import affine, first_size, opened, within
from .outcomes import TRUE, Outcome, adaptive
from .sampling import sample, satisfied
from .statements import statement

#: The sizes at which bounds are tested.
SIZES = (10**2, 10**3, 10**6, 10**9)


@dataclass(frozen=True)
class Share:
    """At N: is the error certainly within the bound, and the largest share of the bound that it takes up.

    `share` is None where only the containment is decided: a remainder inside an exponential, say.
    """

    n: int
    points: int
    inside: bool
    share: arb | None


def is_bound(claim: Term) -> bool:
    """The statement bounds an error for all large N: an expansion with remainders, or |…| ≤ … with N in it."""
    return claim.op == "asymptotic" or (claim.op == "le" and claim.args[0].op == "abs" and _size_of(claim) is not None)


def shares(claim: Term, given: Iterable[Term], digits: int = 50, points: int = 5, seed: int = 0) -> list[Share]:
    """The shares at those of `SIZES` that the statement speaks of, the largest over sampled points."""
    hypotheses = tuple(given)
    compiler = Compiler()
    try:
        sampled = sample(claim.free, hypotheses, points, seed, (claim,), compiler)
    except Unsupported:
        return []
    out = []
    for n in SIZES:
        found = [_at(claim, hypotheses, Evaluator(v, digits, compiler), n) for v in sampled]
        known = [outcome for outcome in found if outcome is not None]
        if known:
            out.append(_worst(claim, n, known))
    return out


def _worst(claim: Term, n: int, outcomes: list[Outcome]) -> Share:
    each = [] if _nested(claim) else [_share(o) for o in outcomes]
    largest = max(each, key=lambda s: float(s.mid())) if each else None
    return Share(n, len(outcomes), all(o.verdict == TRUE for o in outcomes), largest)


def _share(outcome: Outcome) -> arb:
    """Error / bound; 0 where both vanish."""
    if outcome.left is None or outcome.right is None or outcome.right.real.contains(0):
        return arb(0)
    return outcome.left.real / outcome.right.real


def _nested(claim: Term) -> bool:
    """A remainder stands elsewhere than in a sum or a product: its distance from the left side is not the error."""
    return claim.op == "asymptotic" and affine(claim.args[1].args[2].args[1]) != 1


def _at(claim: Term, given: tuple[Term, ...], e: Evaluator, n: int) -> Outcome | None:
    """The outcome at N = n; None if the statement does not speak of it or its sides are not computable."""
    try:
        if claim.op == "asymptotic":
            return _expansion(e, claim, n)
        size = _size_of(claim)
        assert size is not None
        values = {**e.values, size: n}
        if not satisfied(given, values, e.digits, e.compiler):
            return None
        outcome = statement(Evaluator(values, e.digits, e.compiler), claim)
        return outcome if outcome.left is not None else None
    except (Unsupported, Undefined, TermError):
        return None


def _expansion(e: Evaluator, claim: Term, n: int) -> Outcome | None:
    if first_size(e, claim.args[0]) > n:
        return None
    v, equation = opened(e, claim.args[1])
    here = e.at_size(v, n)
    return adaptive(here, partial(within, here, equation))


def _size_of(claim: Term) -> Term | None:
    """The variable N of a claim."""
    return next((v for v in claim.free if v.args == ("N", "nat")), None)
