"""Products against their logarithms, with mpmath and exact fractions as the judges."""

from __future__ import annotations

import ast
import math
import pickle
import subprocess
import sys
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy

from calc.likelihood import (
    LikelihoodError,
    ascend,
    automatic_derivative,
    coin,
    counts,
    course_product,
    derivative_latex,
    find_hill,
    from_rows,
    from_text,
    growth,
    maximise,
    precision,
    product_terms,
    random_probabilities,
    true_values,
    underflow,
)
from calc.likelihood import ascent as ascents
from calc.likelihood.costs import _example_in_jax, example
from calc.likelihood.precision import compare, decimal_digits


def random_rows(seed):
    """Linear factors (a + b p)^k, up to 40 of them, and a p away from their zeros."""
    generator = np.random.default_rng(seed)
    p = float(generator.uniform(-2, 2))
    rows = []
    for _ in range(int(generator.integers(1, 41))):
        a, b = generator.integers(-30, 31) / 4, int(generator.integers(1, 9)) * generator.choice([-1, 1])
        k = Fraction(int(generator.integers(1, 200)), int(generator.choice([1, 1, 1, 3, 5])))
        k = -k if generator.random() < 0.2 else k
        if abs(a + b * p) > 0.05:
            rows.append((f"{a} + ({b})p", k))
    return rows or [("p + 9", Fraction(1))], p


def by_mpmath(rows, p):
    """f and f'/f where f' is mpmath's own numerical derivative of the product, with 120 digits."""
    with mpmath.workdps(120):

        def f(q):
            value = mpmath.mpf(1)
            for text, k in rows:
                a, _, b = text.partition(" + ")
                base = mpmath.mpf(a) + mpmath.mpf(b[1:-2]) * q if b.startswith("(") else q + 9
                size = mpmath.power(abs(base), mpmath.mpf(k.numerator) / k.denominator)
                value *= -size if base < 0 and k.numerator % 2 else size
            return value

        at, h = mpmath.mpf(p), mpmath.mpf(10) ** -40
        return f(at), (f(at + h) - f(at - h)) / (2 * h) / f(at)


# Rows 13 and 14 of FIGURES.md


def test_the_notes_function_breaks_in_float64_and_its_logarithm_does_not():
    f, p = course_product(), np.array([0.2, 0.5, 2, 5])
    assert f(p).tolist() == [-math.inf] * 4
    assert f.sign(p).tolist() == [-1] * 4
    formula = 6 / p - 2 / (1 - p) - 9 / (3 - p) + 13 / (p - 4) - 500 / (10 - p)
    np.testing.assert_allclose(f.log_derivative(p), formula, rtol=1e-14)
    assert round(float(f.log_derivative(0.5)), 2) == -51.95
    for at in p:
        assert math.isnan(automatic_derivative(f, at))
        assert automatic_derivative(f, at, "log") == pytest.approx(float(f.log_derivative(at)), rel=1e-12)
    assert f.sign([0.1, 0.9]).tolist() == [-1, -1]


def test_both_derivatives_as_the_notes_write_them():
    assert derivative_latex(course_product()) == (
        r"\frac{6}{p} - \frac{2}{1 - p} - \frac{9}{3 - p} + \frac{13}{p - 4} - \frac{500}{10 - p}"
    )
    terms = product_terms(course_product())
    assert len(terms) == 5
    for index, term in enumerate(terms):
        assert term.index == index
        assert sum(not piece.changed for piece in term.factors) == 4
    changed = [[piece.latex for piece in term.factors if piece.changed] for term in terms]
    assert changed[0] == ["6", "p^{5}"]
    assert changed[4] == ["500", r"\left(10 - p\right)^{499}", r"\left(-1\right)"]


def test_a_product_of_lots_of_tiny_things_is_zero_and_its_log_is_not():
    found = underflow(random_probabilities(1_000_000, seed=1))
    assert all(run.zero_at is not None for run in found.types.values())
    assert found.log_sum[-1] == pytest.approx(-1_000_000, rel=0.01)


# The logarithmic derivative


@pytest.mark.parametrize("block", range(8))
def test_the_ratio_is_the_derivative_of_the_logarithm_to_12_digits(block):
    for seed in range(25 * block, 25 * block + 25):
        rows, p = random_rows(seed)
        product = from_rows(rows)
        value, ratio = by_mpmath(rows, p)
        ours = true_values(product, p)
        assert abs(ours.derivative / ours.value - ratio) <= abs(ratio) * mpmath.mpf(10) ** -12
        assert abs(ours.log_derivative - ratio) <= abs(ratio) * mpmath.mpf(10) ** -12
        assert abs(float(product.log_derivative(p)) - ratio) <= abs(ratio) * mpmath.mpf(10) ** -12
        assert float(product.sign(p)) == mpmath.sign(value)
        assert float(product.log_abs(p)) == pytest.approx(float(mpmath.log(abs(value))), rel=1e-12, abs=1e-11)


