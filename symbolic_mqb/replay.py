"""A fresh process that knows the kernel and the rules only: reads a record, re-runs it, answers in JSON.

`python -m symbolic_mqb.replay < record.json` prints {"claims": [label, …]} and exits 0, or
{"refused": reason} and exits 1.
"""

from __future__ import annotations

import gc
import json
import sys
from typing import Any

from .kernel.errors import Refused
from .kernel.record import replay
from .rules import RULES


def check(text: str) -> dict[str, Any]:
    """The answer to one record."""
    try:
        data = json.loads(text)
        return {"claims": sorted(replay(data, RULES))}
    except Refused as no:
        return {"refused": str(no)}
    except (ValueError, RecursionError) as error:
        return {"refused": f"not a record: {error}"}


def main() -> int:
    """Read standard input, write the answer."""
    gc.freeze()  # a short life among terms without cycles: full collections would find nothing
    gc.set_threshold(50_000, 20, 50)
    answer = check(sys.stdin.read())
    json.dump(answer, sys.stdout)
    return 1 if "refused" in answer else 0


if __name__ == "__main__":
    sys.exit(main())
