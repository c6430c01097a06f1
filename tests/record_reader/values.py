"""What terms are worth at one point: plain floating-point arithmetic, with sums summed and integrals integrated.

A value that this short evaluator cannot give (an undefined point, too large a sum, an integral that it does not
resolve) raises `Skip`; a test that is skipped counts as no test.
"""

from __future__ import annotations

import cmath
import itertools
import math
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

from .terms import Term


class Skip(Exception):
    """No value at this point."""


def close(a: Any, b: Any) -> bool:
    """Equal, up to rounding."""
    if isinstance(a, tuple):
        return len(a) == len(b) and all(map(close, a, b))
    gap = abs(a - b)
    if gap != gap:
        raise Skip
    return bool(gap <= 1e-6 * max(abs(a), abs(b)) + 1e-9)


def real(x: Any) -> Any:
    if isinstance(x, complex):
        if abs(x.imag) > 1e-7 * (1 + abs(x)):
            raise Skip
        x = x.real
    if isinstance(x, float) and x != x:  # infinity less infinity
        raise Skip
    return x


def whole(x: Any) -> int:
    x = real(x)
    if abs(x) > 10**6 or x != x or abs(x - round(x)) > 1e-9:
        raise Skip
    return round(x)


def add(a: Any, b: Any) -> Any:
    return tuple(map(add, a, b)) if isinstance(a, tuple) else a + b


def times(c: Any, x: Any) -> Any:
    if isinstance(x, Factors):
        x = x.dense()
    return tuple(times(c, y) for y in x) if isinstance(x, tuple) else c * x


def dagger(m: Any) -> Any:
    return tuple(tuple(complex(x).conjugate() for x in column) for column in zip(*m, strict=True))


def product(a: Any, b: Any) -> Any:
    return tuple(tuple(sum(x * y for x, y in zip(r, c, strict=True)) for c in zip(*b, strict=True)) for r in a)


class Factors:
    """B₁⊗…⊗B_n, kept as its factors."""

    def __init__(self, factors: list[Any]) -> None:
        if len(factors) > 9:
            raise Skip
        self.factors = factors

    def dense(self) -> Any:
        if len(self.factors) > 4:
            raise Skip
        out: Any = ((1,),)
        for f in self.factors:
            out = tuple(tuple(x * y for x in r for y in s) for r in out for s in f)
        return out

    def on(self, ket: Any) -> Any:
        """The operator on a vector of 2ⁿ components; the first factor acts on the highest bit."""
        n, out = len(self.factors), list(ket)
        for i, f in enumerate(self.factors):
            bit = 1 << (n - 1 - i)
            pairs = [(out[k & ~bit], out[k | bit], bool(k & bit)) for k in range(1 << n)]
            out = [f[s][0] * x + f[s][1] * y for x, y, s in pairs]
        return tuple(out)


def dense(m: Any) -> Any:
    return m.dense() if isinstance(m, Factors) else m


@cache
def legendre(n: int) -> list[tuple[float, float]]:
    """Nodes and weights of Gauss and Legendre on [−1, 1]."""
    out = []
    for i in range(n):
        x = math.cos(math.pi * (i + 0.75) / (n + 0.5))
        for _ in range(50):
            p, q = 1.0, 0.0
            for k in range(1, n + 1):
                p, q = ((2 * k - 1) * x * p - (k - 1) * q) / k, p
            slope = n * (x * p - q) / (x * x - 1)
            x -= p / slope
        out.append((x, 2 / ((1 - x * x) * slope * slope)))
    return out


def _panels(f: Callable[[float], Any], low: float, high: float, count: int, order: int) -> Any:
    h = (high - low) / count
    parts = (times(h / 2 * w, f(low + h * (i + (x + 1) / 2))) for i in range(count) for x, w in legendre(order))
    total = next(parts)
    for p in parts:
        total = add(total, p)
    return total


