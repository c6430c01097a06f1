"""A user's own derivation file: Python, run as such, whose results join a book that knows the paper's.

The file is trusted no more than any other author: running it only declares results, and these are
proved by the same kernel. It is a program all the same: run only files that you would run in Python.
"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from .book import Book, declarations
from .kernel.errors import Refused, TermError


class UnusableFile(Exception):
    """A derivation file that cannot be read, cannot be run, or declares nothing."""


def load(path: Path, book: Book) -> list[str]:
    """Run the file, add its results to the book; their labels, in order."""
    found, seen = [], set()
    for declared in declarations(_run(path)):
        if id(declared) in seen:
            continue
        seen.add(id(declared))
        try:
            book.add(declared)
        except TermError as error:
            raise UnusableFile(f"{path}: {error}; give the result a label of its own") from error
        found.append(declared.label)
    if not found:
        raise UnusableFile(f"{path}: the file declares no result: it needs a module-level Result or Definition")
    return found


def _run(path: Path) -> ModuleType:
    if path.is_dir():
        raise UnusableFile(f"{path}: this is a folder, not a derivation file")
    try:
        source = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UnusableFile(f"{path}: not a text file in UTF-8") from error
    except OSError as error:
        raise UnusableFile(f"{path}: cannot be read: {error.strerror or error}") from error
    name = f"symbolic_mqb_user_{path.stem}"
    module = ModuleType(name)
    module.__file__ = str(path)
    try:
        exec(compile(source, str(path), "exec"), module.__dict__)
    except SyntaxError as error:
        raise UnusableFile(f"{path}:{error.lineno}: not Python: {error.msg}") from error
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        line = _line(error, str(path))
        kind = "" if isinstance(error, (TermError, Refused)) else f"{type(error).__name__}: "
        raise UnusableFile(f"{path}{line}: {kind}{error}".removesuffix(": ")) from error
    return module


def _line(error: BaseException, path: str) -> str:
    """`:line` of the deepest frame in the file."""
    line, trace = "", error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            line = f":{trace.tb_lineno}"
        trace = trace.tb_next
    return line


def is_path(argument: str) -> bool:
    """The argument of `verify` names a file rather than a label."""
    return argument.endswith(".py") or "/" in argument or "\\" in argument


__all__ = ["UnusableFile", "is_path", "load"]
