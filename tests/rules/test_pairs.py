"""Effects of two parties: E⊗F ≥ 0, and what the rule refuses."""

import pytest

from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.terms import Term, num, var
from symbolic_mqb.notation.language import symbols
from symbolic_mqb.notation.measurement import POVM, E, d, entry, j
from symbolic_mqb.notation.pairs import BOB, F, e, k
from symbolic_mqb.numerics.evaluate import Evaluator
from symbolic_mqb.numerics.sampling import sample
from symbolic_mqb.numerics.statements import statement
from symbolic_mqb.rules.pairs import product_positivity

w = symbols("w0 w1 w2 w3", "complex")
one = num(1)
given = (POVM, BOB, one <= j, j <= d, one <= k, k <= e)


def test_product_effects_are_positive():
    theorem = product_positivity(E, d, j, F, e, k, w, given)
    assert theorem.left == num(0)
    assert len(theorem.right.args) == 16
    assert theorem.hypotheses == set(given)


def test_product_effects_at_sampled_points():
    claim = product_positivity(E, d, j, F, e, k, w, given).conclusion
    found = sample(claim.free, given, 6, statements=(claim,))
    assert len(found) == 6
    assert all(statement(Evaluator(point, 20), claim).verdict == "true" for point in found)


@pytest.mark.parametrize("missing", range(len(given)))
def test_every_hypothesis_is_needed(missing):
    with pytest.raises(Refused):
        product_positivity(E, d, j, F, e, k, w, given[:missing] + given[missing + 1 :])


@pytest.mark.parametrize(
    "vector",
    [w[:3], (*w, w[0]), (), (*w[:3], var("M", "op")), (*w[:3], 1 / w[0]), (*w[:3], Term("infinity"))],
)
def test_a_vector_of_two_qubits_is_four_numbers(vector):
    with pytest.raises(Refused):
        product_positivity(E, d, j, F, e, k, tuple(vector), given)


def test_the_effects_of_one_party_are_not_those_of_the_other():
    claim = product_positivity(E, d, j, F, e, k, w, given).right
    first = claim.args[0].args
    assert entry(E(j), 0, 0) in first
    assert entry(F(k), 0, 0) in first


def test_a_positive_map_that_is_not_a_product_is_not_claimed():
    with pytest.raises(Refused):
        product_positivity(E, d, j, E, e, k, w, given)
