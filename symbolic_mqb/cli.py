"""The command line. Every heavy import waits until a command needs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from .arguments import Seconds, Target, Unusable, chosen, complete_label, declared_in, paper_book, save, writable
from .latex_command import latex
from .mutate_command import hypotheses, mutate
from .streams import run as run_and_leave
from .streams import say

if TYPE_CHECKING:
    from .book import Book
    from .verify import Verification

_EPILOG = "Exit status: 0 if everything passes, 1 if anything is checked, undecided or refuted, 2 for bad usage."


_WELCOME = """\
symbolic-mqb: the derivations of "Macroscopically nonlocal quantum
correlations", proved line by line.

What to type next:
  symbolic-mqb verify          prove everything (some seconds)
  symbolic-mqb show A9         read one result with its derivation
  symbolic-mqb list            the labels of all results
  symbolic-mqb errata          the errors of the print, with counterexamples
  symbolic-mqb latex --pdf     the whole as a document
  symbolic-mqb verify mine.py  check a derivation of your own
  symbolic-mqb --help          all commands; each has its own --help

Completion of commands and labels in your shell:
  symbolic-mqb completion bash >> ~/.bashrc    (or zsh, fish)
"""


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_EPILOG,
)
@click.version_option(package_name="symbolic-mqb", prog_name="symbolic-mqb")
@click.pass_context
def cli(context: click.Context) -> None:
    """The derivations of "Macroscopically nonlocal quantum correlations", proved line by line."""
    if context.invoked_subcommand is None:
        click.echo(_WELCOME, nl=False)


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """The lines that make your shell complete commands, options and labels."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None
    click.echo(made(cli, {}, "symbolic-mqb", "_SYMBOLIC_MQB_COMPLETE").source())


@cli.command("list")
def list_() -> None:
    """Label, kind, title of each result, and what it uses."""
    from .render.tables import contents
    from .uses import named

    book = paper_book()
    rows = []
    for label in book.labels:
        declared = declared_in(book, label)
        rows.append((label, declared.kind, declared.title, ", ".join(named(book, label))))
    click.echo("\n".join(contents(rows)))


@cli.command()
@click.argument("label", shell_complete=complete_label)
def show(label: str) -> None:
    """A result with its hypotheses, its chain and the reason of each line."""
    from .render.show import show as text_of

    book = paper_book()
    click.echo(text_of(declared_in(book, label)), nl=False)


@cli.command(epilog=_EPILOG)
@click.argument("targets", nargs=-1, shell_complete=complete_label, metavar="[LABEL | FILE.py]...")
@click.option(
    "--digits", default=50, show_default=True, type=click.IntRange(5, 100_000), help="Decimal digits of the numerics."
)
@click.option("--seed", default=0, show_default=True, type=int, help="Seed of the sampled points.")
@click.option(
    "--jobs", default=None, type=click.IntRange(1, 256), help="Processes (by default two if there are two cores)."
)
@click.option(
    "--timeout",
    default=600,
    show_default=True,
    type=Seconds(),
    help="Seconds for a result's proof and for a statement's numerics; past that it is undecided. Also for a FILE.py.",
)
@click.option(
    "--json",
    "json_file",
    type=Target(),
    help="Write the report to this file (- for standard output).",
)
@click.option("--record", "record_file", type=Target(), help="Write the record of the proofs to this file.")
def verify(
    targets: tuple[str, ...],
    digits: int,
    seed: int,
    jobs: int | None,
    timeout: float,
    json_file: Path | None,
    record_file: Path | None,
) -> None:
    """Prove results, replay them in a fresh process, cross-check them with certified numerics.

    Without arguments, the whole book. A FILE.py is a derivation file of your own: it is run as the
    Python program that it is, and its results are checked by the same kernel, with the paper's
    labels at hand.
    """
    from .report import dump, report
    from .userfile import is_path

    writable(json_file, record_file, inputs=[t for t in targets if is_path(t)])
    book = paper_book()
    aside = "-" in (str(json_file), str(record_file))
    with _streams_of_its_own(aside):
        labels = _targets(book, targets, timeout)
    with _streams_of_its_own(aside):
        verification = _run(book, labels, digits, seed, 1 if record_file else jobs, timeout)
        data = report(verification, typeset=json_file is not None)
    if record_file is not None:
        save(record_file, verification.records[0])
    if json_file is not None:
        save(json_file, dump(data))
    if str(json_file) != "-":
        _summary(data)
    raise click.exceptions.Exit(0 if verification.passed else 1)


