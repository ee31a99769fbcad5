"""The line by descent and by least squares, against the plain loop and exact arithmetic."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path

import mpmath
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn.linear_model import LinearRegression
from sklearn.metrics import r2_score, root_mean_squared_error

from calc.backend import Backend, choose
from calc.descent import METHODS
from calc.descent.status import round_down
from calc.descent.stochastic import batches
from calc.regression import (
    BLOCK,
    DescentSettings,
    Line,
    RegressionError,
    curvature,
    fit,
    fit_sums,
    least_squares,
    random_start,
    summarise,
)

DATA = Path(__file__).parents[2] / "data"
FULL_BATCH = ["gradient-descent", "momentum", "nesterov", "adam"]
WITH_A_LIMIT = ["gradient-descent", "momentum", "nesterov"]


def houses(file):
    """Bedrooms and prices of a bundled table."""
    return np.loadtxt(DATA / file, delimiter=",", skiprows=1).T


@pytest.fixture(scope="module")
def course():
    """The course's ten houses: bedrooms and prices."""
    return houses("course.csv")


@st.composite
def tables(draw, largest=100, x_unit=0.25, y_unit=0.5):
    """x and y of 2 to 30 rows on a grid, x not constant."""
    n = draw(st.integers(2, 30))
    whole = st.integers(-largest, largest)
    x = np.array(draw(st.lists(whole, min_size=n, max_size=n))) * x_unit
    y = np.array(draw(st.lists(whole, min_size=n, max_size=n))) * y_unit
    assume(np.ptp(x) > 0)
    return x, y


def exact_line(x, y):
    """Least squares in rational numbers: no rounding at all."""
    xs, ys, n = [Fraction(v) for v in x.tolist()], [Fraction(v) for v in y.tolist()], len(x)
    mean_x, mean_y = sum(xs) / n, sum(ys) / n
    sxx = sum((v - mean_x) ** 2 for v in xs)
    slope = sum((v - mean_x) * (w - mean_y) for v, w in zip(xs, ys, strict=True)) / sxx
    return slope, mean_y - slope * mean_x


def digits(value, exact):
    """How many digits of a float are correct."""
    wrong = abs(Fraction(value) - exact)
    return 17.0 if wrong == 0 else -math.log10(wrong / abs(exact)) if exact else -math.log10(wrong)


# Row 1 of FIGURES.md


def test_the_course_s_houses_lie_around_50_000_and_100_000_a_bedroom(course):
    assert least_squares(*course) == Line(100_000.0, 50_000.0)


@pytest.mark.parametrize("seed", range(20))
def test_from_any_start_nine_bedrooms_end_at_950_000(course, seed):
    run = fit(*course, standardise=True, seed=seed)
    assert run.status.kind == "converged"
    assert run.line.predict(9) == pytest.approx(950_000, abs=0.01)
    assert run.line.slope == pytest.approx(100_000, rel=1e-9)
    assert run.predict(9)[-1] == run.line.predict(9)
    assert run.loss[-1] < run.loss[0]
    assert run.loss[-1] == pytest.approx(run.best_loss)


# Least squares


@pytest.mark.parametrize("x_offset", [0.0, 1e7, -1e7, 1e12])
@pytest.mark.parametrize(("slope", "height"), [(3.0, 2.0), (-0.1, 1e-3), (1e5, 5e4)])
@pytest.mark.parametrize("noise", [0.0, 1e-3, 10.0])
def test_least_squares_keeps_its_digits_far_from_zero(x_offset, slope, height, noise):
    x = x_offset + np.linspace(0.1, 0.9, 9)
    y = slope * x + height + noise * np.random.default_rng(0).normal(size=9)
    line, (exact_slope, exact_intercept) = least_squares(x, y), exact_line(x, y)
    assert digits(line.slope, exact_slope) > 12
    assert digits(line.intercept, exact_intercept) > 9


def test_least_squares_agrees_with_mpmath_on_the_issue_s_example():
    x = np.array([10_000_000 + tenth / 10 for tenth in range(1, 10)])
    y = np.array([2.3, 3.9, 6.4, 7.7, 10.2, 11.6, 14.5, 15.8, 18.4])
    with mpmath.workdps(60):
        table = mpmath.matrix([[mpmath.mpf(v), 1] for v in x.tolist()])
        slope, intercept = mpmath.lu_solve(table.T * table, table.T * mpmath.matrix(y.tolist()))
    line = least_squares(x, y)
    assert line.slope == pytest.approx(float(slope), rel=1e-14)
    assert line.intercept == pytest.approx(float(intercept), rel=1e-14)


