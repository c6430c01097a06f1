"""The scores of the project, from the runs that measure them: `python benchmarks/scores.py [--only NAME …]`.

Each measure is a command of the project. It is run, its numbers are read, and they are written to
`docs/scores.json` with the command, the date, the commit and the machine, in place of the last run of the same
measure; the documentation shows that file and no other numbers. Run from a clean checkout: a run with uncommitted
changes is marked as such. `--label` restricts a measure to a few labels, for a trial; the entry then says so.

`--only` takes names of measures (`--list` prints them); without it all of them are run, which takes hours.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import click
import jsonschema

ROOT = Path(__file__).resolve().parents[1]
SCORES = ROOT / "docs" / "scores.json"
SCHEMA = ROOT / "docs" / "scores.schema.json"
PASSING = ("proved", "corrected", "definition", "cited")

Numbers = dict[str, int | float | str]


@dataclass(frozen=True)
class Measure:
    """A command whose output `read` turns into numbers. {json} in it is a file that it writes, else standard output."""

    name: str
    title: str
    command: tuple[str, ...]
    read: Callable[[Any], Numbers]
    labels: bool = False


# -- what the outputs say --------------------------------------------------------------------------
def verdicts(report: dict[str, Any]) -> Numbers:
    """Of `verify --json`."""
    results = report["results"]
    errata = [e for r in results for e in r["erratum"] or ()]
    out: Numbers = {"results": len(results)}
    out |= dict(Counter(r["verdict"] for r in results))
    out["pass"] = sum(r["verdict"] in PASSING for r in results)
    out["lines replayed in a fresh process"] = sum(r["lines_replayed"] for r in results)
    out["errata"] = len(errata)
    out |= {f"errata: {s}": n for s, n in Counter(e["severity"] for e in errata).items()}
    base = report["trusted_base"]
    return out | {"trusted lines of code": base["lines_of_code"], "trusted files": len(base["files"])}


def digits(report: dict[str, Any]) -> Numbers:
    """Of `verify --digits N --json`: what the numerics reached."""
    found = [r["numeric"] for r in report["results"] if r["numeric"]]
    certified = [n for n in found if n["certified"]]
    reached = [n["digits"] for n in certified if not n["exact"]]
    out: Numbers = {"digits asked": report["digits"], "results with numerics": len(found)}
    out |= {"exact": sum(bool(n["exact"]) for n in certified), "certified enclosures": len(reached)}
    out["certified to all digits asked"] = sum(d >= report["digits"] for d in reached)
    if reached:
        out["fewest certified digits"] = min(reached)
    return out | {"not certified": len(found) - len(certified)}


def book_mutants(tally: dict[str, Any]) -> Numbers:
    """Of `mutate --json`."""
    out: Numbers = {"mutants tried": tally["mutants"]}
    for what in ("killed by proof and numerics", "killed by proof only", "equivalent", "hypothesis not needed"):
        out[what] = tally[what]
    return out | {"survived": tally["survived"], "crashed": tally["crashed"]}


def counted(report: dict[str, Any]) -> Numbers:
    """Of a report that holds its counts."""
    return {str(k): v for k, v in report["counts"].items()}


def remainders(report: dict[str, Any]) -> Numbers:
    """Of `remainders.py --json`."""
    rows = report["rows"]
    shares = [c["share"] for r in rows for c in r["sizes"] if c["share"] is not None]
    out: Numbers = {"proved bounds": len(rows), "bounds tried, each N counted": sum(len(r["sizes"]) for r in rows)}
    out["errors outside their bound"] = sum(not c["inside"] for r in rows for c in r["sizes"])
    if not shares:
        return out
    last = [x for x in (r["sizes"][-1]["share"] for r in rows if r["sizes"]) if x]
    out["largest share of a bound taken up"] = round(max(shares), 6)
    out["median share, at the largest N"] = float(f"{median(last or [0]):.2g}")
    return out | {f"bounds less than {part} taken up": sum(x < part for x in last) for part in (0.1, 0.01, 0.001)}


def speed(rows: list[dict[str, Any]]) -> Numbers:
    """Of `run.py --json`: ratios, with their targets."""
    out: Numbers = {}
    for r in rows:
        spread = f"{r['ratio']:.3g} ({r['smallest']:.3g} … {r['largest']:.3g})"
        verdict = {True: ", met", False: ", missed", None: ""}[r["met"]]
        aim = "" if r["target"] == "–" else f"; target {r['target']}{verdict}"
        out[f"{r['name']}, against {r['other']}"] = spread + aim
    return out


def tested(report: dict[str, Any]) -> Numbers:
    """Of `mutate_checker.py --json`: the outcomes, and how many of the killed ones were killed in an earlier run."""
    return tried(report) | {k: report[k] for k in ("killed in an earlier run",)}


def tried(report: dict[str, Any]) -> Numbers:
    """Of `mutate_checker.py --json` and `fuzz_rules.py --json`: the outcomes, added up if they are for each rule."""
    counts = report["counts"]
    tables = [c for c in counts.values() if isinstance(c, dict)] or [counts]
    total = sum((Counter(c) for c in tables), Counter[str]())
    return {"tried": sum(total.values()), **dict(total)}


def fuzzed(text: str) -> Numbers:
    """Of `fuzz_record.py`, which says '123 inputs: {…}' at its end."""
    found = re.search(r"(\d+) inputs: \{(.*)\}", text)
    if found is None:
        raise click.ClickException(f"the fuzzer did not say how many inputs it tried:\n{text[-500:]}")
    counts = {k: int(v) for k, v in re.findall(r"'(\w+)': (\d+)", found.group(2))}
    return {"inputs tried": int(found.group(1)), **counts}


PYTHON = sys.executable
COMMAND = (PYTHON, "-m", "symbolic_mqb")
MEASURES = (
    Measure("verify", "Verdicts of the book", (*COMMAND, "verify", "--json", "{json}"), verdicts, labels=True),
    Measure(
        "digits", "Certified digits", (*COMMAND, "verify", "--digits", "1000", "--json", "{json}"), digits, labels=True
    ),
    Measure("mutants", "Mutation of the book",
            (*COMMAND, "mutate", "--sample", "2400", "--seed", "1", "--json", "{json}"), book_mutants, labels=True),
    Measure(
        "hypotheses", "Hypotheses, dropped one by one", (*COMMAND, "hypotheses", "--json", "{json}"), counted, True
    ),
    Measure(
        "remainders", "Remainders within their bounds", (PYTHON, "benchmarks/remainders.py", "--json", "{json}"),
        remainders, labels=True,
    ),
    Measure("checker", "Mutation of the checker, every mutant",
            (PYTHON, "benchmarks/mutate_checker.py", "--sample", "10000", "--quick", "--json", "{json}"), tested),
    Measure("changed", "Mutation of the checker, of the modules changed since that run",
            (PYTHON, "benchmarks/mutate_checker.py", "--sample", "10000", "--since", "{checker}", "--json", "{json}"),
            tried),
    Measure("memory", "Peak memory", (PYTHON, "benchmarks/memory.py", "--json", "{json}"), counted, labels=True),
    Measure("reader", "The second reader of the record",
            (PYTHON, "benchmarks/second_reader.py", "--json", "{json}"), counted, labels=True),
    Measure("record", "Fuzzing of the record's reader", (PYTHON, "benchmarks/fuzz_record.py", "600"), fuzzed),
    Measure("rules", "Random calls of the rules", (PYTHON, "benchmarks/fuzz_rules.py", "600", "--json", "{json}"),
            tried),
    Measure("latex", "LaTeX read back by a parser", (PYTHON, "-m", "tests.render.readback", "--json", "{json}"),
            counted, labels=True),
    Measure("speed", "Speed, as ratios", (PYTHON, "benchmarks/run.py", "--json", "{json}"), speed),
)  # fmt: skip


# -- a run -----------------------------------------------------------------------------------------
def commit() -> tuple[str, bool]:
    """(the commit that is checked out, whether nothing else is)."""
    git = ["git", "-C", str(ROOT)]
    name = subprocess.run([*git, "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=True).stdout
    state = subprocess.run([*git, "status", "--porcelain"], capture_output=True, text=True, check=True).stdout
    rest = [line for line in state.splitlines() if not line.endswith("docs/scores.json")]
    return name.strip(), not rest


def machine() -> dict[str, int | str]:
    """The kind of machine: processor, cores, system, Python."""
    kind = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = re.findall(r"^model name\s*:\s*(.*)$", info.read_text(encoding="utf-8"), re.MULTILINE)
        kind = names[0] if names else kind
    system = f"{platform.system()} {platform.machine()}"
    return {"processor": kind, "cores": os.cpu_count() or 1, "system": system, "python": platform.python_version()}


def _checked() -> str:
    """The commit at which all of the checker was mutated last."""
    runs = json.loads(SCORES.read_text(encoding="utf-8"))["runs"] if SCORES.exists() else []
    return next((r["commit"] for r in runs if r["name"] == "checker"), "HEAD")


def measured(what: Measure, labels: tuple[str, ...], earlier: tuple[Path, ...] = ()) -> dict[str, Any]:
    """The entry of one run; `earlier` are reports that it goes on from."""
    more, checked = ("--earlier", *map(str, earlier)) if earlier else (), _checked()
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out.json"
        filled = {"{json}": str(target), "{checker}": checked}
        command = [filled.get(part, part) for part in (*what.command, *labels, *more)]
        start, date = time.perf_counter(), datetime.now(UTC)
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
        seconds = time.perf_counter() - start
        if "{json}" in what.command:
            if not target.exists():
                raise click.ClickException(f"{what.name} wrote nothing; its exit code is {done.returncode}")
            numbers = what.read(json.loads(target.read_text(encoding="utf-8")))
        else:
            numbers = what.read(done.stdout)
    name, clean = commit()
    words = {"{json}": "FILE", "{checker}": checked, PYTHON: "python"}
    shown = " ".join(words.get(p, p) for p in (*what.command, *labels))
    shown += " --earlier FILE …" * bool(earlier)
    return {
        "name": what.name,
        "title": what.title,
        "command": shown,
        "scope": ", ".join(labels) or "all",
        "date": date.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "commit": name,
        "clean": clean,
        "machine": machine(),
        "seconds": round(seconds, 2),
        "exit": done.returncode,
        "numbers": numbers,
    }


def valid(data: Any) -> Any:
    """The data, if it has the form of docs/scores.schema.json."""
    jsonschema.validate(data, json.loads(SCHEMA.read_text(encoding="utf-8")))
    return data


def merged(data: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    """With this entry in place of an older one of the same name, in the order of the measures."""
    order = [m.name for m in MEASURES]
    kept = [r for r in data["runs"] if r["name"] != entry["name"]]
    return {**data, "runs": sorted([*kept, entry], key=lambda r: order.index(r["name"]))}


@click.command()
@click.option("--only", multiple=True, type=click.Choice([m.name for m in MEASURES]), help="These measures.")
@click.option("--label", "labels", multiple=True, help="Only these labels, where a measure takes labels.")
@click.option("--list", "listed", is_flag=True, help="Print the measures and their commands.")
@click.option("--earlier", multiple=True, type=click.Path(path_type=Path, exists=True), help="For `checker`: reports.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), default=SCORES, help="The file.")
def main(only: tuple[str, ...], labels: tuple[str, ...], listed: bool, earlier: tuple[Path, ...], output: Path) -> None:
    """Run the measures and write their numbers."""
    for what in MEASURES:
        if listed:
            click.echo(f"{what.name:12} {' '.join(what.command)}".replace(PYTHON, "python"))
            continue
        if only and what.name not in only:
            continue
        click.echo(f"{what.name} …")
        try:
            entry = measured(what, labels if what.labels else (), earlier if what.name == "checker" else ())
        except click.ClickException as no:
            if only:
                raise
            click.echo(f"  skipped: {no.message}", err=True)
            continue
        data = json.loads(output.read_text(encoding="utf-8")) if output.exists() else {"format": 1, "runs": []}
        data = valid(merged(data, entry))
        output.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        click.echo("\n".join(f"  {k}: {v}" for k, v in entry["numbers"].items()))


if __name__ == "__main__":
    main()
