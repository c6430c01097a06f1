"""The whole paper is covered: every numbered equation, every unnumbered display, every claim."""

import pytest

from symbolic_mqb.book import Book
from symbolic_mqb.derivations import CONTENTS
from symbolic_mqb.kernel.terms import Term, subterms
from symbolic_mqb.notation.language import I, Sum, exp, symbols
from symbolic_mqb.render.printed import sections

NUMBERED = (
    *(str(i) for i in range(1, 16)),
    *(f"A{i}" for i in range(1, 18)),
    *(f"B{i}" for i in range(1, 9)),
    *(f"C{i}" for i in range(1, 10)),
    *(f"D{i}" for i in range(1, 14)),
)
#: What the running text claims → the results that state it.
CLAIMS = {
    "the variance must scale as the coarse-graining": ("variance-scaling", "scaling-counterexample"),
    "above it the distribution tends to a Dirac delta, below the variance grows": ("scaling-above", "scaling-below"),
    "independent pairs become Gaussian": ("IID-gaussian", "IID-density"),
    "… with a local model for all settings, and at every level above": ("IID-local", "IID-model", "IID-Dirac"),
    "the W state's mean and its expansion": ("W-mean", "W-expansion", "W-limit"),
    "Dicke states become number states of an oscillator": ("P_k", "P_k-Born-rule"),
    "MQB as properties to check": ("MQB", "6", "6-completeness", "6-projective"),
    "the mean breaks linearity, a constant does not": ("mean-nonlinear", "mu-linearity"),
    "σ and τ coincide for projective measurements": ("projective-widths",),
    "e_s(x) is a POVM, and sharp for s → 0": ("10-complete", "10-positive", "10-sharp", "9-projective"),
    "the effects of all values of the macroscopic variable sum to one": ("2-normalised", "2-list-complete"),
    "the limit distribution is a limit in distribution": ("12-convergence", "A8-convergence"),
    "phase-space observables do not commute": ("non-commutativity", "commutator-finite", "commutator-limit"),
    "macroscopic locality is violated at α = 1/2, α_c ≥ 1/2": (
        "12-law",
        "ML-CHSH",
        "ML-violation",
        "alpha-c",
        "alpha-c-bound",
    ),
    "… and the limit for general states and POVMs": (
        "general-limit",
        "general-limit-projective",
        "general-limit-mixed",
        "general-state-diagonal",
        "general-Born-rule",
    ),
    "losses rescale the variable and broaden the POVM": ("loss-rescaled", "13", "13-wider"),
    "noise acts through s and φ alone": ("noise-limit", "noise-absorbed", "noise-width"),
    "bounded noise of the order of √N": ("14", "14-sign", "14-CHSH"),
    "… of the precision of the intensity and of the number of particles": ("14-precision", "14-precision-bound"),
    "… for small enough ε the violation is still observable": ("14-CHSH-mean", "14-second-order", "14-violation"),
    "… also for POVMs with s > 0": ("14-blurred", "14-blurred-shifted", "14-blurred-violation"),
    "the rotor's effects at all settings are compatible": ("rotor-compatible", "rotor-turned", "rotor-complete"),
    "no violation at α = 1": ("D13", "D13-CHSH"),
}


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(CONTENTS)


def test_the_paper_has_62_numbered_equations_and_each_is_a_result(book: Book) -> None:
    assert len(NUMBERED) == 62
    assert [label for label in NUMBERED if label not in book.labels] == []
    assert [label for label in NUMBERED if book.declared(label).equation != label] == []


def test_the_print_that_the_book_is_compared_with_has_the_same_numbers() -> None:
    labels = [display.label for section in sections() for display in section.displays]
    assert [label for label in NUMBERED if label not in labels] == []
    assert len(labels) == len(set(labels))


def test_every_unnumbered_display_says_where_it_stands_and_which_results_state_it(book: Book) -> None:
    for section in sections():
        for display in section.displays:
            shown = display.shown_by or (display.label,)
            assert [label for label in shown if label not in book.labels] == []
            if display.label not in NUMBERED:
                assert display.where


@pytest.mark.parametrize("claim", CLAIMS)
def test_every_claim_of_the_running_text_has_results(book: Book, claim: str) -> None:
    assert [label for label in CLAIMS[claim] if label not in book.labels] == []
    assert all(book.declared(label).equation for label in CLAIMS[claim])


def hides_the_unit(t: Term, inside: bool = False) -> bool:
    """The imaginary unit stands where a bound variable has its name."""
    inside = inside or (t.op == "lam" and t.args[0] == "i")
    return (inside and t.op == "I") or any(hides_the_unit(a, inside) for a in subterms(t) if a.op != "head")


def test_no_index_is_named_as_the_imaginary_unit_beside_it(book: Book) -> None:
    i, j = symbols("i j", "int")
    assert hides_the_unit(Sum(exp(I * i), (i, 0, 1)))
    assert not hides_the_unit(I * Sum(i, (i, 0, 1)) + Sum(exp(I * j), (j, 0, 1)))
    for label in book.labels:
        declared = book.declared(label)
        hiding = [str(c) for c in (declared.statement, *declared.claims()) if hides_the_unit(c)]
        assert hiding == [], label
