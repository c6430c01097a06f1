"""Every proved bound at N = 10², 10³, 10⁶, 10⁹: `python benchmarks/remainders.py [LABEL ...] [--json FILE]`.

A row is a statement with an explicit bound on its error, in ball arithmetic. Each column is the largest share of
the bound that the error takes up, over sampled points: at most 1, and the nearer to 1 the sharper the bound.
`inside` means that the remainder stands inside an exponential, say, and only the containment is decided; `–` that
the statement does not speak of this N. The exit code is 1 if an error is not certainly within its bound.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from symbolic_mqb.book import paper
from symbolic_mqb.numerics.remainders import SIZES, Share, is_bound, shares


def cell(found: Share | None) -> str:
    """One entry of the table."""
    if found is None:
        return "–"
    if not found.inside:
        return "NOT INSIDE"
    return "inside" if found.share is None else found.share.str(3, radius=False)


def main(arguments: list[str]) -> int:
    """Print the table, and write it if asked."""
    parser = argparse.ArgumentParser(description="Every proved bound at N = 10², 10³, 10⁶, 10⁹.")
    parser.add_argument("labels", nargs="*")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    book = paper()
    print(f"{'statement':<24}" + "".join(f"{f'N = {n:.0e}':>14}" for n in SIZES))
    written = []
    for label in options.labels or book.labels:
        declared = book.declared(label)
        for i, claim in enumerate(declared.claims(), 1):
            if not is_bound(claim):
                continue
            rows = {s.n: s for s in shares(claim, declared.given)}
            sizes = [
                {"N": n, "inside": s.inside, "share": None if s.share is None else float(s.share.upper())}
                for n, s in rows.items()
            ]
            written.append({"label": label, "line": i, "sizes": sizes})
            print(f"{f'{label}, line {i}':<24}" + "".join(f"{cell(rows.get(n)):>14}" for n in SIZES))
    if options.json:
        options.json.write_text(json.dumps({"rows": written}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return int(any(not size["inside"] for row in written for size in row["sizes"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
