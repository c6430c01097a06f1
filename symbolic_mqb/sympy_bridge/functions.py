"""He(n, x) and H(n, x, a) as SymPy functions. Nothing evaluates by itself: `doit` expands."""

from __future__ import annotations

from typing import Any

import sympy as sp
from mpmath.libmp import prec_to_dps
from sympy.core.function import ArgumentIndexError


def require_index(name: str, n: Any, what: str = "its index") -> None:
    """Refuse an index that is known not to be a natural number."""
    if n.is_integer is False or n.is_negative or n.is_Float or n is sp.nan:
        raise ValueError(f"{name} needs a natural number as {what}, not {n}")


def _concrete(n: Any) -> bool:
    return bool(n.is_Integer and n >= 0)


class _Polynomial(sp.Function):  # type: ignore[misc]
    """What He and H share: the index is the first argument."""

    @classmethod
    def eval(cls, n: Any, *values: Any) -> None:
        """Check the arguments; never evaluate."""
        require_index(cls.__name__, n)
        if sp.nan in values:
            raise ValueError(f"{cls.__name__} has no value at nan, which is no number")

    def _eval_is_real(self) -> bool | None:
        return True if all(v.is_real for v in self.args[1:]) else None

    def _eval_conjugate(self) -> Any:
        return self.func(self.args[0], *(sp.conjugate(v) for v in self.args[1:]))

    def _eval_evalf(self, prec: int) -> Any:
        if not _concrete(self.args[0]) or not all(v.is_number for v in self.args[1:]):
            return None
        return self.doit().evalf(prec_to_dps(prec))

    def doit(self, **hints: Any) -> Any:
        """The polynomial, expanded, if the index is a concrete natural number; otherwise itself."""
        args = [a.doit(**hints) for a in self.args] if hints.get("deep", True) else list(self.args)
        return self._expanded(*args) if _concrete(args[0]) else self.func(*args)

    def _expanded(self, *args: Any) -> Any:
        raise NotImplementedError

    def _raised(self, text: str, exp: Any) -> str:
        return text if exp is None else rf"\left({text}\right)^{{{exp}}}"


class He(_Polynomial):
    """The probabilists' Hermite polynomial He_n(x) = n! [zⁿ] exp(xz − z²/2), the paper's H_n(x).

    n a natural number, x any complex number. He_n(x) = 2^(−n/2) H_n(x/√2) with SymPy's `hermite`.
    `rewrite` goes to `hermite`, `hermite_prob`, `H` and `Sum`. ValueError if n is known not to be natural.
    """

    nargs = (2,)

    def _expanded(self, n: Any, x: Any) -> Any:
        n = int(n)
        return sp.Add(*(_weight(n, j) * sp.Rational(-1, 2) ** j * x ** (n - 2 * j) for j in range(n // 2 + 1)))

    def fdiff(self, argindex: int = 2) -> Any:
        """He_n′ = n He_{n−1} (DLMF 18.9.27)."""
        n, x = self.args
        if argindex != 2:
            raise ArgumentIndexError(self, argindex)
        return sp.S.Zero if n.is_zero else n * He(n - 1, x)

    def _eval_rewrite(self, rule: Any, args: Any, **hints: Any) -> Any:
        n, x = args
        if rule is sp.hermite:
            return sp.sqrt(2) ** (-n) * sp.hermite(n, x / sp.sqrt(2))
        if rule is sp.functions.special.polynomials.hermite_prob:
            return rule(n, x)
        if rule is H:
            return sp.factorial(n) * H(n, x, sp.S.Half)
        if rule is sp.Sum:
            return sp.factorial(n) * H(n, x, sp.S.Half).rewrite(sp.Sum)
        return None

    def _latex(self, printer: Any, exp: Any = None) -> str:
        n, x = (printer.doprint(a) for a in self.args)
        return self._raised(rf"\mathrm{{He}}_{{{n}}}\left({x}\right)", exp)


class H(_Polynomial):
    """Nielsen's generalised Hermite polynomial H_n(x, a) = [zⁿ] exp(xz − az²), for any complex x and a.

    H_n(x, a) = Σ_j x^(n−2j) (−a)^j / (j! (n−2j)!). `rewrite` goes to `Sum`, and to `He` and `hermite`
    where a is known to be zero or not. ValueError if n is known not to be natural.
    """

    nargs = (3,)

    def _expanded(self, n: Any, x: Any, a: Any) -> Any:
        n = int(n)
        weights = (_weight(n, j) / sp.factorial(n) for j in range(n // 2 + 1))
        return sp.Add(*(w * (-a) ** j * x ** (n - 2 * j) for j, w in enumerate(weights)))

    def fdiff(self, argindex: int = 2) -> Any:
        """∂/∂x H_n = H_{n−1} and ∂/∂a H_n = −H_{n−2}, where a negative index means 0."""
        n, x, a = self.args
        if argindex not in (2, 3):
            raise ArgumentIndexError(self, argindex)
        down, sign = (1, 1) if argindex == 2 else (2, -1)
        if (n - down).is_nonnegative:
            return sign * H(n - down, x, a)
        if (n - down).is_negative:
            return sp.S.Zero
        return sp.Piecewise((sign * H(n - down, x, a), n >= down), (0, True))

    def _eval_rewrite(self, rule: Any, args: Any, **hints: Any) -> Any:
        n, x, a = args
        if rule is sp.Sum:
            j = sp.Dummy("j", integer=True, nonnegative=True)
            body = x ** (n - 2 * j) * (-a) ** j / (sp.factorial(j) * sp.factorial(n - 2 * j))
            return sp.Sum(body, (j, 0, sp.floor(n / 2)))
        if rule not in (He, sp.hermite) or a.is_zero is None:
            return None
        if a.is_zero:
            return x**n / sp.factorial(n)
        root = sp.sqrt(2 * a)
        value = root**n * He(n, x / root) / sp.factorial(n)
        return value if rule is He else value.rewrite(sp.hermite)

    def _latex(self, printer: Any, exp: Any = None) -> str:
        n, x, a = (printer.doprint(v) for v in self.args)
        return self._raised(rf"H_{{{n}}}\left({x}, {a}\right)", exp)


def _weight(n: int, j: int) -> Any:
    """n!/(j! (n−2j)!)."""
    return sp.factorial(n) / (sp.factorial(j) * sp.factorial(n - 2 * j))
