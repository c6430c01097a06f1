"""The engine behind `verify`: verdicts come from the fresh process and the other witness."""

import time
from fractions import Fraction

import pytest

from symbolic_mqb.book import Book
from symbolic_mqb.derivations import CONTENTS
from symbolic_mqb.evidence import Evidence, Task
from symbolic_mqb.lanes import lanes
from symbolic_mqb.notation.language import Integral, cos, equal, exp, half, sqrt, symbols
from symbolic_mqb.notation.objects import H, wave
from symbolic_mqb.processes import Prover, Replayer, Witnesses
from symbolic_mqb.proving import prove
from symbolic_mqb.report import report
from symbolic_mqb.results import Citation, Definition, Erratum, Result, eq, have
from symbolic_mqb.rules.logic import fact
from symbolic_mqb.tactics.reasons import ProofBy, algebra, convert, use
from symbolic_mqb.uses import named
from symbolic_mqb.verify import verify

x, y = symbols("x y", "real")
(n,) = symbols("n", "nat")
(k,) = symbols("k", "nat")


def book(*results):
    b = Book(CONTENTS)
    for r in results:
        b.add(r)
    return b


def run(*results, **options):
    return verify(book(*results), [r.label for r in results], **options).outcomes


SQUARE = Result("square", "a square", chain=[(x + y) ** 2, eq(x**2 + 2 * x * y + y**2, by=algebra)])


def test_proved():
    outcome = run(SQUARE)["square"]
    assert outcome.verdict == "proved"
    assert outcome.replayed == 1
    assert outcome.evidence.verdict == "agrees"
    assert outcome.passed


def test_what_is_used_is_verified_too():
    parity = Result("parity", "", chain=[H(n, -x, half), eq((-1) ** n * H(n, x, half), by=use("A12", b=-1, a=half))])
    outcomes = run(parity)
    assert set(outcomes) == {"A12", "parity"}
    assert outcomes["parity"].uses == ("A12",)
    assert outcomes["parity"].verdict == "proved"
    assert all(o.passed for o in outcomes.values())


def test_definition():
    outcome = run(Definition("my-wave", "", wave(x, k)))["my-wave"]
    assert outcome.verdict == "definition"
    assert outcome.evidence is None


CITED = Citation("Somebody's theorem", "All is well.", (("continuity", "by (A1)"),), "Somebody 1900")


def test_a_citation_is_inherited():
    cited = Result("cited", "", cites=(CITED,), chain=[x + x, eq(2 * x, by=algebra)])
    user = Result("user", "", chain=[y + y, eq(2 * y, by=use("cited", x=y))])
    outcomes = run(cited, user)
    assert outcomes["cited"].verdict == "cited"
    assert outcomes["user"].verdict == "cited"
    assert outcomes["user"].because == ["it uses (cited), which is cited"]
    assert outcomes["user"].passed


def corrected(printed, point, severity="slip", given=()):
    erratum = Erratum(printed, point, "a slip", "nothing", severity)
    return Result("fixed", "", given=given, chain=[(x + 1) ** 2, eq(x**2 + 2 * x + 1, by=algebra)], errata=(erratum,))


def test_corrected_needs_a_point_that_refutes_the_print():
    printed = equal((x + 1) ** 2, x**2 + 1)
    assert run(corrected(printed, ((x, 1),)))["fixed"].verdict == "corrected"
    wrong = run(corrected(printed, ((x, 0),)))["fixed"]
    assert wrong.verdict == "undecided"
    assert wrong.because == ["an erratum's counterexample does not refute the printed form: it holds at x = 0"]
    missing = run(corrected(printed, ((x, 1), (y, 1)), given=(y < 0,)))["fixed"]
    assert missing.because[0].endswith("the printed form: the point does not satisfy the hypotheses")


def test_a_print_that_is_undefined_at_the_point_is_refuted():
    printed = equal((x + 1) ** 2, (x + 1) ** 3 / (x + 1))
    assert run(corrected(printed, ((x, -1),), "missing condition"))["fixed"].verdict == "corrected"


