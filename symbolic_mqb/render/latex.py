"""A term in LaTeX, as the paper prints it. Nothing is evaluated: the view shows what was declared."""

from __future__ import annotations

import re
from fractions import Fraction

from ..kernel.errors import TermError
from ..kernel.terms import Term, apply, fresh, lam, num, subterms
from .names import head_name, latex_name
from .printer import (
    ADD,
    ATOM,
    MUL,
    POW,
    Piece,
    Printer,
    bob,
    conjugated,
    default_arguments,
    fluctuation,
    indices,
    inverted,
    named_ket,
    of_first,
    own_arguments,
    party,
    points,
    whole_line,
)

_CONSTANTS = {"I": "i", "pi": r"\pi", "euler": "e", "infinity": r"\infty", "identity": r"\mathbb{1}"}
_FUNCTIONS = {
    "log": r"\log", "cos": r"\cos", "sin": r"\sin", "arg": r"\arg", "min": r"\min", "max": r"\max",
    "re": r"\operatorname{Re}", "im": r"\operatorname{Im}", "sgn": r"\operatorname{sgn}",
}  # fmt: skip
_RELATIONS = {"eq": "=", "le": r"\le", "lt": "<", "ne": r"\ne", "maps": r"\mapsto"}
_TRIGONOMETRIC = ("cos", "sin")
_SINGLE = re.compile(r"[A-Za-z0-9]|\\[a-z]+")
_NUMBER = re.compile(r"(?<![\w}])(\d+|\\frac\{\d+\}\{\d+\})$")
_WIDE = ("sum", "prod", "integral", "expectation", "tuples", "coeff", "deriv", "O", "series")
_SETS = {"is_int": r"\mathbb{Z}", "is_real": r"\mathbb{R}"}


