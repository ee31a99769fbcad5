"""The saddles of two variables, against SciPy from a dense grid of starts, on SymPy's gradient."""

from __future__ import annotations

from dataclasses import fields

import mpmath
import numpy as np
import pytest
import sympy
from scipy import optimize
from sympy.parsing import sympy_parser

from calc.basins import Saddles, saddles
from calc.basins.saddles import _distinct
from calc.expression import WRITTEN, parse_expression
from pages.local_and_global_minima.presets import TWO

X, Y = sympy.symbols("x y", real=True)
READ = (
    *sympy_parser.standard_transformations,
    sympy_parser.convert_xor,
    sympy_parser.implicit_multiplication_application,
)
NAMES = {"x": X, "y": Y, "e": sympy.E}
EDGE = 1e-3
"""So near to the window's edge, as a part of its width, neither has to find what the other does."""
SAME = 1e-6
STARTS = 24
"""Along each side; a grid of traps needs twice as many."""
WINDOW = (-3.0, 3.0, -2.5, 2.5)


def found(text, window=WINDOW):
    return saddles(parse_expression(text, ("x", "y"), WRITTEN), window)


def inside(at, window, margin):
    low, high = np.array(window[::2]), np.array(window[1::2])
    return bool(((at > low + margin * (high - low)) & (at < high - margin * (high - low))).all())


def saddles_by_scipy(whole, window, starts):
    """The saddles to which MINPACK's hybrid method comes from a grid of starts."""
    slopes = [whole.diff(s) for s in (X, Y)]
    gradient = sympy.lambdify((X, Y), slopes, "numpy", cse=True)
    hessian = sympy.lambdify((X, Y), [[p.diff(s) for s in (X, Y)] for p in slopes], "numpy", cse=True)
    xs, ys = (np.linspace(*window[i : i + 2], starts) for i in (0, 2))
    places = np.empty((0, 2))
    for start in np.array(np.meshgrid(xs, ys)).reshape(2, -1).T:
        with np.errstate(all="ignore"):
            run = optimize.root(
                lambda w: gradient(*w), start, jac=lambda w: hessian(*w), options={"xtol": 1e-13}
            )
            known = np.abs(places - run.x).max(axis=1).min(initial=np.inf) < 1e-5
            if known or not np.isfinite(run.x).all() or not inside(run.x, window, EDGE):
                continue
            curvature = np.array(hessian(*run.x), dtype=float)
            slope = np.abs(gradient(*run.x)).max()
        # Gaussians have a slope of almost 0 far away: there a step of Newton's method is long.
        if (
            not np.isfinite(curvature).all()
            or np.linalg.det(curvature) >= -1e-6 * np.abs(curvature).max() ** 2
        ):
            continue
        if slope < 1e-6 and np.abs(np.linalg.solve(curvature, gradient(*run.x))).max() < 1e-8:
            places = np.vstack([places, run.x])
    return places


def exactly(whole):
    """A function from a place to the stationary point beside it and the Hessian's determinant, to 30 digits."""
    slopes = [whole.diff(s) for s in (X, Y)]
    second = [[p.diff(s) for s in (X, Y)] for p in slopes]
    gradient, hessian = (sympy.lambdify((X, Y), part, "mpmath", cse=True) for part in (slopes, second))

    def near(at):
        with mpmath.workdps(30):
            place = mpmath.matrix([float(part) for part in at])
            for _ in range(4):
                place -= mpmath.lu_solve(mpmath.matrix(hessian(*place)), mpmath.matrix(gradient(*place)))
            assert max(map(abs, gradient(*place))) < mpmath.mpf("1e-20")
            return np.array(place, dtype=float).ravel(), mpmath.det(mpmath.matrix(hessian(*place)))

    return near


def check(whole, text, window, starts=STARTS):
    """Every saddle that SciPy comes to is found, and none invented."""
    seen = found(text, window)
    assert (np.diff(seen.values) >= 0).all()
    wanted = saddles_by_scipy(whole, window, starts)
    for place in wanted:
        assert np.abs(seen.at - place).max(axis=1).min(initial=np.inf) < SAME, (text, place)
    value, near = sympy.lambdify((X, Y), whole, "numpy"), exactly(whole)
    for at, height in zip(seen.at, seen.values, strict=True):
        place, determinant = near(at)
        assert np.abs(place - at).max() < SAME, (text, at)
        assert determinant < 0, (text, at)
        assert height == pytest.approx(float(value(*at)), rel=1e-9, abs=1e-9)
    for number, at in enumerate(seen.at):
        others = np.delete(seen.at, number, axis=0)
        assert np.abs(others - at).max(axis=1).min(initial=np.inf) > SAME, (text, at)
    return seen, wanted


COUNTS = {
    "himmelblau": 4, "camel": 7, "tilted-well": 1, "rastrigin": 144, "ackley": 220, "rosenbrock": 0, "beale": 2,
    "saddle": 1,
}  # fmt: skip


@pytest.mark.parametrize("slug", TWO)
def test_the_saddles_of_each_preset_are_those_of_scipy(slug):
    preset = TWO[slug]
    whole = sympy_parser.parse_expr(preset.text, local_dict=dict(NAMES), transformations=READ)
    seen, wanted = check(whole, preset.text, preset.window, 48 if slug in ("rastrigin", "ackley") else STARTS)
    assert len(seen.at) == COUNTS[slug]
    if slug == "himmelblau":
        assert len(wanted) == 4


def polynomial(draw):
    powers = [(i, j) for i in range(5) for j in range(5 - i)]
    return sum(sympy.Rational(int(draw.integers(-30, 31)), 10) * X**i * Y**j for i, j in powers)


