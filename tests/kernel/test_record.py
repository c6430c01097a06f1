"""Records: the round trip through JSON, and tampering with every field."""

from __future__ import annotations

import copy
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from symbolic_mqb.kernel import record
from symbolic_mqb.kernel.errors import Refused
from symbolic_mqb.kernel.record import Replay, Writer, read_terms, replay
from symbolic_mqb.kernel.terms import Term, defined, lam, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.language import Abs, Sum, equal, exp, symbols, unequal
from symbolic_mqb.rules import RULES
from symbolic_mqb.rules.logic import instantiate, normal_form, opened_variable, rewrite, symmetry, transitivity
from symbolic_mqb.rules.sums import reverse_sum

k, n = symbols("k n", "nat")
r, s = symbols("r s", "int")
x, y = symbols("x y", "real")
Data = dict[str, Any]


def _theorem() -> Theorem:
    """Σ_{s=0}^{n} |s| x/x = Σ_{s=0}^{n} (0 + n - s), for x ≠ 0."""
    given = (unequal(x, 0),)
    first = normal_form(Sum(Abs(s) * (x / x), (s, 0, n)), Sum(s, (s, 0, n)), given)
    return transitivity(first, reverse_sum(num(0), n, lam(s, s), ()))


def _record() -> Data:
    theorem = _theorem()
    writer = Writer()
    writer.add("whole", theorem, theorem.conclusion, (unequal(x, 0), x > y))
    back = symmetry(instantiate(theorem, ((x, y + 1), (n, 2 * k)), (unequal(y + 1, 0),)))
    writer.add("instance", back, back.conclusion, (unequal(y + 1, 0),))
    return json.loads(json.dumps(writer.data()))  # type: ignore[no-any-return]


def test_a_record_replays_to_the_same_theorems() -> None:
    theorems = replay(_record(), RULES)
    assert set(theorems) == {"whole", "instance"}
    assert theorems["whole"].conclusion == _theorem().conclusion
    assert theorems["whole"].hypotheses == {unequal(x, 0)}
    assert theorems["instance"].hypotheses == {unequal(y + 1, 0)}


def test_the_names_of_bound_variables_survive() -> None:
    theorem = normal_form(Sum(s, (s, 0, n)), Sum(r, (r, 0, n)), ())
    writer = Writer()
    writer.add("renamed", theorem, theorem.conclusion, ())
    again = replay(json.loads(json.dumps(writer.data())), RULES)["renamed"]
    assert [t.args[2].args[0] for t in again.conclusion.args] == ["s", "r"]


def test_a_record_with_sums_over_differently_named_indices_replays() -> None:
    """`rewrite` opens a binder by its name: two sums that differ in it only are not one term in a record."""
    steps = []
    for index in (s, r):
        target = Sum(Abs(index), (index, 0, n))
        v = opened_variable(target.args[2], 0)
        steps.append(rewrite(target, (2, 2), normal_form(Abs(v), v, (num(0) <= v,)), ()))
    theorem = transitivity(steps[0], symmetry(steps[1]))
    writer = Writer()
    writer.add("both", theorem, theorem.conclusion, ())
    assert replay(json.loads(json.dumps(writer.data())), RULES)["both"].conclusion == theorem.conclusion


def _set(path: tuple[Any, ...], value: Any) -> Callable[[Data], None]:
    def change(data: Data) -> None:
        place: Any = data
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value

    return change


def _drop(*path: Any) -> Callable[[Data], None]:
    def change(data: Data) -> None:
        place: Any = data
        for key in path[:-1]:
            place = place[key]
        del place[path[-1]]

    return change


def _named(label: str) -> Callable[[Data], None]:
    def change(data: Data) -> None:
        data["claims"][label] = data["claims"].pop("whole")

    return change


