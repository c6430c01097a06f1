"""The quantum rotor in the limit at α = 1: its wave-functions, its POVM e(θ), the law of the limit variable.

The amplitudes c_k of a state are those of −K ≤ k ≤ K; of a bipartite state, c_{kl} with −L ≤ l ≤ L too.
"""

from __future__ import annotations

from typing import Any

from ..kernel.arithmetic import term
from ..kernel.terms import Term, call, defined, lam, var
from .full_coarse_graining import CHARACTERISTIC, centred, power
from .language import Abs, I, Integral, Sum, conj, cos, exp, pi, sqrt
from .measurement import E, N, a, braket, d, t

c, c2 = var("c", "int->complex"), var("c", "int,int->complex")
K, L = var("K", "nat"), var("L", "nat")
phi, phi_A, phi_B = var("φ", "real"), var("φ_A", "real"), var("φ_B", "real")
angle, angle1, angle2, theta = var("ϕ", "real"), var("ϕ1", "real"), var("ϕ2", "real"), var("θ", "real")
k, l, m, n = var("k", "int"), var("l", "int"), var("m", "int"), var("n", "int")

#: ⟨ϕ|k⟩ = e^{ikϕ}/√(2π).
WAVE = defined("rotor", (angle, k), 1 / sqrt(2 * pi) * exp(I * k * angle))
#: ⟨k|e(θ)|l⟩ for e(θ) = |θ⟩⟨θ| + |−θ⟩⟨−θ|.
EFFECT = defined(
    "e",
    (theta, k, l),
    conj(call(WAVE, theta, k)) * call(WAVE, theta, l) + conj(call(WAVE, -theta, k)) * call(WAVE, -theta, l),
)


def rotor(point: Any, level: Any) -> Term:
    """⟨ϕ|k⟩."""
    return call(WAVE, term(point), term(level))


def effect(point: Any, bra: Any, ket: Any) -> Term:
    """⟨k|e(θ)|l⟩."""
    return call(EFFECT, term(point), term(bra), term(ket))


def state_sum(body: Term) -> Term:
    """Σ_{k,l} body, k and l from −K to K."""
    return Sum(Sum(body, (l, -K, K)), (k, -K, K))


def turned(setting: Term) -> Term:
    """e^{−ikφ} c_k* c_l e^{ilφ}."""
    return exp(-I * k * setting) * conj(c(k)) * c(l) * exp(I * l * setting)


def wave_function(point: Term) -> Term:
    """⟨ϕ|ψ⟩ = Σ_l c_l ⟨ϕ|l⟩."""
    return Sum(c(l) * rotor(point, l), (l, -K, K))


def joint(first: Term, second: Term) -> Term:
    """The joint law of the settings φ₁ and φ₂, tested on first(x)·second(y)."""
    return call(JOINT, c, K, phi1, phi2, first, second)


def angle_density(setting: Term, point: Term) -> Term:
    """(1/2π) Σ_{k,l} e^{−ikφ} c_k* c_l e^{ilφ} e^{i(k−l)ϕ}."""
    return 1 / (2 * pi) * state_sum(turned(setting) * exp(I * (k - l) * point))


f, g = var("f", "real->real"), var("g", "real->real")
phi1, phi2 = var("φ1", "real"), var("φ2", "real")
_wave = Sum(c(l) * call(WAVE, angle, l), (l, -K, K))
#: ∫ f(x) g(y) over the joint law of two settings: x = cos(ϕ − φ₁), y = cos(ϕ − φ₂), ϕ with the density |⟨ϕ|ψ⟩|².
JOINT = defined(
    "J",
    (c, K, phi1, phi2, f, g),
    Integral(f(cos(angle - phi1)) * g(cos(angle - phi2)) * Abs(_wave) ** 2, (angle, -pi, pi)),
)
#: P(x), the image of the density of the angle under cos: Σ e^{−ikφ}c_k*c_l e^{ilφ} (1/2π)∫dϕ e^{i(k−l)ϕ} δ(cos ϕ − x).
LAW = defined(
    "P_X",
    (c, K, phi),
    Term("pushforward", (-pi, pi, lam(angle, cos(angle)), lam(angle, angle_density(phi, angle)))),
)
#: P(θ) of (15).
DENSITY = defined(
    "P",
    (c, K, phi, theta),
    state_sum(turned(phi) * ((exp(-I * (k - l) * theta) + exp(I * (k - l) * theta)) / (2 * pi))),
)
#: Bob's measurement: effects, outcomes, their number, μ and τ, and the argument of the characteristic function.
F, b, d_B = var("F", "nat->op"), var("b", "nat->real"), var("d_B", "nat")
mu_A, mu_B, tau_A, tau_B, s = (var(name, "real") for name in ("μ_A", "μ_B", "τ_A", "τ_B", "s"))


def four(body: Term) -> Term:
    """Σ_{klmn} body, k and m from −K to K, l and n from −L to L."""
    return Sum(Sum(Sum(Sum(body, (n, -L, L)), (m, -K, K)), (l, -L, L)), (k, -K, K))


def _element(first: Term, second: Term, party: str) -> Term:
    """⟨2N, N+first|𝒜^{⊗2N}|2N, N+second⟩ for one party."""
    measurement = (E, a, d, N, s, tau_A) if party == "A" else (F, b, d_B, N, t, tau_B)
    return braket(centred(first), power(call(CHARACTERISTIC, *measurement)), centred(second))


#: The characteristic function of (X, Y) on the state (D11): c_{kl} multiplies |2N, N+k⟩ ⊗ |2N, N+l⟩.
BIPARTITE = defined(
    "χ_4N",
    (c2, K, L, N, E, a, d, mu_A, tau_A, F, b, d_B, mu_B, tau_B, s, t),
    exp(-I * s * mu_A / tau_A - I * t * mu_B / tau_B)
    * four(conj(c2(k, l)) * c2(m, n) * (_element(k, m, "A") * _element(l, n, "B"))),
)
bipartite = call(BIPARTITE, c2, K, L, N, E, a, d, mu_A, tau_A, F, b, d_B, mu_B, tau_B, s, t)
#: μ(ϕ₁, ϕ₂), the distribution of the hidden variable.
HIDDEN = defined(
    "μ",
    (c2, K, L, angle1, angle2),
    Abs(1 / (2 * pi) * Sum(Sum(exp(-I * k * angle1 - I * l * angle2) * c2(k, l), (l, -L, L)), (k, -K, K))) ** 2,
)


def law(setting: Term) -> Term:
    """P(x), as a measure."""
    return call(LAW, c, K, setting)


def density(setting: Term, point: Term) -> Term:
    """P(θ) of (15)."""
    return call(DENSITY, c, K, setting, point)


def hidden(first: Term, second: Term) -> Term:
    """μ(ϕ₁, ϕ₂)."""
    return call(HIDDEN, c2, K, L, first, second)
