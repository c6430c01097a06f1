"""What an expression says, as a number: a random interpretation under which two expressions agree if they say the same.

Arithmetic, powers, exponentials, |z| and z* are what they are. Everything else (H_n, a factorial, a matrix element, a
name) is a random function of the values of its arguments, and what binds a variable (Σ, ∫, lim, [zⁿ], dⁿ/dxⁿ) is a
random weighted sum of its body at random points, both depending on the bounds. Expressions that are the same up to the
order of factors and summands, the names of bound variables and how fractions are drawn agree in every such
interpretation; a sign, an index, a bound or a symbol that differs shows in almost every one.
"""

from __future__ import annotations

import cmath
from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from symbolic_mqb.sympy_bridge import objects
from symbolic_mqb.sympy_bridge.functions import H, He

POINTS = 2
_NAMED = {
    sp.log: "log", sp.re: "re", sp.im: "im", sp.arg: "arg", sp.sign: "sgn", sp.cos: "cos", sp.sin: "sin",
    sp.factorial: "factorial", sp.binomial: "binomial", sp.KroneckerDelta: "delta", sp.Min: "min", sp.Max: "max",
}  # fmt: skip
_APPLIED = (
    objects.TupleItem, objects.RealFunctionValue, objects.Amplitude, objects.OperatorValue, objects.StateOf,
)  # fmt: skip


class Meaningless(Exception):
    """Something that has no value here."""


