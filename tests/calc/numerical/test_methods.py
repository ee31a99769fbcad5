"""The methods beside exact fractions, mpmath at 50 digits, plain NumPy and SciPy."""

from fractions import Fraction
from random import Random

import mpmath
import numpy as np
import pytest
from scipy.differentiate import derivative

from calc.expression import parse_expression
from calc.numerical import (
    METHODS,
    PRECISIONS,
    Counted,
    by_scipy,
    complex_step,
    pieces,
    rounded_function,
    study,
    truth,
)
from calc.numerical.extrapolation import STATUSES
from calc.numerical.methods import central, forward, richardson
from tests.calc.numerical.judges import FUNCTIONS, PLACES, digits_50
from tests.calc.rules.random_functions import SHAPES, Maker

DOUBLE, SINGLE = PRECISIONS["float64"], PRECISIONS["float32"]


@pytest.mark.parametrize("precision", PRECISIONS.values(), ids=PRECISIONS)
@pytest.mark.parametrize("seed", range(12))
def test_polynomials_beside_exact_fractions(seed, precision):
    """On numbers of a few bits nothing is rounded, so that all has to be equal."""
    chance = Random(seed)
    a, b, c = (chance.randint(-4, 4) for _ in range(3))
    x, steps = Fraction(chance.randint(-12, 12), 4), [Fraction(1, 2**k) for k in range(4)]

    def f(t):
        return a * t * t * t + b * t * t + c * t + 3

    found = study(
        parse_expression(f"({a})x*x*x + ({b})x*x + ({c})x + 3"), float(x), [*map(float, steps)], precision
    )
    for i, h in enumerate(steps):
        middle = [(f(x + k) - f(x - k)) / (2 * k) for k in (h, h / 2)]
        assert found.found["forward"][i] == float((f(x + h) - f(x)) / h)
        assert found.found["central"][i] == float(middle[0])
        assert found.found["richardson"][i] == pytest.approx(
            float((4 * middle[1] - middle[0]) / 3), rel=4 * precision.unit, abs=40 * precision.unit
        )
        # Im (a z^3 + ...)/h, worked out by hand.
        assert found.found["complex"][i] == float(a * (3 * x * x - h * h) + 2 * b * x + c)
        assert (found.below[i], found.here[i], found.above[i]) == tuple(
            float(f(x + k * h)) for k in (-1, 0, 1)
        )


@pytest.mark.parametrize(("text", "x"), PLACES)
def test_the_quotients_are_those_of_50_digits_but_for_rounding(text, x):
    """Each value is right to a few units, x + h to half of one; what is left is divided by h."""
    f, steps = FUNCTIONS[text][0], 10.0 ** -np.arange(0, 14)
    found, slope = study(parse_expression(text), x, steps, DOUBLE), float(digits_50(text, x))
    with mpmath.workdps(60):
        at = mpmath.mpf(x)
        for i, h in enumerate(map(mpmath.mpf, map(float, steps))):
            if text in ("ln(x)", "sqrt(x)") and at <= h:
                continue
            values = [f(at + k * h) for k in (-1, -0.5, 0, 0.5, 1)]
            middle = [(values[4] - values[0]) / (2 * h), (values[3] - values[1]) / h]
            wanted = {
                "forward": (values[4] - values[2]) / h,
                "central": middle[0],
                "richardson": (4 * middle[1] - middle[0]) / 3,
                "complex": mpmath.im(f(at + 1j * h)) / h,
            }
            size = max(map(abs, values)) + abs(at * slope) + abs(slope)
            for name, true in wanted.items():
                rounding = 30 * DOUBLE.unit * size / (1 if name == "complex" else h) + 1e-15 * abs(true)
                assert abs(found.found[name][i] - true) <= rounding, (name, h)


@pytest.mark.parametrize(("text", "x"), PLACES)
def test_single_precision_is_that_of_numpy(text, x):
    """Bit for bit, as one would write it."""
    f, h = FUNCTIONS[text][1], np.float32([0.5, 1e-2, 1e-4, 1e-7])
    at = np.full(4, x, np.float32)
    with np.errstate(all="ignore"):
        wanted = [(f(at + h) - f(at)) / h, (f(at + h) - f(at - h)) / (2 * h)]
    found = study(parse_expression(text), x, h, SINGLE)
    # NumPy's own x**3 rounds once.
    close = pytest.approx if "^3" in text else lambda value, **_: value
    for name, true in zip(("forward", "central"), wanted, strict=True):
        assert true.dtype == np.float32
        keep = np.isfinite(true)
        assert found.found[name][keep].tolist() == close(
            true[keep].astype(float).tolist(), rel=1e-6, abs=1e-6
        )


