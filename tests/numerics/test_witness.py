"""What the witness says when there is nothing to say, and how it chooses its points."""

import os
import subprocess
import sys
from fractions import Fraction

import pytest
from flint import acb, arb

from symbolic_mqb.kernel.errors import TermError
from symbolic_mqb.kernel.terms import Term, lam, num, var
from symbolic_mqb.notation.language import (
    Abs,
    I,
    Integral,
    Sum,
    binomial,
    cos,
    equal,
    exp,
    log,
    pi,
    sqrt,
    symbols,
    unequal,
)
from symbolic_mqb.numerics.bench import Bench
from symbolic_mqb.numerics.evaluate import accuracy, precision
from symbolic_mqb.numerics.sampling import sample
from symbolic_mqb.numerics.witness import check, check_at, readable

x, y, a, phi = symbols("x y a phi", "real")
m, n, N, d = symbols("m n N d", "nat")
E, c = var("E", "nat->op"), var("c", "nat->complex")
s = var("s", "int")


def limit(body, value):
    return Term("limit", (lam(N, body), value if isinstance(value, Term) else num(value)))


def asymptotic(left, right, start=1):
    return Term("asymptotic", (num(start), lam(N, equal(left, right))))


def remainder(size, constant):
    return Term("O", (size, num(constant)))


def test_no_point_is_no_pass():
    evidence = check(equal(x, x), [x > 1, x < 0])
    assert (evidence.verdict, evidence.points) == ("undecided", 0)


def test_an_undefined_point_is_no_pass():
    evidence = check(equal(x / x, 1))
    assert evidence.verdict == "undecided"
    assert "negative power of 0" in evidence.reason
    assert check(equal(x / x, 1), [unequal(x, 0)]).verdict == "agrees"


def test_too_few_digits_are_no_pass():
    from flint import arb

    evidence = check_at(equal(x, x), {x: arb(1, 0.1)})
    assert evidence.verdict == "undecided"


def test_a_missing_value_is_no_pass():
    assert "no value for y" in check_at(equal(x, y), {x: 1}).reason


def test_a_point_outside_the_hypotheses_is_no_refutation():
    claim = equal(Abs(x), x)
    assert check_at(claim, {x: -1}).verdict == "refuted"
    assert check_at(claim, {x: -1}, hypotheses=[x >= 0]).verdict == "undecided"


def test_a_refutation_shows_the_point_and_both_sides():
    evidence = check_at(equal(x**2, 2 * x), {x: Fraction(1, 2)})
    assert evidence.counterexample == {"x": "1/2"}
    assert evidence.left.startswith("0.25")
    assert evidence.right.startswith("1.0")


def test_only_statements_are_checked():
    with pytest.raises(TermError):
        check(x + 1)


@pytest.mark.parametrize(
    ("claim", "given", "verdict"),
    [
        (x**2 >= 0, (), "agrees"),
        (x**2 > 0, (), "refuted"),
        (x >= 0, (), "refuted"),
        (sqrt(x) ** 2 <= x, (x > 0,), "agrees"),
        (unequal(x, 0), (x > 0,), "agrees"),
        (unequal(x, 0), (), "refuted"),
        (Term("is_int", (binomial(n, m),)), (), "agrees"),
        (Term("is_int", (num(1) / (n + 2),)), (), "refuted"),
        (Term("is_real", (exp(I * x) + exp(-I * x),)), (), "agrees"),
        (Term("is_real", (exp(I * x),)), (), "refuted"),
        (Term("povm", (E, d)), (Term("projective", (E, d)),), "agrees"),
        (Term("povm", (E, d)), (), "refuted"),
    ],
)
def test_every_kind_of_statement(claim, given, verdict):
    assert check(claim, given).verdict == verdict


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (limit((1 + 1 / N) ** N, Term("euler")), "agrees"),
        (limit((1 + 1 / N) ** N, 2 * Term("euler")), "refuted"),
        (limit(4**N * pi / binomial(2 * N, N) / sqrt(N), pi ** Fraction(3, 2)), "agrees"),
        (limit(N * 1, 0), "refuted"),
    ],
)
def test_limits_are_witnessed_but_not_certified(claim, verdict):
    evidence = check(claim)
    assert evidence.verdict == verdict
    assert not evidence.certified