@given(tables(largest=10**6), st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))
@settings(max_examples=100, deadline=None)
def test_least_squares_agrees_with_rational_arithmetic(table, x_offset, y_offset):
    x, y = table[0] + x_offset, table[1] + y_offset
    line, (slope, intercept) = least_squares(x, y), exact_line(x, y)
    # A slope or an intercept that happens to vanish has no digits of its own: compare heights as well.
    assert line.slope == pytest.approx(float(slope), rel=1e-11, abs=1e-13 * np.ptp(y) / np.ptp(x))
    scale = abs(float(slope)) * np.abs(x).max() + np.abs(y).max()
    assert line.intercept == pytest.approx(float(intercept), rel=1e-9, abs=1e-15 * scale)


@pytest.mark.parametrize("file", ["sacramento_2008.csv", "saratoga_2006.csv", "windsor_1987.csv"])
def test_least_squares_and_descent_agree_with_scipy_on_real_houses(file):
    xs, ys = houses(file)
    line, reference = least_squares(xs, ys), stats.linregress(xs, ys)
    assert line.slope == pytest.approx(reference.slope, rel=1e-10)
    assert line.intercept == pytest.approx(reference.intercept, rel=1e-9)
    run = fit(xs, ys, standardise=True)
    assert run.line.slope == pytest.approx(reference.slope, rel=1e-9)
    assert run.r2 == pytest.approx(reference.rvalue**2, rel=1e-9)


def test_blocks_make_one_line_of_many_rows():
    generator = np.random.default_rng(0)
    x = 1e6 + generator.normal(size=13 * BLOCK + 17)
    y = 2 * x + 5 + generator.normal(size=x.size)
    reference = LinearRegression().fit((x - 1e6)[:, None], y)
    line = least_squares(x, y)
    assert line.slope == pytest.approx(reference.coef_[0], rel=1e-11)
    assert line.predict(1e6) == pytest.approx(reference.intercept_, rel=1e-11)


# The sums


@pytest.mark.parametrize("backend", ["numpy", "jax"])
@pytest.mark.parametrize("rows", [2, 1000, BLOCK, 20 * BLOCK + 5])
@pytest.mark.parametrize("offset", [0.0, 1e7])
def test_sums_are_those_of_exact_arithmetic(rows, offset, backend):
    generator = np.random.default_rng(rows)
    x = offset + np.sort(generator.random(rows))
    y = x - offset * 2 + generator.normal(size=rows)
    sums = summarise(x, y, backend=backend)
    mean_x, mean_y = Fraction(math.fsum(x)) / rows, Fraction(math.fsum(y)) / rows
    # Sterbenz: these differences are exact or as good, and fsum rounds only once.
    dx, dy = x - float(mean_x), y - float(mean_y)
    left_x, left_y = math.fsum(dx), math.fsum(dy)
    assert (sums.n, sums.backend) == (rows, choose(backend))
    assert sums.mean_x == pytest.approx(float(mean_x), rel=1e-15)
    assert sums.mean_y == pytest.approx(float(mean_y), rel=1e-14)
    assert sums.sxx == pytest.approx(math.fsum(dx * dx) - left_x**2 / rows, rel=1e-12)
    assert sums.syy == pytest.approx(math.fsum(dy * dy) - left_y**2 / rows, rel=1e-12)
    covariance = math.fsum(dx * dy) - left_x * left_y / rows
    assert sums.sxy == pytest.approx(covariance, abs=1e-12 * math.sqrt(sums.sxx * sums.syy))
    if rows < 4_000:
        assert (sums.x_low, sums.x_high) == (x.min(), x.max())
        assert (sums.y_low, sums.y_high) == (y.min(), y.max())
    else:
        assert x.min() <= sums.x_low < x.min() + 0.01
        assert x.max() - 0.01 < sums.x_high <= x.max()


def test_values_two_units_in_the_last_place_apart_still_have_a_slope():
    assert least_squares([1e16, 1e16 + 2], [0.0, 1.0]).slope == 0.5


# Curvature


