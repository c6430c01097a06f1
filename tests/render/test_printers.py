"""Both printers: what the paper prints, and never the same text for two different terms."""

import re

import pytest
from flint import acb

from symbolic_mqb.book import Book
from symbolic_mqb.derivations import CONTENTS
from symbolic_mqb.kernel.terms import Term, lam, num, subterms, var
from symbolic_mqb.notation.bessel import bessel
from symbolic_mqb.notation.language import (
    Coefficient,
    Derivative,
    I,
    Integral,
    Product,
    Series,
    Sum,
    binomial,
    conj,
    cos,
    equal,
    exp,
    factorial,
    half,
    pi,
    sin,
    sqrt,
    symbols,
)
from symbolic_mqb.notation.measurement import braket, calA, dicke, entry, permutations, tensor_power, word
from symbolic_mqb.notation.objects import H, He, gaussian, wave
from symbolic_mqb.notation.operators import adjoint, matrix, product
from symbolic_mqb.numerics.evaluate import enclose
from symbolic_mqb.reference import MEANINGS
from symbolic_mqb.render.document import document, equation, file_name
from symbolic_mqb.render.latex import latex
from symbolic_mqb.render.names import escape, latex_name
from symbolic_mqb.render.printer import default_arguments
from symbolic_mqb.render.text import lines, text
from symbolic_mqb.rules.logic import normal_form

a, b, c, x, xp, gamma, sigma = symbols("a b c x x' γ σ", "real")
k, n, m, N = symbols("k n m N", "nat")
s, t = symbols("s t", "int")
(y,) = symbols("y", "real")
(z,) = symbols("z", "complex")
(f,) = symbols("f", "nat->complex")
A, B = symbols("A B", "op")
(e2,) = symbols("e", "int,int->complex")
E, K = symbols("E K", "nat->op")


def test_the_constant_e_is_printed_as_the_number_that_it_is():
    """e·x = exp(1)·x is proved: what is shown must not be another constant."""
    assert enclose(Term("euler") - exp(1), {}, 20).ball.overlaps(acb(0))
    assert normal_form(Term("euler") * x, exp(1) * x, ())
    assert text(Term("euler") * x) == "e·x"
    assert latex(Term("euler") * x) == "e x"
    assert MEANINGS["euler"].startswith("e, the base")


PRINTED = [
    (a / b, r"\frac{a}{b}"),
    (a**-2, r"\frac{1}{a^{2}}"),
    (-a / b * c, r"-\frac{a}{b} c"),
    (sqrt(2 * pi) * sigma, r"\sqrt{2 \pi} \sigma"),
    (a - b - 2 * c, "a - b - 2 c"),
    (2 * num(3) ** k, r"2 \cdot 3^{k}"),
    (num(2) * half, r"2 \cdot \frac{1}{2}"),
    (exp(-(x**2) / (4 * a)), r"e^{-\frac{x^{2}}{4 a}}"),
    (He(n, x / gamma), r"H_{n}\left(\frac{x}{\gamma}\right)"),
    (H(n, xp, a), r"H_{n}\left(x', a\right)"),
    (wave(x, k), r"\langle x|k\rangle"),
    (conj(wave(xp, k)) * wave(xp, n), r"\langle k|x'\rangle \langle x'|n\rangle"),
    (wave(x / a, k), r"\left\langle \frac{x}{a}\middle|k\right\rangle"),
    (cos(x) * a, r"\cos\left(x\right) a"),
    (a * cos(x) - b * sin(x), r"a \cos x - b \sin x"),
    (a * cos(2 * x), r"a \cos\left(2 x\right)"),
    (cos(x / 2) ** (2 * n), r"\cos^{2 n}\left(\frac{x}{2}\right)"),
    (a / (b / c), r"\frac{a}{b/c}"),
    (a / ((b + c) / xp), r"\frac{a}{\frac{b + c}{x'}}"),
    (e2(k, n), "e_{kn}"),
    (e2(k, n + 1), "e_{k,n + 1}"),
    (entry(calA, k, 0), r"\langle k|\mathcal{A}|0\rangle"),
    (conj(f(k)) * f(k), r"f_{k}^{*} f_{k}"),
    (factorial(n - k), r"\left(n - k\right)!"),
    (binomial(n, k), r"\binom{n}{k}"),
    (Sum(f(s), (s, 0, n)), r"\sum_{s=0}^{n} f_{s}"),
    (Series(f(m), m) * a, r"\left(\sum_{m=0}^{\infty} f_{m}\right) a"),
    (bessel(n, a), r"J_{n}\left(a\right)"),
    (Integral(x**2, (x, 0, 1)), r"\int_{0}^{1} dx\, x^{2}"),
    (Integral(xp**2, xp), r"\int_{-\infty}^{\infty} dx'\, x'^{2}"),
    (Derivative(n, x, exp(x)), r"\frac{d^{n}}{dx^{n}} e^{x}"),
    (product(adjoint(A), B), r"{A}^{\dagger} B"),
    (matrix(1, -I, I, a), r"\begin{pmatrix} 1 & -i \\ i & a \end{pmatrix}"),
    (Term("povm", (lam(m, a * E(m)), n)), r"\left\{a E_{j}\right\}_{j=1}^{n} \text{ is a POVM}"),
    (Derivative(1, x, exp(x)), r"\frac{d}{dx} e^{x}"),
    (Derivative(n, y, exp(y), x), r"\left.\frac{d^{n}}{dy^{n}} e^{y}\right|_{y=x}"),
    (Coefficient(n, z, exp(z)), r"\left[z^{n}\right] e^{z}"),
    (entry(calA, 1, 0) ** k, r"\langle 1|\mathcal{A}|0\rangle^{k}"),
    (braket(dicke(N, k), tensor_power(calA, N), dicke(N, n)), r"\langle N,k|\mathcal{A}^{\otimes N}|N,n\rangle"),
    (word(1, k, 0, N - k), r"|\underbrace{1\dots 1}_{k} 0\dots 0\rangle"),
    (permutations(word(1, k, 0, N - k)), r"|\underbrace{1\dots 1}_{k} 0\dots 0\rangle + \text{perm.}"),
    (equal(a**2, b**2), "a^{2} = b^{2}"),
    (n <= m, r"n \le m"),
    (Term("limit", (Term("lam", ("N", "nat", Term("pow", (Term("bound", (0,)), num(-1))))), num(0))),
     r"\lim_{N \to \infty} \frac{1}{N} = 0"),
    (Term("O", (N**-1, a)), r"O\left(\frac{1}{N}\right)"),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "wanted"), PRINTED, ids=[w for _, w in PRINTED])
