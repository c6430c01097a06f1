"""What the paper writes and SymPy lacks, as SymPy expressions that never evaluate by themselves.

Every class stands for one operation of the terms (`term_op`). Its `args` are the operation's, except
that a function v ↦ body takes two places, v and body. `template` is the LaTeX of the printed `args`.
"""

from __future__ import annotations

from typing import Any

import sympy as sp
from mpmath.libmp import prec_to_dps
from sympy.core.symbol import Str
from sympy.printing.precedence import PRECEDENCE

from .base import Notation
from .functions import require_index


class OperatorSymbol(sp.Symbol):  # type: ignore[misc]
    """An operator on one particle (a 2×2 matrix), by name. It does not commute."""

    __slots__ = ()

    def __new__(cls, name: str) -> Any:
        """The operator of this name."""
        return super().__new__(cls, name, commutative=False)


class TupleSymbol(sp.Symbol):  # type: ignore[misc]
    """A tuple of integers, by name; its entries are `TupleItem(a, i)`."""

    __slots__ = ()

    def __new__(cls, name: str) -> Any:
        """The tuple of this name."""
        return super().__new__(cls, name)


class MeasureSymbol(sp.Symbol):  # type: ignore[misc]
    """A probability measure on the real line, by name."""

    __slots__ = ()

    def __new__(cls, name: str) -> Any:
        """The measure of this name."""
        return super().__new__(cls, name)


class StatesSymbol(sp.Symbol):  # type: ignore[misc]
    """A sequence of states of 0, 1, 2, … qubits, by name; its members are `StateOf(ρ, N)`."""

    __slots__ = ()

    def __new__(cls, name: str) -> Any:
        """The sequence of this name."""
        return super().__new__(cls, name)


class FunctionSymbol(sp.Basic):  # type: ignore[misc]
    """A function symbol standing by itself, such as the family E of a POVM: a name and a sort nat->…"""

    def __new__(cls, name: Any, sort: Any) -> Any:
        """The function symbol of this name and sort."""
        return super().__new__(cls, Str(str(name)), Str(str(sort)))

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.args[0].name)

    @property
    def sort(self) -> str:
        """Its sort, `nat->op` for a family of operators."""
        return str(self.args[1].name)

    def _sympystr(self, printer: Any) -> str:
        return self.name

    def _latex(self, printer: Any) -> str:
        return str(printer.doprint(sp.Symbol(self.name)))


class TaylorCoefficient(Notation):
    """[zⁿ] f(z) = f⁽ⁿ⁾(0)/n!: TaylorCoefficient(n, z, f(z)), f entire; `doit` for a concrete natural n."""

    term_op, variable_at = "coeff", 1
    template = r"\left[{1}^{{{0}}}\right] {2}"

    def doit(self, **hints: Any) -> Any:
        """The value, if n is a concrete natural number."""
        n, z, f = (a.doit(**hints) for a in self.args)
        if not (n.is_Integer and n >= 0):
            return type(self)(n, z, f)
        return (sp.diff(f, z, n) / sp.factorial(n)).subs(z, 0)

    def _eval_derivative(self, s: Any) -> Any:
        n, z, f = self.args
        return None if n.has(s) else type(self)(n, z, f.diff(s))

    def _eval_evalf(self, prec: int) -> Any:
        value = self.doit()
        return None if value.has(TaylorCoefficient) else value.evalf(prec_to_dps(prec))


class DerivativeAt(Notation):
    """The n-th derivative of f(x) in x at a point: DerivativeAt(n, x, f(x), point)."""

    term_op, variable_at = "deriv", 1
    template = r"\left. \frac{{d^{{{0}}}}}{{d {1}^{{{0}}}}} {2} \right|_{{{1} = {3}}}"

    def doit(self, **hints: Any) -> Any:
        """The value, if n is a concrete natural number."""
        n, x, f, point = (a.doit(**hints) for a in self.args)
        if not (n.is_Integer and n >= 0):
            return type(self)(n, x, f, point)
        return sp.diff(f, x, n).subs(x, point)


class TupleSum(Notation):
    """Σ over all tuples of given length and range: TupleSum(length, range, a, f(a))."""

    term_op, variable_at = "tuples", 2
    template = r"\sum_{{{2} \in [{1}]^{{{0}}}}} {3}"


class TupleItem(Notation):
    """The i-th entry of a tuple: TupleItem(a, i)."""

    term_op = "app"
    template = r"{0}_{{{1}}}"


