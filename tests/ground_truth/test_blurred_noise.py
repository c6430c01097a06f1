"""(14) for POVMs with s > 0: N qubits read with a Gaussian error of width s√N and a shift of r√N, against the limit.

The collective variable is u = Σ a_i of a spin component with A₀₀ = 0 and τ = 1; read as u + √N(s g + r) with g normal,
its sign has the mean erf((u/√N + r)/(√2 s)). With K_k Krawtchouk's polynomials and u a sum of N fair coins, between
Dicke states that is E[erf(…) K_k K_l]/√(C(N,k)C(N,l)). A second model has POVMs of single qubits.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from itertools import pairwise, product
from math import comb

import pytest
from flint import acb, arb, ctx, fmpq

from symbolic_mqb.derivations.main_text.blurred_noise_violation import SECOND_ORDER
from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.notation.bell import blurred_shifted_element
from symbolic_mqb.notation.blurred import epsilon, width
from symbolic_mqb.notation.language import symbols
from symbolic_mqb.numerics.evaluate import enclose

from .test_noise import chsh, correlation, krawtchouk

(r,) = symbols("r", "real")
PAIRS = ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2))
SIZES = (401, 1601, 6401)
#: (s, ε) with s² + 16ε² = 1/100.
EDGE = (
    (fmpq(20, 10001), fmpq(9999, 400040)),
    (fmpq(28, 1000), fmpq(24, 1000)),
    (fmpq(6, 100), fmpq(2, 100)),
    (fmpq(8, 100), fmpq(15, 1000)),
    (fmpq(9999, 100010), fmpq(5, 10001)),
)
MORE = 2 + arb(1) / 5000

Elements = dict[tuple[int, int], arb]
Table = dict[tuple[int, int, int], arb]


@pytest.fixture(autouse=True)
def _precision():
    before, ctx.prec = ctx.prec, 120
    yield
    ctx.prec = before


def rational(q: fmpq) -> Term:
    return num(int(q.p)) / int(q.q)


@cache
def limit(blur: fmpq, shift: fmpq) -> Elements:
    """The elements of the limit, from their definition."""
    s, r = rational(blur), rational(shift)
    return {pair: enclose(blurred_shifted_element(s, r, *pair), {}).ball.real for pair in PAIRS}


@cache
def finite(size: int, blur: fmpq, shift: fmpq) -> Elements:
    """⟨N,k|erf((Σσ_x/√N + r)/(√2 s))|N,l⟩."""
    root, weight, out = arb(size).sqrt(), arb(fmpq(1, 2**size)), dict.fromkeys(PAIRS, arb(0))
    for m in range(size + 1):
        u = size - 2 * m
        response = weight * ((u / root + shift) / (arb(2).sqrt() * blur)).erf()
        for k, l in PAIRS:
            out[k, l] += response * krawtchouk(k, size, u) * krawtchouk(l, size, u)
        weight = weight * (size - m) / (m + 1)
    return normalised(size, out)


def normalised(size: int, sums: Elements) -> Elements:
    return {(k, l): value / arb(comb(size, k) * comb(size, l)).sqrt() for (k, l), value in sums.items()}


def table(blur: fmpq, shift: fmpq, size: int | None = None) -> Table:
    """The elements for the shifts −shift, 0 and shift, in the limit or for `size` qubits."""
    out: Table = {}
    for sign in (-1, 0, 1):
        elements = finite(size, blur, sign * shift) if size else limit(blur, sign * shift)
        for (k, l), element in elements.items():
            out[sign, k, l] = out[sign, l, k] = element
    return out


def worst(blur: fmpq, shift: fmpq, size: int | None = None) -> arb:
    """The smallest CHSH parameter for shifts by ±shift or 0 that depend on the setting."""
    elements = table(blur, shift, size)
    return min((chsh(elements, shifts) for shifts in product((-1, 0, 1), repeat=4)), key=float)


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize(("blur", "shift"), [(fmpq(1, 10), fmpq(1, 5)), (fmpq(6, 100), fmpq(-2, 100))])
def test_the_element_of_the_limit_is_the_mean_of_the_error_function(
    blur: fmpq, shift: fmpq, pair: tuple[int, int]
) -> None:
    """∫ erf((x + r)/(√2 s)) ⟨k|x⟩⟨x|l⟩ dx by quadrature on |x| ≤ 16; beyond it is less than 10⁻⁵⁰."""
    k, l = pair

    def density(x: acb, _: object) -> acb:
        hermite = (acb(1), x, (x * x - 1) / acb(2).sqrt())
        bell = (-x * x / 2).exp() / acb(2 * arb.pi()).sqrt()
        return ((x + acb(shift)) / (acb(2).sqrt() * acb(blur))).erf() * hermite[k] * hermite[l] * bell

    distance = abs(acb.integral(density, -16, 16).real - limit(blur, shift)[pair])
    assert distance < arb("1e-25")


@pytest.mark.parametrize("shift", [fmpq(0), fmpq(1, 40), fmpq(-1, 5)])
def test_the_elements_tend_to_those_of_the_limit_like_one_over_the_number_of_qubits(shift: fmpq) -> None:
    blur = fmpq(1, 10)
    for pair in PAIRS:
        distances = [abs(finite(size, blur, shift)[pair] - limit(blur, shift)[pair]) for size in SIZES]
        assert distances[0] < arb("0.0002")
        if shift == 0 and sum(pair) % 2 == 0:
            assert all(d < arb("1e-25") for d in distances)
            continue
        for far, near in pairwise(distances):
            assert 3 < float(far / near) < 5


def test_a_narrow_error_resolves_the_steps_of_few_qubits_and_not_of_many() -> None:
    """s√N is below 1/10, the step of u is 2: the distance does not fall regularly, but by 3 from N = 401 to 6401."""
    blur, shift = fmpq(1, 1000), fmpq(1, 40)
    for pair in PAIRS:
        few, many = (abs(finite(size, blur, shift)[pair] - limit(blur, shift)[pair]) for size in (401, 6401))
        assert many < few / 3
        assert many < arb("0.0001")


@pytest.mark.parametrize(("blur", "shift"), EDGE)
def test_the_violation_survives_at_the_edge_of_the_region(blur: fmpq, shift: fmpq) -> None:
    """(14-blurred-violation), the noise depending on the setting."""
    assert blur**2 + 16 * shift**2 == fmpq(1, 100)
    assert worst(blur, shift) > MORE
    for size in SIZES:
        assert worst(blur, shift, size) > MORE


@pytest.mark.parametrize(
    ("last", "beyond", "shift"),
    [(fmpq(1047, 10000), fmpq(1049, 10000), fmpq(0)), (fmpq(94, 1000), fmpq(96, 1000), fmpq(38, 1000))],
)
def test_the_violation_ends_at_a_blur(last: fmpq, beyond: fmpq, shift: fmpq) -> None:
    """Without noise the parameter falls to 2 at s = 0.10479…, where the region ends at s = 1/10."""
    for blur, more in ((last, True), (beyond, False)):
        assert (worst(blur, shift) > 2) is more
        assert (worst(blur, shift) < 2) is not more


def test_the_violation_ends_for_a_narrow_blur() -> None:
    """For s = 1/1000 the parameter falls to 2 between ε = 1/12 and ε = 9/100; the region ends at 1/40."""
    blur = fmpq(1, 1000)
    assert worst(blur, fmpq(1, 12)) > 2
    assert worst(blur, fmpq(9, 100)) < 2


def test_many_qubits_beyond_the_region_do_not_violate_the_bound() -> None:
    for blur, shift in ((fmpq(11, 100), fmpq(0)), (fmpq(1, 10), fmpq(3, 100))):
        assert worst(blur, shift) < 2
        assert worst(blur, shift, SIZES[-1]) < 2


def bound(blur: fmpq, shift: fmpq) -> arb:
    """The right side of (14-blurred-second-order)."""
    values = {width: Fraction(int(blur.p), int(blur.q)), epsilon: Fraction(int(shift.p), int(shift.q))}
    return enclose(SECOND_ORDER.statement.args[1], values).ball.real


def largest_change(blur: fmpq, shift: fmpq, angle: arb, size: int | None = None) -> arb:
    """The largest change of the correlation by shifts of ±shift or 0."""
    elements = table(blur, shift, size)
    plain = correlation(elements, 0, 0, angle)
    changes = [abs(correlation(elements, a, b, angle) - plain) for a, b in product((-1, 0, 1), repeat=2)]
    return max(changes, key=float)


@pytest.mark.parametrize("blur", [fmpq(1, 1000), fmpq(1, 20), fmpq(1, 10)])
def test_the_change_of_a_correlation_is_bounded_and_of_second_order(blur: fmpq) -> None:
    """(14-blurred-second-order): the change and its bound shrink by 16 from ε to ε/4, at θ = 0 a factor 6 apart."""
    for angle in (arb(0), arb.pi() / 4, arb(1)):
        sizes = (fmpq(1), fmpq(1, 5), fmpq(1, 20), fmpq(1, 80))
        changes = [largest_change(blur, size, angle) for size in sizes]
        bounds = [bound(blur, size) for size in sizes]
        assert all(change < most for change, most in zip(changes, bounds, strict=True))
        assert 15 < float(changes[2] / changes[3]) < 17
        assert 15 < float(bounds[2] / bounds[3]) < 17
        if angle == 0:
            assert all(most < 7 * change for change, most in zip(changes[1:], bounds[1:], strict=True))


def test_the_bound_of_second_order_holds_for_many_qubits() -> None:
    for blur, shift in ((fmpq(1, 10), fmpq(1, 20)), (fmpq(6, 100), fmpq(1, 5))):
        assert largest_change(blur, shift, arb(1), SIZES[-1]) < bound(blur, shift)


def test_the_correlation_without_noise_is_the_factor_times_a_cosine() -> None:
    """What (14-blurred-second-order) compares with: 1/(√5 π) (4/σ² + (2/σ − 1/σ³)²) cos θ."""
    for blur in (fmpq(1, 1000), fmpq(1, 10)):
        sigma = (1 + arb(blur) ** 2).sqrt()
        factor = (4 / sigma**2 + (2 / sigma - 1 / sigma**3) ** 2) / (arb(5).sqrt() * arb.pi())
        assert abs(correlation(table(blur, fmpq(0)), 0, 0, arb(1)) - factor * arb(1).cos()) < arb("1e-14")


#: K_k K_l as a combination of K_0, …, K_4.
PRODUCTS: dict[tuple[int, int], Callable[[int], tuple[int, ...]]] = {
    (0, 0): lambda size: (1, 0, 0, 0, 0),
    (0, 1): lambda size: (0, 1, 0, 0, 0),
    (0, 2): lambda size: (0, 0, 1, 0, 0),
    (1, 1): lambda size: (size, 0, 2, 0, 0),
    (1, 2): lambda size: (0, size - 1, 0, 3, 0),
    (2, 2): lambda size: (comb(size, 2), 0, 2 * (size - 2), 0, 6),
}


def elementary(size: int, u: int) -> tuple[int, ...]:
    """K_0, …, K_4 at u: the elementary symmetric polynomials of `size` signs whose sum is u."""
    cubic, quartic = u**3 - (3 * size - 2) * u, u**4 - (6 * size - 8) * u**2 + 3 * size**2 - 6 * size
    return (*(krawtchouk(k, size, u) for k in range(3)), cubic // 6, quartic // 24)


def unsharp(size: int, sharpness: fmpq, shift: int) -> Elements:
    """⟨N,k|sgn(sum of outcomes + shift)|N,l⟩ for the POVMs (1 ± ησ_x)/2.

    Given the outcomes of all qubits, which are fair coins, the mean of K_j(σ) is η^j K_j(outcomes).
    """
    weight, moments = arb(fmpq(1, 2**size)), [arb(0)] * 5
    for m in range(size + 1):
        u = size - 2 * m
        sign = (u + shift > 0) - (u + shift < 0)
        moments = [total + weight * sign * value for total, value in zip(moments, elementary(size, u), strict=True)]
        weight = weight * (size - m) / (m + 1)
    powers = [sharpness**j * moment for j, moment in enumerate(moments)]
    sums = {pair: sum((c * p for c, p in zip(of(size), powers, strict=True)), arb(0)) for pair, of in PRODUCTS.items()}
    return normalised(size, sums)


def test_unsharp_outcomes_of_few_qubits_from_their_law() -> None:
    """Against a sum over the signs of all qubits and over which of them are read wrongly."""
    size, sharpness, shift = 7, fmpq(220, 221), 2
    wrong, out = (1 - sharpness) / 2, dict.fromkeys(PAIRS, fmpq(0))
    for m in range(size + 1):
        for up, down in product(range(size - m + 1), range(m + 1)):
            read = size - 2 * m - 2 * up + 2 * down
            weight = comb(size, m) * comb(size - m, up) * comb(m, down) * wrong ** (up + down)
            weight *= (1 - wrong) ** (size - up - down) / 2**size * (1 if read + shift > 0 else -1)
            for k, l in PAIRS:
                out[k, l] += weight * krawtchouk(k, size, size - 2 * m) * krawtchouk(l, size, size - 2 * m)
    exact = normalised(size, {pair: arb(value) for pair, value in out.items()})
    assert all(abs(exact[pair] - element) < arb("1e-25") for pair, element in unsharp(size, sharpness, shift).items())


@pytest.mark.parametrize("unit", [0, 1, -2])
def test_unsharp_measurements_of_single_qubits_have_the_same_limit(unit: int) -> None:
    """Outcomes ±1/η with (1 ± ησ_x)/2, 1/η² = 1 + s² at s = 21/220; the distance falls like 1/N."""
    sharpness, far = fmpq(220, 221), None
    for size, step in zip(SIZES, (2, 4, 8), strict=True):
        shift = arb(unit * step) / (arb(sharpness) * arb(size).sqrt())
        limits = {p: enclose(blurred_shifted_element(num(21) / 220, r, *p), {r: shift}).ball.real for p in PAIRS}
        distances = {p: abs(v - limits[p]) for p, v in unsharp(size, sharpness, unit * step).items()}
        assert all(d < arb("0.2") / size for d in distances.values())
        if far is not None:
            largest = max(distances.values(), key=float)
            assert 3 < float(far / largest) < 5
        far = max(distances.values(), key=float)


def test_unsharp_measurements_of_single_qubits_violate_the_bound() -> None:
    """At s = 21/220 without noise for N = 1601 and 6401, and no longer at s = 15/112."""
    for sharpness, violated in ((fmpq(220, 221), True), (fmpq(112, 113), False)):
        for size in SIZES[1:]:
            elements = unsharp(size, sharpness, 0)
            both = {(0, k, l): v for pair, v in elements.items() for k, l in (pair, pair[::-1])}
            parameter = chsh(both, (0, 0, 0, 0))
            assert parameter > MORE if violated else parameter < 2
