"""(A6): the matrix element between Dicke states for N → ∞, all k and l, with explicit constants."""

from __future__ import annotations

from fractions import Fraction

from symbolic_mqb.kernel.terms import Term, lam, num, substitute
from symbolic_mqb.kernel.terms import unfold as unfold_once
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.binomials import RATIO, counting_bound, elements, multiplicity, ratio
from symbolic_mqb.notation.expansions import (
    element_constant,
    element_limit,
    element_threshold,
    exponent_constant,
    front,
    main_exponent,
    remainder,
    root,
    size,
    slope,
    summand,
    summand_constant,
    summand_limit,
)
from symbolic_mqb.notation.language import Abs, I, Min, Sum, equal, exp, log, sqrt, symbols, unequal
from symbolic_mqb.notation.measurement import (
    OBSERVABLE,
    POVM,
    A,
    E,
    N,
    a,
    absolute_moment,
    braket,
    calA,
    d,
    dicke,
    entry,
    j,
    mu,
    t,
    tau,
    tensor_power,
)
from symbolic_mqb.results import Erratum, Needed, Result, have
from symbolic_mqb.rules.inequalities import (
    modulus_of_product,
    power_as_exponential,
    power_bound,
    power_difference,
    root_of_square,
    triangle,
    triangle_sum,
)
from symbolic_mqb.rules.kets import completeness
from symbolic_mqb.rules.logic import assume, definition, instantiate, opened_variable
from symbolic_mqb.tactics.estimates import Estimates, cut_all, expand, local
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, identity, unfold, use

k, l, r, s = symbols("k l r s", "nat")
(q,) = symbols("q", "int")
_overlap = symbols("q", "nat")[0]
zero, one = num(0), num(1)

#: The variables of (A6-power).
_n, _a, _b = (*symbols("n", "nat"), *symbols("a b", "complex"))

# The five factors of the q-th summand and their limits, first as plain numbers.
R, f, g, h, e0, G, H = symbols("R f g h e G H", "complex")
X, Y, dR, df, dg, dh, de = symbols("X Y δR δf δg δh δe", "real")
_bounds = (
    Abs(f) <= one,
    Abs(e0) <= one,
    Abs(g) <= X,
    Abs(h) <= Y,
    Abs(H) <= Y,
    Abs(R - 1) <= dR,
    Abs(f - 1) <= df,
    Abs(g - G) <= dg,
    Abs(h - H) <= dh,
    Abs(e0 - 1) <= de,
    zero <= X,
    zero <= Y,
)


#: R = e = 2, all others 1.
_both_two = (
    *((z, 2) for z in (R, e0)),
    *((z, 1) for z in (f, g, h, G, H, X, Y, dR, de)),
    *((z, 0) for z in (df, dg, dh)),
)


def _product(e: Estimates, factors: tuple[Term, ...], bounds: tuple[Theorem, ...]) -> tuple[Theorem, Term]:
    """(|z₁z₂…| ≤ B₁B₂…, B₁B₂…) from |z_i| ≤ B_i, the last bound of unknown sign."""
    product = e.by(modulus_of_product, factors)
    weights, certificate = one, [(one, product)]
    for i, bound in enumerate(bounds):
        rest = one
        for z in factors[i + 1 :]:
            rest = rest * Abs(z)
        certificate.append((weights * rest, bound))
        weights = weights * bound.right
    return e.at_most(product.left, weights, *certificate), weights


def _five_factors(state: State) -> Theorem:
    """R f g h e − G H, one factor replaced by its limit after the other."""
    e = Estimates(state.given, state)
    bf, be, bg, bh, bH, bR, b1, b2, b3, b4 = (assume(x) for x in _bounds[:10])
    pieces = (
        ((f, e0, g, h, R - 1), (bf, be, bg, bh, bR)),
        ((e0, g, h, f - 1), (be, bg, bh, b1)),
        ((g, h, e0 - 1), (bg, bh, b4)),
        ((g, h - H), (bg, b3)),
        ((H, g - G), (bH, b2)),
    )
    parts = [_product(e, factors, bounds)[0] for factors, bounds in pieces]
    split = e.by(triangle, tuple(p.left.args[0] for p in parts))
    goal = Abs(R * f * g * h * e0 - G * H)
    return e.at_most(goal, X * Y * (dR + df + de) + dg * Y + X * dh, (1, split), *((1, p) for p in parts))


