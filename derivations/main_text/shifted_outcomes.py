"""Both outcomes of the correlated state shifted by noise of at most ε: what it does to the correlation of their signs.

near(x) = sgn(x + ε) − sgn(x − ε) is 2 for |x| < ε and 0 for |x| > ε, so that ∫ near(x) P(x) dx = 2 P(|x| ≤ ε).
"""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.bell import (
    SHIFTED_CORRELATION,
    SHIFTED_ELEMENT,
    D,
    c,
    correlation,
    near,
    near_element,
    near_probability,
    phi_a,
    phi_b,
    shifted_correlation,
    shifted_element,
    sign_element,
)
from symbolic_mqb.notation.language import Abs, I, Integral, conj, delta, equal, exp, function, sgn, symbols
from symbolic_mqb.notation.models import far_off
from symbolic_mqb.notation.objects import wave
from symbolic_mqb.notation.two_parties import k, l, levels, turned, turned_conjugate
from symbolic_mqb.results import Needed, Result, eq, have
from symbolic_mqb.rules.asymptotics import cut
from symbolic_mqb.rules.collective import split_terms
from symbolic_mqb.rules.complex_numbers import real_if_self_conjugate
from symbolic_mqb.rules.inequalities import at_most_modulus, integral_of_inequality, two_sided
from symbolic_mqb.rules.integrals import integral_termwise
from symbolic_mqb.rules.logic import normal_form, symmetry, transport
from symbolic_mqb.rules.sums import exchange_sums, select
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, as_, convert, fold, identity, unfold, use

x, y, r, rp, epsilon = symbols("x y r r' ε", "real")
kn, ln = symbols("k l", "nat")
turn = phi_a + phi_b
_psi = turned(x, y, phi_a, phi_b)
_density = conj(_psi) * _psi
_conjugated = identity(normal_form, conj(_psi), turned_conjugate(x, y, phi_a, phi_b))
_apart = [
    _conjugated,
    convert(integral_termwise),
    convert(integral_termwise),
    convert(exchange_sums, takes_given=False),
]
_termwise = [convert(integral_termwise), convert(integral_termwise)]
_weight = exp(-I * k * turn) * conj(c(k)) * c(l) * exp(I * l * turn)


def _overlap(point: Term) -> Term:
    return conj(wave(point, k)) * wave(point, l)


def _phases(body: Term) -> Term:
    """Σ_{k,l} e^{−ikθ} c_k* c_l e^{ilθ} body at θ = φ_A + φ_B."""
    return levels(_weight * body)


SYMMETRIC = Result(
    "14-symmetric",
    "The matrix elements of the shifted sign are symmetric",
    equation="14",
    chain=[
        shifted_element(r, kn, ln),
        eq(shifted_element(r, ln, kn), by=[unfold(SHIFTED_ELEMENT), fold(shifted_element(r, ln, kn))]),
    ],
)

_change = sgn(x + r) * sgn(y + rp) - sgn(x) * sgn(y)
_elements = shifted_element(r, k, l) * shifted_element(rp, k, l)
_plain = sign_element(k, l) ** 2

REAL = Result(
    "14-real",
    "The correlation of two shifted signs is a real number",
    equation="14",
    chain=[
        conj(_phases(_elements)),
        eq(
            levels(exp(I * k * turn) * c(k) * conj(c(l)) * exp(-I * l * turn) * _elements),
            by=as_(levels(exp(I * k * turn) * c(k) * conj(c(l)) * exp(-I * l * turn) * _elements)),
        ),
        eq(
            _phases(_elements),
            by=[
                convert(exchange_sums, takes_given=False),
                use("14-symmetric", r=r, k=k, l=l),
                use("14-symmetric", r=rp, k=k, l=l),
            ],
        ),
    ],
)

