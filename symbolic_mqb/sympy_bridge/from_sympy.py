"""SymPy expressions as terms: what stands there is translated, nothing is simplified or guessed.

What SymPy cancelled when the expression was built (x/x, (x−1)/(x−1), He_2 written as `hermite(2, x)`)
is gone before this module sees it; `notice` says so of an expression.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import isfinite
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef
from sympy.logic.boolalg import BooleanAtom

from ..kernel.errors import TermError
from ..kernel.kinds import kind
from ..kernel.signatures import SIGNATURES
from ..kernel.terms import Term, call, defined, lam, num, substitute, var
from ..notation.bessel import BESSEL
from ..notation.language import symbol
from ..notation.objects import GENERALISED_HERMITE, HERMITE, gaussian
from ..results import TOO_LONG, too_long
from . import objects
from .errors import TranslationError
from .functions import H, He
from .names import sort_of
from .to_sympy import CONSTANTS, FUNCTIONS, OWN, RANGES
from .transforms import DickeMatrixElement, WeierstrassTransform

_CONSTANTS: dict[Any, Term] = {value: Term(op) for op, value in CONSTANTS.items()}
_CONSTANTS[sp.S.NegativeInfinity] = Term("mul", (num(-1), Term("infinity")))
_UNARY: dict[Any, str] = {cls: op for op, cls in FUNCTIONS.items()}
_RANGES: dict[Any, tuple[str, str]] = {cls: (op, "real" if op == "integral" else "int") for op, cls in RANGES.items()}
_RELATIONS: dict[Any, tuple[str, bool]] = {
    sp.Eq: ("eq", False),
    sp.Ne: ("ne", False),
    sp.Le: ("le", False),
    sp.Lt: ("lt", False),
    sp.Ge: ("le", True),
    sp.Gt: ("lt", True),
}
_OWN: dict[Any, str] = {cls: op for op, cls in OWN.items()}
_HERMITE_PROB = sp.functions.special.polynomials.hermite_prob
_HINTS = {
    "Piecewise": "split the cases and translate the branch that applies",
    "gamma": "use factorial, as .rewrite(factorial) does",
    "RisingFactorial": "use factorials, as .rewrite(factorial) does",
    "FallingFactorial": "use factorials, as .rewrite(factorial) does",
    "Limit": "state the limit with TendsTo(N, f, v)",
    "MatrixSymbol": "an operator on one particle is OperatorSymbol(name)",
    "Order": "state the remainder with BigO",
}


def from_sympy(expression: Any, symbols: Mapping[Any, Term] | None = None) -> Term:
    """The term that the expression stands for; inverse of `to_sympy`.

    A symbol becomes a variable of its name; the sort is read from its assumptions: integer and
    nonnegative, integer, real, or else complex. `symbols` can say otherwise. `hermite(n, x)` is the
    physicists' polynomial, 2^(n/2) He_n(√2 x); `f(k)` of an undefined function is a function symbol of
    natural numbers; `Sum` is empty for an upper limit below the lower one. Python's ints and Fractions are
    numbers. `TranslationError` names the part that has no counterpart and says what would be right.
    """
    try:
        return Reader(symbols).translate(expression)
    except RecursionError:
        raise TranslationError("the expression is nested too deeply", None) from None


def notice(expression: Any) -> tuple[str, ...]:
    """What should be known of an expression that SymPy may already have changed, one sentence each."""
    out: list[str] = []
    if isinstance(expression, BooleanAtom):
        return (f"SymPy decided the relation when it was written: only {expression} is left of it.",)
    try:
        automatic = expression.func(*expression.args) == expression if expression.args else True
    except (TypeError, ValueError):
        automatic = False
    if automatic and expression.args:
        out.append(
            "SymPy evaluated this expression when it was built: factors that cancel (such as x/x) and the conditions "
            "that they carry are gone; build it under `with sympy.evaluate(False)` to keep them."
        )
    if expression.atoms(sp.Float):
        out.append("It contains floating-point numbers, which are not exact: use Rational.")
    if expression.has(sp.Integral) and not expression.has(He, H, sp.hermite):
        out.append("hermite(3, x) at a concrete index is a polynomial at once; He(3, x) stays.")
    return tuple(out)


class Reader:
    """One translation. `symbols` maps the SymPy symbols met so far to variables."""

    def __init__(self, symbols: Mapping[Any, Term] | None = None) -> None:
        self.symbols: dict[Any, Term] = dict(symbols or {})

    def translate(self, expression: Any) -> Term:
        """The term, checked to be well formed."""
        t = self.read(expression)
        try:
            if t.op != "lam":
                kind(t)
        except TermError as error:
            raise TranslationError(f"{expression}: {error}", expression) from error
        return t

    def read(self, e: Any) -> Term:
        """The term of one node."""
        if isinstance(e, Term):
            return e
        if not isinstance(e, sp.Basic):
            return _python(e)
        if e in _CONSTANTS:
            return _CONSTANTS[e]
        cls = type(e)
        for known, make in self._handlers().items():
            if cls is known or (known in _BY_INSTANCE and isinstance(e, known)):
                return make(e)
        if cls in _UNARY:
            return self._function(e)
        if cls in _RANGES:
            return self._range(e)
        if cls in _RELATIONS:
            op, swap = _RELATIONS[cls]
            sides = (e.rhs, e.lhs) if swap else (e.lhs, e.rhs)
            return Term(op, tuple(map(self.read, sides)))
        if cls in _OWN:
            return self._own(e)
        raise _unknown(e)

    def _handlers(self) -> dict[Any, Callable[[Any], Term]]:
        return {
            sp.Rational: _rational,
            sp.Symbol: self._symbol,
            sp.Add: lambda e: Term("add", tuple(map(self.read, e.args))),
            sp.Mul: lambda e: Term("mul", tuple(map(self.read, e.args))),
            objects.WrittenProduct: lambda e: Term("mul", tuple(map(self.read, e.args))),
            sp.Pow: lambda e: Term("pow", tuple(map(self.read, e.args))),
            sp.Min: lambda e: self._extreme("min", e),
            sp.Max: lambda e: self._extreme("max", e),
            sp.Derivative: self._derivative,
            sp.Subs: self._subs,
            sp.Lambda: self._lambda,
            AppliedUndef: self._undefined,
            He: lambda e: call(HERMITE, *map(self.read, e.args)),
            _HERMITE_PROB: lambda e: call(HERMITE, *map(self.read, e.args)),
            H: lambda e: call(GENERALISED_HERMITE, *map(self.read, e.args)),
            sp.besselj: lambda e: call(BESSEL, *map(self.read, e.args)),
            sp.hermite: self._physicists,
            WeierstrassTransform: self._transform,
            DickeMatrixElement: self._dicke,
            objects.FunctionSymbol: lambda e: _variable(e, e.name, e.sort),
            objects.OperatorValue: lambda e: Term("app", tuple(map(self.read, e.args))),
            objects.StateOf: lambda e: Term("app", tuple(map(self.read, e.args))),
            objects.Law: self._law,
            objects.RealFunctionValue: lambda e: Term("app", tuple(map(self.read, e.args))),
            objects.Amplitude: lambda e: Term("app", tuple(map(self.read, e.args))),
            objects.Pushforward: lambda e: Term("pushforward", tuple(map(self.read, e.args))),
            objects.TupleItem: lambda e: Term("app", tuple(map(self.read, e.args))),
            objects.Defined: self._defined,
        }

    # -- variables -----------------------------------------------------------------------------------
    def _symbol(self, s: Any) -> Term:
        if s not in self.symbols:
            v = _variable(s, s.name, sort_of(s))
            other = next((o for o, w in self.symbols.items() if w == v or w.args[0] == s.name), None)
            if other is not None:
                raise TranslationError(
                    f"two different symbols are called {s.name} (their assumptions differ): give them different names",
                    s,
                )
            self.symbols[s] = v
        return self.symbols[s]

    def bind(self, s: Any, sort: str, body: Any, read: Callable[[Any], Term] | None = None) -> Term:
        """The function s ↦ body, its variable named apart from what the body has free."""
        _check_bound(s, sort)
        name = s.name
        others: set[Any] = getattr(body, "free_symbols", set()) - {s}
        busy = {self.symbols[o].args[0] if o in self.symbols else o.name for o in others}
        while name in busy:
            name += "′"
        v, outer = _variable(s, name, sort), self.symbols.get(s)
        hidden = {o: w for o, w in self.symbols.items() if w.args[0] == name and o != s}
        for o in hidden:
            del self.symbols[o]
        self.symbols[s] = v
        try:
            return lam(v, (read or self.read)(body))
        finally:
            del self.symbols[s]
            self.symbols.update(hidden)
            if outer is not None:
                self.symbols[s] = outer

    # -- nodes ---------------------------------------------------------------------------------------
    def _function(self, e: Any) -> Term:
        args = e.args[:2] if type(e) is sp.KroneckerDelta else e.args
        if len(args) != len(SIGNATURES[_UNARY[type(e)]][0]):
            raise _unknown(e)
        return Term(_UNARY[type(e)], tuple(map(self.read, args)))

    def _extreme(self, op: str, e: Any) -> Term:
        first, *rest = map(self.read, e.args)
        for other in rest:
            first = Term(op, (first, other))
        return first

    def _range(self, e: Any) -> Term:
        (op, sort), limits = _RANGES[type(e)], list(e.limits)
        return self._ranges(op, sort, e, limits)

    def _ranges(self, op: str, sort: str, e: Any, limits: list[Any]) -> Term:
        if not limits:
            return self.read(e.function)
        *inner, last = limits
        if len(last) != 3:
            raise TranslationError(f"{e} has no two bounds for {last[0]}: write ({last[0]}, low, high)", e)
        v, low, high = last
        _check_bound(v, sort)
        _check_range(v, sort, low, high)
        if op != "integral" and (high - low).is_number and (high - low + 1).is_negative:
            raise TranslationError(f"{e} runs from {low} down to {high}: SymPy and the paper read that differently", e)
        scope = sp.Tuple(e.function, *(a for l in inner for a in l[1:]))
        body_free = sp.Tuple(scope, *(l[0] for l in inner))
        endless = op == "sum" and high is sp.oo
        if endless and low != 0:
            raise TranslationError(f"{e} is a series that does not start at 0: shift its index", e)
        function = self.bind(v, "nat" if endless else sort, body_free, lambda _: self._ranges(op, sort, e, inner))
        if endless:
            return Term("series", (function,))
        return Term(op, (self.read(low), self.read(high), function))

    def _derivative(self, e: Any) -> Term:
        t, done = None, e.expr
        for x, n in e.variable_count:
            if not isinstance(x, sp.Symbol):
                raise TranslationError(f"{e} is a derivative in {x}: only symbols can be differentiated in", x)
            point = self._symbol(x)
            if point.args[1] != "real":
                raise TranslationError(
                    f"{e} is a derivative in {x}, which must be real: Symbol({x.name!r}, real=True)", x
                )
            body = self.read(done) if t is None else t
            t = Term("deriv", (self.read(n), lam(point, body), point))
        return self.read(e.expr) if t is None else t

    def _subs(self, e: Any) -> Term:
        body = self.bind_all(tuple(e.variables), e.expr)
        return substitute(body[1], dict(zip(body[0], map(self.read, e.point), strict=True)))

    def bind_all(self, variables: tuple[Any, ...], body: Any) -> tuple[list[Term], Term]:
        """Fresh variables for symbols, and the body with them."""
        inner = Reader(self.symbols)
        fresh = []
        for s in variables:
            v = var(f"{s.name}′′′", "real" if s.is_real is not False and sort_of(s) == "complex" else sort_of(s))
            inner.symbols[s] = v
            fresh.append(v)
        t = inner.read(body)
        self.symbols.update({s: v for s, v in inner.symbols.items() if s not in variables})
        return fresh, t

    def _lambda(self, e: Any) -> Term:
        if len(e.signature) != 1:
            raise TranslationError(f"{e}: a function takes one variable", e)
        s = e.signature[0]
        return self.bind(s, sort_of(s), e.expr)

    def _undefined(self, e: Any) -> Term:
        known = e.func._kwargs
        to = "nat" if known.get("integer") and known.get("nonnegative") else "real" if known.get("real") else "complex"
        if len(e.args) != 1:
            raise TranslationError(f"{e}: a function symbol takes one natural number", e)
        argument = self.read(e.args[0])
        bad = [v for v in argument.free if v.args[1] in ("real", "complex")]
        if bad or e.args[0].is_integer is False:
            raise TranslationError(
                f"{e}: a function symbol takes a natural number; write out a function of {e.args[0]}", e
            )
        return Term("app", (_variable(e, e.func.__name__, f"nat->{to}"), argument))

    def _physicists(self, e: Any) -> Term:
        n, x = map(self.read, e.args)
        two = num(2)
        root = Term("pow", (two, num(Fraction(1, 2))))
        weight = Term("pow", (two, Term("mul", (num(Fraction(1, 2)), n))))
        return Term("mul", (weight, call(HERMITE, n, Term("mul", (root, x)))))

    def _transform(self, e: Any) -> Term:
        f, t, x, beta = e.args
        point, width = self.read(x), self.read(beta)
        scope = sp.Tuple(f, t, x, beta)
        line = _CONSTANTS[sp.S.NegativeInfinity], _CONSTANTS[sp.S.Infinity]

        def body(_: Any) -> Term:
            return self.read(f) * gaussian(width, point - self._symbol(t))

        _check_range(t, "real", -sp.oo, sp.oo)
        return Term("integral", (*line, self.bind(t, "real", scope, body)))

    def _dicke(self, e: Any) -> Term:
        N, k, l, B = e.args
        if isinstance(B, sp.MatrixBase):
            raise TranslationError(f"{e}: a matrix of entries is no operator symbol; take OperatorSymbol('B')", B)
        n, m = self.read(N), self.read(B)
        kets = [Term("dicke", (n, self.read(i))) for i in (k, l)]
        return Term("braket", (kets[0], Term("tpow", (m, n)), kets[1]))

    def _defined(self, e: Any) -> Term:
        name, params, body, values = e.args
        inner = Reader()
        variables = tuple(inner.read(p) for p in params)
        return call(defined(name.name, variables, inner.read(body)), *map(self.read, values))

    def _law(self, e: Any) -> Term:
        n, d, v, weight, value = e.args
        functions = (self.bind(v, "tuple", body) for body in (weight, value))
        return Term("law", (self.read(n), self.read(d), *functions))

    def _own(self, e: Any) -> Term:
        op, at = _OWN[type(e)], e.variable_at
        if at is None:
            return Term(op, tuple(map(self.read, e.args)))
        wanted = next(w for w in SIGNATURES[op][0] if w.startswith("lam:"))
        function = self.bind(e.args[at], wanted[4:], e.args[at + 1])
        before, after = map(self.read, e.args[:at]), map(self.read, e.args[at + 2 :])
        return Term(op, (*before, function, *after))


#: Classes whose subclasses are read alike.
_BY_INSTANCE = (sp.Rational, sp.Symbol, AppliedUndef)


def _variable(e: Any, name: str, sort: str) -> Term:
    """The variable of this name, which `e` gives."""
    try:
        return symbol(name, sort)
    except TermError as error:
        raise TranslationError(str(error), e) from None


def _check_bound(s: Any, sort: str) -> None:
    """Refuse a bound symbol whose assumptions let SymPy simplify beyond the range: sin(πn) = 0, conj(z) = z."""
    if not isinstance(s, sp.Symbol):
        raise TranslationError(f"{s} is bound but is not a symbol", s)
    wrong = {
        "int": s.is_integer is False or s.is_even is not None or s.is_prime,
        "nat": s.is_integer is False or s.is_even is not None or s.is_prime,
        "real": s.is_real is False or s.is_integer,
        "complex": s.is_real,
    }.get(sort)
    if wrong:
        kinds = {"int": "integers", "nat": "natural numbers", "real": "real numbers", "complex": "complex numbers"}
        raise TranslationError(f"{s} runs over the {kinds[sort]} here, and is declared otherwise", s)


def _check_range(s: Any, sort: str, low: Any, high: Any) -> None:
    """Refuse a sign of a bound symbol that its range does not show: SymPy writes |s| as s for s ≥ 0."""
    shown = {
        "positive": low.is_positive if sort == "int" else low.is_nonnegative,
        "nonnegative": low.is_nonnegative,
        "negative": high.is_negative if sort == "int" else high.is_nonpositive,
        "nonpositive": high.is_nonpositive,
        "zero": False,
    }
    for sign in ("positive", "negative", "zero", "nonnegative", "nonpositive"):
        if getattr(s, f"is_{sign}") and not shown[sign]:
            raise TranslationError(f"{s} is declared {sign}, which its range from {low} to {high} does not show", s)
    if s.is_zero is False and not s.is_positive and not s.is_negative:
        raise TranslationError(f"{s} is declared nonzero, which its range from {low} to {high} does not show", s)


def _rational(e: Any) -> Term:
    value = Fraction(int(e.p), int(e.q))
    if too_long(value):
        raise TranslationError(TOO_LONG, e)
    return num(value)


def _python(value: Any) -> Term:
    if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
        return _rational(sp.Rational(value))
    if isinstance(value, float) and not isfinite(value):
        raise TranslationError(f"{value!r} is no number; the end of a range is SymPy's oo", value)
    if isinstance(value, float):
        raise TranslationError(f"{value!r} is a floating-point number, not exact: write Rational('{value!r}')", value)
    if isinstance(value, str):
        raise TranslationError(f"{value!r} is text, which is not parsed: build it from SymPy symbols", value)
    if isinstance(value, sp.MatrixBase):
        raise TranslationError("a matrix has no counterpart: an operator is OperatorSymbol(name)", value)
    raise TranslationError(f"{value!r} of type {type(value).__name__} is no SymPy expression", value)


def _unknown(e: Any) -> TranslationError:
    name = type(e).__name__
    if isinstance(e, sp.Float):
        return TranslationError(f"{e} is a floating-point number, which is not exact: write Rational('{e}')", e)
    if isinstance(e, BooleanAtom):
        return TranslationError(
            f"SymPy decided the relation when it was written, only {e} is left: use Equation, AtMost, Less or Unequal",
            e,
        )
    if e in (sp.nan, sp.zoo):
        return TranslationError(f"{e} is no number: a denominator was zero when SymPy built the expression", e)
    if isinstance(e, sp.MatrixBase):
        return TranslationError("a matrix has no counterpart: an operator is OperatorSymbol(name)", e)
    hint = _HINTS.get(
        name, "write it with the operations that have one (exp, cos, sin, Abs, factorial, Sum, Integral, …)"
    )
    return TranslationError(f"{e}: {name} has no counterpart; {hint}", e)
