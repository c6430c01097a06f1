"""Peak memory of a run of `symbolic-mqb verify`, all of its processes together (Linux).

    python benchmarks/memory.py [--json FILE] [ARGUMENT …]

The arguments go to `symbolic-mqb verify`. Every twentieth of a second the memory of the process and its descendants is
read from /proc: the resident sets (RSS, pages that are shared are counted in each process) and the proportional ones
(PSS, a shared page is counted once in all). What lasts for less than that may be missed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

PROC = Path("/proc")
_INTERVAL = 0.05


def family(root: int) -> list[int]:
    """The process and its descendants."""
    found = [root]
    for pid in found:
        for tasks in (PROC / str(pid) / "task").glob("*/children"):
            try:
                found += map(int, tasks.read_text().split())
            except OSError:
                continue  # it has ended
    return found


def memory(pid: int) -> tuple[int, int]:
    """(RSS, PSS) of a process in kB; (0, 0) if it has ended."""
    try:
        rows = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0, 0
    sizes = {name: int(rest.split()[0]) for name, _, rest in (row.partition(":") for row in rows) if "kB" in rest}
    return sizes.get("Rss", 0), sizes.get("Pss", 0)


def watched(command: list[str]) -> dict[str, int]:
    """Run the command; the peaks in MB, its exit code, and how often it was looked at."""
    peak = {"largest process, RSS": 0, "all processes, RSS": 0, "all processes, PSS": 0, "processes at once": 0}
    samples = 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as run:
        while run.poll() is None:
            sizes = [m for m in map(memory, family(run.pid)) if m[0]]
            rss, pss = [m[0] for m in sizes], [m[1] for m in sizes]
            now = (max(rss, default=0), sum(rss), sum(pss), len(sizes))
            peak = {name: max(old, new) for (name, old), new in zip(peak.items(), now, strict=True)}
            samples += 1
            time.sleep(_INTERVAL)
    out = {f"peak of {name}, MB": round(kb / 1000) for name, kb in peak.items() if "SS" in name}
    return out | {"processes at once": peak["processes at once"], "samples": samples, "exit code": run.returncode}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Peak memory of `symbolic-mqb verify`.")
    parser.add_argument("--json", type=Path)
    options, rest = parser.parse_known_args(arguments)
    counts = watched([sys.executable, "-m", "symbolic_mqb", "verify", *rest])
    print("\n".join(f"{name}: {value}" for name, value in counts.items()))
    if options.json:
        options.json.write_text(json.dumps({"counts": counts}, indent=1), encoding="utf-8")
    return counts["exit code"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
