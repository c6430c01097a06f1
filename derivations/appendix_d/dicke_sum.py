"""The matrix element of (D4) as an exact finite sum, from (A3) at 2N particles: no integral over product states.

The sum runs over the number r of particles that ⟨1|𝒜|0⟩ takes from level 0 to level 1; r + l − k go the
other way. For fixed k and l it is the number of off-diagonal factors, and not the overlap of (A3), that
stays bounded for N → ∞.
"""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term
from symbolic_mqb.notation.full_coarse_graining import centred, power
from symbolic_mqb.notation.language import Max, Min, Sum, binomial, equal, function, sqrt, symbols
from symbolic_mqb.notation.measurement import N, braket, entry
from symbolic_mqb.results import Result, eq, have
from symbolic_mqb.rules.sums import reverse_sum, shift_index
from symbolic_mqb.tactics.reasons import algebra, as_, by_order, identity, use

k, l, q, r = symbols("k l q r", "int")
(B,) = symbols("𝒜", "op")

_root = sqrt(binomial(2 * N, N + k) / binomial(2 * N, N + l))
#: The overlap q of (A3) lies between these.
_low, _high = Max(0, k + l), Min(N + k, N + l)


def _term(ups: Term) -> Term:
    """C(N+k, r) C(N−k, r+l−k) ⟨1|𝒜|1⟩^{N+k−r} ⟨1|𝒜|0⟩^r ⟨0|𝒜|1⟩^{r+l−k} ⟨0|𝒜|0⟩^{N−l−r}."""
    downs = ups + l - k
    value: Term = (
        binomial(N + k, ups)
        * binomial(N - k, downs)
        * entry(B, 1, 1) ** (N + k - ups)
        * entry(B, 1, 0) ** ups
        * entry(B, 0, 1) ** downs
        * entry(B, 0, 0) ** (N - l - ups)
    )
    return value


LEAST = Result(
    "D7-second.least",
    "The least number of particles that ⟨1|𝒜|0⟩ takes up",
    equation="D7",
    chain=[
        have(
            equal(N + k - _high, Max(0, k - l)),
            by=by_order(k, l, first=algebra, second=algebra),
        )
    ],
)

GREATEST = Result(
    "D7-second.greatest",
    "The greatest number of particles that ⟨1|𝒜|0⟩ takes up",
    equation="D7",
    chain=[
        have(
            equal(N + k - _low, Min(N + k, N - l)),
            by=by_order(k + l, 0, first=algebra, second=algebra),
        )
    ],
)

_shift = N + k - _low - _high

EXACT = Result(
    "D7-second.exact",
    "The matrix element as a finite sum over the number of off-diagonal factors",
    equation="D7",
    given=(k >= -N, k <= N, l >= -N, l <= N),
    chain=[
        braket(centred(k), power(B), centred(l)),
        eq(
            _root * Sum(_term(N + k - q), (q, _low, _high)),
            by=use("A3-general", N=2 * N, k=N + k, l=N + l),
        ),
        eq(
            _root * Sum(_term(_shift + q), (q, _low, _high)),
            by=identity(reverse_sum, _low, _high, function(q, _term(N + k - q))),
        ),
        eq(
            _root * Sum(_term(r), (r, Max(0, k - l), Min(N + k, N - l))),
            by=[
                identity(shift_index, _low, _high, function(q, _term(_shift + q)), _shift),
                as_(_root * Sum(_term(r), (r, N + k - _high, N + k - _low))),
                use("D7-second.least"),
                use("D7-second.greatest"),
            ],
        ),
    ],
)
