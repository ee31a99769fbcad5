"""The page `square-loss`: row 12 of the notes' figures, its links, its table."""

import numpy as np
import pytest

from calc.datasets import format_column, parse_column
from calc.loss_curves import window
from calc.losses import absolute_loss, square_loss
from pages.square_loss import charts
from pages.square_loss import columns as square_data
from tests.pages.app import alt, link, open_all, opened, problems, readout, set_to, words
from tests.pages.local_and_global_minima.moves import click_chart

SQUARE = "square-loss"
HOSTILE = ("", "zzz", "nan", "inf", "1e308", "9" * 5000, "<img src=x onerror=alert(1)>", "**b**", "\x00", "1_2~3_4",
           "~", "1~~", "1~x", "~".join(["1"] * 31), "1e10", "1e-320~2e-320", "1~1e-10", "٣", "1_0")  # fmt: skip


def shown(app) -> str:
    return "\n".join(node.value for node in app.markdown)


# The square loss.


def test_the_square_loss_is_least_at_the_mean():
    """Row 12: (x - a_1)^2 + ... + (x - a_n)^2 is least at (a_1 + ... + a_n) / n, line by line."""
    app = opened(SQUARE, points="2~3~7")
    assert "least at the mean 4, where it is 14" in alt(app, "parabolas")
    assert r"x = \frac{12}{3} = 4 = \bar a" in shown(app)
    assert "(x - 2)^2 + (x - 3)^2 + (x - 7)^2" in shown(app)
    assert "least at the median 3, where it is 5" in alt(app, "distances")


@pytest.mark.parametrize("seed", range(20))
def test_mean_and_median_of_any_points(seed):
    points = np.random.default_rng(seed).normal(0, 10, 1 + seed).round(3)
    app = opened(SQUARE, points=format_column(tuple(points)))
    assert problems(app) == []
    assert words(app) == ""
    assert f"mean {points.mean():.5g}".replace("-", "−") in alt(app, "parabolas")
    assert f"{np.sort(points)[seed // 2]:.5g}".replace("-", "−") in alt(app, "distances")


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:20])
def test_points_that_are_none_get_a_sentence_and_the_first_ones(text):
    app = opened(SQUARE, points=text)
    assert problems(app) == []
    assert [box for box in app.warning if "`points`" in box.value] or "cannot be used yet" in app.error[
        0
    ].value
    assert "4 parabolas" in alt(app, "parabolas")
    assert not text or len(text) < 4 or text not in shown(app)


def strip(app) -> str:
    """What the strip of the rates says."""
    return "".join(node.proto.body for node in app.get("html") if "strip" in node.proto.body)


@pytest.mark.parametrize("points", ["5", "5~5~5", "-1e9~1e9", "1e-9~2e-9", "0", "1e9~0~-3.25"])
def test_strange_points_are_drawn(points):
    app = open_all(opened(SQUARE, points=points, add="true", outlier="-100", exact="1e300", steps="200"))
    assert problems(app) == []
    assert "diverges" in strip(app)
    assert "rolls down: diverged" in alt(app, "parabolas")


def test_a_link_restores_the_points():
    points = (1.5, -2.0, 1e-07)
    assert parse_column(format_column(points)) == points
    app = opened(SQUARE, points="1~3~7", rate="0.1", start="9", add="true", outlier="50")
    assert "mean 15.25" in alt(app, "parabolas")
    assert link(app) == {"points": "1~3~7", "rate": "0.1", "start": "9", "add": "true", "outlier": "50"}


def test_the_rate_stays_the_sender_s_when_the_outlier_is_added():
    """The rate's default depends on the number of points: it sent 0.051 and opened with 0.039."""
    sent = opened(SQUARE, rate="0.075")
    sent = set_to(sent, sent.toggle(key="add"), True)
    for app in (sent, opened(SQUARE, **link(sent))):
        assert app.select_slider(key="rate").value == 0.075
    untouched = opened(SQUARE)
    untouched = set_to(untouched, untouched.toggle(key="add"), True)
    assert link(untouched) == {"add": "true"}
    assert (
        untouched.select_slider(key="rate").value
        == opened(SQUARE, add="true").select_slider(key="rate").value
    )