class RealFunctionValue(Notation):
    """f(x) of a bounded Borel function: RealFunctionValue(FunctionSymbol('f', 'real->real'), x)."""

    term_op = "app"
    template = r"{0}\left({1}\right)"


class Amplitude(Notation):
    """c_k or c_kl of a function of integers: Amplitude(FunctionSymbol('c', 'int->complex'), k)."""

    term_op = "app"
    template = r"{0}_{{{1}}}"

    def __new__(cls, function: Any, *indices: Any) -> Any:
        """The number at these indices."""
        return sp.Expr.__new__(cls, *(sp.sympify(a, strict=True) for a in (function, *indices)))

    def _latex(self, printer: Any, exp: Any = None) -> str:
        indices = ",".join(str(printer.doprint(a)) for a in self.args[1:])
        power = "" if exp is None else f"^{{{exp}}}"
        return f"{{{printer.doprint(self.args[0])}_{{{indices}}}}}{power}"


class Expectation(Notation):
    """∫ f(λ) dμ(λ) over a probability measure: Expectation(MeasureSymbol('μ'), λ, f(λ))."""

    term_op, variable_at = "expectation", 1
    template = r"\int d{0}({1})\, {2}"


class BigO(Notation):
    """O(g) as the limit variable grows: a term whose absolute value is at most a constant times g."""

    term_op = "O"
    template = r"O\left({0}\right)"


class Entry(Notation):
    """⟨r|M|s⟩ of an operator on one particle: Entry(M, r, s)."""

    term_op = "entry"
    template = r"\left\langle {1} \right| {0} \left| {2} \right\rangle"


class Trace(Notation):
    """The trace of an operator on N particles."""

    term_op = "trace"
    template = r"\operatorname{{tr}} {0}"


class TraceOf(Notation):
    """The trace of a product of two operators on N particles."""

    term_op = "trace_of"
    template = r"\operatorname{{tr}} \left({0}\, {1}\right)"


class BraKet(Notation):
    """⟨φ|M|ψ⟩: BraKet(φ, M, ψ). `doit` evaluates ⟨N,k|B^{⊗N}|N,l⟩ as `DickeMatrixElement` does."""

    term_op = "braket"

    def _latex(self, printer: Any, exp: Any = None) -> str:
        phi, m, psi = self.args
        inner = [a.label(printer) if isinstance(a, Ket) else str(printer.doprint(a)) for a in (phi, psi)]
        text = rf"\left\langle {inner[0]} \right| {printer.doprint(m)} \left| {inner[1]} \right\rangle"
        return text if exp is None else rf"\left({text}\right)^{{{exp}}}"

    def doit(self, **hints: Any) -> Any:
        """The closed sum, if this is a Dicke matrix element with concrete numbers."""
        from .transforms import DickeMatrixElement

        phi, m, psi = self.args
        if not (isinstance(phi, Dicke) and isinstance(psi, Dicke) and isinstance(m, TensorPower)):
            return self
        if not phi.args[0] == psi.args[0] == m.args[1]:
            return self
        element = DickeMatrixElement(phi.args[0], phi.args[1], psi.args[1], m.args[0])
        value = element.doit(**hints)
        return self if value == element else value


class Operator(Notation):
    """An operator on one or on N particles: it does not commute."""

    is_commutative = False


class OperatorValue(Operator):
    """E_j, a member of a family of operators: OperatorValue(FunctionSymbol('E', 'nat->op'), j)."""

    term_op = "app"
    template = r"{0}_{{{1}}}"


class StateOf(Operator):
    """ρ^{[N]}, a member of a sequence of states: StateOf(StatesSymbol('ρ'), N)."""

    term_op = "app"
    template = r"{0}^{{[{1}]}}"


class IdentityOperator(Operator):
    """The identity on one particle."""

    term_op = "identity"
    template = r"\mathbb{{1}}"


class MatrixOperator(Operator):
    """The operator on one particle with ⟨0|M|0⟩ = a, ⟨0|M|1⟩ = b, ⟨1|M|0⟩ = c, ⟨1|M|1⟩ = d."""

    term_op = "matrix"
    template = r"\begin{{pmatrix}} {0} & {1} \\ {2} & {3} \end{{pmatrix}}"


class OperatorProduct(Operator):
    """The product of two operators on one particle, unexpanded."""

    term_op = "matmul"
    template = r"{0} {1}"


