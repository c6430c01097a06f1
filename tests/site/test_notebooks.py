"""The notebooks run from top to bottom without a screen, in a fresh kernel each, and hold no stored output."""

import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def test_there_is_one_for_each_appendix_and_tutorial():
    names = {p.stem for p in NOTEBOOKS}
    assert {f"appendix-{letter}" for letter in "abcd"} <= names
    assert sum(name.startswith("tutorial-") for name in names) >= 3


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_runs(path):
    if not os.environ.get("MQB_SITE"):
        pytest.importorskip("nbclient", reason="needs pip install -e '.[notebooks]'")
        pytest.importorskip("matplotlib", reason="needs pip install -e '.[notebooks]'")
        pytest.importorskip("ipykernel", reason="needs pip install -e '.[notebooks]'")
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [c for c in notebook.cells if c.cell_type == "code"]
    assert all(not c.outputs and c.execution_count is None for c in code)
    assert all(len(c.source.splitlines()) <= 30 for c in code)
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