TAMPERED: dict[str, tuple[Callable[[Data], None], str]] = {
    "another format": (_set(("format",), "other"), "format"),
    "another version": (_set(("version",), 2), "version"),
    "a version that is true": (_set(("version",), True), "version True of the record"),
    "a version that is no integer": (_set(("version",), 1.0), "version 1.0 of the record"),
    "a label of two lines": (_named("A9\nA12"), "a label is one line"),
    "a label that a terminal obeys": (_named("\x1b[2K"), "a label is one line"),
    "a label that is a lone surrogate": (_named("\ud800"), "a label is one line"),
    "an empty label": (_named(" "), "a label is one line"),
    "a field missing": (_drop("terms"), "has the fields"),
    "a field too many": (_set(("proved",), True), "has the fields"),
    "an unknown rule": (_set(("steps", 0, "rule"), "axiom"), "unknown rule"),
    "another rule": (_set(("steps", 0, "rule"), "symmetry"), ""),
    "a rule that is no name": (_set(("steps", 0, "rule"), ["normal_form"]), ""),
    "another conclusion": (_set(("steps", 0, "conclusion"), 0), "another conclusion|refer"),
    "a hypothesis missing": (_set(("steps", 1, "hypotheses"), []), "other hypotheses"),
    "the hypotheses not given to the rule": (_set(("steps", 1, "arguments", 2), []), "must not be zero"),
    "an argument missing": (_drop("steps", 0, "arguments", 1), ""),
    "a step that refers to itself": (_set(("steps", 0, "arguments"), [{"s": 0}]), "comes before"),
    "a later step": (_set(("steps", 0, "arguments"), [{"s": 1}]), "comes before"),
    "a negative index": (_set(("steps", 0, "conclusion"), -1), "refer"),
    "a boolean index": (_set(("steps", 0, "conclusion"), True), "refer"),
    "a float as argument": (_set(("steps", 0, "arguments", 0), 0.5), "cannot take"),
    "an argument of two kinds": (_set(("steps", 0, "arguments", 0), {"t": 0, "s": 0}), "refers to"),
    "a field of a step missing": (_drop("steps", 0, "hypotheses"), "has the fields"),
    "a step that is no object": (_set(("steps", 0), None), "has the fields"),
    "too many steps": (_set(("steps",), [None] * 200_001), "reasonable length"),
    "a claim given nothing": (_set(("claims", "whole", "given"), None), "has the fields"),
    "steps that are no list": (_set(("steps",), {"0": {}}), "list"),
    "a claim of another statement": (_set(("claims", "whole", "statement"), 0), "another statement"),
    "a claim of another step": (_set(("claims", "whole", "step"), 0), "another statement"),
    "a claim without its hypothesis": (_set(("claims", "whole", "given"), []), "not given"),
    "a claim of no step": (_set(("claims", "whole", "step"), 99), "refer"),
    "a claim with another field": (_set(("claims", "whole", "verdict"), "proved"), "has the fields"),
    "claims that are no object": (_set(("claims",), []), "label"),
    "a term before itself": (_set(("terms", 0), ["exp", {"t": 0}]), "comes before"),
    "a term of numbers": (_set(("terms", 0), [1, 2]), "malformed"),
    "a term that is no list": (_set(("terms", 0), None), "malformed"),
    "an empty term": (_set(("terms", 0), []), "malformed"),
    "a float": (_set(("terms", 0), ["num", 0.5]), "malformed"),
    "a division by zero": (_set(("terms", 0), ["num", "1/0"]), "malformed"),
    "a variable of an unknown sort": (_set(("terms", 0), ["var", "x", "banana"]), "malformed"),
    "a defined symbol of an unknown sort": (_set(("terms", 0), ["head", "f", ["banana"], {"t": 0}]), "malformed|refer"),
    "a loose index": (_set(("terms", 0), ["bound", -1]), "malformed"),
    "terms that are no list": (_set(("terms",), 5), "list"),
}


