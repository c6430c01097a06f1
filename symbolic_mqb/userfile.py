"""A user's own derivation file: Python, run as such, whose results join a book that knows the paper's.

The file is trusted no more than any other author: running it only declares results, and these are
proved by the same kernel. It is a program all the same: run only files that you would run in Python.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, suppress
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

from .book import Book, declarations
from .deadline import OutOfTime, within
from .kernel.errors import Refused, TermError
from .results import Declared, Definition, Result


class UnusableFile(Exception):
    """A derivation file that cannot be read, cannot be run, or declares nothing."""


def load(path: Path, book: Book, timeout: float | None = None) -> list[str]:
    """Run the file, for so many seconds at the most, and add its results to the book; their labels, in order."""
    module, made = _run(path, timeout)
    found = declarations(module)
    for result, line in made:
        if not any(_covers(other, result) for other in found):
            raise UnusableFile(
                f"{path}:{line}: no name of the file holds the result ({result.label}) that is made here, so it would "
                "not be verified: bind it to a name of its own or put it into a list; make it once, without drafts"
            )
    if not found:
        raise UnusableFile(f"{path}: the file declares no result: it needs a module-level Result or Definition")
    for declared in found:
        try:
            book.add(declared)
        except TermError as error:
            raise UnusableFile(f"{path}: {error}; give the result a label of its own") from error
    return [declared.label for declared in found]


def _covers(declared: Declared, lost: Declared) -> bool:
    """Verifying the one verifies what the other says: it is the same, or a draft of it with other words."""
    if declared is lost:
        return True
    whole = all(getattr(declared, n, None) == getattr(lost, n, None) for n in ("label", "symbol", "given", "chain"))
    extra = all(getattr(lost, n, ()) in ((), getattr(declared, n, ())) for n in ("errata", "cites", "needs"))
    return type(declared) is type(lost) and whole and extra


def _run(path: Path, timeout: float | None) -> tuple[ModuleType, list[tuple[Declared, int]]]:
    """The file's module, and each result that was made in it, with the line."""
    if path.is_dir():
        raise UnusableFile(f"{path}: this is a folder, not a derivation file")
    try:
        source = path.read_bytes()
    except (OSError, ValueError) as error:
        raise UnusableFile(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    module = ModuleType(f"symbolic_mqb_user_{path.stem}")
    module.__file__ = str(path)
    try:
        with chdir("."), _as_a_program(path, module), _noting(str(path)) as made, within(timeout):
            exec(compile(source, str(path), "exec", dont_inherit=True), module.__dict__)
    except SyntaxError as error:
        line = "" if error.lineno is None else f":{error.lineno}"
        raise UnusableFile(f"{error.filename or path}{line}: not Python: {error.msg}") from error
    except OutOfTime as error:
        raise UnusableFile(f"{path}{_line(error, str(path))}: the file ran longer than {timeout:g} s") from error
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        line = _line(error, str(path))
        kind = "" if isinstance(error, (TermError, Refused)) else f"{type(error).__name__}: "
        raise UnusableFile(f"{path}{line}: {kind}{error}".removesuffix(": ")) from error
    return module, made


@contextmanager
def _as_a_program(path: Path, module: ModuleType) -> Iterator[None]:
    """While a program runs, its folder is searched first for what it imports, and its module is known by name."""
    folder, before = str(path.resolve().parent), set(sys.modules)
    sys.path.insert(0, folder)
    sys.modules[module.__name__] = module
    try:
        yield
    finally:
        with suppress(ValueError):
            sys.path.remove(folder)
        for name in set(sys.modules) - before:  # the next file's helper may have the name of this one's
            if "." not in name and os.path.dirname(getattr(sys.modules[name], "__file__", None) or "") == folder:
                del sys.modules[name]
        sys.modules.pop(module.__name__, None)


@contextmanager
def _noting(path: str) -> Iterator[list[tuple[Declared, int]]]:
    """Note each result that is made by the file at `path`, and in which of its lines."""
    made: list[tuple[Declared, int]] = []

    def noted(check: Callable[[Any], None]) -> Callable[[Any], None]:
        def check_and_note(declared: Any) -> None:
            check(declared)
            line = _line_in(path, sys._getframe(1))
            if line:
                made.append((declared, line))

        return check_and_note

    before = {kind: kind.__post_init__ for kind in (Result, Definition)}
    for kind, check in before.items():
        setattr(kind, "__post_init__", noted(check))  # noqa: B010  (a method is assigned for a while)
    try:
        yield made
    finally:
        for kind, check in before.items():
            setattr(kind, "__post_init__", check)  # noqa: B010


def _line_in(path: str, frame: FrameType | None) -> int:
    """The line of the file that is being run; 0 within a module that it imports."""
    while frame is not None and not frame.f_code.co_filename.startswith("<frozen importlib"):
        if frame.f_code.co_filename == path:
            return frame.f_lineno
        frame = frame.f_back
    return 0


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
