"""Sums over tuples and products with equal factors: what the rules say, and what they refuse."""

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import apply, lam, num, var
from symbolic_mqb.notation.language import Product, Sum, symbols
from symbolic_mqb.notation.measurement import sum_over_tuples
from symbolic_mqb.numerics.evaluate import Evaluator
from symbolic_mqb.numerics.statements import statement
from symbolic_mqb.rules.tuples import distribute_over_tuples, product_of_equal_factors, product_of_products

n, d = symbols("n d", "nat")
i, k = symbols("i k", "int")
x, y = symbols("x y", "real")
J = var("J", "tuple")
c = var("c", "nat->complex")
body = c(i) * x + k


def _value(prop, **values):
    free = {v: values[v.args[0]] for v in prop.free}
    return statement(Evaluator(free, 30), prop).verdict


def test_distributive_law():
    theorem = distribute_over_tuples(n, d, lam(i, lam(k, body)), ())
    left, right = theorem.conclusion.args
    assert left == sum_over_tuples(Product(c(i) * x + J(i), (i, 1, n)), J, n, d)
    assert right == Product(Sum(body, (k, 1, d)), (i, 1, n))


@pytest.mark.parametrize(("size", "outcomes"), [(0, 3), (1, 2), (3, 2), (2, 0), (0, 0)])
def test_distributive_law_by_brute_force(size, outcomes):
    theorem = distribute_over_tuples(n, d, lam(i, lam(k, body)), ())
    assert _value(theorem.conclusion, n=size, d=outcomes, x=2, c={j: j + 1 for j in range(9)}) == "true"


def test_the_tuple_is_not_captured():
    theorem = distribute_over_tuples(n, d, lam(i, lam(k, J(i) + k)), ())
    assert J in theorem.left.free


def test_the_bounds_do_not_capture():
    theorem = distribute_over_tuples(n, d, lam(i, lam(k, i * k)), ())
    assert apply(theorem.right.args[2], num(2)) == Sum(num(2) * k, (k, 1, d))


@pytest.mark.parametrize(
    "arguments",
    [
        (x, d, lam(i, lam(k, k))),
        (n, -d - 1, lam(i, lam(k, k))),
        (n, d, lam(x, lam(k, k))),
        (n, d, lam(i, lam(x, x))),
        (n, d, lam(i, i)),
        (n, d, lam(i, lam(k, var("M", "op")))),
        (n, d, lam(i, lam(k, 1 / (k - 1)))),
    ],
)
def test_distributive_law_refuses(arguments):
    with pytest.raises(Refused):
        distribute_over_tuples(*arguments, ())


def test_equal_factors():
    theorem = product_of_equal_factors(n, x, ())
    assert theorem.conclusion.args == (Product(x, (i, 1, n)), x**n)
    assert _value(theorem.conclusion, n=0, x=0) == "true"
    assert _value(theorem.conclusion, n=5, x=3) == "true"


@pytest.mark.parametrize("arguments", [(x, y), (n - 1, x), (num(-1), x), (n, 1 / x)])
def test_equal_factors_refuses(arguments):
    with pytest.raises(Refused):
        product_of_equal_factors(*arguments, ())


def test_a_free_index_is_not_captured():
    theorem = product_of_equal_factors(n, i * x, ())
    assert i in theorem.left.free


def test_products_of_products():
    theorem = product_of_products(num(1), n, lam(i, i + x), lam(k, c(k)), ())
    assert theorem.conclusion.args == (
        Product(i + x, (i, 1, n)) * Product(c(k), (k, 1, n)),
        Product((i + x) * c(i), (i, 1, n)),
    )
    assert _value(theorem.conclusion, n=3, x=2, c={j: j + 1 for j in range(9)}) == "true"


@pytest.mark.parametrize(
    "arguments",
    [
        (num(1), n, lam(x, x), lam(k, k)),
        (x, n, lam(i, i), lam(k, k)),
        (num(0), n, lam(i, 1 / i), lam(k, k)),
        (num(0), n, lam(i, i), lam(k, 1 / k)),
    ],
)
def test_products_of_products_refuses(arguments):
    with pytest.raises(Refused):
        product_of_products(*arguments, ())
