r"""LaTeX read back: the rendering of a statement, read by latex2sympy2_extended, against the bridge's SymPy expression.

The parser knows arithmetic, fractions, roots, powers, e^z, n!, binomials, sums and functions. The paper's own notation
is put in its words first, from the LaTeX alone and what a reader knows beside it: which letters are sequences or
functions, and which symbols are defined, with the variables of their definitions.

    a name with its index and primes      v_{100}, v_{101}, …     one number for each name
    c_{k}, f(x), H_{n}(x), M_{r,s}        \binom{v_{100}}{…}     a function at its arguments, in the parser's one form
                                                               of two places that takes any expression in both
    \mathcal{A} (defined, bare)           the same               at the variables of its definition
    \langle x|k\rangle, its conjugate     the wave-function, as a defined symbol, conjugated for ⟨k|x⟩
    \langle r|M|s\rangle                  op entry(M, r, s), or op braket for Dicke states N, k
    M^{\otimes N}, z^{*}, M^{\dagger}     op tpow(M, N), conj(z), op adjoint(M)
    \int_a^b dx\, f, \lim, [z^n] f,       marked \sum            what binds a variable, over the same scope
    \frac{d^n}{dx^n} f, \int d\mu(x)\, f
    a product                             \cdot between all factors

What has no such words (kets and words of kets, matrices, tensor products over a site, laws, text) is `Unread`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from symbolic_mqb.book import paper
from symbolic_mqb.kernel.terms import Term, subterms
from symbolic_mqb.render.latex import latex
from symbolic_mqb.render.names import head_name, latex_name
from symbolic_mqb.sympy_bridge import to_sympy
from tests.render.meaning import Meaning, Meaningless

SEEDS = (1, 2, 3)
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[A-Za-z]|\d+|\S")
_DROPPED = (r"\middle", r"\,", r"\ ", r"\;")
_CLOSING = {"(": ")", "[": "]", "{": "}", r"\{": r"\}", r"\langle": r"\rangle", "|(": "|)"}
_RELATIONS = {"=": "eq", r"\le": "le", "<": "lt", r"\ne": "ne"}
_FUNCTIONS = {r"\log": "log", r"\cos": "cos", r"\sin": "sin", r"\arg": "arg", r"\min": "min", r"\max": "max"}
_WORDS = {"Re": "re", "Im": "im", "sgn": "sgn"}
_UNREAD = {
    r"\text": "running text", r"\underbrace": "a word of kets", r"\xrightarrow": "weak convergence",
    r"\dagger": "an adjoint", "|": "a ket",
}  # fmt: skip


class Unread(Exception):
    """The parser, or the mapping before it, has no words for this."""


@dataclass(frozen=True)
class Known:
    """What a reader knows beside the formula: names of sequences and functions (with two indices), defined symbols."""

    functions: frozenset[str]
    heads: dict[str, tuple[str, tuple[str, ...]]]
    letters: frozenset[str] = frozenset()
    pairs: frozenset[str] = frozenset()

    @classmethod
    def of(cls, t: Term) -> Known:
        """From the term's variables and defined symbols."""
        functions, letters, pairs, heads = set(), set(), set(), {}
        for part in _everything(t):
            if part.op in ("var", "lam"):
                name, sort = part.args[:2]
                spelt = latex_name(name)
                if part.op == "var":
                    letters.add(spelt)
                if "->" in str(sort) or sort in ("states", "tuple"):
                    functions.add(spelt)
                if "," in str(sort):
                    pairs.add(spelt)
            elif part.op == "call" and part.args[0].args[0] not in ("H", "He"):  # told apart by their arguments
                head = part.args[0]
                spelt = head_name(head.args[0])
                found = (head.args[0], tuple(latex_name(p) for p in _parameters(head)))
                if heads.setdefault(spelt, found) != found:
                    raise Unread(f"two symbols that are written {spelt}")
        return cls(frozenset(functions), heads, frozenset(letters), frozenset(pairs))


def _everything(t: Term) -> Iterable[Term]:
    yield t
    for part in subterms(t):
        if part.op != "head":
            yield from _everything(part)


