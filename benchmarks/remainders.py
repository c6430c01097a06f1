"""Every proved bound at N = 10², 10³, 10⁶, 10⁹ in ball arithmetic: `python benchmarks/remainders.py [LABEL ...]`.

A row is a statement with an explicit bound on its error. Each column is the largest share of the bound that
the error takes up, over sampled points: at most 1, and the nearer to 1 the sharper the bound. `inside` means
that the remainder stands inside an exponential, say, and only the containment is decided; `–` that the
statement does not speak of this N. The exit code is 1 if an error is not certainly within its bound.
"""

from __future__ import annotations

import sys

from symbolic_mqb.book import paper
from symbolic_mqb.numerics.remainders import SIZES, Share, is_bound, shares


def cell(found: Share | None) -> str:
    """One entry of the table."""
    if found is None:
        return "–"
    if not found.inside:
        return "NOT INSIDE"
    return "inside" if found.share is None else found.share.str(3, radius=False)


def main() -> int:
    """Print the table."""
    book = paper()
    print(f"{'statement':<24}" + "".join(f"{f'N = {n:.0e}':>14}" for n in SIZES))
    failed = False
    for label in sys.argv[1:] or book.labels:
        declared = book.declared(label)
        for i, claim in enumerate(declared.claims(), 1):
            if not is_bound(claim):
                continue
            rows = {s.n: s for s in shares(claim, declared.given)}
            failed |= any(not s.inside for s in rows.values())
            print(f"{f'{label}, line {i}':<24}" + "".join(f"{cell(rows.get(n)):>14}" for n in SIZES))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
