"""The reference of the record's terms and steps, from the tables that `replay` itself uses.

`python -m symbolic_mqb.reference` prints it, as Markdown.
"""

from __future__ import annotations

import inspect
import re
from typing import NoReturn

import click

from .kernel.signatures import SIGNATURES, SORTS
from .rules import RULES
from .streams import run

#: What an operation is worth, in the order of its arguments; f, g are functions of one variable.
MEANINGS = {
    "I": "the imaginary unit",
    "pi": "π",
    "euler": "e, the base of the natural logarithm",
    "infinity": "∞, as a bound of an integral",
    "pow": "a^b, of the principal branch; 0⁰ = 1; b an integer, or a ≠ 0, or a = 0 < b",
    "exp": "e^z",
    "log": "the principal logarithm of z ≠ 0",
    "abs": "|z|",
    "conj": "z*",
    "re": "the real part",
    "im": "the imaginary part",
    "arg": "the argument of z ≠ 0, in (−π, π]",
    "sgn": "the sign of a real number, sgn 0 = 0",
    "cos": "cos z",
    "sin": "sin z",
    "min": "the lesser of two real numbers",
    "max": "the greater of two real numbers",
    "factorial": "n!, n a natural number",
    "binomial": "the binomial coefficient C(n, k), n a natural and k an integer; 0 for k < 0 and for k > n",
    "delta": "1 if the two numbers are equal, else 0",
    "sum": "Σ f(s) over the integers low ≤ s ≤ high, 0 if there is none; of numbers, operators or kets",
    "prod": "Π f(s) over the integers low ≤ s ≤ high, 1 if there is none",
    "integral": "∫ f(x) dx from low to high, absolutely convergent; of numbers or kets",
    "series": "Σ f(s) over the natural numbers, absolutely convergent",
    "coeff": "[zⁿ] f(z), the n-th Taylor coefficient at 0 of an entire function",
    "deriv": "the n-th derivative of f at x: n, f, x",
    "tuples": "Σ f(J) over all J = (J(1), …, J(n)) with 1 ≤ J(i) ≤ d: n, d, f",
    "O": "within `asymptotic` only: some r(N) with |r(N)| ≤ C·g(N) for all N ≥ N₀: g, C",
    "entry": "⟨r|M|s⟩, r and s in {0, 1}: M, r, s",
    "identity": "the identity of one qubit",
    "matrix": "the operator of one qubit with the entries 00, 01, 10, 11",
    "matmul": "the product of two operators",
    "adjoint": "M†",
    "tpow": "M^{⊗n}: M, n",
    "tensor": "M(1)⊗…⊗M(n): n, M",
    "outer": "|Ψ⟩⟨Ψ|",
    "evolved": "K ρ K†: K, ρ",
    "trace": "tr M",
    "trace_of": "tr[ρM]: ρ, M",
    "braket": "⟨Φ|M|Ψ⟩: Φ, M, Ψ",
    "dicke": "the Dicke state |n, k⟩ of n qubits with k ones: n, k",
    "product_ket": "(a|0⟩ + b|1⟩)^{⊗n}: a, b, n",
    "perm": "the sum of all distinct words that permute a word",
    "eq": "a = b",
    "le": "a ≤ b, of real numbers",
    "lt": "a < b, of real numbers",
    "ne": "a ≠ b",
    "is_int": "the number is an integer",
    "is_real": "the number is real",
    "povm": "E(1), …, E(d) are Hermitian, positive and sum to one, d ≥ 1: E, d",
    "projective": "E(1), …, E(d) are orthogonal projectors that sum to one: E, d",
    "limit": "f(N) → v as N → ∞: f, v",
    "asymptotic": "P(N) for all natural N ≥ N₀: N₀, P",
    "density": "the measure p(x) dx on the line",
    "density_on": "the measure p(x) dx on [low, high]: low, high, p",
    "pushforward": "the image of p(x) dx on [low, high] under g: low, high, g, p",
    "dirac": "the unit mass at x",
    "law": "the measure that gives X(J) the weight P(J), over the tuples J of n indices up to d: n, d, X, P",
    "weak_limit": "|∫ f dμ_N − ∫ f dμ| ≤ L·C·N^{−q} for N ≥ 1 and bounded f with Lipschitz constant L, q > 0: "
    "μ_N, μ, C, q",
    "expectation": "∫ f dμ: μ, f",
    "bounded": "|f(x)| ≤ C for every real x: f, C",
}
_KINDS = {"Term": "term", "Theorem": "step", "int": "integer", "Given": "[term, …]"}


def _kind(annotation: str) -> str:
    """The written form of an argument, as `docs/record.md` names it."""
    inside = re.fullmatch(r"tuple\[(.*)\]", annotation)
    if not inside:
        return _KINDS[annotation]
    one = inside[1].removesuffix(", ...")
    if one.startswith("tuple["):
        return f"[{_kind(one)}, …]"
    kinds = [_KINDS[k] for k in one.split(", ")]
    return f"[{', '.join(kinds)}{', …' if one != inside[1] else ''}]"


def _signature(rule: str) -> str:
    parts = []
    for p in inspect.signature(RULES[rule]).parameters.values():
        many = " …" if p.kind is p.VAR_POSITIONAL else ""
        parts.append(f"`{p.name}`{many} {_kind(str(p.annotation))}")
    return "; ".join(parts)


def reference() -> str:
    """Operations with kinds and meaning, sorts, and each rule with its arguments and its inference, as Markdown."""
    lines = [
        "# The operations and the rules of a record",
        "",
        "From the tables that `replay` uses. docs/record.md says how they are written down.",
        "",
        "## Sorts of variables",
        "",
        "`a->b` is a function symbol, `a,b->c` one of two variables. `tuple` is a family of indices, `states` a",
        "density operator of n qubits for each n, `measure` a probability measure on the line; `real->real` are the",
        "bounded Borel functions.",
        "",
        "| sort | is a |",
        "| --- | --- |",
        *(f"| `{sort}` | {kind} |" for sort, kind in SORTS.items()),
        "",
        "## Operations",
        "",
        "Besides these, `add` and `mul` take two or more parts: numbers, or (`add`) parts of one kind, or (`mul`)",
        "numbers and one operator, operator of N qubits or ket. `app` is a function symbol at its arguments; `word` is",
        "the basis ket b₁…b₁b₂…b₂… of pairs of a bit and a length; a kind `*` is the same everywhere in its row.",
        "",
        "| operation | takes | is a | means |",
        "| --- | --- | --- | --- |",
    ]
    for op, (arguments, result) in SIGNATURES.items():
        takes = ", ".join(a.replace("lam:", "function of a ") for a in arguments) or "nothing"
        lines.append(f"| `{op}` | {takes} | {result} | {MEANINGS[op].replace('|', chr(92) + '|')} |")
    lines += [
        "",
        "## Rules",
        "",
        "Hypotheses of the conclusion: those of the steps among the arguments, but for the ones that the rule drops,",
        "and those given.",
        "",
    ]
    for name, rule in RULES.items():
        lines += [f"### {name}", "", f"Arguments: {_signature(name)}.", "", inspect.getdoc(rule) or "", ""]
    return "\n".join(lines)


def main() -> NoReturn:
    """Print it."""
    run(lambda: click.echo(reference(), nl=False))


if __name__ == "__main__":
    main()
