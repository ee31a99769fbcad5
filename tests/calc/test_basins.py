"""Balls and basins, against plain loops over single balls with SymPy's gradient."""

from __future__ import annotations

import io
import math
import subprocess
import sys

import numpy as np
import pytest
import sympy
from PIL import Image

from calc.backend import choose, load_jax
from calc.basins import (
    DIVERGED,
    OUTSIDE,
    UNDECIDED,
    Cancelled,
    basin_map,
    basins_1d,
    palette_image,
    png_bytes,
    rate_map,
    trajectories,
)
from calc.basins.gradients import gradient, integer_power
from calc.basins.settling import compiled_settle
from calc.expression import parse_expression

METHODS = ["gradient-descent", "momentum", "nesterov", "adam"]
RATES = {"gradient-descent": 0.01, "momentum": 0.002, "nesterov": 0.002, "adam": 0.1}
HIMMELBLAU = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2"
HIMMELBLAU_MINIMA = [(3.0, 2.0), (3.584428, -1.848126), (-2.805118, 3.131312), (-3.779310, -3.283186)]
CAMEL = "(4 - 2.1x^2 + x^4/3)x^2 + x y + (-4 + 4y^2)y^2"
NUMPY, JAX = choose("numpy"), choose("jax")
FORMULAS = [
    HIMMELBLAU,
    CAMEL,
    "20 + x^2 + y^2 - 10cos(2pi x) - 10cos(2pi y)",
    "-20exp(-0.2sqrt(0.5(x^2 + y^2))) - exp(0.5(cos(2pi x) + cos(2pi y))) + e + 20",
    "(1.5 - x + x y)^2 + (2.25 - x + x y^2)^2",
    "x^y + 2^x - y^-3",
    "x/y + 1/x - 3/(x y)",
    "tan(x) + sec(y) - cot(x y) + csc(x)",
    "asin(x/9) + acos(y/9) + atan(x y) + asinh(x) + acosh(2 + y) + atanh(x/9)",
    "sinh(x) cosh(y) tanh(x + y) + log2(x) + log10(y) + ln(x + y)",
    "x^(1/3) y^(2/3) + x^2.5 + cbrt(x y) + x^7 - y^13",
    "|x - y| + |x| y + max(x, y, 1.2) - min(x^2, y^3)",
    "y^3",
    "5",
]


def expression(text, variables=("x", "y")):
    return parse_expression(text, variables)


def sympy_slopes(function):
    """The gradient by SymPy, as a function of single numbers."""
    symbols = sympy.symbols(function.variables, real=True)
    parts = [sympy.diff(function.to_sympy(), symbol) for symbol in symbols]
    return sympy.lambdify(symbols, parts, "math" if len(symbols) == 1 else "numpy")


def one_ball(slopes, w, method, rate, steps):
    """A ball's way (k+1, d) by the textbook rule, written out anew."""
    w, way = list(w), [tuple(w)]
    v, m = [0.0] * len(w), [0.0] * len(w)
    for k in range(steps):
        g = slopes(*w)
        for i in range(len(w)):
            if method == "gradient-descent":
                w[i] -= rate * g[i]
            elif method == "momentum":
                v[i] = 0.9 * v[i] + g[i]
                w[i] -= rate * v[i]
            elif method == "nesterov":
                v[i] = 0.9 * v[i] + g[i]
                w[i] -= rate * (g[i] + 0.9 * v[i])
            else:
                m[i] = 0.9 * m[i] + 0.1 * g[i]
                v[i] = 0.999 * v[i] + 0.001 * g[i] ** 2
                hat = m[i] / (1 - 0.9 ** (k + 1)), v[i] / (1 - 0.999 ** (k + 1))
                w[i] -= rate * hat[0] / (math.sqrt(hat[1]) + 1e-8)
        way.append(tuple(w))
    return np.array(way)


def settling_time(way, tolerance):
    """From which step on the ball stays within the tolerance of its end."""
    outside = np.flatnonzero(np.linalg.norm(way - way[-1], axis=1) > tolerance)
    return int(outside[-1]) + 1 if outside.size else 0


def has_other_neighbour(reached):
    """Where one of the 8 pixels around is of another basin."""
    padded = np.pad(reached, 1, mode="edge")
    h, w = reached.shape
    around = [padded[i : i + h, j : j + w] != reached for i in range(3) for j in range(3)]
    return np.any(around, axis=0)


