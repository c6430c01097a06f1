"""A local model of the Gaussian limit for all measurements at once (M. Navascués and H. Wunderlich).

The hidden variable λ is a sequence of independent standard normal numbers: two for each component ⟨rs|ψ_m⟩
of the pair state, one more for each party. Alice's variable is the linear function of λ whose coefficients
are the real and imaginary parts of ⟨rs|(A − ⟨A⟩)⊗1|ψ_m⟩, plus her own number times √ε_A; it depends on her
measurement and on λ, and not on Bob's measurement. Bob's is the same with 1⊗(B − ⟨B⟩). The law of λ does
not depend on the measurements.
"""

from __future__ import annotations

from fractions import Fraction

from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.kernel.terms import unfold as unfolded
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import (
    I,
    Integral,
    Product,
    Sum,
    conj,
    equal,
    exp,
    function,
    half,
    im,
    pi,
    re,
    sqrt,
    symbols,
)
from symbolic_mqb.notation.measurement import A2, POVM, E, N, a, d, t
from symbolic_mqb.notation.pairs import (
    B2,
    BOB,
    NOISE_A,
    NOISE_B,
    NORMALISED,
    ONE,
    F,
    R,
    b,
    e,
    g,
    h,
    m,
    mean_a,
    mean_b,
    noise_a,
    noise_b,
    one_pair,
    over_components,
    pair_trace,
    psi,
    quadratic_form,
    r,
    s,
    u,
)
from symbolic_mqb.results import Citation, Needed, Result, eq, have
from symbolic_mqb.rules.complex_numbers import imaginary_part, real_part
from symbolic_mqb.rules.integrals import gaussian_integral
from symbolic_mqb.rules.kets import exponential_of_sum
from symbolic_mqb.rules.logic import definition, instantiate, symmetry, transitivity, transport
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.rates import from_rate
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, identity, unfold, use

_WHERE = "main text, before (4)"
zero, one = num(0), num(1)
mu, nu = symbols("μ ν", "real")


def _cut_all(theorem: Theorem, *lemmas: Theorem) -> Theorem:
    theorem = cut_all(theorem, *lemmas)
    return theorem


xi = symbols("ξ", "real")[0]
_inside = t * g + u * h


def _normal(slope: Term) -> Term:
    """The expectation of e^{i·slope·ξ} for a standard normal number ξ."""
    return Integral(exp(-(xi**2) / 2) / sqrt(2 * pi) * exp(I * slope * xi), xi)


def _product_over(body: Term) -> Term:
    """Π over m, r and s."""
    return Product(Product(Product(body, (s, 0, 1)), (r, 0, 1)), (m, 0, R - 1))


_real_facts = tuple(Term("is_real", (x,)) for x in (mean_a, mean_b, pair_trace(A2, ONE), pair_trace(ONE, B2)))
_real_labels = ("IID-real-a", "IID-real-b", "IID-real-second-a", "IID-real-second-b")


def _noise(label: str, symbol: Term, values: tuple[tuple[Term, Term], ...]) -> Result:
    """0 ≤ ε: (IID-excess) at the mean of a normalised state."""

    def derive(state: State) -> Theorem:
        es = Estimates(state.given, state)
        real = es.lookup(f"IID-real-{label}")
        inside = es.under(real.conclusion)
        theorem = inside.by(instantiate, inside.lookup(f"IID-excess-{label}"), values)
        value = inside.equal(unfolded(symbol), theorem.right)
        named = transitivity(definition(symbol), value)
        return _cut_all(inside.by(transport, theorem, (1,), symmetry(named)), real)

    party = POVM if label == "a" else BOB
    uses = (f"IID-excess-{label}", f"IID-real-{label}")
    return Result(
        f"IID-noise-{label}",
        "What is not projective in a measurement adds to the variance",
        equation=_WHERE,
        given=(party, NORMALISED),
        chain=[have(zero <= symbol, by=ProofBy("(IID-excess) at the mean", derive, uses))],
    )


