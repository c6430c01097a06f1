"""SymPy as a third witness of the results about measurements: its own matrices, integrals and limits."""

from itertools import product
from math import comb

import pytest
import sympy as sp
from sympy import I, Matrix, Rational, exp, kronecker_product, oo, pi, sqrt

t, x = sp.symbols("t x", real=True)
OUTCOMES = (-1, 2, Rational(1, 2))
EFFECTS = (
    Matrix([[Rational(1, 4), Rational(1, 8) * I], [-Rational(1, 8) * I, Rational(1, 4)]]),
    Matrix([[Rational(1, 4), Rational(1, 8)], [Rational(1, 8), Rational(1, 2)]]),
    Matrix(
        [[Rational(1, 2), -Rational(1, 8) - Rational(1, 8) * I], [-Rational(1, 8) + Rational(1, 8) * I, Rational(1, 4)]]
    ),
)
A = sum((a * E for a, E in zip(OUTCOMES, EFFECTS, strict=True)), sp.zeros(2))
A2 = sum((a**2 * E for a, E in zip(OUTCOMES, EFFECTS, strict=True)), sp.zeros(2))


def dicke(n: int, k: int) -> Matrix:
    total = sp.zeros(2**n, 1)
    for word in product((0, 1), repeat=n):
        if sum(word) == k:
            total[int("".join(map(str, word)), 2)] = 1
    return total / sqrt(comb(n, k))


def element(n: int, k: int, l: int, matrix: Matrix) -> sp.Expr:
    return (dicke(n, k).H * kronecker_product(*[matrix] * n) * dicke(n, l))[0]


def characteristic(n: int, mu: sp.Expr, tau: sp.Expr, at: sp.Expr) -> Matrix:
    pairs = zip(OUTCOMES, EFFECTS, strict=True)
    return sum((exp(I * at * (a - mu) / (sqrt(n) * tau)) * E for a, E in pairs), sp.zeros(2))


def test_a2_the_characteristic_function_of_two_qubits() -> None:
    mu, tau, at, c = Rational(1, 3), 2, Rational(3, 5), (1, 2 * I)
    psi = c[0] * dicke(2, 0) + c[1] * dicke(2, 1)
    direct = sum(
        (psi.H * kronecker_product(EFFECTS[i], EFFECTS[j]) * psi)[0]
        * exp(I * at * (OUTCOMES[i] + OUTCOMES[j] - 2 * mu) / (sqrt(2) * tau))
        for i, j in product(range(3), repeat=2)
    )
    matrix = characteristic(2, mu, tau, at)
    double = sum(sp.conjugate(c[k]) * c[l] * element(2, k, l, matrix) for k, l in product(range(2), repeat=2))
    assert abs(sp.N(direct - double, 30)) < 1e-25
    assert abs(sp.N(direct, 30)) > 0.1


def test_the_variance_of_a_povm_exceeds_the_off_diagonal_element() -> None:
    assert all(E.is_positive_semidefinite for E in EFFECTS)
    assert sum(EFFECTS, sp.zeros(2)) == sp.eye(2)
    rest = sp.expand(A2[0, 0] - A[0, 0] ** 2 - A[0, 1] * A[1, 0])
    assert rest > 0
    flip = Matrix([[0, 1], [1, 0]])  # projective: equality
    assert (flip**2)[0, 0] - flip[0, 0] ** 2 == flip[0, 1] * flip[1, 0]


@pytest.mark.parametrize("n", range(4))
def test_a8_the_transform_without_the_printed_sign(n: int) -> None:
    left = sp.integrate(sp.expand((-I * t) ** n * exp(-I * x * t - t**2 / 2)), (t, -oo, oo)) / (2 * pi)
    right = sp.diff(exp(-(x**2) / 2) / sqrt(2 * pi), x, n)
    point = {x: Rational(3, 4)}
    assert abs(sp.N((left - right).subs(point), 30)) < 1e-25
    if n % 2:
        assert abs(sp.N((left + right).subs(point))) > 0.1 or n == 1


@pytest.mark.parametrize(("k", "l"), [(0, 0), (1, 0), (1, 1), (2, 1)])
def test_a7_the_limit_of_a_matrix_element(k: int, l: int) -> None:
    """The closed sum of (A3) at N = 10⁶ against the limit of (A7); φ moved by π fails for odd k + l."""
    n, at = 10**6, Rational(2, 5)
    tau = sp.Abs(A[0, 1])
    matrix = characteristic(n, A[0, 0], tau, at).evalf(60)
    total = sum(
        sp.binomial(k, q)
        * sp.binomial(n - k, l - q)
        * matrix[1, 1] ** q
        * matrix[1, 0] ** (k - q)
        * matrix[0, 1] ** (l - q)
        * matrix[0, 0] ** (n - k - l + q)
        for q in range(min(k, l) + 1)
    )
    finite = sp.N(sqrt(sp.binomial(n, k) / sp.binomial(n, l)) * total, 40)
    variance, phi = A2[0, 0] - A[0, 0] ** 2, sp.arg(-A[0, 1])

    def limit(angle: sp.Expr) -> sp.Expr:
        f = sp.factorial
        terms = (
            sqrt(f(k) * f(l)) / (f(q) * f(k - q) * f(l - q)) * (-I * at) ** (k + l - 2 * q)
            for q in range(min(k, l) + 1)
        )
        return sp.N(exp(I * (l - k) * angle - at**2 * variance / (2 * tau**2)) * sum(terms), 40)

    assert abs(finite - limit(phi)) < 1e-2
    if (k + l) % 2:
        assert abs(finite - limit(phi + pi)) > 1e-1