def integrate(f: Callable[[float], Any], low: float, high: float, smooth: bool) -> Any:
    """∫ f, by two rules that must agree."""
    if math.isinf(low) and math.isinf(high) and smooth:
        both = [sum(f(h * k) for k in range(-round(10 / h), round(10 / h) + 1)) * h for h in (0.23, 0.31)]
        edge = max(abs(f(-10.0)), abs(f(10.0)))
    elif math.isinf(low) or math.isinf(high):
        a, b = max(low, -10.0), min(high, 10.0)
        cuts = [a, 0.0, b] if a < 0 < b else [a, b]
        both = [sum(_panels(f, p, q, 6, order) for p, q in itertools.pairwise(cuts)) for order in (10, 12)]
        edge = max(abs(f(x)) for x, end in ((a, low), (b, high)) if math.isinf(end))
    else:
        if low == high:
            return times(0, f(low))
        both, edge = [_panels(f, low, high, 2, order) for order in (14, 17)], 0.0
    if not close(*both) or edge > 1e-9:
        raise Skip
    return both[1]


_TURNS = [cmath.exp(2j * math.pi * k / 64) for k in range(64)]


def circle(f: Callable[[complex], Any], n: int) -> Any:
    """The n-th Taylor coefficient at 0 of an entire function, from its values on the unit circle."""
    if n < 0 or n > 14:
        raise Skip
    found = [f(z) * z**-n for z in _TURNS]
    half, all_of_them = sum(found[::2]) / 32, sum(found) / 64
    if abs(half - all_of_them) > 1e-9 * max(map(abs, found)):
        raise Skip
    return all_of_them


def power(a: Any, b: Any) -> Any:
    b = real(b) if not isinstance(b, complex) else b
    if not isinstance(b, complex) and b == round(b) and abs(b) < 3000:
        if a == 0 and b < 0:
            raise Skip
        return (Fraction(a) if isinstance(a, int) else a) ** round(b)
    if (isinstance(a, complex) and abs(a.imag) > 1e-12 * abs(a)) or real(a) < 0 or isinstance(b, complex):
        return cmath.exp(b * cmath.log(a))
    if a == 0 and b <= 0:
        raise Skip
    return float(real(a)) ** float(b)


def choose(n: Any, k: Any) -> int:
    n, k = whole(n), whole(k)
    if n < 0:
        raise Skip
    return math.comb(n, k) if 0 <= k <= n else 0


def faculty(n: Any) -> int:
    n = whole(n)
    if not 0 <= n <= 3000:
        raise Skip
    return math.factorial(n)


def sign(x: Any) -> int:
    x = real(x)
    return (x > 0) - (x < 0)


def _log(x: Any) -> complex:
    if x == 0:
        raise Skip
    return cmath.log(x)


def bits(ones: int, n: int) -> tuple[int, ...]:
    """The sum of all words of n bits with so many ones."""
    if n > 9:
        raise Skip
    return tuple(int(k.bit_count() == ones) for k in range(1 << n))


def permuted(ket: Any) -> Any:
    """A word, plus all that differ from it by an order of its letters."""
    (k,) = (i for i, x in enumerate(ket) if x)
    return bits(k.bit_count(), len(ket).bit_length() - 1)


def kets_product(a: Any, b: Any, n: int) -> Any:
    if not 0 <= n <= 9:
        raise Skip
    return tuple(a ** (n - k.bit_count()) * b ** k.bit_count() for k in range(1 << n))


def dicke(n: Any, k: Any) -> Any:
    n, k = whole(n), whole(k)
    if not 0 <= k <= n:
        raise Skip
    return times(math.comb(n, k) ** -0.5, bits(k, n))


def spelled(*parts: Any) -> Any:
    text = "".join(str(whole(b)) * _length(m) for b, m in zip(parts[::2], parts[1::2], strict=True))
    if len(text) > 9:
        raise Skip
    return tuple(int(i == int(text or "0", 2)) for i in range(1 << len(text)))


def _length(m: Any) -> int:
    m = whole(m)
    if m < 0:
        raise Skip
    return m


def bracket(bra: Any, m: Any, ket: Any) -> Any:
    after = m.on(ket) if isinstance(m, Factors) else tuple(sum(x * y for x, y in zip(r, ket, strict=True)) for r in m)
    return sum(complex(x).conjugate() * y for x, y in zip(bra, after, strict=True))


