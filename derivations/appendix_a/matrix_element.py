"""(A3) as printed, and its last line: the matrix element for N → ∞."""

from __future__ import annotations

from typing import Any

from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.binomials import (
    RATIO,
    counting_bound,
    elements,
    multiplicity,
    ratio,
    threshold,
)
from symbolic_mqb.notation.language import Max, Min, Sum, binomial, equal, sqrt, symbols
from symbolic_mqb.notation.measurement import N, braket, dicke, entry, permutations, tensor_power, word
from symbolic_mqb.results import Erratum, Result, eq, have
from symbolic_mqb.rules.kets import (
    braket_of_dicke,
    group_by_overlap,
    matrix_element_of_words,
    permutational_invariance,
)
from symbolic_mqb.rules.logic import instantiate, opened_variable
from symbolic_mqb.tactics.estimates import Estimates, expand
from symbolic_mqb.tactics.reasons import ProofBy, State, identity, unfold, use

k, l = symbols("k l", "nat")
(q,) = symbols("q", "int")
(B,) = symbols("𝒜", "op")

_bra = word(1, k, 0, N - k)
_ket = word(1, l, 0, N - l)
_overlap = word(1, q, 0, k - q, 1, l - q, 0, N - k - l + q)
_power = tensor_power(B, N)
_counts = binomial(k, q) * binomial(N - k, l - q)
_root = sqrt(binomial(N, k) / binomial(N, l))


def _lines(bounds: tuple[Any, Any, Any]) -> list[Any]:
    """The lines of (A3) up to the closed sum, q in `bounds`."""
    return [
        braket(dicke(N, k), _power, dicke(N, l)),
        eq(
            1 / sqrt(binomial(N, k) * binomial(N, l)) * braket(permutations(_bra), _power, permutations(_ket)),
            by=identity(braket_of_dicke, N, k, l, _power),
        ),
        eq(_root * braket(_bra, _power, permutations(_ket)), by=identity(permutational_invariance, N, k, l, B)),
        eq(_root * Sum(_counts * braket(_bra, _power, _overlap), bounds), by=identity(group_by_overlap, N, k, l, B)),
        eq(
            _root * Sum(_counts * elements(B, k, l, q, N - k - l + q), bounds),
            by=identity(matrix_element_of_words, N, _bra, _overlap, B),
        ),
    ]


A3 = Result(
    "A3",
    "Matrix elements between Dicke states, k ≥ l",
    equation="A3",
    given=(l <= k, k + l <= N),
    errata=(
        Erratum(
            equal(
                braket(dicke(N, k), _power, dicke(N, l)),
                _root * Sum(_counts * elements(B, k, l, q, N - k - l + q), (q, 0, l)),
            ),
            ((N, 1), (k, 1), (l, 1), (B, ((0, 1), (1, 0)))),
            "For N < k + l the terms with q < k + l − N are a zero binomial times a negative power of "
            "⟨0|𝒜|0⟩, which is not defined where ⟨0|𝒜|0⟩ = 0.",
            "The sum runs from max(0, k + l − N); the result (A3-general) holds for all k, l ≤ N. "
            "Nothing changes for N → ∞.",
            "missing condition",
        ),
    ),
    chain=_lines((q, 0, l)),
)
A3_GENERAL = Result(
    "A3-general",
    "Matrix elements between Dicke states, for all k, l ≤ N",
    equation="A3",
    given=(k <= N, l <= N),
    chain=_lines((q, Max(0, k + l - N), Min(k, l))),
)


def _limit_line(rest: Term) -> Term:
    scale = N ** ((k + l - 2 * q) / 2)
    return entry(B, 0, 0) ** (N - k - l) * Sum(
        multiplicity(k, l, q) * scale * (1 + rest) * elements(B, k, l, q, q), (q, 0, Min(k, l))
    )


def _asymptotic(state: State) -> Theorem:
    """The closed sum with its binomials written as limit × ratio, and the bound on ratio − 1."""
    limit = threshold(k, l)
    e = Estimates((*state.given, limit <= N), state)
    element, line = braket(dicke(N, k), _power, dicke(N, l)), _limit_line(ratio(k, l, q) - 1)
    exact = e.meeting(element, [use("A3-general")], line, [unfold(RATIO)])
    template = _limit_line(_remainder)
    inner = opened_variable(template.args[1].args[2], 0)
    index = symbols("q", "nat")[0]
    inside = e.under(num(0) <= inner, inner <= Min(k, l))
    bound = inside.meet(inside.by(instantiate, e.lookup("A3-relative"), ((index, inner),)))
    return expand(N, limit, exact, template, bound)


_remainder = Term("O", (N ** num(-1), counting_bound(k, l, q)))

A3_LIMIT = Result(
    "A3-limit",
    "The matrix element for N → ∞, all k and l",
    equation="A3",
    chain=[
        have(
            Term(
                "asymptotic",
                (
                    threshold(k, l),
                    lam(N, equal(braket(dicke(N, k), _power, dicke(N, l)), _limit_line(_remainder))),
                ),
            ),
            by=ProofBy("(A3-general) and (A3-stirling)", _asymptotic, ("A3-general", "A3-relative")),
        )
    ],
)
