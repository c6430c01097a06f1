"""(14): the violation of (B8) survives noise of at most 1/40, which changes the correlations in second order only."""

from __future__ import annotations

from fractions import Fraction

from symbolic_mqb.kernel.terms import Term, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bell import (
    AMPLITUDES,
    BEST,
    CORRELATION,
    STANDARD,
    D,
    angles,
    chsh,
    correlation,
    hidden,
    mu,
    phi_a,
    phi_b,
    settings,
    shifted_correlation,
    shifted_element,
    sign_element,
)
from symbolic_mqb.notation.language import Abs, Expectation, bounded, equal, exp, half, pi, sqrt, symbols
from symbolic_mqb.notation.models import far_off, loud, strong
from symbolic_mqb.results import Needed, Result, have
from symbolic_mqb.rules.complex_numbers import real_if_self_conjugate
from symbolic_mqb.rules.expectation import expectation_of_inequality
from symbolic_mqb.rules.inequalities import (
    at_most_modulus,
)
from symbolic_mqb.rules.logic import instantiate, symmetry, transport
from symbolic_mqb.rules.trigonometry import archimedes
from symbolic_mqb.tactics.constants import powers_of_e, roots
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.reasons import ProofBy, State, given_that, unfold, use
from symbolic_mqb.tactics.second_order import LEVELS, UNEQUAL, Change, noise_range, size_of_noise
from symbolic_mqb.tactics.sums import written_out

r, rp, epsilon, theta = symbols("r r' ε θ", "real")
_three = num(3)
_turn = phi_a + phi_b
_noise = (-epsilon <= r, r <= epsilon, -epsilon <= rp, rp <= epsilon)
_root_e = exp(half)
#: √e ε^{m+1} 2^{−n/2}, by (14-element-kl), and |i_kl|.
_steps = {
    (0, 0): _root_e * epsilon,
    (0, 1): _root_e * epsilon**2,
    (0, 2): _root_e * epsilon / sqrt(2),
    (1, 1): _root_e * epsilon**3,
    (1, 2): _root_e * epsilon**2 / sqrt(2),
    (2, 2): _root_e * epsilon / 2,
}
_sizes = {pair: num(0) for pair in LEVELS} | {(0, 1): sqrt(2 / pi), (1, 2): 1 / sqrt(pi)}


_e = exp(num(1))
#: Σ |c_k||c_l|(2|i_kl|B + B²).
_total = (
    (Fraction(5, 8) * _e + sqrt(10 / pi) * _root_e) * epsilon**2 + sqrt(5) / 2 * _e * epsilon**4 + _e / 2 * epsilon**6
)
_change = shifted_correlation(r, rp, _turn, 3) - correlation(_turn, 3)


