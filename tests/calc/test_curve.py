"""The curve: its values are those of the function, and it is joined only where that is proved."""

from dataclasses import replace

import numpy as np
import pytest

from calc.curve import curve, joined, spread
from calc.expression import parse_expression
from calc.minima import Doubt, find


@pytest.fixture(params=["by its minima", "by its points without a derivative"])
def drawn(request):
    """The curve, by either search."""

    def draw(text, low, high):
        expression = parse_expression(text)
        if request.param != "by its minima":
            return joined(expression, low, high)[0]
        found = find(expression, low, high)
        return curve(expression, found, found.points)

    return draw


def joined_over(line, x):
    """Whether a line is drawn over x, that is between two neighbours with values."""
    i = np.searchsorted(line.x, x)
    return bool(np.isfinite(line.value[i]) and np.isfinite(line.value[i - 1]))


@pytest.mark.parametrize(
    ("text", "low", "high", "breaks"),
    [
        ("e^(1/x)", -1, 1, [0]),
        ("e^(-1/x^2)", -1, 1, [0]),
        ("1/x", -1, 1, [0]),
        ("tan x", -5, 5, [-1.5 * np.pi, -np.pi / 2, np.pi / 2, 1.5 * np.pi]),
        ("floor x", -2, 3, [-1, 0, 1, 2, 3]),
        ("1/floor(x)", -2, 3, [-1, 0, 0.5, 1, 2, 3]),
        ("sqrt(2-x^2)", -2, 2, [-1.5, 1.5]),
        ("e^(-1/(1-x^2))", -2, 2, [-1, 1]),
        ("(1+x)^(1/x)", -0.5, 2, [0]),
        ("x/|x|", -1, 1, [0]),
        ("1/(x-0.1234567)", -1, 1, [0.1234567]),
        ("sin(x)/x", -9, 9, [0]),
        ("sin(1/x)", -1, 1, [0]),
    ],
)
def test_the_curve_breaks_where_the_function_does_and_nowhere_else(drawn, text, low, high, breaks):
    line = drawn(text, low, high)
    for x in breaks:
        i = np.flatnonzero(np.isnan(line.value) & (np.abs(line.x - x) < (high - low) / 450))
        assert len(i), x
        assert np.isnan(line.slope[i]).all()
    lost = line.x[np.isnan(line.value)]
    expression = parse_expression(text)
    alone = lost[np.isfinite(expression(lost))]
    assert all(np.abs(np.array(breaks) - x).min() < (high - low) / 450 for x in alone)


@pytest.mark.parametrize(
    "text", ["x^4 - 2x^2", "x^x", "e^(-|x|)", "|x - 1/3|", "cbrt(x)", "7", "sin(x)^2 + cos(x)^2"]
)
def test_elsewhere_it_is_whole_and_its_values_are_the_functions(drawn, text):
    line, expression = drawn(text, 0.01, 3), parse_expression(text)
    assert np.isfinite(line.value).all()
    np.testing.assert_allclose(line.value, expression(line.x), rtol=1e-12, atol=1e-14)
    assert (np.diff(line.x) > 0).all()


def test_limits_stand_beside_a_hole_and_not_their_rounding_errors(drawn):
    line = drawn("(1 - cos x)/x^2", -1, 1)
    seen = np.isfinite(line.value)
    assert np.ptp(line.value[seen]) < 0.05
    assert np.abs(line.value[seen & (np.abs(line.x) < 1e-3)] - 0.5).max() < 1e-6
    slope = drawn("(1 + x)^(1/x)", -0.5, 2).slope
    assert np.nanmax(np.abs(slope)) < 6


@pytest.mark.parametrize("text", ["sin(1e30x)", "tan(1e5x)"])
def test_where_nothing_is_settled_nothing_is_drawn(drawn, text):
    assert np.isnan(drawn(text, -1, 1).value).all()


def test_no_line_crosses_a_doubt_unless_an_enclosure_proves_it():
    smooth, step = parse_expression("x^2"), parse_expression("floor x")
    for low, high in ((0.4, 0.4003), (-0.3, 1.2), (0.9, 1.0001)):
        doubts = (Doubt("Nothing is known here.", low, high, local=True),)
        kept = curve(smooth, replace(find(smooth, -2, 2), unproved=doubts))
        assert np.isfinite(kept.value).all()
        # As if nobody had found the jump at 1, nor at 0.
        unknown = replace(find(step, -2, 2), points=(), unproved=doubts)
        cut = curve(step, unknown)
        for jump in (0.0, 1.0):
            assert joined_over(cut, jump) == (not low < jump < high)
        assert joined_over(cut, 0.4001)


def test_many_breaks_leave_dust_and_few_rows(drawn):
    line = drawn("floor(20x)", -10, 10)
    assert len(line.x) < 3000
    known = np.isfinite(line.value)
    assert not (known[1:] & known[:-1] & (np.diff(line.value) != 0)).any()


def test_samples_beside_a_pole_do_not_decide_the_spread(drawn):
    line = drawn("1/x", -1, 1)
    low, high = spread(line.value, line.x)
    # A tenth of [-1, 1] lies nearer to 0 than 0.1.
    assert low == pytest.approx(-10, rel=0.1)
    assert high == pytest.approx(10, rel=0.1)