FIVE_FACTORS = Result(
    "A6-factors",
    "A product of five numbers near 1, 1, G, H, 1 is near GH",
    equation="A6",
    given=_bounds,
    needs=(Needed(_bounds[1], _both_two),),
    chain=[
        have(
            Abs(R * f * g * h * e0 - G * H) <= X * Y * (dR + df + de) + dg * Y + X * dh,
            by=ProofBy("one factor after the other, and the triangle inequality", _five_factors),
        )
    ],
)


def _order(e: Estimates, order: int, first: int, second: int) -> Theorem:
    """(A4) to this order at r, s."""
    return e.meet(e.by(instantiate, e.lookup(f"A4-order-{order}"), ((r, num(first)), (s, num(second)))))


def _contraction(e: Estimates, level: int) -> Theorem:
    """|⟨r|𝒜|r⟩| ≤ 1, since the effects are positive and sum to one."""
    phase = I * t * (a(j) - mu) / (sqrt(N) * tau)
    effect = entry(E(j), level, level)
    sizes = e.by(triangle_sum, one, d, lam(j, exp(phase) * effect))
    total = e.by(completeness, E, d, num(level), num(level))
    from symbolic_mqb.notation.measurement import CHARACTERISTIC

    same = e.meeting(Abs(entry(calA, level, level)), [unfold(CHARACTERISTIC)], sizes.left, [as_(sizes.left)])
    return e.at_most(same.left, one, (1, same), (1, sizes), (1, total))


def _off_diagonal(e: Estimates, first: int, second: int, exponent: Term) -> tuple[Theorem, Theorem, Theorem]:
    """Bounds on (√N⟨r|𝒜|s⟩)^p, on its limit, and on their difference."""
    element, limit, bound = sqrt(N) * entry(calA, first, second), element_limit(first, second), size(first, second)
    small = e.at_most(Abs(element), bound, (sqrt(N), _order(e, 0, first, second)))
    mean = _mean(e, first, second)
    at_limit = e.at_most(Abs(limit), bound, (Abs(t), mean))
    near = e.at_most(
        Abs(element - limit),
        t**2 / 2 * absolute_moment(2, first, second) * root,
        (sqrt(N), _order(e, 1, first, second)),
    )
    names = ((_a, element), (_b, limit), (_n, exponent), (X, bound))
    step = e.instance(e.lookup("A6-power"), (Abs(_a) <= X, Abs(_b) <= X), names, (small, at_limit))
    weight = slope(bound, exponent)
    return (
        _powered(e, element, exponent, small, bound),
        _powered(e, limit, exponent, at_limit, bound),
        e.at_most(step.left, weight * near.right, (1, step), (weight, near)),
    )


def _powered(e: Estimates, z: Term, exponent: Term, theorem: Theorem, bound: Term) -> Theorem:
    """|z^p| ≤ B^p from |z| ≤ B."""
    return e.at_most(Abs(z**exponent), bound**exponent, (1, e.by(power_bound, z, exponent, theorem)))


def _mean(e: Estimates, first: int, second: int) -> Theorem:
    """|⟨r|A|s⟩|/|τ| ≤ M₁(r, s) for r ≠ s."""
    effect = entry(E(j), first, second)
    sizes = e.by(triangle_sum, one, d, lam(j, effect * ((a(j) - mu) / tau)))
    sums = Sum(a(j) * effect, (j, 1, d)) - mu * Sum(effect, (j, 1, d))
    same = e.meeting(
        Abs(entry(A, first, second) / tau),
        [unfold(OBSERVABLE)],
        sizes.left,
        [as_(Abs(sums / tau)), identity(completeness, E, d, first, second)],
    )
    moment = absolute_moment(1, first, second)
    return e.at_most(same.left, moment, (1, sizes), (1, same), (-1, definition(moment)))


def _diagonal(e: Estimates, level: int, near: Theorem) -> tuple[Theorem, Theorem]:
    """|⟨r|𝒜|r⟩^q| ≤ 1 and |⟨r|𝒜|r⟩^q − 1| ≤ q·B from |⟨r|𝒜|r⟩ − 1| ≤ B."""
    element = entry(calA, level, level)
    contraction, unit = _contraction(e, level), e.at_most(Abs(one), one)
    step = e.by(power_difference, element, one, q, contraction, unit)
    return (
        _powered(e, element, q, contraction, one),
        e.at_most(Abs(element**q - 1), q * near.right, (1, step), (q, near)),
    )