def _parameters(head: Term) -> list[str]:
    body, out = head.args[2], []
    for _ in head.args[1]:
        out.append(body.args[0])
        body = body.args[2]
    return out


class Mapping:
    """One translation of a formula's LaTeX into what the parser reads; `names` is what its numbers stand for."""

    def __init__(self, known: Known) -> None:
        self.known, self.names = known, {}

    def number(self, name: str) -> str:
        """The parser's index of a name."""
        return str(self.names.setdefault(name, 100 + len(self.names)))

    def spelt(self, parsed: str) -> str:
        """The name behind a symbol or function that the parser returns."""
        digits = re.search(r"\d+", parsed)
        found = {str(i): name for name, i in self.names.items()}.get(digits.group(0)) if digits else None
        return parsed if found is None else found

    def variable(self, name: str) -> str:
        """A variable of the parser."""
        return f"v_{{{self.number(name)}}}"

    def apply(self, name: str, *arguments: str) -> str:
        """A function of the parser: several arguments are one sum, each times a number of its own."""
        tagged = (rf"({a}) \cdot {self.variable(f'argument {i}')}" for i, a in enumerate(arguments))
        return rf"\binom{{{self.variable(name)}}}{{{' + '.join(tagged) or self.variable('nothing')}}}"

    # -- from tokens to items ---------------------------------------------------------------------
    def expression(self, tokens: list[Any]) -> str:
        """A sum of products."""
        terms: list[tuple[str, list[Any]]] = [("", [])]
        for t in tokens:
            if t in ("+", "-") and not isinstance(t, tuple):
                terms.append((t, []))
            else:
                terms[-1][1].append(t)
        if len(terms) > 1 and not terms[0][1]:
            terms = terms[1:]
        return " ".join(f"{sign} {self.product(term)}".strip() for sign, term in terms)

    def product(self, tokens: list[Any]) -> str:
        """Factors, with a dot between each two."""
        items: list[str] = []
        i = 0
        while i < len(tokens):
            if tokens[i] == r"\cdot":
                i += 1
                continue
            if tokens[i] == "/" and items and i + 1 < len(tokens):
                below, i = self.item(tokens, i + 1)
                items[-1] = rf"\frac{{{items[-1]}}}{{{below}}}"
                continue
            item, i = self.item(tokens, i)
            while i < len(tokens) and tokens[i] in ("!", "^"):
                item, i = self.postfix(item, tokens, i)
            items.append(item)
        if not items:
            raise Unread("an empty product")
        return r" \cdot ".join(items)

    def postfix(self, item: str, tokens: list[Any], i: int) -> tuple[str, int]:
        """A factorial, a power, a conjugate or a tensor power of what stands before."""
        if tokens[i] == "!":
            return self.apply("op factorial", item), i + 1
        inner = _inside(tokens[i + 1])
        if inner == ["*"]:
            return self.apply("conj", item), i + 2
        if inner[:1] == [r"\otimes"]:
            return self.apply("op tpow", item, self.expression(inner[1:])), i + 2
        if inner == [r"\dagger"]:
            return self.apply("op adjoint", item), i + 2
        if len(inner) == 3 and inner[1] == "/":
            return f"({item})^{{{''.join(inner)}}}", i + 2
        return f"({item})^{{{self.expression(inner)}}}", i + 2

    def item(self, tokens: list[Any], i: int) -> tuple[str, int]:
        """One factor, and where the next one starts."""
        token = tokens[i]
        if isinstance(token, tuple):
            return self.group(tokens, i)
        if token in _UNREAD:
            raise Unread(_UNREAD[token])
        if token.isdigit():
            return token, i + 1
        if token == r"\begin":
            return self.matrix(tokens, i)
        if token in (r"\sum", r"\prod", r"\int", r"\lim", r"\bigotimes"):
            return self.scope(tokens, i)
        if token == r"\frac":
            above, below = _inside(tokens[i + 1]), _inside(tokens[i + 2])
            if above[:1] == ["d"] and below[:1] == ["d"]:
                return self.derivative(tokens, i)
            return rf"\frac{{{self.expression(above)}}}{{{self.quotient(below)}}}", i + 3
        if token == r"\sqrt":
            return rf"\sqrt{{{self.expression(_inside(tokens[i + 1]))}}}", i + 2
        if token == r"\binom":
            parts = (self.expression(_inside(tokens[i + j])) for j in (1, 2))
            return self.apply("op binomial", *parts), i + 3
        if token == r"\exp":
            return self.apply("exp", self.expression(_inside(tokens[i + 1]))), i + 2
        if token == "e" and tokens[i + 1 : i + 2] == ["^"] and "e" not in self.known.letters:
            return f"e^{{{self.expression(_inside(tokens[i + 2]))}}}", i + 3
        return self.word(tokens, i)

    def matrix(self, tokens: list[Any], i: int) -> tuple[str, int]:
        """The entries, row by row."""
        end = tokens.index(r"\end", i)
        rows = _split(tokens[i + 2 : end], r"\\")
        entries = [self.expression(e) for row in rows for e in _split(row, "&")]
        return self.apply("op matrix", *entries), end + 2

    def quotient(self, tokens: list[Any]) -> str:
        """Below a fraction bar: an expression, or one divided by another with a slash."""
        if "/" not in tokens:
            return self.expression(tokens)
        at = tokens.index("/")
        return rf"\frac{{{self.expression(tokens[:at])}}}{{{self.expression(tokens[at + 1 :])}}}"

    def word(self, tokens: list[Any], i: int) -> tuple[str, int]:
        """A function by its usual name, or a name."""
        token = tokens[i]
        if token in (r"\pi", r"\infty"):
            return token, i + 1
        name = _FUNCTIONS.get(token)
        if token == r"\operatorname":
            written = "".join(_inside(tokens[i + 1]))
            if written in _WORDS:
                name, i = _WORDS[written], i + 1
            elif written == "tr" and tokens[i + 2][0] == "[":
                return self.trace(_inside(tokens[i + 2])), i + 3
        if name is None:
            return self.named(tokens, i)
        power = ""
        if tokens[i + 1] == "^":
            power, i = f"^{{{self.expression(_inside(tokens[i + 2]))}}}", i + 2
        if isinstance(tokens[i + 1], tuple) and tokens[i + 1][0] == "(":
            arguments, i = [self.expression(a) for a in _split(tokens[i + 1][1], ",")], i + 2
        else:
            argument, i = self.item(tokens, i + 1)
            arguments = [argument]
        return f"{self.apply(f'op {name}', *arguments)}{power}", i

    def trace(self, tokens: list[Any]) -> str:
        """tr[M], or tr[ρM] for the state and the operator that stand there."""
        if any(t in ("+", "-") for t in tokens if isinstance(t, str)):
            return self.apply("op trace", self.expression(tokens))
        first, i = self.item(tokens, 0)
        while tokens[i : i + 1] == ["^"]:
            first, i = self.postfix(first, tokens, i)
        if i == len(tokens):
            return self.apply("op trace", first)
        return self.apply("op trace_of", first, self.product(tokens[i:]))

    def named(self, tokens: list[Any], i: int) -> tuple[str, int]:
        """A variable, a value of a sequence or function, a defined symbol."""
        spelt, stem, index, i = _name(tokens, i)
        known = self.known
        if spelt in known.heads and spelt not in known.letters and spelt != "i":  # √−1; the symbol i has indices
            return self.defined(spelt, [], tokens, i)
        if stem == "H" and index is not None and i < len(tokens) and _is_group(tokens[i], "("):
            arguments = [self.expression(a) for a in _split(tokens[i][1], ",")]
            kind = "call He" if len(arguments) == 1 else "call H"
            return self.apply(kind, self.expression(index), *arguments), i + 1
        if spelt in known.letters:
            if spelt in known.functions and i < len(tokens) and _is_group(tokens[i], "("):
                return self.apply(spelt, *(self.expression(a) for a in _split(tokens[i][1], ","))), i + 1
            return self.variable(spelt), i
        if index is not None and stem in known.functions:
            several = stem in known.pairs
            return self.apply(stem, *(self.indices(index) if several else [self.expression(index)])), i
        if index is not None and stem == r"\delta":
            return self.apply("op delta", *self.indices(index)), i
        if index is not None and stem == "A" and stem in known.heads:
            upper = tokens[i : i + 1] == ["^"] and "".join(map(str, _inside(tokens[i + 1]))) == "('(', ['2'])"
            head, i = ("A^{(2)}", i + 2) if upper else (stem, i)
            if head not in known.heads:
                raise Unread(f"the symbol {head}")
            return self.apply("op entry", self.bare(head), *self.indices(index)), i
        if (
            index is not None
            and stem == "i"
            and r"\mathrm{ir}" in known.heads
            and _is_group((tokens[i:] or [""])[0], "(")
        ):
            return self.apply("call ir", self.expression(tokens[i][1]), *self.indices(index)), i + 1
        if index is not None and stem in known.heads:
            return self.defined(stem, self.indices(index), tokens, i)
        if spelt == r"\mathbb{1}":
            return self.apply("op identity"), i
        if spelt == "O" and i < len(tokens) and _is_group(tokens[i], "("):
            return self.apply("op O", self.expression(tokens[i][1])), i + 1
        if spelt == "i":
            return self.variable("imaginary unit"), i
        raise Unread(f"the symbol {spelt}")

    def bare(self, head: str) -> str:
        """A defined symbol at the variables of its definition."""
        name, parameters = self.known.heads[head]
        return self.apply(f"call {name}", *map(self.variable, parameters))

    def defined(self, head: str, indices: list[str], tokens: list[Any], i: int) -> tuple[str, int]:
        """A defined symbol; the arguments that are not written are those of its definition, at the front."""
        name, parameters = self.known.heads[head]
        shown = list(indices)
        if (
            (not indices or name in ("g", "h")) and i < len(tokens) and _is_group(tokens[i], "(")
        ):  # M_{kl} (…) is a product
            shown += [self.expression(a) for a in _split(tokens[i][1], ",")]
            i += 1
        if len(shown) > len(parameters):
            raise Unread(f"{head} with {len(shown)} arguments")
        missing = len(parameters) - len(shown)
        if name.startswith("Γ") and len(shown) == 1:
            return self.apply(f"call {name}", *shown, *map(self.variable, parameters[1:])), i
        return self.apply(f"call {name}", *map(self.variable, parameters[:missing]), *shown), i

    def indices(self, tokens: list[Any]) -> list[str]:
        """Indices with commas, or one character each."""
        parts = _split(tokens, ",")
        if len(parts) == 1 and len(tokens) == 1 and isinstance(tokens[0], str) and tokens[0].isdigit():
            return list(tokens[0])
        if len(parts) == 1 and len(tokens) == 2 and not {"+", "-", "^"} & set(map(str, tokens)):
            if isinstance(tokens[0], str) and tokens[0].isdigit() and tokens[1] in self.known.letters:
                raise Unread("an index that may be a product")
            parts = [[t] for t in tokens]
        return [self.expression(p) for p in parts]

    # -- brackets and scopes ----------------------------------------------------------------------
    def group(self, tokens: list[Any], i: int) -> tuple[str, int]:
        """What stands in brackets."""
        opening, inner = tokens[i]
        if opening == r"\langle" and inner == ["A", "B"]:
            return self.correlation(tokens, i)
        if opening == r"\langle":
            return self.bracket(inner), i + 1
        if opening == "|(":
            return self.apply("abs", self.expression(inner)), i + 1
        if opening == "[":
            return self.coefficient(tokens, i)
        return f"({self.expression(inner)})", i + 1

    def correlation(self, tokens: list[Any], i: int) -> tuple[str, int]:
        """⟨AB⟩_D(φ), on the state whose coefficients are those of the definition."""
        found = self.known.heads.get("\\mathrm{AB}")
        if found is None or tokens[i + 1 : i + 2] != ["_"] or not _is_group(tokens[i + 3], "("):
            raise Unread("a bracket of more parts")
        shown = (self.expression(_inside(tokens[i + 2])), self.expression(tokens[i + 3][1]))
        return self.apply(f"call {found[0]}", self.variable(found[1][0]), *shown), i + 4

    def bracket(self, inner: list[Any]) -> str:
        """⟨x|k⟩, ⟨k|x⟩, ⟨r|M|s⟩ or ⟨N, k|M|N, l⟩."""
        parts = _split(inner, "|")
        if len(parts) == 2:
            waves = [n for n, _ in self.known.heads.values() if n in ("wave", "rotor")]
            if len(set(waves)) != 1:
                raise Unread("⟨x|k⟩ of two kinds")
            left, right = map(self.expression, parts)
            turned = self._is_level(parts[0])
            value = self.apply(f"call {waves[0]}", *((right, left) if turned else (left, right)))
            return self.apply("conj", value) if turned else value
        if len(parts) != 3:
            raise Unread("a bracket of more parts")
        bra, operator, ket = parts
        if operator[0] == "e" and len(self.known.heads.get("e", ("", ()))[1]) == 3:
            return self.apply("call e", *(self.expression(p) for p in (operator[1][1], bra, ket)))
        middle = self.expression(operator)
        if "," in bra:
            sides = [self.apply("op dicke", *map(self.expression, _split(p, ","))) for p in (bra, ket)]
            return self.apply("op braket", sides[0], middle, sides[1])
        if bra == ket and _name(bra, 0)[0] in self.known.heads:
            state = self.bare(_name(bra, 0)[0])
            return self.apply("op braket", state, middle, state)
        return self.apply("op entry", middle, self.expression(bra), self.expression(ket))

    def _is_level(self, tokens: list[Any]) -> bool:
        """A number k of |k⟩, by its letter; positions are x, y, θ, ϕ or sums."""
        return all(
            isinstance(t, str) and (t.isdigit() or t in ("k", "l", "m", "n", "K", "L", "'", "+")) for t in tokens
        )

    def coefficient(self, tokens: list[Any], i: int) -> tuple[str, int]:
        """[zⁿ] f."""
        inner = tokens[i][1]
        if len(inner) < 3 or inner[-2] != "^":
            raise Unread("square brackets")
        name = _name(inner, 0)[0]
        power = self.expression(_inside(inner[-1]))
        return self.marked("coeff", (power,), name, tokens, i + 1)

    def derivative(self, tokens: list[Any], i: int) -> tuple[str, int]:
        """dⁿ/dxⁿ f."""
        above, below = _inside(tokens[i + 1]), _inside(tokens[i + 2])
        order = self.expression(_inside(above[2])) if len(above) > 1 else "1"
        name = _name(below[1:], 0)[0]
        return self.marked("deriv", (order, self.variable(name)), name, tokens, i + 3)

    def scope(self, tokens: list[Any], i: int) -> tuple[str, int]:
        """Σ, Π, ∫ or lim over the rest of the product."""
        sign = tokens[i]
        if sign == r"\int" and tokens[i + 1] != "_":
            return self.expectation(tokens, i + 2)
        low = _inside(tokens[i + 2])
        if r"\dots" in low:
            count = self.expression(_inside(low[low.index("=") - 1]))
            bounds = (count, self.expression(_inside(tokens[i + 4])))
            return self.marked("tuples", bounds, _written(low[0]), tokens, i + 5)
        if sign == r"\bigotimes":
            return self.marked("tensor", (self.expression(_inside(tokens[i + 4])),), _name(low, 0)[0], tokens, i + 5)
        if sign == r"\lim":
            return self.marked("limit", (), _name(low, 0)[0], tokens, i + 3)
        high = self.expression(_inside(tokens[i + 4]))
        if sign == r"\int":
            name, _, _, j = _name(tokens, i + 6)
            return self.marked("integral", (self.expression(low), high), name, tokens, j)
        name, _, _, j = _name(low, 0)
        if low[j : j + 1] != ["="]:
            raise Unread("a sum over a set")
        kind = "sum" if sign == r"\sum" else "prod"
        return self.marked(kind, (self.expression(low[j + 1 :]), high), name, tokens, i + 5)

    def expectation(self, tokens: list[Any], i: int) -> tuple[str, int]:
        """∫dμ(λ) f."""
        name, _, _, j = _name(tokens, i)
        if not {name} & {*self.known.letters, *self.known.heads} or not _is_group(tokens[j], "("):
            raise Unread("an expectation value of a measure that is written out")
        measure = self.variable(name) if name in self.known.letters else self.bare(name)
        variable = _name(tokens[j][1], 0)[0]
        return self.marked("expectation", (measure,), variable, tokens, j + 1)

    def marked(self, kind: str, bounds: tuple[str, ...], name: str, tokens: list[Any], i: int) -> tuple[str, int]:
        """A binder over the rest of the product, as a sum whose bounds say what it is."""
        inner = Mapping(replace(self.known, letters=self.known.letters | {name}))
        inner.names = self.names
        body = inner.product(tokens[i:])
        if kind in ("sum", "prod"):
            sign = r"\sum" if kind == "sum" else r"\prod"
            low, high = bounds
            return f"{sign}_{{{self.variable(name)}={low}}}^{{{high}}} ({body})", len(tokens)
        mark = self.apply(f"mark {kind}", *(bounds or ("0",)))
        return rf"\sum_{{{self.variable(name)}={mark}}}^{{1}} ({body})", len(tokens)