class AdjointOperator(Operator):
    """M† of an operator on one particle."""

    term_op = "adjoint"
    template = r"{{{0}}}^{{\dagger}}"


class Evolved(Operator):
    """L ρ L† for operators on N particles."""

    term_op = "evolved"
    template = r"{0} {1} {{{0}}}^{{\dagger}}"


class TensorPower(Operator):
    """M^{⊗N}: TensorPower(M, N)."""

    term_op = "tpow"
    template = r"{{{0}}}^{{\otimes {1}}}"


class TensorProduct(Operator):
    """M(1) ⊗ … ⊗ M(N): TensorProduct(N, i, M(i))."""

    term_op, variable_at = "tensor", 1
    template = r"\bigotimes_{{{1}=1}}^{{{0}}} {2}"


class Outer(Operator):
    """The projector |ψ⟩⟨ψ|."""

    term_op = "outer"

    def _latex(self, printer: Any, exp: Any = None) -> str:
        psi = self.args[0]
        inner = psi.label(printer) if isinstance(psi, Ket) else printer.doprint(psi)
        return rf"\left| {inner} \right\rangle\left\langle {inner} \right|"


class Ket(Operator):
    """A vector of N particles."""

    def label(self, printer: Any) -> str:
        """What stands between the bars."""
        return self.template.format(*(printer.doprint(a) for a in self.args))

    def _latex(self, printer: Any, exp: Any = None) -> str:
        return rf"\left| {self.label(printer)} \right\rangle"


class Dicke(Ket):
    """The Dicke state |N, k⟩."""

    term_op = "dicke"
    template = "{0}, {1}"

    def __new__(cls, *args: Any) -> Any:
        """The state; ValueError if the number of particles is known not to be natural."""
        ket = super().__new__(cls, *args)
        require_index("Dicke", ket.args[0], "the number of particles")
        return ket


class ProductKet(Ket):
    """The product state (a|0⟩ + b|1⟩)^{⊗n}, not normalised: ProductKet(a, b, n)."""

    term_op = "product_ket"
    template = r"\left({0}, {1}\right)^{{\otimes {2}}}"


class Permuted(Ket):
    """The sum of a word's distinct permutations."""

    term_op = "perm"
    template = r"{0} + \text{{permutations}}"


class Word(Ket):
    """A product vector as runs of equal levels: Word(level, length, level, length, …)."""

    term_op = "word"

    def __new__(cls, *args: Any) -> Any:
        """The vector; TypeError if the arguments are no pairs, ValueError if a length is known not to be natural."""
        ket = super().__new__(cls, *args)
        if len(ket.args) % 2 or any(isinstance(a, sp.Tuple) for a in ket.args):
            raise TypeError(f"Word takes a level and a length, run after run, not {ket.args}")
        for length in ket.args[1::2]:
            require_index("Word", length, "a length")
        return ket

    def label(self, printer: Any) -> str:
        """Level with length as exponent, run after run."""
        shown = [str(printer.doprint(a)) for a in self.args]
        return " ".join(f"{a}^{{{b}}}" for a, b in zip(shown[::2], shown[1::2], strict=True))


class WrittenProduct(sp.Mul):  # type: ignore[misc]
    """A product of several numbers, the first of them negative, which SymPy's printer would print wrongly.

    SymPy prints −1·1·(4b)⁻¹ as `-1*1/4*b`. Rebuilt (`func`), it is an ordinary product.
    """

    def __new__(cls, *args: Any) -> Any:
        """The product of these factors as written."""
        return cls._from_args(args)

    @staticmethod
    def wanted(args: tuple[Any, ...]) -> bool:
        """Whether SymPy's printer needs help with these factors."""
        others = any(a.is_Number or (a.is_Pow and all(b.is_Integer for b in a.args)) for a in args[1:])
        return bool(len(args) > 2 and args[0].is_Rational and args[0].is_negative and others)

    @property
    def func(self) -> Any:
        """The class to rebuild with."""
        return sp.Mul

    def _sympystr(self, printer: Any) -> str:
        rest = sp.Mul(*self.args[1:], evaluate=False)
        inner = printer.parenthesize(rest, PRECEDENCE["Mul"])
        return f"{printer.doprint(self.args[0])}*{inner}"

    def _latex(self, printer: Any) -> str:
        rest = sp.Mul(*self.args[1:], evaluate=False)
        first = "-" if self.args[0] == -1 else printer.doprint(self.args[0])
        return f"{first} {printer.doprint(rest)}"