@contextmanager
def _streams_of_its_own(aside: bool) -> Iterator[None]:
    """A user's file prints to standard error if standard output is to be data, and does not change our streams."""
    before = sys.stdout
    with redirect_stdout(sys.stderr if aside else before), redirect_stderr(sys.stderr):
        yield
    if sys.stderr.closed:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  (until the process ends)
    if before.closed:
        raise Unusable("the derivation file closes standard output, where the verdicts go")


def _targets(book: Book, targets: tuple[str, ...], timeout: float) -> list[str]:
    """Labels, and the labels of the files among the targets."""
    from .userfile import UnusableFile, is_path, load

    labels: list[str] = []
    named = tuple(t for t in targets if not is_path(t))
    for name in named:
        if name not in book.labels and os.path.isfile(name):
            raise Unusable(f"{name}: the name of a derivation file ends in .py")
    files = [t for t in targets if is_path(t)]
    for i, file in enumerate(files):
        if os.path.realpath(file) in map(os.path.realpath, files[:i]):
            raise Unusable(f"{file}: the file is given twice")
        try:
            labels += load(Path(file), book, timeout)
        except UnusableFile as error:
            raise Unusable(str(error)) from error
    return [*labels, *chosen(book, named)] if named or not labels else labels


def _run(
    book: Book, labels: list[str], digits: int, seed: int, jobs: int | None, timeout: float | None = None
) -> Verification:
    from .evidence import spare_the_collector
    from .verify import verify as run

    spare_the_collector()
    if not sys.stderr.isatty():
        return run(book, labels, digits=digits, seed=seed, jobs=jobs, timeout=timeout)
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<24}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("")

        def progress(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total)

        return run(book, labels, digits=digits, seed=seed, jobs=jobs, timeout=timeout, progress=progress)


def _summary(data: dict[str, Any]) -> None:
    from .render import tables

    out = tables.console()
    out.print(tables.verdicts(data))
    sections = (
        ("Failures", tables.failures(data)),
        ("Cited theorems", tables.citations(data)),
        ("Errata of the print (`symbolic-mqb errata` shows them in full)", tables.errata(data, full=False)),
    )
    for title, texts in sections:
        if texts:
            click.echo(f"\n{title}\n" + "\n".join(texts))
    base = data["trusted_base"]
    count = len(data["results"])
    passing = sum(r["verdict"] in ("proved", "corrected", "definition", "cited") for r in data["results"])
    open_ends = sum(not r["numeric"]["certified"] for r in data["results"] if r["numeric"])
    click.echo(
        f"\n{passing} of {count} results pass; the numerics of {open_ends} are not certified.\n"
        f"Trusted base: {base['lines_of_code']} lines of code in {len(base['files'])} files.\n"
        f"Seed {data['seed']}, {data['digits']} digits asked, {data['seconds']:.2f} s."
    )


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def errata(as_json: bool) -> None:
    """The errors of the print: counterexample, correction, consequence. Each is verified now."""
    import json

    from .render import tables
    from .report import report

    book = paper_book()
    labels = [label for label in book.labels if declared_in(book, label).errata]
    data = report(_run(book, labels, 50, 0, None)) if labels else {"results": []}
    found = [{"label": r["label"], "verdict": r["verdict"], **e} for r in data["results"] for e in r["erratum"] or ()]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    elif found:
        click.echo("\n".join(tables.errata(data)))
        severities = [e["severity"] for e in found]
        counts = ", ".join(f"{s}: {severities.count(s)}" for s in dict.fromkeys(sorted(severities)))
        click.echo(f"{len(found)} errata. {counts[0].upper()}{counts[1:]}.")
    else:
        click.echo("No erratum is declared.")
    good = all(e["refuted"] and e["verdict"] in ("corrected", "cited") for e in found)
    raise click.exceptions.Exit(0 if good else 1)