def traced(a: Any, b: Any) -> Any:
    a, b = dense(a), dense(b)
    return sum(a[i][j] * b[j][i] for i in range(len(a)) for j in range(len(a)))


def outer(ket: Any) -> Any:
    if len(ket) > 16:
        raise Skip
    return tuple(tuple(x * complex(y).conjugate() for y in ket) for x in ket)


def conjugated(x: Any) -> Any:
    return x.conjugate() if isinstance(x, complex) else x


def evolved(k: Any, r: Any) -> Any:
    return product(product(dense(k), dense(r)), dagger(dense(k)))


def _argument(x: Any) -> float:
    if abs(x) < 1e-12:
        raise Skip
    return cmath.phase(x)


PLAIN: dict[str, Callable[..., Any]] = {
    "I": lambda: 1j,
    "pi": lambda: math.pi,
    "euler": lambda: math.e,
    "infinity": lambda: math.inf,
    "pow": power,
    "exp": lambda x: cmath.exp(x) if isinstance(x, complex) else math.exp(x),
    "log": _log,
    "abs": lambda x: abs(x),
    "conj": conjugated,
    "re": lambda x: complex(x).real,
    "im": lambda x: complex(x).imag,
    "arg": _argument,
    "sgn": sign,
    "cos": lambda x: cmath.cos(x) if isinstance(x, complex) else math.cos(x),
    "sin": lambda x: cmath.sin(x) if isinstance(x, complex) else math.sin(x),
    "min": lambda x, y: min(real(x), real(y)),
    "max": lambda x, y: max(real(x), real(y)),
    "factorial": faculty,
    "binomial": choose,
    "delta": lambda x, y: int(close(x, y)),
    "entry": lambda m, r, s: m[_bit(r)][_bit(s)],
    "identity": lambda: ((1, 0), (0, 1)),
    "matrix": lambda a, b, c, d: ((a, b), (c, d)),
    "matmul": product,
    "adjoint": dagger,
    "tpow": lambda m, n: Factors([m] * _length(n)),
    "tensor": lambda n, f: Factors([f(i) for i in range(1, _length(n) + 1)]),
    "outer": outer,
    "evolved": evolved,
    "trace": lambda m: sum(dense(m)[i][i] for i in range(len(dense(m)))),
    "trace_of": traced,
    "braket": bracket,
    "dicke": dicke,
    "product_ket": lambda a, b, n: kets_product(a, b, whole(n)),
    "perm": permuted,
    "word": spelled,
}


def _bit(r: Any) -> int:
    r = whole(r)
    if r not in (0, 1):
        raise Skip
    return r


_KINKS = frozenset(("abs", "sgn", "arg", "log", "min", "max", "delta", "app"))
_NOT_ANALYTIC = frozenset(("abs", "sgn", "arg", "log", "re", "im", "conj", "expectation"))


def depends_by(t: Term, ops: frozenset[str], index: int, seen: dict[tuple[int, int], bool]) -> bool:
    """Whether the bound variable of this index stands inside one of the operations."""
    if index not in t.used:
        return False
    if t.op in ops:
        return True
    key = (id(t), index)
    if key not in seen:
        heads = t.op == "call" and _inside(t.parts[0], ops)
        deeper = index + (t.op == "lam")
        seen[key] = heads or any(depends_by(p, ops, deeper, seen) for p in t.parts if isinstance(p, Term))
    return seen[key]


def _inside(head: Term, ops: frozenset[str]) -> bool:
    body, n = head.parts[2], 0
    while body.op == "lam":
        body, n = body.parts[1], n + 1
    return any(depends_by(body, ops, i, {}) for i in range(n))


def kinked(function: Term) -> bool:
    """Whether a function of a real variable may have a kink or a jump."""
    return depends_by(function.parts[1], _KINKS, 0, {})


def not_analytic(function: Term) -> bool:
    return depends_by(function.parts[1], _NOT_ANALYTIC, 0, {})