BASES = ["sin(p) + 2", "e^(-p^2)", "sqrt(p)", "ln(p + 2)", "p^2 - 2p + 5", "|p - 3|", "2^p", "cbrt(p - 2)"]
BASES += ["atan(p)", "1/(1 + e^(-p))", "p^p", "sec(p)"]


@pytest.mark.parametrize("base", BASES)
def test_other_bases_against_sympy(base):
    product, at = from_rows([(base, 3), ("1 - p", "1/3"), ("p", 2)]), 0.3
    p = sympy.Symbol("p", real=True)
    expression = product.factors[0].base.to_sympy()
    expected = 3 * sympy.diff(expression, p) / expression - sympy.Rational(1, 3) / (1 - p) + 2 / p
    expected = expected.subs(p, sympy.Rational(0.3))
    with mpmath.workdps(30):
        exact = float(sympy.N(expected.doit(), 25))
    assert float(product.log_derivative(at)) == pytest.approx(exact, rel=1e-12)
    assert float(true_values(product, at).log_derivative) == pytest.approx(exact, rel=1e-14)
    written = sum(float(from_text(term.text)(at)) for term in product_terms(product))
    assert written == pytest.approx(float(true_values(product, at).derivative), rel=1e-12)


# Hostile tables


PLACES = np.array([-1.0, 0.0, 0.1, 0.29, 0.3, 1 / 3, 0.5, 1.0, 49.0, math.inf, -math.inf, math.nan])


@pytest.mark.parametrize(
    "bases",
    [("p", "1-p", "3-p", "p-4", "10-p"), ("2p", "p", "-p", "-p+3", "3"), ("7(p-0.1)", "p"), ("p-0.1-0.2", "1-p"),
     ("p/49-1",), ("100(p-0.29)", "3p-1"), ("p+p", "5-p"), ("0.1*3", "p"), ("-(p-3)", "0.1p"), ("p^2", "1-p")],
)  # fmt: skip
def test_the_bases_at_once_are_those_one_by_one(bases):
    """To the last bit: on which side of 0 a base lies decides the sign of f, and whether its logarithm exists."""
    product = from_rows([(base, exponent) for exponent, base in enumerate(bases, start=1)])
    with np.errstate(all="ignore"):
        one_by_one = np.array([factor.base(PLACES) for factor in product.factors])
    np.testing.assert_array_equal(product.bases(PLACES), one_by_one)
    assert product.bases(0.3).shape == (len(bases),)
    zero = (one_by_one == 0).any(axis=0) & np.isfinite(one_by_one).all(axis=0)
    assert (product.sign(PLACES)[zero] == 0).all()


EXPONENTS = (0, 1, 2, 3, -1, -2, "1/3", "2/3", "1/2", "-1/2", "3/2", 0.1, 0.2)


@pytest.mark.parametrize("exponent", EXPONENTS, ids=str)
def test_the_sign_is_that_of_the_power(exponent):
    """Python's own power of exact fractions, where there is one; the real root of an odd denominator."""
    product = from_rows([("p", exponent), ("1", 1)])
    k = product.factors[0].exponent

    def sign(p: float) -> float:
        if k == 0:
            return 1.0
        if p == 0:
            return math.nan if k < 0 else 0.0
        if p > 0:
            return 1.0
        return math.nan if k.denominator % 2 == 0 else float((-1) ** k.numerator)

    for p in (-2.0, -0.5, 0.0, 0.5, 3.0):
        np.testing.assert_array_equal(product.sign(p), sign(p))
    assert np.isnan(product.sign(np.array([np.nan, np.inf, -np.inf]))).all()


def test_the_same_base_twice_stays_and_merges():
    twice = from_rows([("p", 2), ("1-p", 1), ("p", 3)])
    assert len(twice.factors) == 3
    assert [factor.exponent for factor in twice.merged().factors] == [5, 1]
    p = np.linspace(0.1, 0.9, 9)
    np.testing.assert_allclose(twice(p), p**5 * (1 - p))
    np.testing.assert_allclose(twice.log_derivative(p), twice.merged().log_derivative(p), rtol=1e-12)
    assert len(product_terms(twice)) == 3


