"""Whatever function is typed, what the page of minima computes of it becomes data of a chart: no warning even."""

import math
from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from calc import minima
from calc.basins import basins_1d, landscape, rate_map, saddles, trajectories
from calc.curve import curve
from calc.expression import Expression, ExpressionError, parse_expression
from pages.local_and_global_minima.common import METHODS
from pages.local_and_global_minima.one import columns as data
from pages.local_and_global_minima.one import panels
from pages.local_and_global_minima.two import charts as plane_charts
from pages.local_and_global_minima.two import words as plane_words
from pages.shared.charts import table
from tests.calc.expression.trees import trees

HOW = {
    "method": st.sampled_from(sorted(METHODS)),
    "rate": st.sampled_from([1e-3, 0.1, 10.0, 1e300]),
    "start": st.sampled_from([0.0, 1.0, -2.0, 0.3, 1e6]),
}
STEPS = 25
INTERVALS = [(-2.5, 2.5), (0.0, 1.0), (-1e6, 1e6), (-3.0, 0.0), (1.0, 1.000001)]
WINDOWS = [(-2.5, 2.5, -2.0, 2.0), (0.0, 1.0, 0.0, 1.0), (-1e6, 1e6, -1.0, 1.0)]
SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]


def typed(root, names):
    """The function of a tree, if a visitor could type it."""
    expression = Expression(root, names)
    try:
        parse_expression(expression.text, names)
    except ExpressionError:
        assume(False)
    return expression


@settings(max_examples=200, deadline=None, suppress_health_check=SLOW)
@given(root=trees(), ends=st.sampled_from(INTERVALS), **HOW)
def test_of_one_variable(root, ends, method, rate, start):
    expression = typed(root, ("x",))
    low, high = ends
    found = minima.find(expression, low, high)
    rests, owner = data.places_of_rest(found)
    how = {"method": method, "rate": rate, "steps": STEPS}
    every = basins_1d(expression, low, high, rests, count=60, **how)
    every = replace(every, reached=data.numbered(every.reached, owner))
    balls = trajectories(expression, [start], **how)
    line = curve(expression, found, data.chosen(found))
    view = data.window(line, found)
    drawn = [data.curve(line, found, view), data.points(found), data.zeros(found), view]
    drawn += [data.strip(low, high, every.reached)]
    drawn += data.balls(balls.w[..., 0], balls.value, balls.gradient[..., 0]).values()
    assert all(table(columns).num_columns for columns in drawn)
    assert panels.shares(found, every).endswith(".")
    assert panels._listed(expression, found).num_rows <= panels.LISTED + 6
    how = {"method": method, "rates": (0.01, 1.0), "steps": 5, "size": (20, 6)}
    assert rate_map(expression, low, high, rests, **how).reached.shape == (6, 20)


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(root=trees(("x", "y")), window=st.sampled_from(WINDOWS), **HOW)
def test_of_two_variables(root, window, method, rate, start):
    expression = typed(root, ("x", "y"))
    found, passes = landscape(expression, window), saddles(expression, window)
    assert all(map(math.isfinite, [*passes.at.flat, *passes.values]))
    balls = trajectories(expression, [(start, 1.0), (0.0, 0.0)], method=method, rate=rate, steps=STEPS)
    drawn = [*plane_charts.stationary(found, passes).values(), *plane_charts.paths(balls, window).values()]
    drawn += [*plane_charts.values(balls.value).values(), plane_charts.arrows(expression, window)]
    assert all(table(columns).num_columns for columns in drawn)
    assert plane_words.finding(found, passes, None, 1, window).startswith("The plane from above")
    assert plane_words.lowest(found, window)
    assert plane_words.saddles(passes, window)
