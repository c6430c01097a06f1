"""A limit on the time of a proof: what runs past it is stopped where it stands."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class OutOfTime(BaseException):
    """A proof, or a file, ran longer than it may; no `except Exception` in it goes on all the same."""


@contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """Raise `OutOfTime` in the body once `seconds` of wall time have passed.

    The operating system's timer interrupts the main thread; where there is none (another thread, a
    system without it) or `seconds` is None, there is no limit.
    """
    main = threading.current_thread() is threading.main_thread()
    if seconds is None or not main or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise OutOfTime(f"no proof within {seconds:g} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
