"""The written reference of the record is the one that the tables give."""

from pathlib import Path

from symbolic_mqb.kernel.terms import SIGNATURES
from symbolic_mqb.reference import MEANINGS, reference
from symbolic_mqb.rules import RULES

WRITTEN = Path(__file__).parents[1] / "docs" / "rules.md"


def test_every_operation_has_a_meaning_and_no_other():
    assert set(MEANINGS) == set(SIGNATURES)


def test_the_page_is_up_to_date():
    """If it fails: python -m symbolic_mqb.reference > docs/rules.md"""
    assert WRITTEN.read_text(encoding="utf-8") == reference()


def test_every_rule_is_there_with_its_arguments():
    page = reference()
    for name in RULES:
        section = page.partition(f"### {name}\n")[2].partition("\n### ")[0]
        assert "Arguments: `" in section
        assert len(section.splitlines()) >= 4