@cli.command()
def graph() -> None:
    """What uses what in the proofs, as DOT (for example: symbolic-mqb graph | dot -Tsvg > uses.svg)."""
    from .verify import verify as run

    book = paper_book()
    outcomes = run(book).outcomes
    out = ["digraph uses {", "  rankdir=LR;"]
    for label in book.labels:
        shape = "box" if declared_in(book, label).kind == "definition" else "ellipse"
        out.append(f'  "{label}" [shape={shape}];')
        out += [f'  "{label}" -> "{used}";' for used in outcomes[label].uses]
    click.echo("\n".join([*out, "}"]))


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--timeout", default=600, show_default=True, type=Seconds(), help="The most seconds.")
@click.option(
    "--memory", default=4096, show_default=True, type=click.IntRange(64, 1 << 30), help="The most memory, in MiB."
)
def replay(file: Path, timeout: float, memory: int) -> None:
    """Re-run a record (written by `verify --record`) in a fresh process, without the derivations.

    docs/record.md describes the format. A record from elsewhere is data: nothing in it is run as a program.
    """
    from .processes import Replayer

    text = _record(file, memory)
    with Replayer(timeout, memory) as fresh:
        fresh.send(text)
        answer = fresh.answer()
    why = _refusal(answer)
    if why:
        click.echo(f"refused: {why}")
        raise click.exceptions.Exit(1)
    for label in answer["claims"]:
        click.echo(label)
    say(f"{len(answer['claims'])} claims re-run and accepted.")


def _record(file: Path, memory: int) -> str:
    """The text of a record; of one without an end (a device, a pipe), no more is read than could be re-run."""
    most, data = min(memory, 1024), bytearray()
    try:
        with file.open("rb") as source:
            while len(data) <= most << 20 and (piece := source.read(1 << 20)):
                data += piece
    except (OSError, ValueError) as error:
        raise Unusable(f"{file}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if len(data) > most << 20:
        raise Unusable(f"{file}: longer than {most} MiB, the most for a record (with --memory {memory})")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unusable(f"{file}: not a text file in UTF-8") from error


def _refusal(answer: dict[str, Any]) -> str:
    """Why a record is refused, or nothing; what it says itself is shown as one printable line."""
    if "refused" in answer:
        return "".join(c if c.isprintable() else repr(c)[1:-1] for c in str(answer["refused"]))
    return "" if answer["claims"] else "the record claims nothing"


cli.add_command(mutate)
cli.add_command(latex)
cli.add_command(hypotheses)


def main() -> NoReturn:
    """The entry point."""
    run_and_leave(_command)


def _command() -> int:
    asked = os.environ.get("_SYMBOLIC_MQB_COMPLETE")
    if asked:
        return _complete(asked)
    # not click's own `main`, which takes a closed pipe for a failure
    with cli.make_context("symbolic-mqb", sys.argv[1:]) as context:
        cli.invoke(context)
    return 0


def _complete(asked: str) -> int:
    """Answer the shell, which asks through its environment."""
    from click.shell_completion import shell_complete

    try:
        return shell_complete(cli, {}, "symbolic-mqb", "_SYMBOLIC_MQB_COMPLETE", asked)
    except (LookupError, ValueError) as error:
        raise Unusable("a shell that asks for completion sets COMP_WORDS and COMP_CWORD, a number") from error


if __name__ == "__main__":
    main()