NOISE_OF_A = _noise("a", noise_a, ((mu, mean_a),))
NOISE_OF_B = _noise("b", noise_b, ((nu, mean_b),))


def _quadratic(state: State) -> Theorem:
    """(IID-cross) at the means, and what ε_A and ε_B are."""
    es = Estimates(state.given, state)
    lemmas = [es.lookup(label) for label in _real_labels[:2]]
    inside = es.under(*(x.conclusion for x in lemmas))
    cross = inside.by(instantiate, inside.lookup("IID-cross"), ((mu, mean_a), (nu, mean_b)))
    known = es.under(cross.conclusion)
    theorem = known.meeting(quadratic_form, [], _lengths, [unfold(NOISE_A), unfold(NOISE_B)])
    return _cut_all(theorem, cross, *lemmas)


_lengths = over_components(conj(_inside) * _inside) + t**2 * noise_a + u**2 * noise_b
QUADRATIC = Result(
    "IID-quadratic",
    "t²V_A + 2tuC + u²V_B is a sum of squares",
    equation=_WHERE,
    given=(POVM, BOB, NORMALISED),
    chain=[
        have(
            equal(quadratic_form, _lengths),
            by=ProofBy("(IID-cross) at the means, ε_A and ε_B", _quadratic, ("IID-cross", *_real_labels[:2])),
        )
    ],
)

_real_slope, _imaginary_slope = t * re(g) + u * re(h), t * im(g) + u * im(h)
_both_normal = _normal(_real_slope) * _normal(_imaginary_slope)
_squared = exp(-(conj(_inside) * _inside) / 2)
COMPONENT = Result(
    "IID-component",
    "Two normal numbers for one component of the fluctuation vectors",
    equation=_WHERE,
    given=(zero <= m, m <= R - 1, zero <= r, r <= 1, zero <= s, s <= 1),
    chain=[
        _both_normal,
        eq(
            exp(-(_real_slope**2) / 2) * exp(-(_imaginary_slope**2) / 2),
            by=[
                identity(gaussian_integral, half, I * _real_slope),
                identity(gaussian_integral, half, I * _imaginary_slope),
            ],
        ),
        eq(
            _squared,
            by=[identity(part, z, everywhere=True) for part in (real_part, imaginary_part) for z in (g, h)],
        ),
    ],
)

_own = exp(-(t**2 * noise_a) / 2) * exp(-(u**2 * noise_b) / 2)
_exponent = -(conj(_inside) * _inside) / 2
_model = _product_over(_both_normal) * _normal(t * sqrt(noise_a)) * _normal(u * sqrt(noise_b))
_facts = (zero <= noise_a, zero <= noise_b, *_real_facts)

#: One party's only effect is (1 + i|0⟩⟨1|/2)/2, which is not Hermitian: ⟨A⊗B⟩ is not real.
_skew = {1: ((half, num(Fraction(1, 4)) * I), (0, half))}
_plus, _minus = (((half, sign * half), (sign * half, half)) for sign in (1, -1))
_pair = (R, 1), (psi, {0: Fraction(3, 5), 1: 0, 2: 0, 3: Fraction(4, 5)}), (t, 1), (u, 1)
_one_party = (POVM, ((E, a, d), (F, b, e))), (BOB, ((F, b, e), (E, a, d)))
_needs = tuple(
    Needed(h, (*_pair, *zip((*mine, *other), (_skew, {1: 1}, 1, {1: _plus, 2: _minus}, {1: 1, 2: -1}, 2), strict=True)))
    for h, (mine, other) in _one_party
)

