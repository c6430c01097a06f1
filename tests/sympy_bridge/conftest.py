from __future__ import annotations

from collections.abc import Callable

import pytest

from symbolic_mqb.book import Book
from symbolic_mqb.kernel.theorem import Theorem


@pytest.fixture(scope="session")
def book() -> Book:
    try:
        from symbolic_mqb.derivations import CONTENTS
    except ImportError:  # not installed: the derivations stand at the top of the repository
        from derivations import CONTENTS

        return Book({module.removeprefix("symbolic_mqb."): labels for module, labels in CONTENTS.items()})
    return Book(CONTENTS)


@pytest.fixture(scope="session")
def theorem(book: Book) -> Callable[[str], Theorem]:
    def of(label: str) -> Theorem:
        found = book.prove(label).theorem
        assert found is not None
        return found

    return of