class Defined(Notation):
    """f(values) of a defined symbol f(params) := body: Defined(name, params, body, values), unexpanded.

    `doit` expands the definition.
    """

    term_op = "call"

    def __new__(cls, name: Any, params: Any, body: Any, values: Any) -> Any:
        """The symbol at its values, unexpanded."""
        label = name if isinstance(name, Str) else Str(str(name))
        return sp.Expr.__new__(cls, label, sp.Tuple(*params), sp.sympify(body, strict=True), sp.Tuple(*values))

    @property
    def free_symbols(self) -> set[Any]:
        """The symbols of the values."""
        return set(self.args[3].free_symbols)

    @property
    def bound_symbols(self) -> list[Any]:
        """The parameters."""
        return list(self.args[1])

    def _eval_subs(self, old: Any, new: Any) -> Any:
        name, params, body, values = self.args
        return type(self)(name, params, body, values._subs(old, new))

    def doit(self, **hints: Any) -> Any:
        """The body at the values."""
        _, params, body, values = self.args
        return body.subs(dict(zip(params, values, strict=True)), simultaneous=True).doit(**hints)

    def _eval_derivative(self, s: Any) -> Any:
        return self.doit(deep=False).diff(s)

    def _eval_evalf(self, prec: int) -> Any:
        return self.doit().evalf(prec_to_dps(prec))

    def _sympystr(self, printer: Any) -> str:
        return f"{self.args[0].name}({', '.join(printer.doprint(v) for v in self.args[3])})"

    def _latex(self, printer: Any, exp: Any = None) -> str:
        values = ", ".join(str(printer.doprint(v)) for v in self.args[3])
        power = "" if exp is None else f"^{{{exp}}}"
        return rf"\operatorname{{{self.args[0].name}}}{power}\left({values}\right)"


class Density(Notation):
    """The measure p(u) du on the real line: Density(u, p(u))."""

    term_op, variable_at = "density", 0
    template = r"{1} \, d{0}"


class DensityOn(Notation):
    """The measure p(u) du on an interval: DensityOn(low, high, u, p(u))."""

    term_op, variable_at = "density_on", 2
    template = r"{3} \, d{2} \text{{ on }} \left[{0}, {1}\right]"


class Pushforward(Notation):
    """The image of p(u) du on an interval under u ↦ g(u): Pushforward(low, high, u ↦ g(u), u ↦ p(u)), two `Lambda`s."""

    term_op = "pushforward"
    template = r"{3} \text{{ on }} \left[{0}, {1}\right] \text{{, the image under }} {2}"

    def __new__(cls, low: Any, high: Any, function: Any, density: Any) -> Any:
        """The measure; the function and its density are `Lambda`s of one variable."""
        return sp.Expr.__new__(cls, *(sp.sympify(a, strict=True) for a in (low, high, function, density)))


class Law(Notation):
    """The law of X under weights on the N-tuples of outcomes 1, …, d: Law(N, d, J, weight(J), X(J))."""

    term_op, variable_at = "law", 2
    template = r"\sum_{{{2} \in \{{1, \dots, {1}\}}^{{{0}}}}} {3} \, \delta_{{{4}}}"

    def __new__(cls, *args: Any) -> Any:
        """The measure; TypeError if the number of arguments is wrong."""
        if len(args) != 5:
            raise TypeError(f"Law takes 5 arguments, got {len(args)}")
        return sp.Expr.__new__(cls, *(sp.sympify(a, strict=True) for a in args))

    @property
    def free_symbols(self) -> set[Any]:
        """Symbols that occur, the tuple aside."""
        n, d, v, weight, value = (set(a.free_symbols) for a in self.args)
        return n | d | ((weight | value) - v)

    def _eval_subs(self, old: Any, new: Any) -> Any:
        n, d, v, weight, value = self.args
        if old == v:
            return type(self)(n._subs(old, new), d._subs(old, new), v, weight, value)
        if v in getattr(new, "free_symbols", ()):
            other = TupleSymbol(f"{v.name}′")
            weight, value, v = weight._subs(v, other), value._subs(v, other), other
        return type(self)(*(a._subs(old, new) for a in (n, d)), v, *(a._subs(old, new) for a in (weight, value)))


class Dirac(Notation):
    """The unit mass at a point: Dirac(x)."""

    term_op, template = "dirac", r"\delta_{{{0}}}"
