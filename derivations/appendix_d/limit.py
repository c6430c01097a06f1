"""(D5) and (D7): the matrix elements for N → ∞."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.full_coarse_graining import (
    RESTS,
    bound_threshold,
    calA,
    centred,
    double_integrand,
    element_constant,
    element_threshold,
    first_order,
    limit_integral,
    linearised,
    power,
    replacement_constant,
    turn,
)
from symbolic_mqb.notation.language import Abs, I, cos, equal, exp, pi, symbols, unequal
from symbolic_mqb.notation.measurement import POVM, A, E, N, a, braket, d, entry, t, tau
from symbolic_mqb.results import Erratum, Result, have
from symbolic_mqb.rules.logic import instantiate, rewrite
from symbolic_mqb.tactics.estimates import Estimates, both_signs, cut_all, expand
from symbolic_mqb.tactics.rates import about, from_rate
from symbolic_mqb.tactics.reasons import Derivation, ProofBy, State, use

k, l = symbols("k l", "int")
r, s = symbols("r s", "nat")
phi, phi1, phi2 = symbols("φ φ1 φ2", "real")
free_A, free_B, free_rest = symbols("A 𝒜 Δ", "op")
zero, one = num(0), num(1)
small = N ** num(-1)
Level = tuple[int, int]
Orders = Callable[[Estimates, int, int], Theorem]
_levels = ((0, 0), (0, 1), (1, 0), (1, 1))
_half = Fraction(1, 2)

#: From this N on |2N, N + k⟩ and |2N, N + l⟩ exist and the bound of (D7-bound) holds.
threshold = bound_threshold(Abs(k), Abs(l))
_element = braket(centred(k), power(calA), centred(l))
_value = limit_integral(A, k, l, phi)
_constant = element_constant(A, RESTS, k, l)


def _ranges(e: Estimates, least: Term) -> list[Theorem]:
    """−N ≤ k ≤ N, the same for l, and 1 ≤ N, from a threshold."""
    late = e.fact(least <= N)
    return [e.at_most(one, N, (1, late)), *both_signs(e, late, k, l)]


def _at(outer: Estimates, operator: Term, rests: Mapping[Level, Term], orders: Orders) -> Theorem:
    """(D7-element) at an operator whose entries are those of 1 + itA/(2Nτ) up to c_rs/N²."""
    ranges = _ranges(outer, threshold)
    e = outer.under(*(theorem.conclusion for theorem in ranges))
    rest = N**2 * (operator - linearised(A))
    names = {level: symbols(f"c{level[0]}{level[1]}", "real")[0] for level in _levels}
    proofs = []
    for level in _levels:
        order = orders(e, *level)
        same = e.equal(Abs(entry(rest, *level)), N**2 * order.left)
        proofs.append(e.at_most(Abs(entry(rest, *level)), rests[level], (1, same), (N**2, order)))
    values = ((free_rest, rest), *((names[level], rests[level]) for level in _levels))
    hypotheses = tuple(Abs(entry(free_rest, *level)) <= names[level] for level in _levels)
    late = element_threshold(A, names, Abs(k), Abs(l)) <= N, element_threshold(A, rests, Abs(k), Abs(l))
    proofs.append(e.at_most(late[1], N, (1, e.fact(threshold <= N))))
    theorem = e.meet(e.instance(e.lookup("D7-element"), (*hypotheses, late[0]), values, tuple(proofs)))
    element = braket(centred(k), power(operator), centred(l))
    same = e.equal(theorem.left, Abs(element - _value))
    bound = element_constant(A, rests, k, l) * small
    return cut_all(e.at_most(same.right, bound, (1, theorem), (-1, same)), *ranges)


def _bound(state: State) -> Theorem:
    """(D7-element) at 𝒜 and A."""
    return _at(Estimates(state.given, state), calA, RESTS, _order)


def _order(e: Estimates, first: int, second: int) -> Theorem:
    """(D5-order) at r, s."""
    theorem = e.meet(e.by(instantiate, e.lookup("D5-order"), ((r, num(first)), (s, num(second)))))
    return e.at_most(
        Abs(entry(calA, first, second) - first_order(A, first, second)),
        RESTS[first, second] * N ** num(-2),
        (1, theorem),
    )


BOUND = Result(
    "D7-bound",
    "The matrix element of 𝒜 and its limit, with the constant of the O(1/N)",
    equation="D7",
    given=(POVM, unequal(tau, 0), threshold <= N),
    chain=[
        have(
            Abs(_element - _value) <= _constant * small,
            by=ProofBy("𝒜 = 1 + itA/(2Nτ) + O(N^{−2})", _bound, ("D7-element", "D5-order")),
        )
    ],
)

_given = (POVM, unequal(tau, 0))
_linear = linearised(A)
_integrand = double_integrand(lambda r, s: first_order(A, r, s), k, l, phi1, phi2)
_zeroth = 1 / (2 * pi) ** 2 * turn(turn(_integrand, phi1), phi2)
#: From this N on |2N, N + k⟩ and |2N, N + l⟩ exist.
_early = 1 + Abs(k) + Abs(l)
_replaced = replacement_constant(A, RESTS)


def _replacement(state: State) -> Theorem:
    """(D5-replaced) at 𝒜 and A, and (D4)."""
    e = Estimates((*state.given, _early <= N), state)
    few = _ranges(e, _early)
    inside = e.under(*(lemma.conclusion for lemma in few))
    names = {level: symbols(f"c{level[0]}{level[1]}", "real")[0] for level in _levels}
    hypotheses = tuple(
        Abs(entry(free_B, *level) - first_order(free_A, *level)) <= names[level] * N ** num(-2) for level in _levels
    )
    values = ((free_A, A), (free_B, calA), *((names[level], RESTS[level]) for level in _levels))
    proofs = tuple(_order(inside, *level) for level in _levels)
    theorem = inside.meet(inside.instance(inside.lookup("D5-replaced"), hypotheses, values, proofs))
    linear = braket(centred(k), power(_linear), centred(l))
    same = inside.equal(_element - linear, _element - _zeroth, use("D4", {"𝒜": _linear}))
    modulus = rewrite(Abs(_element - linear), (0,), same, ())
    near = inside.at_most(Abs(_element - _zeroth), _replaced * small, (1, theorem), (-1, modulus))
    exact = inside.equal(_element, _zeroth + (_element - _zeroth))
    return expand(N, _early, cut_all(exact, *few), _zeroth + _remainder, cut_all(near, *few))


_remainder = Term("O", (small, _replaced))

D5 = Result(
    "D5",
    "The matrix element with 𝒜 to first order in 1/N",
    equation="D5",
    given=_given,
    note="The integrand of the statement is that of (D4); (D5-integrand) turns it into the three printed forms, "
    "where their denominator 1 + e^{i(φ₂−φ₁)} is not 0.",
    errata=(
        Erratum(
            equal(
                (exp(I * (phi1 - phi2)) * (1 + exp(I * (phi2 - phi1)))) ** N,
                (2 * (1 + cos(phi1 - phi2))) ** N,
            ),
            ((N, 1), (phi1, 0), (phi2, 0)),
            "In the first line the square of [1 + e^{i(φ₂−φ₁)}] is missing inside (…)^N: e^{ix}[1 + e^{−ix}]² = "
            "2(1 + cos x).",
            "None: the second and third lines are right.",
            "slip",
        ),
        Erratum(
            equal(_element, _zeroth),
            (
                (N, 1),
                (k, 0),
                (l, 0),
                (t, 1),
                (tau, 1),
                (d, 2),
                (a, {1: 1, 2: -1}),
                (E, {1: ((_half, _half), (_half, _half)), 2: ((_half, -_half), (-_half, _half))}),
            ),
            "The O(N^{−2}) of 𝒜_ij is dropped without a word: “=” holds up to O(1/N) only. For σ_x and N = 1 the "
            "element is cos 1, and the right side 3/4.",
            "None in the limit: the difference is O(1/N), with the constant given here.",
            "missing condition",
        ),
    ),
    chain=[
        have(
            Term("asymptotic", (_early, lam(N, equal(_element, _zeroth + _remainder)))),
            by=ProofBy(
                "𝒜 = 1 + itA/(2Nτ) + O(N^{−2}), and (D4)",
                _replacement,
                ("D5-replaced", "D5-order", "D4"),
            ),
        )
    ],
)
_bracket = (
    entry(A, 0, 0)
    + exp(I * phi2) * entry(A, 0, 1)
    + exp(-I * phi1) * entry(A, 1, 0)
    + exp(I * (phi2 - phi1)) * entry(A, 1, 1)
)
_weighted = exp(I * (k * phi1 - l * phi2)) * (2 * pi) * exp(I * t / tau * (_bracket / (1 + exp(I * (phi2 - phi1)))))
_diagonal = entry(A, 0, 0) + exp(I * phi) * entry(A, 0, 1) + exp(-I * phi) * entry(A, 1, 0) + entry(A, 1, 1)

#: The three right sides of (D7); δ(φ₁ − φ₂) acts on the integral over φ₁.
_lines = (
    1 / (2 * pi) ** 2 * turn(Term("expectation", (Term("dirac", (phi2,)), lam(phi1, _weighted))), phi2),
    1 / (2 * pi) * turn(exp(I * (k - l) * phi) * exp(I * t / tau * (_diagonal / (1 + one))), phi),
    _value,
)


def _distance(line: int) -> Derivation:
    """(D7-bound), the value written as on this line."""

    def derive(state: State) -> Theorem:
        e = Estimates(state.given, state)
        ranges = _ranges(e, threshold)
        inside = e.under(*(lemma.conclusion for lemma in ranges))
        return cut_all(about(inside, e.meet(e.lookup("D7-bound")), _element, _lines[line]), *ranges)

    return derive


def _line_rate(label: str, line: int, reason: str) -> Result:
    return Result(
        label,
        "A matrix element and its limit: at most C/N apart",
        equation="D7",
        given=(*_given, threshold <= N),
        chain=[
            have(Abs(_element - _lines[line]) <= _constant * small, by=ProofBy(reason, _distance(line), ("D7-bound",)))
        ],
    )


FIRST_RATE = _line_rate("D7-rate-first", 0, "the bound K/N of (D7-bound), and ∫ f dδ_x = f(x)")
SECOND_RATE = _line_rate("D7-rate-second", 1, "(D7-bound) at φ₁ = φ₂")

_trace = entry(A, 0, 0) + entry(A, 1, 1)

D7 = Result(
    "D7",
    "The limit of a matrix element between Dicke states, for all integers k and l",
    equation="D7",
    given=_given,
    errata=(
        Erratum(
            equal(_lines[1], exp(I * t * _trace / tau) * (1 / (2 * pi)) * _lines[2].args[-1]),
            (
                (k, 0),
                (l, 0),
                (t, 1),
                (tau, 1),
                (d, 1),
                (a, {1: 1}),
                (E, {1: ((1, 0), (0, 1))}),
            ),
            "The last line has exp{it tr A/τ} in place of exp{it tr A/(2τ)}: the quotient of the line before it is "
            "tr A/2 plus the rest.",
            "With the printed factor the choice μ = tr A/2 would not cancel in (D8). (D8) is right.",
            "slip",
        ),
    ),
    note="In the first line δ(φ₁ − φ₂) acts on the integral over φ₁ and gives the value at φ₁ = φ₂. The limit is not "
    "taken under the integral of (D5), whose integrand is not bounded near φ₁ − φ₂ = ±π: the integral over φ₁ is done "
    "first (D7-reduced), and what is left converges uniformly. (D7-second) is another proof, without integrals: "
    "the finite sum of (D7-second.exact) and its limit, a power series, equal to this integral by (D7-second.agree).",
    chain=[
        have(Term("limit", (lam(N, _element), line)), by=from_rate(label))
        for line, label in zip(_lines, ("D7-rate-first", "D7-rate-second", "D7-bound"), strict=True)
    ],
)
