"""What `rules.txt` says of each rule, read and applied: conclusion and hypotheses from arguments and premises."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from .logic import Claim, Done
from .terms import SIGNATURES, Bad, Term, closed, flat, make, need, num, opened

Pattern = Any  # a text, or a list of patterns
_TOKEN = re.compile(r"[()]|[^\s()]+")
ANY = make("var", "_", "complex")  # what is not done again


class Schema(NamedTuple):
    """One line of the table."""

    arguments: tuple[str, ...]
    premises: tuple[Pattern, ...]
    dropped: tuple[Pattern, ...]
    added: tuple[Pattern, ...]
    presupposed: tuple[Pattern, ...]
    conclusion: Pattern


def _patterns(text: str) -> tuple[Pattern, ...]:
    stack: list[list[Pattern]] = [[]]
    for token in _TOKEN.findall(text):
        if token == "(":
            stack.append([])
        elif token == ")":
            inner = stack.pop()
            stack[-1].append(inner)
        elif token != ";":
            stack[-1].append(token)
    return tuple(stack[0])


def read_table(path: Path) -> dict[str, Schema]:
    """The table, by the rules' names."""
    out = {}
    text = "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    for entry in re.sub(r"\n\s+", " ", text).split("\n"):
        if entry.strip():
            left, conclusion = entry.split(" => ")
            parts = dict(zip(["::", "~", "+", "?"], [""] * 4, strict=True))
            head, *rest = re.split(r"\s(::|~|\+|\?)\s", left)
            parts.update(zip(rest[::2], rest[1::2], strict=True))
            name, *arguments = head.split()
            sections = (_patterns(parts[key]) for key in ("::", "~", "+", "?"))
            out[name] = Schema(tuple(arguments), *sections, _patterns(conclusion)[0])
    return out


