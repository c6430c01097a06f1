"""Terms as SymPy expressions, exactly as written: nothing is combined, reordered or cancelled.

SymPy's own constructors evaluate even with `evaluate=False` (`Integral` multiplies its integrand by 1,
`Min` sorts, `Derivative` drops a variable that does not occur), so nodes that would are made raw.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp
from sympy.core.function import UndefinedFunction

from ..kernel.terms import Term, apply, subterms, var
from ..notation.bessel import BESSEL
from ..notation.language import oo
from ..notation.objects import GENERALISED_HERMITE, HERMITE
from . import objects, statements
from .errors import TranslationError
from .functions import H, He
from .names import ASSUMPTIONS, latex_name, symbol

CONSTANTS: dict[str, Any] = {"I": sp.I, "pi": sp.pi, "euler": sp.E, "infinity": sp.oo}
#: Operations of number arguments that are a SymPy function of the same arguments.
FUNCTIONS: dict[str, Any] = {
    "exp": sp.exp,
    "log": sp.log,
    "abs": sp.Abs,
    "conj": sp.conjugate,
    "re": sp.re,
    "im": sp.im,
    "arg": sp.arg,
    "sgn": sp.sign,
    "cos": sp.cos,
    "sin": sp.sin,
    "factorial": sp.factorial,
    "binomial": sp.binomial,
    "delta": sp.KroneckerDelta,
}
RANGES: dict[str, Any] = {"sum": sp.Sum, "prod": sp.Product, "integral": sp.Integral}
EXTREMES: dict[str, Any] = {"min": sp.Min, "max": sp.Max}
#: Operations with a class of the bridge's own.
OWN: dict[str, Any] = {
    getattr(c, "term_op", ""): c
    for module in (objects, statements)
    for c in vars(module).values()
    if isinstance(c, type) and getattr(c, "term_op", "") not in ("", "app", "call")
}


def to_sympy(t: Term, symbols: Mapping[Term, Any] | None = None) -> Any:
    """The term as an unevaluated SymPy expression (a statement as a `Statement`, a function as a `Lambda`).

    A variable becomes the symbol of its name with its sort's assumptions, or what `symbols` says.
    `from_sympy` is the inverse.
    """
    if not isinstance(t, Term):
        raise TranslationError(f"{t!r} is no term; from_sympy goes the other way", t)
    return _Writer(dict(symbols or {}), frozenset()).write(t)


def latex(expression: Any, **settings: Any) -> str:
    """SymPy's LaTeX with sums in the order written, Greek names and primes set as such."""
    if not isinstance(expression, sp.Basic):
        raise TranslationError(f"{expression!r} is no SymPy expression; to_sympy makes one of a term", expression)
    found = {s: latex_name(s.name) for s in expression.atoms(sp.Symbol)}
    names = {s: text for s, text in found.items() if text is not None}
    options = {"order": "none", "symbol_names": {**names, **settings.pop("symbol_names", {})}, **settings}
    return str(sp.latex(expression, **options))


def raw(cls: Any, *args: Any) -> Any:
    """A node of a SymPy class with exactly these arguments."""
    node = sp.Expr.__new__(cls, *args)
    if cls in EXTREMES.values():
        node._argset = frozenset(args)
    if cls in RANGES.values():
        node.is_commutative = args[0].is_commutative
    return node


def function_of(name: str, sort: str) -> Any:
    """The SymPy function symbol of a sort nat->nat, nat->real or nat->complex."""
    return UndefinedFunction(name, **ASSUMPTIONS[sort.split("->")[1]])