def test_zero_negative_fractional_and_huge_exponents():
    p = 0.3
    product = from_rows([("p", 0), ("1-p", -2), ("p-4", "1/3"), ("2+p", "10^6"), ("p", 0.5)])
    with mpmath.workdps(60):
        q = mpmath.mpf(p)
        expected = -2 * -1 / (1 - q) + 1 / (3 * (q - 4)) + 10**6 / (2 + q) + 1 / (2 * q)
    assert float(product.log_derivative(p)) == pytest.approx(float(expected), rel=1e-14)
    assert float(product.sign(p)) == -1  # the real cube root of a negative number
    assert true_values(product, p).log10 == pytest.approx(float(product.log_abs(p)) / math.log(10), rel=1e-14)
    assert math.isnan(float(product.sign(-0.1)))  # a square root of a negative base
    assert math.isnan(float(product.log_derivative(-0.1)))
    assert float(from_rows([("p", 0)])(0.0)) == 1


def test_a_base_without_p():
    product = from_rows([("3", 2), ("p", 1), ("-2", 1)])
    assert float(product(0.5)) == -9
    assert float(product.log_derivative(0.5)) == 2
    assert [term.latex for term in product_terms(product)] == [r"3^{2} \left(-2\right)"]
    constant = from_rows([("3", 2)])
    assert derivative_latex(constant) == "0"
    assert "does not depend on p" in maximise(constant).text


def test_zeros_and_poles():
    product = from_rows([("p", 2), ("1-p", -1)])
    assert product.sign([0.0, 1.0, 2.0])[[0, 2]].tolist() == [0, -1]
    assert math.isnan(product.sign(1.0))
    assert float(product.log_abs(0.0)) == -math.inf
    assert math.isnan(product.log_abs(1.0))
    assert math.isnan(product.log_derivative(0.0))
    assert float(true_values(product, 0.0).derivative) == 0
    assert "without bound" in maximise(product).text
    assert maximise(product).best is None


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "table is empty"),
        ([(None, None), ("", float("nan"))], "table is empty"),
        ([("p", None)], "Row 1: there is a base without an exponent"),
        ([("p", 1), ("", 3)], "Row 2: there is an exponent without a base"),
        ([("x", 1)], "Row 1: I don't know"),
        ([("__import__('os')", 1)], "Row 1"),
        ([("p", "p")], "constant number"),
        ([("p", "p/0")], "exponent"),
        ([("p", "two")], "exponent cannot be read"),
        ([("p", math.inf)], "finite"),
        ([("p", 10**10)], "between -10"),
        ([("p", "1e-30")], "exponent"),
        ([("p", True)], "must be a number"),
        ([("0", 2)], "0 whatever p is"),
        ([("1-1", -2)], "0 whatever p is"),
        ([("-2", 0.5)], "no real value"),
        ([("min(p, 1)", 2)], "no single formula"),
        ([("p", 1)] * 501, "at most 500"),
        ([(12, "6"), ("sqrt(-1)", 1)], "Row 2"),
    ],
)
def test_a_table_that_is_no_product_gets_a_sentence(rows, said):
    with pytest.raises(LikelihoodError, match=said):
        from_rows(rows)


def test_typed_products():
    typed = from_text("p^6 (1-p)^2 (3-p)^9 (p-4)^13 (10-p)^500")
    assert typed == course_product()
    assert float(from_text("-p/2")(3.0)) == -1.5
    for text in ("", "p +", "q^2", "(10-p)^(10^10)"):
        with pytest.raises(LikelihoodError):
            from_text(text)
    with pytest.raises(LikelihoodError):
        coin(3, 2)
    with pytest.raises(LikelihoodError):
        coin(0, 0)


# Operations


class Counting:
    """A number that counts what is done to it, as an independent judge of the counts."""

    def __init__(self, tally):
        self.tally = tally

    def _do(self, kind):
        self.tally[kind] = self.tally.get(kind, 0) + 1
        return Counting(self.tally)

    def __add__(self, other):
        return self._do("additions")

    __radd__ = __sub__ = __rsub__ = __add__

    def __mul__(self, other):
        return self if isinstance(other, int) and other == -1 else self._do("multiplications")

    def __rmul__(self, other):
        return self._do("multiplications")

    def __pow__(self, other):
        return self._do("powers")

    def __neg__(self):
        return self


@pytest.mark.parametrize("product", [course_product(), example(1), example(7), example(20), coin(3, 9)])
def test_the_count_is_that_of_running_the_written_formula(product):
    tally = {}
    texts = [term.text.replace("^", "**") for term in product_terms(product)]
    tree = compile(ast.parse(" + ".join(texts), mode="eval"), "", "eval")
    eval(tree, {"p": Counting(tally)})  # noqa: S307
    found = counts(product).derivative
    assert tally.get("additions", 0) == found.additions
    assert tally.get("powers", 0) == found.powers
    assert tally.get("multiplications", 0) == found.multiplications
    assert found.calls == 0


