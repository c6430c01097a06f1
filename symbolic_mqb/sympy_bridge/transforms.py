"""The Weierstrass transform and the matrix elements between Dicke states, as SymPy objects."""

from __future__ import annotations

from typing import Any

import sympy as sp
from mpmath.libmp import prec_to_dps

from .base import Notation
from .functions import H, He, require_index
from .objects import BraKet, Dicke, Entry, TensorPower


class WeierstrassTransform(Notation):
    """∫ f(t) exp(−(x−t)²/(2β²))/(√(2π) β) dt: WeierstrassTransform(f, t, x, beta), β > 0.

    `doit` is exact for polynomials in t and for He_n(t), H_n(t, a), `hermite(n, t)` with symbolic n
    (H_n(t, a) becomes H_n(x, a − β²/2)); other functions stay. `rewrite(Integral)` writes the integral
    out, `evalf` takes the closed form where there is one and quadrature otherwise. ValueError if β is
    known not to be positive, TypeError if t is not a symbol.
    """

    def __new__(cls, f: Any, t: Any, x: Any, beta: Any) -> Any:
        """The transform, unevaluated."""
        f, t, x, beta = (sp.sympify(a, strict=True) for a in (f, t, x, beta))
        if not isinstance(t, sp.Symbol):
            raise TypeError(f"the transform integrates over a symbol, not over {t}")
        if beta.is_positive is False:
            raise ValueError(f"the width of a Weierstrass transform is positive, not {beta}")
        if t in x.free_symbols | beta.free_symbols:
            raise ValueError(f"the point and the width are free of the integration variable {t}")
        return sp.Expr.__new__(cls, f, t, x, beta)

    @property
    def free_symbols(self) -> set[Any]:
        """The symbols of f other than t, of x and of β."""
        f, t, x, beta = self.args
        return set((f.free_symbols - {t}) | x.free_symbols | beta.free_symbols)

    @property
    def bound_symbols(self) -> list[Any]:
        """The integration variable."""
        return [self.args[1]]

    def _eval_subs(self, old: Any, new: Any) -> Any:
        f, t, x, beta = self.args
        if old != t:
            if t in getattr(new, "free_symbols", ()):
                s = sp.Dummy(t.name, **t._assumptions_orig)
                f, t = f._subs(t, s), s
            f = f._subs(old, new)
        return type(self)(f, t, x._subs(old, new), beta._subs(old, new))

    def doit(self, **hints: Any) -> Any:
        """The transform in closed form, term by term; itself where none is known."""
        f, t, x, beta = self.args
        f = f.doit(**hints) if hints.get("deep", True) else f
        done: list[Any] = []
        rest: list[Any] = []
        for part in sp.Add.make_args(sp.expand(f)):
            factor, core = part.as_independent(t, as_Add=False)
            value = _transformed(core, t, x, beta)
            (rest if value is None else done).append(part if value is None else factor * value)
        return sp.Add(*done) + (type(self)(sp.Add(*rest), t, x, beta) if rest else 0)

    def _eval_derivative(self, s: Any) -> Any:
        f, t, x, beta = self.args
        if s == t:
            return sp.S.Zero
        u = t - x
        inner = f.diff(s) + f * (x.diff(s) * u / beta**2 + beta.diff(s) * (u**2 / beta**3 - 1 / beta))
        return sp.S.Zero if inner == 0 else type(self)(inner, t, x, beta)

    def _eval_rewrite(self, rule: Any, args: Any, **hints: Any) -> Any:
        if rule is not sp.Integral:
            return None
        f, t, x, beta = args
        kernel = sp.exp(-((x - t) ** 2) / (2 * beta**2)) / (sp.sqrt(2 * sp.pi) * beta)
        return sp.Integral(f * kernel, (t, -sp.oo, sp.oo))

    def _eval_evalf(self, prec: int) -> Any:
        value = self.doit()
        return value.replace(WeierstrassTransform, lambda *a: type(self)(*a).rewrite(sp.Integral)).evalf(
            prec_to_dps(prec)
        )

    def _latex(self, printer: Any, exp: Any = None) -> str:
        f, t, x, beta = (printer.doprint(a) for a in self.args)
        text = rf"\mathcal{{W}}_{{{beta}}}\left[{t} \mapsto {f}\right]\left({x}\right)"
        return text if exp is None else rf"\left({text}\right)^{{{exp}}}"


