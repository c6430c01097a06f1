"""(D6): 4^N cos^{2N}(x/2)/(2π C(2N, N)) on [−π, π] tends weakly to δ, with its rate."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, lam, num
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.full_coarse_graining import kernel, turn
from symbolic_mqb.notation.language import (
    Abs,
    I,
    Integral,
    Sum,
    binomial,
    cos,
    delta,
    exp,
    function,
    half,
    pi,
    sqrt,
    symbols,
)
from symbolic_mqb.notation.measurement import N
from symbolic_mqb.results import Result, eq, have
from symbolic_mqb.rules.circle import jordan, orthogonality
from symbolic_mqb.rules.inequalities import square_nonnegative
from symbolic_mqb.rules.intervals import (
    integral_of_sum,
    interval_inequality,
    interval_termwise,
    weak_limit_on_interval,
)
from symbolic_mqb.rules.logic import instantiate
from symbolic_mqb.rules.sums import binomial_theorem, select
from symbolic_mqb.rules.trigonometry import euler_cosine
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, algebra, as_, convert, identity, use

(p,) = symbols("p", "nat")
(m,) = symbols("m", "int")
x, y = symbols("x y", "real")
zero, one = num(0), num(1)

_angle = (x - y) / 2
_forward, _back = exp(I * _angle), exp(-I * _angle)


def _turns(body: Term) -> Term:
    """∫ over p whole periods."""
    return Integral(body, (x, -(pi * p), pi * p))


def _term(index: Term) -> Term:
    return binomial(2 * N, index) * exp(-I * (N - index) * y)


COSINE = Result(
    "D6-cosine",
    "The integral of cos^{2N}((x − y)/2) over p periods",
    equation="D6",
    chain=[
        _turns(cos(_angle) ** (2 * N)),
        eq(_turns(((_forward + _back) / 2) ** (2 * N)), by=identity(euler_cosine, _angle)),
        eq(
            num(4) ** (-N) * _turns(Sum(_term(m) * exp(I * (N - m) * x), (m, 0, 2 * N))),
            by=[
                as_(num(4) ** (-N) * _turns((_forward + 1 * _back) ** (2 * N))),
                identity(binomial_theorem, 2 * N, _forward, 1, _back),
            ],
        ),
        eq(
            num(4) ** (-N) * Sum(_term(m) * _turns(exp(I * (N - m) * x)), (m, 0, 2 * N)),
            by=convert(interval_termwise),
        ),
        eq(
            num(4) ** (-N) * (2 * pi * p) * Sum(delta(m, N) * _term(m), (m, 0, 2 * N)),
            by=identity(orthogonality, N, m, p),
        ),
        eq(
            2 * pi * p * binomial(2 * N, N) / num(4) ** N,
            by=identity(select, 0, 2 * N, function(m, _term(m)), N),
        ),
    ],
)

MASS = Result(
    "D6-mass",
    "The kernel has mass 1 on a period, wherever it is centred",
    equation="D6",
    note="At fixed φ₂ the integral over φ₁ in (D5) is one of this kind, so that (D6) may be used there although "
    "φ₁ − φ₂ runs over [−2π, 2π], where the kernel has mass 2.",
    chain=[
        turn(kernel(x - y), x),
        eq(
            num(4) ** N / (2 * pi * binomial(2 * N, N)) * turn(cos(_angle) ** (2 * N), x),
            by=algebra,
        ),
        eq(one, by=use("D6-cosine", p=1)),
    ],
)

RANGE = Result(
    "D6-range",
    "On [−2π, 2π] the kernel has mass 2: half peaks at ±2π",
    equation="D6",
    chain=[
        Integral(kernel(x), (x, -(2 * pi), 2 * pi)),
        eq(
            num(4) ** N / (2 * pi * binomial(2 * N, N)) * Integral(cos((x - 0) / 2) ** (2 * N), (x, -(2 * pi), 2 * pi)),
            by=algebra,
        ),
        eq(num(2), by=use("D6-cosine", p=2, y=0)),
    ],
)

_square = 1 - cos(x / 2) ** 2

SECOND = Result(
    "D6-second-moment",
    "The mean of sin²(x/2)",
    equation="D6",
    chain=[
        turn(kernel(x) * _square, x),
        eq(
            turn(kernel(x), x) + turn(-kernel(x) * cos(x / 2) ** 2, x),
            by=[
                as_(turn(kernel(x) + -kernel(x) * cos(x / 2) ** 2, x)),
                identity(integral_of_sum, -pi, pi, function(x, kernel(x)), function(x, -kernel(x) * cos(x / 2) ** 2)),
            ],
        ),
        eq(
            1
            - num(4) ** N / (2 * pi * binomial(2 * N, N)) * (2 * pi * binomial(2 * (N + 1), N + 1) / num(4) ** (N + 1)),
            by=[
                as_(
                    num(4) ** N
                    / (2 * pi * binomial(2 * N, N))
                    * (turn(cos((x - 0) / 2) ** (2 * N), x) - turn(cos((x - 0) / 2) ** (2 * (N + 1)), x))
                ),
                use("D6-cosine", p=1, y=0),
                use("D6-cosine", p=1, y=0, N=N + 1),
            ],
        ),
        eq(1 / (2 * N + 2), by=algebra),
    ],
)

_width = pi / sqrt(num(2)) * N ** (-half)


def _first_moment(state: State) -> Theorem:
    """|x| ≤ (x²/s + s)/2 and x² ≤ π² sin²(x/2), at s = π/√(2N)."""
    e = Estimates(state.given, state)
    inside = e.under(-pi <= x, x <= pi)
    square = inside.by(square_nonnegative, Abs(x) - _width)
    chord = inside.by(jordan, x / 2)
    weight = kernel(x) / (2 * _width)
    pointwise = inside.at_most(
        kernel(x) * Abs(x - 0),
        kernel(x) * (pi**2 / _width * _square + _width) / 2,
        (weight, square),
        (weight * pi**2, chord),
    )
    total = e.by(interval_inequality, x, -pi, pi, pointwise)
    mass = e.meet(e.by(instantiate, e.lookup("D6-mass"), ((y, zero),)))
    second = e.meet(e.lookup("D6-second-moment"))
    return e.at_most(
        total.left,
        _width,
        (1, total),
        (pi**2 / (2 * _width), second),
        (_width / 2, mass),
    )


FIRST = Result(
    "D6-first-moment",
    "The mean of |x| is at most π/√(2N)",
    equation="D6",
    given=(one <= N,),
    chain=[
        have(
            turn(kernel(x) * Abs(x - 0), x) <= _width,
            by=ProofBy("|x| ≤ (x²/s + s)/2 and Jordan's inequality", _first_moment, ("D6-mass", "D6-second-moment")),
        )
    ],
)


def _weak(state: State) -> Theorem:
    e = Estimates((*state.given, one <= N), state)
    plain = e.equal(turn(kernel(x), x), one, as_(turn(kernel(x - 0), x)), use("D6-mass", y=0))
    return weak_limit_on_interval(N, turn(kernel(x), x), zero, plain, e.meet(e.lookup("D6-first-moment")), state.given)


D6 = Result(
    "D6",
    "A limit representation of δ on [−π, π]",
    equation="D6",
    chain=[
        have(
            Term(
                "weak_limit",
                (
                    lam(N, Term("density_on", (-pi, pi, lam(x, kernel(x))))),
                    Term("dirac", (zero,)),
                    pi / sqrt(num(2)),
                    half,
                ),
            ),
            by=ProofBy("mass 1 and ∫|x| ≤ π/√(2N)", _weak, ("D6-mass", "D6-first-moment")),
        )
    ],
)