def test_a_counterexample_must_satisfy_what_the_print_assumes():
    printed = equal((x + 1) ** 2, x**2 + 1)
    assert run(corrected(printed, ((x, 1),), given=(x < 0,)))["fixed"].verdict == "undecided"
    assert run(corrected(printed, ((x, -1),), given=(x < 0,)))["fixed"].verdict == "corrected"


def test_a_failure_does_not_stop_the_others():
    wrong = Result("wrong", "", chain=[x + x, eq(3 * x, by=algebra)])
    outcomes = run(wrong, SQUARE)
    assert outcomes["wrong"].verdict == "refuted"
    assert outcomes["wrong"].lines[0].verdict == "refuted"
    assert outcomes["square"].verdict == "proved"


def test_a_reason_that_crashes_is_a_failure():
    broken = convert(lambda t: 1 / 0, takes_given=False)
    outcomes = run(Result("broken", "", chain=[x + x, eq(2 * x, by=broken)]), SQUARE)
    assert outcomes["broken"].verdict == "refuted"
    assert outcomes["broken"].failure.crash == "ZeroDivisionError"
    assert outcomes["broken"].failure.line == 1
    assert outcomes["square"].verdict == "proved"


def test_the_weakest_verdict_is_inherited():
    wrong = Result("wrong", "", chain=[x + x, eq(3 * x, by=algebra)])
    user = Result("user", "", chain=[y + y, eq(3 * y, by=use("wrong", x=y))])
    assert run(wrong, user)["user"].verdict == "refuted"


def test_the_verdict_comes_from_the_fresh_process(monkeypatch):
    monkeypatch.setattr(Replayer, "answer", lambda self: {"claims": ["square"]})
    outcome = run(SQUARE)["square"]
    assert outcome.verdict == "refuted"
    assert "did not re-run every line" in outcome.because[0]
    monkeypatch.setattr(Replayer, "answer", lambda self: {"refused": "no"})
    assert run(SQUARE)["square"].verdict == "refuted"


def test_a_record_of_another_statement_is_noticed(monkeypatch):
    b = book(SQUARE, Result("other", "", chain=[x + x, eq(2 * x, by=algebra)]))
    real = Book.record

    def swapped(self, labels, writer=None):
        writer = real(self, labels, writer)
        if "other" in writer.claims:
            writer.claims["square"] = writer.claims["other"]
        return writer

    monkeypatch.setattr(Book, "record", swapped)
    outcome = verify(b, ["square", "other"]).outcomes["square"]
    assert outcome.verdict == "refuted"
    assert "does not state square as it is declared" in outcome.because[0]


@pytest.mark.parametrize("verdict", ["refuted", "undecided"])
def test_the_other_witness_is_heard(monkeypatch, verdict):
    monkeypatch.setattr(Witnesses, "_ask", lambda self, task: Evidence(verdict, reason="so it is"))
    assert run(SQUARE)["square"].verdict == verdict


def test_hypotheses_really_used():
    r = Result("r", "", given=(x > 0, y > 0), chain=[sqrt(x**2), eq(x, by=algebra)])
    outcome = run(r)["r"]
    assert outcome.verdict == "proved"
    assert outcome.proof.used == (x > 0,)


def test_a_statement_that_stands_alone():
    r = Result("alone", "", given=(x > 1,), chain=[have(x > 0, by=ProofBy("order", lambda s: fact(x > 0, s.given)))])
    assert run(r)["alone"].verdict == "proved"


def test_jobs_do_not_change_the_report():
    labels = ["A10", "A11", "A12", "A13", "A17", "A1", "A2", "A17-orthonormal", "A9-second.semigroup"]
    one, three = (verify(Book(CONTENTS), labels, jobs=jobs) for jobs in (1, 6))
    assert len(one.records) == 1
    assert len(three.records) == 3
    first, second = report(one), report(three)
    for data in (first, second):
        del data["seconds"]
        for r in data["results"]:
            del r["seconds"]
    assert first == second
    assert first["passed"]