def _transformed(f: Any, t: Any, x: Any, beta: Any) -> Any:
    """The transform of a power of t or of one Hermite polynomial at t; None if it is neither."""
    if f == 1:
        return f
    if isinstance(f, H) and f.args[1] == t and not f.args[0].has(t) and not f.args[2].has(t):
        return H(f.args[0], x, f.args[2] - beta**2 / 2)
    if isinstance(f, He) and f.args[1] == t and not f.args[0].has(t):
        n = f.args[0]
        return sp.factorial(n) * H(n, x, sp.S.Half - beta**2 / 2)
    if isinstance(f, sp.hermite) and f.args[1] == t and not f.args[0].has(t):
        n = f.args[0]
        return sp.factorial(n) * H(n, 2 * x, 1 - 2 * beta**2)
    power, base = (f.exp, f.base) if f.is_Pow else (sp.S.One, f)
    if base == t and power.is_Integer and power > 0:
        n = int(power)
        return sp.expand(sp.factorial(n) * H(n, x, -(beta**2) / 2).doit())
    return None


class DickeMatrixElement(Notation):
    """⟨N,k| B^{⊗N} |N,l⟩ for a 2×2 matrix B or an operator symbol: DickeMatrixElement(N, k, l, B).

    √(C(N,k)/C(N,l)) Σ_q C(k,q) C(N−k,l−q) B₁₁^q B₁₀^(k−q) B₀₁^(l−q) B₀₀^(N−k−l+q), q from max(0, k+l−N)
    to min(k, l), for natural numbers k, l ≤ N. `doit` expands it where the range of q is concrete,
    `rewrite(Sum)` writes it for any indices. ValueError for indices that are known to be out of range
    or a matrix of another shape.
    """

    def __new__(cls, N: Any, k: Any, l: Any, B: Any) -> Any:
        """The matrix element, unevaluated."""
        N, k, l = (sp.sympify(a, strict=True) for a in (N, k, l))
        B = sp.ImmutableMatrix(B) if isinstance(B, (sp.MatrixBase, list)) else sp.sympify(B, strict=True)
        for n in (N, k, l):
            require_index(cls.__name__, n)
        for n in (k, l):
            if (N - n).is_negative:
                raise ValueError(f"a Dicke state of {N} particles has at most {N} of them in level 1, not {n}")
        if isinstance(B, sp.MatrixBase) and B.shape != (2, 2):
            raise ValueError(f"an operator on one particle is a 2×2 matrix, not {B.shape[0]}×{B.shape[1]}")
        if not isinstance(B, sp.MatrixBase) and B.is_commutative:
            raise ValueError(f"{B} is a number: the operator is a 2×2 Matrix or an OperatorSymbol")
        return sp.Expr.__new__(cls, N, k, l, B)

    def _entry(self, r: int, s: int) -> Any:
        B = self.args[3]
        return B[r, s] if isinstance(B, sp.MatrixBase) else Entry(B, sp.Integer(r), sp.Integer(s))

    def _summand(self, q: Any) -> Any:
        N, k, l, _ = self.args
        counted = sp.binomial(k, q) * sp.binomial(N - k, l - q)
        powers = ((1, 1, q), (1, 0, k - q), (0, 1, l - q), (0, 0, N - k - l + q))
        return counted * sp.Mul(*(self._entry(r, s) ** e for r, s, e in powers))

    @property
    def _norm(self) -> Any:
        N, k, l, _ = self.args
        return sp.sqrt(sp.binomial(N, k) / sp.binomial(N, l))

    def doit(self, **hints: Any) -> Any:
        """The sum, term by term, if k, l are concrete and N is, or is known to be at least k + l."""
        N, k, l, B = (a.doit(**hints) for a in self.args) if hints.get("deep", True) else self.args
        here = type(self)(N, k, l, B)
        if not (k.is_Integer and l.is_Integer and (N.is_Integer or (N - k - l).is_nonnegative)):
            return here
        low = max(0, int(k + l - N)) if N.is_Integer else 0
        return here._norm * sp.Add(*(here._summand(sp.Integer(q)) for q in range(low, min(int(k), int(l)) + 1)))

    def _eval_rewrite(self, rule: Any, args: Any, **hints: Any) -> Any:
        N, k, l, B = args
        if rule is BraKet:
            return BraKet(Dicke(N, k), TensorPower(B, N), Dicke(N, l))
        if rule is not sp.Sum:
            return None
        q = sp.Dummy("q", integer=True, nonnegative=True)
        return self._norm * sp.Sum(self._summand(q), (q, sp.Max(0, k + l - N), sp.Min(k, l)))

    def _eval_derivative(self, s: Any) -> Any:
        value = self.doit()
        return (value.rewrite(sp.Sum) if value.has(DickeMatrixElement) else value).diff(s)

    def _eval_evalf(self, prec: int) -> Any:
        value = self.doit()
        return None if value.has(DickeMatrixElement) else value.evalf(prec_to_dps(prec))

    def _latex(self, printer: Any, exp: Any = None) -> str:
        N, k, l, B = (printer.doprint(a) for a in self.args)
        text = rf"\left\langle {N}, {k} \right| {{{B}}}^{{\otimes {N}}} \left| {N}, {l} \right\rangle"
        return text if exp is None else rf"\left({text}\right)^{{{exp}}}"
