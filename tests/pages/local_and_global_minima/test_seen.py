"""What the pictures of `local-and-global-minima` say: colours, fates, bands, axes; and the words beside them."""

from itertools import pairwise

import numpy as np
import pytest

from calc.basins import DIVERGED, UNDECIDED, basin_map, beyond, landscape, trajectories
from calc.expression import parse_expression
from calc.minima import find
from pages.local_and_global_minima.colours import colour
from pages.local_and_global_minima.marks import BALLS, balls, last_seen
from pages.local_and_global_minima.one import columns as data
from pages.local_and_global_minima.presets import ONE, TWO
from pages.local_and_global_minima.two import charts
from pages.local_and_global_minima.two.controls import MOST_STARTS
from tests.pages.app import click, ending, link, words
from tests.pages.local_and_global_minima.moves import alts, page, picture

HIMMELBLAU = parse_expression(TWO["himmelblau"].text, ("x", "y"))
WINDOW = TWO["himmelblau"].window
BEYOND = "A triangle at the edge points to a ball that has left the picture"


def said(app) -> str:
    return "\n".join(node.value for node in (*app.markdown, *app.caption))


# Colours.


@pytest.mark.parametrize("slug", ONE)
def test_the_global_minimum_has_one_colour_that_no_other_has(slug):
    found = find(parse_expression(ONE[slug].text), *ONE[slug].window)
    names = {x: data.basin(number) for x, number in data.numbers(found).items()}
    lowest = [point.x for point in found.global_minimum if point.x in names]
    assert [x for x, name in names.items() if name == "0"] == lowest[:1]
    others = [name for x, name in names.items() if x not in lowest[:1]]
    assert all(left != right for left, right in pairwise(others))


def test_curve_strip_and_map_of_rates_have_the_same_colours():
    numbers = np.array([DIVERGED, UNDECIDED, 0, 1, 4, 5, 9])
    assert [data.basin(number) for number in numbers] == ["none", "none", "0", "1", "4", "1", "1"]
    assert colour(numbers).tolist() == [DIVERGED, UNDECIDED, 0, 1, 4, 1, 1]


def test_tied_minima_of_the_plane_have_the_colours_of_its_map():
    """Their values differ by rounding alone, which is another one in each search."""
    plain = landscape(HIMMELBLAU, WINDOW)
    how = {"method": "gradient-descent", "steps": 100}
    for rate in (0.005, 0.01, 0.012):
        mapped = basin_map(HIMMELBLAU, WINDOW, (60, 60), rate=rate, **how).landscape.inside(WINDOW)
        assert mapped.minima == pytest.approx(plain.minima, abs=0.05)


# What becomes of a ball.


@pytest.mark.parametrize(
    ("link", "fate"),
    [
        ({}, "The first ball comes to rest."),
        ({"f": "cubic"}, "The first ball is still on its way after 60 steps."),
        ({"f": "cubic", "x0": "-1"}, "The first ball diverges."),
        ({"f": "corner"}, "The first ball swings to and fro."),
        ({"variables": "2", "f": "saddle"}, "The ball diverges."),
        ({"variables": "2", "f": "himmelblau", "steps": "3"}, "The ball is still on its way after 3 steps."),
    ],
    ids=str,
)
def test_the_picture_tells_diverging_from_being_on_the_way(link, fate):
    assert fate in picture(page(**link))


def test_the_strip_tells_them_apart_too():
    strip = data.strip(0.0, 4.0, np.array([DIVERGED, UNDECIDED, 0, 0]))
    assert strip["basin"] == ["none", "none", "0"]
    assert strip["faint"][0] == 1 > strip["faint"][1]


def test_a_ball_that_leaves_is_shown_at_the_edge():
    assert BEYOND in said(page(f="cubic", x0="-1"))
    assert BEYOND not in said(page())
    assert BEYOND in said(page(variables="2", f="saddle"))
    assert BEYOND not in said(page(variables="2"))
    w = trajectories(parse_expression("-x^4"), [1.0], method="gradient-descent", rate=0.5, steps=30).w[..., 0]
    shown = last_seen(w)
    assert not np.isfinite(w).all()
    assert np.isfinite(shown).all()
    assert abs(shown[0, -1]) > 1e6


