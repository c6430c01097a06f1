"""He, H, the Weierstrass transform and Dicke matrix elements: doit, diff, evalf, rewrite, LaTeX, errors."""

from __future__ import annotations

import itertools

import pytest
import sympy as sp

from symbolic_mqb.sympy_bridge import (
    BraKet,
    DerivativeAt,
    DickeMatrixElement,
    Entry,
    H,
    He,
    OperatorSymbol,
    TaylorCoefficient,
    WeierstrassTransform,
    from_sympy,
    latex,
)

x, y, t = sp.symbols("x y t", real=True)
z = sp.Symbol("z")
a, b = sp.symbols("a b", positive=True)
n = sp.Symbol("n", integer=True, nonnegative=True)
hermite_prob = sp.functions.special.polynomials.hermite_prob


@pytest.mark.parametrize("i", range(7))
def test_hermite_agrees_with_sympy(i: int) -> None:
    assert He(i, x).func is He
    assert sp.expand(He(i, x).doit() - hermite_prob(i, x)) == 0
    assert sp.expand(He(i, x).rewrite(sp.hermite) - He(i, x).doit()) == 0
    assert sp.expand(He(i, x).rewrite(H).doit() - He(i, x).doit()) == 0
    assert sp.expand(He(i, x).rewrite(sp.Sum).doit() - He(i, x).doit()) == 0
    assert sp.expand(H(i, x, y).doit() - TaylorCoefficient(i, z, sp.exp(x * z - y * z**2)).doit()) == 0
    assert sp.expand(H(i, x, a).rewrite(He).doit() - H(i, x, a).doit()) == 0
    assert sp.expand(H(i, x, a).rewrite(sp.hermite) - H(i, x, a).doit()) == 0
    assert sp.expand(H(i, x, y).rewrite(sp.Sum).doit() - H(i, x, y).doit()) == 0
    assert sp.expand(H(i, x, 0).rewrite(He)) == x**i / sp.factorial(i)


def test_hermite_derivatives() -> None:
    assert He(n, x**2).diff(x) == 2 * x * n * He(n - 1, x**2)
    assert He(0, x).diff(x) == 0
    for i in range(5):
        assert sp.expand(He(i, x).diff(x).doit() - He(i, x).doit().diff(x)) == 0
        assert sp.expand(H(i, x, y).diff(x).doit() - H(i, x, y).doit().diff(x)) == 0
        assert sp.expand(H(i, x, y).diff(y).doit() - H(i, x, y).doit().diff(y)) == 0
        assert sp.expand(H(n, x, y).diff(x).subs(n, i).doit() - H(i, x, y).doit().diff(x)) == 0
    assert isinstance(H(n, x, y).diff(x), sp.Piecewise)


def test_hermite_numbers() -> None:
    assert He(3, sp.Rational(1, 3)).evalf(30) == sp.Rational(-26, 27).evalf(30)
    assert abs(He(40, sp.sqrt(2)).evalf(30) - hermite_prob(40, sp.sqrt(2)).evalf(30)) < 1e-5
    assert abs(H(4, sp.pi, sp.E).evalf(20) - H(4, sp.pi, sp.E).doit().evalf(20)) < sp.Float("1e-18")
    assert abs(He(2, x).evalf(subs={x: 3}) - 8) < 1e-12
    assert H(n, x, y).evalf() == H(n, x, y)


def test_hermite_printing_and_properties() -> None:
    assert sp.latex(He(n, x)) == r"\mathrm{He}_{n}\left(x\right)"
    assert sp.latex(H(n, x, a) ** 2) == r"\left(H_{n}\left(x, a\right)\right)^{2}"
    assert str(He(n, x)) == "He(n, x)"
    assert He(n, x).is_real
    assert sp.conjugate(He(n, z)) == He(n, sp.conjugate(z))


@pytest.mark.parametrize("bad", [-1, sp.Rational(1, 2), 1.5, -n - 1])
def test_hermite_refuses(bad: object) -> None:
    with pytest.raises(ValueError, match="natural number"):
        He(bad, x)
    with pytest.raises(ValueError, match="natural number"):
        H(bad, x, a)


def test_hermite_takes_the_right_number_of_arguments() -> None:
    with pytest.raises(TypeError):
        He(2)
    with pytest.raises(TypeError):
        H(2, x)


@pytest.mark.parametrize("f", [1, t, t**5 - 3 * t + x, He(3, t), H(4, t, y), sp.hermite(3, t, evaluate=False)])
def test_weierstrass_agrees_with_the_integral(f: object) -> None:
    transform = WeierstrassTransform(f, t, x, b)
    value = transform.doit()
    assert not value.has(WeierstrassTransform)
    u = sp.Symbol("u", real=True)
    shifted = sp.expand(sp.sympify(f).doit().subs(t, x + b * u))
    direct = sp.integrate(shifted * sp.exp(-(u**2) / 2), (u, -sp.oo, sp.oo))
    assert sp.expand(value.doit() - direct / sp.sqrt(2 * sp.pi)) == 0


def test_weierstrass_symbolic_index() -> None:
    assert WeierstrassTransform(H(n, t, y), t, x, b).doit() == H(n, x, y - b**2 / 2)
    for f in (He(n, t), sp.hermite(n, t)):
        closed = WeierstrassTransform(f, t, x, b).doit()
        for i in range(4):
            concrete = WeierstrassTransform(f.subs(n, i).doit(), t, x, b).doit()
            assert sp.expand(closed.subs(n, i).doit() - concrete) == 0