def test_the_delta_sequence_D6():
    kernel = 4**N * cos(phi / 2) ** (2 * N) / binomial(2 * N, N) / (2 * pi)
    moment = Integral(kernel * exp(2 * I * phi), (phi, -pi, pi))
    assert check(limit(moment, 1)).verdict == "agrees"
    assert check(limit(moment, 2)).verdict == "refuted"


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (asymptotic(log(1 + 1 / N), 1 / N + remainder(N**-2, 1)), "agrees"),
        (asymptotic(log(1 + 1 / N), 1 / N + remainder(N**-3, 1)), "refuted"),
        (asymptotic(log(1 + 1 / N), -1 / N + remainder(N**-2, 1)), "refuted"),
        (asymptotic(exp(1 / N), exp(remainder(N**-1, 1))), "agrees"),
        (asymptotic(exp(1 / N), (1 + remainder(N**-1, 2)) * (1 + remainder(N**-2, 1))), "agrees"),
        (asymptotic(1 + 1 / N, 1 + remainder(1 / N, 1)), "agrees"),
        (Term("asymptotic", (num(2), lam(N, (N + 2) / N <= 2))), "agrees"),
        (Term("asymptotic", (num(1), lam(N, (N + 2) / N <= 2))), "refuted"),
        (Term("asymptotic", (num(1), lam(N, N <= 10**7))), "refuted"),
        (Term("asymptotic", (num(1), lam(N, N < N**2 + 1))), "agrees"),
    ],
)
def test_statements_about_all_large_N(claim, verdict):
    assert check(claim).verdict == verdict


def test_what_is_undefined_is_shown_unless_a_variable_in_it_has_no_name():
    """1/s is bound in Σ_s 1/s: it is not shown as a term of a placeholder."""
    assert check_at(equal(1 / x, y), {x: 0, y: 1}).reason == "undefined: a negative power of 0 in x**-1"
    told = check_at(equal(Sum(1 / s, (s, 0, 2)), y), {y: 1}).reason
    assert told == "undefined: a negative power of 0"


def test_a_counterexample_shows_all_values_of_the_point():
    """Also those that are put in exactly, and a family of operators given by a term."""
    shown = check_at(equal(x * y, pi), {x: num(0), y: sqrt(num(2))}).counterexample
    assert shown == {"x": "0", "y": "1.41421356237 = 2**(1/2)"}
    outcome = var("j", "nat")
    povm, numbers = Term("povm", (E, d)), lam(outcome, outcome * Term("identity") / 2)
    assert check_at(equal(Term("entry", (E(2), num(0), num(0))), num(1)), {E: numbers}).verdict == "agrees"
    assert check_at(povm, {E: numbers, d: 2}).counterexample == {"E": "(j -> j*identity*2**-1)", "d": "2"}
    assert check_at(povm, {E: lam(outcome, Term("identity") / 2), d: 2}).verdict == "agrees"


def test_points_satisfy_the_hypotheses_and_start_awkwardly():
    points = sample((m, n, x), [n <= m, x < 0], 6, seed=4)
    assert len(points) == 6
    assert points[0][m] == points[0][n] == 0
    assert any(p[m] == p[n] > 0 for p in points)
    assert any(p[m] > p[n] > 0 for p in points)
    assert all(p[n] <= p[m] and p[x] < 0 for p in points)


def test_equations_are_solved():
    for hypotheses in ([equal(a, x + y)], [equal(2 * a + x, 3 * y)], [equal(a**2, x**2 + 1), a > 0]):
        assert len(sample((a, x, y), hypotheses, 4)) == 4