def test_curvature_is_that_of_the_hessian_to_the_last_digits(course):
    for x in (course[0], 1e7 + course[0], 1e-3 * course[0], np.array([-1.0, 1.0])):
        bend = curvature(summarise(x, course[1][: x.size]))
        with mpmath.workdps(60):
            xs = [mpmath.mpf(v) for v in x.tolist()]
            mean, square = sum(xs) / len(xs), sum(v * v for v in xs) / len(xs)
            low, high = mpmath.eigsy(2 * mpmath.matrix([[square, mean], [mean, 1]]), eigvals_only=True)
        assert bend.lambda_min == pytest.approx(float(low), rel=1e-9)
        assert bend.lambda_max == pytest.approx(float(high), rel=1e-12)
        assert bend.condition == pytest.approx(float(high / low), rel=1e-9)
        assert bend.diverges_above == 2 / bend.lambda_max
        assert bend.best_rate == 2 / (bend.lambda_min + bend.lambda_max)


def test_standardised_curvature_is_2_in_every_direction(course):
    bend = curvature(summarise(*course), standardise=True)
    assert (bend.lambda_min, bend.lambda_max, bend.condition) == (2.0, 2.0, 1.0)
    assert (bend.diverges_above, bend.best_rate) == (1.0, 0.5)


@pytest.mark.parametrize("value", [0.0, 0.1, 3.0, 1e7])
@pytest.mark.parametrize("standardise", [False, True])
def test_where_all_x_are_equal_the_loss_is_flat_in_one_direction(value, standardise):
    bend = curvature(summarise([value] * 7, range(7)), standardise=standardise)
    assert (bend.lambda_min, bend.condition) == (0.0, math.inf)
    assert bend.lambda_max == pytest.approx(2.0 if standardise else 2 * (1 + value * value))


@given(tables(), st.sampled_from(WITH_A_LIMIT), st.booleans())
@settings(max_examples=40, deadline=None)
def test_the_limit_is_where_these_data_make_the_method_diverge(table, method, standardise):
    x, y = table
    limit = fit(x, y, method=method, standardise=standardise, steps=0).limit
    options = {"method": method, "standardise": standardise, "steps": 4000}
    above = fit(x, y, rate=1.01 * limit, **options)
    assert above.status.kind == "diverged"
    assert f"above the limit, {round_down(limit)}." in above.status.text
    below = fit(x, y, rate=0.99 * limit, **options)
    assert below.status.kind != "diverged"
    assert below.loss[-1] <= below.loss[0]


# The descent


def plain_loop(x, y, w0, method, rate, steps, rows=None):
    """Descent over all rows at every step (or those given for it): w, gradients and losses."""
    w, state, path, gradients = np.array(w0, dtype=float), METHODS[method].init(np.zeros(2)), [], []
    for k in range(steps + 1):
        chosen = slice(None) if rows is None or k == steps else rows[k]
        residual = y[chosen] - (w[0] * x[chosen] + w[1])
        gradient = np.array([-2 * np.mean(x[chosen] * residual), -2 * np.mean(residual)])
        path.append(w)
        gradients.append(gradient)
        change, state = METHODS[method].update(gradient, state, rate, k)
        w = w + change
    path = np.array(path)
    loss = np.mean((y - (path[:, :1] * x + path[:, 1:])) ** 2, axis=1)
    return path, np.array(gradients), loss


def assert_same_path(run, path, goal):
    """Equal to nine digits of the largest iterate so far, or of the minimum they head for."""
    size = np.maximum.accumulate(np.abs(np.vstack([goal, path])).max(axis=1))[1:]
    assert (np.abs(run.w - path).max(axis=1) <= 1e-9 * size).all()


@pytest.mark.parametrize("backend", ["numpy", "jax"])
@pytest.mark.parametrize("standardise", [False, True])
@pytest.mark.parametrize("method", FULL_BATCH)
@given(tables(), st.floats(0.01, 1.2), st.floats(-3, 3), st.floats(-3, 3))
@settings(max_examples=15, deadline=None)
def test_each_iterate_is_that_of_the_plain_loop_over_all_rows(
    method, standardise, backend, table, share, left, right
):
    x, y = table
    sums = summarise(x, y)
    assume(sums.syy > 0)
    s_x, s_y = (x.std(), y.std()) if standardise else (1.0, 1.0)
    mean_x, mean_y = (x.mean(), y.mean()) if standardise else (0.0, 0.0)
    start = ((right - left) * y.std() / x.std(), mean_y + left * y.std())
    limit = fit_sums(sums, DescentSettings(method=method, standardise=standardise, steps=0)).limit
    rate = share * (0.1 if limit is None else limit)
    run = fit(x, y, rate=rate, steps=25, start=start, method=method, standardise=standardise, backend=backend)
    w0 = (start[0] * s_x / s_y, (start[1] + start[0] * mean_x - mean_y) / s_y)
    path, gradients, loss = plain_loop((x - mean_x) / s_x, (y - mean_y) / s_y, w0, method, rate, 25)
    # Adam divides a gradient by its own size: where it vanishes but for rounding, so does its meaning.
    assume(method != "adam" or (np.abs(gradients[0]) > 1e-6 * np.abs(gradients).max()).all())
    assert_same_path(run, path, goal=(sums.best.slope * s_x / s_y, sums.best.intercept / s_y))
    np.testing.assert_allclose(run.gradient, gradients, rtol=1e-7, atol=1e-9 * np.abs(gradients).max())
    spread = y.var() / s_y**2
    np.testing.assert_allclose(run.loss / s_y**2, loss, rtol=1e-8, atol=1e-9 * spread)


