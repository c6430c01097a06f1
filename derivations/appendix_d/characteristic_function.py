"""(D8): the characteristic function in the limit at α = 1."""

from __future__ import annotations

from symbolic_mqb.kernel.terms import Term, lam
from symbolic_mqb.kernel.theorem import Theorem
from symbolic_mqb.notation.full_coarse_graining import calA, centred, limit_integral, power, turn
from symbolic_mqb.notation.language import I, conj, cos, equal, exp, function, half, pi, unequal
from symbolic_mqb.notation.measurement import POVM, A, N, braket, entry, mu, t, tau
from symbolic_mqb.notation.rotor import K, angle, c, k, l, phi, state_sum
from symbolic_mqb.results import Result, eq, have
from symbolic_mqb.rules.asymptotics import limit_of_equal, limit_of_multiple, limit_of_sum
from symbolic_mqb.rules.circle_functions import periodic_shift
from symbolic_mqb.rules.logic import instantiate
from symbolic_mqb.rules.trigonometry import euler_cosine
from symbolic_mqb.tactics.estimates import Estimates
from symbolic_mqb.tactics.reasons import ProofBy, State, given_that, identity, use

_upper = equal(entry(A, 0, 1), tau * exp(I * phi))
#: The choice μ = tr A/2, A₀₁ = τe^{iφ}.
_choice = (POVM, equal(mu, half * (entry(A, 0, 0) + entry(A, 1, 1))), _upper, unequal(tau, 0))
_weight = conj(c(k)) * c(l)
_shifted = angle + phi


def _swing(exponent: Term) -> Term:
    """Σ c_k* c_l (1/2π) ∫dϕ e^{i(k−l)ϕ} e^{exponent}."""
    return state_sum(_weight * (1 / (2 * pi)) * turn(exp(I * (k - l) * angle) * exp(exponent), angle))


_exponential = _swing(I * t / 2 * (exp(I * _shifted) + exp(-I * _shifted)))
_cosine = _swing(I * t * cos(_shifted))
chi = state_sum(_weight * (1 / (2 * pi)) * turn(exp(I * (k - l) * (angle - phi) + I * t * cos(angle)), angle))

D8 = Result(
    "D8",
    "The limit of the characteristic function, at μ = tr A/2 and A₀₁ = τe^{iφ}",
    equation="D8",
    given=_choice,
    chain=[
        exp(-I * t * mu / tau) * state_sum(_weight * limit_integral(A, k, l, angle)),
        eq(_exponential, by=[given_that(_choice[1]), use("A-hermitian"), given_that(_upper)]),
        eq(_cosine, by=identity(euler_cosine, _shifted, reverse=True)),
        eq(
            chi,
            by=identity(
                periodic_shift,
                function(angle, exp(I * (k - l) * (angle - phi) + I * t * cos(angle))),
                phi,
            ),
        ),
    ],
)
