"""A formula in lines that fit: broken before signs of relation and addition, and between the factors of a product.

A break stands where the fewest brackets are open. Nothing is reordered; a bracket that has to be opened on one
line and closed on another is drawn at a fixed size.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..kernel.terms import Term, apply, fresh, num
from .latex import Latex
from .measure import em
from .printer import ADD, MUL, Printer, _runs, negated

#: What does not need brackets that grow.
_LOW = r"(?:(?!\\left|\\right|\\frac|\\sum|\\int|\\binom|\\sqrt|\\prod|\\bigotimes|\\begin|\\underbrace|\\lim).)*"
_SMALL = [(re.compile(rf"\\left\(({_LOW})\\right\)"), r"(\1)"), (re.compile(rf"\\left\|({_LOW})\\right\|"), r"|\1|")]
_SIGN = {"eq": "=", "le": r"\le", "lt": "<", "ne": r"\ne"}
_INDENT = 2.0
#: The width of a line of the site and of a notebook, in the em of its formulas.
PAGE_WIDTH = 36.0


@dataclass(frozen=True)
class _Chunk:
    """Text that stays together; `sign` says that it begins with a sign, `depth` how many brackets are open."""

    text: str
    sign: bool = False
    depth: int = 0
    times: bool = True


def tidy(latex: str) -> str:
    """Brackets of plain size around what is low, as the paper sets them: (k - q)! and H_n(x)."""
    before = ""
    while before != latex:
        before = latex
        for pattern, plain in _SMALL:
            latex = pattern.sub(plain, latex)
    return latex


def fitted(t: Term, width: float, sign: str = "") -> str:
    """LaTeX of the term in lines of at most `width` em where possible, the first one after `sign`."""
    whole = tidy(sign + _LATEX(t))
    if em(whole) <= width:
        return whole
    rows = rows_of(t, width, sign)
    if len(rows) == 1:
        return rows[0]
    return "\\begin{aligned}\n& " + " \\\\\n& \\quad ".join(rows) + "\n\\end{aligned}"


def rows_of(t: Term, width: float, sign: str = "") -> list[str]:
    """The lines of a formula, without alignment; the second and later ones are meant to be indented."""
    whole = tidy(sign + _LATEX(t))
    if em(whole) <= width:
        return [whole]
    chunks = _Breaker(width).chunks(t)
    if sign:
        chunks[0] = replace(chunks[0], text=sign + chunks[0].text)
    return _fill([replace(c, text=tidy(c.text)) for c in chunks], width)


def _fill(chunks: list[_Chunk], width: float) -> list[str]:
    rows: list[str] = []
    todo, room = chunks, width
    while todo:
        used, end = 0.0, 0
        while end < len(todo) and (end == 0 or used + em(todo[end].text) <= room):
            used += em(todo[end].text)
            end += 1
        if end < len(todo):
            end = _best(todo, end, room)
        row = " ".join(c.text for c in todo[:end])
        rows.append((r"\times " if rows and not todo[0].sign and todo[0].times else "") + row)
        todo, room = todo[end:], width - _INDENT
    return rows


def _best(chunks: list[_Chunk], end: int, width: float) -> int:
    """Where to break: after at least some of the line, where the fewest brackets are open, as late as possible."""
    used, best = em(chunks[0].text), end
    depth = chunks[end].depth + (not chunks[end].sign)
    for i in range(1, end):
        if used >= 0.4 * width and (cost := chunks[i].depth + (not chunks[i].sign)) < depth:
            best, depth = i, cost
        used += em(chunks[i].text)
    return best


class _Breaker:
    """Cuts a term into chunks."""

    def __init__(self, width: float) -> None:
        self.width = width

    def chunks(self, t: Term, depth: int = 0) -> list[_Chunk]:
        """The chunks of a term; those that are short enough stay whole."""
        if t.op in _SIGN:
            right = self.chunks(t.args[1], depth)
            first = replace(right[0], text=f"{_SIGN[t.op]} {right[0].text}", sign=True)
            return [*self.chunks(t.args[0], depth), first, *right[1:]]
        if t.op == "asymptotic":
            v = fresh(t.args[1], frozenset())
            bound = rf"\quad \left({_LATEX.name(v.args[0])} \ge {_LATEX(t.args[0])}\right)"
            return [*self.chunks(apply(t.args[1], v), depth), _Chunk(bound, True, depth)]
        if t.op == "limit":
            v = fresh(t.args[0], frozenset())
            body = self.factor(apply(t.args[0], v), depth)
            head = _LATEX.scope("limit", t, _LATEX.name(v.args[0]), "")
            right = self.chunks(t.args[1], depth)
            first = replace(right[0], text=f"= {right[0].text}", sign=True)
            return [replace(body[0], text=head + body[0].text), *body[1:], first, *right[1:]]
        if t.op == "add":
            return self._sum(t, depth)
        if t.op == "mul":
            positive = negated(t)
            if positive is not None:
                inner = self.factor(positive, depth)
                return [replace(inner[0], text="-" + inner[0].text, sign=True), *inner[1:]]
            return self._product(t, depth)
        return self.factor(t, depth, ADD)

    def _sum(self, t: Term, depth: int) -> list[_Chunk]:
        out: list[_Chunk] = []
        for i, a in enumerate(t.args):
            positive = negated(a)
            sign = "- " if positive is not None else "+ " if i else ""
            part = a if positive is None else positive
            if _LATEX.piece(part).opens and i < len(t.args) - 1:  # what follows is not in its scope
                inner = _within(r"\Bigl(", self.chunks(part, depth + 1), r"\Bigr)", depth)
            else:
                inner = self.chunks(part, depth) if part.op == "mul" else self.factor(part, depth, MUL)
            out += [replace(inner[0], text=sign + inner[0].text, sign=bool(i or sign)), *inner[1:]]
        return out

    def _product(self, t: Term, depth: int) -> list[_Chunk]:
        out: list[_Chunk] = []
        runs = _runs(t.args)
        for i, (above, below) in enumerate(runs):
            if below:
                out += self._fraction(above, below, i == len(runs) - 1, depth)
                continue
            for j, f in enumerate(above):
                last = i == len(runs) - 1 and j == len(above) - 1
                out += self.factor(f, depth, MUL, last)
        joined = [out[0]]
        for c in out[1:]:
            dot = c.text[0].isdigit() or (joined[-1].text[-1:].isdigit() and c.text.startswith(r"\frac"))
            joined.append(replace(c, text=r"\cdot " + c.text) if dot else c)
        return joined

    def _fraction(self, above: list[Term], below: list[Term], last: bool, depth: int) -> list[_Chunk]:
        """A quotient: whole, or 1/denominator before a numerator that is broken."""
        whole = _LATEX._run(above, below, last).text
        if em(whole) <= 0.95 * self.width:
            return [_Chunk(whole, False, depth)]
        first = _Chunk(_LATEX._run([num(1)], below, False).text, False, depth)
        if len(above) == 1:
            return [first, *_within(r"\Bigl(", self.chunks(above[0], depth + 1), r"\Bigr)", depth)]
        return [first, *(c for f in above for c in self.factor(f, depth, MUL, False))]

    def factor(self, f: Term, depth: int, level: int = MUL, last: bool = True) -> list[_Chunk]:
        """A factor: whole if it is short; a bracket, a scope or an exponential is opened otherwise."""
        whole = _LATEX.wrap(f, level, last)
        if em(whole) <= 0.45 * self.width:
            return [_Chunk(whole, False, depth)]
        if f.op == "add":
            return _within(r"\Bigl(", self.chunks(f, depth + 1), r"\Bigr)", depth)
        if f.op == "exp":
            return _within(r"\exp\Bigl\{", self.chunks(f.args[0], depth + 1), r"\Bigr\}", depth)
        if f.op == "abs":
            return _within(r"\Bigl|", self.chunks(f.args[0], depth + 1), r"\Bigr|", depth)
        if getattr(type(_LATEX), f"op_{f.op}", None) is Printer._scope:
            return self._scoped(f, depth, last)
        if f.op == "mul" and level <= MUL and last:
            return self._product(f, depth) if negated(f) is None else [_Chunk(whole, False, depth)]
        return [_Chunk(whole, False, depth)]

    def _scoped(self, f: Term, depth: int, last: bool) -> list[_Chunk]:
        function = next(a for a in f.args if a.op == "lam")
        v = fresh(function, frozenset())
        body = apply(function, v)
        inner = self.factor(body, depth + (not last))
        inner = [replace(inner[0], text=_LATEX.scope(f.op, f, _LATEX.name(v.args[0]), "") + inner[0].text), *inner[1:]]
        return inner if last else _within(r"\Bigl(", inner, r"\Bigr)", depth)


def _within(opening: str, chunks: list[_Chunk], closing: str, depth: int) -> list[_Chunk]:
    """Brackets around chunks."""
    first = replace(chunks[0], text=opening + chunks[0].text, sign=False, depth=depth)
    if len(chunks) == 1:
        return [replace(first, text=first.text + closing)]
    return [first, *chunks[1:-1], replace(chunks[-1], text=chunks[-1].text + closing)]


_LATEX = Latex()
