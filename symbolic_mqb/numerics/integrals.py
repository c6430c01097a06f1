"""Certified integrals.

An integrand that is a finite sum of polynomials times exponentials of quadratics is integrated in
closed form (moments of the Gaussian, or error functions on an interval), its coefficients enclosed:
there is no tail to bound. Any other integrand over a finite interval goes through ball quadrature.
Over an infinite one only a floating quadrature is left, and it is reported as uncertified.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from flint import acb, arb, ctx

from .errors import NotGaussian, Undefined, Unsupported
from .gaussians import Gauss, Line, Part, Split, identical, near
from .holomorphic import Holomorphic
from .moments import integrate
from .scalars import Tower, Value, ball, real_part
from .series import Series

Function = Callable[[Value], Value]
#: So many for each 256 bits: a quadrature takes more points for more digits.
_MOST_EVALUATIONS = 10_000
_MOST_PIECES = 20
_MOST_VARIABLES = 64


def _most_evaluations() -> int:
    return _MOST_EVALUATIONS * max(1, ctx.prec // 256)


@dataclass
class Ledger:
    """What an evaluation relied on that is not certified."""

    notes: list[str] = field(default_factory=list)
    evaluations: int = 0
    #: The variables of closed forms, one for each line: what is kept of a function on it serves the next integral.
    variables: dict[object, Gauss] = field(default_factory=dict)

    def count(self) -> None:
        """One more evaluation of an integrand; nested quadratures are stopped in the end."""
        self.evaluations += 1
        if self.evaluations > _most_evaluations():
            raise Unsupported("quadrature needs too many evaluations")


def definite(
    function: Function, low: Value | None, high: Value | None, level: int, mirrored: bool, ledger: Ledger
) -> Value:
    """∫ function; None is an infinite end. `mirrored`: the integrand contains conjugates."""
    if _backwards(low, high):
        return definite(function, high, low, level, mirrored, ledger) * -1
    try:
        return _closed_form(function, Line(level, low, high), _MOST_PIECES, ledger)
    except NotGaussian:
        if low is None or high is None:
            return _floating(function, low, high, level, ledger)
    return _quadrature(function, low, high, level, mirrored, ledger)


def componentwise(
    function: Callable[[Value], list[Value]], low: Value, high: Value, level: int, mirrored: bool, ledger: Ledger
) -> list[Value]:
    """∫ of each component of a list between finite ends; in closed form with one evaluation, where that is possible."""
    try:
        line = Line(level, low, high)
        variable = _variable(line, ledger)
        return [_integrated(value, variable.line) for value in function(variable)]
    except (NotGaussian, Split):
        pass

    def component(i: int) -> Value:
        return definite(lambda x: function(x)[i], low, high, level, mirrored, ledger)

    return [component(i) for i in range(len(function(low)))]


def _backwards(low: Value | None, high: Value | None) -> bool:
    if low is None or high is None or isinstance(low, Tower) or isinstance(high, Tower):
        return False
    return bool(real_part(high) < real_part(low))


def _closed_form(function: Function, line: Line, most: int, ledger: Ledger) -> Value:
    if most <= 0:
        raise NotGaussian("too many pieces")
    try:
        result = function(_variable(line, ledger))
    except Split as split:
        if split.level != line.level:
            raise
        left = _closed_form(function, Line(line.level, line.low, split.root), most // 2, ledger)
        return left + _closed_form(function, Line(line.level, split.root, line.high), most // 2, ledger)
    return _integrated(result, line)


def _variable(line: Line, ledger: Ledger) -> Gauss:
    """x on this line: the one that is kept for a line whose ends are the same numbers or the same balls."""
    key = line.level, near(line.low), near(line.high)
    known = ledger.variables.get(key)
    if known is not None and identical(known.line.low, line.low) and identical(known.line.high, line.high):
        return known
    if len(ledger.variables) >= _MOST_VARIABLES:
        ledger.variables.clear()
    made = ledger.variables[key] = Gauss(line, [Part(0, 0, [0, 1])])
    return made


def _integrated(result: Value, line: Line) -> Value:
    if not (isinstance(result, Gauss) and result.level == line.level):
        result = Gauss(line, [Part(0, 0, [result])])
    return integrate(result)


Path = tuple[int, ...]


def _quadrature(function: Function, low: Value, high: Value, level: int, mirrored: bool, ledger: Ledger) -> Value:
    """Adaptive Gauss–Legendre with certified error bounds, one integral per scalar component."""
    if isinstance(low, Tower) or isinstance(high, Tower):
        raise NotGaussian("bounds that depend on another variable")
    a, b = ball(low), ball(high)

    def at(x: acb, analytic: bool) -> Value:
        ledger.count()
        result = function(Holomorphic(level, x, x if mirrored else None, analytic))
        return result.value if isinstance(result, Holomorphic) and result.level == level else result

    def component(path: Path) -> Value:
        failures: list[Exception] = []

        def integrand(x: acb, analytic: bool) -> acb:
            """The component at x. No exception may cross acb.integral: it is kept and raised after it."""
            if failures and not isinstance(failures[-1], Undefined):
                return acb("nan")
            try:
                return ball(_leaf(at(x, analytic), path))
            except Exception as error:
                failures.append(error)
                return acb("nan")

        value = acb.integral(integrand, a, b, eval_limit=_most_evaluations())
        if failures and not value.is_finite():
            raise failures[-1]
        return value

    return _rebuild(at((a + b) / 2, False), (), component)


def _leaf(value: Value, path: Path) -> Value:
    for i in path:
        if isinstance(value, Series):
            value = value.coefficients[i]
        elif isinstance(value, Holomorphic):
            value = value.mirror if i else value.value
        elif i:
            raise Unsupported("an integrand whose shape changes")
    return value


def _rebuild(shape: Value, path: Path, component: Callable[[Path], Value]) -> Value:
    if isinstance(shape, Series):
        parts = [_rebuild(c, (*path, i), component) for i, c in enumerate(shape.coefficients)]
        return shape.like(parts)
    if isinstance(shape, Holomorphic):
        value = _rebuild(shape.value, (*path, 0), component)
        return shape.like(value, None if shape.mirror is None else _rebuild(shape.mirror, (*path, 1), component))
    if isinstance(shape, Tower):
        raise NotGaussian("an integral that depends on an outer integration variable")
    return component(path)


def _floating(function: Function, low: Value | None, high: Value | None, level: int, ledger: Ledger) -> Value:
    """mpmath's tanh-sinh quadrature with its own error estimate: a witness, no enclosure."""
    import mpmath

    digits = int(ctx.prec * 0.30103)
    ledger.notes.append("an integral over an infinite interval by floating quadrature")

    def number(x: acb) -> mpmath.mpc:
        return mpmath.mpc(x.real.mid().str(digits, radius=False), x.imag.mid().str(digits, radius=False))

    def integrand(x: mpmath.mpf) -> mpmath.mpc:
        point = acb(arb(mpmath.nstr(x, digits + 5)))
        ledger.count()
        result = function(Holomorphic(level, point, point, False))
        value = result.value if isinstance(result, Holomorphic) and result.level == level else result
        return number(ball(value))

    with mpmath.workdps(digits):
        ends = [
            mpmath.mpf("-inf") if low is None else number(ball(low)).real,
            mpmath.mpf("inf") if high is None else number(ball(high)).real,
        ]
        value, error = mpmath.quad(integrand, ends, error=True)
        radius = arb(mpmath.nstr(error * 10, 5)).abs_upper()
        centre = acb(arb(mpmath.nstr(value.real, digits)), arb(mpmath.nstr(value.imag, digits)))
    return centre + acb(arb(0, radius), arb(0, radius))
