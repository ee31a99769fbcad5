"""Taylor coefficients through 0/0, against mpmath's with 60 digits."""

from fractions import Fraction

import mpmath
import numpy as np
import pytest
from calc.minima.series import taylor_series
from calc.minima.taylor import proved_by_taylor

from calc.expression import parse_expression
from calc.expression.intervals import Interval

HOLES = {
    "sin(x)/x": (0, 6), "(1-cos x)/x^2": (0, 4), "(e^x-1)/x": (0, 5), "(x-sin x)/x^3": (0, 3), "x/tan x": (0, 5),
    "ln(x)/(x-1)": (1, 5), "(3^x-1)/x + sinh x": (0, 5), "(sqrt(1+x)-1)/x": (0, 5), "asin(x)/atan(2x)": (0, 5),
    "x^(5/3)(x^2-1)/(x-1)": (1, 5), "sin(pi x)/x - acosh(2+x)": (0, 5), "e^(sin(x)/x)tanh(x)": (0, 5),
    "atanh(x)/asinh(x) + cosh x": (0, 5), "sec(x)sin(x)/x": (0, 5),
}  # fmt: skip
BOXES = np.array([0.2, 0.01, 1e-6])


@pytest.mark.parametrize("text", HOLES)
def test_the_bounds_hold_the_derivatives_beside_the_hole(text):
    c, length = HOLES[text]
    expression = parse_expression(text)
    no = np.zeros(3, dtype=bool)
    found = taylor_series(
        expression.root, "x", Fraction(c), Interval(c - BOXES, c + BOXES, no, no), 6, cancels=True
    )
    assert found is not None
    assert len(found) >= min(length, 3)
    import sympy

    f = sympy.lambdify(sympy.Symbol("x", real=True), expression.to_sympy(), "mpmath")
    for i, size in enumerate(BOXES):
        for part in (-0.9, -0.3, 0.1, 0.7):
            with mpmath.workdps(60):
                x = c + mpmath.mpf(part * size)
                h = mpmath.mpf(10) ** -20 * mpmath.mpf(size)
                for k in range(3):
                    exact = mpmath.diff(f, x, k, h=h) / mpmath.factorial(k) if k else f(x)
                    bounds = found[k].bounds
                    if not np.broadcast_to(bounds.undefined, 3)[i]:
                        low, high = (np.broadcast_to(end, 3)[i] for end in (bounds.low, bounds.high))
                        assert low - 1e-10 <= exact <= high + 1e-10
    assert not np.broadcast_to(found[0].bounds.undefined, 3)[-1]


@pytest.mark.parametrize(
    "text", ["1/x", "sin(x)/x^2", "cos(x)/x", "x", "|x|/x", "sin(1/x)", "x/(e^x-2)", "0 x/(x-x)"]
)
def test_what_is_no_hole_with_a_limit_is_left_alone(text):
    expression = parse_expression(text)
    assert proved_by_taylor(expression, -1, 1) == []


def test_several_holes_do_not_overlap():
    found = proved_by_taylor(parse_expression("sin(x)/x + sin(x-1)/(x-1) + (e^x-e^2)/(x-2)"), -3, 4)
    assert [hole.seen.x for hole in found] == [0, 1]
    assert found[0].high <= found[1].low


@pytest.mark.parametrize(
    "text", ["x^3", "x - sin x", "(1-cos x)^3", "x^4 - x^4 + x^5", "cosh x - cos x - x^2"]
)
def test_a_multiple_zero_of_the_slope_is_settled(text):
    (found,) = proved_by_taylor(parse_expression(text), -1, 1)
    assert found.seen.x == 0
    assert found.seen.point is not None
    assert found.low <= -0.25
    assert found.high >= 0.25


@pytest.mark.parametrize(
    "text",
    [
        *("x^2", "3", "x - x", "|x|^3", "max(0, x)^3", "x|x|^3", "floor(x) + x^4", "x^(7/3)"),
        *("x - 0.999999999 sin x", "x - 1.000000001 sin x", "sin(x)^2"),
    ],
)
def test_what_is_no_multiple_zero_or_not_smooth_is_left_alone(text):
    with np.errstate(all="ignore"):
        assert proved_by_taylor(parse_expression(text), -1, 1) == []