class Applied:
    """One step against its schema."""

    def __init__(self, schema: Schema, arguments: list[Any]) -> None:
        self.schema = schema
        self.env: dict[str, Any] = {}
        self.claims: list[Claim] = []
        self.given: list[Term] = []
        self.over: list[Term] = []
        self.whole = True  # nothing was left out
        self.fresh = 0
        need(len(arguments) == len(schema.arguments), "another number of arguments than the rule takes")
        for name, value in zip(schema.arguments, arguments, strict=True):
            self._bind(name, value)

    def _bind(self, name: str, value: Any) -> None:
        if name == "given":
            need(isinstance(value, list) and all(isinstance(v, Term) for v in value), "given: a list of terms")
            self.given = value
            return
        values = value if name.startswith("*") and isinstance(value, list) else [value]
        need(name.startswith("*") == isinstance(value, list), f"{name}: a list or none")
        wanted = Claim if name.endswith("!") else int if name.endswith("#") else Term
        for v in values:
            if name == "*certificate":
                need(isinstance(v, list) and len(v) == 2 and isinstance(v[1], Claim), "a factor and what is proved")
                self.claims.append(v[1])
            else:
                need(type(v) is wanted, f"{name}: an argument of another kind")
                if wanted is Claim:
                    self.claims.append(v)
        self.env[name.strip("*!#")] = value

    # --- building ----------------------------------------------------------------------------------------------------

    def build(self, p: Pattern) -> Term:
        """The term that a pattern stands for."""
        if isinstance(p, str):
            return self._atom(p)
        op, rest = p[0], p[1:]
        if op == "\\":
            self.fresh += 1
            v = make("var", f"{rest[1]} {self.fresh}", rest[0])
            before = self.env.get(rest[1])
            self.env[rest[1]] = v
            body = self.build(rest[2])
            self.env[rest[1]] = before
            return closed(rest[0], body, v)
        if op == "over":
            v = self.build(rest[0])
            need(v.op == "var" and v.parts[1] == rest[1], "the variable is of another sort")
            self.over.append(v)
            return closed(rest[1], self.build(rest[2]), v)
        if op == "line":
            low = make("mul", num(-1), make("infinity"))
            return make("integral", low, make("infinity"), self.build(rest[0]))
        if op == "period":
            return make("integral", make("mul", num(-1), make("pi")), make("pi"), self.build(rest[0]))
        if op == "sqrt":
            return make("pow", self.build(rest[0]), num(Fraction(1, 2)))
        if op == "fact":
            return num(math.factorial(self.env[rest[0]]))
        function = self.env.get(op.lstrip("?")) if op not in SIGNATURES else None
        if isinstance(function, Term):
            return self._at(function, [self.build(q) for q in rest])
        parts = [t for q in rest for t in self._spliced(q)]
        return make(op, *parts)

    def _at(self, function: Term, values: list[Term]) -> Term:
        if function.op != "lam":
            return make("app", function, *values)
        for v in values:
            function = opened(function, v)
        return function

    def _atom(self, p: str) -> Term:
        if p == "_":
            self.whole = False
            return ANY
        if re.match(r"-?\d", p):
            return num(Fraction(p))
        found = self.env.get(p.lstrip("?"))
        if type(found) is int:
            return num(found)
        need(isinstance(found, Term), f"{p} is not a term")
        return found  # type: ignore[return-value]

    def _spliced(self, q: Pattern) -> list[Term]:
        if isinstance(q, str) and q.startswith("*"):
            return list(self.env[q[1:]])
        if isinstance(q, list) and q[0] == "each":
            return [make(q[1], t) for t in self.env[q[2]]]
        if isinstance(q, list) and q[0] == "powers":
            x = self.build(q[1])
            powers = range(self.env[q[2]])
            inverse = [make("pow", num(math.factorial(k)), num(-1)) for k in powers]
            return [make("mul", num(-1), make("pow", x, num(k)), inverse[k]) for k in powers]
        return [self.build(q)]

    # --- matching ----------------------------------------------------------------------------------------------------

    def match(self, p: Pattern, t: Term) -> None:
        """The term is what the pattern says; `?x` not met before becomes what stands there."""
        if p == "_":
            return
        if isinstance(p, str) and p.startswith("?") and p[1:] not in self.env:
            need(not t.loose, "a bound variable would escape")
            self.env[p[1:]] = t
            return
        if isinstance(p, str) or not self._open(p):
            built = self.build(p)
            need(alike(flat(built), flat(t)), f"{t} where {p} was expected")
            return
        op, rest = p[0], list(p[1:])
        if op == "mul" and rest[0] == "-1" and len(rest) == 2 and t.op == "num":
            return self.match(rest[1], num(-t.parts[0]))
        if op == "line":
            low = make("mul", num(-1), make("infinity"))
            need(t.op == "integral" and t.parts[:2] == (low, make("infinity")), "an integral over the line is expected")
            return self.match(rest[0], t.parts[2])
        if op == "\\":
            self.fresh += 1
            v = make("var", f"{rest[1]} {self.fresh}", rest[0])
            need(t.op == "lam" and t.parts[0] == rest[0], "a function is expected")
            self.env[rest[1]] = v
            return self.match(rest[2], opened(t, v))
        need(t.op == op and len(t.parts) >= len(rest) > 0, f"{t} where {p} was expected")
        parts, n = t.parts, len(rest)
        if len(parts) > n:  # a product in a product may be written out
            need(op == "mul", f"{t} where {p} was expected")
            parts = (*parts[: n - 1], make("mul", *parts[n - 1 :]))
        for q, part in zip(rest, parts, strict=True):
            self.match(q, part)

    def _open(self, p: Pattern) -> bool:
        if isinstance(p, str):
            return p == "_" or (p.startswith("?") and p[1:] not in self.env)
        return any(map(self._open, p))

    def done(self, conclusion: Term) -> tuple[Done, bool]:
        """What the rule gives, with `_` as it stands in the conclusion; and whether nothing was left out."""
        claims = iter(self.claims)
        for p in self.schema.premises:
            if isinstance(p, list) and p[0] == "is":
                self.match(p[2], self.build(p[1]))
            else:
                claim = next(claims, None)
                need(claim, "a premise is missing")
                self.match(p, claim.conclusion)  # type: ignore[union-attr]
        built = self.build(self.schema.conclusion)
        need(alike(flat(built), flat(conclusion)), "the conclusion is not what the rule gives")
        gamma = frozenset().union(*(c.hypotheses for c in self.claims)) if self.claims else frozenset()
        gamma = self._kept(gamma, conclusion)
        gamma |= {self.build(p) for p in self.schema.added}
        for v in self.over:
            need(v not in conclusion.frees and not any(v in h.frees for h in gamma), f"{v} is still free")
        given = frozenset(gamma)
        presupposed = [(given, self.build(p)) for p in self.schema.presupposed]
        if "*certificate" in self.schema.arguments:
            presupposed += [(given, s) for s in certified(conclusion, self.env["certificate"])]
        return Done(Claim(given, conclusion), tuple(presupposed)), self.whole

    def _kept(self, gamma: frozenset[Term], conclusion: Term) -> frozenset[Term]:
        if self.schema.dropped == ("any",):
            known = conclusion.frees.union(*(g.frees for g in self.given)) - set(self.over)
            return frozenset(h for h in gamma if h.frees <= known) | frozenset(self.given)
        facts = {flat(self.build(p)) for p in self.schema.dropped}
        return frozenset(h for h in gamma | frozenset(self.given) if flat(h) not in facts)


def certified(goal: Term, certificate: list[tuple[Term, Claim]]) -> list[Term]:
    """What makes a certificate one: λᵢ ≥ 0 for each l ≤ r, and b − a − Σ λᵢ(rᵢ − lᵢ) ≥ 0."""
    need(goal.op in ("le", "lt"), "an inequality is expected")
    rest, out = [goal.parts[1], make("mul", num(-1), goal.parts[0])], []
    for factor, claim in certificate:
        need(claim.conclusion.op in ("le", "lt", "eq"), "an inequality or an equation is expected")
        left, right = claim.conclusion.parts
        rest += [make("mul", num(-1), factor, right), make("mul", factor, left)]
        if claim.conclusion.op != "eq":
            out.append(make("le", num(0), factor))
    return [*out, make("le", num(0), make("add", *rest))]


def alike(a: Term, b: Term) -> bool:
    """The same, but for what is not done again in a."""
    if a is b or a is ANY:
        return True
    if a.op != b.op or len(a.parts) != len(b.parts):
        return False
    pairs = zip(a.parts, b.parts, strict=True)
    return all(alike(p, q) if isinstance(p, Term) and isinstance(q, Term) else p == q for p, q in pairs)


def apply(schema: Schema, arguments: list[Any], conclusion: Term) -> tuple[Done, bool]:
    """What a rule of the table gives; Bad if the step is not one."""
    try:
        return Applied(schema, arguments).done(conclusion)
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as e:
        raise Bad(f"arguments of another kind than the rule takes ({e})") from e