def test_latex_is_what_the_paper_prints(expression, wanted):
    assert latex(expression) == wanted


TEXTS = [
    (entry(product(adjoint(K(m)), E(m), K(m)), 0, 0), "⟨0|(K_m† E_m K_m)|0⟩"),
    (matrix(1, -I, I, a), "[[1, −i], [i, a]]"),
    (Term("povm", (lam(m, a * E(m)), n)), "a·E_j for j = 1, …, n is a POVM"),
    (gaussian(a, x), "e^(−(x/(√2·a))²)/(√(2π)·a)"),
    (Sum(f(s), (s, 0, n)), "Σ_{s=0}^{n} f_s"),
    (Series(f(m), m), "Σ_{m=0}^{∞} f_m"),
    (bessel(n, a), "J_n(a)"),
    (H(n, xp, a), "H_n(x′, a)"),
    (entry(calA, 1, 0), "⟨1|𝒜|0⟩"),
    ((-1) ** n * a, "(−1)ⁿ·a"),
    (Integral(xp**2, xp), "∫ dx′ x′²"),
]


@pytest.mark.parametrize(("expression", "wanted"), TEXTS, ids=[w for _, w in TEXTS])
def test_text_is_legible(expression, wanted):
    assert text(expression) == wanted


CONFUSABLE = [
    [product(A, product(B, A)), product(A, B, A), a * product(A, B), product(a * A, B), product(A, a * B)],
    [adjoint(product(A, B)), product(A, adjoint(B)), product(adjoint(A), B), product(A + B, A), A + product(B, A)],
    [(a + b) * c, a + b * c, a * c + b],
    [-(a + b), -a + b],
    [(a * b) ** c, a * b**c, (a**b) ** c, a ** (b**c), a ** (b * c), a**b * c],
    [-(x**2), (-x) ** 2],
    [(-1) ** n, -(num(1) ** n)],
    [factorial(2 * n), 2 * factorial(n), factorial(factorial(n)), factorial(n) ** 2, factorial(n**2)],
    [sqrt(a * b), sqrt(a) * b, sqrt(a) ** 3, sqrt(a**3)],
    [a / (b * c), a / b * c, a / (b / c), a / b / c * 1],
    [Sum(f(s), (s, 0, n)) * a, Sum(f(s) * b, (s, 0, n)), Sum(f(s) + b, (s, 0, n)), Sum(f(s), (s, 0, n)) + b],
    [a * Sum(f(s), (s, 0, n)) * b, a * Sum(f(s) * b, (s, 0, n))],
    [Integral(exp(-(y**2)), y) * a, Integral(exp(-(y**2)) * a, y)],
    [Integral(-(y**2), y), -Integral(y**2, y) + 0],
    [Coefficient(n, z, exp(z)) * a, Coefficient(n, z, exp(z) * a)],
    [Coefficient(n, z, exp(z)) ** 2, Coefficient(n, z, exp(z) ** 2)],
    [Derivative(n, x, exp(x)) * x, Derivative(n, x, exp(x) * x)],
    [Derivative(n, y, exp(y) * x, x), Derivative(n, y, exp(y), x) * x],
    [conj(a * z), a * conj(z), conj(z) ** 2, conj(z**2)],
    [a * (-b), a - b],
    [num(2) * num(3), num(23)],
    [exp(a) ** 2, exp(a**2), exp(2 * a)],
    [f(n + 1), f(n) + 1, f(n) * 1],
    [He(n, x), H(n, x, half)],
    [entry(calA, 1, 0) ** k, entry(calA, 0, 1) ** k],
    [Product(f(s), (s, 0, n)), Sum(f(s), (s, 0, n))],
    [Sum(Sum(f(s), (s, 0, t)), (t, 0, n)), Sum(Sum(f(t), (s, 0, t)), (t, 0, n))],
    [binomial(n, k) ** 2, binomial(n**2, k)],
    [wave(x, k), wave(x * k, k), conj(wave(x, k)), wave(k, k)],
    [cos(x) * a, cos(x * a), cos(x) ** n, cos(x**n), (a * cos(x)) * b, a * cos(x * b)],
    [cos(x) + a, cos(x + a), a + cos(x), Sum(cos(x) * f(s), (s, 0, n)), Sum(f(s) * cos(x), (s, 0, n)) + a],
    [a / (b / c), a / b / c, a * b / c, a / (b / (c * x))],
    [e2(k, n), e2(n, k), f(k * n), e2(k, n * m), e2(k * n, m)],
]


