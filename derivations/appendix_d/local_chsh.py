"""At α = 1 no CHSH inequality is violated: the bound of the local model of (D13)."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, num, var
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.full_coarse_graining import turn
from symbolic_mqb.notation.language import Abs, Sum, bounded, cos, equal, function, pi, symbols
from symbolic_mqb.notation.rotor import K, L, angle1, angle2, c2, hidden, k, l
from symbolic_mqb.results import Result, eq, have
from symbolic_mqb.rules.expectation import bound_at
from symbolic_mqb.rules.inequalities import at_most_modulus
from symbolic_mqb.rules.intervals import integral_of_sum, interval_inequality
from symbolic_mqb.rules.logic import assume
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import Derivation, ProofBy, Reason, State, identity

x = symbols("x", "real")[0]
_answers = tuple(var(name, "real->real") for name in ("f", "f'", "g", "g'"))
_settings = tuple(var(name, "real") for name in ("φ_A", "φ_A'", "φ_B", "φ_B'"))
_numbers = symbols("a a' b b'", "real")
_bounds = (*(num(-1) <= v for v in _numbers), *(v <= 1 for v in _numbers))
_signs = ((0, 2, 1), (0, 3, 1), (1, 2, 1), (1, 3, -1))
_responses = tuple(
    h(cos(angle + setting))
    for h, setting, angle in zip(_answers, _settings, (angle1, angle1, angle2, angle2), strict=True)
)
_mu = hidden(angle1, angle2)


def _plane(body: Term) -> Term:
    return turn(turn(body, angle2), angle1)


def _combination(values: tuple[Term, ...]) -> Term:
    """a(b + b′) + a′(b − b′)."""
    return Term("add", tuple(sign * (values[i] * values[j]) for i, j, sign in _signs))


#: ⟨ℬ⟩ of the limit distributions (D13), for ±1-valued or other answers in [−1, 1].
_parameter = Term("add", tuple(sign * _plane(_mu * (_responses[i] * _responses[j])) for i, j, sign in _signs))
_unit = equal(Sum(Sum(Abs(c2(k, l)) ** 2, (l, -L, L)), (k, -K, K)), 1)


_terms = [sign * (_mu * (_responses[i] * _responses[j])) for i, j, sign in _signs]


def _apart(terms: list[Term], angle: Term) -> list[Reason]:
    """The integral of a sum over one angle as the sum of the integrals."""
    parts: list[Reason] = []
    for i in range(len(terms) - 1):
        rest = terms[i + 1] if i == len(terms) - 2 else Term("add", tuple(terms[i + 1 :]))
        parts.append(identity(integral_of_sum, -pi, pi, function(angle, terms[i]), function(angle, rest)))
    return parts


_whole = Term("add", tuple(_terms))

SUM = Result(
    "D13-CHSH-sum",
    "The CHSH combination of the answers, averaged, is the combination of the averages",
    equation="D13",
    chain=[
        _plane(_whole),
        eq(_parameter, by=[*_apart(_terms, angle2), *_apart([turn(term, angle2) for term in _terms], angle1)]),
    ],
)


def _bound(label: str) -> Derivation:
    upper = label.endswith("upper")

    def derive(state: State) -> Theorem:
        """(B2-numbers) at every λ, weighted with μ(λ) ≥ 0 and integrated."""
        e = Estimates(state.given, state)
        low, high = [], []
        for h, value in zip(_answers, _responses, strict=True):
            size = e.by(bound_at, assume(bounded(h(x), x, 1)), value.args[1])
            low.append(e.at_most(-1, value, (1, e.by(at_most_modulus, -value)), (1, size)))
            high.append(e.at_most(value, 1, (1, e.by(at_most_modulus, value)), (1, size)))
        values = tuple(zip(_numbers, _responses, strict=True))
        each = e.instance(e.lookup(label), _bounds, values, (*low, *high))
        whole = _whole
        weighted = e.at_most(whole, 2 * _mu, (_mu, each)) if upper else e.at_most(-2 * _mu, whole, (_mu, each))
        inner = e.by(interval_inequality, angle2, -pi, pi, weighted)
        outer = e.by(interval_inequality, angle1, -pi, pi, inner)
        split, mass, unit = e.lookup("D13-CHSH-sum"), e.lookup("D13-mass"), assume(_unit)
        if upper:
            return e.at_most(_parameter, 2, (1, outer), (-1, split), (2, mass), (2, unit))
        return e.at_most(-2, _parameter, (1, outer), (1, split), (2, mass), (2, unit))

    return derive


_uses = ("D13-mass", "D13-CHSH-sum")

LOCAL = Result(
    "D13-CHSH",
    "At α = 1 every CHSH combination of the limit distributions lies between −2 and 2",
    equation="D13",
    given=(_unit, *(bounded(h(x), x, 1) for h in _answers)),
    chain=[
        have(
            _parameter >= -2,
            by=ProofBy("(B2-numbers-lower) for each λ", _bound("B2-numbers-lower"), (*_uses, "B2-numbers-lower")),
        ),
        have(
            _parameter <= 2,
            by=ProofBy("(B2-numbers-upper) for each λ", _bound("B2-numbers-upper"), (*_uses, "B2-numbers-upper")),
        ),
    ],
    note="Each term is ⟨f(x)g(y)⟩ for one pair of settings, by (D13). The outcomes x, y are evaluated by any functions "
    "with values in [−1, 1], so ±1-valued ones too.",
)