def test_povms_are_projective_and_not():
    povms = [check_at(Term("projective", (E, d)), p).verdict for p in sample((E, d), [Term("povm", (E, d))], 12)]
    assert {"agrees", "refuted"} == set(povms)


def test_a_norm_is_scaled():
    norm = equal(Sum(Abs(c(s)) ** 2, (s, 0, n)), 1)
    points = sample((c, n), [norm], 4)
    assert len(points) == 4
    assert all(check_at(norm, p).verdict == "agrees" for p in points)


def run(program, seed="0"):
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def test_the_points_depend_on_the_seed_alone():
    program = (
        "from symbolic_mqb.kernel.terms import Term, var\n"
        "from symbolic_mqb.numerics.sampling import sample\n"
        "v = [var(n, 'real') for n in 'xyzuvw'] + [var('k', 'nat'), var('E', 'nat->op'), var('d', 'nat')]\n"
        "h = frozenset((v[0] > 0, v[1] < v[0], v[6] <= 3, Term('povm', (v[7], v[8]))))\n"
        "print([sorted((repr(k), repr(x)) for k, x in p.items()) for p in sample(v, h, 4, seed=7)])\n"
    )
    texts = {run(program, seed) for seed in ("1", "2")}
    assert len(texts) == 1


def test_the_witness_is_independent_of_the_prover():
    program = "import sys, symbolic_mqb.numerics.witness; print(*sys.modules)"
    loaded = run(program).split()
    shared = {
        f"symbolic_mqb.kernel.{name}" for name in ("terms", "signatures", "kinds", "errors", "arithmetic", "show")
    }
    assert {m for m in loaded if m.startswith("symbolic_mqb.kernel.")} <= shared
    assert not [m for m in loaded if m.startswith(("symbolic_mqb.rules", "symbolic_mqb.tactics"))]
    assert "sympy" not in loaded
    assert "mpmath" not in loaded


def test_a_bench_adds_no_more_terms_than_it_is_told():
    claim = Sum(s, (s, 1, N)) <= N**2
    assert check_at(claim, {N: 40}, bench=Bench(most_terms=50)).verdict == "agrees"
    told = check_at(claim, {N: 60}, bench=Bench(most_terms=50))
    assert (told.verdict, told.reason) == ("undecided", "unsupported: a sum or product of 60 terms")
    assert check_at(claim, {N: 60}).verdict == "agrees"


def test_a_sequence_of_states_is_given_by_its_number():
    rho = var("ρ", "states")
    mass = Term("trace_of", (Term("app", (rho, num(1))), Term("tensor", (num(1), lam(s, Term("identity"))))))
    assert check_at(equal(mass, 1), {rho: 0}).verdict == "agrees"
    assert check_at(equal(mass, 2), {rho: 1}).verdict == "refuted"


def test_a_point_is_shown_by_its_first_values():
    pairs, rho = var("c", "int,int->complex"), var("ρ", "states")
    values = {c: dict.fromkeys(range(9), 1), rho: 1}
    assert readable(values, values) == {
        "c": "0: 1; 1: 1; 2: 1; 3: 1; 4: 1",
        "ρ": "the projector on (|0…0⟩ + i|1…1⟩)/√2",
    }
    assert readable({pairs: {(0, 1): 2}}, [pairs]) == {"c": "[0, 1]: 2"}


def test_zero_has_no_argument():
    (z,) = symbols("z", "complex")
    claim = equal(exp(I * Term("arg", (z,))) * Abs(z), z)
    assert check_at(claim, {z: 0}).undefined
    assert check_at(claim, {z: -2}).verdict == "agrees"
    assert check_at(equal(Term("arg", (z,)), 0), {z: 3}).verdict == "agrees"


def test_an_enormous_ball_fixes_no_digit():
    """Its radius is 10^(10^310), whose logarithm is beyond the floats."""
    with precision(2000):
        huge = arb(0, 1) * (arb(3) ** 651).exp()
        assert huge.is_finite()
        assert accuracy(acb(huge)) == 0
