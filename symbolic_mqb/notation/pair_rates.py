"""The constants with which the elements of two parties, multiplied, are near their limit."""

from __future__ import annotations

from ..kernel.terms import Term, call, defined, substitute
from .full_coarse_graining import RESTS, bound_threshold, element_constant, threshold_slope
from .language import Abs
from .measurement import A, E, a, d, mu, t, tau
from .rotor import F, b, d_B, k, l, m, mu_A, mu_B, n, phi, phi_A, phi_B, s, tau_A, tau_B

#: What stands for E, a, d, t, μ, τ, φ with each party.
ALICE = ((E, E), (a, a), (d, d), (t, s), (mu, mu_A), (tau, tau_A), (phi, phi_A))
BOB = ((E, F), (a, b), (d, d_B), (t, t), (mu, mu_B), (tau, tau_B), (phi, phi_B))

_constant = element_constant(A, RESTS, k, l)


def _of(body: Term, who: tuple[tuple[Term, Term], ...], row: Term, column: Term) -> Term:
    return substitute(body, {**dict(who), k: row, l: column})


def party_threshold(who: tuple[tuple[Term, Term], ...], first: Term, second: Term) -> Term:
    """From this N on the element of one party is near its limit; `first` and `second` are |k| and |l|."""
    return substitute(bound_threshold(first, second), dict(who))


def party_slope(who: tuple[tuple[Term, Term], ...], high: Term, first: Term, second: Term) -> Term:
    """How fast the threshold of one party grows in each index up to `high`, at least."""
    return substitute(threshold_slope(high, first, second), dict(who))


_first, _second = _of(_constant, ALICE, k, m), _of(_constant, BOB, l, n)
_parameters = (E, a, d, s, tau_A, F, b, d_B, t, tau_B, k, l, m, n)
#: C + C′ for the constants of the two parties: their elements and the limits of these are at most 1 in modulus.
PAIR_RATE = defined("C", _parameters, _first + _second)
pair_rate = call(PAIR_RATE, *_parameters)


def product_rate(name: str, first: Term, second: Term, v: Term) -> Term:
    """C + |v|C′ for numbers within C and C′ of v and w, the second at most 1, as `name` with all its variables."""
    body = first + Abs(v) * second
    parameters = tuple(sorted(body.free, key=lambda x: (x.args[0], x.args[1])))
    return call(defined(name, parameters, body), *parameters)
