"""The command `latex`: a document, its PDF, and one file for each equation."""

from __future__ import annotations

from pathlib import Path

import click

from .arguments import Folder, Unusable, chosen, complete_label, declared_in, paper_book, save, writable
from .streams import say


@click.command()
@click.argument("labels", nargs=-1, shell_complete=complete_label, metavar="[LABEL]...")
@click.option(
    "-o",
    "--output",
    type=Folder(),
    help="Folder for the document and its equations.",
)
@click.option("--pdf", "as_pdf", is_flag=True, help="Also symbolic-mqb.pdf, by pdflatex (here, or in the -o folder).")
def latex(labels: tuple[str, ...], output: Path | None, as_pdf: bool) -> None:
    """LaTeX of the results: a document that compiles alone, and one file per equation to \\input.

    Without -o, the document goes to standard output. A fragment needs \\usepackage{amsmath,amssymb}.
    What is shown is what is declared; `verify` says whether it holds.
    """
    from .render.document import document, equation, file_name
    from .render.printed import arranged

    book = paper_book()
    results = {label: declared_in(book, label) for label in chosen(book, labels)}
    placed = arranged((label, declared, book.home(label)) for label, declared in results.items())
    homes = {label: section for section, held in placed.items() for label in held}
    source = document([results[label] for label in homes], homes)
    if output is None and not as_pdf:
        click.echo(source, nl=False)
        return
    output = output or Path()
    try:
        output.mkdir(parents=True, exist_ok=True)
        (output / "equations").mkdir(exist_ok=True) if not as_pdf else None
    except OSError as error:
        raise Unusable(f"cannot make the folder {error.filename or output}: {error.strerror or error}") from error
    whole = output / "symbolic-mqb.tex"
    if as_pdf:
        writable(whole, output / "symbolic-mqb.pdf")
        save(whole, source)
        _pdf(source, output / "symbolic-mqb.pdf")
        return
    single = {output / "equations" / file_name(d.label): equation(d) for d in results.values()}
    writable(whole, *single)
    for path, text in {**single, whole: source}.items():
        save(path, text)


def _pdf(source: str, target: Path) -> None:
    from .render.pdf import NoPdf, pdf

    try:
        found = pdf(source, target)
    except NoPdf as error:
        raise Unusable(str(error)) from error
    for warning in found:
        say(warning)
    say(f"{target}: written" + (f", {len(found)} warnings" if found else ""))
