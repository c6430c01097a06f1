"""Weak limits: what one says about two test functions and the mass at some N, as plain statements."""

from __future__ import annotations

from collections.abc import Iterator

from ..kernel.terms import Term, apply, fresh, lam, num

#: The values of N: on an interval the integrand is often a polynomial in e^{ix} of degree N.
_SIZES = {"density": (1, 2, 10, 1000), "density_on": (1, 2, 10, 200)}
_FEW_PARTICLES = (1, 2)


def consequences(prop: Term, avoid: frozenset[Term]) -> Iterator[tuple[Term, int, Term]]:
    """(the variable N, its value, a consequence): ∫p_N = 1, and |∫p_N f − f(x)| ≤ C·N^{−q} for some f.

    They are cos, sin and |u − x|, the limit of min(|u − x|, M): all of Lipschitz constant 1.
    """
    family, target, constant, q = prop.args
    n = fresh(family, avoid)
    measure, point = apply(family, n), target.args[0]
    if measure.op == "law":
        yield from _of_law(n, measure, point, constant * n ** (-q), avoid)
        return
    density = measure.args[-1]
    u = fresh(density, avoid | density.free | point.free | {n})
    p = apply(density, u)
    for size in _SIZES[measure.op]:
        yield n, size, Term("eq", (_integral(measure, u, p), num(1)))
        for f in ("cos", "sin"):
            distance = _integral(measure, u, p * Term(f, (u,))) - Term(f, (point,))
            yield n, size, Term("le", (Term("abs", (distance,)), constant * n ** (-q)))
        yield n, size, Term("le", (_integral(measure, u, p * Term("abs", (u - point,))), constant * n ** (-q)))


def _of_law(n: Term, law: Term, point: Term, bound: Term, avoid: frozenset[Term]) -> Iterator[tuple[Term, int, Term]]:
    """The same for a sum over tuples of outcomes, for few particles."""
    count, outcomes, weight, value = law.args
    indices = fresh(weight, avoid | law.free | point.free | {n})
    p, at = apply(weight, indices), apply(value, indices)

    def expectation(body: Term) -> Term:
        return Term("tuples", (count, outcomes, lam(indices, p * body)))

    for size in _FEW_PARTICLES:
        yield n, size, Term("eq", (expectation(num(1)), num(1)))
        for f in ("cos", "sin"):
            distance = expectation(Term(f, (at,))) - Term(f, (point,))
            yield n, size, Term("le", (Term("abs", (distance,)), bound))
        yield n, size, Term("le", (expectation(Term("abs", (at - point,))), bound))


def _integral(measure: Term, u: Term, body: Term) -> Term:
    """∫ over the interval of the measure, or over the real line."""
    infinity = Term("infinity")
    ends = measure.args[:2] if measure.op == "density_on" else (Term("mul", (num(-1), infinity)), infinity)
    return Term("integral", (*ends, lam(u, body)))