MODEL = Result(
    "IID-model",
    "The Gaussian as the characteristic function of (x(λ), y(λ)), given that ε_A, ε_B ≥ 0",
    equation=_WHERE,
    given=(POVM, BOB, NORMALISED, *_facts),
    needs=_needs,
    chain=[
        exp(-quadratic_form / 2),
        eq(exp(-_lengths / 2), by=use("IID-quadratic")),
        eq(
            _product_over(_squared) * _own,
            by=[
                as_(exp(over_components(_exponent)) * _own),
                identity(exponential_of_sum, 0, R - 1, function(m, Sum(Sum(_exponent, (s, 0, 1)), (r, 0, 1)))),
                as_(Product(exp(Sum(Sum(_exponent, (s, 0, 1)), (r, 0, 1))), (m, 0, R - 1)) * _own),
                identity(exponential_of_sum, 0, 1, function(r, Sum(_exponent, (s, 0, 1)))),
                as_(Product(Product(exp(Sum(_exponent, (s, 0, 1))), (r, 0, 1)), (m, 0, R - 1)) * _own),
                identity(exponential_of_sum, 0, 1, function(s, _exponent)),
            ],
        ),
        eq(_product_over(_both_normal) * _own, by=use("IID-component", reverse=True, m=m, r=r, s=s)),
        eq(
            _model,
            by=[
                as_(
                    _product_over(_both_normal)
                    * (1 / sqrt(2 * pi))
                    * (sqrt(2 * pi) * exp((I * t * sqrt(noise_a)) ** 2 / 2))
                    * (1 / sqrt(2 * pi))
                    * (sqrt(2 * pi) * exp((I * u * sqrt(noise_b)) ** 2 / 2))
                ),
                identity(gaussian_integral, half, I * t * sqrt(noise_a), reverse=True),
                identity(gaussian_integral, half, I * u * sqrt(noise_b), reverse=True),
            ],
        ),
    ],
)


def _local(state: State) -> Theorem:
    """(IID-model), its conditions proved."""
    es = Estimates(state.given, state)
    lemmas = [es.lookup(label) for label in ("IID-noise-a", "IID-noise-b", *_real_labels)]
    return _cut_all(es.lookup("IID-model"), *lemmas)


LEVY = Citation(
    "Lévy's continuity theorem in the plane",
    "If the characteristic functions of random pairs (X_N, Y_N) converge pointwise to the characteristic function "
    "of a pair (x, y), then (X_N, Y_N) → (x, y) in distribution; a characteristic function determines the law.",
    (
        ("χ_N is the characteristic function of (X_N, Y_N)", "(IID-characteristic)"),
        ("χ_N(t, u) → χ(t, u) for all real t, u", "(IID-gaussian)"),
        ("χ is the characteristic function of a pair", "this result: of (x(λ), y(λ)), λ independent standard normals"),
    ),
    "P. Billingsley, Probability and Measure, section 29",
)
PRODUCT = Citation(
    "Expectations of products of independent variables",
    "The expectation of a product of functions of independent random variables is the product of the expectations.",
    (("the components of λ are independent", "the law of λ is the product of standard normal laws"),),
    "P. Billingsley, Probability and Measure, section 21",
)

_local_uses = ("IID-model", "IID-noise-a", "IID-noise-b", *_real_labels)
LOCAL = Result(
    "IID-local",
    "The limit of (X, Y) on independent pairs has a local model, the same hidden variable for all measurements",
    equation=_WHERE,
    given=(POVM, BOB, NORMALISED),
    cites=(LEVY, PRODUCT),
    note="λ consists of independent standard normal numbers ξ_{mrs}, ξ′_{mrs}, η and ζ. Alice's answer is x(λ) = "
    "Σ (ξ Re g + ξ′ Im g) + η√ε_A, where g and ε_A depend on her measurement and on ρ_AB only; Bob's is y(λ) = "
    "Σ (ξ Re h + ξ′ Im h) + ζ√ε_B. No variance needs to be positive: a degenerate limit is included. So every "
    "CHSH combination of ±1-valued functions of x and y is at most 2, and α_c ≤ 1/2 for independent pairs.",
    chain=[
        have(
            Term("limit", (lam(N, one_pair**N), exp(-quadratic_form / 2))),
            by=from_rate("IID-rate"),
        ),
        have(
            equal(exp(-quadratic_form / 2), _model),
            by=ProofBy(
                "(IID-model), ε_A ≥ 0 and ε_B ≥ 0", _local, ("IID-model", "IID-noise-a", "IID-noise-b", *_real_labels)
            ),
        ),
    ],
)