def test_counts_of_the_notes_by_hand():
    found = counts(course_product())
    assert (found.value.additions, found.value.multiplications, found.value.powers) == (4, 4, 5)
    long = found.derivative
    assert (long.additions, long.multiplications, long.powers) == (24, 25, 24)
    assert (found.log_derivative.additions, found.log_derivative.multiplications) == (8, 5)
    assert found.log_abs.calls == 5
    assert (found.log_abs.additions, found.log_abs.multiplications) == (8, 5)
    assert counts(from_rows([("p", 1), ("1 - p", 1)])).log_abs.multiplications == 0


def test_the_product_rule_grows_quadratically_and_the_logarithm_linearly():
    found = growth((8, 16, 32, 64, 128, 256), automatic=False)
    assert found.order("symbolic", "product") == pytest.approx(2, abs=0.01)
    assert found.order("symbolic", "log") == pytest.approx(1, abs=0.01)
    n = found.n
    assert found.operations["symbolic", "product"].tolist() == (3 * n**2 + n - 1).tolist()
    assert found.operations["symbolic", "log"].tolist() == (3 * n - 1).tolist()


def test_automatic_differentiation_is_linear_for_both():
    found = growth((8, 16, 32, 64))
    for form in ("product", "log"):
        assert found.order("automatic", form) == pytest.approx(1, abs=0.05)
        assert found.order("numerical", form) == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize("n", [1, 2, 7, 12])
def test_what_jax_differentiates_is_the_example(n):
    """Exponents and all, up to past the greatest one."""
    value = float(math.prod((i + 1 - Fraction(3, 8)) ** (3 + i % 5) for i in range(n)))
    assert float(_example_in_jax(n, "product")(0.375)) == pytest.approx(value, rel=1e-13)
    assert float(_example_in_jax(n, "log")(0.375)) == pytest.approx(math.log(value), rel=1e-13)


def test_sympy_grows_as_the_written_formula_does():
    p = sympy.Symbol("p")
    totals = []
    for n in (8, 16, 32):
        f = sympy.Mul(*[(i + 1 - p) ** (3 + i % 5) for i in range(n)])
        totals.append(sympy.count_ops(sympy.diff(f, p)))
    assert math.log2(totals[2] / totals[1]) == pytest.approx(2, abs=0.1)
    ours = [counts(example(n)).derivative.total for n in (8, 16, 32)]
    np.testing.assert_allclose(totals, ours, rtol=0.25)


@pytest.mark.parametrize("rows", [[("p", 2), ("1 + p^2", -3)], [("1 + p^2", -3), ("p", 2)]])
def test_of_a_line_and_a_parabola_no_fraction_is_told(rows):
    """p^2 / (1 + p^2)^3 is greatest where 2 (1 + p^2) = 6 p^2."""
    (peak,) = maximise(from_rows(rows), 0, 3).peaks
    assert peak.exact is None
    assert peak.p == pytest.approx(math.sqrt(0.5))


@pytest.mark.parametrize(
    ("text", "p", "value", "slope"),
    [
        ("floor(p) + 2", 1.5, 3, 0), ("floor(p) + 2", 2.0, 4, None), ("ceil(p) + 2", 1.5, 4, 0),
        ("ceil(p) + 2", 2.0, 4, None), ("sign(p) + 2", -0.5, 1, 0), ("sign(p) + 2", 0.0, 2, None),
        ("|p| + 1", -2.0, 3, -1), ("|p| + 1", 0.0, 1, None), ("|p^2| + 1", 0.0, 1, 0),
        ("sqrt(p + 1)", 3.0, 2, 0.25), ("sqrt(p)", -1.0, None, None), ("cbrt(p)", -8.0, -2, 1 / 12),
        ("log2(p)", 8.0, 3, 1 / (8 * math.log(2))), ("log2(p)", -8.0, None, None), ("ln(p)", 0.0, None, None),
        ("p^(2/3)", -8.0, 4, -1 / 3), ("(p - 1)^(3/4)", 0.0, None, None), ("(p - 1)^(3/2)", 1.0, 0, 0),
        ("atanh(p)", 1.0, None, None), ("2 atanh(p)", 0.5, math.log(3), 8 / 3), ("(p - 1)^(3/4)", 17.0, 8, 3 / 8),
    ],
)  # fmt: skip
def test_true_values_of_functions_with_corners_steps_and_edges(text, p, value, slope):
    true = true_values(from_rows([(text, 1)]), p)
    for found, wanted in ((true.value, value), (true.derivative, slope)):
        assert mpmath.isnan(found) if wanted is None else float(found) == pytest.approx(wanted, rel=1e-14)


