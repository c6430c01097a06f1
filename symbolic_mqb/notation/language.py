"""Words for writing expressions: they build terms exactly as written and evaluate nothing."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from re import compile as pattern
from typing import Any

from ..kernel.arithmetic import term
from ..kernel.errors import TermError
from ..kernel.regularity import INFINITY, MINUS_INFINITY
from ..kernel.terms import Term, lam, num, var

half, quarter = num(Fraction(1, 2)), num(Fraction(1, 4))
pi = Term("pi")
I = Term("I")
oo = INFINITY
#: Letters, digits and indices, a letter with or without a hat, then primes: X̂, s_A, q¹, r'.
_NAME = pattern("(?:_?[^\\W_]\u0302?)+['′]*")
#: What constants are printed as; i, which is an index as well, only where it is no index.
_CONSTANTS = ("π", "pi", "I", "γ_E", "euler", "infinity", "identity")


def symbols(names: str, sort: str) -> tuple[Term, ...]:
    """Free variables of one sort: nat, int, real, complex, op, tuple, measure or a function such as nat->op."""
    if not isinstance(names, str):
        raise TermError(f"the names of symbols are one text, not {names!r}")
    if "," in names:
        raise TermError(f"separate names by blanks, not by commas: {names!r}")
    single = names.split()
    if not single or len(set(single)) < len(single):
        raise TermError(f"names of symbols are expected, each once, not {names!r}")
    return tuple(symbol(name, sort) for name in single)


def symbol(name: str, sort: str) -> Term:
    """A free variable whose name is printed as a name: as no number, no operation and no constant."""
    if not name[:1].isalpha() or not _NAME.fullmatch(name):
        raise TermError(
            f"{name!r} is no name of a variable: a letter comes first, then letters, digits, indices _a, primes"
        )
    if name in _CONSTANTS or (name == "i" and sort in ("real", "complex")):
        raise TermError(f"a variable of sort {sort} cannot be called {name}: the constant would be printed alike")
    return var(name, sort)


def _unary(op: str, meaning: str) -> Callable[[Any], Term]:
    def build(z: Any) -> Term:
        return Term(op, (term(z),))

    build.__doc__, build.__name__ = meaning, op
    return build


exp = _unary("exp", "e^z")
log = _unary("log", "The principal logarithm of z.")
Abs = _unary("abs", "|z|")
conj = _unary("conj", "The complex conjugate of z.")
re = _unary("re", "The real part of z.")
im = _unary("im", "The imaginary part of z.")
arg = _unary("arg", "The argument of z, in (−π, π].")
sgn = _unary("sgn", "The sign of a real number: −1, 0 or 1.")
cos = _unary("cos", "The cosine.")
sin = _unary("sin", "The sine.")
factorial = _unary("factorial", "n!")


def sqrt(z: Any) -> Term:
    """The principal square root, as the power 1/2."""
    return term(z) ** half


def binomial(n: Any, k: Any) -> Term:
    """The binomial coefficient C(n, k), zero unless 0 ≤ k ≤ n."""
    return Term("binomial", (term(n), term(k)))


def delta(i: Any, j: Any) -> Term:
    """Kronecker's δ."""
    return Term("delta", (term(i), term(j)))


def Min(a: Any, b: Any) -> Term:
    """The smaller of two real numbers."""
    return Term("min", (term(a), term(b)))


def Max(a: Any, b: Any) -> Term:
    """The larger of two real numbers."""
    return Term("max", (term(a), term(b)))


def equal(a: Any, b: Any) -> Term:
    """The statement a = b."""
    return Term("eq", (term(a), term(b)))


def unequal(a: Any, b: Any) -> Term:
    """The statement a ≠ b."""
    return Term("ne", (term(a), term(b)))


def Sum(body: Any, bounds: tuple[Term, Any, Any]) -> Term:
    """Σ of `body` over an integer variable: bounds = (variable, low, high)."""
    v, low, high = _range(bounds, "Sum", "(variable, low, high)")
    _binds(v, "int", "Sum")
    return Term("sum", (term(low), term(high), lam(v, term(body))))


def Series(body: Any, v: Term) -> Term:
    """Σ of `body` over a natural number from 0 to ∞."""
    _binds(v, "nat", "Series")
    return Term("series", (lam(v, term(body)),))


def Product(body: Any, bounds: tuple[Term, Any, Any]) -> Term:
    """Π of `body` over an integer variable: bounds = (variable, low, high)."""
    v, low, high = _range(bounds, "Product", "(variable, low, high)")
    _binds(v, "int", "Product")
    return Term("prod", (term(low), term(high), lam(v, term(body))))


def Integral(body: Any, bounds: Term | tuple[Term, Any, Any]) -> Term:
    """∫ of `body` over a real variable; without bounds, over the real line."""
    whole_line = (bounds, MINUS_INFINITY, INFINITY)
    v, low, high = _range(bounds if isinstance(bounds, tuple) else whole_line, "Integral", "(variable, low, high)")
    _binds(v, "real", "Integral")
    return Term("integral", (term(low), term(high), lam(v, term(body))))


def Expectation(body: Any, bounds: tuple[Term, Term]) -> Term:
    """∫ of a bounded `body` over a real variable with a probability measure: bounds = (variable, measure)."""
    v, measure = _range(bounds, "Expectation", "(variable, measure)")
    _binds(v, "real", "Expectation")
    return Term("expectation", (measure, lam(v, term(body))))


def bounded(body: Any, v: Term, bound: Any) -> Term:
    """The statement |body| ≤ bound for every real value of the variable."""
    _binds(v, "real", "bounded")
    return Term("bounded", (lam(v, term(body)), term(bound)))


def Coefficient(n: Any, z: Term, body: Any) -> Term:
    """[zⁿ] of `body`: the Taylor coefficient at 0 in the complex variable z."""
    _binds(z, "complex", "Coefficient")
    return Term("coeff", (term(n), lam(z, term(body))))


def Derivative(n: Any, x: Term, body: Any, point: Any = None) -> Term:
    """The n-th derivative of `body` in the real variable x, at `point` (x itself by default)."""
    _binds(x, "real", "Derivative")
    return Term("deriv", (term(n), lam(x, term(body)), x if point is None else term(point)))


def function(v: Term, body: Any) -> Term:
    """v ↦ body, where a rule asks for a function."""
    if not isinstance(v, Term) or v.op != "var":
        raise TermError(f"a function is one of a variable, not of {v!r}")
    return lam(v, body if isinstance(body, Term) else term(body))


def _range(bounds: Any, word: str, form: str) -> Any:
    if not isinstance(bounds, tuple) or len(bounds) != form.count(",") + 1:
        raise TermError(f"{word} takes {form}, not {bounds!r}")
    return bounds


def _binds(v: Term, sort: str, word: str) -> None:
    if not isinstance(v, Term) or v.op != "var" or v.args[1] != sort:
        raise TermError(f"{word} runs over a variable of sort {sort}, not over {v!r}")