@pytest.mark.parametrize(("change", "reason"), TAMPERED.values(), ids=TAMPERED)
def test_a_tampered_record_is_refused(change: Callable[[Data], None], reason: str) -> None:
    data = _record()
    replay(data, RULES)
    change(data)
    with pytest.raises(Refused, match=reason or "."):
        replay(data, RULES)


@pytest.mark.parametrize("data", [None, [], "record", 5, {}])
def test_what_is_no_record_is_refused(data: object) -> None:
    with pytest.raises(Refused, match="not a record"):
        replay(data, RULES)


def test_every_number_and_name_of_a_record_matters() -> None:
    """Each entry changed at random: the replay refuses, or proves the very same claims; it never crashes."""
    original = _record()
    expected = {label: t.conclusion for label, t in replay(original, RULES).items()}
    rng = random.Random(0)
    refused = 0
    for _ in range(250):
        data = copy.deepcopy(original)
        _disturb(data, rng)
        try:
            found = replay(data, RULES)
        except Refused:
            refused += 1
            continue
        for label, theorem in found.items():
            assert theorem.conclusion == expected[label] or data["terms"] != original["terms"]
    assert refused > 200


def _disturb(data: Data, rng: random.Random) -> None:
    place: Any = data[rng.choice(["terms", "steps", "claims"])]
    while True:
        key = rng.choice(list(place) if isinstance(place, dict) else range(len(place)))
        if isinstance(place[key], (dict, list)) and place[key] and rng.random() < 0.9:
            place = place[key]
            continue
        value = place[key]
        others: list[Any] = [
            None,
            0,
            1,
            -1,
            10**6,
            "x",
            "real",
            "add",
            "normal_form",
            [],
            {},
            {"t": 0},
            {"s": 0},
            [[], []],
        ]
        place[key] = value + 1 if isinstance(value, int) and rng.random() < 0.5 else rng.choice(others)
        return


def test_a_deep_term_is_refused() -> None:
    data = _record()
    first = len(data["terms"])
    data["terms"] += [["exp", {"t": max(first + i - 1, 0)}] for i in range(300)]
    with pytest.raises(Refused, match="nested too deeply"):
        replay(data, RULES)


def test_a_theorem_is_made_by_a_rule_only() -> None:
    theorem = _theorem()
    absurd = equal(num(1), num(0))
    with pytest.raises(ValueError, match="rule of inference"):
        Theorem(object(), frozenset(), absurd, "assume", ())
    for name in ("conclusion", "hypotheses", "rule", "arguments"):
        with pytest.raises(ValueError, match="immutable"):
            setattr(theorem, name, absurd)
    with pytest.raises((ValueError, TypeError)):
        copy.copy(theorem).conclusion = absurd
    forged = object.__new__(Theorem)
    values = zip(
        ("conclusion", "hypotheses", "rule", "arguments"), (absurd, frozenset(), "assume", (absurd,)), strict=True
    )
    for name, value in values:
        object.__setattr__(forged, name, value)
    writer = Writer()
    writer.add("1 = 0", forged, absurd, ())
    with pytest.raises(Refused, match="other hypotheses"):
        replay(json.loads(json.dumps(writer.data())), RULES)


def test_terms_of_a_record_may_not_be_malformed_inside_a_binder() -> None:
    bad = Term("sum", (num(0), n, Term("lam", ("s", "int", Term("exp", ())))))
    data = _record()
    start = len(data["terms"])
    data["terms"] += [["num", "0"], ["var", "n", "nat"], ["exp"], ["lam", "s", "int", {"t": start + 2}],
                      ["sum", {"t": start}, {"t": start + 1}, {"t": start + 3}]]  # fmt: skip
    data["steps"].append({"rule": "assume", "arguments": [{"t": start + 4}], "hypotheses": [], "conclusion": 0})
    assert bad.op == "sum"
    with pytest.raises(Refused, match=r"not a well-formed term|takes"):
        replay(data, RULES)


