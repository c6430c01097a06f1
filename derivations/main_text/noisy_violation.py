"""(14): the violation of (B8) under random noise of at most ε, for noise of any law and for an explicit ε."""

from __future__ import annotations

from fractions import Fraction

from symbolic_mqb.kernel.terms import Term, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bell import (
    CORRELATION,
    STANDARD,
    D,
    angles,
    bell_parameter,
    c,
    chsh,
    correlation,
    hidden,
    mu,
    near_probability,
    phi_a,
    phi_b,
    settings,
    shifted_correlation,
    sign_element,
)
from symbolic_mqb.notation.language import Abs, Expectation, I, bounded, conj, exp, symbols
from symbolic_mqb.notation.models import loud
from symbolic_mqb.notation.two_parties import k, l, levels
from symbolic_mqb.results import Needed, Result, eq, have
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.complex_numbers import real_if_self_conjugate
from symbolic_mqb.rules.expectation import expectation_of_inequality
from symbolic_mqb.rules.inequalities import at_most_modulus, two_sided
from symbolic_mqb.rules.logic import instantiate
from symbolic_mqb.rules.sums import exchange_sums
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, convert, fold, unfold, use
from symbolic_mqb.tactics.second_order import noise_range

r, rp, epsilon, theta = symbols("r r' ε θ", "real")
#: The noise of Alice's and Bob's outcomes, functions of a parameter λ of any law μ.
noise_a, noise_b = symbols("R R'", "real->real")

_weight = exp(I * k * theta) * c(k) * conj(c(l)) * exp(-I * l * theta)

REAL = Result(
    "B4-real",
    "The correlation of (B4) is a real number",
    equation="B4",
    chain=[
        conj(correlation(theta)),
        eq(
            levels(_weight * sign_element(k, l) ** 2),
            by=[unfold(CORRELATION), as_(levels(_weight * sign_element(k, l) ** 2))],
        ),
        eq(
            correlation(theta),
            by=[
                convert(exchange_sums, takes_given=False),
                use("B5-symmetric", k=k, l=l),
                fold(correlation(theta)),
            ],
        ),
    ],
)

_turn = phi_a + phi_b
_near = near_probability()


def _small(*noise: Term) -> tuple[Term, ...]:
    return tuple(bounded(f(hidden), hidden, epsilon) for f in noise)


def _loud(noise: tuple[Term, ...], *angles_at: tuple[Term, Term]) -> tuple[Needed, ...]:
    """One outcome is far off; at these angles."""
    return tuple(Needed(h, at) for h, at in loud(noise, epsilon, (D, 3), (epsilon, Fraction(1, 64)), *angles_at))


def noisy(first: Term, second: Term, angle: Term, dimension: Term = D) -> Term:
    """The mean of the correlation over the noise."""
    return Expectation(shifted_correlation(first(hidden), second(hidden), angle, dimension), (hidden, mu))


_between = (-epsilon <= r, r <= epsilon, -epsilon <= rp, rp <= epsilon)


def _mean(state: State) -> Theorem:
    """−2·near ≤ shifted − unshifted ≤ 2·near for each λ, averaged."""
    real = real_if_self_conjugate(state.lookup("B4-real"))
    real = instantiate(real, ((theta, _turn),), ())
    e = Estimates((real.conclusion,), state)
    values = ((r, noise_a(hidden)), (rp, noise_b(hidden)))
    ranges = tuple(t for f in (noise_a, noise_b) for t in noise_range(e, f(hidden), hidden, epsilon))
    each = e.instance(e.lookup("14-correlation"), _between, values, ranges)
    change = shifted_correlation(noise_a(hidden), noise_b(hidden), _turn) - correlation(_turn)
    above = e.at_most(change, 2 * _near, (1, each), (1, e.by(at_most_modulus, change)))
    below = e.at_most(-(2 * _near), change, (1, each), (1, e.by(at_most_modulus, -change)))
    total = noisy(noise_a, noise_b, _turn) - correlation(_turn)
    both = [e.by(expectation_of_inequality, mu, hidden, half) for half in (below, above)]
    theorem = two_sided(total, e.at_most(-(2 * _near), total, (1, both[0])), e.at_most(total, 2 * _near, (1, both[1])))
    return cut(theorem, real)


MEAN = Result(
    "14-mean",
    "Random noise of at most ε changes a correlation by at most 2P(|x| ≤ ε) + 2P(|y| ≤ ε)",
    equation="14",
    given=_small(noise_a, noise_b),
    chain=[
        have(
            Abs(noisy(noise_a, noise_b, _turn) - correlation(_turn)) <= 2 * _near,
            by=ProofBy("(14-correlation), averaged over the noise", _mean, ("14-correlation", "B4-real")),
        )
    ],
    needs=_loud((noise_a, noise_b), (phi_a, num(0)), (phi_b, num(0))),
    note="r = R(λ) and r′ = R′(λ) with λ of any law μ: any joint law of two random variables bounded by ε. Where the "
    "noise is independent of the outcomes, this is the correlation of the signs of x + r and y + r′ of (14).",
)

_noises = symbols("R_A R_A' R_B R_B'", "real->real")
_pairs = [(i, j) for i in (0, 1) for j in (0, 1)]


def noisy_bell_parameter(at: dict[Term, Term], dimension: Term) -> Term:
    """The Bell–CHSH parameter in the mean over the noise, at four angles."""
    return chsh(lambda i, j: noisy(_noises[i], _noises[2 + j], substitute(settings(i, j), at), dimension))


def _chsh(state: State) -> Theorem:
    """Four correlations change by 2·near each."""
    real, mean = real_if_self_conjugate(state.lookup("B4-real")), state.lookup("14-mean")
    reals = [instantiate(real, ((theta, settings(i, j)),), ()) for i, j in _pairs]
    e = Estimates(tuple(t.conclusion for t in reals), state)
    parts = []
    for i, j in _pairs:
        values = ((noise_a, _noises[i]), (noise_b, _noises[2 + j]), (phi_a, angles[i]), (phi_b, angles[2 + j]))
        each = e.by(instantiate, mean, values)
        change = each.left.args[0]
        parts += [(1, each), (1, e.by(at_most_modulus, change if i == j == 1 else -1 * change))]
    theorem = e.at_most(bell_parameter() - 8 * _near, noisy_bell_parameter({}, D), *parts)
    for lemma in reals:
        theorem = cut(theorem, lemma)
    return theorem


CHSH = Result(
    "14-CHSH-mean",
    "The Bell–CHSH parameter in the mean over the noise: at least ⟨ℬ⟩_Q − 16P(|x| ≤ ε)",
    equation="14",
    given=_small(*_noises),
    chain=[
        have(
            bell_parameter() - 8 * _near <= noisy_bell_parameter({}, D),
            by=ProofBy("(14-mean) for the four pairs of settings", _chsh, ("14-mean", "B4-real")),
        )
    ],
    needs=_loud(_noises, *zip(angles, STANDARD, strict=True)),
    note="The noise of each party may depend on the setting and on the noise of the other; 2P(|x| ≤ ε) = "
    "Σ|c_k|²∫(sgn(x + ε) − sgn(x − ε))|⟨x|k⟩|²dx is the same for both parties, by (14-near).",
)
