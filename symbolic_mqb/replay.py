"""A fresh process that knows the kernel and the rules only: reads a record, re-runs it, answers in JSON.

`python -m symbolic_mqb.replay [pieces | SECONDS MIB] < record.json` prints {"claims": [label, …]} and exits 0,
or {"refused": reason} and exits 1. With the word `pieces` each line of the input is a piece of a
record, re-run as soon as it is there. With the two numbers the operating system ends the process once it
has used so many seconds of processor time or so much memory: a record from elsewhere may ask for
any amount of work.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Iterable
from typing import Any

from .kernel.errors import Refused
from .kernel.record import Replay
from .rules import RULES


def check(*pieces: str | bytes) -> dict[str, Any]:
    """The answer to one record, or to the pieces of one; bytes are UTF-8."""
    return _check(pieces)


def _check(pieces: Iterable[str | bytes]) -> dict[str, Any]:
    whole = Replay(RULES)
    try:
        for piece in pieces:
            text = piece if isinstance(piece, str) else str(piece, "utf-8")
            whole.take(json.loads(text, object_pairs_hook=_once, parse_constant=_no_number, parse_float=_no_number))
        return {"claims": sorted(whole.claims)}
    except Refused as no:
        return {"refused": str(no)}
    except (ValueError, RecursionError) as error:
        return {"refused": f"not a record: {error}"}
    except MemoryError:
        return {"refused": "the record needs more memory than it may use"}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys are distinct: of two claims of one label, neither counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a field or label occurs twice")
    return found


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is not a number of a record: they are integers")


def limit(seconds: int, mebibytes: int) -> None:
    """Bound the processor time and the memory of this process, where the system can."""
    try:
        import resource
    except ImportError:  # not a POSIX system
        return
    memory = mebibytes << 20
    for what, soft, hard in ((resource.RLIMIT_CPU, seconds, seconds + 1), (resource.RLIMIT_AS, memory, memory)):
        most = resource.getrlimit(what)[1]  # which this process was started with, and cannot raise
        least = (soft, hard) if most == resource.RLIM_INFINITY else (min(soft, most), min(hard, most))
        resource.setrlimit(what, least)


def main() -> int:
    """Read standard input, write the answer."""
    if len(sys.argv) == 3:
        limit(int(sys.argv[1]), int(sys.argv[2]))
    gc.disable()  # a short life among terms without cycles: collections would find next to nothing
    source = sys.stdin.buffer  # a record is UTF-8, whatever the environment's encoding
    answer = _check(source if sys.argv[1:] == ["pieces"] else [source.read()])
    sys.stdout.buffer.write(json.dumps(answer).encode())
    return 1 if "refused" in answer else 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    os._exit(status)  # to give back the terms one by one would take longer than to answer
