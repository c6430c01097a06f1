"""How fast it is, as ratios measured in one run: `python benchmarks/run.py [--rounds 5] [--only WORD] [--json FILE]`.

Every row compares something of ours with something that a reader knows: a cold `import sympy`, or
Maxima doing the same work without a certificate. The two are run by turns, so that a machine that is
busy for a while slows both; a row shows the median of each, their ratio, the smallest and the largest
ratio of a single round, and the target. Seconds mean little on another machine; ratios travel.

What is timed:

- "cold" means a new process, interpreter start included. A verification, or the proof of the lemma, counts
  the process that proves *and* the fresh one that replays the record.
- "the proof" of the lemma is the time that a fresh process spends on it once it has started, all caches
  cold, against the whole of Maxima's process, which starts in a third of its time; the cold rows count
  our starts too.
- "exact instances" compares the inner times: what each process spends on the instances once it has
  started. Maxima works in a single process, at rational α, β, γ, with the products of polynomials
  expanded first, which suits it best; its time is that of 15 of the 231 instances, the midpoints
  m, n in {2, 6, 10, 14, 18} of squares of 4 by 4, times 231/15. (Its full sweep takes as long as
  that estimate says, to a few per cent; `--full` runs it.) Ours is the full sweep, caches cold.

A row whose other side is not installed is skipped, with a message. The exit code is 1 if a row that
was measured misses its target, and nothing is written unless `--json` asks for it.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import click

PYTHON = sys.executable
MAXIMA = shutil.which("maxima")

#: Proves the labels given as arguments (all, without any) and writes their record.
PROVE = """
import json, sys
from symbolic_mqb.book import Book
from symbolic_mqb.derivations import CONTENTS
book = Book(CONTENTS)
json.dump(book.record(sys.argv[1:] or book.labels).data(), sys.stdout)
"""

#: The proof of the lemma and of all that it rests on, timed inside a fresh process.
PROOF = """
import time
from symbolic_mqb.book import paper
from symbolic_mqb.evidence import spare_the_collector
book = paper()
book.declared("A9")
spare_the_collector()
start = time.perf_counter()
book.prove("A9")
print(time.perf_counter() - start)
"""

INSTANCES = """
import time
from symbolic_mqb.numerics.exact_lemma import instances
start = time.perf_counter()
good = all([one.holds() for one in instances(20, 16, 9)])
print(time.perf_counter() - start if good else "wrong")
"""

#: All (m, n) at once: the integral of the generating function, and its comparison with that of the sum.
GENERATING_FUNCTION = """
display2d:false$
assume(be>0, ga>0)$
al:sqrt(be^2+ga^2)$
f:integrate(exp(-(x-u)^2/(2*be^2)-u^2/(2*ga^2)+(y+z)*u/ga-(y^2+z^2)/2)/(2*%pi*be*ga), u, minf, inf)$
g:exp(-x^2/(2*al^2)+y*z+ga*(y+z)*x/al^2-(ga*(y+z)/al)^2/2)/(sqrt(2*%pi)*al)$
is(radcan(f/g)=1);
"""

EACH_INSTANCE = """
display2d:false$
he(k,x):=block([a:1,b:x,c], if k=0 then return(1), for i:1 thru k-1 do (c:expand(x*b-i*a), a:b, b:c), b)$
al:5$ be:4$ ga:3$
lhs(m,n):=exp(-x^2/(2*al^2))/(sqrt(2*%pi)*al)*sum(1/s!*binomial(m+n-2*s,n-s)*(ga/al)^(m+n-2*s)
  *he(m+n-2*s,x/al)/(m+n-2*s)!,s,0,n)$
rhs(m,n):=integrate(expand(he(m,u/ga)*he(n,u/ga)/m!/n!)
  *exp(-(x-u)^2/(2*be^2)-u^2/(2*ga^2))/(2*%pi*be*ga),u,minf,inf)$
good:true$
for m in INDICES do for n in INDICES do (if n<=m and not is(ratsimp(lhs(m,n)-rhs(m,n))=0) then good:false)$
good;
"""
MIDPOINTS = (2, 6, 10, 14, 18)


class Unavailable(Exception):
    """This side of a comparison cannot be measured here."""


def run(command: list[str], text: str = "") -> tuple[float, str]:
    """(seconds, standard output) of a process in an empty directory."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        done = subprocess.run(command, input=text, capture_output=True, text=True, cwd=folder, check=False)
        seconds = time.perf_counter() - start
    if done.returncode:
        tail = (done.stderr.strip() or done.stdout.strip() or "no output").splitlines()[-1]
        raise Unavailable(f"a process exits with {done.returncode}: {tail.strip()[:120]}")
    return seconds, done.stdout


def import_sympy() -> float:
    """A cold `import sympy`."""
    return run([PYTHON, "-c", "import sympy"])[0]


def has_command_line() -> bool:
    return importlib.util.find_spec("symbolic_mqb.__main__") is not None


def command_line(*arguments: str) -> float:
    """A cold run of the command."""
    if not has_command_line():
        raise Unavailable("there is no command line")
    return run([PYTHON, "-m", "symbolic_mqb", *arguments])[0]


def verify_appendix_a() -> float:
    """Every label of Appendix A, with its numerics and its replay."""
    from symbolic_mqb.derivations import appendix_a

    return command_line("verify", *(label for labels in appendix_a.CONTENTS.values() for label in labels))


def prove_and_replay(*labels: str) -> float:
    """A process that proves and writes the record, and a fresh one that replays it."""
    first, record = run([PYTHON, "-c", PROVE, *labels])
    second, _ = run([PYTHON, "-m", "symbolic_mqb.replay"], record)
    return first + second


