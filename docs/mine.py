"""A derivation file of one's own."""

from symbolic_mqb.notation.language import half, symbols
from symbolic_mqb.notation.objects import H
from symbolic_mqb.results import Result, eq
from symbolic_mqb.tactics.reasons import use

(n,), (x,) = symbols("n", "nat"), symbols("x", "real")
parity = Result(
    "parity",
    "The polynomials are even or odd",
    chain=[
        H(n, -x, half),
        eq((-1) ** n * H(n, x, half), by=use("A12", b=-1, a=half)),
    ],
)