def _reasons(pair: tuple[int, int]) -> list[object]:
    """i_kl from (B5)."""
    first, second = pair
    if (first + second) % 2 == 0:
        return [use("B5-even", k=first, m=(first + second) // 2)]
    odd = use("B5-odd", a=first, b=0)
    return [odd] if first == 0 else [use("B5-symmetric", k=first, l=second), odd]


def _size(e: Estimates, pair: tuple[int, int]) -> Theorem:
    """|i_kl| from (B5)."""
    return e.equal(Abs(sign_element(*pair)), _sizes[pair], *_reasons(pair))


_CHANGE = Change(shifted_element, sign_element, "14-element", _steps, _sizes, _size, AMPLITUDES, _turn)
_sum = _CHANGE.sum
_levels = [
    unfold(CORRELATION),
    written_out,
    *(given_that(h) for h in BEST),
    *(use("14-symmetric", r=shift, k=high, l=low) for shift in (r, rp) for low, high in UNEQUAL),
    *(use("B5-symmetric", k=high, l=low) for low, high in UNEQUAL),
]


def _written(state: State) -> Theorem:
    """The double sum of (14-value) for D = 3, level by level."""
    e = Estimates(state.given, state)
    value = e.by(instantiate, e.lookup("14-value"), ((D, _three),))
    return e.by(transport, e.equal(value.left - correlation(_turn, 3), _sum, *_levels), (0, 0), value)


WRITTEN = Result(
    "14-levels",
    "The change of the correlation of (B6) by shifts r and r′, level by level",
    equation="14",
    given=BEST,
    chain=[
        have(equal(_change, _sum), by=ProofBy("(14-value)", _written, ("14-value", "14-symmetric", "B5-symmetric")))
    ],
)


def _second_order(state: State) -> Theorem:
    """Every level by (14-element-kl)."""
    e = Estimates(state.given, state)
    theorem = _CHANGE.bounded(e, _total)
    return e.by(transport, theorem, (0, 0), symmetry(e.lookup("14-levels")))


SECOND_ORDER = Result(
    "14-second-order",
    "Shifts of at most ε change the correlation of (B6) in second order",
    equation="14",
    given=(*BEST, *_noise),
    chain=[
        have(
            Abs(_change) <= _total,
            by=ProofBy(
                "(14-levels) and (14-element-kl)",
                _second_order,
                ("14-levels", *(f"14-element-{k}{l}" for k, l in LEVELS), "B5-even", "B5-odd", "B5-symmetric"),
            ),
        )
    ],
    needs=(
        *(Needed(h, at) for h, at in strong()),
        Needed(_noise[2], far_off(rp, -8)),
    ),
)

_noises = symbols("R_A R_A' R_B R_B'", "real->real")
_at = dict(zip(angles, STANDARD, strict=True))
_most = Fraction(1, 40)
_more = 2 + num(Fraction(1, 2000))
_small = tuple(bounded(f(hidden), hidden, epsilon) for f in _noises)


def _turned(i: int, j: int) -> Term:
    """φ_A + φ_B at a pair of settings of (B8)."""
    return substitute(settings(i, j), _at)


def _noisy(i: int, j: int) -> Term:
    """The correlation at a pair of settings for the noise at λ."""
    return shifted_correlation(_noises[i](hidden), _noises[2 + j](hidden), _turned(i, j), _three)


_parameter = chsh(lambda i, j: Expectation(_noisy(i, j), (hidden, mu)))


def _averaged(e: Estimates, i: int, j: int) -> Theorem:
    """⟨AB⟩ − bound ≤ the mean of the correlation; for the pair that is subtracted, the mean is at most ⟨AB⟩ + bound."""
    first, second = _noises[i], _noises[2 + j]
    values = ((r, first(hidden)), (rp, second(hidden)), (phi_a, _at[angles[i]]), (phi_b, _at[angles[2 + j]]))
    order = e.under(*_noise).meet(e.lookup("14-second-order"))
    each = e.instance(
        order,
        _noise,
        values,
        tuple(t for f in (first, second) for t in noise_range(e, f(hidden), hidden, epsilon)),
    )
    plain = correlation(_turned(i, j), _three)
    sign = 1 if i == j == 1 else -1
    modulus = e.by(at_most_modulus, sign * (_noisy(i, j) - plain))
    sides = (_noisy(i, j), plain + _total) if sign > 0 else (plain - _total, _noisy(i, j))
    return e.by(expectation_of_inequality, mu, hidden, e.at_most(*sides, (1, each), (1, modulus)))


def _violated(state: State) -> Theorem:
    """2√10/π − 4(5e/8 + √(10e/π))ε² − … at ε = 1/40."""
    real = real_if_self_conjugate(state.lookup("B4-real"))
    reals = [instantiate(real, ((theta, _turned(i, j)), (D, _three)), ()) for i in (0, 1) for j in (0, 1)]
    e = Estimates((*state.given, epsilon >= 0, *(t.conclusion for t in reals)), state)
    means = [(1, _averaged(e, i, j)) for i in (0, 1) for j in (0, 1)]
    (root_e, whole_e), (ten, ratio, five) = powers_of_e(e), roots(e)
    s, w = Fraction(32, 31) ** 16, Fraction(32, 31) ** 32
    second, fourth, sixth = 4 * (Fraction(5, 8) * w + Fraction(1785, 1000) * s), Fraction(448, 100) * w, 2 * w
    below = e.fact(epsilon <= _most)
    theorem = e.at_most(
        _more,
        _parameter,
        *means,
        (-1, e.lookup("B8-value")),
        (4 * (Fraction(5, 8) * epsilon**2 + half * epsilon**6 + sqrt(5) / 2 * epsilon**4), whole_e),
        (4 * sqrt(10) / sqrt(pi) * epsilon**2, root_e),
        (4 * s * epsilon**2, ratio),
        (2 * w * epsilon**4, five),
        (sixth * epsilon**4 * (epsilon + _most), below),
        ((fourth + sixth * _most**2) * epsilon**2 * (epsilon + _most), below),
        ((second + (fourth + sixth * _most**2) * _most**2) * (epsilon + _most), below),
        (2 / pi, ten),
        (Fraction(201229, 100000) / pi, archimedes(1)),
    )
    return cut_all(theorem, *reals, size_of_noise(Estimates(state.given, state), _small[0].args[0], epsilon))


VIOLATION = Result(
    "14-violation",
    "The violation survives all noise of at most 1/40",
    equation="14",
    given=(*BEST, *_small, epsilon <= _most),
    needs=tuple(Needed(h, at) for h, at in loud(_noises, epsilon, (epsilon, _most))),
    chain=[
        have(
            _more <= _parameter,
            by=ProofBy(
                "(14-second-order), averaged, and (B8-value)",
                _violated,
                ("14-second-order", "B4-real", "B8-value"),
            ),
        )
    ],
    note="The noise that does most harm, shifts by ±ε that depend on the setting, brings the parameter to 2 at "
    "ε = 0.0869….",
)
