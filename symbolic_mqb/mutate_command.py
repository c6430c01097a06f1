"""`symbolic-mqb mutate` and `hypotheses`: what is wrong must be refused. Heavy imports wait for the call."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .arguments import Target, chosen, paper_book, save, writable

if TYPE_CHECKING:
    from .mutation.parallel import Row, Tally


def _cores() -> int:
    return os.cpu_count() or 1


@click.command()
@click.argument("labels", nargs=-1, metavar="[LABEL]...")
@click.option(
    "--sample", type=click.IntRange(1), help="So many mutants, as many of each kind as there are; all by default."
)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Chooses the sample and the points.")
@click.option("--jobs", type=click.IntRange(1, 64), default=_cores, help="Processes; all cores by default.")
@click.option("--json", "target", type=Target(), help="Also write the tally to a file, - for standard output.")
def mutate(labels: tuple[str, ...], sample: int | None, seed: int, jobs: int, target: Path | None) -> None:
    """Try wrong variants of the results: signs, factors, exponents, limits, indices, hypotheses, reasons, order.

    Each is tried by the proof and, apart from it, by the numerics. The exit status is 1 if one survives.
    """
    writable(target)
    wanted = chosen(paper_book(), labels)
    found = _with_progress(wanted, sample, seed, jobs)
    if target is not None:
        import json

        save(target, json.dumps(found.data(), ensure_ascii=False, indent=2) + "\n")
    if target is None or str(target) != "-":
        click.echo(summary(found))
    raise click.exceptions.Exit(1 if found.bad else 0)


def summary(found: Tally) -> str:
    """The tally as lines of text."""
    data = found.data()
    out = [f"{data['mutants']:6} mutants tried"]
    for what in ("killed by proof and numerics", "killed by proof only"):
        out.append(f"{data[what]:6} {what}")
    out += [f"{count:11} because {why}" for why, count in found.reasons.items()]
    for what in ("equivalent", "hypothesis not needed", "survived", "crashed"):
        out.append(f"{data[what]:6} {what}")
    return "\n".join([*out, *(f"{row.verdict}: {row}\n    {row.why}" for row in found.bad)])


@click.command()
@click.argument("labels", nargs=-1, metavar="[LABEL]...")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Chooses the points.")
@click.option("--jobs", type=click.IntRange(1, 64), default=_cores, help="Processes; all cores by default.")
@click.option("--json", "target", type=Target(), help="Also write the answers to a file, - for standard output.")
def hypotheses(labels: tuple[str, ...], seed: int, jobs: int, target: Path | None) -> None:
    """Each hypothesis of each result: is it needed? Either a counterexample without it, or a proof without it.

    A hypothesis that only the proof asks for, with no counterexample found, is reported as open.
    """
    writable(target)
    found = _with_progress(chosen(paper_book(), labels), None, seed, jobs, "dropped hypothesis")
    answers = [(row, *necessity(row)) for row in found.rows]
    counts = Counter(status for _, status, _ in answers)
    shown = {s: counts[s] for s in ("needed", "not needed", "open")}
    if target is not None:
        import json

        rows = [
            {
                "label": row.label,
                "hypothesis": row.change.removeprefix("without "),
                "status": status,
                "why": why.strip(),
            }
            for row, status, why in answers
        ]
        save(target, json.dumps({"counts": shown, "hypotheses": rows}, ensure_ascii=False, indent=2) + "\n")
    if target is None or str(target) != "-":
        for row, status, why in answers:
            click.echo(f"({row.label}) {row.change.removeprefix('without ')}: {status}{why}")
        click.echo(", ".join(f"{count} {status}" for status, count in shown.items()))


def necessity(row: Row) -> tuple[str, str]:
    """'needed', 'not needed' or 'open' for a dropped hypothesis, and why."""
    from .numerics.witness import NO_POINT

    if row.by in ("both", "numerics"):
        return "needed", f" (fails at {row.found})"
    if row.verdict in ("hypothesis not needed", "equivalent"):
        return "not needed", f" ({row.why or 'proved without it'})"
    if row.found.startswith("undefined"):
        return "needed", f" ({row.found})"
    found = "no point was found where it fails and the others hold" if row.found == NO_POINT else row.found
    return "open", f" (the proof uses it; {found})"


def _with_progress(labels: list[str], sample: int | None, seed: int, jobs: int, kind: str | None = None) -> Tally:
    from .book import LineFailure

    try:
        return _tally(labels, sample, seed, jobs, kind)
    except LineFailure as no:
        raise click.ClickException(f"only proved results have variants to try; not proved: {no}") from None


def _tally(labels: list[str], sample: int | None, seed: int, jobs: int, kind: str | None) -> Tally:
    from .mutation.parallel import tally

    if not sys.stderr.isatty():
        return tally(labels, sample, seed, jobs, kind=kind)
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("")

        def advance(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total)

        return tally(labels, sample, seed, jobs, advance, kind)
