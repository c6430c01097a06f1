"""A second process that proves a share of the labels. What it says counts only once it is replayed."""

from __future__ import annotations

import pickle
import sys

from .book import Book
from .evidence import spare_the_collector
from .proving import prove


def main() -> None:
    """Read (contents, labels, timeout), prove, answer."""
    spare_the_collector()
    contents, labels, timeout = pickle.load(sys.stdin.buffer)
    pickle.dump(prove(Book(contents), labels, timeout=timeout), sys.stdout.buffer)


if __name__ == "__main__":
    main()
