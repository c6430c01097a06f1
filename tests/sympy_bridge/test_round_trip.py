"""Every term of the notation becomes a SymPy expression and comes back as the same term."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
import sympy as sp

from symbolic_mqb.kernel.terms import Term, call, defined, lam, num, var
from symbolic_mqb.notation import language as w
from symbolic_mqb.notation.bessel import bessel
from symbolic_mqb.notation.objects import H, He, gaussian, wave
from symbolic_mqb.sympy_bridge import Equation, TranslationError, from_sympy, latex, to_sympy

m, n, N, k, l = w.symbols("m n N k l", "nat")
s, r = w.symbols("s r", "int")
x, xp, xq, alpha = w.symbols("x x' x′ α", "real")
y, z = w.symbols("y z", "complex")
A, B = w.symbols("A B", "op")
(t,) = w.symbols("t", "tuple")
p, c, d = var("p", "nat->real"), var("c", "nat->complex"), var("d", "nat->nat")
E = var("E", "nat->op")
g, mu = var("g", "real->real"), var("μ", "measure")
c1, c2 = var("c", "int->complex"), var("c", "int,int->complex")
half = num(Fraction(1, 2))


def T(op: str, *args: Term) -> Term:
    return Term(op, args)


f = call(defined("f", (n, x), w.Sum(x**s, (s, 0, n))), m, xp)
dicke = T("dicke", N, k)
NUMBERS = [
    num(0),
    num(-3),
    num(Fraction(-7, 3)),
    x / x,
    (x - 1) / (x - 1),
    1 / (4 * x),
    -(1 / (4 * x)),
    -x - -y,
    num(-1) * (-x),
    2 * (3 * x),
    (x + y) + z,
    x + (y + z),
    num(1) * num(1),
    num(0) * x,
    x**0,
    num(1) ** x,
    num(0) ** num(-1),
    num(4) ** half,
    (x**2) ** half,
    w.exp(0),
    w.exp(x) * w.exp(y),
    w.exp(w.log(x)),
    T("pow", T("euler"), x),
    w.sqrt(2 * w.pi) * w.I,
    w.I * w.I,
    w.Abs(-x),
    w.conj(x) + w.conj(w.conj(z)),
    w.re(z) + w.im(x) * w.arg(z),
    w.sgn(num(-2)),
    w.cos(0) * w.sin(w.pi),
    w.factorial(3) / w.factorial(n),
    w.binomial(n, 0) * w.binomial(5, 2) * w.binomial(m + n - 2 * s, n - s),
    w.delta(n, m) + w.delta(m, n) + w.delta(n, n),
    w.Min(n, m),
    w.Min(m, n),
    w.Max(x, x),
    w.Min(1, w.Max(2, 3)),
    w.Sum(s, (s, 0, n)),
    w.Sum(0 * s, (s, n, 0)),
    w.Sum(1, (s, 1, 0)),
    w.Sum(w.Sum(s * r, (s, 0, r)), (r, 0, n)),
    w.Sum(w.Sum(s, (s, 0, n)), (s, 0, n)),
    w.Sum(s + w.Sum(s, (s, 0, s)), (s, 0, n)),
    w.Sum(w.Product(s, (s, 1, n)), (s, 0, n)),
    w.Series(x**m / w.factorial(m), m),
    w.Series(x**m / w.factorial(m + n), m) + m,
    w.Series(w.Series(x**m * y**n / w.factorial(m + n), m), n),
    w.Sum(s * w.Series(x**m / w.factorial(m), m), (s, 0, n)),
    w.Series(w.Sum(x**s, (s, 0, m)) / w.factorial(m), m),
    bessel(n, x / 2),
    s + w.Sum(s, (s, 0, s)),
    w.Product(x + r, (r, 0, n - 1)),
    w.Integral(gaussian(alpha, x - xp) * He(n, xp / alpha), xp),
    w.Integral(w.Integral(x * xp, x), (xp, 0, x)),
    w.Integral(x, (x, x, 2 * x)),
    w.Integral(xp * xq * x, x),
    w.Integral(x**2, (x, -w.oo, 0)),
    w.Coefficient(n, z, w.exp(x * z - half * z**2)),
    w.Coefficient(n, z, w.Coefficient(m, y, w.exp(y * z))),
    w.Derivative(n, x, w.exp(-(x**2) / 4)),
    w.Derivative(0, x, x),
    w.Derivative(1, x, y),
    w.Derivative(n, x, w.exp(x), 2 * xp),
    w.Derivative(n, x, w.Derivative(m, x, w.exp(x))),
    w.Integral(w.Derivative(n, x, w.exp(x)), (x, 0, 1)),
    w.Derivative(2, xp, w.Integral(x * xp, (x, 0, 1)), x),
    H(n, x, half) * He(2, x),
    He(0, 0),
    wave(x, k),
    f,
    p(n) + c(s) * d(d(n)) + c(0),
    w.Sum(p(s), (s, 0, n)),
    T("entry", T("add", A, T("mul", num(2), B), T("identity")), num(0), num(1)),
    T("entry", T("app", E, k), r, s),
    T("entry", T("matmul", T("matrix", num(0), -w.I, w.I, x), T("adjoint", T("app", E, k))), r, s),
    T("entry", T("matmul", T("matmul", A, B), T("matmul", B, A)), r, s),
    T("trace", T("outer", dicke)),
    T("trace_of", T("evolved", T("tpow", A, N), T("outer", dicke)), T("tpow", B, N)),
    T("trace_of", T("outer", dicke), T("tpow", A, N)),
    T("braket", dicke, T("tpow", A, N), T("dicke", N, l)),
    T("braket", T("perm", T("word", num(1), k, num(0), N - k)), T("tensor", N, lam(s, T("app", E, s))), dicke),
    T("tuples", N, num(2), lam(t, T("app", t, num(1)) * p(k))),
    T("tuples", N, num(2), lam(t, w.Sum(T("app", t, s), (s, 1, N)))),
    1 + T("O", 1 / n, x),
    w.Expectation(g(xp) * g(0) + g(n), (xp, mu)),
    w.Expectation(g(x), (x, T("pushforward", -w.pi, w.pi, lam(xp, w.cos(xp)), lam(xp, w.Abs(c1(s)) ** 2 * xp)))),
    w.Sum(c1(s) * c2(s, -s), (s, -n, n)),
    w.Integral(g(w.cos(x)), (x, 0, w.pi)),
]
STATEMENTS = [
    w.equal(x, x),
    w.equal(A, T("identity")),
    w.unequal(num(1), num(2)),
    m >= 0,
    num(0) < num(1),
    num(1) < num(0),
    T("is_int", n),
    T("is_real", x),
    T("povm", E, k),
    T("projective", E, k),
    T("povm", lam(m, x * T("identity")), k),
    w.bounded(g(xp), xp, 1),
    T("limit", lam(N, p(N)), x),
    T("asymptotic", num(3), lam(N, w.equal(p(N), x + T("O", 1 / N, num(2))))),
    lam(x, x),
    lam(z, w.exp(z) * x),
]


@pytest.mark.parametrize("term", NUMBERS + STATEMENTS, ids=repr)
def test_round_trip(term: Term) -> None:
    e = to_sympy(term)
    assert from_sympy(e) == term
    assert str(e)
    assert latex(e)
    assert sp.latex(e)
    assert e == to_sympy(term)
    assert hash(e) == hash(to_sympy(term))


def test_equal_expressions_only_for_equal_terms() -> None:
    seen = [to_sympy(t) for t in NUMBERS + STATEMENTS]
    for i, a in enumerate(seen):
        assert all(a != b for b in seen[i + 1 :])


def test_the_book_round_trips(book) -> None:
    checked = 0
    for label in book.labels:
        try:
            declared = book.declared(label)
        except (KeyError, ImportError):
            continue
        lines = [line.expression for line in declared.lines] + [declared.first]
        for t in (declared.statement, *declared.claims(), *declared.given, *(e for e in lines if e is not None)):
            e = to_sympy(t)
            assert from_sympy(e) == t, label
            assert str(e)
            assert latex(e)
            checked += 1
    assert checked > 50


def test_nothing_is_evaluated() -> None:
    assert str(to_sympy(x / x)) == "x/x"
    assert isinstance(to_sympy(m >= 0), sp.Basic)
    assert to_sympy(w.Sum(1, (s, 1, 0))).doit() == 0
    assert str(to_sympy(w.exp(x) * w.exp(y))) == "exp(x)*exp(y)"
    e = to_sympy(w.equal(x, x))
    assert isinstance(e, Equation)
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(e)
    assert e.relational() is sp.true


def test_a_product_with_a_negative_number_prints_faithfully() -> None:
    e = to_sympy(-(1 / (4 * x)))
    X = e.free_symbols.pop()
    assert sp.sympify(str(e), locals={"x": X}) == -1 / (4 * X)
    assert e.subs(X, 2) == sp.Rational(-1, 8)
    assert e.doit() == -1 / (4 * X)


def test_a_series_is_sympys_sum_to_infinity() -> None:
    e = to_sympy(w.Series(x**m / w.factorial(m), m))
    X = next(iter(e.free_symbols))
    assert isinstance(e, sp.Sum)
    assert e.doit() == sp.exp(X)
    i = sp.Symbol("i", integer=True)
    assert from_sympy(sp.Sum(X**i / sp.factorial(i), (i, 0, sp.oo))) == from_sympy(e)
    for low in (1, -1, i + 1):
        j = sp.Symbol("j", integer=True)
        with pytest.raises(TranslationError, match="does not start at 0"):
            from_sympy(sp.Sum(X**j / sp.factorial(j), (j, low, sp.oo)))


def test_a_bessel_function_is_sympys() -> None:
    e = to_sympy(bessel(2, x))
    X = next(iter(e.free_symbols))
    assert e == sp.besselj(2, X)
    assert from_sympy(sp.besselj(2, X)) == bessel(2, x)


def test_sorts_become_assumptions() -> None:
    e = to_sympy(n + s + x + z)
    assert {v.name: (v.is_integer, v.is_nonnegative, v.is_real) for v in e.free_symbols} == {
        "n": (True, True, True),
        "s": (True, None, True),
        "x": (None, None, True),
        "z": (None, None, None),
    }


def test_latex_of_names() -> None:
    assert latex(to_sympy(alpha * xp)) == r"\alpha x'"
    assert latex(to_sympy(x - w.Sum(s, (s, 0, n)))) == r"x - \sum_{s=0}^{n} s"


def test_bound_variables_are_not_substituted() -> None:
    e = to_sympy(w.Coefficient(n, z, w.exp(x * z)))
    X, Z = sp.Symbol("x", real=True), sp.Symbol("z", complex=True)
    assert Z not in e.free_symbols
    assert e.subs(Z, 3) == e
    assert from_sympy(e.subs(X, Z)) == w.Coefficient(n, y, w.exp(z * y))


def random_term(rng: random.Random, depth: int, scope: list[Term]) -> Term:
    """A number, well formed or not defined anywhere, with binders whose names repeat on purpose."""
    if depth == 0 or rng.random() < 0.1:
        return rng.choice([num(Fraction(rng.randint(-4, 4), rng.randint(1, 3))), *scope, w.pi, w.I, T("euler")])

    def sub() -> Term:
        return random_term(rng, depth - 1, scope)

    def under(v: Term) -> Term:
        return random_term(rng, depth - 1, [*scope, v])

    v = var(rng.choice(["x", "s", "s′", "x'"]), "real")
    i = var(rng.choice(["x", "s", "n"]), "int")
    q = var(rng.choice(["x", "z"]), "complex")
    index = rng.choice([n, n + 1, num(rng.randint(0, 4)), 2 * n])
    makers = [
        lambda: T("add", *(sub() for _ in range(rng.randint(2, 3)))),
        lambda: T("mul", *(sub() for _ in range(rng.randint(2, 4)))),
        lambda: T("pow", sub(), sub()),
        lambda: T(rng.choice(["exp", "log", "abs", "conj", "re", "im", "arg", "sgn", "cos", "factorial"]), sub()),
        lambda: T(rng.choice(["binomial", "delta", "min", "max"]), sub(), sub()),
        lambda: T(rng.choice(["sum", "prod"]), num(rng.randint(0, 1)), index, lam(i, under(i))),
        lambda: T("integral", sub(), sub(), lam(v, under(v))),
        lambda: T("coeff", sub(), lam(q, under(q))),
        lambda: T("deriv", sub(), lam(v, under(v)), rng.choice([v, sub()])),
        lambda: He(index, sub()),
        lambda: H(index, sub(), sub()),
        lambda: p(i),
        lambda: wave(sub(), index),
    ]
    return rng.choice(makers)()


@pytest.mark.parametrize("seed", range(100))
def test_random_terms_round_trip(seed: int) -> None:
    rng = random.Random(seed)
    t = random_term(rng, 4, [x, n, s, z])
    e = to_sympy(t)
    # a random term may hold two variables of one name and two sorts, which text cannot tell apart
    names = [v.args[0] for v in t.free]
    if len(set(names)) < len(names):
        with pytest.raises(TranslationError, match="different symbols"):
            from_sympy(e)
        return
    assert from_sympy(e) == t
    assert str(e)
    assert latex(e)