_first = sqrt(N) * entry(calA, 1, 0)
_second = sqrt(N) * entry(calA, 0, 1)
_limit, _summand = summand_limit(k, l, q), summand(k, l, q)
#: ρ − 1, ⟨1|𝒜|1⟩ − 1 and ⟨0|𝒜|0⟩ − 1.
_near = tuple(z - 1 for z in (ratio(k, l, q), entry(calA, 1, 1), entry(calA, 0, 0)))
_from_near = summand_constant(k, l, q, Abs(_near[0]), q * Abs(_near[1]) + q * Abs(_near[2]))


def _summand_bound(e: Estimates) -> Theorem:
    """(A6-factors) for the q-th summand, the multiplicity left out."""
    near = tuple(e.at_most(Abs(z), Abs(z)) for z in _near)
    (f1, f_near), (e1, e_near) = _diagonal(e, 1, near[1]), _diagonal(e, 0, near[2])
    g1, _, g_near = _off_diagonal(e, 1, 0, k - q)
    h1, h2, h_near = _off_diagonal(e, 0, 1, l - q)
    values = (
        (R, ratio(k, l, q)),
        (f, entry(calA, 1, 1) ** q),
        (e0, entry(calA, 0, 0) ** q),
        (g, _first ** (k - q)),
        (h, _second ** (l - q)),
        (G, element_limit(1, 0) ** (k - q)),
        (H, element_limit(0, 1) ** (l - q)),
        (X, size(1, 0) ** (k - q)),
        (Y, size(0, 1) ** (l - q)),
        (dR, near[0].right),
        (df, f_near.right),
        (dg, g_near.right),
        (dh, h_near.right),
        (de, e_near.right),
    )
    signs = e.fact(zero <= size(1, 0) ** (k - q)), e.fact(zero <= size(0, 1) ** (l - q))
    proofs = (f1, e1, g1, h1, h2, near[0], f_near, g_near, h_near, e_near, *signs)
    return e.instance(e.lookup("A6-factors"), _bounds, values, proofs)


def _bound(state: State) -> Theorem:
    """The bound of a summand for a natural number q ≤ k, l."""
    e = Estimates((*state.given[:3], zero <= q, q <= Min(k, l)), state)
    theorem = _summand_bound(e)
    theorem = e.at_most(Abs(_summand - _limit), _from_near, (1, theorem))
    e = Estimates(state.given, state)
    return e.meet(e.by(instantiate, theorem, ((q, _overlap),)))


A6_SUMMAND = Result(
    "A6-summand",
    "A summand of the matrix element and its limit",
    equation="A6",
    given=(POVM, unequal(tau, 0), one <= N, _overlap <= k, _overlap <= l, k + l - _overlap <= N),
    chain=[
        have(
            substitute(Abs(_summand - _limit) <= _from_near, {q: _overlap}),
            by=ProofBy(
                "(A4) for the elements off the diagonal, one factor after the other",
                _bound,
                ("A4-order-0", "A4-order-1", "A6-factors", "A6-power"),
            ),
        )
    ],
)


def _bounded_summand(e: Estimates) -> Theorem:
    """|q-th summand − its limit| ≤ C_q/√N, the multiplicity left out."""
    relative = e.meet(e.by(instantiate, e.lookup("A3-relative"), ((_overlap, q),)))
    large = e.by(root_of_square, one, e.fact(one**2 <= N))
    near = e.at_most(relative.left, counting_bound(k, l, q) * root, (sqrt(N), relative), (relative.left, large))
    theorem = e.meet(e.by(instantiate, e.lookup("A6-summand"), ((_overlap, q),)))
    sizes = size(1, 0) ** (k - q) * size(0, 1) ** (l - q)
    return e.at_most(
        Abs(_summand - _limit),
        element_constant(k, l, q) * root,
        (1, theorem),
        (sizes, near),
        *((sizes * q, _order(e, 0, level, level)) for level in (0, 1)),
    )


def _line(exponent: Term, rest: Term) -> Term:
    """exp{… + O} Σ_q √(k!l!)/(q!(k−q)!(l−q)!) [(itA₁₀/τ)^{k−q} (itA₀₁/τ)^{l−q} + O]."""
    return exp(main_exponent + exponent) * Sum(multiplicity(k, l, q) * (_limit + rest), (q, 0, Min(k, l)))


