"""Weak limits: what one says about two test functions and the mass at some N, as plain statements."""

from __future__ import annotations

from collections.abc import Iterator

from ..kernel.terms import Term, apply, fresh, lam, num

_SIZES = (1, 2, 10, 1000)


def consequences(prop: Term, avoid: frozenset[Term]) -> Iterator[tuple[Term, int, Term]]:
    """(the variable N, its value, a consequence): ∫p_N = 1, and |∫p_N f − f(x)| ≤ C·N^{−q} for some f.

    They are cos, sin and |u − x|, the limit of min(|u − x|, M): all of Lipschitz constant 1.
    """
    family, target, constant, q = prop.args
    n = fresh(family, avoid)
    measure, point = apply(family, n), target.args[0]
    density = measure.args[-1]
    u = fresh(density, avoid | density.free | point.free | {n})
    p = apply(density, u)
    for size in _SIZES:
        yield n, size, Term("eq", (_integral(measure, u, p), num(1)))
        for f in ("cos", "sin"):
            distance = _integral(measure, u, p * Term(f, (u,))) - Term(f, (point,))
            yield n, size, Term("le", (Term("abs", (distance,)), constant * n ** (-q)))
        yield n, size, Term("le", (_integral(measure, u, p * Term("abs", (u - point,))), constant * n ** (-q)))


def _integral(measure: Term, u: Term, body: Term) -> Term:
    """∫ over the interval of the measure, or over the real line."""
    infinity = Term("infinity")
    ends = measure.args[:2] if measure.op == "density_on" else (Term("mul", (num(-1), infinity)), infinity)
    return Term("integral", (*ends, lam(u, body)))