@pytest.mark.parametrize("tiny", [1e-20, 1e-40, 1e-70, 1e-90])
def test_true_values_keep_their_digits_where_nearly_all_cancel(tiny):
    true = true_values(from_rows([("(1 + p) - 1", 1)]), tiny)
    assert abs(Fraction(true.value.context.nstr(true.value, 40)) / Fraction(tiny) - 1) < Fraction(1, 10**20)


def test_the_power_of_ten_of_a_true_value():
    cube = from_rows([("p - 5", 3)])
    for p in (1.0, 7.0):
        assert true_values(cube, p).log10 == pytest.approx(3 * math.log10(abs(p - 5)))
    assert true_values(cube, 5.0).log10 == -math.inf
    assert math.isnan(true_values(from_rows([("sqrt(p)", 1)]), -1.0).log10)


@pytest.mark.parametrize(
    ("text", "low", "high", "zeros"),
    [("p^2 - 4", 0, 2, [2]), ("p^2 - 4", 2, 3, [2]), ("p^2 - 4", 0, 4, [2]), ("p^2 - 4", -2, 2, [-2, 2]),
     ("p^2 - 4", -3, 5, [-2, 2]), ("p^2 - 4", 3, 5, []), ("e^p - 1", -1, 1, [0]), ("p^2", -1, 1, [0]),
     ("e^(-1000p^2)", -5, 5, [])],
)  # fmt: skip
def test_zeros_of_a_curved_base_are_found_also_at_the_ends(text, low, high, zeros):
    assert list(maximise(from_rows([(text, 2)]), low, high).zeros) == pytest.approx(zeros, abs=1e-15)


@pytest.mark.parametrize(("low", "high"), [(0, 1), (1, 2), (0, 2)])
def test_a_top_that_lies_exactly_at_an_end_is_found(low, high):
    """2p - p^2 is greatest at 1, where its slope is exactly 0."""
    (peak,) = maximise(from_rows([("2p - p^2", 1)]), low, high).peaks
    assert (peak.p, peak.log_abs) == (1, 0)


def test_a_product_that_a_float_holds_is_climbed_as_any_function_is():
    hill = from_text("p (1 - p)")
    arrived = ascend(hill, 0.2, steps=200, rate=0.4).product.status
    assert (arrived.kind, arrived.text[:10]) == ("converged", "Converged:")
    on_its_way = ascend(hill, 0.2, steps=10, rate=0.05).product.status
    assert (on_its_way.kind, on_its_way.text[:12]) == ("moving", "Still moving")


# Digits


def test_precision_of_the_notes():
    found = precision(course_product(), [0.2, 0.5, 2, 5, 9.5])
    for name in ("float16", "float32", "float64"):
        happened = found.results["f", name].outcomes
        assert set(happened[:4]) <= {"overflow", "nan", "underflow"}
        assert set(found.results["log|f|", name].outcomes) == {"fine"}
        assert set(found.results["(log|f|)'", name].outcomes) == {"fine"}
    assert found.results["f", "float64"].outcomes[:4] == ("overflow",) * 4
    assert found.results["f'", "float64"].outcomes[:4] == ("nan",) * 4
    assert found.results["f", "float64"].outcomes[4] == "fine"
    assert found.results["log|f|", "float64"].digits.min() > 14


def test_a_reading_in_float16_against_a_loop_in_fractions():
    """Each power and each product rounded to 11 bits, by hand."""
    product, p = from_rows([("p", 3), ("1-p", 2), ("2+p", 1)]), np.float16(0.3)

    def rounded(value):
        return nearest(value, 11, -24)

    q = Fraction(float(p))
    one, two = rounded(1 - q), rounded(2 + q)
    value = rounded(rounded(rounded(q**3) * rounded(one**2)) * two)
    found = precision(product, [float(p)], ["float16"]).results["f", "float16"]
    assert found.values.dtype == np.float16
    assert float(found.values[0]) == float(value)


@pytest.mark.parametrize(
    ("value", "true", "kind"),
    [
        (1.0, "1", "fine"),
        (math.inf, "1e400", "overflow"),
        (0.0, "1e-400", "underflow"),
        (-1.0, "1", "lost sign"),
        (math.nan, "1", "nan"),
        (5.0, "1", "no digit"),
        (1.2, "1", "no digit"),
        (2.0, "1", "no digit"),
        (1.09, "1", "fine"),
        (0.0, "0", "zero"),
        (1.0, "nan", "undefined"),
    ],
)
def test_what_happened(value, true, kind):
    happened, digits = compare(value, mpmath.mpf(true), 16.0)
    assert happened == kind
    if kind in ("overflow", "underflow", "lost sign", "nan"):
        assert digits == 0


def test_digits():
    assert compare(1.0, mpmath.mpf(1), decimal_digits("float64"))[1] == decimal_digits("float64")
    assert compare(1.001, mpmath.mpf(1), 16.0)[1] == pytest.approx(3, abs=1e-9)
    assert compare(1.0, mpmath.mpf("1.000001"), decimal_digits("float16"))[1] == decimal_digits("float16")


