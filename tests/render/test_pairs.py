"""How the objects of independent pairs are written."""

from symbolic_mqb.kernel.terms import call, var
from symbolic_mqb.notation.measurement import A2, OBSERVABLE, A, E, a, d
from symbolic_mqb.notation.pairs import B2, B, F, b, e, g, pair_moment, pair_trace, probability, vector_a
from symbolic_mqb.render.latex import latex
from symbolic_mqb.render.text import text

mu = var("μ", "real")


def test_expectation_values():
    assert text(pair_trace(A, B)) == "tr[ρ_AB A⊗B]"
    assert latex(pair_trace(A2, B2)) == r"\operatorname{tr}\left[\rho_{AB}\,A^{(2)}\otimes B^{(2)}\right]"
    assert text(pair_trace(A + A, B)) == "tr[ρ_AB (A + A)⊗B]"


def test_only_bobs_measurement_is_written_b():
    assert text(call(OBSERVABLE, F, b, e)) == "B"
    for other in ((E, b, e), (F, a, e), (F, b, d)):
        assert text(call(OBSERVABLE, *other)) != "B"


def test_components_show_the_mean():
    assert text(vector_a(mu)) != text(g)
    assert text(vector_a(mu)).startswith("g_{m,r,s}")


def test_indices():
    assert text(probability(1, 2)) == "p_{1,2}"
    assert text(pair_moment(3)) == "Λ_{3}"