class TestSlopes:
    @pytest.mark.parametrize("text", FORMULAS)
    def test_are_those_of_sympy_in_numpy_and_jax(self, text):
        function = expression(text)
        points = np.random.default_rng(1).uniform(0.3, 1.4, (2, 50))
        with np.errstate(all="ignore"):
            expected = [np.broadcast_to(part, 50) for part in sympy_slopes(function)(*points)]
            found = gradient(function)(*points)
        in_jax = gradient(function, load_jax().numpy)(*points)
        np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-12)
        np.testing.assert_allclose(in_jax, expected, rtol=1e-10, atol=1e-12)

    @pytest.mark.parametrize("text", FORMULAS)
    def test_keep_the_precision_of_the_points(self, text):
        points = np.random.default_rng(1).uniform(0.3, 1.4, (2, 50)).astype(np.float32)
        for xp in (np, load_jax().numpy):
            assert {part.dtype for part in gradient(expression(text), xp)(*points)} == {np.dtype("float32")}

    def test_mean_of_both_sides_at_a_corner(self):
        zero, one = np.zeros(1), np.ones(1)
        assert gradient(expression("|x| + 3y"))(zero, one)[0] == 0
        assert [part[0] for part in gradient(expression("max(x, y)"))(one, one)] == [0.5, 0.5]
        with np.errstate(all="ignore"):
            assert [part[0] for part in gradient(expression("sqrt(x^2 + y^2)"))(zero, zero)] == [0, 0]
        assert gradient(expression("floor(x) + y"))(one, one)[0] == 0

    def test_are_nan_where_the_function_is_undefined(self):
        with np.errstate(all="ignore"):
            for text in ("ln(x) + y", "sqrt(x) + y", "x^0.3 + y", "x^y", "acosh(x) + y", "asin(x - 2)"):
                assert all(np.isnan(part[0]) for part in gradient(expression(text))(-np.ones(1), np.ones(1)))

    def test_whole_powers(self):
        for p in range(101):
            assert integer_power(1.5, p) == pytest.approx(1.5**p, rel=1e-13)