def test_constants_keep_the_type():
    found = precision(from_rows([("1/3 p + pi", "1/3"), ("e^p", 2)]), [0.5])
    for name in ("float16", "float32", "float64"):
        for quantity in ("f", "f'", "log|f|", "(log|f|)'"):
            reading = found.results[quantity, name]
            assert reading.values.dtype == name
            assert reading.digits[0] > decimal_digits(name) - 1.6


def test_towers_of_exponentials_do_not_hold_the_server():
    for base in ("e^(e^(e^p))", "sin(e^(e^p))", "(e^(e^p))^p", "p^100"):
        product = from_rows([(base, 10**9), ("cbrt(e^(e^p))", "1/3")])
        precision(product, [-20.0, 0.5, 20.0, 700.0, 1e300])
        maximise(product, -1, 1)
    with pytest.raises(LikelihoodError, match="shorter interval"):
        maximise(from_rows([("sin(p)", 2)]), -1000, 1000)
    assert ascend(from_rows([("sin(p)", 2)]), 1.0).log.w[-1, 0] == pytest.approx(math.pi / 2, abs=1e-6)


def test_digits_lost_in_a_base_show():
    product = from_rows([("cos(p) - 1", 3)])
    assert float(true_values(product, 1e-20).log_derivative) == pytest.approx(6e20)
    assert precision(product, [1e-20]).results["f", "float64"].outcomes == ("underflow",)
    with pytest.raises(LikelihoodError):
        precision(product, [math.nan])


# The maximum


@pytest.mark.parametrize(
    ("k", "n"), [(7, 10), (1, 3), (0, 5), (5, 5), (500_000_000, 999_999_999), (1, 10**9)]
)
def test_the_coin_is_likeliest_at_k_over_n(k, n):
    best = maximise(coin(k, n)).best
    assert best.exact == Fraction(k, n)
    assert best.p == k / n


def test_maxima_of_the_notes():
    found = maximise(course_product(), -1, 12)
    assert found.proved
    assert found.zeros == (0, 1, 3, 4, 10)
    inner = [peak for peak in found.peaks if not peak.end]
    assert len(inner) == 4
    for peak, (a, b) in zip(inner, [(0, 1), (1, 3), (3, 4), (4, 10)], strict=True):
        assert a < peak.p < b
        with mpmath.workdps(40):
            root = mpmath.findroot(
                lambda p: 6 / p - 2 / (1 - p) - 9 / (3 - p) + 13 / (p - 4) - 500 / (10 - p),
                (mpmath.mpf(peak.p) * (1 - mpmath.mpf(10) ** -9), peak.p),
            )
        assert peak.p == pytest.approx(float(root), rel=1e-14)
        assert peak.sign == float(course_product().sign(peak.p))
    on_unit = maximise(course_product())
    assert on_unit.best.sign == -1
    assert "f itself has a minimum" in on_unit.text


def test_a_product_that_is_defined_nowhere():
    found = maximise(from_rows([("sqrt(-p^2 - 1)", 2)]))
    assert found.best is None
    assert "zero or undefined" in found.text


def test_maxima_of_other_bases():
    found = maximise(from_rows([("e^(-p^2)", 1), ("p", 2)]), -3, 3)
    assert [peak.p for peak in found.peaks] == pytest.approx([-1, 1], abs=1e-9)
    assert not found.proved
    end = maximise(from_rows([("p", 2)]), 0, 3)
    assert end.best.p == 3
    assert end.best.end
    for interval in [(1, 0), (0, math.inf), (math.nan, 1)]:
        with pytest.raises(LikelihoodError):
            maximise(course_product(), *interval)


# Vanishing


def step_by_step(p, dtype):
    value = dtype(1)
    with np.errstate(all="ignore"):
        for at, factor in enumerate(p.astype(dtype), start=1):
            value = dtype(value * factor)
            if value == 0:
                return at
    return None


@pytest.mark.parametrize("name", ["float16", "float32", "float64"])
@pytest.mark.parametrize(("low", "high"), [(0, 1), (0.4, 0.6), (0.9, 1.0), (1e-9, 1e-3), (0.5, 0.5)])
def test_the_step_of_vanishing_against_a_loop(name, low, high):
    p = random_probabilities(20_000, low, high, seed=7)
    assert underflow(p).types[name].zero_at == step_by_step(p, getattr(np, name))


def nearest(value, bits, lowest):
    """A positive fraction rounded half to even to so many bits, or to a multiple of 2^lowest."""
    size = value.numerator.bit_length() - value.denominator.bit_length()
    size += Fraction(2) ** size <= value
    unit = Fraction(2) ** max(size - bits, lowest)
    return round(value / unit) * unit