class Latex(Printer):
    """The printer for LaTeX's mathematics mode (amsmath and amssymb)."""

    def paren(self, text: str) -> str:
        """In parentheses."""
        return rf"\left({text}\right)"

    def name(self, name: str) -> str:
        """A symbol's name."""
        return latex_name(name)

    def relation(self, op: str) -> str:
        """The sign of a relation."""
        return _RELATIONS[op]

    def join(self, factors: list[str]) -> str:
        """A product of factors."""
        out = factors[0]
        for f in factors[1:]:
            numbers = _NUMBER.search(out) and f.startswith(r"\frac")
            dot = f[0].isdigit() or numbers
            out += (r" \cdot " if dot else " ") + f
        return out

    def fraction(self, above: str, below: Piece, above_is: Piece) -> Piece:
        """A quotient; one below the bar is written with a slash, as the paper does."""
        slashed = f"{above}/{below.text}" if above_is.level >= MUL and not above_is.opens and below.level >= POW else ""
        return Piece(rf"\frac{{{above}}}{{{below.slashed or below.text}}}", MUL, slashed=slashed)

    def power(self, base: str, exponent: Term) -> str:
        """A power of a base that is ready."""
        return f"{base}^{{{self._exponent(exponent)}}}"

    def _exponent(self, exponent: Term) -> str:
        if exponent.op == "num" and exponent.args[0].denominator != 1:
            return str(exponent.args[0])
        return self(exponent)

    def root(self, t: Term) -> Piece:
        """A square root."""
        return Piece(rf"\sqrt{{{self(t)}}}", POW)

    def evaluated(self, text: str, variable: str, point: str) -> Piece:
        """text at variable = point."""
        return Piece(rf"\left.{text}\right|_{{{variable}={point}}}", POW)

    def threshold(self, statement: str, variable: str, bound: str) -> str:
        """A statement from a threshold on."""
        return rf"{statement} \quad \left({variable} \ge {bound}\right)"

    def function(self, op: str, arguments: list[str]) -> Piece:
        """A function of this name at arguments."""
        if op in _CONSTANTS and not arguments:
            return Piece(_CONSTANTS[op])
        word = _FUNCTIONS.get(op) or rf"\operatorname{{{op.replace('_', ' ')}}}"
        return Piece(word + self.paren(", ".join(arguments)))

    # -- binders -----------------------------------------------------------------------------------
    def scope(self, op: str, t: Term, variable: str, body: str) -> str:
        """A sum, product, integral, coefficient, derivative or tensor product over its body."""
        if op == "deriv":
            order = "" if t == num(1) else f"^{{{self(t)}}}"
            return rf"\frac{{d{order}}}{{d{variable}{order}}} {body}"
        if op == "coeff":
            return rf"\left[{variable}^{{{self(t.args[0])}}}\right] {body}"
        if op == "limit":
            return rf"\lim_{{{variable} \to \infty}} {body}"
        if op == "integral":
            low, high = (r"-\infty", r"\infty") if whole_line(t) else (self(t.args[0]), self(t.args[1]))
            return rf"\int_{{{low}}}^{{{high}}} d{variable}\, {body}"
        if op == "expectation":
            return rf"\int d{self(t.args[0])}({variable})\, {body}"
        if op == "tensor":
            return rf"\bigotimes_{{{variable}=1}}^{{{self(t.args[0])}}} {body}"
        if op == "tuples":
            return rf"\sum_{{{variable}_{{1}},\dots,{variable}_{{{self(t.args[0])}}}=1}}^{{{self(t.args[1])}}} {body}"
        if op == "series":
            return rf"\sum_{{{variable}=0}}^{{\infty}} {body}"
        sign = r"\sum" if op == "sum" else r"\prod"
        return rf"{sign}_{{{variable}={self(t.args[0])}}}^{{{self(t.args[1])}}} {body}"

    law_sign = r"\operatorname{law}"
    delta_sign = r"\delta"

    def weakly(self, measure: str, target: str, variable: str, rate: str) -> str:
        """Weak convergence and its rate."""
        return rf"{measure} \xrightarrow[{variable} \to \infty]{{w}} {target} \quad \left(\text{{rate }} {rate}\right)"

    def everywhere(self, statement: str, variable: str) -> str:
        """A statement for every real value of a variable."""
        return rf"{statement} \quad \text{{for all }} {variable} \in \mathbb{{R}}"

    def measure(self, density: str, variable: str) -> str:
        """A density as a measure."""
        return rf"{density}\, d{variable}"

    on, image = r" \text{ on } ", r" \text{, the image under } "

    def level(self, level: int, side: str) -> str:
        """|0⟩, |1⟩, ⟨0| or ⟨1|."""
        return rf"|{level}\rangle" if side == "ket" else rf"\langle {level}|"

    def tensor_power(self, text: str, size: Term) -> str:
        """A tensor power of what is ready."""
        return rf"{text}^{{\otimes {self.wrap(size, ATOM)}}}"

    # -- functions ---------------------------------------------------------------------------------
    def wrap(self, t: Term, level: int, last: bool = True) -> str:
        """As for every printer, but cos ϕ with something behind it becomes cos(ϕ)."""
        if t.op in _TRIGONOMETRIC and (level > MUL or not last):
            return _FUNCTIONS[t.op] + self.paren(self(t.args[0]))
        return super().wrap(t, level, last)

    def summand(self, t: Term, last: bool) -> str:
        """As for every printer; cos ϕ takes in what is multiplied, not what is added."""
        end = t
        while end.op == "mul":
            end = end.args[-1]
        return self.wrap(t, MUL, last or end.op in _TRIGONOMETRIC)

    def _trigonometric(self, t: Term) -> Piece:
        inner = self.piece(t.args[0])
        if inner.level < ATOM or inner.opens or not _SINGLE.fullmatch(inner.text):
            return Piece(_FUNCTIONS[t.op] + self.paren(inner.text))
        return Piece(f"{_FUNCTIONS[t.op]} {inner.text}", MUL, True)

    op_cos = op_sin = _trigonometric

    def op_pow(self, t: Term) -> Piece:
        """A power; that of a cosine stands before its argument."""
        base, exponent = t.args
        if base.op in _TRIGONOMETRIC and inverted(t) is None and exponent != num(Fraction(1, 2)):
            return Piece(self.power(_FUNCTIONS[base.op], exponent) + self.paren(self(base.args[0])), POW)
        return super().op_pow(t)

    def op_exp(self, t: Term) -> Piece:
        """e^z, or exp{z} where z holds a sum or an integral."""
        inner = self(t.args[0])
        return Piece(rf"\exp\left\{{{inner}\right\}}" if _holds(t.args[0], _WIDE) else f"e^{{{inner}}}", POW)

    def op_abs(self, t: Term) -> Piece:
        """|z|."""
        return Piece(rf"\left|{self(t.args[0])}\right|")

    def op_conj(self, t: Term) -> Piece:
        """z*; ⟨k|x⟩ for the conjugate of ⟨x|k⟩."""
        if t.args[0].op == "call" and t.args[0].args[0].args[0] in ("wave", "rotor"):
            x, k = (self(a) for a in t.args[0].args[1:])
            return Piece(_bracket(k, x))
        return Piece(f"{self.wrap(t.args[0], ATOM, False)}^{{*}}", POW)

    def op_factorial(self, t: Term) -> Piece:
        """n!."""
        return Piece(f"{self.wrap(t.args[0], ATOM, False)}!", POW)

    def op_binomial(self, t: Term) -> Piece:
        """C(n, k)."""
        return Piece(rf"\binom{{{self(t.args[0])}}}{{{self(t.args[1])}}}")

    def op_delta(self, t: Term) -> Piece:
        """δ_{ij}."""
        return Piece(rf"\delta_{{{_indexed([self(a) for a in t.args])}}}")

    def op_O(self, t: Term) -> Piece:
        """O(g); the constant is part of the report, not of the print."""
        order = t.args[0]
        if inverted(order) is not None and order.args[1] != num(-1):
            return Piece("O" + self.paren(self.power(self.wrap(order.args[0], ATOM, False), order.args[1])))
        return Piece("O" + self.paren(self(order)))

    def op_app(self, t: Term) -> Piece:
        """c_k, E_j, f(x)."""
        if t.args[0].op == "var" and t.args[0].args[1] == "real->real":
            return Piece(self(t.args[0]) + self.paren(self(t.args[1])))
        return Piece(f"{self(t.args[0])}_{{{_indexed([self(a) for a in t.args[1:]])}}}")

    def op_call(self, t: Term) -> Piece:
        """A defined symbol: H_n(x, a), H_n(x), ⟨x|k⟩, or its bare name at its own variables."""
        head, arguments = t.args[0].args[0], [self(a) for a in t.args[1:]]
        if head in ("H", "He", "J"):
            return Piece(f"{head[0]}_{{{arguments[0]}}}" + self.paren(", ".join(arguments[1:])))
        if head == "tr_AB":
            first, second = (self.wrap(x, POW, False) for x in t.args[3:])
            return Piece(rf"\operatorname{{tr}}\left[\rho_{{AB}}\,{first}\otimes {second}\right]")
        if name := party(t):
            return Piece(f"{name}_{{{arguments[3]}}}" if len(t.args) == 7 else name)
        if bob(t):
            return Piece("B^{(2)}" if head == "A2" else "B", POW if head == "A2" else ATOM)
        if fluctuation(t):
            return Piece(f"{head}_{{{', '.join(arguments[5:])}}}" + self.paren(arguments[4]))
        if head in ("wave", "rotor"):
            return Piece(_bracket(arguments[0], arguments[1]))
        if head == "is":
            return Piece(f"i_{{{_indexed(arguments[1:])}}}^{{({arguments[0]})}}", POW)
        if head == "ABs":
            return Piece(rf"\langle AB\rangle_{{{arguments[2]}}}^{{({arguments[0]})}}" + self.paren(arguments[3]))
        if head == "ir":
            return Piece(f"i_{{{', '.join(arguments[1:])}}}" + self.paren(arguments[0]), POW)
        if head == "isr":
            return Piece(f"i_{{{', '.join(arguments[2:])}}}^{{({arguments[0]})}}" + self.paren(arguments[1]), POW)
        if head == "ABsr":
            widths = f"{arguments[0]}; {', '.join(arguments[1:3])}"
            return Piece(rf"\langle AB\rangle_{{{arguments[4]}}}^{{({widths})}}" + self.paren(arguments[5]))
        if head == "in":
            return Piece(rf"\nu_{{{', '.join(arguments[1:])}}}" + self.paren(arguments[0]), POW)
        if head == "ABr":
            shifts = ", ".join(arguments[:2])
            return Piece(rf"\langle AB\rangle_{{{arguments[3]}}}^{{({shifts})}}" + self.paren(arguments[4]))
        if head == "AB":
            return Piece(rf"\langle AB\rangle_{{{arguments[1]}}}" + self.paren(arguments[2]))
        if head == "signA":
            turn, k, l = arguments
            rotation = rf"U_{{{turn}}}"
            return Piece(rf"\langle {k}|{rotation}^{{\dagger}} \operatorname{{sgn}}(x)\, {rotation}|{l}\rangle")
        if head == "e" and len(arguments) == 3:
            return Piece(rf"\langle {arguments[1]}|e\left({arguments[0]}\right)|{arguments[2]}\rangle")
        if points(t):
            return Piece(head_name(head) + self.paren(", ".join(self(x) for x in points(t))))
        if (argument := of_first(t)) is not None:
            return Piece(head_name(head) + self.paren(self(argument)))
        if indices(t):
            return Piece(f"{head_name(head)}_{{{_indexed([self(i) for i in indices(t)])}}}")
        if named_ket(t):
            index = "" if default_arguments(t) else f"_{{{', '.join(arguments)}}}"
            return Piece(rf"|{head_name(head)}{index}\rangle")
        if not arguments or default_arguments(t):
            return Piece(head_name(head), POW if "^" in head_name(head) else ATOM)
        shown = [self(a) for a in own_arguments(t)]
        return Piece(head_name(head) + self.paren(", ".join(shown)), POW if "^" in head_name(head) else ATOM)

    def op_head(self, t: Term) -> Piece:
        """A defined symbol without arguments."""
        return Piece(head_name(t.args[0]))

    # -- kets and operators ------------------------------------------------------------------------
    def op_entry(self, t: Term) -> Piece:
        """⟨r|M|s⟩; A_{rs} for the paper's own matrices A and A^(2)."""
        operator, r, s = t.args
        if operator.op == "call" and operator.args[0].args[0] in ("A", "A2") and default_arguments(operator):
            upper = "^{(2)}" if operator.args[0].args[0] == "A2" else ""
            return Piece(f"A_{{{_indexed([self(r), self(s)])}}}{upper}", POW if upper else ATOM)
        return Piece(rf"\langle {self(r)}|{self.wrap(operator, POW, False)}|{self(s)}\rangle")

    def op_matrix(self, t: Term) -> Piece:
        """The entries row by row."""
        a, b, c, d = (self(x) for x in t.args)
        return Piece(rf"\begin{{pmatrix}} {a} & {b} \\ {c} & {d} \end{{pmatrix}}")

    def op_matmul(self, t: Term) -> Piece:
        """A B."""
        left, right = t.args
        first = self(left) if left.op == "matmul" else self.wrap(left, POW, False)
        return Piece(f"{first} {self.wrap(right, POW)}", MUL)

    def op_adjoint(self, t: Term) -> Piece:
        """M†."""
        return Piece(rf"{{{self.wrap(t.args[0], ATOM, False)}}}^{{\dagger}}", POW)

    def op_evolved(self, t: Term) -> Piece:
        """L ρ L†."""
        evolution, state = (self.wrap(a, ATOM, False) for a in t.args)
        return Piece(rf"{evolution} {state} {{{evolution}}}^{{\dagger}}", MUL)

    def op_tpow(self, t: Term) -> Piece:
        """M^{⊗N}."""
        base = self.wrap(t.args[0], ATOM, False)
        return Piece(base if t.args[1] == num(1) else self.tensor_power(base, t.args[1]), POW)

    def op_trace(self, t: Term) -> Piece:
        """tr[M]."""
        return Piece(rf"\operatorname{{tr}}\left[{self(t.args[0])}\right]")

    def op_trace_of(self, t: Term) -> Piece:
        """tr[ρM]."""
        return Piece(rf"\operatorname{{tr}}\left[{self.wrap(t.args[0], MUL, False)} {self.wrap(t.args[1], MUL)}\right]")

    def op_outer(self, t: Term) -> Piece:
        """|ψ⟩⟨ψ|."""
        return Piece(f"{self._ket(t.args[0])} {self._bra(t.args[0])}", MUL)

    def op_braket(self, t: Term) -> Piece:
        """⟨φ|M|ψ⟩."""
        bra, operator, ket = t.args
        left, right = self._bra(bra), self._ket(ket)
        middle = self.wrap(operator, POW, False)
        if left.endswith("|"):
            left = left[:-1]
            middle = f"|{middle}"
        if right.startswith("|"):
            return Piece(rf"{left}{middle}{right}" if left.startswith(r"\langle") else f"{left} {middle} {right}")
        level = MUL if "product_ket" in (bra.op, ket.op) else ATOM
        return Piece(f"{left} {middle} {right}", level)

    def op_dicke(self, t: Term) -> Piece:
        """|N, k⟩."""
        return Piece(rf"|{self._label(t)}\rangle")

    op_word = op_dicke

    def op_perm(self, t: Term) -> Piece:
        """A word and its permutations."""
        return Piece(rf"{self(t.args[0])} + \text{{perm.}}", ADD)

    def _label(self, t: Term) -> str:
        if t.op == "dicke":
            return f"{self(t.args[0])},{self(t.args[1])}"
        blocks = list(zip(t.args[::2], t.args[1::2], strict=True))
        texts = []
        for i, (letter, length) in enumerate(blocks):
            digit = self.wrap(letter, ATOM)
            run = rf"{digit}\dots {digit}"
            if i and i == len(blocks) - 1 and letter == num(0):
                texts.append(run)
            else:
                texts.append(rf"\underbrace{{{run}}}_{{{self(length)}}}")
        return " ".join(texts)

    def _ket(self, t: Term) -> str:
        return self.wrap(t, POW, False)

    def _bra(self, t: Term) -> str:
        if t.op in ("dicke", "word"):
            return rf"\langle {self._label(t)}|"
        if named_ket(t):
            return rf"\langle {self(t)[1 : -len(_RANGLE)]}|"
        if t.op == "perm":
            return self.paren(rf"{self._bra(t.args[0])} + \text{{perm.}}")
        if t.op == "product_ket":
            return self.product_state(*conjugated(t), t.args[2], "bra").text
        return rf"{self.paren(self(t))}^{{\dagger}}"

    # -- statements --------------------------------------------------------------------------------
    def _type(self, t: Term) -> Piece:
        return Piece(rf"{self(t.args[0])} \in {_SETS[t.op]}", ADD)

    op_is_int = op_is_real = _type

    def op_povm(self, t: Term) -> Piece:
        """The effects form a POVM."""
        name, count = self(t.args[0]), self(t.args[1])
        what = "projective measurement" if t.op == "projective" else "POVM"
        if t.args[0].op == "lam":
            v = Term("var", ("j", "nat"))
            v = fresh(lam(v, v), t.free)
            effect = self(apply(t.args[0], v))
            return Piece(rf"\left\{{{effect}\right\}}_{{{self(v)}=1}}^{{{count}}} \text{{ is a {what}}}", ADD)
        return Piece(rf"\{{{name}_{{j}}\}}_{{j=1}}^{{{count}}} \text{{ is a {what}}}", ADD)

    op_projective = op_povm


_RANGLE = r"\rangle"
_LATEX = Latex()


def latex(t: Term) -> str:
    """The term in LaTeX."""
    if not isinstance(t, Term):
        raise TermError(f"a term can be printed, not {t!r}")
    return _LATEX(t)


def _bracket(left: str, right: str) -> str:
    """⟨left|right⟩, as tall as what it holds."""
    if "\\frac" in left + right:
        return rf"\left\langle {left}\middle|{right}\right\rangle"
    return rf"\langle {left}|{right}\rangle"


def _indexed(indices: list[str]) -> str:
    """Indices: one or two letters or digits without a comma, as in c_{kl} and A_{00}."""
    if len(indices) <= 2 and all(_SINGLE.fullmatch(i) for i in indices):
        return " ".join(indices) if any("\\" in i for i in indices) else "".join(indices)
    return ",".join(indices)


def _holds(t: Term, ops: tuple[str, ...]) -> bool:
    return t.op in ops or any(_holds(a, ops) for a in subterms(t) if a.op != "head")