class TestRoll:
    @pytest.mark.parametrize("method", METHODS)
    @pytest.mark.parametrize("text", [HIMMELBLAU, CAMEL, FORMULAS[3]])
    def test_two_variables_against_a_plain_loop(self, text, method):
        function = expression(text)
        starts = np.random.default_rng(2).uniform(-2, 2, (5, 2))
        found = trajectories(function, starts, method=method, rate=0.003, steps=50)
        slopes = sympy_slopes(function)
        for i, start in enumerate(starts):
            np.testing.assert_allclose(found.w[i], one_ball(slopes, start, method, 0.003, 50), rtol=1e-8)
        assert found.value.shape == (5, 51)
        np.testing.assert_allclose(found.value, function(found.w[..., 0], found.w[..., 1]))
        np.testing.assert_allclose(found.gradient[:, 7].T, slopes(*found.w[:, 7].T), rtol=1e-9, atol=1e-12)

    @pytest.mark.parametrize("method", METHODS)
    def test_one_variable_against_a_plain_loop(self, method):
        function = expression("x^4 - 3x^2 + x", ("x",))
        found = trajectories(function, [-2.0, 0.1, 1.5], method=method, rate=0.02, steps=60)
        for i, start in enumerate((-2.0, 0.1, 1.5)):
            way = one_ball(sympy_slopes(function), [start], method, 0.02, 60)
            np.testing.assert_allclose(found.w[i], way, rtol=1e-9)

    def test_says_how_each_ended(self):
        found = trajectories(
            expression("x^2", ("x",)), [1.0, 0.0], method="gradient-descent", rate=0.25, steps=60
        )
        assert [status.kind for status in found.status] == ["converged", "converged"]
        found = trajectories(expression("x^4", ("x",)), [3.0], method="gradient-descent", rate=1, steps=60)
        assert found.status[0].kind == "diverged"
        assert not found.left.any()

    def test_leaves_where_the_function_ends(self):
        function = expression("ln(x)", ("x",))
        found = trajectories(function, [1.0, -1.0], method="gradient-descent", rate=0.3, steps=20)
        assert found.left.tolist() == [True, True]
        left, never = found.status
        assert left.text.startswith("Left the domain: step 3 led to x = −0.8338")
        assert never.text.startswith("Not defined at the start: the function has no value at x = −1.")
        assert np.isfinite(found.w[0, :4]).all()
        assert np.isnan(found.w[0, 4:]).all()

    def test_a_fall_over_the_edge_is_not_blamed_on_the_rate(self):
        options = {"method": "gradient-descent", "rate": 0.05, "steps": 60}
        (falls,) = trajectories(expression("ln(x)", ("x",)), [2.2], **options).status
        assert "more and more steeply" in falls.text
        assert falls.final
        # Here the ball jumps over the minimum at 1, and a smaller rate does help.
        (jumps,) = trajectories(expression("x - ln(x)", ("x",)), [0.1], **(options | {"rate": 0.5})).status
        assert jumps.kind != "diverged"
        (jumps,) = trajectories(
            expression("(ln x)^2 + x^2", ("x",)), [3.0], **(options | {"rate": 0.9})
        ).status
        assert (jumps.kind, jumps.final) == ("diverged", False)

    @pytest.mark.parametrize(
        ("text", "kind", "begins"),
        [
            ("1e30x", "diverged", "Ran away"),
            ("x", "moving", "Still falling"),
            ("-x", "moving", "Still falling"),
            ("-x^2", "moving", "Still falling"),
            ("-x^4", "diverged", "Fell without end"),
            ("x^3", "moving", "Still moving"),
            ("e^x", "moving", "Still moving"),
            ("1/x", "moving", "Still moving"),
            ("ln x", "diverged", "Left the domain"),
            ("|x|", "oscillating", "Oscillating"),
            ("1e-30x", "converged", "Converged: the slope is zero, or nearly so"),
        ],
    )
    def test_what_is_said_of_functions_that_a_class_types(self, text, kind, begins):
        (status,) = trajectories(
            expression(text, ("x",)), [2.2], method="gradient-descent", rate=0.05, steps=60
        ).status
        assert status.kind == kind
        assert status.text.startswith(begins)

    def test_rests_in_a_corner(self):
        found = trajectories(expression("|x|", ("x",)), [1.0], method="gradient-descent", rate=0.25, steps=10)
        assert found.w[0, 4:, 0].tolist() == [0.0] * 7

    @pytest.mark.parametrize(
        ("changed", "message"),
        [
            ({"method": "stochastic"}, "no rows"),
            ({"method": "sgd"}, "no method"),
            ({"rate": 0.0}, "above 0"),
            ({"rate": math.nan}, "above 0"),
            ({"steps": -1}, "0 or more"),
            ({"starts": [[1.0]]}, "must be an array"),
        ],
    )
    def test_refuses(self, changed, message):
        arguments = {"starts": [[1.0, 1.0]], "method": "adam", "rate": 0.1, "steps": 3} | changed
        starts = arguments.pop("starts")
        with pytest.raises(ValueError, match=message):
            trajectories(expression(HIMMELBLAU), starts, **arguments)


class TestInterval:
    @pytest.mark.parametrize("method", METHODS)
    def test_against_a_plain_loop(self, method):
        function = expression("x^4 - 3x^2 + x", ("x",))
        minima = [1.1309, -1.30084]
        found = basins_1d(function, -2.2, 2.2, minima, method=method, rate=0.02, steps=150, count=40)
        slopes = sympy_slopes(function)
        for start, reached in zip(found.starts, found.reached, strict=True):
            way = one_ball(slopes, [start], method, 0.02, 150)
            near = [abs(way[-1, 0] - x) <= 4.4 / 500 for x in minima]
            assert reached == (near.index(True) if any(near) else UNDECIDED)

    def test_tells_divergence_and_the_end_of_the_domain_apart(self):
        options = {"method": "gradient-descent", "steps": 100, "count": 10}
        runs_away = basins_1d(expression("x^4", ("x",)), 5, 9, [0.0], rate=1.0, **options)
        assert set(runs_away.reached) == {DIVERGED}
        outside = basins_1d(expression("(ln x)^2", ("x",)), -2, 2, [1.0], rate=0.01, **options)
        assert outside.reached[:5].tolist() == [OUTSIDE] * 5
        downhill = basins_1d(expression("x", ("x",)), -1, 1, [], rate=0.01, **options)
        assert set(downhill.reached) == {UNDECIDED}

    @pytest.mark.parametrize("method", METHODS)
    @pytest.mark.parametrize(
        ("text", "slope"),
        [
            ("floor(x)", lambda x: 0.0),
            ("5", lambda x: 0.0),
            ("-max(0, x)", lambda x: -1.0 if x > 0 else 0.0),
            ("min(x^2, 1)", lambda x: 2 * x if abs(x) < 1 else 0.0),
            ("-min(x^2, 1)", lambda x: -2 * x if abs(x) < 1 else 0.0),
            ("x^2", lambda x: 2 * x),
        ],
    )
    def test_a_ball_stays_where_the_slope_is_0_and_no_step_moves_it(self, text, slope, method):
        found = basins_1d(expression(text, ("x",)), -2, 2, [], method=method, rate=0.1, steps=60, count=40)
        for start, end, stays in zip(found.starts, found.ends, found.stays, strict=True):
            way = one_ball(lambda x: [slope(x)], [start], method, 0.1, 90)[:, 0]
            last = np.abs(np.diff(way[59:])).max()
            assert stays == (slope(way[60]) == 0 and last < 1e-6), (start, end, last)

    def test_a_row_of_the_rate_map_is_the_strip_at_that_rate(self):
        function = expression("x sin x", ("x",))
        minima = [-4.91318, 4.91318, 0.0]
        options = {"method": "momentum", "steps": 80}
        image = rate_map(function, -6, 6, minima, rates=(1e-3, 10), size=(90, 70), **options)
        assert image.reached.shape == (70, 90)
        assert image.rates[[0, -1]] == pytest.approx([1e-3, 10])
        for row in (0, 30, 50, 69):
            strip = basins_1d(function, -6, 6, minima, rate=image.rates[row], count=90, **options)
            np.testing.assert_array_equal(image.reached[row], strip.reached)

    def test_refuses(self):
        function = expression("x^2", ("x",))
        options = {"method": "adam", "steps": 10}
        with pytest.raises(ValueError, match="low end"):
            basins_1d(function, 1, 1, [0.0], rate=0.1, **options)
        with pytest.raises(ValueError, match="lower rate"):
            rate_map(function, 0, 1, [0.0], rates=(1.0, 0.1), **options)


