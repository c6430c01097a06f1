"""A numerical witness as a process: reads statements, evaluates both sides, answers. Knows no rule."""

from __future__ import annotations

import os
import pickle
import sys
from typing import TYPE_CHECKING, BinaryIO

from .evidence import Evidence, Task, spare_the_collector

if TYPE_CHECKING:
    from .numerics.bench import Bench


#: The first message: the interpreter has started, and from now on time is a statement's own.
READY = "ready"


def examine(task: Task, bench: Bench | None = None) -> Evidence:
    """The evidence for one statement. A crash is reported and never counts as agreement."""
    from .numerics.rates import Rate
    from .numerics.witness import check, check_at

    try:
        if task.at is None:
            rate = None if task.rate is None else Rate(*task.rate)
            found = check(task.statement, task.given, digits=task.digits, seed=task.seed, rate=rate, bench=bench)
        else:
            values = dict(task.at)
            given = tuple(h for h in task.given if h.free <= values.keys())
            found = check_at(task.statement, values, digits=task.digits, hypotheses=given, bench=bench)
    except Exception as error:
        return Evidence("undecided", reason=f"the numerical witness failed: {type(error).__name__}: {error}")
    return Evidence(
        found.verdict,
        found.points,
        found.digits,
        found.certified,
        tuple(sorted((found.counterexample or {}).items())),
        found.left,
        found.right,
        found.reason,
    )


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer until the pipe closes."""
    from .numerics.bench import Bench
    from .numerics.witness import check  # noqa: F401 - so that no statement waits for the import

    pickle.dump(READY, sink)
    sink.flush()
    bench, incoming = Bench(), pickle.Unpickler(source)  # what was sent before is only referred to
    while True:
        try:
            task = incoming.load()
        except EOFError:
            return
        pickle.dump(examine(task, bench), sink)
        sink.flush()


if __name__ == "__main__":
    spare_the_collector()
    if hasattr(os, "nice"):
        os.nice(10)  # proving and replaying wait for one another; the witnesses fill what they leave idle
    # pickle finds classes by module name: the tasks come as symbolic_mqb.evidence.Task
    serve(sys.stdin.buffer, sys.stdout.buffer)