def rounded_product(p, bits, lowest):
    """The step at which exact products, each rounded half to even to `bits` or to 2^lowest, become 0."""
    value = Fraction(1)
    for at, factor in enumerate(map(Fraction, p.tolist()), start=1):
        value = nearest(value * factor, bits, lowest)
        if value == 0:
            return at
    return None


@pytest.mark.parametrize(
    ("name", "bits", "lowest"), [("float16", 11, -24), ("float32", 24, -149), ("float64", 53, -1074)]
)
@pytest.mark.parametrize("seed", [0, 1])
def test_the_step_of_vanishing_is_exact(name, bits, lowest, seed):
    p = random_probabilities(2000, 0.2, 0.9, seed).astype(name)
    expected = rounded_product(p.astype(float), bits, lowest)
    assert expected is not None
    assert underflow(p.astype(float)).types[name].zero_at == expected


def test_powers_of_one_half_vanish_after_the_last_denormal():
    types = underflow(np.full(2000, 0.5)).types
    assert [types[name].zero_at for name in types] == [25, 150, 1075]
    assert [types[name].subnormal_at for name in types] == [15, 127, 1023]


def test_the_running_products_and_sums_are_those_of_the_steps_that_are_kept():
    p = random_probabilities(300, 0.2, 0.9, 0)
    found = underflow(p)
    run = found.types["float64"]
    for step, product, log_sum in zip(found.steps, run.product, run.log_sum, strict=True):
        assert product == pytest.approx(float(math.prod(map(Fraction, p[:step].tolist()))), rel=1e-12)
        assert log_sum == pytest.approx(math.fsum(map(math.log, p[:step])), rel=1e-12)


def test_a_product_that_rounding_holds_up_for_ever():
    found = underflow(np.full(100_000, 0.9))
    assert found.types["float64"].zero_at is None
    assert 0 < found.types["float64"].last < 1e-322
    assert "few digits" in found.text
    assert found.log10[-1] == pytest.approx(100_000 * math.log10(0.9), rel=1e-14)


def test_the_sum_of_logs_against_mpmath():
    p = random_probabilities(5000, seed=3)
    found = underflow(p)
    with mpmath.workdps(40):
        exact = mpmath.fsum(mpmath.log(float(v)) for v in p)
    assert found.log_sum[-1] == pytest.approx(float(exact), rel=1e-14)
    assert found.steps[-1] == found.n == 5000
    assert found.log_sum[0] == pytest.approx(math.log(p[0]))


def test_a_probability_of_zero():
    found = underflow([0.5, 0.0, 0.5])
    assert found.types["float64"].zero_at == 2
    assert found.log_sum.tolist() == [math.log(0.5), -math.inf, -math.inf]


@pytest.mark.parametrize(
    ("p", "said"),
    [
        ([], "Between 1"),
        (np.ones(1_000_001), "Between 1"),
        ([0.5, 1.5], "Number 2"),
        ([-0.1], "Number 1"),
        ([math.nan], "Number 1"),
        (["a"], "must be a number"),
    ],
)
def test_what_is_no_probability_gets_a_sentence(p, said):
    with pytest.raises(LikelihoodError, match=said):
        underflow(p)


@pytest.mark.parametrize(
    "more", [{"n": 0}, {"n": 10**7}, {"n": 5, "low": 0.7, "high": 0.3}, {"n": 5, "high": 2}]
)
def test_what_cannot_be_drawn(more):
    with pytest.raises(LikelihoodError):
        random_probabilities(**more)


def test_draws_repeat():
    assert (random_probabilities(100, seed=4) == random_probabilities(100, seed=4)).all()
    assert random_probabilities(1000, 0.2, 0.4).min() > 0.2


# Ascent


def test_ascent_on_the_logarithm_arrives_and_on_the_product_does_not_move():
    both = ascend(coin(700, 1000), 0.5)
    assert both.log.status.kind == "converged"
    assert both.log.w[-1, 0] == pytest.approx(0.7, abs=1e-7)
    assert both.product.w[-1, 0] == 0.5
    assert "slope is about" in both.product.status.text
    assert both.log.w.shape == both.product.w.shape == (201, 1)


def test_ascent_on_a_product_that_underflows_sees_flat_ground():
    both = ascend(coin(7_000, 10_000), 0.5)
    assert both.product.gradient[0, 0] == 0
    assert "makes it 0" in both.product.status.text
    assert both.product.status.kind == "moving"
    assert both.log.w[-1, 0] == pytest.approx(0.7, abs=1e-6)


