"""The size of the trusted base: which files a verdict rests on, and how many lines of code they hold."""

from __future__ import annotations

import ast
from pathlib import Path

_HERE = Path(__file__).resolve().parent


def trusted_files() -> list[Path]:
    """The kernel, the rules and the replaying process."""
    return [*sorted((_HERE / "kernel").glob("*.py")), *sorted((_HERE / "rules").glob("*.py")), _HERE / "replay.py"]


def lines_of_code(source: str) -> int:
    """Lines that are neither blank nor comment nor docstring."""
    skip: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and node.body:
            first = node.body[0]
            if (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            ):
                skip |= set(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    kept = (text.strip() for i, text in enumerate(source.splitlines(), 1) if i not in skip)
    return sum(1 for text in kept if text and not text.startswith("#"))


def trusted_base() -> list[tuple[str, int]]:
    """(file, lines of code) of each trusted file, by its path in the package."""
    return [
        (f"symbolic_mqb/{p.relative_to(_HERE).as_posix()}", lines_of_code(p.read_text(encoding="utf-8")))
        for p in trusted_files()
    ]
