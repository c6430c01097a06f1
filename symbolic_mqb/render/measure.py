"""How wide a formula will be, in em: an estimate from its LaTeX, good enough to decide where to break a line."""

from __future__ import annotations

import re
from functools import lru_cache

_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|[{}\[\]^_&]|\s+|.")
_NARROW = {"i": 0.35, "l": 0.3, "j": 0.41, "t": 0.36, "|": 0.28, ",": 0.44, "'": 0.3, "(": 0.39, ")": 0.39, "!": 0.28}
_RELATIONS = {r"\le", r"\ge", r"\ne", r"\to", r"\mapsto", r"\times", r"\otimes", r"\cdot", r"\in", r"\approx"}
_SPACES = {r"\,": 0.17, r"\;": 0.28, r"\!": -0.17, r"\quad": 1.0, r"\qquad": 2.0, "\\ ": 0.33}
_WORDS = (r"\operatorname", r"\text", r"\mathrm")
_NOTHING = (r"\displaystyle", r"\limits", r"\middle", r"\bigl", r"\bigr", r"\Bigl", r"\Bigr")
_GROWING = (r"\left", r"\right")


@lru_cache(maxsize=20_000)
def em(latex: str) -> float:
    """The estimated width of a formula in display style."""
    return _Reader(_TOKEN.findall(latex)).run()


class _Reader:
    def __init__(self, tokens: list[str], style: float = 1.0) -> None:
        self.tokens, self.at, self.style = tokens, 0, style

    def run(self) -> float:
        total, last = 0.0, 0.0
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token in "^_":
                total += self._scripts(last)
                last = 0.0
                continue
            last = self._one()
            total += last
        return total

    def _one(self) -> float:
        token = self.tokens[self.at]
        self.at += 1
        if token == "{":
            self.at -= 1
            return self._group()
        if token in (r"\frac", r"\binom"):
            size = 1.0 if self.style == 1.0 else 0.75
            wide = max(self._group(size), self._group(size))
            return wide + (0.24 if token == r"\frac" else 1.2)
        if token == r"\sqrt":
            return self._group() + 0.9
        if token == r"\underbrace":
            return self._group()
        if token in _WORDS:
            return 0.5 * len("".join(self._inside()))
        if token == r"\mathcal" or token == r"\mathbb":
            self._inside()
            return 0.8
        if token == r"\begin":
            return self._matrix()
        if token == r"\xrightarrow":
            return 2.5
        if token in (r"\sum", r"\prod", r"\bigotimes", r"\lim"):
            return self._limits(1.44)
        if token == r"\int":
            return 1.0
        return self._character(token)

    def _matrix(self) -> float:
        """An environment is as wide as its columns together."""
        start, depth = self.at, 1
        while self.at < len(self.tokens) and depth:
            depth += {r"\begin": 1, r"\end": -1}.get(self.tokens[self.at], 0)
            self.at += 1
        inner = self.tokens[start : self.at - 1]
        self._inside()
        columns: list[float] = []
        for row in _split(inner[inner.index("}") + 1 :] if "}" in inner else inner, "\\\\"):
            for i, cell in enumerate(_split(row, "&")):
                columns += [0.0] * (i + 1 - len(columns))
                columns[i] = max(columns[i], _Reader(cell, self.style).run())
        return 1.0 + sum(columns) + len(columns)

    def _character(self, token: str) -> float:
        if token in _SPACES:
            return _SPACES[token]
        if token in _RELATIONS or token in ("=", "+", "-", "<", ">"):
            return 1.3 if self.style == 1.0 else 0.8
        if token in _NOTHING:
            return 0.2
        if token in _GROWING:  # on what is high, nearly an em in all; on what is low the bracket has no \left
            return 0.48
        if token in (r"\{", r"\}", r"\langle", r"\rangle"):
            return 0.45
        if token.isspace() or token in "{}&[]":
            return 0.28 if token in "[]" else 0.0
        if token.startswith("\\"):
            return 1.4 if token in (r"\log", r"\cos", r"\sin", r"\arg", r"\min", r"\max") else 0.62
        return _NARROW.get(token, 0.56 if token.isalpha() else 0.5)

    def _group(self, style: float = 1.0) -> float:
        """The next group's width."""
        inner = self._inside()
        return _Reader(inner, min(style, self.style)).run() * (style if self.style == 1.0 else 1.0)

    def _inside(self) -> list[str]:
        """The tokens of the next group, or the next token."""
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        if self.at >= len(self.tokens):
            return []
        if self.tokens[self.at] != "{":
            self.at += 1
            return [self.tokens[self.at - 1]]
        depth, start = 0, self.at + 1
        while self.at < len(self.tokens):
            depth += {"{": 1, "}": -1}.get(self.tokens[self.at], 0)
            self.at += 1
            if depth == 0:
                break
        return self.tokens[start : self.at - 1]

    def _scripts(self, under: float) -> float:
        """The width of scripts beside what they belong to: the wider one, at their size."""
        wide = 0.0
        while self.at < len(self.tokens) and self.tokens[self.at] in "^_":
            self.at += 1
            wide = max(wide, 0.72 * _Reader(self._inside(), 0.7).run())
        return wide

    def _limits(self, sign: float) -> float:
        return max(sign, self._scripts(sign)) + 0.17


def _split(tokens: list[str], at: str) -> list[list[str]]:
    out: list[list[str]] = [[]]
    for token in tokens:
        if token == at:
            out.append([])
        else:
            out[-1].append(token)
    return out