def test_every_number_of_a_function_is_of_the_format():
    for text in ("x/3", "sin(1) x", "e^2 x + pi", "x^(1/3)", "x^pi", "2^x", "max(x, 1/3)", "sqrt(2)"):
        f = rounded_function(parse_expression(text), SINGLE)
        x = np.float32([0.7])
        assert f(x).dtype == np.float32
        true = rounded_function(parse_expression(text), DOUBLE)(x.astype(float))
        assert float(f(x)[0]) == pytest.approx(float(true[0]), rel=1e-6)
        assert float(f(x)[0]) == float(np.float32(f(x)[0]))


def test_where_a_part_has_no_value_there_is_none():
    for text in ("1/x", "ln(x)", "atan(1/x)", "(1/x)^0", "1/(x - x)", "asin(2 + x)"):
        for precision in PRECISIONS.values():
            assert np.isnan(rounded_function(parse_expression(text), precision)(np.zeros(1))).all(), text
            assert np.isnan(complex_step(parse_expression(text), 0.0, [0.1], precision)).all(), text


@pytest.mark.parametrize("name", ["forward", "central", "richardson"])
def test_the_evaluations_are_counted(name):
    f = Counted(np.sin)
    method = {"forward": forward, "central": central, "richardson": richardson}[name]
    assert method(f, np.array([1.0]), np.array([0.1]))[0] == pytest.approx(np.cos(1), abs=0.05)
    assert f.evaluations == METHODS[name].evaluations()


def test_the_evaluations_for_a_gradient_are_counted():
    """Of a function of three variables, as one would write it: f at the point itself is shared."""
    point, h = np.array([0.5, 1.0, 2.0]), 1e-6
    steps = h * np.eye(3)
    f = Counted(lambda x: np.sin(x).sum(axis=-1))
    counts = {}
    for name, run in (
        ("forward", lambda: (f(point + steps) - f(point)) / h),
        ("central", lambda: (f(point + steps) - f(point - steps)) / (2 * h)),
        ("complex", lambda: np.imag(f(point + 1j * steps)) / h),
    ):
        f.evaluations = 0
        assert run() == pytest.approx(np.cos(point), abs=1e-5)
        # It counts numbers, three of which are a point here.
        counts[name] = f.evaluations // 3
    assert counts == {name: METHODS[name].evaluations(3) for name in counts}
    assert METHODS["richardson"].evaluations(3) == 12


