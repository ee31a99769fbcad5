"""`find` on random trees, against dense grids and SciPy: it never raises, and what it proves is true."""

from __future__ import annotations

import math

import mpmath
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from calc.expression import Expression, ExpressionError, parse_expression
from calc.expression.tree import Node
from calc.minima import Minima, find, finding, search
from calc.minima.rational_functions import as_ratio
from tests.calc.expression.samples import GOOD
from tests.calc.expression.trees import TooLarge, Undefined, precisely, trees

GRID = 2001
intervals = st.tuples(st.integers(-40, 40), st.integers(1, 80)).map(
    lambda ends: (ends[0] / 8, ends[0] / 8 + ends[1] / 8)
)


def doubtful(found: Minima, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Which of the intervals [low, high] touch something unproved, a hair wider."""
    hair = 1e-9 * (1 + np.abs(high))
    touched = np.zeros(low.shape, dtype=bool)
    for doubt in found.unproved:
        touched |= (low - hair <= doubt.high) & (high + hair >= doubt.low)
    return touched


def has_point(found: Minima, low: float, high: float) -> bool:
    hair = 1e-9 * (1 + abs(high))
    places = [point.stretch or (point.x, point.x) for point in found.points]
    return any(begin <= high + hair and end >= low - hair for begin, end in places)


@settings(max_examples=250)
@given(trees(), intervals)
def test_what_is_proved_of_random_functions_is_true(root: Node, ends: tuple[float, float]) -> None:
    expression = Expression(root, ("x",))
    found = find(expression, *ends)
    x = np.linspace(*ends, GRID)
    check_globals(expression, found, x)
    check_sign_changes(expression, found, x)
    check_shape(found)


def check_globals(expression: Expression, found: Minima, x: np.ndarray) -> None:
    """No value of the grid, and none that SciPy finds, lies below a proved global minimum."""
    values = expression(x)
    values = values[np.isfinite(values)]
    if not found.proved or not values.size:
        return
    for points, sign in ((found.global_minimum, 1), (found.global_maximum, -1)):
        if not points:
            continue
        best = points[0].value
        slack = 1e-9 * max(1e-300, float(np.abs(values).max()), abs(best))
        assert sign * best <= (sign * values).min() + slack
        start = x[np.nanargmin(np.where(np.isfinite(expression(x)), sign * expression(x), np.inf))]
        near = (max(found.low, start - 0.1), min(found.high, start + 0.1))
        with np.errstate(all="ignore"):
            other = minimize_scalar(lambda t, s=sign: s * expression(t), bounds=near, method="bounded").fun
        assert not (sign * best > other + slack)
        assert all(point.value == pytest.approx(best, rel=1e-9, abs=slack) for point in points)


def check_sign_changes(expression: Expression, found: Minima, x: np.ndarray) -> None:
    """Between two points of the grid where f' has opposite signs something was found, or doubted."""
    slope = expression.jet(x).first
    sign = np.sign(np.where(np.isfinite(slope), slope, 0))
    changes = np.flatnonzero(sign[1:] * sign[:-1] < 0)
    unsure = doubtful(found, x[changes], x[changes + 1])
    for i in changes[~unsure][:100]:
        if sure_sign(expression, x[i]) * sure_sign(expression, x[i + 1]) < 0:
            assert has_point(found, x[i], x[i + 1])


def sure_sign(expression: Expression, x: float) -> int:
    """The sign of the slope at a float, by mpmath; 0 if it is not sure."""
    with mpmath.workdps(80):
        step = mpmath.mpf(10) ** -30
        try:
            below, above = (
                precisely(expression.root, {"x": mpmath.mpf(float(x)) + side * step}) for side in (-1, 1)
            )
        except (Undefined, TooLarge):
            return 0
        rises = above - below
        return 0 if abs(rises) < mpmath.mpf(10) ** -60 * (1 + abs(above)) else int(mpmath.sign(rises))


def check_shape(found: Minima) -> None:
    places = [point.x for point in found.points]
    assert places == sorted(places)
    assert all(found.low <= place <= found.high for place in places)
    assert bool(found.why_no_minimum) != bool(found.global_minimum)
    assert bool(found.why_no_maximum) != bool(found.global_maximum)
    assert set(found.global_minimum + found.global_maximum) <= set(found.points)
    assert found.proved == (not found.unproved)


@settings(max_examples=60)
@given(trees(), st.floats(-1e15, 1e15), st.floats(-1e15, 1e15))
def test_any_interval_is_taken(root: Node, one: float, other: float) -> None:
    if one != other:
        check_shape(find(Expression(root, ("x",)), min(one, other), max(one, other)))


@pytest.mark.parametrize("text", [entry if isinstance(entry, str) else entry[0] for entry in GOOD])
def test_the_good_strings_of_the_parser(text: str) -> None:
    try:
        expression = parse_expression(text)
    except ExpressionError:
        pytest.skip("of other variables")
    check_shape(find(expression, -3, 5))


@settings(max_examples=40)
@given(st.lists(st.integers(-30, 30), min_size=1, max_size=5, unique=True), st.integers(1, 3))
def test_the_turning_points_of_polynomials_are_all_found(zeros: list[int], factor: int) -> None:
    """f' with about these zeros: f is its integral, written out; mpmath's roots of what was written are the
    reference."""
    coefficients = np.polyint(np.poly([zero / 10 for zero in zeros]) * factor)
    degree = len(coefficients) - 1
    written = [f"{value:.12g}" if abs(value) > 1e-9 else "0" for value in coefficients]
    found = find(parse_expression(" + ".join(f"({c})x^{degree - k}" for k, c in enumerate(written))), -4, 4)
    with mpmath.workdps(60):
        slope = [(degree - k) * mpmath.mpf(c) for k, c in enumerate(written[:-1])]
        roots = [complex(root) for root in mpmath.polyroots(slope, maxsteps=500, extraprec=500)]
    turning = sorted(root.real for root in roots if abs(root.imag) < 1e-12)
    inner = [point for point in found.points if not point.kind.startswith("end")]
    assert len(inner) == len(turning) == len(zeros)
    for point, place in zip(inner, turning, strict=True):
        assert math.isclose(point.x, place, abs_tol=1e-10)


def ratios() -> st.SearchStrategy[str]:
    """Texts of functions that are ratios of polynomials piece by piece."""
    leaves = st.sampled_from(["x", "x", "x", "1", "2", "0.3", "5/3"])
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from("+-*/"), inner).map("({0[0]} {0[1]} {0[2]})".format),
            st.tuples(inner, st.sampled_from([2, 3, -1])).map("({0[0]})^{0[1]}".format),
            st.tuples(st.sampled_from(["abs({})", "sign({})"]), inner).map(
                lambda both: both[0].format(both[1])
            ),
            st.tuples(st.sampled_from(["min", "max"]), inner, inner).map("{0[0]}({0[1]}, {0[2]})".format),
        ),
        max_leaves=6,
    )


