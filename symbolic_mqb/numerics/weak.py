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
    density, point = apply(family, n).args[0], target.args[0]
    u = fresh(density, avoid | density.free | point.free | {n})
    p = apply(density, u)
    for size in _SIZES:
        yield n, size, Term("eq", (_integral(u, p), num(1)))
        for f in ("cos", "sin"):
            distance = _integral(u, p * Term(f, (u,))) - Term(f, (point,))
            yield n, size, Term("le", (Term("abs", (distance,)), constant * n ** (-q)))
        yield n, size, Term("le", (_integral(u, p * Term("abs", (u - point,))), constant * n ** (-q)))


def _integral(u: Term, body: Term) -> Term:
    infinity = Term("infinity")
    return Term("integral", (Term("mul", (num(-1), infinity)), infinity, lam(u, body)))
