"""The time of a proof and of a numerical witness is limited, and what is late is undecided, not refuted."""

import time

import pytest

from symbolic_mqb.book import Book
from symbolic_mqb.deadline import OutOfTime, within
from symbolic_mqb.derivations import CONTENTS
from symbolic_mqb.evidence import Task
from symbolic_mqb.notation.language import Integral, cos, equal, exp, symbols
from symbolic_mqb.processes import Replayer, Witnesses
from symbolic_mqb.results import Result, eq
from symbolic_mqb.tactics.reasons import algebra, use
from symbolic_mqb.verify import verify

x, y = symbols("x y", "real")


class Slow:
    """A reason that takes its time."""

    def step(self, expression, state):
        time.sleep(30)
        raise AssertionError("not reached")

    def words(self):
        return "patience"


def test_the_body_is_stopped_and_the_timer_is_put_back():
    with pytest.raises(OutOfTime, match=r"within 0\.05 s"), within(0.05):
        time.sleep(5)
    with within(0.2):
        pass
    time.sleep(0.25)  # the timer of the block before does not ring any more
    with within(None):
        pass


def test_a_late_proof_is_undecided_at_its_line_and_so_is_what_uses_it():
    book = Book(CONTENTS)
    book.add(Result("slow", "A slow one", chain=[x + 0, eq(x, by=algebra), eq(x * 1, by=Slow())]))
    book.add(Result("user", "It uses the slow one", chain=[x + 0, eq(x * 1, by=use("slow"))]))
    book.add(Result("quick", "A quick one", chain=[x + 0, eq(x, by=algebra)]))
    outcomes = verify(book, ["slow", "user", "quick"], timeout=0.3, jobs=1).outcomes
    assert [outcomes[label].verdict for label in ("slow", "user", "quick")] == ["undecided", "undecided", "proved"]
    failure = outcomes["slow"].failure
    assert failure is not None
    assert failure.late
    assert failure.line == 2


def test_a_late_witness_is_undecided_and_the_next_statement_gets_a_new_one():
    with Witnesses(1, timeout=0.02) as witnesses:
        hard = witnesses.submit(Task(equal(Integral(exp(cos(x)), (x, 0, 1)), exp(x)), (), 4000, 0)).result()
    assert hard.verdict == "undecided"
    assert "within 0.02 s" in hard.reason
    with Witnesses(1, timeout=60) as witnesses:
        assert witnesses.submit(Task(equal(x, x), (), 30, 0)).result().verdict == "agrees"


def test_a_replay_has_a_limit_too():
    with Replayer(0.0) as replayer:
        replayer.send("{}")
        assert "within" in replayer.answer()["refused"]