class _Writer:
    """One translation: symbols that were given, and the names of the bound variables around here."""

    def __init__(self, known: dict[Term, Any], open_names: frozenset[str]) -> None:
        self.known, self.open_names = known, open_names

    def write(self, t: Term) -> Any:
        """The expression for a closed term."""
        op = t.op
        handler = getattr(self, f"_{op}", None)
        if handler is not None:
            return handler(t)
        if op in CONSTANTS:
            return CONSTANTS[op]
        if op in FUNCTIONS:
            return FUNCTIONS[op](*map(self.write, t.args), evaluate=False)
        if op in EXTREMES:
            return raw(EXTREMES[op], *map(self.write, t.args))
        if op in RANGES:
            return self._range(t)
        return OWN[op](*self._arguments(t))

    def _arguments(self, t: Term) -> list[Any]:
        out: list[Any] = []
        for a in subterms(t):
            binds = a.op == "lam" and t.op not in ("povm", "projective")  # these take a function as it is
            out += self._opened(a)[:2] if binds else [self.write(a)]
        return out

    def _opened(self, function: Term, v: Term | None = None) -> tuple[Any, Any]:
        """(symbol, body) of a function, its variable named apart from everything free or open around it."""
        if v is None:
            name, sort = function.args[0], function.args[1]
            busy = self.open_names | {str(self.known.get(x, x.args[0])) for x in function.free}
            while name in busy:
                name += "′"
            v = var(name, sort)
            known = {w: s for w, s in self.known.items() if w != v}
        else:
            known = self.known
        inner = _Writer(known, self.open_names | {v.args[0]})
        return inner.write(v), inner.write(apply(function, v))

    def _num(self, t: Term) -> Any:
        return sp.Rational(t.args[0].numerator, t.args[0].denominator)

    def _var(self, t: Term) -> Any:
        if t in self.known:
            return self.known[t]
        name, sort = t.args
        return objects.FunctionSymbol(name, sort) if "->" in sort else symbol(name, sort)

    def _add(self, t: Term) -> Any:
        return sp.Add(*map(self.write, t.args), evaluate=False)

    def _mul(self, t: Term) -> Any:
        if t == -oo:
            return sp.S.NegativeInfinity
        factors = tuple(map(self.write, t.args))
        if objects.WrittenProduct.wanted(factors):
            return objects.WrittenProduct(*factors)
        return sp.Mul(*factors, evaluate=False)

    def _pow(self, t: Term) -> Any:
        return sp.Pow(self.write(t.args[0]), self.write(t.args[1]), evaluate=False)

    def _range(self, t: Term) -> Any:
        low, high, function = t.args
        v, body = self._opened(function)
        limits = [sp.Tuple(v, self.write(low), self.write(high))]
        if type(body) is RANGES[t.op]:
            limits = [*body.limits, *limits]
            body = body.function
        return raw(RANGES[t.op], body, *limits)

    def _series(self, t: Term) -> Any:
        v, body = self._opened(t.args[0])
        return raw(sp.Sum, body, sp.Tuple(v, sp.S.Zero, sp.oo))

    def _deriv(self, t: Term) -> Any:
        n, function, point = t.args
        plain = point.op == "var" and point.args[1] == "real" and isinstance(self.write(point), sp.Symbol)
        if plain and point not in function.free:
            x, body = self._opened(function, point)
            return raw(sp.Derivative, body, sp.Tuple(x, self.write(n)))
        x, body = self._opened(function)
        return objects.DerivativeAt(self.write(n), x, body, self.write(point))

    def _law(self, t: Term) -> Any:
        n, d, weight, value = t.args
        both = weight.free | value.free
        name, busy = weight.args[0], self.open_names | {str(self.known.get(x, x.args[0])) for x in both}
        while name in busy:
            name += "′"
        v = var(name, "tuple")
        inner = _Writer({w: s for w, s in self.known.items() if w != v}, self.open_names | {name})
        bodies = (inner.write(apply(f, v)) for f in (weight, value))
        return objects.Law(self.write(n), self.write(d), inner.write(v), *bodies)

    def _lam(self, t: Term) -> Any:
        v, body = self._opened(t)
        return raw(sp.Lambda, sp.Tuple(v), body)

    def _pushforward(self, t: Term) -> Any:
        return objects.Pushforward(*map(self.write, t.args))

    def _app(self, t: Term) -> Any:
        head, argument = t.args[:2]
        if head.op == "var" and head.args[1] in ("nat->nat", "nat->real", "nat->complex") and head not in self.known:
            return function_of(*head.args)(self.write(argument), evaluate=False)
        if head.op == "var" and head in self.known and isinstance(self.known[head], UndefinedFunction):
            return self.known[head](self.write(argument), evaluate=False)
        if head.op == "var" and head.args[1].startswith("int"):
            return objects.Amplitude(*map(self.write, t.args))
        if head.args[1:] == ("real->real",):
            return objects.RealFunctionValue(self.write(head), self.write(argument))
        if head.args[1:] == ("states",):
            return objects.StateOf(self.write(head), self.write(argument))
        maker = objects.OperatorValue if "->" in head.args[1] else objects.TupleItem
        return maker(self.write(head), self.write(argument))

    def _call(self, t: Term) -> Any:
        head, values = t.args[0], [self.write(v) for v in t.args[1:]]
        own = {HERMITE: He, GENERALISED_HERMITE: H, BESSEL: sp.besselj}.get(head)
        if own is not None:
            return own(*values, evaluate=False)
        params, body = _parameters(head)
        inner = _Writer({}, frozenset())
        return objects.Defined(head.args[0], [inner.write(p) for p in params], inner.write(body), values)


def _parameters(head: Term) -> tuple[list[Term], Term]:
    """The parameters and the body of a definition."""
    body: Term = head.args[2]
    params: list[Term] = []
    while body.op == "lam" and len(params) < len(head.args[1]):
        name, busy = body.args[0], {v.args[0] for v in params}
        while name in busy:
            name += "′"
        params.append(var(name, body.args[1]))
        body = apply(body, params[-1])
    return params, body
