"""How symbols are spelt: Greek letters, primes, indices, and the paper's names for defined symbols."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho",
    "σ": "sigma", "τ": "tau", "φ": "varphi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma",
    "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega", "ℓ": "ell",
}  # fmt: skip
#: Defined symbols that the paper writes otherwise than their name in the source.
_HEADS = {
    "A2": "A^{(2)}",
    "A2_pol": r"A^{(2)}_{\mathrm{pol}}",
    "A2_pha": r"A^{(2)}_{\mathrm{pha}}",
    "A2_Γ": r"A^{(2)}_{\Gamma}",
    "Γ_pol†": r"\Gamma_{\mathrm{pol}}^{\dagger}",
    "Γ_pha†": r"\Gamma_{\mathrm{pha}}^{\dagger}",
    "Γ†": r"\Gamma^{\dagger}",
    "He": "H",
    "tr": r"\operatorname{tr}",
}
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
    text = _letter(head) if len(head.removesuffix("\u0302")) == 1 else _word(head)
    if len(index) > 2 and index.isascii() and index.isalpha():
        return f"{text}_{{{_word(index)}}}"
    return f"{text}_{{{_plain(index)}}}" if index else text


def _letter(c: str) -> str:
    if c.endswith("\u0302"):
        return f"\\hat{{{_letter(c[0])}}}"
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
    kept = (c for c in text if c in _GREEK or c.isalnum() or c == ",")
    return "".join(f"\\{_GREEK[c]} " if c in _GREEK else c for c in kept)


def head_name(name: str) -> str:
    """A defined symbol's name in LaTeX."""
    return _HEADS.get(name) or latex_name(name)


def escape(text: str) -> str:
    """Running text for LaTeX: special characters escaped, the paper's Unicode as mathematics."""
    out = []
    for mathematics, run in groupby(map(_character, raised(text)), key=lambda pair: pair[0]):
        joined = "".join(piece for _, piece in run)
        out.append(f"${joined.strip()}$" if mathematics else joined)
    return "".join(out)


def raised(text: str) -> list[str]:
    """The characters of running text; a run of raised or lowered ones, _{kl} or ^N, a letter with a hat as one item."""
    return re.findall(f"[{_UP}]+|[{_DOWN}]+|[_^]{{(?:[^{{}}]|{{[^{{}}]*}})*}}|{_INDEX}|.\u0302|.", text, re.DOTALL)


def script(piece: str) -> tuple[str, str] | None:
    """(_ or ^, what stands there) of a piece that is an index."""
    if len(piece) < 2 or piece[0] not in "_^":
        return None
    return piece[0], piece[1:].removeprefix("{").removesuffix("}")


def _character(c: str) -> tuple[bool, str]:
    """(is mathematics, LaTeX)."""
    if c in _TEXT:
        return False, _TEXT[c]
    if c in _MATHEMATICS:
        return True, _MATHEMATICS[c]
    if c in _GREEK:
        return True, f"\\{_GREEK[c]} "
    index = script(c)
    if index is not None:
        return True, index[0] + "{" + "".join(_inside(x) for x in raised(index[1])) + "}"
    if c.endswith("\u0302"):
        return True, f"\\hat{{{_character(c[0])[1].strip()}}}"
    if c[0] in _UP or c[0] in _DOWN:
        return True, ("^" if c[0] in _UP else "_") + f"{{{unicodedata.normalize('NFKD', c).replace(chr(0x2212), '-')}}}"
    if c.isascii() or unicodedata.name(c, "").startswith("LATIN"):
        return False, c
    kind = unicodedata.name(c, "")
    if kind.startswith("MATHEMATICAL SCRIPT CAPITAL "):
        return True, f"\\mathcal{{{kind[-1]}}}"
    base = unicodedata.normalize("NFKD", c)
    return False, base if base.isascii() and base.isalnum() else f"[U+{ord(c):04X}]"


def _inside(c: str) -> str:
    """A character of an index, which is mathematics already."""
    mathematics, piece = _character(c)
    return piece if mathematics or piece.isalnum() or piece in "+-,/()=[]" or piece == " " else f"\\text{{{piece}}}"


#: An index of one character after a single letter or an operator: H_n, e^z, 𝒜^⊗.
_INDEX = (
    r"(?<![A-Za-z][A-Za-z])(?<=[A-Za-zα-ωΑ-Ωϕ𝒜-𝒵⟩)∫])"
    r"(?:_[A-Za-z0-9α-ωϕ⊗]{1,3}|\^[A-Za-z0-9α-ωϕ⊗*]{1,3})(?![A-Za-z0-9_])"
)
_UP, _DOWN = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱ", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙₖₗₘₓₛₜ"
_TEXT = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "–": "--", "—": "---", "“": "``", "”": "''", "’": "'",
    "‘": "`", "…": r"\dots{}", "§": r"\S{}",
}  # fmt: skip
_MATHEMATICS = {
    "−": "-", "·": r"\cdot ", "∞": r"\infty ", "→": r"\to ", "⟨": r"\langle ", "⟩": r"\rangle ", "|": "|",
    "≤": r"\le ", "≥": r"\ge ", "≠": r"\ne ", "∫": r"\int ", "√": r"\surd ", "′": "'", "⊗": r"\otimes ",
    "∈": r"\in ", "×": r"\times ", "±": r"\pm ", "<": "<", ">": ">", "↦": r"\mapsto ", "⊢": r"\vdash ",
    "∂": r"\partial ", "ℕ": r"\mathbb{N}", "ℝ": r"\mathbb{R}", "ℤ": r"\mathbb{Z}", "ℂ": r"\mathbb{C}",
    "†": r"^{\dagger}", "°": r"^{\circ}", "≅": r"\cong ", "ℋ": r"\mathcal{H}", "∑": r"\sum ", "𝟙": r"\mathbb{1}",
    "∀": r"\forall ", "⇒": r"\Rightarrow ", "≈": r"\approx ",
}  # fmt: skip