def test_weierstrass_diff_and_numbers() -> None:
    transform = WeierstrassTransform(t**3 * y, t, x**2, b)
    for v in (x, y, b):
        assert sp.expand(transform.diff(v).doit() - transform.doit().diff(v)) == 0
    assert transform.diff(t) == 0
    cos = WeierstrassTransform(sp.cos(t), t, x, b)
    assert cos.doit() == cos
    assert abs(cos.subs({x: 1, b: 2}).evalf(20) - (sp.cos(1) * sp.exp(-2)).evalf(20)) < 1e-15
    assert cos.rewrite(sp.Integral).has(sp.Integral)


def test_weierstrass_binds() -> None:
    transform = WeierstrassTransform(t * y, t, x, b)
    assert transform.free_symbols == {y, x, b}
    assert sp.expand(transform.subs(y, t).doit()) == t * x
    assert transform.subs(t, 1) == transform
    assert r"\mathcal{W}_{b}\left[t \mapsto" in sp.latex(transform)
    term = from_sympy(transform)
    assert term.op == "integral"


def test_weierstrass_refuses() -> None:
    with pytest.raises(ValueError, match="positive"):
        WeierstrassTransform(t, t, x, -1)
    with pytest.raises(TypeError, match="symbol"):
        WeierstrassTransform(t, 2, x, b)
    with pytest.raises(ValueError, match="free of"):
        WeierstrassTransform(t, t, t, b)


M = sp.Matrix([[sp.Rational(1, 2), sp.I], [3, x]])


def brute_force(size: int, i: int, j: int, matrix: sp.Matrix) -> sp.Expr:
    def ket(k: int) -> list[tuple[int, ...]]:
        return [w for w in itertools.product((0, 1), repeat=size) if sum(w) == k]

    total = sum(sp.Mul(*(matrix[p, q] for p, q in zip(v, u, strict=True))) for v in ket(i) for u in ket(j))
    return total / sp.sqrt(len(ket(i)) * len(ket(j)))


@pytest.mark.parametrize(("size", "i", "j"), [(s, i, j) for s in range(4) for i in range(s + 1) for j in range(s + 1)])
def test_dicke_agrees_with_the_tensor_product(size: int, i: int, j: int) -> None:
    element = DickeMatrixElement(size, i, j, M)
    assert sp.expand(element.doit() - brute_force(size, i, j, M)) == 0
    assert sp.expand(element.rewrite(sp.Sum).doit() - element.doit()) == 0


def test_dicke_symbolic() -> None:
    k, l = sp.symbols("k l", integer=True, nonnegative=True)
    B = OperatorSymbol("B")
    element = DickeMatrixElement(n, k, l, B)
    assert element.doit() == element
    assert element.rewrite(BraKet).doit() == element.rewrite(BraKet)
    assert from_sympy(element) == from_sympy(element.rewrite(BraKet))
    assert element.rewrite(sp.Sum).subs({n: 2, k: 1, l: 1}).doit() == DickeMatrixElement(2, 1, 1, B).doit()
    assert DickeMatrixElement(2, 1, 1, B).doit().has(Entry)
    assert (
        BraKet(*element.rewrite(BraKet).subs({n: 2, k: 1, l: 1}).args).doit() == DickeMatrixElement(2, 1, 1, B).doit()
    )
    assert DickeMatrixElement(k + 1, 1, 0, M).doit() == 3 * sp.sqrt(k + 1) / 2**k
    assert latex(element) == r"\left\langle n, k \right| {B}^{\otimes n} \left| n, l \right\rangle"


def test_dicke_diff_and_numbers() -> None:
    element = DickeMatrixElement(3, 1, 1, M)
    assert sp.expand(element.diff(x) - element.doit().diff(x)) == 0
    assert abs(element.subs(x, 2).evalf(20) - element.doit().subs(x, 2).evalf(20)) < 1e-15


@pytest.mark.parametrize(
    ("args", "word"),
    [
        ((2, 3, 0, M), "at most 2"),
        ((2, -1, 0, M), "natural"),
        ((2, 1, 1, sp.eye(3)), "2×2"),
        ((2, 1, 1, x), "number"),
    ],
)
def test_dicke_refuses(args: tuple[object, ...], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        DickeMatrixElement(*args)


def test_own_objects() -> None:
    coefficient = TaylorCoefficient(3, z, sp.exp(x * z))
    assert coefficient.doit() == x**3 / 6
    assert coefficient.diff(x).doit() == x**2 / 2
    assert coefficient.subs(x, 2).evalf() == sp.Rational(4, 3).evalf()
    assert TaylorCoefficient(n, z, sp.exp(z)).doit() == TaylorCoefficient(n, z, sp.exp(z))
    assert DerivativeAt(2, x, x**3, y).doit() == 6 * y
    with pytest.raises(TypeError, match="takes 3"):
        TaylorCoefficient(3, z)
    with pytest.raises(TypeError, match="symbol"):
        TaylorCoefficient(3, 2, z)
    with pytest.raises(sp.SympifyError):
        Entry("B", 0, 1)
