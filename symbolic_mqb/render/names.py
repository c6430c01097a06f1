"""How symbols are spelt: Greek letters, primes, indices, and the paper's names for defined symbols."""

from __future__ import annotations

import unicodedata

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho",
    "σ": "sigma", "τ": "tau", "φ": "varphi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma",
    "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega", "ℓ": "ell",
}  # fmt: skip
#: Defined symbols that the paper writes otherwise than their name in the source.
_HEADS = {"A2": "A^{(2)}", "He": "H"}
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def latex_name(name: str) -> str:
    """A variable's or symbol's name in LaTeX: x' → x', σ → \\sigma, 𝒜 → \\mathcal{A}, s1 → s_{1}."""
    stem = name.rstrip("'′")
    primes = "'" * (len(name) - len(stem))
    opened = stem.rstrip("⁰¹²³⁴⁵⁶⁷⁸⁹")
    mark = stem[len(opened) :].translate(_SUPERSCRIPTS)
    text = _stem(opened)
    if mark:
        text = f"{{{text}}}^{{({mark})}}"
    return text + primes


def _stem(name: str) -> str:
    head, _, index = name.partition("_")
    if not index:
        letters = head.rstrip("0123456789")
        head, index = letters, head[len(letters) :]
    text = _letter(head) if len(head) == 1 else _word(head)
    return f"{text}_{{{_plain(index)}}}" if index else text


def _letter(c: str) -> str:
    if c in _GREEK:
        return "\\" + _GREEK[c]
    if c.isascii():
        return c if c.isalpha() else _plain(c)
    kind = unicodedata.name(c, "")
    if kind.startswith("MATHEMATICAL SCRIPT CAPITAL "):
        return f"\\mathcal{{{kind[-1]}}}"
    return _plain(unicodedata.normalize("NFKD", c))


def _word(word: str) -> str:
    return f"\\mathrm{{{_plain(word)}}}"


def _plain(text: str) -> str:
    """Text with nothing that LaTeX would read as a command."""
    return "".join(("\\" + _GREEK[c] + " ") if c in _GREEK else c for c in text if c in _GREEK or c.isalnum() or c == ",")


def head_name(name: str) -> str:
    """A defined symbol's name in LaTeX."""
    return _HEADS.get(name) or latex_name(name)


def escape(text: str) -> str:
    """Running text for LaTeX: special characters escaped, the paper's Unicode as mathematics."""
    out = []
    for c in text:
        if c in _TEXT:
            out.append(_TEXT[c])
        elif c in _GREEK:
            out.append(f"$\\{_GREEK[c]}$")
        elif c.isascii() or unicodedata.category(c)[0] == "L" and unicodedata.name(c, "").startswith("LATIN"):
            out.append(c)
        else:
            out.append(_symbol(c))
    return "".join(out).replace("$$", "")


_TEXT = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "−": "$-$", "·": r"$\cdot$", "∞": r"$\infty$",
    "→": r"$\to$", "⟨": r"$\langle$", "⟩": r"$\rangle$", "|": "$|$", "≤": r"$\le$", "≥": r"$\ge$", "≠": r"$\ne$",
    "∫": r"$\int$", "Σ": r"$\sum$", "Π": r"$\prod$", "√": r"$\surd$", "′": "$'$", "⊗": r"$\otimes$", "∈": r"$\in$",
    "–": "--", "—": "---", "“": "``", "”": "''", "’": "'", "‘": "`", "…": r"\dots{}", "×": r"$\times$", "±": r"$\pm$",
    "<": "$<$", ">": "$>$", "↦": r"$\mapsto$", "ⁿ": "$^n$", "⊢": r"$\vdash$", "∂": r"$\partial$",
    "ℕ": r"$\mathbb{N}$", "ℝ": r"$\mathbb{R}$", "ℤ": r"$\mathbb{Z}$", "ℂ": r"$\mathbb{C}$", "∀": r"$\forall$",
    "⇒": r"$\Rightarrow$", "≈": r"$\approx$", "~": r"\textasciitilde{}", "§": r"\S{}",
}  # fmt: skip


def _symbol(c: str) -> str:
    kind = unicodedata.name(c, "")
    if kind.startswith("MATHEMATICAL SCRIPT CAPITAL "):
        return f"$\\mathcal{{{kind[-1]}}}$"
    base = unicodedata.normalize("NFKD", c)
    if base.isascii() and base.isalnum():
        if kind.startswith("SUPERSCRIPT") or "MODIFIER LETTER" in kind:
            return f"$^{{{base}}}$"
        return f"$_{{{base}}}$" if kind.startswith("SUBSCRIPT") or "SUBSCRIPT" in kind else base
    return f"[U+{ord(c):04X}]"