def test_an_exponential_is_not_evaluated_by_reading() -> None:
    theorem = normal_form(exp(x) * exp(-x), num(1), ())
    writer = Writer()
    writer.add("e", theorem, theorem.conclusion, ())
    assert writer.data()["claims"]["e"]["step"] == 0


def test_a_defined_symbol_of_an_unknown_sort_is_refused_when_it_is_read() -> None:
    """Found by fuzzing: the unknown sort was noticed only by the rule that took the term, as a crash."""
    data = _record()
    first = len(data["terms"])
    data["terms"] += [["num", "0"], ["lam", "x", "real", {"t": first}], ["head", "f", ["banana"], {"t": first + 1}]]
    with pytest.raises(Refused, match="takes known sorts"):
        replay(data, RULES)


def _pieces() -> tuple[Data, Data]:
    """The record in two pieces, the second one with the claim `instance` and what it rests on."""
    theorem = _theorem()
    writer = Writer()
    writer.add("whole", theorem, theorem.conclusion, (unequal(x, 0), x > y))
    first = json.loads(json.dumps(writer.piece()))
    sent = len(writer.terms), len(writer.steps), len(writer.claims)
    back = symmetry(instantiate(theorem, ((x, y + 1), (n, 2 * k)), (unequal(y + 1, 0),)))
    writer.add("instance", back, back.conclusion, (unequal(y + 1, 0),))
    return first, json.loads(json.dumps(writer.piece(*sent)))