_threshold = element_threshold(k, l)
_element = braket(dicke(N, k), tensor_power(calA, N), dicke(N, l))
_template = _line(remainder(root, exponent_constant(k, l)), remainder(root, element_constant(k, l, q)))


def exact_form(e: Estimates) -> Theorem:
    """The matrix element = the line with its remainders written out."""
    scale = N ** ((k + l - 2 * q) / 2)
    body = multiplicity(k, l, q) * scale * substitute(unfold_once(ratio(k, l, _overlap)), {_overlap: q})
    sum_ = Sum(body * elements(calA, k, l, q, q), (q, 0, Min(k, l)))
    ne = e.meet(e.lookup("A5-nonzero"))
    exact = e.under(ne.conclusion).meeting(
        _element,
        [
            use("A3-general", {"𝒜": calA}),
            as_(front ** (N - k - l) * sum_),
            identity(power_as_exponential, front, N - k - l),
        ],
        _line((N - k - l) * log(front) - main_exponent, _summand - _limit),
        [unfold(RATIO)],
    )
    return cut_all(exact, ne)


def _prove(state: State) -> Theorem:
    e = Estimates((*state.given, _threshold <= N), state)
    inside = e.under(zero <= q, q <= Min(k, l))
    bound = local(_bounded_summand(inside), (q, opened_variable(_template.args[1].args[2], 0)))
    return expand(N, _threshold, exact_form(e), _template, e.meet(e.lookup("A5-exponent")), bound)


_exact_uses = ("A3-general", "A5-nonzero")
_summand_uses = ("A4-order-0", "A3-relative", "A6-summand")
_r1, _r2 = symbols("r1 r2", "complex")
_effects = {
    1: ((Fraction(1, 4), Fraction(1, 8)), (Fraction(1, 8), Fraction(1, 4))),
    2: ((Fraction(1, 4), Fraction(1, 8)), (Fraction(1, 8), Fraction(1, 4))),
    3: ((Fraction(1, 2), Fraction(-1, 4)), (Fraction(-1, 4), Fraction(1, 2))),
}

A6 = Result(
    "A6",
    "The matrix element for N → ∞",
    equation="A6",
    given=(POVM, unequal(tau, 0)),
    errata=(
        Erratum(
            equal(
                _element,
                exp(main_exponent + _r1) * Sum(multiplicity(k, l, q) * _limit * (1 + _r2), (q, 0, Min(k, l))),
            ),
            (
                (N, 1000000),
                (k, 1),
                (l, 0),
                (t, 1),
                (mu, 0),
                (tau, 1),
                (d, 3),
                (a, {1: -1, 2: 1, 3: 0}),
                (E, _effects),
                (_r1, 0),
                (_r2, 0),
            ),
            "The factor [1 + O(1/√N)] on ⟨1|𝒜|0⟩^{k−q} and ⟨0|𝒜|1⟩^{l−q} (in the text after (A4) and here) says that "
            "the element is exactly 0 where A₀₁ = 0 and k ≠ l, whatever the remainders; but ⟨1|𝒜|0⟩ then starts with "
            "A^(2)₁₀/N, as for this three-outcome POVM with A₀₁ = 0 and A^(2)₀₁ = 1/4.",
            "The remainder is additive: (itA₁₀/τ)^{k−q}(itA₀₁/τ)^{l−q} + O(1/√N). The choice τ = |A₀₁| > 0 of (A7) "
            "excludes the case, so the limit stands.",
            "missing condition",
        ),
    ),
    chain=[
        have(
            Term("asymptotic", (_threshold, lam(N, equal(_element, _template)))),
            by=ProofBy("(A3), (A4) for each factor, and (A5)", _prove, (*_exact_uses, *_summand_uses, "A5-exponent")),
        )
    ],
)


def _exact(state: State) -> Theorem:
    return exact_form(Estimates(state.given, state))


A6_EXACT = Result(
    "A6-exact",
    "The matrix element with its remainders written out",
    equation="A6",
    given=(POVM, unequal(tau, 0), _threshold <= N),
    chain=[
        have(
            equal(_element, _line((N - k - l) * log(front) - main_exponent, _summand - _limit)),
            by=ProofBy("(A3) for 𝒜, and ⟨0|𝒜|0⟩^{N−k−l} as an exponential", _exact, _exact_uses),
        )
    ],
)
