"""Imports point one way: kernel ← rules ← tactics ← derivations, and SymPy stays at the edge."""

import ast
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

import symbolic_mqb.derivations
from symbolic_mqb.trusted import lines_of_code, trusted_base

PACKAGE = Path(str(files("symbolic_mqb")))
DERIVATIONS = Path(symbolic_mqb.derivations.__file__).parent
#: What each part may import from the package: prefixes of modules, itself included.
ALLOWED = {
    "kernel": ("kernel",),
    "rules": ("kernel", "rules"),
    "tactics": ("kernel", "rules", "tactics"),
    "notation": ("kernel", "notation"),
    "numerics": (
        *("kernel.terms", "kernel.signatures", "kernel.kinds", "kernel.errors", "kernel.arithmetic", "kernel.show"),
        *("notation", "numerics"),
    ),
    "render": (
        "kernel",
        "render",
        "tactics",
        "book",
        "results",
        "report",
        "evidence",
        "processes",
        "proving",
        "verify",
    ),
}


def imported(path, package):
    """Full names of the modules that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def sources(part):
    for path in sorted((PACKAGE / part).rglob("*.py")):
        inside = path.parent.relative_to(PACKAGE).parts
        yield path, ".".join(("symbolic_mqb", *inside))


def own(name):
    """The part after the package's name, if the module is the package's own."""
    return name.removeprefix("symbolic_mqb.") if name.startswith("symbolic_mqb.") else None


def within(module, allowed):
    return any(module == a or module.startswith(a + ".") for a in allowed)


@pytest.mark.parametrize("part", sorted(ALLOWED))
def test_a_part_imports_nothing_above_it(part):
    wrong = []
    for path, package in sources(part):
        for name in imported(path, package):
            module = own(name)
            # `from .kernel import terms` yields both kernel and kernel.terms: a package prefix is fine
            if module and not within(module, ALLOWED[part]) and not any(a.startswith(module) for a in ALLOWED[part]):
                wrong.append(f"{path.name} imports {name}")
    assert not wrong


def test_the_replaying_process_imports_kernel_and_rules_only():
    names = [own(n) for n in imported(PACKAGE / "replay.py", "symbolic_mqb")]
    assert all(within(n, ("kernel", "rules")) for n in names if n)
    script = "import sys, symbolic_mqb.replay; print(*sorted(m for m in sys.modules if m.startswith('symbolic_mqb.')))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert all(within(own(m), ("kernel", "rules", "replay")) for m in loaded), loaded


def test_the_modules_of_the_kernel_import_one_another_in_one_direction():
    """Each can be read after those that it imports; a term, its operators and its text are one."""
    one = {"arithmetic": "terms", "show": "terms"}
    modules = {path.stem for path, _ in sources("kernel")} - {"__init__"}
    uses = {}
    for path, package in sources("kernel"):
        names = {own(name).split(".")[1] for name in imported(path, package) if (own(name) or "").count(".")}
        mine = one.get(path.stem, path.stem)
        uses.setdefault(mine, set()).update({one.get(n, n) for n in names & modules} - {mine})
    while uses:
        ready = [name for name, needs in uses.items() if not needs & uses.keys()]
        assert ready, f"modules that import one another: {sorted(uses)}"
        for name in ready:
            del uses[name]


def test_derivations_never_import_one_another():
    wrong = []
    for path in sorted(DERIVATIONS.rglob("*.py")):
        if path == DERIVATIONS / "__init__.py":  # the table of contents
            continue
        package = ".".join(("symbolic_mqb.derivations", *path.parent.relative_to(DERIVATIONS).parts))
        for name in imported(path, package):
            if name.startswith("symbolic_mqb.derivations") or name.startswith("derivations"):
                wrong.append(f"{path.name} imports {name}")
    assert not wrong


def test_only_the_bridge_imports_sympy():
    wrong = [
        str(path.relative_to(PACKAGE))
        for path in sorted(PACKAGE.rglob("*.py"))
        if "sympy_bridge" not in path.parts
        and any(name.split(".")[0] == "sympy" for name in imported(path, "symbolic_mqb"))
    ]
    assert not wrong


def test_the_command_line_starts_without_sympy_and_without_the_kernel():
    heavy = "('sympy', 'rich', 'flint', 'symbolic_mqb.kernel')"
    script = f"import sys, symbolic_mqb.cli; print(*[m for m in {heavy} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


def test_the_trusted_base_is_counted_without_comments_and_docstrings():
    source = '"""Module\ndocstring."""\n\n# comment\nx = 1  # code\n\n\ndef f():\n    """Doc."""\n    return x\n'
    assert lines_of_code(source) == 3
    counted = dict(trusted_base())
    assert "symbolic_mqb/replay.py" in counted
    assert all(path.split("/")[1] in ("kernel", "rules", "replay.py") for path in counted)


def test_nothing_is_registered_or_proved_at_import():
    script = (
        "import symbolic_mqb.kernel.theorem as t\n"
        "made = []\n"
        "original = t.Theorem.__init__\n"
        "t.Theorem.__init__ = lambda self, *a: (made.append(1), original(self, *a))[1]\n"
        "import importlib\n"
        "from symbolic_mqb.derivations import CONTENTS\n"
        "[importlib.import_module(m) for m in CONTENTS]\n"
        "print(len(made))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "0"


def test_no_two_rules_share_a_name():
    """A record names its rules, so a name stands for one rule."""
    from symbolic_mqb.rules import MODULES, RULES

    assert len(RULES) == sum(len(module.RULES) for module in MODULES)