@settings(max_examples=150)
@given(ratios(), intervals)
def test_exact_and_interval_arithmetic_agree(text: str, ends: tuple[float, float]) -> None:
    try:
        expression = parse_expression(text)
    except ExpressionError:
        assume(False)
    exact = find(expression, *ends)
    assert exact.proved or as_ratio(expression.root) is None
    check_shape(exact)
    x = np.linspace(*ends, GRID)
    check_sign_changes(expression, exact, x)
    # At 1/(1/0) NumPy has the value 0, and there is none.
    assume(not exact.of_kind("hole", "edge", "jump"))
    check_globals(expression, exact, x)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finding, "as_ratio", lambda _: None)
        patch.setattr(search, "has_branches", lambda _: False)
        bounds = find(expression, *ends)
    if bounds.proved and exact.proved:
        assert [point.kind for point in exact.points] == [point.kind for point in bounds.points]
        for name in ("points", "global_minimum", "global_maximum"):
            one, other = ([point.x for point in getattr(found, name)] for found in (exact, bounds))
            assert one == pytest.approx(other, rel=1e-9, abs=1e-9)
        assert (exact.why_no_minimum[:24], exact.why_no_maximum[:24]) == (
            bounds.why_no_minimum[:24],
            bounds.why_no_maximum[:24],
        )