SLICE = Result(
    "14-slice",
    "The change of the product of two signs by noise, averaged over Bob's outcome at Alice's outcome x",
    equation="14",
    chain=[
        Integral(_change * _density, y),
        eq(_phases(_overlap(x) * Integral(_change * _overlap(y), y)), by=_apart),
        eq(
            _phases(_overlap(x) * (sgn(x + r) * shifted_element(rp, k, l) - sgn(x) * sign_element(k, l))),
            by=[
                as_(
                    _phases(
                        _overlap(x)
                        * (
                            sgn(x + r) * Integral(sgn(y + rp) * _overlap(y), y)
                            - sgn(x) * Integral(sgn(y) * _overlap(y), y)
                        )
                    )
                ),
                fold(shifted_element(rp, k, l)),
                fold(sign_element(k, l)),
            ],
        ),
    ],
)

_change_slice = _phases(_overlap(x) * (sgn(x + r) * shifted_element(rp, k, l) - sgn(x) * sign_element(k, l)))
_near_slice = _phases(_overlap(x) * (near(x) * delta(k, l) + near_element(epsilon, k, l)))

NEAR_SLICE = Result(
    "14-near-slice",
    "Twice the probability that |x| ≤ ε or |y| ≤ ε, each counted, averaged over Bob's outcome y",
    equation="14",
    chain=[
        Integral((near(x) + near(y)) * _density, y),
        eq(_phases(_overlap(x) * Integral((near(x) + near(y)) * _overlap(y), y)), by=_apart),
        eq(
            _near_slice,
            by=[
                as_(_phases(_overlap(x) * (near(x) * Integral(_overlap(y), y) + Integral(near(y) * _overlap(y), y)))),
                use("A17-orthonormal", k=k, l=l),
                fold(near_element(epsilon, k, l)),
            ],
        ),
    ],
)

CHANGE = Result(
    "14-change",
    "The change of the correlation by fixed shifts r and r′",
    equation="14",
    chain=[
        Integral(Integral(_change * _density, y), x),
        eq(
            Integral(_phases(_overlap(x) * (sgn(x + r) * shifted_element(rp, k, l) - sgn(x) * sign_element(k, l))), x),
            by=use("14-slice", x=x),
        ),
        eq(
            _phases(
                Integral(sgn(x + r) * _overlap(x), x) * shifted_element(rp, k, l)
                - Integral(sgn(x) * _overlap(x), x) * sign_element(k, l)
            ),
            by=_termwise,
        ),
        eq(
            _phases(_elements) - _phases(_plain),
            by=[
                fold(shifted_element(r, k, l)),
                fold(sign_element(k, l)),
                as_(levels(_weight * _elements - _weight * _plain)),
                convert(split_terms),
                convert(split_terms),
            ],
        ),
    ],
)

NEAR = Result(
    "14-near",
    "Twice the probability that |x| ≤ ε, plus twice that of |y| ≤ ε: each is Σ_k |c_k|² ∫ near(x) |⟨x|k⟩|² dx",
    equation="14",
    chain=[
        Integral(Integral((near(x) + near(y)) * _density, y), x),
        eq(Integral(_near_slice, x), by=use("14-near-slice", x=x)),
        eq(
            _phases(
                Integral(near(x) * _overlap(x), x) * delta(k, l)
                + Integral(_overlap(x), x) * near_element(epsilon, k, l)
            ),
            by=_termwise,
        ),
        eq(
            2 * near_probability(),
            by=[
                fold(near_element(epsilon, k, l)),
                use("A17-orthonormal", k=k, l=l),
                as_(levels(delta(l, k) * (2 * _weight * near_element(epsilon, k, l)))),
                identity(select, 0, D - 1, function(l, 2 * _weight * near_element(epsilon, k, l)), k),
            ],
        ),
    ],
)

_noise = (-epsilon <= r, r <= epsilon, -epsilon <= rp, rp <= epsilon)
_all = _phases(_elements) - _phases(_plain)


