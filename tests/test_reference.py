"""The printed reference of the record holds every operation and every rule of the tables."""

import subprocess
import sys

from symbolic_mqb.kernel.signatures import SIGNATURES, SORTS
from symbolic_mqb.reference import MEANINGS, reference
from symbolic_mqb.rules import RULES


def test_every_operation_has_a_meaning_and_no_other():
    assert set(MEANINGS) == set(SIGNATURES)


def test_every_sort_and_operation_is_there():
    page = reference()
    assert all(f"| `{name}` |" in page for name in (*SORTS, *SIGNATURES))


def test_every_rule_is_there_with_its_arguments_and_its_inference():
    page = reference()
    for name, rule in RULES.items():
        section = page.partition(f"### {name}\n")[2].partition("\n### ")[0]
        assert "Arguments: `" in section
        assert rule.__doc__.splitlines()[0].strip() in section


def test_it_is_printed():
    run = subprocess.run([sys.executable, "-m", "symbolic_mqb.reference"], capture_output=True, text=True, check=True)
    assert run.stdout == reference()