def himmelblau_map(method="gradient-descent", size=(300, 300), **more):
    options = {"rate": RATES[method], "steps": 200} | more
    return basin_map(expression(HIMMELBLAU), (-5, 5, -5, 5), size, method=method, **options)


class TestMap:
    @pytest.mark.parametrize("method", METHODS)
    @pytest.mark.parametrize("backend", [NUMPY, JAX])
    def test_against_a_plain_loop(self, method, backend):
        found = himmelblau_map(method, (13, 11), backend=backend, precision="float64")
        slopes = sympy_slopes(expression(HIMMELBLAU))
        for i, y in enumerate(found.y):
            for j, x in enumerate(found.x):
                way = one_ball(slopes, (x, y), method, RATES[method], 200)
                away = [math.dist(way[-1], minimum) for minimum in found.minima]
                nearest = int(np.argmin(away))
                expected = nearest if away[nearest] <= found.tolerance else UNDECIDED
                assert found.reached[i, j] == expected
                assert abs(int(found.steps[i, j]) - settling_time(way, found.tolerance)) <= 1

    def test_himmelblau_has_four_minima_and_every_start_is_counted(self):
        found = himmelblau_map(backend=JAX)
        order = [int(np.argmin([math.dist(a, b) for b in HIMMELBLAU_MINIMA])) for a in found.minima]
        assert sorted(order) == [0, 1, 2, 3]
        np.testing.assert_allclose(found.minima, np.array(HIMMELBLAU_MINIMA)[order], atol=1e-6)
        assert (found.values < 1e-20).all()
        assert found.counts.sum() + found.diverged + found.undecided + found.left == 90_000
        assert found.device.startswith("JAX")

    def test_six_hump_camel_lowest_first(self):
        window = -3, 3, -2, 2
        found = basin_map(expression(CAMEL), window, (150, 100), method="momentum", rate=0.005, steps=400)
        np.testing.assert_allclose(found.values[:2], -1.0316284535, atol=1e-9)
        np.testing.assert_allclose(np.abs(found.minima[:2]), [[0.0898420131, 0.7126564030]] * 2, atol=1e-8)
        assert len(found.minima) == 6
        assert (np.diff(found.values) >= -1e-12).all()
        # f(-x, -y) = f(x, y): of each pair one minimum has as many starts as the other.
        assert found.counts[0] == pytest.approx(found.counts[1], rel=0.02)

    def test_a_saddle_has_no_minimum(self):
        saddle = expression("x^2 - y^2")
        options = {"method": "gradient-descent", "rate": 0.1}
        far = basin_map(saddle, (-2, 2, -2, 2), (40, 40), steps=200, **options)
        assert (far.diverged, len(far.minima)) == (1600, 0)
        on_its_way = basin_map(saddle, (-2, 2, -2, 2), (40, 41), steps=20, **options)
        assert (on_its_way.undecided, len(on_its_way.minima)) == (1640, 0)
        # The middle row starts on the ridge, and ends at the saddle itself.
        assert (on_its_way.steps[20] < 30).all()

    @pytest.mark.parametrize("backend", [NUMPY, JAX])
    def test_undefined_on_part_of_the_plane(self, backend):
        options = {"method": "gradient-descent", "rate": 0.1, "steps": 200, "backend": backend}
        found = basin_map(expression("ln(x) + y^2"), (-1, 3, -2, 2), (40, 40), **options)
        assert found.left == 1600
        found = basin_map(expression("(ln x)^2 + y^2"), (-1, 3, -2, 2), (40, 40), **options)
        assert (found.reached[:, :10] == OUTSIDE).all()
        assert (found.reached[:, 20:] == 0).all()
        np.testing.assert_allclose(found.minima, [[1, 0]], atol=1e-9)

    def test_a_valley_is_one_minimum_and_a_curved_one_is_none(self):
        options = {"method": "gradient-descent", "steps": 200}
        ring = basin_map(expression("(x^2 + y^2 - 1)^2"), (-2, 2, -2, 2), (100, 100), rate=0.05, **options)
        assert ring.counts.tolist() == [10_000]
        rosenbrock = expression("(1 - x)^2 + 100(y - x^2)^2")
        slow = basin_map(rosenbrock, (-2, 2, -1, 3), (100, 100), rate=1e-3, **options)
        np.testing.assert_allclose(slow.minima, [[1, 1]], atol=1e-9)
        assert slow.undecided > 9000

    @pytest.mark.parametrize("text", ["|x| + |y|", "max(x, y, -x - y)", "sqrt(x^2 + y^2)"])
    def test_corners_are_minima_too(self, text):
        found = basin_map(
            expression(text), (-1, 1, -1, 1), (50, 50), method="gradient-descent", rate=0.004, steps=600
        )
        np.testing.assert_allclose(found.minima, [[0, 0]], atol=1e-7)
        assert found.counts[0] > 2400

    @pytest.mark.parametrize("method", METHODS)
    @pytest.mark.parametrize("precision", ["float32", "float64"])
    def test_numpy_and_jax_agree_but_on_the_edges_of_basins(self, method, precision):
        # Beside an edge the smallest rounding decides, and XLA contracts a * b + c where NumPy rounds twice.
        size = (200, 200)
        one = himmelblau_map(method, size, backend=NUMPY, precision=precision)
        other = himmelblau_map(method, size, backend=JAX, precision=precision)
        differ = one.reached != other.reached
        assert differ.mean() < (1e-3 if precision == "float32" else 1e-5)
        assert has_other_neighbour(one.reached)[differ].all()
        same = ~differ
        assert (np.abs(one.steps[same].astype(int) - other.steps[same]) <= 1).mean() > 0.999

    @pytest.mark.parametrize("method", METHODS)
    def test_what_float32_costs(self, method):
        single = himmelblau_map(method, (200, 200), backend=JAX)
        double = himmelblau_map(method, (200, 200), backend=JAX, precision="float64")
        assert (single.reached != double.reached).mean() < 1e-3

    def test_the_last_tile_is_cut_off(self):
        # 131 rows of 500 do not fill whole tiles.
        found = himmelblau_map(size=(500, 131), backend=JAX)
        other = himmelblau_map(size=(500, 131), backend=NUMPY)
        assert (found.reached != other.reached).mean() < 1e-3

    @pytest.mark.parametrize("backend", [NUMPY, JAX])
    def test_tells_progress_and_can_be_cancelled(self, backend):
        told = []
        himmelblau_map(size=(1000, 100), backend=backend, steps=5, progress=told.append)
        assert told == sorted(told)
        assert told[-1] == 1.0
        assert len(told) == 4
        asked = []
        with pytest.raises(Cancelled):
            himmelblau_map(
                size=(1000, 1000), backend=backend, steps=5, progress=lambda done: asked.append(done) or False
            )
        assert len(asked) == 1

    def test_compiles_once_for_a_function_a_method_and_a_shape(self):
        # What was compiled is kept as long as an equal function is in use.
        in_use = expression(HIMMELBLAU)
        compiled = compiled_settle(in_use, "gradient-descent")
        himmelblau_map(size=(70, 50), backend=JAX)
        himmelblau_map(size=(70, 50), backend=JAX, rate=0.003, steps=77)
        moved = expression("(x² + y − 11)² + (x + y² − 7)²")
        basin_map(moved, (0, 4, 1, 2), (70, 50), method="gradient-descent", rate=0.01, steps=9, backend=JAX)
        assert compiled_settle(moved, "gradient-descent") is compiled
        assert compiled._cache_size() == 1

    def test_the_first_small_map_is_numpys_and_the_next_ones_are_worth_a_compile(self):
        in_use = expression("(x^2 + y - 11)^2 + (x + y^2 - 7)^2 + 1")
        devices = [
            basin_map(
                in_use, (-6, 6, -6, 6), (20, 21), method="gradient-descent", rate=rate, steps=300
            ).device
            for rate in (0.001, 0.002)
        ]
        assert devices == ["NumPy on the CPU", JAX.label]

    @pytest.mark.parametrize("backend", [NUMPY, JAX], ids=["numpy", "jax"])
    def test_a_rate_beyond_32_bits_is_no_warning(self, backend):
        found = himmelblau_map(size=(20, 20), rate=1e300, backend=backend)
        assert found.diverged == 400

    @pytest.mark.parametrize(
        ("changed", "message"),
        [
            ({"window": (1, 1, 0, 1)}, "low ends"),
            ({"window": (0, math.inf, 0, 1)}, "low ends"),
            ({"size": (0, 5)}, "pixels"),
            ({"size": (10**5, 10**5)}, "pixels"),
            ({"steps": 10**6}, "steps"),
            ({"method": "stochastic"}, "no rows"),
        ],
    )
    def test_refuses(self, changed, message):
        arguments = {"window": (0, 1, 0, 1), "size": (5, 5), "method": "adam", "rate": 0.1, "steps": 5}
        arguments |= changed
        window, size = arguments.pop("window"), arguments.pop("size")
        with pytest.raises(ValueError, match=message):
            basin_map(expression(HIMMELBLAU), window, size, **arguments)

    def test_refuses_one_variable(self):
        with pytest.raises(ValueError, match="two variables"):
            basin_map(expression("x", ("x",)), (0, 1, 0, 1), (5, 5), method="adam", rate=0.1, steps=5)