_sides = {
    "change": (_change * _density, _change_slice, "14-slice", "14-change", _all),
    "near": ((near(x) + near(y)) * _density, _near_slice, "14-near-slice", "14-near", 2 * near_probability()),
}


def _half(e: Estimates, sign: int) -> Theorem:
    """change ≤ near (sign = 1) or −near ≤ change (sign = −1), over Bob's outcome and then over Alice's."""
    size = Abs(_psi) ** 2
    order = ((1, "change"), (1, "near")) if sign > 0 else ((-1, "near"), (1, "change"))
    below = (size, e.by(at_most_modulus, sign * _change)), (size, e.meet(e.lookup("14-CHSH")))
    left, right = (factor * _sides[which][0] for factor, which in order)
    theorem = integral_of_inequality(y, e.at_most(left, right, *below), e.given)
    for i, (factor, which) in enumerate(order):
        body, at_x, label, _, _ = _sides[which]
        bob = e.equal(theorem.conclusion.args[i], factor * at_x, as_(factor * Integral(body, y)), use(label))
        theorem = transport(theorem, (i,), bob, e.given)
    theorem = integral_of_inequality(x, theorem, e.given)
    for i, (factor, which) in enumerate(order):
        _, at_x, label, total, value = _sides[which]
        steps = (as_(factor * Integral(at_x, x)), use(label, reverse=True, x=x), use(total))
        both = e.equal(theorem.conclusion.args[i], value if factor == 1 else -value, *steps)
        theorem = transport(theorem, (i,), both, e.given)
    return theorem


def _real_value(state: State) -> Theorem:
    """The double sum is the correlation, its real part."""
    e = Estimates(state.given, state)
    real = real_if_self_conjugate(e.lookup("14-real"))
    symbol = shifted_correlation(r, rp, turn)
    return symmetry(cut(e.under(real.conclusion).equal(symbol, _phases(_elements), unfold(SHIFTED_CORRELATION)), real))


VALUE = Result(
    "14-value",
    "The correlation of two shifted signs, with its double sum in full",
    equation="14",
    chain=[
        have(
            equal(_phases(_elements), shifted_correlation(r, rp, turn)),
            by=ProofBy("(14-real)", _real_value, ("14-real",)),
        )
    ],
)


def _bounded(state: State) -> Theorem:
    e = Estimates(state.given, state)
    theorem = two_sided(_all, _half(e, -1), _half(e, 1))
    theorem = transport(theorem, (0, 0, 0), e.lookup("14-value"), e.given)
    return transport(
        theorem, (0, 0, 1, 1), e.equal(_phases(_plain), correlation(turn), fold(correlation(turn))), e.given
    )


SHIFTED = Result(
    "14-shifted",
    "The correlation of the signs of x + r and y + r′ for the limit distribution |ψ(x, y)|²",
    equation="14",
    chain=[
        Integral(Integral(sgn(x + r) * sgn(y + rp) * _density, y), x),
        eq(
            _phases(Integral(sgn(x + r) * _overlap(x), x) * Integral(sgn(y + rp) * _overlap(y), y)),
            by=[*_apart, *_termwise],
        ),
        eq(_phases(_elements), by=[fold(shifted_element(r, k, l)), fold(shifted_element(rp, k, l))]),
        eq(shifted_correlation(r, rp, turn), by=use("14-value")),
    ],
)

OUTCOMES = Result(
    "14-correlation",
    "Shifts of at most ε change a correlation by at most 2P(|x| ≤ ε) + 2P(|y| ≤ ε)",
    equation="14",
    given=_noise,
    needs=(Needed(_noise[2], far_off(rp, -8, (D, 3))),),
    chain=[
        have(
            Abs(shifted_correlation(r, rp, turn) - correlation(turn)) <= 2 * near_probability(),
            by=ProofBy(
                "(14-CHSH), averaged over both outcomes",
                _bounded,
                ("14-CHSH", "14-slice", "14-near-slice", "14-change", "14-near", "14-value"),
            ),
        )
    ],
)
