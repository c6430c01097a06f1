"""(14): noise of the order of √N, and what it does to a bound on correlations of signs."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bell import D, c, near
from symbolic_mqb.notation.expansions import limit_rate, limit_threshold, root, superposition_rate, variance
from symbolic_mqb.notation.language import Abs, Expectation, I, Integral, conj, equal, exp, sgn, symbols
from symbolic_mqb.notation.measurement import POVM, PROJECTIVE, A, N, calA, entry, mu, t, tau
from symbolic_mqb.notation.objects import gaussian, wave
from symbolic_mqb.notation.rotor import phi
from symbolic_mqb.notation.two_parties import element, k, l, levels
from symbolic_mqb.results import Result, have
from symbolic_mqb.rules.inequalities import modulus_of_product, triangle, two_sided
from symbolic_mqb.rules.sign import sign_bound, sign_monotone
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.rates import about, from_rate
from symbolic_mqb.tactics.reasons import ProofBy, State

x, xp, y, r, rp, epsilon, width = symbols("x x' y r r' ε s", "real")
(noise,) = symbols("ν", "measure")
zero, one = num(0), num(1)

_choice = (
    PROJECTIVE,
    equal(mu, entry(A, 0, 0)),
    equal(entry(A, 0, 1), tau * exp(I * phi)),
    equal(entry(A, 1, 0), tau * exp(-I * phi)),
    tau > 0,
)
_of_noise = Expectation(exp(I * t * r), (r, noise))
_mean = levels(conj(c(k)) * c(l) * element(calA))
_position = levels(
    exp(-I * k * phi)
    * conj(c(k))
    * c(l)
    * exp(I * l * phi)
    * Integral(exp(I * t * x) * (conj(wave(x, k)) * wave(x, l)), x)
)


_late = limit_threshold(D, D)
_rate = Abs(_of_noise) * superposition_rate(D, limit_rate(k, l)) * root
_plain = levels(
    conj(c(k))
    * c(l)
    * (exp(-I * k * phi) * exp(I * l * phi) * Integral(exp(I * t * x) * conj(wave(x, k)) * wave(x, l), x))
)


_sharp = (_mean, _plain, _position, "6-projective-rate")
_transform = levels(
    conj(c(k))
    * c(l)
    * (
        exp(-I * k * phi)
        * exp(I * l * phi)
        * Integral(exp(I * t * x) * Integral(gaussian(width, x - xp) * (conj(wave(xp, k)) * wave(xp, l)), xp), x)
    )
)
_unsharp = (_mean, _transform, _transform, "6-rate")
_blurred = (POVM, *_choice[1:], width > 0, equal(width**2, variance / tau**2 - 1))


def _distance(state: State, terms: tuple[Term, Term, Term, str]) -> Theorem:
    """The rate without noise, times the characteristic function of the noise."""
    near, plain, far, label = terms
    e = Estimates(state.given, state)
    known = e.meet(e.lookup(label))
    product = e.by(modulus_of_product, (_of_noise, near - plain))
    bound = e.at_most(product.left, _rate, (1, product), (Abs(_of_noise), known))
    return about(e, bound, near * _of_noise, far * _of_noise)


NOISE_RATE = Result(
    "14-rate",
    "Independent noise: the characteristic function and its limit are at most C/√N apart",
    equation="14",
    given=(*_choice, _late <= N),
    chain=[
        have(
            Abs(_mean * _of_noise - _position * _of_noise) <= _rate,
            by=ProofBy(
                "(6-projective-rate), times ⟨e^{itr}⟩",
                lambda state: _distance(state, _sharp),
                ("6-projective-rate",),
            ),
        )
    ],
)

NOISE = Result(
    "14",
    "Independent noise: the macroscopic variable plus τ√N r over τ√N tends to x + r",
    equation="14",
    given=_choice,
    note="The characteristic function of a sum of independent variables is the product of theirs; ν is the law of r, "
    "any probability law on the line, bounded by ε or not. The right side is the characteristic function of x + r "
    "for x distributed as in U_φ|ψ⟩. What a bounded r does to a bound is (14-CHSH-mean) and (14-violation).",
    chain=[
        have(
            Term("limit", (lam(N, _mean * _of_noise), _position * _of_noise)),
            by=from_rate("14-rate"),
        )
    ],
)


BLURRED_RATE = Result(
    "14-blurred-rate",
    "Independent noise of a POVM with s > 0: the characteristic function and its limit are at most C/√N apart",
    equation="14",
    given=(*_blurred, _late <= N),
    chain=[
        have(
            Abs(_mean * _of_noise - _transform * _of_noise) <= _rate,
            by=ProofBy("(6-rate), times ⟨e^{itr}⟩", lambda state: _distance(state, _unsharp), ("6-rate",)),
        )
    ],
)

BLURRED = Result(
    "14-blurred",
    "Independent noise of a POVM with s > 0: the limit is that of x + r for the outcome x of width s",
    equation="14",
    given=_blurred,
    chain=[have(Term("limit", (lam(N, _mean * _of_noise), _transform * _of_noise)), by=from_rate("14-blurred-rate"))],
    note="What a bounded r does to the violation is (14-blurred-violation).",
)


def _between(point: Term, shift: Term, state: State) -> Theorem:
    """sgn(x − ε) ≤ sgn(x + r), sgn(x) ≤ sgn(x + ε)."""
    e = Estimates(state.given, state)
    below = [sign_monotone(e.fact(point - epsilon <= z)) for z in (point + shift, point)]
    above = [sign_monotone(e.fact(z <= point + epsilon)) for z in (point + shift, point)]
    change = sgn(point + shift) - sgn(point)
    lower = e.at_most(-near(point), change, (1, below[0]), (1, above[1]))
    upper = e.at_most(change, near(point), (1, above[0]), (1, below[1]))
    return two_sided(change, lower, upper)


SIGN = Result(
    "14-sign",
    "A noise of at most ε changes the sign of x only where |x| ≤ ε",
    equation="14",
    given=(-epsilon <= r, r <= epsilon),
    chain=[
        have(
            Abs(sgn(x + r) - sgn(x)) <= near(x),
            by=ProofBy("the sign is monotone", lambda state: _between(x, r, state)),
        )
    ],
)

_product = sgn(x + r) * sgn(y + rp) - sgn(x) * sgn(y)
_alice, _bob = sgn(x + r) - sgn(x), sgn(y + rp) - sgn(y)


def _both(state: State) -> Theorem:
    """ab − a′b′ = (a − a′)b + a′(b − b′), with |b|, |a′| ≤ 1."""
    e = Estimates(state.given, state)
    parts = (_alice * sgn(y + rp), sgn(x) * _bob)
    split = e.by(triangle, parts)
    products = [e.by(modulus_of_product, (_alice, sgn(y + rp))), e.by(modulus_of_product, (sgn(x), _bob))]
    first, second = _between(x, r, state), _between(y, rp, state)
    bounds = e.by(sign_bound, y + rp), e.by(sign_bound, x)
    return e.at_most(
        Abs(_product),
        near(x) + near(y),
        (1, split),
        (1, products[0]),
        (1, products[1]),
        (Abs(_alice), bounds[0]),
        (Abs(_bob), bounds[1]),
        (1, first),
        (1, second),
    )


CORRELATION = Result(
    "14-CHSH",
    "What noise does to a correlation of signs, pointwise",
    equation="14",
    given=(-epsilon <= r, r <= epsilon, -epsilon <= rp, rp <= epsilon),
    note="Its mean over the outcomes is (14-correlation), that over the noise (14-mean).",
    chain=[
        have(
            Abs(_product) <= near(x) + near(y),
            by=ProofBy("(14-sign) for both parties", _both),
        )
    ],
)
