"""A definition is proved to be well defined, and says which hypotheses that needs."""

from dataclasses import replace

import pytest

from symbolic_mqb.book import Book, LineFailure, paper
from symbolic_mqb.results import Definition


def test_the_macroscopic_variable_is_defined_because_N_and_tau_are_not_zero() -> None:
    proof = paper().prove("A1")
    assert proof.used == proof.declared.given


def test_without_its_hypotheses_it_is_refused() -> None:
    declared = paper().declared("A1")
    assert isinstance(declared, Definition)
    book = Book({})
    book.add(replace(declared, label="A1-bare", given=()))
    with pytest.raises(LineFailure, match="must not be zero"):
        book.prove("A1-bare")