def test_one_beyond_the_edge_is_a_triangle_inside_it():
    drawn = balls("true", x="now.x", y="now.y", ends={"x": ("view.x0", "view.x1")}).to_dict()
    steps = {step["as"]: step["calculate"] for step in drawn["transform"]}
    assert "clamp(now.x, view.x0 + 9 * (view.x1 - view.x0) / width" in steps["x"]
    assert "now.x < view.x0 || now.x > view.x1" in steps["out"]
    assert "now.x - clamp(now.x, view.x0, view.x1)" in steps["angle"]
    assert drawn["encoding"]["shape"]["condition"] == {"test": "datum.out", "value": "triangle-up"}


def test_each_ball_has_its_own_colour_and_the_one_of_the_numbers_is_large():
    assert sorted(BALLS.to_dict()["domain"]) == list(range(MOST_STARTS))
    for of in (charts.plane(), charts.heights(False)):
        rolling = next(
            layer
            for layer in of["layer"]
            if "fill" in layer.get("encoding", {}) and "angle" in layer["encoding"]
        )
        assert rolling["encoding"]["fill"]["field"] == "i"
        assert "data('balls')) - 1 ? " in rolling["mark"]["size"]["expr"]
    assert "(the large one)" in ending(page(variables="2", starts="1_1~2_2"))
    assert "(the large one)" in ending(page(balls="true"))
    assert "(the large one)" not in ending(page(variables="2"))


# Bands.


def test_a_band_is_explained_and_marked():
    app = page(variables="2", f="himmelblau", ground="basins")
    assert "**Why are there bands?** The dashed line begins at (" in said(app)
    assert "Why are there bands" not in said(page(variables="2", f="tilted-well", ground="basins"))
    assert "Why are there bands" not in said(page(variables="2", f="himmelblau"))


def test_the_start_in_a_band_jumps_over_another_valley():
    found = basin_map(HIMMELBLAU, WINDOW, (120, 120), method="gradient-descent", rate=0.01, steps=200)
    x, y, number = beyond(found)
    run = trajectories(HIMMELBLAU, [(x, y)], method="gradient-descent", rate=0.01, steps=200)
    assert run.w[0, -1] == pytest.approx(found.minima[number], abs=0.01)
    nearest = np.argmin(np.hypot(*(found.minima - (x, y)).T))
    assert nearest != number
    slow = basin_map(HIMMELBLAU, WINDOW, (120, 120), method="gradient-descent", rate=0.0005, steps=2000)
    assert beyond(slow) is None


# Axes, and the pointer.


def test_f_stands_on_a_log_axis_where_it_spans_decades():
    assert "The value of f by step, on a log axis" in "".join(alts(page(variables="2", f="himmelblau")))
    assert "on a log axis" not in "".join(alts(page(variables="2", f="camel")))
    scale = charts.heights(True)["layer"][0]["encoding"]["y"]["scale"]
    assert scale["type"] == "log"
    assert not charts.spans_decades(np.array([[5.0, 0.0]]))
    assert not charts.spans_decades(np.array([[5.0, 1.0, 0.1]]))
    assert charts.spans_decades(np.array([[5.0, 1.0, 1e-9]]))


def test_the_pointer_finds_f_between_the_places_of_the_grid():
    grid = charts.field(HIMMELBLAU, WINDOW)["f"].to_numpy().reshape(charts.SIDE, charts.SIDE)
    assert grid[0, 0] == pytest.approx(HIMMELBLAU(-6.0, -6.0), rel=1e-5)
    assert grid[0, -1] == pytest.approx(HIMMELBLAU(6.0, -6.0), rel=1e-5)
    assert "f ≈" in charts.TOLD["told"]


# Words.


def test_nothing_is_said_of_a_global_minimum_where_there_is_none():
    for slug in ONE:
        text = said(page(f=slug))
        if "There is no global minimum" in text:
            assert "below the global minimum" not in text


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("x^1/2", "x^(1/2)"), ("x^2x", "x^(2x)"), ("lg x", "log10(x)")],
)
def test_what_is_read_otherwise_than_meant_is_said(typed, answer):
    app = page(f="own", own=typed)
    assert answer in said(app) + words(app)


def test_a_thing_to_try_puts_the_ball_where_it_says_whatever_function_was_there():
    app = page(f="cubic", x0="1")
    app.session_state["tries"] = True
    app.run()
    click(app, "try-0")
    assert link(app) == {"x0": "0.2"}
    click(app, "try-1")
    assert link(app)["x0"] == "1.5"