COLOURS = ((200, 0, 0), (0, 200, 0), (0, 0, 200), (200, 200, 0))
CODES = {"diverged": (9, 9, 9), "undecided": (99, 99, 99), "left": (255, 255, 254), "shade": (0, 0, 0)}


def render(found, colours, **codes):
    """The picture as colours, (h, w, 4), the top row first."""
    image, palette = palette_image(found, colours, **codes)
    return np.hstack([palette, np.full((len(palette), 1), 255, dtype=np.uint8)])[image]


class TestPicture:
    def test_colours_follow_the_minimum_and_darken_with_the_steps(self):
        found = himmelblau_map(size=(60, 40))
        image = render(found, COLOURS, **CODES)
        assert image.shape == (40, 60, 4)
        assert image.dtype == np.uint8
        for number, colour in enumerate(COLOURS):
            own = image[::-1][found.reached == number][:, :3]
            assert (own[:, np.array(colour) == 0] == 0).all()
            light = own.max(axis=1)
            steps = found.steps[found.reached == number]
            assert light[np.argmin(steps)] > light[np.argmax(steps)] > 0

    def test_codes_have_their_own_colours_and_the_last_colour_serves_the_rest(self):
        found = basin_map(
            expression("(ln x)^2 + y^2"),
            (-1, 3, -2, 2),
            (8, 8),
            method="gradient-descent",
            rate=0.1,
            steps=99,
        )
        assert render(found, COLOURS, **CODES)[0, 0].tolist() == [255, 255, 254, 255]
        found = himmelblau_map(size=(30, 30))
        two = render(found, COLOURS[:2], **CODES)[::-1]
        assert (two[found.reached >= 1][:, [0, 2]] == 0).all()

    def test_the_file_holds_the_same_picture(self):
        found = himmelblau_map(size=(61, 43))
        data = png_bytes(*palette_image(found, COLOURS, **CODES))
        opened = np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))
        np.testing.assert_array_equal(opened, render(found, COLOURS, **CODES))

    def test_refuses_no_colours(self):
        with pytest.raises(ValueError, match="colours"):
            render(himmelblau_map(size=(3, 3)), (), **CODES)


def test_importing_brings_no_heavy_library():
    code = (
        "import sys, calc.basins; print({'jax', 'streamlit', 'altair', 'pandas', 'sympy'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