# -- tokens ----------------------------------------------------------------------------------------
def tokens_of(source: str) -> list[Any]:
    """The tokens of LaTeX, brackets as (opening, [tokens])."""
    source = source.replace(r"\left|", r"\lvert ").replace(r"\right|", r"\rvert ")
    source = re.sub(r"\\(?:left|right)(?![a-z])", "", source)
    flat = [t for t in _TOKEN.findall(source) if t not in _DROPPED]
    flat = ["|(" if t == r"\lvert" else "|)" if t == r"\rvert" else t for t in flat]
    out, rest = _grouped(flat, 0, "")
    if rest != len(flat):
        raise Unread("brackets that do not match")
    return out


def _grouped(flat: list[str], i: int, closing: str) -> tuple[list[Any], int]:
    out: list[Any] = []
    while i < len(flat):
        t = flat[i]
        if t == closing:
            return out, i + 1
        if t in _CLOSING:
            inner, i = _grouped(flat, i + 1, _CLOSING[t])
            out.append((t, inner))
            continue
        if t in _CLOSING.values():
            raise Unread("a ket" if t == r"\rangle" else "brackets that do not match")
        out.append(t)
        i += 1
    if closing:
        raise Unread("brackets that do not match")
    return out, i


def _inside(token: Any) -> list[Any]:
    return token[1] if isinstance(token, tuple) else [token]


