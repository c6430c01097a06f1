"""The standard streams, and how the process ends: no traceback for what a user does."""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

import click

#: The output cannot be written: nothing that the program could mend.
_UNWRITABLE = (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EFBIG, errno.EBADF)


def run(body: Callable[[], int | None]) -> NoReturn:
    """Call `body` and end the process with the status that it returns.

    130 for Ctrl-C, quietly 141 when the pipe closes, 2 for what cannot be used or written.
    """
    try:
        _ready()
        status = body() or 0
        sys.stdout.flush()
    except (KeyboardInterrupt, click.exceptions.Abort):
        status = _failed("interrupted", 130)
    except click.ClickException as error:
        with suppress(OSError, ValueError):
            error.show()
        status = error.exit_code
    except MemoryError:
        status = _failed("Error: there is not enough memory", 2)
    except click.exceptions.Exit as leaving:
        status = leaving.exit_code
    except SystemExit as leaving:  # not from a command, which raises click's Exit
        closed = isinstance(leaving.__context__, BrokenPipeError)  # what rich makes of a closed pipe
        status = _closed() if closed else _failed("Error: something that was run raised SystemExit", 2)
    except BrokenPipeError:
        status = _closed()
    except OSError as error:
        if error.errno not in _UNWRITABLE:
            raise
        _drop_output()
        status = _failed(f"Error: cannot write the output: {error.strerror}", 2)
    leave(status)


def say(text: str) -> None:
    """A line on standard error, if it can be written there: that it cannot changes no outcome."""
    with suppress(OSError, ValueError):
        click.echo(text, err=True)


def leave(status: int) -> NoReturn:
    """End the process at once: to give back millions of terms one by one would take seconds."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(status)


def _ready() -> None:
    """Streams that take any text: closed ones go nowhere, and what an old encoding lacks is replaced."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  (until the process ends)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            ascii_only = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding="utf-8" if ascii_only else None, errors="replace")


def _failed(text: str, status: int) -> int:
    say(text)
    return status


def _closed() -> int:
    _drop_output()
    return 141


def _drop_output() -> None:
    """Let what is still in the buffer of standard output go nowhere."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
