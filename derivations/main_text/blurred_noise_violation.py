"""(14) for POVMs with s > 0: the violation of (B8) survives noise r and blur s with s² + 16ε² ≤ 1/100."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from symbolic_mqb.kernel.terms import Term, num, substitute
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bell import (
    AMPLITUDES,
    BEST,
    BLURRED_CORRELATION,
    STANDARD,
    D,
    angles,
    blurred_correlation,
    blurred_element,
    blurred_shifted_correlation,
    blurred_shifted_element,
    chsh,
    cosines,
    hidden,
    mu,
    phi_a,
    phi_b,
    settings,
)
from symbolic_mqb.notation.blurred import BLUR, factors_bound
from symbolic_mqb.notation.language import Abs, Expectation, bounded, cos, equal, exp, half, pi, sqrt, symbols
from symbolic_mqb.notation.models import far_off, loud, strong
from symbolic_mqb.results import Needed, Result, have
from symbolic_mqb.rules.expectation import expectation_of_inequality
from symbolic_mqb.rules.inequalities import (
    at_most_modulus,
    root_of_square,
    square_nonnegative,
    two_sided,
)
from symbolic_mqb.rules.logic import assume, instantiate, symmetry, transport
from symbolic_mqb.rules.trigonometry import archimedes
from symbolic_mqb.tactics.constants import powers_of_e, roots
from symbolic_mqb.tactics.estimates import Estimates, cut_all
from symbolic_mqb.tactics.reasons import ProofBy, State, given_that, unfold, use
from symbolic_mqb.tactics.second_order import LEVELS, UNEQUAL, Change, noise_range, size_of_noise
from symbolic_mqb.tactics.sums import written_out

r, rp, epsilon, theta, sigma, width = symbols("r r' ε θ σ s", "real")
turn = phi_a + phi_b
_three = num(3)
_noise = (-epsilon <= r, r <= epsilon, -epsilon <= rp, rp <= epsilon)
_root_e, _e = exp(half), exp(num(1))
_t = 1 / sigma
_sizes = {pair: num(0) for pair in LEVELS} | {(0, 1): sqrt(2 / pi) * _t, (1, 2): (_t + width**2 * _t**3) / sqrt(pi)}
_steps = {pair: factors_bound(*pair) * _root_e * epsilon for pair in LEVELS}


def _size(e: Estimates, pair: tuple[int, int]) -> Theorem:
    """|i_kl| from (blurred-kl)."""
    first, second = pair
    base = Abs(blurred_element(width, first, second))
    if (first + second) % 2 == 0:
        return e.equal(base, _sizes[pair], use("blurred-even", k=first, m=(first + second) // 2))
    if pair == (0, 1):
        return e.equal(base, _sizes[pair], use("blurred-01"))
    value, root = 2 * _t - _t**3, (-(_t**3), assume(BLUR[-1]))
    size = _sizes[pair] * sqrt(pi)
    near = two_sided(value, e.at_most(-size, value, root), e.at_most(value, size, root))
    whole = e.equal(base, 1 / sqrt(pi) * Abs(value), use("blurred-12"))
    return e.at_most(base, _sizes[pair], (1, whole), (1 / sqrt(pi), near))


def _below(e: Estimates) -> Theorem:
    """1/σ ≤ 1."""
    least = e.at_most(num(1) ** 2, sigma**2, (1, e.by(square_nonnegative, width)))
    return e.at_most(_t, 1, (_t, e.by(root_of_square, num(1), least)))


def _together(e: Estimates) -> Theorem:
    """|i_01| and |i_12| as they stand in the sum: 3t − t³/2 ≤ 5/2 for t = 1/σ ≤ 1."""
    tangent = (_t + 2) / 2, e.by(square_nonnegative, 1 - _t)
    return e.at_most(3 * _t - _t**3 / 2, Fraction(5, 2), tangent, (Fraction(3, 2), _below(e)))


def _shifted(shift: Term, first: int, second: int) -> Term:
    return blurred_shifted_element(width, shift, first, second)


def _plain(first: int, second: int) -> Term:
    return blurred_element(width, first, second)


_CHANGE = Change(_shifted, _plain, "14-blurred-element", _steps, _sizes, _size, AMPLITUDES, turn)
_change = blurred_shifted_correlation(width, r, rp, turn, 3) - blurred_correlation(width, turn, 3)
_levels = [
    unfold(BLURRED_CORRELATION),
    written_out,
    *(given_that(h) for h in BEST),
    *(use("14-blurred-symmetric", r=shift, k=high, l=low) for shift in (r, rp) for low, high in UNEQUAL),
    *(use("blurred-symmetric", k=high, l=low) for low, high in UNEQUAL),
]


def _written(state: State) -> Theorem:
    """The double sum of (14-blurred-value) for D = 3, level by level."""
    e = Estimates(state.given, state)
    value = e.by(instantiate, e.lookup("14-blurred-value"), ((D, _three),))
    plain = blurred_correlation(width, turn, 3)
    return e.by(transport, e.equal(value.left - plain, _CHANGE.sum, *_levels), (0, 0), value)


WRITTEN = Result(
    "14-blurred-levels",
    "The change of the correlation of (B6) at the blur s by shifts r and r′, level by level",
    equation="14",
    given=(*BEST, width > 0),
    chain=[
        have(
            equal(_change, _CHANGE.sum),
            by=ProofBy(
                "(14-blurred-value)", _written, ("14-blurred-value", "14-blurred-symmetric", "blurred-symmetric")
            ),
        )
    ],
)

#: Σ |c_k||c_l|(2|i_kl|B + B²).
_total = (
    (Fraction(5, 8) * _e + sqrt(10 / pi) * _root_e) * epsilon**2
    + sqrt(5) / 2 * _e * epsilon**4
    + _e / 2 * epsilon**2 * (epsilon**2 + width**2) ** 2
)
#: The correlation without noise over cos θ.
_inverse_square = 1 / (1 + width**2)
_factor = 1 / (sqrt(5) * pi) * (4 + (2 - _inverse_square) ** 2) * _inverse_square
_away = blurred_shifted_correlation(width, r, rp, turn, 3) - _factor * cos(turn)


def _second_order(state: State) -> Theorem:
    """Every level by (14-blurred-element-kl), the correlation without noise by (blurred-correlation), σ = √(1 + s²)."""
    bare, e = Estimates(state.given, state), Estimates((*state.given, *BLUR[1:]), state)
    joint = 2 * sqrt(10 / pi) / 5 * _root_e * epsilon**2, _together(e)
    theorem = e.by(
        transport, _CHANGE.bounded(e, _total, joint), (0, 0), symmetry(e.meet(e.lookup("14-blurred-levels")))
    )
    value = e.by(instantiate, e.lookup("blurred-correlation"), ((theta, turn),))
    theorem = e.by(transport, theorem, (0, 0, 1, 1), e.meet(value))
    theorem = bare.meet(bare.by(instantiate, theorem, ((sigma, sqrt(width**2 + 1)),)))
    return bare.by(transport, theorem, (0, 0), bare.equal(theorem.left.args[0], _away))


SECOND_ORDER = Result(
    "14-blurred-second-order",
    "Shifts of at most ε change the correlation of (B6) at any blur in second order",
    equation="14",
    given=(*BEST, width > 0, *_noise),
    chain=[
        have(
            Abs(_away) <= _total,
            by=ProofBy(
                "(14-blurred-levels), (14-blurred-element-kl) and (blurred-correlation)",
                _second_order,
                (
                    "14-blurred-levels",
                    *(f"14-blurred-element-{k}{l}" for k, l in LEVELS),
                    "blurred-01",
                    "blurred-12",
                    "blurred-even",
                    "blurred-correlation",
                ),
            ),
        )
    ],
    needs=(
        *(Needed(h, at) for h, at in strong((width, 1))),
        *(
            Needed(h, far_off(shift, value, (width, 1)))
            for h, (shift, value) in zip(_noise, product((r, rp), (-8, 8)), strict=True)
        ),
    ),
)

_noises = symbols("R_A R_A' R_B R_B'", "real->real")
_at = dict(zip(angles, STANDARD, strict=True))
_more = 2 + num(Fraction(1, 5000))
_region = width**2 + 16 * epsilon**2 <= Fraction(1, 100)
_bounded = tuple(bounded(f(hidden), hidden, epsilon) for f in _noises)


def _noisy(i: int, j: int) -> Term:
    """The correlation at a pair of settings for the noise at λ."""
    angle = substitute(settings(i, j), _at)
    return blurred_shifted_correlation(width, _noises[i](hidden), _noises[2 + j](hidden), angle, _three)


_parameter = chsh(lambda i, j: Expectation(_noisy(i, j), (hidden, mu)))


def _averaged(e: Estimates, i: int, j: int) -> Theorem:
    """⟨AB⟩ − bound ≤ the mean of the correlation; for the pair that is subtracted, the mean is at most ⟨AB⟩ + bound."""
    first, second = _noises[i], _noises[2 + j]
    values = ((r, first(hidden)), (rp, second(hidden)), (phi_a, _at[angles[i]]), (phi_b, _at[angles[2 + j]]))
    order = e.under(*_noise).meet(e.lookup("14-blurred-second-order"))
    each = e.instance(
        order,
        _noise,
        values,
        tuple(t for f in (first, second) for t in noise_range(e, f(hidden), hidden, epsilon)),
    )
    plain = _factor * cos(substitute(settings(i, j), _at))
    sign = 1 if i == j == 1 else -1
    modulus = e.by(at_most_modulus, sign * (_noisy(i, j) - plain))
    sides = (_noisy(i, j), plain + _total) if sign > 0 else (plain - _total, _noisy(i, j))
    return e.by(expectation_of_inequality, mu, hidden, e.at_most(*sides, (1, each), (1, modulus)))


def _violated(e: Estimates) -> Theorem:
    """(2/5)(√10/π)(5 − 3s²) − 4(5e/8 + √(10e/π))ε² − … where s² + 16ε² ≤ 1/100."""
    means = [(1, _averaged(e, i, j)) for i in (0, 1) for j in (0, 1)]
    (root_e, whole_e), (ten, ratio, five) = powers_of_e(e), roots(e)
    small, large = Fraction(32, 31) ** 16, Fraction(32, 31) ** 32
    region = e.fact(_region)
    square = e.at_most(epsilon**2, Fraction(1, 1600), (Fraction(1, 16), region))
    both = e.at_most(epsilon**2 + width**2, Fraction(1, 100), (1, region))
    u = _inverse_square
    turned = e.equal(substitute(cosines(), _at), 2 * sqrt(2), use("B8-angles"))
    curve = e.by(square_nonnegative, 1 - u)  # 8u − 4u² + u³ − 5 + 3s² = (1 − u)²(2 + (1 − u)²)/u
    root = Fraction(31622, 10000)
    line = 5 - 3 * width**2
    return e.at_most(
        _more,
        _parameter,
        *means,
        (-_factor, turned),
        (4 * sqrt(2) / (sqrt(5) * pi) / u, curve),
        (2 * sqrt(2) / (sqrt(5) * pi) / u, e.by(square_nonnegative, (1 - u) ** 2)),
        (4 * epsilon**2 * (Fraction(5, 8) + half * (epsilon**2 + width**2) ** 2 + sqrt(5) / 2 * epsilon**2), whole_e),
        (4 * sqrt(10) / sqrt(pi) * epsilon**2, root_e),
        (4 * small * epsilon**2, ratio),
        (2 * large * epsilon**4, five),
        (Fraction(448, 100) * large * epsilon**2, square),
        (2 * large * epsilon**2 * (epsilon**2 + width**2 + Fraction(1, 100)), both),
        (2 / (5 * pi) * line, ten),
        (Fraction(2, 5) * root * Fraction(7, 22) / pi * line, archimedes(1)),
        (Fraction(6, 5) * root * Fraction(7, 22), region),
    )


def _without_sign(state: State) -> Theorem:
    """0 ≤ ε from the bound of the noise."""
    e = Estimates(state.given, state)
    return cut_all(_violated(e.under(epsilon >= 0)), size_of_noise(e, _bounded[0].args[0], epsilon))


VIOLATION = Result(
    "14-blurred-violation",
    "The violation survives noise of at most ε and POVMs of width s with s² + 16ε² ≤ 1/100",
    equation="14",
    given=(*BEST, width > 0, _region, *_bounded),
    needs=tuple(
        Needed(h, at) for h, at in loud(_noises, epsilon, (width, Fraction(3, 50)), (epsilon, Fraction(1, 50)))
    ),
    chain=[
        have(
            _more <= _parameter,
            by=ProofBy(
                "(14-blurred-second-order), averaged, and (B8-angles)",
                _without_sign,
                ("14-blurred-second-order", "B8-angles"),
            ),
        )
    ],
    note="Both parties have the width s. The noise of each may depend on its setting and on the noise of the other.",
)