def _is_group(token: Any, opening: str) -> bool:
    return isinstance(token, tuple) and token[0] == opening


def _split(tokens: list[Any], sign: str) -> list[list[Any]]:
    out: list[list[Any]] = [[]]
    for t in tokens:
        if t == sign:
            out.append([])
        else:
            out[-1].append(t)
    return out


def _written(token: Any) -> str:
    if not isinstance(token, tuple):
        return token
    return token[0] + _joined(token[1]) + _CLOSING[token[0]]


def _joined(tokens: list[Any]) -> str:
    out = ""
    for t in tokens:
        piece = _written(t)
        out += " " + piece if out and re.search(r"\\[a-z]+$", out) and piece[0].isalpha() else piece
    return out


def _name(tokens: list[Any], i: int) -> tuple[str, str, list[Any] | None, int]:
    """(the whole name, its stem with primes, its index, where it ends)."""
    stem = _written(tokens[i])
    i += 1
    if stem in (r"\mathcal", r"\mathrm", r"\hat", r"\operatorname", r"\mathbb"):
        stem, i = stem + _written(tokens[i]), i + 1
    if stem == "A" and tokens[i : i + 1] == ["^"] and _written(tokens[i + 1]) == "{(2)}":
        stem, i = "A^{(2)}", i + 2
    index = None
    if tokens[i : i + 1] == ["_"]:
        index, i = _inside(tokens[i + 1]), i + 2
    primes = ""
    while tokens[i : i + 1] == ["'"]:
        primes, i = primes + "'", i + 1
    if index is None:
        return stem + primes, stem + primes, None, i
    return f"{stem}_{{{_joined(index)}}}{primes}", stem, index, i