@pytest.mark.parametrize("backend", ["numpy", "jax"])
@pytest.mark.parametrize("standardise", [False, True])
def test_each_stochastic_iterate_is_that_of_the_plain_loop_over_its_batches(course, standardise, backend):
    run = fit(
        *course, method="stochastic", batch=3, seed=5, steps=25, standardise=standardise, backend=backend
    )
    x, y = (course[0] - run.mean_x) / run.s_x, (course[1] - run.mean_y) / run.s_y
    rows = batches(rows=10, batch=3, steps=25, seed=5)
    path, gradients, loss = plain_loop(x, y, run.w[0], "stochastic", run.rate, 25, rows)
    assert_same_path(run, path, goal=run.w[0])
    np.testing.assert_allclose(
        run.step_gradient, gradients[:-1], rtol=1e-8, atol=1e-9 * np.abs(gradients).max()
    )
    np.testing.assert_allclose(run.loss / run.s_y**2, loss, rtol=1e-9)
    np.testing.assert_allclose(run.gradient[-1], gradients[-1], rtol=1e-8)
    assert run.batch == 3


@pytest.mark.parametrize("backend", ["numpy", "jax"])
def test_the_result_says_what_computed_it(course, backend):
    assert fit(*course, backend=backend).backend == choose(backend)
    assert fit(*course, backend=backend).sums.backend == choose(backend)
    assert fit(*course).backend == choose("numpy")
    assert isinstance(fit(*course, backend=choose(backend)).backend, Backend)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("standardise", [False, True])
def test_a_fit_is_in_the_units_of_the_data(course, method, standardise):
    x, y = course
    run = fit(x, y, method=method, standardise=standardise, steps=50, seed=4)
    heights = run.predict(x)
    assert heights.shape == (51, 10)
    assert run.predict(9.0).shape == (51,)
    np.testing.assert_allclose(run.loss, ((heights - y) ** 2).mean(axis=1), rtol=1e-9)
    assert run.rmse == pytest.approx(root_mean_squared_error(y, heights[-1]))
    assert run.r2 == pytest.approx(r2_score(y, heights[-1]))
    start = random_start(summarise(x, y), seed=4)
    assert run.slope[0] == pytest.approx(start.slope)
    assert run.intercept[0] == pytest.approx(start.intercept)
    np.testing.assert_allclose(run.slope, run.w[:, 0] * run.s_y / run.s_x)
    height = run.slope * run.mean_x + run.intercept - run.mean_y
    np.testing.assert_allclose(run.w[:, 1] * run.s_y, height, rtol=1e-9, atol=1e-6)
    scales = (x.mean(), x.std(), y.mean(), y.std()) if standardise else (0, 1, 0, 1)
    assert (run.mean_x, run.s_x, run.mean_y, run.s_y) == pytest.approx(scales)


def test_sums_alone_give_the_same_fit(course):
    whole, alone = fit(*course, seed=2), fit_sums(summarise(*course), DescentSettings(seed=2))
    np.testing.assert_array_equal(whole.w, alone.w)
    with pytest.raises(RegressionError, match=r"rows=\(x, y\)"):
        fit_sums(summarise(*course), DescentSettings(method="stochastic"))


def test_steps_to_within_counts_to_the_step_from_which_on_it_is_near_enough(course):
    run = fit(*course, method="nesterov", standardise=True)
    step = run.steps_to_within(0.01)
    assert run.loss[step:].max() <= 1.01 * run.best_loss < run.loss[step - 1]
    assert run.steps_to_within(0.5) <= step <= run.steps_to_within(1e-6)
    assert fit(*course, steps=1).steps_to_within() is None
    perfect = fit([1, 2, 3], [1, 2, 3], standardise=True, rate=0.3)
    assert perfect.steps_to_within() is not None