def test_what_is_read_from_the_reasons_is_what_the_proofs_use():
    book = Book(CONTENTS)
    for label in ("A15", "A9", "A9-second", "A16", "A3-relative"):
        assert set(book.prove(label).uses) <= set(named(book, label))


def test_each_lane_holds_what_its_labels_use():
    book = Book(CONTENTS)
    shares = lanes(book, list(book.labels), 3)
    assert set().union(*shares) == set(book.labels)
    for share in shares:
        assert share == [label for label in book.labels if label in set(share)]
        assert all(used in share for label in share for used in named(book, label))
    assert lanes(book, ["A13", "A12"], 3) == [["A13", "A12"]]


def test_lanes_divide_a_connected_book_evenly_and_repeat_only_what_is_shared():
    root = Result("root", "", chain=[x, eq(x, by=algebra)])
    leaves = [Result(f"leaf-{i}", "", chain=[x, eq(x, by=use("root"))]) for i in range(12)]
    labels = ["root", *(leaf.label for leaf in leaves)]
    first, second = lanes(book(root, *leaves), labels, 2)
    assert set(first) & set(second) == {"root"}
    assert len(first) == len(second) == 7


def test_a_record_in_pieces_is_replayed_as_it_grows_and_none_may_be_missing(monkeypatch):
    monkeypatch.setattr("symbolic_mqb.proving._PIECE", 50)
    proved = prove(Book(CONTENTS), ["A9", "A16"])
    assert len(proved.pieces) > 2
    answers = []
    for pieces in (proved.pieces, [*proved.pieces[:1], *proved.pieces[2:]], [*proved.pieces, proved.pieces[0]]):
        with Replayer(pieces=True) as replayer:
            for piece in pieces:
                replayer.feed(piece)
            replayer.end()
            answers.append(replayer.answer())
    assert {"A9", "A16"} <= set(answers[0]["claims"])
    assert "refused" in answers[1]
    assert "refused" in answers[2]


def test_a_prover_that_dies_has_proved_nothing():
    with Prover({"no_such_module": ("X",)}, ["X"]) as prover:
        assert prover.answer().failures["X"].message
    with Prover(Unpicklable(), ["X"]) as prover:
        assert "ended with status" in prover.answer().failures["X"].message


class Unpicklable(dict):
    """Contents that cannot be read at the other end."""

    def __reduce__(self):
        return (exec, ("raise SystemExit(3)",))


def test_a_group_of_statements_is_tested_in_order_and_each_statement_once():
    with Witnesses(2) as witnesses:
        first = witnesses.together([Task(equal(x, x + i), (), 50, 0) for i in (0, 1)], 1)
        again = witnesses.together([Task(equal(x, x + i), (), 50, 0) for i in (1, 2)], 9)
        assert again[0] is first[1]
        assert [f.result().verdict for f in (*first, again[1])] == ["agrees", "refuted", "refuted"]


def test_closing_the_witnesses_stops_every_process_and_starts_none():
    witnesses = Witnesses(1)
    hard = [Task(equal(Integral(exp(cos(x)), (x, 0, 1)), exp(x) * i), (), 20_000, 0) for i in range(1, 4)]
    futures = witnesses.together(hard)
    while not futures[0].running():
        time.sleep(0.01)
    witnesses.close()
    for future in futures:
        assert future.cancelled() or future.result(timeout=30).verdict == "undecided"
    assert all(process.poll() is not None for process in witnesses._all)


def test_a_dead_witness_decides_nothing():
    class Unpicklable:
        def __reduce__(self):
            raise OSError("gone")

    with Witnesses(1) as witnesses:
        evidence = witnesses.submit(Task(equal(x, x), (), 50, 0, ((x, Unpicklable()),))).result()
        assert evidence.verdict == "undecided"
        good = witnesses.submit(Task(equal(x, x), (), 50, 0, ((x, Fraction(1, 2)),))).result()
        assert good.verdict == "agrees"