class Meaning:
    """One interpretation: `spelt` gives the name under which a symbol or a function of an expression is known.

    An expression that was `parsed` has one argument for each function, the sum that `function` forms.
    """

    def __init__(self, seed: int, spelt: Callable[[str], str], parsed: bool = False) -> None:
        self.seed, self.spelt, self.parsed = seed, spelt, parsed

    def random(self, *key: Any) -> complex:
        """A number that depends on the key, about 1 in size."""
        digest = blake2b(repr((self.seed, *map(_rounded, key))).encode(), digest_size=16).digest()
        one, two = (int.from_bytes(digest[i : i + 8], "big") / 2**64 for i in (0, 8))
        return complex(0.5 + one, two - 0.5)

    def function(self, kind: str, values: list[complex] | tuple[complex, ...]) -> complex:
        """A random function of several arguments: of their sum, each times a number of its own."""
        return self.random(kind, self._together(values))

    def _together(self, values: Iterable[complex]) -> complex:
        return sum((self.random("name", f"argument {i}") * z for i, z in enumerate(values)), 0j)

    def bind(self, kind: str, bounds: complex, body: Callable[[complex], complex]) -> complex:
        """A weighted sum over a few points, for a kind of binder and what its bounds come to."""
        pairs = ((self.random(kind, "weight", i, bounds), self.random(kind, "at", i, bounds)) for i in range(POINTS))
        return sum((w * body(at) for w, at in pairs), 0j)

    def __call__(self, e: Any, env: Mapping[str, complex] | None = None) -> complex:
        """The value of an expression; `env` holds those of its bound variables."""
        return self._value(e, dict(env or {}))

    def _value(self, e: Any, env: dict[str, complex]) -> complex:
        if isinstance(e, sp.Symbol | objects.FunctionSymbol):
            return self._name(str(e.name if isinstance(e, sp.Symbol) else e.args[0]), env)
        if e is sp.oo or e is sp.S.NegativeInfinity:
            return self.random("infinity") * (1 if e is sp.oo else -1)
        if e.is_Number or e in (sp.pi, sp.E, sp.I, sp.EulerGamma):
            return complex(e)
        values = [self._value(a, env) for a in e.args] if _plain(e) else []
        if e.is_Add:
            return sum(values, 0j)
        if e.is_Mul:
            return _product(values)
        if e.is_Pow:
            return values[0] ** values[1]
        return self._function(e, values, env)

    def _name(self, name: str, env: dict[str, complex]) -> complex:
        name = self.spelt(name)
        if name == "nothing":
            return 0j
        return env[name] if name in env else 1j if name == "imaginary unit" else self.random("name", name)

    def _function(self, e: Any, values: list[complex], env: dict[str, complex]) -> complex:
        honest = {sp.exp: cmath.exp, sp.Abs: lambda z: complex(abs(z)), sp.conjugate: complex.conjugate}.get(type(e))
        if honest is not None:
            return honest(values[0])
        if self.parsed and isinstance(e, sp.binomial):
            return self._parsed(e.args[0].name, values[1], env)
        if type(e) in _NAMED:
            return self.function(_NAMED[type(e)], values)
        if isinstance(e, sp.Sum | sp.Product | sp.Integral):
            return self._range(e, list(e.limits), env)
        if isinstance(e, sp.Derivative):
            x, n = e.args[1]
            return self._bound("deriv", (n, x), x, e.expr, env)
        if isinstance(e, He | H):
            return self.function(f"call {type(e).__name__}", values)
        if isinstance(e, AppliedUndef):
            return self.function(f"app {_key(self._name(e.func.__name__, env))}", values)
        if isinstance(e, _APPLIED):
            return self.function(f"app {_key(values[0])}", values[1:])
        if isinstance(e, objects.Defined):
            return self.function(f"call {e.args[0].name}", [self._value(a, env) for a in e.args[3]])
        return self._own(e, values, env)

    def _own(self, e: Any, values: list[complex], env: dict[str, complex]) -> complex:
        op = getattr(e, "term_op", "")
        if not op:
            raise Meaningless(type(e).__name__)
        at = e.variable_at
        if at is None:
            return self.function(op, values[:1] if op == "O" else values)  # the constant of O is not printed
        if op == "limit":
            raise Meaningless("a limit inside an expression")
        rest = [a for i, a in enumerate(e.args) if i not in (at, at + 1)]
        return self._bound(op, tuple(rest), e.args[at], e.args[at + 1], env)

    def _parsed(self, spelt: str, arguments: complex, env: dict[str, complex]) -> complex:
        """A function of the parser's, at the sum of its arguments."""
        name, first = self.spelt(spelt), arguments / self.random("name", "argument 0")
        honest = {"conj": complex.conjugate, "abs": lambda z: complex(abs(z)), "exp": cmath.exp}.get(name)
        if honest is not None:
            return honest(first)
        if name.startswith(("call ", "op ")):
            return self.random(name.removeprefix("op "), complex(arguments))
        return self.random(f"app {_key(self._name(spelt, env))}", arguments)

    def _range(self, e: Any, limits: list[Any], env: dict[str, complex]) -> complex:
        if not limits:
            return self._value(e.function, env)
        *inner, (v, low, high) = limits
        kind, bounds = {sp.Sum: "sum", sp.Product: "prod", sp.Integral: "integral"}[type(e)], (low, high)
        mark = self.spelt(low.args[0].name) if self.parsed and isinstance(low, sp.binomial) else ""
        if mark.startswith("mark "):
            kind, together = mark[5:], self._value(low.args[1], env)
        else:
            together = self._together(self._value(b, env) for b in bounds)
        name = self.spelt(v.name)
        return self.bind(kind, together, lambda z: self._range(e, inner, {**env, name: z}))

    def _bound(self, kind: str, bounds: tuple[Any, ...], v: Any, body: Any, env: dict[str, complex]) -> complex:
        together = self._together(self._value(b, env) for b in bounds)
        name = self.spelt(v.name)
        return self.bind(kind, together, lambda z: self._value(body, {**env, name: z}))


def _plain(e: Any) -> bool:
    """No variable is bound by it, and its arguments are all that it holds."""
    own = getattr(e, "variable_at", None)
    return own is None and not isinstance(e, sp.Sum | sp.Product | sp.Integral | sp.Derivative | objects.Defined)


def _product(values: list[complex]) -> complex:
    out = 1 + 0j
    for v in values:
        out *= v
    return out


def _key(z: complex) -> str:
    return str(_rounded(z))


def _rounded(x: Any) -> Any:
    if not isinstance(x, complex):
        return x
    size = max(abs(x), 1e-3)
    return tuple(f"{round(part / size, 7) + 0.0:.7f}" for part in (x.real, x.imag)), f"{size:.7e}"