def replay_alone(label: str) -> Callable[[], float]:
    """Replaying a record that is already there."""
    records: list[str] = []

    def measure() -> float:
        if not records:
            records.append(run([PYTHON, "-c", PROVE, label])[1])
        return run([PYTHON, "-m", "symbolic_mqb.replay"], records[0])[0]

    return measure


def exact_instances() -> float:
    """What a fresh process spends on all 231 instances."""
    answer = run([PYTHON, "-c", INSTANCES])[1].strip()
    if answer == "wrong":
        raise Unavailable("the instances do not hold")
    return float(answer)


def maxima(program: str) -> float:
    """A cold run of Maxima, which must answer true."""
    if MAXIMA is None:
        raise Unavailable("Maxima is not installed")
    seconds, out = run([MAXIMA, "--very-quiet", "--batch-string=" + program.strip().replace("\n", " ")])
    if out.split()[-1:] != ["true"]:
        raise Unavailable(f"Maxima does not answer true but {out.split()[-1:]}")
    return seconds


def maxima_instances(indices: tuple[int, ...]) -> float:
    """What Maxima spends on the instances with these indices, scaled to all with n ≤ m ≤ 20."""
    start = maxima("is(0=0);")
    seconds = maxima(EACH_INSTANCE.replace("INDICES", str(list(indices))))
    return (seconds - start) * 231 / (len(indices) * (len(indices) + 1) / 2)


@dataclass(frozen=True)
class Comparison:
    """Ours against theirs. The target bounds ours/theirs from above, or theirs/ours from below."""

    name: str
    ours: Callable[[], float]
    other: str
    theirs: Callable[[], float]
    target: float | None
    faster: bool = False

    def ratio(self, ours: float, theirs: float) -> float:
        return theirs / ours if self.faster else ours / theirs


@dataclass(frozen=True)
class Row:
    """One measured comparison."""

    name: str
    other: str
    ours_seconds: float
    theirs_seconds: float
    ratio: float
    smallest: float
    largest: float
    target: str
    met: bool | None


def comparisons(full: bool) -> list[Comparison]:
    indices = tuple(range(21)) if full else MIDPOINTS
    one_integral = "Maxima: the integral of the generating function"

    def theirs() -> float:
        return maxima(GENERATING_FUNCTION)

    return [
        Comparison("verify the paper, cold", lambda: command_line("verify"), "import sympy", import_sympy, 15),
        Comparison("verify Appendix A, cold", verify_appendix_a, "import sympy", import_sympy, 8),
        Comparison("--help, cold", lambda: command_line("--help"), "import sympy", import_sympy, 0.5),
        Comparison("lemma, the proof", lambda: float(run([PYTHON, "-c", PROOF])[1]), one_integral, theirs, 1),
        Comparison("lemma, proof and replay, cold", lambda: prove_and_replay("A9"), one_integral, theirs, None),
        Comparison("lemma, replay alone, cold", replay_alone("A9"), one_integral, theirs, None),
        Comparison("lemma, second proof and replay", lambda: prove_and_replay("A9-second"), one_integral, theirs, None),
        Comparison(
            "exact instances, n ≤ m ≤ 20",
            exact_instances,
            "Maxima: all of them" if full else "Maxima: scaled from 15 of 231",
            lambda: maxima_instances(indices),
            500,
            faster=True,
        ),
    ]


def measure(what: Comparison, rounds: int) -> Row:
    """Both sides by turns; the first round only warms the disk's caches."""
    pairs = [(what.ours(), what.theirs()) for _ in range(rounds + 1)][1:]
    ours, theirs = (median(side) for side in zip(*pairs, strict=True))
    ratio = what.ratio(ours, theirs)
    single = [what.ratio(a, b) for a, b in pairs]
    met = None if what.target is None else ratio >= what.target if what.faster else ratio <= what.target
    target = "–" if what.target is None else f"{'≥' if what.faster else '≤'} {what.target:g}"
    return Row(what.name, what.other, ours, theirs, ratio, min(single), max(single), target, met)


def shown(row: Row) -> str:
    verdict = {True: "met", False: "MISSED", None: ""}[row.met]
    spread = f"{row.smallest:.3g} … {row.largest:.3g}"
    return (
        f"{row.name:31} {row.ours_seconds:9.4f} s  {row.theirs_seconds:8.3f} s  {row.ratio:8.3g}  "
        f"{spread:>17}  {row.target:>6}  {verdict:6}  against {row.other}"
    )


@click.command()
@click.option("--rounds", default=5, show_default=True, type=click.IntRange(1), help="Rounds per row, after a first.")
@click.option("--only", default="", help="Only rows whose name contains this.")
@click.option("--full", is_flag=True, help="Let Maxima do all 231 instances instead of 15.")
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write the rows to a file.")
def main(rounds: int, only: str, full: bool, file: Path | None) -> None:
    """Print each comparison as soon as it is measured."""
    rows: list[Row] = []
    click.echo(f"{'':31} {'ours':>11}  {'other':>10}  {'ratio':>8}  {'single rounds':>17}  {'target':>6}")
    for what in comparisons(full):
        if only not in what.name:
            continue
        try:
            rows.append(measure(what, rounds))
        except Unavailable as missing:
            click.echo(f"{what.name:31} skipped: {missing}")
            continue
        click.echo(shown(rows[-1]))
    if file is not None:
        text = json.dumps([asdict(row) for row in rows], indent=1, ensure_ascii=False)
        file.write_text(text + "\n", encoding="utf-8")
    sys.exit(any(row.met is False for row in rows))


if __name__ == "__main__":
    main()
