"""A term as one line of Unicode, legible without colour, and wrapped to a terminal's width."""

from __future__ import annotations

from ..kernel.errors import TermError
from ..kernel.terms import Term, apply, fresh, lam, num
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
    named_ket,
    party,
    points,
    whole_line,
)

_CONSTANTS = {"I": "i", "pi": "π", "euler": "e", "infinity": "∞", "identity": "𝟙"}
_RELATIONS = {"eq": "=", "le": "≤", "lt": "<", "ne": "≠", "maps": "↦"}
_RAISED = str.maketrans("0123456789n", "⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ")
_NAMES = {
    "He": "H",
    "A2": "A⁽²⁾",
    "A2_pol": "A⁽²⁾_pol",
    "A2_pha": "A⁽²⁾_pha",
    "A2_Γ": "A⁽²⁾_Γ",
    "sgn": "sgn",
    "re": "Re",
    "im": "Im",
}


class Text(Printer):
    """The printer for terminals."""

    minus = " − "

    def paren(self, text: str) -> str:
        """In parentheses."""
        return f"({text})"

    def name(self, name: str) -> str:
        """A symbol's name."""
        return name.replace("'", "′")

    def relation(self, op: str) -> str:
        """The sign of a relation."""
        return _RELATIONS[op]

    def join(self, factors: list[str]) -> str:
        """A product of factors."""
        out = factors[0]
        for f in factors[1:]:
            near = out.isdigit() and (f[0].isalpha() or f[0] == "(") and not f.startswith("e^")
            out += f if near else ("·" if len(out) + len(f) < 12 and " " not in out + f else " · ") + f
        return out

    def fraction(self, above: str, below: Piece, above_is: Piece) -> Piece:
        """A quotient."""
        over = self.paren(above) if above_is.level < POW or above_is.opens else above
        under = self.paren(below.text) if below.level < POW or below.opens else below.text
        return Piece(f"{over}/{under}", MUL)

    def power(self, base: str, exponent: Term) -> str:
        """A power of a base that is ready."""
        text = self(exponent)
        if text.isdigit() or text == "n":
            return base + text.translate(_RAISED)
        return f"{base}^{text}" if len(text) == 1 else f"{base}^({text})"

    def root(self, t: Term) -> Piece:
        """A square root."""
        return Piece(f"√{self.wrap(t, ATOM, False)}", POW)

    def evaluated(self, text: str, variable: str, point: str) -> Piece:
        """text at variable = point."""
        return Piece(f"[{text}]({variable} = {point})")

    def threshold(self, statement: str, variable: str, bound: str) -> str:
        """A statement from a threshold on."""
        return f"{statement}   ({variable} ≥ {bound})"

    def function(self, op: str, arguments: list[str]) -> Piece:
        """A function of this name at arguments."""
        if op in _CONSTANTS and not arguments:
            return Piece(_CONSTANTS[op])
        return Piece(f"{_NAMES.get(op, op)}({', '.join(arguments)})")

    # -- binders -----------------------------------------------------------------------------------
    def scope(self, op: str, t: Term, variable: str, body: str) -> str:
        """A sum, product, integral, coefficient, derivative or tensor product over its body."""
        if op == "deriv":
            return f"{self.power(f'(d/d{variable})', t) if t != num(1) else f'd/d{variable}'} {body}"
        if op == "coeff":
            return f"[{self.power(variable, t.args[0])}] {body}"
        if op == "limit":
            return f"lim_{{{variable}→∞}} {body}"
        if op == "integral":
            bounds = "" if whole_line(t) else f"_{{{self(t.args[0])}}}^{{{self(t.args[1])}}}"
            return f"∫{bounds} d{variable} {body}"
        if op == "expectation":
            return f"∫ d{self(t.args[0])}({variable}) {body}"
        if op == "tensor":
            return f"⊗_{{{variable}=1}}^{{{self(t.args[0])}}} {body}"
        if op == "tuples":
            return f"Σ_{{{variable} ∈ {{1..{self(t.args[1])}}}^{self.wrap(t.args[0], ATOM)}}} {body}"
        if op == "series":
            return f"Σ_{{{variable}=0}}^{{∞}} {body}"
        return f"{'Σ' if op == 'sum' else 'Π'}_{{{variable}={self(t.args[0])}}}^{{{self(t.args[1])}}} {body}"

    def weakly(self, measure: str, target: str, variable: str, rate: str) -> str:
        """Weak convergence and its rate."""
        return f"{measure} → {target} weakly as {variable} → ∞, at the rate {rate}"

    def everywhere(self, statement: str, variable: str) -> str:
        """A statement for every real value of a variable."""
        return f"{statement} for all {variable} ∈ ℝ"

    def measure(self, density: str, variable: str) -> str:
        """A density as a measure."""
        return f"{density} d{variable}"

    def level(self, level: int, side: str) -> str:
        """|0⟩, |1⟩, ⟨0| or ⟨1|."""
        return f"|{level}⟩" if side == "ket" else f"⟨{level}|"

    def tensor_power(self, text: str, size: Term) -> str:
        """A tensor power of what is ready."""
        return f"{text}^⊗{self.wrap(size, ATOM)}"

    # -- functions ---------------------------------------------------------------------------------
    def op_exp(self, t: Term) -> Piece:
        """e^z."""
        return Piece(self.power("e", t.args[0]), POW)

    def op_abs(self, t: Term) -> Piece:
        """|z|."""
        return Piece(f"|{self(t.args[0])}|")

    def op_conj(self, t: Term) -> Piece:
        """z*."""
        return Piece(f"conj({self(t.args[0])})")

    def op_factorial(self, t: Term) -> Piece:
        """n!."""
        return Piece(f"{self.wrap(t.args[0], ATOM, False)}!", POW)

    def op_binomial(self, t: Term) -> Piece:
        """C(n, k)."""
        return Piece(f"C({self(t.args[0])}, {self(t.args[1])})")

    def op_delta(self, t: Term) -> Piece:
        """δ_{ij}."""
        return Piece(f"δ_{{{self(t.args[0])},{self(t.args[1])}}}")

    def op_O(self, t: Term) -> Piece:
        """O(g)."""
        return Piece(f"O({self(t.args[0])})")

    def op_app(self, t: Term) -> Piece:
        """c_k, f(x)."""
        if t.args[0].op == "var" and t.args[0].args[1] == "real->real":
            return Piece(f"{self(t.args[0])}({self(t.args[1])})")
        index = ",".join(self(a) for a in t.args[1:])
        return Piece(f"{self(t.args[0])}_{index}" if len(index) == 1 else f"{self(t.args[0])}_{{{index}}}")

    def op_call(self, t: Term) -> Piece:
        """A defined symbol."""
        head, arguments = t.args[0].args[0], [self(a) for a in t.args[1:]]
        if head in ("H", "He", "J"):
            return Piece(f"{self._indexed(head[0], arguments[0])}({', '.join(arguments[1:])})")
        if head == "tr_AB":
            first, second = (self.wrap(x, POW, False) for x in t.args[3:])
            return Piece(f"tr[ρ_AB {first}⊗{second}]")
        if name := party(t):
            return Piece(f"{name}_{{{arguments[3]}}}" if len(t.args) == 7 else name)
        if bob(t):
            return Piece("B⁽²⁾" if head == "A2" else "B")
        if fluctuation(t):
            return Piece(f"{head}_{{{','.join(arguments[5:])}}}({arguments[4]})")
        if head in ("wave", "rotor"):
            return Piece(f"⟨{arguments[0]}|{arguments[1]}⟩")
        if head == "is":
            return Piece(f"i_{{{','.join(arguments[1:])}}}^({arguments[0]})", POW)
        if head == "ABs":
            return Piece(f"{self._indexed('⟨AB⟩', arguments[2])}^({arguments[0]})({arguments[3]})")
        if head in ("ir", "in"):
            return Piece(f"{'i' if head == 'ir' else 'ν'}_{{{','.join(arguments[1:])}}}({arguments[0]})", POW)
        if head == "isr":
            return Piece(f"i_{{{','.join(arguments[2:])}}}^({arguments[0]})({arguments[1]})", POW)
        if head == "ABsr":
            widths = f"{arguments[0]}; {','.join(arguments[1:3])}"
            return Piece(f"{self._indexed('⟨AB⟩', arguments[4])}^({widths})({arguments[5]})")
        if head == "ABr":
            shifts = ",".join(arguments[:2])
            return Piece(f"{self._indexed('⟨AB⟩', arguments[3])}^({shifts})({arguments[4]})")
        if head == "AB":
            return Piece(f"{self._indexed('⟨AB⟩', arguments[1])}({arguments[2]})")
        if head == "signA":
            return Piece(f"⟨{arguments[1]}|U_{arguments[0]}† sgn(x) U_{arguments[0]}|{arguments[2]}⟩")
        name = _NAMES.get(head, self.name(head))
        if named_ket(t):
            return Piece(f"|{name if default_arguments(t) else self._indexed(name, ', '.join(arguments))}⟩")
        if head == "e" and len(arguments) == 3:
            return Piece(f"⟨{arguments[1]}|e({arguments[0]})|{arguments[2]}⟩")
        if points(t):
            return Piece(f"{name}({', '.join(self(x) for x in points(t))})")
        if indices(t):
            return Piece(f"{name}_{{{','.join(self(i) for i in indices(t))}}}")
        return Piece(name if default_arguments(t) else f"{name}({', '.join(arguments)})")

    @staticmethod
    def _indexed(name: str, index: str) -> str:
        return f"{name}_{index}" if len(index) == 1 else f"{name}_{{{index}}}"

    # -- kets and operators ------------------------------------------------------------------------
    def op_entry(self, t: Term) -> Piece:
        """⟨r|M|s⟩."""
        return Piece(f"⟨{self(t.args[1])}|{self.wrap(t.args[0], POW, False)}|{self(t.args[2])}⟩")

    def op_matrix(self, t: Term) -> Piece:
        """The entries row by row."""
        a, b, c, d = (self(x) for x in t.args)
        return Piece(f"[[{a}, {b}], [{c}, {d}]]")

    def op_matmul(self, t: Term) -> Piece:
        """A B."""
        left, right = t.args
        first = self(left) if left.op == "matmul" else self.wrap(left, POW, False)
        return Piece(f"{first} {self.wrap(right, POW)}", MUL)

    def op_adjoint(self, t: Term) -> Piece:
        """M†."""
        return Piece(f"{self.wrap(t.args[0], ATOM, False)}†", POW)

    def op_evolved(self, t: Term) -> Piece:
        """L ρ L†."""
        evolution, state = (self.wrap(a, ATOM, False) for a in t.args)
        return Piece(f"{evolution} {state} {evolution}†", MUL)

    def op_tpow(self, t: Term) -> Piece:
        """M^{⊗N}."""
        base = self.wrap(t.args[0], ATOM, False)
        return Piece(base if t.args[1] == num(1) else self.tensor_power(base, t.args[1]), POW)

    def op_trace(self, t: Term) -> Piece:
        """tr[M]."""
        return Piece(f"tr[{self(t.args[0])}]")

    def op_trace_of(self, t: Term) -> Piece:
        """tr[ρM]."""
        return Piece(f"tr[{self.wrap(t.args[0], MUL, False)} · {self.wrap(t.args[1], MUL)}]")

    def op_outer(self, t: Term) -> Piece:
        """|ψ⟩⟨ψ|."""
        ket = self.wrap(t.args[0], POW, False)
        return Piece(f"{ket}{self._bra(t.args[0])}", MUL)

    def op_braket(self, t: Term) -> Piece:
        """⟨φ|M|ψ⟩."""
        bra, operator, ket = t.args
        left, middle, right = self._bra(bra), self.wrap(operator, POW, False), self.wrap(ket, POW, False)
        left = left if left.endswith("|") else left + " "
        level = MUL if "product_ket" in (bra.op, ket.op) else ATOM
        return Piece(f"{left}{middle}{right}" if right.startswith("|") else f"{left}{middle} {right}", level)

    def op_dicke(self, t: Term) -> Piece:
        """|N, k⟩."""
        return Piece(f"|{self._label(t)}⟩")

    op_word = op_dicke

    def op_perm(self, t: Term) -> Piece:
        """A word and its permutations."""
        return Piece(f"{self(t.args[0])} + perm.", ADD)

    def _label(self, t: Term) -> str:
        if t.op == "dicke":
            return f"{self(t.args[0])},{self(t.args[1])}"
        blocks = zip(t.args[::2], t.args[1::2], strict=True)
        return " ".join(f"{self.wrap(letter, ATOM)}^{self.wrap(length, ATOM)}" for letter, length in blocks)

    def _bra(self, t: Term) -> str:
        if t.op in ("dicke", "word"):
            return f"⟨{self._label(t)}|"
        if named_ket(t):
            return f"⟨{self(t)[1:-1]}|"
        if t.op == "perm":
            return f"({self._bra(t.args[0])} + perm.)"
        if t.op == "product_ket":
            return self.product_state(*conjugated(t), t.args[2], "bra").text
        return f"({self(t)})†"

    # -- statements --------------------------------------------------------------------------------
    def op_is_int(self, t: Term) -> Piece:
        """x ∈ ℤ."""
        return Piece(f"{self(t.args[0])} ∈ ℤ", ADD)

    def op_is_real(self, t: Term) -> Piece:
        """x ∈ ℝ."""
        return Piece(f"{self(t.args[0])} ∈ ℝ", ADD)

    def op_povm(self, t: Term) -> Piece:
        """The effects form a POVM."""
        what = "projective measurement" if t.op == "projective" else "POVM"
        if t.args[0].op == "lam":
            v = Term("var", ("j", "nat"))
            v = fresh(lam(v, v), t.free)
            effect = self.wrap(apply(t.args[0], v), MUL)
            return Piece(f"{effect} for {v.args[0]} = 1, …, {self(t.args[1])} is a {what}", ADD)
        name, count = self(t.args[0]), self(t.args[1])
        return Piece(f"{name}_1, …, {name}_{count} is a {what}", ADD)

    op_projective = op_povm


_TEXT = Text()


def text(t: Term) -> str:
    """The term as one line."""
    if not isinstance(t, Term):
        raise TermError(f"a term can be printed, not {t!r}")
    return _TEXT(t)


def lines(line: str, width: int = 80, indent: int = 0, hanging: int | None = None) -> str:
    """A line broken at spaces so that each part fits into `width`, outside parentheses where possible."""
    hanging = indent + 4 if hanging is None else hanging
    out, current = [], " " * indent + line
    while len(current) > width:
        cut = _break(current, width, max(hanging, len(current) - len(current.lstrip())) + width // 3)
        if cut is None:
            break
        out.append(current[:cut])
        current = " " * hanging + current[cut + 1 :]
    return "\n".join((*out, current))


def _break(line: str, width: int, low: int) -> int | None:
    """The last space before `width` at which the fewest brackets are open."""
    depth, best = 0, None
    for i, c in enumerate(line[: width + 1]):
        depth += (c in "([{⟨") - (c in ")]}⟩")
        if c == " " and line[:i].strip() and (best is None or i <= low or depth <= best[0]):
            best = (depth, i)
    if best is not None:
        return best[1]
    later = line.find(" ", width)
    return later if later > 0 else None
