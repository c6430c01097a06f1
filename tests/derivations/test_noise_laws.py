"""The limit laws with noise hold wherever the noisy effects are a POVM: for every channel, and beyond."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symbolic_mqb.book import paper
from symbolic_mqb.kernel.terms import num
from symbolic_mqb.notation.channels import DEPHASED, DEPOLARISED, rate
from symbolic_mqb.notation.losses import LOSSY_POVM, p
from symbolic_mqb.notation.measurement import POVM, E, d
from symbolic_mqb.numerics.witness import check, check_at
from symbolic_mqb.rules.asymptotics import cut

_CHANNEL = {POVM, rate >= 0, rate <= 1}
LAWS = [
    *((label, "C7-POVM", DEPOLARISED.povm, _CHANNEL) for label in ("depolarised-limit", "C9-law")),
    *((label, "C8-POVM", DEPHASED.povm, _CHANNEL) for label in ("dephased-limit", "C9-dephasing-law")),
    ("C3", "loss-POVM", LOSSY_POVM, {POVM, p >= 0, p <= 1}),
]


@pytest.mark.parametrize("suffix", ["", "-rate"])
@pytest.mark.parametrize(("label", "povm", "assumed", "channel"), LAWS)
def test_a_law_holds_for_every_channel(label, povm, assumed, channel, suffix):
    law, noisy = paper().prove(label + suffix).theorem, paper().prove(povm).theorem
    assert assumed in law.hypotheses
    assert cut(law, noisy).hypotheses == (law.hypotheses - {assumed}) | channel


def test_a_law_holds_beyond_the_channels():
    """At λ = 3/2 the effects 1/2 ± X/2 become 1/2 ∓ X/4: a POVM, and φ is turned by π."""
    half = Fraction(1, 2)
    point = {d: 2, rate: Fraction(3, 2), E: {1: ((half, half), (half, half)), 2: ((half, -half), (-half, half))}}
    assert check_at(DEPOLARISED.povm, point).verdict == "agrees"
    law = paper().declared("C9-law")
    beyond = check(law.statement, (*law.given, num(1) < rate), points=3)
    assert (beyond.verdict, beyond.points) == ("agrees", 3)
