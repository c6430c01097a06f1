"""Records from elsewhere: bounded time, clear refusals, nothing run as a program."""

import json
import time

import pytest
from click.testing import CliRunner

from symbolic_mqb.cli import cli


def invoke(*arguments):
    return CliRunner().invoke(cli, [str(a) for a in arguments])


TOWER = [["num", "7"], ["num", "9999999999"], ["pow", {"t": 0}, {"t": 1}], ["pow", {"t": 2}, {"t": 1}]]
#: (a + … + l)²⁴, multiplied out.
WIDE = [
    *(["var", name, "real"] for name in "abcdefghijkl"),
    ["add", *({"t": i} for i in range(12))],
    ["num", "24"],
    ["pow", {"t": 12}, {"t": 13}],
]


def _hostile(tmp_path, terms=WIDE, **changes):
    """A record whose one step asks for the normal form of its last term."""
    last, other = len(terms) - 1, len(terms) - 2
    step = {"rule": "normal_form", "arguments": [{"t": last}, {"t": other}, []], "hypotheses": [], "conclusion": 0}
    data = {"format": "symbolic-mqb record", "version": 1, "terms": terms, "steps": [step], "claims": {}}
    path = tmp_path / "hostile.json"
    path.write_text(json.dumps({**data, **changes}))
    return path


def test_a_record_that_asks_for_too_much_work_is_refused_in_time(tmp_path):
    start = time.monotonic()
    run = invoke("replay", "--timeout", 1, _hostile(tmp_path))
    assert run.exit_code == 1
    assert "refused: not re-run within 1 s" in run.output
    assert time.monotonic() - start < 20
    run = invoke("replay", "--timeout", 60, _hostile(tmp_path, TOWER))
    assert run.exit_code == 1
    assert "makes a number too long" in run.output


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"format": "symbolic-mqb record", "format": "symbolic-mqb record"}', "occurs twice"),
        ('{"format": 1e5}', "not a number of a record"),
        ('{"format": NaN}', "not a number of a record"),
        ("[" * 100_000, "not a record"),
        ("", "not a record"),
        (
            '{"format": "symbolic-mqb record", "version": 1, "terms": [], "steps": [], "claims": {}}',
            "refused: the record claims nothing",
        ),
    ],
)
def test_what_json_lets_through_a_record_does_not(tmp_path, text, why):
    path = tmp_path / "record.json"
    path.write_text(text)
    run = invoke("replay", path)
    assert run.exit_code == 1
    assert why in run.output
