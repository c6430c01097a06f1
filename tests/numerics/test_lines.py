"""The variable of a line serves every integral over it, and no other; trigonometric polynomials multiply as such."""

from flint import acb, arb, fmpq

from symbolic_mqb.numerics import integrals
from symbolic_mqb.numerics.gaussians import Gauss, Line, Part
from symbolic_mqb.numerics.integrals import Ledger, _variable, definite


def test_one_variable_for_one_line() -> None:
    ledger = Ledger()
    x = _variable(Line(1, None, None), ledger)
    assert _variable(Line(1, None, None), ledger) is x
    assert _variable(Line(2, None, None), ledger) is not x
    assert _variable(Line(1, 0, None), ledger) is not x
    assert _variable(Line(1, None, 0), ledger) is not x


def test_ends_that_differ_beyond_a_double_are_different_lines() -> None:
    ledger, tiny = Ledger(), acb(2) ** -150
    first = _variable(Line(1, 0, acb(1)), ledger)
    assert _variable(Line(1, 0, acb(1) + tiny), ledger) is not first
    assert _variable(Line(1, 0, acb(arb(1, arb(2) ** -150))), ledger) is not first


def test_two_integrals_over_one_line_do_not_mix() -> None:
    ledger = Ledger()
    assert definite(lambda x: x, 0, 2, 1, False, ledger) == 2
    assert definite(lambda x: x * x, 0, 2, 1, False, ledger) == fmpq(8, 3)
    assert definite(lambda x: x, 2, 0, 1, False, ledger) == -2
    assert definite(lambda x: x, 0, 4, 1, False, ledger) == 8


def test_the_kept_variables_are_few() -> None:
    ledger = Ledger()
    for n in range(1, 200):
        _variable(Line(1, 0, n), ledger)
    assert len(ledger.variables) <= integrals._MOST_VARIABLES


def _wave(*terms: tuple[acb | int, acb | int]) -> Gauss:
    return Gauss(Line(1, 0, 1), [Part(q, 0, [c]) for q, c in terms])


def _coefficients(g: Gauss) -> dict[complex, complex]:
    return {complex(acb(p.q1)): complex(acb(p.polynomial[0])) for p in g.parts}


def test_a_dense_product_is_the_product() -> None:
    i = acb(0, 1)
    a = _wave((i * -1, 2), (0, acb(3)), (i * 2, acb(0, 5)))
    product = _coefficients(a * a)
    assert product == {-2j: 4, -1j: 12, 0j: 9, 1j: 20j, 2j: 30j, 4j: -25}


def test_frequencies_that_are_no_integers_stay_as_they_are() -> None:
    half, wide = acb(0, 0.5), acb(arb(0), arb(1, arb(2) ** -100))
    for q in (half, wide, acb(1), acb(0.25, 1)):
        a = _wave((q, 2), (0, 1), (acb(0, 3), 1))
        assert a._trigonometric() is None
        assert _coefficients(a * a)[complex(q + q)] == 4


def test_far_frequencies_are_no_dense_polynomial() -> None:
    a = _wave((acb(0, 10**9), 2), (0, 1), (acb(0, 1), 1))
    assert a._trigonometric() is None
    assert _coefficients(a * a)[2e9j] == 4
