"""Appendix A as a whole: every printed equation, every verdict, every label where the contents say."""

from fractions import Fraction

import pytest

from symbolic_mqb.book import Book
from symbolic_mqb.derivations import CONTENTS
from symbolic_mqb.notation.language import num
from symbolic_mqb.numerics.evaluate import Evaluator
from symbolic_mqb.numerics.witness import check_at
from symbolic_mqb.uses import named
from symbolic_mqb.verify import PASSING, verify

EQUATIONS = [f"A{i}" for i in range(1, 18)]


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(CONTENTS)


def test_every_numbered_equation_of_appendix_a_has_a_result(book: Book) -> None:
    covered = {book.declared(label).equation for label in book.labels}
    assert set(EQUATIONS) <= covered
    assert all(label in book.labels for label in EQUATIONS)


def test_every_result_passes_and_none_is_merely_checked() -> None:
    outcomes = verify(Book(CONTENTS)).outcomes
    assert {label: o.verdict for label, o in outcomes.items() if o.verdict not in PASSING} == {}
    verdicts = {label: outcomes[label].verdict for label in EQUATIONS}
    assert {label for label, v in verdicts.items() if v == "corrected"} == {
        "A3",
        "A6",
        "A8",
        "A9",
        "A12",
        "A13",
        "A15",
        "A16",
    }
    assert {label for label, v in verdicts.items() if v == "definition"} == {"A1", "A17"}


@pytest.mark.parametrize("label", [label for labels in CONTENTS.values() for label in labels])
def test_a_proof_uses_exactly_what_its_reasons_name(book: Book, label: str) -> None:
    assert set(book.prove(label).uses) == set(named(book, label))


@pytest.mark.parametrize("label", [label for labels in CONTENTS.values() for label in labels])
def test_every_erratum_fails_at_its_point_and_nowhere_by_accident(book: Book, label: str) -> None:
    for erratum in book.declared(label).errata:
        evidence = check_at(erratum.printed, dict(erratum.counterexample))
        assert evidence.verdict == "refuted" or "undefined" in evidence.reason
        assert erratum.severity in ("changes a result", "missing condition", "slip")


def test_the_sign_of_the_limit_variable_by_brute_force() -> None:
    """The erratum of (A8): for A = σ_x and (|N,0⟩ + |N,1⟩)/√2 the mean of X is +1 at every N, not −1."""
    from symbolic_mqb.kernel.terms import Term, var
    from symbolic_mqb.notation.measurement import braket, dicke, tensor_power

    flip, N = var("B", "op"), 5
    # d/dε of ⟨Ψ|(1 + εA)^{⊗N}|Ψ⟩/√N at 0 is the mean; (1 + εA)^{⊗N} is exact for rational ε
    psi = (dicke(N, 0) + dicke(N, 1)) * num(Fraction(1, 2)) ** num(Fraction(1, 2))
    step = Fraction(1, 10**12)
    value = {}
    for sign in (1, -1):
        matrix = [[1, sign * step], [sign * step, 1]]
        value[sign] = Evaluator({flip: matrix}, 60).number(braket(psi, tensor_power(flip, N), psi)).real
    mean = (value[1] - value[-1]) / (2 * step.numerator) * step.denominator
    assert abs(float(mean) / 5**0.5 - 1.0) < 1e-9
    assert isinstance(psi, Term)