def test_a_start_on_the_least_squares_line_has_converged(course):
    for x in (course[0], course[0] + 1e5):
        for standardise in (False, True):
            best = least_squares(x, course[1])
            run = fit(x, course[1], start=best, standardise=standardise)
            assert run.status.kind == "converged"
            assert run.status.step == 0


def test_overflow_is_shown_as_it_is(course):
    for start in (None, (1e308, 0), (0, -1e308)):
        for method in METHODS:
            for standardise in (False, True):
                run = fit(*course, rate=1e9, start=start, steps=300, method=method, standardise=standardise)
                assert run.status.kind == "diverged" or (method == "adam" and start is None)
    assert not math.isfinite(fit(*course, rate=1e9).loss[-1])


def test_adam_thrown_far_off_has_not_converged(course):
    run = fit(*course, method="adam", rate=1e9, standardise=True)
    assert run.loss[-1] > 1000 * run.best_loss
    assert run.status.kind in ("moving", "oscillating")


def test_a_million_rows_shared_by_the_cores_give_the_same_line():
    generator = np.random.default_rng(0)
    x = generator.random(1_000_001)
    y = 3 * x + generator.random(x.size)
    sums = summarise(x, y)
    assert sums.sxx == pytest.approx(x.size * x.var(), rel=1e-11)
    assert sums.best.slope == pytest.approx(np.polyfit(x, y, 1)[0], rel=1e-9)
    with pytest.raises(RegressionError, match="overflow"):
        summarise(x * 1e200, y)


def test_equal_prices_give_a_level_line():
    run = fit([1, 2, 3], [5, 5, 5], standardise=True)
    assert run.line.slope == pytest.approx(0, abs=1e-9)
    assert run.line.intercept == pytest.approx(5)
    assert math.isnan(run.r2)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("standardise", [False, True])
def test_without_a_rate_a_good_one_is_taken(course, method, standardise):
    run = fit(*course, method=method, standardise=standardise, steps=400)
    assert run.status.kind != "diverged"
    assert run.loss[-1] < 0.2 * run.loss[0]


# The random start


@given(tables(), st.integers(0, 1000))
@settings(max_examples=60, deadline=None)
def test_a_random_start_lies_in_the_picture_and_is_visibly_wrong(table, seed):
    x, y = table
    line = random_start(summarise(x, y), seed)
    ends = np.array([line.predict(x.min()), line.predict(x.max())])
    if np.ptp(y) > 0:
        assert ends.min() >= y.min() - 1e-9 * np.ptp(y)
        assert ends.max() <= y.max() + 1e-9 * np.ptp(y)
        best = least_squares(x, y)
        off = np.abs(ends - [best.predict(x.min()), best.predict(x.max())]).max()
        assert off >= np.ptp(y) / 3 * (1 - 1e-9)
    assert line == random_start(summarise(x, y), seed)


def test_a_start_is_found_where_most_x_are_equal():
    x = np.full(50_000, 3.0)
    x[7] = 4.0
    line = random_start(summarise(x, np.arange(50_000.0)))
    assert math.isfinite(line.slope)
    assert math.isfinite(line.intercept)


# Errors for a person


@pytest.mark.parametrize("function", [least_squares, fit, summarise])
@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([], [], "at least 2 rows"),
        ([1], [2], "at least 2 rows"),
        ([1, 2, 3], [1, 2], "3 values of x but 2 of y"),
        ([1, math.nan, 3], [1, 2, 3], "Row 2 has no number as its x"),
        ([1, 2, 3], [1, 2, math.inf], "Row 3 has no number as its y"),
        ([1, 2, 1e308], [1, 2, 3], "x are so large that their squares overflow"),
        ([1, 2, 3], [1e308, -1e308, 3], "y are so large"),
        ([1e200] * 3, [1, 2, 3], "x are so large"),
        ([0, 1e-200, 2e-200], [1, 2, 3], "differ by so little"),
    ],
)
def test_data_that_have_no_line_are_an_error_for_a_person(function, x, y, message):
    with pytest.raises(RegressionError, match=message):
        function(x, y)


@pytest.mark.parametrize("function", [least_squares, fit])
@pytest.mark.parametrize("value", [0.0, 0.1, 1e7 / 3])
def test_equal_x_are_an_error_for_a_person(function, value):
    with pytest.raises(RegressionError, match="Choose a column whose values differ"):
        function([value] * 1000, range(1000))


