"""The minima of two variables, against known answers and SciPy's minimisers."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize

from calc.basins import OUTSIDE, UNDECIDED, basin_map, landscape
from calc.expression import WRITTEN, parse_expression

WINDOW = (-2.5, 2.5, -2.0, 2.0)
HALF_PI = np.pi / 2


def found(text, window=WINDOW):
    return landscape(parse_expression(text, ("x", "y")), window)


POINTS = {
    "x^2 + y^2": [(0, 0)],
    "x^4 + y^4": [(0, 0)],
    "(x^2 + y^2)^8": [(0, 0)],
    "1 + x^8 + y^8": [(0, 0)],
    "x^2 + 1e-6 y^2": [(0, 0)],
    "(x^2 - 1)^2 + y^2": [(-1, 0), (1, 0)],
    "x^4/4 - x^2 + 0.3x + y^2": [(-1.48396789, 0), (1.33222074, 0)],
    "sin(3x) + sin(3y)": [(x, y) for x in (-np.pi / 6, HALF_PI) for y in (-np.pi / 6, HALF_PI)],
    "(1 - x)^2 + 100(y - x^2)^2": [(1, 1)],
    "-e^(-x^2 - y^2)": [(0, 0)],
    "-e^(-99x^2 - 99y^2)": [(0, 0)],
    "x e^(-x^2 - y^2)": [(-np.sqrt(0.5), 0)],
    "ln(1 + x^2 + y^2)": [(0, 0)],
    "x log x + y^2": [(1 / np.e, 0)],
    "1/x^2 + x^2 + y^2": [(-1, 0), (1, 0)],
    # Corners, cusps and the edge of where the function is defined.
    "|x| + |y|": [(0, 0)],
    "sqrt(x^2 + y^2)": [(0, 0)],
    "x^(2/3) + y^(2/3)": [(0, 0)],
    "|x|^0.5 + y^2": [(0, 0)],
    "min(x^2 + y^2, (x - 1)^2 + y^2 + 0.1)": [(0, 0), (1, 0)],
    "x^2 + |y - floor(y) - 0.5|": [(0, -1.5), (0, -0.5), (0, 0.5), (0, 1.5)],
    "sqrt x + y^2": [(0, 0)],
    "sqrt(x - 1) + y^2": [(1, 0)],
    "sqrt(x) + sqrt(y)": [(0, 0)],
    "acos(x) + y^2": [(1, 0)],
}
NONE = [
    "x", "x + y", "x^3", "x^2 + y", "x^2 + y^5", "x^2 - y^2", "x^3 - 3x y^2", "e^x", "max(x, y)",
    "(x + y)^2 + 1e-9 x", "1e30 x",
    # Poles and logarithms: they fall for ever.
    "log x + y^2", "log(x - 1) + y^2", "log(x^2 + y^2)", "-1/(x^2 + y^2)", "1/(x^2 + y^2)", "1/x + y^2", "-1/|x| + y^2",
    "tan(x) + y^2", "log(log x)", "log|x - 1| + y^2",
    # They fall towards a value that they do not have.
    "-atan(1/(x^2 + y^2))", "(x^2 + y^2)^2/(x^2 + y^2)",
    # A staircase goes on downwards.
    "floor(x) + floor(y)",
    # Nowhere defined.
    "sqrt(-1 - x^2)", "x/(y - y)", "e^(999 + x^2)",
]  # fmt: skip
VALLEYS = {
    "5": [(0, 0)],
    "x^2": [(0, 0)],
    "(x - y)^2": [(0, 0)],
    "(y - x^2)^2": [(0, 0)],
    "sin(x + y)": [(-1, 1 - HALF_PI)],
    "x^2 y^2": [(0, 0)],
    "|x y|": [(0, 0)],
    "max(0, |x| - 1)^2 + y^2": [(0, 0)],
    "max(0, (x^2 - 1)^2 - 0.1) + y^2": [(-0.975, 0), (0.975, 0)],
    "max(x, y)^2": [(-1, 0)],
    "max(x, 0)": [(-1, 0)],
    "(x^2 + y^2 - 1)^2": [(1, 0)],
    "sin(x y)": [(-1.25, 1.25), (1.25, -1.25)],
    "x^2/(x^2 + y^2)": [(0, 0)],
    "sign(x)": [(-1.25, 0)],
}


@pytest.mark.parametrize("text", POINTS)
def test_single_minima(text):
    seen = found(text)
    assert not seen.valley.any()
    expected = np.array(sorted(POINTS[text]), dtype=float)
    places = np.array(sorted(map(tuple, seen.minima.round(6))))
    np.testing.assert_allclose(places, expected, atol=1e-6)
    values = parse_expression(text, ("x", "y"))(*seen.minima.T)
    np.testing.assert_array_equal(seen.values, values)
    assert (np.diff(seen.values) >= 0).all()


@pytest.mark.parametrize("text", NONE)
def test_none(text):
    assert len(found(text).minima) == 0


@pytest.mark.parametrize("text", VALLEYS)
def test_a_level_bottom_is_one_minimum(text):
    seen = found(text)
    level = np.isclose(seen.values, seen.values[0], atol=1e-12) & seen.valley
    assert len(VALLEYS[text]) == level.sum()
    function = parse_expression(text, ("x", "y"))
    for number in np.flatnonzero(level):
        its = seen.points[seen.owner == number]
        # No point of the valley lies higher, and one of them lies where one knows it must pass.
        assert np.abs(function(*its.T) - seen.values[0]).max() < 1e-6
        assert min(np.abs(its - place).max(axis=1).min() for place in VALLEYS[text]) < 0.2


def test_a_valley_is_followed_from_one_side_of_the_window_to_the_other():
    seen = found("(y - x^2)^2")
    x = np.sort(seen.points[:, 0])
    assert x[0] < -1.3
    assert x[-1] > 1.3
    assert np.diff(x).max() < 0.2


PRESETS = {
    "himmelblau": ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", (-6, 6, -6, 6), 4),
    "camel": ("(4 - 2.1x^2 + x^4/3) x^2 + x y + (4y^2 - 4) y^2", (-2.2, 2.2, -1.4, 1.4), 6),
    "rastrigin": ("20 + x^2 - 10cos(2 pi x) + y^2 - 10cos(2 pi y)", (-4.5, 4.5, -4.5, 4.5), 81),
    "beale": ("(1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2", (-4.5, 4.5, -4.5, 4.5), 1),
}


@pytest.mark.parametrize("name", PRESETS)
def test_the_minima_of_test_functions_are_those_of_scipy(name):
    text, window, count = PRESETS[name]
    function = parse_expression(text, ("x", "y"))
    seen = landscape(function, window)
    assert len(seen.minima) == count
    for place, value in zip(seen.minima, seen.values, strict=True):
        best = optimize.minimize(lambda w: function(*w), place, method="Nelder-Mead", options={"xatol": 1e-9})
        assert best.fun >= value - 1e-12
        assert np.abs(best.x - place).max() < 1e-4


@pytest.mark.parametrize("seed", range(6))
def test_random_wells_are_all_found(seed):
    draw = np.random.default_rng(seed)
    x, y = draw.uniform(-2, 2, (2, 6)).round(2)
    depth, narrow = draw.uniform(0.5, 2, 6).round(2), draw.uniform(2, 9, 6).round(1)
    terms = zip(depth, narrow, x, y, strict=True)
    text = " - ".join(f"{d} e^(-{n} (x - ({a}))^2 - {n} (y - ({b}))^2)" for d, n, a, b in terms)
    function = parse_expression(f"-{text}", ("x", "y"), WRITTEN)
    window = (-2.5, 2.5, -2.5, 2.5)
    seen = landscape(function, window)
    for start in zip(x, y, strict=True):
        best = optimize.minimize(lambda w: function(*w), start, method="BFGS", options={"gtol": 1e-9})
        away = np.abs(seen.minima - best.x).max(axis=1)
        assert away.min() < 1e-5, text


def test_a_window_far_away_and_a_tiny_one():
    far = found("(x - 1e5)^2 + (y + 3e5)^2", (9e4, 1.1e5, -3.1e5, -2.9e5))
    np.testing.assert_allclose(far.minima, [[1e5, -3e5]])
    tiny = found("(x - 1e-7)^2 + y^2", (-1e-6, 1e-6, -1e-6, 1e-6))
    np.testing.assert_allclose(tiny.minima, [[1e-7, 0]], atol=1e-13)


def test_a_part_of_the_window():
    seen = found("(x^2 - 1)^2 + y^2")
    part = seen.inside((0.0, 2.0, -1.0, 1.0))
    np.testing.assert_allclose(part.minima, [[1, 0]])
    assert part.owner.tolist() == [0]
    assert len(seen.inside((5.0, 6.0, 5.0, 6.0)).minima) == 0


OPTIONS = {"method": "gradient-descent", "rate": 0.05, "steps": 200}


class TestMapsOfValleys:
    @pytest.mark.parametrize("text", ["5", "x^2", "(x - y)^2", "max(0, |x| - 1)^2 + y^2"])
    def test_every_start_reaches_the_valley(self, text):
        found = basin_map(parse_expression(text, ("x", "y")), WINDOW, (120, 100), **OPTIONS)
        assert found.counts.tolist() == [12_000]

    def test_minima_that_nothing_reaches_are_known_too(self):
        function = parse_expression("-e^(-(x+1)^2/4 - y^2/4) - 2e^(-900(x-1)^2 - 900y^2)", ("x", "y"))
        seen = basin_map(function, WINDOW, (41, 41), method="gradient-descent", rate=0.9, steps=200)
        assert len(seen.minima) == 2
        np.testing.assert_allclose(seen.minima[0], [1, 0], atol=1e-3)
        assert seen.counts[0] < 10

    def test_no_false_minimum_at_the_edge_of_the_domain(self):
        found = basin_map(parse_expression("ln(x) + y^2", ("x", "y")), WINDOW, (60, 60), **OPTIONS)
        assert len(found.minima) == 0
        assert found.left == (found.reached == OUTSIDE).sum() == 3600

    def test_a_staircase_leaves_its_balls_undecided(self):
        text = "floor(x) + floor(y)"
        found = basin_map(parse_expression(text, ("x", "y")), WINDOW, (60, 60), **OPTIONS)
        assert (found.reached == UNDECIDED).all()
