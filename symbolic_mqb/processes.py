"""The child processes: fresh ones that replay a record, numerical witnesses, further provers.

Children share nothing with this process but a pipe. They do not see the terminal's Ctrl-C: whoever
started them stops them.
"""

from __future__ import annotations

import heapq
import json
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from .evidence import Evidence, Task
from .kernel.record import Writer
from .proving import Failure, Proved


def spawn(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    """A fresh interpreter that runs a module of this package, with pipes to it."""
    path = str(Path(__file__).resolve().parent.parent)
    old = os.environ.get("PYTHONPATH")
    return subprocess.Popen(
        [sys.executable, "-P", "-m", f"symbolic_mqb.{module}", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path + (os.pathsep + old if old else "")},
        process_group=0 if os.name == "posix" else None,
    )


class _Closing:
    """What is closed at the end of a `with`."""

    def close(self) -> None:
        """Stop its processes."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


class Replayer(_Closing):
    """A fresh process that knows the kernel and the rules only. One record each, whole or in pieces.

    `seconds` of wall time and, if given, as many of processor time and `mebibytes` of memory are the most.
    """

    def __init__(self, seconds: float | None = None, mebibytes: int | None = None, pieces: bool = False) -> None:
        bounds = () if mebibytes is None or seconds is None else (str(max(1, round(seconds))), str(mebibytes))
        self._process, self._seconds = spawn("replay", *(("pieces",) if pieces else bounds)), seconds
        self._threads = ThreadPoolExecutor(1)
        self._answer: Future[dict[str, Any]] | None = None

    def send(self, record: str) -> None:
        """Hand over the record and return at once."""
        self._answer = self._threads.submit(self._talk, record)

    def feed(self, piece: str) -> None:
        """Hand over a piece of a record and return at once."""
        self._threads.submit(self._write, piece)

    def end(self) -> None:
        """There are no more pieces."""
        self._answer = self._threads.submit(self._talk, None)

    def answer(self) -> dict[str, Any]:
        """{"claims": [label, …]} or {"refused": reason}."""
        assert self._answer is not None
        return self._answer.result()

    def _write(self, piece: str) -> None:
        assert self._process.stdin is not None
        with suppress(OSError, ValueError):  # it has refused a piece before, and says so
            self._process.stdin.write(piece.encode() + b"\n")
            self._process.stdin.flush()

    def _talk(self, record: str | None) -> dict[str, Any]:
        try:
            out, err = self._process.communicate(None if record is None else record.encode(), self._seconds)
        except subprocess.TimeoutExpired:
            _stop(self._process)
            return self._late()
        if self._process.returncode and self._process.returncode == -getattr(signal, "SIGXCPU", 0):
            return self._late()
        try:
            answer = json.loads(out)
        except ValueError:
            last = err.decode(errors="replace").strip().splitlines()[-1:]
            return {"refused": f"the replaying process ended with status {self._process.returncode}: {' '.join(last)}"}
        if not isinstance(answer, dict) or not {"claims", "refused"} & set(answer):
            return {"refused": "the replaying process gave no answer"}
        if "claims" in answer and self._process.returncode:
            return {"refused": f"the replaying process ended with status {self._process.returncode}"}
        return answer

    def _late(self) -> dict[str, Any]:
        return {"refused": f"not re-run within {self._seconds:g} s"}

    def close(self) -> None:
        """Stop the process."""
        _stop(self._process)
        self._threads.shutdown(wait=False, cancel_futures=True)


class Prover(_Closing):
    """Another process that proves some labels of the contents."""

    def __init__(self, contents: Mapping[str, Iterable[str]], labels: list[str], timeout: float | None = None) -> None:
        self._labels = labels
        self._process = spawn("prover_process")
        self._threads = ThreadPoolExecutor(1)
        self._answer = self._threads.submit(self._process.communicate, pickle.dumps((contents, labels, timeout)))

    def answer(self) -> Proved:
        """What came of it; a process that dies has proved nothing."""
        out, err = self._answer.result()
        try:
            found = pickle.loads(out)
            assert isinstance(found, Proved)
            return found
        except (EOFError, AssertionError, pickle.PickleError):
            last = " ".join(err.decode(errors="replace").strip().splitlines()[-1:])
            status = self._process.returncode
            lost = {
                label: Failure(label, f"a proving process ended with status {status}: {last}") for label in self._labels
            }
            return Proved({}, lost, dict.fromkeys(self._labels, 0.0), [json.dumps(Writer().data())])

    def close(self) -> None:
        """Stop the process."""
        _stop(self._process)
        self._threads.shutdown(wait=False, cancel_futures=True)


class Witnesses(_Closing):
    """Numerical witnesses: processes that evaluate both sides of a statement from their definitions.

    Statements that have points and terms in common are handed over together: one process tests them one after the
    other. Of the groups that wait, the heaviest is next, so that all processes end at about the same time.
    """

    def __init__(self, jobs: int, timeout: float | None = None) -> None:
        self._threads = ThreadPoolExecutor(max(jobs, 1))
        self._timeout = timeout
        self._mine = threading.local()
        self._all: list[subprocess.Popen[bytes]] = []
        self._tasks: dict[Task, Future[Evidence]] = {}
        self._waiting: list[tuple[float, int, list[tuple[Task, Future[Evidence]]]]] = []
        self._groups, self._closed = 0, False
        self._lock = threading.Lock()

    def submit(self, task: Task) -> Future[Evidence]:
        """The evidence, when it is there; a statement is tested once."""
        return self.together([task])[0]

    def together(self, tasks: Iterable[Task], weight: float = 0) -> list[Future[Evidence]]:
        """The evidence for each of some statements that belong together, about `weight` of work."""
        futures: list[Future[Evidence]] = []
        group: list[tuple[Task, Future[Evidence]]] = []
        for task in tasks:
            future = self._tasks.get(task) if task.at is None else None
            if future is None:
                future = Future()
                group.append((task, future))
                if task.at is None:
                    self._tasks[task] = future
            futures.append(future)
        if group:
            with self._lock:
                self._groups += 1
                heapq.heappush(self._waiting, (-weight, self._groups, group))
            self._threads.submit(self._next)
        return futures

    def _next(self) -> None:
        """Test the heaviest group."""
        with self._lock:
            *_, group = heapq.heappop(self._waiting)
        for task, future in group:
            if self._closed:
                future.cancel()
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(self._ask(task))
                except Exception as error:
                    future.set_exception(error)

    def _ask(self, task: Task) -> Evidence:
        process = getattr(self._mine, "process", None)
        if process is None or process.poll() is not None:
            with self._lock:
                if self._closed:  # nobody would stop another process
                    return Evidence("undecided", reason="the numerical witness was stopped")
                process = self._mine.process = spawn("witness_process")
                self._all.append(process)
            self._mine.pickler = None
        assert process.stdin is not None
        assert process.stdout is not None
        alarm = _Alarm(process, self._timeout)
        try:
            if self._mine.pickler is None:
                pickle.load(process.stdout)  # it has started, which is no statement's time
                self._mine.pickler = pickle.Pickler(process.stdin)  # it knows which terms were sent already
            with alarm:
                self._mine.pickler.dump(task)
                process.stdin.flush()
                answer = pickle.load(process.stdout)
            assert isinstance(answer, Evidence)
            return answer
        except Exception as error:
            _stop(process)  # what it has read and what it was sent are no longer the same
            if alarm.rang:
                return Evidence("undecided", reason=f"no value within {self._timeout:g} s")
            return Evidence("undecided", reason=f"the numerical witness failed: {type(error).__name__}")

    def close(self) -> None:
        """Stop all processes."""
        with self._lock:
            self._closed = True
            waiting = [future for *_, group in self._waiting for _, future in group]
        for future in waiting:
            future.cancel()
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in self._all:
            _stop(process)


class Workers(_Closing):
    """Processes that answer one question after the other, each in turn to whoever is free; both are pickled.

    They end with their pipes, also when this process is killed. An exception as the answer is raised.
    """

    def __init__(self, module: str, jobs: int) -> None:
        self._module, self._lock, self._closed = module, threading.Lock(), False
        self._threads, self._mine = ThreadPoolExecutor(max(jobs, 1)), threading.local()
        self._all: list[subprocess.Popen[bytes]] = []

    def submit(self, question: Any) -> Future[Any]:
        """The answer, when it is there."""
        return self._threads.submit(self._ask, question)

    def _ask(self, question: Any) -> Any:
        if not hasattr(self._mine, "process"):
            with self._lock:
                if self._closed:  # nobody would stop another process
                    raise RuntimeError("the workers were stopped")
                self._mine.process = spawn(self._module)
                self._all.append(self._mine.process)
        process = self._mine.process
        try:
            pickle.dump(question, process.stdin)
            process.stdin.flush()
            answer = pickle.load(process.stdout)
        except (OSError, EOFError, ValueError, pickle.UnpicklingError) as error:
            _stop(process)
            raise RuntimeError(f"a working process ended with status {process.returncode}") from error
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self) -> None:
        """Stop all processes."""
        with self._lock:
            self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in self._all:
            _stop(process)


class _Alarm:
    """Kills a process that has not answered in time."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float | None) -> None:
        self._process, self.rang = process, False
        self._timer = None if seconds is None else threading.Timer(seconds, self._ring)

    def _ring(self) -> None:
        self.rang = True
        self._process.kill()

    def __enter__(self) -> None:
        if self._timer is not None:
            self._timer.daemon = True
            self._timer.start()

    def __exit__(self, *error: object) -> None:
        if self._timer is not None:
            self._timer.cancel()


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