def waves(draw):
    numbers = [[sympy.Rational(int(n), 10) for n in draw.integers(-30, 31, 4)] for _ in range(3)]
    return sum(a * sympy.sin(b * X + c * Y + d) for a, b, c, d in numbers) + (X**2 + Y**2) / 20


def bumps(draw):
    numbers = [[sympy.Rational(int(n), 10) for n in draw.integers(-25, 26, 4)] for _ in range(5)]
    return sum(a * sympy.exp(-(abs(b) + 1) * ((X - c) ** 2 + (Y - d) ** 2)) for a, b, c, d in numbers)


def rational(draw):
    a, b, c, d, e, f = (sympy.Rational(int(n), 10) for n in draw.integers(-30, 31, 6))
    return (a * X * Y + b * X**2 + c * Y + d * X) / (1 + X**2 + Y**2 + (e * X + f) ** 2)


KINDS = (polynomial, waves, bumps, rational)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(8))
def test_the_saddles_of_random_functions_are_those_of_scipy(kind, seed):
    whole = kind(np.random.default_rng(seed))
    check(whole, str(whole).replace("**", "^"), WINDOW)


KNOWN = {
    "x^2 - y^2": [(0, 0)],
    "1e9 + x^2 - y^2": [(0, 0)],
    "1e200(x^2 - y^2)": [(0, 0)],
    "1e-200(x^2 - y^2)": [(0, 0)],
    "x y": [(0, 0)],
    "(x - 3)(y - 2.5)": [(3, 2.5)],
    "1e6 x^2 - 1e-3 y^2": [(0, 0)],
    "x^3/3 - 1e-4 x - y^2": [(0.01, 0)],
    # A maximum in the same cell: the slope has one sign on all its corners.
    "-(x - 0.014)^3/3 + 1e-4 (x - 0.014) - y^2": [(0.004, 0)],
    "x^2 - y^2 + 0 sqrt(1 - x - y)": [(0, 0)],
}
NONE = [
    "x + y", "x^2 + y^2", "-x^2 - y^2",
    # Degenerate: the Hessian is singular, and the second derivatives do not decide.
    "x^3 - 3x y^2", "(x - 0.3)^3 - 3(x - 0.3)(y - 0.7)^2", "x^4 - y^2", "x^4 - y^4", "x^2 y", "x^3 + y^2",
    "(x - 0.1)^3 - (y + 0.7)^2", "x^2 y^2", "x^4 + 1e-9 - (x^2 - y^2)^2", "sin(x^2) (y - 0.3)^2",
    # A singular Hessian at every place of a valley, or of a plain: 0 but for rounding errors.
    "5", "(0.3x - 0.7y)^2", "(4.2x - 2.4y)^2", "(9x - 0.7y)^2", "(x - y)^2", "sin(x + y)", "sin(0.3x + 0.7y)",
    "(x^2 + y^2 - 1)^2", "e^(-99x^2 - 99y^2)", "(x + 0.1y)^2 - x^2 - 0.2x y - 0.01y^2", "(0.1x + 0.7y)^3 - 0.001x^3",
    # Corners, jumps and poles.
    "|x| - |y|", "x|x| - y|y|", "sqrt(x^2 + y^2)", "floor(x) - floor(y)", "sign(x y)", "1/x - 1/y", "ln(x y)",
    "max(x, y)", "max(x, y)^2", "|x y|", "x^(2/3) - y^(2/3)",
    # Nowhere defined, or beyond all numbers.
    "sqrt(-1 - x^2)", "x/(y - y)", "e^(999 + x^2)",
]  # fmt: skip


@pytest.mark.parametrize("text", KNOWN)
def test_known_saddles(text):
    np.testing.assert_allclose(found(text).at, KNOWN[text], atol=1e-9)


@pytest.mark.parametrize("text", NONE)
def test_where_the_second_derivatives_do_not_decide_none_is_claimed(text):
    assert found(text).at.shape == (0, 2)


def test_of_a_thousand_saddles_none_is_missed():
    across, up = (np.arange(-n, n + 1) * np.pi / 20 for n in (19, 15))
    seen = found("sin(20x) sin(20y)")
    at = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 1, 2)
    assert len(seen.at) == len(at)
    assert np.abs(seen.at - at).max(axis=2).min(axis=1).max() < SAME


def test_a_place_that_rounding_parts_is_one():
    """On an axis, or on both, the two lie on either side of where the search rounds up."""
    step = 1e-3
    for x, y in ((0.5, 0.2), (0.5, 0.5), (0.5, 1 / 6), (-1.5, 5 / 6), (1 / 6, 1 / 6)):
        at = step * np.array([[x - 1e-9, x + 1e-9], [y - 1e-9, y + 1e-9]])
        assert _distinct(at, np.ones((2, 1))).shape == (2, 1)


def test_a_window_far_away_and_a_tiny_one():
    far = found("(x - 1e5)^2 - (y + 3e5)^2", (9e4, 1.1e5, -3.1e5, -2.9e5))
    np.testing.assert_allclose(far.at, [[1e5, -3e5]])
    tiny = found("(x - 1e-7)^2 - y^2", (-1e-6, 1e-6, -1e-6, 1e-6))
    np.testing.assert_allclose(tiny.at, [[1e-7, 0]], atol=1e-13)
    narrow = found("x^2 - 1e-12 y^2", (-1, 1, -1e6, 1e6))
    np.testing.assert_allclose(narrow.at, [[0, 0]], atol=1e-13)


def test_nothing_is_called_proved():
    assert not any("prove" in each.name for each in fields(Saddles))