def test_wrong_settings_are_errors_for_a_person(course):
    for wrong, message in (
        ({"rate": 0}, "above 0"),
        ({"rate": math.nan}, "above 0"),
        ({"steps": -1}, "0 or more"),
        ({"steps": -1, "method": "stochastic"}, "0 or more"),
        ({"method": "newton"}, "no method called"),
        ({"method": "stochastic", "batch": 0}, "1 to 10"),
        ({"method": "stochastic", "batch": 11}, "1 to 10"),
        ({"start": (math.nan, 0)}, "finite"),
        ({"backend": "abacus"}, "no backend called"),
    ):
        with pytest.raises(ValueError, match=message):
            fit(*course, **wrong)


numbers = st.floats(allow_nan=True, allow_infinity=True)


@given(st.lists(st.tuples(numbers, numbers), max_size=6), st.sampled_from(list(METHODS)), st.booleans())
@settings(max_examples=200, deadline=None)
def test_any_table_gives_a_fit_or_a_sentence(rows, method, standardise):
    x, y = np.array(rows, dtype=float).reshape(-1, 2).T
    try:
        line = least_squares(x, y)
        run = fit(x, y, method=method, standardise=standardise, steps=5)
    except RegressionError:
        return
    assert math.isfinite(line.slope)
    assert math.isfinite(line.intercept)
    assert run.status.text
    assert math.isfinite(run.best_loss)


def exact_loss(x, y, slope, intercept):
    """The mean squared residual of a line, as a fraction."""
    m, c = Fraction(float(slope)), Fraction(float(intercept))
    return sum(
        (Fraction(float(b)) - m * Fraction(float(a)) - c) ** 2 for a, b in zip(x, y, strict=True)
    ) / len(x)


def exact_best_loss(x, y):
    """The least one, as a fraction."""
    x, y = ([Fraction(float(value)) for value in values] for values in (x, y))
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    slope = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / sum(
        (a - mean_x) ** 2 for a in x
    )
    return sum((b - mean_y - slope * (a - mean_x)) ** 2 for a, b in zip(x, y, strict=True)) / len(x)


@pytest.mark.parametrize("scale", [1.0, 1e-2, 1e-5, 1e-8])
@pytest.mark.parametrize("offset", [0.0, 2000.0])
@pytest.mark.parametrize("standardise", [False, True])
def test_the_loss_of_a_near_perfect_fit_is_right_to_1e_9(scale, offset, standardise):
    """y = 100000 x with 0.01 up and down: the loss was a difference of sums, of which no digit was left."""
    x = np.arange(1.0, 31.0) + offset
    y = 100_000 * x + scale * np.where(np.arange(30) % 3 == 1, 1.0, -1.0)
    best = least_squares(x, y)
    # Rounding of y itself is all that the smallest residuals are made of.
    if scale < 64 * np.spacing(y.max()):
        return
    assert summarise(x, y).best_loss == pytest.approx(float(exact_best_loss(x, y)), rel=1e-9, abs=0)
    run = fit(x, y, start=best, steps=0, standardise=standardise)
    assert run.best_loss == pytest.approx(float(exact_best_loss(x, y)), rel=1e-9, abs=0)
    if standardise:
        run = fit(x, y, rate=0.4, steps=60, standardise=True)
        assert run.rmse == pytest.approx(
            float(exact_loss(x, y, *vars(run.line).values())) ** 0.5, rel=1e-6, abs=0
        )
        assert run.rmse == pytest.approx(run.best_loss**0.5, rel=1e-6, abs=0)


def test_a_hundredth_of_a_dollar_up_and_down():
    x = np.arange(1.0, 11.0)
    y = 100_000 * x + 0.01 * (-1) ** np.arange(10)
    truth = float(exact_best_loss(x, y)) ** 0.5
    assert truth == pytest.approx(0.00985, abs=5e-6)
    assert fit(x, y, rate=0.4, steps=60, standardise=True).rmse == pytest.approx(truth, rel=1e-9, abs=0)


@pytest.mark.parametrize(("slope", "intercept"), [(0.0502, 0.0), (1e5, 3.0), (1 / 3, -7.0), (0.0, 5.0)])
def test_a_perfect_line_has_no_loss_at_all(slope, intercept):
    x = np.arange(1.0, 12.0)
    assert summarise(x, slope * x + intercept).best_loss == 0


def test_equal_y_are_reached_too():
    run = fit([1, 2, 3], [5, 5, 5], standardise=True, rate=0.4, steps=60)
    assert run.steps_to_within() is not None
