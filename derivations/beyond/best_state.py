"""(B6) is the best state of dimension 3 for the signs of phase-space observables, and dimension 2 is too small."""

from __future__ import annotations

from fractions import Fraction

from symbolic_mqb.kernel.terms import Term, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bell import CORRELATION, angles, bell_parameter, c, chsh, correlation, settings
from symbolic_mqb.notation.language import Abs, I, Sum, conj, equal, exp, pi, sqrt, symbols
from symbolic_mqb.results import Needed, Result, eq, have
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.inequalities import modulus_of_product, root_of_square, square_nonnegative, triangle
from symbolic_mqb.rules.logic import assume, instantiate, symmetry, transport
from symbolic_mqb.rules.trigonometry import archimedes
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, run, unfold, use
from symbolic_mqb.tactics.sums import written_out

(w,) = symbols("w", "complex")
(theta,) = symbols("θ", "real")
(s,) = symbols("k", "int")

_phases = chsh(lambda i, j: exp(I * settings(i, j)))


def _norm(dimension: int) -> Term:
    """Σ_{k < dimension} |c_k|² = 1."""
    return equal(Sum(conj(c(s)) * c(s), (s, 0, dimension - 1)), 1)


def _parallelogram(state: State) -> Theorem:
    """|e^{ia}p + e^{ia′}q| ≤ |p| + |q| ≤ √(2(|p|² + |q|²)) = √8 for p, q = e^{ib} ± e^{ib′}."""
    e = Estimates(state.given, state)
    a, a2, b, b2 = (exp(I * t) for t in angles)
    plus, minus = b + b2, b - b2
    sizes = Abs(plus) + Abs(minus)
    split = e.by(triangle, (a * plus, a2 * minus))
    moduli = [(1, e.by(modulus_of_product, pair)) for pair in ((a, plus), (a2, minus))]
    square = e.at_most(sizes**2, 8, (1, e.by(square_nonnegative, Abs(plus) - Abs(minus))))
    return e.at_most(Abs(_phases), 2 * sqrt(2), (1, split), *moduli, (1, root_of_square(sizes, square, ())))


PHASES = Result(
    "best-state-phases",
    "The combination of phases is at most 2√2 in modulus",
    equation="B7",
    chain=[have(Abs(_phases) <= 2 * sqrt(2), by=ProofBy("the parallelogram law", _parallelogram))],
)


def _both(first: int, factor: Term) -> Term:
    """c_k* c_{k+1} w and its conjugate."""
    z = conj(c(first)) * c(first + 1)
    return z * factor + conj(z) * conj(factor)


_three = 2 / pi * _both(0, w) + 1 / pi * _both(1, w)
_two = 2 / pi * _both(0, w)


def _bound(state: State, dimension: int) -> Theorem:
    """Cauchy's inequality and that of the two means, as squares of real numbers."""
    e = Estimates(state.given, state)
    r0, r1, r2 = (Abs(c(k)) for k in range(3))
    forms = [2 / pi * conj(c(0)) * c(1) * w, 2 / pi * c(0) * conj(c(1)) * conj(w)]
    forms += [1 / pi * conj(c(1)) * c(2) * w, 1 / pi * c(1) * conj(c(2)) * conj(w)] if dimension == 3 else []
    small = assume(Abs(w) <= 2 * sqrt(2))
    norm = assume(_norm(dimension))
    spelt = run(written_out, norm.left, state)
    if dimension == 3:
        weight, top = 2 / pi * (2 * r0 * r1 + r1 * r2), 2 * sqrt(10) / pi
        squares = [r0 - 2 * r1 / sqrt(5), r2 - r1 / sqrt(5)]
    else:
        weight, top = 4 / pi * r0 * r1, 4 * sqrt(2) / pi
        squares = [r0 - r1]
    parts = [(top, e.by(square_nonnegative, x)) for x in squares]
    return e.at_most(
        Abs(_three if dimension == 3 else _two),
        top,
        (1, e.by(triangle, tuple(forms))),
        (weight, small),
        *parts,
        (top, norm),
        (-top, spelt),
    )


