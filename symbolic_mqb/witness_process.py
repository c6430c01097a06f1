"""A numerical witness as a process: reads statements, evaluates both sides, answers. Knows no rule."""

from __future__ import annotations

import pickle
import sys
from typing import BinaryIO

from .evidence import Evidence, Task, spare_the_collector


def examine(task: Task) -> Evidence:
    """The evidence for one statement. A crash is reported and never counts as agreement."""
    from .numerics.rates import Rate
    from .numerics.witness import check, check_at

    try:
        if task.at is None:
            rate = None if task.rate is None else Rate(*task.rate)
            found = check(task.statement, task.given, digits=task.digits, seed=task.seed, rate=rate)
        else:
            values = dict(task.at)
            given = tuple(h for h in task.given if h.free <= values.keys())
            found = check_at(task.statement, values, digits=task.digits, hypotheses=given)
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
    while True:
        try:
            task = pickle.load(source)
        except EOFError:
            return
        pickle.dump(examine(task), sink)
        sink.flush()


if __name__ == "__main__":
    spare_the_collector()
    # pickle finds classes by module name: the tasks come as symbolic_mqb.evidence.Task
    serve(sys.stdin.buffer, sys.stdout.buffer)
