"""A process that tries mutants: reads spans of them, answers with their rows. It ends when its pipe closes."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from queue import SimpleQueue
from typing import Any, BinaryIO

from ..evidence import spare_the_collector
from .parallel import attempt


def _read(source: BinaryIO, spans: SimpleQueue[Any]) -> None:
    """Hand on what is asked; when nobody can ask any more, end the process, whatever it is at."""
    while True:
        try:
            spans.put(pickle.load(source))
        except (EOFError, pickle.UnpicklingError):
            os._exit(0)


def main() -> None:
    """Answer each span with its rows, or with the exception that it ended in."""
    spare_the_collector()
    spans: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_read, args=(sys.stdin.buffer, spans), daemon=True).start()
    while True:
        answer: Any
        try:
            answer = attempt(*spans.get())
        except Exception as error:
            answer = error
        pickle.dump(answer, sys.stdout.buffer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
