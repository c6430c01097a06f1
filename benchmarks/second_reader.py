"""The record of the book before the second reader, and records with one thing changed.

    python benchmarks/second_reader.py [--mutants N] [--seed S] [--json FILE] [LABEL …]

`symbolic-mqb verify --jobs 1 --record` writes the record of the labels, of the whole book by default. The reader of
`tests/record_reader` reads it and says how each step was checked; then it is given N seeded mutants of the record. A
mutant that it accepts is replayed by the kernel: if that accepts it too, it is another valid record. If not, and every
step and claim says what it said before, a reason was changed into one that is false nowhere that the reader looked, and
nothing else is proved; the rest was missed. The exit code is 1 if the record is refused.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from symbolic_mqb.replay import check as replay

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from record_reader.hypotheses import Tester
from record_reader.mutants import Mutator, stated
from record_reader.reader import Reader, read
from record_reader.terms import Bad


def recorded(labels: list[str]) -> str:
    """The text of the record."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "record.json"
        command = [sys.executable, "-m", "symbolic_mqb", "verify", "--jobs", "1", "--record", str(target), *labels]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        return target.read_text(encoding="utf-8")


def judged(reader: Reader, record: dict[str, Any], mutant: dict[str, Any]) -> str:
    """What becomes of a mutant of the record."""
    try:
        reader.check(mutant)
    except Bad:
        return "mutants refused"
    if "claims" in replay(json.dumps(mutant)):
        return "mutants that are valid records"
    return "mutants that state the same for another reason" if stated(mutant) == stated(record) else "mutants missed"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="The second reader on the record of the book and on mutants of it.")
    parser.add_argument("labels", nargs="*")
    parser.add_argument("--mutants", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    reader, record = Reader(Tester()), read(recorded(options.labels))
    try:
        reader.check(record)
    except Bad as no:
        print(f"refused: {no}")
        return 1
    counts: Counter[str] = Counter({"steps accepted": len(record["steps"])})
    counts.update({f"steps {how}": n for how, n in reader.counts.most_common()})
    counts["mutants tried"] = 0
    for change, mutant in Mutator(record, seed=options.seed).mutants(options.mutants):
        verdict = judged(reader, record, mutant)
        counts.update((verdict, "mutants tried"))
        if verdict != "mutants refused":
            print(f"{verdict}: {change}", flush=True)
    print("\n".join(f"{n:7} {what}" for what, n in counts.items()))
    if options.json:
        report = {"seed": options.seed, "counts": counts}
        options.json.write_text(json.dumps(report, indent=1, ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