# -- statements ------------------------------------------------------------------------------------
def read(source: str, known: Known) -> tuple[str, list[tuple[Any, Mapping]]]:
    """A statement's LaTeX as (relation, the sides as the parser returns them); a condition N ≥ … is a side."""
    formula, _, condition = source.partition(r"\quad")
    bounds: list[list[Any]] = []
    if condition:
        inner = tokens_of(condition)[0]
        if not _is_group(inner, "(") or r"\ge" not in inner[1]:
            raise Unread("a condition behind the formula")
        at = inner[1].index(r"\ge")
        known = replace(known, letters=known.letters | {_name(inner[1][:at], 0)[0]})
        bounds = [inner[1][at + 1 :]]
    tokens = tokens_of(formula)
    for i, t in enumerate(tokens):
        if isinstance(t, str) and t in _RELATIONS:
            return _RELATIONS[t], [parsed(side, known) for side in (tokens[:i], tokens[i + 1 :], *bounds)]
    raise Unread("no relation")


def parsed(tokens: list[Any], known: Known) -> tuple[Any, Mapping]:
    """One side, read by the parser."""
    from latex2sympy2_extended import NormalizationConfig, latex2sympy
    from latex2sympy2_extended.latex2sympy2 import ConversionConfig

    mapping = Mapping(known)
    source = mapping.expression(tokens).strip()
    plain = NormalizationConfig(False, False, False, False, "none", False)
    exact = ConversionConfig(False, False, False, False)
    try:
        return latex2sympy(source, normalization_config=plain, conversion_config=exact), mapping
    except Exception as no:  # the parser raises bare exceptions
        raise Unread(f"the parser: {str(no).splitlines()[0]}") from no


