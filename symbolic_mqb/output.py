"""Writing files whole or not at all, and saying clearly why one cannot be written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write to a temporary file beside `path` and rename: no reader ever sees half a file.

    A link is followed: what it points at is replaced, not the link. What is no regular file (a device, a named
    pipe) is never replaced, but written to.
    """
    if _special(path):
        path.write_text(text, encoding="utf-8", newline="\n")
        return
    path = Path(os.path.realpath(path))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}"[:100] + ".")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as f:
            f.write(text)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def unwritable(path: Path) -> str | None:
    """Why this file cannot be written, or None. A temporary file beside it is tried, and removed."""
    try:
        if _special(path) and os.access(path, os.W_OK) and not path.is_dir():
            return None
        path = Path(os.path.realpath(path))
        if path.is_dir():
            return f"{path} is a folder"
        if not path.parent.is_dir():
            return f"the folder {path.parent} does not exist"
        if path.exists() and not os.access(path, os.W_OK):
            return "the file is read-only"
        os.lstat(path)
    except FileNotFoundError:
        pass  # a file to be made
    except (OSError, ValueError) as error:
        return getattr(error, "strerror", None) or str(error)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".symbolic-mqb.")
    except OSError as error:
        return f"the folder {path.parent} is not writable ({error.strerror or error})"
    os.close(handle)
    Path(name).unlink(missing_ok=True)
    return None


def _special(path: Path) -> bool:
    return path.exists() and not path.is_file()