def test_ascent_on_the_notes():
    both = ascend(course_product(), 0.5, steps=3000)
    assert both.product.status.kind == "diverged"
    assert "too large" in both.product.status.text
    hill = find_hill(course_product(), 0.5)
    assert (hill.low, hill.high) == (0, 1)
    assert both.log.w[-1, 0] == pytest.approx(maximise(course_product()).best.p, abs=1e-6)


def test_ascent_on_a_small_product_arrives_too():
    both = ascend(coin(2, 3), 0.5, product_rate=0.5, steps=300)
    assert both.product.w[-1, 0] == pytest.approx(2 / 3, abs=1e-6)


def test_a_jump_over_a_zero_is_told():
    both = ascend(coin(7, 10), 0.5, rate=1.0, steps=5)
    assert both.log.status.kind == "diverged"
    assert "jumped over a zero" in both.log.status.text


@pytest.mark.parametrize("start", [0.0, 1.0, math.nan, math.inf])
def test_a_start_without_a_slope(start):
    with pytest.raises(LikelihoodError):
        ascend(coin(2, 3), start)


@pytest.mark.parametrize("start", [-1e6, -3.0, -0.2, 0.7, 1.5, 9.99, 1e3, 1e90])
@pytest.mark.parametrize("reach", ascents.SEARCH_RADII)
def test_the_stretch_that_is_searched_has_the_start_well_inside(start, reach, monkeypatch):
    seen = []
    monkeypatch.setattr(ascents, "bracket_peak", lambda product, at, low, high: seen.append((low, high)))
    ascents._around(course_product(), start, reach)
    low, high = seen[0]
    assert min(start - low, high - start) >= 0.4 * reach * max(1.0, abs(start))
    assert max(start - low, high - start) <= 1.2 * reach * max(1.0, abs(start))


# What is too much


TOO_MUCH = {
    "p" * 1000: "1,000 factors",
    "p " * 1000: "2000 characters",
    "(" * 300 + "p" + ")" * 300: "levels",
    "^".join("p" * 700): "levels",
    "-" * 600 + "p": "levels",
    "p^(" + "*".join("1" * 600) + ")": "parts",
    "+".join("p" * 700): "Factor 1: this formula has 1399 parts",
    "2 (" + "+".join("p" * 60) + ")": "Factor 2",
}


@pytest.mark.parametrize("text", TOO_MUCH, ids=lambda text: text[:12])
def test_what_is_too_long_or_too_deep_gets_a_sentence(text):
    with pytest.raises(LikelihoodError, match=TOO_MUCH[text]):
        from_text(text)


@pytest.mark.parametrize(
    "rows", [[("p", 1)] * 501, [("1 - p + p^2 - sin(p)", 2)] * 200, [("+".join("p" * 60), 1)]]
)
def test_rows_that_are_too_many_or_too_long_get_a_sentence(rows):
    with pytest.raises(LikelihoodError, match=r"501 factors|2,000 parts|119 parts"):
        from_rows(rows)


@pytest.mark.parametrize(
    "text", ["p " * 500, "p" * 500, "(1-p)" * 300, "-" * 60 + "p", "(" * 60 + "p" + ")" * 60]
)
def test_a_long_product_is_read_and_computed(text):
    product = from_text(text)
    again = pickle.loads(pickle.dumps(product))
    assert (again, hash(again), repr(again)) == (product, hash(product), repr(product))
    assert maximise(product).text
    assert derivative_latex(product)
    assert counts(product).log_derivative.total >= 0
    assert precision(product, [0.5]).true_values[0].log_derivative == pytest.approx(
        float(product.log_derivative(0.5))
    )


def test_many_hills_are_no_obstacle():
    """Between hundreds of zeros f has as many hills: only that of the start is looked for."""
    product = from_rows([(f"{i + 1} - p + p^2 - {i}p^3/7 + sin({i + 1}p)/9", 2) for i in range(40)])
    assert len(ascend(product, 0.5, steps=3).log.w) == 4
    lines = from_rows([(f"{i} - p", 1) for i in range(1, 201)])
    found = maximise(lines, 0, 200)
    assert len([peak for peak in found.peaks if not peak.end]) == 199
    assert all(np.floor(peak.p) < peak.p < np.ceil(peak.p) for peak in found.peaks if not peak.end)


# The rest


def test_jax_is_not_imported_for_the_rest():
    code = (
        "import sys; from calc.likelihood import *; precision(course_product(), [0.5]); "
        "underflow(random_probabilities(10)); "
        "maximise(course_product()); ascend(coin(7, 10), 0.4); sys.exit('jax' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_start_at_the_very_end_has_a_rate():
    """1 - p to the power 0 has no curvature at 1: it was a warning about numbers of which all are missing."""
    assert ascents.find_hill(coin(112, 112), 1.0).safe_rate > 0
