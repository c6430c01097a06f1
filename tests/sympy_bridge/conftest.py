from __future__ import annotations

import pytest

from symbolic_mqb.book import Book
from symbolic_mqb.kernel.theorem import Theorem


@pytest.fixture(scope="session")
def book() -> Book:
    from derivations import CONTENTS
    import importlib.util

    if importlib.util.find_spec("symbolic_mqb.derivations") is not None:
        return Book(CONTENTS)
    return Book({m.removeprefix("symbolic_mqb."): labels for m, labels in CONTENTS.items()})


@pytest.fixture(scope="session")
def theorem(book: Book):
    def of(label: str) -> Theorem:
        found = book.prove(label).theorem
        assert found is not None
        return found

    return of