def _lemma(dimension: int, body: Term, top: Term) -> Result:
    return Result(
        f"best-state-bound-{dimension}",
        f"The coherences of a state of dimension {dimension} are bounded",
        equation="B7",
        given=(_norm(dimension), Abs(w) <= 2 * sqrt(2)),
        chain=[have(Abs(body) <= top, by=ProofBy("squares of real numbers", lambda state: _bound(state, dimension)))],
        needs=(
            Needed(_norm(dimension), ((c, {k: num(10) for k in range(3)}), (w, 1))),
            Needed(Abs(w) <= 2 * sqrt(2), ((c, {0: num(Fraction(3, 5)), 1: num(Fraction(4, 5)), 2: num(0)}), (w, 100))),
        ),
    )


_top_3, _top_2 = 2 * sqrt(10) / pi, 4 * sqrt(2) / pi
BOUND_3, BOUND_2 = _lemma(3, _three, _top_3), _lemma(2, _two, _top_2)

_elements_2 = [
    use("B5-symmetric", k=1, l=0),
    use("B5-odd", a=0, b=0, everywhere=True),
    *(use("B5-even", k=k, m=k, everywhere=True) for k in (0, 1)),
]
_angle_2 = 2 / pi * _both(0, exp(I * theta))

DIMENSION_2 = Result(
    "B4-dimension-2",
    "The correlation in a state of dimension 2",
    equation="B4",
    chain=[correlation(theta, 2), eq(_angle_2, by=[unfold(CORRELATION), written_out, *_elements_2])],
)


def _whole(state: State, dimension: int) -> Theorem:
    """The bound on the coherences at w = Σ ± e^{i(φ_A + φ_B)}."""
    e = Estimates(state.given, state)
    bound = e.by(instantiate, e.lookup(f"best-state-bound-{dimension}"), ((w, _phases),))
    bound = cut(bound, e.lookup("best-state-phases"))
    pairs = [(i, j) for i in (0, 1) for j in (0, 1)]
    each = [use(f"B4-dimension-{dimension}", θ=settings(i, j)) for i, j in pairs]
    value = e.equal(bell_parameter(dimension), bound.left.args[0], *each)
    return transport(bound, (0, 0), symmetry(value), ())


def _best(dimension: int) -> ProofBy:
    uses = ("best-state-phases", f"best-state-bound-{dimension}", f"B4-dimension-{dimension}")
    return ProofBy("the bound on the coherences", lambda state: _whole(state, dimension), uses)


BEST_STATE = Result(
    "best-state",
    "No state of dimension 3 and no angles give more than (B6) does",
    equation="B8",
    given=(_norm(3),),
    chain=[have(Abs(bell_parameter(3)) <= _top_3, by=_best(3))],
    note="For the signs of phase-space observables and states Σ c_k |k⟩|k⟩. The bound is attained: (B8-value).",
)


def _below_two(state: State) -> Theorem:
    """√2 ≤ 17/12 and 223/71 < π."""
    e = Estimates(state.given, state)
    limit = num(Fraction(19, 10))
    root = e.by(square_nonnegative, sqrt(2) - Fraction(3, 2))
    return e.at_most(_top_2, limit, (limit / pi, archimedes(0)), (Fraction(4, 3) / pi, root))


TOO_SMALL = Result(
    "best-state-dimension-2",
    "States of dimension 2 do not violate the CHSH inequality with these observables",
    equation="B8",
    given=(_norm(2),),
    chain=[
        have(Abs(bell_parameter(2)) <= _top_2, by=_best(2)),
        have(_top_2 <= Fraction(19, 10), by=ProofBy("√2 ≤ 17/12 and π > 223/71", _below_two)),
    ],
)
