"""Each display of the paper is compared with the book: every difference is named, and every erratum has its place."""

import pytest

from symbolic_mqb.book import paper
from symbolic_mqb.render.comparison import compared, errata_by_display, reads_the_same, regenerated
from symbolic_mqb.render.printed import Display, displays

KINDS = ("the same", "notation", "erratum")


@pytest.fixture(scope="module")
def book():
    return paper()


def test_every_display_is_judged(book):
    rows = compared(book)
    assert rows.keys() == displays().keys()
    for label, row in rows.items():
        assert row.kind in KINDS, label
        assert all(d.words.strip() for d in row.differences), label


def test_a_display_without_a_difference_reads_the_same(book):
    rows = compared(book)
    same = {label for label, row in rows.items() if row.kind == "the same"}
    assert {"A10", "A14", "B5"} <= same
    for label in same:
        assert reads_the_same(displays()[label], book.declared(rows[label].label)), label


def test_what_stands_beside_the_print(book):
    """All lines of a print with several, all statements of a result with several, else the statement."""
    known = displays()
    assert len(regenerated(book.declared("A15"), known["A15"])) == 5
    assert len(regenerated(book.declared("B6-integrals"), known["B-integrals"])) == 9
    assert len(regenerated(book.declared("A14"), known["A14"])) == 1
    assert len(regenerated(book.declared("A1"), known["A1"])) == 1


def test_what_reads_otherwise_is_seen(book):
    a14 = book.declared("A14")
    print_ = displays()["A14"].latex
    assert reads_the_same(Display("A14", print_), a14)
    for old, new in (("{s!}", "{n!}"), ("n-s", "m-s"), ("(2a)^s", "(2a)^n"), ("m+n-2s", "m+n-s")):
        assert old in print_
        assert not reads_the_same(Display("A14", print_.replace(old, new)), a14)


def test_every_erratum_stands_at_its_display_or_in_the_text(book):
    placed = errata_by_display(book)
    declared = [(label, e.explanation) for label in book.labels for e in book.declared(label).errata]
    assert sorted(declared) == sorted((d.label, d.words) for found in placed.values() for d in found)
    assert {d.label for d in placed["C9"]} == {"C9", "C9-dephasing"}
    shown = {d.label for row in compared(book).values() for d in row.differences if d.kind == "erratum"}
    assert shown | {d.label for d in placed[""]} == {label for label, _ in declared}
