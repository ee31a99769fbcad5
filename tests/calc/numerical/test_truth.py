"""What every error is measured against, beside 50 digits of mpmath."""

from math import factorial

import mpmath
import numpy as np
import pytest

from calc.expression import parse_expression
from calc.numerical import Truth, truth
from tests.calc.numerical.judges import PLACES, digits_50


@pytest.mark.parametrize(("text", "x"), PLACES)
def test_the_slope_is_right_to_thirty_digits(text, x):
    found, true = truth(parse_expression(text), x), digits_50(text, x)
    assert found.slope == float(true)
    with mpmath.workdps(50):
        assert abs(mpmath.mpf(found.slope) + mpmath.mpf(found.rest) - true) < 1e-30 * (1 + abs(true))


@pytest.mark.parametrize(("text", "x"), PLACES)
def test_the_coefficients_are_those_of_the_taylor_series(text, x):
    found = truth(parse_expression(text), x).coefficients
    assert len(found) == 10
    for k in range(6):
        true = digits_50(text, x, k) / factorial(k)
        assert found[k] == pytest.approx(float(true), rel=1e-13, abs=1e-18)


def test_errors_below_the_last_digit_of_a_float_are_told():
    found = truth(parse_expression("sin(x)"), 0.5)
    true = digits_50("sin(x)", 0.5)
    values = np.array([found.slope, np.nextafter(found.slope, 2), 0.0, np.nan])
    with mpmath.workdps(50):
        wanted = [float(abs(mpmath.mpf(float(value)) - true)) for value in values]
    assert found.errors(values) == pytest.approx(wanted, rel=1e-10, nan_ok=True)
    assert 0 < found.errors(values)[0] < 2**-53


@pytest.mark.parametrize(
    ("text", "x"), [("|x|", 0.0), ("x|x|", 0.0), ("ln(x)", -1.0), ("floor(x)", 2.0), ("1/x", 0.0)]
)
def test_without_a_series_nothing_is_said_but_what_was_settled(text, x):
    expression = parse_expression(text)
    assert not truth(expression, x).known
    assert truth(expression, x).coefficients == ()
    found = truth(expression, x, settled=0.0)
    assert found.known
    assert (found.slope, found.rest) == (0.0, 0.0)


def test_a_slope_that_no_float_holds_is_not_known():
    assert not truth(parse_expression("e^(x^2)"), 1e3).known


def test_what_cancels_down_to_nothing_is_0():
    assert truth(parse_expression("sin(x)^2 + cos(x)^2"), 0.7).coefficients[1:3] == (0.0, 0.0)
    assert Truth(0.0).known is False
