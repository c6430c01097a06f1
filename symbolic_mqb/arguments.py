"""What a command was asked for: labels of the book, files to write. Clear errors for what cannot be used."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from .book import Book
    from .results import Declared


class Unusable(click.ClickException):
    """Something that was asked for cannot be used: exit status 2."""

    exit_code = 2


class Seconds(click.FloatRange):
    """A time in seconds that the system's clocks can wait for: positive, some weeks at the most."""

    def __init__(self) -> None:
        super().__init__(0, 2e6, min_open=True)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number; `nan` is none that compares."""
        found = super().convert(value, param, ctx)
        if math.isnan(found):
            self.fail(f"{value} is not a number of seconds.", param, ctx)
        return found


class Target(click.Path):
    """A file to be written; a name that is empty or ends like a folder's is none."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path."""
        if isinstance(value, str) and (not value or value.endswith(("/", os.sep))):
            self.fail(f"the name of a file is expected, not {value!r}.", param, ctx)
        return super().convert(value, param, ctx)


class Folder(click.Path):
    """A folder that is there or can be made; an empty name, which would be the current folder, is none."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, file_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path."""
        if value == "":
            self.fail("the name of a folder is expected; the current folder is '.'.", param, ctx)
        return super().convert(value, param, ctx)


def paper_book() -> Book:
    """The paper's book."""
    from importlib import import_module

    from .book import Book

    return Book(import_module("symbolic_mqb.derivations").CONTENTS)


def complete_label(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """The labels that begin like this, for the shell."""
    return [label for label in paper_book().labels if label.lower().startswith(incomplete.lower())]


def declared_in(book: Book, label: str) -> Declared:
    """The declaration of a label, or `Unusable`."""
    from .book import UnknownLabel

    try:
        return book.declared(label)
    except UnknownLabel:
        unknown(book, label)
    except Exception as error:  # a derivation file under work; `verify` goes on with the others
        raise Unusable(f"the file that declares ({label}) does not run: {type(error).__name__}: {error}") from error


def unknown(book: Book, label: str) -> NoReturn:
    """Refuse a label that is not in the book, with the nearest ones."""
    from difflib import get_close_matches

    lower = {known.lower(): known for known in book.labels}
    near = [lower[m] for m in get_close_matches(label.lower().strip("()"), lower, n=4, cutoff=0.5)]
    hint = f"; did you mean {', '.join(near)}?" if near else "; `symbolic-mqb list` shows the labels"
    raise Unusable(f"no result is labelled {label!r}{hint}")


def chosen(book: Book, labels: tuple[str, ...]) -> list[str]:
    """The labels, each once; all of the book if none is given."""
    for label in labels:
        if label not in book.labels:
            unknown(book, label)
    return list(dict.fromkeys(labels)) or list(book.labels)


def writable(*paths: Path | None, inputs: Iterable[str] = ()) -> None:
    """Refuse a file that cannot be written, is read, or is to hold two things, before any work is done."""
    from .output import unwritable

    asked = [path for path in paths if path is not None]
    for path in asked:
        why = None if str(path) == "-" else unwritable(path)
        if why:
            raise Unusable(f"cannot write {path}: {why}")
        if str(path) != "-" and any(_same(path, given) for given in inputs):
            raise Unusable(f"cannot write {path}: it is the derivation file to be verified; name another file")
    where = ["-" if str(path) == "-" else os.path.realpath(path) for path in asked]
    if len(set(where)) < len(where):
        raise Unusable(f"{asked[0]}: the report and the record cannot both be written there")


def _same(path: Path, other: str) -> bool:
    """Both names are of one file, which is there."""
    with suppress(OSError, ValueError):
        return os.path.samefile(path, other)
    return False


def save(path: Path, text: str) -> None:
    """Write a whole file or nothing; `-` is standard output."""
    from .output import write_whole

    if str(path) == "-":
        click.echo(text, nl=False)
        return
    try:
        write_whole(path, text)
    except OSError as error:
        raise Unusable(f"cannot write {path}: {error.strerror or error}") from error