MOVES = {
    "a point goes where it was dragged": ({}, 3, 6.04, {"points": "1~3~4~6"}),
    "a click adds a point": ({}, -1, 5.56, {"points": "1~3~4~8~5.6"}),
    "a click takes a point away": ({}, 1, 3.02, {"points": "1~4~8"}),
    "the last point stays": ({"points": "3"}, 0, 3.0, {"points": "3"}),
    "thirty are enough": ({"points": "~".join("1" * 30)}, -1, 5.0, {"points": "~".join("1" * 30)}),
    "the outlier is one of them": ({"add": "true"}, 4, 19.6, {"add": "true", "outlier": "20"}),
    "no further out than its slider": ({"add": "true"}, 4, 1e9, {"add": "true", "outlier": "100"}),
    "a click takes it away": ({"add": "true"}, 4, 30.01, {}),
}


@pytest.mark.parametrize(("before", "row", "x", "after"), MOVES.values(), ids=MOVES)
def test_points_are_moved_in_the_chart_of_squares(before, row, x, after):
    app = click_chart(opened(SQUARE, **before), "move-square", row=row, x=x, y=0.0)
    assert problems(app) == []
    assert link(app) == after


def test_the_pulls_lead_to_the_mean():
    """What the browser draws: an arrow to each point, and half the mean pull further on the mean of the points."""
    points = (1.0, 3.0, 4.0, 8.0)
    run, _ = square_data.run(points, -2.0, 0.05, 30)
    assert run["x"] - run["slope"] / 2 / len(points) == pytest.approx(np.mean(points))
    bars = [layer for layer in charts.pulls()["layer"] if layer.get("mark", {}).get("type") == "bar"]
    assert "'as': 'x', 'calculate': \"now.x - now.slope / 2 / length(data('points'))\"" in str(
        [dict(sorted(step.items())) for step in bars[1]["transform"]]
    )


@pytest.mark.parametrize(
    "points", ["1~1.0000000000000002", "1e8~100000000.0000001", "-1e-9~1e-9~1e9", "0~1e-9"]
)
def test_points_that_nearly_coincide_have_an_axis_with_numbers(points):
    low, high = window(parse_column(points), 0.0)
    # A chart's axis needs about 1e-12 of its size between two ticks.
    assert high - low > 1e-9 * max(abs(low), abs(high))
    assert problems(opened(SQUARE, points=points)) == []


def test_an_outlier_moves_the_mean_without_bound_and_the_median_at_most_to_the_next_point():
    for place in ("100", "40"):
        said = shown(opened(SQUARE, points="1~2~3", outlier=place))
        assert f"the mean from **2 to {2 + (int(place) - 2) / 4:.4g}**, and the median" in said
        assert "from **2 to 2.5**" in said


def test_the_rate_diverges_above_one_over_n():
    for rate, ending in (("0.2499", "oscillating"), ("0.26", "diverged")):
        app = opened(SQUARE, points="1~3~4~8", exact=rate, steps="200")
        assert "above 0.25 descent diverges" in strip(app)
        assert ending in alt(app, "parabolas")


def test_the_ball_goes_down_the_sum_that_the_charts_draw():
    points = (1.0, 3.0, 7.0)
    square, absolute = square_loss(points), absolute_loss(points)
    run, _ = square_data.run(points, -2.0, 0.05, 30)
    assert run["square"] == pytest.approx(square(run["x"]), rel=1e-8)
    assert run["absolute"] == pytest.approx(absolute(run["x"]), rel=1e-8)
    assert run["slope"] == pytest.approx(2 * (3 * run["x"] - 11), abs=1e-6)
    assert run["x"][1:] == pytest.approx(run["x"][:-1] - 0.05 * run["slope"][:-1], rel=1e-7)


def test_a_ball_that_comes_to_rest_on_a_point_has_both_slopes_of_its_corner():
    """x was shown as 4, where a point lies, with the slope of 3.99999999: 0 to the right too."""
    at = readout(opened(SQUARE))
    assert at["x"][-1] == pytest.approx(4)
    assert (at["left"][-1], at["right"][-1]) == (0, 2)
    assert at["left"][0] == at["right"][0] == -4


@pytest.mark.parametrize(("points", "said"), [("5", True), ("5~6", False), ("1~3~4~8", False)])
def test_of_two_points_the_median_follows_too_and_the_page_says_so(points, said):
    assert ("Of two points the median is halfway" in shown(opened(SQUARE, points=points))) == said


@pytest.mark.parametrize(
    ("points", "least"),
    [("1~3~4~8", "at every $x$ of the **medians 3 to 4**"), ("1~3~8", "at the **median 3**")],
)
def test_the_sum_of_distances_is_least_on_all_that_lies_between_two_medians(points, least):
    assert f"so the sum is least {least}." in shown(opened(SQUARE, points=points))