ROWS: dict[str, list[Any]] = {
    "a number of two parts": ["num", "1", "2"],
    "a variable of three parts": ["var", "x", "real", "real"],
    "a variable without a name": ["var", "", "real"],
    "an index that is a boolean": ["bound", True],
    "an index of two parts": ["bound", 0, 1],
    "an index that is a fraction": ["bound", "1/2"],
    "a binder of an unknown sort": ["lam", "x", "banana", {"t": 0}],
    "a binder without a body": ["lam", "x", "real", "x"],
    "a binder of four parts": ["lam", "x", "real", {"t": 0}, {"t": 0}],
    "a binder whose name is a number": ["lam", 5, "real", {"t": 0}],
    "a definition of four parts": ["head", "f", ["real"], {"t": 0}, {"t": 0}],
    "a definition of one sort": ["head", "f", "real", {"t": 0}],
    "a definition without a list of sorts": ["head", "f", "", {"t": 0}],
    "a definition without a body": ["head", "f", ["real"], "x"],
    "a definition whose name is a number": ["head", 5, ["real"], {"t": 0}],
    "a sum with a name": ["add", {"t": 0}, "x"],
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_row_that_nothing_refers_to_is_checked_too(row: list[Any]) -> None:
    data = _record()
    data["terms"].append(row)
    with pytest.raises(Refused, match="is malformed"):
        replay(data, RULES)


def test_a_step_that_nothing_refers_to_is_run_too() -> None:
    data = _record()
    data["steps"].append({"rule": [], "arguments": [], "hypotheses": [], "conclusion": 0})
    with pytest.raises(Refused, match="is malformed"):
        replay(data, RULES)


def test_terms_may_be_many_and_nested_but_not_beyond_bounds() -> None:
    assert len(read_terms([["pi"]] * 20_001)) == 20_001
    deep: list[list[Any]] = [["pi"], *(["exp", {"t": i}] for i in range(200))]
    assert len(read_terms(deep[:200])) == 200
    with pytest.raises(Refused, match="term 200 is nested too deeply"):
        read_terms(deep)


def test_a_premise_of_a_premise_is_written_once() -> None:
    first = normal_form((x + 1) ** 2, x**2 + 2 * x + 1, ())
    theorem, writer = transitivity(first, symmetry(first)), Writer()
    writer.add("both", theorem, theorem.conclusion, ())
    assert [step["rule"] for step in writer.steps] == ["normal_form", "symmetry", "transitivity"]


def test_a_number_has_at_most_5000_characters() -> None:
    read_terms([["num", "1" * 4000 + "/" + "7" * 999]])
    with pytest.raises(Refused, match="is malformed"):
        read_terms([["num", "1" * 4000 + "/" + "7" * 1000]])


def test_what_a_record_names_by_its_identity_stays_alive() -> None:
    theorem, writer = _theorem(), Writer()
    statement = equal(x + 17, x + 17)
    before = sys.getrefcount(theorem), sys.getrefcount(statement)
    writer.add("whole", theorem, theorem.conclusion, (statement,))
    assert sys.getrefcount(theorem) > before[0]
    assert sys.getrefcount(statement) > before[1]


def test_pieces_of_a_record_say_what_the_record_says() -> None:
    first, second = _pieces()
    whole = Replay(RULES)
    for piece in (first, second):
        whole.take(piece)
    assert {label: t.conclusion for label, t in whole.claims.items()} == {
        label: t.conclusion for label, t in replay(_record(), RULES).items()
    }


def test_pieces_out_of_order_or_twice_are_refused() -> None:
    first, second = _pieces()
    with pytest.raises(Refused):
        Replay(RULES).take(second)
    whole = Replay(RULES)
    whole.take(first)
    with pytest.raises(Refused, match="two claims of one label"):
        whole.take({**second, "claims": {**second["claims"], "whole": first["claims"]["whole"]}})


def test_the_version_and_the_limits_are_those_that_the_documentation_names() -> None:
    text = (Path(__file__).parents[2] / "docs" / "record.md").read_text(encoding="utf-8")
    assert Writer().data()["version"] == 1
    assert f"number of steps ({record._MAX_STEPS:,}".replace(",", " ") in text


def test_a_writer_hands_over_all_that_it_has() -> None:
    theorem, writer = _theorem(), Writer()
    writer.add("whole", theorem, theorem.conclusion, tuple(theorem.hypotheses))
    writer.add("again", theorem, theorem.conclusion, tuple(theorem.hypotheses))
    assert writer.piece() == writer.data()
    assert list(writer.piece()["claims"]) == ["whole", "again"]


def test_so_many_steps_and_terms_are_read_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times as many terms as steps, in one piece or several."""
    monkeypatch.setattr(record, "_MAX_STEPS", 3)

    def taken(*pieces: tuple[int, int]) -> None:
        reader = Replay(RULES)
        for rows, steps in pieces:
            piece = {"rule": "archimedes", "arguments": [1], "hypotheses": [], "conclusion": 2}
            terms = [["pi"], ["num", "22/7"], ["lt", {"t": 0}, {"t": 1}], *[["pi"]] * (rows - 3)] if rows >= 3 else []
            reader.take({**Writer().data(), "terms": terms, "steps": [piece] * steps})

    taken((30, 3))
    taken((15, 1), (15, 2))
    for pieces in [((30, 4),), ((31, 3),), ((15, 1), (15, 3)), ((15, 1), (16, 2))]:
        with pytest.raises(Refused, match="of reasonable length"):
            taken(*pieces)


UNKNOWN = (["number"], ["real", "number"])


def test_a_defined_symbol_is_read_and_its_parts_are_checked() -> None:
    head = ["head", "f", ["real"], {"t": 1}]
    body = [["bound", 0], ["lam", "x", "real", {"t": 0}]]
    assert read_terms([*body, head])[2] == defined("f", (x,), x)
    for wrong in (["head", 5, ["real"], {"t": 1}], *(["head", "f", sorts, {"t": 1}] for sorts in UNKNOWN)):
        with pytest.raises(Refused, match=r"is not a name|takes known sorts, not .*'number'"):
            read_terms([*body, wrong])
    with pytest.raises(Refused, match="is not a name"):
        read_terms([body[0], ["lam", 5, "real", {"t": 0}]])