def test_richardson_is_scipys_formula_of_fourth_order():
    for text, x in PLACES:
        f = FUNCTIONS[text][1]
        for h in (0.1, 0.01):
            theirs = derivative(f, x, order=4, initial_step=h, maxiter=1).df
            mine = study(parse_expression(text), x, [h], DOUBLE).found["richardson"][0]
            assert mine == pytest.approx(float(theirs), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("precision", PRECISIONS.values(), ids=PRECISIONS)
@pytest.mark.parametrize(("text", "x"), PLACES)
def test_the_complex_step_is_right_to_the_last_digits(text, x, precision):
    at = float(precision.real(x))
    found = complex_step(parse_expression(text), at, [1e-5 if precision is SINGLE else 1e-100], precision)
    true = digits_50(text, at)
    condition = abs(true) + abs(at * digits_50(text, at, 2))
    assert abs(found[0] - true) <= 16 * precision.unit * condition


@pytest.mark.parametrize("shape", SHAPES)
def test_the_complex_step_of_random_functions(shape):
    """Beside the truth, which is read of series over balls: no code is shared but the tree."""
    chance, judged = Random(shape), 0
    for _ in range(150):
        try:
            expression = parse_expression(getattr(Maker(chance), shape)().text)
        except ValueError:
            # No function, by SymPy or by our grammar.
            continue
        x = chance.randint(-40, 40) / 16
        true = truth(expression, x)
        found = complex_step(expression, x, [1e-30], DOUBLE)[0]
        if not true.known or not 1e-8 < abs(true.slope) < 1e8 or abs(true.coefficients[0]) > 1e8:
            continue
        judged += 1
        curvature = 2 * abs(true.coefficients[2] * x)
        assert found == pytest.approx(true.slope, rel=1e-9, abs=1e-11 * (1 + curvature)), (expression.text, x)
    assert judged > 40


@pytest.mark.parametrize(
    ("text", "x", "slope"),
    [
        ("|x|", -2.0, -1.0), ("|x|", 2.0, 1.0), ("sign(x)", -1.0, 0.0), ("floor(x)", 1.5, 0.0), ("ceil(2x)", 1.2, 0.0),
        ("max(0, x)", 1.0, 1.0), ("max(0, x)", -1.0, 0.0), ("min(x, 2, x^2)", 0.5, 1.0), ("min(x, 2, x^2)", -3.0, 1.0),
        ("cbrt(x)", -8.0, 1 / 12), ("x^(1/3)", -8.0, 1 / 12), ("x^(2/3)", -8.0, -1 / 3), ("x^(-1/3)", -8.0, -1 / 48),
        ("x|x|", -3.0, 6.0), ("max(x, x)", 1.0, 1.0), ("x^0", 2.0, 0.0),
        ("|x|", -0.5, -1.0), ("x^(3/4)", 16.0, 0.375), ("x^(-3/2)", 4.0, -3 / 64), ("x^1", 2.0, 1.0),
        ("x floor(x)", 1.5, 1.0), ("x ceil(x)", 1.5, 2.0), ("x sign(x)", -1.5, -1.0),
    ],
)  # fmt: skip
def test_a_function_of_pieces_is_continued_along_the_piece(text, x, slope):
    assert complex_step(parse_expression(text), x, [1e-20, 1e-8], DOUBLE) == pytest.approx(
        [slope] * 2, rel=1e-12
    )


@pytest.mark.parametrize(
    ("text", "x"),
    [("|x|", 0.0), ("sign(x)", 0.0), ("floor(x)", 2.0), ("ceil(x)", -1.0), ("max(x, -x)", 0.0), ("min(x, 2)", 2.0),
     ("|x| + x", 0.0), ("ln(x)", -1.0), ("sqrt(x)", -1.0), ("x^pi", -2.0), ("asin(x)", 2.0), ("acosh(x)", 0.5)],
)  # fmt: skip
def test_where_two_pieces_meet_and_where_f_has_no_value_it_says_nothing(text, x):
    for precision in PRECISIONS.values():
        assert np.isnan(complex_step(parse_expression(text), x, [0.5, 1e-8, 1e-16], precision)).all()


def test_numpys_own_reading_is_wrong_where_the_pieces_are_named():
    """Why they are: abs gives the slope 0, the principal root another value, floor and cbrt refuse."""
    h, x = 1e-20, -8.0
    assert np.imag(np.abs(x + 1j * h)) / h == 0
    assert abs(np.imag((x + 1j * h) ** (1 / 3)) / h) > 1e10
    for function in (np.floor, np.cbrt):
        with pytest.raises(TypeError):
            function(x + 1j * h)
    assert pieces(parse_expression("sin(x) + sqrt(x)^3 + x^(3/2) + x^-2 + 2^x")) == ()
    assert pieces(parse_expression("x^(2/3)")) == pieces(parse_expression("x^(-1/5)")) == ("cbrt",)
    assert pieces(parse_expression("floor(x) cbrt(x) + max(x, 1) + floor(2x)")) == ("floor", "cbrt", "max")


@pytest.mark.parametrize(("text", "x"), PLACES)
def test_scipys_answer_is_scipys(text, x):
    for precision, first in ((DOUBLE, 0.5), (DOUBLE, 1e-3), (SINGLE, 0.25)):
        with np.errstate(all="ignore"):
            true = derivative(FUNCTIONS[text][1], precision.real(x), initial_step=first)
        found = by_scipy(parse_expression(text), x, precision, first)
        assert found.status == true.status
        assert found.evaluations == true.nfev
        assert found.value == pytest.approx(
            float(true.df), rel=1e-5 if precision is SINGLE else 1e-10, nan_ok=True
        )
        assert (found.status == 0) == bool(true.success)


def test_each_status_of_scipy_is_met():
    met = {
        by_scipy(parse_expression(text), x, DOUBLE).status
        for text, x in (
            ("x^2", 3.0),
            ("ln(x)", 0.1),
            ("5", 1.0),
            ("sin(1/x)", 0.01),
            ("sqrt(|x|)", 0.0),
            ("x^2", 1e9),
        )
    }
    assert met <= set(STATUSES)
    assert {0, -2, -3} <= met
    grew = by_scipy(parse_expression("(1 - cos(x))/x^2"), 0.01, SINGLE)
    assert (grew.status, STATUSES[grew.status].startswith("its error bar grew")) == (-1, True)
    assert by_scipy(parse_expression("|x|"), 0.0, DOUBLE).claimed == 0