@pytest.mark.parametrize("printer", [latex, text])
@pytest.mark.parametrize("terms", CONFUSABLE, ids=lambda ts: repr(ts[0]))
def test_different_terms_look_different(terms, printer):
    assert len({printer(t) for t in terms}) == len(terms)


def test_a_bound_variable_never_captures_a_free_one():
    inner = Sum(f(s) * k, (s, 0, n))
    capturing = Term("sum", (num(0), n, Term("lam", ("k", "int", Term("mul", (k, Term("bound", (0,))))))))
    assert latex(inner) != latex(capturing)
    assert "k'" in latex(capturing)
    shifted = Derivative(n, y, exp(y), 2 * y)
    assert latex(shifted) == r"\left.\frac{d^{n}}{dy'^{n}} e^{y'}\right|_{y'=2 y}"


def everything():
    book = Book(CONTENTS)
    for label in book.labels:
        yield book.declared(label)


def balanced(source):
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", source):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    return depth == 0 and source.count(r"\left") == source.count(r"\right")


def test_everything_in_the_book_renders():
    for declared in everything():
        for claim in (declared.statement, *declared.claims(), *declared.given):
            source = latex(claim)
            assert balanced(source), source
            assert source.isascii(), source
            assert "\n" not in text(claim)


def test_no_two_statements_of_the_book_look_the_same():
    seen = {}
    for declared in everything():
        for claim in (declared.statement, *declared.claims()):
            for part in subterms(claim):
                known = seen.setdefault(latex(part), part)
                assert flat(known) == flat(part), latex(part)


def flat(t):
    """The term with nested products and sums merged, and 1·t as t: these look the same and are the same."""
    if t.op == "call" and (default_arguments(t) or default_arguments(of_naturals(t))):
        return var(t.args[0].args[0], "op")  # a name may stand for any operator and for a defined one
    if t.op == "var" and t.args[1] in ("nat", "int"):
        return var(t.args[0], "int")  # which of the two it is stands next to the statement
    if t.op not in ("add", "mul"):
        return t if t.op in ("num", "var", "bound", "head") else Term(t.op, tuple(map(flat_part, t.args)))
    parts = []
    for p in map(flat, t.args):
        parts += p.args if p.op == t.op else [p]
    return Term(t.op, tuple(p for p in parts if p != num(1)))


def of_naturals(t):
    """The call with natural numbers in place of integers."""
    return Term("call", tuple(var(x.args[0], "nat") if x.op == "var" and x.args[1] == "int" else x for x in t.args))


def flat_part(p):
    return flat(p) if isinstance(p, Term) else p


def test_names():
    assert latex_name("x'") == "x'"
    assert latex_name("σ") == r"\sigma"
    assert latex_name("φ") == r"\varphi"
    assert latex_name("𝒜") == r"\mathcal{A}"
    assert latex_name("rho2") == r"\mathrm{rho}_{2}"
    assert latex_name("k¹") == "{k}^{(1)}"
    assert escape("50 % of σ_1 ≥ 0 & x² → ∞").isascii()


def test_lines_break_where_few_brackets_are_open():
    long = " + ".join(f"f({i}, {i})" for i in range(30))
    broken = lines(long, 40, 2)
    assert all(len(line) <= 40 for line in broken.splitlines())
    assert "(" not in [line.strip()[-1] for line in broken.splitlines()]
    assert " ".join(broken.split()) == long


def test_equations_and_document():
    results = list(everything())
    whole = document(results)
    assert whole.startswith(r"\documentclass")
    assert whole.endswith("\\end{document}\n")
    assert balanced(re.sub(r"(?m)%.*$", "", whole))
    one = equation(next(r for r in results if r.label == "A13"))
    assert r"\tag{A13}" in one
    assert one.count("\\\\") == 5
    assert len({file_name(r.label) for r in results}) == len(results)