def same(source: str, t: Term) -> bool:
    """Whether the LaTeX, read back, says what the statement says; `Unread` if it cannot be read."""
    if any(p.op in ("matmul", "evolved", "law") for p in _everything(t)):
        raise Unread("a product of operators, whose order the parser forgets, or a law")
    relation, sides = read(source, Known.of(t))
    statement = to_sympy(t)
    ours = _sides(statement)
    if relation != ours[0]:
        return False
    answers = []
    for seed in SEEDS:
        try:
            answers.append(_agree(seed, sides, ours[1]))
        except (ArithmeticError, OverflowError, ValueError):  # no value in this interpretation: another one
            continue
    if not answers:
        raise Unread("no interpretation gives it a value")
    return any(answers)


def _sides(statement: Any) -> tuple[str, list[Any]]:
    if statement.term_op == "asymptotic":
        relation, sides = _sides(statement.args[2])
        return relation, [*sides, statement.args[0]]
    if statement.term_op == "limit":
        return "eq", [statement, statement.args[2]]
    if statement.term_op not in _RELATIONS.values():
        raise Unread(f"a statement of the kind {statement.term_op}")
    return statement.term_op, list(statement.args)


def _agree(seed: int, theirs: list[tuple[Any, Mapping]], ours: list[Any]) -> bool:
    meaning = Meaning(seed, lambda name: latex_name(name))
    for (expression, mapping), own in zip(theirs, ours, strict=True):
        reading = Meaning(seed, mapping.spelt, parsed=True)
        if getattr(own, "term_op", "") == "limit":
            v, body = own.args[:2]
            value = meaning.bind("limit", 0j, lambda z, v=v, b=body: meaning(b, {latex_name(v.name): z}))
        else:
            value = meaning(own)
        other = reading(expression)
        if abs(value - other) > 1e-6 * max(1.0, abs(value)):
            return False
    return True


def outcome(statement: Term) -> str:
    """'same', 'differs', or why the statement's LaTeX cannot be read."""
    try:
        return "same" if same(latex(statement), statement) else "differs"
    except (Unread, Meaningless) as no:
        return str(no)


def main(arguments: list[str]) -> None:
    """python -m tests.render.readback [LABEL …] [--json FILE]"""
    parser = argparse.ArgumentParser(description="The LaTeX of the book's statements, read back by a parser.")
    parser.add_argument("labels", nargs="*")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    found = {}
    for label in options.labels or paper().labels:
        found[label] = outcome(paper().declared(label).statement)
        print(f"{label}: {found[label]}", flush=True)
    read = {"same": 0, "differs": 0} | Counter(v for v in found.values() if v in ("same", "differs"))
    counts = {"statements": len(found), **read, "cannot be read": len(found) - sum(read.values())}
    print(counts)
    if options.json:
        report = {"counts": counts, "statements": found}
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
