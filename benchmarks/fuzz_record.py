"""Coverage-guided fuzzing of the record's reader: every input is accepted or refused, none crashes it.

    pip install atheris && python benchmarks/fuzz_record.py SECONDS [LABEL]

Each input is a record of the label (A14 by default), at places that the fuzzer chooses replaced, moved,
dropped, repeated or nested by what the fuzzer chooses, or the fuzzer's bytes themselves. An accepted record
must still claim what it claimed, or terms that the fuzzer wrote itself. Prints how many were tried.
"""

from __future__ import annotations

import copy
import json
import os
import signal
import sys
import time
from collections import Counter
from typing import Any

import atheris

with atheris.instrument_imports(include=["symbolic_mqb.kernel", "symbolic_mqb.rules", "symbolic_mqb.replay"]):
    from symbolic_mqb.replay import check
    from symbolic_mqb.rules import RULES

from symbolic_mqb.book import paper

COUNTS: Counter[str] = Counter()
OPERATIONS = (
    "num",
    "var",
    "bound",
    "lam",
    "head",
    "call",
    "add",
    "mul",
    "pow",
    "exp",
    "sum",
    "integral",
    "coeff",
    "eq",
)


class Late(BaseException):
    """An input that asks for more than a second of work: `replay` bounds it from outside."""


def _late(*_: object) -> None:
    raise Late


def value(data: Any) -> Any:
    """A piece of JSON that the fuzzer chooses."""
    which = data.ConsumeIntInRange(0, 9)
    if which == 0:
        return data.ConsumeUnicodeNoSurrogates(8)
    if which == 1:
        return data.ConsumeInt(8)
    if which == 2:
        return {"t": data.ConsumeIntInRange(-1, 400)}
    if which == 3:
        return {"s": data.ConsumeIntInRange(-1, 200)}
    if which == 4:
        return data.PickValueInList(sorted(RULES))
    if which == 5:
        return data.PickValueInList(list(OPERATIONS))
    if which == 6:
        return [value(data) for _ in range(data.ConsumeIntInRange(0, 4))]
    return data.PickValueInList([None, True, 0, 1, -1, "1/0", "nat", "real", [], {}, 10**30, "9" * 40])


def disturb(record: dict[str, Any], data: Any) -> None:
    """Change the record at one place."""
    place: Any = record
    key: Any = data.PickValueInList(sorted(record) or [None])
    if key is None:
        return
    while isinstance(place[key], (dict, list)) and place[key] and data.ConsumeIntInRange(0, 7):
        place = place[key]
        keys = sorted(place) if isinstance(place, dict) else range(len(place))
        key = keys[data.ConsumeIntInRange(0, len(keys) - 1)]
    how = data.ConsumeIntInRange(0, 4)
    if how == 0 and isinstance(place, list):
        place.insert(key, copy.deepcopy(place[key]))
    elif how == 1:
        del place[key]
    elif how == 2 and isinstance(place[key], list):
        place[key].reverse()
    elif how == 3 and isinstance(place[key], int):
        place[key] += data.ConsumeIntInRange(-3, 3)
    else:
        place[key] = value(data)


def one_input(base: dict[str, Any], raw: bytes) -> None:
    """Try one input; any exception but the two that bound it is a finding."""
    data = atheris.FuzzedDataProvider(raw)
    if data.ConsumeIntInRange(0, 9) == 0:
        text = data.ConsumeUnicode(4000)
    else:
        record = copy.deepcopy(base)
        for _ in range(data.ConsumeIntInRange(1, 3)):
            disturb(record, data)
        text = json.dumps(record)
    signal.setitimer(signal.ITIMER_REAL, 1)
    try:
        answer = check(text)
    except Late:
        COUNTS["late"] += 1
        return
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    assert set(answer) in ({"claims"}, {"refused"}), answer
    COUNTS["refused" if "refused" in answer else "accepted"] += 1


def main() -> None:
    """Fuzz for so many seconds and print the counts."""
    seconds = int(sys.argv[1])
    label = sys.argv[2] if len(sys.argv) > 2 else "A14"
    base = json.loads(json.dumps(paper().record([label]).data()))
    assert "claims" in check(json.dumps(base))
    signal.signal(signal.SIGALRM, _late)
    end = time.monotonic() + seconds

    def tried(raw: bytes) -> None:
        if time.monotonic() > end:  # libFuzzer leaves without asking Python: say it before
            print(f"{sum(COUNTS.values())} inputs: {dict(COUNTS)}", flush=True)
            os._exit(0)
        one_input(base, raw)

    atheris.Setup([sys.argv[0], "-max_len=4096", "-verbosity=0", "-print_final_stats=0"], tried)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
